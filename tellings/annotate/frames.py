"""Frames of speech at one spot: the words of source, cue and content in a sentence.

Patterns over words and parts of speech, the cue verbs of `cues`, and where quotations stand:
"X said (that) ...", "..., X said", "..., said X", "according to X", "citing X", "X told AFP ...".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from tellings.annotate.cues import listed, verb
from tellings.annotate.quotes import Quote
from tellings.records import Annotated
from tellings.text import Span

__all__ = ["LONGEST", "STATED", "Frame", "Range", "Tokens", "left_noun", "noun", "spotted", "subject", "tokens"]

Range = tuple[int, int]
"""Words from one index up to another, both into `Tokens`."""

LONGEST = 400
"""A sentence of more words is a list or a table: nobody is heard in it, so that none costs the square of its length."""
STATED = frozenset({"say", "announce", "claim", "deny", "admit", "warn", "show", "think", "seem"})
"""Classes whose verbs take a statement."""
_TAG = {"VERB", "AUX"}
_NOMINAL = {"DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON", "SYM"}
_LINKS = {
    "of",
    "for",
    "from",
    "in",
    "at",
    "with",
    "on",
    "to",
    "and",
    "&",
    "-",
    "'s",
    "'",
    ".",
    "/",
    "’s",
    "’",
    "or",
    "by",
}
_TIMES = re.compile(
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today|tonight|tomorrow|january|february|march|april|may|june|july|august"
    r"|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec|week|month|year|night|morning|afternoon|evening"
    r"|earlier|later|ago|last|early|late|then|again|now|recently|previously|also|however|meanwhile|\d{1,2}|\d{4})\.?$"
)
_NAME_END = {"who", "which", "whose", "that"}
_THAT = {"that", "how", "why", "whether", "if", "what"}
_DATIVE = {
    "tell",
    "inform",
    "remind",
    "warn",
    "assure",
    "advise",
    "notify",
    "brief",
    "promise",
    "email",
    "text",
    "show",
    "answer",
}


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a report in one row, with what the patterns ask of them.

    `quote` gives for each word the index of the quotation it stands in, or -1; `edges` the first
    word of every sentence and, last, the number of words; `sentence` the sentence of each word;
    `starts` are the places where the words begin.
    """

    spans: tuple[Span, ...]
    forms: tuple[str, ...]
    low: tuple[str, ...]
    pos: tuple[str, ...]
    quote: tuple[int, ...]
    edges: tuple[int, ...]
    sentence: tuple[int, ...]
    quotes: tuple[Quote, ...]
    starts: tuple[int, ...] = ()

    def text(self, part: Range) -> str:
        """The words of a range, joined by blanks, in lower case."""
        return " ".join(self.low[part[0] : part[1]])


@dataclass(frozen=True, slots=True)
class Frame:
    """Somebody says something: ranges of words. `kind` is the cue's class, `lemma` its verb."""

    source: Range | None
    cue: Range | None
    content: tuple[Range, ...]
    kind: str = "say"
    lemma: str = ""


def tokens(a: Annotated, quotes: tuple[Quote, ...]) -> Tokens:
    """The words of the report in one row."""
    spans: list[Span] = []
    pos: list[str] = []
    edges = [0]
    sentence: list[int] = []
    for number, words in enumerate(a.words):
        for word in words:
            spans.append(word.span)
            pos.append(word.pos)
            sentence.append(number)
        edges.append(len(spans))
    forms = [span.cut(a.report.text) for span in spans]
    quote: list[int] = []
    at = 0
    for span in spans:
        while at < len(quotes) and quotes[at].span.end <= span.start:
            at += 1
        quote.append(at if at < len(quotes) and quotes[at].span.start <= span.start else -1)
    low = [form.lower().replace("’", "'") for form in forms]
    return Tokens(
        tuple(spans),
        tuple(forms),
        tuple(low),
        tuple(pos),
        tuple(quote),
        tuple(edges),
        tuple(sentence),
        quotes,
        tuple(span.start for span in spans),
    )


class _Spotter:
    """Finds the frames of one sentence, words `lo` up to `hi`."""

    def __init__(self, t: Tokens, lo: int, hi: int) -> None:
        self.t, self.lo, self.hi = t, lo, hi
        self.medium = listed("medium")
        self.speech = {q for q in set(t.quote[lo:hi]) if q >= 0}

    def find(self) -> list[Frame]:
        t = self.t
        out: list[Frame] = []
        at = self.lo
        while at < self.hi:
            low = t.low[at]
            frame: Frame | None = None
            if low == "according" and at + 1 < self.hi and t.low[at + 1] == "to":
                frame = self.according(at, at + 2, "say")
            elif low in ("citing", "quoting") or (low == "per" and at and t.low[at - 1] in ("as", ",")):
                frame = self.according(at, at + 1, "say")
            elif t.pos[at] in ("VERB", "X", "AUX", "NOUN") or t.pos[at] == "ADJ":
                known = verb(low)
                if known and known[0] in STATED and self.outside(at):
                    frame = self.verbal(at, known, out)
            if frame is not None:
                out.append(frame)
                ends = [frame.cue[1] if frame.cue else at + 1]
                at = max(*ends, at + 1)
            else:
                at += 1
        return self.bounded(out)

    def outside(self, at: int) -> bool:
        """Whether a word stands outside of quotations that are speech (not single scare-quoted words)."""
        q = self.t.quote[at]
        return q < 0 or self.t.quotes[q].words < 3

    # ------------------------------------------------------------ "according to X"

    def according(self, at: int, after: int, kind: str) -> Frame | None:
        source = self.right_noun(after)
        if source is None:
            return None
        t = self.t
        if at == self.lo or (at - self.lo <= 2 and t.pos[at - 1] in ("CCONJ", "PUNCT", "SCONJ")):
            start = source[1]
            while start < self.hi and t.low[start] in (",", ":"):
                start += 1
            content = ((start, self.last()),)
        else:
            end = at
            while end > self.lo and t.low[end - 1] in (",", "—", "–", "-"):
                end -= 1
            content = ((self.lo, end),)
            rest = source[1]
            if rest + 3 < self.hi and t.low[rest] in (",", "—", "–") and t.low[rest + 1] not in ("who", "which"):
                content = (*content, (rest + 1, self.last()))
        return Frame(source, (at, after), content, kind, "according")

    # ------------------------------------------------------------ verbs

    def verbal(self, at: int, known: tuple[str, str], before: list[Frame]) -> Frame | None:
        t = self.t
        kind, lemma = known
        low = t.low[at]
        start = at
        passive = False
        while start > self.lo and (
            t.pos[start - 1] in ("AUX", "PART")
            or t.low[start - 1] in ("n't", "not", "has", "have", "had")
            or (t.pos[start - 1] == "ADV")
        ):
            passive = passive or t.low[start - 1] in ("is", "are", "was", "were", "been", "be", "being")
            start -= 1
        while start < at and t.pos[start] == "ADV" and t.low[start] != "also":
            start += 1  # an adverb in front belongs to the sentence
        infinitive = any(t.low[k] == "to" for k in range(start, at))
        gerund = low.endswith("ing")
        if infinitive:
            return None
        if t.pos[at] in ("NOUN", "ADJ") and not self.quotes_near(at) and not self.closes(at):
            return None
        cue = (start, at + 1)
        after = at + 1
        # adverbs and particles that belong to the cue: "pointed out", "added:"
        while after < self.hi and (t.low[after] == "out" or (t.pos[after] == "ADV" and t.low[after] not in _THAT)):
            after += 1
        left = self.left_noun(start)
        inverted = False
        source = left
        closed = start > self.lo and (
            t.low[start - 1] in (",", "”", '"', "’", "?", "!", "—", "–", "…", "''", "...") or t.quote[start - 1] >= 0
        )
        if gerund:
            source = None
            if not closed and left is None and start == self.lo:
                return None
            if not closed and start > self.lo and t.pos[start - 1] in ("NOUN", "PROPN", "PRON"):
                source = left
            elif before:
                source = before[-1].source
            else:
                source = self.subject(start)
            if source is None and not before:
                return None
        elif closed or start == self.lo or left is None:
            right = self.right_noun(after)
            if right is not None and (closed or left is None) and not passive and t.low[after] not in _THAT:
                if closed and (left is None or t.quote[start - 1] >= 0 or t.low[start - 1] in ("”", '"', "’")):
                    inverted, source = True, right
                elif left is None and start > self.lo:
                    source = None
            if source is None and before and start > self.lo and t.pos[start - 1] == "CCONJ":
                source = before[-1].source
        if (
            source is None
            and not gerund
            and start > self.lo
            and (t.pos[start - 1] == "CCONJ" or t.low[start - 1] == ",")
        ):
            source = before[-1].source if before else self.subject(start)
        if passive and kind != "show":
            return None
        if source is None:
            return None
        first = min(source[0], start) if source[0] >= self.lo else start
        if source[1] <= start and any(f.source == source for f in before):
            first = start
        last = max(cue[1], source[1] if inverted else 0)
        content, cue_end = self.contents(first, last, lemma, inverted or first == start)
        if not content:
            return None
        return Frame(source, (cue[0], max(cue[1], cue_end)), content, kind, lemma)

    def closes(self, at: int) -> bool:
        """Whether ", X reports." closes the sentence, its verb taken for a noun."""
        t = self.t
        if at + 2 < self.hi or not t.low[at].endswith(("s", "d")) or (at + 1 < self.hi and t.pos[at + 1] != "PUNCT"):
            return False
        k = at
        while k > self.lo and (t.pos[k - 1] in _NOMINAL or t.low[k - 1] in ("'s", "of", "-")):
            k -= 1
        return self.lo + 3 < k < at and t.low[k - 1] in (",", '"', "”", "’")

    def quotes_near(self, at: int) -> bool:
        """Whether a quotation ends right before or starts right after this word."""
        t = self.t
        return any(self.lo <= k < self.hi and (t.quote[k] >= 0 or t.low[k] == ":") for k in (at - 1, at + 1))

    def contents(self, first: int, last: int, lemma: str, inverted: bool) -> tuple[tuple[Range, ...], int]:
        """What is said left and right of a frame that covers `first` up to `last`; the cue's end."""
        t = self.t
        out: list[Range] = []
        end = first
        while end > self.lo and t.low[end - 1] in (",", "—", "–", "-", ";") and t.quote[end - 1] < 0:
            end -= 1
        left_quote = first > self.lo and t.quote[first - 1] >= 0
        takes_left = left_quote or (end < first and first - self.lo > 3 and self.has_verb(self.lo, end))
        right = last
        # to whom: "told AFP", "told reporters in Paris"
        if (lemma in _DATIVE and not inverted) or lemma == "tell":
            told = self.right_noun(right)
            if told is not None and t.low[told[0]] not in _THAT:
                right = told[1]
        right = self.circumstances(right)
        colon = right < self.hi and t.low[right] == ":"
        if colon:
            right += 1
        comma = right < self.hi and t.low[right] == ","
        that = right < self.hi and t.low[right] in _THAT
        quoted = right < self.hi and (
            t.quote[right] >= 0 or (comma and right + 1 < self.hi and t.quote[right + 1] >= 0)
        )
        stop = self.last()
        if takes_left:
            out.append((self.lo, end))
            if quoted and right < stop:
                out.append((right + comma, self.stop(right + comma)))
            elif (
                comma
                and right + 2 < stop
                and t.low[right + 1]
                not in ("who", "which", "a", "the", "as", "adding", "and", "in", "while", "when", "after")
                and self.has_verb(right + 1, stop)
            ):
                out.append((right + 1, self.stop(right + 1)))
        elif colon or that or quoted or self.has_verb(right, stop) or lemma == "say":
            if comma:
                # "X said, however, that": the word between commas goes
                nxt = next((k for k in range(right + 1, min(stop, right + 12)) if t.low[k] == ","), None)
                right = nxt + 1 if nxt is not None and nxt + 1 < stop and not quoted else right + 1
            if right < stop:
                out.append((right, self.stop(right)))
        return tuple(r for r in out if r[1] > r[0]), last

    def circumstances(self, right: int) -> int:
        """Past where, when and in what it was said: "in a statement on Monday", "Tuesday"."""
        t = self.t
        while right < self.hi:
            low = t.low[right]
            if t.quote[right] >= 0:
                break
            if _TIMES.match(low) and t.pos[right] != "VERB":
                right += 1
                continue
            if low in ("in", "on", "at", "during", "to", "of", "via", "through", "by", "from", "about"):
                end = right + 1
                while (
                    end < self.hi
                    and (t.pos[end] in _NOMINAL or t.low[end] in _LINKS)
                    and t.quote[end] < 0
                    and t.low[end] not in _THAT
                    and end - right < 14
                ):
                    end += 1
                within = t.low[right + 1 : end]
                if (
                    any(w in self.medium or _TIMES.match(w) for w in within)
                    or low in ("to", "about")
                    or (end < self.hi and t.low[end] in ("that", ":", ",", '"', "“"))
                ):
                    right = end
                    continue
            break
        return right

    def stop(self, start: int) -> int:
        """Where a content that begins at `start` ends: before a further cue, or at the sentence's end."""
        t = self.t
        last = self.last()
        q = t.quote[start]
        if q >= 0 and t.quotes[q].words >= 4:
            end = start
            while end < self.hi and t.quote[end] == q:
                end += 1
            before = t.low[end - 2] if end - 2 >= start else ""
            if before in (",", ".", "?", "!"):
                return end
        for k in range(start + 1, last):
            if t.quote[k] >= 0:
                continue
            if t.low[k] == "," and k + 1 < last:
                known = verb(t.low[k + 1])
                if known and t.low[k + 1].endswith("ing") and known[0] in STATED:
                    return k
                if t.low[k + 1] == "according":
                    return k
                if (
                    t.low[k + 1] in ("and", "but")
                    and k + 2 < last
                    and (known := verb(t.low[k + 2]))
                    and known[0] in STATED
                ):
                    return k
            if (
                t.low[k] in ("and", "but")
                and k + 1 < last
                and (known := verb(t.low[k + 1]))
                and known[0] in ("say", "announce", "claim", "warn")
            ):
                return k
            if t.low[k] == "according" or t.low[k] == ";":
                return k
        return last

    def bounded(self, frames: list[Frame]) -> list[Frame]:
        """The frames without words of a content that are another frame's source or cue, the later one's."""
        out: list[Frame] = []
        for f in frames:
            contents: list[Range] = []
            for c in f.content:
                start, end = c
                for g in frames:
                    if g is f or g.cue is None:
                        continue
                    lo = min(g.cue[0], g.source[0]) if g.source and g.source[0] >= start else g.cue[0]
                    hi = max(g.cue[1], g.source[1]) if g.source else g.cue[1]
                    if start < hi <= end and hi - start < 4:
                        start = hi
                    elif (
                        g.content
                        and start < lo < end
                        and any(x[0] < lo for x in g.content)
                        and any(x == c for x in g.content)
                    ):
                        end = min(end, lo) if f.cue and f.cue[0] < start else end
                if start < end:
                    contents.append((start, end))
            out.append(replace(f, content=tuple(contents)))
        return out

    # ------------------------------------------------------------ noun phrases

    def last(self) -> int:
        """The end of the sentence without its final point."""
        end = self.hi
        if end > self.lo and self.t.low[end - 1] in (".", ";") and self.t.quote[end - 1] < 0:
            end -= 1
        return end

    def has_verb(self, start: int, end: int) -> bool:
        """Whether a verb stands there; true where no tagger has run."""
        return any(p in ("VERB", "AUX", "X") for p in self.t.pos[start:end])

    def left_noun(self, end: int) -> Range | None:
        """The noun phrase that ends before `end`, or None."""
        t = self.t
        k = end
        while (
            k > self.lo and _TIMES.match(t.low[k - 1]) and t.pos[k - 1] in ("NOUN", "PROPN", "NUM", "ADJ", "ADV", "DET")
        ):
            k -= 1
        if k > self.lo and k < end and t.low[k - 1] in ("on", "in", "at", "late", "early"):
            k -= 1
        elif k < end and not (k > self.lo and t.pos[k - 1] in _NOMINAL):
            k = end
        stop = k
        if k > self.lo and t.low[k - 1] == "," and t.quote[k - 1] < 0:
            mate = next(
                (j for j in range(k - 2, self.lo - 1, -1) if t.low[j] in (",", "”", '"') or t.quote[j] >= 0), None
            )
            if mate is None or t.low[mate] != "," or t.quote[mate] >= 0:
                return None
            head = self.left_noun(mate)
            if head is None or not (
                t.pos[mate + 1] in ("DET", "NOUN", "ADJ", "PROPN", "NUM", "PRON")
                or t.low[mate + 1] in ("who", "which", "of")
            ):
                return None
            if any(t.pos[j] in ("PROPN", "NOUN", "PRON") for j in range(*head)):
                return head[0], stop
            return None
        start = stop
        while start > self.lo:
            j = start - 1
            if t.quote[j] >= 0 and (stop == start or t.quote[j] != t.quote[start]) and t.quotes[t.quote[j]].words > 3:
                break
            if t.low[j] in _NAME_END and t.pos[j] in ("PRON", "SCONJ"):
                break
            if t.pos[j] in _NOMINAL or t.pos[j] == "X":
                if (
                    t.pos[j] == "PRON"
                    and start < stop
                    and t.low[j] not in ("his", "her", "its", "their", "my", "our", "your")
                ):
                    break
                start = j
                continue
            if t.low[j] in _LINKS and j > self.lo and (t.pos[j - 1] in _NOMINAL) and start < stop:
                start = j
                continue
            break
        while start < stop and (t.pos[start] in ("ADP", "CCONJ", "PUNCT", "PART", "SYM") or t.low[start] in _LINKS):
            start += 1
        if start == stop or not any(
            t.pos[j] in ("NOUN", "PROPN", "PRON", "NUM", "X", "DET") for j in range(start, stop)
        ):
            return None
        return start, stop

    def right_noun(self, start: int) -> Range | None:
        """The noun phrase that begins at `start`, appositions included, or None."""
        t = self.t
        k = start
        while k < self.hi:
            low = t.low[k]
            if t.quote[k] >= 0 and t.quotes[t.quote[k]].words > 3:
                break
            if low in _NAME_END and t.pos[k] in ("PRON", "SCONJ"):
                break
            if t.pos[k] in _NOMINAL or t.pos[k] == "X":
                if (
                    _TIMES.match(low)
                    and k > start
                    and t.pos[k] != "NUM"
                    and low not in ("last", "late")
                    and not t.forms[k][:1].islower()
                ):
                    break
                if t.pos[k] == "PRON" and k > start and low not in ("his", "her", "its", "their", "my", "our", "your"):
                    break
                k += 1
                continue
            if k == start:
                break
            nxt = k + 1
            if nxt < self.hi and low in _LINKS and t.pos[nxt] in _NOMINAL and low not in ("to", "by"):
                if low in ("in", "on", "at", "from", "for", "with") and any(
                    w in self.medium or _TIMES.match(w) for w in t.low[nxt : nxt + 4]
                ):
                    break
                k += 1
                continue
            if low == "," and nxt < self.hi and t.quote[nxt] < 0 and t.pos[nxt] in ("DET", "NOUN", "ADJ", "PROPN"):
                inner = self.right_noun(nxt)
                if (
                    inner is not None
                    and (inner[1] >= self.last() or t.low[inner[1]] in (",", "."))
                    and t.pos[start] != "PRON"
                ):
                    return start, inner[1]
            break
        while k > start and (t.pos[k - 1] in ("ADP", "CCONJ", "PUNCT") and t.low[k - 1] != "."):
            k -= 1
        if k == start or not any(t.pos[j] in ("NOUN", "PROPN", "PRON", "NUM", "X", "DET") for j in range(start, k)):
            return None
        return start, k

    def subject(self, before: int) -> Range | None:
        """The subject of the sentence's first verb, for a cue that shares it."""
        t = self.t
        k = next((k for k in range(self.lo, before) if t.pos[k] in _TAG and t.quote[k] < 0), None)
        return self.left_noun(k) if k is not None and k > self.lo else None


def spotted(t: Tokens) -> list[list[Frame]]:
    """The frames of each sentence, in the order of their cues."""
    return [
        _Spotter(t, lo, hi).find() if hi - lo <= LONGEST else [] for lo, hi in zip(t.edges, t.edges[1:], strict=False)
    ]


def subject(t: Tokens, number: int, before: int) -> Range | None:
    """The subject of the first verb of a sentence, if it stands before word `before`; else None."""
    lo, hi = t.edges[number], t.edges[number + 1]
    return _Spotter(t, lo, hi).subject(before) if hi - lo <= LONGEST else None


def noun(t: Tokens, number: int, start: int) -> Range | None:
    """The noun phrase that begins at word `start` of a sentence, appositions included; None if none does."""
    lo, hi = t.edges[number], t.edges[number + 1]
    return _Spotter(t, lo, hi).right_noun(start) if start < hi and hi - lo <= LONGEST else None


def left_noun(t: Tokens, number: int, end: int) -> Range | None:
    """The noun phrase of a sentence that ends before word `end`; None if none does."""
    lo, hi = t.edges[number], t.edges[number + 1]
    return _Spotter(t, lo, hi).left_noun(end) if lo < end and hi - lo <= LONGEST else None
