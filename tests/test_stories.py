"""Reports grouped into stories, on invented text."""

from __future__ import annotations

import random

import pytest

from tellings.cluster import stories
from tellings.cluster.stories import group
from tellings.records import Annotated, Found, Report, Story

EVENTS = {
    "ferry": "ferry captain fog rocks hull lifeboats coastguard passengers aground Varnholm",
    "opera": "opera soprano balconies conductor rehearsals tickets Tosca craftsmen gilded Lindhagen",
    "wheat": "wheat harvest silo drought farmers tonnes export granary barley Pellworth",
}


def report(name: str, words: str, published: str | None = "2021-03-02", title: str | None = None) -> Annotated:
    text = f"It was said that {words}."
    return Annotated(
        Report(
            name,
            text,
            title=Found(title, "given") if title else None,
            published=Found(published, "given") if published else None,
        )
    )


def pile(count: int = 4) -> list[Annotated]:
    """So many reports of each event, each with its own part of the event's words."""
    rng = random.Random(7)  # noqa: S311  # no secret
    return [
        report(f"{event}-{n}", " ".join(rng.sample(words.split(), 7)), f"2021-03-0{n % 5 + 1}")
        for event, words in EVENTS.items()
        for n in range(count)
    ]


def parts(found: tuple[Story, ...]) -> set[tuple[str, ...]]:
    return {s.reports for s in found}


def test_each_event_is_a_story():
    assert parts(group(pile())) == {tuple(f"{event}-{n}" for n in range(4)) for event in EVENTS}


def test_every_report_stands_in_one_story_and_ids_differ():
    found = group([*pile(), report("alone", "glacier lichen moraine"), report("empty", "")])
    held = [r for s in found for r in s.reports]
    assert sorted(held) == sorted({*held})
    assert len(held) == 14
    assert len({s.id for s in found}) == len(found)
    assert ("alone",) in parts(found)
    assert ("empty",) in parts(found)


def test_evidence_names_shared_words_and_days():
    story = next(s for s in group(pile()) if "ferry-0" in s.reports)
    notes = {e.name: e.note for e in story.evidence}
    assert notes["published"] == "2021-03-01 to 2021-03-04"
    assert set(notes["words in common"].split(", ")) <= set(EVENTS["ferry"].casefold().split())
    assert all(0 <= e.weight <= 1 for e in story.evidence)


def test_a_report_alone_has_no_evidence():
    (story,) = group([report("a", "glacier")])
    assert (story.reports, story.evidence) == (("a",), ())


def test_the_order_of_reports_makes_no_difference():
    reports = pile()
    expected = group(reports)
    for seed in range(4):
        random.Random(seed).shuffle(reports)  # noqa: S311  # no secret
        assert group(reports) == expected


def test_largest_stories_come_first():
    sizes = [len(s.reports) for s in group([*pile(), report("alone", "glacier lichen")])]
    assert sizes == sorted(sizes, reverse=True)


def test_a_story_keeps_its_id_when_a_later_report_joins():
    before = next(s for s in group(pile()) if "opera-0" in s.reports)
    later = report("a-later-one", EVENTS["opera"], "2021-03-09")
    after = next(s for s in group([*pile(), later]) if "opera-0" in s.reports)
    assert "a-later-one" in after.reports
    assert after.id == before.id


def test_far_dates_count_against_a_pair_but_do_not_part_a_copy():
    words = EVENTS["wheat"]
    assert len(group([report("a", words, "2020-01-01"), report("b", words, "2021-01-01")])) == 1
    loose = "wheat silo ferry fog hull glacier drought lichen moraine soprano tickets"
    near = group([report("a", words, "2021-03-01"), report("b", loose, "2021-03-01")])
    far = group([report("a", words, "2011-03-01"), report("b", loose, "2021-03-01")])
    assert (len(near), len(far)) == (1, 2)


def test_titles_count_more_than_text():
    plain = group([report("a", "glacier lichen moraine pebble"), report("b", "soprano opera tickets balconies")])
    titled = group(
        [
            report("a", "glacier lichen moraine pebble", title="Varnholm ferry aground"),
            report("b", "soprano opera tickets balconies", title="Ferry aground at Varnholm"),
        ]
    )
    assert (len(plain), len(titled)) == (2, 1)


@pytest.mark.parametrize("published", [None, "", "yesterday", "2021-13-45"])
def test_dates_that_are_none_do_no_harm(published: str | None):
    assert len(group([report("a", EVENTS["ferry"], published), report("b", EVENTS["ferry"])])) == 1


def test_a_part_that_is_too_large_is_cut_and_still_holds_every_report(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(stories, "_LARGEST", 3)
    found = group(pile(6))
    assert sorted(r for s in found for r in s.reports) == sorted(r.id for r in pile(6))
    assert all(len({r.split("-")[0] for r in s.reports}) == 1 for s in found)


def test_rows_worked_out_in_blocks_give_the_same(monkeypatch: pytest.MonkeyPatch):
    expected = parts(group(pile()))
    monkeypatch.setattr(stories, "_BLOCK", 2)
    assert parts(group(pile())) == expected


def test_no_reports_no_stories():
    assert group([]) == ()
