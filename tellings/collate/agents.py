"""Agents: who did it, where a copy tells only that it was done.

"Soldiers shot the driver" becomes "the driver was shot": the reader no longer learns by whom. A sentence
of the source with a doer, a verb and what it was done to is set beside a sentence of the copy in which the
same stands before a passive ("was shot", "had been shot", or "died"), with no "by" after it, and the doer
stands nowhere in the copy's sentence. Only neighbouring phrases are seen, by the parts of speech: a clause
between the doer and the verb hides him, and "the shooting of the driver" is not seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tellings.collate.alignments import Line
from tellings.collate.differences import CUES, content, spelt, stem
from tellings.collate.phrases import Phrases

__all__ = ["Removal", "passive", "removals"]

_BE = frozenset(["was", "were", "been", "being", "is", "are", "be"])
_DIED = frozenset(["died", "die", "dies", "perished"])
_BARE = frozenset(["cut", "hit", "shot", "set", "shut", "put", "hurt", "split", "cast"])  # soon taken for nouns
_TIES = frozenset(["of", "to", "for", "from", "in", "at", "near", "with"])
_REACH = 8  # "by" so many words after a passive may still name who did it


@dataclass(frozen=True, slots=True)
class Removal:
    """An agent left out: the whole clause in source and copy, and of these the words that differ."""

    source: tuple[int, int]
    copy: tuple[int, int]
    gone: tuple[int, int]
    instead: tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Act:
    """Somebody did something to somebody: the two noun phrases and the verb, with all that stands between them."""

    doer: tuple[int, int]
    verb: int
    done_to: tuple[int, int]


def removals(p: Phrases, s: Line, t: Line) -> list[Removal]:
    """The agents that the copy leaves out, in the order of the copy; none where both tell who did it."""
    out: list[Removal] = []
    theirs = {stem(word) for word in t.words}
    for thing, first, verb in _suffered(p, t):
        for act in _acts(p, s):
            if any(act.doer[0] < r.source[1] and r.source[0] < act.done_to[1] for r in out):
                continue
            doer = {stem(word) for word in content(s.words[slice(*act.doer)])}
            verbs = s.words[act.verb], t.words[verb]
            same = stem(verbs[0]) == stem(verbs[1]) or verbs[0][:4] == verbs[1][:4] or spelt(*verbs)
            if not doer or doer & theirs or not (same or p.somebody(s, *act.doer)):
                continue
            if _alike(p, s, act.done_to, t, thing):
                doing, done = (act.doer[0], act.done_to[0]), (first, verb + 1)
                out.append(Removal((act.doer[0], act.done_to[1]), (thing[0], verb + 1), doing, done))
                break
    return out


def passive(p: Phrases, line: Line, at: int) -> bool:
    """Whether a participle of a passive stands within three words before a place: "was shot at close range by"."""
    for verb in range(at - 1, max(-1, at - 5), -1):
        if p.tag(line, verb) == "VERB" and not line.words[verb].endswith("ing"):
            return any(line.words[k] in _BE for k in range(max(0, verb - 3), verb)) or line.words[verb].endswith(
                ("ed", "en", "n", "t")
            )
        if p.broken(line, verb, verb + 1):
            return False
    return False


def _alike(p: Phrases, s: Line, one: tuple[int, int], t: Line, two: tuple[int, int]) -> bool:
    """Whether two noun phrases have the same last word, or most of their words in common."""
    heads = stem(s.words[one[1] - 1]), {stem(t.words[b - 1]) for a, b in p.nouns(t) if two[0] <= a and b <= two[1]}
    if heads[0] in heads[1]:
        return True
    ours, theirs = ({stem(word) for word in content(x.words[slice(*part)])} for x, part in ((s, one), (t, two)))
    return bool(ours & theirs) and 2 * len(ours & theirs) >= max(len(ours), len(theirs))


def _suffered(p: Phrases, line: Line) -> Iterator[tuple[tuple[int, int], int, int]]:
    """What it was done to, from where on the verb's words stand, and the verb, where nobody is named after it."""
    ends = _subjects(p, line)
    for at, word in enumerate(line.words):
        if word in _DIED:
            first = at
        elif word in _BE:
            first, at = at, _participle(p, line, at + 1)  # noqa: PLW2901  # the verb is what follows
            if at < 0:
                continue
        else:
            continue
        while first > 0 and first not in ends and p.tag(line, first - 1) in {"AUX", "ADV"}:
            first -= 1
        if first not in ends or p.broken(line, first - 1, first):
            continue
        after = line.words[at + 1 : at + 1 + _REACH]
        if "by" not in after:
            yield ends[first], first, at


def _joined(p: Phrases, line: Line) -> list[tuple[int, int]]:
    """The noun phrases, those that touch as one ("two | other ferries")."""
    out: list[tuple[int, int]] = []
    for a, b in p.nouns(line):
        if out and out[-1][1] == a and not p.broken(line, a - 1, a):
            out[-1] = (out[-1][0], b)
        else:
            out.append((a, b))
    return out


def _subjects(p: Phrases, line: Line) -> dict[int, tuple[int, int]]:
    """Noun phrases by the place after their last word, each from where the phrase begins that it belongs to."""
    out: dict[int, tuple[int, int]] = {}
    for a, b in _joined(p, line):
        before = out.get(a - 1)
        tied = before is not None and line.words[a - 1] in _TIES and not p.broken(line, a - 2, a)
        out[b] = (before[0], b) if before is not None and tied else (a, b)
    return out


def _participle(p: Phrases, line: Line, at: int) -> int:
    """The participle that follows a form of "be", an adverb between them at most; -1 where there is none."""
    for verb in range(at, min(at + 3, len(line.words))):
        word, tag = line.words[verb], p.tag(line, verb)
        if word in _BE or tag == "ADV" or word in {"not", "never"}:
            continue
        formed = (word.endswith(("ed", "en")) and tag in {"VERB", "ADJ"}) or word in _BARE
        return verb if (tag == "VERB" and not word.endswith("ing")) or formed else -1
    return -1


def _acts(p: Phrases, line: Line) -> Iterator[_Act]:
    """Doer, verb and what it was done to, where they follow each other with no more than a particle between."""
    ends = _subjects(p, line)
    starts = {a: (a, b) for a, b in _joined(p, line)}
    for at, word in enumerate(line.words):
        acts = p.tag(line, at) == "VERB" or (word in _BARE and at > 0 and p.tag(line, at - 1) == "AUX")
        if not acts or word.endswith("ing") or word in CUES:
            continue
        first = at
        while first > 0 and first not in ends and p.tag(line, first - 1) in {"AUX", "ADV"}:
            first -= 1
        if first not in ends or any(line.words[k] in _BE for k in range(first, at)):
            continue
        thing = next((starts[k] for k in (at + 1, at + 2) if k in starts), None)
        if thing is None or (thing[0] == at + 2 and p.tag(line, at + 1) not in {"ADP", "ADV", "PART"}):
            continue
        if not any(p.broken(line, k, k + 1) for k in range(first - 1, thing[0])):
            yield _Act(ends[first], at, thing)
