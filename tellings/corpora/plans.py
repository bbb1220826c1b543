"""The stages of a run and the tasks of each step, planned from what stands.

A plan depends on nothing but the manifests and files of the stages before it, so that a run which goes
on plans what the broken one had planned.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from tellings.corpora.groupings import SLOTS, blocks_of
from tellings.corpora.sources import Plan
from tellings.corpora.stores import Manifest, Store
from tellings.corpora.tables import TABLES

__all__ = ["STAGES", "Stage", "State", "Step"]

Args = dict[str, Any]

_GATHERED = 16_000  # reports that one task gathers, at least one part
_BUCKET = 4_000_000  # rows of keys that one task lets meet
_TOLD = 50_000  # reports whose stories one task tells
_MOST, _LEAST = 200, 8  # reports that one task reads or collates


@dataclass(slots=True)
class State:
    """What a step is planned from: the manifests so far, the marks of the steps before it in its stage."""

    store: Store
    manifests: Mapping[str, Manifest]
    batch: int
    options: Mapping[str, Any]
    given: Plan
    told: dict[str, list[dict[str, Any]]] = field(default_factory=dict[str, list[dict[str, Any]]])

    def parts(self, stage: str, kind: str | None = None, batch: int | None = None) -> list[Mapping[str, Any]]:
        """The parts of a stage, of all batches or of one."""
        held = self.manifests[stage].batches
        some = held if batch is None else held[batch : batch + 1]
        return [part for b in some for part in b.parts if part.get("kind") == kind]

    def facts(self, step: str, name: str) -> Any:
        """What the one task of a step of this stage has found."""
        return self.told[step][0]["facts"][name]

    @property
    def first(self) -> int:
        """The number of the first report of this batch."""
        return int(self.manifests["reports"].batches[self.batch].facts["first"])

    @property
    def count(self) -> int:
        """How many reports there are with this batch."""
        return sum(b.counts["reports"] for b in self.manifests["reports"].batches[: self.batch + 1])

    def ranged(self, stage: str) -> list[Args]:
        """The parts of reports or signs, with the numbers of the reports that each is about."""
        out: list[Args] = []
        reports = self.manifests["reports"].batches
        for batch, about in enumerate(reports[: self.batch + 1]):
            first = int(about.facts["first"])
            for size, part in zip(about.facts["sizes"], self.parts(stage, batch=batch), strict=True):
                out.append({"name": part["name"], "first": first, "stop": first + size, "rows": part["rows"]})
                first += size
        return out


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a stage: `plan` gives the arguments of its tasks once the step before it is done."""

    name: str
    plan: Callable[[State], list[Args]]


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: `version` is raised when it makes other files of the same; `options` are those it depends on.

    `tables` are its folders beside the one of its name; `facts` what its manifest keeps of its marks;
    `scraps` what is removed when it is done ("{before}" is the number of the batch before);
    `replaces` where it holds only the last batch.
    """

    name: str
    version: int
    steps: tuple[Step, ...]
    options: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    scraps: tuple[str, ...] = ()
    replaces: bool = False


def _even(count: int, pieces: int) -> list[tuple[int, int]]:
    """So many things in so many stretches of about one length."""
    pieces = max(1, min(pieces, count))
    bounds = [count * n // pieces for n in range(pieces + 1)]
    return list(pairwise(bounds))


# ---------------------------------------------------------------- reports and signs


def _pieces(state: State) -> list[Args]:
    return [{"piece": piece} for piece in state.given.pieces]


def _chunks(state: State) -> list[Args]:
    return [chunk for mark in state.told["reports.read"] for chunk in mark["facts"]["chunks"]]


def _settle(state: State) -> list[Args]:
    held = state.manifests["reports"].batches[: state.batch]
    standing = [part["name"] for b in held for part in b.parts if "kind" not in part]
    return [{"chunks": _chunks(state), "standing": standing, "first": sum(b.counts["reports"] for b in held)}]


def _gather(state: State) -> list[Args]:
    parts = len(state.facts("reports.settle", "sizes"))
    some = max(1, _GATHERED // int(state.options["part"]))
    chunks = _chunks(state)
    return [{"parts": list(range(at, min(at + some, parts))), "chunks": chunks} for at in range(0, parts, some)]


def _sign(state: State) -> list[Args]:
    return [{"part": part["name"]} for part in state.parts("reports", batch=state.batch)]


# ---------------------------------------------------------------- candidates, pairs, stories


def _meet(state: State) -> list[Args]:
    signs = [part["name"] for part in state.parts("signs")]
    out: list[Args] = []
    for kind in ("keys", "prints"):
        held = [{"name": p["name"], "slots": p["slots"]} for p in state.parts("signs", kind)]
        rows = sum(p["rows"] for p in state.parts("signs", kind))
        about = {"kind": kind, "keys": held, "signs": signs, "count": state.count, "first": state.first}
        about["block"] = blocks_of(state.count)
        out += [{**about, "slots": slots} for slots in _even(SLOTS, -(-rows // _BUCKET))]
    return out


def _weigh(state: State) -> list[Args]:
    wanted: dict[tuple[int, int], dict[str, list[Args]]] = {}
    for kind in ("keys", "prints"):
        for part in state.parts("candidates", kind, state.batch):
            for group, (left, right) in enumerate(part["blocks"]):
                held = wanted.setdefault((left, right), {"keys": [], "prints": []})
                held[kind].append({"name": part["name"], "group": group})
    size = blocks_of(state.count)
    ranged = state.ranged("signs")
    out: list[Args] = []
    for blocks, held in sorted(wanted.items()):
        signs = [p for p in ranged if any(p["first"] < (n + 1) * size and p["stop"] > n * size for n in blocks)]
        out.append({"blocks": list(blocks), "block": size, "signs": signs, **held})
    return out


def _link(state: State) -> list[Args]:
    before = state.batch - 1
    return [
        {
            "signs": state.ranged("signs"),
            "pairs": [part["name"] for part in state.parts("pairs", batch=state.batch)],
            "count": state.count,
            "first": state.first,
            "standing": f"stories/_state/labels-{before:04d}.parquet" if state.batch else None,
            "members": [part["name"] for part in state.parts("stories", "members")],
        }
    ]


def _tell(state: State) -> list[Args]:
    reports = state.ranged("reports")
    signs = state.ranged("signs")
    for report, sign in zip(reports, signs, strict=True):
        report["unsigned"] = report["rows"] - sign["rows"]
    touched = int(state.facts("stories.link", "touched"))
    pieces = -(-int(state.facts("stories.link", "members")) // _TOLD)
    about = {"signs": signs, "reports": reports, "first": state.first}
    return [{**about, "slice": list(some)} for some in _even(touched, pieces)] if touched else []


def _prune(stage: str, kinds: Iterable[str]) -> Callable[[State], list[Args]]:
    """The parts of earlier batches that stories which are told anew have to leave."""

    def plan(state: State) -> list[Args]:
        if not state.batch:
            return []
        if stage == "stories":
            made = [p["name"] for m in state.told["stories.tell"] for p in m["parts"] if p["kind"] == "stories"]
        else:
            made = [p["name"] for p in state.parts("stories", "stories", state.batch)]
        held = [p["name"] for b in range(state.batch) for kind in kinds for p in state.parts(stage, kind, b)]
        return [{"name": name, "touched": made} for name in held]

    return plan


# ---------------------------------------------------------------- passages between stories


def _mark(state: State) -> list[Args]:
    both = zip(state.parts("reports", batch=state.batch), state.parts("signs", batch=state.batch), strict=True)
    return [{"reports": report["name"], "signs": sign["name"]} for report, sign in both]


def _cross(state: State) -> list[Args]:
    """The slots of runs; the stories are those that stand now, since no report ever leaves its own."""
    before = [part for batch in range(state.batch) for part in state.parts("reuse", "runs", batch)]
    held = [*before, *(part for mark in state.told["reuse.mark"] for part in mark["parts"])]
    rows = sum(p["rows"] for p in held)
    about = {
        "keys": [{"name": p["name"], "slots": p["slots"]} for p in held],
        "signs": [part["name"] for part in state.parts("signs")],
        "members": state.store.names("members", ".parquet"),
        "count": state.count,
        "first": state.first,
        "block": blocks_of(state.count),
    }
    return [{**about, "slots": slots} for slots in _even(SLOTS, -(-rows // _BUCKET))]


def _find(state: State) -> list[Args]:
    wanted: dict[tuple[int, int], list[Args]] = {}
    for mark in state.told["reuse.meet"]:
        part = mark["facts"]["pairs"]
        for group, (left, right) in enumerate(part["blocks"]):
            wanted.setdefault((left, right), []).append({"name": part["name"], "group": group})
    size = blocks_of(state.count)
    members = state.store.names("members", ".parquet")
    reports, signs = state.ranged("reports"), state.ranged("signs")

    def of(ranged: list[Args], blocks: tuple[int, int]) -> list[Args]:
        return [p for p in ranged if any(p["first"] < (n + 1) * size and p["stop"] > n * size for n in blocks)]

    return [
        {
            "pairs": pairs,
            "reports": of(reports, blocks),
            "signs": of(signs, blocks),
            "members": members,
            "count": state.count,
        }
        for blocks, pairs in sorted(wanted.items())
    ]


# ---------------------------------------------------------------- annotations, dossiers, summary


def _stories(state: State) -> Iterator[tuple[str, list[int]]]:
    """The stories of two reports and more that new reports stand in, with the numbers of all their reports."""
    name, numbers = "", list[int]()
    for part in state.parts("stories", "members", state.batch):
        table = state.store.read_table(part["name"], ["story", "number"])
        for story, number in zip(table["story"].to_pylist(), table["number"].to_pylist(), strict=True):
            if story != name:
                if len(numbers) > 1:
                    yield name, numbers
                name, numbers = story, []
            numbers.append(number)
    if len(numbers) > 1:
        yield name, numbers


def _annotations(state: State, batches: int) -> dict[int, str]:
    """The part that holds what was read from a report, by the report's number."""
    out: dict[int, str] = {}
    for batch in range(batches):
        for part in state.parts("annotations", batch=batch):
            for number in state.store.read_table(part["name"], ["number"])["number"].to_pylist():
                out[number] = part["name"]
    return out


def _sized(count: int) -> int:
    """How many reports a task takes: many tasks of a small run, so that workers end together."""
    return min(_MOST, max(_LEAST, count // 64))


def _held(ranged: Sequence[Args], numbers: Iterable[int]) -> list[Args]:
    """The parts of reports that hold these numbers."""
    from bisect import bisect_right

    starts = [part["first"] for part in ranged]
    some = sorted({bisect_right(starts, number) - 1 for number in numbers})
    return [ranged[n] for n in some]


def _read(state: State) -> list[Args]:
    known = _annotations(state, state.batch)
    numbers = [number for _, some in _stories(state) for number in some if number not in known]
    size = _sized(len(numbers))
    ranged = state.ranged("reports")
    pieces = [numbers[at : at + size] for at in range(0, len(numbers), size)]
    return [{"numbers": some, "reports": _held(ranged, some)} for some in pieces]


def _collate(state: State) -> list[Args]:
    known = _annotations(state, state.batch + 1)
    stories = list(_stories(state))
    size = _sized(sum(len(numbers) for _, numbers in stories))
    ranged = state.ranged("reports")
    out: list[Args] = []
    held: list[Args] = []
    numbers: list[int] = []

    def flush() -> None:
        if held:
            parts = sorted({known[n] for n in numbers if n in known})
            about = {"annotations": [{"name": name} for name in parts], "reports": _held(ranged, numbers)}
            out.append({"stories": list(held), **about})
            held.clear()
            numbers.clear()

    for story, some in stories:
        if held and len(numbers) + len(some) > size:
            flush()
        held.append({"story": story, "numbers": some})
        numbers += some
    flush()
    return out


def _count(state: State) -> list[Args]:
    parts = {
        "reports": [part["name"] for part in state.parts("reports")],
        "origins": [part["name"] for part in state.parts("dossiers", "origins")],
        "edits": [part["name"] for part in state.parts("dossiers", "edits")],
    }
    return [{"parts": parts}]


STAGES: tuple[Stage, ...] = (
    Stage(
        "reports",
        1,
        (Step("read", _pieces), Step("settle", _settle), Step("gather", _gather)),
        ("part", "max_megabytes"),
        tables=("twins",),
        facts=("first", "sizes"),
        scraps=("_read",),
    ),
    Stage("signs", 2, (Step("sign", _sign),)),
    Stage("candidates", 1, (Step("meet", _meet),)),
    Stage("pairs", 1, (Step("weigh", _weigh),)),
    Stage(
        "stories",
        1,
        (Step("link", _link), Step("tell", _tell), Step("prune", _prune("stories", ("stories", "members")))),
        tables=("members",),
        scraps=("_state/labels-{before:04d}.parquet",),
    ),
    Stage("reuse", 2, (Step("mark", _mark), Step("meet", _cross), Step("find", _find)), scraps=("_pairs",)),
    Stage("annotations", 2, (Step("read", _read),)),
    Stage(
        "dossiers",
        1,
        (Step("collate", _collate), Step("prune", _prune("dossiers", TABLES))),
        ("max_story",),
        tables=tuple(name for name in TABLES if name != "dossiers"),
    ),
    Stage("summary", 1, (Step("count", _count),), replaces=True),
)
"""The stages in their order."""
