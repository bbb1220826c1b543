"""Actors: who is in the story, with every form that each report uses for them.

Forms are joined from the surest reason to the least (the sieves of Raghunathan et al. 2010,
carried across the reports of a story): one name written in several ways, a name and what stands
beside it in apposition, a role before a name ("Senator Hill") and the role alone ("the senator"),
one noun with the same words before it, labels that copies swap for each other, nouns that can
stand for one another. Within one story a role noun is taken to stand for one actor unless its
own report says otherwise. A role is not given to the name that stands last before it: tried, and
right only every other time.

Still missed: pronouns, two persons of one role ("the driver" of each car), and nouns that no
list holds and no name explains.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise

from tellings import lexicons
from tellings.collate import namesakes
from tellings.collate.expressions import Expression, Link, expressions, nouns
from tellings.records import Actor, Collation, Form, MentionKind
from tellings.text import Span

__all__ = ["find"]

_POSSESSIVE = {"his", "her", "their", "its", "my", "our", "your"}
# Words before a noun that do not tell one actor from another.
_PLAIN = {"other", "same", "own", "such", "first", "last", "new", "one", "two", "more", "former", "then", "late"}
# Those who speak and act for an organisation.
_STAFF = {"official", "officer", "agent", "member", "executive", "leader", "aide", "employee", "staffer", "authority"}
# Nouns that anybody can be called: only syntax joins them with a name.
_VAGUE = {"man", "woman", "guy", "person", "individual", "people", "member", "one", "house"}
_KINDS: tuple[MentionKind, ...] = ("person", "organisation", "group", "place")
_SWAP = 0.6  # share of a swapped label and a phrase that both have
_MOST = 60  # nodes of one noun that a further one is compared with


@dataclass(slots=True)
class _Node:
    """One way to name or describe somebody in the story: all expressions with the same key."""

    key: tuple[str, ...]
    named: bool
    report: int = -1  # the one report of a described node; names are the whole story's
    kinds: Counter[str] = field(default_factory=Counter[str])
    members: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])  # report's and expression's number

    @property
    def kind(self) -> str:
        """The kind most often found, the first by letter among equals."""
        return min(self.kinds, key=lambda k: (-self.kinds[k], k)) if self.kinds else ""


@dataclass(slots=True)
class _Facts:
    """What a group of nodes is, kept up to date as groups are joined."""

    named: int
    size: int
    name_kinds: Counter[str]
    noun_kinds: Counter[str]
    words: set[str]
    kind: str | None = None  # that of its names and nouns together, or of its nouns; worked out when asked for

    @classmethod
    def of(cls, node: _Node) -> _Facts:
        """The facts of one node."""
        kinds, none = Counter(node.kinds), Counter[str]()
        words = {word for word in node.key[1:] if word}
        return cls(int(node.named), len(node.members), *((kinds, none) if node.named else (none, kinds)), words)

    def add(self, other: _Facts) -> None:
        """Take in the facts of another group."""
        self.named += other.named
        self.size += other.size
        self.name_kinds.update(other.name_kinds)
        self.noun_kinds.update(other.noun_kinds)
        self.words |= other.words
        self.kind = None


class _Story:
    """The expressions of all reports of a story, and which of their nodes were joined."""

    def __init__(self, c: Collation) -> None:
        self.c = c
        self.expressions: list[list[Expression]] = []
        self.links: list[list[Link]] = []
        self.nodes: list[_Node] = []
        self.node_of: dict[tuple[int, int], int] = {}
        by_key: dict[tuple[int, tuple[str, ...]], int] = {}
        for report in c.reports:
            found, links = expressions(report)
            self.expressions.append(found)
            self.links.append(links)
        self._find_again()
        self.heads = self._name_heads()
        for r, found in enumerate(self.expressions):
            mapped = {place.span for place in c.reports[r].places if place.geonameid is not None}
            for e, expression in enumerate(found):
                key = self.key(expression)
                if key is None:
                    continue
                named = key[0] == "name"
                number = by_key.setdefault((-1 if named else r, key), len(self.nodes))
                if number == len(self.nodes):
                    self.nodes.append(_Node(key, named, -1 if named else r))
                node = self.nodes[number]
                kind = expression.kind or self.heads.get(expression.head, "")
                if kind:
                    node.kinds[kind] += 1
                if expression.name in mapped:
                    node.kinds["place"] += 1
                node.members.append((r, e))
                self.node_of[r, e] = number
        self.root = list(range(len(self.nodes)))
        self.held: dict[int, list[int]] = {n: [n] for n in self.root}
        self.facts: dict[int, _Facts] = {n: _Facts.of(node) for n, node in enumerate(self.nodes)}
        for (r, e), number in self.node_of.items():
            self.facts[number].words |= self.expressions[r][e].before

    def _find_again(self) -> None:
        """Add the names that one report's mentions hold and another's miss, wherever they stand."""
        kinds: defaultdict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
        taken: list[set[tuple[int, int]]] = []
        for r, found in enumerate(self.expressions):
            spans = {x.name: x.kind for x in found if x.name is not None}
            taken.append({(x.start, x.end) for x in spans})
            for span in sorted(spans):
                name = self.c.reports[r].quote(span)
                if len(name.split()) > 1 or (name.isupper() and len(name) > 2):
                    kinds[tuple(name.split())][spans[span]] += 1
        by_first: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
        for words in sorted(kinds, key=lambda w: (-len(w), w)):
            by_first[words[0]].append(words)
        for r, report in enumerate(self.c.reports):
            more: list[Expression] = []
            for number, sentence in enumerate(report.words):
                for at, word in enumerate(sentence):
                    first = report.quote(word.span)
                    for words in by_first.get(first, ()):
                        end = word.span.start + len(" ".join(words))
                        if report.report.text[word.span.start : end] != " ".join(words):
                            continue
                        if (word.span.start, end) in taken[r] or not any(
                            w.span.end == end for w in sentence[at : at + 12]
                        ):
                            break
                        count = kinds[words]
                        kind = min(count, key=lambda k: (-count[k], k))
                        span = Span(report.id, word.span.start, end)
                        more.append(
                            Expression(span, number, kind, "", plural=False, definite=False, cuts=(span,), name=span)
                        )
                        break
            self.expressions[r] += more

    def _name_heads(self) -> dict[str, str]:
        """The nouns that names end in or stand for ("academy" of "Erie Academy of Arts"), and their kind."""
        out: dict[str, Counter[str]] = defaultdict(Counter)
        for r, found in enumerate(self.expressions):
            for expression in found:
                if expression.name is None or expression.kind == "person":
                    continue
                head = namesakes.head(namesakes.words(self.c.reports[r].quote(expression.name)))
                if head:
                    out[head][expression.kind] += 1
        return {head: min(n, key=lambda k: (-n[k], k)) for head, n in out.items()}

    def key(self, expression: Expression) -> tuple[str, ...] | None:
        """What makes two expressions the same node, or None where it can stand for no actor."""
        if expression.name is not None:
            words = namesakes.words(self.c.quote(expression.name), expression.kind)
            return ("name", *words) if words else None
        if not expression.kind and not (expression.definite and expression.head in self.heads):
            return None
        owner = {expression.owner} - _POSSESSIVE - {""}
        before = sorted((expression.before | owner) - {expression.head} - _PLAIN)
        return ("noun", expression.head, "s" if expression.plural else "", *before)

    def top(self, number: int) -> int:
        """The node that stands for the group of node `number`."""
        while self.root[number] != number:
            self.root[number] = self.root[self.root[number]]
            number = self.root[number]
        return number

    def names(self, number: int) -> bool:
        """Whether the group of node `number` has a name."""
        return self.facts[self.top(number)].named > 0

    def kind(self, number: int) -> str:
        """The kind of the group: that of its names, else of its nouns."""
        facts = self.facts[self.top(number)]
        if facts.kind is None:
            count = facts.name_kinds + facts.noun_kinds
            facts.kind = min(count, key=lambda k: (-count[k], k)) if count else ""
        return facts.kind

    def words(self, number: int) -> set[str]:
        """The words of the group's names and of what describes it."""
        return self.facts[self.top(number)].words

    def size(self, number: int) -> int:
        """How many expressions the group holds."""
        return self.facts[self.top(number)].size

    def join(self, one: int, other: int) -> None:
        """Make one group of the groups of two nodes."""
        a, b = self.top(one), self.top(other)
        if a == b:
            return
        if len(self.held[a]) < len(self.held[b]):
            a, b = b, a
        self.root[b] = a
        self.held[a] += self.held.pop(b)
        self.facts[a].add(self.facts.pop(b))

    def apart(self, one: int, other: int) -> bool:
        """Whether what the groups are called forbids to join them: two names, or two kinds."""
        if self.names(one) and self.names(other):
            return True
        return not _fits(self.kind(one), self.kind(other))


def _fits(one: str, other: str) -> bool:
    """Whether an actor can be of both kinds."""
    pair = {one, other}
    return len(pair) == 1 or "" in pair or pair in ({"group", "organisation"}, {"organisation", "place"})


# ---------------------------------------------------------------- one name in several ways


def _all_same(s: _Story, one: int, other: int) -> bool:
    """Whether every full name of a person's group can be that of every one of another's: "A. Hill" joins no two."""
    mine, theirs = (
        [s.nodes[n].key[1:] for n in s.held[s.top(number)] if len(s.nodes[n].key) > 2][:_MOST]
        for number in (one, other)
    )
    return all(namesakes.same_person(a, b) for a in mine for b in theirs)


def _join_names(s: _Story) -> None:
    """Join the nodes of one name."""
    named = [n for n, node in enumerate(s.nodes) if node.named]
    words = {n: s.nodes[n].key[1:] for n in named}
    weight = {n: len(s.nodes[n].members) for n in named}
    full = sorted((n for n in named if len(words[n]) > 1), key=lambda n: (-weight[n], words[n]))
    by_word: defaultdict[str, list[int]] = defaultdict(list)
    for n in full:
        for word in sorted(set(words[n])):
            by_word[word].append(n)
    # Full names that share a word.
    for some in (by_word[w] for w in sorted(by_word) if w not in namesakes.SMALL):
        for one, other in combinations(some[:_MOST], 2):
            if s.top(one) == s.top(other):
                continue
            kinds = {s.nodes[one].kind, s.nodes[other].kind}
            short, long = sorted((words[one], words[other]), key=len)
            if kinds == {"person"}:
                same = namesakes.same_person(short, long) and _all_same(s, one, other)
            else:  # a person and a place of one spelling: a mention was taken for what it is not
                same = namesakes.same_spelling(short, long) or (len(kinds) == 1 and namesakes.same_body(short, long))
            if same:
                s.join(one, other)
    # Single words: surnames, first names, acronyms, short names.
    single = sorted((n for n in named if len(words[n]) == 1), key=lambda n: (-weight[n], words[n]))
    initials: defaultdict[str, list[int]] = defaultdict(list)
    for n in full:
        for letters in namesakes.initials(words[n]):
            initials[letters].append(n)
    for n in single:
        word = words[n][0]
        kind = s.nodes[n].kind
        best: list[tuple[int, int]] = []
        for other in by_word.get(word, ()):
            theirs, long = s.nodes[other].kind, words[other]
            if theirs == "person" and kind != "group" and long[-1] == word:
                best.append((3 if kind == "person" else 2, other))
            elif theirs == kind == "person" and long[0] == word:
                best.append((1, other))
            elif theirs == kind and kind in {"organisation", "place"} and namesakes.same_body((word,), long):
                best.append((2, other))
        starts = [o for o in by_word.get(word, ()) if words[o][0] == word and s.nodes[o].kind == "organisation"]
        if kind == "organisation" and not best and len({s.top(o) for o in starts}) == 1:
            best.append((1, starts[0]))
        if kind != "person":
            best += [(3, other) for other in initials.get(word, ()) if s.nodes[other].kind != "person"]
        if best:
            at_most = max(rank for rank, _ in best)
            most = max((o for rank, o in best if rank == at_most), key=lambda o: (s.size(o), -o))
            s.join(n, most)
    by_letter: defaultdict[str, list[int]] = defaultdict(list)
    for n in single:
        if len(words[n][0]) > 6:
            by_letter[words[n][0][0]].append(n)
    for letter in sorted(by_letter):
        for one, other in combinations(by_letter[letter][:_MOST], 2):
            kind = s.nodes[one].kind
            if kind == s.nodes[other].kind and kind != "group" and namesakes.same_spelling(words[one], words[other]):
                s.join(one, other)


def _join_aliases(s: _Story) -> None:
    """Join a name and the capitals in brackets after it: "Harbour Watch (HW)"."""
    for r, found in enumerate(s.expressions):
        text = s.c.reports[r].report.text
        named = sorted({x.name: s.node_of[r, e] for e, x in enumerate(found) if x.name and (r, e) in s.node_of}.items())
        for (one, a), (other, b) in pairwise(named):
            gap = text[one.end : other.start]
            if len(gap) > 4 or gap.strip(" “\"'‘") != "(" or text[other.end : other.end + 1] not in {")", "”", '"'}:
                continue
            if other.cut(text).isupper() and s.nodes[b].kind != "person" and _fits(s.nodes[a].kind, s.nodes[b].kind):
                s.join(a, b)


# ---------------------------------------------------------------- names and what describes them


def _votes(s: _Story) -> dict[int, Counter[int]]:
    """For each described node, how often syntax joins it with each named group."""
    votes: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for r, links in enumerate(s.links):
        for link in links:
            one, other = s.node_of.get((r, link.one)), s.node_of.get((r, link.other))
            if one is None or other is None:
                continue
            if s.nodes[one].named == s.nodes[other].named:
                continue
            noun, name = (other, one) if s.nodes[one].named else (one, other)
            votes[noun][s.top(name)] += 1
    return dict(votes)


def _join_described(s: _Story) -> None:
    """Join a description and the name that it mostly stands in apposition to."""
    votes = _votes(s)
    for noun in sorted(votes, key=lambda n: s.nodes[n].key):
        tops: Counter[int] = Counter()
        for name, n in votes[noun].items():
            tops[s.top(name)] += n
        best = min(tops, key=lambda g: (-tops[g], -s.size(g), g))
        sure = all(n < tops[best] for other, n in tops.items() if other != best)
        if sure and _fits(s.kind(best), s.nodes[noun].kind) and not s.names(noun):
            s.join(noun, best)


def _roles(s: _Story) -> dict[tuple[str, int], Counter[int]]:
    """For each role noun and report (-1: all), the named groups that it stands before, and how often."""
    out: defaultdict[tuple[str, int], Counter[int]] = defaultdict(Counter)

    def count(role: str, report: int, number: int, times: int) -> None:
        out[role, report][number] += times
        out[role, -1][number] += times

    for (r, e), number in sorted(s.node_of.items()):
        expression = s.expressions[r][e]
        if expression.name is not None and expression.role:
            count(expression.role, r, s.top(number), 1)
    for number, node in enumerate(s.nodes):
        if node.named:
            head = namesakes.head(node.key[1:]) if node.kind != "person" else ""
            for r, _ in node.members if head else ():
                count(head, r, s.top(number), 1)
        elif s.names(number) and not node.key[2]:
            count(node.key[1], node.report, s.top(number), len(node.members))
    return out


def _join_roles(s: _Story) -> None:
    """Join a role in the singular ("the senator") and the name that it mostly stands before.

    What the same report says counts four times what another says, the same noun three times one
    that can stand for it; words before the role must stand with the name somewhere too.
    """
    roles = _roles(s)
    known = nouns()
    akin: defaultdict[int, list[str]] = defaultdict(list)
    for role in sorted({role for role, _ in roles}):
        for line in known.lines.get(role, ()):
            akin[line].append(role)
    for number in _nouns(s):
        node = s.nodes[number]
        head = node.key[1]
        if node.key[2] or head in _VAGUE or s.names(number):
            continue
        mine = set(node.key[3:])
        scores: Counter[int] = Counter()
        fit = {role: 1 for line in sorted(known.lines.get(head, ())) for role in akin[line]}
        fit[head] = 3
        for role in sorted(fit):
            for report, weight in ((-1, 1), (node.report, 3)):
                for group, n in roles.get((role, report), {}).items():
                    scores[s.top(group)] += fit[role] * weight * n
        best: list[tuple[float, int]] = []
        for top, score in scores.items():
            shared = len(mine & s.words(top))
            kind = s.kind(top)
            if (shared or not mine) and (_fits(kind, node.kind) or (not node.kind and kind != "person")):
                best.append((-score * (1 + 0.02 * s.size(top)) * (1 + shared), top))
        if best:
            s.join(number, min(best)[1])


def _nouns(s: _Story) -> list[int]:
    """The described nodes, the most frequent first."""
    return sorted(
        (n for n, node in enumerate(s.nodes) if not node.named),
        key=lambda n: (-len(s.nodes[n].members), s.nodes[n].key),
    )


def _join_nouns(s: _Story) -> None:
    """Join nodes of one noun whose words before it do not speak against it: in a report, then across."""
    for across in (False, True):
        by_head: defaultdict[tuple[int, str, str], list[int]] = defaultdict(list)
        for number in _nouns(s):
            node = s.nodes[number]
            by_head[-1 if across else node.report, node.key[1], node.key[2]].append(number)
        for place in sorted(by_head):
            if across:
                _join_same(s, by_head[place])
            seen: list[int] = []
            for number in by_head[place]:
                _join_like(s, number, seen[:_MOST])
                seen.append(number)


def _join_same(s: _Story, some: Sequence[int]) -> None:
    """Join the nodes of one key, of all reports, to the largest of their groups."""
    by_key: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for number in some:
        by_key[s.nodes[number].key].append(number)
    for key in sorted(by_key):
        tops = sorted({s.top(n) for n in by_key[key]}, key=lambda g: (-s.size(g), g))
        for other in tops[1:]:
            if not s.apart(tops[0], other):
                s.join(tops[0], other)


def _join_like(s: _Story, number: int, earlier: Sequence[int]) -> None:
    """Join a node to the one before it, of the same noun, that it shares the most words with."""
    mine = set(s.nodes[number].key[3:])
    best: tuple[float, int] | None = None
    for other in earlier:
        if s.top(other) == s.top(number) or s.apart(number, other):
            continue
        theirs = set(s.nodes[other].key[3:])
        if s.names(other) and mine and mine.isdisjoint(s.words(other)):
            continue
        if mine <= theirs or theirs <= mine:
            score = len(mine & theirs) + 0.01 * s.size(other)
            if best is None or score > best[0]:
                best = (score, other)
    if best is not None:
        s.join(number, best[1])


def _join_akin(s: _Story) -> None:
    """Join the nouns of one line of the list ("gunman", "shooter") to the largest group among them.

    Groups that have two names stay two.
    """
    known = nouns()
    by_line: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    for number in _nouns(s):
        node = s.nodes[number]
        if node.key[1] in _VAGUE:
            continue
        for line in sorted(known.lines.get(node.key[1], ())):
            by_line[line, node.key[2]].append(number)
    for place in sorted(by_line):
        tops = sorted({s.top(n) for n in by_line[place]}, key=lambda g: (-s.size(g), g))
        for other in tops[1:]:
            if not s.apart(tops[0], other) and s.top(tops[0]) != s.top(other):
                s.join(tops[0], other)


def _cores(one: str, other: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """Where two texts differ: each without the words at both ends that they share."""
    mine, theirs = list(re.finditer(r"\S+", one)), list(re.finditer(r"\S+", other))
    first = last = 0
    most = min(len(mine), len(theirs))
    while first < most and mine[first].group().lower() == theirs[first].group().lower():
        first += 1
    while last < most - first and mine[-1 - last].group().lower() == theirs[-1 - last].group().lower():
        last += 1

    def part(found: list[re.Match[str]]) -> tuple[int, int]:
        some = found[first : len(found) - last]
        return (some[0].start(), some[-1].end()) if some else (0, 0)

    return part(mine), part(theirs)


def _join_swaps(s: _Story) -> None:
    """Join two labels that one copy swaps for another, where at most one of them has a name."""
    number_of = {report.id: r for r, report in enumerate(s.c.reports)}
    for edit in s.c.edits:
        if edit.kind != "label_swap" or edit.before is None or edit.after is None:
            continue
        sides: list[int] = []
        cores = _cores(s.c.quote(edit.before), s.c.quote(edit.after))
        if _nouns_of(s, edit.before, cores[0]) & _nouns_of(s, edit.after, cores[1]):
            continue  # "strikers and police" for "wreckers attack police": the sides name others besides
        for span, (start, end) in zip((edit.before, edit.after), cores, strict=True):
            r = number_of[span.report]
            core = Span(span.report, span.start + start, span.start + end)
            shares = [
                (-core.overlap(cut) / len(core.join(cut)), x.span, e)
                for e, x in enumerate(s.expressions[r])
                if x.span.overlap(core) and (r, e) in s.node_of
                for cut in x.cuts
            ]
            if shares and min(shares)[0] <= -_SWAP:
                sides.append(s.node_of[r, min(shares)[2]])
        if len(sides) == 2 and not (s.names(sides[0]) and s.names(sides[1])):
            s.join(*sides)


def _nouns_of(s: _Story, span: Span, core: tuple[int, int]) -> set[str]:
    """The nouns, in lower case, of a part of a span."""
    report = s.c.report(span.report)
    start, end = span.start + core[0], span.start + core[1]
    at = max(0, bisect_right(report.sentences, start, key=lambda x: x.span.start) - 1)
    return {
        report.quote(word.span).lower()
        for words in report.words[at : at + 2]
        for word in words
        if word.pos in ("NOUN", "PROPN") and start <= word.span.start and word.span.end <= end
    }


def _join_members(s: _Story) -> None:
    """Join the people of an organisation and the organisation that they speak for ("ministry officials")."""
    by_word: defaultdict[str, list[int]] = defaultdict(list)
    for number, node in enumerate(s.nodes):
        if node.named and node.kind == "organisation":
            by_word[node.key[-1]].append(number)
    for number in _nouns(s):
        node = s.nodes[number]
        if node.key[1] not in _STAFF or s.names(number):
            continue
        votes = Counter(s.top(n) for word in node.key[3:] for n in by_word.get(word, ()))
        if votes:
            s.join(number, min(votes, key=lambda g: (-votes[g], -s.size(g), g)))


# ---------------------------------------------------------------- actors


def _owners(s: _Story) -> dict[tuple[int, str], int]:
    """For each folded form in each report, the group that it speaks for: one form, one actor.

    Where several groups have it, a whole phrase or name goes before a part of a longer phrase,
    then what is more frequent.
    """
    votes: defaultdict[tuple[int, str], Counter[int]] = defaultdict(Counter)
    for (r, e), number in s.node_of.items():
        expression = s.expressions[r][e]
        whole = {expression.span, expression.name}
        for cut in expression.cuts:
            votes[r, s.c.reports[r].quote(cut).lower()][s.top(number)] += 1000 if cut in whole else 1
    return {key: min(tops, key=lambda g: (-tops[g], -s.size(g), g)) for key, tops in votes.items()}


def _forms(s: _Story, group: Iterable[int], owners: dict[tuple[int, str], int]) -> tuple[Form, ...]:
    """Every form of a group of nodes with its spans, sorted by the form."""
    spans: defaultdict[str, set[Span]] = defaultdict(set)
    for number in group:
        for r, e in s.nodes[number].members:
            for cut in s.expressions[r][e].cuts:
                form = s.c.reports[r].quote(cut)
                if owners[r, form.lower()] == s.top(number):
                    spans[form].add(cut)
    return tuple(Form(form, tuple(sorted(spans[form]))) for form in sorted(spans))


def _name(s: _Story, group: Sequence[int]) -> str:
    """The fullest name of a group as it is written most often, or its most frequent phrase.

    Of the phrases for a group without a name, one that takes no side goes before all that do.
    """
    count: Counter[str] = Counter()
    named = [n for n in group if s.nodes[n].named]
    for number in named or group:
        for r, e in s.nodes[number].members:
            expression = s.expressions[r][e]
            count[s.c.reports[r].quote(expression.name or expression.span)] += 1
    if not named:
        loaded = lexicons.words("loaded.txt")
        return min(count, key=lambda f: (not loaded.isdisjoint(re.findall(r"[\w-]+", f.lower())), -count[f], len(f), f))
    often = max(count.values())
    usual = [form for form in count if count[form] * 8 >= often]
    return min(usual, key=lambda f: (-len(namesakes.words(f)), -count[f], f))


def _kind(s: _Story, group: Sequence[int]) -> MentionKind | None:
    """The kind of a group for the dossier: persons spoken of in the plural, without a name, are a group."""
    found = s.kind(group[0])
    if found == "person" and not s.names(group[0]) and any(s.nodes[n].key[2] for n in group):
        found = "group"
    for kind in _KINDS:
        if kind == found:
            return kind
    return None


def find(c: Collation) -> tuple[Actor, ...]:
    """The actors of a story, those in most reports and spoken of most first; ids count from "actor-1".

    An actor without a name is one only where two phrases or more speak of it. Within a report a
    form stands for one actor.
    """
    s = _Story(c)
    for join in (
        _join_names,
        _join_aliases,
        _join_described,
        _join_roles,
        _join_nouns,
        _join_swaps,
        _join_members,
        _join_akin,
    ):
        join(s)
    owners = _owners(s)
    ranked: list[tuple[tuple[int, int, str], Span, MentionKind, tuple[Form, ...]]] = []
    for group in s.held.values():
        kind = _kind(s, group)
        members = [m for n in group for m in s.nodes[n].members]
        if kind is None or (len(members) < 2 and not s.names(group[0])):
            continue
        forms = _forms(s, group, owners)
        if forms:
            reports = {r for r, _ in members}
            first = min(span for form in forms for span in form.spans)
            ranked.append(((-len(reports), -len(members), _name(s, sorted(group))), first, kind, forms))
    ranked.sort(key=lambda x: x[:2])
    return tuple(Actor(f"actor-{n}", rank[2], kind, forms) for n, (rank, _, kind, forms) in enumerate(ranked, 1))
