"""Words of each sentence, with their universal parts of speech.

Tokens follow Universal Dependencies for English: clitics stand alone ("n't", "'s"), hyphens
split words but not prefixes ("anti-war"), numbers with their points, commas and letters stay
whole ("1,880", "5.10am"), so do abbreviations ("U.S.", "Gov."). Tags come from a linear-chain
CRF (Lafferty, McCallum and Pereira 2001) over word forms, affixes, shapes and neighbours;
`training/words.py` makes its file, `training/CARD-words.md` says from what.

Headlines in capitals or Title Case tell nothing by their case; the model is told which
sentences are such, and was trained on copies of sentences set in both ways. Still missed: a
verb that is also a name in a Title Case headline, and clitics glued without an apostrophe.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import as_file, files
from typing import Any

from tellings.records import Annotated, Word
from tellings.text import Span

__all__ = ["case_of", "features", "find", "plain", "shape", "split", "tag"]

_ZERO = "\u00ad\u200b\u200c\u200d\u2060\ufeff"  # characters without width: inside a word they belong to it
_L = rf"(?:[^\W\d_][\u0300-\u036f{_ZERO}]*)"  # a letter with its marks
_END = r"(?![^\W_])"
_PREFIX = (
    "anti|co|counter|e|eco|ex|inter|mid|mini|multi|neo|non|over|post|pre|pro|re|self|semi|socio|sub|super|ultra|un"
)
_CLITIC = rf"['’](?:s|S|ll|LL|re|RE|ve|VE|d|D|m|M){_END}"
_NOT = rf"[nN]['’][tT]{_END}"
_MOST = 600  # words tagged at once: longer "sentences" (lists, tables) are tagged in pieces


def _lines(name: str) -> list[str]:
    """The entries of a word list, in its order, without its notes."""
    text = files("tellings.lexicons").joinpath(name).read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


@cache
def _pattern() -> re.Pattern[str]:
    """The one expression that finds the next word; every alternative is linear in what it reads."""
    short = _lines("abbreviations.txt")
    abbreviations = "|".join(sorted({*short, *(word.upper() for word in short)}, key=lambda w: (-len(w), w)))
    return re.compile(
        rf"""
          (?:https?://|www\.)[^\s<>"“”]{{1,2000}}(?<![.,;:!?)\]'’])         # addresses
        | [\w.+-]{{1,64}}@[\w-]{{1,64}}(?:\.[\w-]{{1,64}})+
        | (?:[^\W\d_]\.){{1,8}}[^\W\d_](?![^\W_]|\.) | (?:[^\W\d_]\.){{2,8}}  # U.S, U.S., a.m.
        | (?:{abbreviations})\.(?![^\W_])
        | [A-Z]\.(?=\s?[^\W\d_])                                            # an initial
        | [@#][^\W_]\w{{0,139}}
        | [A-Z]{{1,4}}&[A-Z]{{1,4}}{_END}
        | \d+(?:[.,:/]\d+)*(?:{_L}{{1,12}}{_END})?                          # 1,880 5.10am 1990s 3rd
        | (?i:can)(?=(?i:not){_END})
        | {_NOT}
        | {_CLITIC}
        | (?i:{_PREFIX})-{_L}+(?=['’]|{_END})
        | {_L}+?(?={_NOT})
        | (?:{_L}|\d)+(?:\.(?:com|org|net|gov|edu|co|uk|io|tv|ru|de|fr){_END})+
        | (?:{_L}|\d)+(?:(?!{_CLITIC}|['’][tT]{_END})['’](?:{_L}|\d)+)*
        | \.{{2,}} | -{{2,}} | _+ | [*=~]{{2,}} | [!?]{{2,}} | `` | ''
        | [^\s{_ZERO}]
        """.replace("[@#]", r"[@\#]"),
        re.VERBOSE,
    )


def split(text: str) -> list[tuple[int, int]]:
    """Where the words of a sentence lie in it: half-open offsets, in order, none empty.

    Every character but blank and zero-width ones stands in exactly one word.

    >>> text = "Gov. O'Neil’s aides couldn't say, at 5.10am, if 1,880 U.S.-led troops left."
    >>> [text[a:b] for a, b in split(text)][:10]
    ['Gov.', "O'Neil", '’s', 'aides', 'could', "n't", 'say', ',', 'at', '5.10am']
    >>> [text[a:b] for a, b in split(text)][10:]
    [',', 'if', '1,880', 'U.S.', '-', 'led', 'troops', 'left', '.']
    """
    return [match.span() for match in _pattern().finditer(text)]


_PLAIN = str.maketrans({
    **dict.fromkeys("’‘`´ʼ", "'"),
    **dict.fromkeys("“”„«»", '"'),
    **dict.fromkeys("–—―−‐‑", "-"),
    **dict.fromkeys(_ZERO, None),
})  # fmt: skip
_DIGITS = re.compile(r"\d")
_RUNS = re.compile(r"(.)\1+")


@lru_cache(maxsize=1 << 16)
def plain(word: str) -> str:
    """The word as the model knows it: quotes and dashes plain, nothing without width, digits as 0."""
    return _DIGITS.sub("0", word.translate(_PLAIN)[:64]) or "_"


@lru_cache(maxsize=1 << 16)
def shape(word: str) -> str:
    """The outline of a word: X, x, 0 for capitals, small letters and digits, runs shortened.

    >>> shape("McDonald"), shape("F-16s"), shape("U.S.")
    ('XxXx', 'X-0x', 'X.X.')
    """
    out = "".join("0" if c.isdigit() else "X" if c.isupper() else "x" if c.isalpha() else c for c in word[:40])
    return _RUNS.sub(r"\1", out)


def case_of(words: Sequence[str]) -> str:
    """What case tells in a sentence: "n" as usual, "T" little (Title Case), "U" nothing (all capitals).

    >>> [case_of(text.split()) for text in ("Dam Breaks After Storm", "DAM BREAKS AFTER STORM", "Dam breaks")]
    ['T', 'U', 'n']
    """
    long = [word for word in words if len(word) > 3 and word.isalpha()]
    if len(long) < 2:
        return "n"
    upper = sum(word.isupper() for word in long)
    if upper >= 0.8 * len(long) and len(long) > 2:
        return "U"
    if len(long) > 2 and sum(word[0].isupper() for word in long) >= 0.75 * len(long):
        return "T"
    return "n"


@lru_cache(maxsize=1 << 16)
def _of_word(word: str, case: str) -> tuple[tuple[str, ...], str, str, str]:
    """Features of a word by itself, then its folded form, its outline and its last three letters."""
    word = plain(word)
    low = word.lower()
    outline = "U" if case == "U" else case + shape(word)
    out = ["w=" + low, "s=" + outline, "1=" + low[-1:], "2=" + low[-2:], "3=" + low[-3:]]
    if len(low) > 4:
        out += ["4=" + low[-4:], "p=" + low[:3], "sx=" + outline + low[-2:]]
    if len(low) > 6:
        out += ["5=" + low[-5:], "q=" + low[:5]]
    if "-" in low[1:-1]:
        out.append("h=" + low.rsplit("-", 1)[1])
    return tuple(out), low, outline, low[-3:]


def features(words: Sequence[str]) -> list[list[str]]:
    """What the model sees of each word of one sentence."""
    case = case_of(words)
    seen = [_of_word(word, case) for word in words]
    edge = ((), "|", "|", "|")
    padded = [edge, edge, *seen, edge, edge]
    out: list[list[str]] = []
    for at, (own, low, outline, _) in enumerate(seen):
        _, back2, _, _ = padded[at]
        _, back, back_outline, back_end = padded[at + 1]
        _, ahead, ahead_outline, ahead_end = padded[at + 3]
        _, ahead2, _, _ = padded[at + 4]
        out.append(
            [
                *own,
                "a=" + back,
                "b=" + ahead,
                "c=" + back2,
                "d=" + ahead2,
                "e=" + back_end,
                "f=" + ahead_end,
                "g=" + back_outline + outline,
                "i=" + outline + ahead_outline,
                "j=" + back + " " + low,
                "k=" + low + " " + ahead,
                "l=" + back + " " + ahead_end,
            ]
        )
        if at == 0:
            out[-1].append("m=" + outline)
    return out


@cache
def _model() -> Any:
    """The tagger, opened once."""
    import pycrfsuite

    tagger: Any = pycrfsuite.Tagger()  # pyright: ignore[reportAttributeAccessIssue]  # a compiled class
    with as_file(files("tellings.lexicons").joinpath("words.crfsuite")) as path:
        tagger.open(str(path))
    return tagger


def tag(words: Sequence[str]) -> list[str]:
    """The universal part of speech of each word of one sentence.

    >>> tag(["The", "old", "dam", "has", "n't", "failed", "."])
    ['DET', 'ADJ', 'NOUN', 'AUX', 'PART', 'VERB', 'PUNCT']
    """
    out: list[str] = []
    for at in range(0, len(words), _MOST):
        out += _model().tag(features(words[at : at + _MOST]))
    return out


def find(a: Annotated) -> tuple[tuple[Word, ...], ...]:
    """The words of each sentence with their parts of speech: one tuple a sentence, in its order.

    A sentence without words gives an empty tuple. Words are in the order of the text.
    """
    out: list[tuple[Word, ...]] = []
    for sentence in a.sentences:
        text = a.quote(sentence.span)
        places = split(text)
        tags = tag([text[start:end] for start, end in places])
        begin = sentence.span.start
        out.append(tuple(Word(Span(a.id, begin + s, begin + e), pos) for (s, e), pos in zip(places, tags, strict=True)))
    return tuple(out)
