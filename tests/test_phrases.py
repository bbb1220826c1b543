"""Phrases: noun phrases are whole, names and roles are known, and who says it is told from what is said."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_copies import report, said, tagged

from tellings.collate.alignments import Line, lines
from tellings.collate.phrases import Phrases, different, moved, singular, without
from tellings.records import Annotated

TAGS = {
    **dict.fromkeys(["the", "a", "their"], "DET"),
    **dict.fromkeys(["of", "in", "from", "at"], "ADP"),
    **dict.fromkeys(["and", "or"], "CCONJ"),
    **dict.fromkeys(["idle", "least"], "ADJ"),
    **dict.fromkeys(["left", "said", "allied", "blocked"], "VERB"),
    "12": "NUM",
}


def read(text: str, names: tuple[str, ...] = ()) -> tuple[Phrases, Line]:
    return within(tagged(report("a", text), TAGS, names))


def within(one: Annotated) -> tuple[Phrases, Line]:
    every = lines([one])
    return Phrases([one], every), every[0][0]


def phrases(text: str) -> list[str]:
    p, line = read(text)
    return [line.stretch(a, b - 1).cut(text) for a, b in p.nouns(line)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The idle pilots left their quay", ["The idle pilots", "their quay"]),
        ("Pilots and allied smugglers left", ["Pilots", "allied smugglers"]),
        ("Anti-union pilots left", ["Anti-union pilots"]),
        ("Gulls left the town of Torsk", ["Gulls", "the town of Torsk"]),
        ("Gulls left the roof of the chapel", ["Gulls", "the roof", "the chapel"]),
        ("At least 12 gulls left", ["At least 12 gulls"]),
        ("In the fog, pilots left", ["the fog", "pilots"]),
        ("left", []),
    ],
)
def test_noun_phrases_are_whole(text, found):
    assert phrases(text) == found


def test_a_part_of_a_line_keeps_its_places_and_is_broken_where_words_were_taken_out():
    p, line = read("Pilots Mara Lind said left the quay")
    part = without(line, [(1, 4)])
    assert part.words == ("pilots", "left", "the", "quay")
    assert part.stretch(0, 3) == line.stretch(0, 6)
    assert p.broken(part, 0, 1)
    assert not p.broken(part, 1, 2)


def test_who_says_it_is_a_phrase_of_its_own():
    text = "All quays were closed, the mayor said"
    p, line = within(said(tagged(report("a", text), TAGS), text, "the mayor", "said", "the mayor"))
    assert [line.words[a:b] for a, b in p.spoken(line)] == [("the", "mayor", "said")]
    assert p.speaker(line) == "the mayor"


def test_to_expect_is_not_to_say():
    text = "The mayor expects calm seas"
    p, line = within(said(tagged(report("a", text), TAGS), text, "The mayor", "expects", "The mayor"))
    assert p.spoken(line) == []
    assert p.speaker(line) is None


@pytest.mark.parametrize(
    ("text", "source", "cue"),
    [
        ("The bank will probably report a loss in spring", "The bank", "report"),
        ("The striker added a goal from the corner", "The striker", "added"),
    ],
)
def test_what_is_not_said_yet_and_what_is_added_to_a_score_is_no_statement(text, source, cue):
    p, line = within(said(tagged(report("a", text), TAGS), text, source, cue, source))
    assert p.spoken(line) == []


def test_who_adds_a_statement_says_it():
    text = "The mayor added a bridge would be built"
    p, line = within(said(tagged(report("a", text), TAGS), text, "The mayor", "added", "The mayor"))
    assert [line.words[a:b] for a, b in p.spoken(line)] == [("the", "mayor", "added")]


def test_roles_and_names_are_somebody_and_a_thing_is_not():
    p, line = read("Pilots Mara Lind left lanterns", ("Mara Lind",))
    assert p.somebody(line, 0, 1)
    assert p.somebody(line, 1, 3)
    assert not p.somebody(line, 4, 5)


def test_names_of_speakers():
    assert different("Mara Lind", "the mayor")
    assert not moved("the mayor", "Mara Lind")
    assert moved("Mara Lind", "Bo Ek")
    assert singular("ferries") == "ferry"


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="Ab -'’,.5\n“”", max_size=60))
def test_phrases_of_any_text_lie_in_order_and_apart(text):
    for line in (line for one in [tagged(report("a", text), {})] for line in lines([one])[0]):
        found = Phrases([tagged(report("a", text), {})], [[line]]).nouns(line)
        assert all(a < b <= len(line.words) for a, b in found)
        assert all(one[1] <= two[0] for one, two in pairwise(found))
