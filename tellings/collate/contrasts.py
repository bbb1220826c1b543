"""Contrasts: the points on which two statements about one thing part.

Two statements that are alike are laid against each other, and each kind of point is looked at by
itself: numbers of one unit that cannot both hold, days, clock times and years, places after one
preposition, names in one role, who is said to have spoken the same words, and whether it is so at
all. What remains is wording: words that stand in one place of the same frame.

A number with a bound is an interval ("more than 80" holds 84); two numbers differ where their
intervals do not meet. Method: intervals as in Roy, Vieira and Roth (2015), "Reasoning about
quantities in natural language".
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import TypeVar

from tellings.collate.namesakes import same_spelling
from tellings.collate.statements import Statement, fold, function_words, kin, rarity
from tellings.records import Annotated, ConflictKind, Mention, PlaceMention, Quantity, TimeMention
from tellings.text import Span, View

__all__ = [
    "SLOTS",
    "Contrast",
    "Told",
    "about",
    "agree",
    "between",
    "differ",
    "early",
    "parted",
    "quote_words",
    "retold",
    "same_words",
    "tell",
]

Placed = TypeVar("Placed", Quantity, TimeMention, Mention, PlaceMention)


@dataclass(frozen=True, slots=True)
class Told:
    """A statement with what stands in it: numbers, times, names by kind, and its words in order.

    `words` are the words in small letters with their places, `folded` the same without their endings, `pos`
    their parts of speech; `families` are those of the statement's stems. `speaker` is the
    resolved name or None, `person` whether it is a person's; `text`
    is the statement as it stands, with what stands before it in no other clause; it begins at `start`.
    """

    statement: Statement
    words: tuple[tuple[str, Span], ...]
    folded: tuple[str, ...]
    families: frozenset[str]
    pos: tuple[str, ...]
    quantities: tuple[Quantity, ...]
    times: tuple[TimeMention, ...]
    places: tuple[tuple[str, Span, str], ...]
    people: tuple[tuple[str, Span], ...]
    speaker: str | None
    person: bool
    hedged: bool
    start: int
    text: str

    def quote(self, span: Span) -> str:
        """The words of a span that lies in this statement or just before it."""
        return self.text[span.start - self.start : span.end - self.start]


@dataclass(frozen=True, slots=True)
class Contrast:
    """One point on which two statements part: the value on each side and the slot it fills.

    `name` is a key of `SLOTS`, `slot` its template filled with words of the reports. `certain` is
    False where it is a matter of wording and both may well hold. `ratio` is the logarithm of the
    larger number by the smaller, 0 where it is not about numbers. `alike` is "verb"
    or "noun" where such stand on both sides, and `framed` counts the words around that agree.
    """

    kind: ConflictKind
    name: str
    slot: str
    left: Span
    right: Span
    certain: bool = True
    ratio: float = 0.0
    alike: str = ""
    framed: int = 0


SLOTS = {
    "number": "number of “{}”",
    "amount": "amount: “{}”",
    "when": "when: “{}”",
    "clock": "at what time: “{}”",
    "where": "where: “{}”",
    "who": "who: “{}”",
    "speaker": "who said “{}”",
    "denied": "whether: “{}”",
    "which": "which: “{}”",
    "wording": "how it is told: “{}”",
    "telling": "what is told: “{}”",
}
"""The closed list of templates; each is filled with quoted words, " … " where words are left out."""


# ---------------------------------------------------------------- what stands in a statement


_HEDGES = frozenset(
    [
        "reportedly",
        "allegedly",
        "alleged",
        "apparently",
        "possibly",
        "perhaps",
        "maybe",
        "may",
        "might",
        "could",
        "likely",
        "unlikely",
        "probably",
        "suspected",
        "believed",
        "appears",
        "appeared",
        "seems",
        "seemed",
        "claims",
        "claimed",
        "purportedly",
        "unconfirmed",
        "expected",
        "rumored",
        "rumoured",
    ]
)
"""Words that keep a statement at arm's length."""


def tell(report: Annotated, statements: Sequence[Statement]) -> tuple[Told, ...]:
    """The statements of one report with what stands in each, in the order given."""
    view = View(report.id, report.report.text)
    quantities = [q for q in report.quantities if q.kind != "ordinal"]
    numbers_at = [q.span.start for q in quantities]
    times_at = [t.span.start for t in report.times]
    places_at = [p.span.start for p in report.places]
    mentions_at = [m.span.start for m in report.mentions]
    edges: defaultdict[int, list[Span]] = defaultdict(list)
    for clause in report.clauses:
        edges[clause.sentence].append(clause.span)
    out: list[Told] = []
    for one in statements:
        words = tuple(view.words([one.span]))
        pos = {word.span.start: word.pos for word in report.words[one.sentence]} if report.words else {}
        speaker, person = None, False
        if one.attribution is not None:
            resolved = report.attributions[one.attribution].speaker
            speaker = resolved.name if resolved else None
            person = resolved is not None and any(
                m.kind == "person" and m.span.overlap(resolved.span) for m in report.mentions
            )
        reach = _reach(report, one, edges, times_at)
        timed = _inside(report.times, times_at, reach)
        named = [
            m for m in _inside(report.mentions, mentions_at, one.span) if not any(t.span.overlap(m.span) for t in timed)
        ]
        out.append(
            Told(
                statement=one,
                words=words,
                folded=tuple(fold(word) for word, _ in words),
                families=frozenset(kin(stem) for stem in one.stems),
                pos=tuple(pos.get(place.start, "") for _, place in words),
                quantities=tuple(_inside(quantities, numbers_at, one.span)),
                times=tuple(timed),
                places=tuple(
                    (_folded(report.quote(p.span)), p.span, p.precision)
                    for p in _inside(report.places, places_at, one.span)
                ),
                people=tuple(
                    (_folded(report.quote(m.span)), m.span) for m in named if m.kind in ("person", "organisation")
                ),
                speaker=speaker,
                person=person,
                hedged=any(word in _HEDGES for word, _ in words),
                start=reach.start,
                text=report.quote(reach),
            )
        )
    return tuple(out)


def _reach(report: Annotated, one: Statement, edges: Mapping[int, Sequence[Span]], times_at: Sequence[int]) -> Span:
    """The statement with what stands between it and the clause before: "On Monday" may stand there."""
    start = report.sentences[one.sentence].span.start
    for span in edges.get(one.sentence, ()):
        if span.end <= one.span.start:
            start = max(start, span.end)
    # A clause may end within a time ("4" of "4 a.m."): the time is told all the same.
    at = bisect_left(times_at, one.span.end)
    end = max(one.span.end, report.times[at - 1].span.end if at else 0)
    return Span(one.span.report, min(start, one.span.start), end)


def _inside(records: Sequence[Placed], starts: Sequence[int], span: Span) -> list[Placed]:
    """The records, sorted by place, that lie in `span`."""
    low = bisect_left(starts, span.start)
    return [r for r in records[low : bisect_left(starts, span.end, lo=low)] if r.span.end <= span.end]


def _folded(text: str) -> str:
    """The words of a name, folded, without articles."""
    return " ".join(word.removesuffix("'s") for word, _ in View("", text).words() if word not in ("the", "a", "an"))


# ---------------------------------------------------------------- numbers


_LOWER, _UPPER = ("at_least", "more_than"), ("at_most", "less_than")


def differ(one: Quantity, other: Quantity) -> bool:
    """Whether two numbers of one kind and unit cannot both be right, their bounds respected.

    Numbers that are rounded differently agree: exact ones within a hundredth, with "about" within
    a twelfth. A lower bound holds what lies up to a third above it. Two lower bounds differ when
    they name two numbers: the later one has more to tell.
    """
    return one.kind == other.kind and one.unit is not None and one.unit == other.unit and parted(one, other)


def parted(one: Quantity, other: Quantity) -> bool:
    """Whether two numbers of one thing cannot both be right: `differ` where their units are known to be one."""
    for side in (_LOWER, _UPPER):
        if one.bound in side and other.bound in side:
            return abs(one.value - other.value) > 0.01 * max(abs(one.value), abs(other.value))
    low, high = _interval(one)
    low2, high2 = _interval(other)
    return low > high2 or low2 > high


def _interval(quantity: Quantity) -> tuple[float, float]:
    """What a number may stand for."""
    value, size = quantity.value, abs(quantity.value)
    if quantity.high is not None:
        return value, quantity.high
    if quantity.bound == "about":
        return value - size / 24, value + size / 24
    if quantity.bound in _LOWER:
        return value, value + size / 3
    if quantity.bound in _UPPER:
        return value - size / 3, value
    return value - size / 200, value + size / 200


def _numbers(one: Told, other: Told) -> list[Contrast]:
    """Numbers of one unit of which none agrees with any of the other side."""
    out: list[Contrast] = []
    agreed = [
        (q, r)
        for q, r in product(one.quantities, other.quantities)
        if q.kind == r.kind and q.unit == r.unit and not differ(q, r)
    ]
    for q, r in product(one.quantities, other.quantities):
        if q.kind == "clock" or not differ(q, r) or any(q is x or r is y for x, y in agreed):
            continue
        noun = _rest(one, q) or _rest(other, r) or q.unit or ""
        name = "number" if q.kind == "count" else "amount"
        large, small = max(abs(q.value), abs(r.value)), min(abs(q.value), abs(r.value))
        ratio = min(9.0, math.log(large / small)) if small > 0 else 9.0
        out.append(Contrast("number", name, SLOTS[name].format(noun), q.span, r.span, ratio=ratio))
    return out


def _rest(told: Told, quantity: Quantity) -> str:
    """What a number counts, in the report's words: what follows the figure in its span."""
    if quantity.number.end >= quantity.span.end:
        return ""
    return told.quote(Span(quantity.span.report, quantity.number.end, quantity.span.end)).strip(" -\u2010\u2011")


# ---------------------------------------------------------------- times


def _clocks(one: Told, other: Told) -> list[Contrast]:
    """Clock times of which none agrees with any of the other side."""
    clocks = [
        (t, u)
        for t, u in product(one.times, other.times)
        if t.clock and u.clock and (t.relation in _LASTING) == (u.relation in _LASTING)
    ]
    if not clocks or any(t.clock == u.clock for t, u in clocks):
        return []
    t, u = clocks[0]
    slot = SLOTS["clock"].format(about(one, other))
    return [Contrast("time", "clock", slot, early(one, t.span), early(other, u.span))]


_LASTING = ("since", "until")
_NEARLY = frozenset(
    [
        "about",
        "around",
        "shortly",
        "just",
        "soon",
        "long",
        "well",
        "after",
        "before",
        "until",
        "by",
        "nearly",
        "almost",
        "early",
        "late",
    ]
)


def early(told: Told, span: Span) -> Span:
    """A time with the words before it that say how near it is: "shortly after 4 a.m."."""
    for word, place in reversed(told.words):
        if place.end <= span.start:
            if word not in _NEARLY:
                break
            span = place.join(span)
    return span


def _dates(one: Told, other: Told) -> list[Contrast]:
    """Dates of which none agrees with any of the other side; the finest are quoted."""
    dated = [
        (t, u)
        for t, u in product(one.times, other.times)
        if t.value and u.value and t.relation == u.relation and t.end is None and u.end is None
    ]
    if not dated or any(_one_time(t, u) for t, u in dated):
        return []
    t, u = max(dated, key=lambda two: min(len(two[0].value or ""), len(two[1].value or "")))
    slot = SLOTS["when"].format(about(one, other))
    return [Contrast("time", "when", slot, t.span, u.span)]


def _one_time(one: TimeMention, other: TimeMention) -> bool:
    """Whether one of two dates lies in the other."""
    a, b = one.value or "", other.value or ""
    return a.startswith(b) or b.startswith(a)


# ---------------------------------------------------------------- names


_PREPOSITIONS = frozenset(
    [
        "in",
        "at",
        "near",
        "from",
        "to",
        "into",
        "outside",
        "inside",
        "toward",
        "towards",
        "over",
        "above",
        "south",
        "north",
        "east",
        "west",
        "of",
    ]
)


def _places(one: Told, other: Told) -> list[Contrast]:
    """Places of one size after one preposition, where the two sides name none in common."""
    if not one.places or not other.places or _in_common(_names(one), _names(other)):
        return []
    for (_, a, size), (_, b, size2) in product(one.places, other.places):
        before = _before(one, a)
        if size == size2 and before in _PREPOSITIONS and before == _before(other, b):
            return [Contrast("place", "where", SLOTS["where"].format(about(one, other)), a, b)]
    return []


def _names(told: Told) -> tuple[tuple[str, Span], ...]:
    """The places of a statement without their size."""
    return tuple((name, span) for name, span, _ in told.places)


def _before(told: Told, span: Span) -> str:
    """The word before a span, articles passed over."""
    for word, place in reversed(told.words):
        if place.end <= span.start and word not in ("the", "a", "an"):
            return word
    return ""


def _in_common(one: Sequence[tuple[str, Span]], other: Sequence[tuple[str, Span]]) -> bool:
    """Whether a name of one side shares a word with a name of the other, in one spelling or nearly."""
    return any(_one_name(a, b) for (a, _), (b, _) in product(one, other))


def _one_name(one: str, other: str) -> bool:
    """Whether two folded names may be one: a word in common, or one spelled almost as the other."""
    return not set(one.split()).isdisjoint(other.split()) or _spelled_alike(one, other)


def _spelled_alike(one: str, other: str) -> bool:
    """Whether two names differ in a few letters only."""
    from rapidfuzz.distance import Indel

    return min(len(one), len(other)) > 3 and Indel.normalized_similarity(one, other) >= 0.75


def _people(one: Told, other: Told) -> list[Contrast]:
    """Persons and bodies in much the same words, where the two sides name none in common."""
    if not one.people or not other.people or _in_common(one.people, other.people):
        return []
    if _held(one.statement, other.statement) < _HALF:
        return []
    (_, left), (_, right) = one.people[0], other.people[0]
    return [Contrast("actor", "who", SLOTS["who"].format(about(one, other)), left, right)]


# ---------------------------------------------------------------- speakers, polarity, wording


_SAME_WORDS = 0.7
"""Two statements are the same words when they share this part of them, in order."""


def _speakers(one: Told, other: Told) -> list[Contrast]:
    """The same words, given to two speakers who share no name."""
    if not one.speaker or not other.speaker or _one_name(_folded(one.speaker), _folded(other.speaker)):
        return []
    if (
        not one.person
        or not other.person
        or min(len(one.words), len(other.words)) < 4
        or same_words(one, other) < _SAME_WORDS
    ):
        return []
    slot = SLOTS["speaker"].format(one.quote(one.statement.span))
    return [Contrast("actor", "speaker", slot, one.statement.span, other.statement.span)]


def same_words(one: Told, other: Told) -> float:
    """The part of the words of both that they share in order, 0 to 1."""
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity([w for w, _ in one.words], [w for w, _ in other.words])


def _denials(one: Told, other: Told) -> list[Contrast]:
    """One side says that it is so, the other in much the same words that it is not."""
    if one.statement.polarity == other.statement.polarity or _held(one.statement, other.statement) < _HALF:
        return []
    slot = SLOTS["denied"].format(about(one, other))
    return [Contrast("outcome", "denied", slot, one.statement.span, other.statement.span)]


_HALF = 0.5


def _held(one: Statement, other: Statement) -> float:
    """The part of the weight of the lighter statement's stems that both share, in families."""
    mine, theirs = {kin(s): rarity(s) for s in one.stems}, {kin(s): rarity(s) for s in other.stems}
    least = min(sum(mine.values()), sum(theirs.values()))
    return sum(min(w, theirs[s]) for s, w in mine.items() if s in theirs) / least if least else 0.0


def _wordings(one: Told, other: Told) -> list[Contrast]:
    """The weightiest stretch of words that another stretch stands for between the same words."""
    from rapidfuzz.distance import Levenshtein

    left, right = one.folded, other.folded
    steps = [(o.tag, o.src_start, o.src_end, o.dest_start, o.dest_end) for o in Levenshtein.opcodes(left, right)]
    small = function_words()
    best: tuple[float, Contrast] | None = None
    for number, (tag, a, b, c, d) in enumerate(steps):
        if tag != "replace" or b - a > 6 or d - c > 6:
            continue
        framed = sum(
            steps[k][2] - steps[k][1]
            for k in (number - 1, number + 1)
            if 0 <= k < len(steps) and steps[k][0] == "equal"
        )
        meant = [s for s, (w, _) in zip(left[a:b], one.words[a:b], strict=True) if w not in small]
        theirs = [s for s, (w, _) in zip(right[c:d], other.words[c:d], strict=True) if w not in small]
        if framed < 2 or not meant or not theirs or _one_wording(meant, theirs):
            continue
        weight = min(sum(map(rarity, meant)), sum(map(rarity, theirs)))
        if best is None or weight > best[0]:
            slot = SLOTS["wording"].format(about(one, other))
            left_value, right_value = _phrase(one, a, b), _phrase(other, c, d)
            held = {_class(one, a, b), _class(other, c, d)}
            found = Contrast(
                "outcome",
                "wording",
                slot,
                left_value,
                right_value,
                certain=False,
                alike=held.pop() if len(held) == 1 else "",
                framed=framed,
            )
            best = (weight, found)
    return [best[1]] if best else []


def _class(told: Told, start: int, end: int) -> str:
    """What kind of words a stretch holds: a verb, else a noun, else what else."""
    held = set(told.pos[start:end])
    return "verb" if "VERB" in held else "noun" if held & {"NOUN", "PROPN"} else "other"


_OPEN_PHRASE = frozenset({"ADJ", "DET", "NUM", "ADP", "PART"})


def _phrase(told: Told, start: int, end: int) -> Span:
    """A stretch of words made whole: up to its noun, without a preposition or "and" hanging at an end."""
    count = len(told.words)
    while start < end - 1 and told.pos[start] in ("ADP", "CCONJ", "SCONJ"):
        start += 1
    while end - 1 > start and told.pos[end - 1] in ("ADP", "CCONJ", "SCONJ", "DET"):
        end -= 1
    for _ in range(4):
        if end < count and (
            (told.pos[end] in ("NOUN", "PROPN") and told.pos[end - 1] in ("NOUN", "PROPN", "ADJ", "DET", "NUM"))
            or (told.pos[end - 1] in _OPEN_PHRASE and told.pos[end] in ("ADJ", "DET", "NUM"))
        ):
            end += 1
    if told.pos[start] in ("NOUN", "PROPN", "ADJ", "NUM"):
        for _ in range(3):
            if start and told.pos[start - 1] in ("NOUN", "PROPN", "ADJ", "NUM"):
                start -= 1
    return told.words[start][1].join(told.words[end - 1][1])


def agree(one: Told, other: Told) -> bool:
    """Whether two statements tell much the same in the same words."""
    return same_words(one, other) >= _SAME_WORDS


def _one_wording(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two stretches are but two spellings, forms or near synonyms: "km", "kilometres"."""
    if {kin(stem) for stem in one} & {kin(stem) for stem in other}:
        return True
    if any(_one_word(s, t) for s, t in product(one, other)):
        return True
    a, b = "".join(one), "".join(other)
    return _spelled_alike(a, b) or (a[:1] == b[:1] and min(len(a), len(b)) <= 3)


@lru_cache(1 << 16)
def _one_word(one: str, other: str) -> bool:
    """Whether two folded words are one, spelled in two ways."""
    return same_spelling((one,), (other,)) or _one_skeleton(one, other)


def _one_skeleton(one: str, other: str) -> bool:
    """Whether two words have the same three consonants or more, as spellings from another script do."""
    a, b = (word[:1] + "".join(c for c in word[1:] if c not in "aeiouyhw") for word in (one, other))
    return a == b and len(a) > 2


def about(one: Told, other: Told, value: Span | None = None) -> str:
    """What both statements are about: words of the first that the other has too, the four rarest in order.

    What stands between two of them is quoted as well where it is no more than three words, but never a `value`.
    """
    small = function_words()
    timed = one.statement.timed
    shared = [
        (rarity(stem), -k)
        for k, ((w, place), stem) in enumerate(zip(one.words, one.folded, strict=True))
        if w not in small and kin(stem) in other.families and stem not in timed and not _in(value, place)
    ]
    kept = sorted(-k for _, k in sorted(shared, reverse=True)[:4])
    return quote_words(one, kept, value)


def _in(value: Span | None, place: Span) -> bool:
    """Whether a word lies in a value."""
    return value is not None and value.overlap(place) > 0


def quote_words(told: Told, kept: Sequence[int], value: Span | None = None) -> str:
    """The words of these numbers as they stand, with up to three words between two of them, else " … ".

    " … " stands for a `value` too.
    """
    valued = [k for k, (_, place) in enumerate(told.words) if _in(value, place)]
    pieces: list[tuple[int, int]] = []
    for k in kept:
        if pieces and k - pieces[-1][1] <= _BETWEEN and not any(pieces[-1][1] < n < k for n in valued):
            pieces[-1] = (pieces[-1][0], k)
        else:
            pieces.append((k, k))
    return " … ".join(told.quote(told.words[a][1].join(told.words[b][1])).strip() for a, b in pieces)


_BETWEEN = 4


def between(one: Told, other: Told) -> tuple[Contrast, ...]:
    """All points on which two statements part, the surest kinds first.

    On which day, where, who and whether are asked only of one act: a verb of one side has to stand, or a
    word of its family, on the other side too.
    """
    found = _speakers(one, other) + _numbers(one, other)
    if _same_act(one.statement, other.statement):
        found += _clocks(one, other) + _dates(one, other) + _denials(one, other)
    if _one_act(one, other):
        found += _places(one, other) + _people(one, other)
    return tuple(found + _wordings(one, other))


def retold(one: Told, other: Told) -> Contrast | None:
    """The contrast of two whole statements that part on no single point; None where they share no word of weight."""
    topic = about(one, other)
    if not topic:
        return None
    slot = SLOTS["telling"].format(topic)
    return Contrast("outcome", "telling", slot, one.statement.span, other.statement.span, certain=False)


_BARE_ACTS = frozenset(
    kin(fold(w))
    for w in [
        "be",
        "is",
        "was",
        "were",
        "are",
        "been",
        "have",
        "had",
        "has",
        "do",
        "did",
        "make",
        "take",
        "get",
        "go",
        "come",
        "use",
    ]
)


def _same_act(one: Statement, other: Statement) -> bool:
    """Whether both have a verb of one family that tells more than that something is, has or goes."""
    return bool((one.acts & other.acts) - _BARE_ACTS)


def _one_act(one: Told, other: Told) -> bool:
    """Whether a verb of one statement stands in the other, or a word of its family."""
    return not (one.statement.acts.isdisjoint(other.families) and other.statement.acts.isdisjoint(one.families))
