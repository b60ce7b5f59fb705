/* SPDX-License-Identifier: MIT */
/* Every statement of this folder. What is made from the catalogue (references looked for, made refs)
 * is put together where it is used, from quoted names and bound values. */
#include "store/internal.h"

static const char *const sql[SQL_COUNT] = {
	[SQL_SITE] = "SELECT site FROM store_site",
	[SQL_SITE_NEW] = "INSERT INTO store_site (site) VALUES (lower(hex(randomblob(8))))",

	[SQL_TABLE_TEXT] = "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?1",
	[SQL_TABLE_COLUMNS] = "SELECT name, type, \"notnull\", dflt_value, pk"
	                      " FROM pragma_table_xinfo(?1) WHERE hidden = 0 ORDER BY cid",
	/* The table in the case it has itself, whatever case the reference has. */
	[SQL_TABLE_REFERENCES] = "SELECT id, coalesce((SELECT name FROM sqlite_schema"
	                         " WHERE type = 'table' AND name = \"table\" COLLATE NOCASE),"
	                         " \"table\"), \"from\", \"to\""
	                         " FROM pragma_foreign_key_list(?1) ORDER BY id DESC, seq",
	[SQL_TABLES] = "SELECT name FROM sqlite_schema AS m WHERE type = 'table'"
	               " AND name NOT LIKE 'store\\_%' ESCAPE '\\'"
	               " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
	               " AND EXISTS (SELECT 1 FROM pragma_table_info(m.name) WHERE pk > 0)"
	               " AND NOT EXISTS (SELECT 1 FROM pragma_table_info(m.name)"
	               " WHERE pk > 0 AND type = '')"
	               " ORDER BY rowid",
	[SQL_TABLE_TEXTS] = "SELECT name, sql FROM sqlite_schema WHERE type = 'table'"
	                    " AND name NOT LIKE 'store\\_%' ESCAPE '\\' ORDER BY rowid",
	[SQL_HAS_TRIGGER] = "SELECT 1 FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?1",
	[SQL_INDEX_TEXT] = "SELECT sql FROM sqlite_schema WHERE type = 'index' AND name = ?1",
	[SQL_LISTS_OF] = "SELECT name FROM sqlite_schema WHERE type = 'table'"
	                 " AND substr(name, 1, length(?1) + 2) = ?1 || '__' ORDER BY rowid",
	[SQL_VIEWS] = "SELECT name FROM sqlite_schema WHERE type = 'view'"
	              " AND substr(name, 1, length(?1)) = ?1 ORDER BY name",
	[SQL_VIEW_TEXT] = "SELECT sql FROM sqlite_schema WHERE type = 'view' AND name = ?1",

	[SQL_SETTING] = "SELECT coalesce((SELECT value FROM setting WHERE partnership = ?1 AND"
	                " name = ?2), (SELECT value FROM setting_default WHERE name = ?2))",
	[SQL_HOLIDAYS] = "SELECT day FROM holiday WHERE division = ?1",
	[SQL_CLOSED_DAYS] = "SELECT day FROM closed_day WHERE partnership = ?1",

	[SQL_SEQ] = "SELECT coalesce(max(seq), 0) FROM store_change WHERE site = ?1",
	[SQL_CHANGE_ADD] =
	        "INSERT INTO store_change (site, seq, made_at, made_by, program, command,"
	        " summary, schema, parts, undoes)"
	        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
	[SQL_PART_ADD] = "INSERT INTO store_part (site, seq, part, changeset)"
	                 " VALUES (?1, ?2, ?3, ?4)",
	[SQL_ROW_ADD] = "INSERT OR IGNORE INTO store_row (kind, key, site, seq)"
	                " VALUES (?1, ?2, ?3, ?4)",
	[SQL_CHANGE] = "SELECT made_at, made_by, program, command, summary, schema, parts, undoes"
	               " FROM store_change WHERE site = ?1 AND seq = ?2",
	[SQL_CHANGES] = "SELECT seq, made_at, made_by, program, command, summary, undoes"
	                " FROM store_change WHERE site = ?1 AND made_at >= ?2 ORDER BY seq DESC",
	[SQL_CHANGES_UNDOING] = "SELECT seq, undoes FROM store_change"
	                        " WHERE site = ?1 AND undoes IS NOT NULL ORDER BY seq DESC",
	[SQL_PARTS] = "SELECT part, changeset FROM store_part WHERE site = ?1 AND seq = ?2"
	              " ORDER BY part",
	[SQL_PART] = "SELECT changeset FROM store_part WHERE site = ?1 AND seq = ?2 AND part = ?3",
	[SQL_PARTS_ALL] = "SELECT p.seq, p.part, p.changeset, coalesce(c.schema, 1000000) FROM "
	                  "store_part AS p"
	                  " LEFT JOIN store_change AS c ON c.site = p.site AND c.seq = p.seq"
	                  " WHERE p.site = ?1 ORDER BY p.seq, p.part",
	[SQL_ROWS_OF] = "SELECT DISTINCT seq FROM store_row WHERE kind = ?1 AND key IN (?2, '')"
	                " AND site = ?3 AND seq <= ?4 ORDER BY seq DESC",
	[SQL_ROW_LATER] = "SELECT DISTINCT seq FROM store_row WHERE kind = ?1 AND key IN (?2, '')"
	                  " AND site = ?3 AND seq > ?4",
	[SQL_ROW_GIVEN] = "SELECT 1 FROM store_row WHERE kind = ?1 AND key = ?2 LIMIT 1",
	[SQL_LATER] = "SELECT seq FROM store_change WHERE site = ?1 AND seq > ?2 ORDER BY seq DESC",
	[SQL_COUNTER] = "SELECT last FROM store_counter WHERE partnership = ?1 AND kind = ?2"
	                " AND prefix = ?3",
	[SQL_COUNTER_SET] = "INSERT INTO store_counter (partnership, kind, prefix, last)"
	                    " VALUES (?1, ?2, ?3, ?4) ON CONFLICT (partnership, kind, prefix)"
	                    " DO UPDATE SET last = excluded.last",
	[SQL_SHAPE] = "SELECT names FROM store_shape WHERE name = ?1 AND until > ?2"
	              " ORDER BY until LIMIT 1",
	[SQL_SHAPE_ADD] = "INSERT OR REPLACE INTO store_shape (name, until, names)"
	                  " VALUES (?1, ?2, ?3)",
	[SQL_FORGET_PART] = "DELETE FROM store_part WHERE site = ?1 AND seq = ?2 AND part = ?3",
	[SQL_ROW_KEYS] = "SELECT DISTINCT kind, key FROM store_row WHERE key <> ''",
	[SQL_FORGET_ROWS] = "DELETE FROM store_row WHERE kind = ?1 AND key = ?2",
	[SQL_HEADS] = "SELECT seq, made_by, command, summary FROM store_change WHERE site = ?1",
	[SQL_FORGET_HEAD] = "UPDATE store_change SET made_by = NULL, command = NULL, summary = NULL"
	                    " WHERE site = ?1 AND seq = ?2",
	[SQL_MADE] = "SELECT type, name, sql FROM sqlite_schema"
	             " WHERE type IN ('view', 'trigger') ORDER BY type DESC, rowid",
};

const struct statements store_statements = { sql, SQL_COUNT };

struct query *store_own(struct store *s, enum store_sql id, struct fault *f)
{
	struct query *q = store_query(s, &store_statements, id, f);
	if (q != NULL)
		q->internal = true;
	return q;
}
