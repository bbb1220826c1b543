"""What in a line is no statement: the credits of pictures, and the datelines before a report's first words.

A caption of the story belongs to the report, and so does its credit; but "(Photo by Ola Berg/Harrow
Wire)" says nothing of the event and must not be read together with what stands beside it. The
houses that sell pictures stand in `lexicons/picture_houses.txt`, the news agencies in `agencies.txt`.

Still missed: a credit without a mark and without a house ("Ola Berg") beside the words of a caption.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from tellings.lexicons import lines
from tellings.text import Span, merge

__all__ = ["archived", "dateline", "picture_credits"]

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DATE = rf"(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})(?:,? \d{{4}})?"
_DASH = r"(?:--|[—–―-]|:)"
_TOWN = r"[A-Z][\w.'’-]{1,20}(?:[ -][A-Za-z][\w.'’-]{1,20}){0,3}"
_DATELINES = re.compile(
    # "(Wire) - The river rose", "VARMO, May 3 (Wire) --", "Varmo (Wire) —", "VARMO, Norland —", "Varmo, May 3 —"
    rf"(?:(?:{_TOWN}(?:/{_TOWN})?(?:, ?{_TOWN}\.?)?,? ?)?(?:,? ?{_DATE},? ?)?"
    rf"\((?P<wire>[^()\n]{{2,40}})\)(?:,? ?{_DATE})? ?{_DASH}"
    rf"|(?P<town>{_TOWN}(?:/{_TOWN})?)(?:(?:, ?{_TOWN}\.?){{0,2}}(?P<date>,? {_DATE})?)"
    r" ?(?:--|[—–―]| -|:(?= [A-Z]))"
    rf"|(?:{_TOWN}(?:, ?{_TOWN})?,? ?)?\([A-Z]{{2,6}}\)(?=[A-Z][a-z])|\((?:[A-Z]{{2,6}}|Reuters)\)(?= [A-Z][a-z])"
    rf")\s*(?=[\"'“‘A-Z0-9])"
)
_HINT = re.compile(r"photo|picture|image|credit|©|getty|/|\b[A-Z]{2,5}\b|[A-Z][a-z]+ ?$|^[A-Z]|reuters", re.IGNORECASE)
_OPENERS = (
    r"(?:A|An|The|This|These|Those|His|Her|Its|Some|Many|Several|One|Two|Three|Four|Five"
    r"|About|Around|At|Over|Nearly|Almost|More|Up|Members|People|Women|Men)"
)
"""A caption behind a bare house begins so ("Reuters The ferry at Varmo"), a headline does not."""
_LONG = 4000
"""A longer line is no caption alone; only what stands in brackets is looked for."""


@cache
def _houses() -> str:
    """A pattern for who sells pictures: agencies whose names stand for nothing else, and picture houses."""
    out: set[str] = set(lines("picture_houses.txt"))
    text = files("tellings.lexicons").joinpath("agencies.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            out.update(form for form in line.partition("\t")[2].split("|") if form and not form.endswith("*"))
    return "(?:" + "|".join(re.escape(name) for name in sorted(out, key=lambda n: (-len(n), n))) + ")"


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """The forms of credits: in brackets, with a mark anywhere, and at the two ends of a line."""
    house = _houses()
    name = r"[A-Z][\w.'’-]{0,20}(?: (?:[A-Z][\w.'’-]{0,20}|de|van|von|bin|al|el)){0,3}"
    word = r"(?i:photograph|photo|picture|image|pic|graphic|credit|video|file photo|handout)s?"
    bracket = (
        rf"[(\[] ?(?:(?:{house} )?{word}(?:[ :/]|(?= ?[)\]]))[^()\[\]\n]{{0,70}}|{name} ?[/|] ?[^()\[\]\n]{{2,50}}"
        rf"|[^()\[\]\n]{{0,50}}(?:/ ?{house}|\bvia {house})[^()\[\]\n]{{0,30}}"
        r"|(?i:file|screengrab|file photo)) ?[)\]](?=\s*(?:$|[\"'“‘(\[A-Z0-9]))"
    )
    marked = (
        rf"(?<!\w){word}(?: by|:| by:| credit:?| courtesy(?: of)?:?) ?{name}"
        rf" ?(?:/|\||,| via) ?{house}(?: ?/ ?{house})?(?! ?[a-z])"
    )
    foot = (
        rf"(?:(?<=[.!?”\"’')\]] )|^){name} ?/ ?(?:{house}|{name})(?: via {house})?$"
        rf"|(?:(?<=[.!?”\"’')\]] )|^)[-–—, ]{{0,4}}(?:{house})(?: ?/ ?{house})?$"
        rf"|© ?{name} ?(?:/ ?{name})?(?: ?\([^()\n]{{1,30}}\))?$"
        rf"|(?:(?<=[.!?”\"’')\]] )|(?<=[a-z] ))\((?:{house})(?:/{house})?\)$"
    )
    head = rf"^(?:{house}: ?{house}|{house} ?[-–] ?(?i:contributor|stringer|handout)|{house}(?= {_OPENERS} [^.!?]*$))"
    return tuple(re.compile(p) for p in (bracket, marked, foot, head))


def picture_credits(report: str, text: str, start: int, end: int) -> tuple[Span, ...]:
    """Where the credits of pictures stand in one line, `text[start:end]`; sorted, apart from each other.

    >>> line = "A ferry at Varmo. (Photo by Ola Berg/Getty Images) The mayor was there."
    >>> [span.cut(line) for span in picture_credits("r", line, 0, len(line))]
    ['(Photo by Ola Berg/Getty Images)']
    """
    if not _HINT.search(text, start, end):
        return ()
    line = text[start:end]
    stripped = line.rstrip()
    begin = len(line) - len(line.lstrip())
    bracket, marked, foot, head = _patterns()
    out = [m.span() for pattern in (bracket, marked) for m in pattern.finditer(line)]
    if len(line) <= _LONG:
        out += [m.span() for m in foot.finditer(stripped)]
        out += [(begin, begin + m.end()) for m in (head.match(stripped.lstrip()),) if m]
    return merge(Span(report, start + a, start + b) for a, b in out)


_ARCHIVED = re.compile(
    r"\b[Ii]n (?:this|an?) [^.;()\n]{0,60}?\b[Ff]ile (?:photo|photograph|picture|image)\b"
    r"|^\W{0,3}FILE(?: (?:PHOTO|PHOTOGRAPH|PICTURE|IMAGE))?(?= ?[-–—:)])"
    r"|^\W{0,3}File (?:photo|photograph|picture|image)\b"
    r"|[(\[][Ff]ile(?: (?:photo|photograph|picture|image))?(?: by [^()\n]{2,40})?[)\]]"
)


def archived(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` describes a picture from an archive: it tells of another day than the report.

    >>> line = "Ola Berg arrives at court in this May 3, 2016 file photo."
    >>> archived(line, 0, len(line)), archived("Police gave out a file photo.", 0, 29)
    (True, False)
    """
    if text.find("ile", start, end) < 0 and text.find("FILE", start, end) < 0:
        return False
    return _ARCHIVED.search(text[start : min(end, start + _LONG)]) is not None


def dateline(text: str, start: int, end: int) -> int:
    """Where the first words behind a dateline begin in the sentence `text[start:end]`; `start` where it has none.

    A town alone before a dash counts only in capitals; with a date or an agency in brackets in any letters.

    >>> line = "VARMO, May 3 (Norwire) — The river rose."
    >>> line[dateline(line, 0, len(line)) :]
    'The river rose.'
    >>> dateline("The river — A wide one — rose.", 0, 30)
    0
    """
    while start < end and text[start].isspace():
        start += 1
    m = _DATELINES.match(text, start, min(end, start + 160))
    if m is None:
        return start
    if m["wire"] is not None:
        house = m["wire"].strip()
        return m.end() if house[:1].isupper() or house in ("dpa", "ots") else start
    town = m["town"]
    if town is None:  # "Varmo (NTB)The river rose", "(NTB) The river rose"
        return m.end()
    letters = [c for c in town if c.isalpha()]
    return m.end() if m["date"] or (len(letters) > 3 and town.upper() == town) else start
