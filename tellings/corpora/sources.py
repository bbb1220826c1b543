"""What an archive is read from: pieces of files that can be read apart, and the drafts in each.

`plan` walks what was named and cuts it into pieces of bounded size, each a small plain description:
JSON Lines at line ends, Parquet between row groups, web archives by file, pages and texts by the
hundred. `drafts` reads one piece as a stream of drafts and of what went wrong, one report after the
other, wherever the piece is read. The order in which inputs are named makes no difference.

Still missed: a packed JSON Lines file and a web archive are one piece each however large they are,
since neither can be entered in the middle.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import os
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, cast

from tellings.acquire import rows
from tellings.acquire.decodings import decode, looks_like_page, unpack
from tellings.acquire.drafts import Draft, Limits, clean_id, notice, shown
from tellings.corpora.stores import digest_of, file_system, needed, refusal
from tellings.errors import EmptyInput, InputError, NotFound, NothingToCompare, TellingsError, TooLarge, Unreadable
from tellings.records import Found, Notice

__all__ = ["Plan", "Trouble", "drafts", "plan"]

_TEXT = frozenset({".txt", ".text", ".md"})
_PAGE = frozenset({".html", ".htm", ".xhtml"})
_LINES = frozenset({".jsonl", ".ndjson"})
_KINDS: dict[str, str] = {
    **dict.fromkeys(_TEXT, "text"),
    **dict.fromkeys(_PAGE, "page"),
    **dict.fromkeys(_LINES, "lines"),
    ".json": "json",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".warc": "warc",
    ".wet": "warc",
}
_BLOCK = 1 << 23  # bytes looked at together when lines are counted
_PIECE = 1 << 26  # bytes of JSON Lines, or of small files, in one piece
_BUNDLE = 500  # small files in one piece: pages take long to read
_COLUMNS = ("id", "outlet", "url", "title", "published", "text")

Piece = dict[str, Any]
Trouble = dict[str, Any]
"""A row of the table of errors, without its stage."""


@dataclass(slots=True)
class Plan:
    """The pieces to read, in a fixed order; the digest of all that was given; files that no piece holds."""

    pieces: list[Piece] = field(default_factory=list[Piece])
    digest: str = ""
    troubles: list[Trouble] = field(default_factory=list[Trouble])
    rows: int = 0


def trouble(what: InputError | Notice, lost: bool = True) -> Trouble:
    """An error or a notice as a row; `lost` where a report is missing because of it."""
    said = notice(what) if isinstance(what, InputError) else what
    return {
        "where": said.where,
        "kind": said.kind,
        "what": said.what,
        "next_step": said.next_step,
        "lost": lost,
    }


def _ending(path: str) -> tuple[str, str, bool]:
    """The path without its endings, the kind that they tell ("" for none known), whether it is packed."""
    packed = path.lower().endswith(".gz")
    bare = path[:-3] if packed else path
    head, dot, last = bare.rpartition(".")
    if not dot or "/" in last or not PurePosixPath(head).name:
        return bare, "", packed
    return head, _KINDS.get("." + last.lower(), ""), packed


# ---------------------------------------------------------------- what was named


@dataclass(frozen=True, slots=True, order=True)
class _File:
    """A file: as it is shown, its address, the name that makes ids, its kind and size."""

    shown: str
    url: str
    stem: str
    kind: str
    packed: bool
    size: int


def _listed(item: str) -> Iterator[_File | Trouble]:
    """The files at what was named: a file, a folder, a pattern."""
    system, path = file_system(item)
    head = item[: item.index("://") + 3] if "://" in item else ""
    try:
        info = system.info(path)
    except FileNotFoundError:
        found = sorted(system.glob(path)) if any(c in path for c in "*?[") else []
        if not found:
            raise NotFound("there is no such file or folder", where=shown(item), next_step="check the path") from None
        for name in found:
            yield from _listed(head + name.removeprefix("/" if head and not head.startswith("file") else ""))
        return
    except Exception as error:  # noqa: BLE001  # libraries of object stores have errors of their own
        raise Unreadable(f"it cannot be read ({refusal(error)})", where=shown(item)) from None
    if info["type"] != "directory":
        yield _file(item, item, PurePosixPath(path).name, info["size"], named=True)
        return
    system.invalidate_cache(path)
    root = os.path.realpath(path) if "file" in system.protocol else ""
    for name, about in sorted(system.find(path, detail=True, withdirs=False).items()):
        rest = name.removeprefix(path).lstrip("/")
        if any(part.startswith((".", "_")) for part in rest.split("/")):
            continue
        url = f"{item.rstrip('/')}/{rest}"
        if root and os.path.islink(name) and not os.path.realpath(name).startswith(root + os.sep):  # noqa: PTH114
            said = Notice("skipped", shown(url), "the link leads out of the folder", "name the link itself")
            yield trouble(said, lost=False)
        elif not _ending(rest)[1]:
            yield trouble(Notice("skipped", shown(url), "it is of no known kind", "name the file itself"), lost=False)
        else:
            yield _file(url, url, rest, about["size"])


def _file(label: str, url: str, rest: str, size: int | None, named: bool = False) -> _File:
    stem, kind, packed = _ending(rest)
    return _File(shown(label), url, clean_id(stem), kind or ("text" if named else ""), packed, size or 0)


def _identity(url: str) -> str:
    """What tells whether a file is the same as before: the digest of its bytes, or what an object store says of it."""
    system, path = file_system(url)
    if "file" not in system.protocol and "memory" not in system.protocol:
        about = system.info(path)
        tag = about.get("ETag") or about.get("etag") or about.get("md5Hash") or about.get("LastModified")
        if tag:
            return f"{tag}:{about['size']}"
    state = hashlib.sha256()
    with system.open(path, "rb") as source:
        while block := source.read(_BLOCK):
            state.update(block)
    return state.hexdigest()


def plan(inputs: Sequence[str], part: int) -> Plan:
    """What there is to read at `inputs`, in pieces of at most about `part` reports.

    Raises `NotFound` where one of `inputs` is not there, `NothingToCompare` where none holds a report.
    """
    out = Plan()
    files: dict[str, _File] = {}
    for item in sorted(set(inputs)):
        for found in _listed(item):
            if isinstance(found, _File):
                files.setdefault(found.url, found)
            else:
                out.troubles.append(found)
    seen: list[list[str]] = []
    small: list[_File] = []
    room = 0
    for file in sorted(files.values()):
        try:
            if file.kind == "lines" and not file.packed:
                pieces, digest = _lines(file, part)
            elif file.kind == "parquet":
                pieces, digest = _groups(file, part), _identity(file.url)
            else:
                pieces, digest = [], _identity(file.url)
                if file.kind in {"warc", "lines"}:
                    pieces = [{"kind": file.kind, "files": [_named(file)]}]
                else:
                    if small and (room + file.size > _PIECE or len(small) >= min(_BUNDLE, part)):
                        out.pieces.append({"kind": "files", "files": [_named(f) for f in small]})
                        small, room = [], 0
                    small.append(file)
                    room += file.size
        except InputError as error:
            out.troubles.append(trouble(error))
            continue
        except OSError as error:
            out.troubles.append(trouble(Unreadable(f"it cannot be read ({refusal(error)})", where=file.shown)))
            continue
        except Exception as error:
            if "file" in file_system(file.url)[0].protocol:
                raise
            # What an object store's library raises of its own is about the store and not about one file.
            raise Unreadable(f"it cannot be read ({refusal(error)})", where=file.shown) from error
        seen.append([file.shown, digest])
        out.pieces += pieces
    if small:
        out.pieces.append({"kind": "files", "files": [_named(f) for f in small]})
    out.digest = digest_of([seen, sorted(map(digest_of, out.troubles))])
    if not out.pieces:
        said = next((t for t in out.troubles if t["lost"]), None)
        if said is not None:
            raise Unreadable(said["what"], where=said["where"], next_step=said["next_step"])
        raise NothingToCompare(
            "there is no report in what was given", next_step="give .warc, .html, .jsonl, .parquet or .txt"
        )
    return out


def _named(file: _File) -> Piece:
    return {"where": file.shown, "url": file.url, "stem": file.stem, "kind": file.kind, "packed": file.packed}


def _lines(file: _File, part: int) -> tuple[list[Piece], str]:
    """Pieces of a JSON Lines file, cut after line ends, and its digest."""
    import numpy as np

    system, path = file_system(file.url)
    state = hashlib.sha256()
    cuts: list[tuple[int, int]] = [(0, 1)]  # where a piece begins: byte and line
    at, line = 0, 1
    wide = False
    with system.open(path, "rb") as source:
        while block := source.read(_BLOCK):
            state.update(block)
            wide = wide or (not at and block[:2] in {b"\xff\xfe", b"\xfe\xff"})
            ends = np.flatnonzero(np.frombuffer(block, np.uint8) == 10)
            # A piece ends with the line that fills it, in lines or in bytes.
            while len(ends):
                by_line = part - (line - cuts[-1][1]) - 1
                by_byte = int(np.searchsorted(ends, cuts[-1][0] + _PIECE - at))
                take = min(max(by_line, 0), by_byte)
                if take >= len(ends):
                    line += len(ends)
                    break
                line += take + 1
                cuts.append((at + int(ends[take]) + 1, line))
                at, block, ends = (
                    at + int(ends[take]) + 1,
                    block[int(ends[take]) + 1 :],
                    ends[take + 1 :] - int(ends[take]) - 1,
                )
            at += len(block)
    if wide:  # a wide encoding cannot be cut at its bytes: it is read whole, as JSON is
        cuts = [(0, 1)]
    bounds = [*[start for start, _ in cuts], at]
    return [
        {"kind": "lines", "files": [_named(file)], "start": start, "stop": stop, "line": first, "wide": wide}
        for (start, first), stop in zip(cuts, bounds[1:], strict=True)
        if stop > start or len(cuts) == 1
    ], state.hexdigest()


def _groups(file: _File, part: int) -> list[Piece]:
    """Pieces of a Parquet file: row groups in a row with at most about `part` rows."""
    parquet = needed("pyarrow.parquet")
    pa = needed("pyarrow")
    system, path = file_system(file.url)
    try:
        with system.open(path, "rb") as source:
            about = parquet.ParquetFile(source)
            sizes = [about.metadata.row_group(n).num_rows for n in range(about.metadata.num_row_groups)]
            names = set(about.schema_arrow.names)
    except (pa.ArrowException, ValueError) as error:
        raise Unreadable(f"it is not Parquet ({str(error).splitlines()[0][:120]})", where=file.shown) from None
    if "text" not in names:
        raise Unreadable('it has no column "text"', where=file.shown, next_step='give the reports in "text"')
    out: list[Piece] = []
    row = 0
    for number, size in enumerate(sizes):
        if out and out[-1]["rows"] + size <= part:
            out[-1]["groups"].append(number)
            out[-1]["rows"] += size
        else:
            out.append({"kind": "parquet", "files": [_named(file)], "groups": [number], "rows": size, "line": row + 1})
        row += size
    return out


# ---------------------------------------------------------------- what a piece holds


def drafts(piece: Piece, limits: Limits) -> Iterator[Draft | Trouble]:
    """The drafts of a piece and what went wrong in it, in the order of the piece.

    Every draft's `digest` is that of the bytes that gave it: the page, the line, the text.
    """
    read = {"lines": _from_lines, "parquet": _from_groups, "warc": _from_archive, "files": _from_files}[piece["kind"]]
    try:
        yield from read(piece, limits)
    except InputError as error:
        yield trouble(error)
    except (OSError, EOFError, zlib.error) as error:
        where = piece["files"][0]["where"]
        why = getattr(error, "strerror", None) or type(error).__name__
        yield trouble(Unreadable(f"it cannot be read to its end ({why})", where=where, next_step="fetch it again"))


def _row_id(row: Mapping[str, Any]) -> str:
    """The id of a row that has none: its address, else the digest of its text, whatever line it stands on."""
    url = row.get("url")
    if isinstance(url, str) and url.strip():
        return _address_id(url)
    return "text-" + hashlib.sha256(repr(row.get("text")).encode()).hexdigest()[:16]


def _address_id(url: str) -> str:
    """An address as an id: without its scheme; a long one ends in its digest."""
    bare = clean_id(url.partition("://")[2] or url)
    return bare if len(bare) < 100 else f"{bare[:80]}~{hashlib.sha256(url.encode()).hexdigest()[:12]}"


def _row(row: Any, line: int, where: str, digest: str, remarks: list[Notice]) -> Draft:
    """The draft of one row; raises `InputError`."""
    if not isinstance(row, Mapping):
        raise Unreadable("it is not an object", where=f"{where}:{line}", next_step="give one object a line")
    given = cast("Mapping[str, Any]", row)
    source = rows.Source(where, "", lambda _: None, remarks.append, digest)
    return rows.from_mapping(given, line, source, default_id=_row_id(given))


def _tried(row: Any, line: int, where: str, digest: str) -> Iterator[Draft | Trouble]:
    remarks: list[Notice] = []
    try:
        made = _row(row, line, where, digest, remarks)
    except InputError as error:
        yield trouble(error)
        return
    yield from (trouble(remark, lost=False) for remark in remarks)
    yield made


def _from_lines(piece: Piece, limits: Limits) -> Iterator[Draft | Trouble]:
    """The rows of a stretch of JSON Lines, or of a packed file of them."""
    about = piece["files"][0]
    where = about["where"]
    system, path = file_system(about["url"])
    most = limits.file_bytes("rows")
    if piece.get("wide"):
        yield from _from_files({"files": [{**about, "kind": "json"}]}, limits)
        return
    stop = piece.get("stop")
    at, line = piece.get("start", 0), piece.get("line", 1) - 1
    with system.open(path, "rb", compression="gzip" if about["packed"] else None) as raw:
        # What opens files of an object store knows no line of bounded length.
        bare = about["packed"] or "file" not in system.protocol
        source = io.BufferedReader(raw, 1 << 20) if bare else raw
        if at:
            source.seek(at)
        while stop is None or at < stop:
            data = source.readline(most + 1)
            if not data:
                return
            at += len(data)
            line += 1
            if len(data) > most:
                yield trouble(TooLarge(f"the line holds more than {most / 1e6:g} MB", where=f"{where}:{line}"))
                while data and not data.endswith(b"\n"):
                    data = source.readline(most)
                    at += len(data)
                continue
            data = data.removeprefix(b"\xef\xbb\xbf") if line == 1 else data
            if data.strip():
                yield from _line(data, line, where)


def _line(data: bytes, line: int, where: str) -> Iterator[Draft | Trouble]:
    """The row of one line."""
    try:
        try:
            text = data.decode()
        except UnicodeDecodeError:
            decoded = decode(data, f"{where}:{line}")
            text = decoded.text
            yield trouble(Notice("encoding", f"{where}:{line}", decoded.remark, "save it as UTF-8"), lost=False)
        row = json.loads(text)
    except InputError as error:
        yield trouble(error)
        return
    except (ValueError, RecursionError) as error:
        why = f"{error.msg}, column {error.colno}" if isinstance(error, json.JSONDecodeError) else "nested too deeply"
        said = Unreadable(f"the line is not JSON ({why})", where=f"{where}:{line}", next_step="give one object a line")
        yield trouble(said)
        return
    yield from _tried(row, line, where, hashlib.sha256(data.rstrip(b"\r\n")).hexdigest())


def _from_groups(piece: Piece, _limits: Limits) -> Iterator[Draft | Trouble]:
    """The rows of some row groups of a Parquet file."""
    parquet = needed("pyarrow.parquet")
    pa = needed("pyarrow")
    about = piece["files"][0]
    where = about["where"]
    system, path = file_system(about["url"])
    line = piece["line"]
    try:
        with system.open(path, "rb") as source:
            file = parquet.ParquetFile(source)
            columns = [name for name in _COLUMNS if name in file.schema_arrow.names]
            for batch in file.iter_batches(256, row_groups=piece["groups"], columns=columns, use_threads=False):
                for row in batch.to_pylist():
                    text = row.get("text")
                    shape = text if isinstance(text, str) else repr(text)
                    digest = hashlib.sha256(shape.encode("utf-8", "surrogatepass")).hexdigest()
                    yield from _tried({k: _dated(v) for k, v in row.items()}, line, where, digest)
                    line += 1
    except pa.ArrowException as error:
        said = f"it cannot be read to its end ({str(error).splitlines()[0][:120]})"
        yield trouble(Unreadable(said, where=f"{where}:{line}"))


def _dated(value: Any) -> Any:
    """A date or time of a column as the text that JSON would have."""
    return value.isoformat() if isinstance(value, dt.date) else value


def _from_files(piece: Piece, limits: Limits) -> Iterator[Draft | Trouble]:
    """The reports of small files: pages, texts, JSON."""
    for about in piece["files"]:
        where = about["where"]
        try:
            system, path = file_system(about["url"])
            kind = {"json": "rows", "page": "page"}.get(about["kind"], "text")
            most = limits.file_bytes(kind)
            with system.open(path, "rb") as source:
                data = source.read(most + 1)
            if len(data) > most:
                raise TooLarge(f"it holds more than {most / 1e6:g} MB", where=where)
            if about["packed"]:
                data = unpack(data, most, where)
            yield from _from_bytes(data, about, limits)
        except InputError as error:
            yield trouble(error)
        except OSError as error:
            yield trouble(Unreadable(f"it cannot be read ({error.strerror or type(error).__name__})", where=where))


def _from_bytes(data: bytes, about: Piece, limits: Limits) -> Iterator[Draft | Trouble]:
    """The reports of one small file."""
    where, stem = about["where"], about["stem"]
    digest = hashlib.sha256(data).hexdigest()
    if about["kind"] == "page":
        yield from _page(data, where, stem, None, limits)
        return
    decoded = decode(data, where)
    if decoded.remark:
        yield trouble(Notice("encoding", where, decoded.remark, "save it as UTF-8"), lost=False)
    if about["kind"] == "json":
        yield from _json(decoded.text, where, digest)
    elif looks_like_page(decoded.text):
        yield from _page(data, where, stem, None, limits)
    else:
        yield Draft(where, 0, stem, decoded.text, digest=digest, file=PurePosixPath(stem).name)


def _json(text: str, where: str, digest: str) -> Iterator[Draft | Trouble]:
    """The reports of a JSON file: a list of rows, one row, or an object with reports."""
    found: list[Trouble] = []
    source = rows.Source(
        where,
        "",
        lambda error: found.append(trouble(error)),
        lambda remark: found.append(trouble(remark, lost=False)),
        digest,
    )
    for made in rows.from_json(text, source):
        yield from found
        found.clear()
        if made.named:
            yield made
        else:
            row = {"url": made.url and made.url.value, "text": made.text}
            yield Draft(
                made.path,
                made.line,
                _row_id(row),
                made.text,
                outlet=made.outlet,
                url=made.url,
                title=made.title,
                published=made.published,
                digest=digest,
            )
    yield from found


def _page(data: bytes, where: str, stem: str, url: str | None, limits: Limits) -> Iterator[Draft | Trouble]:
    """The report of an HTML page."""
    from tellings.acquire import pages

    most = limits.file_bytes("page")
    if len(data) > most:
        raise TooLarge(f"it holds more than {most / 1e6:g} MB", where=where)
    made, remarks = pages.draft(data, where, stem, hashlib.sha256(data).hexdigest(), url)
    yield from (trouble(remark, lost=False) for remark in remarks)
    yield made


def _from_archive(piece: Piece, limits: Limits) -> Iterator[Draft | Trouble]:
    """The pages of a web archive: answers with a page, saved pages, and texts extracted from pages."""
    warc = needed("fastwarc.warc")
    about = piece["files"][0]
    where = about["where"]
    system, path = file_system(about["url"])
    kinds = warc.WarcRecordType
    wanted = kinds.response | kinds.resource | kinds.conversion
    at = 0
    try:
        with system.open(path, "rb") as source:
            for record in warc.ArchiveIterator(source, record_types=wanted, parse_http=True):
                at = record.stream_pos
                url = str(record.headers.get("WARC-Target-URI", "") or "").strip("<>")
                try:
                    yield from _archived(record, url, f"{where}@{at}", kinds, limits)
                except InputError as error:
                    yield trouble(error)
    except (OSError, EOFError, InputError):
        raise
    except Exception as error:  # noqa: BLE001  # a broken archive makes the reader raise anything
        said = f"the archive cannot be read further ({type(error).__name__})"
        yield trouble(Unreadable(said, where=f"{where}@{at}", next_step="fetch it again"))


def _archived(record: Any, url: str, where: str, kinds: Any, limits: Limits) -> Iterator[Draft | Trouble]:
    """The report of one record; what is no page is named and passed over."""
    http = record.http_headers if record.is_http else None
    if record.record_type == kinds.response and http is None:
        return  # an answer of another kind: a look-up of a name, a file transfer
    kind = str(record.http_content_type if http is not None else record.headers.get("Content-Type", "") or "")
    kind = kind.partition(";")[0].strip().lower()
    plain = record.record_type == kinds.conversion and kind in {"text/plain", ""}
    status = http.status_code if http is not None else 200
    if status != 200 or (kind not in {"text/html", "application/xhtml+xml"} and not plain):
        what = (
            f"the answer was {status}"
            if status != 200
            else f"it is {clean_id(kind) if kind else 'of no kind'}, not a page"
        )
        yield trouble(Notice("skipped", where, f"{shown(url)}: {what}"), lost=False)
        return
    most = limits.file_bytes("text" if plain else "page")
    data = record.reader.read(most + 1)
    if len(data) > most:
        raise TooLarge(f"it holds more than {most / 1e6:g} MB", where=where)
    if not data:
        raise EmptyInput("it is empty", where=where)
    stem = _address_id(url) if url else f"record-{hashlib.sha256(data).hexdigest()[:16]}"
    place = where.rpartition("@")[0]
    if plain:
        text = decode(data, where).text
        found = Found(url, "page") if url else None
        yield Draft(place, 0, stem, text, url=found, digest=hashlib.sha256(data).hexdigest())
        return
    for made in _page(data, place, stem, url or None, limits):
        yield {**made, "where": where} if isinstance(made, dict) else made


def checked(inputs: Iterable[str], out: str) -> None:
    """Refuse a folder of results that lies in what is to be read, or holds it: a run removes what it has made."""
    system, target = file_system(out)
    for item in inputs:
        other, path = file_system(item)
        if type(system) is not type(other):
            continue
        if target == path or target.startswith(path.rstrip("/") + "/"):
            raise TellingsError("it lies in what is to be read", where=shown(out), next_step="name another --out")
        if path.startswith(target.rstrip("/") + "/"):
            said = f"what is to be read lies in it ({shown(item)})"
            raise TellingsError(said, where=shown(out), next_step="name another --out")
