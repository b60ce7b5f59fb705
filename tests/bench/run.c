/* SPDX-License-Identifier: MIT */
/*
 * run [-n ROUNDS] GROUP: runs the commands of a group in turn (A B C, A B C, …), so that a noisy
 * machine is noisy for all, and prints what they took as a Markdown table, then what was to be shown.
 *
 * A group is lines of fields parted by tabs:
 *	title	TEXT
 *	rounds	N
 *	run	LABEL	COMMAND		quotes are known; what begins with ! is given to /bin/sh
 *	before	COMMAND			run before each round of the command above it, not counted
 *	target	LABEL	MEASURE	LIMIT	OTHER	label's wall, cpu or peak (MiB) is at most LIMIT × OTHER's;
 *					for peak OTHER may be missing
 * The first command is what the columns of ratios are against. A command whose program is not there
 * is left out, and so are the targets that name it. A ratio is the median of the ratios of each round.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MAX_RUNS = 24, MAX_ROUNDS = 401, MAX_TARGETS = 32, NOISE = 10 };

struct run {
	char *label, *command, *before;
	double wall[MAX_ROUNDS], cpu[MAX_ROUNDS], peak[MAX_ROUNDS]; /* s, s, MiB */
	int status;
	bool absent;
};
struct target {
	char *label, *measure, *other;
	double limit;
};
static struct run runs[MAX_RUNS];
static struct target targets[MAX_TARGETS];
static size_t nruns, ntargets;
static int rounds = 11;
static const char *title = "";

static void fail(const char *what, const char *name)
{
	fprintf(stderr, "run: %s '%s': %s\n", what, name, errno ? strerror(errno) : "not usable");
	exit(1);
}

static struct run *find(const char *label)
{
	for (size_t i = 0; i < nruns; i++)
		if (strcmp(runs[i].label, label) == 0)
			return &runs[i];
	errno = 0;
	fail("no run", label);
	return NULL;
}

/* ---------- reading a group ---------- */

static void take_line(char **field, size_t n)
{
	if (n == 2 && strcmp(field[0], "title") == 0)
		title = field[1];
	else if (n == 2 && strcmp(field[0], "rounds") == 0)
		rounds = atoi(field[1]);
	else if (n == 3 && strcmp(field[0], "run") == 0 && nruns < MAX_RUNS)
		runs[nruns++] = (struct run){ .label = field[1], .command = field[2] };
	else if (n == 2 && strcmp(field[0], "before") == 0 && nruns > 0)
		runs[nruns - 1].before = field[1];
	else if (n >= 4 && strcmp(field[0], "target") == 0 && ntargets < MAX_TARGETS)
		targets[ntargets++] = (struct target){ field[1], field[2], n > 4 ? field[4] : NULL,
			strtod(field[3], NULL) };
	else
		fail("a line of the group", field[0]);
}

static void read_group(const char *path)
{
	FILE *f = fopen(path, "r");
	char *line = NULL;
	size_t size = 0;

	if (!f)
		fail("cannot open", path);
	while (getline(&line, &size, f) > 0) {
		char *field[6], *rest = line;
		size_t n = 0;
		line[strcspn(line, "\n")] = '\0';
		if (*line == '#' || *line == '\0')
			continue;
		while (rest && n < 5) {
			char *one = strsep(&rest, "\t");
			if (*one)
				field[n++] = strdup(one);
		}
		take_line(field, n);
	}
	free(line);
	fclose(f);
}

/* ---------- running ---------- */

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

/* The words of a command as a shell would part them, with quotes and nothing else. */
static size_t split(char *text, char **word, size_t max)
{
	size_t n = 0;
	char *to = text;

	while (n + 1 < max) {
		text += strspn(text, " ");
		if (!*text)
			break;
		for (word[n++] = to; *text && *text != ' ';) {
			const char quote = *text == '\'' || *text == '"' ? *text : '\0';
			text += quote != '\0';
			while (*text && (quote ? *text != quote : !strchr(" '\"", *text)))
				*to++ = *text++;
			text += quote && *text;
		}
		text += *text != '\0';
		*to++ = '\0';
	}
	word[n] = NULL;
	return n;
}

/* Becomes the command; pipes and redirections need a shell, and cost its start. */
static void become(const char *command)
{
	char copy[8192], *word[256];
	int null = open("/dev/null", O_RDWR);

	dup2(null, STDIN_FILENO);
	dup2(null, STDOUT_FILENO);
	if (!getenv("BENCH_ERRORS"))
		dup2(null, STDERR_FILENO);
	if (*command == '!') {
		execl("/bin/sh", "sh", "-c", command + 1, (char *)NULL);
		_exit(127);
	}
	snprintf(copy, sizeof copy, "%s", command);
	if (split(copy, word, 256))
		execvp(word[0], word);
	_exit(127);
}

static void measure(struct run *r, int round)
{
	struct rusage used;
	double start;
	pid_t child;
	int how;

	if (r->before && system(r->before) != 0)
		fail("cannot prepare", r->before);
	start = now();
	child = fork();
	if (child == 0)
		become(r->command);
	if (child < 0 || wait4(child, &how, 0, &used) < 0)
		fail("cannot run", r->command);
	r->status = WIFEXITED(how) ? WEXITSTATUS(how) : 128 + WTERMSIG(how);
	r->absent = r->absent || r->status == 127;
	if (round < 0)
		return;
	r->wall[round] = now() - start;
	r->cpu[round] = seconds(used.ru_utime) + seconds(used.ru_stime);
	r->peak[round] = (double)used.ru_maxrss / 1024;
}

/* ---------- figures ---------- */

static int compare(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static double median(const double *v)
{
	double sorted[MAX_ROUNDS];

	memcpy(sorted, v, (size_t)rounds * sizeof *v);
	qsort(sorted, (size_t)rounds, sizeof *sorted, compare);
	return rounds % 2 ? sorted[rounds / 2] : (sorted[rounds / 2 - 1] + sorted[rounds / 2]) / 2;
}

static double ratio(const double *a, const double *b)
{
	double each[MAX_ROUNDS];

	for (int i = 0; i < rounds; i++)
		each[i] = b[i] > 0 ? a[i] / b[i] : 0;
	return median(each);
}

static const double *figures(const struct run *r, const char *measure)
{
	return strcmp(measure, "wall") == 0  ? r->wall
	       : strcmp(measure, "cpu") == 0 ? r->cpu
	                                     : r->peak;
}

static void print_table(void)
{
	printf("\n## %s\n\n| command | wall ms | CPU ms | peak MiB | wall ratio | CPU ratio |\n"
	       "|---|---:|---:|---:|---:|---:|\n",
	        title);
	for (size_t i = 0; i < nruns; i++) {
		struct run *r = &runs[i];
		if (r->absent)
			printf("| %s | not installed | | | | |\n", r->label);
		else
			printf("| %s%s | %.2f | %.2f | %.1f | %.2f | %.2f |\n", r->label,
			        r->status == 1 ? " (exit 1)"
			        : r->status    ? " (failed)"
			                       : "",
			        median(r->wall) * 1e3, median(r->cpu) * 1e3, median(r->peak),
			        ratio(r->wall, runs[0].wall), ratio(r->cpu, runs[0].cpu));
	}
}

/* False when one is missed by more than the noise that is allowed for. */
static bool print_targets(void)
{
	bool all = true;

	if (ntargets)
		printf("\n| must | measured | |\n|---|---:|---|\n");
	for (size_t i = 0; i < ntargets; i++) {
		struct target *t = &targets[i];
		struct run *r = find(t->label), *other = t->other ? find(t->other) : NULL;
		const double *mine = figures(r, t->measure);
		double got;
		if (r->absent || (other && other->absent))
			continue;
		got = other ? ratio(mine, figures(other, t->measure)) : median(mine);
		/* 1 is an answer: some rows were refused, as they should be. */
		bool met = got <= t->limit * (other ? 1 + NOISE / 100.0 : 1) && r->status <= 1;
		all = all && met;
		printf("| %s: %s ≤ %g %s%s | %.2f | %s |\n", t->label, t->measure, t->limit,
		        other ? "× " : "MiB", other ? t->other : "", got,
		        met ? "met" : "**missed**");
	}
	return all;
}

int main(int argc, char **argv)
{
	int option;
	bool given = false;

	while ((option = getopt(argc, argv, "n:")) != -1) {
		if (option != 'n')
			return 64;
		rounds = atoi(optarg);
		given = true;
	}
	if (optind != argc - 1) {
		fprintf(stderr, "usage: run [-n ROUNDS] GROUP\n");
		return 64;
	}
	int wanted = rounds;
	read_group(argv[optind]);
	if (given)
		rounds = wanted;
	if (rounds < 1 || rounds > MAX_ROUNDS || nruns == 0)
		fail("rounds or runs of", argv[optind]);
	for (int round = -1; round < rounds; round++)
		for (size_t i = 0; i < nruns; i++)
			if (!runs[i].absent)
				measure(&runs[i], round);
	print_table();
	return print_targets() ? 0 : 1;
}
