"""Signs of reports: the little of each report that grouping needs, small enough to hold a million of them.

A sign holds the report's strongest words as numbers with their weights (as in `weights`; the
title's words counted three times more, names and figures weighed as what tells one event from
another of its kind), fingerprints of its passages, the day of publication and the days that its
beginning tells of. Fingerprints are hashes of five words in a row, of which the least of every
eight is kept (winnowing; Schleimer, Wilkerson and Aiken 2003): whatever twelve words two reports
share, they share a print. A report's sign depends on that report alone, so signs are made once and
in any order.

The sign of a report in another language than English is empty, and so it stands alone: how much a word
tells is known from English articles, in which all its words are rare, so that two such reports would be
alike by their "und" and "nicht" and not by what they tell. Nor is it read later.

Still missed: words joined or parted by misprints, names in a text all in capitals, and days told
by no name ("two days earlier").
"""

from __future__ import annotations

import hashlib
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from tellings.cluster.weights import COMMON, articles, total
from tellings.records import Removed, Report
from tellings.text import View, complement

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Days = npt.NDArray[np.float64]
    Ends = npt.NDArray[np.int64]
    Floats = npt.NDArray[np.float32]
    Prints = npt.NDArray[np.uint64]
    Terms = npt.NDArray[np.uint32]

__all__ = ["Sign", "Signs", "day_of", "gather", "own", "read", "runs", "sign", "term"]

_TITLE = 3
_STRONGEST = 96
"""Words kept of a report. On 347 reports of known events, 96 group as well as all; 64 group worse."""
_SPELLED = 16  # of them kept as words, to be shown
_GRAM, _WINDOW = 5, 8
_LONG, _APART = 10, 3  # words of a long run, and of how many the least is kept: every twelve words hold one
_ROOM = 1 << 18  # words remembered with their numbers; then forgotten all at once

_WORD = re.compile(r"\w+(?:'\w+)*")


@dataclass(frozen=True, slots=True, eq=False)
class Sign:
    """What grouping needs of one report.

    `day` is the ordinal of the day of publication, NaN where it is unknown. `terms` are numbers
    below 2^31 of the strongest words, ascending, `weights` theirs, whose squares add up to 1 (or
    there are none); `words` spells the strongest of them, strongest first. `prints` and `names`
    are ascending and hold nothing twice; names are those in title and lead. `first` and `last` are
    the earliest and the latest day near its publication that the beginning tells of, NaN where it
    tells of none.
    """

    id: str
    day: float
    terms: Terms
    weights: Floats
    prints: Prints
    words: tuple[str, ...]
    names: Terms
    first: float = math.nan
    last: float = math.nan


@dataclass(frozen=True, slots=True, eq=False)
class Signs:
    """The signs of many reports in columns, sorted by id.

    Row n has the terms `terms[term_ends[n]:term_ends[n + 1]]`, and so on. `days`, `first` and
    `last` hold NaN where nothing is known.
    """

    ids: list[str]
    days: Days
    term_ends: Ends
    terms: Terms
    weights: Floats
    print_ends: Ends
    prints: Prints
    name_ends: Ends
    names: Terms
    words: list[tuple[str, ...]]
    first: Days
    last: Days

    def __len__(self) -> int:
        return len(self.ids)

    def __iter__(self) -> Iterator[Sign]:
        """The sign of each report, in order."""
        for n, name in enumerate(self.ids):
            terms = slice(int(self.term_ends[n]), int(self.term_ends[n + 1]))
            yield Sign(
                name,
                float(self.days[n]),
                self.terms[terms],
                self.weights[terms],
                self.prints[int(self.print_ends[n]) : int(self.print_ends[n + 1])],
                self.words[n],
                self.names[int(self.name_ends[n]) : int(self.name_ends[n + 1])],
                float(self.first[n]),
                float(self.last[n]),
            )

    def take(self, rows: Sequence[int] | Ends) -> Signs:
        """The signs of these rows, in the order of `rows`."""
        import numpy as np

        chosen = np.asarray(rows, np.int64)
        terms, term_ends = _cut(self.term_ends, chosen)
        prints, print_ends = _cut(self.print_ends, chosen)
        names, name_ends = _cut(self.name_ends, chosen)
        return Signs(
            [self.ids[n] for n in chosen.tolist()],
            self.days[chosen],
            term_ends,
            self.terms[terms],
            self.weights[terms],
            print_ends,
            self.prints[prints],
            name_ends,
            self.names[names],
            [self.words[n] for n in chosen.tolist()],
            self.first[chosen],
            self.last[chosen],
        )


def _cut(ends: Ends, rows: Ends) -> tuple[Ends, Ends]:
    """Where the entries of these rows stand, one row after the other, and where each row then ends."""
    import numpy as np

    sizes = ends[rows + 1] - ends[rows]
    out = np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)])
    return np.arange(out[-1]) + np.repeat(ends[rows] - out[:-1], sizes), out


def gather(signs: Iterable[Sign]) -> Signs:
    """Single signs as columns, sorted by id; raises `ValueError` where an id stands twice."""
    import numpy as np

    some = sorted(signs, key=lambda s: s.id)
    for one, other in pairwise(some):
        if one.id == other.id:
            raise ValueError(f"two reports have the id {one.id!r}")

    def ends(sizes: Iterable[int]) -> Ends:
        return np.concatenate([np.zeros(1, np.int64), np.cumsum(np.fromiter(sizes, np.int64, len(some)))])

    def joined(parts: list[Any], kind: Any) -> Any:
        return np.concatenate(parts).astype(kind, copy=False) if parts else np.zeros(0, kind)

    return Signs(
        [s.id for s in some],
        np.asarray([s.day for s in some], np.float64),
        ends(len(s.terms) for s in some),
        joined([s.terms for s in some], np.uint32),
        joined([s.weights for s in some], np.float32),
        ends(len(s.prints) for s in some),
        joined([s.prints for s in some], np.uint64),
        ends(len(s.names) for s in some),
        joined([s.names for s in some], np.uint32),
        [s.words for s in some],
        np.asarray([s.first for s in some], np.float64),
        np.asarray([s.last for s in some], np.float64),
    )


# ---------------------------------------------------------------- one report


def day_of(report: Report) -> float:
    """The ordinal of the day of publication; NaN where it is unknown."""
    found = report.published
    try:
        return float(date.fromisoformat(found.value[:10]).toordinal()) if found is not None else math.nan
    except ValueError:
        return math.nan


def read(report: Report) -> bool:
    """Whether a report is in English as far as is known, the one language whose words are weighed here."""
    return report.language is None or report.language.value.lower().startswith("en")


class _Numbers(dict[str, tuple[int, float, str]]):
    """For each word as written its hash, how much it tells (0: nothing) and its folded form without "'s"."""

    def __missing__(self, word: str) -> tuple[int, float, str]:
        if len(self) >= _ROOM:
            self.clear()
        plain = word.lower() if word.isascii() else View("", word).text
        if plain.endswith("'s") and len(plain) > 3:
            plain = plain[:-2]
        tells = 0.0
        if plain[:1].isdigit():
            figure = plain.replace(",", "")
            if len(figure) > 1 and not _YEAR.fullmatch(plain):
                plain, tells = figure, _FIGURE
        elif len(plain) > 1 and (known := articles(plain)) < COMMON * total():
            tells = math.log((total() + 1) / (known + 1.5))
        number = int.from_bytes(hashlib.blake2b(plain.encode("utf-8", "replace"), digest_size=8).digest(), "little")
        found = self[word] = (number, tells, plain)
        return found


_numbers = _Numbers()
_LOGS = [0.0, *(1 + math.log(n) for n in range(1, 64))]
_TERM = (1 << 31) - 1
_APOSTROPHES = "\u2018\u2019\u02bc"
_NOTHING = "\u00ad\u200b\u200c\u200d\u2060\ufeff"  # they stand inside of words and show nothing


def term(word: str) -> int:
    """The number of a word that `Sign.words` spells, as it stands in `Sign.terms`."""
    return _numbers[word][0] & _TERM


def _plain(text: str) -> str:
    """The text with plain apostrophes, composed accents and nothing that cannot be seen inside of words."""
    if not text.isascii():
        for mark in _APOSTROPHES:
            text = text.replace(mark, "'")
        for mark in _NOTHING:
            text = text.replace(mark, "")
        text = unicodedata.normalize("NFC", text)
    return text.replace("`", "'")


def sign(report: Report, removed: Sequence[Removed] = ()) -> Sign:
    """The sign of one report; words inside of `removed` and of the report's own furniture do not count.

    It is empty but for the id and the day where the report is in another language than English.

    >>> found = sign(Report("a", "The dam at Varnholm broke. Divers from Pellworth search the dam."))
    >>> found.words[:2], round(float((found.weights**2).sum()), 3)
    (('pellworth', 'varnholm'), 1.0)
    """
    import numpy as np

    text = report.text if read(report) else ""
    gone = [r.span for r in (*report.removed, *removed)]
    if gone and text:
        text = "\n".join(span.cut(text) for span in complement(report.id, len(text), gone))
    text = _plain(text)
    title = _plain(report.title.value) if report.title is not None and read(report) else ""
    words, titled = _WORD.findall(text), _WORD.findall(title)
    known = _numbers
    counted = Counter(words)
    for word in titled:
        counted[word] += _TITLE
    names = _names(text, title, titled, counted)
    told: dict[str, tuple[int, float, int]] = {}
    for word, times in counted.items():
        number, tells, plain = known[word]
        if tells and not plain[0].isdigit():
            if plain in told:  # in capitals and not, with "'s" and without
                times += told[plain][2]  # noqa: PLW2901  # all count
            told[plain] = (number & _TERM, tells * _NAMED if plain in names else tells, times)
    figures = Counter(known[figure] for figure in _FIGURES.findall(text))
    for figure in _FIGURES.findall(title):
        figures[known[figure]] += _TITLE
    for (number, tells, plain), times in figures.items():
        if tells:
            told[plain] = (number & _TERM, tells, times)
    weighed = [
        (-(_LOGS[times] if times < 64 else 1 + math.log(times)) * tells, word, number)
        for word, (number, tells, times) in told.items()
    ]
    weighed.sort()
    del weighed[_STRONGEST:]
    numbers = np.asarray([number for _, _, number in weighed], np.uint32)
    weights = -np.asarray([weight for weight, _, _ in weighed], np.float64)
    order = numbers.argsort(kind="stable")
    length = math.sqrt(math.fsum(weight * weight for weight, _, _ in weighed))
    day = day_of(report)
    first, last = _told(day, titled, words[:_LEAD])
    head = {known[word] for word in (*titled, *words[:_LEAD])}
    return Sign(
        report.id,
        day,
        numbers[order],
        (weights[order] / (length or 1.0)).astype(np.float32),
        _winnowed(np.asarray([known[word][0] for word in words], np.uint64)),
        tuple(word for _, word, _ in weighed[:_SPELLED]),
        np.asarray(sorted({n & _TERM for n, tells, plain in head if plain in names and tells > _TELLING}), np.uint32),
        first,
        last,
    )


def _names(text: str, title: str, titled: Sequence[str], counted: Mapping[str, int]) -> set[str]:
    """The folded words that stand with a capital inside of sentences, more often than without."""
    found = Counter(_CAPITAL.findall(text))
    if sum(word[0].isupper() for word in titled) * 2 <= len(titled) + 4:  # else it is a Title Written Like This
        found.update(_CAPITAL.findall(title))
    names: set[str] = set()
    for word, times in found.items():
        plain = _numbers[word][2]
        if times > counted.get(plain, 0):
            names.add(plain)
    return names


def _told(day: float, *parts: Sequence[str]) -> tuple[float, float]:
    """The earliest and the latest day that title and lead tell of, by weekday or date; NaN where none.

    A weekday is the last one up to the day of publication. Dates without a year, in the year that
    brings them nearest, count where they lie within weeks: others are of the story's past.
    """
    if math.isnan(day):
        return math.nan, math.nan
    found: list[int] = []
    today = int(day)
    for words in parts:
        if _CALENDAR.isdisjoint(words):
            continue
        for n, word in enumerate(words):
            if word not in _CALENDAR:
                continue
            before = words[n - 1].lower() if n else ""
            after = words[n + 1] if n + 1 < len(words) else ""
            if word in _WEEKDAYS:
                if before not in _OTHER and after != "next":
                    found.append(today - (today - 1 - _WEEKDAYS[word]) % 7)
            elif word in _NOW:
                found.append(today - _NOW[word])
            else:
                for figure in (after, before):
                    if figure.isdecimal() and len(figure) < 3:
                        found += _near(today, _MONTHS[word], int(figure))
                        break
    return (float(min(found)), float(max(found))) if found else (math.nan, math.nan)


def _near(today: int, month: int, day: int) -> list[int]:
    """The day nearest to `today` with this month and day, if it lies within weeks."""
    year = date.fromordinal(today).year
    out: list[int] = []
    for some in (year - 1, year, year + 1):
        try:
            out.append(date(some, month, day).toordinal())
        except ValueError:
            continue
    return [n for n in out if abs(n - today) <= _WEEKS]


_YEAR = re.compile(r"(?:19|20)\d\d")
_FIGURES = re.compile(r"\d+(?:[.,]\d+)*")
_CAPITAL = re.compile(r"(?<=[a-z\u00df-\u00ff,;0-9] )[A-Z\u00c0-\u00de]\w*(?:'\w+)*")
_FIGURE = 3.6
"""What a figure tells: as much as a word that one article in 36 holds."""
_NAMED = 1.5
"""What a name tells more than another word as rare: two events of one kind differ in their names."""
_TELLING = 4.0  # what a word tells at least that counts as a name: about one article in 55 holds it
_LEAD = 140  # words of the text that are taken for its beginning
_WEEKS = 45
_OTHER = frozenset(("last", "next", "coming", "every", "each", "previous", "following"))
_DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAYS = {name: n for n, day in enumerate(_DAY_NAMES) for name in (day, day.upper())}
_NOW = {name: n for n, day in enumerate(("today", "yesterday")) for name in (day, day.capitalize())} | {"tonight": 0}
_MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_MONTHS = {
    name: n for n, month in enumerate(_MONTH_NAMES, 1) for name in (month, month[:3], month.upper(), month[:3].upper())
} | {"Sept": 9}
_CALENDAR = frozenset((*_WEEKDAYS, *_NOW, *_MONTHS))

_MIX = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5, 0x94D049BB133111EB)


def _winnowed(words: Prints) -> Prints:
    """The winnowed prints of a text, given as the hashes of its words; sorted, none twice."""
    import numpy as np

    return np.unique(_least(_grams(words), _WINDOW))


def _grams(words: Prints) -> Prints:
    """A number for every five words in a row, of the hashes of words."""
    import numpy as np

    count = len(words) - _GRAM + 1
    if count < 1:
        return np.zeros(0, np.uint64)
    grams = words[:count] * np.uint64(_MIX[0])
    for place in range(1, _GRAM):
        grams += (words[place : place + count] ^ (words[place : place + count] >> np.uint64(29))) * np.uint64(
            _MIX[place]
        )
        grams ^= grams >> np.uint64(31)
    grams *= np.uint64(_MIX[1])
    grams ^= grams >> np.uint64(32)
    return grams


def _least(grams: Prints, window: int) -> Prints:
    """The least of each window, in their order; of fewer than a window the least of all."""
    import numpy as np

    wide = min(window, len(grams))
    least = grams
    size = 1
    while size < wide:  # by windows of half the size
        step = min(size, wide - size)
        least = np.minimum(least[:-step], least[step:])
        size += step
    return least


def _hashes(text: str) -> Prints:
    """The hashes of a text's words."""
    import numpy as np

    known = _numbers
    return np.asarray([known[word][0] for word in _WORD.findall(_plain(text))], np.uint64)


def runs(text: str, prints: Prints) -> Prints:
    """The winnowed runs of ten words of a report's text, as numbers; sorted, none twice.

    Two reports that share twelve words in a row share one, as they share a print; but hardly any phrase of speech has
    ten. `prints` are those of the report's sign: runs without one near by stand in what the sign left out.
    """
    import numpy as np

    grams = _grams(_hashes(text))
    reach = _LONG - _GRAM
    count = len(grams) - reach
    if count < 1 or not len(prints):
        return np.zeros(0, np.uint64)
    long = grams[:count] * np.uint64(_MIX[2])
    long ^= long >> np.uint64(32)
    long = (long + grams[reach:]) * np.uint64(_MIX[3])
    long ^= long >> np.uint64(29)
    # Every stretch of twelve words that holds the run lies within so many; if it was read, it has a print.
    own = np.concatenate([[0], np.cumsum(prints[np.minimum(np.searchsorted(prints, grams), len(prints) - 1)] == grams)])
    at = np.arange(count)
    near = own[np.minimum(at + _WINDOW, len(grams))] > own[np.maximum(at - (_APART - 1), 0)]
    return np.unique(long[near & np.isin(long, _least(long, _APART))])


def own(text: str, prints: Prints) -> bool | None:
    """Whether a stretch of a report was read for its sign, of which `prints` are; None where it is too short to tell.

    Of every twelve words that were read one print is held: there has to be one at both ends of the stretch.
    """
    import numpy as np

    grams = _grams(_hashes(text))
    found = np.isin(grams, prints)
    if found[:_WINDOW].any() and found[-_WINDOW:].any():
        return True
    return False if len(grams) >= _WINDOW else None
