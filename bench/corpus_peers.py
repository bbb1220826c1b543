"""The same reports through other tools, side by side: what each costs and finds.

- **trafilatura alone**: the text of the reports as pages of 40 kB, which is the least that reading an archive costs.
- **datatrove's MinHash signatures** (14 buckets of 8, word 5-grams, as it ships), in a Python of its own that is named
  by `--datatrove`; reports with one signature in one bucket have met.
- **an alignment of word 5-grams after passim** (Smith, Cordell and Mullen 2015): reports that share 5 runs of five
  words, of those that 2 to 100 reports hold, are aligned locally (`passim.py` has the measure), 50 characters or more
  are a passage; passim itself needs Spark.
- **Tellings**: signs, candidates and pairs (what finds reuse), and all stages up to the stories.

Each is a process of its own on one core. Costs are CPU seconds and stand as ratios to trafilatura, too. Found are
planted single sentences (two reports met, or have a passage in common) and copies: reports that met, directly or
through others, against the texts that they go back to. Of passim's pairs and ours those count as copies that share
more than a sentence (`LONG` characters aligned; prints as in `corpus.py`).
"""

from __future__ import annotations

import html
import json
import os
import re
import struct
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import archive
import corpus
import numpy as np
from measures import Cost, Watch, groups_of, scores

ROOT = Path(__file__).resolve().parent.parent
LONG = 300
Row = dict[str, Any]

__all__ = ["align", "compare", "extract", "page", "signatures"]

_DATATROVE = """
import sys
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.dedup import MinhashDedupSignature
from datatrove.pipeline.readers import JsonlReader
folder, out = sys.argv[1:]
steps = [JsonlReader(folder, text_key="text"), MinhashDedupSignature(out)]
LocalPipelineExecutor(steps, tasks=1, logging_dir=out + "-logs").run()
"""


def page(title: str, text: str) -> str:
    """A report as a page of about 40 kB, as sites print them: menus, scripts, links to other reports, a footer."""

    def links(count: int, what: str) -> str:
        return "".join(
            f"<li><a href='/{what}/{n}'>{what.capitalize()} number {n} of today</a></li>" for n in range(count)
        )

    told = html.escape(title)
    paragraphs = "".join(f"<p>{html.escape(line)}</p>" for line in text.splitlines() if line.strip())
    script = "<script>" + "var queue=queue||[];queue.push({slot:'top',size:[728,90],lazy:true});" * 160 + "</script>"
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>{told} | The Daily Page</title><meta property='og:title' "
        f"content='{told}'><style>{'.block-x{margin:0 auto;padding:4px 8px;display:flex}' * 120}</style>{script}</head>"
        f"<body><header><nav><ul>{links(60, 'section')}</ul></nav></header><main><article><h1>{told}</h1>"
        f"<div class='share'><ul>{links(5, 'share')}</ul></div><div class='body'>{paragraphs}</div></article>"
        f"<aside class='related'><h3>More</h3><ul>{links(40, 'story')}</ul></aside></main>"
        f"<footer><ul>{links(50, 'service')}</ul><p>All rights reserved</p></footer>{script}</body></html>"
    )


def extract(file: Path) -> int:
    """The texts of the pages of a file, by trafilatura; how many have one."""
    import trafilatura

    with file.open(encoding="utf-8") as lines:
        rows = (json.loads(line) for line in lines)
        return sum(bool(trafilatura.extract(page(row["title"], row["text"]))) for row in rows)


def align(file: Path, out: Path) -> int:
    """Write the pairs of reports that share a passage, by word 5-grams, with its characters; how many."""
    import passim

    runs: list[list[int]] = []
    words: list[list[str]] = []
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            words.append(re.findall(r"\w+", json.loads(line)["text"].casefold()))
            runs.append([hash(run) for run in passim.grams(words[-1])])
    holder = np.repeat(np.arange(len(runs)), [len(r) for r in runs])
    key = np.concatenate([np.asarray(r, np.int64) for r in runs])
    order = np.lexsort((holder, key))
    key, holder = key[order], holder[order]
    starts = np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]]))
    sizes = np.diff(np.append(starts, len(key)))
    shared: Counter[tuple[int, int]] = Counter()
    for start, size in zip(starts.tolist(), sizes.tolist(), strict=True):
        if 2 <= size <= passim.COMMON:
            some = holder[start : start + size].tolist()
            shared.update((a, b) for at, a in enumerate(some) for b in some[at + 1 :])
    found: list[tuple[int, int, int]] = []
    for (a, b), count in sorted(shared.items()):
        if count >= 5 and (length := passim.aligned(words[a], words[b])) >= passim.LEAST:
            found.append((a, b, length))
    np.save(out, np.asarray(found, np.int64).reshape(-1, 3))
    return len(found)


def signatures(folder: Path) -> tuple[Any, Any]:
    """The pairs of reports with one signature in one bucket, each next to the next, from datatrove's files."""
    left, right = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    line = struct.calcsize("<8QI")
    kind = np.dtype([("signature", "<u8", (8,)), ("report", "<u4")])
    for path in sorted(folder.glob("bucket_*/*.sig")):
        if path.stat().st_size % line:
            raise ValueError(f"{path} has another format than datatrove 0.10 writes")
        rows = np.fromfile(path, kind)
        _, group = np.unique(rows["signature"], axis=0, return_inverse=True)
        order = np.lexsort((rows["report"], group.ravel()))
        group, report = group.ravel()[order], rows["report"][order].astype(np.int64)
        same = group[1:] == group[:-1]
        left.append(report[:-1][same])
        right.append(report[1:][same])
    return np.concatenate(left), np.concatenate(right)


def _process(code: str, *more: object, python: str = sys.executable) -> Cost:
    """What a piece of code costs, as a process of one core."""
    env = {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'bench'}", "PYTHONHASHSEED": "0", "OMP_NUM_THREADS": "1"}
    watch = Watch(
        [python, "-c", code, *map(str, more)], env=env if python == sys.executable else {"OMP_NUM_THREADS": "1"}
    )
    status, said = watch.wait()
    if status:
        sys.exit(f"it ended with {status}:\n{said[-3000:]}")
    return watch.cost()


def compare(size: int, work: Path, seed: int, datatrove: str) -> int:
    """Run all on one archive and print; 0."""
    folder = work / f"peers-{size}"
    archive.write(folder / "archive", size, seed=seed)
    known = list(archive.truth(folder / "archive"))
    place = {row["id"]: at for at, row in enumerate(known)}
    (folder / "lines").mkdir(exist_ok=True)
    file = folder / "lines" / "reports.jsonl"
    file.write_bytes(b"".join(p.read_bytes() for p in sorted((folder / "archive" / "reports").glob("*.jsonl"))))
    result: Row = {}

    def tell(name: str, cost: Cost, links: tuple[Any, Any] | None = None, met: tuple[Any, Any] | None = None) -> None:
        told: Row = {"cost": asdict(cost)}
        if links is not None and met is not None:
            told |= _found(known, place, links, met)
        result[name] = told
        (folder / "result.json").write_text(json.dumps(result, indent=1), encoding="utf-8")
        print(f"  {name}: {cost.cpu:.1f} CPU s", flush=True)

    tell(
        "trafilatura alone",
        _process("import sys, pathlib, corpus_peers as c; c.extract(pathlib.Path(sys.argv[1]))", file),
    )
    if datatrove:
        out = folder / "minhash"
        cost = _process(_DATATROVE, file.parent, out, python=datatrove)
        links = signatures(out)
        tell("datatrove, MinHash signatures", cost, links, links)
    aligned = folder / "aligned.npy"
    cost = _process("import sys, pathlib, corpus_peers as c; c.align(*map(pathlib.Path, sys.argv[1:]))", file, aligned)
    rows = np.load(aligned)
    many = rows[:, 2] >= LONG
    tell("5-grams aligned, after passim", cost, (rows[many, 0], rows[many, 1]), (rows[:, 0], rows[:, 1]))
    costs = _ours(size, folder, seed)
    out = folder / str(size) / "run"
    ids, numbers = corpus.columns(corpus.parts(out, "reports"), "id", "number")
    at_number = np.full(int(np.max(numbers)) + 1, -1, np.int64)
    at_number[numbers] = [place[name] for name in ids]
    left, right, prints = corpus.columns(corpus.parts(out, "pairs"), "left", "right", "prints")
    one, two = corpus.columns(corpus.parts(out, "candidates", "prints"), "left", "right")
    strong = prints >= corpus.BAR
    links, met = (at_number[left[strong]], at_number[right[strong]]), (at_number[one], at_number[two])
    reuse = sum((costs[stage] for stage in ("signs", "candidates", "pairs")), Cost())
    tell("Tellings, signs to pairs", reuse, links, met)
    tell("Tellings, reports to stories", sum(costs.values(), Cost()))
    print(_table(result, size))
    return 0


def _ours(size: int, folder: Path, seed: int) -> dict[str, Cost]:
    """The stages up to the stories, on one core."""
    return corpus.run(size, folder, "stories", ["--workers", "1"], seed)


def _found(known: Sequence[Row], place: dict[str, int], links: tuple[Any, Any], met: tuple[Any, Any]) -> Row:
    """Copies by what links them, planted sentences by who met."""
    count = len(known)
    got = np.unique(np.minimum(*met) * count + np.maximum(*met))
    return {
        "copies": asdict(scores([row["origin"] for row in known], groups_of(count, *links))),
        "planted": corpus.reached(known, place, got)["holder"],
        "met": len(got),
    }


def _table(result: Row, size: int) -> str:
    floor = result["trafilatura alone"]["cost"]["cpu"]
    names = "".join(
        f"{name:>{wide}}"
        for name, wide in (("CPU s", 9), ("ratio", 8), ("MiB", 7), ("pairs met", 11), ("planted", 9), ("copies P", 10))
    )
    lines = [f"\n{f'{size:,} reports':<34}{names}{'R':>7}{'F':>7}"]
    for name, told in result.items():
        cost = told["cost"]
        line = f"{name:<34}{cost['cpu']:>9.1f}{cost['cpu'] / floor:>8.2f}{cost['peak']:>7.0f}"
        if "copies" in told:
            c = told["copies"]
            line += f"{told['met']:>11,}{told['planted']:>9.3f}"
            line += f"{c['pairs_p']:>10.3f}{c['pairs_r']:>7.3f}{c['pairs_f']:>7.3f}"
        lines.append(line)
    return "\n".join(lines)
