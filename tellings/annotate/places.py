"""Places: which words name a place, and where it is.

The names are stretches of capitalised words that the gazetteer knows, and the mentions of kind
place; a name that also means something else (a person, a firm, a common word) needs a cue beside
it. A capital or a seat of power that speaks or acts ("Washington warned", "the Kremlin") is a
government, and no place unless the words beside it say "in" or "at". Which of the places of one
name is meant is chosen in `locations`.

A street, building or village that the gazetteer does not hold lies where its sentence says, or
where all towns of the report lie: it is given that point, without an id and with the precision of
a region. Peoples ("Syrian") are no places; `peoples` gives them for those who count them.

Still missed: governments by the name of a country ("Russia said"), which count as the place;
places inside the names of bodies ("University of Leeds"), which do not.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from tellings.annotate.gazetteers import Entry, begins, entries, exists, key, nation
from tellings.annotate.locations import Named, another_spelling, choose, plain_size, within
from tellings.records import Annotated, PlaceMention
from tellings.text import Span, complement

__all__ = ["find", "peoples", "resolve"]

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
_NEAR = 1.5  # degrees; towns of a report that lie closer together say where its streets are


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
def _seats() -> frozenset[str]:
    """Keys of the buildings whose name mostly stands for those who govern from there."""
    return frozenset(key(word.replace("_", " ")) for word in _words("powers"))


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
        word = key(row[at].text)
        # "People's" begins a name with its "s".
        whole = self.text[row[at].end : row[at].end + 2] in ("'s", "\u2019s") and begins(word + "s")
        if not row[at].capital or not (whole or begins(word)):
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
        largest = max(plain_size(e, name.key) for e in known) - 1.0
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
        follows = self.text[name.span.end : name.span.end + 2]
        if follows[:1] in ("$", "\u20ac", "\u00a3") or self.text[name.span.start - 1 : name.span.start] == "$":
            score -= 20.0  # a currency
        if follows[:1] == "/" and follows[1:].isdigit():
            score -= 20.0  # "A/Victoria/361/2011"
        score -= self._other_name(row, name, major=major)
        if self._acts(row, name, known):
            score -= 20.0
        # A word that mostly means something else, or a person of this report.
        if name.first == name.last:
            if name.key in _not_places():
                score -= 5.0
            if titled and not major:
                score -= 1.5
        sure = any(e.kind == "country" or (e.kind == "region" and e.population > 500_000) for e in known)
        if any(part in persons for part in name.key.split()) and not sure:
            score -= 4.0
        return score

    def _other_name(self, row: list[_Token], name: _Name, *, major: bool) -> float:
        """What speaks against a name that is a part of another: of a disease, a school, a title, a double name."""
        before = row[name.first - 1] if name.first else None
        after = row[name.last + 1] if name.last + 1 < len(row) else None
        left = self.text[before.end : name.span.start] if before else ""
        right = self.text[name.span.end : after.start] if after else ""
        if after and right in (" ", "-") and after.text.casefold() in _words("illnesses"):
            return 9.0
        if before and left == " " and before.text == "of" and name.first > 1:
            head = row[name.first - 2]
            if head.capital and head.text.casefold() in _words("bodies_of") and head.end + 1 == before.start:
                return 12.0
        against = 0.0
        # "Miami-Dade", "Ebola-Reston", "R-Fla.": but "Paris-London" are two.
        if before and left in ("-", "\u2013") and before.capital and not _known(before.text):
            against += 4.0
        if (
            after
            and right in ("-", "\u2013", " el-", " al-")
            and after.capital
            and not _known(after.text)
            and not major
        ):
            against += 4.0
        if after and right in ("'s ", "\u2019s ") and after.capital and name.key.startswith("saint "):
            against += 4.0  # "St Peter's Basilica", but "Lyon's Old Town"
        return against

    def _acts(self, row: list[_Token], name: _Name, known: Sequence[Entry]) -> bool:
        """Whether a name stands for the government that sits there: it speaks, or is a seat of power not gone to."""
        before = [t.text.casefold() for t in row[max(0, name.first - 2) : name.first]]
        inside = bool(before) and (
            before[-1] in _words("goes") or (before[-1] == "the" and before[0] in _words("goes"))
        )
        if inside:
            return False
        if name.key in _seats():
            return True
        after = row[name.last + 1] if name.last + 1 < len(row) else None
        if not after or after.text.casefold() not in _words("acts") or after.start != name.span.end + 1:
            return False
        return any(e.kind == "capital" for e in known)

    def name_at(self, span: Span) -> _Name | None:
        """The name that a given stretch makes; None where no word of the parts that are read begins there."""
        for number, row in enumerate(self.rows):
            if row and row[0].start < span.end and span.start < row[-1].end:
                inside = [n for n, t in enumerate(row) if span.start < t.end and t.start < span.end]
                if inside:
                    return _Name(span, key(span.cut(self.text)), number, inside[0], inside[-1])
        return None

    def beside(self, span: Span) -> bool:
        """Whether a stretch is a place: "in", "near" or "the town of" stands before it, or it is called a street."""
        left = [word.casefold() for word in _TOKEN.findall(self.text[max(0, span.start - 40) : span.start])]
        right = _TOKEN.findall(self.text[span.end : span.end + 20])
        own = [word.casefold().removesuffix(".") for word in _TOKEN.findall(self.text[span.start : span.end])]
        kinds = _words("sorts") | _words("facilities")
        if left[-1:] == ["the"]:
            del left[-1]
        return (
            (bool(left) and left[-1] in _words("inside"))
            or (left[-1:] == ["of"] and len(left) > 1 and left[-2] in _words("seats"))
            or (bool(right) and right[0].casefold() in _words("sorts"))
            or (len(own) > 1 and (own[-1] in kinds or own[0] in kinds))
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
                inside = within(wanted, over)
                if over.kind in ("country", "region", "district") and inside is not None:
                    return wider, inside
            if len(wider) == 2 and wider.isupper():
                for inside in entries(wanted):
                    if inside.country == "US" and inside.region == wider:
                        return wider, inside
        return None


def _named(names: Sequence[_Name], reader: _Reader) -> list[Named]:
    """The names with what the words beside them say."""
    regions = [any(e.kind == "region" for e in entries(name.key)) for name in names]
    alone = [r and not _town_too(name.key) for r, name in zip(regions, names, strict=True)]
    out: list[Named] = []
    for at, name in enumerate(names):
        row = reader.rows[name.row]
        inside = reader.region_after(row, name.key, name.span.end, name.last)
        after = row[name.last + 1].text.casefold() if name.last + 1 < len(row) else ""
        listed = False
        for other in (at - 1, at + 1):
            if regions[at] and 0 <= other < len(names) and alone[other]:
                low, high = sorted((name.span, names[other].span))
                listed = listed or reader.text[low.end : high.start] in _LIST
        out.append(Named(name.span, name.key, inside[1] if inside else None, after in _words("regions"), listed))
    return out


_LIST = (", ", ", and ", " and ", " or ", ", or ", " & ")


# Between a name and the town where it lies.
_LIES = re.compile(
    r", |,? (?:(?:about |some |around )?\d+ ?(?:km|kilometres|kilometers|miles)[\w ()]{0,20} )?"
    r"(?:in|near|outside|of|north of|south of|east of|west of) (?:[\w-]+ ){0,3}"
)


def _is_built(words: str) -> bool:
    """Whether the first or last word of a name says that it is a street, a building or the like."""
    own = [word.casefold().removesuffix(".") for word in _TOKEN.findall(words)]
    return len(own) > 1 and (own[-1] in _words("facilities") or own[0] in _words("facilities"))


def _town_too(wanted: str) -> bool:
    """Whether a name of a region is that of a large town as well."""
    return any(e.kind in ("town", "capital") and e.population > 100_000 for e in entries(wanted))


class _Surroundings:
    """Where what is not in the gazetteer lies: by the towns of its sentence, else by those of the report."""

    def __init__(self, reader: _Reader, placed: Sequence[tuple[Span, Entry]]) -> None:
        self.parts, self.text = reader.parts, reader.text
        self.towns = sorted((p for p in placed if p[1].kind in ("town", "capital", "district")), key=lambda p: p[0])
        self.starts = [span.start for span, _ in self.towns]
        lats, lons = [e.lat for _, e in self.towns], [e.lon for _, e in self.towns]
        close = bool(lats) and max(lats) - min(lats) < _NEAR and max(lons) - min(lons) < 2 * _NEAR
        self.centre = self.towns[0][1] if close else None

    def point(self, span: Span) -> tuple[float, float] | None:
        """The point of the town that it is said to lie in or near; None where nothing says so.

        A building or street lies in the nearest town of the sentence, of two as near the later one,
        or else at the report's centre. A village may lie anywhere, and needs "in", "near" or a comma.
        """
        at = bisect_right(self.parts, span.start, key=lambda part: part.start) - 1
        part = self.parts[at] if at >= 0 else span
        low, high = bisect_left(self.starts, part.start), bisect_left(self.starts, part.end)
        near = bisect_left(self.starts, span.start)
        beside = [self.towns[i] for i in (near, near - 1) if low <= i < high]
        if near < high and _LIES.fullmatch(self.text, span.end, self.towns[near][0].start):
            town = self.towns[near][1]
        elif not _is_built(span.cut(self.text)):
            return None
        elif beside:
            town = min(beside, key=lambda p: max(p[0].start - span.end, span.start - p[0].end))[1]
        elif self.centre is not None:
            town = self.centre
        else:
            return None
        return town.lat, town.lon


def find(a: Annotated) -> tuple[PlaceMention, ...]:
    """The places that a report names, sorted by span, without overlap.

    Where mentions of kind place are known that the gazetteer does not hold, another spelling in a
    country of the report is tried; failing that, the mention stands for itself if the words beside
    it or its own last word say that it is a place, with the point of the towns about it or none.
    """
    reader = _Reader(a)
    names = reader.names()
    chosen = choose(_named(names, reader), reader.nations, reader.peoples)
    found: dict[Span, Entry | None] = dict(chosen)
    taken = [name.span for name in names]
    until = 0
    sure = [entry for entry in {n.key: chosen[n.span] for n in names}.values() if entry is not None]
    for mention in sorted(a.mentions, key=lambda m: m.span):
        if mention.kind != "place" or mention.span.start < until:
            continue
        # Spans stand in order, so that the neighbours of where it would stand are all that can overlap.
        at = bisect_left(taken, mention.span)
        if any(mention.span.overlap(t) for t in taken[max(0, at - 1) : at + 1]):
            continue
        wanted = key(a.quote(mention.span))
        if not wanted or wanted in _demonyms():
            continue
        entry = another_spelling(wanted, sure, reader.peoples)
        fresh = not exists(wanted) or wanted in _words("never")  # "L.A."; a known name has been weighed
        if entry is not None or (fresh and reader.beside(mention.span)):
            found[mention.span] = entry
            until = mention.span.end
    return _placed(reader, found)


def resolve(a: Annotated, spans: Sequence[Span], *, with_peoples: bool = False) -> tuple[PlaceMention, ...]:
    """The places that given stretches of a report name, one for each stretch, in the order given.

    This is the choice of entries alone, for measuring it apart from the finding of names: every
    stretch is taken for a place. With `with_peoples` the names of peoples stand for their country;
    without it they have no point, like whatever the gazetteer does not hold.
    """
    reader = _Reader(a)
    ordered = sorted({span for span in spans if span.cut(a.report.text).strip()})
    names = [name for span in ordered if (name := reader.name_at(span)) is not None]
    chosen = choose(_named(names, reader), reader.nations, reader.peoples)
    sure = [entry for entry in chosen.values() if entry is not None]
    found: dict[Span, Entry | None] = {}
    for span in ordered:
        wanted = key(a.quote(span))
        people = _people(wanted) if wanted in _demonyms() else None
        if wanted in _demonyms():
            found[span] = people if with_peoples else None
        else:
            found[span] = chosen.get(span) or another_spelling(wanted, sure, reader.peoples)
    placed = {place.span: place for place in _placed(reader, found)}
    return tuple(placed.get(span, PlaceMention(span, a.quote(span))) for span in spans)


def peoples(a: Annotated) -> tuple[PlaceMention, ...]:
    """The names of peoples in a report ("Syrian", "Danes") with the point of their country, sorted by span.

    They are no places and `find` leaves them out; some data sets count them as such.
    """
    reader = _Reader(a)
    out: list[PlaceMention] = []
    for row in reader.rows:
        for token in row:
            entry = _people(key(token.text)) if token.capital and key(token.text) in _demonyms() else None
            if entry is not None:
                span = Span(a.id, token.start, token.end)
                out.append(PlaceMention(span, entry.name, entry.geonameid, entry.lat, entry.lon, "country"))
    return tuple(sorted(out, key=lambda p: p.span))


@cache
def _people(wanted: str) -> Entry | None:
    """The country of a people."""
    return nation(_demonyms().get(wanted, ""))


def _placed(reader: _Reader, found: dict[Span, Entry | None]) -> tuple[PlaceMention, ...]:
    """The records of what was found, sorted by span; what has no entry takes the point of what stands about it."""
    around = _Surroundings(reader, [(span, entry) for span, entry in found.items() if entry is not None])
    out: list[PlaceMention] = []
    for span, entry in sorted(found.items()):
        words = span.cut(reader.text)
        if entry is not None:
            out.append(PlaceMention(span, entry.name, entry.geonameid, entry.lat, entry.lon, _PRECISION[entry.kind]))
        elif (point := around.point(span)) is not None and key(words) not in _demonyms():
            out.append(PlaceMention(span, words, None, *point, "region"))
        else:
            out.append(PlaceMention(span, words))
    return tuple(out)
