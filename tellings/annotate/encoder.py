"""What one small encoder reads in each sentence: names, sources, cues, contents, and a vector.

A Transformer encoder (Vaswani and others 2017; MiniLM, Wang and others 2020) reads a sentence once. Each
word is its word pieces, in small letters and without accents, and its *marks*: what the pieces
do not show (shape, lists of names, how the report writes the word elsewhere, quotation marks,
part of speech). Three heads give, for the first piece of every word, the logarithms of the
probabilities of the labels of names and of attributions, and for the sentence a unit vector that
lies close to the vectors of sentences of like meaning. `training/encoder.py` makes the model,
`training/CARD-encoder.md` says from what.

A sentence's result never depends on what it is read with: each sentence is padded to a length of
its own (the next multiple of 8), and the scales of the 8-bit numbers are fixed in the model.

Still missed: whatever needs the sentences around, beyond quotation marks and names seen elsewhere.
"""

from __future__ import annotations

import unicodedata
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any

from tellings.annotate.names import KINDS, evidence, listed, single
from tellings.annotate.quotes import stretches
from tellings.annotate.words import case_of, plain, shape
from tellings.records import Annotated, Tagged

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]
    Whole = npt.NDArray[np.int64]

__all__ = ["MARKS", "NAMES", "ROLES", "Input", "Reading", "best", "find", "inputs", "pieces", "read", "stretches_of"]

NAMES = ("O", *(f"{mark}-{kind}" for kind in (*KINDS, "other") for mark in "BI"))
"""The labels of names, in the order of the first head; products and works are "other"."""
ROLES = ("O", *(f"{mark}-{role}" for role in ("content", "cue", "source") for mark in "BI"))
"""The labels of attributions, in the order of the second head."""

AXES = 64
"""On how many axes a word's place is kept, a signed byte each."""

_LEAN = 0.2
"""Added to the score of cues. A row of best labels is chosen word by word, and so misses more cues than it
makes up; that this evens it out was seen on either half of the articles of polnear.dev."""
_MOST = 254  # word pieces of a sentence read at once; longer ones are read in parts
_STEP = 8  # lengths are padded to multiples of this
_ROOM = 1024  # word pieces read in one batch at most
_BEGIN, _END, _UNKNOWN, _PAD = 101, 102, 100, 0
_SHAPES = ("x", "X", "Xx", "0", "-", ".", "Xm", "U", "00", "")
_EVIDENCE = (
    *("alone", "first", "front", "in", "inside", "last", "none", "often", "org", "plc", "round", "said"),
    *("small", "title"),
)
_POS = (
    *("ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT"),
    *("SCONJ", "SYM", "VERB", "X"),
)
MARKS = (
    *(f"shape {name}" for name in _SHAPES),
    *("title case", "capitals", "first word"),
    *("listed begins", "listed goes on", "listed c", "listed g", "listed o", "listed p"),
    *("word F", "word O", "word P", "word T"),
    *(f"seen {name}" for name in _EVIDENCE),
    *("quoted", "quoted 2", "quoted 4", "quoted 10", "quoted before", "quoted after", "quoted on", "all quoted"),
    *(f"pos {name}" for name in _POS),
)
"""What is told of each word beside its pieces; every mark is 0 or 1."""
_PLACE = {name: number for number, name in enumerate(MARKS)}


@dataclass(frozen=True, slots=True)
class Input:
    """One sentence as the model takes it.

    `ids` are the word pieces between the two that begin and end every sentence; `owners` the
    word of each piece (-1 for those two), `firsts` the place of each word's first piece. `marks`
    holds for each word the numbers of its marks.
    """

    ids: tuple[int, ...]
    owners: tuple[int, ...]
    firsts: tuple[int, ...]
    marks: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What the model says of one sentence.

    `names` has a row for each word and a column for each of `NAMES`, `roles` one for each of
    `ROLES`: natural logarithms of probabilities. `vector` has the length 1; the inner product of
    two is their likeness. `words` has a row of length 1 for each word: its pieces' vectors together.
    A sentence without words has no rows and a vector of zeros.
    """

    names: Floats
    roles: Floats
    vector: Floats
    words: Floats


# ---------------------------------------------------------------- words as pieces


@cache
def _vocabulary() -> dict[str, int]:
    text = files("tellings.lexicons").joinpath("pieces.txt").read_text(encoding="utf-8")
    return {line: number for number, line in enumerate(text.split("\n"))}


@lru_cache(maxsize=1 << 16)
def pieces(word: str) -> tuple[int, ...]:
    """The word pieces of one word, longest first (WordPiece; Schuster and Nakajima 2012).

    Never empty: what cannot be spelled is one unknown piece.
    """
    known = _vocabulary()
    folded = "".join(
        c
        for c in unicodedata.normalize("NFD", word.translate(_MARKED).lower()[:64])
        if unicodedata.category(c) not in ("Mn", "Cc", "Cf")
    )
    out: list[int] = []
    # Marks stand alone in the vocabulary, also inside of a word: "u.s." is four pieces.
    parts: list[str] = []
    for c in folded:
        if c.isalnum() and parts and parts[-1][-1].isalnum():
            parts[-1] += c
        else:
            parts.append(c)
    for part in parts:
        start = 0
        found: list[int] = []
        while start < len(part):
            end = len(part)
            while end > start and ("##" if start else "") + part[start:end] not in known:
                end -= 1
            if end == start:
                found = [_UNKNOWN]
                break
            found.append(known[("##" if start else "") + part[start:end]])
            start = end
        out += found
    return tuple(out) or (_UNKNOWN,)


_MARKED = str.maketrans({"’": "'", "‘": "'", "`": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "…": "."})


# ---------------------------------------------------------------- what the pieces do not show


@lru_cache(maxsize=1 << 16)
def _outline(word: str) -> int:
    """The mark of a word's shape."""
    form = shape(plain(word))
    if form in ("x", "X", "Xx"):
        name = "U" if form == "X" and len(word) > 1 else form
    elif form == "0":
        name = "0" if len(word) != 4 else "00"
    elif "-" in form and len(form) > 1:
        name = "-"
    elif "." in form and len(form) > 1:
        name = "."
    else:
        name = "Xm" if "X" in form else ""
    return _PLACE["shape " + name]


def _of_words(words: Sequence[str], tags: Sequence[str], seen: dict[str, str]) -> list[list[int]]:
    """The marks of the words of a sentence, quotation excepted."""
    case = case_of(words)
    out: list[list[int]] = []
    for at, (word, tag, name) in enumerate(zip(words, tags, listed(words, case), strict=True)):
        mine = [_outline(word), _PLACE["pos " + tag]]
        if case != "n":
            mine.append(_PLACE["capitals" if case == "U" else "title case"])
        if not at:
            mine.append(_PLACE["first word"])
        if name:
            mine.append(_PLACE["listed begins" if name[0] == "B" else "listed goes on"])
            mine += [_PLACE["listed " + kind] for kind in sorted(set(name[1:]))]
        mine += [_PLACE["word " + kind] for kind in sorted(set(single(word, case)))]
        if word[0].isupper():
            shown = seen.get(word if case != "U" else word.capitalize(), "none")
            mine += [_PLACE["seen " + mark] for mark in shown.split()]
        out.append(mine)
    return out


def inputs(a: Annotated) -> list[Input]:
    """The sentences of a report as the model takes them, in their order."""
    text = a.report.text
    words = [[word.span.cut(text) for word in some] for some in a.words]
    seen = evidence(words)
    quotes = stretches(a)
    out: list[Input] = []
    at = 0
    for some, forms, sentence in zip(a.words, words, a.sentences, strict=True):
        marks = _of_words(forms, [word.pos for word in some], seen)
        inside = 0
        for word, mine in zip(some, marks, strict=True):
            while at < len(quotes) and quotes[at].span.end <= word.span.start:
                at += 1
            if at == len(quotes) or quotes[at].span.start > word.span.start:
                continue
            quote = quotes[at]
            inside += 1
            mine.append(_PLACE["quoted"])
            for size in (2, 4, 10):
                if quote.words >= size:
                    mine.append(_PLACE[f"quoted {size}"])
            if quote.span.start < sentence.span.start:
                mine.append(_PLACE["quoted before"])
            if quote.span.end > sentence.span.end:
                mine.append(_PLACE["quoted after"])
            if quote.follows:
                mine.append(_PLACE["quoted on"])
        if inside and inside >= len(some) - 1:
            for mine in marks:
                mine.append(_PLACE["all quoted"])
        out.append(of_words(forms, marks))
    return out


def of_words(words: Sequence[str], marks: Iterable[Sequence[int]]) -> Input:
    """A sentence as the model takes it, from its words and the numbers of their marks."""
    ids, owners, firsts = [_BEGIN], [-1], []
    for number, word in enumerate(words):
        firsts.append(len(ids))
        own = pieces(word)
        ids += own
        owners += [number] * len(own)
    return Input((*ids, _END), (*owners, -1), tuple(firsts), tuple(tuple(mine) for mine in marks))


# ---------------------------------------------------------------- labels from probabilities


def best(scores: Floats, labels: Sequence[str]) -> list[str]:
    """The likeliest row of labels in which "I-" follows "B-" or "I-" of its kind.

    `scores` has a row of logarithms for each word, a column for each of `labels` ("O", then "B-"
    and "I-" of each kind in turn).
    """
    if not len(scores):
        return []
    first: list[int] = [int(n) for n in scores.argmax(axis=1)]
    if all(not n or n % 2 or (at and first[at - 1] in (n, n - 1)) for at, n in enumerate(first)):
        return [labels[n] for n in first]  # nothing to mend: the best of each word is the best row
    import numpy as np

    bad = np.zeros((len(labels), len(labels)), np.float32)
    for n in range(2, len(labels), 2):
        bad[:, n] = -1e9
        bad[n, n] = bad[n - 1, n] = 0.0
    total = scores[0] + np.asarray([0.0 if not n or n % 2 else -1e9 for n in range(len(labels))], np.float32)
    back: list[Whole] = []
    for row in scores[1:]:
        ways = total[:, None] + bad
        back.append(ways.argmax(axis=0))
        total = ways.max(axis=0) + row
    at = int(total.argmax())
    out = [at]
    for ways in reversed(back):
        at = int(ways[at])
        out.append(at)
    return [labels[n] for n in reversed(out)]


def stretches_of(labels: Sequence[str]) -> list[tuple[int, int, str]]:
    """First word, word after the last, and kind of each labelled stretch, in order.

    >>> stretches_of(["B-person", "I-person", "O", "B-place", "B-place"])
    [(0, 2, 'person'), (3, 4, 'place'), (4, 5, 'place')]
    """
    out: list[tuple[int, int, str]] = []
    for at, label in enumerate(labels):
        mark, _, kind = label.partition("-")
        if not kind:
            continue
        if mark == "I" and out and out[-1][1] == at and out[-1][2] == kind:
            out[-1] = (out[-1][0], at + 1, kind)
        else:
            out.append((at, at + 1, kind))
    return out


# ---------------------------------------------------------------- reading


@cache
def _session() -> Any:
    """The model, opened once."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # one sentence is too little to share out; workers are the way to more
    options.log_severity_level = 3
    # The file is read by its path: bytes would be held twice while it opens.
    with as_file(files("tellings.lexicons").joinpath("encoder.onnx")) as path:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _padded(size: int) -> int:
    """The length that a sentence of so many pieces is padded to."""
    return -(-size // _STEP) * _STEP


def _parts(given: Input) -> list[tuple[int, int]]:
    """The words of each part that is read at once: first word, word after the last."""
    if len(given.ids) <= _MOST + 2:
        return [(0, len(given.firsts))]
    out: list[tuple[int, int]] = []
    begin = 0
    ends = [*given.firsts[1:], len(given.ids) - 1]
    for word, end in enumerate(ends):
        if end - given.firsts[begin] > _MOST and word > begin:
            out.append((begin, word))
            begin = word
    return [*out, (begin, len(ends))]


def _unit(vector: Floats) -> Floats:
    """The vector brought to length 1."""
    import numpy as np

    return vector / np.float32(max(float(np.sqrt((vector * vector).sum())), 1e-12))


def read(given: Sequence[Input]) -> list[Reading]:
    """What the model says of each sentence, in the order given.

    The same sentence gives the same numbers whatever stands beside it.
    """
    import numpy as np

    out: list[Reading | None] = [None] * len(given)
    halves: dict[int, list[tuple[int, Reading]]] = {}
    queue: dict[int, list[tuple[int, int, int]]] = {}
    for number, sentence in enumerate(given):
        if not sentence.firsts:
            none = [np.zeros((0, width), np.float32) for width in (len(NAMES), len(ROLES), 384)]
            out[number] = Reading(none[0], none[1], np.zeros(384, np.float32), none[2])
            continue
        for begin, stop in _parts(sentence):
            last = sentence.firsts[stop] if stop < len(sentence.firsts) else len(sentence.ids) - 1
            size = min(last - sentence.firsts[begin], _MOST) + 2
            queue.setdefault(_padded(size), []).append((number, begin, stop))
    for size in sorted(queue):
        room = max(1, _ROOM // size)
        for at in range(0, len(queue[size]), room):
            some = queue[size][at : at + room]
            ids = np.zeros((len(some), size), np.int64)
            marks = np.zeros((len(some), size, len(MARKS)), np.uint8)
            for row, (number, begin, stop) in enumerate(some):
                sentence = given[number]
                first = sentence.firsts[begin]
                last = sentence.firsts[stop] if stop < len(sentence.firsts) else len(sentence.ids) - 1
                last = min(last, first + _MOST)
                ids[row, 0], ids[row, last - first + 1] = _BEGIN, _END
                ids[row, 1 : last - first + 1] = sentence.ids[first:last]
                for place in range(first, last):
                    marks[row, place - first + 1, list(sentence.marks[sentence.owners[place]])] = 1
            names, roles, vectors = _session().run(None, {"ids": ids, "marks": marks})
            for row, (number, begin, stop) in enumerate(some):
                sentence = given[number]
                places = [min(p - sentence.firsts[begin] + 1, size - 1) for p in sentence.firsts[begin:stop]]
                last = sentence.firsts[stop] if stop < len(sentence.firsts) else len(sentence.ids) - 1
                whole = min(last - sentence.firsts[begin], _MOST) + 2
                own = np.add.reduceat(vectors[row, : max(whole - 1, places[-1] + 1)], places, axis=0)
                own = own / np.maximum(np.sqrt((own * own).sum(axis=1, keepdims=True)), np.float32(1e-12))
                mine = Reading(names[row, places], roles[row, places], _unit(vectors[row, :whole].sum(axis=0)), own)
                halves.setdefault(number, []).append((begin, mine))
    for number, found in halves.items():
        parts = [part for _, part in sorted(found, key=lambda x: x[0])]
        if len(parts) == 1:
            out[number] = parts[0]
            continue
        out[number] = Reading(
            np.concatenate([p.names for p in parts]),
            np.concatenate([p.roles for p in parts]),
            _unit(np.stack([p.vector for p in parts]).sum(axis=0)),
            np.concatenate([p.words for p in parts]),
        )
    return [reading for reading in out if reading is not None]


@cache
def _axes() -> Floats:
    """The axes on which a word's place is kept, a column each (`training/axes.py`)."""
    import numpy as np

    with as_file(files("tellings.lexicons").joinpath("axes.npy")) as path:
        return np.load(path)[:384].astype(np.float32)  # the row below is the mean of sentences


_known: OrderedDict[Input, Tagged] = OrderedDict()
"""What was read last, so that a sentence that many reports print is read once: about 12 MB when full."""
_KEPT = 8192


def find(a: Annotated) -> tuple[Tagged, ...]:
    """What the encoder reads in each sentence of a report, in their order."""
    import numpy as np

    given = inputs(a)
    fresh = [sentence for sentence in dict.fromkeys(given) if sentence not in _known]
    lean = np.asarray([_LEAN if role.endswith("cue") else 0.0 for role in ROLES], np.float32)
    now: dict[Input, Tagged] = {}
    for sentence, reading in zip(fresh, read(fresh), strict=True):
        now[sentence] = Tagged(
            tuple(best(reading.names, NAMES)),
            tuple(best(reading.roles + lean, ROLES)),
            reading.vector.astype(np.dtype("<f2")).tobytes(),
            # Not a matrix product: its threads cost more than so small a sum, and machines part in its last digits.
            np.clip(np.round(np.einsum("wk,ka->wa", reading.words, _axes())), -127, 127).astype(np.int8).tobytes(),
        )
    out = tuple(now.get(sentence) or _known[sentence] for sentence in given)
    _known.update(now)
    while len(_known) > _KEPT:
        _known.popitem(last=False)
    return out
