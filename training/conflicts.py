"""Fit the weights by which two statements that part, and the drafts they make, are taken to be a conflict.

    python training/conflicts.py CLUSTERS_DIR [--out tellings/lexicons/conflicts.json]

CLUSTERS_DIR is that of `training/claims.py`, whose weights have to be fitted first. Prints the F
of conflicts with weights fitted on the clusters that are measured, and on other clusters (ten
parts). The bar from which a draft is shown is the highest whose F left out is nearly the best among
those of the least precision asked for (`--precision`). Conflicts of words given to two speakers are found
without the models and not counted here. Needs scikit-learn, which the package itself does not.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tellings import pipeline  # noqa: E402  # the package need not be installed
from tellings.acquire.files import read as read_files  # noqa: E402
from tellings.collate import answers, claims, conflicts, contrasts, pairs, rivals, tolls, values  # noqa: E402
from tellings.records import Collation  # noqa: E402
from tellings.text import Span  # noqa: E402

PARTS = 10


@dataclass
class Cluster:
    """One cluster: its layout, what its leaders hold, the candidates, and which of them editors found."""

    gold: dict[str, Any]
    layout: pairs.Layout
    told: list[contrasts.Told]
    origin: dict[str, str]
    sentences: dict[str, list[Span]]
    found: rivals.Candidates
    counted: list[rivals.Draft]
    right: Any
    valued: answers.Answers
    agreed: Any


def load(folder: Path, scorer: ModuleType) -> Cluster:
    """Read and label one cluster."""
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    reports, _ = read_files([str(folder / "reports.jsonl")])
    c = Collation(pipeline.annotate([r for r in reports if gold["on_topic"].get(r.id)]))
    for step in pipeline.COLLATE:
        if step.assigns in ("passages", "origins", "edits", "actors"):
            c = step.run(c)
    return label(gold, c, scorer)


def label(gold: dict[str, Any], c: Collation, scorer: ModuleType) -> Cluster:
    """The candidates of one cluster, and whether two readings of one gold conflict stand in them."""
    origin = claims.roots(c)
    layout = pairs.lay_out(c.reports, origin)
    told = conflicts.leaders(layout, c.reports)
    found = rivals.candidates(layout, told, origin, c.passages)
    sentences = {r.id: [s.span for s in r.sentences] for r in c.reports}
    clauses, whole = _sides(gold, layout, sentences, scorer)
    right = [
        any(n == m and j != k for n, j in sides[a] for m, k in sides[b])
        for a, b in zip(found.first, found.second, strict=True)
        for sides in [clauses if _one_sentence(told[a], told[b]) else whole]
    ]
    ends = zip(layout.pairs.first.tolist(), layout.pairs.second.tolist(), strict=True)
    near = dict(zip(ends, claims.chances(layout.pairs.values).tolist(), strict=True))
    counted = conflicts.counted(tolls.tolls(told, near))
    valued = answers.lay(
        values.values(told, c.reports, c.actors), layout, told, origin, near, reports=c.reports, passages=c.passages
    )
    held = [_held(gold, value.span) for value in valued.values]
    agreed = [
        any(n == m and j != k for n, j in held[a] for m, k in held[b])
        for a, b in zip(valued.first, valued.second, strict=True)
    ]
    return Cluster(
        gold,
        layout,
        told,
        origin,
        sentences,
        found,
        counted,
        np.array(right, dtype=int),
        valued,
        np.array(agreed, dtype=int),
    )


def _sides(
    gold: dict[str, Any], layout: pairs.Layout, sentences: dict[str, list[Span]], scorer: ModuleType
) -> tuple[list[set[tuple[int, int]]], list[set[tuple[int, int]]]]:
    """For each leader the readings, by their numbers, that its clause stands in, and those of the sentence.

    A conflict quotes the sentences of its clauses (`conflicts.widened`): what these say is what is judged. Of
    two clauses of one sentence, which keep their clauses, the clauses are.
    """

    def stands(quotes: list[dict[str, Any]]) -> set[tuple[int, int]]:
        return {
            (n, k)
            for n, conflict in enumerate(gold["conflicts"])
            for k, reading in enumerate(conflict["readings"])
            if scorer.any_hit(quotes, reading["support"])
        }

    clauses: list[set[tuple[int, int]]] = []
    whole: list[set[tuple[int, int]]] = []
    for members in layout.copies:
        spans = [layout.statements[k].span for k in members]
        clauses.append(stands([quote(span) for span in spans]))
        whole.append(stands([quote(conflicts.widened([[span]], sentences)[0][0]) for span in spans]))
    return clauses, whole


def _one_sentence(one: contrasts.Told, other: contrasts.Told) -> bool:
    """Whether two statements stand in one sentence."""
    a, b = one.statement, other.statement
    return (a.span.report, a.sentence) == (b.span.report, b.sentence)


def _held(gold: dict[str, Any], span: Span) -> set[tuple[int, int]]:
    """The readings of conflicts, by their numbers, whose quotes hold a part of a value."""
    return {
        (n, k)
        for n, conflict in enumerate(gold["conflicts"])
        for k, reading in enumerate(conflict["readings"])
        for s in reading["support"]
        if s["report"] == span.report and s["start"] < span.end and span.start < s["end"]
    }


def quote(span: Span) -> dict[str, Any]:
    """A span as the scorer reads it."""
    return {"report": span.report, "start": span.start, "end": span.end}


def fit(values: Any, right: Any, strength: float) -> rivals.Weights:
    """Intercept and weights for values as they are, fitted on their standardised form."""
    mean, spread = values.mean(axis=0), values.std(axis=0)
    spread[spread == 0] = 1
    model = LogisticRegression(C=strength, max_iter=1000).fit((values - mean) / spread, right)
    weights = np.asarray(model.coef_)[0] / spread
    intercept = float(np.asarray(model.intercept_)[0] - (weights * mean).sum())
    return rivals.Weights(round(intercept, 6), tuple(round(float(w), 6) for w in weights))


def fit_values(clusters: Sequence[Cluster], strength: float) -> rivals.Weights:
    """The weights of values."""
    return fit(
        np.concatenate([c.valued.rows for c in clusters]), np.concatenate([c.agreed for c in clusters]), strength
    )


def fit_pairs(clusters: Sequence[Cluster], strength: float) -> rivals.Weights:
    """The weights of pairs."""
    return fit(
        np.concatenate([c.found.values for c in clusters]), np.concatenate([c.right for c in clusters]), strength
    )


def drafts_of(
    cluster: Cluster, of_values: rivals.Weights, of_pairs: rivals.Weights, bars: rivals.Bars
) -> tuple[list[rivals.Draft], Any]:
    """The drafts of a cluster and their values."""
    taken = frozenset(k for one in cluster.counted for k in one.members())
    chance = of_values.chances(cluster.valued.rows)
    sharp = [*cluster.counted, *rivals.of_answers(cluster.valued, cluster.told, chance, bars, taken)]
    drafts = [*sharp, *rivals.draft(cluster.found, cluster.told, of_pairs.chances(cluster.found.values), bars, sharp)]
    return drafts, rivals.marks(drafts, cluster.layout, cluster.told, cluster.origin)


def supports(cluster: Cluster, one: rivals.Draft) -> list[list[dict[str, Any]]]:
    """The supports of each reading of a draft, as they are shown."""
    spans = [conflicts.quoted(cluster.layout, members, value) for value, members in one.readings]
    return [[quote(s) for s in many] for many in conflicts.widened(spans, cluster.sentences)]


def matched(cluster: Cluster, drafts: Sequence[rivals.Draft], scorer: ModuleType) -> list[bool]:
    """Whether each draft is a conflict that an editor found and no draft before it is, as the scorer counts."""
    out: list[bool] = []
    left = list(range(len(cluster.gold["conflicts"])))
    for one in drafts:
        readings = supports(cluster, one)
        every = [s for many in readings for s in many]
        right = None
        for n in left:
            gold = cluster.gold["conflicts"][n]["readings"]
            if 2 * sum(scorer.any_hit([s], [x for g in gold for x in g["support"]]) for s in every) < len(every):
                continue
            sides = [{k for k, many in enumerate(readings) if scorer.any_hit(many, g["support"])} for g in gold]
            if any(i != j for a, b in combinations(sides, 2) for i in a for j in b):
                right = n
                break
        if right is not None:
            left.remove(right)
        out.append(right is not None)
    return out


@dataclass
class Drafted:
    """The drafts of one cluster with their chances, and which are right."""

    cluster: Cluster
    drafts: list[rivals.Draft]
    chances: list[float]


def fit_drafts(
    clusters: Sequence[Cluster],
    of_values: rivals.Weights,
    of_pairs: rivals.Weights,
    bars: rivals.Bars,
    *,
    strength: float,
    scorer: ModuleType,
) -> rivals.Weights:
    """The weights of drafts that pairs weighed so make."""
    rows: list[Any] = []
    right: list[bool] = []
    for cluster in clusters:
        drafts, values = drafts_of(cluster, of_values, of_pairs, bars)
        weighed = [not one.counted for one in drafts]
        rows.append(values[weighed])
        found = matched(cluster, drafts, scorer)
        right += [r for r, kept in zip(found, weighed, strict=True) if kept]
    return fit(np.concatenate(rows), np.array(right, dtype=int), strength)


def drafted(
    clusters: Sequence[Cluster],
    of_values: rivals.Weights,
    of_pairs: rivals.Weights,
    of_drafts: rivals.Weights,
    bars: rivals.Bars,
) -> list[Drafted]:
    """The drafts of clusters under given weights."""
    out: list[Drafted] = []
    for cluster in clusters:
        drafts, values = drafts_of(cluster, of_values, of_pairs, bars)
        out.append(Drafted(cluster, drafts, of_drafts.chances(values)))
    return out


def measure(many: Sequence[Drafted], show: float, scorer: ModuleType) -> dict[str, float]:
    """Precision, recall and F of the drafts shown."""
    total = scorer.Tally()
    for one in many:
        shown = [d for d, p in zip(one.drafts, one.chances, strict=True) if conflicts.shown(d, p, show)]
        found = [
            {"slot": "", "readings": [{"value": "", "support": s} for s in supports(one.cluster, d)]} for d in shown
        ]
        gold = {**one.cluster.gold, "facts": [], "pairs": [], "actors": [], "dates": []}
        total.merge(scorer.score(gold, {"reports": [], "claims": [], "conflicts": found})["conflicts"])
    return {**total.row(), "found": total.pred, **{f"P@{n}": first_right(many, show, n, scorer) for n in (3, 5)}}


def ranked(one: Drafted, show: float) -> list[rivals.Draft]:
    """The drafts shown, as they are ranked."""
    rows = [
        (not (d.counted or d.valued), -p, k)
        for k, (d, p) in enumerate(zip(one.drafts, one.chances, strict=True))
        if conflicts.shown(d, p, show)
    ]
    return [one.drafts[k] for *_, k in sorted(rows)]


def first_right(many: Sequence[Drafted], show: float, count: int, scorer: ModuleType) -> float:
    """The part of the first few drafts of each cluster that editors found."""
    right = [matched(one.cluster, ranked(one, show), scorer)[:count] for one in many]
    return sum(map(sum, right)) / max(1, sum(map(len, right)))


def written(row: dict[str, float]) -> str:
    """A row of figures in words."""
    return (
        f"conflicts P {row['P']:.3f} R {row['R']:.3f} F {row['F']:.3f}, {int(row['found'])} found;"
        f" of the first three {row['P@3']:.3f} right, of five {row['P@5']:.3f}"
    )


SHOWN = tuple(k / 100 for k in range(10, 42, 2))


SPARED = 0.004
"""What a page gives up in F for a higher precision."""


def best_bar(many: Sequence[Drafted], precision: float, scorer: ModuleType) -> float:
    """The highest bar whose F is nearly the best among those with this precision at least."""
    rows = [(measure(many, show, scorer), show) for show in SHOWN]
    for row, show in rows:
        print(f"  shown at {show:.2f}: {written(row)}")
    sound = [(row["F"], show) for row, show in rows if row["P"] >= precision]
    most = max((f for f, _ in sound), default=0.0)
    return max((show for f, show in sound if f >= most - SPARED), default=SHOWN[-1])


def main() -> None:
    """Measure left out and fitted, then write the weights fitted on all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clusters", type=Path)
    parser.add_argument("--out", type=Path, default=ROOT / "tellings" / "lexicons" / "conflicts.json")
    parser.add_argument("--open-at", type=float, default=0.05)
    parser.add_argument("--add-at", type=float, default=0.02)
    parser.add_argument("--value-at", type=float, default=0.3, help="the least chance of two values")
    parser.add_argument("--precision", type=float, default=0.37, help="the least precision left out")
    parser.add_argument("--value-strength", type=float, default=0.03, help="the same, of the weights of values")
    parser.add_argument("--strength", type=float, default=0.03, help="the inverse of the penalty on weights")
    args = parser.parse_args()
    spec = importlib.util.spec_from_file_location("score", args.clusters.parent / "score.py")
    if spec is None or spec.loader is None:
        parser.error("there is no score.py beside the clusters")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    clusters = [load(folder, scorer) for folder in sorted(p.parent for p in args.clusters.glob("*/gold.json"))]
    bars = rivals.Bars(args.open_at, args.add_at, 0.0, args.value_at)
    order = np.random.RandomState(0).permutation(len(clusters)).tolist()
    left_out: list[Drafted] = []
    for part in [order[k::PARTS] for k in range(PARTS)]:
        others = [clusters[k] for k in order if k not in part]
        of_pairs = fit_pairs(others, args.strength)
        of_values = fit_values(others, args.value_strength)
        of_drafts = fit_drafts(others, of_values, of_pairs, bars, strength=args.strength, scorer=scorer)
        left_out += drafted([clusters[k] for k in part], of_values, of_pairs, of_drafts, bars)
    show = best_bar(left_out, args.precision, scorer)
    of_pairs = fit_pairs(clusters, args.strength)
    of_values = fit_values(clusters, args.value_strength)
    of_drafts = fit_drafts(clusters, of_values, of_pairs, bars, strength=args.strength, scorer=scorer)
    fitted = drafted(clusters, of_values, of_pairs, of_drafts, bars)
    figures = {
        "left out": written(measure(left_out, show, scorer)),
        "fitted": written(measure(fitted, show, scorer)),
    }
    for name, figure in figures.items():
        print(f"{name}: {figure}")

    def part_of(weights: rivals.Weights, names: Sequence[str]) -> dict[str, Any]:
        return {"intercept": weights.intercept, "weights": dict(zip(names, weights.weights, strict=True))}

    model_file = {
        "made_by": "training/conflicts.py, logistic regression; written for Tellings, Apache-2.0",
        "trained_on": f"{len(clusters)} clusters of reports annotated by editors; no text of theirs is held here",
        "measured": figures,
        "open_at": args.open_at,
        "add_at": args.add_at,
        "show_at": show,
        "value_at": args.value_at,
        "values": part_of(of_values, answers.PARTS),
        "pairs": part_of(of_pairs, rivals.POINTS),
        "drafts": part_of(of_drafts, rivals.MARKS),
    }
    args.out.write_text(json.dumps(model_file, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
