"""Named persons, organisations, places and groups of one report.

The labels of the words come from the encoder (`encoder`). Then one name is read one way throughout
a report: kinds settle by majority, names found once are found again, surnames follow full names.

Still missed: companies and works with the names of things ("Apple" first in a headline), names in
small letters, and surnames of persons who are never named in full.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import cast

from tellings.annotate.cues import listed as cued
from tellings.annotate.encoder import stretches_of
from tellings.annotate.names import KINDS, listed
from tellings.records import Annotated, Mention, MentionKind
from tellings.text import Span

__all__ = ["Found", "Token", "find", "read", "settle"]

Token = tuple[int, int]
"""A word's start and end in the text."""
Found = tuple[int, int, str]
"""A mention's start and end in the text and its kind."""


# ---------------------------------------------------------------- one name, one reading


def settle(
    sentences: Sequence[Sequence[str]], found: Sequence[Sequence[tuple[int, int, str]]]
) -> list[list[tuple[int, int, str]]]:
    """The mentions of a report after one name is read one way.

    `sentences` holds the words, `found` for each sentence first word, word after the last, and
    kind. A name of several kinds takes the one that it has at least twice as often as the next;
    a name of two words or more, and the last word of a person's, is a mention wherever it stands
    capitalised and nothing else was found. So is what follows "Mr."; a person's last word alone
    is the person, unless an organisation has it in its name and no title says so, and letters
    that the report reads as an organisation, or puts behind "the", are no person.
    """
    titled = {words[at + 1] for words in sentences for at in range(len(words) - 1) if words[at] in _BEFORE}
    kinds: defaultdict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for words, mentions in zip(sentences, found, strict=True):
        for start, end, kind in mentions:
            kinds[tuple(words[start:end])][kind] += 1
    read: dict[tuple[str, ...], str] = {}
    for name in sorted(kinds):
        (best, n), *rest = sorted(kinds[name].items(), key=lambda x: (-x[1], x[0]))
        if not rest or n >= 2 * rest[0][1]:
            read[name] = best
    held = {word for name in kinds if len(name) > 1 and "organisation" in kinds[name] for word in name}
    lasts = {name[-1] for name in kinds if len(name) > 1 and read.get(name) == "person"}
    short = {"".join(word[0] for word in name) for name in kinds if len(name) > 1 and read.get(name) == "person"}
    articled = {words[at + 1] for words in sentences for at in range(len(words) - 1) if words[at].lower() == "the"}
    for name in sorted(name for name in kinds if len(name) == 1):
        if name[0] in lasts and "place" not in kinds[name] and (name[0] in titled or name[0] not in held):
            read[name] = "person"
        elif (
            "person" in kinds[name]
            and re.fullmatch(r"[A-Z]{2,6}", name[0])
            and name[0].title() not in lasts | titled
            and name[0] not in lasts | short
            and ("organisation" in kinds[name] or name[0] in articled)
        ):
            read[name] = "organisation"
    surnames: dict[tuple[str, ...], str] = {
        name[-1:]: "person"
        for name in sorted(read)
        if len(name) > 1 and read[name] == "person" and name[-1][0].isupper() and len(name[-1]) > 2
    }
    again: dict[tuple[str, ...], str] = {name: kind for name, kind in read.items() if len(name) > 1}
    for name in surnames:
        if name not in kinds:
            again[name] = "person"
    firsts: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for name in sorted(again, key=lambda n: (-len(n), n)):
        firsts[name[0]].append(name)
    out: list[list[tuple[int, int, str]]] = []
    for words, mentions in zip(sentences, found, strict=True):
        now = [
            (
                s,
                e,
                kind if e - s == 1 and words[s] in lasts and _capital(words, e) else read.get(tuple(words[s:e]), kind),
            )
            for s, e, kind in mentions
        ]
        taken = {at for s, e, _ in mentions for at in range(s, e)}
        for at, word in enumerate(words):
            for name in firsts.get(word, ()):
                end = at + len(name)
                if tuple(words[at:end]) != name or not taken.isdisjoint(range(at, end)):
                    continue
                before = _capital(words, at - 1) and words[at - 1].lower() not in cued("title")
                if len(name) == 1 and (before or _capital(words, end)):
                    continue
                now.append((at, end, again[name]))
                taken.update(range(at, end))
                break
            if word in _BEFORE and (end := _called(words, at + 1)) > at + 1 and taken.isdisjoint(range(at + 1, end)):
                now.append((at + 1, end, "person"))
                taken.update(range(at + 1, end))
        out.append(sorted(now))
    return out


def _called(words: Sequence[str], at: int) -> int:
    """Where the name ends that begins behind a title, before word `at`; `at` where no name does ("Mr. Speaker")."""
    end = at
    while end < min(len(words), at + 3) and words[end][0].isupper() and words[end][-1].isalpha():
        end += 1
    office = end > at and (words[at].lower() in cued("title") or words[at].lower() in cued("role"))
    return at if office or words[at:end] == ["Speaker"] else end


def _capital(words: Sequence[str], at: int) -> bool:
    """Whether a word stands there and is capitalised, at the sentence's beginning excepted."""
    return 0 < at < len(words) and words[at][0].isupper()


_BEFORE = frozenset({"Mr.", "Mrs.", "Ms.", "Mr", "Mrs", "Ms", "Dr.", "Sen.", "Rep.", "Gov."})
"""Titles before nothing but a person's name."""
_OWNS = {"'s", "’s"}
_TAIL = {"'s", "’s", "'", "’", ",", "."}
_DASHES = {"–", "—", "―", "--"}
# Small words that stand in names of persons.
_PARTICLES = {
    *("de", "la", "le", "del", "della", "di", "da", "do", "dos", "das", "du", "van", "von", "der", "den", "ter"),
    *("bin", "binti", "ibn", "ben", "abu", "al", "el", "ul", "ud", "zu", "y", "e"),
}
_PARTIES = {"R", "D", "I"}
_PAPERS = {"newspaper", "daily", "weekly", "tabloid", "broadsheet", "magazine", "broadcaster", "newswire"}


def _glued(sentence: Sequence[Token], some: Sequence[str], at: int) -> bool:
    """Whether the word at `at` is a hyphen without blanks around it."""
    inside = 0 < at < len(some) - 1 and some[at] == "-"
    return inside and sentence[at - 1][1] == sentence[at][0] and sentence[at][1] == sentence[at + 1][0]


def _whole(
    sentence: Sequence[Token], some: Sequence[str], mentions: Sequence[tuple[int, int, str]]
) -> list[tuple[int, int, str]]:
    """The mentions with names that hyphens hold together made whole, and what is no name cut off.

    "Mill-Bay Stores" found as two names of different kinds is one, "Dale-A" goes on to its
    letter; "R-Ohio" is Ohio; a dash ends a name, and so does a small word in a person's.
    """
    out: list[tuple[int, int, str]] = []
    for start, end, kind in mentions:
        begin = start
        for at in range(start, end):
            small = kind == "person" and at > start and some[at].islower() and some[at].isalpha()
            bound = "-" in some[max(at - 1, 0) : at + 2]  # "Kim Dae-ho"
            if some[at] in _DASHES or (small and not bound and some[at] not in _PARTICLES):
                out.append((begin, at, kind))
                begin = at + 1
        out.append((begin, end, kind))
    whole: list[tuple[int, int, str]] = []
    for number, (start, end, kind) in enumerate(out):
        first, stop = start, end
        following = out[number + 1][0] if number + 1 < len(out) else len(some)
        while first < stop and not some[first][0].isalnum():
            first += 1
        if stop - first > 2 and some[first] in _PARTIES and some[first + 1] == "-":
            first += 2
            whole.append((first, stop, "place"))
            continue
        if first >= stop or (stop - first == 1 and len(some[first]) == 1 and some[first].isupper()):
            continue
        if (
            stop + 2 <= following
            and _glued(sentence, some, stop)
            and (some[stop + 1].isdigit() or (len(some[stop + 1]) == 1 and some[stop + 1].isupper()))
        ):
            stop += 2
        joined = bool(whole) and whole[-1][1] == first - 1 and _glued(sentence, some, first - 1)
        named = kind in {"organisation", "person"} and bool(whole) and whole[-1][2] not in {"group", kind}
        if joined and named and some[first - 2] not in _PARTIES:
            first = whole.pop()[0]
        whole.append((first, stop, kind))
    return whole


def _initialled(words: Sequence[str], found: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """What was found, a person's name that stops at an initial grown by the capitalised word behind: "Jo M. | Berg"."""
    starts = {start for start, _, _ in found}
    out: list[tuple[int, int, str]] = []
    for start, end, kind in found:
        open_ = kind == "person" and end < len(words) and re.fullmatch(r"[A-Z]\.", words[end - 1]) and end - start > 1
        grown = bool(open_) and end not in starts and words[end][0].isupper() and words[end][-1].isalpha()
        out.append((start, end + grown, kind))
    return out


def _joined(
    sentence: Sequence[Token], words: Sequence[str], found: Sequence[tuple[int, int, str]]
) -> list[tuple[int, int, str]]:
    """Neighbours of one kind with a blank or nothing between them are one name.

    Two names of one kind stand apart by a word or a mark; only names of peoples follow each other
    bare ("Sunni Arab"), and places well known by themselves where a line was lost between them.
    """

    def known(start: int, end: int) -> bool:
        marks = listed(words[start:end], "n")
        return marks[0][:1] == "B" and all(mark[:1] == "I" for mark in marks[1:])

    out: list[tuple[int, int, str]] = []
    for start, end, kind in found:
        near = bool(out) and out[-1][1] == start and sentence[start][0] - sentence[start - 1][1] <= 1
        same = near and out[-1][2] == kind and kind != "group"
        if same and not (kind == "place" and known(*out[-1][:2]) and known(start, end)):
            out[-1] = (out[-1][0], end, kind)
        else:
            out.append((start, end, kind))
    return out


def _told(words: Sequence[str], found: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """What was found, its kind set where the words beside it say so.

    "the newspaper Dagsposten" is an organisation, "the Bergen-based group" begins with a place, and
    "the Ministry of Transport in Ottawa" is a body and the well-known place where it sits.
    """
    out: list[tuple[int, int, str]] = []
    for start, end, kind in found:
        seat = next((at for at in range(start + 1, end - 1) if words[at] == "in"), 0) if kind == "organisation" else 0
        if seat and (place := listed(words[seat + 1 : end], "n")) and place[0][:1] == "B" and all(place):
            out += [(start, seat, kind), (seat + 1, end, "place")]
            continue
        before = words[start - 1].lower() if start else ""
        if before in _PAPERS and kind in {"person", "place"}:
            out.append((start, end, "organisation"))
        elif kind == "organisation" and [word.lower() for word in words[end : end + 2]] == ["-", "based"]:
            out.append((start, end, "place"))
        else:
            out.append((start, end, kind))
    return out


def _datelines(words: Sequence[str], found: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """What was found, and the agency that stands in brackets before the dash of a dateline: "ARENDAL (NTB) -"."""
    dash = next((at for at, word in enumerate(words[:16]) if at and word in _DASHES | {"-", "‑"}), 0)
    if dash < 4 or words[dash - 1] != ")" or not words[0][0].isupper():
        return list(found)
    opens = next((at for at in range(dash - 2, max(dash - 6, 0), -1) if words[at] == "("), 0)
    if not opens or not all(word[0].isupper() for word in words[opens + 1 : dash - 1]):
        return list(found)
    own = (opens + 1, dash - 1, "organisation")
    return sorted([own, *(m for m in found if m[1] <= opens or m[0] >= dash)]) if own[0] < own[1] else list(found)


def read(text: str, sentences: Sequence[Sequence[Token]], labels: Sequence[Sequence[str]]) -> list[Found]:
    """The mentions of a text whose words and their labels are known, sorted, without overlap."""
    words = [[text[start:end] for start, end in sentence] for sentence in sentences]
    found = [
        _datelines(some, _told(some, _initialled(some, _joined(sentence, some, stretches_of(marks)))))
        for some, sentence, marks in zip(words, sentences, labels, strict=True)
    ]
    out: list[Found] = []
    for some, sentence, mentions in zip(words, sentences, settle(words, found), strict=True):
        for begin, stop, kind in _whole(sentence, some, mentions):
            start, end = begin, stop
            while end > start and some[end - 1] in _TAIL:
                end -= 1
            if end - start > 1 and some[start] in {"the", "a", "an"}:
                start += 1
            if kind == "person":  # "Mr. Hill's Danish guests": what follows is not the name
                end = next((at for at in range(start + 1, end) if some[at] in _OWNS), end)
            if start < end and kind in KINDS and re.search(r"\w", text[sentence[start][0] : sentence[end - 1][1]]):
                out.append((sentence[start][0], sentence[end - 1][1], kind))
    return out


def find(a: Annotated) -> tuple[Mention, ...]:
    """The named mentions of a report, sorted by span, without overlap and without a final "'s"."""
    sentences = [[(word.span.start, word.span.end) for word in words] for words in a.words]
    labels = [sentence.names for sentence in a.tagged]
    found = read(a.report.text, sentences, labels)
    return tuple(Mention(Span(a.id, s, e), cast("MentionKind", kind)) for s, e, kind in found)
