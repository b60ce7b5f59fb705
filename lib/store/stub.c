/* SPDX-License-Identifier: MIT */
/* What the journal will take over. */
#include "store/internal.h"

void store_rollback(struct store *s)
{
	if (!sqlite3_get_autocommit(s->db))
		sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
}

bool store_upgrade(
        struct store *s, int from, int to, const struct schema_file *files, struct fault *f)
{
	(void)files;
	(void)to;
	return fault_set(f, STATUS_NOINPUT, "store %s is of version %d, which was never released",
	        quote(s->path), from);
}
