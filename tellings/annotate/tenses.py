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

__all__ = ["planned", "saying"]

_CLAUSE_EDGE = re.compile(
    r"[;:—–“”\"()]|, |\b(?:that|but|which|who|while|where|when|and|because|although|though|if|as)\b"
)
_BEFORE, _AFTER = 140, 80  # how far a clause is searched on either side
_LATER, _PRESENT = 45, 150  # what a mark after the day, and one of the present, stands farther off


@cache
def _marks() -> tuple[tuple[re.Pattern[str], bool], ...]:
    """The patterns for plan, past and present, with what each tells."""
    words = sections("plans.txt")
    # "Is expected", "are cancelled" are no past; "had been expected" is one.
    past = r"(?<!\bbe )(?<!\bto )(?<!\bis )(?<!\bare )\b(?:\w{2,}ed|" + "|".join(words["past"]) + r")\b"
    return (
        (re.compile(r"(?<!\bhad been )\b(?:" + "|".join(words["plan"]) + r")\b|['’]ll\b"), True),
        (re.compile(past), False),
        (re.compile(r"\b(?:" + "|".join(words["present"]) + r")\b", re.IGNORECASE), True),
    )


@cache
def _told() -> re.Pattern[str]:
    """A verb of the past that the day follows at once: "said in a statement on", "closed on"."""
    plans = "|".join(sections("plans.txt")["participle"])
    return re.compile(
        r"\b(?:(?:said|told|announced|tweeted|wrote|added|confirmed|reported|posted|released|published)(?: \w+){0,3}?"
        rf"|(?<!\bis )(?<!\bare )(?<!\bbe )(?<!\bhas )(?<!\bhave )(?!{plans})\w+ed)(?: late| early)?(?: on)?\s*$"
    )


@cache
def _saying() -> re.Pattern[str]:
    """A verb of saying to whose clause a day behind it belongs."""
    verbs = "said|says|told|announced|tweeted|wrote|added|confirmed|reported|posted"
    return re.compile(rf"\b(?:{verbs})\b[^,;:.“”\"]*$")


def saying(before: str) -> bool:
    """Whether a day that stands behind these words of its sentence is the day on which something was said.

    >>> saying("The road is shut, the mayor said on "), saying("He said that it fell, and left on ")
    (True, False)
    """
    found = _saying().search(before)
    return found is not None and " that " not in found.group()


_CONDITION = re.compile(r"\b(?:if|once|unless|as soon as|in case)\s[^,;]*$", re.IGNORECASE)


@cache
def _done() -> re.Pattern[str]:
    """What was done "by" a time: "was cleared by", not "was to be cleared by"."""
    plans = "|".join(sections("plans.txt")["participle"])
    return re.compile(
        rf"\b(?:had been|was|were) (?!to\b|due\b|set\b|meant\b|promised\b|{plans})\w.*\bby\s*$", re.DOTALL
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
    # "Stop after Sunday": a word of the day itself and no mark of the past.
    before = re.sub(r"\b(?:after|following)\s*$", lambda m: " " * len(m.group()), before)
    if re.search(r"\b(?:by|until|till|through)(?: late| early| next)?\s*$", before):
        return not (re.search(r"\b(?:had|was|were)\b", after) or _done().search(before))
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
            if not (far or (rank == 1 and m.group().endswith("ed"))) or verbs is None or end + m.start() in verbs
        ]
    if not found and _CONDITION.search(text, max(sentence[0], start - _BEFORE), start):
        return True
    # "was scheduled for": a participle of a plan is a plan, so the first pattern wins a tie.
    return min(found)[2] if found else None


_LONE = re.compile(r"\s*(?:on|in|at|next|this|early|late)(?: (?:next|this|early|late))?\s*", re.IGNORECASE)
_OPENING = re.compile(r"(?:starting|beginning|effective)(?: on| in| from| at)?\s*", re.IGNORECASE)
_PAIRS = {",": ",", ")": "(", "—": "—", "–": "–"}


def _around(before: str, edges: list[int]) -> str | None:
    """The clause that goes on behind a pair of commas, dashes or brackets, blanks in the place of what they hold.

    "Ruiz is running against Ann Holm, a nurse, in | November": what stands before "a nurse"; of
    "They will march, starting on | Friday" what stands before the comma. None where it is neither.
    """
    mark = before[: edges[-1]].rstrip()
    if not mark:
        return None
    if mark[-1] == "," and _OPENING.fullmatch(before, edges[-1]):
        closed = len(mark) - 1
    elif mark[-1] in _PAIRS and _LONE.fullmatch(before, edges[-1]):
        closed = before.rfind(_PAIRS[mark[-1]], 0, len(mark) - 1)
    else:
        return None
    if closed < 3:
        return None
    begin = max((edge for edge in edges if edge < closed), default=0)
    held = before[begin:closed]
    return held + " " * (edges[-1] - closed) + before[edges[-1] :] if held.strip() else None


def _clause(text: str, sentence: tuple[int, int], start: int, end: int) -> tuple[str, str]:
    """What stands before and after an expression in its clause."""
    before = text[max(sentence[0], start - _BEFORE) : start]
    after = text[end : min(sentence[1], end + _AFTER)]
    edges = [m.end() for m in _CLAUSE_EDGE.finditer(before)]
    if edges and before[edges[-1] :].strip():
        before = _around(before, edges) or before[edges[-1] :]
    # "On Friday, voters will decide": the comma ends no clause where the day opens it.
    skip = re.match(r"\s*,\s*", after) if len(before.split()) <= 2 else None
    edge = _CLAUSE_EDGE.search(after, skip.end() if skip else 0)
    return before, after[: edge.start()] if edge else after
