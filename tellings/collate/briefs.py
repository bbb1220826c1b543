"""The brief: three to seven sentences of the reports, quoted as they stand, that tell the story.

Each carries widely told claims: those of several origins, outlets, and openings of reports. Among
the sentences that carry them the one is taken that stands best alone: a whole sentence with its
subject named, no caption and no look back, without loaded or hedging words, and not too long. No
sentence repeats another. Sentences on which the reports part are taken as well; the conflicts say so.

Method: greedy choice by coverage and novelty, as in maximal marginal relevance (Carbonell and
Goldstein 1998).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tellings.collate.claims import opens_badly, unsuited
from tellings.collate.statements import Statement, rarity, told
from tellings.records import Annotated, Brief, Claim, Collation
from tellings.text import Span

__all__ = ["find"]

_MOST, _LEAST = 7, 3
_LOOKED_AT = 60
"""Claims further down than this are told too thinly to stand in a brief."""
_OPENING = 4
"""Headline and lead stand among this many first sentences of a report."""
_REPEATED = 0.5
"""A sentence repeats others when this part of its words' weight stands in one of them."""
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence that may be quoted, its stems, how little it is suited, and its statements."""

    span: Span
    stems: frozenset[str]
    cost: float
    parts: tuple[Span, ...]


def find(c: Collation) -> tuple[Brief, ...]:
    """Three to seven sentences in the order of their claims' ranks; fewer where too few can stand alone."""
    reports = {report.id: report for report in c.reports}
    parts: dict[tuple[str, int], list[Statement]] = {}
    for one in told(c.reports):
        parts.setdefault((one.span.report, one.sentence), []).append(one)
    claim_of = {s.span: x for x in c.claims for s in x.support}
    fit: list[_Sentence] = []
    for (name, number), statements in sorted(parts.items()):
        if any(one.span in claim_of and claim_of[one.span].rank <= _LOOKED_AT for one in statements):
            sentence = _quotable(reports[name], number, statements)
            fit += [sentence] if sentence else []
    opened: dict[str, set[str]] = {}
    for (name, number), statements in parts.items():
        for one in statements:
            if number < _OPENING and one.span in claim_of:
                opened.setdefault(claim_of[one.span].id, set()).add(name)
    worth = {x.id: _worth(x, len(opened.get(x.id, ()))) for x in c.claims}
    chosen: list[tuple[int, Brief, frozenset[str]]] = []
    covered: set[str] = set()

    def value(one: _Sentence) -> tuple[float, Claim | None]:
        mine = {claim_of[s].id: claim_of[s] for s in one.parts if s in claim_of and claim_of[s].id not in covered}
        ordered = sorted(mine.values(), key=lambda x: (-worth[x.id], x.rank))
        if not ordered:
            return 0.0, None
        told_best = sum(one.span.holds(x.title) for x in ordered[:2])
        gain = worth[ordered[0].id] + _FURTHER * sum(worth[x.id] for x in ordered[1:3]) + 0.5 * told_best
        return round(gain - 0.5 * one.cost, 6), ordered[0]

    while fit and len(chosen) < _MOST:
        scored = [(value(one), one) for one in fit]
        (_, claim), best = min(scored, key=lambda item: (-item[0][0], item[1].span))
        if claim is None or (len(chosen) >= _LEAST and claim.outlets < 2):
            break
        chosen.append((claim.rank, Brief(best.span, claim.id), best.stems))
        covered |= {claim_of[s].id for s in best.parts if s in claim_of}
        fit = [one for one in fit if not _repeats(one.stems, best.stems)]
    return tuple(brief for _, brief, _ in sorted(chosen, key=lambda item: (item[0], item[1].span)))


_FURTHER = 0.3
"""What the second and third claim of a sentence count beside its first: a brief is not a heap of clauses."""


def _worth(claim: Claim, opened: int) -> float:
    """What a claim is worth telling: its origins, its outlets, and how many reports open with it."""
    return claim.independent + 0.5 * min(claim.outlets, 8) + 0.5 * min(opened, 8)


_CAPTION = re.compile(
    r"TOPSHOT|\((?:File|AP|AFP|Reuters|Getty)?\s*(?:Photo|Image|Picture)\b"
    r"|\b(?:AFP|AP|Reuters|EPA|Getty) ?(?:Photo|Images)\b|/ ?AFP ?/|Hide Caption"
    r"|\b(?:is|are) (?:seen|shown|pictured)\b|\bthis (?:\w+ ){0,3}(?:photo|photograph|image|picture)\b"
    r"|^\s*(?:File|Photo|Image|Caption)\b",
)
_BEHIND = re.compile(
    r"(?i)^(?:after (?:\w+ )?(?:years|months|decades) of|since (?:january|february|march|april|may|june|july|august|"
    r"september|october|november|december|\d{4})|in recent (?:weeks|months|years)|historically|previously)\b"
    r"|\bonce home to\b|\bhas been (?:a|an|the)\b"
)

_LINKED = re.compile(
    r"(?i)^(?:for (?:its|his|her|their) part|on the (?:one|other) hand|by contrast|in contrast"
    r"|meanwhile|elsewhere|separately|in addition|additionally|moreover|furthermore|instead|nevertheless|nonetheless"
    r"|as a result|at the same time|in turn|then|besides|likewise|similarly|in response|on the contrary)\b"
)
"""Words that tie a sentence to what stands before it."""


def _quotable(report: Annotated, number: int, parts: Sequence[Statement]) -> _Sentence | None:
    """The sentence of this number, or None where it cannot stand alone.

    It cannot when it is a headline, a caption or a question, opens with a pronoun, "But" or
    "Meanwhile", is very short or very long, or opens a quotation that it does not close. What lies behind the event
    ("After years of ...") costs, as do loaded words and standing far down.
    """
    span = report.sentences[number].span
    text = report.quote(span)
    words = [word for one in parts for word in one.words]
    first = min(parts, key=lambda s: s.span)
    if not 8 <= len(words) <= _LONGEST or not text.rstrip("\"'”’»)").endswith((".", "!")):
        return None
    if not (text[0].isupper() or text[0].isdigit()) or opens_badly(first) or "\n" in text.strip():
        return None
    if (
        text.count("“") != text.count("”")
        or text.count('"') % 2
        or sum(w[:1].isupper() for w in text.split()) > 0.7 * len(text.split())
        or _CAPTION.search(text)
        or _LINKED.search(text)
    ):
        return None
    if number + 1 < len(report.sentences):
        credit = report.quote(report.sentences[number + 1].span)
        if credit.startswith("(") and _CAPTION.search(credit):
            return None  # what stands before a photograph's credit is its caption
    said_by = re.search(r"(?:,|”|\") (?:he|she|they|it) (?:said|added|told)\b", text)
    cost = sum(unsuited(one, report) for one in parts) / len(parts) + 0.04 * max(0, len(words) - 30)
    cost += 1.5 * bool(said_by) + 6.0 * bool(_BEHIND.search(text)) + 2.0 * first.place
    spans = tuple(one.span for one in parts)
    return _Sentence(span, frozenset(stem for one in parts for stem in one.stems), cost, spans)


def _repeats(stems: frozenset[str], others: frozenset[str]) -> bool:
    """Whether half the weight of a sentence, or of the other, stands in both."""
    shared = sum(map(rarity, sorted(stems & others)))
    return shared > _REPEATED * min(sum(map(rarity, sorted(stems))), sum(map(rarity, sorted(others))))
