"""Aliases: one name in several ways, joined across the reports of a story.

Full names that share a word or sound alike, then single words (surnames, first names, acronyms,
the first word of a company's name) with the longer names that they can stand for, then a name and
the capitals in brackets after it.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from itertools import combinations, pairwise

from tellings import lexicons
from tellings.collate import namesakes
from tellings.collate.casts import MOST, Cast, fits
from tellings.collate.nouns import kind_of

__all__ = ["join_aliases", "join_handles", "join_names", "join_usage"]


def _all_same(s: Cast, one: int, other: int) -> bool:
    """Whether every full name of a person's group can be that of every one of another's: "A. Hill" joins no two."""
    mine, theirs = (
        [s.nodes[n].key[1:] for n in s.held[s.top(number)] if len(s.nodes[n].key) > 2][:MOST] for number in (one, other)
    )
    return all(namesakes.same_person(a, b) for a in mine for b in theirs)


def _two_bodies(s: Cast, one: int, other: int) -> bool:
    """Whether two groups end alike and begin otherwise: the "Harbour Safety Board" and the "City Safety Board"."""
    mine, theirs = (
        [s.nodes[n].key[1:] for n in s.held[s.top(number)] if len(s.nodes[n].key) > 3][:MOST] for number in (one, other)
    )
    for a in mine:
        for b in theirs:
            if a[-2:] != b[-2:] or a[-len(b) :] == b or b[-len(a) :] == a:
                continue
            first, second = "".join(w[0] for w in a[:-2]), "".join(w[0] for w in b[:-2])
            if first and second and a[0][:4] != b[0][:4] and a[0] != second and b[0] != first:
                return not namesakes.same_spelling(a, b)
    return False


def _founder(s: Cast, short: int, long: int) -> bool:
    """Whether a name is told as a person's and so not short for the company's: Calvin Holt of Calvin Holt Inc.

    So it is with a title, a role or a description of a person, also where the surname alone has one,
    and where both stand in one sentence.
    """
    group, surname = s.held[s.top(short)], s.nodes[short].key[-1]
    if s.facts[s.top(short)].genders or any(s.nodes[n].human for n in group):
        return True
    if any(s.number_of.get((-1, (f"name {gender}", surname))) is not None for gender in ("m", "f")):
        return True
    mine, theirs = ({(r, s.expressions[r][e].sentence) for r, e in s.nodes[n].members} for n in (short, long))
    return not mine.isdisjoint(theirs)


def join_names(s: Cast) -> None:
    """Join the nodes of one name."""
    named = [n for n, node in enumerate(s.nodes) if node.named]
    words = {n: s.nodes[n].key[1:] for n in named}
    weight = {n: len(s.nodes[n].members) for n in named}
    full = sorted((n for n in named if len(words[n]) > 1), key=lambda n: (-weight[n], words[n]))
    by_word: defaultdict[str, list[int]] = defaultdict(list)
    for n in full:
        for word in sorted(set(words[n])):
            by_word[word].append(n)
    by_run: defaultdict[str, list[int]] = defaultdict(list)
    for n in full:
        # Spellings of one name share no word, but what is heard of them.
        heard = namesakes.skeleton(" ".join(words[n]))
        if len(heard) > 3:
            by_word[f"~{heard}"].append(n)
        by_run["".join(words[n])].append(n)
        if s.nodes[n].kind == "person":
            by_word[f"~{namesakes.skeleton(words[n][-1])}~"].append(n)
    # Full names that share a word.
    for some in (by_word[w] for w in sorted(by_word) if w not in namesakes.SMALL):
        for one, other in combinations(some[:MOST], 2):
            if s.top(one) == s.top(other):
                continue
            kinds = {s.nodes[one].kind, s.nodes[other].kind}
            short, long = sorted((words[one], words[other]), key=len)
            if kinds == {"person"}:
                same = namesakes.same_person(short, long) and _all_same(s, one, other) and not s.unlike(one, other)
            else:  # a person and a place of one spelling: a mention was taken for what it is not
                brief = one if words[one] == short else other
                body = namesakes.same_place if s.nodes[brief].mapped else namesakes.same_body
                same = namesakes.same_spelling(short, long) or (len(kinds) == 1 and body(short, long))
                same = same or namesakes.turned(short, long) or namesakes.incorporated(short, long)
                same = same and (kinds != {"organisation"} or not _two_bodies(s, one, other))
                if same and kinds == {"person", "organisation"} and len(short) < len(long):
                    same = not _founder(s, brief, one + other - brief)
            if same:
                s.join(one, other)
                if namesakes.incorporated(short, long):
                    s.tell(one, "organisation")
    # Single words: surnames, first names, acronyms, short names.
    single = sorted((n for n in named if len(words[n]) == 1), key=lambda n: (-weight[n], words[n]))
    initials: defaultdict[str, list[int]] = defaultdict(list)
    for n in full:
        for letters in namesakes.initials(words[n]):
            initials[letters].append(n)
    for n in single:
        best = _longer_names(s, n, words, by_word, initials)
        if best:
            at_most = max(rank for rank, _ in best)
            s.join(n, max((o for rank, o in best if rank == at_most), key=lambda o: _likely(s, o)))
    for n in single:
        run = words[n][0]
        for other in by_run.get(run, ()) if len(run) > 4 else ():
            if s.nodes[other].kind == s.nodes[n].kind:
                s.join(n, other)  # "Weir Mart" and "WeirMart"
    heads: defaultdict[str, list[int]] = defaultdict(list)
    for n in single:
        heads[words[n][0]].append(n)
    for some in (heads[w] for w in sorted(heads)):
        for one, other in combinations(some, 2):  # "Hill" and "Mr Hill"
            free = not any(len(s.nodes[x].key) > 2 for n in (one, other) for x in s.held[s.top(n)])
            if s.top(one) != s.top(other) and free and not s.unlike(one, other):
                s.join(one, other)
    by_letter: defaultdict[str, list[int]] = defaultdict(list)
    for n in single:
        if len(words[n][0]) > 6:
            by_letter[words[n][0][0]].append(n)
    for letter in sorted(by_letter):
        for one, other in combinations(by_letter[letter][:MOST], 2):
            kind = s.nodes[one].kind
            if s.unlike(one, other):
                continue
            if kind == s.nodes[other].kind and kind != "group" and namesakes.same_spelling(words[one], words[other]):
                s.join(one, other)


def _elder(name: tuple[str, ...]) -> tuple[str, ...]:
    """A name without the "jr" that tells a son from his father: his surname is the same."""
    return name[:-1] if len(name) > 2 and name[-1] == namesakes.JUNIOR else name


_ROYAL = {"queen", "king", "pope", "prince", "princess", "saint"}
"""Titles that stand before a first name: "Queen Ann" is no Ann Hill."""


def _told_by_first_name(s: Cast, surname: int, full: int) -> bool:
    """Whether the story has a person's first name alone, as a child's, and the surname with a title: another's."""
    word, first = s.nodes[surname].key[-1], s.nodes[full].key[1]
    if word != s.nodes[full].key[-1] or not s.roles(surname) or s.roles(full):
        return False
    alone = s.number_of.get((-1, ("name", first)))
    return alone is not None and len(s.nodes[alone].members) > 1


def _likely(s: Cast, number: int) -> tuple[int, bool, int]:
    """How likely a surname alone is this bearer's: whom the story names most, a father before his son."""
    return s.size(number), s.nodes[number].key[-1] != namesakes.JUNIOR, -number


def _longer_names(
    s: Cast,
    n: int,
    words: dict[int, tuple[str, ...]],
    by_word: dict[str, list[int]],
    initials: dict[str, list[int]],
) -> list[tuple[int, int]]:
    """The longer names that a name of one word can stand for, each with how sure that is, 1 to 3."""
    word, kind = words[n][0], s.nodes[n].kind
    best: list[tuple[int, int]] = []
    if word in namesakes.UNITED:
        return best  # the United States are no short name of their Senate
    for other in by_word.get(word, ()):
        theirs, long = s.nodes[other].kind, _elder(words[other])
        if s.unlike(n, other):
            continue
        if theirs == "person" and s.capitals(n) and not s.capitals(other):
            continue  # "U.N." is no "Kim Il Un"
        if theirs == "person" and _told_by_first_name(s, n, other):
            continue
        if theirs == "person" and kind != "group" and long[-1] == word:
            best.append((3 if kind == "person" else 2, other))
        elif theirs == "person" and kind != "group" and "-".join(long[1:]).endswith(word):
            best.append((2, other))
        elif theirs == kind == "person" and long[0] == word and _ROYAL.isdisjoint(s.roles(n)):
            best.append((1, other))
        elif (
            theirs == kind
            and kind in {"organisation", "place"}
            and (namesakes.same_place if s.nodes[n].mapped else namesakes.same_body)((word,), long)
        ):
            best.append((2, other))
    bodies = [o for o in by_word.get(word, ()) if s.nodes[o].kind == "organisation" and word not in namesakes.SMALL]
    starts = [o for o in bodies if words[o][0] == word]
    # The first word of a company's name, whatever it was read as; a place that is known to be one stays a place.
    free = kind == "organisation" or (kind in {"person", "group"} and not kind_of(word))
    if free and not best and starts and len({s.top(o) for o in starts}) == 1:
        best.append((1, starts[0]))
    if not best and bodies and not starts and kind == "organisation" and len({s.top(o) for o in bodies}) == 1:
        best.append((1, bodies[0]))
    spelled = [other for other in initials.get(word, ()) if s.nodes[other].kind != "person"]
    if kind != "person" or (len(word) > 2 and s.shouted(n)):
        best += [(3, other) for other in spelled]
    persons = {s.top(other): other for other in initials.get(word, ()) if s.nodes[other].kind == "person"}
    if not best and not spelled and len(persons) == 1 and kind == "person" and s.shouted(n):
        best += [(2, other) for other in persons.values()]  # "J.T."
    return best


@cache
def _known_as() -> dict[tuple[str, ...], int]:
    """For each name that only usage knows, the line of the list of other names that it stands in."""
    lines = enumerate(lexicons.lines("known_as.txt"))
    return {namesakes.words(name): number for number, line in lines for name in line.split("|")}


def join_usage(s: Cast) -> None:
    """Join the names that usage gives one body or land: "the Pentagon", "the Defense Department"."""
    bearers: defaultdict[int, list[int]] = defaultdict(list)
    for number, node in enumerate(s.nodes):
        line = _known_as().get(node.key[1:]) if node.named and node.kind != "person" else None
        if line is None and node.named and s.shouted(number):
            line = _known_as().get(node.key[1:])
        if line is not None:
            bearers[line].append(number)
    for line in sorted(bearers):
        names = {name for name, number in _known_as().items() if number == line}
        whole = [n for n in bearers[line] if all(_within(s.nodes[k].key[1:], names) for k in s.held[s.top(n)])]
        for one, other in combinations(sorted(whole, key=lambda n: (-s.size(n), n)), 2):
            if s.kind(one) == s.kind(other) and not s.unlike(one, other):
                s.join(one, other)


def _within(name: tuple[str, ...], names: set[tuple[str, ...]]) -> bool:
    """Whether a name is one of some or shorter than the longest: a party is not its branch in one town."""
    return name in names or len(name) < max(len(x) for x in names)


def join_handles(s: Cast) -> None:
    """Join "@annhill" and "@senhill" with the only person whose surname ends it, or whose name it is."""
    persons = [n for n, node in enumerate(s.nodes) if node.named and node.kind == "person" and len(node.key) > 2]
    for r, found in enumerate(s.expressions):
        text = s.c.reports[r].report.text
        for e, expression in enumerate(found):
            number = s.node_of.get((r, e))
            if number is None or expression.name is None or not expression.name.cut(text).startswith("@"):
                continue
            run = "".join(c for c in s.nodes[number].key[-1] if c.isalpha())
            fit = {s.top(n) for n in persons if len(s.nodes[n].key[-1]) > 4 and run.endswith(s.nodes[n].key[-1])}
            fit = fit or {s.top(n) for n in persons if run == "".join(s.nodes[n].key[1:])}
            if len(fit) == 1:
                s.join(number, min(fit))


def join_aliases(s: Cast) -> None:
    """Join a name and the capitals in brackets after it: "Harbour Watch (HW)"."""
    for r, found in enumerate(s.expressions):
        text = s.c.reports[r].report.text
        named = sorted({x.name: s.node_of[r, e] for e, x in enumerate(found) if x.name and (r, e) in s.node_of}.items())
        for (one, a), (other, b) in pairwise(named):
            gap = text[one.end : other.start]
            if len(gap) > 4 or gap.strip(" “\"'‘") != "(" or text[other.end : other.end + 1] not in {")", "”", '"'}:
                continue
            placed = "place" in (s.nodes[a].kind, s.nodes[b].kind) and s.nodes[a].kind != s.nodes[b].kind
            if placed and s.nodes[b].key[-1] not in namesakes.initials(s.nodes[a].key[1:]):
                continue  # "NEW HAVEN (DPA)"
            if other.cut(text).isupper() and s.nodes[b].kind != "person" and fits(s.nodes[a].kind, s.nodes[b].kind):
                s.join(a, b)
