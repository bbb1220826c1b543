"""The two tables of the page: who tells, denies or copies a claim, and who is called what."""

from __future__ import annotations

import invented_story
import pytest

from tellings.present import sigla, tables, terminals
from tellings.records import Actor, Claim, Collation, Dossier, Edit, Form, Polarity, Support, Topic
from tellings.text import Span


def stances(*told: tuple[str, Polarity, float], title: str = "") -> tables.Row:
    """The row of a claim told once by each report, with polarity and chance; titled by words of the first."""
    reports = tuple(invented_story.report("ab"[n], f"{text}\n") for n, (text, _, _) in enumerate(told))
    support = tuple(
        Support(Span(r.id, 0, len(text)), None, polarity, chance=chance)
        for r, (text, polarity, chance) in zip(reports, told, strict=True)
    )
    claim = Claim("c", 2, 2, 2, (), invented_story.at(reports[0], title or told[0][0]), 1, support)
    topics = tuple(Topic(r.id, on_topic=True) for r in reports)
    names = sigla.Sigla(Dossier(reports, topics, Collation(reports, claims=(claim,))))
    (row,), _, _ = tables.matrix(names, tables.columns(names), (), tables.Copies(names, ()))
    return row


def test_a_report_denies_what_the_title_tells_and_not_by_its_own_negation():
    row = stances(("Nobody was hurt.", "affirmed", 1.0), ("Two people were hurt.", "denied", 1.0))
    assert [cell.state for cell in row.cells] == ["says", "denies"]
    assert (row.disputed, row.denied, row.denies) == (True, True, False)


@pytest.mark.parametrize("title", ["people were hurt", "The firm denied that people were hurt."])
def test_denied_words_are_never_the_deniers_own(title: str) -> None:
    firm = ("The firm denied that people were hurt.", "denied", 1.0)
    row = stances(firm, ("Two people were hurt.", "affirmed", 1.0), title=title)
    assert [cell.state for cell in row.cells] == ["denies", "says"]
    both = stances(firm, ("It was denied that people were hurt.", "denied", 1.0), title=title)
    assert [cell.state for cell in both.cells] == ["denies", "denies"]
    assert (both.disputed, both.denied, both.denies) == (False, False, True)


def test_who_perhaps_tells_something_else_disputes_nothing():
    row = stances(("Nobody was hurt.", "affirmed", 1.0), ("Two boats were hurt.", "denied", 0.3))
    assert [(cell.state, cell.perhaps) for cell in row.cells] == [("says", False), ("denies", True)]
    assert (row.disputed, row.denied, row.denies) == (False, False, False)


def test_a_swapped_label_keeps_its_noun_and_loses_what_follows_it():
    a = invented_story.report("a", "Governor Idris Vane's guards at the pier fired.\n")
    b = invented_story.report("b", "Rebel guards at the pier fired.\n")
    sides = [
        invented_story.at(a, "Governor Idris Vane's guards at the pier"),
        invented_story.at(b, "Rebel guards at the pier"),
    ]
    topics = (Topic("a", on_topic=True), Topic("b", on_topic=True))
    names = sigla.Sigla(Dossier((a, b), topics, Collation((a, b))))
    (swap,) = tables.swaps(names, [Edit(sides[0], sides[1], "label_swap")])
    assert [names.text(side) for side in (swap.before, swap.after) if side] == [
        "Governor Idris Vane's guards",
        "Rebel guards",
    ]


def test_names_keep_the_order_of_the_dossier_and_who_is_called_otherwise_stands_above():
    a = invented_story.report("a", "Ada Berg saw the pier. Berg and Jo Lund left the quay.\n")
    b = invented_story.report("b", "Jo Lund saw Berg. The wharf was shut.\n")

    def actor(number: int, **forms: tuple[Span, ...]) -> Actor:
        told = tuple(Form(form.replace("_", " "), spans) for form, spans in forms.items())
        return Actor(f"actor-{number}", told[0].form, "person", told)

    actors = (
        actor(1, pier=(invented_story.at(a, "the pier"),), wharf=(invented_story.at(b, "The wharf"),)),
        actor(2, Jo_Lund=(invented_story.at(a, "Jo Lund"), invented_story.at(b, "Jo Lund"))),
        actor(3, Ada_Berg=(invented_story.at(a, "Ada Berg"),), Berg=(invented_story.at(b, "Berg"),)),
    )
    topics = (Topic("a", on_topic=True), Topic("b", on_topic=True))
    dossier = Dossier((a, b), topics, Collation((a, b), actors=actors))
    names = sigla.Sigla(dossier)
    main, rest = tables.names(names, tables.columns(names), actors, ())
    assert [one.heads for one in main] == [("pier",), ("Ada Berg",)]
    assert [one.heads for one in rest] == [("Jo Lund",)]
    told = terminals.summary(dossier, 100)
    assert told.index("“pier”:") < told.index("“Ada Berg”:")
