"""How well reports are grouped into stories, on reports of known events.

    python bench/stories.py [--data DIR] [--seeds 10] [--no-alike]

DIR holds `news_cluster.jsonl.gz`, `basil.jsonl.gz`, `polnear.train.jsonl.gz` and `no_story.ids.txt`. The reports of
the first two are grouped together, once alone and once with the articles of the third that `no_story.ids.txt` names,
which belong to no story; a report whose `event` is null stands alone too. Printed are B-cubed P, R, F (Amigó and
others 2009) and the F of pairs:

- **halves**: events are dealt into two halves; the likeness down to which groups are joined is chosen by B-cubed F on
  one half and measured on the other, both ways, for each seed; the mean;
- **halves, every pair**: the same with every pair of reports weighed, to show what the candidates lose;
- **as shipped**: all reports, joined as the package does;
- **day by day**: all reports as they came in, a batch for each day, grown by `attach`, against the events, and against
  the one batch run (B-cubed F of one grouping against the other);
- **ten batches by chance**: the same with each batch a tenth of the reports drawn by chance, the worst that can
  happen; the mean of five draws;
- what `bench/alike.py` says of its frozen pairs.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.cluster import hierarchy
from scipy.spatial import distance

from tellings.cluster import stories
from tellings.cluster.candidates import ALIKE, Kept, Pairs, bar, keys, meet, prints, weigh
from tellings.cluster.signs import Sign, Signs, gather, sign
from tellings.records import Annotated, Found, Report

HERE = Path(__file__).resolve().parent
GRID = [round(0.06 + n / 100, 2) for n in range(30)]


@dataclass(frozen=True, slots=True)
class Pile:
    """Reports as signs, sorted by id, with the event of each: one of its own where it has none."""

    signs: Signs
    events: np.ndarray[Any, Any]

    def take(self, rows: np.ndarray[Any, Any]) -> Pile:
        """Some of the reports."""
        return Pile(self.signs.take(rows), self.events[rows])


def rows(file: Path) -> list[dict[str, Any]]:
    """The rows of a gzipped JSON Lines file."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def signed(report: Report) -> Sign:
    """The sign of a report as `tellings stories` makes it: without page furniture."""
    from tellings.pipeline import ANNOTATE

    return sign(report, ANNOTATE[0].run(Annotated(report)).removed)


def load(data: Path, *, strays: bool) -> Pile:
    """The reports of known events, with the articles that belong to no story or without."""
    made: list[Sign] = []
    event: dict[str, str] = {}
    for name in ("news_cluster", "basil"):
        for row in rows(data / f"{name}.jsonl.gz"):
            report = Report(
                row["id"],
                row["text"],
                title=Found(row["title"], "given") if row["title"] else None,
                published=Found(row["published"], "given") if row["published"] else None,
            )
            made.append(signed(report))
            event[report.id] = f"{name} {row['event']}" if row["event"] else f"alone {report.id}"
    if strays:
        wanted = set((data / "no_story.ids.txt").read_text(encoding="utf-8").split())
        for row in rows(data / "polnear.train.jsonl.gz"):
            if row["id"] in wanted:  # the day stands in the id, the title in the first line
                title, _, text = row["text"].partition("\n")
                day = row["id"].split("_")[1]
                report = Report(row["id"], text, title=Found(title, "given"), published=Found(day, "given"))
                made.append(signed(report))
                event[report.id] = f"alone {report.id}"
    signs = gather(made)
    return Pile(signs, np.asarray([event[name] for name in signs.ids]))


# ---------------------------------------------------------------- figures


def scores(gold: Sequence[Any], found: Sequence[Any]) -> np.ndarray[Any, Any]:
    """B-cubed precision, recall and F, and the F of pairs, of one grouping against another."""
    a, b = np.asarray(gold), np.asarray(found)
    same, joined = a[:, None] == a[None], b[:, None] == b[None]
    both = same & joined
    precision, recall = (both.sum(1) / joined.sum(1)).mean(), (both.sum(1) / same.sum(1)).mean()
    count = len(a)
    pairs = 2 * (both.sum() - count) / max(1, same.sum() + joined.sum() - 2 * count)
    return np.asarray([precision, recall, 2 * precision * recall / (precision + recall), pairs])


def kept(signs: Signs, least: float) -> Kept:
    """The pairs of one batch run."""
    return weigh(signs, meet(*keys(signs), signs.days), meet(*prints(signs), signs.days), least)


def groups(signs: Signs, *, every: bool) -> list[np.ndarray[Any, Any]]:
    """The group of each report at each likeness of `GRID`; with `every`, all pairs are weighed."""
    if not every:
        pairs = kept(signs, GRID[0])
        return [stories.link(signs, pairs, least) for least in GRID]
    one, other = np.triu_indices(len(signs), 1)
    none = np.zeros(len(one), np.uint16)
    pairs = weigh(signs, Pairs(one.astype(np.uint32), other.astype(np.uint32), none), Pairs(*(none[:0],) * 3), 0.0)
    apart = 1 - pairs.likeness.astype(np.float64)
    table = np.zeros((len(signs), len(signs)))
    table[one, other] = table[other, one] = np.clip(apart, 0, None)
    tree = hierarchy.linkage(distance.squareform(table, checks=False), "average")
    return [hierarchy.fcluster(tree, 1 - least, "distance") for least in GRID]


def halves(pile: Pile, seeds: int, *, every: bool) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """The scores on each half at the likeness chosen on the other, and the likenesses chosen."""
    events = np.unique(pile.events)
    out: list[np.ndarray[Any, Any]] = []
    chosen: list[float] = []
    for seed in range(seeds):
        one = set(events[np.random.RandomState(seed).permutation(len(events))[: len(events) // 2]].tolist())
        inside = np.asarray([event in one for event in pile.events.tolist()])
        table: list[list[np.ndarray[Any, Any]]] = []
        for part in (inside, ~inside):
            some = pile.take(np.flatnonzero(part))
            table.append([scores(some.events, found) for found in groups(some.signs, every=every)])
        for here, there in ((0, 1), (1, 0)):
            f = np.asarray([row[2] for row in table[here]])
            best = np.flatnonzero(f >= f.max() - 1e-9)
            at = int(best[len(best) // 2])  # the middle of the best
            out.append(table[there][at])
            chosen.append(GRID[at])
    return np.asarray(out), np.asarray(chosen)


# ---------------------------------------------------------------- growing


def grown(pile: Pile, batches: Sequence[np.ndarray[Any, Any]]) -> np.ndarray[Any, Any]:
    """The group of each report after all batches, by rows of `pile`."""
    order = np.zeros(0, np.int64)
    standing = np.zeros(0, np.int64)
    for batch in batches:
        order = np.concatenate([order, np.sort(batch)])
        signs = pile.signs.take(order)
        before = np.concatenate([standing, np.full(len(batch), -1, np.int64)])
        standing = stories.attach(signs, before, kept(signs, ALIKE))
    out = np.zeros(len(pile.signs), np.int64)
    out[order] = order[standing]
    return out


def by_day(pile: Pile) -> list[np.ndarray[Any, Any]]:
    """The reports of each day of publication, in order of days; the undated come last."""
    days = np.nan_to_num(pile.signs.days, nan=math.inf)
    return [np.flatnonzero(days == day) for day in np.unique(days)]


def line(name: str, value: np.ndarray[Any, Any], more: str = "") -> str:
    """One row of figures."""
    precision, recall, f, pairs = value.tolist()
    return f"{name:<34}{precision:7.3f}{recall:7.3f}{f:7.3f}{pairs:9.3f}  {more}"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=HERE.parent.parent / "shared" / "data")
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--no-alike", action="store_true", help="leave the frozen pairs out")
    args = parser.parse_args()
    for strays in (False, True):
        start = time.process_time()
        pile = load(args.data, strays=strays)
        took = time.process_time() - start
        head = f"{len(pile.signs)} reports, {'with' if strays else 'without'} those of no story"
        print(f"\n{head:<34}{'P':>7}{'R':>7}{'F':>7}{'F pairs':>9}")
        for name, every in (("halves", False), ("halves, every pair", True)):
            found, chosen = halves(pile, args.seeds, every=every)
            more = f"joined down to {chosen.mean():.3f} ± {chosen.std():.3f}; F ± {found[:, 2].std():.3f}"
            print(line(name, found.mean(axis=0), more))
        start = time.process_time()
        batch = stories.link(pile.signs, kept(pile.signs, ALIKE))
        linking = time.process_time() - start
        print(
            line(
                f"as shipped, {bar(len(pile.signs)):.3f}",
                scores(pile.events, batch),
                f"signs {took:.2f} s, grouping {linking:.2f} s",
            )
        )
        daily = grown(pile, by_day(pile))
        alike = scores(batch, daily)[2]
        print(line("day by day", scores(pile.events, daily), f"against one batch: F {alike:.3f}"))
        drawn: list[np.ndarray[Any, Any]] = []
        against: list[float] = []
        for seed in range(5):
            order = np.random.RandomState(seed).permutation(len(pile.signs))
            found = grown(pile, np.array_split(order, 10))
            drawn.append(scores(pile.events, found))
            against.append(float(scores(batch, found)[2]))
        print(line("ten batches by chance", np.mean(drawn, axis=0), f"against one batch: F {np.mean(against):.3f}"))
    if not args.no_alike:
        print()
        sys.stdout.flush()
        subprocess.run([sys.executable, str(HERE / "alike.py")], check=True)


if __name__ == "__main__":
    main()
