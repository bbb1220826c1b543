"""Which reports are about the story, on invented text."""

from __future__ import annotations

import random

from tellings.cluster import weights
from tellings.cluster.topics import find
from tellings.records import Annotated, Found, Report, TimeMention
from tellings.text import Span

FERRY = (
    (
        "A ferry with ninety passengers ran aground off the island of Varnholm on Tuesday, the coastguard "
        "said. Lifeboats carried the passengers ashore and nobody drowned. The ferry's captain blamed fog."
    ),
    (
        "The ferry Halvard struck rocks near Varnholm in thick fog, and lifeboats rescued all passengers aboard, "
        "according to the coastguard. Divers will inspect the hull. The captain was questioned."
    ),
    (
        "Passengers told of panic aboard the ferry that ran aground at Varnholm. The coastguard praised its lifeboats. "
        "Fog hid the rocks, the captain said, and the hull was torn."
    ),
    (
        "Coastguard lifeboats brought passengers to Varnholm after their ferry hit rocks in fog. Its captain "
        "said the hull was leaking."
    ),
)
OPERA = (
    "The soprano will sing Tosca at the reopened opera house, whose gilded balconies were restored by local craftsmen. "
    "Tickets sold out within an hour, the conductor announced, and rehearsals begin next month."
)


def report(
    name: str, text: str, published: str | None = None, language: str = "en", dates: tuple[str, ...] = ()
) -> Annotated:
    times = tuple(TimeMention(Span(name, 0, 1), value, "written in full") for value in dates)
    given = Found(published, "given") if published else None
    return Annotated(Report(name, text, published=given, language=Found(language, "text")), times=times)


def story(day: str = "2021-03-02") -> list[Annotated]:
    return [report(f"r{n}", text, day) for n, text in enumerate(FERRY)]


def aside(reports: list[Annotated]) -> dict[str, str]:
    return {t.report: t.reason for t in find(reports) if not t.on_topic}


def test_reports_of_one_story_all_stay():
    assert aside(story()) == {}


def test_another_story_is_set_aside_with_the_reason():
    (topic,) = [t for t in find([*story(), report("x", OPERA, "2021-03-02")]) if not t.on_topic]
    assert (topic.report, topic.reason) == ("x", "few words in common")
    assert sum(e.weight for e in topic.evidence) >= 1
    assert topic.evidence[0].note


def test_the_same_kind_of_event_of_another_year_is_set_aside():
    old = report(
        "x",
        "The ferry Ulrike ran aground in fog near Ostrey; forty passengers waited on deck while tugs from three "
        "harbours pulled for two days, and oil reached the beaches. Its owners were fined.",
        "2018-05-01",
    )
    assert aside([*story(), old]) == {"x": "another time"}


def test_a_late_print_of_the_same_text_stays():
    assert aside([*story(), report("x", FERRY[0], "2023-01-01")]) == {}


def test_a_page_dated_by_its_download_stays_where_its_text_names_the_day():
    late = report(
        "x", "The ferry lay aground, its passengers gone, fog all round.", "2022-09-09", dates=("2021-03-02",)
    )
    assert "x" not in aside([*story(), late])


def test_another_language_and_no_words_are_set_aside():
    reports = [*story(), report("x", "Le bateau a sombré.", language="fr"), report("y", " \n", language="en")]
    assert aside(reports) == {"x": "another language", "y": "no words"}


def test_of_two_reports_none_is_set_aside_for_its_subject():
    assert aside([report("a", FERRY[0], "2021-03-02"), report("b", OPERA, "2011-01-01")]) == {}


def test_of_two_reports_one_may_be_in_another_language():
    assert aside([report("a", FERRY[0]), report("b", "Le bateau a sombré.", language="fr")]) == {
        "b": "another language"
    }


def test_one_report_is_on_topic_whatever_it_is():
    assert aside([report("a", "")]) == {}
    assert aside([report("a", "Le bateau a sombré.", language="fr")]) == {}


def test_at_least_one_report_stays():
    apart = [
        report(f"r{n}", " ".join([word] * 30), f"20{n + 10}-01-01")
        for n, word in enumerate(("ferry", "opera", "wheat"))
    ]
    assert any(t.on_topic for t in find(apart))


def test_no_reports_no_topics():
    assert find([]) == ()


def test_the_order_of_reports_makes_no_difference():
    reports = [*story(), report("x", OPERA, "2019-01-01"), report("y", "Le bateau.", language="fr")]
    expected = find(reports)
    for seed in range(4):
        random.Random(seed).shuffle(reports)  # noqa: S311  # no secret
        assert find(reports) == expected
    assert [t.report for t in expected] == sorted(t.report for t in expected)


def test_common_words_weigh_nothing_and_names_weigh_most():
    weighed = weights.weigh({"the": 50, "said": 20, "police": 1, "varnholm": 1})
    assert "the" not in weighed
    assert weighed["varnholm"] > weighed["police"]
    assert weights.rare("varnholm")
    assert not weights.rare("police")


def test_furniture_is_not_weighed():
    from tellings.records import Removed

    text = "Opera tickets here. The ferry sank."
    a = Annotated(Report("a", text), removed=(Removed(Span("a", 0, 19), "advertisement"),))
    assert set(weights.terms(a)) == {"the", "ferry", "sank"}


def test_the_nearest_text_is_the_one_that_comparing_each_with_each_finds():
    chance = random.Random(4)  # noqa: S311  # an example, no secret
    words = [f"word{n}" for n in range(30)]
    weighed = [weights.weigh(dict.fromkeys(chance.sample(words, 8), 1)) for _ in range(20)] + [{}]
    some = [0, 7, 20]
    for number, found in zip(some, weights.nearest(weighed, some), strict=True):
        each = [weights.cosine(weighed[number], other) for n, other in enumerate(weighed) if n != number]
        assert abs(found - max(each)) < 1e-12
    assert weights.nearest([{"a": 1.0}], [0]) == [0.0]
