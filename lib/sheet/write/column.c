/* SPDX-License-Identifier: MIT */
/* What may be a typed cell: only a column that is unmistakably dates or plain numbers. */
#include "sheet/sheet.h"

#include <string.h>

enum { DIGITS = 15 }; /* what a spreadsheet keeps of a number */

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

/* "2026-11-30", a real day, and after the days that Excel counts wrongly. */
static bool is_date(const char *text, size_t n)
{
	day_t day, first;
	int part[3] = { 0 }, at = 0;

	if (n != 10 || text[4] != '-' || text[7] != '-')
		return false;
	for (size_t i = 0; i < n; i++) {
		if (i == 4 || i == 7)
			at++;
		else if (digit(text[i]))
			part[at] = part[at] * 10 + text[i] - '0';
		else
			return false;
	}
	return day_make(1900, 3, 1, &first) && day_make(part[0], part[1], part[2], &day) &&
	       day >= first;
}

/* "-12.50": *decimals 2. No leading zeros, no plus, no exponent, no minus before nothing. */
static bool is_number(const char *text, size_t n, int *decimals)
{
	size_t i = text[0] == '-', digits = 0;
	bool something = false;

	*decimals = 0;
	if (!digit(text[i]) || (text[i] == '0' && digit(text[i + 1])))
		return false;
	for (; digit(text[i]); i++, digits++)
		something = something || text[i] != '0';
	if (text[i] == '.') {
		if (!digit(text[++i]))
			return false;
		for (; digit(text[i]); i++, digits++, ++*decimals)
			something = something || text[i] != '0';
	}
	return i == n && digits <= DIGITS && (something || text[0] != '-');
}

static void widen(struct sheet_column *column, const char *text, size_t n)
{
	for (const char *end = text + n; text < end;) {
		const char *line = memchr(text, '\n', (size_t)(end - text));
		size_t length = (size_t)((line ? line : end) - text);
		/* Beyond any width that is used, counting characters is only slow. */
		int width = length > 1000 ? 1000 : text_width(text, length);

		if (width > column->width)
			column->width = width;
		text += length + 1;
	}
}

void sheet_column_head(struct sheet_column *column, const char *text, size_t n)
{
	widen(column, text, n);
}

void sheet_column_see(struct sheet_column *column, const char *text, size_t n)
{
	int decimals;

	if (n == 0)
		return;
	widen(column, text, n);
	if (is_date(text, n)) {
		column->dates++;
	} else if (is_number(text, n, &decimals)) {
		if (column->numbers++ == 0)
			column->least = column->most = decimals;
		if (decimals < column->least)
			column->least = decimals;
		if (decimals > column->most)
			column->most = decimals;
		if (decimals > 0 && text[n - 1] == '0')
			column->padded = 1;
	} else {
		column->texts++;
	}
}

void sheet_column_settle(struct sheet_column *column)
{
	bool even = column->least == column->most;

	column->type = SHEET_COLUMN_TEXT;
	column->decimals = even ? column->most : -1;
	if (column->texts > 0)
		return;
	if (column->dates > 0 && column->numbers == 0)
		column->type = SHEET_COLUMN_DATE;
	/* 2.9 and 2.10 are refs, not numbers; 2.90 and 2.10 are money. */
	else if (column->numbers > 0 && column->dates == 0 && (even || !column->padded))
		column->type = SHEET_COLUMN_NUMBER;
}
