"""Edits: what was changed between a text and its copy.

Of two sentences that tell the same (see `counterparts`) the words are aligned, and each stretch that differs
is widened to whole phrases, so that an edit sets one phrase against another: "strikers and their allies"
beside "saboteurs". Who says it is compared apart from what is said. A change of spelling, hyphens, quotation
marks, tense, order or small words alone is no edit, nor is a day that only one text names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from tellings.collate.alignments import Line, rarity
from tellings.collate.counterparts import FOREIGN, MATCHED, Counterparts
from tellings.collate.differences import (
    CUES,
    KINDS_OF_PLACE,
    Change,
    content,
    dateline,
    differences,
    narrowed,
    negations,
    numbers,
    paired,
    small,
    spelt,
    stem,
    trivial,
    unmoved,
    widened,
)
from tellings.collate.phrases import Phrases, different, moved, papers, without
from tellings.records import Collation, Edit, EditKind
from tellings.text import Span

__all__ = ["find"]

_LIKE = 0.4  # sentences less alike are reworded as wholes; of their parts only clear changes are told
_NEARER = 0.15  # how much liker the sentence of another report must be than the root's to be set beside too
_CONTEXT = 3  # so many words on each side show the place of what is not there
_BRIEF = 8  # a hedge, a number, a denial in a longer stretch is not what changed
_DESCRIBED = 3  # a label of a speaker has so many words at most; more is another sentence about him
_SHORT = 90  # a note quotes so many characters at most
_WHOLE = 12  # of whole sentences left out or put in, so many a pair of reports: more is another text, not an edit
_MOST = 60  # and so many edits a pair at most: a reader goes through one screen or two, not through hundreds
_WHEN = frozenset(
    ["early", "late", "later", "morning", "afternoon", "evening", "night", "overnight", "hours", "day", "previous"]
)


def find(c: Collation) -> tuple[Edit, ...]:
    """The edits of the story, what changes most for a reader first.

    First a statement given to another speaker, then numbers, labels, denials, doubts, sources and numbers left
    out or put in, then the rest; within each in the order of the copies' text, then of the sources'.
    """
    if len(c.reports) < 2 or not c.passages:
        return ()
    story = _Story(c)
    found: set[Edit] = set()
    for target, references, kin in story.counterparts.comparisons():
        best: dict[int, float] = {}
        for at, source in enumerate(references):
            pairs = story.counterparts.matched(source, target, MATCHED if kin else FOREIGN)
            here: list[Edit] = []
            for s, t, near in pairs:
                # Beside another report than the root only a sentence that the root has not, or much less like it.
                if at == 0 or near >= best.get(t.number, -1.0) + _NEARER:
                    here += story.changes(s, t, near, kin)
                best[t.number] = max(near, best.get(t.number, 0.0))
            if kin and at == 0:
                here += story.whole(source, target, pairs)
            found.update(sorted(here, key=story.order)[:_MOST])
    return tuple(sorted(found, key=story.order))


_MOVED = "said by"  # how the note of a statement begins that another is said to have made
_RANKS: dict[EditKind, int] = {
    "number_changed": 1,
    "label_swap": 2,
    "negation_changed": 3,
    "hedge_added": 4,
    "attribution_changed": 5,
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
        self._homes: defaultdict[str, list[tuple[int, int, str]]] = defaultdict(list)
        for passage in c.passages:
            for span in passage.spans:
                self._homes[span.report].append((span.start, span.end, passage.id))

    def order(self, edit: Edit) -> tuple[int, tuple[Span, Span, str, str]]:
        """How much an edit changes what a reader learns, 0 is most; then the order of the text."""
        rank = _RANKS.get(edit.kind, 6)
        if edit.note.startswith(_MOVED):
            rank = 0
        elif edit.kind == "dropped" and edit.before and any(char.isdigit() for char in self._quote(edit.before)):
            rank = _RANKS["attribution_changed"]
        return rank, _order(edit)

    def whole(self, source: int, target: int, pairs: Sequence[tuple[Line, Line, float]]) -> list[Edit]:
        """The sentences that one of two reports lacks, the most telling first, then in the order of the text."""
        dropped, added = self.counterparts.left_out(source, target, pairs)
        names = self._c.reports[source].id, self._c.reports[target].id
        found = [
            (line, Edit(line.span, None, "dropped", f"left out in {names[1]}: {self._short(line.span)}"))
            for line in dropped
        ]
        found += [
            (line, Edit(None, line.span, "added", f"not in {names[0]}: {self._short(line.span)}")) for line in added
        ]
        return [edit for _, edit in sorted(found, key=lambda x: (-self._worth(x[0]), _order(x[1])))][:_WHOLE]

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
        if near >= 0.5 and moved(*said):
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
            if not moved(*said):
                yield from self._respoken(s, t, one, two, passage)
        x, y = self._bare(s, gone[0]), self._bare(t, gone[1])
        if near < _LIKE:
            yield Edit(s.span, t.span, "reworded", f"{self._short(s.span)} → {self._short(t.span)}", passage)
        found = [part for change in self._wide(x, y) for part in self._split(x, y, change)]
        for change in unmoved(x, y, found):
            kind = self._kind(x, y, change)
            # Of a sentence that was written anew only what is clear is told apart.
            if kind is None or (near < _LIKE and kind in {"reworded", "dropped", "added"}):
                continue
            yield from self._edits(x, y, change, kind, passage)

    def _bare(self, line: Line, parts: Sequence[tuple[int, int]]) -> Line:
        """The line without its dateline and without these of its words."""
        start = dateline(self._phrases.text(line), line)
        return without(line, [*parts, (0, start)])

    # ------------------------------------------------------------ who says it

    def _stands(self, s: Line, t: Line, one: tuple[int, int] | None, two: tuple[int, int] | None) -> bool:
        """Whether the words of an attribution that only one text seems to have stand in the other as well."""
        line, part, other = (s, one, t) if one else (t, two, s)
        words = {stem(w) for w in content(line.words[slice(*part)])} if part else set[str]()
        return bool(words) and words <= {stem(w) for w in other.words}

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
        if trivial(ours, theirs):
            return None
        if any(p.doubt(t, at) and t.words[at] not in ours for at in range(*two)):
            return "hedge_added"
        voices = p.voice(s, *one), p.voice(t, *two)
        known = voices[0] and voices[1]
        if p.nameless(s, *one) or p.nameless(t, *two):
            same = not known or not different(voices[0] or "", voices[1] or "")
            return None if same else "attribution_changed"
        old, new = ({stem(w) for w in content(words) if w not in CUES} for words in (ours, theirs))
        if old == new:
            return None
        names = {stem(w) for w, big in zip(ours, s.capital[slice(*one)], strict=True) if big} & new
        if not names:
            if p.anaphoric(s, one) != p.anaphoric(t, two):
                return None  # "the bank" beside its name
            # "Officials" and "city officials" are one source with more or less said of it.
            return None if old <= new or new <= old else "attribution_changed"
        if bool(self._told(s, one)) != bool(self._told(t, two)):
            return "attribution_changed"
        if not (p.headed(s, one, names) and p.headed(t, two, names)):
            return "attribution_changed"  # "a spokesman for X" is another than "X officials"
        # One speaker: another description of him is a label, a longer one with his title or given name is not.
        return "label_swap" if 0 < len(old - new) <= _DESCRIBED and 0 < len(new - old) <= _DESCRIBED else None

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
        if sorts[0][:2] == sorts[1][:2] == "NV" and not self._replaced(x, y, change):
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

    def _opening(self, line: Line, first: int, last: int) -> int:
        """Where the first of several nouns with "and" ends, or the first word of two; else the last word."""
        end = next((b for a, b in self._phrases.nouns(line) if a <= first < b), first + 1)
        if end < last:
            return end if line.words[end] in {"and", "or"} else last
        return first + 1 if last - first == 2 and content(line.words[first : first + 1]) else last

    def _empty(self, line: Line, part: tuple[str, int, int]) -> bool:
        """Whether the words are grammar only."""
        return not content(line.words[part[1] : part[2]])

    def _replaced(self, x: Line, y: Line, change: Change) -> bool:
        """Whether a longer stretch stands in place of another that has no rarer word in common with it."""
        old, new = x.words[change.a : change.b], y.words[change.c : change.d]
        shared = {stem(w) for w in old if rarity(w) >= 0.4} & {stem(w) for w in new if rarity(w) >= 0.4}
        return max(len(old), len(new)) >= 6 and min(len(old), len(new)) >= 4 and not shared

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

    def _kind(self, s: Line, t: Line, change: Change) -> EditKind | None:
        """What kind of change it is; None for none worth telling."""
        p = self._phrases
        core = narrowed(s, t, change)
        old, new = s.words[core.a : core.b], t.words[core.c : core.d]
        whole = s.words[change.a : change.b], t.words[change.c : change.d]
        if trivial(old, new) or trivial(*whole):
            return None
        short = len(old) <= _BRIEF and len(new) <= _BRIEF
        if short and any(p.doubt(t, at) and t.words[at] not in s.words for at in range(core.c, core.d)):
            return "hedge_added"
        if short and bool(negations(old)) != bool(negations(new)):
            return "negation_changed"
        if short and numbers(old) and numbers(new) and numbers(old) != numbers(new):
            counts, other = p.counts(s, change.a, change.b), p.counts(t, change.c, change.d)
            if not (counts and counts == other) and not self._same_time(s, t, change):
                return "number_changed"
        if self._counted_alike(s, t, core) or self._style(s, t, core, change):
            return None
        words = content(old), content(new)
        cued = [bool(CUES & set(side)) for side in (old, new)]
        if not words[0] or not words[1]:
            other = self._whole(t if words[0] else s)
            if 3 * sum(stem(w) in other for w in words[0] or words[1]) >= 2 * len(words[0] or words[1]):
                return None  # the other text says it in another place of the sentence
            if short and any(cued) and (p.somebody(s, core.a, core.b) or p.somebody(t, core.c, core.d)):
                return "attribution_changed"  # one that was not taken for an attribution
            if self._label_put(s, t, core, change):
                return "label_swap"
            return "dropped" if words[0] else "added"
        if p.naming(s, change.a, change.b) and p.naming(t, change.c, change.d):
            return "label_swap" if self._label(s, t, core, change) else "reworded"
        acts = (set(p.verbs(s, core.a, core.b)) - CUES, set(p.verbs(t, core.c, core.d)) - CUES)
        if cued[0] != cued[1] and not all(acts):
            return None  # "said X" beside what the other text says of X
        if self._replaced(s, t, core) or (len(old) >= 6 and len(words[1]) <= 1):
            return "dropped"
        return "added" if len(new) >= 6 and len(words[0]) <= 1 else "reworded"

    def _counted_alike(self, s: Line, t: Line, core: Change) -> bool:
        """Whether both sides say the same number and nothing else: "ten minutes", "10 minutes"."""
        one, two = self._phrases.counts(s, core.a, core.b), self._phrases.counts(t, core.c, core.d)

        def rest(words: Sequence[str]) -> list[str]:
            return [word for word in words if not numbers([word])]

        ours, theirs = rest(s.words[core.a : core.b]), rest(t.words[core.c : core.d])
        return bool(one) and one == two and trivial(ours, theirs)

    def _whole(self, line: Line) -> set[str]:
        """The stems of all words of the sentence of which the line may be a part."""
        return {stem(w) for w in self._lines[line.report][line.number].words}

    def _style(self, s: Line, t: Line, core: Change, change: Change) -> bool:
        """Whether a change is one of style: no word with a meaning of its own, or only when, or only an adverb."""
        p = self._phrases
        sides = (s, core.a, core.b), (t, core.c, core.d)
        if any(numbers(line.words[first:last]) for line, first, last in sides) and not self._same_time(s, t, change):
            timed = all(self._timed(line, first, last) for line, first, last in sides)
            return timed and (core.a == core.b or core.c == core.d)
        if all(self._timed(line, first, last) for line, first, last in sides):
            # A day that only one names, or that both name in other words, changes nothing.
            one, two = ({x[2] for x in p.times(line, *part)} for line, part in (
                (s, (change.a, change.b)), (t, (change.c, change.d)),
            ))  # fmt: skip
            return not one or not two or one == two
        weak = {"ADV", "ADP", "CCONJ", "SCONJ", "DET", "PRON", "PART", "AUX", "PUNCT"}
        return all(
            (p.tag(line, at) in weak or not content([line.words[at]])) and not line.words[at][0].isdigit()
            for line, a, b in sides
            for at in range(a, b)
        )

    def _timed(self, line: Line, first: int, last: int) -> bool:
        """Whether all words with a meaning of their own name a time; true of none."""
        p = self._phrases
        times = p.times(line, first, last)
        return all(
            small(line.words[at])
            or line.words[at] in _WHEN
            or any(a <= line.starts[at] and line.ends[at] <= b for a, b, _ in times)
            for at in range(first, last)
        )

    def _same_time(self, s: Line, t: Line, change: Change) -> bool:
        """Whether both sides name the same times."""
        p = self._phrases
        one = sorted({x[2] for x in p.times(s, change.a, change.b)})
        return bool(one) and one == sorted({x[2] for x in p.times(t, change.c, change.d)})

    def _label_put(self, s: Line, t: Line, core: Change, change: Change) -> bool:
        """Whether words that only one text has are a label before a noun that both have: "the *greedy* pilots"."""
        line, first, last, end = (s, core.a, core.b, change.b) if core.b > core.a else (t, core.c, core.d, change.d)
        p = self._phrases
        if last >= end or last - first > 3 or not any(a <= first and last < b for a, b in p.nouns(line)):
            return False  # it does not stand before the noun of its phrase
        head = p.head(line, first, end)
        if line.capital[head] or any(p.tag(line, at) in {"NUM", "DET", "ADP"} for at in range(first, last)):
            return False  # a name with more or less of its titles is the same name
        if p.placed(line, first, last):
            return p.loaded(line, first, last)  # where somebody is from is told or not, and is no label
        # What is put before a noun for somebody is a label; what only the source had is left out.
        named = any(line.capital[at] for at in range(max(1, first), last))
        return p.loaded(line, first, last) or named or (line is t and p.role(line, head))

    def _label(self, s: Line, t: Line, core: Change, change: Change) -> bool:
        """Whether two noun phrases call one thing by two names: another head, or another modifier of somebody."""
        p = self._phrases
        if self._timed(s, core.a, core.b) or self._timed(t, core.c, core.d):
            return False
        one, two = p.opening(s, change.a, change.b), p.opening(t, change.c, change.d)
        if one is None or two is None:
            return False  # "outside the hall" beside "during the match"
        at, to = p.head(s, *one), p.head(t, *two)
        heads = s.words[at], t.words[to]
        if spelt(*heads) or stem(heads[0]) == stem(heads[1]):
            loaded = p.loaded(s, max(core.a, one[0]), min(core.b, at)) or p.loaded(
                t, max(core.c, two[0]), min(core.d, to)
            )
            return loaded or (p.role(s, at) and not (s.capital[at] and t.capital[to]))
        if heads[0] in KINDS_OF_PLACE or heads[1] in KINDS_OF_PLACE:
            return False  # a region beside a town, or beside those who hold it: another thing, not another name
        framed = self._frame(s, t, change)
        who = p.somebody(s, *one), p.somebody(t, *two)
        acting = all(
            last < len(line.words) and p.tag(line, last) in {"VERB", "AUX"}
            for line, last in ((s, change.b), (t, change.d))
        )
        if all(who) or (any(who) and (framed or (acting and not set(heads) & papers()))):
            return True
        if p.actor(s, *one) and p.actor(t, *two):
            return True
        # A thing under another noun, where both sentences go on alike on both sides.
        if s.capital[at] != t.capital[to] and at and to:
            return False
        nouns = p.tag(s, at), p.tag(t, to)
        counted = numbers(s.words[core.a : core.b]) or numbers(t.words[core.c : core.d])
        return nouns == ("NOUN", "NOUN") and framed and not counted and rarity(heads[0]) >= 0.35

    def _frame(self, s: Line, t: Line, change: Change) -> bool:
        """Whether the words before a change, and those after it, are the same in both."""
        before = s.words[max(0, change.a - 2) : change.a] == t.words[max(0, change.c - 2) : change.c]
        after = s.words[change.b : change.b + 2] == t.words[change.d : change.d + 2]
        return before and after

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
