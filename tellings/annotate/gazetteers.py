"""The gazetteer: which places of the world bear a name, and how names are made comparable.

The index is one SQLite file that ships with the package (`lexicons/gazetteer.sqlite`, made by
`training/gazetteer.py` from GeoNames). It is opened read-only when the first name is looked up,
in some ten milliseconds, and only the pages that are asked for are read.

A name is found by its `key`: no accents, no case, no marks, "St" and "Saint" alike. Where no key
is found, the `skeleton` (the consonants, with the usual transliterations made one) finds other
spellings of the same name; it is a guess and must be borne out by the context.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import as_file, files
from typing import Literal

__all__ = ["Entry", "alike", "begins", "entries", "exists", "key", "nation", "skeleton"]

Kind = Literal["country", "region", "district", "capital", "town", "area"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of the gazetteer.

    `country` is an ISO 3166 code of two letters, "" for what lies in several countries or none;
    `region` the code of the first-level region within it. `population` of regions is the sum of
    their towns. `geonameid` is None where the source gives none.
    """

    number: int
    geonameid: int | None
    name: str
    kind: Kind
    country: str
    region: str
    lat: float
    lon: float
    population: int


_MARKS = re.compile("['\u2018\u2019\u02bb\u02bc\u02be\u02bf`\u00b4.]")
_BREAK = re.compile(r"[\W_]+")
_PLAIN = str.maketrans({
    "\u0131": "i", "\u0142": "l", "\u00f8": "o", "\u0111": "d", "\u00e6": "ae", "\u0153": "oe",
    "\u00f0": "d", "\u00fe": "th", "\u0259": "e",
})  # fmt: skip
_SHORT = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}


@lru_cache(maxsize=65536)
def key(name: str) -> str:
    """The name made comparable; "" where it holds no letter or digit.

    >>> key("St. Louis"), key("São Tomé"), key("Aix-en-Provence")
    ('saint louis', 'sao tome', 'aix en provence')
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    words = _BREAK.sub(" ", _MARKS.sub("", plain.translate(_PLAIN))).split()
    return " ".join(_SHORT.get(word, word) if len(words) > 1 else word for word in words)


# What one letter of another script becomes in English, French, German and older English spellings.
_SOUNDS = (
    ("tsch", "C"), ("tch", "C"), ("sch", "S"), ("dj", "J"), ("dzh", "J"), ("zh", "J"),
    ("kh", "K"), ("gh", "G"), ("sh", "S"), ("ch", "S"), ("th", "T"), ("dh", "D"), ("ph", "F"), ("ts", "C"), ("tz", "C"),
    ("ck", "K"), ("x", "KS"), ("q", "K"), ("c", "K"), ("k", "K"), ("v", "W"), ("w", "W"), ("j", "J"),
)  # fmt: skip
_SOFT = re.compile(r"[aeiouyh ]")
_TWICE = re.compile(r"(.)\1+")
_ARTICLE = re.compile(r"^(?:al|el|ad|ar|as|at|az|an|ash|esh|the) (?=\w{3})")


@lru_cache(maxsize=65536)
def skeleton(name: str) -> str:
    """The consonants of a name, transliterations made one; "" where fewer than three are left.

    "ou" and "w" between vowels are written both ways, so that a `w` counts only at a word's start.

    >>> skeleton("Khorramshahr") == skeleton("Khurramchahr") == skeleton("Khoramshahr")
    True
    >>> skeleton("Oia")
    ''
    """
    words = _ARTICLE.sub("", key(name)).split()
    out: list[str] = []
    for word in words:
        sounds = word
        for letters, sound in _SOUNDS:
            sounds = sounds.replace(letters, sound)
        head, tail = sounds[:1], sounds[1:].replace("W", "")
        head = "A" if head in "aeiouy" else head
        out.append(_TWICE.sub(r"\1", (head + _SOFT.sub("", tail)).upper()))
    whole = " ".join(part for part in out if part)
    return whole if sum(c.isalpha() and c != "A" for c in whole) >= 3 else ""


@cache
def _index() -> sqlite3.Connection:
    with as_file(files("tellings.lexicons") / "gazetteer.sqlite") as path:
        # Immutable: SQLite takes no lock and writes nothing beside the file.
        return sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)


_COLUMNS = "p.number, p.geonameid, p.name, p.kind, p.country, p.region, p.lat, p.lon, p.population"
_KINDS: dict[str, Kind] = {"c": "country", "r": "region", "d": "district", "k": "capital", "t": "town", "a": "area"}


def _ask(table: str, wanted: str, limit: int) -> tuple[Entry, ...]:
    # Rows are numbered by falling population, so that the limit keeps the largest.
    query = (
        f"SELECT {_COLUMNS} FROM {table} n JOIN places p ON p.number = n.place "  # noqa: S608  # both are ours
        "WHERE n.key = ? ORDER BY n.place LIMIT ?"
    )
    return tuple(
        Entry(row[0], row[1], row[2], _KINDS[row[3]], row[4], row[5], row[6] / 10000, row[7] / 10000, row[8])
        for row in _index().execute(query, (wanted, limit))
    )


@lru_cache(maxsize=32768)
def entries(wanted: str) -> tuple[Entry, ...]:
    """The places whose name or other name has this `key`, largest first; at most 80."""
    return _ask("names", wanted, 80) if wanted else ()


@lru_cache(maxsize=8192)
def alike(wanted: str) -> tuple[Entry, ...]:
    """The places whose name has this `skeleton`, largest first; at most 40."""
    return _ask("skeletons", wanted, 40) if wanted else ()


@lru_cache(maxsize=512)
def nation(code: str) -> Entry | None:
    """The country of an ISO 3166 code of two letters; None where none is held."""
    query = f"SELECT {_COLUMNS} FROM places p WHERE p.kind = 'c' AND p.country = ? LIMIT 1"  # noqa: S608  # ours
    row = _index().execute(query, (code,)).fetchone()
    return row and Entry(row[0], row[1], row[2], _KINDS[row[3]], row[4], row[5], row[6] / 10000, row[7] / 10000, row[8])


@lru_cache(maxsize=65536)
def begins(word: str) -> bool:
    """Whether the key of some place is this word or begins with it."""
    first = _SHORT.get(word, word)
    # "!" follows the space in order, and keys hold nothing but letters, digits and spaces.
    query = "SELECT 1 FROM names WHERE (key >= ? AND key < ?) OR key = ? LIMIT 1"
    return bool(word) and _index().execute(query, (first, first + "!", word)).fetchone() is not None


def exists(wanted: str) -> bool:
    """Whether any place has this `key`."""
    return bool(entries(wanted))
