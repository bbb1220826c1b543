"""Weights of words: how much each word says of what a report is about.

Term frequency and inverse document frequency (Spärck Jones 1972). How many articles hold a word is
not counted in the reports at hand but read from a table of 1,734 news articles that ships with the
package, so that three reports of one event are weighed as well as three thousand of many.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from tellings.records import Annotated
from tellings.text import View, complement

__all__ = ["COMMON", "Weights", "add", "articles", "cosine", "nearest", "rare", "table", "terms", "total", "weigh"]

Weights = dict[str, float]
"""Words and their weights; the squares add up to 1, or there are none."""

COMMON = 0.25
"""Words in more than this share of all news say nothing of the subject."""
_BLOCK = 256
"""Rows of a table of likenesses held at one time."""


@cache
def _background() -> tuple[dict[str, int], int]:
    text = (files("tellings.lexicons") / "background.txt").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    held = {word: int(count) for word, count, _ in rows[1:]}
    return held, int(rows[0][1])


def articles(word: str) -> int:
    """How many of the background's articles hold this folded word; 0 for one that fewer than three hold."""
    return _background()[0].get(word, 0)


def total() -> int:
    """How many articles the background was counted in."""
    return _background()[1]


def rare(word: str) -> bool:
    """Whether hardly any news holds this word: it names this event, or somebody of it."""
    return len(word) > 3 and word.isalpha() and articles(word) <= 3


def terms(a: Annotated) -> Counter[str]:
    """The folded words of a report without its furniture, counted."""
    text = a.report.text
    parts = complement(a.id, len(text), [r.span for r in a.removed]) if a.removed else None
    return Counter(word for word, _ in View(a.id, text).words(parts))


def weigh(counts: Mapping[str, int]) -> Weights:
    """The weights of counted words, of length 1; empty where no word tells.

    >>> weighed = weigh({"the": 9, "reservoir": 2, "breach": 1})
    >>> sorted(weighed), round(sum(w * w for w in weighed.values()), 6)
    (['breach', 'reservoir'], 1.0)
    """
    held, count = _background()
    out: Weights = {}
    for word in sorted(counts):
        known = held.get(word, 0)
        if len(word) > 1 and not word[0].isdigit() and known < COMMON * count:
            out[word] = (1 + math.log(counts[word])) * math.log((count + 1) / (known + 1.5))
    length = math.sqrt(sum(weight * weight for weight in out.values()))
    return {word: weight / length for word, weight in out.items()}


def cosine(a: Weights, b: Weights) -> float:
    """How alike two weighed texts are, 0 to 1."""
    small, large = (a, b) if len(a) <= len(b) else (b, a)
    return sum(weight * large.get(word, 0.0) for word, weight in small.items())


def add(many: Iterable[Weights]) -> Weights:
    """The sum of several weighed texts, not brought to length 1."""
    out: Weights = {}
    for one in many:
        for word, weight in one.items():
            out[word] = out.get(word, 0.0) + weight
    return out


def table(weighed: Sequence[Weights]) -> Any:
    """Many weighed texts as a sparse matrix: a row for each, in order, a column for each word."""
    from scipy import sparse

    numbers: dict[str, int] = {}
    columns: list[int] = []
    values: list[float] = []
    ends = [0]
    for weights in weighed:
        for word, weight in weights.items():
            columns.append(numbers.setdefault(word, len(numbers)))
            values.append(weight)
        ends.append(len(columns))
    return sparse.csr_matrix((values, columns, ends), shape=(len(weighed), max(1, len(numbers))))


def nearest(weighed: Sequence[Weights], some: Sequence[int]) -> list[float]:
    """For each of `some`, numbers of texts, the greatest cosine to any other text; 0 where there is none.

    >>> [round(x, 2) for x in nearest([{"a": 1.0}, {"a": 0.6, "b": 0.8}, {"c": 1.0}], [0, 2])]
    [0.6, 0.0]
    """
    if not some or len(weighed) < 2:
        return [0.0] * len(some)
    rows = table(weighed)
    out: list[float] = []
    for start in range(0, len(some), _BLOCK):
        block = list(some[start : start + _BLOCK])
        likeness = (rows[block] @ rows.T).toarray()
        likeness[range(len(block)), block] = -1.0
        out += likeness.max(axis=1).tolist()
    return out
