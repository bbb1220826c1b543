"""Differences: how the words of a sentence and of its copy differ, and which of that is nothing.

What differs in spelling, spacing, order or small words alone is no difference worth telling. Names from
other scripts are spelt in many ways; they are taken for one name where their consonants are the same.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import pairwise

from tellings.collate.alignments import Line, blocks, rarity

__all__ = [
    "CUES",
    "DOUBTING",
    "KINDS_OF_PLACE",
    "Change",
    "between",
    "content",
    "dateline",
    "differences",
    "doubts",
    "frame",
    "joined",
    "narrowed",
    "negations",
    "numbers",
    "paired",
    "parts",
    "small",
    "spelt",
    "stem",
    "trivial",
    "unified",
    "unmoved",
    "widened",
]

_NEGATIONS = frozenset(
    ["not", "no", "never", "without", "neither", "nor", "cannot", "nobody", "none", "nothing", "denied", "denies"]
)
_CARDINALS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"),
    *("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
_TENS = ("thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_FIGURES = {word: str(value) for value, word in enumerate(_CARDINALS, start=1)} | {
    word: str(value) for value, word in zip(range(30, 100, 10), _TENS, strict=True)
}
_COUNTED = frozenset(
    [
        *("dozen", "dozens", "hundred", "hundreds", "thousand", "thousands"),
        *("million", "millions", "billion", "billions"),
    ]
)
_PARTS = frozenset(["half", "third", "thirds", "quarter", "quarters", "fifth", "fifths", "tenth", "twice", "double"])
_TITLES = frozenset(["mr", "mrs", "ms", "dr", "messrs"])
DOUBTING = frozenset(
    ["claimed", "claims", "claim", "claiming", "alleged", "alleges", "alleging", "purported", "purports"]
)
"""Verbs with which a text keeps its distance from what somebody says."""
_DATELINE = re.compile(r"[A-Z][A-Z.'-]+[A-Za-z0-9.,'/ -]{0,60}(?:\([^()\n]{2,30}\))? *(?:\u2013|\u2014|--?) ")
_CLOCK = re.compile(r"\d{1,2}(?:\.?\d\d)?[ap]\.?m\.?")
_NAMES = 5  # letters of a name that may be spelt in two ways
_SHORT_FORMS = {"ve": "have", "re": "are", "ll": "will", "m": "am", "d": "would"}
_AUXILIARIES = frozenset(
    [
        "have",
        "has",
        "had",
        "having",
        "be",
        "been",
        "being",
        "am",
        "is",
        "are",
        "was",
        "were",
        "do",
        "does",
        "did",
        "going",
    ]
)
# "The town of X" is X; whether X is a town is not what a copy changes.
KINDS_OF_PLACE = frozenset(
    [
        "town",
        "city",
        "village",
        "region",
        "province",
        "area",
        "district",
        "county",
        "state",
        "island",
        "republic",
        "nearby",
    ]
)
CUES = frozenset(["said", "says", "told", "tells", "according", "reported", "reports", "announced", "stated", "added"])


@dataclass(frozen=True, slots=True)
class Change:
    """The words from `a` up to `b` of the source's line stand as `c` up to `d` in the copy's; one side may be empty."""

    a: int
    b: int
    c: int
    d: int


def differences(s: Line, t: Line) -> list[Change]:
    """The stretches in which a sentence and its copy differ, in reading order.

    A common word that alone stands in both between two changes does not part them.
    """
    return _gaps(s, t, _firm(s, t, blocks(s.words, t.words)))


def _firm(s: Line, t: Line, runs: Iterable[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """The runs that hold two texts together: a common word alone between changes does not."""
    out: list[tuple[int, int, int]] = []
    for a, b, size in runs:
        edge = (a == 0 and b == 0) or (a + size == len(s.words) and b + size == len(t.words))
        if size >= 2 or edge or rarity(s.words[a]) >= 0.35:
            out.append((a, b, size))
    return out


def _gaps(s: Line, t: Line, runs: Sequence[tuple[int, int, int]]) -> list[Change]:
    """What stands between the runs in both lines."""
    out: list[Change] = []
    a = c = 0
    for x, y, size in [*runs, (len(s.words), len(t.words), 0)]:
        if x > a or y > c:
            out.append(Change(a, x, c, y))
        a, c = x + size, y + size
    return out


def joined(parts: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches that touch, as one."""
    out: list[tuple[int, int]] = []
    for first, last in parts:
        if out and out[-1][1] == first:
            out[-1] = (out[-1][0], last)
        else:
            out.append((first, last))
    return out


def unmoved(s: Line, t: Line, changes: Sequence[Change]) -> list[Change]:
    """The changes without those that only say the same words in another place of the sentence."""

    def key(words: Sequence[str]) -> tuple[str, ...]:
        return tuple(sorted(stem(word) for word in content(words)))

    def core(x: Change) -> tuple[Sequence[str], Sequence[str]]:
        y = narrowed(s, t, x)
        return s.words[y.a : y.b], t.words[y.c : y.d]

    cores = [core(x) for x in changes]
    dropped = [key(old) for old, new in cores if old and not content(new)]
    added = [key(new) for old, new in cores if new and not content(old)]
    moved = {words for words in dropped if words and words in added}
    return [
        x
        for x, (old, new) in zip(changes, cores, strict=True)
        if not ((not content(new) and key(old) in moved) or (not content(old) and key(new) in moved))
    ]


def narrowed(s: Line, t: Line, x: Change) -> Change:
    """The change without the words that both texts have at its two ends."""
    a, b, c, d = x.a, x.b, x.c, x.d
    while a < b and c < d and s.words[a] == t.words[c]:
        a, c = a + 1, c + 1
    while a < b and c < d and s.words[b - 1] == t.words[d - 1]:
        b, d = b - 1, d - 1
    return Change(a, b, c, d)


Unit = tuple[int, int]
"""Words that belong together: the first, and the one after the last."""


def widened(changes: Sequence[Change], ours: Sequence[Unit], theirs: Sequence[Unit]) -> list[Change]:
    """The changes, each grown until it cuts no unit of either line; those that meet in one unit are one.

    Between two changes both lines have the same words, so that what one side takes the other takes too.
    """
    out = list(changes)
    moved = True
    while moved:
        moved = False
        for at, x in enumerate(out):
            left = max(_cuts(ours, x.a, x.b)[0], _cuts(theirs, x.c, x.d)[0])
            right = max(_cuts(ours, x.a, x.b)[1], _cuts(theirs, x.c, x.d)[1])
            if at > 0 and left > x.a - out[at - 1].b:
                before = out[at - 1]
                out[at - 1 : at + 1] = [Change(before.a, x.b, before.c, x.d)]
                moved = True
                break
            if at + 1 < len(out) and right > out[at + 1].a - x.b:
                after = out[at + 1]
                out[at : at + 2] = [Change(x.a, after.b, x.c, after.d)]
                moved = True
                break
            left = min(left, x.a, x.c)
            if left or right:
                out[at] = Change(x.a - left, x.b + right, x.c - left, x.d + right)
                moved = True
    return out


def _cuts(units: Sequence[Unit], first: int, last: int) -> tuple[int, int]:
    """How many words of units that a stretch cuts lie before it and after it; an empty one may stand within a unit."""
    left = right = 0
    for start, end in units[max(0, bisect_right(units, (first, -1)) - 1) :]:
        if start >= max(last, first + 1):
            break
        touched = start < last and end > first if last > first else start < first < end
        if touched:
            left, right = max(left, first - start), max(right, end - last)
    return left, right


def dateline(text: str, line: Line) -> int:
    """How many words of a line are its dateline: a place in capitals, an agency, a dash."""
    found = _DATELINE.match(text, line.span.start, line.span.end)
    return bisect_left(line.starts, found.end()) if found else 0


def unified(ours: Sequence[Line], theirs: Sequence[Line]) -> list[Line]:
    """The second report's lines with its names spelt as the first report spells them."""

    def names(many: Sequence[Line]) -> set[str]:
        return {word for line in many for word, capital in zip(line.words, line.capital, strict=True) if capital}

    known, new = names(ours), names(theirs)
    frames: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for word in sorted(known - new):
        if len(word) >= _NAMES:
            frames[word[0], frame(word)].append(word)
    ours_for: dict[str, str] = {}
    for word in sorted(new - known):
        if len(word) >= _NAMES:
            alike = [x for x in frames.get((word[0], frame(word)), ()) if spelt(x, word)]
            if alike:
                ours_for[word] = alike[0]
    if not ours_for:
        return list(theirs)
    return [
        replace(line, words=tuple(ours_for.get(word, word) for word in line.words))
        if any(word in ours_for for word in line.words)
        else line
        for line in theirs
    ]


def trivial(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether two stretches differ in spelling, inflection, what kind of place a name is, or small words alone.

    >>> trivial(["air", "strike"], ["airstrike"]), trivial(["the"], []), trivial(["not"], [])
    (True, True, False)
    >>> trivial(["5.10am"], ["5", "10", "a", "m"]), trivial(["i", "have", "seen"], ["i've", "seen"])
    (True, True)
    >>> trivial("the town of lundsvik".split(), ["lundsvik"]), trivial(["19", "people"], ["1.9", "people"])
    (True, False)
    """
    if _letters(old) == _letters(new):
        return True
    ours, theirs = content(old), content(new)
    if len(ours) != len(theirs):
        ours, theirs = _placeless(ours), _placeless(theirs)
    return len(ours) == len(theirs) and all(
        spelt(a, b) or stem(a) == stem(b) or _figure(a) == _figure(b) for a, b in zip(ours, theirs, strict=True)
    )


def _figure(word: str) -> str:
    """A number in figures, without marks between the thousands; another word as it is."""
    return _FIGURES.get(word, "2" if word == "both" else word.replace(",", "") if word[0].isdigit() else word)


def _letters(words: Sequence[str]) -> str:
    """The letters and figures of a stretch; a point within a clock time ("5.10 am") does not count."""
    whole = "".join(words).replace("'", "")
    return whole.replace(".", "") if _CLOCK.fullmatch(whole) else whole


def content(words: Iterable[str]) -> list[str]:
    """The words that are more than grammar, short forms ("we've") written out."""
    out: list[str] = []
    for word in words:
        head, mark, tail = word.partition("'")
        full = (head, _SHORT_FORMS[tail]) if mark and tail in _SHORT_FORMS else (word,)
        out += [x for x in full if not small(x) and x not in _AUXILIARIES and x not in _TITLES]
    return out


def _placeless(words: Sequence[str]) -> list[str]:
    """The words without those that only say what kind of place a name is; all where nothing else is left."""
    return [word for word in words if word not in KINDS_OF_PLACE] or list(words)


def stem(word: str) -> str:
    """A word without the ending of its inflection.

    >>> stem("cleared") == stem("clearing") == stem("clears"), stem("ring") == stem("red")
    (True, False)
    """
    for ending in ("ing", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def small(word: str) -> bool:
    """Whether a word is grammar only; a negation, a hedge and a cue never are."""
    return (
        (rarity(word) < 0.22 or word == "its") and word not in _NEGATIONS and word not in doubts() and word not in CUES
    )


def spelt(one: str, two: str) -> bool:
    """Whether two words are one word spelt differently: the same consonants in the same order.

    Names from other scripts differ in vowels and h ("Mohammed", "Muhammad"). Two names that differ in
    vowels alone ("Moroni", "Marini") are still taken for one.

    >>> spelt("organisation", "organization"), spelt("iran", "iraq"), spelt("strike", "strikes")
    (True, False, True)
    """
    if one == two:
        return True
    if one[0].isdigit() or two[0].isdigit() or abs(len(one.replace("h", "")) - len(two.replace("h", ""))) > 1:
        return False
    if one.removesuffix("s") == two.removesuffix("s") or {one, two} <= {"say", "says", "said"}:
        return True

    return one[0] == two[0] and frame(one) == frame(two) != ""


def frame(word: str) -> str:
    """The consonants of a word after its first letter, doubled ones once.

    >>> frame("mohammed"), frame("muhammad")
    ('md', 'md')
    """
    word = re.sub(r"[aeiouyhw']", "", word[1:].replace("z", "s").replace("q", "k"))
    return re.sub(r"(.)\1+", r"\1", word)


def negations(words: Sequence[str]) -> set[str]:
    """The words that deny."""
    return {word for word in words if word in _NEGATIONS or word.endswith("n't")}


def numbers(words: Sequence[str]) -> set[str]:
    """The words that count, those up to a hundred in figures.

    >>> sorted(numbers("four of 14 dozen".split()))
    ['14', '4', 'dozen']
    """
    return {_figure(word) for word in words if word[0].isdigit() or word in _COUNTED or word in _FIGURES}


def parts(words: Sequence[str]) -> set[str]:
    """The words that name a part or a multiple of a whole ("a third of")."""
    return {word for word in words if word in _PARTS}


@cache
def doubts() -> frozenset[str]:
    """Words that doubt what they stand before."""
    text = files("tellings.lexicons").joinpath("cues.txt").read_text(encoding="utf-8")
    listed = next(
        (line.partition(":")[2].split() for line in text.splitlines() if line.lstrip(".").startswith("hedge:")), []
    )
    # A folded line has "so-called" as two words; "called" is what tells it apart.
    return frozenset(listed) - {"so-called", "self-styled", "apparently", "seemingly"} | {"called", "styled", "claimed"}


def between(many: Sequence[Line], other: dict[int, int]) -> Iterator[Line]:
    """The lines without a match that stand between two matched ones which are neighbours on the other side.

    Of a text that was cut to half, what is left out is not told sentence by sentence: at most three in a
    row, between sentences that follow each other within three in the copy.
    """
    matched = [line.number for line in many if line.number in other]
    for one, two in pairwise(matched):
        if 1 < two - one <= 4 and 0 < other[two] - other[one] <= 3:
            yield from (line for line in many[one + 1 : two] if len(line.words) >= 4)


def paired(
    s: Line, t: Line, old: Sequence[tuple[int, int]], new: Sequence[tuple[int, int]]
) -> list[tuple[tuple[int, int] | None, tuple[int, int] | None]]:
    """Phrases that say who says it, those of the source beside those of the copy that share most words."""
    left, right = list(old), list(new)
    out: list[tuple[tuple[int, int] | None, tuple[int, int] | None]] = []

    def shared(pair: tuple[tuple[int, int], tuple[int, int]]) -> int:
        return len(set(s.words[slice(*pair[0])]) & set(t.words[slice(*pair[1])]))

    while left and right:
        best = max(((a, b) for a in left for b in right), key=shared)
        left.remove(best[0])
        right.remove(best[1])
        out.append(best)
    return [*out, *((a, None) for a in left), *((None, b) for b in right)]
