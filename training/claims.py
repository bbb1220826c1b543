"""Fit the weights by which two statements are taken to tell one fact.

    python training/claims.py CLUSTERS_DIR [--out tellings/lexicons/claims.json]

CLUSTERS_DIR holds `NAME/reports.jsonl` and `NAME/gold.json` for each annotated cluster, and beside
it the scorer, `../score.py`. Prints the pair F of claims and the share of facts with the right
number of origins twice: with weights fitted on the clusters that are measured, and with weights
fitted on other clusters (ten parts). Needs scikit-learn, which the package itself does not.

Pairs are read twice: first each by itself, then with how it stands among the others (`pairs.STANDING`).
What the second reading is fitted on was given its first chances by weights fitted on other clusters,
and holds only pairs that these leave open (`OPEN`): three pairs of four are settled at first sight.

How surely a support tells what a title tells is fitted on `sureties.tsv`: supports that were read by hand.
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
from tellings.collate import claims, pairs, statements, sureties  # noqa: E402
from tellings.records import SURE, Collation  # noqa: E402

PARTS = 10
INNER = 5  # parts in which the clusters that are fitted on get their first chances
OPEN = 0.04  # the second reading learns only from pairs that the first leaves this chance: the rest are settled
HALF_KNOWN = 0.3  # weight of a pair of which only one statement is in an editor's fact: most likely not one fact


@dataclass
class Cluster:
    """One cluster: its statements, their near copies, the pairs, and which pairs tell one fact."""

    gold: dict[str, Any]
    told: tuple[statements.Statement, ...]
    copies: tuple[tuple[int, ...], ...]
    pairs: pairs.Pairs
    origins: list[frozenset[str]]
    same: Any
    weight: Any
    layout: pairs.Layout


def load(folder: Path, scorer: ModuleType) -> Cluster:
    """Read and label one cluster."""
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    reports, _ = read_files([str(folder / "reports.jsonl")])
    c = Collation(pipeline.annotate([r for r in reports if gold["on_topic"].get(r.id)]))
    for step in pipeline.COLLATE:
        if step.assigns in ("passages", "origins"):
            c = step.run(c)
    return label(gold, c, scorer)


def label(gold: dict[str, Any], c: Collation, scorer: ModuleType) -> Cluster:
    """The pairs of one cluster, and whether editors found both statements in one fact."""
    roots = claims.roots(c)
    layout = pairs.lay_out(c.reports, roots)
    told, copies = layout.statements, layout.copies
    facts: list[set[int]] = [set() for _ in copies]
    for leader, members in enumerate(copies):
        for k in members:
            span = {"report": told[k].span.report, "start": told[k].span.start, "end": told[k].span.end}
            facts[leader] |= {
                n for n, fact in enumerate(gold["facts"]) if any(scorer.hit(span, s) for s in fact["support"])
            }
    ends = list(zip(layout.pairs.first.tolist(), layout.pairs.second.tolist(), strict=True))
    same = np.array([bool(facts[a] & facts[b]) for a, b in ends], dtype=int)
    known = np.array([bool(facts[a]) + bool(facts[b]) for a, b in ends], dtype=int)
    origins = [frozenset(roots[told[k].span.report] for k in members) for members in copies]
    weight = np.array([0.0, HALF_KNOWN, 1.0])[known]
    return Cluster(gold, told, copies, layout.pairs, origins, same, weight, layout)


Model = tuple[float, list[float]]
"""Intercept and weights."""


def fit(clusters: list[Cluster], rows: list[Any], strength: float, least: float | None = None) -> Model:
    """Intercept and weights for the features in `rows` as they are, fitted on their standardised values.

    With `least` only on pairs whose log-odds of the first reading are no less.
    """
    values = np.concatenate(rows)
    same = np.concatenate([c.same for c in clusters])
    weight = np.concatenate([c.weight for c in clusters])
    kept = weight > 0
    if least is not None:
        kept &= values[:, len(pairs.FEATURES) + pairs.STANDING.index("first")] >= least
    mean, spread = values[kept].mean(axis=0), values[kept].std(axis=0)
    spread[spread == 0] = 1
    model = LogisticRegression(C=strength, max_iter=1000)
    model.fit((values[kept] - mean) / spread, same[kept], sample_weight=weight[kept])
    weights = np.asarray(model.coef_)[0] / spread
    return float(np.asarray(model.intercept_)[0] - (weights * mean).sum()), [float(w) for w in weights]


def chances(cluster: Cluster, rows: Any, model: Model) -> Any:
    """The chances that a model gives the pairs of a cluster."""
    total = rows @ np.array(model[1]) + model[0]
    return claims.loosened(cluster.pairs.values, 1 / (1 + np.exp(-total)))


def standings(cluster: Cluster, first: Model) -> Any:
    """The features of the second reading: those of the first, and how the pairs stand by its chances."""
    chance = chances(cluster, cluster.pairs.values, first)
    reports = [cluster.told[members[0]].span.report for members in cluster.copies]
    return np.hstack([cluster.pairs.values, pairs.standing(cluster.pairs.first, cluster.pairs.second, chance, reports)])


def fit_both(clusters: list[Cluster], strength: float) -> tuple[Model, Model]:
    """The models of both readings; the second is fitted on chances that other clusters' weights gave."""
    rows: list[Any] = [None] * len(clusters)
    for k in range(INNER):
        others = [c for n, c in enumerate(clusters) if n % INNER != k]
        first = fit(others, [c.pairs.values for c in others], strength)
        for n in range(k, len(clusters), INNER):
            rows[n] = standings(clusters[n], first)
    least = float(np.log((OPEN + 0.01) / (1.01 - OPEN)))  # as `pairs.standing` writes a chance
    return fit(clusters, [c.pairs.values for c in clusters], strength), fit(clusters, rows, strength, least)


def document(cluster: Cluster, models: tuple[Model, Model], bars: tuple[float, float]) -> dict[str, Any]:
    """The claims of one cluster as the scorer reads them, counted with the editor's origins."""
    chance = claims.parted(cluster.layout, chances(cluster, standings(cluster, models[0]), models[1]))
    origin = {r: n for n, o in enumerate(cluster.gold["origins"]) for r in o["reports"]}
    out: list[dict[str, Any]] = []
    for leaders in claims.grouped(cluster.layout, chance.tolist(), bars, cluster.origins):
        spans = [cluster.told[k].span for leader in leaders for k in cluster.copies[leader]]
        support = [{"report": s.report, "start": s.start, "end": s.end} for s in spans]
        out.append({"support": support, "origins": len({origin[s.report] for s in spans})})
    return {"reports": [], "claims": out}


def written(model: Model, names: list[str]) -> dict[str, Any]:
    """A model as the package reads it."""
    weights = {name: round(w, 6) for name, w in zip(names, model[1], strict=True)}
    return {"intercept": round(model[0], 6), "weights": weights}


def measure(scored: list[tuple[Cluster, dict[str, Any]]], scorer: ModuleType) -> str:
    """Pair F of the claims and the share of right origin counts."""
    total: dict[str, Any] = {}
    for cluster, dossier in scored:
        gold = {**cluster.gold, "conflicts": [], "pairs": [], "actors": [], "dates": []}
        for name, tally in scorer.score(gold, dossier).items():
            total.setdefault(name, type(tally)()).merge(tally)
    pair, count = total["claims"].row(), total["origin_count"].row()
    return f"claims P {pair['P']:.3f} R {pair['R']:.3f} F {pair['F']:.3f}, origin_count {count['F']:.3f}"


def fit_told(table: Path) -> tuple[Model, str]:
    """The model of `sureties.py`, fitted on supports read by hand, and how it does on other stories (ten parts).

    What tells only a part of the title counts as not told.
    """
    lines = [line.split("\t") for line in table.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    story = np.array([int(row[0]) for row in lines[1:]])
    told = np.array([row[1] == "told" for row in lines[1:]], dtype=int)
    values = np.array([[float(x) for x in row[2:]] for row in lines[1:]])

    def fitted(kept: Any) -> Model:
        mean, spread = values[kept].mean(axis=0), values[kept].std(axis=0)
        model = LogisticRegression(C=10.0, max_iter=1000)
        model.fit((values[kept] - mean) / spread, told[kept])
        weights = np.asarray(model.coef_)[0] / spread
        return float(np.asarray(model.intercept_)[0] - (weights * mean).sum()), [float(w) for w in weights]

    sure = np.zeros(len(told), dtype=bool)
    for k in range(PARTS):
        out = story % PARTS == k
        intercept, weights = fitted(~out)
        sure[out] = 1 / (1 + np.exp(-(values[out] @ np.array(weights) + intercept))) >= SURE
    figure = f"of {len(told)} counted by the chance of one fact {told.mean():.3f} tell it; of the {sure.sum()} surest "
    return fitted(sure | ~sure), figure + f"{told[sure].mean():.3f}, left out by story"


def main() -> None:
    """Measure left out and fitted, then write the weights fitted on all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clusters", type=Path)
    parser.add_argument("--out", type=Path, default=ROOT / "tellings" / "lexicons" / "claims.json")
    parser.add_argument("--join-at", type=float, default=0.17)
    parser.add_argument("--join-origins-at", type=float, default=0.22, help="where the join adds an origin")
    parser.add_argument("--strength", type=float, default=1.0, help="the inverse of the penalty on weights")
    args = parser.parse_args()
    spec = importlib.util.spec_from_file_location("score", args.clusters.parent / "score.py")
    if spec is None or spec.loader is None:
        parser.error("there is no score.py beside the clusters")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    folders = sorted(p.parent for p in args.clusters.glob("*/gold.json"))
    clusters = [load(folder, scorer) for folder in folders]
    bars = (args.join_at, args.join_origins_at)
    order = np.random.RandomState(0).permutation(len(clusters)).tolist()
    parts = [order[k::PARTS] for k in range(PARTS)]
    left_out: list[tuple[Cluster, dict[str, Any]]] = []
    for part in parts:
        models = fit_both([clusters[k] for k in order if k not in part], args.strength)
        left_out += [(clusters[k], document(clusters[k], models, bars)) for k in part]
    models = fit_both(clusters, args.strength)
    fitted = [(c, document(c, models, bars)) for c in clusters]
    figures = {"left out": measure(left_out, scorer), "fitted": measure(fitted, scorer)}
    for name, figure in figures.items():
        print(f"{name}: {figure}")
    told, figure = fit_told(Path(__file__).with_name("sureties.tsv"))
    print(f"told: {figure}")
    model = {
        "made_by": "training/claims.py, logistic regression; written for Tellings, Apache-2.0",
        "trained_on": f"{len(clusters)} clusters of reports annotated by editors; no text of theirs is held here",
        "measured": {**figures, "told": figure},
        "join_at": args.join_at,
        "join_origins_at": args.join_origins_at,
        **written(models[0], list(pairs.FEATURES)),
        "second": written(models[1], [*pairs.FEATURES, *(f"standing {name}" for name in pairs.STANDING)]),
        "told": written(told, list(sureties.PARTS)),
    }
    args.out.write_text(json.dumps(model, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
