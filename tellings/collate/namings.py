"""Names: where each report of a story names somebody, read with what the other reports tell.

What the mentions of a report hold stands. To it come names that they missed: what follows "Mr" or
another title, a full name or an acronym that stands elsewhere in the story, a surname whose full
name does, the words in front of "(ABC)" whose first letters they are, "@" names, and names in
square brackets. So a name that was read in one report is found in all.

Method: acronyms and what they stand for as in Schwartz and Hearst (2003), carried across the
reports of a story.

Still missed: first names alone that no report gives in full, and names in lower case.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from tellings import lexicons
from tellings.collate.namesakes import GENDERED, SMALL, initials, lowered
from tellings.collate.nouns import kind_of, lemma, nouns
from tellings.records import Annotated

__all__ = ["Naming", "everyday", "find"]

Naming = tuple[int, int, str]
"""Start and end of a name in its report, and its kind."""

_TITLES = (
    "Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Sir|Dame|Lord|Lady|Sen|Rep|Gov|Gen|Lt|Capt|Col|Maj|Sgt|Cmdr|Adm|Rev|Supt"
    "|Justice|Judge|Senator|Congressman|Congresswoman|Representative|Governor|President|Chancellor|General|Colonel"
    "|Captain|Sergeant|Inspector|Detective|Professor|Pope|King|Queen|Prince|Princess|Sheikh|Imam|Ambassador"
)
_TITLED = re.compile(
    rf"\b(?:{_TITLES})\b\.? (?=[^\W\d_a-z])((?:[A-Z]\. ?){{0,2}}"
    r"(?:(?:al|el|de|van|von|bin|ben|der|la|le)[- ])?[^\W\d_a-z][\w'’-]*[^\W\d_](?:[ -][^\W\d_a-z][^\W\d_]+)?)"
)
_BRACKETED = re.compile(r"[(\[]([A-Z][A-Za-z&-]{0,8}[A-Z])s?[)\]]")
_ACRONYM = re.compile(r"\b[A-Z]{3,7}\b")
_DOTTED = re.compile(r"\b(?:[A-Z]\.){2,6}")
_RUN = re.compile(r"\b[A-Z][\w'’-]*(?: (?:of|for|and|the|in|on|de|del|al|et|&|[A-Z][\w'’-]*)){1,9}")
_HANDLE = re.compile(r"(?<![\w@.])@([A-Za-z]\w{2,29})")
_SQUARE = re.compile(r"\[((?:[A-Z][\w'’.-]+ ?){1,4})\]")
_INITIAL = re.compile(r" [A-Z]\.\Z")
_BEFORE = re.compile(r"(?<![\w.,])[A-Z]\. \Z")
_SURNAME = re.compile(r" (?:[A-Z]['’])?[A-Z][\w-]*[a-z]\b")
_PREFIX = re.compile(r"(?:[Pp]ro|[Aa]nti|[Ee]x|[Nn]on|[Pp]ost|[Pp]re)[-‑](?=[A-Z])")
_POST = re.compile(r"(?:Secretary|Minister) (?:of|for) \Z")
_PERSONS = ("ers", "ors", "ists", "eurs", "ants", "ians")
_TITLE = re.compile(rf"(?:{_TITLES})\.?")
_ACTING = {"person", "group", "organisation"}
_TOLD = {"VERB", "NOUN", "ADJ"}
_LEAST = 4  # letters of a single name that is looked for elsewhere


@cache
def _common() -> dict[str, tuple[int, int]]:
    """For each word of the background, in how many articles it stands and in how many in small letters."""
    out: dict[str, tuple[int, int]] = {}
    for line in lexicons.lines("background.txt"):
        word, _, counts = line.partition("\t")
        every, _, small = counts.partition("\t")
        out[word] = (int(every), int(small or 0))
    return out


def everyday(word: str) -> bool:
    """Whether a word mostly stands in small letters, so that a capital tells little at a sentence's start."""
    every, small = _common().get(word.lower(), (0, 0))
    return small * 4 > every


class _Known:
    """The names that the mentions of a story hold, by their first word."""

    def __init__(self, reports: Sequence[Annotated]) -> None:
        kinds: defaultdict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
        acronyms: set[str] = set()
        for report in reports:
            for mention in report.mentions:
                words = tuple(report.quote(mention.span).removesuffix("'s").removesuffix("’s").split())
                if words:
                    kinds[words][mention.kind] += 1
            acronyms.update(_ACRONYM.findall(report.report.text))
        self.kind: dict[tuple[str, ...], str] = {}
        for words, count in kinds.items():
            one = words[0] if len(words) == 1 else ""
            alone = len(one) >= _LEAST and one[:1].isupper() and not everyday(one)
            if not one or alone or (one.isupper() and len(one) > 2):
                self.kind[words] = min(count, key=lambda k: (-count[k], k))
            if len(words) > 1 and min(count, key=lambda k: (-count[k], k)) == "person":
                last = words[-1].removesuffix("'s").removesuffix("’s").rstrip(".,")
                if len(last) >= _LEAST and last[:1].isupper() and last.lower() not in GENDERED:
                    self.kind.setdefault((last,), "person")
        self.plurals = _plurals(reports, kinds)
        for word in self.plurals:
            if self.kind.get((word,)) == "person":
                del self.kind[word,]
        self.bare = {words[0].replace(".", "").lower() for words in kinds if len(words) == 1}
        self.first: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
        for words in sorted(self.kind, key=lambda w: (-len(w), w)):
            self.first[words[0]].append(words)
        self.lands = {r.quote(place.span) for r in reports for place in r.places if place.precision == "country"}
        self.acronyms = {one.lower() for one in acronyms if _common().get(one.lower(), (0, 0))[1] == 0}

    def parted(self, text: str, one: Naming) -> list[Naming]:
        """The names of a list of places that was read as one: a country lies in no other ("Erlen, Varn")."""
        start, end, kind = one
        at = text.find(", ", start, end)
        if kind != "place" or at < 0 or text[start:at] not in self.lands:
            return [one]
        return [(start, at, kind), *self.parted(text, (at + 2, end, kind))]


def find(reports: Sequence[Annotated]) -> tuple[tuple[Naming, ...], ...]:
    """The names of each report, sorted, without overlap; the reports in the order given."""
    known = _Known(reports)
    return tuple(_of(report, known) for report in reports)


def _of(report: Annotated, known: _Known) -> tuple[Naming, ...]:
    """The names of one report."""
    text = report.report.text
    found = sorted(report.mentions, key=lambda m: m.span)
    starts = {s.span.start for s in report.sentences}
    found = [
        m
        for m in found
        if m.kind != "person" or m.span.start not in starts or report.quote(m.span) not in known.plurals
    ]
    out: list[Naming] = [
        (m.span.start + _prefix(report.quote(m.span)), _closed(text, m.span.start, m.span.end), m.kind) for m in found
    ]
    out = [
        (*_initialled(text, start, end), kind) if kind == "person" else (start, end, kind) for start, end, kind in out
    ]
    out = [
        (start, end, kind)
        for start, end, kind in _whole(text, out, known)
        if not _POST.search(text, max(0, start - 20), start) and not (kind == "place" and text[start:end].islower())
    ]
    out = [(start, end, _kind(text[start:end], kind)) for one in out for start, end, kind in known.parted(text, one)]
    spelled = [one for s in report.sentences for one in _acronyms(text, s.span.start, s.span.end, known)]
    # What an acronym spells out goes before parts of it: "Port and Dock Workers Union", not "Dock Workers Union".
    for start, end, kind in spelled:
        parts = [one for one in out if one[0] < end and start < one[1]]
        if all(start <= one[0] and one[1] <= end for one in parts):
            out = [one for one in out if one not in parts]
            out.append((start, end, kind))
    sentences = [(s.span.start, s.span.end) for s in report.sentences]
    taken = _Taken(out)

    def add(some: Iterable[Naming]) -> None:
        for start, end, kind in some:
            if end > start and taken.add(start, end):
                out.append((start, end, kind))

    for low, high in sentences:
        add((low + m.start(1), low + m.end(1), "person") for m in _TITLED.finditer(text[low:high]))
        add((low + m.start(1), low + m.end(1), "person") for m in _SQUARE.finditer(text[low:high]))
        add(
            (low + m.start(), low + m.end(), known.kind.get((m.group().replace(".", ""),), "organisation"))
            for m in _DOTTED.finditer(text[low:high])
            if m.group().replace(".", "").lower() in known.bare
        )
        add((low + m.start(), low + m.end(), "person") for m in _HANDLE.finditer(text[low:high]))
    add(_again(report, known))
    return tuple(sorted(out))


def _initialled(text: str, start: int, end: int) -> tuple[int, int]:
    """A person's name with the initial before it, and with what follows one at its end: "Ann B." of "Ann B. Hill"."""
    before = _BEFORE.search(text, max(0, start - 5), start)
    after = _SURNAME.match(text, end) if _INITIAL.search(text, max(start, end - 3), end) else None
    return before.start() if before else start, after.end() if after else end


def _plurals(reports: Sequence[Annotated], kinds: Mapping[tuple[str, ...], Counter[str]]) -> frozenset[str]:
    """The words that were read as persons' names and are plural nouns for persons: "Survivors said".

    It is a name all the same where its singular is no noun for an actor ("Myers"), where a name of
    the story ends in it, where a title stands before it, and where it has its capital inside a sentence.
    """
    last = {words[-1] for words in kinds if len(words) > 1}
    some = {
        words[0]
        for words, count in kinds.items()
        if len(words) == 1 and count["person"] and words[0].isalpha() and words[0].lower().endswith(_PERSONS)
        if words[0] not in last and kind_of(lemma(words[0])[0]) in _ACTING
    }
    for report in reports if some else ():
        for sentence in report.words:
            text = [report.quote(word.span) for word in sentence]
            found = [n for n, word in enumerate(text) if word in some]
            if not found:
                continue
            # In a headline all words have capitals but the small ones.
            plain = any(word.pos in _TOLD and text[n][:1].islower() for n, word in enumerate(sentence))
            for n in found:
                before, after = text[n - 1] if n else "", text[n + 1] if n + 1 < len(text) else ""
                inside = (before == "," or before[:1].islower()) and not after[:1].isupper()
                if _TITLE.fullmatch(before) or (plain and inside):
                    some.discard(text[n])
    return frozenset(some)


def _prefix(name: str) -> int:
    """How much of a name is only put before it: "pro-Weir"."""
    found = _PREFIX.match(name)
    return found.end() if found else 0


def _closed(text: str, start: int, end: int) -> int:
    """The end of a name without the bracket that it leaves open: "Ann Hill (D-Ohio"."""
    at = text.find(" (", start, end)
    return end if at <= start or ")" in text[at:end] else at


def _whole(text: str, some: Iterable[Naming], known: _Known) -> Iterable[Naming]:
    """The names, a first name with the surname that stands behind it where the story has both as one name."""
    until = 0
    for start, end, kind in some:
        if start < until:
            continue
        for words in known.first.get(text[start:end], ()) if kind == "person" else ():
            full = start + len(" ".join(words))
            fit = len(words) > 1 and known.kind[words] == "person"
            if fit and text[start:full] == " ".join(words) and not text[full : full + 1].isalnum():
                end = full  # noqa: PLW2901  # the longer name
                break
        until = end
        yield start, end, kind


def _kind(name: str, kind: str) -> str:
    """The kind of a name: a person's where a role and two more capitalised words stand in it ("Whip Ann Hill")."""
    words = name.split()
    if kind != "organisation" or len(words) < 3 or not all(w[:1].isupper() for w in words[-2:]):
        return kind
    role = nouns().kind.get(words[-3].lower()) == "person"
    return "person" if role and not kind_of(lemma(words[-1])[0]) and not kind_of(lemma(words[-2])[0]) else kind


class _Taken:
    """Stretches that do not overlap."""

    def __init__(self, some: Iterable[Naming]) -> None:
        self._at: set[int] = set()
        for start, end, _ in some:
            self._at.update(range(start, end))

    def add(self, start: int, end: int) -> bool:
        """Whether a stretch was free; then it is taken."""
        if not self._at.isdisjoint(range(start, end)):
            return False
        self._at.update(range(start, end))
        return True


def _acronyms(text: str, low: int, high: int, known: _Known) -> Iterable[Naming]:
    """Names in full whose first letters stand behind them in brackets, or elsewhere in the story."""
    part = text[low:high]
    for match in _RUN.finditer(part):
        words = list(re.finditer(r"[^\s-]+", match.group()))
        after = _BRACKETED.match(part, match.end() + 1) if part[match.end() : match.end() + 1] == " " else None
        wanted = {after.group(1).lower()} if after else known.acronyms
        # The longest part of the run whose first letters are asked for.
        spelled = (
            (first, last)
            for first in range(min(3, len(words)))
            for last in range(len(words), first + 2, -1)
            if words[last - 1].group().lower() not in SMALL and words[first].group().lower() not in SMALL
        )
        for first, last in spelled:
            name = [w.group().lower() for w in words[first:last]]
            if not wanted.isdisjoint(x for x in initials(name) if len(x) > 2):
                start, end = low + match.start() + words[first].start(), low + match.start() + words[last - 1].end()
                yield start, end - (2 if text[end - 2 : end] in {"'s", "’s"} else 0), "organisation"
                break
        if after:
            yield low + after.start(1), low + after.end(1), "organisation"


def _again(report: Annotated, known: _Known) -> Iterable[Naming]:
    """Names that stand elsewhere in the story, wherever this report has them."""
    text = report.report.text
    for sentence in report.words:
        ends = {word.span.end for word in sentence}
        skip = -1
        for at, word in enumerate(sentence):
            start = word.span.start
            if start < skip:
                continue
            for words in known.first.get(report.quote(word.span), ()):
                end = start + len(" ".join(words))
                if end not in ends or text[start:end] != " ".join(words):
                    continue
                opens = at == 0 or (not text[start - 1 : start].isspace() and text[start - 1 : start] not in "([")
                beside = at + 1 < len(sentence) and report.quote(sentence[at + 1].span)[:1].isupper()
                if len(words) == 1 and (beside or (opens and everyday(words[0]))) and not words[0].isupper():
                    continue  # "Hill" of "Hill Street", "Bell" that opens a sentence
                yield start, end, known.kind[words]
                skip = end
                break


def titled(text: str, start: int) -> str:
    """The folded word before a name, without its point, or ""; "mr" before "Mr. Hill"."""
    before = re.search(r"([\w-]+)\.? \Z", text[max(0, start - 24) : start])
    return lowered(before.group(1)) if before else ""
