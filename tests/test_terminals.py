"""The summary for a terminal: what it says, and that report text cannot drive the terminal."""

from __future__ import annotations

import re
from dataclasses import replace

import invented_story
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tellings.present import summaries, tables
from tellings.present.terminals import safe, summary
from tellings.records import Conflict

ALL = [invented_story.dossier, invented_story.single, invented_story.hostile]


def test_parts_stand_in_order():
    text = summary(invented_story.dossier(), 100)
    heads = ["In short", "Where they differ", "Who copied whom", "Who says what", "Who calls whom what", "Notices"]
    assert text.startswith("3 outlets, 2 origins: two of them print one NPA copy\n")
    places = [text.index(f"\n{head}\n") for head in heads]
    assert places == sorted(places)


def test_items_are_cited():
    text = " ".join(summary(invented_story.dossier(), 200).split())
    assert "“One woman was hurt, the union said.” [B]" in text
    assert "3 outlets, 2 origins, 2 sources: the port watch, the union" in text
    assert "“At least 155 people” [B]" in text
    assert "[A2] Coast Daily 80 % from A1, direction guessed" in text
    assert "The Quay 2021-05-04 (inferred) by itself" in text
    assert "“One woman was hurt” [B] denied by some" in text
    assert "(1 independent)" in text
    assert "“Dockers” A1; “Wreckers” A2; “The strikers” B" in text
    assert "Nyborg Post: set aside, it tells of another event" in text


def test_what_is_only_worded_otherwise_is_counted():
    base = invented_story.dossier()
    sides = base.collation.conflicts[1].readings
    told = tuple(
        Conflict(f"w{n}", 3 + n, "what is told: “hurt”", "outcome", "scope", sides) for n in range(tables.CARDS)
    )
    both = replace(base, collation=replace(base.collation, conflicts=(*base.collation.conflicts, *told)))
    text = " ".join(summary(both, 200).split())
    assert "16 more points are told in other words: see the page or the JSON document" in text
    assert "what is told" not in text
    alone = replace(base, collation=replace(base.collation, conflicts=told[:1]))
    text = " ".join(summary(alone, 200).split())
    assert f"Where they differ {summaries.NO_VALUE} 1 point is told in other words" in text


def test_one_report():
    assert summary(invented_story.single()) == "One report: there is nothing to compare it with\n"


@pytest.mark.parametrize("make", ALL)
@pytest.mark.parametrize("width", [1, 20, 40, 80, 300])
def test_lines_keep_the_width(make, width):
    assert all(len(line) <= max(20, width) for line in summary(make(), width).splitlines())


@pytest.mark.parametrize("make", ALL)
def test_no_control_character_without_colour(make):
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", summary(make(), 80))


def test_report_text_sends_no_escape_with_colour():
    text = summary(invented_story.hostile(), 80, colour=True)
    assert "␛[31mred" in text
    sent = set(re.findall(r"\x1b[^m]*m", text))
    assert sent  # colours of our own
    assert all(re.fullmatch(r"\x1b\[[0-9;]*m", one) for one in sent)
    assert "\x1b[31mred" not in text
    text.encode("utf-8")


@given(st.text())
def test_safe_text_has_no_controls(text):
    shown = safe(text)
    assert len(shown) == len(text)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)


def test_same_dossier_same_summary():
    assert summary(invented_story.dossier(), 80, colour=True) == summary(invented_story.dossier(), 80, colour=True)
