"""Versions: lost texts, rebuilt from what was written from them.

A chain is the text where all began, or an agency's versions of it, each before us or lost. A lost one has
what two of its copies have, unless one likelier took it from the other, and what one alone has where the others
likelier left it out; in the order that needs the fewest moves; in the words that need the fewest changes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tellings.collate.copies import Copies, Text

__all__ = ["GAP", "Chain", "Versions"]

GAP = -1
"""In a chain, a version that is lost."""

Chain = tuple[int, ...]
"""Versions in their order: the numbers of witnesses, or `GAP`."""

_SEEN = 40  # a lost text is built from so many of those written from it
_READINGS = 8  # of a sentence that are weighed against each other
_BEFORE = 30  # minutes by which a lost text is older than the first copy
_MIX = 3  # of more witnesses of a lost text two may have something from each other


@dataclass(slots=True)
class Versions:
    """The texts of chains over some witnesses; whether an `agency` is known to be the source."""

    copies: Copies
    agency: bool = False
    _chains: dict[tuple[Chain, tuple[tuple[int, ...], ...]], tuple[float, list[Text]]] = field(init=False)
    _order: list[int] | None = field(init=False)

    def __post_init__(self) -> None:
        """Nothing is rebuilt yet."""
        self._chains, self._order = {}, None

    def chained(self, chain: Chain, children: tuple[tuple[int, ...], ...]) -> tuple[float, list[Text]]:
        """What a chain costs, with the copies of its lost versions, and its texts; `children` by the place in it."""
        copies = self.copies
        if GAP not in chain:
            return sum(copies.version(a, b) for a, b in pairwise(chain)), [copies.texts[at] for at in chain]
        key = chain, children
        if key in self._chains:
            return self._chains[key]
        holders = [
            (place, at) for place, who in enumerate(chain) for at in ((who,) if who >= 0 else children[place])
        ]  # fmt: skip
        entry = self._entries(chain, children, holders)
        order = self._ordered([unit for unit in self._merged([at for _, at in holders]) if unit in entry], holders)
        words = self._worded(chain, children, holders, order, entry)
        texts: list[Text] = []
        for place, who in enumerate(chain):
            if who >= 0:
                texts.append(copies.texts[who])
                continue
            units = [unit for unit in order if entry[unit] <= place]
            texts.append(
                Text(
                    units, {unit: at for at, unit in enumerate(units)}, {unit: words[place][unit] for unit in units},
                    self._title(chain, children, place),
                    agency=self.agency or not any(w.signed for w in self.copies.witnesses), credited=False, number=-1,
                    mask=sum(1 << unit for unit in units),
                )
            )  # fmt: skip
        cost = 0.0
        for place, (one, two) in enumerate(pairwise(texts)):
            known = chain[place] >= 0 and chain[place + 1] >= 0
            cost += copies.version(chain[place], chain[place + 1]) if known else copies.followed(one, two)
        for place, who in enumerate(chain):
            if who < 0:
                cost += sum(copies.copied(texts[place], at) for at in children[place])
                cost += self._dated(chain, children, place)
        self._chains[key] = cost, texts
        return self._chains[key]

    def _entries(
        self, chain: Chain, children: tuple[tuple[int, ...], ...], holders: Sequence[tuple[int, int]]
    ) -> dict[int, int]:
        """The units of the chain's texts, each with the place of the first version that has it.

        What two have stood in the version from which the earlier was written. What one alone has is his own, or
        all the others left it out.
        """
        entry: dict[int, int] = {}
        counts: Counter[int] = Counter()
        for place, at in holders:
            for unit in self.copies.witnesses[at].units:
                counts[unit] += 1
                entry[unit] = min(place, entry.get(unit, place))
        for place, who in enumerate(chain):
            for at in children[place] if who < 0 else ():
                run: list[int] = []
                units = self.copies.witnesses[at].units
                for number, unit in enumerate((*units, -1)):
                    if unit >= 0 and counts[unit] == 1:
                        run.append(unit)
                        continue
                    if run:
                        others = [other for later, other in holders if later >= place and other != at]
                        known = any(other >= 0 for other in chain[place:])
                        if known or self._left_by_all(run, units[number:], others) >= self._own(run):
                            for one in run:
                                del entry[one]
                        run = []
        self._mixed(chain, children, holders, entry, counts)
        return entry

    def _mixed(
        self,
        chain: Chain,
        children: tuple[tuple[int, ...], ...],
        holders: Sequence[tuple[int, int]],
        entry: dict[int, int],
        counts: Counter[int],
    ) -> None:
        """Take out what two alone have, where one likelier took it from the other than that all others left it out."""
        if any(who >= 0 for who in chain) or len(holders) <= _MIX:
            return
        owners: dict[int, list[int]] = {}
        for _, at in holders:
            for unit in self.copies.witnesses[at].units:
                if counts[unit] == 2:
                    owners.setdefault(unit, []).append(at)
        for place in range(len(chain)):
            for at in children[place]:
                run: list[int] = []
                units = self.copies.witnesses[at].units
                for number, unit in enumerate((*units, -1)):
                    pair = owners.get(unit) if unit in entry else None
                    if pair is not None and pair[0] == at and (not run or owners[run[-1]] == pair):
                        run.append(unit)
                        continue
                    if run:
                        two = owners[run[-1]]
                        others = [other for later, other in holders if later >= place and other not in two]
                        worth = (
                            2 * self._own(run) + self.copies.odds["mixed"] + self.copies.odds["mixed each"] * len(run)
                        )
                        if self._left_by_all(run, units[number:], others) >= worth:
                            for one in run:
                                del entry[one]
                    run = [unit] if pair is not None and pair[0] == at else []

    def _own(self, run: Sequence[int]) -> float:
        """What it costs that a stretch is a copyist's own."""
        odds = self.copies.odds
        weight = sum(self.copies.weights[unit] for unit in run)
        cost = (
            (odds["added"] - odds["none added"]) * min(1.0, weight) + odds["added block"] + odds["added each"] * weight
        )
        return cost + 0.5 * odds["added many"] * max(0.0, weight - 4)

    def _left_by_all(self, run: Sequence[int], after: Sequence[int], others: Iterable[int]) -> float:
        """What it costs if all others left a stretch out, which stands before `after`."""
        weight = sum(self.copies.weights[unit] for unit in run)
        within = self.copies.odds["dropped"] * min(1.0, weight) + self.copies.odds["dropped on"] * max(
            0.0, weight - 1.0
        )
        # Who has nothing of what follows cut it away with all the rest.
        return sum(
            within if any(unit in self.copies.texts[other].at for unit in after) else self.copies.odds["cut away"]
            for other in others
        )

    def _merged(self, witnesses: Sequence[int]) -> list[int]:
        """All units of some witnesses in one order: the longest's, with the others' put in behind their neighbours."""
        out: list[int] = []
        known: set[int] = set()
        for at in sorted(witnesses, key=lambda at: (-len(self.copies.witnesses[at].units), at))[:_SEEN]:
            place = 0
            for unit in self.copies.witnesses[at].units:
                if unit in known:
                    place = out.index(unit) + 1
                else:
                    out.insert(place, unit)
                    known.add(unit)
                    place += 1
        return out

    def _ordered(self, order: list[int], holders: Sequence[tuple[int, int]]) -> list[int]:
        """The order in which the fewest moves are needed: as given, or the one that most witnesses have."""

        def moves(order: Sequence[int]) -> float:
            place = {unit: at for at, unit in enumerate(order)}
            return sum(
                self.copies.moved([place[unit] for unit in self.copies.witnesses[at].units if unit in place])
                for _, at in holders
            )

        needed = moves(order)
        if not needed:
            return order
        if self._order is None:
            self._order = self._voted(self._merged(range(len(self.copies.witnesses))))
        some = set(order)
        other = [unit for unit in self._order if unit in some]
        return other if len(other) == len(order) and moves(other) < needed else order

    def _voted(self, order: Sequence[int]) -> list[int]:
        """An order bettered by putting single units where most witnesses have them (after Kemeny)."""
        place = {unit: at for at, unit in enumerate(order)}
        votes: Counter[tuple[int, int]] = Counter()
        for w in self.copies.witnesses:
            known = [place[unit] for unit in w.units if unit in place]
            for at, one in enumerate(known):
                votes.update((one, two) for two in known[at + 1 :])
        out = list(range(len(order)))
        for _ in range(4):
            before = list(out)
            for unit in range(len(order)):
                at = out.index(unit)
                rest = out[:at] + out[at + 1 :]
                cost = [sum(votes[other, unit] - votes[unit, other] for other in rest)]
                for other in rest:
                    cost.append(cost[-1] + votes[unit, other] - votes[other, unit])
                best = min(range(len(cost)), key=lambda where: (cost[where], where != at, where))
                out = [*rest[:best], unit, *rest[best:]]
            if out == before:
                break
        return [order[at] for at in out]

    def _worded(
        self,
        chain: Chain,
        children: tuple[tuple[int, ...], ...],
        holders: Sequence[tuple[int, int]],
        order: Sequence[int],
        entry: Mapping[int, int],
    ) -> list[dict[int, tuple[str, ...]]]:
        """The wording of each unit in each version: with the fewest changes, version by version (Viterbi)."""
        copies = self.copies
        words: list[dict[int, tuple[str, ...]]] = [{} for _ in chain]
        for unit in order:
            first = entry[unit]
            counts = Counter(text.words[unit] for _, at in holders if unit in (text := copies.texts[at]).at)
            readings = sorted(sorted(counts), key=lambda one: -counts[one])[:_READINGS]
            if len(readings) == 1:
                for place in range(first, len(chain)):
                    words[place][unit] = readings[0]
                continue
            fits: list[list[float]] = []
            for place in range(first, len(chain)):
                who = chain[place]
                if who >= 0:
                    own = copies.texts[who].words.get(unit)
                    fits.append([0.0 if own is None or own == one else 99.0 for one in readings])
                    continue
                told = [copies.texts[at].words[unit] for at in children[place] if unit in copies.texts[at].at]
                fits.append(
                    [
                        sum(min(3.5, 1.5 * len(copies.pairs(one, two))) for two in told) - 0.01 * counts[one]
                        for one in readings
                    ]
                )
            steps = [[copies.reworded(one, two) for one in readings] for two in (readings if len(fits) > 1 else ())]
            best, ways = fits[0], list[list[int]]()
            for fit in fits[1:]:
                way = [min(range(len(readings)), key=lambda one: best[one] + step[one]) for step in steps]
                best = [best[one] + steps[two][one] + fit[two] for two, one in enumerate(way)]
                ways.append(way)
            at = min(range(len(readings)), key=lambda one: best[one])
            for place in range(len(chain) - 1, first - 1, -1):
                words[place][unit] = readings[at]
                at = ways[place - first - 1][at] if place > first else at
        return words

    def _title(self, chain: Chain, children: tuple[tuple[int, ...], ...], place: int) -> str:
        """The headline of a lost version: the most frequent of its copies and of the versions beside it."""
        titles = [self.copies.witnesses[at].title for at in children[place]]
        titles += [
            self.copies.witnesses[chain[at]].title
            for at in (place - 1, place + 1)
            if 0 <= at < len(chain) and chain[at] >= 0
        ]
        counts = Counter(title for title in titles if title)
        return min(counts, key=lambda title: (-counts[title], title)) if counts else ""

    def _dated(self, chain: Chain, children: tuple[tuple[int, ...], ...], place: int) -> float:
        """What the dates of those written from a lost version cost, with the best date for it."""
        dates = self.copies.dates
        given = [date for at in children[place] if (date := dates[at]) is not None]
        if not given:
            return 0.0
        before = [date for at in chain[:place] if at >= 0 and (date := dates[at]) is not None]
        some = [date - (0 if self.copies.byday else _BEFORE) for date in sorted(given)] + before
        return min(
            sum(self.copies.delay(one, date) for date in given)
            + sum(self.copies.odds["early"] for date in before if date > one)
            for one in some
        )
