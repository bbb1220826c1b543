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
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from tellings import lexicons
from tellings.collate.alignments import Line, lines
from tellings.collate.arrows import Credits, edges
from tellings.collate.layouts import lay_out
from tellings.collate.passages import likeness
from tellings.records import Annotated, Collation, Edge, Evidence, Found, Origin, Passage

if TYPE_CHECKING:
    import numpy as np

__all__ = ["ONE_COPY", "Shares", "find", "shares"]

ONE_COPY = 0.18
"""Reports have one origin when this part of one's own words stands in the other; by cross-validation."""

_FEW = 20  # but of fewer shared words than this ...
_OF_FEW = 0.3  # ... a larger part: one phrase is soon a fifth of a caption
_ONE_HOUSE = 0.6  # between two reports of one outlet, which uses its own background and galleries again
_CORE = 0.5  # of two reports that share so much one was surely written from the other or both from one text
_HALF = 0.5  # of the reports of two cores more than this must share text across,
_PART = 0.34  # ... and of one core with a report by itself
_RETELL = 3  # of so many reports and more, all may retell one paper's
_MANY = 12  # tellings of one passage that are compared each with each
_BESIDE = 120  # an agency's name so many characters from a byline on its line belongs to it
_CAPITAL = r"[A-Z](?:[\w&’'-]|\.(?=\w))*"
_NAMED = rf"({_CAPITAL}(?: {_CAPITAL}){{0,3}})"
_TOLD = (
    re.compile(rf"\b(?:told|tells) (?:[Tt]he )?{_NAMED}"),
    re.compile(rf"\binterview (?:\w+ )?(?:in|on|by|with|from) (?:[Tt]he )?{_NAMED}"),
)
_REPORTED = (
    re.compile(rf"\b(?:story|account|article|report) (?:\w+ )?(?:in|on|by|with|from) (?:[Tt]he )?{_NAMED}"),
    re.compile(rf"\bInformation from: {_NAMED}"),
    re.compile(rf"\b[Pp]er (?:[Tt]he )?{_NAMED}"),
    re.compile(rf"\b{_NAMED} (?:first )?report(?:s|ed)\b"),
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
    follows = _followed(c.reports, heard)
    layout = lay_out(c, every, follows)
    found: list[tuple[tuple[str, ...], str | None, tuple[Edge, ...]]] = []
    paper = _retold(c.reports, heard)
    for group in [list(range(len(c.reports)))] if paper else _groups(c.reports, share, heard):
        members = [c.reports[at] for at in group]
        source = paper or _source(members)
        # A paper that one copied text names says nothing of where that text is from.
        if source is None and len(group) > 1 and float(share.own[np.ix_(group, group)].max()) < ONE_COPY:
            source = _common([heard[at] for at in group])
        told = _credits(c.reports, group, source, heard, follows)
        arrows = edges(c, every, layout, share.whole, group=group, told=told)
        found.append((tuple(report.id for report in members), source, arrows))
    found.sort(key=lambda one: (-len(one[0]), one[0]))
    return tuple(
        Origin(f"origin-{number}", reports, source, arrows)
        for number, (reports, source, arrows) in enumerate(found, start=1)
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
    """The reports in groups of one copy, each sorted, in the order of their first report.

    Reports that stand in each other for the most part make cores. A core or a report by itself that shares less with
    a core belongs to it where many of its reports have such a share: one alone may have taken a passage
    from elsewhere, and would tie two copies together that are not one.
    """
    import numpy as np

    enough = share.own >= np.where(share.words < _FEW, _OF_FEW, ONE_COPY)
    enough |= enough.T
    most = np.maximum(share.own, share.own.T)
    houses = [report.report.outlet.value.casefold() if report.report.outlet else None for report in reports]
    linked: list[tuple[int, int]] = []
    cores = _Joined(len(reports))
    for a, b in np.argwhere(np.triu(most, 1) > 0).tolist():
        other = houses[a] is None or houses[a] != houses[b]
        # Who shares wording and names the same paper as the one that told it tells what it took from there.
        named = other and bool(heard[a].keys() & heard[b].keys())
        if named or (enough[a, b] if other else most[a, b] >= _ONE_HOUSE):
            linked.append((a, b))
            if named or most[a, b] >= _CORE:
                cores.join(a, b)
    core = cores.groups()
    members = Counter(core)
    ties: defaultdict[tuple[int, int], tuple[set[int], set[int]]] = defaultdict(lambda: (set(), set()))
    for a, b in linked:
        one, two = core[a], core[b]
        if one != two:
            ours, theirs = ties[min(one, two), max(one, two)]
            ours.add(a if one < two else b)
            theirs.add(b if one < two else a)
    joined = _Joined(len(reports))
    for at, home in enumerate(core):
        joined.join(at, home)
    for (one, two), (ours, theirs) in sorted(ties.items()):
        if members[one] > 1 and members[two] > 1 and min(len(ours) / members[one], len(theirs) / members[two]) > _HALF:
            joined.join(one, two)
    # A report by itself belongs to the core with which it shares most, if to one.
    alone: list[tuple[int, int]] = []
    best: dict[int, tuple[float, int]] = {}
    for (one, two), (ours, theirs) in sorted(ties.items()):
        for single, to, with_it in ((one, two, theirs), (two, one, ours)):
            if members[single] > 1 or len(with_it) <= _PART * members[to]:
                continue
            if members[to] == 1:
                alone.append((single, to))
                continue
            worth = max(float(most[single, at]) for at in sorted(with_it))
            if single not in best or worth > best[single][0]:
                best[single] = worth, to
    for single, (_, to) in sorted(best.items()):
        joined.join(single, to)
    for one, two in alone:
        if one not in best or two not in best:
            joined.join(one, two)
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for number, home in enumerate(joined.groups()):
        groups[home].append(number)
    return [groups[key] for key in sorted(groups)]


class _Joined:
    """Numbers in groups that are joined two by two; a group goes by its first number."""

    def __init__(self, size: int) -> None:
        self._home = list(range(size))

    def _root(self, at: int) -> int:
        while self._home[at] != at:
            self._home[at] = self._home[self._home[at]]
            at = self._home[at]
        return at

    def join(self, a: int, b: int) -> None:
        """Put the groups of two numbers together."""
        one, two = sorted((self._root(a), self._root(b)))
        self._home[two] = one

    def groups(self) -> list[int]:
        """The first number of the group of each."""
        return [self._root(at) for at in range(len(self._home))]


def _retold(reports: Sequence[Annotated], heard: Sequence[Counter[str]]) -> str | None:
    """The paper or station that found out what all reports retell, in whatever words; None if there is none.

    Each names it, and most say that it reports the news; what somebody "told" it all may have heard
    there and written for themselves. Two that name it are too few: each may take one point from it. A
    ministry that all say reports a figure is no paper: a name counts that sounds like one's or is an outlet's here.
    """
    if len(heard) < _RETELL:
        return None
    outlets = {r.report.outlet.value.casefold().removeprefix("the ") for r in reports if r.report.outlet}
    for name in sorted(set(heard[0]).intersection(*heard[1:])):
        words = re.findall(r"\w+", name.casefold())
        if (len(words) > 1 and not _outlet_words().isdisjoint(words)) or name.casefold() in outlets:
            named = sum(name in _heard(report, _REPORTED) for report in reports)
            if 2 * named > len(reports):
                return name
    return None


@cache
def _outlet_words() -> frozenset[str]:
    """The words by which a name is known for that of a paper or station ("the Torsk Herald")."""
    row = next((row for row in lexicons.lines("cues.txt") if row.startswith(".outlet:")), "")
    return frozenset(row.partition(":")[2].split()) - {"agencies", "agency"}


def _heard(report: Annotated, patterns: Sequence[re.Pattern[str]] = (*_TOLD, *_REPORTED)) -> Counter[str]:
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
    for pattern in patterns:
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
    # An agency that is among the outlets has signed what it printed.
    for name in sorted(votes):
        votes[name] += 3 * sum(_holds(report.report.outlet, written[name]) for report in reports)
    return written[min(votes, key=lambda name: (-votes[name], name))] if votes else None


def _followed(reports: Sequence[Annotated], heard: Sequence[Counter[str]]) -> list[frozenset[str]]:
    """For each report the papers and stations it names as having told it, and the other outlets it names in full.

    An outlet of one word ("Time") may be a word; it counts only where it is said to have told something.
    """
    outlets = sorted(
        {r.report.outlet.value for r in reports if r.report.outlet and " " in r.report.outlet.value.strip()}
    )
    plain = {outlet: re.sub(r"^[Tt]he\s+", "", outlet.strip()) for outlet in outlets}
    plain = {outlet: name for outlet, name in plain.items() if " " in name}
    out: list[frozenset[str]] = []
    for report, names in zip(reports, heard, strict=True):
        own = report.report.outlet.value if report.report.outlet else ""
        more = {name for outlet, name in plain.items() if outlet != own and name in report.report.text}
        out.append(frozenset(names) | more)
    return out


def _credits(
    reports: Sequence[Annotated],
    group: Sequence[int],
    source: str | None,
    heard: Sequence[Counter[str]],
    follows: Sequence[frozenset[str]],
) -> Credits:
    """Which reports of an origin are the source's own, which name it, and which outlets each says it had it from."""
    signed = [at for at in group if source is not None and _signed(reports[at], source)]
    # What the agency signed and no other outlet printed is its own; in another outlet it is a reprint.
    outlets = {at: reports[at].report.outlet for at in signed}
    own = [at for at in signed if source is not None and (outlets[at] is None or _holds(outlets[at], source))]
    if not own and len(signed) == 1:
        own = signed
    named = {at: named for at in group if (named := _named(reports[at], source, heard[at])) is not None}
    written = [
        at
        for at in group
        if reports[at].report.byline is not None and at not in own and not (source and _signed(reports[at], source))
    ]
    beside = {
        at: others[0]
        for at in group
        if at not in named
        and at not in own
        and (others := sorted({x.value.casefold() for x in reports[at].report.credits}))
    }
    return Credits(source, frozenset(own), frozenset(written), named, {at: follows[at] for at in group}, beside)


def _named(report: Annotated, source: str | None, heard: Counter[str]) -> Evidence | None:
    """That a report credits the source, with the place where it does; None if it does not."""
    if source is None or (source.casefold() not in _agencies(report) and source not in heard):
        return None
    spans = tuple(x.span for x in report.report.credits if x.span and x.value.casefold() == source.casefold())
    return Evidence("credit", 1.0, f"names {source}", spans[:1])
