"""Whose copy a report says it is: the agencies named in its credit lines.

Two kinds of evidence count. A credit names the origin of the text: a dateline "VARMO (AFP) -",
a byline, "Source: Agencies", a copyright line, "AP contributed to this report". A trace is a
phrase that an agency's own copy leaves behind: "told AFP", "an AFP correspondent", "seen by
AFP". A photo's credit ("(AFP photo)", "/ AFP /", "Image copyright Reuters") is not the text's,
and neither is "Reuters reported", which cites.

The agencies stand in `lexicons/agencies.txt`. One that is not listed is taken from a dateline
alone, where nothing but a news organisation can stand, or where its name says what it is ("News
Agency"). Still missed: unlisted agencies that are named in the words of a sentence only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from urllib.parse import urlsplit

__all__ = ["Credit", "agency", "find", "from_address", "is_caption", "leading", "same_house"]

FOOT = 2500
"""So many characters of the end of a text are looked through for credit lines."""


@dataclass(frozen=True, slots=True)
class Credit:
    """An agency, where the text names it (None: the address does) and how sure the phrase is (0 best)."""

    name: str
    start: int | None
    end: int | None
    rank: int


@cache
def _names() -> tuple[dict[str, str], frozenset[str]]:
    """Every spelling with its short name, and the spellings that mean other things too."""
    known: dict[str, str] = {}
    doubtful: set[str] = set()
    source = resources.files("tellings.lexicons").joinpath("agencies.txt").read_text(encoding="utf-8")
    for line in source.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        short, _, spellings = line.partition("\t")
        for spelling in spellings.split("|"):
            plain = spelling.removesuffix("*")
            forms = {plain, plain.upper()} if " " in plain else {plain}
            for form in sorted(forms):
                known[form] = short
                if spelling.endswith("*"):
                    doubtful.add(form)
    return known, frozenset(doubtful)


@cache
def _one() -> re.Pattern[str]:
    """Any listed agency's name, the longest spelling first."""
    forms = sorted(_names()[0], key=lambda form: (-len(form), form))
    one = "|".join(re.escape(form).replace(r"\ ", r"\s") for form in forms)
    return re.compile(rf"(?<![\w.-])(?:[Tt]he\s)?(?P<name>{one})(?![\w-])")


_SURNAME = re.compile(r"\s(?P<word>[A-Z][a-z’'-]*[a-z][\w’'-]*)")
_AFTER_BY = re.compile(r"(?:^|\b[Bb]y\s)(?P<word>[A-Z][a-z’'-]*[a-z])\s$")
_OF_A_HOUSE = frozenset(
    [
        *("Agency", "Bureau", "Business", "Correspondent", "Correspondents", "Desk", "News", "Newspapers", "Newsroom"),
        *("Additional", "And", "By", "From", "Source", "Sources", "With"),
        *("Opinion", "Press", "Reporter", "Reporters", "Service", "Staff", "The", "Via", "Wire", "Writer", "Writers"),
    ]
)
"""Words that stand beside an agency's name and are nobody's surname."""


def _is_person(text: str, start: int, end: int) -> bool:
    """Whether a name that an agency shares with people is a person's here: "By Petra Ulvar", "By Ivan Petra".

    Only a name of one word that is marked as doubtful and is not in capitals; a word beside it with a capital makes
    it a person's, but for words that a house's name has.
    """
    name = text[start:end]
    if name not in _names()[1] or " " in name or name.isupper():
        return False
    after = _SURNAME.match(text, end)
    before = _AFTER_BY.search(text, max(0, start - 40), start)
    return any(found is not None and found["word"] not in _OF_A_HOUSE for found in (after, before))


_JOIN = re.compile(r"\s?[,/&+]\s?(?:and\s)?|\s(?:and|with)\s")


def leading(text: str, start: int = 0, *, sure: bool = False) -> list[tuple[str, int, int]]:
    """The agencies named one after the other from `start` on ("AFP, Reuters and AP"), with their places.

    With `sure`, only listed spellings that mean nothing else.

    >>> leading("Reuters and The Associated Press said")
    [('Reuters', 0, 7), ('AP', 12, 32)]
    """
    known, doubtful = _names()
    out: list[tuple[str, int, int]] = []
    while (match := _one().match(text, start) or (None if sure else _SHAPED.match(text, start))) is not None:
        name = " ".join((match["name"] if match.re is _one() else match.group()).split())
        if (sure and name in doubtful) or (
            match.re is _one() and _is_person(text, match.start("name"), match.end("name"))
        ):
            break
        out.append((known.get(name, name), match.start(), match.end()))
        if (join := _JOIN.match(text, match.end())) is None:
            break
        start = join.end()
    return out


_NO_MORE = re.compile(
    r"(?:,?\s(?:and|with|&)\s(?:staff|our\s|own\s|local\s|reporters?|correspondents?|writers?|others){1,3})?[\s.,]*"
)


def _wholly(text: str, at: int) -> list[tuple[str, int, int]]:
    """The agencies where the whole stretch names nothing else; places are `at` further on."""
    lead = re.match(r"[^()\n]{0,40}?\bwith\s(?:the\s)?", text)
    for start in (0, lead.end() if lead is not None else 0):
        out = leading(text, start)
        if out and _NO_MORE.fullmatch(text, out[-1][2]) is not None:
            return [(name, at + a, at + b) for name, a, b in out]
    return []


_SHAPE = (
    r"(?:(?:[A-Z][\w.'’-]*\s){1,3}(?:News\sAgency|Press\sAgency|Newswire|News\sWire|News\sService|Wire\sService|Wire)"
    r"|[A-Z][\w-]*[a-z]wire)\b"
)
_SHAPED = re.compile(_SHAPE)
_ARTICLE = re.compile(r"^(?:the|The|THE)\s+")


def agency(name: str) -> str | None:
    """The short name of the agency that `name` is; None where it is none that is known or looks like one.

    >>> agency("The Associated Press"), agency("Varmo News Agency"), agency("The Varmo Times")
    ('AP', 'Varmo News Agency', None)
    """
    plain = _ARTICLE.sub("", " ".join(name.split()).strip(" .,;:-–—"))
    known = _names()[0]
    if plain in known:
        return known[plain]
    return plain if re.fullmatch(_SHAPE, plain) else None


_LETTERS = re.compile(r"[^a-z0-9]+")


def same_house(name: str, outlet: str | None) -> bool:
    """Whether a name in the text is the outlet's own ("CNN" of edition.cnn.com)."""
    if not outlet:
        return False
    a, b = _LETTERS.sub("", name.lower()), _LETTERS.sub("", outlet.lower())
    return bool(a) and (a in b if len(a) >= 3 else a == b)


_CAPTION = re.compile(
    r"\b(?:[Pp]hoto(?:graph)?(?:er)?s?(?:\s(?:by|credit|courtesy)\b|\s?:|/)|(?:AFP|AP|Reuters|REUTERS|EPA)\s[Pp]hotos?\b"
    r"|TOPSHOT|Getty|FILE\s(?:-|–|PHOTO)|File\s[Pp]hoto|[Ii]mage\s(?:copyright|source|caption|credit)|[Pp]icture:|[Hh]andout)"
    r"|©\s?\w+|/\s?(?:AFP|AP|EPA)\b|\[Photo|toggle\scaption"
)
_CAPTION_END = re.compile(
    # "Ada Lind/Varmo News", "(Ada Lind via AP)", "(Ada Lind, File/Varmo News)" at the end of a line.
    r"(?:^|[a-z.!?\"”’)]\s)[A-Z][\w.'’-]+\s[A-Z][\w.'’-]+\s?/\s?[A-Z][\w.'’/ -]{1,40}$"
    r"|\([A-Z][^()\n]{0,60}(?:/|\bvia\s)[^()\n]{1,50}\)\W*$"
)


def is_caption(line: str) -> bool:
    """Whether a line is the caption of a picture, by its credit; a long line with one inside is not."""
    return len(line) < 700 and bool(_CAPTION.search(line) or _CAPTION_END.search(line))


_DASH = r"[-–—―:]"
_HOUSE = r"[A-Z][\w.&'’-]*(?:[\s/][\w.&'’-]+){0,4}"
_PLACE = r"[A-Z][\w.'’/-]*(?:[\s,/]{1,2}[\w.'’-]+){0,9}?"
_DATELINE = re.compile(rf"^(?:{_PLACE},?\s?)?\((?P<who>{_HOUSE})\)\s?{_DASH}{{1,2}}\s")
"""VARMO, Norland, Oct 19 (AFP) -: whatever stands in these brackets is a news organisation."""
_IN_BRACKETS = re.compile(rf"\((?P<who>{_HOUSE})\)$")
_BARE_DATELINE = re.compile(rf"^(?:{_PLACE},?\s)?\((?P<who>[A-Z][^()\n]{{1,60}})\)\s")
_AFTER_DATE = re.compile(r"\b(?:19|20)\d\d\b[^\n()]{0,25}\((?P<who>[A-Z][^()\n]{1,60})\)")
_SOURCE = re.compile(
    r"^\W{0,3}(?:sources?|via|agency|wire|credits?)\s?[:\uff1a]\s?(?P<who>[^\n]{2,90})$", re.IGNORECASE
)
_INPUTS = re.compile(
    r"\b[Ww]ith\s(?:additional\s)?(?:inputs?|reporting|reports|files|material|information|contributions?)"
    r"\s(?:from|by)\s(?P<who>[^.\n]{2,90})|\([Ww]ith\s(?P<who2>[^()\n]{2,60})\)"
)
_GAVE = re.compile(r"\scontributed\s(?:reporting\s)?to\sthis\s(?:report|story|article)")
_BY = re.compile(
    r"\b(?:(?:[Rr]eporting|[Mm]aterial)\s(?:by|from)|(?:published|produced|provided|supplied|distributed|written|issued"
    r"|generated)\s(?:automatically\s)?(?:by|from|through|via))\s(?:an?\s)?(?=[A-Zad])"
)
_COPYRIGHT = re.compile(
    r"(?:[Cc]opyright|COPYRIGHT|©|\([Cc]\))\s?(?:©|\([Cc]\))?\s?(?:(?:19|20)\d\d)?,?\s?(?:by\s)?(?=[A-Zad])"
)
_PICTURE = re.compile(r"(?:[Ii]mage|[Pp]hoto|[Pp]icture|[Vv]ideo)\W*$")
_END = re.compile(
    rf"(?:^[\w/.\s-]{{0,20}}|[.!?…][\"”’')]*\s*)(?:{_DASH}{{1,2}}\s?(?P<who>[A-Za-z][^()\n]{{1,60}}?)|\((?P<who2>[^()\n]{{2,80}})\))\W*$"
)
_TOLD = re.compile(r"\b(?:told|tells|(?:seen|obtained|reviewed|contacted|reached)\sby)\s(?=[A-Zatd])")
_OWN = re.compile(r"\s(?:correspondent|reporter|journalist|witness|tally|count)s?\b")
_ARTICLES = re.compile(r"\b(?:[Aa]n?|[Tt]he|[Oo]ur)\s")


@cache
def _in_address() -> re.Pattern[str]:
    """An agency named in the path of an address: /wires/afp/, /aponline/, /wire/reuters/."""
    return re.compile(
        r"/(?:wires?|agency|agencies|feeds?|newswire)/(\w+)(?:/|$)|/(ap|reuters|afp)(?:online|wire)?/", re.IGNORECASE
    )


def from_address(url: str | None) -> str | None:
    """The agency that the address of a report names; None where it names none.

    >>> from_address("http://www.example.com/wires/afp/article-1/x.html")
    'AFP'
    """
    if not url:
        return None
    try:
        path = urlsplit(url).path
    except ValueError:
        return None
    match = _in_address().search(path[:300])
    if match is None:
        return None
    name = match[1] or match[2]
    return agency(name) or agency(name.upper()) or agency(name.title())


def _each(text: str, start: int) -> list[tuple[str, int, int]]:
    """Every agency in a stretch of text, short name and place; unlisted ones by the shape of their name."""
    known = _names()[0]
    found = [
        (known[" ".join(m["name"].split())], start + m.start(), start + m.end())
        for m in _one().finditer(text)
        if not _is_person(text, m.start("name"), m.end("name"))
    ]
    return found or [(" ".join(m.group().split()), start + m.start(), start + m.end()) for m in _SHAPED.finditer(text)]


def _who(match: re.Match[str]) -> tuple[str, int]:
    """The part of a phrase that names agencies, and where it starts."""
    group = "who" if match["who"] is not None else "who2"
    return match[group], match.start(group)


def _strong(line: str, at: int, *, foot: bool, last: bool) -> Iterator[tuple[str, int, int]]:
    """The agencies that the credit phrases of one line name, each with the place of its whole phrase."""
    for match in (*_SOURCE.finditer(line), *_INPUTS.finditer(line)):
        who, start = _who(match) if match.re is _INPUTS else (match["who"], match.start("who"))
        for number, (name, a, b) in enumerate(_each(who, start)):
            yield name, at + (a if number else match.start()), at + b
    for match in _GAVE.finditer(line):
        low = max(line.rfind(". ", 0, match.start()) + 1, match.start() - 200, 0)
        for name, a, _ in _each(line[low : match.start()], low):
            yield name, at + a, at + match.end()
    for match in _BY.finditer(line):
        for name, _, b in leading(line, match.end()):
            yield name, at + match.start(), at + b
    if foot:
        for match in _COPYRIGHT.finditer(line):
            if not _PICTURE.search(line[: match.start()]):
                for name, _, b in leading(line, match.end()):
                    yield name, at + match.start(), at + b
    if last and (match := _END.search(line)) is not None:
        who, start = _who(match)
        yield from _wholly(who, at + start)


_NOT_HOUSES = frozenset(
    [
        "update",
        "updated",
        "video",
        "photos",
        "watch",
        "live",
        "opinion",
        "analysis",
        "exclusive",
        "breaking",
        "correction",
    ]
)
_CAPITALS = re.compile(r"^(?:\(|[A-Z][A-Z.'’-]{2,}\b|[A-Z][\w.'’ -]{1,30},\s)")


def _may_stand(line: str, who: str) -> bool:
    """Whether a name in a dateline that no list knows can be a news organisation.

    The place before it stands in capitals or has a comma, as datelines do: "The Union of Bakers
    (UB) - founded" is none. Broadcasters that write the same before their own copy are not
    agencies either; they are short, in capitals and stand without a place: "(CNN) -".
    """
    if who.lower() in _NOT_HOUSES or not _CAPITALS.match(line):
        return False
    return not (line.startswith("(") and who.isupper())


def find(
    text: str,
    lines: list[tuple[int, int]],
    *,
    head: int,
    bylines: list[tuple[int, int]],
    outlet: str | None,
    url: str | None,
) -> list[Credit]:
    """The agencies that a report names as its origin, each once, in the order of the text.

    `lines` are the spans of the lines that are not blank, `head` is how many of them may hold
    datelines, `bylines` are the places of bylines and of the lines around a date. What the
    address names comes first and has no place.
    """
    found: list[Credit] = []
    if (named := from_address(url)) is not None:
        found.append(Credit(named, None, None, 0))

    def keep(name: str, start: int, end: int, rank: int) -> None:
        found.append(Credit(name, start, end, rank))

    for start, end in bylines:
        listed = _each(text[start:end], start)
        for name, a, b in listed:
            keep(name, a, b, 0)
        # "By Ada Lind in Varmo (Norwire)": as in a dateline, these brackets hold who sent it.
        house = _IN_BRACKETS.search(text, start, end)
        if not listed and house is not None and not same_house(house["who"], outlet):
            keep(" ".join(house["who"].split()), house.start("who"), house.end("who"), 0)
    cut = len(text) - FOOT
    for number, (start, end) in enumerate(lines):
        is_head, is_foot = number < head, start >= cut or number >= len(lines) - 4
        if not is_head and not is_foot:
            continue
        line = text[start : min(end, start + 600)] if not is_foot else text[start:end][-1200:]
        at = start if not is_foot else end - len(line)
        if is_caption(line) and not _COPYRIGHT.match(line):
            continue
        if is_head:
            for match in (_BARE_DATELINE.match(line), *_AFTER_DATE.finditer(line[:300])):
                if match is not None:
                    names = _wholly(match["who"], at + match.start("who"))
                    found.extend(Credit(name, b - 1, c + 1, 0) for name, b, c in names)
            match = _DATELINE.match(line)
            if match is not None:
                who, a = match["who"], at + match.start("who")
                listed = _each(who, a)
                for name, b, c in listed:
                    keep(name, b, c, 0)
                if not listed and _may_stand(line, who) and not same_house(who, outlet):
                    keep(" ".join(who.split()), a, a + len(who), 0)
        for name, a, b in _strong(line, at, foot=is_foot, last=number >= len(lines) - 3):
            keep(name, a, b, 0)
    found += _traces(text)
    best: dict[str, Credit] = {}
    for credit in found:
        old = best.get(credit.name)
        key = (credit.rank, -1 if credit.start is None else credit.start)
        if old is None or key < (old.rank, -1 if old.start is None else old.start):
            best[credit.name] = credit
    return sorted(best.values(), key=lambda c: (-1 if c.start is None else c.start, c.name))


def _traces(text: str) -> Iterator[Credit]:
    """What an agency's own copy leaves behind: "told AFP", "an AFP correspondent"; the first of each."""
    spots = [(m.start(), hit) for m in _TOLD.finditer(text) for hit in leading(text, m.end(), sure=True)[:1]]
    for match in _OWN.finditer(text):
        # Begun from the end of the phrase, which is rare: from "the" every name would be tried.
        for article in _ARTICLES.finditer(text, max(0, match.start() - 60), match.start()):
            hits = leading(text, article.end(), sure=True)[:1]
            spots += [(article.start(), (h[0], h[1], match.end())) for h in hits if h[2] == match.start()]
    seen: set[str] = set()
    for start, (name, _, end) in sorted(spots):
        if name in seen:
            continue
        # A caption's line is short, so that no more of the text need be looked at.
        low, high = max(0, start - 700), min(len(text), end + 700)
        begin = text.rfind("\n", low, start) + 1 or low
        stop = text.find("\n", end, high)
        if not is_caption(text[begin : high if stop < 0 else stop]):
            seen.add(name)
            yield Credit(name, start, end, 1)
