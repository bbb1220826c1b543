"""The order of steps, from reports as given to a dossier, as literal lists.

Each step names the function that does the work, what it requires and what it assigns. The order
is checked once, when a run begins: a step that lacks what it requires raises `OrderError`.
The functions are named by module and loaded when they run, so that importing Tellings is cheap.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING, Any

from tellings.errors import NothingToCompare, OrderError
from tellings.records import Annotated, Collation, Dossier, Notice, Report, Story, Topic

if TYPE_CHECKING:
    from tellings.annotate.models import MentionModel

__all__ = ["ANNOTATE", "COLLATE", "Step", "annotate", "check", "collate", "compare", "dossier", "stories"]

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many are done and how many there are."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what it assigns, the module under `tellings` whose `find` does it, what it requires.

    `instead` does it in place of that `find`, where a user has named a model of their own.
    """

    assigns: str
    module: str
    requires: tuple[str, ...] = ()
    instead: Callable[[Any], Any] | None = None

    def run(self, record: Any) -> Any:
        """The record with this step's field filled in."""
        find = self.instead or import_module(f"tellings.{self.module}").find
        found = find(record)
        return replace(record, **{self.assigns: found})


ANNOTATE: tuple[Step, ...] = (
    Step("removed", "annotate.furniture"),
    Step("sentences", "annotate.sentences", ("removed",)),
    Step("words", "annotate.words", ("sentences",)),
    Step("tagged", "annotate.encoder", ("words",)),
    Step("mentions", "annotate.mentions", ("words", "tagged")),
    Step("quantities", "annotate.quantities", ("words",)),
    Step("times", "annotate.times", ("words",)),
    Step("places", "annotate.places", ("mentions",)),
    Step("attributions", "annotate.attributions", ("words", "tagged", "mentions")),
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


def _reading(models: Sequence[str | MentionModel]) -> tuple[Step, ...]:
    """The steps of `ANNOTATE`, with the models named in place of the built-in ones."""
    if not models:
        return ANNOTATE
    named = import_module("tellings.annotate.models")
    instead = named.finders(named.load(models))
    return tuple(replace(step, instead=instead.get(step.assigns)) for step in ANNOTATE)


def annotate(
    reports: Sequence[Report], progress: Progress = _quiet, models: Sequence[str | MentionModel] = ()
) -> tuple[Annotated, ...]:
    """Each report with what it says, sorted by id.

    `models` are read with in place of the built-in ones: names such as "spacy:en_core_web_trf",
    or what follows `tellings.annotate.models.MentionModel`.
    """
    steps = _reading(models)
    check(steps)
    out: list[Annotated] = []
    for report in sorted(reports, key=lambda r: r.id):
        record = Annotated(report)
        for step in steps:
            record = step.run(record)
        out.append(record)
        progress("reading", len(out), len(reports))
    return tuple(out)


def stories(reports: Sequence[Report], progress: Progress = _quiet) -> tuple[Story, ...]:
    """The reports grouped by event: every report stands in one story.

    Nothing is annotated for it: a report's words, their furniture left out, and its day are enough.
    """
    signs = import_module("tellings.cluster.signs")
    furniture = ANNOTATE[0]
    out: list[Any] = []
    for report in sorted(reports, key=lambda r: r.id):
        out.append(signs.sign(report, furniture.run(Annotated(report)).removed))
        progress("reading", len(out), len(reports))
    return import_module("tellings.cluster.stories").group(out)


def collate(reports: Sequence[Annotated], progress: Progress = _quiet) -> Collation:
    """What the reports of one story say together; `reports` are those on topic."""
    check(COLLATE)
    record = Collation(tuple(sorted(reports, key=lambda r: r.id)))
    for number, step in enumerate(COLLATE):
        progress(step.assigns, number, len(COLLATE))
        record = step.run(record)
    return record


def compare(
    reports: Sequence[Report],
    notices: Sequence[Notice] = (),
    progress: Progress = _quiet,
    models: Sequence[str | MentionModel] = (),
) -> Dossier:
    """The dossier of one story; `NothingToCompare` if no report is given. `models` as in `annotate`."""
    if not reports:
        raise NothingToCompare("no report is left to compare", next_step="give at least one report in English")
    return dossier(annotate(reports, progress, models), notices, progress)


def dossier(reports: Sequence[Annotated], notices: Sequence[Notice] = (), progress: Progress = _quiet) -> Dossier:
    """The dossier of one story, of reports that are read already."""
    read = tuple(sorted(reports, key=lambda r: r.id))
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
