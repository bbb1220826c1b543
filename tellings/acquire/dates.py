"""Dates as sites write them -> ISO 8601, or nothing where they can be read in two ways.

These are dates of publication, written in full with their year ("3 May 2021 - 18:40",
"May 3, 2021", "2021-05-03T18:40Z"). "03/04/2019" is the third of April here and the fourth of
March there: it stays unknown. A clock time is kept; a zone only where it says its offset.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

__all__ = ["Written", "normal", "scan"]

_MONTHS = {
    m: i
    for i, names in enumerate(
        ("january jan", "february feb febr", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sep sept", "october oct", "november nov", "december dec"), 1,
    )
    for m in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
_CLOCK = (
    r"(?P<{0}h>\d{{1,2}})(?:[:.](?P<{0}m>\d{{2}})(?::(?P<{0}s>\d{{2}})(?:[.,]\d{{1,6}})?)?)?"
    r"(?:\s?(?P<{0}p>[ap]\.?m\b\.?))?"
)
_IS_CLOCK = r"(?=\d{1,2}(?:[:.]\d\d|\s?[ap]\.?m\b))"
_ZONE = r"(?:\s?(?P<zone>Z\b|(?:GMT|UTC)(?:[+-]\d{1,2})?\b|[+-]\d{2}:?\d{2}\b))?"

_DATE = re.compile(
    rf"""(?<![\w/.-])
    (?:{_IS_CLOCK}{_CLOCK.format("b")}[\s,|\u00b7\u2022-]{{1,4}}(?:on\s)?(?=\S))?
    (?:(?P<weekday>{_DAY})\.?[,\s]{{1,3}})?
    (?:
        (?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?:\sof)?[\s/.-]{{1,2}}(?P<m1>{_MONTH})\.?,?[\s/-]{{1,2}}(?P<y1>\d{{4}})
      | (?P<m2>{_MONTH})\.?\s{{1,2}}(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:,\s?|\s)(?P<y2>\d{{4}})
      | (?P<y3>\d{{4}})(?P<sep>[-/.])(?P<m3>\d{{1,2}})(?P=sep)(?P<d3>\d{{1,2}})
      | (?P<a4>\d{{1,2}})(?P<sep4>[-/.])(?P<b4>\d{{1,2}})(?P=sep4)(?P<y4>\d{{4}})
    )
    (?!\d)
    (?:(?:T|[\s,|/\u00b7\u2022\u2013\u2014-]{{1,4}}(?:at\s)?){_IS_CLOCK}{_CLOCK.format("a")}(?![\d%]){_ZONE})?
    """,
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Written:
    """A date where it stands in a text; `iso` is None where it can be read in two ways."""

    start: int
    end: int
    iso: str | None
    weekday: bool
    clock: bool
    numeric: bool


def _time(match: re.Match[str], side: str) -> tuple[int, int, int] | None:
    """The clock time before or after the date; None where there is none that can be one."""
    if match[side + "h"] is None or (match[side + "m"] is None and match[side + "p"] is None):
        return None
    hour, minute, second = int(match[side + "h"]), int(match[side + "m"] or 0), int(match[side + "s"] or 0)
    half = (match[side + "p"] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return (hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None


def _zone(text: str | None) -> timezone | None:
    """The offset that a zone states; None where it states none (EST is a name, not an offset)."""
    if not text:
        return None
    if text.upper() in {"Z", "GMT", "UTC"}:
        return UTC
    match = re.fullmatch(r"(?:GMT|UTC)?([+-])(\d{1,2}):?(\d{2})?", text, re.IGNORECASE)
    if match is None or int(match[2]) > 14:
        return None
    minutes = int(match[2]) * 60 + int(match[3] or 0)
    return timezone(timedelta(minutes=-minutes if match[1] == "-" else minutes))


def _iso(match: re.Match[str], clock: tuple[int, int, int] | None) -> str | None:
    """The date in ISO form; None where the day and the month may be either."""
    if match["y1"]:
        year, month, day = int(match["y1"]), _MONTHS[match["m1"].lower()], int(match["d1"])
    elif match["y2"]:
        year, month, day = int(match["y2"]), _MONTHS[match["m2"].lower()], int(match["d2"])
    elif match["y3"]:
        year, month, day = int(match["y3"]), int(match["m3"]), int(match["d3"])
    else:
        a, b, year = int(match["a4"]), int(match["b4"]), int(match["y4"])
        if a <= 12 and b <= 12 and a != b:
            return None
        day, month = (a, b) if b <= 12 else (b, a)
    try:
        when = datetime(year, month, day, *(clock or (0, 0, 0)), tzinfo=_zone(match["zone"]) if clock else None)
    except ValueError:
        return None
    if not 1700 <= year <= 2100:
        return None
    return when.isoformat() if clock else when.date().isoformat()


def scan(text: str) -> Iterator[Written]:
    """The full dates in a text, in reading order.

    >>> [w.iso for w in scan("Publish date: 3 May 2021 - 18:40; seen 03/04/2019, 25/12/2019")]
    ['2021-05-03T18:40:00', None, '2019-12-25']
    """
    for match in _DATE.finditer(text):
        clock = _time(match, "a") or _time(match, "b")
        end = match.end()
        if match["ah"] is not None and _time(match, "a") is None:
            end = match.start("ah")
            while end > match.start() and not text[end - 1].isalnum():
                end -= 1
        start = match.start()
        if match["bh"] is not None and _time(match, "b") is None:
            start = match.end("bh")
            while start < end and not text[start].isalnum():
                start += 1
        numeric = match["y3"] is not None or match["y4"] is not None
        yield Written(start, end, _iso(match, clock), match["weekday"] is not None, clock is not None, numeric)


def normal(value: str) -> str | None:
    """A date as given, in ISO form (YYYY-MM-DD, with the time where it has one); None where it is not clear.

    >>> normal("2021-05-03T18:40:00Z"), normal("Mon, 3 May 2021 18:40:00 +0200"), normal("03/04/2019")
    ('2021-05-03T18:40:00+00:00', '2021-05-03T18:40:00+02:00', None)
    """
    value = " ".join(value[:200].split())
    if re.match(r"\d{4}-?\d{2}-?\d{2}", value):
        try:
            when = datetime.fromisoformat(value)
        except ValueError:
            pass
        else:
            if not 1700 <= when.year <= 2100:
                return None
            return when.date().isoformat() if len(value) <= 10 else when.isoformat()
    for written in scan(value):
        if written.start == 0 and len(value) - written.end <= 6:  # "EST" and the like may follow
            return written.iso
        break
    from email.utils import parsedate_to_datetime  # it loads sockets and more; hardly any date needs it

    try:
        when = parsedate_to_datetime(value)
    except (ValueError, IndexError, TypeError):
        return None
    return when.isoformat() if 1700 <= when.year <= 2100 else None
