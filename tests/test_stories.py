"""Reports grouped into stories, and stories that grow, on invented text."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tellings
from tellings.cluster import stories
from tellings.cluster.candidates import keys, meet, prints, weigh
from tellings.cluster.signs import Sign, Signs, gather, sign
from tellings.cluster.stories import attach, group, link
from tellings.records import Found, Grouped, Report, Story

EVENTS = {
    "ferry": "ferry captain fog rocks hull lifeboats coastguard passengers aground varnholm",
    "opera": "opera soprano balconies conductor rehearsals tickets tosca craftsmen gilded lindhagen",
    "wheat": "wheat harvest silo drought farmers tonnes export granary barley pellworth",
}


def report(name: str, words: str, published: str | None = "2021-03-02", title: str | None = None) -> Sign:
    return sign(
        Report(
            name,
            f"It was said that {words}.",
            title=Found(title, "given") if title else None,
            published=Found(published, "given") if published else None,
        )
    )


def pile(count: int = 4) -> list[Sign]:
    """So many reports of each event, each with its own part of the event's words."""
    rng = random.Random(7)  # noqa: S311  # no secret
    return [
        report(f"{event}-{n}", " ".join(rng.sample(words.split(), 7)), f"2021-03-0{n % 5 + 1}")
        for event, words in EVENTS.items()
        for n in range(count)
    ]


def parts(found: Sequence[Story]) -> set[tuple[str, ...]]:
    return {s.reports for s in found}


GERMAN = {
    "law": "Die Regierung hat am Mittwoch in der Hauptstadt ein neues Gesetz vorgelegt, mit dem die Steuern auf Strom "
    "gesenkt werden. Die Opposition sprach von einem Geschenk und kündigte an, dass sie im Parlament dagegen stimmen "
    "werde. Der Minister sagte, dass die Bürger im nächsten Jahr weniger zahlen würden, wenn die Länder zustimmen.",
    "crash": "Bei einem Unfall auf der Autobahn sind am Mittwoch in der Nähe von Lindhagen zwei Menschen gestorben. "
    "Die Polizei sprach von einem Fahrer auf der falschen Seite und kündigte an, dass sie die Ursache prüfen werde. "
    "Ein Sprecher sagte, dass die Strecke am nächsten Morgen wieder frei sein würde, wenn die Arbeiten beendet sind.",
}


def test_reports_in_another_language_stand_alone():
    texts = {**GERMAN, "copy": GERMAN["law"] + " Das teilte die Kanzlei mit."}

    def told(language: str | None) -> set[tuple[str, ...]]:
        found = Found(language, "text") if language else None
        some = [
            sign(Report(name, text, title=Found(text[:40], "given"), language=found)) for name, text in texts.items()
        ]
        return parts(group([*some, report("ferry", EVENTS["ferry"])]))

    assert told("de") == {("copy",), ("crash",), ("ferry",), ("law",)}
    assert (
        told("en-GB") == told(None) == {("copy", "crash", "law"), ("ferry",)}
    )  # two events are one by "dass" and "der"


# ---------------------------------------------------------------- groups


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
    assert set(notes["words in common"].split(", ")) <= set(EVENTS["ferry"].split())
    assert all(0 <= e.weight <= 1 for e in story.evidence)


def test_every_report_says_why_it_stands_in_its_story():
    copied = "the silo at Pellworth burned through the night while farmers carried wheat out by hand and by cart"
    story = next(
        s
        for s in group([*pile(), report("wheat-8", copied, "2021-03-05"), report("wheat-9", copied, "2021-03-05")])
        if "wheat-9" in s.reports
    )
    assert [member.report for member in story.members] == list(story.reports)
    for member in story.members:
        evidence = {e.name: e for e in member.evidence}
        assert evidence["words in common"].weight >= 0.15
        assert evidence["words in common"].note
        assert ("passages in common" in evidence) == (member.report in ("wheat-8", "wheat-9"))
    assert {m.report for m in story.members if any(e.name == "names in title and lead" for e in m.evidence)} == {
        "wheat-8",
        "wheat-9",
    }
    days = {m.report: next(e.note for e in m.evidence if e.name == "published") for m in story.members}
    assert days["wheat-0"] == "the first day"
    assert days["wheat-9"] == "4 days after the first"


def test_a_report_alone_has_no_evidence():
    (story,) = group([report("a", "glacier")])
    assert (story.reports, story.evidence, story.members, story.events) == (("a",), (), (), ())


def test_the_order_of_reports_makes_no_difference():
    reports = pile()
    expected = group(reports)
    for seed in range(4):
        random.Random(seed).shuffle(reports)  # noqa: S311  # no secret
        assert group(reports) == expected


WORDS = sorted({word for words in EVENTS.values() for word in words.split()})


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.lists(st.sampled_from([*WORDS, "\r\n", "\N{FIRE}", "Ingrid", "88"]), max_size=14),
            st.sampled_from([None, "2021-03-01", "2021-03-09", "2022-01-01"]),
        ),
        max_size=14,
    ),
    st.randoms(use_true_random=False),
)
def test_any_pile_in_any_order_gives_the_same(rows: list[tuple[list[str], str | None]], chance: random.Random):
    some = [report(f"r{n}", " ".join(words), day) for n, (words, day) in enumerate(rows)]
    expected = group(some)
    chance.shuffle(some)
    assert group(some) == expected
    assert sorted(r for s in expected for r in s.reports) == sorted(s.id for s in some)


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
    loose = "wheat silo ferry fog hull glacier lichen moraine soprano tickets"
    near = group([report("a", words, "2021-03-01"), report("b", loose, "2021-03-01")])
    far = group([report("a", words, "2011-03-01"), report("b", loose, "2021-03-01")])
    assert (len(near), len(far)) == (1, 2)


def test_the_same_words_of_other_days_are_another_event():
    words = f"on Monday {EVENTS['ferry']}"
    other = words.replace("hull", "keel").replace("passengers", "tourists")
    assert len(group([report("a", words, "2021-03-02"), report("b", other, "2021-03-04")])) == 1
    assert len(group([report("a", words, "2021-03-02"), report("b", other, "2021-06-15")])) == 2
    assert len(group([report("a", words, "2021-03-02"), report("b", words, "2021-06-15")])) == 1  # one text, late


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


def test_a_very_large_story_is_told_by_a_sample(monkeypatch: pytest.MonkeyPatch):
    whole = group(pile(8))
    monkeypatch.setattr(stories, "_SAMPLE", 3)
    sampled = group(pile(8))
    assert parts(sampled) == parts(whole)
    assert all(m.evidence[0].weight > 0.15 for s in sampled for m in s.members)


@pytest.mark.parametrize("sample", [3, 256])
def test_a_report_is_weighed_by_its_mean_likeness_to_the_others(sample: int, monkeypatch: pytest.MonkeyPatch):
    words = EVENTS["ferry"].split()
    some = gather([report(f"r{n}", " ".join(words[n : n + 6])) for n in range(5)])
    table = _cosines(some)
    monkeypatch.setattr(stories, "_SAMPLE", sample)
    seen = range(0, 5, 2 if sample == 3 else 1)
    told = stories.tell(some, range(5))
    assert [m.evidence[0].weight for m in told.members] == [
        pytest.approx(np.mean([table[n, other] for other in seen if other != n]), abs=6e-4) for n in range(5)
    ]


def _cosines(some: Signs) -> np.ndarray:
    held = [dict(zip(one.terms.tolist(), one.weights.tolist(), strict=True)) for one in some]
    return np.asarray([[sum(a[t] * b.get(t, 0.0) for t in a) for b in held] for a in held])


def test_a_story_tells_the_words_that_weigh_most_and_stand_twice(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(stories, "_SHOWN", 2)
    some = gather([report("a", "ferry ferry fog fog hull soprano"), report("b", "ferry ferry fog fog hull barley")])
    told = stories.tell(some, [0, 1])
    shown = [m.evidence[0].note.split(", ") for m in told.members]
    assert shown[0] == shown[1] == told.evidence[0].note.split(", ")
    assert len(shown[0]) == 2
    assert not {"soprano", "barley"} & set(shown[0])


def test_no_reports_no_stories():
    assert group([]) == ()


# ---------------------------------------------------------------- events


def test_a_pause_parts_a_story_into_events_with_their_own_words():
    first = [report(f"a{n}", EVENTS["ferry"] + " rescue", f"2021-03-0{n + 1}") for n in range(3)]
    later = [report(f"b{n}", EVENTS["ferry"] + " verdict judge", f"2021-03-2{n}") for n in range(3)]
    undated = report("c", EVENTS["ferry"], None)
    (story,) = group([*first, *later, undated])
    assert [(e.first, e.last) for e in story.events] == [("2021-03-01", "2021-03-03"), ("2021-03-20", "2021-03-22")]
    assert [e.reports for e in story.events] == [("a0", "a1", "a2", "c"), ("b0", "b1", "b2")]
    assert {"verdict", "judge"} <= set(story.events[1].words)
    assert "verdict" not in story.events[0].words


def test_every_report_of_a_story_is_in_one_of_its_events():
    for story in group(pile(6)):
        assert sorted(r for e in story.events for r in e.reports) == list(story.reports)


# ---------------------------------------------------------------- growing


def grown(batches: Sequence[Sequence[Sign]]) -> tuple[Signs, list[int]]:
    """All reports in the order in which they came, each batch by id, and the group of each."""
    held: list[Sign] = []
    standing = np.zeros(0, np.int64)
    signs = gather([])
    for batch in batches:
        held += sorted(batch, key=lambda s: s.id)
        order = gather(held)
        signs = order.take([order.ids.index(s.id) for s in held])
        before = np.concatenate([standing, np.full(len(batch), -1, np.int64)])
        kept = weigh(signs, meet(*keys(signs), signs.days), meet(*prints(signs), signs.days))
        standing = attach(signs, before, kept)
    return signs, standing.tolist()


def test_new_reports_join_the_story_they_are_most_like():
    some = pile(5)
    signs, found = grown([[s for s in some if s.id[-1] in "012"], [s for s in some if s.id[-1] in "34"]])
    label = dict(zip(signs.ids, found, strict=True))
    for event in EVENTS:
        assert len({label[f"{event}-{n}"] for n in range(5)}) == 1
    assert len(set(found)) == 3


def test_new_reports_of_a_new_event_make_their_own_story():
    some = pile()
    signs, found = grown([[s for s in some if s.id[0] != "o"], [s for s in some if s.id[0] == "o"]])
    label = dict(zip(signs.ids, found, strict=True))
    assert len({label[f"opera-{n}"] for n in range(4)}) == 1
    assert len(set(found)) == 3


def test_one_batch_alone_groups_as_a_batch_run_does():
    some = pile(6)
    signs, found = grown([some])
    pairs = weigh(signs, meet(*keys(signs), signs.days), meet(*prints(signs), signs.days))
    assert found == link(signs, pairs).tolist()


def test_standing_stories_are_never_joined_and_no_report_leaves_its_own():
    signs = gather([report("a", EVENTS["ferry"]), report("b", EVENTS["ferry"]), report("c", EVENTS["ferry"])])
    pairs = weigh(signs, meet(*keys(signs), signs.days), meet(*prints(signs), signs.days))
    assert attach(signs, np.asarray([0, 1, -1]), pairs).tolist() == [0, 1, 0]
    assert attach(signs, np.asarray([0, 1, 1]), pairs).tolist() == [0, 1, 1]
    assert attach(signs, np.asarray([-1, -1, -1]), pairs).tolist() == [0, 0, 0]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 3), min_size=18, max_size=18), st.randoms(use_true_random=False))
def test_the_same_batches_give_the_same_in_any_order_inside(dealt: list[int], chance: random.Random):
    some = pile(6)
    batches = [[s for s, n in zip(some, dealt, strict=True) if n == k] for k in range(4)]
    signs, found = grown(batches)
    for batch in batches:
        chance.shuffle(batch)
    again, same = grown(batches)
    assert (again.ids, same) == (signs.ids, found)
    first = {row: next(n for n, other in enumerate(found) if other == row) for row in found}
    assert all(row == number for row, number in first.items())  # a group is named by its first report


# ---------------------------------------------------------------- the command


def test_stories_need_no_annotation_and_furniture_does_not_count():
    footer = "\nSign in | Subscribe | Newsletters\nHome > News > World\n"
    rows = [
        {"id": "a", "published": "2021-03-02", "text": "The ferry Halvard ran aground at Varnholm in fog." + footer},
        {
            "id": "b",
            "published": "2021-03-02",
            "text": "In fog, the Halvard, a ferry, hit rocks off Varnholm." + footer,
        },
        {"id": "c", "published": "2021-03-02", "text": "The soprano Ines Vidal will sing Tosca at Lindhagen." + footer},
    ]
    assert parts(tellings.stories(rows)) == {("a", "b"), ("c",)}
    assert isinstance(tellings.stories(rows)[0], Grouped)


@pytest.mark.parametrize("seed", ["0", "1"])
def test_the_hash_seed_makes_no_difference(seed: str):
    code = (
        "from tests_path import pile\nfrom tellings.cluster.stories import group\n"
        "import hashlib\nprint(hashlib.sha256(repr(group(pile(6))).encode()).hexdigest())"
    ).replace("from tests_path", "from test_stories")
    folder = os.path.dirname(__file__)  # noqa: PTH120  # a plain path for the environment
    env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join([folder, os.path.dirname(folder)])}  # noqa: PTH120
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env, check=True)
    import hashlib

    assert found.stdout.strip() == hashlib.sha256(repr(group(pile(6))).encode()).hexdigest()
