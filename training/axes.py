"""Find the main axes of the encoder's word vectors, by which statements are compared.

    python training/axes.py DATA_DIR [--out tellings/lexicons/axes.npy]

DATA_DIR holds `worldwide_ner.jsonl.gz`, from which the encoder learned too. The axes are the first
principal components of its sentences, each the mean of its words' vectors of length 1; they are
scaled so that nearly all words lie within a signed byte on each. The last row is where sentences lie
in the mean, brought to length 1 each.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tellings.annotate import encoder, words  # noqa: E402  # the package need not be installed
from tellings.records import Annotated, Report, Sentence  # noqa: E402
from tellings.text import Span  # noqa: E402

AXES = encoder.AXES
WITHIN = 0.9995  # this part of the words' places on the axes fits in a byte; the rest is cut


def main() -> None:
    """Write the axes as half-precision floats, a row for each of the encoder's 384 numbers."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, default=ROOT / "tellings" / "lexicons" / "axes.npy")
    parser.add_argument("--articles", type=int, default=200)
    args = parser.parse_args()
    with gzip.open(args.data / "worldwide_ner.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    step = max(1, len(rows) // args.articles)
    some, means = [], []
    for row in rows[::step][: args.articles]:
        given = tuple(Sentence(Span("x", s, e), n) for n, (s, e) in enumerate(row["sentences"]))
        record = Annotated(Report("x", row["text"]), sentences=given)
        record = Annotated(record.report, sentences=given, words=words.find(record))
        for own in (reading.words for reading in encoder.read(encoder.inputs(record))):
            if len(own) > 2:
                means.append(own.mean(axis=0) / np.linalg.norm(own.mean(axis=0)))
                some.append(own[::4])
    every = np.stack(means).astype(np.float64)
    values, axes = np.linalg.eigh(every.T @ every / len(every))
    kept = axes[:, ::-1][:, :AXES]
    kept *= np.sign(kept[np.abs(kept).argmax(axis=0), np.arange(AXES)])
    edge = float(np.quantile(np.abs(np.concatenate(some) @ kept), WITHIN))
    placed = every @ kept
    mean = (placed / np.linalg.norm(placed, axis=1, keepdims=True)).mean(axis=0)
    np.save(args.out, np.vstack([kept * (127 / edge), mean]).astype(np.float16))
    print(f"{len(means)} sentences; the axes hold {values[::-1][:AXES].sum() / values.sum():.3f} of their spread")


if __name__ == "__main__":
    main()
