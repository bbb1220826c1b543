"""How sentences are cut into statements, on invented sentences."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tellings.annotate import clauses
from tellings.pipeline import ANNOTATE
from tellings.records import Annotated, Report


def read(text: str) -> Annotated:
    record = Annotated(Report("r", text))
    for step in ANNOTATE:
        if step.assigns in ("removed", "sentences", "words", "tagged", "mentions", "attributions", "clauses"):
            record = step.run(record)
    return record


def quotes(text: str) -> list[str]:
    record = read(text)
    return [record.quote(c.span) for c in record.clauses]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bridge fell at noon.", ["The bridge fell at noon"]),
        (
            "Two trains collided in the old tunnel on Monday, injuring nine people.",
            ["Two trains collided in the old tunnel on Monday", "injuring nine people"],
        ),
        (
            "The driver left the train and walked to the station.",
            ["The driver left the train", "walked to the station"],
        ),
        ("The bridge fell after a truck had hit its pillar.", ["The bridge fell", "a truck had hit its pillar"]),
        (
            "Although the river was high, the ferry sailed at noon.",
            ["the river was high", "the ferry sailed at noon"],
        ),
        ("The ferry sank two hours after it had left Varmo.", ["The ferry sank", "it had left Varmo"]),
        ("The river rose even though the dam had been opened.", ["The river rose", "the dam had been opened"]),
        (
            "Divers searched the harbour, in which the ferry had sunk.",
            ["Divers searched the harbour", "in which the ferry had sunk"],
        ),
        (
            "The council dismissed dozens of guards, many of whom had worked there for years.",
            ["The council dismissed dozens of guards", "many of whom had worked there for years"],
        ),
        (
            "Prices rose in May, but wages in the north of the country fell.",
            ["Prices rose in May", "wages in the north of the country fell"],
        ),
        (
            "Rescuers pulled out the driver, who was taken to hospital.",
            ["Rescuers pulled out the driver", "who was taken to hospital"],
        ),
        ("The bridge collapsed; nobody was hurt.", ["The bridge collapsed", "nobody was hurt"]),
        ("Bread, milk and eggs were sold.", ["Bread, milk and eggs were sold"]),
        ("No verb here", ["No verb here"]),
    ],
)
def test_cuts(text: str, expected: list[str]) -> None:
    assert quotes(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The council will close the bridge if the river rises again.",
        "When it rains, the council closes the bridge.",
        "The strike did not end because the mayor resigned.",
        "Trade between Varmo and Harrow grew in May.",
        "The council heard that trade with Norland and Sudland grew.",
        "He met Representative C. A. Roe at 4 a.m. on Monday.",
        "The pillars did not fall until the river rose.",
    ],
)
def test_what_would_be_another_statement_alone_stays_whole(text: str) -> None:
    assert len(quotes(text)) == 1


def test_an_editors_word_parts_nothing() -> None:
    assert quotes("“Everything we own [is] gone,” Mara Oduya said.") == ["Everything we own [is] gone"]


def test_words_that_only_join_are_left_out() -> None:
    assert quotes("However, the bridge was open at noon.") == ["the bridge was open at noon"]
    assert quotes("But the bridge was open at noon.") == ["the bridge was open at noon"]
    assert quotes("• The bridge was open at noon.") == ["The bridge was open at noon"]


def test_no_statement_ends_on_a_word_that_asks_for_more() -> None:
    text = (
        "Goods worth a million must be declared for the year in which they were sold, said the town of Varmo. "
        "The mayor looked into what they had been paid for. The police are looking at that again. "
        "She is accused of selling a ship of which she was not the owner, and the court which heard her was full."
    )
    for quote in quotes(text):
        assert quote.split()[-1].lower() not in {"in", "of", "the", "are", "and", "which", "at", "was", "not", "is"}


def test_the_frame_is_left_out_and_the_content_points_to_it() -> None:
    record = read("The bridge fell at noon, Mara Oduya said. The river was high.")
    first, second = record.clauses
    assert record.quote(first.span) == "The bridge fell at noon"
    assert first.attribution is not None
    assert record.quote(record.attributions[first.attribution].source[0]) == "Mara Oduya"
    assert (second.attribution, second.sentence) == (None, 1)


def test_what_is_told_of_the_source_is_a_statement() -> None:
    record = read("Mara Oduya, who built the bridge in 1961, said that the river was high.")
    assert [(record.quote(c.span), c.attribution) for c in record.clauses] == [
        ("Mara Oduya, who built the bridge in 1961", None),
        ("the river was high", 0),
    ]


def test_quotation_marks_and_that_are_trimmed() -> None:
    assert quotes("“The bridge fell at noon,” said Mara Oduya.") == ["The bridge fell at noon"]
    assert quotes("Mara Oduya said that the bridge fell at noon.") == ["the bridge fell at noon"]


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("The bridge fell at noon.", "affirmed"),
        ("The bridge did not fall at noon.", "denied"),
        ("The bridge didn’t fall at noon.", "denied"),
        ("Nobody was hurt on the bridge.", "denied"),
        ("The Tolmar Shipping Company denied that oil had leaked.", "denied"),
    ],
)
def test_polarity(text: str, polarity: str) -> None:
    assert [c.polarity for c in read(text).clauses] == [polarity]


def test_a_wish_is_no_statement() -> None:
    record = read("Mara Oduya wants to leave the town.")
    assert [c.attribution for c in record.clauses] == [None]


def test_announcing_a_thing_is_the_reporters_statement() -> None:
    record = read("The ministry announced a ban on trucks.\n\nThe ministry announced that trucks are banned.")
    assert [c.attribution is None for c in record.clauses] == [True, False]


def test_a_very_long_sentence_is_one_clause() -> None:
    record = read("The bridge fell and " + "the river rose and " * 400 + "the town slept.")
    assert max(len(c.span) for c in record.clauses) > 1600


WORDS = (
    "said|Mara Oduya|she|who fell|“|”|\"|'|,|.|:|;|\n\n|\r\n|the bridge|fell|after|killing|"
    "denied|that|and|was|😀|\x00|—|(|)|not|1,880"
)
PIECES = st.sampled_from(WORDS.split("|"))


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40).map(" ".join) | st.text(max_size=200))
def test_clauses_lie_in_their_sentences_and_do_not_overlap(text: str) -> None:
    record = read(text)
    held = {c.sentence for c in record.clauses}
    for before, after in zip(record.clauses, record.clauses[1:], strict=False):
        assert before.span.end <= after.span.start
    for clause in record.clauses:
        assert record.sentences[clause.sentence].span.holds(clause.span)
        assert any(ch.isalnum() for ch in record.quote(clause.span))
        assert clause.attribution is None or 0 <= clause.attribution < len(record.attributions)
    for number, line in enumerate(record.words):
        verbs = [record.quote(w.span) for w in line if w.pos == "VERB"]
        if any(verb.isalnum() for verb in verbs) and not record.attributions:
            assert number in held
    assert clauses.find(record) == record.clauses


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("He sang “Don't Stop Rowing” at the hall on Friday.", "affirmed"),
        ("Members of the “No Ferry, No Town” camp began to march.", "affirmed"),
        ("The Mayor Did Not Sign The Deal", "denied"),
        ("No Varmo minister signed the deal.", "denied"),
    ],
)
def test_a_word_of_a_title_denies_nothing(text: str, polarity: str) -> None:
    assert polarity in {c.polarity for c in read(text).clauses}
    assert len({c.polarity for c in read(text).clauses}) == 1


def test_a_picture_from_an_archive_states_nothing() -> None:
    text = "The ferry sank on Friday.\n\nIn this May 3, 2016 file photo, Ola Berg arrives at a gala in Varmo."
    assert quotes(text) == ["The ferry sank on Friday"]


@pytest.mark.parametrize(
    ("text", "expected", "said"),
    [
        # Nothing is said yet, or only done.
        ("The mill will soon announce two new looms.", "The mill will soon announce two new looms", False),
        ("Ola Berg told fans about the split.", "Ola Berg told fans about the split", False),
        # What an inquiry found is its statement.
        (
            "A study by the university found that the river had risen by two metres.",
            "the river had risen by two metres",
            True,
        ),
    ],
)
def test_what_is_said_and_what_is_only_done(text: str, expected: str, said: bool) -> None:
    record = read(text)
    (clause,) = record.clauses
    assert record.quote(clause.span) == expected
    assert (clause.attribution is not None) is said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        # A name or a month before the cue is no auxiliary.
        ("Minister Elsa May said the bridge is safe.", True),
        ("The council in May said the bridge is safe.", True),
        ("Elsa May has said that the bridge is safe.", True),
        ("The owner of Will announced that the bridge is closed.", True),
        # An auxiliary is one, however it is written.
        ("The council may say that the bridge is safe.", False),
        ("THE COUNCIL MAY SAY THAT THE BRIDGE IS SAFE.", False),
    ],
)
def test_a_name_before_the_cue_is_no_auxiliary(text: str, said: bool) -> None:
    assert any(c.attribution is not None for c in read(text).clauses) is said
