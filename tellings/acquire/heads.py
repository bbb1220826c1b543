"""The head of a report found in its text: headline, outlet, byline, date, agency credits.

This is for text without markup: a file, a scraped page, a row whose fields are null. Only what
the text says of itself is taken, each value with the words that say it; what it does not say
stays unknown. A date above the headline that no label explains is the day on which the site was
looked at as often as the day of the report, so it does not count.

The rules look at the first lines and the last ones. Still missed: headlines in sentence form
that end with a full stop, bylines without "By", outlets that only a logo names, dates in words
("yesterday") and dates whose year is not written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from tellings.acquire import agencies, dates
from tellings.records import Found
from tellings.text import Span

__all__ = ["Head", "find", "host"]

HEAD_LINES, HEAD_SIZE = 25, 5000
FOOT_LINES, FOOT_SIZE = 15, 3000


@dataclass(frozen=True, slots=True)
class Head:
    """What a text says of itself; None and () for what it does not say."""

    outlet: Found | None = None
    url: Found | None = None
    title: Found | None = None
    byline: Found | None = None
    published: Found | None = None
    credits: tuple[Found, ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that is not blank, without the blanks at its ends."""

    start: int
    end: int
    text: str


_BLANK = " \t\r\n\f\v\u00a0\u2028\u2029\u200b\ufeff"


def _line(text: str, start: int, end: int) -> _Line | None:
    """The line without its blank ends; None where nothing is left."""
    while start < end and text[start] in _BLANK:
        start += 1
    while end > start and text[end - 1] in _BLANK:
        end -= 1
    return _Line(start, end, text[start:end]) if start < end else None


def _first_lines(text: str) -> list[_Line]:
    """The lines of the head: so many, or so many characters."""
    out: list[_Line] = []
    at = 0
    while at < min(len(text), HEAD_SIZE) and len(out) < HEAD_LINES:
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        if (line := _line(text, at, stop)) is not None:
            out.append(line)
        at = stop + 1
    return out


def _last_lines(text: str, after: int) -> list[_Line]:
    """The lines of the foot that lie after the head, in reading order."""
    out: list[_Line] = []
    at = len(text)
    while at > max(after, len(text) - FOOT_SIZE) and len(out) < FOOT_LINES:
        begin = text.rfind("\n", 0, at) + 1
        if begin >= after and (line := _line(text, begin, at)) is not None:
            out.append(line)
        at = begin - 1
    return out[::-1]


class _Page:
    """A text as lines of a head and a foot; `by` holds the numbers of the lines with a byline."""

    def __init__(self, report: str, text: str) -> None:
        self.report, self.text = report, text
        self.lines = _first_lines(text)
        self.foot = _last_lines(text, self.lines[-1].end if self.lines else 0)
        self.tail = (*self.lines, *self.foot)[-FOOT_LINES:]
        self.dated = [len(x.text) < 120 and next(dates.scan(x.text), None) is not None for x in self.lines]
        self.spots = {n: spot for n, line in enumerate(self.lines[:15]) if (spot := _byline(text, line)) is not None}
        self.signed = list(self._signed())
        self.by = {*self.spots, *(number for number, *_ in self.signed)}

    def quote(self, start: int, end: int, value: str | None = None) -> Found:
        """What these characters say, or the value that they stand for."""
        words = " ".join(self.text[start:end].split()) if value is None else value
        return Found(words, "text", Span(self.report, start, end))

    def _signed(self) -> Iterator[tuple[int, int, int]]:
        """The agencies alone on a line beside a date or a byline, or before a date on its line.

        Elsewhere such a line is a photo's credit as often as a byline.
        """
        for number, line in enumerate(self.lines[:12]):
            names = agencies.leading(line.text)
            stop = names[-1][2] if names and _THEN.match(line.text, names[-1][2]) else 0
            person = _PERSON_AGENCY.match(line.text) if not stop and len(line.text) < 100 else None
            if not stop and (person is None or agencies.agency(person["who"]) is None):
                continue
            around = {number - 1, number + 1} & set(range(len(self.lines)))
            near = any(self.dated[n] or n in self.spots for n in sorted(around))
            if (self.dated[number] and stop) or (near and stop in {0, len(line.text)}):
                yield number, line.start, line.start + (stop or len(line.text))


# ---------------------------------------------------------------- what a line of the head is

_FIELD = re.compile(
    r"^(?P<name>title|headline|outlet|publisher|publication|newspaper|website|byline|author|url|link)"
    r"\s?[:\uff1a]\s*(?P<value>\S.{0,300})$",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"""^(?:
        (?:log|sign)\s?(?:in|out|up)\b | remember\s?me | forgot\W?\s?(?:your\s)?password | register\b(?!\s+of)
      | (?:create|my)\s(?:an\s)?account | subscribe\b | skip\sto\b | (?:main\s)?menu\b | search\b | toggle\s
      | home(?:page)?$ | share\b | tweet\b | follow\sus | print\b | e-?mail\b | comments?\b | advert | sponsored
      | cookie | accept\sall | we\suse\scookies | (?:news|article|story)\sid\b | related\b | more\sfrom\b
      | \d+\s?(?:min(?:ute)?s?|hours?|days?)\s(?:read|ago)\b | story\shighlights | read\s(?:more|also)\b
      | see\salso\b | you\sare\shere\b | powered\sby\b | listen\sto\sthis | (?:https?://|www\.)
      | (?:last\s)?updated\b | published\b | posted\b | enlarge\b | (?:image|photo)\s(?:copyright|caption)
      | photos?\b | videos?\b(?=\s*[:|]) | gallery\b | caption\b | loading\b | breaking\snews$ | latest\snews
      | top\s(?:news|stories)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_CRUMB = r"[\w&'-]{1,20}(?:\s[\w&'-]{1,20}){0,2}"
_CRUMBS = re.compile(rf"^{_CRUMB}(?:\s+(?:/|>|»|›|\||::)\s+{_CRUMB})+$")
_SECTIONS = frozenset(
    (  # noqa: SIM905  # words read best as words
        "home news world politics business sport sports opinion culture travel weather video videos more menu login "
        "technology tech science health entertainment lifestyle local national international economy markets money "
        "arts style food podcasts newsletters subscribe contact about us photos live tv radio magazine shop jobs "
        "africa asia europe americas middle east uk us"
    ).split(" ")
)
_GLUED = re.compile(r"^(?:article |lead |main |featured? |story )?(?:image|photo|picture|video)(?=[A-Z\"'“‘][\w\"'“‘])")
_SITE = re.compile(r"^(?P<title>.{15,}?)\s+\|\s+(?P<site>[A-Z][\w.'’&-]*(?:\s[\w.'’&-]+){0,3})$")
_ENDS = re.compile(r"[.:;,][\"”’')]*$")
_WORDS = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_LATER = re.compile(r"\s(?:Updated|Published|Posted|Last updated)\s?:|\s{3,}By [A-Z]")
_BODY = re.compile(r"^(?:\(|[A-Z][A-Z.'’ -]{2,}(?:,[^-–—]{1,40})?\s?(?:\([^)]{2,40}\)\s?)?[-–—]{1,2}\s)")
"""A dateline: the report itself has begun."""


def _is_navigation(line: str) -> bool:
    """Whether a line is furniture of a page and cannot be a headline."""
    if _FURNITURE.match(line) or _CRUMBS.match(line):
        return True
    words = [w.lower() for w in _WORDS.findall(line)]
    return len(words) > 0 and sum(w in _SECTIONS for w in words) >= 0.6 * len(words)


def _headline(page: _Page, taken: frozenset[int]) -> tuple[int, int, int] | None:
    """The headline's place and the number of its line; None where no line is one.

    The first line that has the length and the end of a headline, before the first paragraph.
    Credits, dates, bylines and furniture may stand above it. Of four such lines in a row none is
    one: that is a list of points, or of links.
    """
    for number, line in enumerate(page.lines[:12]):
        start, end = line.start, line.end
        if number in taken:
            continue
        if (glued := _GLUED.match(line.text)) is not None:
            start += glued.end()
        elif _is_navigation(line.text) or agencies.is_caption(line.text):
            continue
        if (later := _LATER.search(page.text[start:end][:400])) is not None:
            end = start + later.start()
        if (site := _SITE.match(page.text[start:end][:300])) is not None:
            end = start + site.end("title")
        words = _WORDS.findall(page.text[start:end][:400])
        if end - start > 220 or len(words) > 32 or _BODY.match(line.text):
            return None  # the first paragraph: no headline stood above it
        if len(words) < 4:
            continue
        if _ENDS.search(page.text[start:end]) and not page.text[start:end].endswith("..."):
            if len(words) >= 12:
                return None
            continue
        after = page.lines[number + 1 : number + 4]
        if not after and end == line.end:
            return None  # a text of one line is no headline without a report
        alike = [n for n in after if 4 <= len(_WORDS.findall(n.text[:400])) <= 32 and not _ENDS.search(n.text)]
        return None if len(alike) == 3 else (start, end, number)
    return None


# ---------------------------------------------------------------- byline

_BY = re.compile(
    r"(?:(?<=^)|(?<=\s{3})|(?<=[|•·]\s)|(?<=\d\s)|(?<=[ap]m\s)|(?<=[AP]M\s))"
    r"(?:[Ww]ritten by|[Rr]eported by|[Ss]tory by|By|BY)\s?:?\s+(?=[A-Z“\"'])"
)
_TOKEN = re.compile(r"\([^()\n]{1,60}\)|[^\s,()]+|,")
_SMALL = frozenset(
    (  # noqa: SIM905  # words read best as words
        "and with in for of at from the de da do del della der den des di du van von bin ibn al el la le abu ben ter "
        "y e staff writer writers correspondent correspondents reporter reporters editor special to on a agencies"
    ).split(" ")
)
_STOPS = frozenset(
    ["|", "•", "·", "–", "—", "-", "/", "Published", "Updated", "Posted", "Last", "Date:", "Updated:", "Published:"]
)
_CALENDAR = re.compile(
    r"(?:mon|tues?|wednes|thurs?|fri|satur|sun)day$|(?:jan|febr?)(?:uary)?$|march$|april$|may$|june?$|july?$|august$|"
    r"(?:sept(?:em)?|octo?|nov(?:em)?|dec(?:em)?)(?:ber)?$|christmas$|then$|now$|noon$|midnight$|law$|contrast$",
    re.IGNORECASE,
)
_FOOT_BYLINE = re.compile(r"\(?(?:Reporting|Writing) by (?P<who>[A-Z][^;.()\n]{2,120}?)(?=[;.)]|$)")
_PERSON = r"[A-Z][\w.'’-]*(?:\s[A-Z][\w.'’-]*){1,3}"
_PERSON_AGENCY = re.compile(rf"^{_PERSON}(?:,?\s(?:and\s)?{_PERSON})?,\s(?P<who>.{{2,40}})$")
_THEN = re.compile(r"\s*(?:$|[|/·•–—-])")


def _byline(text: str, line: _Line) -> tuple[int, int] | None:
    """The names behind "By" in a line of the head; None where it is no byline.

    Names are capitals with a few small words between them; "By Tuesday the town had fallen" is
    told apart by its other words.
    """
    for match in _BY.finditer(line.text[:400]):
        begin = line.start + match.end()
        last, capitals, previous = begin, 0, begin
        for token in _TOKEN.finditer(text, begin, min(line.end, begin + 200)):
            word, start = token.group(), token.start()
            if word in _STOPS or start - previous >= 3 or word[0].isdigit():
                break
            if word[0].isupper() and any(w.start == 0 for w in dates.scan(text[start : start + 30])):
                break
            if word[0].isupper() or word[0] in "\"'“‘":
                capitals += -99 if _CALENDAR.match(word.rstrip(".,")) else 1
            elif word[0] != "(" and word != "," and word.lower().rstrip(".") not in _SMALL:
                capitals = -99
            if capitals < 0:
                break
            if word != ",":
                last = token.end()
            previous = token.end()
        if not 1 <= capitals <= 20:
            continue
        if text[last - 1] == "." and text[last - 2].islower():
            if capitals > 4:
                continue  # a sentence
            last -= 1
        return begin, last
    return None


def _found_byline(page: _Page) -> Found | None:
    """Who wrote it: a byline, an agency in its place, "Reporting by" at the end."""
    if page.spots:
        return page.quote(*page.spots[min(page.spots)])
    if page.signed:
        return page.quote(*page.signed[0][1:])
    for line in page.tail:
        if (match := _FOOT_BYLINE.search(line.text[:600])) is not None:
            return page.quote(line.start + match.start("who"), line.start + match.end("who"))
    return None


# ---------------------------------------------------------------- date of publication

_LABEL = re.compile(
    r"(?P<label>(?:first\s|originally\s|article\s)?(?:publish(?:ed)?|posted|publication|issued|created|filed)"
    r"(?:\s?(?:date|time|on|at))?|date(?:line)?|(?P<later>(?:last\s)?(?:updated|modified)(?:\s?(?:on|at|date))?))"
    r"\s*(?P<mark>[:\uff1a|-]|\s)\s*$",
    re.IGNORECASE,
)
_PLACE_BEFORE = re.compile(r"^[A-Z][A-Z.'’ -]{2,}[\w,. ]{0,40}$")
_DASH_AFTER = re.compile(r"\s?(?:\([^)]{2,40}\)\s?)?[-–—]")
_FILE_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d-[01]\d-[0-3]\d)(?!\d)")
_URL_DATE = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?:/|-|$)")


def _rank(page: _Page, number: int, headline: int | None, written: dates.Written) -> int | None:
    """How surely a date in a line of the head is that of publication, 0 best; None where it is not.

    In this order: behind a label that says published, with the byline, alone on a line below the
    headline or beside a byline, in a dateline with its year, in ISO form on a line of its own,
    behind a label that says updated.
    """
    sample = page.lines[number].text[:300]
    before, after = sample[: written.start], sample[written.end :]
    label = _LABEL.search(before)
    if label is not None and (label.start() <= 3 or label["mark"] in ":|\uff1a" or len(sample) < 90):
        return 5 if label["later"] else 0
    if number in page.by:
        return 1
    words = len(_WORDS.findall(after))
    if not _WORDS.search(before) and words <= 5 and len(sample) < 90:
        if {number - 1, number + 1} & page.by or (headline is not None and headline < number <= headline + 4):
            return 2
        return 4 if written.numeric and words == 0 and not written.weekday else None
    return 3 if _PLACE_BEFORE.match(before) and _DASH_AFTER.match(after) else None


def _published(page: _Page, headline: int | None) -> Found | None:
    """The date of publication; None where the text does not say it or says it in two ways."""
    best: tuple[int, int, int, str] | None = None
    for number, line in enumerate(page.lines):
        if agencies.is_caption(line.text[:300]):
            continue
        for written in dates.scan(line.text[:300]):
            rank = _rank(page, number, headline, written)
            if written.iso is not None and rank is not None and (best is None or rank < best[0]):
                best = rank, line.start + written.start, line.start + written.end, written.iso
    for line in page.foot:
        for written in dates.scan(line.text[:300]):
            label = _LABEL.search(line.text[: written.start])
            if written.iso is None or label is None or label.start() > 3 or agencies.is_caption(line.text):
                continue
            rank = 5 if label["later"] else 0
            if best is None or rank < best[0]:
                best = rank, line.start + written.start, line.start + written.end, written.iso
    return None if best is None else page.quote(*best[1:])


# ---------------------------------------------------------------- outlet and address

_NAME = r"[A-Z][\w.&'-]*(?:\s(?:[A-Z][\w.&'-]*|of|the|and|for|in|de|&)){0,5}"
_OUTLETS = (
    re.compile(rf"^(?P<who>{_NAME})(?:['’]s)?\s(?:website|web site|app|site)\s(?:can|is|may)\b"),
    re.compile(
        r"(?:[Cc]opyright|COPYRIGHT|©|\([Cc]\))\s?(?:©|\([Cc]\))?\s?"
        rf"(?:(?:19|20)\d\d(?:\s?[-–]\s?(?:(?:19|20)\d\d)?)?)?,?\s?(?:by\s)?(?P<who>{_NAME})"
    ),
    re.compile(rf"^(?:Download|Get) (?:the )?(?P<who>{_NAME}) app\b"),
)
_TAIL = re.compile(r"[\s.,]+(?:All|Inc|Ltd|LLC|Limited|GmbH|Co|Corp|Rights|Reserved|Company|PLC|plc|Media Group)\b.*$")
_NO_NAMES = frozenset(["all", "the", "image", "reserved", "this", "content", "rights", "photo"])
_URL = re.compile(r"^(?:https?://|www\.)[^\s<>\"]{4,300}$")
_HOST_NAME = re.compile(
    r"^(?:www\.)?((?:[a-z0-9-]{2,40}\.){1,4}(?:com|org|net|info|news|tv|co\.[a-z]{2}|com\.[a-z]{2}))(?=$|[_\s-])",
    re.IGNORECASE,
)


def host(url: str) -> str | None:
    """The site's name in an address, without "www."; None where there is none.

    >>> host("https://www.example.com/a/b")
    'example.com'
    """
    try:
        name = urlsplit(url if "//" in url else f"//{url}").hostname
    except ValueError:
        return None
    return name.removeprefix("www.") if name and "." in name else None


_MASTHEAD = re.compile(r"^[A-Z][\w.'’&-]*(?:\s(?:of|and|the|&|[A-Z][\w.'’&-]*)){0,6}$")
_PAPERS = frozenset(
    (  # noqa: SIM905  # words read best as words
        "herald tribune gazette courier ledger times post chronicle journal observer telegraph guardian standard "
        "examiner inquirer sentinel dispatch bulletin advocate voice tv radio daily press"
    ).split(" ")
)
_PAPERS_WITH_THE = frozenset(["sun", "star", "mail", "express", "mirror", "record", "independent", "globe", "national"])


def _masthead(page: _Page, headline: int | None, file_name: str | None) -> Found | None:
    """The outlet's name on a line above the headline: a paper's name, or the very name of the file."""
    stem = "".join(_WORDS.findall((file_name or "").lower().replace("_", " ").replace("-", " "))).removeprefix("the")
    for line in page.lines[: headline or 0][:3]:
        words = [word.lower() for word in _WORDS.findall(line.text)]
        if len(line.text) > 40 or not _MASTHEAD.match(line.text) or set(words) <= _SECTIONS:
            continue
        paper = not _PAPERS.isdisjoint(words) or (words[0] == "the" and not _PAPERS_WITH_THE.isdisjoint(words))
        named = len(stem) > 4 and "".join(words).replace("-", "").removeprefix("the") == stem
        if agencies.agency(line.text) is None and (named or (paper and line is page.lines[0] and len(words) > 1)):
            return page.quote(line.start, line.end)
    return None


def _named_outlet(page: _Page) -> Found | None:
    """Who published it, where the furniture of the page says so; the foot before the head."""
    for line in (*page.foot, *page.lines):
        plain = line.text.lower().startswith(("copyright", "©", "(c)"))
        if len(line.text) > 400 or (agencies.is_caption(line.text) and not plain):
            continue
        for pattern in _OUTLETS:
            match = pattern.search(line.text)
            if match is None:
                continue
            name = _TAIL.sub("", match["who"]).rstrip(" .,'&-").removesuffix("'s").removesuffix("’s")
            if len(name) >= 3 and agencies.agency(name) is None and name.lower() not in _NO_NAMES:
                start = line.start + match.start("who")
                return page.quote(start, start + len(name))
    return None


def _outlet(page: _Page, url: Found | str | None, headline: int | None, file_name: str | None) -> Found | None:
    """The outlet: the site of a given address, what the page says, an address in it, the name of the file."""
    if isinstance(url, str) and (name := host(url)) is not None:
        return Found(name, "given")
    if headline is not None:
        line = page.lines[headline]
        site = _SITE.match(line.text[:300])
        if site is not None and agencies.agency(site["site"]) is None:
            return page.quote(line.start + site.start("site"), line.start + site.end("site"))
    if (named := _named_outlet(page) or _masthead(page, headline, file_name)) is not None:
        return named
    if isinstance(url, Found) and (name := host(url.value)) is not None:
        return Found(name, url.where, url.span)
    if file_name and (match := _HOST_NAME.match(file_name)) is not None:
        return Found(match[1].lower(), "file name")
    return None


# ---------------------------------------------------------------- the whole


def find(
    report: str,
    text: str,
    *,
    file_name: str | None = None,
    url: str | None = None,
    outlet: str | None = None,
    title: str | None = None,
) -> Head:
    r"""What the text of `report` says of itself; every span lies in it.

    `url`, `outlet` and `title` are what is known already: they are not looked for again, and a
    known address gives its site and the date in its path. `file_name` (without ending) is the
    last resort, for a date in ISO form and a site's name.

    >>> head = find("a", "Ferry runs aground off Varmo pier\n\nBy Ada Lind (AFP)   Mar 3, 2021\n\nA ferry ran aground.")
    >>> head.title.value, head.byline.value, head.published.value, [c.value for c in head.credits]
    ('Ferry runs aground off Varmo pier', 'Ada Lind (AFP)', '2021-03-03', ['AFP'])
    """
    page = _Page(report, text)
    fields: dict[str, Found] = {}
    taken = {number for number, *_ in page.signed}
    taken |= {n for n, spot in page.spots.items() if spot[0] - page.lines[n].start < 20}
    for number, line in enumerate(page.lines[:12]):
        if (match := _FIELD.match(line.text)) is not None:
            start = line.start + match.start("value")
            fields.setdefault(match["name"].lower(), page.quote(start, line.end))
            taken.add(number)
        elif _URL.match(line.text):
            fields.setdefault("url", page.quote(line.start, line.end))
            taken.add(number)
        elif page.dated[number]:
            date = next(dates.scan(line.text))
            if len(line.text) - (date.end - date.start) < 30:
                taken.add(number)

    found_url = fields.get("url") or fields.get("link")
    spot = None if title is not None else _headline(page, frozenset(taken))
    headline = spot[2] if spot is not None else None
    found_title = fields.get("title") or fields.get("headline")
    if found_title is None and spot is not None:
        found_title = page.quote(spot[0], spot[1])

    published = _published(page, headline)
    if published is None and url is not None and (match := _URL_DATE.search(url[:400])) is not None:
        iso = dates.normal(f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}")
        published = Found(iso, "given") if iso else None
    if published is None and file_name and (match := _FILE_DATE.search(file_name)) is not None:
        iso = dates.normal(match[1])
        published = Found(iso, "file name") if iso else None

    said = ("outlet", "publisher", "publication", "newspaper", "website")
    found_outlet = next((fields[name] for name in said if name in fields), None)
    if outlet is None and found_outlet is None:
        found_outlet = _outlet(page, url or found_url, headline, file_name)

    house = outlet or (found_outlet.value if found_outlet else None)
    listed = agencies.find(
        text,
        [(line.start, line.end) for line in (*page.lines, *page.foot)],
        head=len(page.lines),
        bylines=[*page.spots.values(), *((a, b) for _, a, b in page.signed)],
        outlet=house,
        url=url or (found_url.value if found_url else None),
    )
    named = tuple(
        Found(c.name, "given") if c.start is None or c.end is None else page.quote(c.start, c.end, c.name)
        for c in listed
    )
    byline = fields.get("byline") or fields.get("author") or _found_byline(page)
    return Head(found_outlet, found_url, found_title, byline, published, named)
