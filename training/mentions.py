"""Train the model of named mentions: `training/mentions.py DATA_DIR [--out FILE] [--folds N]`.

DATA_DIR holds `worldwide_ner.jsonl.gz` (English Worldwide Newswire; no licence stated). With
`--folds` it measures only: whole regions (the collection's own prefixes) are left out in turn, the
predictions are written as JSON Lines beside FILE, and strict scores are printed. Without, it
trains on all and writes `tellings/lexicons/mentions.crfsuite`. The parts of speech come from the
model that `training/words.py` made: train that first.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pycrfsuite
from words import as_title

from tellings.annotate import mentions, words

SEED = 7
# Words were joined with blanks where print has none: half of the articles are learned as printed.
APART = re.compile(r"(?<=[’'])( )(?=(?:s|t|re|ll|ve|d|m)\b)|(?<=\b[A-Z]\.)( )(?=[A-Z]\.)")


def as_printed(row: dict[str, Any]) -> dict[str, Any]:
    """The article without blanks in "U. S." and before "’ s", its offsets moved along."""
    text: str = row["text"]
    cuts = [m.start() for m in APART.finditer(text)]
    if not cuts:
        return row
    moved: list[int] = []
    gone, dropped = 0, set(cuts)
    for place in range(len(text) + 1):
        moved.append(place - gone)
        gone += place in dropped
    return {
        **row,
        "text": "".join(c for place, c in enumerate(text) if place not in dropped),
        "sentences": [[moved[s], moved[e]] for s, e in row["sentences"]],
        "mentions": [{**m, "start": moved[m["start"]], "end": moved[m["end"]]} for m in row["mentions"]],
    }


def tokens(row: dict[str, Any]) -> list[list[mentions.Token]]:
    """The words of each sentence with their parts of speech."""
    out: list[list[mentions.Token]] = []
    for begin, stop in row["sentences"]:
        text = row["text"][begin:stop]
        places = words.split(text)
        tags = words.tag([text[s:e] for s, e in places])
        out.append([(begin + s, begin + e, pos) for (s, e), pos in zip(places, tags, strict=True)])
    return out


def gold(row: dict[str, Any], sentences: list[list[mentions.Token]]) -> list[list[str]]:
    """The label of each word; products and works are learned as one more kind, and not reported."""
    kind_at: dict[int, tuple[int, str]] = {}
    for m in sorted(row["mentions"], key=lambda m: (m["start"], -m["end"])):
        kind = m["kind"] if m["kind"] in mentions.KINDS else "other" if m["kind"] in {"misc", "product"} else ""
        for place in range(m["start"], m["end"]) if kind else ():
            kind_at.setdefault(place, (m["start"], kind))
    out: list[list[str]] = []
    for sentence in sentences:
        marks: list[str] = []
        before: tuple[int, str] | None = None
        for start, end, _ in sentence:
            here = next((kind_at[p] for p in range(start, end) if p in kind_at), None)
            marks.append("O" if here is None else ("I-" if here == before else "B-") + here[1])
            before = here
        out.append(marks)
    return out


def train(rows: list[dict[str, Any]], out: Path, a: argparse.Namespace) -> None:
    """Train on the articles and write the model."""
    rng = random.Random(SEED)  # noqa: S311  # chance for training, not for secrets
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    for given in rows:
        row = as_printed(given) if rng.random() < 0.5 else given
        sentences = tokens(row)
        marks = gold(row, sentences)
        forms = [[row["text"][s:e] for s, e, _ in sentence] for sentence in sentences]
        evidence = mentions._evidence(forms)  # noqa: SLF001  # the same evidence as at work
        for some, sentence, wanted in zip(forms, sentences, marks, strict=True):
            if not some:
                continue
            trainer.append(mentions.features(some, [pos for _, _, pos in sentence], evidence), wanted)
            dice = rng.random()
            if dice < 0.15 and 4 < len(some) < 25:
                copy = as_title(some, rng) if dice < 0.11 else [w.upper() for w in some]
                trainer.append(mentions.features(copy, words.tag(copy), evidence), wanted)
    trainer.set_params(
        {"c1": a.c1, "c2": a.c2, "max_iterations": a.iterations, "feature.minfreq": 2, "linesearch": "Backtracking"}
    )
    trainer.train(str(out))


def use(path: Path) -> None:
    """Let the module work with the model at `path`."""
    tagger = pycrfsuite.Tagger()
    tagger.open(str(path))
    mentions._model = lambda: tagger  # noqa: SLF001  # a model that is not shipped


def folds(rows: list[dict[str, Any]], n: int) -> list[set[str]]:
    """The regions in `n` sets of about as many articles."""
    out: list[set[str]] = [set() for _ in range(n)]
    sizes = [0] * n
    for region, size in sorted(Counter(row["region"] for row in rows).items(), key=lambda x: (-x[1], x[0])):
        least = sizes.index(min(sizes))
        out[least].add(region)
        sizes[least] += size
    return out


def main() -> None:
    """Train, write, and measure where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1] / "tellings/lexicons/mentions.crfsuite")
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--only", type=int, default=0, help="measure the first so many folds")
    parser.add_argument("--iterations", type=int, default=120)
    parser.add_argument("--c1", type=float, default=0.1)
    parser.add_argument("--c2", type=float, default=0.02)
    a = parser.parse_args()
    with gzip.open(a.data / "worldwide_ner.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    if not a.folds:
        train(rows, a.out, a)
        print(f"{a.out.name}: {a.out.stat().st_size / 1e6:.1f} MB")
        return
    tally: dict[str, list[int]] = {kind: [0, 0, 0] for kind in (*mentions.KINDS, "all")}
    with a.out.with_suffix(".jsonl").open("w", encoding="utf-8") as sink:
        for number, regions in enumerate(folds(rows, a.folds)[: a.only or None]):
            model = a.out.with_suffix(f".{number}.crfsuite")
            train([row for row in rows if row["region"] not in regions], model, a)
            use(model)
            begin, count = time.perf_counter(), 0
            for row in rows:
                if row["region"] not in regions:
                    continue
                sentences = tokens(row)
                count += sum(map(len, sentences))
                found = mentions.read(row["text"], sentences)
                want = {(m["start"], m["end"], m["kind"]) for m in row["mentions"] if m["kind"] in mentions.KINDS}
                for kind, counts in tally.items():
                    got = {f for f in found if kind in ("all", f[2])}
                    fit = {w for w in want if kind in ("all", w[2])}
                    for place, some in enumerate((got & fit, got, fit)):
                        counts[place] += len(some)
                kept = [{"start": s, "end": e, "kind": kind} for s, e, kind in found]
                sink.write(json.dumps({"id": row["id"], "mentions": kept}) + "\n")
            speed, size = count / (time.perf_counter() - begin), model.stat().st_size / 1e6
            print(f"fold {number}: {speed:,.0f} words/s, {size:.1f} MB")
    for kind, (right, got, want) in tally.items():
        p, r = right / max(got, 1), right / max(want, 1)
        print(f"{kind:<13} P {p:.3f} R {r:.3f} F {2 * right / max(got + want, 1):.3f}")


if __name__ == "__main__":
    main()
