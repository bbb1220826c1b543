"""The generator of archives: the same each time, with a truth that holds and the shape of news."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "bench"))

import archive

Row = dict[str, Any]


@pytest.fixture(scope="module")
def made() -> tuple[dict[str, Row], dict[str, Row]]:
    """One part, by id: reports and truth."""
    rows, known = archive.part(3, 1, 1_500)
    return {row["id"]: row for row in rows}, {row["id"]: row for row in known}


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def test_the_same_seed_gives_the_same_bytes_and_another_seed_other_ones(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("one", "two", "other")]
    for folder, seed in zip(folders, (5, 5, 6), strict=True):
        archive.write(folder, 120, seed=seed, families=2, workers=1)
    one, two, other = ({f.name: f.read_bytes() for f in sorted(folder.rglob("*.jsonl"))} for folder in folders)
    assert one == two
    assert one != other


def test_a_part_does_not_depend_on_how_many_there_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "PART", 60)
    for count in (60, 180):
        archive.write(tmp_path / str(count), count, families=1, workers=1)
    first = (tmp_path / "60" / "reports" / "part-00000.jsonl").read_bytes()
    assert first == (tmp_path / "180" / "reports" / "part-00000.jsonl").read_bytes()
    assert len(list(archive.truth(tmp_path / "180"))) == 180


def test_a_started_archive_is_finished_and_another_one_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "PART", 50)
    archive.write(tmp_path, 100, families=0, workers=1)
    lost = tmp_path / "reports" / "part-00001.jsonl"
    before = lost.read_bytes()
    lost.unlink()
    (tmp_path / "archive.json").unlink()
    archive.write(tmp_path, 100, families=0, workers=1)
    assert lost.read_bytes() == before
    with pytest.raises(SystemExit):
        archive.write(tmp_path, 100, seed=9, families=0, workers=1)


def test_parquet_holds_the_same_reports(tmp_path: Path) -> None:
    from pyarrow import parquet

    archive.write(tmp_path / "a", 80, families=1, workers=1)
    archive.write(tmp_path / "b", 80, families=1, workers=1, parquet=True)
    lines = (tmp_path / "a" / "reports" / "part-00000.jsonl").read_text(encoding="utf-8").splitlines()
    rows = parquet.read_table(tmp_path / "b" / "reports" / "part-00000.parquet").to_pylist()
    assert [{k: v for k, v in row.items() if v is not None} for row in rows] == [json.loads(line) for line in lines]


def test_planted_words_stand_in_both_texts(made: tuple[dict[str, Row], dict[str, Row]]) -> None:
    rows, known = made
    planted = [(name, one) for name, row in known.items() for one in row["planted"]]
    assert len(planted) > 20
    for name, one in planted:
        here = rows[name]["text"][one["start"] : one["end"]]
        there = rows[one["from"]]["text"][one["from_start"] : one["from_end"]]
        assert words(here) == words(there)
        assert len(words(here)) >= 10


def test_copies_share_words_with_what_they_were_copied_from(made: tuple[dict[str, Row], dict[str, Row]]) -> None:
    rows, known = made

    def runs(name: str) -> set[tuple[str, ...]]:
        said = words(rows[name]["text"])
        return {tuple(said[at : at + 4]) for at in range(len(said) - 3)}

    pairs = list(archive.copies(known.values()))
    assert len(pairs) > 200
    some = pairs[:: len(pairs) // 200]
    assert sum(bool(runs(a) & runs(b)) for a, b in some) / len(some) > 0.97  # some hold one sentence, and touched


def test_reports_of_two_origins_share_planted_sentences_only(made: tuple[dict[str, Row], dict[str, Row]]) -> None:
    _, known = made
    told: dict[int, set[str]] = {}
    for row in known.values():
        for number in row["sentences"]:
            told.setdefault(number, set()).add(row["origin"])
    crossing = {number for number, origins in told.items() if len(origins) > 1}
    planting = [row for row in known.values() if row["planted"]]
    assert crossing
    for number in crossing:  # somebody planted it; copies of that report carry it on
        assert any(number in row["sentences"] for row in planting)


def test_parents_are_of_the_same_origin_and_not_later_stories(made: tuple[dict[str, Row], dict[str, Row]]) -> None:
    _, known = made
    for row in known.values():
        if row["parent"] in known:
            assert known[row["parent"]]["origin"] == row["origin"]
            assert known[row["parent"]]["story"] == row["story"]
        if row["how"] == "own":
            assert row["parent"] is None
            assert row["origin"] == row["id"]


def test_the_archive_has_the_shape_of_news(made: tuple[dict[str, Row], dict[str, Row]]) -> None:
    rows, known = made
    sizes = Counter(row["story"] for row in known.values())
    alone = sum(size == 1 for size in sizes.values()) / len(known)
    assert 0.4 <= alone <= 0.6
    assert max(sizes.values()) > 20
    lengths = sorted(len(words(row["text"])) for row in rows.values())
    assert lengths[len(lengths) // 50] >= 80
    assert lengths[-len(lengths) // 50] <= 1_000
    days = {row["published"][:10] for row in rows.values() if "published" in row}
    assert min(days) < "2029-02"
    assert max(days) > "2030-11"
    assert len(rows) > len([row for row in rows.values() if "published" in row]) > 0.9 * len(rows)
    assert {row["how"] for row in known.values()} == {"own", "copy", "alone", "routine", "digest"}


def test_names_recur_over_stories_as_in_news(made: tuple[dict[str, Row], dict[str, Row]]) -> None:
    rows, known = made
    held: dict[str, set[str]] = {}
    for name, row in rows.items():
        for pair in re.findall(r"\b[A-Z][a-z]+ [A-Z][a-z]+\b", row["text"]):
            held.setdefault(pair, set()).add(known[name]["story"])
    counts = sorted((len(stories) for stories in held.values()), reverse=True)
    assert counts[0] >= 30
    assert sum(count == 1 for count in counts) > len(counts) / 2


def test_families_keep_their_stories(tmp_path: Path) -> None:
    archive.write(tmp_path, 100, families=3, workers=1)
    known = [row for row in archive.truth(tmp_path) if row["how"] == "family"]
    assert {row["story"] for row in known} == {"family-0", "family-1", "family-2"}
    names = {row["id"] for row in known}
    assert all(row["origin"] in names or row["origin"].startswith("lost-") for row in known)


def test_what_everybody_says_is_no_copy(made: tuple[dict[str, Row], dict[str, Row]]) -> None:
    _, known = made
    assert all(number > 0 for row in known.values() for number in row["sentences"])
    assert all(number < 0 for row in known.values() for number in row["common"])
    held = Counter(number for row in known.values() for number in set(row["common"]))
    assert max(held.values()) > 1
