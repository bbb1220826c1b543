"""Expressions: the phrases of a report that name or describe somebody, with the ways to cut them.

A base noun phrase is found by its parts of speech (as in Ramshaw and Marcus 1995, by rule); names
keep whole what was read as one name. An expression is a base phrase whose head is a name or a noun
that can stand for an actor. Reports write the same phrase long and short, so each has its cuts:
without its titles, with the bracket, apposition, prepositional phrase or clause after it.

Still missed: coordinated phrases ("the mayor and his wife" is two), pronouns, and heads that the
lists of nouns lack and no name stands beside.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from tellings.collate.namesakes import peoples
from tellings.collate.nouns import TITLES, kind_of, lemma, nouns
from tellings.records import Annotated, Word
from tellings.text import Span

__all__ = ["LED", "NUMBERS", "Expression", "Link", "expressions"]

_POSSESSIVE = {"his", "her", "their", "its", "my", "our", "your"}
_CLITIC = {"'s", "’s", "'", "’"}
_HYPHENS = {"-", "‐", "‑", "–"}
_QUOTES = {'"', "“", "”", "'", "‘", "’", "`", "``", "''"}
_DETERMINERS = {"the", "a", "an", "this", "that", "these", "those", "some", "all", "both", "several", "many", "another",
                "any", "each", "every", "no", "few", "other"}  # fmt: skip
_PREPOSITIONS = {"of", "in", "at", "from", "for", "with", "on", "to", "by", "near", "against", "behind", "among",
                 "inside", "under"}  # fmt: skip
_RELATIVE = {"who", "that", "which", "whose", "whom"}
_ASKING = {*_RELATIVE, "what", "whatever", "whichever"}
_BE = {"is", "was", "are", "were", "be", "been", "became", "becomes", "remains"}
_STOPS = {",", ";", ":", ".", "—", "–", "--", "!", "?", '"', "“", "”", "(", ")", "[", "]"}
_LONG = 30  # words of the longest cut
_TIMES = {
    "today", "yesterday", "tomorrow", "tonight", "days", "weeks", "months", "years", "hours", "minutes", "moments",
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon.", "tues.", "wed.", "thurs.",
    "fri.", "sat.", "sun.", "last", "next", "earlier", "later", "overnight",
}  # fmt: skip
"""Words that end a phrase where a noun stands before them: "the mayor Tuesday"."""
_PEOPLE = {"injured", "wounded", "dead", "missing", "homeless", "unemployed", "elderly", "sick", "displaced", "poor",
           "young", "dying", "deceased", "accused", "stranded"}  # fmt: skip
"""Adjectives that "the" makes people of."""
_TOLD = {"known", "called", "named", "nicknamed", "dubbed", "accused", "charged", "suspected", "convicted", "believed",
         "thought", "based", "born", "involved", "affiliated", "linked", "stationed", "located", "trapped", "stranded",
         "displaced", "held", "aged", "run", "owned", "familiar", "responsible", "loyal", "allied"}  # fmt: skip
"""Words after a noun that mostly describe it and are not the verb of its sentence."""
_PARTS = {"all", "most", "some", "many", "several", "both", "half", "dozens", "hundreds", "thousands", "millions",
          "tens", "scores", "any", "few", "none", "much", "number", "majority", "handful", "couple", "rest",
          "remnants", "group", "members", "lots", "plenty", "pair"}  # fmt: skip
_BOUNDS = {"about", "almost", "nearly", "around", "only", "roughly", "some", "over", "least", "than", "to", "just"}
_COURTESY = {"mr": "mr", "mrs": "ms", "ms": "ms", "miss": "ms", "madame": "ms", "sir": "mr", "dr": "dr"}
LED = {"administration", "campaign", "presidency", "cabinet", "camp", "regime", "team", "transition", "era"}
"""Bodies that are told by the name of whom they serve, and are not called by it."""
_BIRTH = {"ii", "iii", "iv", "jr", "jr.", "sr", "sr."}
NUMBERS = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
    "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14", "fifteen": "15",
    "sixteen": "16", "seventeen": "17", "eighteen": "18", "nineteen": "19", "twenty": "20", "both": "2",
    "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90",
}  # fmt: skip
"""Numbers in words, as digits."""
AGED = "year-old"
"""The head of "the 42-year-old"."""
COUNTED = "#"
"""The head of "the nine"."""


@dataclass(frozen=True, slots=True)
class Expression:
    """A phrase that names or describes somebody.

    `span` is the base phrase, `cuts` all the ways to write it, the base phrase among them, sorted.
    `name` is the span of the name that heads it or None; `kind` the kind of what it stands for, or
    "". `head` is the singular of the head noun, or "" for a bare name; `before` the folded content
    words before the head, `role` the noun beside a name ("speaker" in "House Speaker Hill"),
    singular, or "". `owner` is the folded word that owns it ("his", "hill") or "", `owned` the span
    of that word. `count` is the number of a plural in digits, `age` an age in years, or "".
    `title` is "mr", "ms" or another short word before a name, or "". `after` are the folded
    content words of the "of" phrase behind it, `proper` those before the head that are names.
    """

    span: Span
    sentence: int
    kind: str
    head: str
    plural: bool
    definite: bool
    cuts: tuple[Span, ...]
    name: Span | None = None
    before: frozenset[str] = frozenset()
    role: str = ""
    owner: str = ""
    owned: Span | None = None
    count: str = ""
    age: str = ""
    title: str = ""
    after: frozenset[str] = frozenset()
    proper: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Link:
    """Two expressions of a report, by their place in its list, that stand for one actor by syntax."""

    one: int
    other: int
    why: str


@dataclass(frozen=True, slots=True)
class _Chunk:
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


_Found = tuple[Expression, int, int]
"""An expression, the first word of its base phrase and the word after the last."""


class _Sentence:
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
                for n in range(at, min(at + _LONG, len(self.words)))
                if start <= self.words[n].span.start and self.words[n].span.end <= end
            ]
            if inside:
                if a.report.text[start:end] in lands:
                    self.lands.add((inside[0], inside[-1] + 1))
                for n in inside:
                    self.names[n] = (inside[0], inside[-1] + 1, kind)

    def span(self, first: int, end: int) -> Span:
        return Span(self.words[first].span.report, self.words[first].span.start, self.words[end - 1].span.end)

    def glued(self, at: int) -> bool:
        """Whether the word at `at` is a hyphen with no blank on either side."""
        return (
            0 < at < len(self.words) - 1
            and self.text[at] in _HYPHENS
            and self.words[at - 1].span.end == self.words[at].span.start
            and self.words[at].span.end == self.words[at + 1].span.start
        )

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
        behind = at > 0 and self.pos[at - 1] in {"NOUN", "ADJ", "DET", "PROPN"}
        return behind and nouns().kind.get(lemma(self.text[at])[0]) in {"person", "organisation"}

    def heads(self, at: int) -> bool:
        """Whether what follows a person's name goes on with the phrase: "'s", a hyphen, or a noun for an actor."""
        if at >= len(self.words) or at in self.names or self.glued(at) or self.low[at] in _CLITIC | _QUOTES:
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


def _ends_name(s: _Sentence, at: int) -> bool:
    """Whether no noun follows the name at `at`: "that Hill said", not "that Erie company"."""
    end = s.names[at][1]
    return end >= len(s.words) or s.pos[end] not in {"NOUN", "ADJ"} or end in s.names


def _chunk(s: _Sentence, first: int) -> _Chunk | None:
    """The base phrase that begins at word `first`, or None."""
    at, size = first, len(s.words)
    parts = [first]
    nominal = head = opened = -1  # the word after the last noun or name, that noun, an open quotation mark
    if s.low[at] in _POSSESSIVE or s.low[at] in _DETERMINERS or s.pos[at] == "DET":
        at += 1
        if at < size and s.pos[at - 1] == "DET" and s.low[at] in {"the", "these", "those", *_POSSESSIVE}:
            at += 1
    if s.low[first] == "that" and lemma(s.text[at] if at < size else "")[1]:
        return None  # "said that soldiers"
    if s.low[first] in {"that", "both"} and s.names.get(at, (0, 0, "group"))[2] != "group" and _ends_name(s, at):
        return None  # "said that Hill", "both Chad and Niger"
    if s.low[first] == "that" and at < size and s.pos[at] == "VERB":
        return None  # "photographs that showed Hill"
    if s.low[first] == "that" and at < size and s.low[at].rstrip(".") in {*TITLES, *_COURTESY}:
        return None  # "said that Mr. Hill"
    opens = at
    while at < size and at - first < _LONG:
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
        elif s.noun(at):
            head = at
            at += 1
            nominal = at
        elif s.glued(at + 1) and pos not in {"PRON", "PUNCT", "ADP", "CCONJ", "AUX"}:
            if nominal == at and pos in {"VERB", "ADV"}:
                break
            at += 1
        elif s.glued(at) or (s.text[at] == "/" and nominal == at) or (at > opens and s.glued(at - 1)):
            at += 1
        elif pos in {"ADJ", "NUM"} or (pos == "SYM" and nominal < at):
            if nominal == at and pos == "NUM":
                break
            at += 1
            if at - 1 > first and s.low[at - 1] in _PEOPLE and s.low[first] == "the" and not s.nominal(at):
                nominal, head = at, at - 1
        elif pos == "VERB" and at + 1 < size and at > first and s.low[at].endswith(("ed", "ing", "en")):
            if s.low[at] in _PEOPLE and s.low[at - 1] == "the" and not s.nominal(at + 1):
                head, nominal, at = at, at + 1, at + 1
                break
            if nominal == at or s.pos[at + 1] not in {"NOUN", "PROPN", "ADJ"}:
                break
            at += 1
        elif pos == "ADV" and at + 1 < size and s.pos[at + 1] in {"ADJ", "VERB"} and nominal < at:
            at += 1
        elif s.low[at] in _CLITIC and nominal == at and at + 1 < size and s.pos[at] != "AUX":
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
    return _Chunk(first, nominal, tuple(p for p in parts if p <= head), head)


def _chunks(s: _Sentence) -> list[_Chunk]:
    """The base phrases of a sentence, in order, without overlap."""
    out: list[_Chunk] = []
    at = 0
    while at < len(s.words):
        pos = s.pos[at]
        starts = at in s.names or pos in {"ADJ", "NUM", "NOUN", "PROPN"} or s.low[at] in _POSSESSIVE
        starts = starts or (pos in {"ADV", "VERB"} and s.glued(at + 1))
        starts = starts or ((pos == "DET" or s.low[at] in _DETERMINERS) and s.low[at] not in _ASKING - {"that"})
        chunk = _chunk(s, at) if starts else None
        if chunk is None or chunk.end <= at:
            at += 1
        else:
            out.append(chunk)
            at = chunk.end
    return out


def _tails(s: _Sentence, end: int, begins: dict[int, _Chunk], *, name: str, plural: bool) -> list[int]:
    """The ends of the longer ways to write a phrase that ends at word `end`; `name` is the kind of its name, or ""."""
    out: list[int] = []
    at, size = end, len(s.words)
    if at < size and s.low[at] in {"himself", "herself", "itself", "themselves", *_BIRTH}:
        at += 1
        out.append(at)
    if at < size and s.text[at] == "(":
        close = next((n for n in range(at + 1, min(at + 9, size)) if s.text[n] == ")"), None)
        if close is not None:
            at = close + 1
            out.append(at)
    if at + 1 < size and s.text[at] == ",":
        # "Hill, 46,", "Hill, Republican of Ohio,", "Hill, R-Ohio,", "Erie, Ohio"
        party = s.low[at + 1] in {"republican", "democrat", "independent", "r", "d", "i", "of"}
        if s.pos[at + 1] == "NUM" and (at + 2 == size or s.text[at + 2] in _STOPS):
            out.append(at + 2)
        elif party:
            stop = next(
                (n for n in range(at + 2, min(at + 9, size)) if s.text[n] in _STOPS or s.pos[n] == "VERB"), None
            )
            if stop is not None:
                out.append(stop)
                at = stop
        elif name == "place" and s.names.get(at + 1, (0, 0, ""))[2] == "place" and s.names[at - 1][:2] not in s.lands:
            out.append(s.names[at + 1][1])
    bound = {"of"} if name else _PREPOSITIONS
    for _ in range(4):
        joined = s.low[at] in bound or (plural and s.low[at] == "and") if at + 1 < size else False
        if not joined or at + 1 not in begins:
            break
        at = begins[at + 1].end
        out.append(at)
        bound = _PREPOSITIONS
    if at + 1 < size and (s.low[at] in _RELATIVE or (not name and _participle(s, at))):
        stop = next((n for n in range(at + 1, min(at + _LONG, size)) if s.text[n] in _STOPS), None)
        if stop is not None or size <= at + _LONG:
            out.append(size if stop is None else stop)
    return out


def _participle(s: _Sentence, at: int) -> bool:
    """Whether a participle at `at` describes what stands before it ("sent by", "carrying", "known as").

    "The convoy crossed into" may be a whole sentence: only "by", or a verb that is seldom told
    without an object, tells a past participle.
    """
    if s.low[at] in _TOLD and s.pos[at + 1] in {"ADP", "SCONJ", "PART", "NUM", "PROPN"}:
        return True
    if s.pos[at] != "VERB":
        return False
    return s.low[at].endswith("ing") or (s.low[at].endswith(("ed", "en", "nt")) and s.low[at + 1] == "by")


def _is_role(s: _Sentence, at: int) -> bool:
    """Whether the word at `at` is a title or a noun that can stand for an actor."""
    return s.low[at].rstrip(".") in TITLES or s.low[at].rstrip(".") in _COURTESY or bool(kind_of(lemma(s.text[at])[0]))


def _role(s: _Sentence, begin: int, name: tuple[int, int, str]) -> str:
    """The singular noun right before a name that says what its bearer is, or ""."""
    at = name[0] - 1
    if at < begin:
        return ""
    low = s.low[at].rstrip(".")
    role = TITLES.get(low) or lemma(s.text[at])[0]
    same = kind_of(role) == name[2] or low in TITLES
    return role if same else ""


def _quantified(s: _Sentence, first: int) -> int:
    """Where a phrase begins with the words before it that say how much of it: "dozens of", "at least"; else `first`."""
    at = first
    if (
        at >= 2
        and s.low[at - 1] == "of"
        and s.low[at - 2] != "one"
        and (s.low[at - 2] in _PARTS or s.pos[at - 2] == "NUM")
    ):
        at -= 2
        while at > 0 and (s.pos[at - 1] in {"DET", "NUM", "ADJ"} or s.low[at - 1] in _BOUNDS or s.low[at - 1] == "of"):
            if first - at > 4:
                break
            at -= 1
    elif s.pos[first] == "NUM":
        while at > 0 and s.low[at - 1] in _BOUNDS | {"at", "more", "fewer", "up", "less"} and first - at < 3:
            at -= 1
    while at < first and s.low[at] in {"to", "of", "than"}:
        at += 1
    return at


def _count(s: _Sentence, begin: int, head: int) -> str:
    """The number before the head of a phrase, in digits, or ""."""
    for n in range(begin, head + 1):
        if (s.pos[n] == "NUM" or s.low[n] in NUMBERS) and not s.glued(n + 1) and not s.glued(n - 1):
            number = NUMBERS.get(s.low[n], s.low[n].replace(",", ""))
            return number if number.isdigit() else ""
        if s.low[n] == "both":
            return "2"
    return ""


def _age(s: _Sentence, first: int, end: int, *, person: bool) -> str:
    """The age that a phrase tells, in digits, or "": "42-year-old", "Hill, 42,", "Hill (42)"."""
    for n in range(first + 1, min(end + 1, len(s.words))):
        if s.low[n] in {"year", "years"} and s.glued(n - 1) and n - 2 >= 0:
            number = s.low[n - 2]
            if n >= 4 and s.glued(n - 3) and s.low[n - 4] in NUMBERS and number in NUMBERS:
                return str(int(NUMBERS[s.low[n - 4]]) + int(NUMBERS[number]))  # thirty-four
            return NUMBERS.get(number, number if number.isdigit() else "")
    if person and end + 2 <= len(s.words) and s.text[end] in {",", "("}:
        at = end + 2 if s.low[end + 1] == "aged" and end + 2 < len(s.words) else end + 1
        closed = at + 1 >= len(s.words) or s.text[at + 1] in _STOPS
        if s.low[at].isdigit() and len(s.low[at]) < 3 and closed:
            return s.low[at]
    return ""


def _title(s: _Sentence, begin: int) -> str:
    """The courtesy title before a name: mr, ms, dr or ""."""
    for at in (begin, begin - 1):
        low = s.low[at].rstrip(".") if at >= 0 else ""
        if low in _COURTESY:
            return _COURTESY[low]
    return ""


def _inner(s: _Sentence, number: int, heads: set[Span]) -> Iterator[Expression]:
    """The names that head no phrase: "Erie" in "Erie police"."""
    for first, end, kind in sorted(set(s.names.values())):
        span = s.span(first, end)
        noun = kind == "group" and end - first == 1
        if span not in heads and len(span) > 1 and not noun:
            yield Expression(span, number, kind, "", plural=False, definite=False, cuts=(span,), name=span)


def _phrases(s: _Sentence, number: int) -> Iterator[_Found]:
    """The expressions of a sentence with the first word and the word after the last of their base."""
    chunks = _chunks(s)
    begins = {chunk.first: chunk for chunk in chunks}
    for chunk in chunks:
        for k, begin in enumerate(chunk.parts):
            # The phrase up to an "'s" is one, and so is the whole with its owners.
            first, last = chunk.first, k == len(chunk.parts) - 1
            at, end = chunk.ends(k)
            if at < begin:
                continue
            found = _expression(s, number, chunk, k)
            name = found.name is not None
            ends = [
                end,
                *(_tails(s, end, begins, name=found.kind if name else "", plural=found.plural) if last else ()),
            ]
            starts = {first, begin}
            if k == 0 and not name:
                starts.add(_quantified(s, first))
            if found.name is not None:
                named = s.names[at] if at in s.names else s.names[at - 1]
                if k == 0 and _runs_on(s, begin, named, found):
                    starts, first = set[int](), named[0]
                    found = replace(found, span=s.span(first, end), before=frozenset(), proper=frozenset())
                starts.add(named[0])
                starts.update(n for n in range(begin, named[0]) if n in s.names or _is_role(s, n))
            cuts = {s.span(a, b) for a in starts for b in ends if a < b and b - a <= _LONG}
            if found.name is not None:
                cuts |= _parts(s, found.name, found.kind)
            after = frozenset(
                lemma(s.text[n])[0]
                for n in range(end + 1, begins[end + 1].end if end + 1 in begins else end)
                if s.pos[n] in {"NOUN", "PROPN", "ADJ"} and s.low[end] == "of"
            )
            if k == 0 and found.plural and first > 1 and s.low[first - 1] == "of" and s.low[first - 2] == "one":
                # "one of the rowers" is a rower.
                alone = tuple(sorted(s.span(first - 2, b) for b in ends if b - first < _LONG))
                yield replace(found, span=alone[0], cuts=alone, plural=False, definite=False, count=""), first - 2, end
            yield replace(found, cuts=tuple(sorted(cuts)), after=after), first, end


def _runs_on(s: _Sentence, begin: int, named: tuple[int, int, str], found: Expression) -> bool:
    """Whether the noun before a name is none that its bearer can be called: "the first time Hill", "a rocket NASA"."""
    at = named[0] - 1
    plain = at >= begin and s.pos[at] == "NOUN" and s.text[at].islower() and at not in s.names
    return plain and not found.role and not kind_of(lemma(s.text[at])[0]) and not s.aged(at)


def _parts(s: _Sentence, name: Span, kind: str) -> set[Span]:
    """The name of a place without what stands after its comma."""
    if kind != "place":
        return set()
    words = [n for n in range(len(s.words)) if name.start <= s.words[n].span.start and s.words[n].span.end <= name.end]
    out: set[Span] = set()
    comma = next((n for n in words[1:] if s.text[n] == ","), None)
    if comma is not None:
        out.add(s.span(words[0], comma))
    return out


def _expression(s: _Sentence, number: int, chunk: _Chunk, k: int) -> Expression:
    """What the part `k` of a phrase says, with all that owns it."""
    first, begin = chunk.first, chunk.parts[k]
    at, end = chunk.ends(k)
    name = s.names.get(at)
    name = name if name is not None and name[1] == at + 1 and name[0] >= begin else None
    head, plural = lemma(s.text[at])
    kind = name[2] if name else kind_of(head)
    plural = plural or head == "people"
    if name is None and s.aged(at):
        head, plural, kind = AGED, s.low[at] == "olds", "person"
    elif name is None and (s.pos[at] == "NUM" or (s.low[at] in NUMBERS and s.low[max(0, at - 1)] == "the")):
        head, plural, kind = COUNTED, True, "group"
    elif name is None and s.low[at] in _PEOPLE and s.pos[at] != "NOUN":
        head, plural, kind = s.low[at], s.low[at] not in {"accused", "deceased"}, "person"
    if name and kind == "group" and name[1] - name[0] == 1:
        # "a Democrat", "the Republicans": a name that is used as a noun.
        name = None
        kind = "group" if plural or not kind_of(head) else kind_of(head)
    body = s.names.get(at - 1) if name is None and at - 1 >= begin else None
    alike = body is not None and (body[2] == kind or {body[2], kind} <= {"group", "organisation"})
    if head in LED or (body and " ".join(s.low[body[0] : body[1]]) in peoples()):
        body = None  # "the Hill administration" is not Hill
    body = body if body and body[2] in {"organisation", "place"} and alike and body[1] == at else None
    body_end = name[0] if name else at
    before = [n for n in range(begin, body_end) if s.pos[n] in {"NOUN", "PROPN", "ADJ", "VERB"} or n in s.names]
    role = _role(s, begin, name) if name else ""
    if body and not plural:  # "the Harbour Watch group" is Harbour Watch
        name, role = body, head
    owner, owned = "", None
    if s.low[first] in _POSSESSIVE and begin == first:
        owner = s.low[first]
    elif k > 0:
        owner = lemma(s.text[chunk.parts[k] - 2])[0]
        owned = s.words[chunk.parts[k] - 2].span
    return Expression(
        span=s.span(first, end),
        sentence=number,
        kind=kind,
        head=role if name else head,
        plural=plural and name is None,
        definite=s.low[first] in {"the", "this", "that", "these", "those"},
        cuts=(),
        name=s.span(name[0], name[1]) if name else None,
        before=frozenset(lemma(s.text[n])[0].rstrip(".") for n in before),
        proper=frozenset(
            lemma(s.text[n])[0].rstrip(".") for n in before if n and (n in s.names or s.text[n][:1].isupper())
        ),
        role=role,
        owner=owner,
        owned=owned,
        count=_count(s, begin, at) if name is None else "",
        age=_age(s, first, end, person=kind == "person"),
        title=_title(s, name[0]) if name else "",
    )


def expressions(
    a: Annotated, namings: Sequence[tuple[int, int, str]] | None = None
) -> tuple[list[Expression], list[Link]]:
    """The expressions of a report in the order of its text, and which of them syntax joins.

    `namings` are the report's names as (start, end, kind), sorted; its mentions where none are
    given. "NAME, a driver from Erie," and "the driver, NAME," are one actor, and so are the two
    sides of "NAME is the driver".
    """
    out: list[Expression] = []
    links: list[Link] = []
    if namings is None:
        namings = sorted((m.span.start, m.span.end, m.kind) for m in a.mentions)
    lands = {a.quote(place.span) for place in a.places if place.precision == "country"}
    at = 0
    for number, words in enumerate(a.words):
        if not words:
            continue
        lo, hi = words[0].span.start, words[-1].span.end
        while at < len(namings) and namings[at][0] < lo:
            at += 1
        first = at
        while at < len(namings) and namings[at][0] < hi:
            at += 1
        s = _Sentence(a, number, namings[first:at], lands)
        here = list(_phrases(s, number))
        found = [expression for expression, _, _ in here]
        for k, one in enumerate(here):
            for m, other in enumerate(here[k + 1 : k + 5], k + 1):
                if other[1] <= one[2] or (other[2] < len(s.words) and s.low[other[2]] in _CLITIC):
                    continue
                why = _joined(s, one, other)
                if why:
                    links.append(Link(len(out) + k, len(out) + m, why))
                if why == "apposition":
                    ends = {other[2], *_ends_of(s, other[0], other[2])}
                    found[k] = _longer(found[k], {s.span(one[1], end) for end in ends})
                break
        out += found
        out += _inner(s, number, {e.name for e in found if e.name is not None})
    return out, links


def _ends_of(s: _Sentence, expression: Expression, end: int) -> list[int]:
    """Word numbers after the last word of each cut of an expression that ends later than its base."""
    places = {word.span.end: n + 1 for n, word in enumerate(s.words)}
    return sorted({places[cut.end] for cut in expression.cuts if cut.end in places and places[cut.end] > end})


def _longer(expression: Expression, spans: set[Span]) -> Expression:
    """The expression with more cuts; those that begin at its name too."""
    more = set(spans)
    if expression.name is not None:
        more |= {Span(x.report, expression.name.start, x.end) for x in spans if x.end > expression.name.start}
    return replace(expression, cuts=tuple(sorted({*expression.cuts, *more})))


def _misread(s: _Sentence, expression: Expression) -> bool:
    """Whether a name may be a person's that was taken for something else: two words, the last no common noun."""
    if expression.name is None or expression.kind == "person":
        return False
    at = next(n for n, word in enumerate(s.words) if word.span.start >= expression.name.start)
    first, end, _ = s.names[at]
    return end - first == 2 and not kind_of(lemma(s.text[end - 1])[0]) and s.text[end - 1][:1].isupper()


def _joined(s: _Sentence, left: _Found, right: _Found) -> str:
    """Why syntax joins two expressions that follow each other, or ""."""
    (one, first, end), (other, first2, end2) = left, right
    gap = s.low[end:first2]
    named = (one.name is not None) + (other.name is not None)
    if not gap or len(gap) > 2 or not named or (named == 2 and not other.role):
        return ""
    kinds = {one.kind, other.kind}
    bodies = "group" in kinds or "organisation" in kinds
    fit = len(kinds) == 1 or "" in kinds or kinds in ({"group", "organisation"}, {"group", "person"})
    fit = fit or (named == 1 and _misread(s, one) | _misread(s, other) and "person" in kinds)
    if not fit or (one.plural != other.plural and not bodies):
        return ""
    if gap == [","] and named == 1:
        described, at = (other, first2) if one.name is not None else (one, first)
        listed = end2 < len(s.words) and s.low[end2] in {"and", "or"}
        opened = s.low[at] in {"a", "an", "the", "one", *_POSSESSIVE} or described.owner or described.head
        return "apposition" if opened and not listed else ""
    if gap == ["of"] and one.kind == other.kind == "place" and one.name is None:
        return "of"
    still = len(gap) == 1 or gap[1] in {"also", "now", "still", "once"}
    return "copula" if gap[0] in _BE and still else ""
