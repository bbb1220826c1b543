"""From labelled words to frames: which source, cue and content belong together.

The encoder labels every word as part of a source, a cue, a content or none (`encoder.ROLES`);
this joins the labelled stretches of a sentence by their order and distance. Still missed: a
content between two cues that belongs to both.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tellings.annotate.cues import kind as cue_kind
from tellings.annotate.frames import Frame, Tokens

__all__ = ["linked"]


def linked(t: Tokens, labels: Sequence[str]) -> list[list[Frame]]:
    """The frames that the labels make, for each sentence; a content without a cue is a frame of its own.

    A cue takes the source beside it, else the last one of its sentence (two verbs of one subject);
    the content right of it, and that left of it where no cue before took it.
    """
    return [_sentence(t, labels, lo, hi) for lo, hi in pairwise(t.edges)]


def _segments(labels: Sequence[str], lo: int, hi: int) -> list[tuple[str, int, int]]:
    """The labelled stretches: role, first word, end."""
    out: list[tuple[str, int, int]] = []
    for k in range(lo, hi):
        mark, _, role = labels[k].partition("-")
        if not role:
            continue
        if mark == "I" and out and out[-1][0] == role and out[-1][2] == k:
            out[-1] = (role, out[-1][1], k + 1)
        else:
            out.append((role, k, k + 1))
    return out


def _sentence(t: Tokens, labels: Sequence[str], lo: int, hi: int) -> list[Frame]:
    segments = _segments(labels, lo, hi)
    cues = [i for i, s in enumerate(segments) if s[0] == "cue"]
    owner: dict[int, int] = {}
    """Index of a segment to the index of the cue that has it."""
    shared: dict[int, int] = {}
    last: int | None = None
    for n, i in enumerate(cues):
        before = segments[i - 1] if i else None
        after = segments[i + 1] if i + 1 < len(segments) else None
        if before and before[0] == "source" and i - 1 not in owner:
            owner[i - 1] = i
            last = i - 1
        elif (
            after
            and after[0] == "source"
            and (after[1] - segments[i][2] <= 2 or i + 2 >= len(segments) or segments[i + 2][0] != "cue")
        ):
            owner[i + 1] = i
            last = i + 1
        else:
            # "X, who ..., said": a content between them, else the source that the verb before has.
            free = [j for j in range(i) if segments[j][0] == "source" and j not in owner]
            if free:
                owner[free[-1]] = i
                last = free[-1]
            elif last is not None:
                shared[i] = last
        del n
    members: dict[int, list[int]] = {i: [] for i in cues}
    extent = {
        i: (min([i, *(j for j, o in owner.items() if o == i)]), max([i, *(j for j, o in owner.items() if o == i)]))
        for i in cues
    }
    loose: list[int] = []
    for j, (role, _, _) in enumerate(segments):
        if role != "content":
            continue
        left = [i for i in cues if extent[i][1] < j]
        right = [i for i in cues if extent[i][0] > j]
        inner = [i for i in cues if extent[i][0] < j < extent[i][1]]
        if inner:
            members[inner[-1]].append(j)
        elif left and right:
            # Between two frames: the left one's, unless it lies close to the right one alone.
            own = left[-1]
            gap_left = segments[j][1] - segments[extent[own][1]][2]
            gap_right = segments[extent[right[0]][0]][1] - segments[j][2]
            taken = any(segments[m][0] == "content" for m in members[own])
            has_next = any(segments[m][0] == "content" for m in range(extent[right[0]][1] + 1, len(segments)))
            if (taken and not has_next and gap_right <= 2) or (gap_left > 4 and gap_right <= 2):
                own = right[0]
            members[own].append(j)
        elif left:
            members[left[-1]].append(j)
        elif right:
            members[right[0]].append(j)
        else:
            loose.append(j)
    out: list[Frame] = []
    for i in cues:
        mine = next((j for j, o in owner.items() if o == i), shared.get(i))
        kind, lemma = cue_kind(t.low[segments[i][1] : segments[i][2]])
        out.append(
            Frame(
                source=segments[mine][1:] if mine is not None else None,
                cue=segments[i][1:],
                content=tuple(segments[j][1:] for j in members[i]),
                kind=kind,
                lemma=lemma,
            )
        )
    free = [j for j, s in enumerate(segments) if s[0] == "source" and j not in owner]
    for j in loose:
        near = min(free, key=lambda m: abs(m - j), default=None)
        out.append(Frame(segments[near][1:] if near is not None else None, None, (segments[j][1:],), "say", ""))
    return sorted(
        out,
        key=lambda f: min(r[0] for r in (*f.content, *((f.cue,) if f.cue else ()), *((f.source,) if f.source else ()))),
    )
