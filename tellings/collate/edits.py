"""Edits: what was changed between a text and its copy.

Every copy is set beside the report at the root of its origin's tree and, where another report is nearer
to it, beside that one too; a report of another origin that shares passages is set beside those. Their
sentences are matched, the words of matched sentences are aligned, and each stretch that differs is named
by the kind of change. A change of spelling, hyphens, quotation marks or small words alone is no edit.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from tellings.collate.alignments import Line, Weights, blocks, lines, rarity
from tellings.collate.differences import (
    CUES,
    Change,
    between,
    dateline,
    differences,
    doubts,
    joined,
    negations,
    numbers,
    paired,
    small,
    trivial,
    unified,
    unmoved,
)
from tellings.collate.passages import likeness
from tellings.records import Attribution, Collation, Edit, EditKind, Origin
from tellings.text import Span

__all__ = ["find"]

_MATCHED = 0.85  # what the shared words of two sentences of one copy must be worth
_FOREIGN = 0.85  # the same where the reports are of two origins
_ALIKE = 0.25  # and how alike they must be, unless the words are worth twice as much
_KEPT = 0.3  # how rare a word of a headline must be to tie it to another
_LIKE = 0.4  # sentences less alike are reworded as wholes; of their parts only clear changes are told
_BESIDE = 3  # a report is set beside so many others at most
_CONTEXT = 3  # so many unchanged words on each side make a stretch a phrase
_POSTINGS = 200  # a word in more sentences of a report matches none
_SHORT = 90  # a note quotes so many characters at most

_SPEAKERS = frozenset(
    [
        *("he", "she", "they", "it", "who", "i", "we", "which", "source", "witness", "newspaper", "paper", "media"),
        *("agency", "statement", "report", "monitor", "channel", "website", "state"),
    ]
)
_BREAK = re.compile(r"[,;:()\[\]\n\u2013\u2014]|--| - ")
_NAMING = frozenset(["NOUN", "PROPN", "ADJ", "DET", "NUM", "ADP", "CCONJ", "PART", "PUNCT", "PRON", "X", "SYM"])


def find(c: Collation) -> tuple[Edit, ...]:
    """The edits of the story, in the order of the copies' text, then of the sources'."""
    if len(c.reports) < 2 or not c.passages:
        return ()
    story = _Story(c)
    found: set[Edit] = set()
    for target, references, kin in story.comparisons():
        known: dict[int, set[str]] = {}
        for at, source in enumerate(references):
            pairs = story.matched(source, target, _MATCHED if kin else _FOREIGN)
            for s, t, near in pairs:
                # Beside another report than the root, only what that one explains and the root does not.
                shared = {word for word in s.words if rarity(word) >= 0.4} & set(t.words)
                told = known.setdefault(t.number, set())
                if at == 0 or shared - told:
                    fresh = None if at == 0 or not told else shared - told
                    found.update(story.changes(s, t, near, fresh))
                told |= shared
            if kin and at == 0:
                found.update(story.left_out(source, target, pairs))
    return tuple(sorted(found, key=_order))


def _order(edit: Edit) -> tuple[Span, Span, str, str]:
    """By the place in the copy, then in the source; a dropped sentence stands where its source has it."""
    first = edit.after or edit.before
    second = edit.before or edit.after
    if first is None or second is None:
        raise ValueError("an edit without a place")
    return first, second, edit.kind, edit.note


class _Story:
    """The reports of one story with all that is looked up in them while they are compared."""

    def __init__(self, c: Collation) -> None:
        self._c = c
        self._at = {report.id: at for at, report in enumerate(c.reports)}
        self._lines = lines(c.reports)
        self._tags: dict[int, dict[int, str]] = {}
        self._named: dict[int, list[tuple[int, int]]] = {}
        self._said: dict[int, dict[int, list[Attribution]]] = {}
        self._homes: defaultdict[str, list[tuple[int, int, str]]] = defaultdict(list)
        for passage in c.passages:
            for span in passage.spans:
                self._homes[span.report].append((span.start, span.end, passage.id))

    # ------------------------------------------------------------ what is set beside what

    def comparisons(self) -> Iterator[tuple[int, list[int], bool]]:
        """Each copy with the reports that it is set beside, the root first, and whether they are of one origin."""
        roots: dict[str, int] = {}
        home: dict[int, Origin] = {}
        for origin in self._c.origins:
            members = [self._at[name] for name in origin.reports]
            parent = {self._at[e.target]: self._at[e.source] for e in origin.edges if e.source is not None}
            # What the agency itself signed: beside the nearest of these a copy is set first.
            signed = {
                self._at[e.source]
                for e in origin.edges
                if e.source is not None and any(x.name == "credit" and x.note.startswith("signed") for x in e.evidence)
            }
            tops = [at for at in members if at not in parent]
            root = max(tops, key=lambda at: (self._size(at), -at))
            roots[origin.id] = root
            for at in members:
                home[at] = origin
                if at == root:
                    continue
                above = [parent[at]] if at in parent else []
                while above and above[-1] in parent:
                    above.append(parent[above[-1]])
                first = next((x for x in above if x in signed), root)
                yield at, [first, *(x for x in above[:1] if x != first)], True
        shared = self._shared(home)
        for target in sorted(shared):
            if roots[home[target].id] != target:
                continue  # what it changed is told beside its own root
            others = [x for x, _ in sorted(shared[target].items(), key=lambda item: (-item[1], item[0]))]
            sources = [x for x in others if self._earlier(x, target, home)]
            if sources:
                top = [roots[home[sources[0]].id]] if roots[home[sources[0]].id] in sources else []
                yield target, (top + [x for x in sources if x not in top])[:_BESIDE], False

    def _size(self, at: int) -> int:
        return sum(len(line.words) for line in self._lines[at])

    def _shared(self, home: dict[int, Origin]) -> dict[int, Counter[int]]:
        """How many characters of each report stand in which reports of other origins."""
        out: defaultdict[int, Counter[int]] = defaultdict(Counter)
        for passage in self._c.passages:
            # Of a passage of very many reports the first few stand for the others.
            many = [self._at[span.report] for span in passage.spans]
            few = many if len(many) <= 2 * _BESIDE else many[: 2 * _BESIDE]
            for span in passage.spans:
                target = self._at[span.report]
                for other in few:
                    if home[other].id != home[target].id:
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
        ours = self._lines[source]
        theirs = unified(ours, self._lines[target])
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

    def left_out(self, source: int, target: int, pairs: Sequence[tuple[Line, Line, float]]) -> Iterator[Edit]:
        """Whole sentences that one of the two lacks between sentences that both have."""
        forth = {s.number: t.number for s, t, _ in pairs}
        back = {t.number: s.number for s, t, _ in pairs}
        theirs = self._c.reports[target].id
        for line in between(self._lines[source], forth):
            if not self._heading(line):
                yield Edit(line.span, None, "dropped", f"left out in {theirs}: {self._short(line.span)}", None)
        ours = self._c.reports[source].id
        for line in between(self._lines[target], back):
            if not self._heading(line):
                yield Edit(None, line.span, "added", f"not in {ours}: {self._short(line.span)}", None)

    def _heading(self, line: Line) -> bool:
        """Whether a line tells who wrote the report or where it is from, and nothing else."""
        report = self._c.reports[line.report].report
        spans = [x.span for x in (report.byline, report.outlet, report.published, *report.credits) if x and x.span]
        return any(2 * line.span.overlap(span) > len(line.span) for span in spans) or (
            line.words[0] == "by" and any(line.span.overlap(span) for span in spans)
        )

    # ------------------------------------------------------------ what changed in a sentence

    def changes(self, s: Line, t: Line, near: float, fresh: set[str] | None = None) -> Iterator[Edit]:
        """The edits between a sentence and its copy; with `fresh`, only those beside one of these words."""
        passage = self._passage(s, t)
        changes: list[Change] = []
        if s.words != t.words:
            for gap in self._merged(s, t, differences(s, t)):
                changes += self._parts(s, t, gap)
        kinds: list[tuple[Change, EditKind | None]] = [
            (change, self._kind(s, t, change)) for change in unmoved(s, t, changes)
        ]
        for change, kind in kinds:
            if kind is None or kind == "attribution_changed" or (near < _LIKE and kind == "reworded"):
                continue
            if fresh is None or fresh & set(t.words[max(0, change.c - _CONTEXT) : change.d + _CONTEXT]):
                yield from self._edits(s, t, change, kind, passage)
        if near < _LIKE and fresh is None:
            yield Edit(s.span, t.span, "reworded", f"{self._short(s.span)} → {self._short(t.span)}", passage)
        spoken = [change for change, kind in kinds if kind == "attribution_changed"]
        said = self._speaker(s), self._speaker(t)
        if near >= 0.5 and said[0] and said[1] and _different(said[0], said[1]):
            # The same statement in the mouth of another: what counts is the statement.
            yield Edit(s.span, t.span, "attribution_changed", f"said by “{said[0]}” → “{said[1]}”", passage)
        elif spoken:
            yield from self._respoken(s, t, spoken, passage)

    def _respoken(self, s: Line, t: Line, changes: Sequence[Change], passage: str | None) -> Iterator[Edit]:
        """The edits of a sentence whose copy names its source otherwise, or not, or where the source named none."""
        old = [x for x in self._spoken(s) if any(c.a < x[1] and c.b > x[0] for c in changes)]
        new = [x for x in self._spoken(t) if any(c.c < x[1] and c.d > x[0] for c in changes)]
        for one, two in paired(s, t, old, new):
            before = s.stretch(one[0], one[1] - 1) if one else None
            after = t.stretch(two[0], two[1] - 1) if two else None
            kind: EditKind = "attribution_changed"
            if before and after and one and two:
                note = f"{self._short(before)} → {self._short(after)}"
                ours, theirs = s.words[one[0] : one[1]], t.words[two[0] : two[1]]
                if trivial(ours, theirs):
                    continue
                names = {word for word, big in zip(ours, s.capital[one[0] : one[1]], strict=True) if big}
                if names & set(theirs):
                    kind = "label_swap"  # the same speaker under another description
            elif before:
                note = f"attribution left out: {self._short(before)}"
            else:
                note = f"attribution put in: {self._short(after or t.span)}"
            yield Edit(before or s.span, after or t.span, kind, note, passage)

    def _spoken(self, line: Line) -> list[tuple[int, int]]:
        """The stretches of words that say who says it, each from the first word of source and cue to the last."""
        out: list[tuple[int, int]] = []
        for one in self._attributions(line):
            if not one.source or not one.cue:
                continue
            parts = (*one.source, *one.cue, *one.through)
            if not self._somebody(line.report, one):
                continue  # "the withdrawal means that": no speaker
            words = [
                at
                for at in range(len(line.words))
                if any(part.start <= line.starts[at] and line.ends[at] <= part.end for part in parts)
            ]
            # Source and cue far apart are no one phrase; then what stands next to the cue is taken.
            while words and words[-1] - words[0] > 16:
                words.pop(0)
            if words and (not out or words[0] >= out[-1][1]):
                out.append((words[0], words[-1] + 1))
        if not out and not self._c.reports[line.report].attributions:
            out = [(at, at + 1) for at, word in enumerate(line.words) if word in CUES]
        return out

    def _somebody(self, report: int, one: Attribution) -> bool:
        """Whether the source of an attribution is one who can speak: a name, a pronoun, a noun of an actor."""
        text = self._c.reports[report].report.text
        for part in one.source:
            words = re.findall(r"[^\W\d_]+", part.cut(text))
            if any(
                _singular(word.casefold()) in _SPEAKERS
                or word.casefold() in _SPEAKERS
                or word[1:2].isupper()
                or _singular(word.casefold()) in _actors()
                for word in words
            ):
                return True
            if any(word[0].isupper() for word in words[1:]) or self._mentioned(part, report):
                return True
        return False

    def _parts(self, s: Line, t: Line, gap: Change) -> list[Change]:
        """A change in parts: what says who says it, what opens the sentence without a verb, and the rest."""
        old, new = self._cut(s, gap.a, gap.b), self._cut(t, gap.c, gap.d)
        out: list[Change] = []
        rest: list[list[tuple[int, int]]] = []
        for side, parts in enumerate((old, new)):
            kept: list[tuple[int, int]] = []
            for first, last, speech in parts:
                if speech:
                    out.append(Change(first, last, gap.c, gap.c) if side == 0 else Change(gap.b, gap.b, first, last))
                else:
                    kept.append((first, last))
            rest.append(kept)
        start = dateline(self._text(s), s) if gap.a == 0 else 0, dateline(self._text(t), t) if gap.c == 0 else 0
        ours = [(max(a, start[0]), b) for a, b in rest[0] if b > start[0]]
        theirs = [(max(a, start[1]), b) for a, b in rest[1] if b > start[1]]
        if ours and theirs:
            # "On Monday, ..." before a clause that was changed is a change of its own.
            while len(ours) > 1 and ours[0][0] == 0 and not self._verb(s, *ours[0]):
                out.append(Change(*ours.pop(0), theirs[0][0], theirs[0][0]))
            while len(theirs) > 1 and theirs[0][0] == 0 and not self._verb(t, *theirs[0]):
                out.append(Change(ours[0][0], ours[0][0], *theirs.pop(0)))
            one, two = joined(ours), joined(theirs)
            for a, b in zip(one, two, strict=False):
                out += self._named_apart(s, t, Change(*a, *b))
            out += [Change(*a, theirs[-1][1], theirs[-1][1]) for a in one[len(two) :]]
            out += [Change(ours[-1][1], ours[-1][1], *b) for b in two[len(one) :]]
        elif ours:
            out += [Change(a, b, gap.d, gap.d) for a, b in joined(ours)]
        elif theirs:
            out += [Change(gap.b, gap.b, c, d) for c, d in joined(theirs)]
        return out

    def _named_apart(self, s: Line, t: Line, change: Change) -> list[Change]:
        """A change in two, where both texts begin it with a noun phrase and go on: who, and what he did."""
        one, two = self._phrase_end(s, change.a, change.b), self._phrase_end(t, change.c, change.d)
        # "Saboteurs attack": in a headline a verb is soon taken for a noun. Where the other side goes on
        # after its noun, so does this one.
        if change.a < one < change.b and two == change.d > change.c + 1:
            two = change.c + 1
        elif change.c < two < change.d and one == change.b > change.a + 1:
            one = change.a + 1
        if change.a < one < change.b and change.c < two < change.d:
            return [Change(change.a, one, change.c, two), Change(one, change.b, two, change.d)]
        return [change]

    def _phrase_end(self, line: Line, first: int, last: int) -> int:
        """Where the noun phrase ends that begins at a word; the word itself where none begins."""
        text = self._text(line)
        end = noun = first
        while end < last:
            tag = self._tag(line, end)
            name = end > 0 and line.capital[end]
            # A part of a word with a hyphen has no tag of its own.
            bound = tag == "X" and text[max(0, line.starts[end] - 1)] == "-"
            if not (name or bound or tag in {"NOUN", "PROPN", "ADJ", "DET", "NUM"}):
                break
            if noun > first and line.words[end].endswith("ed") and not line.capital[end]:
                break  # "attacked" after its subject, taken for an adjective
            end += 1
            if name or tag in {"NOUN", "PROPN"}:
                noun = end
        return noun

    def _cut(self, line: Line, first: int, last: int) -> list[tuple[int, int, bool]]:
        """The stretches of words from `first` up to `last`: those that say who says it apart, clauses apart."""
        speech = [False] * (last - first)
        for a, b in self._spoken(line):
            # Only where most of it lies in the change: "officials said" became "police said" is a label.
            inside = range(max(a, first), min(b, last))
            if 2 * len(inside) > b - a:
                for at in inside:
                    speech[at - first] = True
        out: list[tuple[int, int, bool]] = []
        for at in range(first, last):
            mark = speech[at - first]
            if out and out[-1][2] == mark and (mark or not self._broken(line, at - 1, at)):
                out[-1] = (out[-1][0], at + 1, mark)
            else:
                out.append((at, at + 1, mark))
        return out

    def _text(self, line: Line) -> str:
        """The text of the line's report."""
        return self._c.reports[line.report].report.text

    def _verb(self, line: Line, first: int, last: int) -> bool:
        """Whether a verb stands among the words."""
        return any(self._tag(line, at) in {"VERB", "AUX"} for at in range(first, last))

    def _edits(self, s: Line, t: Line, change: Change, kind: EditKind, passage: str | None) -> Iterator[Edit]:
        """One change as an edit; a statement that stands in place of another is one dropped and one added."""
        before, after = self._phrase(s, t, change)
        old = s.stretch(change.a, change.b - 1) if change.b > change.a else None
        new = t.stretch(change.c, change.d - 1) if change.d > change.c else None
        if kind == "dropped" and old is not None:
            yield Edit(old if new else before, new or after, "dropped", f"left out: {self._short(old)}", passage)
            if new is not None:
                yield Edit(self._clause_before(s, change.a), new, "added", f"put in: {self._short(new)}", passage)
            return
        if kind == "added" and new is not None:
            yield Edit(before, after, "added", f"put in: {self._short(new)}", passage)
            return
        if old is None or new is None:
            note = f"put in: {self._short(new or after)}" if new else f"left out: {self._short(old or before)}"
        else:
            note = f"{self._short(old)} → {self._short(new)}"
        yield Edit(before, after, kind, note, passage)

    def _kind(self, s: Line, t: Line, change: Change) -> EditKind | None:
        """What kind of change it is; None for none worth telling."""
        old, new = s.words[change.a : change.b], t.words[change.c : change.d]
        if trivial(old, new):
            return None
        short = len(old) <= 8 and len(new) <= 8
        if short and any(self._doubt(t, at) and t.words[at] not in old for at in range(change.c, change.d)):
            return "hedge_added"
        if short and bool(negations(old)) != bool(negations(new)):
            return "negation_changed"
        counted = numbers(old), numbers(new)
        if short and counted[0] and counted[1] and counted[0] != counted[1]:
            return "number_changed"
        if self._says(s, change.a, change.b) or self._says(t, change.c, change.d):
            return "attribution_changed"
        if not old or not new:
            if self._modifies(s if old else t, *((change.a, change.b) if old else (change.c, change.d))):
                return "label_swap"
            return "dropped" if old else "added"
        if self._naming(s, change.a, change.b) and self._naming(t, change.c, change.d):
            if self._actor(s, change.a, change.b) or self._actor(t, change.c, change.d):
                return "label_swap"
            # Another noun for the same thing is a label too; another time is not.
            heads = s.words[change.b - 1], t.words[change.d - 1]
            nouns = self._tag(s, change.b - 1), self._tag(t, change.d - 1)
            if nouns == ("NOUN", "NOUN") and heads[0] != heads[1] and not self._timed(s, t, change):
                return "label_swap"
            return "reworded"
        content = {w for w in old if rarity(w) >= 0.4} & {w for w in new if rarity(w) >= 0.4}
        if len(old) >= 6 and not content:
            return "dropped"
        return "reworded"

    def _merged(self, s: Line, t: Line, gaps: Sequence[Change]) -> list[Change]:
        """The changes, those joined that stand at most two words apart in one clause of both."""
        out: list[Change] = []
        for gap in gaps:
            last = out[-1] if out else None
            if (
                last is not None
                and gap.a - last.b <= 2
                and not self._broken(s, last.b - 1, gap.a)
                and not self._broken(t, last.d - 1, gap.c)
            ):
                out[-1] = Change(last.a, gap.b, last.c, gap.d)
            else:
                out.append(gap)
        return out

    def _broken(self, line: Line, first: int, last: int) -> bool:
        """Whether a mark that ends a clause stands between two words of a line."""
        first, last = max(0, first), min(last, len(line.words) - 1)
        if first >= last:
            return False
        text = self._c.reports[line.report].report.text
        return _BREAK.search(text, line.ends[first], line.starts[last]) is not None

    def _phrase(self, s: Line, t: Line, change: Change) -> tuple[Span, Span]:
        """The change in both texts, with the unchanged words around it that make it a phrase."""
        a, b, c, d = change.a, change.b, change.c, change.d
        want = _CONTEXT if b > a and d > c else _CONTEXT + 2
        for _ in range(want):
            if a > 0 and c > 0 and s.words[a - 1] == t.words[c - 1]:
                if self._broken(s, a - 1, a) or self._broken(t, c - 1, c):
                    break
                a, c = a - 1, c - 1
        for _ in range(want):
            if b < len(s.words) and d < len(t.words) and s.words[b] == t.words[d]:
                if self._broken(s, b - 1, b) or self._broken(t, d - 1, d):
                    break
                b, d = b + 1, d + 1
        return self._around(s, a, b), self._around(t, c, d)

    def _around(self, line: Line, first: int, last: int) -> Span:
        """The span of the words from `first` up to `last`; of their neighbours where there are none."""
        if last <= first:
            first, last = max(0, first - _CONTEXT), min(len(line.words), last + _CONTEXT)
        return line.stretch(first, last - 1)

    def _clause_before(self, line: Line, at: int) -> Span:
        """The clause that ends before a word, at least three words; what follows where the line begins there."""
        if at == 0:
            return self._around(line, 0, 0)
        first = at - 1
        while first > 0 and at - first < 16 and (at - first < 3 or not self._broken(line, first - 1, first)):
            first -= 1
        return line.stretch(first, at - 1)

    # ------------------------------------------------------------ what the words are

    def _tag(self, line: Line, at: int) -> str:
        """The part of speech of a word, X where it is not known."""
        tags = self._tags.get(line.report)
        if tags is None:
            tags = {word.span.start: word.pos for one in self._c.reports[line.report].words for word in one}
            self._tags[line.report] = tags
        tag = tags.get(line.starts[at], "X")
        return "NOUN" if tag == "PRON" and rarity(line.words[at]) >= 0.6 else tag  # no pronoun is rare

    def _doubt(self, line: Line, at: int) -> bool:
        """Whether a word casts doubt on what it stands before; "alleged" as a sentence's verb is a cue instead."""
        if line.words[at] == "called":
            return at > 0 and line.words[at - 1] == "so"
        return line.words[at] in doubts() and self._tag(line, at) != "VERB"

    def _naming(self, line: Line, first: int, last: int) -> bool:
        """Whether the words make a noun phrase: a noun, a name or what modifies one, and no verb of its own."""
        text = self._text(line)
        nouns = verbs = 0
        for at in range(first, last):
            tag = self._tag(line, at)
            if (at > 0 and line.capital[at]) or tag in {"NOUN", "PROPN", "ADJ", "X"}:
                nouns += 1
            elif tag not in _NAMING:
                # A participle before a noun ("allied forces", "rebel-held") is no verb of its own.
                bound = "-" in text[max(0, line.starts[at] - 1) : line.ends[at] + 1]
                before = line.words[at].endswith(("ed", "ing")) and at + 1 < len(line.words)
                verbs += not (bound or (before and self._tag(line, at + 1) in {"NOUN", "PROPN", "ADJ"}))
        return nouns > 0 and verbs == 0

    def _actor(self, line: Line, first: int, last: int) -> bool:
        """Whether the words, with the noun that they stand before, name somebody or some place."""
        end = last
        while end < len(line.words) and end - last < 2 and self._tag(line, end - 1) in {"ADJ", "PROPN", "NOUN"}:
            if self._tag(line, end) not in {"NOUN", "PROPN"}:
                break
            end += 1
        if any(_singular(word) in _actors() or word in _actors() for word in line.words[first:end]):
            return True
        return self._mentioned(line.stretch(first, end - 1), line.report)

    def _timed(self, s: Line, t: Line, change: Change) -> bool:
        """Whether either side of a change names a time."""
        sides = (s, s.stretch(change.a, change.b - 1)), (t, t.stretch(change.c, change.d - 1))
        return any(x.span.overlap(part) for line, part in sides for x in self._c.reports[line.report].times)

    def _modifies(self, line: Line, first: int, last: int) -> bool:
        """Whether a word or two that only one text has stand before the noun of an actor, or name one before it."""
        if last - first > 2 or last >= len(line.words) or not self._naming(line, first, last):
            return False
        if self._tag(line, last) not in {"NOUN", "PROPN"} or self._broken(line, last - 1, last):
            return False
        return self._actor(line, first, last + 1)

    def _mentioned(self, span: Span, report: int) -> bool:
        """Whether a name of the report stands in the span, in whole or in part."""
        if report not in self._named:
            self._named[report] = sorted((m.span.start, m.span.end) for m in self._c.reports[report].mentions)
        spans = self._named[report]
        at = bisect_left(spans, (span.start, 0))
        return any(start < span.end and stop > span.start for start, stop in spans[max(0, at - 1) : at + 2])

    def _attributions(self, line: Line) -> list[Attribution]:
        """The attributions with a part in the line, in the order of the text."""
        if line.report not in self._said:
            every = self._lines[line.report]
            starts = [x.span.start for x in every]
            found: defaultdict[int, list[Attribution]] = defaultdict(list)
            for one in self._c.reports[line.report].attributions:
                numbers: set[int] = set()
                for part in (*one.source, *one.cue, *one.content):
                    first = max(0, bisect_right(starts, part.start) - 1)
                    numbers.update(range(first, bisect_left(starts, part.end)))
                for number in numbers:
                    found[every[number].number].append(one)
            self._said[line.report] = found
        return self._said[line.report].get(line.number, [])

    def _says(self, line: Line, first: int, last: int) -> bool:
        """Whether most of the words, or of a phrase that says who says it, are such a phrase."""
        return any(
            2 * (min(b, last) - max(a, first)) > min(b - a, last - first)
            for a, b in self._spoken(line)
            if a < last and b > first
        )

    def _speaker(self, line: Line) -> str | None:
        """Who is said to have said most of a sentence; None where nobody is, or it is not known who."""
        best: tuple[int, str] | None = None
        for one in self._attributions(line):
            size = sum(line.span.overlap(part) for part in one.content)
            if one.speaker and 2 * size >= len(line.span) and (best is None or size > best[0]):
                best = size, one.speaker.name
        return best[1] if best else None

    def _passage(self, s: Line, t: Line) -> str | None:
        """The passage that holds both sentences, the first of several."""

        def ids(line: Line) -> set[str]:
            return {
                name
                for start, end, name in self._homes[line.span.report]
                if start < line.span.end and end > line.span.start
            }

        both = ids(s) & ids(t)
        return min(both, key=lambda name: (len(name), name)) if both else None

    def _short(self, span: Span) -> str:
        """The quoted words for a note, cut where they are long."""
        words = " ".join(span.cut(self._c.reports[self._at[span.report]].report.text).split())
        return f"“{words}”" if len(words) <= _SHORT else f"“{words[:_SHORT].rsplit(' ', 1)[0]} …”"


def _score(s: Line, t: Line, weights: Weights) -> float:
    """What the words that two lines share in order are worth, less where each has much that the other lacks."""
    worth = sum(weights.of(s.words[a + k]) for a, _, size in blocks(s.words, t.words) for k in range(size))
    ours, theirs = (sum(weights.of(w) for w in sorted(set(x.words))) for x in (s, t))
    return worth * min(1.0, worth / max(0.01, min(ours, theirs))) ** 0.5


def _different(one: str, two: str) -> bool:
    """Whether two names of a speaker have no word in common.

    >>> _different("Ann Lee", "Lee"), _different("Ann Lee", "the mayor")
    (False, True)
    """
    return not {w for w in re.findall(r"\w+", one.casefold()) if not small(w)} & set(re.findall(r"\w+", two.casefold()))


def _singular(word: str) -> str:
    """A noun without the ending of its plural."""
    return word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")


@cache
def _actors() -> frozenset[str]:
    """Nouns that name an actor by role, in the singular."""
    text = files("tellings.lexicons").joinpath("actor_nouns.txt").read_text(encoding="utf-8")
    rows = (line for line in text.splitlines() if not line.startswith(("#", "[")))
    return frozenset(word for row in rows for word in row.split())
