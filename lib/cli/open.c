/* SPDX-License-Identifier: MIT */
/* Which store, which partnership, what time it is, and who is at work. */
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/private.h"

const char *cli_env(const char *name)
{
	const char *value = getenv(name);

	return str_empty(value) ? NULL : value;
}

int64_t cli_clock(void)
{
	return (int64_t)time(NULL);
}

const char *cli_user_folder(struct cli *c, const char *variable, const char *under_home)
{
	const char *folder = cli_env(variable), *home = cli_env("HOME");

	if (folder && folder[0] == '/')
		return folder;
	return home ? arena_printf(c->arena, "%s/%s", home, under_home) : NULL;
}

/* Bytes of the config file. */
enum { CONFIG_MOST = 1 << 16 };

const char *cli_config(struct cli *c, const char *key)
{
	const char *folder = cli_user_folder(c, "XDG_CONFIG_HOME", ".config");
	struct fault f = { 0 };
	char *text, *line, *next, *equals;

	if (!folder)
		return NULL;
	text = file_read(c->arena, arena_printf(c->arena, "%s/compact/config", folder), CONFIG_MOST,
	        NULL, &f);
	for (line = text; line && *line; line = next) {
		next = line + strcspn(line, "\n");
		if (*next)
			*next++ = '\0';
		equals = strchr(line, '=');
		if (!equals || str_trim(line)[0] == '#')
			continue;
		*equals = '\0';
		if (str_equal(str_trim(line), key) && !str_empty(str_trim(equals + 1)))
			return str_trim(equals + 1);
	}
	return NULL;
}

bool config_is_good(struct cli *c, struct fault *f)
{
	static const char *const keys[] = { "db", "partnership", "by", "from" };
	const char *folder = cli_user_folder(c, "XDG_CONFIG_HOME", ".config");
	const char *path = arena_printf(c->arena, "%s/compact/config", folder ? folder : "");
	char *line, *next;
	long number = 1;

	if (!folder || access(path, F_OK) != 0)
		return true;
	line = file_read(c->arena, path, CONFIG_MOST, NULL, f);
	if (!line) {
		f->status = STATUS_CONFIG;
		return false;
	}
	for (; *line; line = next, number++) {
		next = line + strcspn(line, "\n");
		if (*next)
			*next++ = '\0';
		char *equals = strchr(line, '='), *key = str_trim(line);
		if (*key == '\0' || *key == '#')
			continue;
		if (equals) {
			*equals = '\0';
			key = str_trim(key);
		}
		size_t k = 0;
		while (k < COUNT(keys) && !(equals && str_equal(key, keys[k])))
			k++;
		if (k < COUNT(keys))
			continue;
		fault_set(f, STATUS_CONFIG,
		        "%s is no setting; write db=, partnership=, by= or from=", quote(key));
		fault_place(f, path, number, NULL);
		return false;
	}
	return true;
}

const char *cli_by(struct cli *c)
{
	const struct passwd *who;

	if (!c->by)
		c->by = cli_env("COMPACT_BY");
	if (!c->by)
		c->by = cli_config(c, "by");
	if (!c->by)
		c->by = cli_env("LOGNAME");
	if (!c->by) {
		who = getpwuid(geteuid());
		c->by = who ? arena_strdup(c->arena, who->pw_name)
		            : arena_printf(c->arena, "user %u", (unsigned)geteuid());
	}
	return c->by;
}

const char *cli_db_path(struct cli *c)
{
	const char *folder;

	if (c->db)
		return c->db;
	c->db = cli_env("COMPACT_DB");
	if (!c->db && access("compact.db", F_OK) == 0)
		c->db = "compact.db";
	if (!c->db) {
		c->db = cli_config(c, "db");
		if (c->db && str_starts(c->db, "~/") && cli_env("HOME"))
			c->db = arena_printf(c->arena, "%s%s", cli_env("HOME"), c->db + 1);
	}
	folder = c->db ? NULL : cli_user_folder(c, "XDG_DATA_HOME", ".local/share");
	if (!c->db)
		c->db = folder ? arena_printf(c->arena, "%s/compact/compact.db", folder)
		               : "compact.db";
	return c->db;
}

bool cli_now(struct cli *c, int64_t *now, int *status)
{
	const char *when = c->today ? c->today : cli_env("COMPACT_TODAY");
	struct fault f = { 0 };
	bool has_time;
	int64_t second;
	int seconds;

	*now = cli_clock();
	if (!when)
		return true;
	if (!moment_parse(when, ORDER_DMY, *now, now, &has_time, &f)) {
		fault_place(&f, NULL, 0, c->today ? "--today" : "COMPACT_TODAY");
		f.status = STATUS_USAGE;
		*status = cli_fail(c, &f);
		return false;
	}
	/* A bare date means noon by the UK clock, which is never skipped and never twice. */
	if (!has_time)
		zone_to_utc(zone_day(*now, &seconds), 12 * 3600, now, &second);
	return true;
}

static void progress(void *data, uint64_t done, uint64_t total, uint64_t rows)
{
	cli_progress(data, done, total, "rows", rows);
}

/* Messages and changes that the layers below tell of. */
static void told(void *data, enum tell how, const struct fault *f)
{
	struct cli *c = data;

	if (how == TELL_NOTE && c->quiet)
		return;
	if (how == TELL_REFUSED)
		c->refused = true;
	cli_fail(c, f);
}

static void changed(void *data, const struct record_change *r)
{
	struct cli *c = data;
	struct cli_change *n;

	c->added += r->op == 'a';
	c->removed += r->op == 'r';
	c->changed += r->op == 'c' || r->op == 'k';
	if (c->nchanges >= 1000)
		return; /* only the first few are printed; the counts stay right */
	c->changes = mem_grow(c->changes, &c->cap_changes, c->nchanges + 1, sizeof *c->changes);
	n = &c->changes[c->nchanges++];
	n->op = r->op;
	n->partnership = arena_strdup(c->arena, r->partnership);
	n->kind = arena_strdup(c->arena, r->kind);
	n->ref = arena_strdup(c->arena, r->ref);
	n->field = arena_strdup(c->arena, r->field);
	n->before = arena_strdup(c->arena, r->before);
	n->after = arena_strdup(c->arena, r->after);
}

void work_fill(struct cli *c, int64_t now)
{
	int second;

	c->work.store = c->store;
	c->work.arena = c->arena;
	c->work.now = now;
	c->work.today = zone_day(now, &second);
	c->work.tell = told;
	c->work.changed = changed;
	c->work.progress = progress;
	c->work.told = c;
}

static const char *chosen_partnership(struct cli *c)
{
	return c->partnership ? c->partnership : cli_config(c, "partnership");
}

bool cli_open(struct cli *c, enum store_mode mode, int *status)
{
	struct fault f = { 0 }, warning = { 0 };
	struct store_options o = { .mode = mode,
		.wait_seconds = (int)c->wait,
		.now = TIME_NONE,
		.any_file_system = cli_env("COMPACT_UNSAFE_FILESYSTEM") != NULL };

	if (!cli_now(c, &o.now, status))
		return false;
	if (!config_is_good(c, &f)) {
		*status = cli_fail(c, &f);
		return false;
	}
	c->store = store_open(cli_db_path(c), &o, &warning, &f);
	if (!c->store) {
		*status = cli_fail(c, &f);
		return false;
	}
	if (warning.text[0] && !c->quiet)
		cli_fail(c, &warning);
	work_fill(c, o.now);
	if (!work_choose(&c->work, chosen_partnership(c), &f)) {
		*status = cli_fail(c, &f);
		return false;
	}
	store_scope(c->store, c->work.all ? NULL : c->work.partnership);
	return true;
}

bool cli_open_local(struct cli *c, enum store_mode mode, int *status)
{
	struct fault f = { 0 };

	if (!cli_open(c, mode, status))
		return false;
	if (c->work.all && mode == STORE_WRITE) {
		*status = cli_usage(
		        c, "a change needs one partnership, not all; say which with -p REF");
		return false;
	}
	if (!c->work.all && !record_needs_partnership(&c->work, &f)) {
		*status = cli_fail(c, &f);
		return false;
	}
	return true;
}
