"""The command line: `tellings compare`, `annotate`, `stories`, `corpus`, `demo`.

What was asked for goes to stdout or to the files named; messages and progress go to stderr, and
progress only where stderr is a terminal. Exit codes: 0 done, 2 nothing could be done (the
message says why and what to do), 130 interrupted.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

import tellings
from tellings import pipeline
from tellings.errors import TellingsError
from tellings.records import Dossier, Notice, Report

if TYPE_CHECKING:
    from tellings.acquire.files import Limits
    from tellings.annotate.models import MentionModel

__all__ = ["main"]

F = TypeVar("F", bound=Callable[..., Any])


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(tellings.__version__, prog_name="tellings")
def cli() -> None:
    """Many tellings, one event: what happened, who says so, who copied whom, where reports conflict.

    Nothing leaves this machine, and every item shown quotes the reports exactly.
    """


def _inputs(command: F) -> F:
    """The paths and limits that every command takes."""
    for option in (
        click.option(
            "--max-reports", type=click.IntRange(1), default=2000, show_default=True, help="Refuse more reports."
        ),
        click.option(
            "--max-megabytes",
            type=click.FloatRange(0, min_open=True),
            default=20,
            show_default=True,
            help="Refuse more text.",
        ),
        click.option("--fetch", is_flag=True, help="Allow addresses (https://…) among PATHS; off unless given."),
        click.argument("paths", nargs=-1, required=True, metavar="PATHS..."),
    ):
        command = option(command)
    return command


_model = click.option(
    "--model",
    "models",
    metavar="NAME",
    multiple=True,
    help="Find names with a bigger model that is on this machine: spacy:NAME or gliner:NAME (installed, or a folder)."
    " Given again, what the next one finds is added.",
)


@cli.command()
@_inputs
@_model
@click.option("--json", "json_file", metavar="FILE", help="Write the dossier as JSON ('-' for stdout).")
@click.option("--html", "html_file", metavar="FILE", help="Write the dossier as one HTML page ('-' for stdout).")
def compare(  # noqa: PLR0917  # one option, one argument
    paths: tuple[str, ...],
    fetch: bool,
    max_megabytes: float,
    max_reports: int,
    models: tuple[str, ...],
    json_file: str | None,
    html_file: str | None,
) -> None:
    """Compare the reports of one story and show the dossier.

    PATHS are text files, HTML files, JSON or JSON Lines (id, outlet, url, title, published,
    text), folders or globs of these; any of them may be gzipped. Without --json or --html a
    summary is printed.
    """
    _writable(json_file, html_file)
    loaded = _loaded(models)
    with _progress() as progress:
        reports, notices = _read(paths, fetch, _limits(max_megabytes, max_reports))
        dossier = pipeline.compare(reports, notices, progress, loaded)
    _tell(dossier.notices)
    if json_file:
        _write(json_file, tellings.to_json(dossier))
    if html_file:
        _write(html_file, tellings.to_html(dossier))
    if not json_file and not html_file:
        _show(dossier)


@cli.command()
@_inputs
@_model
@click.option("--json", "json_file", metavar="FILE", default="-", show_default=True, help="Where to write JSON Lines.")
def annotate(  # noqa: PLR0917  # one option, one argument
    paths: tuple[str, ...],
    fetch: bool,
    max_megabytes: float,
    max_reports: int,
    models: tuple[str, ...],
    json_file: str,
) -> None:
    """Write what is said of single reports, one JSON object a report.

    Sentences, mentions, attributions, places, times and quantities, with offsets into each
    report's text.
    """
    from tellings.present import documents

    _writable(json_file)
    loaded = _loaded(models)
    with _progress() as progress:
        reports, notices = _read(paths, fetch, _limits(max_megabytes, max_reports))
        read = pipeline.annotate(reports, progress, loaded)
    _tell(notices)
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in documents.annotation_lines(read))
    _write(json_file, "".join(lines))


@cli.command()
@_inputs
@click.option("--json", "json_file", metavar="FILE", default="-", show_default=True, help="Where to write the list.")
def stories(paths: tuple[str, ...], fetch: bool, max_megabytes: float, max_reports: int, json_file: str) -> None:
    """Group reports by event: a JSON list of stories in which every report stands once."""
    from tellings.present import documents

    _writable(json_file)
    with _progress() as progress:
        reports, notices = _read(paths, fetch, _limits(max_megabytes, max_reports))
        found = pipeline.stories(reports, progress)
    _tell(notices)
    _write(json_file, json.dumps(documents.story_list(found), ensure_ascii=False, indent=1) + "\n")


@cli.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUTS...")
@click.option("--out", metavar="DIR", required=True, help="The folder, or address of one, that the stages stand in.")
@click.option("--until", metavar="STAGE", default="summary", show_default=True, help="Stop after this stage.")
@click.option("--restart", metavar="STAGE", help="Make this stage and those after it anew.")
@click.option("--add", is_flag=True, help="Add INPUTS to what stands in DIR as a further batch.")
@click.option("--engine", type=click.Choice(["local", "ray"]), default="local", show_default=True)
@click.option("--address", metavar="HOST:PORT", help="The Ray cluster; without it one is started on this machine.")
@click.option(
    "--workers", type=click.IntRange(1), help="Tasks done at a time; as many as there are cores unless given."
)
@click.option("--part", type=click.IntRange(1, 100_000), default=4000, show_default=True, help="Reports to a part.")
@click.option(
    "--max-megabytes",
    type=click.FloatRange(0, min_open=True),
    default=20,
    show_default=True,
    help="Set larger reports aside.",
)
@click.option(
    "--max-story", type=click.IntRange(2), default=2000, show_default=True, help="Collate no story with more reports."
)
def corpus(  # noqa: PLR0917  # one option, one argument
    inputs: tuple[str, ...],
    out: str,
    until: str,
    restart: str | None,
    add: bool,
    engine: str,
    address: str | None,
    workers: int | None,
    part: int,
    max_megabytes: float,
    max_story: int,
) -> None:
    """Make stories and dossiers of an archive, stage by stage, as Parquet files.

    INPUTS are web archives (.warc), HTML, JSON Lines, Parquet and text files, each also packed
    (.gz), or folders and patterns of these, on this machine or at an address such as
    s3://bucket/folder. The stages are reports, signs, candidates, pairs, stories, reuse,
    annotations, dossiers and summary. The same command again goes on where a run was broken off.
    """
    from tellings import corpus as archive
    from tellings.corpora.engines import Engine

    options = archive.Options(part=part, max_megabytes=max_megabytes, max_story=max_story)
    with _stages() as progress:
        outcome = archive.run(
            inputs,
            out,
            options=options,
            until=until,
            add=add,
            restart=restart,
            engine=lambda: Engine(engine, workers, address),
            progress=progress,
        )
    if outcome.lost:
        click.echo(f"{out}: {outcome.lost} reports or stories could not be used; see its table errors", err=True)
    click.echo(_clean(archive.shown(outcome)))


@cli.command()
@click.option("--html", "html_file", metavar="FILE", default="tellings-demo.html", show_default=True)
@click.option("--json", "json_file", metavar="FILE", help="Write the dossier as JSON, too.")
@click.option("--reports", "folder", metavar="DIR", help="Copy the invented reports and what is planted in them here.")
def demo(html_file: str, json_file: str | None, folder: str | None) -> None:
    """Run on the invented reports that come with the package, and write their page."""
    _writable(html_file, json_file)
    with resources.as_file(resources.files("tellings").joinpath("demo")) as source:
        if folder:
            try:
                shutil.copytree(
                    source, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__", "*.py")
                )
            except OSError as error:
                raise TellingsError(f"it cannot be written: {error.strerror}", where=folder) from error
        with _progress() as progress:
            reports, notices = _read([str(source / "reports")], fetch=False, limits=None)
            dossier = pipeline.compare(reports, notices, progress)
    _show(dossier)
    _write(html_file, tellings.to_html(dossier))
    if json_file:
        _write(json_file, tellings.to_json(dossier))
    click.echo(f"\nThe page: {Path(html_file).resolve()}")


# ---------------------------------------------------------------- what the commands share


def _limits(megabytes: float, reports: int) -> Limits:
    """The limits that were asked for."""
    from tellings.acquire.files import Limits

    return Limits(max_megabytes=megabytes, max_reports=reports)


def _read(paths: Iterable[str], fetch: bool, limits: Limits | None) -> tuple[tuple[Report, ...], tuple[Notice, ...]]:
    """The reports at these paths, and what there is to know of the others."""
    from tellings.acquire import files

    return files.read(list(paths), limits=limits or files.Limits(), fetch=fetch)


def _clean(text: str) -> str:
    """Text for a terminal: characters that could steer it are shown as marks instead."""
    return "".join(c if c in "\n\t" or c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def _tell(notices: Iterable[Notice]) -> None:
    """Say on stderr what the user should know of, one line each."""
    for notice in notices:
        step = f"; {notice.next_step}" if notice.next_step else ""
        click.echo(_clean(f"{notice.where}: {notice.what}{step}"), err=True)


def _show(dossier: Dossier) -> None:
    """Print the summary, in colour on a terminal."""
    from tellings.present import terminals

    width = min(shutil.get_terminal_size((100, 24)).columns, 120)
    colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    click.echo(terminals.summary(dossier, width=width, colour=colour), color=colour)


def _writable(*files: str | None) -> None:
    """Refuse an output that cannot be written before any work is done."""
    for file in files:
        if not file or file == "-":
            continue
        folder = Path(file).absolute().parent
        if Path(file).is_dir():
            raise TellingsError("it is a folder", where=file, next_step="name a file")
        if not folder.is_dir():
            raise TellingsError("its folder does not exist", where=file, next_step=f"make {folder} first")
        if not os.access(folder, os.W_OK):
            raise TellingsError("its folder cannot be written to", where=file, next_step="name another place")


def _loaded(named: tuple[str, ...]) -> tuple[MentionModel, ...]:
    """The models named, so that one that is missing is told of before any report is read."""
    if not named:
        return ()
    from tellings.annotate import models

    return models.load(named)


def _write(file: str, text: str) -> None:
    """Write the whole file or leave what was there: a broken run never leaves half a page."""
    if file == "-":
        click.echo(text, nl=False)
        return
    target = Path(file)
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", newline="\n", dir=target.absolute().parent, delete=False
        ) as part:
            part.write(text)
        umask = os.umask(0)
        os.umask(umask)
        Path(part.name).chmod(0o666 & ~umask)
        Path(part.name).replace(target)
    except OSError as error:
        raise TellingsError(f"it cannot be written: {error.strerror}", where=file) from error


@contextmanager
def _progress() -> Generator[pipeline.Progress]:
    """Progress on a terminal, silence in a pipe."""
    if not sys.stderr.isatty():
        yield lambda _what, _done, _of: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=None)
        yield lambda what, done, of: bar.update(task, description=what, completed=done, total=of)


@contextmanager
def _stages() -> Generator[pipeline.Progress]:
    """Progress of a long run on a terminal: each step with its own estimate of the time left."""
    if not sys.stderr.isatty():
        yield lambda _what, _done, _of: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn()
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True)) as bar:
        steps: dict[str, Any] = {}

        def show(what: str, done: int, of: int) -> None:
            if what not in steps:
                steps[what] = bar.add_task(what, total=of or None)
            bar.update(steps[what], completed=done, total=of)

        yield show


def main() -> None:
    """Run a command; errors end in one line on stderr and exit code 2."""
    try:
        cli.main(standalone_mode=False)
    except TellingsError as error:
        click.echo(f"tellings: {_clean(str(error))}", err=True)
        sys.exit(2)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except BrokenPipeError:
        # The reader of a pipe has gone: nothing more to say, and nothing to say it to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


if __name__ == "__main__":
    main()
