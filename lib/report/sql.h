/* SPDX-License-Identifier: MIT */
/* The statements of this folder; private to it. */
#ifndef REPORT_SQL_H
#define REPORT_SQL_H

#include "store/store.h"

enum report_sql { SQL_STYLE, SQL_PERIOD, SQL_POLICY, SQL_GLOSSARY, SQL_LOGO, SQL_PARTNERSHIPS };
extern const struct statements report_statements;

#endif
