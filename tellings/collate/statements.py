"""Statements: the smallest tellings that can be compared, and which of them are near copies.

A statement is a clause of a report, or a whole sentence where no clause was looked for. Its
words are folded, so that forms of one word are one; words of one family ("killed", "died";
`lexicons/families.txt`) can be taken as one. How alike two statements are is worked out in
`pairs.py`. Still missed: what a pronoun stands for.
"""

from __future__ import annotations

import math
import re
import zlib
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tellings.records import Annotated, Polarity, TimeMention
from tellings.text import Span, View

__all__ = [
    "Statement",
    "collapse",
    "fold",
    "function_words",
    "kin",
    "light_acts",
    "opposites",
    "rarity",
    "read",
    "told",
]


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of one report, with the folded words that it is compared by.

    `sentence` and `clause` are indices into the report's sentences and clauses; `clause` is None
    for a whole sentence. `words` are all folded words; `stems` those that carry meaning, their
    endings cut; `names` and `numbers` are among them, a number in words as its figure. `acts` are
    the families of its verbs, `objects` those of the nouns after the first verb, `timed` the stems
    that tell when. `dates` and `clocks` are what its times stand for, `counts` its numbers with
    what they count; `places` its places, each with the word before it, its size and its name, `people`
    the folded words of its persons and bodies. `verbal` is whether it has a verb,
    `negated` whether a "not" or "never".
    `speaker` are the words of the name of who is said to say it, empty where nobody is. `place`
    is 0 for the report's first sentence, 1 for its last.
    """

    span: Span
    sentence: int
    clause: int | None
    words: tuple[str, ...]
    stems: tuple[str, ...]
    names: frozenset[str]
    numbers: frozenset[str]
    acts: frozenset[str]
    objects: frozenset[str]
    timed: frozenset[str]
    dates: tuple[str, ...]
    clocks: tuple[str, ...]
    counts: frozenset[tuple[str, float]]
    places: tuple[tuple[str, str, str], ...]
    people: frozenset[str]
    verbal: bool
    negated: bool
    speaker: frozenset[str]
    attribution: int | None
    polarity: Polarity
    place: float


@cache
def light_acts() -> frozenset[str]:
    """The families of verbs that tell what was done only with their object: an engine and a business both run."""
    verbs = (
        "be have do make take get give go come use run put set keep hold let bring turn begin start continue stop try"
        " want need seem become remain leave move work show call see look find"
    )
    return frozenset(kin(fold(verb)) for verb in verbs.split())


@cache
def function_words() -> frozenset[str]:
    """The words that carry no statement of their own."""
    text = files("tellings.lexicons").joinpath("function_words.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


@cache
def _frequencies() -> tuple[int, dict[str, int]]:
    """How many articles were counted, and in how many of them each stem stands at least."""
    text = files("tellings.lexicons").joinpath("background.txt").read_text(encoding="utf-8")
    articles, found = 1, dict[str, int]()
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        word, count, _ = line.split("\t")
        if word == "articles":
            articles = max(articles, int(count))
        stem = fold(word)
        found[stem] = max(found.get(stem, 0), int(count))
    return articles, found


@cache
def rarity(stem: str) -> float:
    """How rare a stem is in the news at large: the logarithm of articles by articles that have it.

    A number has the weight of a word that one article in fifty has.
    """
    if stem[:1].isdigit():
        return math.log(50)
    articles, found = _frequencies()
    return math.log((articles + 1) / (found.get(stem, 0) + 0.5))


_NUMBERS = {
    name: str(value)
    for value, name in enumerate(
        [
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ],
        start=2,
    )
} | {"thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90"}
"""Number words that are as good as figures; "one" is left out, it is a pronoun as often."""


@cache
def _families() -> dict[str, str]:
    """The first stem of the family that a stem belongs to; the first family that names it counts."""
    text = files("tellings.lexicons").joinpath("families.txt").read_text(encoding="utf-8")
    out: dict[str, str] = {}
    for line in text.splitlines():
        stems = [] if line.startswith("#") else [fold(word) for word in line.split()]
        for stem in stems:
            out.setdefault(stem, stems[0])
    return out


def kin(stem: str) -> str:
    """The stem that stands for all words that news uses for this one; the stem itself where it is alone.

    >>> kin(fold("bombed")) == kin(fold("airstrikes")), kin(fold("convoy"))
    (True, 'convoy')
    """
    return _families().get(stem, stem)


@cache
def opposites() -> dict[str, frozenset[str]]:
    """For a stem those that tell against it: "open" and "closed"."""
    text = files("tellings.lexicons").joinpath("opposites.txt").read_text(encoding="utf-8")
    out: dict[str, frozenset[str]] = {}
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        left, right = (frozenset(fold(word) for word in side.split()) for side in line.split("|"))
        for one, other in ((left, right), (right, left)):
            for stem in one:
                out[stem] = out.get(stem, frozenset()) | other
    return out


_ENDINGS = (
    ("ations", ""), ("ation", ""), ("ingly", ""), ("edly", ""), ("ments", ""), ("ment", ""), ("ities", "y"),
    ("ness", ""), ("ings", ""), ("ing", ""), ("ies", "y"), ("ied", "y"), ("sses", "ss"), ("ches", "ch"),
    ("shes", "sh"), ("xes", "x"), ("ers", "er"), ("ions", ""), ("ion", ""), ("ely", ""), ("ly", ""), ("ed", ""),
    ("es", ""), ("s", ""),
)  # fmt: skip


@cache
def fold(word: str) -> str:
    """The word without its ending, so that forms of one word compare as equal; not a word itself.

    A short list of endings and no dictionary: it joins a few words that are not one, and leaves
    irregular forms apart.

    >>> [fold(w) for w in ("withdrew", "stopped", "stopping", "cities", "city", "1,200", "five")]
    ['withdrew', 'stop', 'stop', 'city', 'city', '1200', '5']
    """
    word = word.removesuffix("'s")
    if word[:1].isdigit():
        return word.replace(",", "")
    if word in _NUMBERS:
        return _NUMBERS[word]
    if len(word) <= 3:
        return word
    for ending, left in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            if ending == "s" and word[-2] in "su":
                break
            word = word[: len(word) - len(ending)] + left
            break
    if len(word) > 3 and word.endswith("e"):
        word = word[:-1]
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiouls":
        word = word[:-1]
    return word


def told(reports: Sequence[Annotated]) -> tuple[Statement, ...]:
    """All statements of three words or more of some reports, in the order of the reports."""
    return tuple(one for report in reports for one in read(report) if len(one.words) > 2)


def read(report: Annotated) -> tuple[Statement, ...]:
    """The statements of one report, in reading order; those without a word are left out."""
    view = View(report.id, report.report.text)
    small = function_words()
    clauses: defaultdict[int, list[int]] = defaultdict(list)
    for number, clause in enumerate(report.clauses):
        clauses[clause.sentence].append(number)
    last = max(1, len(report.sentences) - 1)
    marks = _Marks(report, view)
    out: list[Statement] = []
    for number, sentence in enumerate(report.sentences):
        parts: list[tuple[Span, int | None]] = [(report.clauses[k].span, k) for k in clauses[number]]
        for span, clause in parts if report.clauses else [(sentence.span, None)]:
            found = view.words([span])
            if not found:
                continue
            meant = [(marks.stem(word, place), place) for word, place in found if word not in small]
            meant = [(stem, place) for stem, place in meant if stem]
            said = report.clauses[clause].attribution if clause is not None else None
            times = marks.times(span)
            out.append(
                Statement(
                    span=span,
                    sentence=number,
                    clause=clause,
                    words=tuple(word for word, _ in found),
                    stems=tuple(stem for stem, _ in meant),
                    names=frozenset(stem for stem, place in meant if marks.named(place, sentence.span.start)),
                    numbers=frozenset(stem for stem, _ in meant if stem[:1].isdigit()),
                    acts=frozenset(kin(stem) for stem, place in meant if marks.pos(place) == "VERB"),
                    objects=marks.objects(meant),
                    timed=frozenset(stem for stem, place in meant if any(t.span.holds(place) for t in times)),
                    dates=tuple(t.value for t in times if t.value),
                    clocks=tuple(t.clock for t in times if t.clock),
                    counts=marks.counts(span),
                    places=marks.places(span),
                    people=marks.people(span),
                    negated=bool(_NOT.search(span.cut(report.report.text))),
                    verbal=any(marks.pos(place) in ("VERB", "AUX", "") for _, place in found),
                    speaker=_speaker(report, said),
                    attribution=said,
                    polarity=report.clauses[clause].polarity if clause is not None else "affirmed",
                    place=number / last,
                )
            )
    return tuple(out)


class _Marks:
    """What stands where in one report: parts of speech, times, and numbers written in words."""

    def __init__(self, report: Annotated, view: View) -> None:
        self._text = report.report.text
        self._pos = {word.span.start: word.pos for words in report.words for word in words}
        self._times = report.times
        self._times_at = [t.span.start for t in report.times]
        self._quantities = report.quantities
        self._quantities_at = [q.span.start for q in report.quantities]
        self._report = report
        self._places_at = [p.span.start for p in report.places]
        self._mentions_at = [m.span.start for m in report.mentions]
        self._figures: dict[int, str] = {}
        for q in report.quantities:
            # "two hundred" is 200, and neither a two nor a hundred; a mere "one" is a pronoun as often.
            if q.kind != "clock" and q.number.cut(self._text).lower() != "one":
                opened = False
                for _, place in view.words([q.number]):
                    self._figures[place.start] = "" if opened else f"{q.value:.12g}"
                    opened = True

    def stem(self, word: str, place: Span) -> str:
        """The stem of a word; a number's figure on its first word, and "" on those that follow."""
        return self._figures.get(place.start, fold(word))

    def pos(self, place: Span) -> str:
        """The part of speech of the word that starts here, or ""."""
        return self._pos.get(place.start, "")

    def named(self, place: Span, opens: int) -> bool:
        """Whether a word has a capital letter that does not come from opening the sentence."""
        return self._text[place.start].isupper() and place.start != opens

    def times(self, span: Span) -> list[TimeMention]:
        """The time expressions that lie in a span."""
        low = bisect_left(self._times_at, span.start)
        return [t for t in self._times[low : bisect_left(self._times_at, span.end)] if t.span.end <= span.end]

    def objects(self, meant: Sequence[tuple[str, Span]]) -> frozenset[str]:
        """The families of the nouns after the first verb."""
        first = next((k for k, (_, place) in enumerate(meant) if self.pos(place) == "VERB"), len(meant))
        return frozenset(kin(stem) for stem, place in meant[first:] if self.pos(place) in ("NOUN", "PROPN"))

    def counts(self, span: Span) -> frozenset[tuple[str, float]]:
        """The numbers of a statement with what they count."""
        low = bisect_left(self._quantities_at, span.start)
        high = bisect_left(self._quantities_at, span.end)
        return frozenset((q.unit, q.value) for q in self._quantities[low:high] if q.unit and q.kind != "clock")

    def places(self, span: Span) -> tuple[tuple[str, str, str], ...]:
        """The places of a statement: the word before each, articles passed over, its size, and its folded name."""
        low = bisect_left(self._places_at, span.start)
        high = bisect_left(self._places_at, span.end)
        return tuple(
            (
                self._before(span, p.span),
                p.precision,
                " ".join(w for w, _ in View("", self._report.quote(p.span)).words()),
            )
            for p in self._report.places[low:high]
        )

    def _before(self, span: Span, place: Span) -> str:
        """The word of a statement before a place in it, without articles; "" where there is none."""
        words = _LAST.findall(self._text[max(span.start, place.start - 40) : place.start].lower())
        while words and words[-1] in ("the", "a", "an"):
            words.pop()
        return words[-1] if words else ""

    def people(self, span: Span) -> frozenset[str]:
        """The folded words of the names of persons and bodies in a statement."""
        low = bisect_left(self._mentions_at, span.start)
        high = bisect_left(self._mentions_at, span.end)
        named = [m for m in self._report.mentions[low:high] if m.kind in ("person", "organisation")]
        return frozenset(fold(w) for m in named for w, _ in View("", self._report.quote(m.span)).words())


_NOT = re.compile(r"(?i)\b(?:not|never|cannot)\b|n['’]t\b")
_LAST = re.compile(r"[\w'’]+")


def _speaker(report: Annotated, said: int | None) -> frozenset[str]:
    """The folded words of the name of who is said to say it."""
    if said is None:
        return frozenset()
    attribution = report.attributions[said]
    name = attribution.speaker.name if attribution.speaker else " ".join(report.quote(s) for s in attribution.source)
    return frozenset(fold(w) for w, _ in View("", name).words() if w not in function_words())


# ---------------------------------------------------------------- near copies


_ALIKE = 0.8
"""Two statements are near copies when they share this part of their stems, and all numbers and names."""


def collapse(statements: Sequence[Statement]) -> tuple[tuple[int, ...], ...]:
    """The statements in groups of near copies: indices, the first of each group its leader.

    Each statement is compared with the leaders that share a pair of its least-hashed stems
    (Broder 1997, "On the resemblance and containment of documents"), so that a thousand copies cost
    a thousand comparisons. Groups stand in the order of their leaders. Statements of one report are
    never near copies of each other's group by themselves: a repeated sentence joins its group.
    """
    groups: list[list[int]] = []
    same: dict[tuple[tuple[str, ...], str], int] = {}
    keyed: dict[tuple[int, str, str], int] = {}
    for index, one in enumerate(statements):
        whole = (one.words, one.polarity)
        group = same.get(whole)
        stems = frozenset(one.stems)
        keys = _keys(stems)
        if group is None:
            for key in keys:
                rival = keyed.get(key)
                if rival is not None and _near(one, stems, statements[groups[rival][0]]):
                    group = rival
                    break
        if group is None:
            group = len(groups)
            groups.append([])
            for key in keys:
                keyed.setdefault(key, group)
        same.setdefault(whole, group)
        groups[group].append(index)
    return tuple(tuple(group) for group in groups)


def _near(one: Statement, stems: frozenset[str], other: Statement) -> bool:
    """Whether `one`, whose stems are given, is a near copy of `other`."""
    if one.numbers != other.numbers or one.names != other.names or one.polarity != other.polarity:
        return False
    theirs = frozenset(other.stems)
    return len(stems & theirs) >= _ALIKE * len(stems | theirs)


def _keys(stems: frozenset[str]) -> list[tuple[int, str, str]]:
    """Four pairs of stems, each the two least under one order of hashes; none for one stem or none."""
    if len(stems) < 2:
        return []
    out: list[tuple[int, str, str]] = []
    for salt in range(4):
        first, second = sorted(stems, key=lambda s: (_hash(salt, s), s))[:2]
        out.append((salt, first, second))
    return out


@cache
def _hash(salt: int, stem: str) -> int:
    """A number for a stem that is the same on every machine."""
    return zlib.crc32(f"{salt} {stem}".encode())
