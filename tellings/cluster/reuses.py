"""Passages that two reports share word for word, whatever stories they stand in.

Grouping asks how much of two reports is alike; one sentence taken from another story's report says
nothing of that, but is what somebody looks for who asks where a sentence has been before. Reports
whose prints met are looked through for runs of words: of the later report every eighth run of five
words is looked up in the other, so that no run of twelve is missed, and what is found is followed to
both sides as far as the words go. Words are compared without case, accents and marks between them.

Still missed: a sentence with a word changed in each of its halves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tellings.text import Span, View

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Hashes = npt.NDArray[np.uint64]

__all__ = ["LEAST", "Passage", "hits", "index", "probes", "shared"]

LEAST = 12
"""Words in a row that make a passage: prints are sure to meet from so many on, and a phrase of speech has fewer."""
_GRAM = 5
_STEP = LEAST - _GRAM + 1
_WORD = re.compile(r"\w+(?:'\w+)*")
_MIX = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5, 0x94D049BB133111EB)


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of words in two reports."""

    one: Span
    other: Span
    words: int


def _grams(text: str) -> Hashes:
    """A number for every five words in a row; equal runs have equal numbers within one process."""
    import numpy as np

    words = _WORD.findall(View("", text).text)
    each = np.fromiter(map(hash, words), np.int64, len(words)).view(np.uint64)
    count = max(0, len(words) - _GRAM + 1)
    out = np.zeros(count, np.uint64)
    for n, factor in enumerate(_MIX):
        out += each[n : n + count] * np.uint64(factor)
    return out


def index(text: str) -> frozenset[int]:
    """All runs of five words of a text, to look the probes of others up in."""
    return frozenset(_grams(text).tolist())


def probes(text: str) -> Hashes:
    """Every eighth run of five words of a text: each run of twelve holds one."""
    return _grams(text)[::_STEP]


def hits(indexed: frozenset[int], probed: Hashes) -> bool:
    """Whether two texts share a run of five words that was probed: those that share twelve words do."""
    return not indexed.isdisjoint(probed.tolist())


def shared(one: str, text: str, other: str, against: str, least: int = LEAST) -> tuple[Passage, ...]:
    """The runs of at least so many words that two reports share, in the order of the first.

    `one` and `other` are the ids of the reports, `text` and `against` their texts. Of runs that
    overlap in the first report the longest counts, of equal ones the first.

    >>> both = "the town hall clock had stood still since the great flood of that year"
    >>> [p] = shared("a", f"He said {both}.", "b", f"{both.title()}, and nobody minds.")
    >>> p.one.start, p.other.start, p.words
    (8, 0, 14)
    """
    (left, mine), (right, theirs) = _read(one, text), _read(other, against)
    places: dict[tuple[str, ...], list[int]] = {}
    for at in range(len(left) - _GRAM + 1):
        places.setdefault(tuple(left[at : at + _GRAM]), []).append(at)
    found: set[tuple[int, int, int]] = set()
    for probe in range(0, len(right) - _GRAM + 1, _STEP):
        for place in places.get(tuple(right[probe : probe + _GRAM]), ()):
            back = 0
            while place > back and probe > back and left[place - back - 1] == right[probe - back - 1]:
                back += 1
            size = back + _GRAM
            while (
                place - back + size < len(left)
                and probe - back + size < len(right)
                and left[place - back + size] == right[probe - back + size]
            ):
                size += 1
            if size >= least:
                found.add((-size, place - back, probe - back))
    taken: list[tuple[int, int]] = []
    out: list[Passage] = []
    for negative, place, probe in sorted(found):
        size = -negative
        if all(place + size <= begin or place >= end for begin, end in taken):
            taken.append((place, place + size))
            out.append(Passage(_span(mine, place, size), _span(theirs, probe, size), size))
    return tuple(sorted(out, key=lambda p: (p.one.start, p.other.start)))


def _read(report: str, text: str) -> tuple[list[str], tuple[View, Sequence[Any]]]:
    """The folded words of a report, and where they stand."""
    view = View(report, text)
    found = list(_WORD.finditer(view.text))
    return [m.group() for m in found], (view, found)


def _span(where: tuple[View, Sequence[Any]], first: int, count: int) -> Span:
    """The span of so many words from one on."""
    view, found = where
    return view.original(found[first].start(), found[first + count - 1].end())
