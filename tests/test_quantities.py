"""Quantities: value, unit, bound and kind of numbers in invented sentences."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marked_quantities import gold, score

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
        "It fell on August 20, 2019.",
        "It fell on 4 April 1998 and in 2015.",
        "The council left two years ago.",
        "The Vega 9 rocket of Flight 446 rose.",
        "Harrow won 3-1.",
        "It was open 24/7.",
        "No one came, and one of them left.",
        "He has first-hand news.",
        "Version 5.5.1 is at 10.0.0.1.",
        "Call 0345 555 0102 or 555-0144.",
        "He lives at 14 Harbour Lane.",
        "It is in volume 12, on page 9 of case 2231/B.",
        "An A320 and an F-16 met over Covid-19 ward 4.",
        "It stands on East 9th Street since the 19th century.",
        "In the 1990s it grew.",
    ],
)
def test_what_is_no_quantity(text: str):
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "quote", "value", "high", "bound", "unit", "kind"),
    [
        ("They met at about 5.30 pm.", "about 5.30 pm", 1050, None, "about", "clock", "clock"),
        ("It left at 17:40 GMT.", "17:40 GMT", 1060, None, "exact", "clock", "clock"),
        ("It shuts at midnight.", "midnight", 0, None, "exact", "clock", "clock"),
        ("It opens between 9am and 4.15pm.", "between 9am and 4.15pm", 540, 975, "between", "clock", "clock"),
        ("A boy aged 7 swam.", "aged 7", 7, None, "exact", "year", "age"),
        ("Pupils aged 9 to 15 swam.", "aged 9 to 15", 9, 15, "between", "year", "age"),
        ("She is in her 40s.", "40s", 40, 49, "between", "year", "age"),
        ("A girl of seven was found.", "seven", 7, None, "exact", "year", "age"),
        ("Children under 12 have to wait.", "under 12", 12, None, "less_than", "year", "age"),
        ("The driver, 33, swam.", "33", 33, None, "exact", "year", "age"),
        ("A quarter of it is gone.", "A quarter", 25, None, "exact", "percent", "percent"),
        ("About two thirds of it is gone.", "About two thirds", 200 / 3, None, "about", "percent", "percent"),
        ("One in five agreed.", "One in five", 20, None, "exact", "percent", "percent"),
        ("They slept for half an hour.", "half an hour", 0.5, None, "exact", "hour", "duration"),
        ("They walked a mile and a half.", "a mile and a half", 1.5, None, "exact", "mile", "measure"),
        ("It took two and a half hours.", "two and a half hours", 2.5, None, "exact", "hour", "duration"),
        ("They paid Rs 3.2 crore.", "Rs 3.2 crore", 3.2e7, None, "exact", "inr", "money"),
        ("It cost A$42m.", "A$42m", 4.2e7, None, "exact", "aud", "money"),
        ("Rates rose by 25 basis points.", "25 basis points", 25, None, "exact", "basis_point", "percent"),
        ("It was minus 12 degrees.", "minus 12 degrees", -12, None, "exact", "degree", "measure"),
        ("A magnitude 5.1 quake came.", "magnitude 5.1", 5.1, None, "exact", "magnitude", "measure"),
        ("They built a 24-storey tower.", "24-storey", 24, None, "exact", "storey", "count"),
        ("Several hundred geese came.", "Several hundred geese", 200, None, "at_least", "goose", "count"),
        ("A couple of ducks came.", "A couple of ducks", 2, None, "about", "duck", "count"),
        ("They held 31 gunmen.", "31 gunmen", 31, None, "exact", "gunman", "count"),
        ("Some 150-odd sheep came.", "Some 150-odd sheep", 150, None, "about", "sheep", "count"),
    ],
)
def test_kinds_with_patterns_of_their_own(  # noqa: PLR0917  # a table
    text: str, quote: str, value: float, high: float | None, bound: str, unit: str, kind: str
):
    found = one(text)
    assert found.span.cut(text) == quote
    assert found.value == pytest.approx(value, rel=1e-4)
    assert (found.high, found.bound, found.unit, found.kind) == (high, bound, unit, kind)


def test_a_change_is_two_numbers_and_no_range():
    found = read("Deaths rose from 12 to 31 in May.")
    assert [(q.value, q.high) for q in found] == [(12, None), (31, None)]


def test_the_number_of_a_group_does_not_swallow_the_group():
    text = "Six of the 20 ships sank."
    assert [(q.span.cut(text), q.value, q.unit) for q in read(text)] == [("Six", 6, "ship"), ("20 ships", 20, "ship")]


def test_months_are_written_with_a_capital():
    assert [q.value for q in read("Thousands march on. On 3 March they left.")] == [2000]


def test_marked_reports_are_read_as_well_as_before():
    seen, unseen = score(gold(1, 24)), score(gold(25))
    assert seen.marked == 369
    assert unseen.marked == 60
    for scores in (seen, unseen):
        assert scores.span >= 0.96, scores.faults
        assert scores.value >= 0.98, scores.faults
        assert scores.whole >= 0.94, scores.faults


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
    "minus",
    "aged",
    "third",
    "5:10",
    "p.m.",
    "in",
    "half an",
    "hour",
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
