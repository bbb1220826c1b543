"""What was given -> reports: files, folders, globs, addresses, rows.

`read` is the way in for paths, `from_rows` for rows and records in Python. What cannot be read
becomes a notice as long as anything else can; when nothing is left, it is raised. The result
does not depend on the order of what is given, nor on how often a file is named.

Kinds of notice: `missing` (no such file or match), `unreadable` (binary, broken, no article),
`empty`, `too_large`, `fetch` (an address not fetched), `skipped` (files of a folder that are of
no known kind, links that lead out of it), `field` (a field left out), `twin` (the same report again), `same_id` (an id
used twice), `encoding` (read with a guess), `language` (not English).
"""

from __future__ import annotations

import glob
import hashlib
import os
import stat
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path, PurePosixPath

from tellings.acquire import rows
from tellings.acquire.decodings import decode, looks_like_page, unpack
from tellings.acquire.drafts import Draft, Limits, clean_id, notice, settle, shown
from tellings.errors import EmptyInput, FetchRefused, InputError, NotFound, NothingToCompare, TooLarge, Unreadable
from tellings.records import Notice, Report

__all__ = ["Limits", "from_rows", "read"]

_TEXT = frozenset({".txt", ".text", ".md"})
_PAGE = frozenset({".html", ".htm", ".xhtml"})
_LINES = frozenset({".jsonl", ".ndjson"})
_JSON = frozenset({".json"})
_KNOWN = _TEXT | _PAGE | _LINES | _JSON
MOST_FILES = 100_000
"""A folder or pattern with more files than this is refused: it was hardly meant."""
_OWN_PIPES = ("/dev/fd/", "/dev/stdin", "/proc/self/fd/")
"""Pipes that the shell opened for this run, as "<(command)" does; they can be read as files are."""


@dataclass(slots=True)
class _Reading:
    """One run: what was read, what went wrong, what is to be said."""

    limits: Limits
    by_place: bool = True
    drafts: list[Draft] = field(default_factory=list)
    problems: list[InputError] = field(default_factory=list)
    remarks: list[Notice] = field(default_factory=list)
    size: int = 0

    def add(self, draft: Draft) -> None:
        """Keep a draft; `TooLarge` as soon as what is kept is far over what may be."""
        self.drafts.append(draft)
        self.size += len(draft.text)
        # Twins go out later, so the exact check comes then; this one only keeps memory bounded.
        if self.size > 3 * self.limits.characters + 1_000_000:
            raise _over(self.limits, self.size)

    def done(self) -> tuple[tuple[Report, ...], tuple[Notice, ...]]:
        """The reports and notices; raises where no report is left."""
        notices = [*map(notice, self.problems), *self.remarks]
        reports: tuple[Report, ...] = ()
        if self.drafts:
            reports, more = settle(self.drafts, self.limits, by_place=self.by_place)
            notices += more
        if not reports:
            raise _nothing(self.problems)
        return reports, tuple(sorted(set(notices), key=lambda n: (n.where, n.kind, n.what)))


def _over(limits: Limits, size: int) -> TooLarge:
    """The refusal of too much text."""
    return TooLarge(
        f"the reports hold more than {size / 1e6:.0f} MB of text, the limit is {limits.max_megabytes:g} MB",
        next_step="give fewer, or lift it with --max-megabytes",
    )


def _nothing(problems: list[InputError]) -> InputError | NothingToCompare:
    """What to raise when nothing could be read: the one reason, or all of them as notes."""
    ordered = sorted({str(p): p for p in problems}.items())
    if len(ordered) == 1:
        return ordered[0][1]
    if not ordered:
        return NothingToCompare("no report was given", next_step="name a file, a folder or an address")
    first = "; ".join(text for text, _ in ordered[:3])
    more = f"; and {len(ordered) - 3} more" if len(ordered) > 3 else ""
    error = NothingToCompare(f"none of what was given can be read: {first}{more}")
    for text, _ in ordered:
        error.add_note(text)
    return error


# ---------------------------------------------------------------- what was named


def _is_address(item: str) -> bool:
    """Whether what was given is an address and not a path."""
    return "://" in item[:20] and not os.path.exists(item)  # noqa: PTH110  # it may not be a path at all


def _ending(path: str | Path) -> tuple[str, str, bool]:
    """The name without its endings, the ending that tells the kind, whether it is packed."""
    name = PurePosixPath(path).name
    packed = name.lower().endswith(".gz")
    name = name[:-3] if packed else name
    stem, dot, ending = name.rpartition(".")
    if not stem:
        return name, "", packed
    return stem, (dot + ending).lower(), packed


def _walk(folder: Path, reading: _Reading) -> Iterator[Path]:
    """The files of known kinds in a folder and those below it, sorted; hidden ones are passed over.

    Links are followed inside the folder. Those that lead out of it are passed over and named: a
    folder from somebody else must not bring in what else lies on this machine.
    """
    seen: set[tuple[int, int]] = set()
    strange: list[str] = []
    outside: list[str] = []
    count = 0
    root = os.path.realpath(folder)
    todo = [folder]
    while todo:
        here = todo.pop()
        try:
            info = here.stat()
            if (info.st_dev, info.st_ino) in seen:
                continue  # a link back to a folder that was read already
            seen.add((info.st_dev, info.st_ino))
            entries = sorted(os.scandir(here), key=lambda e: e.name)
        except OSError as error:
            reading.problems.append(_refused(here, error))
            continue
        below: list[Path] = []
        for entry in entries:
            if entry.name.startswith("."):
                continue
            path = here / entry.name
            if path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(root):
                outside.append(shown(path))
                continue
            if path.is_dir():
                below.append(path)
                continue
            # A pipe or device in a folder is no report; a broken link is named when read.
            if _ending(entry.name)[1] not in _KNOWN or not (path.is_file() or path.is_symlink()):
                strange.append(shown(path))
                continue
            count += 1
            if count > MOST_FILES:
                raise TooLarge(f"it holds more than {MOST_FILES} files", where=shown(folder), next_step="name fewer")
            yield path
        todo.extend(reversed(below))
    for paths, why, step in (
        (strange, "of its files are of no known kind", "name such a file itself to have it read as text"),
        (outside, "of its links lead out of it", "name such a link itself to have it followed"),
    ):
        if paths:
            names = ", ".join(paths[:5]) + (f" and {len(paths) - 5} more" if len(paths) > 5 else "")
            what = f"{len(paths)} {why} and were passed over: {names}"
            reading.remarks.append(Notice("skipped", shown(folder), what, step))
    if not count:
        reading.problems.append(
            NotFound("there is no report in this folder", where=shown(folder), next_step="give .txt, .html or .jsonl")
        )


def _refused(path: str | Path, error: OSError) -> InputError:
    """An error of the operating system in plain words."""
    where = shown(path)
    if isinstance(error, FileNotFoundError):
        return NotFound("there is no such file or folder", where=where, next_step="check the path")
    if isinstance(error, PermissionError):
        return Unreadable("it may not be read", where=where, next_step="check its permissions")
    return Unreadable(f"it cannot be read ({error.strerror or type(error).__name__})", where=where)


def _fitting(pattern: str, reading: _Reading) -> Iterator[Path]:
    """The files that fit a pattern, and those in the folders that fit it, sorted."""
    found = sorted(islice(glob.iglob(pattern, recursive=True), MOST_FILES + 1))  # noqa: PTH207  # absolute ones too
    if len(found) > MOST_FILES:
        raise TooLarge(f"it fits more than {MOST_FILES} files", where=shown(pattern), next_step="name fewer")
    for path in map(Path, found):
        if path.is_dir():
            yield from _walk(path, reading)
        elif path.is_file():
            yield path
    if not found:
        reading.problems.append(NotFound("nothing fits this pattern", where=shown(pattern)))


def _expand(items: Iterable[str], reading: _Reading) -> tuple[list[tuple[str, Path]], list[str]]:
    """The files that were named, each once, with their names as shown and sorted by them, and the addresses."""
    named: list[Path] = []
    files: list[Path] = []
    addresses: set[str] = set()
    for item in sorted(items):
        if _is_address(item):
            addresses.add(item)
            continue
        try:
            path = Path(os.path.normpath(item)) if item else Path("\0")
            if path.is_dir():
                files += list(_walk(path, reading))  # all of it or, where it is refused, nothing
            elif path.exists() or path.is_symlink():
                named.append(path)
            elif any(c in item for c in "*?["):
                files += list(_fitting(item, reading))
            else:
                raise FileNotFoundError
        except ValueError:
            reading.problems.append(NotFound("this is no path", where=shown(item.replace("\0", " "))))
        except OSError as error:
            reading.problems.append(_refused(item, error))
        except InputError as error:
            reading.problems.append(error)
    for path in sorted(path for path, times in Counter(named).items() if times > 1):
        reading.remarks.append(Notice("twin", shown(path), "the same file is named twice; it counts once"))
    return sorted((shown(path), path) for path in {*named, *files}), sorted(addresses)


# ---------------------------------------------------------------- one file


def _at_once(path: str, flags: int) -> int:
    """Open without waiting: a pipe that nobody writes to, or a terminal, would be waited on for ever."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))


def _bytes(path: Path, kind: str, packed: bool, limits: Limits) -> bytes:
    """The bytes of a file, unpacked, no more than its kind may have; only true files are read."""
    where = shown(path)
    limit = limits.file_bytes(kind)
    own = str(path).startswith(_OWN_PIPES)
    with open(path, "rb", opener=None if own else _at_once) as file:  # a Path has no opener
        mode = os.fstat(file.fileno())
        if not stat.S_ISREG(mode.st_mode) and not (own and stat.S_ISFIFO(mode.st_mode)):
            raise Unreadable("it is a pipe or a device, not a file", where=where, next_step="save what it gives")
        if stat.S_ISREG(mode.st_mode) and mode.st_size > limit:
            raise _too_big(mode.st_size, limit, limits, where)
        data = file.read(limit + 1)
    if len(data) > limit:
        raise _too_big(len(data), limit, limits, where)
    if packed and data and not data.startswith(b"\x1f\x8b"):
        raise Unreadable("it is not packed with gzip, as its name says", where=where, next_step="take .gz off its name")
    return unpack(data, limit, where)


def _too_big(size: int, limit: int, limits: Limits, where: str) -> TooLarge:
    """The refusal of one file."""
    need = max(int(limits.max_megabytes * size / limit) + 1, 1)
    return TooLarge(
        f"it holds {size / 1e6:.1f} MB, the limit for such a file is {limit / 1e6:g} MB",
        where=where,
        next_step=f"give less, or lift it with --max-megabytes {need}",
    )


def _file(path: Path, reading: _Reading) -> None:
    """Read one file into drafts."""
    stem, ending, packed = _ending(path)
    kind = "page" if ending in _PAGE else "rows" if ending in _LINES | _JSON else "text"
    where = shown(path)
    data = _bytes(path, kind, packed, reading.limits)
    kind = kind if ending in _KNOWN else "unknown"
    _drafts(reading, data, where, stem, kind=kind, lines=ending in _LINES)


def _drafts(
    reading: _Reading, data: bytes, where: str, stem: str, *, kind: str, lines: bool, url: str | None = None
) -> None:
    """The drafts in bytes of a known or unknown kind."""
    digest = hashlib.sha256(data).hexdigest()
    name = clean_id(os.fsencode(stem).decode("utf-8", "replace"))
    if kind == "page":
        _page(reading, data, where, name, digest=digest, url=url)
        return
    decoded = decode(data, where)
    text = decoded.text
    if kind in {"text", "unknown"} and looks_like_page(text):
        _page(reading, data, where, name, digest=digest, url=url)
        return
    start = text[:200].lstrip()[:1]
    if kind == "rows" or (kind == "unknown" and start in {"{", "["} and rows.is_json(text)):
        source = rows.Source(where, name, reading.problems.append, reading.remarks.append, digest)
        for draft in (rows.from_lines if lines else rows.from_json)(text, source):
            reading.add(draft)
    else:
        reading.add(Draft(where, 0, name, text, digest=digest, file=name))
    if decoded.remark:
        reading.remarks.append(Notice("encoding", where, decoded.remark, "save it as UTF-8"))


def _page(reading: _Reading, data: bytes, where: str, name: str, *, digest: str, url: str | None) -> None:
    """The draft of an HTML page."""
    from tellings.acquire import pages

    if len(data) > reading.limits.file_bytes("page"):
        raise _too_big(len(data), reading.limits.file_bytes("page"), reading.limits, where)
    draft, remarks = pages.draft(data, where, name, digest, url)
    reading.add(draft)
    reading.remarks += remarks


def _address(url: str, reading: _Reading, fetch: bool) -> None:
    """Fetch one address into drafts, where fetching is on."""
    where = shown(url)
    if not fetch:
        raise FetchRefused("addresses are not fetched unless asked for", where=where, next_step="add --fetch")
    from tellings.acquire import addresses

    got = addresses.fetch(url, reading.limits)
    stem = _ending(PurePosixPath(got.path).name)[0] or got.host
    kind = "rows" if got.kind == "json" else got.kind
    _drafts(reading, got.data, where, stem, kind=kind, lines=got.kind == "rows", url=got.url)


def read(
    paths: Iterable[str | os.PathLike[str]], *, limits: Limits | None = None, fetch: bool = False
) -> tuple[tuple[Report, ...], tuple[Notice, ...]]:
    """The reports in files, folders, globs and addresses, sorted by id, and what there is to say of them.

    Text files (.txt, .text, .md, and any other ending when named directly), HTML pages (.html,
    .htm, .xhtml), JSON Lines (.jsonl, .ndjson) and JSON (.json), each also packed (.gz). Folders
    are read with those below them, without hidden files. Addresses are fetched only with `fetch`.

    Raises the one `InputError` that explains it where nothing could be read for one reason,
    `NothingToCompare` with a note for each where there are several, `TooLarge` where the reports
    together are over a limit.
    """
    reading = _Reading(limits or Limits())
    given = [paths] if isinstance(paths, str | os.PathLike) else paths
    files, addresses = _expand([os.fspath(path) for path in given], reading)
    real: dict[str, str] = {}
    for where, path in files:
        try:
            # A file named twice, also through a link, is read once and its twin is named.
            first = real.setdefault(os.path.realpath(path), where)
            if first != where:
                reading.remarks.append(Notice("twin", where, f"the same file as {first}; it counts once"))
                continue
            _file(path, reading)
        except OSError as error:
            reading.problems.append(_refused(path, error))
        except InputError as error:
            reading.problems.append(error)
    for url in addresses:
        try:
            _address(url, reading, fetch)
        except InputError as error:
            reading.problems.append(error)
    return reading.done()


def from_rows(
    given: Iterable[Mapping[str, object] | Report], *, limits: Limits | None = None
) -> tuple[tuple[Report, ...], tuple[Notice, ...]]:
    """The reports of rows with the contract's fields, or of records, sorted by id, with notices.

    The same checks as for files: text is required, fields of a wrong type are left out and named,
    the same text of one outlet counts once, an id used twice gets a suffix. The order of the rows
    does not matter. Raises as `read` does.

    >>> reports, notices = from_rows([{"id": "a", "text": "It rained in Varmo."}])
    >>> reports[0].id, reports[0].title, notices
    ('a', None, ())
    """
    reading = _Reading(limits or Limits(), by_place=False)
    for number, row in enumerate(given, 1):
        try:
            if isinstance(row, Report):
                reading.add(_again(row))
            elif isinstance(row, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]  # callers without types
                # An id that is missing comes from the text, so that the order of rows changes nothing.
                name = "row:" + hashlib.sha256(repr(row.get("text")).encode()).hexdigest()[:8]
                given_id = row.get("id")
                label = clean_id(given_id) if isinstance(given_id, str) else name
                source = rows.Source(label, name, reading.problems.append, reading.remarks.append)
                reading.add(rows.from_mapping(row, 0, source))
            else:
                raise Unreadable("it is neither a mapping nor a Report", where=f"row:{number}")
        except InputError as error:
            reading.problems.append(error)
    return reading.done()


def _again(report: Report) -> Draft:
    """The draft of a report that was made already; its own fields are kept."""
    if not report.text.strip():
        raise EmptyInput("its text is empty", where=report.id)
    return Draft(
        report.path or report.id,
        0,
        clean_id(report.id),
        report.text,
        named=True,
        outlet=report.outlet,
        url=report.url,
        title=report.title,
        byline=report.byline,
        published=report.published,
        language=report.language,
        credits=report.credits,
        digest=report.digest,
        report=report,
    )
