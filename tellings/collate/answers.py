"""Answers: pairs of values that exclude each other and likely answer one question.

Each value (`values.py`) is laid against those of its kind and unit whose sentences share most with
its own, found by an inverted index, so that a thousand reports cost about a thousand times one. A pair
is dropped where the two are told to answer two questions: the other report gives the same value in
words more alike than those that part (a counterpart that agrees), one sentence gives both, they
belong to two, one is a part of the other, or one place holds the other. What is left is weighed by a
logistic model of named features (`PARTS`; weights in `lexicons/conflicts.json`).

Still missed: two answers in words that have nothing in common, and whose sentence "it" is.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from heapq import nsmallest
from typing import Any

from tellings.collate.contrasts import SLOTS, Contrast, Told, about, early, parted, quote_words, same_words
from tellings.collate.frames import listed, saying
from tellings.collate.pairs import Layout
from tellings.collate.statements import fold, kin, light_acts
from tellings.collate.values import Value, kinds
from tellings.records import Annotated, ConflictKind, Passage, Quantity
from tellings.text import Span, View

__all__ = ["PARTS", "Answers", "apart", "exclude", "lay", "point", "quoted", "rounds"]


PARTS = (
    "near",  # cosine of the words next to both
    "near_held",  # the part of the lighter side's that both share
    "around",  # the same of their sentences
    "around_held",
    "act",  # a verb that governs one stands in the other's statement, and is no light one
    "acts_differ",  # verbs of two families do
    "before",  # the word before is the same
    "after",  # the word after is
    "owner",  # both are of one actor
    "owners_differ",  # they are of two
    "names",  # the statements share a name
    "names_differ",  # each names somebody whom the other does not
    "two_reports",  # they stand in two reports
    "one_origin",  # both stand in reports of one origin
    "meaning",  # how close the vectors of their sentences are
    "chance",  # log-odds that both statements tell one fact
    "ratio",  # how far apart the values are
    "lead",  # both stand among the first sentences
    "there",  # a report of the one gives the other's value somewhere
    "both_there",  # each does
    "told_both",  # the part of the reports that give either value that give both
    "many",  # how many values of this kind and unit both reports give
    "bounds",  # both are bounded alike
    "exact",  # both are exact
    "ahead",  # one side alone is still to come
    "both_ahead",  # both are
    "aligned",  # they stand in one passage, which was changed
    "same_words",  # the part of all words that the statements share in order
    "copies",  # how many near copies both have
    "hedged",  # one side alone is hedged
    "fine",  # both name days, of one week
    "one_event",  # both name days, of one act of the same things
    "said",  # a verb of telling governs the first
    "subject",  # one subject does what both stand by
    "subjects_differ",  # two do
    "measure",  # both measure one thing: a height
    "head",  # both are of one noun: "a $5,000 fine"
    "heads_differ",  # they are of two
    "shift",  # both tell of change
    "part",  # one alone is a part: "15 of the 200"
    "past",  # one alone is of a year that is over
    "rounds",  # one is the other in fewer digits
    *("count", "money", "percent", "measure", "age", "duration", "time", "clock", "place", "other", "denied"),
    "near squared",
    "around squared",
    "near and act",
    "near and owner",
    "near and before",
    "near and after",
)
"""What a pair of values is weighed by; the columns of `Answers.rows`."""

_MOST = 8
"""A value is laid against so many others that part from it, the most alike first."""
_POSTED = 250
"""A stem that more values have around them proposes no pair."""
_LEAST = 0.08
"""Values whose surroundings are less alike answer two questions, unless one verb governs both."""
_LEAD = 6
_WEEK, _SAME_THINGS = 7, 2
"""Two named days of one week are of one event where the act and two stems besides are the same."""
_NO_CHANCE = 0.002


@dataclass(frozen=True, slots=True)
class Answers:
    """Pairs of values that part: all values, the numbers of both ends, and a row of `PARTS` for each pair."""

    values: list[Value]
    first: list[int]
    second: list[int]
    rows: Any


# ---------------------------------------------------------------- whether two values exclude each other


def apart(one: Value, other: Value) -> bool:
    """Whether two values of one kind and group cannot both be right of one thing.

    A part and its whole can, a count and what is still to come, two shares that make up a whole, two
    places of which one lies in or by the other; "dozens" holds whatever is written with two digits or
    three, "more than 200" what has 2 as its first digit.
    """
    if one.kind != other.kind or one.group != other.group:
        return False
    if one.quantity is not None and other.quantity is not None:
        parts = {one.part, other.part}
        if len(parts) > 1 and (parts <= {"part", "whole", "all"} or "more" in parts) and parts != {"whole", "all"}:
            return False
        if not one.vague and not other.vague:
            q, r = one.quantity, other.quantity
            return q.kind == r.kind and parted(q, r) and not (_makes_up(q, r) or _holds(q, r) or _holds(r, q))
    if one.kind == "place":
        return one.low != other.low and not _beside(one, other)
    return one.high < other.low or other.high < one.low


def _makes_up(one: Quantity, other: Quantity) -> bool:
    """Whether two shares leave nothing over: "a cut of 23 percent", "77 percent of what was promised"."""
    return one.kind == "percent" and one.high is None and other.high is None and one.value + other.value == _WHOLE


_WHOLE = 100


def _holds(one: Quantity, other: Quantity) -> bool:
    """Whether "more than 200" was said of the other number, 276: it is cut to its first digits, not rounded."""
    return one.bound == "more_than" and one.value < other.value < one.value + _step(one.value)


def rounds(one: Quantity, other: Quantity) -> bool:
    """Whether a number is another one in fewer digits, of two at least: "11 million", "11,480,000".

    Small counts are exact: nobody writes 120 of 124 people.
    """
    step, step2 = _step(one.value), _step(other.value)
    if one.high is not None or other.high is not None or step <= step2 or abs(one.value) < 10 * step:
        return False
    return (one.kind != "count" or abs(one.value) >= _MANY) and abs(one.value - other.value) <= 0.5 * step


_MANY = 1000


def _step(value: float) -> float:
    """The place of the last digit of a number that is not 0: 100 of 1,700, 0.5 is of tenths; 0 of 0."""
    if not value:
        return 0.0
    digits = f"{abs(value):.12e}"
    mantissa, exponent = digits.split("e")
    return 10.0 ** (int(exponent) - len(mantissa.replace(".", "").rstrip("0")) + 1)


def exclude(one: Value, other: Value, told: Sequence[Told]) -> bool:
    """Whether two values part, and are no two names of one place: "Lake Hedby" and "Hedby".

    "Monday" is one day in all reports of a story: which one it is was worked out, and may be wrong.
    """
    if not apart(one, other):
        return False
    if one.kind == "time":
        return _quoted(one, told) != _quoted(other, told)
    return not (one.kind == "place" and _one_name(one, other, told))


def _one_name(one: Value, other: Value, told: Sequence[Told]) -> bool:
    """Whether what is quoted for two values shares a word."""
    return bool(_quoted(one, told) & _quoted(other, told))


def _quoted(value: Value, told: Sequence[Told]) -> frozenset[str]:
    """The words of what is quoted for a value."""
    return frozenset(word for word, _ in View("", told[value.leader].quote(value.span)).words()) - {"the"}


def _sort_of(value: Value, told: Sequence[Told]) -> tuple[object, ...]:
    """All of a value that decides which others it excludes (`exclude`)."""
    q = value.quantity
    number = None if q is None else (q.kind, q.bound, q.value, q.high)
    words = _quoted(value, told) if value.kind in ("place", "time") else None
    bounds = value.low, value.high, value.point
    return (value.kind, value.group, number, value.part, value.vague, bounds, words)


_BESIDE = 0.4
"""Degrees: a borough and its city lie nearer to each other."""


def _beside(one: Value, other: Value) -> bool:
    """Whether two places lie so near that one may lie in the other; so they may where no point is known."""
    if one.point is None or other.point is None:
        return True
    (lat, lon), (lat2, lon2) = one.point, other.point
    return math.hypot(lat - lat2, (lon - lon2) * math.cos(math.radians(lat))) < _BESIDE


# ---------------------------------------------------------------- pairs


def lay(
    found: Sequence[Value],
    layout: Layout,
    told: Sequence[Told],
    origin: Mapping[str, str],
    chance: Mapping[tuple[int, int], float],
    *,
    reports: Sequence[Annotated],
    passages: Sequence[Passage] = (),
) -> Answers:
    """The pairs of values that part and may answer one question, sorted, each with its features.

    `told` holds what stands in the leaders of near copies, `chance` for pairs of leaders (the
    smaller first) that both tell one fact, `origin` the origin of each report.
    """
    import numpy as np

    story = _Story(found, layout, told, chance, reports=reports, passages=passages)
    first: list[int] = []
    second: list[int] = []
    rows: list[list[float]] = []
    for a, b in story.pairs():
        row = story.weighed(a, b, origin)
        if row is not None:
            first.append(a)
            second.append(b)
            rows.append([row.get(name, 0.0) for name in PARTS])
    return Answers(list(found), first, second, np.array(rows, dtype=float).reshape(len(rows), len(PARTS)))


class _Likeness:
    """How alike weighted sets of stems are."""

    def __init__(self, sets: Sequence[Mapping[str, float]]) -> None:
        self._sets = sets
        self._squares = [math.fsum(w * w for w in one.values()) for one in sets]
        self._totals = [math.fsum(one.values()) for one in sets]

    def __call__(self, a: int, b: int) -> tuple[float, float]:
        """The cosine of two sets by their numbers, and the part of the lighter one that both share."""
        one, other = self._sets[a], self._sets[b]
        if len(one) > len(other):
            one, other = other, one
        shared = [(w, other[stem]) for stem, w in one.items() if stem in other]
        if not shared:
            return 0.0, 0.0
        # Sums that are rounded once are the same in any order.
        least = min(self._totals[a], self._totals[b])
        dot = math.fsum(x * y for x, y in shared) / math.sqrt(self._squares[a] * self._squares[b])
        return dot, math.fsum(min(x, y) for x, y in shared) / least


class _Story:
    """All values of a story, and what is looked up of them."""

    def __init__(
        self,
        found: Sequence[Value],
        layout: Layout,
        told: Sequence[Told],
        chance: Mapping[tuple[int, int], float],
        *,
        reports: Sequence[Annotated],
        passages: Sequence[Passage],
    ) -> None:
        self._values = found
        self._told = told
        self._layout = layout
        self._chance = chance
        self._vectors = {r.id: r.vectors for r in reports if len(r.tagged) == len(r.sentences)}
        self._in = [frozenset({layout.statements[n].span.report for n in layout.copies[v.leader]}) for v in found]
        self._near = _Likeness([v.near for v in found])
        self._around = _Likeness([v.around for v in found])
        self._length = [math.sqrt(sum(w * w for w in v.around.values())) or 1.0 for v in found]
        self._group: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        self._report: defaultdict[tuple[str, str, str], list[int]] = defaultdict(list)
        self._beside: defaultdict[tuple[str, int, str, str], list[int]] = defaultdict(list)
        for k, v in enumerate(found):
            self._group[v.kind, v.group].append(k)
            self._report[v.span.report, v.kind, v.group].append(k)
            self._beside[v.span.report, told[v.leader].statement.sentence, v.kind, v.group].append(k)
        # A figure that a thousand reports give is laid against each other one once.
        sorts: dict[tuple[object, ...], int] = {}
        self._sort = [sorts.setdefault(_sort_of(v, told), len(sorts)) for v in found]
        self._parted: dict[tuple[int, int], bool] = {}
        self._like: dict[int, int] = {}
        self._sorts: defaultdict[tuple[str, str], dict[int, set[str]]] = defaultdict(dict)
        for k in range(len(found)):
            self._like.setdefault(self._sort[k], k)
        for name, many in self._group.items():
            for k in many[:_POSTED]:
                self._sorts[name].setdefault(self._sort[k], set()).update(self._in[k])
        self._tellers = cache(self._tell)
        self._told_both = cache(self._share)
        self._posted: defaultdict[tuple[str, str, str], list[int]] = defaultdict(list)
        self._carried: defaultdict[tuple[str, str, str], list[int]] = defaultdict(list)
        for k, v in enumerate(found):
            for stem in v.around:
                self._posted[v.kind, v.group, stem].append(k)
            for report in self._in[k]:
                self._carried[report, v.kind, v.group].append(k)
        self._passages: defaultdict[str, list[tuple[int, int, int]]] = defaultdict(list)
        for number, passage in enumerate(passages):
            for span in passage.spans:
                self._passages[span.report].append((span.start, span.end, number))
        for many in self._passages.values():
            many.sort()

    def pairs(self) -> list[tuple[int, int]]:
        """Each value with those most alike that part from it, both numbers in order."""
        out: set[tuple[int, int]] = set()
        for k, v in enumerate(self._values):
            score: defaultdict[int, float] = defaultdict(float)
            for stem, weight in v.around.items():
                many = self._posted[v.kind, v.group, stem]
                if len(many) <= _POSTED:
                    for m in many:
                        score[m] += weight * self._values[m].around[stem]
            score.pop(k, None)
            apart = {sort for sort in {self._sort[m] for m in score} if self._apart(k, self._like[sort])}
            rivals = [(-round(dot, 9), m) for m, dot in score.items() if self._sort[m] in apart]
            out.update((min(k, m), max(k, m)) for _, m in nsmallest(_MOST, rivals))
        return sorted(out)

    def _agreed(self, k: int, there: str) -> float:
        """How alike a value's surroundings are to the likest that a report gives of it without parting.

        The near copies of a statement agree with it wherever they stand; what was done on the same day may
        be another act.
        """
        v = self._values[k]
        if there in self._in[k] and there != v.span.report:
            return 1.0
        best = 0.0
        for m in self._carried[there, v.kind, v.group]:
            if m == k or self._apart(k, m) or (v.kind in ("time", "clock") and v.act != self._values[m].act):
                continue
            theirs = self._values[m].around
            dot = 0.0
            for stem, weight in v.around.items():
                if stem in theirs and len(self._posted[v.kind, v.group, stem]) <= _POSTED:
                    dot += weight * theirs[stem]
            best = max(best, dot / (self._length[k] * self._length[m]))
        return best

    def _apart(self, a: int, b: int) -> bool:
        """Whether two values exclude each other; two places do not where their names share a word."""
        sorts = self._sort[a], self._sort[b]
        known = self._parted.get(sorts)
        if known is None:
            known = self._parted[sorts] = exclude(self._values[a], self._values[b], self._told)
        return known

    def weighed(self, a: int, b: int, origin: Mapping[str, str]) -> dict[str, float] | None:
        """What speaks for one question; None where both are known to answer two."""
        one, other = self._values[a], self._values[b]
        x, y = self._told[one.leader], self._told[other.leader]
        s, t = x.statement, y.statement
        here, there = s.span.report, t.span.report
        if here == there and s.sentence == t.sentence:
            return None
        near, held = self._near(a, b)
        around, around_held = self._around(a, b)
        # One of the two verbs at least governs its value and stands on the other side too; an act told as a
        # noun ("Monday's strike") governs its day and is among no statement's verbs.
        one_act = _same_act(one, other) or bool({one.act, other.act} & s.acts & t.acts - _bare_acts())
        if one.kind in ("time", "clock") and not (one.act in y.families and other.act in x.families):
            return None  # what was done on the day is not told by the other
        if (around < _LEAST and not _same_act(one, other)) or not _may_answer(
            one, other, held, one_act=one_act, one_report=here == there
        ):
            return None
        if self._both(a, b) or self._both(b, a):
            return None
        if around <= max(self._agreed(a, there), self._agreed(b, here)):
            return None
        p = self._chance.get((min(one.leader, other.leader), max(one.leader, other.leader)), _NO_CHANCE)
        gives = [here != there and any(not self._apart(k, m) for m in many) for k, many in self._across(a, b)]
        counted = {round(self._values[m].low, 3) for r in {here, there} for m in self._report[r, one.kind, one.group]}
        q, r = one.quantity, other.quantity
        f, g = one.frame, other.frame
        same_bound = q is not None and r is not None and q.bound == r.bound
        same_owner = bool(one.owner) and one.owner == other.owner
        before, after = bool(one.before) and one.before == other.before, bool(one.after) and one.after == other.after
        fine = one.named and other.named and one.low == one.high and other.low == other.high
        fine = fine and abs(one.low - other.low) <= _WEEK
        things = (one.around.keys() & other.around.keys()) - {one.act}
        copies = len(self._layout.copies[one.leader]) * len(self._layout.copies[other.leader])
        return {
            "near": near,
            "near_held": held,
            "around": around,
            "around_held": around_held,
            "act": float(one_act),
            "acts_differ": float(bool(one.act and other.act) and one.act != other.act),
            "before": float(before),
            "after": float(after),
            "owner": float(same_owner),
            "owners_differ": float(bool(one.owner and other.owner) and not same_owner),
            "names": float(bool(s.names & t.names)),
            "names_differ": float(bool(s.names - t.names) and bool(t.names - s.names)),
            "two_reports": float(here != there),
            "one_origin": float(origin.get(here, here) == origin.get(there, there)),
            "meaning": self._meaning(here, s.sentence, there, t.sentence),
            "chance": math.log(max(p, 1e-3) / (1 - min(p, 0.999))),
            "ratio": _ratio(one, other),
            "lead": float(s.sentence < _LEAD and t.sentence < _LEAD),
            "there": float(any(gives)),
            "both_there": float(all(gives)),
            "told_both": self._told_both(self._sort[a], self._sort[b]),
            "many": math.log(max(2, len(counted))),
            "bounds": float(same_bound),
            "exact": float(same_bound and q is not None and q.bound == "exact"),
            "ahead": float(one.ahead != other.ahead),
            "both_ahead": float(one.ahead and other.ahead),
            "aligned": float(not self._within(s.span).isdisjoint(self._within(t.span))),
            "same_words": same_words(x, y),
            "copies": math.log(copies),
            "hedged": float(x.hedged != y.hedged),
            "fine": float(fine),
            "one_event": float(fine and here != there and _same_act(one, other) and len(things) >= _SAME_THINGS),
            "said": float(one.act in saying()),
            "subject": float(bool(f.subject) and f.subject == g.subject),
            "subjects_differ": float(bool(f.subject and g.subject) and f.subject != g.subject),
            "measure": float(bool(f.measure) and f.measure == g.measure),
            "head": float(bool(f.head) and f.head == g.head),
            "heads_differ": float(bool(f.head and g.head) and f.head != g.head),
            "shift": float(f.shift and g.shift),
            "part": float((one.part == "part") != (other.part == "part")),
            "past": float(one.past != other.past),
            "rounds": float(q is not None and r is not None and (rounds(q, r) or rounds(r, q))),
            (q.kind if q else one.kind): 1.0,
            "near squared": near * near,
            "around squared": around * around,
            "near and act": near * float(bool(one.act) and one.act == other.act),
            "near and owner": near * float(same_owner),
            "near and before": near * float(before),
            "near and after": near * float(after),
        }

    def _across(self, a: int, b: int) -> list[tuple[int, list[int]]]:
        """Each of two values with the numbers of those of its kind in the other's report."""
        one, other = self._values[a], self._values[b]
        return [
            (a, self._report[other.span.report, one.kind, one.group]),
            (b, self._report[one.span.report, one.kind, one.group]),
        ]

    def _both(self, a: int, b: int) -> bool:
        """Whether the sentence of the first value gives the second's too: then they answer two questions."""
        one, other = self._values[a], self._values[b]
        sentence = self._told[one.leader].statement.sentence
        here = self._beside[one.span.report, sentence, other.kind, other.group]
        # "Earlier this week" holds any day and answers for none.
        days = other.kind == "time" and other.low == other.high
        return any(not self._apart(b, m) and not (days and self._values[m].low != self._values[m].high) for m in here)

    def _share(self, sort: int, sort2: int) -> float:
        """Of the reports that give either of two sorts of values the part that gives both."""
        mine, theirs = self._tellers(sort), self._tellers(sort2)
        return len(mine & theirs) / max(1, len(mine | theirs))

    def _tell(self, sort: int) -> frozenset[str]:
        """The reports that give a value that agrees with those of a sort, whatever of."""
        k = self._like[sort]
        v = self._values[k]
        alike = [many for m, many in self._sorts[v.kind, v.group].items() if not self._apart(k, self._like[m])]
        return frozenset().union(*alike)

    def _meaning(self, here: str, sentence: int, there: str, sentence2: int) -> float:
        """How close the vectors of two sentences are, rounded to what half-precision numbers hold; 0 without any."""
        if here not in self._vectors or there not in self._vectors:
            return 0.0
        row, row2 = self._vectors[here][sentence], self._vectors[there][sentence2]
        return round(float((row.astype("float64") * row2).sum()), 3)

    def _within(self, span: Span) -> frozenset[int]:
        """The numbers of the passages that hold a statement."""
        many = self._passages.get(span.report, [])
        last = bisect_left(many, (span.start + 1, 0, 0))
        return frozenset(number for _, end, number in many[max(0, last - _OPEN) : last] if span.end <= end)


_OPEN = 50
"""So many passages that begin before a statement are looked at."""
_FRAMED, _WELL_FRAMED = 0.4, 0.5
"""The part of the words beside the value with fewer that both share, from which both may be said of one thing."""

_SCALE = math.log(10)
"""Numbers further apart than this are said of two things."""


def _same_act(one: Value, other: Value) -> bool:
    """Whether one verb governs both values, that tells more than that something was said or went on.

    What happened, came or began has to be one thing.
    """
    if not one.act or one.act != other.act:
        return False
    if one.act in _happenings():
        return bool(one.frame.subject) and one.frame.subject == other.frame.subject
    return one.act not in _bare_acts()


@cache
def _bare_acts() -> frozenset[str]:
    """The families of verbs that tell nothing without what they are told of."""
    return light_acts() | saying() | _happenings() | frozenset(kin(fold(word)) for word in listed("bare"))


@cache
def _happenings() -> frozenset[str]:
    """The families of verbs that tell only that something came about."""
    return frozenset(kin(fold(word)) for word in listed("happens"))


def _may_answer(one: Value, other: Value, held: float, *, one_act: bool, one_report: bool) -> bool:
    """Whether two values may answer one question, by the verbs that govern them, whose they are, and when."""
    owned = bool(one.owner and other.owner) and one.owner != other.owner
    if one.kind != "time" and one.years and other.years and one.years.isdisjoint(other.years):
        return False
    if one_report and (not one_act or held < _WELL_FRAMED):
        return False  # a report seldom contradicts itself, and then in much the same words
    if one.quantity is not None:
        f, g = one.frame, other.frame
        if f.measure != g.measure and ((f.measure and g.measure) or one.quantity.kind == "measure"):
            return False  # a height and a distance, or what its words do not tell
        if f.shift != g.shift:
            return False  # what was lost, and what there is
        if one.quantity.kind == "count" and (one.part == "part") != (other.part == "part") and one.act != other.act:
            return False  # "15 of the 200 were seen"
        if one.quantity.kind == "count" and one.act != other.act and (_of_all(one, other) or _of_all(other, one)):
            return False  # "21 miners came up", "any of the 200 miners who were trapped"
        if (one.vague != other.vague and not one_act) or _ratio(one, other) > _SCALE:
            return False
        # Two shares or sums of one list are of two, and a report lists sums of many things.
        return one.quantity.kind == "count" or not (one_report or owned)
    if one.kind == "denied":
        return held >= _FRAMED and not owned and one.past == other.past
    if one.kind in ("time", "clock"):
        if (one.act in saying()) != (other.act in saying()):
            return False  # the day of the telling is not that of what is told
        if one.act in _happenings() and one.frame.subject != other.frame.subject:
            return False  # a fire began, and a debate
        if one.kind == "clock":  # a report that gives many tells of many acts
            return one_act and not one_report and not (one.day and other.day and abs(one.day - other.day) > 1)
        return one_act or held >= _WELL_FRAMED
    if one.kind == "place" and (one.before != other.before or one.before not in listed("where")):
        return False
    return one_act and held >= _FRAMED


def _of_all(one: Value, other: Value) -> bool:
    """Whether a number may be of some of those whom the other counts, all of a known group."""
    return other.part == "all" and one.part != "all" and one.high < other.low


_MOST_RATIO = 5.0


def _ratio(one: Value, other: Value) -> float:
    """How far apart two values are: the logarithm of one number by the other, of the days between, or hours."""
    if one.kind == "number":
        small, large = sorted((abs(one.low), abs(other.low)))
        return min(_MOST_RATIO, math.log(large / small)) if small > 0 else _MOST_RATIO
    if one.kind == "time":
        return math.log1p(max(0.0, one.low - other.high, other.low - one.high))
    return abs(one.low - other.low) / 300 if one.kind == "clock" else 0.0


# ---------------------------------------------------------------- what is shown


_NAMED: dict[str, tuple[str, ConflictKind]] = {
    "time": ("when", "time"),
    "clock": ("clock", "time"),
    "place": ("where", "place"),
    "denied": ("denied", "outcome"),
}
_ASKS = {"place": "where", "time": "when"}


def point(one: Value, other: Value, told: Sequence[Told]) -> Contrast:
    """The point on which two values part, its slot filled with what both sides are said of.

    A verb that one side negates is quoted with its statement.
    """
    x, y = told[one.leader], told[other.leader]
    if one.quantity is not None:
        counts = one.quantity.kind == "count"
        unit = x.quote(Span(one.span.report, one.quantity.number.end, one.span.end)).strip(" -\u2010\u2011")
        topic = about(x, y, one.span)
        if counts and unit and not set(unit.lower().split()) & set(topic.lower().split()):
            topic = f"{unit} … {topic}" if topic else unit
        name: str = "number" if counts else "amount"
        slot = SLOTS[name].format(topic or _nearby(one, x) or unit or x.quote(one.span))
        return Contrast("number", name, slot, one.span, other.span)
    topic = about(x, y)
    if one.kind == "other":
        kind = kinds()[int(one.group)]
        name = _ASKS.get(kind, "which")
    else:
        name, kind = _NAMED[one.kind]
    return Contrast(kind, name, SLOTS[name].format(topic or x.quote(one.span)), *quoted(one, other, told))


def _nearby(one: Value, told: Told) -> str:
    """The three words that weigh most of those next to a value, in order; "" where there is none."""
    held = {place: one.near[stem] for word, place in told.words if (stem := kin(fold(word))) in one.near}
    kept = nsmallest(_TOPIC, held, key=lambda place: (-held[place], place))
    return quote_words(told, [k for k, (_, place) in enumerate(told.words) if place in kept])


_TOPIC = 3


def quoted(one: Value, other: Value, told: Sequence[Told]) -> tuple[Span, Span]:
    """What is quoted for two values: the values, or their statements where one side negates what the other tells."""
    if one.kind == "denied":
        return told[one.leader].statement.span, told[other.leader].statement.span
    if one.kind == "clock":
        return early(told[one.leader], one.span), early(told[other.leader], other.span)
    return one.span, other.span
