"""What can be quoted by itself, and whose words a copy put in place of others, on invented reports."""

from __future__ import annotations

import pytest

from tellings import pipeline
from tellings.collate import wholes
from tellings.records import Annotated, Collation, Edge, Edit, Origin, Report
from tellings.text import Span


def read(name: str, text: str) -> Annotated:
    return pipeline.annotate([Report(name, text)])[0]


def cut(report: Annotated, words: str) -> Span:
    start = report.report.text.index(words)
    return Span(report.id, start, start + len(words))


TEXT = "Four sailors were rescued when the ferry struck a reef near Lunde, two of them after dark."


@pytest.mark.parametrize(
    ("words", "whole"),
    [
        ("Four sailors were rescued", 1.0),
        ("when the ferry struck a reef near Lunde", 0.6),
        ("two of them after dark", 0.0),
        ("struck a reef near Lunde", 0.0),
    ],
)
def test_a_statement_has_a_subject_and_a_verb(words, whole):
    report = read("a", TEXT)
    assert wholes.complete(report, cut(report, words), 0) == whole


def test_what_ties_a_clause_to_the_one_before_is_left_away():
    report = read("a", TEXT)
    found = wholes.telling(report, cut(report, "when the ferry struck a reef near Lunde"), 0)
    assert found is not None
    assert report.quote(found) == "the ferry struck a reef near Lunde"


def test_what_lacks_its_subject_is_told_from_the_sentence_on():
    report = read("a", "The ferry turned back and struck a reef near Lunde.")
    found = wholes.telling(report, cut(report, "struck a reef near Lunde"), 0)
    assert found is not None
    assert report.quote(found) == "The ferry turned back and struck a reef near Lunde"


def test_a_stub_is_told_by_its_sentence_and_not_at_all_where_that_is_too_long():
    report = read("a", "Every port in the north.")
    assert wholes.telling(report, cut(report, "Every port"), 0) == report.sentences[0].span
    report = read("a", "Every port in the north, " + "every pier in the south, " * 10 + "every quay.")
    assert wholes.telling(report, cut(report, "Every port"), 0) is None


def test_the_copy_holds_the_new_label_and_stands_further_from_the_start():
    one, other = read("a", "Farmers blocked the bridge."), read("b", "Rioters blocked the bridge.")
    c = Collation(
        (one, other),
        origins=(Origin("o", ("a", "b"), None, (Edge("a", "b", 0.9),)),),
        edits=(Edit(cut(one, "Farmers"), cut(other, "Rioters"), "label_swap"),),
    )
    assert wholes.relabelled(c) == {"b": [cut(other, "Rioters")]}
    assert wholes.depths(c) == {"a": 0, "b": 1}
