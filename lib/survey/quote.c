/* SPDX-License-Identifier: MIT */
/*
 * Free text: quotations with people's names, telephone numbers, e-mail addresses and postcodes
 * masked, and themes found by their words. Masking errs towards hiding: a quotation loses little by
 * a [name] too many. It is a help to whoever reads them before they go out, no promise.
 */
#include "survey/parts.h"

#include <ctype.h>
#include <string.h>

/* Common given names, to know one that stands alone. */
static const char *const given[] = { "Aaron", "Abigail", "Adam", "Aileen", "Ailsa", "Aisha", "Alan",
	"Alasdair", "Alastair", "Alex", "Alexander", "Ali", "Alice", "Alison", "Alistair", "Allan",
	"Amanda", "Amy", "Andrea", "Andrew", "Andy", "Angela", "Angus", "Ann", "Anna", "Anne",
	"Anthony", "Arthur", "Ashley", "Barbara", "Barry", "Ben", "Benjamin", "Bill", "Blair",
	"Bob", "Brenda", "Brian", "Bruce", "Callum", "Calum", "Cameron", "Carol", "Caroline",
	"Catherine", "Catriona", "Charles", "Charlie", "Charlotte", "Cheryl", "Chloe", "Chris",
	"Christine", "Christopher", "Claire", "Clare", "Colin", "Connor", "Craig", "Damian", "Dan",
	"Daniel", "Darren", "Dave", "David", "Dawn", "Dean", "Deborah", "Debbie", "Denise", "Derek",
	"Diane", "Donald", "Donna", "Dorothy", "Dougal", "Douglas", "Duncan", "Edward", "Eileen",
	"Elaine", "Eleanor", "Elizabeth", "Ella", "Emily", "Emma", "Eric", "Euan", "Evelyn", "Ewan",
	"Fatima", "Fergus", "Fiona", "Frances", "Francis", "Fraser", "Gail", "Gareth", "Gary",
	"Gavin", "Gemma", "Geoff", "Geoffrey", "George", "Gillian", "Gordon", "Graeme", "Graham",
	"Grant", "Greg", "Hannah", "Harry", "Hazel", "Heather", "Helen", "Henry", "Holly", "Hugh",
	"Iain", "Ian", "Imran", "Irene", "Isabel", "Isla", "Jack", "Jackie", "Jacqueline", "Jacob",
	"Jake", "James", "Jamie", "Jane", "Janet", "Jason", "Jean", "Jenny", "Jennifer", "Jeremy",
	"Jess", "Jessica", "Jill", "Jim", "Joan", "Joanna", "Joanne", "Joe", "John", "Jonathan",
	"Joseph", "Josh", "Joshua", "Joyce", "Judith", "Julia", "Julie", "June", "Karen", "Kate",
	"Katherine", "Kathleen", "Katie", "Keith", "Kelly", "Ken", "Kenneth", "Kerry", "Kevin",
	"Kim", "Kirsty", "Kyle", "Laura", "Lauren", "Leanne", "Lee", "Lesley", "Lewis", "Liam",
	"Linda", "Lisa", "Liz", "Lorna", "Lorraine", "Louise", "Lucy", "Luke", "Lynn", "Lynne",
	"Magnus", "Malcolm", "Margaret", "Maria", "Marie", "Marion", "Martin", "Mary", "Matthew",
	"Maureen", "Megan", "Melanie", "Mhairi", "Michael", "Michelle", "Mike", "Mohamed",
	"Mohammed", "Moira", "Morag", "Muhammad", "Murdo", "Murray", "Natalie", "Natasha", "Neil",
	"Nick", "Nicholas", "Nicola", "Nigel", "Norma", "Norman", "Olivia", "Oliver", "Omar",
	"Owen", "Pamela", "Patricia", "Patrick", "Paul", "Paula", "Pauline", "Peter", "Phil",
	"Philip", "Phillip", "Rachel", "Raymond", "Rebecca", "Richard", "Rob", "Robert", "Robin",
	"Roger", "Ronald", "Rory", "Roy", "Russell", "Ruth", "Ryan", "Sally", "Sam", "Samantha",
	"Samuel", "Sandra", "Sarah", "Scott", "Sean", "Shabana", "Shannon", "Sharon", "Sheila",
	"Shirley", "Shona", "Simon", "Sophie", "Stephanie", "Stephen", "Steve", "Steven", "Stewart",
	"Stuart", "Sue", "Susan", "Suzanne", "Sylvia", "Terry", "Thomas", "Tim", "Timothy", "Tina",
	"Tom", "Tony", "Tracey", "Tracy", "Valerie", "Vera", "Victoria", "Vincent", "Wayne",
	"Wendy", "William", "Yasmin", "Yvonne", "Zoe" };

/* Words that mark a name of a body or a place rather than of a person. */
static const char *const body[] = { "council", "scotland", "scottish", "development", "university",
	"college", "school", "board", "service", "services", "team", "centre", "center", "group",
	"partnership", "compact", "bureau", "advice", "authority", "trust", "association",
	"society", "department", "office", "agency", "government", "enterprise", "gateway",
	"business", "union", "skills", "health", "care", "social", "national", "local", "public",
	"street", "road", "city", "county", "north", "south", "east", "west", "new", "great",
	"united", "kingdom", "the", "and", "january", "february", "march", "april", "may", "june",
	"july", "august", "september", "october", "november", "december", "monday", "tuesday",
	"wednesday", "thursday", "friday", "saturday", "sunday", "plus", "job", "jobs", "work",
	"training", "learning", "community", "direct", "network", "forum", "project", "programme",
	"plan", "charter", "house", "hall", "hospital", "royal", "bank", "citizens", "careers",
	"employers", "steering", "annual" };

static const char *const title[] = { "Mr", "Mrs", "Ms", "Miss", "Dr", "Prof", "Professor", "Sir",
	"Cllr", "Councillor", "Rev", "Mx" };

static bool is_one_of(const char *const *list, size_t n, const char *p, size_t len)
{
	for (size_t i = 0; i < n; i++)
		if (strlen(list[i]) == len && strncasecmp(list[i], p, len) == 0)
			return true;
	return false;
}

static bool word_byte(char c)
{
	return isalnum((unsigned char)c) || (c & 0x80) || c == '\'';
}

static size_t word_length(const char *p)
{
	size_t n = 0;

	while (word_byte(p[n]) || (p[n] == '-' && n > 0 && isalpha((unsigned char)p[n + 1])))
		n++;
	if (n > 2 && p[n - 2] == '\'' && p[n - 1] == 's')
		n -= 2;
	return n;
}

static bool capitalised(const char *p, size_t n)
{
	return n > 1 && isupper((unsigned char)p[0]) && islower((unsigned char)p[1]);
}

static size_t next_word(const char *p)
{
	return *p == ' ' && isalpha((unsigned char)p[1]) ? 1 : 0;
}

/* The bytes of a person's name at p, 0 for none. start: p begins a sentence. */
static size_t name_length(const char *p, bool start, const char *const *names, size_t n)
{
	size_t len = word_length(p), next;

	if (len == 0)
		return 0;
	if (len > 2 && is_one_of(names, n, p, len))
		return len;
	if (!capitalised(p, len))
		return 0;
	bool titled = is_one_of(title, COUNT(title), p, len);
	bool known = is_one_of(given, COUNT(given), p, len);
	const char *q = p + len + (titled && p[len] == '.');
	next = next_word(q);
	size_t second = next ? word_length(q + next) : 0;
	bool follows = second && (capitalised(q + next, second) || (second == 1 && known)) &&
	               !is_one_of(body, COUNT(body), q + next, second);
	if (titled && follows)
		return (size_t)(q - p) + next + second;
	if (known)
		return follows ? len + next + second : len;
	/* Two capitalised words that no body has: taken for a name. */
	if (!titled && follows && !start && !is_one_of(body, COUNT(body), p, len)) {
		const char *third = q + next + second;
		size_t t = next_word(third) ? word_length(third + 1) : 0;
		if (t && capitalised(third + 1, t) && is_one_of(body, COUNT(body), third + 1, t))
			return 0;
		return len + next + second;
	}
	return 0;
}

static size_t email_length(const char *p)
{
	size_t n = 0, at = 0, dot = 0;

	while (isalnum((unsigned char)p[n]) || (p[n] && strchr("._%+-@", p[n]))) {
		if (p[n] == '@')
			at = n;
		if (p[n] == '.' && at)
			dot = n;
		n++;
	}
	while (n > 0 && p[n - 1] == '.')
		n--;
	return at > 0 && dot > at + 1 && dot + 1 < n ? n : 0;
}

static size_t phone_length(const char *p)
{
	size_t n = 0, digits = 0, last = 0;

	if (*p != '+' && *p != '(' && !isdigit((unsigned char)*p))
		return 0;
	while (isdigit((unsigned char)p[n]) || (p[n] && strchr("+() -", p[n]))) {
		if (isdigit((unsigned char)p[n])) {
			digits++;
			last = n + 1;
		}
		n++;
	}
	return digits >= 9 && digits <= 15 && !word_byte(p[last]) ? last : 0;
}

static size_t postcode_length(const char *p)
{
	size_t n = 0;

	while (n < 2 && isupper((unsigned char)p[n]))
		n++;
	if (n == 0 || !isdigit((unsigned char)p[n]))
		return 0;
	n++;
	if (isdigit((unsigned char)p[n]) && (p[n + 1] == ' ' || isdigit((unsigned char)p[n + 1])))
		n++;
	else if (isupper((unsigned char)p[n]))
		n++;
	if (p[n] == ' ')
		n++;
	if (!isdigit((unsigned char)p[n]) || !isupper((unsigned char)p[n + 1]) ||
	        !isupper((unsigned char)p[n + 2]) || word_byte(p[n + 3]))
		return 0;
	return n + 3;
}

static void mask(struct buf *out, const char *text, const char *const *names, size_t n)
{
	bool start = true, within = false;

	for (const char *p = text; *p;) {
		size_t len;
		if (!within && (len = email_length(p))) {
			buf_adds(out, "[e-mail]");
		} else if (!within && (len = phone_length(p))) {
			buf_adds(out, "[telephone]");
		} else if (!within && (len = postcode_length(p))) {
			buf_adds(out, "[postcode]");
		} else if (!within && (len = name_length(p, start, names, n))) {
			buf_adds(out, "[name]");
		} else {
			len = 1;
			buf_addc(out, isspace((unsigned char)*p) ? ' ' : *p);
		}
		within = word_byte(p[len - 1]);
		if (within)
			start = false;
		else if (strchr(".!?\n", p[len - 1]))
			start = true;
		p += len;
	}
}

const char *quote_masked(struct survey *s, const char *text)
{
	struct buf b = { 0 };

	mask(&b, text, NULL, 0);
	text = arena_strdup(s->arena, buf_text(&b));
	buf_free(&b);
	return text;
}

void quote_keep(struct survey *s, struct quotes *quotes, const char *text, const char *const *names,
        size_t n)
{
	struct buf b = { 0 };
	size_t len = strlen(text);

	if (quotes->n == QUOTES_MOST || len < 15 || !strchr(text, ' '))
		return;
	mask(&b, text, names, n);
	for (size_t i = 0; i < quotes->n; i++)
		if (str_equal(quotes->text[i], buf_text(&b)))
			len = 0;
	if (len) {
		size_t fit = b.n;
		if (b.n > QUOTE_BYTES) {
			fit = QUOTE_BYTES;
			while (fit > 0 && ((unsigned char)b.p[fit] & 0xc0) == 0x80)
				fit--;
		}
		quotes->text[quotes->n++] =
		        fit < b.n ? arena_printf(s->arena, "%.*s\xe2\x80\xa6", (int)fit, b.p)
		                  : arena_strdup(s->arena, buf_text(&b));
	}
	buf_free(&b);
}

/* ---------- themes ---------- */

/* A theme's word within a text, both as keys; a star at its end stands for any ending. */
static bool has_word(const char *key, const char *word)
{
	size_t n = strlen(word);
	bool open = n > 0 && word[n - 1] == '*';

	if (open)
		n--;
	while (n > 0 && word[n - 1] == ' ')
		n--;
	if (n == 0)
		return false;
	for (const char *p = key; *p; p++) {
		bool at_start = p == key || p[-1] == ' ';
		if (at_start && strncmp(p, word, n) == 0 && (open || p[n] == ' ' || p[n] == '\0'))
			return true;
	}
	return false;
}

void theme_add(struct survey *s, struct survey_column *c, const char *theme, size_t n,
        int64_t response, double weight)
{
	uint32_t i = dict_find(&c->themes, theme, n, s->axes, ANSWERS_MOST);
	struct entry *e = i == NO_ENTRY ? NULL : &c->themes.entry[i];

	if (!e || e->last == response)
		return;
	e->last = response;
	for (size_t k = first_axis(s); k < s->axes; k++)
		vec_add(&e->by[k], s->axis[k].now, s->weighted, weight);
}

void theme_count(struct survey *s, struct survey_column *c, const char *text, int64_t response,
        double weight, const char *const *names, size_t n)
{
	struct arena *a = arena_new();
	const char *key = text_key(a, text);

	for (size_t i = 0; c->book && i < c->book->themes; i++) {
		const struct book_theme *t = &c->book->theme[i];
		bool found = false;
		for (size_t k = 0; k < t->words && !found; k++)
			found = has_word(key, t->word[k]);
		if (!found)
			continue;
		theme_add(s, c, t->name, strlen(t->name), response, weight);
		quote_keep(s, &c->theme_quotes[i], text, names, n);
	}
	arena_free(a);
}
