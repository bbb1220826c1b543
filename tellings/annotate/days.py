"""Expressions that name a day or a month: dates in words and figures, weekdays, holidays, "tomorrow".

Each rule takes the match of its pattern (`lexicons/times.txt`) and the context, and gives back the
value, or None where the words are no time after all. In news a bare weekday is the last one
before the publication, or the day of publication where it is the same weekday, unless the clause
tells of a plan; a day or month without a year is the nearest on the side that the clause tells of.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from tellings.annotate.anchors import Context, Value
from tellings.annotate.calendars import When, holiday, month_number, named_days, of, on_day, shift, weekday_number
from tellings.lexicons import sections

__all__ = [
    "distance",
    "full",
    "month_alone",
    "month_year",
    "named_day",
    "near_day",
    "numeric",
    "ordinal",
    "slashed",
    "weekday",
]

NO_DATE = "no date of publication"
_YEARS = {"last": -1, "this": 0, "next": 1}
_AMBIGUOUS = frozenset(("mar", "apr", "may", "jun", "aug"))
_FULL_MONTHS = frozenset(
    ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
     "december")
)  # fmt: skip


@cache
def _listed(section: str) -> str:
    """The patterns of a section of the lexicon, as one."""
    return "(?:" + "|".join(sections("times.txt")[section]) + ")"


def full(m: re.Match[str], c: Context) -> Value | None:
    """A day of a month, with its year or without: "4 April 2017", "March 3-5", "30 October last year"."""
    month, day = month_number(m["m"]), int(re.sub(r"\D", "", m["d"]))
    if not m["y"] and re.match(rf"\s{_listed('called')}\b", c.after(m.end())):
        return None  # "the March 3 Movement": a name
    how, guessed = "written in full", False
    value: When | None
    if m["y"]:
        value = on_day(int(m["y"]), month, day)
    elif c.published is None:
        return Value(None, NO_DATE)
    elif m["which"]:
        value = on_day(c.published.year + _YEARS[m["which"].lower()], month, day)
        how = f"“{m['which']} year” from {c.note}"
    else:
        value, guessed = _nearest(c, m.start(), m.end(), month, day), True
        how = f"day nearest to {c.note}"
    if value is None:
        return None
    last = m.groupdict().get("d2")
    end = on_day(value.year, month, int(re.sub(r"\D", "", last))) if last else None
    return Value(value, how, end, guessed=guessed)


def _nearest(c: Context, start: int, end: int, month: int, day: int) -> When | None:
    """The day without a year: the last one before the publication, or the next where a plan is told or it is near."""
    assert c.published is not None  # noqa: S101  # callers ask
    published = c.published
    around = [d for y in (-1, 0, 1) if (d := on_day(published.year + y, month, day))]
    plan = c.is_planned(start, end)

    def far(d: When) -> int:
        days = (d.first - published).days
        if plan is True:
            return days if days >= 0 else -days * 4
        if plan is False:
            return -days if days <= 0 else days * 20
        return -days if days <= 0 else days * 3

    return min(around, key=far) if around else None


def numeric(m: re.Match[str], c: Context) -> Value | None:
    """2019-08-20, 20/08/2019, 8/20/2019; None where two readings are left and neither is near the publication."""
    if m["y"]:
        if not (1 <= int(m["m"]) <= 12 and (value := on_day(int(m["y"]), int(m["m"]), int(m["d"])))):
            return None
        return Value(value, "written in full")
    first, second, year = int(m["a"]), int(m["b"]), int(m["y2"])
    year += 2000 if year < 100 else 0
    readings = [d for mo, da in ((first, second), (second, first)) if 1 <= mo <= 12 and (d := on_day(year, mo, da))]
    if len({str(d) for d in readings}) == 1:
        return Value(readings[0], "written in full")
    if readings and c.published:
        readings.sort(key=lambda d: abs((d.first - c.published).days) if c.published else 0)
        if abs((readings[0].first - c.published).days) < 60:
            return Value(readings[0], f"reading nearest to {c.note}")
    return Value(None, "day or month first is not known") if readings else None


def slashed(m: re.Match[str], c: Context) -> Value | None:
    """12/26 or 26/12 where only one reading is a day and it lies within two weeks of the publication."""
    first, second = int(m["a"]), int(m["b"])
    if c.published is None or not (min(first, second) <= 12 < max(first, second)):
        return None
    month, day = min(first, second), max(first, second)
    around = [d for y in (-1, 0, 1) if (d := on_day(c.published.year + y, month, day))]
    near = [d for d in around if abs((d.first - c.published).days) <= 14]
    return Value(near[0], f"day nearest to {c.note}") if near else None


def ordinal(m: re.Match[str], c: Context) -> Value | None:
    """As "on the 24th": the day of a month near the publication, past or to come as the clause tells."""
    if c.published is None:
        return Value(None, NO_DATE)
    day, published = int(re.sub(r"\D", "", m["d"])), c.published
    plan = c.is_planned(m.start(), m.end())
    around = [
        there
        for by in (-1, 0, 1)
        if (month := shift(published, "month", by)).month and (there := on_day(month.year, month.month, day))
    ]
    if m["w"]:
        around = [there for there in around if there.first.weekday() == weekday_number(m["w"])] or around
    side = [d for d in around if (d.first >= published if plan else d.first <= published)]
    near = min(side or around, key=lambda d: abs((d.first - published).days), default=None)
    return Value(near, f"day nearest to {c.note}") if near else None


def month_year(m: re.Match[str], c: Context) -> Value | None:
    """September 2016, March '84, March of next year."""
    month = month_number(m["m"])
    if m["which"]:
        if c.published is None:
            return Value(None, NO_DATE)
        year = c.published.year + _YEARS[m["which"].lower()]
        return Value(When(year, month), f"“{m['which']} year” from {c.note}")
    if m["sy"]:
        return Value(When(short_year(m["sy"], c), month), "written with a short year")
    return Value(When(int(m["y"]), month), "written in full")


def short_year(figures: str, c: Context) -> int:
    """The year that two figures stand for: the last such one that had begun by the publication.

    Without a date of publication, of 1950 to 2049.
    """
    latest = c.published.year + 1 if c.published else 2049
    century = latest // 100 * 100
    year = century + int(figures)
    return year if year <= latest else year - 100


def month_alone(m: re.Match[str], c: Context) -> Value | None:
    """As "in December", "last September", "mid-January", "the May meeting"; not Theresa May, not a march."""
    name, lead = m["m"], (m["lead"] or "").lower().strip()
    before, after = c.before(m.start("m"), 16), c.after(m.end("m"), 20)
    if name.endswith(".") and not after.strip():
        name = name[:-1]
    if name.lower() not in _FULL_MONTHS and not name.endswith("."):
        return None
    if re.search(r"\b(?:[Ee]very|[Ee]ach)\s$", c.before(m.start())):
        return None
    if name.lower()[:3] in _AMBIGUOUS and not lead:
        within = r"in|since|until|till|during"
        firm = rf"\b(?:{within}|between|the|and|or|(?:end|start|beginning|month|week|half) of)\s$"
        loose = firm if name == "May" else rf"{firm}|\b(?:by|from|to|through|of|before|after|for|a)\s$"
        if not re.search(loose, before, re.IGNORECASE):
            return None
        if name == "May" and c.theresa and not re.search(r"\bin\s$", before, re.IGNORECASE):
            return None
        # "the May family", "and August Wilson"; but "in August President Roe".
        if re.match(r"\s+[A-Z][a-z]", after) and not re.search(rf"\b(?:{within})\s$", before, re.IGNORECASE):
            return None
    month = month_number(name)
    if lead == "that" and c.named and c.number - c.named[-1].sentence <= 6:
        there = c.named[-1].value
        return Value(When(there.year, month), f"the year of {there} (in the text)")
    if not lead and re.search(r"\bthe\s$", before, re.IGNORECASE) and month in c.months:
        # "the September deal": the September that the text has named before.
        there = c.months[month]
        return Value(When(there.year, month), f"the {name} of {there} (in the text)")
    if c.published is None:
        return Value(None, NO_DATE)
    return _month(c, month, lead, c.is_planned(m.start(), m.end()))


def _month(c: Context, month: int, lead: str, plan: bool | None) -> Value:
    """A month without its year."""
    assert c.published is not None  # noqa: S101  # callers ask
    ahead, back = (month - c.published.month) % 12, (c.published.month - month) % 12
    if lead.startswith("this"):
        return Value(When(c.published.year, month), f"the year of {c.note}")
    if lead.startswith("next"):
        return Value(shift(c.published, "month", ahead or 12), f"next such month from {c.note}")
    if "last" in lead:
        return Value(shift(c.published, "month", -(back or 12)), f"last such month before {c.note}")
    # Two months ahead and nothing that tells of the past: a plan ("an April launch").
    if ahead and (plan or (plan is None and ahead <= 2)):
        return Value(shift(c.published, "month", ahead), f"next such month from {c.note}", guessed=True)
    return Value(shift(c.published, "month", -back), f"month nearest before {c.note}", guessed=True)


def weekday(m: re.Match[str], c: Context) -> Value | None:
    """Monday; last, next, this Monday; the Monday before, the following Monday."""
    before, after = c.before(m.start()), c.after(m.end())
    if re.search(rf"\b{_listed('habit')}\s+$", before):
        return None  # "each Saturday", "Bloody Sunday"
    if re.match(rf"\s+{_listed('rite')}\b", after):
        return None  # "Friday prayers"
    if re.search(r"['’]s\s$", before) and re.match(r"\s[A-Z][a-z]", after) and not m["lead"]:
        return None  # "Labour's Sunday Bello": a name
    if c.published is None:
        return Value(None, NO_DATE)
    number, name = weekday_number(m["w"]), m["w"].capitalize()
    lead, turn = (m["lead"] or "").lower(), (m["turn"] or "").lower()
    if turn or lead.startswith(("the following", "the next", "the previous")):
        return _weekday_from(c, number, name, back=turn == "before" or "previous" in lead)
    back = (c.published.weekday() - number) % 7
    if lead.startswith("next"):
        days = 7 - back + (7 if back == 6 else 0)  # tomorrow is not called "next Friday"
        return Value(of(c.published + timedelta(days=days)), f"next {name} after {c.note}")
    if lead.startswith(("last", "this past")):
        return Value(of(c.published - timedelta(days=back or 7)), f"last {name} before {c.note}")
    coming = lead.startswith(("this coming", "coming"))
    if back == 0 and not coming:
        return Value(of(c.published), f"{name} is the day of {c.note}")
    if coming or c.is_planned(m.start(), m.end()):
        return Value(of(c.published + timedelta(days=7 - back)), f"{name} after {c.note}, in a plan")
    if back == 6:
        # News of six days ago says "last Friday"; tomorrow's name in the past tense stands in a text
        # that was brought up to date after the day that is given, or in a time zone ahead of it.
        return Value(of(c.published + timedelta(days=1)), f"{name} beside {c.note}")
    return Value(of(c.published - timedelta(days=back)), f"{name} before {c.note}")


def _weekday_from(c: Context, number: int, name: str, *, back: bool) -> Value | None:
    """The weekday before or after the day that the text told of."""
    there = c.anchor("day")
    if there is None:
        return Value(None, "no date to count from")
    day = there.value.first
    days = -((day.weekday() - number) % 7 or 7) if back else (number - day.weekday()) % 7 or 7
    way = "before" if back else "after"
    return Value(shift(day, "day", days), f"{name} {way} {there.value} (in the text)")


_NEAR_DAYS = {"yesterday": -1, "tomorrow": 1, "last night": -1, "last evening": -1, "the day before yesterday": -2,
              "day before yesterday": -2, "the day after tomorrow": 2}  # fmt: skip


def near_day(m: re.Match[str], c: Context) -> Value | None:
    """today, tonight, overnight, yesterday, tomorrow, last night, this morning."""
    if c.published is None:
        return Value(None, NO_DATE)
    words = re.sub(r"\s+", " ", m["n"].lower())
    how = f"“{words}” from {c.note}"
    if words == "overnight":
        if c.is_planned(m.start(), m.end()):
            return Value(of(c.published), how, of(c.published + timedelta(days=1)))
        return Value(of(c.published - timedelta(days=1)), how, of(c.published))
    return Value(of(c.published + timedelta(days=distance(words) or 0)), how)


def distance(words: str) -> int | None:
    """How many days "tomorrow", "last night", "this morning" lie from the day on which one says so; None for others.

    >>> distance("Last night"), distance("today"), distance("Tuesday")
    (-1, 0, None)
    """
    low = re.sub(r"\s+", " ", words.lower())
    low = re.sub(r"^(?:late|early|earlier|later) ", "", low).removeprefix("the ") if "day " not in low else low
    by = next((d for k, d in _NEAR_DAYS.items() if low.startswith(k)), None)
    if by is None and re.match(r"(?:today|tonight|this (?:morning|afternoon|evening))\b", low):
        by = 0
    return by


def named_day(m: re.Match[str], c: Context) -> Value | None:
    """Christmas Day, Election Day; with a year ("Thanksgiving 2016"), or the nearest one."""
    if "attack" in m["name"] or re.match(rf"\s+{_listed('feast')}\b", c.after(m.end())):
        return None  # what is called by its day: "the Independence Day parade"
    rule = named_days()[re.sub(r"\s+", " ", m["name"]).replace("’", "'")]
    if re.fullmatch(r"\d{4}-\d\d-\d\d", rule):
        return Value(of(date.fromisoformat(rule)), "a day of history")
    if m["y"]:
        found = holiday(rule, int(m["y"]))
        return Value(found, "written in full") if found else None
    if c.published is None:
        return Value(None, NO_DATE)
    plan, published = c.is_planned(m.start(), m.end()), c.published
    around = [d for y in (-1, 0, 1) if (d := holiday(rule, published.year + y))]
    weight = 1 if plan else 3

    def far(d: When) -> int:
        days = (d.first - published).days
        return days * weight if days >= 0 else -days * (4 if plan else 1)

    return Value(min(around, key=far), f"the one nearest to {c.note}") if around else None
