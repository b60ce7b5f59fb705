/* SPDX-License-Identifier: MIT */
/* What goes to standard error. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/private.h"

static bool progress_shown;

/* One write a line, so that two programs on one terminal do not mix within a line. */
static void put_line(struct buf *line)
{
	buf_addc(line, '\n');
	if (progress_shown) {
		fputs("\r\033[K", stderr);
		progress_shown = false;
	}
	fwrite(line->p, 1, line->n, stderr);
	buf_free(line);
}

int cli_fail(struct cli *c, const struct fault *f)
{
	struct buf line = { 0 };

	buf_addf(&line, "%s: ", c->program->name);
	fault_format(f, &line);
	put_line(&line);
	return f->status ? (int)f->status : STATUS_INTERNAL;
}

int cli_usage(struct cli *c, const char *fmt, ...)
{
	struct fault f = { .status = STATUS_USAGE };
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(f.text, sizeof f.text, fmt, ap);
	va_end(ap);
	return cli_fail(c, &f);
}

void cli_warn(struct cli *c, const char *fmt, ...)
{
	struct fault f = { 0 };
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(f.text, sizeof f.text, fmt, ap);
	va_end(ap);
	cli_fail(c, &f);
}

void cli_say(struct cli *c, const char *fmt, ...)
{
	struct buf line = { 0 }, clean = { 0 };
	char *text;
	va_list ap;

	if (c->quiet)
		return;
	va_start(ap, fmt);
	if (vasprintf(&text, fmt, ap) < 0)
		base_oom_handler();
	va_end(ap);
	quote_add(&clean, text);
	buf_add(&line, buf_text(&clean), clean.n);
	put_line(&line);
	buf_free(&clean);
	mem_free(text);
}

void cli_say_lines(struct cli *c, const char *lines)
{
	for (const char *end; *lines; lines = *end ? end + 1 : end) {
		end = lines + strcspn(lines, "\n");
		cli_say(c, "%.*s", (int)(end - lines), lines);
	}
}

static double seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

void cli_progress(struct cli *c, uint64_t done, uint64_t total, const char *unit, uint64_t count)
{
	static double began, last;
	static int terminal = -1;
	double now, took, left;

	if (terminal < 0)
		terminal = isatty(STDERR_FILENO);
	if (!terminal || c->quiet)
		return;
	now = seconds();
	if (began <= 0)
		began = last = now;
	if (now - last < 0.2 || now - began < 1)
		return;
	last = now;
	took = now - began;
	fprintf(stderr, "\r\033[K%llu %s, %.0f a second", (unsigned long long)count, unit,
	        (double)count / took);
	if (total > done && done > 0) {
		left = took / (double)done * (double)(total - done);
		fprintf(stderr, ", %d%%, %.0f s left", (int)(100.0 * (double)done / (double)total),
		        left);
	}
	progress_shown = true;
}

void cli_progress_end(struct cli *c)
{
	(void)c;
	if (progress_shown)
		fputs("\r\033[K", stderr);
	progress_shown = false;
}
