"""Who is said to have said what: source, cue and content at the spot, and who the source is.

Frames are found sentence by sentence (`frames`); a quotation that they touch is theirs to its
end, also over sentences and paragraphs, and quoted sentences without a cue go to the speaker
before them. Sources are then resolved in the order of the text (`speakers`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

from tellings.annotate.cues import listed
from tellings.annotate.frames import Frame, Range, Tokens, spotted, subject, tokens
from tellings.annotate.quotes import Quote, stretches
from tellings.annotate.roles import label, linked
from tellings.annotate.speakers import Cast
from tellings.records import Annotated, Attribution, Said, Speaker
from tellings.text import Span, merge, trim

__all__ = ["find", "hints", "said"]

_TOLD = frozenset({"say", "claim", "deny", "admit", "warn", "announce"})
"""Classes of cues whose frames the patterns may add to the model's."""
_SPEECH = 4
"""Fewer quoted words than this are a title or a word held at arm's length, not speech of their own."""
_SOURCES = listed("headline")
"""Who stands before or after the colon of a headline without a name."""
_POST = "post"
_SIGNED = re.compile(r"[—–-]{1,2}[ \t]*(?P<name>[^\W_][^\n\r()—–]{1,60}?)[ \t]*\(@\w{1,30}\)")
_TIME = re.compile(
    r"(?:the|on|last|late|early|(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today|morning|evening|night)"
)
_EDGES = " \t\r\n\f\v\u00a0\u2028\u2029,;"


@dataclass(slots=True)
class _Draft:
    """An attribution in the making: ranges of words, and spans of whole quotations added to it."""

    frame: Frame
    sentence: int
    content: list[Span] = field(default_factory=list)
    speaker: Speaker | None = None


def _span(t: Tokens, part: Range) -> Span:
    return t.spans[part[0]].join(t.spans[part[1] - 1])


def _quoted(a: Annotated, t: Tokens, drafts: list[_Draft]) -> None:
    """Give whole quotations to the drafts that touch them, and loose ones to the speaker before."""
    by_sentence: dict[int, list[_Draft]] = {}
    for draft in drafts:
        by_sentence.setdefault(draft.sentence, []).append(draft)
    first = {}
    for k, q in enumerate(t.quote):
        if q >= 0:
            first.setdefault(q, k)
    last: dict[int, int] = {q: k for k, q in enumerate(t.quote) if q >= 0}
    previous: _Draft | None = None
    before_end = -10
    for number, q in enumerate(t.quotes):
        if number not in first:
            continue
        begin, end = t.sentence[first[number]], t.sentence[last[number]]
        touching = [
            d
            for s in range(begin, end + 1)
            for d in by_sentence.get(s, ())
            if any(c.overlap(q.span) * 2 > min(len(c), len(q.span)) for c in d.content)
        ]
        if touching:
            owner = touching[-1] if len(touching) > 1 and end != begin else touching[0]
            if q.words >= _SPEECH:
                owner.content.append(q.span)
                previous, before_end = owner, end
            continue
        near = [
            d
            for s in range(max(0, begin - 2), begin + 1)
            for d in by_sentence.get(s, ())
            if d.frame.kind != "seem" and d.content and d.content[0].start < q.span.start
        ]
        own = a.sentences[begin].span
        alone = (q.span.start - own.start <= 2 and own.end - q.span.end <= 2) or q.span.end > own.end
        if q.words < _SPEECH or not alone:
            continue
        owner = None
        if previous is not None and (begin - before_end <= 1 or q.follows):
            owner = previous
        if near and (owner is None or near[-1].sentence >= owner.sentence):
            owner = near[-1]
        if owner is not None:
            owner.content.append(q.span)
            previous, before_end = owner, end


def _hedges(t: Tokens) -> list[tuple[int, Span]]:
    """Words that hedge: index of the word, and its span."""
    known = listed("hedge")
    out = [
        (k, t.spans[k])
        for k, low in enumerate(t.low)
        if low in known and low not in ("claimed", "suspected", "alleged", "supposed")
    ]
    for k, low in enumerate(t.low):
        if low in ("alleged", "suspected", "supposed", "claimed") and t.pos[k] == "ADJ":
            out.append((k, t.spans[k]))
        elif low == "so" and k + 2 < len(t.low) and t.low[k + 1] in "-‐‑" and t.low[k + 2] == "called":
            out.append((k, t.spans[k].join(t.spans[k + 2])))
    return sorted(out)


def _manner(contents: Sequence[Span], quotes: Sequence[Quote]) -> Literal["direct", "indirect", "mixed"]:
    """Whether the contents are quoted wholly, in part or not."""
    inside = 0
    for content in contents:
        at = max(0, bisect_left(quotes, content.start, key=lambda q: q.span.start) - 1)
        while at < len(quotes) and quotes[at].span.start < content.end:
            inside += content.overlap(quotes[at].span)
            at += 1
    return "direct" if inside > 0.9 * sum(map(len, contents)) else "mixed" if inside else "indirect"


def _ruled(a: Annotated, t: Tokens, ruled: Sequence[Sequence[Frame]]) -> list[_Draft]:
    """What the patterns alone find, quotations that go on over sentences included."""
    out: list[_Draft] = []
    for number, frames in enumerate(ruled):
        for frame in frames:
            content = [trim(_span(t, part), a.report.text) for part in frame.content if part[1] > part[0]]
            if content:
                out.append(_Draft(frame, number, content))
    _quoted(a, t, out)
    return out


def hints(a: Annotated, t: Tokens, ruled: Sequence[Sequence[Frame]]) -> tuple[list[str], list[str]]:
    """What the model is told of each word: the role that the patterns give it, the kind of name it stands in."""
    rules = ["O"] * len(t.spans)
    names = ["-"] * len(t.spans)
    starts = [s.start for s in t.spans]

    def mark(span: Span, role: str) -> None:
        before = -1
        for k in range(bisect_left(starts, span.start), bisect_left(starts, span.end)):
            rules[k] = ("I-" if t.sentence[k] == before else "B-") + role
            before = t.sentence[k]

    drafts = _ruled(a, t, ruled)
    for d in drafts:
        for span in d.content:
            mark(span, "content")
    for d in drafts:
        if d.frame.source:
            mark(_span(t, d.frame.source), "source")
    for d in drafts:
        if d.frame.cue:
            mark(_span(t, d.frame.cue), "cue")
    for m in a.mentions:
        for k in range(bisect_left(starts, m.span.start), bisect_left(starts, m.span.end)):
            names[k] = m.kind
    return rules, names


def _learned(a: Annotated, t: Tokens) -> list[_Draft]:
    """What the model finds, quotations without a cue given to the speaker beside them."""
    ruled = spotted(t)
    labels = label(t, *hints(a, t, ruled))
    headed = _headed(a, t)
    out: list[_Draft] = []
    loose: list[_Draft] = []
    for number, frames in enumerate(linked(t, labels)):
        for frame in [headed[number]] if number in headed else _completed(t, number, frames, ruled[number]):
            content = [trim(_span(t, part), a.report.text, _EDGES) for part in frame.content]
            draft = _Draft(frame, number, [c for c in content if len(c)])
            if frame.cue is None and frame.source is None:
                loose.append(draft)
            else:
                out.append(draft)
    return out + _signed(a, t) + _settled(a, t, out, loose)


def _signed(a: Annotated, t: Tokens) -> list[_Draft]:
    """Posts set into a report, signed below: "what was posted — Name (@name) 3 May"."""
    text = a.report.text
    starts = [s.start for s in t.spans]
    out: list[_Draft] = []
    for m in _SIGNED.finditer(text):
        first, last = bisect_left(starts, m.start("name")), bisect_left(starts, m.end("name"))
        if first >= last or t.spans[first].start != m.start("name"):
            continue
        end = m.start()
        while end > 0 and text[end - 1].isspace():
            end -= 1
        begin = max(text.rfind("\n", 0, end), text.rfind("\r", 0, end)) + 1
        if bisect_left(starts, begin) < first and end > begin:
            frame = Frame((first, last), None, (), "say", _POST)
            out.append(_Draft(frame, t.sentence[first], [trim(Span(a.id, begin, end), text)]))
    return out


def _headed(a: Annotated, t: Tokens) -> dict[int, Frame]:
    """Sentences of the form "X: what X says" and "what X says: X", as headlines and scripts have them.

    X is a person or an organisation named, or one of few nouns ("police", "report").
    """
    out: dict[int, Frame] = {}
    ends = {m.span.end: m for m in a.mentions if m.kind in ("person", "organisation")}
    begins = {m.span.start: m for m in ends.values()}
    for number, (lo, hi) in enumerate(pairwise(t.edges)):
        colons = [k for k in range(lo + 1, min(hi, lo + 7)) if t.low[k] == ":"]
        if colons and hi - colons[0] > _SPEECH:
            at = colons[0]
            if t.spans[at - 1].end in ends or (at == lo + 1 and t.low[lo] in _SOURCES):
                begin = ends[t.spans[at - 1].end].span.start if t.spans[at - 1].end in ends else t.spans[lo].start
                if begin <= t.spans[lo].start or all(p in ("PROPN", "NOUN", "ADJ", "DET") for p in t.pos[lo:at]):
                    out[number] = Frame((lo, at), (at, at + 1), ((at + 1, hi),), "say", ":")
                    continue
        tail = next((k for k in range(hi - 2, max(lo + _SPEECH, hi - 6), -1) if t.low[k] == ":"), None)
        if tail is None or (
            number + 1 < len(t.edges) - 1 and a.sentences[number].paragraph == a.sentences[number + 1].paragraph
        ):
            continue
        named = begins.get(t.spans[tail + 1].start)
        if (named is not None and named.span.end >= t.spans[hi - 1].start) or (
            t.low[hi - 1] in _SOURCES and hi - tail <= 4
        ):
            out[number] = Frame((tail + 1, hi), (tail, tail + 1), ((lo, tail),), "say", ":")
    return out


def _completed(t: Tokens, number: int, frames: list[Frame], ruled: list[Frame]) -> list[Frame]:
    """The model's frames of a sentence, what it missed filled from the patterns' frames of the same cue.

    A source that is only a time is none; a cue that closes the sentence has what stands before
    it. A pattern's frame whose cue the model passed over is added: such are speeches in speeches.
    """
    lo, hi = t.edges[number], t.edges[number + 1]
    out: list[Frame] = []
    for found in frames:
        frame = found
        if frame.source and all(_TIME.fullmatch(t.low[k]) for k in range(*frame.source)):
            frame = replace(frame, source=None)
        cue = frame.cue
        same = next((r for r in ruled if cue and r.cue and r.cue[0] < cue[1] and cue[0] < r.cue[1]), None)
        if same is not None:
            if frame.source is None and same.source and not _TIME.fullmatch(t.low[same.source[1] - 1]):
                clear = tuple(c for c in frame.content if c[1] <= same.source[0] or same.source[1] <= c[0])
                frame = replace(frame, source=same.source, content=clear)
            frame = replace(frame, content=frame.content or same.content, through=same.through)
        if frame.source is None and cue and t.low[cue[0]].endswith("ing") and cue[0] > lo:
            # "X left, calling it a disgrace": the one who does both.
            frame = replace(frame, source=out[-1].source if out else subject(t, number, cue[0]))
        if not frame.content and cue and frame.source and frame.kind in _TOLD:
            begin = min(cue[0], frame.source[0])
            if begin - lo > _SPEECH and hi - max(cue[1], frame.source[1]) <= 1:
                frame = replace(frame, content=((lo, begin),))
        out.append(frame)
    cues = [f.cue for f in frames if f.cue]
    out += [
        r
        for r in ruled
        if r.cue and r.source and r.kind in _TOLD and not any(c[0] < r.cue[1] and r.cue[0] < c[1] for c in cues)
    ]
    return out


def _settled(a: Annotated, t: Tokens, drafts: list[_Draft], loose: list[_Draft]) -> list[_Draft]:
    """Give contents without a cue to the draft they belong to; gives back those that belong to none.

    First to one that shares their quotation, then to the one before, in the sentence or two
    before, then to one right after.
    """
    by_sentence: dict[int, list[_Draft]] = {}
    for draft in drafts:
        by_sentence.setdefault(draft.sentence, []).append(draft)
    kept: list[_Draft] = []

    starts = [s.span.start for s in a.sentences]

    held: dict[int, set[int]] = {}
    """The quotations of each draft, by its identity."""
    for draft in drafts:
        held[id(draft)] = {t.quote[k] for part in draft.frame.content for k in range(*part)}
    for draft in loose:
        at = draft.sentence
        first = draft.frame.content[0][0]
        quote = t.quote[first]
        owner: _Draft | None = None
        if quote >= 0:
            last = bisect_left(starts, t.quotes[quote].span.end)
            near = [
                d
                for s in (*range(at - 1, max(-1, at - 12), -1), *range(at + 1, min(last, at + 12)))
                for d in by_sentence.get(s, ())
            ]
            owner = next((d for d in near if quote in held[id(d)]), None)
        if owner is None and quote >= 0:
            for back in range(at - 1, max(-1, at - 3), -1):
                if by_sentence.get(back):
                    with_source = [d for d in by_sentence[back] if d.frame.source] or by_sentence[back]
                    owner = with_source[-1]
                    break
        if owner is None:
            after = [d for d in by_sentence.get(at + 1, ()) if d.frame.source and (quote >= 0 or not d.content)]
            owner = after[0] if after else None
        if owner is None:
            kept.append(draft)
            continue
        owner.content.extend(draft.content)
        held[id(owner)].update(t.quote[k] for part in draft.frame.content for k in range(*part))
        # What follows next belongs to the same speaker.
        by_sentence.setdefault(at, []).append(owner)
    return kept


def find(a: Annotated) -> tuple[Attribution, ...]:
    """The attributions of a report, in the order of their first words.

    A source at the spot may be empty ("is said to have"); `speaker` is None where the source's
    own words name it best or where nobody is found. "Reportedly" without a source is an
    attribution with that word as cue and hedge.
    """
    quotes = stretches(a)
    t = tokens(a, quotes)
    drafts = _learned(a, t)
    drafts.sort(key=lambda d: (d.sentence, d.frame.cue or d.frame.source or (0, 0)))
    cast = Cast(a, t)
    hedges = _hedges(t)
    hedged = [k for k, _ in hedges]
    begins = [m.span.start for m in a.mentions]
    out: list[Attribution] = []
    for draft in drafts:
        f = draft.frame
        content = tuple(s for s in merge(draft.content) if len(s))
        if not (content or (f.source and f.cue)):
            continue
        speaker = cast.resolve(f.source, content, f.lemma) if f.source else None
        first, last = t.edges[draft.sentence], t.edges[draft.sentence + 1]
        out.append(
            Attribution(
                source=(trim(_span(t, f.source), a.report.text, _EDGES),) if f.source else (),
                cue=(_span(t, f.cue),) if f.cue else (),
                content=content,
                speaker=speaker,
                through=tuple(
                    m.span
                    for part in f.through
                    for m in a.mentions[
                        bisect_left(begins, t.spans[part[0]].start) : bisect_left(begins, t.spans[part[1] - 1].end)
                    ]
                    if m.kind == "organisation"
                ),
                manner="direct" if f.cue is None and f.lemma == _POST else _manner(content, quotes),
                polarity="denied" if f.kind == "deny" else "affirmed",
                hedges=tuple(
                    s
                    for _, s in hedges[bisect_left(hedged, first) : bisect_left(hedged, last)]
                    if any(c.holds(s) for c in content)
                ),
            )
        )
    return tuple(sorted(out, key=lambda x: (min(s.start for s in (*x.source, *x.cue, *x.content)), x.content, x.cue)))


def said(a: Annotated, index: int) -> Said:
    """The record of one attribution of a report: the resolved name or the source's words, and the cue's.

    IndexError if there is no such attribution.
    """
    x = a.attributions[index]
    words = " ".join(a.quote(s) for s in x.source)
    return Said(
        source_text=x.speaker.name if x.speaker else words,
        cue_text=" ".join(a.quote(s) for s in x.cue),
        source=x.source[0] if x.source else None,
        through=tuple(a.quote(s) for s in x.through),
    )
