"""The figures of the corpus bench: scores in linear time, costs of a command, peers' files, the bill."""

from __future__ import annotations

import itertools
import json
import random
import struct
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "bench"))

import bill
import corpus
import corpus_checks
import corpus_peers
import measures


def plainly(gold: Sequence[int], found: Sequence[int]) -> tuple[float, float, float, float]:
    """The same by all pairs and all reports, one after the other."""
    pairs = list(itertools.combinations(range(len(gold)), 2))
    same = {p for p in pairs if gold[p[0]] == gold[p[1]]}
    told = {p for p in pairs if found[p[0]] == found[p[1]]}
    every = range(len(gold))
    p = r = 0.0
    for a in every:
        mine = {b for b in every if gold[a] == gold[b]}
        got = {b for b in every if found[a] == found[b]}
        p += len(mine & got) / len(got) / len(gold)
        r += len(mine & got) / len(mine) / len(gold)
    return len(same & told) / len(told), len(same & told) / len(same), p, r


@pytest.mark.parametrize("seed", range(5))
def test_scores_are_those_of_the_plain_definition(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311  # nothing secret
    gold = [dice.randrange(8) for _ in range(40)]
    found = [g if dice.random() < 0.6 else dice.randrange(8) for g in gold]
    s = measures.scores(gold, found)
    assert (s.pairs_p, s.pairs_r, s.b_p, s.b_r) == pytest.approx(plainly(gold, found))


def test_scores_of_the_same_grouping_under_other_names_are_perfect() -> None:
    s = measures.scores(["x", "x", "y"], [7, 7, 3])
    assert (s.pairs_f, s.b_f) == (1.0, 1.0)


def test_parts_are_joined_through_others() -> None:
    groups = measures.groups_of(5, np.asarray([0, 1]), np.asarray([1, 2]))
    assert groups[0] == groups[2] != groups[3] != groups[4]


def test_pairs_of_overlapping_groups_count_once() -> None:
    assert measures.pairs_in([[3, 1, 1], [1, 3], [2]], 10).tolist() == [13]


def test_a_watch_sees_children_and_keeps_notes(tmp_path: Path) -> None:
    busy = "import time\nheld = bytearray(60_000_000)\nwhile time.process_time() < .7: pass"
    code = f"import subprocess, sys; print('said'); subprocess.run([sys.executable, '-c', {busy!r}], check=True)"
    watch = measures.Watch([sys.executable, "-c", code], note=tmp_path)
    status, said = watch.wait()
    assert status == 0
    assert "said" in said
    cost = measures.watched(tmp_path)
    assert cost.cpu >= 0.3
    assert cost.peak > 50
    assert cost.attempts == 1
    measures.Watch([sys.executable, "-c", "raise SystemExit(3)"], note=tmp_path).wait()
    assert measures.watched(tmp_path).attempts == 2
    assert measures.watched(tmp_path).wall > cost.wall


def test_signatures_of_the_peer_are_read_bucket_by_bucket(tmp_path: Path) -> None:
    for number, rows in enumerate(([(5, 0), (5, 3), (9, 1)], [(2, 1), (4, 2), (4, 3)])):
        folder = tmp_path / f"bucket_{number:03d}"
        folder.mkdir()
        data = b"".join(struct.pack("<8QI", *[key] * 8, report) for key, report in rows)
        (folder / "00000.minhash.sig").write_bytes(data)
    left, right = corpus_peers.signatures(tmp_path)
    assert sorted(zip(left.tolist(), right.tolist(), strict=True)) == [(0, 3), (2, 3)]


def test_aligned_pairs_hold_a_planted_sentence_and_no_chance(tmp_path: Path) -> None:
    planted = "The harbour master opened both gates at dawn although nobody in the village had asked for water."
    texts = [
        f"Barley prices fell again. {planted} Trade was slow.",
        f"{planted} A choir sang on the quay.",
        "Nothing of this was told anywhere else.",
    ]
    file = tmp_path / "reports.jsonl"
    file.write_text(
        "".join(json.dumps({"id": str(n), "text": t}) + "\n" for n, t in enumerate(texts)), encoding="utf-8"
    )
    assert corpus_peers.align(file, tmp_path / "pairs.npy") == 1
    a, b, length = np.load(tmp_path / "pairs.npy")[0].tolist()
    assert (a, b) == (0, 1)
    assert length >= len(planted) - 5


def test_digests_leave_out_the_course_of_a_run_and_nothing_else(tmp_path: Path) -> None:
    for name, seconds, count in (("a", 1, 5), ("b", 2, 5), ("c", 2, 6)):
        folder = tmp_path / name / "signs"
        folder.mkdir(parents=True)
        batch = {"counts": {"reports": count}, "run": {"seconds": seconds}, "input": "x"}
        (folder / "manifest.json").write_text(json.dumps({"stage": "signs", "batches": [batch]}), encoding="utf-8")
        (folder / "part.parquet").write_bytes(b"same")
    a, b, c = (corpus_checks.digests(tmp_path / name) for name in "abc")
    assert a == b
    assert a.keys() == c.keys()
    assert a != c


def test_the_bill_multiplies_the_largest_size_measured(tmp_path: Path) -> None:
    for size, cpu in ((100, 10.0), (1000, 50.0)):
        folder = tmp_path / str(size)
        folder.mkdir()
        result = {"reports": size, "costs": {"signs": {"cpu": cpu}}}
        (folder / "result.json").write_text(json.dumps(result), encoding="utf-8")
    assert bill.rates(tmp_path) == {"signs": (0.05, 1000)}
    assert bill.bill(bill.rates(tmp_path), 7.2e6, 0.5)["signs"] == pytest.approx(50)


def test_the_table_holds_every_size_and_its_growth() -> None:
    cost = {"wall": 10.0, "cpu": 20.0, "peak": 100.0, "attempts": 1}
    found = {"planted_source": 1.0, "planted_holder": 1.0, "planted_kept": 0.5}
    results = [
        {"reports": 200, "costs": {"signs": {**cost, "cpu": 80.0}}, "found": found},
        {"reports": 100, "costs": {"signs": cost}, "found": found},
    ]
    lines = corpus.table(results).splitlines()
    assert lines[1].split() == ["100", "200"]
    assert next(line for line in lines if "beside" in line).split()[-2:] == ["1.00", "2.00"]
