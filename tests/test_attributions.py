"""Who is said to have said what, on invented sentences."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tellings.annotate import attributions, cues
from tellings.annotate.frames import tokens
from tellings.annotate.quotes import stretches
from tellings.pipeline import ANNOTATE
from tellings.records import Annotated, Attribution, Report
from tellings.text import Span


def read(text: str) -> Annotated:
    record = Annotated(Report("r", text))
    for step in ANNOTATE:
        if step.assigns in ("removed", "sentences", "words", "tagged", "mentions", "attributions"):
            record = step.run(record)
    return record


def words(record: Annotated, spans: tuple[Span, ...]) -> str:
    return " / ".join(record.quote(span) for span in spans)


def only(record: Annotated, content: str) -> Attribution:
    """The one attribution whose content holds these words."""
    found = [x for x in record.attributions if content in words(record, x.content)]
    assert len(found) == 1, [words(record, x.content) for x in record.attributions]
    return found[0]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("Mara Oduya said the bridge had fallen.", "Mara Oduya", "said", "the bridge had fallen"),
        ("Police say that the bridge has fallen.", "Police", "say", "that the bridge has fallen"),
        ("The bridge fell at noon, police said.", "police", "said", "The bridge fell at noon"),
        ("The bridge fell at noon, said Mara Oduya.", "Mara Oduya", "said", "The bridge fell at noon"),
        ("According to Mara Oduya, the bridge fell at noon.", "Mara Oduya", "According to", "the bridge fell at noon"),
        ("The bridge fell at noon, according to police.", "police", "according to", "The bridge fell at noon"),
        ("“The bridge fell at noon,” Mara Oduya told AFP.", "Mara Oduya", "told", "“The bridge fell at noon,”"),
        ("Officials announced that the bridge will close.", "Officials", "announced", "that the bridge will close"),
        ("The ministry warned that the bridge could fall.", "The ministry", "warned", "that the bridge could fall"),
    ],
)
def test_patterns(text: str, source: str, cue: str, content: str) -> None:
    record = read(text)
    assert len(record.attributions) == 1
    x = record.attributions[0]
    assert (words(record, x.source), words(record, x.cue), words(record, x.content)) == (source, cue, content)


def test_manner() -> None:
    record = read(
        "“The bridge fell at noon,” said Mara Oduya.\n\nJon Pell said the bridge was “a heap of rust” by then.\n\n"
        "Ann Silber said the river was high."
    )
    assert only(record, "fell at noon").manner == "direct"
    assert only(record, "heap of rust").manner == "mixed"
    assert only(record, "river was high").manner == "indirect"


def test_denial() -> None:
    record = read("The Tolmar Shipping Company denied that oil had leaked from its tanker.")
    assert only(record, "oil had leaked").polarity == "denied"


def test_told_to_an_agency() -> None:
    record = read("Mara Oduya told AFP that the bridge had fallen.")
    x = only(record, "bridge had fallen")
    assert words(record, x.through) == "AFP"


def test_quotation_over_sentences_and_paragraphs() -> None:
    record = read(
        "“The signal had failed,” said Mara Oduya, head of the rail office. “We warned them twice.\n\n"
        "“No one in the company listened to us that winter.”\n\nThe line stays closed."
    )
    x = only(record, "signal had failed")
    assert "We warned them twice" in words(record, x.content)
    assert "No one in the company listened" in words(record, x.content)
    assert "The line stays closed" not in words(record, x.content)


def test_pronoun_and_surname_go_to_the_full_name() -> None:
    record = read(
        "Mara Oduya visited the bridge on Monday. She said the river was high.\n\nOduya said the town was safe.\n\n"
        "“We are ready,” she added."
    )
    for content in ("river was high", "town was safe", "We are ready"):
        speaker = only(record, content).speaker
        assert speaker is not None
        assert speaker.name == "Mara Oduya"
        assert record.quote(speaker.span) == speaker.name


def test_pronoun_keeps_to_its_gender() -> None:
    record = read("Peter Hallam met Susan Carver at the bridge. She said the river was high.")
    speaker = only(record, "river was high").speaker
    assert speaker is not None
    assert speaker.name == "Susan Carver"


def test_the_company_is_the_one_named() -> None:
    record = read(
        "The Tolmar Shipping Company said its tanker was safe. The company said that it would pay for the harbour."
    )
    speaker = only(record, "would pay").speaker
    assert speaker is not None
    assert "Tolmar" in speaker.name


def test_names_inside_what_is_said_do_not_speak() -> None:
    record = read("Peter Hallam opened the bridge. “John Carver built it in a year,” he said.")
    speaker = only(record, "John Carver built it").speaker
    assert speaker is not None
    assert speaker.name == "Peter Hallam"


def test_headline_with_a_colon() -> None:
    record = read("Police: nine people hurt as bridge falls\n\nA bridge fell on Monday.")
    assert words(record, only(record, "nine people hurt").source) == "Police"


def test_signed_post() -> None:
    record = read("The bridge is gone.\n\nWe all walk now. — Mara Oduya (@maraoduya) May 3, 2021\n\nNobody was hurt.")
    x = only(record, "We all walk now")
    assert (words(record, x.source), x.manner) == ("Mara Oduya", "direct")


def test_gerund_takes_the_subject() -> None:
    record = read("Mara Oduya left the meeting, saying that the river was high.")
    assert words(record, only(record, "river was high").source) == "Mara Oduya"


def test_hedges() -> None:
    record = read("Mara Oduya said the so-called gate was reportedly closed.")
    x = only(record, "reportedly closed")
    assert words(record, x.hedges) == "so-called / reportedly"


def test_no_speech_no_attribution() -> None:
    assert read("The bridge fell at noon. Nine people were taken to hospital.").attributions == ()


def test_said_gives_the_resolved_name_and_the_words_at_the_spot() -> None:
    record = read("Mara Oduya visited the bridge. She told AFP that the river was high.")
    index = record.attributions.index(only(record, "river was high"))
    said = attributions.said(record, index)
    assert (said.source_text, said.cue_text, said.through) == ("Mara Oduya", "told", ("AFP",))
    assert said.source is not None
    assert record.quote(said.source) == "She"
    with pytest.raises(IndexError):
        attributions.said(record, len(record.attributions))


def quoted(text: str) -> list[str]:
    record = Annotated(Report("r", text))
    return [record.quote(q.span) for q in stretches(record)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "no way" twice.', ['"no way"']),
        ("He said “no way” twice.", ["“no way”"]),
        ("It's the players' night, and O'Neil's too.", []),
        ("'We are done,' he said. It's over.", ["'We are done,'"]),
        ('A 6" pipe burst.', []),
        ("“One.\n\n“Two.”\n\nThree.", ["“One.", "“Two.”"]),
        ("“He said ‘go’ and went.”", ["“He said ‘go’ and went.”"]),
        ("", []),
    ],
)
def test_quotations(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_a_quotation_carried_on_says_so() -> None:
    record = Annotated(Report("r", "“One.\n\n“Two.”\n\n“Three.”"))
    assert [q.follows for q in stretches(record)] == [False, True, False]


def test_cue_words_have_one_class() -> None:
    assert cues.verb("said") == ("say", "say")
    assert cues.kind(["strongly", "denied"])[0] == "deny"
    assert cues.verb("walked") is None


def test_long_sentences_are_passed_over() -> None:
    record = read("Mara Oduya said " + "the bridge and " * 600 + "the river fell.")
    assert record.attributions == ()


WORDS = (
    "said|Mara Oduya|she|according to|“|”|\"|'|’s|,|.|:|\n\n|\r\n|the bridge|fell|told AFP|"
    "denied|that|who|police|in a statement|😀|\x00|—|(|)|and|adding|1,880|\u0130"
)
PIECES = st.sampled_from(WORDS.split("|"))


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40).map(" ".join) | st.text(max_size=200))
def test_any_text_is_read_and_every_span_quotes_it(text: str) -> None:
    record = read(text)
    assert list(tokens(record, stretches(record)).spans) == [w.span for line in record.words for w in line]
    for x in record.attributions:
        assert x.source or x.cue or x.content
        for span in (*x.source, *x.cue, *x.content, *x.through, *x.hedges, *((x.speaker.span,) if x.speaker else ())):
            assert span.report == "r"
            assert 0 <= span.start < span.end <= len(text)
        if x.speaker:
            assert record.quote(x.speaker.span) == x.speaker.name
        assert list(x.content) == sorted(x.content)
    assert attributions.find(record) == record.attributions


@pytest.mark.parametrize(
    ("text", "content", "speaker", "through"),
    [
        ("AFP said, citing Mara Oduya, that the bridge had fallen.", "bridge had fallen", "Mara Oduya", "AFP"),
        ("The bridge had fallen, state television said, citing police.", "had fallen", "police", "state television"),
        (
            "Mara Oduya said in an interview with Radio Tolmar that the river was high.",
            "high",
            "Mara Oduya",
            "Radio Tolmar",
        ),
        ("Mara Oduya told reporters that the river was high.", "river was high", "Mara Oduya", ""),
        (
            "The bridge fell at noon, according to a statement by Mara Oduya carried by SANA.",
            "fell at noon",
            "Mara Oduya",
            "SANA",
        ),
        ("Mara Oduya was quoted by the agency as saying that the river was high.", "high", "Mara Oduya", "the agency"),
        (
            "Mara Oduya said Peter Hallam had told her that the river was high.",
            "river was high",
            "Peter Hallam",
            "Mara Oduya",
        ),
    ],
)
def test_chains(text: str, content: str, speaker: str, through: str) -> None:
    record = read(text)
    x = [x for x in record.attributions if content in words(record, x.content)][-1]
    assert attributions.said(record, record.attributions.index(x)).source_text == speaker
    assert words(record, x.through) == through


@pytest.mark.parametrize(
    ("text", "polarity", "modality"),
    [
        ("Mara Oduya said the bridge had fallen.", "affirmed", "asserted"),
        ("Mara Oduya said the bridge could fall.", "affirmed", "possible"),
        ("Mara Oduya said her men could not see the bridge.", "affirmed", "asserted"),
        ("Mara Oduya said the bridge would close on Friday.", "affirmed", "future"),
        ("Mara Oduya said the town planned to close the bridge.", "affirmed", "future"),
        ("Mara Oduya vowed to close the bridge.", "affirmed", "future"),
        ("Mara Oduya said that drivers must leave the bridge.", "affirmed", "obliged"),
        ("“Leave the bridge at once,” said Mara Oduya.", "affirmed", "obliged"),
        ("“Why did the bridge fall?” asked Mara Oduya.", "affirmed", "asked"),
        ("Mara Oduya declined to say whether the bridge was safe.", "affirmed", "unsaid"),
        ("Mara Oduya denied that the bridge had fallen.", "denied", "asserted"),
        ("Mara Oduya said it was not true that the bridge had fallen.", "denied", "asserted"),
        ("Mara Oduya said reports of a fall were false.", "denied", "asserted"),
        ("Mara Oduya did not deny that the bridge had fallen.", "affirmed", "asserted"),
        ("Mara Oduya has no doubt that the bridge is safe.", "affirmed", "asserted"),
        ("Mara Oduya dismissed the reports as lies.", "denied", "asserted"),
        ("Mara Oduya dismissed Peter Hallam as a clown.", "affirmed", "asserted"),
        ("Mara Oduya refused to rule out a strike.", "affirmed", "future"),
    ],
)
def test_polarity_and_modality(text: str, polarity: str, modality: str) -> None:
    x = read(text).attributions[-1]
    assert (x.polarity, x.modality) == (polarity, modality)


def test_a_distancing_verb_is_a_hedge() -> None:
    record = read("Mara Oduya claimed that the bridge had fallen.")
    assert words(record, only(record, "had fallen").hedges) == "claimed"


@pytest.mark.parametrize(
    ("text", "content", "speaker"),
    [
        ("Goalkeeper Peter Hallam limped off.\n\n“I will play,” the keeper said.", "I will play", "Peter Hallam"),
        ("Susan Carver, a nurse in Tolmar, left. The nurse said the town was safe.", "town was safe", "Susan Carver"),
        (
            "Simon Adler founded the firm. His daughter, Ruth Adler, runs it. Ms Adler said the firm was safe.",
            "firm was safe",
            "Ruth Adler",
        ),
        ("Peter Hallam sat down. The 43-year-old said the river was high.", "river was high", "Peter Hallam"),
        ("Peter Hallam left early. Halam said the river was high.", "river was high", "Halam"),
        (
            "Mayor Peter Hallam spoke. Hallam left at noon, and Hallam came back. Halam said the river was high.",
            "river was high",
            "Peter Hallam",
        ),
        ("Harrow Motors closed its plant on Monday. It said that sales had fallen.", "sales had", "Harrow Motors"),
        ("The airline apologised on Monday. “We regret the delay,” it said.", "regret", "The airline"),
        (
            "Police were called at noon. They said the man had left. Officials came, and they said the dam was safe.",
            "dam was safe",
            "Officials",
        ),
        ("Hallam, whose lawyer said that the town was safe, left.", "town was safe", "whose lawyer"),
        ("Mara Oduya's brother told police that the town was safe.", "town was safe", "Mara Oduya's brother"),
        (
            "The judge asked Peter Hallam his age. “I am 40,” Hallam told the judge. The judge said the man was ill.",
            "man was ill",
            "The judge",
        ),
        (
            "“We are glad,” Harrow Motors said in a statement sent by PR Newswire. The company said sales had grown.",
            "sales had",
            "Harrow Motors",
        ),
        (
            "Peter Hallam issued a statement after Mara Oduya told voters that he had taken bribes.",
            "taken bribes",
            "Mara Oduya",
        ),
        (
            "President Adler spoke on Monday. His son, Simon Adler Jr., was there. Mr. Adler said the town was safe.",
            "town was safe",
            "Adler",
        ),
        (
            "Representative Simon Adler Jr. spoke on Monday. Mr. Adler said the town was safe.",
            "town was safe",
            "Simon Adler Jr.",
        ),
        (
            "Simon J. Adler came. His son, Simon Adler Jr., was there. Mr. Adler said the town was safe.",
            "town was safe",
            "Simon J. Adler",
        ),
    ],
)
def test_descriptions_go_to_the_name(text: str, content: str, speaker: str) -> None:
    record = read(text)
    index = record.attributions.index(only(record, content))
    assert attributions.said(record, index).source_text == speaker


@pytest.mark.parametrize(
    ("text", "content", "speaker"),
    [
        # Whom he spoke of is not who goes on speaking.
        (
            "Council leader Steny Vahl urged Mark Orrel to reopen the road. “People need it,” he said.",
            "People need it",
            "Steny Vahl",
        ),
        ("Then came Ruben Olsvik's answer.\n\nHe accused the board of theft.", "the board of theft", "Ruben Olsvik"),
        # A name before a noun tells of whom, not who.
        ("Mark Orrel is ill. An Orrel spokesman said he would sing again.", "he would sing", "An Orrel spokesman"),
        (
            "“Keep going,” tweeted the Varmo chapter of Rise Again, a leader in the Stop Orrel movement.",
            "Keep going",
            "the Varmo chapter of Rise Again",
        ),
        # Two who speak are not the first of them.
        (
            "Ann Holm of Varmo and Mark Orrel of Skien, the party leader, said in a joint statement the plan was dead.",
            "the plan was dead",
            "Ann Holm of Varmo and Mark Orrel of Skien",
        ),
        ("Mr. Orrel left. Mary Orrel came. Mr. Orrel said it was over.", "it was over", "Orrel"),
        (
            "Lawyer George Tolmar III spoke to Mary Tolmar. “It is over,” Mr. Tolmar wrote.",
            "It is over",
            "George Tolmar III",
        ),
    ],
)
def test_who_is_meant(text: str, content: str, speaker: str) -> None:
    record = read(text)
    x = only(record, content)
    found = x.speaker.name if x.speaker else words(record, x.source)
    assert found == speaker


def test_a_participle_behind_a_clause_of_time_goes_with_the_main_verb() -> None:
    record = read(
        "Union leaders rejected the offer before Olsvik announced it on Monday, however, saying that it was too low."
    )
    x = only(record, "that it was too low")
    assert words(record, x.source) == "Union leaders"


def test_what_is_quoted_goes_on_from_what_was_quoted() -> None:
    record = read(
        "“It is a betrayal,” said Workers First, just one of several groups bashing Olsvik for the deal. "
        "“Most of us voted no and he knew it.”"
    )
    assert only(record, "Most of us voted no") is only(record, "It is a betrayal")


def test_nouns_and_participles_are_no_verbs_of_saying() -> None:
    record = read("The spokesman for the mayor, Dag Holm, said the release “is the outcome of long talks”.")
    assert words(record, only(record, "the outcome").source).endswith("Dag Holm")
    record = read("Some of the girls released are seen during a meeting in Varmo.")
    assert not record.attributions


def test_a_briefing_carries_nothing() -> None:
    record = read("“We remain concerned,” spokesman Dag Holm told a daily briefing.")
    assert only(record, "We remain concerned").through == ()


def test_a_participle_beside_a_noun_is_no_cue() -> None:
    record = read("The airline gives free or discounted flights to friends of its crews.")
    assert not [x for x in record.attributions if x.polarity == "denied"]


def test_dismissing_a_person_denies_nothing() -> None:
    record = read("When she declined, Holm dismissed her again and closed the hearing.")
    assert not [x for x in record.attributions if x.polarity == "denied"]
    record = read("Holm dismissed claims that the ferry had leaked.")
    assert [x.polarity for x in record.attributions] == ["denied"]


def test_a_pronoun_tells_which_of_a_family_is_meant() -> None:
    record = read(
        "Robert Olsvik and his wife, Sandra Olsvik, came to court. Sandra Olsvik said little.\n\n"
        "Olsvik spoke for an hour. “I am not proud,” he said."
    )
    x = only(record, "I am not proud")
    assert x.speaker is not None
    assert x.speaker.name == "Robert Olsvik"


def test_who_took_a_picture_says_nothing() -> None:
    record = read("Mary Orrel sang in Varmo. (Photo by Jane Strand/Harrow Wire)\n\n“I am glad,” she said.")
    x = only(record, "I am glad")
    assert x.speaker is not None
    assert x.speaker.name == "Mary Orrel"


@pytest.mark.parametrize(
    ("text", "content", "source", "speaker"),
    [
        # The head of the whole noun phrase, not the noun beside the verb.
        (
            "The women who were hurt at the depot in front of the station told how the gate had fallen.",
            "how the gate had fallen",
            "The women who were hurt at the depot",
            "The women",
        ),
        # A participle goes with the subject of its clause, or with who sent the paper.
        (
            "Mara Oduya met the board and the mayor of Harrow, saying the bridge would open in May.",
            "the bridge would open in May",
            "Mara Oduya",
            "Mara Oduya",
        ),
        (
            "The union sent a long reply to Norwire saying that nobody had been asked.",
            "that nobody had been asked",
            "The union",
            "The union",
        ),
        # "According to" has its source behind it.
        (
            "The council, according to the Harrow Gazette, said the bridge had been sold.",
            "the bridge had been sold",
            "the Harrow Gazette",
            "Harrow Gazette",
        ),
    ],
)
def test_whose_words_they_are(text: str, content: str, source: str, speaker: str) -> None:
    record = read(text)
    x = only(record, content)
    assert words(record, x.source) == source
    assert (x.speaker.name if x.speaker else words(record, x.source)) == speaker


@pytest.mark.parametrize(
    ("text", "content", "speaker"),
    [
        # Who says it in the middle of a statement is not whom it is about.
        ("Ola Berg, council officials said, sold the bridge.", "sold the bridge", "council officials"),
        # "The president" is he whose country is not told.
        (
            "Norse President Ola Berg met President Peter Hallam in Harrow. The president said the talks were good.",
            "the talks were good",
            "Peter Hallam",
        ),
        # Who spoke last, though the other's first name tells his gender; not the one he is told of by.
        (
            "Justice Tom Holm heard the case of Ayotunde Bello, who said he was tired. “I want to go home,” he said.",
            "I want to go home",
            "Ayotunde Bello",
        ),
        # The report's hero by his employer's name.
        (
            (
                "Mara Oduya has run the Harrow show for ten years. Mara Oduya was ill in May. Mara Oduya came back."
                " “We won,” the Radio Varmo host said."
            ),
            "We won",
            "Mara Oduya",
        ),
        # A company is not the paper named last.
        (
            (
                "Baltic Airways and the Harrow Gazette were asked. Baltic Airways flies to Varmo."
                " The Gazette was told of it on Monday. The airline said the flight had turned back."
            ),
            "the flight had turned back",
            "Baltic Airways",
        ),
        # "It" is the town or country that the sentence before is about.
        ("Varmo gloated about the launch. It said the rocket had reached its height.", "reached its height", "Varmo"),
        # A statement is his who said so in one.
        (
            (
                "Ola Berg said in a statement that the bridge was safe. Tom Holm was in Varmo."
                " The statement said the bridge would open in May."
            ),
            "would open in May",
            "Ola Berg",
        ),
        (
            "“The gate was shut,” said the statement from Holm's lawyer, Mara Oduya. “Nobody was there.”",
            "Nobody was there",
            "Mara Oduya",
        ),
        ("Sheriff Adam Holm of Deel County, Norland, who said he was glad, left.", "he was glad", "Adam Holm"),
    ],
)
def test_who_said_it(text: str, content: str, speaker: str) -> None:
    record = read(text)
    x = only(record, content)
    assert (x.speaker.name if x.speaker else words(record, x.source)) == speaker


def test_an_office_inside_his_words_is_not_the_speaker() -> None:
    record = read("Peter Hallam said the mayor should insist that the bridge be closed.")
    inner = next(x for x in record.attributions if "insist" in words(record, x.cue))
    assert inner.speaker is None
