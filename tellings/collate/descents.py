"""Descents: the likeliest tree of who was written from whom, among texts that share sentences.

The idea is textual criticism's: what two witnesses have in common against a third was made once (common
errors: Lachmann; Maas, Textkritik), so the tree that needs the fewest inventions is the likeliest. A sentence may
be left out often and is invented once (Dollo's rule, as biologists use it for trees of manuscripts).

A tree has a *chain*: the text where all began, or an agency's versions of it, each of which is a witness or
lost. Every other witness is written from a version or from another witness. A lost version is rebuilt from what
was written from it: its sentences, their order, their words. What a tree costs is the sum of what its copies cost
(`copies.py`), of its chain, and of sentences made twice. With all texts before us the best tree is a spanning
arborescence (Chu and Liu 1965; Edmonds 1967); from that, and from chains with one lost version more, the likeliest
is sought by moving one report at a time.

Still missed: of two witnesses alone, whether both are from a lost text or one passed it on to the other.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, permutations

from tellings.collate.branchings import ROOT, arborescence
from tellings.collate.copies import ODDS, Copies, Witness, bits
from tellings.collate.versions import GAP, Chain, Versions

__all__ = ["LOST", "ROOT", "Descents", "Tree", "Witness"]

LOST = -2
"""The parent of a text that was written from one which is not among the witnesses."""

_TOP = -3  # in place of the parent of a witness that is in the chain
_SMALL = 14  # among so many witnesses lost texts are sought from every side
_NEAREST = 5  # so many likeliest parents of each are tried
_SEEN = 40  # a lost text is built from so many of those written from it
_ROUNDS = 60  # moves after which a search stops in any case
_VERSIONS = 3  # of an agency's text that are thought of, unless more are there
_SIGNED = 4  # of so many versions that are there every order is tried
_WORTH = 12.0  # a root that costs so much more than the best is not looked at
_NEAR = 1.0  # a chain that costs more than this above the shorter one is not made longer
_EARLY = 0.3  # who was written from the earlier version has no more of what the later added
_DEEP = 3  # copies in a row
_FAR = 1e6
_SURE = 2.2  # by so much costs are divided where trees are weighed against each other; ...
_UNLIKELY = 16.0  # ... trees that cost so much more than the likeliest do not count there
_CLOSE = 2.0  # ... and none that costs so much more than the likeliest is taken in its place
_ROOT_WORTH = 1.5  # arrows: what the root is worth beside its own

_State = tuple[float, Chain, tuple[int, ...]]
"""What a tree costs, its chain (witnesses or `GAP`), and the parent of each witness; `size` + k is a lost version."""


@dataclass(frozen=True, slots=True)
class Tree:
    """For each witness its parent: a number, `LOST` or `ROOT`.

    Those in `later` took their parent's text by way of a later version of it that is not there. `given` are the
    units, as bits, of the text from which each was written, lost or not. `lost` is how much dearer the best tree
    without a lost text is; 0 where that is no dearer, or none is supposed. `cost` and `state` (the chain, and the
    parent of each witness in terms of it) are those of the likeliest tree; `state` is None where trees are not weighed
    against each other.
    """

    parents: tuple[int, ...]
    later: frozenset[int]
    given: tuple[int, ...]
    lost: float
    cost: float
    state: tuple[Chain, tuple[int, ...]] | None = None


@dataclass(slots=True)
class Descents:
    """The witnesses of one copy, and the trees that may be drawn over them.

    `weights` say how much of a sentence each unit is; `stated` are units that are nothing but quoted
    words. `agency` is whether an agency is known to be the source; `nearest` names for each witness
    those that may be its parents, where there are many.
    """

    witnesses: Sequence[Witness]
    weights: Sequence[float]
    stated: frozenset[int] = frozenset()
    agency: bool = False
    nearest: Mapping[int, Sequence[int]] | None = None
    odds: Mapping[str, float] = field(default_factory=lambda: ODDS)
    seen: dict[tuple[Chain, tuple[int, ...]], float] = field(init=False)
    _copies: Copies = field(init=False)
    _signed: list[int] = field(init=False)
    _bylines: bool = field(init=False)
    _close: dict[int, list[int]] = field(init=False)
    _versions: Versions = field(init=False)

    def __post_init__(self) -> None:
        """Lay out the witnesses."""
        self.seen, self._close = {}, {}
        self._copies = Copies(self.witnesses, self.weights, self.stated, self.odds)
        self._versions = Versions(self._copies, self.agency)
        self._signed = [at for at, w in enumerate(self.witnesses) if w.signed]
        self._bylines = any(w.byline for w in self.witnesses)

    # ------------------------------------------------------------ what is asked from outside

    def costs(self, source: int, target: int) -> dict[str, float]:
        """What it costs to suppose that `target` was written from `source`, by name; least is likeliest.

        The time counts only where it is turned; of two versions of an agency's text what they differ in has one name.
        """
        dates = self._copies.dates[source], self._copies.dates[target]
        turned = dates[0] is not None and dates[1] is not None and dates[0] > dates[1]
        time = {"time": self.odds["early"] if turned else 0.0}
        if self.witnesses[source].signed and self.witnesses[target].signed:
            return {"left out": self._copies.version(source, target), "added": 0.0, "credit": 0.0, **time}
        return {**self._copies.parts(self._copies.texts[source], target), **time}

    def taken(self, source: int, target: int, units: Sequence[int]) -> float:
        """What it costs that a witness took some units from another beside the text from which it was written."""
        copies = self._copies
        one, two = copies.texts[source].words, copies.texts[target].words
        places = sum(len(copies.pairs(one[unit], two[unit])) for unit in units)
        late = copies.delay(copies.dates[source], copies.dates[target])
        return self.odds["taken"] + self.odds["taken words"] * places + late

    def climbed(self, chain: Chain, parents: tuple[int, ...]) -> float:
        """What the likeliest tree costs that is reached from a given one by single moves: an upper bound."""
        return self._climbed(chain, parents)[0]

    def apart(self, one: tuple[str, ...], two: tuple[str, ...]) -> int:
        """In how many places two wordings of a sentence differ."""
        return len(self._copies.pairs(one, two))

    def tree(self) -> Tree:
        """The tree of which most arrows are likely right, the first of equals in the order of the witnesses."""
        size = len(self.witnesses)
        if size == 1:
            credited = self.witnesses[0].credited and not self.witnesses[0].signed
            # Of a lost text with one copy nothing is known but that it may have had all of it.
            given = self._copies.texts[0].mask if credited else 0
            return Tree((LOST if credited else ROOT,), frozenset(), (given,), 0.0, 0.0)
        if size > _SMALL:
            return self._grown()
        found = self._searched()
        cost, *likeliest = min(found, key=lambda state: state[0])
        chain, parents = self._expected()
        named, later = self._named(chain, parents)
        whole = [other for other, way, _ in found if GAP not in way]
        lost = max(0.0, min(whole) - self.cost(chain, parents)) if whole and LOST in named else 0.0
        return Tree(named, later, self._given(chain, parents), lost, cost, (likeliest[0], likeliest[1]))

    def _expected(self) -> tuple[Chain, tuple[int, ...]]:
        """Of the trees that were come by, the one of which most arrows are likely right (least Bayes risk).

        The likeliest tree of all may stand alone with an arrow that many others, each a little dearer, have
        otherwise. A tree is as likely as exp(-cost); costs are twice too sure, as pieces of evidence hang together.
        """
        low = min(self.seen.values())
        likely: list[defaultdict[int, float]] = [defaultdict(float) for _ in self.witnesses]
        roots: defaultdict[int, float] = defaultdict(float)
        best: dict[tuple[int, ...], tuple[float, Chain, tuple[int, ...]]] = {}
        for (chain, parents), cost in sorted(self.seen.items(), key=lambda one: (one[1], one[0])):
            if cost > low + _UNLIKELY:
                break
            named = self._named(chain, parents)[0]
            if cost <= low + _CLOSE:
                best.setdefault(named, (cost, chain, parents))
            chance = math.exp((low - cost) / _SURE)
            roots[_root(named)] += chance
            for at, parent in enumerate(named):
                likely[at][parent] += chance

        def wrong(named: tuple[int, ...]) -> tuple[float, float]:
            right = sum(likely[at][parent] for at, parent in enumerate(named))
            return -round(right + _ROOT_WORTH * roots[_root(named)], 9), best[named][0]

        _, chain, parents = best[min(best, key=wrong)]
        return chain, parents

    # ------------------------------------------------------------ what a tree costs

    def root(self, at: int) -> float:
        """What it costs to suppose that a witness was written from no other."""
        w, odds = self.witnesses[at], self.odds
        if w.signed:
            return 0.0
        cost = odds["root credited"] if w.credited else 0.0
        cost += odds["root credited"] if self._signed else 0.0
        cost += odds["root heard"] if w.heard else 0.0
        return cost + (odds["root no byline"] if self._bylines and not w.byline else 0.0)

    def _prior(self, chain: Chain) -> float:
        """What a chain costs by itself: how often an agency sends so many versions, and how often one is lost."""
        odds = self.odds
        many = (odds["one version"], odds["two versions"], odds["three versions"])[min(len(chain), _VERSIONS) - 1]
        if self._signed:
            return odds["agency"] + many + sum(odds["version lost" if x < 0 else "version kept"] for x in chain)
        return odds["outlet"] if chain[0] >= 0 else odds["hidden"] + many

    def cost(self, chain: Chain, parents: tuple[int, ...]) -> float:
        """What a tree costs."""
        key = chain, parents
        if key in self.seen:
            return self.seen[key]
        size, copies, odds = len(self.witnesses), self._copies, self.odds
        cost, texts = self._versions.chained(chain, self._children(chain, parents))
        cost += self._prior(chain)
        if chain[0] >= 0:
            cost += self.root(chain[0])
        whole = 0
        for text in texts:
            whole |= text.mask
        gained = [whole]
        late: set[int] = set()
        for a, b in pairwise(chain):
            if a >= 0 and b >= 0:
                cost += self._timed(a, b, late)
        places = {who: place for place, who in enumerate(chain) if who >= 0}
        steps = len(chain) * (len(chain) + 1) / 2
        free = size - len(places)
        for at, parent in enumerate(parents):
            if parent == _TOP:
                continue
            if parent >= size or parent in places:
                # The latest version is the one that is copied most.
                place = parent - size if parent >= size else places[parent]
                cost += odds["from version"] - math.log((place + 1) / steps)
            else:
                cost += odds["from copy"] + math.log(max(1.0, (free - 1) / 2))
                if self._deep(parents, parent, places) >= _DEEP:
                    cost += odds["deep"]
            if parent >= size:
                gained.append(copies.texts[at].mask & ~texts[parent - size].mask)
                continue
            cost += copies.edge(parent, at) + self._timed(parent, at, late)
            gained.append(copies.texts[at].mask & ~copies.texts[parent].mask)
        self.seen[key] = cost + copies.again(gained)
        return self.seen[key]

    def _children(self, chain: Chain, parents: Sequence[int]) -> tuple[tuple[int, ...], ...]:
        """For each place in a chain who was written from it, where it is lost."""
        size = len(self.witnesses)
        return tuple(
            tuple(at for at in range(size) if parents[at] == size + place) if who < 0 else ()
            for place, who in enumerate(chain)
        )

    def _given(self, chain: Chain, parents: Sequence[int]) -> tuple[int, ...]:
        """The units of the text from which each witness was written, as bits."""
        texts = self._versions.chained(chain, self._children(chain, parents))[1]
        out: list[int] = []
        for at, parent in enumerate(parents):
            if parent == _TOP:
                place = chain.index(at)
                out.append(texts[place - 1].mask if place else 0)
            else:
                text = (
                    texts[parent - len(self.witnesses)] if parent >= len(self.witnesses) else self._copies.texts[parent]
                )
                out.append(text.mask)
        return tuple(out)

    def _timed(self, source: int, target: int, late: set[int]) -> float:
        """What the dates of an arrow cost; one wrong date may turn several arrows, and counts once."""
        dates = self._copies.dates
        cost = self._copies.delay(dates[source], dates[target])
        if self._copies.wrong(cost):
            known = source in late or target in late
            late.update((source, target))
            return self.odds["wrong again"] if known else cost
        return cost

    def _deep(self, parents: Sequence[int], at: int, places: Mapping[int, int]) -> int:
        """How many copies lie between a witness and the chain, itself counted."""
        deep = 0
        while 0 <= at < len(self.witnesses) and at not in places and deep <= _DEEP:
            at = parents[at]
            deep += 1
        return deep

    # ------------------------------------------------------------ the search

    def _searched(self) -> list[_State]:
        """Trees of few witnesses, each the likeliest that was found from one start; the likeliest is among them."""
        size = len(self.witnesses)
        if self._signed:
            return self._from_versions()
        rooted = sorted(
            (self.cost((at,), start), (at,), start) for at in range(size) for start in [self._started((at,))]
        )
        found = [self._climbed(chain, start) for cost, chain, start in rooted if cost < rooted[0][0] + _WORTH]
        starts = dict.fromkeys([(size,) * size, self._from_lost((GAP,), 0)])
        best = min((self._climbed((GAP,), start) for start in starts), key=lambda state: state[0])
        found.append(best)
        # Versions are thought of where an agency is named: nobody else is known to send them.
        while self.agency and len(best[1]) < min(_VERSIONS, size - 1):
            more = [self._climbed(*split) for split in self._splits(best)]
            if not more:
                break
            further = min(more, key=lambda state: state[0])
            found.append(further)
            if further[0] > best[0] + _NEAR:
                break
            best = further
        return found

    def _from_versions(self) -> list[_State]:
        """Trees whose chain holds the agency's own texts, and one or two lost versions more."""
        size, copies = len(self.witnesses), self._copies

        def follows(chain: Chain) -> float:
            return sum(
                copies.version(a, b) + copies.delay(copies.dates[a], copies.dates[b]) for a, b in pairwise(chain)
            )

        if len(self._signed) <= _SIGNED:
            chain = min(permutations(self._signed), key=lambda chain: (follows(chain), chain))
        else:
            chain = tuple(sorted(self._signed, key=lambda at: (copies.dates[at] or 0.0, at)))
        best = self._climbed(chain, self._started(chain))
        found = [best]
        while len(chain) < size and len(best[1]) < max(_VERSIONS, len(chain) + 1):
            more = [self._climbed(*split) for split in self._inserted(best)]
            further = min(more, key=lambda state: state[0])
            found.append(further)
            if further[0] > best[0] + _NEAR:
                break
            best = further
        return found

    def _inserted(self, state: _State) -> Iterator[tuple[Chain, tuple[int, ...]]]:
        """Starts with one lost version more, before, between or after those of a chain."""
        _, chain, parents = state
        size = len(self.witnesses)
        for place in range(len(chain) + 1):
            beside = [at for at in (place - 1, place) if 0 <= at < len(chain)]
            if all(chain[at] == GAP for at in beside):
                continue
            new = (*chain[:place], GAP, *chain[place:])
            shifted = [p + 1 if p >= size + place else p for p in parents]
            starts = {tuple(shifted): None, self._from_lost(new, place): None}
            for near in (chain[at] for at in beside if chain[at] >= 0):
                children = [at for at in range(size) if parents[at] == near]
                beyond = [
                    at
                    for at in children
                    if bits(self._copies.texts[at].mask & self._copies.shared & ~self._copies.texts[near].mask)
                ]
                for some in (children, beyond):
                    starts[tuple(size + place if at in some else p for at, p in enumerate(shifted))] = None
            for start in starts:
                yield new, start

    def _splits(self, state: _State) -> Iterator[tuple[Chain, tuple[int, ...]]]:
        """Starts in which one lost version is two: some were written before the later sentences were put in."""
        _, chain, parents = state
        size = len(self.witnesses)
        children = self._children(chain, parents)
        texts = self._versions.chained(chain, children)[1]
        splits: set[tuple[int, tuple[int, ...]]] = set()
        for place, text in enumerate(texts):
            before = texts[place - 1].at if place else {}
            for child in children[place]:
                have = self._copies.texts[child].at
                end = max((at for at, unit in enumerate(text.units) if unit in have), default=0)
                later = {unit for unit in text.units[:end] if unit not in have and unit not in before}
                early = tuple(
                    at for at in children[place] if len(later & self._copies.texts[at].at.keys()) <= _EARLY * len(later)
                )
                if later and len(early) < len(children[place]):
                    splits.add((place, early))
        for place, early in sorted(splits):
            yield (
                (*chain, GAP),
                tuple(
                    p if p < size + place or (p == size + place and at in early) else p + 1
                    for at, p in enumerate(parents)
                ),
            )

    def _started(self, chain: Chain) -> tuple[int, ...]:
        """The best tree over a chain of witnesses, arrow by arrow."""
        size = len(self.witnesses)
        edges = self._open(chain)
        roots = {at: 0.0 if at == chain[0] else _FAR for at in range(size)}
        parents = arborescence(size, edges, roots)
        return tuple(_TOP if at in chain else parent for at, parent in enumerate(parents))

    def _from_lost(self, chain: Chain, place: int) -> tuple[int, ...]:
        """The best tree, arrow by arrow, in which a lost version made from all is a parent too."""
        size, copies = len(self.witnesses), self._copies
        free = tuple(at for at in range(size) if at not in chain)
        text = self._versions.chained(chain, tuple(free if at == place else () for at in range(len(chain))))[1][place]
        known = [at for at in chain if at >= 0]
        roots = {at: copies.copied(text, at) + self.odds["from version"] + copies.lacks(text.mask, at) for at in free}
        roots |= {at: 0.0 if at == known[0] else _FAR for at in known}
        parents = arborescence(size, self._open(chain), roots, many=True)
        return tuple(
            _TOP if at in chain else size + place if parent == ROOT else parent for at, parent in enumerate(parents)
        )

    def _open(self, chain: Chain) -> dict[tuple[int, int], float]:
        """What each arrow counts by itself, given a chain, whose own arrows are free."""
        size = len(self.witnesses)
        known = [at for at in chain if at >= 0]
        edges = {
            (p, c): self._alone(p, c) + self.odds["from version" if p in known else "from copy"]
            for c in range(size)
            for p in range(size)
            if p != c and c not in known
        }
        edges |= dict.fromkeys(pairwise(known), 0.0)
        return edges

    def _alone(self, source: int, target: int) -> float:
        """What an arrow counts where arrows are chosen one by one."""
        copies = self._copies
        cost = copies.edge(source, target) + copies.delay(copies.dates[source], copies.dates[target])
        return cost + copies.lacks(copies.texts[source].mask, target)

    def _climbed(self, chain: Chain, start: tuple[int, ...]) -> _State:
        """The tree that is reached by the best single moves, until none makes it likelier."""
        best, cost = start, self.cost(chain, start)
        for _ in range(_ROUNDS):
            found: tuple[float, tuple[int, ...]] | None = None
            for move in self._moves(chain, best):
                now = self.cost(chain, move)
                if now < cost - 1e-9 and (found is None or now < found[0] - 1e-9):
                    found = now, move
            if found is None:
                break
            cost, best = found
        return cost, chain, best

    def _moves(self, chain: Chain, parents: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        """The trees that differ from one by one report's parent, or by one report in the place of its parent."""
        size = len(self.witnesses)
        lost = [size + place for place, who in enumerate(chain) if who < 0]
        for at, parent in enumerate(parents):
            if parent == _TOP:
                continue
            below = self._below(parents, at)
            near = self._nearby(at)
            for other in (*near, *(who for who in chain if who >= 0 and who not in near), *lost):
                if other != parent and other not in below:
                    yield (*parents[:at], other, *parents[at + 1 :])
            if parent < size and parents[parent] != _TOP:
                turned = list(parents)
                turned[at], turned[parent] = parents[parent], at
                yield tuple(turned)
                yield tuple(at if p == parent and other != at else turned[other] for other, p in enumerate(parents))

    def _nearby(self, at: int) -> list[int]:
        """The witnesses from which one was likeliest written."""
        if at not in self._close:
            others = (other for other in range(len(self.witnesses)) if other != at)
            self._close[at] = sorted(others, key=lambda other: (self._alone(other, at), other))[:_NEAREST]
        return self._close[at]

    def _below(self, parents: Sequence[int], at: int) -> set[int]:
        """A witness and all that was written from it."""
        out, waiting = {at}, [at]
        while waiting:
            here = waiting.pop()
            for child, parent in enumerate(parents):
                if parent == here and child not in out:
                    out.add(child)
                    waiting.append(child)
        return out

    def _named(self, chain: Chain, parents: Sequence[int]) -> tuple[tuple[int, ...], frozenset[int]]:
        """A tree with its lost versions named by the nearest witness above, and who was written from a later one."""
        size = len(self.witnesses)
        out, later = [ROOT] * size, set[int]()
        for at, parent in enumerate(parents):
            if 0 <= parent < size:
                out[at] = parent
                continue
            place = chain.index(at) if parent == _TOP else parent - size + 1
            if parent == _TOP and place == 0:
                continue
            above = [who for who in chain[:place] if who >= 0]
            out[at] = above[-1] if above else LOST
            if parent != _TOP and above:
                later.add(at)
        lost = [at for at in range(size) if out[at] == LOST]
        # A lost text with one child that names nobody is that child.
        if len(lost) == 1 and (self.witnesses[lost[0]].signed or not self.witnesses[lost[0]].credited):
            out[lost[0]] = ROOT
        return tuple(out), frozenset(later)

    # ------------------------------------------------------------ many witnesses

    def _grown(self) -> Tree:
        """The likeliest tree of many witnesses: with a lost text only as the root of all."""
        size, copies, odds = len(self.witnesses), self._copies, self.odds
        near = self.nearest or {}
        edges = {(p, c): self._alone(p, c) for c in range(size) for p in near.get(c, range(size)) if p != c}
        roots = {at: self.root(at) + copies.lacks(0, at) for at in range(size)}
        free = arborescence(size, edges, roots)
        best = sum(roots[at] if free[at] == ROOT else edges[free[at], at] for at in range(size)) + odds["outlet"]
        top = [at for at in range(size) if self.witnesses[at].credited and not self.witnesses[at].signed]
        if self._signed or not self.agency or len(top) < 2:
            top = list(range(min(size, _SEEN)))
        tree, cost, given = free, best, 0
        for _ in range(3):
            if len(top) < 2:
                break
            text = self._versions.chained((GAP,), (tuple(top[:_SEEN]),))[1][0]
            roots = {at: copies.copied(text, at) + copies.lacks(text.mask, at) for at in range(size)}
            grown = arborescence(size, edges, roots, many=True)
            parents = [LOST if parent == ROOT else parent for parent in grown]
            now = sum(roots[at] if parents[at] == LOST else edges[parents[at], at] for at in range(size))
            now += odds["alone"] * len(text.units) + odds["hidden"]
            if now >= cost:
                break
            tree, cost, given = parents, now, text.mask
            top = [at for at in range(size) if parents[at] == LOST]
        masks = (given if parent == LOST else 0 if parent == ROOT else copies.texts[parent].mask for parent in tree)
        return Tree(tuple(tree), frozenset(), tuple(masks), max(0.0, best - cost), cost)


def _root(parents: Sequence[int]) -> int:
    """Where a tree begins: a witness, or `LOST`; `ROOT` in a circle, which begins nowhere."""
    return LOST if LOST in parents else parents.index(ROOT) if ROOT in parents else ROOT
