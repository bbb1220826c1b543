"""The brief: three to seven sentences of the reports, quoted as they stand, that tell the story.

Each carries one of the most widely told claims. Among the sentences that carry it the one is
taken that stands best alone: a whole sentence with its subject named, without loaded or hedging
words, and not too long. What is told by independent origins comes first, and no sentence repeats
one that stands before it. Sentences on which the reports part are taken as well; the conflicts say so.

Method: greedy choice by coverage and novelty, as in maximal marginal relevance (Carbonell and
Goldstein 1998).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from tellings.collate.claims import opens_badly, unsuited
from tellings.collate.statements import Statement, lay_out, rarity
from tellings.records import Annotated, Brief, Collation
from tellings.text import Span

__all__ = ["find"]

_MOST, _LEAST = 7, 3
_LOOKED_AT = 60
"""Claims further down than this are told too thinly to stand in a brief."""
_REPEATED = 0.5
"""A sentence repeats others when this part of its words' weight stands in one of them."""
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence that may be quoted, its stems, and how little it is suited."""

    span: Span
    stems: frozenset[str]
    cost: float


def find(c: Collation) -> tuple[Brief, ...]:
    """Three to seven sentences, the most widely told first; fewer where too few can stand alone."""
    reports = {report.id: report for report in c.reports}
    by_span: dict[Span, Statement] = {s.span: s for s in lay_out(c.reports).statements}
    told: dict[tuple[str, int], list[Statement]] = {}
    for one in by_span.values():
        told.setdefault((one.span.report, one.sentence), []).append(one)

    @cache
    def sentence(report: str, number: int) -> _Sentence | None:
        return _quotable(reports[report], number, told[report, number])

    chosen: list[tuple[Brief, frozenset[str]]] = []
    claims = sorted(c.claims, key=lambda x: x.rank)[:_LOOKED_AT]
    shared = [x for x in claims if x.independent > 1]
    for claim in (*shared, *(x for x in claims if x.independent <= 1)):
        if len(chosen) >= (_MOST if claim.independent > 1 else _LEAST):
            break
        found = [sentence(s.span.report, by_span[s.span].sentence) for s in claim.support if s.span in by_span]
        fit = [x for x in found if x and not any(_repeats(x.stems, stems) for _, stems in chosen)]
        if fit:
            best = min(fit, key=lambda x: (round(x.cost, 6), x.span))
            chosen.append((Brief(best.span, claim.id), best.stems))
    return tuple(brief for brief, _ in chosen)


def _quotable(report: Annotated, number: int, told: Sequence[Statement]) -> _Sentence | None:
    """The sentence of this number, or None where it cannot stand alone.

    It cannot when it is a headline or a question, opens with a pronoun or "But", is very short or
    very long, or opens a quotation that it does not close.
    """
    span = report.sentences[number].span
    text = report.quote(span)
    words = [word for one in told for word in one.words]
    first = min(told, key=lambda s: s.span)
    if not 8 <= len(words) <= _LONGEST or not text.rstrip("\"'”’»)").endswith((".", "!")):
        return None
    if not (text[0].isupper() or text[0].isdigit()) or opens_badly(first) or "\n" in text.strip():
        return None
    if (
        text.count("“") != text.count("”")
        or text.count('"') % 2
        or sum(w[:1].isupper() for w in text.split()) > 0.7 * len(text.split())
    ):
        return None
    cost = sum(unsuited(one, report) for one in told) / len(told) + 0.04 * max(0, len(words) - 25)
    return _Sentence(span, frozenset(stem for one in told for stem in one.stems), cost + 0.5 * first.place)


def _repeats(stems: frozenset[str], others: frozenset[str]) -> bool:
    """Whether half the weight of a sentence, or of the other, stands in both."""
    shared = sum(map(rarity, sorted(stems & others)))
    return shared > _REPEATED * min(sum(map(rarity, sorted(stems))), sum(map(rarity, sorted(others))))
