"""What grouping keeps of a report, on invented text."""

from __future__ import annotations

import math
import random
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tellings.cluster.signs import Sign, gather, sign, term
from tellings.records import Found, Removed, Report
from tellings.text import Span

BODY = (
    "A ferry with ninety passengers ran aground off Varnholm on Tuesday, the coastguard said. "
    "Lifeboats carried the passengers ashore and nobody drowned. Captain Ulrik Sand blamed fog."
)


def made(text: str = BODY, title: str | None = None, published: str | None = "2031-03-06", name: str = "a") -> Sign:
    return sign(
        Report(
            name,
            text,
            title=Found(title, "given") if title else None,
            published=Found(published, "given") if published else None,
        )
    )


def same(one: Sign, other: Sign) -> bool:
    return (
        one.id == other.id
        and one.words == other.words
        and all(
            np.array_equal(getattr(one, name), getattr(other, name)) for name in ("terms", "weights", "prints", "names")
        )
        and all(np.array_equal(getattr(one, n), getattr(other, n), equal_nan=True) for n in ("day", "first", "last"))
    )


def cosine(one: Sign, other: Sign) -> float:
    held = dict(zip(one.terms.tolist(), one.weights.tolist(), strict=True))
    return sum(
        held.get(number, 0.0) * weight
        for number, weight in zip(other.terms.tolist(), other.weights.tolist(), strict=True)
    )


def test_the_squares_of_the_weights_add_up_to_one_and_terms_ascend():
    one = made()
    assert abs(float((one.weights.astype(float) ** 2).sum()) - 1) < 1e-5
    assert (np.diff(one.terms.astype(np.int64)) > 0).all()
    assert (np.diff(one.prints.astype(object)) > 0).all()


def test_a_report_of_a_thousand_words_keeps_the_strongest_ninety_six():
    chance = random.Random(1)  # noqa: S311  # no secret
    text = " ".join("".join(chance.choices("abcdefgh", k=7)) for _ in range(1000))
    assert len(made(text).terms) == 96


def test_common_words_are_not_kept_and_names_weigh_most():
    one = made(
        "The committee met. They said that Torhaven would pay for the harbour, and the harbour would pay Torhaven."
    )
    assert term("the") not in one.terms
    assert one.words[0] == "torhaven"


def test_both_forms_of_a_name_are_one_word():
    one = made("Nobody saw Torhaven’s mayor, and then Torhaven's mayor saw the mayor of TORHAVEN.")
    assert "torhaven" in one.words
    assert not [word for word in one.words if word.startswith("torhaven'")]


def test_accents_ligatures_and_soft_hyphens_make_no_other_words():
    plain = made("they met in Goteborg with the officials of a naive office")
    marked = made("they met in Go\u0308teborg with the o\ufb03cials of a nai\u0308ve of\u00adfice")
    assert cosine(plain, marked) > 0.999


def test_figures_are_words_but_years_and_digits_are_not():
    one = made("In 2019 the mine paid 1,880 crowns to 7 families.")
    assert {"1880"} <= set(one.words)
    assert not {"2019", "7"} & set(one.words)


def test_title_words_count_more():
    told = made("glacier lichen moraine pebble heron", title="a heron returns")
    assert told.words[0] == "heron"


def test_names_are_those_of_title_and_lead_inside_of_sentences():
    one = made(
        "Yesterday the mayor met Ulrik Sand. " + "Then they went home again without a word. " * 30 + "by Torhaven"
    )
    assert set(one.names.tolist()) == {term("Ulrik"), term("Sand")}


def test_capitals_in_every_word_of_a_title_make_no_names():
    one = made("a quiet text about nothing", title="Seventeen Herons Return To Their Old Nests After Winter")
    assert len(one.names) == 0


def test_furniture_is_left_out():
    text = "Opera tickets here. The ferry sank."
    gone = (Removed(Span("a", 0, 19), "advertisement"),)
    assert sign(Report("a", text), gone).words == sign(Report("a", "The ferry sank.")).words
    assert sign(Report("a", text, removed=gone)).words == sign(Report("a", text), gone).words


# ---------------------------------------------------------------- days


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("The dam broke on Tuesday.", "2031-03-04", "2031-03-04"),  # published on a Thursday
        ("The dam broke on Thursday.", "2031-03-06", "2031-03-06"),
        ("It broke on Tuesday and was mended on WEDNESDAY.", "2031-03-04", "2031-03-05"),
        ("It broke yesterday; today it rains.", "2031-03-05", "2031-03-06"),
        ("The dam broke on March 2.", "2031-03-02", "2031-03-02"),
        ("The dam broke on 2 March, they said.", "2031-03-02", "2031-03-02"),
        ("The dam is to open on April 9.", "2031-04-09", "2031-04-09"),
    ],
)
def test_days_told(text: str, first: str, last: str):
    one = made(text)
    days = [date.fromordinal(int(day)).isoformat() for day in (one.first, one.last)]
    assert days == [first, last]


@pytest.mark.parametrize(
    "text",
    [
        "The dam broke.",
        "It broke last Tuesday.",
        "It may break next Friday, and every Monday.",
        "It broke on June 3, 1998.",
        "On 31 February nothing broke in May.",
        "It fell to March \N{SUPERSCRIPT TWO} and April \N{CIRCLED DIGIT ONE}.",
        "The dam broke. " * 60 + "That was on Tuesday.",
    ],
)
def test_days_that_tell_nothing(text: str):
    assert math.isnan(made(text).first)


def test_without_a_date_of_publication_no_day_is_told():
    assert math.isnan(made(published=None).first)
    assert math.isnan(made(published="soon").day)


def test_dates_at_the_ends_of_the_calendar_do_no_harm():
    for day in ("0001-01-01", "9999-12-31"):
        assert (
            made("It broke on Tuesday, May 1 and 2 December.", published=day).day == date.fromisoformat(day).toordinal()
        )


# ---------------------------------------------------------------- prints


def test_twelve_words_in_a_row_share_a_print():
    chance = random.Random(2)  # noqa: S311  # no secret
    words = ["".join(chance.choices("abcdefgh", k=6)) for _ in range(400)]
    for start in range(0, 100, 7):
        copied = words[start : start + 12]
        one = made(" ".join(words[:200]))
        other = made(" ".join([*words[200:300], *copied, *words[300:]]))
        assert set(one.prints.tolist()) & set(other.prints.tolist())


def test_case_line_ends_and_quotation_marks_make_no_other_prints():
    assert np.array_equal(made(BODY).prints, made(BODY.upper().replace(" ", "\r\n")).prints)
    assert np.array_equal(made("it's " + BODY).prints, made("it’s “" + BODY + "”").prints)


def test_four_words_have_no_print_and_five_have_one():
    assert [len(made(text).prints) for text in ("a b c d", "a b c d e", "")] == [0, 1, 0]


# ---------------------------------------------------------------- many


def test_gathered_signs_come_back_sorted():
    some = [made(BODY + f" word{n}", name=f"r{n}", published=None if n == 2 else "2031-01-01") for n in (3, 1, 2, 0)]
    held = gather(some)
    assert held.ids == ["r0", "r1", "r2", "r3"]
    by_id = {one.id: one for one in some}
    assert all(same(one, by_id[one.id]) for one in held)
    assert [one.id for one in held.take([2, 0])] == ["r2", "r0"]
    assert all(same(one, by_id[one.id]) for one in held.take([2, 0]))


def test_two_reports_of_one_id_are_refused():
    with pytest.raises(ValueError, match="two reports have the id 'a'"):
        gather([made(), made()])


def test_no_signs():
    held = gather([])
    assert len(held) == 0
    assert len(held.take([])) == 0


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.text(max_size=60))
def test_any_text_has_a_sign_and_always_the_same(text: str, title: str):
    report = Report("a", text, title=Found(title, "given"), published=Found("2020-02-29", "given"))
    one = sign(report)
    assert same(one, sign(report))
    assert len(one.terms) == len(one.weights)
    assert (one.terms < 2**31).all()
    assert np.isfinite(one.weights).all()


def test_words_are_forgotten_when_too_many_are_known(monkeypatch: pytest.MonkeyPatch):
    from tellings.cluster import signs

    expected = made()
    monkeypatch.setattr(signs, "_ROOM", 3)
    assert same(made(), expected)
