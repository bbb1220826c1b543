"""Claims: statements of one fact, by different reports, side by side.

The statements of a story (`statements.py`) are compared pairwise; a logistic model over a dozen
named features gives each pair the chance that both tell one fact; statements are then joined from
the likeliest pair on, by average link, as long as the mean chance between two groups is high
enough. Its weights are in `lexicons/claims.json`, made by `training/claims.py`.

For each claim three numbers are counted: outlets that carry it, origins of the text they print
(`origins.py`), and the same after a sentence taken from another origin is counted to that one.

Method: average link, as in Sokal and Michener (1958); the heap of candidate pairs keeps it near
linear in the number of pairs. Still missed: one fact told in quite other words.
"""

from __future__ import annotations

import heapq
import json
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from tellings.collate.statements import FEATURES, Layout, Statement, lay_out
from tellings.records import Annotated, Attribution, Claim, Collation, Passage, Said, Support
from tellings.text import Span

__all__ = ["chances", "find", "group", "join", "opens_badly", "said", "unsuited"]


def find(c: Collation) -> tuple[Claim, ...]:
    """The claims of a story, the most widely told first.

    Every statement stands in exactly one claim, also one that a single report makes. Ranked by
    independent origins, then origins, outlets, then by how early it is told.
    """
    layout = lay_out(c.reports)
    statements = layout.statements
    groups = group(layout)
    reports = {report.id: report for report in c.reports}
    count = _Counts(c)
    drafts: list[tuple[tuple[Any, ...], Claim]] = []
    for members in groups:
        told = sorted((statements[k] for k in members), key=lambda s: s.span)
        support = tuple(
            Support(s.span, said(reports[s.span.report], s.attribution), s.polarity, count.copied_from(s, told))
            for s in told
        )
        outlets = len({count.outlet[s.span.report] for s in support})
        origins = len({count.origin[s.span.report] for s in support})
        independent = len({count.origin[(s.copied_from or s.span).report] for s in support})
        first = min(s.place for s in told)
        title = _title(told, reports)
        key = (-independent, -origins, -outlets, round(first, 9), title)
        drafts.append(
            (key, Claim("", outlets, origins, independent, count.sources(support, told, reports), title, 0, support))
        )
    drafts.sort(key=lambda draft: draft[0])
    return tuple(
        Claim(f"claim-{rank}", x.outlets, x.origins, x.independent, x.sources, x.title, rank, x.support)
        for rank, (_, x) in enumerate(drafts, start=1)
    )


# ---------------------------------------------------------------- grouping


@cache
def _model() -> tuple[float, tuple[float, ...], float]:
    """Intercept, weights in the order of `FEATURES`, and the least mean chance to join two groups."""
    data = json.loads(files("tellings.lexicons").joinpath("claims.json").read_text(encoding="utf-8"))
    return data["intercept"], tuple(data["weights"].get(name, 0.0) for name in FEATURES), data["join_at"]


def chances(values: Any) -> Any:
    """For each row of features the chance, 0 to 1, that both statements tell one fact."""
    import numpy as np

    intercept, weights, _ = _model()
    # Products are added column by column: a matrix product may add in another order on other machines.
    total = np.full(len(values), intercept)
    for column, weight in enumerate(weights):
        if weight:
            total = total + values[:, column] * weight
    return np.round(1 / (1 + np.exp(-total)), 9)


def group(layout: Layout) -> tuple[tuple[int, ...], ...]:
    """The statements in groups that tell one fact each: sorted indices, groups by their first index."""
    pairs, copies = layout.pairs, layout.copies
    chance = chances(pairs.values).tolist()
    joined = join(len(copies), pairs.first.tolist(), pairs.second.tolist(), chance, _model()[2])
    return tuple(sorted(tuple(sorted(k for leader in members for k in copies[leader])) for members in joined))


_LEAST = 0.05
"""A chance below this counts as none: most pairs of a story are such, and each would cost a place."""


def join(
    count: int, first: Iterable[int], second: Iterable[int], chance: Iterable[float], join_at: float
) -> list[list[int]]:
    """Average-link groups of `count` items, from the likeliest pair on; a pair not given has chance 0.

    >>> join(4, [0, 1, 2], [1, 2, 3], [0.9, 0.2, 0.8], 0.3)
    [[0, 1], [2, 3]]
    """
    near: list[dict[int, float]] = [{} for _ in range(count)]
    heap: list[tuple[float, int, int]] = []
    for a, b, p in zip(first, second, chance, strict=True):
        if p >= _LEAST:
            near[a][b] = near[b][a] = p
            if p >= join_at:
                heap.append((-p, min(a, b), max(a, b)))
    heapq.heapify(heap)
    groups: list[list[int]] = [[k] for k in range(count)]
    while heap:
        minus, a, b = heapq.heappop(heap)
        if b not in near[a] or round(near[a][b] / (len(groups[a]) * len(groups[b])), 9) != -minus:
            continue  # one of them has grown or gone since
        groups[a] += groups[b]
        groups[b] = []
        del near[a][b]
        for k, total in near[b].items():
            if k == a:
                continue
            del near[k][b]
            near[a][k] = near[k][a] = near[a].get(k, 0.0) + total
        near[b] = {}
        for k, total in near[a].items():
            mean = round(total / (len(groups[a]) * len(groups[k])), 9)
            if mean >= join_at:
                heapq.heappush(heap, (-mean, min(a, k), max(a, k)))
    return [sorted(members) for members in groups if members]


# ---------------------------------------------------------------- counting


class _Counts:
    """What is counted for each claim: which outlet, which origin, taken from where, said by whom."""

    def __init__(self, c: Collation) -> None:
        self.outlet = {r.id: r.report.outlet.value if r.report.outlet else r.id for r in c.reports}
        self.origin: dict[str, str] = {r.id: f"alone {r.id}" for r in c.reports}
        agency: dict[str, bool] = {}
        for origin in c.origins:
            for name in origin.reports:
                self.origin[name] = origin.id
                agency[name] = origin.source is not None
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
        self._actor: dict[str, str] = {}
        for actor in c.actors:
            for form in actor.forms:
                self._actor.setdefault(form.form.lower(), actor.name)

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
        """The named sources behind the supports, each once under its fullest name, sorted.

        Named is a source that was resolved to a name, or whose words hold one ("Mr Okafor").
        """
        names: set[str] = set()
        for one, statement in zip(support, told, strict=True):
            if one.attribution is None or statement.attribution is None:
                continue
            report = reports[one.span.report]
            attribution = report.attributions[statement.attribution]
            name = one.attribution.source_text
            if attribution.speaker is not None or _NAMED.search(name):
                names.add(self._actor.get(name.lower(), name))
        kept: list[str] = []
        for name in sorted(names, key=lambda n: (-len(n), n)):
            words = set(_WORD.findall(name.lower()))
            if words and not any(words <= set(_WORD.findall(other.lower())) for other in kept):
                kept.append(name)
        return tuple(sorted(kept))


_WORD = re.compile(r"\w+")
_NAMED = re.compile(r"(?<!^)\b[^\W\d_a-z]\w")
"""A capital letter that does not open the words."""


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


@cache
def _loaded() -> frozenset[str]:
    """Words that take a side or hedge: a title does without them where it can."""
    text = files("tellings.lexicons").joinpath("loaded.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


_OPENS_BADLY = frozenset(
    [
        "he",
        "she",
        "it",
        "they",
        "this",
        "that",
        "these",
        "those",
        "we",
        "i",
        "you",
        "his",
        "her",
        "its",
        "their",
        "and",
        "but",
        "or",
        "so",
        "which",
        "who",
        "whose",
        "when",
        "where",
        "while",
        "however",
        "also",
        "still",
        "yet",
        "there",
        "here",
    ]
)


def opens_badly(statement: Statement) -> bool:
    """Whether a statement opens with a pronoun or a word that leans on what came before."""
    return statement.words[0] in _OPENS_BADLY


def unsuited(statement: Statement, report: Annotated) -> float:
    """How little a statement is suited to be quoted by itself: 0 is best.

    Counts loaded and hedging words, an opening that leans on what came before, too few or too many
    words, a sentence that is not whole.
    """
    loaded = _loaded()
    cost = 2.0 * sum(word in loaded for word in statement.words)
    cost += 2.0 * opens_badly(statement)
    cost += max(0, 7 - len(statement.words)) * 0.5 + max(0, len(statement.words) - 32) * 0.1
    opening = report.quote(statement.span)[:1]
    cost += 0.0 if opening.isupper() or opening.isdigit() else 0.7
    cost += 0.5 * (statement.attribution is not None)
    return cost


def _title(told: Sequence[Statement], reports: dict[str, Annotated]) -> Span:
    """The statement that tells the claim best: near the words of the others, and fit to stand alone."""
    spread: defaultdict[str, int] = defaultdict(int)
    for one in told:
        for stem in set(one.stems):
            spread[stem] += 1

    def central(one: Statement) -> float:
        stems = set(one.stems)
        return sum(spread[s] - 1 for s in stems) / (len(told) * max(6, len(stems)))

    def key(one: Statement) -> tuple[float, float, Span]:
        return (round(unsuited(one, reports[one.span.report]) - 3 * central(one), 9), one.place, one.span)

    return min(told, key=key).span
