"""The tasks that read reports and collate stories: annotations, dossiers with their tables, the summary.

Only reports of stories of two and more are read, each once. The reports of one story are read by one
worker one after the other, so that sentences that one copies from another are read once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tellings import pipeline
from tellings.corpora import shapes, tables
from tellings.corpora.stores import Store, Table, needed
from tellings.present import documents
from tellings.records import Annotated, Report

__all__ = ["annotated", "collated", "picked", "summarised"]


def picked(
    store: Store, parts: Iterable[Mapping[str, Any]], numbers: Sequence[int], columns: Sequence[str] | None = None
) -> Iterator[Table]:
    """The rows of these numbers, table by table; only the row groups that hold one are read."""
    np = needed("numpy")
    parquet = needed("pyarrow.parquet")
    pa = needed("pyarrow")
    wanted = np.unique(np.asarray(numbers, np.int64))
    for part in parts:
        if "first" in part:
            some = wanted[(wanted >= part["first"]) & (wanted < part["stop"])]
            if not len(some):
                continue
        with store.opened(part["name"]) as source:
            file = parquet.ParquetFile(source)
            place = file.schema_arrow.get_field_index("number")
            about = file.metadata
            groups: list[int] = []
            for group in range(about.num_row_groups):
                limits = about.row_group(group).column(place).statistics
                low, high = np.searchsorted(wanted, [limits.min, limits.max + 1])
                if high > low:
                    groups.append(group)
            if not groups:
                continue
            table = file.read_row_groups(groups, None if columns is None else list(columns), use_threads=False)
        at = np.flatnonzero(np.isin(table["number"].to_numpy(), wanted))
        if len(at):
            yield table.take(pa.array(at))


def _reports(store: Store, parts: Sequence[Mapping[str, Any]], numbers: Sequence[int]) -> dict[int, Report]:
    """The reports of these numbers."""
    out: dict[int, Report] = {}
    for table in picked(store, parts, numbers):
        out.update(zip(table["number"].to_pylist(), shapes.reports_of(table), strict=True))
    return out


def _failed(where: str, error: BaseException, lost: str) -> dict[str, Any]:
    return {
        "where": where,
        "kind": "failed",
        "what": f"{lost} ({type(error).__name__}: {str(error)[:200]})",
        "next_step": "report it with its text, if you may",
        "lost": True,
    }


def annotated(store: Store, args: Mapping[str, Any]) -> dict[str, Any]:
    """What is read from some reports, in the order of their numbers."""
    reports = _reports(store, args["reports"], args["numbers"])
    troubles: list[dict[str, Any]] = []
    rows: list[dict[str, Any]] = []
    for number in args["numbers"]:  # story by story
        report = reports[number]
        try:
            (read,) = pipeline.annotate([report])
            rows.append(shapes.annotated_row(read, number))
        except (MemoryError, OSError):
            raise
        except Exception as error:  # noqa: BLE001  # one report that cannot be read must not stop a million
            troubles.append(_failed(report.id, error, "what it says could not be read"))
    rows.sort(key=lambda row: row["number"])
    name = f"annotations/part-{args['batch']:04d}-{args['number']:05d}.parquet"
    groups = [min(64, len(rows) - at) for at in range(0, len(rows), 64)]
    store.write_table(name, shapes.annotated_table(rows), groups)
    return {"parts": [{"name": name, "rows": len(rows)}], "counts": {"annotated": len(rows)}, "troubles": troubles}


def collated(store: Store, args: Mapping[str, Any]) -> dict[str, Any]:
    """The dossiers of some stories, and their rows in every table."""
    numbers = [number for story in args["stories"] for number in story["numbers"]]
    reports = _reports(store, args["reports"], numbers)
    read: dict[int, Annotated] = {}
    for table in picked(store, args["annotations"], numbers):
        for row in table.to_pylist():
            read[row["number"]] = shapes.annotated_of(row, reports[row["number"]])
    found: dict[str, tables.Rows] = {name: [] for name in tables.TABLES}
    troubles: list[dict[str, Any]] = []
    most = args["options"]["max_story"]
    for story in args["stories"]:
        mine = [read[number] for number in story["numbers"] if number in read]
        if len(mine) > most:
            troubles.append(
                {
                    "where": story["story"],
                    "kind": "too_large",
                    "what": f"the story has {len(mine)} reports, the limit is {most}; it is not collated",
                    "next_step": f"lift it with --max-story {len(mine)}",
                    "lost": True,
                }
            )
            continue
        if len(mine) < 2:
            what = f"of its {len(story['numbers'])} reports {len(mine)} could be read; it is not collated"
            row = {"where": story["story"], "kind": "failed", "what": what, "next_step": "", "lost": True}
            troubles.append(row)
            continue
        try:
            dossier = pipeline.dossier(mine)
            made = tables.rows(dossier, story["story"], documents.dumps(dossier))
        except (MemoryError, OSError):
            raise
        except Exception as error:  # noqa: BLE001  # one story that cannot be collated must not stop the others
            troubles.append(_failed(story["story"], error, "the story could not be collated"))
            continue
        for name, some in made.items():
            found[name] += some
    parts: list[dict[str, Any]] = []
    for name, some in found.items():
        file = f"{name}/part-{args['batch']:04d}-{args['number']:05d}.parquet"
        store.write_table(file, shapes.table(some, tables.TABLES[name]))
        parts.append({"name": file, "rows": len(some), "kind": name})
    counts = {name: len(some) for name, some in found.items()}
    return {"parts": parts, "counts": counts, "troubles": troubles}


# ---------------------------------------------------------------- summary


def summarised(store: Store, args: Mapping[str, Any]) -> dict[str, Any]:
    """How much of each outlet is agency copy, whose copy it is and what is changed in it."""
    outlets: dict[str | None, dict[str, int]] = {}

    def of(name: str | None) -> dict[str, int]:
        return outlets.setdefault(name or "", dict.fromkeys(("reports", "in_stories", "copied", "agency"), 0))

    for name in args["parts"]["reports"]:
        for outlet, count in Counter(store.read_table(name, ["outlet"])["outlet"].to_pylist()).items():
            of(outlet)["reports"] += count
    agencies: Counter[tuple[str | None, str]] = Counter()
    for name in args["parts"]["origins"]:
        table = store.read_table(name, ["outlet", "source", "copied"])
        columns = (table[column].to_pylist() for column in ("outlet", "source", "copied"))
        for (outlet, source, copied), count in Counter(zip(*columns, strict=True)).items():
            mine = of(outlet)
            mine["in_stories"] += count
            mine["copied"] += count if copied else 0
            if source is not None:
                mine["agency"] += count
                agencies[outlet or "", source] += count
    edits: Counter[tuple[str | None, str]] = Counter()
    for name in args["parts"]["edits"]:
        table = store.read_table(name, ["to_report", "to_outlet", "kind"])
        columns = (table[column].to_pylist() for column in ("to_report", "to_outlet", "kind"))
        for report, outlet, kind in zip(*columns, strict=True):
            edits[None if report is None else outlet or "", kind] += 1
    rows = tables.summary(outlets, agencies, edits)
    file = f"summary/part-{args['batch']:04d}-00000.parquet"
    store.write_table(file, shapes.table(rows, tables.SUMMARY))
    return {"parts": [{"name": file, "rows": len(rows)}], "counts": {"outlets": len(outlets)}}
