"""Conflicts and contrasts: what is a point of difference and what is none, on invented reports."""

from __future__ import annotations

import pytest

from tellings import pipeline
from tellings.collate import answers, claims, conflicts, contrasts, origins, pairs, passages, rivals, statements, tolls
from tellings.records import Annotated, Collation, Conflict, Found, Quantity, Report
from tellings.text import Span


def read(name: str, text: str, published: str | None = "2031-05-07") -> Annotated:
    """One report, read by the package."""
    given = Found(published, "given") if published else None
    return pipeline.annotate([Report(name, text, outlet=Found(f"The {name}", "given"), published=given)])[0]


def collate(*reports: Annotated) -> Collation:
    """A story up to its conflicts."""
    c = Collation(tuple(reports))
    for step in pipeline.COLLATE:
        if step.assigns in ("passages", "origins", "actors", "claims", "conflicts"):
            c = step.run(c)
    return c


def names(one: str, other: str) -> set[str]:
    """The points on which two sentences part."""
    a, b = read("a", one), read("b", other)
    (left, *_), (right, *_) = statements.read(a), statements.read(b)
    return {p.name for p in contrasts.between(*contrasts.tell(a, [left]), *contrasts.tell(b, [right]))}


def quantity(value: float, bound: str = "exact", high: float | None = None, unit: str = "civilian") -> Quantity:
    span = Span("a", 0, 1)
    return Quantity(span, span, value, high, bound, unit, "count")


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        (quantity(880, "about"), quantity(880), False),
        (quantity(80, "at_least"), quantity(80, "more_than"), False),
        (quantity(80, "more_than"), quantity(84), False),
        (quantity(80, "more_than"), quantity(300), True),
        (quantity(80, "more_than"), quantity(79), True),
        (quantity(60, "at_least"), quantity(84, "at_least"), True),
        (quantity(10, "between", 15), quantity(12), False),
        (quantity(10, "between", 15), quantity(16), True),
        (quantity(9), quantity(14), True),
        (quantity(1000), quantity(1004), False),
        (quantity(9, unit="civilian"), quantity(14, unit="truck"), False),
    ],
)
def test_numbers_part_only_where_their_bounds_exclude_each_other(one, other, apart):
    assert contrasts.differ(one, other) is apart
    assert contrasts.differ(other, one) is apart


@pytest.mark.parametrize(
    ("one", "other", "rounded"),
    [
        (quantity(11_000_000), quantity(11_480_000), True),
        (quantity(11_000_000), quantity(11_600_000), False),
        (quantity(1700), quantity(1680), True),
        (quantity(120), quantity(124), False),
        (quantity(9_000_000), quantity(9_400_000), False),
        (quantity(0), quantity(0), False),
    ],
)
def test_a_number_in_fewer_digits_is_the_other_rounded(one, other, rounded):
    assert answers.rounds(one, other) is rounded
    assert not answers.rounds(other, one)


def test_numbers_of_one_noun_are_a_point():
    assert "number" in names(
        "The fire destroyed 14 barns in the village of Torsby.", "The fire destroyed 22 barns in the village of Torsby."
    )
    assert "number" not in names(
        "The fire destroyed 14 barns in the village of Torsby.", "The fire destroyed 22 cars in the village of Torsby."
    )


def test_days_part_and_a_day_in_its_month_does_not():
    on = "Soldiers shelled the convoy near the river crossing of Hedby on {}."
    assert "when" in names(on.format("4 May 2031"), on.format("5 May 2031"))
    assert "when" not in names(on.format("4 May 2031"), on.format("4 May 2031"))


def test_a_denial_parts_from_what_it_denies():
    assert "denied" in names(
        "The minister signed the contract with the shipyard.",
        "The minister never signed the contract with the shipyard.",
    )


def test_spelling_and_near_synonyms_are_no_wording():
    assert "wording" not in names(
        "The walkers crossed 40 kilometres of the marsh on foot.", "The walkers crossed 40 km of the marsh on foot."
    )
    assert "wording" in names(
        "The council praised the plan for the old harbour.", "The council ridiculed the plan for the old harbour."
    )


def found(c: Collation, kind: str) -> list[Conflict]:
    return [x for x in c.conflicts if x.kind == kind]


def test_two_counts_of_one_thing_are_a_conflict_with_quoted_values():
    c = collate(
        read("a", "The fire destroyed 14 barns in the village of Torsby early on Monday, police said.\n"),
        read("b", "The fire destroyed 22 barns in the village of Torsby early on Monday, neighbours said.\n"),
    )
    (conflict,) = found(c, "number")
    assert {reading.value for reading in conflict.readings} == {"14 barns", "22 barns"}
    assert "barns" in conflict.slot
    for reading in conflict.readings:
        assert all(reading.value in c.quote(span) for span in reading.support)


def test_words_given_to_two_speakers_are_a_conflict():
    words = "“All bridges over the river were closed by the army until noon,”"
    c = collate(
        read("a", f"Berit Halvorsen, a farmer, watched the march.\n\n{words} Berit Halvorsen said.\n"),
        read("b", f"Jonas Petrell, the mayor, watched the march.\n\n{words} Jonas Petrell said.\n"),
    )
    moved = [x for x in c.conflicts if x.slot.startswith("who said")]
    assert len(moved) == 1
    assert {reading.value for reading in moved[0].readings} == {"Berit Halvorsen", "Jonas Petrell"}
    assert {span.report for reading in moved[0].readings for span in reading.support} == {"a", "b"}


def test_words_given_to_somebody_who_is_not_named_beside_them_are_none():
    words = "“All bridges over the river were closed by the army until noon,”"
    c = collate(
        read("a", f"Berit Halvorsen, a farmer, watched the march.\n\n{words} Berit Halvorsen said.\n"),
        read("b", f"Jonas Petrell, the mayor, watched the march.\n\n{words} he said.\n"),
    )
    assert not [x for x in c.conflicts if x.slot.startswith("who said")]


def test_the_same_speaker_under_a_shorter_name_is_none():
    words = "“All bridges over the river were closed by the army until noon,”"
    c = collate(
        read("a", f"Berit Halvorsen, a farmer, watched the march.\n\n{words} Berit Halvorsen said.\n"),
        read("b", f"Mrs Halvorsen watched the march.\n\n{words} Halvorsen said.\n"),
    )
    assert not [x for x in c.conflicts if x.slot.startswith("who said")]


def test_one_event_on_two_days_is_a_conflict():
    c = collate(
        read("a", "Aircraft bombed a column of relief trucks near the river crossing of Hedby on Monday.\n"),
        read("b", "The weather was fair.\n\nOn Tuesday, jets bombed the relief trucks that were heading for Hedby.\n"),
    )
    (conflict,) = found(c, "time")
    assert {reading.value for reading in conflict.readings} == {"Monday", "Tuesday"}


def test_reports_that_agree_have_no_conflict():
    text = "The fire destroyed 14 barns in the village of Torsby early on Monday.\n"
    assert collate(read("a", text), read("b", text)).conflicts == ()


def test_a_later_higher_count_is_an_update():
    c = collate(
        read("a", "The fire destroyed 14 barns in the village of Torsby on Monday.\n", "2031-05-06"),
        read("b", "The fire destroyed 22 barns in the village of Torsby on Monday.\n", "2031-05-08"),
    )
    (conflict,) = found(c, "number")
    assert conflict.nature == "update"


@pytest.mark.parametrize(("later", "nature"), [("2031-05-08", "update"), ("2031-05-05", "disagreement")])
def test_when_something_was_to_happen_gives_way_to_when_it_did(later, nature):
    c = collate(
        read("a", "The mayor of Hedby will open the Halvorsen tunnel at 3:30 p.m. on Tuesday.\n", "2031-05-06"),
        read("b", "The mayor of Hedby opened the Halvorsen tunnel at 4:50 p.m. on Tuesday.\n", later),
    )
    (conflict,) = found(c, "time")
    assert conflict.nature == nature


def test_slots_come_from_the_closed_list():
    c = collate(
        read("a", "The fire destroyed 14 barns in the village of Torsby on Monday. Ten cows escaped.\n"),
        read("b", "The fire ruined 22 barns in the village of Torsby on Sunday. No cows escaped.\n"),
    )
    openings = tuple(template.partition("{}")[0] for template in contrasts.SLOTS.values())
    assert c.conflicts
    assert all(x.slot.startswith(openings) for x in c.conflicts)
    assert [x.rank for x in c.conflicts] == list(range(1, len(c.conflicts) + 1))


def test_sides_that_share_a_day_alone_are_about_the_rarest_words_of_the_first():
    a, b = read("a", "The choir sang on Monday night.\n"), read("b", "Crowds danced on Monday night.\n")
    told = [contrasts.tell(x, statements.read(x))[0] for x in (a, b)]
    left, right = (x.statement.span for x in told)
    point = contrasts.Contrast("outcome", "telling", "", left, right, certain=False)
    assert conflicts._topic(rivals.Draft(point, [(left, [0]), (right, [1])]), told) == "choir sang"


def test_values_stand_before_wording():
    c = collate(
        read("a", "The fire destroyed 14 barns in the village of Torsby. The mayor praised the crews from Hedby.\n"),
        read("b", "The fire destroyed 22 barns in the village of Torsby. The mayor scolded the crews from Hedby.\n"),
    )
    worded = [conflicts._worded(x) for x in c.conflicts]
    assert worded == sorted(worded)
    assert c.conflicts[0].slot.startswith("number of")
    assert {reading.value for reading in c.conflicts[0].readings} == {"14 barns", "22 barns"}


@pytest.mark.parametrize("late", ["2031-05-06", "2031-05-08"])
def test_a_count_within_a_bound_or_a_smaller_later_one_is_no_update(late):
    c = collate(
        read("a", "The fire destroyed 22 barns in the village of Torsby on Monday.\n", "2031-05-06"),
        read("b", "The fire destroyed 14 barns in the village of Torsby on Monday.\n", late),
    )
    (conflict,) = found(c, "number")
    assert conflict.nature == "disagreement"


def test_order_of_reports_changes_nothing():
    one = "The fire destroyed 14 barns in the village of Torsby on Monday.\n"
    other = "The fire ruined 22 barns in the village of Torsby on Sunday.\n"
    reports = [Report("a", one), Report("b", other)]
    there, back = pipeline.collate(pipeline.annotate(reports)), pipeline.collate(pipeline.annotate(reports[::-1]))
    assert there.conflicts == back.conflicts


def test_nothing_is_found_in_nothing():
    assert conflicts.find(Collation(())) == ()
    assert collate(read("a", "")).conflicts == ()
    assert passages.find(Collation(())) == origins.find(Collation(())) == claims.find(Collation(())) == ()


def test_people_hurt_are_one_conflict_whatever_noun_counts_them():
    c = collate(
        read("a", "Nine people were injured when the stand at the Torsby racecourse gave way on Monday.\n"),
        read("b", "At least 14 spectators were wounded as a stand fell at the racecourse in Torsby.\n"),
        read("c", "Eleven racegoers, all men, sat near the stand. Eleven people were taken to hospital in Torsby.\n"),
    )
    (conflict,) = found(c, "number")
    assert [reading.value for reading in conflict.readings] == [
        "Nine people",
        "At least 14 spectators",
        "Eleven people",
    ]
    assert conflict.nature == "scope"


def test_a_toll_of_another_year_stays_apart():
    c = collate(
        read("a", "Nine people were injured when the stand at the Torsby racecourse gave way on Monday.\n"),
        read("b", "A fire at the racecourse in 2019 injured 12 people, the mayor said.\n"),
    )
    layout = pairs.lay_out(c.reports, claims.roots(c))
    assert tolls.tolls(conflicts.leaders(layout, c.reports), {}) == []


def test_times_of_two_acts_are_no_conflict_and_of_one_act_are():
    closed = read("a", "All roads to the harbour of Hedby were closed until noon.\n")
    opened = read("b", "Police cleared the harbour road of Hedby shortly after 4 a.m. on Tuesday.\n")
    earlier = read("c", "Police cleared the road to the harbour of Hedby at 3.30 a.m. on Tuesday.\n")
    assert not found(collate(closed, opened), "time")
    (conflict,) = found(collate(opened, earlier), "time")
    assert {reading.value for reading in conflict.readings} == {
        "shortly after 4 a.m. on Tuesday",
        "3.30 a.m. on Tuesday",
    }


def test_clock_times_are_told_as_such_and_not_as_wording():
    c = collate(
        read("a", "Guards cleared the ferry ramp at the Lunde dock shortly after 5 a.m., a witness said."),
        read("b", "The guards began to clear the ferry ramp at 4.30 a.m., well before the deadline of the Lunde dock."),
    )
    timed = [x for x in c.conflicts if x.kind == "time"]
    assert [sorted(r.value for r in x.readings) for x in timed] == [["4.30 a.m.", "shortly after 5 a.m."]]
    assert not [x for x in c.conflicts if x.slot.startswith(("how it is told", "what is told"))]


@pytest.mark.parametrize(
    ("one", "other", "after"),
    [
        ("2031-05-07T09:00:00", "2031-05-07T06:30:00", True),
        ("2031-05-07T06:30:00", "2031-05-07T09:00:00", False),
        ("2031-05-07", "2031-05-06T23:00:00", True),
        ("2031-05-07T01:00:00", "2031-05-07", False),
        ("2031-05-07T09:00:00+01:00", "2031-05-07T06:30:00", False),
        ("", "2031-05-07", False),
    ],
)
def test_a_report_is_later_only_where_both_dates_say_so(one, other, after):
    assert conflicts._after(one, other) is after
