"""The time expressions of `reports/times` as a reader marked them, and as a program finds them.

The mark-up is told in `reports/README.md`. `rows` compares; `bench/times.py` prints it beside a
peer, `test_times.py` holds its floors.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from marked import Marked, Score, folder

from tellings.annotate import sentences, times, words
from tellings.records import Annotated, Found, Report

__all__ = ["Expression", "gold", "ours", "rows"]

_LABEL = re.compile(
    r"(?:(?P<relation>since|until|before|after) )?"
    r"(?:\?|(?P<value>\d{4}(?:-\d\d){0,2})(?:\.\.(?P<end>\d{4}(?:-\d\d){0,2}))?)(?: (?P<clock>\d\d:\d\d))?"
)


@dataclass(frozen=True, slots=True)
class Expression:
    """One time expression: where it stands and what it stands for (as in `records.TimeMention`)."""

    start: int
    end: int
    value: str | None
    last: str | None = None
    relation: str = "on"
    clock: str | None = None


def gold(report: Marked) -> list[Expression]:
    """What is marked in a report, in reading order; `ValueError` for a label that cannot be read."""
    out: list[Expression] = []
    for mark in report.marks:
        m = _LABEL.fullmatch(mark.label)
        if m is None:
            raise ValueError(f"{report.name}: {mark.label!r} of {report.words(mark)!r} is no time")
        out.append(Expression(mark.start, mark.end, m["value"], m["end"], m["relation"] or "on", m["clock"]))
    return out


def ours(report: Marked) -> list[Expression]:
    """What Tellings finds in a report, in reading order."""
    published = report.value("published")
    record = Annotated(Report(report.name, report.text, published=Found(published, "given") if published else None))
    record = Annotated(record.report, sentences=sentences.find(record))
    record = Annotated(record.report, sentences=record.sentences, words=words.find(record))
    return [Expression(t.span.start, t.span.end, t.value, t.end, t.relation, t.clock) for t in times.find(record)]


def _meets(want: Expression, got: Expression) -> bool:
    return want.start < got.end and got.start < want.end


def _paired(want: list[Expression], got: list[Expression]) -> list[tuple[Expression, Expression]]:
    """Marked and found expressions that overlap, each in one pair at most, in reading order."""
    out: list[tuple[Expression, Expression]] = []
    free = list(got)
    for w in want:
        match = next((g for g in free if _meets(w, g)), None)
        if match is not None:
            free.remove(match)
            out.append((w, match))
    return out


def rows(
    find: Callable[[Marked], Iterable[Expression]] = ours,
    *,
    same: Callable[[Expression, Expression], bool] = lambda want, got: (want.value, want.last) == (got.value, got.last),
) -> dict[str, Score]:
    """The scores of a program on the marked set.

    "span": the same words; "value": the same words, first and last date; "relation" and "clock":
    of those with the same words, where one is marked or found; "span, met" and "value, met": it
    is enough that the words overlap. `same` says whether a value (with its last date) is right.
    """
    names = ("span", "value", "relation", "clock", "span, met", "value, met")
    right: dict[str, int] = dict.fromkeys(names, 0)
    found: dict[str, int] = dict.fromkeys(names, 0)
    marked: dict[str, int] = dict.fromkeys(names, 0)
    for report in folder("times"):
        want, got = gold(report), list(find(report))
        exact = [(w, g) for w, g in _paired(want, got) if (w.start, w.end) == (g.start, g.end)]
        met = _paired(want, got)
        for name, pairs in (("span", exact), ("span, met", met)):
            right[name] += len(pairs)
        for name, pairs in (("value", exact), ("value, met", met)):
            right[name] += sum(same(w, g) for w, g in pairs)
        for name in ("span", "value", "span, met", "value, met"):
            found[name] += len(got)
            marked[name] += len(want)
        for w, g in exact:
            right["relation"] += w.relation == g.relation != "on"
            found["relation"] += g.relation != "on"
            marked["relation"] += w.relation != "on"
            right["clock"] += w.clock == g.clock and w.clock is not None
            found["clock"] += g.clock is not None
            marked["clock"] += w.clock is not None
    return {name: Score(right[name], found[name], marked[name]) for name in names}
