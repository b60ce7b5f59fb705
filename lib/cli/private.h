/* SPDX-License-Identifier: MIT */
/* What the files of lib/cli share with each other only. */
#ifndef CLI_PRIVATE_H
#define CLI_PRIVATE_H

#include "cli/cli.h"

/* A shared option: 0 as use means that it goes with everything. */
struct shared_option {
	char letter;
	const char *name, *arg, *help;
	unsigned use;
};
extern const struct shared_option shared_options[];
extern const size_t nshared_options;

/* The options of the record verbs, for programs that have a kind. */
extern const struct cli_option record_options[];
extern const size_t nrecord_options;

/* Reads the command line into c; -1: go on, else the status to exit with. */
int options_read(struct cli *c, int argc, char **argv);
/* Whether every option given goes with the verb; checks -o and -O too. -1: go on. */
int options_check(struct cli *c);

/* The command line as one text, quoted where a shell would need it, argv[0] being name. */
const char *command_line(struct arena *, const char *name, size_t argc, char **argv);

/* Whether an operand is what a word processor made of a hyphen, told as wrong usage in *status. */
bool cli_long_dash(struct cli *c, const char *word, int *status);

/* A mistyped line, or a config file that cannot be read, would choose another store or another name in silence. No file
 * is no fault. */
bool config_is_good(struct cli *c, struct fault *f);

void help_print(struct cli *c);
/* The option table in a form completions are made from, tab-separated. */
void help_describe(struct cli *c);
/* All verbs of the program, its own first; *n of them, in the arena. */
const struct verb **program_verbs(struct cli *c, size_t *n);
/* Whether the program has the record verbs. */
bool program_records(const struct program *p);
bool cli_record_verb(const struct cli *, const char *name);
/* cli_main with these verbs. They are handed in, so that a program without them is linked without them,
 * and without the libraries they need. */
int cli_start(int argc, char **argv, const struct program *, const struct verb *records);

/* Waits for csv-sheet and closes what is open; the status to exit with. */
int output_close(struct cli *c, int status);

/* Whether -O names none of the operands, which may be files. */
bool cli_to_apart(struct cli *, int *status);

/* A map by its path, or by its name among the user's and the shipped ones. */
const char *cli_map_path(struct cli *);

/* The work over the open store. */
void work_fill(struct cli *c, int64_t now);

#endif
