"""Tokens and parts of speech, on invented sentences."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tellings.annotate import words
from tellings.records import Annotated, Report, Sentence
from tellings.text import Span


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in words.split(text)]


def tags(text: str) -> dict[str, str]:
    parts = cut(text)
    return dict(zip(parts, words.tag(parts), strict=True))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("They don't.", ["They", "do", "n't", "."]),
        ("The ferry’s crew weren’t told.", ["The", "ferry", "’s", "crew", "were", "n’t", "told", "."]),
        ("She'll go; they’ve gone", ["She", "'ll", "go", ";", "they", "’ve", "gone"]),
        ("He cannot swim", ["He", "can", "not", "swim"]),
        ("At 5.10am, 1,880 left", ["At", "5.10am", ",", "1,880", "left"]),
        ("on 12/03/2019 at 10:30 in the 1990s", ["on", "12/03/2019", "at", "10:30", "in", "the", "1990s"]),
        ("U.S.-led talks", ["U.S.", "-", "led", "talks"]),
        ("an anti-war e-mail", ["an", "anti-war", "e-mail"]),
        ("Gov. Ann B. Hill (R-Ohio)", ["Gov.", "Ann", "B.", "Hill", "(", "R", "-", "Ohio", ")"]),
        ("O'Neil of Xi'an", ["O'Neil", "of", "Xi'an"]),
        ("$4.5m, or 3%", ["$", "4.5m", ",", "or", "3", "%"]),
        ("see www.weir.example/a?b=1.", ["see", "www.weir.example/a?b=1", "."]),
        ("the boats' owners", ["the", "boats", "'", "owners"]),
        ("It was ill.", ["It", "was", "ill", "."]),
        ("“Go!”—he said…", ["“", "Go", "!", "”", "—", "he", "said", "…"]),
    ],
)
def test_tokens(text: str, wanted: list[str]):
    assert cut(text) == wanted


def test_a_soft_hyphen_and_a_combining_accent_stay_inside_their_word():
    assert cut("the har\u00adbour cafe\u0301 shut") == ["the", "har\u00adbour", "cafe\u0301", "shut"]


@given(st.text(max_size=200))
def test_every_visible_character_stands_in_one_word(text: str):
    places = words.split(text)
    assert all(start < end for start, end in places)
    assert all(a[1] <= b[0] for a, b in pairwise(places))
    covered = {at for start, end in places for at in range(start, end)}
    left = "".join(c for at, c in enumerate(text) if at not in covered)
    assert all(c.isspace() or c in "\u00ad\u200b\u200c\u200d\u2060\ufeff" or c in "\u0300\u036f" for c in left)


@given(st.lists(st.text(min_size=1, max_size=20), max_size=30))
def test_any_words_get_a_tag_each_and_the_same_tags_again(parts: list[str]):
    found = words.tag(parts)
    assert len(found) == len(parts)
    assert found == words.tag(parts)


def test_parts_of_speech_of_plain_news():
    found = tags("The mayor of Erie said on Monday that 40 boats had slowly left the old harbour.")
    assert found["mayor"] == found["boats"] == found["harbour"] == "NOUN"
    assert found["said"] == found["left"] == "VERB"
    assert found["Erie"] == "PROPN"
    assert (found["40"], found["slowly"], found["old"], found["had"]) == ("NUM", "ADV", "ADJ", "AUX")


def test_a_title_case_headline_is_not_all_names():
    found = tags("Mayor Says Flood Damaged Many Boats In Old Harbour")
    assert found["Says"] == found["Damaged"] == "VERB"
    assert found["Many"] == "ADJ"
    assert found["Boats"] == "NOUN"


def test_a_headline_in_capitals_is_not_all_names():
    found = tags("FLOOD DESTROYS MANY BOATS IN THE HARBOUR")
    assert found["DESTROYS"] == "VERB"
    assert found["BOATS"] == "NOUN"
    assert found["IN"] == "ADP"


def test_spans_are_of_the_report_as_given():
    text = "Harbour shut\r\n\r\nThe mayor’s boat sank. 🙂 Nobody drowned."
    second = text.index("The")
    a = Annotated(
        Report("a", text),
        sentences=(
            Sentence(Span("a", 0, 12), 0),
            Sentence(Span("a", second, len(text)), 1),
            Sentence(Span("a", 3, 3), 1),
        ),
    )
    found = words.find(a)
    assert [[a.quote(word.span) for word in some] for some in found] == [
        ["Harbour", "shut"],
        ["The", "mayor", "’s", "boat", "sank", ".", "🙂", "Nobody", "drowned", "."],
        [],
    ]
    assert all(word.span.report == "a" for some in found for word in some)


def test_a_sentence_is_read_alike_whatever_stands_beside_it():
    one, other = ["The", "dam", "held", "."], ["DAM", "BREAKS", "AFTER", "STORM"]
    alone = words.tag(one)
    words.tag(other)
    assert words.tag(one) == alone


@pytest.mark.parametrize(
    "text", ["a" * 50_000, "a." * 20_000, "pre-" * 10_000, "a'" * 20_000, "a@" * 20_000, "1," * 20_000]
)
def test_hostile_text_is_split_whole(text: str):
    assert sum(end - start for start, end in words.split(text)) == len(text)


def test_a_sentence_without_end_is_tagged():
    assert len(words.tag(["boat"] * 2_000)) == 2_000
