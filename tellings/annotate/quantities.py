"""Quantities: numbers with what they count or measure.

A number is written in digits ("1,880", "2.5 million", "1.5bn"), in words ("two dozen", "half a
million") or as a vague plural ("hundreds of"), which stands for the least it can mean. Before it
a bound may stand ("almost", "at least", "between 10 and 15"), after it a unit or the noun that
it counts: the last noun of the noun phrase that follows, in the singular. The lists are data
(`lexicons/quantities.txt`).

Not quantities here: parts of dates and clocks, years, numbers of names ("Flight 12", "Article
5"), of versions and telephones, and the results of games ("3-1"). Still missed: counts whose
noun stands before them ("the dead numbered 12"), fractions ("two thirds"), and "one" but before
a noun.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from tellings.lexicons import sections
from tellings.records import Annotated, Quantity, Word
from tellings.text import Span

__all__ = ["find"]

_MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12}
_BIG = ("hundred", "thousand", "million", "billion", "trillion")
_MOST = 1e18  # a longer row of digits is no quantity
_SIGN = re.compile(r"(?:US|A|C|HK|NZ)?\$|[£€¥₹]|\bRs\.?\s?|\b(?:USD|EUR|GBP)\s?")
_BEFORE_DATE = re.compile(_MONTHS + r"\s+(?:the\s+)?$", re.IGNORECASE)
_AFTER_DATE = re.compile(
    r"(?:st|nd|rd|th)?(?:\s+of)?\s+" + _MONTHS + r"(?!\s+(?:be|have|not|also|still|need|take|seem)\b)", re.IGNORECASE
)
_AFTER_CLOCK = re.compile(r"\s?[ap]\.?m\b|[:.]\d\d\s?[ap]\.?m\b|:\d\d|\s(?:GMT|UTC|o['’]clock)\b", re.IGNORECASE)
_AGE_AFTER = re.compile(r"[-\s]years?[-\s]olds?\b|[-\s](?:month|week|day)s?[-\s]olds?\b")
_NUMBERED = re.compile(
    r"(?:\b(?:[Nn]o\.|[Nn]umber|#|[Ff]light|[Rr]oute|[Rr]oom|[Pp]age|[Cc]hapter|[Aa]rticle|[Ss]ection|[Vv]ersion)\s?)$"
)
_AGO = re.compile(r"\s+(?:ago|earlier|later)\b")
_LOOK = 6  # words after a number in which its noun is sought
_SKIP = frozenset(
    ("of", "the", "a", "an", "its", "his", "her", "their", "our", "these", "those", "them", "us", "more", "other")
) | {"additional"}


def _lexicon() -> dict[str, tuple[str, ...]]:
    """The lines of the lexicon by section."""
    return sections("quantities.txt")


@cache
def _values(section: str) -> dict[str, float]:
    """What the words of a section are worth."""
    return {words: float(value) for words, value in (line.rsplit(" ", 1) for line in _lexicon()[section])}


@cache
def _units() -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    """A pattern for a unit after a number, the longest first, and its kind and name by its form."""
    names: dict[str, tuple[str, str]] = {}
    for line in _lexicon()["unit"]:
        head, *forms = line.split("|")
        kind, name = head.split(" ")
        names.update(dict.fromkeys(forms, (kind, name)))
    longest = sorted((f for f in names if f[0].isalpha() or f == "%"), key=lambda f: (-len(f), f))
    forms = "|".join(re.escape(f).replace(r"\ ", r"\s") for f in longest)
    return re.compile(rf"\s?-?(?:(?P<unit>{forms})(?![\w$]))"), names


@cache
def _bounds() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    """Patterns for a bound before and after a number, and what each bound means."""
    meaning = {
        words: kind for line in (*_lexicon()["bound"], *_lexicon()["after"]) for kind, words in (line.split("|"),)
    }

    def joined(section: str) -> str:
        forms = sorted((line.split("|")[1] for line in _lexicon()[section]), key=lambda f: (-len(f), f))
        return "|".join(re.escape(f).replace(r"\ ", r"\s+") for f in forms)

    before = re.compile(rf"\b(?P<bound>{joined('bound')})\s+(?:an?\s+|the\s+)?$", re.IGNORECASE)
    after = re.compile(rf"\s(?P<bound>{joined('after')})\b|\+", re.IGNORECASE)
    return before, after, meaning


@cache
def _number() -> re.Pattern[str]:
    """A pattern for a number in digits or words, or a vague plural."""
    words = "|".join(sorted(_values("number"), key=lambda w: (-len(w), w)))
    many = "|".join(sorted(_values("many"), key=lambda w: (-len(w), w)))
    ordinals = "|".join(sorted(_values("ordinal"), key=lambda w: (-len(w), w)))
    big = "|".join(_BIG)
    return re.compile(
        rf"(?<![\w.,/#@&])(?<![A-Za-z]-)(?:(?P<sign>{_SIGN.pattern})?(?<![\d])(?P<digits>{_DIGITS})(?P<ord>st|nd|rd|th)?(?:(?P<scale>k|mn?|bn|b|tn|K|M|B)(?![\w]))?"
        rf"(?:[\s-](?P<big>(?:{big}|dozen)(?:\s(?:{big}))?)\b)?)"
        rf"|\b(?P<many>{many})\b"
        rf"|\b(?P<words>(?:(?:half\sa\s|an?\s)(?=(?:dozen|score|{big})\b))?(?:{words})(?:(?:\sand\s|[\s-])(?:{words}))*)\b"
        rf"|\b(?P<ordinal>{ordinals})\b",
        re.IGNORECASE,
    )


def find(a: Annotated) -> tuple[Quantity, ...]:
    """The quantities of the report's sentences, in reading order, none overlapping another.

    Works on words without tags too (part of speech "X"), with less certain nouns.
    """
    out: list[Quantity] = []
    for number, sentence in enumerate(a.sentences):
        words = a.words[number] if number < len(a.words) else ()
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

    def quantities(self) -> list[Quantity]:
        """What the sentence counts and measures, in order."""
        out: list[Quantity] = []
        matches = list(_number().finditer(self.text, self.start, self.end))
        at = 0
        while at < len(matches):
            m = matches[at]
            done = out[-1].span.end if out else self.start
            found = None
            if m.start() >= done:
                second = matches[at + 1] if at + 1 < len(matches) else None
                found = (self._range(m, second, done) if second else None) or self._single(m, done)
            if found:
                out.append(found)
            at += 1
        return out

    def _single(self, m: re.Match[str], done: int) -> Quantity | None:
        """The quantity of one number, or None where it is part of something else."""
        value = _value(m)
        if value is None or value > _MOST or self._is_other(m):
            return None
        kind, unit, end = self._unit(m, value)
        if kind is None:
            return None
        if kind == "measure" and unit == "m" and m["scale"] == "m":
            value /= _SCALE["m"]
        start, bound, end = self._bound(m, end, done, "at_least" if m["many"] else "exact")
        name = self.a.id
        return Quantity(Span(name, start, end), Span(name, m.start(), m.end()), value, None, bound, unit, kind)

    def _range(self, m: re.Match[str], second: re.Match[str], done: int) -> Quantity | None:
        """As "between 10 and 15 people", "10 to 15", "10-15": one quantity of two numbers."""
        between = self.text[m.end() : second.start()]
        before = self.text[max(done, m.start() - 10) : m.start()]
        led = re.search(r"\b(?:between|from)\s+$", before, re.IGNORECASE)
        joint = (
            r"\s+(?:and|to)\s+" if led and led.group().lower().startswith("between") else r"\s+to\s+|\s?[-–]\s?[$£€]?"
        )
        if not re.fullmatch(joint, between) or m["ordinal"] or m["many"] or second["ordinal"] or second["many"]:
            return None
        low, high = _value(m), _value(second)
        if (
            low is None
            or high is None
            or high > _MOST
            or self._is_other(second, ranged=True)
            or self._is_other(m, ranged=True)
        ):
            return None
        scale = 1.0  # "two to three million"
        for word in re.findall("|".join(_BIG), second.group().lower()):
            scale *= _values("number")[word]
        if low < 1000 <= scale and low * scale < high and not re.search("|".join(_BIG), m.group().lower()):
            low *= scale
        if low >= high:
            return None
        kind, unit, end = self._unit(second, high)
        if m["sign"] and not second["sign"]:
            kind, unit, end = "money", self._unit(m, low)[1], second.end()
        if kind is None or (unit is None and not led):
            return None  # "228 to 191", "3-1"
        start = m.start() - len(led.group()) if led else m.start()
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
            if m["ordinal"]:
                return self.tagged and self._pos(m.start()) not in ("ADJ", "NUM")
            if low == "one":
                return self._after(m.end())[:1] not in ([("NOUN")], [("ADJ")]) or bool(
                    re.search(r"\b(?:no|any|every|some|this|that|the|which|each)\s$", before, re.IGNORECASE)
                )
            return low in ("score", "a score", "second") or bool(
                _AFTER_DATE.match(after) or _BEFORE_DATE.search(before)
            )
        if m["scale"] and not m["sign"] and m["scale"] in "bBM":
            return True  # "gate 54B"
        if _BEFORE_DATE.search(before) or (_AFTER_DATE.match(after) and not m["sign"]):
            return True
        if _AFTER_CLOCK.match(after) or re.search(r"\d[:.]$", before) or _NUMBERED.search(before):
            return True
        if not ranged and re.search(r"\d[-–]$", before):
            return True
        if not ranged and re.match(r"[-–]\d|\s?/\s?\d|[.,:]\d|[-–][A-Z]", after):
            return True  # "3-1", "24/7", "1.2.3"; "B-52" has its letter before it
        if re.match(r"@|[a-zA-Z]", after) and not m["ord"] and not _units()[0].match(after):
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
        # "Falcon 9", "Article 50": the number of a name, unless a noun that it counts follows.
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
        if m["scale"] == "m" and not m["sign"] and not self._noun(end):
            return "measure", "m", end  # "3m": metres, but "3m people" are millions
        if unit:
            kind, name = names[unit["unit"]]
            if kind == "duration" and _AGO.match(text, unit.end()):
                return None, None, end
            if name == "year" and re.match(r"\sold\b", text[unit.end() : unit.end() + 5]):
                return "age", "year", unit.end() + 4
            return kind, name, unit.end()
        before, after = text[max(self.start, m.start() - 24) : m.start()], text[end : end + 2]
        if m["digits"] and value == int(value) and 0 < value < 120:
            aged = re.search(r"\b(?:aged|age|ages)\s+(?:just\s+)?$", before)
            named = re.search(r"[A-Z][\w’'-]+,\s$", before) and re.match(r",(?!\s?\d)|\.$|\)", after)
            if aged or (named and value >= 5 and not re.search(r"\b(?:and|or)\b", before)):
                return "age", "year", end
        noun = self._noun(end, many=bool(m["many"]))
        return ("count", noun[1], noun[2]) if noun else ("count", None, end)

    def _bound(self, m: re.Match[str], end: int, done: int, bound: str) -> tuple[int, str, int]:
        """Where the quantity begins with its bound, the bound, and where it ends."""
        pattern, later, meaning = _bounds()
        start = m.start()
        before = pattern.search(self.text, max(self.start, done, start - 32), start)
        after = later.match(self.text, m.end(), self.end) or (
            later.match(self.text, end, self.end) if end > m.end() else None
        )
        if before:
            return before.start("bound"), meaning[re.sub(r"\s+", " ", before["bound"].lower())], end
        if after:
            words = re.sub(r"\s+", " ", (after["bound"] or "or more").lower())
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
        for number, word in enumerate(seen):
            written = word.span.cut(self.text)
            low = written.lower()
            if later and word.span.start < later.end():
                continue
            if low == "of" and last is None and not many:
                # "21 of the girls", but not "Flight 9 of June".
                if number + 1 < len(seen) and seen[number + 1].span.cut(self.text).lower() in _SKIP:
                    continue
                break
            if low in _SKIP or (last is None and written == "-"):
                if last is not None:
                    break
                continue
            if not written[0].isalnum():
                break
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
            if word.pos == "NOUN":
                last = (written, _singular(low), word.span.end)
            elif word.pos in ("ADJ", "PROPN", "NUM") or (
                word.pos == "VERB" and last is None and low.endswith(("ed", "ing"))
            ):
                if last is not None and word.pos != "PROPN":
                    break
            elif last is not None or word.pos != "ADV":
                break
        return last


def _singular(noun: str) -> str:
    """A noun in the singular, small letters.

    >>> [_singular(n) for n in ("civilians", "people", "bodies", "boxes", "houses", "bus", "press")]
    ['civilian', 'person', 'body', 'box', 'house', 'bus', 'press']
    """
    irregular = dict(line.split(" ") for line in _lexicon()["irregular"])
    if noun in irregular:
        return irregular[noun]
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("xes", "ches", "shes", "sses", "zzes")):
        return noun[:-2]
    if noun.endswith("s") and not noun.endswith(("ss", "us", "is")) and len(noun) > 3:
        return noun[:-1]
    return noun


def _plain(digits: str) -> float:
    """A number in digits."""
    return float(digits.replace(",", "")) if len(digits) < 40 else _MOST * 10


def _value(m: re.Match[str]) -> float | None:
    """What a number is worth; None where the words make none."""
    if m["digits"]:
        value = _plain(m["digits"])
        if m["scale"]:
            value *= _SCALE[m["scale"].lower()]
        for word in (m["big"] or "").lower().split():
            value *= _values("number")[word]
        return round(value, 6)
    if m["many"]:
        return _values("many")[re.sub(r"\s+", " ", m["many"].lower())]
    if m["ordinal"]:
        return _values("ordinal")[m["ordinal"].lower()]
    return _spelled(m["words"].lower())


def _spelled(words: str) -> float | None:
    """The value of a number in words; None where they are several numbers or none.

    >>> _spelled("two hundred and five"), _spelled("half a million"), _spelled("two dozen"), _spelled("a")
    (205.0, 500000.0, 24.0, None)
    """
    values = _values("number")
    total = current = 0.0
    seen = False
    half = words.startswith("half")
    for word in re.findall(r"[a-z]+", words):
        if word in ("a", "an", "and", "half"):
            continue
        value = values[word]
        if value >= 1000:
            total += (current or 1) * value
            current = 0.0
        elif value == 100 or word in ("dozen", "score"):
            current = (current or 1) * value
        elif seen and (current % 100 == 0 or (20 <= current % 100 <= 90 and current % 10 == 0 and value < 10)):
            current += value
        elif seen and current:
            return None  # "one two"
        else:
            current += value
        seen = True
    return (total + current) / (2 if half else 1) if seen else None
