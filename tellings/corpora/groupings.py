"""The tasks that make stories of reports: signs, keys in buckets, pairs in blocks, groups, and what they tell.

Nothing but the last grouping holds more than a bucket or two blocks. Keys are dealt into 128 slots, of
which a task takes some: all rows of a key lie in one slot. Pairs are dealt by the blocks of numbers that
their reports lie in, so that a task which weighs pairs holds the words of two blocks alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from tellings import pipeline
from tellings.cluster.candidates import Kept, Pairs, join, keys, meet, prints, weigh
from tellings.cluster.signs import Signs, read, sign
from tellings.cluster.stories import attach, link, story_id, tell
from tellings.corpora import shapes
from tellings.corpora.stores import Store, Table, needed
from tellings.records import Annotated, Evidence, Grouped

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Rows = npt.NDArray[np.int64]

__all__ = [
    "SLOTS",
    "blocked",
    "blocks_of",
    "days_of",
    "dealt",
    "held",
    "linked",
    "met",
    "prune",
    "signed",
    "told",
    "weighed",
]

SLOTS = 128
_MIX = 0x9E3779B97F4A7C15
_THIN = 1024
"""Rows of keys that a slot holds at least: a small part has fewer slots."""
_AT_ONCE = 2048
"""Reports whose stories are told at one time, at least one story: only their words are held as words."""
_EVIDENCE = [{"name": "text", "weight": "real", "note": "text"}]

SIGNS: dict[str, Any] = {
    "number": "long",
    "id": "text",
    "day": "real",
    "first": "real",
    "last": "real",
    "terms": ["small"],
    "weights": ["single"],
    "prints": ["hash"],
    "names": ["small"],
    "words": ["text"],
}
_KEYS = {"key": "hash", "report": "small"}
_PAIRS = {"left": "small", "right": "small", "shared": "short"}
_KEPT = {
    "left": "small",
    "right": "small",
    "likeness": "single",
    "words": "single",
    "prints": "short",
    "apart": "single",
}
_LABELS = {"number": "long", "group": "long", "story": "text"}
STORIES: dict[str, Any] = {
    "story": "text",
    "reports": "int",
    "first": "text",
    "last": "text",
    "words": "text",
    "evidence": _EVIDENCE,
    "events": [{"first": "text", "last": "text", "words": ["text"], "reports": ["text"]}],
    "batch": "int",
}
MEMBERS: dict[str, Any] = {"story": "text", "report": "text", "number": "long", "evidence": _EVIDENCE}


# ---------------------------------------------------------------- signs


def signed(store: Store, args: Mapping[str, Any]) -> dict[str, Any]:
    """The signs of one part of reports, and its keys and prints by slots."""
    np = needed("numpy")
    reports = store.read_table(args["part"])
    numbers = reports["number"].to_pylist()
    rows: list[dict[str, Any]] = []
    furniture = pipeline.ANNOTATE[0]
    for number, report in zip(numbers, shapes.reports_of(reports), strict=True):
        if not read(report):
            continue
        made = sign(report, furniture.run(Annotated(report)).removed)
        rows.append(
            {
                "number": number,
                "id": made.id,
                "day": made.day,
                "terms": made.terms,
                "weights": made.weights,
                "prints": made.prints,
                "names": made.names,
                "words": list(made.words),
                "first": made.first,
                "last": made.last,
            }
        )
    name = args["part"].rpartition("/")[2]
    table = shapes.table(rows, SIGNS)
    store.write_table(f"signs/{name}", table)
    parts: list[dict[str, Any]] = [{"name": f"signs/{name}", "rows": len(rows)}]
    some = signs_of(table)
    own = table["number"].to_numpy()
    for kind, (every, rows_at) in (("keys", keys(some)), ("prints", prints(some))):
        file = f"signs/_keys/{kind}-{name.removeprefix('part-')}"
        parts.append({**dealt(store, file, every, own[rows_at].astype(np.uint32)), "kind": kind})
    return {"parts": parts, "counts": {"signs": len(rows), "not_english": len(numbers) - len(rows)}}


def dealt(store: Store, file: str, every: Any, reports: Any) -> dict[str, Any]:
    """Write keys and the numbers of the reports that hold them, slot by slot; gives back what is told of the file."""
    np = needed("numpy")
    slot = _slots(every)
    order = np.lexsort((reports, every, slot))
    key, at, slot = every[order], reports[order], slot[order]
    slots = SLOTS
    while slots > 1 and len(key) < slots * _THIN:
        slots //= 2
    sizes = np.bincount(slot * slots // SLOTS, minlength=slots).tolist()
    store.write_table(file, shapes.arrays({"key": key, "report": at}, _KEYS), sizes)
    return {"name": file, "rows": len(key), "slots": slots}


def _slots(key: Any) -> Any:
    """The slot of each key: prints are the least of their window, so their bits are mixed first."""
    np = needed("numpy")
    return ((key * np.uint64(_MIX)) >> np.uint64(57)).astype(np.int64)


def signs_of(table: Table) -> Signs:
    """The signs of a table, in its order; a column that was not read is empty."""
    np = needed("numpy")
    count = len(table)

    def lists(name: str, kind: Any) -> tuple[Any, Any]:
        if name not in table.column_names or not count:
            return np.zeros(count + 1, np.int64), np.zeros(0, kind)
        column = table[name].combine_chunks()
        ends = column.offsets.to_numpy()
        # `values` looks past the slice that a column may be; offsets are counted from where its values begin.
        values = column.values.slice(int(ends[0]), int(ends[-1] - ends[0])).to_numpy(zero_copy_only=False)
        return (ends - ends[0]).astype(np.int64), values.astype(kind, copy=False)

    term_ends, terms = lists("terms", np.uint32)
    _, weights = lists("weights", np.float32)
    print_ends, marks = lists("prints", np.uint64)
    name_ends, names = lists("names", np.uint32)
    here = table.column_names
    words = [tuple(row) for row in table["words"].to_pylist()] if "words" in here else [()] * count
    ids = table["id"].to_pylist() if "id" in here else [""] * count
    days, first, last = (
        table[name].to_numpy() if name in here else np.full(count, np.nan) for name in ("day", "first", "last")
    )
    return Signs(ids, days, term_ends, terms, weights, print_ends, marks, name_ends, names, words, first, last)


# ---------------------------------------------------------------- candidates


@lru_cache(maxsize=1)
def days_of(store: str, _key: str, parts: tuple[str, ...], count: int) -> Any:
    """The day of every report by its number; one that has no sign has none."""
    np = needed("numpy")
    out = np.full(count, np.nan)
    for name in parts:
        some = Store(store).read_table(name, ["number", "day"])
        out[some["number"].to_numpy()] = some["day"].to_numpy()
    return out


def held(store: Store, args: Mapping[str, Any]) -> tuple[Any, Any]:
    """The keys of some slots and the reports that hold them; of an increment only those that new reports hold."""
    np = needed("numpy")
    first, stop = args["slots"]
    found: list[Any] = []
    for part in args["keys"]:
        slots = part["slots"]
        groups = range(first * slots // SLOTS, -(-stop * slots // SLOTS))
        table = store.read_table(part["name"], groups=groups)
        key, report = table["key"].to_numpy(), table["report"].to_numpy()
        if slots < SLOTS:
            slot = _slots(key)
            inside = (slot >= first) & (slot < stop)
            key, report = key[inside], report[inside]
        found.append((key, report))
    key = np.concatenate([np.zeros(0, np.uint64), *(k for k, _ in found)])
    report = np.concatenate([np.zeros(0, np.uint32), *(r for _, r in found)])
    found.clear()
    if new := int(args["first"]):
        some = np.isin(key, np.unique(key[report >= new]))
        key, report = key[some], report[some]
    return key, report


def met(store: Store, args: Mapping[str, Any]) -> dict[str, Any]:
    """The pairs that meet in some slots of the keys, or of the prints, by blocks of reports."""
    key, report = held(store, args)
    found = meet(key, report, days_of(store.url, args["key"], tuple(args["signs"]), args["count"]))
    kind = args["kind"]
    name = f"candidates/{kind}-{args['batch']:04d}-{args['slots'][0]:03d}.parquet"
    part = blocked(store, name, found, args)
    return {"parts": [{**part, "kind": kind}], "counts": {kind: part["rows"]}}


def blocked(store: Store, name: str, found: Pairs, args: Mapping[str, Any]) -> dict[str, Any]:
    """Write the pairs that a new report stands in, by blocks of reports; gives back what is told of the file."""
    np = needed("numpy")
    some = found.right >= int(args["first"])
    found = Pairs(found.left[some], found.right[some], found.shared[some])
    size = int(args["block"])
    left, right = found.left.astype(np.int64) // size, found.right.astype(np.int64) // size
    order = np.lexsort((found.right, found.left, right, left))
    both = (left * (1 << 20) + right)[order]
    starts = np.flatnonzero(np.concatenate([[True], both[1:] != both[:-1]])) if len(both) else np.zeros(0, np.int64)
    sizes = np.diff(np.append(starts, len(both))).tolist()
    table = shapes.arrays(
        {"left": found.left[order], "right": found.right[order], "shared": found.shared[order]}, _PAIRS
    )
    store.write_table(name, table, sizes or [0])
    blocks = [[int(b) >> 20, int(b) & 0xFFFFF] for b in both[starts].tolist()]
    return {"name": name, "rows": len(found), "blocks": blocks}


# ---------------------------------------------------------------- pairs


def _ranged(store: Store, parts: Iterable[Mapping[str, Any]], first: int, stop: int, columns: Sequence[str]) -> Any:
    """The rows of signs whose numbers lie in a range, in order; `parts` tell where their numbers begin."""
    pa = needed("pyarrow")
    compute = needed("pyarrow.compute")
    found: list[Any] = []
    for part in parts:
        if part["first"] < stop and part["stop"] > first:
            table = store.read_table(part["name"], columns)
            number = table["number"]
            inside = compute.and_(compute.greater_equal(number, first), compute.less(number, stop))
            found.append(table.filter(inside))
    return pa.concat_tables(found).combine_chunks() if found else shapes.table([], {c: SIGNS[c] for c in columns})


def weighed(store: Store, args: Mapping[str, Any]) -> dict[str, Any]:
    """The likeness of the pairs between two blocks of reports; those not alike enough are left out."""
    np = needed("numpy")
    size = int(args["block"])
    columns = ("number", "day", "first", "last", "terms", "weights")
    spans = [(n * size, (n + 1) * size) for n in dict.fromkeys(args["blocks"])]
    tables = [_ranged(store, args["signs"], first, stop, columns) for first, stop in spans]
    every = needed("pyarrow").concat_tables(tables)
    numbers = every["number"].to_numpy().astype(np.int64)

    def pairs(kind: str) -> Pairs:
        some: list[Pairs] = []
        for part in args[kind]:
            table = store.read_table(part["name"], groups=[part["group"]])
            left, right = (np.searchsorted(numbers, table[side].to_numpy()) for side in ("left", "right"))
            some.append(Pairs(left.astype(np.uint32), right.astype(np.uint32), table["shared"].to_numpy()))
        return join(some)

    kept = weigh(signs_of(every), pairs("keys"), pairs("prints"))
    table = shapes.arrays(
        {
            "left": numbers[kept.left].astype(np.uint32),
            "right": numbers[kept.right].astype(np.uint32),
            "likeness": kept.likeness,
            "words": kept.words,
            "prints": kept.prints,
            "apart": kept.apart,
        },
        _KEPT,
    )
    name = f"pairs/part-{args['batch']:04d}-{args['number']:05d}.parquet"
    store.write_table(name, table)
    return {"parts": [{"name": name, "rows": len(kept)}], "counts": {"pairs": len(kept)}}


# ---------------------------------------------------------------- stories


def linked(store: Store, args: Mapping[str, Any]) -> dict[str, Any]:
    """The group of every report: the one task that holds the words and pairs of all."""
    np = needed("numpy")
    numbers, signs = _held(store, args["signs"])
    kept = _kept(store, args["pairs"], numbers)
    count = int(args["count"])
    # A report without a sign, in another language, stands alone.
    groups = np.arange(count, dtype=np.int64)
    names: list[str | None] = [None] * count
    first = int(args["first"])
    if args["standing"] is None:
        groups[numbers] = numbers[link(signs, kept)]
    else:
        before = store.read_table(args["standing"])
        groups[:first] = before["group"].to_numpy()
        for part in args["members"]:
            some = store.read_table(part, ["number", "story"])
            for number, name in zip(some["number"].to_pylist(), some["story"].to_pylist(), strict=True):
                names[number] = name
        place = np.full(count, -1, np.int64)
        place[numbers] = np.arange(len(numbers))
        # Of a group, the member that has a sign and comes first stands for it.
        standing = np.where(numbers < first, place[groups[numbers]], -1)
        groups[numbers] = numbers[attach(signs, standing, kept)]
    sizes = np.bincount(groups, minlength=count)
    touched = np.unique(groups[first:])
    store.write_table(
        f"stories/_state/labels-{args['batch']:04d}.parquet",
        shapes.arrays({"number": np.arange(count), "group": groups, "story": names}, _LABELS),
    )
    held = sizes[touched]
    return {
        "counts": {
            "stories": int((sizes > 1).sum()),
            "reports_in_stories": int(sizes[sizes > 1].sum()),
            "reports_alone": int((sizes == 1).sum()),
            "stories_touched": int((held > 1).sum()),
        },
        "facts": {"members": int(held.sum()), "touched": len(touched)},
        "parts": [],
    }


def _held(store: Store, parts: Sequence[Mapping[str, Any]]) -> tuple[Any, Signs]:
    """The numbers of all reports that have a sign, and what linking needs of the signs: days and words' weights.

    Parts are read one by one into columns that are as long as needed from the start: a million signs
    take most of a gigabyte, and nothing of them is held twice.
    """
    np = needed("numpy")
    count = sum(int(part["rows"]) for part in parts)
    size = sum(store.values(part["name"], "terms") for part in parts)
    numbers, ends = np.zeros(count, np.int64), np.zeros(count + 1, np.int64)
    terms, weights = np.empty(size, np.uint32), np.empty(size, np.float32)
    days, first, last = np.zeros(count), np.zeros(count), np.zeros(count)
    row = at = 0
    for part in parts:
        table = store.read_table(part["name"], ("number", "day", "first", "last", "terms", "weights"))
        some = signs_of(table)
        rows, words = slice(row, row + len(table)), slice(at, at + len(some.terms))
        numbers[rows] = table["number"].to_numpy()
        days[rows], first[rows], last[rows] = some.days, some.first, some.last
        terms[words], weights[words] = some.terms, some.weights
        ends[row + 1 : rows.stop + 1] = some.term_ends[1:] + at
        row, at = rows.stop, words.stop
    empty = np.zeros(count + 1, np.int64)
    none = np.zeros(0, np.uint32)
    ids, words = [""] * count, [()] * count
    marks = none.astype(np.uint64)
    return numbers, Signs(ids, days, ends, terms[:at], weights[:at], empty, marks, empty, none, words, first, last)


def _kept(store: Store, parts: Iterable[str], numbers: Any) -> Kept:
    """Kept pairs with the rows of signs in place of the numbers of reports; why they are alike is left out."""
    np = needed("numpy")
    found: list[tuple[Any, Any, Any]] = [(np.zeros(0, np.uint32), np.zeros(0, np.uint32), np.zeros(0, np.float32))]
    for name in parts:
        table = store.read_table(name, ("left", "right", "likeness"))
        left, right = (np.searchsorted(numbers, table[side].to_numpy()).astype(np.uint32) for side in ("left", "right"))
        found.append((left, right, table["likeness"].to_numpy()))
    left, right, alike = (np.concatenate(column) for column in zip(*found, strict=True))
    found.clear()
    order = np.lexsort((right, left))
    unread = np.broadcast_to(np.float32(np.nan), len(order))
    return Kept(left[order], right[order], alike[order], unread, np.broadcast_to(np.uint16(0), len(order)), unread)


def told(store: Store, args: Mapping[str, Any]) -> dict[str, Any]:
    """The stories that new reports stand in, with the evidence for each report; one task takes some of them."""
    np = needed("numpy")
    pa = needed("pyarrow")
    labels = store.read_table(f"stories/_state/labels-{args['batch']:04d}.parquet", ["group", "story"])
    groups = labels["group"].to_numpy()
    touched = np.unique(groups[int(args["first"]) :])
    mine = touched[args["slice"][0] : args["slice"][1]]
    numbers = np.flatnonzero(np.isin(groups, mine))
    standing = labels["story"].take(pa.array(numbers)).to_pylist()
    known = {n: s for n, s in zip(numbers.tolist(), standing, strict=True) if s}
    del labels, standing
    every = _taken(store, args["signs"], numbers)
    own = every["number"].to_numpy().astype(np.int64)
    label = groups[own]
    order = np.argsort(label, kind="stable")
    label = label[order]
    starts = np.flatnonzero(np.concatenate([[True], label[1:] != label[:-1]])) if len(order) else order
    ends = np.append(starts[1:], len(order)).tolist()
    stories: list[dict[str, Any]] = []
    members: list[dict[str, Any]] = []
    tables = [_columns(stories, members)]
    at = 0
    while at < len(starts):  # as many stories at one time as have some thousand reports together
        stop = at + 1
        while stop < len(starts) and ends[stop] - starts[at] <= _AT_ONCE:
            stop += 1
        rows = order[starts[at] : ends[stop - 1]]
        signs = signs_of(every.take(pa.array(rows)))
        for n in range(at, stop):
            here = np.arange(starts[n], ends[n]) - starts[at]
            story = tell(signs, here)
            place = {signs.ids[row]: int(own[rows[row]]) for row in here.tolist()}
            name = next((known[n] for n in sorted(place.values()) if n in known), None)
            _rows_of(replace(story, id=name or story.id), place, args["batch"], stories, members)
        tables.append(_columns(stories, members))
        at = stop
    del every
    for part in args["reports"]:  # those that have no sign are in no table of signs, but in a story of their own
        some = numbers[(numbers >= part["first"]) & (numbers < part["stop"])]
        if not len(some) or not part["unsigned"]:
            continue
        table = store.read_table(part["name"], ["number", "id"])
        number = table["number"].to_numpy()
        alone = np.flatnonzero(np.isin(number, some) & ~np.isin(number, own))
        for row in table.take(pa.array(alone)).to_pylist():
            name = story_id(row["id"])
            _rows_of(Grouped(name, (row["id"],)), {row["id"]: row["number"]}, args["batch"], stories, members)
        tables.append(_columns(stories, members))
    return {"parts": _ordered(store, tables, f"{args['batch']:04d}-{args['number']:05d}")}


def _taken(store: Store, parts: Iterable[Mapping[str, Any]], numbers: Any) -> Table:
    """The signs of the reports of these numbers, sorted, in parts of ascending numbers."""
    np = needed("numpy")
    pa = needed("pyarrow")
    found: list[Any] = []
    for part in parts:
        some = numbers[(numbers >= part["first"]) & (numbers < part["stop"])]
        if len(some):
            table = store.read_table(part["name"], list(SIGNS))
            at = np.flatnonzero(np.isin(table["number"].to_numpy(), some))
            found.append(table.take(pa.array(at)))
    return pa.concat_tables(found).combine_chunks() if found else shapes.table([], SIGNS)


def _columns(stories: list[dict[str, Any]], members: list[dict[str, Any]]) -> tuple[Table, Table]:
    """Rows of stories and of their reports as tables; the lists are empty then."""
    out = shapes.table(stories, STORIES), shapes.table(members, MEMBERS)
    stories.clear()
    members.clear()
    return out


def _ordered(store: Store, tables: Sequence[tuple[Table, Table]], part: str) -> list[dict[str, Any]]:
    """Write stories and members, the largest stories first; gives back the parts."""
    np = needed("numpy")
    pa = needed("pyarrow")
    compute = needed("pyarrow.compute")
    stories, members = (pa.concat_tables(some).combine_chunks() for some in zip(*tables, strict=True))
    stories = stories.take(compute.sort_indices(stories, [("reports", "descending"), ("story", "ascending")]))
    rank = compute.index_in(members["story"], value_set=stories["story"].combine_chunks()).to_numpy()
    members = members.take(pa.array(np.lexsort((members["number"].to_numpy(), rank))))
    parts: list[dict[str, Any]] = []
    for kind, table in (("stories", stories), ("members", members)):
        name = f"{kind}/part-{part}.parquet"
        store.write_table(name, table)
        parts.append({"name": name, "rows": len(table), "kind": kind})
    return parts


def _reasons(evidence: Iterable[Evidence]) -> list[dict[str, Any]]:
    return [{"name": e.name, "weight": round(e.weight, 4), "note": e.note} for e in evidence]


def _rows_of(
    story: Grouped,
    numbers: Mapping[str, int],
    batch: int,
    stories: list[dict[str, Any]],
    members: list[dict[str, Any]],
) -> None:
    """The row of a story, and those of its reports."""
    days = [day for event in story.events for day in (event.first, event.last) if day is not None]
    words = next((e.note for e in story.evidence if e.name == "words in common"), None)
    stories.append(
        {
            "story": story.id,
            "reports": len(story.reports),
            "first": min(days, default=None),
            "last": max(days, default=None),
            "words": words,
            "evidence": _reasons(story.evidence),
            "events": [
                {"first": e.first, "last": e.last, "words": list(e.words), "reports": list(e.reports)}
                for e in story.events
            ],
            "batch": batch,
        }
    )
    why = {member.report: member.evidence for member in story.members}
    members += [
        {"story": story.id, "report": name, "number": numbers[name], "evidence": _reasons(why.get(name, ()))}
        for name in story.reports
    ]


def blocks_of(count: int) -> int:
    """How many reports a block of numbers holds: a few blocks, none of them large."""
    return max(4096, -(-count // 20))


def prune(store: Store, args: Mapping[str, Any]) -> dict[str, Any]:
    """Take the stories that are told anew out of one part of a table; nothing changes where it holds none."""
    compute = needed("pyarrow.compute")
    pa = needed("pyarrow")
    gone = pa.array(sorted(_touched(store.url, args["key"], tuple(args["touched"]))), pa.large_string())
    table = store.read_table(args["name"])
    keep = table.filter(compute.invert(compute.is_in(table["story"], value_set=gone)))
    if len(keep) < len(table):
        store.write_table(args["name"], keep.combine_chunks())
    return {"facts": {"name": args["name"], "rows": len(keep)}}


@lru_cache(maxsize=1)
def _touched(store: str, _key: str, parts: tuple[str, ...]) -> frozenset[str]:
    """The stories in some parts of the table of stories."""
    held = (Store(store).read_table(name, ["story"])["story"].to_pylist() for name in parts)
    return frozenset(name for names in held for name in names)
