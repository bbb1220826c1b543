"""Conflicts: points on which the reports of a story cannot all be taken at face value.

Pairs of statements that are likely about one thing (`statements.py`, `claims.py`) are laid against
each other (`contrasts.py`). A logistic model over named features ranks the pairs that part on
some point: what an editor would call a conflict rather than two facts. The best pairs open a
conflict each; a further pair that shares a statement with one of them adds a reading, or a support
to the reading it agrees with. Words given to two speakers always make a conflict, and so do counts
of people whom one thing befell (`tolls.py`). The model's
weights are in `lexicons/conflicts.json`, made by `training/conflicts.py`.

Readings are quotations: the value at the spot, and the clauses that carry it. Still missed: what
contradicts only by inference ("nobody was hurt", "taken to hospital").
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from itertools import combinations
from typing import Any

from tellings.collate.claims import chances, roots
from tellings.collate.contrasts import SLOTS, Contrast, Told, agree, between, same_words, tell
from tellings.collate.pairs import FEATURES, Layout, lay_out
from tellings.collate.statements import Statement, rarity
from tellings.collate.statements import told as told_by
from tellings.collate.tolls import Toll, tolls
from tellings.records import Annotated, Collation, Conflict, Evidence, Nature, Reading
from tellings.text import Span, merge

__all__ = ["POINTS", "Bars", "Candidates", "Draft", "candidates", "draft", "find", "leaders", "quoted", "scores"]

_LEAST_CHANCE = 0.04
"""Pairs that less likely tell one fact are not laid against each other."""

_POINTED = tuple(name for name in SLOTS if name != "speaker")

POINTS = (
    *FEATURES,
    "chance",  # log-odds that both tell one fact
    *_POINTED,  # they part on such a point
    "odd_least",  # the weight of the words that one side alone has, of the side that has less
    "odd_most",  # and of the side that has more
    "hedged",  # one side alone is hedged
    "one_origin",  # both stand in reports of one origin
    "two_reports",  # they stand in two reports
    "same_words",  # the part of all words that they share in order
    "both_count",  # both hold numbers
    "both_dated",  # both hold times
    "ratio",  # the logarithm of the larger by the smaller of two numbers that differ
    "verbs",  # a verb stands in place of a verb
    "nouns",  # a noun in place of a noun
    "framed",  # how many words in a row agree around the point
    *(f"{name} of one act" for name in _POINTED),  # they part on it, and share a verb's family
    *(f"{name} of one thing" for name in _POINTED),  # they part on it, times the weight they share
)
"""What a pair is ranked by; the columns of `Candidates.values`."""

_ACTS, _HELD = FEATURES.index("acts"), FEATURES.index("family_held")


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs of leaders that part on some point: their numbers, the points, and a row of values each."""

    first: list[int]
    second: list[int]
    points: list[tuple[Contrast, ...]]
    values: Any


@dataclass(slots=True)
class Draft:
    """A conflict in the making: readings as leaders with the value quoted, and what speaks for it."""

    point: Contrast
    score: float
    readings: list[tuple[Span, list[int]]] = field(default_factory=list[tuple[Span, list[int]]])


def candidates(layout: Layout, told: Sequence[Told], origin: dict[str, str]) -> Candidates:
    """The pairs of a story that are about one thing and part on some point.

    `told` holds what stands in each leader, in the order of `layout.copies`.
    """
    import numpy as np

    pairs = layout.pairs
    chance = chances(pairs.values)
    first: list[int] = []
    second: list[int] = []
    points: list[tuple[Contrast, ...]] = []
    rows: list[list[float]] = []
    for k in np.nonzero(chance >= _LEAST_CHANCE)[0].tolist():
        a, b = int(pairs.first[k]), int(pairs.second[k])
        one, other = told[a], told[b]
        found = between(one, other)
        if not found:
            continue
        names = {point.name for point in found}
        mine, theirs = set(one.statement.stems), set(other.statement.stems)
        odd = sorted((sum(map(rarity, sorted(mine - theirs))), sum(map(rarity, sorted(theirs - mine)))))
        p = min(0.999, float(chance[k]))
        row = pairs.values[k].tolist()
        report, report2 = one.statement.span.report, other.statement.span.report
        first.append(a)
        second.append(b)
        points.append(found)
        rows.append(
            [
                *row,
                math.log(p / (1 - p)),
                *(float(name in names) for name in _POINTED),
                math.log1p(odd[0]),
                math.log1p(odd[1]),
                float(one.hedged != other.hedged),
                float(origin.get(report, report) == origin.get(report2, report2)),
                float(report != report2),
                same_words(one, other),
                float(bool(one.quantities and other.quantities)),
                float(bool(one.times and other.times)),
                max((point.ratio for point in found), default=0.0),
                float(any(point.alike == "verb" for point in found)),
                float(any(point.alike == "noun" for point in found)),
                math.log1p(max(point.framed for point in found)),
                *(float(name in names and row[_ACTS] > 0) for name in _POINTED),
                *(float(name in names) * row[_HELD] for name in _POINTED),
            ]
        )
    return Candidates(first, second, points, np.array(rows, dtype=float).reshape(len(rows), len(POINTS)))


@dataclass(frozen=True, slots=True)
class Bars:
    """The least score of a pair that opens a conflict of values, or of wording, and of one that joins it."""

    values: float
    wording: float
    add: float


@cache
def _model() -> tuple[float, tuple[float, ...], Bars]:
    """Intercept, weights in the order of `POINTS`, and the bars."""
    data = json.loads(files("tellings.lexicons").joinpath("conflicts.json").read_text(encoding="utf-8"))
    weights = tuple(data["weights"].get(name, 0.0) for name in POINTS)
    return data["intercept"], weights, Bars(data["open_at"], data["open_wording_at"], data["add_at"])


def scores(values: Any) -> list[float]:
    """For each row of values the chance that an editor would call the pair a conflict."""
    import numpy as np

    intercept, weights, _ = _model()
    total = np.full(len(values), intercept)
    for column, weight in enumerate(weights):
        if weight:
            total = total + values[:, column] * weight
    return np.round(1 / (1 + np.exp(-total)), 9).tolist()


_MOST_READINGS = 4
_SAME_BUILD = 0.2
_MOST_CONFLICTS = 30
_MOST_WORDINGS = 4
"""Both sides of a wording may well hold: a page of these hides what cannot be."""


def draft(
    found: Candidates,
    told: Sequence[Told],
    score: Sequence[float],
    bars: Bars,
    taken: frozenset[int] = frozenset(),
) -> list[Draft]:
    """Conflicts from ranked pairs, best first: a statement stands in one of them at most, and in one of wording.

    Statements of the numbers in `taken` have told their count elsewhere: no number of theirs opens or
    joins a conflict.
    """
    out: list[Draft] = []
    place: dict[tuple[int, bool], Draft] = {}
    # Two days of one week for one event are a conflict whatever the words around them look like.
    sure = [next((p for p in points if p.one_event), None) for points in found.points]
    wordings = 0
    order = sorted(range(len(score)), key=lambda k: (sure[k] is None, -score[k], found.first[k], found.second[k]))
    for k in order:
        if sure[k] is None and score[k] < min(bars.values, bars.wording, bars.add):
            break
        point = sure[k] or found.points[k][0]
        if point.name == "number" and (found.first[k] in taken or found.second[k] in taken):
            continue
        a, b = (found.first[k], point.certain), (found.second[k], point.certain)
        if a not in place and b not in place:
            opens = score[k] >= (bars.values if point.certain else bars.wording)
            if not point.certain and wordings >= _MOST_WORDINGS:
                continue
            if (sure[k] or opens) and len(out) < _MOST_CONFLICTS:
                wordings += not point.certain
                place[a] = place[b] = Draft(point, score[k], [(point.left, [a[0]]), (point.right, [b[0]])])
                out.append(place[a])
        elif (a in place) != (b in place) and (sure[k] or score[k] >= bars.add):
            known, new = (a, b) if a in place else (b, a)
            here = place[known]
            value = point.right if known == a else point.left
            fits = point.name == here.point.name and point.one_event >= here.point.one_event
            if fits and _add(here, new[0], value, told):
                place[new] = here
    return out


def _add(here: Draft, new: int, value: Span, told: Sequence[Told]) -> bool:
    """Put a statement into a conflict: with the reading that it agrees with, else as one more reading.

    Wording is compared only between statements of much the same build.
    """
    if not here.point.certain and all(
        same_words(told[new], told[k]) < _SAME_BUILD for _, members in here.readings for k in members
    ):
        return False
    for _, members in here.readings:
        if any(agree(told[new], told[k], here.point.name) for k in members):
            members.append(new)
            return True
    if len(here.readings) >= _MOST_READINGS:
        return False
    here.readings.append((value, [new]))
    return True


# ---------------------------------------------------------------- from drafts to conflicts


def find(c: Collation) -> tuple[Conflict, ...]:
    """The conflicts of a story; values before wording, then independent origins, then the surest."""
    origin = roots(c)
    layout = lay_out(c.reports, origin)
    told = leaders(layout, c.reports)
    found = candidates(layout, told, origin)
    pairs = layout.pairs
    chance = chances(pairs.values).tolist()
    near = dict(zip(zip(pairs.first.tolist(), pairs.second.tolist(), strict=True), chance, strict=True))
    counted = tolls(told, near)
    taken = frozenset(toll.leader for readings in counted for reading in readings for toll in reading)
    drafts = draft(found, told, scores(found.values), _model()[2], taken)
    published = {r.id: r.report.published.value for r in c.reports if r.report.published}
    finished = [_finish(one, layout, told, published) for one in drafts]
    whole = [*_moved_words(c), *(_toll(readings, layout, told, published) for readings in counted)]
    rows: list[tuple[tuple[Any, ...], Conflict]] = []
    for conflict in _merged([*whole, *(x for x in finished if x is not None)]):
        sides = [{origin.get(s.report, s.report) for s in reading.support} for reading in conflict.readings]
        apart = not set.intersection(*sides) and len(set[str]().union(*sides)) > 1
        weight = round(sum(e.weight for e in conflict.evidence), 4)
        key = (_order(conflict), not apart, -weight, conflict.readings[0].support[0])
        rows.append((key, conflict))
    rows.sort(key=lambda row: row[0])
    return tuple(
        Conflict(f"conflict-{rank}", rank, x.slot, x.kind, x.nature, x.readings, x.evidence)
        for rank, (_, x) in enumerate(rows, start=1)
    )


_FIRST = ("number", "clock", "when", "speaker", "denied")


def _order(conflict: Conflict) -> int:
    """Numbers of people and things, times, speakers and whether first; then other values; wording last."""
    openings = {name: template.partition("{}")[0] for name, template in SLOTS.items()}
    if conflict.slot.startswith(openings["wording"]):
        return 2
    return 0 if any(conflict.slot.startswith(openings[name]) for name in _FIRST) else 1


def _merged(found: Sequence[Conflict]) -> list[Conflict]:
    """The conflicts, of those with one slot and a support in common only the first, with all readings."""
    out: list[Conflict] = []
    for one in found:
        mine = {span for reading in one.readings for span in reading.support}
        for k, known in enumerate(out):
            if known.slot.casefold() == one.slot.casefold() and known.kind == one.kind:
                theirs = {span for reading in known.readings for span in reading.support}
                if any(a.overlap(b) for a in mine for b in theirs):
                    values = {reading.value.casefold() for reading in known.readings}
                    added = [reading for reading in one.readings if reading.value.casefold() not in values]
                    readings = sorted((*known.readings, *added), key=lambda reading: reading.support)
                    out[k] = replace(known, readings=tuple(readings))
                    break
        else:
            out.append(one)
    return out


def _toll(
    readings: Sequence[Sequence[Toll]], layout: Layout, told: Sequence[Told], published: dict[str, str]
) -> Conflict:
    """The conflict of one toll: a reading for each count that cannot stand beside the others."""
    out: list[Reading] = []
    for reading in readings:
        members = [toll.leader for toll in reading]
        best = max(reading, key=lambda toll: len(toll.quantity.span))
        value = told[best.leader].quote(best.quantity.span)
        out.append(
            Reading(value, quoted(layout, [best.leader, *(k for k in members if k != best.leader)], best.quantity.span))
        )
    first, second = readings[0][0], readings[1][0]
    point = Contrast("number", "number", "", first.quantity.span, second.quantity.span)
    nature = _nature(Draft(point, 0.0, [(t.quantity.span, [t.leader]) for t in (first, second)]), told, published)
    units = {toll.quantity.unit for reading in readings for toll in reading}
    slot = SLOTS["number"].format(max((t.slot for r in readings for t in r), key=lambda s: (-s.count("…"), len(s), s)))
    evidence = (Evidence("toll", 1.0, "counts of people whom one thing befell"),)
    ordered = tuple(sorted(out, key=lambda reading: reading.support))
    return Conflict(
        "", 0, slot, "number", "scope" if len(units) > 1 and nature != "update" else nature, ordered, evidence
    )


def leaders(layout: Layout, reports: Sequence[Annotated]) -> list[Told]:
    """What stands in the leader of each group of near copies."""
    by_report: dict[str, list[int]] = {}
    for number in range(len(layout.copies)):
        by_report.setdefault(layout.leader(number).span.report, []).append(number)
    out: dict[int, Told] = {}
    for report in reports:
        numbers = by_report.get(report.id, [])
        out.update(zip(numbers, tell(report, [layout.leader(k) for k in numbers]), strict=True))
    return [out[number] for number in range(len(layout.copies))]


_MOST_SUPPORT = 6
"""A reading quotes at most this many near copies of one statement."""


def quoted(layout: Layout, members: Sequence[int], value: Span) -> tuple[Span, ...]:
    """The statements that a reading quotes, sorted: its leaders and a few of their near copies.

    The first leader holds the value, or has it just before it and is quoted with it.
    """
    first = layout.leader(members[0]).span
    spans = {layout.statements[k].span for m in members for k in layout.copies[m][:_MOST_SUPPORT]} - {first}
    return tuple(sorted({*spans, first.join(value)}))


def _finish(one: Draft, layout: Layout, told: Sequence[Told], published: dict[str, str]) -> Conflict | None:
    """The conflict of a draft: quoted values, supports with their near copies, nature and evidence.

    Readings of one wording are one reading; None where a single one is left.
    """
    by_value: dict[str, Reading] = {}
    for value, members in one.readings:
        words, support = told[members[0]].quote(value), quoted(layout, members, value)
        known = by_value.get(words.casefold())
        by_value[words.casefold()] = Reading(
            known.value if known else words, tuple(sorted({*(known.support if known else ()), *support}))
        )
    if len(by_value) < 2:
        return None
    readings = sorted(by_value.values(), key=lambda reading: reading.support)
    evidence = [Evidence(one.point.name, round(one.score, 4), "chance that editors call it a conflict")]
    if one.point.one_event:
        sides = (one.point.left, one.point.right)
        evidence.append(Evidence("one_event", 0.5, "one verb of the same things, at two times", sides))
    return Conflict(
        "", 0, one.point.slot, one.point.kind, _nature(one, told, published), tuple(readings), tuple(evidence)
    )


def _nature(one: Draft, told: Sequence[Told], published: dict[str, str]) -> Nature:
    """Whether the readings disagree, the later one brings the earlier up to date, or they speak of less and more."""
    (_, left), (_, right) = one.readings[:2]
    a, b = told[left[0]], told[right[0]]
    if not one.point.certain or a.hedged != b.hedged:
        return "scope"
    days = [published.get(t.statement.span.report, "")[:10] for t in (a, b)]
    if one.point.kind == "number":
        older, newer = sorted(zip(days, (one.point.left, one.point.right), (a, b), strict=True), key=lambda x: x[0])
        values = [next((q.value for q in t.quantities if q.span == span), 0.0) for _, span, t in (older, newer)]
        if days[0] and days[1] and days[0] != days[1] and values[0] < values[1]:
            return "update"
        bounds = {q.bound for t in (a, b) for q in t.quantities if q.span in (one.point.left, one.point.right)}
        return "disagreement" if bounds <= {"exact", "about"} else "scope"
    return "disagreement"


_ENOUGH_WORDS = 7


_MOST_SPEAKERS = 8
_LONGEST_SLOT = 200


def _moved_words(c: Collation) -> list[Conflict]:
    """Words that one report gives to one named speaker and another report to another.

    What two reports move from one speaker to another makes one conflict, however many clauses it
    has; the slot quotes them from the first on.
    """
    told = _spoken(c)
    moved: dict[tuple[str, str, str, str], list[tuple[Told, Told, Contrast]]] = {}
    for claim in c.claims:
        said = [told[s.span] for s in claim.support if s.span in told]
        first: dict[str, Told] = {}
        for one in said:
            first.setdefault(one.speaker or "", one)
        for one, other in combinations(list(first.values())[:_MOST_SPEAKERS], 2):
            reports = one.statement.span.report, other.statement.span.report
            point = next((p for p in between(one, other) if p.name == "speaker"), None)
            if point is None or reports[0] == reports[1]:
                continue
            key = (one.speaker or "", other.speaker or "", *reports)
            for mine in said:
                if mine.speaker == one.speaker and same_words(mine, one) >= _SAME:
                    for theirs in said:
                        if theirs.speaker == other.speaker and same_words(theirs, other) >= _SAME:
                            moved.setdefault(key, []).append((mine, theirs, point))
    out: list[Conflict] = []
    for (speaker, speaker2, *_), found in sorted(moved.items(), key=lambda item: item[0]):
        point = min((p for *_, p in found), key=lambda p: p.left)
        whole = point.left
        for piece in merge(p.left for *_, p in found):
            if whole.join(piece).end - whole.start <= _LONGEST_SLOT:
                whole = whole.join(piece)
        readings = (
            Reading(speaker, tuple(sorted({mine.statement.span for mine, _, _ in found}))),
            Reading(speaker2, tuple(sorted({theirs.statement.span for _, theirs, _ in found}))),
        )
        evidence = (Evidence("speaker", 1.0, "the same words, two speakers", (point.left, point.right)),)
        slot = SLOTS["speaker"].format(c.quote(whole))
        out.append(Conflict("", 0, slot, point.kind, "disagreement", readings, evidence))
    return out


_SAME = 0.7
"""Supports that share this part of their words with the moved ones are quoted beside them."""


def _spoken(c: Collation) -> dict[Span, Told]:
    """What stands in each statement of six words or more that a named speaker is said to have made."""
    by_report: dict[str, list[Statement]] = {}
    for one in told_by(c.reports):
        if one.attribution is not None and len(one.words) >= _ENOUGH_WORDS:
            by_report.setdefault(one.span.report, []).append(one)
    told = [t for r in c.reports for t in tell(r, by_report.get(r.id, []))]
    return {t.statement.span: t for t in told if t.speaker and t.person}
