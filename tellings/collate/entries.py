"""The timeline: what the reports tell of each date.

A date stands beside the statement that names it: the sentence, or, where a sentence names
several dates, the clause of each. Dates are kept as fine as the reports say them, so "2017"
and "4 April 2017" are two entries. Every entry says by which words and which rule it was dated.

Still missed: events that a report tells without naming a day, and clauses so short that the
statement stands beside them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict

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
        for mention, span in _told(report):
            assert mention.value is not None  # noqa: S101  # _told yields no other
            support[mention.value].add(span)
            words = " ".join(report.quote(mention.span).split())
            ways[mention.value][f"“{words}”: {mention.inferred_from}"] += 1
    return tuple(Entry(date, _ways(ways[date]), tuple(sorted(support[date]))) for date in sorted(support))


def _ways(counted: Counter[str]) -> str:
    """The ways in which a date was named, the most frequent first."""
    ranked = sorted(counted, key=lambda way: (-counted[way], way))
    return "; ".join(ranked[:_NAMED])


def _told(report: Annotated) -> list[tuple[TimeMention, Span]]:
    """The dated expressions of a report with the statement that each stands in."""
    starts = [sentence.span.start for sentence in report.sentences]
    clauses: dict[int, list[Clause]] = defaultdict(list)
    for clause in report.clauses:
        clauses[clause.sentence].append(clause)
    groups: dict[int, list[TimeMention]] = defaultdict(list)
    for mention in report.times:
        number = bisect_right(starts, mention.span.start) - 1
        if mention.value is not None and number >= 0 and report.sentences[number].span.holds(mention.span):
            groups[number].append(mention)
    out: list[tuple[TimeMention, Span]] = []
    for number in sorted(groups):
        sentence = report.sentences[number].span
        several = len({mention.value for mention in groups[number]}) > 1
        for mention in groups[number]:
            span = sentence
            if several:
                inside = [clause.span for clause in clauses[number] if clause.span.overlap(mention.span)]
                span = max(inside, key=lambda s: (s.overlap(mention.span), -s.start), default=sentence)
            out.append((mention, _around(report, span, mention.span) if len(span) > _LONGEST else span))
    return out


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
