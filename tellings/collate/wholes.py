"""Whole tellings: whether a stretch of a report is a statement by itself, and the smallest that is.

A statement can be quoted by itself when somebody does something in it: a noun or pronoun stands
before a finite verb, with no "when" or "that" between what opens it and that verb. A clause that
lacks its subject is quoted from the beginning of its sentence.

Still missed: a past participle after its noun ("a man wounded on Friday") is taken for a verb.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

from tellings.records import Annotated, Collation, EditKind
from tellings.text import Span

__all__ = ["complete", "depths", "relabelled", "telling"]

_SUBJECTS = ("NOUN", "PROPN", "PRON")
_OPENERS = frozenset(
    [
        "when",
        "while",
        "after",
        "before",
        "as",
        "because",
        "that",
        "if",
        "since",
        "until",
        "although",
        "though",
        "whether",
        "where",
        "who",
        "which",
        "and",
        "but",
        "or",
        "so",
        "than",
    ]
)
_LEANING = frozenset(
    [
        "he",
        "she",
        "it",
        "they",
        "them",
        "him",
        "her",
        "its",
        "his",
        "their",
        "this",
        "these",
        "those",
        "us",
        "we",
        "i",
        "you",
    ]
)
_AFTER_TO = ("to", "not")


def _words(report: Annotated, span: Span, sentence: int) -> list[tuple[str, str, Span]]:
    """The words of a span with their parts of speech and places; none where no tagger has read the report."""
    if sentence >= len(report.words):
        return []
    return [
        (report.quote(w.span).lower(), w.pos, w.span)
        for w in report.words[sentence]
        if w.pos != "PUNCT" and span.start <= w.span.start < span.end
    ]


def _stands(words: Sequence[tuple[str, str, Span]]) -> bool:
    """Whether these words have a subject before a finite verb, and nothing opens a clause between."""
    subject = False
    for k, (word, pos, _) in enumerate(words):
        if pos in ("VERB", "AUX") and not word.endswith("ing") and not (k and words[k - 1][0] in _AFTER_TO):
            return subject
        if k and word in _OPENERS and pos != "NOUN":
            return False
        subject = subject or pos in _SUBJECTS
    return False


def complete(report: Annotated, span: Span, sentence: int) -> float:
    """How far a stretch of this sentence is a statement by itself: 1, 0.6 behind a "when" or "that", else 0.

    1 in a headline, and where no tagger has read the report: nothing sure is known of its verbs.
    """
    words = _words(report, span, sentence)
    if not words or not report.quote(report.sentences[sentence].span).rstrip("\"'”’)» ").endswith((".", "!", "?")):
        return 1.0
    tied = words[0][0] in _OPENERS
    while words and words[0][0] in _OPENERS:
        words = words[1:]
    if any(word in _LEANING for word, *_ in words[:1]) or not _stands(words):
        return 0.0
    return 0.6 if tied else 1.0


_LONGEST = 220


def telling(report: Annotated, span: Span, sentence: int) -> Span | None:
    """The smallest stretch around a statement that tells it by itself; None where there is none of a decent length.

    The word that ties it to the clause before ("when", "that") is left away; what lacks its subject
    is taken from the beginning of the sentence, at worst the whole sentence.
    """
    words = _words(report, span, sentence)
    if not words:
        return span
    while words and words[0][0] in _OPENERS:
        words = words[1:]
    whole = report.sentences[sentence].span
    if words and _stands(words):
        # A clause may end within an abbreviation ("4" of "4 a.m.").
        end = _end(report, span)
        return Span(span.report, words[0][2].start, end) if end - words[0][2].start <= _LONGEST else None
    opened = Span(span.report, whole.start, max(span.end, whole.start + 1))
    if len(opened) <= _LONGEST and _stands(_words(report, opened, sentence)):
        return opened
    if len(whole) <= _LONGEST:
        return whole
    return span if len(words) >= _STUB else None


_STUB = 4


def _end(report: Annotated, span: Span) -> int:
    """Where a span ends, or the time in which it ends."""
    at = bisect_left(report.times, span.end, key=lambda t: t.span.start)
    return max(span.end, report.times[at - 1].span.end if at else 0)


def relabelled(c: Collation, kind: EditKind = "label_swap") -> dict[str, list[Span]]:
    """For each report the words that it put in place of those it copied, by edits of this kind, sorted.

    Where more reports print the new words than the old ones, it is the old ones that stand apart.
    """
    old: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    new: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    swaps = [(e.before, e.after) for e in c.edits if e.kind == kind and e.before and e.after]
    labels = {span: c.quote(span).casefold() for two in swaps for span in two}
    for before, after in swaps:
        key = labels[before], labels[after]
        old[key].add(before.report)
        new[key].add(after.report)
    out: defaultdict[str, set[Span]] = defaultdict(set)
    for before, after in swaps:
        key = labels[before], labels[after]
        span = before if len(new[key]) > len(old[key]) + 1 else after
        out[span.report].add(span)
    return {name: sorted(spans) for name, spans in sorted(out.items())}


def depths(c: Collation) -> dict[str, int]:
    """How many copies lie between each report and the one that its origin begins with; 0 for that one."""
    parent = {edge.target: edge.source for origin in c.origins for edge in origin.edges}
    out: dict[str, int] = {}
    for name in sorted(report.id for report in c.reports):
        way: list[str] = []
        at: str | None = name
        while at is not None and at not in out and at not in way:
            way.append(at)
            at = parent.get(at)
        deep = out.get(at, -1) if at is not None else -1
        for one in reversed(way):
            deep += 1
            out[one] = deep
    return out
