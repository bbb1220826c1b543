"""The timeline drawn: what is told of above the line of time, what was published below it.

In the middle stand the days in which most happens, true to scale; what lies before and after is
pressed together, the more the farther it lies (by the logarithm of its distance), so that "2001"
and "Tuesday" fit on one line. A day is a dot; a date that is told only as a month or a year, and a
span of time ("from 3 to 5 May", "last week", "since January"), is a bar as long as it is known,
open where it has no end. Dots and bars that would cover each other stand on top of each other.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tellings.present.sigla import Cite, Context, Named, Sigla
from tellings.records import Entry
from tellings.text import Span

__all__ = ["Bar", "Drawn", "Event", "Issue", "Row", "Tick", "draw"]

WIDTH = 960.0
_EDGE = 24.0  # left and right of all that is drawn
_CORE = 21  # days that the part true to scale may hold
_DAY = 84.0  # a day is drawn no wider
_SIDE = 0.27  # of the width for what lies before the core, and for what lies after it
_WEEK = 7.0  # days beside the core that are hardly pressed together
_LANES = 7  # rows of bars; more are only listed
_ROWS = 12  # rows of reports below the line
_MANY = 24  # so many reports stand each for itself; more are bundled by day and origin
_CHAR = 6.8  # drawn units to a character of a label
_SURE = "written in full"  # how a date was found needs no word where the report writes it
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Day:
    """A date within a drawn label: the words, and the date for a reader's own way of writing; `year` if it is told."""

    words: str
    date: str = ""
    year: bool = True


@dataclass(frozen=True, slots=True)
class Tick:
    """A date written below the line, in the first or second row (`level` 0 or 1)."""

    x: float
    label: Day
    level: int


@dataclass(frozen=True, slots=True)
class Event:
    """A day that the reports tell of, as a dot."""

    x: float
    y: float
    r: float
    anchor: str
    spoken: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A date coarser than a day, or a span of time: from `x` on, `width` wide, in a lane of its own.

    `tail` is "since" or "until" where it runs on without an end, up to `tail_x`; else "".
    """

    x: float
    width: float
    y: float
    kind: str
    tail: str
    tail_x: float
    label: tuple[Day, ...]
    label_x: float
    anchor: str
    spoken: str


@dataclass(frozen=True, slots=True)
class Issue:
    """A report at the day of its publication, or (`number` above 1) those of one origin on that day."""

    x: float
    y: float
    width: float
    named: Named
    number: int
    spoken: str


@dataclass(slots=True)
class Row:
    """One line of the list: a date or a span of time with what is told of it.

    `precision` is "day", "month", "year" or "span"; `end` closes a span, "" elsewhere; `published`
    are the reports of that day.
    """

    date: str
    end: str
    anchor: str
    precision: str
    how: str
    told: int
    tail: str = ""
    cites: tuple[Cite, ...] = ()
    words: tuple[tuple[Context, Cite], ...] = ()
    published: list[Named] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Drawn:
    """The drawing and its list.

    `core` are the two x between which days are true to scale, `middle` that of the fullest day.
    """

    height: float
    line: float
    core: tuple[float, float]
    pressed: tuple[float, ...]
    ticks: tuple[Tick, ...]
    events: tuple[Event, ...]
    bars: tuple[Bar, ...]
    issues: tuple[Issue, ...]
    rows: tuple[Row, ...]
    left_out: int
    spoken: str
    middle: float


def _bounds(value: str) -> tuple[int, int] | None:
    """The first and the last day of a date as ordinals; None for what is no date.

    >>> [date.fromordinal(n).isoformat() for n in _bounds("2016-02") or ()]
    ['2016-02-01', '2016-02-29']
    """
    found = _DATE.match(value)
    if not found:
        return None
    year, month, day = (int(part) if part else 0 for part in found.groups())
    try:
        first = date(year, month or 1, day or 1)
        if day:
            last = first
        elif month:
            last = date(year, month, 28)
            last = date.fromordinal((date(year + month // 12, month % 12 + 1, 1)).toordinal() - 1)
        else:
            last = date(year, 12, 31)
    except (ValueError, OverflowError):
        return None
    return first.toordinal(), last.toordinal()


def _short(value: str, *, year: bool = True) -> str:
    """A date in few letters.

    >>> _short("2016-02-03"), _short("2016-02-03", year=False), _short("2016-02"), _short("2016")
    ('3 Feb 2016', '3 Feb', 'Feb 2016', '2016')
    """
    found = _DATE.match(value)
    if not found or not found[2]:
        return value[:10]
    month = _MONTHS[int(found[2]) - 1]
    day = f"{int(found[3])} {month}" if found[3] else month
    return f"{day} {found[1]}" if year or not found[3] else day


def _length(value: str) -> str:
    """How fine a date is."""
    return {4: "year", 7: "month"}.get(len(value), "day")


class _Scale:
    """Where a day stands: the core evenly, before and after it by the logarithm of the distance."""

    def __init__(self, days: Counter[int], ends: Sequence[int]) -> None:
        """Choose as core the window with most of the days' weight; `ends` are all ordinals to be shown."""
        days = days or Counter(ends)
        ordered = sorted(days)
        best: tuple[int, int, int] = (0, 0, 0)
        for first in ordered:
            inside = [d for d in ordered if first <= d < first + _CORE]
            best = max(best, (sum(days[d] for d in inside), first, inside[-1]))
        self.first, self.last = best[1], best[2] + 1
        self.before = max(0, self.first - min(ends))
        self.after = max(0, max(ends) + 1 - self.last)
        wide = WIDTH - 2 * _EDGE
        left, right = (_SIDE * wide if far else 0.0 for far in (self.before, self.after))
        self.day = min(_DAY, (wide - left - right) / (self.last - self.first))
        spare = wide - left - right - self.day * (self.last - self.first)
        if left or right:  # a short core leaves its room to what is pressed together
            left, right = (part + spare * part / (left + right) for part in (left, right))
        self.left, self.right = left, right
        self.core = (_EDGE + left, _EDGE + left + self.day * (self.last - self.first))

    def x(self, day: float) -> float:
        """The place of the beginning of a day."""
        if day < self.first:
            return self.core[0] - self.left * self._press(self.first - day, self.before)
        if day > self.last:
            return self.core[1] + self.right * self._press(day - self.last, self.after)
        return self.core[0] + (day - self.first) * self.day

    @staticmethod
    def _press(days: float, most: int) -> float:
        return min(1.0, math.log1p(days / _WEEK) / math.log1p(max(1, most) / _WEEK))


def draw(sigla: Sigla, entries: Sequence[Entry]) -> Drawn | None:
    """The timeline of a story; None where no date is told and none of a publication is known.

    Every support of an entry, and every span of time in the reports on topic, gets a link, and its
    sentence one back to the list. Reports whose own date cannot be read are not drawn.
    """
    rows = _rows(sigla, entries)
    if not rows:
        return None
    days: Counter[int] = Counter()
    ends: list[int] = []
    for row in rows:
        first, last = _limits(row)
        ends += [first, last]
        if row.precision == "day":
            days[first] += row.told + 2 * len(row.published)
    scale = _Scale(days, ends)
    bars, lanes, left_out = _bars(rows, scale)
    events, levels = _events(rows, scale)
    line = 14.0 + 19 * lanes + (8 if lanes else 0) + levels
    bars = tuple(_lowered(bar, 14.0) for bar in bars)
    events = tuple(Event(e.x, round(line - e.y, 1), e.r, e.anchor, e.spoken) for e in events)
    ticks = _ticks(rows, scale)
    top = line + 20 + 14 * (1 + max((t.level for t in ticks), default=0))
    issues, depth = _issues(rows, scale, top)
    left_out += sum(len(r.published) for r in rows) - sum(i.number for i in issues)
    told = sum(1 for r in rows if r.told)
    spoken = f"Timeline: {told} {'date' if told == 1 else 'dates'} told of, from {rows[0].date} on"
    pressed = tuple(x for x, part in ((scale.core[0], scale.left), (scale.core[1], scale.right)) if part)
    return Drawn(
        height=round(depth + 8, 1),
        line=round(line, 1),
        core=(round(scale.core[0], 1), round(scale.core[1], 1)),
        pressed=tuple(round(x, 1) for x in pressed),
        ticks=ticks,
        events=events,
        bars=bars,
        issues=issues,
        rows=rows,
        left_out=left_out,
        spoken=spoken,
        middle=round(scale.x(max(days, key=lambda day: (days[day], -day)) + 0.5), 1) if days else WIDTH / 2,
    )


def _limits(row: Row) -> tuple[int, int]:
    """The first and last day of a row; only for rows whose dates can be read."""
    first = _bounds(row.date) or (1, 1)
    last = _bounds(row.end) if row.end else first
    return first[0], max(first[0], (last or first)[1])


def _rows(sigla: Sigla, entries: Sequence[Entry]) -> tuple[Row, ...]:
    """All dates and spans of time, by their beginning, the longer first."""
    found: dict[tuple[str, str], Row] = {}
    spans: dict[tuple[str, str], list[Span]] = {}
    for entry in entries:
        if _bounds(entry.date) is None:
            continue
        key = (entry.date, "")
        row = found.setdefault(
            key, Row(entry.date, "", f"day-{re.sub('[^0-9-]', '', entry.date)}", _length(entry.date), "", 0)
        )
        spans.setdefault(key, []).extend(entry.support)
        if entry.inferred_from and entry.inferred_from not in row.how and _SURE not in entry.inferred_from:
            row.how = f"{row.how}; {entry.inferred_from}" if row.how else entry.inferred_from
    for key, told in spans.items():
        row = found[key]
        row.told = len(told)
        row.cites = _each(sigla.cites(told, f"@{row.date}", f"#{row.anchor}"))
    _add_spans(sigla, found, spans)
    _drop_finer(sigla, found, spans)
    for named in sigla.listed:
        day = (named.published or "")[:10]
        if _bounds(day):
            key = (day, "")
            row = found.setdefault(key, Row(day, "", f"day-{re.sub('[^0-9-]', '', day)}", _length(day), "", 0))
            row.published.append(named)
    for row in found.values():
        row.published.sort(key=lambda n: (n.published or "", len(n.siglum), n.siglum))
    return tuple(sorted(found.values(), key=lambda r: (_limits(r)[0], -_limits(r)[1], r.date, r.end)))


def _add_spans(
    sigla: Sigla, found: dict[tuple[str, str], Row], support: Mapping[tuple[str, str], Sequence[Span]]
) -> None:
    """Spans of time that the reports name, and where a date's own support tells it as a beginning or an end."""
    words: dict[tuple[str, str], list[Span]] = {}
    for report in sigla.dossier.collation.reports:
        for mention in report.times:
            if mention.value is None or _bounds(mention.value) is None:
                continue
            if mention.end and mention.end != mention.value and _bounds(mention.end):
                words.setdefault((mention.value, mention.end), []).append(mention.span)
            elif mention.relation in ("since", "until") and not mention.clock:
                row = found.get((mention.value, ""))
                if row and any(span.holds(mention.span) for span in support[mention.value, ""]):
                    row.tail = row.tail or mention.relation
    for (start, end), told in words.items():
        anchor = f"days-{start}-{end}"
        row = Row(start, end, anchor, "span", "", len(told))
        cited = _each(sigla.cites(told, f"@{start}", f"#{anchor}"), sigla, told)
        row.cites = cited
        place = {cite.href: span for span in told for cite in (sigla.cite(span),)}
        row.words = tuple((sigla.context(place[cite.href]), cite) for cite in cited)
        found[start, end] = row


def _drop_finer(
    sigla: Sigla, found: dict[tuple[str, str], Row], support: Mapping[tuple[str, str], Sequence[Span]]
) -> None:
    """Take out a month or year that no report names: its words ("the summer") stand there as a span of time."""
    for key, told in support.items():
        row = found[key]
        if row.precision == "day" or row.tail:
            continue
        mentions = [m for s in told for m in sigla.report(s.report).times if s.holds(m.span)]
        spans = [m for m in mentions if m.value and m.end and m.end != m.value]
        within = any((m.value or "").startswith(row.date) for m in spans)
        if within and not any(m.value == row.date and m not in spans for m in mentions):
            del found[key]


def _each(cites: Iterable[Cite], sigla: Sigla | None = None, spans: Sequence[Span] = ()) -> tuple[Cite, ...]:
    """The citations without those that say the same words as an earlier one; of spans, the same sentence."""
    whole = {sigla.cite(s).href: sigla.text(sigla.sentence(s)) for s in spans} if sigla else {}
    seen: dict[str, Cite] = {}
    for cite in cites:
        seen.setdefault(whole.get(cite.href, cite.quote).casefold(), cite)
    return tuple(seen.values())


def _lowered(bar: Bar, by: float) -> Bar:
    """The bar farther down."""
    return Bar(
        bar.x, bar.width, bar.y + by, bar.kind, bar.tail, bar.tail_x, bar.label, bar.label_x, bar.anchor, bar.spoken
    )


def _bars(rows: Sequence[Row], scale: _Scale) -> tuple[tuple[Bar, ...], int, int]:
    """The bars with their lanes, the number of lanes, and how many found no lane."""
    wanted = [r for r in rows if r.told and (r.precision != "day" or r.tail)]
    lanes: list[list[tuple[float, float]]] = []
    out: list[Bar] = []
    left_out = 0
    # what is told most often gets its lane first; drawn is in the order of time
    for row in sorted(wanted, key=lambda r: (-r.told, _limits(r), r.end)):
        first, last = _limits(row)
        x, right = scale.x(first), scale.x(last + 1)
        width = max(4.0, right - x)
        tail_x = {"since": WIDTH - _EDGE / 2, "until": max(4.0, x - 40)}.get(row.tail, 0.0)
        if row.tail == "since":
            tail_x = max(scale.core[1], right + 30)
        label = _named(row)
        words = "".join(part.words for part in label)
        long = _CHAR * len(words)
        label_x = x + 5 if width > long + 10 else x + width + 5
        begin, end = min(x, tail_x or x), max(x + width, tail_x, label_x + long)
        if label_x + long > WIDTH:  # no room behind it: before it
            label_x = min(x, tail_x or x) - 5 - long
            begin, end = label_x, max(x + width, tail_x)
        lane = next((n for n, taken in enumerate(lanes) if all(end + 6 < a or begin - 6 > b for a, b in taken)), -1)
        if lane < 0:
            if len(lanes) == _LANES:
                left_out += 1
                continue
            lanes.append([])
            lane = len(lanes) - 1
        lanes[lane].append((begin, end))
        out.append(
            Bar(
                round(x, 1),
                round(width, 1),
                19.0 * lane,
                row.precision,
                row.tail,
                round(tail_x, 1),
                label,
                round(max(2.0, label_x), 1),
                row.anchor,
                f"{words}: told {_times(row.told)}",
            )
        )
    return tuple(sorted(out, key=lambda b: (b.x, b.y))), len(lanes), left_out


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


def moment(published: str | None) -> str:
    """Day and clock of a publication as its report writes them; midnight stands for an unknown clock.

    >>> moment("2031-03-11T06:40:00"), moment("2031-03-11T00:00:00"), moment(None)
    ('2031-03-11 06:40', '2031-03-11', '')
    """
    day, _, clock = (published or "")[:16].partition("T")
    return day if clock in ("", "00:00") else f"{day} {clock}"


def _named(row: Row) -> tuple[Day, ...]:
    """A row in few words.

    >>> "".join(day.words for day in _named(Row("2016-04-25", "2016-05-01", "", "span", "", 1)))
    '25 Apr to 1 May 2016'
    """
    if row.end:
        year = row.date[:4] != row.end[:4] or _length(row.date) == "year"
        start = _short(row.date, year=year)
        if not year and _length(row.date) == "month":
            start = start.split(" ", maxsplit=1)[0]
        return (Day(start, row.date, year), Day(" to "), Day(_short(row.end), row.end))
    tail = (Day(f"{row.tail} "),) if row.tail else ()
    return (*tail, Day(_short(row.date), row.date))


def _events(rows: Sequence[Row], scale: _Scale) -> tuple[tuple[Event, ...], float]:
    """The dots, `y` above the line, and how high they reach."""
    out: list[Event] = []
    high = 16.0
    for row in rows:
        if row.precision != "day" or not row.told:
            continue
        r = min(11.0, 3.5 + 1.5 * math.sqrt(row.told))
        x = scale.x(_limits(row)[0] + 0.5)
        y = r + 3
        for other in out:  # in the order of time: a dot rises above those that it would cover
            if math.hypot(other.x - x, other.y - y) < other.r + r + 1:
                y = other.y + other.r + r + 1.5
        out.append(Event(round(x, 1), y, round(r, 1), row.anchor, f"{row.date}: told {_times(row.told)}"))
        high = max(high, y + r + 4)
    return tuple(out), high


def _ticks(rows: Sequence[Row], scale: _Scale) -> tuple[Tick, ...]:
    """Dates below the line: those with most told or published first, in two rows without touching."""
    wanted = sorted(
        (r for r in rows if r.precision == "day" and (r.told or r.published)),
        key=lambda r: (-(r.told + len(r.published)), r.date),
    )
    taken: list[list[tuple[float, float]]] = [[], []]
    out: list[Tick] = []
    years = {row.date[:4] for row in wanted}
    for row in wanted:
        x = scale.x(_limits(row)[0] + 0.5)
        core = scale.first <= _limits(row)[0] < scale.last
        year = not core or (len(years) == 1 and not out)
        label = Day(_short(row.date, year=year), row.date, year)
        half = _CHAR * len(label.words) / 2
        x_label = min(max(x, half + 2), WIDTH - half - 2)
        for level in (0, 1):
            if all(x_label + half + 5 < a or x_label - half - 5 > b for a, b in taken[level]):
                taken[level].append((x_label - half, x_label + half))
                out.append(Tick(round(x_label, 1), label, level))
                break
    return tuple(sorted(out, key=lambda t: (t.x, t.level)))


def _issues(rows: Sequence[Row], scale: _Scale, top: float) -> tuple[tuple[Issue, ...], float]:
    """The reports below the line, and the lowest place that is used."""
    number = sum(len(r.published) for r in rows)
    taken: list[list[tuple[float, float]]] = [[] for _ in range(_ROWS)]
    out: list[Issue] = []
    low = top
    for row in rows:
        groups: dict[str, list[Named]] = {}
        for named in row.published:
            key = named.letter if number > _MANY and named.letter else named.id
            groups.setdefault(key, []).append(named)
        middle = scale.x(_limits(row)[0] + 0.5)
        for many in groups.values():
            one = many[0]
            text = one.siglum if len(many) == 1 else f"{one.letter} ×{len(many)}"
            wide = max(22.0, 9 + 6.6 * len(text))
            spot = _free(taken, middle, wide, scale.day)
            if spot is None:
                continue
            x, level = spot
            taken[level].append((x, x + wide))
            y = top + 24 * level
            low = max(low, y + 22)
            spoken = f"{one.siglum}, {one.label}, published {moment(one.published)}"
            if len(many) > 1:
                spoken = f"{len(many)} reports of origin {one.letter} published {row.date}"
            out.append(Issue(round(x, 1), round(y, 1), round(wide, 1), one, len(many), spoken))
    return tuple(out), low


def _free(
    taken: Sequence[Sequence[tuple[float, float]]], middle: float, wide: float, day: float
) -> tuple[float, int] | None:
    """A place for a report near its day: right below it, or in the day's width beside; None where all is taken."""
    steps = [0.0]
    while steps[-1] + wide + 4 <= day / 2 - wide / 2:
        steps.append(steps[-1] + wide + 4)
    for level, row in enumerate(taken):
        for step in sorted({s * sign for s in steps for sign in (1, -1)}, key=lambda s: (abs(s), s)):
            x = min(max(middle - wide / 2 + step, 1.0), WIDTH - wide - 1)
            if all(x + wide + 4 <= a or x - 4 >= b for a, b in row):
                return x, level
    return None
