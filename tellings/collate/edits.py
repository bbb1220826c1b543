"""Edits: what was changed between a text and its copy.

Of two sentences that tell the same (see `counterparts`) the words are aligned, and each stretch that differs
is widened to whole phrases, so that an edit sets one phrase against another: "strikers and their allies"
beside "saboteurs". Who says it is compared apart from what is said. A change of spelling, hyphens, quotation
marks, tense, order or small words alone is no edit, nor is a day that only one text names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from tellings.collate import agents
from tellings.collate.alignments import Line
from tellings.collate.counterparts import FOREIGN, MATCHED, Counterparts
from tellings.collate.differences import (
    CUES,
    DOUBTING,
    Change,
    content,
    dateline,
    differences,
    narrowed,
    negations,
    numbers,
    paired,
    parts,
    small,
    stem,
    trivial,
    unmoved,
    widened,
)
from tellings.collate.kinds import Kinds
from tellings.collate.passages import likeness
from tellings.collate.phrases import Phrases, different, moved, without
from tellings.records import Collation, Edit, EditKind
from tellings.text import Span

__all__ = ["find"]

_LIKE = 0.4  # sentences less alike are reworded as wholes; of their parts only clear changes are told
_NEARER = 0.15  # how much liker the sentence of another report must be than the root's to be set beside too
_CONTEXT = 3  # so many words on each side show the place of what is not there
_DESCRIBED = 3  # a label of a speaker has so many words at most; more is another sentence about him
_SHORT = 90  # a note quotes so many characters at most
_BETWEEN = 0.5  # how alike two sentences are that are matched because they stand between the same two,
_GAP = 4  # of which the second follows the first by so many at most
_TAIL = 2  # so many sentences at the end are told as cut; more were left out together
_TOLD = 6  # a last line with fewer words tells who wrote it, or the like
_WHOLE = 12  # of whole sentences left out or put in, so many a pair of reports: more is another text, not an edit
_MOST = 60  # and so many edits a pair at most: a reader goes through one screen or two, not through hundreds


def find(c: Collation) -> tuple[Edit, ...]:
    """The edits of the story, what changes most for a reader first.

    First a statement given to another speaker, then denials, numbers, agents that are no longer named, labels,
    doubts, dates, sources and numbers left out or put in, then the rest; within each in the order of the
    copies' text, then of the sources'.
    """
    if len(c.reports) < 2 or not c.passages:
        return ()
    story = _Story(c)
    found: set[Edit] = set()
    for target, references, kin in story.counterparts.comparisons():
        best: dict[int, float] = {}
        for at, source in enumerate(references):
            pairs = story.counterparts.matched(source, target, MATCHED if kin else FOREIGN)
            pairs = story.filled(source, target, pairs) if kin else pairs
            here: list[Edit] = []
            for s, t, near in pairs:
                # Beside another report than the root only a sentence that the root has not, or much less like it.
                if at == 0 or near >= best.get(t.number, -1.0) + _NEARER:
                    here += story.changes(s, t, near, kin)
                best[t.number] = max(near, best.get(t.number, 0.0))
            if at == 0:
                here += story.introduced(source, target, here)
            if kin and at == 0:
                here += story.whole(source, target, pairs)
            found.update(sorted(here, key=story.order)[:_MOST])
    return tuple(sorted(found, key=story.order))


_MOVED = "said by"  # how the note of a statement begins that another is said to have made
# What turns a statement round comes first, then what it counts, who is to answer for it, what they are called.
_RANKS: dict[EditKind, int] = {
    "negation_changed": 1,
    "number_changed": 2,
    "agent_removed": 3,
    "label_swap": 4,
    "hedge_added": 5,
    "date_changed": 6,
    "attribution_changed": 7,
}


def _order(edit: Edit) -> tuple[Span, Span, str, str]:
    """By the place in the copy, then in the source; what was dropped by its place there."""
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
        self.counterparts = Counterparts(c)
        self._lines = self.counterparts.lines
        self._phrases = Phrases(c.reports, self._lines)
        self._kinds = Kinds(self._phrases, self._lines)
        self._homes: defaultdict[str, list[tuple[int, int, str]]] = defaultdict(list)
        for passage in c.passages:
            for span in passage.spans:
                self._homes[span.report].append((span.start, span.end, passage.id))

    def order(self, edit: Edit) -> tuple[int, tuple[Span, Span, str, str]]:
        """How much an edit changes what a reader learns, 0 is most; then the order of the text."""
        rank = _RANKS.get(edit.kind, 8)
        if edit.note.startswith(_MOVED):
            rank = 0
        elif edit.kind == "dropped" and edit.before and any(char.isdigit() for char in self._quote(edit.before)):
            rank = _RANKS["attribution_changed"]
        return rank, _order(edit)

    def filled(
        self, source: int, target: int, pairs: Sequence[tuple[Line, Line, float]]
    ) -> list[tuple[Line, Line, float]]:
        """The pairs, and with them the two sentences most alike that stand between the same two pairs.

        Short sentences have too few rarer words to be matched by these.
        """
        ours, theirs = self._lines[source], self._lines[target]
        out = list(pairs)
        places = [(-1, -1), *((s.number, t.number) for s, t, _ in pairs), (len(ours), len(theirs))]
        matched = {s.number for s, _, _ in pairs}, {t.number for _, t, _ in pairs}
        for (above, before), (below, after) in pairwise(places):
            if not (1 < below - above <= _GAP and 1 < after - before <= _GAP):
                continue
            free = [
                (likeness(one.words, two.words), one, two)
                for one in ours[above + 1 : below]
                for two in theirs[before + 1 : after]
            ]
            near, one, two = max(free, key=lambda x: x[0])
            if near >= _BETWEEN and one.number not in matched[0] and two.number not in matched[1]:
                out.append((one, two, near))
        return sorted(out, key=lambda x: x[1].number)

    def whole(self, source: int, target: int, pairs: Sequence[tuple[Line, Line, float]]) -> list[Edit]:
        """The sentences that one of two reports lacks, the most telling first, then in the order of the text."""
        dropped, added = self.counterparts.left_out(source, target, pairs)
        if pairs and pairs[-1][1].number == len(self._lines[target]) - 1:
            # Where the copy ends with the same words, the source's last sentence or two were cut.
            tail = self._lines[source][max(s.number for s, _, _ in pairs) + 1 :]
            dropped += [line for line in tail if len(line.words) >= _TOLD] if len(tail) <= _TAIL else []
        names = self._c.reports[source].id, self._c.reports[target].id
        found = [
            (line, Edit(line.span, None, "dropped", f"left out in {names[1]}: {self._short(line.span)}"))
            for line in dropped
        ]
        found += [
            (line, Edit(None, line.span, "added", f"not in {names[0]}: {self._short(line.span)}")) for line in added
        ]
        return [edit for _, edit in sorted(found, key=lambda x: (-self._worth(x[0]), _order(x[1])))][:_WHOLE]

    def introduced(self, source: int, target: int, known: Sequence[Edit]) -> list[Edit]:
        """The sources that both reports name and introduce otherwise: "the monitor X", "the so-called X".

        Wherever they do; of each report the phrase counts that says most of the source. Left out are those in `known`.
        """
        told = {e.before for e in known} & {e.before for e in known if e.after}, {e.after for e in known if e.before}
        out: list[Edit] = []
        theirs = self._introductions(target)
        for name, (s, one) in sorted(self._introductions(source).items()):
            before = s.stretch(one[0], one[1] - 1)
            for other, (t, two) in sorted(theirs.items()):
                after = t.stretch(two[0], two[1] - 1)
                ours, others = self._named(s, one), self._named(t, two)
                shared = len(ours & others)
                # One may name the source by its initials; then most words of its name must stand in both phrases.
                fewer = min(len(ours), len(others))
                one_name = shared > 0 if not different(name, other) else shared > 1 and 3 * shared > 2 * fewer
                if not one_name or before in told[0] or after in told[1]:
                    continue
                kind = self._renamed(s, t, one, two)
                if kind in {"label_swap", "hedge_added", "attribution_changed"}:
                    out.append(Edit(before, after, kind, f"{self._short(before)} → {self._short(after)}"))
                break
        return out

    def _introductions(self, report: int) -> dict[str, tuple[Line, tuple[int, int]]]:
        """By the name of each source, the phrase of an attribution that says most of it, the first of several."""
        p = self._phrases
        out: dict[str, tuple[Line, tuple[int, int]]] = {}
        for line in self._lines[report]:
            for part in p.spoken(line):
                if not self._named(line, part):
                    continue
                capital = (line.words[at] for at in range(*part) if line.capital[at])
                name = p.voice(line, *part) or " ".join(capital)
                kept = out.get(name)
                if kept is None or len(content(line.words[slice(*part)])) > len(
                    content(kept[0].words[slice(*kept[1])])
                ):
                    out[name] = line, part
        return out

    def _named(self, line: Line, part: tuple[int, int]) -> set[str]:
        """The capitalised words of a phrase that are more than grammar and no cue."""
        words = (line.words[at] for at in range(*part) if line.capital[at])
        return {stem(word) for word in content(words) if word not in CUES}

    def _worth(self, line: Line) -> int:
        """How much a sentence tells: whether it has a number, a source, a name of somebody."""
        p = self._phrases
        return bool(numbers(line.words)) + bool(p.attributions(line)) + p.somebody(line, 0, len(line.words))

    # ------------------------------------------------------------ what changed in a sentence

    def changes(self, s: Line, t: Line, near: float, kin: bool) -> Iterator[Edit]:
        """The edits between a sentence and its copy: who says it, then the phrases that stand for others."""
        p, passage = self._phrases, self._passage(s, t)
        if near < _LIKE and passage is None and not kin:
            return  # of two origins: two sentences on one matter, and not one that was written anew
        said = p.speaker(s), p.speaker(t)
        given = moved(*said) and not self._one_mouth(s, t, said)
        if near >= 0.5 and given:
            # The same statement in the mouth of another: what counts is the statement.
            yield Edit(s.span, t.span, "attribution_changed", f"{_MOVED} “{said[0]}” → “{said[1]}”", passage)
        if s.words == t.words:
            return
        gone: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
        for one, two in paired(s, t, p.spoken(s), p.spoken(t)):
            if not (one and two) and self._stands(s, t, one, two):
                continue  # the other text has the words too, where they were not taken for an attribution
            if one:
                gone[0].append(one)
            if two:
                gone[1].append(two)
            # In a sentence written anew it does not show that one statement has a speaker more or fewer.
            if not moved(*said) and (near >= _LIKE or (one and two)):
                yield from self._respoken(s, t, one, two, passage)
        x, y = self._bare(s, gone[0]), self._bare(t, gone[1])
        for one in agents.removals(p, x, y):
            before, after = x.stretch(one.source[0], one.source[1] - 1), y.stretch(one.copy[0], one.copy[1] - 1)
            note = f"{self._short(before)} → {self._short(after)}"
            yield Edit(before, after, "agent_removed", note, passage)
            gone[0].append(self._within(s, x, one.gone))
            gone[1].append(self._within(t, y, one.instead))
        x, y = self._bare(s, gone[0]), self._bare(t, gone[1])
        if near < _LIKE:
            yield Edit(s.span, t.span, "reworded", f"{self._short(s.span)} → {self._short(t.span)}", passage)
        found = [part for change in self._wide(x, y) for part in self._split(x, y, change)]
        for change in unmoved(x, y, found):
            kind = self._kinds.kind(x, y, change)
            # Of a sentence that was written anew only what is clear is told apart.
            if kind is None or (near < _LIKE and kind in {"reworded", "dropped", "added"}):
                continue
            sides = (s, x, (change.a, change.b), gone[0]), (t, y, (change.c, change.d), gone[1])
            only = [side for side in sides if side[2][0] < side[2][1]]
            if kind in {"dropped", "added"} and len(only) == 1 and self._apposed(*only[0]):
                continue
            yield from self._edits(x, y, change, kind, passage)

    def _one_mouth(self, s: Line, t: Line, said: tuple[str | None, str | None]) -> bool:
        """Whether two names of a speaker do not show that a statement was given to another.

        The same words in quotation marks are the same man's unless both texts name him in the sentence, and "Hamburg
        bank" describes who has another name.
        """
        names = [(name or "").split() for name in said]
        if any(name and name[-1][:1].islower() for name in names):
            return True
        named = [any(word.casefold() in line.words for word in name) for line, name in zip((s, t), names, strict=True)]
        quoted = all(2 * sum(line.quoted) > len(line.words) for line in (s, t))
        return quoted and not all(named)

    def _bare(self, line: Line, parts: Sequence[tuple[int, int]]) -> Line:
        """The line without its dateline and without these of its words."""
        start = dateline(self._phrases.text(line), line)
        return without(line, [*parts, (0, start)])

    def _apposed(self, whole: Line, part: Line, words: tuple[int, int], cut: Sequence[tuple[int, int]]) -> bool:
        """Whether words that only one text has describe the speaker who follows: "*its spokeswoman*, Ann Lee, said"."""
        end = whole.starts.index(part.starts[words[1] - 1]) + 1
        return any(a == end for a, _ in cut) and self._phrases.naming(part, *words)

    def _within(self, line: Line, part: Line, words: tuple[int, int]) -> tuple[int, int]:
        """Where words of a part of the line stand in the line."""
        return line.starts.index(part.starts[words[0]]), line.starts.index(part.starts[words[1] - 1]) + 1

    # ------------------------------------------------------------ who says it

    def _stands(self, s: Line, t: Line, one: tuple[int, int] | None, two: tuple[int, int] | None) -> bool:
        """Whether the words of an attribution that only one text seems to have stand in the other as well."""
        line, part, other = (s, one, t) if one else (t, two, s)
        spoken = line.words[slice(*part)] if part else ()
        turned = negations(spoken) | DOUBTING
        words = {stem(w) for w in content(spoken) if w not in turned}
        missing = words - {stem(w) for w in other.words}
        # "Denied that" beside "confirmed that" is another statement, and no other source.
        return bool(words) and (
            not missing
            or (3 * len(missing) <= len(words) and bool(negations(other.words)) != bool(negations(line.words)))
        )

    def _respoken(
        self, s: Line, t: Line, one: tuple[int, int] | None, two: tuple[int, int] | None, passage: str | None
    ) -> Iterator[Edit]:
        """The edit of an attribution that the copy words otherwise, leaves out or puts in; the cue alone makes none."""
        p = self._phrases
        before = s.stretch(one[0], one[1] - 1) if one else None
        after = t.stretch(two[0], two[1] - 1) if two else None
        if one and two and before and after:
            kind = self._renamed(s, t, one, two)
            if kind is not None:
                yield Edit(before, after, kind, f"{self._short(before)} → {self._short(after)}", passage)
            return
        line, part, other = (s, one, t) if one else (t, two, s)
        if part is None:
            return
        voice, there = p.voice(line, *part), p.speaker(other)
        if there and (voice is None or not different(voice, there)):
            return  # the other names the speaker in another sentence
        if p.nameless(line, *part) and (two is not None or p.attributions(other) or any(other.quoted)):
            return  # "he added" is there or not as the quotation goes on
        if before:
            yield Edit(before, t.span, "attribution_changed", f"attribution left out: {self._short(before)}", passage)
        elif after:
            yield Edit(s.span, after, "attribution_changed", f"attribution put in: {self._short(after)}", passage)

    def _renamed(self, s: Line, t: Line, one: tuple[int, int], two: tuple[int, int]) -> EditKind | None:
        """How an attribution's words changed; None where the speaker is the same and called the same."""
        p = self._phrases
        ours, theirs = s.words[slice(*one)], t.words[slice(*two)]
        if trivial(ours, theirs) and not self._kinds.doubted(t, two, ours):
            return None
        if bool(negations(ours)) != bool(negations(theirs)):
            return "negation_changed"
        if self._kinds.doubted(t, two, ours) and not DOUBTING & set(ours):
            return "hedge_added"
        voices = p.voice(s, *one), p.voice(t, *two)
        known = voices[0] and voices[1]
        if p.nameless(s, *one) or p.nameless(t, *two):
            # Whom a pronoun means is a guess; beside a name it shows no other speaker.
            both = p.nameless(s, *one) and p.nameless(t, *two)
            same = not (both and known) or not different(voices[0] or "", voices[1] or "")
            return None if same else "attribution_changed"
        old, new = ({stem(w) for w in content(words) if w not in CUES} for words in (ours, theirs))
        if old == new:
            return None
        names = {stem(w) for w, big in zip(ours, s.capital[slice(*one)], strict=True) if big} & new
        if not names:
            named = any(s.capital[one[0] + 1 : one[1]]) or any(t.capital[two[0] + 1 : two[1]])
            if named and p.anaphoric(s, one) != p.anaphoric(t, two):
                return None  # "the bank" beside its name
            # "Officials" and "city officials" are one source with more or less said of it.
            return None if old <= new or new <= old else "attribution_changed"
        if bool(self._told(s, one)) != bool(self._told(t, two)):
            return "attribution_changed"
        if not (p.headed(s, one, names) and p.headed(t, two, names)):
            return "attribution_changed"  # "a spokesman for X" is another than "X officials"
        # One speaker: another description of him is a label, a longer one with his title or given name is not,
        # nor is the verb he speaks with.
        old, new = self._described(s, one) - new, self._described(t, two) - old
        return "label_swap" if 0 < len(old) <= _DESCRIBED and 0 < len(new) <= _DESCRIBED else None

    def _described(self, line: Line, part: tuple[int, int]) -> set[str]:
        """The nouns and adjectives with which an attribution names the speaker."""
        p = self._phrases
        here = line.stretch(part[0], part[1] - 1)
        sources = [x for y in p.attributions(line) if any(here.overlap(z) for z in y.cue) for x in y.source]
        held = {
            at
            for a, b in p.nouns(line)
            for at in range(max(a, part[0]), min(b, part[1]))
            if any(x.overlap(line.stretch(at, at)) for x in sources)
        }
        words = [line.words[at] for at in sorted(held) if p.tag(line, at) not in {"VERB", "AUX", "ADV", "PRON"}]
        return {stem(w) for w in content(words) if w not in CUES and not w[0].isdigit()}

    def _told(self, line: Line, part: tuple[int, int]) -> set[str]:
        """To whom it was told ("told AFP"), as far as that is a name."""
        here = [at for at in range(*part) if line.words[at] in {"told", "tells"}]
        return {line.words[at] for at in range(here[-1] + 1, part[1]) if line.capital[at]} if here else set()

    # ------------------------------------------------------------ which phrase stands for which

    def _wide(self, x: Line, y: Line) -> list[Change]:
        """The changes of two lines, each a whole phrase; those that only small words part are one."""
        gaps = [piece for gap in differences(x, y) for piece in self._pieces(x, y, gap)]
        units = self._units(x), self._units(y)
        wide = widened(gaps, *units)
        out: list[Change] = []
        for gap in wide:
            last = out[-1] if out else None
            if last is not None and self._joins(x, y, last, gap):
                out[-1] = Change(last.a, gap.b, last.c, gap.d)
            else:
                out.append(gap)
        return widened(out, *units)

    def _units(self, line: Line) -> list[tuple[int, int]]:
        """The words of a line that no change may cut: noun phrases, and words with hyphens outside these."""
        p = self._phrases
        out = list(p.nouns(line))
        held = {at for a, b in out for at in range(a, b)}
        at = 0
        while at + 1 < len(line.words):
            end = at + 1
            while end < len(line.words) and p.glued(line, end) and end not in held:
                end += 1
            if end > at + 1 and at not in held:
                out.append((at, end))
            at = end
        return sorted(out)

    def _joins(self, x: Line, y: Line, last: Change, gap: Change) -> bool:
        """Whether two changes are parts of one: both texts have nothing but a small word or two between them."""
        between = gap.a - last.b
        p = self._phrases
        if between > 2 or p.broken(x, last.b - 1, gap.a) or p.broken(y, last.d - 1, gap.c):
            return False
        if last.a == last.b or last.c == last.d or gap.a == gap.b or gap.c == gap.d:
            return between == 0
        words = x.words[last.b : gap.a]
        if any(not small(word) for word in words):
            return False
        # "X and Y" is one label where both are changed; "in X by Y" are two.
        nouns = any(p.naming(x, part.a, part.b) and p.naming(y, part.c, part.d) for part in (last, gap))
        return not nouns or not words or bool({"and", "or", "of"} & set(words))

    def _pieces(self, x: Line, y: Line, gap: Change) -> list[Change]:
        """A change in parts where a clause ends within it on both sides, or what opens it has no verb."""
        old, new = self._cut(x, gap.a, gap.b), self._cut(y, gap.c, gap.d)
        out: list[Change] = []
        if not old or not new or len(old) == len(new) == 1:
            return [gap]
        p = self._phrases
        # "On Monday, ..." before a clause that was changed is a change of its own.
        while len(old) > len(new) and old[0][0] == 0 and not p.verbs(x, *old[0]):
            out.append(Change(*old.pop(0), new[0][0], new[0][0]))
        while len(new) > len(old) and new[0][0] == 0 and not p.verbs(y, *new[0]):
            out.append(Change(old[0][0], old[0][0], *new.pop(0)))
        if len(old) == len(new):
            return [*out, *(Change(*a, *b) for a, b in zip(old, new, strict=True))]
        return [*out, Change(old[0][0], gap.b, new[0][0], gap.d)]

    def _cut(self, line: Line, first: int, last: int) -> list[tuple[int, int]]:
        """The stretches of words from `first` up to `last` between marks that end a clause."""
        out: list[tuple[int, int]] = []
        for at in range(first, last):
            if out and not self._phrases.broken(line, at - 1, at):
                out[-1] = (out[-1][0], at + 1)
            else:
                out.append((at, at + 1))
        return out

    def _split(self, x: Line, y: Line, change: Change) -> list[Change]:
        """A change in parts where both texts put phrases of the same sorts in a row: who, did what, to whom."""
        if change.a == change.b or change.c == change.d:
            return [change]
        timed = [self._leading(line, a, b) for line, a, b in ((x, change.a, change.b), (y, change.c, change.d))]
        if all(timed) and timed != [change.b - change.a, change.d - change.c]:
            one, two = change.a + timed[0], change.c + timed[1]
            return [Change(change.a, one, change.c, two), *self._split(x, y, Change(one, change.b, two, change.d))]
        by = [self._doer(line, a, b) for line, a, b in ((x, change.a, change.b), (y, change.c, change.d))]
        if by[0] and not by[1] and by[0] < change.b - change.a:
            one = change.a + by[0]
            return [Change(change.a, one, change.c, change.c), *self._split(x, y, replace(change, a=one))]
        amounts = [self._amount(line, a, b) for line, a, b in ((x, change.a, change.b), (y, change.c, change.d))]
        if all(amounts):
            one, two = change.a + amounts[0], change.c + amounts[1]
            return [Change(change.a, one, change.c, two), *self._split(x, y, Change(one, change.b, two, change.d))]
        old, new = self._row(x, change.a, change.b), self._row(y, change.c, change.d)
        # "That the guards had left" beside "the guards went": what opens one of them only is grammar.
        if len(old) > 1 and new[0][0] != "F" and old[0][0] == "F" and self._empty(x, old[0]):
            old.pop(0)
        if len(new) > 1 and old[0][0] != "F" and new[0][0] == "F" and self._empty(y, new[0]):
            new.pop(0)
        change = Change(old[0][1], change.b, new[0][1], change.d)
        sorts = "".join(k for k, _, _ in old), "".join(k for k, _, _ in new)
        if sorts[0] == sorts[1]:
            return [Change(a, b, c, d) for (_, a, b), (_, c, d) in zip(old, new, strict=True)]
        one, two = old[0][2], new[0][2]
        if sorts[0][0] == sorts[1][0] == "N" and trivial(x.words[change.a : one], y.words[change.c : two]):
            return [Change(change.a, one, change.c, two), Change(one, change.b, two, change.d)]
        if sorts[0][:2] == sorts[1][:2] == "NV" and not self._kinds.replaced(x, y, change):
            return [Change(change.a, one, change.c, two), Change(one, change.b, two, change.d)]
        # "Saboteurs attack": in a headline a verb is soon taken for a noun.
        if sorts[0][:2] == "NV" and sorts[1] == "N":
            two = self._opening(y, change.c, change.d)
        elif sorts[0] == "N" and sorts[1][:2] == "NV":
            one = self._opening(x, change.a, change.b)
        else:
            return [change]
        if one < change.b and two < change.d:
            return [Change(change.a, one, change.c, two), Change(one, change.b, two, change.d)]
        return [change]

    def _leading(self, line: Line, first: int, last: int) -> int:
        """With how many words that name a time a stretch begins, those that lead to it included; 0 for none."""
        found = self._phrases.times(line, first, last)
        ends = [
            at + 1 for at in range(first, last) if any(a < line.ends[at] and line.starts[at] < b for a, b, _ in found)
        ]
        end = max(ends, default=first)
        return end - first if ends and self._kinds.timed(line, first, end) else 0

    def _doer(self, line: Line, first: int, last: int) -> int:
        """With how many words a stretch begins that tell by whom a thing was done; 0 for none."""
        if line.words[first] != "by" or not agents.passive(self._phrases, line, first):
            return 0
        part = self._phrases.opening(line, first + 1, last)
        return part[1] - first if part and part[0] == first + 1 else 0

    def _amount(self, line: Line, first: int, last: int) -> int:
        """How many words tell how much of what follows: "hundreds of | farmers"; 0 where no "of" follows an amount."""
        of = next((at for at in range(first, min(first + 4, last - 1)) if line.words[at] == "of"), first)
        words = line.words[first:of]
        return of + 1 - first if words and (numbers(words) or parts(words)) and len(content(words)) == 1 else 0

    def _opening(self, line: Line, first: int, last: int) -> int:
        """Where the first of several nouns with "and" ends, or the first word of two; else the last word."""
        end = next((b for a, b in self._phrases.nouns(line) if a <= first < b), first + 1)
        if end < last:
            return end if line.words[end] in {"and", "or"} else last
        return first + 1 if last - first == 2 and content(line.words[first : first + 1]) else last

    def _empty(self, line: Line, part: tuple[str, int, int]) -> bool:
        """Whether the words are grammar only."""
        return not content(line.words[part[1] : part[2]])

    def _row(self, line: Line, first: int, last: int) -> list[tuple[str, int, int]]:
        """The words in a row: N noun phrases with what joins them, V verbs with their particles, F what else."""
        p = self._phrases
        held = {at: unit for unit in p.nouns(line) for at in range(*unit)}
        out: list[tuple[str, int, int]] = []
        for at in range(first, last):
            verb = p.tag(line, at) in {"VERB", "AUX"}
            sort = "N" if at in held else "V" if verb else "F"
            if out and out[-1][0] == sort and not p.broken(line, at - 1, at):
                out[-1] = (sort, out[-1][1], at + 1)
            elif out and {sort, out[-1][0]} == {"V", "F"}:
                out[-1] = ("V", out[-1][1], at + 1)
            elif (
                len(out) >= 2 and sort == "N" and out[-1][0] == "F" and out[-2][0] == "N" and self._ties(line, out[-1])
            ):
                out[-2:] = [("N", out[-2][1], at + 1)]
            else:
                out.append((sort, at, at + 1))
        return out

    def _ties(self, line: Line, part: tuple[str, int, int]) -> bool:
        """Whether words between two noun phrases make one of them."""
        return part[2] - part[1] == 1 and line.words[part[1]] in {"and", "or", "of", "for"}

    # ------------------------------------------------------------ what kind of change it is

    def _edits(self, s: Line, t: Line, change: Change, kind: EditKind, passage: str | None) -> Iterator[Edit]:
        """One change as an edit; a statement that stands in place of another is one dropped and one added."""
        old = s.stretch(change.a, change.b - 1) if change.b > change.a else None
        new = t.stretch(change.c, change.d - 1) if change.d > change.c else None
        core = narrowed(s, t, change)
        out, into = content(s.words[core.a : core.b]), content(t.words[core.c : core.d])
        if kind == "dropped" and not into:
            first, last = self._ended(s, core.a, core.b)
            left = self._short(s.stretch(first, last - 1))
            old = old if change.c < change.d else s.stretch(first, last - 1)
            yield Edit(old, new or self._place(t, change.c), kind, f"left out: {left}", passage)
        elif kind == "added" and not out:
            first, last = self._ended(t, core.c, core.d)
            put = self._short(t.stretch(first, last - 1))
            new = new if change.a < change.b else t.stretch(first, last - 1)
            yield Edit(old or self._place(s, change.a), new, kind, f"put in: {put}", passage)
        elif kind == "dropped" and old and len(into) <= 1:
            yield Edit(old, new or self._place(t, change.c), kind, f"left out: {self._short(old)}", passage)
        elif kind == "added" and new and len(out) <= 1:
            yield Edit(old or self._place(s, change.a), new, kind, f"put in: {self._short(new)}", passage)
        elif kind in {"dropped", "added"} and old and new:
            old, new = s.stretch(core.a, core.b - 1), t.stretch(core.c, core.d - 1)
            yield Edit(old, new, "dropped", f"left out: {self._short(old)}", passage)
            yield Edit(self._clause_before(s, change.a), new, "added", f"put in: {self._short(new)}", passage)
        elif old and new:
            verbs = (
                kind == "reworded" and self._phrases.verbs(s, core.a, core.b) and self._phrases.verbs(t, core.c, core.d)
            )
            note = f"{'verb: ' if verbs else ''}{self._short(old)} → {self._short(new)}"
            yield Edit(old, new, kind, note, passage)
        else:
            words = self._short(old or new or s.span)
            note = f"left out: {words}" if old else f"put in: {words}"
            yield Edit(old or self._place(s, change.a), new or self._place(t, change.c), kind, note, passage)

    def _ended(self, line: Line, first: int, last: int) -> tuple[int, int]:
        """The words without those at the end that open what follows: "a big hit for"."""
        while last - first > 1 and self._phrases.tag(line, last - 1) in {"ADP", "DET", "CCONJ", "SCONJ"}:
            last -= 1
        return first, last

    def _place(self, line: Line, at: int) -> Span:
        """Where words would stand that this line lacks: up to three words on each side of the place, of one clause."""
        first = last = at
        while first > 0 and at - first < _CONTEXT and not (first < at and self._phrases.broken(line, first - 1, first)):
            first -= 1
        if first < at and self._phrases.broken(line, at - 1, at):
            return line.stretch(first, at - 1)
        while last < len(line.words) and last - at < _CONTEXT and not (
            last > first and self._phrases.broken(line, last - 1, last)
        ):  # fmt: skip
            last += 1
        return line.stretch(first, last - 1) if last > first else line.span

    def _clause_before(self, line: Line, at: int) -> Span:
        """The clause that ends before a word, at least three words; what follows where the line begins there."""
        if at == 0:
            return self._place(line, 0)
        first = at - 1
        while first > 0 and at - first < 16 and (at - first < 3 or not self._phrases.broken(line, first - 1, first)):
            first -= 1
        return line.stretch(first, at - 1)

    # ------------------------------------------------------------ how it is written down

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

    def _quote(self, span: Span) -> str:
        """The words that a span quotes, with single spaces."""
        return " ".join(span.cut(self._c.reports[self._at[span.report]].report.text).split())

    def _short(self, span: Span) -> str:
        """The quoted words for a note, cut where they are long so that a number in them shows."""
        words = self._quote(span)
        if len(words) <= _SHORT:
            return f"“{words}”"
        head, tail = words[:_SHORT].rsplit(" ", 1)[0], words[-_SHORT:].partition(" ")[2]
        late = any(char.isdigit() for char in tail) and not any(char.isdigit() for char in head)
        return f"“… {tail}”" if late else f"“{head} …”"
