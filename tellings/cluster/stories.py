"""Many reports into stories: the reports of one event.

Words are weighed as in `weights`, those of the title three times, and two reports are as alike as
the cosine of their weights, lowered softly as their dates lie apart: a fifth of all reports of an
event lie more than three days from its middle, so that no date may part them by itself. Groups
are made by average linkage (Sokal and Michener 1958) down to one likeness.

No group can be joined whose reports are all less alike than that likeness, so only the connected
parts of the graph of likely pairs are linked, each by itself: ten thousand reports need no table
of all pairs.

Still missed: two events of one kind in one week with the same people in them.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from tellings.cluster.weights import Weights, add, table, terms, weigh
from tellings.records import Annotated, Evidence, Story

if TYPE_CHECKING:
    import numpy as np

    Floats = np.ndarray[Any, np.dtype[np.float64]]

__all__ = ["group"]

_ALIKE = 0.18
"""The mean likeness down to which groups are joined: the middle of the best range on 93 events and 263
unrelated articles, half of the events at a time."""
_TITLE = 3
_FADE = 30.0  # days after which two thirds of what dates can take are taken
_FLOOR = 0.6  # what is left of the likeness however far the dates lie apart
_UNDATED = 0.8  # where one date is unknown
_BLOCK = 256  # rows of the table of likenesses held at one time
_LARGEST = 3000  # reports linked at one time; a larger part is first cut at a higher likeness
_STEP = 0.02


def _day(a: Annotated) -> float:
    """The day of publication as a number, NaN where it is unknown."""
    found = a.report.published
    try:
        return float(date.fromisoformat(found.value[:10]).toordinal()) if found is not None else float("nan")
    except ValueError:
        return float("nan")


class _Table:
    """Likenesses of reports, worked out row by row when they are asked for."""

    def __init__(self, weighed: Sequence[Weights], days: Sequence[float]) -> None:
        import numpy as np

        self.matrix = table(weighed)
        self.days = np.array(days)

    def rows(self, rows: Sequence[int], columns: Sequence[int]) -> Floats:
        """The likeness of each of `rows` to each of `columns`, 0 to 1."""
        import numpy as np

        words = (self.matrix[list(rows)] @ self.matrix[list(columns)].T).toarray()
        apart = np.abs(self.days[list(rows)][:, None] - self.days[list(columns)][None])
        soft = _FLOOR + (1 - _FLOOR) * np.exp(-apart / _FADE)
        return words * np.where(np.isnan(soft), _UNDATED, soft)

    def parts(self, members: Sequence[int], least: float) -> list[list[int]]:
        """The connected parts of the graph of pairs that are at least so alike; sorted."""
        import numpy as np
        from scipy import sparse
        from scipy.sparse import csgraph

        above: list[Any] = [
            sparse.csr_matrix(self.rows(members[start : start + _BLOCK], members) >= least)
            for start in range(0, len(members), _BLOCK)
        ]
        count, labels = csgraph.connected_components(sparse.vstack(above), directed=False)
        held: list[list[int]] = [[] for _ in range(count)]
        for member, label in zip(members, np.asarray(labels).tolist(), strict=True):
            held[label].append(member)
        return sorted(held)

    def groups(self, members: Sequence[int], least: float = _ALIKE) -> Iterator[list[int]]:
        """The groups of these reports by average linkage, each sorted."""
        for part in self.parts(members, least):
            if len(part) == 1:
                yield part
            elif len(part) > _LARGEST and least + _STEP < 1:
                yield from self.groups(part, least + _STEP)
            else:
                yield from self._linked(part)

    def _linked(self, part: Sequence[int]) -> list[list[int]]:
        import numpy as np
        from scipy.cluster import hierarchy
        from scipy.spatial import distance

        apart = 1 - self.rows(part, part)
        np.fill_diagonal(apart, 0)
        tree = hierarchy.linkage(distance.squareform(np.clip(apart, 0, None), checks=False), "average")
        labels = hierarchy.fcluster(tree, 1 - _ALIKE, "distance").tolist()
        held: dict[int, list[int]] = {}
        for member, label in zip(part, labels, strict=True):
            held.setdefault(label, []).append(member)
        return sorted(held.values())


def group(reports: Sequence[Annotated]) -> tuple[Story, ...]:
    """The reports grouped by event: every report stands in one story, the largest stories first.

    A story's id is made from its earliest report, so that it stays when later ones join. The
    evidence names the words that its reports share and the days they were published on; a
    report alone has none. The order in which reports are given makes no difference.

    >>> group([])
    ()
    """
    if not reports:
        return ()
    reports = sorted(reports, key=lambda r: r.id)
    weighed = [weigh(terms(a, title=_TITLE)) for a in reports]
    days = [_day(a) for a in reports]
    if len(reports) == 1:
        return (_story(reports, weighed, 1.0),)
    table = _Table(weighed, days)
    out: list[Story] = []
    for members in table.groups(range(len(reports))):
        mean = 1.0
        if len(members) > 1:
            some = members[:_BLOCK]
            mean = float((table.rows(some, some).sum() - len(some)) / (len(some) * (len(some) - 1)))
        out.append(_story([reports[i] for i in members], [weighed[i] for i in members], mean))
    return tuple(sorted(out, key=lambda story: (-len(story.reports), story.reports)))


def _story(reports: Sequence[Annotated], weighed: Sequence[Weights], mean: float) -> Story:
    """The record of one group, whose reports are sorted by id."""
    dated = sorted((a.report.published.value, a.id) for a in reports if a.report.published is not None)
    first = dated[0][1] if dated else reports[0].id
    name = "story-" + hashlib.sha256(first.encode()).hexdigest()[:10]
    evidence: list[Evidence] = []
    if len(reports) > 1:
        holding = Counter(word for weights in weighed for word in weights)
        total = add(weighed)
        shared = [word for word in total if 2 * holding[word] > len(reports)]
        shared.sort(key=lambda word: (-total[word], word))
        evidence.append(Evidence("words in common", round(mean, 3), ", ".join(shared[:8])))
        if dated:
            spread = sorted({value[:10] for value, _ in (dated[0], dated[-1])})
            evidence.append(Evidence("published", 0.0, " to ".join(spread)))
    return Story(name, tuple(a.id for a in reports), tuple(evidence))
