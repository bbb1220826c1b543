"""Credits of pictures and datelines: what is one, what is none, and that both are kept out of statements."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tellings.annotate.credits import dateline, picture_credits
from tellings.annotate.sentences import cut
from tellings.pipeline import ANNOTATE
from tellings.records import Annotated, Report


def found(line: str) -> list[str]:
    return [s.cut(line) for s in picture_credits("r", line, 0, len(line))]


def statements(text: str) -> list[str]:
    record = Annotated(Report("r", text))
    for step in ANNOTATE:
        if step.assigns not in ("quantities", "times", "places"):
            record = step.run(record)
    return [record.quote(c.span) for c in record.clauses]


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("Smoke rises over Varmo on Monday. (Photo by Ola Berg/Getty Images)", "(Photo by Ola Berg/Getty Images)"),
        ("A ferry burns in the harbour of Varmo. Ola Berg/Reuters", "Ola Berg/Reuters"),
        ("A ferry burns in the harbour of Varmo. Reuters", "Reuters"),
        ("A man waits at the harbour ©Ola Berg (AFP/File)", "©Ola Berg (AFP/File)"),
        ("Women light candles in Varmo, May 3, 2021. [Photo/Agencies]", "[Photo/Agencies]"),
        ("The mayor at the inquest. (AP Photo/Ola Berg, File)", "(AP Photo/Ola Berg, File)"),
        ("Getty - Contributor Three men wait at the harbour", "Getty - Contributor"),
        ("AP:Associated Press The men wait at the harbour", "AP:Associated Press"),
        ("Reuters The ferry was towed to Varmo on Monday", "Reuters"),
        ("The bridge before it fell. Photograph: Ola Berg/AP", "Photograph: Ola Berg/AP"),
        ("Ola Berg/The Harrow Daily", "Ola Berg/The Harrow Daily"),
    ],
)
def test_credits_are_found(line: str, credit: str) -> None:
    assert found(line) == [credit]


@pytest.mark.parametrize(
    "line",
    [
        "The mayor told Reuters that the ferry had sunk.",
        "In May the AP said that the ferry had sunk",
        "Reuters Wins a Prize for Pictures of the Flood",
        "The mayor (left) and his wife waited at the harbour.",
        "The law and/or order party lost a seat.",
        "The mayor of Varmo (pictured) is 61.",
        "The image of the town suffered, he said.",
    ],
)
def test_what_only_names_a_house_or_a_picture_is_none(line: str) -> None:
    assert found(line) == []


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("VARMO, Norland — The river rose by a metre.", "The river rose by a metre."),
        ("VARMO (Norwire) — The river rose.", "The river rose."),
        ("Varmo, May 3 (Norwire) - The river rose.", "The river rose."),
        ("VARMO, Feb. 3 (NTB) -- The river rose.", "The river rose."),
        ("(NTB) - The river rose.", "The river rose."),
        ("VARMO/HARROW (NTB) - The river rose.", "The river rose."),
        ("VARMO: The river rose.", "The river rose."),
        ("Varmo (NTB)The river rose.", "The river rose."),
    ],
)
def test_datelines_are_passed_over(line: str, rest: str) -> None:
    assert line[dateline(line, 0, len(line)) :] == rest
    assert statements(line) == [rest.rstrip(".")]


@pytest.mark.parametrize(
    "line",
    [
        "Varmo — The city of light — lost its bridge.",
        "The World Harbour Organisation (WHO) said that the river rose.",
        "Mr. Berg — Tilda Brindle's husband — left.",
        "The river rose — Varmo was cut off.",
        "NATO — the alliance — met in Varmo.",
    ],
)
def test_what_only_begins_with_a_name_is_no_dateline(line: str) -> None:
    assert dateline(line, 0, len(line)) == 0


def test_a_credit_is_not_read_with_the_words_behind_it() -> None:
    line = "Smoke rises over Varmo. (Photo by Ola Berg/AFP) The mayor of Varmo resigned on Monday."
    assert [line[s:e] for s, e in cut(line)] == [
        "Smoke rises over Varmo.",
        "(Photo by Ola Berg/AFP)",
        "The mayor of Varmo resigned on Monday.",
    ]
    assert statements(line) == ["Smoke rises over Varmo", "The mayor of Varmo resigned on Monday"]


def test_a_caption_is_told_without_its_credit() -> None:
    assert statements("A man waits at the harbour ©Ola Berg (AFP/File)") == ["A man waits at the harbour"]
    assert statements("Ola Berg/The Harrow Daily\n\nThe ferry sank.") == ["The ferry sank"]


PIECES = "(Photo by |Ola Berg|/|Getty Images|)|[|]|©|AFP|VARMO| — |, May 3| (|.|\n|said |The "


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES.split("|")), max_size=14).map("".join) | st.text(max_size=80))
def test_places_lie_in_the_line_and_apart(text: str) -> None:
    spans = picture_credits("r", text, 0, len(text))
    for span in spans:
        assert 0 <= span.start < span.end <= len(text)
    for before, after in pairwise(spans):
        assert before.end < after.start
    assert 0 <= dateline(text, 0, len(text)) <= len(text)
