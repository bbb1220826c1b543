"""Who bears a name and who shares it, on invented stories."""

from __future__ import annotations

import pytest
from test_actors import holding, read, story

from tellings.collate import actors, nouns


@pytest.mark.parametrize("name", ["Myers", "Rogers", "Peters", "Connors"])
def test_a_surname_that_ends_like_a_plural_is_somebody(name: str):
    found = actors.find(story(read("a", f"{name} said the bridge fell.\n", **{name: "person"})))
    assert holding(found, name).kind == "person"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Dancers said the bridge fell.\n", False),
        ("Dancers said the bridge fell.\nThe old bridge fell, and two dancers wept.\n", False),
        ("Dancers said the bridge fell.\nMr. Dancers wept.\n", True),
        ("Dancers said the bridge fell.\nThe mayor met Dancers on Monday.\n", True),
        ("Dancers said the bridge fell.\nAnn Dancers wept.\n", True),
    ],
)
def test_a_plural_that_opens_a_sentence_is_a_name_where_it_is_one_elsewhere(text: str, *, kept: bool):
    named = {"Ann_Dancers": "person"} if "Ann" in text else {}
    found = actors.find(story(read("a", text, Dancers="person", **named)))
    assert any(f.form == "Dancers" for x in found if x.kind == "person" for f in x.forms) is kept


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("Calvin Holt left the board of Calvin Holt Inc.\nCalvin Holt Inc. cut jobs.\n", False),
        ("Calvin Holt left.\nCalvin Holt Inc. cut jobs.\nMr. Holt wept.\n", False),
        ("The founder, Calvin Holt, left.\nCalvin Holt Inc. cut jobs.\n", False),
        ("Chairman Calvin Holt left.\nCalvin Holt Inc. cut jobs.\n", False),
        ("Calvin Holt cut jobs.\nThe board of Calvin Holt Inc. met.\n", True),
    ],
)
def test_the_company_named_after_a_person_is_not_the_person(text: str, *, same: bool):
    named = {"Calvin_Holt": "person", "Calvin_Holt_Inc.": "organisation"}
    found = actors.find(story(read("a", text, **named)))
    assert (holding(found, "Calvin Holt") is holding(found, "Calvin Holt Inc.")) is same


def test_usage_joins_no_two_kinds():
    text = "Isis fell.\nThe Islamic State fled.\nIslamic State wept, and Isis slept.\n"
    for kind, same in (("organisation", True), ("place", False)):
        found = actors.find(story(read("a", text, Isis=kind, Islamic_State="organisation")))
        assert (holding(found, "Isis") is holding(found, "Islamic State")) is same


@pytest.mark.parametrize("noun", ["trailer", "voucher", "launch", "minor"])
def test_things_that_end_like_agents_are_nobody(noun: str):
    assert nouns.kind_of(noun) == ""
