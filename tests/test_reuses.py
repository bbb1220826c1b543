"""Passages that reports of different stories share, on invented text."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_archive import lines, rows
from test_corpus import go, read, tree

from tellings.cluster.reuses import LEAST, Passage, Reading
from tellings.cluster.reuses import shared as shared_by
from tellings.cluster.signs import own, runs, sign
from tellings.records import Removed, Report
from tellings.text import Span

LINE = "the bridge over the Tarn has carried forty lorries a day more than its builders had meant it to"


def shared(one: str, text: str, other: str, against: str) -> tuple[Passage, ...]:
    numbers: dict[str, int] = {}
    return shared_by(Reading(one, text, numbers), Reading(other, against, numbers))


def held(text: str) -> set[int]:
    return set(runs(text, sign(Report("r", text)).prints).tolist())


def test_a_sentence_is_found_with_its_places_in_both():
    one = f"Work began on Monday. As the county put it, “{LINE}”. Nobody could say why."
    other = f"{LINE.upper()}; so said a leaflet."
    (found,) = shared("a", one, "b", other)
    assert found.words == len(LINE.split()) >= LEAST
    assert found.one.cut(one) == LINE
    assert found.other.cut(other) == LINE.upper()


def test_a_phrase_is_no_passage():
    phrase = "said in a statement on Tuesday that it would look into it"
    assert len(phrase.split()) == LEAST
    assert shared("a", f"The mill {phrase} soon.", "b", f"A bank {phrase} again.")
    assert not shared("a", f"The mill {phrase[:-3]} soon.", "b", f"A bank {phrase[:-3]} again.")


def test_passages_in_another_order_are_found_one_by_one():
    lines_ = [f"{word} " + " ".join(f"{word}{n}" for n in range(14)) for word in ("red", "blue", "grey")]
    found = shared("a", ". And so. ".join(lines_), "b", ". But no. ".join(reversed(lines_)))
    assert [p.words for p in found] == [15, 15, 15]
    assert [p.other.start for p in found] == sorted((p.other.start for p in found), reverse=True)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 30), st.randoms(use_true_random=False))
def test_every_run_of_twelve_words_is_found_and_none_of_fewer(before: int, after: int, size: int, dice: random.Random):
    def some(count: int, mark: str) -> list[str]:
        return [f"{mark}{dice.randrange(10_000)}" for _ in range(count)]

    run = some(size, "s")
    one = " ".join([*some(before, "a"), *run, *some(after, "b")])
    other = " ".join([*some(after, "c"), *run, *some(before, "d")])
    found = shared("1", one, "2", other)
    assert [(p.one.cut(one), p.other.cut(other)) for p in found] == ([(" ".join(run),) * 2] if size >= LEAST else [])
    assert held(one) & held(other) or not found


@pytest.mark.parametrize("text", ["", " ", "\x00\r\n", "\U0001f600" * 40, "one", "ß" * 400])
def test_odd_text_shares_nothing(text: str):
    assert shared("a", text, "b", text) == ()
    assert not held(text) or len(set(text)) == 1


def test_lists_that_say_one_thing_over_and_over_are_laid_side_by_side_in_few_ways():
    numbers: dict[str, int] = {}
    often = " ".join(["one two three four five six seven"] * 3000)
    rows = "\n".join(f"{LINE} {n}" for n in range(12))
    one, other = (Reading(name, f"{often} {rows} {often}", numbers) for name in "ab")
    found = shared_by(one, other)
    assert found[0].words == 2 * 21_000 + 12 * (len(LINE.split()) + 1)
    assert len(found) == 1


def test_runs_that_the_sign_left_out_are_no_runs_and_no_part_of_a_passage():
    foot = "Write to the desk of the Varnholm Courier at the old quay if you saw what happened there last night"
    text = f"It was said that {LINE}, and nobody in the village had asked why.\n{foot}"
    span = Span("r", text.index(foot), len(text))
    whole, cut = sign(Report("r", text)), sign(Report("r", text), [Removed(span, "furniture")])
    assert set(runs(text, cut.prints).tolist()) < set(runs(text, whole.prints).tolist())
    assert held(f"She knew that {LINE}.") & set(runs(text, cut.prints).tolist())
    assert (own(LINE, cut.prints), own(foot, cut.prints), own(foot, whole.prints)) == (True, False, True)
    assert own(text[text.index(LINE) :], cut.prints) is False
    assert own("the bridge", cut.prints) is None


# ---------------------------------------------------------------- in a run


def told(row: dict[str, Any], text: str, day: str) -> dict[str, Any]:
    return {**row, "text": f"{row['text']} {text}", "published": day}


def test_a_sentence_shared_by_two_stories_is_a_row_and_what_one_story_shares_is_not(tmp_path: Path):
    some = rows()
    names = {row["id"]: n for n, row in enumerate(some)}
    some[names["silo-own"]] = told(some[names["silo-own"]], f"It was said that {LINE}.", "2031-05-02")
    some[names["alone-0"]] = told(some[names["alone-0"]], f"An old book has it that {LINE}!", "2031-01-01")
    go(lines(tmp_path / "a.jsonl", some), tmp_path / "out", until="reuse")
    (row,) = read(tmp_path / "out", "reuse")
    assert (row["report"], row["other_report"]) == ("silo-own", "alone-0")
    assert row["exact"].endswith(LINE)
    assert row["other_exact"] == row["exact"]
    story = {m["report"]: m["story"] for m in read(tmp_path / "out", "members")}
    assert (row["story"], row["other_story"]) == (story["silo-own"], story["alone-0"])
    assert story["silo-own"] != story["alone-0"]
    text = {r["id"]: r["text"] for r in read(tmp_path / "out", "reports")}
    for head in ("", "other_"):
        assert text[row[f"{head}report"]][row[f"{head}start"] : row[f"{head}end"]] == row[f"{head}exact"]


def test_rows_of_batches_name_the_stories_that_stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    some = rows()
    names = {row["id"]: n for n, row in enumerate(some)}
    for name, day in (("silo-own", "2031-05-02"), ("alone-0", "2031-01-01"), ("theatre-0", "2031-09-30")):
        some[names[name]] = told(some[names[name]], f"It was said that {LINE}.", day)
    second = [row for row in some if row["id"] in {"theatre-0", "silo-2"}]
    monkeypatch.chdir(tmp_path)
    lines(Path("1.jsonl"), [row for row in some if row not in second])
    lines(Path("2.jsonl"), second)
    for out, until in (("out", "reuse"), ("late", "stories")):
        go(Path("1.jsonl"), out, until=until)
        go(Path("2.jsonl"), out, until=until, add=True)
    go(Path("2.jsonl"), "late", until="reuse", add=True)
    assert tree(tmp_path / "late", ("reuse",)) == tree(tmp_path / "out", ("reuse",))
    found = read("out", "reuse")
    assert {frozenset((r["report"], r["other_report"])) for r in found} == {
        frozenset(("silo-own", "alone-0")),
        frozenset(("theatre-0", "alone-0")),
        frozenset(("silo-own", "theatre-0")),
    }
    story = {m["report"]: m["story"] for m in read("out", "members")}
    assert all(r["story"] == story[r["report"]] and r["other_story"] == story[r["other_report"]] for r in found)
