"""The encoder's readings, on invented sentences."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tellings.annotate import encoder, sentences, words
from tellings.records import Annotated, Report

SENTENCES = (
    "Harbour master Kari Moen told Northwire on Tuesday that the gates had been closed since noon.",
    '"We were never warned," Solheim said.',
    "Rain.",
    "The ministry denied that any of the 14 trucks, which had left Larvik before dawn, carried weapons.",
    (
        "According to the union, at least nine dockers were taken to hospital in Sandefjord, two of them in a serious "
        "condition, after a crane gave way at the container terminal shortly before the end of the night shift."
    ),
)


def read(text: str) -> Annotated:
    """A report with its sentences, words, and what the encoder reads in them."""
    a = Annotated(Report("a", text))
    for module, field in ((sentences, "sentences"), (words, "words"), (encoder, "tagged")):
        a = replace(a, **{field: module.find(a)})
    return a


def given_sentence(text: str) -> encoder.Input:
    some = [text[start:end] for start, end in words.split(text)]
    return encoder.of_words(some, [()] * len(some))


@cache
def together() -> list[encoder.Reading]:
    return encoder.read([given_sentence(text) for text in SENTENCES * 40])


@pytest.mark.parametrize("number", range(len(SENTENCES)))
def test_a_sentence_reads_the_same_alone_and_among_two_hundred(number: int):
    (alone,) = encoder.read([given_sentence(SENTENCES[number])])
    for at in (number, number + 100):
        assert np.array_equal(alone.names, together()[at].names)
        assert np.array_equal(alone.roles, together()[at].roles)
        assert np.array_equal(alone.vector, together()[at].vector)


def test_the_order_of_sentences_does_not_matter():
    some = [given_sentence(text) for text in SENTENCES]
    for one, other in zip(encoder.read(some), reversed(encoder.read(some[::-1])), strict=True):
        assert np.array_equal(one.names, other.names)
        assert np.array_equal(one.vector, other.vector)


def test_rows_are_probabilities_of_every_word():
    for text, reading in zip(SENTENCES, together(), strict=False):
        size = len(words.split(text))
        assert reading.names.shape == (size, len(encoder.NAMES))
        assert reading.roles.shape == (size, len(encoder.ROLES))
        assert np.allclose(np.exp(reading.names).sum(axis=1), 1, atol=1e-4)
        assert np.allclose(np.exp(reading.roles).sum(axis=1), 1, atol=1e-4)
        assert float(reading.vector @ reading.vector) == pytest.approx(1, abs=1e-4)


def test_a_sentence_longer_than_the_model_reads_is_read_in_parts():
    text = " ".join(f"trawler {n} lay beside pier {n} of Larvik," for n in range(120))
    (reading,) = encoder.read([given_sentence(text)])
    assert len(reading.names) == len(words.split(text))
    assert np.isfinite(reading.names).all()
    assert float(reading.vector @ reading.vector) == pytest.approx(1, abs=1e-4)


def test_vectors_bring_sentences_of_like_meaning_together():
    a = read(
        "Police shot dead two men near the railway station.\n\n"
        "Officers killed two people close to the train station.\n\n"
        "The central bank left its main interest rate unchanged.\n"
    )
    likeness = a.vectors @ a.vectors.T
    assert likeness[0, 1] > 0.5
    assert likeness[0, 1] > likeness[0, 2] + 0.3
    assert likeness[0, 1] > likeness[1, 2] + 0.3


def test_sources_cues_and_contents_are_labelled():
    a = read(SENTENCES[0])
    text = a.report.text
    by_role = {
        role: " ".join(
            word.span.cut(text)
            for word, label in zip(a.words[0], a.tagged[0].roles, strict=True)
            if label.endswith(role)
        )
        for role in ("source", "cue", "content")
    }
    assert by_role["source"].endswith("Kari Moen")
    assert by_role["cue"].startswith("told")
    assert by_role["content"].startswith("that the gates" if by_role["content"].startswith("that") else "the gates")


def test_what_was_read_before_does_not_change_what_is_read():
    text = "\n\n".join(SENTENCES)
    encoder._known.clear()
    first = read(text).tagged
    read("Nothing of this stands in the other. " + SENTENCES[2] + " It goes on.")
    assert read(text).tagged == first
    encoder._known.clear()
    assert read(text + "\n\n" + text).tagged == first + first


def test_few_sentences_are_kept(monkeypatch):
    monkeypatch.setattr(encoder, "_KEPT", 2)
    assert len(read("\n\n".join(SENTENCES)).tagged) >= len(SENTENCES)
    assert len(encoder._known) <= 2


def test_a_report_without_sentences_has_no_readings():
    a = read("")
    assert a.tagged == ()
    assert a.vectors.shape == (0, 384)


def test_pieces_know_words_marks_and_accents():
    assert encoder.pieces("Zürich") == encoder.pieces("zurich")
    assert encoder.pieces("’s") == encoder.pieces("'s")
    assert len(encoder.pieces("U.S.")) == 4
    assert encoder.pieces("😀") == encoder.pieces("𐌰")


@given(st.lists(st.text(min_size=1, max_size=30), min_size=1, max_size=12))
@settings(max_examples=40, deadline=None)
def test_any_words_have_pieces_and_readings(some: list[str]):
    given = encoder.of_words(some, [()] * len(some))
    assert len(given.ids) == len(given.owners)
    assert [given.owners[at] for at in given.firsts] == list(range(len(some)))
    (reading,) = encoder.read([given])
    assert reading.names.shape == (len(some), len(encoder.NAMES))
    assert np.isfinite(reading.names).all()


@given(st.integers(1, 12).flatmap(lambda n: st.lists(st.integers(0, 10), min_size=n, max_size=n)))
@settings(max_examples=60, deadline=None)
def test_the_best_row_of_labels_never_goes_on_with_what_has_not_begun(winners: list[int]):
    scores = np.full((len(winners), len(encoder.NAMES)), -6.0, np.float32)
    for at, winner in enumerate(winners):
        scores[at, winner] = -0.1
    labels = encoder.best(scores, encoder.NAMES)
    assert len(labels) == len(winners)
    for before, label in zip(["O", *labels], labels, strict=False):
        if label.startswith("I-"):
            assert before[2:] == label[2:]
