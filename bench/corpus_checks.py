"""Whether `tellings corpus` writes the same bytes however it is run, and how far added batches stray from one run.

**Same bytes.** One archive through one worker; then through two workers; through Ray on a cluster of three nodes, each
a process of its own; the same with a node killed in mid-run; killed and resumed once at each stage; with the reports
shuffled into other files that are named in another order. Compared are the names and bytes of every file of every
stage; of the manifests all but what a run says of its own course (`run`), and what tells of the files given, where
others were given.

**Increments.** All but the last days in one batch, then each of the last days added; and the whole time in as many
stretches. Each sequence is run twice and must give the same bytes. How far the stories stray from those of one run
over all is B-cubed F of one against the other, over all reports and over those that were added; beside both stands the
F against what is known.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import archive
import corpus
from measures import Watch, scores, tree

ROOT = Path(__file__).resolve().parent.parent
Row = dict[str, Any]

__all__ = ["digests", "increments", "same"]

_CLUSTER = """
import os, sys
os.environ.update(RAY_USAGE_STATS_ENABLED="0", DO_NOT_TRACK="1", RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO="0")
from ray.cluster_utils import Cluster
cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
nodes = [cluster.add_node(num_cpus=1) for _ in range(2)]
print("address", cluster.address, flush=True)
for line in sys.stdin:
    if line.strip() == "kill":
        cluster.remove_node(nodes.pop(), allow_graceful=False)
        print("killed", flush=True)
    else:
        break
cluster.shutdown()
"""


class _Nodes:
    """Three Ray nodes on this machine."""

    def __init__(self) -> None:
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        for _ in range(3):  # on a busy machine Ray gives up waiting for its own parts
            self._process = subprocess.Popen(
                [sys.executable, "-c", _CLUSTER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env
            )
            self.address = self._said("address")
            if self.address:
                return
            self.close()
        sys.exit("the Ray cluster did not start")

    def _said(self, word: str) -> str:
        """What follows a word at the beginning of a line; "" where the process ended without it."""
        assert self._process.stdout is not None  # noqa: S101  # opened above
        for line in self._process.stdout:
            if line.startswith(word):
                return line.removeprefix(word).strip()
        return ""

    def kill(self) -> None:
        """End one node without a word of warning."""
        assert self._process.stdin is not None  # noqa: S101  # as above
        self._process.stdin.write("kill\n")
        self._process.stdin.flush()
        self._said("killed")

    def close(self) -> None:
        """End the others."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._process.wait(60)


def digests(out: Path, given: bool = True) -> dict[str, str]:
    """The digest of every file of a run; of manifests without their course, without the inputs unless `given`."""
    found: dict[str, str] = {}
    for path in sorted(out.rglob("*")):
        name = str(path.relative_to(out))
        if not path.is_file() or name.startswith("."):
            continue
        data = path.read_bytes()
        if path.name == "manifest.json":
            told = json.loads(data)
            for batch in told["batches"]:
                batch.pop("run", None)
                if not given:
                    batch.pop("input", None)
            data = json.dumps(told, sort_keys=True).encode()
        found[name] = hashlib.sha256(data).hexdigest()
    return found


def _run(inputs: Sequence[Path], out: Path, until: str, *more: str) -> float:
    """Run to the end; the seconds that it took."""
    watch = Watch(corpus.command(inputs, out, until, *more), env={"PYTHONPATH": str(ROOT)})
    status, said = watch.wait()
    if status:
        sys.exit(f"it ended with {status}:\n{said[-3000:]}")
    return watch.cost().wall


def _broken(inputs: Path, out: Path, until: str, part: Sequence[str]) -> int:
    """Run with one kill in the midst of each stage; how many kills hit a stage at work."""
    hits = 0
    for stage in corpus.STAGES[: corpus.STAGES.index(until) + 1]:
        watch = Watch(corpus.command([inputs], out, stage, "--workers", "2", *part), env={"PYTHONPATH": str(ROOT)})
        done = out / stage / "_done"
        while watch.process.poll() is None:
            if done.is_dir() and any(done.iterdir()):
                break
            time.sleep(0.02)
        if watch.process.poll() is None:
            for number in reversed(tree(watch.process.pid)):
                try:
                    os.kill(number, signal.SIGKILL)
                except ProcessLookupError:
                    continue
            watch.process.wait()
            hits += not (out / stage / "manifest.json").exists()
        _run([inputs], out, stage, "--workers", "2", *part)
    return hits


def _shuffled(source: Path, folder: Path, seed: int) -> list[Path]:
    """The same reports in another order, cut into other files, named in another order."""
    lines = [line for path in sorted(source.glob("*.jsonl")) for line in path.read_bytes().splitlines(keepends=True)]
    dice = random.Random(seed)  # noqa: S311  # nothing secret
    dice.shuffle(lines)
    folder.mkdir(parents=True)
    out: list[Path] = []
    for at in range(3):
        path = folder / f"{'zam'[at]}.jsonl"
        path.write_bytes(b"".join(lines[at::3]))
        out.append(path)
    return out


def same(size: int, work: Path, until: str, seed: int, only: Sequence[str]) -> int:
    """Run in all ways and compare; 0 where all are the same."""
    folder = work / f"same-{size}"
    archive.write(folder / "archive", size, seed=seed)
    inputs = folder / "archive" / "reports"
    part = ["--part", str(max(50, size // 10))]
    base = folder / "one"
    before = _package()
    shutil.rmtree(base, ignore_errors=True)
    _run([inputs], base, until, "--workers", "1", *part)
    wanted = digests(base)
    print(f"one worker, until {until}: {len(wanted)} files", flush=True)
    different = 0
    for name in ("two workers", "resumed", "shuffled", "ray", "ray, a node killed"):
        if only and name.replace(",", "").replace(" ", "-") not in only:
            continue
        out = folder / name.replace(",", "").replace(" ", "-")
        shutil.rmtree(out, ignore_errors=True)
        told = ""
        given = name != "shuffled"
        if name == "two workers":
            _run([inputs], out, until, "--workers", "2", *part)
        elif name == "resumed":
            told = f", {_broken(inputs, out, until, part)} stages killed at work"
        elif name == "shuffled":
            shutil.rmtree(folder / "other", ignore_errors=True)
            _run(_shuffled(inputs, folder / "other", seed), out, until, "--workers", "1", *part)
        else:
            nodes = _Nodes()
            try:
                more = ["--engine", "ray", "--address", nodes.address, *part]
                watch = Watch(corpus.command([inputs], out, until, *more), env={"PYTHONPATH": str(ROOT)})
                if "killed" in name:
                    while watch.process.poll() is None and not (out / "signs" / "_done").is_dir():
                        time.sleep(0.05)
                    nodes.kill()
                    told = ", one of three nodes killed while signs were made"
                status, said = watch.wait()
                if status:
                    told += f", ENDED WITH {status}: {said[-1500:]}"
            finally:
                nodes.close()
        found = digests(out, given)
        against = wanted if given else digests(base, given)
        if not given:  # paths of files and errors tell of the inputs
            found, against = (
                {k: v for k, v in d.items() if not k.startswith(("reports/", "errors/"))} for d in (found, against)
            )
        unlike = sorted(k for k in found.keys() | against.keys() if found.get(k) != against.get(k))
        different += bool(unlike)
        print(f"{name}{told}: {'the same bytes' if not unlike else f'NOT THE SAME: {unlike[:5]}'}", flush=True)
    if _package() != before:
        print("the package was changed while this ran: it says nothing")
        return 2
    return 1 if different else 0


def _package() -> str:
    """The digest of the package's code."""
    files = sorted((ROOT / "tellings").rglob("*.py"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


# ---------------------------------------------------------------- increments


def _batches(source: Path, folder: Path, count: int, days: bool) -> list[Path]:
    """The reports cut by date: the last `count` days each by itself, or the whole time in `count` stretches."""
    dated: list[tuple[str, bytes]] = []
    for path in sorted(source.glob("*.jsonl")):
        lines = path.read_bytes().splitlines(keepends=True)
        dated += [(json.loads(line).get("published", "")[:10], line) for line in lines]
    dated.sort()
    cuts: list[list[bytes]]
    if days:
        last = sorted({day for day, _ in dated if day < "2031"})[-count:]
        rest = [line for day, line in dated if day not in last]
        cuts = [rest, *([line for day, line in dated if day == one] for one in last)]
    else:
        cuts = [
            [line for _, line in dated[len(dated) * n // count : len(dated) * (n + 1) // count]] for n in range(count)
        ]
    folder.mkdir(parents=True, exist_ok=True)
    out: list[Path] = []
    for number, cut in enumerate(cuts):
        path = folder / f"batch-{number:03d}.jsonl"
        path.write_bytes(b"".join(cut))
        out.append(path)
    return out


def _stories(out: Path) -> dict[str, str]:
    """The story of each report, with one of its own where it stands alone."""
    ids = corpus.columns(corpus.parts(out, "reports"), "id")[0]
    group = {name: f"alone {name}" for name in ids}
    group.update(
        (r, s) for s, r in zip(*corpus.columns(corpus.parts(out, "stories", "members"), "story", "report"), strict=True)
    )
    return group


def increments(size: int, work: Path, seed: int, count: int) -> int:
    """Add batches and print how far they stray; 0 where each sequence gave the same bytes twice."""
    folder = work / f"increments-{size}"
    archive.write(folder / "archive", size, seed=seed)
    inputs = folder / "archive" / "reports"
    whole = folder / "whole"
    _run([inputs], whole, "stories")
    one = _stories(whole)
    gold = {row["id"]: row["story"] for row in archive.truth(folder / "archive")}
    names = sorted(one)
    line = scores([gold[n] for n in names], [one[n] for n in names])
    print(f"one run over all: B-cubed F {line.b_f:.3f} against what is known", flush=True)
    different = 0
    for what, days in ((f"the last {count} days added", True), (f"the whole time in {count} batches", False)):
        kind = "days" if days else "stretches"
        cuts = _batches(inputs, folder / kind, count, days)
        found: list[dict[str, str]] = []
        seconds: list[float] = []
        for turn in (1, 2):
            out = folder / f"{kind}-{turn}"
            shutil.rmtree(out, ignore_errors=True)
            for number, path in enumerate(cuts):
                seconds.append(_run([path], out, "stories", *(["--add"] if number else [])))
            found.append(digests(out))
        unlike = sorted(k for k in found[0].keys() | found[1].keys() if found[0].get(k) != found[1].get(k))
        different += bool(unlike)
        grown = _stories(folder / f"{kind}-1")
        added = {json.loads(row)["id"] for path in cuts[1:] for row in path.read_bytes().splitlines()}
        print(
            f"{what}: {'the same bytes twice' if not unlike else f'NOT THE SAME TWICE: {unlike[:5]}'};"
            f" median batch {sorted(seconds)[len(seconds) // 2]:.1f} s",
            flush=True,
        )
        for about, some in (("all", names), ("those added", [n for n in names if n in added])):
            strays = scores([one[n] for n in some], [grown[n] for n in some])
            known = scores([gold[n] for n in some], [grown[n] for n in some])
            before = scores([gold[n] for n in some], [one[n] for n in some])
            print(
                f"  {about} ({len(some):,}): B-cubed F {strays.b_f:.4f} against one run;"
                f" against what is known {known.b_f:.3f}, one run {before.b_f:.3f}",
                flush=True,
            )
    return 1 if different else 0
