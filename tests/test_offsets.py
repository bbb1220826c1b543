"""Offsets over the whole path: whatever the text, every span lies in its report and quotes it exactly."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import tellings
from tellings import pipeline
from tellings.present import documents, pages
from tellings.records import Annotated, Dossier, Found, Report, Speaker
from tellings.text import Span

SENTENCES = (
    "Two ferries collided off Varmo on Monday, killing at least 12 people, the coast guard said.",
    "“We heard a bang,” said Ole Bakk, a teacher. “Then it was dark.”",
    "Mayor Ada Lind denied that the harbour was closed, but the Norland Post said it had been.",
    "About 1,880 passengers left at 5.10am on August 20, 2019, according to officials in Larvik, Norway.",
    "HE TOLD AFP THAT NO ONE HAD BEEN HURT.",
    "Copyright 2019 Varmo Courier. All rights reserved.",
    "Share this story",
    "By Ada Lind in Varmo (AFP)",
)
ODD = (
    "\r\n", "\n\n", "\r", "\u2028", "\x85", "\t", "    ", "\u00a0", "\0", "\ufeff", "\u202e", "\u200b", "\u00ad",
    "😀", "👩‍👩‍👧", "e\u0301", "\u0301", "İ", "ß", "ﬁ", "Straße", "ǅ", "\U0010ffff", "\ufffd",
    '"', "“", "”", "‘", "’", "'", "«", "»", "(", ")", "[", "]", "((((", '""""', "“““", "—", "–", "--", "…", "...",
    ".", "!", "?", ",", ";", ":", "$", "%", "€", "/", "@", "#", "*", "•", "|", "\\", "<b>", "&amp;", "</script>",
    "a.m.", "U.S.", "Mr.", "J.", "No. 5", "1,", "1.5", "1-2", "12", "2019", "$5 million", "50%", "٣", "²", "½",
    "½ mile", "said", "told", "he", "who", "that", "not", "and", "of", "in", "May", "Monday", "Varmo", "London",
    "Lind's", "n't",
)  # fmt: skip

pieces = st.one_of(st.sampled_from(SENTENCES), st.sampled_from(ODD), st.text(max_size=12))
gaps = st.sampled_from(["", " ", "\n", "\r\n"])
runs = st.builds(lambda piece, times, gap: gap.join([piece] * times), pieces, st.integers(1, 40), gaps)
texts = st.one_of(
    st.builds(lambda parts, gap: gap.join(parts), st.lists(st.one_of(pieces, runs), max_size=12), gaps),
    st.text(max_size=200),
    st.builds(lambda parts: " ".join(parts).upper(), st.lists(st.sampled_from(SENTENCES), max_size=4)),
)
# Surrogates are refused when a file or row is read, so that no report holds one.
reports = texts.filter(lambda text: not any("\ud800" <= c <= "\udfff" for c in text))


def spans_in(record: object) -> Iterator[Span]:
    """Every span of a record, wherever it stands in it."""
    if isinstance(record, Span):
        yield record
    elif isinstance(record, tuple):
        for item in record:
            yield from spans_in(item)
    elif is_dataclass(record):
        for field in fields(record):
            yield from spans_in(getattr(record, field.name))


def speakers_in(a: Annotated) -> Iterator[Speaker]:
    for said in a.attributions:
        if said.speaker is not None:
            yield said.speaker


def keeps_its_offsets(a: Annotated) -> None:
    """All that must hold of one annotated report, whatever its text."""
    text = a.report.text
    for span in spans_in(a):
        assert span.report == a.id
        assert 0 <= span.start <= span.end <= len(text)
    for group in (a.removed, a.sentences, a.mentions, a.quantities, a.times, a.places, a.clauses):
        for one in group:
            assert len(one.span) > 0
    for kind, group in {
        "removed": a.removed,
        "sentences": a.sentences,
        "mentions": a.mentions,
        "quantities": a.quantities,
        "times": a.times,
        "places": a.places,
        "clauses": a.clauses,
    }.items():
        spans = [one.span for one in group]
        assert spans == sorted(spans), kind
        for before, after in pairwise(spans):
            assert before.end <= after.start, kind
    for sentence in a.sentences:
        words = sentence.span.cut(text)
        assert words == words.strip()
        assert any(c.isalnum() for c in words)
        assert not any(sentence.span.overlap(gone.span) for gone in a.removed)
    assert len(a.words) == len(a.sentences)
    for sentence, words_ in zip(a.sentences, a.words, strict=True):
        end = sentence.span.start
        for word in words_:
            assert sentence.span.holds(word.span)
            assert word.span.start >= end
            assert word.span.cut(text).strip()
            end = word.span.end
    for clause in a.clauses:
        assert a.sentences[clause.sentence].span.holds(clause.span)
        assert clause.attribution is None or 0 <= clause.attribution < len(a.attributions)
    for quantity in a.quantities:
        assert quantity.span.holds(quantity.number)
        assert not math.isnan(quantity.value)
        assert quantity.high is None or quantity.high >= quantity.value
    for place in a.places:
        assert (place.lat is None) == (place.lon is None)
    for speaker in speakers_in(a):
        assert speaker.name == speaker.span.cut(text)


def one(text: str, name: str = "r") -> Annotated:
    return pipeline.annotate([Report(name, text, published=Found("2019-08-20", "given"))])[0]


@given(reports)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_annotations_quote_their_report(text: str) -> None:
    keeps_its_offsets(one(text))


@pytest.mark.parametrize("piece", [*SENTENCES, *ODD, "word", "Word", "A", " ", "\n", "he said ", '"so" ', "(5) "])
def test_long_runs_of_one_thing_keep_their_offsets(piece: str) -> None:
    keeps_its_offsets(one(piece * (4_000 // len(piece))))


@pytest.mark.parametrize("piece", [" ", "\t", "\u00a0", "...", "“", "(", "A-", "1/12 A-", "\u0301", "News    "])
@pytest.mark.parametrize(("before", "after"), [("", ""), ("(He said on Monday", " read more..."), ('"a', "\n2019")])
def test_far_too_long_lines_are_read_to_their_end(piece: str, before: str, after: str) -> None:
    """Patterns that look ahead over a run from each of its places would not end here."""
    keeps_its_offsets(one(before + piece * (20_000 // len(piece)) + after))


@given(reports, st.sampled_from(["\r\n", "\n"]))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_text_behind_a_blank_line_is_read_as_it_is_alone(noise: str, gap: str) -> None:
    """Offsets shift with what stands before, and by exactly that."""
    before = "The council met on Friday." + gap * 2
    alone = [s.span.cut(noise) for s in one(noise).sentences]
    both = one(before + noise)
    keeps_its_offsets(both)
    if not both.removed and not one(noise).removed and gap not in noise and "\r" not in noise:
        behind = [s.span.cut(both.report.text) for s in both.sentences if s.span.start >= len(before)]
        assert "".join("".join(behind).split()) == "".join("".join(alone).split())


# ---------------------------------------------------------------- the whole dossier


@cache
def validator() -> Draft202012Validator:
    return Draft202012Validator(documents.schema())


def keeps_the_contract(dossier: Dossier) -> None:
    """The document is valid, every quotation in it exact, every report in one origin; the page can be made."""
    found = json.loads(documents.dumps(dossier))
    validator().validate(found)
    given_ = {report["id"]: report["text"] for report in found["reports"]}

    def walk(value: object) -> None:
        if isinstance(value, dict):
            if "exact" in value:
                assert value["exact"] == given_[value["report"]][value["start"] : value["end"]]
            for inner in value.values():
                walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)

    walk({key: value for key, value in found.items() if key != "reports"})
    about = sorted(report["id"] for report in found["reports"] if report["on_topic"])
    assert sorted(name for origin in found["origins"] for name in origin["reports"]) == about
    # Every character stands in the page as such: no exception, and UTF-8 can write it.
    pages.page(dossier).encode("utf-8")
    tellings.to_text(dossier).encode("utf-8")


@given(st.lists(reports, min_size=2, max_size=3), st.booleans())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_dossiers_of_hostile_reports_keep_the_contract(many: list[str], shared: bool) -> None:
    told = f"{SENTENCES[0]} {SENTENCES[1]}\n" if shared else ""
    keeps_the_contract(
        pipeline.compare(
            [Report(f"r{n}", told + text, outlet=Found(f"O{n}\0<b>", "given")) for n, text in enumerate(many)]
        )
    )


@pytest.mark.parametrize(
    "second",
    [
        "\r\n".join(SENTENCES),
        " ".join(SENTENCES).upper(),
        "😀 ".join(SENTENCES),
        "\u0301 ".join(SENTENCES).replace("e", "e\u0301"),
        " ".join(SENTENCES).replace("“", '"').replace("”", ""),
        "“" * 500 + " ".join(SENTENCES) + "(" * 500,
        " ".join(SENTENCES * 40),
        "\0".join(SENTENCES),
        "",
        " \n ",
        "😀",
    ],
)
def test_the_same_story_in_odd_clothes_keeps_the_contract(second: str) -> None:
    first = " ".join(SENTENCES)
    keeps_the_contract(pipeline.compare([Report("a", first), Report("b", second), Report("c", "\ufeff" + first)]))
