"""Grouping on purpose made hard: events alike in words, and one event in wholly different words.

`alike/*.txt` hold 80 pairs of invented reports. In 40 of them (`apart-*.txt`) the two reports tell
of two events that share many words: two launches of one rocket, the same ministers at two summits,
earnings of two firms. In the other 40 (`joined-*.txt`) both tell of one event, and their titles
share no content word. They were written before grouping was tuned and are frozen: `FROZEN` holds
their digests.

    python bench/alike.py

groups all 160 reports in one run of `tellings stories` and says what share of the pairs of the first
kind was kept apart and what share of the second was joined. Both matter: with everything in one story
all pairs are joined, with every report alone all are kept apart. `--show` names the pairs that
went wrong; strangers, reports of two different pairs in one story, are counted too.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

__all__ = ["FROZEN", "Figures", "Pair", "Told", "content", "digests", "figures", "grouped", "kin", "pairs", "shared"]

FOLDER = Path(__file__).resolve().parent / "alike"
FROZEN: Mapping[str, str] = {
    "apart-1.txt": "01aef151d33172399a6c519d79a4afd46953b7d1b6b5b8b39d18e9b0fc527c5e",
    "apart-2.txt": "43b460c3b84a7fd43eaf6982c4b8158c8c7a681e8c4226ad65b00327f4a96f14",
    "joined-1.txt": "f7ea21c60d73e64f3a5d9c522cdbbdd1cd9fc5bc520ff0c6c68cffda5fc938ce",
    "joined-2.txt": "1a948ad61d6900d53ebb32f17ec56e753f8165a40a37387ca6fe34977c0e74dd",
}
"""SHA-256 of each file of the set."""

_HEAD = re.compile(r"(\w+): (.+)")
_SHORT, _STEM = 4, 5


@dataclass(frozen=True, slots=True)
class Told:
    """One invented report; `published` is an ISO date."""

    id: str
    outlet: str
    published: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two reports; `one` says whether they tell of one event. `about` is a note for readers of the file."""

    id: str
    about: str
    one: bool
    reports: tuple[Told, Told]


@dataclass(frozen=True, slots=True)
class Figures:
    """What a grouping makes of the pairs; `wrong` holds ids, sorted, `strangers` pairs of ids of pairs."""

    apart: float
    joined: float
    wrong: tuple[str, ...]
    strangers: tuple[tuple[str, str], ...]


def _told(name: str, block: str) -> Told:
    """One report of a file: lines `outlet: …`, `published: …`, `title: …`, an empty line, its text."""
    head, _, text = block.strip().partition("\n\n")
    fields = {m[1]: m[2] for line in head.split("\n") if (m := _HEAD.fullmatch(line))}
    return Told(name, fields["outlet"], fields["published"], fields["title"], text)


def pairs() -> tuple[Pair, ...]:
    """All pairs, sorted by id: "a01" to "a40" of two events each, "b01" to "b40" of one."""
    out: list[Pair] = []
    for file in sorted(FOLDER.glob("*.txt")):
        for block in file.read_text(encoding="utf-8").split("\n=== ")[1:]:
            first, _, rest = block.partition("\n")
            name, _, about = first.partition(" ")
            one, other = rest.split("\n---\n")
            both = (_told(f"{name}-1", one), _told(f"{name}-2", other))
            out.append(Pair(name, about, file.name.startswith("joined"), both))
    return tuple(sorted(out, key=lambda pair: pair.id))


@cache
def _function_words() -> frozenset[str]:
    file = FOLDER.parent.parent / "tellings/lexicons/function_words.txt"
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return frozenset(word for line in lines for word in line.split())


def content(title: str) -> tuple[str, ...]:
    """The words of a title that are no function words, folded, without the possessive ending.

    >>> content("Trams collide in Brennau, 34 hurt: the city's worst crash")
    ('trams', 'collide', 'brennau', '34', 'hurt', 'city', 'worst', 'crash')
    """
    words = [re.sub(r"['’]s?$", "", word) for word in re.findall(r"[\w'’]+", title.casefold())]
    return tuple(word for word in words if word and word not in _function_words())


def kin(one: str, other: str) -> bool:
    """Whether two words are the same or grow from one stem: equal in their first five letters, or one begins the other.

    >>> kin("collide", "collision"), kin("boat", "boats"), kin("ferry", "ferryman"), kin("bank", "bang")
    (True, True, True, False)
    """
    short, long = sorted((one, other), key=len)
    if len(short) < _SHORT:
        return short == long or (len(long) <= len(short) + 1 and short.isalpha() and long == short + "s")
    return long.startswith(short) or (len(short) >= _STEM and short[:_STEM] == long[:_STEM])


def shared(pair: Pair) -> tuple[str, ...]:
    """The content words of the first title that have kin in the second, each once, in order."""
    one, other = (content(told.title) for told in pair.reports)
    return tuple(dict.fromkeys(word for word in one if any(kin(word, twin) for twin in other)))


def grouped() -> dict[str, str]:
    """The story of each report's id, by one run of `tellings stories` on all of them."""
    rows = [
        {"id": t.id, "outlet": t.outlet, "published": t.published, "title": t.title, "text": f"{t.title}\n\n{t.text}"}
        for pair in pairs()
        for t in pair.reports
    ]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "alike.jsonl"
        file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
        command = [sys.executable, "-m", "tellings.cli", "stories", str(file)]
        done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    found = json.loads(done.stdout)
    return {report: story["id"] for story in found for report in story["reports"]}


def figures(stories: Mapping[str, str]) -> Figures:
    """The shares of pairs kept apart and of pairs joined, given the story of each report's id."""
    right: dict[bool, list[bool]] = {True: [], False: []}
    wrong: list[str] = []
    holding: dict[str, set[str]] = {}
    for pair in pairs():
        one, other = (stories[told.id] for told in pair.reports)
        right[pair.one].append((one == other) == pair.one)
        if (one == other) != pair.one:
            wrong.append(pair.id)
        for story in (one, other):
            holding.setdefault(story, set()).add(pair.id)
    strangers = {both for held in holding.values() for both in itertools.combinations(sorted(held), 2)}
    apart, joined = (sum(right[kind]) / len(right[kind]) for kind in (False, True))
    return Figures(apart, joined, tuple(wrong), tuple(sorted(strangers)))


def digests() -> dict[str, str]:
    """SHA-256 of each file of the set, by name."""
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(FOLDER.glob("*.txt"))}


def main() -> None:
    """Group all reports and print the shares."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--show", action="store_true", help="name the pairs that went wrong")
    arguments = parser.parse_args()
    found = figures(grouped())
    print(f"events alike in words, kept apart           {found.apart:.3f}")
    print(f"one event in different words, joined        {found.joined:.3f}")
    print(f"strangers: two pairs that share a story     {len(found.strangers)}")
    if arguments.show:
        about = {pair.id: pair.about for pair in pairs()}
        for name in found.wrong:
            print(f"  {name} {about[name]}")
        for one, other in found.strangers:
            print(f"  {one} {about[one]} + {other} {about[other]}")


if __name__ == "__main__":
    main()
