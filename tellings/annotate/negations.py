"""Whether a statement says that something is not so.

What counts is the negation of its main verb, of its subject and of what stands right behind the
verb ("did not", "nobody", "found no trace"), and verbs that negate ("failed to", "refused to",
"denied"). What stands in a relative, subordinate or reported clause does not turn the main one;
neither do words that only look like a negation ("not only", "no doubt", "no fewer than",
"could not help but", "not until"), nor one that a "but" behind it puts right ("not a bomb but a
gas leak"). Two negations of one verb cancel each other.

Still missed: irony, and "few", "little" and "hardly".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tellings.annotate.cues import listed

__all__ = ["negated"]

_NOT = frozenset({"not", "n't", "never", "cannot", "nor", "neither"})
_NOBODY = frozenset({"nobody", "nothing", "none", "no-one"})
_REFUSALS = re.compile(r"(?:fail|failed|fails|refuse[sd]?|decline[sd]?|neglected|neglects|unable|powerless)\Z")
_DENIALS = frozenset({"denied", "denies", "deny", "denying"})
_SUBORDINATE = listed("subordinate")
_RELATIVE = frozenset({"who", "which", "whose", "whom", "where", "that", "whether", "how", "why", "what"})
_VERBAL = frozenset({"VERB", "AUX"})
_SEEMING = re.compile(
    r"\b(?:"
    r"not (?:only|just|merely|simply|least|to mention|surprising(?:ly)?|until|unless)"
    r"|no (?:doubt|question|fewer than|less than|sooner|matter|stranger to|wonder|later than|earlier than|more than)"
    r"|never (?:before|mind)|none other than|nothing (?:but|short of|less than)|not without|not as if"
    r"|(?:never|not|n't) (?:been |be )?anything (?:but|less than|short of)|not -"
    r"|not un[a-z]{3,}|not in(?:significant|frequent|considerable)[a-z]*"
    r"|(?:can|could|ca|cannot|can ?not) (?:not |n't )?help (?:but|[a-z]+ing)|(?:can|could|ca|cannot) (?:not |n't )?but"
    r"|(?:can|could|ca) (?:not|n't) (?:wait|believe|be (?:more|better|happier|prouder|clearer))"
    r"|cannot (?:wait|believe)|if not|why (?:not|n't|do n't)"
    r"|whether or not|or not|more often than not"
    r"|never (?:fail|fails|failed)(?= to)|not (?:fail|fails)(?= to)|did (?:not|n't) (?:fail|hesitate|neglect)(?= to)"
    r"|no (?:\.|-|1\b|0)|no confidence"
    r")(?![a-z])"
)
"""Words that look like a negation and are none, with single blanks between."""
_AWAY = 14
"""So many words behind a "not" its "but" stands."""


def negated(low: Sequence[str], pos: Sequence[str]) -> bool:
    """Whether the words of one statement, in small letters with their parts of speech, say that it is not so.

    >>> negated("the bus did n't stop".split(), ["DET", "NOUN", "AUX", "PART", "VERB"])
    True
    >>> negated("not only the bus stopped".split(), ["PART", "ADV", "DET", "NOUN", "VERB"])
    False
    """
    main = _main(low, pos)
    blind = _seeming(low)
    count = 0
    for k in main:
        word, then = low[k], low[k + 1] if k + 1 < len(low) else ""
        if k in blind:
            continue
        if word in ("nor", "neither"):
            # "neither ... nor", "not ... nor": one negation goes on
            count += not (word == "nor" and any(w in _NOT for w in low[:k]))
        elif word in _NOT or word in _NOBODY or (word == "no" and then not in (",", "-", ".")):
            count += not (_put_right(low, pos, k) or _only_then(low, k) or _of_a_part(low, pos, k))
        else:
            barred = word in _DENIALS or (word in ("rule", "rules", "ruled", "ruling") and then == "out")
            count += (barred and pos[k] in _VERBAL) or (_REFUSALS.match(word) is not None and then == "to")
    return count % 2 == 1


def _main(low: Sequence[str], pos: Sequence[str]) -> list[int]:
    """The words of the main clause: without subordinate, relative and reported clauses."""
    begin, size = 0, len(low)
    if low and low[0] in _SUBORDINATE:
        comma = next((k for k in range(1, size) if low[k] == ","), None)
        if comma is not None and any(p in _VERBAL for p in pos[comma:]):
            begin = comma + 1
    out: list[int] = []
    seen = False
    k = begin
    while k < size:
        inner = low[k] in _RELATIVE or (low[k] in _SUBORDINATE and pos[k] != "ADP")
        if inner and k > begin:
            if seen:
                return out
            k = _behind(low, pos, k)  # a relative clause of the subject
            continue
        seen = seen or pos[k] in _VERBAL
        out.append(k)
        k += 1
    return out


def _behind(low: Sequence[str], pos: Sequence[str], k: int) -> int:
    """Where the main clause goes on behind the relative clause at word `k`: at its comma or the second verb."""
    size = len(low)
    comma = next((j for j in range(k + 1, size) if low[j] == ","), None)
    if comma is not None and low[k - 1] == ",":
        return comma
    j = k + 1
    while j < size and pos[j] not in _VERBAL:
        j += 1
    while j < size and pos[j] in ("VERB", "AUX", "PART", "ADV"):
        j += 1
    return j


def _seeming(low: Sequence[str]) -> frozenset[int]:
    """The words of phrases that look like a negation and are none."""
    text, starts = "", []
    for word in low:
        starts.append(len(text))
        text += word + " "
    out: set[int] = set()
    for m in _SEEMING.finditer(text):
        out.update(k for k, at in enumerate(starts) if m.start() <= at < m.end())
    return frozenset(out)


def _put_right(low: Sequence[str], pos: Sequence[str], k: int) -> bool:
    """Whether the "not" at word `k` is of a phrase that a "but" behind it replaces: "not a bomb but a leak"."""
    if low[k] not in ("not", "n't") or k + 1 >= len(low) or pos[k + 1] in _VERBAL:
        return False
    if k and low[k - 1] in ("do", "does", "did"):
        return False  # "did n't really see it, but heard it"
    for j in range(k + 2, min(len(low) - 1, k + _AWAY)):
        if low[j] in (";", ":", "."):
            return False
        if low[j] == "but" and low[j + 1] == "that" == low[k + 1]:
            return True
        if low[j] == "but":
            then = pos[j + 1 : j + 3]
            # "was not at home, but his wife was": a statement of its own behind the "but".
            later = zip(low[j + 2 : j + 5], pos[j + 2 : j + 5], strict=False)
            return not (then[:1] == ["PRON"] or any(p in _VERBAL and not w.endswith("ing") for w, p in later))
    return False


def _of_a_part(low: Sequence[str], pos: Sequence[str], k: int) -> bool:
    """Whether the "not" at word `k` turns only what somebody is to do, is blamed for, or does besides.

    "Urged him not to leave", "was fined for not paying", "by freezing assets, not seizing land".
    """
    if low[k] not in ("not", "never") or k + 1 >= len(low) or k == 0:
        return False
    if low[k + 1] == "to":  # whom it is said to stands between: "asked the court not to", not "chose not to"
        return pos[k - 1] in ("NOUN", "PROPN", "PRON") and any(p == "VERB" for p in pos[: k - 1])
    if not (low[k + 1].endswith("ing") and pos[k + 1] in _VERBAL and any(p in _VERBAL for p in pos[: k - 1])):
        return False
    return low[k - 1] == "," or (pos[k - 1] in ("ADP", "SCONJ") and low[k - 1] not in _SUBORDINATE)


def _only_then(low: Sequence[str], k: int) -> bool:
    """Whether the "not" at word `k` says only when: "was not opened until May"."""
    return low[k] in ("not", "n't", "never") and any(w in ("until", "till") for w in low[k + 1 : k + 1 + _AWAY])
