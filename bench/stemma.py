"""How often the root and the arrows of an origin are right, on invented families whose stemma is known.

    python bench/stemma.py [--families 200] [--first 0] [--workers 2] [--show SEED] [--floors]

The families are those of `simulator.py`, seeds FIRST to FIRST + FAMILIES - 1; figures that count are
reported from seed 1000 on. Each family goes the way of `tellings compare` from its rows to its
origins, and once more with all dates of publication taken away. What is counted:

- **roots**: of the true origins of two reports or more, the part whose root is right. The origin found
  that holds most of its reports is looked at (of two that hold as many, the first). A root that is a
  report is right if it is the only report there that has no arrow from inside or from a lost text; a lost
  root is right if some arrow comes from a lost text and every report there has an arrow.
- **arrows**: of the true arrows, parent to report, the part that was found with the same parent and
  the same direction. A report with two parents has two arrows. An arrow from a lost text is found if
  the arrow's source is None. **drawn right** is the part of the arrows drawn that are true.
- **families**: the part in which every root and every arrow is right, and none is drawn too many.
- **partition**: B-cubed F of the reports over origins, a report with two parents under its main one.

The last line bounds every method from above (`ceiling.py`): the arrows that even one who has the lost texts too could
tell by what editors do seldom and often. No method has those texts, so it is no aim.

`--floors` ends with exit code 1 unless roots are right in 95 % and arrows in 90 % with dates, 80 % without.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import starmap
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

from ceiling import knowable  # noqa: E402  # beside this file
from simulator import Family, Told, family  # noqa: E402  # beside this file

from tellings.records import Annotated, Collation, Origin  # noqa: E402

__all__ = ["Marks", "found", "mark"]

FLOORS = {True: (0.95, 0.90), False: (0.95, 0.80)}
"""Roots and arrows that must be right, with dates and without."""

Arrow = tuple[str | None, str]


@dataclass(slots=True)
class Marks:
    """Counts over families; what each is out of stands under the same name with `_of`."""

    counts: Counter[str] = field(default_factory=Counter)
    sums: list[float] = field(default_factory=lambda: [0.0, 0.0, 0.0])
    wrong: list[str] = field(default_factory=list)

    def add(self, other: Marks) -> None:
        """Count another family's marks too."""
        self.counts.update(other.counts)
        self.sums = list(starmap(float.__add__, zip(self.sums, other.sums, strict=True)))
        self.wrong += other.wrong

    def share(self, name: str) -> float:
        """The part that is right, 0 to 1; 0 where there is nothing."""
        return self.counts[name] / max(1, self.counts[f"{name}_of"])

    def partition(self) -> float:
        """B-cubed F."""
        precision, recall, of = self.sums
        return 2 * precision * recall / max(1e-9, of * (precision + recall))


def read(reports: list[Told]) -> Collation:
    """The reports as `tellings compare` reads them, with their passages."""
    from tellings import pipeline
    from tellings.acquire.files import read as acquire
    from tellings.cluster.dates import infer

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reports.jsonl"
        path.write_text("".join(json.dumps(told.row()) + "\n" for told in reports), encoding="utf-8")
        given, _ = acquire([str(path)])
    annotated: tuple[Annotated, ...] = infer(pipeline.annotate(given))[0]
    record = Collation(annotated)
    return next(step for step in pipeline.COLLATE if step.assigns == "passages").run(record)


def undated(collation: Collation) -> Collation:
    """The same without any date of publication; passages do not depend on it."""
    reports = tuple(replace(a, report=replace(a.report, published=None)) for a in collation.reports)
    return replace(collation, reports=reports)


def found(collation: Collation) -> tuple[Origin, ...]:
    """The origins that are found in it."""
    from tellings.collate import origins

    return origins.find(collation)


def mark(truth: Family, origins: tuple[Origin, ...]) -> Marks:
    """How far the origins found agree with the truth."""
    out = Marks()
    home = {name: number for number, origin in enumerate(origins) for name in origin.reports}
    drawn = {(edge.source, edge.target) for origin in origins for edge in origin.edges}
    true = {(source, target) for target, sources in truth.parents.items() for source in sources}
    # A single report that credits an agency has an arrow from its text; the simulator asks of families only.
    alone = {origin.reports[0] for origin in origins if len(origin.reports) == 1}
    drawn = {arrow for arrow in drawn if arrow in true or arrow[0] is not None or arrow[1] not in alone}
    for members, root in zip(truth.origins, truth.roots, strict=True):
        if len(members) < 2:
            continue
        holds = Counter(home[name] for name in members)
        origin = origins[min(holds, key=lambda number: (-holds[number], number))]
        got = _root(origin)
        out.counts["roots_of"] += 1
        out.counts["roots"] += got == (root,)
        if got != (root,):
            out.wrong.append(f"{truth.seed} root {root} found {got}")
    out.counts["arrows"] = len(true & drawn)
    out.counts["arrows_of"] = len(true)
    out.counts["drawn"] = len(true & drawn)
    out.counts["drawn_of"] = len(drawn)
    out.counts["families"] = out.counts["roots"] == out.counts["roots_of"] and true == drawn
    out.counts["families_of"] = 1
    out.wrong += [f"{truth.seed} missed {s} -> {t}" for s, t in sorted(true - drawn, key=str)]
    out.wrong += [f"{truth.seed} drawn {s} -> {t}" for s, t in sorted(drawn - true, key=str)]
    gold = {name: number for number, members in enumerate(truth.origins) for name in members}
    for name in sorted(gold):
        ours = {other for other in gold if home[other] == home[name]}
        theirs = {other for other in gold if gold[other] == gold[name]}
        both = len(ours & theirs)
        out.sums = [out.sums[0] + both / len(ours), out.sums[1] + both / len(theirs), out.sums[2] + 1]
    return out


def _root(origin: Origin) -> tuple[str | None, ...]:
    """The roots of an origin: reports without an arrow from inside, or None for a lost text."""
    inside = set(origin.reports)
    led = {edge.target for edge in origin.edges if edge.source is None or edge.source in inside}
    lost = [None] if any(edge.source is None for edge in origin.edges) else []
    return (*sorted(inside - led), *lost)


def _examined(seed: int) -> tuple[Marks, Marks]:
    """The marks of one family with and without its dates."""
    truth = family(seed)
    dated = read(list(truth.reports))
    return mark(truth, found(dated)), mark(truth, found(undated(dated)))


def _show(seed: int) -> None:
    """Print a family, its truth and what is found."""
    truth = family(seed)
    for told in truth.reports:
        print(f"\n== {told.id}  {told.outlet}  {told.published}  {told.title}\n{told.text}")
    print("\ntruth:", truth.origins, truth.roots, truth.parents)
    dated = read(list(truth.reports))
    for name, collation in (("with dates", dated), ("without dates", undated(dated))):
        print(f"\n{name}")
        for origin in found(collation):
            print(origin.reports, origin.source)
            for edge in origin.edges:
                why = "; ".join(f"{e.name} {e.weight:+.2f} {e.note}" for e in edge.evidence)
                good = "right" if edge.source in truth.parents[edge.target] else "WRONG"
                print(f"  {edge.source} -> {edge.target} {edge.share:.2f} {good}: {why}")


def main() -> int:
    """Examine the families and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--families", type=int, default=200)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--show", type=int, metavar="SEED", help="print one family, its truth and what is found")
    parser.add_argument("--floors", action="store_true", help="exit 1 below the floors")
    args = parser.parse_args()
    if args.show is not None:
        _show(args.show)
        return 0
    total = {True: Marks(), False: Marks()}
    with ProcessPoolExecutor(args.workers) as pool:
        for with_dates, without in pool.map(_examined, range(args.first, args.first + args.families), chunksize=5):
            total[True].add(with_dates)
            total[False].add(without)
    print(f"{args.families} families from seed {args.first}")
    print(f"{'':16}{'roots':>8}{'arrows':>8}{'drawn right':>13}{'families':>10}{'partition':>11}")
    for dates, name in ((True, "with dates"), (False, "without dates")):
        m = total[dates]
        row = f"{m.share('roots'):8.3f}{m.share('arrows'):8.3f}{m.share('drawn'):13.3f}{m.share('families'):10.3f}"
        print(f"{name:16}{row}{m.partition():11.3f}")
    seeds = range(args.first, args.first + args.families)
    told, of = (sum(column) for column in zip(*map(knowable, seeds), strict=True))
    print(f"{'bound':16}{'':8}{told / max(1, of):8.3f}  with every lost text at hand")
    below = any(
        total[dates].share("roots") < roots or total[dates].share("arrows") < arrows
        for dates, (roots, arrows) in FLOORS.items()
    )
    return int(args.floors and below)


if __name__ == "__main__":
    sys.exit(main())
