/* SPDX-License-Identifier: MIT */
/* The SQL of lib/schema, compiled in: its files in the order of their names, ended by a NULL name.
 * Names are as in the folder ("10-governance.sql", "upgrade/2.sql"). */
#ifndef SCHEMA_H
#define SCHEMA_H

struct schema_file {
	const char *name, *text;
};
extern const struct schema_file schema_files[];

#endif
