"""Spans and views: all arithmetic on offsets stands here.

A `Span` is a half-open stretch of one report's text in code points. A `View` is the same text
normalised for comparing, with a way back to the original: results are always spans of the
original.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["Span", "View", "complement", "covered", "merge", "trim"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch of the text of one report, in code points.

    Spans sort by report, then start, then end.

    >>> Span("a", 0, 5).cut("Hello, world")
    'Hello'
    >>> Span("a", 0, 5).overlap(Span("a", 3, 9)), Span("a", 0, 5).overlap(Span("b", 3, 9))
    (2, 0)
    """

    report: str
    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse a span that runs backwards or starts before its text."""
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start} to {self.end} of report {self.report}")

    def __len__(self) -> int:
        """Its length in code points."""
        return self.end - self.start

    def __bool__(self) -> bool:
        """A span is true even when it is empty; ask for its length to tell."""
        return True

    def cut(self, text: str) -> str:
        """The words of `text`, the report's own text, that this span quotes."""
        return text[self.start : self.end]

    def overlap(self, other: Span) -> int:
        """How many code points both share; 0 for spans of different reports."""
        if self.report != other.report:
            return 0
        return max(0, min(self.end, other.end) - max(self.start, other.start))

    def holds(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span, of the same report."""
        return self.report == other.report and self.start <= other.start and other.end <= self.end

    def join(self, other: Span) -> Span:
        """The smallest span of the same report that holds both; ValueError if the reports differ."""
        if self.report != other.report:
            raise ValueError(f"spans of two reports: {self.report}, {other.report}")
        return Span(self.report, min(self.start, other.start), max(self.end, other.end))


def merge(spans: Iterable[Span], gap: int = 0) -> tuple[Span, ...]:
    """The same stretches without overlap, sorted; those at most `gap` code points apart are joined.

    >>> merge([Span("a", 4, 9), Span("a", 0, 5), Span("b", 0, 1)])
    (Span(report='a', start=0, end=9), Span(report='b', start=0, end=1))
    """
    out: list[Span] = []
    for span in sorted(spans):
        if out and out[-1].report == span.report and span.start <= out[-1].end + gap:
            out[-1] = out[-1].join(span)
        else:
            out.append(span)
    return tuple(out)


def covered(spans: Iterable[Span]) -> int:
    """How many code points the spans cover together, each counted once."""
    return sum(len(span) for span in merge(spans))


def complement(report: str, length: int, spans: Iterable[Span]) -> tuple[Span, ...]:
    """The stretches of a text of `length` code points that none of `spans` covers, sorted, none empty.

    >>> complement("a", 10, [Span("a", 2, 4), Span("a", 8, 10)])
    (Span(report='a', start=0, end=2), Span(report='a', start=4, end=8))
    """
    edges = [0]
    for span in merge(s for s in spans if s.report == report):
        edges += [span.start, span.end]
    edges.append(length)
    return tuple(Span(report, a, b) for a, b in list(pairwise(edges))[::2] if a < b)


def trim(span: Span, text: str, blank: str = " \t\r\n\f\v\u00a0\u2028\u2029") -> Span:
    """The span without the characters of `blank` at its two ends; empty where it holds nothing else.

    >>> trim(Span("a", 0, 7), "  word ")
    Span(report='a', start=2, end=6)
    """
    start, end = span.start, min(span.end, len(text))
    while start < end and text[start] in blank:
        start += 1
    while end > start and text[end - 1] in blank:
        end -= 1
    return Span(span.report, start, max(start, end))


_QUOTES = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc\u02bb`\u00b4\u2039\u203a", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    **dict.fromkeys("\u00a0\u2002\u2003\u2009\u202f\u200a", " "),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
    # Letters that Unicode does not decompose but that news spells both ways.
    "\u0131": "i", "\u0142": "l", "\u0141": "l", "\u00f8": "o", "\u00d8": "o", "\u0111": "d", "\u0110": "d",
    "\u00e6": "ae", "\u00c6": "ae", "\u0153": "oe", "\u0152": "oe", "\u00df": "ss", "\u00f0": "d", "\u00fe": "th",
}  # fmt: skip


class _Fold(dict[int, str]):
    """What each character becomes, worked out once: quotes and dashes plain, no accents, no case."""

    def __init__(self) -> None:
        super().__init__({ord(k): v for k, v in _QUOTES.items()})
        self.uneven = {k for k, v in _QUOTES.items() if len(v) != 1}

    def __missing__(self, code: int) -> str:
        char = chr(code)
        plain = unicodedata.normalize("NFKD", char)
        folded = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
        if len(folded) != 1:
            self.uneven.add(char)
        self[code] = folded
        return folded


_FOLD = _Fold()
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*")


class View:
    """The text of a report, folded for comparing: no case, no accents, plain quotes and dashes.

    `text` is the folded text. `original(start, end)` gives the span of the report that the
    folded characters came from.

    >>> view = View("a", "“Straße” – naïve")
    >>> view.text
    '"strasse" - naive'
    >>> view.original(1, 8)
    Span(report='a', start=1, end=7)
    """

    __slots__ = ("_map", "report", "text")

    def __init__(self, report: str, text: str) -> None:
        """Fold `text`, the whole text of `report` or a part of it that starts at its beginning."""
        self.report = report
        self.text = text.translate(_FOLD)
        self._map: list[int] | None = None
        if not _FOLD.uneven.isdisjoint(text):
            places: list[int] = []
            for place, char in enumerate(text):
                places.extend([place] * len(_FOLD[ord(char)]))
            places.append(len(text))
            self._map = places

    def original(self, start: int, end: int) -> Span:
        """The span of the report behind the folded characters from `start` up to `end`."""
        if self._map is None:
            return Span(self.report, start, end)
        first = self._map[start]
        last = self._map[end - 1] + 1 if end > start else first
        return Span(self.report, first, last)

    def folded(self, span: Span) -> tuple[int, int]:
        """Where a span of the report lies in the folded text: start and end."""
        if self._map is None:
            return span.start, span.end
        return bisect_right(self._map, span.start - 1), bisect_right(self._map, span.end - 1)

    def words(self, within: Sequence[Span] | None = None) -> list[tuple[str, Span]]:
        """The folded words and numbers with their spans in the report, in reading order.

        Words with inner apostrophes and numbers with inner points or commas stay whole. With
        `within`, only words that lie wholly inside one of these spans.

        >>> View("a", "Almost 1,880 weren’t there").words()[1:3]
        [('1,880', Span(report='a', start=7, end=12)), ("weren't", Span(report='a', start=13, end=20))]
        """
        if within is None:
            return [(m.group(), self.original(*m.span())) for m in _WORD.finditer(self.text)]
        out: list[tuple[str, Span]] = []
        for part in merge(within):
            start, end = self.folded(part)
            out += [(m.group(), self.original(*m.span())) for m in _WORD.finditer(self.text, start, end)]
        return out
