"""Frames: what a value is said of, on invented sentences."""

from __future__ import annotations

import pytest

from tellings import pipeline
from tellings.collate import claims, conflicts, frames, pairs, values
from tellings.collate.statements import fold, kin
from tellings.records import Collation, Found, Report


def value(text: str, kind: str = "number", at: int = 0) -> values.Value:
    """One of the values of a kind in a text that is read by the package, the first unless told otherwise."""
    report = pipeline.annotate([Report("a", text, published=Found("2031-05-07", "given"))])
    c = Collation(report)
    layout = pairs.lay_out(c.reports, claims.roots(c))
    many = values.values(conflicts.leaders(layout, c.reports), c.reports)
    return [v for v in many if v.kind == kind][at]


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("The balloon reached a height of more than 340 miles over Hedby.", "height"),
        ("The balloon came down 340 miles away from Hedby.", "distance"),
        ("The balloon flew 340 miles before it burst.", "distance"),
        ("The tower stands 230 feet tall on the pier.", "height"),
        ("The pit is 80 metres deep.", "depth"),
        ("The divers found 340 miles of cable.", ""),
    ],
)
def test_what_a_number_measures_is_told_by_the_words_beside_it(text, measure):
    assert value(text).frame.measure == measure


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("The mayor bought a $5,000 watch with the money of the harbour.", "watch"),
        ("The mayor bought a $43,350 gold-plated watch with the money of the harbour.", "watch"),
        ("She was sent a bill of about $284 million by the power company.", "bill"),
        ("The repairs came to a total of $284 million.", ""),
        ("The mayor paid $5,000, money that the harbour had earned.", ""),
        ("Divers raised 14 crates from the wreck.", ""),
    ],
)
def test_a_measure_has_the_noun_that_it_stands_before(text, head):
    assert value(text).frame.head == (kin(fold(head)) if head else "")


@pytest.mark.parametrize(
    ("text", "shift"),
    [
        ("The party lost nearly 60 seats over six years.", True),
        ("The party holds 194 seats in the chamber.", False),
        ("The party fell to 194 seats in the chamber.", False),
        ("The council cut 60 jobs at the shipyard.", True),
        ("Petrell announced a cut of 60 jobs at the shipyard.", True),
        ("The price of herring saw a 3 percent rise in May.", True),
        ("The price of herring fell 3 percent in May.", True),
    ],
)
def test_a_number_of_change_is_told_from_what_there_is(text, shift):
    assert value(text).frame.shift is shift


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("The head of the dockers' union never signed the contract.", "head"),
        ("The tug that the harbour hired never reached the pier.", ""),
        ("She never signed the contract.", ""),
        ("Petrell never signed the contract.", "petrell"),
    ],
)
def test_the_subject_is_the_first_noun_of_its_phrase_and_no_pronoun(text, subject):
    other = value(text + " She signed the contract. He reached the pier.", "denied")
    assert other.low == 1.0
    assert other.frame.subject == (kin(fold(subject)) if subject else "")


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Moving to calm critics of a law enacted last week, the governor spoke of its purpose.", "enacted"),
        ("Petrell announced Tuesday he is running for mayor of Hedby.", "announced"),
        ("Clerks sent Petrell a letter in advance of his appearance at the school on Thursday.", "appearance"),
        ("Clerks sent Petrell a letter before the hearing on Thursday.", "hearing"),
        ("Clerks sent Petrell a letter at the school on Thursday.", "sent"),
    ],
)
def test_a_day_is_that_of_the_word_it_stands_with(text, act):
    assert value(text, "time").act == kin(fold(act))


def test_a_day_told_from_the_day_of_writing_is_sure_to_a_day_only():
    near = value("The ferry leaves Hedby tomorrow morning.", "time")
    named = value("The ferry leaves Hedby on 8 May 2031.", "time")
    assert (near.low, near.high) == (named.low - 1, named.high + 1)


def test_they_of_whom_a_part_is_told_are_those_counted_before():
    part = value("Some 200 miners were trapped in the pit, and 21 of them were freed by Monday.", at=1)
    assert (part.part, part.group) == ("part", value("Rescuers freed 21 miners.").group)


def test_a_year_that_is_over_is_told_from_that_of_the_report():
    assert value("The yard built 14 ferries in 2026.").past
    assert not value("The yard built 14 ferries in 2031.").past
    assert not value("The yard built 14 ferries.").past


def test_each_word_of_measure_stands_under_one_head():
    lines = [word for line in frames.lexicons.sections("values.txt")["measures"] for word in line.split()]
    assert len(lines) == len(set(lines))
