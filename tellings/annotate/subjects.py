"""Whose words they are: the source of a frame put right where the nearest noun was taken for it.

A participle has the subject of the clause that it hangs on ("X met Y, saying ..."), a verb the head of
its whole noun phrase ("the crews who fought at the depot said"), "according to" what stands behind
it, and a verb behind a comma may have its subject on its right ("..., reported the Courier").
Subjects are read from parts of speech and marks; a clause within a clause may hide one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tellings.annotate.cues import kind as cue_kind
from tellings.annotate.cues import listed
from tellings.annotate.frames import STATED, Frame, Range, Tokens, left_noun, noun, subject

__all__ = ["governed", "joined"]

_PAPERS = listed("paper") | listed("medium")
_SAID = listed("noun") | _PAPERS
_OBJECTS = frozenset({"him", "her", "them", "me", "us"})
_RELATIVE = frozenset({"who", "which"})
_SUBORDINATE = listed("factual") | listed("subordinate") | {"that"}
_INVERTED = frozenset({"say", "report", "write", "add", "explain"})
"""Verbs whose subject may stand behind them."""
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})


def governed(t: Tokens, number: int, frame: Frame, frames: Sequence[Frame], named: dict[int, int]) -> Frame:
    """The frame of sentence `number` with the source that its cue's grammar tells; as it is where that tells none.

    `frames` are all of the sentence, `named` gives the end of each person's or organisation's name by its first word.
    """
    cue, source = frame.cue, frame.source
    if cue is None or source is None or t.quote[cue[0]] >= 0:
        return frame
    found: Range | None = None
    if t.low[cue[1] - 1] == "to" and "according" in t.low[cue[0] : cue[1]]:
        found = noun(t, number, cue[1]) if source[1] <= cue[0] else None
    elif source[1] <= cue[0]:
        if _participle(t, cue):
            found = _hung(t, number, cue, source, frames)
        elif t.low[cue[0] - 1] == ",":
            found = _behind(t, number, frame, named) or _antecedent(t, number, source)
        elif source[1] == cue[0]:
            found = _whole(t, number, source)
    if found is None or found == source:
        return frame
    content = tuple(c for c in frame.content if c[1] <= found[0] or found[1] <= c[0])
    return replace(frame, source=found, content=content) if content or not frame.content else frame


def joined(t: Tokens, frames: Sequence[Frame]) -> list[Frame]:
    """The frames with a noun that was taken for a cue put back into the source: "court | papers | said".

    So too the noun phrase that a cue holds before its verb: "| filed papers told that".
    """
    out: list[Frame] = []
    for f in frames:
        frame = f
        cue, source = f.cue, f.source
        if cue is None:
            out.append(f)
            continue
        one = cue[1] - cue[0] == 1 and t.pos[cue[0]] == "NOUN" and source is not None and source[1] == cue[0]
        if one and any(g is not f and g.source == source and g.cue and g.cue[0] == cue[1] for g in frames):
            continue
        before = next((g for g in frames if g.source == source and g.cue and g.cue[1] == cue[0]), None)
        if before is not None and before.cue and source is not None and source[1] == before.cue[0]:
            if before.cue[1] - before.cue[0] == 1 and t.pos[before.cue[0]] == "NOUN":
                frame = replace(f, source=(source[0], cue[0]))
        elif cue[1] - cue[0] > 1 and t.pos[cue[1] - 2] == "NOUN" and t.pos[cue[1] - 1] == "VERB":
            verb = (cue[1] - 1, cue[1])
            kind, lemma = cue_kind(t.low[verb[0] : verb[1]])
            subject_ = left_noun(t, t.sentence[cue[0]], verb[0])
            finite = not t.low[verb[0]].endswith("ing") and t.pos[cue[0]] in ("VERB", "ADJ", "NOUN")
            whole = subject_ is not None and (source is None or subject_[0] <= source[0] < cue[0])
            if kind in STATED and finite and whole and subject_ is not None and subject_[0] <= cue[0]:
                frame = replace(f, source=subject_, cue=verb, kind=kind, lemma=lemma)
        out.append(frame)
    return out


def _participle(t: Tokens, cue: Range) -> bool:
    """Whether a cue is "saying", with what adverbs stand before it, and no "was saying"."""
    first = next((k for k in range(*cue) if t.pos[k] != "ADV"), cue[0])
    return t.low[first].endswith("ing") and t.pos[first] in ("VERB", "NOUN") and t.pos[first - 1] != "AUX"


def _hung(t: Tokens, number: int, cue: Range, source: Range, frames: Sequence[Frame]) -> Range | None:
    """The subject of the clause that a participle hangs on; None where its own source may stand."""
    lo = t.edges[number]
    before = cue[0] - 1
    if before < lo:
        return None
    if t.low[before] in _OBJECTS:
        return (before, cue[0])
    lead = t.low[source[0] - 1] if source[0] > lo else ""
    if lead in ("from", "by") and any(w in _SAID for w in t.low[max(lo, source[0] - 3) : source[0]]):
        return None  # "a letter from X, calling"
    if any(f.source == source and f.lemma == "according" for f in frames):
        return None  # "according to X, citing Y"
    comma = t.low[before] == ","
    sent = lead in ("to", "of") and source[0] - 1 > lo and _issued(t, source[0] - 1)
    paper = not comma and source[1] == cue[0] and sent
    thing = comma and t.low[source[1] - 1] in _SAID
    if not paper and not thing and not (comma and before - source[1] < 1):
        return None
    k = source[0] - 1 if paper else before
    verb = next((j for j in range(k, lo, -1) if _finite(t, j)), None)
    if verb is None:
        return None
    holder = next((f for f in frames if f.source and f.source != source and f.cue and _holds(f, verb)), None)
    if holder is not None:
        return holder.source
    first = verb
    while first > lo and t.pos[first - 1] in ("AUX", "ADV", "PART"):
        first -= 1
    return left_noun(t, number, first) or (subject(t, number, verb) if thing else None)


def _holds(frame: Frame, k: int) -> bool:
    """Whether word `k` is the frame's cue or stands in what it says behind the cue."""
    cue = frame.cue
    return cue is not None and (cue[0] <= k < cue[1] or any(cue[1] <= a <= k < b for a, b in frame.content))


def _finite(t: Tokens, k: int) -> bool:
    """Whether word `k` is a finite verb outside of quotations and of a relative clause."""
    if t.pos[k] not in ("VERB", "AUX") or t.quote[k] >= 0 or t.low[k].endswith("ing"):
        return False
    j = k - 1
    while j > 0 and t.pos[j] in ("AUX", "ADV", "PART"):
        if t.low[j] == "to":
            return False
        j -= 1
    return t.low[j] not in _RELATIVE and t.pos[j] in (*_NOMINAL, "PUNCT") and t.low[j] != "that"


def _issued(t: Tokens, k: int) -> bool:
    """Whether what is sent "to" somebody or is "of" somebody at word `k` is a paper: "a reply to X"."""
    return t.low[k - 1] in _PAPERS


def _behind(t: Tokens, number: int, frame: Frame, named: dict[int, int]) -> Range | None:
    """The name right of a verb that stands behind a comma: "..., A and B, reported the Courier"."""
    cue, source = frame.cue, frame.source
    if cue is None or source is None or frame.lemma not in _INVERTED or not frame.content:
        return None
    if t.pos[cue[1] - 1] != "VERB":  # "..., said of the Courier"
        return None
    lo, hi = t.edges[number], t.edges[number + 1]
    if min(c[0] for c in frame.content) > source[0] or source[0] - lo < 4:
        return None
    first = cue[1] + (cue[1] < hi and t.low[cue[1]] == "the")
    end = named.get(first)
    closed = end is not None and (end >= hi - 1 or t.low[end] in (",", "."))
    return (cue[1], end) if end is not None and closed else None


def _antecedent(t: Tokens, number: int, source: Range) -> Range | None:
    """Whom a relative clause that holds the source tells of: "the rider, who beat "kings" and "queens," says"."""
    lo = t.edges[number]
    if t.quote[source[0]] < 0:
        return None
    who = next((k for k in range(source[0] - 1, lo, -1) if t.low[k] in _RELATIVE and t.low[k - 1] == ","), None)
    return left_noun(t, number, who - 1) if who is not None else None


def _whole(t: Tokens, number: int, source: Range) -> Range | None:
    """The noun phrase of which the source is the last part, behind a preposition and a relative clause."""
    lo = t.edges[number]
    k = source[0] - 1
    if k <= lo or t.pos[k] != "ADP" or t.low[k] in _SUBORDINATE:
        return None
    for j in range(k - 1, lo, -1):
        if t.low[j] in _RELATIVE and t.pos[j] in ("PRON", "DET"):
            verbs = [v for v in range(j, k) if t.pos[v] in ("VERB", "AUX")]
            return left_noun(t, number, j - (t.low[j - 1] == ",")) if verbs else None
        if t.low[j] in (",", ";", ":") or t.quote[j] >= 0:
            return None
    return None
