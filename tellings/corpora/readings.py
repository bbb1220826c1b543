"""The tasks of the first stage: what was given -> reports, numbered, none twice, in parts of bounded size.

Pieces are read in any order into chunks. One task then sets the ids and keys of all reports beside each
other, finds twins and ids used twice, and numbers what is left in the order of ids; the last tasks
gather the texts in that order. So the parts do not depend on how reports were dealt over files and lines.

| two reports with | then |
|---|---|
| the same text of the same outlet | one report: the one whose id comes first; the other is in the table of twins |
| the same text of two outlets | two reports |
| one id and different texts | two reports; one keeps the id, the other's gets a suffix made from what it holds |
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tellings.acquire.drafts import Draft, Limits, settle
from tellings.corpora import shapes, sources
from tellings.corpora.stores import Store, Table, needed
from tellings.errors import InputError
from tellings.records import Report

__all__ = ["gather", "read", "settled"]

_GROUP = 256
"""Rows of a row group of texts: a few reports of a part can be read without the others."""
_CHUNK_GROUP = 64
_ORDER: dict[str, Any] = {"chunk": "int", "row": "int", "number": "long", "id": "text"}


def text_key(text: str) -> bytes:
    """The same for texts that differ in blanks and line ends alone."""
    return hashlib.blake2b(" ".join(text.split()).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def outlet_key(report: Report) -> int:
    """Who published it, folded, as a number; 0 where nothing says so."""
    if report.outlet is None:
        return 0
    name = "".join(c for c in report.outlet.value.casefold().removeprefix("www.") if c.isalnum())
    return int.from_bytes(hashlib.blake2b(name.encode("utf-8", "replace"), digest_size=8).digest(), "little") or 1


def _made(draft: Draft, limits: Limits) -> Report:
    """The report of a draft; twins and ids used twice are looked for later, among all reports."""
    (report,), _ = settle([draft], limits)
    return report


def read(store: Store, args: Mapping[str, Any]) -> dict[str, Any]:
    """Read one piece into chunks of at most `part` reports, each sorted by id."""
    limits = Limits(max_megabytes=args["options"]["max_megabytes"], max_reports=1)
    name = f"reports/_read/{args['batch']:04d}-{args['number']:05d}"
    troubles: list[sources.Trouble] = []
    chunks: list[dict[str, Any]] = []
    rows: list[dict[str, Any]] = []
    size = 0

    def flush() -> None:
        nonlocal size
        rows.sort(key=lambda r: (r["id"], r["text_key"], r["outlet_key"], r["digest"], r["path"]))
        chunk = f"{name}-{len(chunks):03d}.parquet"
        groups = [min(_CHUNK_GROUP, len(rows) - at) for at in range(0, len(rows), _CHUNK_GROUP)]
        store.write_table(chunk, shapes.report_table(rows), groups)
        chunks.append({"name": chunk, "rows": len(rows)})
        rows.clear()
        size = 0

    for found in sources.drafts(args["piece"], limits):
        if isinstance(found, dict):
            troubles.append(found)
            continue
        try:
            report = _made(found, limits)
        except InputError as error:
            troubles.append(sources.trouble(error))
            continue
        except (ValueError, KeyError, IndexError, TypeError, RecursionError, AttributeError) as error:
            troubles.append(_broken(found.where, error))
            continue
        row = shapes.report_row(report)
        row |= {"path": found.path, "digest": found.digest, "text_key": text_key(report.text)}
        row |= {"outlet_key": outlet_key(report)}
        rows.append(row)
        size += len(report.text)
        if len(rows) >= args["options"]["part"] or size > 1 << 25:
            flush()
    if rows:
        flush()
    return {"counts": {"read": sum(c["rows"] for c in chunks)}, "facts": {"chunks": chunks}, "troubles": troubles}


def _broken(where: str, error: Exception) -> sources.Trouble:
    """What went wrong in a way that nobody foresaw, as a row: the other reports go on."""
    return {
        "where": where,
        "kind": "failed",
        "what": f"it could not be read ({type(error).__name__}: {str(error)[:200]})",
        "next_step": "report it with its text, if you may",
        "lost": True,
    }


# ---------------------------------------------------------------- which are reports, and in what order


def settled(store: Store, args: Mapping[str, Any]) -> dict[str, Any]:
    """Which of all rows read are reports, under which id and number; `standing` are the parts of earlier batches."""
    pa = needed("pyarrow")
    compute = needed("pyarrow.compute")
    columns = ["id", "text_key", "outlet_key", "digest", "path"]
    tables: list[Any] = []
    for chunk, about in enumerate(args["chunks"]):
        found = store.read_table(about["name"], columns)
        tables.append(
            found.append_column("chunk", pa.array([chunk] * len(found), pa.int32())).append_column(
                "row", pa.array(range(len(found)), pa.int32())
            )
        )
    every = pa.concat_tables(tables) if tables else None
    base = int(args["first"])
    troubles: list[sources.Trouble] = []
    twins: list[dict[str, Any]] = []
    order: list[tuple[str, int, int]] = []
    if every is not None and len(every):
        names = ("id", "text_key", "outlet_key", "digest", "path", "chunk", "row")
        order_by = [(name, "ascending") for name in names]
        tables.clear()
        every = every.take(compute.sort_indices(every, sort_keys=order_by))
        owners, taken = _standing(store, args["standing"])
        for row in _rows(every):
            key = (row["text_key"], row["outlet_key"])
            owner = owners.get(key)
            if owner is not None:
                twins.append({"report": owner, "twin": row["id"], "where": row["path"]})
                continue
            name = row["id"]
            if name in taken:
                mark = hashlib.sha256(row["text_key"] + row["outlet_key"].to_bytes(8, "little")).hexdigest()
                name = next(n for size in range(6, 65) if (n := f"{row['id']}~{mark[:size]}") not in taken)
                troubles.append(
                    {
                        "where": row["path"],
                        "kind": "same_id",
                        "what": f"the id {row['id']} is used for another text too; it is called {name} here",
                        "next_step": "give each report an id of its own",
                        "lost": False,
                    }
                )
            taken.add(name)
            owners[key] = name
            order.append((name, row["chunk"], row["row"]))
        del every, owners, taken
    tables.clear()
    order.sort()
    part = int(args["options"]["part"])
    sizes = [min(part, len(order) - at) for at in range(0, len(order), part)]
    batch = args["batch"]
    store.write_table(f"reports/_read/order-{batch:04d}.parquet", _placed(order, base), sizes)
    parts: list[dict[str, Any]] = []
    if twins:
        parts.append({"name": f"twins/part-{batch:04d}-00000.parquet", "rows": len(twins), "kind": "twins"})
        store.write_table(parts[0]["name"], shapes.table(twins, shapes.TWINS))
    return {
        "counts": {"reports": len(order), "twins": len(twins)},
        "facts": {"first": base, "sizes": sizes},
        "parts": parts,
        "troubles": troubles,
    }


def _placed(order: Sequence[tuple[str, int, int]], base: int) -> Table:
    """Ids with the chunk and row where each report stands, numbered in their order from `base` on."""
    np = needed("numpy")
    columns = {
        "chunk": np.fromiter((chunk for _, chunk, _ in order), np.int32, len(order)),
        "row": np.fromiter((row for _, _, row in order), np.int32, len(order)),
        "number": np.arange(base, base + len(order)),
        "id": [name for name, _, _ in order],
    }
    return shapes.arrays(columns, _ORDER)


def _rows(every: Table) -> Iterator[dict[str, Any]]:
    """The rows of a table, some thousand at a time."""
    for batch in every.to_batches(max_chunksize=1 << 14):
        yield from batch.to_pylist()


def _standing(store: Store, parts: Sequence[str]) -> tuple[dict[tuple[bytes, int], str], set[str]]:
    """Whose text of which outlet the reports of earlier batches hold, and their ids."""
    owners: dict[tuple[bytes, int], str] = {}
    for name in parts:
        for row in _rows(store.read_table(name, ["id", "text_key", "outlet_key"])):
            owners[row["text_key"], row["outlet_key"]] = row["id"]
    return owners, set(owners.values())


def gather(store: Store, args: Mapping[str, Any]) -> dict[str, Any]:
    """Write some parts of reports, in the order of their numbers, from the chunks that hold them."""
    pa = needed("pyarrow")
    order_file = f"reports/_read/order-{args['batch']:04d}.parquet"
    wanted: dict[int, list[tuple[int, int, str]]] = {}
    parts: list[dict[str, Any]] = []
    places: dict[int, tuple[int, int]] = {}
    for part in args["parts"]:
        for at, row in enumerate(_rows(store.read_table(order_file, groups=[part]))):
            wanted.setdefault(row["chunk"], []).append((row["row"], row["number"], row["id"]))
            places[row["number"]] = (part, at)
    found: list[Any] = []
    for chunk in sorted(wanted):
        rows = sorted(wanted[chunk])
        groups = sorted({row // _CHUNK_GROUP for row, _, _ in rows})
        table = store.read_table(args["chunks"][chunk]["name"], groups=groups)
        start = {group: n * _CHUNK_GROUP for n, group in enumerate(groups)}
        table = table.take(pa.array([start[row // _CHUNK_GROUP] + row % _CHUNK_GROUP for row, _, _ in rows]))
        table = table.set_column(0, "number", pa.array([number for _, number, _ in rows], pa.int64()))
        found.append(table.set_column(1, "id", pa.array([name for _, _, name in rows], pa.large_string())))
    every = pa.concat_tables(found).sort_by("number")
    start = 0
    for part in args["parts"]:
        size = sum(1 for where, _ in places.values() if where == part)
        name = f"reports/part-{args['batch']:04d}-{part:05d}.parquet"
        groups = [min(_GROUP, size - at) for at in range(0, size, _GROUP)]
        store.write_table(name, every.slice(start, size).combine_chunks(), groups)
        parts.append({"name": name, "rows": size})
        start += size
    return {"parts": parts}
