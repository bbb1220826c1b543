"""Sureties: whether a support tells what its claim's title tells, on invented reports."""

from __future__ import annotations

import pytest

from tellings import pipeline
from tellings.collate import claims, sureties
from tellings.collate.pairs import lay_out
from tellings.collate.titles import Title
from tellings.records import SURE, Collation, Found, Report
from tellings.text import Span

TITLE = "Divers rescued eleven sailors from the sinking trawler Grey Heron off Melvaine."


def story(**texts: str) -> Collation:
    """The reports of a story, read by the package, one outlet each."""
    reports = [
        Report(name, text, outlet=Found(f"The {name}", "given"), published=Found("2031-05-07", "given"))
        for name, text in texts.items()
    ]
    return Collation(pipeline.annotate(reports))


def sure(title: str, other: str, fact: float = 0.95) -> float:
    """How surely the first statement of one report tells what the whole of another tells, if both may be one fact."""
    c = story(a=f"{title}\n", b=f"{other}\n")
    layout = lay_out(c.reports, {})
    chance = [fact] * len(layout.pairs.first)
    found = sureties.Sureties(layout, {r.id: r for r in c.reports}, chance)
    leaders = list(range(len(layout.copies)))
    first = next(k for k in leaders if layout.leader(k).span.report == "a")
    chances = found.find(leaders, Title(Span("a", 0, len(title)), 1.0, 0.0, wider=False), first)
    return max(chance for span, chance in chances.items() if span.report == "b")


def test_the_same_words_tell_it_and_the_title_tells_itself():
    assert sure(TITLE, TITLE) == 1.0
    c = story(a=f"{TITLE}\n", b=f"{TITLE}\n")
    assert all(s.chance == 1.0 for x in claims.find(c) for s in x.support)


def test_a_title_within_a_longer_sentence_is_told_there_word_for_word():
    assert sure(TITLE, f"{TITLE[:-1]}, the coast guard wrote.") == 1.0


def test_what_leaves_out_little_tells_it_and_what_leaves_out_much_does_not():
    near = sure(TITLE, "Divers have rescued eleven sailors from the trawler Grey Heron off Melvaine.")
    far = sure(TITLE, "The trawler Grey Heron had left Melvaine with its sailors before dawn.")
    assert near >= SURE > far


def test_a_number_that_is_not_told_makes_it_less_sure():
    with_it = sure(TITLE, "Divers saved eleven sailors from the trawler Grey Heron off Melvaine.")
    without = sure(TITLE, "Divers saved sailors from the trawler Grey Heron off Melvaine.")
    assert without < with_it


def test_a_support_is_never_surer_than_that_both_are_one_fact():
    other = "Eleven sailors of the trawler Grey Heron, which was sinking off Melvaine, were rescued by divers."
    assert sure(TITLE, other, 0.7) == 0.7
    assert sure(TITLE, other, 0.3) == 0.3


def test_the_title_is_what_most_reports_tell():
    c = story(
        a="The council of Melvaine closed the northern harbour on Tuesday.\n",
        b="The council of Melvaine closed the northern harbour, where 140 boats and 30 families of fishermen lie, after"
        " a vote of 12 to 9 on Tuesday.\n",
        d="On Tuesday the council of Melvaine closed the northern harbour.\n",
    )
    first = claims.find(c)[0]
    assert "140" not in c.quote(first.title)
    assert {s.span.report for s in first.support if s.chance >= SURE} == {"a", "b", "d"}


def test_every_feature_has_a_weight_that_points_its_way():
    _, weights = sureties._weights()  # pyright: ignore[reportPrivateUsage]  # the model itself
    named = dict(zip(sureties.PARTS, weights, strict=True))
    assert all(named[name] > 0 for name in ("fact", "held", "clause"))
    assert all(named[name] < 0 for name in ("no_act", "no_number"))


@pytest.mark.parametrize("word", ["rescued", "saved"])
def test_words_of_one_family_tell_one_act(word: str):
    assert sure(TITLE, TITLE.replace("rescued", word)) >= SURE


def test_a_title_that_lies_in_no_sentence_tells_nothing_and_raises_nothing():
    c = story(a=f"\n\n\n{TITLE}\n\n\nThe council met at noon.\n\n\n", b=f"{TITLE}\n")
    layout = lay_out(c.reports, {})
    found = sureties.Sureties(layout, {r.id: r for r in c.reports}, [0.95] * len(layout.pairs.first))
    first = next(k for k in range(len(layout.copies)) if layout.leader(k).span.report == "a")
    length = len(c.reports[0].report.text)
    for start, end in ((0, 2), (len(TITLE) + 3, len(TITLE) + 5), (length - 1, length), (7, 7)):
        chances = found.find([first], Title(Span("a", start, end), 1.0, 0.0, wider=False), first)
        assert set(chances) == {layout.statements[k].span for k in layout.copies[first]}
