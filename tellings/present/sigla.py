"""Short names for the reports of a dossier, and links from every item to its place in a report.

A siglum is what an editor of many manuscripts writes for one of them: `A2` is the second report
of origin A, `C` the only report of origin C. Colour and shape go with the letter and never stand
alone. Every link that is made here is remembered, so that the report can be printed with anchors
at these places and links back.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tellings.records import Annotated, Attribution, Claim, Dossier, Origin, Support
from tellings.text import Span

__all__ = ["SHAPES", "Cite", "Context", "Named", "Sigla", "letters", "web_address"]

SHAPES = ("circle", "square", "triangle", "diamond", "hexagon", "pentagon")
"""Shapes of origins in drawings, in order; what comes after the sixth origin is a plain circle."""

_BREAKS = re.compile(r"\s+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_DIGEST = re.compile(r"(?=[0-9a-f]*\d)[0-9a-f]{10,}", re.IGNORECASE)
_MOMENT = re.compile(r"\b(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?")
_CONTEXT = 140  # characters of the sentence shown on each side of the quoted words


def letters(number: int) -> str:
    """The name of an origin by its place, counted from 0.

    >>> letters(0), letters(25), letters(26)
    ('A', 'Z', 'AA')
    """
    out = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        out = chr(65 + rest) + out
    return out


def web_address(url: str | None) -> str | None:
    """The address if a page may link to it: http or https, one word, with a host; else None.

    >>> web_address("https://example.org/a"), web_address("javascript:alert(1)")
    ('https://example.org/a', None)
    """
    if url and re.match(r"https?://[^\s/?#\\]+[^\s\\]*\Z", url, re.IGNORECASE):
        return url
    return None


def flat(text: str, most: int = 0) -> str:
    """The text on one line, cut at a word near `most` characters (0: never) with an ellipsis.

    >>> flat("one  two three", 8)
    'one two…'
    """
    text = _BREAKS.sub(" ", clean(text)).strip()
    if not most or len(text) <= most:
        return text
    cut = text[:most]
    return (cut[: cut.rfind(" ")] if " " in cut[most // 2 :] else cut).rstrip(" ,;:") + "…"


@dataclass(frozen=True, slots=True)
class Named:
    """How the page names one report.

    `anchor` is its id in the page; `hue` 1 to 6 is the colour of its origin, 0 is none; `letter`
    its origin's letter, "" where it stands in none. `label` is the outlet, or the report's id.
    """

    id: str
    anchor: str
    siglum: str
    letter: str
    hue: int
    shape: str
    label: str
    published: str | None
    inferred: bool
    on_topic: bool


@dataclass(frozen=True, slots=True)
class Cite:
    """A link to words in a report: whose words, where in the page, and the words on one line."""

    named: Named
    href: str
    quote: str


@dataclass(frozen=True, slots=True)
class Context:
    """Quoted words within their sentence: the words before and after may be cut."""

    before: str
    exact: str
    after: str


@dataclass(frozen=True, slots=True)
class Back:
    """A link from a place in a report to an item that quotes it."""

    start: int
    tag: str
    href: str


@dataclass(slots=True)
class Sigla:
    """All short names of one dossier, and the links made so far; one for each page that is built."""

    dossier: Dossier
    named: dict[str, Named] = field(init=False)
    origins: tuple[Origin, ...] = field(init=False)
    letter: dict[str, str] = field(init=False)
    claims: tuple[Claim, ...] = field(init=False)
    number: dict[str, int] = field(init=False)
    anchors: dict[str, dict[tuple[int, int], None]] = field(init=False)
    back: dict[str, dict[Back, None]] = field(init=False)
    _reports: dict[str, Annotated] = field(init=False)
    _starts: dict[str, list[int]] = field(init=False)
    _said: dict[str, list[Support]] = field(init=False)
    _collated: dict[str, Annotated] = field(init=False)
    _dull: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Give every report its name: large origins first, then by their first report."""
        d = self.dossier
        self._reports = {r.id: r for r in d.reports}
        self._collated = {r.id: r for r in d.collation.reports}
        # a longer id first: it may hold a shorter one
        self._dull = tuple(sorted(filter(dull, self._reports), key=lambda report: (-len(report), report)))
        self._starts = {r.id: [s.span.start for s in r.sentences] for r in d.reports}
        self._said = {r.id: [] for r in d.reports}
        for claim in d.collation.claims:
            for support in claim.support:
                self._said[support.span.report].append(support)
        self.anchors = {r.id: {} for r in d.reports}
        self.back = {r.id: {} for r in d.reports}
        on_topic = {t.report: t.on_topic for t in d.topics}
        self.origins = tuple(sorted(d.collation.origins, key=lambda o: (-len(o.reports), min(o.reports, default=""))))
        # claims are numbered as they are listed
        order_of = sorted(d.collation.claims, key=lambda x: (x.rank, x.id))
        self.claims = tuple(order_of)
        self.number = {claim.id: place + 1 for place, claim in enumerate(order_of)}
        self.letter = {}
        order: list[tuple[str, str, int, str, str]] = []
        for number, origin in enumerate(self.origins):
            letter = letters(number)
            self.letter[origin.id] = letter
            hue, shape = (number + 1, SHAPES[number]) if number < len(SHAPES) else (0, "circle")
            for place, report in enumerate(self._in_order(origin)):
                siglum = f"{letter}{place + 1}" if len(origin.reports) > 1 else letter
                order.append((report, siglum, hue, shape, letter))
        seen = {report for report, *_ in order}
        rest = [r.id for r in d.reports if r.id not in seen]
        rest.sort(key=lambda r: (not on_topic.get(r, True), r))
        order += [(r, f"{place + 1}", 0, "circle", "") for place, r in enumerate(rest)]
        self.named = {}
        for number, (report, siglum, hue, shape, letter) in enumerate(order):
            given = self._dated(report)
            self.named[report] = Named(
                id=report,
                anchor=f"r{number + 1}",
                siglum=siglum,
                letter=letter,
                hue=hue,
                shape=shape,
                label=flat(given.report.outlet.value if given.report.outlet else "", 60).removeprefix("www.")
                or flat(report, 60)
                or "?",
                published=given.report.published.value if given.report.published else None,
                inferred=bool(given.report.published and given.report.published.where == "inferred"),
                on_topic=on_topic.get(report, True),
            )

    def _dated(self, report: str) -> Annotated:
        """The report as collated, where its date may have been inferred, or as read."""
        return self._collated.get(report, self._reports[report])

    @staticmethod
    def _in_order(origin: Origin) -> list[str]:
        """The reports of an origin, sources before what was taken from them."""
        parent = {e.target: e.source for e in sorted(origin.edges, key=lambda e: (e.target, e.share)) if e.source}
        depth: dict[str, int] = {}
        for report in origin.reports:
            seen, at = {report}, parent.get(report)
            while at is not None and at not in seen:
                seen.add(at)
                at = parent.get(at)
            depth[report] = len(seen)
        return sorted(origin.reports, key=lambda r: (depth[r], r))

    @property
    def listed(self) -> tuple[Named, ...]:
        """The reports on topic, in the order of their sigla."""
        return tuple(n for n in self.named.values() if n.on_topic)

    def report(self, name: str) -> Annotated:
        """The report of this id as it was read; KeyError if there is none."""
        return self._reports[name]

    def starts(self, name: str) -> Sequence[int]:
        """Where the sentences of a report start, in order."""
        return self._starts[name]

    def text(self, span: Span) -> str:
        """The words of a span, as given but for what HTML and UTF-8 cannot hold."""
        return clean(span.cut(self._reports[span.report].report.text))

    def cite(self, span: Span, tag: str = "", back: str = "") -> Cite:
        """A link to the span; with `tag` and `back`, the report's sentence links back to the item."""
        named = self.named[span.report]
        self.anchors[span.report][(span.start, span.end)] = None
        if tag:
            self.note(span, tag, back)
        return Cite(named, f"#{named.anchor}-{span.start}-{span.end}", flat(self.text(span)))

    def note(self, span: Span, tag: str, back: str) -> None:
        """Let the sentence in which the span starts link to an item that tells of it."""
        self.back[span.report][Back(span.start, tag, back)] = None

    def cites(self, spans: Iterable[Span], tag: str = "", back: str = "") -> tuple[Cite, ...]:
        """Links to these spans, in the order of sigla."""
        place = {name: number for number, name in enumerate(self.named)}
        ordered = sorted(spans, key=lambda s: (place[s.report], s.start, s.end))
        return tuple(self.cite(span, tag, back) for span in ordered)

    def sentence(self, span: Span) -> Span:
        """The sentence in which the span starts, widened to the span; the span itself outside of any."""
        number = bisect_right(self._starts[span.report], span.start) - 1
        if number < 0:
            return span
        sentence = self._reports[span.report].sentences[number].span
        return sentence.join(span) if sentence.end > span.start else span

    def context(self, span: Span) -> Context:
        """The span's words within their sentence, long sentences cut on both sides."""
        whole = self.sentence(span)
        before = _BREAKS.sub(" ", self.text(Span(span.report, whole.start, span.start))).lstrip()
        after = _BREAKS.sub(" ", self.text(Span(span.report, span.end, whole.end))).rstrip()
        if len(before) > _CONTEXT:
            before = "…" + before[before.find(" ", len(before) - _CONTEXT) :]
        if len(after) > _CONTEXT:
            after = after[: after.rfind(" ", 0, _CONTEXT) + 1 or _CONTEXT] + "…"
        return Context(before, _BREAKS.sub(" ", self.text(span)), after)

    def plain(self, note: str) -> str:
        """A note of the collation as a reader takes it: sigla for dull ids, moments as a date and a clock."""
        for report in self._dull:
            note = note.replace(report, self.named[report].siglum)
        return _MOMENT.sub(r"\1 \2", note)

    def source(self, span: Span) -> str:
        """Who the report says said these words, by name; "" where the report says it itself."""
        for support in self._said[span.report]:
            if support.span.overlap(span) and support.attribution:
                return flat(support.attribution.source_text, 80)
        best: Attribution | None = None
        for said in self._reports[span.report].attributions:
            # the innermost attribution is the one with the least content around the words
            if any(c.holds(span) for c in said.content) and (best is None or _size(said) < _size(best)):
                best = said
        if best is None:
            return ""
        words = best.speaker.name if best.speaker else " ".join(self.text(s) for s in best.source)
        return flat(clean(words), 80)


def dull(report: str) -> bool:
    """Whether the id of a report tells a reader nothing: it holds the digest of a file.

    >>> dull("northwire-0640"), dull("004_c7c2bbecfcf24f2b")
    (False, True)
    """
    return bool(_DIGEST.search(report))


def clean(text: str) -> str:
    """The text with half surrogates, which UTF-8 cannot hold, and NUL shown as the replacement mark."""
    return _SURROGATE.sub("\ufffd", text).replace("\0", "\ufffd")


def _size(said: Attribution) -> int:
    """How many characters are attributed."""
    return sum(len(span) for span in said.content)
