/* SPDX-License-Identifier: MIT */
/*
 * Calendars (RFC 5545). The same records give the same bytes: unique ids come from the names of things,
 * stamps and sequence numbers from the records, nothing from the clock. So a calendar that is read in
 * again changes what is there already and doubles nothing.
 */
#include "base/utf8.h"
#include "io/io.h"

#include <inttypes.h>
#include <sha1.h>
#include <stdarg.h>
#include <string.h>

enum { LINE_MOST = 75 };

/* ---------- names of things ---------- */

/* The namespace of all ids made here: a random UUID, fixed for good. */
static const unsigned char namespace[16] = { 0x5d, 0x3c, 0x1f, 0x0a, 0x8e, 0x74, 0x4b, 0x6d, 0x9a,
	0x02, 0xc7, 0x61, 0xe5, 0x39, 0xb8, 0x40 };

void uuid_make(const char *const *part, size_t n, char out[static 37])
{
	static const char digits[] = "0123456789abcdef";
	unsigned char hash[SHA1_DIGEST_LENGTH];
	SHA1_CTX sha;
	char *p = out;

	SHA1Init(&sha);
	SHA1Update(&sha, namespace, sizeof namespace);
	/* The NUL goes in too, so that "a","bc" is not "ab","c". */
	for (size_t i = 0; i < n; i++)
		SHA1Update(&sha, (const uint8_t *)part[i], strlen(part[i]) + 1);
	SHA1Final(hash, &sha);
	hash[6] = (unsigned char)((hash[6] & 0x0F) | 0x50);
	hash[8] = (unsigned char)((hash[8] & 0x3F) | 0x80);
	for (size_t i = 0; i < 16; i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			*p++ = '-';
		*p++ = digits[hash[i] >> 4];
		*p++ = digits[hash[i] & 15];
	}
	*p = '\0';
}

/* ---------- lines ---------- */

/* Folded at 75 bytes, the CRLF aside, and never within a character. */
static void put_line(struct out *out, const char *line, size_t n)
{
	size_t at = 0, room = LINE_MOST;

	while (n - at > room) {
		size_t k = room;
		while (k > 1 && ((unsigned char)line[at + k] & 0xC0) == 0x80)
			k--;
		out_write(out, line + at, k);
		out_text(out, "\r\n ");
		at += k;
		room = LINE_MOST - 1;
	}
	out_write(out, line + at, n - at);
	out_text(out, "\r\n");
}

static void put(struct out *out, const char *fmt, ...) PRINTF_LIKE(2, 3);
static void put(struct out *out, const char *fmt, ...)
{
	char line[160];
	va_list args;

	va_start(args, fmt);
	int n = vsnprintf(line, sizeof line, fmt, args);
	va_end(args);
	if (n > 0)
		put_line(out, line, (size_t)n < sizeof line ? (size_t)n : sizeof line - 1);
}

/* A text with what means something escaped, and what may not stand in a calendar left out. */
static void put_text(struct out *out, const char *name, const char *text)
{
	struct buf b = { 0 };
	size_t n = text != NULL ? strlen(text) : 0;

	if (n == 0)
		return;
	buf_addf(&b, "%s:", name);
	for (size_t i = 0, k; i < n; i += k) {
		uint32_t c;
		k = utf8_step((const unsigned char *)text + i, n - i, &c);
		if (k == 0) {
			text_add_rune(&b, 0xFFFD);
			k = 1;
		} else if (c == '\n') {
			buf_adds(&b, "\\n");
		} else if (c == '\\' || c == ';' || c == ',') {
			buf_addf(&b, "\\%c", (char)c);
		} else if (c >= 0xA0 || c == '\t' || (c >= 0x20 && c < 0x7F)) {
			buf_add(&b, text + i, k);
		}
	}
	put_line(out, b.p, b.n);
	buf_free(&b);
}

/* "20261130T083000Z" */
static void put_time(struct out *out, const char *name, int64_t at)
{
	char iso[21];

	time_format(at, iso);
	put(out, "%s:%.4s%.2s%.2sT%.2s%.2s%.2sZ", name, iso, iso + 5, iso + 8, iso + 11, iso + 14,
	        iso + 17);
}

static void put_day(struct out *out, const char *name, day_t day)
{
	int year, month, in_month;

	day_split(day, &year, &month, &in_month);
	put(out, "%s;VALUE=DATE:%04d%02d%02d", name, year, month, in_month);
}

/* On the UK clock where the calendar's time zone says it in one way: from 1996, when the rule it gives
 * came into force, and not in the hour that comes twice in October. In UTC otherwise. */
static void put_uk_time(struct out *out, const char *name, int64_t at)
{
	int64_t first, second;
	int seconds, year, month, in_month;
	day_t day = zone_day(at, &seconds);

	day_split(day, &year, &month, &in_month);
	if (year < 1996 || zone_to_utc(day, seconds, &first, &second) != 1) {
		put_time(out, name, at);
		return;
	}
	put(out, "%s;TZID=Europe/London:%04d%02d%02dT%02d%02d%02d", name, year, month, in_month,
	        seconds / 3600, seconds / 60 % 60, seconds % 60);
}

/* ---------- entries ---------- */

static const char zone[] = "BEGIN:VTIMEZONE\r\n"
                           "TZID:Europe/London\r\n"
                           "BEGIN:DAYLIGHT\r\n"
                           "DTSTART:19960331T010000\r\n"
                           "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n"
                           "TZOFFSETFROM:+0000\r\n"
                           "TZOFFSETTO:+0100\r\n"
                           "TZNAME:BST\r\n"
                           "END:DAYLIGHT\r\n"
                           "BEGIN:STANDARD\r\n"
                           "DTSTART:19961027T020000\r\n"
                           "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n"
                           "TZOFFSETFROM:+0100\r\n"
                           "TZOFFSETTO:+0000\r\n"
                           "TZNAME:GMT\r\n"
                           "END:STANDARD\r\n"
                           "END:VTIMEZONE\r\n";

static void begin(struct calendar_out *c)
{
	c->begun = true;
	out_text(c->out, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
	                 "PRODID:-//compact toolkit//compact " VERSION "//EN\r\n"
	                 "CALSCALE:GREGORIAN\r\n");
	put(c->out, "METHOD:%s", c->method ? c->method : "PUBLISH");
	put_text(c->out, "X-WR-CALNAME", c->name);
	out_text(c->out, "X-WR-TIMEZONE:Europe/London\r\n");
	out_text(c->out, zone);
}

/* A name as a parameter: in quotes, which it may not hold itself. */
static void add_name(struct buf *b, const char *name)
{
	size_t n = name ? strlen(name) : 0;

	if (n == 0)
		return;
	buf_adds(b, ";CN=\"");
	for (size_t i = 0, k; i < n; i += k) {
		uint32_t c;
		k = utf8_step((const unsigned char *)name + i, n - i, &c);
		if (k == 0) {
			text_add_rune(b, 0xFFFD);
			k = 1;
		} else if (c == '"') {
			buf_addc(b, '\'');
		} else if (c >= 0xA0 || (c >= 0x20 && c < 0x7F)) {
			buf_add(b, name + i, k);
		}
	}
	buf_addc(b, '"');
}

/* Who invites, and who is asked to answer whom. An address that is none was refused before. */
static void put_people(struct out *out, const struct calendar_entry *e)
{
	struct buf b = { 0 };

	if (!e->organizer.address)
		return;
	buf_adds(&b, "ORGANIZER");
	add_name(&b, e->organizer.name);
	buf_addf(&b, ":mailto:%s", e->organizer.address);
	put_line(out, b.p, b.n);
	for (size_t i = 0; i < e->nattendee; i++) {
		const struct attendee *a = &e->attendee[i];
		buf_clear(&b);
		buf_addf(&b, "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=%s;PARTSTAT=%s;RSVP=%s",
		        a->chair      ? "CHAIR"
		        : a->optional ? "OPT-PARTICIPANT"
		                      : "REQ-PARTICIPANT",
		        a->declined ? "DECLINED" : "NEEDS-ACTION",
		        a->declined || e->cancelled ? "FALSE" : "TRUE");
		add_name(&b, a->who.name);
		buf_addf(&b, ":mailto:%s", a->who.address);
		put_line(out, b.p, b.n);
	}
	buf_free(&b);
}

static void put_alarm(struct out *out, const struct calendar_entry *e)
{
	if (e->alarm_hours == 0 || e->cancelled || e->done)
		return;
	put(out, "BEGIN:VALARM");
	put(out, "ACTION:DISPLAY");
	put_text(out, "DESCRIPTION", e->title);
	/* A to-do without a start has its alarm counted from when it is due. */
	if (e->alarm_hours % 24 == 0)
		put(out, "TRIGGER%s:-P%dD", e->todo ? ";RELATED=END" : "", e->alarm_hours / 24);
	else
		put(out, "TRIGGER%s:-PT%dH", e->todo ? ";RELATED=END" : "", e->alarm_hours);
	put(out, "END:VALARM");
}

static void put_event_times(struct out *out, const struct calendar_entry *e)
{
	if (e->starts != TIME_NONE) {
		put_uk_time(out, "DTSTART", e->starts);
		if (e->ends != TIME_NONE && e->ends > e->starts)
			put_uk_time(out, "DTEND", e->ends);
		put(out, "TRANSP:OPAQUE");
		return;
	}
	put_day(out, "DTSTART", e->day);
	/* The day on which it is over, which is the one behind its last. */
	put_day(out, "DTEND", (e->last != DAY_NONE && e->last > e->day ? e->last : e->day) + 1);
	put(out, "TRANSP:TRANSPARENT");
}

static void put_todo_times(struct out *out, const struct calendar_entry *e)
{
	int64_t noon, second;

	if (e->starts != TIME_NONE)
		put_uk_time(out, "DUE", e->starts);
	else if (e->day != DAY_NONE)
		put_day(out, "DUE", e->day);
	if (e->percent >= 0 || e->done)
		put(out, "PERCENT-COMPLETE:%d", e->done ? 100 : e->percent);
	if (e->done && e->done_on != DAY_NONE && zone_to_utc(e->done_on, 12 * 3600, &noon, &second))
		put_time(out, "COMPLETED", noon);
}

static const char *status_of(const struct calendar_entry *e)
{
	if (e->cancelled)
		return "CANCELLED";
	if (e->todo)
		return e->done ? "COMPLETED" : e->percent > 0 ? "IN-PROCESS" : "NEEDS-ACTION";
	return e->tentative ? "TENTATIVE" : "CONFIRMED";
}

void ics_add(struct calendar_out *c, const struct calendar_entry *e)
{
	struct out *out = c->out;
	const char *kind = e->todo ? "VTODO" : "VEVENT";

	/* An event has to happen at some time; a to-do need not. */
	if (!e->todo && e->day == DAY_NONE && e->starts == TIME_NONE)
		return;
	if (!c->begun)
		begin(c);
	put(out, "BEGIN:%s", kind);
	put(out, "UID:%s", e->uid);
	put_time(out, "DTSTAMP", e->stamp);
	put_time(out, "LAST-MODIFIED", e->stamp);
	put(out, "SEQUENCE:%" PRId64, e->sequence);
	if (e->todo)
		put_todo_times(out, e);
	else
		put_event_times(out, e);
	put_text(out, "SUMMARY", e->title);
	put_text(out, "DESCRIPTION", e->text);
	put_text(out, "LOCATION", e->place);
	put_text(out, "CATEGORIES", e->category);
	put_people(out, e);
	put(out, "STATUS:%s", status_of(e));
	put_alarm(out, e);
	put(out, "END:%s", kind);
}

void ics_close(struct calendar_out *c)
{
	if (c->begun)
		out_text(c->out, "END:VCALENDAR\r\n");
}
