"""The timeline: where dates stand, how long what is known roughly is drawn, and what covers what."""

from __future__ import annotations

from datetime import date

import invented_story
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tellings.present import maps, sigla, timelines
from tellings.records import Annotated, Collation, Dossier, Entry, Found, Place, Report, Sentence, TimeMention, Topic
from tellings.text import Span

TEXT = "It has lasted from 3 to 5 May, and since January of 2020 nobody went there; in 2014 it began."


def story(*published: str, entries: tuple[Entry, ...] = (), times: tuple[TimeMention, ...] = ()) -> sigla.Sigla:
    """As many reports with one sentence as days of publication; the first has the times."""
    reports = tuple(
        Annotated(
            Report(f"r{n:03}", TEXT, published=Found(day, "given")),
            sentences=(Sentence(Span(f"r{n:03}", 0, len(TEXT)), 0),),
            times=times if n == 0 else (),
        )
        for n, day in enumerate(published)
    )
    return sigla.Sigla(
        Dossier(reports, tuple(Topic(r.id, on_topic=True) for r in reports), Collation(reports, timeline=entries))
    )


def at(words: str) -> Span:
    start = TEXT.index(words)
    return Span("r000", start, start + len(words))


def entry(day: str, words: str) -> Entry:
    return Entry(day, "written in full", (at(words),))


def test_nothing_to_draw_is_none():
    assert timelines.draw(story(), ()) is None
    assert timelines.draw(story("soon"), (Entry("someday", "", (at("it began"),)),)) is None


def test_time_runs_to_the_right_and_days_of_the_core_have_one_width():
    entries = tuple(entry(f"2021-05-{day:02}", "it began") for day in (2, 3, 5))
    drawn = timelines.draw(story("2021-05-04", entries=entries), entries)
    assert drawn is not None
    xs = [event.x for event in drawn.events]
    assert xs == sorted(xs)
    assert xs[2] - xs[1] == pytest.approx(2 * (xs[1] - xs[0]), abs=0.3)
    assert all(drawn.core[0] <= x <= drawn.core[1] for x in xs)


def said(bar: timelines.Bar) -> str:
    return "".join(day.words for day in bar.label)


def test_a_year_is_a_bar_and_lies_before_the_core():
    entries = (entry("2014", "in 2014"), entry("2021-05-03", "it began"))
    drawn = timelines.draw(story("2021-05-04", entries=entries), entries)
    assert drawn is not None
    (bar,) = drawn.bars
    assert (bar.kind, said(bar), bar.tail) == ("year", "2014", "")
    assert bar.x + bar.width < drawn.core[0]
    assert [event.anchor for event in drawn.events] == ["day-2021-05-03"]


def test_spans_of_time_are_bars_and_since_is_open():
    times = (
        TimeMention(at("from 3 to 5 May"), "2021-05-03", "written in full", end="2021-05-05"),
        TimeMention(at("since January of 2020"), "2020-01", "written in full", relation="since"),
    )
    entries = (entry("2020-01", "since January of 2020 nobody went there"),)
    drawn = timelines.draw(names := story("2021-05-06", entries=entries, times=times), entries)
    assert drawn is not None
    since, span = drawn.bars
    assert (since.tail, said(since)) == ("since", "since Jan 2020")
    assert since.tail_x >= drawn.core[1]
    assert (span.kind, said(span)) == ("span", "3 May to 5 May 2021")
    assert since.x + since.width < span.x
    row = next(row for row in drawn.rows if row.end)
    assert [context.exact for context, _ in row.words] == ["from 3 to 5 May"]
    assert any(back.href == f"#{row.anchor}" for back in names.back["r000"])


def test_a_tail_needs_words_of_the_same_statement():
    times = (TimeMention(at("since January of 2020"), "2020-01", "written in full", relation="since"),)
    entries = (entry("2020-01", "it began"),)
    drawn = timelines.draw(story("2021-05-06", entries=entries, times=times), entries)
    assert drawn is not None
    assert [bar.tail for bar in drawn.bars] == [""]


def test_many_reports_are_bundled_by_day_and_every_one_is_counted():
    drawn = timelines.draw(story(*["2021-05-04"] * 6, *["2021-05-05"] * 30), ())
    assert drawn is not None
    assert sum(issue.number for issue in drawn.issues) + drawn.left_out == 36


DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1)).map(date.isoformat)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.one_of(DAYS, DAYS.map(lambda d: d[:7]), DAYS.map(lambda d: d[:4])), max_size=12, unique=True),
    st.lists(DAYS, max_size=5),
)
def test_any_dates_can_be_drawn_inside_the_frame(told, published):
    entries = tuple(entry(day, "it began") for day in sorted(told))
    drawn = timelines.draw(story("unknown", *published, entries=entries), entries)
    assert (drawn is None) == (not told and not published)
    if drawn is None:
        return
    for event in drawn.events:
        assert 0 <= event.x <= timelines.WIDTH
        assert 0 < event.y < drawn.line
    for issue in drawn.issues:
        assert 0 <= issue.x <= timelines.WIDTH - issue.width + 0.1
        assert drawn.line < issue.y < drawn.height
    for bar in drawn.bars:
        assert 0 <= bar.x <= timelines.WIDTH
        assert bar.y < drawn.line
    boxes = [(i.x, i.y, i.x + i.width, i.y + 20) for i in drawn.issues]
    for n, (a, b, c, d) in enumerate(boxes):
        assert not any(a < g and e < c and b < h and f < d for e, f, g, h in boxes[n + 1 :])


def test_words_of_a_span_are_no_year_of_their_own():
    words = at("from 3 to 5 May")
    entries = (Entry("2021", "the spring nearest to 2021-05-06", (words,)), entry("2014", "in 2014 it began"))
    times = (TimeMention(words, "2021-03", "the spring nearest to 2021-05-06", end="2021-05"),)
    drawn = timelines.draw(story("2021-05-06", entries=entries, times=times), entries)
    assert drawn is not None
    assert [(row.date, row.end) for row in drawn.rows if row.told] == [("2014", ""), ("2021-03", "2021-05")]


def test_a_year_that_a_report_names_stays_beside_a_span():
    words = at("in 2014 it began")
    entries = (entry("2014", "in 2014 it began"),)
    times = (
        TimeMention(words, "2014", "written in full"),
        TimeMention(at("from 3 to 5 May"), "2014-05-03", "written in full", end="2014-05-05"),
    )
    drawn = timelines.draw(story("2021-05-06", entries=entries, times=times), entries)
    assert drawn is not None
    assert [row.date for row in drawn.rows if row.told] == ["2014", "2014-05-03"]


def test_what_is_told_once_is_not_told_one_times_and_midnight_is_no_clock():
    entries = (entry("2021-05-03", "it began"),)
    drawn = timelines.draw(story("2021-05-04T00:00:00", "2021-05-04T06:40:00", entries=entries), entries)
    assert drawn is not None
    assert [event.spoken for event in drawn.events] == ["2021-05-03: told once"]
    assert [issue.spoken[-16:] for issue in drawn.issues] == ["ished 2021-05-04", "2021-05-04 06:40"]


def test_the_fullest_day_is_the_middle_of_what_a_narrow_screen_shows():
    entries = (entry("2021-05-03", "it began"), Entry("2021-05-12", "", (at("it began"), at("in 2014"), at("nobody"))))
    drawn = timelines.draw(story("2021-05-02", entries=entries), entries)
    assert drawn is not None
    (fullest,) = (event for event in drawn.events if event.anchor == "day-2021-05-12")
    assert drawn.middle == pytest.approx(fullest.x, abs=0.2)


# ---------------------------------------------------------------- the map


def draw_map(*places: Place) -> maps.Drawn:
    read = invented_story.report("a", "Nowhere is far.\n")
    names = sigla.Sigla(Dossier((read,), (Topic("a", on_topic=True),), Collation((read,))))
    drawn = maps.draw(names, places)
    assert drawn is not None
    return drawn


def place(number: int, name: str, lat: float | None, lon: float | None, precision: str = "town") -> Place:
    return Place(f"p{number}", name, None, lat, lon, precision, (Span("a", 0, 7),))


def test_a_country_is_drawn_as_its_land_and_a_town_as_a_disc():
    drawn = draw_map(place(1, "Oslo", 59.91, 10.75), place(2, "Norway", 62.0, 10.0, "country"))
    town, country = sorted(drawn.discs, key=lambda d: d.precision, reverse=True)
    assert (town.precision, country.precision) == ("town", "country")
    assert country.area.startswith("M")
    assert not town.area
    assert country.r == 0 < town.r < 12


def test_what_lies_far_or_nowhere_is_listed_with_the_reason():
    drawn = draw_map(
        place(1, "Oslo", 59.91, 10.75),
        place(2, "Moss", 59.43, 10.66),
        place(3, "Lima", -12.0, -77.0),
        place(4, "Erewhon", None, None, "none"),
    )
    why = {disc.name: disc.why for disc in drawn.outside}
    assert why.keys() == {"Lima", "Erewhon"}
    assert why["Lima"].endswith("km away")
    assert "gazetteer" in why["Erewhon"]


def test_an_area_of_many_countries_is_no_spot_on_the_map():
    drawn = draw_map(place(1, "Oslo", 59.91, 10.75), place(2, "Europe", 48.7, 9.1, "region"))
    assert [disc.name for disc in drawn.discs] == ["Oslo"]
    assert drawn.outside[0].why == "wider than the map"


def test_labels_of_near_towns_do_not_collide():
    drawn = draw_map(*(place(n, f"Longish town {n}", 59.9 + n / 40, 10.7 + n % 3 / 40) for n in range(12)))
    boxes = [(d.label_x, d.label_y - 10, d.label_x + 6.3 * len(d.label), d.label_y + 3) for d in drawn.discs if d.label]
    assert len(boxes) >= 8
    for n, (a, b, c, d) in enumerate(boxes):
        assert not any(a < g and e < c and b < h and f < d for e, f, g, h in boxes[n + 1 :])


def test_forms_of_a_name_are_listed_with_a_place_for_each():
    dossier = invented_story.dossier()
    drawn = maps.draw(sigla.Sigla(dossier), dossier.collation.places)
    assert drawn is not None
    forms = [[s.text for s in disc.spellings] for disc in drawn.discs if disc.name == "Osterhamn"]
    assert forms == [["Osterhamn", "Österhamn"]]
