"""The two tables of the page: claims by reports, and names by reports.

With many reports a column is an origin instead of a report, and with many origins there are no
columns: the reports are then listed by siglum.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tellings.present.sigla import Cite, Named, Sigla, flat
from tellings.records import Actor, Claim, Conflict, Edit, Form, Passage, Support
from tellings.text import Span, merge

__all__ = ["Cell", "Column", "Copies", "Labels", "Row", "Swap", "columns", "matrix", "names", "plain"]

_COLUMNS = 12  # columns that can be read across
_ROWS = 150  # claims of several reports that the page lists; those of the brief always are
_SINGLE = 120  # claims of one report that the page lists
_NAMES = 12  # actors with all their labels, before the others are folded
_LABELS = 5  # labels of one actor in one column
_LONG = 48  # characters of a label
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
    `others` counts the further reports of the column that tell it too.
    """

    state: str
    who: str
    copied: str
    cite: Cite | None
    others: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One claim: its number, title, three numbers and its cells, one for each column."""

    number: int
    anchor: str
    title: Cite
    outlets: int
    origins: int
    independent: int
    sources: tuple[str, ...]
    cells: tuple[Cell, ...]
    cites: tuple[Cite, ...]
    disputed: bool


@dataclass(frozen=True, slots=True)
class Swap:
    """One label put in another's place in copied words."""

    before: Cite | None
    after: Cite | None


@dataclass(frozen=True, slots=True)
class Labels:
    """One actor: what it is called, by column: each label with how often and where first.

    A label that was put in another's place in copied words is marked (`True`). `more` counts the
    labels of each column that are not listed.
    """

    anchor: str
    name: str
    kind: str
    forms: int
    times: int
    cells: tuple[tuple[tuple[str, int, Cite, bool], ...], ...]
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


def disputed(conflicts: Iterable[Conflict]) -> dict[str, list[Span]]:
    """Where the readings of all conflicts stand: for each report its spans, sorted, without overlap."""
    out: dict[str, list[Span]] = {}
    for span in merge(span for c in conflicts for reading in c.readings for span in reading.support):
        out.setdefault(span.report, []).append(span)
    return out


def matrix(
    sigla: Sigla, across: Sequence[Column], conflicts: Sequence[Conflict], copies: Copies
) -> tuple[tuple[Row, ...], tuple[Row, ...], int]:
    """Claims told by two reports or more, claims told by one, and how many claims are left out.

    Those with most independent origins come first, then by rank.
    """
    known = _Known(disputed(conflicts), copies)
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

    disputed: dict[str, list[Span]]
    copies: Copies


def _row(sigla: Sigla, across: Sequence[Column], claim: Claim, number: int, known: _Known) -> Row:
    """One claim."""
    anchor = f"claim-{number}"
    cited = {s.span: sigla.cite(s.span, f"#{number}", f"#{anchor}") for s in claim.support}
    by: dict[str, list[Support]] = {}
    for support in sorted(claim.support, key=lambda s: s.span):
        by.setdefault(support.span.report, []).append(support)
    cells = tuple(
        _cell(sigla, [s for n in column.reports for s in by.get(n.id, ())], cited, known.copies) for column in across
    )
    polarities = {s.polarity for s in claim.support}
    return Row(
        number=number,
        anchor=anchor,
        title=sigla.cite(claim.title),
        outlets=claim.outlets,
        origins=claim.origins,
        independent=claim.independent,
        sources=tuple(flat(s, 60) for s in claim.sources),
        cells=cells,
        cites=() if across else sigla.cites(list(cited)[:40]),
        disputed=len(polarities) > 1
        or any(_meets(s.span, known.disputed.get(s.span.report, ())) for s in claim.support),
    )


def _meets(span: Span, sorted_spans: Sequence[Span]) -> bool:
    """Whether the span overlaps one of the sorted spans of its report."""
    at = bisect_left(sorted_spans, span)
    return any(span.overlap(s) for s in sorted_spans[max(0, at - 1) : at + 1])


def _cell(sigla: Sigla, supports: Sequence[Support], cited: dict[Span, Cite], copies: Copies) -> Cell:
    """What the reports of one column do with a claim; the strongest word counts."""
    if not supports:
        return Cell("silent", "", "", None)

    def weight(support: Support) -> tuple[bool, bool, Span]:
        return (support.polarity != "denied", support.attribution is None, support.span)

    best = min(supports, key=weight)
    who = flat(best.attribution.source_text, 60) if best.attribution else ""
    source = sigla.named[best.copied_from.report].siglum if best.copied_from else copies.source(best.span)
    state = "denies" if best.polarity == "denied" else "copies" if source else "attributes" if who else "says"
    return Cell(state, who, source, cited[best.span], len({s.span.report for s in supports}) - 1)


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

    Of the cuts that end at one word the longest stays ("Takfiri terrorists", not "terrorists"), of
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

    Those whose labels were swapped in copied words come first, then those with most labels.
    """
    ends: dict[str, list[tuple[Span, Edit]]] = {}
    for given in edits:
        if given.kind == "label_swap":
            edit = _core(sigla, given)
            for side in (edit.before, edit.after):
                if side:
                    ends.setdefault(side.report, []).append((side, edit))
    out: list[tuple[tuple[int, ...], Labels]] = []
    based = [replace(actor, forms=plain(actor)) for actor in actors]
    for number, actor in enumerate(sorted(based, key=lambda a: (-sum(len(f.spans) for f in a.forms), a.name, a.id))):
        anchor = f"name-{number + 1}"
        labels = _labels(sigla, across, actor, anchor, ends)
        reports = {span.report for form in actor.forms for span in form.spans}
        out.append(((-len(labels.swaps), -min(len(reports), 2), -labels.forms, -labels.times, number), labels))
    ranked = [labels for key, labels in sorted(out, key=lambda pair: pair[0]) if key]
    main = [one for one in ranked if one.swaps or one.forms > 1][:_NAMES]
    rest = [one for one in ranked if one not in main]
    return tuple(main), tuple(rest)


def _core(sigla: Sigla, edit: Edit) -> Edit:
    """The edit without the words that both of its sides begin or end with."""
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
    if low == len(a) - high or low == len(b) - high:
        return edit  # nothing would be left of one side
    cut = [side[low].join(side[len(side) - high - 1]) for side in sides]
    return replace(edit, before=cut[0], after=cut[1])


def _labels(
    sigla: Sigla, across: Sequence[Column], actor: Actor, anchor: str, ends: dict[str, list[tuple[Span, Edit]]]
) -> Labels:
    """One actor."""
    swapped: dict[int, Edit] = {}
    by: dict[str, dict[str, tuple[int, Span, bool]]] = {}
    for form in actor.forms:
        for span in sorted(form.spans):
            hits = [edit for side, edit in ends.get(span.report, ()) if side.overlap(span) * 2 >= len(side)]
            for edit in hits:
                swapped[id(edit)] = edit
            here = by.setdefault(span.report, {})
            key = flat(sigla.text(span), 80).casefold()
            times, first, marked = here.get(key, (0, span, False))
            here[key] = (times + 1, first, marked or bool(hits))
    cells: list[tuple[tuple[str, int, Cite, bool], ...]] = []
    more: list[int] = []
    for column in across or (Column("", "", 0, "circle", sigla.listed),):
        found: dict[str, tuple[int, Span, bool]] = {}
        for named in column.reports:
            for key, (times, first, marked) in by.get(named.id, {}).items():
                before = found.get(key, (0, first, False))
                found[key] = (before[0] + times, before[1], before[2] or marked)
        ranked = sorted(found.values(), key=lambda f: (not f[2], -f[0], f[1]))
        more.append(max(0, len(ranked) - _LABELS))
        cells.append(
            tuple(
                (flat(sigla.text(span), _LONG), times, sigla.cite(span), marked)
                for times, span, marked in ranked[:_LABELS]
            )
        )
    ordered = sorted(swapped.values(), key=lambda e: (e.after or Span("", 0, 0), e.before or Span("", 0, 0)))
    swaps: dict[tuple[str, str], Swap] = {}
    for edit in ordered:
        for side in (edit.before, edit.after):
            if side:
                sigla.note(side, "⇄", f"#{anchor}")
        quotes = tuple(flat(sigla.text(side)).casefold() if side else "" for side in (edit.before, edit.after))
        if quotes not in swaps and len(swaps) < _SWAPS:
            sides = [sigla.cite(side) if side else None for side in (edit.before, edit.after)]
            swaps[quotes[0], quotes[1]] = Swap(sides[0], sides[1])
    return Labels(
        anchor=anchor,
        name=flat(actor.name, 80),
        kind=actor.kind,
        forms=len({flat(f.form).casefold() for f in actor.forms}),
        times=sum(len(f.spans) for f in actor.forms),
        cells=tuple(cells),
        more=tuple(more),
        swaps=tuple(swaps.values()),
    )
