"""Carriers: who carries a claim: outlets, origins of the text, and the named sources behind it.

A sentence taken from another origin is counted to that one. A named source is somebody or some body that
the words for a source name as their head: "Mayor Ilse Brandt" and "a statement from the Quay Bank" name
one, "a Quay Bank teller" and "people close to Ilse Brandt" name none, whatever names stand in them. Names
that the story's actors hold to be one (`actors.py`) are one source, by the place where they stand.

Still missed: whom a pronoun stands for where the report's own reading has it wrong; two offices of one body.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from tellings.collate.nouns import lemma, nouns
from tellings.collate.statements import Statement
from tellings.records import SURE, Annotated, Attribution, Carried, Collation, MentionKind, Passage, Said, Support
from tellings.text import Span

__all__ = ["Carriers", "Sources", "roots", "said"]


def roots(c: Collation) -> dict[str, str]:
    """The id of the origin of each report; a report in none of them is one by itself."""
    out = {report.id: f"alone {report.id}" for report in c.reports}
    out.update((name, origin.id) for origin in c.origins for name in origin.reports)
    return out


class Carriers:
    """What is counted for each claim: which outlet, which origin, taken from where."""

    def __init__(self, c: Collation) -> None:
        self.outlet = {r.id: r.report.outlet.value if r.report.outlet else r.id for r in c.reports}
        self.origin = roots(c)
        agency = {name: origin.source is not None for origin in c.origins for name in origin.reports}
        self._agency = {origin.id: origin.source for origin in c.origins if origin.source is not None}
        self._known = {r.id for r in c.reports if r.report.outlet}
        published = {r.id: r.report.published.value if r.report.published else "9" for r in c.reports}
        self._passages: defaultdict[str, list[tuple[int, int, int]]] = defaultdict(list)
        self._owner: list[Span] = []
        for number, passage in enumerate(c.passages):
            self._owner.append(_owner(passage, agency, published))
            for span in passage.spans:
                self._passages[span.report].append((span.start, span.end, number))
        for spans in self._passages.values():
            spans.sort()
        self._longest = {name: max(end - start for start, end, _ in spans) for name, spans in self._passages.items()}

    def carried(self, support: Sequence[Support], *, by_agency: bool = False) -> Carried:
        """How widely these supports tell it.

        With `by_agency` two texts of one agency speak for one origin, and no outlet speaks for more than one:
        an agency that sends two reports of one event is no second witness.
        """
        outlets = {self.outlet[s.span.report] for s in support}
        origins = {self.origin[s.span.report] for s in support}
        taken = {self.origin[(s.copied_from or s.span).report] for s in support}
        if not by_agency:
            return Carried(len(outlets), len(origins), len(taken))
        independent = len({self._agency.get(name, name) for name in taken})
        if all(s.span.report in self._known for s in support):
            independent = min(independent, len(outlets))
        return Carried(len(outlets), len(origins), independent)

    def copied_from(self, one: Statement, told: Sequence[Statement]) -> Span | None:
        """The span in a report of another origin that this statement was taken from, or None.

        It was taken from there if four fifths of it lie in a passage that both share. The span is
        the statement of the same claim in the passage there, or else the whole passage there.
        """
        spans = self._passages.get(one.span.report)
        if not spans:
            return None
        best: tuple[int, int] | None = None
        at = bisect_right(spans, (one.span.end, 0, 0))
        while at > 0:
            at -= 1
            start, end, number = spans[at]
            if start + self._longest[one.span.report] <= one.span.start:
                break
            shared = min(end, one.span.end) - max(start, one.span.start)
            if shared * 5 >= len(one.span) * 4 and (best is None or (shared, -number) > best):
                best = (shared, -number)
        if best is None:
            return None
        owner = self._owner[-best[1]]
        if self.origin[owner.report] == self.origin[one.span.report]:
            return None
        same = [s.span for s in told if s.span.overlap(owner) * 5 >= len(s.span) * 4]
        return min(same, default=owner)


def _owner(passage: Passage, agency: dict[str, bool], published: dict[str, str]) -> Span:
    """The span of the report that a shared passage most likely comes from.

    An agency's copy goes before others, then what was published first, then what is longest: a
    guess where no date is known, as copies are cut more often than they grow.
    """
    return min(
        passage.spans,
        key=lambda s: (not agency.get(s.report, False), published.get(s.report, "9"), -len(s), s),
    )


def said(report: Annotated, attribution: int | None) -> Said | None:
    """Who a report says said it, from its attribution of this index; None where there is none."""
    if attribution is None:
        return None
    found: Attribution = report.attributions[attribution]
    at_spot = " ".join(report.quote(span) for span in found.source)
    return Said(
        source_text=found.speaker.name if found.speaker else at_spot,
        cue_text=" ".join(report.quote(span) for span in found.cue),
        source=found.source[0] if found.source else None,
        through=tuple(report.quote(span) for span in found.through),
    )


# ---------------------------------------------------------------- named sources


def _listed(words: str) -> frozenset[str]:
    """The words of a line."""
    return frozenset(words.split())


_VOICES = _listed(
    "spokesman spokeswoman spokesperson spokespeople representative statement release letter report account post tweet"
    " email e-mail memo announcement testimony document filing"
)
"""What speaks for whom it is of: "a spokesman for the bank", "the bank's statement"."""
_BODIES = _listed(
    "group agency newspaper paper daily company corporation network station channel magazine website site outlet"
    " organisation organization party institute bank broadcaster alliance coalition movement union"
)
"""What may stand behind the name of what it is: "the Quay Watch monitoring group"."""
_OF = frozenset(["of", "for", "by", "from"])
_NOUNS = ("NOUN", "PROPN")
_INSIDE = ("DET", "ADJ", "NUM", "NOUN", "PROPN", "PART", "ADV", "X", "SYM")
"""What stands in a noun phrase up to its head; "PART" is the "'s" of an owner."""
_CAPITAL = re.compile(r"\b[^\W\d_a-z]\w*")
_NAME = re.compile(r"\b[^\W\d_a-z][\w'’-]*")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class _Token:
    """A word of a source: what it reads, its part of speech, its place, the name that it stands in and of what kind."""

    low: str
    pos: str
    span: Span
    named: Span | None
    kind: MentionKind | None


class Sources:
    """The named sources behind claims, each under the name of its actor."""

    def __init__(self, c: Collation) -> None:
        self._reports = {report.id: report for report in c.reports}
        self._sentences = {r.id: [s.span.start for s in r.sentences] for r in c.reports}
        names: dict[str, dict[Span, MentionKind]] = {r.id: {m.span: m.kind for m in r.mentions} for r in c.reports}
        self._actor: dict[tuple[str, str], str] = {}
        self._called: dict[str, str] = {}
        for actor in c.actors:
            for form in actor.forms:
                if _is_name(actor.name) and _is_name(form.form) and _one_name(form.form, actor.name):
                    words = _words(form.form)
                    self._called.setdefault(words, actor.name)
                    for span in form.spans:
                        self._actor.setdefault((span.report, words), actor.name)
                        names[span.report].setdefault(span, actor.kind)
        self._names = {name: sorted(spans.items()) for name, spans in names.items()}
        self._longest = {name: max(map(len, spans), default=0) for name, spans in names.items()}
        self._known: dict[tuple[str, int], str | None] = {}

    def find(self, support: Sequence[Support], told: Sequence[Statement]) -> tuple[str, ...]:
        """The named sources of the supports that surely tell it, each once under its plainest full name, sorted."""
        names: set[str] = set()
        for one, statement in zip(support, told, strict=True):
            if statement.attribution is not None and one.chance >= SURE:
                name = self.name(one.span.report, statement.attribution)
                if name is not None:
                    names.add(name)
        kept: list[str] = []
        for name in sorted(names, key=lambda n: (-len(_CAPITAL.findall(n)), len(n), n)):
            words = set(_WORD.findall(" ".join(_NAME.findall(name)).lower()))
            if words and not any(words <= set(_WORD.findall(other.lower())) for other in kept):
                kept.append(name)
        return tuple(sorted(kept))

    def name(self, report: str, attribution: int) -> str | None:
        """The name of the source of a report's attribution of this index, None where its words name none."""
        key = report, attribution
        if key not in self._known:
            found = self._reports[report].attributions[attribution]
            span = found.speaker.span if found.speaker else found.source[0] if found.source else None
            words = found.speaker.name if found.speaker else self._reports[report].quote(span) if span else ""
            name = self._listed(report, words)
            self._known[key] = name or (None if span is None else self._named(self._tokens(span)))
        return self._known[key]

    def _listed(self, report: str, name: str) -> str | None:
        """The name of the actor of whom a report, or else another, uses this name; None where there is none."""
        words = _words(name)
        return self._actor.get((report, words)) or self._called.get(words)

    def _named(self, tokens: Sequence[_Token]) -> str | None:
        """The name that is the head of a noun phrase, or whose voice or kind the head is."""
        head = _head(tokens)
        if head is None:
            return None
        word = tokens[head]
        if word.named is not None or word.pos == "PROPN":
            return self._name(tokens, head)
        after = tokens[head + 1 :]
        if len(after) > 1 and after[0].low == "," and after[1].named is not None:
            return self._name(tokens, head + 2)  # "the mayor, Ilse Brandt"
        if after and tokens[-1].kind == "person" and _titled(after):
            return self._name(tokens, len(tokens) - 1)
        kind = lemma(word.low)[0]
        before = [k for k, t in enumerate(tokens[:head]) if t.named is not None]
        if kind in _BODIES:
            near = [k for k in before if k >= head - 2 and tokens[k].kind == "organisation"]
            return self._name(tokens, near[-1]) if near else None
        if kind not in _VOICES and word.low != "officials":
            return None
        if after and after[0].low in _OF:
            return self._named(after[1:])
        owners = [k for k in before if k == head - 1 or tokens[k + 1].low in _OWNS]
        if not owners or (word.low == "officials" and tokens[owners[-1]].kind != "organisation"):
            return None
        return self._name(tokens, owners[-1])

    def _name(self, tokens: Sequence[_Token], at: int) -> str | None:
        """The name of the actor of the name that a word stands in, or that name; None where it is a group's."""
        word = tokens[at]
        report = self._reports[word.span.report]
        if word.kind == "group":
            return None
        span = word.named
        if span is None:
            first = at
            while first > 0 and tokens[first - 1].pos == "PROPN" and tokens[first - 1].named is None:
                first -= 1
            span = Span(word.span.report, tokens[first].span.start, word.span.end)
        found = report.quote(span)
        if not _is_name(found):
            return None
        words = found.split()
        offices = range(len(words) if word.kind == "person" else 1)  # "Harbour Master Ilse Brandt" is Ilse Brandt
        return next((name for k in offices if (name := self._listed(report.id, " ".join(words[k:])))), found)

    def _tokens(self, span: Span) -> list[_Token]:
        """The words of a span, those of the sentence in which it begins."""
        report = self._reports[span.report]
        number = bisect_right(self._sentences[span.report], span.start) - 1
        words = report.words[number] if 0 <= number < len(report.words) else ()
        out: list[_Token] = []
        for word in words:
            if span.holds(word.span):
                named, kind = self._around(word.span)
                out.append(_Token(report.quote(word.span).lower(), word.pos, word.span, named, kind))
        return out

    def _around(self, word: Span) -> tuple[Span | None, MentionKind | None]:
        """The longest name that a word stands in, and its kind."""
        names, longest = self._names[word.report], self._longest[word.report]
        best: tuple[Span | None, MentionKind | None] = (None, None)
        k = bisect_right(names, word.start, key=lambda item: item[0].start)
        while k > 0 and names[k - 1][0].start + longest > word.start:
            k -= 1
            span, kind = names[k]
            if span.holds(word) and (best[0] is None or len(span) > len(best[0])):
                best = span, kind
        return best


_OWNS = ("'s", "’s", "'", "’")


def _words(text: str) -> str:
    """The words of a name, without case and signs."""
    return " ".join(_WORD.findall(text.lower()))


def _is_name(words: str) -> bool:
    """Whether a phrase is a name: its last word has a capital letter, and it is no noun for people ("Critics")."""
    last = words.split()[-1:]
    if not last or not _CAPITAL.search(last[0]):
        return False
    return " " in words or nouns().kind.get(lemma(words.lower())[0]) not in ("person", "group")


def _one_name(form: str, name: str) -> bool:
    """Whether a form is a way of writing this name: a capital word of it, or its initials."""
    mine, its = ([word.lower() for word in _CAPITAL.findall(x)] for x in (form, name))
    initials = "".join(word[0] for word in its)
    return any(len(word) > 2 and word in its for word in mine) or any(
        len(w) > 1 and initials.startswith(w) for w in mine
    )


def _head(tokens: Sequence[_Token]) -> int | None:
    """The number of the head of the noun phrase that opens here: its last noun, no preposition or sign before it.

    "The Hedby-based bank" goes on; a last word taken for a verb is a noun as well ("the Quay Radio host").
    """
    head: int | None = None
    for k, token in enumerate(tokens):
        part = token.pos == "VERB" and token.low.endswith(("ed", "ing"))
        last = k == len(tokens) - 1 and token.pos in ("VERB", "ADP") and not part
        if token.named is not None or token.pos in _NOUNS or last:
            head = k
        elif token.low in _HYPHENS or (
            part and (head is None or token.low == "based" or tokens[k - 1].low in _HYPHENS)
        ):
            continue
        elif token.pos not in _INSIDE and (head is not None or token.pos in ("VERB", "ADP", "PRON")):
            break
    return head


_HYPHENS = ("-", "–", "‐", "‑")


def _titled(after: Sequence[_Token]) -> bool:
    """Whether what stands behind a noun goes on to the name of who it is: "(chief) of staff Ilse Brandt"."""
    first = next(k for k, t in enumerate(after) if t.named == after[-1].named)
    plain = all(t.pos in _INSIDE or (t.pos == "ADP" and t.low in _OF) or t.low == "and" for t in after[:first])
    return plain and first > 0 and after[first - 1].pos == "NOUN" and after[first - 1].named is None
