"""Which words are source, cue and content: a CRF over the words of each sentence.

A linear-chain CRF (Lafferty, McCallum and Pereira 2001) sees words, parts of speech, cue
classes, quotations, names, and what the patterns of `frames` found; `training/attributions.py`
makes its file, `training/CARD-attributions.md` says on what. Labels are B and I of source,
cue and content, and O.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import as_file, files
from itertools import pairwise
from typing import Any

from tellings.annotate.cues import kind as cue_kind
from tellings.annotate.cues import listed, verb
from tellings.annotate.frames import LONGEST, Frame, Tokens

__all__ = ["features", "label", "linked"]


@cache
def _kind(low: str) -> str:
    """The cue classes of a word as one short string: verb class, then noun, medium, hedge."""
    known = verb(low)
    out = known[0] if known else ""
    for name, short in (("noun", "N"), ("medium", "M"), ("hedge", "H")):
        if low in listed(name):
            out += short
    return out or "-"


def _near(values: Sequence[str], k: int) -> str:
    return values[k] if 0 <= k < len(values) else "|"


def features(t: Tokens, number: int, rules: Sequence[str], names: Sequence[str]) -> list[list[str]]:
    """What the model sees of each word of sentence `number`.

    `rules` holds the label that the patterns give each word of the report, `names` the kind of
    name it stands in or "-".
    """
    lo, hi = t.edges[number], t.edges[number + 1]
    low, pos = t.low[lo:hi], t.pos[lo:hi]
    kinds = [_kind(w) for w in low]
    ruled = rules[lo:hi]
    size = hi - lo
    # A word's quotation: none, a few words, speech; whether it began before and goes on after this sentence.
    quoted: list[str] = []
    for k in range(lo, hi):
        q = t.quote[k]
        if q < 0:
            quoted.append("-")
            continue
        words = t.quotes[q].words
        quoted.append("q1" if words < 2 else "q3" if words < 4 else "q9" if words < 10 else "q+")
    whole = all(q != "-" for q in quoted[: max(1, size - 1)])
    some = any(q in ("q9", "q+") for q in quoted)
    state = ("W" if whole else "S" if some else "-") + (
        "p"
        if lo and rules[lo - 1] in ("B-content", "I-content")
        else "c"
        if number and any(r.endswith("content") for r in rules[t.edges[number - 1] : lo])
        else "-"
    )
    anycue = any(r.endswith("cue") for r in ruled)
    state += "C" if anycue else "-"
    # The last cue word before each word and the first after it, with what lies between.
    back: list[str] = []
    seen, gap, that = "^", 0, ""
    for k in range(size):
        back.append(seen + that + (str(min(gap, 3))))
        gap += low[k] == ","
        if low[k] in ("that", "to", "for", "about", "of", "on", "as") and seen != "^" and not that:
            that = low[k]
        known = verb(low[k])
        if known and pos[k] != "NOUN" and quoted[k] in ("-", "q1", "q3"):
            seen, gap, that = known[0] + ("g" if low[k].endswith("ing") else ""), 0, ""
        elif low[k] == "according":
            seen, gap, that = "acc", 0, ""
    ahead: list[str] = [""] * size
    seen, gap = "$", 0
    for k in range(size - 1, -1, -1):
        ahead[k] = seen + str(min(gap, 3))
        gap += low[k] in (",", '"', "”")
        known = verb(low[k])
        if known and pos[k] != "NOUN" and quoted[k] in ("-", "q1", "q3"):
            seen, gap = known[0] + ("g" if low[k].endswith("ing") else ""), 0
        elif low[k] == "according":
            seen, gap = "acc", 0
    out: list[list[str]] = []
    for k in range(size):
        w, p, c, q, r, n = low[k], pos[k], kinds[k], quoted[k], ruled[k], names[lo + k]
        p1, p2, m1, m2 = _near(pos, k - 1), _near(pos, k - 2), _near(pos, k + 1), _near(pos, k + 2)
        w1, v1 = _near(low, k - 1), _near(low, k + 1)
        q1, q2 = _near(quoted, k - 1), _near(quoted, k + 1)
        known = verb(w)
        row = [
            "w=" + w, "3=" + w[-3:], "p=" + p, "c=" + c, "q=" + q, "r=" + r, "n=" + n,
            "l=" + (known[1] if known else "-") + p,
            "w-=" + w1, "w+=" + v1, "w-w=" + w1 + " " + w, "ww+=" + w + " " + v1,
            "p-p=" + p1 + p, "pp+=" + p + m1, "p-pp+=" + p1 + p + m1, "p--=" + p2 + p1 + p, "p++=" + p + m1 + m2,
            "c-=" + _near(kinds, k - 1), "c+=" + _near(kinds, k + 1),
            "c--=" + _near(kinds, k - 2), "c++=" + _near(kinds, k + 2),
            "cp=" + c + p1 + p + m1,
            "q-q=" + q1 + q, "qq+=" + q + q2,
            "r-r=" + _near(ruled, k - 1) + r, "rr+=" + r + _near(ruled, k + 1), "rs=" + r + state, "rb=" + r + back[k],
            "b=" + back[k], "a=" + ahead[k], "ba=" + back[k] + ahead[k], "bap=" + back[k] + ahead[k] + p,
            "bw=" + back[k] + w,
            "s=" + state, "sq=" + state + q, "sqb=" + state + q + back[k] + ahead[k],
            "n+=" + n + _near(names, lo + k + 1),
            "x=" + ("0" if k == 0 else "1" if k < 3 else "e" if k >= size - 2 else "m"),
            "xp=" + str(min(k, 3)) + p,
        ]  # fmt: skip
        out.append(row)
    return out


@cache
def _model() -> Any:
    """The tagger, opened once."""
    import pycrfsuite

    tagger: Any = pycrfsuite.Tagger()  # pyright: ignore[reportAttributeAccessIssue]  # a compiled class
    with as_file(files("tellings.lexicons").joinpath("attributions.crfsuite")) as path:
        tagger.open(str(path))
    return tagger


def label(t: Tokens, rules: Sequence[str], names: Sequence[str]) -> list[str]:
    """The label of every word: O, or B- or I- and source, cue or content."""
    out: list[str] = []
    for number, (lo, hi) in enumerate(pairwise(t.edges)):
        if hi - lo > LONGEST:
            out += ["O"] * (hi - lo)
        elif hi > lo:
            out += _model().tag(features(t, number, rules, names))
    return out


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
