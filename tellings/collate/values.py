"""Values: what a clause gives as an answer to a question, with what stands around it.

A value is a number, a day, a clock time, a place, a word of a closed list of alternatives
(`lexicons/alternatives.txt`: "north" or "south", "arrested" or "fled"), or a verb that is negated or
not. Whether two values exclude each other is easily told; whether both answer one question is told by
what stands around each: the verb that governs it, the words near it, whose it is. That is read here;
`answers.py` lays values against each other.

Left out are values that repeat another ("(0030 GMT)" behind a time of day), the end of a stretch of
time, the second part of "nine minutes and 46 seconds", "one" (an article as often), ages of nobody
named, and verbs that are only to be done. Still missed: what is told without any such word.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property
from itertools import takewhile

from tellings import lexicons
from tellings.collate.contrasts import Told
from tellings.collate.frames import Frame, Word, act_of_time, frame, listed, saying, subject
from tellings.collate.statements import fold, function_words, kin, light_acts, rarity
from tellings.records import Actor, Annotated, ConflictKind, PlaceMention, Quantity, TimeMention
from tellings.text import Span, View

__all__ = ["Value", "alternatives", "kinds", "values"]


_UNKNOWN = Frame()


@dataclass(frozen=True, slots=True)
class Value:
    """One value in one statement: the number of its leader, its kind, the words around it and whose it is.

    `kind` is number, time, clock, place, other (a word of a list of alternatives) or denied (a verb).
    `group` is what two values must have in common to be compared: a unit, a relation of time, a size
    of place, a list, a verb. `low` and `high` bound what it stands for: the number, days, minutes, the
    side of a list, 1 for a negated verb. `near` weighs the stems of the words next to it, `around` those of its
    sentence. `act` is the family of the verb that governs it, `owner` whose it is: an actor's id or
    the last word of a name, "" where nobody is named. `before` and `after` are its neighbours. `part`
    is "part" or "all" in "21 of the 200 miners", "whole" after a mere "of", "more" in "two more debates";
    `vague` is True for "dozens"; `day` is the day of a clock time, 0 where none is known; `named` whether a day is
    told by weekday or date, and not by "last night"; `point` the latitude and longitude of a place. `years` are
    those that its statement speaks of, `past` whether all years of its statement, or else of its sentence, were
    over when it was reported. `frame` is what it is said of.
    """

    leader: int
    kind: str
    group: str
    span: Span
    low: float
    high: float
    near: Mapping[str, float]
    around: Mapping[str, float]
    act: str
    owner: str
    before: str
    after: str
    ahead: bool
    quantity: Quantity | None = None
    part: str = ""
    vague: bool = False
    day: float = 0.0
    named: bool = False
    point: tuple[float, float] | None = None
    years: frozenset[str] = frozenset()
    past: bool = False
    frame: Frame = _UNKNOWN


def values(told: Sequence[Told], reports: Sequence[Annotated], actors: Sequence[Actor] = ()) -> list[Value]:
    """The values of each statement, in the order of the statements and, of one kind, of their place.

    `told` holds what stands in the leaders of a story's near copies; `actors` tell whose a value is
    where two reports name one person in two ways.
    """
    named = {(span.report, span.start): actor.id for actor in actors for form in actor.forms for span in form.spans}
    read = {report.id: _Report(report, named) for report in reports}
    readers = [_Reader(number, one, read[one.statement.span.report]) for number, one in enumerate(told)]
    # Most verbs are never negated: only the others are read.
    verbs = [list(reader.verbs()) for reader in readers]
    sides = {(word.stem, held) for many in verbs for word, held in many}
    return [
        value
        for reader, many in zip(readers, verbs, strict=True)
        for value in (*reader.all(), *(reader.verb(w, held) for w, held in many if (w.stem, 1.0 - held) in sides))
    ]


# ---------------------------------------------------------------- lists


def _lines() -> list[tuple[str, str]]:
    """The lines of `lexicons/alternatives.txt`: kind and sides."""
    parted = [line.partition(":") for line in lexicons.lines("alternatives.txt")]
    return [(kind, sides) for kind, _, sides in parted]


@cache
def kinds() -> tuple[ConflictKind, ...]:
    """The kind of conflict of each line of `lexicons/alternatives.txt`."""
    known: dict[str, ConflictKind] = {
        "place": "place",
        "time": "time",
        "actor": "actor",
        "name": "name",
        "outcome": "outcome",
        "cause": "cause",
    }
    return tuple(known[kind] for kind, _ in _lines())


@cache
def alternatives() -> dict[str, tuple[tuple[int, int], ...]]:
    """For each word the lines of `lexicons/alternatives.txt` in which it stands, and its side there.

    >>> ((line, side),) = alternatives()["accidental"]
    >>> kinds()[line], side
    ('cause', 0)
    """
    out: dict[str, tuple[tuple[int, int], ...]] = {}
    for number, (_, sides) in enumerate(_lines()):
        for side, words in enumerate(sides.split("|")):
            for word in words.split():
                out[word] = (*out.get(word, ()), (number, side))
    return out


# ---------------------------------------------------------------- a report


class _Report:
    """The sentences of one report as words, read where needed, and who is named where."""

    def __init__(self, report: Annotated, actors: Mapping[tuple[str, int], str]) -> None:
        self.report = report
        self.text = report.report.text
        self._view = View(report.id, self.text)
        self._actors = actors
        self._read: dict[int, list[Word]] = {}

    def words(self, sentence: int) -> list[Word]:
        """The words of a sentence."""
        if sentence not in self._read:
            pos = {w.span.start: w.pos for w in self.report.words[sentence]} if self.report.words else {}
            self._read[sentence] = [
                Word(word, place, pos.get(place.start, ""), kin(fold(word)))
                for word, place in self._view.words([self.report.sentences[sentence].span])
            ]
        return self._read[sentence]

    def counted(self, span: Span, within: Span) -> Quantity | None:
        """The last quantity before a place in its sentence that tells what it counts."""
        many = self.report.quantities
        at = bisect_left(many, span.start, key=lambda q: q.span.start)
        while at > 0 and many[at - 1].span.start >= within.start:
            at -= 1
            if many[at].kind == "count" and many[at].unit and many[at].span.end <= span.start:
                return many[at]
        return None

    def years(self, span: Span) -> frozenset[str]:
        """The years of the times in a span."""
        times = self.report.times
        low = bisect_left(times, span.start, key=lambda t: t.span.start)
        high = bisect_left(times, span.end, key=lambda t: t.span.start)
        return frozenset(t.value[:4] for t in times[low:high] if t.value)

    def owner(self, span: Span, within: Span, *, places: bool = False) -> str:
        """Who is named last before a value in its sentence, a place only where asked for; "" where nobody is."""
        at = bisect_left(self.report.mentions, span.start, key=lambda m: m.span.start)
        while at > 0:
            at -= 1
            mention = self.report.mentions[at]
            if mention.span.start < within.start:
                break
            if (places or mention.kind != "place") and mention.span.end <= span.start:
                return self._actor(mention.span)
        return ""

    def aged(self, span: Span) -> str:
        """Whose age it is: who is named just before ("Berg, 47,") or just after ("47-year-old Berg"); else ""."""
        if _LISTED.match(self.text[span.end : span.end + 8]):
            return ""
        at = bisect_left(self.report.mentions, span.start, key=lambda m: m.span.start)
        for mention in self.report.mentions[max(0, at - 1) : at]:
            between = self.text[mention.span.end : max(span.start, mention.span.end)].strip()
            if mention.kind == "person" and between in (",", ", aged", ", age", "is", "was", "("):
                return self._actor(mention.span)
        for mention in self.report.mentions[at : at + 1]:
            between = self.text[span.end : max(span.end, mention.span.start)]
            if mention.kind == "person" and len(between) < _LABEL and not set(between) & set(",.;:()\n"):
                return self._actor(mention.span)
        return ""

    def _actor(self, span: Span) -> str:
        """The id of the actor that is named here, else the last word of the name."""
        known = self._actors.get((span.report, span.start))
        if known is not None:
            return known
        words = [word for word, _ in self._view.words([span])]
        return fold(words[-1]) if words else ""


_LABEL = 40
"""Between an age and a name stands no more than a label: "a 47-year-old former pilot, Berg"."""

_NUMERAL = re.compile(r"(?i)\b(?:tens|dozens|scores|hundreds|thousands|millions|billions|trillions)\b")
_CONVERTED = re.compile(r"(?i)\d[^()]{0,40}[(\[]\s*(?:about |around |some |roughly |nearly )?$")
_CLOSING = re.compile(r"(?i)(?:\d|[ap]\.?m\.?|noon|midnight)\s{0,2}(?:to|and|until|till|-|\u2013|\u2014)\s{0,2}$")
_UPDATED = re.compile(r"(?i)\bupdated?\b\W{0,4}(?:[a-z]{3,9}\.? \d{1,2}\W{0,3})?$")
_SHARE = re.compile(r"(?i)\s{0,2}(?:out )?of (?:the |its |their |those |these |some |all )?")
_WHOLE = re.compile(
    r"(?i)\b(?:of|among)(?: (the|its|their|those|these|all)\b)?(?: (?:the|some|more than|over|about|almost))*\s?$"
)
_PART = re.compile(r"(?i)\s?(?:\w+\s)?of (?:the|its|their|those|these|them|his|her)\b")
_OF_THEM = re.compile(r"(?i)\s?of (?:them|those|these|whom)\b")
_MORE = re.compile(r"(?i)\s?(?:more\b(?! than)|other\b|of others?\b)")
_LISTED = re.compile(r"\s?(?:and|,) \d")
_NAMED_DAY = re.compile(r"(?i)(?:mon|tues|wednes|thurs|fri|satur|sun)day|\d")
_DEICTIC = re.compile(
    r"(?i)\b(?:to(?:day|night|morrow)|yesterday|overnight|(?:this|last) (?:morning|evening|night)|eve|midnight|new year"
    r")\b"
)
_AND = re.compile(r"(?i),?\s{0,2}(?:and )?")

_OWNS = re.compile(r"['\u2019]s?\s")
_PHRASE = frozenset({"ADJ", "NOUN", "PROPN"})
_BETWEEN = frozenset({"NOUN", "PROPN", "SCONJ", "CCONJ"})

_REACH, _ASKED = 4, 7
"""How many words before a verb may negate it, and how many may put it in question."""
_NEAR, _FAR = 4, 10
_DENIED = 3
_MOST_WEIGHT, _LIGHT = 8.0, 0.3


class _Reader:
    """The values of one statement."""

    def __init__(self, number: int, one: Told, report: _Report) -> None:
        self._number = number
        self._one = one
        self._in = report
        self._text = report.text
        own = one.statement
        self._words = report.words(own.sentence)
        self._clause = Span(own.span.report, min(one.start, own.span.start), own.span.end)
        self._sentence = report.report.sentences[own.sentence].span
        self._ahead = any(word in listed("ahead") for word, _ in one.words)
        self._years = frozenset(t.value[:4] for t in one.times if t.value)
        near = self._years or report.years(self._sentence)
        published = report.report.report.published
        self._past = published is not None and bool(near) and max(near) < published.value[:4]

    def all(self) -> Iterator[Value]:
        """All values but verbs: numbers, times, places, alternatives."""
        yield from self._numbers()
        yield from self._times()
        yield from self._places()
        yield from self._others()

    def _value(
        self, kind: str, group: str, span: Span, bounds: tuple[float, float], *, act: str = "", timed: bool = False
    ) -> Value:
        """A value with its surroundings; times are no part of those where `timed`."""
        barred = [span, *(t.span for t in self._one.times if timed)]
        near, around = self._surroundings(barred)
        small = function_words()
        before = next((w for w in reversed(self._words) if w.span.end <= span.start and w.text not in _ARTICLES), None)
        after = next((w for w in self._words if w.span.start >= span.end and w.text not in small), None)
        return Value(
            self._number,
            kind,
            group,
            span,
            bounds[0],
            bounds[1],
            near,
            around,
            act or self._act(span),
            self._in.owner(span, self._sentence, places=kind == "denied"),
            before.text if before else "",
            after.stem if after else "",
            self._ahead,
            years=self._years,
            past=self._past,
            frame=self._framed(span, act),
        )

    def _framed(self, span: Span, act: str) -> Frame:
        """Who or what does what a value is, or stands by; `act` is its family where it is no mere neighbour."""
        acts = [k for k in self._verbs if self._words[k].stem == act]
        verb = next((k for k in acts if self._words[k].span == span), acts[0] if acts else None)
        verb = verb if act else self._verb_of(span)
        return Frame(subject=subject(self._words, verb)) if verb is not None else _UNKNOWN

    def _surroundings(self, barred: Sequence[Span]) -> tuple[dict[str, float], dict[str, float]]:
        """The stems near the first of these spans and around it, weighed by rareness and nearness.

        What stands in one of these spans is left out. What is counted stays: a rare noun says much.
        """
        span = barred[0]
        small, light = function_words(), light_acts()
        kept = [w for w in self._words if w.text not in small and not any(b.overlap(w.span) for b in barred)]
        near: dict[str, float] = {}
        around: dict[str, float] = {}
        for side in (
            [w for w in reversed(kept) if w.span.end <= span.start],
            [w for w in kept if w.span.start >= span.end],
        ):
            for step, word in enumerate(side):
                weight = min(_MOST_WEIGHT, rarity(word.stem)) * (_LIGHT if word.stem in light else 1.0)
                far = weight * (1.0 if step < _NEAR else 0.5 if step < _FAR else 0.25)
                around[word.stem] = max(around.get(word.stem, 0.0), far)
                if step < _NEAR:
                    near[word.stem] = max(near.get(word.stem, 0.0), weight)
        return near, around

    def _act(self, span: Span) -> str:
        """The family of the verb that governs a value."""
        verb = self._verb_of(span)
        return "" if verb is None else self._words[verb].stem

    def _verb_of(self, span: Span) -> int | None:
        """The verb that governs a value: the last before it in its clause, else the first after it."""
        verbs = self._verbs
        before = [k for k in verbs if self._words[k].span.end <= span.start]
        after = [k for k in verbs if self._words[k].span.start >= span.end]
        return before[-1] if before else after[0] if after else None

    def _beside(self, span: Span) -> str | None:
        """The family of what was done at a time where its place tells: "Monday's strike", "a law enacted last week"."""
        if _OWNS.match(self._text[span.end : span.end + 3]):
            after = takewhile(lambda w: w.pos in _PHRASE, (w for w in self._words if w.span.start >= span.end))
            nouns = [w.stem for w in after if w.pos == "NOUN"]
            if nouns:
                return nouns[-1]
        return act_of_time(self._words, span)

    def _main_act(self, span: Span) -> str:
        """The family of the first verb of weight: of "had to leave on Monday" that of "leave".

        A verb of telling has no day of what it tells.
        """
        verbs = [self._words[k] for k in self._verbs]
        own = self._one.statement.span
        if own.holds(span):
            verbs = [w for w in verbs if own.holds(w.span) or w.stem not in saying()] or verbs
        told = [w.stem for w in verbs if w.stem not in light_acts() and w.text not in listed("light")]
        return told[0] if told else verbs[0].stem if verbs else ""

    @cached_property
    def _verbs(self) -> list[int]:
        """The verbs of the clause, in order: their places among the words."""
        return [k for k, w in enumerate(self._words) if w.pos == "VERB" and self._clause.holds(w.span)]

    def _before(self, span: Span, length: int) -> str:
        """The text before a span."""
        return self._text[max(0, span.start - length) : span.start]

    def _numbers(self) -> Iterator[Value]:
        """Numbers with a unit."""
        many = self._one.quantities
        for n, given in enumerate(many):
            q = given
            follows = many[n + 1] if n + 1 < len(many) else None
            if q.unit is None and follows and _SHARE.fullmatch(self._text[q.span.end : follows.span.start]):
                q = replace(q, unit=follows.unit, kind=follows.kind)  # "21 of the 200 miners" are miners
            elif q.unit is None and q.kind == "count" and _OF_THEM.match(self._text[q.span.end : q.span.end + 12]):
                whole = self._in.counted(q.span, self._sentence)
                q = replace(q, unit=whole.unit) if whole else q  # "200 miners were trapped; 21 of them"
            group = _unit(q)
            if not group or any(t.span.overlap(q.span) for t in self._one.times):
                continue
            if _CONVERTED.search(self._before(q.span, 60)):
                continue
            if n and self._continues(many[n - 1], q):
                continue
            figure = self._in.report.quote(q.number)
            if q.kind == "count" and figure.lower() == "one":
                continue
            if q.kind == "age":
                owner = self._in.aged(q.span)
                if not owner:
                    continue
                group = f"age {owner}"
            vague = bool(_NUMERAL.search(figure))
            low, high = q.value, q.value if q.high is None else q.high
            found = self._value(
                "number", group, self._counted(q), (low / 2, high * 10) if vague else (low, high), timed=True
            )
            measured = frame(self._words, q, self._text, self._verb_of(q.span))
            yield replace(found, span=q.span, quantity=q, part=self._part(q), vague=vague, frame=measured)

    def _counted(self, q: Quantity) -> Span:
        """The words of a quantity that are the same in all of its group: a measure whole, of a count the figure."""
        return q.number if q.kind == "count" else q.number.join(q.span)

    def _continues(self, one: Quantity, other: Quantity) -> bool:
        """Whether the second of two quantities belongs to the first: "nine minutes and 46 seconds"."""
        if one.kind != other.kind or one.kind not in ("duration", "measure"):
            return False
        return bool(_AND.fullmatch(self._text[one.span.end : other.span.start]))

    def _part(self, q: Quantity) -> str:
        """Whether a number is a part or all in "21 of the 200 miners", of something, still to come, or neither."""
        after = self._text[q.number.end : q.number.end + 30]
        if whole := _WHOLE.search(self._before(q.span, 40)):
            return "all" if whole[1] else "whole"
        more = _MORE.match(after)
        if more and (q.bound == "exact" or "other" in more[0].lower()):
            return "more"
        return "part" if _PART.match(after) else ""

    def _times(self) -> Iterator[Value]:
        """Days and clock times."""
        for t in self._one.times:
            days = _days(t)
            if _UPDATED.search(self._before(t.span, 24)):
                continue
            if t.clock:
                if _CONVERTED.search(self._before(t.span, 60)) or _CLOSING.search(self._before(t.span, 16)):
                    continue
                minutes = float(int(t.clock[:2]) * 60 + int(t.clock[3:5]))
                yield replace(self._timely("clock", "clock", t.span, (minutes, minutes)), day=days[0] if days else 0.0)
            # A clock time alone is of a day that was worked out, not told.
            if days is not None and (not t.clock or len(self._one.quote(t.span).split()) > 2):
                if _DEICTIC.search(self._one.quote(t.span)):
                    # What was written by night is printed the day after; an eve is of the day that it brings in.
                    days = days[0] - 1, days[1] + 1
                found = self._timely("time", t.relation, t.span, days)
                yield replace(found, named=bool(_NAMED_DAY.search(self._one.quote(t.span))))

    def _timely(self, kind: str, group: str, span: Span, bounds: tuple[float, float]) -> Value:
        """A time as a value, with the act it is of."""
        return self._value(kind, group, span, bounds, act=self._beside(span) or self._main_act(span))

    def _places(self) -> Iterator[Value]:
        """Places of the gazetteer."""
        places: Sequence[PlaceMention] = self._in.report.places
        span = self._one.statement.span
        at = bisect_left(places, span.start, key=lambda p: p.span.start)
        for place in places[at:]:
            if place.span.start >= span.end:
                break
            if place.span.end <= span.end and place.geonameid is not None:
                known = float(place.geonameid)
                found = self._value("place", place.precision, place.span, (known, known))
                point = None if place.lat is None or place.lon is None else (place.lat, place.lon)
                yield replace(found, point=point)

    def _others(self) -> Iterator[Value]:
        """Words of a list of alternatives."""
        sides = alternatives()
        for word in self._words:
            for line, side in sides.get(word.text, ()):
                if not self._one.statement.span.holds(word.span) or self._timed(word.span):
                    continue
                capital = self._text[word.span.start].isupper() and word.span.start != self._sentence.start
                kind = kinds()[line]
                # "North Carolina" is a name; an ocean has one; a "fell swoop" and a "back door" are no outcomes.
                if (kind == "place" and capital != (word.text in listed("oceans"))) or (kind != "place" and capital):
                    continue
                if kind == "outcome" and word.pos not in ("VERB", "ADJ", "ADV"):
                    continue
                if self._denied(word) or self._listed(word, line):
                    continue  # what is "not white" may be of any colour; "women and girls" leaves nobody out
                yield self._value("other", str(line), word.span, (float(side), float(side)))

    def _denied(self, word: Word) -> bool:
        """Whether one of the few words before has "not"."""
        before = [w for w in self._words if w.span.end <= word.span.start]
        return any(w.text in listed("not") for w in before[-_DENIED:])

    def _listed(self, word: Word, line: int) -> bool:
        """Whether a word of a list is told in one breath with another one of it: "women and girls"."""
        at = self._words.index(word)
        for step in (-1, 1):
            other = at + 2 * step
            if not 0 <= other < len(self._words) or self._words[at + step].text not in _JOINS:
                continue
            if any(line == known for known, _ in alternatives().get(self._words[other].text, ())):
                return True
        return False

    def _timed(self, span: Span) -> bool:
        """Whether a word is part of a time."""
        return any(t.span.overlap(span) for t in self._one.times)

    def verb(self, word: Word, held: float) -> Value:
        """A verb as a value: 1 where it is negated, 0 where it is not."""
        return self._value("denied", word.stem, word.span, (held, held), act=word.stem)

    def verbs(self) -> Iterator[tuple[Word, float]]:
        """The verbs that tell something, each with 1 where it is negated and 0 where it is not.

        None where somebody is said to deny the whole: what is so then is for him to say. None of what is asked.
        """
        if self._words and self._words[0].text in _ASKING:
            return
        said = self._one.statement.attribution
        if said is not None and self._in.report.attributions[said].polarity == "denied":
            return
        for k, word in enumerate(self._words):
            if word.pos != "VERB" or not self._one.statement.span.holds(word.span):
                continue
            if word.stem in light_acts() or word.stem in saying() or word.text in listed("minds"):
                continue
            held = self._negated(k)
            if held is not None:
                yield word, held

    def _negated(self, k: int) -> float | None:
        """1 where a verb is negated, 0 where it is not; None where it is asked, half meant or only to be done."""
        words = self._words
        verb = words[k]
        first = max(0, k - _REACH)
        for n in range(k - 1, first - 1, -1):
            if words[n].pos == "VERB" and words[n].text not in listed("not"):
                first = n + 1
                break
        before = [w.text for w in words[first:k]]
        at = next((n for n in range(first, k) if words[n].text in listed("not")), None)
        if any(w.text in listed("unsure") for w in words[max(0, k - _ASKED) : k]) or any(
            w in listed("half") for w in before
        ):
            return None
        if at is not None and any(w.text in listed("half") for w in words[k + 1 : k + 3]):
            return None
        if (verb.text.endswith("ing") or (k and words[k - 1].text == "to")) and listed("failed").isdisjoint(before):
            return None
        if at is not None and any(w.pos in _BETWEEN for w in words[at + 1 : k]):
            return None  # "no harm after it fell" negates no fall
        return 0.0 if at is None else 1.0


_ARTICLES = ("the", "a", "an")
_JOINS = ("and", "or")
_ASKING = frozenset({"who", "whom", "whose", "what", "which", "why", "how"})


def _unit(quantity: Quantity) -> str:
    """What a number counts, so that numbers of one thing meet: a measure with its kind, or the family of a noun."""
    if quantity.unit is None or quantity.kind in ("clock", "ordinal"):
        return ""
    if quantity.kind == "count":
        if quantity.value != int(quantity.value) and quantity.value < 1000:
            return ""  # "the 5.5 update" counts nothing
        return "count " + kin(fold(quantity.unit.split()[-1]))
    return f"{quantity.kind} {quantity.unit}"


_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def _days(time: TimeMention) -> tuple[float, float] | None:
    """The first and the last day that a time may stand for; None where it stands for none."""
    first, last = _ends(time.value), _ends(time.end or time.value)
    return (first[0], last[1]) if first and last and first[0] <= last[1] else None


def _ends(value: str | None) -> tuple[float, float] | None:
    """The first and the last day of a year, a month or a day; None where there is no such day."""
    match = _ISO.fullmatch(value or "")
    if match is None:
        return None
    year, month, day = (int(x) if x else None for x in match.groups())
    try:
        first = date(year or 1, month or 1, day or 1)
        if day:
            last = first
        elif month:
            last = date.fromordinal(date(first.year + month // 12, month % 12 + 1, 1).toordinal() - 1)
        else:
            last = date(first.year, 12, 31)
    except ValueError:
        return None
    return float(first.toordinal()), float(last.toordinal())
