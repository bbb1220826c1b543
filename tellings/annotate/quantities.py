"""Quantities: numbers with what they count or measure.

What writes a number is told in `numbers`. Before it a bound may stand ("almost", "at least",
"between 10 and 15"), after it a unit or the noun that it counts: the last noun of the noun phrase
that follows, in the singular. The lists are data (`lexicons/quantities.txt`).

Four kinds have patterns of their own: times of day ("5.30 am", in minutes after midnight), ages
("aged 7", "a 42-year-old", "in her 40s", "Ada Pell, 33,"), fractions and shares ("a third", "one
in five", as percentages) and a unit and a half ("an hour and a half"). A change "from 3 to 4" is
two numbers, any other "3 to 4" of one unit is a range.

Not quantities here: parts of dates, years, durations before another time ("two years ago", which
are times), numbers of names ("Flight 12", "F-16"), of streets, versions and telephones, and the
results of games ("3-1"). Still missed: what an elliptic number counts ("44.2" after "48.7
percent"), and a verb that is tagged a noun behind the noun counted.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache

from tellings.annotate.numbers import BIG, MOST, lines, number, value, values
from tellings.records import Annotated, Quantity, Word
from tellings.text import Span

__all__ = ["find"]

_MONTHS = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_BEFORE_DATE = re.compile(_MONTHS + r"\s+(?:the\s+)?$", re.IGNORECASE)
_AFTER_DATE = re.compile(
    r"(?:st|nd|rd|th)?(?:\s+of)?\s+" + _MONTHS + r"(?!\s+(?:be|have|not|also|still|need|take|seem)\b)", re.IGNORECASE
)
_AFTER_CLOCK = re.compile(r"\s?[ap]\.?m\b|[:.]\d\d\s?[ap]\.?m\b|:\d\d|\s(?:GMT|UTC|o['’]clock)\b", re.IGNORECASE)
_AGE_AFTER = re.compile(r"[-\s]years?[-\s]olds?\b|[-\s](?:month|week|day)s?[-\s]olds?\b")
_MINUS = re.compile(r"(?:(?<!\w)(?P<minus>minus\s|[-\u2212]))$", re.IGNORECASE)
_STREET = re.compile(
    r"\s(?:[A-Z][\w'.]+\s){1,3}"
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Square|Boulevard|Blvd|Place|Terrace|Way|Court)\b"
)
_PHONE = re.compile(
    r"(?<![\w,.$€£])(?:\+\d{1,3}[ -]?)?"
    r"(?:\d{1,5}[ -]\d{3}[ -]\d{3,4}|0\d{2,4}[ -]\d{3,8}|\d-\d{3}-\d{3}-\d{4}|\d{3}-0\d{3})"
    r"(?![\w,]|\.\d)|(?<=\bcall )\d{3}\b(?! \w+s\b)|(?<=\bdial )\d{3}\b"
)
_CLOCK = re.compile(
    r"(?<![\w.,:$€£/-])(?:"
    r"(?P<h>\d{1,2})(?:[:.](?P<m>[0-5]\d))?\s?(?P<half>[ap]\.m\.|[ap]\.?m\b)"
    r"|(?P<h2>[01]?\d|2[0-3]):(?P<m2>[0-5]\d)(?::[0-5]\d)?(?![\w:]|[.,]\d)"
    r"|(?P<h3>[01]\d|2[0-3])(?P<m3>[0-5]\d)(?=\s?(?:GMT|UTC|hrs|hours\b))"
    r"|(?P<h4>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\so['\u2019]clock\b"
    r"|(?<=\bat )(?P<word>noon|midnight|midday)\b)"
    r"(?:\s(?:GMT|UTC|BST|CET|CEST|E[SD]T|P[SD]T|C[SD]T|IST|local time|hrs))?",
    re.IGNORECASE,
)
_LED = re.compile(r"\b(?P<led>between|from)\s+$", re.IGNORECASE)
_PARTS = {"half": 50.0, "third": 100 / 3, "quarter": 25.0, "fifth": 20.0, "sixth": 100 / 6, "seventh": 100 / 7,
          "eighth": 12.5, "ninth": 100 / 9, "tenth": 10.0}  # fmt: skip
_FRACTION = re.compile(
    r"\b(?:(?P<many>an?|one|two|three|four|five|six|seven|nine)[\s-](?P<part>third|quarter|fifth|sixth|seventh|eighth|ninth|tenth)s?"
    r"|(?P<half>half))\b(?!-)",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"(?<![\w.,-])(?P<some>\d{1,2}|one|two|three|four|five|six|seven|eight|nine)\s(?:in|out\sof)(?:\severy)?\s"
    r"(?P<all>\d{1,4}|three|four|five|six|seven|eight|nine|ten|hundred|a\shundred|thousand|a\sthousand)\b(?![.,:]\d)",
    re.IGNORECASE,
)
_AND_HALF = re.compile(r"\b(?P<one>an?)\s(?P<unit>[a-z]+)\sand\sa\s(?P<part>half|quarter)\b", re.IGNORECASE)
_HALF_UNIT = re.compile(r"\bhalf\s(?:an?\s)(?P<unit>[a-z]+(?:\s[a-z]+)?)\b", re.IGNORECASE)
_TENS = re.compile(
    r"\b(?:his|her|their)\s(?P<span>(?P<low>[1-9]0)s(?:\s(?:and|or|to)\s(?P<high>[1-9]0)s)?)(?!\w)"
    r"|\b(?:his|her|their)\s(?P<words>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)\b",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"\b(?:rose|rise[ns]?|rising|raise[sd]?|raising|fell|fall(?:en|s|ing)?|cut(?:s|ting)?|up|down|gone|goes|went|grew|grow[ns]?"
    r"|jump(?:ed|s)?|drop(?:ped|s)?|increase[ds]?|increasing|decrease[ds]?|climb(?:ed|s)?|slump(?:ed|s)?|slid|reduced?"
    r"|lower(?:ed|s|ing)?|boost(?:ed|s)?|lift(?:ed|s)?|swell(?:ed)?|shrank|shrunk|doubled|tripled|revised|change[ds]?|moved)\b",
    re.IGNORECASE,
)
_AGED = re.compile(r"\b(?P<aged>aged|ages?)\s+(?:just\s+|only\s+)?(?:between\s+|from\s+)?$", re.IGNORECASE)
_THE_AGE = re.compile(r"\bage\s+(?:of\s+|from\s+|to\s+|from\s+\d+\s+to\s+)$", re.IGNORECASE)
_AGE_BOUND = re.compile(r"\b(?P<who>[a-z]+)\s+(?:aged\s+)?(?:over|under|above|below)\s+$", re.IGNORECASE)
_OF = re.compile(r"\b(?P<who>[a-z]+)\s+of\s+(?:just\s+|only\s+)?$", re.IGNORECASE)
_ATTACHED = re.compile(r"-(?P<noun>[a-z]+)\b(?!-)")
_WITHIN = re.compile(r"\b[Ww]ithin\s$")
_NO_NOUN = frozenset(("odd", "plus", "strong", "and", "to", "or", "something", "ish", "fold", "a", "in", "by"))
_ONE = re.compile(r"\s(?:was|died|remained|suffered|fatally|critically|seriously|is in)\b")
_NOT_COUNTED = frozenset((
    "last", "next", "this", "yesterday", "today", "tomorrow", "ago", "each", "every",
    "hurt", "shot", "dead", "wounded", "injured", "missing", "killed",
))  # fmt: skip
_AGO = re.compile(r"\s+(?:ago|earlier|later)\b")
_LOOK = 6  # words after a number in which its noun is sought
_SKIP = frozenset(
    ("of", "the", "a", "an", "its", "his", "her", "their", "our", "these", "those", "them", "us", "more", "other")
) | {"additional"}


@cache
def _units() -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    """A pattern for a unit after a number, the longest first, and its kind and name by its form."""
    names: dict[str, tuple[str, str]] = {}
    for line in lines()["unit"]:
        head, *forms = line.split("|")
        kind, name = head.split(" ")
        names.update(dict.fromkeys(forms, (kind, name)))
    longest = sorted((f for f in names if f[0].isalpha() or f == "%"), key=lambda f: (-len(f), f))
    forms = "|".join(re.escape(f).replace(r"\ ", r"\s") for f in longest)
    return re.compile(rf"\s?-?(?:(?P<unit>{forms})(?![\w$]))"), names


@cache
def _bounds() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    """Patterns for a bound before and after a number, and what each bound means."""
    meaning = {words: kind for line in (*lines()["bound"], *lines()["after"]) for kind, words in (line.split("|"),)}

    def joined(section: str) -> str:
        forms = sorted((line.split("|")[1] for line in lines()[section]), key=lambda f: (-len(f), f))
        return "|".join(re.escape(f).replace(r"\ ", r"\s+") for f in forms)

    before = re.compile(rf"\b(?P<bound>{joined('bound')})\s+(?:an?\s+|the\s+)?$", re.IGNORECASE)
    after = re.compile(rf"\s(?P<bound>{joined('after')})\b|(?P<odd>-odd)\b|\+", re.IGNORECASE)
    return before, after, meaning


def find(a: Annotated) -> tuple[Quantity, ...]:
    """The quantities of the report's sentences, in reading order, none overlapping another.

    Works on words without tags too (part of speech "X"), with less certain nouns.
    """
    out: list[Quantity] = []
    for at, sentence in enumerate(a.sentences):
        words = a.words[at] if at < len(a.words) else ()
        out += _Sentence(a, sentence.span, words).quantities()
    return tuple(out)


class _Sentence:
    """One sentence with its words, where its quantities are read."""

    def __init__(self, a: Annotated, span: Span, words: Sequence[Word]) -> None:
        self.a = a
        self.text = a.report.text
        self.start, self.end = span.start, span.end
        self.words = words
        self.starts = [word.span.start for word in words]
        self.tagged = any(word.pos != "X" for word in words)
        self.blocked = [m.span() for m in _PHONE.finditer(a.report.text, span.start, span.end)]

    def quantities(self) -> list[Quantity]:
        """What the sentence counts and measures, in order."""
        special = self._special()
        out: list[Quantity] = []
        matches = list(number().finditer(self.text, self.start, self.end))
        at = 0
        for found in [*special, None]:
            until = found.span.start if found else self.end
            done = out[-1].span.end if out else self.start
            while at < len(matches) and matches[at].start() < until:
                m = matches[at]
                second = matches[at + 1] if at + 1 < len(matches) and matches[at + 1].start() < until else None
                done = out[-1].span.end if out else self.start
                one = None
                if m.start() >= done and not self._blocked(m.start()):
                    one = (self._range(m, second, done) if second else None) or self._single(m, done)
                if one and one.span.end <= until:
                    out.append(one)
                at += 1
            if found and found.span.start >= (out[-1].span.end if out else self.start):
                out.append(found)
                while at < len(matches) and matches[at].start() < found.span.end:
                    at += 1
        return out

    def _blocked(self, at: int) -> bool:
        """Whether a place lies in a telephone number."""
        number_at = bisect_right(self.blocked, (at, self.end)) - 1
        return number_at >= 0 and at < self.blocked[number_at][1]

    def _special(self) -> list[Quantity]:
        """The quantities that have a pattern of their own, without overlap, in order."""
        found = [*self._clocks(), *self._ages(), *self._halves(), *self._shares()]
        out: list[Quantity] = []
        for one in sorted(found, key=lambda q: (q.span.start, -q.span.end)):
            if not out or one.span.start >= out[-1].span.end:
                out.append(one)
        return out

    def _made(self, span: tuple[int, int], worth: float, unit: str, kind: str, high: float | None = None) -> Quantity:
        """A quantity at a place, with the bound that stands before it."""
        start, end = span
        before = _bounds()[0].search(self.text, max(self.start, start - 32), start)
        bound = "exact" if high is None else "between"
        first = start
        if before and high is None:
            first, bound = before.start("bound"), _bounds()[2][re.sub(r"\s+", " ", before["bound"].lower())]
        name = self.a.id
        return Quantity(Span(name, first, end), Span(name, start, end), round(worth, 4), high, bound, unit, kind)

    def _clocks(self) -> list[Quantity]:
        """Times of day, in minutes after midnight; two that "between" or "from" leads are one range."""
        out: list[Quantity] = []
        last: re.Match[str] | None = None
        for m in _CLOCK.finditer(self.text, self.start, self.end):
            worth = _minutes(m)
            if worth is None:
                continue
            led = _LED.search(self.text, max(self.start, last.start() - 9), last.start()) if last else None
            joint = self.text[last.end() : m.start()].strip() if last else ""
            if out and led and joint in ("and", "to") and out[-1].value < worth and out[-1].high is None:
                first = out.pop()
                out.append(self._made((led.start(), m.end()), first.value, "clock", "clock", float(worth)))
            else:
                out.append(self._made((m.start(), m.end()), worth, "clock", "clock"))
            last = m
        return out

    def _ages(self) -> list[Quantity]:
        """Ages in tens of years: "in her 40s", "in their 20s and 30s"."""
        out: list[Quantity] = []
        for m in _TENS.finditer(self.text, self.start, self.end):
            if m["words"]:
                low = 10.0 * (
                    2 + ("twe", "thi", "for", "fif", "six", "sev", "eig", "nin").index(m["words"][:3].lower())
                )
                out.append(self._made(m.span("words"), low, "year", "age", low + 9))
            else:
                low, high = float(m["low"]), float(m["high"] or m["low"])
                out.append(self._made(m.span("span"), low, "year", "age", high + 9))
        return out

    def _halves(self) -> list[Quantity]:
        """A half of a unit, or one and a half: "half an hour", "a mile and a quarter"."""
        out: list[Quantity] = []
        units, names = _units()
        for m in _AND_HALF.finditer(self.text, self.start, self.end):
            if (unit := units.fullmatch(m["unit"])) is not None:
                kind, name = names[unit["unit"]]
                out.append(self._made(m.span(), 1.5 if m["part"].lower() == "half" else 1.25, name, kind))
        for m in _HALF_UNIT.finditer(self.text, self.start, self.end):
            unit = units.match(self.text, m.start("unit"), self.end)
            if unit is not None and not self.text[: m.start()].endswith(" and a "):
                kind, name = names[unit["unit"]]
                out.append(self._made((m.start(), unit.end()), 0.5, name, kind))
        return out

    def _shares(self) -> list[Quantity]:
        """Parts of a whole, as percentages: "two thirds", "half of", "one in five"."""
        out: list[Quantity] = []
        for m in _SHARE.finditer(self.text, self.start, self.end):
            some, whole = _plain(m["some"]), _plain(m["all"])
            after = self.text[m.end() : min(self.end, m.end() + 12)]
            if some < whole and (whole <= 10 or whole % 10 == 0) and not _units()[0].match(after):
                out.append(self._made(m.span(), 100 * some / whole, "percent", "percent"))
        for m in _FRACTION.finditer(self.text, self.start, self.end):
            after = self.text[m.end() : min(self.end, m.end() + 20)]
            if m["half"]:
                bound = _bounds()[0].search(self.text, max(self.start, m.start() - 32), m.start())
                led = re.match(r"\s(?:of|the|its|their|his|her|all|those|these)\b", after)
                if (led or bound) and not re.match(r"\s(?:an?|dozen|time|hour|mile)\b", after):
                    out.append(self._made(m.span(), 50.0, "percent", "percent"))
                continue
            many = 1.0 if m["many"].lower() in ("a", "an") else _plain(m["many"])
            # "a third of", but "a third man".
            alone = self._after(m.end())[:1] not in (["NOUN"], ["ADJ"], ["PROPN"], ["NUM"])
            share = many * _PARTS[m["part"].lower()]
            if share < 100 and (alone or m.group().endswith("s")):
                out.append(self._made(m.span(), share, "percent", "percent"))
        return out

    def _single(self, m: re.Match[str], done: int) -> Quantity | None:
        """The quantity of one number, or None where it is part of something else."""
        worth = value(m)
        if worth is None or worth > MOST or self._is_other(m):
            return None
        kind, unit, end = self._unit(m, worth)
        if kind is None:
            return None
        if kind == "measure" and unit == "m" and m["scale"] == "m" and not m["sign"]:
            worth /= 1e6
        first = m.start()
        minus = _MINUS.search(self.text, max(done, first - 6), first) if kind == "measure" and m["digits"] else None
        if minus and unit in ("degree", "celsius", "fahrenheit"):
            first, worth = minus.start("minus"), -worth
        if kind == "measure" and self.text.startswith("agnitude", max(self.start, first - 9)):
            first -= 10
        aged = (
            _AGED.search(self.text, max(self.start, done, first - 24), first)
            if kind == "age" and not m["many"]
            else None
        )
        least = "about" if m["many"] and m["many"].lower().startswith("a couple") else "at_least"
        start, bound, end = self._bound(m, end, done, least if m["many"] else "exact", first)
        if (
            kind == "measure"
            and bound == "exact"
            and (led := _WITHIN.search(self.text, max(self.start, start - 8), start))
        ):
            start, bound = led.start(), "at_most"
        if aged and aged["aged"].lower() == "aged":
            start = min(start, aged.start())
        if kind == "age" and re.search(r"\bthe age of $", self.text[max(self.start, start - 12) : start]):
            led = _bounds()[0].search(self.text, max(self.start, done, start - 44), start - 11)
            if led:
                start, bound = led.start("bound"), _bounds()[2][re.sub(r"\s+", " ", led["bound"].lower())]
        if m["many"] and bound == "about":
            bound = least if least == "about" else "at_least"
        name = self.a.id
        return Quantity(Span(name, start, end), Span(name, first, m.end()), worth, None, bound, unit, kind)

    def _range(self, m: re.Match[str], second: re.Match[str], done: int) -> Quantity | None:
        """As "between 10 and 15 people", "10 to 15", "10-15": one quantity of two numbers."""
        between = self.text[m.end() : second.start()]
        before = self.text[max(done, m.start() - 10) : m.start()]
        led = _LED.search(before)
        if (
            led
            and led["led"].lower() == "from"
            and _CHANGE.search(self.text, max(self.start, m.start() - 60), m.start())
        ):
            return None  # "rose from 3 to 4"
        joint = (
            r"\s+(?:and|to)\s+" if led and led.group().lower().startswith("between") else r"\s+to\s+|\s?[-–]\s?[$£€]?"
        )
        if not re.fullmatch(joint, between) or m["ordinal"] or m["many"] or second["ordinal"] or second["many"]:
            return None
        low, high = value(m), value(second)
        if (
            low is None
            or high is None
            or high > MOST
            or self._is_other(second, ranged=True)
            or self._is_other(m, ranged=True)
        ):
            return None
        scale = 1.0  # "two to three million"
        for word in re.findall("|".join(BIG), second.group().lower()):
            scale *= values("number")[word]
        if low < 1000 <= scale and low * scale < high and not re.search("|".join(BIG), m.group().lower()):
            low *= scale
        if low >= high:
            return None
        kind, unit, end = self._unit(second, high)
        if m["sign"] and not second["sign"]:
            kind, unit, end = "money", self._unit(m, low)[1], second.end()
        aged = _AGED.search(self.text, max(self.start, done, m.start() - 24), m.start())
        if kind is None or (unit is None and not led and not aged):
            return None  # "228 to 191", "3-1"
        start = m.start() - len(led.group()) if led else m.start()
        if aged:
            start, kind, unit, end = aged.start(), "age", "year", second.end()
        name = self.a.id
        return Quantity(
            Span(name, start, end), Span(name, m.start(), second.end()), low, high, "between", unit, kind or "count"
        )

    def _is_other(self, m: re.Match[str], *, ranged: bool = False) -> bool:
        """Whether the number is part of a date, a clock, a name, a result or an address."""
        before = self.text[max(self.start, m.start() - 24) : m.start()]
        after = self.text[m.end() : min(self.end, m.end() + 24)]
        if not m["digits"]:
            low = m.group().lower()
            if m["ordinal"] and after.startswith("-"):
                return True  # "first-hand", "third-party"
            if m["ordinal"] and re.match(r"\s(?:centur|quarter\b)", after):
                return True  # a date
            if m["ordinal"]:
                return self.tagged and self._pos(m.start()) not in ("ADJ", "NUM")
            if low == "one":
                if _ONE.match(after):
                    return bool(
                        re.search(r"\b(?:no|any|every|some|this|that|the|which|each)\s$", before, re.IGNORECASE)
                    )
                return self._after(m.end())[:1] not in ([("NOUN")], [("ADJ")]) or bool(
                    re.search(r"\b(?:no|any|every|some|this|that|the|which|each)\s$", before, re.IGNORECASE)
                )
            return low in ("score", "a score", "second") or _dated(before, after)
        if m["scale"] and not m["sign"] and m["scale"] in "bBM":
            return True  # "gate 54B"
        if _dated(before, "" if m["sign"] else after):
            return True
        if _AFTER_CLOCK.match(after) or re.search(r"\d[:.]$", before):
            return True
        if not (m["sign"] or m["big"]) and (_numbered().search(before) or _STREET.match(self.text, m.end(), self.end)):
            return True
        if m["ord"] and (
            re.match(r"\s(?:centur|[A-Z])", after) or (re.search(r"\b[Oo]n the $", before) and after[:1] in ".,")
        ):
            return True
        if not ranged and re.search(r"\d[-–]$", before):
            return True
        if not ranged and re.match(r"[-–]\d|\s?/\s?\d|/[A-Z]|[.,:]\d|[-–][A-Z]", after):
            return True  # "3-1", "24/7", "1.2.3"; "B-52" has its letter before it
        if re.match(r"@|[a-zA-Z]", after) and not (m["ord"] or _units()[0].match(after) or re.match(r"[CF]\b", after)):
            return True  # "4x4"; but "2km"
        digits = m["digits"]
        plain = not (m["sign"] or m["scale"] or m["big"] or m["ord"] or "," in digits or "." in digits)
        if plain and len(digits) > 1 and digits.startswith("0"):
            return True
        noun = self._noun(m.end())
        if plain and len(digits) == 4 and 1600 <= int(digits) <= 2100 and not _units()[0].match(after):
            return (
                noun is None
                or not noun[0].endswith("s")
                or bool(re.search(r"\b(?:in|since|by|of|the|until)\s$", before, re.IGNORECASE))
            )
        # "Pier 9", "Article 50": the number of a name, unless a noun that it counts follows.
        named = re.search(r"\b[A-Z][\w’']*[ -]$", before)
        counts = noun is not None and noun[0].lower() != noun[1]  # "9 rockets", but "the Vega 9 rocket"
        if plain and named and not counts and not _units()[0].match(after):
            return m.start() - len(named.group()) > self.start
        return False

    def _unit(self, m: re.Match[str], value: float) -> tuple[str | None, str | None, int]:
        """Kind and unit of the number, and where they end; the kind is None where it is no quantity."""
        text, end = self.text, m.end()
        pattern, names = _units()
        if m["ord"] or m["ordinal"]:
            noun = self._noun(end)
            return ("ordinal", noun[1], noun[2]) if noun else (None if m["ordinal"] else "ordinal", None, end)
        if m["digits"] and m["sign"]:
            sign = m["sign"].strip()
            sign = sign if sign in names else "$" if sign.endswith("$") else sign.rstrip(".")
            return "money", names.get(sign, ("money", "usd"))[1], end
        if age := _AGE_AFTER.match(text, end, self.end):
            years = "year" in age.group()
            return "age", "year" if years else re.sub(r"[-\s]", " ", age.group()).split()[0].rstrip("s"), age.end()
        of = re.compile(r"\sof(?=\s)").match(text, end, self.end) if m["many"] else None
        unit = pattern.match(text, of.end() if of else end, self.end)
        if m["scale"] == "m" and not m["sign"] and (value >= 1e9 or self._metres(end)):
            return "measure", "m", end  # "3m": metres, but "3m people" are millions
        if (
            re.match(r"°?[CF]\b", text[end : end + 3])
            and m["digits"]
            and (len(m["digits"]) > 1 or text[end] == "°")
            and not m["scale"]
        ):
            letter = text[end : end + 2].lstrip("°")[:1]
            return "measure", "celsius" if letter == "C" else "fahrenheit", text.index(letter, end) + 1
        if re.match(r"[-\s]magnitude\b", text[end : end + 11]) and not m["sign"]:
            return "measure", "magnitude", end + 10
        if re.search(r"\b[Mm]agnitude\s$", text[max(self.start, m.start() - 11) : m.start()]):
            return "measure", "magnitude", end
        if unit:
            kind, name = names[unit["unit"]]
            if kind == "duration" and _AGO.match(text, unit.end()):
                return None, None, end
            if name == "year" and re.match(r"\sold\b", text[unit.end() : unit.end() + 5]):
                return "age", "year", unit.end() + 4
            return kind, name, unit.end()
        attached = _ATTACHED.match(text, end, self.end) if not m["many"] else None
        if attached and attached["noun"] not in _NO_NOUN:
            return "count", _singular(attached["noun"]), attached.end()
        if value == int(value) and 0 < value < 120 and not m["many"] and self._is_age(m, value):
            return "age", "year", end
        noun = self._noun(end, many=bool(m["many"]))
        return ("count", noun[1], noun[2]) if noun else ("count", None, end)

    def _metres(self, end: int) -> bool:
        """Whether "m" at the end of a number is of metres: no noun in the plural follows that would be counted."""
        noun = self._noun(end)
        return noun is None or noun[0].lower() == noun[1]

    def _is_age(self, m: re.Match[str], value: float) -> bool:
        """Whether a bare number is somebody's age, by the words beside it."""
        text, end = self.text, m.end()
        low = max(self.start, m.start() - 40)
        if _AGED.search(text, low, m.start()) or _THE_AGE.search(text, low, m.start()):
            return True
        after = text[end : min(self.end, end + 12)]
        bare = re.match(r"(?:[,.;)!?]|\s(?:and|or|was|were|is|are|will|has|have|had|who|to)\b|$)", after) is not None
        if not bare or re.match(r"[.,]\d", after):
            return False
        for pattern in (_AGE_BOUND, _OF):
            who = pattern.search(text, low, m.start())
            if who and who["who"].lower() in lines()["person"] and (pattern is _OF or m["digits"]):
                # "A mother of eight" has eight children; "a boy of eight" is eight.
                return pattern is _AGE_BOUND or who["who"].lower() not in ("mother", "father")
        # "Ada Pell, 33, fell", "the driver, 33, had": between commas behind a name or a noun.
        if value < 5 or not m["digits"]:
            return False
        name = re.search(r"(?P<word>[^\W\d_][\w’'-]*),\s$", text[low : m.start()])
        closed = re.match(r",\s(?!\d)|[.!?]\s?$|\)|[.!?][\"”\s]", text[end : min(self.end, end + 3)])
        if not name or not closed or re.search(r"\b(?:and|or)\b[^,]*,\s$", text[low : m.start()]):
            return False
        return name["word"][0].isupper() or self._pos(low + name.start("word")) in ("NOUN", "X")

    def _bound(self, m: re.Match[str], end: int, done: int, bound: str, start: int) -> tuple[int, str, int]:
        """Where the quantity begins with its bound, the bound, and where it ends."""
        pattern, later, meaning = _bounds()
        before = pattern.search(self.text, max(self.start, done, start - 32), start)
        after = later.match(self.text, m.end(), self.end) or (
            later.match(self.text, end, self.end) if end > m.end() else None
        )
        if before:
            return before.start("bound"), meaning[re.sub(r"\s+", " ", before["bound"].lower())], end
        if after:
            words = re.sub(r"\s+", " ", (after["bound"] or after["odd"] or "or more").lower())
            return start, meaning[words], max(end, after.end())
        return start, bound, end

    def _pos(self, at: int) -> str:
        """The part of speech of the word that starts at a place, "" where none does."""
        number = bisect_left(self.starts, at)
        return self.words[number].pos if number < len(self.starts) and self.starts[number] == at else ""

    def _after(self, at: int) -> list[str]:
        """The parts of speech of the words after a place."""
        number = bisect_left(self.starts, at)
        return [word.pos for word in self.words[number : number + _LOOK]]

    def _noun(self, at: int, *, many: bool = False) -> tuple[str, str, int] | None:
        """The noun that a number before `at` counts: as written, in the singular, and where it ends."""
        first = bisect_left(self.starts, at)
        last: tuple[str, str, int] | None = None
        seen = self.words[first : first + _LOOK]
        later = _bounds()[1].match(self.text, at, self.end)  # "20 or so men"
        crossed = False
        joined = of = False
        for at_word, word in enumerate(seen):
            written = word.span.cut(self.text)
            low = written.lower()
            if later and word.span.start < later.end():
                continue
            if joined:
                joined = False  # "burnt-out lorries"
                continue
            if written == "-" and (last is None or at_word):
                if last is not None:
                    last = None
                joined = at_word > 0
                continue
            if low in _NOT_COUNTED:
                break
            if low == "of" and last is None and not many:
                # "21 of the girls", but not "Flight 9 of June" and "two of them".
                follows = seen[at_word + 1].span.cut(self.text).lower() if at_word + 1 < len(seen) else ""
                if follows in _SKIP and follows not in ("them", "us"):
                    of = True
                    continue
                break
            if low in _SKIP and (of or many or low in ("more", "other", "additional", "of")) and last is None:
                continue
            if low in _SKIP:
                break
            if not written[0].isalnum():
                break
            if word.pos == "NUM" and last is None:
                if not of:
                    break
                crossed = True
                continue
            if not self.tagged:
                if low.endswith(("s", "people", "men", "women", "children", "police")) and not low.endswith(
                    ("ss", "us", "is")
                ):
                    return written, _singular(low), word.span.end
                if not low.isalpha() or low in (
                    "and",
                    "in",
                    "on",
                    "at",
                    "to",
                    "from",
                    "were",
                    "was",
                    "have",
                    "had",
                    "who",
                ):
                    break
                continue
            if word.pos == "NOUN" and last is not None and _counted(last[0].lower()) and not _counted(low):
                break  # more than one is counted in the plural: "15 homes fell", whatever the tag of "fell"
            if word.pos == "NOUN":
                last = (written, _singular(low), word.span.end)
            elif word.pos in ("ADJ", "PROPN", "NUM") or (
                word.pos == "VERB" and last is None and not crossed and low.endswith(("ed", "ing"))
            ):
                if last is not None and word.pos != "PROPN":
                    break
            elif last is None and at_word == 0 and _plural(low):
                return written, _singular(low), word.span.end  # tagged as a verb: "15 trucks"
            elif last is not None or word.pos != "ADV":
                break
        return (last[0], last[1], at) if last and crossed else last


@cache
def _irregular() -> dict[str, str]:
    """The singular of nouns with a plural of their own."""
    return dict(line.split(" ", 1) for line in lines()["irregular"])


def _singular(noun: str) -> str:
    """A noun in the singular, small letters.

    >>> [_singular(n) for n in ("civilians", "people", "bodies", "boxes", "houses", "bus", "press")]
    ['civilian', 'person', 'body', 'box', 'house', 'bus', 'press']
    """
    if noun in _irregular():
        return _irregular()[noun]
    if noun.endswith("men") and len(noun) > 5 and noun not in ("specimen", "regimen", "abdomen", "acumen"):
        return noun[:-2] + "an"  # "gunmen", "fishermen"
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("xes", "ches", "shes", "sses", "zzes")):
        return noun[:-2]
    if noun.endswith("s") and not noun.endswith(("ss", "us", "is")) and len(noun) > 3:
        return noun[:-1]
    return noun


def _counted(noun: str) -> bool:
    """Whether a noun, in small letters, is in the plural."""
    return _plural(noun) or noun.endswith("men") or noun in _irregular()


def _dated(before: str, after: str) -> bool:
    """Whether a month stands beside a number; "thousands march" has none."""
    later, earlier = _AFTER_DATE.match(after), _BEFORE_DATE.search(before)
    return any(m is not None and m["month"][0].isupper() for m in (later, earlier))


def _plural(word: str) -> bool:
    """Whether a word looks like a noun in the plural."""
    return len(word) > 3 and word.isalpha() and word.endswith("s") and not word.endswith(("ss", "us", "is"))


@cache
def _numbered() -> re.Pattern[str]:
    """A noun before the number of a name: "Flight 12", "Room 4", "page 3"."""
    nouns = "|".join(re.escape(noun) for noun in sorted(lines()["numbered"]))
    return re.compile(rf"(?:\b(?:{nouns})\s?|#)$", re.IGNORECASE)


def _plain(words: str) -> float:
    """The value of one small number in digits or words."""
    low = words.lower().split()[-1]
    return float(low) if low.isdigit() else values("number")[low]


def _minutes(m: re.Match[str]) -> int | None:
    """Minutes after midnight of a time of day; None where there is no such time."""
    if m["word"]:
        return 0 if m["word"].lower() == "midnight" else 720
    if m["h"]:
        hour, late = int(m["h"]), m["half"][0].lower() == "p"
        if not 1 <= hour <= 12:
            return None
        return (hour % 12 + 12 * late) * 60 + int(m["m"] or 0)
    if m["h4"]:
        return int(_plain(m["h4"])) % 24 * 60
    return int(m["h2"] or m["h3"]) * 60 + int(m["m2"] or m["m3"])
