"""Pairs of reports that may be of one story, found without comparing each with each.

Reports meet where they hold the same key. Keys are of two kinds: the prints of their passages,
and every two of their strongest words together (an inverted index of pairs of words: one word may
be held by thousands of reports, two of the strongest hardly ever). Keys are dealt into buckets
that can be worked through one by one, anywhere and in any order; what a bucket gives is never
more than a fixed number of pairs for each of its rows, since a key that many hold joins each
report only to the next few by date. So far dates bar no pair, but of many reports the near ones
meet first.

`weigh` then gives the exact likeness of the pairs that met. Still missed: one event told in wholly
different words, none of them shared among the strongest.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tellings.cluster.signs import Signs

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Count = npt.NDArray[np.uint16]
    Days = npt.NDArray[np.float64]
    Floats = npt.NDArray[np.float32]
    Keys = npt.NDArray[np.uint64]
    Reports = npt.NDArray[np.uint32]
    Rows = npt.NDArray[np.int64]

__all__ = [
    "ALIKE",
    "Kept",
    "Pairs",
    "between",
    "join",
    "keys",
    "likeness",
    "meet",
    "prints",
    "rows_of",
    "together",
    "weigh",
]

ALIKE = 0.15
"""The mean likeness down to which the groups of a small pile are joined, and that of the least pair worth keeping.
Chosen between .12 and .16, the best for 347 reports of known events without 263 of no story and with them."""
_MORE = 0.025  # what is added for every tenfold of reports
_SMALL = 600  # reports of a small pile
_STRONGEST = 12  # words whose pairs are keys
_FEW = 8  # reports that hold a key and all meet each other
_NEXT = 2  # of a key that more hold, each report meets so many by date
_TOO_MANY = 2000  # reports that hold a print: it is no passage but furniture, and says nothing
_FADE = 30.0  # days after which two thirds of what dates can take are taken
_FLOOR = 0.6  # what is left of the likeness however far the dates lie apart
_UNDATED = 0.8  # where one date is unknown
_TOLD_FADE = 8.0  # the same for the days that both tell of
_TOLD_FLOOR = 0.1
_COPY = 0.9  # cosine from which two reports are one text
_BLOCK = 1 << 16  # pairs weighed at one time


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Pairs of reports, `left` < `right`, sorted, none twice, and how many keys each pair shares."""

    left: Reports
    right: Reports
    shared: Count

    def __len__(self) -> int:
        return len(self.left)


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """Pairs that are alike enough to be kept, sorted, with what was weighed.

    `words` is the cosine of their words, `prints` how many prints they share, `apart` the days
    between them (NaN where one is undated), `likeness` what follows from all of these, 0 to 1.
    """

    left: Reports
    right: Reports
    likeness: Floats
    words: Floats
    prints: Count
    apart: Floats

    def __len__(self) -> int:
        return len(self.left)


def bar(count: int) -> float:
    """The mean likeness down to which groups are joined among so many reports.

    It grows with their logarithm, as the greatest likeness by chance does: of ten times as many
    reports, the one most like another that it has nothing to do with is more like it.

    >>> bar(5), bar(6_000), bar(600_000)
    (0.15, 0.175, 0.225)
    """
    return round(ALIKE + _MORE * max(0.0, math.log10(max(count, 1) / _SMALL)), 4)


# ---------------------------------------------------------------- keys


def keys(signs: Signs, base: int = 0) -> tuple[Keys, Reports]:
    """Every two of each report's strongest words as one key, and the number of the report.

    Reports are numbered from `base` on; rows are in the order of reports.
    """
    import numpy as np

    sizes = np.diff(signs.term_ends)
    rows = np.repeat(np.arange(len(signs)), sizes)
    # Weights as whole numbers keep their order; ties are broken by the word's own number.
    rank = (signs.weights.view(np.uint32).astype(np.uint64) << np.uint64(32)) | signs.terms.astype(np.uint64)
    order = np.lexsort((~rank, rows))
    place = np.arange(len(order)) - np.repeat(signs.term_ends[:-1], sizes)
    held = np.zeros((len(signs), _STRONGEST), np.uint64)
    top = place < _STRONGEST
    held[rows[order][top], place[top]] = signs.terms[order][top] + np.uint64(1)
    held.sort(axis=1)
    first, second = np.triu_indices(_STRONGEST, 1)
    a, b = held[:, first], held[:, second]
    mixed = (a * np.uint64(0x9E3779B97F4A7C15)) ^ (b * np.uint64(0xC2B2AE3D27D4EB4F))
    mixed ^= mixed >> np.uint64(32)
    mixed *= np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(29)
    numbers = np.broadcast_to(np.arange(base, base + len(signs), dtype=np.uint32)[:, None], mixed.shape)
    there = a > 0
    return mixed[there], numbers[there]


def prints(signs: Signs, base: int = 0) -> tuple[Keys, Reports]:
    """The prints of each report and its number, counted from `base`."""
    import numpy as np

    numbers = np.arange(base, base + len(signs), dtype=np.uint32)
    return signs.prints, np.repeat(numbers, np.diff(signs.print_ends))


# ---------------------------------------------------------------- who meets whom


def meet(keys: Keys, reports: Reports, days: Days, most: int = _TOO_MANY) -> Pairs:
    """Which reports hold the same keys, of one bucket: all rows of a key have to be in it.

    `days` are those of all reports, by their numbers. Of a key that more than a few hold, each
    report meets the next ones by date (the undated come last); a key that more than `most` hold says
    nothing. The order of rows makes no difference.
    """
    import numpy as np

    if not len(keys):
        return _pairs(np.zeros(0, np.uint64))
    # Most keys are held by one report: they go first.
    order = np.argsort(keys, kind="stable")
    keys, reports = keys[order], reports[order]
    same = np.empty(len(keys) + 1, np.bool_)
    same[0] = same[-1] = False
    np.equal(keys[1:], keys[:-1], out=same[1:-1])
    held = same[1:] | same[:-1]
    keys, reports = keys[held], reports[held]
    if not len(keys):
        return _pairs(np.zeros(0, np.uint64))
    order = np.lexsort((reports, days[reports], keys))
    keys, reports = keys[order], reports[order]
    starts = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]]))
    sizes = np.diff(np.append(starts, len(keys)))
    reach = np.where(sizes <= _FEW, _FEW, np.where(sizes <= most, _NEXT, 0))
    reach = np.repeat(reach, sizes)
    found: list[Any] = []
    for step in range(1, min(_FEW, len(keys))):
        near = (keys[step:] == keys[:-step]) & (reach[step:] >= step)
        if not near.any():
            break
        one, other = reports[:-step][near], reports[step:][near]
        found.append(np.minimum(one, other).astype(np.uint64) << np.uint64(32) | np.maximum(one, other))
    return _pairs(np.concatenate(found) if found else np.zeros(0, np.uint64))


def _pairs(both: Keys) -> Pairs:
    """Pairs as one number each, with repeats, as what they are."""
    import numpy as np

    both.sort()
    starts = np.flatnonzero(np.concatenate([[True], both[1:] != both[:-1]])) if len(both) else np.zeros(0, np.int64)
    times = np.diff(np.append(starts, len(both)))
    both = both[starts]
    return Pairs(
        (both >> np.uint64(32)).astype(np.uint32),
        (both & np.uint64(0xFFFFFFFF)).astype(np.uint32),
        np.minimum(times, 0xFFFF).astype(np.uint16),
    )


def join(many: Sequence[Pairs]) -> Pairs:
    """The pairs of several buckets as one; what a pair shares in each is added up."""
    import numpy as np

    some = [p for p in many if len(p)]
    if not some:
        return _pairs(np.zeros(0, np.uint64))
    both = np.concatenate([p.left.astype(np.uint64) << np.uint64(32) | p.right for p in some])
    shared = np.concatenate([p.shared for p in some]).astype(np.int64)
    order = np.argsort(both, kind="stable")
    both, shared = both[order], shared[order]
    starts = np.flatnonzero(np.concatenate([[True], both[1:] != both[:-1]]))
    return Pairs(
        (both[starts] >> np.uint64(32)).astype(np.uint32),
        (both[starts] & np.uint64(0xFFFFFFFF)).astype(np.uint32),
        np.minimum(np.add.reduceat(shared, starts), 0xFFFF).astype(np.uint16),
    )


# ---------------------------------------------------------------- likeness


def likeness(words: Any, apart: Any, told: Any) -> Any:
    """How alike two reports are, 0 to 1, by the cosine of their words and the days between them.

    `apart` are days between their dates of publication, `told` those between the days that they
    tell of; NaN where they are unknown. What they tell of is trusted where both tell of days: dates
    of publication lie far apart in a fifth of all stories, days told hardly ever. Of a copy it is
    not: a page dated by its download tells of its own Tuesday, and not of the one that was meant.
    """
    import numpy as np

    soft = _FLOOR + (1 - _FLOOR) * np.exp(-np.abs(apart) / _FADE)
    soft = np.where(np.isnan(soft), _UNDATED, soft)
    hard = _TOLD_FLOOR + (1 - _TOLD_FLOOR) * np.exp(-told / _TOLD_FADE)
    return words * np.where(np.isnan(hard) | (words >= _COPY), soft, hard)


def between(signs: Signs, one: Any, other: Any) -> tuple[Any, Any]:
    """The days between the dates of publication of rows, and between the days that they tell of; NaN where unknown.

    `one` and `other` index rows and may be of any shape that numpy can bring together.
    """
    import numpy as np

    apart = np.abs(signs.days[one] - signs.days[other])
    gap = np.maximum(signs.first[one] - signs.last[other], signs.first[other] - signs.last[one])
    return apart, np.maximum(gap, 0.0)


def rows_of(signs: Signs) -> Any:
    """The words of all reports as a sparse matrix: a row for each report, a column for each number of a word."""
    import numpy as np
    from scipy import sparse

    out = sparse.csr_matrix(
        (signs.weights, signs.terms.view("i4"), signs.term_ends), shape=(len(signs), (1 << 31) - 1), copy=False
    )
    # In one report of some hundred thousand two words have one number. Where a number stands twice in a row, matrices
    # are multiplied by way of a row of all columns, and those are two thousand millions: 22 GB.
    twice = np.flatnonzero(signs.terms[1:] == signs.terms[:-1]) + 1
    if not np.isin(twice, signs.term_ends).all():
        out = out.copy()
        out.sum_duplicates()
    return out


def weigh(signs: Signs, met: Pairs, copied: Pairs, least: float = ALIKE) -> Kept:
    """The exact likeness of all pairs that met, by keys or by prints; those below `least` are left out.

    Reports are the rows of `signs`. To split the work, give some of the pairs of `met` and of
    `copied`: all whose `left` lies in a range.
    """
    import numpy as np

    both = join([Pairs(met.left, met.right, np.zeros(len(met), np.uint16)), copied])
    table = rows_of(signs)
    parts: list[Kept] = []
    for some in _blocks(both):
        words = np.asarray(table[some.left].multiply(table[some.right]).sum(axis=1), np.float64).ravel()
        apart, told = between(signs, some.left, some.right)
        alike = likeness(words, apart, told)
        keep = alike >= least
        parts.append(
            Kept(
                some.left[keep],
                some.right[keep],
                alike[keep].astype(np.float32),
                words[keep].astype(np.float32),
                some.shared[keep],
                apart[keep].astype(np.float32),
            )
        )
    return together(parts)


def _blocks(pairs: Pairs) -> Iterator[Pairs]:
    for start in range(0, len(pairs), _BLOCK):
        part = slice(start, start + _BLOCK)
        yield Pairs(pairs.left[part], pairs.right[part], pairs.shared[part])


def together(parts: Sequence[Kept]) -> Kept:
    """The kept pairs of several ranges as one, sorted; no pair may be in two of them."""
    import numpy as np

    def column(name: str, kind: Any) -> Any:
        return np.concatenate([np.zeros(0, kind), *(getattr(part, name) for part in parts)]).astype(kind, copy=False)

    left, right = column("left", np.uint32), column("right", np.uint32)
    order = np.lexsort((right, left))
    return Kept(
        left[order],
        right[order],
        column("likeness", np.float32)[order],
        column("words", np.float32)[order],
        column("prints", np.uint16)[order],
        column("apart", np.float32)[order],
    )
