"""HTML pages -> drafts: the article, and what the page says of itself.

The article is what trafilatura extracts, headline first; where it finds none, the article that
the page carries as JSON-LD. Fields come from JSON-LD (schema.org), OpenGraph and other meta
elements, `<time>` elements beside the headline and the `<html lang>`. Dates are not searched for
in the rest of the page, where related articles and copyright lines have theirs: what the page
does not mark stays for the text to say. What furniture extraction leaves in is found later.

A page is hostile until read: its size, its number of tags and attributes are bounded before it
is parsed, and whatever the parsers raise becomes one message.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast

from tellings.acquire import agencies, dates
from tellings.acquire.decodings import decode
from tellings.acquire.drafts import Draft
from tellings.acquire.heads import host
from tellings.errors import Unreadable
from tellings.records import Found, Notice

__all__ = ["Metadata", "draft", "metadata"]

MOST_TAGS = 20_000
MOST_ATTRIBUTES = 20_000
"""More tags in a page, or attributes in its long tags, than any article has; extraction would take long."""

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_TAG = re.compile(r"<[A-Za-z]")
_LONG_TAG = re.compile(r"<[A-Za-z][^>]{2000,}")
_ATTRIBUTE = re.compile(r"[\s/\"'][^\s\"'>/=]+(?=[\s=/>])")
_ARTICLE_TYPES = re.compile(
    r"(?:News|Reportage|Analysis|Background|Opinion|Review|Satirical|Live)?(?:Article|BlogPosting)$|^Report$"
)
_BLANKS = re.compile(r"\s+")
_WORD = re.compile(r"[^\W_]+")

_META: dict[str, tuple[str, ...]] = {
    "title": ("og:title", "twitter:title", "dc.title", "dcterms.title", "parsely-title", "sailthru.title", "headline"),
    "outlet": ("og:site_name", "application-name", "dc.publisher", "dcterms.publisher", "publisher", "cre"),
    "byline": ("author", "byl", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author"),
    "published": (
        "article:published_time", "og:article:published_time", "article.published", "datepublished", "publish-date",
        "publish_date", "pubdate", "publication_date", "parsely-pub-date", "sailthru.date", "dc.date.issued",
        "dcterms.issued", "dc.date", "dcterms.date", "dc.date.created", "dcterms.created",
        "cxenseparse:recs:publishtime", "citation_publication_date", "ptime", "date",
    ),
    "url": ("og:url", "twitter:url", "parsely-link"),
    "language": ("og:locale", "content-language", "dc.language", "language"),
    "source": (
        "syndication-source", "original-source", "dc.source", "article:source", "source", "creditline", "credit",
    ),
}  # fmt: skip
"""Names of meta elements in the order of trust."""


def _clean(value: object) -> str | None:
    """A string of metadata in one line; None for anything else or nothing."""
    if not isinstance(value, str):
        return None
    text = _BLANKS.sub(" ", value.replace("\u200b", "")).strip()[:600]
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return None
    return text or None


# ---------------------------------------------------------------- JSON-LD


def _items(value: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """Every object in JSON-LD, outer ones first, to a bounded depth."""
    if depth > 6:
        return
    if isinstance(value, Mapping):
        item = cast("Mapping[str, Any]", value)
        yield item
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item"):
            if key in item:
                yield from _items(item[key], depth + 1)
    elif isinstance(value, list):
        for item in cast("list[Any]", value)[:200]:
            yield from _items(item, depth + 1)


def _names(value: Any) -> list[str]:
    """The names in an author or publisher: a string, an object with a name, a list of them."""
    if isinstance(value, list):
        return [name for item in cast("list[Any]", value)[:20] for name in _names(item)]
    if isinstance(value, Mapping):
        value = cast("Mapping[str, Any]", value).get("name")
        if isinstance(value, list):
            return _names(cast("list[Any]", value))
    name = _clean(value)
    return [name] if name and not name.startswith(("http://", "https://", "@")) else []


def _is_article(item: Mapping[str, Any]) -> bool:
    """Whether a JSON-LD object is an article."""
    kinds = item.get("@type")
    every = cast("list[Any]", kinds) if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and _ARTICLE_TYPES.search(kind) is not None for kind in every)


def _linked(tree: Any) -> Mapping[str, Any]:
    """The first article in the page's JSON-LD, else what it says of the page; empty where there is neither."""
    page: Mapping[str, Any] = {}
    for script in tree.iterfind(".//script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        text = (script.text or "").strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
        if text.startswith("<![CDATA["):
            text = text.removeprefix("<![CDATA[").removesuffix("]]>")
        try:
            value = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        for item in _items(value):
            if _is_article(item):
                return item
            if not page and item.get("@type") == "WebPage" and "datePublished" in item:
                page = {key: item[key] for key in ("datePublished", "inLanguage") if key in item}
    return page


# ---------------------------------------------------------------- the rest of the page


def _metas(tree: Any) -> dict[str, str]:
    """The meta elements by name in lower case; the first of a name counts."""
    out: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv")
        value = _clean(meta.get("content"))
        if name and value:
            out.setdefault(name.strip().lower(), value)
    return out


def _first(metas: Mapping[str, str], field: str) -> str | None:
    """The most trusted meta element of a field; None where there is none."""
    return next((metas[name] for name in _META[field] if name in metas), None)


def _text(element: Any) -> str:
    """The words of an element in one line."""
    return _clean(" ".join(element.itertext())) or ""


def _shared(a: str, b: str) -> float:
    """How much of the shorter of two titles stands in the other, by words."""
    x, y = set(_WORD.findall(a.casefold())), set(_WORD.findall(b.casefold()))
    return len(x & y) / max(1, min(len(x), len(y)))


def _alike(a: str, b: str) -> float:
    """How many of the words of both titles together they share."""
    x, y = set(_WORD.findall(a.casefold())), set(_WORD.findall(b.casefold()))
    return len(x & y) / max(1, len(x | y))


def _title(tree: Any, linked: Mapping[str, Any], metas: Mapping[str, str], outlet: str | None) -> str | None:
    """The headline as printed: the h1 that fits what the metadata say, else what they say."""
    node = tree.find(".//title")
    plain = _text(node) if node is not None else ""
    told = _clean(linked.get("headline")) or _first(metas, "title") or plain or None
    if told is not None and outlet is not None:
        for mark in (" | ", " - ", " – ", " — ", " : ", " :: ", " » "):
            front, _, tail = told.rpartition(mark)
            if front and _shared(tail, outlet) >= 0.5 and len(_WORD.findall(front)) >= 2:
                told = front.strip()
                break
    heads = [text for h1 in list(tree.iter("h1"))[:10] if (text := _text(h1)) and len(text) <= 300]
    # A site's own name stands in an h1 on many pages.
    heads = [text for text in heads if outlet is None or _fold(text) != _fold(outlet)]
    if told is None:
        return heads[0] if len(heads) == 1 else None
    fitting = [text for text in heads if len(_WORD.findall(text)) >= 2 and _shared(text, told) >= 0.6]
    return max(fitting, key=lambda text: (_alike(text, told), text)) if fitting else told


_PUBLISHED = re.compile(
    r"publish|posted|pub[-_]?date|dateline|entry-date|article[-_]?date|date[-_]?time|timestamp", re.IGNORECASE
)


def _time_beside(tree: Any) -> str | None:
    """The date in an element marked as date of publication, or in the `<time>` nearest the headline.

    Teasers of other articles have times too, so a time counts only close behind the headline or
    just before it, and never one in a list or an aside.
    """
    for element in tree.xpath("//*[@itemprop='datePublished' or @pubdate]")[:5]:
        value = dates.normal(element.get("datetime") or element.get("content") or _text(element))
        if value is not None:
            return value
    heads = list(tree.iter("h1"))[:3]
    for h1 in heads:
        found: list[Any] = []
        for step in h1.xpath("following::*[position() <= 60]"):
            if step.tag in {"h2", "h3", "aside"} and found:
                break
            found.append(step)
        found += h1.xpath("preceding::*[position() <= 12]")
        for element in found:
            if not isinstance(element.tag, str) or any(
                up.tag in {"aside", "li", "nav"} for up in element.iterancestors()
            ):
                continue
            marks = f"{element.get('class') or ''} {element.get('id') or ''}"
            if element.tag == "time" and (value := dates.normal(element.get("datetime") or _text(element))) is not None:
                return value
            if _PUBLISHED.search(marks) and element.find(".//time") is None:
                text = _text(element)
                written = (
                    next((w for w in dates.scan(text[:120]) if w.iso is not None), None) if len(text) < 120 else None
                )
                if written is not None and "updat" not in text.lower():
                    return written.iso
    return None


def _byline_beside(tree: Any) -> str | None:
    """The names in an element marked as author (rel, itemprop or class "byline")."""
    for path in ("//*[@rel='author']", "//*[@itemprop='author']", "//*[contains(@class,'byline')]"):
        names: list[str] = []
        for element in tree.xpath(path)[:4]:
            text = re.sub(r"^(?:by|written by)\s*:?\s+", "", _text(element), flags=re.IGNORECASE)
            if 3 <= len(text) <= 80 and text not in names and not re.search(r"\d", text):
                names.append(text)
        if names:
            return ", ".join(names)
    return None


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says of itself; None and () for what it does not say."""

    outlet: Found | None = None
    url: Found | None = None
    title: Found | None = None
    byline: Found | None = None
    published: Found | None = None
    language: Found | None = None
    credits: tuple[Found, ...] = ()


def metadata(tree: Any, url: str | None = None) -> Metadata:
    """What a parsed page says of itself; `url`, where it was fetched from, counts if the page names none."""
    linked, metas = _linked(tree), _metas(tree)
    canonical = next(
        (link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"), None
    )
    own = next(
        (
            value
            for value in (_clean(canonical), _first(metas, "url"), _clean(linked.get("url")))
            if value is not None and value.startswith(("http://", "https://"))
        ),
        None,
    )
    address = Found(own, "page") if own is not None else Found(url, "given") if url is not None else None
    outlet = next(iter(_names(linked.get("publisher"))), None) or _first(metas, "outlet")
    if outlet is None and address is not None:
        outlet = host(address.value)
    names = _names(linked.get("author")) or [
        name for name in re.split(r"\s*;\s*", _first(metas, "byline") or "") if name and not name.startswith("http")
    ]
    byline = ", ".join(dict.fromkeys(names)) or _byline_beside(tree)
    published = next(
        (
            iso
            for value in (
                linked.get("datePublished"),
                linked.get("dateCreated"),
                *(metas.get(n) for n in _META["published"]),
            )
            if (text := _clean(value)) is not None and (iso := dates.normal(text)) is not None
        ),
        None,
    ) or _time_beside(tree)
    language = (
        _clean(linked.get("inLanguage"))
        or _clean(tree.get("lang") or tree.get("xml:lang"))
        or _first(metas, "language")
    )
    return Metadata(
        outlet=_page(outlet),
        url=address,
        title=_page(_title(tree, linked, metas, outlet)),
        byline=_page(byline),
        published=_page(published),
        language=_page(language),
        credits=_credits(linked, metas, byline),
    )


def _page(value: str | None) -> Found | None:
    """A value that the page states."""
    return None if not value else Found(value, "page")


def _credits(linked: Mapping[str, Any], metas: Mapping[str, str], byline: str | None) -> tuple[Found, ...]:
    """The agencies in the page's own credit fields and byline, each once."""
    said = [
        _clean(linked.get("creditText")),
        *_names(linked.get("sourceOrganization")),
        *_names(linked.get("provider")),
        *_names(linked.get("copyrightHolder")),
        byline,
        *(metas.get(name) for name in _META["source"]),
    ]
    out: dict[str, Found] = {}
    for value in said:
        if value is None or len(value) > 200:
            continue
        for name, _, _ in agencies.leading(value) or [
            (known, 0, 0)
            for part in re.split(r"[,;/()]|\s(?:and|with|in)\s", value)
            if (known := agencies.agency(part)) is not None
        ]:
            out.setdefault(name, Found(name, "page"))
    return tuple(out.values())


# ---------------------------------------------------------------- the whole


@contextmanager
def _quiet() -> Generator[None]:
    """The extraction libraries say through logging what is said here as one message."""
    loggers = [logging.getLogger(name) for name in ("trafilatura", "htmldate")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def _markup(data: bytes, where: str) -> tuple[str, list[Notice]]:
    """The page as text, by its mark, what it declares, UTF-8 or a guess."""
    declared = _CHARSET.search(data[:4096])
    if declared is not None and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        name = declared[1].decode("ascii").lower()
        # What calls itself Latin-1 is read as windows-1252, as every browser does.
        name = "cp1252" if name in {"iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"} else name
        if name.replace("_", "-") not in {"utf-8", "utf8", "utf-16", "utf-16le", "utf-16be"}:
            try:
                return data.decode(name), []
            except (LookupError, UnicodeDecodeError, ValueError):
                pass
    decoded = decode(data, where)
    notices = [Notice("encoding", where, decoded.remark, "save it as UTF-8")] if decoded.remark else []
    return decoded.text, notices


def _in_tables(text: str) -> bool:
    """Whether most of an extracted text stands in the cells of tables."""
    return 2 * sum(len(line) for line in text.split("\n") if line.startswith("|")) > len(text)


def _article(tree: Any, url: str | None) -> str:
    """The text of the article; "" where there is none."""
    from trafilatura import extract

    # The quick way is as good on news as the slow one (.962 against .960 on 181 pages) and cannot
    # fall back on a whole page of links. Comments are other people's words.
    text = extract(tree, url=url, fast=True, include_comments=False, include_tables=True, output_format="txt") or ""
    if _in_tables(text):
        # Old pages are laid out in tables: there the whole article is one cell.
        text = (
            extract(tree, url=url, fast=True, include_comments=False, include_tables=False, output_format="txt") or ""
        )
    body = _linked(tree).get("articleBody")
    if len(text.split()) < 25:
        more = extract(tree, url=url, include_comments=False, favor_recall=True, output_format="txt") or ""
        text = max(text, more, key=lambda t: len(t.split()))
    # The library gives such a body too, but in one piece.
    flat = isinstance(body, str) and "\n" in body.strip() and "\n" not in text and len(text) < 1.1 * len(body)
    if isinstance(body, str) and (flat or len(text.split()) < 0.5 * len(body.split())):
        text = "\n".join(part.strip() for part in re.split(r"\r?\n+", body) if part.strip())
    return text.strip()


def draft(data: bytes, where: str, name: str, digest: str, url: str | None) -> tuple[Draft, list[Notice]]:
    """The draft of one page and what there is to say of it.

    `name` is the file's name without its ending, `url` the address it was fetched from or None.
    Raises `Unreadable` for a page without an article, and for one that is built to be slow.
    """
    markup, notices = _markup(data, where)
    markup = _DECLARATION.sub("", markup).replace("\x00", "")
    attributes = sum(len(_ATTRIBUTE.findall(tag.group())) for tag in _LONG_TAG.finditer(markup))
    if attributes > MOST_ATTRIBUTES or sum(1 for _ in _TAG.finditer(markup)) > MOST_TAGS:
        raise Unreadable("the page has more markup than an article", where=where, next_step="give its text")
    try:
        with _quiet():
            from trafilatura.utils import load_html

            tree: Any = load_html(markup)
            if tree is None:
                raise _no_article(where)  # noqa: TRY301  # said in one place
            known = metadata(tree, url)
            text = _article(tree, url)
    except Unreadable:
        raise
    except (Exception, RecursionError) as error:  # noqa: BLE001  # parsers raise anything on hostile input
        raise Unreadable(
            f"the page cannot be read ({type(error).__name__})", where=where, next_step="give its text"
        ) from None
    if len(_WORD.findall(text)) < 8:
        raise _no_article(where)
    title = known.title
    if title is not None:
        first = text.split("\n", 8)[:8]
        printed = next(
            (line for line in first if _fold(line) == _fold(title.value) or _inside(line, title.value)), None
        )
        if printed is None:
            text = f"{title.value}\n\n{text}"
        else:
            title = Found(" ".join(printed.split()), "page")
    made = Draft(
        where,
        0,
        name,
        text,
        outlet=known.outlet,
        url=known.url,
        title=title,
        byline=known.byline,
        published=known.published,
        language=known.language,
        credits=known.credits,
        digest=digest,
        file=name,
    )
    return made, notices


def _fold(line: str) -> str:
    """A line for comparing: words alone."""
    return " ".join(_WORD.findall(line.casefold()))


def _inside(line: str, title: str) -> bool:
    """Whether a line is a title without the site's name before or behind it."""
    words = _fold(line)
    return len(words.split()) >= 4 and f" {words} " in f" {_fold(title)} " and 2 * len(words) > len(_fold(title))


def _no_article(where: str) -> Unreadable:
    """The refusal of a page of links, forms or scripts."""
    return Unreadable("no article was found in this page", where=where, next_step="give its text, or another page")
