"""The JSON outputs: the contract, its schema, and that both hold together."""

from __future__ import annotations

import json
from dataclasses import replace

import invented_story
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tellings.present.documents import annotation_lines, document, dumps, line, schema, story_list
from tellings.records import Annotated, Collation, Dossier, Evidence, Report, Story, Topic
from tellings.text import Span

KEYS = {
    "reports": "id outlet url title published credits on_topic text removed sentences",
    "origins": "id reports source edges",
    "passages": "id spans similarity",
    "edits": "from to kind note",
    "claims": "id outlets origins independent sources title rank support",
    "conflicts": "id rank slot kind nature readings",
    "actors": "id name kind forms",
    "timeline": "date inferred_from support",
    "places": "id name geonameid lat lon precision spans",
    "brief": "span claim",
}


@pytest.fixture
def validator() -> Draft202012Validator:
    Draft202012Validator.check_schema(schema())
    return Draft202012Validator(schema())


def spans_of(found: object) -> list[dict[str, object]]:
    """Every object that quotes a report, wherever it stands in the document."""
    out: list[dict[str, object]] = []
    if isinstance(found, dict):
        if {"report", "start", "end", "exact"} <= found.keys():
            out.append(found)
        for value in found.values():
            out += spans_of(value)
    elif isinstance(found, list):
        for value in found:
            out += spans_of(value)
    return out


@pytest.mark.parametrize("make", [invented_story.dossier, invented_story.single, invented_story.hostile])
def test_documents_keep_their_schema(make, validator):
    validator.validate(json.loads(dumps(make())))


def test_every_key_of_the_contract_is_there_and_required():
    found = json.loads(dumps(invented_story.dossier()))
    assert list(found)[:2] == ["version", "schema"]
    assert [key for key in found if key in KEYS] == list(KEYS)
    for part, keys in KEYS.items():
        assert found[part], part
        for item in found[part]:
            assert set(keys.split()) <= item.keys(), part
    shapes = schema()["$defs"]
    for name in ("report", "origin", "passage", "edit", "claim", "conflict", "actor", "entry", "place", "brief"):
        part = {"entry": "timeline", "brief": "brief"}.get(name, name + "s")
        assert set(KEYS[part].split()) <= set(shapes[name]["required"]), name


@pytest.mark.parametrize(
    ("part", "key", "wrong"),
    [
        ("claims", "rank", 0),
        ("claims", "title", None),
        ("claims", "sources", "the port watch"),
        ("edits", "kind", "swapped"),
        ("conflicts", "nature", "lie"),
        ("timeline", "date", "Monday"),
        ("places", "lat", 91),
        ("reports", "on_topic", "yes"),
        ("reports", "sentences", [[1, 2, 3]]),
        ("passages", "similarity", 1.5),
        ("origins", "reports", []),
    ],
)
def test_schema_refuses_what_is_wrong(validator, part, key, wrong):
    found = json.loads(dumps(invented_story.dossier()))
    found[part][0][key] = wrong
    assert not validator.is_valid(found)
    del found[part][0][key]
    assert not validator.is_valid(found)


def test_schema_allows_more_keys(validator):
    found = json.loads(dumps(invented_story.dossier()))
    found["more"] = found["claims"][0]["more"] = found["claims"][0]["support"][0]["more"] = 1
    validator.validate(found)


@pytest.mark.parametrize("make", [invented_story.dossier, invented_story.hostile])
def test_every_span_quotes_its_report(make):
    found = json.loads(dumps(make()))
    text = {report["id"]: report["text"] for report in found["reports"]}
    spans = spans_of(found)
    assert spans
    for span in spans:
        assert text[span["report"]][span["start"] : span["end"]] == span["exact"]


def test_text_comes_back_as_given():
    dossier = invented_story.hostile()
    found = json.loads(dumps(dossier))
    assert [r["text"] for r in found["reports"]] == [r.report.text for r in dossier.reports]


def test_dumps_is_utf8_ends_in_a_newline_and_never_changes():
    text = dumps(invented_story.dossier())
    assert text.endswith("}\n")
    assert "Österhamn" in text
    assert text == dumps(invented_story.dossier())
    dumps(invented_story.hostile()).encode("utf-8")  # half a surrogate pair is written as its escape


def test_each_item_has_its_line():
    dossier = invented_story.dossier()
    lines = dumps(dossier).splitlines()
    assert len([row for row in lines if row.startswith("  {")]) == sum(
        len(value) for value in document(dossier).values() if isinstance(value, list)
    )


@given(st.text())
def test_any_text_survives(text):
    read = Annotated(Report("a", text))
    dossier = Dossier((read,), (Topic("a", on_topic=True),), Collation((read,)))
    written = dumps(dossier)
    written.encode("utf-8")
    assert json.loads(written)["reports"][0]["text"] == text


def test_numbers_that_json_does_not_know_are_refused():
    dossier = invented_story.dossier()
    passage = replace(dossier.collation.passages[0], similarity=float("nan"))
    broken = replace(dossier, collation=replace(dossier.collation, passages=(passage,)))
    with pytest.raises(ValueError, match="not JSON compliant"):
        dumps(broken)


def test_annotation_lines_have_the_words_at_the_spot():
    dossier = invented_story.dossier()
    harbour = next(r for r in dossier.reports if r.id == "harbour")
    (found,) = annotation_lines([harbour])
    text = found["text"]
    assert text == invented_story.HARBOUR
    assert next(text[a:b] for a, b in found["sentences"]) == "Dockers leave the pier at Osterhamn"
    assert {(text[m["start"] : m["end"]], m["kind"]) for m in found["mentions"]} == {
        ("Osterhamn", "place"),
        ("Jonas Ek", "person"),
    }
    (said,) = found["attributions"]
    assert {role: [text[a:b] for a, b in said[role]] for role in ("source", "cue", "content", "through")} == {
        "source": ["its chairman"],
        "cue": ["said its"],
        "content": ["They went quietly"],
        "through": [],
    }
    assert said["speaker"]["name"] == text[said["speaker"]["start"] : said["speaker"]["end"]] == "Jonas Ek"
    assert said["polarity"] == "affirmed"
    assert (found["places"][0]["lat"], found["places"][0]["geonameid"]) == (58.0, 1)
    assert found["times"][0]["value"] == "2021-05-03"
    assert found["quantities"][0]["value"] == 140.0
    assert json.loads(line(found)) == found
    assert "\n" not in line(found)


def test_annotation_lines_keep_order_and_empty_reports():
    reports = [Annotated(Report("b", "")), Annotated(Report("a", ""))]
    assert [found["id"] for found in annotation_lines(reports)] == ["b", "a"]


def test_story_list():
    stories = [Story("s2", ("a", "b"), (Evidence("words", 0.12345, "", (Span("a", 0, 1),)),)), Story("s1", ("c",))]
    assert story_list(stories) == [
        {
            "id": "s2",
            "reports": ["a", "b"],
            "evidence": [
                {"name": "words", "weight": 0.1235, "note": "", "spans": [{"report": "a", "start": 0, "end": 1}]}
            ],
        },
        {"id": "s1", "reports": ["c"], "evidence": []},
    ]
