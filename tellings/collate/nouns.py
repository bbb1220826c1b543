"""Nouns: which nouns can stand for somebody or somewhere, and which can stand for the same one.

Two lists: `actor_nouns.txt`, written for news, whose lines hold nouns that can stand for one actor
and whose sections tell the kind; and `noun_kin.txt`, made from WordNet, for the many nouns beyond.
There a noun can stand for another where a sense of one is a sense of the other or lies above it
("worker" for "miner"), no further than two steps.

Still missed: nouns of two words, new words, and nouns whose usual sense is not an actor's ("source").
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tellings import lexicons

__all__ = ["PARTISANS", "SWARMS", "TITLES", "Nouns", "akin", "kind_of", "lemma", "marks", "nouns", "plain_kind"]

TITLES = {
    "rep": "representative", "sen": "senator", "gov": "governor", "gen": "general", "sgt": "sergeant",
    "lt": "lieutenant", "capt": "captain", "col": "colonel", "det": "detective", "prof": "professor", "dr": "doctor",
    "rev": "reverend",
    "sens": "senator", "reps": "representative", "adm": "admiral", "maj": "major", "cmdr": "commander",
    "president-elect": "president", "supt": "superintendent", "pres": "president",
}  # fmt: skip
"""Titles before a name as they are shortened, and the noun that they stand for."""

SWARMS = {"police", "crowd", "public", "people", "audience", "community", "population", "media", "press", "couple",
          "civilian", "electorate", "family", "staff", "crew", "mob", "pair", "duo", "trio", "youth"}  # fmt: skip
"""Nouns for people together: none is a body's that is not named so."""
PARTISANS = {"democrat", "republican", "conservative", "socialist", "liberal"}
"""Nouns for one who belongs to a party; he is told so where he was named just before: "the Ohio Democrat"."""
_STEPS = 2


@dataclass(frozen=True, slots=True)
class Nouns:
    """The nouns of the news list: the kind of each, and the lines that it stands in; and those for nobody."""

    kind: dict[str, str]
    lines: dict[str, frozenset[int]]
    nobody: frozenset[str] = frozenset()


@cache
def nouns() -> Nouns:
    """The list of actor nouns."""
    kind: dict[str, str] = {}
    lines: dict[str, set[int]] = {}
    nobody: set[str] = set()
    section = ""
    text = files("tellings.lexicons").joinpath("actor_nouns.txt").read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines()):
        if line.startswith("["):
            section = line.strip("[]")
        elif section == "none":
            nobody.update(line.split())
        elif line and not line.startswith("#"):
            for noun in line.split():
                kind.setdefault(noun, section)
                lines.setdefault(noun, set()).add(number)
    return Nouns(kind, {noun: frozenset(some) for noun, some in lines.items()}, frozenset(nobody))


@cache
def _kin() -> dict[str, tuple[str, str]]:
    """For each noun of the wide list its kind, and its senses as they are written there."""
    out: dict[str, tuple[str, str]] = {}
    for line in lexicons.lines("noun_kin.txt"):
        noun, kind, senses = line.split(" ")
        out[noun] = (kind, senses)
    return out


@cache
def _senses(noun: str) -> tuple[tuple[str, ...], ...]:
    """The chains of a noun's senses: the number of each, and those above it."""
    _, senses = _kin().get(noun, ("", ""))
    return tuple(tuple(sense.split(",")) for sense in senses.split(";") if sense)


def kind_of(noun: str) -> str:
    """What a noun in the singular can stand for: person, organisation, group, place, craft or "".

    >>> kind_of("senator"), kind_of("postman"), kind_of("helicopter"), kind_of("reason")
    ('person', 'person', 'craft', '')
    """
    known = nouns().kind.get(noun)
    if noun in nouns().nobody:
        return ""
    if known is None and "-" in noun:
        known = nouns().kind.get(noun.rsplit("-", 1)[1])
    if known is None and noun.endswith("maker") and len(noun) > 6:
        return "organisation"
    return known or _kin().get(noun, ("", ""))[0]


def plain_kind(kind: str) -> str:
    """The kind that a dossier knows: a craft is somewhere."""
    return "place" if kind == "craft" else kind


@cache
def marks(noun: str) -> frozenset[str]:
    """What two nouns that are akin have in common, one of these at least: so that few need be compared."""
    named = noun if noun in nouns().lines or not noun.endswith("maker") else "maker"
    lines = {f"line {number}" for number in nouns().lines.get(named, ())}
    return frozenset({named, *lines, *(one for sense in _senses(noun) for one in sense[: _STEPS + 1])})


@cache
def akin(one: str, other: str, *, wide: bool = True) -> bool:
    """Whether two nouns can stand for the same actor; the wide list is asked for synonyms only unless `wide`.

    >>> akin("senator", "lawmaker"), akin("miner", "singer")
    (True, False)
    """
    if one == other:
        return True
    lines = nouns().lines
    one, other = (word if word in lines or not word.endswith("maker") else "maker" for word in (one, other))
    if {one, other} & {"representative"} and (one + other).find("spokes") >= 0:
        return False  # "Rep. Hill" is nobody's spokesman
    if one == other or not lines.get(one, frozenset()).isdisjoint(lines.get(other, frozenset())):
        return True
    if "police" in (one, other):
        return False  # a sense of "authority", which is said of too many others
    mine, theirs = _senses(one), _senses(other)
    most = _STEPS + 1 if wide else 1
    return any(a[0] in b[:most] or b[0] in a[:most] for a in mine for b in theirs)


_ODD = {"men": "man", "women": "woman", "people": "people", "children": "child", "wives": "wife", "police": "police",
        "thieves": "thief", "staff": "staff", "press": "press", "boss": "boss", "business": "business", "congress":
        "congress", "campus": "campus", "actress": "actress", "witness": "witness", "waitress": "waitress",
        "fortress": "fortress", "princess": "princess", "hostess": "hostess", "kids": "kid", "crisis": "crisis",
        "bus": "bus", "buses": "bus", "mob": "mob"}  # fmt: skip


@cache
def lemma(word: str) -> tuple[str, bool]:
    """The singular of a noun in small letters, and whether it stood in the plural.

    >>> lemma("Companies"), lemma("boss"), lemma("gunmen")
    (('company', True), ('boss', False), ('gunman', True))
    """
    low = word.lower()
    for prefix in ("ex-", "co-", "then-"):
        low = low.removeprefix(prefix)
    if low in _ODD:
        return _ODD[low], _ODD[low] != low
    if low.endswith("men") and kind_of(low[:-2] + "an"):
        return low[:-2] + "an", True
    if len(low) > 3 and low.endswith("s") and not low.endswith(("ss", "us", "is")):
        if low.endswith("ies"):
            return low[:-3] + "y", True
        if low.endswith(("sses", "shes", "ches", "xes")):
            return low[:-2], True
        return low[:-1], True
    return low, False
