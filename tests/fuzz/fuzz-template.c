/* SPDX-License-Identifier: MIT */
/*
 * Templates: whatever the bytes are, a report is made or the template is refused with its file and line. What is made
 * is whole: HTML whose elements close, with nothing in it that runs, and no mark of ours left in any format.
 */
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "report/odt/odt.h"
#include "report/template/template.h"
#include "store/internal.h"

static char path[64], template[64];
static struct store *store;
static int steps;

static const char rows[] =
        "INSERT INTO partnership (ref, name, purpose, logo) VALUES ('here', 'Here | <b>', 'to "
        "*work* "
        "together', '/dev/null');"
        "INSERT INTO aim (partnership, ref, number, text) VALUES ('here', '1', '1', 'work "
        "together'),"
        " ('here', '2', '2', '[x](javascript:1) | `<script>`');"
        "INSERT INTO org (partnership, ref, name) VALUES ('here', 'council', 'Council');"
        "INSERT INTO person (partnership, ref, name, org) VALUES ('here', 'ann', 'Ann Example', "
        "'council');"
        "INSERT INTO action (partnership, ref, title, what, status, due, budget)"
        " VALUES ('here', 'A1', 'Publish', '# A\n```\nb', 'open', '2025-11-30', 120000),"
        " ('here', 'A2', 'Review\n---', NULL, 'done', NULL, NULL);"
        "INSERT INTO lead (partnership, action, number, person) VALUES ('here', 'A1', 1, 'ann');";

/* A query may do so much and no more: time would be another on a busy machine. */
static int count_steps(void *unused)
{
	(void)unused;
	return ++steps > 200;
}

static void open_store(void)
{
	const struct store_options make = { .mode = STORE_WRITE, .now = TIME_NONE }, read = {
		.mode = STORE_REPORT, .now = 1769000000, .partnership = "here", .row_limit = 1000
	};
	struct fault f = { 0 };
	char *why = NULL;

	store_close(store_create(path, &make, &f));
	store = store_open(path, &make, NULL, &f);
	if (!store || sqlite3_exec(store->db, rows, NULL, NULL, &why) != SQLITE_OK) {
		fprintf(stderr, "%s%s\n", f.text, why ? why : "");
		abort();
	}
	store_close(store);
	store = store_open(path, &read, NULL, &f);
	if (!store)
		abort();
	sqlite3_limit(store->db, SQLITE_LIMIT_LENGTH, 1 << 18);
	sqlite3_progress_handler(store->db, 1000, count_steps, NULL);
}

static void clean_up(void)
{
	store_close(store);
	unlink(path);
	unlink(template);
}

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	const char *folder = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : ".";

	(void)argc, (void)argv;
	snprintf(path, sizeof path, "%s/fuzz-template-%ld.db", folder, (long)getpid());
	snprintf(template, sizeof template, "%s/fuzz-template-%ld.md", folder, (long)getpid());
	open_store();
	atexit(clean_up);
	return 0;
}

static size_t count(const struct buf *text, const char *what)
{
	const char *p = text->p, *end = p + text->n;
	size_t n = 0;

	while (p && (p = memmem(p, (size_t)(end - p), what, strlen(what))) != NULL) {
		n++;
		p++;
	}
	return n;
}

static void must(bool good, const char *what, const struct buf *text)
{
	if (good)
		return;
	fprintf(stderr, "%s\n%.*s\n", what, (int)text->n, text->p);
	abort();
}

static void check_page(const struct buf *page)
{
	static const char *const both[][2] = { { "<table>", "</table>" }, { "<tr", "</tr>" },
		{ "<thead>", "</thead>" }, { "<tbody>", "</tbody>" }, { "<div ", "</div>" },
		{ "<section ", "</section>" }, { "<figure ", "</figure>" },
		{ "<blockquote>", "</blockquote>" }, { "<ul>", "</ul>" }, { "<svg ", "</svg>" },
		{ "<main ", "</main>" } };

	for (size_t i = 0; i < COUNT(both); i++)
		must(count(page, both[i][0]) == count(page, both[i][1]), both[i][0], page);
	must(count(page, "<main ") == 1 && str_ends(page->p, "</main>\n</body>\n</html>\n"), "end",
	        page);
	must(count(page, "<script") == 0 && count(page, "<a href=\"javascript:") == 0, "script",
	        page);
}

static void check_format(struct report *r, enum report_format format)
{
	const struct report_helpers none = { "/nowhere", "/nowhere" };
	struct buf out = { 0 };
	struct fault f = { 0 };

	if (report_write(r, format, &none, &out, &f)) {
		/* In what is compressed their bytes may come up by chance. */
		must(format == REPORT_ODT ||
		                (count(&out, MARK_OPEN) == 0 && count(&out, MARK_CLOSE) == 0),
		        "mark", &out);
		if (format == REPORT_HTML)
			check_page(&out);
	} else {
		/* Too deep for the parser; charts for which there is no helper here. */
		must(f.status == STATUS_DATA || f.status == STATUS_HELPER, f.text, &out);
	}
	buf_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const folders[] = { "share/reports", NULL };
	const struct report_place place = { folders, "share/words.yaml" };
	const struct report_options options = { .store = store, .partnership = "here" };
	struct fault f = { 0 };
	FILE *file = fopen(template, "wb");

	if (!file || fwrite(data, 1, size, file) != size || fclose(file) != 0)
		abort();
	steps = 0;
	struct report *r = report_run(&place, template, &options, &f);
	if (!r) {
		if (f.status != STATUS_CONFIG || f.text[0] == '\0' || f.file[0] == '\0') {
			fprintf(stderr, "%d %s: %s\n", (int)f.status, f.file, f.text);
			abort();
		}
		return 0;
	}
	check_format(r, REPORT_MD);
	check_format(r, REPORT_TEXT);
	check_format(r, REPORT_HTML);
	check_format(r, REPORT_MS);
	check_format(r, REPORT_ODT);
	report_free(r);
	return 0;
}
