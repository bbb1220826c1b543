"""Fit the weights by which two statements that part on a point are taken to be a conflict.

    python training/conflicts.py CLUSTERS_DIR [--out tellings/lexicons/conflicts.json]

CLUSTERS_DIR is that of `training/claims.py`, whose weights have to be fitted first. Prints the F
of conflicts with weights fitted on the clusters that are measured, and on other clusters (ten
parts). Conflicts of words given to two speakers are found without the model and not counted here.
Needs scikit-learn, which the package itself does not.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tellings import pipeline  # noqa: E402  # the package need not be installed
from tellings.acquire.files import read as read_files  # noqa: E402
from tellings.collate import claims, conflicts, contrasts, pairs, tolls  # noqa: E402
from tellings.records import Collation  # noqa: E402

PARTS = 10


@dataclass
class Cluster:
    """One cluster: its layout, what its leaders hold, the candidates, and which of them editors found."""

    gold: dict[str, Any]
    layout: pairs.Layout
    told: list[contrasts.Told]
    found: conflicts.Candidates
    tolls: list[list[list[tolls.Toll]]]
    right: Any


def load(folder: Path, scorer: ModuleType) -> Cluster:
    """Read and label one cluster."""
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    reports, _ = read_files([str(folder / "reports.jsonl")])
    c = Collation(pipeline.annotate([r for r in reports if gold["on_topic"].get(r.id)]))
    for step in pipeline.COLLATE:
        if step.assigns in ("passages", "origins"):
            c = step.run(c)
    roots = claims.roots(c)
    layout = pairs.lay_out(c.reports, roots)
    told = conflicts.leaders(layout, c.reports)
    found = conflicts.candidates(layout, told, roots)
    sides: list[set[tuple[int, int]]] = []
    for members in layout.copies:
        spans = [layout.statements[k].span for k in members]
        quotes = [{"report": s.report, "start": s.start, "end": s.end} for s in spans]
        sides.append(
            {
                (n, k)
                for n, conflict in enumerate(gold["conflicts"])
                for k, reading in enumerate(conflict["readings"])
                if scorer.any_hit(quotes, reading["support"])
            }
        )
    right = [
        any(n == m and j != k for n, j in sides[a] for m, k in sides[b])
        for a, b in zip(found.first, found.second, strict=True)
    ]
    ends = zip(layout.pairs.first.tolist(), layout.pairs.second.tolist(), strict=True)
    near = dict(zip(ends, claims.chances(layout.pairs.values).tolist(), strict=True))
    return Cluster(gold, layout, told, found, tolls.tolls(told, near), np.array(right, dtype=int))


def fit(clusters: list[Cluster], strength: float) -> tuple[float, list[float]]:
    """Intercept and weights for values as they are, fitted on their standardised form."""
    values = np.concatenate([c.found.values for c in clusters])
    right = np.concatenate([c.right for c in clusters])
    mean, spread = values.mean(axis=0), values.std(axis=0)
    spread[spread == 0] = 1
    model = LogisticRegression(C=strength, max_iter=1000).fit((values - mean) / spread, right)
    weights = model.coef_[0] / spread
    return float(model.intercept_[0] - (weights * mean).sum()), [float(w) for w in weights]


def document(cluster: Cluster, intercept: float, weights: list[float], bars: conflicts.Bars) -> dict[str, Any]:
    """The conflicts of one cluster as the scorer reads them."""
    score = 1 / (1 + np.exp(-(cluster.found.values @ np.array(weights) + intercept)))
    counted = [
        [(reading[0].quantity.span, [toll.leader for toll in reading]) for reading in toll] for toll in cluster.tolls
    ]
    taken = frozenset(leader for toll in counted for _, leaders in toll for leader in leaders)
    drafts = conflicts.draft(cluster.found, cluster.told, score.tolist(), bars, taken)
    out: list[dict[str, Any]] = []
    for sides in (*counted, *(one.readings for one in drafts)):
        readings: list[dict[str, Any]] = []
        for value, members in sides:
            spans = conflicts.quoted(cluster.layout, members, value)
            readings.append({"support": [{"report": s.report, "start": s.start, "end": s.end} for s in spans]})
        out.append({"readings": readings})
    return {"reports": [], "claims": [], "conflicts": out}


def measure(scored: list[tuple[Cluster, dict[str, Any]]], scorer: ModuleType) -> str:
    """Precision, recall and F of the conflicts."""
    total = scorer.Tally()
    for cluster, dossier in scored:
        gold = {**cluster.gold, "facts": [], "pairs": [], "actors": [], "dates": []}
        for conflict in dossier["conflicts"]:
            for reading in conflict["readings"]:
                reading["value"] = ""
        total.merge(scorer.score(gold, dossier)["conflicts"])
    row = total.row()
    return f"conflicts P {row['P']:.3f} R {row['R']:.3f} F {row['F']:.3f}, {int(total.pred)} found"


def main() -> None:
    """Measure left out and fitted, then write the weights fitted on all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clusters", type=Path)
    parser.add_argument("--out", type=Path, default=ROOT / "tellings" / "lexicons" / "conflicts.json")
    parser.add_argument("--open-at", type=float, default=0.15)
    parser.add_argument("--open-wording-at", type=float, default=0.07)
    parser.add_argument("--add-at", type=float, default=0.02)
    parser.add_argument("--strength", type=float, default=1.0, help="the inverse of the penalty on weights")
    args = parser.parse_args()
    spec = importlib.util.spec_from_file_location("score", args.clusters.parent / "score.py")
    if spec is None or spec.loader is None:
        parser.error("there is no score.py beside the clusters")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    clusters = [load(folder, scorer) for folder in sorted(p.parent for p in args.clusters.glob("*/gold.json"))]
    bars = conflicts.Bars(args.open_at, args.open_wording_at, args.add_at)
    order = np.random.RandomState(0).permutation(len(clusters)).tolist()
    left_out: list[tuple[Cluster, dict[str, Any]]] = []
    for part in [order[k::PARTS] for k in range(PARTS)]:
        model = fit([clusters[k] for k in order if k not in part], args.strength)
        left_out += [(clusters[k], document(clusters[k], *model, bars)) for k in part]
    intercept, weights = fit(clusters, args.strength)
    fitted = [(c, document(c, intercept, weights, bars)) for c in clusters]
    figures = {"left out": measure(left_out, scorer), "fitted": measure(fitted, scorer)}
    for name, figure in figures.items():
        print(f"{name}: {figure}")
    model_file = {
        "made_by": "training/conflicts.py, logistic regression; written for Tellings, Apache-2.0",
        "trained_on": f"{len(clusters)} clusters of reports annotated by editors; no text of theirs is held here",
        "measured": figures,
        "open_at": args.open_at,
        "open_wording_at": args.open_wording_at,
        "add_at": args.add_at,
        "intercept": round(intercept, 6),
        "weights": {name: round(w, 6) for name, w in zip(conflicts.POINTS, weights, strict=True)},
    }
    args.out.write_text(json.dumps(model_file, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
