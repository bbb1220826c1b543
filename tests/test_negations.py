"""Whether a statement says that something is not so, on invented sentences with the tagger's parts of speech."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tellings.annotate.negations import negated
from tellings.annotate.words import split, tag


def says_no(sentence: str) -> bool:
    words = [sentence[a:b] for a, b in split(sentence)]
    return negated([w.lower().replace("’", "'") for w in words], tag(words))


@pytest.mark.parametrize(
    "sentence",
    [
        "The bridge did not fall at noon",
        "Nobody was hurt on the bridge",
        "No trace of the ferry was found",
        "Divers found no trace of the ferry",
        "The mayor failed to answer",
        "The mayor refused to leave the hall",
        "The company denied the charges",
        "The mayor has never been to Varmo",
        "Neither the mayor nor the police answered",
        "The ferry could not be reached",
        "The dam no longer holds",
        "She decided not to attend the meeting",
        "There were no survivors",
        "The mayor was not in the hall, but his wife was",
        "Not one of the boats came back",
        "The mayor was unable to attend",
        "Officials ruled out a bomb",
        "The attack was not the work of one man",
        "Nothing was stolen",
        "The man did not say why he left",
        "He said no",
        "The bill does not ban guns but limits them",
        "She did not really see the bus but people running",
        "The mayor chose not to sign",
    ],
)
def test_negations(sentence: str) -> None:
    assert says_no(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "He can't help but smile at the news",
        "She could not help laughing",
        "It was not a bomb but a gas leak",
        "The fire destroyed not only the hall but also the school",
        "No fewer than twelve people were hurt",
        "No less than half of the town was flooded",
        "There is no doubt that the dam will fall",
        "The road was not opened until May",
        "It was hardly surprising that the dam fell",
        "It is not surprising that the dam fell",
        "The mayor did not deny the charges",
        "He never failed to pay his rent",
        "The dam fell because the council did not pay",
        "The man who was not armed was shot by police",
        "The man, who had not been armed, was shot by police",
        "The mayor said that nobody was hurt",
        "If the council does not pay, the school will close",
        "The ferry sank although it was not full",
        "Hundreds, if not thousands, marched",
        "He left without paying",
        "The vote of no confidence passed",
        "The school closed on the orders of none other than the mayor",
        "It was not uncommon to see wolves",
        "The mayor knew which roads were not safe",
        "Police did not rule out a bomb",
        "The rumours were dismissed as a joke",
        "Whether or not he left, the door was open",
        "The council has nothing but praise for the crew",
        "He wasn't hurt and didn't complain",
        "The ferry, which never sailed again, was sold",
        "No. 10 is the house of the mayor",
        "It is not that the mayor lied but that he forgot",
        "The law applies not to the rich but to the poor",
        "The board urged Mr. Holm not to sign the deal",
        "Unions asked the mayor not to close the school",
        "The firm was fined for not paying its drivers",
        "The plan freezes prices by raising taxes, not cutting wages",
        "The town had soured on him, and not without reason",
        "He has never been anything less than kind",
        "They earned a not-entirely-welcome fame",
        "She can't believe he is gone",
        "He could not be happier with the house",
    ],
)
def test_what_only_looks_like_a_negation_or_stands_in_another_clause(sentence: str) -> None:
    assert not says_no(sentence)


WORDS = "not|n't|no|nobody|who|,|until|but|that|failed|to|because|the|mayor|left|.|nor"


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS.split("|"))))
def test_any_words_are_read(words: list[str]) -> None:
    assert negated(words, tag(words)) in (True, False)
