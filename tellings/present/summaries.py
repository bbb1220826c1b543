"""What stands at the top of every dossier, on the page and in the terminal.

That is the line that a reader can repeat, the brief, the conflicts and the reports set aside.

Tellings' own words are templates of a closed list, filled with numbers and names; everything else
is quoted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tellings.present.sigla import Cite, Context, Sigla, flat
from tellings.records import Claim, Dossier
from tellings.text import Span

__all__ = ["Card", "Side", "Told", "Voice", "brief", "cards", "headline", "numbers", "plural", "set_aside"]

_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_CARDS = 20  # conflicts shown, by rank
_VOICES = 5  # tellings of one reading that are quoted before the others are only named
_MORE = 12  # tellings of one reading that are named before they are only counted

NATURES = {
    "disagreement": "they cannot all be right as they stand",
    "update": "one may be the later state of the other",
    "scope": "they may speak of different things",
}
"""What the page says of each nature of conflict."""

_NAMED = "they write or call it in different ways"  # no way of naming is right or wrong

KINDS = {
    "number": "how many",
    "time": "when",
    "place": "where",
    "actor": "who",
    "cause": "why",
    "outcome": "what came of it",
    "name": "called what",
}
"""What the page says of each kind of conflict."""


def plural(number: int, one: str, many: str = "") -> str:
    """A number with its noun.

    >>> plural(1, "origin"), plural(3, "origin")
    ('1 origin', '3 origins')
    """
    return f"{number} {one if number == 1 else many or one + 's'}"


def headline(dossier: Dossier) -> str:
    """The one line that a reader can repeat: how many reports, how many origins, who prints whose copy."""
    on_topic = {t.report for t in dossier.topics if t.on_topic}
    reports = [r.report for r in dossier.reports if r.id in on_topic]
    if not reports:
        return "No report is left to compare"
    if len(reports) == 1:
        return "One report: there is nothing to compare it with"
    outlets = {r.outlet.value.casefold() for r in reports if r.outlet}
    known = all(r.outlet for r in reports)
    count = plural(len(outlets), "outlet") if known and len(outlets) == len(reports) else plural(len(reports), "report")
    if known and len(outlets) < len(reports):
        count += f" of {plural(len(outlets), 'outlet')}"
    origins = sorted(dossier.collation.origins, key=lambda o: (-len(o.reports), o.id))
    if not origins:
        return count
    line = f"{count}, {plural(len(origins), 'origin')}"
    size = len(origins[0].reports)
    if size < 2:
        return f"{line}: each is written apart from the others"
    copy = f"one {flat(origins[0].source, 40)} copy" if origins[0].source else "one copy"
    who = (
        ("both" if size == 2 else "all")
        if size == len(reports)
        else f"{_WORDS[size] if size < len(_WORDS) else size} of them"
    )
    line += f": {who} print {copy}"
    seconds = [o for o in origins[1:] if len(o.reports) > 1]
    if seconds and len(seconds[0].reports) > 1:
        size = len(seconds[0].reports)
        copy = f"one {flat(seconds[0].source, 40)} copy" if seconds[0].source else "another"
        line += f", {_WORDS[size] if size < len(_WORDS) else size} {copy}"
    return line


def numbers(claim: Claim) -> str:
    """The three numbers of a claim: outlets, origins (and how many are independent), named sources."""
    text = f"{plural(claim.outlets, 'outlet')}, {plural(claim.origins, 'origin')}"
    if claim.independent != claim.origins:
        text += f" ({claim.independent} independent)"
    if not claim.sources:
        return f"{text}, no named source"
    named = ", ".join(flat(s, 50) for s in claim.sources[:4])
    more = f" and {len(claim.sources) - 4} more" if len(claim.sources) > 4 else ""
    return f"{text}, {plural(len(claim.sources), 'source')}: {named}{more}"


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence of the brief: the quotation, its claim's numbers and anchor ("" for no claim)."""

    cite: Cite
    text: str
    who: str
    numbers: str
    claim: int
    anchor: str
    independent: int


def brief(sigla: Sigla) -> tuple[Told, ...]:
    """The brief, in its order."""
    c = sigla.dossier.collation
    claims = {claim.id: claim for claim in c.claims}
    out: list[Told] = []
    for one in c.brief:
        claim = claims.get(one.claim)
        cite = sigla.cite(one.span, "brief", "#brief")
        number = sigla.number.get(one.claim, 0)
        out.append(
            Told(
                cite=cite,
                text=cite.quote,
                who=sigla.source(one.span),
                numbers=numbers(claim) if claim else "",
                claim=number,
                anchor=f"#claim-{number}" if claim else "",
                independent=claim.independent if claim else 0,
            )
        )
    return tuple(out)


@dataclass(frozen=True, slots=True)
class Voice:
    """One telling of a reading: the quotation in its sentence, and who is said to have said it."""

    cite: Cite
    context: Context
    who: str


@dataclass(frozen=True, slots=True)
class Side:
    """One reading of a conflict: its value as quoted, the origins that tell it, and the tellings."""

    value: str
    origins: tuple[str, ...]
    voices: tuple[Voice, ...]
    more: tuple[Cite, ...]
    silent: int


@dataclass(frozen=True, slots=True)
class Card:
    """One conflict; `wording` is true where reports tell one thing in words that say different things."""

    number: int
    anchor: str
    slot: str
    kind: str
    nature: str
    meaning: str
    wording: bool
    sides: tuple[Side, ...]


def cards(sigla: Sigla) -> tuple[Card, ...]:
    """The conflicts that matter most, by rank; the JSON document has all."""
    out: list[Card] = []
    ranked = sorted(sigla.dossier.collation.conflicts, key=lambda c: (c.rank, c.id))
    for place, conflict in enumerate(ranked[:_CARDS]):
        number = place + 1
        sides: list[Side] = []
        for reading in conflict.readings:
            spans = _one_a_report(reading.support)
            ordered = sigla.cites(spans, f"≠{number}", f"#conflict-{number}")
            by_href = {sigla.cite(span).href: span for span in spans}
            voices = tuple(
                Voice(
                    cite,
                    sigla.context(_value(sigla, by_href[cite.href], reading.value)),
                    sigla.source(by_href[cite.href]),
                )
                for cite in ordered[:_VOICES]
            )
            origins = dict.fromkeys(cite.named.letter or cite.named.siglum for cite in ordered)
            more = ordered[_VOICES:]
            sides.append(Side(flat(reading.value, 160), tuple(origins), voices, more[:_MORE], len(more[_MORE:])))
        out.append(
            Card(
                number=number,
                anchor=f"conflict-{number}",
                slot=flat(conflict.slot, 300),
                kind=KINDS[conflict.kind],
                nature=conflict.nature,
                wording=conflict.kind == "outcome" and conflict.nature == "scope",
                meaning=_NAMED if conflict.kind == "name" else NATURES[conflict.nature],
                sides=tuple(sides),
            )
        )
    return tuple(out)


def _value(sigla: Sigla, span: Span, value: str) -> Span:
    """Where the value stands within the words that tell it; these words where it does not."""
    at = sigla.text(span).find(value) if value else -1
    return span if at < 0 else Span(span.report, span.start + at, span.start + at + len(value))


def _one_a_report(spans: Iterable[Span]) -> list[Span]:
    """The first span of each report."""
    first: dict[str, Span] = {}
    for span in sorted(spans):
        first.setdefault(span.report, span)
    return list(first.values())


def set_aside(dossier: Dossier) -> tuple[tuple[str, str], ...]:
    """The reports that are not compared, with the reason."""
    return tuple((t.report, t.reason or "not about this story") for t in dossier.topics if not t.on_topic)
