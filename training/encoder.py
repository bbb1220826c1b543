#!/usr/bin/env python3
"""Train the encoder: `training/encoder.py STEP ...`, in an environment of its own (`requirements-training.txt`).

    prepare DATA_DIR WORK       words, marks and labels of all sentences, from the data sets
    train WORK START            fine-tune from START (a folder with the all-MiniLM-L6-v2 weights)
    measure DATA_DIR WORK       the labels of the trained weights on what was left out
    export WORK                 the 8-bit model for onnxruntime, to tellings/lexicons/encoder.onnx

DATA_DIR holds `polnear.{train,dev}.jsonl.gz` and `worldwide_ner.jsonl.gz`. Of the latter the regions
of `LEFT_OUT` are never learned from, so that figures on them speak for regions not seen. The
vector head learns to give the vectors of the start model, on the same sentences.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import pickle
import random
import re
import sys
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tellings.annotate import encoder, words  # noqa: E402
from tellings.pipeline import ANNOTATE  # noqa: E402
from tellings.records import Annotated, Report, Sentence, Word  # noqa: E402
from tellings.text import Span  # noqa: E402

SEED = 7
PARTS, LEFT_OUT = 5, 0
"""Regions are dealt into so many parts of like size; this one is left out."""
# Words were joined with blanks where print has none: half of the articles are learned as printed.
APART = re.compile(r"(?<=[’'])( )(?=(?:s|t|re|ll|ve|d|m)\b)|(?<=\b[A-Z]\.)( )(?=[A-Z]\.)")
LENGTHS = (16, 24, 32, 48, 64, 96, 128, 192, 256)


@dataclass(slots=True)
class Example:
    """One sentence and the numbers of its words' labels; None where the data set has none of the kind."""

    given: encoder.Input
    names: list[int] | None
    roles: list[int] | None


# ---------------------------------------------------------------- what is learned from


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a data set."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


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


def folds(rows: list[dict[str, Any]], n: int) -> list[set[str]]:
    """The regions in `n` sets of about as many articles, largest region first."""
    out: list[set[str]] = [set() for _ in range(n)]
    sizes = [0] * n
    for region, size in sorted(Counter(row["region"] for row in rows).items(), key=lambda x: (-x[1], x[0])):
        least = sizes.index(min(sizes))
        out[least].add(region)
        sizes[least] += size
    return out


def worded(text: str, sentences: list[list[int]]) -> Annotated:
    """A report with these sentences and their words."""
    given = tuple(Sentence(Span("x", s, e), n) for n, (s, e) in enumerate(sentences))
    record = Annotated(Report("x", text), sentences=given)
    return Annotated(record.report, sentences=given, words=words.find(record))


def numbered(some: tuple[Word, ...], stretches: list[tuple[int, int, str]], labels: tuple[str, ...]) -> list[int]:
    """The number of each word's label; a stretch begins anew with the sentence."""
    out = [0] * len(some)
    starts = [word.span.start for word in some]
    for start, end, kind in stretches:
        first = bisect_left(starts, start)
        if first and some[first - 1].span.end > start:
            first -= 1
        for at in range(first, bisect_left(starts, end)):
            if not out[at]:
                out[at] = labels.index(("I-" if at > first else "B-") + kind)
    return out


def named(row: dict[str, Any]) -> Iterator[Example]:
    """The sentences of an article with marked names."""
    record = worded(row["text"], row["sentences"])
    kinds = [
        (m["start"], m["end"], m["kind"] if m["kind"] in encoder.KINDS else "other")
        for m in sorted(row["mentions"], key=lambda m: (m["start"], -m["end"]))
        if m["kind"] in (*encoder.KINDS, "misc", "product")
    ]
    for some, given in zip(record.words, encoder.inputs(record), strict=True):
        if some:
            lo, hi = some[0].span.start, some[-1].span.end
            mine = [k for k in kinds if k[0] < hi and lo < k[1]]
            yield Example(given, numbered(some, mine, encoder.NAMES), None)


def attributed(row: dict[str, Any]) -> Iterator[Example]:
    """The sentences of an article with marked attributions; sources and cues win over contents."""
    record = Annotated(Report("x", row["text"]))
    for step in ANNOTATE:
        if step.assigns in ("removed", "sentences", "words"):
            record = step.run(record)
    for some, given in zip(record.words, encoder.inputs(record), strict=True):
        if not some:
            continue
        lo, hi = some[0].span.start, some[-1].span.end
        mine = [
            (max(start, lo), min(end, hi), role)
            for role in ("cue", "source", "content")
            for x in row["attributions"]
            for start, end in x[role]
            if start < hi and lo < end
        ]
        yield Example(given, None, numbered(some, mine, encoder.ROLES))


def cased(example: Example, rng: random.Random) -> Example:
    """The example as a headline: in capitals, or in Title Case, its shapes and evidence with it."""
    capitals = rng.random() < 0.3
    place = encoder.MARKS.index
    gone = {place(m) for m in encoder.MARKS if m.startswith(("shape", "seen", "listed"))}
    out: list[tuple[int, ...]] = []
    for marks in example.given.marks:
        letters = any(place(f"shape {s}") in marks for s in ("x", "X", "Xx", "Xm", "U"))
        kept = [m for m in marks if m not in gone]
        shape = next((m for m in marks if encoder.MARKS[m].startswith("shape")), place("shape "))
        if letters:
            small = place("shape x") in marks and rng.random() < 0.2
            shape = place("shape U") if capitals else shape if small else place("shape Xx")
            kept.append(place("seen none"))
        if not capitals:
            kept += [m for m in marks if encoder.MARKS[m].startswith("listed")]
        out.append((shape, *kept, place("capitals" if capitals else "title case")))
    given = encoder.Input(example.given.ids, example.given.owners, example.given.firsts, tuple(out))
    return Example(given, example.names, example.roles)


def prepare(data: Path, work: Path) -> None:
    """Write `examples.pickle`: the sentences to learn from and those left out, by name."""
    rng = random.Random(SEED)  # noqa: S311  # chance for training, not for secrets
    out: dict[str, list[Example]] = {"learned": [], "names left out": [], "roles left out": []}
    articles = list(rows(data / "worldwide_ner.jsonl.gz"))
    left = folds(articles, PARTS)[LEFT_OUT]
    for row in articles:
        if row["region"] in left:
            out["names left out"] += named(row)
            continue
        for example in named(as_printed(row) if rng.random() < 0.5 else row):
            out["learned"].append(example)
            if rng.random() < 0.12 and 4 < len(example.given.firsts) < 25:
                out["learned"].append(cased(example, rng))
    for row in rows(data / "polnear.train.jsonl.gz"):
        out["learned"] += attributed(row)
    for row in rows(data / "polnear.dev.jsonl.gz"):
        out["roles left out"] += attributed(row)
    with (work / "examples.pickle").open("wb") as sink:
        pickle.dump(out, sink)
    print({name: len(some) for name, some in out.items()}, sorted(left))


# ---------------------------------------------------------------- the network


def network(layers: int) -> Any:
    """The network: word pieces and marks in, three heads out."""
    import torch
    from torch import nn

    class Layer(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.query, self.key, self.value, self.out = (nn.Linear(384, 384) for _ in range(4))
            self.after_attention, self.after = (nn.LayerNorm(384, eps=1e-12) for _ in range(2))
            self.up, self.down = nn.Linear(384, 1536), nn.Linear(1536, 384)
            self.drop = nn.Dropout(0.1)

        def forward(self, x: Any, bias: Any) -> Any:
            b, t, _ = x.shape
            q, k, v = (f(x).view(b, t, 12, 32).transpose(1, 2) for f in (self.query, self.key, self.value))
            weights = self.drop(torch.softmax(q @ k.transpose(-1, -2) / math.sqrt(32) + bias, dim=-1))
            seen = (weights @ v).transpose(1, 2).reshape(b, t, 384)
            x = self.after_attention(x + self.drop(self.out(seen)))
            return self.after(x + self.drop(self.down(nn.functional.gelu(self.up(x)))))

    class Network(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.pieces = nn.Embedding(30522, 384)
            self.places = nn.Embedding(512, 384)
            self.marks = nn.Linear(len(encoder.MARKS), 384, bias=False)
            self.before = nn.LayerNorm(384, eps=1e-12)
            self.layers = nn.ModuleList(Layer() for _ in range(layers))
            self.names = nn.Linear(384, len(encoder.NAMES))
            self.roles = nn.Linear(384, len(encoder.ROLES))
            self.vector = nn.Linear(384, 384)
            self.drop = nn.Dropout(0.1)

        def forward(self, ids: Any, marks: Any) -> tuple[Any, Any, Any]:
            mask = (ids != 0).float()
            x = self.pieces(ids) + self.places.weight[: ids.shape[1]] + self.marks(marks.float())
            x = self.drop(self.before(x))
            bias = (1.0 - mask)[:, None, None, :] * -10000.0
            for layer in self.layers:
                x = layer(x, bias)
            # A sentence's vector is the mean of these over its pieces, brought to length 1. The sum is left to the
            # reader: the order in which a network sums depends on how many sentences it is given.
            vector = self.vector(x)
            y = self.drop(x)
            return torch.log_softmax(self.names(y).float(), -1), torch.log_softmax(self.roles(y).float(), -1), vector

    return Network()


def started(start: Path, layers: int) -> Any:
    """The network with the weights of the start model; marks start at nothing, the vector head at identity."""
    import torch
    from safetensors.torch import load_file

    given = load_file(start / "model.safetensors")
    given = {name.removeprefix("bert."): value for name, value in given.items()}
    net = network(layers)
    own = net.state_dict()
    own["pieces.weight"] = given["embeddings.word_embeddings.weight"]
    own["places.weight"] = (
        given["embeddings.position_embeddings.weight"] + given["embeddings.token_type_embeddings.weight"][0]
    )
    for part in ("weight", "bias"):
        own[f"before.{part}"] = given[f"embeddings.LayerNorm.{part}"]
        for number in range(layers):
            there = f"encoder.layer.{number}."
            for mine, theirs in (
                ("query", "attention.self.query"),
                ("key", "attention.self.key"),
                ("value", "attention.self.value"),
                ("out", "attention.output.dense"),
                ("after_attention", "attention.output.LayerNorm"),
                ("up", "intermediate.dense"),
                ("down", "output.dense"),
                ("after", "output.LayerNorm"),
            ):
                own[f"layers.{number}.{mine}.{part}"] = given[f"{there}{theirs}.{part}"]
    own["marks.weight"] = torch.zeros_like(own["marks.weight"])
    own["vector.weight"] = torch.eye(384)
    own["vector.bias"] = torch.zeros(384)
    net.load_state_dict(own)
    return net


def batches(examples: list[Example], room: int, rng: random.Random | None = None) -> list[list[int]]:
    """The numbers of the examples in batches of like length, each of at most `room` pieces."""
    order = list(range(len(examples)))
    if rng:
        rng.shuffle(order)
    by_length: dict[int, list[int]] = {}
    out: list[list[int]] = []
    for number in order:
        size = min(len(examples[number].given.ids), 256)
        length = next(n for n in LENGTHS if n >= size)
        mine = by_length.setdefault(length, [])
        mine.append(number)
        if (len(mine) + 1) * length > room:
            out.append(by_length.pop(length))
    out += [some for _, some in sorted(by_length.items())]
    if rng:
        rng.shuffle(out)
    return out


def packed(examples: list[Example], some: list[int]) -> tuple[Any, Any, Any, Any]:
    """Pieces, marks and the two rows of labels of a batch, as tensors; -100 where no label stands."""
    import torch

    size = max(min(len(examples[n].given.ids), 256) for n in some)
    ids = np.zeros((len(some), size), np.int64)
    marks = np.zeros((len(some), size, len(encoder.MARKS)), np.uint8)
    names = np.full((len(some), size), -100, np.int64)
    roles = np.full((len(some), size), -100, np.int64)
    for row, number in enumerate(some):
        example = examples[number]
        given = example.given
        n = min(len(given.ids), size)
        ids[row, :n] = given.ids[:n]
        for at, owner in enumerate(given.owners[:n]):
            if owner >= 0:
                marks[row, at, list(given.marks[owner])] = 1
        for labels, wanted in ((names, example.names), (roles, example.roles)):
            if wanted is not None:
                for at, label in zip(given.firsts, wanted, strict=True):
                    if at < n:
                        labels[row, at] = label
    return torch.from_numpy(ids), torch.from_numpy(marks), torch.from_numpy(names), torch.from_numpy(roles)


def pooled(given: Any, ids: Any) -> Any:
    """The vector of every sentence of a batch, of length 1, from those of its pieces."""
    from torch import nn

    return nn.functional.normalize((given * (ids != 0).float()[..., None]).sum(1), dim=-1)


def vectors(net: Any, examples: list[Example]) -> Any:
    """The start model's vector of every example."""
    import torch

    out = torch.zeros(len(examples), 384)
    net.eval()
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        for some in batches(examples, 8192):
            ids, marks, _, _ = packed(examples, some)
            out[some] = pooled(net(ids, marks * 0)[2].float(), ids)
    return out


def train(work: Path, start: Path, a: argparse.Namespace) -> None:
    """Fine-tune and write `weights.pt`, after every pass over the data."""
    import torch
    from torch import nn

    torch.manual_seed(SEED)
    torch.set_num_threads(a.threads)
    rng = random.Random(SEED)  # noqa: S311  # as above
    with (work / "examples.pickle").open("rb") as source:
        sets: dict[str, list[Example]] = pickle.load(source)  # noqa: S301  # what `prepare` wrote
    learned = sets["learned"][:: a.every]
    net = started(start, a.layers)
    kept = work / f"vectors{a.every}.pt"
    if not kept.exists():
        torch.save(vectors(started(start, 6), learned), kept)
    wanted = torch.load(kept)
    fresh = [p for n, p in net.named_parameters() if n.startswith(("names", "roles", "marks"))]
    known = [p for n, p in net.named_parameters() if not n.startswith(("names", "roles", "marks", "places"))]
    optimizer = torch.optim.AdamW(
        [{"params": known, "lr": a.rate}, {"params": fresh, "lr": a.rate * 10}], weight_decay=0.01, betas=(0.9, 0.98)
    )
    steps = a.passes * len(batches(learned, a.room))
    done, begin = 0, time.time()
    rates = [group["lr"] for group in optimizer.param_groups]
    for turn in range(a.passes):
        net.train()
        losses: list[tuple[float, float, float]] = []
        for some in batches(learned, a.room, rng):
            share = min((done + 1) / (0.06 * steps), (steps - done) / (0.94 * steps))
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = rate * share
            ids, marks, names, roles = packed(learned, some)
            with torch.autocast("cpu", torch.bfloat16):
                of_names, of_roles, vector = net(ids, marks)
            parts = [
                nn.functional.nll_loss(out.flatten(0, 1), labels.flatten(), ignore_index=-100, reduction="sum")
                / max(1, int((labels >= 0).sum()))
                if bool((labels >= 0).any())
                else out.sum() * 0
                for out, labels in ((of_names, names), (of_roles, roles))
            ]
            away = (1 - (pooled(vector.float(), ids) * wanted[some]).sum(-1)).mean()
            loss = parts[0] + parts[1] + a.vector * away
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            done += 1
            losses.append((float(parts[0]), float(parts[1]), float(away)))
            if done % 100 == 0:
                mean = [sum(x) / len(losses[-100:]) for x in zip(*losses[-100:], strict=True)]
                print(f"{done}/{steps} {time.time() - begin:.0f} s", *(f"{x:.4f}" for x in mean), flush=True)
        torch.save({"layers": a.layers, "weights": net.state_dict()}, work / f"{a.name}.pt")
        print(f"pass {turn + 1}", *judged(net, sets), sep="\n", flush=True)


# ---------------------------------------------------------------- how it reads what was left out


def judged(net: Any, sets: dict[str, list[Example]]) -> list[str]:
    """F of names by whole spans and of roles by words, on what was left out, from the best labels."""
    import torch

    net.eval()
    out: list[str] = []
    for name, place, labels in (("names left out", 0, encoder.NAMES), ("roles left out", 1, encoder.ROLES)):
        examples = sets[name]
        tally = dict.fromkeys((*labels[1::2], "all"), (0, 0, 0))
        for some in batches(examples, 8192):
            ids, marks, *_ = packed(examples, some)
            with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
                scores = net(ids, marks)[place].float().numpy()
            for row, number in zip(scores, some, strict=True):
                example = examples[number]
                firsts = [at for at in example.given.firsts if at < len(row)]
                found = encoder.best(row[firsts], labels)
                right = [labels[n] for n in ((example.names, example.roles)[place] or ())][: len(found)]
                for kind in tally:
                    if place == 0:
                        x, y = (
                            {g for g in encoder.stretches_of(m) if kind in ("all", "B-" + g[2]) and g[2] != "other"}
                            for m in (found, right)
                        )
                    else:
                        x, y = ({i for i, m in enumerate(marks_) if m[2:] == kind[2:]} for marks_ in (found, right))
                    n = tally[kind]
                    tally[kind] = (n[0] + len(x & y), n[1] + len(x), n[2] + len(y))
        for kind, (both, found_, right_) in tally.items():
            if found_ and right_:
                out.append(
                    f"  {kind:<16} P {both / found_:.3f} R {both / right_:.3f} F {2 * both / (found_ + right_):.3f}"
                )
    return out


def main() -> None:
    """Do one step."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    steps = parser.add_subparsers(dest="step", required=True)
    for step, places in (("prepare", ("data", "work")), ("train", ("work", "start")), ("export", ("work",))):
        one = steps.add_parser(step)
        for place in places:
            one.add_argument(place, type=Path)
        one.add_argument("--name", default="weights")
        if step == "train":
            one.add_argument("--layers", type=int, default=6)
            one.add_argument("--passes", type=int, default=4)
            one.add_argument("--rate", type=float, default=1e-4)
            one.add_argument("--room", type=int, default=2048)
            one.add_argument("--vector", type=float, default=2.0)
            one.add_argument("--threads", type=int, default=2)
            one.add_argument("--every", type=int, default=1, help="learn from each so-manieth sentence, for trials")
        if step == "export":
            one.add_argument("--out", type=Path, default=ROOT / "tellings/lexicons/encoder.onnx")
    a = parser.parse_args()
    if a.step == "prepare":
        prepare(a.data, a.work)
    elif a.step == "train":
        train(a.work, a.start, a)
    else:
        from quantize import export

        export(a.work, a.name, a.out)


if __name__ == "__main__":
    main()
