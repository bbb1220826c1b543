"""What the first screen says of a story: who tells a reading, what a number measures, what is told otherwise."""

from __future__ import annotations

from dataclasses import replace

import invented_story
import lxml.html
import pytest

from tellings.present import sigla, summaries
from tellings.present.pages import page
from tellings.records import Brief, Claim, Collation, Conflict, Dossier, Origin, Reading, Support, Topic


def words(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def read_twice(first: str, second: str, slot: str, *values: str, chance: float = 1.0) -> Dossier:
    """Two reports of one origin, the conflict of their values, and the brief's statement, told by both."""
    one, two = invented_story.report("one", first), invented_story.report("two", second)
    spans = [invented_story.at(read, value) for read, value in zip((one, two), values, strict=True)]
    readings = tuple(Reading(value, (span,)) for value, span in zip(values, spans, strict=True))
    whole = [read.sentences[0].span for read in (one, two)]
    claim = Claim("c", 2, 1, 1, (), whole[0], 1, (Support(whole[0]), Support(whole[1], chance=chance)))
    collation = Collation(
        (one, two),
        origins=(Origin("o", ("one", "two")),),
        claims=(claim,),
        conflicts=(Conflict("k", 1, slot, "number", "disagreement", readings),),
        brief=(Brief(whole[0], "c"),),
    )
    return Dossier((one, two), tuple(Topic(read.id, on_topic=True) for read in (one, two)), collation)


def test_an_origin_that_tells_two_readings_is_named_by_its_reports():
    dossier = read_twice("Nine boats sank.\n", "Seven boats sank.\n", "number of “boats”", "Nine boats", "Seven boats")
    found = lxml.html.document_fromstring(page(dossier))
    assert [words(s) for s in found.xpath("//ul[@class='glance']//span[contains(@class, 'sig')]")] == ["A1", "A2"]
    (card,) = summaries.cards(sigla.Sigla(invented_story.dossier()))[:1]
    assert all(way.heads == (way.letter,) for side in card.sides[2:] for way in side.through)


@pytest.mark.parametrize(
    ("first", "slot", "told"),
    [
        ("The wind blew at 40 knots.\n", "amount: “knots”", "amount: “The wind blew at …”"),
        ("Late at night, the barge drew 40 knots of wind.\n", "amount: “knots”", "amount: “the barge drew … of wind”"),
        ("The wind blew at 40 knots.\n", "amount: “wind in knots”", "amount: “wind in knots”"),  # tells it by itself
        ("Some said, 40 knots.\n", "amount: “knots”", "amount: “knots”"),  # nothing stands around it
        ("The wind blew at 40 knots.\n", "amount: “wind”", "amount: “wind”"),  # a thing, and no unit
    ],
)
def test_a_bare_unit_is_told_by_the_words_around_it(first, slot, told):
    dossier = read_twice(first, "It blew at 25 knots.\n", slot, "40 knots", "25 knots")
    (card,) = summaries.cards(sigla.Sigla(dossier))
    assert card.slot == told


def test_what_a_sentence_says_itself_is_not_told_otherwise_elsewhere():
    slot = "number of “boats”"
    dossier = read_twice("Nine boats sank.\n", "Seven boats sank.\n", slot, "Nine boats", "Seven boats")
    (first,) = summaries.brief(sigla.Sigla(dossier))
    assert [[value for value, _ in touch.others] for touch in first.touches] == [["Seven boats"]]
    again = read_twice("Nine boats, not seven boats, sank.\n", "seven boats sank.\n", slot, "Nine boats", "seven boats")
    (second,) = summaries.brief(sigla.Sigla(again))
    assert second.touches == ()


def test_what_perhaps_tells_something_else_does_not_stand_at_the_brief():
    for chance, numbers in ((1.0, [1]), (0.2, [])):
        base = read_twice(
            "Nine boats sank.\n", "Seven boats sank.\n", "number of “boats”", "Nine boats", "Seven boats", chance=chance
        )
        (conflict,) = base.collation.conflicts
        elsewhere = replace(conflict, readings=conflict.readings[1:])
        names = sigla.Sigla(replace(base, collation=replace(base.collation, conflicts=(elsewhere,))))
        (first,) = summaries.brief(names)
        assert [touch.number for touch in first.touches] == numbers


def test_notes_of_evidence_are_told_as_a_reader_takes_them():
    read = invented_story.report("000_6fba463f02e9fc5b", "The quay was empty.\n")
    names = sigla.Sigla(Dossier((read,), (Topic(read.id, on_topic=True),), Collation((read,))))
    note = f"only {read.id} has “quay”, 2021-05-04T06:40:00+02:00 before 2021-05-04T09:20"
    told = names.plain(note)
    assert told == f"only {names.named[read.id].siglum} has “quay”, 2021-05-04 06:40+02:00 before 2021-05-04 09:20"


def test_the_words_of_a_brief_that_its_numbers_do_not_count_are_marked():
    base = read_twice(
        "Late at night, nine boats sank, the mayor said.\n",
        "Late at night, seven boats sank, the mayor said.\n",
        "number of “boats”",
        "nine boats",
        "seven boats",
    )
    (claim,) = base.collation.claims
    told = invented_story.at(base.reports[0], "nine boats sank")
    support = (Support(told), Support(claim.support[1].span, chance=0.1))
    narrow = replace(base, collation=replace(base.collation, claims=(replace(claim, title=told, support=support),)))
    (one,) = summaries.brief(sigla.Sigla(narrow))
    assert one.partly
    assert "".join(part.text for part in one.parts) == one.text
    assert [part.text for part in one.parts if not part.counted] == ["Late at night, ", ", the mayor said."]
    assert [(part.text, bool(part.href)) for part in one.parts if part.counted] == [
        ("nine boats", True),
        (" sank", False),
    ]
    found = lxml.html.document_fromstring(page(narrow))
    assert [words(s) for s in found.xpath("//ol[@class='brief']//span[@class='beside']")] == [
        "Late at night,",
        ", the mayor said.",
    ]
    (whole,) = summaries.brief(sigla.Sigla(base))
    assert not whole.partly
