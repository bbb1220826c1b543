"""The planted edits of `reports/edits`, and how many of them are found as what they are.

The mark-up is told in `reports/README.md`. `tally` compares; `bench/edits.py` prints it, `test_edits.py`
holds its floors.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from tellings.collate import edits, passages
from tellings.pipeline import annotate
from tellings.records import Collation, Edge, Edit, Found, Origin, Report
from tellings.text import Span

__all__ = ["Pair", "Tally", "compared", "pairs", "tally"]

FOLDER = Path(__file__).resolve().parent / "reports" / "edits"
DAYS = Found("2031-05-02", "given"), Found("2031-05-03", "given")
_MARK = re.compile(r"\{\{(?P<kind>[a-z_]+)\|(?P<old>[^|{}]*)\|(?P<new>[^|{}]*)\}\}")


@dataclass(frozen=True, slots=True)
class Planted:
    """One change: its kind ("style" for none that matters) and where it stands in source and copy, if anywhere."""

    kind: str
    old: tuple[int, int]
    new: tuple[int, int]
    words: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A source, its copy and what was changed between them."""

    name: str
    source: str
    copy: str
    planted: tuple[Planted, ...]


@dataclass
class Tally:
    """How many of each kind were planted, found, and told where nothing of the kind was planted."""

    planted: Counter[str] = field(default_factory=Counter[str])
    found: Counter[str] = field(default_factory=Counter[str])
    told: Counter[str] = field(default_factory=Counter[str])
    right: Counter[str] = field(default_factory=Counter[str])
    notes: list[str] = field(default_factory=list[str])

    def recall(self, *kinds: str) -> float:
        """The share of the planted edits of these kinds that were found; of all kinds if none is given."""
        of = kinds or tuple(self.planted)
        return sum(self.found[k] for k in of) / max(1, sum(self.planted[k] for k in of))

    def precision(self, *kinds: str) -> float:
        """The share of the told edits of these kinds that meet a planted one of the same kind."""
        of = kinds or tuple(self.told)
        return sum(self.right[k] for k in of) / max(1, sum(self.told[k] for k in of))


def pairs() -> list[Pair]:
    """Every marked pair, by name."""
    return [_pair(path) for path in sorted(FOLDER.glob("*.txt"))]


def _pair(path: Path) -> Pair:
    """A file as its two texts; lines that begin with "#" are comments."""
    text = "".join(x for x in path.read_text(encoding="utf-8").splitlines(keepends=True) if not x.startswith("#"))
    source = copy = ""
    planted: list[Planted] = []
    last = 0
    for mark in _MARK.finditer(text):
        plain = text[last : mark.start()]
        source, copy, last = source + plain, copy + plain, mark.end()
        old, new = mark["old"], mark["new"]
        planted.append(
            Planted(
                mark["kind"],
                (len(source), len(source) + len(old)),
                (len(copy), len(copy) + len(new)),
                f"{old} => {new}",
            )
        )
        source, copy = source + old, copy + new
    return Pair(path.stem, source + text[last:], copy + text[last:], tuple(planted))


def compared(pair: Pair) -> Collation:
    """Source and copy with the edits between them; which is the copy is given, and not to be found."""
    c = Collation(annotate([Report("a", pair.source, published=DAYS[0]), Report("b", pair.copy, published=DAYS[1])]))
    edges = (Edge(None, "a", 1.0), Edge("a", "b", 1.0))
    c = replace(c, passages=passages.find(c), origins=(Origin("origin-1", ("a", "b"), "Northwire", edges),))
    return replace(c, edits=edits.find(c))


def _meets(span: Span | None, at: tuple[int, int]) -> bool:
    """Whether a told span and a marked one share half of the shorter."""
    if span is None:
        return False
    shared = min(span.end, at[1]) - max(span.start, at[0])
    return shared > 0 and 2 * shared >= min(len(span), at[1] - at[0])


def _hits(edit: Edit, one: Planted) -> bool:
    """Whether an edit tells this change: it meets the words on each side that has words."""
    old, new = (edit.before, edit.after) if not edit.before or edit.before.report == "a" else (edit.after, edit.before)
    sides = [(old, one.old), (new, one.new)]
    marked = [(span, at) for span, at in sides if at[1] > at[0]]
    return all(_meets(span, at) for span, at in marked)


def tally(every: Iterable[Pair]) -> Tally:
    """What was found in the pairs, by kind."""
    out = Tally()
    for pair in every:
        every_edit = compared(pair).edits
        for one in pair.planted:
            out.planted[one.kind] += 1
            hits = [e.kind for e in every_edit if _hits(e, one)]
            if one.kind == "style":
                wrong = sorted({kind for kind in hits if kind != "reworded"})
                out.found["style"] += not wrong
                if wrong:
                    out.notes.append(f"{pair.name}: style told as {', '.join(wrong)}: {one.words}")
            elif one.kind in hits:
                out.found[one.kind] += 1
            else:
                out.notes.append(
                    f"{pair.name}: {one.kind} told as {', '.join(sorted(set(hits))) or 'nothing'}: {one.words}"
                )
        for edit in every_edit:
            meant = [one for one in pair.planted if one.kind == edit.kind and _hits(edit, one)]
            out.told[edit.kind] += 1
            out.right[edit.kind] += bool(meant)
            if not meant and edit.kind != "reworded":
                out.notes.append(f"{pair.name}: {edit.kind} that was not planted: {edit.note}")
    return out
