"""Time expressions and the dates that they stand for.

Rules in the manner of HeidelTime (Strötgen and Gertz 2010): an expression is found by its form
and given a value from the date of publication, from an earlier expression of the text ("the next
day"), or from itself. In news a bare weekday is the last one before the publication, or the
day of publication where it is the same weekday, unless the clause tells of a plan. A week has
no value of its own here: "last week" stands for the month in which it lies.

Without a date of publication only what is written in full is given a value.

Still missed: seasons of sport, school and law ("the 2014-15 season" is its first year), dates
counted from a holiday, decades and centuries, and the time zones of clocks.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache

from tellings.annotate.calendars import When, holiday, month_number, named_days, of, on_day, shift, weekday_number
from tellings.annotate.tenses import planned
from tellings.lexicons import sections
from tellings.records import Annotated, TimeMention
from tellings.text import Span

__all__ = ["find"]

_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
           "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
           "eighteen": 18, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "couple": 2, "few": 3, "several": 4,
           "dozen": 12, "half": 0}  # fmt: skip

_FULL_MONTHS = frozenset(
    (
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    )
)
_RELATIONS = re.compile(
    r"\b(since|until|till|by|before|prior to|after|following|as of|from|through)"
    r"(?: the| about| around| at least| early| late| mid[- ]?| as| on| at| then)*\s*$",
    re.IGNORECASE,
)
_RELATION = {
    "since": "since", "as of": "since", "from": "since", "until": "until", "till": "until", "through": "until",
    "by": "until", "before": "before", "prior to": "before", "after": "after", "following": "after",
}  # fmt: skip


@dataclass(slots=True)
class _Context:
    """What values are worked out from: the day of publication and what the text named before."""

    published: date | None
    note: str
    text: str
    sentence: tuple[int, int] = (0, 0)
    number: int = 0  # of the sentence
    named: list[tuple[int, When]] = field(default_factory=list[tuple[int, When]])  # what was named, in which sentence
    verbs: frozenset[int] | None = None  # where verbs start in the sentence; None where no word is tagged
    theresa: bool = False  # whether "May" is somebody's name in this text

    def is_planned(self, start: int, end: int) -> bool | None:
        """Whether the clause around an expression tells of what is to come, or of what was, or neither (None)."""
        return planned(self.text, self.sentence, start, end, self.verbs)


@dataclass(frozen=True, slots=True)
class _Value:
    """What a rule gives back: the value, how it was found, and where its expression ends a span of time."""

    value: When | None
    how: str
    end: When | None = None
    clock: str | None = None


_Handler = Callable[[re.Match[str], _Context], _Value | None]


def find(a: Annotated) -> tuple[TimeMention, ...]:
    """The time expressions of the report's sentences, in reading order, none overlapping another.

    A clock beside a day makes one expression with it; a clock alone takes the day of its
    sentence, if the sentence names one, and has no value else.
    """
    text = a.report.text
    published = _as_date(a.report.published.value if a.report.published else None)
    how = ""
    if published and a.report.published:
        how = f"{published.isoformat()} ({'inferred' if a.report.published.where == 'inferred' else 'published'})"
    context = _Context(published, how, text)
    context.theresa = bool(re.search(r"\b(?:[A-Z][a-z]+|Mr|Mrs|Ms|Lady)\.? May\b(?!,? \d)", _without_leads(text)))
    out: list[TimeMention] = []
    for context.number, sentence in enumerate(a.sentences):
        start, end = sentence.span.start, sentence.span.end
        if not _trigger().search(text, start, end):
            continue
        context.sentence = (start, end)
        context.verbs = _verbs(a, context.number)
        found: list[tuple[int, int, _Value]] = []
        for m, rule in _matches(text, start, end):
            value = rule(m, context)
            if value is None:
                continue
            if value.value:
                context.named.append((context.number, value.value))
            found.append((m.start(), m.end(), value))
        mentions = [
            TimeMention(
                span=Span(a.id, s, e),
                value=str(value.value) if value.value else None,
                inferred_from=value.how,
                end=str(value.end) if value.end else None,
                relation=_relation(text, start, s),
                clock=value.clock,
            )
            for s, e, value in _with_years(text, found)
        ]
        out += _with_clocks(text, mentions)
    return tuple(out)


def _verbs(a: Annotated, number: int) -> frozenset[int] | None:
    """Where the verbs of a sentence start; None where its words carry no tags."""
    words = a.words[number] if number < len(a.words) else ()
    if all(word.pos == "X" for word in words):
        return None
    return frozenset(word.span.start for word in words if word.pos in ("VERB", "AUX"))


def _without_leads(text: str) -> str:
    """The text without the words that stand before the month of May, so that only names are left before it."""
    return re.sub(
        r"\b(?:In|Since|By|From|Until|On|Early|Late|Last|This|Next|Of|During|To|And|After|Before)\s+May\b",
        " ",
        text[:200_000],
    )


def _as_date(value: str | None) -> date | None:
    """The day of an ISO date or date and time; None if it is none, or stands at the calendar's edge."""
    try:
        there = date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None
    return there if there and 2 <= there.year <= 9998 else None


def _matches(text: str, start: int, end: int) -> Iterator[tuple[re.Match[str], _Handler]]:
    """The matches of all rules in one sentence, in reading order; of two that overlap the longer one."""
    every: list[tuple[int, int, int, re.Match[str]]] = []
    rules = _rules()
    for number, (pattern, _) in enumerate(rules):
        every += [(m.start(), m.end(), number, m) for m in pattern.finditer(text, start, end) if m.end() > m.start()]
    every.sort(key=lambda e: (e[0] - e[1], e[2], e[0]))
    starts: list[int] = []  # of those kept, sorted, with their ends beside them
    ends: list[int] = []
    kept: list[tuple[int, int, re.Match[str]]] = []
    for s, e, number, m in every:
        at = bisect_left(starts, s)
        if (at == 0 or ends[at - 1] <= s) and (at == len(starts) or e <= starts[at]):
            starts.insert(at, s)
            ends.insert(at, e)
            kept.append((s, number, m))
    for _, number, m in sorted(kept, key=lambda k: k[0]):
        yield m, rules[number][1]


_AND = re.compile(r"\s*(?:,|,? and(?: again)?(?: in| on)?|,? or(?: in| on)?|to|[-–]|until|through)\s*")


def _with_years(text: str, found: list[tuple[int, int, _Value]]) -> list[tuple[int, int, _Value]]:
    """Months and days with the year that the next of a list says: "in March and June of 2011"."""
    out = list(found)
    for number in range(len(out) - 2, -1, -1):
        start, end, value = out[number]
        _, _, after = out[number + 1]
        mine, theirs = value.value, after.value
        if (
            mine is not None
            and theirs is not None
            and mine.month is not None
            and theirs.month is not None
            and value.how.startswith(("day nearest", "month nearest", "next such"))
            and after.how.startswith(("written in full", "the year that"))
            and _AND.fullmatch(text, end, out[number + 1][0])
        ):
            year = theirs.year - (mine.month > theirs.month)
            if mine.day is None or on_day(year, mine.month, mine.day):
                there = When(year, mine.month, mine.day)
                out[number] = (start, end, _Value(there, "the year that the next date says", value.end, value.clock))
    return out


def _relation(text: str, begin: int, start: int) -> str:
    """How the expression that starts at `start` bounds what is told: on, since, until, before or after."""
    m = _RELATIONS.search(text, max(begin, start - 30), start)
    return _RELATION[m[1].lower()] if m else "on"


_CLOCK_JOINT = re.compile(
    r"[ ,\u00a0]*(?:\(?(?:GMT|UTC|E[SD]?T|P[SD]?T|C[SE]?T|BST|IST|local time|local)\)?[ ,]*)?"
    r"(?:on |of |at |around |about |, )*"
)


def _with_clocks(text: str, found: list[TimeMention]) -> list[TimeMention]:
    """Clocks joined to the day beside them; a clock that stands alone takes the day of the sentence."""
    out: list[TimeMention] = []
    for mention in found:
        last = out[-1] if out else None
        if (
            last is not None
            and (last.clock is None) != (mention.clock is None)
            and (last.value is None) != (mention.value is None)
            and _CLOCK_JOINT.fullmatch(text, last.span.end, mention.span.start)
        ):
            day, clock = (last, mention) if last.value else (mention, last)
            out[-1] = replace(day, span=last.span.join(mention.span), clock=clock.clock, relation=last.relation)
        else:
            out.append(mention)
    days = [m for m in out if m.value and len(m.value) == 10]
    for number, mention in enumerate(out):
        if mention.clock and mention.value is None and len({m.value for m in days}) == 1:
            out[number] = replace(
                mention, value=days[0].value, inferred_from=f"clock on the day of “{days[0].span.cut(text)}”"
            )
    return out


# ---------------------------------------------------------------- the rules


def _count_of(words: str) -> int:
    """The number that the words say."""
    plain = words.lower().strip()
    if plain.isdigit():
        return int(plain)
    return next((_COUNTS[w] for w in reversed(plain.split()) if w in _COUNTS and w != "a"), 1)


def _full(m: re.Match[str], c: _Context) -> _Value | None:
    """A day of a month, with its year or without."""
    month, day = month_number(m["m"]), int(re.sub(r"\D", "", m["d"]))
    if m["y"]:
        value = on_day(int(m["y"]), month, day)
        return _Value(value, "written in full", _range(m, int(m["y"]), month)) if value else None
    if c.published is None:
        return _Value(None, "no date of publication")
    value = _nearest(c, m, month, day)
    return _Value(value, f"day nearest to {c.note}", _range(m, value.year, month)) if value else None


def _range(m: re.Match[str], year: int, month: int) -> When | None:
    """The end of "July 4-6"."""
    last = m.groupdict().get("d2")
    return on_day(year, month, int(re.sub(r"\D", "", last))) if last else None


def _nearest(c: _Context, m: re.Match[str], month: int, day: int) -> When | None:
    """The day without a year: the last one before the publication, or the next where a plan is told or it is near."""
    assert c.published is not None  # noqa: S101  # callers ask
    around = [d for y in (-1, 0, 1) if (d := on_day(c.published.year + y, month, day))]
    if not around:
        return None
    plan = c.is_planned(m.start(), m.end())

    def far(d: When) -> int:
        assert c.published is not None  # noqa: S101
        days = (d.first - c.published).days
        if plan is True:
            return days if days >= 0 else -days * 4
        if plan is False:
            return -days if days <= 0 else days * 20
        return -days if days <= 0 else days * 3

    return min(around, key=far)


def _numeric(m: re.Match[str], c: _Context) -> _Value | None:
    """2019-08-20, 20/08/2019, 8/20/2019; None where two readings are left and neither is near the publication."""
    if m["y"]:
        if not (1 <= int(m["m"]) <= 12 and (value := on_day(int(m["y"]), int(m["m"]), int(m["d"])))):
            return None
        return _Value(value, "written in full")
    first, second, year = int(m["a"]), int(m["b"]), int(m["y2"])
    year += 2000 if year < 100 else 0
    readings = [d for mo, da in ((first, second), (second, first)) if 1 <= mo <= 12 and (d := on_day(year, mo, da))]
    if len({str(d) for d in readings}) == 1:
        return _Value(readings[0], "written in full")
    if readings and c.published:
        readings.sort(key=lambda d: abs((d.first - c.published).days) if c.published else 0)
        if abs((readings[0].first - c.published).days) < 60:
            return _Value(readings[0], f"reading nearest to {c.note}")
    return _Value(None, "day or month first is not known") if readings else None


def _slashed(m: re.Match[str], c: _Context) -> _Value | None:
    """12/26 or 26/12 where only one reading is a day and it lies within two weeks of the publication."""
    first, second = int(m["a"]), int(m["b"])
    if c.published is None or not (min(first, second) <= 12 < max(first, second)):
        return None
    month, day = min(first, second), max(first, second)
    around = [d for y in (-1, 0, 1) if (d := on_day(c.published.year + y, month, day))]
    near = [d for d in around if abs((d.first - c.published).days) <= 14]
    return _Value(near[0], f"day nearest to {c.note}") if near else None


def _month_of_year(m: re.Match[str], c: _Context) -> _Value | None:
    """March of next year."""
    if c.published is None:
        return _Value(None, "no date of publication")
    year = c.published.year + {"last": -1, "next": 1}.get(m["which"].lower(), 0)
    return _Value(When(year, month_number(m["m"])), f"“{m['which']} year” from {c.note}")


def _month_year(m: re.Match[str], _: _Context) -> _Value | None:
    """September 2016."""
    return _Value(When(int(m["y"]), month_number(m["m"])), "written in full")


_AMBIGUOUS = frozenset(("mar", "apr", "may", "jun", "aug"))


def _month_alone(m: re.Match[str], c: _Context) -> _Value | None:
    """As "in December", "last September", "mid-January", "the May meeting"; not Theresa May, not a march."""
    name, lead = m["m"], (m["lead"] or "").lower().strip()
    before = c.text[max(c.sentence[0], m.start("m") - 16) : m.start("m")]
    after = c.text[m.end("m") : min(c.sentence[1], m.end("m") + 20)]
    if name.endswith(".") and not after.strip():
        name = name[:-1]
    if name.lower() not in _FULL_MONTHS and not name.endswith("."):
        return None
    if name.lower()[:3] in _AMBIGUOUS and not lead:
        within = r"in|since|until|till|during"
        firm = rf"\b(?:{within}|between|the|and|or|(?:end|start|beginning|month) of)\s$"
        loose = firm if name == "May" else rf"{firm}|\b(?:by|from|to|through|of|before|after|for|a)\s$"
        if not re.search(loose, before, re.IGNORECASE):
            return None
        if name == "May" and c.theresa and not re.search(r"\bin\s$", before, re.IGNORECASE):
            return None
        # "the May family", "and August Wilson"; but "in August President Roe".
        if re.match(r"\s+[A-Z][a-z]", after) and not re.search(rf"\b(?:{within})\s$", before, re.IGNORECASE):
            return None
    month = month_number(name)
    if lead == "that" and c.named and c.number - c.named[-1][0] <= 6:
        there = c.named[-1][1]
        return _Value(When(there.year, month), f"the year of {there} (in the text)")
    if not lead and re.search(r"\bthe\s$", before, re.IGNORECASE):
        # "the September deal": the September that the text has named before.
        there = next((value for _, value in reversed(c.named[-200:]) if value.month == month), None)
        if there is not None:
            return _Value(When(there.year, month), f"the {name} of {there} (in the text)")
    if c.published is None:
        return _Value(None, "no date of publication")
    ahead, back = (month - c.published.month) % 12, (c.published.month - month) % 12
    if lead.startswith("this"):
        return _Value(When(c.published.year, month), f"the year of {c.note}")
    if lead.startswith("next"):
        return _Value(shift(c.published, "month", ahead or 12), f"next such month from {c.note}")
    if "last" in lead:
        return _Value(shift(c.published, "month", -(back or 12)), f"last such month before {c.note}")
    plan = c.is_planned(m.start(), m.end())
    # Two months ahead and nothing that tells of the past: a plan ("an April launch").
    if ahead and (plan or (plan is None and ahead <= 2)):
        return _Value(shift(c.published, "month", ahead), f"next such month from {c.note}")
    return _Value(shift(c.published, "month", -back), f"month nearest before {c.note}")


def _weekday(m: re.Match[str], c: _Context) -> _Value | None:
    """Monday; last, next, this Monday."""
    if c.published is None:
        return _Value(None, "no date of publication")
    lead = (m["lead"] or "").lower()
    back = (c.published.weekday() - weekday_number(m["w"])) % 7
    name = m["w"].capitalize()
    if lead.startswith("next"):
        days = 7 - back + (7 if back == 6 else 0)  # tomorrow is not called "next Friday"
        return _Value(of(c.published + timedelta(days=days)), f"next {name} after {c.note}")
    if lead.startswith(("last", "this past")):
        return _Value(of(c.published - timedelta(days=back or 7)), f"last {name} before {c.note}")
    coming = lead.startswith(("this coming", "coming"))
    if back == 0 and not coming:
        return _Value(of(c.published), f"{name} is the day of {c.note}")
    if coming or c.is_planned(m.start(), m.end()):
        return _Value(of(c.published + timedelta(days=7 - back)), f"{name} after {c.note}, in a plan")
    if back == 6:
        # News of six days ago says "last Friday"; tomorrow's name in the past tense stands in a text
        # that was brought up to date after the day that is given, or in a time zone ahead of it.
        return _Value(of(c.published + timedelta(days=1)), f"{name} beside {c.note}")
    return _Value(of(c.published - timedelta(days=back)), f"{name} before {c.note}")


_NEAR_DAYS = {"yesterday": -1, "tomorrow": 1, "last night": -1, "last evening": -1, "the day before yesterday": -2,
              "day before yesterday": -2, "the day after tomorrow": 2}  # fmt: skip


def _near_day(m: re.Match[str], c: _Context) -> _Value | None:
    """today, tonight, overnight, yesterday, tomorrow, last night, this morning."""
    if c.published is None:
        return _Value(None, "no date of publication")
    words = re.sub(r"\s+", " ", m["n"].lower())
    by = next((d for k, d in _NEAR_DAYS.items() if words.startswith(k)), 0)
    return _Value(of(c.published + timedelta(days=by)), f"“{words}” from {c.note}")


def _period(m: re.Match[str], c: _Context) -> _Value | None:
    """Last year, this month, next week, earlier this year, last summer, last weekend."""
    if c.published is None:
        return _Value(None, "no date of publication")
    which, unit = m["which"].lower(), m["unit"].lower()
    by = {"last": -1, "past": -1, "next": 1, "coming": 1, "previous": -1}.get(which, 0)
    how = f"“{which} {unit}” from {c.note}"
    if unit.startswith("weekend"):
        saturday = c.published - timedelta(days=(c.published.weekday() - 5) % 7)
        if by > 0 or (which == "this" and (c.is_planned(m.start(), m.end()) or c.published.weekday() in (3, 4))):
            saturday += timedelta(days=7)
        elif by < 0 and c.published.weekday() >= 5:
            saturday -= timedelta(days=7)
        return _Value(of(saturday), how, of(saturday + timedelta(days=1)))
    if unit in ("summer", "winter", "spring", "autumn", "fall"):
        start = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}[unit]
        back = which == "last" and c.published.month < start + 3
        return _Value(When(c.published.year + (1 if by > 0 else -1 if back else 0)), how)
    return _Value(shift(c.published, unit, by), how)


def _ago(m: re.Match[str], c: _Context) -> _Value | None:
    """Two days ago, eight years ago, a month ago Thursday."""
    if c.published is None:
        return _Value(None, "no date of publication")
    unit, count = m["unit"].lower(), _count_of(m["n"])
    when = shift(c.published, unit, -count)
    if m["w"] and unit.startswith(("week", "month")) and when.month:
        # "a month ago Thursday": the Thursday nearest to the same day then.
        days = 7 * count if unit.startswith("week") else 0
        day = min(c.published.day, monthrange(when.year, when.month)[1])
        there = c.published - timedelta(days=days) if days else date(when.year, when.month, day)
        there += timedelta(days=(weekday_number(m["w"]) - there.weekday() + 3) % 7 - 3)
        return _Value(of(there), f"“{m.group()}” from {c.note}")
    return _Value(when, f"“{m['n']} {unit} ago” from {c.note}")


def _anchor(c: _Context, unit: str) -> When | None:
    """What "the next day" counts from: the last thing named that is as fine as the unit, not far above."""
    fine = 0 if unit.startswith("year") else 1 if unit.startswith(("week", "month")) else 2
    for number, value in reversed(c.named[-4:]):
        if c.number - number > (2 if fine == 2 else 4):
            return None
        if (value.day is not None) + (value.month is not None) >= fine:
            return value
    return None


def _counted_from(m: re.Match[str], c: _Context) -> _Value | None:
    """A day earlier, two years later, the next day, the previous month, that same year, later that day."""
    groups = m.groupdict()
    unit = groups["unit"].lower()
    anchor = _anchor(c, unit)
    when = anchor.first if anchor else c.published
    if when is None:
        return _Value(None, "no date to count from")
    way = re.sub(r"\s+", " ", groups["way"].lower())
    by = (
        0
        if way in ("same", "that", "that same", "the same")
        else 1
        if way.startswith(("later", "next", "following", "after"))
        else -1
    )
    by *= _count_of(groups["n"]) if groups.get("n") else 1
    source = f"{anchor} (in the text)" if anchor else c.note
    return _Value(shift(when, unit, by), f"“{m.group()}” from {source}")


def _day_after(m: re.Match[str], c: _Context) -> _Value | None:
    """As "a day after the strike": the strike lies a day before what the sentence, or the report, tells.

    What lies a day before something is not dated: that event has not been named yet.
    """
    inside = [v for number, v in c.named[-1:] if v.day is not None and number == c.number]
    when = inside[0].first if inside else c.published
    if when is None or m["way"].lower() == "before":
        return _Value(None, "no date to count from")
    source = f"{inside[0]} (in the text)" if inside else c.note
    return _Value(shift(when, m["unit"].lower(), -_count_of(m["n"])), f"“{m.group()}” from {source}")


def _edge_of(m: re.Match[str], c: _Context) -> _Value | None:
    """The end of 2018, the beginning of the year, the end of the month."""
    last = m["edge"].lower() in ("end", "close")
    if m["y"]:
        return _Value(When(int(m["y"]), 12 if last else 1), "written in full")
    if c.published is None:
        return _Value(None, "no date of publication")
    unit, which = m["unit"].lower(), (m["which"] or "the").lower()
    by = -1 if which == "last" else 1 if which == "next" else 0
    if unit == "year":
        return _Value(When(c.published.year + by, 12 if last else 1), f"“{m.group()}” from {c.note}")
    if unit == "day":
        return _Value(of(c.published), f"“{m.group()}” from {c.note}")
    return _Value(shift(c.published, unit, by), f"“{m.group()}” from {c.note}")


def _year(m: re.Match[str], c: _Context) -> _Value | None:
    """A year alone: with a word before it that leads years, or a bare number that cannot be a count."""
    year = int(m["y"])
    before = c.text[max(c.sentence[0], m.start("y") - 24) : m.start("y")]
    after = c.text[m.end() : m.end() + 24]
    word = re.search(r"([\w.]+|[$£€#])\s*$", before)
    lead = word[1].lower() if word else ""
    if lead in _words("count") and lead != "to" and not re.search(r"\b(?:later|earlier|other) than\s$", before):
        return None  # "from 2014 to 2016", "no later than 2014"
    if re.match(r"[%°]|\s?(?:GMT|UTC|hours|hrs)\b|[-‐](?:strong|foot|mile|meter|metre|pound|page|word|square)", after):
        return None
    led = lead in _words("lead") or bool(m["part"]) or bool(re.search(r"[(,;–-]\s?$", before))
    first = re.match(r"\s+([a-z]+)\b(?:\s+([a-z]+)\b)?", after)
    counted = _words("counted")
    if first and (first[1] in counted or (first[2] in counted and not led)):
        return None
    latest = (c.published.year if c.published else 2100) + (100 if led else 25)
    if year > latest or (year < 1900 and not led):
        return None
    end = m.groupdict().get("y2")
    close = None
    if end:
        last = int(end) if len(end) == 4 else year // 100 * 100 + int(end)
        close = When(last) if year < last <= year + 150 else None
    return _Value(When(year), "written in full", close)


def _clock(m: re.Match[str], _: _Context) -> _Value | None:
    """5:10 a.m., 5.10am, 1430 GMT, 17:30, noon, midnight; the day is not said here."""
    words = m.group().lower()
    if m["word"]:
        return _Value(None, "clock without a day", clock="12:00" if "noon" in words or "midday" in words else "00:00")
    hour, minute = int(m["h"]), int(m["min"] or 0)
    if m["half"]:
        if hour > 12 or hour == 0:
            return None
        hour = hour % 12 + (12 if m["half"].lower().startswith("p") else 0)
    if hour > 23 or minute > 59:
        return None
    return _Value(None, "clock without a day", clock=f"{hour:02d}:{minute:02d}")


def _named_day(m: re.Match[str], c: _Context) -> _Value | None:
    """Christmas Day, Election Day, 9/11; with a year ("Thanksgiving 2016"), or the nearest one."""
    rule = named_days()[re.sub(r"\s+", " ", m["name"]).replace("’", "'")]
    if re.fullmatch(r"\d{4}-\d\d-\d\d", rule):
        return _Value(of(date.fromisoformat(rule)), "a day of history")
    if m["y"]:
        found = holiday(rule, int(m["y"]))
        return _Value(found, "written in full") if found else None
    if c.published is None:
        return _Value(None, "no date of publication")
    plan = c.is_planned(m.start(), m.end())
    around = [d for y in (-1, 0, 1) if (d := holiday(rule, c.published.year + y))]
    published = c.published
    weight = 1 if plan else 3

    def far(d: When) -> int:
        days = (d.first - published).days
        return days * weight if days >= 0 else -days * (4 if plan else 1)

    return _Value(min(around, key=far), f"the one nearest to {c.note}") if around else None


def _same(m: re.Match[str], c: _Context) -> _Value | None:
    """As "later in the day": the day that the text spoke of last."""
    unit = m["unit"]
    anchor = _anchor(c, unit)
    when = anchor.first if anchor else c.published
    if when is None:
        return _Value(None, "no date to count from")
    return _Value(shift(when, unit, 0), f"“{m.group()}” from {f'{anchor} (in the text)' if anchor else c.note}")


_HANDLERS: dict[str, _Handler] = {
    "numeric": _numeric,
    "full": _full,
    "slashed": _slashed,
    "month_of_year": _month_of_year,
    "month_year": _month_year,
    "month_alone": _month_alone,
    "weekday": _weekday,
    "near_day": _near_day,
    "period": _period,
    "ago": _ago,
    "counted_from": _counted_from,
    "day_after": _day_after,
    "same": _same,
    "edge_of": _edge_of,
    "named_day": _named_day,
    "year": _year,
    "clock": _clock,
}


@cache
def _rules() -> tuple[tuple[re.Pattern[str], _Handler], ...]:
    """The patterns with what gives their values, in the lexicon's order."""
    # The longest name first: "Christmas Day" before "Christmas".
    names = sorted(named_days(), key=lambda n: (-len(n), n))
    parts = {"names": "|".join(re.sub("['’]", "['’]", n.replace(".", r"\.")) for n in names)}
    for line in sections("times.txt")["part"]:
        name, pattern = line.split(" ", 1)
        parts[name] = _expand(pattern, parts)
    rules = (line.split(" ", 1) for line in sections("times.txt")["rule"])
    return tuple(
        (re.compile(_expand(pattern, parts).replace(" ", r"\s{1,3}")), _HANDLERS[name]) for name, pattern in rules
    )


def _expand(pattern: str, parts: dict[str, str]) -> str:
    """A pattern with its parts put in."""
    return re.sub(r"%(\w+)%", lambda m: parts[m[1]], pattern)


@cache
def _words(section: str) -> frozenset[str]:
    """The words of a section of the lexicon."""
    return frozenset(word for line in sections("times.txt")[section] for word in line.split())


@cache
def _trigger() -> re.Pattern[str]:
    """What a sentence has to hold for any rule to match: a digit, or a word that every rule without one needs."""
    return re.compile(
        r"\d|\b(?:[A-Z][a-z]+day|[A-Z]{3,}DAY|(?:to|yester|mid)day|tomorrow|(?:to|mid|over)?night|ago|noon|weekend"
        r"|earlier|later|before|after(?:wards?)?|last|next|this|that|same|previous|following|end|start|beginning|close"
        r"|(?:week|month|year|day|summer|winter|spring|autumn|fall|morning|evening)s?|easter|christmas|halloween"
        r"|thanksgiving|\w* Day|\w* Eve|mardi gras|[a-z]{3,}(?:ary|ch|il|ust|ber)|may|june?|july?|[a-z]{3,4}\.)\b",
        re.IGNORECASE,
    )
