"""Figures of `corpus.py`: groupings against what is known in linear time, and what a command costs.

`Watch` runs a command and looks at it and all its children every second: seconds on the clock, seconds of all cores,
and the most memory that all of them held together (each page counted once, by its share: PSS). What it saw so far is
written down as it goes, so that a command which is killed has not cost nothing.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

__all__ = ["Cost", "Scores", "Watch", "groups_of", "pairs_in", "scores", "tree", "watched"]

_TICK = os.sysconf("SC_CLK_TCK")
_LOOK = 1.0  # seconds between two looks
_NOTE = 20.0  # seconds between two notes


@dataclass(frozen=True, slots=True)
class Scores:
    """Precision, recall and F: of pairs of reports, and B-cubed (Amigó and others 2009)."""

    pairs_p: float
    pairs_r: float
    pairs_f: float
    b_p: float
    b_r: float
    b_f: float


def _f(p: float, r: float) -> float:
    return 2 * p * r / (p + r) if p + r else 0.0


def scores(gold: Sequence[Any], found: Sequence[Any]) -> Scores:
    """One grouping against another: the group of each report, in the same order.

    >>> s = scores(["a", "a", "b", "b"], [1, 1, 1, 2])
    >>> round(s.pairs_p, 3), s.pairs_r, round(s.b_p, 3), s.b_r
    (0.333, 0.5, 0.667, 0.75)
    """
    _, one = np.unique(np.asarray(gold), return_inverse=True)
    _, two = np.unique(np.asarray(found), return_inverse=True)
    cells, held = np.unique(one.astype(np.int64) * (int(two.max()) + 1) + two, return_counts=True)
    in_gold, in_found = np.bincount(one), np.bincount(two)
    a, b = cells // (int(two.max()) + 1), cells % (int(two.max()) + 1)

    def pairs(sizes: Any) -> float:
        return float((sizes.astype(np.float64) * (sizes - 1) / 2).sum())

    both, of_gold, of_found = pairs(held), pairs(in_gold), pairs(in_found)
    p, r = both / of_found if of_found else 1.0, both / of_gold if of_gold else 1.0
    square = held.astype(np.float64) ** 2
    bp, br = float((square / in_found[b]).sum()) / len(one), float((square / in_gold[a]).sum()) / len(one)
    return Scores(p, r, _f(p, r), bp, br, _f(bp, br))


def groups_of(count: int, left: Any, right: Any) -> Any:
    """The connected parts of so many things, as a number for each."""
    from scipy import sparse
    from scipy.sparse import csgraph

    ones = np.ones(len(left), np.int8)
    return csgraph.connected_components(sparse.coo_matrix((ones, (left, right)), shape=(count, count)), directed=False)[
        1
    ]


def pairs_in(groups: Iterable[Sequence[int]], count: int) -> Any:
    """Every pair of numbers below `count` that some group holds, as one number each, sorted, none twice."""
    out: list[Any] = []
    for group in groups:
        some = np.unique(np.asarray(group, np.int64))
        if len(some) > 1:
            a, b = np.triu_indices(len(some), 1)
            out.append(some[a] * count + some[b])
    return np.unique(np.concatenate(out)) if out else np.zeros(0, np.int64)


# ---------------------------------------------------------------- what a command costs


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds on the clock and of all cores, and MiB at the peak, of a command with its children; how many attempts."""

    wall: float = 0.0
    cpu: float = 0.0
    peak: float = 0.0
    attempts: int = 0

    def __add__(self, other: Cost) -> Cost:
        return Cost(
            self.wall + other.wall,
            self.cpu + other.cpu,
            max(self.peak, other.peak),
            self.attempts + other.attempts,
        )


def _die_together() -> None:
    """Have the system end this process with the one that started it: a killed bench leaves no run behind."""
    import ctypes

    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


class Watch:
    """A command that is looked at while it runs; `note` is a folder that keeps what each attempt has cost."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str] | None = None, note: Path | None = None) -> None:
        self._begun = self._noted = time.perf_counter()
        self._cpu: dict[int, float] = {}
        self._peak = 0.0
        self._note = note and note / f"attempt-{time.time_ns()}.json"
        self._said = tempfile.TemporaryFile()  # noqa: SIM115  # read when the command has ended
        self.process = subprocess.Popen(
            command,
            stdout=self._said,
            stderr=subprocess.STDOUT,
            env={**os.environ, **(env or {})},
            preexec_fn=_die_together,  # noqa: PLW1509  # nothing here has threads yet
        )

    def cost(self) -> Cost:
        """What it has cost so far."""
        return Cost(time.perf_counter() - self._begun, sum(self._cpu.values()), self._peak, 1)

    def look(self) -> None:
        """Look at it once."""
        held = 0.0
        for number in tree(self.process.pid):
            seen = _seen(number)
            if seen is not None:
                self._cpu[number] = max(self._cpu.get(number, 0.0), seen[0])
                held += seen[1]
        self._peak = max(self._peak, held)
        now = time.perf_counter()
        if self._note and now - self._noted > _NOTE:
            self._noted = now
            self._save()

    def _save(self) -> None:
        if self._note:
            self._note.parent.mkdir(parents=True, exist_ok=True)
            self._note.write_text(json.dumps(asdict(self.cost())), encoding="utf-8")

    def wait(self, limit: float = float("inf")) -> tuple[int, str]:
        """Look until it ends or the limit in seconds is over (it is left running then); status and last output."""
        while self.process.poll() is None and time.perf_counter() - self._begun < limit:
            self.look()
            time.sleep(_LOOK if time.perf_counter() - self._begun > 10 else _LOOK / 20)
        status = self.process.poll()
        if status is not None:
            self._save()
        self._said.seek(0)
        said = self._said.read().decode(errors="replace")[-20_000:]
        if status is None:
            return -1, said
        self._said.close()
        return status, said


def watched(note: Path) -> Cost:
    """What all attempts have cost that a folder keeps notes of."""
    out = Cost()
    for path in sorted(note.glob("attempt-*.json")):
        out += Cost(**json.loads(path.read_text(encoding="utf-8")))
    return out


def tree(root: int) -> list[int]:
    """A process and all that come of it."""
    parents: dict[int, list[int]] = {}
    for path in Path("/proc").iterdir():
        if path.name.isdigit():
            try:
                fields = (path / "stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
            except OSError:
                continue
            parents.setdefault(int(fields[1]), []).append(int(path.name))
    out, left = [], [root]
    while left:
        one = left.pop()
        out.append(one)
        left += parents.get(one, [])
    return out


def _seen(number: int) -> tuple[float, float] | None:
    """The seconds and MiB of a process; None where it is gone."""
    try:
        stat = Path(f"/proc/{number}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
        cpu = (int(stat[11]) + int(stat[12])) / _TICK
        try:
            lines = Path(f"/proc/{number}/smaps_rollup").read_text(encoding="ascii").splitlines()
            held = next(float(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
        except (PermissionError, StopIteration):
            held = int(stat[21]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    except OSError:
        return None
    return cpu, held
