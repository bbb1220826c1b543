"""Tolls: how many people were hurt, killed, arrested, over all the nouns that reports count them by.

"Nine people were injured", "17 dockers were hurt" and "eleven taken to hospital" share neither noun
nor verb and are still three answers to one question. Counts of people whose nearest word of a kind
(`lexicons/tolls.txt`) is the same are laid together, where the reports tell them high up or the
statements are otherwise alike, and where none of them speaks of another year or another scale.

Still missed: one toll that is told as the sum of two, and two events of one story with a toll each.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from tellings.collate.contrasts import Told, differ, quote_words
from tellings.collate.statements import fold
from tellings.records import Quantity

__all__ = ["Toll", "tolls"]


@dataclass(frozen=True, slots=True)
class Toll:
    """One count of people: the number of its statement's leader, the quantity, and its kind of toll."""

    leader: int
    quantity: Quantity
    kind: int
    slot: str


@cache
def _kinds() -> tuple[dict[str, int], frozenset[str]]:
    """The kind of toll that a stem tells, and the stems of those who are counted."""
    text = files("tellings.lexicons").joinpath("tolls.txt").read_text(encoding="utf-8")
    lines = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    people = {fold(word) for line in lines if line[0] == "people" for word in line}
    roles = files("tellings.lexicons").joinpath("actor_nouns.txt").read_text(encoding="utf-8")
    person = False
    for line in roles.splitlines():
        if line.startswith("["):
            person = line.startswith("[person")
        elif person and not line.startswith("#"):
            people |= {fold(word) for word in line.split()}
    kinds = {fold(word): number for number, line in enumerate(lines) if line[0] != "people" for word in line}
    return kinds, frozenset(people)


_TOP = 6
"""A toll of the event itself stands among this many first sentences, or is like one that does."""
_SCALE = math.log(4)
"""Tolls further apart than this are of two events, or of two scopes that nobody would take for one."""
_NEAR = 0.15
_REACH = 6
"""A word tells what befell the people when it stands within this many words of their count."""
_YEAR = re.compile(r"\d{4}")


def _read(leader: int, told: Told) -> Toll | None:
    """The toll that a statement tells, the first one; None where it counts nobody or nothing befalls them."""
    kinds, people = _kinds()
    stems = [fold(word) for word, _ in told.words]
    for quantity in told.quantities:
        if quantity.kind != "count" or quantity.unit is None or quantity.value != int(quantity.value):
            continue
        unit = fold(quantity.unit.split()[-1])
        if unit not in people and unit not in kinds:
            continue
        at = [k for k, (_, place) in enumerate(told.words) if quantity.span.holds(place)]
        if not at:
            continue
        near = [(min(abs(k - at[0]), abs(k - at[-1])), k) for k, stem in enumerate(stems) if stem in kinds]
        if not near or min(near)[0] > _REACH:
            continue
        word = min(near)[1]
        noun = next((k for k in reversed(at) if stems[k] in people or stems[k] in kinds), at[-1])
        return Toll(leader, quantity, kinds[stems[word]], quote_words(told, sorted({noun, word})))
    return None


def tolls(told: Sequence[Told], chance: Mapping[tuple[int, int], float]) -> list[list[list[Toll]]]:
    """The tolls on which reports part: for each its readings, and in each the tolls that agree.

    `told` holds what stands in each leader, `chance` for pairs of leaders (the smaller first) that
    both tell one fact. Tolls and readings stand in the order of their first leaders.
    """
    found = [toll for k, one in enumerate(told) if (toll := _read(k, one)) is not None]
    out: list[list[list[Toll]]] = []
    for kind in sorted({toll.kind for toll in found}):
        mine = [toll for toll in found if toll.kind == kind]
        group = _event(mine, told, chance)
        readings: list[list[Toll]] = []
        for toll in group:
            for reading in readings:
                if not _apart(reading[0].quantity, toll.quantity):
                    reading.append(toll)
                    break
            else:
                readings.append([toll])
        reports = {told[toll.leader].statement.span.report for toll in group}
        if len(readings) > 1 and len(reports) > 1:
            out.append(readings)
    return out


def _event(mine: Sequence[Toll], told: Sequence[Told], chance: Mapping[tuple[int, int], float]) -> list[Toll]:
    """Those of one event: the ones told high up, and what is like one of these, on one scale and in one year."""
    top = [t for t in mine if told[t.leader].statement.sentence < _TOP]
    if not top:
        return []
    values = sorted(t.quantity.value for t in top)
    middle = max(1.0, values[len(values) // 2])
    years = Counter(date[:4] for one in told for date in one.statement.dates if _YEAR.match(date))
    year = max(years, key=lambda y: (years[y], y), default="")  # the year that the story speaks of most
    out: list[Toll] = []
    for toll in mine:
        if toll.quantity.value < 1 or abs(math.log(toll.quantity.value / middle)) > _SCALE:
            continue
        mine_years = {date[:4] for date in told[toll.leader].statement.dates if _YEAR.match(date)}
        if mine_years and max(mine_years) < year:
            continue
        alike = any(chance.get((min(toll.leader, t.leader), max(toll.leader, t.leader)), 0.0) >= _NEAR for t in top)
        if toll in top or alike:
            out.append(toll)
    return out


def _apart(one: Quantity, other: Quantity) -> bool:
    """Whether two counts cannot both be right, whatever noun they count."""
    return differ(replace(one, unit="person"), replace(other, unit="person"))
