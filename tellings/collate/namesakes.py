"""Namesakes: whether two names, as reports write them, are one person's, organisation's or place's.

Names are compared by their folded words: persons by surname and first name (initials and short
forms allowed, in either order), organisations and places by the noun that heads them, by what may
be left off their end, and by their first letters. Names carried over from other scripts are spelled
in many ways: two spellings are one where their skeletons are the same (consonants, those that
sound alike made one, as in Soundex and Metaphone, articles left out) and their letters nearly so,
by the edit ratio of RapidFuzz (normalised indel similarity).

Still missed: names that changed, translations of a name, and short names that only usage knows.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from tellings import lexicons
from tellings.collate.nouns import TITLES, kind_of, lemma, nouns
from tellings.text import Span, View

__all__ = ["GENDERED", "JUNIOR", "SMALL", "UNITED", "head", "incorporated", "initials", "junior", "land", "lowered",
           "peoples", "same_body", "same_person", "same_place", "same_spelling", "skeleton", "turned",
           "words"]  # fmt: skip

_BIRTH = {"jr", "sr", "ii", "iii", "iv"}
_JUNIOR = re.compile(r",? Jr\b")
JUNIOR = "jr"
"""The last word of a name that tells a son from his father."""
_SIDES = {"northern", "southern", "eastern", "western", "central", "downtown"}
SMALL = {"of", "for", "the", "and", "in", "on", "at", "de", "al", "s", "et", "del", "la", "le", "du", "des", "to", "&"}
"""Words that do not tell one name from another."""
GENDERED = {"mr": "m", "sir": "m", "lord": "m", "king": "m", "prince": "m", "congressman": "m", "chairman": "m",
            "mrs": "f", "ms": "f", "miss": "f", "dame": "f", "lady": "f", "queen": "f", "princess": "f",
            "congresswoman": "f", "chairwoman": "f", "spokesman": "m", "spokeswoman": "f", "brother": "m",
            "sister": "f", "father": "m", "mother": "f", "husband": "m", "wife": "f", "son": "m", "daughter": "f",
            "man": "m", "woman": "f", "boy": "m", "girl": "f", "actress": "f", "actor": "m", "widow": "f",
            "mum": "f", "mom": "f", "dad": "m", "policeman": "m", "policewoman": "f", "businessman": "m",
            "businesswoman": "f", "gentleman": "m", "uncle": "m", "aunt": "f", "nephew": "m", "niece": "f"}  # fmt: skip
"""Titles and nouns that tell a man ("m") or a woman ("f")."""
_TITLES = {*TITLES, *GENDERED, "mx"}
_UNITED = {"states": "us", "nations": "un", "kingdom": "uk"}
UNITED = frozenset(_UNITED.values())
"""Lands and a league that are told in two letters: "United States" is "us"."""
_LANDS = {"us": "US", "usa": "US", "united": "US", "america": "US", "uk": "GB", "britain": "GB", "england": "GB",
          "english": "GB", "scotland": "GB", "scottish": "GB", "wales": "GB", "welsh": "GB", "france": "FR",
          "denmark": "DK", "ireland": "IE", "netherlands": "NL", "holland": "NL", "philippines": "PH", "swiss": "CH",
          "switzerland": "CH", "thai": "TH", "thailand": "TH", "cyprus": "CY", "congo": "CD", "poland": "PL",
          "spain": "ES", "niger": "NE", "finland": "FI"}  # fmt: skip
"""Lands whose adjective begins otherwise, by their code."""
_FORMS = {"inc", "corp", "co", "ltd", "plc", "llc", "group", "stores", "holdings", "news", "com", "org", "net"}
_LEGAL = {"inc", "incorporated", "corp", "corporation", "co", "company", "ltd", "limited", "plc", "llc", "llp", "lp",
          "gmbh", "asa", "srl", "oyj", "pty", "sarl"}  # fmt: skip
"""What stands at the end of a company's name and tells its legal form."""
_GENERIC = {"mount", "mt", "lake", "river", "mine", "city", "town", "village", "province", "county", "port", "gulf",
            "island", "islands", "bay", "cape", "region", "district", "state", "airport", "harbour", "harbor",
            "prefecture", "governorate", "municipality", "valley", "fort"}  # fmt: skip
"""Words of a place's name that may be left out."""
_ARTICLES = {"al", "el", "as", "ash", "an", "ad", "ar", "az", "at"}
_ALIKE = str.maketrans({"q": "k", "c": "k", "x": "k", "g": "g", "z": "s", "v": "f", "b": "b", "p": "p", "j": "j"})
_SOFT = set("aeiouyhw'")
_WORDS = re.compile(r"[^\W_]+(?:\.[^\W_])*")


@cache
def _short_forms() -> dict[str, frozenset[int]]:
    """For each first name, the lines of the list of short forms that it stands in."""
    lines: defaultdict[str, set[int]] = defaultdict(set)
    text = files("tellings.lexicons").joinpath("nicknames.txt").read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines()):
        if not line.startswith("#"):
            for word in line.split():
                lines[word].add(number)
    return {word: frozenset(some) for word, some in lines.items()}


def lowered(text: str) -> str:
    """A text folded for comparing: no case, no accents, plain quotes."""
    return View("", text).text


@cache
def peoples() -> frozenset[str]:
    """The folded adjectives of peoples."""
    return frozenset(lowered(line.split("|")[0].strip()) for line in lexicons.lines("demonyms.txt"))


@cache
def _codes() -> dict[str, str]:
    """For each folded adjective of a people, the code of its country or ""."""
    lines = (line.split("|") for line in lexicons.lines("demonyms.txt"))
    return {lowered(name.strip()): code.strip() for name, code in lines}


@cache
def land(word: str) -> str:
    """The code of the land that the folded name of a country or people stands for, or the word where none is known.

    Names of countries are known by the adjective that begins alike.

    >>> land("nigeria") == land("nigerian"), land("us") == land("american"), land("peru") == land("chilean")
    (True, True, False)
    """
    if word in _LANDS:
        return _LANDS[word]
    if word in _codes():
        return _codes()[word] or word
    alike = sorted(name for name in _codes() if name[:4] == word[:4] and len(word) > 3)
    best = max(alike, key=lambda name: sum(name[: n + 1] == word[: n + 1] for n in range(len(word))), default="")
    return _codes().get(best, "") or word


def words(text: str, kind: str = "", *, legal: bool = False) -> tuple[str, ...]:
    """The folded words that make two names the same; () where there is none.

    Left out are "the", "Jr.", a final "'s", titles before a person's name, the legal form of a
    company unless `legal`, and for places the side of the sky and what stands after a comma.

    >>> words("the Harbour Watch's"), words("Senator Ann B. Hill Jr.", "person"), words("northern Erie, Pa.", "place")
    (('harbour', 'watch'), ('ann', 'b', 'hill'), ('erie',))
    >>> words("Weir Stores Ltd", "organisation"), words("Minera Alba S.A.", "organisation")
    (('weir', 'stores'), ('minera', 'alba'))
    """
    if kind == "place":
        text = text.split(",", 1)[0]
    folded = lowered(re.sub(r"(?<=\w) (?:AS|SA|AG|SE|AB|NV|BV|LP|KK|SpA|S\.A\.)\Z", "", text))
    found = [w.replace(".", "") for w in _WORDS.findall(re.sub(r"'s?\Z", "", folded))]
    found = [w for w in found if w not in _BIRTH] or found
    if len(found) > 1 and found[0] == "united" and found[1] in _UNITED:
        found = [_UNITED[found[1]], *found[2:]]
    if len(found) > 1 and found[0] == "the":
        found = found[1:]
    if kind == "place" and len(found) > 1 and found[0] in _SIDES:
        found = found[1:]
    if kind != "place" and not legal and _LEGAL.intersection(found[1:]):
        while len(found) > 1 and found[-1] in _LEGAL and not (found[-1] == "company" and len(found) < 3):
            found = found[:-1]
    if kind == "person" and len(found) > 1:
        known = nouns().kind
        last = max((n for n, w in enumerate(found[:-1]) if w in _TITLES or known.get(w) == "person"), default=-1)
        found = found[last + 1 :]
    return tuple(found)


def junior(text: str, name: Span) -> bool:
    """Whether "Jr." stands in a name or right behind it.

    >>> junior("Ann Hill Jr. spoke", Span("", 0, 8)), junior("Ann Hill spoke", Span("", 0, 8))
    (True, False)
    """
    found = _JUNIOR.search(text, max(name.start, name.end - 5), min(len(text), name.end + 6))
    return found is not None and found.start() <= name.end


def head(name: Sequence[str]) -> str:
    """The noun that heads a name of two words or more: before "of" or "for", else the last; or "".

    >>> head(("erie", "academy", "of", "arts")), head(("harbour", "watch")), head(("erie",))
    ('academy', 'watch', '')
    """
    if len(name) < 2:
        return ""
    at = next((n for n, word in enumerate(name) if n and word in {"of", "for"}), len(name))
    return name[at - 1] if len(name[at - 1]) > 3 else ""


def initials(name: Sequence[str]) -> list[str]:
    """The first letters of a name, with and without its small words; [] for one word.

    >>> initials(("league", "of", "free", "towns"))
    ['loft', 'lft']
    """
    if len(name) < 2:
        return []
    letters = [(w, w if n == 0 and w in UNITED else w[0]) for n, w in enumerate(name)]
    return list(dict.fromkeys(["".join(x for _, x in letters), "".join(x for w, x in letters if w not in SMALL)]))


@cache
def skeleton(text: str) -> str:
    """The consonants of a name's words as they may be heard, each run of one once; articles left out.

    >>> skeleton("dar sufayn") == skeleton("dar al-sofain"), skeleton("ruta"), skeleton("khalid") == skeleton("khaled")
    (True, 'rt', True)
    """
    out: list[str] = []
    for word in re.split(r"[\s-]+", text):
        if word in _ARTICLES:
            continue
        plain = word.replace("gh", "g").replace("ph", "f").replace("ts", "s").replace("sch", "sh").translate(_ALIKE)
        out += (c for c in plain if c not in _SOFT)
    return "".join(c for n, c in enumerate(out) if n == 0 or out[n - 1] != c)


def _alike(one: str, other: str, least: float = 60.0) -> bool:
    """Whether two words, or two names written as one, are one in two spellings."""
    from rapidfuzz.fuzz import ratio

    if one == other:
        return True
    if min(len(one), len(other)) < 4:
        return False
    same = skeleton(one) == skeleton(other) and len(skeleton(one)) > 1
    first = one[0] == other[0] or {one[0], other[0]} <= set("qkcg") or {one[0], other[0]} <= set("aeiouyh")
    return same and first and ratio(one, other) >= least


def _same_first(one: str, other: str) -> bool:
    """Whether two first names can be one person's."""
    lines = _short_forms()
    if not lines.get(one, frozenset()).isdisjoint(lines.get(other, frozenset())):
        return True
    if one.startswith(other) or other.startswith(one):
        return True
    # John and Joan sound alike to a skeleton: two short names that are both in use are two.
    used = lexicons.words("first_names.txt")
    return _alike(one, other) and (min(len(one), len(other)) > 4 or not {one, other} <= used)


def _among(word: str, some: Sequence[str]) -> bool:
    """Whether a word is one of some, in any spelling."""
    return any(_alike(word, one) for one in some)


def same_person(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two full names, of two words or more, can be one person's.

    >>> same_person(("bob", "hill"), ("robert", "j", "hill")), same_person(("ann", "hill"), ("bob", "hill"))
    (True, False)
    >>> same_person(("vilmos", "kerenyi"), ("kerenyi", "vilmos"))
    True
    >>> same_person(("abdel", "latif", "nasr"), ("abdullatif", "naser"))
    True
    """
    from rapidfuzz.fuzz import ratio

    if (one[-1] == JUNIOR) != (other[-1] == JUNIOR):
        return False
    if sorted(one) == sorted(other) or one[0] + one[-1] == other[-1] + other[0]:
        return True
    short, long = sorted((tuple(one), tuple(other)), key=len)
    if len(short) > 1 and long[: len(short)] == short:
        return True  # further names are left out: "Inés Prado" of "Inés Prado Lima"
    run, ran = "".join(one), "".join(other)
    joined = len(one) != len(other) and len(skeleton(run)) > 4 and skeleton(run) == skeleton(ran)
    if joined and run[0] == ran[0] and ratio(run, ran) >= 75:
        return True
    if one[-1] != other[-1] and not _alike(one[-1], other[-1]):
        return one[0] == other[0] and len(one[-1]) > 4 and ratio(one[-1], other[-1]) >= 80
    if _same_first(one[0], other[0]) or _among(one[0], other[1:-1]) or _among(other[0], one[1:-1]):
        return True
    return min(len(one[0]), len(other[0])) > 4 and ratio(one[0], other[0]) >= 80


def same_spelling(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two names of as many words are one, spelled in two ways.

    One word may differ: by little where it is short or the only one; more may where their
    skeletons are the same. The first letter of a word may not differ, so that north and south stay apart.

    >>> same_spelling(("dar", "sufayn"), ("dar", "sufain")), same_spelling(("north", "weir"), ("south", "weir"))
    (True, False)
    >>> same_spelling(("tell", "qoumayr"), ("tal", "kumair"))
    True
    """
    from rapidfuzz.fuzz import ratio

    run, ran = " ".join(one), " ".join(other)
    if run.replace(" ", "") == ran.replace(" ", "") and len(run) > 5:
        return True
    whole = len(skeleton(run)) > 3 and skeleton(run) == skeleton(ran) and run[0] == ran[0]
    if whole and ratio(run.replace(" ", ""), ran.replace(" ", "")) >= 60 and abs(len(one) - len(other)) < 2:
        return True
    if len(one) != len(other):
        return False
    unlike = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    if len(unlike) != 1:
        return not unlike
    a, b = unlike[0]
    if a[0] != b[0] or min(len(a), len(b)) < 4:
        return False
    return ratio(a, b) >= (88 if len(one) == 1 or min(len(a), len(b)) == 4 else 70)


def same_place(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two names of places differ only in what kind of place it is.

    >>> same_place(("arden",), ("mount", "arden")), same_place(("arden",), ("arden", "cathedral"))
    (True, False)
    """
    a, b = (tuple(w for w in name if w not in _GENERIC) for name in (one, other))
    return a == b != ()


def incorporated(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether a name is another and what tells that it is a company's: "Weir" and "Weir Stores".

    >>> incorporated(("dale", "weir"), ("dale", "weir", "stores")), incorporated(("dale",), ("dale", "county"))
    (True, False)
    """
    n = len(short)
    return n < len(long) and tuple(long[:n]) == tuple(short) and all(w in _FORMS | _LEGAL for w in long[n:])


def turned(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two names of a body have the same words, its noun before "of" in one: "Ministry of Health".

    >>> turned(("ministry", "of", "health"), ("health", "ministry")), turned(("bank", "of", "york"), ("york", "club"))
    (True, False)
    """
    if len(one) < len(other):
        one, other = other, one
    return len(one) == len(other) + 1 and one[1] == "of" and (*one[2:], one[0]) == tuple(other)


def same_body(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether `short` is a shorter name of the organisation or place `long`.

    >>> same_body(("weir", "stores"), ("weir", "stores", "inc")), same_body(("watch",), ("watch", "for", "rivers"))
    (True, True)
    >>> same_body(("senate",), ("senate", "water", "board")), same_body(("arden",), ("mount", "arden"))
    (False, True)
    """
    n = len(short)
    if n >= len(long):
        return False
    known = nouns().kind
    if tuple(w for w in long if w not in _GENERIC) == tuple(w for w in short if w not in _GENERIC) != ():
        return True
    if tuple(long[:n]) == tuple(short):
        left = [w for w in long[n:] if w not in SMALL]
        whole = all(w in _FORMS or kind_of(lemma(w)[0]) in {"organisation", "place"} for w in left)
        return whole or long[n] in {"for", "of"}
    if n == 1 and head(long) == short[0]:
        return True
    return tuple(long[-n:]) == tuple(short) and (n > 1 or long[-1] not in known)
