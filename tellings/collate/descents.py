"""Descents: the likeliest tree of who was written from whom, among texts that share sentences.

The idea is textual criticism's: what two witnesses have in common against a third was made once (common
errors: Lachmann; Maas, Textkritik), so the tree that needs the fewest inventions is the likeliest. A sentence may
be left out often and is invented once (Dollo's rule, as biologists use it for trees of manuscripts), and
among texts that are all before us inventions, losses and changed words add up over the arrows: the
best tree is a spanning arborescence (Chu and Liu 1965; Edmonds 1967). A text that is *not* before us, the
agency's own or a later version of it, is built from what those written from it have; this does not
add up, so trees with such a text are found from several starts by moving one report at a time.

Costs are logarithms of odds, in round numbers, with the reason beside each: how seldom an editor does
what the arrow would have him do. They are not fitted.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tellings.collate.alignments import blocks
from tellings.collate.branchings import ROOT, arborescence
from tellings.collate.differences import frame, spelt

__all__ = ["EARLIER", "LOST", "ROOT", "Descents", "Tree", "Witness", "arborescence"]

LOST = -2
"""The parent of a text that was written from one which is not among the witnesses."""

EARLIER = 2.75
"""What a date in the wrong order costs: one date in sixteen is wrong or that of a download."""

_LATER = 0.1  # and each further arrow that the same date turns
_INVENTED = 6.0  # the same sentence written twice, by people who did not see each other's text
_STATED = 0.5  # the same quotation, which both may have heard
_MIXED = 5.0  # or else a second text was used, ...
_MIXED_ON = 1.0  # ... for each sentence of it
_ALONE = 4.0  # what a sentence counts that the parent lacks and others have, where arrows are chosen one by one
_CUT = 1.2  # to cut a text from its end, as most often done ...
_CUT_EACH = 0.1  # ... however much is cut
_DROPPED = 2.2  # to drop a sentence in the middle: an editor does it to one in ten
_DROPPED_ON = 1.0  # and the ones that follow it
_ADDED = 1.5  # to put in something of one's own, ...
_ADDED_ON = 0.6  # ... each sentence of it
_ADDED_MOST = 3  # of more than so many sentences ...
_ADDED_LONG = 1.0  # ... each costs this beside: long additions make another report
_VERSION_ADDS = 0.5  # an agency's next version adds, and seldom leaves out
_VERSION_DROPS = 2.5
_VERSION_MOST = 6  # more new sentences than this, and than half as many as there were, ...
_VERSION_LONG = 1.0  # ... make another report
_CHANGED = 1.0  # to change the words in one place of a sentence ...
_CHANGED_MOST = 4.0  # ... and to rewrite it
_SPELT = 3.0  # to change how a word is spelt: a copyist keeps an odd spelling, and does not restore one
_SPELT_NAME = 1.5  # and to do so all through a text, for each name ...
_SPELT_MOST = 3.0  # ... and at most
_LETTERS = 5  # of a word that may be spelt in two ways
_TITLED = 1.5  # to have another headline
_MOVED = 1.2  # to move a sentence ...
_MOVED_MOST = 3.6  # ... and to tell all in another order
_SIGNED = 5.0  # an agency takes its text from an outlet
_UNNAMED = 1.2  # not to name the agency whose text one prints
_NAMED = 0.4  # to name it
_GUESSED = 3.0  # to name it without having it from a text that does
_ORPHAN = 3.0  # to name it, and yet be where the text began
_HEARD = 4.0  # to name an outlet and take the text from another
_SECOND_HAND = 2.2  # to take from a copy, unnamed, what others took from the source
_LOST_TEXT = 7.0  # that a text is missing which nobody names
_LOST_VERSION = 3.0  # that an agency's later version is missing
_EARLY_VERSION = 6.0  # that its earlier version is, where the later one is there
_ONE_VERSION = 5.0  # and that only one was written from it
_VERSIONS = 3  # so many must have been written from a lost text before two versions of it are thought of,
_PART = 2  # which differ in so many sentences or more, told by as many reports;
_FEW = 0.2  # who was written from the earlier has no more of these
_SMALL = 14  # among so many witnesses lost texts are sought from every side
_NEAREST = 8  # of more, only the nearest are thought of as parents
_SEEN = 40  # and a lost text is built from so many of those written from it
_ROUNDS = 60  # moves after which a search stops in any case


@dataclass(frozen=True, slots=True)
class Witness:
    """One text as compared: its units (sentences, mostly) in its order, with the words of each.

    `title` is its headline, folded. `date` is comparable with the others' as it stands, or None. An
    agency `signed` it or it is `credited` to one; `heard` are the numbers of those whose outlet it names, `names` the
    words that it writes with a capital, folded.
    """

    units: tuple[int, ...]
    words: tuple[tuple[str, ...], ...]
    title: str = ""
    date: str | None = None
    signed: bool = False
    credited: bool = False
    heard: frozenset[int] = frozenset()
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Tree:
    """For each witness its parent: a number, `LOST` or `ROOT`.

    Those in `later` took their parent's text by way of a later version of it that is not there. `lost`
    is how much less likely the best tree without the lost text is; 0 where none is supposed.
    """

    parents: tuple[int, ...]
    later: frozenset[int]
    lost: float
    cost: float


@dataclass(slots=True)
class Descents:
    """The witnesses of one copy, and what it costs to suppose that one was written from another.

    `weights` say how much of a sentence each unit is; `stated` are units that are nothing but quoted
    words. `agency` is whether an agency is known to be the source; `nearest` names for each witness
    those that may be its parents, where there are many.
    """

    witnesses: Sequence[Witness]
    weights: Sequence[float]
    stated: frozenset[int] = frozenset()
    agency: bool = False
    nearest: Mapping[int, Sequence[int]] | None = None
    _at: list[dict[int, int]] = field(init=False)
    _apart: dict[tuple[tuple[str, ...], tuple[str, ...]], float] = field(init=False)
    _edges: dict[tuple[int, int], float] = field(init=False)
    _late: dict[tuple[int, int], bool] = field(init=False)
    _latent: dict[tuple[int, int], tuple[float, int]] = field(init=False)
    _masks: list[int] = field(init=False)
    _shared: int = field(init=False)
    _frames: list[dict[tuple[str, str], list[str]]] = field(init=False)

    def __post_init__(self) -> None:
        """Look up where each unit stands in each witness."""
        self._at = [{unit: place for place, unit in enumerate(w.units)} for w in self.witnesses]
        self._apart, self._edges, self._late, self._latent = {}, {}, {}, {}
        self._masks = [sum(1 << unit for unit in w.units) for w in self.witnesses]
        self._frames = [{} for _ in self.witnesses]
        for frames, w in zip(self._frames, self.witnesses, strict=True):
            for name in sorted(w.names):
                if len(name) >= _LETTERS:
                    frames.setdefault((name[0], frame(name)), []).append(name)
        once = self._shared = 0
        for mask in self._masks:
            self._shared |= once & mask
            once |= mask

    # ------------------------------------------------------------ what one arrow costs

    def costs(self, source: int, target: int) -> dict[str, float]:
        """What it costs to suppose that `target` was written from `source`, by name; least is likeliest."""
        p, c = self.witnesses[source], self.witnesses[target]
        version = p.signed and c.signed
        left, added = self.differs(p.units, c.units, version=version)
        if p.signed and not c.signed:
            added = min(added, self._as_version(p.units, c.units))
        out = {"left out": left, "added": added}
        out["words"] = sum(
            self.apart(p.words[at], c.words[place]) * min(1.0, self.weights[unit])
            for place, unit in enumerate(c.units)
            if (at := self._at[source].get(unit)) is not None
        )
        out["order"] = self._moved([self._at[source][unit] for unit in c.units if unit in self._at[source]])
        out["title"] = self._retitled(p.title, c.title)
        out["time"] = EARLIER if p.date is not None and c.date is not None and p.date > c.date else 0.0
        out["credit"] = self._credit(c, signed=p.signed, credited=p.credited)
        out["spelling"] = self._spelling(source, target)
        out["heard"] = _HEARD if c.heard and source not in c.heard else 0.0
        return out

    def edge(self, source: int, target: int) -> float:
        """The sum of `costs` without that of time: one wrong date may turn several arrows, and counts once."""
        key = source, target
        if key not in self._edges:
            costs = self.costs(source, target)
            self._edges[key] = sum(costs.values()) - costs["time"]
            self._late[key] = costs["time"] > 0
        return self._edges[key]

    def root(self, at: int) -> float:
        """What it costs to suppose that a witness was written from no other."""
        w = self.witnesses[at]
        named = _ORPHAN if w.credited and not w.signed else 0.0
        missed = _ORPHAN if self.agency and not w.signed and any(x.signed for x in self.witnesses) else 0.0
        return max(named, missed) + (_HEARD if w.heard else 0.0)

    def _credit(self, c: Witness, *, signed: bool, credited: bool) -> float:
        """What the credits of a copy cost, given those of its parent."""
        if c.signed:
            return 0.0 if signed else _SIGNED
        if c.credited:
            return _NAMED if signed or credited else _GUESSED
        return _UNNAMED if signed or credited else 0.0

    def _again(self, gained: Iterable[int]) -> float:
        """What it costs that units were made more than once: that of the fewest who made them again.

        `gained` holds for each text the units that its parent lacks, as bits.
        """
        cost, known = 0.0, 0
        for mask in gained:
            again = mask & known
            if again:
                mixed, made = _MIXED, 0.0
                for unit in _bits(again):
                    weight = min(1.0, self.weights[unit])
                    made += (_STATED if unit in self.stated else _INVENTED) * weight
                    mixed += 0.0 if unit in self.stated else _MIXED_ON * weight
                cost += min(made, mixed)
            known |= mask
        return cost

    def _alone(self, source: int, target: int) -> float:
        """What an arrow counts where arrows are chosen one by one: units that `source` lacks and others have too."""
        lacks = self._masks[target] & self._shared & ~self._masks[source]
        cost = self.edge(source, target) + (EARLIER if self._late[source, target] else 0.0)
        return cost + sum(min(1.0, self.weights[u]) * (_STATED if u in self.stated else _ALONE) for u in _bits(lacks))

    def _retitled(self, one: str, two: str) -> float:
        """What another headline costs: all the more where others have the same."""
        if not one or not two or one == two:
            return 0.0
        return _TITLED

    def differs(self, source: Sequence[int], target: Sequence[int], *, version: bool = False) -> tuple[float, float]:
        """What it costs to leave out of `source` what `target` lacks, and to add what it has beside.

        >>> long, short = Witness((0, 1, 2, 3), ((),) * 4), Witness((0, 1), ((),) * 2)
        >>> Descents([long, short], [1.0] * 4).differs(long.units, short.units)
        (1.4, 0.0)
        """
        have, kept = set(source), set(target)
        weights = self.weights
        if version:
            left = sum(_VERSION_DROPS * weights[u] for u in source if u not in kept)
            new = sum(weights[u] for u in target if u not in have)
            return left, _VERSION_ADDS * new + _VERSION_LONG * max(0.0, new - max(_VERSION_MOST, len(source) * 0.5))
        end = len(source)
        while end and source[end - 1] not in kept:
            end -= 1
        tail = sum(weights[u] for u in source[end:])
        left = (min(_CUT, _DROPPED * tail) + _CUT_EACH * tail) if tail else 0.0
        on = False
        for unit in source[:end]:
            lost = unit not in kept
            if lost:
                left += (_DROPPED_ON if on else _DROPPED) * weights[unit]
            on = lost
        added, on = 0.0, False
        for unit in target:
            new = unit not in have
            if new:
                added += ((0.0 if on else _ADDED) + _ADDED_ON) * weights[unit]
            on = new
        added += _ADDED_LONG * max(0.0, sum(weights[u] for u in target if u not in have) - _ADDED_MOST)
        return left, added

    def _as_version(self, source: Sequence[int], target: Sequence[int]) -> float:
        """What additions cost if they stood in a later version of an agency's text, that nobody else has."""
        have = set(source)
        return _ONE_VERSION + _VERSION_ADDS * sum(self.weights[u] for u in target if u not in have)

    def apart(self, one: tuple[str, ...], two: tuple[str, ...]) -> float:
        """What it costs to make one wording of a sentence out of another: the places in which they differ."""
        if one == two:
            return 0.0
        key = (one, two) if one <= two else (two, one)
        if key not in self._apart:
            runs = blocks(key[0], key[1])
            ends = [(0, 0), *((a + size, b + size) for a, b, size in runs)]
            starts = [(a, b) for a, b, _ in runs] + [(len(key[0]), len(key[1]))]
            cost = 0.0
            for (a, b), (a2, b2) in zip(ends, starts, strict=True):
                if (a, b) != (a2, b2):
                    cost += _SPELT if a2 - a == 1 == b2 - b and _respelt(key[0][a], key[1][b]) else _CHANGED
            self._apart[key] = min(_CHANGED_MOST, cost)
        return self._apart[key]

    def _spelling(self, source: int, target: int) -> float:
        """What it costs that a copy spells names otherwise than its parent ever does."""
        theirs = self._frames[source]
        odd = sum(
            name not in self.witnesses[source].names and any(_respelt(name, other) for other in theirs.get(key, ()))
            for key, names in self._frames[target].items()
            for name in names
        )
        return min(_SPELT_MOST, _SPELT_NAME * odd)

    @staticmethod
    def _moved(places: Sequence[int]) -> float:
        """What it costs to bring units into another order: all that are not in the longest rising run."""
        rising: list[int] = []
        for place in places:
            at = bisect_left(rising, place)
            rising[at : at + 1] = [place]
        return min(_MOVED_MOST, _MOVED * (len(places) - len(rising)))

    # ------------------------------------------------------------ texts that are not there

    def _lost(self, base: int, children: Sequence[int]) -> tuple[float, int]:
        """What a lost text costs with all that was written from it, and the units that it has, as bits.

        `base` is the witness of which it is a later version, or `LOST` for the text where all began. It has
        what two of those written from it have, and what one has where that costs less.
        """
        key = base, sum(1 << child for child in children)
        if key in self._latent:
            return self._latent[key]
        text = self.rebuilt(base, children)
        words = self._worded(text, base, children)
        counts = Counter(self.witnesses[c].title for c in children if self.witnesses[c].title)
        title = min(counts, key=lambda t: (-counts[t], t)) if counts else ""
        if base == LOST:
            cost = self._unseen(children)
            signed = self.agency
        else:
            p = self.witnesses[base]
            cost = _LOST_VERSION + sum(self.differs(p.units, text, version=True))
            cost += sum(self.apart(p.words[self._at[base][u]], words[u]) for u in text if u in self._at[base])
            signed = p.signed
        cost += self._by_versions(text, words, children, signed=signed)
        for child in children:
            w = self.witnesses[child]
            cost += self._retitled(title, w.title)
            if base != LOST:
                date = self.witnesses[base].date
                cost += EARLIER if date is not None and w.date is not None and date > w.date else 0.0
        self._latent[key] = cost, sum(1 << unit for unit in text)
        return self._latent[key]

    def _by_versions(
        self, text: Sequence[int], words: Mapping[int, tuple[str, ...]], children: Sequence[int], *, signed: bool
    ) -> float:
        """What it costs that some were written from a lost text, or from an earlier version that lacked a part."""
        each = {child: self._printed(text, words, child, signed=signed) for child in children}
        best = sum(each.values())
        # Of an agency that is there, its own text is likelier to be the version that some were written from.
        if not signed or not self._missing() or len(children) < _VERSIONS:
            return best
        for child in children:
            have = self._at[child]
            end = max((place for place, unit in enumerate(text) if unit in have), default=0)
            later = {unit for unit in text[:end] if unit not in have}
            early = [c for c in children if len(later & self._at[c].keys()) <= _FEW * len(later)]
            if len(later) < _PART or len(children) - len(early) < _PART:
                continue
            first = [unit for unit in text if unit not in later]
            cost = _LOST_VERSION + _VERSION_ADDS * len(later)
            cost += sum(self._printed(first, words, c, signed=signed) if c in early else each[c] for c in children)
            best = min(best, cost)
        return best

    def _unseen(self, children: Iterable[int]) -> float:
        """What it costs that the text where all began is missing: less if an agency is there with a later version."""
        if self._missing():
            return 0.0
        return _EARLY_VERSION if self.agency and any(self.witnesses[c].signed for c in children) else _LOST_TEXT

    def _missing(self) -> bool:
        """Whether some name an agency and nothing is signed by one."""
        return self.agency and not any(w.signed for w in self.witnesses)

    def rebuilt(self, base: int, children: Sequence[int]) -> list[int]:
        """The units of a lost text in their order, from what was written from it."""
        counts = Counter(unit for child in children for unit in self.witnesses[child].units)
        if base != LOST:
            counts.update(self.witnesses[base].units)
        order = self._merged([base, *children] if base != LOST else children)
        kept = {unit for unit in order if counts[unit] > 1}
        # What one alone has: his own, or left out by all the others. A later version seldom leaves out what its
        # earlier one had; those written from it may have.
        for owner in children if base == LOST else (base,):
            run: list[int] = []
            for unit in (*self.witnesses[owner].units, -1):
                if unit >= 0 and counts[unit] == 1:
                    run.append(unit)
                    continue
                if run:
                    own = _ADDED + _ADDED_ON * len(run) if base == LOST else _VERSION_DROPS * len(run)
                    if self._left_by_all(run, owner, children) < own:
                        kept.update(run)
                run = []
        return [unit for unit in order if unit in kept]

    def _left_by_all(self, run: Sequence[int], child: int, children: Sequence[int]) -> float:
        """What it costs if all but one left a stretch out."""
        after = set(self.witnesses[child].units[self._at[child][run[-1]] + 1 :])
        cost = 0.0
        for other in children:
            if other == child:
                continue
            at_end = not any(unit in self._at[other] for unit in after)
            cost += _CUT_EACH * len(run) + 0.3 if at_end else _DROPPED + _DROPPED_ON * (len(run) - 1)
        return cost

    def _merged(self, witnesses: Sequence[int]) -> list[int]:
        """All units of some witnesses in one order: the longest's, with the others' put in behind their neighbours."""
        longest = sorted(witnesses, key=lambda at: (-len(self.witnesses[at].units), at))
        out: list[int] = []
        known: set[int] = set()
        for at in longest:
            place = 0
            for unit in self.witnesses[at].units:
                if unit in known:
                    place = out.index(unit) + 1
                else:
                    out.insert(place, unit)
                    known.add(unit)
                    place += 1
        return out

    def _common(self, unit: int, base: int, children: Sequence[int]) -> tuple[str, ...]:
        """The wording of a unit that is nearest to all others."""
        some = [*children, base] if base != LOST else children
        readings = [self.witnesses[c].words[self._at[c][unit]] for c in some if unit in self._at[c]]
        counts = Counter(readings)
        if len(counts) == 1:
            return readings[0]
        far = {one: sum(self.apart(one, two) * times for two, times in counts.items()) for one in counts}
        return min(counts, key=lambda one: (far[one], -counts[one], one))

    # ------------------------------------------------------------ the tree

    def tree(self) -> Tree:
        """The likeliest tree, the first of equals in the order of the witnesses."""
        size = len(self.witnesses)
        if size == 1:
            credited = self.witnesses[0].credited and not self.witnesses[0].signed
            return Tree((LOST if credited else ROOT,), frozenset(), 0.0, 0.0)
        return self._searched() if size <= _SMALL else self._grown()

    def _grown(self) -> Tree:
        """The likeliest tree of many witnesses: with a lost text only as the root of all."""
        size = len(self.witnesses)
        near = self.nearest or {}
        edges = {(p, c): self._alone(p, c) for c in range(size) for p in near.get(c, range(size)) if p != c}
        roots = {at: self.root(at) + _ALONE * len(_bits(self._masks[at] & self._shared)) for at in range(size)}
        free = arborescence(size, edges, roots)
        best = sum(roots[at] if free[at] == ROOT else edges[free[at], at] for at in range(size))
        top = [at for at in range(size) if self.witnesses[at].credited and not self.witnesses[at].signed]
        if not self._missing() or len(top) < 2:
            top = list(range(min(size, _SEEN)))
        tree, cost = free, best
        for _ in range(3):
            if len(top) < 2:
                break
            text = self.rebuilt(LOST, top[:_SEEN])
            words = self._worded(text, LOST, top[:_SEEN])
            roots = {at: self._from_lost(text, words, at) for at in range(size)}
            grown = arborescence(size, edges, roots, many=True)
            parents = [LOST if parent == ROOT else parent for parent in grown]
            now = sum(roots[at] if parents[at] == LOST else edges[parents[at], at] for at in range(size))
            now += _ALONE * len(text) + (0.0 if self._missing() else _LOST_TEXT)
            if now >= cost:
                break
            tree, cost, top = parents, now, [at for at in range(size) if parents[at] == LOST]
        return Tree(tuple(tree), frozenset(), max(0.0, best - cost), cost)

    def _worded(self, text: Sequence[int], base: int, children: Sequence[int]) -> dict[int, tuple[str, ...]]:
        """The wording of each unit of a lost text."""
        return {unit: self._common(unit, base, children) for unit in text}

    def _from_lost(self, text: Sequence[int], words: Mapping[int, tuple[str, ...]], at: int) -> float:
        """What it costs that a witness was written from a lost text where all began, by itself."""
        have = sum(1 << unit for unit in text)
        gain = _ALONE * len(_bits(self._masks[at] & self._shared & ~have))
        return self._printed(text, words, at, signed=self.agency) + gain

    def _printed(self, text: Sequence[int], words: Mapping[int, tuple[str, ...]], at: int, *, signed: bool) -> float:
        """What it costs that a witness was written from a lost text, but for its headline."""
        w, have = self.witnesses[at], {unit: place for place, unit in enumerate(text)}
        left, added = self.differs(text, w.units, version=signed and w.signed)
        cost = left + (min(added, self._as_version(text, w.units)) if signed and not w.signed else added)
        cost += sum(
            self.apart(words[u], w.words[place]) * min(1.0, self.weights[u])
            for place, u in enumerate(w.units)
            if u in words
        )
        cost += self._moved([have[u] for u in w.units if u in have])
        return cost + self._credit(w, signed=signed, credited=False) + (_HEARD if w.heard else 0.0)

    def _searched(self) -> Tree:
        """The likeliest tree of few witnesses, with lost texts at the root and beneath an agency's version."""
        size = len(self.witnesses)
        edges = {(p, c): self._alone(p, c) for c in range(size) for p in range(size) if p != c}
        roots = {at: self.root(at) + _ALONE * len(_bits(self._masks[at] & self._shared)) for at in range(size)}
        free = arborescence(size, edges, roots)
        starts = [free, [LOST] * size]
        text = self.rebuilt(LOST, range(size))
        words = self._worded(text, LOST, range(size))
        from_lost = {at: self._from_lost(text, words, at) for at in range(size)}
        grown = arborescence(size, edges, from_lost, many=True)
        starts.append([LOST if parent == ROOT else parent for parent in grown])
        named = [at for at in range(size) if self.witnesses[at].credited]
        if len(named) > 1:
            starts.append([LOST if at in named or parent == ROOT else parent for at, parent in enumerate(free)])
        for top in range(size):
            # All that an agency's text gave may have come by way of its next version.
            below = [at for at in range(size) if free[at] == top and not self.witnesses[at].signed]
            if self.witnesses[top].signed and len(below) > 1:
                starts.append([top + size if at in below else parent for at, parent in enumerate(free)])
                deep = self._below(free, top) - {top}
                starts.append(
                    [
                        top + size if at in deep and not self.witnesses[at].signed else parent
                        for at, parent in enumerate(free)
                    ]
                )
        found = [self._climbed(start) for start in starts]
        best = min(found, key=self._cost)
        cost = self._cost(best)
        base = max(0.0, self._cost(free) - cost) if LOST in best else 0.0
        later = frozenset(at for at, parent in enumerate(best) if parent >= size)
        parents = tuple(parent - size if parent >= size else parent for parent in best)
        return Tree(parents, later, base, cost)

    def _cost(self, parents: Sequence[int]) -> float:
        """What a tree costs; a parent of `size` and more is a later version of a witness."""
        size = len(self.witnesses)
        cost = 0.0
        lost: defaultdict[int, list[int]] = defaultdict(list)
        gained: list[int] = []
        late: set[int] = set()
        for at, parent in enumerate(parents):
            if parent == ROOT:
                cost += self.root(at)
                gained.append(self._masks[at])
            elif 0 <= parent < size:
                cost += self.edge(parent, at)
                if parents[parent] != ROOT and not (
                    self.witnesses[parent].signed or parent in self.witnesses[at].heard
                ):
                    cost += _SECOND_HAND
                if self._late[parent, at]:
                    cost += _LATER if parent in late else EARLIER
                    late |= {parent, at}
                gained.append(self._masks[at] & ~self._masks[parent])
            else:
                lost[parent].append(at)
        for parent, children in sorted(lost.items()):
            base = LOST if parent == LOST else parent - size
            more, text = self._lost(base, children)
            cost += more
            gained.append(text & ~self._masks[base] if base != LOST else text)
            gained += [self._masks[child] & ~text for child in children]
        return cost + self._again(gained)

    def _climbed(self, start: Sequence[int]) -> list[int]:
        """The tree that is reached by the best single moves, until none makes it likelier."""
        best, cost = list(start), self._cost(start)
        for _ in range(_ROUNDS):
            found: tuple[float, list[int]] | None = None
            for move in self._moves(best):
                now = self._cost(move)
                if now < cost - 1e-9 and (found is None or now < found[0] - 1e-9):
                    found = now, move
            if found is None:
                break
            cost, best = found
        return best

    def _moves(self, parents: Sequence[int]) -> Iterable[list[int]]:
        """The trees that differ from one by one report's parent, or by a lost text more or less."""
        size = len(self.witnesses)
        lost = [at for at in range(size) if parents[at] == LOST]
        for at in range(size):
            below = self._below(parents, at)
            open_to = [other for other in range(size) if other not in below and other != parents[at]]
            versions = sorted({p for p in parents if p >= size and p - size not in below and p != parents[at]})
            if parents[at] == ROOT:
                # Another takes its place: every child of it may be the root it is written from.
                for child in range(size):
                    if parents[child] == at:
                        turned = list(parents)
                        turned[at], turned[child] = child, ROOT
                        yield turned
                        both = list(parents)
                        both[at] = both[child] = LOST
                        yield both
                continue
            for other in (*open_to, *versions, *([LOST] if lost and parents[at] != LOST else [])):
                moved = list(parents)
                moved[at] = other
                rest = [x for x in range(size) if moved[x] == LOST]
                if len(rest) == 1:
                    moved[rest[0]] = ROOT  # a lost text with one child is that child
                yield moved
            parent = parents[at]
            if 0 <= parent < size and self.witnesses[parent].signed and not self.witnesses[at].signed:
                for other in range(at + 1, size):
                    if parents[other] == parent and not self.witnesses[other].signed:
                        moved = list(parents)
                        moved[at] = moved[other] = parent + size
                        yield moved

    def _below(self, parents: Sequence[int], at: int) -> set[int]:
        """A witness and all that was written from it."""
        size = len(self.witnesses)
        out, waiting = {at}, [at]
        while waiting:
            here = waiting.pop()
            for child in range(size):
                if child not in out and parents[child] in (here, here + size):
                    out.add(child)
                    waiting.append(child)
        return out


def _respelt(one: str, two: str) -> bool:
    """Whether two words are one name in two spellings: no plural, and too long to be alike by chance."""
    return min(len(one), len(two)) >= _LETTERS and one[:-1] != two and one != two[:-1] and spelt(one, two)


def _bits(mask: int) -> list[int]:
    """The numbers of the bits that are set, rising."""
    out: list[int] = []
    while mask:
        low = mask & -mask
        out.append(low.bit_length() - 1)
        mask ^= low
    return out
