"""Numbers: which characters of a text write a number, and what it is worth.

Digits with their thousands, decimals and scales ("1,880", "2.5 million", "1.5bn", "3.2 crore"),
number words ("two hundred and five", "half a million", "two and a half"), vague plurals ("dozens
of", "a few hundred"), which stand for the least they can mean, and ordinals. The words are data
(`lexicons/quantities.txt`). What the number counts is read in `quantities`.
"""

from __future__ import annotations

import re
from functools import cache

from tellings.lexicons import sections

__all__ = ["BIG", "MOST", "SIGN", "lines", "number", "value", "values"]

MOST = 1e18  # a longer row of digits is no quantity
BIG = ("hundred", "thousand", "million", "billion", "trillion", "lakh", "crore")
SIGN = (
    r"(?:(?:US|AU|A|C|HK|NZ|S)?\$|[£€¥₹₦₩₽₺₪₱]|\bRs\.?\s?|\b(?:USD|EUR|GBP|KSh|Sh)\s?"
    r"|\b[NR](?=\d[\d.,]*\s?(?:m|bn|million|billion)\b))"
)
_DIGITS = r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12}
_PART = {"half": 0.5, "quarter": 0.25, "third": 1 / 3}


def lines() -> dict[str, tuple[str, ...]]:
    """The lines of the lexicon by section."""
    return sections("quantities.txt")


@cache
def values(section: str) -> dict[str, float]:
    """What the words of a section are worth."""
    return {words: float(worth) for words, worth in (line.rsplit(" ", 1) for line in lines()[section])}


def _any_of(section: str) -> str:
    return "|".join(re.escape(w).replace(r"\ ", r"\s") for w in sorted(values(section), key=lambda w: (-len(w), w)))


@cache
def number() -> re.Pattern[str]:
    """A pattern for a number in digits or words, a vague plural or an ordinal.

    Its groups are `sign`, `digits`, `ord`, `scale`, `big`, `many`, `words`, `ordinal`; of the
    digits, the many, the words and the ordinal one alone is there.
    """
    big = "|".join(BIG)
    words = _any_of("number")
    after_big = "(?:" + "|".join(f"(?<={word})" for word in BIG) + ")"  # "two hundred and five", not "two and five"
    return re.compile(
        rf"(?<![\w.,/#@&])(?<![A-Za-z]-)(?:(?P<sign>{SIGN})?(?<![\d])(?P<digits>{_DIGITS})(?P<ord>st|nd|rd|th)?"
        rf"(?P<part>\s1/2|\s1/4|½|¼)?(?:(?P<scale>k|mn?|bn|b|tn|K|M|B)(?![\w]))?"
        rf"(?:[\s-](?P<big>(?:{big}|dozen)(?:\s(?:{big}))?)\b)?)"
        rf"|\b(?P<many>{_any_of('many')})\b"
        rf"|\b(?P<words>(?:(?:half\sa\s|an?\s)(?=(?:dozen|score|{big})\b))?(?:{words})(?:(?:{after_big}\sand\s|[\s-])(?:{words}))*"
        rf"(?:\sand\sa\s(?:half|quarter)(?:\s(?:{big})\b)?)?)\b"
        rf"|\b(?P<ordinal>{_any_of('ordinal')})\b",
        re.IGNORECASE,
    )


def value(m: re.Match[str]) -> float | None:
    """What a match of `number` is worth; None where its words make no number."""
    if m["digits"]:
        digits = m["digits"].replace(",", "")
        worth = float(digits) if len(digits) < 40 else MOST * 10
        if m["part"]:
            worth += 0.25 if m["part"].endswith(("4", "¼")) else 0.5
        if m["scale"]:
            worth *= _SCALE[m["scale"].lower()]
        for word in (m["big"] or "").lower().split():
            worth *= values("number")[word]
        return round(worth, 6)
    if m["many"]:
        return values("many")[re.sub(r"\s+", " ", m["many"].lower())]
    if m["ordinal"]:
        return values("ordinal")[m["ordinal"].lower()]
    return _spelled(m["words"].lower())


def _spelled(words: str) -> float | None:
    """The value of a number in words; None where they are several numbers or none.

    >>> _spelled("two hundred and five"), _spelled("half a million"), _spelled("two dozen"), _spelled("a")
    (205.0, 500000.0, 24.0, None)
    >>> _spelled("two and a half"), _spelled("one and a half million"), _spelled("three lakh")
    (2.5, 1500000.0, 300000.0)
    """
    worth = values("number")
    mixed = re.search(r"\sand\sa\s(half|quarter)(?:\s(\w+))?$", words)
    if mixed:
        whole = _spelled(words[: mixed.start()])
        return None if whole is None else (whole + _PART[mixed[1]]) * (worth[mixed[2]] if mixed[2] else 1)
    total = current = 0.0
    seen = False
    half = words.startswith("half")
    for word in re.findall(r"[a-z]+", words):
        if word in ("a", "an", "and", "half"):
            continue
        one = worth[word]
        if one >= 1000:
            total += (current or 1) * one
            current = 0.0
        elif one == 100 or word in ("dozen", "score"):
            current = (current or 1) * one
        elif seen and (current % 100 == 0 or (20 <= current % 100 <= 90 and current % 10 == 0 and one < 10)):
            current += one
        elif seen and current:
            return None  # "one two"
        else:
            current += one
        seen = True
    return (total + current) / (2 if half else 1) if seen else None
