"""The text of a report as a page shows it: every character in its place, with layers of marks.

The layers are sentences (each can be linked to), stretches shared with other reports (in the
colour and line of the origin they belong to, its letter in the margin), the words that conflicts
and edits turn on (framed), page furniture (dimmed, whole lines folded) and anchors where an item
of the dossier quotes the report. Layers overlap freely, so the text is cut wherever one begins or
ends. Behind each sentence stand links back to all items that quote it, by kind; where there is
room, a style sheet puts them into the margin. Paragraphs carry the offset of their first
character, so that a script can find any span again; without script the anchors do.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from markupsafe import Markup, escape

from tellings.present.sigla import Back, Cite, Named, Sigla, clean
from tellings.records import Annotated, Passage
from tellings.text import Span, merge

__all__ = ["Shared", "body", "sharing"]

_LINE = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c]*[^\s][^\r\n\u2028\u2029\x0b\x0c]*")
_GROUPS = {"b": "b", "≠": "x", "#": "c", "⇄": "e", "→": "o", "@": "t", "◎": "p"}
"""For the first letter of a link's tag the class of its group; groups stand in this order."""
_PLACES = {letter: place for place, letter in enumerate(_GROUPS)}
_SHORT = 48  # characters of the longest words that are framed: a framed sentence would say nothing
_TOLD = frozenset(
    (
        "label_swap",
        "hedge_added",
        "attribution_changed",
        "number_changed",
        "date_changed",
        "negation_changed",
        "agent_removed",
    )
)
"""Kinds of edits that are framed in the text: those that change what is said in few words."""
_FEW = 4  # other reports named behind a shared stretch before they are only counted

KINDS = {
    "navigation": "navigation",
    "login": "login",
    "page_date": "page date",
    "byline_line": "byline",
    "share": "share links",
    "caption_other": "caption of another story",
    "related": "links to other stories",
    "footer": "footer",
    "comment": "comments",
    "advertisement": "advertisement",
    "notice": "notice",
    "copyright": "copyright",
}


@dataclass(frozen=True, slots=True)
class Shared:
    """A stretch of one report that others have too: from `start` up to `end`, none overlap.

    `owner` names a report of the origin that the words belong to, `others` are the first few
    that share them and `more` how many are not listed; `manner` is copied, edited or reworded.
    `edits` are the stretches in it that an edit changed, or was made to.
    """

    start: int
    end: int
    owner: Named
    others: tuple[Cite, ...]
    more: int
    manner: str
    edits: tuple[Span, ...] = ()


def sharing(sigla: Sigla, passages: Iterable[Passage]) -> dict[str, tuple[Shared, ...]]:
    """For each report its shared stretches, in reading order.

    Words belong to the origin that has most reports with them; of two with as many, to the one
    published first, and then to the first letter.
    """
    edited: dict[str, list[Span]] = {}
    for edit in sigla.dossier.collation.edits:
        if edit.kind in _TOLD:
            for side in (edit.before, edit.after):
                if side is not None and len(side) <= _SHORT:
                    edited.setdefault(side.report, []).append(side)
    for sides in edited.values():
        sides.sort()
    found: dict[str, list[Shared]] = {}
    for passage in passages:
        count: dict[str, int] = {}
        for span in passage.spans:
            letter = sigla.named[span.report].letter
            count[letter] = count.get(letter, 0) + 1
        named = sorted(
            (sigla.named[s.report] for s in passage.spans),
            key=lambda n: (-count[n.letter], n.published or "9999", len(n.letter), n.letter, n.siglum),
        )
        few = _FEW if len(passage.spans) <= 2 * _FEW else _FEW // 2
        first = passage.spans[: few + 1]
        for span in passage.spans:
            others = sigla.cites(s for s in first if s is not span)[:few]
            more = len(passage.spans) - 1 - len(others)
            near = edited.get(span.report, [])
            low = bisect_left(near, span.start, key=lambda s: s.start)
            high = bisect_left(near, span.end, key=lambda s: s.start)
            inside = tuple(s for s in near[low:high] if span.holds(s))
            found.setdefault(span.report, []).append(
                Shared(span.start, span.end, named[0], others, more, passage.manner, inside)
            )
    return {report: _apart(many) for report, many in found.items()}


def _apart(many: Sequence[Shared]) -> tuple[Shared, ...]:
    """The same stretches cut so that none overlap; the longer of two that begin together wins."""
    out: list[Shared] = []
    end = 0
    for one in sorted(many, key=lambda s: (s.start, -s.end)):
        start = max(one.start, end)
        if start < one.end:
            out.append(replace(one, start=start))
            end = one.end
    return tuple(out)


def body(sigla: Sigla, report: Annotated, shared: Sequence[Shared]) -> Markup:
    """The whole text of the report as HTML: paragraphs, in them sentences, in them marks."""
    return _Body(sigla, report, shared).html()


class _Body:
    """The layers of one report and the page's text made of them."""

    def __init__(self, sigla: Sigla, report: Annotated, shared: Sequence[Shared]) -> None:
        """Sort the layers, and all places where one begins or ends."""
        self.sigla = sigla
        self.text = clean(report.report.text)
        self.named = sigla.named[report.id]
        self.sentences = [s.span for s in report.sentences]
        self.starts = [s.start for s in self.sentences]
        self.shared = shared
        self.shared_at = [s.start for s in shared]
        self.removed = sorted(report.removed, key=lambda r: (r.span.start, r.span.end))
        self.removed_at = [r.span.start for r in self.removed]
        self.gone = merge(r.span for r in self.removed)
        self.gone_at = [span.start for span in self.gone]
        self.readings = merge(_readings(sigla, report.id))
        self.readings_at = [span.start for span in self.readings]
        self.edits = merge(span for one in shared for span in one.edits)
        self.edits_at = [span.start for span in self.edits]
        self.anchors: dict[int, list[int]] = {}
        for start, end in sorted(sigla.anchors[report.id]):
            self.anchors.setdefault(start, []).append(end)
        cuts = {0, len(self.text), *self.anchors}
        for span in (*self.sentences, *(r.span for r in self.removed), *self.readings, *self.edits):
            cuts |= {span.start, span.end}
        for one in shared:
            cuts |= {one.start, one.end}
        self.cuts = sorted(c for c in cuts if 0 <= c <= len(self.text))
        self.back = self._notes()

    def _notes(self) -> dict[int, list[Back]]:
        """The links back to items, by the number of the sentence they belong to."""
        out: dict[int, list[Back]] = {}
        seen: set[tuple[int, str]] = set()
        for back in sorted(
            self.sigla.back[self.named.id],
            key=lambda b: (_PLACES.get(b.tag[0], 0), b.start, len(b.tag), b.tag, b.href),
        ):
            number = bisect_right(self.starts, back.start) - 1
            # one link to the pairs and one to the names are enough for a sentence with many edits
            key = (number, back.href[:5] if back.tag == "⇄" else back.href)
            if key not in seen:
                seen.add(key)
                out.setdefault(number, []).append(back)
        return out

    def html(self) -> Markup:
        """All paragraphs, whole lines of furniture folded together."""
        out: list[str] = []
        folded: list[tuple[str, str]] = []

        def fold() -> None:
            if folded:
                kinds = ", ".join(dict.fromkeys(KINDS.get(kind, kind) for _, kind in folded))
                lines = "".join(line for line, _ in folded)
                out.append(
                    '<details class="furniture"><summary>Not part of the report: '
                    f"{escape(kinds)}</summary>{lines}</details>"
                )
                folded.clear()

        last = 0
        stray = sorted(self.anchors)  # anchors between lines go to the line that follows
        for match in _LINE.finditer(self.text):
            start, end = match.span()
            kind = self._furniture(start, end)
            apart = self.text.count("\n", last, start) > 1
            early = "".join(self._anchors(a) for a in stray[bisect_left(stray, last) : bisect_left(stray, start)])
            owner = self._owner(start, end)
            kinds = [*(["apart"] if apart else ()), *([f"e o{owner.hue}"] if owner else ())]
            form = f' class="{" ".join(kinds)}"' if kinds else ""
            form += f" data-o={owner.letter}" if owner else ""
            line = f"<p data-at={start}{form}>{early}{self._paragraph(start, end)}</p>"
            if kind:
                folded.append((line, kind))
            else:
                fold()
                out.append(line)
            last = end
        fold()
        out += [self._anchors(a) for a in stray[bisect_left(stray, last) :]]
        return Markup("".join(out))  # noqa: S704  # every piece of text in it went through escape()

    def _owner(self, start: int, end: int) -> Named | None:
        """A report of the origin that at least half of a line belongs to; None where there is none."""
        count: dict[str, int] = {}
        named: dict[str, Named] = {}
        low = max(0, bisect_right(self.shared_at, start) - 1)
        for one in self.shared[low : bisect_left(self.shared_at, end)]:
            width = min(end, one.end) - max(start, one.start)
            if width > 0 and one.owner.letter:
                count[one.owner.letter] = count.get(one.owner.letter, 0) + width
                named.setdefault(one.owner.letter, one.owner)
        most = min(count, key=lambda letter: (-count[letter], letter), default="")
        return named[most] if most and 2 * count[most] >= end - start else None

    def _anchors(self, at: int) -> str:
        """The empty elements that links to spans from here on lead to."""
        return "".join(f"<i id={self.named.anchor}-{at}-{end}></i>" for end in self.anchors.get(at, ()))

    def _furniture(self, start: int, end: int) -> str:
        """The kind of furniture that covers a whole line; "" where part of the line is the report's."""
        number = bisect_right(self.gone_at, start) - 1
        if number < 0 or self.gone[number].end <= start:  # it may begin after blanks
            number += 1
        at = start
        while number < len(self.gone) and at < end and not self.text[at : self.gone[number].start].strip():
            at = self.gone[number].end
            number += 1
        if self.text[at:end].strip():
            return ""
        return self.removed[max(0, bisect_right(self.removed_at, end - 1) - 1)].kind

    def _paragraph(self, start: int, end: int) -> str:
        """One line of the text."""
        out: list[str] = []
        inside = -1  # the number of the sentence whose element is open; -1 none is
        mark = ""  # the mark whose element is open in it
        low, high = bisect_right(self.cuts, start), bisect_right(self.cuts, end - 1)
        edges = [start, *self.cuts[low:high], end]
        for a, b in pairwise(edges):
            number = bisect_right(self.starts, a) - 1
            if number >= 0 and a >= self.sentences[number].end:
                number = -1
            now = self._mark(a)
            if mark and (number != inside or now != mark):
                out.append(f"</{mark.partition(' ')[0]}>")
                mark = ""
            if number != inside:
                if inside >= 0:
                    out.append("</span>" + self._links(inside, a))
                if number >= 0:
                    out.append(f"<span id={self.named.anchor}-s{a}>")
                inside = number
            if now and now != mark:
                out.append(f"<{now}>")
                mark = now
            out.append(self._anchors(a) + str(escape(self.text[a:b])).replace("\r", "&#13;"))
        if mark:
            out.append(f"</{mark.partition(' ')[0]}>")
        if inside >= 0:
            out.append("</span>" + self._links(inside, end))
        return "".join(out)

    def _mark(self, at: int) -> str:
        """The element that marks the character at this place: furniture, shared or disputed words, or none."""
        if _within(self.gone, self.gone_at, at):
            return "s"
        kinds: list[str] = []
        number = bisect_right(self.shared_at, at) - 1
        if number >= 0 and at < self.shared[number].end:
            one = self.shared[number]
            kinds += [f"o{one.owner.hue}", *(["reworded"] if one.manner == "reworded" else ())]
        name = "u" if kinds else "em"
        kinds += ["v"] if _within(self.readings, self.readings_at, at) else []
        kinds += ["w"] if _within(self.edits, self.edits_at, at) else []
        if not kinds:
            return ""
        return f'{name} class="{" ".join(kinds)}"' if len(kinds) > 1 else f"{name} class={kinds[0]}"

    def _links(self, number: int, at: int) -> str:
        """Behind a sentence: the items that quote it by kind, and the reports that share its words."""
        if self.text[at : self.sentences[number].end].strip():
            return ""  # the sentence goes on in the next line
        sentence = self.sentences[number]
        groups: dict[str, list[str]] = {}
        for back in self.back.get(number, ()):
            words = _worded(back)
            groups.setdefault(_GROUPS.get(back.tag[0], "b"), []).append(
                f"<a href={escape(back.href)}>{escape(words)}</a>"
            )
        low = bisect_right(self.shared_at, sentence.start - 1)
        for one in self.shared[low : bisect_right(self.shared_at, sentence.end - 1)]:
            same = groups.setdefault("s", [])
            same += [f"<a class=o{c.named.hue} href={c.href}>{escape(c.named.siglum)}</a>" for c in one.others]
            if one.more:
                same.append(f"+{one.more}")
        if not groups:
            return ""
        parts = (f"<span class=n{kind}>{' '.join(dict.fromkeys(many))}</span>" for kind, many in groups.items())
        return f"<small> {' '.join(parts)}</small>"


def _worded(back: Back) -> str:
    """The text of a link back: its number, or the words for what has none.

    >>> _worded(Back(0, "≠2", "#conflict-2")), _worded(Back(0, "⇄", "#side-r1-r2")), _worded(Back(0, "⇄", "#name-1"))
    ('2', 'side by side', 'names')
    """
    if back.tag[0] in "≠#@◎":
        return back.tag[1:]
    if back.tag == "⇄":
        return "side by side" if back.href.startswith("#side") else "names"
    return "here"


def _within(spans: Sequence[Span], starts: Sequence[int], at: int) -> bool:
    """Whether a place lies in one of these spans, of which none overlap."""
    number = bisect_right(starts, at) - 1
    return number >= 0 and at < spans[number].end


def _readings(sigla: Sigla, report: str) -> Iterator[Span]:
    """The words of a report that conflicts turn on: the value of a reading where the support has it.

    The supports of a reading are sorted by report, so that few of them are looked at.
    """
    text = sigla.report(report).report.text
    for conflict in sigla.dossier.collation.conflicts:
        for reading in conflict.readings:
            at = bisect_left(reading.support, report, key=lambda s: s.report)
            while at < len(reading.support) and reading.support[at].report == report:
                span = reading.support[at]
                start = text.find(reading.value, span.start, span.end) if reading.value else -1
                if start >= 0 and len(reading.value) <= _SHORT:
                    yield Span(report, start, start + len(reading.value))
                elif len(span) <= _SHORT:
                    yield span
                at += 1
