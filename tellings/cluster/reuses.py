"""Passages that two reports share word for word, whatever stories they stand in.

Grouping asks how much of two reports is alike; one sentence taken from another story's report says
nothing of that, but is what somebody looks for who asks where a sentence has been before. Reports that
hold the same run of ten words (`signs.runs`) are looked through for more: where runs of the one stand
in the other, both are laid side by side so that they meet, and words that are equal there are followed
to both ends. Words are compared without case, accents and marks between them.

Still missed: a sentence with a word changed in each of its halves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tellings.text import Span, View

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Hashes = npt.NDArray[np.uint64]
    Places = npt.NDArray[np.int64]

__all__ = ["LEAST", "Passage", "Reading", "shared"]

LEAST = 12
"""Words in a row that make a passage: of so many runs of ten are sure to meet, and a phrase of speech has fewer."""
_GRAM = 10
_STEP = LEAST - _GRAM + 1
_OFTEN = 16
"""Places at which a report holds a run and it still says where to look: what stands there more often is a list."""
_DIAGONALS = 256
"""Ways in which two reports are laid side by side at most, those in which most runs meet; real ones need a few."""
_WORD = re.compile(r"\w+(?:'\w+)*")
_MIX = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F)


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of words in two reports."""

    one: Span
    other: Span
    words: int


class Reading:
    """The words of a report as numbers, and its runs of ten words with their order."""

    __slots__ = ("_places", "_view", "grams", "order", "words")

    def __init__(self, report: str, text: str, numbers: dict[str, int]) -> None:
        """Make a report ready; `numbers` holds the number of every word met so far, and grows.

        Readings can be laid side by side if they were made with the same numbers.
        """
        import numpy as np

        self._view = View(report, text)
        self._places: list[tuple[int, int]] | None = None
        words = _WORD.findall(self._view.text)
        self.words: Places = np.asarray([numbers.setdefault(word, len(numbers)) for word in words], np.int64)
        count = max(0, len(words) - _GRAM + 1)
        self.grams: Hashes = np.zeros(count, np.uint64)
        for place in range(_GRAM):
            self.grams = (self.grams ^ (self.grams >> np.uint64(31))) * np.uint64(_MIX[1])
            self.grams += (self.words[place : place + count].astype(np.uint64) + np.uint64(1)) * np.uint64(_MIX[0])
        self.order: Places = np.argsort(self.grams, kind="stable")

    def span(self, first: int, count: int) -> Span:
        """The span of so many words from one on."""
        if self._places is None:  # few reports are asked
            self._places = [m.span() for m in _WORD.finditer(self._view.text)]
        return self._view.original(self._places[first][0], self._places[first + count - 1][1])


def shared(one: Reading, other: Reading, least: int = LEAST) -> tuple[Passage, ...]:
    """The runs of at least so many words that two reports share, in the order of the first.

    Of runs that overlap in the first report the longest counts, of equal ones the first.

    >>> both, numbers = "the town hall clock had stood still since the great flood of that year", {}
    >>> left = Reading("a", f"He said {both}.", numbers)
    >>> [p] = shared(left, Reading("b", f"{both.title()}, and nobody minds.", numbers))
    >>> p.one.start, p.other.start, p.words
    (8, 0, 14)
    """
    import numpy as np

    runs: list[tuple[int, int, int]] = []
    for shift in _diagonals(one, other):
        # Word n of the other stands beside word n + shift of the first.
        left, right = max(0, shift), max(0, -shift)
        size = min(len(one.words) - left, len(other.words) - right)
        same = np.zeros(size + 2, np.int8)
        same[1:-1] = one.words[left : left + size] == other.words[right : right + size]
        turns = np.flatnonzero(np.diff(same))
        for begin, end in zip(turns[::2].tolist(), turns[1::2].tolist(), strict=True):
            if end - begin >= least:
                runs.append((begin - end, left + begin, right + begin))
    taken: list[tuple[int, int]] = []
    out: list[Passage] = []
    for negative, place, beside in sorted(runs):
        size = -negative
        if all(place + size <= begin or place >= end for begin, end in taken):
            taken.append((place, place + size))
            out.append(Passage(one.span(place, size), other.span(beside, size), size))
    return tuple(sorted(out, key=lambda p: (p.one.start, p.other.start)))


def _diagonals(one: Reading, other: Reading) -> list[int]:
    """How far the other's words stand before the first's where their runs meet: of every twelve words one is asked."""
    import numpy as np

    probes = other.grams[::_STEP]
    ordered = one.grams[one.order]
    low, high = np.searchsorted(ordered, probes, "left"), np.searchsorted(ordered, probes, "right")
    times = high - low
    found: list[Any] = []
    for n in range(min(_OFTEN, int(times.max(initial=0)))):
        some = np.flatnonzero((times > n) & (times <= _OFTEN))
        found.append(one.order[low[some] + n] - some * _STEP)
    if not found:
        return []
    shifts, counts = np.unique(np.concatenate(found), return_counts=True)
    return shifts[np.argsort(-counts, kind="stable")][:_DIAGONALS].tolist()
