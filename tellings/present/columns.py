"""Two reports side by side: the copy that was taken from on the left, what was made of it on the right.

The rows are the right report's sentences with the words of the left one that they come from.
Words that differ are found by the longest common subsequence and marked with the kind of edit
that the collation found there. Rows without a change are folded, and so are lines that only name author,
outlet or agency. A stretch that stands elsewhere on the right is shown in both places under one
number, which links them; the page's script joins them by a line. `weave` gives the script
what it needs to set any other two reports side by side.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from markupsafe import Markup, escape
from rapidfuzz.distance import Indel

from tellings.present.sigla import Cite, Named, Sigla
from tellings.records import Edit, Passage, Removed
from tellings.text import Span, View, covered

__all__ = ["KINDS", "Block", "Pair", "Row", "pairs", "weave"]

_MOST = 8  # pairs of reports set side by side on one page
_TOKEN = re.compile(r"\w+(?:['’.,-]\w+)*|[^\w\s]")
_LINE = 9  # words of a line that names author, outlet or agency
_OPENINGS = ("by ", "source: ", "sources: ", "reporting by ", "editing by ")  # how lines of credit begin in English
_SHORT = 3  # letters of a word that says little by itself

KINDS = {
    "label_swap": "other label",
    "dropped": "dropped",
    "added": "added",
    "hedge_added": "hedge added",
    "attribution_changed": "attribution changed",
    "number_changed": "number changed",
    "date_changed": "date changed",
    "negation_changed": "negation changed",
    "agent_removed": "who did it left out",
    "reworded": "reworded",
}
"""What the page calls each kind of edit."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the words of both sides, marked, or None where a side has nothing there.

    `number` counts the stretches that have moved, from 1; 0 is for a row that has not. `kind` is same,
    edited, moved (one side only; the other stands elsewhere), left or right (only there), or lines: author,
    outlet and credit.
    """

    left: Markup | None
    right: Markup | None
    left_cite: Cite | None
    right_cite: Cite | None
    kind: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of one kind in a row; the kinds are those of `Row`."""

    kind: str
    rows: tuple[Row, ...]
    words: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two reports side by side; `shared` is how many percent of the right one's words stand in the left.

    `taken` is whether the stemma has an arrow from left to right; else both print one copy, or
    share passages only. `full` is whether all that the two do not share is shown too: only for
    reports of one origin.
    """

    anchor: str
    left: Named
    right: Named
    taken: bool
    full: bool
    shared: int
    blocks: tuple[Block, ...]
    edits: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class _Wish:
    """Two reports to set side by side, and whether the stemma has an arrow from left to right."""

    left: str
    right: str
    taken: bool


@dataclass(frozen=True, slots=True)
class _Link:
    """A stretch of the right report and the stretch of the left one that it comes from."""

    left: Span
    right: Span
    marks: tuple[tuple[Span | None, Span | None, str], ...]


def pairs(sigla: Sigla, passages: Sequence[Passage], edits: Sequence[Edit]) -> tuple[tuple[Pair, ...], int]:
    """The pairs worth reading side by side, by sigla, and how many more share words.

    First every arrow of the stemma; for a copy that is not among the reports, each of its reports
    beside the first of them; then the reports of different origins that share most.
    """
    shared: dict[tuple[str, str], list[tuple[Span, Span]]] = {}
    chosen = _chosen(sigla, passages)
    chosen, unseen = chosen[: 4 * _MOST], len(chosen[4 * _MOST :])
    wanted = {(wish.left, wish.right) for wish in chosen}
    for passage in passages:
        by = {span.report: span for span in passage.spans}
        for left, right in wanted if len(wanted) < len(by) ** 2 else _couples(by):
            if left in by and right in by and (left, right) in wanted:
                shared.setdefault((left, right), []).append((by[left], by[right]))
    changes = _Changes(edits)
    out: list[Pair] = []
    for wish in chosen:
        both = shared.get((wish.left, wish.right), [])
        if both and len(out) < _MOST:
            out.append(_pair(sigla, wish, both, changes))
    return tuple(out), sum(bool(shared.get((w.left, w.right))) for w in chosen) - len(out) + unseen


def _couples(names: Iterable[str]) -> list[tuple[str, str]]:
    """All ordered couples of these."""
    many = sorted(names)
    return [(a, b) for a in many for b in many if a != b]


def _chosen(sigla: Sigla, passages: Sequence[Passage]) -> list[_Wish]:
    """The pairs to show, those to show first first."""
    place = {name: number for number, name in enumerate(sigla.named)}
    out: dict[tuple[str, str], bool] = {}
    for origin in sigla.origins:
        for edge in sorted(origin.edges, key=lambda e: (place[e.target], -e.share)):
            if edge.source is not None:
                out[edge.source, edge.target] = True
        lost = sorted((e for e in origin.edges if e.source is None), key=lambda e: place[e.target])
        fullest = max(lost, key=lambda e: (e.share, -place[e.target]), default=None)  # stands for the lost copy
        for edge in lost:
            if fullest and edge is not fullest:
                out.setdefault((fullest.target, edge.target), False)
    across: dict[tuple[str, str], int] = {}
    for passage in passages:
        spans = sorted(passage.spans, key=lambda s: place[s.report])[:12]
        for number, left in enumerate(spans):
            for right in spans[number + 1 :]:
                if sigla.named[left.report].letter != sigla.named[right.report].letter:
                    key = (left.report, right.report)
                    across[key] = across.get(key, 0) + len(right)
    for left, right in sorted(across, key=lambda k: (-across[k], place[k[0]], place[k[1]])):
        if (right, left) not in out:
            out.setdefault((left, right), False)
    return [_Wish(left, right, taken) for (left, right), taken in out.items()]


class _Changes:
    """The edits of a story, found by the report and place of either side."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        """Sort them by report and place."""
        self.after: dict[str, list[Edit]] = {}
        self.before: dict[str, list[Edit]] = {}
        for edit in edits:
            if edit.after:
                self.after.setdefault(edit.after.report, []).append(edit)
            if edit.before:
                self.before.setdefault(edit.before.report, []).append(edit)
        for many in self.after.values():
            many.sort(key=lambda e: e.after or Span("", 0, 0))
        for many in self.before.values():
            many.sort(key=lambda e: e.before or Span("", 0, 0))

    def between(self, left: Span, right: Span) -> list[Edit]:
        """The edits that lie in these two stretches; what was added or dropped has one side only."""
        out = [
            e
            for e in self.after.get(right.report, ())
            if e.after and right.holds(e.after) and (e.before is None or left.holds(e.before))
        ]
        out += [e for e in self.before.get(left.report, ()) if e.after is None and e.before and left.holds(e.before)]
        return out


def _pair(sigla: Sigla, wish: _Wish, both: Sequence[tuple[Span, Span]], changes: _Changes) -> Pair:
    """Align two reports on the passages they share."""
    left, right = sigla.named[wish.left], sigla.named[wish.right]
    links: list[_Link] = []
    used = 0
    for a, b in sorted(both, key=lambda s: (s[1].start, -s[1].end)):
        if b.start < used:
            continue  # a passage within another one adds nothing
        used = b.end
        links += _links(sigla, a, b, changes.between(a, b))
    rows = _rows(sigla, left, right, links)
    blocks = tuple(
        Block(kind, tuple(row for row, _ in many), sum(n for _, n in many))
        for kind, group in groupby(rows, key=lambda row: row[0].kind)
        for many in [list(group)]
    )
    counts: dict[str, int] = {}
    for link in links:
        for _, _, kind in link.marks:
            counts[kind] = counts.get(kind, 0) + 1
    own = [s.span for s in sigla.report(right.id).sentences]
    whole = covered(own) or 1
    part = sum(span.overlap(link.right) for span, link in _meeting(own, [k.right for k in links], links))
    return Pair(
        anchor=f"side-{left.anchor}-{right.anchor}",
        left=left,
        right=right,
        taken=wish.taken,
        full=left.letter == right.letter,
        shared=min(100, round(100 * part / whole)),
        blocks=blocks,
        edits=tuple((kind, counts[kind]) for kind in KINDS if kind in counts),
    )


def _meeting(own: Sequence[Span], spans: Sequence[Span], links: Sequence[_Link]) -> list[tuple[Span, _Link]]:
    """Each sentence with every link whose right side touches it; both in reading order."""
    out: list[tuple[Span, _Link]] = []
    starts = [s.start for s in own]
    for span, link in zip(spans, links, strict=True):
        number = max(0, bisect_right(starts, span.start) - 1)
        while number < len(own) and own[number].start < span.end:
            out.append((own[number], link))
            number += 1
    return out


def _links(sigla: Sigla, left: Span, right: Span, edits: Sequence[Edit]) -> list[_Link]:
    """One link for each sentence of the right stretch, with its changes."""
    a, b = _tokens(sigla, left), _tokens(sigla, right)
    if not a or not b:
        return []
    steps = _steps([w for w, _ in a], [w for w, _ in b], join=not edits)
    starts = sigla.starts(right.report)
    low, high = bisect_right(starts, right.start), bisect_left(starts, right.end)
    cuts = [0]
    begins = [span.start for _, span in b]
    for start in starts[low:high]:
        at = bisect_left(begins, start)
        if cuts[-1] < at < len(b):
            cuts.append(at)
    cuts.append(len(b))
    out: list[_Link] = []
    from_a = 0
    for low, high in pairwise(cuts):
        to_a = len(a) if high == len(b) else max(from_a, _there(steps, high))
        part_b = b[low][1].join(b[high - 1][1])
        part_a = a[from_a][1].join(a[to_a - 1][1]) if to_a > from_a else Span(left.report, left.start, left.start)
        marks: list[tuple[Span | None, Span | None, str]] = []
        for kind, a1, a2, b1, b2 in steps:
            lo_a, hi_a, lo_b, hi_b = max(a1, from_a), min(a2, to_a), max(b1, low), min(b2, high)
            if kind == "equal" or (lo_a >= hi_a and lo_b >= hi_b):
                continue
            before = a[lo_a][1].join(a[hi_a - 1][1]) if lo_a < hi_a else None
            after = b[lo_b][1].join(b[hi_b - 1][1]) if lo_b < hi_b else None
            what = _kind(before, after, edits)
            if what == "reworded" and any(char.isdigit() for s in (before, after) if s for char in sigla.text(s)):
                what = "number_changed"  # edits are collated between a report and its source only
            marks.append((before, after, what))
        told = [(e.before, e.after, e.kind) for e in edits if _new(e, part_a, part_b, marks)]
        if len(part_a):
            out.append(_Link(part_a, part_b, (*marks, *told)))
        from_a = to_a
    return out


def _tokens(sigla: Sigla, span: Span) -> list[tuple[str, Span]]:
    """Words and marks as compared, with where they stand."""
    text = sigla.report(span.report).report.text
    return [
        (View("", m.group()).text, Span(span.report, *m.span())) for m in _TOKEN.finditer(text, span.start, span.end)
    ]


Step = tuple[str, int, int, int, int]


def _steps(a: Sequence[str], b: Sequence[str], *, join: bool) -> list[Step]:
    """What is equal and what is replaced between two lists of words, as index pairs.

    With `join`, one short equal word between two changes is taken into the change: a subsequence
    finds "of" in everything. Where edits are known they stand apart anyway.
    """
    out: list[Step] = []
    found = list(Indel.opcodes(a, b))
    for number, step in enumerate(found):
        a1, a2, b1, b2 = step.src_start, step.src_end, step.dest_start, step.dest_end
        equal = step.tag == "equal"
        if equal and join and 0 < number < len(found) - 1 and a2 - a1 == 1 and len(a[a1]) <= _SHORT:
            equal = False
        if out and not equal and out[-1][0] == "replace":
            out[-1] = ("replace", out[-1][1], a2, out[-1][3], b2)
        else:
            out.append(("equal" if equal else "replace", a1, a2, b1, b2))
    return out


def _there(steps: Sequence[Step], at: int) -> int:
    """The left token that stands where the right one numbered `at` does."""
    for kind, a1, a2, b1, b2 in steps:
        if b1 <= at < b2 or (at == b2 and kind == "equal"):
            return a1 + (at - b1) if kind == "equal" else (a1 if at == b1 else a2)
    return steps[-1][2]


def _kind(before: Span | None, after: Span | None, edits: Sequence[Edit]) -> str:
    """The kind of the edit that overlaps a change most; else what the change itself shows."""
    best, most = "", 0
    for edit in edits:
        if (edit.before is None and before) or (edit.after is None and after):
            continue  # what is added or dropped in another copy
        size = (before.overlap(edit.before) if before and edit.before else 0) + (
            after.overlap(edit.after) if after and edit.after else 0
        )
        if size > most:
            best, most = edit.kind, size
    if best:
        return best
    return "added" if before is None else "dropped" if after is None else "reworded"


def _new(edit: Edit, a: Span, b: Span, marks: Sequence[tuple[Span | None, Span | None, str]]) -> bool:
    """Whether an edit lies in this row and none of its changes shows it yet."""
    if edit.before is None or edit.after is None:
        return False  # what is dropped in one copy may stand in this one
    inside = b.holds(edit.after) or a.holds(edit.before)
    shown = any(
        (x and edit.before and x.overlap(edit.before)) or (y and edit.after and y.overlap(edit.after))
        for x, y, _ in marks
    )
    return inside and not shown


def _rows(sigla: Sigla, left: Named, right: Named, links: Sequence[_Link]) -> list[tuple[Row, int]]:
    """All rows in the left report's order, with their numbers of words; what has moved gives two rows."""
    straight = _longest([link.left.start for link in links])  # links stand in the right report's order
    full = left.letter == right.letter
    out: list[tuple[Row, int]] = []
    only_left = _unshared(sigla, left, [link.left for link in links])
    only_right = _unshared(sigla, right, [link.right for link in links])
    order = sorted(range(len(links)), key=lambda n: (links[n].left.start, links[n].right.start))
    moved = {number: place + 1 for place, number in enumerate(n for n in order if n not in straight)}
    # what stands on the right alone, with the number of its link where it has moved there
    rights = sorted([*((span, -1) for span in only_right), *((links[n].right, n) for n in moved)])

    def lone(span: Span, side: str) -> None:
        words = Markup(escape(sigla.text(span)))  # noqa: S704  # escaped
        kind = "lines" if _credit(sigla, span) else side
        cite = sigla.cite(span) if full or kind == "lines" else None
        row = Row(words, None, cite, None, kind) if side == "left" else Row(None, words, None, cite, kind)
        out.append((row, len(words.split())))

    def both(number: int) -> tuple[Markup, Markup, Cite, Cite]:
        link = links[number]
        return (
            _marked(sigla, link.left, [(x, kind) for x, _, kind in link.marks if x], "del"),
            _marked(sigla, link.right, [(y, kind) for _, y, kind in link.marks if y], "ins"),
            sigla.cite(link.left),
            sigla.cite(link.right),
        )

    def until(start: int | None) -> None:
        while rights and (start is None or rights[0][0].start < start):
            span, number = rights.pop(0)
            if number < 0:
                lone(span, "right")
                continue
            _, words, _, cite = both(number)
            out.append((Row(None, words, None, cite, "moved", moved[number]), len(sigla.text(span).split())))

    for number in order:
        link = links[number]
        while only_left and only_left[0].start < link.left.start:
            lone(only_left.pop(0), "left")
        words, other, cite, there = both(number)
        size = len(sigla.text(link.right).split())
        if number in moved:
            out.append((Row(words, None, cite, None, "moved", moved[number]), size))
            continue
        until(link.right.start)
        out.append((Row(words, other, cite, there, "edited" if link.marks else "same"), size))
    for span in only_left:
        lone(span, "left")
    until(None)
    return out


def _credit(sigla: Sigla, span: Span) -> bool:
    """Whether a short line only names author, outlet, agency or date."""
    report = sigla.report(span.report).report
    heads = (report.outlet, report.byline, report.published, *report.credits)
    text = sigla.text(span).strip()
    words = text.split()
    if text.casefold().startswith(_OPENINGS) and len(words) <= 2 * _LINE and not text.endswith((".", "!", "?", ":")):
        return True
    if not words or len(words) > _LINE:
        return False
    if any(found is not None and found.span is not None and span.overlap(found.span) for found in heads):
        return True
    bare = " ".join(words).casefold()
    return any(found is not None and bare == found.value.casefold() for found in heads)


def _longest(values: Sequence[int]) -> set[int]:
    """The places of a longest rising run of values, not necessarily neighbours (patience sorting)."""
    tops: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for number, value in enumerate(values):
        at = bisect_right(tops, value)
        tops[at : at + 1] = [value]
        ends[at : at + 1] = [number]
        before.append(ends[at - 1] if at else -1)
    out: set[int] = set()
    at = ends[-1] if ends else -1
    while at >= 0:
        out.add(at)
        at = before[at]
    return out


def _unshared(sigla: Sigla, named: Named, spans: Sequence[Span]) -> list[Span]:
    """The sentences of a report of which less than half is shared, furniture left out."""
    report = sigla.report(named.id)
    gone: Sequence[Removed] = report.removed
    taken = sorted((*spans, *(r.span for r in gone)))
    out: list[Span] = []
    number = 0
    for sentence in report.sentences:
        while number < len(taken) and taken[number].end <= sentence.span.start:
            number += 1
        part, at = 0, number
        while at < len(taken) and taken[at].start < sentence.span.end:
            part += sentence.span.overlap(taken[at])
            at += 1
        if 2 * part < len(sentence.span) and len(sentence.span):
            out.append(sentence.span)
    return out


def _marked(sigla: Sigla, span: Span, marks: Sequence[tuple[Span, str]], tag: str) -> Markup:
    """The words of one side with its changes marked."""
    out: list[str] = []
    at = span.start
    for mark, kind in sorted(marks):
        start = max(mark.start, at)
        if start >= min(mark.end, span.end):
            continue
        end = min(mark.end, span.end)
        out.append(str(escape(sigla.text(Span(span.report, at, start)))))
        words = escape(sigla.text(Span(span.report, start, end)))
        out.append(f'<{tag} class="{kind}" title="{KINDS[kind]}">{words}</{tag}>')
        at = end
    out.append(str(escape(sigla.text(Span(span.report, at, span.end)))))
    return Markup("".join(out))  # noqa: S704  # every piece of text in it went through escape()


def weave(sigla: Sigla, passages: Sequence[Passage], edits: Sequence[Edit]) -> str:
    """What the page's script needs to set any two reports side by side, as JSON of plain numbers.

    `reports` are the anchors of the reports on topic, `from` the place of each one's main source among
    them (-1: none), `kinds` the names of edits. Each of `passages` is a list of report, start and length, one
    after the other; each of `edits` a kind, and report, start and length on both sides (-1, 0, 0 where a
    side has none); each of `lines` the report and the start of a sentence that only names author, outlet or
    agency. Starts and lengths count code points of the report's text.
    """
    place = {named.id: number for number, named in enumerate(sigla.listed)}
    source = dict.fromkeys(place, -1)
    for origin in sigla.origins:
        for edge in sorted(origin.edges, key=lambda e: (e.share, e.source or "")):
            if edge.source in place and edge.target in place:
                source[edge.target] = place[edge.source]
    kinds = list(KINDS)

    def flat(span: Span | None) -> list[int]:
        return [place[span.report], span.start, len(span)] if span and span.report in place else [-1, 0, 0]

    data = {
        "reports": [named.anchor for named in sigla.listed],
        "from": list(source.values()),
        "kinds": [[kind, KINDS[kind]] for kind in kinds],
        "lines": [
            [place[report], span.start]
            for report in place
            for span in (sentence.span for sentence in sigla.report(report).sentences)
            if _credit(sigla, span)
        ],
        "passages": [[n for span in p.spans if span.report in place for n in flat(span)] for p in passages],
        "edits": [[kinds.index(e.kind), *flat(e.before), *flat(e.after)] for e in edits],
    }
    return json.dumps(data, separators=(",", ":"))
