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

import math
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from tellings import lexicons
from tellings.collate import aliases, labels, namesakes
from tellings.collate.casts import MOST, OFFICES, VAGUE, Cast, Node, fits
from tellings.collate.expressions import LED, Expression
from tellings.collate.nouns import SWARMS, akin, kind_of, marks, nouns, plain_kind
from tellings.records import Actor, Annotated, Collation, Form, MentionKind
from tellings.text import Span

__all__ = ["find"]

_KINDS: tuple[MentionKind, ...] = ("person", "organisation", "group", "place")
_ANYWHERE = {"area", "place", "part", "zone", "spot", "location", "site", "point"}
"""Nouns for any place."""
_ANY_OFFICE = {"leader", "head", "chief", "member", "official", "officer", "agent", "executive", "expert"}
"""Offices that say next to nothing of what is held."""
_NO_ROLES = {"state", "states", "nation", "nations", "country", "region", "office"}
"""Nouns for lands and posts that names of bodies hold, and that stand for none of them alone."""
_ANYBODY = {"people"}
"""Nouns for anybody: "people" are not those whom the report calls "brave people"."""
_THINGS = {"the ", "a ", "an ", "every ", "another ", "each ", "your "}
"""What stands before the name of a product."""
_SWAP = 0.6  # share of a swapped label and a phrase that both have
_HEADS = 400  # different nouns of a story that are compared with each other


# ---------------------------------------------------------------- names and what describes them


def _swarm(s: Cast, noun: str, name: int) -> bool:
    """Whether a noun is for people together, and the name a body's that does not end in it: "police", "Weir Radio"."""
    words = (s.nodes[n].key for n in s.held[s.top(name)] if s.nodes[n].named)
    return noun in SWARMS and s.kind(name) != "person" and not any(noun in key[1:] for key in words)


def _votes(s: Cast) -> dict[int, Counter[int]]:
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
            if _swarm(s, s.nodes[noun].key[1], name):
                continue
            described = s.expressions[r][link.other if s.nodes[one].named else link.one]
            if link.why == "copula" and s.c.quote(described.span).rsplit(" ", 1)[-1][:1].isupper():
                continue  # "Hill is a Methodist"
            votes[noun][s.top(name)] += 1
    return dict(votes)


def _join_described(s: Cast) -> None:
    """Join a description and the name that it mostly stands in apposition to."""
    votes = _votes(s)
    for noun in sorted(votes, key=lambda n: s.nodes[n].key):
        tops: Counter[int] = Counter()
        for name, n in votes[noun].items():
            tops[s.top(name)] += n
        best = min(tops, key=lambda g: (-tops[g], -s.size(g), g))
        sure = all(n < tops[best] for other, n in tops.items() if other != best)
        if sure and fits(s.kind(best), s.nodes[noun].kind) and not s.names(noun):
            s.join(noun, best)


_APART = {"second", "third", "next", "previous", "rival", "opposing", "former", "future", "incoming", "outgoing",
          "late", "young", "old", "younger", "older", "elder", "fellow", "senior", "junior", "deputy", "vice",
          "assistant"}  # fmt: skip
"""Words before a role that tell one bearer from another."""
_PAST = {"former", "ex", "then", "late", "onetime"}
"""Words before an office that its bearer has no more."""


def _roles(s: Cast) -> tuple[dict[tuple[str, int], Counter[int]], set[tuple[str, int]]]:
    """For each role noun and report (-1: all), the named groups that it stands before, and how often.

    And with each role the groups that only had it once ("former Mayor Hill").
    """
    out: defaultdict[tuple[str, int], Counter[int]] = defaultdict(Counter)
    past: defaultdict[tuple[str, int], Counter[bool]] = defaultdict(Counter)

    def count(role: str, report: int, number: int, times: int, *, gone: bool = False) -> None:
        if role in _NO_ROLES or _swarm(s, role, number):
            return
        out[role, report][number] += times
        out[role, -1][number] += times
        past[role, number][gone] += times

    for (r, e), number in sorted(s.node_of.items()):
        expression = s.expressions[r][e]
        if expression.name is not None and expression.role:
            count(expression.role, r, s.top(number), 1, gone=not _PAST.isdisjoint(expression.before))
    for number, node in enumerate(s.nodes):
        if node.named:
            head = namesakes.head(node.key[1:]) if node.kind != "person" else ""
            said = kind_of(head)
            if head in _NO_ROLES or (said and said != node.kind and not {said, node.kind} <= {"group", "organisation"}):
                continue  # "Islamic State" is no state, and "Erlen state" no nation
            for r, _ in node.members if head else ():
                count(head, r, s.top(number), 1)
        elif s.names(number) and not node.key[2]:
            count(node.key[1], node.report, s.top(number), len(node.members))
    return out, {key for key, times in past.items() if times[True] > times[False]}


def _join_roles(s: Cast) -> None:
    """Join a role in the singular ("the senator") and the name that it mostly stands before.

    What the same report says counts four times what another says, the same noun three times one
    that can stand for it; words before the role must stand with the name somewhere too.
    """
    roles, past = _roles(s)
    gone = {(role, s.top(number)) for role, number in past}
    marked: defaultdict[str, set[str]] = defaultdict(set)
    for role in sorted({role for role, _ in roles}):
        for mark in marks(role):
            marked[mark].add(role)
    near: dict[str, list[str]] = {}
    for number in s.described():
        node = s.nodes[number]
        head = node.key[1]
        if node.key[2] or head in VAGUE | _ANYWHERE or s.names(number):
            continue
        mine = set(node.key[3:])
        scores: Counter[int] = Counter()
        if head not in near:
            wide = kind_of(head) == "person"
            found = sorted({role for mark in marks(head) for role in marked.get(mark, ())})
            fit_for = (role for role in found if role not in VAGUE and "police" not in (head, role))
            near[head] = [role for role in fit_for if akin(head, role, wide=wide)]
        owned = any(s.expressions[r][e].owner for r, e in node.members)
        fit = {} if owned and not mine else dict.fromkeys(near[head], 1)
        fit[head] = 3
        of = {word for r, e in node.members for word in s.expressions[r][e].after}
        for role in sorted(fit):
            other = role != head and bool({role, head} & _ANY_OFFICE or {role, head} <= OFFICES)
            for report, weight in ((-1, 1), (node.report, 3)):
                for group, n in roles.get((role, report), {}).items():
                    if other and of.isdisjoint(s.words(group)):
                        continue  # the chairman of one body is not the chief of another
                    if node.report in s.reports(group) or (mine and mine <= s.words(group)):
                        scores[s.top(group)] += fit[role] * weight * n
        holders = [g for g in scores if (head, g) not in gone]
        if holders and len(holders) < len(scores) and not mine & _PAST:
            scores = Counter({g: scores[g] for g in holders})  # "the mayor" is not the former mayor
        rivals = [s.top(g) for g in sorted(roles.get((head, node.report), {})) if s.top(g) in scores]
        if not mine and len(set(rivals)) > 1:
            scores = _nearest(s, number, set(rivals))
        bearers = {s.top(g) for g in roles.get((head, -1), {})}
        # "the tall senator" is the one senator of the story; the second senator may be another.
        sole = len(bearers) == 1 and head not in OFFICES | labels.BODIES and _plainly(s, node, mine)
        best: list[tuple[float, int]] = []
        for top, score in scores.items():
            shared = len(mine & s.words(top))
            kind = s.kind(top)
            alike = fits(kind, node.kind) or (not node.kind and kind != "person")
            if (
                alike
                and (shared or not mine or (sole and top in bearers))
                and not s.unlike(number, top)
                and not s.foreign(number, top)
            ):
                best.append((-score * (1 + 0.02 * s.size(top)) * (1 + shared), top))
        if best:
            s.join(number, min(best)[1])


def _plainly(s: Cast, node: Node, mine: set[str]) -> bool:
    """Whether the words before a noun only describe: no names, no owner, none that tell one bearer from another."""
    found = [s.expressions[r][e] for r, e in node.members]
    return any(x.definite for x in found) and not any(x.proper or x.owner for x in found) and mine.isdisjoint(_APART)


def _nearest(s: Cast, number: int, rivals: set[int]) -> Counter[int]:
    """Which of several bearers of one role, in one report, each mention of it follows; {} where none leads.

    "The president" in a report of two presidents is the one whom it named last, not the one it names most.
    """
    node = s.nodes[number]
    r = node.report
    told = sorted(
        (x.span, s.top(s.node_of[r, e]))
        for e, x in enumerate(s.expressions[r])
        if x.name is not None and (r, e) in s.node_of and s.top(s.node_of[r, e]) in rivals
    )
    votes: Counter[int] = Counter()
    for _, e in node.members:
        here = s.expressions[r][e].span
        before = bisect_right(told, (here, len(s.nodes)))
        if before:
            votes[told[before - 1][1]] += 1
    best, times = max(votes.items(), key=lambda item: (item[1], -item[0]), default=(0, 0))
    return Counter({best: times}) if 2 * times > len(node.members) else Counter()


def _join_nouns(s: Cast) -> None:
    """Join nodes of one noun whose words before it do not speak against it: in a report, then across."""
    for across in (False, True):
        by_head: defaultdict[tuple[int, str, str], list[int]] = defaultdict(list)
        for number in s.described():
            node = s.nodes[number]
            by_head[-1 if across else node.report, node.key[1], node.key[2]].append(number)
        for place in sorted(by_head):
            if across:
                _join_same(s, by_head[place])
            told = {s.nodes[n].key[3:] for n in by_head[place] if s.nodes[n].key[3:]}
            many = (place[1] in OFFICES or place[1] in LED) and len(told) > 1
            seen: list[int] = []
            for number in by_head[place]:
                _join_like(s, number, seen[:MOST], many=many)
                seen.append(number)


def _join_same(s: Cast, some: Sequence[int]) -> None:
    """Join the nodes of one key, of all reports, to the largest of their groups."""
    by_key: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for number in some:
        by_key[s.nodes[number].key].append(number)
    for key in sorted(by_key):
        tops = sorted({s.top(n) for n in by_key[key]}, key=lambda g: (-s.size(g), g))
        if sum(s.names(g) for g in tops) > 1:
            tops = [g for g in tops if not s.names(g)]  # one noun, several bearers: nobody's in particular
        for other in tops[1:]:
            if not s.apart(tops[0], other):
                s.join(tops[0], other)


def _join_like(s: Cast, number: int, earlier: Sequence[int], *, many: bool) -> None:
    """Join a node to the one before it, of the same noun, that it shares the most words with."""
    mine = set(s.nodes[number].key[3:])
    best: tuple[float, int] | None = None
    for other in earlier:
        if s.top(other) == s.top(number) or s.apart(number, other):
            continue
        theirs = set(s.nodes[other].key[3:])
        if s.names(other) and mine and mine.isdisjoint(s.words(other)):
            continue
        if (mine <= theirs or theirs <= mine) and (mine == theirs or not (many or s.nodes[number].key[1] in _ANYBODY)):
            score = len(mine & theirs) + 0.01 * s.size(other)
            if best is None or score > best[0]:
                best = (score, other)
    if best is not None:
        s.join(number, best[1])


def _join_akin(s: Cast) -> None:
    """Join the nouns of one line of the list ("gunman", "shooter") to the largest group among them.

    Groups that have two names stay two.
    """
    by_head: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for number in s.described():
        node = s.nodes[number]
        if node.key[1] not in VAGUE:
            by_head[node.key[1], node.key[2]].append(number)
    ranked = sorted(by_head, key=lambda k: (-sum(len(s.nodes[n].members) for n in by_head[k]), k))
    for at, one in enumerate(ranked[:_HEADS]):
        for other in ranked[at + 1 : _HEADS]:
            if one[1] != other[1] or one[0] == other[0] or marks(one[0]).isdisjoint(marks(other[0])):
                continue
            if not akin(one[0], other[0], wide=not one[1] and kind_of(one[0]) == kind_of(other[0]) == "person"):
                continue
            tops = sorted({s.top(n) for n in (*by_head[one], *by_head[other])}, key=lambda g: (-s.size(g), g))
            for more in tops[1:]:
                if s.top(tops[0]) == s.top(more) or s.apart(tops[0], more):
                    continue
                if _words_fit(s, tops[0], more, one, other):
                    s.join(tops[0], more)


def _words_fit(s: Cast, one: int, other: int, first: tuple[str, str], second: tuple[str, str]) -> bool:
    """Whether the words before the nouns of two groups can be one's: no two numbers, no two kinds of body."""
    a, b = ({w for w in s.words(n) if w.startswith("#")} for n in (one, other))
    if a and b and a.isdisjoint(b):
        return False
    if {first[0], second[0]} & OFFICES:
        return False
    if {first[0], second[0]} & LED and s.sides(one).isdisjoint(s.sides(other)):
        return False  # "the Hill administration", "the government": whose?
    if kind_of(first[0]) == "person" or kind_of(second[0]) == "person":
        return True
    heads = (first[0], second[0])
    nodes = [[s.nodes[n] for n in s.held[s.top(x)] if not s.nodes[n].named] for x in (one, other)]
    mine, theirs = ({w for node in some if node.key[1] in heads for w in node.key[3:]} for some in nodes)
    return not mine or not theirs or not mine.isdisjoint(theirs)


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


def _join_swaps(s: Cast) -> None:
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


def _nouns_of(s: Cast, span: Span, core: tuple[int, int]) -> set[str]:
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


# ---------------------------------------------------------------- actors


def _owners(s: Cast) -> dict[tuple[int, str], int]:
    """For each folded form in each report, the group that it speaks for: one form, one actor.

    Where several groups have it, a whole phrase or name goes before a part of a longer phrase,
    then what is more frequent.
    """
    votes: defaultdict[tuple[int, str], Counter[int]] = defaultdict(Counter)
    for (r, e), number in s.node_of.items():
        expression = s.expressions[r][e]
        whole = {expression.span, expression.name}
        for cut in _shown(s.c.reports[r], expression):
            votes[r, s.c.reports[r].quote(cut).lower()][s.top(number)] += 1000 if cut in whole else 1
    return {key: min(tops, key=lambda g: (-tops[g], -s.size(g), g)) for key, tops in votes.items()}


def _shown(report: Annotated, expression: Expression) -> Iterable[Span]:
    """The cuts that are whole phrases: a name without "the", a description with its article or owner."""
    base, name = expression.span, expression.name
    if name is None:
        return [cut for cut in expression.cuts if cut.start <= base.start]
    before = report.report.text[base.start : name.start].lower() if base.start < name.start else ""
    bare = before.strip() == "the"
    return [cut for cut in expression.cuts if not (bare and cut.start == base.start)]


def _forms(s: Cast, group: Iterable[int], owners: dict[tuple[int, str], int]) -> tuple[Form, ...]:
    """Every form of a group of nodes with its spans, sorted by the form."""
    spans: defaultdict[str, set[Span]] = defaultdict(set)
    for number in group:
        for r, e in s.nodes[number].members:
            for cut in _shown(s.c.reports[r], s.expressions[r][e]):
                form = s.c.reports[r].quote(cut)
                if owners[r, form.lower()] == s.top(number):
                    spans[form].add(cut)
    return tuple(Form(form, tuple(sorted(spans[form]))) for form in sorted(spans))


def _name(s: Cast, group: Sequence[int]) -> str:
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
    return min(usual, key=lambda f: (-len(namesakes.words(f)), not f.startswith("United "), -count[f], f))


def _kind(s: Cast, group: Sequence[int]) -> MentionKind | None:
    """The kind of a group for the dossier: persons spoken of in the plural, without a name, are a group."""
    found = plain_kind(s.kind(group[0]))
    if found == "person" and _product(s, group):
        return "organisation"
    if found == "person" and not s.names(group[0]) and any(s.nodes[n].key[2] for n in group):
        found = "group"
    for kind in _KINDS:
        if kind == found:
            return kind
    return None


def _product(s: Cast, group: Sequence[int]) -> bool:
    """Whether a single word taken for a person is told like a thing: "the Vela", "Weir's Vela"."""
    named = [s.nodes[n] for n in group if s.nodes[n].named]
    if any(len(node.key) > 2 for node in named):
        return False
    found = [s.expressions[r][e] for node in named for r, e in node.members]
    if any(x.title or x.role for x in found):
        return False
    before = [s.c.quote(x.span)[: x.name.start - x.span.start].lower() for x in found if x.name is not None]
    times = sum(text in _THINGS or text.endswith(("'s ", "’s ")) for text in before)
    return times > 0 and times * 20 >= len(found)


_MEDIA = {"newspaper", "paper", "daily", "tabloid", "magazine", "publication", "outlet", "network", "broadcaster",
          "channel", "station", "website", "site", "agency", "platform", "blog", "host", "anchor", "reporter",
          "correspondent", "journalist", "editor", "photographer", "media", "press", "service"}  # fmt: skip
"""Nouns for those who only tell or carry what others do."""
_CARRIERS = {"twitter", "facebook", "instagram", "youtube", "snapchat", "reddit", "tumblr", "weibo", "wechat", "tiktok",
             "whatsapp", "telegram", "periscope", "linkedin", "getty", "imgur"}  # fmt: skip
"""Where people post."""


_POSTED = (" account", " post", " page", " feed", " user", " follow", " message", " live", " video")


@cache
def _agencies() -> frozenset[str]:
    """The folded names of news agencies."""
    lines = (line.replace("\t", "|").split("|") for line in lexicons.lines("agencies.txt"))
    return frozenset(namesakes.lowered(name.rstrip("*").removeprefix("The ")) for line in lines for name in line)


def _medium(s: Cast, group: Sequence[int], outlets: frozenset[str]) -> bool:
    """Whether nothing tells more of a bearer of a name than that it reported, or carried what somebody said.

    An outlet of the story (`outlets`, folded), an agency or a place to post that no report describes otherwise; a
    reporter of the story's own; who is only named beside a picture.
    """
    if not s.names(group[0]):
        return {s.nodes[n].key[1] for n in group} <= _MEDIA
    named = [s.nodes[n] for n in group if s.nodes[n].named]
    heads = {s.nodes[n].key[1] for n in group if not s.nodes[n].named}
    found = [(s.c.reports[r].report, s.expressions[r][e]) for node in named for r, e in node.members]
    if not heads <= _MEDIA or not {x.role for _, x in found} - {""} <= _MEDIA:
        return False
    if all(_beside(report.text, x.name) for report, x in found if x.name is not None):
        return True
    if s.kind(group[0]) == "person":
        return bool(heads) and len({report.id for report, _ in found}) == 1
    names = {" ".join(node.key[1:]) for node in named}
    if any(name in _agencies() or name in outlets for name in names):
        return True
    posted = sum(_posted(report.text, x.name) for report, x in found if x.name is not None)
    return not names.isdisjoint(_CARRIERS) and 2 * posted >= len(found)


def _posted(text: str, name: Span) -> bool:
    """Whether something stood on what is named: "on Twitter", "her Facebook page"."""
    before, after = text[max(0, name.start - 9) : name.start].lower(), text[name.end : name.end + 10].lower()
    return before.endswith((" on ", " to ", " via ", " through ")) or after.startswith(_POSTED)


def _beside(text: str, name: Span) -> bool:
    """Whether a name stands in the credit of a picture: "Photo/Ann Hill", "Ann Hill/AP", "(Photo by Ann Hill)"."""
    before, after = text[max(0, name.start - 10) : name.start].lower(), text[name.end : name.end + 5].lower()
    return before.endswith(("/", "photo by ", "photo: ", "picture: ")) or after.startswith(("/", " via "))


def _weight(s: Cast, group: Sequence[int], swapped: Mapping[str, Sequence[Span]]) -> float:
    """How much a reader learns from who calls this actor what.

    Two for each report, up to six for descriptions that only some of the reports use, three for each of
    those that takes a side (a word of `loaded.txt`, or whose they are: "rebel forces"), up to three, four
    for each label that a copy swapped, up to two, and the binary logarithm of all mentions.
    """
    loaded = lexicons.words("loaded.txt")
    told: defaultdict[tuple[str, ...], set[int]] = defaultdict(set)
    sided: set[tuple[str, ...]] = set()
    reports: set[int] = set()
    members = swaps = 0
    for number in group:
        node = s.nodes[number]
        members += len(node.members)
        for r, e in node.members:
            reports.add(r)
            expression = s.expressions[r][e]
            words = {w.lower() for w in re.findall(r"[\w-]+", s.c.quote(expression.span))}
            if expression.name is None:
                label = (expression.head, *sorted(words & loaded))
                told[label].add(r)
                if words & loaded or s.facts[s.top(number)].sides.get("".join(node.key[1:3])):
                    sided.add(label)
            swaps += any(2 * expression.span.overlap(x) >= len(x) for x in swapped.get(expression.span.report, ()))
    if len(reports) < 2:
        return math.log2(members)
    differ = [label for label, by in told.items() if len(by) < len(reports)]
    stance = sum(label in sided for label in differ)
    return 2 * len(reports) + min(6, len(differ)) + 3 * min(3, stance) + 4 * min(2, swaps) + math.log2(members)


def _swapped(c: Collation) -> dict[str, list[Span]]:
    """The labels that a copy put in others' place, and those others, by report, without what both sides share."""
    out: defaultdict[str, list[Span]] = defaultdict(list)
    for edit in c.edits:
        if edit.kind == "label_swap" and edit.before is not None and edit.after is not None:
            cores = _cores(c.quote(edit.before), c.quote(edit.after))
            for span, (start, end) in zip((edit.before, edit.after), cores, strict=True):
                out[span.report].append(Span(span.report, span.start + start, span.start + end))
    return out


def _taken(forms: Iterable[Form], swapped: Mapping[str, Sequence[Span]]) -> bool:
    """Whether a copy swapped one of the labels."""
    spans = (span for form in forms for span in form.spans)
    return any(2 * span.overlap(x) >= len(x) for span in spans for x in swapped.get(span.report, ()))


def _slight(s: Cast, group: Sequence[int], kind: MentionKind) -> bool:
    """Whether nothing tells who it is ("a man", "people"), or it is a thing, a place or hardly an actor.

    So are those whom nobody points to ("the", "our", a number): "voters" are whoever each report means.
    """
    if s.names(group[0]):
        return False
    found = [s.expressions[r][e] for n in group for r, e in s.nodes[n].members]
    loaded = lexicons.words("loaded.txt")
    pointed = sum(x.definite or bool(x.owner) or bool(x.count) for x in found)
    if pointed < 2 and not any(x.head in loaded or x.before & loaded for x in found):
        return True
    heads = {s.nodes[n].key[1] for n in group}
    return kind == "place" or heads <= VAGUE or heads.isdisjoint(nouns().kind)


def find(c: Collation) -> tuple[Actor, ...]:
    """The actors of a story, those whom the reports call by most different names first; ids count from "actor-1".

    `_weight` tells how that is counted. Things and places without a name ("the rocket") and whom nothing
    tells ("a man") come last.

    An actor without a name is one only where two phrases or more speak of it. Within a report a
    form stands for one actor.
    """
    s = Cast(c)
    for join in (
        aliases.join_names,
        aliases.join_aliases,
        aliases.join_usage,
        aliases.join_handles,
        labels.join_bodies,
        _join_described,
        _join_roles,
        labels.join_settled,
        _join_nouns,
        _join_swaps,
        labels.join_members,
        labels.join_ages,
        labels.join_last,
        _join_akin,
        labels.join_collectives,
        labels.join_counted,
    ):
        join(s)
    owners = _owners(s)
    swapped = _swapped(c)
    outlets = frozenset(namesakes.lowered(r.report.outlet.value) for r in c.reports if r.report.outlet is not None)
    ranked: list[tuple[tuple[bool, bool, float, str], Span, MentionKind, tuple[Form, ...]]] = []
    for group in s.held.values():
        kind = _kind(s, group)
        members = [m for n in group for m in s.nodes[n].members]
        if kind is None or (len(members) < 2 and not s.names(group[0])):
            continue
        forms = _forms(s, group, owners)
        if forms:
            first = min(span for form in forms for span in form.spans)
            some = sorted(group)
            weight = _weight(s, some, swapped)
            where = kind == "place" and not _taken(forms, swapped)  # who is called what says more than how a town is
            where = where or (_medium(s, some, outlets) and not _taken(forms, swapped))
            slight = _slight(s, some, kind) and (kind == "place" or not _taken(forms, swapped))
            told = (slight, where, -round(weight, 6), _name(s, some))
            ranked.append((told, first, kind, forms))
    ranked.sort(key=lambda x: x[:2])
    return tuple(Actor(f"actor-{n}", rank[3], kind, forms) for n, (rank, _, kind, forms) in enumerate(ranked, 1))
