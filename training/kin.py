"""Make `tellings/lexicons/noun_kin.txt` from WordNet 3.0's database files.

    python training/kin.py DICT

DICT is the folder with `data.noun`, `index.noun` and `cntlist.rev` (Debian's wordnet-base has it in
`/usr/share/wordnet`). A noun of one word is kept where it mostly stands for a person, a body of
people, a place or a craft: where that is its first sense, or has a third of the times that
WordNet's tagged texts use it. Each line holds the noun, its kind and, for each such sense, the
numbers of its set of synonyms and of the sets above it, the nearest first.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

HEAD = """\
# Nouns that can stand for somebody or somewhere: noun, kind, and for each sense (";") the number of its synonyms'
# set and of those above it. Made by training/kin.py from WordNet 3.0, Copyright 2006 by Princeton University, all
# rights reserved; its licence allows any use, copying and change (NOTICE).
"""
TOPS = {
    "00007846": "person",
    "08008335": "organisation",  # organization
    "08053576": "organisation",  # institution
    "08077292": "organisation",  # enterprise
    "08061042": "organisation",  # company
    "07950920": "group",  # social group
    "07942152": "group",  # people
    "08208016": "group",  # force, personnel
    "03315023": "place",  # installation, facility
    "02913152": "place",  # building
    "03544360": "place",  # house
    "09225146": "place",  # body of water
    "09287968": "place",  # geological formation
    "08491826": "place",  # administrative district
    "08552138": "place",  # district
    "08574314": "place",  # geographic area
    "08537837": "place",  # city, town
    "04096066": "place",  # road
    "02898711": "place",  # bridge
    "03125870": "craft",  # craft
    "04524313": "craft",  # vehicle
}
"""The sets under which a noun counts as one that stands for somebody or somewhere."""
WIDE = {"00007846", "08008335", "07950920", "00001740", "00031264", "07942152", "00004475", "00002684", "00003553"}
"""Sets too wide for two nouns under them to be akin."""
_LEAST = 1 / 3
_UP = 4


def read(folder: Path) -> tuple[dict[str, list[str]], dict[str, list[str]], Counter[tuple[str, int]]]:
    """The sets above each set, the senses of each noun, and how often each sense was tagged."""
    above: dict[str, list[str]] = {}
    named: set[str] = set()
    for line in (folder / "data.noun").read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            continue
        offset = line[:8]
        above[offset] = re.findall(r"@ (\d{8}) n ", line.split(" | ")[0])
        if "@i " in line.split(" | ")[0]:
            named.add(offset)  # one person or place by name
    senses: dict[str, list[str]] = {}
    for line in (folder / "index.noun").read_text(encoding="utf-8").splitlines():
        if not line.startswith(" "):
            fields = line.split()
            senses[fields[0]] = [f for f in fields[4:] if re.fullmatch(r"\d{8}", f) and f not in named]
    tagged: Counter[tuple[str, int]] = Counter()
    for line in (folder / "cntlist.rev").read_text(encoding="utf-8").splitlines():
        key, number, count = line.split()
        if "%1:" in key:
            tagged[key.split("%")[0], int(number)] += int(count)
    return above, senses, tagged


def chain(offset: str, above: dict[str, list[str]]) -> list[str]:
    """A set and those above it, the nearest first."""
    out, level = [offset], [offset]
    while level:
        level = [up for one in level for up in above.get(one, ()) if up not in out]
        out += level
    return out


def main() -> int:
    """Write the list."""
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    above, senses, tagged = read(Path(sys.argv[1]))
    known = defaultdict(set)
    target = Path(__file__).resolve().parent.parent / "tellings" / "lexicons"
    used = {row.split("\t")[0] for row in (target / "background.txt").read_text(encoding="utf-8").splitlines()}
    rows: list[str] = []
    for noun in sorted(senses):
        if not re.fullmatch(r"[a-z]{3,}(?:-[a-z]{2,})*", noun):
            continue
        if not senses[noun]:
            continue
        total = sum(tagged[noun, n] for n in range(1, len(senses[noun]) + 1))
        kinds: Counter[str] = Counter()
        kept: list[list[str]] = []
        for number, offset in enumerate(senses[noun], 1):
            sets = chain(offset, above)
            kind = next((TOPS[one] for one in sets if one in TOPS), "")
            share = tagged[noun, number] / total if total else float(number == 1)
            if kind:
                kinds[kind] += share + (0.01 if number == 1 else 0)
                if number == 1 or share >= 0.1 or len(kept) < 2:
                    kept.append([one for one in sets[: _UP + 1] if one not in WIDE])
        if not kinds:
            continue
        kind, share = max(kinds.items(), key=lambda item: (item[1], item[0]))
        first = any(one in TOPS for one in chain(senses[noun][0], above))
        if share < _LEAST or (not first and not total):
            continue
        rare = noun not in used and not total and len(senses[noun]) > 1
        if rare:
            continue
        rows.append(f"{noun} {kind} " + ";".join(",".join(str(int(x)) for x in sets) for sets in kept[:3]))
        known[kind].add(noun)
    (target / "noun_kin.txt").write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    print({kind: len(some) for kind, some in known.items()})
    return 0


if __name__ == "__main__":
    sys.exit(main())
