"""Labels: descriptions joined with whom they describe, by what only the story tells.

An age that one person of the story has, a number of people that the story counts once, the town
that a report speaks of, a body and the people that it is made of, "the company" for the body
named last, officials and whom they speak for. These are the less sure reasons, and come after
names and syntax.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations

from tellings.collate import namesakes, namings
from tellings.collate.casts import VAGUE, Cast, fits
from tellings.collate.expressions import AGED, COUNTED
from tellings.collate.nouns import PARTISANS, akin, kind_of, lemma
from tellings.text import Span

__all__ = [
    "BODIES",
    "join_ages",
    "join_bodies",
    "join_collectives",
    "join_counted",
    "join_last",
    "join_members",
    "join_settled",
]

_STAFF = {"official", "officer", "agent", "member", "executive", "leader", "aide", "authority"}
"""Those who speak and act for an organisation."""
_ARMED = {"militant", "fighter", "insurgent", "terrorist", "jihadist", "extremist", "rebel", "guerrilla"}
"""Those whom an armed group is made of."""


def join_ages(s: Cast) -> None:
    """Join "the 42-year-old" and "a man, 42," with the only one in the story of that age."""
    by_age: defaultdict[str, list[int]] = defaultdict(list)
    for number in range(len(s.nodes)):
        if s.kind(number) in {"person", ""}:
            for age in s.facts[s.top(number)].ages if s.top(number) == number else ():
                by_age[age].append(number)
    for age in sorted(by_age):
        tops = sorted({s.top(n) for n in by_age[age]}, key=lambda g: (-s.names(g), -s.size(g), g))
        named = [g for g in tops if s.names(g)]
        if len(named) > 1:
            continue
        for other in tops[1:]:
            plural = any(s.nodes[n].key[2] == "s" for n in s.held[other] if not s.nodes[n].named)
            if not plural and not s.apart(tops[0], other):
                s.join(tops[0], other)


BODIES = {"company", "firm", "corporation", "group", "organisation", "organization", "club", "team",
           "agency", "newspaper", "paper", "magazine", "outlet", "network", "broadcaster", "airline", "carrier",
           "retailer", "manufacturer", "maker", "carmaker", "chipmaker", "bank", "lender", "union", "party", "charity",
           "institute", "school", "university", "college", "hospital", "website", "startup", "giant"}  # fmt: skip
"""Nouns for bodies that news says instead of the name it has just used."""
_ANY_BODY = {"company", "firm", "corporation", "giant", "organisation", "organization"}
"""Those that say next to nothing of what the body is."""

_TOLD_IN_NAMES = {"agency", "union", "party", "institute", "school", "university", "college", "hospital"}
"""Those that a name says what it is, or is short for: "the agency" is no Weir Biologics."""
_FIRMS = {*_ANY_BODY, "group", "holding", "store", "bank", "lender", "airline", "carrier", "retailer", "manufacturer",
          "maker", "carmaker", "chipmaker", "startup", "broadcaster", "network", "industry", "partner"}  # fmt: skip
"""Last words of names that can be a company's."""


def join_bodies(s: Cast) -> None:
    """Join "the company" with the organisation that its report speaks of where it says so.

    Of the sentence and the two before it, what stands first is what they are about (Hobbs 1978). Each
    mention has a vote. A body whose name ends in another noun for a body ("Ministry", for "the
    club") is passed over, and so is whom somebody told something.
    """
    for number in s.described():
        node = s.nodes[number]
        if node.key[2:] != ("",) or node.key[1] not in _ANY_BODY or s.names(number):
            continue
        votes: Counter[int] = Counter()
        for r, e in node.members:
            here = s.expressions[r][e]
            before = [
                (here.sentence - x.sentence, x.span, s.node_of[r, k])
                for k, x in enumerate(s.expressions[r])
                if (r, k) in s.node_of and x.span < here.span and here.sentence - x.sentence < 3
            ]
            some = (
                s.top(n)
                for _, span, n in sorted(before, key=lambda b: b[1], reverse=True)
                if s.nodes[n].named and _company(s, n, span)
            )
            fit = (g for g in some if here.definite and not here.after and not s.apart(number, g))
            for group in fit:
                votes[group] += 1
                break
        if votes:
            s.join(number, min(votes, key=lambda g: (-votes[g], -s.size(g), g)))


def _company(s: Cast, number: int, span: Span) -> bool:
    """Whether the bearer of a name can be "the company", and is not who was told something at this place."""
    if s.kind(number) != "organisation":
        return False
    heads = (namesakes.head(s.nodes[n].key[1:]) for n in s.held[s.top(number)] if s.nodes[n].named)
    if any(kind_of(lemma(head)[0]) for head in heads if lemma(head)[0] not in _FIRMS):
        return False
    text = s.c.report(span.report).report.text
    return text[max(0, span.start - 9) : span.start].lower().removesuffix("the ").rsplit(" ", 2)[-2:] != ["told", ""]


def join_last(s: Cast) -> None:
    """Join "the 42-year-old" with the person, "the agency" with the organisation that its report named last.

    A body whose name ends in another noun for a body ("Ministry", for "the club") is passed over.
    """
    # A noun that the story also tells with words before it ("the dockers' union") has a bearer of its own.
    modified = {node.key[1] for node in s.nodes if not node.named and node.key[3:]}
    for number in s.described():
        node = s.nodes[number]
        body = node.key[1] in BODIES - _ANY_BODY and not node.key[3:]
        partisan = node.key[1] in PARTISANS and any(s.expressions[r][e].definite for r, e in node.members)
        if node.key[2] or s.names(number) or not (body or partisan or node.key[1] == AGED):
            continue
        r, e = min(node.members)
        here = s.expressions[r][e]
        before = [
            (x.span, s.node_of[r, k])
            for k, x in enumerate(s.expressions[r])
            if (r, k) in s.node_of and x.span < here.span and here.sentence - x.sentence < 3
        ]
        for _, other in sorted(before, reverse=True):
            singular = s.nodes[other].named or (not s.nodes[other].key[2] and s.nodes[other].key[1] not in VAGUE)
            if body:
                last = lemma(namesakes.head(s.nodes[other].key[1:]))[0] if s.nodes[other].named else ""
                fit = s.kind(other) == "organisation" and s.nodes[other].named and here.definite
                alike = akin(last, node.key[1], wide=False)
                plain = s.shouted(other) if node.key[1] in _TOLD_IN_NAMES else not kind_of(last)
                fit = fit and (alike or (plain and node.key[1] not in modified))
            else:
                fit = s.kind(other) == "person" and singular
            if fit and not s.apart(number, other):
                s.join(number, other)
                break


def join_counted(s: Cast) -> None:
    """Join people of one number, three or more, where the story counts no others so: "nine boys", "the nine"."""
    by_count: defaultdict[str, set[int]] = defaultdict(set)
    for number in s.described():
        node = s.nodes[number]
        counts = [w for w in node.key[3:] if w.startswith("#")]
        if (
            node.key[2] == "s"
            and counts
            and counts[0] not in {"#1", "#2"}
            and s.kind(number) in {"person", "group", ""}
        ):
            by_count[counts[0]].add(s.top(number))
    for count in sorted(by_count):
        tops = sorted({s.top(g) for g in by_count[count]}, key=lambda g: (-s.size(g), g))
        heads = {s.nodes[n].key[1] for g in tops for n in s.held[g]} - {COUNTED, *VAGUE, "child", "boy", "girl"}
        fit = all(akin(a, b) for a, b in combinations(sorted(heads), 2))
        for other in tops[1:] if fit else ():
            if not s.apart(tops[0], other):
                s.join(tops[0], other)


_SETTLED = {"town": "town", "city": "town", "village": "town", "hamlet": "town", "resort": "town", "country": "country",
            "nation": "country", "province": "region", "region": "region", "state": "region"}  # fmt: skip


def join_settled(s: Cast) -> None:
    """Join "the town" with the town of the gazetteer, or unknown to it, that its report speaks of most."""
    precision: defaultdict[tuple[int, str], Counter[int]] = defaultdict(Counter)
    for r, report in enumerate(s.c.reports):
        known = {place.span: place.precision for place in report.places}
        for e, expression in enumerate(s.expressions[r]):
            number = s.node_of.get((r, e))
            if number is None or expression.name is None or s.kind(number) != "place":
                continue
            last = s.nodes[number].key[-1]
            if last in _SETTLED or not (kind_of(last) or namings.everyday(last)):
                precision[r, known.get(expression.name, "none")][s.top(number)] += 1
    for number in s.described():
        node = s.nodes[number]
        noun, plural, *more = node.key[1:]
        if plural or more or noun not in _SETTLED or s.names(number):
            continue
        count: Counter[int] = Counter()
        wanted = _SETTLED[noun]
        for fit in (wanted, "none") if wanted == "town" else (wanted,):
            for group, n in precision[node.report, fit].items():
                count[s.top(group)] += n
        definite = any(s.expressions[r][e].definite for r, e in node.members)
        if count and definite:
            best = min(count, key=lambda g: (-count[g], -s.size(g), g))
            if fits(s.kind(best), "place"):
                s.join(number, best)


def join_collectives(s: Cast) -> None:
    """Join a body and the people that it is made of, where each has one group: "police" and "officers"."""
    by_line: defaultdict[int, list[int]] = defaultdict(list)
    for number in s.described():
        for line, heads in enumerate(_COLLECTIVES):
            plain = len(s.nodes[number].key) < 5
            if (
                plain
                and s.nodes[number].key[1] in heads
                and (s.nodes[number].key[2] or s.nodes[number].key[1] == heads[0])
            ):
                by_line[line].append(number)
    courts = {s.top(n) for n, node in enumerate(s.nodes) if node.named and namesakes.head(node.key[1:]) == "court"}
    if len(courts) == 1:
        by_line[_COURT] += [*sorted(courts)] if by_line.get(_COURT) else []
    for line in sorted(by_line):
        tops = sorted({s.top(n) for n in by_line[line]}, key=lambda g: (-s.size(g), g))
        for other in tops[1:]:
            both = s.names(tops[0]) and s.names(other)
            kinds = {s.kind(tops[0]), s.kind(other)}
            stranger = s.facts[other].proper - s.words(tops[0]) if s.names(tops[0]) else set[str]()
            if stranger or both or s.unlike(tops[0], other):
                continue  # "German police" and the "Erie Police"
            if kinds <= {"person", "group", "organisation", ""}:
                s.join(tops[0], other)


_COLLECTIVES = (
    ("police", "officer", "policeman", "cop", "constable"),
    ("army", "military", "soldier", "troop", "serviceman"),
    ("jury", "juror"),
    ("court", "justice"),
    ("crew", "crewman"),
    ("prosecution", "prosecutor"),
    ("government", "cabinet", "minister"),
    ("family", "relative"),
)
"""Bodies, and the nouns for their people in the plural."""
_COURT = next(n for n, heads in enumerate(_COLLECTIVES) if "court" in heads)


def join_members(s: Cast) -> None:
    """Join the people of an organisation and the organisation that they speak for ("ministry officials")."""
    by_word: defaultdict[str, list[int]] = defaultdict(list)
    for number, node in enumerate(s.nodes):
        if node.named and node.kind in {"organisation", "group"}:
            by_word[node.key[-1]].append(number)
    for number in s.described():
        node = s.nodes[number]
        armed = node.key[1] in _ARMED and node.key[2] == "s"
        if not (armed or node.key[1] in _STAFF) or s.names(number):
            continue
        kinds = {"organisation", "group"} if armed else {"organisation"}
        proper = {word for r, e in node.members for word in s.expressions[r][e].proper}
        some = (n for word in node.key[3:] if word in proper for n in by_word.get(word, ()) if s.nodes[n].kind in kinds)
        votes = Counter(s.top(n) for n in some)
        if len(votes) == 1 and s.top(number) not in votes and not s.foreign(number, min(votes)):
            s.join(number, min(votes))
