"""How a reading of quantities compares with the marked reports of `reports/things`.

The mark-up is told in `reports/README.md`. Reports 01 to 24 were marked before the rules and then
served to see what the rules miss; 25 to 28 were marked after the rules were written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from marked import Marked, folder

from tellings.annotate import quantities, sentences, words
from tellings.records import Annotated, Quantity, Report

__all__ = ["FIELDS", "Gold", "Scores", "gold", "score"]

FIELDS = ("kind", "value", "high", "bound", "unit")
_LABEL = re.compile(r"(\w+) (-?[\d.]+?)(?:\.\.(-?[\d.]+))? (\w+) (\S+)")


@dataclass(frozen=True, slots=True)
class Gold:
    """One quantity that a reader marked."""

    start: int
    end: int
    kind: str
    value: float
    high: float | None
    bound: str
    unit: str | None


@dataclass(frozen=True, slots=True)
class Scores:
    """F of the spans, of the values (span met, value and upper value right) and of whole quantities; what is wrong.

    `bound`, `unit` and `kind` are the shares that are right of those met.
    """

    marked: int
    span: float
    value: float
    whole: float
    bound: float
    unit: float
    kind: float
    faults: tuple[str, ...]


def gold(first: int = 1, last: int = 99) -> list[tuple[Marked, tuple[Gold, ...]]]:
    """The marked reports whose number lies between two."""
    reports = [r for r in folder("things") if first <= int(r.name[:2]) <= last]
    return [(r, tuple(_gold(m.start, m.end, m.label) for m in r.marks)) for r in reports]


def _gold(start: int, end: int, label: str) -> Gold:
    match = _LABEL.fullmatch(label)
    if match is None:
        raise ValueError(f"{label!r} is no label of a quantity")
    kind, low, high, bound, unit = match.groups()
    return Gold(start, end, kind, float(low), float(high) if high else None, bound, None if unit == "-" else unit)


def _read(report: Marked) -> tuple[Quantity, ...]:
    a = Annotated(Report(report.name, report.text))
    a = replace(a, sentences=sentences.find(a))
    return quantities.find(replace(a, words=words.find(a)))


def _same(one: object, other: object) -> bool:
    if isinstance(one, float) and isinstance(other, (int, float)):
        return abs(one - other) <= 1e-4 * abs(one)
    return one == other


def _wrong(mark: Gold, found: Quantity) -> tuple[str, ...]:
    """The fields in which a quantity differs from the mark, "span" first."""
    span = () if (found.span.start, found.span.end) == (mark.start, mark.end) else ("span",)
    return span + tuple(f for f in FIELDS if not _same(getattr(mark, f), getattr(found, f)))


def score(reports: Sequence[tuple[Marked, tuple[Gold, ...]]]) -> Scores:
    """Compare; each mark answers to the quantity that shares most of it, and each quantity to one mark."""
    marked = found = met = 0
    right = dict.fromkeys(("span", "value", "whole", "bound", "unit", "kind"), 0)
    faults: list[str] = []
    for report, marks in reports:
        left = list(_read(report))
        marked, found = marked + len(marks), found + len(left)
        for mark in marks:
            shared = [min(q.span.end, mark.end) - max(q.span.start, mark.start) for q in left]
            at = max(range(len(left)), key=lambda i: (shared[i], -i), default=-1)  # used at once
            words_marked = report.text[mark.start : mark.end]
            if at < 0 or shared[at] <= 0:
                faults.append(f"{report.name}: missed {words_marked!r}")
                continue
            quantity = left.pop(at)
            wrong = _wrong(mark, quantity)
            met += 1
            right["whole"] += not wrong
            right["value"] += not {"value", "high"} & set(wrong)
            for field in ("span", "bound", "unit", "kind"):
                right[field] += field not in wrong
            if wrong:
                faults.append(f"{report.name}: {words_marked!r} is read {quantity.span.cut(report.text)!r}, {wrong}")
        faults += [f"{report.name}: not marked {q.span.cut(report.text)!r}" for q in left]
    both = max(1, marked + found)
    f = {name: 2 * right[name] / both for name in ("span", "value", "whole")}
    share = {name: right[name] / max(1, met) for name in ("bound", "unit", "kind")}
    return Scores(marked, **f, **share, faults=tuple(faults))
