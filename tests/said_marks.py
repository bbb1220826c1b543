"""Reports of our own with every attribution marked, and how well `annotate` finds them.

    python tests/said_marks.py [--errors] [--report NAME]

The marks are explained in `tests/reports/README.md`. Figures are counted over the attributions
that are found (half of the content's characters), so that they tell of chain, manner, polarity,
modality, hedges and speaker whatever the labels are; "found" tells of the labels.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import marked as marks

FOLDER = Path(__file__).resolve().parent / "reports" / "said"
ROWS = ("found", "source", "cue", "speaker", "chain", "manner", "polarity", "modality", "hedges")
_TAG = re.compile(r"(\d+)([sctvh]+)")
_ROLES = {"s": "source", "c": "cue", "t": "content", "v": "through", "h": "hedges"}
_SMALL = frozenset(re.findall(r"\w+", "the a an of in on at to for from by with and s his her its their"))
_TITLES = frozenset(
    re.findall(
        r"\w+",
        "mr ms mrs dr professor president minister governor director captain colonel major brigadier lieutenant"
        " councillor judge coach chief commander",
    )
)

Part = tuple[int, int]


@dataclass
class Marked:
    """One marked attribution: where its parts stand, and what is true of it. `speaker` holds every right answer."""

    source: list[Part] = field(default_factory=list)
    cue: list[Part] = field(default_factory=list)
    content: list[Part] = field(default_factory=list)
    through: list[Part] = field(default_factory=list)
    hedges: list[Part] = field(default_factory=list)
    speaker: tuple[str, ...] = ()
    manner: str = "indirect"
    polarity: str = "affirmed"
    modality: str = "asserted"


@dataclass(frozen=True)
class MarkedReport:
    """A report without its marks, and the attributions that the marks tell of, by their numbers."""

    name: str
    text: str
    said: dict[int, Marked]


def parse(name: str, marked: str) -> MarkedReport:
    """The report and its marks; ValueError where a mark is not closed or nothing is marked for a number."""
    body, _, notes = marked.partition("\n----\n")
    report = marks.parse(body, name)
    text = report.text
    said: dict[int, Marked] = {}
    for mark in report.marks:
        for tag in mark.label.split(","):
            found = _TAG.fullmatch(tag)
            if found is None:
                raise ValueError(f"{name}: {mark.label}: there is no such mark")
            for role in found.group(2):
                one = said.setdefault(int(found.group(1)), Marked())
                getattr(one, _ROLES[role]).append((mark.start, mark.end))
    for line in notes.splitlines():
        number, _, rest = line.strip().partition(" ")
        one = said[int(number)]
        for item in rest.split(";"):
            key, _, value = item.strip().partition(": ")
            if key == "speaker":
                one.speaker = tuple(v.strip() for v in value.split(" / "))
            elif key in ("manner", "polarity", "modality"):
                setattr(one, key, value)
            else:
                raise ValueError(f"{name}: {line}: there is no such note")
    for number, one in said.items():
        for part in (one.source, one.cue, one.content, one.through, one.hedges):
            part.sort()
        if not one.content or (not one.cue and len(one.source) != 1):
            raise ValueError(f"{name}: attribution {number} has no content, or no cue")
        if not one.speaker:
            one.speaker = (" ".join(text[a:b] for a, b in one.source) or "none",)
    return MarkedReport(name, text, said)


def reports(folder: Path = FOLDER) -> list[MarkedReport]:
    """Every marked report of the folder, by name."""
    return [parse(path.stem, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.txt"))]


def names(text: str) -> frozenset[str]:
    """The words of a name that tell it from others: no titles, no little words, no marks."""
    found = re.findall(r"\w+", text.lower().replace("’", "'"))
    return frozenset(w for w in found if w not in _SMALL and w not in _TITLES) or frozenset(found)


def same_name(got: str, wanted: str) -> bool:
    """Whether both name the same: the same words, or more of them only after a comma or a relative pronoun."""
    if wanted == "none" or not got:
        return wanted == "none" and not got
    head = re.split(r",| who | which |\(", got.strip(" ,"))[0]
    return names(wanted) in (names(got), names(head)) or names(wanted) == names(got.rpartition(",")[2])


def _chars(parts: list[Part]) -> set[int]:
    return {i for a, b in parts for i in range(a, b)}


@dataclass
class Figures:
    """Right and counted for each row, and every miss as a line."""

    right: dict[str, int] = field(default_factory=lambda: dict.fromkeys((*ROWS, "extra"), 0))
    of: dict[str, int] = field(default_factory=lambda: dict.fromkeys((*ROWS, "extra"), 0))
    misses: list[str] = field(default_factory=list)

    def add(self, row: str, right: bool, miss: str) -> None:
        """Count one answer; a wrong one is kept as a line."""
        self.right[row] += right
        self.of[row] += 1
        if not right:
            self.misses.append(f"{row}: {miss}")

    def share(self, row: str) -> float:
        """The share that is right."""
        return self.right[row] / self.of[row] if self.of[row] else 0.0


def _found(one: object, text: str) -> Marked:
    """An attribution that the program found, in the same form as a marked one."""
    from tellings.records import Attribution

    assert isinstance(one, Attribution)
    words = " ".join(s.cut(text) for s in one.source)
    pairs: Callable[[str], list[Part]] = lambda role: [(s.start, s.end) for s in getattr(one, role)]  # noqa: E731
    return Marked(
        **{role: pairs(role) for role in _ROLES.values()},
        speaker=(one.speaker.name if one.speaker else words,),
        manner=one.manner,
        polarity=one.polarity,
        modality=one.modality,
    )


def pairs(gold: MarkedReport, got: list[Marked]) -> Iterator[tuple[int, Marked | None]]:
    """Each marked attribution, with the one found that holds most of its content and shares its cue, or None."""
    free = list(range(len(got)))
    for number, one in sorted(gold.said.items()):
        content, cue = _chars(one.content), _chars(one.cue)
        keys = [
            (len(content & _chars(got[k].content)), len(cue & _chars(got[k].cue)), -len(_chars(got[k].content)), k)
            for k in free
        ]
        keys = [key for key in keys if key[0] * 2 >= len(content)]
        best = max(keys, key=lambda key: (bool(key[1]), *key), default=None)
        if best is None:
            yield number, None
        else:
            free.remove(best[-1])
            yield number, got[best[-1]]
    for k in free:
        yield -1, got[k]


def score(gold: MarkedReport, got: list[Marked], figures: Figures) -> None:
    """Count what was found in one report."""
    text = gold.text

    def cut(parts: list[Part]) -> str:
        return " … ".join(text[a:b] for a, b in parts)

    for number, one in pairs(gold, got):
        if number < 0:
            assert one is not None
            figures.of["extra"] += 1
            figures.misses.append(f"extra: {gold.name}: {one.speaker[0]!r} {cut(one.cue)!r} {cut(one.content)[:80]!r}")
            continue
        want = gold.said[number]
        where = f"{gold.name} {number} ({cut(want.source)} {cut(want.cue)} {cut(want.content)[:50]})"
        figures.add("found", one is not None, where)
        if one is None:
            continue
        spot = _chars(want.source) | _chars(want.through)
        right = bool(spot & _chars(one.source)) if want.source else not one.source
        figures.add("source", right, f"{where} got {cut(one.source)!r}")
        figures.add("cue", bool(_chars(want.cue) & _chars(one.cue)) or not want.cue, f"{where} got {cut(one.cue)!r}")
        right = any(same_name(one.speaker[0], name) for name in want.speaker)
        figures.add("speaker", right, f"{where} want {' / '.join(want.speaker)!r} got {one.speaker[0]!r}")
        if want.through or one.through:
            chain = [bool(_chars([a]) & _chars([b])) for a, b in zip(want.through, one.through, strict=False)]
            right = len(want.through) == len(one.through) and all(chain)
            figures.add("chain", right, f"{where} want {cut(want.through)!r} got {cut(one.through)!r}")
        if want.hedges or one.hedges:
            figures.add("hedges", want.hedges == one.hedges, f"{where} got {cut(one.hedges)!r}")
        for row in ("manner", "polarity", "modality"):
            plain = getattr(want, row) == getattr(one, row) == {"polarity": "affirmed", "modality": "asserted"}.get(row)
            if not plain:  # what is so nearly always would hide the rest
                figures.add(row, getattr(want, row) == getattr(one, row), f"{where} got {getattr(one, row)}")


def run(name: str = "") -> Figures:
    """Read every marked report, or the one of this name, and count."""
    from tellings.pipeline import annotate
    from tellings.records import Report

    figures = Figures()
    for gold in reports():
        if name and name != gold.name:
            continue
        (read,) = annotate([Report(gold.name, gold.text)])
        score(gold, [_found(x, gold.text) for x in read.attributions], figures)
    return figures


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", action="store_true", help="list every miss")
    parser.add_argument("--report", default="", help="only this report")
    args = parser.parse_args()
    figures = run(args.report)
    lines = [*figures.misses] if args.errors else []
    lines += [f"{row:<10}{figures.share(row):7.3f}  {figures.right[row]} of {figures.of[row]}" for row in ROWS]
    sys.stdout.write("\n".join((*lines, f"{'extra':<17}  {figures.of['extra']}")) + "\n")
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    sys.exit(main())
