"""Values and answers: what stands in a clause, what it excludes, what answers one question; on invented reports."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tellings import pipeline
from tellings.collate import answers, claims, conflicts, pairs, values
from tellings.collate.statements import fold, kin
from tellings.records import Annotated, Collation, Found, Report


def read(name: str, text: str, published: str = "2031-05-07") -> Annotated:
    """One report, read by the package."""
    return pipeline.annotate([Report(name, text, published=Found(published, "given"))])[0]


def collate(*texts: str) -> Collation:
    """A story up to its claims."""
    c = Collation(tuple(read(chr(97 + k), text) for k, text in enumerate(texts)))
    for step in pipeline.COLLATE:
        if step.assigns in ("passages", "origins", "edits", "actors", "claims"):
            c = step.run(c)
    return c


def found(*texts: str) -> list[tuple[str, values.Value]]:
    """The values of a story, each with the words that are quoted for it."""
    c = collate(*texts)
    layout = pairs.lay_out(c.reports, claims.roots(c))
    many = values.values(conflicts.leaders(layout, c.reports), c.reports, c.actors)
    return [(c.quote(v.span), v) for v in many]


def of_kind(kind: str, *texts: str) -> list[str]:
    """The words of the values of one kind."""
    return [words for words, v in found(*texts) if v.kind == kind]


def parted(*texts: str) -> list[set[str]]:
    """The pairs of values that part and may answer one question, as words."""
    c = collate(*texts)
    origin = claims.roots(c)
    layout = pairs.lay_out(c.reports, origin)
    told = conflicts.leaders(layout, c.reports)
    many = values.values(told, c.reports, c.actors)
    laid = answers.lay(many, layout, told, origin, {}, reports=c.reports, passages=c.passages)
    assert laid.rows.shape == (len(laid.first), len(answers.PARTS))
    return [{c.quote(many[k].span) for k in two} for two in zip(laid.first, laid.second, strict=True)]


# ---------------------------------------------------------------- what is a value


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("Divers brought 14 crates ashore at Hedby.", ["14 crates"]),
        ("The ferry sails on after the 5.5 update of its charts.", []),
        ("One crate was left on the pier of Hedby by the divers.", []),
        ("The tanker lay 40 miles (64 km) off the coast of Hedby.", ["40 miles"]),
        ("The engine ran for nine minutes and 46 seconds before it failed.", ["nine minutes"]),
    ],
)
def test_a_number_is_a_value_where_it_counts_or_measures_and_repeats_no_other(text, given):
    assert of_kind("number", text) == given


def test_an_age_is_a_value_only_where_it_stands_beside_its_owner():
    assert of_kind("number", "Berit Halvorsen, 47, steered the ferry into the harbour.") == ["47"]
    assert of_kind("number", "The captain, 47, steered the ferry into the harbour.") == []
    assert of_kind("number", "Berit Halvorsen and Jonas Petrell, aged 47 and 52, steered the ferry.") == []


def test_ages_of_two_persons_are_two_groups():
    ages = [v for _, v in found("Berit Halvorsen, 47, steered the ferry. Jonas Petrell, 52, kept watch on deck.")]
    assert len({v.group for v in ages if v.group.startswith("age")}) == 2


def test_a_part_and_its_whole_are_told_apart():
    part, whole = (v for words, v in found("Rescuers freed 21 of the 200 miners in the pit.") if v.kind == "number")
    assert (part.part, whole.part) == ("part", "all")
    assert part.group == whole.group
    assert not answers.apart(part, whole)


def test_the_end_of_a_stretch_of_time_is_no_clock_time():
    assert of_kind("clock", "The bridge stays closed from 1:30 p.m. to 4 p.m. on Monday.") == ["1:30 p.m."]


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("The council destroyed the letters from the shipyard.", 0.0),
        ("The council never destroyed the letters from the shipyard.", 1.0),
        ("The council didn't destroy the letters from the shipyard.", 1.0),
        ("The council not only destroyed the letters from the shipyard.", None),
        ("It is unclear whether the council destroyed the letters.", None),
        ("The council could not help but destroy the letters.", None),
        ("The council met to destroy the letters from the shipyard.", None),
        ("The council failed to destroy the letters from the shipyard.", 1.0),
        ("No harm was found after they destroyed the letters.", 0.0),
    ],
)
def test_a_verb_is_negated_not_negated_or_neither(text, held):
    other = "The council {} the letters.".format("destroyed" if held else "never destroyed")
    mine = [v.low for words, v in found(text, other) if v.kind == "denied" and v.span.report == "a"]
    assert mine == ([] if held is None else [held])


def test_a_word_of_a_name_is_no_compass_point_and_an_ocean_is_written_large():
    assert of_kind("other", "The ship sank north of North Hedby in the Pacific.") == ["north", "Pacific"]


def test_words_of_a_list_told_together_exclude_no_other_of_it():
    assert of_kind("other", "The raiders took women and girls from Hedby.") == []
    assert of_kind("other", "The raiders took women from Hedby.") == ["women"]


def test_what_is_asked_is_no_value():
    told = "The ledger never named the mayor of Torsby."
    assert of_kind("denied", "Who named the mayor of Torsby", told) == []
    assert of_kind("denied", "Clerks named the mayor of Torsby.", told) == ["named", "named"]


def test_others_are_more_whatever_their_number():
    many = "Raiders took thousands of other sheep from Hedby."
    assert [v.part for _, v in found(many) if v.kind == "number"] == ["more"]


# ---------------------------------------------------------------- what excludes what


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("14 barns burned in Torsby.", "22 barns burned in Torsby.", True),
        ("More than 14 barns burned in Torsby.", "15 barns burned in Torsby.", False),
        ("Dozens of barns burned in Torsby.", "64 barns burned in Torsby.", False),
        ("Dozens of barns burned in Torsby.", "700 barns burned in Torsby.", True),
        ("Two more barns burned in Torsby.", "14 barns burned in Torsby.", False),
        ("More than 200 barns burned in Torsby.", "276 barns burned in Torsby.", False),
        ("More than 200 barns burned in Torsby.", "312 barns burned in Torsby.", True),
        ("The council cut 23 percent of the fees.", "The council paid 77 percent of the fees.", False),
        ("The council cut 23 percent of the fees.", "The council paid 71 percent of the fees.", True),
        ("Villagers danced on New Year's Eve.", "Villagers danced on 1 January 2031.", False),
        ("Villagers danced on New Year's Eve.", "Villagers danced on 3 January 2031.", True),
        ("The barn burned on 4 May 2031.", "The barn burned on 5 May 2031.", True),
        ("The barn burned on 4 May 2031.", "The barn burned in May 2031.", False),
    ],
)
def test_values_exclude_each_other_or_not(one, other, apart):
    a, b = (v for _, v in found(one, other) if v.kind in ("number", "time"))
    assert answers.apart(a, b) is apart
    assert answers.apart(b, a) is apart


def test_a_borough_and_its_city_do_not_exclude_each_other():
    city, other = (v for _, v in found("He spoke in Chicago.", "He spoke in Boston.") if v.kind == "place")
    assert city.point is not None
    borough = replace(other, point=(city.point[0] + 0.1, city.point[1]))
    assert answers.apart(city, other)
    assert not answers.apart(city, borough)
    assert not answers.apart(city, replace(other, point=None))


# ---------------------------------------------------------------- what answers one question


def test_numbers_in_much_the_same_words_answer_one_question():
    assert parted(
        "The singer posted four photos of the harbour with her brother on Monday.",
        "The singer posted three photos of the harbour with her late brother.",
    ) == [{"four photos", "three photos"}]


def test_a_counterpart_that_agrees_answers_the_question():
    assert not parted(
        "Rescuers freed 21 miners from the flooded pit at Torsby on Monday.",
        "Some 200 miners worked in the pit at Torsby. Rescuers freed 21 miners from the flooded pit on Monday.",
    )


def test_a_sentence_that_gives_both_values_answers_two_questions():
    assert not parted(
        "The shipyard pays $3 million for the old pier in Hedby.",
        "The shipyard pays $3 million for the old pier in Hedby and $7 million for the new pier.",
    )


def test_shares_of_two_persons_are_two_answers():
    assert not parted(
        "Among voters in Torsby, Berit Halvorsen has 21 percent of the vote.",
        "Among voters in Torsby, Jonas Petrell has 34 percent of the vote.",
    )


def test_numbers_of_two_years_are_two_answers():
    assert {"77 percent", "74 percent"} not in parted(
        "The fund can pay 77 percent of pensions after 2036.", "The fund can pay 74 percent of pensions after 2085."
    )


def test_two_measures_of_one_flight_are_two_answers():
    assert not parted(
        "The balloon reached an altitude of 770 km before it fell into the sea off Hedby.",
        "The balloon flew 3,700 km before it fell into the sea off Hedby.",
    )
    assert not parted(
        "The balloon reached an altitude of 770 km before it fell into the sea off Hedby.",
        "The 2,700 km of the balloon, before it fell into the sea off Hedby, made nobody glad.",
    )
    assert parted(
        "The balloon reached an altitude of 770 km before it fell into the sea off Hedby.",
        "The balloon reached an altitude of 550 km before it fell into the sea off Hedby.",
    ) == [{"770 km", "550 km"}]


def test_what_was_lost_and_what_is_left_are_two_answers():
    assert not parted(
        "The Harbour Party lost nearly 60 seats in the chamber of Hedby.",
        "The Harbour Party holds 94 seats in the chamber of Hedby.",
    )


def test_the_day_of_the_telling_is_not_that_of_what_is_told():
    assert not parted(
        "On Sunday, a photo of the mayor was sent to a student of the school in Hedby.",
        "The mayor said Wednesday he is sure that he sent no photo to a student of the school in Hedby.",
    )


def test_what_happened_on_two_days_has_to_be_one_thing():
    assert not parted(
        "The fire at the depot of Hedby happened on Sunday.", "The debate about the depot of Hedby happened on Tuesday."
    )
    assert parted(
        "The fire at the depot of Hedby happened on Sunday.", "The fire at the depot of Hedby happened on Tuesday."
    ) == [{"Sunday", "Tuesday"}]


def test_a_few_of_many_who_did_something_else_are_no_rival_count():
    assert not parted(
        "A video shows 15 of the miners of Torsby at their meal.",
        "Rescuers have freed 21 miners of Torsby, the mayor said.",
    )


def test_what_is_not_white_may_be_blue():
    assert of_kind("other", "The sheets in the hall were not white anymore.") == []
    assert of_kind("other", "The sheets in the hall were white.") == ["white"]


@pytest.mark.parametrize(
    ("one", "other", "slot"),
    [
        (
            "The lorry was driving at 25 mph when it hit the pier at Hedby.",
            "It came at 40 mph, said a docker of Hedby.",
            "amount: “lorry was driving”",
        ),
        (
            "The fire burned 14 old barns in the village.",
            "The fire burned 22 barns in the village.",
            "number of “old barns … fire burned … village”",
        ),
    ],
)
def test_a_slot_quotes_what_is_shared_and_not_the_value(one, other, slot):
    c = collate(one, other)
    layout = pairs.lay_out(c.reports, claims.roots(c))
    told = conflicts.leaders(layout, c.reports)
    left, right = (v for v in values.values(told, c.reports, c.actors) if v.kind == "number")
    assert answers.point(left, right, told).slot == slot


def test_two_seas_are_two_answers_to_one_question():
    assert {"Pacific", "Atlantic"} in parted(
        "The rocket's core will land on a drone ship in the Pacific Ocean after nine minutes.",
        "The rocket's core is to land on a drone ship in the Atlantic Ocean, engineers said.",
    )


def test_years_since_which_somebody_leads_are_two_answers():
    assert parted("Halvorsen has led the council since 2002.", "Halvorsen has led the council since 2003.") == [
        {"2002", "2003"}
    ]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Monday's strike destroyed a relief depot near Hedby.", "strike"),
        ("The depot was lost in Monday evening\u2019s sudden strike near Hedby.", "strike"),
        ("The harbour newspaper said Monday's strike destroyed a relief depot near Hedby.", "strike"),
        ("The harbour newspaper said the gunmen arrested a relief driver near Hedby on Monday.", "arrested"),
        ("The harbour newspaper said Monday that gunmen arrested a relief driver near Hedby.", "said"),
        ("The gunmen had to release a relief driver near Hedby on Monday.", "release"),
    ],
)
def test_a_day_is_that_of_what_it_owns_or_of_what_is_told_and_seldom_of_the_telling(text, act):
    (time,) = [v for _, v in found(text) if v.kind == "time"]
    assert time.act == kin(fold(act))


def test_days_of_one_act_told_as_a_noun_and_as_a_verb_are_two_answers():
    texts = (
        "The harbour newspaper said Monday evening's strike targeted a scout in front of the Halvorsen relief lorries.",
        "The weather was fair.\n\nBut on Tuesday, jets bombed some Halvorsen relief lorries travelling to Hedby.",
    )
    (conflict,) = [x for x in conflicts.find(collate(*texts)) if x.kind == "time"]
    assert {reading.value for reading in conflict.readings} == {"Monday evening", "Tuesday"}
    apart = "But on Tuesday, clerks counted some Halvorsen relief lorries travelling to Hedby."
    assert not [x for x in conflicts.find(collate(texts[0], apart)) if x.kind == "time"]


def test_an_act_told_as_a_noun_alone_is_one_with_its_verb():
    texts = (
        "Monday's strike in Hedby left four Halvorsen relief lorries in ruins.",
        "The weather was fair.\n\nBut on Tuesday, jets bombed four Halvorsen relief lorries in the hills.",
    )
    assert {"Monday", "Tuesday"} in parted(*texts)


def test_nothing_comes_of_nothing():
    assert found("") == []
    assert parted("") == []
