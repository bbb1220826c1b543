"""Who is said to have said what: source, cue and content at the spot, and who the source is.

Frames are found sentence by sentence (`frames`); a quotation that they touch is theirs to its
end, also over sentences and paragraphs, and quoted sentences without a cue go to the speaker
before them. Who carries it on is read beside the frame (`chains`), how it is held from its verbs
(`stances`), and sources are resolved in the order of the text (`speakers`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

from tellings.annotate.chains import Chains
from tellings.annotate.cues import kind as cue_kind
from tellings.annotate.cues import listed
from tellings.annotate.frames import LONGEST, STATED, Frame, Range, Tokens, left_noun, noun, spotted, subject, tokens
from tellings.annotate.quotes import Quote, stretches
from tellings.annotate.roles import linked
from tellings.annotate.speakers import Cast
from tellings.annotate.stances import distancing, hedges, modality, polarity
from tellings.annotate.subjects import governed, joined
from tellings.records import Annotated, Attribution, Said
from tellings.text import Span, merge, trim

__all__ = ["find", "said"]

_TOLD = frozenset({"say", "claim", "deny", "admit", "warn", "announce"})
"""Classes of cues whose frames the patterns may add to the model's."""
_FULL = frozenset({"promise", "announce", "ask", "claim", "warn", "admit"})
"""Classes of cues that nobody leaves without a content."""
_STOPS = frozenset({"PUNCT", "CCONJ", "SCONJ"})
_SPEECH = 4
"""Fewer quoted words than this are a title or a word held at arm's length, not speech of their own."""
_SOURCES = listed("headline")
"""Who stands before or after the colon of a headline without a name."""
_POST = "post"
_SIGNED = re.compile(r"[—–-]{1,2}[ \t]*(?P<name>[^\W_][^\n\r()—–]{1,60}?)[ \t]*\(@\w{1,30}\)")
_TIME = re.compile(
    r"(?:the|on|last|late|early|(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today|morning|evening|night)"
)
_CLAUSAL = listed("factual") | {"that", "if", "until", "unless"}
"""Words behind which a clause's own subject stands."""
_SUBORDINATE = frozenset({"before", "after", "as", "when", "while", "because", "since", "although", "though", "once"})
"""Words that begin a clause of time or reason, whose subject does not rule what follows it."""
_WHEN = listed("factual") | {"on", "in", "at", "hours", "minutes", "days", "late", "early", "shortly"}
_PAPERS = listed("paper")
_OWNERS = frozenset({"his", "her", "its", "their"})
_EXPLETIVE = frozenset({"it", "this", "that", "there", "what", "which"})
_NESTED = 12
"""So many contents before a frame are asked whether they hold it."""
_NAME = 4
"""A name has so many words at most."""
_CLAUSE = 20
"""A relative clause of a source is read so many words far."""
_EDGES = " \t\r\n\f\v\u00a0\u2028\u2029,;"


@dataclass(slots=True)
class _Draft:
    """An attribution in the making: ranges of words, and spans of whole quotations added to it."""

    frame: Frame
    sentence: int
    content: list[Span] = field(default_factory=list)
    cited: Range | None = None
    """Whose statement it is where the source only carries it on: "AFP said, citing X"."""
    carrier: Range | None = None
    """The source, in that case."""


def _span(t: Tokens, part: Range) -> Span:
    return t.spans[part[0]].join(t.spans[part[1] - 1])


def _manner(contents: Sequence[Span], quotes: Sequence[Quote]) -> Literal["direct", "indirect", "mixed"]:
    """Whether the contents are quoted wholly, in part or not."""
    inside = 0
    for content in contents:
        at = max(0, bisect_left(quotes, content.start, key=lambda q: q.span.start) - 1)
        while at < len(quotes) and quotes[at].span.start < content.end:
            inside += content.overlap(quotes[at].span)
            at += 1
    return "direct" if inside > 0.9 * sum(map(len, contents)) else "mixed" if inside else "indirect"


def _labels(a: Annotated, t: Tokens) -> list[str]:
    """The model's label of every word; none in a list or table, and none where no model has read."""
    out = ["O"] * len(t.spans)
    for tagged, (lo, hi) in zip(a.tagged, pairwise(t.edges), strict=False):
        if hi - lo <= LONGEST and len(tagged.roles) == hi - lo:
            out[lo:hi] = tagged.roles
    return out


def _learned(a: Annotated, t: Tokens, chains: Chains) -> list[_Draft]:
    """What the model finds, quotations without a cue given to the speaker beside them."""
    ruled = spotted(t)
    labels = _labels(a, t)
    headed = _headed(a, t)
    named = {
        bisect_left(t.starts, m.span.start): bisect_left(t.starts, m.span.end)
        for m in a.mentions
        if m.kind in ("person", "organisation")
    }
    out: list[_Draft] = []
    loose: list[_Draft] = []
    for number, frames in enumerate(linked(t, labels)):
        if number in headed:
            known = [headed[number]]
        else:
            known = joined(t, _widened(t, number, _completed(t, number, frames, ruled[number]), named))
            known = [governed(t, number, f, known, named) for f in known]
        known, links = chains.cited(known, number)
        for index, frame in enumerate(known):
            content = [trim(_span(t, part), a.report.text, _EDGES) for part in frame.content]
            cited, carrier = links.get(index, (None, None))
            draft = _Draft(frame, number, [c for c in content if len(c)], cited, carrier)
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
            frame = replace(frame, content=frame.content or same.content)
        frame = _own_subject(t, lo, frame, frames)
        frame = replace(frame, content=tuple(c for c in frame.content if not _issued(t, c)))
        frame = _unsourced(t, frame)
        if cue and frame.source and _spoken_of(t, frame.source, cue):
            frame = replace(frame, source=None)
        if cue and frame.source and _elsewhere(t, lo, frame.source, cue):
            # "The board refused before X could speak, saying": who refused is who says.
            main = subject(t, number, cue[0])
            if any(g.source == main and g.kind in _TOLD and g.cue and g.cue[0] < frame.source[0] for g in out):
                frame = replace(frame, source=main)
        if frame.source is None and cue and t.low[cue[0]].endswith("ing") and cue[0] > lo:
            # "X left, calling it a disgrace": the one who does both.
            frame = replace(frame, source=out[-1].source if out else subject(t, number, cue[0]))
        if frame.source is None and cue and frame.kind in _TOLD and not _passive(t, cue):
            frame = replace(frame, source=_sourced(t, number, frame, cue))
        if not frame.content and cue and frame.source and frame.kind in _TOLD:
            begin = min(cue[0], frame.source[0])
            if begin - lo > _SPEECH and hi - max(cue[1], frame.source[1]) <= 1:
                frame = replace(frame, content=((lo, begin),))
        out.append(frame)
    cues = [f.cue for f in frames if f.cue]
    out += [
        _clipped(t, r, frames)
        for r in ruled
        if r.cue and r.source and r.kind in _TOLD and not any(c[0] < r.cue[1] and r.cue[0] < c[1] for c in cues)
        if not _verbless(t, r, frames)
    ]
    return [f for f in out if not (_written_off(t, f) or _modifies(t, f) or _sent_off(t, f))]


def _spoken_of(t: Tokens, source: Range, cue: Range) -> bool:
    """Whether a source is only whom the words are about: "a clear reference to X"."""
    verbs = any(t.pos[k] in ("VERB", "AUX") or t.low[k] == "according" for k in range(*cue))
    return source[0] >= cue[1] and t.low[source[0] - 1] in ("to", "at", "about", "for", "against") and not verbs


def _elsewhere(t: Tokens, lo: int, source: Range, cue: Range) -> bool:
    """Whether a participle behind a comma was given the subject of a clause of time or reason before that comma."""
    if not t.low[cue[0]].endswith("ing") or cue[0] - source[1] < 2 or source[0] <= lo or t.low[cue[0] - 1] != ",":
        return False
    return t.low[source[0] - 1] in _SUBORDINATE


def _verbless(t: Tokens, frame: Frame, others: Sequence[Frame]) -> bool:
    """Whether a pattern took a noun or a participle for a verb.

    "The release is", "the men released are seen"; "a letter reported by Norwire" where another
    of the sentence's frames has what is said.
    """
    source, cue = frame.source, frame.cue
    if source is None or cue is None:
        return True
    if all(t.pos[k] == "DET" for k in range(*source)):
        return True
    after = min(cue[1], len(t.pos) - 1)
    if not t.low[cue[1] - 1].endswith("ed") or source[1] != cue[0]:
        return False
    told = any(a < d and c < b for g in others for a, b in g.content for c, d in frame.content)
    return t.pos[after] == "AUX" or (told and t.low[after] == "by")


def _clipped(t: Tokens, frame: Frame, others: Sequence[Frame]) -> Frame:
    """A pattern's frame, what it says ended where another's source or cue begins ("according to" with it)."""
    ends = [part[0] for f in others for part in (f.source, f.cue) if part is not None]
    content: list[Range] = []
    for start, stop in frame.content:
        end = min([stop, *(e for e in ends if start < e < stop)])
        while end < stop and end - start > 1 and t.low[end - 1] in ("according", "to", "as", ","):
            end -= 1
        content.append((start, end))
    return replace(frame, content=tuple(content))


def _modifies(t: Tokens, frame: Frame) -> bool:
    """Whether a cue is a participle before a noun: "free or discounted flights"."""
    cue = frame.cue
    if cue is None or cue[1] - cue[0] != 1 or cue[1] >= len(t.low) or not t.low[cue[0]].endswith("ed"):
        return False
    before = cue[0] - 1
    if before > 0 and t.low[before] in ("or", "and"):
        before -= 1
    return t.pos[cue[1]] == "NOUN" and before >= 0 and t.pos[before] == "ADJ"


def _sent_off(t: Tokens, frame: Frame) -> bool:
    """Whether somebody is dismissed or rejected and not a story: "he dismissed her", not "dismissed him as a clown"."""
    if frame.cue is None or frame.lemma not in ("dismiss", "reject"):
        return False
    after = t.low[frame.cue[1] : frame.cue[1] + 5]
    return (
        after[:1] != ()
        and after[0] in ("him", "her", "them", "me", "us")
        and "as" not in after
        and t.pos[min(frame.cue[1] + 1, len(t.pos) - 1)] not in ("NOUN", "ADJ", "PROPN")
    )


def _written_off(t: Tokens, frame: Frame) -> bool:
    """Whether a cue is of "write down" or "write off", which say nothing."""
    after = t.low[frame.cue[1] : frame.cue[1] + 1] if frame.cue else ()
    return frame.lemma == "write" and after in (("down",), ("off",))


def _own_subject(t: Tokens, lo: int, frame: Frame, frames: Sequence[Frame]) -> Frame:
    """A frame that was given another's source, with its own clause's subject: "X wrote after | Y told voters".

    The clause begins at a subordinator, and only the subject's noun phrase stands between it and the cue.
    """
    cue, source = frame.cue, frame.source
    if cue is None or source is None or source[1] > cue[0] - 2 or t.pos[cue[0]] not in ("VERB", "AUX"):
        return frame
    if not any(g is not frame and g.source == source and g.cue and g.cue[0] < cue[0] for g in frames):
        return frame
    begin = cue[0]
    while begin > lo and t.pos[begin - 1] in ("NOUN", "PROPN", "ADJ", "DET", "NUM", "PRON") and t.quote[begin - 1] < 0:
        begin -= 1
    if begin in (cue[0], lo) or begin < source[1] or t.low[begin - 1] not in _CLAUSAL:
        return frame
    return replace(frame, source=(begin, cue[0]))


def _issued(t: Tokens, content: Range) -> bool:
    """Whether a content is only the paper that was issued, and when: "a statement after voters had met"."""
    start = content[0] + (t.pos[content[0]] == "DET")
    return start + 1 < content[1] and t.low[start] in _PAPERS and t.low[start + 1] in _WHEN


def _widened(t: Tokens, number: int, frames: list[Frame], named: dict[int, int]) -> list[Frame]:
    """The frames with their sources grown to whole noun phrases and names, where no other role stands.

    `named` gives the end of each name by its first word. A cue that is only a part of a name, or
    only "has", is the verb behind it; so is the cue that is missing between source and content.
    """
    lo, hi = t.edges[number], t.edges[number + 1]
    told = frozenset(k for f in frames for part in f.content for k in range(*part))
    cues = frozenset(k for f in frames if f.cue for k in range(*f.cue))
    held = told | cues
    out: list[Frame] = []
    for f in frames:
        frame = f
        if f.cue is not None and f.cue[1] < hi and f.cue[1] not in held and t.pos[f.cue[1]] == "VERB":
            first, last = f.cue
            kind, lemma = cue_kind(t.low[last : last + 1])
            if kind != "other" and all(t.pos[k] == "AUX" for k in range(first, last)):
                frame = replace(f, cue=(first, last + 1), kind=kind, lemma=lemma)
            elif (
                kind != "other" and f.kind == "other" and f.source and all(t.forms[k].istitle() for k in range(*f.cue))
            ):
                source = (f.source[0], last) if f.source[1] == first else f.source
                frame = replace(f, cue=(last, last + 1), source=source, kind=kind, lemma=lemma)
        bare = frame.source is not None and frame.source[1] - frame.source[0] == 1
        verbal = frame.cue is not None and t.pos[frame.cue[0]] in ("VERB", "AUX")
        owner = bare and verbal and frame.source is not None and t.low[frame.source[0]] in _OWNERS
        if frame.source is None or (t.pos[frame.source[0]] == "PRON" and not owner):
            out.append(frame)
            continue
        start, end = frame.source
        while start > lo and start - 1 not in held and t.pos[start] in ("NOUN", "PROPN", "ADJ"):
            if t.pos[start - 1] not in ("NOUN", "PROPN", "ADJ", "DET", "NUM") or _TIME.fullmatch(t.low[start - 1]):
                break
            start -= 1
        if verbal or end >= hi or t.low[end] != "'s":
            end = _grown(t, (start, end), named, told, held)
        source = (start, end)
        kind, lemma = cue_kind(t.low[source[1] : source[1] + 1])
        if frame.cue is None and kind != "other" and source[1] not in held and source[1] + 1 in told:
            frame = replace(frame, cue=(source[1], source[1] + 1), kind=kind, lemma=lemma)
        out.append(replace(frame, source=source))
    out = [_filled(t, f, hi, held | {k for g in out if g.source for k in range(*g.source)}) for f in out]
    inside = [f.source for f in out if f.source]
    return [
        f
        for f in out
        if not (f.cue and f.kind == "other" and any(s[0] <= f.cue[0] and f.cue[1] <= s[1] for s in inside))
    ]


def _filled(t: Tokens, frame: Frame, hi: int, held: AbstractSet[int]) -> Frame:
    """The frame with its content grown over what follows, up to a mark or another role.

    A content that the model left open ("to meet | on Thursday"), or that it did not see behind a
    verb that must have one ("promised | elections within a year").
    """
    cue = frame.cue
    if cue is None or frame.source is None:
        return frame
    lo = t.edges[t.sentence[cue[0]]]
    if frame.content and frame.kind in _TOLD:
        # "The flight left at noon, | and turned back, the airline said": the sentence up to the comma is said.
        first, last = min(c[0] for c in frame.content), max(c[1] for c in frame.content)
        before = range(lo, first)
        verb = any(t.pos[k] in ("VERB", "AUX") for k in before)
        if (
            0 <= min(cue[0], frame.source[0]) - last < 2
            and verb
            and not any(k in held or t.quote[k] >= 0 for k in before)
        ):
            return replace(frame, content=((lo, last),))
    if frame.source[0] > cue[0]:
        return frame
    start = max((c[1] for c in frame.content), default=cue[1])
    if start < cue[1] or (not frame.content and frame.kind not in _FULL) or start >= hi:
        return frame
    end = start
    while end < hi and end not in held and t.quote[end] == t.quote[start] and t.pos[end] not in _STOPS:
        end += 1
    if end == start or (end < hi and t.low[end] not in (".", "!", "?", ";")) or end in held:
        return frame
    if not frame.content:
        return replace(frame, content=((start, end),)) if end - start > 1 else frame
    last = max(frame.content)
    return replace(frame, content=(*(c for c in frame.content if c != last), (last[0], end)))


def _grown(t: Tokens, source: Range, named: dict[int, int], told: AbstractSet[int], held: AbstractSet[int]) -> int:
    """The end of a source grown to the right; `told` are words of contents, `held` also those of cues.

    Over the rest of a name that it touches, of a noun phrase that it leaves open ("officials in
    the"), and of a relative clause up to the comma before the cue ("Oduya, who built | it, said").
    """
    start, end = source
    hi = t.edges[t.sentence[start] + 1]
    while end < hi:
        before, here = t.pos[end - 1], t.pos[end]
        whole = named.get(end) if before in ("NOUN", "PROPN", "ADJ", "DET", "ADP", "NUM") else None
        if whole is None:
            whole = next((named[k] for k in range(start, end) if named.get(k, 0) > end), None)
        if whole is not None and end not in told:
            end = whole
            continue
        if end in held or _TIME.fullmatch(t.low[end]) or (end + 1 in told and cue_kind([t.low[end]])[0] != "other"):
            break
        after = t.pos[end + 1] if end + 1 < hi and end + 1 not in held else ""
        if before in ("DET", "ADP", "NUM") or t.low[end - 1] in ("'s", "'", *_OWNERS):
            fits = here in ("NOUN", "PROPN", "ADJ", "NUM", "DET")
            fits = fits or (here == "VERB" and after in ("NOUN", "PROPN", "ADJ"))
        elif before == "VERB" and end - 2 >= start and t.pos[end - 2] == "DET":  # "a masked man"
            fits = here in ("NOUN", "PROPN", "ADJ")
        else:
            fits = before in ("ADJ", "NOUN", "PROPN") and here in ("NOUN", "PROPN")
            fits = fits or (t.low[end] == "of" and before == "NOUN" and after in ("DET", "NOUN", "PROPN", "ADJ"))
            fits = fits or (t.low[end] == "'s" and end not in told and after in ("NOUN", "ADJ"))
        if not fits:
            break
        end += 1
    clause = t.pos[end - 1] in ("VERB", "AUX") and any(t.low[k] in ("who", "which") for k in range(start, end))
    if end + 1 < hi and t.low[end] == "," and t.low[end + 1] in ("who", "which") and end + 1 not in held:
        clause, end = True, end + 1
    if clause:
        comma = next((k for k in range(end, min(hi, end + _CLAUSE)) if t.low[k] == "," or k in held), None)
        if comma is not None and comma + 1 in held and comma not in held:
            return comma
    return end - 1 if t.low[end - 1] == "," and end - 1 > start else end


def _passive(t: Tokens, cue: Range) -> bool:
    """Whether a cue is in the passive: "is said", "were accused"."""
    low = t.low[max(0, cue[0] - 1) : cue[1]]
    return any(w in ("is", "are", "was", "were", "been", "being", "'s", "'re") for w in low) and t.low[
        cue[1] - 1
    ].endswith(("d", "n", "t"))


def _unsourced(t: Tokens, frame: Frame) -> Frame:
    """A frame "X is said to have" without X as its source: nobody says it, it is said of X."""
    cue, source = frame.cue, frame.source
    if cue is None or source is None or source[1] > cue[0]:
        return frame
    if frame.lemma in ("accuse", "blame", "criticise", "criticize", "suspect") and _passive(t, cue) and frame.content:
        by = next((k for k in range(cue[1], min(cue[1] + _NAME, len(t.low))) if t.low[k] == "by"), None)
        agent = noun(t, t.sentence[cue[0]], by + 1) if by is not None else None
        rest = tuple(
            c for c in frame.content if c != source and (agent is None or c[1] <= agent[0] or agent[1] <= c[0])
        )
        return replace(frame, source=agent, content=(source, *rest))
    if frame.kind not in ("say", "think", "claim", "show"):
        return frame
    if not _passive(t, cue) or t.low[cue[1] - 1] == "told" or not frame.content or source[1] < cue[0] - 1:
        return frame
    first = min(c[0] for c in frame.content)
    if t.low[first] != "to" and t.low[cue[1] - 1] != "to" and t.low[min(cue[1], len(t.low) - 1)] != "to":
        return frame
    return replace(frame, source=None, content=(source, *(c for c in frame.content if c != source)))


def _sourced(t: Tokens, number: int, frame: Frame, cue: Range) -> Range | None:
    """Who speaks by a cue to which the model gave nobody: right of it where a quotation ends before it, else left.

    Left also past what stands between two commas: "Mancuso, in charge since August, said".
    """
    lo = t.edges[number]
    held = [k for part in frame.content for k in range(*part)]
    if cue[0] > lo and (t.quote[cue[0] - 1] >= 0 or t.low[cue[0] - 1] == ",") and cue[0] - 1 not in held[:-1]:
        after = noun(t, number, cue[1]) or noun(t, number, cue[1] + 1)  # an office that the tagger misread
        if after is not None and after[0] not in held and t.quote[cue[0] - 1] >= 0:
            return after
    found = left_noun(t, number, cue[0])
    if found is None and cue[0] - 1 > lo and t.low[cue[0] - 1] == ",":
        mate = next((k for k in range(cue[0] - 2, lo, -1) if t.low[k] == "," and t.quote[k] < 0), None)
        if mate is not None and 0 < mate - lo <= _NAME and all(t.forms[k][:1].isupper() for k in range(lo, mate)):
            found = (lo, cue[0])
    if found is None or any(k in held for k in range(*found)) or _TIME.fullmatch(t.low[found[1] - 1]):
        return None
    return found


def _outside(t: Tokens, draft: _Draft) -> bool:
    """Whether who speaks stands outside of quotations."""
    return draft.frame.source is not None and t.quote[draft.frame.source[0]] < 0


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
                    # What is quoted goes on from what was quoted: not from "three of the groups suing X".
                    owner = next(
                        (d for d in reversed(with_source) if held[id(d)] - {-1} and _outside(t, d)), with_source[-1]
                    )
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
    chains = Chains(a, t)
    drafts = _learned(a, t, chains)
    drafts.sort(key=lambda d: (d.sentence, d.frame.cue or d.frame.source or (0, 0)))
    cast = Cast(a, t, chains.media())
    hedged = hedges(t)
    at = [k for k, _ in hedged]
    out: list[Attribution] = []
    kept: list[_Draft] = []
    for draft in drafts:
        f = draft.frame
        content = tuple(s for s in merge(draft.content) if len(s))
        if not (content or (f.source and f.cue)) or (f.cue is None and _scrap(t, content)):
            continue
        whose = draft.cited or f.source
        speaker = cast.resolve(whose, content, f.lemma) if whose else None
        if speaker is None and draft.cited:
            speaker = cast.named(draft.cited)
        first, last = t.edges[draft.sentence], t.edges[draft.sentence + 1]
        source = (trim(_span(t, f.source), a.report.text, _EDGES),) if f.source else ()
        own = distancing(t, f)
        near = [s for _, s in hedged[bisect_left(at, first) : bisect_left(at, last)] if _near(s, source, content)]
        carriers = [p for p in chains.through(f, draft.sentence) if p != draft.carrier]
        out.append(
            Attribution(
                source=source,
                cue=(_span(t, f.cue),) if f.cue else (),
                content=content,
                speaker=speaker,
                through=tuple(_span(t, p) for p in (*carriers, *((draft.carrier,) if draft.carrier else ()))),
                manner="direct" if f.cue is None and f.lemma == _POST else _manner(content, quotes),
                polarity=polarity(t, f, content),
                hedges=merge([*near, own] if own else near),
                modality=modality(t, f, content),
            )
        )
        kept.append(draft)
    out = _relayed(a, out, kept)
    return tuple(sorted(out, key=lambda x: (min(s.start for s in (*x.source, *x.cue, *x.content)), x.content, x.cue)))


def _scrap(t: Tokens, content: Sequence[Span]) -> bool:
    """Whether what is said without a cue is a word or two that nobody quotes: a label of the model gone astray."""
    words = [k for c in content for k in range(bisect_left(t.starts, c.start), bisect_left(t.starts, c.end))]
    told = [k for k in words if t.pos[k] != "PUNCT"]
    return len(told) < 3 and not any(t.quote[k] >= 0 for k in told)


def _near(span: Span, source: Sequence[Span], content: Sequence[Span]) -> bool:
    """Whether a hedge stands in what is said, or in the words for him who says it."""
    return any(part.holds(span) for part in (*source, *content))


def _relayed(a: Annotated, found: Sequence[Attribution], drafts: Sequence[_Draft]) -> list[Attribution]:
    """The attributions, those inside of another's content with its source as the last who carries them on.

    "X said Y had told him": Y's words come through X. Not where both are one speaker.
    """
    spoken = sorted(
        (c, n)
        for n, (x, d) in enumerate(zip(found, drafts, strict=True))
        if x.source and (d.frame.kind in STATED or d.frame.kind == "ask") and d.frame.kind not in ("seem", "think")
        if x.speaker is not None or a.quote(x.source[0]).lower() not in _EXPLETIVE
        for c in x.content
    )
    starts = [c.start for c, _ in spoken]
    out = list(found)
    for n, x in enumerate(found):
        if not x.cue or not x.source:
            continue
        cue = x.cue[0]
        before = bisect_left(starts, cue.start)
        outer = [
            (-c.start, m)
            for c, m in spoken[max(0, before - _NESTED) : before]
            if m != n and c.holds(cue) and c.holds(x.source[0]) and _who(a, found[m]) != _who(a, x)
        ]
        relays: list[Span] = []
        for _, m in sorted(outer):
            relays += [s for s in found[m].source[:1] if s not in relays and s not in x.through]
        if relays:
            out[n] = replace(x, through=(*x.through, *relays))
    return out


def _who(a: Annotated, x: Attribution) -> str:
    return x.speaker.name if x.speaker else " ".join(a.quote(s) for s in x.source)


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
