"""Namesakes: whether two names, as reports write them, are one person's, organisation's or place's.

Names are compared by their folded words: persons by surname and first name (initials and short
forms allowed), organisations and places by the noun that heads them, by what may be left off
their end, and by their first letters. Names carried over from other scripts are spelled in many
ways: one word of a name may differ by the edit ratio of RapidFuzz (normalised indel similarity).

Still missed: names that changed, translations of a name, and short names that only usage knows.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from tellings.collate.expressions import TITLES, lemma, nouns
from tellings.text import View

__all__ = ["head", "initials", "same_body", "same_person", "same_spelling", "words"]

_BIRTH = {"jr", "sr", "ii", "iii", "iv"}
_SIDES = {"northern", "southern", "eastern", "western", "central", "downtown"}
SMALL = {"of", "for", "the", "and", "in", "on", "at", "de", "al", "s"}
"""Words that do not tell one name from another."""
_FORMS = {"inc", "corp", "co", "ltd", "plc", "llc", "group", "stores", "holdings", "news"}
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


def words(text: str, kind: str = "") -> tuple[str, ...]:
    """The folded words that make two names the same; () where there is none.

    Left out are "the", "Jr.", a final "'s", titles before a person's name, and for places the
    side of the sky and what stands after a comma.

    >>> words("the Harbour Watch's"), words("Senator Ann B. Hill Jr.", "person"), words("northern Erie, Pa.", "place")
    (('harbour', 'watch'), ('ann', 'b', 'hill'), ('erie',))
    """
    if kind == "place":
        text = text.split(",", 1)[0]
    folded = View("", text).text
    found = [w.replace(".", "") for w in _WORDS.findall(re.sub(r"'s?\Z", "", folded))]
    found = [w for w in found if w not in _BIRTH] or found
    if len(found) > 1 and found[0] == "the":
        found = found[1:]
    if kind == "place" and len(found) > 1 and found[0] in _SIDES:
        found = found[1:]
    if kind == "person" and len(found) > 1:
        known = nouns().kind
        last = max((n for n, w in enumerate(found[:-1]) if w in TITLES or known.get(w) == "person"), default=-1)
        found = found[last + 1 :]
    return tuple(found)


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
    return list(dict.fromkeys(["".join(w[0] for w in name), "".join(w[0] for w in name if w not in SMALL)]))


def _same_first(one: str, other: str) -> bool:
    """Whether two first names can be one person's."""
    lines = _short_forms()
    if not lines.get(one, frozenset()).isdisjoint(lines.get(other, frozenset())):
        return True
    return one.startswith(other) or other.startswith(one)


def same_person(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two full names, of two words or more, can be one person's.

    >>> same_person(("bob", "hill"), ("robert", "j", "hill")), same_person(("ann", "hill"), ("bob", "hill"))
    (True, False)
    """
    from rapidfuzz.fuzz import ratio

    if one[-1] != other[-1]:
        return one[0] == other[0] and len(one[-1]) > 4 and ratio(one[-1], other[-1]) >= 80
    if _same_first(one[0], other[0]) or one[0] in other[:-1] or other[0] in one[:-1]:
        return True
    return min(len(one[0]), len(other[0])) > 4 and ratio(one[0], other[0]) >= 80


def same_spelling(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two names of as many words are one, spelled in two ways.

    One word may differ: by little where it is short or the only one. Its first letter may not,
    so that north and south stay apart.

    >>> same_spelling(("dar", "sufayn"), ("dar", "sufain")), same_spelling(("north", "weir"), ("south", "weir"))
    (True, False)
    """
    from rapidfuzz.fuzz import ratio

    if len(one) != len(other):
        return False
    unlike = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    if len(unlike) != 1:
        return not unlike
    a, b = unlike[0]
    if a[0] != b[0] or min(len(a), len(b)) < 4:
        return False
    return ratio(a, b) >= (88 if len(one) == 1 or min(len(a), len(b)) == 4 else 70)


def same_body(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether `short` is a shorter name of the organisation or place `long`.

    >>> same_body(("weir", "stores"), ("weir", "stores", "inc")), same_body(("watch",), ("watch", "for", "rivers"))
    (True, True)
    >>> same_body(("senate",), ("senate", "water", "board"))
    False
    """
    n = len(short)
    if n >= len(long):
        return False
    known = nouns().kind
    if tuple(long[:n]) == tuple(short):
        left = [w for w in long[n:] if w not in SMALL]
        whole = all(w in _FORMS or known.get(lemma(w)[0]) in {"organisation", "place"} for w in left)
        return whole or long[n] in {"for", "of"}
    if n == 1 and head(long) == short[0]:
        return True
    return tuple(long[-n:]) == tuple(short) and (n > 1 or long[-1] not in known)
