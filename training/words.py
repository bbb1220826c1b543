"""Train the part-of-speech model: `training/words.py DATA_DIR [--out FILE]`.

DATA_DIR holds `ud_ewt.{train,dev,test}.conllu.gz` (UD English EWT, CC BY-SA 4.0). Writes the
model to `tellings/lexicons/words.crfsuite` and prints its scores. The same data and version of
python-crfsuite give the same file.
"""

from __future__ import annotations

import argparse
import gzip
import random
import time
from collections.abc import Iterator
from pathlib import Path

import pycrfsuite

from tellings.annotate import words

SEED = 7
SMALL = {"a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"}
Sentence = tuple[list[str], list[str]]


def read(path: Path) -> Iterator[Sentence]:
    """Sentences of a CoNLL-U file: their words and tags."""
    forms: list[str] = []
    tags: list[str] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if not line.strip():
                if forms:
                    yield forms, tags
                forms, tags = [], []
            elif not line.startswith("#"):
                cells = line.split("\t")
                if cells[0].isdigit():
                    forms.append(cells[1])
                    tags.append(cells[3])


def as_title(forms: list[str], rng: random.Random) -> list[str]:
    """The words as a Title Case headline; half of the headlines leave short words small."""
    keep = SMALL if rng.random() < 0.5 else set[str]()
    return [w if w.lower() in keep or w[:1] in "'’n" else w[:1].upper() + w[1:] for w in forms]


def more(sentences: list[Sentence]) -> list[Sentence]:
    """The sentences with copies as headlines: one in seven in Title Case, one in twelve in capitals."""
    rng = random.Random(SEED)  # noqa: S311  # chance for training, not for secrets
    out = list(sentences)
    for forms, tags in sentences:
        dice = rng.random()
        if len(forms) < 4 or len(forms) > 24:
            continue
        if dice < 0.15:
            out.append((as_title(forms, rng), tags))
        elif dice < 0.24:
            out.append(([w.upper() for w in forms], tags))
    return out


def score(sentences: list[Sentence]) -> tuple[float, float]:
    """The share of tags that are right, and words a second."""
    begin = time.perf_counter()
    found = [words.tag(forms) for forms, _ in sentences]
    took = time.perf_counter() - begin
    pairs = [(a, b) for got, (_, want) in zip(found, sentences, strict=True) for a, b in zip(got, want, strict=True)]
    return sum(a == b for a, b in pairs) / len(pairs), len(pairs) / took


def main() -> None:
    """Train, write, score."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1] / "tellings/lexicons/words.crfsuite")
    parser.add_argument("--iterations", type=int, default=150)
    parser.add_argument("--c1", type=float, default=0.3)
    parser.add_argument("--c2", type=float, default=0.02)
    parser.add_argument("--score-only", action="store_true")
    a = parser.parse_args()
    if not a.score_only:
        trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
        for forms, tags in more(list(read(a.data / "ud_ewt.train.conllu.gz"))):
            trainer.append(words.features(forms), tags)
        trainer.set_params(
            {"c1": a.c1, "c2": a.c2, "max_iterations": a.iterations, "feature.minfreq": 2, "linesearch": "Backtracking"}
        )
        trainer.train(str(a.out))
    tagger = pycrfsuite.Tagger()
    tagger.open(str(a.out))
    words._model = lambda: tagger  # noqa: SLF001  # the model just made
    rng = random.Random(SEED)  # noqa: S311  # chance for training, not for secrets
    print(f"{a.out.name}: {a.out.stat().st_size / 1e6:.1f} MB")
    for part in ("dev", "test"):
        plainly = list(read(a.data / f"ud_ewt.{part}.conllu.gz"))
        for name, some in (
            ("as given", plainly),
            ("Title Case", [(as_title(w, rng), t) for w, t in plainly]),
            ("capitals", [([x.upper() for x in w], t) for w, t in plainly]),
        ):
            right, speed = score(some)
            print(f"{part} {name:<11} {right:.4f} at {speed:,.0f} words/s")


if __name__ == "__main__":
    main()
