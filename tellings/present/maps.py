"""The map of a story's places: outlines from a file of this package, places as areas.

A place is drawn as large as it is known: a town as a small disc, a region or a country as a wide
one, so that "somewhere in this province" does not look like a point. The projection is
equirectangular with the middle of the map true to scale, which is right enough for a region and
for finding one's way on a globe.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from tellings.present.sigla import Cite, Sigla, flat
from tellings.records import Place
from tellings.text import Span

__all__ = ["Disc", "Drawn", "Spelling", "draw"]

WIDTH, HEIGHT = 360.0, 270.0
_REACH = {"town": 6.0, "region": 60.0, "country": 250.0}  # kilometres that a place may lie apart from its point
_NARROWEST = 2.4  # degrees of latitude: closer in, outlines of this scale are not true
_DEGREE = 111.2  # kilometres
_MOST = 0.75  # of the mentions of towns and regions stand within the frame
_CORE = 1500.0  # kilometres from the middle of the story; what lies farther is listed beneath the map

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way a place is written, by how many reports, and where first."""

    text: str
    times: int
    cite: Cite


@dataclass(frozen=True, slots=True)
class Disc:
    """One place of the map: number, middle, radius, and where its label stands ("" where it has no room)."""

    number: int
    name: str
    x: float
    y: float
    r: float
    label: str
    label_x: float
    label_y: float
    anchor: str
    precision: str
    times: int
    spellings: tuple[Spelling, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A map: paths for SVG, its places, and those that lie outside of it or are in no gazetteer.

    `scale` is a length in kilometres and `bar` how long it is drawn.
    """

    land: str
    coast: str
    border: str
    discs: tuple[Disc, ...]
    outside: tuple[Disc, ...]
    scale: int
    bar: float
    spoken: str


@cache
def _outlines() -> tuple[tuple[tuple[str, tuple[Point, ...]], ...], tuple[tuple[Point, ...], ...]]:
    """Lines of coast and border, and closed rings of land, in degrees."""
    text = resources.files("tellings.lexicons").joinpath("outlines.txt").read_text(encoding="utf-8")
    lines: list[tuple[str, tuple[Point, ...]]] = []
    rings: list[tuple[Point, ...]] = []
    for row in text.splitlines():
        kind, _, rest = row.partition(" ")
        if kind in ("coast", "border"):
            numbers = [int(n) for n in re.findall(r"-?\d+", rest)]
            x = y = 0
            points: list[Point] = []
            for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
                x, y = x + dx, y + dy
                points.append((x / 100, y / 100))
            lines.append((kind, tuple(points)))
        elif kind == "ring":
            ring: list[Point] = []
            for n in rest.split():
                part = lines[abs(int(n)) - 1][1]
                ring += part if int(n) > 0 else part[::-1]
            rings.append(tuple(ring))
    return tuple(lines), tuple(rings)


def draw(sigla: Sigla, places: Sequence[Place]) -> Drawn | None:
    """The map of these places, most told first; None where there are none."""
    ranked = sorted(places, key=lambda p: (-len(p.spans), p.name, p.id))
    if not ranked:
        return None
    known = [p for p in ranked if p.lat is not None and p.lon is not None]
    middle = _middle(known)
    inside = [p for p in known if _far(middle, _at(p)) <= _CORE]
    # a country is an area wider than most stories: it does not set the frame, unless it is all there is
    frame = _core(middle, [p for p in inside if p.precision != "country"] or inside)
    view = _View(frame) if frame else None
    numbered = {p.id: number + 1 for number, p in enumerate(ranked)}
    discs: list[Disc] = []
    taken = (
        [(x - 5, y - 5, x + 5, y + 5) for x, y in (view.xy(_at(p)) for p in inside if p.precision == "town")]
        if view
        else []
    )
    outside: list[Disc] = []
    for place in ranked:
        spellings = _spellings(sigla, place, numbered[place.id])
        x = y = r = 0.0
        on = False
        if view and place.lat is not None and place.lon is not None:
            x, y = view.xy(_at(place))
            r = max(4.5, _REACH.get(place.precision, 60.0) / _DEGREE * view.unit)
            on = 0 <= x <= WIDTH and 0 <= y <= HEIGHT and r <= HEIGHT / 2  # else it is wider than the map
        label = flat(place.name, 26) if on else ""
        lx, ly = x, y
        if on:
            spot = _spot(x, y, r, len(label) * 6.3, taken)
            if spot is None:
                label, spot = str(numbered[place.id]), (x, y + 3.5, x - 6, y - 6)
            lx, ly, *box = spot
            taken.append((box[0], box[1], box[0] + len(label) * 6.3, box[1] + 13))
        disc = Disc(
            number=numbered[place.id],
            name=place.name,
            x=round(x, 1),
            y=round(y, 1),
            r=round(r, 1),
            label=label,
            label_x=round(lx, 1),
            label_y=round(ly, 1),
            anchor=f"place-{numbered[place.id]}",
            precision=place.precision,
            times=len(place.spans),
            spellings=spellings,
        )
        (discs if on else outside).append(disc)
    land = coast = border = ""
    scale, bar = 0, 0.0
    if view and discs:
        land, coast, border = view.paths()
        scale, bar = view.bar()
    spoken = "Map of " + ", ".join(d.name for d in discs[:12])
    return Drawn(land, coast, border, tuple(discs), tuple(outside), scale, bar, spoken)


def _at(place: Place) -> Point:
    """Longitude and latitude; only for places that have them."""
    return (place.lon or 0.0, place.lat or 0.0)


def _middle(places: Sequence[Place]) -> Point:
    """The median of the mentions of towns and regions, or of countries where there are only these."""
    near = [p for p in places if p.precision != "country"] or list(places)
    out: list[float] = []
    for axis in (0, 1):
        values = sorted((_at(p)[axis], len(p.spans)) for p in near)
        half, seen = sum(n for _, n in values) / 2, 0
        for value, number in values:
            seen += number
            if seen >= half:
                out.append(value)
                break
        else:
            out.append(0.0)
    return (out[0], out[1])


def _far(a: Point, b: Point) -> float:
    """Kilometres between two points of the globe."""
    (x1, y1), (x2, y2) = a, b
    y1, y2, dx = math.radians(y1), math.radians(y2), math.radians(x2 - x1)
    inner = math.sin((y2 - y1) / 2) ** 2 + math.cos(y1) * math.cos(y2) * math.sin(dx / 2) ** 2
    return 12742 * math.asin(math.sqrt(min(1.0, inner)))


def _core(middle: Point, places: Sequence[Place]) -> list[Place]:
    """The places nearest to the middle that make up most mentions, and those hardly farther away.

    Capitals are often named for their governments: they should not widen the map.
    """
    ordered = sorted(places, key=lambda p: (_far(middle, _at(p)), p.id))
    whole, seen, reach = sum(len(p.spans) for p in ordered), 0, 0.0
    for place in ordered:
        if seen >= _MOST * whole:
            break
        seen += len(place.spans)
        reach = _far(middle, _at(place))
    return [p for p in ordered if _far(middle, _at(p)) <= max(1.4 * reach, 40.0)]


class _View:
    """A window on the globe, and how it is drawn."""

    def __init__(self, places: Sequence[Place]) -> None:
        """Choose the window that holds the places with room around them."""
        xs, ys = [p.lon or 0.0 for p in places], [p.lat or 0.0 for p in places]
        mid = (min(ys) + max(ys)) / 2
        self.cos = max(0.2, math.cos(math.radians(mid)))
        high = max(_NARROWEST, (max(ys) - min(ys)) * 1.4)
        wide = max(_NARROWEST * WIDTH / HEIGHT, (max(xs) - min(xs)) * self.cos * 1.5)
        high = max(high, wide * HEIGHT / WIDTH)
        wide = high * WIDTH / HEIGHT
        self.unit = HEIGHT / high  # drawn units to a degree of latitude
        self.west = (min(xs) + max(xs)) / 2 - wide / 2 / self.cos
        self.north = mid + high / 2

    def xy(self, point: Point) -> Point:
        """Where a point of the globe is drawn."""
        return ((point[0] - self.west) * self.cos * self.unit, (self.north - point[1]) * self.unit)

    def paths(self) -> tuple[str, str, str]:
        """Land, coast and borders within the window, as paths."""
        lines, rings = _outlines()
        land = "".join(_path(_clip([self.xy(p) for p in ring]), closed=True) for ring in rings)
        drawn = {"coast": "", "border": ""}
        for kind, line in lines:
            for part in _within([self.xy(p) for p in line]):
                drawn[kind] += _path(part)
        return land, drawn["coast"], drawn["border"]

    def bar(self) -> tuple[int, float]:
        """A round length in kilometres, at most a third of the width, and how long it is drawn."""
        most = WIDTH / 3 / self.unit * _DEGREE
        step = 10 ** int(math.log10(most))
        scale = max(s * step for s in (1, 2, 5) if s * step <= most)
        return scale, round(scale / _DEGREE * self.unit, 1)


_PAD = 8.0  # lines run on a little beyond the frame, so that their ends are not seen


def _clip(ring: list[Point]) -> list[Point]:
    """The part of a ring inside the frame (Sutherland and Hodgman 1974): one closed ring again."""
    for axis, limit, sign in ((0, -_PAD, 1), (0, WIDTH + _PAD, -1), (1, -_PAD, 1), (1, HEIGHT + _PAD, -1)):
        out: list[Point] = []
        for a, b in zip(ring[-1:] + ring[:-1], ring, strict=True):
            in_a, in_b = sign * (a[axis] - limit) >= 0, sign * (b[axis] - limit) >= 0
            if in_a != in_b:
                t = (limit - a[axis]) / (b[axis] - a[axis])
                out.append((a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])))
            if in_b:
                out.append(b)
        ring = out
    return ring


def _within(line: list[Point]) -> list[list[Point]]:
    """The parts of a line that come near the frame: every step whose box touches it."""
    parts: list[list[Point]] = []
    last = -2
    for i in range(len(line) - 1):
        (ax, ay), (bx, by) = line[i], line[i + 1]
        if max(ax, bx) < 0 or min(ax, bx) > WIDTH or max(ay, by) < 0 or min(ay, by) > HEIGHT:
            continue
        if last == i - 1:
            parts[-1].append(line[i + 1])
        else:
            parts.append([line[i], line[i + 1]])
        last = i
    return parts


def _path(points: list[Point], *, closed: bool = False) -> str:
    """Points as an SVG path in whole units; what is smaller than a unit is left out."""
    if len(points) < 2:
        return ""
    out: list[tuple[int, int]] = []
    for x, y in points:
        at = (round(x), round(y))
        if not out or out[-1] != at:
            out.append(at)
    if len(out) < 2:
        return ""
    steps = "".join(f"L{x} {y}" for x, y in out[1:])
    return f"M{out[0][0]} {out[0][1]}{steps}{'Z' if closed else ''}"


def _spot(
    x: float, y: float, r: float, width: float, taken: list[tuple[float, float, float, float]]
) -> tuple[float, float, float, float] | None:
    """Where a label has room: its place, then the corner of its box; None where it has none."""
    reach = min(r, 14.0) + 3
    spots = [
        (x + reach, y - 6.5),
        (x - reach - width, y - 6.5),
        (x - width / 2, y - reach - 12),
        (x - width / 2, y + reach),
    ]
    if r > 20:  # a wide disc has room at its rim, and its middle is not a place
        spots = [(x - width / 2, y + s * (r - 9) - 6.5) for s in (-1, 1)] + spots
    for left, top in spots:
        right, bottom = left + width, top + 13
        if left < 2 or right > WIDTH - 2 or top < 2 or bottom > HEIGHT - 16:
            continue
        if all(right < a or left > c or bottom < b or top > d for a, b, c, d in taken):
            return (left, top + 10, left, top)
    return None


def _spellings(sigla: Sigla, place: Place, number: int) -> tuple[Spelling, ...]:
    """Every way the place is written, most used first."""
    found: dict[str, list[Span]] = {}
    for span in sorted(place.spans, key=lambda s: (sigla.named[s.report].anchor, s.start)):
        sigla.note(span, f"◎{number}", f"#place-{number}")
        found.setdefault(flat(sigla.text(span)), []).append(span)
    ranked = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(Spelling(text, len(spans), sigla.cite(spans[0])) for text, spans in ranked)
