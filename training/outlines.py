"""Make the outlines of land and countries that the page's map draws: one set for wide maps, one for close ones.

    python training/outlines.py PATH/TO/countries-50m.json 0.02 tellings/lexicons/outlines.txt
    python training/outlines.py PATH/TO/countries-10m.json 0.004 tellings/lexicons/outlines_near.txt

The inputs are files of the npm package `world-atlas` (2.0.2, ISC; `npm pack world-atlas`), which holds
Natural Earth's countries at 1:50 and 1:10 million (public domain) as TopoJSON: lines that are
stored once, and countries and land as rings of lines. The number is the distance in degrees that a
line may be moved when points are left out (Douglas and Peucker 1973). The output, in thousandths of a degree:

    KIND WEST SOUTH EAST NORTH X Y X Y|DX DY DX DY ...
    land 3 -5 8
    country 12 3 -5 8

A row of the first sort is a line: its frame, its first and its last point, and after the bar the
steps from the first to the last. KIND is `coast` between land and water, `border` between two
countries, `cut` a way to the pole and back, where a ring runs round it. Long lines are stored in
pieces, so that whoever draws a town need not read a continent. What lies across the 180th meridian
is written twice, as seen from either side: from 27 to 190 degrees, and from -333 to -170. The others
are rings of land and of countries (all rings of one country have its number): numbers of lines
counted from 1, negative if backwards. Numbers are parted by a blank or by their own minus sign.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

HEAD = """\
# Outlines of land and countries, in thousandths of a degree east and north.
# From Natural Earth 1:{scale} (public domain, naturalearthdata.com), packed in world-atlas 2.0.2 (ISC, M. Bostock).
# Made by training/outlines.py, which says what the lines mean. Borders are those of Natural Earth: de facto control.
"""
LONGEST = 96  # points of a piece
ROUND = 360_000
SOUTH = -90_000

Point = tuple[int, int]


def rings(shape: dict[str, Any]) -> list[list[int]]:
    """The rings of lines that a TopoJSON shape is made of."""
    match shape["type"]:
        case "GeometryCollection":
            return [ring for part in shape["geometries"] for ring in rings(part)]
        case "Polygon":
            return list(shape["arcs"])
        case "MultiPolygon":
            return [ring for polygon in shape["arcs"] for ring in polygon]
        case _:
            return []


def lines(topology: dict[str, Any]) -> Iterator[list[Point]]:
    """Each line as points in thousandths of a degree, without repeated points, on across the 180th meridian."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = turns = 0
        points: list[Point] = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            turns -= (abs(dx * sx) > ROUND / 2000) * (1 if dx > 0 else -1) if points else 0
            point = (round(1000 * (x * sx + tx)) + turns * ROUND, round(1000 * (y * sy + ty)))
            if not points or points[-1] != point:
                points.append(point)
        yield points


def simpler(points: Sequence[Point], most: float) -> list[Point]:
    """The line without points that lie at most so far from it; its ends stay, and the farthest point of a loop."""
    kept = {0, len(points) - 1}
    todo = [(0, len(points) - 1)]
    while todo:
        first, last = todo.pop()
        (ax, ay), (bx, by) = points[first], points[last]
        length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5
        worst, at = -1.0, 0
        for n in range(first + 1, last):
            x, y = points[n]
            far = (
                abs((bx - ax) * (y - ay) - (by - ay) * (x - ax)) / length
                if length
                else ((x - ax) ** 2 + (y - ay) ** 2) ** 0.5
            )
            if far > worst:
                worst, at = far, n
        if worst > most or (worst >= 0 and not length):
            kept.add(at)
            todo += [(first, at), (at, last)]
    return [points[n] for n in sorted(kept)]


def pieces(points: list[Point]) -> Iterator[list[Point]]:
    """A line in pieces that are not too long."""
    for begin in range(0, len(points) - 1, LONGEST):
        yield points[begin : begin + LONGEST + 1]


def packed(numbers: Iterable[int]) -> str:
    """Numbers with a blank between them where no minus sign parts them already."""
    return "".join(f" {n}" if n >= 0 else str(n) for n in numbers).lstrip()


class Written:
    """Rows of lines as they are asked for, each once for each turn of the globe that it is needed on."""

    def __init__(self, arcs: list[list[Point]], kinds: list[str]) -> None:
        self.arcs, self.kinds = arcs, kinds
        self.rows: list[str] = []
        self.numbers: dict[tuple[int, int], list[int]] = {}
        for number in range(len(arcs)):
            self.of(number, 0)

    def add(self, kind: str, points: list[Point]) -> int:
        """Write a piece; its number."""
        xs, ys = [x for x, _ in points], [y for _, y in points]
        head = packed((min(xs), min(ys), max(xs), max(ys), *points[0], *points[-1]))
        steps = packed(n for a, b in pairwise(points) for n in (b[0] - a[0], b[1] - a[1]))
        self.rows.append(f"{kind} {head}|{steps}")
        return len(self.rows)

    def of(self, arc: int, turned: int) -> list[int]:
        """The numbers of an arc's pieces, `turned` thousandths of a degree to the east."""
        if (arc, turned) not in self.numbers:
            points = [(x + turned, y) for x, y in self.arcs[arc]]
            self.numbers[arc, turned] = [self.add(self.kinds[arc], part) for part in pieces(points)]
        return self.numbers[arc, turned]

    def rings(self, head: str, shape: dict[str, Any]) -> Iterator[str]:
        """Its rings, without islands of which no line is left; those across the 180th meridian on both sides of it."""
        for ring in rings(shape):
            ways = [(~a, -1) if a < 0 else (a, 1) for a in ring]
            walked = [self.arcs[arc][::way] for arc, way in ways]
            first = walked[0][0]
            at, turns, xs = first, [], []
            for points in walked:
                turns.append(at[0] - points[0][0])
                at = (points[-1][0] + turns[-1], points[-1][1])
                xs += [x + turns[-1] for x, _ in points]
            both = [t for t in (-ROUND, 0, ROUND) if min(xs) + t < ROUND / 2 and max(xs) + t > -ROUND / 2]
            for more in both:
                held: list[int] = []
                for (arc, way), turned in zip(ways, turns, strict=True):
                    held += [n * way for n in self.of(arc, turned + more)[::way]]
                if at != first:  # once round the pole
                    (ax, ay), (bx, by) = (at[0] + more, at[1]), (first[0] + more, first[1])
                    held.append(self.add("cut", [(ax, ay), (ax, SOUTH), (bx, SOUTH), (bx, by)]))
                if held:
                    yield f"{head} {packed(held)}"


def main() -> int:
    """Convert; 0 when the file is written."""
    if len(sys.argv) != 4:
        print(__doc__, file=sys.stderr)
        return 2
    source = Path(sys.argv[1])
    topology = json.loads(source.read_text(encoding="utf-8"))
    used: dict[int, int] = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        for number in {a if a >= 0 else ~a for ring in rings(shape) for a in ring}:
            used[number] = used.get(number, 0) + 1
    written = Written(
        [simpler(points, 1000 * float(sys.argv[2])) for points in lines(topology)],
        ["border" if used.get(n, 0) > 1 else "coast" for n in range(len(topology["arcs"]))],
    )
    found = [*written.rings("land", topology["objects"]["land"])]
    for number, shape in enumerate(topology["objects"]["countries"]["geometries"], 1):
        found += written.rings(f"country {number}", shape)
    out = written.rows + found
    scale = source.stem.rpartition("-")[2]
    Path(sys.argv[3]).write_text(HEAD.format(scale=scale) + "\n".join(out) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
