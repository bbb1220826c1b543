"""Mixtures: reports that were written from one text and took a stretch of another.

Textual critics call it contamination, and a tree has no place for it (Maas, Textkritik): what two witnesses share
against all others looks like a lost text that both had, or like the work of one who was copied by the other. So
a stretch that few have is taken out of one of them, and the likeliest tree of what is left is sought. Where that
tree and a second text, which was first to tell the stretch, cost less together than one tree of all, the report
is a mixture. One stretch is taken out after the other, the one that helps most first, until none helps.

Still missed: single sentences; stretches of which a copyist rewrote a good part; of two who share news that nobody
else has and differ in nothing else, who took it from whom.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tellings.collate.descents import LOST, ROOT, Descents, Tree

__all__ = ["Mixed", "Second", "mixed"]

_FEWEST = 3  # witnesses of which one may mix two others
_LEAST, _MOST = 1.8, 6.0  # sentences that are taken from a second text
_SOUGHT = 8  # so many stretches that fewest have are thought of
_ROUNDS = 3  # stretches that are taken out of the witnesses of one copy, at most
_GAIN = 2.0  # without a stretch that was taken, nearly the same tree costs so much less at least
_KEPT = 2  # units that a report must have beside what it took


@dataclass(frozen=True, slots=True)
class Second:
    """A stretch that one witness (`target`) took from another (`source`): its units in the order of the target."""

    target: int
    source: int
    units: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Mixed:
    """The tree of some witnesses without what some of them took from a second text, and what that was.

    `search` is the one that found the tree: its witnesses lack those stretches.
    """

    tree: Tree
    search: Descents
    seconds: tuple[Second, ...] = ()


def mixed(descents: Descents) -> Mixed:
    """The likeliest tree with the stretches, at most three, without which it is likelier; sorted by who took them."""
    best = Mixed(descents.tree(), descents)
    if len(descents.witnesses) < _FEWEST:
        return best
    cost = best.tree.cost
    for _ in range(_ROUNDS):
        # What all together cost is compared: stretches taken out before have their price in `cost` already.
        found = min(
            ((cost - best.tree.cost + more, trial) for more, trial in _trials(descents, best)),
            key=lambda one: one[0],
            default=None,
        )
        if found is None or found[0] >= cost - 1e-9:
            break
        cost, best = found
    # The last stretch that was taken out may have turned the tree, or shown that a source took it too.
    again = [(one, _source(descents, best.search, best.tree, one.target, one.units)) for one in best.seconds]
    seconds = (replace(one, source=found[1]) for one, found in again if found is not None)
    return replace(best, seconds=tuple(sorted(seconds, key=lambda one: (one.target, one.source, one.units))))


def _trials(descents: Descents, best: Mixed) -> Iterator[tuple[float, Mixed]]:
    """What is had if one stretch more is taken out of one witness: what that costs with its source, and the tree."""
    if best.tree.state is None:  # of very many witnesses no trees are weighed against each other
        return
    for target, units in _stretches(best.search)[:_SOUGHT]:
        search = _without(best.search, target, units)
        if search.climbed(*best.tree.state) > best.tree.cost - _GAIN:
            continue
        tree = search.tree()
        found = _source(descents, search, tree, target, units)
        if found is not None:
            price, source = found
            yield tree.cost + price, Mixed(tree, search, (*best.seconds, Second(target, source, units)))


def _source(
    descents: Descents, search: Descents, tree: Tree, target: int, units: tuple[int, ...]
) -> tuple[float, int] | None:
    """Who was first to tell units that were taken out of a witness, with what it costs to take them from there.

    None where the text from which the witness was written has them: then nothing was taken.
    """
    mask = sum(1 << unit for unit in units)
    if tree.given[target] & mask:
        return None
    holders = [at for at, witness in enumerate(search.witnesses) if units[0] in witness.units]
    # What half of its witnesses have was in a lost text, more likely than not.
    lost = tree.parents[target] == LOST or target in tree.later
    if lost and 2 * (len(holders) + 1) > len(search.witnesses):
        return None
    sources = [
        (descents.taken(source, target, units), source)
        for source in holders
        if source != target and _may(tree, target, source) and _first(tree, source, mask, holders)
    ]
    return min(sources, default=None)


def _stretches(search: Descents) -> list[tuple[int, tuple[int, ...]]]:
    """Stretches of a witness that the same few others have too: whose it is, and its units; what fewest have first.

    Sentences that the witness alone has may stand between; quoted words that anyone may quote are passed over.
    """
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for at, witness in enumerate(search.witnesses):
        for unit in witness.units:
            holders[unit].append(at)
    out: list[tuple[int, int, tuple[int, ...]]] = []
    for at, witness in enumerate(search.witnesses):
        run: list[int] = []
        shared = [unit for unit in witness.units if unit not in search.stated and len(holders[unit]) > 1]
        for place, unit in enumerate(shared):
            run.append(unit)
            if place + 1 < len(shared) and holders[shared[place + 1]] == holders[unit]:
                continue
            few = len(holders[unit]) < len(search.witnesses)
            much = _LEAST <= sum(search.weights[one] for one in run) <= _MOST
            if few and much and len(witness.units) >= len(run) + _KEPT:
                out.append((len(holders[unit]), at, tuple(run)))
            run = []
    return [(at, run) for _, at, run in sorted(out)]


def _without(search: Descents, target: int, units: Sequence[int]) -> Descents:
    """The same search with some units taken out of one witness."""
    witnesses = list(search.witnesses)
    one = witnesses[target]
    kept = [(unit, words) for unit, words in zip(one.units, one.words, strict=True) if unit not in units]
    witnesses[target] = replace(one, units=tuple(unit for unit, _ in kept), words=tuple(words for _, words in kept))
    return type(search)(witnesses, search.weights, search.stated, search.agency, search.nearest, search.odds)


def _first(tree: Tree, source: int, mask: int, holders: Sequence[int]) -> bool:
    """Whether nobody above a witness had some units.

    That a lost text had what only one witness of it has, and what was written from that, is no more than a guess.
    """
    if not tree.given[source] & mask or tree.parents[source] == ROOT:
        return True
    lost = tree.parents[source] == LOST or tree.parents[source] not in holders
    return lost and all(at == source or _below(tree, at, source) for at in holders)


def _below(tree: Tree, at: int, above: int) -> bool:
    """Whether a witness was written from another, by way of others or not."""
    for _ in tree.parents:
        at = tree.parents[at]
        if at == above or at < 0:
            break
    return at == above


def _may(tree: Tree, target: int, source: int) -> bool:
    """Whether a second text may be the source: it is not the first, and was not itself written from the report."""
    return tree.parents[target] != source and not _below(tree, source, target)
