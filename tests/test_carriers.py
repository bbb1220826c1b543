"""Carriers: whom a claim names as its sources, on invented reports."""

from __future__ import annotations

import pytest

from tellings import pipeline
from tellings.collate import carriers
from tellings.records import Actor, Attribution, Collation, Form, Mention, Report, Sentence, Speaker, Word
from tellings.records import Annotated as Read
from tellings.text import Span


def named(words: str, *mentions: tuple[str, str], speaker: tuple[str, str] | None = None, **actors: str) -> str | None:
    """The name of a source of these words in "WORDS said so.", its names as given, "Name=of" for each actor's form."""
    text = f"{words} said so. {speaker[1] if speaker else ''}"
    (read,) = pipeline.annotate([Report("a", text)])
    at = [(text.index(name), name, kind) for name, kind in mentions]
    spans = [Mention(Span("a", start, start + len(name)), kind) for start, name, kind in at]  # pyright: ignore[reportArgumentType]
    place = text.rindex(speaker[1]) if speaker else 0
    who = Speaker(speaker[0], Span("a", place, place + len(speaker[1]))) if speaker else None
    said = Attribution((Span("a", 0, len(words)),), (Span("a", len(words) + 1, len(words) + 5),), (), who)
    read = Read(
        read.report,
        sentences=read.sentences,
        words=read.words,
        mentions=tuple(sorted(spans, key=lambda m: m.span)),
        attributions=(said,),
    )
    people = tuple(
        Actor(f"actor-{k}", name, "person", (Form(form, (Span("a", 0, len(form)),)),))
        for k, (form, name) in enumerate(actors.items())
    )
    return carriers.Sources(Collation((read,), actors=people)).name("a", 0)


ILSE, QUAY = ("Ilse Brandt", "person"), ("Quay Bank", "organisation")


@pytest.mark.parametrize(
    ("words", "mentions", "name"),
    [
        ("Mayor Ilse Brandt", [ILSE], "Ilse Brandt"),
        ("Ilse Brandt, a friend of Jonas Tveit,", [ILSE, ("Jonas Tveit", "person")], "Ilse Brandt"),
        ("The mayor, Ilse Brandt,", [ILSE], "Ilse Brandt"),
        ("The chief of staff Ilse Brandt", [ILSE], "Ilse Brandt"),
        ("A spokesman for the Quay Bank", [QUAY], "Quay Bank"),
        ("A statement from the Quay Bank", [QUAY], "Quay Bank"),
        ("The Quay Bank's report", [QUAY], "Quay Bank"),
        ("The Ostrel-based company Quay Bank", [("Ostrel", "place"), QUAY], "Quay Bank"),
        ("The Quay Bank group", [QUAY], "Quay Bank"),
    ],
)
def test_a_name_at_the_head_is_a_named_source(words: str, mentions: list[tuple[str, str]], name: str):
    assert named(words, *mentions) == name


@pytest.mark.parametrize(
    ("words", "mentions"),
    [
        ("A Quay Bank teller", [QUAY]),
        ("Some people close to Ilse Brandt", [ILSE]),
        ("An Ostrel councillor", [("Ostrel", "place")]),
        ("Trustees of the Quay Bank", [QUAY]),
        ("Ilse Brandt's campaign", [ILSE]),
        ("A new television advertisement", []),
        ("Critics", []),
        ("Republicans", [("Republicans", "group")]),
    ],
)
def test_a_name_that_stands_beside_names_nobody(words: str, mentions: list[tuple[str, str]]):
    assert named(words, *mentions) is None


def test_a_pronoun_is_who_it_was_resolved_to():
    assert named("She", ILSE, speaker=("Ilse Brandt", "Ilse Brandt")) == "Ilse Brandt"
    assert named("She", QUAY, speaker=("a Quay Bank teller", "a Quay Bank teller")) is None


def test_an_actor_is_named_as_the_story_names_it():
    assert named("Brandt", ("Brandt", "person"), Brandt="Ilse Brandt") == "Ilse Brandt"


def test_a_report_that_was_not_tagged_names_nobody_and_does_not_fail():
    read = Read(
        Report("a", "Ilse said so."),
        sentences=(Sentence(Span("a", 0, 13), 0),),
        words=((Word(Span("a", 0, 4), ""),),),
        attributions=(Attribution((Span("a", 0, 4),), (), ()), Attribution((), (), ())),
    )
    found = carriers.Sources(Collation((read,)))
    assert found.name("a", 0) is None
    assert found.name("a", 1) is None
