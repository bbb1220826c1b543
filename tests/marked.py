"""Reads the invented reports of `tests/reports`, in which the spans are marked where they stand.

A mark is `[[words|label]]`: the words are part of the text, the brackets, the bar and the label
are not. What a label says is a matter of each folder (`tests/reports/README.md`). Marks may
stand inside each other; the label is what follows the last bar of its own level, and a mark
without a bar has the label "". A file may begin with a head: lines of `key: value` with a key
in small letters, and an empty line after them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from pathlib import Path

__all__ = ["REPORTS", "Mark", "Marked", "Score", "folder", "parse", "read", "score"]

REPORTS = Path(__file__).parent / "reports"
"""The folder of the marked reports."""

_HEAD = re.compile(r"(?:[a-z_]+:[^\n]*\n)+\n")
_MARKS = re.compile(r"\[\[|\]\]|\|")


@dataclass(frozen=True, slots=True)
class Mark:
    """Marked words: half-open offsets into the text without marks, and what the mark says of them."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Marked:
    """One invented report: its text as a program gets it, the marks by start and end, its head."""

    name: str
    text: str
    marks: tuple[Mark, ...]
    head: tuple[tuple[str, str], ...] = ()

    def value(self, key: str) -> str | None:
        """What the head says under `key`, or None."""
        return next((value for k, value in self.head if k == key), None)

    def words(self, mark: Mark) -> str:
        """The words that a mark stands on."""
        return self.text[mark.start : mark.end]


@dataclass(frozen=True, slots=True)
class Score:
    """How many were found right, how many were found, how many are marked."""

    right: int
    found: int
    marked: int

    @property
    def precision(self) -> float:
        """The share of those found that are right; 0 where none was found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """The share of those marked that were found right; 0 where none is marked."""
        return self.right / self.marked if self.marked else 0.0

    @property
    def f(self) -> float:
        """The harmonic mean of precision and recall; 0 where there is nothing."""
        return 2 * self.right / (self.found + self.marked) if self.found + self.marked else 0.0


def parse(marked: str, name: str = "") -> Marked:
    """The report of a text with marks; `ValueError` where brackets do not close or open.

    >>> report = parse("They met on [[Friday|2031-03-07]].")
    >>> report.text, report.marks
    ('They met on Friday.', (Mark(start=12, end=18, label='2031-03-07'),))
    >>> parse("[[The [[Oslo|place]] court|organisation]] rose.").marks
    (Mark(start=0, end=14, label='organisation'), Mark(start=4, end=8, label='place'))
    """
    head: list[tuple[str, str]] = []
    body = marked
    if top := _HEAD.match(marked):
        for line in top.group().splitlines():
            key, _, value = line.partition(":")
            if key:
                head.append((key, value.strip()))
        body = marked[top.end() :]
    parts: list[str] = []
    length = done = 0
    starts: list[int] = []  # of each open mark, where it begins in the text
    bars: list[int] = []  # and where its last bar stands in `parts`, or -1
    marks: list[Mark] = []
    for found in _MARKS.finditer(body):
        between = body[done : found.start()]
        parts.append(between)
        length += len(between)
        done = found.end()
        if found.group() == "[[":
            starts.append(length)
            bars.append(-1)
        elif found.group() == "]]":
            if not starts:
                raise ValueError(f"{name}: ']]' without '[[' near {body[max(0, done - 40) : done]!r}")
            bar = bars.pop()
            label = ""
            if bar >= 0:
                label = "".join(parts[bar:])[1:]
                length -= len(label) + 1
                del parts[bar:]
            marks.append(Mark(starts.pop(), length, label))
        else:
            if bars:
                bars[-1] = len(parts)
            parts.append("|")
            length += 1
    if starts:
        raise ValueError(f"{name}: '[[' is not closed")
    parts.append(body[done:])
    ordered = sorted(marks, key=lambda m: (m.start, -m.end, m.label))
    return Marked(name, "".join(parts), tuple(ordered), tuple(head))


def read(path: Path) -> Marked:
    """The marked report of a file, named after it; line ends stay as they are."""
    return parse(path.read_bytes().decode("utf-8"), path.stem)


def folder(name: str) -> list[Marked]:
    """The marked reports of `tests/reports/NAME`, sorted by name; `FileNotFoundError` if there are none."""
    files = sorted((REPORTS / name).glob("*.txt"))
    if not files:
        raise FileNotFoundError(f"no marked reports in {REPORTS / name}")
    return [read(path) for path in files]


def score(
    reports: Iterable[Marked],
    gold: Callable[[Marked], Iterable[Hashable]],
    found: Callable[[Marked], Iterable[Hashable]],
) -> Score:
    """Compare what a program finds in each report with what is marked there.

    `gold` and `found` give the things to compare, equal where they agree: (start, end), or
    (start, end, kind). Each counts once.
    """
    right = total = marked = 0
    for report in reports:
        want, got = set(gold(report)), set(found(report))
        right += len(want & got)
        total += len(got)
        marked += len(want)
    return Score(right, total, marked)
