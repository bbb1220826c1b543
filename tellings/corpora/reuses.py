"""The tasks that name passages shared by reports of different stories.

Inside a story the dossier tells of every passage; between stories nothing else does. Each report's runs of
ten words are dealt into slots, as keys are in `groupings`; reports of different stories that hold one meet;
and pairs, dealt by blocks, are looked through. Every text is read twice and a little, once for its runs and
again where it is one of a pair; a task holds the texts of its own pairs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from tellings import pipeline
from tellings.cluster.candidates import Pairs, meet
from tellings.cluster.reuses import Passage, Reading, shared
from tellings.cluster.signs import own, runs
from tellings.corpora import shapes
from tellings.corpora.collations import picked
from tellings.corpora.groupings import blocked, days_of, dealt, held, signs_of
from tellings.corpora.stores import Store, needed
from tellings.records import Annotated
from tellings.text import Span

__all__ = ["REUSE", "marked", "met", "reused"]

_SPAN = {"story": "text", "report": "text", "outlet": "text", "published": "text", "start": "int", "end": "int"}
REUSE: dict[str, Any] = {
    **_SPAN,
    "exact": "text",
    **{f"other_{name}": kind for name, kind in _SPAN.items()},
    "other_exact": "text",
    "words": "int",
}
_AT_ONCE = 4096
"""Reports whose words are held as numbers at one time; of what is wanted later the text alone is kept."""
_ONE_IN = 100
"""A run that more than one report in so many holds is a stock phrase or furniture, and no passage that was taken;"""
_FEW, _MANY = 50, 2000  # but so few may hold any, and of more than so many none counts


def marked(store: Store, args: Mapping[str, Any]) -> dict[str, Any]:
    """The runs of one part of reports, by slots."""
    np = needed("numpy")
    signs = store.read_table(args["signs"], ["number", "prints"])
    numbers, some = signs["number"].to_numpy(), signs_of(signs)
    reports = store.read_table(args["reports"], ["number", "text"])
    texts = dict(zip(reports["number"].to_pylist(), reports["text"].to_pylist(), strict=True))
    found = [
        runs(texts[number], some.prints[begin:end])
        for number, begin, end in zip(numbers.tolist(), some.print_ends[:-1], some.print_ends[1:], strict=True)
    ]
    every = np.concatenate([np.zeros(0, np.uint64), *found])
    at = np.repeat(numbers, [len(part) for part in found]).astype(np.uint32)
    file = f"reuse/_keys/{args['reports'].rpartition('/')[2].removeprefix('part-')}"
    return {"parts": [{**dealt(store, file, every, at), "kind": "runs"}]}


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


def met(store: Store, args: Mapping[str, Any]) -> dict[str, Any]:
    """The pairs of different stories that meet in some slots of the runs, by blocks of reports."""
    count = args["count"]
    key, report = held(store, args)
    days = days_of(store.url, args["key"], tuple(args["signs"]), count)
    found = meet(key, report, days, min(_MANY, max(_FEW, count // _ONE_IN)))
    story, _ = _stories(store.url, args["key"], tuple(args["members"]), count)
    apart = story[found.left] != story[found.right]
    found = Pairs(found.left[apart], found.right[apart], found.shared[apart])
    name = f"reuse/_pairs/{args['batch']:04d}-{args['slots'][0]:03d}.parquet"
    return {"parts": [], "facts": {"pairs": blocked(store, name, found, args)}}


def reused(store: Store, args: Mapping[str, Any]) -> dict[str, Any]:
    """The passages shared across stories by the pairs between two blocks of reports."""
    np = needed("numpy")
    stories = _stories(store.url, args["key"], tuple(args["members"]), args["count"])
    tables = [store.read_table(part["name"], ["left", "right"], [part["group"]]) for part in args["pairs"]]
    left, right = (np.concatenate([t[side].to_numpy() for t in tables]).astype(np.int64) for side in ("left", "right"))
    both = np.unique(left << 32 | right)
    rows = _rows(store, args, list(zip((both >> 32).tolist(), (both & 0xFFFFFFFF).tolist(), strict=True)), *stories)
    rows.sort(key=lambda row: (row["story"], row["report"], row["start"], row["other_report"], row["other_start"]))
    name = f"reuse/part-{args['batch']:04d}-{args['number']:05d}.parquet"
    store.write_table(name, shapes.table(rows, REUSE))
    return {"parts": [{"name": name, "rows": len(rows)}], "counts": {"shared_passages": len(rows)}}


def _rows(
    store: Store, args: Mapping[str, Any], pairs: Sequence[tuple[int, int]], story: Any, names: Any
) -> list[dict[str, Any]]:
    """The rows of some pairs; the report that was published later comes first, the one it may have it from after."""
    numbers = sorted({number for pair in pairs for number in pair})
    about: dict[int, tuple[str, str | None, str | None]] = {}
    texts: dict[int, str] = {}
    readings: dict[int, Reading] = {}
    words: dict[str, int] = {}

    def read(number: int) -> Reading:
        if number not in readings:
            readings[number] = Reading(about[number][0], texts[number], words)
        return readings[number]

    for table in picked(store, args["reports"], numbers, ("number", "id", "outlet", "published", "text")):
        for row in table.to_pylist():
            number = row["number"]
            about[number] = (row["id"], row["outlet"], row["published"])
            texts[number] = row["text"]
    found: list[tuple[int, int, Passage]] = []
    for pair in pairs:
        if len(readings) >= _AT_ONCE:
            readings.clear()
            words.clear()
        # One without a date counts as the latest.
        later, earlier = sorted(pair, key=lambda n: (about[n][2] or "~", n), reverse=True)
        found += [(later, earlier, passage) for passage in shared(read(later), read(earlier))]
    sides = [side for later, earlier, p in found for side in ((later, p.one), (earlier, p.other))]
    plain = _plain(store, args, sides, texts)

    def side(number: int, span: Span, head: str) -> dict[str, Any]:
        report, outlet, published = about[number]
        told = {
            "story": names[int(story[number])].as_py(),
            "report": report,
            "outlet": outlet,
            "published": published,
            "start": span.start,
            "end": span.end,
            "exact": span.cut(texts[number]),
        }
        return {f"{head}{name}": value for name, value in told.items()}

    return [
        {**side(later, p.one, ""), **side(earlier, p.other, "other_"), "words": p.words}
        for later, earlier, p in found
        if (later, p.one) in plain and (earlier, p.other) in plain
    ]


def _plain(
    store: Store, args: Mapping[str, Any], sides: Sequence[tuple[int, Span]], texts: Mapping[int, str]
) -> set[tuple[int, Span]]:
    """Those stretches that are the report's own and not its page's.

    The sign of a report has left out what is its page's, and of any twelve words that it has read it holds a print.
    Where that does not say it, the page is looked at again.
    """
    out: set[tuple[int, Span]] = set()
    doubtful: dict[int, list[Span]] = {}
    every: dict[int, set[Span]] = {}
    for number, span in sides:
        every.setdefault(number, set()).add(span)
    for table in picked(store, args["signs"], sorted(every), ("number", "prints")):
        some = signs_of(table)
        for at, number in enumerate(table["number"].to_pylist()):
            prints = some.prints[some.print_ends[at] : some.print_ends[at + 1]]
            for span in every[number]:
                known = own(span.cut(texts[number]), prints)
                if known:
                    out.add((number, span))
                elif known is None:
                    doubtful.setdefault(number, []).append(span)
    for table in picked(store, args["reports"], sorted(doubtful)):
        for number, report in zip(table["number"].to_pylist(), shapes.reports_of(table), strict=True):
            removed = (*report.removed, *pipeline.ANNOTATE[0].run(Annotated(report)).removed)
            out.update((number, s) for s in doubtful[number] if not any(s.overlap(gone.span) for gone in removed))
    return out
