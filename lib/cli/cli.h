/* SPDX-License-Identifier: MIT */
/*
 * cli: what all programs share on their outside: option tables, messages, exit status, progress,
 * where output goes, and the frame of the record programs. The only library code that prints,
 * exits, or looks at the environment and the clock.
 *
 * A program is a table. cli_main reads the options with getopt_long, finds the verb, runs it and
 * closes standard output; --help, completions and the check of each SYNOPSIS come from the table.
 */
#ifndef CLI_H
#define CLI_H

#include <sys/types.h>

#include "base/base.h"
#include "io/io.h"
#include "record/record.h"
#include "store/store.h"

/* ---------- what a program is (main.c, options.c, help.c) ---------- */

/* Which of the shared options mean something to a verb; others are refused with its name. */
enum use {
	USE_OUTPUT = 1, /* -o -O */
	USE_STORE = 2,  /* -d -p --today --wait */
	USE_CHANGE = 4, /* -n --by */
	USE_INPUT = 8,  /* -i -m --explain --rejects --all-or-nothing --keep-going */
	USE_LIST = 16,  /* --columns --sort --limit */
	USE_READ = 32,  /* -i --explain alone, for programs that load no records */
	USE_KIND =
	        64 /* of a program whose first operand is a kind: this verb of its own needs it */
};

struct cli;

/* An option of one program. Exactly one of flag, text, number and list says where it goes. */
struct cli_list {
	const char **item;
	size_t n, cap;
};
struct cli_option {
	char letter;      /* 0: none */
	const char *name; /* without the hyphens */
	const char *arg;  /* "DAYS"; NULL: it takes none */
	const char *help;
	bool *flag;
	const char **text;
	int64_t *number;       /* 0 and up */
	struct cli_list *list; /* may be given again */
	const char *verbs;     /* "overdue due": only with these; NULL: with all */
};

struct verb {
	const char *name;
	int (*run)(struct cli *); /* returns an exit status; has printed what went wrong */
	const char *operands;     /* as in the SYNOPSIS: "REF [WORD ...]" */
	const char *help;         /* imperative, lower case, no full stop */
	unsigned use;
	const char *formats; /* formats of its own beside the tables': "ics mbox" */
};

struct program {
	const char *name;
	const char *about;        /* one line for --help */
	const char *kind;         /* whose record verbs it has; NULL: none */
	const struct verb *verbs; /* its own; ended by a NULL name; they go before the kind's */
	size_t nverbs;
	const char *verb; /* the one meant when none is given; NULL: one must be */
	const struct cli_option *options;
	size_t noptions;
	const char *without; /* record verbs it does not have: "replace" */
	/* Programs without verbs: one entry point, its operands and use. */
	int (*run)(struct cli *);
	const char *operands; /* one line of usage each, split at \n */
	unsigned use;
	const char *formats;
	/* Writes what a listing finds as a calendar, for -o ics; NULL: it has none. */
	bool (*calendar)(struct work *, const struct list_query *, struct out *, size_t *count,
	        struct fault *);
	/* What follows from a record made by add or changed by set, within the same change; lines to be said after
	 * the commit. */
	bool (*settle)(struct work *, const char *kind, const char *ref, const struct assignment *,
	        size_t n, struct buf *said, struct fault *);
	bool kind_first;                 /* compact-record: the kind is the first operand */
	bool rows_in_default_keep_going; /* of --all-or-nothing and --keep-going, which is the default */
};

/* Runs the program: parse, dispatch, close. Returns the exit status. */
int cli_main(int argc, char **argv, const struct program *);
/* The same with the record verbs of program->kind added. */
int cli_record_program(int argc, char **argv, const struct program *);

/* ---------- one run ---------- */

/* One changed field, kept for the lines after the commit. */
struct cli_change {
	char *ref, *field, *before, *after, *kind, *partnership;
	char op;
};

struct cli {
	const struct program *program;
	const struct verb *verb;    /* of programs with verbs */
	const struct verb *records; /* the record verbs; NULL: it has none */
	struct arena *arena;
	const char *kind; /* the kind worked on, where there is one */

	size_t n; /* operands behind the verb */
	const char **operand;
	const char *command; /* the whole command line, for the journal */
	size_t nargv;
	char **argv;

	/* Shared options. */
	enum format format;
	const char *format_name; /* "ics" and such too; "text" when none was given */
	bool format_given;
	const char *to; /* -O, or NULL */
	bool quiet, dry_run;
	bool quiet_changes; /* the program says itself what it did */
	const char *db, *partnership, *today, *by;
	int64_t wait;
	enum input_format input;
	const char *map, *rejects;
	bool explain, all_or_nothing, keep_going;
	const char *columns, *sort;
	int64_t limit; /* -1: none */

	const char *final; /* where a store being made is to go */

	/* What is open. */
	struct store *store;
	struct work work;
	struct out *out; /* standard output or -O, once cli_writer or cli_out asked */
	struct writer *writer;
	int sheet_fd; /* what csv-sheet is to make a workbook of, behind out; 0: none */
	struct cli_change *changes;
	size_t nchanges, cap_changes, added, changed, removed;
	bool refused; /* something was told as refused: exit 1 */
	bool failed_output;
};

/* ---------- messages (message.c) ---------- */

/* "program: file:line: field: text" on standard error; returns the fault's status. */
int cli_fail(struct cli *, const struct fault *);
/* The same from a format, for usage errors (64). */
int cli_usage(struct cli *, const char *fmt, ...) PRINTF_LIKE(2, 3);
void cli_warn(struct cli *, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* A plain line on standard error; silent under -q. */
void cli_say(struct cli *, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* Each of several lines so. */
void cli_say_lines(struct cli *, const char *lines);
/* Rows, rate and time left, rewritten in place; only on a terminal, from the first second on. total 0:
 * unknown. cli_progress_end wipes it. */
void cli_progress(struct cli *, uint64_t done, uint64_t total, const char *unit, uint64_t count);
void cli_progress_end(struct cli *);

/* ---------- store (open.c) ---------- */

/* Opens the store, chooses the partnership (none is no fault yet) and fills cli->work. False: the message is printed
 * and *status set. */
bool cli_open(struct cli *, enum store_mode, int *status);
/* Makes the store beside where it is to be, with the reference data of share/ where that is wanted, and opens it; no partnership is in it yet.
 * cli_created puts it in place when status is 0 (or 1), else drops it; returns the status to exit with. */
bool cli_create(struct cli *, bool reference, int *status);
int cli_created(struct cli *, int status);
/* The same as cli_open, and a partnership is needed. */
bool cli_open_local(struct cli *, enum store_mode, int *status);
/* The path of the store by -d, $COMPACT_DB, ./compact.db, the config file, the user's data folder. */
const char *cli_db_path(struct cli *);
/* A folder by an XDG variable, else by its place under the home folder; NULL: neither is set. */
const char *cli_user_folder(struct cli *, const char *variable, const char *under_home);
/* A word as a shell reads it back: in quotes where it needs them. */
const char *cli_shell_word(struct arena *, const char *word);
/* A value of the config file: db, partnership, by, from; NULL: not there. */
const char *cli_config(struct cli *, const char *key);
/* Who: --by, $COMPACT_BY, the config file, the login name. */
const char *cli_by(struct cli *);
/* --today, $COMPACT_TODAY, else the clock, as UTC time. */
bool cli_now(struct cli *, int64_t *now, int *status);
int64_t cli_clock(void);               /* the real clock */
const char *cli_env(const char *name); /* NULL when unset or empty */

/* ---------- changes (change.c) ---------- */

struct change_info cli_change_info(struct cli *);
/* Begins a change with this command line as its origin. */
bool cli_begin(struct cli *, int *status);
/* record_finish, commit (or, dry, roll back), then the lines of what changed with the way to undo it. summary NULL: made from
 * the changes. Returns the status: 0, or what went wrong. */
int cli_commit(struct cli *, const char *summary);
/* Rolls back and prints the fault. */
int cli_abort(struct cli *, const struct fault *);
/* Whole FIELD=VALUE operands from `from` on; NULL with the message printed when one is none. Reads
 * FIELD=@FILE, @- and @@. */
struct assignment *cli_assignments(struct cli *, size_t from, size_t *n, int *status);

/* ---------- output (output.c) ---------- */

struct out *cli_out(struct cli *, int *status);       /* standard output, or -O; NULL: printed */
struct writer *cli_writer(struct cli *, int *status); /* over cli_out, in the format asked for */
int cli_columns(int fd);                              /* terminal width; 0: no terminal */
enum look cli_look(const struct cli *);               /* LOOK_PEOPLE for text and md */
/* Comma-separated --columns and --sort into lists. */
const char *const *cli_split(struct cli *, const char *text, size_t *n);

/* ---------- places (place.c) ---------- */

/* A helper program beside the running one (build tree, ../libexec/compact, the prefix); NULL: not found. */
const char *cli_helper(struct cli *, const char *name);
/* A file or folder of share/ (build tree, ../share/compact, the prefix); NULL: not there. */
const char *cli_share(struct cli *, const char *path);
/* A template of letters: the user's own in ~/.local/share/compact, else the one that ships. */
const char *cli_template(struct cli *, const char *name);
/* Runs a program (a path, no PATH search unless `search`) and waits; its exit status, or -1 with errno.
 * in, out, err: its standard streams; -1: those of this program. */
int cli_run(const char *const *argv, int in, int out, int err, bool search);

/* ---------- messages on their way out (post.c) ---------- */

/* A message with the line that says what it was about. */
struct cli_letter {
	struct message message;
	const char *about;
};
/* Where they go: drafts (a folder), mail (by the mailer), else standard output or -O as an mbox. */
struct cli_post {
	const char *drafts, *mailer;
	bool mail;
	int64_t patience;           /* seconds the mailer may take over one message */
	const char *const *command; /* the mailer's words: cli_post_ready fills it */
	/* Writes down that a message was handed over, within a change; NULL: nothing is written down. */
	bool (*sent)(struct work *, const char *id, struct fault *);
	const char *summary; /* of that change */
};
/* Checks that the options go together, and reads who sends: given, else the config file's "from"; without one
 * the address stays NULL. */
bool cli_post_options(struct cli *, const struct cli_post *, const char *given,
        struct mailbox *from, int *status);
/* Waits (--wait) until nobody else holds the store for the same; 75 if that does not come about. Held until
 * the program and whatever it has forked have ended. */
bool cli_alone(struct cli *, const char *what, int *status);
/* Looks for the mailer, or makes the folder. */
bool cli_post_ready(struct cli *, struct cli_post *, int *status);
/* Hands all over and writes down what was; the status to exit with. post.c says how none is lost or sent
 * twice. The caller has committed their ids, or (dry) rolled back. The store may be closed afterwards. */
int cli_post(struct cli *, const struct cli_post *, const struct cli_letter *, size_t n);

/* ---------- the record verbs (verbs.c, load.c, edit.c) ---------- */

extern const struct verb
        cli_record_verbs[]; /* add set edit list show load remove log replace; NULL name ends */
int cli_verb_add(struct cli *);
int cli_verb_set(struct cli *);
int cli_verb_edit(struct cli *);
int cli_verb_list(struct cli *);
int cli_verb_show(struct cli *);
int cli_verb_load(struct cli *);
int cli_verb_remove(struct cli *);
int cli_verb_log(struct cli *);
int cli_verb_replace(struct cli *);
/* Operands from `from` to the first FIELD=VALUE as one text, NULL where there are none; *next is where the fields
 * begin. */
const char *cli_words(struct cli *, size_t from, size_t *next);
/* The text of a note from standard input, or from the editor on a terminal; NULL with the message printed. */
const char *cli_ask(struct cli *, int *status);
/* History as rows: change, at, by, command, kind, ref, what, field, old, new. */
int cli_history(struct cli *, const struct history_filter *);
/* A view's rows as a listing, with filters among the operands from `from` on; *count rows. */
int cli_list_view(struct cli *, const char *view, size_t from, size_t *count);
/* A workbook's visible sheets, where it has more than one; NULL: it is none, or cannot be asked. A number tells
 * one from the others for sure, a name tells people which it is. */
struct cli_sheet {
	const char *number, *name;
};
const struct cli_sheet *cli_sheets(struct cli *, const char *path, size_t *n);
/* Opens a file, or standard input (NULL, "-") unless that is a terminal; sheet: --sheet or NULL. */
struct input *cli_input(struct cli *, const char *path, const char *sheet, int *status);
/* The map of -m: a path, or a name among the user's and the shipped ones; NULL: printed. */
struct map *cli_map(struct cli *, int *status);
/* Where refused rows go: --rejects, else NAME.refused.csv beside the file; here for standard input. */
const char *cli_rejects_path(struct cli *, const char *path);
/* A file that an option names; no path: the option is not given. */
struct cli_file {
	const char *option, *path;
};
/* Whether -O, --rejects and one more (NULL: none) name no file that is read, the operands from `from` on or the map,
 * nor one another; rejects: refused rows are written, of each operand beside it unless --rejects says where. */
bool cli_files_apart(struct cli *, size_t from, bool rejects, const struct cli_file *, int *status);
/* Puts the file of refused rows in place where there are some and it is no dry run, and says so;
 * otherwise drops it. */
bool cli_rejects_close(struct cli *, struct out *, const char *path, size_t refused, int *status);
/* Loads files (operands from `from`, else standard input) of `kind` or of any kinds (NULL). */
int cli_load_files(struct cli *, const char *kind, size_t from, const struct load_options *);

#endif
