"""Origins: which reports were written from the same copy, and who took it from whom.

Two reports have one origin when a good part of one's own words stands in the other, quotations left out:
who prints the same statement has not therefore copied. The reports of one origin
make a tree (the stemma of textual criticism). Each arrow carries the reasons for its direction; where
reports credit an agency and none of them is the agency's own, the root is a text not in the set.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from tellings.collate.alignments import Line, lines, rarity
from tellings.collate.differences import doubts, frame, spelt
from tellings.collate.passages import likeness
from tellings.records import Annotated, Collation, Edge, Evidence, Found, Origin, Passage
from tellings.text import Span

if TYPE_CHECKING:
    import numpy as np

__all__ = ["ONE_COPY", "Shares", "find", "shares"]

ONE_COPY = 0.18
"""Reports have one origin when this part of one's own words stands in the other; by cross-validation."""

_DOUBTED = 0.05  # how much less complete a report counts for each doubt it casts
_FEW = 20  # but of fewer shared words than this ...
_OF_FEW = 0.3  # ... a larger part: one phrase is soon a fifth of a caption
_ONE_HOUSE = 0.6  # between two reports of one outlet, which uses its own background and galleries again
_MANY = 12  # tellings of one passage that are compared each with each
_READ = 0.1  # how much a weight of shared wording counts beside a share of the text when a parent is chosen
_RARE = 0.6  # how rare a shared word must be in news at large
_SPELT = 5  # letters of a name that may be spelt in two ways
_ONE_WORD = 0.05  # what a shared word weighs, ...
_ONE_SPELLING = 0.3  # ... a shared spelling of a name, ...
_WORDED = 0.6  # ... and all of them at most
_QUOTED = 3  # so many words are quoted as evidence
_BESIDE = 120  # an agency's name so many characters from a byline on its line belongs to it
_CAPITAL = r"[A-Z](?:[\w&’'-]|\.(?=\w))*"
_NAMED = rf"({_CAPITAL}(?: {_CAPITAL}){{0,3}})"
_HEARD = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:told|tells) (?:[Tt]he )?{_NAMED}",
        rf"\b(?:story|interview|account|article|report) (?:\w+ )?(?:in|on|by|with|from) (?:[Tt]he )?{_NAMED}",
        rf"\bInformation from: {_NAMED}",
        rf"\b[Pp]er (?:[Tt]he )?{_NAMED}",
        rf"\b{_NAMED} (?:first )?report(?:s|ed)\b",
    )
)
_NO_PAPERS = frozenset(["He", "She", "They", "It", "We", "I", "Congress", "Police", "Officials", "Monday", "Tuesday"])
_GENERAL = frozenset({"agencies", "agency", "news agencies", "wires", "wire services", "dispatches", "agency reports"})


@dataclass(frozen=True, slots=True)
class Shares:
    """What part of each report's text stands in each other report.

    Row is the report whose text it is, column the report that has it too. `own` counts only words
    that are not quoted, `whole` all words; `words` says how many of its own words that is.
    """

    own: np.ndarray
    whole: np.ndarray
    words: np.ndarray


def find(c: Collation) -> tuple[Origin, ...]:
    """The origins of the story, the largest first, then by their first report; every report is in one.

    `source` is the agency that the reports credit, or the paper or station that they all name as the one
    that told it. Edges are sorted by target; a report without an edge is where the text is first seen.
    """
    import numpy as np

    if not c.reports:
        return ()
    every = lines(c.reports)
    share = shares(c.reports, every, c.passages)
    heard = [_heard(report) for report in c.reports]
    found: list[tuple[tuple[str, ...], str | None, tuple[Edge, ...]]] = []
    for group in _groups(c.reports, share, heard):
        members = [c.reports[at] for at in group]
        source = _source(members)
        # A paper that one copied text names says nothing of where that text is from.
        if source is None and len(group) > 1 and float(share.own[np.ix_(group, group)].max()) < ONE_COPY:
            source = _common([heard[at] for at in group])
        edges = _Tree(c, every, share, group, source).edges()
        found.append((tuple(report.id for report in members), source, edges))
    found.sort(key=lambda one: (-len(one[0]), one[0]))
    return tuple(
        Origin(f"origin-{number}", reports, source, edges)
        for number, (reports, source, edges) in enumerate(found, start=1)
    )


def _common(heard: Sequence[Counter[str]]) -> str | None:
    """The paper or station that all reports name, the most often named of several; None if there is none."""
    common: set[str] = set(heard[0]).intersection(*heard[1:])
    together: Counter[str] = sum(heard, Counter())
    return min(common, key=lambda name: (-together[name], name)) if common else None


def shares(reports: Sequence[Annotated], every: Sequence[Sequence[Line]], passages: Sequence[Passage]) -> Shares:
    """What part of each report's text stands in each other one, from the passages that they share."""
    import numpy as np

    at = {report.id: number for number, report in enumerate(reports)}
    size = len(reports)
    own = np.zeros((size, size))
    whole = np.zeros((size, size))
    for passage in passages:
        columns = [at[span.report] for span in passage.spans]
        counts = [
            _count(every[column], span.start, span.end) for column, span in zip(columns, passage.spans, strict=True)
        ]
        alike = _alike([words for words, _ in counts])
        here = np.ix_(columns, columns)
        # Words of a reworded passage are taken in part: as many as both have in the same order.
        whole[here] += np.array([len(words) for words, _ in counts])[:, None] * alike
        own[here] += np.array([free for _, free in counts])[:, None] * alike
    total = np.array(
        [[sum(len(x.words) for x in one), sum(x.quoted.count(False) for x in one)] for one in every], float
    )
    whole = np.minimum(1.0, whole / np.maximum(1.0, total[:, :1]))
    words = own.copy()
    own = np.minimum(1.0, own / np.maximum(1.0, total[:, 1:]))
    np.fill_diagonal(whole, 0.0)
    np.fill_diagonal(own, 0.0)
    np.fill_diagonal(words, 0.0)
    return Shares(own, whole, words)


def _alike(tellings: Sequence[Sequence[str]]) -> np.ndarray:
    """How alike every two tellings of a passage are; of many, each by way of the first."""
    import numpy as np

    size = len(tellings)
    if size > _MANY:
        first = np.array([likeness(tellings[0], telling) for telling in tellings])
        return np.minimum(first[:, None], first[None, :])
    out = np.ones((size, size))
    for a in range(size):
        for b in range(a + 1, size):
            out[a, b] = out[b, a] = likeness(tellings[a], tellings[b])
    return out


def _count(own: Sequence[Line], start: int, end: int) -> tuple[list[str], int]:
    """The words of a report that lie in a stretch of it, and how many of them are not quoted."""
    first = max(0, bisect_right(own, start, key=lambda x: x.span.start) - 1)
    words: list[str] = []
    free = 0
    for line in own[first:]:
        if line.span.start >= end:
            break
        a, b = bisect_left(line.starts, start), bisect_right(line.ends, end)
        if b > a:
            words += line.words[a:b]
            free += line.quoted[a:b].count(False)
    return words, free


def _groups(reports: Sequence[Annotated], share: Shares, heard: Sequence[Counter[str]]) -> list[list[int]]:
    """The reports in groups of one copy, each sorted, in the order of their first report."""
    import numpy as np

    enough = share.own >= np.where(share.words < _FEW, _OF_FEW, ONE_COPY)
    enough |= enough.T
    most = np.maximum(share.own, share.own.T)
    home = list(range(len(reports)))

    def root(at: int) -> int:
        while home[at] != at:
            home[at] = home[home[at]]
            at = home[at]
        return at

    houses = [report.report.outlet.value.casefold() if report.report.outlet else None for report in reports]
    for a, b in np.argwhere(np.triu(most, 1) > 0).tolist():
        other = houses[a] is None or houses[a] != houses[b]
        # Who shares wording and names the same paper as the one that told it tells what it took from there.
        if (enough[a, b] if other else most[a, b] >= _ONE_HOUSE) or (other and heard[a].keys() & heard[b].keys()):
            one, two = sorted((root(a), root(b)))
            home[two] = one
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for number in range(len(reports)):
        groups[root(number)].append(number)
    return [groups[key] for key in sorted(groups)]


def _heard(report: Annotated) -> Counter[str]:
    """The papers and stations that a report names as having told or been told it, and how often.

    Whom people "told" something, or who has a "story" or "reports": no person, no place and no agency, whose
    copy is known by its words. A body that reports figures is still taken for one.
    """
    text = report.report.text
    not_papers = {
        name.casefold()
        for m in report.mentions
        if m.kind in {"person", "place", "group"}
        for name in (m.span.cut(text), m.span.cut(text).split()[-1] if m.span.cut(text).split() else "")
    }
    agencies = {credit.value.casefold() for credit in report.report.credits} | _listed_agencies()
    out: Counter[str] = Counter()
    for pattern in _HEARD:
        for found in pattern.finditer(text):
            name = re.sub(r"^The |[’']s$", "", found.group(1))
            if name.casefold() not in agencies and name.casefold() not in not_papers and name not in _NO_PAPERS:
                out[name] += 1
    return out


@cache
def _listed_agencies() -> frozenset[str]:
    """All spellings of the news agencies that are known."""
    text = files("tellings.lexicons").joinpath("agencies.txt").read_text(encoding="utf-8")
    rows = [row.split("\t") for row in text.splitlines() if row and not row.startswith("#")]
    return frozenset(
        spelling.rstrip("*").strip().casefold() for row in rows for part in row for spelling in part.split("|")
    )


def _agencies(report: Annotated) -> set[str]:
    """The agencies that the report credits with its text, folded; "told AFP" credits a quotation only."""
    text = report.report.text
    out: set[str] = set()
    for credit in report.report.credits:
        around = text[max(0, credit.span.start - 8) : credit.span.end].lower() if credit.span else ""
        if "told" not in around and credit.value.casefold() not in _GENERAL:
            out.add(credit.value.casefold())
    return out


def _holds(found: Found | None, agency: str) -> bool:
    """Whether a byline or an outlet's name holds an agency's name as words of its own."""
    return found is not None and re.search(rf"(?<!\w){re.escape(agency)}(?!\w)", found.value, re.IGNORECASE) is not None


def _signed(report: Annotated, agency: str) -> bool:
    """Whether an agency signed the report: its outlet is the agency, or the byline names it."""
    r = report.report
    if _holds(r.outlet, agency) or _holds(r.byline, agency):
        return True
    if r.byline is None or r.byline.span is None:
        return False
    # A byline given as the name alone: the agency may stand beside it on the same line.
    start, end = r.byline.span.start, r.byline.span.end
    return any(
        x.value.casefold() == agency.casefold()
        and x.span is not None
        and "\n" not in r.text[min(end, x.span.start) : max(start, x.span.end)]
        and x.span.start - end < _BESIDE
        and start - x.span.end < _BESIDE
        for x in r.credits
    )


def _source(reports: Sequence[Annotated]) -> str | None:
    """The agency that the reports credit most, as the first of them writes it; None if none does."""
    votes: Counter[str] = Counter()
    written: dict[str, str] = {}
    for report in reports:
        named = _agencies(report)
        for credit in report.report.credits:
            if credit.value.casefold() in named:
                written.setdefault(credit.value.casefold(), credit.value)
        for name in sorted(named):
            votes[name] += 3 if _signed(report, written[name]) else 1
    return written[min(votes, key=lambda name: (-votes[name], name))] if votes else None


def _key(word: str) -> tuple[str, str]:
    """What the spellings of a name have in common."""
    return word[0], frame(word)


class _Tree:
    """Who took the text of one origin from whom."""

    def __init__(
        self, c: Collation, every: Sequence[Sequence[Line]], share: Shares, group: Sequence[int], source: str | None
    ) -> None:
        self._reports = c.reports
        self._lines = every
        self._share = share.whole
        self._group = list(group)
        self._source = source
        self._words: dict[int, dict[str, tuple[bool, Span]]] = {}
        self._spelt: dict[int, dict[tuple[str, str], list[str]]] = {}
        alone = len(group) == 1
        self._spans = [] if alone else [{span.report: span for span in passage.spans} for passage in c.passages]
        signed = [at for at in group if source is not None and _signed(c.reports[at], source)]
        # What the agency signed and no other outlet printed is its own; in another outlet it is a reprint.
        outlets = {at: c.reports[at].report.outlet for at in signed}
        home = [at for at in signed if source is not None and (outlets[at] is None or _holds(outlets[at], source))]
        self._signed = set(home or signed)
        self._absent = source is not None and not home and len(signed) != 1
        clocks = [report.value[11:16] for at in group if (report := c.reports[at].report.published) is not None]
        self._clocks = len(clocks) == len(group) and all(clock not in {"", "00:00"} for clock in clocks)

    def edges(self) -> tuple[Edge, ...]:
        """The arrows, sorted by target: each report takes from one that stands before it."""
        import numpy as np

        before = self._ranked()
        out: list[Edge] = []
        part = self._share[np.ix_(before, before)]
        for number, target in enumerate(before):
            name = self._reports[target].id
            credit = self._credit(self._reports[target])
            if self._absent and (number == 0 or credit is not None):
                among = float(part[number].max())
                out.append(Edge(None, name, round(among, 4), (credit,) if credit else ()))
            elif number:
                worth = np.round(part[number, :number], 6)
                first, *others = (before[at] for at in np.argsort(-worth, kind="stable")[:2].tolist())
                best, wording = self._chosen(target, first, others[0] if others else None)
                taken = round(float(self._share[target, best]), 4)
                out.append(Edge(self._reports[best].id, name, taken, (*self._reasons(best, target), *wording)))
        return tuple(sorted(out, key=lambda edge: edge.target))

    def _chosen(self, target: int, first: int, second: int | None) -> tuple[int, tuple[Evidence, ...]]:
        """The likelier parent of two, with what its wording says for and against it beside the other."""
        if second is None or self._share[target, second] <= 0:
            return first, ()
        reasons = self._wording(target, first, second)
        for_it = sum(reason.weight for reason in reasons)
        if self._share[target, first] + _READ * for_it >= self._share[target, second] - _READ * for_it:
            return first, reasons
        return second, self._wording(target, second, first)

    def _wording(self, target: int, parent: int, other: int) -> tuple[Evidence, ...]:
        """What a copy shares with only one of two parents: rarer words, and the spelling of names.

        What two witnesses have against a third tells who follows whom (Maas, Textkritik): a copyist keeps an
        odd spelling of a name and does not restore one. A text that neither has shows in both.
        """
        mine, ours, theirs = (self._vocabulary(at) for at in (target, parent, other))
        spelling: tuple[list[str], list[str]] = ([], [])
        wording: tuple[list[str], list[str]] = ([], [])
        for word in sorted(mine):
            if (word in ours) == (word in theirs):
                continue
            side, lacks = (0, other) if word in ours else (1, parent)
            variants = self._names(lacks).get(_key(word), ()) if mine[word][0] else ()
            if any(spelt(word, variant) for variant in variants):
                spelling[side].append(word)
            elif rarity(word) >= _RARE and not word[0].isdigit():
                wording[side].append(word)
        out: list[Evidence] = []
        for what, sides, one in (("shared wording", wording, _ONE_WORD), ("shared spelling", spelling, _ONE_SPELLING)):
            weight = max(-_WORDED, min(_WORDED, one * (len(sides[0]) - len(sides[1]))))
            if not weight:
                continue
            words, who = (sides[0], parent) if weight > 0 else (sides[1], other)
            places = [mine[word][1] for word in sorted(words, key=lambda w: (-rarity(w), w))[:_QUOTED]]
            quoted = ", ".join(f"“{self._reports[target].quote(place)}”" for place in places)
            rest = f" and {len(words) - _QUOTED} more" if len(words) > _QUOTED else ""
            note = f"only {self._reports[who].id} has {quoted}{rest}"
            out.append(Evidence(what, round(weight, 4), note, tuple(sorted(places))))
        return tuple(out)

    def _vocabulary(self, at: int) -> dict[str, tuple[bool, Span]]:
        """The words of a report's own text: whether they bear a capital within a sentence, and where they stand."""
        if at not in self._words:
            found: dict[str, tuple[bool, Span]] = {}
            for line in self._lines[at]:
                for number, word in enumerate(line.words):
                    capital = number > 0 and line.capital[number]
                    if not line.quoted[number] and len(word) > 2 and (capital or word not in found):
                        place = line.stretch(number, number)
                        found[word] = capital, (found[word][1] if word in found else place)
            self._words[at] = found
        return self._words[at]

    def _names(self, at: int) -> dict[tuple[str, str], list[str]]:
        """The capitalised words of a report by what stays the same in their spellings."""
        if at not in self._spelt:
            found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
            for word, (capital, _) in self._vocabulary(at).items():
                if capital and len(word) >= _SPELT:
                    found[_key(word)].append(word)
            self._spelt[at] = found
        return self._spelt[at]

    def _credit(self, report: Annotated) -> Evidence | None:
        """That a report credits the source, with the place where it does; None if it does not."""
        source = self._source
        if source is None or (
            self._reports and source.casefold() not in _agencies(report) and source not in _heard(report)
        ):
            return None
        spans = tuple(x.span for x in report.report.credits if x.span and x.value.casefold() == source.casefold())
        return Evidence("credit", 1.0, f"names {source}", spans[:1])

    def _ranked(self) -> list[int]:
        """The reports, those that others may have taken from first."""
        import numpy as np

        part = self._share[np.ix_(self._group, self._group)]
        # Who has all that the others have, and more, stands before them.
        more = (part.sum(axis=0) - part.sum(axis=1)) / max(1, len(self._group) - 1)
        # And who has put no doubts ("so-called") into the words stands before one who has.
        doubted = np.array([sum(1 for _ in self._doubts_of(at)) for at in self._group])
        more = np.round(more - _DOUBTED * doubted, 3)

        def key(number: int) -> tuple[bool, str, float, int]:
            at = self._group[number]
            # The time of day counts where every report has one.
            date = self._reports[at].report.published
            when = "~" if date is None else date.value[: 16 if self._clocks else 10]
            return at not in self._signed, when, -float(more[number]), at

        return [self._group[number] for number in sorted(range(len(self._group)), key=key)]

    def _reasons(self, source: int, target: int) -> tuple[Evidence, ...]:
        """Why the arrow points from `source` to `target`; the weights add up to how sure that is."""
        out: list[Evidence] = []
        one, two = (self._reports[at].report.published for at in (source, target))
        size = 16 if self._clocks else 10
        if one is not None and two is not None and one.value[:size] != two.value[:size]:
            sign, word = (1.0, "before") if one.value < two.value else (-1.0, "after")
            out.append(Evidence("time", sign, f"{one.value[:size]} {word} {two.value[:size]}"))
        if source in self._signed:
            out.append(Evidence("credit", 1.0, f"signed by {self._source}"))
        house = self._reports[source].report.outlet
        if house is not None and house.value in _heard(self._reports[target]):
            out.append(Evidence("credit", 1.0, f"names {house.value}"))
        taken, back = float(self._share[target, source]), float(self._share[source, target])
        note = f"{taken:.0%} of the copy, {back:.0%} of the source"
        out.append(Evidence("completeness", round(taken - back, 4), note))
        names = self._reports[source].id, self._reports[target].id
        shared = [spans for spans in self._spans if names[0] in spans and names[1] in spans]
        ours = sorted(spans[self._reports[source].id] for spans in shared)
        theirs = sorted(spans[self._reports[target].id] for spans in shared)
        doubted = self._doubts(target, theirs) - self._doubts(source, ours)
        if doubted:
            out.append(Evidence("doubts put in", min(0.6, 0.3 * doubted), f"{doubted} in the copy's words"))
        elif doubted < 0:
            out.append(Evidence("doubts left out", max(-0.6, 0.3 * doubted), f"{-doubted} in the source's words"))
        return tuple(out)

    def _doubts(self, at: int, spans: Sequence[Span]) -> int:
        """How many words within the spans cast doubt on what they stand before."""
        return sum(any(s.start <= place < s.end for s in spans) for place in self._doubts_of(at))

    def _doubts_of(self, at: int) -> Iterator[int]:
        """The places of the report's own words that cast doubt."""
        for line in self._lines[at]:
            for number, word in enumerate(line.words):
                called = word == "called" and number > 0 and line.words[number - 1] == "so"
                if called or (word in doubts() and word != "called"):
                    yield line.starts[number]
