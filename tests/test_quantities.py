"""Quantities: value, unit, bound and kind of numbers in invented sentences."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tellings.annotate import quantities, sentences, words
from tellings.records import Annotated, Quantity, Report


def read(text: str, tags: bool = True) -> list[Quantity]:
    a = Annotated(Report("r", text))
    a = replace(a, sentences=sentences.find(a))
    return list(quantities.find(replace(a, words=words.find(a)) if tags else a))


def one(text: str) -> Quantity:
    found = read(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "quote", "value", "bound", "unit", "kind"),
    [
        ("Almost 880 villagers fled.", "Almost 880 villagers", 880, "about", "villager", "count"),
        ("At least 34,000 people came.", "At least 34,000 people", 34000, "at_least", "person", "count"),
        ("They sent up to 50 armored vehicles.", "up to 50 armored vehicles", 50, "at_most", "vehicle", "count"),
        (
            "More than two dozen fire engines came.",
            "More than two dozen fire engines",
            24,
            "more_than",
            "engine",
            "count",
        ),
        ("It hurt half a million birds.", "half a million birds", 500000, "exact", "bird", "count"),
        ("It cost $84,000.", "$84,000", 84000, "exact", "usd", "money"),
        ("It cost about £1.5bn.", "about £1.5bn", 1.5e9, "about", "gbp", "money"),
        ("It cost 12 million dollars.", "12 million dollars", 12e6, "exact", "usd", "money"),
        ("Some 89 per cent agreed.", "Some 89 per cent", 89, "about", "percent", "percent"),
        ("Prices rose 3.5%.", "3.5%", 3.5, "exact", "percent", "percent"),
        ("A 42-year-old woman fell.", "42-year-old", 42, "exact", "year", "age"),
        ("Ada Pell, 33, fell.", "33", 33, "exact", "year", "age"),
        ("The girl is 12 years old.", "12 years old", 12, "exact", "year", "age"),
        ("Hundreds of sheep drowned.", "Hundreds of sheep", 200, "at_least", "sheep", "count"),
        ("Tens of thousands marched.", "Tens of thousands", 20000, "at_least", None, "count"),
        ("They walked for three days.", "three days", 3, "exact", "day", "duration"),
        ("The bridge is 2km long.", "2km", 2, "exact", "km", "measure"),
        ("They built a 13-foot wall.", "13-foot", 13, "exact", "foot", "measure"),
        ("It was the second explosion.", "second explosion", 2, "exact", "explosion", "ordinal"),
        ("It is his 21st win.", "21st win", 21, "exact", "win", "ordinal"),
        ("One soldier was hurt.", "One soldier", 1, "exact", "soldier", "count"),
        ("Two hundred and five goats came.", "Two hundred and five goats", 205, "exact", "goat", "count"),
        ("Fewer than 20 men voted.", "Fewer than 20 men", 20, "less_than", "man", "count"),
        ("20 or more women voted.", "20 or more women", 20, "at_least", "woman", "count"),
    ],
)
def test_one_quantity(text: str, quote: str, value: float, bound: str, unit: str | None, kind: str):  # noqa: PLR0917  # a table
    found = one(text)
    assert (found.span.cut(text), found.value, found.bound, found.unit, found.kind) == (quote, value, bound, unit, kind)
    assert found.high is None


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("Between 10 and 15 people were hurt.", 10, 15, "person"),
        ("It takes 5 to 7 hours.", 5, 7, "hour"),
        ("They want two to three million dollars.", 2e6, 3e6, "usd"),
        ("It took 10-12 men.", 10, 12, "man"),
    ],
)
def test_ranges(text: str, low: float, high: float, unit: str):
    found = one(text)
    assert (found.value, found.high, found.bound, found.unit) == (low, high, "between", unit)


@pytest.mark.parametrize(
    "text",
    [
        "It fell on August 20, 2019, at 5:10 a.m.",
        "It fell on 4 April 1998 and in 2015.",
        "The council left two years ago.",
        "The Vega 9 rocket of Flight 446 rose.",
        "Harrow won 3-1.",
        "It was open 24/7.",
        "No one came, and one of them left.",
        "He has first-hand news.",
        "Version 5.5.1 is at 10.0.0.1.",
    ],
)
def test_what_is_no_quantity(text: str):
    assert read(text) == []


def test_the_part_of_a_group_keeps_the_groups_noun():
    text = "At least 21 of the 200 girls came home."
    found = read(text)
    assert found[0].value == 21
    assert found[0].unit == "girl"


def test_words_without_tags_do():
    found = read("Almost 880 villagers and $5 million.", tags=False)
    assert [(q.value, q.unit) for q in found] == [(880, None), (5e6, "usd")]


def test_the_number_lies_in_the_span():
    text = "More than 1.5 million birds, between 3 and 4 miles off, cost $20 or so."
    for q in read(text):
        assert q.span.holds(q.number)
        assert any(c.isdigit() for c in q.number.cut(text))


PIECES = [
    "1",
    "12,000",
    "1.5",
    "one",
    "a hundred",
    "million",
    "dozens",
    "of",
    "the",
    "men",
    "to",
    "between",
    "and",
    "$",
    "%",
    "-",
    "/",
    "year-old",
    "second",
    "99999999999999999999999999",
    "0",
    "٣",
    "½",
    "\x00",
    "almost",
    "or",
    "more",
]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12), st.sampled_from([" ", ""]))
def test_nothing_raises_and_spans_stand_apart(pieces: list[str], gap: str):
    text = gap.join(pieces)
    end = 0
    for q in read(text, tags=False):
        assert end <= q.span.start < q.span.end <= len(text)
        assert q.value == q.value
        assert q.high is None or q.high > q.value
        end = q.span.end
