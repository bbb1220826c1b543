"""Actors and the expressions that they are made of, on invented stories."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marked import folder

from tellings.collate import actors, namesakes, nouns
from tellings.collate.expressions import expressions
from tellings.collate.nouns import lemma
from tellings.pipeline import ANNOTATE
from tellings.records import Actor, Annotated, Collation, Edit, Mention, PlaceMention, Report, Sentence
from tellings.text import Span


def read(name: str, text: str, **named: str) -> Annotated:
    """The report with a sentence a line; `named` gives further mentions by their text, "_" for a blank."""
    sentences: list[Sentence] = []
    start = 0
    for line in text.splitlines(keepends=True):
        sentences.append(Sentence(Span(name, start, start + len(line.rstrip())), 0))
        start += len(line)
    a = Annotated(Report(name, text), sentences=tuple(sentences))
    steps = [step for step in ANNOTATE if step.assigns not in {"removed", "sentences"}]
    for step in steps[: [step.assigns for step in steps].index("mentions") + 1]:
        a = step.run(a)
    found = {m.span: m for m in a.mentions}
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


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("abdel", "latif", "nasr"), ("abdullatif", "naser"), True),
        (("muhammad", "zaur", "khel"), ("mohammed", "zawr", "khel"), True),
        (("kerenyi", "vilmos"), ("vilmos", "kerenyi"), True),
        (("ines", "prado"), ("ines", "prado", "lima"), True),
        (("john", "hill"), ("joan", "hill"), False),
        (("ruta", "hill"), ("rita", "holl"), False),
    ],
)
def test_same_person_in_other_scripts_and_orders(one: tuple[str, ...], other: tuple[str, ...], same: bool):
    assert namesakes.same_person(one, other) is same
    assert namesakes.same_person(other, one) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("tell qumayr", "tal koumair", True),
        ("harakat nour al sabah", "haraket nur as sabah", True),
        ("iran", "iraq", False),
        ("north weir", "south weir", False),
        ("slovakia", "slovenia", False),
    ],
)
def test_same_spelling(one: str, other: str, same: bool):
    assert namesakes.same_spelling(tuple(one.split()), tuple(other.split())) is same


def test_the_legal_form_of_a_company_is_no_part_of_its_name():
    assert namesakes.words("Weir Stores Inc.", "organisation") == namesakes.words("Weir Stores Ltd", "organisation")
    assert namesakes.words("Minera Alba S.A.", "organisation") == ("minera", "alba")


def test_nouns_of_the_wide_list():
    assert nouns.kind_of("shepherd") == "person"
    assert nouns.kind_of("helicopter") == "craft"
    assert nouns.kind_of("reason") == ""
    assert nouns.akin("postman", "employee")
    assert not nouns.akin("postman", "singer")


def test_an_acronym_that_no_bracket_explains():
    one = read("a", "The Maritime and Quay Workers Federation called the strike.\nIts members stayed at home.\n")
    two = read(
        "b", "The strike was called by the MQWF on Monday.\nThe MQWF wants shorter nights.\n", MQWF="organisation"
    )
    found = actors.find(story(one, two))
    assert holding(found, "Maritime and Quay Workers Federation", "a") is holding(found, "MQWF", "b")


def test_a_surname_with_a_title_is_found_where_no_mention_holds_it():
    text = "Alice Brenner came to the mill.\nMs. Brenner said nothing. Brenner left early.\n"
    a = read("a", text)
    full = tuple(m for m in a.mentions if a.quote(m.span) == "Alice Brenner")
    found = actors.find(story(replace(a, mentions=full)))
    assert holding(found, "Alice Brenner") is holding(found, "Ms. Brenner")


def test_mr_and_mrs_of_one_surname_stay_two():
    text = "Mr. Brenner came to the mill.\nMrs. Brenner stayed at home.\nMr. Brenner left early.\n"
    found = actors.find(story(read("a", text, Brenner="person")))
    assert holding(found, "Mr. Brenner") is not holding(found, "Mrs. Brenner")


def test_a_family_is_nobody_of_it():
    text = "Wade Brenner and Clay Brenner were heard.\nThe Brenners deny it.\nThe Brenner family left early.\n"
    found = actors.find(story(read("a", text, Wade_Brenner="person", Clay_Brenner="person")))
    family = holding(found, "The Brenner family")
    assert family.kind == "group"
    assert holding(found, "The Brenners") is family
    assert holding(found, "Wade Brenner") is not family


def test_an_age_tells_who_is_meant():
    one = read("a", "Alice Brenner, 42, was arrested. Peter Halloran, 29, was not.\n")
    two = read("b", "The 42-year-old will be heard today.\nPolice freed the 29-year-old.\n")
    found = actors.find(story(one, two))
    assert holding(found, "Alice Brenner") is holding(found, "The 42-year-old")
    assert holding(found, "Peter Halloran") is holding(found, "the 29-year-old")


def test_two_counts_are_two_groups():
    text = "Nine people were arrested at the gate.\nAbout 400 people marched. The nine were freed.\n"
    found = actors.find(story(read("a", text), read("b", text)))
    with_nine = [a for a in found if any("Nine people" in f.form for f in a.forms)]
    assert with_nine
    assert not any("400" in f.form for a in with_nine for f in a.forms)


def test_the_bodies_of_two_countries_stay_two():
    text = (
        "The Norwegian government closed the strait. The Danish government protested.\nThe government gave no reason.\n"
    )
    found = actors.find(story(read("a", text), read("b", text)))
    one = [a for a in found if any("Norwegian government" in f.form for f in a.forms)]
    assert not any("Danish" in f.form for a in one for f in a.forms)


def test_one_of_a_group_is_not_the_group():
    text = "The rowers came home on Monday.\nOne of the rowers was hurt. The rowers wept.\n"
    found = actors.find(story(read("a", text)))
    assert not any(f.form == "One of the rowers" for a in found for f in a.forms if a is holding(found, "The rowers"))


def test_quotation_marks_stand_inside_a_phrase():
    found, _ = expressions(read("a", 'They let the "unauthorised passenger" leave the ship.\n'))
    a = read("a", 'They let the "unauthorised passenger" leave the ship.\n')
    assert 'the "unauthorised passenger"' in {a.quote(x.span) for x in found}


def test_a_weekday_is_no_part_of_a_phrase():
    a = read("a", "The court freed the injured driver Tuesday.\n")
    found, _ = expressions(a)
    assert "the injured driver" in {a.quote(x.span) for x in found}


def test_no_form_is_a_noun_without_its_article_or_owner():
    text = "The old owner of the mill met Brenner's lawyer.\nThe old owner smiled. Brenner's lawyer did not.\n"
    found = actors.find(story(read("a", text, Brenner="person")))
    forms = {f.form for a in found for f in a.forms}
    assert "The old owner" in forms
    assert forms.isdisjoint({"old owner", "owner", "lawyer"})


def test_a_name_is_a_form_without_its_article():
    text = "The Harbour Ministry closed the pier.\nThe Harbour Ministry gave no reason.\n"
    found = actors.find(story(read("a", text, Harbour_Ministry="organisation")))
    forms = {f.form for f in holding(found, "Harbour Ministry").forms}
    assert "The Harbour Ministry" not in forms


def test_the_marked_stories_keep_their_floor():
    path = Path(__file__).parent.parent / "bench" / "actors.py"
    spec = importlib.util.spec_from_file_location("bench_actors", path)
    assert spec is not None
    assert spec.loader is not None
    bench = importlib.util.module_from_spec(spec)
    sys.modules["bench_actors"] = bench
    spec.loader.exec_module(bench)
    total = bench.BCubed()
    for name in bench.stories():
        reports = folder(f"actors/{name}")
        total += bench.score(reports, bench.actors(reports))[0]
    assert total.items == 588
    assert total.precision >= 0.95
    assert total.f >= 0.79


def test_bodies_that_end_alike_are_two():
    found = actors.find(
        story(
            read(
                "a",
                "The Harbour Safety Board met on Monday.\nThe Safety Board of the port met too.\n"
                "The City Safety Board has not met.\n",
                Safety_Board="organisation",
                Harbour_Safety_Board="organisation",
                City_Safety_Board="organisation",
            )
        )
    )
    assert holding(found, "Harbour Safety Board").id != holding(found, "City Safety Board").id


def test_a_list_of_countries_is_no_one_place():
    a = read("a", "Talks were held in Chad.\nHe flew to Chad, Niger and home.\n", Chad_Niger="place")
    at = a.report.text.index("Chad, Niger")
    first = a.report.text.index("Chad")
    listed = Mention(Span("a", at, at + 11), "place")
    alone = Mention(Span("a", first, first + 4), "place")
    land = PlaceMention(Span("a", first, first + 4), "Chad", 2434508, 15.0, 19.0, "country")
    found = actors.find(story(replace(a, mentions=(alone, listed), places=(land,))))
    assert {x.name for x in found} >= {"Chad", "Niger"}
    assert not any("," in f.form for x in found for f in x.forms)


def test_that_and_both_before_a_name_are_no_part_of_it():
    found = actors.find(
        story(read("a", "Weir said that Hill left.\nHill spoke to Weir.\n", Hill="person", Weir="person"))
    )
    assert not any(f.form.startswith("that ") for x in found for f in x.forms)


def test_another_official_is_no_one_spoken_of_before():
    found = actors.find(
        story(
            read(
                "a",
                "The banker, Ann Weir, spoke on Monday.\nAnother banker left the room.\nThe banker sat down.\n",
                Ann_Weir="person",
            )
        )
    )
    assert "Another banker" not in {f.form for f in holding(found, "Ann Weir").forms}


def test_an_administration_is_not_who_leads_it():
    found = actors.find(
        story(
            read(
                "a",
                "President Ann Weir spoke.\nThe Weir administration said nothing.\nThe Weir administration met.\n",
                Weir="organisation",
            )
        )
    )
    assert not any("administration" in f.form for f in holding(found, "Weir").forms)


def test_things_without_a_name_come_last():
    text = "The truck left.\nThe truck turned.\nThe truck burnt.\nAnn Weir watched.\n"
    found = actors.find(story(read("a", text, Ann_Weir="person")))
    assert found[0].name == "Ann Weir"


def test_that_before_a_plural_or_a_title_is_no_part_of_it():
    text = "Weir said that 33 senators left.\nThe 33 senators met, and Weir said that Mr. Hill voted.\nHill slept.\n"
    found = actors.find(story(read("a", text, Hill="person", Weir="person")))
    assert not any(f.form.startswith("that ") for x in found for f in x.forms)


def test_a_name_cut_short_is_read_as_the_story_has_it():
    one = read("a", "Senator Ann Weir (D-Ohio) spoke.\nAnn Weir left.\n", Ann_Weir="person")
    text = "The speech of Ann Weir (D-Ohio) was short.\nWeir sat down.\n"
    at = text.index("Ann")
    short = replace(read("b", text), mentions=(Mention(Span("b", at, at + 3), "person"),))
    found = actors.find(story(one, short))
    assert {f.form for f in holding(found, "Ann Weir", "b").forms} >= {"Ann Weir", "Weir", "Senator Ann Weir"}
    wide = replace(short, mentions=(Mention(Span("b", at, text.index(")")), "person"),))
    assert "Ann Weir" in {f.form for f in holding(actors.find(story(one, wide)), "Ann Weir", "b").forms}


def test_forces_of_two_sides_are_two_though_either_is_called_the_forces():
    text = (
        "Government forces took the ridge.\nThe forces dug in, and the rebel forces fled from the government forces.\n"
        "Rebel forces lost the mill.\n"
    )
    found = actors.find(story(read("a", text), read("b", text)))
    assert holding(found, "Government forces", "a") is holding(found, "the government forces", "b")
    assert holding(found, "the rebel forces", "a") is not holding(found, "Government forces", "a")


def test_troops_of_two_countries_are_two():
    text = "Norwegian troops crossed.\nThe troops halted.\nDanish troops crossed.\nDanish troops camped.\n"
    text += "Norwegian troops slept.\nThe troops and the Norwegian troops left.\n"
    found = actors.find(story(read("a", text)))
    assert holding(found, "Norwegian troops") is not holding(found, "Danish troops")


def test_a_son_is_not_his_father():
    text = (
        "Carl Weir opened the mill.\nHis eldest son, Carl Weir Jr., drove him there.\nCarl Weir left early.\n"
        "Mr. Weir was tired, and Carl Weir Jr. stayed.\n"
    )
    found = actors.find(story(read("a", text, Carl_Weir="person")))
    father, son = holding(found, "Mr. Weir"), holding(found, "Carl Weir Jr.")
    assert father is not son
    assert "Weir" in {f.form for f in father.forms}
    alone = "Carl Weir Jr. opened the mill.\nCarl Weir left early.\n"
    found = actors.find(story(read("a", alone, Carl_Weir="person")))
    assert holding(found, "Carl Weir Jr.") is holding(found, "Carl Weir", "a")


def test_of_two_presidents_the_president_is_whom_the_report_named_last():
    text = (
        "President Ann Weir met President Karl Moss.\nAnn Weir was late.\nAnn Weir sat down.\nAnn Weir spoke.\n"
        "Karl Moss rose.\nThe president thanked his hosts.\n"
    )
    found = actors.find(story(read("a", text, Ann_Weir="person", Karl_Moss="person")))
    assert "The president" in {f.form for f in holding(found, "Karl Moss").forms}


def test_the_mayor_is_not_the_former_mayor():
    text = (
        "Former Mayor Ann Weir spoke.\nFormer Mayor Ann Weir wept.\nMayor Karl Moss listened.\n"
        "The mayor left.\nThe former mayor stayed.\n"
    )
    found = actors.find(story(read("a", text, Ann_Weir="person", Karl_Moss="person")))
    assert holding(found, "The mayor") is holding(found, "Karl Moss")
    assert holding(found, "The former mayor") is holding(found, "Ann Weir")


def test_the_company_is_whom_the_report_speaks_of_and_not_who_was_told():
    one = "Weir Stores cut jobs.\nThe company said so on Monday.\nThe company has ten shops.\n"
    two = "Moss Mills hired.\nOrin Daily asked.\nSales rose, Moss Mills told Orin Daily, and the company is glad.\n"
    named = {"Weir_Stores": "organisation", "Moss_Mills": "organisation", "Orin_Daily": "organisation"}
    found = actors.find(story(read("a", one, **named), read("b", two, **named)))
    assert holding(found, "The company", "a") is holding(found, "Weir Stores", "a")
    assert holding(found, "the company", "b") is holding(found, "Moss Mills", "b")


def test_on_board_is_nobody():
    found = actors.find(
        story(read("a", "Ten men were on board.\nThe board met.\nAll on board lived.\nThe board left.\n"))
    )
    assert "board" not in {f.form for x in found for f in x.forms}


def test_who_is_called_by_different_names_comes_first():
    one = "The rebels took the ridge.\nKarl Moss saw the rebels.\nKarl Moss fled.\nKarl Moss wept.\nMoss slept.\n"
    two = "The terrorists took the ridge.\nKarl Moss saw the terrorists.\nMoss fled.\nKarl Moss wept.\nMoss slept.\n"
    before = Span("a", one.index("rebels"), one.index("rebels") + 6)
    after = Span("b", two.index("terrorists"), two.index("terrorists") + 10)
    found = actors.find(
        story(
            read("a", one, Karl_Moss="person"),
            read("b", two, Karl_Moss="person"),
            edits=(Edit(before, after, "label_swap"),),
        )
    )
    assert {f.form for f in found[0].forms} >= {"The rebels", "The terrorists"}


def test_who_is_called_so_is_one_with_the_name():
    text = "A boy named Ivo Lund fell into the shaft.\nThe boy was saved.\nPolice identified the driver as Ann Weir.\n"
    found = actors.find(story(read("a", text, Ivo_Lund="person", Ann_Weir="person")))
    assert "The boy" in {f.form for f in holding(found, "Ivo Lund").forms}
    assert "the driver" in {f.form for f in holding(found, "Ann Weir").forms}


def test_another_of_the_same_name_is_not_called_so():
    text = "His father, also named Ivo Lund, spoke.\nIvo Lund slept.\n"
    found = actors.find(story(read("a", text, Ivo_Lund="person")))
    assert "His father" not in {f.form for f in holding(found, "Ivo Lund").forms}


def test_roles_that_are_taken_for_verbs_stand_before_names():
    text = "The lawyer told host Ann Weir so.\nHer cousin Ann Weir left the law firm Dale Brook.\nDale Brook rested.\n"
    found = actors.find(story(read("a", text, Ann_Weir="person", Dale_Brook="organisation")))
    assert {"host Ann Weir", "Her cousin"} <= {f.form for f in holding(found, "Ann Weir").forms}
    assert "the law firm" in {f.form for f in holding(found, "Dale Brook").forms}


def test_wreckers_attack_is_no_compound():
    found = actors.find(story(read("a", "Wreckers attack police at the port.\nWreckers fled and police stayed.\n")))
    forms = {f.form for a in found for f in a.forms}
    assert "police" in forms
    assert not any(form.startswith(("Wreckers attack", "attack")) for form in forms)


def test_one_person_with_two_posts_is_told_whole():
    text = "Ann Weir, the founder and chief executive of Brook, spoke.\nAnn Weir left with the mayor and a driver.\n"
    found = actors.find(story(read("a", text, Ann_Weir="person")))
    forms = {f.form for f in holding(found, "Ann Weir").forms}
    assert "the founder and chief executive of Brook" in forms
    assert not any("a driver" in form for form in forms)


def test_a_post_is_no_body():
    text = "Secretary of State Ann Weir spoke.\nThe State Council met.\nWeir left the State Council.\n"
    found = actors.find(story(read("a", text, Ann_Weir="person", State_Council="organisation")))
    forms = {f.form for f in holding(found, "Ann Weir").forms}
    assert "Secretary of State Ann Weir" in forms
    assert "State Ann Weir" not in forms
    assert "State" not in {f.form for f in holding(found, "State Council").forms}


def test_spokesmen_of_two_are_two():
    text = (
        "A spokesman for Senator Dale said no.\nPer Brook, a spokesman for the Harbour Board, said yes.\n"
        "The Harbour Board met, and Dale slept.\n"
    )
    named = {"Per_Brook": "person", "Dale": "person", "Harbour_Board": "organisation"}
    found = actors.find(story(read("a", text, **named)))
    assert "A spokesman for Senator Dale" not in {f.form for f in holding(found, "Per Brook").forms}


def test_an_office_that_nobody_holds_is_nobody():
    text = "President Ann Weir spoke.\nPer Brook ran for president.\nHe was elected president of the club.\n"
    found = actors.find(story(read("a", text, Ann_Weir="person", Per_Brook="person")))
    assert not any(f.form == "president" for x in found for f in x.forms)


def test_governments_of_two_lands_are_two():
    text = "The Norwegian government met.\nThe Swedish government met too.\nThe government of Norway slept.\n"
    found = actors.find(story(read("a", text), read("b", text.replace("met", "spoke"))))
    assert holding(found, "The Norwegian government", "a") is not holding(found, "The Swedish government", "a")


def test_names_that_only_usage_joins():
    text = "The Defense Department paid.\nThe Pentagon said so.\nThe Department of Defense and the DoD agreed.\n"
    named = {
        "Defense_Department": "organisation",
        "Pentagon": "organisation",
        "Department_of_Defense": "organisation",
        "DoD": "organisation",
    }
    found = actors.find(story(read("a", text, **named)))
    assert {"Pentagon", "DoD", "Defense Department"} <= {f.form for f in holding(found, "Department of Defense").forms}


def test_a_party_is_not_its_branch():
    text = "The Erie Republican Party met.\nThe GOP lost.\nThe Republican Party of old is gone.\n"
    named = {"Erie_Republican_Party": "organisation", "GOP": "organisation"}
    found = actors.find(story(read("a", text, **named)))
    assert holding(found, "GOP") is not holding(found, "Erie Republican Party")


def test_initials_stand_for_the_one_person_who_has_them():
    text = "Ann Weir sang.\nA.W. bowed.\nPer Brook left.\n"
    found = actors.find(story(read("a", text, Ann_Weir="person", **{"A.W.": "person"}, Per_Brook="person")))
    assert "A.W." in {f.form for f in holding(found, "Ann Weir").forms}


def test_a_crowd_is_no_broadcaster():
    text = "The crowd, Weir Radio, sang.\nWeir Radio told of the crowd.\n"
    found = actors.find(story(read("a", text, Weir_Radio="organisation")))
    assert "the crowd" not in {f.form for f in holding(found, "Weir Radio").forms}


def test_where_it_was_said_comes_after_who_said_it():
    text = "Ann Weir wrote on Twitter.\nOn Twitter others answered.\nThey met on Twitter, and Weir laughed.\n"
    named = {"Ann_Weir": "person", "Twitter": "organisation"}
    found = actors.find(story(read("a", text, **named), read("b", text, **named)))
    names = [a.name for a in found]
    assert names.index("Ann Weir") < names.index("Twitter")


def test_a_word_told_like_a_thing_is_no_person():
    text = "Weir showed the Vela.\nIts Vela is small, and Weir sells the Vela at home.\n"
    found = actors.find(story(read("a", text, Vela="person", Weir="organisation")))
    assert holding(found, "Vela").kind == "organisation"


def test_a_state_of_emergency_is_no_state():
    text = "The state of emergency ends.\nThe state of emergency began in May.\n"
    assert not actors.find(story(read("a", text)))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ministry of Health", "Health Ministry", True),
        ("United States Water Board", "U.S. Water Board", True),
        ("WeirMart", "Weir Mart", True),
        ("Ministry of Health", "Defence Ministry", False),
    ],
)
def test_names_of_bodies(one: str, other: str, *, same: bool):
    named = {one.replace(" ", "_"): "organisation", other.replace(" ", "_"): "organisation"}
    found = actors.find(story(read("a", f"The {one} met.\n", **named), read("b", f"The {other} met.\n", **named)))
    assert (holding(found, one) is holding(found, other)) is same
