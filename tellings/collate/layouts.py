"""Layouts: the texts of a story as units that can be compared, with one number where two reports share one.

A unit is a sentence, or the part of one that a passage ends in. What says who wrote a report, for whom and
after whom is no unit: it tells no news.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tellings.collate.alignments import Line
from tellings.records import Annotated, Collation
from tellings.text import Span

__all__ = ["Layout", "Unit", "lay_out"]

_OVERLAP = 0.5  # of the longer of two stretches of a report: they are one unit
_SHORT = 5  # words of a sentence that counts in part only
_CREDIT = 9  # words of a line that holds a byline or a credit and tells no news


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence of a report, or part of one: its place, its words, how many of them are nobody's quoted words."""

    span: Span
    words: tuple[str, ...]
    free: int
    lines: float


@dataclass(frozen=True, slots=True)
class Layout:
    """All units of a story's reports: for each report its units by number, and what each weighs.

    A unit that two reports share has one number in both. `stated` are units that are quoted words and no more,
    `holders` the reports of each unit that several have.
    """

    reports: Sequence[Mapping[int, Unit]]
    weights: Sequence[float]
    stated: frozenset[int]
    holders: Mapping[int, Sequence[int]]

    def order(self, at: int) -> list[int]:
        """The units of a report in the order of its text."""
        mine = self.reports[at]
        return sorted(mine, key=lambda unit: (mine[unit].span.start, unit))


def lay_out(c: Collation, every: Sequence[Sequence[Line]], heard: Sequence[Iterable[str]]) -> Layout:
    """The units of all reports: the passages, cut into sentences where all tellings allow it, and what is left.

    Passages that lie on each other in some report are one unit: the same words found twice. `heard` are the papers
    and stations that each report names as having told it; a line that says so and no more is not compared, nor is a
    byline or a credit.
    """
    at = {report.id: number for number, report in enumerate(c.reports)}
    pieces: list[list[tuple[int, Unit]]] = []
    for passage in c.passages:
        cut = [(at[span.report], _sentences(every[at[span.report]], span)) for span in passage.spans]
        if len({len(parts) for _, parts in cut}) == 1:
            pieces += [
                [(report, parts[number]) for report, parts in cut] for number in range(len(cut[0][1]))
            ]  # fmt: skip
        else:
            pieces.append([(report, _joined(parts)) for report, parts in cut if parts])
    home = _united(pieces, len(c.reports))
    found: list[dict[int, Unit]] = [{} for _ in c.reports]
    for number, piece in enumerate(pieces):
        unit = home[number]
        for report, one in piece:
            old = found[report].get(unit)
            if old is None or len(old.words) < len(one.words):
                found[report][unit] = one
    fresh = len(pieces)
    for report, lines in enumerate(every):
        head = _head(c.reports[report], lines, heard[report])
        found[report] = {unit: one for unit, one in found[report].items() if one.span.start not in head}
        covered = sorted((one.span.start, one.span.end) for one in found[report].values())
        for line in lines:
            if len(line.words) > 2 and line.span.start not in head and 2 * _covered(covered, line) < len(line.words):
                found[report][fresh] = _unit([line])
                fresh += 1
    return _weighed(found, fresh)


def _head(report: Annotated, lines: Sequence[Line], heard: Iterable[str]) -> set[int]:
    """Where the lines of a report start that tell who wrote it, for whom and after whom, and no news."""
    text = report.report.text
    named = [credit.span for credit in report.report.credits if credit.span is not None]
    byline = report.report.byline
    named += [byline.span] if byline is not None and byline.span is not None else []
    names = sorted(heard)
    # A paper's name with its town may be read as a place; the line says whom it follows all the same.
    # A credit in brackets starts before its first word, where a unit of it would.
    return {
        start
        for line in lines
        if 0 < len(line.words) <= _CREDIT
        and (any(line.span.overlap(span) for span in named) or any(name in line.span.cut(text) for name in names))
        for start in (line.span.start, line.starts[0])
    }


def _weighed(found: Sequence[Mapping[int, Unit]], count: int) -> Layout:
    """The layout with the units' weights: sentences count by their number, short ones in part."""
    weights = [0.0] * count
    free = [False] * count
    for one in found:
        for unit, telling in one.items():
            weight = telling.lines * min(1.0, len(telling.words) / _SHORT)
            weights[unit] = max(weights[unit], weight)
            free[unit] |= 4 * telling.free >= len(telling.words)
    stated = frozenset(unit for one in found for unit in one if not free[unit])
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for at, one in enumerate(found):
        for unit in one:
            holders[unit].append(at)
    return Layout(found, weights, stated, {unit: many for unit, many in holders.items() if len(many) > 1})


def _unit(parts: Sequence[Line]) -> Unit:
    """Whole lines as one unit."""
    words = tuple(word for line in parts for word in line.words)
    free = sum(line.quoted.count(False) for line in parts)
    return Unit(parts[0].span.join(parts[-1].span), words, free, float(len(parts)))


def _joined(parts: Sequence[Unit]) -> Unit:
    """Several units that follow each other as one."""
    words = tuple(word for part in parts for word in part.words)
    return Unit(parts[0].span.join(parts[-1].span), words, sum(x.free for x in parts), sum(x.lines for x in parts))


def _sentences(lines: Sequence[Line], span: Span) -> list[Unit]:
    """The sentences of a report that lie in a span, or the parts of them that do."""
    first = max(0, bisect_right(lines, span.start, key=lambda x: x.span.start) - 1)
    out: list[Unit] = []
    for line in lines[first:]:
        if line.span.start >= span.end:
            break
        a, b = bisect_left(line.starts, span.start), bisect_right(line.ends, span.end)
        if b > a:
            part = 1.0 if 2 * (b - a) >= len(line.words) else (b - a) / len(line.words)
            out.append(Unit(line.stretch(a, b - 1), line.words[a:b], line.quoted[a:b].count(False), part))
    return out


def _covered(spans: Sequence[tuple[int, int]], line: Line) -> int:
    """How many words of a line stand in one of the spans, which are sorted."""
    count = 0
    for start, end in zip(line.starts, line.ends, strict=True):
        last = bisect_right(spans, (start, 1 << 62)) - 1
        count += any(spans[k][1] >= end for k in range(max(0, last - 3), last + 1))
    return count


def _united(pieces: Sequence[Sequence[tuple[int, Unit]]], reports: int) -> list[int]:
    """For each piece the first of those that are the same words of some report."""
    home = list(range(len(pieces)))

    def root(one: int) -> int:
        while home[one] != one:
            home[one] = home[home[one]]
            one = home[one]
        return one

    standing: list[list[tuple[int, int, int]]] = [[] for _ in range(reports)]
    for number, piece in enumerate(pieces):
        for report, one in piece:
            standing[report].append((one.span.start, one.span.end, number))
    for many in standing:
        many.sort()
        for place, (start, end, number) in enumerate(many):
            for start2, end2, other in many[place + 1 : place + 8]:
                if start2 >= end:
                    break
                if min(end, end2) - start2 >= _OVERLAP * max(end - start, end2 - start2):
                    one, two = sorted((root(number), root(other)))
                    home[two] = one
    return [root(number) for number in range(len(pieces))]
