"""Copies: what it costs to suppose that one text was written from another.

A copyist's work is taken apart into what he does to a text: cuts it from the end, drops a sentence, changes words (in
no place, in some or in many), moves, adds, has a headline of his own, keeps the credit or leaves it out. Each has its
cost, in natural logarithms of how seldom it is done, so that costs add up to the (negative) likelihood of the
copy. One word put for another all through a text is one decision, and counts once.

The costs in `ODDS` were set in round numbers and then fitted by `training/copies.py` on families of invented reports
whose stemma is known (`bench/simulator.py`, seeds 0 to 749): the likeliest trees were weighed anew so that the fewest
of their arrows are expected to be wrong, and sought anew. Set by hand, because the families do not hold such copies
or hold them otherwise than the news, are:

- dates: "early", "next day", "days later", "hours most";
- figures, which only rise there: "figure falls";
- what a mixture costs, which is found before trees are weighed (`mixtures.py`): "taken", "taken words";
- texts condensed, told anew for the most part or in quite another order: "condensed", "condensed each", "all anew",
  "all anew each", "moved most";
- very many sentences put in: "added most", "version many", "mixed", "mixed many";
- an agency that signs what it took from an outlet: "signed copy";
- what steers the search and is no part of what a tree costs: "cut away", "alone".
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from tellings.collate.alignments import blocks
from tellings.collate.differences import spelt

__all__ = ["ODDS", "Copies", "Text", "Witness", "bits"]

ODDS: Mapping[str, float] = {
    "kept": -0.35,  # to keep a sentence that stands before the last one kept
    "dropped": 2.69,  # to drop a sentence in the middle, ...
    "dropped on": 2.75,  # ... and each that follows it
    "lead dropped": -1.1,  # beside that, to drop the first: cheap where a stretch of it is told anew
    "whole": 1.02,  # to copy to the end
    "cut": 0.28,  # to cut from the end, wherever
    "cut short": 2.5,  # to leave little
    "condensed": 5.0,  # or to keep some sentences here and there, ...
    "condensed each": 0.7,  # ... each of all there are, kept or not
    "cut away": 0.3,  # to cut away with the end what stands in it
    "none added": 0.82,  # to add nothing
    "added": 2.18,  # to add, ...
    "added block": 2.2,  # ... in each place ...
    "added each": 0.36,  # ... each sentence, ...
    "added many": 3.22,  # ... and each that makes another report of it
    "added most": 12.0,  # ... and all of these at most
    "no words": 1.08,  # to change no words on the whole, ...
    "no words each": 2.87,  # ... and a place all the same
    "some words": 0.61,  # to change some words, ...
    "some words each": 4.17,  # ... each place, ...
    "some words same": -0.05,  # ... and each sentence that stays as it is
    "many words": 2.08,  # to change many words, ...
    "many words each": 3.57,  # ... each place, ...
    "many words same": 0.17,  # ... and each sentence that stays
    "changed again": 0.36,  # the part of a place that the same change counts elsewhere
    "told anew": 5.07,  # to tell a sentence anew
    "all anew": 5.0,  # or to tell a good part anew, ...
    "all anew each": 1.0,  # ... each sentence of it
    "respelt": 1.48,  # beside a change: a name spelt otherwise, for copyists keep an odd spelling
    "figure falls": 1.76,  # beside a change: a figure that falls, for tolls rise
    "moved": 1.42,  # to move sentences, ...
    "moved each": 4.5,  # ... each, ...
    "moved most": 7.0,  # ... and to tell all in another order
    "title": 0.82,  # to keep the headline
    "retitled": 4.04,  # to have another
    "credit": 0.24,  # to name the agency whose text one prints
    "silent": 4.94,  # not to
    "credit kept": 0.33,  # to name the agency that a copy names
    "credit lost": 2.08,  # not to
    "credited beside": 3.39,  # to name another, or none by its name
    "guessed": 10.3,  # to name an agency that the source does not name
    "heard": -0.18,  # to name the outlet that one copies
    "unheard": 2.54,  # not to
    "misheard": 9.87,  # to name another outlet
    "signed copy": 8.0,  # an agency signs what it took from an outlet
    "byline": 3.56,  # a copy names a writer of its own
    "no byline": 0.28,  # it names none
    "root no byline": 4.68,  # the first to tell it names no writer, where others do
    "root credited": 8.7,  # it names an agency, or one is there
    "root heard": 7.44,  # it names another outlet
    "from version": 0.26,  # to copy where the text began, or an agency's version, ...
    "from copy": 2.97,  # ... or a copy, ...
    "deep": 5.22,  # ... and that of a copy of a copy
    "outlet": 1.19,  # that it began with an outlet's report, ...
    "hidden": -2.46,  # ... with a text that is lost (whatever it held, and so likelier than the likeliest one), ...
    "agency": 0.87,  # ... with an agency that is there
    "one version": 0.49,  # that an agency sent one version, ...
    "two versions": 1.27,  # ... two, ...
    "three versions": 3.16,  # ... or three
    "version lost": 3.87,  # that one is lost though others are there
    "version kept": 0.36,  # that one is there
    "version adds": 5.04,  # a next version adds, ...
    "version many": 1.0,  # ... many sentences, ...
    "version deep": -0.09,  # ... each place further down, ...
    "version same": 4.59,  # ... or nothing
    "version drops": 3.81,  # it drops a sentence
    "version word": 5.63,  # it changes a word, ...
    "version raises": 0.2,  # ... or brings a figure up to date
    "version title": 1.44,  # it keeps its headline, ...
    "version retitled": 2.92,  # ... or has another
    "early": 4.2,  # that a copy is dated before its source: a wrong date, ...
    "wrong again": 0.3,  # ... which may turn another arrow
    "same day": 0.24,  # that it is of the same day, ...
    "next day": 0.7,  # ... the next, ...
    "days later": 1.2,  # ... or a later one
    "hour": 0.03,  # for each hour between, ...
    "hours most": 1.2,  # ... and at most
    "invented": 9.42,  # that a sentence was made twice
    "stated": 0.81,  # that two quote the same words
    "mixed": 7.5,  # that a second text was used, ...
    "mixed each": 0.66,  # ... for each sentence of it
    "mixed many": 6.0,  # ... and beside for each of very many
    "taken": 5.0,  # that a stretch was taken from a second text, ...
    "taken words": 2.5,  # ... for each place in which its words differ
    "alone": 4.0,  # arrow by arrow: a sentence that the source lacks and others have
}
"""What each thing costs that an editor, an agency or a clock may do; negative where it is likelier than not."""

_LETTERS = 5  # of a word that may be spelt in two ways
_PLACES = 3  # a sentence that differs in more places was told anew, ...
_REWRITTEN = 0.5  # ... or in so much of its words
_SHORT = 0.3  # to leave no more than this of a text is no plain cut
_OWN = 4  # more sentences of one's own make another report, ...
_PART = 0.5  # ... or more than such a part of what was taken
_VERSION = 6  # more new sentences make more than a next version
_TOP = 4  # an agency puts what is new among so many first sentences
_HEAVY = 2.9  # a time that costs so much is wrong or that of a download
_DAY, _HOUR = 1440.0, 60.0


@dataclass(frozen=True, slots=True)
class Witness:
    """One text as compared: its units (sentences, mostly) in its order, with the words of each.

    `title` is its headline, folded. `date` is comparable with the others' as it stands, or None. An agency
    `signed` it or it is `credited` to one; `heard` are the numbers of those whose outlet it names; it has a `byline`
    where a writer of its own is named. `beside` is what it credits instead of the agency (another, "Agencies"), or "".
    """

    units: tuple[int, ...]
    words: tuple[tuple[str, ...], ...]
    title: str = ""
    date: str | None = None
    signed: bool = False
    credited: bool = False
    heard: frozenset[int] = frozenset()
    byline: bool = False
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A text from which others may be written: a witness, by its `number`, or one that is lost (-1).

    `at` gives the place of each unit, `words` its wording, `mask` the units as bits. It is an `agency`'s own or
    `credited` to one, or to what stands in `beside`.
    """

    units: Sequence[int]
    at: Mapping[int, int]
    words: Mapping[int, tuple[str, ...]]
    title: str
    agency: bool
    credited: bool
    number: int
    mask: int
    beside: str = ""


_Pairs = tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]


@dataclass(slots=True)
class Copies:
    """The witnesses of one copy, and what it costs that one of them, or a lost text, was copied in another.

    `weights` say how much of a sentence each unit is; `stated` are units that are nothing but quoted words.
    """

    witnesses: Sequence[Witness]
    weights: Sequence[float]
    stated: frozenset[int] = frozenset()
    odds: Mapping[str, float] = field(default_factory=lambda: ODDS)
    texts: list[Text] = field(init=False)
    dates: list[float | None] = field(init=False)
    byday: bool = field(init=False)
    shared: int = field(init=False)
    _pairs: dict[tuple[tuple[str, ...], tuple[str, ...]], tuple[_Pairs, bool]] = field(init=False)
    _edges: dict[tuple[int, int], float] = field(init=False)
    _versions: dict[tuple[int, int], float] = field(init=False)

    def __post_init__(self) -> None:
        """Look up where each unit stands in each witness."""
        self._pairs, self._edges, self._versions = {}, {}, {}
        self.texts = [
            Text(
                w.units, {unit: place for place, unit in enumerate(w.units)}, dict(zip(w.units, w.words, strict=True)),
                w.title, w.signed, w.credited, number, sum(1 << unit for unit in set(w.units)), w.beside,
            )
            for number, w in enumerate(self.witnesses)
        ]  # fmt: skip
        self.dates = [_minutes(w.date) for w in self.witnesses]
        self.byday = all(w.date is None or len(w.date) <= len("2031-05-01") for w in self.witnesses)
        once = self.shared = 0
        for text in self.texts:
            self.shared |= once & text.mask
            once |= text.mask

    # ------------------------------------------------------------ one copy

    def edge(self, source: int, target: int) -> float:
        """What it costs that one witness was written from another; not counted when."""
        key = source, target
        if key not in self._edges:
            self._edges[key] = self.copied(self.texts[source], target)
        return self._edges[key]

    def copied(self, text: Text, target: int) -> float:
        """What it costs that a witness was written from a text; not counted when."""
        return sum(self.parts(text, target).values())

    def parts(self, text: Text, target: int) -> dict[str, float]:
        """What it costs that a witness was written from a text, by name."""
        odds, w = self.odds, self.witnesses[target]
        out: dict[str, float] = {}
        out["left out"], out["added"] = self.differs(text.units, w.units)
        out["words"] = self.worded(text, w)
        out["order"] = self.moved([text.at[unit] for unit in w.units if unit in text.at])
        titled = bool(text.title and w.title)
        out["title"] = (odds["title"] if text.title == w.title else odds["retitled"]) if titled else 0.0
        out["credit"] = self._credit(text, w)
        heard = text.number in w.heard
        if text.agency:
            out["heard"] = odds["misheard"] if w.heard and not heard else 0.0
        else:
            out["heard"] = odds["heard"] if heard else odds["misheard"] if w.heard else odds["unheard"]
        out["byline"] = odds["byline"] if w.byline else odds["no byline"]
        return out

    def _credit(self, text: Text, w: Witness) -> float:
        """What the credit of a copy costs, given that of its source."""
        odds = self.odds
        if w.signed:
            return odds["signed copy"]
        if w.beside:
            return odds["credit kept" if text.beside == w.beside else "credited beside"]
        if text.beside and not w.credited:
            return odds["credit lost"]
        if text.agency:
            return odds["credit"] if w.credited else odds["silent"]
        if text.credited:
            return odds["credit kept"] if w.credited else odds["credit lost"]
        return odds["guessed"] if w.credited else 0.0

    def differs(self, source: Sequence[int], target: Sequence[int]) -> tuple[float, float]:
        """What it costs to leave out of `source` what `target` lacks, and to add what it has beside.

        >>> copies = Copies([], [1.0] * 12)
        >>> cut, _ = copies.differs(range(12), range(8))
        >>> dropped, _ = copies.differs(range(12), [0, 1, 3, 4, 6, 8, 9, 11])
        >>> cut < dropped
        True
        """
        odds, weights = self.odds, self.weights
        have, kept = set(source), set(target)
        end = len(source)
        while end and source[end - 1] not in kept:
            end -= 1
        tail = sum(weights[unit] for unit in source[end:])
        within = stays = 0.0
        on = False
        for place, unit in enumerate(source[:end]):
            lost = unit not in kept
            if lost:
                within += odds["dropped on" if on else "dropped"] * weights[unit]
                within += odds["lead dropped"] if place == 0 else 0.0
            else:
                stays += weights[unit]
            on = lost
        total = sum(weights[unit] for unit in source)
        left = odds["whole"] + odds["dropped"] * tail
        if tail:
            cut = odds["cut"] + math.log(max(1.0, 0.55 * total))
            left = min(left, cut + (odds["cut short"] if total - tail < _SHORT * total else 0.0))
        left = min(left + within + odds["kept"] * stays, odds["condensed"] + odds["condensed each"] * total)
        new = blocks_ = 0.0
        on = False
        for unit in target:
            own = unit not in have
            if own:
                new += weights[unit]
                blocks_ += 0.0 if on else min(1.0, weights[unit])
            on = own
        added = odds["none added"]
        if new:
            added += (odds["added"] - odds["none added"]) * min(1.0, new) + odds["added block"] * blocks_
            beyond = max(0.0, new - min(_OWN, 1 + _PART * total))
            added += odds["added each"] * new + min(odds["added many"] * beyond, odds["added most"])
        return left, added

    def worded(self, text: Text, w: Witness) -> float:
        """What it costs to change the words of a text to those of a copy: of one that changes none, some or many."""
        odds = self.odds
        found: dict[tuple[tuple[str, ...], tuple[str, ...]], int] = {}
        same = 0
        anew = 0.0
        for unit, words in zip(w.units, w.words, strict=True):
            other = text.words.get(unit)
            if other is None:
                continue
            if other == words:
                same += 1
                continue
            pairs, rewritten = self._compared(other, words)
            if rewritten:
                anew += min(1.0, self.weights[unit])
            else:
                for pair in pairs:
                    found[pair] = found.get(pair, 0) + 1
        places = odd = 0.0
        for (one, two), times in found.items():
            places += 1 + odds["changed again"] * (times - 1)
            if len(one) == 1 == len(two):
                kind = _kind(one[0], two[0])
                odd += odds[kind] if kind else 0.0
        least = min(
            odds["no words"] + odds["no words each"] * places,
            odds["some words"] + odds["some words each"] * places + odds["some words same"] * same,
            odds["many words"] + odds["many words each"] * places + odds["many words same"] * same,
        )
        return least + odd + min(odds["told anew"] * anew, odds["all anew"] + odds["all anew each"] * anew)

    def pairs(self, one: tuple[str, ...], two: tuple[str, ...]) -> _Pairs:
        """The stretches in which two wordings of a sentence differ: of one, of the other."""
        return self._compared(one, two)[0] if one != two else ()

    def _compared(self, one: tuple[str, ...], two: tuple[str, ...]) -> tuple[_Pairs, bool]:
        """The stretches in which two wordings differ, and whether the second tells the sentence anew."""
        key = one, two
        if key not in self._pairs:
            runs = blocks(one, two)
            ends = [(0, 0), *((a + size, b + size) for a, b, size in runs)]
            starts = [(a, b) for a, b, _ in runs] + [(len(one), len(two))]
            pairs = tuple(
                (one[a:a2], two[b:b2])
                for (a, b), (a2, b2) in zip(ends, starts, strict=True)
                if (a, b) != (a2, b2)
            )  # fmt: skip
            much = sum(max(len(a), len(b)) for a, b in pairs) > max(2 * _PLACES, _REWRITTEN * len(two))
            self._pairs[key] = pairs, len(pairs) > _PLACES or much
        return self._pairs[key]

    def moved(self, places: Sequence[int]) -> float:
        """What it costs to bring units into another order: all that are not in the longest rising run."""
        rising: list[int] = []
        for place in places:
            at = bisect_left(rising, place)
            rising[at : at + 1] = [place]
        count = len(places) - len(rising)
        return min(self.odds["moved most"], self.odds["moved"] + self.odds["moved each"] * count) if count else 0.0

    def delay(self, one: float | None, two: float | None) -> float:
        """What it costs that a copy is from the minute `two` and its source from `one`: copies follow soon."""
        if one is None or two is None:
            return 0.0
        if two < one:
            return self.odds["early"]
        if self.byday:
            days = round((two - one) / _DAY)
            return self.odds["same day" if days == 0 else "next day" if days == 1 else "days later"]
        return min(self.odds["hours most"], self.odds["hour"] * (two - one) / _HOUR)

    @staticmethod
    def wrong(cost: float) -> bool:
        """Whether what a delay costs says that one of two dates is wrong."""
        return cost >= _HEAVY

    # ------------------------------------------------------------ an agency's next version

    def version(self, source: int, target: int) -> float:
        """What it costs that an agency's text was followed by another of its own."""
        key = source, target
        if key not in self._versions:
            self._versions[key] = self.followed(self.texts[source], self.texts[target])
        return self._versions[key]

    def followed(self, one: Text, two: Text) -> float:
        """What it costs that one version of an agency's text was followed by another: it adds near the top."""
        odds, weights = self.odds, self.weights
        dropped = sum(weights[unit] for unit in one.units if unit not in two.at)
        new = [unit for unit in two.units if unit not in one.at]
        count = sum(weights[unit] for unit in new)
        cost = odds["version drops"] * dropped
        if count < 0.5:  # half a sentence
            cost += odds["version same"]
        else:
            deep = sum(max(0, two.at[unit] - _TOP) for unit in new)
            cost += (
                odds["version adds"] + odds["version many"] * max(0.0, count - _VERSION) + odds["version deep"] * deep
            )
        cost += self.restated(one, two)
        if two.number >= 0:
            cost += self.moved([one.at[unit] for unit in two.units if unit in one.at])
        if one.title and two.title:
            cost += odds["version title"] if one.title == two.title else odds["version retitled"]
        return cost

    def restated(self, one: Text, two: Text) -> float:
        """What it costs that a version changes words of the one before."""
        return sum(
            self.reworded(other, words)
            for unit, words in two.words.items()
            if (other := one.words.get(unit)) is not None and other != words
        )

    def reworded(self, one: tuple[str, ...], two: tuple[str, ...]) -> float:
        """What it costs that a version changes the words of a sentence: figures rise as more is known."""
        pairs = self.pairs(one, two)
        raised = sum(len(a) == 1 == len(b) and a[0].isdigit() and _kind(b[0], a[0]) == "figure falls" for a, b in pairs)
        return self.odds["version raises"] * raised + self.odds["version word"] * min(2, len(pairs) - raised)

    # ------------------------------------------------------------ what several have

    def again(self, gained: Sequence[int]) -> float:
        """What it costs that units were made more than once: to make them again, or to use a second text.

        `gained` holds for each text the units that its parent lacks, as bits.
        """
        odds = self.odds
        cost, known = 0.0, 0
        for mask in gained:
            again = mask & known
            if again:
                mixed, made, taken = odds["mixed"], 0.0, 0.0
                for unit in bits(again):
                    weight = min(1.0, self.weights[unit])
                    stated = unit in self.stated
                    made += (odds["stated"] if stated else odds["invented"]) * weight
                    taken += 0.0 if stated else weight
                mixed += odds["mixed each"] * taken + odds["mixed many"] * max(0.0, taken - _OWN)
                cost += min(made, mixed)
            known |= mask
        return cost

    def lacks(self, mask: int, target: int) -> float:
        """What it counts, where arrows are chosen one by one, that a source lacks units that others have too."""
        odds = self.odds
        return sum(
            (odds["stated"] if unit in self.stated else odds["alone"]) * min(1.0, self.weights[unit])
            for unit in bits(self.texts[target].mask & self.shared & ~mask)
        )


@lru_cache(maxsize=1 << 14)
def _kind(one: str, two: str) -> str:
    """What else it is that one word stands for another: a figure that falls, a name spelt otherwise; or ""."""
    if one.isdigit() and two.isdigit():
        return "figure falls" if (len(one), one) > (len(two), two) else ""
    long = min(len(one), len(two)) >= _LETTERS and one[:-1] != two and one != two[:-1]
    return "respelt" if long and spelt(one, two) else ""


@lru_cache(maxsize=1 << 12)
def _minutes(date: str | None) -> float | None:
    """A date as minutes; None where it is no date."""
    try:
        return (datetime.fromisoformat(date[:16]) - datetime(1970, 1, 1)).total_seconds() / 60 if date else None  # noqa: DTZ001  # as printed
    except ValueError:
        return None


def bits(mask: int) -> list[int]:
    """The numbers of the bits that are set, rising.

    >>> bits(0b1101)
    [0, 2, 3]
    """
    out: list[int] = []
    while mask:
        low = mask & -mask
        out.append(low.bit_length() - 1)
        mask ^= low
    return out
