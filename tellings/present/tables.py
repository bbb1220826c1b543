"""The two tables of the page: claims by reports, and names by reports.

With many reports a column is an origin instead of a report, and with many origins there are no
columns: the reports are then listed by siglum.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tellings import lexicons
from tellings.present.sigla import Cite, Named, Sigla, flat
from tellings.records import SURE, Actor, Claim, Conflict, Edit, Form, Passage, Support
from tellings.text import Span, merge

__all__ = [
    "CARDS",
    "Cell",
    "Column",
    "Copies",
    "Label",
    "Labels",
    "Point",
    "Points",
    "Row",
    "Swap",
    "columns",
    "exact",
    "is_wording",
    "matrix",
    "names",
    "plain",
    "points",
    "swaps",
    "varied",
]

_COLUMNS = 12  # columns that can be read across
CARDS = 16
"""Conflicts by rank that the page shows, and that rows and cells point to."""
_SHORT = 28  # characters of a reading that a cell can hold
_SHOWN = ("number", "time", "place")  # conflicts whose readings are told by their value alone
_WORDINGS = ("how it is told: “", "what is told: “")  # slots without a value that others give otherwise
_ROWS = 150  # claims of several reports that the page lists; those of the brief always are
_SINGLE = 120  # claims of one report that the page lists
_NAMES = 12  # actors with all their labels, before the others are folded
_LABELS = 5  # labels of one actor in one column
_LONG = 48  # characters of a label
_BRIEF = 24  # characters of a label that another stands for
_WORD = re.compile(r"\S+")
_NEAR = 16  # stretches looked at before a place: they hardly overlap
_SWAPS = 4  # swaps of one actor that are quoted


@dataclass(frozen=True, slots=True)
class Column:
    """One column: a report, or all reports of an origin."""

    head: str
    label: str
    hue: int
    shape: str
    reports: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """What a report does with a claim: says, attributes, denies, copies or is silent (`state`).

    `who` is to whom the words are attributed; `copied` from whom the words were copied, "" if not;
    `others` counts the further reports of the column that tell it too. `value` is the
    number, time or place that other reports have otherwise, "" if none or if it is long. `perhaps`
    is whether the words may as well tell another statement.
    """

    state: str
    who: str
    copied: str
    cite: Cite | None
    others: int = 0
    value: str = ""
    perhaps: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One claim: its number, title, three numbers and its cells, one for each column.

    The numbers count who surely tells it; `perhaps` is how many outlets more perhaps do.
    `sources` are named; `voices` are all to whom its words are surely attributed, named or not.
    `disputes` are the numbers of the conflicts that its words touch; `denied` where some deny it and
    others do not, `denies` where all do; `known` where the outlets of all its reports are known.
    """

    number: int
    anchor: str
    title: Cite
    outlets: int
    origins: int
    independent: int
    perhaps: int
    sources: tuple[str, ...]
    voices: tuple[str, ...]
    cells: tuple[Cell, ...]
    cites: tuple[Cite, ...]
    disputed: bool
    disputes: tuple[int, ...]
    denied: bool
    denies: bool
    known: bool


@dataclass(frozen=True, slots=True)
class Swap:
    """One label put in another's place in copied words."""

    before: Cite | None
    after: Cite | None


@dataclass(frozen=True, slots=True)
class Label:
    """A label in a cell: how often, where first, and the note of a swap in copied words ("" if none)."""

    text: str
    times: int
    cite: Cite
    swapped: str


@dataclass(frozen=True, slots=True)
class Labels:
    """One actor: what it is called, by column.

    `heads` name the actor: by its name, or by every label that was swapped for another where its
    name is one of them, so that no side's word stands for it. `more` counts the labels of each
    column that are not listed.
    """

    anchor: str
    heads: tuple[str, ...]
    kind: str
    forms: int
    times: int
    cells: tuple[tuple[Label, ...], ...]
    more: tuple[int, ...]
    swaps: tuple[Swap, ...]


def columns(sigla: Sigla) -> tuple[Column, ...]:
    """The columns of both tables; none where there would be too many."""
    listed = sigla.listed
    if len(listed) <= _COLUMNS:
        return tuple(Column(n.siglum, n.label, n.hue, n.shape, (n,)) for n in listed)
    by: dict[str, list[Named]] = {}
    for named in listed:
        by.setdefault(named.letter or named.siglum, []).append(named)
    if len(by) > _COLUMNS:
        return ()
    return tuple(
        Column(
            head, f"{len(many)} reports" if len(many) > 1 else many[0].label, many[0].hue, many[0].shape, tuple(many)
        )
        for head, many in by.items()
    )


def is_wording(conflict: Conflict) -> bool:
    """Whether reports tell one thing in other words, and give no value (a number, a day, a speaker) against another."""
    return conflict.slot.startswith(_WORDINGS)


@dataclass(frozen=True, slots=True, order=True)
class Point:
    """A place that tells a reading of the conflict of this number."""

    span: Span
    number: int
    value: str
    kind: str


class Points:
    """Where the readings of conflicts stand: asked for every telling of every claim."""

    def __init__(self, found: Iterable[Point]) -> None:
        """Sort the places by report."""
        self._points: dict[str, list[Point]] = {}
        for point in sorted(found):
            self._points.setdefault(point.span.report, []).append(point)
        self._starts = {report: [p.span.start for p in many] for report, many in self._points.items()}

    def all(self, span: Span) -> list[Point]:
        """The places that share words with the span, the most important conflict first."""
        many = self._points.get(span.report, [])
        at = bisect_left(self._starts.get(span.report, []), span.end)
        met = [p for p in many[max(0, at - _NEAR) : at] if span.overlap(p.span)]
        return sorted(met, key=lambda p: (p.number, p.span))


def exact(sigla: Sigla, span: Span, value: str) -> Span:
    """Where the value stands within the words that tell it; these words where it does not."""
    at = sigla.text(span).find(value) if value else -1
    return span if at < 0 else Span(span.report, span.start + at, span.start + at + len(value))


def points(sigla: Sigla, conflicts: Iterable[Conflict], most: int) -> Points:
    """The places of the first `most` conflicts by rank, mere wordings left out; numbers count from 1."""
    ranked = sorted(conflicts, key=lambda c: (c.rank, c.id))[:most]
    return Points(
        Point(exact(sigla, span, reading.value), number, reading.value, conflict.kind)
        for number, conflict in enumerate(ranked, 1)
        if not is_wording(conflict)
        for reading in conflict.readings
        for span in reading.support
    )


def matrix(
    sigla: Sigla, across: Sequence[Column], conflicts: Sequence[Conflict], copies: Copies
) -> tuple[tuple[Row, ...], tuple[Row, ...], int]:
    """Claims told by two reports or more, claims told by one, and how many claims are left out.

    Each in the order of rank.
    """
    known = _Known(points(sigla, conflicts, CARDS), copies)
    many = [c for c in sigla.claims if len({s.span.report for s in c.support}) > 1]
    one = [c for c in sigla.claims if len({s.span.report for s in c.support}) <= 1]
    told = {b.claim for b in sigla.dossier.collation.brief}
    shown = [
        [c for n, c in enumerate(part) if n < most or c.id in told] for part, most in ((many, _ROWS), (one, _SINGLE))
    ]
    rows = [tuple(_row(sigla, across, claim, sigla.number[claim.id], known) for claim in part) for part in shown]
    return rows[0], rows[1], len(sigla.claims) - len(shown[0]) - len(shown[1])


@dataclass(frozen=True, slots=True)
class _Known:
    """What the other parts of the dossier tell of claims."""

    points: Points
    copies: Copies


def _row(sigla: Sigla, across: Sequence[Column], claim: Claim, number: int, known: _Known) -> Row:
    """One claim."""
    anchor = f"claim-{number}"
    cited = {s.span: sigla.cite(s.span, f"#{number}", f"#{anchor}") for s in claim.support}
    by: dict[str, list[Support]] = {}
    for support in sorted(claim.support, key=lambda s: s.span):
        by.setdefault(support.span.report, []).append(support)
    cells = tuple(
        _cell(sigla, [s for n in column.reports for s in by.get(n.id, ())], cited, known) for column in across
    )
    stances = {s.polarity for s in claim.support if s.chance >= SURE}
    denied = len(stances) > 1
    sure = claim.carried
    disputes = sorted({p.number for s in claim.support for p in known.points.all(s.span)})
    return Row(
        number=number,
        anchor=anchor,
        title=sigla.cite(claim.title),
        outlets=sure.outlets,
        origins=sure.origins,
        independent=sure.independent,
        perhaps=claim.outlets - sure.outlets,
        sources=tuple(flat(s, 60) for s in claim.sources),
        voices=tuple(
            dict.fromkeys(
                flat(s.attribution.source_text, 60)
                for s in sorted(claim.support, key=lambda s: s.span)
                if s.attribution and s.attribution.source_text and s.chance >= SURE
            )
        ),
        cells=cells,
        cites=() if across else sigla.cites(list(cited)[:40]),
        disputed=denied or bool(disputes),
        disputes=tuple(disputes),
        denied=denied,
        denies=stances == {"denied"},
        known=all(sigla.report(report).report.outlet for report in by),
    )


def _cell(sigla: Sigla, supports: Sequence[Support], cited: dict[Span, Cite], known: _Known) -> Cell:
    """What the reports of one column do with a claim; the strongest word counts."""
    if not supports:
        return Cell("silent", "", "", None)

    def weight(support: Support) -> tuple[bool, bool, bool, Span]:
        return (support.chance < SURE, support.polarity != "denied", support.attribution is None, support.span)

    best = min(supports, key=weight)
    who = flat(best.attribution.source_text, 60) if best.attribution else ""
    source = sigla.named[best.copied_from.report].siglum if best.copied_from else known.copies.source(best.span)
    state = "denies" if best.polarity == "denied" else "copies" if source else "attributes" if who else "says"
    met = [p for s in supports for p in known.points.all(s.span)]
    point = min(met, key=lambda p: (p.number, p.span), default=None)
    value = flat(point.value) if point and point.kind in _SHOWN else ""
    return Cell(
        state,
        who,
        source,
        cited[best.span],
        len({s.span.report for s in supports}) - 1,
        value if len(value) <= _SHORT else "",
        best.chance < SURE,
    )


class Copies:
    """From whom a report took words, by the stemma: asked for every cell."""

    def __init__(self, sigla: Sigla, passages: Sequence[Passage]) -> None:
        """Find for each report its shared stretches, and whether a source of it has them too."""
        self._stretches: dict[str, list[tuple[Span, str]]] = {}
        parents: dict[str, list[tuple[str | None, str]]] = {}
        for origin in sigla.origins:
            copy = flat(origin.source, 30) + " copy" if origin.source else "a lost copy"
            for edge in origin.edges:
                parents.setdefault(edge.target, []).append((edge.source, copy))
        for passage in passages:
            there = {span.report for span in passage.spans}
            letters = [sigla.named[report].letter for report in there]
            for span in passage.spans:
                for source, copy in parents.get(span.report, ()):
                    if source is not None and source in there:
                        self._stretches.setdefault(span.report, []).append((span, sigla.named[source].siglum))
                        break
                    # a lost copy is seen where two of the reports made from it have the same words
                    if source is None and letters.count(sigla.named[span.report].letter) > 1:
                        self._stretches.setdefault(span.report, []).append((span, copy))
                        break
        for many in self._stretches.values():
            many.sort()

    def source(self, span: Span) -> str:
        """Whose words these are, if at least half of them were taken; "" if not."""
        many = self._stretches.get(span.report, [])
        at = bisect_left(many, (Span(span.report, span.end, span.end), ""))
        for stretch, source in reversed(many[max(0, at - _NEAR) : at]):
            if 2 * stretch.overlap(span) >= len(span):
                return source
        return ""


def plain(actor: Actor) -> tuple[Form, ...]:
    """The actor's labels without the longer and shorter cuts of the same words, in the order of its forms.

    Of the cuts that end at one word the longest stays ("masked intruders", not "intruders"), of
    those that begin at one word the shortest ("police", not "police at the gates").
    """
    here: dict[str, set[Span]] = {}
    text: dict[Span, str] = {}
    for form in actor.forms:
        for span in form.spans:
            here.setdefault(span.report, set()).add(span)
            text[span] = form.form
    kept: dict[str, list[Span]] = {}
    for report in sorted(here):
        for span in _apart(here[report]):
            kept.setdefault(text[span], []).append(span)
    return tuple(Form(form.form, tuple(sorted(kept[form.form]))) for form in actor.forms if form.form in kept)


def _apart(spans: set[Span]) -> list[Span]:
    """Spans of one report that do not overlap, chosen as `plain` says, and what lies outside of them."""
    chosen: list[Span] = []
    left = sorted(spans)
    while left:
        whole = {span.end: span for span in reversed(left)}
        base = {span.start: span for span in sorted(whole.values(), key=lambda s: -s.end)}
        free = 0
        for span in sorted(base.values(), key=lambda s: (s.start, s.end)):
            if span.start >= free:
                chosen.append(span)
                free = span.end
        taken = merge(chosen)
        starts = [span.start for span in taken]
        left = [
            span
            for span in left
            if not any(span.overlap(t) for t in taken[max(0, bisect_left(starts, span.start) - 1) :][:_NEAR])
        ]
    return chosen


def names(
    sigla: Sigla, across: Sequence[Column], actors: Sequence[Actor], edits: Sequence[Edit]
) -> tuple[tuple[Labels, ...], tuple[Labels, ...]]:
    """Actors with their labels by column: those that several reports name in several ways, then the others.

    Each keeps the dossier's order, in which those who are called otherwise come first.
    """
    ends: dict[str, list[tuple[Span, Edit]]] = {}
    for edit in swaps(sigla, edits):
        for side in (edit.before, edit.after):
            if side:
                ends.setdefault(side.report, []).append((side, edit))
    main: list[Labels] = []
    rest: list[Labels] = []
    for number, actor in enumerate(actors, 1):
        based = replace(actor, forms=plain(actor))
        labels = _labels(sigla, across, based, f"name-{number}", ends)
        part = main if (labels.swaps or varied(based)) and len(main) < _NAMES else rest
        part.append(labels)
    return tuple(main), tuple(rest)


def varied(actor: Actor) -> bool:
    """Whether several reports name the actor, and not all by one label; capitals make no other label."""
    reports = {span.report for form in actor.forms for span in form.spans}
    return len(reports) > 1 and len({flat(form.form).casefold() for form in actor.forms}) > 1


def swaps(sigla: Sigla, edits: Iterable[Edit]) -> list[Edit]:
    """The labels that were put in another's place in copied words, without the words that did not change."""
    return [_core(sigla, edit) for edit in edits if edit.kind == "label_swap"]


def _core(sigla: Sigla, edit: Edit) -> Edit:
    """The edit without the words that both of its sides begin or end with.

    At the end that is what follows the label ("… of the port"), never its noun: "regime forces", not "regime".
    """
    if edit.before is None or edit.after is None:
        return edit
    sides = [
        [Span(side.report, side.start + m.start(), side.start + m.end()) for m in _WORD.finditer(sigla.text(side))]
        for side in (edit.before, edit.after)
    ]
    a, b = ([sigla.text(span).casefold() for span in side] for side in sides)
    least = min(len(a), len(b))
    low = next((n for n in range(least) if a[n] != b[n]), least)
    high = next((n for n in range(least - low) if a[-1 - n] != b[-1 - n]), least - low)
    after = next(
        (n for n in range(len(a) - high, len(a)) if a[n].strip(",.;:") in lexicons.words("function_words.txt")), len(a)
    )
    high = len(a) - after
    if low == len(a) - high or low == len(b) - high:
        return edit  # nothing would be left of one side
    cut = [side[low].join(side[len(side) - high - 1]) for side in sides]
    return replace(edit, before=cut[0], after=cut[1])


def _labels(
    sigla: Sigla, across: Sequence[Column], actor: Actor, anchor: str, ends: dict[str, list[tuple[Span, Edit]]]
) -> Labels:
    """One actor."""
    swapped: dict[int, Edit] = {}
    by: dict[str, dict[str, tuple[int, Span, list[tuple[Span, Edit]]]]] = {}
    for form in actor.forms:
        for span in sorted(form.spans):
            hits = [(side, edit) for side, edit in ends.get(span.report, ()) if side.overlap(span) * 2 >= len(side)]
            for _, edit in hits:
                swapped[id(edit)] = edit
            here = by.setdefault(span.report, {})
            key = flat(sigla.text(span), 80).casefold()
            times, first, before = here.get(key, (0, span, []))
            here[key] = (times + 1, first, before + hits)
    cells: list[tuple[Label, ...]] = []
    more: list[int] = []
    for column in across or (Column("", "", 0, "circle", sigla.listed),):
        found: dict[str, tuple[int, Span, str]] = {}
        for named in column.reports:
            for key, (times, first, hits) in by.get(named.id, {}).items():
                before = found.get(key, (0, first, ""))
                found[key] = (before[0] + times, before[1], before[2] or _swapped(sigla, hits))
        ranked = sorted(found.values(), key=lambda f: (not f[2], -f[0], f[1]))
        more.append(max(0, len(ranked) - _LABELS))
        cells.append(
            tuple(
                Label(flat(sigla.text(span), _LONG), times, sigla.cite(span), note)
                for times, span, note in ranked[:_LABELS]
            )
        )
    ordered = sorted(swapped.values(), key=lambda e: (e.after or Span("", 0, 0), e.before or Span("", 0, 0)))
    shown: dict[tuple[str, str], Swap] = {}
    for edit in ordered:
        for side in (edit.before, edit.after):
            if side:
                sigla.note(side, "⇄", f"#{anchor}")
        quotes = tuple(flat(sigla.text(side)).casefold() if side else "" for side in (edit.before, edit.after))
        if quotes not in shown and len(shown) < _SWAPS:
            sides = [sigla.cite(side) if side else None for side in (edit.before, edit.after)]
            shown[quotes[0], quotes[1]] = Swap(sides[0], sides[1])
    return Labels(
        anchor=anchor,
        heads=_heads(flat(actor.name, 80), shown.values()),
        kind=actor.kind,
        forms=len({flat(f.form).casefold() for f in actor.forms}),
        times=sum(len(f.spans) for f in actor.forms),
        cells=tuple(cells),
        more=tuple(more),
        swaps=tuple(shown.values()),
    )


def _heads(name: str, shown: Iterable[Swap]) -> tuple[str, ...]:
    """The name; every swapped label, those that were replaced first, where the name is one of them."""
    pairs = list(shown)
    labels: dict[str, str] = {}
    for cite in (*(swap.before for swap in pairs), *(swap.after for swap in pairs)):
        if cite:
            labels.setdefault(flat(cite.quote, _LONG).casefold(), flat(cite.quote, _LONG))
    return tuple(labels.values()) if name.casefold() in labels else (name,)


def _swapped(sigla: Sigla, hits: Sequence[tuple[Span, Edit]]) -> str:
    """What a cell says of a swapped label: whose place it took, or in which reports it lost its own."""
    for side, edit in hits:
        if edit.after == side and edit.before:
            return f"for “{flat(sigla.text(edit.before), _BRIEF)}” in {sigla.named[edit.before.report].siglum}"
    lost = dict.fromkeys(
        sigla.named[edit.after.report].siglum for side, edit in hits if edit.after and side != edit.after
    )
    if lost:
        return f"replaced in {', '.join(sorted(lost)[:3])}{' and others' if len(lost) > 3 else ''}"
    return "put in" if hits else ""
