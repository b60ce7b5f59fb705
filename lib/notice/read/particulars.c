/* SPDX-License-Identifier: MIT */
/* Where a notice is, who the employer is by number, and what kind of notice it is. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "notice/read/reader.h"

/* A7 6BC: the parts of a postcode with one blank between them; what is none stays as written. */
static const char *take_postcode(struct reader *r, const char *text)
{
	char p[12];
	size_t n = 0;

	for (const char *c = text; *c; c++) {
		if (*c == ' ')
			continue;
		if (n >= 7 || !isalnum((unsigned char)*c))
			return text;
		p[n++] = (char)toupper((unsigned char)*c);
	}
	if (n < 5 || !isalpha((unsigned char)p[0]) || !isdigit((unsigned char)p[n - 3]) ||
	        !isalpha((unsigned char)p[n - 2]) || !isalpha((unsigned char)p[n - 1]))
		return text;
	/* As written already, which most are. */
	size_t whole = strlen(text);
	if (whole == n + 1 && text[whole - 4] == ' ' && memcmp(text, p, n - 3) == 0 &&
	        memcmp(text + n - 2, p + n - 3, 3) == 0)
		return text;
	return arena_printf(r->row_arena, "%.*s %.3s", (int)(n - 3), p, p + n - 3);
}

void row_take_place(struct reader *r, struct notice *n)
{
	const char *text;

	n->text[N_SITE] = reader_text(r, N_SITE);
	n->text[N_ADDRESS] = reader_text(r, N_ADDRESS);
	text = reader_text(r, N_POSTCODE);
	n->text[N_POSTCODE] = text ? take_postcode(r, text) : NULL;
	text = reader_text(r, N_COUNCIL);
	if (text) {
		const struct named *council = reference_council_kept(r->ref, text);
		if (council) {
			n->text[N_COUNCIL] = council->code;
			n->council_name = council->name;
		} else {
			reader_keep(r, N_COUNCIL, text);
		}
	}
	if (!n->text[N_COUNCIL] && n->text[N_POSTCODE]) {
		text = reference_postcode(r->ref, n->text[N_POSTCODE], &r->scratch);
		n->text[N_COUNCIL] = text ? arena_strdup(r->row_arena, text) : NULL;
	}
}

void row_take_number(struct reader *r, struct notice *n)
{
	const char *text = reader_text(r, N_NUMBER), *charity = reader_text(r, P_CHARITY), *kind;
	const char *number = text ? name_number(&r->number, text) : NULL;

	if (number) {
		n->text[N_NUMBER] = number;
		n->text[N_REGISTER] = "company";
	} else if (charity && (number = name_number(&r->number, charity))) {
		/* Charities of England have plain digits without zeros before them. */
		n->text[N_NUMBER] =
		        isdigit((unsigned char)number[0]) ? number + strspn(number, "0") : number;
		n->text[N_REGISTER] = "charity";
		charity = NULL;
	}
	if (text && !n->text[N_NUMBER] && !people_unfilled(text))
		reader_keep(r, N_NUMBER, text);
	if (charity && !str_equal(n->text[N_REGISTER], "charity"))
		reader_keep(r, P_CHARITY, charity);
	kind = reader_text(r, N_REGISTER);
	if (kind && strcasestr(kind, "charit"))
		n->text[N_REGISTER] = "charity";
	else if (kind && strcasestr(kind, "mutual"))
		n->text[N_REGISTER] = "mutual";
	else if (kind && strcasecmp(kind, "none") == 0)
		n->text[N_REGISTER] = "none";
	else if (kind && !strcasestr(kind, "compan"))
		reader_keep(r, N_REGISTER, kind);
}

static bool starts_word(const char *text, const char *word)
{
	return strncasecmp(text, word, strlen(word)) == 0;
}

/* yes, no, closure, layoff: whether the site closes; NULL: the words do not say. */
static const char *closes(const char *text)
{
	if (strcasecmp(text, "y") == 0 || starts_word(text, "yes") ||
	        strcasecmp(text, "true") == 0 || strcmp(text, "1") == 0)
		return "yes";
	if (strcasecmp(text, "n") == 0 || starts_word(text, "no") ||
	        strcasecmp(text, "false") == 0 || strcmp(text, "0") == 0)
		return "no";
	bool layoff = strcasestr(text, "layoff") || strcasestr(text, "lay off") ||
	              strcasestr(text, "lay-off");
	bool closure = strcasestr(text, "clos") || strcasecmp(text, "CL") == 0 ||
	               strcasestr(text, "shutdown");
	if (closure && layoff)
		return NULL;
	return closure ? "yes" : layoff ? "no" : NULL;
}

static const char *status_of(const char *text)
{
	if (strcasestr(text, "withdraw") || strcasestr(text, "rescind") ||
	        strcasestr(text, "cancel") || strcasestr(text, "revoked"))
		return "withdrawn";
	if (strcasestr(text, "inactive") || strcasestr(text, "in error") ||
	        strcasestr(text, "duplicate"))
		return "inactive";
	if (strcasestr(text, "supersed") || strcasestr(text, "replaced"))
		return "superseded";
	if (starts_word(text, "active") || starts_word(text, "live") || starts_word(text, "open") ||
	        starts_word(text, "current"))
		return "active";
	return NULL;
}

void row_take_kind(struct reader *r, struct notice *n)
{
	const char *text = reader_text(r, N_CLOSURE), *type = reader_text(r, P_TYPE),
	           *status = reader_text(r, N_STATUS);

	if (text && !(n->text[N_CLOSURE] = closes(text)))
		reader_keep(r, N_CLOSURE, text);
	if (type) {
		const char *says = closes(type), *gone = status_of(type);
		bool plain = says && !strpbrk(type, "0123456789,;/") && strlen(type) < 16;
		if (!n->text[N_CLOSURE] && strlen(type) > 1)
			n->text[N_CLOSURE] = says;
		if (gone && strcmp(gone, "active") != 0)
			n->text[N_STATUS] = gone;
		if (!plain || strlen(type) == 1)
			reader_keep(r, P_TYPE, type);
	}
	if (status) {
		const char *means = status_of(status);
		if (means)
			n->text[N_STATUS] = means;
		else if (strcasecmp(status, "yes") == 0 || strcasecmp(status, "no") == 0)
			n->text[N_STATUS] =
			        status[0] == 'y' || status[0] == 'Y' ? "active" : "inactive";
		else
			reader_keep(r, N_STATUS, status);
	}
}
