"""What stands at the top of every dossier, on the page and in the terminal.

That is the line that a reader can repeat, how much of the story stands on more than one origin,
the brief with the conflicts and swapped labels that its sentences touch, the conflicts and the
reports set aside.

Tellings' own words are templates of a closed list, filled with numbers and names; everything else
is quoted.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from itertools import pairwise

from tellings import lexicons
from tellings.present.sigla import Cite, Context, Named, Sigla, dull, flat, web_address
from tellings.present.tables import CARDS, Copies, Point, exact, is_wording, points, swaps
from tellings.records import SURE, Brief, Claim, Conflict, Dossier, Notice, Reading
from tellings.text import Span

__all__ = [
    "NO_VALUE",
    "Card",
    "First",
    "Part",
    "Side",
    "Standing",
    "Through",
    "Told",
    "Touch",
    "Trade",
    "Voice",
    "brief",
    "cards",
    "glance",
    "headline",
    "label",
    "notices",
    "numbers",
    "plural",
    "set_aside",
    "standing",
]

_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_VOICES = 5  # tellings of one reading that are quoted before the others are only named
_MORE = 12  # tellings of one reading that are named before they are only counted
_TOUCHES = 2  # conflicts that a sentence of the brief names
_TRADES = 3  # swapped labels that a sentence of the brief names
_SOURCES = 4  # named sources of one reading
_SHARP = 3  # conflicts by rank of which those that are sharp stand at the top
_TOLLS = 2  # numbers of killed and hurt that stand there beside them
_COUNTED = frozenset(["casualties", "fatalities"])  # nouns for these people that are no verbs
_HEADS = 3  # reports of one origin that are named beside a reading
_AROUND = 5  # words on each side of a number that tell what it measures
_BREAKS = re.compile(r"\s+")
_LEAST = 2  # words that tell more than a unit alone
_BARE = re.compile(r"amount: “([^\s”]+)”")
_PAUSE = re.compile(r"[,;:.!?](?=\s|$)")
_LINKS = frozenset(
    ["a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "than", "that", "the", "to", "with"]
)
_INNER = str.maketrans({"“": "‘", "”": "’", '"': "’"})

NATURES = {
    "disagreement": "they cannot all be right as they stand",
    "update": "one may be the later state of the other",
    "scope": "they may speak of different things",
}
"""What the page says of each nature of conflict."""

NO_VALUE = "No number, day, hour, place, speaker or denial was found on which the reports differ."
"""What a story says whose reports differ in their wording alone."""

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
        takers = len({e.target for o in origins for e in o.edges if e.source})
        if not takers:
            return f"{line}: each is written apart from the others"
        who = _WORDS[takers] if takers < len(_WORDS) else takers
        return f"{line}: no two print one copy, {who} {'takes' if takers == 1 else 'take'} passages of another"
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


def label(sigla: Sigla) -> None:
    """Name by its site or its headline each report that has no outlet and whose id tells a reader nothing.

    A headline is the outlet's own words and stands in quotation marks.
    """
    for report, named in sigla.named.items():
        given = sigla.report(report).report
        if given.outlet:
            continue
        if url := web_address(given.url.value if given.url else None):
            host = re.sub(r"^https?://(?:[^/?#@]*@)?(?:www\.)?|[:/?#].*", "", url, flags=re.IGNORECASE)
            sigla.named[report] = replace(named, label=flat(host, 60) or named.label)
        elif dull(report):
            first = next((s.span for s in sigla.report(report).sentences), None)
            words = given.title.value if given.title else sigla.text(first) if first else ""
            if words.strip():
                short = re.sub(r"[\s\-–—(]+…$", "…", flat(words, 44))
                sigla.named[report] = replace(named, label=f"“{short}”")


def notices(sigla: Sigla) -> tuple[tuple[Named | None, Notice], ...]:
    """The notices, each with the report that it is of, if it is of one.

    An id that tells a reader nothing is replaced by the siglum; `label` must have been called before.
    """
    return tuple(
        (sigla.named.get(notice.where), replace(notice, what=sigla.plain(notice.what)))
        for notice in sigla.dossier.notices
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """How firm the story stands: statements, those of two independent origins or more, and where reports differ.

    `clashes` counts the points on which reports cannot all be right, `others` those on which one may
    be later than the other, speak of something else or call it otherwise. What is only told in other
    words counts in neither, but in `wordings`.
    """

    statements: int
    firm: int
    clashes: int
    others: int
    wordings: int
    aside: int


def standing(dossier: Dossier) -> Standing:
    """The numbers that stand below the headline."""
    facts = [c for c in dossier.collation.conflicts if not is_wording(c)]
    clashes = sum(c.nature == "disagreement" and c.kind != "name" for c in facts)
    claims = dossier.collation.claims
    return Standing(
        statements=len(claims),
        firm=sum(c.carried.independent > 1 for c in claims),
        clashes=clashes,
        others=len(facts) - clashes,
        wordings=len(dossier.collation.conflicts) - len(facts),
        aside=len(set_aside(dossier)),
    )


def numbers(claim: Claim, sigla: Sigla | None = None) -> str:
    """The three numbers of a claim: outlets, origins (and how many are independent), named sources.

    Those count that surely tell it; how many outlets more perhaps do is added.

    With `sigla`, reports are counted instead of outlets where the outlet of one is not known.
    """
    sure = claim.carried
    reports = {s.span.report for s in claim.support if s.chance >= SURE}
    if sigla and not all(sigla.report(report).report.outlet for report in reports):
        text = f"{plural(len(reports), 'report')}, {plural(sure.origins, 'origin')}"
    else:
        text = f"{plural(sure.outlets, 'outlet')}, {plural(sure.origins, 'origin')}"
    if sure.independent != sure.origins:
        text += f" ({sure.independent} independent)"
    if claim.outlets > sure.outlets:
        text += f", perhaps {claim.outlets - sure.outlets} more"
    if not claim.sources:
        return f"{text}, no named source"
    named = ", ".join(flat(s, 50) for s in claim.sources[:4])
    more = f" and {len(claim.sources) - 4} more" if len(claim.sources) > 4 else ""
    return f"{text}, {plural(len(claim.sources), 'source')}: {named}{more}"


@dataclass(frozen=True, slots=True)
class Part:
    """Some words of a quotation; `href` leads to the conflict or name that they touch, "" if none.

    `counted` is whether the numbers beside the quotation are of these words.
    """

    text: str
    href: str = ""
    counted: bool = True


@dataclass(frozen=True, slots=True)
class Touch:
    """A conflict that a sentence touches: its number and slot, and what others have instead.

    `direct` where the sentence itself tells one of the readings; else its statement does, in another report.
    """

    number: int
    slot: str
    direct: bool
    others: tuple[tuple[str, Cite], ...]


@dataclass(frozen=True, slots=True)
class Trade:
    """A label of a sentence, and the label that stands in its place in the other report.

    `taken` where this sentence has the later of the two.
    """

    here: str
    there: Cite
    taken: bool


@dataclass(frozen=True, slots=True)
class Told:
    """One sentence of the brief: the quotation, its claim's numbers and anchor ("" for no claim).

    `parts` hold the same words, with links where they touch a conflict that `touches` tells of; those that the
    numbers do not count are marked, for a sentence may tell more than its claim.
    """

    cite: Cite
    text: str
    who: str
    numbers: str
    claim: int
    anchor: str
    independent: int
    place: int
    parts: tuple[Part, ...]
    touches: tuple[Touch, ...]
    trades: tuple[Trade, ...]

    @property
    def partly(self) -> bool:
        """Whether its numbers count but a part of its words."""
        return not all(part.counted for part in self.parts)


def brief(sigla: Sigla) -> tuple[Told, ...]:
    """The brief, in its order."""
    c = sigla.dossier.collation
    claims = {claim.id: claim for claim in c.claims}
    known = points(sigla, c.conflicts, CARDS)
    ranked = {number: conflict for number, conflict in _ranked(c.conflicts) if not is_wording(conflict)}
    out: list[Told] = []
    for place, one in enumerate(c.brief):
        claim = claims.get(one.claim)
        cite = sigla.cite(one.span, "brief", "#brief")
        number = sigla.number.get(one.claim, 0)
        direct = known.all(one.span)
        # what perhaps tells another statement says nothing of this one
        surely = [s.span for s in claim.support if s.chance >= SURE] if claim else []
        behind = [p for span in surely for p in known.all(span)]
        seen: dict[int, bool] = {}
        for point, is_direct in [*((p, True) for p in direct), *((p, False) for p in behind)]:
            seen.setdefault(point.number, is_direct)
        touched = list(seen.items())[:_TOUCHES]
        told = {p.number: p for p in reversed(direct)}
        out.append(
            Told(
                cite=cite,
                text=cite.quote,
                who=sigla.source(one.span),
                numbers=numbers(claim, sigla) if claim else "",
                claim=number,
                anchor=f"#claim-{number}" if claim else "",
                independent=claim.carried.independent if claim else 0,
                place=place + 1,
                parts=_parts(sigla, one.span, [told[n] for n, is_direct in touched if is_direct], _counted(one, claim)),
                touches=tuple(
                    touch for n, _ in touched if (touch := _touch(sigla, n, ranked[n], told.get(n), cite.quote)).others
                ),
                trades=_trades(sigla, one.span),
            )
        )
    return tuple(out)


def _ranked(conflicts: Iterable[Conflict]) -> list[tuple[int, Conflict]]:
    """The conflicts that the page shows, with the numbers it gives them."""
    return list(enumerate(sorted(conflicts, key=lambda c: (c.rank, c.id))[:CARDS], 1))


def _counted(one: Brief, claim: Claim | None) -> Span | None:
    """The words of a brief's sentence that its claim's numbers count: the widest that surely tell it; None for all."""
    if claim is None:
        return None
    sure = [claim.title, *(s.span for s in claim.support if s.chance >= SURE)]
    inside = [
        Span(span.report, max(span.start, one.span.start), min(span.end, one.span.end))
        for span in sure
        if one.span.overlap(span)
    ]
    return max(inside, key=lambda span: (len(span), -span.start), default=None)


def _parts(sigla: Sigla, span: Span, told: Sequence[Point], counted: Span | None) -> tuple[Part, ...]:
    """The sentence cut where a reading of a conflict begins or ends, and where what the numbers count does."""
    links: dict[tuple[int, int], str] = {}
    at = span.start
    for point in sorted(told, key=lambda p: p.span):
        start, end = max(point.span.start, at), min(point.span.end, span.end)
        if start < end:
            links[start, end] = f"#conflict-{point.number}"
            at = end
    whole = counted or span
    ends = sorted({span.start, span.end, whole.start, whole.end, *(end for both in links for end in both)})
    cuts: list[Part] = []
    for start, end in pairwise(ends):
        href = next((link for (a, b), link in links.items() if a <= start and end <= b), "")
        text = _BREAKS.sub(" ", sigla.text(Span(span.report, start, end)))
        inside = whole.start <= start and end <= whole.end
        if not inside and not any(map(str.isalnum, text)):
            inside = True  # a sign alone is of neither
        if cuts and (cuts[-1].href, cuts[-1].counted) == (href, inside):
            cuts[-1] = Part(cuts[-1].text + text, href, inside)
        else:
            cuts.append(Part(text, href, inside))
    cuts[0] = replace(cuts[0], text=cuts[0].text.lstrip())
    cuts[-1] = replace(cuts[-1], text=cuts[-1].text.rstrip())
    return tuple(part for part in cuts if part.text)


def _touch(sigla: Sigla, number: int, conflict: Conflict, told: Point | None, sentence: str) -> Touch:
    """The other readings of a conflict, seen from a sentence that tells one of them or whose statement does.

    What the sentence says itself is not told otherwise elsewhere. Each reading leads to another report if it can.
    """
    others: list[tuple[str, Cite]] = []
    used: set[str] = set()
    for reading in conflict.readings:
        said = told is not None and reading.value == told.value
        if not reading.support or said or _holds(sentence, reading.value):
            continue
        cites = sigla.cites(reading.support)
        cite = next((c for c in cites if c.named.id not in used), cites[0])
        used.add(cite.named.id)
        others.append((flat(reading.value, 60), cite))
    return Touch(number, _slot(sigla, conflict, 120), told is not None, tuple(others[:4]))


def _holds(text: str, words: str) -> bool:
    """Whether the words stand in the text as whole words, in capitals or not."""
    return bool(words) and re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.IGNORECASE) is not None


def _trades(sigla: Sigla, span: Span) -> tuple[Trade, ...]:
    """The labels of a sentence that were put in another's place, or had theirs taken, in copied words."""
    out: dict[tuple[str, str], Trade] = {}
    for swap in swaps(sigla, sigla.dossier.collation.edits):
        for here, there, taken in ((swap.after, swap.before, True), (swap.before, swap.after, False)):
            if here and there and span.holds(here):
                words = flat(sigla.text(here), 60)
                out.setdefault((words, flat(sigla.text(there)).casefold()), Trade(words, sigla.cite(there), taken))
    ordered = sorted(out.values(), key=lambda t: not t.taken)
    return tuple(ordered[:_TRADES])


@dataclass(frozen=True, slots=True)
class Voice:
    """One telling of a reading: the quotation in its sentence, and who is said to have said it."""

    cite: Cite
    context: Context
    who: str
    copied: str


@dataclass(frozen=True, slots=True)
class Through:
    """An origin through which a reading is told: one of its reports, and the agency if it names one.

    `heads` is its letter, or its first reports where the origin tells another reading, too.
    """

    letter: str
    named: Named
    agency: str
    heads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class First:
    """The report that is dated first among those that tell a reading; `when` is an ISO date or time."""

    cite: Cite
    when: str


@dataclass(frozen=True, slots=True)
class Side:
    """One reading of a conflict: its value as quoted, the origins that tell it, and the tellings.

    `sources` are those to whom its tellings are attributed; `first` is None where no single report
    is dated first.
    """

    value: str
    origins: tuple[str, ...]
    voices: tuple[Voice, ...]
    more: tuple[Cite, ...]
    silent: int
    through: tuple[Through, ...]
    sources: tuple[str, ...]
    first: First | None


@dataclass(frozen=True, slots=True)
class Card:
    """One conflict; `wording` is true where reports tell one thing in other words.

    `sharp` is true where they cannot all be right, or the later knows more; `toll` where it is about
    how many were killed or hurt.
    """

    number: int
    anchor: str
    slot: str
    kind: str
    nature: str
    meaning: str
    wording: bool
    sharp: bool
    toll: bool
    sides: tuple[Side, ...]


def cards(sigla: Sigla) -> tuple[Card, ...]:
    """The conflicts that matter most, by rank; the JSON document has all."""
    c = sigla.dossier.collation
    copies = Copies(sigla, c.passages)
    out: list[Card] = []
    for number, conflict in _ranked(c.conflicts):
        tellers = [{sigla.named[span.report] for span in r.support} for r in conflict.readings]
        heads = [letter for tellings in tellers for letter in {n.letter or n.siglum for n in tellings}]
        torn = {letter for letter in heads if heads.count(letter) > 1}
        sides = (_side(sigla, copies, number, r, torn) for r in conflict.readings)
        card = Card(
            number=number,
            anchor=f"conflict-{number}",
            slot=_slot(sigla, conflict),
            kind=KINDS[conflict.kind],
            nature=conflict.nature,
            wording=is_wording(conflict),
            sharp=not is_wording(conflict) and conflict.nature != "scope" and conflict.kind != "name",
            toll=_is_toll(conflict),
            meaning=_NAMED if conflict.kind == "name" else NATURES[conflict.nature],
            sides=tuple(sides),
        )
        out.append(card)
    return tuple(out)


def glance(shown: Sequence[Card]) -> tuple[Card, ...]:
    """The conflicts that stand above everything else.

    Of the three that matter most those on which somebody must be wrong or behind, then what is told
    otherwise of the dead and the hurt, whatever its nature.
    """
    facts = [card for card in shown if not card.wording]
    sharp = [card for card in facts[:_SHARP] if card.sharp]
    return (*sharp, *[card for card in facts if card.toll and card not in sharp][:_TOLLS])


@cache
def _harms() -> frozenset[str]:
    """The words that tell of the killed and the hurt."""
    told = [line.split() for line in lexicons.lines("tolls.txt")]
    return frozenset(word for line in told for word in line if not {"killed", "hurt"}.isdisjoint(line[:2])) | _COUNTED


def _is_toll(conflict: Conflict) -> bool:
    """Whether reports differ on a number of people who were killed or hurt."""
    told = [conflict.slot, *(reading.value for reading in conflict.readings)]
    said = {word.casefold() for text in told for word in re.findall(r"[^\W\d_]+", text)}
    return conflict.kind == "number" and not is_wording(conflict) and not said.isdisjoint(_harms())


def _slot(sigla: Sigla, conflict: Conflict, most: int = 300) -> str:
    """What is asked; where that is a bare unit ("amount: “mph”"), the words around the first reading.

    The value is left out of them: all readings stand against each other there.
    """
    slot = flat(conflict.slot, most)
    bare = _BARE.fullmatch(slot)
    first = next((r for r in conflict.readings if r.support), None)
    if not bare or first is None or not all(bare[1] in r.value for r in conflict.readings):
        return slot
    around = sigla.context(exact(sigla, min(first.support), first.value))
    before = _PAUSE.split(around.before)[-1].split()[-_AROUND:]
    after = _PAUSE.split(around.after.lstrip(",;: "))[0].split()[:_AROUND]
    while after and (after[-1].casefold() in _LINKS or after[-1].isdigit()):
        after.pop()
    if first.value not in around.exact or len(before) + len(after) < _LEAST:
        return slot
    return "amount: “{}”".format(" ".join([*before, "…", *after]).translate(_INNER))


def _side(sigla: Sigla, copies: Copies, number: int, reading: Reading, torn: Collection[str]) -> Side:
    """One reading; of the origins that are torn, the reports are named."""
    value = reading.value
    spans = _one_a_report(reading.support)
    ordered = sigla.cites(spans, f"≠{number}", f"#conflict-{number}")
    by_href = {sigla.cite(span).href: span for span in spans}
    agencies = {o.id: flat(o.source, 40) if o.source else "" for o in sigla.origins}
    agency = {sigla.letter[o.id]: agencies[o.id] for o in sigla.origins}
    voices = tuple(
        Voice(cite, sigla.context(exact(sigla, span, value)), sigla.source(span), copies.source(span))
        for cite in ordered[:_VOICES]
        for span in (by_href[cite.href],)
    )
    heads = {cite.named.letter or cite.named.siglum: cite.named for cite in reversed(ordered)}
    origins = tuple(dict.fromkeys(cite.named.letter or cite.named.siglum for cite in ordered))
    more = ordered[_VOICES:]
    members = {head: [cite.named.siglum for cite in ordered if cite.named.letter == head] for head in torn}
    sources = _shortest(who for cite in ordered if (who := sigla.source(by_href[cite.href])))
    return Side(
        value=flat(value, 160),
        origins=origins,
        voices=voices,
        more=more[:_MORE],
        silent=len(more[_MORE:]),
        through=tuple(
            Through(head, heads[head], agency.get(head, ""), tuple(dict.fromkeys(members.get(head) or [head]))[:_HEADS])
            for head in origins
        ),
        sources=sources[:_SOURCES],
        first=_first(ordered),
    )


def _shortest(names: Iterable[str]) -> tuple[str, ...]:
    """Each name once, without those that hold another as whole words: "the group Ekko" beside "Ekko"."""
    every = {f" {name.casefold()} ": name for name in reversed(list(names))}
    return tuple(name for key, name in reversed(every.items()) if not any(k in key for k in every if k != key))


def _first(cites: Sequence[Cite]) -> First | None:
    """The telling that is dated first; None where two may be, or no date was given."""
    dated = [(when, c) for c in cites if not c.named.inferred and (when := _when(c.named.published))]
    if not dated:
        return None
    day = min(when[:10] for when, _ in dated)
    then = [(when, c) for when, c in dated if when[:10] == day]
    if len(then) > 1 and any(len(when) == 10 for when, _ in then):
        return None  # a report dated by the day alone may have come before one dated by the minute
    when, cite = min(then, key=lambda pair: pair[0])
    return None if [w for w, _ in then].count(when) > 1 else First(cite, when)


def _when(published: str | None) -> str:
    """The date, to the minute if known and as the report's own clock showed it; "" for none."""
    if published is None:
        return ""
    try:
        given = datetime.fromisoformat(published)
    except ValueError:
        return ""
    return given.strftime("%Y-%m-%d" if len(published) == 10 else "%Y-%m-%dT%H:%M")


def _one_a_report(spans: Iterable[Span]) -> list[Span]:
    """The first span of each report."""
    first: dict[str, Span] = {}
    for span in sorted(spans):
        first.setdefault(span.report, span)
    return list(first.values())


def set_aside(dossier: Dossier) -> tuple[tuple[str, str], ...]:
    """The reports that are not compared, with the reason."""
    return tuple((t.report, t.reason or "not about this story") for t in dossier.topics if not t.on_topic)
