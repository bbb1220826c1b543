"""Titles: what a claim is shown by is a statement that a reader understands, on invented reports."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tellings import pipeline
from tellings.collate import claims, statements
from tellings.collate.titles import Title, Titles, astray, caption, captions, dateline, subordinate
from tellings.records import Annotated, Collation, Found, Report
from tellings.text import Span


def read(text: str, name: str = "a") -> Annotated:
    (report,) = pipeline.annotate([Report(name, text, outlet=Found(name, "given"))])
    return report


def title(text: str, words: str) -> tuple[str, Title]:
    """The title that the first statement with these words offers."""
    report = read(text)
    one = next(s for s in statements.read(report) if words in report.quote(s.span))
    found = Titles(report).find(one.span, one.sentence)
    return report.quote(found.span), found


@pytest.mark.parametrize(
    ("text", "words", "opens", "closes"),
    [
        ("The mayor, who founded the Halden shipyard in 1990, resigned on Monday.", "founded", "The mayor", "resigned"),
        ("The keys that Solheim gave to the court were stolen on Friday.", "gave to the court", "The keys", "stolen"),
        ("Brandt apologized for the remarks in a written statement on Friday.", "apologized", "Brandt", "Friday"),
        ("The council approved the bridge and rejected the tunnel.", "rejected", "The council", "tunnel"),
    ],
)
def test_a_part_of_a_sentence_is_made_whole(text: str, words: str, opens: str, closes: str):
    quoted, found = title(text, words)
    assert quoted.startswith(opens)
    assert closes in quoted
    assert found.whole >= (0.6 if found.wider else 0.9)


def test_a_statement_that_stands_by_itself_is_left_as_it_is():
    text = "The ferry ran aground near Melvaine, and divers rescued eleven sailors before dawn."
    quoted, found = title(text, "ran aground")
    assert quoted == "The ferry ran aground near Melvaine"
    assert (found.whole, found.cost) == (1.0, 0.0)


def test_no_title_ends_within_a_name_or_on_a_preposition():
    report = read("The court heard that C.A. Solheim of Ostrel sent the stolen keys back to the lower town.")
    titles, text = Titles(report), report.report.text
    for end in (" Solheim", " Ostrel", " lower"):
        assert report.quote(titles.find(Span("a", 0, text.index(end)), 0).span).rstrip(".") == text.rstrip(".")


def test_an_initial_at_the_end_of_a_sentence_is_taken_for_a_name_that_goes_on():
    report = read("The case went back to Judge C. A. Solheim of Ostrel on Monday.")
    found = Titles(report).find(Span("a", 0, len("The case went back to Judge C.")), 0)
    assert found.whole < 1.0 or "Monday" in report.quote(found.span)


def test_what_opens_with_a_pronoun_or_lacks_a_verb_is_less_whole():
    whole = title("The harbour master closed the channel on Friday.", "closed")[1].whole
    leaning = title("He closed the northern channel on Friday.", "closed")[1].whole
    report = read("A blue house with nine doors.")
    bare = Titles(report).find(report.sentences[0].span, 0).whole
    assert whole > leaning > bare


def test_a_noun_after_a_preposition_is_no_subject():
    report = read("The envoy spoke at length in the valley known for its copper mines and its old bridges.")
    start = report.report.text.index("in the valley")
    found = Titles(report).find(Span("a", start, len(report.report.text)), 0)
    assert report.quote(found.span).startswith("The envoy spoke")


def test_a_clause_that_leans_on_a_later_one_takes_it_in():
    quoted, found = title("If the dam holds, the valley will be dry by Monday.", "dam holds")
    assert quoted.startswith("If the dam holds, the valley will be dry")
    assert found.whole >= 0.9


def test_where_it_was_filed_is_no_part_of_a_title():
    quoted, _ = title("OSTREL, Melvaine (Quay Wire) — The dam above the town broke on Friday.", "dam above")
    assert quoted.startswith("The dam above the town broke")
    assert dateline("The dam above OSTREL broke.") == 0
    assert dateline("NATO said on Friday that the dam broke.") == 0


@pytest.mark.parametrize(
    "text",
    [
        "Photos: The flood in pictures",
        "A post shared by Ilse Brandt on Friday.",
        "Pictured is the tower before it fell.",
        "The tower before it fell. (AP Photo/Jonas Tveit)",
        "The mayor of Ostrel is seen at the gate on Friday.",
    ],
)
def test_captions_are_known(text: str):
    assert caption(text)


def test_a_caption_titles_nothing_that_a_sentence_tells():
    spoken = "The old bell tower of Ostrel fell into the market square on Friday morning."
    shown = "The old bell tower of Ostrel is seen after it fell into the market square on Friday morning."
    c = Collation(pipeline.annotate([Report("a", shown), Report("b", spoken), Report("d", spoken)]))
    tower = next(x for x in claims.find(c) if any("tower" in c.quote(s.span) for s in x.support))
    assert c.quote(tower.title).startswith("The old bell tower of Ostrel fell")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120))
def test_a_title_holds_its_statement_whatever_the_text(text: str):
    report = read(text)
    titles = Titles(report)
    for one in statements.read(report):
        found = titles.find(one.span, one.sentence)
        assert 0 <= found.whole <= 1
        assert found.cost >= 0
        assert found.span.overlap(one.span) > 0
        assert found.span.end >= one.span.end
        assert report.sentences[one.sentence].span.holds(found.span) or found.span == one.span


def test_what_may_not_be_so_is_not_titled_as_a_fact():
    report = read("The council will close the harbour if the storm reaches Melvaine on Monday.")
    start = report.report.text.index("the storm")
    found = Titles(report).find(Span("a", start, len(report.report.text) - 1), 0)
    assert "if the storm" in report.quote(found.span)


def test_a_clause_behind_when_or_who_hangs_on_another():
    report = read("The mayor resigned when the dam broke above the town that Solheim had built.")
    text = report.report.text

    def hangs(words: str) -> bool:
        start = text.index(words)
        return subordinate(report, Span("a", start, start + len(words)), 0)

    assert hangs("the dam broke")
    assert hangs("when the dam broke")
    assert not hangs("The mayor resigned")


def test_what_shares_a_file_photos_paragraph_is_its_caption():
    report = read(
        "FILE - In this May 3, 2030, file photo, a ferry lies in Melvaine. It is to be sold on Friday. (Quay Wire)"
        "\n\nThe ferry ran aground on Tuesday. Divers rescued eleven sailors."
    )
    assert {report.quote(report.sentences[k].span)[:9] for k in captions(report)} == {
        "FILE - In",
        "It is to ",
        "(Quay Wir",
    }


def test_a_long_paragraph_is_no_caption_for_one_file_photo_in_it():
    text = "The ferry ran aground. " * 8 + "A file photo shows it whole."
    assert len(captions(read(text))) < 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Losses that firms can use to lower their taxes, she added, are worth less now.", "firms can use"),
        ("The wharf, citing a storm off Ostrel, expects to lose five million crowns.", "a storm off Ostrel"),
        ("Taking six months to do it, the crew sailed around the cape.", "Taking six months"),
    ],
)
def test_what_hangs_on_the_words_before_it_is_no_title(text: str, words: str):
    report = read(text)
    start = text.index(words)
    end = text.index(",", start) if "," in text[start:] else len(text)
    found = Titles(report).find(Span("a", start, end), 0)
    assert found.span.start == 0 or found.whole <= 0.5


def test_a_title_is_told_to_be_wider_where_another_verb_is_its_main_one():
    _, found = title("The mayor, who founded the Halden shipyard in 1990, resigned on Monday.", "founded")
    assert found.wider
    _, found = title(
        "The ferry ran aground near Melvaine, and divers rescued eleven sailors before dawn.", "ran aground"
    )
    assert not found.wider


def test_what_mainly_tells_another_statement_is_less_of_a_title():
    text = "The mayor, who founded the Halden shipyard in 1990, resigned on Monday."
    assert title(text, "founded")[1].whole < title(text, "resigned")[1].whole


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“The dam was built of bad concrete from Ostrel,” Ingrid Solheim told the council on Friday.", "bad concrete"),
        ("Ingrid Solheim said on Friday: “The dam was built of bad concrete from Ostrel.”", "bad concrete"),
    ],
)
def test_somebodys_own_words_are_titled_with_who_said_them(text: str, words: str):
    quoted, found = title(text, words)
    assert "Ingrid Solheim" in quoted
    assert "said" in quoted or "told" in quoted
    assert found.whole >= 0.9
    assert not found.wider


def test_somebodys_own_words_without_a_name_are_less_whole():
    text = (
        "“The dam was built of bad concrete,” Ingrid Solheim said on Friday. “The council of Ostrel paid for it twice.”"
    )
    assert title(text, "paid for it")[1].whole < title(text, "bad concrete")[1].whole


def test_words_that_a_quotation_goes_on_with_are_no_title_of_their_own():
    text = "“The dam held for a year, and the town of Ostrel paid for the repair twice,” Ingrid Solheim said."
    assert title(text, "paid for the repair")[1].whole <= 0.6


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("The ferry to Melvaine ran aground on Friday.", "You will not believe the ferry to Melvaine on Friday."),
        ("Three boats reached the pier by noon.", "The other three reached the pier by noon."),
        ("The bailiff of Ostrel locked the mill.", "The old mill was locked by his deputy on Sunday."),
        ("The dam above the town broke on Friday.", "The dam above the town broke on Friday!"),
    ],
)
def test_quips_and_what_leans_on_what_was_said_before_are_less_whole(better: str, worse: str):
    assert Titles(read(better)).find(Span("a", 0, len(better)), 0).whole > (
        Titles(read(worse)).find(Span("a", 0, len(worse)), 0).whole
    )


def test_a_title_does_not_end_before_its_point():
    text = "The miller sold his last sack and because the harbour was shut, nobody brought him more."
    report = read(text)
    found = Titles(report).find(Span("a", 0, text.index(",")), 0)
    assert "nobody brought him more" in report.quote(found.span)


@pytest.mark.parametrize(
    ("text", "strays"),
    [
        ("On the eve of the fair, his deputy locked the old mill.", True),
        ("The mayor of Ostrel said her office would shut the gates.", False),
        ("In her first speech, Ada Brook called for the gates to be shut.", False),
        ("The clerk read out those orders.", True),
        ("The clerk wrote two orders and read out those orders this week.", False),
        ("The pair were charged on Friday.", True),
        ("The council knows that's why nobody came.", True),
        ("The clerk said: “He read out those orders.”", False),
    ],
)
def test_what_speaks_of_somebody_not_named_goes_astray(text: str, strays: bool):
    report = read(text)
    assert astray(report, report.sentences[0].span, 0) is strays


def test_a_participle_is_not_what_a_sentence_tells():
    text = "Ada Brook, worn out by the long quarrel over the dam, resigned on Monday in Ostrel."
    quoted, found = title(text, "resigned")
    assert quoted.startswith("Ada Brook")
    assert found.whole >= 0.9


def test_a_quotation_is_closed():
    text = 'The town of Ostrel opened a show named "The Bell of Melvaine," and nobody came to the opening.'
    report = read(text)
    found = Titles(report).find(Span("a", 0, text.index(',"')), 0)
    assert report.quote(found.span) == text[: text.index(" and nobody")]
