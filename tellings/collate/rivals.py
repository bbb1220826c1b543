"""Rivals: pairs of statements that part, how likely each is a conflict, and the groups they make.

Two models, both logistic, so that what speaks for a conflict can be shown. The first weighs
*pairs* of leaders by named features (`POINTS`): what makes them alike (`pairs.py`), on what they
part (`contrasts.py`), what kind of statement each is (`lexicons/signs.txt`: it denies, doubts,
explains, accuses, looks ahead, counts), and how widely it is told. From the likeliest pair on,
pairs open a *draft*, and further statements that part from its members too join as readings.
The second weighs the whole draft (`MARKS`): its best pair, its size, who tells it, and whether
better drafts stand in the same sentences. The weights are in `lexicons/conflicts.json`, made by
`training/conflicts.py`.

Still missed: what contradicts only by inference ("nobody was hurt", "taken to hospital").
"""

from __future__ import annotations

import json
import math
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from itertools import permutations
from typing import Any

from tellings import lexicons
from tellings.collate.answers import PARTS, Answers, exclude, point, quoted
from tellings.collate.claims import chances
from tellings.collate.contrasts import SLOTS, Contrast, Told, agree, between, retold, same_words
from tellings.collate.pairs import FEATURES, Layout, Pairs
from tellings.collate.statements import rarity
from tellings.records import Passage
from tellings.text import Span

__all__ = [
    "MARKS",
    "POINTS",
    "Bars",
    "Candidates",
    "Draft",
    "Weights",
    "candidates",
    "draft",
    "marks",
    "model",
    "of_answers",
    "signs",
    "weigh",
]

_MOST_RIVALS = 16
"""A statement is compared with so many others at least, the likeliest first."""
_LEAST_CHANCE = 0.04
"""Pairs that less likely tell one fact are not laid against each other."""

_POINTED = tuple(name for name in SLOTS if name not in ("speaker", "telling", "which"))
_SIGNS = ("no", "unsure", "cause", "claim", "ahead", "much")
_SQUARED = ("words", "news", "letters", "held", "family", "family_held", "sentence", "meaning")

POINTS = (
    *FEATURES,
    "chance",  # log-odds that both tell one fact
    *_POINTED,  # they part on such a point
    "points",  # on how many
    "odd_least",  # the weight of the words that one side alone has, of the side that has less
    "odd_most",  # and of the side that has more
    "hedged",  # one side alone is hedged
    "one_origin",  # both stand in reports of one origin
    "two_reports",  # they stand in two reports
    "same_words",  # the part of all words that they share in order
    "both_count",  # both hold numbers
    "one_counts",  # one side alone does
    "both_dated",  # both hold times
    "one_dated",  # one side alone does
    "ratio",  # the logarithm of the larger by the smaller of two numbers that differ
    "verbs",  # a verb stands in place of a verb
    "nouns",  # a noun in place of a noun
    "framed",  # how many words in a row agree around the point
    *(f"{name} of one act" for name in _POINTED),  # they part on it, and share a verb's family
    *(f"{name} of one thing" for name in _POINTED),  # they part on it, times the weight they share
    *(f"one {name}" for name in _SIGNS),  # one side alone has such a word
    *(f"both {name}" for name in _SIGNS),  # both sides have one
    *(f"{name} squared" for name in _SQUARED),  # the alike part, and the same do not
    "same_words squared",
    "chance squared",
    "telling alike",  # they part on no single point, times the weight they share
    "spread",  # the part of the other reports that tell the like of either
    "surest",  # how much less likely one fact than the best pair of either
    "short",  # the shorter one has five words at most
    "copies",  # how many near copies both have
    "aligned",  # they stand in one passage, which was changed
    "early",  # both stand in the first third of their reports
    "many",  # how many statements the story has
)
"""What a pair is ranked by; the columns of `Candidates.values`."""

_ACTS, _HELD = FEATURES.index("acts"), FEATURES.index("family_held")


@dataclass(frozen=True)
class Candidates:
    """Pairs of leaders that part: their numbers, the points, and a row of values each.

    `one_fact` holds pairs of leaders, the smaller first, that most likely tell one fact and part on
    no certain point: they belong to one reading.
    """

    first: list[int]
    second: list[int]
    points: list[tuple[Contrast, ...]]
    values: Any
    one_fact: frozenset[tuple[int, int]] = frozenset()

    def of(self, leader: int) -> list[int]:
        """The candidates in which this leader stands, in their order."""
        return self._of.get(leader, [])

    def same(self, leader: int) -> list[int]:
        """The leaders that most likely tell one fact with this one, in their order."""
        return self._same.get(leader, [])

    @cached_property
    def _same(self) -> dict[int, list[int]]:
        out: dict[int, list[int]] = {}
        for a, b in sorted(self.one_fact):
            out.setdefault(a, []).append(b)
            out.setdefault(b, []).append(a)
        return out

    @cached_property
    def _of(self) -> dict[int, list[int]]:
        out: dict[int, list[int]] = {}
        for k, ends in enumerate(zip(self.first, self.second, strict=True)):
            for end in ends:
                out.setdefault(end, []).append(k)
        return out


@cache
def _signs() -> dict[str, frozenset[str]]:
    """The words of each sign."""
    return {
        head: frozenset(word for line in under for word in line.split())
        for head, under in lexicons.sections("signs.txt").items()
    }


def signs(one: Told, name: str) -> bool:
    """Whether a statement has a word of this sign: a head of `lexicons/signs.txt`."""
    return not _signs()[name].isdisjoint(word for word, _ in one.words)


def _likeliest(first: Any, second: Any, chance: Any) -> list[int]:
    """The numbers of the pairs that are looked at, in order: of every statement the likeliest `_MOST_RIVALS`.

    A story of a thousand reports that tell one thing in a hundred wordings would have all of them
    compared with all.
    """
    import numpy as np

    order = np.nonzero(chance >= _LEAST_CHANCE)[0]
    order = order[np.argsort(-chance[order], kind="stable")]
    met: Counter[int] = Counter()
    out: list[int] = []
    for k in order.tolist():
        a, b = int(first[k]), int(second[k])
        if met[a] < _MOST_RIVALS or met[b] < _MOST_RIVALS:
            out.append(k)
        met[a] += 1
        met[b] += 1
    return sorted(out)


def candidates(
    layout: Layout, told: Sequence[Told], origin: Mapping[str, str], passages: Sequence[Passage] = ()
) -> Candidates:
    """The pairs of a story that are about one thing and part.

    `told` holds what stands in each leader, in the order of `layout.copies`.
    """
    import numpy as np

    pairs = layout.pairs
    chance = chances(pairs.values)
    kept = _likeliest(pairs.first, pairs.second, chance)
    stems = [frozenset(one.statement.stems) for one in told]
    weight = [{stem: rarity(stem) for stem in sorted(many)} for many in stems]
    signed = [tuple(signs(one, name) for name in _SIGNS) for one in told]
    within = _within(layout, passages)
    logit = np.log(np.clip(chance, 1e-4, 0.999) / (1 - np.clip(chance, 1e-4, 0.999)))
    around = _Around(layout, logit)
    size = math.log(1 + len(layout.copies))
    one_fact: set[tuple[int, int]] = set()
    first: list[int] = []
    second: list[int] = []
    points: list[tuple[Contrast, ...]] = []
    at: list[int] = []
    rows: list[list[float]] = []
    for k in kept:
        a, b = int(pairs.first[k]), int(pairs.second[k])
        one, other = told[a], told[b]
        # Words given to two speakers are looked for in whole claims (`conflicts.py`).
        found = tuple(point for point in between(one, other) if point.name != "speaker")
        if chance[k] >= _ONE_FACT and not any(point.certain for point in found):
            one_fact.add((a, b))
        odd = sorted(
            (
                sum(w for stem, w in weight[a].items() if stem not in stems[b]),
                sum(w for stem, w in weight[b].items() if stem not in stems[a]),
            )
        )
        if not found:
            whole = retold(one, other) if odd[1] > 0 else None
            if whole is None:
                continue
            found = (whole,)
        names = {point.name for point in found}
        row = pairs.values[k]
        acts, held = bool(row[_ACTS] > 0), float(row[_HELD])
        report, report2 = one.statement.span.report, other.statement.span.report
        same = same_words(one, other)
        first.append(a)
        second.append(b)
        points.append(found)
        at.append(k)
        rows.append(
            [
                float(logit[k]),
                *(float(name in names) for name in _POINTED),
                float(len(names - {"telling"})),
                math.log1p(odd[0]),
                math.log1p(odd[1]),
                float(one.hedged != other.hedged),
                float(origin.get(report, report) == origin.get(report2, report2)),
                float(report != report2),
                same,
                float(bool(one.quantities and other.quantities)),
                float(bool(one.quantities) != bool(other.quantities)),
                float(bool(one.times and other.times)),
                float(bool(one.times) != bool(other.times)),
                max((point.ratio for point in found), default=0.0),
                float(any(point.alike == "verb" for point in found)),
                float(any(point.alike == "noun" for point in found)),
                math.log1p(max(point.framed for point in found)),
                *(float(name in names and acts) for name in _POINTED),
                *(float(name in names) * held for name in _POINTED),
                *(float(x != y) for x, y in zip(signed[a], signed[b], strict=True)),
                *(float(x and y) for x, y in zip(signed[a], signed[b], strict=True)),
                same * same,
                float(logit[k]) ** 2,
                float("telling" in names) * held,
                around.spread(a, b),
                around.surest(a, b, float(logit[k])),
                float(min(len(one.words), len(other.words)) <= _SHORT),
                math.log(len(layout.copies[a]) * len(layout.copies[b])),
                float(not within[a].isdisjoint(within[b])),
                float(max(one.statement.place, other.statement.place) < 1 / 3),
                size,
            ]
        )
    values = np.zeros((len(rows), len(POINTS)))
    if rows:
        own: Any = np.array(rows, dtype=float)
        alike = pairs.values[at]
        squares = alike[:, [FEATURES.index(name) for name in _SQUARED]] ** 2
        split = POINTS.index("same_words squared") - len(FEATURES) - len(_SQUARED)
        values = np.hstack([alike, own[:, :split], squares, own[:, split:]])
    return Candidates(first, second, points, values, frozenset(one_fact))


_SHORT = 5
_ONE_FACT = 0.7


class _Around:
    """What other pairs of a story say of a statement: who else tells the like, and how surely."""

    def __init__(self, layout: Layout, logit: Any) -> None:
        pairs: Pairs = layout.pairs
        self._report = [layout.leader(k).span.report for k in range(len(layout.copies))]
        self._others = max(1, len(set(self._report)) - 1)
        self._best: defaultdict[int, float] = defaultdict(lambda: -9.0)
        self._in: defaultdict[int, set[str]] = defaultdict(set)
        for a, b, value in zip(pairs.first.tolist(), pairs.second.tolist(), logit.tolist(), strict=True):
            if value < _LIKE:
                continue
            self._best[a] = max(self._best[a], value)
            self._best[b] = max(self._best[b], value)
            self._in[a].add(self._report[b])
            self._in[b].add(self._report[a])

    def spread(self, a: int, b: int) -> float:
        """The part of the reports other than its own that tell the like of either statement."""
        near = (self._in[a] | self._in[b]) - {self._report[a], self._report[b]}
        return len(near) / self._others

    def surest(self, a: int, b: int, value: float) -> float:
        """How far the pair lies below the best pair of either, at most 0."""
        return value - max(self._best[a], self._best[b], value)


_LIKE = -2.0
"""From these log-odds on a statement tells the like of another."""


def _within(layout: Layout, passages: Sequence[Passage]) -> list[frozenset[int]]:
    """For each leader the numbers of the passages in which most of it stands."""
    spans: defaultdict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for number, passage in enumerate(passages):
        for span in passage.spans:
            spans[span.report].append((span.start, span.end, number))
    for many in spans.values():
        many.sort()
    longest = {name: max(end - start for start, end, _ in many) for name, many in spans.items()}
    out: list[frozenset[int]] = []
    for number in range(len(layout.copies)):
        one = layout.leader(number).span
        many = spans.get(one.report, [])
        found: set[int] = set()
        at = bisect_right(many, (one.end, 0, 0))
        while at > 0:
            at -= 1
            start, end, passage = many[at]
            if start + longest[one.report] <= one.start:
                break
            if 2 * (min(end, one.end) - max(start, one.start)) >= len(one):
                found.add(passage)
        out.append(frozenset(found))
    return out


# ---------------------------------------------------------------- weights


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic model: an intercept and a weight for each named value."""

    intercept: float
    weights: tuple[float, ...]

    def chances(self, values: Any) -> list[float]:
        """For each row of values the chance, 0 to 1, rounded so that they can be compared as equal."""
        import numpy as np

        # Column by column: a matrix product may add in another order on other machines.
        total = np.full(len(values), self.intercept)
        for column, weight in enumerate(self.weights):
            if weight:
                total = total + values[:, column] * weight
        return np.round(1 / (1 + np.exp(-np.clip(total, -30, 30))), 9).tolist()


@dataclass(frozen=True, slots=True)
class Bars:
    """The least chance of a pair that opens a draft, of a statement that joins one, of a draft that is shown."""

    open: float
    add: float
    show: float
    value: float = 0.1


@cache
def model() -> tuple[Weights, Weights, Weights, Bars]:
    """The weights of values in the order of `PARTS`, of pairs of `POINTS`, of drafts of `MARKS`, and the bars."""
    data = json.loads(files("tellings.lexicons").joinpath("conflicts.json").read_text(encoding="utf-8"))

    def read(part: dict[str, Any], names: Sequence[str]) -> Weights:
        return Weights(part["intercept"], tuple(part["weights"].get(name, 0.0) for name in names))

    return (
        read(data["values"], PARTS),
        read(data["pairs"], POINTS),
        read(data["drafts"], MARKS),
        Bars(data["open_at"], data["add_at"], data["show_at"], data["value_at"]),
    )


# ---------------------------------------------------------------- drafts


@dataclass(slots=True)
class Draft:
    """A conflict in the making: the point, its readings as leaders with the value quoted, the chances of its pairs.

    `counted` is True where counts of people were laid together (`tolls.py`); such a draft has no pairs.
    """

    point: Contrast
    readings: list[tuple[Span, list[int]]] = field(default_factory=list[tuple[Span, list[int]]])
    chances: list[float] = field(default_factory=list[float])
    counted: bool = False
    valued: bool = False

    def members(self) -> list[int]:
        """The leaders of all readings."""
        return [k for _, many in self.readings for k in many]


_MOST_READINGS = 4
_MOST_MEMBERS = 4
_MOST_DRAFTS = 60


def draft(
    found: Candidates,
    told: Sequence[Told],
    chance: Sequence[float],
    bars: Bars,
    taken: Sequence[Draft] = (),
) -> list[Draft]:
    """Drafts from ranked pairs, the likeliest pair first; `chance` holds one for each candidate.

    A statement stands in one draft at most. What two sentences part on in a draft of `taken`, they
    are not said to part on in wording as well.
    """
    near: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for k, p in enumerate(chance):
        if p >= bars.add / _MOST_MEMBERS:
            near[found.first[k]][found.second[k]] = near[found.second[k]][found.first[k]] = k
    known = _opposed(taken, told)
    used: set[int] = set()
    out: list[Draft] = []
    order = sorted(range(len(chance)), key=lambda k: (-chance[k], found.first[k], found.second[k]))
    for k in order:
        if len(out) == _MOST_DRAFTS or chance[k] < bars.open:
            break
        a, b = found.first[k], found.second[k]
        if a in used or b in used or (_place(told[a]), _place(told[b])) in known:
            continue
        point = next((p for p in found.points[k] if not p.certain), None) or retold(told[a], told[b])
        if point is None:
            continue
        here = Draft(point, [(point.left, [a]), (point.right, [b])], [chance[k]])
        used |= {a, b}
        refused: set[int] = set()
        while len(here.members()) < _MOST_MEMBERS:
            best = _next(here, near, chance, refused | used)
            if best is None or best[0] < bars.add:
                break
            value, new, by = best
            if _fits(here, new, told) and _add(here, new, _side(found, by, new, told), told, found.one_fact):
                here.chances.append(value)
                used.add(new)
            else:
                refused.add(new)
        out.append(here)
    return out


_SURE = 0.6
_JOINS = 0.8
"""A value joins a draft where it is at least this part as likely as the pair that opened it."""


def of_answers(
    found: Answers, told: Sequence[Told], chance: Sequence[float], bars: Bars, taken: frozenset[int] = frozenset()
) -> list[Draft]:
    """Drafts from pairs of values that likely answer one question, the likeliest first.

    A statement stands in one draft of a kind of value at most; no number of the statements in
    `taken` is used, as their count is told elsewhere.
    """
    of: defaultdict[int, list[int]] = defaultdict(list)
    # Two named days for one act are a conflict whatever the words around them look like.
    days = found.rows[:, PARTS.index("one_event")].tolist()
    chance = [max(p, _SURE * day) for p, day in zip(chance, days, strict=True)]
    order = sorted(range(len(chance)), key=lambda k: (-chance[k], found.first[k], found.second[k]))
    for k in order:
        of[found.first[k]].append(k)
        of[found.second[k]].append(k)
    used: set[tuple[int, str]] = {(k, "number") for k in taken}
    out: list[Draft] = []
    for k in order:
        if chance[k] < bars.value or len(out) == _MOST_DRAFTS:
            break
        ends = [found.first[k], found.second[k]]
        one, other = (found.values[m] for m in ends)
        if (one.leader, one.kind) in used or (other.leader, one.kind) in used:
            continue
        sides = [[m] for m in ends]
        more: list[float] = []
        for end in ends:
            for j in of[end]:
                if chance[j] < max(bars.value, _JOINS * chance[k]):
                    break
                new = found.second[j] if found.first[j] == end else found.first[j]
                if (found.values[new].leader, one.kind) not in used and _answers(found, sides, new, told):
                    more.append(chance[j])
        used |= {(found.values[m].leader, one.kind) for side in sides for m in side}
        readings = [
            (quoted(found.values[side[0]], other, told)[0], [found.values[m].leader for m in side]) for side in sides
        ]
        out.append(Draft(point(one, other, told), readings, [chance[k], *more], valued=True))
    return out


def _answers(found: Answers, sides: list[list[int]], new: int, told: Sequence[Told]) -> bool:
    """Put a value into a draft: with the reading that it agrees with, or as one more that parts from all.

    False where it may not join: it is there, its sentence is, or it parts from some and agrees with none.
    """
    members = [m for side in sides for m in side]
    value = found.values[new]
    if len(members) >= _MOST_MEMBERS or any(
        _place(told[found.values[m].leader]) == _place(told[value.leader]) for m in members
    ):
        return False
    with_it = [side for side in sides if not all(exclude(found.values[m], value, told) for m in side)]
    if len(with_it) > 1:
        return False
    if with_it:
        with_it[0].append(new)
    else:
        sides.append([new])
    return True


def _place(one: Told) -> tuple[str, int]:
    """The sentence of a statement."""
    return one.statement.span.report, one.statement.sentence


def _opposed(drafts: Sequence[Draft], told: Sequence[Told]) -> set[tuple[tuple[str, int], tuple[str, int]]]:
    """The pairs of sentences, both ways, that stand in two readings of one of these drafts."""
    out: set[tuple[tuple[str, int], tuple[str, int]]] = set()
    for one in drafts:
        sides = [[_place(told[k]) for k in members] for _, members in one.readings]
        for x, y in permutations(sides, 2):
            out |= {(a, b) for a in x for b in y}
    return out


def _next(
    here: Draft, near: Mapping[int, Mapping[int, int]], chance: Sequence[float], barred: set[int]
) -> tuple[float, int, int] | None:
    """The statement that most parts from the members on the mean: the mean, its number, and its best pair."""
    members = here.members()
    total: dict[int, float] = {}
    by: dict[int, int] = {}
    for m in members:
        for n, k in near.get(m, {}).items():
            if n in barred:
                continue
            total[n] = total.get(n, 0.0) + chance[k]
            if n not in by or (-chance[k], k) < (-chance[by[n]], by[n]):
                by[n] = k
    if not total:
        return None
    new = min(total, key=lambda n: (-round(total[n], 9), n))
    return total[new] / len(members), new, by[new]


def _fits(here: Draft, new: int, told: Sequence[Told]) -> bool:
    """Whether a statement may join: from a sentence of its own."""
    return all(_place(told[k]) != _place(told[new]) for k in here.members())


def _side(found: Candidates, k: int, new: int, told: Sequence[Told]) -> Span:
    """The wording that a statement gives in a candidate, or the whole of it."""
    point = next((p for p in found.points[k] if not p.certain), None)
    if point is None:
        return told[new].statement.span
    return point.left if found.first[k] == new else point.right


def _add(here: Draft, new: int, value: Span, told: Sequence[Told], one_fact: frozenset[tuple[int, int]]) -> bool:
    """Put a statement into a draft: with the reading that it agrees with, else as one more reading."""
    for _, members in here.readings:
        if any(agree(told[new], told[k]) or (min(new, k), max(new, k)) in one_fact for k in members):
            members.append(new)
            return True
    if len(here.readings) >= _MOST_READINGS:
        return False
    here.readings.append((value, [new]))
    return True


MARKS = (
    "best",  # the log-odds of the pair that opened it
    "rest",  # the sum of the chances of what joined it
    "readings",  # how many readings, three or more
    "members",  # how many statements
    "copies",  # how many near copies they have
    "reports",  # they stand in three reports or more
    "one_report",  # all of them stand in one
    "one_origin",  # all of them stand in one origin
    "overlap",  # the part of them that stands in sentences of better drafts
    "before",  # how many drafts of the story are better
    "many",  # how many statements the story has
    "lead",  # one of them stands among the first sentences
    "valued",  # the log-odds that two values answer one question
    "value",  # it is such a draft
    *SLOTS,  # the point on which the opening pair parts
)
"""What a draft is weighed by."""


def marks(drafts: Sequence[Draft], layout: Layout, told: Sequence[Told], origin: Mapping[str, str]) -> Any:
    """A row of values for each draft, in the order given: the best first.

    Those that count people have no pairs to be weighed by; they stand here for what overlaps them.
    """
    import numpy as np

    rows: list[list[float]] = []
    seen: set[tuple[str, int]] = set()
    for number, one in enumerate(drafts):
        members = one.members()
        places = [(told[k].statement.span.report, told[k].statement.sentence) for k in members]
        reports = {report for report, _ in places}
        p = min(0.999, max(1e-4, one.chances[0])) if one.chances else 0.5
        rows.append(
            [
                0.0 if one.valued else math.log(p / (1 - p)),
                # Of values the pair that opened the draft says all: many of them are no more likely.
                0.0 if one.valued else sum(one.chances[1:]),
                float(len(one.readings) > 2 and not one.valued),
                0.0 if one.valued else float(len(members)),
                0.0 if one.valued else math.log(sum(min(6, len(layout.copies[k])) for k in members) / len(members)),
                float(len(reports) > 2 and not one.valued),
                float(len(reports) == 1),
                float(len({origin.get(report, report) for report in reports}) == 1),
                sum(place in seen for place in places) / len(places),
                math.log1p(number),
                math.log1p(len(layout.copies)),
                float(any(sentence < _LEAD for _, sentence in places)),
                math.log(p / (1 - p)) if one.valued else 0.0,
                float(one.valued),
                *(float(name == one.point.name) for name in SLOTS),
            ]
        )
        seen.update(places)
    return np.array(rows, dtype=float).reshape(len(rows), len(MARKS))


_LEAD = 3


def weigh(row: Sequence[float], weights: Weights) -> list[tuple[str, float]]:
    """The named contributions to a draft's log-odds, those of no weight left out, in the order of `MARKS`."""
    return [
        (name, round(value * weight, 4))
        for name, value, weight in zip(MARKS, row, weights.weights, strict=True)
        if round(value * weight, 4)
    ]
