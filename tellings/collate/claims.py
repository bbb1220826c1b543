"""Claims: statements of one fact, by different reports, side by side.

The statements of a story (`statements.py`) are compared pairwise; a logistic model over a dozen
named features gives each pair the chance that both tell one fact; statements are then joined from
the likeliest pair on, by average link, as long as the mean chance between two groups is high
enough. To join what adds an origin to a group it has to be higher: a claim that stands on an origin
too many does more harm than one that stands on too few. The weights are in `lexicons/claims.json`,
made by `training/claims.py`.

For each claim three numbers are counted: outlets that carry it, origins of the text they print
(`origins.py`), and the same after a sentence taken from another origin is counted to that one. A report
counts where it surely tells what the title tells (`records.SURE`); whether it denies that is asked of the
title's own verb.

Method: average link, as in Sokal and Michener (1958); the heap of candidate pairs keeps it near
linear in the number of pairs. Still missed: one fact told in quite other words.
"""

from __future__ import annotations

import heapq
import json
import math
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from tellings.collate.nouns import lemma, nouns
from tellings.collate.pairs import FEATURES, STANDING, Layout, incompatible, lay_out, standing
from tellings.collate.statements import Statement, light_acts
from tellings.collate.titles import Title, Titles, negated_acts, unsuited
from tellings.collate.wholes import depths, relabelled
from tellings.records import (
    SURE,
    Annotated,
    Attribution,
    Carried,
    Claim,
    Collation,
    EditKind,
    Passage,
    Polarity,
    Said,
    Support,
)
from tellings.text import Span

__all__ = [
    "chances",
    "find",
    "grouped",
    "join",
    "loosened",
    "parted",
    "rechanced",
    "roots",
    "said",
]


def find(c: Collation) -> tuple[Claim, ...]:
    """The claims of a story, the most widely told first.

    Every statement stands in exactly one claim, also one that a single report makes. Ranked by how
    many independent origins surely tell what the title tells (each counts by the chance that its
    likeliest support tells one fact with the title, and more where it opens with it: what happened
    comes before what lies behind it), less where no support is a statement by itself, a little more with
    each origin that perhaps tells it; then by independent origins, by origins, by outlets, and by how
    early it is told. Named sources are those of supports that surely tell it.
    """
    origin = roots(c)
    layout = lay_out(c.reports, origin)
    statements = layout.statements
    chance = rechanced(layout).tolist()
    near: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for a, b, p in zip(layout.pairs.first.tolist(), layout.pairs.second.tolist(), chance, strict=True):
        near[a][b] = near[b][a] = p
    reports = {report.id: report for report in c.reports}
    count = _Counts(c)
    deep = depths(c)
    swapped: dict[str, list[tuple[Span, float]]] = {name: [] for name in reports}
    for kind, price in _COPIED:
        for name, spans in relabelled(c, kind).items():
            swapped[name] += [(span, price) for span in spans]
    titles = {name: Titles(report) for name, report in reports.items()}

    def titled(told: Sequence[Statement], leaders: Sequence[int], title: Title, leader: int) -> Claim:
        """The claim of these statements under a title that is of a copy of this leader."""
        chances = _chances(layout, leaders, leader, near, _Quoted(title, reports))
        stances = _stances(told, layout.leader(leader), reports)
        support = tuple(
            Support(
                one.span,
                said(reports[one.span.report], one.attribution),
                stance,
                count.copied_from(one, told),
                round(chances[one.span], 3),
            )
            for one, stance in zip(told, stances, strict=True)
        )
        every = count.carried(support)
        sure = count.carried([s for s in support if s.chance >= SURE], by_agency=True)
        sources = count.sources(support, told, reports)
        return Claim("", every.outlets, every.origins, every.independent, sources, title.span, 0, support, sure)

    drafts: list[tuple[tuple[Any, ...], Claim, list[Statement], list[int], list[tuple[Title, int]]]] = []
    for leaders in _joined(layout, origin, chance):
        told = sorted((statements[k] for m in leaders for k in layout.copies[m]), key=lambda s: s.span)
        offers = _title(layout, leaders, near, origin, reports, titles, swapped=swapped, deep=deep)
        title, leader = offers[0]
        found = titled(told, leaders, title, leader)
        worth = _sure(found.support, told, origin) * (1 - _FRAGMENT * (1 - title.whole))
        worth += _PERHAPS * found.independent
        early = round(min(s.place for s in told), 9)
        key = (-round(worth * _STEPS), -found.independent, -found.origins, -found.outlets, early, title.span)
        drafts.append((key, found, told, leaders, offers))
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


_NO_VERB = 0.3
"""What a support without a verb counts in ranking: it says who or what somebody is, and not what happened."""


_WIDER = 0.55
"""What is left of a chance where the title's verb is not that of the clause that was compared."""


class _Quoted:
    """A title, and whether a statement tells it whole."""

    def __init__(self, title: Title, reports: dict[str, Annotated]) -> None:
        self.wider = title.wider
        self._span = title.span
        self._reports = reports
        self._words = _plain(reports[title.span.report].quote(title.span))

    def told_by(self, one: Statement) -> bool:
        """Whether the title stands around this statement, here or word for word in another report."""
        if one.span.report == self._span.report and one.span.overlap(self._span):
            return True
        report = self._reports[one.span.report]
        return self._words in _plain(report.quote(report.sentences[one.sentence].span))


def _plain(text: str) -> str:
    """The words of a text without case and signs, a blank around each."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "


def _chances(
    layout: Layout, leaders: Sequence[int], title: int, near: dict[int, dict[int, float]], quoted: _Quoted
) -> dict[Span, float]:
    """How surely each statement tells what the title tells; `title` is the leader that the title is a copy of.

    The chance of the pair. A title that was widened until another verb is its main one tells something else
    before what its leader tells, and the leader's copies may not tell that.
    """
    out: dict[Span, float] = {}
    for m in leaders:
        chance = (1.0 if m == title else near[m].get(title, 0.0)) * (_WIDER if quoted.wider else 1.0)
        for k in layout.copies[m]:
            one = layout.statements[k]
            if m == title and (not quoted.wider or quoted.told_by(one)):
                out[one.span] = 1.0
            else:
                out[one.span] = chance if one.verbal or m == title else _NO_VERB * chance
    return out


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


def _stances(told: Sequence[Statement], title: Statement, reports: dict[str, Annotated]) -> list[Polarity]:
    """Whether each telling denies what the title's statement tells.

    It does where somebody is said to deny it (all may); or where a verb of both is negated in exactly one of
    the two. A "not" of another verb, one that both have, "not only" and "can't believe" deny
    nothing, nor does what a report tells beside the title.
    """
    denied = [_denier(one, reports) and not one.negated for one in told]
    by_title = _denier(title, reports)
    its = negated_acts(reports[title.span.report], title)
    out: list[Polarity] = []
    for one, mine in zip(told, denied, strict=True):
        shared = (one.acts & title.acts) - light_acts()
        differs = one.polarity != title.polarity and one.span.report != title.span.report and not by_title
        against = differs and (negated_acts(reports[one.span.report], one) ^ its) & shared
        out.append("denied" if mine or against else "affirmed")
    return out


def _denier(one: Statement, reports: dict[str, Annotated]) -> bool:
    """Whether somebody is said to deny a statement."""
    report = reports[one.span.report]
    return one.attribution is not None and report.attributions[one.attribution].polarity == "denied"


def roots(c: Collation) -> dict[str, str]:
    """The id of the origin of each report; a report in none of them is one by itself."""
    out = {report.id: f"alone {report.id}" for report in c.reports}
    out.update((name, origin.id) for origin in c.origins for name in origin.reports)
    return out


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


# ---------------------------------------------------------------- counting


class _Counts:
    """What is counted for each claim: which outlet, which origin, taken from where, said by whom."""

    def __init__(self, c: Collation) -> None:
        self.outlet = {r.id: r.report.outlet.value if r.report.outlet else r.id for r in c.reports}
        self.origin = roots(c)
        agency = {name: origin.source is not None for origin in c.origins for name in origin.reports}
        self._agency = {origin.id: origin.source for origin in c.origins if origin.source is not None}
        self._known = {r.id for r in c.reports if r.report.outlet}
        published = {r.id: r.report.published.value if r.report.published else "9" for r in c.reports}
        self._passages: defaultdict[str, list[tuple[int, int, int]]] = defaultdict(list)
        self._owner: list[Span] = []
        for number, passage in enumerate(c.passages):
            self._owner.append(_owner(passage, agency, published))
            for span in passage.spans:
                self._passages[span.report].append((span.start, span.end, number))
        for spans in self._passages.values():
            spans.sort()
        self._longest = {name: max(end - start for start, end, _ in spans) for name, spans in self._passages.items()}
        self._places = {form.form for actor in c.actors if actor.kind == "place" for form in actor.forms}
        self._actor: dict[str, str] = {}
        for actor in c.actors:
            for form in actor.forms:
                if _is_name(form.form) and _is_name(actor.name) and _one_name(form.form, actor.name):
                    self._actor.setdefault(" ".join(_WORD.findall(form.form.lower())), actor.name)

    def carried(self, support: Sequence[Support], *, by_agency: bool = False) -> Carried:
        """How widely these supports tell it.

        With `by_agency` two texts of one agency speak for one origin, and no outlet speaks for more than one:
        an agency that sends two reports of one event is no second witness.
        """
        outlets = {self.outlet[s.span.report] for s in support}
        origins = {self.origin[s.span.report] for s in support}
        taken = {self.origin[(s.copied_from or s.span).report] for s in support}
        if not by_agency:
            return Carried(len(outlets), len(origins), len(taken))
        independent = len({self._agency.get(name, name) for name in taken})
        if all(s.span.report in self._known for s in support):
            independent = min(independent, len(outlets))
        return Carried(len(outlets), len(origins), independent)

    def copied_from(self, one: Statement, told: Sequence[Statement]) -> Span | None:
        """The span in a report of another origin that this statement was taken from, or None.

        It was taken from there if four fifths of it lie in a passage that both share. The span is
        the statement of the same claim in the passage there, or else the whole passage there.
        """
        spans = self._passages.get(one.span.report)
        if not spans:
            return None
        best: tuple[int, int] | None = None
        at = bisect_right(spans, (one.span.end, 0, 0))
        while at > 0:
            at -= 1
            start, end, number = spans[at]
            if start + self._longest[one.span.report] <= one.span.start:
                break
            shared = min(end, one.span.end) - max(start, one.span.start)
            if shared * 5 >= len(one.span) * 4 and (best is None or (shared, -number) > best):
                best = (shared, -number)
        if best is None:
            return None
        owner = self._owner[-best[1]]
        if self.origin[owner.report] == self.origin[one.span.report]:
            return None
        same = [s.span for s in told if s.span.overlap(owner) * 5 >= len(s.span) * 4]
        return min(same, default=owner)

    def sources(
        self, support: Sequence[Support], told: Sequence[Statement], reports: dict[str, Annotated]
    ) -> tuple[str, ...]:
        """The named sources behind the supports that surely tell it, each once under its plainest full name, sorted.

        Named is a source that was resolved to a name, or whose words hold one ("Mr Okafor"), and not one that
        is only told by its place ("the Ostrel bank").
        """
        names: set[str] = set()
        for one, statement in zip(support, told, strict=True):
            if one.attribution is None or statement.attribution is None or one.chance < SURE:
                continue
            report = reports[one.span.report]
            attribution = report.attributions[statement.attribution]
            name = one.attribution.source_text
            if attribution.speaker is not None or _NAMED.search(name):
                called = self._name(name)
                if not self._placed(called) and not _is_role(called):
                    names.add(called)
        kept: list[str] = []
        for name in sorted(names, key=lambda n: (-len(_CAPITAL.findall(n)), len(n), n)):
            words = set(_WORD.findall(" ".join(_NAME.findall(name)).lower()))
            if words and not any(words <= set(_WORD.findall(other.lower())) for other in kept):
                kept.append(name)
        return tuple(sorted(kept))

    def _placed(self, name: str) -> bool:
        """Whether a source's words name no more than a place before a noun: "New York bank"."""
        words = name.split()
        head = words[-1] if words else ""
        return head.islower() and all(
            " ".join(part) in self._places for part in _runs(words) if part[0].lower() not in ("the", "a", "an")
        )

    def _name(self, source: str) -> str:
        """The name of the actor that a source's words hold, as long a form of it as there is.

        "the so-called monitoring group Quay Watch" is Quay Watch: whoever calls it what, it is one
        source, and no outlet's word for it is ours. The words themselves where no actor fits.
        """
        words = _WORD.findall(source.lower())
        for size in range(len(words), 0, -1):
            for start in range(len(words) - size + 1):
                if (name := self._actor.get(" ".join(words[start : start + size]))) is not None:
                    return name
        return source


_WORD = re.compile(r"\w+")
_CAPITAL = re.compile(r"\b[^\W\d_a-z]\w*")
_NAME = re.compile(r"\b[^\W\d_a-z][\w'’-]*")
_NAMED = re.compile(r"(?<!^)\b[^\W\d_a-z]\w")
"""A capital letter that does not open the words."""


def _is_role(name: str) -> bool:
    """Whether a name is a single noun for a person, with a capital letter where a sentence opens: "Analysts"."""
    return " " not in name and nouns().kind.get(lemma(name.lower())[0]) == "person"


def _runs(words: Sequence[str]) -> list[list[str]]:
    """The stretches of words with a capital letter."""
    out: list[list[str]] = []
    for k, word in enumerate(words):
        if word[:1].isupper():
            if k and words[k - 1][:1].isupper():
                out[-1].append(word)
            else:
                out.append([word])
    return out


def _is_name(words: str) -> bool:
    """Whether a phrase holds a name: one capital word, or a capital after its first word ("Nine people" has none)."""
    return bool(_NAMED.search(words)) or (" " not in words and bool(_CAPITAL.search(words)))


def _one_name(form: str, name: str) -> bool:
    """Whether a form is a way of writing this name: a capital word of it, or its initials."""
    mine, its = ([word.lower() for word in _CAPITAL.findall(x)] for x in (form, name))
    initials = "".join(word[0] for word in its)
    return any(len(word) > 2 and word in its for word in mine) or any(
        len(w) > 1 and initials.startswith(w) for w in mine
    )


def _owner(passage: Passage, agency: dict[str, bool], published: dict[str, str]) -> Span:
    """The span of the report that a shared passage most likely comes from.

    An agency's copy goes before others, then what was published first, then what is longest: a
    guess where no date is known, as copies are cut more often than they grow.
    """
    return min(
        passage.spans,
        key=lambda s: (not agency.get(s.report, False), published.get(s.report, "9"), -len(s), s),
    )


def said(report: Annotated, attribution: int | None) -> Said | None:
    """Who a report says said it, from its attribution of this index; None where there is none."""
    if attribution is None:
        return None
    found: Attribution = report.attributions[attribution]
    at_spot = " ".join(report.quote(span) for span in found.source)
    return Said(
        source_text=found.speaker.name if found.speaker else at_spot,
        cue_text=" ".join(report.quote(span) for span in found.cue),
        source=found.source[0] if found.source else None,
        through=tuple(report.quote(span) for span in found.through),
    )


# ---------------------------------------------------------------- title


_OFF_CENTRE = 6.0
"""What it costs a title to stand wholly apart from the others: as much as three loaded words."""


_BROKEN, _UNLIKE = 4.0, 3.0
"""What it costs a title to lack subject or verb, and to be worded in words that no other support has."""
_WIDENED = 2.0
"""What it costs a title to tell more than the clause around which it was widened."""
_OFFERS = 3
"""How many supports may title a claim, should another claim have taken the words of the first."""
_COPY = 0.2
"""What it costs a title to be one copy further from where its text began."""
_COPIED: tuple[tuple[EditKind, float], ...] = (("label_swap", 3.0), ("reworded", 1.0))
"""What it costs to hold words that a copy put in place of others."""


def _title(  # noqa: PLR0917  # all that a story knows of its reports
    layout: Layout,
    leaders: Sequence[int],
    near: dict[int, dict[int, float]],
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
    best = heapq.nsmallest(_OFFERS, offers, key=lambda offer: offer[0])
    (*_, as_it_stands), _, leader = best[0]
    return [*((found, m) for _, found, m in best), (Title(as_it_stands, 0.0, 0.0, wider=False), leader)]
