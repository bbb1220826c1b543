"""The timeline: what the reports tell of each date.

A date stands beside the statement that names it: the sentence, or, where a sentence names
several dates, the clause of each. Dates are kept as fine as the reports say them, so "2017"
and "4 April 2017" are two entries; "last week" and "three weeks ago" stand for their month, a
quarter or a season for its year, and a span whose two ends are named for both. Every entry says
by which words and which rule it was dated.

Still missed: events that a report tells without naming a day, and clauses so short that the
statement stands beside them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from datetime import date, timedelta

from tellings.records import Annotated, Clause, Collation, Entry, TimeMention
from tellings.text import Span, trim

__all__ = ["find"]

_LONGEST = 400  # a statement in a longer sentence is quoted by what stands around its date
_NAMED = 3  # how many ways of dating an entry names


def find(c: Collation) -> tuple[Entry, ...]:
    """The entries of the timeline, by date, the coarser one first; each support once, sorted.

    `inferred_from` quotes the words that named the date and says how they were read, the most
    frequent reading first. Expressions without a value (see `TimeMention`) make no entry.
    """
    support: dict[str, set[Span]] = defaultdict(set)
    ways: dict[str, Counter[str]] = defaultdict(Counter)
    for report in c.reports:
        for mention, days, span in _told(report):
            words = " ".join(report.quote(mention.span).split())
            for day in days:
                support[day].add(span)
                ways[day][f"“{words}”: {mention.inferred_from}"] += 1
    return tuple(Entry(date, _ways(ways[date]), tuple(sorted(support[date]))) for date in sorted(support))


_ROUND = re.compile(r"\b(?:weeks?|fortnights?)\b", re.IGNORECASE)
_ENDS = re.compile(r"\b(?:to|and|through|until|till)\b|\d[-–/][\dA-Z]", re.IGNORECASE)
_TO_NOW = re.compile(r"the (?:past|coming) (?!week$|weekend$)|the (?:last|next) \S+ \w+s$", re.IGNORECASE)


_YEAR_END = re.compile(r"(?:the )?(?:very )?(?:end|close) of\b", re.IGNORECASE)
_DAY_AFTER = re.compile(r"(?:a|one) day after$", re.IGNORECASE)


def _dates(mention: TimeMention, words: str) -> tuple[str, ...]:
    """The dates under which what is told beside an expression is entered, as fine as the words say them.

    A weekend is entered under its first day, a night under its last, a deadline at a year's end
    under its last month. What only runs up to now, and a decade, dates nothing.
    """
    first, last = mention.value, mention.end
    if first is None or _TO_NOW.match(words):
        return ()
    if last is None:
        if mention.relation == "until" and len(first) == len("2000") and _YEAR_END.match(words):
            return (f"{first}-12",)
        # "Three weeks ago" is no day.
        return (first[:7],) if _ROUND.search(words) else (first,)
    if _ENDS.search(words):
        return (first, last)
    if len(first) == len("2000-01-01"):
        if words.lower().endswith("overnight"):
            return (last,)
        return (first[:7],) if _ROUND.search(words) else (first,)
    return (first[:4],) if first[:4] == last[:4] else ()


def _ways(counted: Counter[str]) -> str:
    """The ways in which a date was named, the most frequent first."""
    ranked = sorted(counted, key=lambda way: (-counted[way], way))
    return "; ".join(ranked[:_NAMED])


def _told(report: Annotated) -> list[tuple[TimeMention, tuple[str, ...], Span]]:
    """The dated expressions of a report with their dates and the statement that each stands in."""
    starts = [sentence.span.start for sentence in report.sentences]
    clauses: dict[int, list[Clause]] = defaultdict(list)
    for clause in report.clauses:
        clauses[clause.sentence].append(clause)
    groups: dict[int, list[tuple[TimeMention, tuple[str, ...]]]] = defaultdict(list)
    for mention in report.times:
        number = bisect_right(starts, mention.span.start) - 1
        days = _dates(mention, " ".join(report.quote(mention.span).split()))
        if mention.value is None and _DAY_AFTER.match(report.quote(mention.span)):
            days = _day_before(report)
        if days and number >= 0 and report.sentences[number].span.holds(mention.span):
            groups[number].append((mention, days))
    out: list[tuple[TimeMention, tuple[str, ...], Span]] = []
    for number in sorted(groups):
        sentence = report.sentences[number].span
        several = len({days for _, days in groups[number]}) > 1 or any(m.value is None for m, _ in groups[number])
        for mention, days in groups[number]:
            span = sentence
            if several:
                inside = [clause.span for clause in clauses[number] if clause.span.overlap(mention.span)]
                span = max(inside, key=lambda s: (s.overlap(mention.span), -s.start), default=sentence)
            out.append((mention, days, _around(report, span, mention.span) if len(span) > _LONGEST else span))
    return out


def _day_before(report: Annotated) -> tuple[str, ...]:
    """The day before the publication: what news of a day tells as "a day after the strike", the strike lay before."""
    found = report.report.published
    try:
        published = date.fromisoformat(found.value[:10]) if found else None
        return ((published - timedelta(days=1)).isoformat(),) if published else ()
    except (ValueError, OverflowError):
        return ()


def _around(report: Annotated, span: Span, mention: Span) -> Span:
    """The part of a long statement around an expression, cut at blanks."""
    text = report.report.text
    start = max(span.start, mention.start - _LONGEST // 2)
    end = min(span.end, max(mention.end, mention.start + _LONGEST // 2))
    if start > span.start:
        blank = text.find(" ", start, mention.start)
        start = blank + 1 if blank >= 0 else start
    if end < span.end:
        blank = text.rfind(" ", mention.end, end)
        end = blank if blank >= 0 else end
    return trim(Span(report.id, start, end), text)
