/* SPDX-License-Identifier: MIT */
/* Faults: what went wrong and where, and values made safe to be shown. */
#include "base/base.h"
#include "base/utf8.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Takes off a character that was cut in two at the end of a full array. */
static void end_whole(char *text)
{
	size_t n = strlen(text), start = n;
	while (start > 0 && n - start < 3 && ((unsigned char)text[start - 1] & 0xC0) == 0x80)
		start--;
	if (start == 0)
		return;
	unsigned char lead = (unsigned char)text[start - 1];
	size_t len = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
	if (len > n - start + 1)
		text[start - 1] = '\0';
}

static void copy_cut(char *to, size_t size, const char *from)
{
	snprintf(to, size, "%s", from);
	if (strlen(from) >= size)
		end_whole(to);
}

PRINTF_LIKE(2, 0) static void append(struct fault *f, const char *fmt, va_list args)
{
	size_t n = strlen(f->text);
	int k = vsnprintf(f->text + n, sizeof f->text - n, fmt, args);
	if (k < 0)
		f->text[n] = '\0';
	else if ((size_t)k >= sizeof f->text - n)
		end_whole(f->text);
}

PRINTF_LIKE(2, 3) static void appendf(struct fault *f, const char *fmt, ...)
{
	va_list args;
	va_start(args, fmt);
	append(f, fmt, args);
	va_end(args);
}

bool fault_set(struct fault *f, enum status status, const char *fmt, ...)
{
	if (f == NULL)
		return false;
	/* A caller may hand in the fault's own text to put words round it. */
	char text[sizeof f->text];
	va_list args;
	va_start(args, fmt);
	int k = vsnprintf(text, sizeof text, fmt, args);
	va_end(args);
	if (k < 0)
		text[0] = '\0';
	else if ((size_t)k >= sizeof text)
		end_whole(text);
	f->status = status;
	memcpy(f->text, text, strlen(text) + 1);
	return false;
}

bool fault_errno(struct fault *f, enum status status, const char *fmt, ...)
{
	int number = errno;
	if (f == NULL)
		return false;
	f->status = status;
	f->text[0] = '\0';
	va_list args;
	va_start(args, fmt);
	append(f, fmt, args);
	va_end(args);
	/* The reason begins in lower case, as the whole message does. */
	char reason[256];
	copy_cut(reason, sizeof reason, strerror(number));
	if (reason[0] >= 'A' && reason[0] <= 'Z' && (reason[1] < 'A' || reason[1] > 'Z'))
		reason[0] = (char)(reason[0] + ('a' - 'A'));
	appendf(f, ": %s", reason);
	errno = number;
	return false;
}

void fault_place(struct fault *f, const char *file, long line, const char *field)
{
	if (f == NULL)
		return;
	if (f->file[0] == '\0' && file != NULL)
		copy_cut(f->file, sizeof f->file, file);
	if (f->line == 0)
		f->line = line;
	if (f->field[0] == '\0' && field != NULL)
		copy_cut(f->field, sizeof f->field, field);
}

void fault_hint(struct fault *f, const char *fmt, ...)
{
	if (f == NULL)
		return;
	appendf(f, "; ");
	va_list args;
	va_start(args, fmt);
	append(f, fmt, args);
	va_end(args);
}

void fault_clear(struct fault *f)
{
	*f = (struct fault){ 0 };
}

void fault_format(const struct fault *f, struct buf *out)
{
	if (f->file[0] != '\0') {
		quote_add(out, strcmp(f->file, "-") == 0 ? "standard input" : f->file);
		if (f->line > 0)
			buf_addf(out, ":%ld", f->line);
		buf_adds(out, ": ");
	} else if (f->line > 0) {
		buf_addf(out, "line %ld: ", f->line);
	}
	if (f->field[0] != '\0') {
		quote_add(out, f->field);
		buf_adds(out, ": ");
	}
	buf_adds(out, f->text);
}

/* ---------- values made safe ---------- */

/* The longest a single character can become: \uNNNN. */
enum { ESCAPE_MOST = 6, QUOTE_MOST = 80, QUOTE_RING = 8 };

/* Puts the character at p into out, made safe; *taken is how much of p that was. Returns the length. */
static size_t safe_step(const char *p, size_t n, char out[ESCAPE_MOST + 1], size_t *taken)
{
	uint32_t rune;
	size_t len = utf8_step((const unsigned char *)p, n, &rune);
	*taken = len > 0 ? len : 1;
	if (len == 0)
		return (size_t)snprintf(
		        out, ESCAPE_MOST + 1, "\\x%02x", (unsigned)(unsigned char)*p);
	if (rune_is_unsafe(rune))
		return (size_t)snprintf(out, ESCAPE_MOST + 1, rune < 0x100 ? "\\x%02x" : "\\u%04x",
		        (unsigned)(rune & 0xFFFF));
	memcpy(out, p, len);
	return len;
}

const char *quote(const char *text)
{
	static char ring[QUOTE_RING][QUOTE_MOST * ESCAPE_MOST + 8];
	static unsigned next;
	char *start = ring[next++ % QUOTE_RING], *q = start;
	size_t n = text != NULL ? strlen(text) : 0, taken;
	*q++ = '\'';
	for (int shown = 0; n > 0; shown++) {
		char one[ESCAPE_MOST + 1];
		if (shown == QUOTE_MOST) {
			memcpy(q, "…", strlen("…"));
			q += strlen("…");
			break;
		}
		size_t k = safe_step(text, n, one, &taken);
		memcpy(q, one, k);
		q += k;
		text += taken;
		n -= taken;
	}
	*q++ = '\'';
	*q = '\0';
	return start;
}

void quote_add(struct buf *b, const char *text)
{
	size_t n = text != NULL ? strlen(text) : 0, taken;
	while (n > 0) {
		char one[ESCAPE_MOST + 1];
		size_t k = safe_step(text, n, one, &taken);
		buf_add(b, one, k);
		text += taken;
		n -= taken;
	}
}
