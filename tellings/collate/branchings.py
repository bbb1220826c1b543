"""Branchings: the cheapest tree that reaches every node of a graph whose arrows have costs.

The algorithm is that of Chu and Liu (1965) and Edmonds (1967): each node takes the cheapest arrow that enters it,
rings are contracted to one node, and so on until no ring is left; then each ring is opened where an arrow enters it.
Time is the number of arrows times that of contractions, which with a thousand nodes is about a hundred.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

__all__ = ["ROOT", "arborescence"]

ROOT = -1
"""The parent of a node that no arrow enters: in `descents`, of a text that was written from no other."""


def arborescence(
    size: int, edges: Mapping[tuple[int, int], float], roots: Mapping[int, float], *, many: bool = False
) -> list[int]:
    """The parents of the cheapest tree over `size` nodes (Chu and Liu; Edmonds), `ROOT` for its root.

    `edges` are the costs of arrows, `roots` of being a root; there is one root, or as many as is cheapest.

    >>> arborescence(3, {(0, 1): 1.0, (1, 2): 1.0, (0, 2): 5.0, (2, 0): 1.0}, {0: 2.0, 1: 3.0, 2: 3.0})
    [-1, 0, 1]
    """
    far = 0.0 if many else 1.0 + sum(abs(x) for x in edges.values()) + sum(abs(x) for x in roots.values())
    top = size
    arcs = [(p, c, cost, (p, c)) for (p, c), cost in sorted(edges.items())]
    arcs += [(top, at, roots[at] + far, (ROOT, at)) for at in range(size)]
    out = [ROOT] * size
    for parent, child in _contracted(top, set(range(size)), arcs):
        out[child] = parent
    return out


_Arc = tuple[int, int, float, tuple[int, int]]
"""From, to, cost, and the arc as it was named before any ring was contracted."""


def _contracted(top: int, nodes: set[int], arcs: Sequence[_Arc]) -> list[tuple[int, int]]:
    """The arcs of the cheapest tree from `top`, as named at first; rings are contracted, then broken up."""
    levels: list[tuple[dict[int, _Arc], dict[int, int], dict[tuple[int, int], int]]] = []
    while True:
        best: dict[int, _Arc] = {}
        for arc in arcs:
            p, c, cost, _ = arc
            if c not in best or (cost, p) < (best[c][2], best[c][0]):
                best[c] = arc
        rings = _rings(top, best)
        if not rings:
            break
        fresh = max(nodes | {top}) + 1
        home = {node: fresh + number for number, ring in enumerate(rings) for node in ring}
        enters: dict[tuple[int, int], int] = {}
        outer: dict[tuple[int, int], _Arc] = {}
        untouched: list[_Arc] = []
        for arc in arcs:
            p, c, cost, name = arc
            if p not in home and c not in home:
                untouched.append(arc)
                continue
            source, target = home.get(p, p), home.get(c, c)
            if source == target:
                continue
            # An arc into a ring replaces the ring's own arc to the node that it enters.
            worth = cost - best[c][2] if c in home else cost
            old = outer.get((source, target))
            if old is None or (worth, name) < (old[2], old[3]):
                outer[source, target] = source, target, worth, name
            if c in home:
                enters[name] = c
        levels.append((best, home, enters))
        nodes = (nodes - home.keys()) | set(home.values())
        arcs = [*untouched, *outer.values()]
    solved = [best[c][3] for c in sorted(best)]
    for ring_best, home, enters in reversed(levels):
        broken = {enters[name] for name in solved if name in enters}
        solved += [ring_best[c][3] for c in sorted(home) if c not in broken]
    return solved


def _rings(top: int, best: Mapping[int, _Arc]) -> list[set[int]]:
    """The rings among the cheapest arcs, in the order of their first nodes."""
    done: set[int] = {top}
    out: list[set[int]] = []
    for start in sorted(best):
        path: list[int] = []
        at = start
        while at not in done:
            done.add(at)
            path.append(at)
            at = best[at][0]
        if at in path:
            out.append(set(path[path.index(at) :]))
    return out
