"""What `tellings corpus` costs and finds, on archives of invented reports whose stories and copies are known.

    python bench/corpus.py --reports 10000 [100000 1000000] [--until stories] [--work DIR] [--workers 2]
    python bench/corpus.py --peers [--reports 10000] [--datatrove PYTHON]
    python bench/corpus.py --same [--reports 1000]
    python bench/corpus.py --increments [--reports 10000] [--batches 24]

**Sizes.** For each size the archive is made (`archive.py`) where it is not there, and the command is run stage by
stage, each stage a process of its own with its children: seconds on the clock, seconds of all cores, most memory.
Growth is what the grouping (signs to stories) costs a report beside the smallest size measured. Then what was found:
B-cubed and F of pairs of stories; of copies, by reports that share `BAR` prints or more, directly or through others,
against the texts that the reports go back to; which part of the single planted sentences brought two reports together
(the one it was taken from, or any that holds it); and after the stage `dossiers` the pairs of reports with a passage
in common and the origins. A run that was killed goes on where it was, and what its earlier attempts have cost is
counted in. Results stand in DIR/SIZE/result.json and are printed for all sizes together.

**Peers** (`corpus_peers.py`), **same bytes and increments** (`corpus_checks.py`) are told there.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import archive
import numpy as np
from measures import Cost, Watch, groups_of, pairs_in, scores, watched

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

STAGES = ("reports", "signs", "candidates", "pairs", "stories", "reuse", "annotations", "dossiers", "summary")
GROUPING = STAGES[1:5]
BAR = 8
"""Prints from which two reports count as copies: one sentence gives three to six."""
Row = dict[str, Any]

__all__ = ["BAR", "STAGES", "command", "found", "main", "parts", "reached", "run"]


def command(inputs: Sequence[Path], out: Path, until: str, *more: str) -> list[str]:
    """The command line of a run, as a process of this Python."""
    code = "import sys; from tellings.cli import main; main()"
    return [sys.executable, "-c", code, "corpus", *map(str, inputs), "--out", str(out), "--until", until, *more]


def run(size: int, work: Path, until: str, more: Sequence[str], seed: int) -> dict[str, Cost]:
    """Make the archive, run the stages one by one, and give back what each has cost, all attempts together."""
    folder = work / str(size)
    archive.write(folder / "archive", size, seed=seed)
    costs: dict[str, Cost] = {}
    for stage in STAGES[: STAGES.index(until) + 1]:
        note = folder / "costs" / stage
        if not (note / "done").exists():
            watch = Watch(
                command([folder / "archive" / "reports"], folder / "run", stage, *more),
                env={"PYTHONPATH": str(ROOT)},
                note=note,
            )
            status, said = watch.wait()
            if status:
                sys.exit(f"{stage} ended with {status}:\n{said[-3000:]}")
            (note / "done").touch()
        costs[stage] = watched(note)
        c = costs[stage]
        print(
            f"  {size:>9,} {stage:<12} {c.wall:>9.1f} s {c.cpu:>9.1f} CPU s {c.peak:>8.0f} MiB"
            + (f", {c.attempts} attempts" if c.attempts > 1 else ""),
            flush=True,
        )
    return costs


# ---------------------------------------------------------------- what was found


def parts(out: Path, stage: str, kind: str | None = None) -> list[Path]:
    """The files of a stage, as its manifest names them."""
    told = json.loads((out / stage / "manifest.json").read_text(encoding="utf-8"))
    return [out / p["name"] for batch in told["batches"] for p in batch["parts"] if p.get("kind") == kind]


def columns(files: Sequence[Path], *names: str) -> list[Any]:
    """Columns of Parquet files, one after the other, as arrays."""
    import pyarrow as pa
    from pyarrow import parquet

    tables = [parquet.read_table(path, columns=list(names)) for path in files]
    if not tables:
        return [np.zeros(0, np.int64) for _ in names]
    table = pa.concat_tables(tables)
    return [
        table[name].to_numpy() if "string" not in str(table[name].type) else table[name].to_pylist() for name in names
    ]


def found(out: Path, truth: Path, until: str) -> Row:
    """How what a run has found stands to what is known."""
    ids, numbers = _reports(out)
    known = {row["id"]: row for row in archive.truth(truth)}
    place = {name: at for at, name in enumerate(ids)}
    count = len(ids)
    at_number = np.full(int(numbers.max()) + 1, -1, np.int64)
    at_number[numbers] = np.arange(count)
    told: Row = {"reports": count, "left_out": len(known) - count}
    rows = [known[name] for name in ids]
    # Copies, from the pairs that share prints.
    left, right, prints = columns(parts(out, "pairs"), "left", "right", "prints")
    left, right = at_number[left], at_number[right]
    many = prints >= BAR
    copy_groups = groups_of(count, left[many], right[many])
    told["copies"] = asdict(scores([row["origin"] for row in rows], copy_groups))
    told["kept_pairs"] = len(left)
    met = np.zeros(0, np.int64)
    for kind in ("keys", "prints"):
        files = parts(out, "candidates", kind)
        if not all(path.exists() for path in files):
            continue
        one, two = columns(files, "left", "right")
        told[f"met_by_{kind}"] = len(one)
        if kind == "prints":
            one, two = at_number[one], at_number[two]
            met = np.unique(np.minimum(one, two) * count + np.maximum(one, two))
    kept = np.unique(np.minimum(left, right) * count + np.maximum(left, right))
    told |= {f"planted_{name}": value for name, value in reached(rows, place, met).items()}
    told["planted_kept"] = reached(rows, place, kept)["holder"]
    if STAGES.index(until) >= STAGES.index("stories"):
        told["stories"], told["large"] = _stories(out, rows, place)
    if STAGES.index(until) >= STAGES.index("reuse"):
        told["planted_told"] = _told(out, rows, place)
    if STAGES.index(until) >= STAGES.index("dossiers"):
        told.update(_dossiers(out, rows, place))
    return told


def reached(rows: Sequence[Row], place: Mapping[str, int], pairs: Any) -> dict[str, float]:
    """The share of planted sentences whose two reports are among these pairs, and whose report is with any holder.

    `pairs` are sorted, one number each: the smaller place times the number of reports, and the larger.
    """
    count = len(place)
    source: list[bool] = []
    holder: list[bool] = []
    for name, taken, holders in archive.planted(rows):
        mine = place[name]
        sought = [place[other] for other in (taken, *sorted(holders - {taken})) if other in place]
        wanted = np.asarray([min(mine, at) * count + max(mine, at) for at in sought], np.int64)
        hits = np.zeros(len(wanted), np.bool_)
        if len(pairs):  # looked up, not sorted again for each
            hits = pairs[np.minimum(np.searchsorted(pairs, wanted), len(pairs) - 1)] == wanted
        source.append(bool(len(hits)) and bool(hits[0]))
        holder.append(bool(hits.any()))
    total = max(1, len(source))
    return {"number": len(source), "source": sum(source) / total, "holder": sum(holder) / total}


def _told(out: Path, rows: Sequence[Row], place: Mapping[str, int]) -> dict[str, float]:
    """Of the planted sentences: which part stands within a story, and which is told of as shared between two."""
    names, reports = columns(parts(out, "stories", "members"), "story", "report")
    story = dict(zip(reports, names, strict=True))
    one, other = columns(parts(out, "reuse"), "report", "other_report")
    pairs = {frozenset(pair) for pair in zip(one, other, strict=True)}
    within = between = total = 0
    for name, taken, holders in archive.planted(rows):
        sought = [other for other in {taken, *holders} if other in place]
        total += 1
        if any(story[other] == story[name] for other in sought):
            within += 1
        elif any(frozenset((name, other)) in pairs for other in sought):
            between += 1
    return {"rows": len(one), "within": within / max(1, total), "between": between / max(1, total)}


def _reports(out: Path) -> tuple[list[str], Any]:
    ids, numbers = columns(parts(out, "reports"), "id", "number")
    return list(ids), np.asarray(numbers, np.int64)


def _stories(out: Path, rows: Sequence[Row], place: Mapping[str, int]) -> tuple[Row, Row]:
    """The stories found, and of those of ten reports and more how many are whole."""
    names, reports = columns(parts(out, "stories", "members"), "story", "report")
    group: list[Any] = [f"alone {row['id']}" for row in rows]
    for story, report in zip(names, reports, strict=True):
        group[place[report]] = story
    gold = [row["story"] for row in rows]
    sizes: dict[str, int] = {}
    joined: dict[str, dict[str, int]] = {}
    for a, b in zip(gold, group, strict=True):
        sizes[a] = sizes.get(a, 0) + 1
        joined.setdefault(a, {}).setdefault(b, 0)
        joined[a][b] += 1
    large = [name for name, size in sizes.items() if size >= 10]
    whole = sum(max(joined[name].values()) >= 0.9 * sizes[name] for name in large)
    return asdict(scores(gold, group)), {"stories": len(large), "nine_tenths_in_one": whole}


def _dossiers(out: Path, rows: Sequence[Row], place: Mapping[str, int]) -> Row:
    """Pairs of reports with a passage in common, and reports of one origin, inside the stories collated."""
    count = len(rows)
    passage, report = columns(parts(out, "dossiers", "passages"), "passage", "report")
    story = columns(parts(out, "dossiers", "passages"), "story")[0]
    groups: dict[tuple[str, str], list[int]] = {}
    for key in zip(story, passage, report, strict=True):
        groups.setdefault(key[:2], []).append(place[key[2]])
    got = pairs_in(groups.values(), count)
    gold = np.asarray(
        [min(place[a], place[b]) * count + max(place[a], place[b]) for a, b in archive.copies(row for row in rows)],
        np.int64,
    )
    common: dict[int, list[int]] = {}
    for at, row in enumerate(rows):
        for number in row["common"]:
            common.setdefault(number, []).append(at)
    said = np.setdiff1d(pairs_in((g for g in common.values() if len(g) < 2000), count), gold)
    got = np.setdiff1d(
        got, said
    )  # they do share a sentence, which nobody copied from the other: neither right nor wrong
    hits = len(np.intersect1d(got, gold))
    p, r = hits / max(1, len(got)), hits / max(1, len(gold))
    names, reports = columns(parts(out, "dossiers", "origins"), "origin", "report")
    story = columns(parts(out, "dossiers", "origins"), "story")[0]
    group: list[Any] = [f"alone {at}" for at in range(count)]
    for key, origin, name in zip(story, names, reports, strict=True):
        group[place[name]] = f"{key} {origin}"
    return {
        "passages": {"p": p, "r": r, "f": 2 * p * r / (p + r) if p + r else 0.0, "pairs": len(gold)},
        "origins": asdict(scores([row["origin"] for row in rows], group)),
    }


# ---------------------------------------------------------------- tables


def table(results: Sequence[Row]) -> str:
    """The results of several sizes side by side."""
    results = sorted(results, key=lambda r: r["reports"])
    first = results[0]
    lines = ["", f"{'':<34}" + "".join(f"{r['reports']:>14,}" for r in results)]

    def line(name: str, values: Sequence[str]) -> None:
        lines.append(f"{name:<34}" + "".join(f"{value:>14}" for value in values))

    for stage in STAGES:
        if any(stage in r["costs"] for r in results):
            cost = [r["costs"].get(stage) for r in results]
            line(f"{stage}: wall s", [f"{c['wall']:.1f}" if c else "-" for c in cost])
            line("  CPU s", [f"{c['cpu']:.1f}" if c else "-" for c in cost])
            line("  peak MiB", [f"{c['peak']:.0f}" if c else "-" for c in cost])
    line("all: wall s", [f"{sum(c['wall'] for c in r['costs'].values()):.0f}" for r in results])
    line("  CPU s", [f"{sum(c['cpu'] for c in r['costs'].values()):.0f}" for r in results])
    line("  peak MiB", [f"{max(c['peak'] for c in r['costs'].values()):.0f}" for r in results])
    line(
        "  reports a wall second",
        [f"{r['reports'] / sum(c['wall'] for c in r['costs'].values()):.1f}" for r in results],
    )

    def each(r: Row) -> float:
        return sum(r["costs"][s]["cpu"] for s in GROUPING if s in r["costs"]) / r["reports"]

    line("grouping, CPU ms a report", [f"{1000 * each(r):.2f}" for r in results])
    line(f"  beside {first['reports']:,}", [f"{each(r) / each(first):.2f}" for r in results])
    if all("tasks" in r for r in results):

        def alone(r: Row) -> float:
            return sum(r["tasks"][s] for s in GROUPING if s in r["tasks"]) / r["reports"]

        line("  of tasks, without starting", [f"{1000 * alone(r):.2f}" for r in results])
        line(f"  beside {first['reports']:,}", [f"{alone(r) / max(1e-9, alone(first)):.2f}" for r in results])
    for name, key in (("stories", "stories"), ("copies, by shared prints", "copies"), ("origins", "origins")):
        if any(key in r["found"] for r in results):
            some = [r["found"].get(key) for r in results]
            line(f"{name}: pairs P / R", [f"{s['pairs_p']:.3f} / {s['pairs_r']:.3f}" if s else "-" for s in some])
            line("  pairs F", [f"{s['pairs_f']:.3f}" if s else "-" for s in some])
            line("  B-cubed P / R", [f"{s['b_p']:.3f} / {s['b_r']:.3f}" if s else "-" for s in some])
            line("  B-cubed F", [f"{s['b_f']:.3f}" if s else "-" for s in some])
    if any("passages" in r["found"] for r in results):
        some = [r["found"].get("passages") for r in results]
        line("reports sharing a passage: P / R", [f"{s['p']:.3f} / {s['r']:.3f}" if s else "-" for s in some])
        line("  F", [f"{s['f']:.3f}" if s else "-" for s in some])
    line("planted: met the source", [f"{r['found']['planted_source']:.3f}" for r in results])
    line("  or another that holds it", [f"{r['found']['planted_holder']:.3f}" for r in results])
    line("  and alike enough to be kept", [f"{r['found']['planted_kept']:.3f}" for r in results])
    if any("planted_told" in r["found"] for r in results):
        told = [r["found"].get("planted_told") for r in results]
        line(
            "  in one story / between two, in `reuse`",
            [f"{t['within']:.3f} / {t['between']:.3f}" if t else "-" for t in told],
        )
        line("  rows of `reuse`", [f"{t['rows']:,}" if t else "-" for t in told])
    line("pairs met by keys, a report", [f"{r['found'].get('met_by_keys', 0) / r['reports']:.1f}" for r in results])
    line("pairs met by prints, a report", [f"{r['found'].get('met_by_prints', 0) / r['reports']:.1f}" for r in results])
    line(
        "large stories nine tenths in one",
        [
            f"{r['found']['large']['nine_tenths_in_one']}/{r['found']['large']['stories']}"
            if "large" in r["found"]
            else "-"
            for r in results
        ],
    )
    return "\n".join(lines)


def _tasks(out: Path, stage: str) -> float:
    """CPU seconds of a stage's tasks alone, as its manifest tells."""
    told = json.loads((out / stage / "manifest.json").read_text(encoding="utf-8"))
    return sum(float(batch["run"]["cpu_seconds"]) for batch in told["batches"])


def main() -> int:
    """Measure and print; 0."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, nargs="*", default=None)
    parser.add_argument("--until", choices=STAGES, default="stories")
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "tellings-corpus")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--engine", choices=("local", "ray"), default="local")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--datatrove", default="", help="a Python that has datatrove")
    parser.add_argument("--same", action="store_true")
    parser.add_argument("--only", nargs="*", default=[], help="of the runs that must be the same, these")
    parser.add_argument("--increments", action="store_true")
    parser.add_argument("--batches", type=int, default=24)
    args = parser.parse_args()
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}", flush=True)
    args.work.mkdir(parents=True, exist_ok=True)
    if args.peers:
        import corpus_peers

        return corpus_peers.compare((args.reports or [10_000])[0], args.work, args.seed, args.datatrove)
    if args.same or args.increments:
        import corpus_checks

        size = (args.reports or [1_000 if args.same else 10_000])[0]
        if args.same:
            return corpus_checks.same(size, args.work, args.until, args.seed, args.only)
        return corpus_checks.increments(size, args.work, args.seed, args.batches)
    more = ["--workers", str(args.workers), "--engine", args.engine]
    for size in args.reports or [10_000]:
        costs = run(size, args.work, args.until, more, args.seed)
        folder = args.work / str(size)
        result = {
            "reports": size,
            "until": args.until,
            "workers": args.workers,
            "costs": {name: asdict(cost) for name, cost in costs.items()},
            "tasks": {name: _tasks(folder / "run", name) for name in costs},
            "found": found(folder / "run", folder / "archive", args.until),
        }
        (folder / "result.json").write_text(json.dumps(result, indent=1), encoding="utf-8")
    print(table([json.loads(path.read_text(encoding="utf-8")) for path in args.work.glob("[0-9]*/result.json")]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
