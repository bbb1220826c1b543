"""Chunks: the base noun phrases of a sentence, by the parts of speech of its words.

A base phrase is found by rule (as in Ramshaw and Marcus 1995); names keep whole what was read as
one name. Where the reader of parts of speech is surely wrong about a noun for somebody, its tag
is mended first: before a name it often takes "founder" for a verb, "cousin" for a preposition.

Still missed: verbs in "-ing" and "-ed" that describe ("the emptied town"), taken for the verb of the sentence.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from tellings.collate.nouns import TITLES, kind_of, lemma, nouns
from tellings.records import Annotated, Word
from tellings.text import Span

__all__ = ["CLITIC", "COURTESY", "LONG", "NUMBERS", "PEOPLE", "POSSESSIVE", "RELATIVE", "Chunk", "Sentence", "chunks"]

POSSESSIVE = {"his", "her", "their", "its", "my", "our", "your"}
"""Words that tell whose somebody is."""
CLITIC = {"'s", "’s", "'", "’"}
"""What makes an owner of a name."""
_NOMINAL = {"NOUN", "PROPN", "ADJ", "DET", "NUM"}
_DESCRIBING = {"longtime", "onetime", "would-be", "leading", "outgoing", "incoming", "retiring", "sitting", "ruling",
               "fellow", "surviving", "opposing"}  # fmt: skip
"""Words that describe whoever they stand before, whatever they are taken for."""
_LIGHT = {"way", "ways", "time", "moment", "day", "reason"}
"""Nouns that a sentence may follow without a word between."""
_HYPHENS = {"-", "‐", "‑", "–"}
_QUOTES = {'"', "“", "”", "'", "‘", "’", "`", "``", "''"}
_DETERMINERS = {"the", "a", "an", "this", "that", "these", "those", "some", "all", "both", "several", "many", "another",
                "any", "each", "every", "no", "few", "other"}  # fmt: skip
RELATIVE = {"who", "that", "which", "whose", "whom"}
"""Words that begin a clause about what stands before them."""
_ASKING = {*RELATIVE, "what", "whatever", "whichever"}
COURTESY = {"mr": "mr", "mrs": "ms", "ms": "ms", "miss": "ms", "madame": "ms", "sir": "mr", "dr": "dr"}
"""Courtesy titles, and what each is kept as."""
LONG = 30
"""Words of the longest cut of a phrase."""
_TIMES = {
    "today", "yesterday", "tomorrow", "tonight", "days", "weeks", "months", "years", "hours", "minutes", "moments",
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon.", "tues.", "wed.", "thurs.",
    "fri.", "sat.", "sun.", "last", "next", "earlier", "later", "overnight",
}  # fmt: skip
"""Words that end a phrase where a noun stands before them: "the mayor Tuesday"."""
PEOPLE = {"injured", "wounded", "dead", "missing", "homeless", "unemployed", "elderly", "sick", "displaced", "poor",
           "young", "dying", "deceased", "accused", "stranded"}  # fmt: skip
"""Adjectives that "the" makes people of."""
NUMBERS = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
    "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14", "fifteen": "15",
    "sixteen": "16", "seventeen": "17", "eighteen": "18", "nineteen": "19", "twenty": "20", "both": "2",
    "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90",
}  # fmt: skip
"""Numbers in words, as digits."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A base phrase: words `first` up to `end` of a sentence; `parts` begin anew after each "'s".

    `head` is the last noun, which a closing quotation mark may follow.
    """

    first: int
    end: int
    parts: tuple[int, ...]
    head: int

    def ends(self, k: int) -> tuple[int, int]:
        """The last noun of part `k`, and the word after the part."""
        if k == len(self.parts) - 1:
            return self.head, self.end
        return self.parts[k + 1] - 2, self.parts[k + 1] - 1


class Sentence:
    """The words of one sentence with what the reading of phrases asks of them."""

    def __init__(
        self, a: Annotated, number: int, namings: Sequence[tuple[int, int, str]], lands: Collection[str] = ()
    ) -> None:
        self.words: tuple[Word, ...] = a.words[number]
        self.text = [a.quote(word.span) for word in self.words]
        self.low = [text.lower() for text in self.text]
        self.pos = [word.pos for word in self.words]
        self.names: dict[int, tuple[int, int, str]] = {}
        self.lands: set[tuple[int, int]] = set()  # names of countries: no comma tells where they lie
        at = 0
        for start, end, kind in namings:
            while at < len(self.words) and self.words[at].span.end <= start:
                at += 1
            inside = [
                n
                for n in range(at, min(at + LONG, len(self.words)))
                if start <= self.words[n].span.start and self.words[n].span.end <= end
            ]
            if inside:
                if a.report.text[start:end] in lands:
                    self.lands.add((inside[0], inside[-1] + 1))
                for n in inside:
                    self.names[n] = (inside[0], inside[-1] + 1, kind)
        for at in range(len(self.words) - 1, -1, -1):
            self.pos[at] = self._mended(at)

    def _mended(self, at: int) -> str:
        """The part of speech of a word, mended where it is surely none: what follows was mended before."""
        pos, low = self.pos[at], self.low[at]
        if at in self.names or pos in {"NOUN", "PROPN", "NUM", "PUNCT"}:
            return pos
        last = at + 1 >= len(self.words)
        if low in _DESCRIBING and not last and (at + 1 in self.names or self.pos[at + 1] in _NOMINAL):
            return "ADJ"
        if at == 0 and pos == "PRON" and lemma(self.text[at])[1] and nouns().kind.get(lemma(self.text[at])[0]):
            return "NOUN"  # "Saboteurs" that opens a sentence
        before = at - 1 in self.names or (at > 0 and self.pos[at - 1] in _NOMINAL) or self.low[at - 1] in POSSESSIVE
        noun, plural = lemma(self.text[at])
        kind = nouns().kind.get(noun)
        ahead = self.names.get(at + 1, (0, 0, ""))[2]
        if kind == ahead == "person" and pos in {"ADP", "SCONJ", "CCONJ", "PART"}:
            return "NOUN"  # "told host Ann Hill"
        if at == 0 or not before or kind is None or plural:
            return pos
        if pos not in {"VERB", "ADJ"}:
            return "NOUN"  # no noun for somebody is a preposition or a conjunction
        if pos == "VERB" and (ahead == "person" or ahead == kind != "") and not lemma(self.text[at - 1])[1]:
            return "NOUN"  # "the law firm", "the television host" before a name
        return pos

    def span(self, first: int, end: int) -> Span:
        """From word `first` up to word `end`."""
        return Span(self.words[first].span.report, self.words[first].span.start, self.words[end - 1].span.end)

    def glued(self, at: int) -> bool:
        """Whether the word at `at` is a hyphen with no blank on either side."""
        return (
            0 < at < len(self.words) - 1
            and self.text[at] in _HYPHENS
            and self.words[at - 1].span.end == self.words[at].span.start
            and self.words[at].span.end == self.words[at + 1].span.start
        )

    def apart(self, at: int) -> bool:
        """Whether a word begins with a letter or digit and no hyphen ties it to the one before."""
        return self.text[at][0].isalnum() and not self.glued(at - 1)

    def nominal(self, at: int) -> bool:
        """Whether a word may stand inside a noun phrase right before its head, or be it."""
        return at < len(self.words) and (at in self.names or self.pos[at] in {"NOUN", "PROPN", "ADJ", "NUM"})

    def opens(self, at: int) -> bool:
        """Whether a word can stand first in a quotation inside a phrase: 'the "so-called" mayor'."""
        return self.nominal(at) or (at < len(self.words) and self.pos[at] in {"VERB", "ADV"})

    def noun(self, at: int) -> bool:
        """Whether a word is a noun, or is taken for something else at the end of a phrase ("chief executive")."""
        if self.pos[at] in {"NOUN", "PROPN"}:
            return True
        if self.pos[at] not in {"ADJ", "VERB"} or self.low[at].endswith(("ed", "ing")) or self.nominal(at + 1):
            return False
        behind = at > 0 and self.pos[at - 1] in _NOMINAL
        return behind and nouns().kind.get(lemma(self.text[at])[0]) in {"person", "organisation"}

    def acting(self, at: int) -> bool:
        """Whether a word taken for a noun is what those do who stand before it in the plural: "wreckers attack".

        The first noun of a compound is seldom in the plural, but before a body's ("the drivers union").
        """
        noun, plural = lemma(self.text[at - 1])
        who = plural and (kind_of(noun) in {"person", "group"} or noun.endswith(("eur", "ist", "ian", "ant", "er")))
        first, end, kind = self.names.get(at - 1, (at - 1, at, ""))
        who = end - first == 1 and (who or (plural and kind == "group"))
        what, several = lemma(self.text[at])
        return (
            who and self.pos[at] == "NOUN" and not several and nouns().kind.get(what) is None and at not in self.names
        )

    def compound(self, at: int) -> bool:
        """Whether a word in "-ing" stands in a compound: "the river watching charity", not "troops guarding towns".

        A noun in the singular that can stand for somebody and has no article is no object.
        """
        if self.pos[at] != "VERB" or not self.low[at].endswith("ing") or at + 1 >= len(self.words):
            return False
        noun, plural = lemma(self.text[at + 1])
        return self.pos[at + 1] == "NOUN" and not plural and nouns().kind.get(noun) is not None and noun != "people"

    def heads(self, at: int) -> bool:
        """Whether what follows a person's name goes on with the phrase: "'s", a hyphen, or a noun for an actor."""
        if at >= len(self.words) or at in self.names or self.glued(at) or self.low[at] in CLITIC | _QUOTES:
            return True
        for n in range(at, min(at + 4, len(self.words))):
            if n in self.names or self.pos[n] not in {"NOUN", "ADJ", "PROPN"}:
                return False
            if self.pos[n] != "ADJ" and kind_of(lemma(self.text[n])[0]):
                return True
        return False

    def aged(self, at: int) -> bool:
        """Whether the word at `at` ends "42-year-old"."""
        return (
            self.low[at] in {"old", "olds"}
            and at >= 4
            and self.glued(at - 1)
            and self.low[at - 2] in {"year", "years", "month"}
            and self.glued(at - 3)
        )


def _ends_name(s: Sentence, at: int) -> bool:
    """Whether no noun follows the name at `at`: "that Hill said", not "that Erie company"."""
    end = s.names[at][1]
    return end >= len(s.words) or s.pos[end] not in {"NOUN", "ADJ"} or end in s.names


def _chunk(s: Sentence, first: int) -> Chunk | None:
    """The base phrase that begins at word `first`, or None."""
    at, size = first, len(s.words)
    if s.low[first] == "least":
        return None  # "at least nine"
    parts = [first]
    nominal = head = opened = -1  # the word after the last noun or name, that noun, an open quotation mark
    if s.low[at] in POSSESSIVE or s.low[at] in _DETERMINERS or s.pos[at] == "DET":
        at += 1
        if at < size and s.pos[at - 1] == "DET" and s.low[at] in {"the", "these", "those", *POSSESSIVE}:
            at += 1
    if s.low[first] == "that" and lemma(s.text[at] if at < size else "")[1]:
        return None  # "said that soldiers"
    if s.low[first] in {"that", "both"} and s.names.get(at, (0, 0, "group"))[2] != "group" and _ends_name(s, at):
        return None  # "said that Hill", "both Erlen and Varn"
    if s.low[first] == "that" and at < size and s.pos[at] == "VERB":
        return None  # "photographs that showed Hill"
    if s.low[first] == "that" and at < size and s.low[at].rstrip(".") in {*TITLES, *COURTESY}:
        return None  # "said that Mr. Hill"
    titled = at + 1 in s.names and s.text[at][:1].isupper() and kind_of(lemma(s.text[at])[0]) == "person"
    if s.low[first] == "that" and at < size and titled:
        return None  # "said that President Hill"
    opens = at
    while at < size and at - first < LONG:
        pos = s.pos[at]
        if at in s.names:
            begin, end, kind = s.names[at]
            if nominal >= 0 and begin == at and s.low[at] in {"the", "a"}:
                break
            at = nominal = end
            head = end - 1
            plural = kind == "group" and s.low[head].endswith("s")
            if (kind == "person" or plural) and not s.heads(at):
                break
        elif s.text[at] in _QUOTES and opened >= 0 and nominal == at:
            opened = -1
            at += 1
            nominal = at
        elif s.text[at] in _QUOTES and opened < 0 and at > first and nominal != at and s.opens(at + 1):
            opened = at
            at += 1
        elif nominal >= 0 and s.low[at] in _TIMES and not s.glued(at - 1) and not s.glued(at + 1):
            break
        elif s.aged(at):
            at += 1
            if not s.nominal(at):
                nominal, head = at, at - 1
        elif nominal == at and s.acting(at):
            break
        elif (
            s.noun(at) and nominal == at and s.low[at - 1] in _LIGHT and lemma(s.text[at])[1] | (s.low[at] == "police")
        ):
            break  # "the way police behave"
        elif s.noun(at):
            head = at
            at += 1
            nominal = at
        elif s.glued(at + 1) and (pos not in {"PRON", "PUNCT", "ADP", "CCONJ", "AUX"} or (pos == "ADP" and at > first)):
            if nominal == at and pos in {"VERB", "ADV"}:
                break
            at += 1
        elif s.glued(at) or (s.text[at] == "/" and nominal == at) or (at > opens and s.glued(at - 1)):
            at += 1
        elif pos in {"ADJ", "NUM"} or (pos == "SYM" and nominal < at):
            if nominal == at and pos == "NUM":
                break
            at += 1
            if at - 1 > first and s.low[at - 1] in PEOPLE and s.low[first] == "the" and not s.nominal(at):
                nominal, head = at, at - 1
        elif nominal == at and s.compound(at):
            at += 1
        elif pos == "VERB" and at + 1 < size and at > first and s.low[at].endswith(("ed", "ing", "en")):
            if s.low[at] in PEOPLE and s.low[at - 1] == "the" and not s.nominal(at + 1):
                head, nominal, at = at, at + 1, at + 1
                break
            if nominal == at or s.pos[at + 1] not in {"NOUN", "PROPN", "ADJ"}:
                break
            at += 1
        elif pos == "ADV" and at + 1 < size and s.pos[at + 1] in {"ADJ", "VERB"} and nominal < at:
            at += 1
        elif s.low[at] in CLITIC and nominal == at and at + 1 < size and s.pos[at] != "AUX":
            after = s.pos[at + 1]
            if after not in {"NOUN", "PROPN", "ADJ", "NUM", "VERB"} and at + 1 not in s.names:
                break
            parts.append(at + 1)
            at += 1
        else:
            break
    counted = nominal < 0 and at - 1 == opens and s.pos[opens] == "NUM" and s.low[first] in {"the", "these", "those"}
    if counted and (s.low[opens] in NUMBERS or (s.low[opens].isdigit() and len(s.low[opens]) < 4)):
        nominal, head = at, opens
    if opened >= 0 and nominal > opened:  # a quotation that does not end here: the phrase stands inside it
        first = opened + 1
        parts = [first, *(p for p in parts if p > first)]
    someone = s.names.get(head, (0, 0, ""))[2] == "person"
    if nominal <= first or (s.low[first] == "that" and (someone or lemma(s.text[head])[1])):
        return None  # "said that 33 senators", "said that tall Ann Hill"
    return Chunk(first, nominal, tuple(p for p in parts if p <= head), head)


def chunks(s: Sentence) -> list[Chunk]:
    """The base phrases of a sentence, in order, without overlap."""
    out: list[Chunk] = []
    at = 0
    while at < len(s.words):
        pos = s.pos[at]
        starts = at in s.names or pos in {"ADJ", "NUM", "NOUN", "PROPN"} or s.low[at] in POSSESSIVE
        starts = starts or (pos in {"ADV", "VERB"} and s.glued(at + 1))
        starts = starts or ((pos == "DET" or s.low[at] in _DETERMINERS) and s.low[at] not in _ASKING - {"that"})
        chunk = _chunk(s, at) if starts else None
        if chunk is None or chunk.end <= at:
            at += 1
        else:
            out.append(chunk)
            at = chunk.end + (chunk.end < len(s.words) and s.acting(chunk.end))
    return out
