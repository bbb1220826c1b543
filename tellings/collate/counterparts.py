"""Counterparts: which reports are set beside which to tell what was changed, and which of their sentences.

Every copy is set beside the report at the root of its origin's tree and, where another report is nearer to
it, beside that one too; a report of another origin that shares passages is set beside those. Sentences are
matched one to one by what the words are worth that they share, the best pair first.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence

from tellings.collate.alignments import Line, Weights, blocks, lines, rarity
from tellings.collate.differences import between, unified
from tellings.collate.passages import likeness
from tellings.records import Collation, Origin

__all__ = ["BESIDE", "FOREIGN", "MATCHED", "Counterparts"]

MATCHED = 0.85
"""What the shared words of two sentences of one copy must be worth."""
FOREIGN = 0.85
"""The same where the reports are of two origins."""
BESIDE = 3
"""A report is set beside so many others at most."""

_ALIKE = 0.25  # how alike two sentences must be, unless the words are worth twice as much
_KEPT = 0.3  # how rare a word of a headline must be to tie it to another
_POSTINGS = 200  # a word in more sentences of a report matches none


class Counterparts:
    """The reports of one story as they are set beside each other."""

    def __init__(self, c: Collation) -> None:
        """Fold the reports' sentences."""
        self._c = c
        self._at = {report.id: at for at, report in enumerate(c.reports)}
        self.lines = lines(c.reports)

    # ------------------------------------------------------------ what is set beside what

    def comparisons(self) -> Iterator[tuple[int, list[int], bool]]:
        """Each copy with the reports that it is set beside, the root first, and whether they are of one origin."""
        roots: dict[str, int] = {}
        home = {self._at[name]: origin for origin in self._c.origins for name in origin.reports}
        kin = self._shared(home, within=True)
        for origin in self._c.origins:
            members = [self._at[name] for name in origin.reports]
            own = set(members)
            parent: dict[int, int] = {}
            for e in origin.edges:  # of two parents the first; a text taken from another origin has its own root
                if e.source is not None and self._at[e.source] in own:
                    parent.setdefault(self._at[e.target], self._at[e.source])
            # What the agency itself signed: beside the nearest of these a copy is set first.
            signed = {
                self._at[e.source]
                for e in origin.edges
                if e.source is not None and any(x.name == "credit" and x.note.startswith("signed") for x in e.evidence)
            }
            tops = [at for at in members if at not in parent]
            root = max(tops or members, key=lambda at: (self._size(at), -at))
            roots[origin.id] = root
            for at in members:
                if at == root:
                    continue
                # Beside a lost text nothing can be set, but beside the copy that has most of the same; once for two.
                siblings = (
                    x
                    for x in kin[at]
                    if x != root and (parent[x] != at if x in parent else (self._size(x), -x) > (self._size(at), -at))
                )
                nearest = min(siblings, key=lambda x: (-kin[at][x], x), default=None)
                above = [parent[at]] if at in parent else [] if nearest is None else [nearest]
                while above and above[-1] in parent and parent[above[-1]] not in above:
                    above.append(parent[above[-1]])
                first = next((x for x in above if x in signed), root)
                yield at, [first, *(x for x in above[:1] if x != first)], True
        shared = self._shared(home, within=False)
        for target in sorted(shared):
            if roots[home[target].id] != target:
                continue  # what it changed is told beside its own root
            others = [x for x, _ in sorted(shared[target].items(), key=lambda item: (-item[1], item[0]))]
            sources = [x for x in others if self._earlier(x, target, home)]
            if sources:
                top = [roots[home[sources[0]].id]] if roots[home[sources[0]].id] in sources else []
                yield target, (top + [x for x in sources if x not in top])[:BESIDE], False

    def _size(self, at: int) -> int:
        return sum(len(line.words) for line in self.lines[at])

    def _shared(self, home: dict[int, Origin], *, within: bool) -> dict[int, Counter[int]]:
        """How many characters of each report stand in which reports of its own origin, or of others."""
        out: defaultdict[int, Counter[int]] = defaultdict(Counter)
        for passage in self._c.passages:
            # Of a passage of very many reports the first few stand for the others.
            many = [self._at[span.report] for span in passage.spans]
            few = many if len(many) <= 2 * BESIDE else many[: 2 * BESIDE]
            for span in passage.spans:
                target = self._at[span.report]
                for other in few:
                    if other != target and (home[other].id == home[target].id) == within:
                        out[target][other] += len(span)
        return out

    def _earlier(self, source: int, target: int, home: dict[int, Origin]) -> bool:
        """Whether a report stands before another of a different origin: by size of the origin, date, order."""

        def key(at: int) -> tuple[int, str, int]:
            published = self._c.reports[at].report.published
            return -len(home[at].reports), published.value if published else "~", at

        return key(source) < key(target)

    # ------------------------------------------------------------ which sentences belong together

    def matched(self, source: int, target: int, least: float) -> list[tuple[Line, Line, float]]:
        """The sentences of two reports that tell the same, one to one, in the copy's order, with their likeness."""
        ours = self.lines[source]
        theirs = unified(ours, self.lines[target])
        same: defaultdict[tuple[str, ...], deque[int]] = defaultdict(deque)
        for at, line in enumerate(theirs):
            same[line.words].append(at)
        out: list[tuple[Line, Line, float]] = []
        free_s, free_t = set(range(len(ours))), set(range(len(theirs)))
        for at, line in enumerate(ours):
            if line.words and same.get(line.words):
                twin = same[line.words].popleft()
                free_s.discard(at)
                free_t.discard(twin)
                out.append((line, theirs[twin], 1.0))
        for score, a, b in self._scored(ours, theirs, free_s, free_t, least):
            if a in free_s and b in free_t:
                near = likeness(ours[a].words, theirs[b].words)
                if near >= _ALIKE or score >= 2 * least:
                    free_s.discard(a)
                    free_t.discard(b)
                    out.append((ours[a], theirs[b], near))
        one, two = self._head(ours), self._head(theirs)
        if one in free_s and two in free_t:
            # Two headlines of one text belong together even where little of one is left in the other.
            kept = {word for word in ours[one].words if rarity(word) >= _KEPT} & set(theirs[two].words)
            if len(kept) >= 2:
                out.append((ours[one], theirs[two], likeness(ours[one].words, theirs[two].words)))
        return sorted(out, key=lambda x: x[1].number)

    def _scored(
        self, ours: Sequence[Line], theirs: Sequence[Line], free_s: set[int], free_t: set[int], least: float
    ) -> list[tuple[float, int, int]]:
        """The pairs of free lines that share enough, the best first."""
        weights = Weights([*ours, *theirs])
        index: defaultdict[str, list[int]] = defaultdict(list)
        for at in sorted(free_t):
            for word in sorted(set(theirs[at].words)):
                index[word].append(at)
        scored: list[tuple[float, int, int]] = []
        for at in sorted(free_s):
            shared: defaultdict[int, float] = defaultdict(float)
            for word in sorted(set(ours[at].words)):
                many = index.get(word, ())
                # A word that stands in very many sentences of one report tells them not apart.
                if len(many) <= _POSTINGS:
                    for other in many:
                        shared[other] += weights.of(word)
            for other, worth in shared.items():
                if worth >= least:
                    score = _score(ours[at], theirs[other], weights)
                    if score >= least:
                        scored.append((score, at, other))
        return sorted(scored, key=lambda x: (-x[0], abs(x[1] - x[2]), x[1], x[2]))

    def _head(self, many: Sequence[Line]) -> int:
        """Which line of a report is its headline: the title's, else the first; -1 where there is no line."""
        if not many:
            return -1
        title = self._c.reports[many[0].report].report.title
        if title is None or title.span is None:
            return 0
        return next((at for at, x in enumerate(many) if 2 * x.span.overlap(title.span) > len(x.span)), 0)

    def left_out(
        self, source: int, target: int, pairs: Sequence[tuple[Line, Line, float]]
    ) -> tuple[list[Line], list[Line]]:
        """Whole sentences that one of the two lacks between sentences that both have: the source's, the copy's."""
        forth = {s.number: t.number for s, t, _ in pairs}
        back = {t.number: s.number for s, t, _ in pairs}
        told: set[tuple[str, ...]] = set()
        out: tuple[list[Line], list[Line]] = ([], [])
        for side, (report, other) in enumerate(((source, forth), (target, back))):
            for line in between(self.lines[report], other):
                # A caption that stands twice is told once.
                if not self._heading(line) and line.words not in told:
                    told.add(line.words)
                    out[side].append(line)
        return out

    def _heading(self, line: Line) -> bool:
        """Whether a line tells who wrote the report or where it is from, and nothing else."""
        report = self._c.reports[line.report].report
        spans = [x.span for x in (report.byline, report.outlet, report.published, *report.credits) if x and x.span]
        return any(2 * line.span.overlap(span) > len(line.span) for span in spans) or (
            line.words[0] == "by" and any(line.span.overlap(span) for span in spans)
        )


def _score(s: Line, t: Line, weights: Weights) -> float:
    """What the words that two lines share in order are worth, less where each has much that the other lacks."""
    worth = sum(weights.of(s.words[a + k]) for a, _, size in blocks(s.words, t.words) for k in range(size))
    ours, theirs = (sum(weights.of(w) for w in sorted(set(x.words))) for x in (s, t))
    return worth * min(1.0, worth / max(0.01, min(ours, theirs))) ** 0.5
