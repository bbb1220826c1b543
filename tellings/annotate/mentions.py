"""Named persons, organisations, places and groups of one report.

A linear-chain CRF (Lafferty, McCallum and Pereira 2001) labels the words by form, shape, part of
speech, lists of names, and what the whole report shows of a word elsewhere (after a title, after
"in", in small letters; Chieu and Ng 2002). Then one name is read one way throughout a report:
kinds settle by majority, names found once are found again, surnames follow full names.
`training/mentions.py` makes the model, `training/CARD-words.md` says from what.

Still missed: companies and works with the names of things ("Apple" first in a headline), names in
small letters, and surnames of persons who are never named in full.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import as_file, files
from typing import Any, cast

from tellings.annotate.words import case_of, plain, shape
from tellings.records import Annotated, Mention, MentionKind
from tellings.text import Span

__all__ = ["Found", "Token", "features", "find", "labels", "settle"]

Token = tuple[int, int, str]
"""A word's start and end in the text and its part of speech."""
Found = tuple[int, int, str]
"""A mention's start and end in the text and its kind."""

KINDS = ("group", "organisation", "person", "place")
_LONGEST = 5  # words of the longest name looked up in the lists
_MOST = 600  # words labelled at once
_IN = {"in", "at", "from", "near", "to", "across", "around", "outside", "northern", "southern", "eastern", "western"}
_SAID = {"said", "says", "told", "added", "tweeted", "wrote", "asked", "insisted", "argued", "claimed", "explained"}
_JOINS = {"of", "for", "and", "the", "de", "al", "bin", "van", "von", "del", "-", "&", "'s", "’s"}


# ---------------------------------------------------------------- lists of names


@dataclass(frozen=True, slots=True)
class _Names:
    """The lists: what a whole name or a single word speaks for, as written and in small letters."""

    whole: dict[str, str]
    whole_low: dict[str, str]
    single: dict[str, str]
    single_low: dict[str, str]


@cache
def _names() -> _Names:
    whole: dict[str, str] = {}
    single: dict[str, str] = defaultdict(str)
    folder = files("tellings.lexicons")
    section = ""
    for line in folder.joinpath("names.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line:
            continue
        if line.startswith("["):
            section = line.strip("[]")
        elif section in {"first", "title", "organisation_last", "place_last"}:
            single[line] += {"first": "F", "title": "T", "organisation_last": "O", "place_last": "P"}[section]
        else:
            whole[line] = whole.get(line, "") + section[0]
    for line in folder.joinpath("city_names.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            whole[line] = whole.get(line, "") + "c"
    return _Names(
        whole,
        {name.lower(): kinds for name, kinds in whole.items()},
        dict(single),
        {word.lower(): kinds for word, kinds in single.items()},
    )


def _listed(words: Sequence[str], case: str) -> list[str]:
    """For each word, how it stands in a listed name ("Bp": begins a place), or ""."""
    names = _names()
    table = names.whole_low if case == "U" else names.whole
    out = [""] * len(words)
    at = 0
    while at < len(words):
        word = words[at]
        if not word[0].isupper() and word[:3] != "neo":
            at += 1
            continue
        name, best, kinds = "", 0, ""
        for n, part in enumerate(words[at : at + _LONGEST]):
            # Words of a name stand with one blank between them, or none around a hyphen.
            name = part if n == 0 else name + part if part == "-" or name.endswith("-") else f"{name} {part}"
            found = table.get(name.lower() if case == "U" else name)
            if not found and len(name) > 3 and name.isupper():  # datelines: "WASHINGTON (AP)"
                found = names.whole_low.get(name.lower())
            if found:
                best, kinds = n + 1, found
        if best:
            out[at] = "B" + kinds
            for n in range(1, best):
                out[at + n] = "I" + kinds
        at += best or 1
    return out


# ---------------------------------------------------------------- what the whole report shows of a word


@dataclass(slots=True)
class _Seen:
    """How often a capitalised word stands in the report, and in which company."""

    times: int = 0
    company: Counter[str] = field(default_factory=Counter[str])


def _runs(words: Sequence[str]) -> list[tuple[int, int]]:
    """Stretches of capitalised words, small joining words between two of them included."""
    out: list[tuple[int, int]] = []
    at, size = 0, len(words)
    while at < size:
        if not words[at][0].isupper():
            at += 1
            continue
        end = at + 1
        while end < size:
            if words[end][0].isupper():
                end += 1
            elif words[end].lower() in _JOINS and end + 1 < size and words[end + 1][0].isupper():
                end += 2
            else:
                break
        out.append((at, end))
        at = end
    return out


def _evidence(sentences: Sequence[Sequence[str]]) -> dict[str, str]:
    """For each word that stands capitalised, the marks of what the report shows of it, in order."""
    names = _names()
    seen: defaultdict[str, _Seen] = defaultdict(_Seen)
    small: Counter[str] = Counter()
    for words in sentences:
        if case_of(words) != "n":
            continue
        small.update(word for word in words if word.islower())
        for start, end in _runs(words):
            last = names.single.get(words[end - 1], "")
            before = words[start - 1].lower() if start else ""
            after = words[end].lower() if end < len(words) else ""
            for at in range(start, end):
                record = seen[words[at]]
                record.times += 1
                company = record.company
                previous = words[at - 1] if at else ""
                if at == start and start:
                    company["inside"] += 1
                if before in _IN:
                    company["in"] += 1
                if at == end - 1 and after in _SAID:
                    company["said"] += 1
                kinds = names.single.get(previous, "")
                if "T" in kinds:
                    company["title"] += 1
                if "F" in kinds and at > start:
                    company["first"] += 1
                if end - start > 1:
                    company["last" if at == end - 1 else "front"] += 1
                    if "O" in last:
                        company["org"] += 1
                    if "P" in last:
                        company["plc"] += 1
                else:
                    company["alone"] += 1
                if previous == "(" and after == ")":
                    company["round"] += 1
    out: dict[str, str] = {}
    for word in sorted(seen):
        record = seen[word]
        marks = [mark for mark, n in sorted(record.company.items()) if 4 * n >= record.times]
        if small[word.lower()]:
            marks.append("small")
        if record.times > 2:
            marks.append("often")
        out[word] = " ".join(marks)
    return out


# ---------------------------------------------------------------- the words as the model sees them


@lru_cache(maxsize=1 << 16)
def _of_word(word: str, case: str) -> tuple[tuple[str, ...], str, str, str]:
    """Features of a word by itself, then its folded form, its outline and the lists it stands in."""
    word = plain(word)
    low = word.lower()
    names = _names()
    kinds = (names.single_low.get(low, "") if case == "U" else names.single.get(word, "")) or "-"
    outline = "U" if case == "U" and low != word else case + shape(word)
    out = ["w=" + low, "s=" + outline, "n=" + kinds, "3=" + low[-3:], "ns=" + kinds + outline]
    if len(low) > 4:
        out += ["4=" + low[-4:], "p=" + low[:4], "2=" + low[-2:] + outline]
    if len(word) > 1 and word.isupper():
        out.append(f"u={min(len(word), 6)}")
    return tuple(out), low, outline, kinds


def features(words: Sequence[str], tags: Sequence[str], evidence: dict[str, str]) -> list[list[str]]:
    """What the model sees of each word of one sentence, given its parts of speech."""
    case = case_of(words)
    listed = _listed(words, case)
    edge = ((), "|", "|", "|")
    seen = [edge, edge, *(_of_word(word, case) for word in words), edge, edge]
    pos = ["|", "|", *tags, "|", "|"]
    lists = ["", "", *listed, "", ""]
    out: list[list[str]] = []
    for at in range(2, len(words) + 2):
        own, low, outline, kinds = seen[at]
        _, back2, _, kinds2 = seen[at - 2]
        _, back, back_outline, back_kinds = seen[at - 1]
        _, ahead, ahead_outline, ahead_kinds = seen[at + 1]
        _, ahead2, _, _ = seen[at + 2]
        word = words[at - 2]
        item = [
            *own,
            "t=" + pos[at],
            "ta=" + pos[at - 1] + pos[at],
            "tb=" + pos[at] + pos[at + 1],
            "a=" + back,
            "b=" + ahead,
            "c=" + back2,
            "d=" + ahead2,
            "ao=" + back + outline,
            "bo=" + ahead + outline,
            "g=" + back_outline + outline,
            "i=" + outline + ahead_outline,
            "gi=" + back_outline + outline + ahead_outline,
            "ak=" + back_kinds + outline,
            "bk=" + ahead_kinds + outline,
            "ck=" + kinds2 + back_kinds + kinds,
            "j=" + back + " " + low,
            "k=" + low + " " + ahead,
        ]
        if lists[at]:
            item += ["l=" + lists[at], "ls=" + lists[at] + outline + back_kinds]
        if lists[at + 1]:
            item.append("lb=" + lists[at + 1])
        if lists[at - 1]:
            item.append("la=" + lists[at - 1])
        if at == 2:
            item.append("first=" + outline)
        if word[0].isupper():
            marks = evidence.get(word if case != "U" else word.capitalize(), "none")
            item.append("e=" + marks)
            item += ["e+" + mark for mark in marks.split()]
            if "(" in (back, ahead) or ")" in (back, ahead):
                item.append("(" + back + ahead + outline)
        out.append(item)
    return out


@cache
def _model() -> Any:
    """The labeller, opened once."""
    import pycrfsuite

    tagger: Any = pycrfsuite.Tagger()  # pyright: ignore[reportAttributeAccessIssue]  # a compiled class
    with as_file(files("tellings.lexicons").joinpath("mentions.crfsuite")) as path:
        tagger.open(str(path))
    return tagger


def labels(words: Sequence[str], tags: Sequence[str], evidence: dict[str, str]) -> list[str]:
    """The label of each word of one sentence: "O", or "B-" or "I-" and a kind."""
    out: list[str] = []
    for at in range(0, len(words), _MOST):
        out += _model().tag(features(words[at : at + _MOST], tags[at : at + _MOST], evidence))
    return out


# ---------------------------------------------------------------- one name, one reading


def _groups(marks: Sequence[str]) -> list[tuple[int, int, str]]:
    """First word, word after the last, and kind of each labelled stretch."""
    out: list[tuple[int, int, str]] = []
    for at, mark in enumerate(marks):
        if mark == "O":
            continue
        kind = mark[2:]
        if mark[0] == "I" and out and out[-1][1] == at and out[-1][2] == kind:
            out[-1] = (out[-1][0], at + 1, kind)
        else:
            out.append((at, at + 1, kind))
    return out


def settle(
    sentences: Sequence[Sequence[str]], found: Sequence[Sequence[tuple[int, int, str]]]
) -> list[list[tuple[int, int, str]]]:
    """The mentions of a report after one name is read one way.

    `sentences` holds the words, `found` for each sentence first word, word after the last, and
    kind. A name of several kinds takes the one that it has at least twice as often as the next;
    a name of two words or more, and the last word of a person's, is a mention wherever it stands
    capitalised and nothing else was found.
    """
    kinds: defaultdict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for words, mentions in zip(sentences, found, strict=True):
        for start, end, kind in mentions:
            kinds[tuple(words[start:end])][kind] += 1
    read: dict[tuple[str, ...], str] = {}
    for name in sorted(kinds):
        (best, n), *rest = sorted(kinds[name].items(), key=lambda x: (-x[1], x[0]))
        if not rest or n >= 2 * rest[0][1]:
            read[name] = best
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
        now = [(s, e, read.get(tuple(words[s:e]), kind)) for s, e, kind in mentions]
        taken = {at for s, e, _ in mentions for at in range(s, e)}
        for at, word in enumerate(words):
            for name in firsts.get(word, ()):
                end = at + len(name)
                if tuple(words[at:end]) != name or not taken.isdisjoint(range(at, end)):
                    continue
                if len(name) == 1 and (_capital(words, at - 1) or _capital(words, end)):
                    continue
                now.append((at, end, again[name]))
                taken.update(range(at, end))
                break
        out.append(sorted(now))
    return out


def _capital(words: Sequence[str], at: int) -> bool:
    """Whether a word stands there and is capitalised, at the sentence's beginning excepted."""
    return 0 < at < len(words) and words[at][0].isupper()


_OWNS = {"'s", "’s"}
_TAIL = {"'s", "’s", "'", "’", ",", "."}
_DASHES = {"–", "—", "―", "--"}
# Small words that stand in names of persons.
_PARTICLES = {
    *("de", "la", "le", "del", "della", "di", "da", "do", "dos", "das", "du", "van", "von", "der", "den", "ter"),
    *("bin", "binti", "ibn", "ben", "abu", "al", "el", "ul", "ud", "zu", "y", "e"),
}
_PARTIES = {"R", "D", "I"}


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


def read(text: str, sentences: Sequence[Sequence[Token]]) -> list[Found]:
    """The mentions of a text whose words and parts of speech are known, sorted, without overlap."""
    words = [[text[start:end] for start, end, _ in sentence] for sentence in sentences]
    evidence = _evidence(words)
    found = [
        _groups(labels(some, [pos for _, _, pos in sentence], evidence))
        for some, sentence in zip(words, sentences, strict=True)
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
    sentences = [[(word.span.start, word.span.end, word.pos) for word in words] for words in a.words]
    return tuple(Mention(Span(a.id, s, e), cast("MentionKind", kind)) for s, e, kind in read(a.report.text, sentences))
