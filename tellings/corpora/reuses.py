"""The tasks that name passages shared by reports of different stories.

Inside a story the dossier tells of every passage; between stories nothing else does. Pairs of reports
whose prints met are dealt by blocks as in `groupings`; of a task's two blocks only short probes of the
one are held, the texts of the other pass by, and those of pairs that share a passage are read again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from tellings import pipeline
from tellings.cluster.reuses import hits, index, probes, shared
from tellings.corpora import shapes
from tellings.corpora.collations import picked
from tellings.corpora.stores import Store, needed
from tellings.records import Annotated, Report
from tellings.text import Span

__all__ = ["REUSE", "reused"]

_SPAN = {"story": "text", "report": "text", "outlet": "text", "published": "text", "start": "int", "end": "int"}
REUSE: dict[str, Any] = {
    **_SPAN,
    "exact": "text",
    **{f"other_{name}": kind for name, kind in _SPAN.items()},
    "other_exact": "text",
    "words": "int",
}
_AT_ONCE = 2048
"""Pairs whose texts are held at one time."""


@lru_cache(maxsize=1)
def _stories(store: str, _key: str, parts: tuple[str, ...], count: int) -> tuple[Any, Any]:
    """The story of every report by its number: a number for each story, and the stories' names."""
    np = needed("numpy")
    pa = needed("pyarrow")
    tables = [Store(store).read_table(name, ["story", "number"]) for name in parts]
    every = pa.concat_tables(tables).combine_chunks()
    names = every["story"].combine_chunks().dictionary_encode()
    story = np.full(count, -1, np.int64)
    number = every["number"].to_numpy()
    inside = number < count  # reports of batches that came later
    story[number[inside]] = names.indices.to_numpy()[inside]
    return story, names.dictionary


def reused(store: Store, args: Mapping[str, Any]) -> dict[str, Any]:
    """The passages shared across stories by the pairs between two blocks of reports."""
    np = needed("numpy")
    story, names = _stories(store.url, args["key"], tuple(args["members"]), args["count"])
    tables = [store.read_table(part["name"], ["left", "right"], [part["group"]]) for part in args["prints"]]
    one, other = (
        np.concatenate([np.zeros(0, np.int64), *(t[side].to_numpy().astype(np.int64) for t in tables)])
        for side in ("left", "right")
    )
    apart = story[one] != story[other]
    both = np.unique(one[apart] << 32 | other[apart])
    left, right = both >> 32, both & 0xFFFFFFFF
    held = {number: probes(text) for number, text in _texts(store, args["reports"], right)}
    found: list[tuple[int, int]] = []
    for number, text in _texts(store, args["reports"], left):
        begin, stop = np.searchsorted(left, [number, number + 1])
        indexed = index(text)
        found += [(number, to) for to in right[begin:stop].tolist() if hits(indexed, held[to])]
    held.clear()
    rows: list[dict[str, Any]] = []
    for at in range(0, len(found), _AT_ONCE):
        rows += _rows(store, args["reports"], found[at : at + _AT_ONCE], story, names)
    rows.sort(key=lambda row: (row["story"], row["report"], row["start"], row["other_report"], row["other_start"]))
    name = f"reuse/part-{args['batch']:04d}-{args['number']:05d}.parquet"
    store.write_table(name, shapes.table(rows, REUSE))
    return {"parts": [{"name": name, "rows": len(rows)}], "counts": {"shared_passages": len(rows)}}


def _texts(store: Store, parts: Sequence[Mapping[str, Any]], numbers: Any) -> Iterable[tuple[int, str]]:
    """The texts of these reports with their numbers, in the order of numbers."""
    for table in picked(store, parts, numbers, ("number", "text")):
        yield from zip(table["number"].to_pylist(), table["text"].to_pylist(), strict=True)


def _rows(
    store: Store, parts: Sequence[Mapping[str, Any]], pairs: Sequence[tuple[int, int]], story: Any, names: Any
) -> list[dict[str, Any]]:
    """The rows of some pairs; the report that was published later comes first, the one it may have it from after."""
    numbers = sorted({number for pair in pairs for number in pair})
    read: dict[int, Report] = {}
    for table in picked(store, parts, numbers):
        read.update(zip(table["number"].to_pylist(), shapes.reports_of(table), strict=True))
    furniture: dict[int, tuple[Span, ...]] = {}

    def plain(number: int, span: Span) -> bool:
        """Whether a span is the report's own and not its page's."""
        if number not in furniture:
            report = read[number]
            gone = pipeline.ANNOTATE[0].run(Annotated(report)).removed
            furniture[number] = tuple(r.span for r in (*report.removed, *gone))
        return not any(span.overlap(gone) for gone in furniture[number])

    def side(number: int, span: Span, head: str) -> dict[str, Any]:
        report = read[number]
        about = {
            "story": names[int(story[number])].as_py(),
            "report": report.id,
            "outlet": report.outlet and report.outlet.value,
            "published": report.published and report.published.value,
            "start": span.start,
            "end": span.end,
            "exact": span.cut(report.text),
        }
        return {f"{head}{name}": value for name, value in about.items()}

    out: list[dict[str, Any]] = []
    for pair in pairs:
        later, earlier = sorted(pair, key=lambda n: (_when(read[n]), n), reverse=True)
        one, other = read[later], read[earlier]
        out += [
            {**side(later, p.one, ""), **side(earlier, p.other, "other_"), "words": p.words}
            for p in shared(one.id, one.text, other.id, other.text)
            if plain(later, p.one) and plain(earlier, p.other)
        ]
    return out


def _when(report: Report) -> str:
    """When a report was published; one without a date counts as the latest."""
    return report.published.value if report.published is not None else "~"
