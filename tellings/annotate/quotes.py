"""Where a report quotes: stretches between quotation marks, also over several paragraphs.

Curly and straight marks, double and single. A paragraph that opens a quotation and does not
close it is quoted to its end, and where the next one opens with a mark too, it goes on: so
newspapers print long statements. A title in marks or a single word ("the so-called 'Dome'")
is no speech; `Quote.words` lets the reader decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tellings.records import Annotated
from tellings.text import Span, complement

__all__ = ["Quote", "stretches"]

_OPEN_DOUBLE = "“„«"
_CLOSE_DOUBLE = "”»"
_MARK = re.compile("[\"“”„«»]|''|``|['‘’]")
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_LONGEST_SINGLE = 600
"""A single mark that is closed further away than this is an apostrophe."""


@dataclass(frozen=True, slots=True)
class Quote:
    """One quoted stretch, marks included.

    `words` counts its words; `ends` is whether a mark closes it; `follows` whether it carries on
    a quotation that the paragraph before left open.
    """

    span: Span
    words: int
    ends: bool
    follows: bool


def _opens(text: str, start: int, end: int) -> bool:
    """Whether a straight mark stands where one opens: after a blank or bracket, before a word."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return (before.isspace() or before in "([{-–—/…:>“‘\"'") and not after.isspace()


def _single_end(text: str, start: int, limit: int) -> int | None:
    """Where a single-marked quotation that starts at `start` closes: after its mark; None if nowhere.

    A closing mark stands after a point or comma, or after a word that is no plural in s.
    """
    spare: int | None = None
    for at in range(start + 1, min(limit, start + _LONGEST_SINGLE)):
        char = text[at]
        if char in '“”"':
            break
        if char not in "'’":
            continue
        after = text[at + 1] if at + 1 < len(text) else " "
        if after.isalnum():
            continue
        before = text[at - 1]
        if before in ".,!?…;" or not (before.isspace() or before == "s"):
            return at + 1
        if before == "s" and spare is None:
            spare = at + 1
    return spare


def _line(text: str, start: int, end: int, carried: bool) -> Iterator[tuple[int, int, bool, bool]]:
    """The quoted stretches of one line: start, end, closed, carried on."""
    open_at: int | None = None
    follows = False
    skip = start
    for m in _MARK.finditer(text, start, end):
        a, b = m.span()
        if a < skip:
            continue
        mark = m.group()
        if mark in ("'", "‘", "’"):
            if open_at is not None or mark == "’":
                continue
            if not _opens(text, a, b) or not (b < end and (text[b].isalpha() or text[b] in "…[")):
                continue
            close = _single_end(text, a, end)
            if close is not None:
                yield a, close, True, False
                skip = close
            continue
        opening = mark in _OPEN_DOUBLE or (mark in ('"', "''", "``") and open_at is None)
        if opening and open_at is None:
            if mark in ('"', "''") and not _opens(text, a, b):
                continue  # inches, or a closing mark whose opening is lost
            open_at, follows = a, carried and not text[start:a].strip()
        elif open_at is not None and (mark in _CLOSE_DOUBLE or (mark in ('"', "''") and not _opens_again(text, a, b))):
            yield open_at, b, True, follows
            open_at = None
    if open_at is not None:
        yield open_at, end, False, follows


def _opens_again(text: str, start: int, end: int) -> bool:
    """Whether a straight mark inside a quotation plainly opens one: a blank before, a letter after."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return before.isspace() and after.isalnum()


def stretches(a: Annotated) -> tuple[Quote, ...]:
    """The quoted stretches of a report outside what was removed, sorted, without overlap.

    An unclosed mark quotes to the end of its line.
    """
    text = a.report.text
    out: list[Quote] = []
    carried = False
    for part in complement(a.id, len(text), [r.span for r in a.removed]):
        for line in _LINE.finditer(text, part.start, part.end):
            start, end = line.span()
            while end > start and text[end - 1].isspace():
                end -= 1
            if start == end:
                continue
            carries = False
            for at, to, closed, follows in _line(text, start, end, carried):
                if to - at < 3:  # nothing stands between the marks
                    continue
                out.append(Quote(Span(a.id, at, to), len(_WORD.findall(text, at, to)), closed, follows))
                carries = not closed
            carried = carries
    return tuple(out)
