"""Many tellings, one event: who says what, who copied whom, where reports cannot all be right.

    import tellings

    dossier = tellings.compare(["reports/"])
    for conflict in dossier.collation.conflicts:
        print(conflict.slot, [reading.value for reading in conflict.readings])
    open("dossier.html", "w", encoding="utf-8").write(tellings.to_html(dossier))

Nothing is sent anywhere, and every item quotes the reports exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from os import PathLike

from tellings import pipeline
from tellings.annotate.models import MentionModel, Proposal
from tellings.errors import (
    EmptyInput,
    FetchFailed,
    FetchRefused,
    InputError,
    NotFound,
    NothingToCompare,
    NotQuoted,
    OrderError,
    TellingsError,
    TooLarge,
    Unreadable,
)
from tellings.records import Annotated, Dossier, Notice, Report, Story
from tellings.text import Span, View

__all__ = [
    "Annotated",
    "Dossier",
    "EmptyInput",
    "FetchFailed",
    "FetchRefused",
    "Given",
    "InputError",
    "MentionModel",
    "NotFound",
    "NotQuoted",
    "NothingToCompare",
    "Notice",
    "OrderError",
    "Proposal",
    "Report",
    "Span",
    "Story",
    "TellingsError",
    "TooLarge",
    "Unreadable",
    "View",
    "__version__",
    "annotated",
    "compare",
    "read",
    "stories",
    "to_html",
    "to_json",
    "to_text",
]

__version__ = "0.1.0"

Given = str | PathLike[str] | Mapping[str, object] | Report
"""What a report may be given as: a path, glob or folder, a row with the contract's fields, a record."""


def read(given: Iterable[Given]) -> tuple[tuple[Report, ...], tuple[Notice, ...]]:
    """The reports in what was given, sorted by id, and what there is to know about the others.

    Paths, globs and folders are read as the command line reads them; mappings need a "text" and
    may hold "id", "outlet", "url", "title" and "published". Raises `InputError` where nothing
    can be read.

    >>> reports, notices = read([{"id": "a", "text": "Two trains collided on Monday."}])
    >>> reports[0].id, len(notices)
    ('a', 0)
    """
    from tellings.acquire import files

    items = list(given)
    paths = [item for item in items if isinstance(item, str | PathLike)]
    rows = [item for item in items if isinstance(item, Mapping | Report)]
    if rows and paths:
        first, said = files.read(paths)
        second, more = files.from_rows([*first, *rows])
        return second, (*said, *more)
    return files.read(paths) if paths else files.from_rows(rows)


def compare(given: Iterable[Given], models: Sequence[str | MentionModel] = ()) -> Dossier:
    """The dossier of one story: what its reports say, who copied whom, where they conflict.

    `models` as in `annotated`. Raises `InputError` where nothing can be read and
    `NothingToCompare` where no report is left.

    >>> dossier = compare(
    ...     [
    ...         {"id": "a", "outlet": "A", "text": "Two trains collided near Larvik on Monday. Nine people were hurt."},
    ...         {"id": "b", "outlet": "B", "text": "Two trains collided near Larvik on Monday, injuring nine people."},
    ...     ]
    ... )
    >>> [report.id for report in dossier.reports]
    ['a', 'b']
    """
    reports, notices = read(given)
    return pipeline.compare(reports, notices, models=models)


def annotated(given: Iterable[Given], models: Sequence[str | MentionModel] = ()) -> tuple[Annotated, ...]:
    """What each report says by itself, sorted by id: sentences, mentions, attributions, times, places.

    `models` find the mentions in place of the built-in model: "spacy:NAME" and "gliner:NAME" for
    one that is on this machine, by its name or folder, or an object with the one method of
    `MentionModel`. Raises `TellingsError` where one is missing, `InputError` where nothing can be read.

    >>> class Rivers:
    ...     def mentions(self, text, sentences):
    ...         at = text.index("the Glomma")
    ...         return [Proposal(at, at + 10, "the Glomma", "place")]
    >>> [report] = annotated([{"id": "a", "text": "On Monday the Glomma rose again."}], models=[Rivers()])
    >>> [(report.quote(mention.span), mention.kind) for mention in report.mentions]
    [('Glomma', 'place')]
    """
    return pipeline.annotate(read(given)[0], models=models)


def stories(given: Iterable[Given]) -> tuple[Story, ...]:
    """The reports grouped by event; every report stands in exactly one story."""
    return pipeline.stories(read(given)[0])


def to_json(dossier: Dossier) -> str:
    """The dossier as a JSON document, the contract that other programs read; ends with a newline."""
    from tellings.present import documents

    return documents.dumps(dossier)


def to_html(dossier: Dossier) -> str:
    """The dossier as one self-contained HTML page."""
    from tellings.present import pages

    return pages.page(dossier)


def to_text(dossier: Dossier, width: int = 100) -> str:
    """The dossier as plain text for a terminal `width` columns wide."""
    from tellings.present import terminals

    return terminals.summary(dossier, width=width, colour=False)
