"""Claims: statements of one fact, by different reports, side by side.

The statements of a story (`statements.py`) are compared pairwise; a logistic model over a dozen
named features gives each pair the chance that both tell one fact; statements are then joined from
the likeliest pair on, by average link, as long as the mean chance between two groups is high
enough. To join what adds an origin to a group it has to be higher: a claim that stands on an origin
too many does more harm than one that stands on too few. The weights are in `lexicons/claims.json`,
made by `training/claims.py`.

For each claim three numbers are counted: outlets that carry it, origins of the text they print
(`origins.py`), and the same after a sentence taken from another origin is counted to that one
(`carriers.py`). A report counts where it surely tells what the title tells (`sureties.py`,
`records.SURE`), and the title is one that many surely tell. What repeats a title further up ranks lower.

Method: average link, as in Sokal and Michener (1958); the heap of candidate pairs keeps it near
linear in the number of pairs. Still missed: one fact told in quite other words.
"""

from __future__ import annotations

import heapq
import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from tellings.collate.carriers import Carriers, Sources, roots, said
from tellings.collate.pairs import FEATURES, STANDING, Layout, incompatible, lay_out, standing
from tellings.collate.statements import Statement
from tellings.collate.sureties import Sureties, plain, stances
from tellings.collate.titles import Title, Titles, unsuited
from tellings.collate.wholes import depths, relabelled
from tellings.records import SURE, Annotated, Claim, Collation, EditKind, Support
from tellings.text import Span

__all__ = [
    "chances",
    "find",
    "grouped",
    "join",
    "loosened",
    "parted",
    "rechanced",
    "repeated",
    "roots",
    "said",
]


def find(c: Collation) -> tuple[Claim, ...]:
    """The claims of a story, the most widely told first.

    Every statement stands in exactly one claim, also one that a single report makes. Ranked by how
    many independent origins surely tell what the title tells (each counts by the chance that its
    likeliest support tells one fact with the title, and more where it opens with it: what happened
    comes before what lies behind it), less where no support is a statement by itself or the title repeats
    another's, a little more with each origin that perhaps tells it; then by independent origins, by origins,
    by outlets, and by how early it is told. Named sources are those of supports that surely tell it.
    """
    origin = roots(c)
    layout = lay_out(c.reports, origin)
    statements = layout.statements
    chance = rechanced(layout).tolist()
    reports = {report.id: report for report in c.reports}
    sureties = Sureties(layout, reports, chance)
    count, sources = Carriers(c), Sources(c)
    deep = depths(c)
    swapped: dict[str, list[tuple[Span, float]]] = {name: [] for name in reports}
    for kind, price in _COPIED:
        for name, spans in relabelled(c, kind).items():
            swapped[name] += [(span, price) for span in spans]
    titles = {name: Titles(report) for name, report in reports.items()}

    def titled(told: Sequence[Statement], leaders: Sequence[int], title: Title, leader: int) -> Claim:
        """The claim of these statements under a title that is of a copy of this leader."""
        chances = sureties.find(leaders, title, leader)
        support = tuple(
            Support(
                one.span,
                said(reports[one.span.report], one.attribution),
                stance,
                count.copied_from(one, told),
                round(chances[one.span], 3),
            )
            for one, stance in zip(told, stances(told, layout.leader(leader), reports), strict=True)
        )
        every = count.carried(support)
        sure = count.carried([s for s in support if s.chance >= SURE], by_agency=True)
        named = sources.find(support, told)
        return Claim("", every.outlets, every.origins, every.independent, named, title.span, 0, support, sure)

    drafts: list[tuple[tuple[Any, ...], Claim, list[Statement], list[int], list[tuple[Title, int]]]] = []
    for leaders in _joined(layout, origin, chance):
        told = sorted((statements[k] for m in leaders for k in layout.copies[m]), key=lambda s: s.span)
        offers = _title(layout, leaders, sureties, origin, reports, titles, swapped=swapped, deep=deep)
        title, leader = offers[0]
        found = titled(told, leaders, title, leader)
        worth = _sure(found.support, told, origin) * (1 - _FRAGMENT * (1 - title.whole))
        worth += _PERHAPS * found.independent
        early = round(min(s.place for s in told), 9)
        key = (-round(worth * _STEPS), -found.independent, -found.origins, -found.outlets, early, title.span)
        drafts.append((key, found, told, leaders, offers))
    drafts.sort(key=lambda draft: draft[0])
    for k in repeated([found for _, found, *_ in drafts[:_COMPARED]], reports):
        key, found, told, leaders, offers = drafts[k]
        drafts[k] = ((round(key[0] * _REPEATED), *key[1:]), found, told, leaders, offers)
    drafts.sort(key=lambda draft: draft[0])
    out: list[Claim] = []
    taken: set[str] = set()

    def words(span: Span) -> str:
        return reports[span.report].quote(span).casefold()

    for rank, (_, x, told, leaders, offers) in enumerate(drafts, start=1):
        # Two clauses of one sentence may be made whole alike; the later claim takes another support, or its clause.
        title, leader = next((offer for offer in offers if words(offer[0].span) not in taken), offers[0])
        taken.add(words(title.span))
        found = x if title.span == x.title else titled(told, leaders, title, leader)
        out.append(replace(found, id=f"claim-{rank}", rank=rank))
    return tuple(out)


_COMPARED, _REPEATED = 100, 0.25
"""So many claims are asked whether one repeats another, and what is left of the worth of one that does."""


def repeated(found: Sequence[Claim], reports: Mapping[str, Annotated]) -> list[int]:
    """The numbers of the claims of several outlets that repeat another: the words of one title hold the other's.

    Of the two the fuller is kept where it is as widely told, and else the one further up.
    """
    out: set[int] = set()
    words = {k: plain(reports[x.title.report].quote(x.title)) for k, x in enumerate(found) if x.carried.outlets > 1}
    for k, mine in words.items():
        for n, its in words.items():
            if n < k and not out & {k, n} and (mine in its or its in mine):
                a, b = found[k].carried, found[n].carried
                as_widely = a.outlets >= b.outlets and a.origins >= b.origins and a.independent >= b.independent
                out.add(n if len(its) < len(mine) and as_widely else k)
    return sorted(out)


_OPENING = 3
"""Headline and lead stand among this many first sentences of a report."""
_OPENED = 0.5
"""What it adds to an origin's part in a claim's worth that it opens with it."""

_PERHAPS = 0.25
"""What it adds to a claim's worth that an origin tells it, perhaps or surely."""
_STEPS = 4
"""In how many steps each origin's worth is told apart: of what is told alike by all, what is told first comes first."""
_FRAGMENT = 0.9
"""The part of a claim's worth that goes where no support can be quoted as a statement by itself."""


def _sure(support: Sequence[Support], told: Sequence[Statement], origin: dict[str, str]) -> float:
    """How many independent origins surely tell what the title tells, each by its likeliest support.

    An origin that opens with it counts half as much again.
    """
    best: dict[str, float] = {}
    opened: set[str] = set()
    for one, statement in zip(support, told, strict=True):
        if one.chance >= SURE:
            name = origin[(one.copied_from or one.span).report]
            best[name] = max(best.get(name, 0.0), one.chance)
            if statement.sentence < _OPENING:
                opened.add(name)
    return math.fsum(chance * (1 + _OPENED * (name in opened)) for name, chance in sorted(best.items()))


# ---------------------------------------------------------------- grouping


@cache
def _model() -> tuple[float, tuple[float, ...], float, float]:
    """Intercept, weights in the order of `FEATURES`, and the least mean chances to join two groups.

    The first of these holds where no origin is added to either group, the second where one is.
    """
    data = json.loads(files("tellings.lexicons").joinpath("claims.json").read_text(encoding="utf-8"))
    weights = tuple(data["weights"].get(name, 0.0) for name in FEATURES)
    return data["intercept"], weights, data["join_at"], data["join_origins_at"]


def chances(values: Any) -> Any:
    """For each row of features the chance, 0 to 1, that both statements tell one fact."""
    import numpy as np

    intercept, weights, _, _ = _model()
    # Products are added column by column: a matrix product may add in another order on other machines.
    total = np.full(len(values), intercept)
    for column, weight in enumerate(weights):
        if weight:
            total = total + values[:, column] * weight
    return loosened(values, 1 / (1 + np.exp(-total)))


@cache
def _second() -> tuple[float, tuple[float, ...], tuple[float, ...]]:
    """Intercept and weights of the second reading, those of `FEATURES` and those of `STANDING`."""
    data = json.loads(files("tellings.lexicons").joinpath("claims.json").read_text(encoding="utf-8"))["second"]
    return (
        data["intercept"],
        tuple(data["weights"].get(name, 0.0) for name in FEATURES),
        tuple(data["weights"].get(f"standing {name}", 0.0) for name in STANDING),
    )


def rechanced(layout: Layout) -> Any:
    """For each pair the chance that both tell one fact, once more, now that the chances of the others are known.

    The first reading (`chances`) sees a pair by itself; the second sees how it stands among the rest
    (`STANDING`) as well. Statements that exclude each other (`pairs.incompatible`) are hardly one fact.
    """
    import numpy as np

    intercept, weights, standings = _second()
    found, report = layout.pairs, [layout.leader(k).span.report for k in range(len(layout.copies))]
    rows = standing(found.first, found.second, chances(found.values), report)
    total = np.full(len(found.values), intercept)
    for column, weight in enumerate(weights):
        total = total + found.values[:, column] * weight
    for column, weight in enumerate(standings):
        total = total + rows[:, column] * weight
    return parted(layout, loosened(found.values, 1 / (1 + np.exp(-total))))


_PARTED = 0.2
"""What is left of the chance of statements that exclude each other: editors do call some of them one fact."""


def parted(layout: Layout, chance: Any) -> Any:
    """The chances of the pairs of a layout, lowered where both exclude each other and stand in two reports."""
    import numpy as np

    out = chance.copy()
    first, second = layout.pairs.first.tolist(), layout.pairs.second.tolist()
    for k in np.flatnonzero(chance >= _LEAST).tolist():
        one, other = layout.leader(first[k]), layout.leader(second[k])
        if one.span.report != other.span.report and incompatible(one, other):
            out[k] = round(out[k] * _PARTED, 9)
    return out


_TWO_ORIGINS, _PLAIN, _OPPOSED, _ACTS = map(FEATURES.index, ("two_origins", "plain", "opposed", "acts"))
_BARE, _AGAINST = 0.5, 0.15


def loosened(values: Any, chance: Any) -> Any:
    """The chances, lowered where two origins share no more than names and times, or tell the opposite.

    Such statements are about one thing; that they tell one fact of it nothing shows. Rounded, so
    that they can be compared as equal.
    """
    import numpy as np

    apart = values[:, _TWO_ORIGINS] > 0
    bare = apart & (values[:, _PLAIN] == 0) & (values[:, _ACTS] == 0)
    opposed = apart & (values[:, _OPPOSED] > 0)
    return np.round(chance * np.where(bare, _BARE, 1.0) * np.where(opposed, _AGAINST, 1.0), 9)


_EVEN = 0.7
"""The power to which chances are raised before their mean is taken: a group has to be linked throughout, and one
sure pair weighs less against pairs that are none."""


def grouped(
    layout: Layout, chance: Sequence[float], bars: tuple[float, float], origins: Sequence[frozenset[str]]
) -> list[list[int]]:
    """The leaders in groups that tell one fact each, by average link.

    `bars` are the least chances to join two groups, the first where no origin is added to either.
    """
    first, second = layout.pairs.first.tolist(), layout.pairs.second.tolist()
    even = [round(p**_EVEN, 9) for p in chance]
    join_at, origins_at = (round(bar**_EVEN, 9) for bar in bars)
    return join(len(layout.copies), first, second, even, join_at, origins_at=origins_at, origins=origins)


def _joined(layout: Layout, origin: dict[str, str], chance: Sequence[float]) -> list[list[int]]:
    """The leaders in groups that tell one fact each."""
    _, _, join_at, origins_at = _model()
    return grouped(layout, chance, (join_at, origins_at), _origins_of(layout, origin))


def _origins_of(layout: Layout, origin: dict[str, str]) -> list[frozenset[str]]:
    """The origins in which each group of near copies stands."""
    return [frozenset(origin[layout.statements[k].span.report] for k in members) for members in layout.copies]


_LEAST = 0.05
"""A chance below this counts as none: most pairs of a story are such, and each would cost a place."""


def join(
    count: int,
    first: Iterable[int],
    second: Iterable[int],
    chance: Iterable[float],
    join_at: float,
    *,
    origins_at: float | None = None,
    origins: Sequence[frozenset[str]] = (),
) -> list[list[int]]:
    """Average-link groups of `count` items, from the likeliest pair on; a pair not given has chance 0.

    Two groups are joined at `join_at`, or at `origins_at` where each has an origin that the other lacks;
    `origins` are those of each item.

    >>> join(4, [0, 1, 2], [1, 2, 3], [0.9, 0.2, 0.8], 0.3)
    [[0, 1], [2, 3]]
    >>> join(2, [0], [1], [0.4], 0.3, origins_at=0.5, origins=[frozenset("a"), frozenset("b")])
    [[0], [1]]
    """
    rooted = list(origins) or [frozenset[str]()] * count

    def bar(a: int, b: int) -> float:
        if origins_at is None or rooted[a] <= rooted[b] or rooted[b] <= rooted[a]:
            return join_at
        return origins_at

    near: list[dict[int, float]] = [{} for _ in range(count)]
    heap: list[tuple[float, int, int]] = []
    for a, b, p in zip(first, second, chance, strict=True):
        if p >= _LEAST:
            near[a][b] = near[b][a] = p
            if p >= bar(a, b):
                heap.append((-p, min(a, b), max(a, b)))
    heapq.heapify(heap)
    groups: list[list[int]] = [[k] for k in range(count)]
    while heap:
        minus, a, b = heapq.heappop(heap)
        if b not in near[a] or round(near[a][b] / (len(groups[a]) * len(groups[b])), 9) != -minus:
            continue  # one of them has grown or gone since
        groups[a] += groups[b]
        groups[b] = []
        rooted[a] = rooted[a] | rooted[b]
        del near[a][b]
        for k, total in near[b].items():
            if k == a:
                continue
            del near[k][b]
            near[a][k] = near[k][a] = near[a].get(k, 0.0) + total
        near[b] = {}
        for k, total in near[a].items():
            mean = round(total / (len(groups[a]) * len(groups[k])), 9)
            if mean >= bar(a, k):
                heapq.heappush(heap, (-mean, min(a, k), max(a, k)))
    return [sorted(members) for members in groups if members]


# ---------------------------------------------------------------- title


def _tellers(chances: Mapping[Span, float], origin: Mapping[str, str]) -> float:
    """How many origins surely tell a title, each by the chance of its likeliest statement."""
    best: dict[str, float] = {}
    for span, chance in chances.items():
        if chance >= SURE:
            best[origin[span.report]] = max(best.get(origin[span.report], 0.0), chance)
    return math.fsum(chance for _, chance in sorted(best.items()))


_OFF_CENTRE = 6.0
"""What it costs a title to stand wholly apart from the others: as much as three loaded words."""


_BROKEN, _UNLIKE = 4.0, 3.0
"""What it costs a title to lack subject or verb, and to be worded in words that no other support has."""
_WIDENED = 2.0
"""What it costs a title to tell more than the clause around which it was widened."""
_OFFERS = 3
"""How many supports may title a claim, should another claim have taken the words of the first."""
_TRIED, _UNTOLD = 8, 6.0
"""So many offers are asked who surely tells them, and what it costs one that nobody else tells."""
_COPY = 0.2
"""What it costs a title to be one copy further from where its text began."""
_COPIED: tuple[tuple[EditKind, float], ...] = (("label_swap", 3.0), ("reworded", 1.0))
"""What it costs to hold words that a copy put in place of others."""


def _title(  # noqa: PLR0917  # all that a story knows of its reports
    layout: Layout,
    leaders: Sequence[int],
    sureties: Sureties,
    origin: dict[str, str],
    reports: dict[str, Annotated],
    titles: dict[str, Titles],
    *,
    swapped: dict[str, list[tuple[Span, float]]],
    deep: dict[str, int],
) -> list[tuple[Title, int]]:
    """The words that tell the claim best, the best first, each with the leader whose copy they are or stand around.

    They are the support most like all others and fit to stand alone, made whole from its sentence where
    it is but a part; the last offer is the first one's statement as it stands, should all be taken. What is
    no statement by itself, and what a copy relabelled, is offered only for want of others.

    Likeness is the chance that both tell one fact. Near copies in reports of one origin count once,
    so that a text does not become the measure of a claim by being printed often.
    """
    near = sureties.near
    weight = {m: len({origin[layout.statements[k].span.report] for k in layout.copies[m]}) for m in leaders}
    central = {m: weight[m] - 1 + sum(near[m].get(n, 0.0) * weight[n] for n in leaders if n != m) for m in leaders}
    most = max(central.values()) or 1.0
    offers: list[tuple[tuple[float, float, Span], Title, int]] = []
    tellings = [layout.statements[k] for m in leaders for k in layout.copies[m]]
    spread = Counter(stem for one in tellings for stem in set(one.stems))
    most_told = max((sum(spread[x] for x in one.stems) / (len(one.stems) or 1) for one in tellings), default=0.0) or 1.0
    for m in leaders:
        apart = 1 - central[m] / most if len(leaders) > 1 else 0.0
        for k in layout.copies[m]:
            one = layout.statements[k]
            report = reports[one.span.report]
            found = titles[report.id].find(one.span, one.sentence)
            cost = unsuited(one, report) + _OFF_CENTRE * apart
            cost += _BROKEN * (1 - found.whole) + found.cost + _WIDENED * found.wider
            cost += _COPY * min(3, deep[report.id])
            cost += max((price for s, price in swapped[report.id] if found.span.overlap(s)), default=0.0)
            cost += _UNLIKE * (1 - sum(spread[x] for x in one.stems) / (len(one.stems) or 1) / most_told)
            offers.append(((round(cost, 6), one.place, one.span), found, m))
    if not offers:
        raise ValueError("a claim without a support has no title")
    tried = heapq.nsmallest(_TRIED, offers, key=lambda offer: offer[0])
    if len({origin[one.span.report] for one in tellings}) > 1:
        tellers = [_tellers(sureties.find(leaders, found, m), origin) for _, found, m in tried]
        most = max(tellers) or 1.0
        dear = [
            (round(offer[0][0] + _UNTOLD * (1 - n / most), 6), *offer[0][1:])
            for offer, n in zip(tried, tellers, strict=True)
        ]
        tried = [(cost, found, m) for cost, (_, found, m) in sorted(zip(dear, tried, strict=True), key=lambda x: x[0])]
    best = tried[:_OFFERS]
    (*_, as_it_stands), _, leader = best[0]
    return [*((found, m) for _, found, m in best), (Title(as_it_stands, 0.0, 0.0, wider=False), leader)]
