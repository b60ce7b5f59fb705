/* SPDX-License-Identifier: MIT */
/* What each column is for: a question, the form's own book-keeping, or who answered; and which
 * column a user means. */
#include "survey/head.h"

#include <ctype.h>
#include <string.h>

/* Headings (as keys) that tools put there themselves; tool: only in exports of that one. */
static const struct {
	const char *key;
	enum role role;
	enum survey_tool tool; /* TOOL_PLAIN: of any */
} known[] = {
	{ "timestamp", ROLE_KEPT, TOOL_PLAIN },
	{ "respondent id", ROLE_KEPT, TOOL_PLAIN },
	{ "respondentid", ROLE_KEPT, TOOL_PLAIN },
	{ "response id", ROLE_KEPT, TOOL_PLAIN },
	{ "responseid", ROLE_KEPT, TOOL_PLAIN },
	{ "submission id", ROLE_KEPT, TOOL_PLAIN },
	{ "submitted at", ROLE_KEPT, TOOL_PLAIN },
	{ "submission date", ROLE_KEPT, TOOL_PLAIN },
	{ "collector id", ROLE_KEPT, TOOL_PLAIN },
	{ "collectorid", ROLE_KEPT, TOOL_PLAIN },
	{ "start time", ROLE_KEPT, TOOL_PLAIN },
	{ "completion time", ROLE_KEPT, TOOL_PLAIN },
	{ "last modified time", ROLE_KEPT, TOOL_PLAIN },
	{ "id", ROLE_KEPT, TOOL_PLAIN },
	{ "duration in seconds", ROLE_KEPT, TOOL_PLAIN },
	{ "time from start to finish seconds", ROLE_KEPT, TOOL_PLAIN },
	{ "startdate", ROLE_KEPT, TOOL_PLAIN },
	{ "enddate", ROLE_KEPT, TOOL_PLAIN },
	{ "recordeddate", ROLE_KEPT, TOOL_PLAIN },
	{ "distributionchannel", ROLE_KEPT, TOOL_PLAIN },
	{ "userlanguage", ROLE_KEPT, TOOL_PLAIN },
	{ "externalreference", ROLE_KEPT, TOOL_PLAIN },
	{ "datestamp", ROLE_KEPT, TOOL_PLAIN },
	{ "lastpage", ROLE_KEPT, TOOL_PLAIN },
	{ "startlanguage", ROLE_KEPT, TOOL_PLAIN },
	{ "total points", ROLE_KEPT, TOOL_MICROSOFT },
	{ "quiz feedback", ROLE_KEPT, TOOL_MICROSOFT },
	{ "language", ROLE_KEPT, TOOL_MICROSOFT },
	{ "start date", ROLE_KEPT, TOOL_SURVEYMONKEY },
	{ "end date", ROLE_KEPT, TOOL_SURVEYMONKEY },
	{ "custom data 1", ROLE_KEPT, TOOL_SURVEYMONKEY },
	{ "custom data", ROLE_KEPT, TOOL_SURVEYMONKEY },
	{ "seed", ROLE_KEPT, TOOL_LIMESURVEY },
	{ "token", ROLE_KEPT, TOOL_LIMESURVEY },
	{ "refurl", ROLE_KEPT, TOOL_LIMESURVEY },
	{ "referrer url", ROLE_KEPT, TOOL_LIMESURVEY },
	{ "last page", ROLE_KEPT, TOOL_LIMESURVEY },
	{ "start language", ROLE_KEPT, TOOL_LIMESURVEY },
	{ "date started", ROLE_KEPT, TOOL_LIMESURVEY },
	{ "date last action", ROLE_KEPT, TOOL_LIMESURVEY },
	{ "submitdate", ROLE_FINISHED, TOOL_LIMESURVEY },
	{ "date submitted", ROLE_FINISHED, TOOL_LIMESURVEY },
	{ "status", ROLE_KEPT, TOOL_QUALTRICS },
	{ "response type", ROLE_KEPT, TOOL_QUALTRICS },
	{ "progress", ROLE_KEPT, TOOL_QUALTRICS },
	{ "start date", ROLE_KEPT, TOOL_QUALTRICS },
	{ "end date", ROLE_KEPT, TOOL_QUALTRICS },
	{ "recorded date", ROLE_KEPT, TOOL_QUALTRICS },
	{ "distribution channel", ROLE_KEPT, TOOL_QUALTRICS },
	{ "user language", ROLE_KEPT, TOOL_QUALTRICS },
	{ "external data reference", ROLE_KEPT, TOOL_QUALTRICS },
	{ "finished", ROLE_FINISHED, TOOL_QUALTRICS },
	{ "userid", ROLE_KEPT, TOOL_PLAIN },
	{ "user id", ROLE_KEPT, TOOL_PLAIN },
	{ "userno", ROLE_KEPT, TOOL_PLAIN },
	{ "user no", ROLE_KEPT, TOOL_PLAIN },
	{ "unique id", ROLE_KEPT, TOOL_PLAIN },
	{ "started", ROLE_KEPT, TOOL_PLAIN },
	{ "ended", ROLE_KEPT, TOOL_PLAIN },
	{ "tracking link", ROLE_KEPT, TOOL_PLAIN },
	{ "id name", ROLE_KEPT, TOOL_PLAIN },
	{ "id format", ROLE_KEPT, TOOL_PLAIN },
	{ "id completed", ROLE_KEPT, TOOL_PLAIN },
	{ "id date", ROLE_KEPT, TOOL_PLAIN },
	{ "id start", ROLE_KEPT, TOOL_PLAIN },
	{ "id end", ROLE_KEPT, TOOL_PLAIN },
	{ "response type", ROLE_KEPT, TOOL_TYPEFORM },
	{ "start date utc", ROLE_KEPT, TOOL_TYPEFORM },
	{ "stage date utc", ROLE_KEPT, TOOL_TYPEFORM },
	{ "submit date utc", ROLE_KEPT, TOOL_TYPEFORM },
	{ "network id", ROLE_KEPT, TOOL_TYPEFORM },
	{ "tags", ROLE_KEPT, TOOL_TYPEFORM },
	{ "ending", ROLE_KEPT, TOOL_TYPEFORM },
	{ "submission ip", ROLE_PERSON, TOOL_PLAIN },
	{ "name", ROLE_PERSON, TOOL_PLAIN },
	{ "surname", ROLE_PERSON, TOOL_PLAIN },
	{ "forename", ROLE_PERSON, TOOL_PLAIN },
	{ "forenames", ROLE_PERSON, TOOL_PLAIN },
	{ "username", ROLE_PERSON, TOOL_PLAIN },
	{ "user name", ROLE_PERSON, TOOL_PLAIN },
	{ "email", ROLE_PERSON, TOOL_PLAIN },
	{ "e mail", ROLE_PERSON, TOOL_PLAIN },
	{ "ip", ROLE_PERSON, TOOL_PLAIN },
	{ "ip address", ROLE_PERSON, TOOL_PLAIN },
	{ "ipaddress", ROLE_PERSON, TOOL_PLAIN },
	{ "ipaddr", ROLE_PERSON, TOOL_PLAIN },
	{ "job title", ROLE_PERSON, TOOL_PLAIN }, /* in a small group a post is a name */
	{ "your job title", ROLE_PERSON, TOOL_PLAIN },
	{ "post held", ROLE_PERSON, TOOL_PLAIN },
	{ "phone", ROLE_PERSON, TOOL_PLAIN },
	{ "phone number", ROLE_PERSON, TOOL_PLAIN },
	{ "telephone", ROLE_PERSON, TOOL_PLAIN },
	{ "telephone number", ROLE_PERSON, TOOL_PLAIN },
	{ "tel", ROLE_PERSON, TOOL_PLAIN },
	{ "mobile", ROLE_PERSON, TOOL_PLAIN },
	{ "mobile number", ROLE_PERSON, TOOL_PLAIN },
	{ "contact number", ROLE_PERSON, TOOL_PLAIN },
	{ "contact details", ROLE_PERSON, TOOL_PLAIN },
	{ "address", ROLE_PERSON, TOOL_PLAIN },
	{ "home address", ROLE_PERSON, TOOL_PLAIN },
	{ "postal address", ROLE_PERSON, TOOL_PLAIN },
	{ "street address", ROLE_PERSON, TOOL_PLAIN },
	{ "date of birth", ROLE_PERSON, TOOL_PLAIN },
	{ "dob", ROLE_PERSON, TOOL_PLAIN },
	{ "national insurance number", ROLE_PERSON, TOOL_PLAIN },
	{ "recipientlastname", ROLE_PERSON, TOOL_PLAIN },
	{ "recipientfirstname", ROLE_PERSON, TOOL_PLAIN },
	{ "recipientemail", ROLE_PERSON, TOOL_PLAIN },
	{ "recipient last name", ROLE_PERSON, TOOL_QUALTRICS },
	{ "recipient first name", ROLE_PERSON, TOOL_QUALTRICS },
	{ "recipient email", ROLE_PERSON, TOOL_QUALTRICS },
	{ "locationlatitude", ROLE_PERSON, TOOL_PLAIN },
	{ "locationlongitude", ROLE_PERSON, TOOL_PLAIN },
	{ "location latitude", ROLE_PERSON, TOOL_QUALTRICS },
	{ "location longitude", ROLE_PERSON, TOOL_QUALTRICS },
};

static size_t words_in(const char *key)
{
	size_t n = *key != '\0';

	for (; *key; key++)
		n += *key == ' ';
	return n;
}

/* "Your full name", "What is your e-mail address?": short, and about the one who answers. */
static bool asks_who(const char *key)
{
	static const char *const whose[] = { "your", "full", "first", "last", "family", "given",
		"contact", "respondent", "participant", "respondents", "delegate" };
	static const char *const what[] = { "name", "names", "email", "e mail", "phone",
		"telephone", "mobile", "address", "surname", "signature" };
	bool mine = false, thing = false;

	if (words_in(key) > 8 || str_has_word(key, "organisation") ||
	        str_has_word(key, "organization") || str_has_word(key, "company") ||
	        str_has_word(key, "employer") || str_has_word(key, "would"))
		return false;
	for (size_t i = 0; i < COUNT(whose); i++)
		mine = mine || str_has_word(key, whose[i]);
	for (size_t i = 0; i < COUNT(what); i++)
		thing = thing || str_has_word(key, what[i]);
	bool bare = words_in(key) <= 3 && (str_starts(key, "email") || str_starts(key, "e mail"));
	return (thing && mine) || bare;
}

/* A block of contact details is one question with these rows; "Email" alone is also a way to hear
 * of something, and is told by its answers. */
static bool is_contact_row(const char *key)
{
	static const char *const row[] = { "name", "full name", "first name", "last name",
		"email address", "e mail address", "phone number", "telephone number", "address",
		"address 1", "address 2", "zip postal code", "postcode" };

	for (size_t i = 0; i < COUNT(row); i++)
		if (str_equal(key, row[i]))
			return true;
	return false;
}

bool column_is_known(const struct survey *s, const char *key)
{
	(void)s;
	for (size_t i = 0; i < COUNT(known); i++)
		if (known[i].tool == TOOL_PLAIN && str_equal(key, known[i].key))
			return true;
	return false;
}

static enum role role_of(const struct survey *s, const char *key)
{
	for (size_t i = 0; i < COUNT(known); i++)
		if (str_equal(key, known[i].key) &&
		        (known[i].tool == TOOL_PLAIN || known[i].tool == s->tool))
			return known[i].role;
	if (s->tool == TOOL_MICROSOFT &&
	        (str_starts(key, "points ") || str_starts(key, "feedback ")))
		return ROLE_KEPT;
	if (s->tool == TOOL_LIMESURVEY &&
	        (str_starts(key, "interviewtime") || str_starts(key, "grouptime") ||
	                str_starts(key, "questiontime") || str_starts(key, "total time") ||
	                str_starts(key, "group time") || str_starts(key, "question time")))
		return ROLE_KEPT;
	return asks_who(key) ? ROLE_PERSON : ROLE_QUESTION;
}

void column_roles(struct survey *s)
{
	for (size_t i = 0; i < s->columns; i++) {
		struct survey_column *c = &s->column[i];
		if (c->label) {
			c->role = is_contact_row(text_key(s->arena, c->label)) ? ROLE_PERSON
			                                                       : ROLE_QUESTION;
			continue;
		}
		c->role = role_of(s, c->key);
		if (c->role == ROLE_QUESTION && c->code)
			c->role = role_of(s, text_key(s->arena, c->code));
		if (s->tool == TOOL_TYPEFORM && str_equal(c->heading, "#"))
			c->role = ROLE_KEPT;
		/* Worked out from the question beside it. */
		if (s->tool == TOOL_QUALTRICS && c->code && str_ends(c->code, "_NPS_GROUP"))
			c->role = ROLE_KEPT;
		if (c->role == ROLE_FINISHED)
			s->finished = i;
		if (s->tool == TOOL_QUALTRICS &&
		        (str_equal(c->key, "status") || str_equal(c->key, "response type")))
			s->status = i;
	}
}

/* ---------- clusters ---------- */

void column_clusters(struct survey *s)
{
	s->cluster = arena_alloc(s->arena, (s->columns + 1) * sizeof *s->cluster);
	for (size_t i = 0; i < s->columns;) {
		struct survey_column *c = &s->column[i];
		size_t n = 1;
		/* What the codebook says of single columns stands. */
		bool alone = c->book && c->book->columns == 1;
		while (c->stem && !alone && c->role == ROLE_QUESTION && i + n < s->columns &&
		        str_equal(s->column[i + n].stem, c->stem) &&
		        s->column[i + n].role == ROLE_QUESTION)
			n++;
		if (n > 1) {
			struct cluster *x = &s->cluster[s->clusters];
			*x = (struct cluster){
				.first = i, .n = n, .stem = c->stem, .joined = NONE
			};
			for (size_t k = i; k < i + n; k++)
				s->column[k].cluster = s->clusters;
			s->clusters++;
		}
		i += n;
	}
}

/* Letters, digits, . _ and -, so that it can be a ref of the store. */
static bool is_ref(const char *text)
{
	size_t n = strlen(text);

	if (n == 0 || n > 20 || text[0] == '.' || text[0] == '-')
		return false;
	for (size_t i = 0; i < n; i++)
		if (!isalnum((unsigned char)text[i]) && !strchr("._-", text[i]))
			return false;
	return true;
}

static bool taken(const struct survey *s, const char *ref)
{
	for (size_t i = 0; i < s->columns; i++)
		if (s->column[i].ref && strcasecmp(s->column[i].ref, ref) == 0)
			return true;
	for (size_t i = 0; i < s->clusters; i++)
		if (s->cluster[i].ref && strcasecmp(s->cluster[i].ref, ref) == 0)
			return true;
	return false;
}

static const char *free_ref(struct survey *s, const char *code, size_t number)
{
	if (code && is_ref(code) && !taken(s, code))
		return code;
	const char *ref = arena_printf(s->arena, "Q%zu", number);
	for (size_t i = 2; taken(s, ref); i++)
		ref = arena_printf(s->arena, "Q%zu-%zu", number, i);
	return ref;
}

/* Codes such as Q3_1 and Q3[SQ002] belong to columns, what stands before to the cluster. */
static const char *cluster_code(struct survey *s, const struct cluster *x)
{
	const char *code = s->column[x->first].code;
	const char *rest = x->stem;

	if (is_ref(rest))
		return rest;
	if (!code)
		return NULL;
	size_t n = strcspn(code, "_[");
	return code[n] ? arena_strndup(s->arena, code, n) : NULL;
}

bool column_refs(struct survey *s, struct fault *fault)
{
	size_t number = 0;

	(void)fault;
	for (size_t i = 0; i < s->columns; i++) {
		struct survey_column *c = &s->column[i];
		if (c->role != ROLE_QUESTION || c->cell == NONE)
			continue;
		if (c->cluster == NONE) {
			number++;
			if (!c->ref)
				c->ref = free_ref(s, c->code, number);
			continue;
		}
		struct cluster *x = &s->cluster[c->cluster];
		number += i == x->first;
		if (!x->ref)
			x->ref = free_ref(s, cluster_code(s, x), number);
		c->ref = arena_printf(s->arena, "%s.%zu", x->ref, i - x->first + 1);
	}
	return true;
}

/* ---------- who answered, told by the answers ---------- */

static bool looks_email(const char *p)
{
	const char *at = strchr(p, '@');

	return at && at > p && strchr(at, '.') && !strchr(p, ' ');
}

static bool looks_phone(const char *p)
{
	size_t digits = 0;

	for (; *p; p++) {
		if (isdigit((unsigned char)*p))
			digits++;
		else if (!strchr(" +()-.", *p))
			return false;
	}
	return digits >= 10 && digits <= 14;
}

/* A whole UK postcode: it leads to a few doors. */
static bool looks_postcode(const char *p)
{
	char c[8];
	size_t n = 0;

	for (; *p; p++) {
		if (*p == ' ')
			continue;
		if (n == 7 || !isalnum((unsigned char)*p))
			return false;
		c[n++] = (char)toupper((unsigned char)*p);
	}
	return n >= 5 && isalpha((unsigned char)c[0]) && isdigit((unsigned char)c[n - 3]) &&
	       isalpha((unsigned char)c[n - 2]) && isalpha((unsigned char)c[n - 1]) &&
	       (isdigit((unsigned char)c[1]) || (n > 5 && isdigit((unsigned char)c[2])));
}

static bool mostly(const struct dict *d, bool (*looks)(const char *))
{
	size_t n = 0;

	for (uint32_t i = 0; i < d->n; i++)
		n += looks(d->entry[i].text);
	return d->n > 0 && n * 10 >= d->n * 6;
}

/* Telephone numbers must begin like one: counts of ten digits are no numbers to call. */
static bool looks_uk_phone(const char *p)
{
	return looks_phone(p) && (*p == '0' || *p == '+' || *p == '(');
}

/* "Column 11", which nobody ever asked, and nobody answered. */
static bool is_empty(const struct survey_column *c)
{
	const char *rest = str_starts(c->key, "column ") ? c->key + strlen("column ") : "";

	return c->mode == MODE_WHOLE && c->dict.n == 0 && *rest && strlen(rest) < 4 &&
	       c->cluster == NONE;
}

void column_persons(struct survey *s)
{
	for (size_t i = 0; i < s->columns; i++) {
		struct survey_column *c = &s->column[i];
		if (c->role == ROLE_QUESTION && c->cell != NONE && !c->book && is_empty(c))
			c->role = ROLE_LEFT_OUT;
		if (c->role == ROLE_QUESTION && c->cell != NONE && !c->book &&
		        (mostly(&c->dict, looks_email) || mostly(&c->dict, looks_uk_phone) ||
		                mostly(&c->dict, looks_postcode)))
			c->role = ROLE_PERSON;
	}
}
