"""Times: marked expressions in invented reports, published on Tuesday 20 August 2019 unless told otherwise.

A mark is "[expression|value]", with "+relation" or "@clock" after the value where there is one; "?" stands for an
expression without a value. Everything marked has to be found, and nothing else.
"""

from __future__ import annotations

import re
from dataclasses import replace

import marked
import marked_times
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tellings.annotate import sentences, times, words
from tellings.records import Annotated, Found, Report, TimeMention

MARK = re.compile(r"\[([^|\]]+)\|([^\]]+)\]")

MARKED = """
The bridge fell on [Monday|2019-08-19], the council said on [Tuesday|2019-08-20].
It had been closed since [April 30|2019-04-30+since] and was to open by [the end of 2020|2020+until].
Divers found a car [overnight|2019-08-19] or in [the early hours of Tuesday|2019-08-20].
The council will meet on [Wednesday|2019-08-21] and vote [next Friday|2019-08-23].
A ferry is expected to run from [Thursday morning|2019-08-22+since].
She spoke [yesterday|2019-08-19], and the mayor speaks [today|2019-08-20] or [tomorrow|2019-08-21].
[Last night|2019-08-19] two men were hurt, and [this morning|2019-08-20] a third.
The bridge was built in [1990|1990] and painted in [May 2012|2012-05].
A deal signed [last September|2018-09] failed [last year|2018].
The mill burned down [two days ago|2019-08-18], [eight years ago|2011] and [a month ago|2019-07].
[Last week|2019-08-12] the river rose; [next month|2019-09] it will fall.
In [December|2018-12] it froze, and it had frozen in [late January|2019-01] too.
The flood of [4 April 2017|2017-04-04] killed three; that of [March 2, 1998|1998-03-02] killed none.
The file says [2019-07-30|2019-07-30] and [13/07/2019|2019-07-13].
The alarm rang at [5:10 a.m. Monday|2019-08-19@05:10].
It rang again on [Sunday at 11:45 pm|2019-08-18@23:45].
The boats left in [May|2016-05] and [July of 2016|2016-07].
The fair was held on [Christmas Eve|2018-12-24], and was held on [New Year's Day 2014|2014-01-01].
They met on [Aug. 5|2019-08-05] and [Aug. 12|2019-08-12].
He won in [2010|2010] and, [two years later|2012], lost.
The vote of [Election Day 2016|2016-11-08] was close, and that of [Nov. 3, 2020|2020-11-03] will be.
On [Friday|2019-08-16], engineers measured the river.
On [Friday|2019-08-23], engineers will measure the river.
The play opens on [September 12|2019-09-12].
The council said [Monday|2019-08-19] that it will meet again [this weekend|2019-08-24].
The road was shut [a week ago|2019-08-13].
By [2030|2030+until], no bridge will be older than that of [1985|1985].
The mayor has held office since [early 2014|2014+since].
The law of [that March|2014-03] was not used.
Work begins [later this month|2019-08] and ends [next spring|2020-03].
The council met [a month ago Thursday|2019-07-18].
She left [three decades ago|1989].
It was the worst day since [9/11|2001-09-11+since].
He was born on [the 13th of November 1960|1960-11-13].
They will be back in [October|2019-10], or in [March of next year|2020-03].
The letter is of [Wednesday|2019-08-21], a clerk said.
The river was high [last Tuesday|2019-08-13].
"""

PLAIN = """
Some 2000 people and 1990 soldiers came.
Theresa Brook may march in a sun hat, and the sun sat low.
The team won 3-1 and 21-19, and its shop sold 1,500 hats for $2010.
April Quorn and June Brindle spoke to August Pell.
Flight 1998 has 2019 seats.
The second man waited a minute.
It will take 40 years, he said, or 2.5 days.
"""


def annotated(text: str, published: str | None = "2019-08-20", tags: bool = True) -> Annotated:
    a = Annotated(Report("r", text, published=Found(published, "given") if published else None))
    a = replace(a, sentences=sentences.find(a))
    return replace(a, words=words.find(a)) if tags else a


def read(text: str, published: str | None = "2019-08-20") -> list[tuple[str, str | None]]:
    a = annotated(text, published)
    return [(a.quote(m.span), m.value) for m in times.find(a)]


def shown(m: TimeMention) -> str:
    relation = "" if m.relation == "on" else f"+{m.relation}"
    return (m.value or "?") + relation + (f"@{m.clock}" if m.clock else "")


def test_there_are_enough_marks():
    assert len(MARK.findall(MARKED)) >= 60


@pytest.mark.parametrize("line", [line for line in MARKED.splitlines() if line])
def test_marked_expressions(line: str):
    before = "He has been mayor since early 2014. " if "that March" in line else ""
    text = before + MARK.sub(r"\1", line)
    a = annotated(text)
    found = [(a.quote(m.span), shown(m)) for m in times.find(a) if m.span.start >= len(before)]
    assert found == MARK.findall(line)


@pytest.mark.parametrize("line", [line for line in PLAIN.splitlines() if line])
def test_numbers_and_names_that_are_no_times(line: str):
    assert read(line) == []


@pytest.mark.parametrize(
    ("line", "want"),
    [
        ("It fell on Monday, 4 March 2019, and last year.", ["2019-03-04", None]),
        ("It fell yesterday, early.", [None]),
        ("It fell in March 2018, two years later than in 2016.", ["2018-03", "2020", "2016"]),
    ],
)
def test_without_a_date_of_publication_only_full_dates_have_a_value(line: str, want: list[str | None]):
    assert [value for _, value in read(line, None)] == want


@pytest.mark.parametrize(
    ("published", "value"),
    [
        ("2019-08-20", "2019-08-20"),  # a Tuesday: the day itself
        ("2019-08-21T23:10:00+02:00", "2019-08-20"),
        ("2019-08-25", "2019-08-20"),
        ("2019-08-19", "2019-08-20"),  # the day after: brought up to date, or a time zone ahead
    ],
)
def test_a_weekday_is_counted_from_the_publication(published: str, value: str):
    assert read("The bridge fell on Tuesday.", published) == [("Tuesday", value)]


def test_what_is_counted_from_the_text():
    text = "The bridge fell on 3 May 2018. The next day, the mayor came. A year later, it was built anew."
    assert [value for _, value in read(text)] == ["2018-05-03", "2018-05-04", "2019"]
    assert read("The day before yesterday it rained.") == [("The day before yesterday", "2019-08-18")]


def test_the_month_that_was_named_before():
    text = "A deal was signed last September. Under the September deal, boats were to stay away."
    assert [value for _, value in read(text)] == ["2018-09", "2018-09"]


def test_how_a_value_was_found_is_told():
    a = annotated("It fell on Monday, and in 1990.")
    assert [m.inferred_from for m in times.find(a)] == ["Monday before 2019-08-20 (published)", "written in full"]
    report = replace(a.report, published=Found("2019-08-20", "inferred"))
    assert times.find(replace(a, report=report))[0].inferred_from == "Monday before 2019-08-20 (inferred)"


def test_somebody_named_may_is_no_month():
    text = "Theresa May said so. The letter by May was long. In May it rained."
    assert read(text) == [("May", "2019-05")]


def test_a_range_has_an_end():
    a = annotated("It is open on July 4-6, 2018, and in 2014-15.")
    assert [(m.value, m.end) for m in times.find(a)] == [("2018-07-04", "2018-07-06"), ("2014", "2015")]


def test_an_hour_alone_takes_the_day_of_its_sentence_or_of_the_lead():
    a = annotated(
        "On Monday the bell rang, at 1430 GMT. It rang at noon.\n\nThe mill was lost in 1990.\n\nIt shut at 5pm."
    )
    assert [(m.value, m.clock) for m in times.find(a)] == [
        ("2019-08-19", None),
        ("2019-08-19", "14:30"),
        ("2019-08-19", "12:00"),
        ("1990", None),
        ("2019-08-19", "17:00"),
    ]
    assert [(m.value, m.clock) for m in times.find(annotated("It rang at noon."))] == [(None, "12:00")]
    assert [(m.value, m.clock) for m in times.find(annotated("At 9.15am on Friday, or 0715 GMT, it rang."))] == [
        ("2019-08-16", "09:15"),
        ("2019-08-16", "07:15"),
    ]


@pytest.mark.parametrize("published", ["2019", "soon", "2019-99-99", ""])
def test_a_date_of_publication_that_is_none(published: str):
    assert read("It fell on Monday.", published or None) == [("Monday", None)]


def test_words_without_tags_do():
    a = annotated("The court meets on Friday.", tags=False)
    assert [m.value for m in times.find(a)] == ["2019-08-23"]


def test_a_sentence_does_not_depend_on_those_after_it():
    alone = read("The bridge fell on Monday.")
    assert read("The bridge fell on Monday. It will open on 3 May 2021.")[:1] == alone


def spans(text: str) -> list[tuple[str, str | None, str | None]]:
    a = annotated(text)
    return [(a.quote(m.span), m.value, m.end) for m in times.find(a)]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("It ran from 3 March to 5 April 2018.", ("3 March to 5 April 2018", "2018-03-03", "2018-04-05")),
        ("It was built between 1968 and 1972.", ("1968 and 1972", "1968", "1972")),
        ("It rained from Dec. 30 to Jan. 2.", ("Dec. 30 to Jan. 2", "2018-12-30", "2019-01-02")),
        ("He ruled in the 1990s.", ("the 1990s", "1990", "1999")),
        ("Sales fell in the third quarter of 2018.", ("the third quarter of 2018", "2018-07", "2018-09")),
        ("Sales fell in the fourth quarter.", ("the fourth quarter", "2018-10", "2018-12")),
        (
            "Sales fell in the first nine months of the year.",
            ("the first nine months of the year", "2019-01", "2019-09"),
        ),
        ("It snowed in the winter of 2013-14.", ("the winter of 2013-14", "2013-12", "2014-02")),
        ("It burned last summer.", ("last summer", "2018-06", "2018-08")),
        ("It burned in the past three weeks.", ("the past three weeks", "2019-07-30", "2019-08-20")),
        ("They met last weekend.", ("last weekend", "2019-08-17", "2019-08-18")),
    ],
)
def test_spans_of_time_have_two_ends(text: str, want: tuple[str, str, str]):
    assert spans(text) == [want]


def test_what_was_moved_from_one_day_to_another_is_no_span():
    assert [(words, end) for words, _, end in spans("The vote was moved from Monday to Thursday.")] == [
        ("Monday", None),
        ("Thursday", None),
    ]


def test_quarters_of_a_game_are_no_time():
    assert read("He threw a touchdown in the fourth quarter.") == []


@pytest.mark.parametrize(
    "line",
    [
        "They came after Friday prayers.",
        "The market is held every Saturday and each June.",
        "The September 11 attacks changed it.",
        "A group called the October 5 Brigade did it.",
        "The Independence Day parade was short.",
        "The talks went on for three days after the storm.",
        "It was built in four months.",
        "The 2040, a new chip, is slow.",
        "Shares closed at 10.52 on low volume.",
    ],
)
def test_names_habits_and_durations_are_no_times(line: str):
    assert read(line) == []


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("The vote was put back to Thursday.", "2019-08-22"),
        ("The court has called off Saturday's hearing.", "2019-08-24"),
        ("Classes are cancelled on Thursday.", "2019-08-22"),
        ("A ruling had been expected on Monday.", "2019-08-19"),
        ("If it opens on Friday, we shall come.", "2019-08-23"),
        ("The fire was put out by Sunday.", "2019-08-18"),
        ("Repairs will be ready in four months.", "2019-12"),
        ("They may stop after Sunday.", "2019-08-25"),
        ("Schools reopen on the 2nd.", "2019-09-02"),
    ],
)
def test_plans_lie_ahead_and_what_was_planned_before_does_not(line: str, value: str):
    assert [v for _, v in read(line)] == [value]


def values(text: str, published: str = "2019-08-20") -> list[tuple[str, str | None]]:
    return [(words, value) for words, value, _ in spans(text)] if published else []


def test_what_is_quoted_counts_from_the_day_on_which_it_was_said():
    assert values("“We lost a good friend last night,” she said on Sunday.") == [
        ("last night", "2019-08-17"),
        ("Sunday", "2019-08-18"),
    ]
    assert values("On Saturday she wrote in a post: “I will not sing in Varmo tomorrow.”") == [
        ("Saturday", "2019-08-17"),
        ("tomorrow", "2019-08-18"),
    ]
    # No day is told: it may have been said on an earlier one.
    assert values("“He has failed us all today,” she said.") == [("today", None)]
    assert values("The hall is closed today.") == [("today", "2019-08-20")]


def test_a_clause_goes_on_behind_what_stands_between_commas():
    assert values("Ruiz is running for re-election against Ann Holm, a nurse, in November.") == [
        ("November", "2019-11")
    ]
    assert values("Ruiz ran for re-election against Ann Holm, a nurse, in November.") == [("November", "2018-11")]
    assert values("The Earth gets close to the sun — the perihelion — on Wednesday.") == [("Wednesday", "2019-08-21")]
    assert values("The moon reaches its apogee (the far point) in October.") == [("October", "2019-10")]
    assert values("The mayor said the town would mourn for three days, starting on Saturday.") == [
        ("Saturday", "2019-08-24")
    ]
    assert values("They spoke of plans for a march through the old town on Friday.") == [("Friday", "2019-08-23")]
    assert values("Varmo: Visit the Bears on Sunday.") == [("Sunday", "2019-08-25")]
    assert values("Many of those facing re-election in November come from the north.") == [("November", "2019-11")]


def test_days_are_counted_from_events_and_not_from_what_bounds_them():
    text = "The dam broke on 3 May. It was the worst flood since 21 June 1999. The next day, the mayor came."
    assert [v for _, v in read(text)] == ["2019-05-03", "1999-06-21", "2019-05-04"]
    text = "The play opens on 29 August, the house said on Monday. It moves to Bergen a week later."
    assert [v for _, v in read(text)][-1] == "2019-09-05"


def test_what_is_counted_from_an_event_has_no_value():
    assert read("It sank two weeks after the launch.") == [("two weeks after", None)]
    assert read("He left the day before Christmas Eve.") == [("the day before Christmas Eve", "2018-12-23")]
    assert read("They met on the eve of Monday's vote.") == [("the eve", "2019-08-18"), ("Monday", "2019-08-19")]


def test_a_few_days_ago_is_no_day():
    assert read("It fell a few days ago, and again a few hours ago.") == [
        ("a few days ago", None),
        ("a few hours ago", "2019-08-20"),
    ]


def test_hours_later_may_be_the_next_day():
    text = "The ship left at 10.30 p.m. on Sunday and sank six hours later."
    assert [v for _, v in read(text)] == ["2019-08-18", "2019-08-19"]


def test_the_marked_reports_are_read():
    reports = marked.folder("times")
    assert len(reports) >= 40
    assert sum(len(marked_times.gold(report)) for report in reports) >= 120


def test_the_floors_of_the_marked_reports():
    scores = marked_times.rows()
    assert scores["span"].f >= 0.95
    assert scores["value"].f >= 0.90


@pytest.mark.parametrize("text", ["[[open", "shut]]", "[[a|b]] ]]"])
def test_marks_that_do_not_close_are_named(text: str):
    with pytest.raises(ValueError, match="here"):
        marked.parse(text, "here")


PIECES = [
    "Monday",
    "in May",
    "9999",
    "Dec. 31, 9999",
    "0000-00-00",
    "99/99/2019",
    "Feb. 30",
    "a million years ago",
    "999 years ago",
    "999 decades later",
    "next year",
    "the previous day",
    "25:99",
    "5 p.m.",
    "13 p.m.",
    "Easter 1",
    "Easter 9999",
    "that month",
    "the following winter",
    "the day before",
    "in nine months' time",
    "the first 40 weeks of 1999",
    "999 hours later",
    "between",
    "and",
    "Feb. 29",
    "\x00",
    "🙂",
    ",",
    "to",
    "-",
    "(",
    "“",
]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES), max_size=12), st.sampled_from(["0001-01-01", "9999-12-31", "2020-02-29", None])
)
def test_nothing_raises_and_values_keep_their_form(pieces: list[str], published: str | None):
    text = " ".join(pieces)
    a = annotated(text, published, tags=False)
    end = 0
    for m in times.find(a):
        assert end <= m.span.start < m.span.end <= len(text)
        end = m.span.end
        assert m.value is None or re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", m.value)
        assert m.clock is None or re.fullmatch(r"[0-2]\d:[0-5]\d", m.clock)
        assert m.relation in {"on", "since", "until", "before", "after"}
