"""Statements: the smallest tellings that can be compared, and how alike two of them are.

A statement is a clause of a report, or the whole sentence where no clause was found in it. Two
statements are compared by what they share, each kind of sharing a number of its own (`FEATURES`),
so that a weight can be given to each and be shown.

Weights of words: a word counts by how rare it is in this story's own statements times how rare it
is in the news at large (`lexicons/background.txt`). The first tells apart the statements of one
story, in which the names of the event stand everywhere; the second keeps small words small. The
vectors are those of Salton and Buckley (1988), "Term-weighting approaches in automatic text
retrieval".

Words of one family ("killed", "died"; `lexicons/families.txt`) count as one in some of the features.
Still missed: what is said in quite other words, and what a pronoun stands for.
"""

from __future__ import annotations

import math
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from tellings.records import Annotated, Polarity
from tellings.text import Span, View

if TYPE_CHECKING:
    import numpy as np

__all__ = [
    "FEATURES",
    "Layout",
    "Pairs",
    "Statement",
    "collapse",
    "compare",
    "fold",
    "function_words",
    "kin",
    "lay_out",
    "rarity",
    "read",
]


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of one report, with the folded words that it is compared by.

    `sentence` and `clause` are indices into the report's sentences and clauses; `clause` is None
    for a whole sentence. `words` are all folded words; `stems` those that carry meaning, their
    endings cut; `names` and `numbers` are among them. `acts` are the families of its verbs.
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
    speaker: frozenset[str]
    attribution: int | None
    polarity: Polarity
    place: float


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


def read(report: Annotated) -> tuple[Statement, ...]:
    """The statements of one report, in reading order; those without a word are left out."""
    text = report.report.text
    view = View(report.id, text)
    small = function_words()
    clauses: defaultdict[int, list[int]] = defaultdict(list)
    for number, clause in enumerate(report.clauses):
        clauses[clause.sentence].append(number)
    last = max(1, len(report.sentences) - 1)
    verbs = {word.span.start for words in report.words for word in words if word.pos == "VERB"}
    out: list[Statement] = []
    for number, sentence in enumerate(report.sentences):
        parts: list[tuple[Span, int | None]] = [(report.clauses[k].span, k) for k in clauses[number]]
        for span, clause in parts or [(sentence.span, None)]:
            found = view.words([span])
            if not found:
                continue
            meant = [(fold(word), place) for word, place in found if word not in small]
            said = report.clauses[clause].attribution if clause is not None else None
            out.append(
                Statement(
                    span=span,
                    sentence=number,
                    clause=clause,
                    words=tuple(word for word, _ in found),
                    stems=tuple(stem for stem, _ in meant),
                    names=frozenset(
                        stem
                        for stem, place in meant
                        if text[place.start].isupper() and place.start != sentence.span.start
                    ),
                    numbers=frozenset(stem for stem, _ in meant if stem[:1].isdigit()),
                    acts=frozenset(kin(stem) for stem, place in meant if place.start in verbs),
                    speaker=_speaker(report, said),
                    attribution=said,
                    polarity=report.clauses[clause].polarity if clause is not None else "affirmed",
                    place=number / last,
                )
            )
    return tuple(out)


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


# ---------------------------------------------------------------- pairs


FEATURES = (
    "words",  # cosine of stems, weighed by how rare they are in the story
    "news",  # the same, weighed by how rare they are in the news at large
    "pairs",  # cosine of neighbouring stems
    "letters",  # cosine of strings of four letters: words of one root
    "held",  # the part of the shorter statement's weight that both share
    "rarest",  # the weight of the rarest stem that both share
    "names",  # the weight of shared names
    "numbers",  # shared numbers, up to three
    "numbers_differ",  # both have numbers, none shared
    "family",  # cosine of stems, those of one family taken as one
    "family_held",  # the part of the shorter statement's weight that both share, in families
    "acts",  # the weight of verbs of one side that the other has a word of the same family for
    "sentence",  # cosine of the whole sentences
    "around",  # cosine of the sentences before and after
    "apart",  # how far apart they stand in their reports
    "lead",  # both stand among the first three sentences
    "best_there",  # likeness by the likeness of the first's best match in the other's report
    "best_here",  # the same, the other way
    "mutual",  # both are each other's best match
    "one_report",  # both stand in one report
    "both_said",  # both are attributed
    "one_said",  # one is attributed
    "one_speaker",  # the names of who says it share a word
    "length",  # length of the shorter one
    "lengths",  # length of the shorter by the longer
    "polarity",  # one is denied, the other not
)
"""What two statements are compared by; the columns of `Pairs.values`."""

_COMMON, _COMMONEST = 300, 1000
"""A stem that more leaders share than this, or an eighth of them up to the second number, proposes
no pair: it tells too little and costs too much."""
_KEPT = 40
"""A statement is compared with at most this many others, those most alike."""
_FLOOR = 0.02
"""Pairs less alike than this are not compared further."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of statements that may tell one fact: indices `first` < `second`, and a row of `values` each.

    `likeness` is the cosine that proposed the pair.
    """

    first: np.ndarray[Any, Any]
    second: np.ndarray[Any, Any]
    values: np.ndarray[Any, Any]
    likeness: np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Layout:
    """The statements of a story, their near copies, and the pairs of copies' leaders.

    `pairs` speak of indices into `copies`; the first member of each is its leader.
    """

    statements: tuple[Statement, ...]
    copies: tuple[tuple[int, ...], ...]
    pairs: Pairs

    def leader(self, number: int) -> Statement:
        """The statement that stands for the near copies of this number."""
        return self.statements[self.copies[number][0]]


_last: list[tuple[tuple[Annotated, ...], Layout]] = []
"""The layout made last: claims and conflicts of one story ask for the same. Found by identity of the reports."""


def lay_out(reports: tuple[Annotated, ...]) -> Layout:
    """All statements of three words or more of a story's reports, and the pairs to look at."""
    if _last and _last[0][0] is reports:
        return _last[0][1]
    told = tuple(one for report in reports for one in read(report) if len(one.words) > 2)
    copies = collapse(told)
    layout = Layout(told, copies, compare([told[members[0]] for members in copies]))
    _last[:] = [(reports, layout)]
    return layout


def compare(statements: Sequence[Statement]) -> Pairs:
    """The pairs of `statements` that share a stem of weight, with all their features.

    Sorted by first, then second.
    """
    import numpy as np

    count = len(statements)
    spread: Counter[str] = Counter(stem for one in statements for stem in set(one.stems))

    @cache
    def story(stem: str) -> float:
        return math.log((count + 1) / (spread[stem] + 0.5))

    def weight(stem: str) -> float:
        return max(0.0, story(stem)) * rarity(stem)

    relations = [tuple(kin(stem) for stem in one.stems) for one in statements]
    spread_kin: Counter[str] = Counter(stem for many in relations for stem in set(many))

    @cache
    def story_kin(stem: str) -> float:
        return max(0.0, math.log((count + 1) / (spread_kin[stem] + 0.5)))

    both = _Table([one.stems for one in statements], weight)
    family = _Table(relations, lambda stem: story_kin(stem) * rarity(stem))
    common = np.array([spread_kin[s] for s in family.columns], dtype=np.int64)
    first, second, likeness = _candidates(family.unit, common)
    if not len(first):
        return Pairs(first, second, np.zeros((0, len(FEATURES))), likeness)

    whole: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for one in statements:
        whole[one.span.report, one.sentence] += one.stems
    around = [
        whole.get((s.span.report, s.sentence - 1), []) + whole.get((s.span.report, s.sentence + 1), [])
        for s in statements
    ]
    twos = [[f"{a} {b}" for a, b in zip(s.stems, s.stems[1:], strict=False)] for s in statements]
    fours = [[w[k : k + 4] for w in s.stems for k in range(max(1, len(w) - 3))] for s in statements]

    families = [frozenset(many) for many in relations]

    def _acts(a: int, b: int) -> float:
        met = (statements[a].acts & families[b]) | (statements[b].acts & families[a])
        return math.log1p(sum(story_kin(stem) for stem in sorted(met)))

    def cosine(lists: Sequence[Sequence[str]], weigh: Callable[[str], float]) -> Any:
        return _Table(lists, weigh).dot(first, second)

    shared = both.shared(first, second)
    total = both.total
    names = _Table([sorted(s.names) for s in statements], weight).shared(first, second)[0]
    numbers = _Table([sorted(s.numbers) for s in statements], lambda _: 1.0).shared(first, second)[0]
    counted = np.array([len(s.numbers) for s in statements])
    place = np.array([s.place for s in statements])
    lead = np.array([s.sentence <= 2 for s in statements])
    names_of = {name: k for k, name in enumerate(sorted({s.span.report for s in statements}))}
    report = np.array([names_of[s.span.report] for s in statements])
    there, here = _best(first, second, likeness, report)
    said = np.array([s.attribution is not None for s in statements])
    denied = np.array([s.polarity == "denied" for s in statements])
    length = np.array([len(s.stems) for s in statements], dtype=float)
    shorter, longer = np.minimum(length[first], length[second]), np.maximum(length[first], length[second])
    columns = {
        "words": cosine([s.stems for s in statements], story),
        "news": cosine([s.stems for s in statements], rarity),
        "pairs": cosine(twos, _rareness(twos)),
        "letters": cosine(fours, _rareness(fours)),
        "held": shared[0] / np.maximum(1e-9, np.minimum(total[first], total[second])),
        "rarest": shared[1] / 30,
        "names": np.log1p(names),
        "numbers": np.minimum(numbers, 3),
        "numbers_differ": (counted[first] > 0) & (counted[second] > 0) & (numbers == 0),
        "family": cosine(relations, story_kin),
        "family_held": family.shared(first, second)[0]
        / np.maximum(1e-9, np.minimum(family.total[first], family.total[second])),
        "acts": np.array([_acts(a, b) for a, b in zip(first.tolist(), second.tolist(), strict=True)]),
        "sentence": cosine([whole[s.span.report, s.sentence] for s in statements], weight),
        "around": cosine(around, weight),
        "apart": np.abs(place[first] - place[second]),
        "lead": lead[first] & lead[second],
        "best_there": there,
        "best_here": here,
        "mutual": (there > 0.999) & (here > 0.999),
        "one_report": report[first] == report[second],
        "both_said": said[first] & said[second],
        "one_said": said[first] != said[second],
        "one_speaker": np.array(
            [bool(statements[a].speaker & statements[b].speaker) for a, b in zip(first, second, strict=True)]
        ),
        "length": np.log1p(shorter),
        "lengths": shorter / np.maximum(1.0, longer),
        "polarity": denied[first] != denied[second],
    }
    values = np.stack([np.asarray(columns[name], dtype=float) for name in FEATURES], axis=1)
    return Pairs(first, second, values, likeness)


def _rareness(lists: Sequence[Sequence[str]]) -> Callable[[str], float]:
    """How rare each string is among the lists."""
    spread = Counter(item for many in lists for item in set(many))
    return lambda item: max(0.0, math.log((len(lists) + 1) / (spread[item] + 0.5)))


class _Table:
    """Lists of strings as rows of weights, as they are and with length 1."""

    def __init__(self, lists: Sequence[Iterable[str]], weigh: Callable[[str], float]) -> None:
        import numpy as np
        from scipy import sparse

        columns: dict[str, int] = {}
        starts, places, weights = [0], list[int](), list[float]()
        weigh = cache(weigh)
        for many in lists:
            for item in dict.fromkeys(many):
                places.append(columns.setdefault(item, len(columns)))
                weights.append(weigh(item))
            starts.append(len(places))
        self.columns = tuple(columns)
        shape = (len(lists), max(1, len(columns)))
        self.rows: Any = sparse.csr_matrix((np.array(weights, dtype=float), places, starts), shape=shape)
        self.total: Any = np.asarray(self.rows.sum(axis=1)).ravel()
        norm = np.sqrt(np.asarray(self.rows.multiply(self.rows).sum(axis=1)).ravel())
        norm[norm == 0] = 1
        self.unit: Any = sparse.csr_matrix(sparse.diags_array(1 / norm) @ self.rows)

    def dot(self, first: Any, second: Any) -> Any:
        """The cosine of each pair of rows."""
        import numpy as np

        return np.asarray(self.unit[first].multiply(self.unit[second]).sum(axis=1)).ravel()

    def shared(self, first: Any, second: Any) -> tuple[Any, Any]:
        """The weight of what each pair of rows shares: all of it, and the heaviest item's."""
        import numpy as np

        least: Any = self.rows[first].minimum(self.rows[second]).tocsr()
        heaviest = np.asarray(least.max(axis=1).todense()).ravel()
        return np.asarray(least.sum(axis=1)).ravel(), heaviest


def _candidates(unit: Any, spread: Any) -> tuple[Any, Any, Any]:
    """Pairs of rows with their cosine, sorted; each row keeps its best few."""
    import numpy as np
    from scipy import sparse

    rows = unit.shape[0]
    if rows < 2 or not len(spread):
        none = np.zeros(0, dtype=np.int64)
        return none, none, np.zeros(0)
    telling = sparse.diags_array((spread <= min(_COMMONEST, max(_COMMON, rows // 8))).astype(float))
    narrow: Any = sparse.csr_matrix(unit @ telling)
    across: Any = narrow.T.tocsr()
    found: list[Any] = []
    for start in range(0, rows, 512):
        block: Any = (narrow[start : start + 512] @ across).tocsr()
        for k in range(block.shape[0]):
            at = slice(block.indptr[k], block.indptr[k + 1])
            column, value = block.indices[at], block.data[at]
            fit = (value > _FLOOR) & (column != start + k)
            column, value = column[fit], value[fit]
            if len(column) > _KEPT:
                best = np.lexsort((column, -np.round(value, 12)))[:_KEPT]
                column, value = column[best], value[best]
            row = np.full(len(column), start + k, dtype=np.int64)
            found.append(np.stack([np.minimum(row, column), np.maximum(row, column)], axis=1))
    pairs = np.unique(np.concatenate(found), axis=0)
    first, second = pairs[:, 0], pairs[:, 1]
    return first, second, np.asarray(unit[first].multiply(unit[second]).sum(axis=1)).ravel()


def _best(first: Any, second: Any, likeness: Any, report: Any) -> tuple[Any, Any]:
    """Each pair's likeness by that of the best match of its first in the second's report, and the other way."""
    import numpy as np

    width = int(report.max()) + 1
    there, here = first * width + report[second], second * width + report[first]
    best: Any = np.zeros((len(report)) * width) if len(report) * width < 4_000_000 else None
    if best is not None:
        np.maximum.at(best, there, likeness)
        np.maximum.at(best, here, likeness)
        return likeness / best[there], likeness / best[here]
    keys, places = np.unique(np.concatenate([there, here]), return_inverse=True)
    found = np.zeros(len(keys))
    np.maximum.at(found, places, np.concatenate([likeness, likeness]))
    return likeness / found[places[: len(there)]], likeness / found[places[len(there) :]]
