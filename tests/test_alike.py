"""The frozen pairs of reports keep their own conditions, and the score of a grouping counts what it says."""

from __future__ import annotations

import doctest
import sys
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "bench"))

import alike

PAIRS = alike.pairs()


def test_nothing_of_the_set_has_changed():
    assert alike.digests() == dict(alike.FROZEN)


def test_there_are_forty_pairs_of_each_kind_and_every_report_stands_once():
    assert [pair.one for pair in PAIRS] == [False] * 40 + [True] * 40
    told = [report for pair in PAIRS for report in pair.reports]
    assert len({report.id for report in told}) == len({report.text for report in told}) == 160
    assert len({report.title for report in told}) == 160


def test_reports_are_as_long_as_short_news_and_dated():
    for report in (report for pair in PAIRS for report in pair.reports):
        assert 90 <= len(report.text.split()) <= 220, report.id
        assert 2031 <= date.fromisoformat(report.published).year <= 2032, report.id
        assert report.outlet, report.id


def test_titles_of_one_event_share_no_content_word_and_are_days_apart_at_most():
    for pair in PAIRS[40:]:
        assert not alike.shared(pair), pair.id
        one, other = (date.fromisoformat(report.published) for report in pair.reports)
        assert abs((one - other).days) <= 7, pair.id


def test_titles_of_two_events_share_two_content_words_or_more():
    for pair in PAIRS[:40]:
        assert len(alike.shared(pair)) >= 2, pair.id


def test_the_score_tells_all_together_from_all_apart():
    told = [report.id for pair in PAIRS for report in pair.reports]
    together = alike.figures(dict.fromkeys(told, "one"))
    apart = alike.figures({name: name for name in told})
    right = alike.figures({r.id: pair.id if pair.one else r.id for pair in PAIRS for r in pair.reports})
    assert (together.apart, together.joined, len(together.strangers)) == (0, 1, 80 * 79 // 2)
    assert (apart.apart, apart.joined, apart.strangers) == (1, 0, ())
    assert (right.apart, right.joined, right.wrong) == (1, 1, ())


def test_examples_hold():
    assert doctest.testmod(alike).failed == 0
