/* SPDX-License-Identifier: MIT */
/* Maps and lists in YAML and JSON, written as they come: nothing is held back but whether a collection
 * stays empty. */
#include "io/write/writer.h"

#include <string.h>

static bool is_json(const struct writer *w)
{
	return w->format == FORMAT_JSON;
}

static void flush_line(struct writer *w)
{
	out_write(w->out, buf_text(&w->line), w->line.n);
	buf_clear(&w->line);
}

/* ---------- YAML ---------- */

/* Columns before what stands in the innermost open collection. */
static int yaml_indent(const struct writer *w)
{
	return w->depth > 1 ? 2 * (w->depth - 1) : 0;
}

/* What comes before an entry: line end and blanks, or only a blank where the entry stands behind a dash. */
static void yaml_lead(struct writer *w, const char *key)
{
	int d = w->depth;
	if (d == 0)
		return;
	/* The first key of a map in a list stands on the dash's own line; so does a list in a list. */
	if (w->level[d - 1].empty && d >= 2 && w->level[d - 2].list)
		buf_addc(&w->line, ' ');
	else if (w->begun)
		buf_addf(&w->line, "\n%*s", yaml_indent(w), "");
	w->level[d - 1].empty = false;
	if (w->level[d - 1].list) {
		buf_addc(&w->line, '-');
	} else {
		yaml_add_scalar(&w->line, key, strlen(key), VALUE_TEXT, 0);
		buf_addc(&w->line, ':');
	}
	w->begun = true;
}

/* ---------- JSON ---------- */

static void json_lead(struct writer *w, const char *key)
{
	int d = w->depth;
	if (d == 0)
		return;
	bool compact = w->level[d - 1].compact;
	if (!w->level[d - 1].empty)
		buf_addc(&w->line, ',');
	if (!compact)
		buf_addf(&w->line, "\n%*s", 2 * d, "");
	else if (!w->level[d - 1].empty)
		buf_addc(&w->line, ' ');
	w->level[d - 1].empty = false;
	if (!w->level[d - 1].list) {
		json_add_scalar(&w->line, key, strlen(key), VALUE_TEXT);
		buf_adds(&w->line, ": ");
	}
}

static void json_close(struct writer *w)
{
	int d = w->depth;
	if (!w->level[d].empty && !w->level[d].compact)
		buf_addf(&w->line, "\n%*s", 2 * d, "");
	buf_addc(&w->line, w->level[d].list ? ']' : '}');
}

/* ---------- both ---------- */

static void push(struct writer *w, bool list, bool compact)
{
	w->level[w->depth].list = list;
	w->level[w->depth].empty = true;
	w->level[w->depth].compact = compact;
	w->depth++;
	if (is_json(w))
		buf_addc(&w->line, list ? '[' : '{');
}

/* A key at the outermost level belongs to a map that nobody opened. */
static void imply_root(struct writer *w, const char *key)
{
	if (key == NULL || w->depth > (is_json(w) && w->many ? 1 : 0))
		return;
	if (is_json(w))
		json_lead(w, "");
	push(w, false, false);
	w->root_implied = true;
}

static void lead(struct writer *w, const char *key)
{
	imply_root(w, key);
	if (key == NULL)
		key = ""; /* what stands in a list has none */
	if (is_json(w))
		json_lead(w, key);
	else
		yaml_lead(w, key);
}

void tree_open(struct writer *w, const char *key, bool list, bool compact)
{
	if (w->depth >= TREE_DEPTH_MAX - 2) {
		w->too_deep++;
		fault_set(&w->fault, STATUS_INTERNAL, "records are nested too deep to be written");
		return;
	}
	lead(w, key);
	push(w, list, compact);
}

void tree_value(struct writer *w, const char *key, const char *text, size_t n, enum value_kind kind)
{
	if (w->too_deep > 0)
		return;
	lead(w, key);
	if (is_json(w)) {
		if (text != NULL)
			json_add_scalar(&w->line, text, n, kind);
		else
			buf_adds(&w->line, "null");
	} else if (text != NULL) {
		if (w->depth > 0)
			buf_addc(&w->line, ' ');
		yaml_add_scalar(&w->line, text, n, kind, yaml_indent(w) + 2);
	} else if (w->depth > 0 && w->level[w->depth - 1].list) {
		buf_adds(&w->line, " ~");
	}
	flush_line(w);
}

void tree_end(struct writer *w)
{
	if (w->too_deep > 0) {
		w->too_deep--;
		return;
	}
	w->depth--;
	if (is_json(w))
		json_close(w);
	else if (w->level[w->depth].empty)
		buf_adds(&w->line, w->level[w->depth].list ? (w->begun ? " []" : "[]")
		                                           : (w->begun ? " {}" : "{}"));
	w->begun = true;
	flush_line(w);
}

/* Ends what stands at the outermost level. */
static void end_root(struct writer *w)
{
	if (w->root_implied || w->depth > (is_json(w) && w->many ? 1 : 0))
		tree_end(w);
	w->root_implied = false;
}

void tree_document(struct writer *w)
{
	if (is_json(w)) {
		if (!w->many)
			push(w, true, false);
		else
			end_root(w);
		w->many = true;
		return;
	}
	if (w->many) {
		end_root(w);
		buf_addc(&w->line, '\n');
	}
	buf_adds(&w->line, w->many ? "---\n" : "");
	w->begun = false;
	w->many = true;
}

void tree_close(struct writer *w)
{
	if (w->too_deep > 0)
		return;
	end_root(w);
	while (w->depth > 0)
		tree_end(w);
	if (w->begun || is_json(w))
		buf_addc(&w->line, '\n');
	flush_line(w);
}
