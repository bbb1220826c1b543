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

from tellings.annotate.credits import archived, dateline, picture_credits
from tellings.annotate.cues import kind, listed, verb
from tellings.annotate.cuts import RELATIVE, Cutter
from tellings.annotate.negations import negated
from tellings.annotate.quotes import stretches
from tellings.records import Annotated, Attribution, Clause, Polarity, Word
from tellings.text import Span, merge, trim

__all__ = ["find"]

_EDGES = ' \t\r\n\f\v\u00a0\u2028\u2029,;:"“”„«»—–…•·▪●■◆►▶|*'
_LONGEST = 400
"""A sentence of more words is a list or a table, and is not cut."""
_NEGATIVE = listed("negative")


def _polarity(low: Sequence[str], pos: Sequence[str], told: Attribution | None) -> Polarity:
    """Denied where the words negate, or where he who says them holds that they are not so."""
    return "denied" if negated(low, pos) or (told is not None and told.polarity == "denied") else "affirmed"


_QUOTING = {"judge", "ask", "say"}
_CLAUSAL = {"announce", "noun", "deny", "claim", "admit", "warn", "show"}
_BELIEFS = {"believe", "suspect", "fear"}
_STATING = {"say", "announce", "claim", "deny", "admit", "warn", "noun", "show"}
_TELLING = {"say", "according", "describe", "cite"}
"""Verbs whose content may be a bare noun phrase; who "repeated his plea" or "told of the split" acts."""
_AHEAD = re.compile(r"\b(?:will|would|should|could|might|must|may|can)(?: [a-z]+ly| also| not)*\s*$")
_PUBLISHING = {"publish", "issue", "release", "post"}
_WHERE = {"in", "on", "at", "for", "by", "to", "with", "from"}
"""Words behind such a verb with which no statement begins: "published in the Gazette"."""
_SHOWING = {"show", "demonstrate", "record"}
_DOCUMENTS = listed("medium") | listed("headline") | {"documents", "records", "data", "figures", "papers", "files"}
"""Of these what is shown is told: a test or a picture shows a thing itself."""
_REFUSING = {"decline", "refuse", "refrain"}
_NEAR = 40
"""So many characters before a cue may hold its auxiliary."""


def _class(a: Annotated, x: Attribution) -> tuple[str, str]:
    """The class and the lemma of an attribution's cue."""
    low = [w.replace("’", "'") for c in x.cue for w in a.quote(c).lower().replace(",", " ").replace(":", " : ").split()]
    return kind(low)


def _paper(a: Annotated, x: Attribution) -> bool:
    """Whether the source is a document or an inquiry."""
    return any(w.removesuffix("s") in _DOCUMENTS or w in _DOCUMENTS for w in a.quote(x.source[0]).lower().split())


def _unsaid(a: Annotated, x: Attribution) -> bool:
    """Whether nothing is said yet, or nothing at all: "will report", "the council should insist", "refused to say"."""
    words = [w for c in x.cue for w in a.quote(c).lower().split()]
    if any((verb(w) or ("", ""))[1] in _REFUSING for w in words):
        return True
    start = x.cue[0].start
    own = " ".join([form for c in x.cue for form in _forms(a, c)][:-1])
    near = " ".join(_forms(a, Span(a.id, max(0, start - _NEAR), start)))
    return _AHEAD.search(near) is not None or _AHEAD.search(own) is not None


def _forms(a: Annotated, part: Span) -> list[str]:
    """The words of a stretch that ends in one sentence, there; an auxiliary in lower case, a "May" as it is written."""
    number = max(0, bisect_left(a.sentences, part.end, key=lambda s: s.span.start) - 1)
    words = a.words[number] if number < len(a.words) else ()
    lo, hi = (bisect_left(words, at, key=lambda w: w.span.start) for at in (part.start, part.end))
    return [a.quote(w.span).lower() if w.pos == "AUX" else a.quote(w.span) for w in words[lo:hi]]


def _states(a: Annotated, x: Attribution, name: str, lemma: str) -> bool:
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
    if (name not in _STATING and not _believes(a, x)) or (x.cue and _unsaid(a, x)):
        return False
    claused = any(_claused(a, c) for c in x.content)
    if x.manner == "indirect" and x.cue:
        behind = [c for c in x.content if c.start > x.cue[0].start]
        if lemma in _PUBLISHING and behind and a.quote(behind[0]).split(" ", 1)[0].lower() in _WHERE:
            return False
        if name == "show" and not (x.source and (lemma not in _SHOWING or _paper(a, x))):
            return False
        if name == "say" and not claused and lemma not in _TELLING and len(behind) == len(x.content):
            return False
    return (name in _STATING and name not in _CLAUSAL) or claused


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
        if (low in RELATIVE or low == "that") and k > 0:
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
    Lines that only name the outlet, the author or the agency make no statement, nor does what
    describes a picture from an archive.
    """
    out: list[Clause] = []
    heads = _heads(a)
    text = a.report.text
    told: dict[int, list[_Told]] = {}
    frames: dict[int, list[Span]] = {}
    quotes = [q.span for q in stretches(a)]
    starts = [s.span.start for s in a.sentences]
    for index, x in enumerate(a.attributions):
        name, lemma = _class(a, x)
        states = _states(a, x, name, lemma)
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
        whole = a.sentences[number].span
        if not words or _is_head(whole, heads) or archived(text, whole.start, whole.end):
            continue
        here = told.get(number, [])
        first, last = _body(a, number)
        if first >= last:
            continue
        words = words[first:last]  # noqa: PLW2901  # a dateline and a credit make no statement
        forms = [a.quote(w.span).replace("’", "'") for w in words]
        lows = [form.lower() for form in forms]
        for k in () if _NEGATING.isdisjoint(lows) else _titled(forms):
            lows[k] = forms[k].upper()  # a word of a name is written large, and so turns nothing
        for lo, hi in _segments(a, words, [x for x in here if x.states], frames.get(number, ())):
            span = trim(Span(a.id, words[lo].span.start, words[hi - 1].span.end), text, _EDGES)
            if not len(span) or not any(ch.isalnum() for ch in span.cut(text)):
                continue
            index = _attribution(span, here, _touching(quotes, span))
            low = lows[lo:hi]
            pos = [w.pos for w in words[lo:hi]]
            teller = None if index is None else a.attributions[index]
            out.append(Clause(span, number, index, _polarity(low, pos, teller)))
    return tuple(out)


_NEGATING = frozenset({"no", "not", "never", "nothing", "nobody", "none", "n't", "cannot"})
_SMALL = frozenset({"a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with", "'s"})


def _titled(forms: Sequence[str]) -> frozenset[int]:
    """The negating words that belong to a name or title: "the “No Deal, No Vote” camp", "sang Can't Stop Dancing".

    They are written large, or follow a word so written, amid words so written, in a sentence that is not.
    """
    at = [k for k, form in enumerate(forms) if k and form.lower() in _NEGATING]
    if not at:
        return frozenset()
    content = [form for form in forms if form.isalpha() and form.lower() not in _SMALL]
    if sum(form[0].isupper() for form in content) * 5 > 4 * len(content):
        return frozenset()  # a headline, all its words large
    out: set[int] = set()
    for k in at:
        first = k - 1 if forms[k].lower() == "n't" else k
        then = next((form for form in forms[k + 1 : k + 3] if form.isalpha()), "")
        large = forms[first][:1].isupper() and then[:1].isupper() and then.lower() not in _SMALL
        if large and not forms[first].isupper() and (first > 0 or then[1:].islower()) and then != "I":
            out.add(k)
    return frozenset(out)


def _body(a: Annotated, number: int) -> tuple[int, int]:
    """The words of a sentence that can make statements, from one to another: no dateline, no credit of a picture."""
    words, whole = a.words[number], a.sentences[number].span
    text = a.report.text
    begin, end = dateline(text, whole.start, whole.end), whole.end
    for credit in picture_credits(a.id, text, whole.start, whole.end):
        if credit.start <= begin:
            begin = max(begin, credit.end)
        elif credit.end >= end or not text[credit.end : end].strip(_EDGES + ".!?)]"):
            end = min(end, credit.start)
    starts = [w.span.start for w in words]
    return bisect_left(starts, begin), bisect_left(starts, end)


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
    cutter = Cutter(a, words)
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
        for part in cutter.whole(list(pairwise(edges))):
            # Beside a frame, a few words without a verb tell how or when it was said: "in a statement".
            if framed and marks[lo] == 0 and cutter.circumstance(*part):
                continue
            out.append(cutter.trimmed(*part, cut=part != (0, len(words))))
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


def _frame(span: Span, frame: Sequence[Span]) -> int:
    """-1 for a word of an attribution's source or cue, else 0."""
    return -1 if any(f.start <= span.start < f.end for f in frame) else 0
