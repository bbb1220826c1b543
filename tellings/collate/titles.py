"""Titles: the words by which a claim is shown, a statement that a reader understands by itself.

A support is the clause that makes a statement, and a clause is often no sentence: "who founded the
firm", "when officers cleared", "apologized for". What titles a claim is the shortest stretch around
such a clause, within its sentence, that opens with its subject, holds a finite verb and is cut off at
neither end; at worst it is the clause. Somebody's own words are titled with who said them, where the
sentence tells that. Less whole is what mainly tells another statement, speaks of "her office" or "another
two" and named neither, and where the writer speaks to the reader.

Still missed: what a pronoun stands for; a past participle after its noun is mostly taken for a verb.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from tellings import lexicons
from tellings.collate.nouns import kind_of, lemma
from tellings.collate.statements import Statement, fold, kin
from tellings.records import Annotated, Attribution
from tellings.text import Span, View, merge, trim

__all__ = [
    "Title",
    "Titles",
    "astray",
    "caption",
    "captions",
    "dateline",
    "leans",
    "negated_acts",
    "opens_badly",
    "subordinate",
    "unsuited",
]


@dataclass(frozen=True, slots=True)
class Title:
    """A stretch that may title a claim: how far it is a statement by itself, 0 to 1, and what it costs beside.

    `wider` is whether it was widened so far that another verb is its main one, and it tells something else first.
    """

    span: Span
    whole: float
    cost: float
    wider: bool


_LONGEST = 300
"""A longer stretch titles nothing by being widened."""


def _listed(words: str) -> frozenset[str]:
    """The words of a line."""
    return frozenset(words.split())


_LEANING = _listed(
    "he she it they him her them his its their this that these those we i you us our my there here one"
    " himself herself itself themselves who which whose whom what where"
)
_TIED = _listed(
    "and but or nor so yet when while after before as because that if since until although though whether"
    " than once unless lest amid despite including"
)
_UNSURE = _listed("if unless whether until till lest before than once")
"""Words before a clause that may not be so: without them it would be told as a fact."""
_ASKING = _listed("who which whose whom what where why how")
_STOPS = frozenset(',;:.!?—–“"')
_OWN = _listed("i we my our")
_ADDRESS = _OWN | _listed("you your us me")
_ELLIPTIC = _listed("the another other both others some many several most neither each all pair duo trio latter former")
_CLOSING = re.compile(r"[,.]?([”\"])")
_QUOTED = re.compile(r"“[^”]*”?|\"[^\"]*\"?")
_HANGING_POS = frozenset(["ADP", "DET", "CCONJ", "SCONJ", "PART", "AUX"])
_PARTICLES = _listed("up down out off on in over away back apart together around through by along forward")
_SUBJECTS = frozenset(["NOUN", "PROPN", "PRON", "NUM", "X"])
_PHRASE = frozenset(["DET", "ADJ", "NUM", "NOUN", "PROPN", "ADP", "PART"])
_CITING = frozenset(["citing", "cited", "quoting"])
_OBJECT = frozenset(["DET", "ADJ", "NUM", "NOUN", "PROPN"])
_EDGES = " \t\r\n\f\v\u00a0\u2028\u2029,;:—–-"
_ENDS = (".", "!", "?", "…")
_VOICELESS = 0.5
"""What it takes from a title to be somebody's own words and not to say whose."""
_OTHERS = 0.6
"""How far a stretch titles a statement at most where it mainly tells another one of its sentence."""
_SHORT = 4
_HEAD = 3
"""A line without a stop below these is a heading within the report: it takes a statement to title anything."""
_FULL = 32
"""A title of more words than this costs a little more with each."""

_CAPTION = re.compile(
    r"^\s*(?:Photos?|Pictures?|Images?|Videos?|File|Caption|Watch|Read|Listen|Related|Gallery|Credit|Source)\s*(?:/|:|—|–|-\s)"
    r"|\bA post shared by\b|\bA (?:photo|video) posted by\b|\bpic\.twitter\.com\b|\bhttps?:|\bwww\.|[(\s]@\w"
    r"|\((?:File|AP|AFP|Reuters|Getty)?\s*(?:Photo|Image|Picture)\b|\b(?:AFP|AP|Reuters|EPA|Getty) ?(?:Photo|Images)\b"
    r"|\b(?:Photo|Image|Picture|Photograph) (?:by|via|courtesy|credit)\b|\bTOPSHOT\b|\bHide Caption\b|©"
    r"|\b(?:is|are) (?:seen|shown|pictured)\b|^\s*Pictured\b"
    r"|\b(?:pictured|shown|seen) (?:here|above|below|left|right)\b"
    r"|\bthis (?:[\w.,]+ ){0,6}(?:photo|photograph|image|picture|file photo)\b|^\s*FILE\b",
)


def caption(text: str) -> bool:
    """Whether a sentence is a caption, a post's frame or a pointer to a picture, and no statement of the report.

    >>> caption("Photos: The flood in pictures"), caption("A post shared by Ilse Brandt"), caption("The dam held.")
    (True, True, False)
    """
    return bool(_CAPTION.search(text))


_FRAMED = re.compile(
    r"^\s*FILE\b|\bfile (?:photo|image|picture)\b"
    r"|\((?:[\w .,/’'-]+/)?(?:AP|AFP|Reuters|EPA|Getty)\b[^()]*\)\s*$"
)
"""What stands with a picture's caption in its own paragraph: that it is a file photo, and whose it is."""
_CAPTION_LONGEST = 6
"""A paragraph of more sentences is no caption."""


def captions(report: Annotated) -> frozenset[int]:
    """The numbers of the sentences that are captions, those among them that only share a caption's paragraph.

    "FILE - In this photo of 3 May the tower stands empty. The tower opens on Friday. (Ada Brook/AP)" is one
    caption of three sentences: the second tells the news, but as the words under a picture.
    """
    out: set[int] = set()
    paragraphs: dict[int, list[int]] = {}
    for number, sentence in enumerate(report.sentences):
        paragraphs.setdefault(sentence.paragraph, []).append(number)
        if caption(report.quote(sentence.span)):
            out.add(number)
    for numbers in paragraphs.values():
        if 1 < len(numbers) <= _CAPTION_LONGEST and any(
            _FRAMED.search(report.quote(report.sentences[k].span)) for k in numbers
        ):
            out.update(numbers)
    return frozenset(out)


_DATELINE = re.compile(
    r"\s*[A-Z][A-Z.'’-]{2,}(?:[ ,]{1,2}[A-Z][A-Z.'’-]+){0,4}(?:, ?[A-Z][\w.]*(?: [A-Z][\w.]*){0,2})?"
    r"(?:,? \w{3,9}\.? \d{1,2},?)?(?: ?\([^()\n]{1,40}\))?(?: [-–] |\s*(?:—|--)\s*)(?=[\"“'‘]?[A-Z0-9])"
)


def dateline(text: str) -> int:
    """How many characters at the head of a sentence name where and by whom it was filed; 0 where none do.

    >>> dateline("OSTREL, Melv. (Quay Wire) — The dam held."), dateline("The dam held.")
    (28, 0)
    """
    found = _DATELINE.match(text)
    return found.end() if found else 0


@dataclass(frozen=True, slots=True)
class _Token:
    """A word of a sentence, its part of speech, and the place of its first and last letter."""

    low: str
    pos: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Line:
    """A sentence: its words and signs, the sign that it ends on ("" for none), and whether it is a caption.

    `address` is where its writer speaks of themselves or to the reader, and nobody who is quoted does.
    """

    tokens: tuple[_Token, ...]
    end: str
    caption: bool
    address: tuple[int, ...]


class Titles:
    """The stretches of one report that may title claims."""

    def __init__(self, report: Annotated) -> None:
        self._report = report
        self._text = report.report.text
        self._edges: dict[int, list[Span]] = {}
        for clause in report.clauses:
            self._edges.setdefault(clause.sentence, []).append(clause.span)
        self._view = View(report.id, self._text)
        self._captions = captions(report)
        self._said = frozenset(span.start for said in report.attributions for span in said.content)
        self._spoken: dict[int, list[tuple[Span, Attribution]]] = {}
        starts = [s.span.start for s in report.sentences]
        for said in report.attributions:
            for content in said.content if said.manner == "direct" or said.modality == "obliged" else ():
                for number in range(max(0, bisect_right(starts, content.start) - 1), bisect_left(starts, content.end)):
                    self._spoken.setdefault(number, []).append((content, said))
        self._read: dict[int, _Line] = {}

    def find(self, span: Span, sentence: int) -> Title:
        """The best title that a statement of this sentence offers: whole first, then short, never less than itself."""
        full = self._closed(span, sentence)
        best = Title(self._filed(full, sentence), self._whole(full, sentence), 0.0, wider=False)
        if best.whole == 1.0 or self._line(sentence).caption:
            return best
        whole = self._report.sentences[sentence].span
        inside = self._edges.get(sentence) or [span]
        spoken = self._direct(span, sentence)
        telling = [s for s in (*spoken.source, *spoken.cue) if whole.holds(s)] if spoken else []
        starts = sorted({whole.start, *(s.start for s in (*inside, *telling))})
        ends = sorted({whole.end, *(s.end for s in (*inside, *telling)), *self._stops(telling, sentence)})
        wider = [
            Span(span.report, a, b)
            for a in starts
            if a <= span.start
            for b in ends
            if b >= span.end and _SHORT < b - a <= _LONGEST
        ]
        for one in sorted(wider, key=lambda s: (len(s), s)):
            fit = trim(one, self._text, _EDGES)
            if not fit.holds(span):
                fit = one
            fit = self._closed(fit, sentence)
            how = self._whole(fit, sentence)
            if how <= best.whole:
                continue
            other = self._other_verb(span, fit, sentence)
            how = min(how, _OTHERS) if other or self._beheaded(fit, sentence) else how
            if how > best.whole:
                cost = (len(fit) - len(span)) / 200 + self._loaded(span, fit)
                cost = round(cost / 2 if telling and not self._speechless(fit, sentence) else cost, 6)
                best = Title(self._filed(fit, sentence), how, cost, wider=other)
            if how == 1.0:
                break
        return best

    def _closed(self, span: Span, sentence: int) -> Span:
        """The span with the mark that closes its quotation, where that stands right behind it."""
        quote = self._report.quote(span)
        after = _CLOSING.match(self._text, span.end, self._report.sentences[sentence].span.end)
        open_ = quote.count("“") > quote.count("”") if after and after[1] == "”" else quote.count('"') % 2 == 1
        return Span(span.report, span.start, after.end()) if after and open_ else span

    def _stops(self, telling: Sequence[Span], sentence: int) -> list[int]:
        """Where the words that tell who said it may end: "said on Friday", at the next sign."""
        if not telling:
            return []
        last = max(s.end for s in telling)
        return [t.start for t in self._line(sentence).tokens if t.low in _STOPS and t.start >= last][:1]

    def _direct(self, span: Span, sentence: int) -> Attribution | None:
        """Who is quoted with a statement of this sentence, word for word; None where nobody is."""
        for content, said in self._spoken.get(sentence, ()):
            if content.holds(span) or 2 * content.overlap(span) > len(span):
                return said
        return None

    def _speechless(self, span: Span, sentence: int) -> bool:
        """Whether a stretch is somebody's own words and does not say whose."""
        said = self._direct(span, sentence)
        if said is None:
            return False
        whole = self._report.sentences[sentence].span
        named = any(span.holds(one) and self._report.quote(one).lower() not in _LEANING for one in said.source)
        return not named or any(whole.holds(one) and not span.holds(one) for one in said.cue)

    def _beheaded(self, span: Span, sentence: int) -> bool:
        """Whether a stretch goes on to who said it and leaves out how they began."""
        return any(
            span.start > max(content.start, self._report.sentences[sentence].span.start) + 1
            and content.overlap(span) > 0
            and any(content.end <= one.start < span.end for one in said.source)
            for content, said in self._spoken.get(sentence, ())
        )

    def _unsaid(self, tokens: Sequence[_Token], span: Span, sentence: int) -> Sequence[_Token]:
        """These words without those that tell who says a statement of this sentence word for word."""
        said = self._direct(span, sentence)
        if said is None:
            return tokens
        return [t for t in tokens if not any(one.start <= t.start < one.end for one in (*said.source, *said.cue))]

    def _other_verb(self, span: Span, wider: Span, sentence: int) -> bool:
        """Whether the main verb of a wider stretch, but for who says it, stands outside a statement of it."""
        tokens = [t for t in self._line(sentence).tokens if wider.start <= t.start < wider.end]
        tokens = self._unsaid(tokens, span, sentence)
        at = _main_verb(tokens)
        return at is not None and not span.start <= tokens[at].start < span.end

    def _filed(self, span: Span, sentence: int) -> Span:
        """The span without the line that tells where its sentence was filed."""
        start = self._report.sentences[sentence].span.start
        start += dateline(self._text[start : start + 100])
        return Span(span.report, start, span.end) if span.start < start < span.end else span

    def _loaded(self, span: Span, wider: Span) -> float:
        """What loaded words and too many words cost that a title takes in by being widened."""
        words = self._view.words([wider])
        loaded = lexicons.words("loaded.txt")
        added = sum(word in loaded for word, place in words if not span.holds(place))
        return 2.0 * added + 0.1 * max(0, len(words) - _FULL)

    def _line(self, sentence: int) -> _Line:
        """What is known of a sentence as a whole."""
        if sentence not in self._read:
            words = self._report.words[sentence] if sentence < len(self._report.words) else ()
            text = self._report.quote(self._report.sentences[sentence].span)
            end = text.rstrip("\"'”’)» ")[-1:]
            tokens = tuple(
                _Token(self._report.quote(w.span).lower().replace("’", "'"), w.pos, w.span.start, w.span.end)
                for w in words
            )
            start = self._report.sentences[sentence].span.start
            said = [Span("", start + m.start(), start + m.end()) for m in _QUOTED.finditer(text)]
            said = merge([*said, *(Span("", one.start, one.end) for one, _ in self._spoken.get(sentence, ()))])
            address: list[int] = []
            for word in tokens:
                if word.low in _ADDRESS:
                    at = bisect_right(said, word.start, key=lambda s: s.start) - 1
                    if at < 0 or said[at].end <= word.start:
                        address.append(word.start)
            self._read[sentence] = _Line(tokens, end, sentence in self._captions, tuple(address))
        return self._read[sentence]

    def _whole(self, span: Span, sentence: int) -> float:
        """How far a stretch of this sentence is a statement by itself, 0 to 1; 1 where no tagger has read the report.

        0 for a caption; a pronoun for a subject, a hanging end or start, and a missing verb each take their part.
        """
        line = self._line(sentence)
        tokens = line.tokens
        if not tokens:
            return 1.0
        if line.caption:
            return 0.0
        first = next((k for k, t in enumerate(tokens) if t.start >= span.start), len(tokens))
        stop = next((k for k, t in enumerate(tokens) if t.start >= span.end), len(tokens))
        words = [t for t in tokens[first:stop] if t.pos != "PUNCT"]
        if len(words) < _SHORT or "\n" in self._report.quote(span).strip():
            return 0.0
        if line.end not in _ENDS:  # a headline leaves out "is" and "are", and is told by what it has
            all_of_it = span.start <= tokens[0].start and span.end >= words[-1].end and stop >= len(tokens)
            headed = _acts(words) if sentence < _HEAD else _stands(words)
            headed = headed or (sentence == 0 and len(words) > _SHORT)
            return 0.9 if all_of_it and headed else 0.3
        out = 1.0 - _VOICELESS * self._speechless(span, sentence)
        inside = self._unsaid(tokens[first:stop], span, sentence)
        out -= 0.6 * (first > 0 and tokens[first - 1].low in _UNSURE)
        if words[0].low in _SUBORDINATE and _told_after(inside):
            out -= 0.1
        elif words[0].low in _TIED or words[0].low in _ASKING:
            out -= 0.6
        else:
            own = words[0].low in _OWN and self._direct(span, sentence) is not None
            out -= 0.45 * ((words[0].low in _LEANING or words[0].pos == "PRON") and not own)
            out -= 0.45 * _elliptic([(t.low, t.pos) for t in words])
            out -= 0.6 * (not _stands(inside))
        out -= 0.3 * (span.start <= tokens[0].start and self._text[span.start : span.start + 1].islower())
        if self._cut_before(tokens, first) or self._cut_after(tokens, stop):
            out -= 0.5
        out -= 0.2 * (words[-1].pos == "NOUN" and [t.low for t in tokens[stop : stop + 1]] == ["that"])
        quote = self._report.quote(span)
        if quote.count("“") != quote.count("”") or quote.count('"') % 2 or quote.count("(") != quote.count(")"):
            out -= 0.2
        out -= 0.4 * (line.end == "?") + 0.2 * (line.end == "!")
        out -= 0.3 * any(span.start <= at < span.end for at in line.address)
        if out > _OTHERS and len(span) <= _LONGEST:
            out -= 0.3 * astray(self._report, span, sentence)
        return max(0.0, round(out, 6))

    def _cut_before(self, tokens: Sequence[_Token], first: int) -> bool:
        """Whether what stands just before belongs to the first word's phrase: a noun goes on, no sign between."""
        if first == 0 or first >= len(tokens):
            return False
        before, here = tokens[first - 1], tokens[first]
        if before.low in ("'s", "'") or here.low in ("'s", "'"):
            return True
        if before.pos == "VERB" and here.pos in _OBJECT and (here.start not in self._said or before.low in _CITING):
            return True  # "citing | the storm, the club cancelled": the object of the verb before
        if before.low in _RELATIVE and first > 1 and tokens[first - 2].pos in ("NOUN", "PROPN"):
            return True  # "losses that | firms can use"
        if here.pos in ("SCONJ", "CCONJ") or before.pos in ("PUNCT", "VERB", "SCONJ", "CCONJ"):
            return False
        return before.pos in _PHRASE and here.pos in _PHRASE

    def _cut_after(self, tokens: Sequence[_Token], stop: int) -> bool:
        """Whether the stretch breaks off: it ends on a word that calls for another, or a word of its phrase follows."""
        if stop == 0:
            return False
        last = next((t for t in reversed(tokens[:stop]) if t.pos != "PUNCT"), tokens[stop - 1])
        after = tokens[stop] if stop < len(tokens) else None
        if last.pos in _HANGING_POS and not (last.pos in ("ADP", "PART") and last.low in _PARTICLES and _closes(after)):
            return True
        if last.low in _TIED or last.low in _RELATIVE or last.low == "'s":
            return True
        if any(t.low in ("that", "whether") and t.pos in ("SCONJ", "PRON") for t in tokens[max(0, stop - 3) : stop]):
            return True  # "my hope is that these"
        if len(last.low.strip(".")) == 1 and last.pos == "PROPN":
            return True  # "C. A." within a name, where a sentence may have been ended by mistake
        if after is None:
            return False
        return not _closes(after) or _left_open(tokens[:stop])


def _elliptic(words: Sequence[tuple[str, str]]) -> bool:
    """Whether the subject leaves out the noun that it counts: "most have left", "the pair won"."""
    at = next((k for k, (_, pos) in enumerate(words) if pos in ("VERB", "AUX")), 0)
    return any(low in _ELLIPTIC for low, _ in words[:at]) and all(
        low in _ELLIPTIC or pos in ("NUM", "ADV") for low, pos in words[:at]
    )


def _left_open(tokens: Sequence[_Token]) -> bool:
    """Whether the last clause has only begun: "... sold the boats, and for a while", "... or if nobody came"."""
    for k in range(1, len(tokens) - 1):
        if tokens[k].pos == "CCONJ" and tokens[k + 1].low in _OPENING:
            return not _told_after(tokens[k + 1 :])
    at = next((k for k in range(len(tokens) - 1, 0, -1) if tokens[k].pos in ("CCONJ", "VERB", "AUX")), 0)
    return (
        tokens[at].pos == "CCONJ"
        and tokens[at - 1].low == ","
        and tokens[at + 1 : at + 2] != ()
        and (tokens[at + 1].pos in ("ADP", "SCONJ", "ADV"))
    )


def subordinate(report: Annotated, span: Span, sentence: int) -> bool:
    """Whether a clause of this sentence hangs on another: "when" or "who" opens it, or stands just before it."""
    words = report.words[sentence] if sentence < len(report.words) else ()
    first = next((k for k, w in enumerate(words) if w.span.start >= span.start), 0)
    near = [report.quote(w.span).lower() for w in words[max(0, first - 1) : first + 1]]
    ties = _SUBORDINATE | _ASKING
    opens = words[first].pos if words else ""
    return any(low in ties and low != "that" for low in near) or (near[-1:] == ["that"] and opens in ("PRON", "SCONJ"))


_HE = _listed("he she him her his hers himself herself")
_THEY = _listed("they them their theirs it its")
_POINTING = _listed("this that these those such")
_REFERS = _HE | _THEY | _POINTING | (_ELLIPTIC - {"the"})
_SPANS = _listed("week weekend year month morning afternoon evening night day time season summer spring fall winter")


def astray(report: Annotated, span: Span, sentence: int) -> bool:
    """Whether a stretch of this sentence speaks of "her office" or "those orders" and has named no such one before.

    What is quoted is left out; a pronoun may come before its name ("In her first speech, Ada Brook said").
    """
    words = report.words[sentence] if sentence < len(report.words) else ()
    start = report.sentences[sentence].span.start
    quoted = [m.span() for m in _QUOTED.finditer(report.quote(report.sentences[sentence].span))]
    tokens = [
        (report.quote(w.span), w.pos)
        for w in words
        if span.holds(w.span) and not any(a <= w.span.start - start < b for a, b in quoted)
    ]
    lows = [text.lower() for text, _ in tokens]
    if _REFERS.isdisjoint(lows):
        return False
    if _elliptic([(low, pos) for low, (_, pos) in zip(lows, tokens, strict=True) if pos != "PUNCT"]):
        return True
    comma = lows.index(",") if "," in lows else 0
    ahead = any(pos == "PROPN" for _, pos in tokens[comma + 1 : comma + 4])
    for k, (low, (_, pos)) in enumerate(zip(lows, tokens, strict=True)):
        before = tokens[:k]
        if low in _POINTING and pos in ("PRON", "SCONJ") and lows[k + 1 : k + 2] in (["'s"], ["’s"]):
            return True  # "it turned out that's why"
        if low in _POINTING and pos == "DET" and k + 1 < len(tokens) and tokens[k + 1][1] == "NOUN":
            meant = fold(lows[k + 1])
            if lows[k + 1] not in _SPANS and meant not in {fold(other) for other in lows[:k]}:
                return True
        elif low in _HE or low in _THEY:
            if k < comma and ahead:
                continue
            if low in _HE:
                found = any(pos == "PROPN" or kind_of(lemma(text)[0]) == "person" for text, pos in before)
            else:
                found = low in ("it", "its") or any(pos in ("NOUN", "PROPN", "NUM") for _, pos in before)
            if not found:
                return True
    return False


def _closes(after: _Token | None) -> bool:
    """Whether a statement may end before this word: a sign, a conjunction, a relative."""
    return after is None or after.pos in ("PUNCT", "CCONJ", "SCONJ") or after.low in _TIED or after.low in _RELATIVE


def _acts(words: Sequence[_Token]) -> bool:
    """Whether a verb stands among these words."""
    return any(t.pos in ("VERB", "AUX") for t in words)


_RELATIVE = frozenset(["who", "which", "whose", "whom", "where", "that"])
_SUBORDINATE = _TIED - {"and", "but", "or", "nor", "so", "yet", "including", "amid", "despite"}


def _stands(tokens: Sequence[_Token]) -> bool:
    """Whether somebody does something here."""
    return _main_verb(tokens) is not None


def _main_verb(tokens: Sequence[_Token]) -> int | None:
    """The number of the first finite verb that has a noun before it and no relative or subordinate clause around it.

    "The envoy, who founded the firm, resigned" stands by its second verb; "The envoy, who founded the firm" by none.
    A noun after a preposition is no subject ("in the state known for its mines"), nor is one that opens as the
    object of a verb ("taking six months").
    """
    subject = owned = after_comma = behind = acted = False
    previous = ""
    for k, word in enumerate(tokens):
        if word.pos == "PUNCT":
            behind = False
            if owned and after_comma and acted:
                owned = False  # ", who founded the firm,"
            previous = "PUNCT"
            continue
        if word.pos in ("VERB", "AUX"):
            bare = word.low.endswith("ing") or (k > 0 and tokens[k - 1].low in ("to", "not"))
            bare = bare or _undergone(tokens, k)
            if bare and word.pos == "VERB":
                behind = behind or not subject
            else:
                if not owned:
                    return k if subject else None
                acted = True
                goes_on = k + 1 < len(tokens) and tokens[k + 1].pos in ("VERB", "AUX", "ADV", "PART")
                owned = after_comma or goes_on  # "the clause that was cut", and the next verb is the subject's again
        elif k and (word.low in _RELATIVE or word.low in _SUBORDINATE) and word.pos in ("PRON", "SCONJ", "ADV", "ADP"):
            clause = word.pos != "ADP" and not (word.low == "that" and previous == "ADP")
            if clause and not owned:
                owned, after_comma, acted = True, previous == "PUNCT", False
            behind = behind or word.pos == "ADP"
        elif word.pos == "ADP":
            behind = True
        elif word.pos == "DET" and previous in ("NOUN", "PROPN", "NUM"):
            behind = False  # "On Friday the council met"
        part = (
            word.pos in ("DET", "ADJ", "NUM") and tokens[k + 1 : k + 2] and tokens[k + 1].low == "of"
        )  # "all of them"
        subject = subject or ((word.pos in _SUBJECTS or bool(part)) and not behind)
        previous = word.pos
    return None


_OPENING = _listed("when while as if although though because since unless")


def _undergone(tokens: Sequence[_Token], k: int) -> bool:
    """Whether a verb only tells what its noun has undergone: "records obtained by the board", "Brandt, armed with"."""
    if k < 1 or k >= len(tokens) - 2 or tokens[k].pos != "VERB":
        return False
    if tokens[k - 1].low == "," and k > 1:  # no comma parts a subject from its verb, but a pair of them may
        opens = all(t.low != "," for t in tokens[: k - 1])
        return opens and tokens[k - 2].pos in ("NOUN", "PROPN") and tokens[k + 1].pos in ("ADP", "PART")
    named = tokens[k - 1].pos in ("NOUN", "PROPN")
    return named and tokens[k + 1].low == "by" and tokens[k + 2].pos in ("DET", "PROPN", "NOUN", "ADJ", "PRON")


def _told_after(tokens: Sequence[_Token]) -> bool:
    """Whether a clause that opens with "if" or "as" goes on to what it leans on: "If it rains, the match is off"."""
    comma = next((k for k, t in enumerate(tokens) if t.low == ","), None)
    return comma is not None and _stands(tokens[comma + 1 :])


# ---------------------------------------------------------------- how a statement is worded


_LEANS = _listed(
    "he she it they this that these those we i you his her its their and but or so which who whose when where while"
    " however also still yet there here"
)
_JOINS = _listed("as after before because if since until although though whether than amid despite with")


def opens_badly(statement: Statement) -> bool:
    """Whether a statement opens with a pronoun or a word that leans on what came before."""
    return statement.words[0] in _LEANS


def unsuited(statement: Statement, report: Annotated) -> float:
    """How little a statement is suited to be quoted by itself: 0 is best.

    Counts loaded and hedging words, those of who is said to say it among them, an opening that leans
    on what came before, too few or too many words, a statement that is not whole or holds no verb.
    """
    loaded = lexicons.words("loaded.txt")
    cost = 2.0 * sum(word in loaded for word in statement.words)
    cost += 2.0 * opens_badly(statement) + 1.0 * (statement.words[0] in _JOINS or statement.words[0].endswith("ing"))
    cost += max(0, 7 - len(statement.words)) * 0.5 + max(0, len(statement.words) - 32) * 0.1
    opening = report.quote(statement.span)[:1]
    cost += 0.0 if opening.isupper() or opening.isdigit() else 0.7
    cost += 1.5 * (not statement.acts)
    if statement.attribution is not None:
        said = report.attributions[statement.attribution]
        words = [w for span in (*said.source, *said.cue) for w in report.quote(span).lower().split()]
        cost += 0.5 + 1.0 * any(word in loaded for word in words)
    return cost


def leans(text: str) -> bool:
    """Whether a sentence opens with a pronoun or a word that leans on what came before.

    >>> leans("He left."), leans("The dam held.")
    (True, False)
    """
    found = _FIRST.search(text)
    return found is not None and found[0].lower() in _LEANS


_FIRST = re.compile(r"[^\W\d_]+")
_NO = frozenset(["not", "n't", "never", "cannot", "no", "nobody", "none", "nothing", "neither"])
_SEEMING = frozenset(["only", "just", "merely", "simply", "until", "unless", "least"])
"""After a "not" these words tell how far it goes, and not that something is not so."""
_NO_REACH = 4


def negated_acts(report: Annotated, one: Statement) -> frozenset[str]:
    """The families of a statement's verbs that a "not" or "no" stands right before."""
    words = report.words[one.sentence] if one.sentence < len(report.words) else ()
    tokens = [(report.quote(w.span).lower().replace("’", "'"), w.pos) for w in words if one.span.holds(w.span)]
    out: set[str] = set()
    for k, (word, pos) in enumerate(tokens):
        if pos != "VERB":
            continue
        for n in range(k - 1, max(-1, k - 1 - _NO_REACH), -1):
            if tokens[n][1] == "VERB" or tokens[n][0] in (",", ";", "and", "but", "or", "that"):
                break
            if tokens[n][0] in _NO and tokens[n + 1][0] not in _SEEMING:
                out.add(kin(fold(word)))
                break
    return frozenset(out)
