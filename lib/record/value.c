/* SPDX-License-Identifier: MIT */
/* Values: what people write to what a column stores, and back. */
#include <ctype.h>
#include <inttypes.h>

#include "record/private.h"

bool text_check(const char *text, struct fault *f)
{
	size_t n = strlen(text);
	if (!text_valid(text, n))
		return fault_set(
		        f, STATUS_DATA, "%s is not UTF-8; save the text as UTF-8", quote(text));
	long at = text_control(text, n);
	if (at < 0)
		return true;
	return fault_set(f, STATUS_DATA, "%s has a control character (byte %ld); take it out",
	        quote(text), at + 1);
}

/* ---------- reading ---------- */

static bool read_word(struct work *w, const struct field *field, const char *text, const char **out,
        struct fault *f)
{
	const char *key = text_key(w->arena, text);
	size_t n = 0;
	for (; field->words[n] != NULL; n++)
		if (strcmp(text_key(w->arena, field->words[n]), key) == 0) {
			*out = field->words[n];
			return true;
		}
	const char *near = text_nearest(text, field->words, n);
	if (near != NULL)
		return fault_set(f, STATUS_DATA, "%s is no %s; did you mean %s", quote(text),
		        field->name, quote(near));
	struct buf b = { 0 };
	for (size_t i = 0; i < n; i++)
		buf_addf(&b, "%s%s", i == 0 ? "" : i + 1 < n ? ", " : " or ", field->words[i]);
	fault_set(f, STATUS_DATA, "%s is no %s; write %s", quote(text), field->name, buf_text(&b));
	buf_free(&b);
	return false;
}

static bool read_date(
        struct work *w, const char *text, enum date_order order, const char **out, struct fault *f)
{
	day_t day;
	char iso[11];
	if (!day_parse(text, order, w->today, &day, f))
		return false;
	*out = arena_strdup(w->arena, day_format(day, iso));
	return true;
}

static bool read_moment(struct work *w, const char *text, enum date_order order, bool bare,
        const char **out, struct fault *f)
{
	int64_t at;
	bool has_time;
	char day[11], iso[21];
	if (!moment_parse(text, order, w->now, &at, &has_time, f))
		return false;
	if (has_time)
		*out = arena_strdup(w->arena, time_format(at, iso));
	else if (bare)
		*out = arena_strdup(w->arena, day_format(zone_day(at, NULL), day));
	else
		return fault_set(f, STATUS_DATA, "%s has no time; write it like %s 09:30",
		        quote(text), quote(text));
	return true;
}

/* "kw1 4yt" and "KW14YT" to "KW1 4YT"; what is none stays as written, for a notice may have it so. */
static const char *read_postcode(struct work *w, const char *text)
{
	char code[10];
	size_t n = 0;
	for (const char *p = text; *p != '\0'; p++) {
		if (*p == ' ')
			continue;
		if (n == 7 || !isalnum((unsigned char)*p))
			return text;
		code[n++] = (char)toupper((unsigned char)*p);
	}
	if (n < 5 || !isalpha((unsigned char)code[0]) || !isdigit((unsigned char)code[n - 3]) ||
	        !isalpha((unsigned char)code[n - 2]) || !isalpha((unsigned char)code[n - 1]))
		return text;
	return arena_printf(w->arena, "%.*s %.3s", (int)(n - 3), code, code + n - 3);
}

/* Company and charity numbers: capitals, no blanks. */
static const char *read_company(struct work *w, const char *text)
{
	char *out = arena_alloc(w->arena, strlen(text) + 1);
	size_t n = 0;
	for (; *text != '\0'; text++)
		if (*text != ' ')
			out[n++] = (char)toupper((unsigned char)*text);
	return out;
}

static bool read_email(const char *text, struct fault *f)
{
	const char *at = strchr(text, '@');
	if (at == NULL || at == text || at[1] == '\0' || strpbrk(text, " \t\r\n,;<>") != NULL)
		return fault_set(f, STATUS_DATA,
		        "%s is no e-mail address; write it like name@example.org", quote(text));
	return true;
}

static bool read_integer(struct work *w, const char *text, const char **out, struct fault *f)
{
	int64_t n;
	if (!number_loose(text, &n) && !number_parse(text, INT64_MIN, INT64_MAX, &n, f))
		return false;
	fault_clear(f);
	*out = arena_printf(w->arena, "%" PRId64, n);
	return true;
}

/* "0012" is a code, or a number that somebody wrote oddly: which, is not guessed. */
static bool no_code(const char *text, struct fault *f)
{
	const char *p = text + strspn(text, "+-( ");
	if (strncmp(p, "\xC2\xA3", 2) == 0)
		p += 2;
	size_t noughts = strspn(p, "0");
	if (noughts == 0 || !isdigit((unsigned char)p[noughts > 1 ? noughts - 1 : 1]))
		return true;
	return fault_set(f, STATUS_DATA,
	        "%s begins with a nought like a code; write the number without it, or put the code "
	        "in a field for text",
	        quote(text));
}

static bool read_number(
        struct work *w, enum type type, const char *text, const char **out, struct fault *f)
{
	int64_t n = 0;
	double real;
	bool yes = false;
	char digits[40];
	if (!no_code(text, f))
		return false;
	switch (type) {
	case TYPE_PENCE:
		if (!number_parse_money(text, &n, f))
			return false;
		break;
	case TYPE_PERCENT:
		if (!number_parse_percent(text, &n, f))
			return false;
		break;
	case TYPE_BOOL:
		if (!number_parse_bool(text, &yes, f))
			return false;
		n = yes;
		break;
	case TYPE_REAL:
		if (number_loose(text, &n))
			break;
		if (!number_parse_real(text, &real, f))
			return false;
		*out = arena_strdup(w->arena, real_text(digits, real));
		return true;
	default:
		return read_integer(w, text, out, f);
	}
	*out = arena_printf(w->arena, "%" PRId64, n);
	return true;
}

bool value_read(struct work *w, const struct field *field, const char *text, enum date_order order,
        const char **out, struct fault *f)
{
	*out = NULL;
	if (text == NULL)
		return true;
	if (!text_check(text, f))
		goto bad;
	text = str_trim(arena_strdup(w->arena, text));
	if (*text == '\0')
		return true;
	bool ok = true;
	switch (field->type) {
	case TYPE_TEXT:
	case TYPE_MARKDOWN:
	case TYPE_PERSONAL:
	case TYPE_ENUM:
		if (field->words != NULL)
			ok = read_word(w, field, text, out, f);
		else
			*out = text;
		break;
	case TYPE_REF:
		ok = ref_check(text, f);
		*out = text;
		break;
	case TYPE_EMAIL:
		ok = read_email(text, f);
		*out = text;
		break;
	case TYPE_DATE:
		ok = read_date(w, text, order, out, f);
		break;
	case TYPE_TIME:
	case TYPE_MOMENT:
		ok = read_moment(w, text, order, field->type == TYPE_MOMENT, out, f);
		break;
	case TYPE_POSTCODE:
		*out = read_postcode(w, text);
		break;
	case TYPE_NUMBER:
		*out = read_company(w, text);
		break;
	case TYPE_INTEGER:
	case TYPE_PENCE:
	case TYPE_PERCENT:
	case TYPE_BOOL:
	case TYPE_REAL:
		ok = read_number(w, field->type, text, out, f);
		break;
	}
	if (ok)
		return true;
bad:
	fault_place(f, NULL, 0, field->name);
	return false;
}

/* ---------- showing ---------- */

static const char *show_time(struct work *w, const char *stored)
{
	int64_t at;
	bool has_time;
	struct fault none = { 0 };
	if (strlen(stored) <= 10 ||
	        !moment_parse(stored, ORDER_DMY, w->now, &at, &has_time, &none) || !has_time)
		return stored;
	struct buf b = { 0 };
	zone_add(&b, at);
	const char *shown = arena_strdup(w->arena, buf_text(&b));
	buf_free(&b);
	return shown;
}

static const char *show_money(struct work *w, const char *stored)
{
	struct fault none = { 0 };
	int64_t pence;
	if (!number_parse(stored, INT64_MIN, INT64_MAX, &pence, &none))
		return stored;
	struct buf b = { 0 };
	number_add_money(&b, pence, false);
	const char *shown = arena_strdup(w->arena, buf_text(&b));
	buf_free(&b);
	return shown;
}

const char *value_show(struct work *w, enum type type, const char *stored, enum look look)
{
	if (stored == NULL)
		return NULL;
	switch (type) {
	case TYPE_TIME:
	case TYPE_MOMENT:
		return look == LOOK_PEOPLE ? show_time(w, stored) : stored;
	case TYPE_PENCE:
		return show_money(w, stored);
	case TYPE_BOOL:
		return strcmp(stored, "1") == 0 ? "yes" : strcmp(stored, "0") == 0 ? "no" : stored;
	default:
		return stored;
	}
}

enum value_kind value_kind_of(enum type type)
{
	switch (type) {
	case TYPE_INTEGER:
	case TYPE_PENCE:
	case TYPE_PERCENT:
	case TYPE_REAL:
		return VALUE_NUMBER;
	case TYPE_BOOL:
		return VALUE_BOOL;
	default:
		return VALUE_TEXT;
	}
}

const char *field_show(struct work *w, const struct field *field, const struct kind *k,
        const char *const *value, enum look look)
{
	if (field->ncolumn == 1)
		return value_show(
		        w, k->column[field->column[0]].type, value[field->column[0]], look);
	const char *part[16];
	size_t n = field->ncolumn < COUNT(part) ? field->ncolumn : COUNT(part);
	for (size_t i = 0; i < n; i++) {
		part[i] = value[field->column[i]];
		if (part[i] == NULL)
			return NULL;
	}
	return ref_join(w, n, part);
}
