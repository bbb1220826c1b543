"""Kinds: what sort of change it is that a copy makes, and whether it matters to a reader at all.

A change is asked in turn, and the first answer holds: is it nothing but spelling, inflection and order? Does
the copy keep a distance that the source did not, deny what it affirmed, name another time, leave out who did
it, count otherwise? Does it only say when, or in which place of the sentence? Then it is words left out or
put in, a phrase under another name, or another wording. A label is told from a wording by whom it names:
roles and names are labels, things are only where the word takes a side (`lexicons/loaded.txt`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise

from tellings.collate import agents
from tellings.collate.alignments import Line, rarity
from tellings.collate.differences import (
    CUES,
    DOUBTING,
    KINDS_OF_PLACE,
    Change,
    content,
    frame,
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
_WHICH = frozenset(
    [
        "other",
        "another",
        "same",
        "several",
        "some",
        "many",
        "various",
        "new",
        "further",
        "more",
        "most",
        "left",
        "right",
        "first",
        "second",
        "third",
        "own",
        "former",
        "latter",
    ]
)
_WHEN = frozenset(
    ["early", "late", "later", "morning", "afternoon", "evening", "night", "overnight", "hours", "day", "previous"]
)
# Adjectives of law and of force: with them a thing is judged ("an unlawful gathering"), not only described.
_JUDGING = frozenset(
    [
        *(
            "legal",
            "illegal",
            "lawful",
            "unlawful",
            "illicit",
            "criminal",
            "legitimate",
            "illegitimate",
            "unauthorised",
        ),
        *("unauthorized", "violent", "peaceful", "hostile", "unprovoked", "unjust", "bloody", "reckless", "chaotic"),
    ]
)
_ARTICLES = frozenset(["the", "a", "an", "al", "el"])
_SIDES = frozenset(["pro", "anti", "run", "led", "held", "backed", "friendly", "loyal", "leaning"])
_UNSURE = frozenset(
    ["could", "may", "might", "perhaps", "possibly", "possible", "probably", "likely", "think", "thinks", "believed"]
)
_SOUNDS = str.maketrans({"g": "k", "q": "k", "c": "k", "b": "v", "w": "v", "d": "t", "z": "s"})
_GENITIVE = re.compile(r"(?:['\u2019]s|s['\u2019])(?!\w)")
_HOLDING = ("put", "describ", "estimat", "count", "reckon")  # "police put the crowd at 900": he is a source, too


class Kinds:
    """Asks of a change between two lines of a story what kind it is."""

    def __init__(self, phrases: Phrases, lines: Sequence[Sequence[Line]]) -> None:
        """`lines` are those of each report, whole."""
        self._phrases = phrases
        self._lines = lines
        self._stems: dict[int, frozenset[str]] = {}

    def doubted(self, t: Line, part: tuple[int, int], source: Sequence[str]) -> bool:
        """Whether the copy keeps a distance that the source does not: "so-called", "claimed", "what he called"."""
        p = self._phrases
        for at in range(*part):
            word = t.words[at]
            if word == "called" and at and t.words[at - 1] == "so" and ("so", "called") not in pairwise(source):
                return True
            if word in source:
                continue
            if word in {"could", "may", "might"} and _UNSURE & set(source):
                continue  # "which may" beside "which they think could": no more distance than before
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
        if trivial(old, new) or trivial(*whole) or self._same_name(s, t, core):
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
            same = (counts and counts == other) or self._same_time(s, t, change)
            if not same and self._converted(s, core.a, core.b) and self._converted(t, core.c, core.d):
                return None  # the metres were told apart already
            if not same and self._of_one(s, t, change):
                return "number_changed"
        if not short and max(len(old), len(new)) <= 2 * _BRIEF and self._measured_otherwise(s, t, change):
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
            if self._told_otherwise(s, t, core) or self._fuller(s, t, core, change):
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

    def _same_name(self, s: Line, t: Line, core: Change) -> bool:
        """Whether both sides are one name, spelt from another script ("Qasim", "al-Kassem") or by its initials."""
        if core.a == core.b or core.c == core.d:
            return False
        sides = (s, core.a, core.b), (t, core.c, core.d)
        words = [[x for x in line.words[a:b] if x not in _ARTICLES] for line, a, b in sides]
        capitals = [any(line.capital[a:b]) for line, a, b in sides]
        if not all(capitals) or not all(words) or any(x[0].isdigit() for side in words for x in side):
            return False
        for one, two in (words, words[::-1]):
            told = [x for x in two if not small(x)]
            if len(one) == 1 and len(told) >= 3 and one[0] == "".join(x[0] for x in told):
                return True
        if len(words[0]) != 1 or len(words[1]) != 1:
            return False
        one, two = (frame("x" + side[0].translate(_SOUNDS)) for side in words)
        return one == two and len(one) >= 3

    def _converted(self, line: Line, first: int, last: int) -> bool:
        """Whether the words are a number put into other units, in brackets after it: "ten metres (33 feet)"."""
        text = self._phrases.text(line)
        opened = text[: line.starts[first]].rstrip()[-1:] == "(" and ")" in text[line.ends[last - 1] :][:20]
        return opened and bool(numbers(line.words[max(0, first - 3) : first]))

    def _measured_otherwise(self, s: Line, t: Line, change: Change) -> bool:
        """Whether longer wordings count the same unit, each once, and otherwise: "the 40 m pit", "a hole 80 m deep"."""
        told: list[dict[str, set[str]]] = []
        for line, first, last in ((s, change.a, change.b), (t, change.c, change.d)):
            here: dict[str, set[str]] = {}
            for at in range(first, last - 1):
                if numbers(line.words[at : at + 1]) and not self._phrases.times(line, at, at + 1):
                    here.setdefault(stem(line.words[at + 1]), set()).update(numbers(line.words[at : at + 1]))
            told.append(here)
        return any(
            len(values) == 1 == len(told[1].get(unit, ())) and values != told[1][unit]
            for unit, values in told[0].items()
            if not small(unit)
        )

    def _of_one(self, s: Line, t: Line, change: Change) -> bool:
        """Whether no side puts somebody beside the number whom the other lacks: then it counts something else."""
        p = self._phrases
        named = [
            any(
                self._is_somebody(line, end - 1)
                for start, end in p.nouns(line)
                if start >= a and end <= b and not numbers(line.words[start:end])
            )
            for line, a, b in ((s, change.a, change.b), (t, change.c, change.d))
        ]
        return named[0] == named[1]

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

    def _fuller(self, s: Line, t: Line, core: Change, change: Change) -> bool:
        """Whether one text only has more of a man's name, or his title: "*Senator Ann* Lee" beside "Lee"."""
        line, first, last, end = (s, core.a, core.b, change.b) if core.b > core.a else (t, core.c, core.d, change.d)
        p = self._phrases
        held = next((part for part in p.nouns(line) if part[0] <= first and last < part[1]), None)
        if held is None or last >= end or not all(line.capital[first : held[1]]):
            return False
        return p.mentioned(line.stretch(held[1] - 1, held[1] - 1), line.report, ("person",))

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
            return self._sided(line, first, last)  # where somebody is from is told or not, and is no label
        # What is put before a noun for somebody is a label; what only the source had is left out.
        named = any(line.capital[at] for at in range(max(1, first), last))
        if self._sided(line, first, last) or named:
            return True
        # What the source says of him elsewhere is no label that the copy puts on him.
        said = self._stems.get(s.report)
        if said is None:
            said = self._stems[s.report] = frozenset(stem(word) for one in self._lines[s.report] for word in one.words)
        new = [word for word in content(line.words[first:last]) if stem(word) not in said]
        return line is t and p.role(line, head) and bool(new)

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
            rest = s.words[one[1] : change.b], t.words[two[1] : change.d]
            which = [set(content(line.words[a:b])) for line, a, b in ((s, core.a, core.b), (t, core.c, core.d))]
            if not trivial(*rest) or any(words and words <= _WHICH for words in which):
                return False  # one has more than the phrase; "his left hand" is not what the other is called
            roles = p.role(s, at) and p.role(t, to)
            sides = (s, max(core.a, one[0]), min(core.b, at)), (t, max(core.c, two[0]), min(core.d, to))
            if not roles and all(a < b and all(line.capital[a:b]) for line, a, b in sides):
                return False  # "the Nordair flight" beside "the Norair flight": names of a thing
            return any(self._sided(*side) for side in sides) or (roles and not (s.capital[at] and t.capital[to]))
        if heads[0] in KINDS_OF_PLACE or heads[1] in KINDS_OF_PLACE:
            return False  # a region beside a town, or beside those who hold it: another thing, not another name
        ends = (s, one), (t, two)
        opens = change.a == change.c == 0  # what opens both sentences is what both are about
        if not opens and self._acts(s, change.b) != self._acts(t, change.d):
            return False
        if self._owns(s, one) != self._owns(t, two):
            return False
        if any(
            self._anaphor(line, part) and other.capital[end[1] - 1] for (line, part), (other, end) in (ends, ends[::-1])
        ):
            return False
        framed = self._frame(s, t, change)
        who = self._is_somebody(s, at), self._is_somebody(t, to)
        named = tuple(p.mentioned(line.stretch(a, a), line.report) for line, a in ((s, at), (t, to)))
        if s.capital[at] and t.capital[to] and all(named):
            # Two names: of two people, or of a man and a party, where nothing says that they are one.
            persons = [p.mentioned(line.stretch(a, a), line.report, ("person",)) for line, a in ((s, at), (t, to))]
            return framed and all(who) and not any(persons)
        lasts = change.b, change.d
        if all(b < last and line.words[b] == "of" for (line, (_, b)), last in zip(ends, lasts, strict=True)):
            # "A pair of linked rings": what the word before "of" measures is what is named.
            who = tuple(
                one and self._is_somebody(line, p.head(line, part[1] + 1, max(part[1] + 2, last)))
                for one, (line, part), last in zip(who, ends, lasts, strict=True)
            )
        acting = self._acts(s, change.b)
        if all(who) or (any(who) and (framed or (acting and not set(heads) & papers()))):
            return True
        if all(known or name for known, name in zip(who, named, strict=True)):
            return True
        # A thing under another noun, where both sentences go on alike on both sides and a word takes a side.
        if s.capital[at] != t.capital[to] and at and to:
            return False
        nouns = p.tag(s, at), p.tag(t, to)
        counted = numbers(s.words[core.a : core.b]) or numbers(t.words[core.c : core.d])
        judged = (listed("loaded.txt") | _JUDGING) & {*s.words[core.a : core.b], *t.words[core.c : core.d]}
        return nouns == ("NOUN", "NOUN") and framed and not counted and bool(judged)

    def _owns(self, line: Line, part: tuple[int, int]) -> bool:
        """Whether a phrase ends in a genitive: then it is not what the sentence is about."""
        last = part[1] - 1
        return _GENITIVE.search(self._phrases.text(line)[line.starts[last] : line.ends[last] + 2]) is not None

    def _is_somebody(self, line: Line, at: int) -> bool:
        """Whether the noun that a phrase is about names somebody: "the rebels", and not "the carrier rocket"."""
        p = self._phrases
        kinds = ("person", "group", "organisation")
        return p.role(line, at) or p.mentioned(line.stretch(at, at), line.report, kinds)

    def _acts(self, line: Line, last: int) -> bool:
        """Whether a verb follows the words."""
        p = self._phrases
        return last < len(line.words) and not p.broken(line, last - 1, last) and p.tag(line, last) in {"VERB", "AUX"}

    def _anaphor(self, line: Line, part: tuple[int, int]) -> bool:
        """Whether a phrase takes up one named before and says nothing of him: "the company", "the Dutch bank"."""
        p = self._phrases
        first, last = part
        if line.words[first] != "the" or line.words[last - 1] not in _bodies():
            return False  # "the rebels", "the killer" judge
        kept = [at for at in range(first + 1, last - 1) if not p.placed(line, at, at + 1)]
        return not content(line.words[at] for at in kept) and line.words[last - 1] not in listed("loaded.txt")

    def _sided(self, line: Line, first: int, last: int) -> bool:
        """Whether modifiers say by whom or for whom something is: "rebel-held", "pro-army", not "first-stage"."""
        p = self._phrases
        if not p.loaded(line, first, last):
            return False
        if listed("loaded.txt") & set(line.words[first:last]) or any(p.role(line, at) for at in range(first, last)):
            return True
        return any(
            line.words[at] in _SIDES or line.words[max(0, at - 1)] in _SIDES or line.words[at].endswith("ed")
            for at in range(first + 1, min(last + 1, len(line.words)))
            if p.glued(line, at)
        )

    def _frame(self, s: Line, t: Line, change: Change) -> bool:
        """Whether the words before a change, and those after it, are the same in both."""
        before = s.words[max(0, change.a - 2) : change.a] == t.words[max(0, change.c - 2) : change.c]
        after = s.words[change.b : change.b + 2] == t.words[change.d : change.d + 2]
        return before and after


@cache
def _bodies() -> frozenset[str]:
    """Nouns in the singular for a group or an organisation, and for nobody else."""
    text = files("tellings.lexicons").joinpath("actor_nouns.txt").read_text(encoding="utf-8")
    out: dict[str, set[str]] = {}
    section = ""
    for row in text.splitlines():
        if row.startswith("["):
            section = row.strip("[]")
        elif not row.startswith("#"):
            out.setdefault(section, set()).update(row.split())
    return frozenset((out["group"] | out["organisation"]) - out["person"])
