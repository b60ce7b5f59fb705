/* SPDX-License-Identifier: MIT */
/*
 * Which cells must be hidden so that no hidden one can be worked out.
 *
 * A hidden cell is safe when there is a second possible set of counts that gives it another value.
 * Such a set is looked for as a change by one here and there: start with one more (or one fewer) in
 * the cell, which puts its sums out of balance, and put them right by changing other hidden cells,
 * until every sum holds. Where hidden cells do not suffice shown ones may join in, for a price, and
 * are then hidden: so whatever is hidden in the course of it is safe as well, and hiding more later
 * never makes an earlier answer wrong. In one two-way table the changes are the cycles of the
 * textbook; over linked tables they branch.
 */
#include "stats/merge.h"

#include <string.h>

enum {
	LITTLE_EFFORT = 300, /* steps of one search */
	EFFORT = 800,
	OTHERWISE = 30,   /* searches begun otherwise */
	AFTER = 300,      /* steps spent on something cheaper once there is a way */
	LOOK = 8,         /* sums looked at to find the hardest */
	MOST_MOVES = 600, /* cells in one change */
	NEVER = 1 << 28
};

struct move {
	size_t cell;
	int dir;
};

struct search {
	struct stats_cells *c;
	const struct stats_policy *policy;
	signed char *change; /* of each cell: -1, 0, 1 */
	int *off;            /* of each sum: change of total less changes of parts */
	size_t *broken;      /* every sum that is out of balance, and some that no longer are */
	size_t nbroken, broken_cap;
	struct move move[MOST_MOVES], best[MOST_MOVES];
	size_t moves, nbest;
	int cost, best_cost, enough;
	long effort;
	uint32_t dice; /* 0: the order is by rank alone */
	bool may_hide;
};

static bool small(const struct stats_cell *cell, const struct stats_policy *policy)
{
	return (cell->flags & STATS_SENSITIVE) && cell->value < policy->threshold &&
	       (cell->value > 0 || (cell->value == 0 && policy->hide_zero));
}

/* What a reader knows of a hidden cell's size, given how it is (or would be) marked. */
static bool within(const struct search *s, const struct stats_cell *cell, int dir)
{
	int64_t v = cell->value + dir;

	if (cell->flags & STATS_FIXED)
		return false;
	if (cell->mark == STATS_SMALL)
		return v >= (s->policy->hide_zero ? 0 : 1) && v < s->policy->threshold;
	return v >= 0;
}

static bool is_hidden(const struct stats_cell *cell)
{
	return cell->mark != STATS_SHOWN || !(cell->flags & STATS_PRINTED);
}

static int bits(int64_t v)
{
	int n = 0;

	for (; v > 0; v >>= 1)
		n++;
	return n;
}

/* A second cell that would become small: a reader guesses that it is not, so it serves badly. */
static int guess_price(const struct search *s, const struct stats_cell *cell, int dir)
{
	bool second = (cell->flags & STATS_SENSITIVE) && cell->mark != STATS_SMALL &&
	              cell->value >= s->policy->threshold;

	return second && cell->value + dir < s->policy->threshold ? 30 : 0;
}

/* What changing a cell costs: hiding it where it is shown; NEVER where it must stay. Small counts
 * tell least, so they go first; a zero helps badly since it can only grow; totals take their whole
 * column with them. */
static int price(const struct search *s, const struct stats_cell *cell, int dir)
{
	int guess = guess_price(s, cell, dir);

	if (is_hidden(cell))
		return guess;
	if (!s->may_hide || (cell->flags & STATS_FIXED))
		return NEVER;
	int p = 4 + bits(cell->value) + (cell->value == 0 ? 40 : 0);
	if (cell->flags & STATS_GRAND)
		p *= 400;
	else if (cell->flags & STATS_TOTAL)
		p *= 25;
	return p + guess;
}

/* The sign with which a cell stands in a sum. */
static int sign_in(const struct stats_cells *c, size_t cell, size_t sum)
{
	return c->sum[sum].total == cell ? 1 : -1;
}

static void apply(struct search *s, size_t cell, int dir)
{
	struct stats_cells *c = s->c;

	s->change[cell] = (signed char)(s->change[cell] + dir);
	for (size_t i = 0; i < c->cell[cell].count; i++) {
		size_t sum = c->membership[c->cell[cell].first + i];
		int before = s->off[sum];
		s->off[sum] += dir * sign_in(c, cell, sum);
		if (before == 0 && s->off[sum] != 0) {
			s->broken = mem_grow(
			        s->broken, &s->broken_cap, s->nbroken + 1, sizeof *s->broken);
			s->broken[s->nbroken++] = sum;
		}
	}
}

/* How much further out of balance all sums are if a cell changes so. */
static int imbalance(const struct search *s, size_t cell, int dir)
{
	const struct stats_cells *c = s->c;
	int more = 0;

	for (size_t i = 0; i < c->cell[cell].count; i++) {
		size_t sum = c->membership[c->cell[cell].first + i];
		int now = s->off[sum], then = now + dir * sign_in(c, cell, sum);
		more += (then < 0 ? -then : then) - (now < 0 ? -now : now);
	}
	return more;
}

struct candidate {
	size_t cell;
	int dir, price, rank;
};

enum { BREADTH = 24 }; /* candidates tried for one sum */

struct choice {
	struct candidate list[BREADTH];
	size_t n;
};

/* A search that went wrong early does not find its way back, so later ones are begun otherwise. The
 * dice are the same in every run. */
static int throw_dice(struct search *s)
{
	if (s->dice == 0)
		return 0;
	s->dice = s->dice * 1664525u + 1013904223u;
	if (s->dice == 0)
		s->dice = 1;
	return (int)(s->dice >> 28);
}

/* Puts a cell among the candidates, the best first: cheap, and mending more than it breaks. */
static void consider(struct search *s, struct choice *choice, size_t cell, int dir)
{
	struct stats_cell *x = &s->c->cell[cell];

	if (s->change[cell] != 0 || !within(s, x, dir))
		return;
	int p = price(s, x, dir);
	if (p >= NEVER || s->cost + p >= s->best_cost)
		return;
	struct candidate new = { cell, dir, p, p + 6 * imbalance(s, cell, dir) + throw_dice(s) };
	if (choice->n == BREADTH && choice->list[BREADTH - 1].rank <= new.rank)
		return;
	size_t at = choice->n < BREADTH ? choice->n++ : BREADTH - 1;
	for (; at > 0 && choice->list[at - 1].rank > new.rank; at--)
		choice->list[at] = choice->list[at - 1];
	choice->list[at] = new;
}

static void keep_best(struct search *s)
{
	s->best_cost = s->cost;
	s->nbest = s->moves;
	memcpy(s->best, s->move, s->moves * sizeof *s->move);
}

static void step(struct search *s, const struct candidate *to, int by)
{
	s->cost += by * to->price;
	apply(s, to->cell, by * to->dir);
}

/* What could mend a sum that is out of balance. */
static void choose(struct search *s, size_t sum, struct choice *choice)
{
	const struct stats_sum *x = &s->c->sum[sum];
	int want = s->off[sum] > 0 ? -1 : 1; /* the change of the total that mends it */

	choice->n = 0;
	consider(s, choice, x->total, want);
	for (size_t i = 0; i < x->count; i++)
		consider(s, choice, s->c->part[x->first + i], -want);
}

/* Of the sums last put out of balance, the one with the fewest ways to mend it: with none this way
 * is closed, and the sooner that is seen the better. False: all sums hold. Sums put right since
 * they broke are dropped; `apply` adds them again when the step that mended them is taken back. */
static bool hardest(struct search *s, struct choice *best)
{
	struct choice other;
	size_t looked = 0;

	while (s->nbroken > 0 && s->off[s->broken[s->nbroken - 1]] == 0)
		s->nbroken--;
	for (size_t i = s->nbroken; i-- > 0 && looked < LOOK;) {
		if (s->off[s->broken[i]] == 0)
			continue;
		choose(s, s->broken[i], looked ? &other : best);
		if (looked++ && other.n < best->n)
			*best = other;
		if (best->n == 0)
			break;
	}
	return looked > 0;
}

/* Mends one sum after the other in every way worth trying, until all hold. */
static void seek(struct search *s)
{
	struct choice choice;

	if (!hardest(s, &choice)) {
		keep_best(s);
		if (s->effort > AFTER)
			s->effort = AFTER;
		return;
	}
	if (s->moves == MOST_MOVES)
		return;
	for (size_t i = 0; i < choice.n && s->effort > 0; i++) {
		const struct candidate *to = &choice.list[i];
		if (s->nbest && s->best_cost <= s->enough)
			return;
		if (s->cost + to->price >= s->best_cost)
			continue;
		s->effort--;
		s->move[s->moves++] = (struct move){ to->cell, to->dir };
		step(s, to, 1);
		seek(s);
		step(s, to, -1);
		s->moves--;
	}
}

/* The cheapest way found to change the cell by one either way; hides what it needs. */
static bool find_other(struct search *s, size_t cell, bool may_hide, int most, long effort)
{
	struct stats_cell *x = &s->c->cell[cell];

	s->nbest = 0;
	s->best_cost = most;
	s->may_hide = may_hide;
	s->enough = may_hide ? 0 : NEVER;
	for (int dir = 1; dir >= -1 && (s->nbest == 0 || s->best_cost > s->enough); dir -= 2) {
		if (!within(s, x, dir))
			continue;
		s->effort = effort;
		s->cost = 0;
		s->moves = 1;
		s->nbroken = 0;
		s->move[0] = (struct move){ cell, dir };
		apply(s, cell, dir);
		seek(s);
		apply(s, cell, -dir);
	}
	if (s->nbest == 0)
		return false;
	for (size_t i = 0; i < s->nbest; i++) {
		struct stats_cell *moved = &s->c->cell[s->best[i].cell];
		if (!is_hidden(moved))
			moved->mark = STATS_SECOND;
		moved->safe = true;
	}
	return true;
}

/* The same at any price, again and again. */
static bool find_at_last(struct search *s, size_t cell, bool may_hide)
{
	bool found = false;

	for (uint32_t i = 0; i < OTHERWISE && !found; i++) {
		s->dice = i * 7919 + (uint32_t)(i > 0);
		found = find_other(s, cell, may_hide, NEVER, EFFORT);
	}
	s->dice = 0;
	return found;
}

static bool protect(struct search *s, size_t cell)
{
	struct stats_cell *x = &s->c->cell[cell];

	/* With tight limits first: a search that may not spend much is soon through. */
	if (find_other(s, cell, false, NEVER, LITTLE_EFFORT))
		return true;
	for (int most = 60; most < 10000; most *= 3)
		if (find_other(s, cell, true, most, EFFORT))
			return true;
	if (find_at_last(s, cell, true))
		return true;
	/* "<5" itself may say too much: two cells that add up to 2, each at least 1. */
	enum stats_mark was = x->mark;
	x->mark = STATS_SECOND;
	if (find_at_last(s, cell, true))
		return true;
	x->mark = was;
	return false;
}

static void hide_all(struct stats_cells *c)
{
	for (size_t i = 0; i < c->cells; i++) {
		struct stats_cell *x = &c->cell[i];
		if (!is_hidden(x) && !(x->flags & STATS_FIXED))
			x->mark = STATS_SECOND;
	}
}

/* After all was hidden: what still has but one value is known to every reader, so it is shown,
 * unless it is small. */
static bool settle(struct search *s)
{
	struct stats_cells *c = s->c;
	bool good = true;

	for (size_t i = 0; i < c->cells; i++) {
		struct stats_cell *x = &c->cell[i];
		if (!(x->flags & STATS_PRINTED) || x->mark == STATS_SHOWN || x->safe ||
		        find_at_last(s, i, false))
			continue;
		enum stats_mark was = x->mark;
		x->mark = STATS_SECOND;
		if (was == STATS_SMALL && find_at_last(s, i, false))
			continue;
		if (small(x, s->policy))
			good = false;
		else
			x->mark = STATS_SHOWN;
	}
	return good;
}

static void link_cells(struct stats_cells *c)
{
	for (size_t i = 0; i < c->sums; i++) {
		c->cell[c->sum[i].total].count++;
		for (size_t k = 0; k < c->sum[i].count; k++)
			c->cell[c->part[c->sum[i].first + k]].count++;
	}
	mem_free(c->membership);
	c->membership = mem_alloc((c->parts + c->sums + 1) * sizeof *c->membership);
	size_t at = 0;
	for (size_t i = 0; i < c->cells; i++) {
		c->cell[i].first = at;
		at += c->cell[i].count;
		c->cell[i].count = 0;
	}
	for (size_t i = 0; i < c->sums; i++) {
		struct stats_cell *total = &c->cell[c->sum[i].total];
		c->membership[total->first + total->count++] = i;
		for (size_t k = 0; k < c->sum[i].count; k++) {
			struct stats_cell *part = &c->cell[c->part[c->sum[i].first + k]];
			c->membership[part->first + part->count++] = i;
		}
	}
}

static bool hide(struct stats_cells *c, const struct stats_policy *policy)
{
	bool good = true;
	struct search *s = mem_zalloc(sizeof *s);

	for (size_t i = 0; i < c->cells; i++) {
		struct stats_cell *x = &c->cell[i];
		x->mark =
		        (x->flags & STATS_PRINTED) && small(x, policy) ? STATS_SMALL : STATS_SHOWN;
	}
	link_cells(c);
	s->c = c;
	s->policy = policy;
	s->change = mem_zalloc(c->cells + 1);
	s->off = mem_zalloc((c->sums + 1) * sizeof *s->off);
	for (size_t i = 0; i < c->cells && good; i++)
		if (c->cell[i].mark != STATS_SHOWN && !c->cell[i].safe)
			good = protect(s, i);
	if (!good) {
		hide_all(c);
		good = settle(s);
	}
	mem_free(s->broken);
	mem_free(s->off);
	mem_free(s->change);
	mem_free(s);
	return good;
}

bool stats_hide(struct stats_cells *c, const struct stats_policy *policy)
{
	struct merged m;

	merge_cells(c, &m);
	bool good = hide(&m.cells, policy);
	for (size_t i = 0; i < c->cells; i++) {
		const struct stats_cell *x = &m.cells.cell[m.to[i]];
		c->cell[i].mark = c->cell[i].flags & STATS_PRINTED ? x->mark : STATS_SHOWN;
		c->cell[i].safe = x->safe;
	}
	merged_free(&m);
	return good;
}
