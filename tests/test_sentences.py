"""Sentences: where they are cut, and that their offsets hold in any text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tellings.annotate import sentences
from tellings.records import Annotated, Removed, Report
from tellings.text import Span


def read(text: str, *removed: tuple[int, int]) -> list[str]:
    a = Annotated(Report("r", text), removed=tuple(Removed(Span("r", s, e), "share") for s, e in removed))
    return [a.quote(s.span) for s in sentences.find(a)]


@pytest.mark.parametrize(
    "parts",
    [
        ["Mr. Brindle met Gen. A. B. Quorn on Jan. 5.", "They left at 5 a.m. on Tuesday."],
        ["He met Representative C. A. Roe and then-Rep. Ola Berg.", "A friend came too."],
        ["The U.S. Army base in Harrow, Pa. is closed.", "It will reopen."],
        ["He lives in the U.S.", "The house is blue."],
        ["Prices rose 2.5 percent to $1.75.", "No. 5 was sold."],
        ['"Why now?" he asked.', '"Because," she said.'],
        ["“Stop!” Quorn shouted.", "Nobody stopped."],
        ["“We won.”", "The crowd cheered."],
        ["He waited... and waited.", "Then he left."],
        ["She studied at St. Olla's, e.g. law, vs. medicine.", "That was in 1990."],
        ["The firm, Brindle Inc., was sold.", "Quorn & Co. bought it."],
        ["HARROW, Pa. — The bridge fell.", "Two were hurt."],
        ["The bridge fell.The mayor came at once."],  # seen below: the missing blank is a boundary
        ["See www.Harrow.example for more.", "Call us."],
    ],
)
def test_a_line_is_cut_at_its_stops(parts: list[str]):
    want = ["The bridge fell.", "The mayor came at once."] if "fell.The" in parts[0] else parts
    assert read(" ".join(parts)) == want


def test_lines_stand_alone_and_paragraphs_are_numbered():
    text = "Bridge falls in Harrow\r\n\r\nA bridge fell. Two were hurt.\r\n- The mayor came\r\n- The police came"
    a = Annotated(Report("r", text))
    found = sentences.find(a)
    assert [a.quote(s.span) for s in found] == [
        "Bridge falls in Harrow", "A bridge fell.", "Two were hurt.", "- The mayor came", "- The police came",
    ]  # fmt: skip
    assert [s.paragraph for s in found] == [0, 1, 1, 2, 3]


@pytest.mark.parametrize("gap", [" • ", "\u00a0|  ", "\t\t", "    ", "\t    \t", " \t\t "])
def test_items_on_one_line_are_parted_by_bullets_tabs_and_wide_gaps(gap: str):
    assert read(gap.join(["Bridge falls", "Mayor quits", "Rain tomorrow"])) == [
        "Bridge falls", "Mayor quits", "Rain tomorrow",
    ]  # fmt: skip


@pytest.mark.parametrize("gap", [" ", "  ", "\t", "   ", "• ", "|"])
def test_narrow_gaps_part_nothing(gap: str):
    assert len(read(f"Bridge falls{gap}and two are hurt")) == 1


def test_wrapped_lines_are_one_paragraph():
    text = (
        "A bridge over the river Olla fell on Monday, and\n"
        "two people were hurt when their car went into the\n"
        "water, the police of Harrow said. The mayor came\n"
        "to the place and promised help for the families.\n"
        "\n"
        "The bridge was built in 1990.\n"
    )
    assert len(read(text)) == 3
    assert read(text)[0].endswith("police of Harrow said.")


def test_what_is_removed_is_no_sentence_and_none_crosses_it():
    text = "A bridge fell. Share this Two were hurt."
    assert read(text, (15, 25)) == ["A bridge fell.", "Two were hurt."]


@pytest.mark.parametrize("text", ["", " \r\n\t ", "... !!! ???", "\x00", "🙂 🙂", "“"])
def test_without_a_word_there_is_no_sentence(text: str):
    assert read(text) == []


def test_a_line_without_stops_is_cut_at_blanks():
    found = read("word " * 5000)
    assert len(found) > 4
    assert max(map(len, found)) <= 2500


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="aB.!?… \"'“”’()\r\n\t\u2028\x00é1-•|Mr", max_size=200))
def test_offsets_hold_and_every_word_is_kept(text: str):
    a = Annotated(Report("r", text))
    found = sentences.find(a)
    for before, after in pairwise(found):
        assert before.span.end <= after.span.start
        assert before.paragraph <= after.paragraph
    for s in found:
        quote = a.quote(s.span)
        assert quote == quote.strip()
        assert any(c.isalnum() for c in quote)
    inside = {i for s in found for i in range(s.span.start, s.span.end)}
    assert all(i in inside for i, c in enumerate(text) if c.isalnum())


def test_a_sentence_does_not_depend_on_the_others():
    alone = read("Gen. Quorn left at 5 a.m. on Tuesday.")
    assert alone == read("What a day!\nGen. Quorn left at 5 a.m. on Tuesday.\nMr. Quorn is no general.")[1:2]
