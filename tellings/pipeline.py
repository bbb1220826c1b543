"""The order of steps, from reports as given to a dossier, as literal lists.

Each step names the function that does the work, what it requires and what it assigns. The order
is checked once, when a run begins: a step that lacks what it requires raises `OrderError`.
The functions are named by module and loaded when they run, so that importing Tellings is cheap.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any

from tellings.errors import NothingToCompare, OrderError
from tellings.records import Annotated, Collation, Dossier, Notice, Report, Story, Topic

__all__ = ["ANNOTATE", "COLLATE", "Step", "annotate", "check", "collate", "compare", "stories"]

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many are done and how many there are."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what it assigns, the module under `tellings` whose `find` does it, what it requires."""

    assigns: str
    module: str
    requires: tuple[str, ...] = ()

    def run(self, record: Any) -> Any:
        """The record with this step's field filled in."""
        found = import_module(f"tellings.{self.module}").find(record)
        return replace(record, **{self.assigns: found})


ANNOTATE: tuple[Step, ...] = (
    Step("removed", "annotate.furniture"),
    Step("sentences", "annotate.sentences", ("removed",)),
    Step("words", "annotate.words", ("sentences",)),
    Step("mentions", "annotate.mentions", ("words",)),
    Step("quantities", "annotate.quantities", ("words",)),
    Step("times", "annotate.times", ("words",)),
    Step("places", "annotate.places", ("mentions",)),
    Step("attributions", "annotate.attributions", ("words", "mentions")),
    Step("clauses", "annotate.clauses", ("words", "attributions")),
)
"""What is read from each report by itself."""

COLLATE: tuple[Step, ...] = (
    Step("passages", "collate.passages"),
    Step("origins", "collate.origins", ("passages",)),
    Step("edits", "collate.edits", ("passages", "origins")),
    Step("actors", "collate.actors", ("edits",)),
    Step("claims", "collate.claims", ("passages", "origins", "actors")),
    Step("conflicts", "collate.conflicts", ("claims",)),
    Step("timeline", "collate.entries", ("claims",)),
    Step("places", "collate.places"),
    Step("brief", "collate.briefs", ("claims", "conflicts")),
)
"""What the reports of one story say together."""


def check(steps: Iterable[Step]) -> None:
    """Raise `OrderError` if a step requires what no earlier step assigns, or two assign the same."""
    done: set[str] = set()
    for step in steps:
        missing = [name for name in step.requires if name not in done]
        if missing:
            raise OrderError(f"it requires {', '.join(missing)}, which no earlier step assigns", where=step.module)
        if step.assigns in done:
            raise OrderError(f"{step.assigns} is assigned by an earlier step already", where=step.module)
        done.add(step.assigns)


def _quiet(what: str, done: int, of: int) -> None:
    """Show no progress."""


def annotate(reports: Sequence[Report], progress: Progress = _quiet) -> tuple[Annotated, ...]:
    """Each report with what it says, sorted by id."""
    check(ANNOTATE)
    out: list[Annotated] = []
    for report in sorted(reports, key=lambda r: r.id):
        record = Annotated(report)
        for step in ANNOTATE:
            record = step.run(record)
        out.append(record)
        progress("reading", len(out), len(reports))
    return tuple(out)


def stories(reports: Sequence[Annotated]) -> tuple[Story, ...]:
    """The reports grouped by event: every report stands in one story."""
    return import_module("tellings.cluster.stories").group(reports)


def collate(reports: Sequence[Annotated], progress: Progress = _quiet) -> Collation:
    """What the reports of one story say together; `reports` are those on topic."""
    check(COLLATE)
    record = Collation(tuple(sorted(reports, key=lambda r: r.id)))
    for number, step in enumerate(COLLATE):
        progress(step.assigns, number, len(COLLATE))
        record = step.run(record)
    return record


def compare(reports: Sequence[Report], notices: Sequence[Notice] = (), progress: Progress = _quiet) -> Dossier:
    """The dossier of one story; `NothingToCompare` if no report is given."""
    if not reports:
        raise NothingToCompare("no report is left to compare", next_step="give at least one report in English")
    read = annotate(reports, progress)
    topics: tuple[Topic, ...] = import_module("tellings.cluster.topics").find(read)
    about = {topic.report for topic in topics if topic.on_topic}
    dated, told = import_module("tellings.cluster.dates").infer([r for r in read if r.id in about])
    with_dates = {report.id: report for report in dated}
    read = tuple(_again(report, with_dates.get(report.id, report)) for report in read)
    collation = collate([r for r in read if r.id in about], progress)
    alone = (_ALONE,) if len(about) == 1 else ()
    return Dossier(read, topics, collation, (*notices, *told, *alone))


_ALONE = Notice(
    "alone", "story", "one report is left, so there is nothing to compare it with", "give more reports of it"
)


def _again(before: Annotated, dated: Annotated) -> Annotated:
    """The report with its times resolved anew where its date of publication was inferred."""
    if before.report.published == dated.report.published:
        return before
    return next(step for step in ANNOTATE if step.assigns == "times").run(dated)
