"""Frames: what a value is said of, read from the words around it: what was measured, of which thing, by whom.

"A height of 340 miles" and "340 miles away", "a $5,000 fine" and "a $43,000 watch", "lost 60 seats" and
"holds 194 seats" have a unit in common and answer two questions. A time stands with one act of its
sentence: the verb or the noun right before it, and of a verb of telling the telling.

Method: shallow patterns over parts of speech, as in Roy, Vieira and Roth (2015), "Reasoning about
quantities in natural language". Still missed: what stands in the sentence before ("It rose to 340 miles").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from tellings import lexicons
from tellings.collate.statements import fold, kin
from tellings.records import Quantity
from tellings.text import Span

__all__ = ["Frame", "Word", "act_of_time", "frame", "listed", "saying", "subject"]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence: folded, its place, its part of speech, and the first stem of its family."""

    text: str
    span: Span
    pos: str
    stem: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What a number is said of; each "" or False where its words do not tell.

    `measure` is the first word of a line of `[measures]` in `lexicons/values.txt`: "height". `head`
    is the family of the noun that the number measures: "fine" in "a $5,000 fine", "bill" in "a bill of
    $80". `subject` is that of who or what does what the value stands by. `shift` is whether the number
    is one of change: "lost 60 seats", but not "fell to 60 seats".
    """

    measure: str = ""
    head: str = ""
    subject: str = ""
    shift: bool = False


@cache
def listed(head: str) -> frozenset[str]:
    """The words under a head of `lexicons/values.txt`; KeyError if there is no such head."""
    return frozenset(word for line in lexicons.sections("values.txt")[head] for word in line.split())


@cache
def saying() -> frozenset[str]:
    """The families of verbs of telling: what they govern is the telling's day, not the event's."""
    return frozenset(kin(fold(word)) for word in listed("says"))


@cache
def _measures() -> dict[str, str]:
    """For each word of measure the first word of its line."""
    lines = [line.split() for line in lexicons.sections("values.txt")["measures"]]
    return {word: line[0] for line in lines for word in line}


_AHEAD = ("ahead", "advance")
_AT = ("on", "in", "at", "for", "by")
_NAMING = frozenset({"ADJ", "NOUN", "PROPN", "NUM", "DET", "PRON", "PART"})
_REACH, _RUN, _PHRASES, _BESIDE = 3, 5, 3, 2


def frame(words: Sequence[Word], q: Quantity, text: str, verb: int | None) -> Frame:
    """What a number is said of; `verb` is the place among the words of what governs it.

    What a count is of is its noun: it measures nothing and stands before no other.
    """
    span = q.span
    before = [k for k, w in enumerate(words) if w.span.end <= span.start]
    after = [k for k, w in enumerate(words) if w.span.start >= span.end]
    act = words[verb] if verb is not None else None
    measure = head = ""
    if q.kind != "count":
        measure = _measure(words, before, after if q.kind == "measure" else [], text)
        measure = measure or (_measures().get(act.text, "") if act else "")
        head = _measured(words, before) or _head(words, span, after, text)
    shift = _shifted(words, before, after, act)
    return Frame(measure, head, subject(words, verb) if verb is not None else "", shift)


def _shifted(words: Sequence[Word], before: Sequence[int], after: Sequence[int], act: Word | None) -> bool:
    """Whether a number is one of change: "cut 60 jobs", "a cut of 60 jobs", "a 3 percent cut"."""
    at = _of(words, before)
    if (at is not None and words[at].text in listed("shifts")) or any(
        words[k].pos == "NOUN" and words[k].text in listed("shifts") for k in after[:_BESIDE]
    ):
        return True
    if act is None or act.text not in listed("shifts") or not before or act.span.start > words[before[-1]].span.start:
        return False
    between = [words[k] for k in before if words[k].span.start > act.span.start]
    if between and between[-1].text == "by":
        return True  # "cut Medicare by $8 billion"
    return all((w.text in listed("bounds") and w.text not in listed("levels")) or w.pos == "ADV" for w in between)


def _of(words: Sequence[Word], before: Sequence[int]) -> int | None:
    """The word before "of" and a number: "height of more than 340 miles"."""
    at = len(before) - 1
    while at > 0 and words[before[at]].text in listed("bounds"):
        at -= 1
    return before[at - 1] if at > 0 and words[before[at]].text == "of" else None


def _measured(words: Sequence[Word], before: Sequence[int]) -> str:
    """The family of the noun whose number it is: "a bill of $80"."""
    at = _of(words, before)
    if at is None or words[at].pos != "NOUN" or words[at].text in _measures() or words[at].text in listed("sums"):
        return ""
    return words[at].stem


def _measure(words: Sequence[Word], before: Sequence[int], after: Sequence[int], text: str) -> str:
    """What a number measures by the word before "of", or one of the first after it: "340 miles high"."""
    known = _measures()
    at = _of(words, before)
    if at is not None and words[at].text in known:
        return known[words[at].text]
    last: int | None = None
    for k in after[:_REACH]:
        if last is not None and set(text[last : words[k].span.start]) & set(",.;:()"):
            break
        if words[k].text in known:
            return known[words[k].text]
        if words[k].pos in ("VERB", "AUX", "CCONJ"):
            break
        last = words[k].span.end
    return ""


def _head(words: Sequence[Word], span: Span, after: Sequence[int], text: str) -> str:
    """The family of the noun that a number stands right before: "a 48-yard field goal"."""
    end, found = span.end, ""
    for k in after[:_RUN]:
        word = words[k]
        between = text[end : word.span.start]
        if between.strip("-\u2010\u2011 "):
            break
        if between == " " and word.pos not in ("ADJ", "NOUN", "PROPN") and not _modifies(word, text):
            break
        if word.pos == "NOUN":
            found = word.stem
        end = word.span.end
    return found


def _modifies(word: Word, text: str) -> bool:
    """Whether a word that is no adjective may stand before a noun: "a stolen watch", "a gold-plated watch"."""
    joined = text[word.span.end : word.span.end + 1] in ("-", "\u2010", "\u2011")
    return joined or (word.pos == "VERB" and word.text.endswith(("ed", "en")))


def subject(words: Sequence[Word], verb: int) -> str:
    """The family of the noun or name that a verb is told of, the first of "the head of the union"; "" for a pronoun."""
    at = verb - 1
    while at >= 0 and words[at].pos in ("AUX", "ADV", "PART"):
        at -= 1
    for _ in range(_PHRASES):
        if at >= 0 and words[at].text in ("that", "which", "who"):
            at -= 1
        if at < 0 or words[at].pos not in ("NOUN", "PROPN"):
            return ""
        head = words[at].stem
        while at >= 0 and words[at].pos in _NAMING and not (words[at].pos == "PRON" and words[at].text in _RELATIVE):
            at -= 1
        if at < 1 or words[at].pos != "ADP":
            return head
        at -= 1
    return ""


_RELATIVE = ("that", "which", "who")


def act_of_time(words: Sequence[Word], span: Span) -> str | None:
    """The family of the verb or noun that a time stands with where its place tells; else None.

    The verb right before the time has it: "a law enacted last week", "said Monday that she had". So has a noun
    that something else comes before or after: "in advance of his visit to the campus on Friday".
    """
    before = [w for w in words if w.span.end <= span.start]
    while before and (before[-1].pos in ("ADV", "DET") or before[-1].text in _AT):
        before.pop()
    if before and before[-1].pos == "VERB":
        return before[-1].stem
    head = ""
    for _ in range(_PHRASES):
        noun = ""
        while before and before[-1].pos in _NAMING:
            noun = noun or (before[-1].stem if before[-1].pos == "NOUN" else "")
            before.pop()
        if not before:
            return None
        head = noun or head
        if before[-1].text in listed("besides"):
            return head or None
        if before[-1].text not in listed("joining"):
            return None
        if before.pop().text == "of" and before and before[-1].text in _AHEAD:  # "in advance of his visit"
            return head or None
    return None
