/* SPDX-License-Identifier: MIT */
#include "report/sql.h"

static const char *const sql[] = {
	[SQL_STYLE] = "SELECT setting('date_style', ?1)",
	[SQL_PERIOD] = "SELECT ref FROM period WHERE partnership = ?1 AND starts <= ?2 "
	               "ORDER BY starts DESC LIMIT 1",
	[SQL_POLICY] = "SELECT setting('small_threshold', ?1), setting('small_zero', ?1), "
	               "setting('small_symbol', ?1)",
	[SQL_GLOSSARY] = "SELECT coalesce(term, ref), text FROM glossary "
	                 "WHERE in_scope(partnership) AND audience = ?1 "
	                 "ORDER BY length(coalesce(term, ref)) DESC, partnership, ref",
	[SQL_PARTNERSHIPS] = "SELECT ref FROM partnership ORDER BY ref",
	[SQL_LOGO] = "SELECT logo, name FROM partnership WHERE ref = ?1",
};
const struct statements report_statements = { sql, COUNT(sql) };
