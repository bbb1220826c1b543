"""Which place of the world a name stands for: the choice among the entries that bear it.

One name in one report is one place, but where the words beside it say otherwise ("Paris, Texas",
"Herat province"). The choice weighs the size of the place, whether the name is its main one, the
countries that the report tells of, and the report's other places. A name that only a small place
bears, far from all else that the report names, is more likely the name of something that the
gazetteer does not hold: it gets no entry.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tellings.annotate.gazetteers import Entry, alike, entries, exists, key, skeleton
from tellings.text import Span

__all__ = ["Named", "another_spelling", "choose", "plain_size", "within"]

_ANCHORS = 100  # places of a report by which the others are found; the most often named come first
_SMALL = 50_000  # people; a place below it is not meant by a report that names nothing else near it
_FAR = 700  # kilometres; about the reach of a middle-sized country
_LIKE = 60  # per cent of letters that two spellings of one name share at least
_ALIKE = 80  # the same where they do not have the same number of vowels or groups of them
_VOWELS = re.compile(r"[aeiouy]+")


@dataclass(frozen=True, slots=True)
class Named:
    """A stretch of the text that names a place, with what the words beside it say.

    `told` is the entry that what stands after its comma picks out, `region` whether the next word
    says that a region is meant, `listed` whether the names beside it in a list are regions.
    """

    span: Span
    key: str
    told: Entry | None = None
    region: bool = False
    listed: bool = False


def _size(entry: Entry) -> float:
    """How much an entry weighs before any context: the size of the place and what kind it is."""
    people = max(entry.population, {"district": 30_000}.get(entry.kind, 300))
    bonus = {"country": 2.0, "region": 0.6, "area": 1.5, "district": -0.5, "capital": 1.75, "town": 0.0}[entry.kind]
    return math.log10(people) + bonus


def plain_size(entry: Entry, wanted: str) -> float:
    """The size of an entry; more where it bears the name as its main one, less where the name is quite another."""
    main = key(entry.name)
    if main == wanted:
        return _size(entry) + 1.0
    return _size(entry) if main[:1] == wanted[:1] or entry.kind in ("country", "region", "area") else _size(entry) - 1.0


def _distance(a: Entry, b: Entry) -> float:
    """Kilometres between two entries, on a sphere."""
    lat1, lat2 = math.radians(a.lat), math.radians(b.lat)
    half = math.sin((lat2 - lat1) / 2) ** 2
    half += math.cos(lat1) * math.cos(lat2) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    return 12742 * math.asin(math.sqrt(min(1.0, half)))


def within(wanted: str, over: Entry) -> Entry | None:
    """The largest entry of this key that lies in a country or region, not that itself."""
    for entry in entries(wanted):
        if entry.number == over.number or entry.country != over.country or entry.kind == "country":
            continue
        if over.kind == "country" or (entry.region == over.region and over.kind == "region"):
            return entry
        if over.kind == "district" and _distance(entry, over) < 100:
            return entry
    return None


def _same_seat(entry: Entry, held: Sequence[Entry]) -> bool:
    """Whether a region has its name from a large town inside it, which is then meant ("New York")."""
    return entry.kind == "region" and any(
        e.kind in ("town", "capital")
        and e.country == entry.country
        and e.region == entry.region
        and 8 * e.population > entry.population
        for e in held
    )


def _region_of(wanted: str, country: str) -> Entry | None:
    """The first-level region of this key in a country; None where there is none."""
    return next((e for e in entries(wanted) if e.kind == "region" and e.country == country), None)


class _Context:
    """What a report tells of: its countries, regions and the places that leave no doubt."""

    def __init__(self, names: Sequence[Named], nations: Counter[str], peoples: Counter[str]) -> None:
        self.counts = Counter(name.key for name in names)
        self.told: dict[str, Entry] = {}
        self.regional: Counter[str] = Counter()
        for name in names:
            if name.told is not None:
                self.told.setdefault(name.key, name.told)
            self.regional[name.key] += name.region or name.listed
        self.nations: defaultdict[str, float] = defaultdict(float)
        for code, count in peoples.items():
            self.nations[code] += 0.7 * count
        self.regions: defaultdict[tuple[str, str], float] = defaultdict(float)
        self.anchors: list[Entry] = []
        self.own: dict[str, Entry] = {}
        for wanted, count in sorted(self.counts.items(), key=lambda item: (-item[1], item[0])):
            first = self._certain(wanted, nations)
            if first is not None:
                self.own[wanted] = first
                self.nations[first.country] += min(count, 3)
                if first.kind != "country":
                    self.anchors.append(first)
                if first.region:
                    self.regions[first.country, first.region] += min(count, 3)
        self.nations.pop("", None)
        del self.anchors[_ANCHORS:]
        self.numbers = {anchor.number for anchor in self.anchors}
        self.most = max(self.nations.values(), default=1.0)

    def _certain(self, wanted: str, nations: Counter[str]) -> Entry | None:
        """The entry of a name that leaves no doubt: told, alone, or far larger than those in other countries."""
        ranked = sorted(entries(wanted), key=lambda e: (-plain_size(e, wanted), e.number))
        first = self.told.get(wanted) or (ranked[0] if ranked else None)
        if first is None:
            return None
        rivals = [e for e in ranked[1:] if e.country != first.country]
        named = any(nations[e.country] for e in rivals) and not nations[first.country]
        if wanted in self.told or not rivals:
            return first
        ahead = plain_size(first, wanted) - plain_size(rivals[0], wanted)
        return first if ahead > (4.0 if named else 1.5) else None

    def fit(self, wanted: str, entry: Entry, held: Sequence[Entry]) -> float:
        """How well an entry suits the report."""
        score = plain_size(entry, wanted)
        share = self.nations.get(entry.country, 0.0)
        score += 2.0 * min(1.0, share / self.most) + (0.8 if share else 0.0)
        if entry.kind != "country":
            own = min(self.counts[wanted], 3) if entry.number in self.numbers else 0
            if self.regions.get((entry.country, entry.region), 0) > own:
                score += 0.7
            if any(a.number != entry.number and _distance(a, entry) < 150 for a in self.anchors):
                score += 0.7
        if _same_seat(entry, held) and 3 * self.regional[wanted] < self.counts[wanted]:
            score -= 3.0
        return score

    def astray(self, wanted: str, entry: Entry) -> bool:
        """Whether an entry is too small and too far from all else to be what the report means.

        A name that is not its main one is trusted less. A report that names no other place says
        nothing against a small town by its main name.
        """
        if entry.kind not in ("town", "district") or wanted in self.told:
            return False
        share = self.nations.get(entry.country, 0.0)
        if key(entry.name) != wanted and entry.population < 10 * _SMALL and not share:
            return True
        if self.own.get(wanted) == entry:
            share -= min(self.counts[wanted], 3)
        others = [a for a in self.anchors if a.number != entry.number]
        known = len(others) + sum(1 for code in self.nations if code != entry.country)
        if share > 0 or entry.population >= _SMALL or known < 2:
            return False
        return all(_distance(entry, other) > _FAR for other in others)


def choose(names: Sequence[Named], nations: Counter[str], peoples: Counter[str]) -> dict[Span, Entry | None]:
    """The entry of each name of a report; None where no entry is held, or only an unlikely one.

    `nations` counts the countries that the report names or whose people it names, `peoples` the
    latter alone, by code.
    """
    context = _Context(names, nations, peoples)
    chosen: dict[str, Entry | None] = {}
    for wanted in sorted(context.counts):
        held = entries(wanted)
        best = context.told.get(wanted)
        if best is None and held:
            best = max(held, key=lambda e: (context.fit(wanted, e, held), -e.number))
        chosen[wanted] = None if best is None or context.astray(wanted, best) else best
    out: dict[Span, Entry | None] = {}
    for name in names:
        entry = name.told or chosen[name.key]
        if entry is not None and name.told is None and (name.region or name.listed):
            entry = _region_of(name.key, entry.country) or entry
        out[name.span] = entry
    return out


def another_spelling(wanted: str, chosen: Iterable[Entry], peoples: Counter[str]) -> Entry | None:
    """An entry that may be another spelling of this name: the same consonants, in a country of the report.

    None where the gazetteer holds the name itself: then it has been weighed as it is written.
    """
    bones = skeleton(wanted)
    if not bones or exists(wanted):
        return None
    from rapidfuzz import fuzz

    countries = peoples + Counter(e.country for e in chosen if e.country)
    best: tuple[float, int] | None = None
    found: Entry | None = None
    for entry in alike(bones):
        main = key(entry.name)
        likeness = fuzz.ratio(wanted, main)
        same_beat = len(_VOWELS.findall(wanted)) == len(_VOWELS.findall(main))
        if likeness < (_LIKE if same_beat else _ALIKE) or not countries.get(entry.country):
            continue
        rank = (countries[entry.country] + likeness / 10, -entry.number)
        if best is None or rank > best:
            best, found = rank, entry
    return found
