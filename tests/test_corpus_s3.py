"""Runs that read from an object store and write to one.

A store of this process stands in for it, as strict as real ones are: no bucket but those that were made, files that
know no line of bounded length, errors of its library's own. The same is tried with `s3fs` on a server of S3's protocol
(`moto`, on this machine).
"""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any, ClassVar

import fsspec
import pytest
from fsspec.implementations.memory import MemoryFileSystem
from fsspec.spec import AbstractBufferedFile
from invented_archive import archive, lines, rows
from test_corpus import SMALL, alone, command, read

from tellings import corpus
from tellings.corpora import stores
from tellings.corpora.stores import Store
from tellings.errors import TellingsError


class LibraryError(Exception):
    """An error that a library of an object store raises of its own."""


class _Buffered(AbstractBufferedFile):
    def _fetch_range(self, start: int, end: int) -> bytes:
        return self.fs.cat_file(self.path, start=start, end=end)


class Buckets(MemoryFileSystem):
    """An object store in this process."""

    protocol = "s3"
    store: ClassVar[dict[str, Any]] = {}
    pseudo_dirs: ClassVar[list[str]] = [""]
    made = ("given", "taken")
    deaf = False

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        return "/" + path.removeprefix("s3://").strip("/") if path.strip("/") != "s3:" else ""

    def info(self, path: str, **kwargs: Any) -> dict[str, Any]:
        if self.deaf:
            raise LibraryError("Unable to locate credentials")
        return {**super().info(path, **kwargs), "ETag": "x"}

    def makedirs(self, path: str, exist_ok: bool = False) -> None:
        raise AssertionError(path, exist_ok)

    def pipe_file(self, path: str, value: bytes, mode: str = "overwrite", **kwargs: Any) -> None:
        if path.strip("/").partition("/")[0] not in self.made:
            raise FileNotFoundError(path)
        super().pipe_file(path, value, mode, **kwargs)

    def _open(self, path: str, mode: str = "rb", **kwargs: Any) -> Any:
        if mode != "rb":
            return super()._open(path, mode, **kwargs)
        size = super().info(path)["size"]
        return _Buffered(self, path, mode, block_size=1 << 16, size=size)

    def cat_file(self, path: str, start: int | None = None, end: int | None = None, **_: Any) -> bytes:
        return self.store[self._strip_protocol(path)].getvalue()[start:end]


@pytest.fixture
def buckets(monkeypatch: pytest.MonkeyPatch) -> type[Buckets]:
    def chosen(scheme: str, *args: Any, **kwargs: Any) -> Any:
        return Buckets() if scheme == "s3" else known(scheme, *args, **kwargs)

    known = fsspec.filesystem
    monkeypatch.setattr(fsspec, "filesystem", chosen)
    monkeypatch.setattr(Buckets, "store", {})
    return Buckets


@pytest.fixture(autouse=True)
def _systems_are_asked_for_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stores, "_system", stores._system.__wrapped__)


def put(folder: Path, system: Any) -> Path:
    """The archive on this disk and the same files in the bucket "given"."""
    some = rows()
    lines(folder / "in" / "a.jsonl", some[:6])
    (folder / "in" / "sub").mkdir()
    archive(folder / "in" / "sub" / "b.warc.gz", some[6:])
    for path in folder.glob("in/**/*.*"):
        system.pipe_file(f"given/{path.relative_to(folder).as_posix()}", path.read_bytes())
    return folder / "in"


def go(inputs: str, out: str, **kwargs: Any) -> corpus.Outcome:
    return corpus.run([inputs], out, options=SMALL, engine=alone, **kwargs)


def same(folder: Path, out: str) -> None:
    """The run in `folder` and the one at `out` hold the same tables, but for where reports were read."""
    there = Store(out)
    stages = ("signs", "signs/_keys", "candidates", "pairs", "stories", "members")
    names = [name for stage in stages for name in Store(str(folder)).names(stage, ".parquet")]
    assert names == [name for stage in stages for name in there.names(stage, ".parquet")]
    assert [n for n in names if there.read(n) != (folder / n).read_bytes()] == []
    assert [row["text"] for row in read(out, "reports")] == [row["text"] for row in read(folder, "reports")]


def tried(folder: Path, system: Any) -> None:
    """A run from bucket to bucket: the same as on disk, gone on with, added to, made anew."""
    here = put(folder, system)
    go(str(here), str(folder / "run"), until="stories")
    go("s3://given/in", "s3://taken/run", until="signs")
    assert go("s3://given/in", "s3://taken/run", until="stories").made == ("candidates", "pairs", "stories")
    same(folder / "run", "s3://taken/run")
    assert go("s3://given/in", "s3://taken/run", until="stories", restart="pairs").made == ("pairs", "stories")
    same(folder / "run", "s3://taken/run")
    new = {"id": "new", "text": "A ferry ran aground off Pellworth, and the coastguard said that nobody was hurt."}
    system.pipe_file("given/more/c.jsonl", lines(folder / "c.jsonl", [new]).read_bytes())
    assert go("s3://given/more/*.jsonl", "s3://taken/run", until="stories", add=True).batch == 1
    assert read("s3://taken/run", "reports")[-1]["path"] == "s3://given/more/c.jsonl"
    with pytest.raises(TellingsError, match="there is no such bucket; make it first"):
        go("s3://given/in", "s3://takne/run", until="reports")
    with pytest.raises(TellingsError, match="s3://given/nothing: there is no such file or folder"):
        go("s3://given/nothing", str(folder / "none"), until="reports")
    with pytest.raises(TellingsError, match=r"holds other files \(in\)"):
        go(str(here), "s3://given", until="reports")


def test_a_run_lives_in_an_object_store_as_on_disk(tmp_path: Path, buckets: type[Buckets]):
    tried(tmp_path, fsspec.filesystem("s3"))
    assert {name.split("/")[1] for name in buckets.store} == {"given", "taken"}


def test_what_the_library_of_a_store_raises_is_one_line(tmp_path: Path, buckets: type[Buckets], monkeypatch: Any):
    put(tmp_path, fsspec.filesystem("s3"))
    with monkeypatch.context() as patch:
        patch.setattr(buckets, "deaf", True)
        with pytest.raises(TellingsError, match=r"given/in: it cannot be read \(Unable to locate credentials\)"):
            go("s3://given/in", str(tmp_path / "run"))

    def fails(*_: object, **__: object) -> None:
        raise LibraryError("Could not connect\nto anything")

    with monkeypatch.context() as patch:
        patch.setattr(buckets, "pipe_file", fails)
        with pytest.raises(TellingsError, match=r"taken/run: it cannot be used \(Could not connect\)"):
            go(str(tmp_path / "in"), "s3://taken/run")
    with monkeypatch.context() as patch:
        patch.setattr(buckets, "_open", fails)
        with pytest.raises(TellingsError, match=r"a.jsonl: it cannot be read \(Could not connect\)"):
            go("s3://given/in", str(tmp_path / "run"))
    with pytest.raises(TellingsError, match="it names no bucket; write s3://bucket/folder"):
        go(str(tmp_path / "in"), "s3://")


def test_a_missing_library_is_named_with_its_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    known = fsspec.filesystem

    def missing(scheme: str) -> Any:
        if scheme == "s3":
            raise ImportError("Install s3fs to access S3")
        return known(scheme)

    with monkeypatch.context() as patch:
        patch.setattr(fsspec, "filesystem", missing)
        for args in (("s3://given/in", str(tmp_path / "run")), (str(tmp_path), "s3://taken/run")):
            with pytest.raises(TellingsError, match=r'Install s3fs.*pip install "tellings\[corpus,s3\]"'):
                go(*args)


def test_a_real_server_of_the_protocol_is_read_and_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from moto.server import ThreadedMotoServer

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    here = ThreadedMotoServer("127.0.0.1", port)
    here.start()
    try:
        about = {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
            "AWS_ACCESS_KEY_ID": "testing",
            "AWS_SECRET_ACCESS_KEY": "testing",
            "AWS_DEFAULT_REGION": "us-east-1",
        }
        for name, value in about.items():
            monkeypatch.setenv(name, value)
        system = fsspec.filesystem("s3")
        for bucket in ("given", "taken"):
            system.mkdir(bucket)
        tried(tmp_path, system)
        args = ("--until", "stories", "--part", "4")
        done = command("s3://given/in", "--out", "s3://taken/two", *args, "--workers", "2", cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        same(tmp_path / "run", "s3://taken/two")
        monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
        monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
        done = command("s3://given/in", "--out", "x", cwd=tmp_path)
        assert done.returncode == 2
        assert "Could not connect" in done.stderr
        assert "Traceback" not in done.stderr
    finally:
        here.stop()
