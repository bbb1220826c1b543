"""Hours: "5.10am local time", "1430 GMT", "ten to six in the morning", and the day that each belongs to."""

from __future__ import annotations

import re

from tellings.annotate.anchors import Context, Value

__all__ = ["clock", "day_of", "joins", "plain_clock", "told_clock"]

_HOURS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
          "ten": 10, "eleven": 11, "twelve": 12, "noon": 12, "midday": 12, "midnight": 0}  # fmt: skip
_MINUTES = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "ten": 10, "quarter": 15, "twenty": 20,
            "twenty-five": 25, "half": 30}  # fmt: skip
_JOINT = re.compile(r"[ ,\u00a0]*(?:on |of |at |around |about |, )*")
_AT = re.compile(r"\b(?:at|around|about|by|until|till|since|from|before|after)\s$")
_NO_HOUR = "clock without a day"
_TRADE = re.compile(r"[$£€%]|\b(?:shares?|stocks?|index|traded|trading|prices?|yields?|points?|odds|seconds?|metres)\b")


def clock(m: re.Match[str], _: Context) -> Value | None:
    """5:10 a.m., 5.10am, 1430 GMT, 17:30, noon, midnight; the day is not said here."""
    words = m.group().lower()
    if m["word"]:
        return Value(None, _NO_HOUR, clock="12:00" if "noon" in words or "midday" in words else "00:00")
    return _hour(int(m["h"]), int(m["min"] or 0), (m["half"] or "").lower())


def _hour(hour: int, minute: int, half: str) -> Value | None:
    """The hour as HH:MM; None where there is no such hour."""
    if half:
        if hour > 12 or hour == 0:
            return None
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    if hour > 23 or minute > 59:
        return None
    return Value(None, _NO_HOUR, clock=f"{hour:02d}:{minute:02d}")


def plain_clock(m: re.Match[str], c: Context) -> Value | None:
    """As "at 10.52" and "2230 on Sunday": figures that are an hour only by what stands about them."""
    if not _AT.search(c.before(m.start())):
        return None
    if not m["day"] and (
        _TRADE.search(c.before(m.start(), 120) + c.after(m.end(), 120))
        or not re.match(r"[,.;)]|$|\s(?:and|when|as)\b", c.after(m.end()))
    ):
        return None
    return _hour(int(m["h"]), int(m["min"]), "")


def told_clock(m: re.Match[str], c: Context) -> Value | None:
    """As "ten o'clock", "ten to six in the morning", "one minute past midnight".

    The hour is left open where nothing says whether it is before noon or after; the words are
    then a time all the same.
    """
    hour = _HOURS[m["h"].lower()] if not m["h"].isdigit() else int(m["h"])
    minutes = _MINUTES.get(re.sub(r"^an? ", "", (m["n"] or "").lower()), 0)
    fixed = m["h"].lower() in ("noon", "midday", "midnight")
    if m["way"] and not (fixed or m["part"] or _AT.search(c.before(m.start()))):
        return None  # "ten to six": votes
    part = (m["part"] or "").lower()
    total = hour * 60 + (minutes if m["way"] in ("past", "after") else -minutes if m["way"] else 0)
    if not fixed and not part:
        return Value(None, "hour before or after noon", clock="")
    if not fixed and hour <= 12:
        total = total % 720 + (0 if "morning" in part or ("night" in part and hour < 6) else 720)
    return Value(None, _NO_HOUR, clock=f"{total // 60 % 24:02d}:{total % 60:02d}")


def joins(text: str, end: int, start: int) -> bool:
    """Whether nothing but "on", "at" or a comma stands between a day and an hour."""
    return start - end <= 12 and _JOINT.fullmatch(text, end, start) is not None


def day_of(value: Value, start: int, end: int, c: Context) -> Value:
    """An hour alone, with the day that it belongs to as far as the text has told."""
    there = c.day_of_hour(start, end)
    if there is None:
        return value
    return Value(there.value, f"clock on {there.value} (in the text)", clock=value.clock or None)
