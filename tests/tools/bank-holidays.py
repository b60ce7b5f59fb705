#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The bank holidays of a division from 2012 to 2028, by the rules rather than from a list: one day a line."""
import datetime
import sys

D = datetime.date
DAY = datetime.timedelta(days=1)
# Days that a proclamation added, moved or took away; the rest follows from the rules.
MOVED = {D(2012, 5, 28): D(2012, 6, 4), D(2020, 5, 4): D(2020, 5, 8), D(2022, 5, 30): D(2022, 6, 2)}
EXTRA = {D(2012, 6, 5), D(2022, 6, 3), D(2022, 9, 19), D(2023, 5, 8)}


def easter(year):
    """Gregorian Easter Sunday (Meeus)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return D(year, month, day + 1)


def monday(year, month, last=False):
    day = D(year, month, 1)
    while day.weekday() != 0:
        day += DAY
    while last and (day + 7 * DAY).month == month:
        day += 7 * DAY
    return day


def of(division, year):
    days = set()

    def put(day):
        """On a weekend, or a day that is taken, the next working day stands in."""
        while day.weekday() > 4 or day in days:
            day += DAY
        days.add(day)

    put(D(year, 1, 1))
    if division == "scotland":
        put(D(year, 1, 2))
    days.add(easter(year) - 2 * DAY)
    if division != "scotland":
        days.add(easter(year) + DAY)
    if division == "northern-ireland":
        put(D(year, 3, 17))
        put(D(year, 7, 12))
    may = [monday(year, 5), monday(year, 5, last=True)]
    days.update(MOVED.get(day, day) for day in may)
    days.add(monday(year, 8, last=division != "scotland"))
    if division == "scotland":
        put(D(year, 11, 30))
    put(D(year, 12, 25))
    put(D(year, 12, 26))
    days.update(day for day in EXTRA if day.year == year)
    return days


for y in range(2012, 2029):
    for d in sorted(of(sys.argv[1], y)):
        print(d)
