"""The map of a story's places: outlines from files of this package, places as areas.

A place is drawn as large as it is known: a town as a small disc, a region as a soft area as wide as
its towns lie apart, a country as the whole land within its borders, so that "somewhere in this
province" does not look like a point. The projection is equirectangular with the middle of the map
true to scale, which is right enough for a region and for finding one's way on a globe. Close maps
are drawn from finer outlines than wide ones, so that a town on the shore stands on land.

Still missed: a country whose point in the gazetteer lies at sea is drawn as a disc.
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from importlib import resources
from itertools import pairwise

from tellings.present.outlines import Outlines, Point
from tellings.present.sigla import Cite, Sigla, flat
from tellings.records import Place
from tellings.text import Span

__all__ = ["Disc", "Drawn", "Spelling", "draw"]

WIDTH, HEIGHT = 360.0, 270.0
_HALO = 60.0  # kilometres that an area may lie apart from its point where nothing tells how wide it is
_LEAST = 15.0  # kilometres that a region reaches at least
_REACH = {"town": 6.0, "region": _HALO, "country": 250.0}
_NARROWEST = 2.0  # degrees of latitude: closer in, the finer outlines are not true either
_NEAR = 12.0  # degrees of latitude that a map holds at most if it is drawn from the finer outlines
_FINE = 2  # steps of a path to a drawn unit: SVG gets whole numbers, which are short
_DEGREE = 111.2  # kilometres
_MOST = 0.75  # of the mentions of towns and regions stand within the frame
_CHAR = 7.0  # drawn units to a character of a label
_CORE = 1500.0  # kilometres from the middle of the story; what lies farther is listed beneath the map

_Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way a place is written, by how many reports, and where first."""

    text: str
    times: int
    cite: Cite


@dataclass(frozen=True, slots=True)
class Disc:
    """One place: number, middle and radius on the map, and where its label stands ("" where it has no room).

    `area` is the path of a country's land, "" where it is drawn as a disc; `lead` a line from the
    disc to a label that stands apart; `why` tells why the place is not on the map, "" where it is.
    """

    number: int
    name: str
    anchor: str
    precision: str
    times: int
    spellings: tuple[Spelling, ...]
    x: float = 0.0
    y: float = 0.0
    r: float = 0.0
    area: str = ""
    label: str = ""
    label_x: float = 0.0
    label_y: float = 0.0
    lead: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A map: paths for SVG, its places, and those that lie outside of it or are in no gazetteer.

    The paths of land, borders and areas count halves of a unit (`fine` steps to a unit). `scale`
    is a length in kilometres and `bar` how long it is drawn.
    """

    land: str
    border: str
    discs: tuple[Disc, ...]
    outside: tuple[Disc, ...]
    scale: int
    bar: float
    spoken: str
    fine: int = _FINE


def draw(sigla: Sigla, places: Sequence[Place]) -> Drawn | None:
    """The map of these places, most told first; None where there are none.

    The frame is chosen by towns and regions alone: a country that it touches is shaded as far as it
    is seen. Listed beneath, with the reason, are places without a point, those far from the story's
    middle, and areas wider than the frame.
    """
    ranked = sorted(places, key=lambda p: (-len(p.spans), p.name, p.id))
    if not ranked:
        return None
    known = [p for p in ranked if p.lat is not None and p.lon is not None]
    reach = _reaches(known)
    middle = _middle(known)
    inside = [p for p in known if _far(middle, _at(p)) <= _CORE and (p.precision == "country" or reach[p.id] < _CORE)]
    frame = _core(middle, [p for p in inside if p.precision != "country"] or inside)
    view = (
        _View([_at(p) for p in frame] if any(p.precision != "country" for p in frame) else _land(frame))
        if frame
        else None
    )
    taken: list[_Box] = [(WIDTH - 1, 0, WIDTH, HEIGHT)]
    if view:
        taken += [(x - 5, y - 5, x + 5, y + 5) for x, y in (view.xy(_at(p)) for p in inside if p.precision == "town")]
        taken.append((0, HEIGHT - 26, 20 + view.bar()[1], HEIGHT))
    discs: list[Disc] = []
    outside: list[Disc] = []
    for number, place in enumerate(ranked, 1):
        disc = Disc(
            number=number,
            name=place.name,
            anchor=f"place-{number}",
            precision=place.precision,
            times=len(place.spans),
            spellings=_spellings(sigla, place, number),
        )
        if view is None or place.lat is None or place.lon is None:
            outside.append(replace(disc, why="no place of this name in the gazetteer"))
            continue
        drawn = view.placed(disc, _at(place), reach[place.id])
        if drawn.why:
            far = _far(middle, _at(place))
            away = place.precision == "town" and far > 2 * _HALO
            outside.append(replace(drawn, why=f"about {_round(far)} km away") if away else drawn)
        else:
            discs.append(drawn)
    # towns are named first: what is small needs its words beside it
    order = sorted(discs, key=lambda d: (d.precision != "town", d.number))
    named = {d.number: _labelled(d, taken) for d in order}
    discs = [named[d.number] for d in discs]
    land = border = ""
    scale, bar = 0, 0.0
    if view and discs:
        land, border = view.paths()
        scale, bar = view.bar()
    spoken = "Map of " + ", ".join(d.name for d in discs[:12])
    return Drawn(land, border, tuple(discs), tuple(outside), scale, bar, spoken)


def _land(countries: Sequence[Place]) -> list[Point]:
    """The corners of the land on which these countries' points lie, or the points."""
    out: list[Point] = []
    for country in countries:
        found = Outlines.around(_at(country))
        west, south, east, north = found[1] if found else (*_at(country), *_at(country))
        out += [(west, south), (east, north)]
    return out


def _round(km: float) -> str:
    """Kilometres to two figures.

    >>> _round(1234), _round(87)
    ('1,200', '87')
    """
    step = 10 ** max(0, len(str(int(km))) - 2)
    return f"{round(km / step) * step:,}"


def _reaches(places: Sequence[Place]) -> dict[str, float]:
    """How many kilometres a place may lie apart from its point, by the place's id.

    A region reaches as far as most of its towns in the gazetteer lie from its middle; an area of
    no single country (a continent, an ocean) reaches over the whole map.
    """
    out = {p.id: _REACH.get(p.precision, _HALO) for p in places}
    regions = [p for p in places if p.precision == "region"]
    if not regions:
        return out
    file = resources.files("tellings.lexicons").joinpath("gazetteer.sqlite")
    with resources.as_file(file) as path, closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as base:
        marks = ",".join("?" * len(regions))
        codes: dict[int, tuple[str, str]] = {
            number: (country, region)
            for number, kind, country, region in base.execute(
                f"SELECT geonameid, kind, country, region FROM places WHERE geonameid IN ({marks})",  # noqa: S608  # marks alone
                [p.geonameid for p in regions],
            )
            if kind == "r"
        }
        # by where they lie, as a report may use another name of theirs
        wide = set(base.execute("SELECT lat, lon FROM places WHERE kind = 'a' AND country = ''"))
        towns: dict[tuple[str, str], list[Point]] = {}
        pairs = sorted(set(codes.values()))
        if pairs:
            values = ",".join("(?,?)" for _ in pairs)
            for country, region, lat, lon in base.execute(
                f"SELECT country, region, lat, lon FROM places WHERE kind = 't' AND (country, region) IN (VALUES {values})",  # noqa: E501, S608  # as above
                [code for pair in pairs for code in pair],
            ):
                towns.setdefault((country, region), []).append((lon / 10000, lat / 10000))
    for place in regions:
        lon, lat = _at(place)
        if place.geonameid is None and (round(lat * 10000), round(lon * 10000)) in wide:
            out[place.id] = 2 * _CORE
            continue
        far = sorted(_far(_at(place), town) for town in towns.get(codes.get(place.geonameid or 0, ("", "")), ()))
        if len(far) >= 3:
            out[place.id] = max(_LEAST, far[int(0.8 * len(far))])
    return out


def _at(place: Place) -> Point:
    """Longitude and latitude; only for places that have them."""
    return (place.lon or 0.0, place.lat or 0.0)


def _middle(places: Sequence[Place]) -> Point:
    """The place with most mentions of places around it; of those with as many the one nearest to them."""
    best: tuple[float, float, str] | None = None
    middle = (0.0, 0.0)
    for place in places:
        close = [(len(p.spans), _far(_at(place), _at(p))) for p in places]
        told = sum(n for n, far in close if far <= _CORE)
        rank = (-told, sum(n * far for n, far in close if far <= _CORE) / max(1, told), place.id)
        if best is None or rank < best:
            best, middle = rank, _at(place)
    return middle


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

    def __init__(self, points: Sequence[Point]) -> None:
        """Choose the window that holds the points with room around them."""
        xs, ys = [x for x, _ in points], [y for _, y in points]
        mid = (min(ys) + max(ys)) / 2
        self.cos = max(0.2, math.cos(math.radians(mid)))
        high = max(_NARROWEST, (max(ys) - min(ys)) * 1.4)
        wide = max(_NARROWEST * WIDTH / HEIGHT, (max(xs) - min(xs)) * self.cos * 1.5)
        high = max(high, wide * HEIGHT / WIDTH)
        wide = high * WIDTH / HEIGHT
        self.unit = HEIGHT / high  # drawn units to a degree of latitude
        self.west = (min(xs) + max(xs)) / 2 - wide / 2 / self.cos
        self.north = mid + high / 2
        corners = (self.west - 1, self.north - high - 1, self.west + wide / self.cos + 1, self.north + 1)
        self.outlines = Outlines(corners, self.xy, near=high <= _NEAR)

    def xy(self, point: Point) -> Point:
        """Where a point of the globe is drawn."""
        return ((point[0] - self.west) * self.cos * self.unit, (self.north - point[1]) * self.unit)

    def placed(self, disc: Disc, at: Point, reach: float) -> Disc:
        """The place as it is drawn here, or with the reason why it is not."""
        x, y = self.xy(at)
        found = Outlines.around(at, near=self.outlines.near) if disc.precision == "country" else None
        if found:
            parts = [part for ring in self.outlines.land(found[0]) if (part := _clip(ring))]
            area = "".join(_path(part, closed=True) for part in parts)
            if not area:
                return replace(disc, why="outside of the map")
            whole = (WIDTH + 2 * _PAD) * (HEIGHT + 2 * _PAD)
            if sum(abs(_size(part)) for part in parts) > 0.97 * whole:
                return replace(disc, why="the whole map lies in it")
            if not (0 <= x <= WIDTH and 0 <= y <= HEIGHT):  # its name stands in the largest part that is seen
                seen = max(parts, key=lambda part: abs(_size(part)))
                x = sum(p[0] for p in seen) / len(seen)
                y = sum(p[1] for p in seen) / len(seen)
            x, y = min(max(x, 0.0), WIDTH), min(max(y, 0.0), HEIGHT)
            return replace(disc, x=round(x, 1), y=round(y, 1), area=area)
        if disc.precision == "country":
            reach = _HALO  # an island too small for these outlines
        r = max(4.5, reach / _DEGREE * self.unit)
        if r > HEIGHT / 2:
            return replace(disc, why="wider than the map")
        if not (0 <= x <= WIDTH and 0 <= y <= HEIGHT):
            return replace(disc, why="outside of the map")
        return replace(disc, x=round(x, 1), y=round(y, 1), r=round(r, 1))

    def paths(self) -> tuple[str, str]:
        """Land with its shores, and borders within the window, as paths."""
        land = "".join(_path(_clip(ring), closed=True) for ring in self.outlines.land())
        border = "".join(_path(part) for line in self.outlines.borders() for part in _within(line))
        return land, border

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


def _size(ring: Sequence[Point]) -> float:
    """The area of a ring in square units, negative where it runs clockwise on paper."""
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in zip(ring, [*ring[1:], *ring[:1]], strict=True)) / 2


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


def _path(points: Sequence[Point], *, closed: bool = False) -> str:
    """Points as an SVG path in half units, the first where it stands, the others as steps.

    >>> _path([(0.0, 0.0), (0.1, 0.1), (1.0, 2.5), (0.0, 3.0)], closed=True)
    'M0 0l2 5-2 1Z'
    """
    out: list[tuple[int, int]] = []
    for x, y in points:
        at = (round(x * _FINE), round(y * _FINE))
        if not out or out[-1] != at:
            out.append(at)
    if len(out) < 2:
        return ""
    numbers = [n for (ax, ay), (bx, by) in pairwise(out) for n in (bx - ax, by - ay)]
    steps = "".join(f" {n}" if n >= 0 else str(n) for n in numbers).lstrip()
    return f"M{out[0][0]} {out[0][1]}l{steps}{'Z' if closed else ''}"


def _labelled(disc: Disc, taken: list[_Box]) -> Disc:
    """The place with its name where there is room, or with its number in the list where there is only room for that."""
    for label in (flat(disc.name, 26), str(disc.number)):
        if (named := _named(disc, label, taken)) is not None:
            return named
    return disc


def _named(disc: Disc, label: str, taken: list[_Box]) -> Disc | None:
    """The place with this label beside it, or apart with a line that leads there; None where there is no room."""
    width = len(label) * _CHAR
    x, y, r = disc.x, disc.y, disc.r
    reach = min(r, 14.0) + 3
    diagonal = 0.7 * reach
    spots = [
        (x + reach, y - 6.5),
        (x - reach - width, y - 6.5),
        (x - width / 2, y - reach - 12),
        (x - width / 2, y + reach),
        (x + diagonal, y - diagonal - 12),
        (x + diagonal, y + diagonal),
        (x - diagonal - width, y - diagonal - 12),
        (x - diagonal - width, y + diagonal),
    ]
    if disc.area or r > 20:  # what is wide has room inside, and its middle is not a place
        inner = [(x - width / 2, y + step - 6.5) for step in (0, -16, 16, -32, 32, -48, 48)]
        rim = [(x - width / 2, y + sign * (r - 9) - 6.5) for sign in (-1, 1)]
        spots = inner + spots if disc.area else rim + spots
    near = len(spots)
    for far in (24.0, 38.0, 54.0, 72.0):
        for turn in range(12):
            dx, dy = math.cos(turn * math.pi / 6), math.sin(turn * math.pi / 6)
            left = x + far * dx - (width if dx < -0.1 else width / 2 if dx < 0.1 else 0.0)
            spots.append((left, y + far * dy - 6.5))
    for number, (left, top) in enumerate(spots):
        right, bottom = left + width, top + 13
        if left < 2 or right > WIDTH - 2 or top < 2 or bottom > HEIGHT - 4:
            continue
        if all(right < a or left > c or bottom < b or top > d for a, b, c, d in taken):
            lead = ""
            if number >= near and not disc.area:
                end_x, end_y = min(max(x, left), right), min(max(y, top + 1), bottom - 1)
                steps = [(x + (end_x - x) * n / 8, y + (end_y - y) * n / 8) for n in range(2, 8)]
                if any(a <= px <= c and b <= py <= d for px, py in steps for a, b, c, d in taken):
                    continue  # a line through another name is worse than none
                lead = f"M{round(x, 1)} {round(y, 1)}L{round(end_x, 1)} {round(end_y, 1)}"
            taken.append((left, top, right, bottom))
            return replace(disc, label=label, label_x=round(left, 1), label_y=round(top + 10, 1), lead=lead)
    return None


def _spellings(sigla: Sigla, place: Place, number: int) -> tuple[Spelling, ...]:
    """Every way the place is written, most used first."""
    found: dict[str, list[Span]] = {}
    for span in sorted(place.spans, key=lambda s: (sigla.named[s.report].anchor, s.start)):
        sigla.note(span, f"◎{number}", f"#place-{number}")
        found.setdefault(flat(sigla.text(span)), []).append(span)
    ranked = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(Spelling(text, len(spans), sigla.cite(spans[0])) for text, spans in ranked)
