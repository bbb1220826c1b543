"""Many reports into stories: the reports of one event, with the reasons.

Two reports are as alike as the cosine of their words' weights, lowered softly as their dates lie
apart: a fifth of all reports of an event lie more than three days from its middle, so that no date
may part them by itself. Groups are made by average linkage (Sokal and Michener 1958) down to one
likeness. Only pairs that `candidates` found are weighed, and only the connected parts of the graph
of those kept are linked, each by itself: a million reports need no table of all pairs.

A story grows: new reports join the one they are most like, or make their own, and what stands
stays as it stands (`attach`). Inside a story its events are told apart by bursts of reports.

Still missed: two events of one kind in one week with the same people in them.
"""

from __future__ import annotations

import hashlib
import heapq
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from tellings.cluster.candidates import Kept, bar, between, keys, likeness, meet, prints, rows_of, weigh
from tellings.cluster.signs import Sign, Signs, gather, term
from tellings.records import Event, Evidence, Grouped, Member

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Rows = npt.NDArray[np.int64]

__all__ = ["attach", "group", "link", "story_id", "tell"]

_LARGEST = 3000  # reports linked at one time; a larger part is first cut at a higher likeness
_STEP = 0.02
_SEEN = 24  # reports of a large group whose likeness to those of another stands for all
_AT_ONCE = 1 << 16  # pairs weighed at one time
_SHOWN = 8  # words shown as evidence
_SAMPLE = 256  # members of a very large story whose likeness to a report is worked out for evidence
_PAUSE = 2  # days without a report after which what follows is another event of the story


# ---------------------------------------------------------------- likeness inside of a part


def _compact(signs: Signs, rows: Sequence[int] | Rows) -> Any:
    """The words of these rows as a sparse matrix with a column for each word that occurs in them."""
    import numpy as np
    from scipy import sparse

    some = signs.take(rows)
    words, columns = np.unique(some.terms, return_inverse=True)
    return sparse.csr_matrix(
        (some.weights.astype(np.float64), columns, some.term_ends), shape=(len(some), max(1, len(words)))
    )


def _table(signs: Signs, rows: Sequence[int] | Rows) -> Floats:
    """The likeness of each of these reports to each, 0 to 1; 1 to itself."""
    import numpy as np

    held = _compact(signs, rows)
    some = np.asarray(rows, np.int64)
    out = np.asarray(likeness((held @ held.T).toarray(), *between(signs, some[:, None], some[None])))
    np.fill_diagonal(out, 1.0)
    return np.clip((out + out.T) / 2, 0.0, 1.0)


# ---------------------------------------------------------------- linking


def link(signs: Signs, kept: Kept, least: float | None = None) -> Rows:
    """The group of each report: the number of the first report in it.

    Groups are made by average linkage inside the connected parts of the graph of pairs kept. A
    part that is too large is cut at a higher likeness first; the groups made of its pieces, and
    the reports that fell out, are then joined as far as they go, best first, by the same mean.
    `least` is the mean down to which groups are joined: `candidates.bar` where none is given.
    """
    import numpy as np

    least = bar(len(signs)) if least is None else least
    out = np.arange(len(signs), dtype=np.int64)
    some = kept.likeness >= least
    pairs = (kept.left[some], kept.right[some], kept.likeness[some])
    large = np.zeros(len(signs), np.bool_)
    for part, whole in _parts(np.arange(len(signs)), *pairs, least):
        if not whole:
            large[part] = True
        elif len(part) == 2:
            out[part] = part[0]
        else:
            for members in _linked(_table(signs, part), least):
                out[part[members]] = part[members[0]]
    if large.any():
        inside = large[pairs[0]]
        left, right, alike = (column[inside] for column in pairs)
        for part, whole in _parts(np.flatnonzero(large), left, right, alike, least, cut=True):
            if whole:
                for members in _linked(_table(signs, part), least):
                    out[part[members]] = part[members[0]]
        _join(signs, out, np.zeros(len(signs), np.bool_), (left, right), least)
    return out


def _parts(
    members: Rows, left: Any, right: Any, alike: Any, least: float, *, cut: bool = False
) -> Iterator[tuple[Rows, bool]]:
    """The connected parts of two reports or more, each sorted, and whether they stay whole.

    A part that is too large to link does not, or, with `cut`, falls into its parts at a higher likeness.
    """
    import numpy as np
    from scipy import sparse
    from scipy.sparse import csgraph

    one, other = (np.searchsorted(members, side).astype(np.int32) for side in (left, right))
    graph = sparse.coo_matrix((np.ones(len(left), np.int8), (one, other)), shape=(len(members), len(members)))
    count, labels = csgraph.connected_components(graph.tocsr(), directed=False)
    del graph
    order = np.argsort(labels, kind="stable").astype(np.int32)
    sizes = np.bincount(labels, minlength=count)
    ends = np.cumsum(sizes)
    for label in np.flatnonzero(sizes > 1).tolist():
        some = order[ends[label] - sizes[label] : ends[label]]
        if len(some) <= _LARGEST or (cut and least + _STEP >= 1):
            yield members[some], True
        elif not cut:
            yield members[some], False
        else:
            inside = (labels[one] == label) & (alike >= least + _STEP)
            yield from _parts(members[some], left[inside], right[inside], alike[inside], least + _STEP, cut=True)


def _linked(alike: Floats, least: float) -> list[list[int]]:
    """The groups by average linkage of reports whose likeness to each other is given; each sorted."""
    import numpy as np
    from scipy.cluster import hierarchy
    from scipy.spatial import distance

    apart = 1 - alike
    np.fill_diagonal(apart, 0)
    tree = hierarchy.linkage(distance.squareform(apart, checks=False), "average")
    held: dict[int, list[int]] = {}
    for member, label in enumerate(hierarchy.fcluster(tree, 1 - least, "distance").tolist()):
        held.setdefault(label, []).append(member)
    return sorted(held.values())


def group(signs: Iterable[Sign]) -> tuple[Grouped, ...]:
    """The reports grouped by event: every report stands in one story, the largest stories first.

    A story's id is made from its earliest report, so that it stays when later ones join. The order
    in which reports are given makes no difference. Raises `ValueError` where an id stands twice.

    >>> group([])
    ()
    """
    import numpy as np

    some = gather(signs)
    if not len(some):
        return ()
    met, copied = meet(*keys(some), some.days), meet(*prints(some), some.days)
    labels = link(some, weigh(some, met, copied))
    order = np.argsort(labels, kind="stable")
    starts = np.flatnonzero(np.concatenate([[True], labels[order][1:] != labels[order][:-1]]))
    out = [tell(some, rows) for rows in np.split(order, starts[1:])]
    return tuple(sorted(out, key=lambda story: (-len(story.reports), story.reports)))


# ---------------------------------------------------------------- growing


def attach(signs: Signs, standing: Rows, kept: Kept, least: float | None = None) -> Rows:
    """The group of each report after new ones have come: the number of the first report in it.

    `standing` holds the group of each report so far and -1 for the new ones, `kept` the pairs of
    which at least one is new. Groups are joined best first by their mean likeness, as in `link`,
    but what stands stays: no two standing groups are joined, and no report leaves its own.
    """
    import numpy as np

    least = bar(len(signs)) if least is None else least
    out = np.where(standing >= 0, standing, np.arange(len(signs), dtype=np.int64))
    some = kept.likeness >= least
    some &= (standing[kept.left] < 0) | (standing[kept.right] < 0)
    _join(signs, out, standing >= 0, (kept.left[some], kept.right[some]), least)
    return out


def _join(signs: Signs, groups: Rows, stands: Any, pairs: tuple[Any, Any], least: float) -> None:
    """Join groups along pairs of their reports, best mean likeness first, until none is at least so alike.

    `groups` is changed in place. No two groups that stand are joined. Of two large groups a
    fixed sample of pairs stands for all.
    """
    import numpy as np

    one, other = groups[pairs[0]], groups[pairs[1]]
    apart = one != other
    both = np.unique(np.stack([np.minimum(one, other)[apart], np.maximum(one, other)[apart]]), axis=1)
    if not both.size:
        return
    nodes = np.unique(both)
    order = np.argsort(groups, kind="stable")
    order = order[np.isin(groups[order], nodes)]
    bounds = np.searchsorted(groups[order], nodes)
    held = dict(zip(nodes.tolist(), np.split(order, bounds[1:]), strict=True))
    fixed = {node for node in held if stands[node]}
    weigher = _Weigher(signs)
    means: dict[int, dict[int, float]] = {node: {} for node in held}
    edges = [(a, b) for a, b in both.T.tolist() if not (a in fixed and b in fixed)]
    queue: list[tuple[float, int, int]] = []
    for (a, b), mean in zip(edges, weigher.means([(held[a], held[b]) for a, b in edges]), strict=True):
        if mean >= least:  # the mean of a joined group never lies above both of its halves', so others never matter
            means[a][b] = means[b][a] = mean
            queue.append((-mean, a, b))
    heapq.heapify(queue)
    while queue:
        mean, a, b = heapq.heappop(queue)
        if a not in held or b not in held or means[a].get(b) != -mean:
            continue  # one of the two has been joined to another since
        sizes = len(held[a]), len(held[b])
        around = sorted((means[a].keys() | means[b].keys()) - {a, b})
        if b in fixed:
            fixed.add(a)
        around = [c for c in around if not (a in fixed and c in fixed)]
        lacking = [(c, d) for c in around for d in (a, b) if c not in means[d]]
        found = weigher.means([(held[c], held[d]) for c, d in lacking])
        known = {(c, d): means[d][c] for c in around for d in (a, b) if c in means[d]}
        known.update(zip(lacking, found, strict=True))
        for d in (a, b):
            for c in means[d]:
                means[c].pop(d, None)
        held[a] = np.sort(np.concatenate([held[a], held.pop(b)]))
        means[a], means[b] = {}, {}
        for c in around:
            joined = (known[c, a] * sizes[0] + known[c, b] * sizes[1]) / sum(sizes)
            if joined >= least:
                means[a][c] = means[c][a] = joined
                heapq.heappush(queue, (-joined, min(a, c), max(a, c)))
        groups[held[a]] = held[a][0]


class _Weigher:
    """Mean likenesses of groups to each other."""

    def __init__(self, signs: Signs) -> None:
        self.signs = signs
        self.table = rows_of(signs)

    def means(self, pairs: Sequence[tuple[Rows, Rows]]) -> list[float]:
        """The mean likeness of the reports of each pair of groups; of large groups, by a fixed sample."""
        import numpy as np

        out: list[float] = []
        lefts: list[Rows] = []
        rights: list[Rows] = []
        sizes: list[int] = []
        held = 0

        def flush() -> None:
            nonlocal held
            if sizes:
                left, right = np.concatenate(lefts), np.concatenate(rights)
                words = np.asarray(self.table[left].multiply(self.table[right]).sum(axis=1), np.float64).ravel()
                alike = likeness(words, *between(self.signs, left, right))
                starts = np.concatenate([[0], np.cumsum(sizes)])[:-1]
                out.extend((np.add.reduceat(alike, starts) / np.asarray(sizes)).tolist())
            lefts.clear()
            rights.clear()
            sizes.clear()
            held = 0

        for a, b in pairs:
            one, other = a[:: -(-len(a) // _SEEN)], b[:: -(-len(b) // _SEEN)]
            lefts.append(np.repeat(one, len(other)))
            rights.append(np.tile(other, len(one)))
            sizes.append(len(one) * len(other))
            held += sizes[-1]
            if held >= _AT_ONCE:
                flush()
        flush()
        return out


# ---------------------------------------------------------------- telling


def _iso(day: float) -> str | None:
    return None if math.isnan(day) else date.fromordinal(int(day)).isoformat()


def story_id(first: str) -> str:
    """The id of the story whose first report has this id; long enough that no two of many millions are the same.

    >>> story_id("a")
    'story-ca978112ca1bbdca'
    """
    return "story-" + hashlib.sha256(first.encode()).hexdigest()[:16]


def tell(signs: Signs, rows: Sequence[int] | Rows) -> Grouped:
    """The record of one group, whose rows are given in any order.

    The evidence names the words that its reports share, the passages, and the days they were
    published on; a report alone has none.
    """
    some = signs.take(sorted((int(n) for n in rows), key=lambda n: signs.ids[n]))
    days = some.days.tolist()
    first = min(range(len(some)), key=lambda n: (math.isnan(days[n]), 0 if math.isnan(days[n]) else days[n], n))
    name = story_id(some.ids[first])
    if len(some) == 1:
        return Grouped(name, tuple(some.ids))
    return Grouped(name, tuple(some.ids), *_reasons(some), _events(some))


def _shared(some: Signs) -> tuple[Counter[str], Counter[str]]:
    """Each word that is spelled somewhere: in how many reports it weighs, and how much in all."""
    spelled = {term(word): word for word in sorted({word for words in some.words for word in words})}
    holding: Counter[str] = Counter()
    weighing: Counter[str] = Counter()
    for number, weight in zip(some.terms.tolist(), some.weights.tolist(), strict=True):
        if number in spelled:
            holding[spelled[number]] += 1
            weighing[spelled[number]] += weight
    return holding, weighing


def _reasons(some: Signs) -> tuple[tuple[Evidence, ...], tuple[Member, ...]]:
    """What speaks for a story, and for each of its reports."""
    import numpy as np

    count = len(some)
    step = -(-count // _SAMPLE)
    seen = list(range(0, count, step))
    table = _table(some, range(count)) if step == 1 else _table_of(some, seen)
    own, others = np.zeros(count), np.full(count, len(seen))
    own[seen] = table[seen, np.arange(len(seen))]
    others[seen] -= 1
    means = (table.sum(axis=1) - own) / np.maximum(others, 1)
    holding, weighing = _shared(some)
    ranked = sorted(holding, key=lambda word: (-weighing[word], word))
    held_by = Counter(some.prints.tolist())
    heads = Counter(some.names.tolist())
    common_words = {term(word): n for n, word in enumerate(ranked) if holding[word] > 1}
    common_names = {number: n for n, word in enumerate(ranked) if heads[number := term(word)] > 1}
    dated = sorted(day for day in some.days.tolist() if not math.isnan(day))
    members: list[Member] = []
    copies = 0
    for n, one in enumerate(some):
        words = _first(ranked, common_words, one.terms)
        evidence = [Evidence("words in common", round(float(means[n]), 3), ", ".join(words))]
        if names := _first(ranked, common_names, one.names):
            evidence.append(Evidence("names in title and lead", 0.0, ", ".join(names)))
        common = sum(held_by[p] > 1 for p in one.prints.tolist())
        if common:
            copies += 1
            share = common / len(one.prints)
            evidence.append(
                Evidence("passages in common", 0.0, f"{max(share, 0.01):.0%} of its text stands in others too")
            )
        if dated and not math.isnan(one.day):
            gap = int(one.day - dated[0])
            told = (
                "the first day" if not gap else "1 day after the first" if gap == 1 else f"{gap} days after the first"
            )
            evidence.append(Evidence("published", 0.0, told))
        members.append(Member(one.id, tuple(evidence)))
    common = [word for word in ranked if 2 * holding[word] > count]
    reasons = [Evidence("words in common", round(float(means.mean()), 3), ", ".join(common[:_SHOWN]))]
    named = [word for word in ranked if 2 * heads[term(word)] > count]
    if named:
        reasons.append(Evidence("names in title and lead", 0.0, ", ".join(named[:_SHOWN])))
    if copies:
        reasons.append(Evidence("passages in common", 0.0, f"in {copies} of {count} reports"))
    if dated:
        spread = [_iso(day) or "" for day in sorted({dated[0], dated[-1]})]
        reasons.append(Evidence("published", 0.0, " to ".join(spread)))
    return tuple(reasons), tuple(members)


def _first(ranked: Sequence[str], places: Mapping[int, int], numbers: Any) -> list[str]:
    """The words shown of those with these numbers, by their places in `ranked`."""
    return [ranked[n] for n in sorted({places[number] for number in numbers.tolist() if number in places})[:_SHOWN]]


def _table_of(some: Signs, seen: Sequence[int]) -> Floats:
    """The likeness of each report to some of them."""
    import numpy as np

    held = _compact(some, range(len(some)))
    days = between(some, np.arange(len(some))[:, None], np.asarray(seen)[None])
    return np.asarray(likeness((held @ held[list(seen)].T).toarray(), *days))


def _events(some: Signs) -> tuple[Event, ...]:
    """The bursts of a story, by date: a pause of days parts two; undated reports go with the first."""
    dated = sorted((day, n) for n, day in enumerate(some.days.tolist()) if not math.isnan(day))
    bursts: list[list[int]] = []
    last = -math.inf
    for day, n in dated:
        if day - last > _PAUSE:
            bursts.append([])
        bursts[-1].append(n)
        last = day
    undated = [n for n, day in enumerate(some.days.tolist()) if math.isnan(day)]
    bursts = bursts or [[]]
    bursts[0] += undated
    whole, _ = _shared(some)
    return tuple(_event(some.take(sorted(burst)), len(some), whole) for burst in bursts if burst)


def _event(burst: Signs, count: int, whole: Mapping[str, int]) -> Event:
    """A burst of a story of `count` reports; `whole` says in how many of them each word stands."""
    holding, weighing = _shared(burst)
    days = [day for day in burst.days.tolist() if not math.isnan(day)]
    # Words are an event's own where they stand in more of its reports than of the whole story's.
    own = [
        word
        for word in holding
        if 2 * holding[word] > len(burst) and (len(burst) == count or holding[word] * 2 > whole[word])
    ]
    own.sort(key=lambda word: (-weighing[word], word))
    first, last = (_iso(min(days)), _iso(max(days))) if days else (None, None)
    return Event(tuple(burst.ids), first, last, tuple(own[:_SHOWN]))
