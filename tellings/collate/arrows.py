"""Arrows: who took the text of one origin from whom, each arrow with its named reasons.

The reports of an origin are laid out as witnesses: the sentences that they share, in each one's order and words
(`layouts.py`). What one took from a second text is taken out (`mixtures.py`), and the likeliest tree over the rest
is found, with lost texts where these explain more (`descents.py`). An arrow then tells what speaks for its
direction: what the same arrow turned round would cost more, by name, in units of one date in the right order.
A report that has sentences of a second text has two parents: one arrow more, with the places.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tellings.collate.alignments import Line, rarity
from tellings.collate.copies import ODDS, Witness
from tellings.collate.descents import LOST, ROOT, Descents, Tree
from tellings.collate.differences import doubts, frame, spelt
from tellings.collate.layouts import Layout
from tellings.collate.mixtures import Second, mixed
from tellings.records import Collation, Edge, Evidence
from tellings.text import Span

if TYPE_CHECKING:
    import numpy as np

__all__ = ["Credits", "edges"]

_RARE = 0.6  # how rare a shared word must be in news at large
_SPELT = 5  # letters of a name that may be spelt in two ways
_ONE_WORD = 0.05  # what a shared word weighs, ...
_ONE_SPELLING = 0.3  # ... a shared spelling of a name, ...
_WORDED = 0.6  # ... and all of them at most
_QUOTED = 3  # so many words or places are quoted as evidence
_LEAST = 0.05  # reasons that weigh less are not told
_SECOND = 1.8  # sentences that a second parent must explain
_NEAREST = 8  # of very many reports, so many may be the parent of one
_MANY = 64  # a sentence that more reports have tells nothing of a second parent
_DOUBT = 0.3  # what a doubt put into the copy weighs ...
_DOUBTS = 0.6  # ... and all of them at most
_UNIT = ODDS["early"]  # what one date in the right order is worth
_MOST = 2.0  # what one reason weighs at most, and at least its opposite


@dataclass(frozen=True, slots=True)
class Credits:
    """What the reports of an origin say of where it is from.

    `source` is the agency (or paper) that they name, `signed` the reports that are its own, `named` those that
    name it with the place; `heard` gives for each report the outlets that it says told it first. Those in
    `written` name a writer who is not the source's; `beside` gives what a report credits that is not the source.
    """

    source: str | None
    signed: frozenset[int]
    written: frozenset[int]
    named: Mapping[int, Evidence]
    heard: Mapping[int, frozenset[str]]
    beside: Mapping[int, str]


# ---------------------------------------------------------------- the arrows of one origin


def edges(
    c: Collation,
    every: Sequence[Sequence[Line]],
    layout: Layout,
    share: np.ndarray,
    *,
    group: Sequence[int],
    told: Credits,
) -> tuple[Edge, ...]:
    """The arrows of one origin, sorted by target; of two to one report the main parent's comes last.

    `share` is what part of each report (row) stands in each other (column), `group` the reports of the origin.
    A report without an arrow from its own origin is where the text began. `source` is None for a lost text.
    """
    arrows = _Arrows(c, every, layout, share, group=group, told=told)
    found = [*arrows.second(), *arrows.main()]
    # Sorting is stable: a second parent stands before the main one, which then counts where one is looked for.
    return tuple(sorted(found, key=lambda edge: edge.target))


class _Arrows:
    """The witnesses of one origin and the tree that was found over them."""

    def __init__(
        self,
        c: Collation,
        every: Sequence[Sequence[Line]],
        layout: Layout,
        share: np.ndarray,
        *,
        group: Sequence[int],
        told: Credits,
    ) -> None:
        self._reports = c.reports
        self._lines = every
        self._layout = layout
        self._share = share
        self._group = list(group)
        self._credits = told
        self._words: dict[int, dict[str, tuple[bool, Span]]] = {}
        self._spelt: dict[int, dict[tuple[str, str], list[str]]] = {}
        self._size = self._precision()
        self._descents = self._read()
        mixture = mixed(self._descents)
        self._tree: Tree = mixture.tree
        self._taken: defaultdict[int, list[Second]] = defaultdict(list)
        for second in mixture.seconds:
            self._taken[second.target].append(second)
        self._children: defaultdict[int, list[int]] = defaultdict(list)
        for child, parent in enumerate(self._tree.parents):
            self._children[parent].append(child)

    # ------------------------------------------------------------ reading the witnesses

    def _precision(self) -> int:
        """How many letters of a date count: the time of day only where each has one."""
        dates = [d for at in self._group if (d := self._date(at)) is not None]
        clocks = [date[11:16] for date in dates]
        return 16 if clocks and all(clock not in {"", "00:00"} for clock in clocks) else 10

    def _date(self, at: int) -> str | None:
        """When a report was published, None where that is not given: what was inferred from others proves nothing."""
        date = self._reports[at].report.published
        return date.value if date is not None and date.where != "inferred" else None

    def _read(self) -> Descents:
        """The witnesses as `descents` compares them."""
        houses: defaultdict[str, set[int]] = defaultdict(set)
        for number, at in enumerate(self._group):
            outlet = self._reports[at].report.outlet
            if outlet is not None:
                houses[_house(outlet.value)].add(number)
        out: list[Witness] = []
        for number, at in enumerate(self._group):
            foreign = self._foreign(at)
            units = [unit for unit in self._layout.order(at) if unit not in foreign]
            date = self._date(at)
            report = self._reports[at].report
            heard = {
                other
                for name in self._credits.heard.get(at, frozenset())
                for other in houses.get(_house(name), ())
                if other != number and self._group[other] not in self._credits.signed  # an agency is credited
            }
            out.append(
                Witness(
                    tuple(units),
                    tuple(self._layout.reports[at][unit].words for unit in units),
                    " ".join(report.title.value.casefold().split()) if report.title is not None else "",
                    date[: self._size] if date is not None else None,
                    at in self._credits.signed,
                    at in self._credits.named,
                    frozenset(heard),
                    at in self._credits.written,
                    self._credits.beside.get(at, ""),
                )
            )
        return Descents(
            out, self._layout.weights, self._layout.stated, self._credits.source is not None, self._near(out)
        )

    def _foreign(self, target: int) -> set[int]:
        """The units that a report likelier took from a report of another origin, and nobody of its own origin has."""
        worth: defaultdict[int, float] = defaultdict(float)
        units: defaultdict[int, list[int]] = defaultdict(list)
        group = set(self._group)
        for unit in self._layout.order(target):
            many = self._layout.holders.get(unit, ())
            if unit in self._layout.stated or len(many) > _MANY or group.intersection(many) != {target}:
                continue
            for other in many:
                if other != target:
                    worth[other] += self._layout.weights[unit]
                    units[other].append(unit)
        best = self._best_second(target, worth, units, apart=False)
        return set(units[best]) if best is not None else set()

    def _near(self, witnesses: Sequence[Witness]) -> dict[int, list[int]] | None:
        """Of very many reports, those that may be the parent of each: those that share most with it."""
        import numpy as np

        if len(self._group) <= 2 * _NEAREST:
            return None
        part = np.round(self._share[np.ix_(self._group, self._group)], 6)
        out: dict[int, list[int]] = {}
        for number, witness in enumerate(witnesses):
            # Of those that have as much of it, those that have least beside it are nearest.
            order = np.lexsort((np.arange(len(witnesses)), -part[:, number], -part[number]))
            near = [int(at) for at in order[: _NEAREST + 1] if at != number][:_NEAREST]
            out[number] = sorted({*near, *witness.heard})
        return out

    # ------------------------------------------------------------ from a tree to arrows

    def main(self) -> Iterator[Edge]:
        """The arrow of each report that was written from another text."""
        for number, parent in enumerate(self._tree.parents):
            target = self._group[number]
            if parent == ROOT:
                continue
            if parent == LOST:
                among = float(self._share[target, self._group].max()) if len(self._group) > 1 else 0.0
                yield Edge(None, self._reports[target].id, round(among, 4), tuple(self._from_lost(number)))
                continue
            source = self._group[parent]
            taken = round(float(self._share[target, source]), 4)
            reasons = (*self._reasons(parent, number), *self._wording(target, source, self._other(number, source)))
            yield Edge(self._reports[source].id, self._reports[target].id, taken, reasons)

    def _from_lost(self, number: int) -> Iterator[Evidence]:
        """Why a report was written from a text that is not there."""
        named = self._credits.named.get(self._group[number])
        if named is not None:
            yield named
        if self._tree.lost > 0:
            weight = round(min(_MOST, self._tree.lost / _UNIT), 4)
            yield Evidence("lost text", weight, "no report has all that those written from it share")

    def _other(self, number: int, source: int) -> int | None:
        """The report of the origin that shares most with one beside its parent, and was not written from it."""
        import numpy as np

        row = np.round(self._share[self._group[number], self._group], 6)
        row[[*self._below(number), self._group.index(source)]] = -1.0
        # The first of equals: the group is sorted.
        best = int(row.argmax())
        return self._group[best] if row[best] >= 0.0 else None

    def _below(self, number: int) -> set[int]:
        """A report and all that was written from it."""
        out, waiting = {number}, [number]
        while waiting:
            for child in self._children[waiting.pop()]:
                if child not in out:
                    out.add(child)
                    waiting.append(child)
        return out

    def _reasons(self, source: int, target: int) -> Iterator[Evidence]:
        """What speaks for the direction of an arrow: what the same arrow turned round would cost more."""
        here, there = self._descents.costs(source, target), self._descents.costs(target, source)
        worth = {name: (there[name] - here[name]) / _UNIT for name in here}
        one, two = (self._group[at] for at in (source, target))
        if worth["time"]:
            first, second = (self._descents.witnesses[at].date for at in (source, target))
            word = "before" if worth["time"] > 0 else "after"
            yield Evidence("time", round(worth["time"], 4), f"{first} {word} {second}")
        if one in self._credits.signed and two not in self._credits.signed:
            yield Evidence("credit", 1.0, f"signed by {self._credits.source}")
        elif one in self._credits.signed:
            yield Evidence("credit", 0.3, f"signed by {self._credits.source}, as its next version is")
        elif abs(worth["credit"]) >= _LEAST:
            yield Evidence("credit", _bound(worth["credit"]), f"who names {self._credits.source}")
        if source in self._descents.witnesses[target].heard:
            outlet = self._reports[one].report.outlet
            yield Evidence("credit", 1.0, f"names {outlet.value if outlet else self._reports[one].id}")
        byline = self._reports[one].report.byline
        if worth.get("byline", 0.0) >= _LEAST and byline is not None:
            places = (byline.span,) if byline.span is not None else ()
            yield Evidence("byline", _bound(worth["byline"]), "names its writer, as the copy does not", places)
        yield self._completeness(source, target, worth["left out"] + worth["added"])
        yield from self._agreement(source, target)
        yield from self._doubted(one, two)
        if target in self._tree.later:
            yield Evidence("later version", 0.0, "by way of a later version of it that is not among the reports")

    def _completeness(self, source: int, target: int, weight: float) -> Evidence:
        """That one text has what the other lacks: cut from the end, left out, put in as a block."""
        p, c = (self._descents.witnesses[at] for at in (source, target))
        have, kept = set(p.units), set(c.units)
        end = len(p.units)
        while end and p.units[end - 1] not in kept:
            end -= 1
        cut, dropped = len(p.units) - end, sum(unit not in kept for unit in p.units[:end])
        new = [unit for unit in c.units if unit not in have]
        one, two = (self._group[at] for at in (source, target))
        taken, back = float(self._share[two, one]), float(self._share[one, two])
        note = f"{taken:.0%} of the copy, {back:.0%} of the source"
        told = (f"{cut} cut from the end", f"{dropped} left out", f"{len(new)} put in")
        note += "".join(f", {what}" for what, count in zip(told, (cut, dropped, len(new)), strict=True) if count)
        spans = sorted(self._layout.reports[two][unit].span for unit in new)
        return Evidence("completeness", _bound(weight), note, tuple(spans[:_QUOTED]))

    def _agreement(self, source: int, target: int) -> Iterator[Evidence]:
        """What third reports say: whose readings and sentences they share against the other.

        What all share but the copy was in the text before the copy was made (eliminatio lectionum singularium).
        """
        below = self._below(target)
        p, c = (self._descents.witnesses[at] for at in (source, target))
        ours, theirs = dict(zip(p.units, p.words, strict=True)), dict(zip(c.units, c.words, strict=True))
        thirds = [w for k, w in enumerate(self._descents.witnesses) if k not in below and k != source][: 2 * _NEAREST]
        votes: Counter[bool] = Counter()
        places: list[Span] = []
        for third in thirds:
            for unit, words in zip(third.units, third.words, strict=True):
                one, two = ours.get(unit), theirs.get(unit)
                if one == two:
                    continue
                if words == one:
                    votes[True] += 1
                    if two is not None:
                        places.append(self._layout.reports[self._group[target]][unit].span)
                elif words == two:
                    votes[False] += 1
        weight = _bound(0.1 * (votes[True] - votes[False]))
        if weight:
            note = f"others agree with the source in {votes[True]} sentences against the copy"
            note += f", with the copy in {votes[False]}"
            yield Evidence("agreement", max(-1.0, min(1.0, weight)), note, tuple(sorted(set(places))[:_QUOTED]))

    def _doubted(self, source: int, target: int) -> Iterator[Evidence]:
        """That one of two puts doubt into the words that they share."""
        ours, theirs = self._layout.reports[source], self._layout.reports[target]
        shared = sorted(ours.keys() & theirs.keys())
        more = self._doubts(target, [theirs[unit].span for unit in shared])
        more -= self._doubts(source, [ours[unit].span for unit in shared])
        if more > 0:
            yield Evidence("doubts put in", min(_DOUBTS, _DOUBT * more), f"{more} in the copy's words")
        elif more < 0:
            yield Evidence("doubts left out", max(-_DOUBTS, _DOUBT * more), f"{-more} in the source's words")

    def _doubts(self, at: int, spans: Sequence[Span]) -> int:
        """How many words within the spans cast doubt on what they stand before."""
        return sum(any(s.start <= place < s.end for s in spans) for place in doubts_of(self._lines[at]))

    # ------------------------------------------------------------ a second parent

    def second(self) -> Iterator[Edge]:
        """One arrow more for a report that has sentences of another text that its parent lacks."""
        group = {at: number for number, at in enumerate(self._group)}
        for number, parent in enumerate(self._tree.parents):
            target = self._group[number]
            mine = self._layout.reports[target]
            given = self._tree.given[number]
            below = {self._group[k] for k in self._below(number)}
            told = {unit for second in self._taken[number] for unit in second.units}
            for source in sorted({second.source for second in self._taken[number]}):
                units = [unit for second in self._taken[number] if second.source == source for unit in second.units]
                yield self._took(self._group[source], target, units)
            # What no other copy of a lost text has, and another origin has, was not in it.
            theirs = self._layout.reports[self._group[parent]] if parent >= 0 else {}
            known = {
                unit
                for unit in mine
                if given >> unit & 1
                and (
                    unit in theirs
                    or not (elsewhere := {*self._layout.holders.get(unit, ())[:_MANY]} - below)
                    or any(other in group for other in elsewhere)
                )
            }
            worth: defaultdict[int, float] = defaultdict(float)
            units_of: defaultdict[int, list[int]] = defaultdict(list)
            for unit in sorted(mine.keys() - known - told - self._layout.stated):
                many = self._layout.holders.get(unit, ())
                for other in many if len(many) <= _MANY else ():
                    inside = other in group
                    if other != target and other not in below and (not inside or self._grew(group[other], unit)):
                        worth[other] += self._layout.weights[unit]
                        units_of[other].append(unit)
            best = self._best_second(target, worth, units_of)
            if best is None or (parent >= 0 and best == self._group[parent]) or (told and best in group):
                continue
            yield self._took(best, target, units_of[best])

    def _took(self, source: int, target: int, units: Sequence[int]) -> Edge:
        """The arrow from a second text, with the sentences that were taken from it."""
        mine = self._layout.reports[target]
        spans = sorted(mine[unit].span for unit in units)
        words = sum(len(mine[unit].words) for unit in units)
        share = round(min(1.0, words / max(1, sum(len(line.words) for line in self._lines[target]))), 4)
        note = f"{len(spans)} sentences that its main source lacks"
        reasons = [Evidence("second source", round(min(_MOST, 0.25 * len(spans)), 4), note, tuple(spans))]
        reasons += self._timed(source, target)
        return Edge(self._reports[source].id, self._reports[target].id, share, tuple(reasons))

    def _grew(self, number: int, unit: int) -> bool:
        """Whether a report of this origin has a unit that its own parent has not: it is the first to tell it."""
        if any(unit in second.units for second in self._taken[number]):
            return False
        parent = self._tree.parents[number]
        if parent >= 0:
            return unit not in self._layout.reports[self._group[parent]]
        return parent in {LOST, ROOT}

    def _best_second(
        self, target: int, worth: Mapping[int, float], units: Mapping[int, Sequence[int]], *, apart: bool = True
    ) -> int | None:
        """The likeliest second parent: who has most of it, before, in the nearest words; None if nobody has enough.

        Words are passed over where not `apart`.
        """
        date = self._date(target)

        def key(other: int) -> tuple[float, float, str, int]:
            theirs, mine = self._layout.reports[other], self._layout.reports[target]
            places = sum(self._descents.apart(theirs[u].words, mine[u].words) for u in units[other]) if apart else 0
            return -round(worth[other], 6), places, self._date(other) or "~", other

        enough = [other for other in worth if worth[other] >= _SECOND and self._gave(other, target, units[other])]
        if date is not None:
            enough = [
                other
                for other in enough
                if (theirs := self._date(other)) is None or theirs[: self._size] <= date[: self._size]
            ]
        return min(enough, key=key, default=None)

    def _gave(self, other: int, target: int, units: Sequence[int]) -> bool:
        """Whether a report is likelier the giver of sentences than the taker: they are less of its text, or as many."""
        if other in self._group:
            # Who takes from a second text puts it in one place; whose news it is goes on with more of it.
            one, two = self._date(other), self._date(target)
            if one is not None and two is not None and one[: self._size] != two[: self._size]:
                return one < two
            here, there = (self._stretches(at, units) for at in (other, target))
            return (here, -other) > (there, -target)
        total = [sum(self._layout.weights[u] for u in self._layout.reports[at]) for at in (other, target)]
        one, two = self._date(other), self._date(target)
        if one is not None and two is not None and one[: self._size] != two[: self._size]:
            return one < two
        # Whose copies have them too had them first.
        also = [
            sum(
                at not in (other, target) and bool(self._share[at, who] > self._share[at, whom])
                for unit in units
                for at in self._layout.holders[unit]
            )
            for who, whom in ((other, target), (target, other))
        ]
        if also[0] != also[1]:
            return also[0] > also[1]
        return (total[0], -other) <= (total[1], -target)

    def _stretches(self, at: int, units: Sequence[int]) -> tuple[int, int]:
        """In how many stretches units stand in a report, and how many sentences that it alone has stand beside them."""
        order, some = self._layout.order(at), frozenset(units)
        starts = [
            place for place, unit in enumerate(order) if unit in some and (not place or order[place - 1] not in some)
        ]
        beside = {
            place + step
            for place, unit in enumerate(order)
            for step in (-1, 1)
            if unit in some and 0 <= place + step < len(order) and order[place + step] not in self._layout.holders
        }
        return len(starts), len(beside)

    def _timed(self, source: int, target: int) -> Iterable[Evidence]:
        """The order of two dates as a reason, where they differ."""
        one, two = self._date(source), self._date(target)
        if one is not None and two is not None and one[: self._size] < two[: self._size]:
            yield Evidence("time", 1.0, f"{one[: self._size]} before {two[: self._size]}")

    # ------------------------------------------------------------ wording

    def _wording(self, target: int, parent: int, other: int | None) -> Iterator[Evidence]:
        """What a copy shares with only one of two possible parents: rarer words, and the spelling of names.

        What two witnesses have against a third tells who follows whom (Maas, Textkritik): a copyist keeps an
        odd spelling of a name and does not restore one. A text that neither has shows in both.
        """
        if other is None or self._share[target, other] <= 0:
            return
        mine, ours, theirs = (self._vocabulary(at) for at in (target, parent, other))
        spelling: tuple[list[str], list[str]] = ([], [])
        wording: tuple[list[str], list[str]] = ([], [])
        for word in sorted(mine):
            if (word in ours) == (word in theirs):
                continue
            side, lacks = (0, other) if word in ours else (1, parent)
            variants = self._names(lacks).get(_key(word), ()) if mine[word][0] else ()
            if any(spelt(word, variant) for variant in variants):
                spelling[side].append(word)
            elif rarity(word) >= _RARE and not word[0].isdigit():
                wording[side].append(word)
        for what, sides, one in (("shared wording", wording, _ONE_WORD), ("shared spelling", spelling, _ONE_SPELLING)):
            weight = max(-_WORDED, min(_WORDED, one * (len(sides[0]) - len(sides[1]))))
            if not weight:
                continue
            words, who = (sides[0], parent) if weight > 0 else (sides[1], other)
            places = [mine[word][1] for word in sorted(words, key=lambda w: (-rarity(w), w))[:_QUOTED]]
            quoted = ", ".join(f"“{self._reports[target].quote(place)}”" for place in places)
            rest = f" and {len(words) - _QUOTED} more" if len(words) > _QUOTED else ""
            note = f"only {self._reports[who].id} has {quoted}{rest}"
            yield Evidence(what, round(weight, 4), note, tuple(sorted(places)))

    def _vocabulary(self, at: int) -> dict[str, tuple[bool, Span]]:
        """The words of a report's own text: whether they bear a capital within a sentence, and where they stand."""
        if at not in self._words:
            found: dict[str, tuple[bool, Span]] = {}
            for line in self._lines[at]:
                for number, word in enumerate(line.words):
                    capital = number > 0 and line.capital[number]
                    if not line.quoted[number] and len(word) > 2 and (capital or word not in found):
                        place = line.stretch(number, number)
                        found[word] = capital, (found[word][1] if word in found else place)
            self._words[at] = found
        return self._words[at]

    def _names(self, at: int) -> dict[tuple[str, str], list[str]]:
        """The capitalised words of a report by what stays the same in their spellings."""
        if at not in self._spelt:
            found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
            for word, (capital, _) in self._vocabulary(at).items():
                if capital and len(word) >= _SPELT:
                    found[_key(word)].append(word)
            self._spelt[at] = found
        return self._spelt[at]


def _bound(weight: float) -> float:
    """A weight within what one reason may weigh."""
    return round(max(-_MOST, min(_MOST, weight)), 4)


def _house(name: str) -> str:
    """An outlet's name as compared: "The Torsk Post" and "Torsk Post" are one."""
    return re.sub(r"^the\s+", "", " ".join(name.casefold().split()))


def _key(word: str) -> tuple[str, str]:
    """What the spellings of a name have in common."""
    return word[0], frame(word)


def doubts_of(lines: Sequence[Line]) -> Iterator[int]:
    """The places of a report's own words that cast doubt."""
    for line in lines:
        for number, word in enumerate(line.words):
            called = word == "called" and number > 0 and line.words[number - 1] == "so"
            if called or (word in doubts() and word != "called"):
                yield line.starts[number]
