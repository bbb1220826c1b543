"""The timeline, and the dates of publication that it rests on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tellings.annotate import sentences, times, words
from tellings.cluster import dates
from tellings.collate import entries
from tellings.records import Annotated, Claim, Clause, Collation, Found, Report, Support
from tellings.text import Span


def annotated(name: str, text: str, published: str | None = "2019-08-20") -> Annotated:
    a = Annotated(Report(name, text, published=Found(published, "given") if published else None))
    a = replace(a, sentences=sentences.find(a))
    a = replace(a, words=words.find(a))
    return replace(a, times=times.find(a))


def with_clauses(a: Annotated, *quotes: str) -> Annotated:
    text = a.report.text
    found: list[Clause] = []
    for quote in quotes:
        start = text.index(quote)
        number = next(i for i, s in enumerate(a.sentences) if s.span.start <= start < s.span.end)
        found.append(Clause(Span(a.id, start, start + len(quote)), number))
    return replace(a, clauses=tuple(found))


def told(*reports: Annotated) -> dict[str, list[str]]:
    collation = Collation(tuple(reports))
    return {e.date: [collation.quote(s) for s in e.support] for e in entries.find(collation)}


def test_a_sentence_with_one_date_tells_what_happened_then():
    a = annotated("a", "A bridge fell on Monday, and two were hurt. Nobody died.")
    assert told(a) == {"2019-08-19": ["A bridge fell on Monday, and two were hurt."]}


def test_reports_that_tell_the_same_day_stand_together_and_dates_are_sorted():
    a = annotated("a", "A bridge fell on Monday. It was built in 1990.")
    b = annotated("b", "The bridge gave way yesterday.", "2019-08-20T08:00:00Z")
    assert told(a, b) == {
        "1990": ["It was built in 1990."],
        "2019-08-19": ["A bridge fell on Monday.", "The bridge gave way yesterday."],
    }


def test_a_sentence_with_several_dates_is_told_by_its_clauses():
    a = annotated("a", "The bridge was built in 1990, and it fell on Monday.")
    a = with_clauses(a, "The bridge was built in 1990", "it fell on Monday")
    assert told(a) == {"1990": ["The bridge was built in 1990"], "2019-08-19": ["it fell on Monday"]}


def test_a_long_sentence_is_quoted_around_its_date():
    a = annotated("a", "word " * 100 + "the bridge fell on Monday " + "and so on " * 100)
    (quote,) = told(a)["2019-08-19"]
    assert "the bridge fell on Monday" in quote
    assert len(quote) <= 400
    assert quote == quote.strip()


def test_what_has_no_value_makes_no_entry():
    assert told(annotated("a", "A bridge fell on Monday at noon.", None)) == {}


def test_how_a_date_was_found_is_quoted():
    a = annotated("a", "A bridge fell on Monday. It fell on 19 August 2019. On Monday it rained.")
    (entry,) = entries.find(Collation((a,)))
    assert entry.inferred_from == (
        "“Monday”: Monday before 2019-08-20 (published); “19 August 2019”: written in full"
    )  # fmt: skip


def test_the_same_support_stands_once():
    a = annotated("a", "On Monday, 19 August 2019, a bridge fell, as it had to, on Monday.")
    assert told(a) == {"2019-08-19": [a.report.text]}


def test_a_missing_date_is_taken_from_the_reports_that_its_weekdays_fit():
    a = annotated("a", "The bridge fell on Monday, and divers came on Tuesday.", None)
    b = annotated("b", "The bridge fell.", "2019-08-20")
    c = annotated("c", "The bridge is open again.", "2019-08-26")
    d = annotated("d", "The bridge is open, at last.", "2019-08-26")
    read, notices = dates.infer([c, a, b, d])
    assert [r.id for r in read] == ["c", "a", "b", "d"]
    assert read[1].report.published == Found("2019-08-20", "inferred")
    assert read[0] is c
    assert [(n.kind, n.where) for n in notices] == [("date_inferred", "a")]
    assert "2019-08-20" in notices[0].what
    assert "from b," in notices[0].what


def test_without_weekdays_the_day_of_most_reports_is_taken():
    a = annotated("a", "The bridge fell.", None)
    others = [annotated(n, "It fell.", d) for n, d in (("b", "2019-08-22"), ("c", "2019-08-20"), ("d", "2019-08-22"))]
    read, _ = dates.infer([a, *others])
    assert read[0].report.published == Found("2019-08-22", "inferred")


def test_nothing_is_inferred_where_no_report_has_a_date():
    a, b = annotated("a", "It fell on Monday.", None), annotated("b", "It fell.", None)
    assert dates.infer([a, b]) == ((a, b), ())
    assert dates.infer([]) == ((), ())


def test_what_is_inferred_does_not_depend_on_the_order():
    reports = [
        annotated("a", "It fell on Monday.", None),
        annotated("b", "It fell.", "2019-08-20"),
        annotated("c", "It fell.", "2019-08-21"),
        annotated("d", "It fell on Wednesday.", None),
    ]
    forth, notices = dates.infer(reports)
    back, same = dates.infer(reports[::-1])
    assert forth == back[::-1]
    assert notices == same


def test_a_date_that_the_text_speaks_against_is_kept_and_told():
    a = annotated("a", "The bridge fell on 19 August 2019, the council said.", "2020-07-06")
    others = [annotated(n, "It fell on Monday.", "2019-08-20") for n in ("b", "c")]
    read, notices = dates.infer([a, *others])
    assert read[0] is a
    assert [(n.kind, n.where) for n in notices] == [("date_doubted", "a")]


@pytest.mark.parametrize(
    "text",
    [
        "Ada Brook, the 2014 nominee of the Harbour party, defended the builders.",
        "The mayor has begun to raise money for his 2023 campaign.",
        "A red 2008 Vesper stood on the bridge.",
        "The bridge is longer than any other that stands today.",
        "Ferries from Ostrel will sail to the Quay Games 2018 and back.",
        "The wages of the years before 2017 were never paid.",
        "The ferry line typically lays off sailors in January.",
    ],
)
def test_a_time_at_which_nothing_is_told_to_have_happened_makes_no_entry(text: str):
    assert told(annotated("a", text)) == {}


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("The council lost its majority in the 2014 election.", "2014"),
        ("In 2014 Ms. Brook defended the builders.", "2014"),
        ("Divers searched the river from 3 to 5 August 2019.", "2019-08-05"),
        ("The ferry line laid off forty sailors in January.", "2019-01"),
        ("The vote is held with the 2023 election.", "2023"),
    ],
)
def test_what_happened_then_keeps_its_entry(text: str, date: str):
    assert date in told(annotated("a", text))


def test_a_clause_that_hangs_on_another_keeps_its_date_to_itself():
    a = annotated("a", "The museum shows the bell, after the old bridge fell in 1990.")
    a = with_clauses(a, "The museum shows the bell", "after the old bridge fell in 1990")
    assert told(a) == {"1990": ["after the old bridge fell in 1990"]}


def test_a_year_beside_a_day_of_it_is_left_to_the_day():
    a = annotated("a", "The 2018 storm broke the bridge on 4 March 2018.")
    assert told(a) == {"2018-03-04": [a.report.text]}


def test_a_stamp_dates_the_words_above_it():
    a = annotated("a", "The bridge is gone, all of it. — Ada Brook (@adabrook) August 19, 2019")
    assert told(a) == {"2019-08-19": [a.report.text]}


def test_a_week_stands_in_the_month_of_most_of_its_days():
    assert list(told(annotated("a", "The bridge fell last week.", "2019-08-06"))) == ["2019-08"]
    assert list(told(annotated("a", "The bridge fell last week.", "2019-09-03"))) == ["2019-08"]


def test_a_week_told_on_its_first_days_is_not_still_to_come():
    assert list(told(annotated("a", "The bridge fell earlier this week.", "2019-07-30"))) == ["2019-07"]


@pytest.mark.parametrize(
    "text",
    [
        "The wind broke their Christmas lights.",
        "It is the first storm since 2009.",
        "The bill is the highest since 2009.",
    ],
)
def test_a_thing_of_a_feast_and_a_comparison_with_a_year_tell_of_no_time(text: str):
    assert told(annotated("a", text)) == {}


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Divers found the bell on Christmas.", "2018-12-25"),
        ("The Christmas attack broke the bridge.", "2018-12-25"),
        ("The bridge has been shut since 2009.", "2009"),
    ],
)
def test_a_feast_and_a_beginning_keep_their_entry(text: str, date: str):
    assert date in told(annotated("a", text, "2019-01-03"))


def test_a_clause_that_is_only_a_date_takes_in_what_it_dates():
    a = annotated("a", "The dam burst on 11 June 2017, and before anybody slept again, it was 14 June 2017.")
    a = with_clauses(a, "The dam burst on 11 June 2017", "before anybody slept again", "it was 14 June 2017")
    assert told(a)["2017-06-14"] == ["before anybody slept again, it was 14 June 2017"]


def test_a_phrase_with_a_date_goes_on_to_what_was_done():
    a = annotated(
        "a", "During 1998, with no roof over the nave, the monks prayed outdoors until masons closed it in 2001."
    )
    a = with_clauses(
        a, "During 1998, with no roof over the nave", "the monks prayed outdoors", "masons closed it in 2001"
    )
    assert told(a)["1998"] == ["During 1998, with no roof over the nave, the monks prayed outdoors"]


def test_hours_later_leave_the_day_to_a_date_beside_them():
    a = annotated(
        "a", "Voting closed on 30 June 2016, and twenty minutes later a clerk rang the bell, dating it 1 July 2016."
    )
    a = with_clauses(
        a, "Voting closed on 30 June 2016", "twenty minutes later a clerk rang the bell, dating it 1 July 2016"
    )
    assert told(a) == {
        "2016-06-30": ["Voting closed on 30 June 2016"],
        "2016-07-01": ["twenty minutes later a clerk rang the bell, dating it 1 July 2016"],
    }


def test_the_stamp_of_a_post_that_names_another_day_tells_of_none():
    a = annotated("a", "The bridge fell on 5 August 2019, all of it. — Ada Brook (@adabrook) August 19, 2019")
    assert list(told(a)) == ["2019-08-05"]


def test_a_year_is_left_to_the_day_that_another_statement_of_the_claim_names():
    a = annotated("a", "The old bridge fell in 1990.")
    b = annotated("b", "The old bridge fell on 3 May 1990.")
    spans = [r.sentences[0].span for r in (a, b)]
    claim = Claim("claim-1", 2, 2, 2, (), spans[0], 1, tuple(Support(span) for span in spans))
    unsure = replace(claim, support=(claim.support[0], replace(claim.support[1], chance=0.5)))
    assert [e.date for e in entries.find(Collation((a, b), claims=(claim,)))] == ["1990-05-03"]
    assert [e.date for e in entries.find(Collation((a, b), claims=(unsure,)))] == ["1990", "1990-05-03"]


def test_only_the_statements_that_lie_in_a_support_are_left_to_its_day():
    a = annotated("a", "Masons laid the first stone in 1990. The old bridge fell in 1990. A storm came in 1990.")
    b = annotated("b", "Nobody crossed it in 1990. The old bridge fell on 3 May 1990.")
    spans = [a.sentences[1].span, b.sentences[1].span]
    claim = Claim("claim-1", 2, 2, 2, (), spans[0], 1, tuple(Support(span) for span in spans))
    c = Collation((a, b), claims=(claim,))
    assert {e.date: [c.quote(s) for s in e.support] for e in entries.find(c)} == {
        "1990": [
            "Masons laid the first stone in 1990.",
            "A storm came in 1990.",
            "Nobody crossed it in 1990.",
        ],
        "1990-05-03": ["The old bridge fell on 3 May 1990."],
    }
