"""Places of one report and of a story, on invented text."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tellings.annotate import gazetteers, places
from tellings.collate import places as story_places
from tellings.records import Annotated, Collation, Mention, PlaceMention, Removed, Report
from tellings.text import Span


def read(text: str, name: str = "r", **kinds: str) -> Annotated:
    """A report whose mentions are the words given, each by its kind."""
    mentions = tuple(
        Mention(Span(name, at, at + len(words)), kind)  # type: ignore[arg-type]
        for words, kind in ((w.replace("_", " "), k) for w, k in kinds.items())
        for at in [text.index(words)]
    )
    return Annotated(Report(name, text), mentions=mentions)


def found(text: str, **kinds: str) -> dict[str, tuple[float | None, float | None]]:
    a = read(text, **kinds)
    return {a.quote(p.span): (p.lat, p.lon) for p in places.find(a)}


def near(point: tuple[float | None, float | None], lat: float, lon: float) -> bool:
    return point[0] is not None and point[1] is not None and abs(point[0] - lat) < 1 and abs(point[1] - lon) < 1


# ---------------------------------------------------------------- the index


def test_index_names_its_source_and_licence():
    with sqlite3.connect(str(files("tellings.lexicons") / "gazetteer.sqlite")) as base:
        credit = " ".join(line for (line,) in base.execute("SELECT line FROM credits"))
    base.close()
    assert "GeoNames" in credit
    assert "CC BY 4.0" in credit


def test_largest_place_of_a_name_comes_first():
    lyon = gazetteers.entries("lyon")
    assert lyon[0].country == "FR"
    assert [e.population for e in lyon] == sorted((e.population for e in lyon), reverse=True)


def test_names_are_found_without_accents_case_and_marks():
    assert gazetteers.key("SÃO  Paulo") == gazetteers.key("Sao-Paulo") == "sao paulo"
    assert gazetteers.entries(gazetteers.key("Łódź"))[0].country == "PL"
    assert gazetteers.entries(gazetteers.key("St Louis")) == gazetteers.entries(gazetteers.key("Saint Louis"))


def test_unknown_names_and_empty_keys_hold_nothing():
    assert gazetteers.entries("") == ()
    assert gazetteers.entries("zzyzzxqw") == ()
    assert gazetteers.alike("") == ()
    assert not gazetteers.begins("zzyzzxqw")


def test_other_spellings_share_their_consonants():
    assert gazetteers.skeleton("Qamishli") == gazetteers.skeleton("Kamishly")
    assert gazetteers.skeleton("Lahore") != gazetteers.skeleton("Lucknow")


# ---------------------------------------------------------------- which place


def test_the_large_place_is_meant_unless_something_else_is_said():
    assert near(found("Crowds gathered in Paris on Monday.")["Paris"], 48.9, 2.4)


def test_what_stands_after_the_comma_decides():
    assert near(found("A tornado hit Paris, Texas, before dawn.")["Paris"], 33.7, -95.6)
    assert near(found("A flood hit Springfield, MO, before dawn.")["Springfield"], 37.2, -93.3)


def test_two_places_of_one_name_in_one_report():
    a = read("He left Paris, Texas, for Paris, France, in May.")
    lats = [round(p.lat or 0) for p in places.find(a) if a.quote(p.span) == "Paris"]
    assert lats == [34, 49]


def test_the_countries_of_the_report_decide():
    text = "Lebanese officials in Tripoli said Lebanon would close the port. The Lebanese army was sent to Tripoli."
    assert near(found(text)["Tripoli"], 34.4, 35.8)
    text = "Libyan officials in Tripoli said Libya would close the port. The Libyan army was sent to Tripoli."
    assert near(found(text)["Tripoli"], 32.9, 13.2)


def test_a_town_that_lends_its_name_to_a_region_is_meant():
    assert near(found("She flew to New York on Friday.")["New York"], 40.7, -74.0)


def test_a_region_is_meant_where_the_next_word_says_so():
    a = read("Fighting spread through Herat province, far from the city of Kabul.")
    herat = next(p for p in places.find(a) if a.quote(p.span) == "Herat")
    assert herat.precision == "region"


def test_countries_by_their_short_names():
    got = found("Talks between the U.S., the UK and the Philippines began in Côte d'Ivoire.")
    assert near(got["U.S."], 39.8, -98.6)
    assert near(got["UK"], 54, -2)
    assert near(got["Philippines"], 13, 122)
    assert near(got["Côte d'Ivoire"], 8, -5)


def test_precision_tells_towns_from_regions_and_countries():
    a = read("He went from Lyon to Bavaria and on to Norway.")
    assert {a.quote(p.span): p.precision for p in places.find(a)} == {
        "Lyon": "town",
        "Bavaria": "region",
        "Norway": "country",
    }


def test_possessives_and_compounds_quote_the_name_alone():
    got = found("Norway's king met a Kenya-based charity in Oslo.")
    assert {"Norway", "Kenya", "Oslo"} <= set(got)


# ---------------------------------------------------------------- what is no place


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Lancaster said he would not resign. Lancaster then left.",
        "The Syrian and Turkish delegations met.",
        "Reading is fun. Nice work, they said. Of course.",
        "They paid US$40 for it.",
        "The Boston Globe reported it.",
    ],
)
def test_persons_peoples_words_money_and_papers_are_no_places(text: str):
    assert found(text) == {}


def test_a_person_that_the_mentions_name_is_no_place():
    text = "Jackson Houston spoke first. Houston then sat down."
    assert found(text, Jackson_Houston="person") == {}


def test_furniture_is_not_read():
    text = "Weather in Madrid today\nThe train left Lyon at noon."
    a = Annotated(Report("r", text), removed=(Removed(Span("r", 0, 23), "navigation"),))
    assert [a.quote(p.span) for p in places.find(a)] == ["Lyon"]


# ---------------------------------------------------------------- what the gazetteer does not hold


def test_another_spelling_is_tried_in_a_country_of_the_report():
    text = "Iranian forces left Khoramshehr, the Iranian army said in Tehran."
    assert near(found(text, Khoramshehr="place")["Khoramshehr"], 30.4, 48.2)


def test_another_spelling_is_not_tried_elsewhere():
    text = "Norwegian hikers reached the village of Khoramshehr, police in Oslo said."
    assert found(text, Khoramshehr="place")["Khoramshehr"] == (None, None)


def test_an_unknown_place_stands_without_a_point_where_words_beside_it_say_so():
    text = "Rescuers reached the village of Ubbaqarre on Monday. Zorbadin fighters had left."
    got = found(text, Ubbaqarre="place", Zorbadin="place")
    assert got == {"Ubbaqarre": (None, None)}


def test_a_street_lies_in_the_town_of_its_sentence():
    text = "Police in Lyon closed Rue Borvin on Monday. The stall on Rue Borvin is gone."
    got = places.find(read(text, Rue_Borvin="place"))
    assert [(p.name, p.geonameid, p.precision) for p in got if p.name == "Rue Borvin"] == [
        ("Rue Borvin", None, "region")
    ]
    assert near(found(text, Rue_Borvin="place")["Rue Borvin"], 45.75, 4.85)


def test_a_village_lies_where_its_sentence_says():
    text = "The village of Ubbaqarre, 12 km north of Tehran, burned."
    assert near(found(text, Ubbaqarre="place")["Ubbaqarre"], 35.7, 51.4)


# ---------------------------------------------------------------- governments, illnesses, bodies, strays


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Moscow warned against new tests.", "Moscow"),
        ("Envoys said the Kremlin was silent.", "Kremlin"),
        ("A letter from the University of Georgia came.", "Georgia"),
        ("Two cases of West Nile virus were found.", "Nile"),
        ("The strain A/Victoria/361/2011 spread.", "Victoria"),
    ],
)
def test_a_name_that_is_a_part_of_another_or_a_government_is_no_place(text: str, name: str):
    assert name not in found(text)


def test_where_somebody_stands_is_a_place_though_it_governs():
    assert "Kremlin" in found("Thousands stood outside the Kremlin.")
    assert "Moscow" in found("In Moscow, talks went on.")


def test_an_obscure_namesake_far_from_all_else_has_no_point():
    text = "Troops moved from Aleppo to Homs and Hama. They stopped in Borden after a day in Damascus."
    assert found(text)["Borden"] == (None, None)


def test_names_in_a_list_of_regions_are_regions():
    text = "Cases rose in Vermont, New York and Connecticut."
    assert near(found(text)["New York"], 42.8, -75.5) or found(text)["New York"][1] < -74.5  # type: ignore[operator]


def test_former_and_bare_names_of_divisions_are_held():
    for name, country in (("anhui", "CN"), ("zambales", "PH"), ("vest agder", "NO"), ("guangxi", "CN")):
        assert any(e.country == country and e.kind in ("region", "district") for e in gazetteers.entries(name))
    assert any(e.kind == "area" for e in gazetteers.entries("yangtze river"))


# ---------------------------------------------------------------- spans given, peoples


def test_given_spans_are_resolved_one_for_one_in_the_order_given():
    text = "Syrian troops left Paris, Texas, and Qwertown."
    a = read(text)
    spans = [Span("r", text.index(w), text.index(w) + len(w)) for w in ("Qwertown", "Paris", "Syrian")]
    plain = places.resolve(a, spans)
    assert [p.span for p in plain] == spans
    assert near((plain[1].lat, plain[1].lon), 33.7, -95.6)
    assert (plain[0].lat, plain[2].lat) == (None, None)
    assert near((places.resolve(a, spans, with_peoples=True)[2].lat, 38.0), 35.0, 38.0)
    assert places.resolve(a, []) == ()


def test_peoples_stand_for_their_country():
    text = "Syrian and Danish envoys met in Oslo."
    got = places.peoples(read(text))
    assert [(text[p.span.start : p.span.end], p.precision) for p in got] == [
        ("Syrian", "country"),
        ("Danish", "country"),
    ]


# ---------------------------------------------------------------- any text

_PIECES = st.sampled_from(
    [
        "Paris",
        "Texas",
        ", ",
        " ",
        "\r\n",
        "U.S.",
        "St. ",
        "’s",
        "-",
        "d'",
        "Łódź",
        "🙂",
        "\x00",
        "in ",
        "of ",
        "New ",
        "“",
    ]
)


@settings(max_examples=80, deadline=None)
@given(st.lists(_PIECES, max_size=40).map("".join) | st.text(max_size=80))
def test_spans_lie_in_the_text_in_order_without_overlap(text: str):
    got = places.find(Annotated(Report("r", text)))
    ends = [0, *(p.span.end for p in got)]
    assert all(p.span.start >= before for before, p in zip(ends, got, strict=False))
    assert all(p.span.end <= len(text) and p.span.cut(text).strip() for p in got)
    assert got == places.find(Annotated(Report("r", text)))


# ---------------------------------------------------------------- a story


def placed(name: str, text: str, **points: tuple[float, float] | None) -> Annotated:
    """A report with places given by hand, at every spot of their words; underscores are spaces."""
    out: list[PlaceMention] = []
    for words, point in points.items():
        form = words.replace("_", " ")
        at = text.find(form)
        while at >= 0:
            span = Span(name, at, at + len(form))
            out.append(PlaceMention(span, form, None, *point, "town") if point else PlaceMention(span, form))
            at = text.find(form, at + 1)
    return Annotated(Report(name, text), places=tuple(sorted(out, key=lambda p: p.span)))


KHO = (30.44, 48.17)


def test_one_place_under_all_its_spellings():
    c = Collation(
        (
            placed("a", "Khorramshahr fell. Khorramshahr burns.", Khorramshahr=KHO),
            placed("b", "They left Khurramchahr.", Khurramchahr=KHO),
            placed("c", "In Khoramshehr, a fire.", Khoramshehr=None),
        )
    )
    (place,) = story_places.find(c)
    assert {c.quote(s) for s in place.spans} == {"Khorramshahr", "Khurramchahr", "Khoramshehr"}
    assert (place.id, place.name, place.lat, place.lon) == ("place-1", "Khorramshahr", *KHO)
    assert len(place.spans) == 4


def test_places_with_most_mentions_come_first():
    c = Collation(
        (placed("a", "Oslo, Bergen, Oslo, Arendal", Oslo=(59.9, 10.7), Bergen=(60.4, 5.3), Arendal=(58.5, 8.8)),)
    )
    assert [(p.id, p.name) for p in story_places.find(c)] == [
        ("place-1", "Oslo"),
        ("place-2", "Arendal"),
        ("place-3", "Bergen"),
    ]


def test_the_entry_of_most_mentions_is_taken_for_all():
    here, there = (34.4, 35.8), (32.9, 13.2)
    c = Collation((placed("a", "Tripoli and Tripoli", Tripoli=here), placed("b", "Tripoli", Tripoli=there)))
    (place,) = story_places.find(c)
    assert (place.lat, place.lon) == here


def test_far_places_of_one_name_stay_apart_where_neither_prevails():
    c = Collation((placed("a", "Tripoli", Tripoli=(34.4, 35.8)), placed("b", "Tripoli", Tripoli=(32.9, 13.2))))
    assert len(story_places.find(c)) == 2


def test_a_name_of_two_words_is_found_where_a_report_did_not_read_it():
    c = Collation(
        (
            placed("a", "They left Tel Zarif.", Tel_Zarif=(33.0, 44.0)),
            placed("b", "Tel Zarif was quiet; Tel Zarifa was not."),
        )
    )
    (place,) = story_places.find(c)
    assert [(s.report, s.start) for s in place.spans] == [("a", 10), ("b", 0)]


def test_places_that_nobody_could_resolve_are_kept_without_a_point():
    (place,) = story_places.find(Collation((placed("a", "Near Ubbaqarre.", Ubbaqarre=None),)))
    assert (place.lat, place.lon, place.precision, place.name) == (None, None, "none", "Ubbaqarre")


def test_two_streets_of_one_town_stay_two_places():
    text = "Police in Lyon closed Rue Borvin and Rue Talvert."
    a = read(text, Rue_Borvin="place", Rue_Talvert="place")
    got = story_places.find(Collation((replace(a, places=places.find(a)),)))
    assert sorted(p.name for p in got) == ["Lyon", "Rue Borvin", "Rue Talvert"]


def test_an_empty_story_has_no_places():
    assert story_places.find(Collation(())) == ()


def test_parts_of_names_and_seats_are_no_places_of_the_story():
    text = "Jordan Weir (D-Ohio) met Ada of Arden-Weir College in Ohio.\n"
    spans = {words: Span("r", text.index(words), text.index(words) + len(words)) for words in ("Jordan", "Arden")}
    seat = Span("r", text.index("Ohio"), text.index("Ohio") + 4)
    there = Span("r", text.rindex("Ohio"), text.rindex("Ohio") + 4)
    a = read(text, Jordan_Weir="person")
    college = Mention(Span("r", text.index("Arden"), text.index(" in Ohio")), "organisation")
    marks = tuple(
        PlaceMention(span, a.quote(span), None, 1.0, 2.0, "region") for span in sorted([*spans.values(), seat, there])
    )
    found_in = story_places.find(Collation((replace(a, mentions=(*a.mentions, college), places=marks),)))
    assert [span for place in found_in for span in place.spans] == [there]
