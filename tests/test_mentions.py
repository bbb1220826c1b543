"""Named mentions, on invented reports."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from tellings.annotate import encoder, mentions, words
from tellings.records import Annotated, Report, Sentence
from tellings.text import Span


def read(text: str) -> Annotated:
    """The report with a sentence a line."""
    sentences: list[Sentence] = []
    start = 0
    for line in text.splitlines(keepends=True):
        sentences.append(Sentence(Span("a", start, start + len(line.rstrip())), 0))
        start += len(line)
    a = Annotated(Report("a", text), sentences=tuple(sentences))
    a = replace(a, words=words.find(a))
    a = replace(a, tagged=encoder.find(a))
    return replace(a, mentions=mentions.find(a))


def found(text: str) -> list[tuple[str, str]]:
    a = read(text)
    return [(a.quote(m.span), m.kind) for m in a.mentions]


def test_persons_organisations_places_and_groups():
    got = found(
        "Governor Alice Brenner told Reuters on Monday that police in Chicago had held two Canadian citizens.\n"
        "The Ministry of Transport in Ottawa declined to comment.\n"
    )
    assert ("Alice Brenner", "person") in got
    assert ("Reuters", "organisation") in got
    assert ("Chicago", "place") in got
    assert ("Canadian", "group") in got
    assert ("Ministry of Transport", "organisation") in got
    assert ("Ottawa", "place") in got


def test_a_final_s_and_a_title_are_not_part_of_a_name():
    got = found("Sen. Robert Hale’s lawyer met Mr. David Orr in Boston.\n")
    assert ("Robert Hale", "person") in got
    assert ("David Orr", "person") in got


def test_a_party_and_its_state():
    got = found("Rep. Thomas Brandt (R-Ohio) spoke to Sen. Maria Keller, D-N.Y., on Friday.\n")
    assert ("Thomas Brandt", "person") in got
    assert ("Ohio", "place") in got
    assert all(not name.startswith(("R", "D-")) for name, _ in got)


def test_a_dateline():
    got = found("WASHINGTON (AP) — The Senate voted on Tuesday.\n")
    assert ("WASHINGTON", "place") in got
    assert ("AP", "organisation") in got


def test_a_surname_follows_its_full_name():
    got = found(
        "The fire was started by Peter Halloran, a former clerk.\nWitnesses saw Halloran near the mill.\n"
        "Neighbours said Halloran was kind.\n"
    )
    assert got.count(("Halloran", "person")) == 2


def test_settle_reads_one_name_one_way():
    sentences = [["Brenn", "fell"], ["in", "Brenn"], ["to", "Brenn"], ["Ann", "Orr", "left"], ["then", "Orr", "fell"]]
    marks = [[(0, 1, "person")], [(1, 2, "place")], [(1, 2, "place")], [(0, 2, "person")], []]
    assert mentions.settle(sentences, marks) == [
        [(0, 1, "place")],
        [(1, 2, "place")],
        [(1, 2, "place")],
        [(0, 2, "person")],
        [(1, 2, "person")],
    ]


def test_settle_leaves_a_tie_alone():
    sentences = [["Brenn", "fell"], ["in", "Brenn"]]
    marks = [[(0, 1, "person")], [(1, 2, "place")]]
    assert mentions.settle(sentences, marks) == marks


def test_a_report_without_words_has_no_mentions():
    assert found("") == []
    assert found("\n\n🙂\n") == []


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="aAbB rR-’'sS.,()—\n0🙂", max_size=120))
def test_any_text_gives_sorted_spans_inside_it(text: str):
    a = read(text)
    spans = [m.span for m in a.mentions]
    assert spans == sorted(spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert all(0 <= span.start < span.end <= len(text) and a.quote(span).strip() == a.quote(span) for span in spans)


def test_what_stands_beside_a_name_tells_its_kind():
    got = found("The newspaper Al-Bayraq said on Monday that a Bergen-based charity had paid for the boats.\n")
    assert ("Al-Bayraq", "organisation") in got
    assert ("Bergen", "place") in got


def test_a_title_marks_a_person():
    assert ("Quill", "person") in found("“It is late,” Mr. Quill said.")
    assert ("Joseph M. Quill", "person") in found("The lawyer, Joseph M. Quill, met Mrs. Oduya at noon.")
    assert not [words for words, _ in found("“Mr. Speaker,” she said, “it is late.”") if "Speaker" in words]


def test_settle_reads_a_surname_as_its_bearer_and_letters_as_a_body():
    sentences = [["Neil", "Tarrow", "left"], ["Tarrow", "slept"], ["The", "BVK", "won"], ["Neil", "Tarrow", "News"]]
    marks = [[(0, 2, "person")], [(0, 1, "organisation")], [(1, 2, "person")], []]
    assert mentions.settle(sentences[:3], marks[:3])[1:] == [[(0, 1, "person")], [(1, 2, "organisation")]]
    # An organisation of that name leaves the name alone as it was found.
    marks[3] = [(0, 3, "organisation")]
    assert mentions.settle(sentences, marks)[1] == [(0, 1, "organisation")]
