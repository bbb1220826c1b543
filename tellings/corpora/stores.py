"""Where a run over an archive keeps its stages: a folder on any file system, written whole or not at all.

A `Store` is a folder of this machine or of an object store, named by its path or by an address that
fsspec knows ("s3://bucket/run"). Every file of it appears under its name only when it is complete: on a
local disk it is written beside its place and renamed, on an object store it is put in one piece. No
bucket is ever made: one that is not there is a mistake in its name. Parquet files are made in memory
first, so that a part is as large as a process can hold and no larger.

A `Manifest` says what made a stage's files, batch by batch: two runs may share a stage only where their
`Identity` is the same.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass, field
from functools import cache, wraps
from importlib import import_module
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

from tellings.errors import NotFound, TellingsError, Unreadable

__all__ = [
    "MEMORY",
    "UNFINISHED",
    "Batch",
    "Identity",
    "Manifest",
    "Store",
    "Table",
    "digest_of",
    "file_system",
    "needed",
]

P = ParamSpec("P")
T = TypeVar("T")

Table = Any
"""A table of pyarrow, which says nothing of its types."""
MANIFEST = "manifest.json"
UNFINISHED = "_unfinished"
"""The folder in which files are written before they are renamed to their places."""
MEMORY = {"ARROW_DEFAULT_MEMORY_POOL": "system"}
"""Set before Arrow is imported: it takes its memory from the C library, which gives back what is freed when asked to.
Arrow's own allocator does so by a call that its makers advise against, and has a history of faults with threads."""
BUCKETS = {"s3": "s3", "s3a": "s3", "gs": "", "gcs": "", "az": "", "abfs": "", "abfss": ""}
"""Schemes whose addresses begin with a bucket and know no folders, with the extra that brings their library."""
_EXTRA = {"daft": "corpus", "pyarrow": "corpus", "fsspec": "corpus", "fastwarc": "corpus", "ray": "ray"}


def needed(name: str) -> Any:
    """The library of this name; a `TellingsError` that names the extra to install where it is missing."""
    for about, value in MEMORY.items():
        os.environ.setdefault(about, value)
    try:
        return import_module(name)
    except ImportError as error:
        top = (error.name or name).split(".", maxsplit=1)[0]
        extra = _EXTRA.get(name.split(".", maxsplit=1)[0], "corpus")
        raise TellingsError(
            f"runs over archives need {top}, which is not installed", next_step=f'pip install "tellings[{extra}]"'
        ) from error


def refusal(error: BaseException) -> str:
    """Why a file system refused, in a few words."""
    why = getattr(error, "strerror", None) or str(error).strip() or type(error).__name__
    return str(why).splitlines()[0][:200]


def _said(where: str, error: Exception) -> TellingsError:
    """What a file system refused, in one line."""
    return TellingsError(f"it cannot be used ({refusal(error)})", where=where)


def _plainly(work: Callable[P, T]) -> Callable[P, T]:
    """Turn an error of the file system in `work`, a method of a store, into one line.

    Of one that is not this machine's it may be of any kind: their libraries have errors of their own.
    """

    @wraps(work)
    def told(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return work(*args, **kwargs)
        except (FileNotFoundError, TellingsError):
            raise
        except OSError as error:
            raise _said(str(args[0]), error) from error
        except Exception as error:
            if cast("Store", args[0]).local:
                raise
            raise _said(str(args[0]), error) from error

    return told


@cache
def _system(scheme: str) -> Any:
    fsspec = needed("fsspec")
    try:
        return fsspec.filesystem(scheme)
    except (ImportError, ValueError) as error:
        extra = BUCKETS.get(scheme)
        get = f'pip install "tellings[corpus,{extra}]"' if extra else f"install the fsspec library for {scheme}"
        raise TellingsError(
            f"addresses that begin with {scheme}:// cannot be read here ({error})",
            next_step=f"{get}, or name a folder",
        ) from None


def file_system(url: str) -> tuple[Any, str]:
    """The fsspec file system of a path or an address, and the path in it.

    A path without a scheme is one of this machine and comes back absolute.
    """
    scheme, mark, _ = url.partition("://")
    system = _system(scheme if mark else "file")
    if not mark or scheme in {"file", "local"}:
        return system, os.path.abspath(system._strip_protocol(url))  # noqa: SLF001, PTH100  # a name, maybe of nothing
    path = cast("str", system._strip_protocol(url))  # noqa: SLF001  # fsspec's own way to ask for it
    if scheme in BUCKETS and not path.strip("/"):
        raise TellingsError("it names no bucket", where=url, next_step=f"write {scheme}://bucket/folder")
    return system, path


def digest_of(value: Any) -> str:
    """A short digest of plain data; the same for equal data."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


class Store:
    """A folder in which files appear whole or not at all; `name`s are relative to it, with "/"."""

    def __init__(self, url: str) -> None:
        """Name the folder; nothing is made yet."""
        self.url = url.rstrip("/") if len(url) > 1 and not url.endswith("://") else url
        self.system, self.root = file_system(self.url)
        self.local = "file" in _names(self.system)

    def __str__(self) -> str:
        """As it was named."""
        return self.url

    def path(self, name: str) -> str:
        """The full path of a file in its file system."""
        return f"{self.root}/{name}" if name else self.root

    @_plainly
    def write(self, name: str, data: bytes) -> None:
        """Write a file whole; what was there before stays until then."""
        path = self.path(name)
        if not self.local:
            if BUCKETS.keys().isdisjoint(_names(self.system)):
                self.system.makedirs(path.rpartition("/")[0], exist_ok=True)
            try:
                self.system.pipe_file(path, data)
            except FileNotFoundError as error:
                raise TellingsError(
                    "there is no such bucket", where=self.url, next_step="make it first, or check its name"
                ) from error
            return
        # Halves that a killed process or node leaves lie in one folder, which goes when a stage is done.
        part = self.path(f"{UNFINISHED}/{os.getpid()}.{secrets.token_hex(4)}")
        for folder in (path.rpartition("/")[0], part.rpartition("/")[0]):
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103  # names are strings here, of any file system
        with Path(part).open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)  # noqa: PTH105  # as above

    @_plainly
    def read(self, name: str) -> bytes:
        """The bytes of a file; `FileNotFoundError` where there is none."""
        with self.system.open(self.path(name), "rb") as file:
            return file.read()

    @_plainly
    def names(self, folder: str, ending: str = "") -> list[str]:
        """The files in a folder (not below it), sorted, with the folder in their names; none where there is none."""
        path = self.path(folder)
        try:
            self.system.invalidate_cache(path)
            found = self.system.ls(path, detail=True)
        except FileNotFoundError:
            return []
        last = [str(item["name"]).rstrip("/").rpartition("/")[2] for item in found if item["type"] == "file"]
        head = f"{folder}/" if folder else ""
        return sorted(head + name for name in last if name.endswith(ending) and not name.startswith("."))

    @_plainly
    def entries(self) -> list[str]:
        """The names of the files and folders right in it, sorted; none where it is not there."""
        try:
            self.system.invalidate_cache(self.root)
            found = self.system.ls(self.root, detail=False)
        except (FileNotFoundError, NotADirectoryError):
            return []
        return sorted(str(name).rstrip("/").rpartition("/")[2] for name in found)

    @_plainly
    def remove(self, name: str) -> None:
        """Remove a file, or a folder with all in it; nothing happens where there is none."""
        path = self.path(name)
        try:
            self.system.rm(path, recursive=True)
        except FileNotFoundError:
            return
        finally:
            self.system.invalidate_cache(path)

    # ------------------------------------------------------------ JSON

    def write_json(self, name: str, value: Any) -> None:
        """Write plain data as JSON that a person can read."""
        self.write(name, (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "surrogatepass"))

    def read_json(self, name: str) -> Any:
        """The plain data of a JSON file, None where there is no such file."""
        try:
            return json.loads(self.read(name))
        except FileNotFoundError:
            return None
        except ValueError:
            raise Unreadable(
                "it is not what a run has written",
                where=f"{self.url}/{name}",
                next_step="remove it, or use another folder",
            ) from None

    # ------------------------------------------------------------ Parquet

    def write_table(self, name: str, table: Table, groups: Sequence[int] | None = None) -> int:
        """Write a table as a Parquet file and give back its bytes' number.

        The same rows make the same bytes. `groups` are the numbers of rows of its row groups, in order.
        """
        parquet = needed("pyarrow.parquet")
        buffer = io.BytesIO()
        with parquet.ParquetWriter(buffer, table.schema, compression="zstd", write_statistics=True) as writer:
            if groups is None:
                writer.write_table(table, row_group_size=1 << 14)
            else:
                start = 0
                for size in groups:
                    writer.write_table(table.slice(start, size), row_group_size=max(size, 1))
                    start += size
        data = buffer.getvalue()
        self.write(name, data)
        return len(data)

    def read_table(self, name: str, columns: Sequence[str] | None = None, groups: Iterable[int] | None = None) -> Table:
        """The rows of a Parquet file, or of some of its row groups, with some of its columns."""
        parquet = needed("pyarrow.parquet")
        with self.opened(name) as source:
            file = parquet.ParquetFile(source)
            names = None if columns is None else list(columns)
            # Workers share the cores already; and no thread of Arrow's is left when the process ends.
            if groups is None:
                return file.read(names, use_threads=False)
            return file.read_row_groups(list(groups), names, use_threads=False)

    def values(self, name: str, column: str) -> int:
        """How many values a column of a Parquet file holds; of a column of lists at most, as an empty one counts."""
        parquet = needed("pyarrow.parquet")
        with self.opened(name) as source:
            about = parquet.ParquetFile(source).metadata
        groups = (about.row_group(n) for n in range(about.num_row_groups))
        held = (group.column(n) for group in groups for n in range(group.num_columns))
        return sum(part.num_values for part in held if part.path_in_schema.partition(".")[0] == column)

    def opened(self, name: str) -> AbstractContextManager[Any]:
        """A file to read from; on a local disk its path, which Parquet maps into memory by itself."""
        return nullcontext(self.path(name)) if self.local else self.system.open(self.path(name), "rb")


def _names(system: Any) -> tuple[str, ...]:
    protocol = system.protocol
    return (protocol,) if isinstance(protocol, str) else tuple(protocol)


# ---------------------------------------------------------------- what made a stage


@dataclass(frozen=True, slots=True)
class Identity:
    """What a stage's files of one batch are made from; equal identities make equal files.

    `version` names the stage's own version and that of Tellings; `input` is the digest of what it
    reads: of the files given for the first stage, of the identities before it for the others.
    """

    stage: str
    version: str
    options: Mapping[str, Any]
    input: str

    @property
    def digest(self) -> str:
        """The digest that the next stage takes as its input."""
        return digest_of(asdict(self))

    def differences(self, other: Identity) -> list[str]:
        """What is not the same in `other`, the one found, each in a few words."""
        out: list[str] = []
        if self.version != other.version:
            out.append(f"it was made by version {other.version}, this is {self.version}")
        for name in sorted({*self.options, *other.options}):
            now, then = self.options.get(name), other.options.get(name)
            if now != then:
                out.append(f"it was made with {name.replace('_', '-')} {_plain(then)}, now it is {_plain(now)}")
        if self.input != other.input and not out:
            out.append("what it was made from is not the same")
        return out


def _plain(value: Any) -> str:
    """An option's value as it may stand in a message."""
    return "not set" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


@dataclass(frozen=True, slots=True)
class Batch:
    """One finished batch of a stage: its identity, how many of what, its files, and how the run went.

    `run` (seconds and the like) is the one part that differs between runs that make the same.
    """

    identity: Identity
    counts: Mapping[str, int]
    parts: tuple[Mapping[str, Any], ...]
    facts: Mapping[str, Any] = field(default_factory=dict[str, Any])
    run: Mapping[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True)
class Manifest:
    """The finished batches of a stage, in order."""

    stage: str
    batches: tuple[Batch, ...] = ()

    @staticmethod
    def load(store: Store, stage: str) -> Manifest:
        """The manifest in a stage's folder, without batches where there is none."""
        found = store.read_json(f"{stage}/{MANIFEST}")
        if found is None:
            return Manifest(stage)
        try:
            return Manifest(
                stage,
                tuple(
                    Batch(
                        Identity(stage, b["version"], b["options"], b["input"]),
                        b["counts"],
                        tuple(b["parts"]),
                        b["facts"],
                        b["run"],
                    )
                    for b in found["batches"]
                ),
            )
        except (KeyError, TypeError):
            raise NotFound(
                "it is not the manifest of such a run",
                where=f"{store}/{stage}/{MANIFEST}",
                next_step="use another folder",
            ) from None

    def save(self, store: Store) -> None:
        """Write it beside the stage's files."""
        rows = [
            {
                "batch": number,
                "version": b.identity.version,
                "options": dict(b.identity.options),
                "input": b.identity.input,
                "counts": dict(b.counts),
                "facts": dict(b.facts),
                "parts": [dict(part) for part in b.parts],
                "run": dict(b.run),
            }
            for number, b in enumerate(self.batches)
        ]
        store.write_json(f"{self.stage}/{MANIFEST}", {"stage": self.stage, "batches": rows})

    def names(self, kind: str | None = None) -> list[str]:
        """The files that hold the stage's rows now, in order; of one kind where a stage has several."""
        return [str(part["name"]) for b in self.batches for part in b.parts if part.get("kind") == kind]
