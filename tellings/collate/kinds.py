"""Kinds: what sort of change it is that a copy makes, and whether it matters to a reader at all.

A change is asked in turn, and the first answer holds: is it nothing but spelling, inflection and order? Does
the copy keep a distance that the source did not, deny what it affirmed, name another time, leave out who did
it, count otherwise? Does it only say when, or in which place of the sentence? Then it is words left out or
put in, a phrase under another name, or another wording. A label is told from a wording by whom it names:
roles and names are labels, things are only where the word takes a side (`lexicons/loaded.txt`).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tellings.collate import agents
from tellings.collate.alignments import Line, rarity
from tellings.collate.differences import (
    CUES,
    DOUBTING,
    KINDS_OF_PLACE,
    Change,
    content,
    narrowed,
    negations,
    numbers,
    parts,
    small,
    spelt,
    stem,
    trivial,
)
from tellings.collate.phrases import Phrases, papers
from tellings.lexicons import words as listed
from tellings.records import EditKind

__all__ = ["Kinds"]

_BRIEF = 8  # a hedge, a number, a denial in a longer stretch is not what changed
_CALLED = frozenset(["called", "calls", "described", "describes", "termed", "labelled", "labeled"])
_DEICTIC = frozenset(["today", "yesterday", "tomorrow", "tonight", "this", "now", "last", "next", "ago"])
_MONEY = frozenset(["dollar", "dollars", "euro", "euros", "pound", "pounds", "us"])
_WHICH = frozenset(["other", "another", "same", "several", "some", "many", "various", "new", "further", "more", "most"])
_WHEN = frozenset(
    ["early", "late", "later", "morning", "afternoon", "evening", "night", "overnight", "hours", "day", "previous"]
)
_HOLDING = ("put", "describ", "estimat", "count", "reckon")  # "police put the crowd at 900": he is a source, too


class Kinds:
    """Asks of a change between two lines of a story what kind it is."""

    def __init__(self, phrases: Phrases, lines: Sequence[Sequence[Line]]) -> None:
        """`lines` are those of each report, whole."""
        self._phrases = phrases
        self._lines = lines

    def doubted(self, t: Line, part: tuple[int, int], source: Sequence[str]) -> bool:
        """Whether the copy keeps a distance that the source does not: "so-called", "claimed", "what he called"."""
        p = self._phrases
        for at in range(*part):
            word = t.words[at]
            if word == "called" and at and t.words[at - 1] == "so" and ("so", "called") not in pairwise(source):
                return True
            if word in source:
                continue
            if word in DOUBTING or word == "apparent" or p.doubt(t, at):
                return True
            if word in _CALLED and "what" in t.words[max(part[0], at - 4) : at]:
                return True
        return False

    def replaced(self, x: Line, y: Line, change: Change) -> bool:
        """Whether a longer stretch stands in place of another that has no rarer word in common with it."""
        old, new = x.words[change.a : change.b], y.words[change.c : change.d]
        shared = {stem(w) for w in old if rarity(w) >= 0.4} & {stem(w) for w in new if rarity(w) >= 0.4}
        return max(len(old), len(new)) >= 6 and min(len(old), len(new)) >= 4 and not shared

    def kind(self, s: Line, t: Line, change: Change) -> EditKind | None:
        """What kind of change it is; None for none worth telling."""
        p = self._phrases
        core = narrowed(s, t, change)
        old, new = s.words[core.a : core.b], t.words[core.c : core.d]
        whole = s.words[change.a : change.b], t.words[change.c : change.d]
        if trivial(old, new) or trivial(*whole):
            return None
        short = len(old) <= _BRIEF and len(new) <= _BRIEF
        if short and self.doubted(t, (core.c, core.d), s.words):
            return "hedge_added"
        if short and bool(negations(old)) != bool(negations(new)) and self._turned(s, t, core):
            return "negation_changed"
        dated = self._dated(s, t, core, change)
        if dated is not None:
            return "date_changed" if dated else None
        if self._agentless(s, core, new):
            return "agent_removed"
        counted = (numbers(old) | parts(old), numbers(new) | parts(new))
        if short and all(counted) and counted[0] != counted[1]:
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
            if self._told_otherwise(s, t, core):
                return None
            hollow = (s, core.a, core.b) if words[1] else (t, core.c, core.d)
            if any(p.tag(hollow[0], at) == "NOUN" for at in range(*hollow[1:])):
                return "reworded"  # "persons" beside "people", which is too common to count
            return "reworded" if self._modifier(s, t, core, change) else "dropped" if words[0] else "added"
        if p.naming(s, change.a, change.b) and p.naming(t, change.c, change.d):
            if sorted(map(stem, content(whole[0]))) == sorted(map(stem, content(whole[1]))):
                return None  # the same words in another order
            stems = [{stem(w) for w in side} for side in whole]
            if "and" in {*old, *new} and not numbers([*old, *new]) and (stems[0] < stems[1] or stems[1] < stems[0]):
                return "added" if stems[0] < stems[1] else "dropped"
            if self._holds(s, t, core, change):
                return "attribution_changed"
            return "label_swap" if self._label(s, t, core, change) else "reworded"
        acts = (set(p.verbs(s, core.a, core.b)) - CUES, set(p.verbs(t, core.c, core.d)) - CUES)
        if cued[0] != cued[1] and not all(acts):
            return None  # "said X" beside what the other text says of X
        if self.replaced(s, t, core) or (len(old) >= 6 and len(words[1]) <= 1):
            return "dropped"
        return "added" if len(new) >= 6 and len(words[0]) <= 1 else "reworded"

    def _turned(self, s: Line, t: Line, core: Change) -> bool:
        """Whether a denial is what was put in or taken out, and not a clause that has one."""
        line, first, last, other = (
            (s, core.a, core.b, core.d - core.c)
            if core.b - core.a > core.d - core.c
            else (t, core.c, core.d, core.b - core.a)
        )
        told = [word for word in content(line.words[first:last]) if word not in negations(line.words)]
        return len(told) <= max(1, other)

    def _dated(self, s: Line, t: Line, core: Change, change: Change) -> bool | None:
        """Whether both name times, and different ones: False where one is told more exactly or as of today."""
        p = self._phrases
        sides = (s, core.a, core.b), (t, core.c, core.d)
        if any(a == b or not self.timed(line, a, b) for line, a, b in sides):
            return None
        one, two = (
            {x[2] for x in p.times(line, a, b)} for line, a, b in ((s, change.a, change.b), (t, change.c, change.d))
        )
        if not one or not two:
            return None
        if one == two or any(a.startswith(b) or b.startswith(a) for a in one for b in two):
            return False
        deictic = [bool(_DEICTIC & set(line.words[a:b])) for line, a, b in sides]
        return deictic[0] == deictic[1]

    def _agentless(self, s: Line, core: Change, new: Sequence[str]) -> bool:
        """Whether the copy leaves out who did it after a passive: "was shot *by a guard*"."""
        p = self._phrases
        first = core.a + 1 if s.words[core.a : core.a + 1] == ("by",) else core.a
        if content(new) or first >= core.b or first == 0 or s.words[first - 1] != "by":
            return False
        part = p.opening(s, first, core.b)
        if part is None or part[0] != first or self.timed(s, *part) or numbers(s.words[slice(*part)]):
            return False
        return agents.passive(p, s, first - 1)

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
            timed = all(self.timed(line, first, last) for line, first, last in sides)
            return timed and (core.a == core.b or core.c == core.d)
        if all(self.timed(line, first, last) for line, first, last in sides):
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

    def timed(self, line: Line, first: int, last: int) -> bool:
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

    def _holds(self, s: Line, t: Line, core: Change, change: Change) -> bool:
        """Whether two who have no word in common hold the same of something: "police put the crowd at 900"."""
        p = self._phrases
        if {stem(w) for w in content(s.words[core.a : core.b])} & {stem(w) for w in content(t.words[core.c : core.d])}:
            return False
        sides = (s, change.a, change.b), (t, change.c, change.d)
        if not all(p.somebody(*side) or p.actor(*side) for side in sides):
            return False
        return all(self._held(line, first, last) for line, first, last in sides)

    def _held(self, line: Line, first: int, last: int) -> bool:
        """Whether "put", "described" or the like follows the words, or stands before them with "by"."""
        by = "by" in line.words[max(0, first - 1) : first + 1]
        before = by and any(stem(word) in _HOLDING for word in line.words[max(0, first - 5) : first])
        return before or (last < len(line.words) and stem(line.words[last]) in _HOLDING)

    def _told_otherwise(self, s: Line, t: Line, core: Change) -> bool:
        """Whether what one text has more stands in the other as a sign or in other words: "$3", "3 dollars"; ages."""
        line, first, last, other = (s, core.a, core.b, t) if core.b > core.a else (t, core.c, core.d, s)
        words = line.words[first:last]
        if set(words) <= _MONEY:
            return bool(set("$€£") & set(other.span.cut(self._phrases.text(other))))
        left = {w for w in content(words) if w not in {"year", "old", "aged"}}
        return bool(numbers(words)) and left <= numbers(words) <= numbers(self._lines[other.report][other.number].words)

    def _modifier(self, s: Line, t: Line, core: Change, change: Change) -> bool:
        """Whether what one text has more is one word that says which or what kind before a noun: "*drinking* water"."""
        line, first, last, end = (s, core.a, core.b, change.b) if core.b > core.a else (t, core.c, core.d, change.d)
        if len(content(line.words[first:last])) > 1 or numbers(line.words[first:last]) or last >= end:
            return False
        return any(a <= first and last < b for a, b in self._phrases.nouns(line))

    def _label_put(self, s: Line, t: Line, core: Change, change: Change) -> bool:
        """Whether words that only one text has are a label before a noun that both have: "the *greedy* pilots"."""
        line, first, last, end = (s, core.a, core.b, change.b) if core.b > core.a else (t, core.c, core.d, change.d)
        p = self._phrases
        if last >= end or last - first > 3 or not any(a <= first and last < b for a, b in p.nouns(line)):
            return False  # it does not stand before the noun of its phrase
        if set(line.words[first:last]) <= _WHICH:
            return False
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
        if self.timed(s, core.a, core.b) or self.timed(t, core.c, core.d):
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
        loaded = listed("loaded.txt")
        judged = {
            word
            for line, first, last in ((s, core.a, core.b), (t, core.c, core.d))
            for word, at in ((line.words[at], at) for at in range(first, last))
            if word in loaded or p.tag(line, at) == "ADJ"
        }
        return nouns == ("NOUN", "NOUN") and framed and not counted and bool(judged)

    def _frame(self, s: Line, t: Line, change: Change) -> bool:
        """Whether the words before a change, and those after it, are the same in both."""
        before = s.words[max(0, change.a - 2) : change.a] == t.words[max(0, change.c - 2) : change.c]
        after = s.words[change.b : change.b + 2] == t.words[change.d : change.d + 2]
        return before and after
