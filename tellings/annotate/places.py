"""Places: which words name a place, and which place of the world it is.

Two questions, answered one after the other. First the names: stretches of capitalised words that
the gazetteer knows, and the mentions of kind place; a name that also means something else (a
person, a firm, a common word) needs a cue beside it. Then the entries: one name in one report is
one place, the one that is large, lies in the countries that the report tells of, near its other
places, and in what stands after its comma ("Paris, Texas").

Still missed: streets, rivers and buildings beyond a short list; a place that lends its name to a
government ("Washington warned") counts as the place.
"""

from __future__ import annotations

import itertools
import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from tellings.annotate.gazetteers import Entry, alike, begins, entries, exists, key, skeleton
from tellings.records import Annotated, PlaceMention
from tellings.text import Span, complement

__all__ = ["find"]

_PRECISION = {
    "country": "country",
    "region": "region",
    "district": "region",
    "area": "region",
    "capital": "town",
    "town": "town",
}

_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}|[^\W\d_]\.[^\W\d_](?![^\W_])|(?:St|Ste|Mt|Ft|Gov|Gen|Col|Sen|Rep|Mr|Mrs|Ms|Dr)\.|[^\W\d_]+(?:['\u2019\u02bb][^\W\d_]+)*"
)
_POSSESSIVE = re.compile(r"['\u2019]s?$")
_GAP = re.compile(r"(?:['\u2019]s?)?[ \u00a0]|-|\u2013| ?& ?")
_LONGEST = 6
_ANCHORS = 100  # places of a report by which the others are found; the most often named come first


@cache
def _lines(name: str) -> tuple[str, ...]:
    text = (files("tellings.lexicons") / name).read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


@cache
def _words(which: str) -> frozenset[str]:
    """One of the lists of `place_words.txt`."""
    out: list[str] = []
    at = ""
    for line in _lines("place_words.txt"):
        if line.startswith("["):
            at = line.strip("[]")
        elif at == which:
            out += line.split()
    return frozenset(out)


@cache
def _not_places() -> frozenset[str]:
    return frozenset(_lines("not_places.txt"))


@cache
def _demonyms() -> dict[str, str]:
    """Key of a people's name, singular and plural, to its country's code."""
    out: dict[str, str] = {}
    for line in _lines("demonyms.txt"):
        name, _, code = (part.strip() for part in line.partition("|"))
        out[key(name)] = code
        if not exists(key(name) + "s"):  # "Philippines" is no people
            out.setdefault(key(name) + "s", code)
    return out


class _Token(NamedTuple):
    """A word of the text; `end` leaves a possessive "'s" out.

    `capital` says whether it begins with a capital, or does so behind an elided article ("d'Ivoire").
    """

    start: int
    end: int
    text: str
    capital: bool


@dataclass(frozen=True, slots=True)
class _Name:
    """A stretch of the text that may name a place; `first` and `last` are indexes of its tokens."""

    span: Span
    key: str
    row: int
    first: int
    last: int


def _tokens(text: str, parts: Sequence[Span]) -> list[list[_Token]]:
    """The words of each part that is read, possessive endings cut off."""
    out: list[list[_Token]] = []
    for part in parts:
        row: list[_Token] = []
        for match in _TOKEN.finditer(text, part.start, part.end):
            word = match.group()
            bare = _POSSESSIVE.sub("", word) if len(word) > 2 and not word.isalpha() else word
            capital = bare[0].isupper() or (bare[0] in "dl" and bare[2:3].isupper() and not bare[1].isalpha())
            row.append(_Token(match.start(), match.start() + len(bare), bare, capital))
        out.append(row)
    return out


def _known(name: str) -> tuple[Entry, ...]:
    """The entries of a name as written; short keys must be written as names are."""
    wanted = key(name)
    if len(wanted) < 2 or (len(wanted) <= 3 and not name.isupper() and len(name) == len(wanted) and _short(wanted)):
        return ()
    return entries(wanted)


def _short(wanted: str) -> bool:
    """Whether a key of three letters or fewer belongs to small places only ("Ely", "Ede" pass with capitals only)."""
    held = entries(wanted)
    return not held or (held[0].kind != "country" and held[0].population < 100_000)


def _holds_place(words: Sequence[str]) -> bool:
    """Whether two or three of these words in a row are the name of a place."""
    return any(exists(key(" ".join(words[i : i + n]))) for n in (2, 3) for i in range(len(words) - n + 1))


def _size(entry: Entry) -> float:
    """How much an entry weighs before any context: the size of the place and what kind it is."""
    people = max(entry.population, {"district": 30_000}.get(entry.kind, 300))
    bonus = {"country": 2.0, "region": 0.6, "area": 1.5, "district": -0.5, "capital": 1.75, "town": 0.0}[entry.kind]
    return math.log10(people) + bonus


def _distance(a: Entry, b: Entry) -> float:
    """Kilometres between two entries, on a sphere."""
    lat1, lat2 = math.radians(a.lat), math.radians(b.lat)
    half = math.sin((lat2 - lat1) / 2) ** 2
    half += math.cos(lat1) * math.cos(lat2) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    return 12742 * math.asin(math.sqrt(min(1.0, half)))


class _Reader:
    """One report while its places are read."""

    def __init__(self, a: Annotated) -> None:
        self.a = a
        self.text = a.report.text
        gone = [r.span for r in a.removed]
        sentences = [s.span for s in a.sentences]
        self.parts = sentences or list(complement(a.id, len(self.text), gone))
        self.rows = _tokens(self.text, self.parts)
        self.kind = {m.span: m.kind for m in a.mentions}
        self.mentions = sorted(self.kind)
        self.ends = list(itertools.accumulate((m.end for m in self.mentions), max))
        self.peoples: Counter[str] = Counter()
        self.nations: Counter[str] = Counter()
        self._read_nations()

    # ------------------------------------------------------------ names

    def names(self) -> list[_Name]:
        """Every stretch that is taken for a place, without overlap, in the order of the text."""
        seen: list[tuple[_Name, float]] = []
        best: dict[str, float] = {}
        persons = self._persons()
        for number, row in enumerate(self.rows):
            caps = sum(t.capital for t in row)
            shouting = len(row) > 3 and sum(t.text.isupper() and len(t.text) > 1 for t in row) > 0.6 * len(row)
            titled = len(row) > 4 and caps > 0.7 * len(row)
            at = 0
            while at < len(row):
                found = self._longest(number, at)
                if found is None:
                    at += 1
                    continue
                score = self._score(row, found, persons, titled=titled or shouting)
                seen.append((found, score))
                best[found.key] = max(score, best.get(found.key, score))
                at = found.last + 1
        # What is plainly a place once in a report is one elsewhere in it too, unless much speaks against it.
        return [name for name, score in seen if score > 0 or (score > -1.8 and best[name.key] > 1.2)]

    def _read_nations(self) -> None:
        """The countries that the report tells of: by the names of their peoples, and by those and their own."""
        for row in self.rows:
            for token in row:
                if token.capital:
                    if code := _demonyms().get(key(token.text), ""):
                        self.peoples[code] += 1
                    elif (held := _known(token.text)) and held[0].kind == "country":
                        self.nations[held[0].country] += 1
        self.nations.update(self.peoples)

    def _longest(self, number: int, at: int) -> _Name | None:
        """The longest name of the gazetteer that starts at this token of a row."""
        row = self.rows[number]
        if not row[at].capital or not begins(key(row[at].text)):
            return None
        ends: list[int] = [at]
        for n in range(at + 1, min(len(row), at + _LONGEST)):
            if not _GAP.fullmatch(self.text, row[n - 1].end, row[n].start):
                break
            if row[n].capital:
                ends.append(n)
            elif row[n].text.casefold() not in _words("links"):
                break
        for end in reversed(ends):
            span = Span(self.a.id, row[at].start, row[end].end)
            name = span.cut(self.text)
            if end == at and (key(name) in _demonyms() or key(name) in _words("never")):
                continue
            if _known(name):
                return _Name(span, key(name), number, at, end)
        return None

    def _persons(self) -> frozenset[str]:
        """Keys of the words of persons' names that this report gives in full, or with a title."""
        out: set[str] = set()
        for mention in self.a.mentions:
            quoted = self.a.quote(mention.span)
            # Two words together that a place bears are rarely a person's.
            if mention.kind == "person" and not _holds_place(quoted.split()):
                out |= {key(word) for word in quoted.split()}
        for row in self.rows:
            for before, after in itertools.pairwise(row):
                if (
                    after.capital
                    and key(before.text) in _words("titles")
                    and before.capital
                    and after.start - before.end <= 2
                ):
                    out.add(key(after.text))
        return frozenset(out - {""})

    def _score(self, row: list[_Token], name: _Name, persons: frozenset[str], *, titled: bool) -> float:
        """What speaks for this stretch being a place, less what speaks against it; above 0 it is one."""
        known = entries(name.key)
        largest = max(_plain_size(e, name.key) for e in known) - 1.0
        major = any(e.kind in ("country", "area") or (e.kind == "region" and e.population > 500_000) for e in known)
        score = -4.2 + largest + (1.5 if major else 0.0) + 0.8 * (name.last - name.first)
        if any(self.nations[e.country] for e in known):
            score += 0.4 * (1 + name.last - name.first)
        before = row[name.first - 1] if name.first else None
        after = row[name.last + 1] if name.last + 1 < len(row) else None
        left = self.text[before.end : name.span.start] if before else None
        right = self.text[name.span.end : after.start] if after else None
        word = before.text.casefold() if before else ""
        # What the mentions say of it.
        for number in range(bisect_right(self.ends, name.span.start), len(self.mentions)):
            mention = self.mentions[number]
            if mention.start >= name.span.end:
                break
            if mention.end <= name.span.start:
                continue
            kind = self.kind[mention]
            if kind == "place":
                score += 3
            elif mention.holds(name.span) and len(mention) > len(name.span):
                score -= 5
            else:
                # A name alone may have been read wrongly; one within a longer name hardly.
                score -= 1.5 if len(mention) == len(name.span) else 2.5
            break
        # Words beside it.
        if before and left == " " and not before.capital:
            if word in _words("inside"):
                score += 2.0
            elif word in _words("before"):
                score += 1.0
            if word == "of" and name.first > 1 and row[name.first - 2].text.casefold() in _words("seats"):
                score += 2.0
        if before is None or (left is not None and any(c in left for c in '.!?\u201c"')):
            score -= 0.5  # a capital at the start of a sentence says nothing
        if after and right in (" ", "-") and after.text.casefold() in _words("sorts"):
            score += 1.5
        if right == "-" and after and after.text in ("based", "born", "area", "bound"):
            score += 2.5
        if (
            right == ", "
            and after
            and after.capital
            and self.region_after(row, name.key, name.span.end, name.last) is not None
        ):
            score += 2.5
        if left == ", " and before and before.capital and any(e.kind in ("country", "region") for e in known):
            score += 1.0
        # A longer name of capitals of which this is a part.
        if not titled:
            if (
                after
                and right == " "
                and after.capital
                and after.text.casefold() not in _words("sorts")
                and key(after.text) not in _demonyms()
            ):
                body = after.text.casefold() in _words("bodies")
                score -= 4.0 if body or not major else 1.5
            if (
                before
                and left == " "
                and before.capital
                and word not in _words("before")
                and word not in _words("sorts")
                and key(before.text) not in _demonyms()
            ):
                score -= 4.0 if name.first > 1 or word in _words("titles") or not major else 1.5
        if word in _words("titles") and before and before.capital:
            score -= 3.0
        quoted = name.span.cut(self.text)
        if not titled and quoted.isupper() and len(quoted) <= 5 and not major:
            score -= 3.0  # letters that stand for a body or a disease
        if self.text[name.span.end : name.span.end + 1] in ("$", "\u20ac", "\u00a3"):
            score -= 20.0  # a currency
        # A word that mostly means something else, or a person of this report.
        if name.first == name.last:
            if name.key in _not_places():
                score -= 5.0
            if titled and not major:
                score -= 1.5
        if any(part in persons for part in name.key.split()) and not major:
            score -= 4.0
        return score

    def beside(self, span: Span) -> bool:
        """Whether the words beside a stretch make it a place: "in", "near", "the town of"; "village", "district"."""
        left = _TOKEN.findall(self.text[max(0, span.start - 40) : span.start])
        right = _TOKEN.findall(self.text[span.end : span.end + 20])
        last = left[-1].casefold() if left else ""
        kind = self.text[span.start : span.end].rsplit(None, 1)[-1].casefold()
        return (
            last in _words("before")
            or (last == "of" and len(left) > 1 and left[-2].casefold() in _words("seats"))
            or (bool(right) and right[0].casefold() in _words("sorts"))
            or kind in _words("sorts")
        )

    def region_after(self, row: list[_Token], wanted: str, end: int, last: int) -> tuple[str, Entry] | None:
        """What stands after a name's comma and holds a place of that name: its words, and that place."""
        if last + 1 >= len(row) or self.text[end : row[last + 1].start] != ", " or not row[last + 1].capital:
            return None
        start = row[last + 1].start
        for n in range(min(len(row) - 1, last + 4), last, -1):
            wider = self.text[start : row[n].end]
            if not row[n].capital or "," in wider or "\n" in wider:
                continue
            for over in entries(key(wider)):
                inside = _within(wanted, over)
                if over.kind in ("country", "region", "district") and inside is not None:
                    return wider, inside
            if len(wider) == 2 and wider.isupper():
                for inside in entries(wanted):
                    if inside.country == "US" and inside.region == wider:
                        return wider, inside
        return None


def _within(wanted: str, over: Entry) -> Entry | None:
    """The largest entry of this key that lies in a country or region, not that itself."""
    for entry in entries(wanted):
        if entry.number == over.number or entry.country != over.country or entry.kind == "country":
            continue
        if over.kind == "country" or (entry.region == over.region and over.kind == "region"):
            return entry
        if over.kind == "district" and _distance(entry, over) < 100:
            return entry
    return None


def _plain_size(entry: Entry, wanted: str) -> float:
    """The size of an entry; more where it bears the name as its main one, less where the name is quite another."""
    main = key(entry.name)
    if main == wanted:
        return _size(entry) + 1.0
    return _size(entry) if main[:1] == wanted[:1] or entry.kind in ("country", "region", "area") else _size(entry) - 1.0


def _same_seat(entry: Entry, held: Sequence[Entry]) -> bool:
    """Whether a region has its name from a large town inside it, which is then meant ("New York")."""
    return entry.kind == "region" and any(
        e.kind in ("town", "capital")
        and e.country == entry.country
        and e.region == entry.region
        and 8 * e.population > entry.population
        for e in held
    )


def _choose(names: Sequence[_Name], reader: _Reader) -> tuple[dict[str, Entry | None], dict[Span, Entry]]:
    """The entry of each key in this report, and those of names whose region stands beside them.

    One name is one place in a report, but where the words beside it say otherwise; None where only
    an unlikely entry is held.
    """
    counts = Counter(name.key for name in names)
    told: dict[str, Entry] = {}
    here: dict[Span, Entry] = {}
    as_region: Counter[str] = Counter()
    for name in names:
        row = reader.rows[name.row]
        inside = reader.region_after(row, name.key, name.span.end, name.last)
        if inside is not None:
            told.setdefault(name.key, inside[1])
            here[name.span] = inside[1]
        after = reader.text[name.span.end : name.span.end + 12].casefold()
        as_region[name.key] += after.startswith((" state", " province", " region", " governorate"))
    nations: defaultdict[str, float] = defaultdict(float)
    for code, count in reader.peoples.items():
        nations[code] += 0.7 * count
    regions: defaultdict[tuple[str, str], float] = defaultdict(float)
    anchors: list[Entry] = []
    for wanted, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        held = entries(wanted)
        ranked = sorted(held, key=lambda e: (-_plain_size(e, wanted), e.number))
        first = told.get(wanted) or ranked[0]
        rivals = [e for e in ranked[1:] if e.country != first.country]
        named = any(reader.nations[e.country] for e in rivals) and not reader.nations[first.country]
        sure = (
            wanted in told
            or not rivals
            or _plain_size(rivals[0], wanted) < _plain_size(first, wanted) - (4.0 if named else 1.5)
        )
        if sure:
            nations[first.country] += min(count, 3)
            if first.kind != "country":
                anchors.append(first)
            if first.region:
                regions[first.country, first.region] += min(count, 3)
    nations.pop("", None)
    del anchors[_ANCHORS:]
    numbers = {anchor.number for anchor in anchors}
    most = max(nations.values(), default=1.0)
    out: dict[str, Entry | None] = {}
    for wanted in sorted(counts):
        held = entries(wanted)

        def fit(entry: Entry, wanted: str = wanted, held: tuple[Entry, ...] = held) -> tuple[float, int]:
            score = _plain_size(entry, wanted)
            share = nations.get(entry.country, 0.0)
            score += 2.0 * min(1.0, share / most) + (0.8 if share else 0.0)
            if entry.kind != "country":
                own = min(counts[wanted], 3) if entry.number in numbers else 0
                if regions.get((entry.country, entry.region), 0) > own:
                    score += 0.7
                if any(a.number != entry.number and _distance(a, entry) < 150 for a in anchors):
                    score += 0.7
            if _same_seat(entry, held) and 3 * as_region[wanted] < counts[wanted]:
                score -= 3.0
            return score, -entry.number

        best = told.get(wanted) or max(held, key=fit)
        # A small place far from all else, by a name that is not its main one: more likely one that is not held.
        stray = best.kind in ("town", "district") and key(best.name) != wanted and best.population < 500_000
        out[wanted] = None if stray and wanted not in told and not nations.get(best.country) else best
    return out, here


def _region_meant(reader: _Reader, name: _Name, chosen: Entry) -> Entry | None:
    """The region of the name where the next word says so ("Herat province"), in the country already chosen."""
    row = reader.rows[name.row]
    if name.last + 1 >= len(row) or row[name.last + 1].text.casefold() not in _words("regions"):
        return None
    held = (e for e in entries(name.key) if e.kind == "region" and e.country == chosen.country)
    return next(held, None)


def _guess(wanted: str, chosen: Iterable[Entry], reader: _Reader) -> Entry | None:
    """An entry that may be another spelling of this name: same consonants, in a country of the report."""
    bones = skeleton(wanted)
    if not bones:
        return None
    from rapidfuzz import fuzz

    countries = reader.peoples + Counter(e.country for e in chosen if e.country)
    best: tuple[float, int] | None = None
    found: Entry | None = None
    for entry in alike(bones):
        likeness = fuzz.ratio(wanted, key(entry.name))
        if likeness < 60 or not countries.get(entry.country):
            continue
        rank = (countries[entry.country] + likeness / 10, -entry.number)
        if best is None or rank > best:
            best, found = rank, entry
    return found


def find(a: Annotated) -> tuple[PlaceMention, ...]:
    """The places that a report names, sorted by span, without overlap.

    Where mentions of kind place are known that the gazetteer does not hold, another spelling in a
    country of the report is tried; failing that, the mention stands without a point if the words
    beside it say that it is a place.
    """
    reader = _Reader(a)
    names = reader.names()
    chosen, here = _choose(names, reader)
    out: list[PlaceMention] = []
    for name in names:
        entry = here.get(name.span) or chosen[name.key]
        out.append(_placed(name.span, a.quote(name.span), entry and (_region_meant(reader, name, entry) or entry)))
    taken = [p.span for p in out]
    until = 0
    sure = [entry for entry in chosen.values() if entry is not None]
    for mention in sorted(a.mentions, key=lambda m: m.span):
        if mention.kind != "place" or mention.span.start < until:
            continue
        # Spans stand in order, so that the neighbours of where it would stand are all that can overlap.
        at = bisect_left(taken, mention.span)
        if any(mention.span.overlap(t) for t in taken[max(0, at - 1) : at + 1]):
            continue
        words = a.quote(mention.span)
        if not key(words) or key(words) in _demonyms():
            continue
        entry = _guess(key(words), sure, reader)
        if entry is not None or reader.beside(mention.span):
            out.append(_placed(mention.span, words, entry))
            until = mention.span.end
    return tuple(sorted(out, key=lambda p: p.span))


def _placed(span: Span, words: str, entry: Entry | None) -> PlaceMention:
    """The record of a mention; without a point where there is no entry."""
    if entry is None:
        return PlaceMention(span, words)
    return PlaceMention(span, entry.name, entry.geonameid, entry.lat, entry.lon, _PRECISION[entry.kind])
