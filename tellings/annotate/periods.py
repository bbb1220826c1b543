"""Expressions that name years and spans of time, and times counted from others.

Each rule takes the match of its pattern (`lexicons/times.txt`) and the context, and gives back the
value, or None where the words are no time after all. A span has its first and its last day, month
or year; amounts are as fine as their unit. What is counted from an event ("two weeks after the
launch") has no value: the report does not say there when that was.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import cache

from tellings.annotate.anchors import Context, Named, Value, hours_from
from tellings.annotate.calendars import (
    When,
    count,
    month_number,
    of,
    part_of,
    season,
    shift,
    week_of,
    weekday_number,
)
from tellings.annotate.days import NO_DATE, short_year
from tellings.lexicons import sections

__all__ = [
    "ago",
    "ahead",
    "around_now",
    "counted_from",
    "decade",
    "edge_of",
    "eve",
    "fiscal",
    "months_to",
    "part",
    "period",
    "quarter",
    "same",
    "seasonal",
    "short",
    "turned",
    "year",
]

_NO_ANCHOR = "no date to count from"
_VAGUE = re.compile(r"\b(?:few|several)\b", re.IGNORECASE)
_NTH = {"first": 1, "opening": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1, "final": -1,
        "closing": -1}  # fmt: skip
_SEASON_NAMES = ("spring", "summer", "autumn", "fall", "winter")


@cache
def _words(section: str) -> frozenset[str]:
    """The words of a section of the lexicon."""
    return frozenset(word for line in sections("times.txt")[section] for word in line.split())


def _source(there: Named | None, c: Context) -> str:
    """What a value was counted from, in words."""
    return f"{there.value} (in the text)" if there else c.note


# ---------------------------------------------------------------- years


def year(m: re.Match[str], c: Context) -> Value | None:
    """A year alone: with a word before it that leads years, or a bare number that cannot be a count."""
    number = int(m["y"])
    before, after = c.before(m.start("y"), 24), c.after(m.end(), 24)
    word = re.search(r"([\w.]+|[$£€#])\s*$", before)
    lead = word[1].lower() if word else ""
    if lead in _words("count") and lead != "to" and not re.search(r"\b(?:later|earlier|other) than\s$", before):
        return None  # "from 2014 to 2016", "no later than 2014"
    if re.match(r"[%°]|\s?(?:GMT|UTC|hours|hrs)\b|[-‐](?:strong|foot|mile|meter|metre|pound|page|word|square)", after):
        return None
    if lead == "the" and re.match(r"\s?(?:[,.;:)!?]|$|(?:and|or|but|is|was|has|in|on|at|for|which|that)\b)", after):
        return None  # "the 2040 and its rivals": a model's name
    led = lead in _words("lead") or bool(m["part"]) or bool(re.search(r"[(,;–-]\s?$", before))
    first = re.match(r"\s+([a-z]+)\b(?:\s+([a-z]+)\b)?", after)
    counted = _words("counted")
    if first and (first[1] in counted or (first[2] in counted and not led)):
        return None
    latest = (c.published.year if c.published else 2100) + (100 if led else 25)
    if number > latest or (number < 1900 and not led):
        return None
    end = m.groupdict().get("y2")
    close = None
    if end:
        last = int(end) if len(end) == 4 else number // 100 * 100 + int(end)
        close = When(last) if number < last <= number + 150 else None
    return Value(When(number), "written in full", close)


def short(m: re.Match[str], c: Context) -> Value | None:
    """As "in '98"; not the class of '98."""
    lead = re.search(r"(\w+)\s$", c.before(m.start()))
    if not lead or lead[1].lower() not in _words("lead") or re.search(r"\b[Cc]lass of\s$", c.before(m.start())):
        return None
    return Value(When(short_year(m["sy"], c)), "written with a short year")


def fiscal(m: re.Match[str], _: Context) -> Value | None:
    """As "fiscal 2019", "the 2019 fiscal year": the year by which it is called."""
    return Value(When(int(m["y"] or m["y3"])), "written in full")


def decade(m: re.Match[str], c: Context) -> Value | None:
    """The 1990s, the mid-1960s, the '90s."""
    begin = int(m["dec"]) if m["dec"] else short_year(m["sd"], c)
    return Value(When(begin), "written in full", When(begin + 9))


# ---------------------------------------------------------------- parts of years and months


def _whole(m: re.Match[str], c: Context) -> tuple[When | None, str]:
    """What the part is of, and how it was found: a year, a month, a month of a year, "the year", "last month"."""
    if m["wy"]:
        return When(int(m["wy"])), "written in full"
    if m["wm"] and m["wmy"]:
        return When(int(m["wmy"]), month_number(m["wm"])), "written in full"
    if c.published is None:
        return None, NO_DATE
    if m["wm"]:
        month = month_number(m["wm"])
        plan = c.is_planned(m.start(), m.end())
        by = (month - c.published.month) % 12 if plan else -((c.published.month - month) % 12)
        return shift(c.published, "month", by), f"month nearest to {c.note}"
    by = _STEPS.get(m["wwhich"].lower(), 0)
    return shift(c.published, m["wunit"].lower(), by), f"“{m.group()}” from {c.note}"


_STEPS = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}


def part(m: re.Match[str], c: Context) -> Value | None:
    """The first half of 2014, the first two weeks of April, the last day of 2006, the third quarter of the year."""
    whole, how = _whole(m, c)
    if whole is None:
        return Value(None, how)
    found = part_of(whole, m["unit"].lower(), _NTH[m["nth"].lower()], count(m["n"]) if m["n"] else 1)
    if found is None:
        return None
    first, last = found
    return Value(first, how, last if last != first else None)


def quarter(m: re.Match[str], c: Context) -> Value | None:
    """The second quarter, Q3 2030; the last one that had begun, or the next one in a plan. Not of a game."""
    nth = _NTH[m["nth"].lower()] if m["nth"] else int(m["q"])
    nth = 4 if nth < 0 else nth
    if c.sporting() or nth > 4:
        return None
    if m["y"]:
        there, how = int(m["y"]), "written in full"
    elif c.published is None:
        return Value(None, NO_DATE)
    else:
        now, plan = (c.published.month + 2) // 3, c.is_planned(m.start(), m.end())
        there = c.published.year + (nth < now if plan else -(nth > now))
        how = f"quarter nearest to {c.note}"
    found = part_of(When(there), "quarter", nth)
    return Value(found[0], how, found[1]) if found else None


def months_to(m: re.Match[str], c: Context) -> Value | None:
    """As "the three months to the end of October"."""
    number = count(m["n"])
    if m["wmy"]:
        last, how = When(int(m["wmy"]), month_number(m["wm"])), "written in full"
    elif c.published is None:
        return Value(None, NO_DATE)
    else:
        last = shift(c.published, "month", -((c.published.month - month_number(m["wm"])) % 12))
        how = f"month nearest before {c.note}"
    return Value(shift(last.first, "month", 1 - number), how, last) if 0 < number <= 24 else None


def edge_of(m: re.Match[str], c: Context) -> Value | None:
    """The end of 2018, the start of the year, year's end, the end of May: the value of the whole."""
    if m["of"]:
        unit = m["of"].lower()
        return (
            Value(shift(c.published, unit, 0), f"“{m.group()}” from {c.note}") if c.published else Value(None, NO_DATE)
        )
    if m["wunit"] and m["wunit"].lower() in ("week", "day", "weekend"):
        return _period(m["wwhich"], m["wunit"], m, c)
    whole, how = _whole(m, c)
    return Value(whole, how)


# ---------------------------------------------------------------- last, this, next


def period(m: re.Match[str], c: Context) -> Value | None:
    """Last year, this month, next week, earlier this year, last summer, the weekend, this decade."""
    return _period(m["which"], m["unit"], m, c)


def _period(which: str, unit: str, m: re.Match[str], c: Context) -> Value | None:
    if c.published is None:
        return Value(None, NO_DATE)
    which, unit = which.lower(), unit.lower()
    by = next((step for word, step in _STEPS.items() if word in which), 0)
    how = f"“{which} {unit}” from {c.note}"
    try:
        if unit == "weekend":
            return _weekend(which, by, m, c, how)
        if unit == "week":
            monday, sunday = week_of(c.published + timedelta(weeks=by))
            return Value(monday, how, sunday)
    except OverflowError:
        return None
    if unit in _SEASON_NAMES:
        return _season_near(unit, which, m, c, how)
    if unit == "quarter":
        there = shift(c.published, "month", 3 * by)
        found = part_of(When(there.year), "quarter", ((there.month or 1) + 2) // 3)
        return Value(found[0], how, found[1]) if found else None
    if unit == "decade":
        begin = min(9980, max(10, c.published.year // 10 * 10 + 10 * by))
        return Value(When(begin), how, When(begin + 9))
    return Value(shift(c.published, unit, by), how)


def _weekend(which: str, by: int, m: re.Match[str], c: Context, how: str) -> Value:
    """The last weekend that has begun, or the one to come."""
    assert c.published is not None  # noqa: S101  # callers ask
    saturday = c.published - timedelta(days=(c.published.weekday() - 5) % 7)
    weekday = c.published.weekday()
    plan = c.is_planned(m.start(), m.end())
    late = which == "this" and plan is None and weekday in (3, 4)
    if by > 0 or (by == 0 and weekday < 5 and (plan or late)):
        saturday += timedelta(days=7)
    elif by < 0 and weekday >= 5:
        saturday -= timedelta(days=7)
    return Value(of(saturday), how, of(saturday + timedelta(days=1)))


def _season_near(name: str, which: str, m: re.Match[str], c: Context, how: str) -> Value:
    """The season of that name which was, is or comes, as "last", "this", "next" or the clause says."""
    assert c.published is not None  # noqa: S101  # callers ask
    now = When(c.published.year, c.published.month)
    around = [season(name, y) for y in range(max(1, now.year - 2), min(9998, now.year + 2) + 1)]
    key = (now.year, now.month or 1)

    def at(there: When) -> tuple[int, int]:
        return there.year, there.month or 1

    over = [s for s in around if at(s[1]) < key]
    begun = [s for s in around if at(s[0]) <= key]
    to_come = [s for s in around if at(s[0]) > key]
    if "last" in which or "past" in which:
        found = over[-1:]
    elif "next" in which or "coming" in which:
        found = to_come[:1]
    elif at(begun[-1][1]) >= key if begun else False:
        found = begun[-1:]  # it is that season now
    else:
        plan = c.is_planned(m.start(), m.end())
        same_year = next((s for s in around if s[0].year == now.year), None)
        if which == "this" and same_year and name != "winter":
            found = [same_year]
        else:
            found = to_come[:1] if plan else over[-1:]
    return Value(found[0][0], how, found[0][1]) if found else Value(None, how)


def seasonal(m: re.Match[str], c: Context) -> Value | None:
    """The summer of 2008, autumn 2001, the spring, that summer, the following winter, the winter of 2013-14."""
    groups, name = m.groupdict(), m["s"].lower()
    if groups.get("y") or groups.get("sy"):
        begin = int(m["y"]) if m["y"] else short_year(m["sy"], c)
        if m["y2"] and name in ("summer", "winter"):
            # A summer of two years is one of the south, which begins in December.
            first, last = season("winter", begin)
            return Value(first, "written in full", last)
        if name == "winter":
            return Value(When(begin), "written in full")  # of which year's end it is, the words do not say
        first, last = season(name, begin)
        return Value(first, "written in full", last)
    way = (groups.get("way") or "").lower()
    if not way:
        if c.published is None:
            return Value(None, NO_DATE)
        return _season_near(name, "the", m, c, f"the {name} nearest to {c.note}")
    there = c.anchor("season")
    if there is None:
        return Value(None, _NO_ANCHOR)
    if not 2 <= there.value.year <= 9990:
        return None
    first, last = season(name, there.value.year)
    begin = there.value.first
    if way in ("following", "next") and first.first <= begin:
        first, last = season(name, there.value.year + 1)
    elif way == "previous" and last.first >= begin:
        first, last = season(name, there.value.year - 1)
    return Value(first, f"“{m.group()}” from {_source(there, c)}", last)


def around_now(m: re.Match[str], c: Context) -> Value | None:
    """The past two weeks, the next three days: from or to the publication."""
    words, unit = m["n"] or "one", m["unit"].lower()
    if _VAGUE.search(words):
        return None
    if c.published is None:
        return Value(None, NO_DATE)
    number = count(words)
    if unit.startswith("hour"):
        number, unit = -(-number // 24), "day"
    if unit.startswith("minute"):
        return None
    ahead_of = m["which"].lower() in ("next", "coming")
    there, now = shift(c.published, unit, number if ahead_of else -number), shift(c.published, unit, 0)
    how = f"“{m.group()}” from {c.note}"
    return Value(now, how, there) if ahead_of else Value(there, how, now)


# ---------------------------------------------------------------- counted


def ago(m: re.Match[str], c: Context) -> Value | None:
    """Two days ago, eight years ago, a month ago Thursday."""
    if c.published is None:
        return Value(None, NO_DATE)
    unit, number = m["unit"].lower(), count(m["n"])
    when = shift(c.published, unit, -number)
    if _VAGUE.search(m["n"]) and not unit.startswith(("hour", "minute")):
        return Value(None, f"“{m['n']} {unit}” is no number")
    if m["w"] and unit.startswith(("week", "month")):
        # "a month ago Thursday": the Thursday nearest to the same day then.
        there = when.first
        if when.day is None:
            there = date(there.year, there.month, min(c.published.day, monthrange(there.year, there.month)[1]))
        there += timedelta(days=(weekday_number(m["w"]) - there.weekday() + 3) % 7 - 3)
        return Value(of(there), f"“{m.group()}” from {c.note}")
    return Value(when, f"“{m['n']} {unit} ago” from {c.note}")


def ahead(m: re.Match[str], c: Context) -> Value | None:
    """In two weeks' time, three days from now; "in four months" only in a plan, else it is how long it took."""
    unit = m["unit"].lower()
    firm = bool(m["time"] or m["now"])
    if not firm:
        if unit.startswith(("hour", "minute")) or c.is_planned(m.start(), m.end()) is not True:
            return None
        if re.search(
            r"\b(?:first|second|third|last|time|once|twice|only|ever|lowest|highest|most|worst|best)\b",
            c.before(m.start(), 60),
        ):
            return None
    if c.published is None:
        return Value(None, NO_DATE)
    if _VAGUE.search(m["n"]):
        return Value(None, f"“{m['n']} {unit}” is no number")
    return Value(shift(c.published, unit, count(m["n"])), f"“{m.group()}” from {c.note}")


def counted_from(m: re.Match[str], c: Context) -> Value | None:
    """A day earlier, two years later, the next day, the previous week, that same year, later that day."""
    groups, unit = m.groupdict(), m["unit"].lower()
    there = c.anchor(unit)
    when = there.value.first if there else c.published
    if when is None:
        return Value(None, _NO_ANCHOR)
    way = re.sub(r"\s+", " ", groups["way"].lower())
    by = 1 if way.startswith(("later", "next", "following", "after")) else -1
    if way in ("same", "that", "that same", "the same"):
        by = 0
    words = groups.get("n")
    if words and _VAGUE.search(words) and not unit.startswith(("hour", "minute")):
        return Value(None, f"“{words} {unit}” is no number")
    how = f"“{m.group()}” from {_source(there, c)}"
    if unit.startswith(("hour", "minute")) and there:
        hours = count(words or "one") / (60 if unit.startswith("minute") else 1)
        half = bool(words) and "half" in str(words).lower()
        return Value(hours_from(there, by * (0.5 if half else hours)), how)
    if not words and unit == "week":
        return _week_from(when, by, how)
    return Value(shift(when, unit, by * (count(words) if words else 1)), how)


def _week_from(when: date, by: int, how: str) -> Value | None:
    """The week, Monday to Sunday, some weeks from that of a day."""
    try:
        monday, sunday = week_of(when + timedelta(weeks=by))
    except OverflowError:
        return None
    return Value(monday, how, sunday)


def turned(m: re.Match[str], c: Context) -> Value | None:
    """The day before, a week before, the year after; without a value where an event follows ("after the vote").

    What is only said to have lasted ("for three days after the flood") is no time.
    """
    unit, words = m["unit"].lower(), m["n"]
    by = (count(words) or 1) * (-1 if m["way"].lower() == "before" else 1)
    lead = c.before(m.start())
    if re.search(
        r"\b(?:for|of|within|lasted|every|each|first|last|next|these|those)(?: (?:about|some|at least))?\s$",
        lead,
        re.IGNORECASE,
    ):
        return None
    if _VAGUE.search(words) or (words.lower() == "the" and unit.endswith("s")):
        return None
    way = (unit, by)
    if not _ALONE.match(c.after(m.end())):
        return Value(None, "counted from an event", way=way)
    there = c.anchor(unit)
    when = there.value.first if there else c.published
    if when is None:
        return Value(None, _NO_ANCHOR, way=way)
    how = f"“{m.group()}” from {_source(there, c)}"
    if words.lower() == "the" and unit == "week":
        return _week_from(when, by, how)
    return Value(shift(when, unit, by), how, way=way)


# What follows where "the day before" stands for itself: a mark, or a word that begins no noun phrase or clause.
_ALONE = re.compile(
    r"\s*(?:[,.;:!?)”\"’—–-]|$)"
    r"|\s+(?:and|but|or|in|at|on|near|with|from|by|for|to|of|while|still|also|had|was|were|because|so|then|during|without|outside)\b"
)


def eve(m: re.Match[str], c: Context) -> Value | None:
    """The eve of something: without a value, but for the day before a date that follows."""
    if not re.match(r"\s+of\b", c.after(m.end())):
        return None
    return Value(None, "counted from an event", way=("day", -1))


def same(m: re.Match[str], c: Context) -> Value | None:
    """As "later in the day": the day that the text spoke of last."""
    unit = m["unit"]
    there = c.anchor(unit)
    when = there.value.first if there else c.published
    if when is None:
        return Value(None, _NO_ANCHOR)
    how = f"“{m.group()}” from {_source(there, c)}"
    return _week_from(when, 0, how) if unit == "week" else Value(shift(when, unit, 0), how)
