"""Expressions: the phrases of a report that name or describe somebody, with the ways to cut them.

A base noun phrase is found by its parts of speech (as in Ramshaw and Marcus 1995, by rule);
names keep whole what the mentions keep whole. An expression is a base phrase whose head is a name
or a noun that can stand for an actor. Reports write the same phrase long and short, so each has
its cuts: without its titles, with the bracket, apposition, prepositional phrase or clause after it.

Still missed: coordinated phrases ("the mayor and his wife" is two), pronouns, and heads that the
list of actor nouns lacks and no name stands beside.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from tellings.records import Annotated, Word
from tellings.text import Span

__all__ = ["TITLES", "Expression", "Link", "Nouns", "expressions", "lemma", "nouns"]

_POSSESSIVE = {"his", "her", "their", "its", "my", "our", "your"}
_CLITIC = {"'s", "’s", "'", "’"}
_HYPHENS = {"-", "‐", "‑", "–"}
_DETERMINERS = {"the", "a", "an", "this", "that", "these", "those", "some", "all", "both", "several", "many", "another",
                "any", "each", "every", "no", "few", "other"}  # fmt: skip
_PREPOSITIONS = {"of", "in", "at", "from", "for", "with", "on", "to", "by", "near", "against", "behind", "among",
                 "inside", "under"}  # fmt: skip
_RELATIVE = {"who", "that", "which", "whose", "whom"}
_BE = {"is", "was", "are", "were", "be", "been", "became", "becomes", "remains"}
_STOPS = {",", ";", ":", ".", "—", "–", "--", "!", "?", '"', "“", "”", "(", ")", "[", "]"}
_LONG = 30  # words of the longest cut


TITLES = {
    "rep": "representative", "sen": "senator", "gov": "governor", "gen": "general", "sgt": "sergeant",
    "lt": "lieutenant", "capt": "captain", "col": "colonel", "det": "detective", "prof": "professor", "dr": "doctor",
    "rev": "reverend",
    "sens": "senator", "reps": "representative", "adm": "admiral", "maj": "major", "cmdr": "commander",
    "president-elect": "president", "supt": "superintendent", "pres": "president",
}  # fmt: skip
"""Titles before a name as they are shortened, and the noun that they stand for."""


@dataclass(frozen=True, slots=True)
class Nouns:
    """The nouns that can stand for an actor: the kind of each, and the lines of the list it stands in."""

    kind: dict[str, str]
    lines: dict[str, frozenset[int]]

    def akin(self, one: str, other: str) -> bool:
        """Whether two nouns can stand for the same actor."""
        return one == other or not self.lines.get(one, frozenset()).isdisjoint(self.lines.get(other, frozenset()))


@cache
def nouns() -> Nouns:
    """The list of actor nouns."""
    kind: dict[str, str] = {}
    lines: dict[str, set[int]] = {}
    section = ""
    text = files("tellings.lexicons").joinpath("actor_nouns.txt").read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines()):
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            for noun in line.split():
                kind.setdefault(noun, section)
                lines.setdefault(noun, set()).add(number)
    return Nouns(kind, {noun: frozenset(some) for noun, some in lines.items()})


_ODD = {"men": "man", "women": "woman", "people": "people", "children": "child", "wives": "wife", "police": "police",
        "policemen": "policeman", "congressmen": "congressman", "servicemen": "serviceman", "firemen": "fireman",
        "gunmen": "gunman", "fishermen": "fisherman", "businessmen": "businessman", "spokesmen": "spokesman",
        "thieves": "thief", "staff": "staff", "press": "press", "boss": "boss", "business": "business", "congress":
        "congress", "campus": "campus", "actress": "actress", "witness": "witness"}  # fmt: skip


def lemma(word: str) -> tuple[str, bool]:
    """The singular of a noun in small letters, and whether it stood in the plural.

    >>> lemma("Companies"), lemma("boss"), lemma("gunmen")
    (('company', True), ('boss', False), ('gunman', True))
    """
    low = word.lower()
    for prefix in ("ex-", "co-", "then-"):
        low = low.removeprefix(prefix)
    if low in _ODD:
        return _ODD[low], _ODD[low] != low
    if len(low) > 3 and low.endswith("s") and not low.endswith(("ss", "us", "is")):
        if low.endswith("ies"):
            return low[:-3] + "y", True
        if low.endswith(("sses", "shes", "ches", "xes")):
            return low[:-2], True
        return low[:-1], True
    return low, False


@dataclass(frozen=True, slots=True)
class Expression:
    """A phrase that names or describes somebody.

    `span` is the base phrase, `cuts` all the ways to write it, the base phrase among them, sorted.
    `name` is the span of the named mention that heads it or None; `kind` the kind of what it
    stands for, or "". `head` is the singular of the head noun, or "" for a bare name; `before`
    the folded content words before the head, `role` the noun beside a name ("speaker" in "House
    Speaker Hill"), singular, or "". `owner` is the folded word that owns it ("his", "hill") or "".
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


@dataclass(frozen=True, slots=True)
class Link:
    """Two expressions of a report, by their place in its list, that stand for one actor by syntax."""

    one: int
    other: int
    why: str


@dataclass(frozen=True, slots=True)
class _Chunk:
    """A base phrase: words `first` up to `end` of a sentence; `parts` begin anew after each "'s"."""

    first: int
    end: int
    parts: tuple[int, ...]


_Found = tuple[Expression, int, int]
"""An expression, the first word of its base phrase and the word after the last."""


class _Sentence:
    """The words of one sentence with what the reading of phrases asks of them."""

    def __init__(self, a: Annotated, number: int, mentions: Sequence[tuple[int, int, str]]) -> None:
        self.words: tuple[Word, ...] = a.words[number]
        self.text = [a.quote(word.span) for word in self.words]
        self.low = [text.lower() for text in self.text]
        self.pos = [word.pos for word in self.words]
        self.names: dict[int, tuple[int, int, str]] = {}
        for start, end, kind in mentions:
            inside = [n for n, w in enumerate(self.words) if start <= w.span.start and w.span.end <= end]
            if inside:
                for n in inside:
                    self.names[n] = (inside[0], inside[-1] + 1, kind)

    def span(self, first: int, end: int) -> Span:
        return Span(self.words[first].span.report, self.words[first].span.start, self.words[end - 1].span.end)

    def glued(self, at: int) -> bool:
        """Whether the word at `at` is a hyphen with no blank on either side."""
        return (
            self.text[at] in _HYPHENS
            and 0 < at < len(self.words) - 1
            and self.words[at - 1].span.end == self.words[at].span.start
            and self.words[at].span.end == self.words[at + 1].span.start
        )


def _chunk(s: _Sentence, first: int) -> _Chunk | None:
    """The base phrase that begins at word `first`, or None."""
    at, size = first, len(s.words)
    parts = [first]
    nominal = -1  # word after the last noun or name
    if s.low[at] in _POSSESSIVE or s.low[at] in _DETERMINERS or s.pos[at] == "DET":
        at += 1
        if at < size and s.pos[at - 1] == "DET" and s.low[at] in {"the", "these", "those", *_POSSESSIVE}:
            at += 1
    while at < size and at - first < _LONG:
        pos = s.pos[at]
        if at in s.names:
            begin, end, _ = s.names[at]
            if nominal >= 0 and begin == at and s.low[at] in {"the", "a"}:
                break
            at = nominal = end
        elif pos in {"NOUN", "PROPN"}:
            at += 1
            nominal = at
        elif pos in {"ADJ", "NUM"} or (pos == "SYM" and nominal < at):
            if nominal == at and pos == "NUM":
                break
            at += 1
        elif s.glued(at) or (s.text[at] == "/" and nominal == at):
            at += 1
        elif pos == "VERB" and at + 1 < size and (at > first) and s.low[at].endswith(("ed", "ing", "en")):
            if (nominal == at or s.pos[at + 1] not in {"NOUN", "PROPN", "ADJ"}) and not s.glued(at - 1):
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
    if nominal <= first:
        return None
    return _Chunk(first, nominal, tuple(p for p in parts if p < nominal))


def _chunks(s: _Sentence) -> list[_Chunk]:
    """The base phrases of a sentence, in order, without overlap."""
    out: list[_Chunk] = []
    at = 0
    while at < len(s.words):
        pos = s.pos[at]
        starts = at in s.names or pos in {"DET", "ADJ", "NUM", "NOUN", "PROPN"} or s.low[at] in _POSSESSIVE
        chunk = _chunk(s, at) if starts else None
        if chunk is None:
            at += 1
        else:
            out.append(chunk)
            at = chunk.end
    return out


def _tails(s: _Sentence, end: int, begins: dict[int, _Chunk], *, named: bool, plural: bool) -> list[int]:
    """The ends of the longer ways to write a phrase that ends at word `end`."""
    out: list[int] = []
    at, size = end, len(s.words)
    if at < size and s.text[at] == "(":
        close = next((n for n in range(at + 1, min(at + 9, size)) if s.text[n] == ")"), None)
        if close is not None:
            at = close + 1
            out.append(at)
    if at + 1 < size and s.text[at] == ",":
        # "Hill, 46,", "Hill, Republican of Ohio,", "Hill, R-Ohio,"
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
    bound = {"of"} if named else _PREPOSITIONS
    for _ in range(4):
        joined = s.low[at] in bound or (plural and s.low[at] == "and") if at + 1 < size else False
        if not joined or at + 1 not in begins:
            break
        at = begins[at + 1].end
        out.append(at)
        bound = _PREPOSITIONS
    if at + 1 < size and (s.low[at] in _RELATIVE or (not named and _participle(s, at))):
        stop = next((n for n in range(at + 1, min(at + _LONG, size)) if s.text[n] in _STOPS), min(at + _LONG, size))
        out.append(stop)
    return out


def _participle(s: _Sentence, at: int) -> bool:
    """Whether a participle at `at` describes what stands before it ("sent by", "carrying").

    "The convoy crossed into" may be a whole sentence: only "by" tells a past participle.
    """
    if s.pos[at] != "VERB":
        return False
    return s.low[at].endswith("ing") or (s.low[at].endswith(("ed", "en", "nt")) and s.low[at + 1] == "by")


def _is_role(s: _Sentence, at: int, known: Nouns) -> bool:
    """Whether the word at `at` is a title or a noun that can stand for an actor."""
    return s.low[at].rstrip(".") in TITLES or lemma(s.text[at])[0] in known.kind


def _role(s: _Sentence, begin: int, name: tuple[int, int, str], known: Nouns) -> str:
    """The singular noun right before a name that says what its bearer is, or ""."""
    at = name[0] - 1
    if at < begin:
        return ""
    low = s.low[at].rstrip(".")
    role = TITLES.get(low) or lemma(s.text[at])[0]
    same = known.kind.get(role, "") == name[2] or low in TITLES
    return role if same else ""


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
    known = nouns()
    for chunk in chunks:
        edges = [*chunk.parts, chunk.end + 1]
        for k, _ in enumerate(chunk.parts):
            last = k == len(chunk.parts) - 1
            # The phrase up to an "'s" is one, and so is the whole with its owners.
            first, end = chunk.first, chunk.end if last else edges[k + 1] - 1
            begin = chunk.parts[k]
            if end <= begin or end <= first:
                continue
            name = s.names.get(end - 1)
            name = name if name is not None and name[1] == end and name[0] >= begin else None
            head, plural = lemma(s.text[end - 1])
            kind = name[2] if name else known.kind.get(head, "")
            if name and kind == "group" and name[1] - name[0] == 1:
                # "a Democrat", "the Republicans": a name that is used as a noun.
                name = None
                kind = "group" if plural or head not in known.kind else known.kind[head]
            body = s.names.get(end - 2) if name is None and end - 2 >= begin else None
            body = (
                body
                if body and body[2] in {"organisation", "place"} and body[2] == kind and body[1] == end - 1
                else None
            )
            body_end = name[0] if name else end - 1
            before = [n for n in range(begin, body_end) if s.pos[n] in {"NOUN", "PROPN", "ADJ", "VERB"} or n in s.names]
            role = _role(s, begin, name, known) if name else ""
            if body and not plural:  # "the Harbour Watch group" is Harbour Watch
                name, role = body, head
            owner = ""
            if s.low[first] in _POSSESSIVE and begin == first:
                owner = s.low[first]
            elif k > 0:
                owner = lemma(s.text[chunk.parts[k] - 2])[0]
            starts = {first, begin}
            if name:
                starts.add(name[0])
                if kind == "person" and name[1] - name[0] > 2:
                    starts.add(name[1] - 2)
                starts.update(n for n in before if n < name[0] and (n in s.names or _is_role(s, n, known)))
            ends = [end, *(_tails(s, end, begins, named=name is not None, plural=plural) if last else ())]
            cuts = {s.span(a, b) for a in starts for b in ends if a < b and b - a <= _LONG}
            cuts.add(s.span(first, end))
            yield (
                Expression(
                    span=s.span(first, end),
                    sentence=number,
                    kind=kind,
                    head=role if name else head,
                    plural=plural and name is None,
                    definite=s.low[first] in {"the", "this", "that", "these", "those"},
                    cuts=tuple(sorted(cuts)),
                    name=s.span(name[0], name[1]) if name else None,
                    before=frozenset(lemma(s.text[n])[0].rstrip(".") for n in before),
                    role=role,
                    owner=owner,
                ),
                first,
                end,
            )


def expressions(a: Annotated) -> tuple[list[Expression], list[Link]]:
    """The expressions of a report in the order of its text, and which of them syntax joins.

    "NAME, a driver from Erie," and "the driver, NAME," are one actor, and so are the two sides
    of "NAME is the driver".
    """
    out: list[Expression] = []
    links: list[Link] = []
    mentions, at = sorted(a.mentions, key=lambda m: m.span), 0
    for number, words in enumerate(a.words):
        if not words:
            continue
        lo, hi = words[0].span.start, words[-1].span.end
        while at < len(mentions) and mentions[at].span.start < lo:
            at += 1
        inside: list[tuple[int, int, str]] = []
        while at < len(mentions) and mentions[at].span.start < hi:
            inside.append((mentions[at].span.start, mentions[at].span.end, mentions[at].kind))
            at += 1
        s = _Sentence(a, number, inside)
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
