"""Days, months and years as values, their parts, and the days that have names.

The names and their rules are data (`lexicons/named_days.txt`). Years run from 1 to 9999 in the
Gregorian calendar; what leaves that range is held at its edge.
"""

from __future__ import annotations

import re
from calendar import isleap, monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

__all__ = [
    "When",
    "count",
    "holiday",
    "month_number",
    "named_days",
    "of",
    "on_day",
    "part_of",
    "season",
    "shift",
    "week_of",
    "weekday_number",
]

_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
           "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
           "eighteen": 18, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "couple": 2, "few": 3, "several": 4,
           "dozen": 12, "half": 0, "the": 1}  # fmt: skip

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class When:
    """A year, a month of it and a day of that; the finer ones are None where they are not known.

    >>> str(When(2019, 8)), str(When(2019, 8, 20)), When(2019, 8).first
    ('2019-08', '2019-08-20', datetime.date(2019, 8, 1))
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        """As in the contract: YYYY, YYYY-MM or YYYY-MM-DD."""
        parts = [f"{self.year:04d}"]
        if self.month is not None:
            parts.append(f"{self.month:02d}")
            if self.day is not None:
                parts.append(f"{self.day:02d}")
        return "-".join(parts)

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month or 1, self.day or 1)


def count(words: str) -> int:
    """The number that the words say; 1 where they say none.

    >>> count("a couple of"), count("two"), count("37"), count("a")
    (2, 2, 37, 1)
    """
    plain = words.lower().strip()
    if plain.isdigit():
        return int(plain)
    return next((_COUNTS[w] for w in reversed(plain.split()) if w in _COUNTS and w not in ("a", "the")), 1)


def month_number(word: str) -> int:
    """The number of a month's name or its short form, 1 to 12."""
    return _MONTHS.index(word.lower()[:3]) + 1


def weekday_number(word: str) -> int:
    """The number of a weekday's name or its short form; Monday is 0."""
    return _DAYS.index(word.lower()[:3])


def on_day(year: int, month: int, number: int) -> When | None:
    """A day of the calendar, or None where there is no such day.

    >>> on_day(2019, 2, 29), str(on_day(2020, 2, 29))
    (None, '2020-02-29')
    """
    return When(year, month, number) if 1 <= number <= monthrange(year, month)[1] else None


def of(there: date) -> When:
    """A date as a value."""
    return When(there.year, there.month, there.day)


def shift(there: date, unit: str, by: int) -> When:
    """What lies `by` units from a day, as fine as the unit tells: a year for years, a month for months, else a day.

    Hours and minutes stay on the day.

    >>> [str(shift(date(2019, 3, 31), unit, -1)) for unit in ("days", "weeks", "month", "years", "decade", "hour")]
    ['2019-03-30', '2019-03-24', '2019-02', '2018', '2009', '2019-03-31']
    """
    try:
        if unit.startswith(("hour", "minute")):
            return of(there)
        if unit.startswith(("week", "fortnight")):
            return of(there + timedelta(weeks=by * (2 if unit.startswith("fortnight") else 1)))
        if unit.startswith("month"):
            months = there.year * 12 + there.month - 1 + by
            return When(min(9999, max(1, months // 12)), months % 12 + 1)
        if unit.startswith(("year", "decade")):
            return When(min(9999, max(1, there.year + by * (10 if unit.startswith("decade") else 1))))
        return of(there + timedelta(days=by))  # days, and nights, mornings and the like
    except OverflowError:
        return When(there.year)


def week_of(there: date) -> tuple[When, When]:
    """Monday and Sunday of the week in which a day lies.

    >>> [str(day) for day in week_of(date(2019, 8, 20))]
    ['2019-08-19', '2019-08-25']
    """
    monday = there - timedelta(days=there.weekday())
    return of(monday), of(monday + timedelta(days=6))


_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}


def season(name: str, year: int) -> tuple[When, When]:
    """The first and the last month of the season that begins in a year (the northern ones, by whole months).

    >>> [str(month) for month in season("winter", 2019)]
    ['2019-12', '2020-02']
    """
    begin = _SEASONS[name.lower()]
    return When(year, begin), When(year + (begin == 12), (begin + 1) % 12 + 1)


def part_of(whole: When, unit: str, nth: int, number: int = 1) -> tuple[When, When] | None:
    """The nth unit of a year or month, or the first `number` units; -1 counts from its end; None where there is none.

    Weeks of a month are counted from its first day, weekends by their Saturdays.

    >>> [str(there) for there in part_of(When(2014), "half", 2)]
    ['2014-07', '2014-12']
    >>> [str(there) for there in part_of(When(2033, 4), "week", 1, 2)]
    ['2033-04-01', '2033-04-14']
    """
    if number < 1:
        return None
    length = {"half": 6, "quarter": 3, "month": 1}.get(unit)
    if length:
        if whole.month is not None:
            return None
        first = (nth - 1) * length + 1 if nth > 0 else 13 + nth * length * number
        last = first + length * number - 1
        return (When(whole.year, first), When(whole.year, last)) if 1 <= first <= last <= 12 else None
    begin = whole.first
    size = monthrange(begin.year, begin.month)[1] if whole.month is not None else 365 + isleap(begin.year)
    days = [begin + timedelta(days=d) for d in range(size)]
    if unit == "weekend":
        saturdays = [day for day in days if day.weekday() == 5]
        at = nth - 1 if nth > 0 else nth
        if not -len(saturdays) <= at < len(saturdays) or saturdays[at] == date.max:
            return None
        return of(saturdays[at]), of(saturdays[at] + timedelta(days=1))
    step = 7 if unit == "week" else 1
    chosen = days[(nth - 1) * step :][: step * number] if nth > 0 else days[nth * step * number :][: step * number]
    return (of(chosen[0]), of(chosen[-1])) if chosen else None


@cache
def named_days() -> dict[str, str]:
    """The rule of each named day, by its name as the lexicon writes it."""
    out: dict[str, str] = {}
    for line in files("tellings.lexicons").joinpath("named_days.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            rule, *names = (part.strip() for part in line.split("|"))
            out.update(dict.fromkeys(names, rule))
    return out


def holiday(rule: str, year: int) -> When | None:
    """The day that a rule of the lexicon names in a year; None where the calendar has none.

    >>> [str(holiday(rule, 2016)) for rule in ("12-31", "11 thu 4", "05 mon -1", "11 mon 1 +1", "easter -2")]
    ['2016-12-31', '2016-11-24', '2016-05-30', '2016-11-08', '2016-03-25']
    """
    if not 1583 <= year <= 9998:
        return None
    if m := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", rule):
        return on_day(int(m[1]), int(m[2]), int(m[3]))
    if m := re.fullmatch(r"(\d\d)-(\d\d)", rule):
        return on_day(year, int(m[1]), int(m[2]))
    if m := re.fullmatch(r"easter ([+-]\d+)", rule):
        return of(_easter(year) + timedelta(days=int(m[1])))
    if m := re.fullmatch(r"(\d\d) (\w{3}) (-?\d)(?: ([+-]\d+))?", rule):
        month, weekday, nth = int(m[1]), _DAYS.index(m[2]), int(m[3])
        days = [d for d in range(1, monthrange(year, month)[1] + 1) if date(year, month, d).weekday() == weekday]
        return of(date(year, month, days[nth - 1 if nth > 0 else nth]) + timedelta(days=int(m[4] or 0)))
    return None


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the algorithm of Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)
