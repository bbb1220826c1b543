"""What in a text is not the report: page furniture, found without markup.

A text that was copied off a page carries its navigation, log-in row, dates of the page, share
rows, teasers and captions of other stories, footers and prompts. They are told by the form of
their lines: rows made of interface words alone, dates that stand alone at the head, prompts that
begin as prompts do (all of these are data, `lexicons/furniture.txt`), teasers cut off with dots
above the line that they repeat, lists of links (lines without a stop) below a list's heading,
rows of capitalised words without a stop, and captions (told by their credit) whose names occur
nowhere else in the text. The headline, bylines, credits and captions of the story itself stay.
The line features are those of boilerplate classifiers (Kohlschütter and others 2010: length,
stops, position, neighbours), without their block tags.

Still missed: teasers in the middle that are written as sentences, and captions of other stories
without a credit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tellings.records import Annotated, Removed
from tellings.text import Span, complement

__all__ = ["find"]

_LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_PIECE = re.compile(r"(?:(?!\s{3}|\t).)+")
_STOP = re.compile(r"[.!?…:;,]['\"”’»)\]]*$")
_SENTENCE_STOP = re.compile(r"[.!?…]['\"”’»)\]]*$")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_HAS_WORD = re.compile(r"[^\W_]")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY = r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?"
_DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?[ .-]{{1,2}}{_MONTH},?[ .-]{{0,2}}\d{{4}}"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[/.]\d{1,2}[/.]\d{2,4})"
)
_ZONE = r"(?:gmt|utc|est|edt|et|cet|ist|bst|pst|pdt|pt|local time)"
_CLOCK = rf"\d{{1,2}}[:.]\d{{2}}(?::\d{{2}})?(?: ?[ap]\.?m\.?)?(?: ?\(?{_ZONE}\)?(?:[+-]\d{{1,2}})?)?"
_PAGE_DATE = re.compile(
    rf"(?:{_DAY},? )?{_DATE}(?:[ ,|–—-]{{1,4}}(?:at )?{_CLOCK})?(?: in [A-Z][\w&]{{2,20}})?"
    rf"|(?:{_CLOCK}[ ,|–—-]{{1,4}})?(?:{_DAY},? )?{_DATE}",
    re.IGNORECASE,
)
_CRUMB = re.compile(r"\s+[/|›»>→]\s+|\s*[›»→]\s*")
# What credits a picture: the marks of a caption.
_PICTURE = r"(?:photo|photograph|picture|image)s?"
_CREDIT = re.compile(
    rf"\([^()]{{0,60}}?\b(?:{_PICTURE}|via [A-Z]+|getty|shutterstock)\b[^()]{{0,40}}\)"
    r"|\([^()]{0,40}?\b(?:reuters|afp|ap|epa|file)\)$"
    rf"|\b{_PICTURE}(?: by|:| credit:?| courtesy(?: of)?) (?-i:[A-Z])|\bgetty images\b"
    r"|/ ?(?:afp|ap|reuters|getty|epa|shutterstock)\b|^file ?(?:photo)? ?[-–—:]|\btopshot\b",
    re.IGNORECASE,
)
# A picture of a series: its number among them at one of the line's ends.
_SERIES = re.compile(r"^(?P<n>\d{1,3}) ?/ ?(?P<m>\d{1,3}) (?=\S)|\bHide Caption (?P<n2>\d{1,3}) of (?P<m2>\d{1,3})$")
_NAME = re.compile(r"\b[A-Z][\w’'-]*[a-z][\w’'-]*|\b[A-Z]{2,}\b")
_CALENDAR = re.compile(rf"(?:{_MONTH}|{_DAY}|photos?|images?|getty|file|pictured?|reuters|afp|ap|epa)\Z", re.IGNORECASE)
_HEAD = 10  # lines at the head of a text in which a date or a trail of sections may stand alone
_LINK = 160  # the longest line that may be a link
_CAPTION = 900  # the longest line that may be a caption


@dataclass(frozen=True, slots=True)
class _Line:
    """One line that holds a word: its place without blanks around it, and its number among these."""

    start: int
    end: int
    text: str
    number: int


@cache
def _lexicon() -> dict[tuple[str, str], tuple[str, ...]]:
    """The entries of the lexicon by how they are meant and kind, in the file's order."""
    out: dict[tuple[str, str], list[str]] = {}
    section: list[str] = []
    for line in files("tellings.lexicons").joinpath("furniture.txt").read_text("utf-8").splitlines():
        if re.fullmatch(r"\[[a-z]+ [a-z_]+\]", line):
            how, kind = line[1:-1].split()
            section = out.setdefault((how, kind), [])
        elif line and not line.startswith("#"):
            section.append(line)
    return {key: tuple(entries) for key, entries in out.items()}


@cache
def _patterns(how: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """One pattern for each kind, from all of its entries."""
    flags = 0 if how == "part" else re.IGNORECASE
    out: list[tuple[str, re.Pattern[str]]] = []
    for (name, kind), entries in _lexicon().items():
        if name == how:
            blanks = (e if how == "part" else e.replace("~?", r"\s{0,3}").replace("~", r"\s{1,4}") for e in entries)
            out.append((kind, re.compile("|".join(f"(?:{e})" for e in blanks), flags)))
    return tuple(out)


@cache
def _interface() -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern for one phrase of interfaces, the longest first, and the kind of each."""
    kinds: dict[str, str] = {}
    for (how, kind), entries in _lexicon().items():
        if how == "words":
            for entry in entries:
                kinds.setdefault(entry, kind)
    longest = sorted(kinds, key=lambda phrase: (-len(phrase), phrase))
    return re.compile("|".join(re.escape(p).replace(r"\ ", r"\s+") for p in longest), re.IGNORECASE), kinds


def find(a: Annotated) -> tuple[Removed, ...]:
    """The stretches of the text that are not the report, sorted, none overlapping another.

    What the page's markup showed to be furniture (`a.report.removed`) is among them. Where
    the rules would leave no line that ends as a sentence does, only that is given back: a list
    is then all that the report has.
    """
    text = a.report.text
    known = a.report.removed
    lines = [
        line
        for part in complement(a.id, len(text), [r.span for r in known])
        for line in _lines(text, part.start, part.end)
    ]
    lines = [_Line(line.start, line.end, line.text, number) for number, line in enumerate(lines)]
    title = a.report.title.value if a.report.title else None
    found = _disjoint(a.id, text, list(_found(lines, _plain(title) if title else None)))
    kept = complement(a.id, len(text), [r.span for r in (*known, *found)])
    if found and not any(_SENTENCE_STOP.search(line.strip()) for span in kept for line in span.cut(text).splitlines()):
        found = []
    return tuple(sorted((*known, *found), key=lambda r: (r.span, r.kind)))


def _lines(text: str, start: int, end: int) -> Iterator[_Line]:
    """The lines of a stretch that hold a word, without the blanks around them."""
    for m in _LINE.finditer(text, start, end):
        line = m.group()
        if _HAS_WORD.search(line):
            begin = m.start() + len(line) - len(line.lstrip())
            stripped = line.strip()
            yield _Line(begin, begin + len(stripped), stripped, 0)


def _disjoint(report: str, text: str, found: list[tuple[int, int, str]]) -> list[Removed]:
    """The finds as removed spans: the longer wins where two overlap, neighbours of one kind are joined."""
    taken: list[Removed] = []
    for start, end, kind in sorted(found, key=lambda f: (f[0], -f[1])):
        begin = max(start, taken[-1].span.end) if taken else start
        if begin >= end:
            continue
        if taken and taken[-1].kind == kind and not text[taken[-1].span.end : begin].strip():
            taken[-1] = Removed(Span(report, taken[-1].span.start, end), kind)
        else:
            taken.append(Removed(Span(report, begin, end), kind))
    return taken


def _found(lines: list[_Line], title: str | None) -> Iterator[tuple[int, int, str]]:
    """Every find as start, end and kind; they may overlap."""
    gone: set[int] = set()
    in_run = False
    for line in lines:
        if title and _plain(line.text) == title:
            in_run = False
            continue
        kind = _whole(line, lines)
        if kind is None and in_run and _is_link(line):
            kind = "related"
        if kind is not None:
            yield line.start, line.end, kind
            gone.add(line.number)
            in_run = (in_run and _is_link(line)) or _opens_run(line.text)
            continue
        in_run = False
        yield from _parts(line)
    yield from _captions([line for line in lines if line.number not in gone])


def _whole(line: _Line, lines: list[_Line]) -> str | None:
    """The kind of furniture that the whole line is, or None."""
    text = line.text
    if len(text) <= 120:
        kind = _row(text)
        if kind:
            return kind
    for how in ("line", "run"):
        for kind, pattern in _patterns(how):
            if len(text) <= 300 and pattern.fullmatch(text):
                return kind
    for kind, pattern in _patterns("start"):
        if pattern.match(text):
            return kind
    if line.number < _HEAD and len(text) <= 60 and _PAGE_DATE.fullmatch(text):
        return "page_date"
    if line.number < _HEAD and _is_trail(text):
        return "navigation"
    if line.number > 1 and len(text) <= 220 and not _STOP.search(text):
        for kind, pattern in _patterns("link"):
            if pattern.fullmatch(text):
                return kind
    if line.number > 1 and len(text) <= _LINK and re.search(r"\S\s+read more$", text, re.IGNORECASE):
        return "related"
    if _is_row_of_links(text):
        return "navigation"
    if _is_cut_teaser(line, lines):
        return "related"
    return None


def _row(text: str) -> str | None:
    """The kind of a line that is made of interface phrases alone, joined or glued, or None."""
    pattern, kinds = _interface()
    at, kind = 0, None
    while at < len(text):
        m = pattern.match(text, at)
        if m:
            after = text[m.end() : m.end() + 1]
            # A phrase ends at a blank or mark, or is glued to a capital ("Remember meForgot password").
            if after.isalnum() and not (after.isupper() and text[m.end() - 1].islower()):
                return None
            kind = kind or kinds[re.sub(r"\s+", " ", m.group().lower())]
            at = m.end()
        elif text[at].isalnum():
            return None
        else:
            at += 1
    return kind


def _parts(line: _Line) -> Iterator[tuple[int, int, str]]:
    """The parts of a line that are furniture while the rest is not."""
    text = line.text
    for kind, pattern in _patterns("part"):
        for m in pattern.finditer(text):
            if m.end() > m.start():
                yield line.start + m.start(), line.start + m.end(), kind
    pattern, kinds = _interface()
    glued = pattern.match(text)
    if (
        glued
        and " " in glued.group()
        and text[glued.end() - 1].islower()
        and text[glued.end() : glued.end() + 1].isupper()
    ):
        yield line.start, line.start + glued.end(), kinds[re.sub(r"\s+", " ", glued.group().lower())]
    pieces = list(_PIECE.finditer(text)) if line.number < _HEAD and len(text) < 400 else []
    for m in pieces if len(pieces) > 1 else []:
        piece = m.group().strip()
        kind = "page_date" if _PAGE_DATE.fullmatch(piece) else _row(piece)
        if kind and piece:
            begin = line.start + m.start() + m.group().index(piece)
            yield begin, begin + len(piece), kind


def _is_trail(text: str) -> bool:
    """Whether a line is a trail of sections: "News / Asia"; two to six short names with signs between."""
    if len(text) > 90:
        return False
    steps = _CRUMB.split(text)
    return (
        2 <= len(steps) <= 6
        and not re.search(r"\d", text)
        and all(
            1 <= len(step.split()) <= 3 and step[:1].isupper() and not _STOP.search(step) and len(step) <= 28
            for step in steps
        )
    )


def _is_link(line: _Line) -> bool:
    """Whether a line may be a link, or a row of them, in a list: it holds no stop."""
    text = line.text
    return not _STOP.search(text) and (len(text) <= _LINK or not re.search(r"[.!?]['\"”’]?\s", text))


def _opens_run(text: str) -> bool:
    """Whether a line heads a list of links."""
    return any(pattern.fullmatch(text) for _, pattern in _patterns("run"))


def _is_row_of_links(text: str) -> bool:
    """Whether a long line is a menu: twenty words or more, nearly all with capitals or numbers, no stop inside."""
    if len(text) < 120 or re.search(r"[.!?,;][\s\"”’]", text):
        return False
    words = _WORD.findall(text)
    high = sum(1 for word in words if word[0].isupper() or word[0].isdigit())
    return len(words) >= 20 and high >= 0.8 * len(words)


def _is_cut_teaser(line: _Line, lines: list[_Line]) -> bool:
    """Whether a line is cut off with dots and a neighbour says the same in full."""
    if not line.text.endswith(("...", "…")):
        return False
    begin = line.text.removesuffix("…").removesuffix("...").rstrip()
    if len(begin) < 30:
        return False
    near = lines[max(0, line.number - 2) : line.number + 3]
    return any(
        other.number != line.number and other.text.startswith(begin) and len(other.text) > len(begin) for other in near
    )


def _captions(lines: list[_Line]) -> Iterator[tuple[int, int, str]]:
    """Captions of other stories: lines that credit a picture and name nobody and nothing of the rest.

    A series of pictures is judged as a whole, but a picture of it that shares half of its names
    stays. Names of months, agencies and the first word of a line say nothing, and the rest of
    the text has to hold enough words to judge by.
    """
    groups = _series(lines)
    numbers = {line.number for group in groups for line in group}
    groups += [
        [line]
        for line in lines
        if line.number not in numbers
        and len(line.text) <= _CAPTION
        and not line.text.lower().startswith("by ")
        and _CREDIT.search(line.text)
    ]
    numbers |= {line.number for group in groups for line in group}
    body = [line for line in lines if line.number not in numbers]
    known = {_base(word) for line in body for word in _WORD.findall(line.text)}
    judged = sum(len(line.text) for line in body) >= 600
    for group in groups:
        heading = _heading(group)
        strange = judged and _is_strange(group, known, 1 / 7)
        for line in group:
            if strange and (len(group) == 1 or _is_strange([line], known, 1 / 2)):
                yield line.start, line.end, "caption_other"
            elif len(group) > 1 and (m := _SERIES.search(line.text)):
                yield line.start + m.start(), line.start + m.end(), "navigation"
                if heading and m.start() > heading:
                    yield line.start, line.start + heading, "navigation"


def _heading(group: list[_Line]) -> int:
    """How many characters at the head of each line of a series are its heading, said again at each picture.

    Three words or more that three lines or more have alike; else 0.
    """
    if len(group) < 3 or any(_SERIES.search(line.text) is None or line.text[:1].isdigit() for line in group):
        return 0
    first, last = min(line.text for line in group), max(line.text for line in group)  # they differ soonest
    same = next((k for k, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last)))
    alike = first[: first.rfind(" ", 0, same) + 1]
    return len(alike.rstrip()) if len(alike.split()) >= 3 else 0


def _series(lines: list[_Line]) -> list[list[_Line]]:
    """The runs of two lines or more that number the pictures of one series."""
    out: list[list[_Line]] = []
    last = ""
    for line in lines:
        m = _SERIES.search(line.text) if len(line.text) <= _CAPTION else None
        total = (m["m"] or m["m2"]) if m else ""
        if total and total == last and out[-1][-1].number == line.number - 1:
            out[-1].append(line)
        elif total:
            out.append([line])
        last = total
    return [group for group in out if len(group) > 1]


def _is_strange(lines: list[_Line], known: set[str], share: float) -> bool:
    """Whether of the names in the lines at most `share` are known, and of all words not half.

    A story's own caption shares most of its names; one in seven is chance ("US", "House").
    With fewer than three names nothing is said, but for a line of a series that was judged.
    """
    texts = [_CREDIT.sub(" ", _SERIES.sub(" ", line.text)).strip() for line in lines]
    names = {
        _base(n.group()) for text in texts for n in _NAME.finditer(text) if n.start() and not _CALENDAR.match(n.group())
    }
    words = {_base(w) for text in texts for w in _WORD.findall(text) if len(w) > 3 and not _CALENDAR.match(w)}
    if not words or (len(names) < 3 and share < 1 / 2):
        return False
    own = sum(name in known for name in names) / max(1, len(names))
    said = sum(word in known for word in words) / len(words)
    return own <= share and said <= (1 / 3 if len(lines) == 1 and share < 1 / 2 else 1 / 2)


def _base(word: str) -> str:
    """A word as it is looked up: small letters, no possessive, no plural."""
    return word.lower().replace("’", "'").removesuffix("'s").removesuffix("s")


def _plain(text: str) -> str:
    """A headline as it is compared: its words in small letters."""
    return " ".join(_WORD.findall(text.lower()))
