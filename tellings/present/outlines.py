"""Outlines of land and countries for a window of the globe, from two files of this package.

`outlines.txt` is for wide maps, `outlines_near.txt` (a hundred times as many points for its area)
for close ones; `training/outlines.py` tells how they were made and how they are written. A file is
read line by line of it only as far as the window needs: a piece of a line whose frame does not touch
the window is replaced by the straight line between its ends. It lies beside the window as a whole
either way, so that what is drawn within is the same.

Still missed: a window across the 180th meridian shows only the lands that lie across it themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from itertools import pairwise

__all__ = ["Box", "Outlines", "Point", "simpler"]

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""West, south, east and north, in degrees."""

_UNIT = 1000  # the files count thousandths of a degree
_NUMBER = re.compile(r"-?\d+")
_ISLAND = 2.5  # drawn units that land must be wide or high to be seen


@dataclass(frozen=True, slots=True)
class _Line:
    """A piece of an outline: its kind, frame, ends, and the steps between them as they are written."""

    kind: str
    box: Box
    first: Point
    last: Point
    steps: str

    def points(self) -> list[Point]:
        """Its points, in degrees."""
        numbers = [int(n) for n in _NUMBER.findall(self.steps)]
        x, y = round(self.first[0] * _UNIT), round(self.first[1] * _UNIT)
        out = [self.first]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            out.append((x / _UNIT, y / _UNIT))
        return out


@dataclass(frozen=True, slots=True)
class _Ring:
    """A closed ring: numbers of lines (negative: backwards), and their frame; `country` is 0 for mere land."""

    country: int
    lines: tuple[int, ...]
    box: Box


def _touch(a: Box, b: Box) -> bool:
    return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]


@cache
def _read(near: bool) -> tuple[tuple[_Line, ...], tuple[_Ring, ...]]:
    """All lines, not yet unpacked, and all rings of one file."""
    name = "outlines_near.txt" if near else "outlines.txt"
    text = resources.files("tellings.lexicons").joinpath(name).read_text(encoding="utf-8")
    lines: list[_Line] = []
    rings: list[_Ring] = []
    for row in text.splitlines():
        kind, _, rest = row.partition(" ")
        if kind in ("coast", "border", "cut"):
            head, _, steps = rest.partition("|")
            w, s, e, n, ax, ay, bx, by = (int(part) / _UNIT for part in _NUMBER.findall(head))
            lines.append(_Line(kind, (w, s, e, n), (ax, ay), (bx, by), steps))
        elif kind in ("land", "country"):
            numbers = [int(part) for part in _NUMBER.findall(rest)]
            country = numbers.pop(0) if kind == "country" else 0
            boxes = [lines[abs(n) - 1].box for n in numbers]
            west, south, east, north = zip(*boxes, strict=True)
            rings.append(_Ring(country, tuple(numbers), (min(west), min(south), max(east), max(north))))
    return tuple(lines), tuple(rings)


def simpler(points: Sequence[Point], most: float) -> list[Point]:
    """The line without points that lie at most so far from it (Douglas and Peucker 1973); its ends stay.

    >>> simpler([(0, 0), (1, 0.1), (2, 0), (3, 5)], 0.5)
    [(0, 0), (2, 0), (3, 5)]
    """
    kept = {0, len(points) - 1}
    todo = [(0, len(points) - 1)]
    while todo:
        first, last = todo.pop()
        (ax, ay), (bx, by) = points[first], points[last]
        dx, dy = bx - ax, by - ay
        square = dx * dx + dy * dy
        worst, at = most * most * (square or 1.0), 0
        for n in range(first + 1, last):
            x, y = points[n]
            far = (dx * (y - ay) - dy * (x - ax)) ** 2 if square else (x - ax) ** 2 + (y - ay) ** 2
            if far > worst:
                worst, at = far, n
        if at:
            kept.add(at)
            todo += [(first, at), (at, last)]
    return [points[n] for n in sorted(kept)]


@dataclass(slots=True)
class Outlines:
    """The outlines within a window, drawn through `xy`; `near` takes the file for close maps."""

    window: Box
    xy: Callable[[Point], Point]
    near: bool = False
    loose: float = 0.4  # drawn units that a line may be moved to be shorter
    _drawn: dict[int, list[Point]] = field(default_factory=dict[int, list[Point]])

    def _piece(self, number: int) -> list[Point]:
        """The drawn points of a line by its number from 1, simplified; straight where it is not seen."""
        if number not in self._drawn:
            line = _read(self.near)[0][number - 1]
            seen = _touch(line.box, self.window)
            points = [self.xy(p) for p in (line.points() if seen else (line.first, line.last))]
            self._drawn[number] = simpler(points, self.loose)
        return self._drawn[number]

    def _ring(self, ring: _Ring) -> list[Point]:
        """The drawn points of a ring, without its last, which is its first; [] for an island too small to be seen."""
        out: list[Point] = []
        for number in ring.lines:
            part = self._piece(abs(number))
            out += part[:-1] if number > 0 else part[:0:-1]
        w, s, e, n = ring.box
        (left, low), (right, high) = self.xy((w, s)), self.xy((e, n))
        return out if right - left > _ISLAND or low - high > _ISLAND else []

    def land(self, country: int = 0) -> Iterator[list[Point]]:
        """Rings of all land, or of one country's, that come near the window."""
        for ring in _read(self.near)[1]:
            if ring.country == country and _touch(ring.box, self.window) and (drawn := self._ring(ring)):
                yield drawn

    def borders(self) -> Iterator[list[Point]]:
        """Lines between countries that come near the window."""
        for number, line in enumerate(_read(self.near)[0], 1):
            if line.kind == "border" and _touch(line.box, self.window):
                yield self._piece(number)

    @staticmethod
    def around(point: Point, *, near: bool = False) -> tuple[int, Box] | None:
        """The country on whose land a point lies, and the frame of that piece of land; None at sea.

        Of a line only the ends are needed to know how often it crosses the point's parallel, save
        where the point lies within its frame.
        """
        x, y = point
        lines, rings = _read(near)
        at = (x, y, x, y)
        found: tuple[float, int, Box] | None = None
        for ring in rings:
            if not ring.country or not _touch(ring.box, at):
                continue
            inside = False
            for number in ring.lines:
                line = lines[abs(number) - 1]
                w, s, e, n = line.box
                if e < x or n < y or s > y:
                    continue
                points = line.points() if w <= x else [line.first, line.last]
                for (ax, ay), (bx, by) in pairwise(points):
                    if (ay > y) != (by > y) and (w > x or x < (bx - ax) * (y - ay) / (by - ay) + ax):
                        inside = not inside
            size = (ring.box[2] - ring.box[0]) * (ring.box[3] - ring.box[1])
            if inside and (found is None or size < found[0]):
                found = (size, ring.country, ring.box)
        return found[1:] if found else None
