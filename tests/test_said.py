"""Who is said to have said what, on the marked reports of `reports/said`: no figure may drop."""

from __future__ import annotations

import pytest
import said_marks
from said_marks import Figures, same_name

FLOORS = {
    "found": 0.94,
    "source": 0.97,
    "cue": 0.98,
    "speaker": 0.95,
    "chain": 0.89,
    "manner": 0.97,
    "polarity": 0.92,
    "modality": 0.93,
    "hedges": 0.90,
}
"""A little under what is reached, so that one wrong answer more or two do not fail."""
EXTRA = 18


@pytest.fixture(scope="module")
def figures() -> Figures:
    return said_marks.run()


@pytest.mark.parametrize("row", said_marks.ROWS)
def test_no_figure_drops(figures: Figures, row: str) -> None:
    missed = [line for line in figures.misses if line.startswith(row)]
    assert figures.share(row) >= FLOORS[row], missed


def test_few_attributions_are_made_up(figures: Figures) -> None:
    assert figures.of["extra"] <= EXTRA


def test_the_set_is_whole() -> None:
    gold = said_marks.reports()
    assert len(gold) == 28
    assert sum(len(report.said) for report in gold) == 235
    for report in gold:
        assert "[[" not in report.text
        assert "----" not in report.text


def test_marks_are_read() -> None:
    text = "[[Mara Oduya|1s]] [[told|1c]] [[AFP|1v]] [[that [[he|2s]] [[had said|2c]] [[so|2t]]|1t]]."
    report = said_marks.parse("r", text + "\n----\n1 speaker: Mara Oduya")
    assert report.text == "Mara Oduya told AFP that he had said so."
    assert [report.text[a:b] for a, b in report.said[1].content] == ["that he had said so"]
    assert [report.text[a:b] for a, b in report.said[1].through] == ["AFP"]
    assert report.said[2].speaker == ("he",)
    with pytest.raises(ValueError, match="no such mark"):
        said_marks.parse("r", "[[Mara|s1]]")
    with pytest.raises(ValueError, match="no such note"):
        said_marks.parse("r", "[[Mara|1s]] [[said|1c]] [[so|1t]]\n----\n1 mood: bad")


def test_names_are_compared_by_the_words_that_tell() -> None:
    assert same_name("Mr. Hallam", "Hallam")
    assert same_name("Peter Hallam, who leads the council", "Peter Hallam")
    assert not same_name("Hallam's lawyer", "Hallam")
    assert not same_name("", "Hallam")
    assert same_name("", "none")


def test_a_wrong_answer_is_counted() -> None:
    report = said_marks.parse("r", "[[Mara|1s]] [[denied|1c]] [[it|1t]].\n----\n1 speaker: Mara; polarity: denied")
    right = said_marks.Marked(source=[(0, 4)], cue=[(5, 11)], content=[(12, 14)], speaker=("Mara",), polarity="denied")
    figures = Figures()
    said_marks.score(report, [right], figures)
    assert figures.misses == []
    right.polarity, right.speaker = "affirmed", ("Peter",)
    said_marks.score(report, [right, said_marks.Marked(content=[(0, 4)], speaker=("",))], figures)
    assert [line.split(":")[0] for line in figures.misses] == ["speaker", "polarity", "extra"]
