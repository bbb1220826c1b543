"""Sureties: how surely a support tells what the title of its claim tells, and whether it denies it.

That two statements tell one fact is not yet that a report tells all that the title tells: the title may hold a
number, an act or a name that the report leaves out. The chance that it tells it is weighed by a logistic model
of five named features (`PARTS`; weights in `lexicons/claims.json` under "told"), fitted on supports that were
read by hand: whether the sentence of the support tells what the title says. The chance that both are one fact is
one of them, and the support is never surer than that.

Still missed: what stands in the sentence before or after, and two events told in one set of words.
"""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tellings.collate.pairs import FEATURES, Layout
from tellings.collate.statements import Statement, kin, light_acts, rarity
from tellings.collate.titles import Title, negated_acts
from tellings.records import SURE, Annotated, Polarity
from tellings.text import Span

__all__ = ["PARTS", "Sureties", "plain", "stances"]


PARTS = (
    "fact",  # log-odds that the support and the title's own clause tell one fact
    "held",  # the part of the weight of the title's words that the support's sentence has, in families
    "clause",  # how close the vectors of the words of both clauses are
    "no_act",  # the title has verbs that tell something, and the sentence has none of their families
    "no_number",  # the title has a number that the sentence lacks
)
"""What is asked of a support and a title; the weights of `told` in `lexicons/claims.json`."""


@cache
def _weights() -> tuple[float, tuple[float, ...]]:
    """Intercept and weights in the order of `PARTS`."""
    data = json.loads(files("tellings.lexicons").joinpath("claims.json").read_text(encoding="utf-8"))["told"]
    return data["intercept"], tuple(data["weights"][name] for name in PARTS)


@dataclass(frozen=True, slots=True)
class _Content:
    """What a stretch of a sentence tells: its stems in families, its verbs that tell something, its numbers."""

    stems: frozenset[str]
    acts: frozenset[str]
    numbers: frozenset[str]


class Sureties:
    """How surely the statements of a story tell what a title tells.

    `chance` are the chances of the layout's pairs; those that are hardly one fact need no closer look.
    """

    def __init__(self, layout: Layout, reports: Mapping[str, Annotated], chance: Sequence[float]) -> None:
        self._layout = layout
        self._reports = reports
        self._sentences: defaultdict[tuple[str, int], list[Statement]] = defaultdict(list)
        for one in layout.statements:
            self._sentences[one.span.report, one.sentence].append(one)
        self._contents: dict[tuple[str, int], _Content] = {}
        self._plain: dict[tuple[str, int], str] = {}
        self.near: defaultdict[int, dict[int, float]] = defaultdict(dict)
        self._clause: dict[tuple[int, int], float] = {}
        column = layout.pairs.values[:, FEATURES.index("clause")].tolist()
        ends = zip(layout.pairs.first.tolist(), layout.pairs.second.tolist(), chance, column, strict=True)
        for a, b, p, clause in ends:
            self.near[a][b] = self.near[b][a] = p
            if p >= SURE:
                self._clause[a, b] = self._clause[b, a] = clause
        self._read = any(column)

    def find(self, leaders: Sequence[int], title: Title, leader: int) -> dict[Span, float]:
        """The chance of each statement of a claim, for a title that stands in or around a copy of `leader`.

        1 where the title stands itself, here or word for word in another report.
        """
        layout = self._layout
        whole = self._content(title)
        words = plain(self._reports[title.span.report].quote(title.span))
        out: dict[Span, float] = {}
        for m in leaders:
            fact = 1.0 if m == leader else self.near[m].get(leader, 0.0)
            clause = 1.0 if m == leader else self._clause.get((m, leader), 0.0)
            for k in layout.copies[m]:
                one = layout.statements[k]
                out[one.span] = self._told(one, title, words, whole, fact, clause)
        return out

    def _told(  # noqa: PLR0917  # both sides of one comparison
        self, one: Statement, title: Title, words: str, whole: _Content, fact: float, clause: float
    ) -> float:
        """How surely one statement tells what a title tells."""
        if one.span.report == title.span.report and one.span.overlap(title.span):
            return 1.0 if fact == 1.0 else fact
        if fact == 1.0 and words in self._sentence(one):
            return 1.0
        fact = fact if one.verbal or fact == 1.0 else _NO_VERB * fact
        if fact < SURE:
            return fact
        here = self._around(one)
        held = math.fsum(rarity(stem) for stem in sorted(whole.stems & here.stems))
        held /= math.fsum(rarity(stem) for stem in sorted(whole.stems)) or 1.0
        row = (
            math.log((fact + 0.01) / (1.01 - fact)),
            held,
            clause if self._read else held,
            float(bool(whole.acts) and not whole.acts & here.stems),
            float(bool(whole.numbers - here.numbers)),
        )
        intercept, weights = _weights()
        total = intercept + math.fsum(w * x for w, x in zip(weights, row, strict=True))
        return min(fact, round(1 / (1 + math.exp(-total)), 9))

    def _sentence(self, one: Statement) -> str:
        """The words of the sentence that a statement stands in."""
        key = one.span.report, one.sentence
        if key not in self._plain:
            report = self._reports[one.span.report]
            self._plain[key] = plain(report.quote(report.sentences[one.sentence].span))
        return self._plain[key]

    def _around(self, one: Statement) -> _Content:
        """What the whole sentence of a statement tells."""
        key = one.span.report, one.sentence
        if key not in self._contents:
            self._contents[key] = _content(self._sentences[key])
        return self._contents[key]

    def _content(self, title: Title) -> _Content:
        """What a title tells: its clauses, of which it holds a half or more; nothing where it is in no sentence."""
        report = self._reports[title.span.report]
        number = bisect_right(report.sentences, title.span.start, key=lambda s: s.span.end)
        while number < len(report.sentences) and report.sentences[number].span.start < title.span.end:
            if report.sentences[number].span.overlap(title.span):
                around = self._sentences.get((report.id, number), ())
                return _content([s for s in around if 2 * s.span.overlap(title.span) >= len(s.span)])
            number += 1
        return _content(())


_NO_VERB = 0.3
"""What a support without a verb counts: it says who or what somebody is, and not what happened."""


def _content(statements: Sequence[Statement]) -> _Content:
    """What some statements tell together."""
    return _Content(
        frozenset(kin(stem) for one in statements for stem in one.stems),
        frozenset(act for one in statements for act in one.acts) - light_acts(),
        frozenset(number for one in statements for number in one.numbers),
    )


_WORD = re.compile(r"\w+")


def plain(text: str) -> str:
    """The words of a text without case and signs, a blank around each."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "


# ---------------------------------------------------------------- denials


def stances(told: Sequence[Statement], title: Statement, reports: Mapping[str, Annotated]) -> list[Polarity]:
    """Whether each telling denies what the title's statement tells.

    It does where somebody is said to deny it (all may); or where a verb of both is negated in exactly one of
    the two. A "not" of another verb, one that both have, "not only" and "can't believe" deny
    nothing, nor does what a report tells beside the title.
    """
    denied = [_denier(one, reports) and not one.negated for one in told]
    by_title = _denier(title, reports)
    its = negated_acts(reports[title.span.report], title)
    out: list[Polarity] = []
    for one, mine in zip(told, denied, strict=True):
        shared = (one.acts & title.acts) - light_acts()
        differs = one.polarity != title.polarity and one.span.report != title.span.report and not by_title
        against = differs and (negated_acts(reports[one.span.report], one) ^ its) & shared
        out.append("denied" if mine or against else "affirmed")
    return out


def _denier(one: Statement, reports: Mapping[str, Annotated]) -> bool:
    """Whether somebody is said to deny a statement."""
    report = reports[one.span.report]
    return one.attribution is not None and report.attributions[one.attribution].polarity == "denied"
