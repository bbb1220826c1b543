"""Runs over archives that grow by batches, and stages of several batches that are made anew."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from invented_archive import lines, rows
from pyarrow import parquet
from test_corpus import corpus_work, go, read, tree

from tellings import corpus
from tellings.corpora import readings
from tellings.corpora.stores import Store
from tellings.errors import TellingsError


def parted() -> list[list[dict[str, str]]]:
    """The archive in three batches: beginnings, follow-ups that join them, something new."""
    some = rows()
    second = [row for row in some if row["id"] in {"ferry-1", "silo-own", "alone-0"}]
    third = [row for row in some if row["id"].startswith("theatre")]
    return [[row for row in some if row not in second and row not in third], second, third]


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _grown(tmp_path_factory.mktemp("grown"))


def _grown(folder: Path) -> Path:
    here = Path.cwd()
    os.chdir(folder)
    try:
        for number, some in enumerate(parted()):
            lines(Path(f"{number}.jsonl"), some)
            go(Path(f"{number}.jsonl"), "out", add=number > 0)
    finally:
        os.chdir(here)
    return folder


def test_batches_join_the_stories_they_belong_to(grown: Path):
    members = read(grown / "out", "members")
    assert sorted(m["report"] for m in members) == sorted(row["id"] for row in rows())
    held: dict[str, set[str]] = {}
    for m in members:
        held.setdefault(m["story"], set()).add(m["report"])
    assert {"ferry-0", "ferry-1", "ferry-2", "ferry-own"} in held.values()
    assert {"silo-0", "silo-1", "silo-2", "silo-own"} in held.values()
    assert {"theatre-0", "theatre-1", "theatre-2", "theatre-own"} in held.values()


def test_only_stories_that_grew_are_collated_again(grown: Path):
    manifest = json.loads((grown / "out" / "dossiers" / "manifest.json").read_text())
    assert [batch["counts"]["dossiers"] for batch in manifest["batches"]] == [2, 2, 1]
    read_in = json.loads((grown / "out" / "annotations" / "manifest.json").read_text())
    assert [batch["counts"]["annotated"] for batch in read_in["batches"]] == [6, 2, 4]
    dossiers = read(grown / "out", "dossiers")
    assert sorted(row["reports"] for row in dossiers) == [4, 4, 4]
    for batch in manifest["batches"]:
        for part in batch["parts"]:
            assert parquet.read_metadata(grown / "out" / part["name"]).num_rows == part["rows"]


def test_a_story_stands_in_the_tables_as_its_last_dossier_tells_it(grown: Path):
    for row in read(grown / "out", "dossiers"):
        dossier = json.loads(row["json"])
        claims = {(c["story"], c["claim"]) for c in read(grown / "out", "claims") if c["story"] == row["story"]}
        assert len(claims) == len(dossier["claims"])
    outlets = {row["outlet"]: row for row in corpus.summary(str(grown / "out")) if row["table"] == "outlets"}
    assert outlets[None]["in_stories"] == 12
    assert outlets[None]["reports"] == len(rows())


def test_the_same_batches_make_the_same_bytes_also_when_one_is_broken_off(
    grown: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    work = dict(corpus_work())
    for number, some in enumerate(parted()):
        lines(Path(f"{number}.jsonl"), some)
        for step in ("reports.gather", "stories.tell", "stories.prune", "dossiers.collate", "dossiers.prune"):
            count = {"left": 1}

            def broken(store: Store, args: Any, step: str = step, count: dict[str, int] = count) -> Any:
                done = work[step](store, args)
                if not count["left"]:
                    raise KeyboardInterrupt
                count["left"] -= 1
                return done

            with monkeypatch.context() as patch:
                patch.setitem(corpus_work(), step, broken)
                try:
                    go(Path(f"{number}.jsonl"), "out", add=number > 0)
                except KeyboardInterrupt:
                    continue
        go(Path(f"{number}.jsonl"), "out", add=number > 0)
    assert tree(tmp_path / "out") == tree(grown / "out")


def test_a_batch_named_again_is_there_already_and_twins_of_old_reports_are_left_out(tmp_path: Path):
    first, second, _ = parted()
    one, two = lines(tmp_path / "1.jsonl", first), lines(tmp_path / "2.jsonl", [*second, {**first[0], "id": "again"}])
    go(one, tmp_path / "out", until="stories")
    go(two, tmp_path / "out", until="stories", add=True)
    before = tree(tmp_path / "out")
    assert go(two, tmp_path / "out", until="stories", add=True).made == ()
    assert tree(tmp_path / "out") == before
    (twin,) = Store(str(tmp_path / "out")).read_table("twins/part-0001-00000.parquet").to_pylist()
    assert (twin["report"], twin["twin"]) == (first[0]["id"], "again")
    assert go(one, tmp_path / "out", until="stories").made == ()
    assert tree(tmp_path / "out") == before


@pytest.mark.parametrize("stage", corpus.STAGE_NAMES[1:])
def test_stages_of_all_batches_are_made_anew_to_the_same_bytes(
    grown: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stage: str
):
    shutil.copytree(grown, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    outcome = go(Path("1.jsonl"), "out", add=True, restart=stage)
    assert outcome.made.count(stage) == (1 if stage == "summary" else 3)
    place = corpus.STAGE_NAMES.index
    assert ("annotations" in outcome.made) == (place(stage) <= place("annotations"))
    assert tree(tmp_path / "out") == tree(grown / "out")


def test_reports_of_batches_are_not_read_anew_and_nothing_is_lost_by_asking(
    grown: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    shutil.copytree(grown, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(TellingsError, match=r"made of 3 batches, .*--restart signs .*--add the others"):
        go(Path("0.jsonl"), "out", restart="reports")
    with pytest.raises(TellingsError, match=r"this batch is read and stands; --restart signs"):
        go(Path("2.jsonl"), "out", add=True, restart="reports")
    with pytest.raises(TellingsError, match="the files given are not those"):
        go(Path("2.jsonl"), "out", restart="signs")
    assert tree(tmp_path / "out") == tree(grown / "out")


def test_an_added_batch_of_the_wrong_files_that_was_broken_off_is_left_out(
    grown: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    for number, some in enumerate(parted()):
        lines(Path(f"{number}.jsonl"), some)
    lines(Path("wrong.jsonl"), rows())
    go(Path("0.jsonl"), "out")

    def broken(store: Store, args: Any) -> Any:
        readings.gather(store, args)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setitem(corpus_work(), "reports.gather", broken)
        with pytest.raises(KeyboardInterrupt):
            go(Path("wrong.jsonl"), "out", add=True)
    with pytest.raises(TellingsError, match=r"the files given are not those.*--restart reports"):
        go(Path("1.jsonl"), "out", add=True)
    go(Path("1.jsonl"), "out", add=True, restart="reports")
    go(Path("2.jsonl"), "out", add=True)
    assert tree(tmp_path / "out") == tree(grown / "out")


def test_batches_that_stopped_early_are_finished_before_the_next(
    grown: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    for number, some in enumerate(parted()):
        lines(Path(f"{number}.jsonl"), some)
        go(Path(f"{number}.jsonl"), "out", add=number > 0, until=("signs", "reports", "summary")[number])
    assert tree(tmp_path / "out") == tree(grown / "out")
