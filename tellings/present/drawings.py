"""Where things stand in the drawings of the page: the stemma of every origin and the timeline.

Both are drawn narrow (`WIDTH` units, a unit is about a pixel on a phone) and grow downwards, one
row for each report or date, so that they can be read on any screen without being shrunk. A report stands
below and to the right of its main source; second sources run along the right edge. What
would be too long is bundled and stays in the list beside the drawing. They are placed here and not
by a library because the page must show them without script, and because those that lay out layers
need a hundred units of width for each report: `docs/drawings.md` tells which were tried.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tellings.present.sigla import Cite, Named, Sigla, flat
from tellings.records import Edge, Origin

__all__ = ["WIDTH", "Arrow", "Line", "Node", "Stemma", "lines", "points", "stemmata"]

WIDTH = 340
_ROW = 46
_STEP = 34  # to the right for each copy of a copy, ...
_DEPTH = 4  # ... up to this depth; a deeper tree ...
_NARROW = 26  # ... goes by smaller steps ...
_DEEP = 6  # ... and stays at this depth
_INLINE = 4  # fewer reports than this are bundled in the line of whom they were taken from
_ALL = 20  # reports of one origin that are all drawn; of more, ...
_SOME = 14  # ... so many are, and the others are bundled beside whom they were taken from
_LEAVES = 6  # ... but of those nothing was taken from no more than this beside each other
_ALONE = 12  # reports that share their copy with none, drawn before the others are bundled
_OPEN = 6  # origins drawn before the others are folded
_LANES = 4  # second sources drawn side by side at the right edge; what finds no room stands in the list
_LANE = 9
_LETTER = 7.4  # units of a letter of a name, rather too many than too few
_PORT = 78  # units for the shape and share of a second source from another origin
_COLUMN = 52  # letters on a line of the panel that tells the evidence
_WEAK = 1.0  # evidence that sums to less speaks for no direction: see `Edge`


@dataclass(frozen=True, slots=True)
class Node:
    """One report of the drawing, the lost text of a hypothetical root (`named` None), or a bundle.

    `signed` is whether it is the agency's own text, drawn with a double line.
    """

    x: float
    y: float
    shape: str
    text: str
    note: str
    named: Named | None
    bundled: int = 0
    hue: int = 0
    signed: bool = False

    @property
    def lost(self) -> bool:
        """Whether this is a text that is not among the reports."""
        return self.named is None and not self.bundled

    @property
    def outline(self) -> str:
        """The points of its shape as SVG wants them; "" for a circle."""
        return points(self.shape, self.x, self.y, 13)

    @property
    def inner(self) -> str:
        """The points of the second line within the shape; "" for a circle."""
        return points(self.shape, self.x, self.y, 10)

    @property
    def end(self) -> float:
        """About where its name ends."""
        return self.x + 24 + _LETTER * len(self.text)


@dataclass(frozen=True, slots=True)
class Arrow:
    """An arrow of the drawing; `target` is the anchor in the list where its evidence stands.

    `kind` holds what it is drawn as: lost (from a text that is not there), guessed (the direction),
    second (beside the main source), version (the agency's own next one). `spoken` says it in a
    sentence, `reasons` are its evidence, shown in a panel `tall` units high that begins at `top`. `port`
    is the report of another origin where the arrow begins, and where that is drawn.
    """

    path: str
    width: float
    kind: tuple[str, ...]
    target: str
    spoken: str
    reasons: tuple[str, ...] = ()
    top: float = 0
    tall: float = 0
    port: tuple[Named, float, float] | None = None

    @property
    def outline(self) -> str:
        """The points of the port's shape as SVG wants them; "" for a circle."""
        return points(self.port[0].shape, self.port[1], self.port[2], 11) if self.port else ""


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
    """One origin's drawing and list; for the reports that stand alone, one drawing of all of them.

    `folded` is whether the page shows it on demand only: the smaller ones of very many origins.
    """

    letter: str
    hue: int
    title: str
    height: float
    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]
    lines: tuple[Line, ...]
    members: tuple[Named, ...]
    folded: bool = False

    @property
    def key(self) -> str:
        """What the ids of its parts begin with."""
        return f"tree-{self.letter or 'alone'}"

    @property
    def bundled(self) -> int:
        """How many of its reports are not drawn one by one."""
        return sum(node.bundled for node in self.nodes)


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
                sigla.plain(e.note),
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
    """A drawing for each origin of two reports or more, large ones first, then one for all that stand alone."""
    many = [origin for origin in sigla.origins if len(origin.reports) > 1]
    out = [replace(_Tree(sigla, origin).draw(), folded=number >= _OPEN) for number, origin in enumerate(many)]
    alone = [origin for origin in sigla.origins if len(origin.reports) == 1]
    if alone:
        out.append(_apart(sigla, alone))
    return tuple(out)


def _apart(sigla: Sigla, alone: Sequence[Origin]) -> Stemma:
    """All reports that have their copy for themselves, one below the other."""
    nodes: list[Node] = []
    arrows: list[Arrow] = []
    ported = [any(edge.source for edge in origin.edges) for origin in alone]
    for origin, port in list(zip(alone, ported, strict=True))[:_ALONE]:
        named = sigla.named[origin.reports[0]]
        node = _node(named, 24, 26 + 38 * len(nodes), source=origin.source, right=_PORT if port else 0)
        nodes.append(node)
        arrows += _ports(sigla, origin, node, [edge for edge in origin.edges if edge.source])
    if len(alone) > _ALONE:
        nodes.append(_bundle(len(alone) - _ALONE, 24, 26 + 38 * _ALONE, 0))
    height = 26 + 38 * len(nodes)
    return Stemma(
        letter="",
        hue=0,
        title=_title(len(alone), arrows),
        height=height,
        nodes=tuple(nodes),
        arrows=tuple(_placed(arrow, height) for arrow in arrows),
        lines=tuple(line for origin in alone for line in lines(sigla, origin)),
        members=tuple(sigla.named[origin.reports[0]] for origin in alone),
    )


def _title(number: int, arrows: Sequence[Arrow]) -> str:
    """What stands above the reports that have their copy for themselves."""
    if arrows:
        return (
            "Copies of their own, some with passages of another"
            if number > 1
            else "A copy of its own, with passages of another"
        )
    return "Each written apart from the others" if number > 1 else "Written apart from the others"


class _Tree:
    """One origin, drawn from its sources downwards: a row for each report, its parent above and to the left."""

    def __init__(self, sigla: Sigla, origin: Origin) -> None:
        """Part the arrows into the one main source of each report and the others, and choose what is drawn."""
        self.sigla, self.origin = sigla, origin
        self.order = sorted(origin.reports, key=lambda r: (len(sigla.named[r].siglum), sigla.named[r].siglum))
        inside = set(origin.reports)
        self.main: dict[str, Edge] = {}
        self.second: list[Edge] = []
        for edge in sorted(origin.edges, key=lambda e: (_beside(e), -e.share, e.source or "", e.target)):
            main = edge.target not in self.main and not _beside(edge)
            if main and (edge.source is None or edge.source in inside) and not self._ring(edge):
                self.main[edge.target] = edge
            elif edge.source is not None:
                self.second.append(edge)
        self.below: dict[str | None, list[str]] = {}
        for report in self.order:
            if report in self.main:
                self.below.setdefault(self.main[report].source, []).append(report)
        self.signed = self._signed()
        self.size = self._sizes()
        self.shown = self._shown()
        self.step, self.depth = (_STEP, _DEPTH) if self._deepest() <= _DEPTH else (_NARROW, _DEEP)
        drawn = [
            e for e in self.second if e.target in self.shown and (e.source in self.shown or e.source not in inside)
        ]
        self.inner = [edge for edge in drawn if edge.source in inside]
        self.outer = [edge for edge in drawn if edge.source not in inside]
        self.right = _LANE * min(_LANES, len(self.inner)) + 6 * bool(self.inner)  # what the lines at the edge need
        self.nodes: list[Node] = []
        self.arrows: list[Arrow] = []
        self.at: dict[str, Node] = {}

    def _signed(self) -> set[str]:
        """The reports that are the agency's own, by their outlet or by what speaks for the arrows."""
        agency = self.origin.source
        if not agency:
            return set()
        out = {report for report in self.order if _signs(self.sigla.named[report].label, agency)}
        for edge in self.main.values():
            notes = [e.note for e in edge.evidence if e.name == "credit" and e.note.startswith("signed by")]
            if notes and edge.source:
                out.add(edge.source)
            if any("next version" in note for note in notes):
                out.add(edge.target)
        return out

    def _ring(self, edge: Edge) -> bool:
        """Whether the arrow would close a ring with those chosen before: then it is drawn beside the tree."""
        at = edge.source
        while at is not None:
            if at == edge.target:
                return True
            at = self.main[at].source if at in self.main else None
        return False

    def _sizes(self) -> dict[str, int]:
        """How many reports stand below each, itself counted."""
        size = dict.fromkeys(self.order, 1)
        waits = {report: len(self.below.get(report, ())) for report in self.order}
        done = [report for report in self.order if not waits[report]]
        while done:
            report = done.pop()
            above = self.main[report].source if report in self.main else None
            if above is not None:
                size[above] += size[report]
                waits[above] -= 1
                if not waits[above]:
                    done.append(above)
        return size

    def _deepest(self) -> int:
        """The longest line of copies of copies that is drawn."""
        depth: dict[str | None, int] = {None: 0}
        stack = [r for r in self.order if r not in self.main or self.main[r].source is None]
        while stack:
            report = stack.pop()
            depth[report] = depth[self.main[report].source] + 1 if report in self.main else 0
            stack += [child for child in self.below.get(report, ()) if child in self.shown]
        return max(depth.values())

    def _x(self, depth: int) -> float:
        """How far to the right a report of this depth stands."""
        return 24 + self.step * min(depth, self.depth)

    def _hidden(self, report: str | None) -> int:
        """How many reports that were taken from one, or from one of these, are not drawn."""
        return sum(self.size[child] for child in self.below.get(report, ()) if child not in self.shown)

    def _shown(self) -> set[str]:
        """The reports that are drawn: all of a few; of many the agency's own, then those most was taken from."""
        if len(self.order) <= _ALL:
            return set(self.order)
        place = {report: number for number, report in enumerate(self.order)}
        out: set[str] = set()
        leaves: dict[str | None, int] = {}
        for report in sorted(self.order, key=lambda r: (r not in self.signed, -self.size[r], place[r])):
            above = self.main[report].source if report in self.main else None
            if self.size[report] == 1 and report not in self.signed:
                leaves[above] = leaves.get(above, 0) + 1
                if leaves[above] > _LEAVES:
                    continue
            chain: list[str] = []
            at: str | None = report
            while at is not None and at not in out:
                chain.append(at)
                at = self.main[at].source if at in self.main else None
            if len(out) + len(chain) <= _SOME:
                out.update(chain)
        return out

    def draw(self) -> Stemma:
        """The drawing and its list."""
        first = self.sigla.named[self.order[0]]
        named = self.sigla.named
        roots: list[tuple[str | None, int, Node | None]] = [(r, 0, None) for r in self.order if r not in self.main]
        if None in self.below:
            roots.insert(0, (None, 0, None))
        stack = roots[::-1]
        while stack:
            report, depth, above = stack.pop()
            if report is not None and report not in self.shown:
                continue
            node = self._put(report, depth, above)
            children = self.below.get(report, [])
            hidden = self._hidden(report)
            if hidden and not node.bundled:
                bundle = _bundle(hidden, self._x(depth + 1), self._row(), first.hue)
                self.nodes.append(bundle)
                self.arrows.append(_thick(node, bundle))
            stack += [(child, depth + 1, node) for child in reversed(children)]
        rest = [r for r in self.order if r not in self.main and r not in self.shown]
        if rest:
            self.nodes.append(_bundle(sum(self.size[r] for r in rest), 24, self._row(), first.hue))
        self._lanes()
        for report, node in self.at.items():
            mine = [edge for edge in self.outer if edge.target == report]
            self.arrows += _ports(self.sigla, self.origin, node, mine, self.right)
        self.arrows.sort(key=lambda arrow: bool(arrow.target))  # panels are drawn over the arrows to bundles
        height = self._row() - 14
        return Stemma(
            letter=first.letter,
            hue=first.hue,
            title=self._title(first.letter),
            height=height,
            nodes=tuple(self.nodes),
            arrows=tuple(_placed(arrow, height) for arrow in self.arrows),
            lines=lines(self.sigla, self.origin),
            members=tuple(named[report] for report in self.order),
        )

    def _row(self) -> float:
        """How far down the next row stands."""
        return 26 + _ROW * len(self.nodes)

    def _title(self, letter: str) -> str:
        """What stands above the drawing."""
        title = f"Origin {letter}: {len(self.order)} reports"
        if not self.origin.source:
            return title
        name = flat(self.origin.source, 40)
        if len(self.signed) > 1:
            return f"{title} from {name} copy, {len(self.signed)} versions of it among them"
        return f"{title} from one {name} copy"

    def _put(self, report: str | None, depth: int, above: Node | None) -> Node:
        """Draw one report, or the lost text where it is None, and the arrow to it."""
        x, y = self._x(depth), self._row()
        if report is None:
            first = self.sigla.named[self.order[0]]
            node = Node(
                x, y, first.shape, self.origin.source or "lost text", lost_text(self.origin), None, 0, first.hue
            )
            self.nodes.append(node)
            return node
        edge = self.main.get(report) if above else None
        few = self._hidden(report)
        right = self.right + _PORT * any(edge.target == report for edge in self.outer)
        node = _node(self.sigla.named[report], x, y, edge, right=right, more=few if few < _INLINE else 0)
        node = replace(node, signed=report in self.signed)
        self.nodes.append(node)
        self.at[report] = node
        if above and edge:
            version = above.signed and node.signed
            self.arrows.append(_arrow(_elbow(above, node), edge, self.sigla, self.origin, "version" if version else ""))
        return node

    def _lanes(self) -> None:
        """Second sources within the origin: lines along the right edge, none on top of another."""
        used: list[list[tuple[float, float]]] = []
        for edge in self.inner:
            source, target = self.at[edge.source or ""], self.at[edge.target]
            low, high = sorted((source.y, target.y))
            free = (n for n, lane in enumerate(used) if all(high < a or low > b for a, b in lane))
            number = next(free, len(used))
            if number >= _LANES:
                continue
            if number == len(used):
                used.append([])
            used[number].append((low, high))
            x = WIDTH - 6 - _LANE * number
            begin = f"M{_short(source.end)} {_short(source.y - 2)}"
            path = f"{begin}H{_short(x)}V{_short(target.y - 8)}H{_short(target.end + 3)}"
            self.arrows.append(_arrow(path, edge, self.sigla, self.origin, "second"))


def _beside(edge: Edge) -> bool:
    """Whether an arrow leads from a second source, beside the main one."""
    return any(e.name == "second source" for e in edge.evidence)


def _signs(label: str, agency: str) -> bool:
    """Whether an outlet is the agency itself.

    >>> _signs("Northwire", "northwire"), _signs("The Herald", "Northwire")
    (True, False)
    """

    def plain(text: str) -> str:
        return "".join(filter(str.isalnum, text.casefold()))

    return plain(label) == plain(agency)


def _ports(sigla: Sigla, origin: Origin, node: Node, edges: Sequence[Edge], right: float = 0) -> list[Arrow]:
    """The arrow from the largest second source of another origin, which is drawn at the right edge."""
    if not edges:
        return []
    edge = max(edges, key=lambda e: (e.share, e.source or ""))
    x = WIDTH - 14 - right
    arrow = _arrow(
        f"M{_short(x - 16)} {_short(node.y - 7)}H{_short(min(node.end, x - 44) + 3)}", edge, sigla, origin, "second"
    )
    return [replace(arrow, port=(sigla.named[edge.source or ""], x, node.y - 7))]


def _node(
    named: Named,
    x: float,
    y: float,
    edge: Edge | None = None,
    *,
    source: str | None = None,
    right: float = 0,
    more: int = 0,
) -> Node:
    """A report, with the share of its text that it took beneath its name, or whose copy it is said to be."""
    notes: list[str] = []
    if source:
        notes.append(f"from {flat(source, 24)}")
    if edge and round(100 * edge.share):
        notes.append(f"{round(100 * edge.share)} % taken" + (", a guess" if _guessed(edge) else ""))
    if more:
        notes.append(f"and {more} more from it")
    if named.published:
        notes.append(f"{named.published[:10]}{' (inferred)' if named.inferred else ''}")
    while len(notes) > 1 and 6.3 * len(" · ".join(notes)) > WIDTH - x - 22:
        notes.pop()  # the date stands at the report too
    text = flat(named.label, max(8, int((WIDTH - right - x - 26) / _LETTER)))
    return Node(x, y, named.shape, text, " · ".join(notes), named, more, named.hue)


def _bundle(number: int, x: float, y: float, hue: int) -> Node:
    """Reports too many to draw."""
    return Node(x, y, "circle", f"and {number} more", "see the list below", None, number, hue)


def _guessed(edge: Edge) -> bool:
    """Whether the direction of an arrow is a guess."""
    return sum(e.weight for e in edge.evidence) < _WEAK


def _elbow(source: Node, target: Node) -> str:
    """A line down from the source and across to the target; to one that stands right below, round its left."""
    if target.x <= source.x:
        x = _short(source.x - 26)
        return f"M{_short(source.x - 15)} {_short(source.y + 4)}H{x}V{_short(target.y)}H{_short(target.x - 20)}"
    return f"M{_short(source.x)} {_short(source.y + 15)}V{_short(target.y)}H{_short(target.x - 20)}"


def _arrow(path: str, edge: Edge, sigla: Sigla, origin: Origin, kind: str = "") -> Arrow:
    """The arrow from a source to what was taken from it, as wide as the share."""
    whom = sigla.named[edge.source].siglum if edge.source else lost_text(origin)
    to = sigla.named[edge.target].siglum
    percent = round(100 * edge.share)
    also = "also " if kind == "second" else ""
    spoken = f"{to} {also}took {percent} % of its text from {whom}" if percent else f"{to} {also}comes from {whom}"
    spoken += ", its next version" if kind == "version" else ""
    kinds = [kind] if kind else []
    kinds += ["lost"] if edge.source is None else []
    if _guessed(edge) and edge.source is not None:
        spoken += "; the direction is a guess"
        kinds.append("guessed")
    width = round(1.2 + 2.8 * max(0.0, min(1.0, edge.share)), 1)
    reasons = tuple(
        f"{_sign(e.weight)} {e.name}" + (f": {flat(sigla.plain(e.note), 150)}" if e.note else "") for e in edge.evidence
    )
    return Arrow(path, width, tuple(kinds), _listed(edge, sigla), spoken, reasons)


def _sign(weight: float) -> str:
    """Whether a reason speaks for an arrow's direction, against it, or neither.

    >>> _sign(1.0), _sign(-0.3), _sign(0.0)
    ('+', '−', '·')
    """
    return "+" if weight > 0 else "−" if weight < 0 else "·"


def _placed(arrow: Arrow, height: float) -> Arrow:
    """The arrow with the place of its panel: below the arrow's end, or above it at the foot of the drawing."""
    if not arrow.target:
        return arrow
    rows = sum(1 + len(text) // _COLUMN for text in (arrow.spoken, *arrow.reasons))
    tall = 14 + 16.0 * rows
    numbers = [float(n) for n in re.findall(r"V(-?[\d.]+)|M-?[\d.]+ (-?[\d.]+)", arrow.path)[-1] if n]
    y = numbers[0]
    top = y + 20 if y + 20 + tall <= height or y - 26 - tall < 0 else y - 26 - tall
    return replace(arrow, top=top, tall=tall)


def _thick(source: Node, target: Node) -> Arrow:
    """The arrow to a bundle."""
    spoken = f"{target.bundled} more reports took from it"
    return Arrow(_elbow(source, target), 4, ("lost",) if source.lost else (), "", spoken)


_SURE = "written in full"  # how a date was found needs no word where the report writes it
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
