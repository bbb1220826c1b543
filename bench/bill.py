"""What a large archive would cost on rented machines, from the rates that `corpus.py` has measured.

    python bench/bill.py WORK [--price 0.0408] [--busy 0.7] [--english 0.4]

WORK is the folder of `corpus.py`: of its results the largest that has a stage gives that stage's CPU seconds a report,
and its peers give trafilatura's seconds a page. Printed is, by stage, what CC-NEWS of a month and of ten years would
take in core hours and in dollars. What is assumed stands in `ASSUMED` and in `docs/scale.md`, with where it is from.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["ASSUMED", "Archive", "bill", "main", "rates"]

STAGES = ("pages", "reports", "signs", "candidates", "pairs", "stories", "reuse", "annotations", "dossiers", "summary")


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive of pages; `packed` is kB of a page in its web archive."""

    name: str
    pages: float
    packed: float = 40.0


ASSUMED = (Archive("CC-NEWS, one month", 11.7e6), Archive("CC-NEWS, ten years", 1.35e9))


def rates(work: Path) -> dict[str, tuple[float, int]]:
    """CPU seconds a report by stage, and at how many reports they were measured; "pages" is trafilatura alone."""
    out: dict[str, tuple[float, int]] = {}
    results = [json.loads(path.read_text(encoding="utf-8")) for path in work.glob("[0-9]*/result.json")]
    for result in sorted(results, key=lambda r: r["reports"]):
        for stage, cost in result["costs"].items():
            out[stage] = cost["cpu"] / result["reports"], result["reports"]
    for path in sorted(work.glob("peers-*/result.json"), key=lambda p: int(p.parent.name.partition("-")[2])):
        told: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8")).get("trafilatura alone", {})
        size = int(path.parent.name.partition("-")[2])
        if told:
            out["pages"] = told["cost"]["cpu"] / size, size
    return out


def bill(held: Mapping[str, tuple[float, int]], pages: float, english: float) -> dict[str, float]:
    """Core hours by stage for an archive of so many pages, of which a share is English and goes on.

    >>> round(bill({"pages": (0.036, 1), "signs": (0.0036, 1)}, 1e6, 0.5)["signs"], 3)
    0.5
    """
    out: dict[str, float] = {}
    for stage in STAGES:
        if stage in held:
            count = pages if stage == "pages" else pages * english
            out[stage] = count * held[stage][0] / 3600
    return out


def main() -> int:
    """Print the bill; 0, or 1 where nothing was measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("--price", type=float, default=0.0408, help="dollars a core hour")
    parser.add_argument("--busy", type=float, default=0.7, help="share of the time paid for that the cores work")
    parser.add_argument("--english", type=float, default=0.4)
    args = parser.parse_args()
    held = rates(args.work)
    if not held:
        print(f"{args.work} holds no results of bench/corpus.py")
        return 1
    print(f"{'':<14}{'CPU ms a report':>16}{'measured at':>13}", end="")
    print("".join(f"{a.name + ', core h':>30}{'dollars':>10}" for a in ASSUMED))
    bills = [bill(held, a.pages, args.english) for a in ASSUMED]
    for stage in (s for s in STAGES if s in held):
        line = f"{stage:<14}{1000 * held[stage][0]:>16.2f}{held[stage][1]:>13,}"
        for b in bills:
            line += f"{b[stage]:>30,.0f}{b[stage] * args.price / args.busy:>10,.2f}"
        print(line)
    total = "".join(f"{sum(b.values()):>30,.0f}{sum(b.values()) * args.price / args.busy:>10,.2f}" for b in bills)
    print(f"{'all':<14}{'':>29}{total}")
    for a in ASSUMED:
        print(f"{a.name}: {a.pages * a.packed / 1e9:,.1f} TB packed to be read")
    return 0


if __name__ == "__main__":
    sys.exit(main())
