"""Clauses: the parts of sentences that each make one statement.

A sentence is cut where what somebody says begins and ends, before coordinated and participial
verb phrases, relative and subordinate clauses, and at colons, semicolons, dashes and brackets,
but only where both sides keep a verb. A subject that its relative clause parts from its verb
stays with the relative clause: a clause is one stretch of text. The frame of an attribution
("X said") is no clause of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tellings.annotate.cues import kind, listed, verb
from tellings.annotate.quotes import stretches
from tellings.records import Annotated, Attribution, Clause, Polarity, Word
from tellings.text import Span, merge, trim

__all__ = ["find"]

_EDGES = ' \t\r\n\f\v\u00a0\u2028\u2029,;:"“”„«»—–…'
_LONGEST = 400
"""A sentence of more words is a list or a table, and is not cut."""
_VERBS = {"VERB", "AUX"}
_RELATIVE = {"who", "which", "whose", "whom", "where"}
_SUBORDINATE = listed("subordinate")
_LEFT_OVER = {"when", "which", "who", "whose", "whom", "that", "while", "because", "if"}
"""Words that lead on to a frame ("…, when X said that …"): they end no statement."""
_BREAKS = {";", ":", "—", "–", "--", "(", ")", "[", "]", "…", "..."}
_NEGATIVE = listed("negative")


class _Cutter:
    """Cuts the words of one sentence, `lo` up to `hi` of them, at statement boundaries."""

    def __init__(self, a: Annotated, words: Sequence[Word]) -> None:
        self.words = words
        self.low = [a.quote(w.span).lower().replace("’", "'") for w in words]
        self.pos = [w.pos for w in words]

    def circumstance(self, lo: int, hi: int) -> bool:
        """Whether these words are no statement but tell where, when or in what something was said."""
        if self.verbs(lo, hi):
            return False
        size = sum(p != "PUNCT" for p in self.pos[lo:hi])
        return size < 4 or (size < 8 and any(word in listed("medium") for word in self.low[lo:hi]))

    def trimmed(self, lo: int, hi: int) -> tuple[int, int]:
        """Without the word that only joins it to what stands before, and without its final point."""
        first, last = lo, hi
        while first < last and (
            self.pos[first] in ("PUNCT", "CCONJ") or (self.low[first] == "that" and self.pos[first] == "SCONJ")
        ):
            first += 1
        while last > first and (
            self.pos[last - 1] in ("PUNCT", "CCONJ") or (last - first > 1 and self.low[last - 1] in _LEFT_OVER)
        ):
            last -= 1
        return (first, last) if first < last else (lo, hi)

    def verbs(self, lo: int, hi: int) -> bool:
        return any(p in ("VERB", "AUX", "X") for p in self.pos[lo:hi])

    def finite(self, lo: int, hi: int) -> bool:
        """Whether a verb stands there that is no bare participle or infinitive."""
        return any(
            self.pos[k] == "AUX"
            or (self.pos[k] == "VERB" and not self.low[k].endswith("ing") and not (k > lo and self.low[k - 1] == "to"))
            for k in range(lo, hi)
        )

    def cuts(self, lo: int, hi: int) -> list[int]:
        """Indices of words before which a new statement begins, between `lo` and `hi`."""
        out: list[int] = []
        start = lo
        for k in range(lo + 1, hi):
            if self.begins(start, k, hi):
                out.append(k)
                start = k
        return out

    def begins(self, start: int, k: int, hi: int) -> bool:
        """Whether a new statement begins at word `k`, the last one having begun at `start`."""
        low, pos = self.low, self.pos
        before = low[k - 1]
        if low[k] in _BREAKS:
            return k - start > 1 and self.verbs(start, k)
        if before in _BREAKS and before not in (")", "]"):
            return self.verbs(k, hi)
        if not self.verbs(start, k):
            return False
        comma = before == ","
        # ", injuring one person", ", killed by a shell", and after a relative clause ", drove on"
        if comma and pos[k] in _VERBS:
            return True
        if comma and pos[k] == "ADV" and k + 1 < hi and pos[k + 1] == "VERB" and low[k + 1].endswith("ing"):
            return True
        if low[k] in _RELATIVE and pos[k] in ("PRON", "SCONJ", "ADV", "DET", "X"):
            return self.verbs(k + 1, min(hi, k + 8)) and k - start > 2
        if low[k] == "that" and pos[k] in ("PRON", "SCONJ") and k and pos[k - 1] in ("NOUN", "PROPN"):
            return self.verbs(k + 1, min(hi, k + 4)) and k - start > 3
        if low[k] in _SUBORDINATE and pos[k] in ("SCONJ", "ADV", "ADP", "X"):
            if not self.clause_ahead(k, hi):
                return False
            return k - start > 1
        if low[k] == "," and low[start] in _SUBORDINATE:
            return False
        if (
            comma
            and low[start] in (*_SUBORDINATE, "in", "on", "at")
            and pos[k] in ("DET", "NOUN", "PROPN", "PRON", "ADJ", "NUM")
            and self.finite(start, k)
        ):
            return self.finite(k, hi)
        if pos[k] == "CCONJ" or low[k] in ("and", "but", "or"):
            return self.joined(start, k, hi)
        return bool(
            comma and pos[k] in ("PRON", "DET", "PROPN") and self.finite(start, k) and self.subject_ahead(k, hi)
        )

    def clause_ahead(self, k: int, hi: int) -> bool:
        """Whether a verb follows a subordinator before the next comma."""
        for j in range(k + 1, min(hi, k + 14)):
            if self.low[j] == ",":
                return False
            if self.pos[j] in _VERBS or self.pos[j] == "X":
                return self.low[k] not in ("as", "so") or self.pos[k] == "SCONJ"
        return False

    def subject_ahead(self, k: int, hi: int) -> bool:
        """Whether a short noun phrase and a finite verb follow at once."""
        for j in range(k + 1, min(hi, k + 6)):
            if self.pos[j] == "AUX" or (self.pos[j] == "VERB" and not self.low[j].endswith("ing")):
                return True
            if self.pos[j] not in ("DET", "ADJ", "NOUN", "PROPN", "NUM", "ADV", "PART"):
                return False
        return False

    def joined(self, start: int, k: int, hi: int) -> bool:
        """Whether a conjunction joins a verb phrase or clause, not two nouns."""
        j = k + 1
        while j < hi and (self.pos[j] in ("ADV", "PART") or self.low[j] in ("then", "also", "later")):
            j += 1
        if j < hi and self.pos[j] in _VERBS:
            return not (self.pos[k - 1] == "VERB" and j == k + 1)
        if self.low[k] in ("and", "but", "or") and self.finite(start, k):
            return self.subject_ahead(k, hi)
        return False


def _polarity(low: Sequence[str], told: Attribution | None) -> Polarity:
    negative = sum(word in _NEGATIVE for word in low) % 2 == 1
    if told is not None and told.polarity == "denied":
        negative = True
    return "denied" if negative else "affirmed"


_QUOTING = {"judge", "ask", "say"}
_CLAUSAL = {"announce", "noun", "deny", "claim", "admit", "warn"}
_BELIEFS = {"believe", "suspect", "fear"}
_STATING = {"say", "announce", "claim", "deny", "admit", "warn", "noun"}


def _class(a: Annotated, x: Attribution) -> str:
    """The class of an attribution's cue."""
    low = [w.replace("’", "'") for c in x.cue for w in a.quote(c).lower().replace(",", " ").replace(":", " : ").split()]
    return kind(low)[0]


def _states(a: Annotated, x: Attribution, name: str) -> bool:
    """Whether an attribution is of a statement, not of a wish, a judgement or an act.

    "X announced the release" tells the reader of a release by itself; "X announced that it is
    released" is X's statement: such verbs count where their content has a finite verb of its own.
    """
    if x.source and x.speaker is None and a.quote(x.source[0]).lower() in ("i", "we", "you", "one", "this", "that"):
        return False
    if x.manner == "direct":
        return True
    if any(
        word in _NEGATIVE
        for c in x.cue
        for word in re.split(r"[\W]+", a.quote(c).lower().replace("’", "'").replace("n't", " not"))
    ):
        return name == "deny"
    if name not in _STATING and not _believes(a, x):
        return False
    return (name in _STATING and name not in _CLAUSAL) or any(_claused(a, c) for c in x.content)


def _believes(a: Annotated, x: Attribution) -> bool:
    """Whether the cue is a belief about what is so: "experts suspect that ...", not of a wish or a feeling."""
    lemmas = {(verb(word) or ("", ""))[1] for c in x.cue for word in a.quote(c).lower().split()}
    return bool(x.source) and bool(lemmas & _BELIEFS)


def _claused(a: Annotated, content: Span) -> bool:
    """Whether a content has a finite verb before a relative clause or an infinitive begins."""
    number = max(0, bisect_left(a.sentences, content.start + 1, key=lambda s: s.span.start) - 1)
    words = [w for w in a.words[number] if content.start <= w.span.start < content.end] if number < len(a.words) else []
    if words and a.quote(words[0].span).lower() in ("that", "it", "he", "she", "they", "there"):
        return True
    for k, word in enumerate(words):
        low = a.quote(word.span).lower()
        if (low in _RELATIVE or low == "that") and k > 0:
            return False
        if word.pos in ("AUX", "X"):
            return True
        if (
            word.pos == "VERB"
            and not low.endswith(("ing", "ed", "en"))
            and low != "to"
            and not (k and a.quote(words[k - 1].span).lower() == "to")
        ):
            return True
        if word.pos == "VERB" and low.endswith("ed") and k and words[k - 1].pos in ("PRON", "PROPN", "NOUN", "ADV"):
            return True
    return False


def _touching(quotes: Sequence[Span], span: Span) -> Sequence[Span]:
    """Those of sorted, disjoint spans that overlap this one."""
    first = bisect_left(quotes, span.start + 1, key=lambda q: q.end)
    return quotes[first : bisect_left(quotes, span.end, key=lambda q: q.start)]


@dataclass(frozen=True, slots=True)
class _Told:
    """What one attribution says within one sentence.

    `states` is whether it is of a statement, `quoting` whether only its quoted words are; `size`
    is the length of all that it says, in this sentence or not.
    """

    index: int
    content: Span
    states: bool
    quoting: bool
    sourced: bool
    size: int


def _attribution(span: Span, told: Sequence[_Told], quoted: Sequence[Span]) -> int | None:
    """The innermost attribution whose content holds most of the span; one with a source before one without."""
    shared: dict[int, int] = {}
    for x in told:
        shared[x.index] = shared.get(x.index, 0) + x.content.overlap(span)
    best: tuple[bool, int, int] | None = None
    for x in told:
        size = len(span)
        if not x.states:
            # "called it 'a disgrace'": the frame stays in the clause, its quoted words are X's.
            if not x.quoting or not any(q.overlap(x.content) for q in quoted):
                continue
            size = min(size, x.size)
        if shared[x.index] * 2 > size:
            key = (not x.sourced, x.size, x.index)
            best = key if best is None else min(best, key)
    return best[2] if best else None


def find(a: Annotated) -> tuple[Clause, ...]:
    """The clauses of a report in the order of the text; those of one sentence do not overlap.

    A sentence in which nothing is cut, or without a verb, is one clause; one without words none.
    Lines that only name the outlet, the author or the agency make no statement.
    """
    out: list[Clause] = []
    heads = _heads(a)
    text = a.report.text
    told: dict[int, list[_Told]] = {}
    frames: dict[int, list[Span]] = {}
    quotes = [q.span for q in stretches(a)]
    starts = [s.span.start for s in a.sentences]
    for index, x in enumerate(a.attributions):
        name = _class(a, x)
        states = _states(a, x, name)
        quoting = x.manner == "mixed" and bool(x.source) and name in _QUOTING
        size = sum(map(len, x.content))
        for c in x.content:
            k = max(0, bisect_left(starts, c.start + 1) - 1)
            while k < len(starts) and starts[k] < c.end:
                told.setdefault(k, []).append(_Told(index, c, states, quoting, bool(x.source), size))
                k += 1
        for part in (*x.source, *x.cue, *x.through) if states else ():
            k = max(0, bisect_left(starts, part.start + 1) - 1)
            frames.setdefault(k, []).append(part)
    for number, words in enumerate(a.words):
        if not words or _is_head(a.sentences[number].span, heads):
            continue
        here = told.get(number, [])
        for lo, hi in _segments(a, words, [x for x in here if x.states], frames.get(number, ())):
            span = trim(Span(a.id, words[lo].span.start, words[hi - 1].span.end), text, _EDGES)
            if not len(span) or not any(ch.isalnum() for ch in span.cut(text)):
                continue
            index = _attribution(span, here, _touching(quotes, span))
            low = [a.quote(w.span).lower().replace("’", "'") for w in words[lo:hi]]
            out.append(Clause(span, number, index, _polarity(low, None if index is None else a.attributions[index])))
    return tuple(out)


def _heads(a: Annotated) -> tuple[Span, ...]:
    """Where the text itself names its outlet, author, date and agencies."""
    r = a.report
    found = (r.outlet, r.byline, r.published, *r.credits)
    return merge(f.span for f in found if f is not None and f.span is not None)


def _is_head(sentence: Span, heads: Sequence[Span]) -> bool:
    """Whether two thirds of a line are such names: "By Ann Lee in Oslo (Wire)", "Source: Agencies"."""
    return 3 * sum(sentence.overlap(head) for head in heads) >= 2 * len(sentence)


def _segments(
    a: Annotated, words: Sequence[Word], told: Sequence[_Told], frame: Sequence[Span]
) -> list[tuple[int, int]]:
    """Ranges of words of one sentence, one for each clause."""
    if len(words) > _LONGEST:
        return [(0, len(words))]
    cutter = _Cutter(a, words)
    # What somebody says is cut from its frame; a frame with a content in this sentence is left out.
    marks: list[int] = [_frame(w.span, frame) for w in words]
    for x in sorted(told, key=lambda x: (-x.size, x.index)):
        for k, w in enumerate(words):
            if marks[k] != -1 and x.content.start <= w.span.start < x.content.end:
                marks[k] = x.index + 1
    parts: list[tuple[int, int]] = []
    start = 0
    for k in range(1, len(words) + 1):
        if k == len(words) or marks[k] != marks[start]:
            if marks[start] != -1:
                parts.append((start, k))
            start = k
    framed = -1 in marks
    out: list[tuple[int, int]] = []
    for lo, hi in parts:
        edges = [lo, *cutter.cuts(lo, hi), hi]
        for part in _whole(cutter, list(pairwise(edges))):
            # Beside a frame, a few words without a verb tell how or when it was said: "in a statement".
            if framed and marks[lo] == 0 and cutter.circumstance(*part):
                continue
            out.append(cutter.trimmed(*part))
    for lo, hi in _sources(words, frame):
        # "X, who was mayor until 2012, said": of the frame, what tells of the source is a statement.
        comma = next((k for k in range(lo + 1, hi) if cutter.low[k] == ","), None)
        if comma is not None and hi - comma > 3:
            out.append(cutter.trimmed(lo, hi))
    out.sort()
    big = [(lo, hi) for lo, hi in out if cutter.verbs(lo, hi) or hi - lo >= 4]
    return big or out or [(0, len(words))]


def _sources(words: Sequence[Word], frame: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """The ranges of words that the parts of frames cover, without overlap."""
    for part in merge(frame):
        inside = [k for k, w in enumerate(words) if part.start <= w.span.start < part.end]
        if inside:
            yield inside[0], inside[-1] + 1


def _whole(cutter: _Cutter, parts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Pieces without a verb or of one word go to their neighbour."""
    out: list[tuple[int, int]] = []
    wait: int | None = None
    for lo, hi in parts:
        lo = lo if wait is None else wait  # noqa: PLW2901
        wait = None
        if hi - lo < 3 or not cutter.verbs(lo, hi):
            if out and out[-1][1] == lo:
                out[-1] = (out[-1][0], hi)
            else:
                wait = lo
            continue
        out.append((lo, hi))
    if wait is not None:
        end = parts[-1][1]
        if out:
            out[-1] = (out[-1][0], end)
        else:
            out.append((wait, end))
    return out


def _frame(span: Span, frame: Sequence[Span]) -> int:
    """-1 for a word of an attribution's source or cue, else 0."""
    return -1 if any(f.start <= span.start < f.end for f in frame) else 0
