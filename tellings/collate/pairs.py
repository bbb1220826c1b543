"""Pairs: how alike two statements of a story are, each kind of likeness a number of its own.

Each feature (`FEATURES`) gets a weight in `claims.py`, so that what speaks for a pair can be shown.

Weights of words: a word counts by how rare it is in this story's own statements times how rare it
is in the news at large (`lexicons/background.txt`). The first tells apart the statements of one
story, in which the names of the event stand everywhere; the second keeps small words small. The
vectors are those of Salton and Buckley (1988), "Term-weighting approaches in automatic text
retrieval". Still missed: what is said in quite other words.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any

from tellings.collate.statements import Statement, collapse, kin, light_acts, opposites, rarity, told
from tellings.records import Annotated

if TYPE_CHECKING:
    import numpy as np

__all__ = ["FEATURES", "STANDING", "Layout", "Pairs", "compare", "incompatible", "lay_out", "standing"]


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
    "shared",  # how many families both share, words of time left out
    "objects",  # how many families both share among the nouns after the verb
    "one_time",  # a time of one lies in a time of the other
    "times_differ",  # both have times of one kind, and none agrees
    "one_count",  # a number of the same things stands in both
    "plain",  # how many families both share, words of time, names and light verbs left out
    "opposed",  # a word of one tells against a word of the other, as "open" against "closed"
    "two_origins",  # they stand in reports of two origins
    "meaning",  # how close the vectors of their sentences are; 0 where no encoder has read the reports
    "clause",  # how close the vectors of their own words are, seen from the mean of the story's statements; or 0
)
"""What two statements are compared by; the columns of `Pairs.values`."""

STANDING = (
    "first",  # the log-odds of the first reading
    "least_best",  # the chance by that of the best match of one in the other's report: the lesser of both ways
    "most_best",  # the greater of both
    "both_best",  # each is the other's likeliest match
    "least_rival",  # log-odds of the likeliest other match of one in the other's report: the lesser of both ways
    "most_rival",  # the greater of both
    "through",  # log-odds of the weaker link to the third statement that links them best
    "through_next",  # the same, the next best
    "through_all",  # the sum of the weaker links to all third statements
    "least_any",  # log-odds of the likeliest match that one has anywhere: the lesser of both
    "most_any",  # the greater of both
)
"""How a pair stands among the other pairs of its story, once each has a chance: the columns of `standing`."""

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


def lay_out(reports: Sequence[Annotated], origin: Mapping[str, str]) -> Layout:
    """All statements of three words or more of a story's reports, and the pairs to look at.

    `origin` gives the origin of a report by its id; a report that it does not hold is one of its own.
    """
    statements = told(reports)
    copies = collapse(statements)
    leaders = [statements[members[0]] for members in copies]
    return Layout(statements, copies, compare(leaders, origin, _vectors(leaders, reports), _clauses(leaders, reports)))


_USUAL = 20
"""As many statements of other stories count in the mean of a story's own."""


def _clauses(leaders: Sequence[Statement], reports: Sequence[Annotated]) -> np.ndarray[Any, Any] | None:
    """What the words of each leader mean together, seen from the mean of all: a row of length 1 each.

    What all statements of a story speak of is taken out with the mean; what is left tells them apart. The sums
    are of whole numbers, the same in any order. None where a report was not read by the encoder.
    """
    import numpy as np

    if not leaders or any(len(report.tagged) != len(report.sentences) for report in reports):
        return None
    of = {report.id: report for report in reports}
    out = np.zeros((len(leaders), 64))
    for k, one in enumerate(leaders):
        tagged, words = of[one.span.report].tagged[one.sentence], of[one.span.report].words[one.sentence]
        if len(tagged.words) != 64 * len(words):
            return None
        inside = [n for n, word in enumerate(words) if one.span.start <= word.span.start < one.span.end]
        out[k] = tagged.axes[inside].sum(axis=0, dtype=np.int64)
    out /= np.maximum(np.sqrt((out * out).sum(axis=1, keepdims=True)), 1e-9)
    with as_file(files("tellings.lexicons").joinpath("axes.npy")) as path:
        usual = np.load(path)[-1].astype(float)  # where sentences of any story lie, for the stories of few statements
    out -= (np.array([math.fsum(column) for column in out.T.tolist()]) + _USUAL * usual) / (len(out) + _USUAL)
    return out / np.maximum(np.sqrt((out * out).sum(axis=1, keepdims=True)), 1e-9)


def _vectors(leaders: Sequence[Statement], reports: Sequence[Annotated]) -> np.ndarray[Any, Any] | None:
    """The vector of each leader's sentence, a row each; None where a report was not read by the encoder."""
    import numpy as np

    if not leaders or any(len(report.tagged) != len(report.sentences) for report in reports):
        return None
    rows = {report.id: report.vectors for report in reports}
    return np.stack([rows[one.span.report][one.sentence] for one in leaders])


def compare(
    statements: Sequence[Statement],
    origin: Mapping[str, str],
    vectors: np.ndarray[Any, Any] | None = None,
    clauses: np.ndarray[Any, Any] | None = None,
) -> Pairs:
    """The pairs of `statements` that share a stem of weight, with all their features.

    `vectors` holds a row of length 1 for the sentence of each, `clauses` one for its own words. Sorted by first,
    then second.
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
        met = ((statements[a].acts & families[b]) | (statements[b].acts & families[a])) - light_acts()
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
    roots_of = {name: k for k, name in enumerate(sorted({origin.get(name, name) for name in names_of}))}
    roots = np.array([roots_of[origin.get(s.span.report, s.span.report)] for s in statements])
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
        **_agreements(statements, families, first.tolist(), second.tolist()),
        "two_origins": roots[first] != roots[second],
        "meaning": _meaning(vectors, first, second),
        "clause": _meaning(clauses, first, second),
    }
    values = np.stack([np.asarray(columns[name], dtype=float) for name in FEATURES], axis=1)
    return Pairs(first, second, values, likeness)


def _meaning(vectors: np.ndarray[Any, Any] | None, first: Any, second: Any) -> Any:
    """The inner product of each pair of rows, rounded to what half-precision numbers hold; zeros without rows."""
    import numpy as np

    if vectors is None:
        return np.zeros(len(first))
    out = np.zeros(len(first))
    for start in range(0, len(first), 4096):  # a thousand reports have a million pairs
        at = slice(start, start + 4096)
        out[at] = (vectors[first[at]].astype(np.float64) * vectors[second[at]]).sum(axis=1)
    return np.round(out, 4)


def _agreements(
    statements: Sequence[Statement], families: Sequence[frozenset[str]], first: Sequence[int], second: Sequence[int]
) -> dict[str, list[float]]:
    """The features that ask whether things, times and counts of a pair agree, a list for each."""
    timed = [frozenset(kin(stem) for stem in s.timed) for s in statements]
    named = [frozenset(kin(stem) for stem in s.names) for s in statements]
    sides, light = opposites(), light_acts()
    against = [frozenset(o for stem in s.stems for o in sides.get(stem, ())) for s in statements]
    stems = [frozenset(s.stems) for s in statements]
    points = ("shared", "plain", "objects", "one_time", "times_differ", "one_count", "opposed")
    out: dict[str, list[float]] = {k: [] for k in points}
    for a, b in zip(first, second, strict=True):
        one, other = statements[a], statements[b]
        when = timed[a] | timed[b]
        out["shared"].append(math.log1p(len((families[a] & families[b]) - when)))
        plain = (families[a] & families[b]) - when - named[a] - named[b] - light
        out["plain"].append(math.log1p(len(plain)))
        one_sided = (against[a] & stems[b]) or (against[b] & stems[a])
        out["opposed"].append(float(bool(one_sided)))
        out["objects"].append(math.log1p(len((one.objects & other.objects) - when)))
        dates, dates_differ = _meet(one.dates, other.dates)
        clocks, clocks_differ = _meet(one.clocks, other.clocks)
        out["one_time"].append(float(dates or clocks))
        out["times_differ"].append(float(dates_differ or clocks_differ))
        out["one_count"].append(float(bool(one.counts & other.counts)))
    return out


def _meet(one: Sequence[str], other: Sequence[str]) -> tuple[bool, bool]:
    """Whether a time of one side lies in one of the other, and whether both have some and none does."""
    met = any(a.startswith(b) or b.startswith(a) for a in one for b in other)
    return met, bool(one and other and not met)


def _rareness(lists: Sequence[Sequence[str]]) -> Callable[[str], float]:
    """How rare each string is among the lists."""
    spread = Counter(item for many in lists for item in set(many))
    return lambda item: max(0.0, math.log((len(lists) + 1) / (spread[item] + 0.5)))


_ONE_NUMBER = 0.01
"""Two numbers that differ by no more than this part of the greater are one, differently rounded."""
_WHERE = frozenset(
    "in at near from to into outside inside toward towards over above off on across through".split()  # noqa: SIM905
)
_MONTH = len("2000-01")


def incompatible(one: Statement, other: Statement) -> str | None:
    """On which detail two statements exclude each other: "number", "place", "date", "denial" or "name"; None for none.

    They may tell of one thing, and then the reports part on it; but not one fact. A number has to count
    the same, a place to be of one size, in one role, and not part of the other, or another thing of one name
    ("the northern pier", "the southern pier"); a date and a denial to go with a verb that both share. What
    has no verb says who or what somebody is: two names are two.
    """
    numbers = [(x, y) for unit, x in one.counts for unit2, y in other.counts if unit == unit2]
    if numbers and not any(abs(x - y) <= _ONE_NUMBER * max(abs(x), abs(y)) for x, y in numbers):
        return "number"
    if _elsewhere(one.places, other.places):
        return "place"
    shared = (one.acts & other.acts) - light_acts()
    fine = [[d for d in s.dates if len(d) >= _MONTH] for s in (one, other)]
    if shared and all(fine) and not _meet(one.dates, other.dates)[0]:
        return "date"
    of_one_thing = bool(one.acts & other.acts) and bool((one.objects & other.objects) - one.timed - other.timed)
    if (shared or of_one_thing) and one.polarity != other.polarity and one.negated != other.negated:
        return "denial"
    if not (one.verbal and other.verbal) and one.people and other.people and not one.people & other.people:
        return "name"
    return None


def _elsewhere(here: Sequence[tuple[str, str, str]], there: Sequence[tuple[str, str, str]]) -> bool:
    """Whether two statements name places that exclude each other, and none that one has and the other may mean."""
    both = [(x, y) for x in here for y in there]
    if not both or any(x[2] in y[2] or y[2] in x[2] for x, y in both):
        return False
    return any(
        (x[1] == y[1] and x[0] == y[0] and x[0] in _WHERE) or x[2].split()[-1:] == y[2].split()[-1:] for x, y in both
    )


_LINK = 0.05
"""Two statements less likely one fact than this are no link to a third."""
_LINKED = 0.02
"""A pair less likely one fact than this is not asked for third statements: no third one makes it likely."""


def standing(first: Any, second: Any, chance: Any, report: Sequence[str]) -> np.ndarray[Any, Any]:
    """How each pair stands among the others: a row each, with the columns of `STANDING`.

    `first`, `second` and `chance` are those of the pairs, `report` tells in which report each statement
    stands. Whether two statements tell one fact also shows in the others: a statement seldom tells
    what two statements of one other report tell, and what two of them share with a third, they share.
    """
    import numpy as np

    count = len(first)
    if not count:
        return np.zeros((0, len(STANDING)))
    names = {name: k for k, name in enumerate(sorted(set(report)))}
    where = np.array([names[name] for name in report], dtype=np.int64)
    # Each pair twice, once from either side: the one who asks, in the report of the other.
    keys = np.concatenate([first, second]) * len(names) + where[np.concatenate([second, first])]
    twice = np.concatenate([chance, chance])
    order = np.lexsort((-twice, keys))
    opens = np.flatnonzero(np.diff(keys[order], prepend=-1))
    group = np.zeros(2 * count, dtype=np.int64)
    group[order] = np.repeat(np.arange(len(opens)), np.diff(opens, append=2 * count))
    best = twice[order][opens]
    after = np.minimum(opens + 1, 2 * count - 1)
    runner = np.where(np.diff(opens, append=2 * count) > 1, twice[order][after], 0.0)
    likeliest = best[group]
    parts = (twice / np.maximum(likeliest, 1e-6)).reshape(2, count)
    rivals = _odds(np.where(twice >= likeliest, runner[group], likeliest)).reshape(2, count)
    anywhere = np.zeros(len(report))
    np.maximum.at(anywhere, first, chance)
    np.maximum.at(anywhere, second, chance)
    ends = _odds(np.stack([anywhere[first], anywhere[second]]))
    columns = [
        _odds(chance),
        *(parts.min(axis=0), parts.max(axis=0), (twice >= likeliest).reshape(2, count).all(axis=0)),
        *(rivals.min(axis=0), rivals.max(axis=0)),
        *_thirds(first, second, chance),
        *(ends.min(axis=0), ends.max(axis=0)),
    ]
    return np.round(np.stack([np.asarray(column, dtype=float) for column in columns], axis=1), 9)


def _thirds(first: Any, second: Any, chance: Any) -> tuple[Any, Any, Any]:
    """For each pair the log-odds of the two best ways through a third statement, and what all ways sum to."""
    import numpy as np

    links: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for k in np.flatnonzero(chance > _LINK).tolist():
        a, b, p = int(first[k]), int(second[k]), float(chance[k])
        links[a][b] = links[b][a] = p
    ways = np.zeros((3, len(first)))
    for k in np.flatnonzero(chance > _LINKED).tolist():
        mine, theirs = links.get(int(first[k])), links.get(int(second[k]))
        if mine and theirs:
            if len(mine) > len(theirs):
                mine, theirs = theirs, mine
            weaker = sorted((min(q, theirs[x]) for x, q in mine.items() if x in theirs), reverse=True)
            ways[: min(2, len(weaker)), k] = weaker[:2]
            ways[2, k] = math.fsum(weaker)
    return _odds(ways[0]), _odds(ways[1]), ways[2]


def _odds(chance: Any) -> Any:
    """The log-odds of chances, none beyond those of a hundredth."""
    import numpy as np

    return np.log((chance + 0.01) / (1.01 - chance))


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
