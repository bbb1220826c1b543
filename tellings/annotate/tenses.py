"""Whether the clause around a day tells of a plan or of what was.

"On Friday" is the last Friday in a report of what happened and the next one in a plan. The
clause around the expression is searched for the words of `lexicons/plans.txt`; the nearest one
decides, and one that stands before the day counts as nearer than one after it. A present
("the court meets on Monday") counts only where nothing else does.
"""

from __future__ import annotations

import re
from functools import cache

from tellings.lexicons import sections

__all__ = ["planned"]

_CLAUSE_EDGE = re.compile(
    r"[;:—–“”\"()]|, |\b(?:that|but|which|who|while|where|when|and|because|although|though|if|as)\b"
)
_BEFORE, _AFTER = 140, 80  # how far a clause is searched on either side
_LATER, _PRESENT = 45, 150  # what a mark after the day, and one of the present, stands farther off


@cache
def _marks() -> tuple[tuple[re.Pattern[str], bool], ...]:
    """The patterns for plan, past and present, with what each tells."""
    words = sections("plans.txt")
    past = r"(?<!\bbe )(?<!\bto )\b(?:\w{2,}ed|" + "|".join(words["past"]) + r")\b"
    return (
        (re.compile(r"\b(?:" + "|".join(words["plan"]) + r")\b|['’]ll\b"), True),
        (re.compile(past), False),
        (re.compile(r"\b(?:" + "|".join(words["present"]) + r")\b"), True),
    )


@cache
def _told() -> re.Pattern[str]:
    """A verb of the past that the day follows at once: "said in a statement on", "closed on"."""
    plans = "|".join(sections("plans.txt")["participle"])
    return re.compile(
        r"\b(?:(?:said|told|announced|tweeted|wrote|added|confirmed|reported|posted|released|published)(?: \w+){0,3}?"
        rf"|(?!{plans})\w+ed)(?: late| early)?(?: on)?\s*$"
    )


def planned(text: str, sentence: tuple[int, int], start: int, end: int, verbs: frozenset[int] | None) -> bool | None:
    """Whether the clause around `text[start:end]` tells of what is to come (True), was (False), or neither (None).

    `sentence` is where its sentence lies; `verbs` where verbs start in it, None where that is
    not known.

    >>> line = "Voters will decide on Friday, the mayor said on Monday."
    >>> planned(line, (0, len(line)), 22, 28, None), planned(line, (0, len(line)), 48, 54, None)
    (True, False)
    """
    before, after = _clause(text, sentence, start, end)
    if _told().search(before):
        return False
    if re.search(r"\b(?:by|until|till|through)(?: late| early| next)?\s*$", before):
        return not re.search(r"\b(?:had|was|were)\b", after)
    offset = start - len(before)
    if verbs is not None and not any(offset <= verb < end + len(after) for verb in verbs):
        verbs = None  # a clause without a verb: the tagger missed it
    found: list[tuple[int, int, bool]] = []
    for rank, (pattern, plan) in enumerate(_marks()):
        far = _PRESENT if rank == 2 else 0
        found += [
            (len(before) - m.end() + far, rank, plan)
            for m in pattern.finditer(before)
            if not far or verbs is None or offset + m.start() in verbs
        ]
        found += [
            (m.start() + _LATER + far, rank, plan)
            for m in pattern.finditer(after)
            if not far or verbs is None or end + m.start() in verbs
        ]
    # "was scheduled for": a participle of a plan is a plan, so the first pattern wins a tie.
    return min(found)[2] if found else None


def _clause(text: str, sentence: tuple[int, int], start: int, end: int) -> tuple[str, str]:
    """What stands before and after an expression in its clause."""
    before = text[max(sentence[0], start - _BEFORE) : start]
    after = text[end : min(sentence[1], end + _AFTER)]
    edges = [m.end() for m in _CLAUSE_EDGE.finditer(before)]
    if edges and before[edges[-1] :].strip():
        before = before[edges[-1] :]
    # "On Friday, voters will decide": the comma ends no clause where the day opens it.
    skip = re.match(r"\s*,\s*", after) if len(before.split()) <= 2 else None
    edge = _CLAUSE_EDGE.search(after, skip.end() if skip else 0)
    return before, after[: edge.start()] if edge else after
