"""Where things stand in the drawings of the page: the stemma of every origin and the timeline.

Both are drawn narrow (`WIDTH` units, a unit is about a pixel on a phone) and grow downwards, one
row for each report or date, so that they can be read on any screen without being shrunk. What
would be too long is bundled and stays in the list beside the drawing. They are placed here and not
by a library because the page must show them without script, and because a tree and a list of days
need no more than a row each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tellings.present.sigla import Cite, Named, Sigla, flat
from tellings.records import Edge, Entry, Origin
from tellings.text import Span

__all__ = ["WIDTH", "Arrow", "Day", "Line", "Node", "Stemma", "days", "lines", "points", "stemmata"]

WIDTH = 340
_ROW = 46
_STEP = 34
_DEPTH = 4  # deeper copies are drawn at this depth; the arrows still tell
_BUNDLE = 6  # leaves drawn under one source before the others are bundled
_ALONE = 12  # reports that share their copy with none, drawn before the others are bundled
_WEAK = 1.0  # evidence that sums to less speaks for no direction: see `Edge`


@dataclass(frozen=True, slots=True)
class Node:
    """One report of the drawing, the lost text of a hypothetical root (`named` None), or a bundle."""

    x: float
    y: float
    shape: str
    text: str
    note: str
    named: Named | None
    bundled: int = 0

    @property
    def lost(self) -> bool:
        """Whether this is a text that is not among the reports."""
        return self.named is None and not self.bundled

    @property
    def outline(self) -> str:
        """The points of its shape as SVG wants them; "" for a circle."""
        return points(self.shape, self.x, self.y, 13)


@dataclass(frozen=True, slots=True)
class Arrow:
    """An arrow of the drawing; `target` is the anchor in the list where its evidence stands."""

    path: str
    width: float
    guessed: bool
    lost: bool
    target: str
    spoken: str


@dataclass(frozen=True, slots=True)
class Line:
    """One arrow in words: who took from whom, how much, and why we think so."""

    source: Named | None
    source_text: str
    target: Named
    percent: int
    guessed: bool
    reasons: tuple[tuple[str, str, tuple[Cite, ...]], ...]


@dataclass(frozen=True, slots=True)
class Stemma:
    """One origin's drawing and list; for the reports that stand alone, one drawing of all of them."""

    letter: str
    hue: int
    title: str
    height: float
    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]
    lines: tuple[Line, ...]
    members: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """One row of the timeline: a date, what is told of it and what was published on it.

    `size` is the radius of its dot; `gap` tells how long nothing happened before, or "".
    """

    date: str
    anchor: str
    y: float
    size: float
    told: int
    gap: str
    published: tuple[Named, ...]
    how: str
    cites: tuple[Cite, ...]


def points(shape: str, x: float, y: float, r: float) -> str:
    """The corners of a shape around (x, y); "" for a circle.

    >>> points("square", 10, 10, 5)
    '5.6,5.6 14.4,5.6 14.4,14.4 5.6,14.4'
    """
    corners = {
        "square": ((-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88)),
        "triangle": ((0, -1.25), (1.2, 0.85), (-1.2, 0.85)),
        "diamond": ((0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)),
        "hexagon": ((-1.1, 0), (-0.55, -0.95), (0.55, -0.95), (1.1, 0), (0.55, 0.95), (-0.55, 0.95)),
        "pentagon": ((0, -1.15), (1.1, -0.35), (0.7, 0.95), (-0.7, 0.95), (-1.1, -0.35)),
    }
    return " ".join(f"{_short(x + r * a)},{_short(y + r * b)}" for a, b in corners.get(shape, ()))


def _short(number: float) -> str:
    """A coordinate without useless digits."""
    return f"{number:.1f}".removesuffix(".0")


def lines(sigla: Sigla, origin: Origin) -> tuple[Line, ...]:
    """The arrows of an origin in words, in the order of the reports that took."""
    place = {name: number for number, name in enumerate(sigla.named)}
    out: list[Line] = []
    for edge in sorted(origin.edges, key=lambda e: (place[e.target], -e.share, e.source or "")):
        target = sigla.named[edge.target]
        reasons = tuple(
            (
                e.name,
                e.note,
                sigla.cites(e.spans[:4], "→", _listed(edge, sigla)),
            )
            for e in edge.evidence
        )
        out.append(
            Line(
                source=sigla.named[edge.source] if edge.source else None,
                source_text=lost_text(origin),
                target=target,
                percent=round(100 * edge.share),
                guessed=sum(e.weight for e in edge.evidence) < _WEAK,
                reasons=reasons,
            )
        )
    return tuple(out)


def lost_text(origin: Origin) -> str:
    """What the page calls a text that the reports were taken from and that is not among them."""
    return (
        f"{flat(origin.source, 40)} copy, not among the reports"
        if origin.source
        else "a copy that is not among the reports"
    )


def _listed(edge: Edge, sigla: Sigla) -> str:
    """The anchor of the place in the list where an arrow's evidence stands."""
    source = sigla.named[edge.source].anchor if edge.source else "lost"
    return f"#arrow-{source}-{sigla.named[edge.target].anchor}"


def stemmata(sigla: Sigla) -> tuple[Stemma, ...]:
    """A drawing for each origin of two reports or more, then one for all that stand alone."""
    out = [_tree(sigla, origin) for origin in sigla.origins if len(origin.reports) > 1]
    alone = [o for o in sigla.origins if len(o.reports) == 1]
    if alone:
        members = tuple(sigla.named[report] for origin in alone for report in origin.reports)
        by = {report: origin.source for origin in alone for report in origin.reports}
        nodes = [_node(named, 24, 26 + 38 * row, None, by[named.id]) for row, named in enumerate(members[:_ALONE])]
        if len(members) > _ALONE:
            nodes.append(_bundle(len(members) - _ALONE, 24, 26 + 38 * _ALONE))
        title = "Each written apart from the others" if len(alone) > 1 else "Written apart from the others"
        out.append(
            Stemma(
                "",
                0,
                title,
                26 + 38 * len(nodes),
                tuple(nodes),
                (),
                tuple(line for o in alone for line in lines(sigla, o)),
                members,
            )
        )
    return tuple(out)


def _tree(sigla: Sigla, origin: Origin) -> Stemma:
    """One origin, drawn from its sources downwards."""
    inside = set(origin.reports)
    best: dict[str, Edge] = {}
    for edge in sorted(origin.edges, key=lambda e: (-e.share, e.source or "", e.target)):
        if edge.source is None or edge.source in inside:
            best.setdefault(edge.target, edge)
    below: dict[str | None, list[str]] = {}
    for report in sorted(origin.reports, key=lambda r: sigla.named[r].siglum):
        edge = best.get(report)
        if edge is not None:
            below.setdefault(edge.source, []).append(report)
    roots = [report for report in sorted(origin.reports, key=lambda r: sigla.named[r].siglum) if report not in best]
    nodes: list[Node] = []
    arrows: list[Arrow] = []
    drawn: set[str] = set()

    def row() -> float:
        return 26 + _ROW * len(nodes)

    def put(report: str, depth: int, parent: Node | None) -> None:
        stack: list[tuple[str, int, Node | None]] = [(report, depth, parent)]
        while stack:
            name, deep, above = stack.pop()
            if name in drawn:
                continue
            drawn.add(name)
            named = sigla.named[name]
            edge = best.get(name)
            node = _node(named, 24 + _STEP * min(deep, _DEPTH), row(), edge if above else None)
            nodes.append(node)
            if above and edge:
                arrows.append(_arrow(above, node, edge, sigla, origin))
            children = below.get(name, [])
            leaves = [c for c in children if not below.get(c)]
            hidden = leaves[_BUNDLE:] if len(leaves) > _BUNDLE + 1 else []
            drawn.update(hidden)
            if hidden:
                bundle = _bundle(len(hidden), 24 + _STEP * min(deep + 1, _DEPTH), row())
                nodes.append(bundle)
                arrows.append(_thick(node, bundle))
            stack += [(c, deep + 1, node) for c in reversed(children) if c not in hidden]

    if below.get(None):
        lost = Node(24, row(), "circle", origin.source or "?", lost_text(origin), None)
        nodes.append(lost)
        children = below[None]
        leaves = [c for c in children if not below.get(c)]
        hidden = leaves[_BUNDLE:] if len(leaves) > _BUNDLE + 1 else []
        drawn.update(hidden)
        for child in children:
            if child not in hidden:
                put(child, 1, lost)
        if hidden:
            bundle = _bundle(len(hidden), 24 + _STEP, row())
            nodes.append(bundle)
            arrows.append(_thick(lost, bundle))
    for root in roots:
        put(root, 0, None)
    for report in sorted(inside - drawn):  # a ring of arrows has no root: still draw everyone
        put(report, 0, None)
    first = sigla.named[min(origin.reports, key=lambda r: sigla.named[r].siglum)]
    title = f"Origin {first.letter}: {len(origin.reports)} reports"
    if origin.source:
        title += f" from one {flat(origin.source, 40)} copy"
    members = tuple(n for n in sigla.named.values() if n.id in inside)
    return Stemma(
        first.letter, first.hue, title, row() - 14, tuple(nodes), tuple(arrows), lines(sigla, origin), members
    )


def _node(named: Named, x: float, y: float, edge: Edge | None = None, source: str | None = None) -> Node:
    """A report, with the share of its text that it took beneath its name, or whose copy it is said to be."""
    notes: list[str] = []
    if source:
        notes.append(f"from {flat(source, 24)}")
    if edge and round(100 * edge.share):
        notes.append(f"{round(100 * edge.share)} % taken" + (", direction guessed" if _guessed(edge) else ""))
    if named.published:
        notes.append(f"{named.published[:10]}{' (inferred)' if named.inferred else ''}")
    while len(notes) > 1 and 6.3 * len(" · ".join(notes)) > WIDTH - x - 22:
        notes.pop()  # the date stands at the report too
    room = int((WIDTH - x - 24) / 7.4)
    return Node(x, y, named.shape, flat(named.label, room - len(named.siglum)), " · ".join(notes), named)


def _bundle(number: int, x: float, y: float) -> Node:
    """Reports too many to draw."""
    return Node(x, y, "circle", f"and {number} more", "all are in the list", None, bundled=number)


def _guessed(edge: Edge) -> bool:
    """Whether the direction of an arrow is a guess."""
    return sum(e.weight for e in edge.evidence) < _WEAK


def _elbow(source: Node, target: Node) -> str:
    """A line down from the source and across to the target; a deep target stands right below."""
    if target.x <= source.x:
        return f"M{_short(source.x)} {_short(source.y + 15)}V{_short(target.y - 19)}"
    return f"M{_short(source.x)} {_short(source.y + 15)}V{_short(target.y)}H{_short(target.x - 20)}"


def _arrow(source: Node, target: Node, edge: Edge, sigla: Sigla, origin: Origin) -> Arrow:
    """The arrow from a source to what was taken from it, as wide as the share."""
    whom = source.named.siglum if source.named else lost_text(origin)
    to = target.named.siglum if target.named else ""
    why = "; ".join(e.name + (f": {e.note}" if e.note else "") for e in edge.evidence)
    percent = round(100 * edge.share)
    spoken = f"{to} took {percent} % of its text from {whom}" if percent else f"{to} comes from {whom}"
    spoken += " (direction guessed)" if _guessed(edge) else ""
    if why:
        spoken += f". Evidence: {flat(why, 300)}"
    width = round(1.2 + 2.8 * max(0.0, min(1.0, edge.share)), 1)
    return Arrow(_elbow(source, target), width, _guessed(edge), edge.source is None, _listed(edge, sigla), spoken)


def _thick(source: Node, target: Node) -> Arrow:
    """The arrow to a bundle."""
    spoken = f"{target.bundled} more reports took from it"
    return Arrow(_elbow(source, target), width=4, guessed=False, lost=source.lost, target="", spoken=spoken)


_SURE = "written in full"  # how a date was found needs no word where the report writes it
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def _ordinal(text: str) -> int | None:
    """The day of a date, the first where only year or month is told; None for no date."""
    found = _DATE.match(text)
    if not found:
        return None
    try:
        return date(int(found[1]), int(found[2] or 1), int(found[3] or 1)).toordinal()
    except ValueError:
        return None


def _gap(number: int) -> str:
    """A stretch of days in words, where it is long enough to be told.

    >>> _gap(20), _gap(95), _gap(800)
    ('', '3 months', '2 years')
    """
    if number >= 730:
        return f"{round(number / 365.25)} years"
    return f"{round(number / 30.4)} months" if number >= 61 else ""


def days(sigla: Sigla, entries: Sequence[Entry]) -> tuple[Day, ...]:
    """The rows of the timeline, oldest first: dates of events, and of publication."""
    told: dict[str, tuple[list[str], list[Span]]] = {}
    for entry in entries:
        hows, spans = told.setdefault(entry.date, ([], []))
        if entry.inferred_from and entry.inferred_from not in hows and _SURE not in entry.inferred_from:
            hows.append(entry.inferred_from)
        spans += entry.support
    published: dict[str, list[Named]] = {}
    for named in sigla.listed:
        if named.published and _ordinal(named.published) is not None:
            published.setdefault(named.published[:10], []).append(named)
    out: list[Day] = []
    y, last = 22.0, None
    for day in sorted(told.keys() | published.keys()):
        hows, spans = told.get(day, ([], []))
        now = _ordinal(day)
        gap = _gap(now - last) if now is not None and last is not None else ""
        y += 20 if gap else 0
        anchor = f"day-{re.sub('[^0-9-]', '', day)}"
        cites = sigla.cites(spans, f"@{day}", f"#{anchor}")
        size = min(12.0, 4 + 1.6 * (len(spans) ** 0.5)) if spans else 0
        out.append(
            Day(
                day,
                anchor,
                y,
                round(size, 1),
                len(spans),
                gap,
                tuple(published.get(day, ())),
                "; ".join(hows),
                _each(cites),
            )
        )
        y, last = y + 30, now if now is not None else last
    return tuple(out)


def _each(cites: Iterable[Cite]) -> tuple[Cite, ...]:
    """The citations without those that say the same words as an earlier one."""
    seen: dict[str, Cite] = {}
    for cite in cites:
        seen.setdefault(cite.quote.casefold(), cite)
    return tuple(seen.values())
