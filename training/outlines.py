"""Make `tellings/lexicons/outlines.txt`, the outlines of land and countries that the page's map draws.

    python training/outlines.py PATH/TO/countries-110m.json tellings/lexicons/outlines.txt

The input is the file of the npm package `world-atlas` (2.0.2, ISC; `npm pack world-atlas`), which
holds Natural Earth's 1:110 million countries (public domain) as TopoJSON: lines that are stored
once, and countries and land as rings of lines. The output keeps that, in hundredths of a degree:

    coast X Y DX DY DX DY ...     a line between land and water: its first point, then the steps
    border X Y DX DY ...          a line between two countries
    ring 3 -5 8                   a ring of land: numbers of lines counted from 1, negative if backwards

Numbers are parted by a blank or by their own minus sign. One hundredth of a degree is about a
kilometre, which is finer than lines of this scale are true.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

HEAD = """\
# Outlines of land and countries, in hundredths of a degree east and north.
# From Natural Earth 1:110m (public domain, naturalearthdata.com) as packed in world-atlas 2.0.2 (ISC, Michael Bostock).
# Made by training/outlines.py, which says what the lines mean. Borders are those of Natural Earth: de facto control.
"""


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


def lines(topology: dict[str, Any]) -> list[list[tuple[int, int]]]:
    """Each line as points in hundredths of a degree, without repeated points."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    out: list[list[tuple[int, int]]] = []
    for arc in topology["arcs"]:
        x = y = 0
        points: list[tuple[int, int]] = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            point = (round(100 * (x * sx + tx)), round(100 * (y * sy + ty)))
            if not points or points[-1] != point:
                points.append(point)
        out.append(points)
    return out


def packed(numbers: Iterable[int]) -> str:
    """Numbers with a blank between them where no minus sign parts them already."""
    return "".join(f" {n}" if n >= 0 else str(n) for n in numbers).lstrip()


def main() -> int:
    """Convert; 0 when the file is written."""
    if len(sys.argv) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    topology = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    used: dict[int, int] = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        for number in {a if a >= 0 else ~a for ring in rings(shape) for a in ring}:
            used[number] = used.get(number, 0) + 1
    out: list[str] = []
    for number, points in enumerate(lines(topology)):
        steps = [points[0], *((b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points))]
        kind = "border" if used.get(number, 0) > 1 else "coast"
        out.append(f"{kind} {packed(n for step in steps for n in step)}")
    out += [
        "ring " + " ".join(str(a + 1 if a >= 0 else -(~a + 1)) for a in ring)
        for ring in rings(topology["objects"]["land"])
    ]
    Path(sys.argv[2]).write_text(HEAD + "\n".join(out) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
