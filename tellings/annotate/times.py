"""Time expressions and the dates that they stand for.

Rules in the manner of HeidelTime (Strötgen and Gertz 2010): an expression is found by its form
(`lexicons/times.txt`) and given a value from the date of publication, from what the text named
before ("the next day", see `anchors.py`), or from itself. Days and months are read in `days.py`,
years, spans and amounts in `periods.py`, hours in `clocks.py`.

Without a date of publication only what is written in full, and what counts from it, has a value.

Still missed: dates told by a sport's season or round, centuries, "the week of" something, hours
that belong to the evening before, and the offsets of time zones.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from tellings.annotate import clocks, days, periods
from tellings.annotate.anchors import Context, Part, Value
from tellings.annotate.calendars import When, named_days, on_day, shift
from tellings.annotate.quotes import stretches
from tellings.annotate.tenses import saying
from tellings.lexicons import sections
from tellings.records import Annotated, TimeMention
from tellings.text import Span

__all__ = ["find"]

_Handler = Callable[[re.Match[str], Context], Value | None]


@dataclass(frozen=True, slots=True)
class _Item:
    """An expression of the sentence being read: offsets into the text, value, relation, part in the text.

    `lone` is an hour without a day of its own; `lent` says that its day is not of its sentence.
    """

    start: int
    end: int
    value: Value
    relation: str
    part: Part
    lone: bool = False
    lent: bool = False

    @property
    def waits(self) -> bool:
        """Whether it is an hour that has no day yet."""
        return self.value.value is None and self.value.clock is not None

    @property
    def day(self) -> When | None:
        """Its day, if it stands for one."""
        there = self.value.value
        return there if there is not None and there.day is not None else None


def find(a: Annotated) -> tuple[TimeMention, ...]:
    """The time expressions of the report's sentences, in reading order, none overlapping another.

    An hour beside a day makes one expression with it; an hour alone takes the day of its
    sentence or paragraph, else the day of which the report's first sentences tell. Two ends of a
    span ("from 3 March to 5 April", "between 1968 and 1972") make one expression.
    """
    text = a.report.text
    published = _as_date(a.report.published.value if a.report.published else None)
    how = ""
    if published and a.report.published:
        how = f"{published.isoformat()} ({'inferred' if a.report.published.where == 'inferred' else 'published'})"
    context = Context(published, how, text)
    context.theresa = bool(re.search(r"\b(?:[A-Z][a-z]+|Mr|Mrs|Ms|Lady)\.? May\b(?!,? \d)", _without_leads(text)))
    out: list[TimeMention] = []
    for context.number, sentence in enumerate(a.sentences):
        start, end = sentence.span.start, sentence.span.end
        if not _trigger().search(text, start, end):
            continue
        context.sentence, context.paragraph = (start, end), sentence.paragraph
        context.verbs = _verbs(a, context.number)
        items = _with_ranges(text, start, _with_years(text, _as_said(context, _read(context), a)))
        out += [
            TimeMention(
                span=Span(a.id, item.start, item.end),
                value=str(item.value.value) if item.value.value else None,
                inferred_from=item.value.how,
                end=str(item.value.end) if item.value.end else None,
                relation=item.relation,
                clock=item.value.clock or None,
            )
            for item in items
        ]
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
    return there if there and 20 <= there.year <= 9980 else None


# ---------------------------------------------------------------- one sentence


def _read(c: Context) -> list[_Item]:
    """The expressions of the sentence that the context stands at, hours joined to their days."""
    items: list[_Item] = []
    for m, rule in _matches(c.text, *c.sentence):
        start, end = m.span()
        last = items[-1] if items else None
        joint = last is not None and clocks.joins(c.text, last.end, start)
        if last is not None and last.waits and not joint:
            items[-1] = last = _settled(last, c)
        value = rule(m, c)
        if value is None:
            continue
        if last is not None and joint and _meet(last.value, value):
            day, hour = (last.value, value) if last.value.value else (value, last.value)
            both = replace(day, clock=hour.clock or None)
            if last.value.value and day.value:
                c.rename(day.value, last.part, both.clock)
            items[-1] = last = replace(last, end=end, value=both)
            if value.value is not None:
                _tell(c, last)
            continue
        if last is not None and last.value.way and last.value.value is None and value.value and value.value.day:
            before = shift(value.value.first, *last.value.way)
            counted = replace(last.value, value=before, how=f"counted from “{m.group()}”", way=None)
            gap = c.text[last.end : start]
            owner = c.text.startswith(("'s", "’s"), end)
            if not gap.strip() and not owner:
                items[-1] = replace(last, end=end, value=counted)
                continue
            if gap.strip() in ("", "of"):
                items[-1] = replace(last, value=counted)
        item = _Item(start, end, value, *_place(c, start, end))
        items.append(item)
        _tell(c, item)
    if items and items[-1].waits:
        items[-1] = _settled(items[-1], c)
    return _own_days(items)


def _meet(one: Value, other: Value) -> bool:
    """Whether one of them is an hour without a day and the other a day without an hour."""
    hour, day = (one, other) if one.value is None else (other, one)
    return (
        hour.value is None
        and hour.clock is not None
        and day.value is not None
        and day.value.day is not None
        and day.clock is None
        and day.end is None
    )


def _settled(item: _Item, c: Context) -> _Item:
    """An hour alone, with the day that it takes from the text."""
    here = any(n.sentence == c.number and n.part == "event" for n in c.named)
    value = clocks.day_of(item.value, item.start, item.end, c)
    settled = replace(item, value=value, lone=True, lent=not here)
    _tell(c, settled)
    return settled


def _tell(c: Context, item: _Item) -> None:
    """Keep what an expression names, so that others can count from it; not an hour in another zone."""
    value = item.value
    if value.value is None or (value.end is not None and value.value.day is not None):
        return
    if value.clock and re.search(r"\d[^()]{0,24}\(\s*$", c.before(item.start)):
        return
    c.name(value.value, item.part, value.clock)


def _own_days(items: list[_Item]) -> list[_Item]:
    """Hours whose day was lent by another sentence take the one day that their own names, where it names one."""
    own = {
        str(item.day): item
        for item in items
        if item.day and not item.lone and not item.value.end and not item.value.clock
    }
    if len(own) != 1:
        return items
    only = next(iter(own.values()))
    if only.relation not in ("on", "since"):
        return items
    how = f"clock on {only.day} (in the sentence)"
    return [
        replace(item, value=replace(item.value, value=only.day, how=how))
        if (item.lone and item.lent and item.relation != "until") or (item.lone and item.value.value is None)
        else item
        for item in items
    ]


_SPEECH = 4
"""Fewer quoted words than this are no speech."""


def _as_said(c: Context, items: list[_Item], a: Annotated) -> list[_Item]:
    """The expressions; "tomorrow" in what is quoted is counted from the day on which the sentence has it said.

    They have no value where no such day is told: a report quotes what was said on an earlier day.
    """
    if c.published is None or all(days.distance(c.text[item.start : item.end]) is None for item in items):
        return items
    if c.spoken is None:
        c.spoken = tuple(q.span for q in stretches(a) if q.words >= _SPEECH)
    spoken = c.spoken
    quoted = {item.start for item in items if _inside(spoken, item.start)}
    if not quoted:
        return items
    told = sorted(
        {item.value.value for item in items if item.start not in quoted and item.day and not item.value.end}, key=str
    )
    out: list[_Item] = []
    for item in items:
        by = days.distance(c.text[item.start : item.end]) if item.start in quoted else None
        there = item.value.value
        if by is None or there is None or there.day is None or item.value.end is not None:
            out.append(item)
        elif len(told) == 1 and told[0] is not None:
            how = f"“{c.text[item.start : item.end]}” from {told[0]} (in the sentence)"
            out.append(replace(item, value=replace(item.value, value=shift(told[0].first, "day", by), how=how)))
        else:
            out.append(
                replace(item, value=replace(item.value, value=None, how="the day on which it was said is not told"))
            )
    return out


def _inside(spans: Sequence[Span], at: int) -> bool:
    """Whether one of sorted spans holds this place."""
    k = bisect_left(spans, at + 1, key=lambda s: s.start)
    return k > 0 and at < spans[k - 1].end


_RELATIONS = re.compile(
    r"\b(since|until|till|by|before|prior to|after|following|from|through)"
    r"(?: about| around| at least| early| late| mid[- ]?| as| on| at| then)*( the)?\s*$",
    re.IGNORECASE,
)
_RELATION = {
    "since": "since", "from": "since", "until": "until", "till": "until", "through": "until",
    "by": "until", "before": "before", "prior to": "before", "after": "after", "following": "after",
}  # fmt: skip
_UP_TO = re.compile(r"(?:\b(?:runs?|ran|running|lasts?|lasting|up|each \w+|stays?)|,) to\s*$")
_OWNED = re.compile(r"(?:\b(?:[Tt]he|[Aa]n?)|['’]s)\s$")
_DATELINE = re.compile(r"\s*[A-Z][A-Z .,'’-]{2,40},? (?:\([^()]{1,30}\) )?$")


def _place(c: Context, start: int, end: int) -> tuple[str, Part]:
    """How an expression bounds what is told (on, since, until, before, after), and its part in the text."""
    before = c.before(start, 120)
    near = before[-32:]
    relation, m = "on", _RELATIONS.search(near)
    if m and not (m[2] and m[1].lower() == "from"):  # "votes from the Nov. 3 election"
        relation = _RELATION[m[1].lower()]
    elif _UP_TO.search(near):
        relation = "until"
    noun = _OWNED.search(near) and re.match(r"\s[a-z]", c.after(end))
    if noun or relation != "on":
        return relation, "bound"
    told = saying(before) or (_DATELINE.fullmatch(before) is not None)
    return relation, "saying" if told else "event"


# ---------------------------------------------------------------- neighbours


_AND = re.compile(r"\s*(?:,|,? and(?: again)?(?: in| on)?|,? or(?: in| on)?|to|[-–]|until|through)\s*")
_TO = re.compile(r"\s+(?:to|until|till|through)\s+|[-–]")
_MOVED = re.compile(
    r"\b(?:mov|postpon|delay|reschedul|push|bring|brought|shift|chang|switch|extend|put)\w*(?: \w+){0,6} from\s$",
    re.IGNORECASE,
)


def _with_years(text: str, items: list[_Item]) -> list[_Item]:
    """Months and days with the year that the next of a list says: "in March and June of 2011"."""
    out = list(items)
    for number in range(len(out) - 2, -1, -1):
        item, following = out[number], out[number + 1]
        mine, theirs = item.value.value, following.value.value
        if (
            mine is not None
            and theirs is not None
            and mine.month is not None
            and theirs.month is not None
            and item.value.guessed
            and following.value.how.startswith(("written", "the year that"))
            and _AND.fullmatch(text, item.end, following.start)
        ):
            year = theirs.year - (mine.month > theirs.month)
            if mine.day is None or on_day(year, mine.month, mine.day):
                there = When(year, mine.month, mine.day)
                value = replace(item.value, value=there, how="the year that the next date says", guessed=False)
                out[number] = replace(item, value=value)
    return out


def _with_ranges(text: str, begin: int, items: list[_Item]) -> list[_Item]:
    """The two ends of a span as one expression; not where something was moved from one day to another."""
    out: list[_Item] = []
    for item in items:
        last = out[-1] if out else None
        joined = None if last is None else _range(text, begin, last, item)
        if joined is not None:
            out[-1] = joined
            continue
        if (
            item.value.end is not None
            and item.relation == "since"
            and _FROM.search(text, max(begin, item.start - 8), item.start)
        ):
            out.append(replace(item, relation="on"))  # "from 23 to 27 May"
        else:
            out.append(item)
    return out


_FROM = re.compile(r"\bfrom\s$")


def _range(text: str, begin: int, one: _Item, other: _Item) -> _Item | None:
    """Two neighbours as one span of time, or None if they are none."""
    first, last = one.value.value, other.value.value
    if first is None or last is None or one.value.end or other.value.end or one.lone or other.lone:
        return None
    before = text[max(begin, one.start - 80) : one.start]
    gap = text[one.end : other.start]
    if re.fullmatch(r"\s+and\s+", gap):
        if not re.search(r"\bbetween\s$", before):
            return None
    elif not _TO.fullmatch(gap) or _MOVED.search(before):
        return None
    if (first.month is None, first.day is None) != (last.month is None, last.day is None):
        return None
    if first.first > last.first:
        if one.value.guessed and (there := _in_year(first, first.year - 1)) and there.first < last.first:
            first = there
        elif other.value.guessed and (there := _in_year(last, last.year + 1)):
            last = there
        else:
            return None
    if first == last:
        return None
    value = replace(one.value, value=first, end=last, how=f"{one.value.how}; to {other.value.how}")
    return replace(one, end=other.end, value=value, relation="on" if one.relation == "since" else one.relation)


def _in_year(there: When, year: int) -> When | None:
    """The same day or month of another year."""
    if there.month is None:
        return None
    return When(year, there.month) if there.day is None else on_day(year, there.month, there.day)


# ---------------------------------------------------------------- the rules


_HANDLERS: dict[str, _Handler] = {
    "numeric": days.numeric,
    "full": days.full,
    "ordinal": days.ordinal,
    "slashed": days.slashed,
    "month_year": days.month_year,
    "month_alone": days.month_alone,
    "weekday": days.weekday,
    "near_day": days.near_day,
    "named_day": days.named_day,
    "period": periods.period,
    "ago": periods.ago,
    "around_now": periods.around_now,
    "counted_from": periods.counted_from,
    "turned": periods.turned,
    "ahead": periods.ahead,
    "same": periods.same,
    "eve": periods.eve,
    "part": periods.part,
    "months_to": periods.months_to,
    "quarter": periods.quarter,
    "seasonal": periods.seasonal,
    "edge_of": periods.edge_of,
    "decade": periods.decade,
    "fiscal": periods.fiscal,
    "short": periods.short,
    "year": periods.year,
    "clock": clocks.clock,
    "plain_clock": clocks.plain_clock,
    "told_clock": clocks.told_clock,
}


def _matches(text: str, start: int, end: int) -> Iterator[tuple[re.Match[str], _Handler]]:
    """The matches of all rules in one sentence, in reading order; of two that overlap the longer one."""
    every: list[tuple[int, int, int, re.Match[str]]] = []
    rules = _rules()
    words = text[start:end].lower()
    digit = _DIGIT.search(words) is not None
    for number, (pattern, _, needs) in enumerate(rules):
        if digit if needs is None else any(need in words for need in needs):
            every += [
                (m.start(), m.end(), number, m) for m in pattern.finditer(text, start, end) if m.end() > m.start()
            ]
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


_DIGIT = re.compile(r"\d")
_SEASONS = ("spring", "summer", "autumn", "fall", "winter")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_UNITS = ("day", "week", "fortnight", "month", "year", "decade", "hour", "minute")

_NEEDS: dict[str, tuple[str, ...]] = {
    "month_year": _MONTHS,
    "month_alone": _MONTHS,
    "weekday": ("day",),
    "near_day": ("yesterday", "tomorrow", "today", "night", "morning", "afternoon", "evening"),
    "period": ("last", "this", "next", "weekend"),
    "ago": ("ago",),
    "around_now": ("past", "last", "next", "coming"),
    "counted_from": ("earlier", "later", "after", "before", "next", "following", "previous", "same", "that"),
    "turned": ("after", "before"),
    "ahead": _UNITS,
    "same": ("earlier", "later"),
    "eve": ("eve",),
    "part": ("day", "week", "month", "quarter", "half"),
    "months_to": ("months",),
    "quarter": ("quarter", "q1", "q2", "q3", "q4"),
    "seasonal": _SEASONS,
    "edge_of": ("end", "start", "beginning", "close", "middle"),
    "fiscal": ("fiscal", "financial"),
    "told_clock": ("past", "to", "before", "after", "clock"),
}
"""Words of which a sentence has to hold one (in small letters) for a rule to be tried: only to save time."""

_FIGURES = frozenset(("numeric", "full", "ordinal", "slashed", "decade", "short", "year", "plain_clock"))
"""Rules that need a digit."""


@cache
def _rules() -> tuple[tuple[re.Pattern[str], _Handler, tuple[str, ...] | None], ...]:
    """The patterns in the lexicon's order, what gives their values, and what a sentence must hold (None: a digit)."""
    # The longest name first: "Christmas Day" before "Christmas".
    names = sorted(named_days(), key=lambda n: (-len(n), n))
    parts = {"names": "|".join(re.sub("['’]", "['’]", n.replace(".", r"\.")) for n in names)}
    for line in sections("times.txt")["part"]:
        name, pattern = line.split(" ", 1)
        parts[name] = _expand(pattern, parts)
    rules = (line.split(" ", 1) for line in sections("times.txt")["rule"])
    return tuple(
        (
            re.compile(_expand(pattern, parts).replace(" ", r"\s{1,3}")),
            _HANDLERS[name],
            None if name in _FIGURES else _NEEDS.get(name, ("",)),
        )
        for name, pattern in rules
    )


def _expand(pattern: str, parts: dict[str, str]) -> str:
    """A pattern with its parts put in."""
    return re.sub(r"%(\w+)%", lambda m: parts[m[1]], pattern)


@cache
def _trigger() -> re.Pattern[str]:
    """What a sentence has to hold for any rule to match: a digit, or a word that every rule without one needs."""
    return re.compile(
        r"\d|\b(?:[A-Z][a-z]+day|[A-Z]{3,}DAY|(?:to|yester|mid)day|tomorrow|(?:to|mid|over)?night|ago|noon|weekend"
        r"|earlier|later|before|after(?:wards?)?|last|next|this|that|same|previous|following|end|start|beginning|close"
        r"|(?:week|month|quarter|year|decade|fortnight|day|summer|winter|spring|autumn|fall|morning|evening)s?|easter"
        r"|christmas|halloween|thanksgiving|\w* Day|\w* Eve|eve|o['’]clock|mardi gras|[a-z]{3,}(?:ary|ch|il|ust|ber)"
        r"|may|june?|july?|[a-z]{3,4}\.)\b",
        re.IGNORECASE,
    )
