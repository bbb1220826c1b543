"""Dates of publication that reports lack, inferred from the others of their story.

Reports of one event are published close together, so a report without a date takes the day of
one of the others: the day that fits the weekdays it names as news best ("on Tuesday" is told on
that Tuesday or soon after), and of equal days the one on which most were published. Nothing is
inferred where no other report has a date. A date that was given is never changed; where the text
speaks for another one, a notice says so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from tellings.records import Annotated, Found, Notice

__all__ = ["infer"]

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = re.compile(r"\b(" + "|".join(_WEEKDAYS) + r")\b", re.IGNORECASE)
_NAMED = 4  # how many reports a notice names
_FAR = 5  # days between a report's date and its story's that make it doubtful
_NEAR = 3  # days between a date in the text and the story's that speak for the story's


def infer(reports: Sequence[Annotated]) -> tuple[tuple[Annotated, ...], tuple[Notice, ...]]:
    """The same reports in the same order, those without a date of publication with an inferred one.

    An inferred date is `Found(day, "inferred")`; its notice has the kind "date_inferred". A notice
    of kind "date_doubted" names a report whose own date lies far from its story's while the days
    that its text names lie near it. Notices are sorted by report. Expressions of time are not
    resolved anew here.
    """
    days = {report.id: day for report in reports if (day := _published(report)) is not None}
    counted = Counter(days.values())
    out: list[Annotated] = []
    notices: list[Notice] = []
    for report in reports:
        own = days.get(report.id)
        if own is not None:
            doubt = _doubt(report, own, [day for name, day in sorted(days.items()) if name != report.id])
            notices += [doubt] if doubt else []
        if own is not None or not counted or (report.report.published and report.report.published.value):
            out.append(report)
            continue
        told = _weekdays(report)
        latest = max(_full(report), default=None)
        day = max(
            counted, key=lambda d: (_fit(told, d) - (latest is not None and latest > d), counted[d], -d.toordinal())
        )
        out.append(replace(report, report=replace(report.report, published=Found(day.isoformat(), "inferred"))))
        notices.append(_notice(report, day, sorted(name for name, d in days.items() if d == day), told))
    return tuple(out), tuple(sorted(notices, key=lambda n: (n.where, n.kind)))


def _published(report: Annotated) -> date | None:
    """The day of publication; None where there is none or it is no ISO date."""
    found = report.report.published
    try:
        return date.fromisoformat(found.value[:10]) if found else None
    except ValueError:
        return None


def _weekdays(report: Annotated) -> Counter[int]:
    """How often the report names each weekday without saying which ("on Tuesday"); Monday is 0."""
    out: Counter[int] = Counter()
    for mention in report.times:
        words = report.quote(mention.span).lower()
        found = _WEEKDAY.search(words)
        if found and not re.search(r"\d|\b(?:last|next|coming|ago)\b", words):
            out[_WEEKDAYS.index(found[1].lower())] += 1
    return out


def _full(report: Annotated) -> list[date]:
    """The days that the report's text writes in full, with their year."""
    return [
        date.fromisoformat(mention.value)
        for mention in report.times
        if mention.value and len(mention.value) == 10 and mention.inferred_from == "written in full"
    ]


def _fit(told: Counter[int], day: date) -> float:
    """How well the weekdays that a report names fit a day of publication, 0 to 1.

    News tells of the day itself and the days just before: a weekday counts less with every day
    that it lies back, a weekday six days back (tomorrow's) nothing.
    """
    named = sum(told.values())
    if not named:
        return 1.0
    return sum(times * (6 - (day.weekday() - weekday) % 7) / 6 for weekday, times in sorted(told.items())) / named


def _notice(report: Annotated, day: date, from_reports: list[str], told: Counter[int]) -> Notice:
    """What an inferred date was inferred from."""
    named = ", ".join(from_reports[:_NAMED]) + (" and others" if len(from_reports) > _NAMED else "")
    weekdays = [_WEEKDAYS[w].capitalize() for w, _ in sorted(told.items(), key=lambda t: (-t[1], t[0]))]
    fits = f"; it tells of {' and '.join(weekdays[:2])}, and that day was a {_WEEKDAYS[day.weekday()].capitalize()}"
    return Notice(
        "date_inferred",
        report.id,
        f"it has no date of publication; {day.isoformat()} is inferred from {named}, of the same story"
        + (fits if weekdays else ""),
        "give its date, if you know it, as the field published of JSON Lines",
    )


def _doubt(report: Annotated, own: date, others: list[date]) -> Notice | None:
    """A notice if the days that the text names lie near the story's date and the report's own does not."""
    if len(others) < 2:
        return None
    middle = sorted(others)[(len(others) - 1) // 2]
    full = _full(report)
    if abs((own - middle).days) <= _FAR or not any(abs((day - middle).days) <= _NEAR for day in full):
        return None
    if any(abs((day - own).days) <= _FAR for day in full):
        return None
    return Notice(
        "date_doubted",
        report.id,
        f"its date is {own.isoformat()}, but its text names days about {middle.isoformat()}, as its story does; "
        "its date may be that of a download",
        "check its date; weekdays in it are counted from the one given",
    )
