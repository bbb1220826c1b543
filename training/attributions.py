#!/usr/bin/env python3
"""Train the model of sources, cues and contents: `training/attributions.py DATA_DIR [--out FILE]`.

DATA_DIR holds `polnear.{train,dev}.jsonl.gz`. Run it after `training/words.py` and
`training/mentions.py`, whose models it builds upon. Writes the model to
`tellings/lexicons/attributions.crfsuite` and prints its scores by characters. The same data, models and
version of python-crfsuite give the same file.
"""

from __future__ import annotations

import argparse
import gzip
import json
from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pycrfsuite

from tellings.annotate import roles
from tellings.annotate.attributions import hints
from tellings.annotate.frames import Tokens, spotted, tokens
from tellings.annotate.quotes import stretches
from tellings.pipeline import ANNOTATE
from tellings.records import Annotated, Report

ROLES = ("content", "source", "cue")
Example = tuple[Tokens, list[str], list[str], list[str]]
"""Words, what the model is told of them (two lists), and the labels that it should give."""


def read(path: Path) -> Iterator[tuple[Annotated, list[dict[str, Any]]]]:
    """Articles with words and mentions, and their attributions."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            record = Annotated(Report(row["id"], row["text"]))
            for step in ANNOTATE:
                if step.assigns in ("sentences", "words", "mentions"):
                    record = step.run(record)
            yield record, row["attributions"]


def wanted(t: Tokens, attributions: list[dict[str, Any]]) -> list[str]:
    """The label of every word; a stretch begins anew with each sentence."""
    out = ["O"] * len(t.spans)
    starts = [span.start for span in t.spans]
    for role in ROLES:
        for x in attributions:
            for start, end in x[role]:
                before = -1
                for k in range(bisect_left(starts, start), bisect_left(starts, end)):
                    out[k] = ("I-" if t.sentence[k] == before else "B-") + role
                    before = t.sentence[k]
    return out


def examples(path: Path) -> Iterator[Example]:
    """What the model learns from, one example an article."""
    for record, attributions in read(path):
        t = tokens(record, stretches(record))
        yield t, *hints(record, t, spotted(t)), wanted(t, attributions)


def score(path: Path) -> None:
    """Print precision, recall and F by characters, the model's labels against those wanted."""
    counts = {role: [0, 0, 0] for role in ROLES}
    for t, rules, names, labels in examples(path):
        for span, found, right in zip(t.spans, roles.label(t, rules, names), labels, strict=True):
            for role, n in counts.items():
                a, b = found.endswith(role), right.endswith(role)
                n[0] += (a and b) * len(span)
                n[1] += a * len(span)
                n[2] += b * len(span)
    for role, (both, found, right) in counts.items():
        print(f"{role:<8} P {both / found:.3f}  R {both / right:.3f}  F {2 * both / (found + right):.3f}")


def main() -> None:
    """Train, write, score."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument(
        "--out", type=Path, default=Path(__file__).parents[1] / "tellings/lexicons/attributions.crfsuite"
    )
    parser.add_argument("--iterations", type=int, default=100)
    parser.add_argument("--c1", type=float, default=1.5)
    parser.add_argument("--c2", type=float, default=0.02)
    parser.add_argument("--least", type=int, default=4, help="features seen less often are left out")
    parser.add_argument("--score-only", action="store_true")
    a = parser.parse_args()
    if not a.score_only:
        trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
        for t, rules, names, labels in examples(a.data / "polnear.train.jsonl.gz"):
            for number in range(len(t.edges) - 1):
                lo, hi = t.edges[number], t.edges[number + 1]
                if hi > lo:
                    trainer.append(roles.features(t, number, rules, names), labels[lo:hi])
        trainer.set_params(
            {
                "c1": a.c1,
                "c2": a.c2,
                "max_iterations": a.iterations,
                "feature.minfreq": a.least,
                "feature.possible_transitions": True,
            }
        )
        trainer.train(str(a.out))
    tagger = pycrfsuite.Tagger()
    tagger.open(str(a.out))
    roles._model = lambda: tagger  # noqa: SLF001  # the model just made stands in for the shipped one
    print(f"{a.out.name}: {a.out.stat().st_size / 1e6:.1f} MB")
    score(a.data / "polnear.dev.jsonl.gz")


if __name__ == "__main__":
    main()
