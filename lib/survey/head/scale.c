/* SPDX-License-Identifier: MIT */
/* Answer scales: reading them, and telling which one the answers of a question are from. */
#include "survey/parts.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static const char *const tones[] = { [TONE_NONE] = "",
	[TONE_POSITIVE] = "positive",
	[TONE_NEUTRAL] = "neutral",
	[TONE_NEGATIVE] = "negative",
	[TONE_ASIDE] = "aside" };

const char *tone_name(enum tone tone)
{
	return tones[tone];
}

bool tone_parse(const char *text, enum tone *out)
{
	for (size_t i = 1; i < COUNT(tones); i++)
		if (strcasecmp(text, tones[i]) == 0) {
			*out = (enum tone)i;
			return true;
		}
	return false;
}

const struct scale *scale_get(const struct survey *s, const char *ref)
{
	for (size_t i = 0; ref && i < s->scales; i++)
		if (strcasecmp(s->scale[i].ref, ref) == 0)
			return &s->scale[i];
	return NULL;
}

/* ---------- reading ---------- */

/* A pattern is words parted by single blanks; a word may be alternatives "a/b", "~", or "un~". */
static const char *pattern_of(struct survey *s, const char *text)
{
	struct buf b = { 0 };

	while (*text) {
		size_t n = strcspn(text, " ");
		char *word = arena_strndup(s->arena, text, n);
		text += n + (text[n] != '\0');
		if (n == 0)
			continue;
		if (b.n)
			buf_addc(&b, ' ');
		for (char *part = word; part;) {
			size_t len = strcspn(part, "/~");
			char mark = part[len];
			part[len] = '\0';
			buf_adds(&b, text_key(s->arena, part));
			if (mark)
				buf_addc(&b, mark);
			part = mark ? part + len + 1 : NULL;
		}
	}
	const char *pattern = arena_strdup(s->arena, buf_text(&b));
	buf_free(&b);
	return pattern;
}

static bool read_answer(
        struct survey *s, const struct node *node, struct scale_answer *a, struct fault *fault)
{
	const struct node *aliases = node_get(node, "aliases");
	const char *tone = node_text(node, "tone");
	size_t n = aliases && aliases->kind == NODE_LIST ? aliases->n : 0;

	a->text = node_text(node, "text");
	if (!a->text || (tone && !tone_parse(tone, &a->tone))) {
		fault_set(fault, STATUS_CONFIG,
		        "an answer of a scale needs a text and a tone "
		        "(positive, neutral, negative, aside)");
		fault_place(fault, NULL, node->line, NULL);
		return false;
	}
	a->text = arena_strdup(s->arena, a->text);
	a->pattern = arena_alloc(s->arena, (n + 1) * sizeof *a->pattern);
	a->pattern[a->patterns++] = pattern_of(s, a->text);
	for (size_t i = 0; i < n; i++)
		if (aliases->item[i]->kind == NODE_TEXT)
			a->pattern[a->patterns++] = pattern_of(s, aliases->item[i]->text);
	return true;
}

static bool read_scale(
        struct survey *s, const struct node *node, struct scale *scale, struct fault *fault)
{
	const struct node *answers = node_get(node, "scale_answer");
	const char *ref = node_text(node, "ref"), *name = node_text(node, "name");

	if (!ref || !answers || answers->kind != NODE_LIST) {
		fault_set(fault, STATUS_CONFIG, "a scale needs a ref and its scale_answer list");
		fault_place(fault, NULL, node->line, NULL);
		return false;
	}
	scale->ref = arena_strdup(s->arena, ref);
	scale->name = arena_strdup(s->arena, name ? name : ref);
	scale->answer = arena_alloc(s->arena, (answers->n + 1) * sizeof *scale->answer);
	for (size_t i = 0; i < answers->n; i++) {
		struct scale_answer *a = &scale->answer[scale->n++];
		if (!read_answer(s, answers->item[i], a, fault))
			return false;
		scale->toned = scale->toned || a->tone == TONE_POSITIVE || a->tone == TONE_NEGATIVE;
	}
	return true;
}

bool survey_read_scales(struct survey *s, struct input *in, struct fault *fault)
{
	struct arena *a = arena_new();
	struct node *doc = yaml_read(in, a, fault);
	const struct node *list = doc ? node_get(doc, "scale") : NULL;
	bool good = doc != NULL;

	if (good && (!list || list->kind != NODE_LIST))
		good = fault_set(fault, STATUS_CONFIG, "holds no list 'scale'");
	if (good)
		s->scale = arena_alloc(s->arena, (list->n + 1) * sizeof *s->scale);
	for (size_t i = 0; good && i < list->n; i++)
		good = read_scale(s, list->item[i], &s->scale[s->scales++], fault);
	if (!good)
		fault_place(fault, input_name(in), 0, NULL);
	arena_free(a);
	return good;
}

/* ---------- matching ---------- */

struct binding {
	const char *p; /* what ~ stands for */
	size_t n;
};

static bool word_is(const char *word, size_t n, const char *alternatives, size_t len)
{
	while (len >= n) {
		size_t one = 0;
		while (one < len && alternatives[one] != '/')
			one++;
		if (one == n && memcmp(word, alternatives, n) == 0)
			return true;
		if (one >= len)
			return false;
		alternatives += one + 1;
		len -= one + 1;
	}
	return false;
}

static size_t blank_after(const char *p, size_t n)
{
	return p[n] == ' ' ? n + 1 : n;
}

/* Does an answer (a key) fit a pattern? b->p NULL: ~ stands for anything, which is then told. */
static bool fits(const char *pattern, const char *key, struct binding *b)
{
	if (*pattern == '\0')
		return *key == '\0';
	size_t token = strcspn(pattern, " "), word = strcspn(key, " ");
	const char *rest = pattern + blank_after(pattern, token);
	const char *wild = memchr(pattern, '~', token);
	size_t prefix = wild ? (size_t)(wild - pattern) : 0;
	if (word == 0)
		return false;
	if (!wild)
		return word_is(key, word, pattern, token) &&
		       fits(rest, key + blank_after(key, word), b);
	if (prefix && strncmp(key, pattern, prefix) != 0)
		return false;
	if (b->p)
		return strncmp(key + prefix, b->p, b->n) == 0 &&
		       (key[prefix + b->n] == ' ' || key[prefix + b->n] == '\0') &&
		       fits(rest, key + blank_after(key, prefix + b->n), b);
	if (prefix)
		return false;
	size_t n = word;
	for (int words = 1; words <= 5; words++) {
		if (fits(rest, key + blank_after(key, n), b)) {
			if (!b->p)
				*b = (struct binding){ key, n };
			return true;
		}
		if (key[n] == '\0')
			break;
		n += 1 + strcspn(key + n + 1, " ");
	}
	return false;
}

/* The answer without what is often written around it: "5 - ", "(3)", "(neutral)". */
static const char *bare(struct survey *s, const char *text)
{
	char *key = text_key(s->arena, text);
	size_t digits = strspn(key, "0123456789");

	if (digits && key[digits] == ' ' && isalpha((unsigned char)key[digits + 1]))
		key += digits + 1;
	char *last = strrchr(key, ' ');
	if (last && last[1] && strspn(last + 1, "0123456789") == strlen(last + 1))
		*last = '\0';
	return key;
}

static size_t place_of(
        const struct scale *scale, const char *key, const struct binding *b, size_t *words)
{
	for (size_t i = 0; i < scale->n; i++)
		for (size_t k = 0; k < scale->answer[i].patterns; k++) {
			struct binding here = *b;
			if (!here.p)
				here = (struct binding){ "", 0 };
			const char *p = scale->answer[i].pattern[k];
			if ((b->p || !strchr(p, '~')) && fits(p, key, &here)) {
				*words = 1;
				for (; *p; p++)
					*words += *p == ' ';
				return i;
			}
		}
	return NONE;
}

struct trial {
	const char *const *key; /* NULL: aside */
	size_t n;
	size_t *place;
};

/* How well a scale fits: 0 not at all. */
static int try_scale(const struct scale *scale, struct trial *t, const struct binding *b)
{
	size_t seen[32] = { 0 }, covered = 0, doubled = 0, words = 0;

	if (scale->n > COUNT(seen))
		return 0;
	for (size_t i = 0; i < t->n; i++) {
		t->place[i] = NONE;
		if (!t->key[i])
			continue;
		size_t at = place_of(scale, t->key[i], b, &words);
		if (at == NONE)
			return 0;
		t->place[i] = at;
		if (seen[at]++)
			doubled++;
		else
			covered++;
	}
	bool all = covered == scale->n;
	/* A single answer must be unmistakable: "Agree", not "Some". */
	if (covered == 0 || (covered == 1 && !all &&
	                            (b->p || (words < 2 && scale->n != 2 &&
	                                             strncmp(scale->ref, "agreement", 9) != 0))))
		return 0;
	int score = 1000 + (all ? 100 : 0) - (int)doubled * 60 - (b->p ? 200 : 0);
	return score > 1 ? score : 1;
}

static void keep_trial(struct survey *s, const struct scale *scale, const struct trial *t,
        const struct binding *b, int score, struct scale_match *m)
{
	if (score <= m->score)
		return;
	m->score = score;
	m->scale = scale;
	m->words = b->p ? arena_strndup(s->arena, b->p, b->n) : "";
	memcpy(m->place, t->place, t->n * sizeof *m->place);
}

static void try_bindings(
        struct survey *s, const struct scale *scale, struct trial *t, struct scale_match *m)
{
	for (size_t i = 0; i < t->n; i++) {
		if (!t->key[i])
			continue;
		for (size_t a = 0; a < scale->n; a++)
			for (size_t k = 0; k < scale->answer[a].patterns; k++) {
				const char *p = scale->answer[a].pattern[k];
				struct binding b = { NULL, 0 };
				if (!strchr(p, '~') || !fits(p, t->key[i], &b) || !b.p)
					continue;
				keep_trial(s, scale, t, &b, try_scale(scale, t, &b), m);
			}
	}
}

bool scale_is_aside(struct survey *s, const char *text)
{
	const struct scale *aside = scale_get(s, "aside");
	const char *key = bare(s, text);
	struct binding none = { NULL, 0 };
	size_t words;

	return aside && *key && place_of(aside, key, &none, &words) != NONE;
}

static void key_options(struct survey *s, const char *const *option, size_t n, struct trial *t,
        struct scale_match *m)
{
	const char **key = arena_alloc(s->arena, (n + 1) * sizeof *key);

	*m = (struct scale_match){ 0 };
	m->place = arena_alloc(s->arena, (n + 1) * sizeof *m->place);
	for (size_t i = 0; i < n; i++)
		key[i] = scale_is_aside(s, option[i]) ? NULL : bare(s, option[i]);
	*t = (struct trial){
		.key = key, .n = n, .place = arena_alloc(s->arena, (n + 1) * sizeof *t->place)
	};
}

bool scale_match_one(struct survey *s, const struct scale *scale, const char *const *option,
        size_t n, struct scale_match *m)
{
	struct trial t;

	key_options(s, option, n, &t, m);
	keep_trial(s, scale, &t, &(struct binding){ 0 },
	        try_scale(scale, &t, &(struct binding){ 0 }), m);
	try_bindings(s, scale, &t, m);
	return m->scale != NULL;
}

bool scale_find(struct survey *s, const char *const *option, size_t n, struct scale_match *m)
{
	struct trial t;
	struct binding none = { NULL, 0 };

	key_options(s, option, n, &t, m);
	for (size_t i = 0; i < s->scales; i++) {
		const struct scale *scale = &s->scale[i];
		if (str_equal(scale->ref, "aside"))
			continue;
		keep_trial(s, scale, &t, &none, try_scale(scale, &t, &none), m);
		try_bindings(s, scale, &t, m);
	}
	return m->scale != NULL;
}

/* "Very ~" is good of these; of other words nothing is known. */
enum tone scale_tone(const struct scale *scale, size_t place, const char *words)
{
	static const char *const good[] = { "confident", "clear", "aware", "familiar",
		"comfortable", "interested", "involved", "informed", "supported", "committed",
		"prepared", "positive", "happy", "good", "well", "satisfied", "useful", "helpful",
		"relevant", "effective", "valuable", "easy", "likely", "important", "knowledgeable",
		"welcome", "friendly", "accessible", "reliable", "successful", "appropriate",
		"motivated" };
	size_t n = strcspn(words, " "), upper = scale->n == 3 ? 2 : scale->n / 2;

	if (scale->toned || scale->n < 3 || n == 0)
		return scale->answer[place].tone;
	for (size_t i = 0; i < COUNT(good); i++)
		if (strlen(good[i]) == n && strncmp(words, good[i], n) == 0)
			return place < upper                     ? TONE_POSITIVE
			       : scale->n == 5 && place == upper ? TONE_NEUTRAL
			                                         : TONE_NEGATIVE;
	return scale->answer[place].tone;
}

const char *scale_text(struct survey *s, const struct scale *scale, size_t place, const char *words)
{
	struct buf b = { 0 };

	for (const char *p = scale->answer[place].text; *p; p++) {
		if (*p == '~')
			buf_adds(&b, words);
		else
			buf_addc(&b, *p);
	}
	const char *text = str_trim(arena_strdup(s->arena, buf_text(&b)));
	buf_free(&b);
	return text;
}
