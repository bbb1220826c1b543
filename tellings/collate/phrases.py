"""Phrases: where the noun phrases of a sentence begin and end, whom they name, and what says who says it.

An edit sets one whole phrase against another. The bounds come from the parts of speech: a base noun phrase
runs from its determiner to its last noun (Abney 1991), a word with hyphens is one word, a mark that ends a
clause ends a phrase. What the tagger takes for another part of speech than it is gives a wrong bound.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

from tellings.collate.alignments import Line, rarity
from tellings.collate.differences import CUES, KINDS_OF_PLACE, doubts, numbers, small, stem
from tellings.records import Annotated, Attribution
from tellings.text import Span

__all__ = ["Phrases", "actors", "different", "moved", "papers", "singular", "without"]

_SPEAKERS = frozenset(
    [
        *("he", "she", "they", "it", "who", "i", "we", "which", "source", "witness", "newspaper", "paper", "media"),
        *("agency", "statement", "report", "monitor", "channel", "website", "state", "outlet", "author"),
    ]
)
_BREAK = re.compile(r"[,;:()\[\]\n\u2013\u2014\"\u201c\u201d]|--| - |[.!?]\s")
_GLUE = frozenset(["-", "\u2010", "\u2011"])
_BOUNDS = frozenset(
    [
        "at",
        "least",
        "most",
        "more",
        "less",
        "than",
        "nearly",
        "almost",
        "about",
        "around",
        "over",
        "some",
        "up",
        "to",
        "only",
    ]
)
_OWN = frozenset(["his", "her", "their", "its", "our", "my", "your"])
_UTTERING = frozenset(["say", "announce", "claim", "deny", "admit", "warn"])
# With these a paper or a study does something, and says nothing yet ("a study published in May").
_PUBLISHING = frozenset(
    ["publish", "post", "release", "issue", "email", "text", "blog", "decree", "rule", "describe", "detail"]
)
_RELATIVE = frozenset(["which", "who", "that", "whom"])
_DETERMINERS = _OWN | {"the", "a", "an", "this", "that"}
_KEPT = 4096  # noun phrases of so many lines are remembered at a time
_AHEAD = re.compile(r"\b(?:will|should)(?: [a-z]+ly)?\s*$")
_ADDING = frozenset(["add", "adds", "added", "adding"])
_OBJECT = re.compile(
    r"\s+(?:an?|another|one|two|three|four|five|six|\d+)[ -]"
    r"(?![^.,;:]*\b(?:is|are|was|were|ha[ds]|have|would|will|could|can|may|might|should)\b)[^\"“]"
)  # a thing, and no clause: no verb before the next mark
_NEAR = 60  # characters beside a cue that tell whether something is said
_LONG = 16  # source and cue further apart are no one phrase


class Phrases:
    """The reports of one story with what is looked up in them while they are compared.

    Every method takes a line of these reports, or a part of one as `without` makes it, and places of words in it.
    """

    def __init__(self, reports: Sequence[Annotated], every: Sequence[Sequence[Line]]) -> None:
        """Nothing is read before it is asked for."""
        self._reports = reports
        self._lines = every
        self._tags: dict[int, tuple[list[int], list[int], list[str]]] = {}
        self._named: dict[int, list[tuple[int, int, str]]] = {}
        self._nouns: dict[tuple[int, tuple[int, ...]], list[tuple[int, int]]] = {}
        self._said: dict[int, dict[int, list[Attribution]]] = {}

    # ------------------------------------------------------------ words

    def text(self, line: Line) -> str:
        """The text of the line's report."""
        return self._reports[line.report].report.text

    def tag(self, line: Line, at: int) -> str:
        """The part of speech of a word, of the token that it is a part of; X where it is not known."""
        tags = self._tags.get(line.report)
        if tags is None:
            words = sorted((w.span.start, w.span.end, w.pos) for one in self._reports[line.report].words for w in one)
            tags = [w[0] for w in words], [w[1] for w in words], [w[2] for w in words]
            self._tags[line.report] = tags
        starts, ends, names = tags
        here = bisect_right(starts, line.starts[at]) - 1
        if here < 0 or ends[here] <= line.starts[at]:
            return "X"
        name = names[here]
        return "NOUN" if name == "PRON" and rarity(line.words[at]) >= 0.6 else name  # no pronoun is rare

    def broken(self, line: Line, first: int, last: int) -> bool:
        """Whether a mark that ends a clause, or words that were taken out, stand between two words of a line."""
        first, last = max(0, first), min(last, len(line.words) - 1)
        if first >= last:
            return False
        text = self.text(line)
        if _BREAK.search(text, line.ends[first], line.starts[last]) is not None:
            return True
        gap = text[line.ends[last - 1] : line.starts[last]]
        return any(char.isalnum() for char in gap)

    def glued(self, line: Line, at: int) -> bool:
        """Whether a hyphen ties a word to the one before it."""
        return at > 0 and self.text(line)[line.ends[at - 1] : line.starts[at]] in _GLUE

    def verbs(self, line: Line, first: int, last: int) -> list[str]:
        """The verbs among the words, those left out that modify a noun ("allied forces")."""
        nouns = {at for a, b in self.nouns(line) for at in range(a, b)}
        return [
            line.words[at] for at in range(first, last) if at not in nouns and self.tag(line, at) in {"VERB", "AUX"}
        ]

    def doubt(self, line: Line, at: int) -> bool:
        """Whether a word casts doubt on what it stands before; "alleged" as a sentence's verb is a cue instead."""
        word = line.words[at]
        if word == "called":
            return at > 0 and line.words[at - 1] == "so"
        if word in {"may", "might"}:
            return self.tag(line, at) == "AUX"
        return word in doubts() and (self.tag(line, at) != "VERB" or self._before_noun(line, at))

    def _before_noun(self, line: Line, at: int) -> bool:
        return at + 1 < len(line.words) and self.tag(line, at + 1) in {"NOUN", "PROPN", "ADJ"}

    # ------------------------------------------------------------ noun phrases

    def nouns(self, line: Line) -> list[tuple[int, int]]:
        """The base noun phrases of a line, in its order: first word, and the word after the last."""
        key = line.report, line.starts
        known = self._nouns.get(key)
        if known is not None:
            return known
        out: list[tuple[int, int]] = []
        at = 0
        while at < len(line.words):
            end = self._phrase_end(line, at)
            # "The town of X" is one phrase: the name is what it is about.
            if end > at and line.words[end - 1] in KINDS_OF_PLACE and line.words[end : end + 1] == ("of",):
                name = self._phrase_end(line, end + 1) if end + 1 < len(line.words) and line.capital[end + 1] else 0
                end = max(end, name)
            if end > at:
                out.append((at, end))
            at = max(end, at + 1)
        if len(self._nouns) >= _KEPT:
            self._nouns.clear()
        self._nouns[key] = out
        return out

    def _phrase_end(self, line: Line, first: int) -> int:
        """Where the noun phrase ends that begins at a word; the word itself where none begins."""
        end = noun = first
        while end < len(line.words) and not (end > first and self.broken(line, end - 1, end)):
            part = self._part(line, first, end)
            after = noun > first and noun == end
            owned = after and self._possessive(line, end - 1)
            if part == "" or (end > first and part == "D") or (after and part == "A" and not owned):
                break
            end += 1
            if part == "N":
                noun = end
        while noun > first and noun < len(line.words) and self.glued(line, noun):
            noun += 1
        return noun

    def _part(self, line: Line, first: int, at: int) -> str:
        """What a word is in a noun phrase that begins at `first`: D determiner, A modifier, N noun, or nothing."""
        tag, word = self.tag(line, at), line.words[at]
        after = line.words[at + 1 : at + 2]
        if word in _BOUNDS and after and (after[0] in _BOUNDS or self.tag(line, at + 1) == "NUM"):
            return "A"  # "at least 12", "more than 300", "nearly 40"
        if word in _BOUNDS and line.words[max(0, at - 1)] in _BOUNDS and at > first:
            return "A"
        if self.glued(line, at) or (at + 1 < len(line.words) and self.glued(line, at + 1)):
            later = at + 1 < len(line.words) and (self.glued(line, at + 1) or self._before_noun(line, at))
            return "A" if later or tag not in {"NOUN", "PROPN"} else "N"
        if word == "so" and line.words[at + 1 : at + 2] == ("called",):
            return "A"
        if word == "called" and line.words[max(0, at - 1)] == "so":
            return "A"
        if tag == "DET" or word in _OWN:
            return "D"
        if (at > 0 and line.capital[at] and tag not in {"PRON", "ADP", "SCONJ", "CCONJ", "AUX"}) or tag in {
            "NOUN", "PROPN", "NUM",
        }:  # fmt: skip
            return "N"
        if tag == "ADJ":
            return "A"
        # A participle before a noun ("allied forces") is no verb of its own, one after a noun may be.
        before = self.tag(line, at - 1) if at > 0 else "ADP"
        opens = at > first or before in {"ADP", "CCONJ", "VERB", "AUX"}
        bound = tag == "VERB" and word.endswith(("ed", "ing")) and opens and before not in {"NOUN", "PROPN", "PRON"}
        return "A" if bound and self._before_noun(line, at) else ""

    def _possessive(self, line: Line, at: int) -> bool:
        """Whether a word bears the ending of a genitive."""
        return re.search(r"['\u2019]s?$", self.text(line)[line.starts[at] : line.ends[at] + 1].rstrip()) is not None

    def naming(self, line: Line, first: int, last: int) -> bool:
        """Whether the words are noun phrases and what joins them, and nothing else."""
        inside = [(a, b) for a, b in self.nouns(line) if a < last and b > first]
        held = {at for a, b in inside for at in range(a, b)}
        return bool(inside) and all(
            at in held or self.tag(line, at) in {"ADP", "CCONJ", "DET", "ADJ", "NUM", "PUNCT", "SYM"}
            for at in range(first, last)
        )

    def actor(self, line: Line, first: int, last: int) -> bool:
        """Whether the words name somebody, or some place, by a role or by a name of the report."""
        if any(singular(word) in actors() or word in actors() for word in line.words[first:last]):
            return True
        return last > first and self.mentioned(line.stretch(first, last - 1), line.report)

    def somebody(self, line: Line, first: int, last: int) -> bool:
        """Whether the words name a person, a group or an organisation; a place is none."""
        if any(singular(word) in actors() or word in actors() for word in line.words[first:last]):
            return True
        kinds = ("person", "group", "organisation")
        return last > first and self.mentioned(line.stretch(first, last - 1), line.report, kinds)

    def role(self, line: Line, at: int) -> bool:
        """Whether a word is a noun for an actor ("guards")."""
        return singular(line.words[at]) in actors() or line.words[at] in actors()

    def loaded(self, line: Line, first: int, last: int) -> bool:
        """Whether the words say by whom or for whom something is: a noun for an actor, or one with a hyphen."""
        end = min(last + 1, len(line.words))
        if last <= first or numbers(line.words[first:last]):
            return False
        return any(self.role(line, at) for at in range(first, last)) or any(
            self.glued(line, at) for at in range(first + 1, end)
        )

    def opening(self, line: Line, first: int, last: int) -> tuple[int, int] | None:
        """The noun phrase with which the words begin, as far as it lies in them; None where another word opens them."""
        return next(((max(a, first), min(b, last)) for a, b in self.nouns(line) if a <= first < b), None)

    def head(self, line: Line, first: int, last: int) -> int:
        """The place of the noun that the first noun phrase of some words is about: its last word."""
        part = self.opening(line, first, last)
        return (part[1] if part else last) - 1

    def placed(self, line: Line, first: int, last: int) -> bool:
        """Whether a place, or what comes from there, is named among the words."""
        part = line.stretch(first, last - 1)
        return any(x.span.overlap(part) for x in self._reports[line.report].places)

    def mentioned(self, span: Span, report: int, kinds: Sequence[str] = ()) -> bool:
        """Whether a name of the report stands in the span, in whole or in part; of these kinds, if any are given."""
        if report not in self._named:
            self._named[report] = sorted((m.span.start, m.span.end, m.kind) for m in self._reports[report].mentions)
        spans = self._named[report]
        at = bisect_left(spans, (span.start, 0, ""))
        return any(
            start < span.end and stop > span.start and (not kinds or kind in kinds)
            for start, stop, kind in spans[max(0, at - 1) : at + 4]
        )

    def times(self, line: Line, first: int, last: int) -> list[tuple[int, int, str]]:
        """The times that the words name: their places in the text, and the value as far as it is known."""
        if last <= first:
            return []
        part = line.stretch(first, last - 1)
        return [
            (x.span.start, x.span.end, f"{x.value or x.span.cut(self.text(line)).lower()} {x.clock or ''}".strip())
            for x in self._reports[line.report].times
            if x.span.overlap(part)
        ]

    def counts(self, line: Line, first: int, last: int) -> set[tuple[float, float | None]] | None:
        """What the words count, as values; None where a number among them has no known value."""
        if last <= first:
            return set()
        part = line.stretch(first, last - 1)
        found = [x for x in self._reports[line.report].quantities if x.number.overlap(part)]
        digits = [at for at in range(first, last) if line.words[at][0].isdigit()]
        if any(not any(x.number.overlap(line.stretch(at, at)) for x in found) for at in digits):
            return None
        return {(x.value, x.high) for x in found}

    # ------------------------------------------------------------ who says it

    def spoken(self, line: Line) -> list[tuple[int, int]]:
        """The stretches of words that say who says it, each from the first word of source and cue to the last."""
        out: list[tuple[int, int]] = []
        for one in self.attributions(line):
            if not one.source or not self._utters(line, one) or not self._speaks(line.report, one):
                continue  # "the withdrawal means that": no speaker
            if all(x.cut(self.text(line)).lower() in _RELATIVE for x in one.source):
                continue  # "reportedly", and "..., which denounced it": no phrase of its own
            parts = (*one.source, *one.cue, *one.through)
            words = [
                at
                for at in range(len(line.words))
                if any(part.start <= line.starts[at] and line.ends[at] <= part.end for part in parts)
            ]
            # Source and cue far apart are no one phrase; then what stands next to the cue is taken.
            while words and words[-1] - words[0] > _LONG:
                words.pop(0)
            if words and (not out or words[0] >= out[-1][1]):
                out.append((words[0], words[-1] + 1))
        if not out and not self._reports[line.report].attributions:
            out = [(at, at + 1) for at, word in enumerate(line.words) if word in CUES]
        return out

    def _utters(self, line: Line, one: Attribution) -> bool:
        """Whether a cue says that somebody said it: not "reportedly", not "expects", not "the study published in"."""
        text = self.text(line)
        words = {word for cue in one.cue for word in re.findall(r"[a-z]+", cue.cut(text).casefold())}
        if one.cue:
            start, end = min(cue.start for cue in one.cue), max(cue.end for cue in one.cue)
            # "Will report" is not said yet, and who "added a goal" said nothing: what is said is quoted, or a clause.
            lead = text[max(0, start - _NEAR) : end]
            if any(_AHEAD.search(part) for part in (lead[: start - end], " ".join(lead.split()[:-1]))):
                return False
            if words & _ADDING and _OBJECT.match(text[end : end + _NEAR]):
                return False
        return any(stem(word) in _uttering() or word in CUES for word in words)

    def _speaks(self, report: int, one: Attribution) -> bool:
        """Whether the source of an attribution is one who can speak: a name, a pronoun, a noun of an actor."""
        text = self._reports[report].report.text
        for part in one.source:
            words = re.findall(r"[^\W\d_]+", part.cut(text))
            if any(
                singular(word.casefold()) in _SPEAKERS
                or word.casefold() in _SPEAKERS
                or word[1:2].isupper()
                or singular(word.casefold()) in actors()
                for word in words
            ):
                return True
            if any(word[0].isupper() for word in words[1:]) or self.mentioned(part, report):
                return True
        return False

    def attributions(self, line: Line) -> list[Attribution]:
        """The attributions with a part in the line, in the order of the text."""
        if line.report not in self._said:
            every = self._lines[line.report]
            starts = [x.span.start for x in every]
            found: defaultdict[int, list[Attribution]] = defaultdict(list)
            for one in self._reports[line.report].attributions:
                numbers: set[int] = set()
                for part in (*one.source, *one.cue, *one.content):
                    first = max(0, bisect_right(starts, part.start) - 1)
                    numbers.update(range(first, bisect_left(starts, part.end)))
                for number in sorted(numbers):
                    found[every[number].number].append(one)
            self._said[line.report] = found
        return self._said[line.report].get(line.number, [])

    def speaker(self, line: Line, part: Span | None = None) -> str | None:
        """Who is said to have said most of a sentence, or of a part; None where nobody is, or it is not known who."""
        of = part or line.span
        best: tuple[int, str] | None = None
        for one in self.attributions(line):
            size = sum(of.overlap(x) for x in one.content)
            known = one.speaker and self._utters(line, one) and re.search(r"[^\W\d_]{3}", one.speaker.name)
            if one.speaker and known and 2 * size >= len(of) and (best is None or size > best[0]):
                best = size, one.speaker.name
        return best[1] if best else None

    def voice(self, line: Line, first: int, last: int) -> str | None:
        """The resolved name of the speaker whose cue stands among the words; None where it is not known."""
        part = line.stretch(first, last - 1)
        return next(
            (
                one.speaker.name
                for one in self.attributions(line)
                if one.speaker and any(part.overlap(x) for x in one.cue)
            ),
            None,
        )

    def headed(self, line: Line, part: tuple[int, int], names: set[str]) -> bool:
        """Whether one of these words is the last of a noun phrase among the words: "chief X", not "X officials"."""
        return any(stem(line.words[b - 1]) in names for a, b in self.nouns(line) if a < part[1] and b > part[0])

    def anaphoric(self, line: Line, part: tuple[int, int]) -> bool:
        """Whether the words name a speaker only by what he is, as one known already ("the bank said")."""
        return line.words[part[0]] == "the" and not any(line.capital[part[0] + 1 : part[1]])

    def nameless(self, line: Line, first: int, last: int) -> bool:
        """Whether the words name a speaker by a pronoun alone ("he said")."""
        tags = [self.tag(line, at) for at in range(first, last)]
        return not any(tag in {"NOUN", "PROPN"} for tag in tags) and not any(line.capital[first + 1 : last])


def without(line: Line, parts: Sequence[tuple[int, int]]) -> Line:
    """The line without some of its words, as a line of its own."""
    gone = {at for first, last in parts for at in range(first, last)}
    kept = [at for at in range(len(line.words)) if at not in gone]
    return replace(
        line,
        words=tuple(line.words[at] for at in kept),
        starts=tuple(line.starts[at] for at in kept),
        ends=tuple(line.ends[at] for at in kept),
        quoted=tuple(line.quoted[at] for at in kept),
        capital=tuple(line.capital[at] for at in kept),
    )


def different(one: str, two: str) -> bool:
    """Whether two names of a speaker have no word in common.

    >>> different("Ann Lee", "Lee"), different("Ann Lee", "the mayor")
    (False, True)
    """
    return not {w for w in re.findall(r"\w+", one.casefold()) if not small(w)} & set(re.findall(r"\w+", two.casefold()))


def moved(one: str | None, two: str | None) -> bool:
    """Whether two speakers are certainly two: a name beside a description ("the bank") may be one and the same.

    >>> moved("Ann Lee", "Bo Ek"), moved("the bank", "Ann Lee"), moved("Ann Lee", None)
    (True, False, False)
    """
    if not one or not two:
        return False
    described = [name.split()[0].casefold() in _DETERMINERS for name in (one, two)]
    return described[0] == described[1] and different(one, two)


def singular(word: str) -> str:
    """A noun without the ending of its plural.

    >>> singular("parties"), singular("guards")
    ('party', 'guard')
    """
    return word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")


@cache
def _uttering() -> frozenset[str]:
    """The stems of the verbs with which somebody says something, in the classes of the cue lexicon that tell so."""
    text = files("tellings.lexicons").joinpath("cues.txt").read_text(encoding="utf-8")
    rows = [line.partition(":") for line in text.splitlines() if not line.startswith(("#", "."))]
    forms = {form for name, _, row in rows if name in _UTTERING for form in row.replace("=", " ").split()}
    return frozenset(stem(form) for form in forms - _PUBLISHING)


@cache
def papers() -> frozenset[str]:
    """The nouns of the cue lexicon for what somebody says something in."""
    text = files("tellings.lexicons").joinpath("cues.txt").read_text(encoding="utf-8")
    rows = [line.partition(":") for line in text.splitlines()]
    return frozenset(word for name, _, row in rows if name in {".paper", ".medium"} for word in row.split())


@cache
def actors() -> frozenset[str]:
    """Nouns that name an actor by role, in the singular."""
    text = files("tellings.lexicons").joinpath("actor_nouns.txt").read_text(encoding="utf-8")
    out: set[str] = set()
    section = ""
    for row in text.splitlines():
        if row.startswith("["):
            section = row
        elif not row.startswith("#") and section not in {"[place]", "[none]"}:
            out.update(row.split())
    return frozenset(out)
