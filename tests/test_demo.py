"""Every item that is planted in the demo's invented reports is found, and its quotations hold."""

import json
from pathlib import Path

import pytest

import tellings

DEMO = Path(tellings.__file__).parent / "demo"
PLANTED = json.loads((DEMO / "planted.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def dossier():
    return tellings.compare([DEMO / "reports"])


def text_of(dossier, report):
    return next(r.report.text for r in dossier.reports if r.id == report)


def stands_in(dossier, span, report, words):
    """Whether the span shares half of the shorter one with these words in this report."""
    if span is None or span.report != report:
        return False
    start = text_of(dossier, report).find(words)
    shared = min(span.end, start + len(words)) - max(span.start, start)
    return start >= 0 and shared * 2 >= min(len(span), len(words))


def test_the_report_of_another_event_is_set_aside_with_its_evidence(dossier):
    aside = [topic for topic in dossier.topics if not topic.on_topic]
    assert [topic.report for topic in aside] == PLANTED["off_topic"]
    assert aside[0].reason
    assert aside[0].evidence


def test_the_origins_are_the_planted_ones_and_the_copies_name_their_agency(dossier):
    found = {origin.reports: origin.source for origin in dossier.collation.origins}
    assert found == {tuple(o["reports"]): o["source"] for o in PLANTED["origins"]}


def test_the_later_version_and_the_copies_come_from_the_agency(dossier):
    copies = next(o for o in dossier.collation.origins if len(o.reports) > 1)
    parents = {edge.target: edge.source for edge in copies.edges}
    assert parents.get("northwire-1115") == "northwire-0640"
    assert parents["morning-ledger"] == parents["the-public-voice"] == "northwire-1115"
    assert parents["coastal-herald"] == "northwire-0640"


@pytest.mark.parametrize("planted", PLANTED["labels"], ids=lambda p: p["to"][1])
def test_each_swapped_label_is_an_edit(dossier, planted):
    swaps = [e for e in dossier.collation.edits if e.kind == "label_swap"]
    assert any(
        stands_in(dossier, e.before, *planted["from"]) and stands_in(dossier, e.after, *planted["to"]) for e in swaps
    )


@pytest.mark.parametrize("planted", PLANTED["dropped"], ids=lambda p: p["from"][1][:20])
def test_each_dropped_number_and_sentence_is_an_edit(dossier, planted):
    kinds = {"dropped", "number_changed"}
    assert any(
        e.kind in kinds and stands_in(dossier, e.before, *planted["from"])
        for e in dossier.collation.edits
        if e.after is None or e.after.report == planted["to"][0]
    )


@pytest.mark.parametrize("planted", PLANTED["moved"], ids=lambda p: p["quote"][:20])
def test_a_quote_moved_to_another_speaker_is_an_edit_and_each_speaker_is_right(dossier, planted):
    moved = [e for e in dossier.collation.edits if e.kind == "attribution_changed"]
    assert any(stands_in(dossier, e.after, "the-public-voice", planted["quote"]) for e in moved)
    for report, speaker in planted["said_by"].items():
        said = [
            s.attribution
            for claim in dossier.collation.claims
            for s in claim.support
            if stands_in(dossier, s.span, report, planted["quote"])
        ]
        assert any(a and speaker in a.source_text for a in said), (report, said)


def test_every_hedge_that_an_outlet_added_is_an_edit(dossier):
    for planted in PLANTED["hedges"]:
        hedged = [e for e in dossier.collation.edits if e.kind == "hedge_added" and e.after]
        for words in planted["words"]:
            assert any(e.after.report == planted["report"] and words in dossier.quote(e.after) for e in hedged), words


@pytest.mark.parametrize("planted", PLANTED["conflicts"], ids=lambda p: "/".join(p["readings"]))
def test_each_conflict_has_its_readings_apart(dossier, planted):
    def readings_with(conflict) -> set[int]:
        return {
            number
            for number, reading in enumerate(conflict.readings)
            for report, words in planted["readings"].items()
            if any(stands_in(dossier, span, report, words) for span in reading.support)
        }

    assert any(len(readings_with(c)) >= 2 for c in dossier.collation.conflicts if c.kind == planted["kind"])


def test_the_town_is_one_place_under_all_its_spellings(dossier):
    for planted in PLANTED["places"]:
        place = next(p for p in dossier.collation.places if p.name in planted["spellings"])
        assert abs(place.lat - planted["lat"]) < 0.3
        assert abs(place.lon - planted["lon"]) < 0.3
        assert {dossier.quote(span) for span in place.spans} >= set(planted["spellings"])


def test_the_caption_of_another_story_is_removed(dossier):
    for planted in PLANTED["removed"]:
        report = next(r for r in dossier.reports if r.id == planted["report"])
        assert any(planted["words"] in report.quote(r.span) and r.kind == planted["kind"] for r in report.removed)


def test_the_brief_quotes_the_reports(dossier):
    assert 3 <= len(dossier.collation.brief) <= 7
    sentences = {s.span for r in dossier.reports for s in r.sentences}
    assert all(item.span in sentences for item in dossier.collation.brief)


def test_a_source_counts_once_under_its_own_name_whatever_an_outlet_calls_it(dossier):
    hurt = [
        claim
        for claim in dossier.collation.claims
        if any(stands_in(dossier, s.span, "coastal-herald", "Nine people were injured") for s in claim.support)
    ]
    assert [claim.sources for claim in hurt] == [("Quay Watch",)]
    said = {s.attribution.source_text for s in hurt[0].support if s.attribution}
    assert any("so-called" in name for name in said)
