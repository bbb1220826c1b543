"""Bigger models that a user names: `spacy:en_core_web_trf`, `gliner:/models/gliner_base`.

Each task that a model can do has one small protocol; so far that is named mentions. A model is
looked for on this machine only, its library is imported when it is asked for, and nothing is
downloaded. What it returns is a proposal: it is kept where it quotes the report exactly, lies in
one sentence and is of a kind that reports are read for, and dropped otherwise.

Still missed: names are taken as the model gives them, one by one; the reading that makes one name
one kind throughout a report belongs to the built-in model.
"""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple, Protocol, cast, get_args

from tellings.errors import TellingsError
from tellings.records import Annotated, Mention, MentionKind
from tellings.text import Span

__all__ = ["GlinerMentions", "MentionModel", "Proposal", "SpacyMentions", "finders", "kept", "load"]


class Proposal(NamedTuple):
    """A mention as a model gives it: where, the words it says stand there, and the kind."""

    start: int
    end: int
    words: str
    kind: str


class MentionModel(Protocol):
    """What finds the named persons, organisations, places and groups of one text.

    A model that always finds the same thing is enough for a test:

    >>> class Oslo:
    ...     def mentions(self, text, sentences):
    ...         return [Proposal(m.start(), m.end(), m.group(), "place") for m in re.finditer("Oslo", text)]
    >>> list(Oslo().mentions("Rain fell on Oslo.", [(0, 18)]))
    [Proposal(start=13, end=17, words='Oslo', kind='place')]
    """

    def mentions(self, text: str, sentences: Sequence[tuple[int, int]]) -> Iterable[Proposal]:
        """The mentions in `text`; `sentences` are the stretches to read, furniture left out.

        Offsets are code points of `text`. Kinds are person, organisation, place and group.
        """
        ...


# ---------------------------------------------------------------- what is kept of an answer

_KINDS = frozenset(get_args(MentionKind))
_LONGEST = 300  # characters; what is longer is no name
_ARTICLE = re.compile(r"(?:the|an?)\s+")
_TAIL = re.compile(r"(?:\s|['\u2019]s\b|['\u2019])+$")


def kept(text: str, sentences: Sequence[tuple[int, int]], proposals: Iterable[Proposal]) -> list[tuple[int, int, str]]:
    """Start, end and kind of the proposals that quote `text`, sorted, without overlap.

    An article before a name and a final "'s" are left out, as they are everywhere in Tellings. Of
    two that overlap the one that begins first is kept, then the longer one.

    >>> kept(
    ...     "See the Louvre's hall.",
    ...     [(0, 22)],
    ...     [Proposal(4, 16, "the Louvre's", "place"), Proposal(0, 3, "Sea", "place")],
    ... )
    [(8, 14, 'place')]
    """
    starts = [start for start, _ in sentences]
    out: list[tuple[int, int, str]] = []
    last = 0
    for begin, stop, words, kind in sorted(proposals, key=lambda p: (p[0], -p[1], p[3])):
        if kind not in _KINDS or not 0 <= begin < stop <= min(len(text), begin + _LONGEST) or text[begin:stop] != words:
            continue
        begin, stop = begin + len(words) - len(words.lstrip()), begin + len(words.rstrip())  # noqa: PLW2901  # trimmed
        words = text[begin:stop]  # noqa: PLW2901  # as above
        article, tail = _ARTICLE.match(words), _TAIL.search(words)
        start = begin + (article.end() if article else 0)
        end = begin + (tail.start() if tail else len(words))
        while start < end and text[end - 1].isspace():
            end -= 1
        if start >= end or start < last or not re.search(r"\w", text[start:end]):
            continue
        within = bisect_right(starts, start) - 1
        if within < 0 or end > sentences[within][1]:
            continue
        out.append((start, end, kind))
        last = end
    return out


def finders(models: Sequence[MentionModel]) -> dict[str, Callable[[Annotated], tuple[Any, ...]]]:
    """For each step that the models do in place of the built-in one, the function that does it.

    Of several models, the first has the first say: what a later one finds is kept where none
    before it found anything.
    """

    def mentions(a: Annotated) -> tuple[Mention, ...]:
        sentences = [(s.span.start, s.span.end) for s in a.sentences]
        text = a.report.text
        found: list[tuple[int, int, str]] = []
        for model in models:
            try:
                proposed = list(model.mentions(text, sentences))
            except TellingsError:
                raise
            except Exception as error:  # somebody else's code: whatever it raises, the run ends in one line
                raise TellingsError(
                    f"the model {_name(model)} failed on it: {error or type(error).__name__}",
                    where=a.id,
                    next_step="leave --model out, or name another model",
                ) from error
            more = kept(text, sentences, proposed)
            found = sorted(found + [m for m in more if all(m[1] <= s or e <= m[0] for s, e, _ in found)])
        return tuple(Mention(Span(a.id, s, e), cast("MentionKind", kind)) for s, e, kind in found)

    return {"mentions": mentions} if models else {}


def _name(model: MentionModel) -> str:
    """How a model is called in messages: as it was named, or by its class."""
    return str(getattr(model, "name", type(model).__name__))


# ---------------------------------------------------------------- spaCy

_ONTONOTES: dict[str, str] = {
    **dict.fromkeys(("PERSON", "PER"), "person"),
    **dict.fromkeys(("ORG", "ORGANIZATION", "ORGANISATION"), "organisation"),
    **dict.fromkeys(("GPE", "LOC", "FAC", "LOCATION", "FACILITY"), "place"),
    **dict.fromkeys(("NORP", "GROUP"), "group"),
}
"""Labels of OntoNotes (Weischedel et al. 2013) and CoNLL 2003, and what we call them."""


def _stretches(text: str, sentences: Sequence[tuple[int, int]], most: int) -> Iterator[tuple[int, int]]:
    """Runs of sentences with nothing but blanks between them, of at most `most` characters.

    A model reads a name better with what stands around it, and reads no furniture. A sentence
    that is longer by itself is cut at blanks, or where there are none, anywhere.
    """
    begin = stop = -1
    for start, end in sentences:
        if begin >= 0 and end - begin <= most and not text[stop:start].strip():
            stop = end
            continue
        if begin >= 0:
            yield begin, stop
        at = start
        while end - at > most:
            blank = text.rfind(" ", at + 1, at + most)
            cut = blank if blank > at else at + most
            yield at, cut
            at = cut
        begin, stop = at, end
    if begin >= 0:
        yield begin, stop


class SpacyMentions:
    """A spaCy pipeline: an installed package or a folder (Honnibal et al., spaCy 3)."""

    _MOST = 20_000  # characters read at once: far below spaCy's own limit, and far above a paragraph

    def __init__(self, where: str) -> None:
        """Load the pipeline `where`; `TellingsError` where spaCy or the pipeline is missing, or it finds no names."""
        self.name = f"spacy:{where}"
        spacy = _library("spacy", self.name)
        try:
            self._nlp: Any = spacy.load(where)
        except (OSError, ValueError, ImportError) as error:
            raise TellingsError(
                f"there is no such spaCy pipeline here, or it cannot be loaded: {_first_line(error)}",
                where=self.name,
                next_step=f"install it (python -m spacy download {where}), or name its folder",
            ) from error
        finding = [n for n in self._nlp.pipe_names if "doc.ents" in self._nlp.get_pipe_meta(n).assigns]
        if not finding:
            raise TellingsError(
                f"it finds no names: none of its components ({', '.join(self._nlp.pipe_names) or 'it has none'}) does",
                where=self.name,
                next_step="name a pipeline with a component such as ner",
            )

    def mentions(self, text: str, sentences: Sequence[tuple[int, int]]) -> Iterable[Proposal]:
        """The entities of each run of sentences; labels without a kind of ours are left out."""
        for begin, stop in _stretches(text, sentences, self._MOST):
            for entity in self._nlp(text[begin:stop]).ents:
                kind = _ONTONOTES.get(entity.label_.upper())
                if kind:
                    yield Proposal(begin + entity.start_char, begin + entity.end_char, entity.text, kind)


# ---------------------------------------------------------------- GLiNER

_ASKED: dict[str, str] = {
    "person": "person",
    "organization": "organisation",
    "location": "place",
    "facility": "place",
    "nationality, ethnic, religious or political group": "group",
}
"""The labels that GLiNER is asked for, and what we call them."""


class GlinerMentions:
    """A GLiNER model: a folder, or a name that the local Hugging Face cache holds (Zaratiana et al. 2024)."""

    _MOST = 1_200  # characters read at once: about 200 words, below the 384 that such models read
    _LEAST = 0.5  # the score from which a name counts, GLiNER's own default

    def __init__(self, where: str) -> None:
        """Load the model `where`; `TellingsError` where GLiNER or the model is missing."""
        self.name = f"gliner:{where}"
        with _offline():
            gliner = _library("gliner", self.name)
            try:
                self._model: Any = gliner.GLiNER.from_pretrained(where, local_files_only=True)
            except (OSError, ValueError, ImportError) as error:
                raise TellingsError(
                    f"there is no such GLiNER model here, or it cannot be loaded: {_first_line(error)}",
                    where=self.name,
                    next_step="nothing is downloaded: fetch the model yourself and name its folder",
                ) from error

    def mentions(self, text: str, sentences: Sequence[tuple[int, int]]) -> Iterable[Proposal]:
        """The entities of each run of sentences that the model scores at a half or more."""
        for begin, stop in _stretches(text, sentences, self._MOST):
            for found in self._model.predict_entities(
                text[begin:stop], list(_ASKED), flat_ner=True, threshold=self._LEAST
            ):
                start, end = begin + int(found["start"]), begin + int(found["end"])
                yield Proposal(start, end, str(found["text"]), _ASKED.get(str(found["label"]), ""))


@contextmanager
def _offline() -> Generator[None]:
    """Tell the Hugging Face libraries, which read it when they are imported, to stay off the network."""
    wanted = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


# ---------------------------------------------------------------- by name

_ADAPTERS: dict[str, Callable[[str], MentionModel]] = {"gliner": GlinerMentions, "spacy": SpacyMentions}


def load(named: Sequence[str | MentionModel]) -> tuple[MentionModel, ...]:
    """The models named, loaded, in the order given; what is a model already is passed on.

    Raises `TellingsError` where a name is not understood, or its library or files are missing.
    """
    return tuple(_open(model) if isinstance(model, str) else model for model in named)


@lru_cache(maxsize=4)
def _open(named: str) -> MentionModel:
    scheme, colon, where = named.partition(":")
    adapter = _ADAPTERS.get(scheme)
    if not colon or not where or adapter is None:
        known = " or ".join(f"{name}:NAME" for name in sorted(_ADAPTERS))
        raise TellingsError("no model is named like this", where=named, next_step=f"write {known}")
    folder = Path(where).expanduser()
    return adapter(str(folder) if folder.exists() else where)


def _library(module: str, named: str) -> Any:
    """The library, imported; `TellingsError` with the way to install it where it is missing."""
    try:
        return import_module(module)
    except ImportError as error:
        missing = error.name or module
        what = "is not installed" if missing.partition(".")[0] == module else f"lacks {missing}"
        raise TellingsError(f"{module} {what}", where=named, next_step=f"pip install 'tellings[{module}]'") from error


def _first_line(error: Exception) -> str:
    """The first line of what a library says, which may go on for a page."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:300]
