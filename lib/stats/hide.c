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
#include "stats/stats.h"

#include <string.h>

enum {
	LITTLE_EFFORT = 400, /* steps of one search */
	EFFORT = 3000,
	GREAT_EFFORT = 50000,
	MOST_MOVES = 1000, /* cells in one change */
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
	int cost, best_cost;
	long effort;
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

/* The last sum put out of balance and still so. Those put right since are dropped; `apply` adds
 * them again when the step that put them right is taken back. */
static bool next_broken(struct search *s, size_t *sum)
{
	while (s->nbroken > 0 && s->off[s->broken[s->nbroken - 1]] == 0)
		s->nbroken--;
	if (s->nbroken == 0)
		return false;
	*sum = s->broken[s->nbroken - 1];
	return true;
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

/* Puts a cell among the candidates, the best first: cheap, and mending more than it breaks. */
static void consider(struct search *s, struct choice *choice, size_t cell, int dir)
{
	struct stats_cell *x = &s->c->cell[cell];

	if (s->change[cell] != 0 || !within(s, x, dir))
		return;
	int p = price(s, x, dir);
	if (p >= NEVER || s->cost + p >= s->best_cost)
		return;
	struct candidate new = { cell, dir, p, p + 6 * imbalance(s, cell, dir) };
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

/* Mends the sum last put out of balance in every way worth trying, and so on until all hold. */
static void seek(struct search *s)
{
	size_t sum;

	if (!next_broken(s, &sum)) {
		keep_best(s);
		return;
	}
	if (s->moves == MOST_MOVES)
		return;
	const struct stats_sum *x = &s->c->sum[sum];
	int want = s->off[sum] > 0 ? -1 : 1; /* the change of the total that mends it */
	struct choice choice = { .n = 0 };
	consider(s, &choice, x->total, want);
	for (size_t i = 0; i < x->count; i++)
		consider(s, &choice, s->c->part[x->first + i], -want);

	for (size_t i = 0; i < choice.n && s->effort > 0 && s->best_cost > 0; i++) {
		const struct candidate *to = &choice.list[i];
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
	for (int dir = 1; dir >= -1 && s->best_cost > 0; dir -= 2) {
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

static bool protect(struct search *s, size_t cell)
{
	struct stats_cell *x = &s->c->cell[cell];

	/* With tight limits first: a search that may not spend much is soon through. */
	if (find_other(s, cell, false, 1, LITTLE_EFFORT) || find_other(s, cell, true, 60, EFFORT) ||
	        find_other(s, cell, true, 140, EFFORT) || find_other(s, cell, true, 2000, EFFORT) ||
	        find_other(s, cell, true, NEVER, EFFORT))
		return true;
	/* "<5" itself may say too much: two cells that add up to 2, each at least 1. */
	enum stats_mark was = x->mark;
	x->mark = STATS_SECOND;
	if (find_other(s, cell, true, NEVER, GREAT_EFFORT))
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
		        find_other(s, i, false, NEVER, GREAT_EFFORT))
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

bool stats_hide(struct stats_cells *c, const struct stats_policy *policy)
{
	bool good = true;
	struct search *s = mem_zalloc(sizeof *s);

	for (size_t i = 0; i < c->cells; i++) {
		struct stats_cell *x = &c->cell[i];
		x->count = 0;
		x->safe = false;
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
