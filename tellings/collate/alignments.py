"""Sentences as they are compared: folded words, what each word is worth as evidence, aligned pairs.

Passages, origins and edits all look at text through these lines. A line is one sentence with its
words folded by `View`; a word that is somebody's quoted words is marked, because two reports
that quote one statement have not thereby copied from each other. What a shared word is worth
falls with how common it is in news at large (counts in `lexicons/background.txt`), with how
often this story uses it, and is small for names and numbers: every report of an event has them.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from tellings.records import Annotated
from tellings.text import Span, View, merge

__all__ = ["Line", "Weights", "blocks", "lines", "quotations", "rarity"]

LONGEST = 120
"""A line holds at most so many words; what claims to be a longer sentence is cut into pieces."""

_NAME = 0.2  # names, numbers and lone letters stand in every report of an event
_NUMBER = 0.4
_LETTER = 0.2
# Not "us" and "mine": folded, they are also the country and the pit.
_FIRST = frozenset(["i", "i'm", "i've", "i'll", "i'd", "we", "we're", "we've", "we'll", "we'd", "my", "our", "me"])
_HOUSE = frozenset(["we", "we're", "we've", "we'll", "we'd", "our"])
_TURN = re.compile(r"^[A-Z][A-Z .,'-]{2,60}:", re.MULTILINE)
_QUOTED = re.compile(r'"[^"\n\r]{2,1500}"')
_SINGLE = re.compile(r"(?<![\w'])'(?=\w)(?:[^\n\r\"']|(?<=\w)'(?=\w)){12,1200}'(?!\w)")
_OPEN = re.compile(r'(?:^|(?<=[\s(:,-]))"(?=[\w\'(.$])[^"\n\r]*$', re.MULTILINE)
_POST = re.compile(r"(?<!\w)[@#]\w+|\bpic\.twitter\b|https?://t\.co\b|\(@")


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence as compared.

    `report` counts the reports and `number` the lines of one report. `starts` and `ends` are the
    words' places in the report's text, `quoted` tells which of them stand in a quotation,
    `capital` which begin with a capital letter.
    """

    report: int
    number: int
    paragraph: int
    span: Span
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    quoted: tuple[bool, ...]
    capital: tuple[bool, ...]

    def stretch(self, first: int, last: int) -> Span:
        """The span from the word `first` up to and with the word `last`."""
        return Span(self.span.report, self.starts[first], self.ends[last])


@cache
def _frequencies() -> tuple[Mapping[str, int], int]:
    """How many articles hold each common word, and how many articles were counted."""
    counts: dict[str, int] = {}
    articles = 1000
    for row in (files("tellings.lexicons") / "background.txt").read_text(encoding="utf-8").splitlines():
        if row.startswith("#"):
            continue
        word, count = row.split("\t")[:2]
        if word == "articles" and not counts:
            articles = int(count)
        else:
            counts[word] = int(count)
    return counts, articles


@lru_cache(maxsize=1 << 16)
def rarity(word: str) -> float:
    """How rare a folded word is in news at large: near 0 for "the", 1 for what is seldom seen.

    >>> rarity("the") < rarity("government") < rarity("hovercraft")
    True
    """
    if word in {"a", "i"}:
        return 0.1  # the counts hold no words of one letter
    counts, articles = _frequencies()
    rare = math.log((articles + 1) / max(1, counts.get(word, 1))) / math.log(articles / 10)
    return 0.1 + 0.9 * max(0.0, min(1.0, rare))


def quotations(view: View, more: Iterable[Span] = ()) -> tuple[Span, ...]:
    """The stretches of a report that are quoted words: inside quotation marks, or in `more`.

    A quotation mark that opens and is not closed on its line holds to the end of the line, as in
    a statement of several paragraphs.

    >>> quotations(View("a", 'He said: "We will not go." He left.'))
    (Span(report='a', start=9, end=26),)
    """
    text = view.text
    found = [m.span() for m in _QUOTED.finditer(text)]
    found += [m.span() for m in _SINGLE.finditer(text)]
    for line in re.finditer(r"[^\n\r]+", text):
        if line.group().count('"') % 2:
            last = _OPEN.search(line.group())
            if last:
                found.append((line.start() + last.start(), line.end()))
    return merge([*(view.original(a, b) for a, b in found), *more])


def lines(reports: Sequence[Annotated]) -> tuple[tuple[Line, ...], ...]:
    """The lines of each report, in the order of the reports and of their text.

    What was removed from a report is not compared. Words quoted in any report count as quoted in
    all of them, where four in a row are the same; so do the words of a post and of a sentence in
    the first person, which a page often shows without quotation marks. A report may itself be the
    statement, a house's notice of its own: what others quote from that they took from it, and is not quoted.
    """
    raw = [_read(number, report) for number, report in enumerate(reports)]
    said: set[tuple[str, ...]] = set()
    own: set[tuple[str, ...]] = set()
    statements = [_statement(one, report.report.text) for one, report in zip(raw, reports, strict=True)]
    for one, statement in zip(raw, statements, strict=True):
        for line in one:
            if statement:
                own.update(gram for _, gram in _grams(line.words, 4))
            else:
                said.update(gram for at, gram in _grams(line.words, 4) if all(line.quoted[at : at + 4]))
    return tuple(
        tuple(one if statement else (_mark(line, said, own) for line in one))
        for one, statement in zip(raw, statements, strict=True)
    )


def _statement(many: Sequence[Line], text: str) -> bool:
    """Whether a report is itself what others quote: a house speaks in it of itself ("we", "our") and quotes nobody.

    A talk that is printed turn by turn is none.
    """
    total = sum(len(line.words) for line in many)
    spoken = sum(
        len(line.words)
        for line in many
        if any(word in _HOUSE and not mark for word, mark in zip(line.words, line.quoted, strict=True))
    )
    said = sum(sum(line.quoted) for line in many)
    return 4 * spoken >= total > 20 * said and len(_TURN.findall(text)) <= 1


def _grams(words: Sequence[str], size: int) -> Iterable[tuple[int, tuple[str, ...]]]:
    """Every run of `size` words with its place."""
    return ((at, tuple(words[at : at + size])) for at in range(len(words) - size + 1))


def _mark(line: Line, said: set[tuple[str, ...]], own: set[tuple[str, ...]]) -> Line:
    """The line with the words marked that another report, or its first person, shows to be quoted.

    Words of `own`, which stand in a report that is a statement, are marked nowhere.
    """
    quoted = list(line.quoted)
    for at, gram in _grams(line.words, 4):
        if gram in said:
            quoted[at : at + 4] = [True] * 4
    if any(word in _FIRST and not mark for word, mark in zip(line.words, quoted, strict=True)):
        quoted = [True] * len(quoted)
    if own:
        for at, gram in _grams(line.words, 4):
            if gram in own:
                quoted[at : at + 4] = [False] * 4
    return Line(
        line.report, line.number, line.paragraph, line.span,
        line.words, line.starts, line.ends, tuple(quoted), line.capital,
    )  # fmt: skip


def _read(number: int, report: Annotated) -> list[Line]:
    """The lines of one report, with the words marked that it quotes itself."""
    text = report.report.text
    view = View(report.id, text)
    removed = [r.span for r in report.removed]
    direct = [span for a in report.attributions if a.manner == "direct" for span in a.content]
    marks = quotations(view, direct)
    out: list[Line] = []
    mark = gone = 0
    for sentence in report.sentences:
        while gone < len(removed) and removed[gone].end <= sentence.span.start:
            gone += 1
        if gone < len(removed) and 2 * removed[gone].overlap(sentence.span) > len(sentence.span):
            continue
        found = view.words([sentence.span])
        post = _POST.search(sentence.span.cut(text)) is not None
        for part in range(0, len(found), LONGEST):
            piece = found[part : part + LONGEST]
            quoted: list[bool] = []
            for _, span in piece:
                while mark < len(marks) and marks[mark].end <= span.start:
                    mark += 1
                quoted.append(post or (mark < len(marks) and marks[mark].start <= span.start))
            whole = sentence.span if len(found) <= LONGEST else piece[0][1].join(piece[-1][1])
            out.append(
                Line(
                    number, len(out), sentence.paragraph, whole,
                    tuple(word.removesuffix("'s") for word, _ in piece),
                    tuple(span.start for _, span in piece),
                    tuple(span.end for _, span in piece),
                    tuple(quoted),
                    tuple(text[span.start].isupper() for _, span in piece),
                )
            )  # fmt: skip
    return out


class Weights:
    """What a shared word is worth as evidence of a shared text, within one story.

    `distinct` are the story's lines, near copies counted once: otherwise a text printed by a
    thousand outlets would make its own words common.
    """

    def __init__(self, distinct: Iterable[Line]) -> None:
        """Count in how many distinct lines each word stands, and how often it bears a capital."""
        self._uses: Counter[str] = Counter()
        capital: Counter[str] = Counter()
        small: Counter[str] = Counter()
        for line in distinct:
            self._uses.update(set(line.words))
            # The first word of a sentence or quotation bears a capital anyway.
            for at in range(1, len(line.words)):
                if line.quoted[at] == line.quoted[at - 1]:
                    (capital if line.capital[at] else small)[line.words[at]] += 1
        self._names = {word for word, count in capital.items() if count >= 4 * small[word]}
        self._known: dict[str, float] = {}

    def of(self, word: str) -> float:
        """The word's worth: 0 to 1."""
        worth = self._known.get(word)
        if worth is None:
            worth = rarity(word) * math.sqrt(2 / max(2, self._uses[word]))
            if word[0].isdigit():
                worth *= _NUMBER
            elif len(word) == 1:
                worth *= _LETTER
            elif word in self._names:
                worth *= _NAME
            self._known[word] = worth
        return worth

    def name(self, word: str) -> bool:
        """Whether the story writes the word with a capital within sentences."""
        return word in self._names


def blocks(first: Sequence[str], second: Sequence[str]) -> list[tuple[int, int, int]]:
    """The runs of words that stand in both in the same order: place in each, and length.

    They are the longest common subsequence, by rapidfuzz.

    >>> blocks("a long way to go".split(), "a very long way".split())
    [(0, 0, 1), (1, 2, 2)]
    """
    from rapidfuzz.distance import LCSseq

    return [(b.a, b.b, b.size) for b in LCSseq.opcodes(first, second).as_matching_blocks() if b.size]
