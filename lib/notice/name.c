/* SPDX-License-Identifier: MIT */
/* Names of employers for comparing, and numbers of registers. */
#include <ctype.h>
#include <endian.h>
#include <string.h>

#include "notice/notice.h"

static bool is_word(const char *listed, const char *word, size_t n)
{
	return listed[0] == word[0] && strncmp(listed, word, n) == 0 && listed[n] == '\0';
}

/* The first word at p, which ends before a blank. */
static size_t word_length(const char *p)
{
	size_t n = 0;

	while (p[n] != '\0' && p[n] != ' ')
		n++;
	return n;
}

/* What a company is, in the spellings met; the empty one marks words that mean no difference. */
static const char *legal_word(const char *word, size_t n)
{
	static const struct {
		const char from[13], to[10];
	} same[] = {
		{ "ltd", "limited" },
		{ "limited", "limited" },
		{ "plc", "plc" },
		{ "llp", "llp" },
		{ "lp", "lp" },
		{ "inc", "inc" },
		{ "incorporated", "inc" },
		{ "corp", "corp" },
		{ "corporation", "corp" },
		{ "llc", "llc" },
		{ "cic", "cic" },
		{ "cio", "cio" },
		{ "scio", "scio" },
		{ "cyf", "limited" },
		{ "cyfyngedig", "limited" },
		{ "gmbh", "gmbh" },
		{ "sa", "sa" },
		{ "nv", "nv" },
		{ "bv", "bv" },
		{ "ag", "ag" },
		{ "pty", "pty" },
		{ "unlimited", "unlimited" },
	};

	if (n < 2 || n >= sizeof same[0].from)
		return NULL;
	for (size_t i = 0; i < COUNT(same); i++)
		if (same[i].from[0] == word[0] && same[i].from[1] == word[1] &&
		        same[i].from[n] == '\0' && memcmp(same[i].from, word, n) == 0)
			return same[i].to;
	return NULL;
}

/* An apostrophe, or a dot within "p.l.c.": what stands around it is one word. */
static bool joins(const char *name, const char *p)
{
	return *p == '\'' || (*p == '.' && p > name && isalpha((unsigned char)p[-1]) &&
	                             isalpha((unsigned char)p[1]));
}

/* The same of a name that is not ASCII, through text_key. */
static void add_other_key(struct buf *b, const char *name)
{
	struct arena *a = arena_new();
	char *straight = arena_alloc(a, strlen(name) + 1), *to = straight;

	for (const char *p = name; *p; p++) {
		/* The curly apostrophe joins as the straight one does. */
		if (str_starts(p, "\xE2\x80\x99"))
			p += 2;
		else if (!joins(name, p))
			*to++ = *p;
	}
	*to = '\0';
	buf_adds(b, text_key(a, straight));
	arena_free(a);
}

/* Folded, & as and, everything else than letters and digits as single blanks. */
static void add_key(struct buf *b, const char *name)
{
	/* An ampersand becomes up to five characters. */
	char *const key = buf_space(b, 5 * strlen(name) + 1);
	size_t n = 0;

	for (const char *p = name; *p; p++) {
		unsigned char c = (unsigned char)*p;
		bool blank = n == 0 || key[n - 1] == ' ';
		if (c >= 0x80) {
			add_other_key(b, name);
			return;
		}
		if (isalnum(c))
			key[n++] = (char)tolower(c);
		else if (joins(name, p))
			continue;
		else if (!blank)
			key[n++] = ' ';
		if (c == '&') {
			memcpy(key + n, "and ", 4);
			n += 4;
		}
	}
	b->n += n - (n > 0 && key[n - 1] == ' ');
	b->p[b->n] = '\0';
}

static bool is_one_of(const char *word, size_t n, const char *const *words)
{
	for (; *words; words++)
		if (is_word(*words, word, n))
			return true;
	return false;
}

/* A word as its first letter and its other consonants, each once and in order of the alphabet, so that
 * slips of the pen keep it; what any company may call itself adds nothing. */
static void add_skeleton(struct buf *b, const char *word, size_t n)
{
	static const char *const common[] = { "gpr", "hdglns", "hdgln", "cmnp", "cmnps", "and",
		"the", "uk", NULL };
	/* A letter of the alphabet each, from the lowest bit on. */
	const uint32_t vowels = 1u << ('a' - 'a') | 1u << ('e' - 'a') | 1u << ('i' - 'a') |
	                        1u << ('o' - 'a') | 1u << ('u' - 'a') | 1u << ('y' - 'a');
	uint32_t there = 0;
	char key[64];
	size_t k = 0;

	key[k++] = word[0];
	for (size_t i = 1; i < n && k < sizeof key - 26; i++) {
		if (word[i] >= 'a' && word[i] <= 'z')
			there |= 1u << (word[i] - 'a');
		else
			key[k++] = word[i];
	}
	there &= ~vowels;
	if (word[0] >= 'a' && word[0] <= 'z')
		there &= ~(1u << (word[0] - 'a'));
	for (int c = 0; there; c++, there >>= 1)
		if (there & 1)
			key[k++] = (char)('a' + c);
	if (!is_one_of(key, k, common) && !is_one_of(word, n, common))
		buf_add(b, key, k);
}

/* Words behind which another name of the same company stands. */
static bool ends_name(const char *p, size_t n)
{
	static const char *const words[] = { "ta", "dba", "formerly", "previously", "fka", "aka",
		"formally", NULL };

	if (!strchr("tdfpa", p[0]))
		return false;
	return is_one_of(p, n, words) || str_starts(p, "t a ") || str_starts(p, "d b a ") ||
	       str_starts(p, "f k a ") || str_starts(p, "trading as ") ||
	       str_starts(p, "also known as ");
}

struct name_keys name_keys(struct buf *b, const char *name)
{
	struct name_keys keys;
	size_t strict_at, loose_at, n, words = 0;

	buf_clear(b);
	add_key(b, name);
	/* Behind the folded name come the keys; a word of them is at most four times as long ("co"). */
	strict_at = b->n + 1;
	buf_space(b, 6 * strict_at + 64);
	buf_addc(b, '\0');
	const char *const key = b->p;
	/* The strict key: legal words in one spelling, a leading "the" gone, "co" as company. */
	for (const char *p = key; *p; p += n + (p[n] == ' ')) {
		n = word_length(p);
		const char *legal = legal_word(p, n);
		if (words++ == 0 && n == 3 && memcmp(p, "the", 3) == 0 && p[n])
			continue;
		if (b->n > strict_at)
			buf_addc(b, ' ');
		if (legal)
			buf_adds(b, legal);
		else if (n == 2 && memcmp(p, "co", 2) == 0)
			buf_adds(b, "company");
		else
			buf_add(b, p, n);
	}
	buf_addc(b, '\0');
	loose_at = b->n;
	words = 0;
	for (const char *p = key; *p; p += n + (p[n] == ' ')) {
		n = word_length(p);
		if (words && ends_name(p, n))
			break;
		if (legal_word(p, n) || (n == 2 && memcmp(p, "co", 2) == 0))
			continue;
		words++;
		add_skeleton(b, p, n);
	}
	if (b->n == loose_at) /* a name of nothing but such words stands for itself */
		buf_add(b, key, strict_at - 1);
	buf_addc(b, '\0');
	keys.strict = b->p + strict_at;
	keys.loose = b->p + loose_at;
	return keys;
}

/* The length of a strict key without what the company is. */
static size_t bare_length(const char *key)
{
	size_t n = strlen(key);

	for (;;) {
		size_t at = n;
		while (at > 0 && key[at - 1] != ' ')
			at--;
		if (at == 0 || !legal_word(key + at, n - at))
			return n;
		n = at - 1;
	}
}

bool name_but_form(const char *x, const char *y)
{
	struct buf bx = { 0 }, by = { 0 };
	const char *kx = name_keys(&bx, x).strict, *ky = name_keys(&by, y).strict;
	size_t nx = bare_length(kx), ny = bare_length(ky);
	bool same = nx == ny && memcmp(kx, ky, nx) == 0 && (!kx[nx] || !ky[ny]);

	buf_free(&bx);
	buf_free(&by);
	return same;
}

const char *name_plain(struct buf *b, const char *name, bool *marked)
{
	static const char *const markers[] = { "revision", "revised", "amended", "amendment",
		"update", "updated", "rev", "correction", "corrected", "supplement", "supplemental",
		"rescinded", "withdrawn", "extension", "extended" };
	size_t n;
	const char *at = NULL;

	*marked = false;
	/* " - Revision 1" or " (amended 3/4)" at the end; a name that merely holds such a word stays. */
	for (const char *p = name; (p = strpbrk(p, "-(*\xE2")) != NULL; p++) {
		if (p > name && (p[-1] == ' ' || *p == '(' || *p == '*'))
			at = p;
	}
	if (!at)
		return name;
	const char *word = at + strcspn(at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
	size_t length = strspn(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
	if (word - at > 6)
		return name;
	for (size_t i = 0; i < COUNT(markers); i++)
		if (strlen(markers[i]) == length && strncasecmp(markers[i], word, length) == 0) {
			const char *rest = word + length;
			if (strspn(rest, " 0123456789#)./-") != strlen(rest))
				break;
			n = (size_t)(at - name);
			while (n && name[n - 1] == ' ')
				n--;
			if (n == 0)
				break;
			buf_clear(b);
			buf_add(b, name, n);
			*marked = true;
			return b->p;
		}
	return name;
}

const char *name_number(struct buf *b, const char *text)
{
	size_t letters = 0, digits = 0;

	buf_clear(b);
	for (const char *p = text; *p; p++) {
		unsigned char c = (unsigned char)*p;
		if (c == ' ' || c == '-' || c == '.' || c == '\'')
			continue;
		if (isalpha(c) && digits == 0)
			letters++;
		else if (isdigit(c))
			digits++;
		else if (!isalpha(c) || p[1])
			return NULL;
		buf_addc(b, (char)toupper(c));
	}
	if (digits == 0 || digits > 8 || letters > 4)
		return NULL;
	bool mutual = !isdigit((unsigned char)b->p[b->n - 1]); /* IP12345R and its like */
	if (mutual)
		return b->p;
	if (letters == 0 && digits < 8) {
		char whole[16];
		snprintf(whole, sizeof whole, "%08lu", strtoul(b->p, NULL, 10));
		buf_clear(b);
		buf_adds(b, whole);
	} else if (letters == 2 && digits < 6) {
		char whole[16];
		snprintf(whole, sizeof whole, "%.2s%06lu", b->p, strtoul(b->p + 2, NULL, 10));
		buf_clear(b);
		buf_adds(b, whole);
	}
	return b->p;
}

/* Up to eight bytes, the lowest first whatever the machine: rows' marks are kept in stores. */
static uint64_t word_of(const char *text, size_t n)
{
	uint64_t word = 0;

	memcpy(&word, text, n);
	return le64toh(word);
}

uint64_t name_hash(const char *text, size_t n)
{
	uint64_t h = 0x9e3779b97f4a7c15u ^ n;

	for (; n >= 8; text += 8, n -= 8) {
		h = (h ^ word_of(text, 8)) * 0xbf58476d1ce4e5b9u;
		h ^= h >> 32;
	}
	h = (h ^ word_of(text, n)) * 0x94d049bb133111ebu;
	h ^= h >> 29;
	h *= 0xbf58476d1ce4e5b9u;
	return h ^ h >> 32;
}
