"""Passages: stretches of text that reports share, copied, edited or reworded, in any order.

Sentences with the same words are one; sentences that are nearly the same form a family around a
representative, so that a thousand copies are compared with one text and not with each other.
Representatives are then paired through an inverted index of their rarer words, each pair is
aligned, and its score is what the shared words are worth (see `alignments.Weights`), quoted words
left out. Two reports share text where their best pairs together are worth more than chance would give, and
chance gives more where there are many pairs of sentences to choose from: the best of many likenesses
grows with the logarithm of their number (Karlin and Altschul 1990, on aligned sequences).

Candidates by an index and an alignment of what it proposes is the way of passim (Smith, Cordell
and Mullen 2015); here the unit is the sentence, which also finds what was reworded.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, Literal

from tellings.collate.alignments import Line, Weights, blocks, lines
from tellings.records import Collation, Evidence, Passage
from tellings.text import Span

if TYPE_CHECKING:
    import numpy as np

__all__ = ["ENOUGH", "Shared", "find", "likeness"]

ENOUGH = 0.25
"""What two reports must share beyond what chance gives reports of their lengths; by `training/passages.py`."""

_CHANCE = 0.3  # times the logarithm of the number of pairs of sentences: what chance likenesses are worth
_FLOOR = 0.95  # and what even two reports of one sentence must share by chance
_FEW = 8  # reports of a passage that are asked for its evidence
_NEAR = 0.8  # how alike sentences of one family are
_LEAST = 0.55  # a pair of sentences worth less shows nothing
_SHOWN = 1.0  # a pair of sentences worth less is shown only where the two reports have no better one
_ALIKE = 0.35  # nor is one whose stretches are less alike
_GAP = 0.15  # what a word that only one of two stretches has takes away
_MOST = 0.6  # a stretch that takes so much of both sentences is shown as the sentences
_PROPOSE = 0.6  # what shared words must be worth before two sentences are aligned
_POSTINGS = 48  # a word that stands in more distinct sentences proposes no pair
_BEST = (1.0, 0.3, 0.1)  # how much the best, second, ... pair of sentences counts


@dataclass(frozen=True, slots=True)
class _Family:
    """Near copies of one sentence: `head` stands for them, `lines` holds one a report."""

    head: Line
    lines: tuple[Line, ...]
    likeness: float

    @property
    def reports(self) -> tuple[int, ...]:
        return tuple(line.report for line in self.lines)


@dataclass(frozen=True, slots=True)
class _Link:
    """Two families that share words, the worth of these, and the stretch of each head that holds them."""

    first: int
    second: int
    score: float
    likeness: float
    whole: bool
    parts: tuple[tuple[int, int], tuple[int, int]]


def find(c: Collation, enough: float = ENOUGH) -> tuple[Passage, ...]:
    """The passages of the story, sorted by their first span; ids count from 1 in that order.

    A passage has one span for each report that has it. Sentences that follow each other in all
    the same reports make one passage. `enough` is what two reports must share beyond chance.
    """
    if len(c.reports) < 2:
        return ()
    read = Shared(c)
    groups = _groups(read.families, read.links, read.worth - read.chance > enough)
    return _passages(_neighbours(read.families, groups), [report.report.text for report in c.reports], read, enough)


class Shared:
    """What the reports of a story share, sentence by sentence and report by report.

    `worth` holds for every two reports, in the order of the story, what the words are worth that their best pairs
    of sentences share; `chance` what chance would give two reports of their lengths.
    """

    def __init__(self, c: Collation) -> None:
        """Read the story."""
        every = lines(c.reports)
        self.families = _families([line for one in every for line in one])
        weights = Weights(family.head for family in self.families)
        self.links = _links(self.families, weights)
        self.worth = _evidence(self.families, self.links, weights, len(c.reports))
        self.chance = _needed(every)

    def evidence(self, reports: Sequence[int], enough: float = ENOUGH) -> tuple[Evidence, ...]:
        """What speaks for the two that share least among some reports: weights that add up to above 0 where they do.

        Of many reports the first few are asked.
        """
        pairs = combinations(sorted(reports)[:_FEW], 2)
        pair = min(pairs, key=lambda pair: (float(self.worth[pair] - self.chance[pair]), pair))
        return (
            Evidence("shared words", round(float(self.worth[pair]), 4)),
            Evidence("chance", round(-float(self.chance[pair]) - enough, 4)),
        )


def likeness(first: Sequence[str], second: Sequence[str]) -> float:
    """How alike two sentences are, 0 to 1: the share of words that stand in both in the same order.

    >>> likeness("the bridge fell".split(), "the old bridge fell".split())
    0.8571428571428572
    """
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity(first, second)


def _families(every: Sequence[Line]) -> list[_Family]:
    """Each line in one family: the same words first, then near copies of a head."""
    same: defaultdict[tuple[str, ...], list[Line]] = defaultdict(list)
    for line in every:
        if line.words:
            same[line.words].append(line)
    # What most reports print comes first and becomes the head; ties in the order of the text.
    order = sorted(same.values(), key=lambda many: (-len({x.report for x in many}), many[0].report, many[0].number))
    heads: list[tuple[Line, dict[int, Line], list[float]]] = []
    index: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for many in order:
        head = many[0]
        at = _nearest(head, heads, index)
        if at is None:
            at = len(heads)
            heads.append((head, {}, []))
            for gram in _trigrams(head.words):
                index[gram].append(at)
        members, alike = heads[at][1], heads[at][2]
        alike.append(likeness(heads[at][0].words, head.words))
        for line in many:
            members.setdefault(line.report, line)
    return [
        _Family(head, tuple(members[r] for r in sorted(members)), min(alike))
        for head, members, alike in heads
    ]  # fmt: skip


def _trigrams(words: Sequence[str]) -> list[tuple[str, ...]]:
    """The different runs of three words, sorted."""
    return sorted({tuple(words[at : at + 3]) for at in range(len(words) - 2)})


def _nearest(
    line: Line,
    heads: Sequence[tuple[Line, dict[int, Line], list[float]]],
    index: defaultdict[tuple[str, ...], list[int]],
) -> int | None:
    """The head of which the line is a near copy, the likest first; None if there is none."""
    if len(line.words) < 5:
        return None
    shared: Counter[int] = Counter()
    for gram in _trigrams(line.words):
        known = index.get(gram, ())
        if len(known) <= 4 * _POSTINGS:
            shared.update(known)
    best: tuple[float, int] | None = None
    # At least a third of the runs survive where a fifth of the words was changed in one place or two.
    least = max(2, (len(line.words) - 2) // 4)
    for at, count in sorted(shared.items(), key=lambda item: (-item[1], item[0]))[:8]:
        if count < least:
            break
        head, members, _ = heads[at]
        if line.report in members:
            continue
        alike = likeness(head.words, line.words)
        if alike >= _NEAR and (best is None or alike > best[0]):
            best = (alike, at)
    return best[1] if best else None


def _links(families: Sequence[_Family], weights: Weights) -> list[_Link]:
    """The pairs of families that share words worth something, in the order of the families."""
    index: defaultdict[str, list[int]] = defaultdict(list)
    out: list[_Link] = []
    for at, family in enumerate(families):
        words = {w for w, quoted in zip(family.head.words, family.head.quoted, strict=True) if not quoted}
        shared: defaultdict[int, float] = defaultdict(float)
        for word in sorted(words):
            known = index[word]
            if len(known) <= _POSTINGS:
                worth = weights.of(word)
                for other in known:
                    shared[other] += worth
            known.append(at)
        mine = set(family.reports)
        for other, worth in sorted(shared.items()):
            if worth < _PROPOSE or len(mine.union(families[other].reports)) == 1:
                continue  # worth too little, or both of one report
            link = _aligned(other, at, families[other].head, family.head, weights)
            if link is not None:
                out.append(link)
    return out


def _open(line: Line) -> set[str]:
    """The different words of a line that are nobody's quoted words."""
    return {word for word, quoted in zip(line.words, line.quoted, strict=True) if not quoted}


def _worth(words: Iterable[str], weights: Weights) -> float:
    """What the words are worth together; summed in sorted order, so that no order shows in the sum."""
    return sum(weights.of(word) for word in sorted(words))


def _aligned(at: int, to: int, first: Line, second: Line, weights: Weights) -> _Link | None:
    """The link of two heads, or None where the words that they share in order are worth too little."""
    runs: list[tuple[int, int, int, float]] = []
    together = 0.0
    for a, b, size in blocks(first.words, second.words):
        worth = sum(
            weights.of(first.words[a + k]) for k in range(size) if not first.quoted[a + k] and not second.quoted[b + k]
        )
        # A word alone may stand in both by chance; two may be a set phrase; three that follow each other
        # seldom are.
        together += worth * (0.0, 0.5, 1.0)[min(size, 3) - 1]
        runs.append((a, b, size, worth))
    one, two = _open(first), _open(second)
    cover = _worth(one & two, weights) / max(0.01, min(_worth(one, weights), _worth(two, weights)))
    score = together * min(1.0, cover) ** 0.5
    if score < _LEAST:
        return None
    ours, theirs = _dense(runs)
    alike = likeness(first.words[ours[0] : ours[1] + 1], second.words[theirs[0] : theirs[1] + 1])
    whole = all(part[1] - part[0] + 1 >= _MOST * len(line.words) for part, line in ((ours, first), (theirs, second)))
    if whole:
        alike = likeness(first.words, second.words)
    return _Link(at, to, score, alike, whole, (ours, theirs))


def _dense(runs: Sequence[tuple[int, int, int, float]]) -> tuple[tuple[int, int], tuple[int, int]]:
    """The stretch of both lines in which the shared words lie densest: first and last word in each.

    Shared words add what they are worth, and a little each for standing in order; words between that
    only one line has take away. The best sum of neighbouring runs is Kadane's.
    """
    best: tuple[float, int, int] = (0.0, 0, 0)
    total, start = 0.0, 0
    for at, (a, b, size, worth) in enumerate(runs):
        if at:
            x, y, length, _ = runs[at - 1]
            total -= _GAP * max(a - x - length, b - y - length)
        if total <= 0:
            total, start = 0.0, at
        total += worth + 0.1 * size
        if total > best[0]:
            best = (total, start, at)
    first, last = runs[best[1]], runs[best[2]]
    return (first[0], last[0] + last[2] - 1), (first[1], last[1] + last[2] - 1)


def _evidence(families: Sequence[_Family], links: Sequence[_Link], weights: Weights, reports: int) -> np.ndarray:
    """For every two reports, what their best pairs of sentences are worth together."""
    import numpy as np

    worth = np.zeros((reports, reports), dtype=np.float64)
    times = np.zeros((reports, reports), dtype=np.int8)
    share = np.array([*_BEST, 0.0])
    found: list[tuple[float, tuple[int, ...], tuple[int, ...]]] = [
        (_own(family, weights), family.reports, family.reports) for family in families if len(family.lines) > 1
    ]
    found += [(link.score, families[link.first].reports, families[link.second].reports) for link in links]
    for score, ours, theirs in sorted(found, key=lambda item: (-item[0], item[1], item[2])):
        for one, two in ((ours, theirs), (theirs, ours)) if ours != theirs else ((ours, theirs),):
            at = np.ix_(one, two)
            worth[at] += score * share[times[at]]
            times[at] = np.minimum(times[at] + 1, len(_BEST))
    np.fill_diagonal(worth, np.inf)
    return worth


def _needed(every: Sequence[Sequence[Line]]) -> np.ndarray:
    """For every two reports, what they must share before it is more than chance."""
    import numpy as np

    size = np.log(np.array([max(1, len(one)) for one in every], dtype=np.float64))
    return np.maximum(_FLOOR, _CHANCE * (size[:, None] + size[None, :]))


def _own(family: _Family, weights: Weights) -> float:
    """What near copies of the family's sentence are worth."""
    head = family.head
    open_words = [w for w, quoted in zip(head.words, head.quoted, strict=True) if not quoted]
    return sum(weights.of(word) for word in open_words) * family.likeness


@dataclass(slots=True)
class _Group:
    """Lines of different reports that make a passage, with the words of each that belong to it."""

    likeness: float
    whole: bool = True
    lines: dict[int, Line] = field(default_factory=dict)
    parts: dict[int, tuple[int, int]] = field(default_factory=dict)

    def add(self, line: Line, part: tuple[int, int] | None = None) -> None:
        """Take a line in, the whole of it or from one word to another."""
        self.lines[line.report] = line
        self.parts[line.report] = part or (0, len(line.words) - 1)


def _groups(families: Sequence[_Family], links: Sequence[_Link], enough: np.ndarray) -> list[_Group]:
    """Lines that share text, of reports of which every two share enough."""
    import numpy as np

    groups: list[_Group] = []
    at: dict[tuple[int, int], int] = {}
    for family in families:
        for one in _split(family, enough):
            for line in one.lines.values():
                at[line.report, line.number] = len(groups)
            groups.append(one)
    best_first = sorted(links, key=lambda link: (-link.score, link.first, link.second))
    later: list[_Link] = []
    for link in best_first:
        joined = False
        if link.whole and link.likeness >= _ALIKE:
            ours = sorted({at[x.report, x.number] for x in families[link.first].lines})
            theirs = sorted({at[x.report, x.number] for x in families[link.second].lines})
            for a in ours:
                for b in theirs:
                    joined = _unite(groups, at, (a, b), link.likeness, enough) or joined
        if not joined:
            later.append(link)
    covered = np.zeros_like(enough)
    for group in groups:
        reports = sorted(group.lines)
        covered[np.ix_(reports, reports)] = True
    for link in later:
        first, second = families[link.first], families[link.second]
        one, two = _agreed(first.reports, second.reports, enough)
        weak = link.score < _SHOWN or link.likeness < _ALIKE
        if not one or (weak and bool(np.all(covered[np.ix_(one, two)]))):
            continue
        if link.whole and bool(np.all(covered[np.ix_(one, two)])):
            continue  # both sentences stand in a passage already, beside likelier ones
        group = _Group(link.likeness, link.whole)
        for family, reports, part in ((first, one, link.parts[0]), (second, two, link.parts[1])):
            for line in family.lines:
                if line.report in reports and line.report not in group.lines:
                    group.add(line, None if link.whole else _same_part(family.head, line, part))
        reports = sorted(group.lines)
        covered[np.ix_(reports, reports)] = True
        groups.append(group)
    return [group for group in groups if len(group.lines) > 1]


def _split(family: _Family, enough: np.ndarray) -> list[_Group]:
    """The family's lines in groups of which every two reports share enough; one group where all do."""
    import numpy as np

    reports = list(family.reports)
    if bool(np.all(enough[np.ix_(reports, reports)])):
        sets = [reports]
    else:
        sets: list[list[int]] = []
        for report in reports:
            home = next((one for one in sets if bool(np.all(enough[report, one]))), None)
            if home is None:
                sets.append([report])
            else:
                home.append(report)
    of = {line.report: line for line in family.lines}
    out: list[_Group] = []
    for one in sets:
        out.append(_Group(family.likeness))
        for report in one:
            out[-1].add(of[report])
    return out


def _unite(
    groups: list[_Group], at: dict[tuple[int, int], int], pair: tuple[int, int], alike: float, enough: np.ndarray
) -> bool:
    """Put the lines of the second group into the first if no report stands in both and all share enough."""
    import numpy as np

    a, b = pair
    ours, theirs = groups[a], groups[b]
    if a == b:
        return True
    if not ours.lines.keys().isdisjoint(theirs.lines):
        return False
    if not bool(np.all(enough[np.ix_(sorted(ours.lines), sorted(theirs.lines))])):
        return False
    for line in theirs.lines.values():
        ours.add(line)
        at[line.report, line.number] = a
    ours.likeness = min(ours.likeness, theirs.likeness, alike)
    theirs.lines.clear()
    return True


def _agreed(first: Sequence[int], second: Sequence[int], enough: np.ndarray) -> tuple[list[int], list[int]]:
    """The reports of both sides if every two across share enough, else one pair that does, else none."""
    import numpy as np

    one, two = list(first), [report for report in second if report not in first]
    if not two:
        one, two = [report for report in first if report not in second], list(second)
    if one and two and bool(np.all(enough[np.ix_(one, two)])):
        return one, two
    return next((([a], [b]) for a in one for b in two if enough[a, b]), ([], []))


def _same_part(head: Line, line: Line, part: tuple[int, int]) -> tuple[int, int]:
    """The words of a near copy that stand where `part` stands in the family's head."""
    if line.words == head.words:
        return part
    inside = [
        b + k for a, b, size in blocks(head.words, line.words) for k in range(size) if part[0] <= a + k <= part[1]
    ]
    return (inside[0], inside[-1]) if inside else (0, len(line.words) - 1)


def _neighbours(families: Sequence[_Family], groups: list[_Group]) -> list[_Group]:
    """The groups, and those of near copies worth nothing by themselves that stand beside a passage.

    Quoted words that two reports share show nothing; where the sentence before them was copied too,
    they came with it.
    """
    home = {
        (line.report, line.number): at
        for at, group in enumerate(groups)
        if group.whole
        for line in group.lines.values()
    }
    waiting = [f for f in families if len(f.lines) > 1 and any((x.report, x.number) not in home for x in f.lines)]
    for _ in range(len(waiting)):
        left: list[_Family] = []
        for family in waiting:
            found = False
            beside: defaultdict[tuple[int, int], list[Line]] = defaultdict(list)
            for line in family.lines:
                if (line.report, line.number) in home:
                    continue
                for step in (-1, 1):
                    at = home.get((line.report, line.number + step))
                    if at is not None:
                        beside[at, step].append(line)
            for _, many in sorted(beside.items(), key=lambda item: (-len(item[1]), item[0])):
                fresh = [line for line in many if (line.report, line.number) not in home]
                if len(fresh) < 2:
                    continue
                group = _Group(family.likeness)
                for line in fresh:
                    group.add(line)
                    home[line.report, line.number] = len(groups)
                groups.append(group)
                found = True
            if not found:
                left.append(family)
        if len(left) == len(waiting):
            break
        waiting = left
    return groups


def _passages(groups: Sequence[_Group], texts: Sequence[str], read: Shared, enough: float) -> tuple[Passage, ...]:
    """The passages: groups whose sentences follow each other in all the same reports are one."""
    home = {
        (line.report, line.number): group for group in groups if group.whole for line in group.lines.values()
    }  # fmt: skip
    taken: set[int] = set()
    found: list[tuple[tuple[Span, ...], float, tuple[Evidence, ...]]] = []
    order = sorted(groups, key=lambda g: min((r, x.number) for r, x in g.lines.items()))
    for group in order:
        if id(group) in taken:
            continue
        taken.add(id(group))
        run = [group]
        while run[-1].whole:
            report, line = min(run[-1].lines.items())
            after = home.get((report, line.number + 1))
            if after is None or id(after) in taken or after.lines.keys() != group.lines.keys():
                break
            # What was removed between two sentences is no part of the passage.
            if any(
                after.lines[r].number != x.number + 1 or texts[r][x.span.end : after.lines[r].span.start].strip()
                for r, x in run[-1].lines.items()
            ):
                break
            taken.add(id(after))
            run.append(after)
        spans = [
            x.span.join(run[-1].lines[r].span) if group.whole else x.stretch(*group.parts[r])
            for r, x in sorted(group.lines.items())
        ]
        found.append(
            (tuple(sorted(spans)), min(one.likeness for one in run), read.evidence(sorted(group.lines), enough))
        )
    return tuple(
        Passage(f"passage-{number}", spans, round(alike, 4), _manner(alike), evidence)
        for number, (spans, alike, evidence) in enumerate(sorted(found, key=lambda x: x[:2]), start=1)
    )


def _manner(alike: float) -> Literal["copied", "edited", "reworded"]:
    """What was done to a passage whose tellings are so much alike."""
    if alike >= 0.97:
        return "copied"
    return "edited" if alike >= 0.6 else "reworded"
