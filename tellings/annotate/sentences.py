"""Sentences of a report, with exact offsets.

A line of the text is the unit: a headline, a caption and a list item stand alone there. Inside
a line a stop ends a sentence unless the word before it is an abbreviation (the lists stand in
`lexicons/sentence_ends.txt`), an initial or a number, or what follows carries the sentence on.
The method is that of Punkt's second stage (Kiss and Strunk 2006: what kind of token stands
before the stop, and whether the word after it opens sentences), with written lists instead of
counts, so that a sentence never depends on the rest of the text. Libraries (pysbd, syntok,
blingfire) were measured on the same texts: none is better, one is unmaintained, one loses offsets.

Still missed: a sentence that ends in an abbreviation before a name ("moved to the U.S. Smith
stayed" stays whole), and stops without a space after them where the next word is short.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from importlib.resources import files
from itertools import pairwise

from tellings.annotate.credits import picture_credits
from tellings.records import Annotated, Sentence
from tellings.text import Span, complement

__all__ = ["cut", "find"]

_CLOSERS = "\"'”’»)]}›"
_OPENERS = "\"'“‘«([{‹—–-•*"
_DASHES = ("-", "--", "–", "—")  # "ERIE, Pa. — The river rose": a dateline stays with its sentence
# A run of stops, the quotes or brackets that close after it, and the gap. The runs are bounded
# so that a page of dots costs no more than its length.
_STOP = re.compile(
    rf"(?P<stop>[.!?…。]{{1,12}})(?P<close>[{re.escape(_CLOSERS)}]{{0,4}})"
    r"(?P<gap>[^\S\n]+|(?<=[a-z][.!?])(?=[A-Z][a-z])|(?<=[a-z][.!?][”\"])(?=[A-Z“][a-z]))"
)
_GAP = re.compile(r"[^\S\n]+(?P<bullet>[•·▪●■◆►▶|][^\S\n]+)?")
_LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_TOKEN = re.compile(r"[^\s\"“”‘«»()\[\]{}—–,;:/]*\Z")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_HAS_WORD = re.compile(r"[^\W_]")
_SPEAKER_GOES_ON = re.compile(r"(?:[A-Z][\w.’'-]*[ \u00a0]){1,4}([a-z]+)\b")
_INITIAL = re.compile(r"[A-Z]\.(?=[ \u00a0]?[A-Z])")
_LONGEST = 2500  # a line without a stop is cut at a blank: what reads sentences may be quadratic in them


@cache
def _lexicon() -> dict[str, frozenset[str]]:
    """The word lists by the name of their section."""
    out: dict[str, set[str]] = {}
    section: set[str] = set()
    for line in files("tellings.lexicons").joinpath("sentence_ends.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            section = out.setdefault(line.strip("[] "), set())
        elif not line.startswith("#"):
            section.update(line.split())
    return {name: frozenset(words) for name, words in out.items()}


def find(a: Annotated) -> tuple[Sentence, ...]:
    """The sentences of what is not removed, in reading order.

    Every sentence holds a letter or a digit and neither begins nor ends with a blank. None
    crosses a removed stretch or a blank line; one crosses a line break only where the text is
    wrapped at a fixed width. `paragraph` counts the paragraphs that hold a sentence.
    """
    text = a.report.text
    out: list[Sentence] = []
    paragraph = -1
    for part in complement(a.id, len(text), [r.span for r in a.removed]):
        for start, end in _paragraphs(text, part.start, part.end):
            fresh = True
            for s, e in cut(text, start, end):
                paragraph += fresh
                fresh = False
                out.append(Sentence(Span(a.id, s, e), paragraph))
    return tuple(out)


def cut(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Where the sentences of one paragraph stand, `text[start:end]`, which is read as one line.

    >>> line = "Gen. J. Roe left the U.S. Army at 5 a.m. on Jan. 3. “Why?” he asked. It was 2.5 km."
    >>> [line[s:e] for s, e in cut(line)]
    ['Gen. J. Roe left the U.S. Army at 5 a.m. on Jan. 3.', '“Why?” he asked.', 'It was 2.5 km.']
    """
    end = len(text) if end is None else end
    edges = [start]
    for m in _STOP.finditer(text, start, end):
        if _ends(text, edges[-1], m, end):
            edges.append(m.end())
    # The credit of a picture is not read together with the words behind it.
    credits_end = [c.end for c in picture_credits("", text, start, end) if c.end < end]
    edges = sorted({*edges, *credits_end, end}) if credits_end else [*edges, end]
    breaks = [m.span() for m in _GAP.finditer(text, start, end) if _parts(m, end)]
    starts = [s for s, _ in breaks]
    out: list[tuple[int, int]] = []
    for s, e in pairwise(edges):
        at = s
        for left, right in breaks[bisect_right(starts, s - 1) : bisect_right(starts, e - 1)]:
            out += _whole(text, at, left)
            at = right
        out += _whole(text, at, e)
    return out


def _parts(gap: re.Match[str], limit: int) -> bool:
    """Whether a gap in a line parts two items: a bullet, two tabs, or four blanks with words behind them."""
    blanks = gap.group()
    behind = gap.end() < limit and gap.string[gap.end()] != "\n"
    return bool(gap["bullet"]) or "\t\t" in blanks or (len(blanks) >= 4 and behind)


def _whole(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """One stretch without the blanks around it, in pieces if it is far too long; [] without a word."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    out: list[tuple[int, int]] = []
    while end - start > _LONGEST:
        at = text.rfind(" ", start + 1, start + _LONGEST)
        at = at if at > start else start + _LONGEST
        out += _whole(text, start, at)
        start = at
        while start < end and text[start].isspace():
            start += 1
    if _HAS_WORD.search(text, start, end):
        out.append((start, end))
    return out


def _ends(text: str, begin: int, stop: re.Match[str], limit: int) -> bool:
    """Whether the stop ends the sentence that began at `begin`."""
    after = stop.end()
    if after >= limit:
        return False  # the line ends here anyway
    opened = after
    while opened < limit and opened < after + 4 and (text[opened] in _OPENERS or text[opened].isspace()):
        opened += 1
    follows = text[opened] if opened < limit else ""
    if follows.islower():
        # "What?" he asked; an ellipsis inside a sentence. A brand that begins small is missed.
        return False
    marks, close = stop["stop"], stop["close"]
    if "!" in marks or "?" in marks:
        said = _SPEAKER_GOES_ON.match(text, opened, limit) if close else None
        return not (said and opened == after and said[1] in _lexicon()["speech"])
    if len(marks) > 1 or marks in "…。":
        return True
    return not _carries_on(text, begin, stop.start(), opened, limit, closed=bool(close))


def _carries_on(text: str, begin: int, at: int, opened: int, limit: int, *, closed: bool) -> bool:
    """Whether the full stop at `at` belongs to an abbreviation, an initial or a list's number."""
    found = _TOKEN.search(text, max(begin, at - 24), at)
    token = found.group().lstrip("'’‘*-•") if found else ""
    follows = _WORD.match(text, opened, limit)
    then = follows.group().lower().replace("’", "'") if follows else ""
    if not token:
        return False
    words = _lexicon()
    low = token.lower()
    low = last if (last := low.rpartition("-")[2]) in words["before"] else low  # "then-Rep."
    if opened == at + 1 and not (token.isalpha() and (token.islower() or then in words["opener"]) and low != "www"):
        return True  # no blank: an address or a file's name, unless both sides look like sentences
    if token.isdigit() and len(token) < 3 and not _HAS_WORD.search(text, begin, at - len(token)):
        return True  # "1. Keep calm": the number of a list's item
    known = token[0].isupper() or low in words["small"]
    if low in words["number"] and then[:1].isdigit() and known:
        return True
    opens = (then in words["opener"] or closed) and text[at + 1 : at + 3].strip() not in _DASHES
    if low in words["before"] and known:
        return not closed
    if len(token) == 1 and token.isalpha():
        # An initial; but "it was I." and "so did a." end where an opener follows. "C. A. Roe" has two.
        return token.isupper() and (not opens or _INITIAL.match(text, opened) is not None)
    if (low in words["either"] and known) or re.fullmatch(r"(?:[a-z]\.)+[a-z]", low):
        return not opens
    return False


def _paragraphs(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The lines of a stretch, joined where the text is wrapped at a fixed width."""
    lines = [m.span() for m in _LINE.finditer(text, start, end)]
    if len(lines) < 3:
        return lines
    joins = _wrapped(text, lines)
    out: list[tuple[int, int]] = []
    for number, (s, e) in enumerate(lines):
        if number and joins[number]:
            out[-1] = (out[-1][0], e)
        else:
            out.append((s, e))
    return out


def _wrapped(text: str, lines: list[tuple[int, int]]) -> list[bool]:
    """For each line whether it goes on from the line before.

    A text is wrapped if at least half of its neighbouring lines break inside a sentence (no stop
    before, a small letter after) and no line is longer than any typist's. Lists and poems, whose
    lines begin with capitals, are not.
    """
    out = [False] * len(lines)
    near = [False] * len(lines)
    inside = pairs = 0
    longest = 0
    for number, (s, e) in enumerate(lines):
        longest = max(longest, e - s)
        if number:
            last = lines[number - 1][1]
            near[number] = len(_BREAK.findall(text, last, s)) == 1
            if near[number]:
                pairs += 1
                inside += text[s].islower() and text[last - 1] not in ".!?:"
    if pairs < 3 or longest > 120 or inside * 3 < pairs:
        return out
    for number in range(1, len(lines)):
        s, e = lines[number - 1]
        out[number] = near[number] and e - s > longest * 0.6
    return out
