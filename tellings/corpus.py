"""Runs over archives: from folders, web archives and tables of reports to stories and dossiers, in stages.

    reports -> signs -> candidates -> pairs -> stories -> reuse -> annotations -> dossiers -> summary

Each stage is a folder of Parquet files with a manifest that says what made them; a run stops after any
stage, can be looked at, and goes on from there where its manifest is the one that it would write. A stage
is a few steps, a step a list of tasks, and a task writes its own files: what a killed run has finished is
kept. Nothing that is written depends on the order of inputs, on workers, on the engine or on where a run
was broken off.

A batch that is added later (`add`) is read, signed and weighed against all that stands; its reports join
the stories they belong to, and only stories that grew are collated again. Batches are made one after the
other, each from what stood when it came: one that was broken off is finished before the next, and stages
that are made anew are made for every batch in turn.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import tellings
from tellings.corpora import shapes, sources, tables
from tellings.corpora.engines import Engine
from tellings.corpora.plans import STAGES, Stage, State
from tellings.corpora.stores import UNFINISHED, Batch, Identity, Manifest, Store, digest_of
from tellings.corpora.tasks import mark_of, perform
from tellings.errors import TellingsError

__all__ = ["STAGE_NAMES", "Options", "Outcome", "run", "shown", "summary"]

STAGE_NAMES = tuple(stage.name for stage in STAGES)
Progress = Callable[[str, int, int], None]
"""Called with the step, how many of its tasks are done and how many there are."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a run is made with; all of it stands in the manifests of the stages that it concerns.

    `part` is how many reports a part holds at most; `max_megabytes` bounds the text of one report;
    `max_story` how many reports a story may have and be collated.
    """

    part: int = 4000
    max_megabytes: float = 20.0
    max_story: int = 2000


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run has made: the counts of each stage for its batch, and how many reports or stories failed."""

    out: str
    batch: int
    counts: Mapping[str, Mapping[str, int]]
    lost: int
    made: tuple[str, ...] = ()


def _quiet(_what: str, _done: int, _of: int) -> None:
    """Show no progress."""


def run(
    inputs: Sequence[str],
    out: str,
    *,
    options: Options | None = None,
    until: str = "summary",
    add: bool = False,
    restart: str | None = None,
    engine: Callable[[], Engine] = Engine,
    progress: Progress = _quiet,
) -> Outcome:
    """Run the stages up to `until` over `inputs` into the folder `out`; what is there already is kept.

    `restart` names a stage that is made anew with all that follow it. `add` adds `inputs` to what
    stands in `out` as a further batch. `engine` is called when there is something to do.

    Raises `TellingsError` where `out` holds a run of other inputs, options or version, and where
    nothing can be read.
    """
    for stage in (until, restart):
        if stage is not None and stage not in STAGE_NAMES:
            raise TellingsError(f"there is no stage {stage}", next_step=f"name one of {', '.join(STAGE_NAMES)}")
    store = Store(out)
    sources.checked(inputs, out)
    with _alone(store):
        return _Run(store, options or Options(), engine, progress).go(inputs, until, add, restart)


@contextmanager
def _alone(store: Store) -> Generator[None]:
    """Keep a second run out of the same folder of this machine."""
    if not store.local:
        yield
        return
    import os

    try:
        import fcntl
    except ImportError:  # no such lock on this system
        yield
        return
    try:
        os.makedirs(store.root, exist_ok=True)  # noqa: PTH103  # names are strings here, of any file system
        lock = Path(store.root, ".lock").open("wb")  # noqa: SIM115  # held until the run ends
    except OSError as error:
        raise TellingsError(f"it cannot be written to ({error.strerror})", where=str(store)) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise TellingsError(
                "another run is at work in it", where=str(store), next_step="wait for its end"
            ) from None
        yield


@dataclass(slots=True)
class _Run:
    """One run: the state that its stages are planned from, and the engine once it is needed."""

    store: Store
    options: Options
    engine: Callable[[], Engine]
    progress: Progress
    batch: int = 0
    manifests: dict[str, Manifest] = field(default_factory=dict[str, Manifest])
    made: list[str] = field(default_factory=list[str])
    _engine: Engine | None = None

    def go(self, inputs: Sequence[str], until: str, add: bool, restart: str | None) -> Outcome:
        """Plan, compare with what stands, and make what is missing."""
        self.manifests = {stage.name: Manifest.load(self.store, stage.name) for stage in STAGES}
        standing = len(self.manifests["reports"].batches)
        if not standing and not self.store.read_json("reports/_plan.json"):
            self._fresh()
        plan = sources.plan(inputs, self.options.part)
        given = self._number(plan, standing) if add else 0
        last, anew = given, len(STAGES)
        if restart is not None:
            self.batch = given
            anew = self._restart(restart, plan)
            last = max(given, len(self.manifests["reports"].batches) - 1)  # what is made anew, is for all batches
        try:
            for batch in range(last + 1):
                self.batch = batch
                self._through(until, plan if batch == given else None, anew)
        finally:
            if self._engine is not None:
                self._engine.close()
        counts = {
            name: dict(m.batches[self.batch].counts)
            for name, m in self.manifests.items()
            if len(m.batches) > self.batch
        }
        return Outcome(str(self.store), self.batch, counts, self._lost(), tuple(self.made))

    def _through(self, until: str, plan: sources.Plan | None, anew: int) -> None:
        """Bring one batch through the stages up to `until`; without a plan it is one whose reports stand.

        What stands of such a batch is taken as it is up to the stage `anew`: its own run has looked at that.
        """
        before = ""
        for at, stage in enumerate(STAGES[: STAGE_NAMES.index(until) + 1]):
            held = self.manifests[stage.name].batches
            if plan is None and at < anew and len(held) > self.batch:
                before = held[self.batch].identity.digest
                continue
            identity = self._identity(stage, plan, before)
            before = identity.digest
            if not self._stands(stage, identity, plan):
                self._make(stage, identity, plan or sources.Plan())

    # ------------------------------------------------------------ what stands

    def _fresh(self) -> None:
        """Refuse a folder that holds something else."""
        own = {"errors", *STAGE_NAMES[1:], *(table for stage in STAGES for table in stage.tables)}
        found = [name for name in self.store.entries() if not name.startswith((".", "_")) and name not in own]
        if found:
            raise TellingsError(
                f"the folder holds other files ({found[0]})",
                where=str(self.store),
                next_step="name a new or empty folder",
            )

    def _restart(self, stage: str, plan: sources.Plan) -> int:
        """Remove a stage and those that follow it, of all batches; gives back the place of the first one removed.

        Of the tables of several batches the stories that grew have left the parts of the batch that began
        them, so that what follows `stories` is made anew from there on, though nothing is read anew for it;
        the summary is made from what stands.
        """
        standing = len(self.manifests["reports"].batches)
        first, last = STAGE_NAMES.index(stage), len(STAGES) - 1
        if not first and self.batch:
            return self._unread()
        if not first and standing > 1:
            raise TellingsError(
                f"it was made of {standing} batches, and the inputs of one are given",
                where=str(self.store),
                next_step="--restart signs makes all anew but the reports; to read them anew, run over the first batch"
                " into another folder, and --add the others in their order",
            )
        if first and self.batch < standing:  # before anything is removed
            self._stands(STAGES[0], self._identity(STAGES[0], plan, ""), plan)
        keep = 0
        kept: set[str] = set()
        if standing > 1 and first == last:
            keep = standing - 1
        elif standing > 1 and first > (stories := STAGE_NAMES.index("stories")):
            kept = set(STAGE_NAMES[stories + 1 : first])
            first = stories
        for gone in STAGES[first:]:
            if gone.name in kept:
                continue
            if not keep:
                for folder in (gone.name, *gone.tables):
                    self.store.remove(folder)
            for name in self.store.names("errors", f"-{gone.name}.parquet"):
                if int(name.rpartition("/")[2].split("-")[1]) >= keep:
                    self.store.remove(name)
            self.manifests[gone.name] = Manifest(gone.name, self.manifests[gone.name].batches[:keep])
            if keep:
                self.manifests[gone.name].save(self.store)
        return first

    def _unread(self) -> int:
        """Remove what was read of a batch that is to be added and was broken off; those that stand are kept."""
        if self.batch < len(self.manifests["reports"].batches):
            raise TellingsError(
                "this batch is read and stands",
                where=str(self.store),
                next_step="--restart signs makes what follows anew",
            )
        for folder in (STAGE_NAMES[0], *STAGES[0].tables):
            for name in self.store.names(folder, ".parquet"):
                if f"/part-{self.batch:04d}-" in name:
                    self.store.remove(name)
        for name in ("_plan.json", "_done", *STAGES[0].scraps):
            self.store.remove(f"{STAGE_NAMES[0]}/{name}")
        return len(STAGES)

    def _number(self, plan: sources.Plan, standing: int) -> int:
        """The number of the batch to add: that of an earlier one where it was this, which then goes on."""
        if not standing:
            raise TellingsError(
                "there is nothing to add to", where=str(self.store), next_step="run without --add first"
            )
        for number in range(1, standing):
            found = self.manifests["reports"].batches[number].identity
            if self._identity(STAGES[0], plan, "", number).input == found.input:
                return number
        return standing

    def _identity(self, stage: Stage, plan: sources.Plan | None, before: str, batch: int | None = None) -> Identity:
        """What the stage's files would be made from."""
        number = self.batch if batch is None else batch
        held = self.manifests[stage.name].batches
        earlier = held[number - 1].identity.digest if 0 < number <= len(held) else ""
        given = plan.digest if plan is not None and stage is STAGES[0] else before
        every = asdict(self.options)
        chosen = {name: every[name] for name in stage.options}
        return Identity(stage.name, f"{tellings.__version__}/{stage.version}", chosen, digest_of([given, earlier]))

    def _stands(self, stage: Stage, identity: Identity, plan: sources.Plan | None) -> bool:
        """Whether the stage is made already; raises where what is there was made from something else."""
        held = self.manifests[stage.name].batches
        if len(held) > self.batch:
            found = held[self.batch].identity
        else:
            begun = self.store.read_json(f"{stage.name}/_plan.json")
            if begun is None:
                return False
            found = Identity(stage.name, begun["version"], begun["options"], begun["input"])
            if begun["batch"] != self.batch:
                raise TellingsError(
                    f"another batch is in work at the stage {stage.name}",
                    where=str(self.store),
                    next_step="run that to its end first",
                )
        if found != identity:
            why = identity.differences(found)
            if why == ["what it was made from is not the same"] and stage is STAGES[0]:
                why = ["the files given are not those it was made from"]
            step = f"give the same again, add --restart {stage.name} to make it anew, or name another folder"
            if stage is STAGES[0] and plan is not None and not plan.troubles and self.batch == 0:
                step += "; --add adds the files to it"
            raise TellingsError("; ".join(why), where=f"{self.store}/{stage.name}", next_step=step)
        return len(held) > self.batch

    # ------------------------------------------------------------ making a stage

    def _make(self, stage: Stage, identity: Identity, plan: sources.Plan) -> None:
        """Run the steps of a stage, and write its manifest."""
        begun = time.perf_counter()
        self.store.write_json(f"{stage.name}/_plan.json", {"batch": self.batch, **asdict(identity)})
        # A batch is planned from what stood when it came, also where later ones stand already.
        stood = {name: Manifest(name, held.batches[: self.batch + 1]) for name, held in self.manifests.items()}
        state = State(self.store, stood, self.batch, asdict(self.options), plan)
        kept = 0
        for step in stage.steps:
            tasks = step.plan(state)
            name = f"{stage.name}.{step.name}"
            kept += self._step(name, tasks, identity)
            state.told[name] = [self.store.read_json(mark_of(name, number)) for number in range(len(tasks))]
        told = [mark for marks in state.told.values() for mark in marks]
        self._troubles(
            stage, [*(plan.troubles if stage is STAGES[0] else []), *(t for m in told for t in m["troubles"])]
        )
        counts: dict[str, int] = {}
        for mark in told:
            for what, count in mark["counts"].items():
                counts[what] = counts.get(what, 0) + count
        done = Batch(
            identity,
            dict(sorted(counts.items())),
            tuple(sorted((p for m in told for p in m["parts"]), key=lambda p: p["name"])),
            {k: v for mark in told for k, v in mark["facts"].items() if k in stage.facts},
            {
                "seconds": round(time.perf_counter() - begun, 2),
                "cpu_seconds": round(sum(m["cost"]["cpu"] for m in told), 2),
                "peak_mb": round(max((m["cost"]["peak_mb"] for m in told), default=0)),
                "tasks": len(told),
                "kept": kept,
                "engine": self._engine.kind if self._engine else "",
                "workers": self._engine.workers if self._engine else 0,
            },
        )
        before = self._pruned(stage, told)
        self.manifests[stage.name] = Manifest(stage.name, (*before, done))
        self.manifests[stage.name].save(self.store)
        for name in ("_plan.json", "_done", "_failed.txt", *stage.scraps):
            self.store.remove(f"{stage.name}/{name.format(before=self.batch - 1)}")
        self.store.remove(UNFINISHED)
        self.made.append(stage.name)

    def _pruned(self, stage: Stage, told: Iterable[Mapping[str, Any]]) -> list[Batch]:
        """The batches before, with the rows that their parts have left."""
        left = {m["facts"]["name"]: m["facts"]["rows"] for m in told if "name" in m["facts"]}
        out: list[Batch] = []
        for batch in self.manifests[stage.name].batches:
            if stage.replaces:
                for part in batch.parts:
                    self.store.remove(part["name"])
                out.append(replace(batch, parts=()))
            else:
                parts = ({**p, "rows": left.get(p["name"], p["rows"])} for p in batch.parts)
                out.append(replace(batch, parts=tuple(parts)))
        return out

    def _step(self, name: str, tasks: Sequence[Mapping[str, Any]], identity: Identity) -> int:
        """Do the tasks of a step that are not done; gives back how many were."""
        lines = [
            json.dumps(
                {
                    **args,
                    "store": self.store.url if "://" in self.store.url else self.store.root,
                    "step": name,
                    "number": number,
                    "batch": self.batch,
                    "key": identity.digest,
                    "options": asdict(self.options),
                }
            )
            for number, args in enumerate(tasks)
        ]

        def unfinished(some: Sequence[str]) -> list[str]:
            done = set(self.store.names(f"{name.partition('.')[0]}/_done", ".json"))
            return [line for line in some if mark_of(name, json.loads(line)["number"]) not in done]

        left = unfinished(lines)
        kept = done = len(lines) - len(left)
        self.progress(name, done, len(lines))
        for said in self._do(left, unfinished):
            found = json.loads(said)
            if "error" in found:
                e = found["error"]
                raise TellingsError(e["what"], where=e["where"], next_step=e["next_step"])
            done += 1
            self.progress(name, min(done, len(lines)), len(lines))
        return kept

    def _do(self, tasks: Sequence[str], unfinished: Callable[[Sequence[str]], Sequence[str]]) -> Iterable[str]:
        """Give tasks to the engine; one alone is done here, where nothing has to be started for it."""
        if not tasks:
            return ()
        if self._engine is None:
            self._engine = self.engine()
            if "memory" in self.store.system.protocol and (self._engine.kind, self._engine.workers) != ("local", 1):
                raise TellingsError(
                    "memory is seen by one process alone",
                    where=str(self.store),
                    next_step="add --workers 1, or name a folder",
                )
        if len(tasks) == 1:
            return map(perform, tasks)
        return self._engine.map(tasks, unfinished)

    # ------------------------------------------------------------ what went wrong

    def _troubles(self, stage: Stage, troubles: Sequence[Mapping[str, Any]]) -> None:
        """Write the errors of a stage as a table; a stage without errors has none."""
        if not troubles:
            return
        rows = sorted(({"stage": stage.name, **t} for t in troubles), key=lambda r: tuple(map(str, r.values())))
        name = f"errors/part-{self.batch:04d}-{stage.name}.parquet"
        self.store.write_table(name, shapes.table(rows, shapes.ERRORS))

    def _lost(self) -> int:
        """How many reports and stories were lost to an error in this batch."""
        names = [n for n in self.store.names("errors", ".parquet") if f"part-{self.batch:04d}-" in n]
        return sum(sum(self.store.read_table(name, ["lost"])["lost"].to_pylist()) for name in names)


def summary(out: str) -> list[dict[str, Any]]:
    """The rows of the summary that stands in a folder, in their order; none where it was not made."""
    store = Store(out)
    return [row for name in Manifest.load(store, "summary").names() for row in store.read_table(name).to_pylist()]


def shown(outcome: Outcome) -> str:
    """What a run has made, for a terminal: how many of what, and the summary where there is one."""
    found = {name: count for stage in outcome.counts.values() for name, count in stage.items()}
    told = [
        f"{found[name]:,} {what}"
        for name, what in (
            ("reports", "reports"),
            ("twins", "twins left out"),
            ("stories", "stories"),
            ("reports_alone", "reports alone"),
            ("dossiers", "dossiers"),
        )
        if found.get(name)
    ]
    head = f"{outcome.out}: {', '.join(told)}"
    table = tables.shown(summary(outcome.out)) if "summary" in outcome.counts else ""
    return f"{head}\n\n{table}" if table else head
