"""Fit what two reports must share before it is more than chance: `tellings.collate.passages.ENOUGH`.

    python training/passages.py CLUSTERS_DIR

CLUSTERS_DIR holds `NAME/reports.jsonl` and `NAME/gold.json` for each annotated cluster. Prints P, R and F
of the pairs of reports that stand in one passage, three times: with the package's own bar, with a bar fitted
on the clusters that are measured, and with bars fitted on other clusters (ten parts, dealt three times). The
bar is where a logistic regression on what two reports share gives half of the best F that it expects of itself
(Lipton, Elkan and Naryanaswamy 2014), which wavers less with few pairs than the best point on those
that were seen. Needs scikit-learn, which the package itself does not.
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tellings import pipeline  # noqa: E402  # the package need not be installed
from tellings.acquire.files import read as read_files  # noqa: E402
from tellings.collate import passages  # noqa: E402
from tellings.records import Collation  # noqa: E402

PARTS = 10
DEALS = 3
MOST = 3.0  # what is worth more than this beyond chance tells nothing further


@dataclass
class Cluster:
    """One cluster: its reports, the pairs in which an editor saw shared text; what each pair shares."""

    story: Collation
    gold: set[frozenset[str]]
    margin: np.ndarray
    shared: np.ndarray


def load(folder: Path) -> Cluster | None:
    """Read and label one cluster; None where nothing is to be compared."""
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    reports, _ = read_files([str(folder / "reports.jsonl")])
    story = Collation(pipeline.annotate([r for r in reports if gold["on_topic"].get(r.id)]))
    if len(story.reports) < 2:
        return None
    pairs = {frozenset((p["a"], p["b"])) for p in gold["pairs"] if p["relation"] != "independent"}
    read = passages.Shared(story)
    margin = read.worth - read.chance
    every = list(itertools.combinations(range(len(story.reports)), 2))
    names = [report.id for report in story.reports]
    return Cluster(
        story,
        pairs,
        np.array([margin[pair] for pair in every]),
        np.array([frozenset((names[a], names[b])) in pairs for a, b in every]),
    )


def fit(clusters: list[Cluster]) -> float:
    """The bar."""
    x = np.clip(np.concatenate([c.margin for c in clusters]), -MOST, MOST)
    y = np.concatenate([c.shared for c in clusters])
    learner = LogisticRegression().fit(x[:, None], y)
    weight, intercept = float(learner.coef_[0][0]), float(learner.intercept_[0])
    chance = np.sort(1 / (1 + np.exp(-(intercept + weight * x))))[::-1]
    expected = 2 * np.cumsum(chance) / (np.arange(1, len(chance) + 1) + chance.sum())
    half = float(expected.max()) / 2
    return (float(np.log(half / (1 - half))) - intercept) / weight


def found(cluster: Cluster, bar: float) -> np.ndarray:
    """How many pairs were found, shown and sought."""
    shown = {
        frozenset(pair)
        for p in passages.find(cluster.story, bar)
        for pair in itertools.combinations({s.report for s in p.spans}, 2)
    }
    return np.array([len(shown & cluster.gold), len(shown), len(cluster.gold)])


def figure(counts: np.ndarray) -> str:
    """P, R and F."""
    hits, shown, sought = counts
    return f"P {hits / shown:.3f} R {hits / sought:.3f} F {2 * hits / (shown + sought):.3f}"


def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clusters", type=Path)
    args = parser.parse_args()
    folders = sorted(p.parent for p in args.clusters.glob("*/gold.json"))
    clusters = [c for c in map(load, folders) if c is not None]
    left_out = np.zeros(3)
    for deal in range(DEALS):
        order = np.random.RandomState(deal).permutation(len(clusters)).tolist()
        parts = [order[k::PARTS] for k in range(PARTS)]
        for part in parts:
            bar = fit([clusters[k] for k in order if k not in part])
            left_out += sum(found(clusters[k], bar) for k in part)
    bar = fit(clusters)
    for name, counts in (
        ("left out", left_out),
        (f"fitted, bar {bar:.3f}", sum((found(c, bar) for c in clusters), np.zeros(3))),
        (f"as it stands, bar {passages.ENOUGH}", sum((found(c, passages.ENOUGH) for c in clusters), np.zeros(3))),
    ):
        print(f"{name}: {figure(counts)}")


if __name__ == "__main__":
    main()
