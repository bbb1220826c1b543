"""The brief: three to seven sentences of the reports, quoted as they stand, that tell the story.

Each carries widely told claims: those of several origins, outlets, and openings of reports; what reports
lead with comes first. A sentence stands for what its main clause tells, and counts with who tells that,
where it surely tells the claim or titles it; what else it says should be told by others too. Among the
sentences the one is taken that stands best alone: a whole sentence with its subject named, no caption
and no look back, without loaded or hedging words, and not too long. What speaks of "her office" and named
nobody, somebody's words without saying whose, and what all others quote from somebody but this one tells as
a fact are left out, and where a town lies. No sentence repeats another. Where reports part on a number or a
time, a sentence costs that gives what few of them give, or what a later report has overtaken; what is left
of the conflict the conflicts say.

Method: greedy choice by coverage and novelty, as in maximal marginal relevance (Carbonell and
Goldstein 1998).
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tellings import lexicons
from tellings.collate.claims import roots
from tellings.collate.nouns import kind_of, lemma
from tellings.collate.statements import Statement, rarity, told
from tellings.collate.titles import astray, caption, captions, dateline, leans, opens_badly, subordinate, unsuited
from tellings.collate.wholes import complete, depths, relabelled
from tellings.records import SURE, Annotated, Brief, Claim, Collation, Conflict, EditKind
from tellings.text import Span

__all__ = ["find"]

_MOST, _LEAST = 7, 3
_LOOKED_AT = 60
"""Claims further down than this are told too thinly to stand in a brief."""
_OPENING = 4
"""Headline and lead stand among this many first sentences of a report."""
_LED = 1.5
"""What each origin that leads with a claim brings its sentence forward."""
_TELLS = 0.8
"""How surely a sentence has to tell a claim to be quoted for it, with the numbers of those who tell the claim."""
_REPEATED = 0.5
"""A sentence repeats others when this part of its words' weight stands in one of them."""
_LONGEST = 60
_AGAIN = 2.0
"""What it costs to tell again what stands in the brief already, at most a half of which may be shared."""
_FEW = 3.0
"""What it costs to give the number or time that the fewest reports give."""
_OVERTAKEN = 2.0
"""What it costs to give what a later report has changed."""
_EARLIER = 1.5
"""What it costs to stand in a report that all others came after."""
_COPY = 0.8
"""What it costs to stand one copy further from where a text began: copies drop and soften."""
_COPIED: tuple[tuple[EditKind, float], ...] = (("label_swap", 4.0), ("reworded", 2.0))
"""What it costs to hold words that a copy put in place of others, of each kind of edit."""
_BACK = 2.0
"""What it costs to tell of nothing but what lies long before the first report."""
_LONG = 60
_BEING = 1.5
"""What it costs to tell what a thing is, and not what happened."""
_FAR = 14
_ELSEWHEN = 4.0
"""What it costs to stand in a report so many days from the others."""
_ASKED = 20
"""So many of those who tell a claim are asked whether they quote it."""
_PARTED = 30
"""Conflicts further down than this are not asked."""


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence that may be quoted, its stems, how little it is suited, its statements and the main one."""

    span: Span
    stems: frozenset[str]
    cost: float
    parts: tuple[Span, ...]
    main: Span


def find(c: Collation) -> tuple[Brief, ...]:
    """Three to seven sentences, fewer where too few can stand alone.

    What is worth most comes first: what many independent origins and outlets carry and open with.
    """
    reports = {report.id: report for report in c.reports}
    ages = _ages(c)
    parts: dict[tuple[str, int], list[Statement]] = {}
    for one in told(c.reports):
        parts.setdefault((one.span.report, one.sentence), []).append(one)
    claim_of = {s.span: x for x in c.claims for s in x.support}
    chance = {s.span: s.chance for x in c.claims for s in x.support}
    origin = roots(c)
    doubts = _doubts(c)
    deep = depths(c)
    began = min((r.report.published.value[:10] for r in c.reports if r.report.published), default="")
    for kind, price in _COPIED:
        for name, spans in relabelled(c, kind).items():
            doubts[name] = [*doubts.get(name, ()), *((span, price) for span in spans)]
    captioned = {name: captions(report) for name, report in reports.items()}
    fit: list[_Sentence] = []
    for (name, number), statements in sorted(parts.items()):
        if any(one.span in claim_of and claim_of[one.span].rank <= _LOOKED_AT for one in statements):
            pictured = number in captioned[name]
            sentence = None if pictured else _quotable(reports[name], number, statements, doubts.get(name, ()))
            if sentence is not None:
                cost = ages[name] + _BACK * _looks_back(reports[name], sentence.span, began)
                if not _unsaid(sentence, claim_of.get(sentence.main), reports):
                    fit.append(replace(sentence, cost=sentence.cost + cost + _COPY * min(3, deep[name])))
    opened: dict[str, set[str]] = {}
    led: dict[str, dict[str, float]] = {}
    for (name, number), statements in parts.items():
        for one in statements:
            if number < _OPENING and chance.get(one.span, 0.0) >= SURE:
                opened.setdefault(claim_of[one.span].id, set()).add(name)
                behind = number - _headlines(reports[name])
                if behind <= 1:
                    mine = led.setdefault(claim_of[one.span].id, {})
                    mine[origin[name]] = max(mine.get(origin[name], 0.0), _LED if behind < 1 else _LED / 3)
    worth = {x.id: _worth(x, len(opened.get(x.id, ()))) for x in c.claims}
    chosen: list[tuple[tuple[float, int], Brief, frozenset[str]]] = []
    covered: set[str] = set()

    def lead(claim: Claim) -> float:
        return math.fsum(led.get(claim.id, {}).values())

    def thin(claim: Claim | None) -> int:
        # What two tell goes before what is told best; a lead that others perhaps tell is what the story is about.
        if claim is None:
            return 2
        return int(claim.carried.outlets < 2 and not (lead(claim) >= _LED and claim.outlets > 1))

    def value(one: _Sentence) -> tuple[float, Claim | None]:
        main = claim_of.get(one.main)
        if main is None or (chance[one.main] < _TELLS and not one.span.holds(main.title)):
            # Who tells the main clause's claim may not tell this; another clause may title a claim with the sentence.
            held = [x for s in one.parts if (x := claim_of.get(s)) and one.span.holds(x.title)]
            main = min(held, key=lambda x: x.rank, default=None)
        if main is None or main.id in covered:
            return 0.0, None
        mine = {claim_of[s].id: claim_of[s] for s in one.parts if s in claim_of and claim_of[s].id not in covered}
        others = sorted((x for x in mine.values() if x.id != main.id), key=lambda x: (-worth[x.id], x.rank))
        carried = sum(len(s) for s in one.parts if s in claim_of and claim_of[s].carried.independent > 1)
        alone = 1 - carried / (sum(map(len, one.parts)) or 1)
        told_best = 3 * one.span.holds(main.title) + sum(one.span.holds(x.title) for x in others[:1])
        gain = worth[main.id] + lead(main) + _FURTHER * sum(worth[x.id] for x in others[:2]) + 0.5 * told_best
        again = max((_share(one.stems, before) for _, _, before in chosen), default=0.0)
        return round(gain - 0.5 * one.cost - _AGAIN * again - _ALONE * alone, 6), main

    while fit and len(chosen) < _MOST:
        scored = [(value(one), one) for one in fit]
        (_, claim), best = min(scored, key=lambda item: (thin(item[0][1]), -item[0][0], item[1].span))
        if claim is None or (len(chosen) >= _LEAST and thin(claim)):
            break
        place = (-worth[claim.id] - lead(claim), claim.rank)
        chosen.append((place, Brief(best.span, claim.id), best.stems))
        covered |= {claim_of[s].id for s in best.parts if s in claim_of}
        fit = [one for one in fit if not _repeats(one.stems, best.stems)]
    return tuple(brief for _, brief, _ in sorted(chosen, key=lambda item: (item[0], item[1].span)))


def _looks_back(report: Annotated, span: Span, began: str) -> bool:
    """Whether all days that a sentence names lie long before the first report came out."""
    days = [time.end or time.value for time in report.times if span.holds(time.span) and time.value]
    try:
        first = date.fromisoformat(began) - timedelta(_LONG)
    except (ValueError, OverflowError):
        return False
    return bool(days) and all(day < first.isoformat()[: len(day)] for day in days)


def _unsaid(one: _Sentence, claim: Claim | None, reports: Mapping[str, Annotated]) -> bool:
    """Whether a sentence tells as a fact, naming nobody, what all others who surely tell it quote from somebody."""
    if claim is None or any(s.attribution for s in claim.support if s.span == one.main):
        return False
    text = reports[one.span.report].quote(one.span)
    others = [s for s in claim.support if s.chance >= SURE and s.span.report != one.span.report][:_ASKED]
    return bool(others) and all(
        s.attribution is not None
        and s.attribution.source_text.rsplit(" ", 1)[-1] not in text
        and any(
            said.manner == "direct" and any(content.holds(s.span) for content in said.content)
            for said in reports[s.span.report].attributions
        )
        for s in others
    )


def _headlines(report: Annotated) -> int:
    """How many sentences at the head of a report are headlines: what it is about stands there or right behind."""
    opening = report.sentences[:_LEAST]
    return next((k for k, s in enumerate(opening) if report.quote(s.span).rstrip("\"'”’)» ").endswith(_ENDS)), 0)


_ENDS = (".", "!", "?", "…")


_FURTHER = 0.3
"""What the second and third claim of a sentence count beside its first: a brief is not a heap of clauses."""


_ALONE = 2.0
"""What it costs a sentence that all but its main clause is told by no other origin."""
_LOOSE = 0.1
"""What each place further down in rank costs a claim: a claim stands far down where its tellings are loosely one."""


def _worth(claim: Claim, opened: int) -> float:
    """What a claim is worth telling: who surely tells it, its rank, and how many reports open with it."""
    sure = claim.carried
    return sure.independent + 0.5 * min(sure.outlets, 8) + 0.5 * min(opened, 8) - _LOOSE * min(claim.rank, 40)


_BEHIND = re.compile(
    r"(?i)^(?:after (?:\w+ )?(?:years|months|decades) of|since (?:january|february|march|april|may|june|july|august|"
    r"september|october|november|december|\d{4})|in recent (?:weeks|months|years)|historically|previously)\b"
    r"|\bonce home to\b|\bhas been (?:a|an|the)\b"
)

_LINKED = re.compile(
    r"(?i)^(?:for (?:its|his|her|their) part|on the (?:one|other) hand|by contrast|in contrast"
    r"|meanwhile|elsewhere|separately|in addition|additionally|moreover|furthermore|instead|nevertheless|nonetheless"
    r"|as a result|at the same time|in turn|then|besides|likewise|similarly|in response|on the contrary"
    r"|(?:an? |one |two |three |several |a few )?(?:minutes?|hours?|days?|weeks?|months?|years?) "
    r"(?:later|earlier|before)"
    r"|the (?:next|following|previous|same) (?:day|morning|night|evening|week)|the day before|earlier in the day"
    r"|that (?:day|night|morning|afternoon|evening)|by then|at the time|even so|still|yet"
    r"|again|also|now|earlier reports|but|and|so|nor|or)\b"
)
"""Words that tie a sentence to what stands before it."""


def _ages(c: Collation) -> dict[str, float]:
    """What it costs to quote each report for its date: the part of the others that came out a day later or more.

    What stands a fortnight from the middle of all dates looks at the event from somewhere else.
    """
    days: dict[str, int] = {}
    for report in c.reports:
        found = report.report.published
        try:
            days[report.id] = date.fromisoformat(found.value[:10]).toordinal() if found else 0
        except ValueError:
            days[report.id] = 0
    known = sorted(day for day in days.values() if day)
    out: dict[str, float] = {}
    for name, day in days.items():
        if not day:
            out[name] = 0.0
            continue
        later = sum(other > day for other in known) / len(known)
        far = abs(day - known[len(known) // 2]) > _FAR
        out[name] = _EARLIER * later + _ELSEWHEN * far
    return out


_LEADS = re.compile(
    r"(?i)^(?:(?:on|in|at|by|for|since|during|after|as) )?(?:[\w'’-]+ ){0,4}[\w'’-]+, "
    r"(?:he|she|it|they|this|these)\b"
)
"""A few words and a comma, then a pronoun for somebody who was named before."""
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_SPOKEN = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|us|me|[Yy]ou|[Yy]our)\b")
_POSTED = re.compile(r"[#@]\w|https?:|www\.|\b\d/\d\b")


def _doubts(c: Collation) -> dict[str, list[tuple[Span, float]]]:
    """For each report the spans that give what reports part on, and what it costs to quote them."""
    published = {r.id: r.report.published.value[:10] if r.report.published else "" for r in c.reports}
    out: defaultdict[str, list[tuple[Span, float]]] = defaultdict(list)
    for conflict in c.conflicts[:_PARTED]:
        for span, cost in _costs(conflict, published):
            out[span.report].append((span, cost))
    return dict(out)


def _costs(conflict: Conflict, published: dict[str, str]) -> list[tuple[Span, float]]:
    """What it costs to quote each support of a conflict's readings; [] where the reports do not part on a figure."""
    if conflict.kind not in {"number", "time", "place", "outcome"}:
        return []
    told = [{span.report for span in reading.support} for reading in conflict.readings]
    most = max(map(len, told), default=1) or 1
    last = [max((published[name] for name in names), default="") for names in told]
    out: list[tuple[Span, float]] = []
    for reading, names, latest in zip(conflict.readings, told, last, strict=True):
        cost = _FEW * (1 - len(names) / most) if conflict.kind in {"number", "time"} else 0.0
        if conflict.nature == "update":  # the latest is told by few because it is the latest
            cost = cost + _OVERTAKEN if latest < max(last) else 0.0
        out += [(span, cost) for span in reading.support if cost]
    return out


def _quotable(
    report: Annotated, number: int, parts: Sequence[Statement], doubts: Sequence[tuple[Span, float]] = ()
) -> _Sentence | None:
    """The sentence of this number, or None where it cannot stand alone.

    It cannot when it is a headline, a caption, a post or a question, opens with a pronoun, "But" or
    "Meanwhile", is very short or very long, or opens a quotation that it does not close; nor when
    its writer speaks of "us". What lies behind the event ("After years of ...") costs, as do loaded
    words, a surname at its head, what few reports give, and standing far down.
    """
    span = report.sentences[number].span
    span = Span(span.report, span.start + dateline(report.quote(span)[:100]), span.end)
    text = report.quote(span)
    words = [word for one in parts for word in one.words]
    first = min(parts, key=lambda s: s.span)
    if not 8 <= len(words) <= _LONGEST or not text.rstrip("\"'”’»)").endswith((".", "!")):
        return None
    if not (text[0].isupper() or text[0].isdigit()) or opens_badly(first) or leans(text) or "\n" in text.strip():
        return None
    if (
        text.count("“") != text.count("”")
        or text.count('"') % 2
        or sum(w[:1].isupper() for w in text.split()) > 0.7 * len(text.split())
        or _LINKED.search(text)
        or _LEADS.search(text)
        or _POSTED.search(text)
        or _SPOKEN.search(_QUOTED.sub("", text))
    ):
        return None
    being = _being(report, _main(report, parts), number)
    if being == "where" or astray(report, span, number) or _voiceless(report, span):
        return None
    if number + 1 < len(report.sentences):
        credit = report.quote(report.sentences[number + 1].span)
        if credit.startswith("(") and caption(credit):
            return None  # what stands before a photograph's credit is its caption
    said_by = re.search(r"(?:,|”|\") (?:he|she|they|it) (?:said|added|told)\b", text)
    cost = sum(unsuited(one, report) for one in parts) / len(parts) + 0.04 * max(0, len(words) - 30)
    loaded = lexicons.words("loaded.txt")
    cost += 1.5 * sum(word.lower() in loaded for word in re.findall(r"[\w-]+", text))
    cost += 1.0 * any(
        m.span.start == span.start and m.kind == "person" and " " not in report.quote(m.span) for m in report.mentions
    )
    cost += min(4.0, sum(price for doubt, price in doubts if 2 * span.overlap(doubt) > len(doubt)))
    if number > _headlines(report):  # what a report leads with is no background
        cost += _BEING * (being == "what")
    cost += 3.0 * bool(said_by) + 6.0 * bool(_BEHIND.search(text)) + 2.0 * first.place
    spans = tuple(one.span for one in parts)
    return _Sentence(span, frozenset(stem for one in parts for stem in one.stems), cost, spans, _main(report, parts))


def _being(report: Annotated, main: Span, number: int) -> str:
    """What a statement tells that tells no event: "what" a thing is, "where" a place lies; "" where it tells one."""
    words = report.words[number] if number < len(report.words) else ()
    tokens = [(report.quote(w.span).lower(), w.pos) for w in words if main.holds(w.span) and w.pos != "ADV"]
    at = next((k for k, (_, pos) in enumerate(tokens) if k and pos in ("AUX", "VERB")), len(tokens))
    if at + 1 >= len(tokens) or tokens[at][0] not in _BE or tokens[at + 1][1] not in _THINGS:
        return ""
    subject = next((low for low, pos in reversed(tokens[:at]) if pos == "NOUN"), "")
    return "where" if kind_of(lemma(subject)[0]) == "place" and tokens[at + 1][0] in _NEXT_TO else "what"


_BE = ("is", "are", "lies", "lie")
_THINGS = ("ADP", "DET", "NUM", "NOUN", "PROPN")
_NEXT_TO = ("on", "near", "along", "between", "off", "outside", "some", "about")


def _voiceless(report: Annotated, span: Span) -> bool:
    """Whether a sentence is somebody's own words, and says not whose."""
    return any(
        said.manner == "direct"
        and any(2 * content.overlap(span) > len(span) for content in said.content)
        and not any(span.holds(source) for source in said.source)
        for said in report.attributions
    )


def _main(report: Annotated, parts: Sequence[Statement]) -> Span:
    """The statement that a sentence makes: the first of its clauses that stands and hangs on no other."""

    def stands(one: Statement) -> float:
        return complete(report, one.span, one.sentence) - 0.5 * subordinate(report, one.span, one.sentence)

    return max(sorted(parts, key=lambda one: one.span), key=stands).span


def _share(stems: frozenset[str], others: frozenset[str]) -> float:
    """Which part of the weight of the lighter of two sentences stands in both, 0 to 1."""
    least = min(sum(map(rarity, sorted(stems))), sum(map(rarity, sorted(others))))
    return sum(map(rarity, sorted(stems & others))) / least if least else 0.0


def _repeats(stems: frozenset[str], others: frozenset[str]) -> bool:
    """Whether half the weight of a sentence, or of the other, stands in both."""
    return _share(stems, others) > _REPEATED
