"""Actors and the expressions that they are made of, on invented stories."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tellings.annotate import encoder, mentions, words
from tellings.collate import actors, namesakes
from tellings.collate.expressions import expressions, lemma
from tellings.records import Actor, Annotated, Collation, Edit, Mention, Report, Sentence
from tellings.text import Span


def read(name: str, text: str, **named: str) -> Annotated:
    """The report with a sentence a line; `named` gives further mentions by their text, "_" for a blank."""
    sentences: list[Sentence] = []
    start = 0
    for line in text.splitlines(keepends=True):
        sentences.append(Sentence(Span(name, start, start + len(line.rstrip())), 0))
        start += len(line)
    a = Annotated(Report(name, text), sentences=tuple(sentences))
    a = replace(a, words=words.find(a))
    a = replace(a, tagged=encoder.find(a))
    found = {m.span: m for m in mentions.find(a)}
    for words_of, kind in named.items():
        wanted = words_of.replace("_", " ")
        at = text.find(wanted)
        while at >= 0:
            span = Span(name, at, at + len(wanted))
            found = {s: m for s, m in found.items() if not s.overlap(span)}
            found[span] = Mention(span, kind)  # pyright: ignore[reportArgumentType]
            at = text.find(wanted, at + 1)
    return replace(a, mentions=tuple(found[s] for s in sorted(found)))


def story(*reports: Annotated, edits: tuple[Edit, ...] = ()) -> Collation:
    return Collation(tuple(sorted(reports, key=lambda r: r.id)), edits=edits)


def holding(found: tuple[Actor, ...], form: str, report: str = "") -> Actor:
    """The one actor with this form, in this report."""
    some = [
        a for a in found for f in a.forms if f.form == form and (not report or any(s.report == report for s in f.spans))
    ]
    assert len(some) == 1, (form, [a.name for a in some])
    return some[0]


ONE = """Senator Alice Brenner, a Democrat from Ohio, visited the flooded mill on Monday.
The senator said the mill would be rebuilt. Brenner spoke to reporters.
Peter Halloran, the owner of the mill, was not there. Mr. Halloran is in Canada.
"""
TWO = """Sen. Brenner came to the mill. The lawmaker promised money.
The owner, Peter Halloran, sent a letter. Halloran's lawyer read it.
"""


def test_one_person_under_name_title_and_role_in_two_reports():
    found = actors.find(story(read("a", ONE), read("b", TWO)))
    brenner = holding(found, "Alice Brenner")
    assert brenner.kind == "person"
    assert brenner.name == "Alice Brenner"
    for form, report in (("Brenner", "a"), ("The senator", "a"), ("Sen. Brenner", "b"), ("The lawmaker", "b")):
        assert holding(found, form, report) is brenner
    halloran = holding(found, "Peter Halloran", "b")
    assert halloran is not brenner
    assert holding(found, "Mr. Halloran", "a") is halloran
    assert holding(found, "The owner", "b") is halloran


def test_an_apposition_is_a_form_of_its_own():
    found = actors.find(story(read("a", ONE)))
    brenner = holding(found, "Alice Brenner")
    forms = {f.form for f in brenner.forms}
    assert "Senator Alice Brenner" in forms
    assert "Senator Alice Brenner, a Democrat from Ohio" in forms


def test_spans_quote_their_form_and_are_sorted():
    reports = {r.id: r for r in (read("a", ONE), read("b", TWO))}
    for actor in actors.find(story(*reports.values())):
        assert [f.form for f in actor.forms] == sorted(f.form for f in actor.forms)
        for form in actor.forms:
            assert list(form.spans) == sorted(form.spans)
            assert {reports[s.report].quote(s) for s in form.spans} == {form.form}


def test_ids_count_and_the_order_of_reports_does_not_matter():
    a, b = read("a", ONE), read("b", TWO)
    found = actors.find(story(a, b))
    assert [x.id for x in found] == [f"actor-{n}" for n in range(1, len(found) + 1)]
    assert found == actors.find(story(b, a))


def test_within_a_report_a_form_stands_for_one_actor():
    found = actors.find(story(read("a", ONE), read("b", TWO)))
    seen = [(s.report, f.form.lower()) for a in found for f in a.forms for s in f.spans[:1]]
    assert len(seen) == len(set(seen))


def test_an_acronym_in_brackets_and_later_alone():
    text = "The River Safety Board (RSB) met on Monday.\nThe RSB blamed the builder. The board will meet again.\n"
    found = actors.find(story(read("a", text, River_Safety_Board="organisation", RSB="organisation")))
    assert holding(found, "River Safety Board") is holding(found, "RSB") is holding(found, "The board")


def test_spellings_of_one_town():
    one = read("a", "Troops took the town of Dar Sufayn on Monday.\n", Dar_Sufayn="place")
    two = read("b", "Dar Sufain fell on Monday, a monitor said.\n", Dar_Sufain="place")
    three = read("c", "Shelling hit Dar Sofayn on Monday.\n", Dar_Sofayn="person")
    found = actors.find(story(one, two, three))
    town = holding(found, "Dar Sufayn")
    assert town.kind == "place"
    assert holding(found, "Dar Sufain") is holding(found, "Dar Sofayn") is town


def test_two_persons_of_one_surname_stay_two():
    text = "Alice Brenner met Robert Brenner on Monday.\nAlice Brenner smiled. Robert Brenner did not.\n"
    found = actors.find(story(read("a", text)))
    assert holding(found, "Alice Brenner") is not holding(found, "Robert Brenner")


def test_labels_that_a_copy_swaps_are_one_actor():
    one = "Rebels withdrew from the bridge on Monday.\n"
    two = "Terrorists withdrew from the bridge on Monday.\n"
    edit = Edit(Span("a", 0, 15), Span("b", 0, 19), "label_swap")
    a, b = read("a", one), read("b", two)
    assert a.quote(edit.before) == "Rebels withdrew"  # pyright: ignore[reportArgumentType]
    found = actors.find(story(a, b, edits=(edit,)))
    both = holding(found, "Rebels")
    assert holding(found, "Terrorists") is both
    assert both.kind == "group"


def test_swapped_names_stay_two():
    one, two = "Alice Brenner withdrew on Monday.\n", "Peter Halloran withdrew on Monday.\n"
    edit = Edit(Span("a", 0, 13), Span("b", 0, 14), "label_swap")
    found = actors.find(story(read("a", one), read("b", two), edits=(edit,)))
    assert holding(found, "Alice Brenner") is not holding(found, "Peter Halloran")


def test_a_name_missed_in_one_report_is_found_by_another():
    one = read("a", "Mill Lane Trust bought the farm.\n", Mill_Lane_Trust="organisation")
    two = read("b", "Money came from Mill Lane Trust.\n")
    found = actors.find(story(one, replace(two, mentions=())))
    assert {s.report for f in holding(found, "Mill Lane Trust").forms for s in f.spans} == {"a", "b"}


def test_officials_belong_to_their_organisation():
    text = "The Harbour Ministry closed the pier.\nHarbour Ministry officials gave no reason.\n"
    found = actors.find(story(read("a", text, Harbour_Ministry="organisation")))
    assert holding(found, "Harbour Ministry officials") is holding(found, "Harbour Ministry")


def test_a_story_without_words():
    assert actors.find(story(read("a", ""))) == ()
    assert actors.find(Collation(())) == ()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([*ONE.split(), *TWO.split(), "'s", "(", ")", ",", "-", "of", "🙂", "\n"]), max_size=60))
def test_any_order_of_words_gives_exact_quotes(parts: list[str]):
    a = read("a", " ".join(parts))
    for actor in actors.find(story(a)):
        assert actor.forms
        assert all(a.quote(span) == form.form for form in actor.forms for span in form.spans)


def test_expressions_of_a_sentence():
    a = read("a", "The injured driver of the bus sued the city.\n")
    found, _ = expressions(a)
    driver = next(x for x in found if x.head == "driver")
    assert (driver.kind, driver.plural, driver.definite) == ("person", False, True)
    assert driver.before == {"injured"}
    quotes = {a.quote(cut) for cut in driver.cuts}
    assert {"The injured driver", "The injured driver of the bus"} <= quotes


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("officials", ("official", True)),
        ("ex-wives", ("wife", True)),
        ("police", ("police", False)),
        ("bus", ("bus", False)),
    ],
)
def test_lemma(word: str, wanted: tuple[str, bool]):
    assert lemma(word) == wanted


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("mike", "brenner"), ("michael", "t", "brenner"), True),
        (("a", "brenner"), ("alice", "brenner"), True),
        (("alice", "brenner"), ("alice", "brener"), True),
        (("alice", "brenner"), ("robert", "brenner"), False),
        (("alice", "brenner"), ("alice", "halloran"), False),
    ],
)
def test_same_person(one: tuple[str, ...], other: tuple[str, ...], same: bool):
    assert namesakes.same_person(one, other) is same
    assert namesakes.same_person(other, one) is same


def test_a_group_without_a_name_is_headed_by_the_label_that_takes_no_side():
    from tellings import pipeline
    from tellings.records import Found, Report

    def told(label: str) -> str:
        return (
            f"{label} pulled back from the quarry near Larvik early on Tuesday, the county police said. "
            f"The {label.lower()} had held the quarry since March. "
            f"Trucks of the {label.lower()} were seen on the northern road at noon."
        )

    reports = [
        Report(name, told(label), outlet=Found(name, "given"), published=Found(f"2031-03-1{n}", "given"))
        for n, (name, label) in enumerate((("a", "Terrorists"), ("b", "Terrorists"), ("c", "Fighters")))
    ]
    actors = pipeline.compare(reports).collation.actors
    group = next(a for a in actors if any(form.form == "Terrorists" for form in a.forms))
    assert any(form.form == "Fighters" for form in group.forms)
    assert "fighters" in group.name.lower()
