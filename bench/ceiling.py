"""What nobody could tell of an invented family's stemma: the part of its arrows that the texts speak against.

The simulator knows more than any method: every text, the lost ones too, who told each fact first, when each
text was written. From that, each text of the origin that was not written after the child or from it is held
against the true parent. One is the better parent to look at if, to write the child from it, no kind of change
is needed oftener and some kind less often: sentences cut from the end, dropped, changed, moved, merged, or
taken from a third text; another headline; credits that do not fit. Whoever goes by what changes are
likely, however he weighs them, prefers such a text, and is wrong. Where both are equal in everything, the one on which
the text began is the better guess, and between two of a kind half the guesses are right.

So the part of arrows that is left bounds every method from above. It is no aim that can be reached: a
method does not have the lost texts, must find which sentences are the same and weigh changes of different
kinds against each other.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

import simulator as sim

__all__ = ["knowable"]


def knowable(seed: int) -> tuple[float, int]:
    """How many of the true arrows of a family anyone could tell, and of how many."""
    maker = sim._Maker(seed)  # noqa: SLF001  # the bench's own simulator, whose hidden texts are asked for
    truth = maker.make()
    texts = {text.id: text for text in maker._texts}  # noqa: SLF001  # as above
    first: dict[int, str] = {}
    for text in maker._texts:  # noqa: SLF001  # as above
        for key, _ in _told(text):
            first.setdefault(key, text.id)
    arrows, lost = 0, 0.0
    for name, parents in sorted(truth.parents.items()):
        arrows += len(parents)
        child = texts[name]
        if not parents or not child.parents or child.parents[0] not in texts:
            continue
        main = texts[child.parents[0]]
        if child.depth == 0:
            continue  # an agency's next version: it signed both
        true = _changes(main, child, first)
        worst = 0.0
        for other in texts.values():
            if other.origin != child.origin or other.id == name or _above(texts, other.id, name):
                continue
            if other.when > child.when or _seen(texts, other.id) == parents[0]:
                continue
            these = _changes(other, child, first)
            if all(a <= b for a, b in zip(these, true, strict=True)):
                if these != true:
                    worst = 1.0
                elif (other.depth == 0) == (main.depth == 0):
                    worst = max(worst, 0.5)
                elif other.depth == 0:
                    worst = 1.0
        lost += worst
    return arrows - lost, arrows


def _told(text: sim._Text) -> list[tuple[int, str]]:
    """The facts of a text in its order, each with its wording."""
    out: list[tuple[int, str]] = []
    for sentence in text.body:
        one = sentence
        while one is not None:
            out.append((one.fact.key, replace(one, merged=None).text()))
            one = one.merged
    return out


def _changes(parent: sim._Text, child: sim._Text, first: dict[int, str]) -> tuple[int, ...]:
    """How often each kind of change was made if a child was written from a text."""
    theirs, mine = _told(parent), _told(child)
    wording, kept = dict(theirs), {key for key, _ in mine}
    at = {key: place for place, (key, _) in enumerate(theirs)}
    left = [key not in kept for key, _ in theirs]
    tail = 0
    while tail < len(left) and left[-1 - tail]:
        tail += 1
    rising: list[int] = []
    places = [at[key] for key, _ in mine if key in at]
    for place in places:
        where = bisect_left(rising, place)
        rising[where : where + 1] = [place]
    changed = sum(key in wording and wording[key] != words for key, words in mine)
    taken = sum(key not in at and first[key] != child.id for key, _ in mine)
    joined = len(_joints(parent) ^ _joints(child))
    named = {name for name in (parent.agency if parent.depth == 0 else None, parent.credit) if name}
    credit = child.credit not in named if child.credit else bool(named)
    heard = bool(child.heard) and child.heard != parent.outlet
    titled = parent.headline != child.headline
    return (
        int(tail > 0), sum(left) - tail, changed, taken, len(places) - len(rising), joined,
        int(credit), int(heard), int(titled),
    )  # fmt: skip


def _joints(text: sim._Text) -> set[tuple[int, int]]:
    """The facts that a text tells in one sentence, two by two."""
    return {(s.fact.key, s.merged.fact.key) for s in text.body if s.merged is not None}


def _above(texts: dict[str, sim._Text], name: str, other: str) -> bool:
    """Whether a text was written from another, by whatever way."""
    waiting = [name]
    while waiting:
        here = waiting.pop()
        if here == other:
            return True
        waiting += texts[here].parents
    return False


def _seen(texts: dict[str, sim._Text], name: str) -> str | None:
    """The nearest text above one, itself included, that is among the reports; None if there is none."""
    while texts[name].hidden:
        if not texts[name].parents:
            return None
        name = texts[name].parents[0]
    return name
