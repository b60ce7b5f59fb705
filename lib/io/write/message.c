/* SPDX-License-Identifier: MIT */
/*
 * Mail messages (RFC 5322, with RFC 2045 to 2047): plain text, quoted-printable, and where it is one the
 * invitation beside it (RFC 6047). Nothing that a
 * record holds can end a header or begin another: what is not plain printing ASCII goes into encoded words,
 * and an address that is anything but plain is not written at all.
 */
#include "base/utf8.h"
#include "io/io.h"

#include <string.h>

enum {
	LINE_MOST = 76, /* of a header or an encoded body */
	WORD_MOST = 75, /* of an encoded word */
	ADDRESS_MOST = 254
};

static const char digits[] = "0123456789ABCDEF";

/* ---------- addresses ---------- */

static bool is_atom(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       (c != '\0' && strchr("!#$%&'*+-/=?^_`{|}~.", c) != NULL);
}

bool address_check(const char *text, struct fault *f)
{
	const char *at = text != NULL ? strchr(text, '@') : NULL;
	bool good = at != NULL && at > text && at[1] != '\0' && strlen(text) <= ADDRESS_MOST &&
	            text[0] != '.' && at[-1] != '.' && at[1] != '.' && at[1] != '-' &&
	            strstr(text, "..") == NULL;

	for (const char *p = text; good && *p != '\0'; p++)
		good = p == at || (is_atom((unsigned char)*p) &&
		                          (p < at || strchr("!#$%&'*+/=?^`{|}~", *p) == NULL));
	if (good)
		return true;
	return fault_set(f, STATUS_DATA,
	        "%s is no address that mail can be sent to; write it like name@example.org",
	        quote(text != NULL ? text : ""));
}

/* A display name as it was meant: without the quotes round it. */
static char *unquote_name(char *name)
{
	size_t n = strlen(name);
	char *to = name;

	if (n < 2 || name[0] != '"' || name[n - 1] != '"')
		return name;
	for (size_t i = 1; i < n - 1; i++) {
		if (name[i] == '\\' && i + 1 < n - 1)
			i++;
		*to++ = name[i];
	}
	*to = '\0';
	return str_trim(name);
}

bool mailbox_parse(struct arena *a, const char *text, struct mailbox *m, struct fault *f)
{
	char *copy = str_trim(arena_strdup(a, text)), *open = strrchr(copy, '<'), *name;
	size_t n = strlen(copy);

	*m = (struct mailbox){ .address = copy };
	if (open != NULL && n > 0 && copy[n - 1] == '>') {
		copy[n - 1] = '\0';
		m->address = str_trim(open + 1);
		*open = '\0';
		name = unquote_name(str_trim(copy));
		m->name = name[0] != '\0' ? name : NULL;
	}
	if (address_check(m->address, f))
		return true;
	f->status = STATUS_USAGE;
	return false;
}

/* ---------- headers ---------- */

/* A header being put together: text goes to the buffer, `column` is where its last line stands. */
struct header {
	struct buf text;
	size_t column;
	const char *end; /* of lines */
};

static void header_begin(struct header *h, const char *name)
{
	buf_addf(&h->text, "%s:", name);
	h->column = strlen(name) + 1;
}

/* A word with a blank before it, on a new line where it does not fit on this one. */
static void header_word(struct header *h, const char *word, size_t n)
{
	if (h->column + 1 + n > LINE_MOST && h->text.p[h->text.n - 1] != ':') {
		buf_adds(&h->text, h->end);
		h->column = 0;
	}
	buf_addc(&h->text, ' ');
	buf_add(&h->text, word, n);
	h->column += n + 1;
}

static void header_end(struct header *h)
{
	buf_adds(&h->text, h->end);
	h->column = 0;
}

static void header_plain(struct header *h, const char *name, const char *value)
{
	header_begin(h, name);
	header_word(h, value, strlen(value));
	header_end(h);
}

/* The next character of a text to be shown; control characters and broken bytes come as a blank or
 * U+FFFD in `as`. Returns the bytes taken. */
static size_t next_character(const char *text, size_t n, char as[static 5], size_t *nas)
{
	uint32_t c;
	size_t k = utf8_step((const unsigned char *)text, n, &c);

	if (k == 0) {
		memcpy(as, "\xEF\xBF\xBD", 4);
		*nas = 3;
		return 1;
	}
	if (rune_is_unsafe(c)) {
		memcpy(as, " ", 2);
		*nas = 1;
		return k;
	}
	memcpy(as, text, k);
	*nas = k;
	return k;
}

/* Whether a text may stand in a header bare: printing ASCII, single blanks between words of no great
 * length, and nothing a reader would take for an encoded word. */
static bool is_bare(const char *text)
{
	size_t word = 0;

	if (text[0] == ' ' || text[0] == '\0' || strstr(text, "=?") != NULL)
		return false;
	for (; *text != '\0'; text++) {
		if (*text < ' ' || *text > '~')
			return false;
		if (*text == ' ' && (text[1] == ' ' || text[1] == '\0'))
			return false;
		word = *text == ' ' ? 0 : word + 1;
		if (word > 60)
			return false;
	}
	return true;
}

/* What may stand bare in the Q encoding, within a name as well (RFC 2047, 5.3). */
static bool q_bare(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       (c != '\0' && strchr("!*+-/", c) != NULL);
}

/* Encoded words of at most 75 characters, each whole in itself, never cut within a character. */
static void header_encoded(struct header *h, const char *text)
{
	static const char begin[] = "=?utf-8?q?";
	size_t n = strlen(text), most = WORD_MOST;
	struct buf word = { 0 };

	/* The first one shares its line with the header's name, if that leaves room for a few letters. */
	if (h->column + 1 + 30 <= LINE_MOST && h->column + 1 + WORD_MOST > LINE_MOST)
		most = LINE_MOST - h->column - 1;
	buf_adds(&word, begin);
	for (size_t i = 0, nas; i < n;) {
		char as[5], code[16];
		size_t ncode = 0, k = next_character(text + i, n - i, as, &nas);
		for (size_t j = 0; j < nas; j++) {
			unsigned char c = (unsigned char)as[j];
			if (q_bare(c)) {
				code[ncode++] = (char)c;
			} else if (c == ' ') {
				code[ncode++] = '_';
			} else {
				code[ncode++] = '=';
				code[ncode++] = digits[c >> 4];
				code[ncode++] = digits[c & 15];
			}
		}
		if (word.n + ncode + 2 > most) {
			buf_adds(&word, "?=");
			header_word(h, word.p, word.n);
			most = WORD_MOST;
			buf_clear(&word);
			buf_adds(&word, begin);
		}
		buf_add(&word, code, ncode);
		i += k;
	}
	buf_adds(&word, "?=");
	header_word(h, word.p, word.n);
	buf_free(&word);
}

/* Text without structure, such as a subject. */
static void header_text(struct header *h, const char *text)
{
	if (!is_bare(text)) {
		header_encoded(h, text);
		return;
	}
	for (size_t n; *text != '\0'; text += n + (text[n] == ' ')) {
		n = strcspn(text, " ");
		header_word(h, text, n);
	}
}

/* A name before an address: bare, quoted or encoded. */
static void header_name(struct header *h, const char *name)
{
	struct buf quoted = { 0 };

	if (!is_bare(name) || strlen(name) > 60) {
		header_encoded(h, name);
		return;
	}
	if (name[strcspn(name, "()<>[]:;@\\,.\"")] == '\0') {
		header_text(h, name);
		return;
	}
	buf_addc(&quoted, '"');
	for (const char *p = name; *p != '\0'; p++)
		buf_addf(&quoted, *p == '"' || *p == '\\' ? "\\%c" : "%c", *p);
	buf_addc(&quoted, '"');
	header_word(h, quoted.p, quoted.n);
	buf_free(&quoted);
}

static void header_mailboxes(struct header *h, const char *name, const struct mailbox *m, size_t n)
{
	struct buf word = { 0 };
	bool any = false;

	for (size_t i = 0; i < n; i++) {
		if (!address_check(m[i].address, &(struct fault){ 0 }))
			continue;
		if (!any)
			header_begin(h, name);
		else
			buf_addc(&h->text, ',');
		h->column += any;
		any = true;
		buf_clear(&word);
		if (!str_empty(m[i].name)) {
			header_name(h, m[i].name);
			buf_addf(&word, "<%s>", m[i].address);
		} else {
			buf_adds(&word, m[i].address);
		}
		header_word(h, word.p, word.n);
	}
	if (any)
		header_end(h);
	buf_free(&word);
}

static void header_date(struct header *h, int64_t at)
{
	static const char days[] = "MonTueWedThuFriSatSun";
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	int seconds, year, month, in_month, offset = zone_offset(at) / 60;
	day_t day = zone_day(at, &seconds);
	char text[64];

	day_split(day, &year, &month, &in_month);
	snprintf(text, sizeof text, "%.3s, %d %.3s %04d %02d:%02d:%02d +%02d%02d",
	        days + 3 * day_weekday(day), in_month, months + 3 * (month - 1), year,
	        seconds / 3600, seconds / 60 % 60, seconds % 60, offset / 60, offset % 60);
	header_plain(h, "Date", text);
}

/* An id that a record holds may be anything; only one that can end nothing is written. */
static bool is_id(const char *id)
{
	size_t n = id != NULL ? strlen(id) : 0;

	if (n == 0 || n > 250 || strchr(id, '@') == NULL)
		return false;
	for (size_t i = 0; i < n; i++)
		if (id[i] != '@' && !is_atom((unsigned char)id[i]))
			return false;
	return true;
}

static void header_ids(struct header *h, const char *name, const char *const *id, size_t n)
{
	struct buf word = { 0 };
	bool any = false;

	for (size_t i = 0; i < n; i++) {
		if (!is_id(id[i]))
			continue;
		if (!any)
			header_begin(h, name);
		any = true;
		buf_clear(&word);
		buf_addf(&word, "<%s>", id[i]);
		header_word(h, word.p, word.n);
	}
	if (any)
		header_end(h);
	buf_free(&word);
}

const char *message_id(
        struct arena *a, const char *const *part, size_t n, const struct mailbox *from)
{
	const char *at = strchr(from->address, '@');
	char uuid[37];

	uuid_make(part, n, uuid);
	return arena_printf(a, "%s@%s", uuid, at != NULL ? at + 1 : "compact.invalid");
}

/* ---------- the body ---------- */

/* One line in quoted-printable, with soft breaks so that none is longer than 76. "From " and a lone dot at
 * the beginning, which some programs on the way take for their own, are encoded too. */
static void put_body_line(struct buf *b, const char *line, size_t n, const char *end)
{
	size_t column = 0;
	bool lone = n == 1 && line[0] == '.';

	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)line[i];
		bool last = i + 1 == n;
		bool bare = (c > ' ' && c <= '~' && c != '=') || ((c == ' ' || c == '\t') && !last);
		size_t need;
		if (i == 0 && (lone || (n >= 5 && memcmp(line, "From ", 5) == 0)))
			bare = false;
		need = bare ? 1 : 3;
		if (column + need > (last ? LINE_MOST : LINE_MOST - 1)) {
			buf_addf(b, "=%s", end);
			column = 0;
		}
		if (bare)
			buf_addc(b, (char)c);
		else
			buf_addf(b, "=%c%c", digits[c >> 4], digits[c & 15]);
		column += need;
	}
	buf_adds(b, end);
}

/* The text with its line ends told apart from what is only a carriage return; NUL cannot occur. */
static void put_body(struct buf *b, const char *text, const char *end)
{
	while (*text != '\0') {
		size_t n = strcspn(text, "\n"), k = n;
		if (k > 0 && text[k - 1] == '\r')
			k--;
		put_body_line(b, text, k, end);
		text += n + (text[n] == '\n');
	}
}

/* ---------- the whole ---------- */

/* What parts a message that has several, as the header gives it. "=_" cannot stand in quoted-printable text. */
static const char boundary[] = "boundary=\"=_invitation\"";

static void put_headers(struct header *h, const struct message *m, enum message_form form)
{
	header_mailboxes(h, "From", &m->from, 1);
	header_mailboxes(h, "To", m->to, m->nto);
	header_mailboxes(h, "Cc", m->cc, m->ncc);
	header_begin(h, "Subject");
	header_text(h, m->subject);
	header_end(h);
	header_date(h, m->date);
	header_ids(h, "Message-ID", &m->id, 1);
	header_ids(h, "In-Reply-To", &m->in_reply_to, m->in_reply_to != NULL);
	header_ids(h, "References", m->references, m->nreferences);
	header_plain(h, "MIME-Version", "1.0");
	if (m->calendar) {
		header_begin(h, "Content-Type");
		header_word(h, "multipart/alternative;", strlen("multipart/alternative;"));
		header_word(h, boundary, strlen(boundary));
		header_end(h);
	} else {
		header_plain(h, "Content-Type", "text/plain; charset=utf-8");
		header_plain(h, "Content-Transfer-Encoding", "quoted-printable");
	}
	if (form == MESSAGE_DRAFT)
		header_plain(h, "X-Unsent", "1");
	if (form == MESSAGE_MAIL)
		header_plain(h, "Auto-Submitted", "auto-generated");
}

static void put_part(
        struct buf *b, const char *type, const char *more, const char *text, const char *end)
{
	buf_addf(b, "--=_invitation%sContent-Type: %s%s%s", end, type, more, end);
	buf_addf(b, "Content-Transfer-Encoding: quoted-printable%s%s", end, end);
	put_body(b, text, end);
	buf_adds(b, end);
}

/* The text, and the same as an invitation, which programs that know such show in its place. */
static void put_parts(struct buf *b, const struct message *m, const char *end)
{
	char more[64];

	snprintf(more, sizeof more, "; charset=utf-8; method=%s", m->method);
	put_part(b, "text/plain", "; charset=utf-8", m->text, end);
	put_part(b, "text/calendar", more, m->calendar, end);
	buf_addf(b, "--=_invitation--%s", end);
}

/* "From - Sun Nov  2 12:05:06 2026": no sender, and the time in UTC, as ctime writes it. */
static void put_separator(struct out *out, int64_t at)
{
	static const char days[] = "MonTueWedThuFriSatSun";
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	int year, month, in_month;
	int64_t second = at % 86400 < 0 ? at % 86400 + 86400 : at % 86400;
	day_t day = (day_t)((at - second) / 86400);

	day_split(day, &year, &month, &in_month);
	out_printf(out, "From MAILER-DAEMON %.3s %.3s %2d %02d:%02d:%02d %04d\n",
	        days + 3 * day_weekday(day), months + 3 * (month - 1), in_month,
	        (int)(second / 3600), (int)(second / 60 % 60), (int)(second % 60), year);
}

void message_write(struct out *out, const struct message *m, enum message_form form)
{
	struct header h = { .end = form == MESSAGE_DRAFT ? "\r\n" : "\n" };

	if (form == MESSAGE_MBOX)
		put_separator(out, m->date);
	put_headers(&h, m, form);
	buf_adds(&h.text, h.end);
	/* No line of the body begins with "From ", which is encoded, so mboxrd has nothing to quote. */
	if (m->calendar)
		put_parts(&h.text, m, h.end);
	else
		put_body(&h.text, m->text, h.end);
	out_write(out, h.text.p, h.text.n);
	if (form == MESSAGE_MBOX)
		out_char(out, '\n');
	buf_free(&h.text);
}
