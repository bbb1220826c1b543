"""What times are counted from: the day of publication, and the days that the text has told of so far.

"The next day" counts from an event and not from the day on which somebody spoke of it, nor from
one that only bounds it ("since Monday"). So a day named by the text is kept with its part in it:
"event", "saying" ("he said on Monday") or "bound". Where a text has named none lately, its lead
decides: a report's "that night" and its hours belong to what its first sentences tell.

Still missed: that a report goes back to an earlier event without naming its day again ("gunmen
had seized 27 in all; nine fled ten days later"), and hours of the evening before.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Literal

from tellings.annotate.calendars import When, of
from tellings.annotate.tenses import planned
from tellings.text import Span

__all__ = ["Context", "Named", "Part", "Value", "hours_from"]

Part = Literal["event", "saying", "bound"]
_LEAD = 3  # sentences (with the headline) that can date what a report tells of
_DAYS_REACH, _LONG_REACH = 2, 4  # how many sentences back a day, and a month or year, is counted from
_KEPT = 12


@dataclass(frozen=True, slots=True)
class Value:
    """What a rule gives back: the value, how it was found, and where its expression ends a span of time.

    `way` is the unit and the number of steps by which the expression lies from the date that
    follows it ("the day before" Easter), None for most. `guessed` says that the year is inferred.
    """

    value: When | None
    how: str
    end: When | None = None
    clock: str | None = None
    way: tuple[str, int] | None = None
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A time that the text has named: in which sentence and paragraph, and its part in it."""

    sentence: int
    paragraph: int
    value: When
    part: Part
    clock: str | None = None

    @property
    def fine(self) -> int:
        """2 for a day, 1 for a month, 0 for a year."""
        return (self.value.month is not None) + (self.value.day is not None)


@dataclass(slots=True)
class Context:
    """What values are worked out from; `sentence` and what follows it change with every sentence."""

    published: date | None
    note: str
    text: str
    sentence: tuple[int, int] = (0, 0)
    number: int = 0  # of the sentence
    paragraph: int = 0
    verbs: frozenset[int] | None = None  # where verbs start in the sentence; None where no word is tagged
    theresa: bool = False  # whether "May" is somebody's name in this text
    spoken: tuple[Span, ...] | None = None  # where the text quotes somebody; None: not asked yet
    sport: bool | None = None  # whether the text tells of games, which have quarters of their own; None: not asked yet
    named: deque[Named] = field(default_factory=lambda: deque[Named](maxlen=_KEPT))
    lead: Named | None = None
    months: dict[int, When] = field(default_factory=dict[int, When])  # each month of the year as last named

    def is_planned(self, start: int, end: int) -> bool | None:
        """Whether the clause around an expression tells of what is to come, or of what was, or neither (None)."""
        return planned(self.text, self.sentence, start, end, self.verbs)

    def before(self, start: int, length: int = 40) -> str:
        """What stands before an expression in its sentence."""
        return self.text[max(self.sentence[0], start - length) : start]

    def after(self, end: int, length: int = 40) -> str:
        """What stands behind an expression in its sentence."""
        return self.text[end : min(self.sentence[1], end + length)]

    def name(self, value: When, part: Part, clock: str | None = None) -> None:
        """Keep a time that the text names."""
        there = Named(self.number, self.paragraph, value, part, clock)
        self.named.append(there)
        if value.month is not None:
            self.months[value.month] = value
        if there.fine == 2 and self.number <= _LEAD:
            rank = {"event": 2, "saying": 1, "bound": 0}
            if self.lead is None or rank[part] > rank[self.lead.part]:
                self.lead = there

    def rename(self, value: When, part: Part, clock: str | None) -> None:
        """Say more of the time named last: its clock."""
        if self.named and self.named[-1].value == value:
            last = replace(self.named[-1], clock=clock, part=part)
            if self.lead is self.named[-1]:
                self.lead = last
            self.named[-1] = last
        else:
            self.name(value, part, clock)

    def anchor(self, unit: str) -> Named | None:
        """What "the next day", "a month later", "that year" counts from; None where nothing was named.

        In the same sentence the last event, else the last day of any part; then the last event
        of the sentences just before, then a day of saying there; days then go back to the lead.
        """
        fine = 0 if unit.startswith(("year", "decade", "season")) else 1 if unit.startswith("month") else 2
        reach = _DAYS_REACH if fine == 2 else _LONG_REACH
        fit = [n for n in self.named if n.fine >= fine and self.number - n.sentence <= reach]
        here = [n for n in fit if n.sentence == self.number]
        near = [n for n in fit if n.sentence < self.number]
        for part in ("event", None):
            if found := next((n for n in reversed(here) if part in (None, n.part)), None):
                return found
        for sentence in sorted({n.sentence for n in near}, reverse=True):
            for part in ("event", "saying"):
                if found := next((n for n in reversed(near) if n.sentence == sentence and n.part == part), None):
                    return found
        if fine < 2:
            return near[-1] if near else None
        return self.lead

    def day_of_hour(self, start: int, end: int) -> Named | None:
        """The day to which an hour without one belongs: that of its sentence or paragraph, else the lead's."""
        found = next(
            (
                n
                for n in reversed(self.named)
                if n.fine == 2
                and n.part == "event"
                and (n.sentence == self.number or (n.paragraph == self.paragraph and self.number - n.sentence <= 2))
            ),
            self.lead,
        )
        if found and self.published and found.value.first < self.published and self.is_planned(start, end):
            # An hour to come lies on no day that is over.
            return Named(self.number, self.paragraph, of(self.published), "event")
        return found

    def sporting(self) -> bool:
        """Whether the text tells of games."""
        if self.sport is None:
            self.sport = bool(_SPORT.search(self.text[:20_000]))
        return self.sport


_SPORT = re.compile(
    r"\b(?:touchdowns?|quarterback|half-?time|rebounds|rushing|linebacker|yard line|field goals?|three-pointers?"
    r"|free throws?|interceptions?|fumbles?|Super Bowl|NFL|NBA)\b"
)


def hours_from(there: Named, hours: float) -> When:
    """The day that lies some hours from a named time; the same day where its hour is not known."""
    if there.clock is None:
        return there.value
    begin = datetime.combine(there.value.first, datetime.min.time())
    hour, minute = there.clock.split(":")
    try:
        return of((begin + timedelta(hours=int(hour) + hours, minutes=int(minute))).date())
    except OverflowError:
        return there.value
