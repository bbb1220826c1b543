"""Expressions: the phrases of a report that name or describe somebody, with the ways to cut them.

A base noun phrase is found by its parts of speech (as in Ramshaw and Marcus 1995, by rule); names
keep whole what was read as one name. An expression is a base phrase whose head is a name or a noun
that can stand for an actor. Reports write the same phrase long and short, so each has its cuts:
without its titles, with the bracket, apposition, prepositional phrase or clause after it.

Still missed: coordinated phrases ("the mayor and his wife" is two), pronouns, and heads that the
lists of nouns lack and no name stands beside.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tellings.collate.chunks import (
    CLITIC,
    COURTESY,
    LONG,
    NUMBERS,
    PEOPLE,
    POSSESSIVE,
    RELATIVE,
    Chunk,
    Sentence,
    chunks,
)
from tellings.collate.namesakes import GENDERED, peoples
from tellings.collate.nouns import PARTISANS, SWARMS, TITLES, kind_of, lemma, nouns
from tellings.records import Annotated
from tellings.text import Span

__all__ = ["LED", "NUMBERS", "Expression", "Link", "expressions"]

_PREPOSITIONS = {"of", "in", "at", "from", "for", "with", "on", "to", "by", "near", "against", "behind", "among",
                 "inside", "under"}  # fmt: skip
_NAMING = {"called", "named", "nicknamed", "dubbed", "codenamed", "known as", "identified as", "named as"}
"""What says that somebody bears the name that follows."""
_BETWEEN = {",", "was", "were", "is", "are", "has", "have", "had", "been", "being", "also", "later", "locally", "only",
            "since", "now", "widely", "better", "then", "who", "which"}  # fmt: skip
"""Words that may stand before it."""
_POSTS = {"founder", "co-founder", "ceo", "executive", "chairman", "chairwoman", "chair", "president", "director",
          "editor", "owner", "producer", "minister", "secretary", "author"}  # fmt: skip
"""What one person often is besides something else."""
_DASHES = {"-", "--", "–", "—"}
_OPENING = {"the", "a", "an", "this"}
_BE = {"is", "was", "are", "were", "be", "been", "became", "becomes", "remains"}
_STOPS = {",", ";", ":", ".", "—", "–", "--", "!", "?", '"', "“", "”", "(", ")", "[", "]"}
_TOLD = {"known", "called", "named", "nicknamed", "dubbed", "accused", "charged", "suspected", "convicted", "believed",
         "thought", "based", "born", "involved", "affiliated", "linked", "stationed", "located", "trapped", "stranded",
         "displaced", "held", "aged", "run", "owned", "familiar", "responsible", "loyal", "allied"}  # fmt: skip
"""Words after a noun that mostly describe it and are not the verb of its sentence."""
_PARTS = {"all", "most", "some", "many", "several", "both", "half", "dozens", "hundreds", "thousands", "millions",
          "tens", "scores", "any", "few", "none", "much", "number", "majority", "handful", "couple", "rest",
          "remnants", "group", "members", "lots", "plenty", "pair", "team", "crowd", "gang", "band", "squad",
          "panel"}  # fmt: skip
_BOUNDS = {"about", "almost", "nearly", "around", "only", "roughly", "some", "over", "least", "than", "to", "just"}
LED = {"administration", "campaign", "presidency", "cabinet", "camp", "regime", "team", "transition", "era"}
"""Bodies that are told by the name of whom they serve, and are not called by it."""
_BIRTH = {"ii", "iii", "iv", "jr", "jr.", "sr", "sr."}
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
    content words of the "of" phrase behind it, `proper` those before the head that are names, `served` those of
    the name behind it ("a spokesman for Hill").
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
    served: frozenset[str] = frozenset()
    proper: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Link:
    """Two expressions of a report, by their place in its list, that stand for one actor by syntax."""

    one: int
    other: int
    why: str


_Found = tuple[Expression, int, int]
"""An expression, the first word of its base phrase and the word after the last."""


def _tails(s: Sentence, first: int, end: int, begins: dict[int, Chunk], *, name: str, plural: bool) -> list[int]:
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
        party = s.low[at + 1] in {"republican", "democrat", "independent", "of"} or (
            s.low[at + 1] in {"r", "d", "i"} and at + 2 < size and s.text[at + 2] in {"-", "–", "‑"}
        )
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
        if at + 1 >= size or at + 1 not in begins:
            break
        other = begins[at + 1]
        several = plural and (other.head in s.names or bool(kind_of(lemma(s.text[other.head])[0])))
        both = s.low[at] == "and" and (several or (not name and _one_bearer(s, first, end, other)))
        if not both and s.low[at] not in bound:
            break
        at = begins[at + 1].end
        out.append(at)
        bound = _PREPOSITIONS
    if at + 1 < size and (s.low[at] in RELATIVE or (not name and _participle(s, at))):
        stop = next((n for n in range(at + 1, min(at + LONG, size)) if s.text[n] in _STOPS), None)
        if stop is not None or size <= at + LONG:
            out.append(size if stop is None else stop)
    return out


def _one_bearer(s: Sentence, first: int, end: int, chunk: Chunk) -> bool:
    """Whether the phrase behind "and" is of whom the one before it is: "a singer and actor", "founder and editor".

    "The driver and passenger" are two: "a" or a post tells that one person has both.
    """
    (one, _), (other, plural) = lemma(s.text[end - 1]), lemma(s.text[chunk.head])
    bare = s.pos[chunk.first] != "DET" and s.low[chunk.first] not in POSSESSIVE and chunk.head not in s.names
    told = s.low[first] in {"a", "an"} or not {one, other}.isdisjoint(_POSTS)
    return bare and told and not plural and kind_of(one) == kind_of(other) == "person"


def _participle(s: Sentence, at: int) -> bool:
    """Whether a participle at `at` describes what stands before it ("sent by", "carrying", "known as").

    "The convoy crossed into" may be a whole sentence: only "by", or a verb that is seldom told
    without an object, tells a past participle.
    """
    if s.low[at] in _TOLD and s.pos[at + 1] in {"ADP", "SCONJ", "PART", "NUM", "PROPN"}:
        return True
    if s.pos[at] != "VERB":
        return False
    return s.low[at].endswith("ing") or (s.low[at].endswith(("ed", "en", "nt")) and s.low[at + 1] == "by")


def _is_role(s: Sentence, at: int) -> bool:
    """Whether the word at `at` is a title or a noun that can stand for an actor."""
    return s.low[at].rstrip(".") in TITLES or s.low[at].rstrip(".") in COURTESY or bool(kind_of(lemma(s.text[at])[0]))


def _role(s: Sentence, begin: int, name: tuple[int, int, str]) -> str:
    """The singular noun right before a name that says what its bearer is, or ""."""
    at = name[0] - 1
    if at < begin:
        return ""
    low = s.low[at].rstrip(".")
    role = TITLES.get(low) or lemma(s.text[at])[0]
    same = kind_of(role) == name[2] or low in TITLES
    return role if same else ""


def _quantified(s: Sentence, first: int) -> int:
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


def _count(s: Sentence, begin: int, head: int) -> str:
    """The number before the head of a phrase, in digits, or ""."""
    for n in range(begin, head + 1):
        if (s.pos[n] == "NUM" or s.low[n] in NUMBERS) and not s.glued(n + 1) and not s.glued(n - 1):
            number = NUMBERS.get(s.low[n], s.low[n].replace(",", ""))
            return number if number.isdigit() else ""
        if s.low[n] == "both":
            return "2"
    return ""


def _age(s: Sentence, first: int, end: int, *, person: bool) -> str:
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


def _title(s: Sentence, begin: int) -> str:
    """The courtesy title before a name: mr, ms, dr or ""."""
    for at in (begin, begin - 1):
        low = s.low[at].rstrip(".") if at >= 0 else ""
        if low in COURTESY:
            return COURTESY[low]
    return ""


def _inner(s: Sentence, number: int, heads: set[Span]) -> Iterator[Expression]:
    """The names that head no phrase: "Erie" in "Erie police"."""
    for first, end, kind in sorted(set(s.names.values())):
        span = s.span(first, end)
        noun = kind == "group" and end - first == 1
        if span not in heads and len(span) > 1 and not noun:
            yield Expression(span, number, kind, "", plural=False, definite=False, cuts=(span,), name=span)


def _phrases(s: Sentence, number: int) -> Iterator[_Found]:
    """The expressions of a sentence with the first word and the word after the last of their base."""
    found_chunks = chunks(s)
    begins = {chunk.first: chunk for chunk in found_chunks}
    for chunk in found_chunks:
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
                *(_tails(s, first, end, begins, name=found.kind if name else "", plural=found.plural) if last else ()),
            ]
            starts = {first, begin}
            if k == 0 and not name:
                starts.add(_quantified(s, first))
            if found.name is not None:
                named = s.names[at] if at in s.names else s.names[at - 1]
                if k == 0 and (_runs_on(s, begin, named, found) or _in_post(s, begin, named[0])):
                    starts, first = set[int](), named[0]
                    found = replace(found, span=s.span(first, end), before=frozenset(), proper=frozenset())
                titles = range(begin if starts else named[0], named[0])
                starts.add(named[0])
                starts.update(n for n in titles if s.apart(n) and (n in s.names or _is_role(s, n)))
            cuts = {s.span(a, b) for a in starts for b in ends if a < b and b - a <= LONG}
            if found.name is not None:
                cuts |= _parts(s, found.name, found.kind) | _halves(s, first, begin, at, found)
            after = frozenset(
                lemma(s.text[n])[0]
                for n in range(end + 1, begins[end + 1].end if end + 1 in begins else end)
                if s.pos[n] in {"NOUN", "PROPN", "ADJ"} and s.low[end] == "of"
            )
            if last and found.plural and first > 1 and s.low[first - 1] == "of" and s.low[first - 2] == "one":
                # "one of the rowers" is a rower.
                alone = tuple(sorted(s.span(first - 2, b) for b in ends if b - first < LONG))
                yield replace(found, span=alone[0], cuts=alone, plural=False, definite=False, count=""), first - 2, end
            served = _served(s, end, begins) if last and not name else frozenset[str]()
            yield replace(found, cuts=tuple(sorted(cuts)), after=after, served=served), first, end


def _served(s: Sentence, end: int, begins: dict[int, Chunk]) -> frozenset[str]:
    """The words of the name behind "for", "of" or "at": whose spokesman it is."""
    if end + 1 >= len(s.words) or s.low[end] not in {"for", "of", "at"} or end + 1 not in begins:
        return frozenset()
    chunk = begins[end + 1]
    words = (n for n in range(chunk.first, chunk.end) if s.text[n][:1].isupper() and s.pos[n] != "DET")
    return frozenset(lemma(s.text[n])[0].rstrip(".") for n in words)


def _in_post(s: Sentence, begin: int, name: int) -> bool:
    """Whether the word before a name is the end of a post: "Secretary of Fisheries Ann Hill"."""
    post = name == begin + 1 and begin > 1 and s.low[begin - 1] in {"of", "for"} and s.text[begin][:1].isupper()
    return post and s.text[begin - 2][:1].isupper() and kind_of(lemma(s.text[begin - 2])[0]) == "person"


def _runs_on(s: Sentence, begin: int, named: tuple[int, int, str], found: Expression) -> bool:
    """Whether the noun before a name is none that its bearer can be called: "the first time Hill", "a rocket NASA"."""
    at = named[0] - 1
    plain = at >= begin and s.pos[at] == "NOUN" and s.text[at].islower() and at not in s.names
    return plain and not found.role and not kind_of(lemma(s.text[at])[0]) and not s.aged(at)


def _halves(s: Sentence, first: int, begin: int, at: int, found: Expression) -> set[Span]:
    """The description and the name of a phrase that has both: "the town clerk" and "Ann Hill", "the Weir group"."""
    named, end, _ = s.names[at] if at in s.names else s.names[at - 1]
    if end <= at:  # the head is a noun behind the name
        return {s.span(named, end)} if s.text[at].islower() else set()
    opened = s.low[first] in _OPENING or s.low[first] in POSSESSIVE or first < begin
    role = named > first and found.role == lemma(s.text[named - 1])[0] and found.role in nouns().kind
    plain = found.kind == "person" and named - first > 2
    return {s.span(first, named)} if opened and role and (plain or s.text[named - 1].islower()) else set()


def _parts(s: Sentence, name: Span, kind: str) -> set[Span]:
    """The name of a place without what stands after its comma."""
    if kind != "place":
        return set()
    words = [n for n in range(len(s.words)) if name.start <= s.words[n].span.start and s.words[n].span.end <= name.end]
    out: set[Span] = set()
    comma = next((n for n in words[1:] if s.text[n] == ","), None)
    if comma is not None:
        out.add(s.span(words[0], comma))
    return out


def _name_kind(s: Sentence, begin: int, name: tuple[int, int, str]) -> str:
    """The kind of a name: a body's where a noun for one ("chip maker") stands before what was taken for a person."""
    at = name[0] - 1
    if name[2] != "person" or name[1] - name[0] > 1 or at < begin or not s.text[at].islower():
        return name[2]
    return "organisation" if nouns().kind.get(lemma(s.text[at])[0]) == "organisation" else name[2]


def _expression(s: Sentence, number: int, chunk: Chunk, k: int) -> Expression:
    """What the part `k` of a phrase says, with all that owns it."""
    first, begin = chunk.first, chunk.parts[k]
    at, end = chunk.ends(k)
    name = s.names.get(at)
    name = name if name is not None and name[1] == at + 1 and name[0] >= begin else None
    head, plural = lemma(s.text[at])
    kind = _name_kind(s, begin, name) if name else kind_of(head)
    plural = plural or head == "people"
    if name is None and s.aged(at):
        head, plural, kind = AGED, s.low[at] == "olds", "person"
    elif name is None and (s.pos[at] == "NUM" or (s.low[at] in NUMBERS and s.low[max(0, at - 1)] == "the")):
        head, plural, kind = COUNTED, True, "group"
    elif name is None and s.low[at] in PEOPLE and s.pos[at] != "NOUN":
        head, plural, kind = s.low[at], s.low[at] not in {"accused", "deceased"}, "person"
    if name and not plural and head in PARTISANS and s.low[first] in {"the", "a", "an"}:
        name, kind = None, "person"  # "the Ohio Democrat"
    if name and kind == "group" and name[1] - name[0] == 1:
        # "a Democrat", "the Republicans": a name that is used as a noun.
        name = None
        kind = "group" if plural or not kind_of(head) else kind_of(head)
    body = s.names.get(at - 1) if name is None and at - 1 >= begin else None
    alike = body is not None and (body[2] == kind or {body[2], kind} <= {"group", "organisation"})
    if head in LED or head in SWARMS or (body and " ".join(s.low[body[0] : body[1]]) in peoples()):
        body = None  # "the Hill administration" is not Hill
    body = body if body and body[2] in {"organisation", "place"} and alike and body[1] == at else None
    body_end = name[0] if name else at
    before = [n for n in range(begin, body_end) if s.pos[n] in {"NOUN", "PROPN", "ADJ", "VERB"} or n in s.names]
    before = [n for n in before if not any(s.aged(k) and k - 4 <= n for k in range(n, min(n + 5, body_end)))]
    role = _role(s, begin, name) if name else ""
    if body and not plural:  # "the Harbour Watch group" is Harbour Watch
        name, role = body, head
    owner, owned = "", None
    if s.low[first] in POSSESSIVE and begin == first:
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
        s = Sentence(a, number, namings[first:at], lands)
        here = list(_phrases(s, number))
        found = [expression for expression, _, _ in here]
        for k, one in enumerate(here):
            for m, other in enumerate(here[k + 1 : k + 5], k + 1):
                if other[1] <= one[2] or (other[2] < len(s.words) and s.low[other[2]] in CLITIC):
                    continue
                why = _joined(s, one, other)
                if why:
                    links.append(Link(len(out) + k, len(out) + m, why))
                if why in {"apposition", "called"}:
                    ends = {other[2], *_ends_of(s, other[0], other[2])}
                    found[k] = _longer(found[k], {s.span(one[1], end) for end in ends})
                break
        out += found
        out += _inner(s, number, {e.name for e in found if e.name is not None})
    return out, links


def _ends_of(s: Sentence, expression: Expression, end: int) -> list[int]:
    """Word numbers after the last word of each cut of an expression that ends later than its base."""
    places = {word.span.end: n + 1 for n, word in enumerate(s.words)}
    return sorted({places[cut.end] for cut in expression.cuts if cut.end in places and places[cut.end] > end})


def _longer(expression: Expression, spans: set[Span]) -> Expression:
    """The expression with more cuts; those that begin at its name too."""
    more = set(spans)
    if expression.name is not None:
        more |= {Span(x.report, expression.name.start, x.end) for x in spans if x.end > expression.name.start}
    return replace(expression, cuts=tuple(sorted({*expression.cuts, *more})))


def _called(s: Sentence, first: int, gap: Sequence[str]) -> bool:
    """Whether what stands between a description and a name says that it is called so: "named", "identified as"."""
    plain = [word for word in gap if word not in _BETWEEN]
    naming = " ".join(plain) in _NAMING and len(gap) < 6 and not ("also" in gap and "named" in plain)
    return naming or (plain == ["as"] and first > 0 and s.low[first - 1] in {"identified", "named"})


def _misread(s: Sentence, expression: Expression) -> bool:
    """Whether a name may be a person's that was taken for something else: two words, the last no common noun."""
    if expression.name is None or expression.kind == "person":
        return False
    at = next(n for n, word in enumerate(s.words) if word.span.start >= expression.name.start)
    first, end, _ = s.names[at]
    return end - first == 2 and not kind_of(lemma(s.text[end - 1])[0]) and s.text[end - 1][:1].isupper()


def _joined(s: Sentence, left: _Found, right: _Found) -> str:
    """Why syntax joins two expressions that follow each other, or ""."""
    (one, first, end), (other, first2, end2) = left, right
    gap = s.low[end:first2]
    named = (one.name is not None) + (other.name is not None)
    called = named == 1 and other.name is not None and _called(s, first, gap)
    called = called and (not one.plural or other.kind == "group")
    if not gap or (len(gap) > 2 and not called) or not named or (named == 2 and not other.role):
        return ""
    kinds = {one.kind, other.kind}
    bodies = "group" in kinds or "organisation" in kinds
    fit = len(kinds) == 1 or "" in kinds or kinds in ({"group", "organisation"}, {"group", "person"})
    fit = fit or (named == 1 and _misread(s, one) | _misread(s, other) and "person" in kinds)
    if not fit or (one.plural != other.plural and not bodies):
        return ""
    if called:
        return "called"
    after = s.text[end2] if end2 < len(s.words) else ""
    closed = gap[0] in _DASHES and gap == [after]
    if (gap == [","] or closed) and named == 1:
        described, at = (other, first2) if one.name is not None else (one, first)
        listed = end2 < len(s.words) and s.low[end2] in {"and", "or"}
        if listed and not other.plural and any(cut.end > s.words[end2].span.end for cut in other.cuts):
            listed = False  # "Hill, founder and editor of it,"
        opened = s.low[at] in {"a", "an", "the", "one", *POSSESSIVE} or described.owner or described.head
        return "apposition" if opened and not listed else ""
    paired = gap == ["and"] and one.name is None and other.role and "person" == one.kind == other.kind
    if (
        paired
        and not {one.head, other.role} <= GENDERED.keys()
        and s.pos[first] != "DET"
        and s.pos[first2] == "NOUN"
        and not one.owner
    ):
        return "called"  # "singer and actor Ann Hill"
    post = one.name is None and other.name is not None and one.kind == other.kind == "person"
    if post and len(gap) == 2 and _in_post(s, end + 1, first2):
        return "called"  # "Secretary of Fisheries Ann Hill"
    if gap == ["of"] and one.kind == other.kind == "place" and one.name is None:
        return "of"
    still = len(gap) == 1 or gap[1] in {"also", "now", "still", "once"}
    return "copula" if gap[0] in _BE and still else ""
