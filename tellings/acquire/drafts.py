"""Reports on their way in: what a file or row gave, before ids are settled.

A `Draft` knows its place (path and line); drafts are sorted by it, so that twins, ids and their
suffixes do not depend on the order in which paths were given. `settle` makes the reports.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

from tellings.acquire import heads, languages
from tellings.errors import EmptyInput, FetchFailed, FetchRefused, InputError, NotFound, TooLarge
from tellings.records import Found, Notice, Report
from tellings.text import Span

__all__ = ["Draft", "Limits", "clean_id", "notice", "settle", "shown"]

LONGEST_ID = 120
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read at most; each message of a limit names the option that lifts it.

    `max_megabytes` bounds the text of all reports together, in millions of characters, and each
    file in millions of bytes: a text file as much, JSON (which holds more than text) four times,
    an HTML page half. `max_reports` bounds their number. `seconds` and `redirects` bound what is
    fetched, one address each.
    """

    max_megabytes: float = 20.0
    max_reports: int = 2000
    seconds: float = 20.0
    redirects: int = 5

    @property
    def characters(self) -> int:
        """How many characters all texts may have together."""
        return int(self.max_megabytes * 1e6)

    def file_bytes(self, kind: str) -> int:
        """How many bytes one file of this kind (text, page or rows) may have, unpacked."""
        return int(self.max_megabytes * 1e6 * {"page": 0.5, "rows": 4.0}.get(kind, 1.0))


@dataclass(frozen=True, slots=True)
class Draft:
    """One report as read. `line` is 0 for a whole file; `named` tells a given id from a file's name."""

    path: str
    line: int
    id: str
    text: str
    named: bool = False
    outlet: Found | None = None
    url: Found | None = None
    title: Found | None = None
    byline: Found | None = None
    published: Found | None = None
    language: Found | None = None
    credits: tuple[Found, ...] = ()
    digest: str | None = None
    file: str | None = None
    report: Report | None = None

    @property
    def where(self) -> str:
        """Its place for messages: the path, with the line where there is one."""
        return f"{self.path}:{self.line}" if self.line else self.path


def shown(path: str | os.PathLike[str]) -> str:
    r"""A path as it may be printed: one line, no control characters, writable as UTF-8.

    >>> shown("a\nb\x1b[31m.txt")
    'a b [31m.txt'
    """
    text = os.fsencode(path).decode("utf-8", "replace")
    plain = "".join(" " if unicodedata.category(c) in {"Cc", "Cf", "Zl", "Zp"} else c for c in text)
    return plain.strip() or "."


def clean_id(name: str) -> str:
    r"""The name as an id: no control or invisible characters, blanks joined, at most 120 characters.

    >>> clean_id("a\x00\u202e  b")
    'a b'
    """
    # Surrogates, private and unassigned characters go too: they cannot be shown, some not even written.
    kept = "".join(" " if c.isspace() else c for c in name[:4000] if c.isspace() or unicodedata.category(c)[0] != "C")
    return _SPACES.sub(" ", kept).strip()[:LONGEST_ID].strip() or "report"


_KINDS: tuple[tuple[type[InputError], str], ...] = (
    (NotFound, "missing"),
    (EmptyInput, "empty"),
    (TooLarge, "too_large"),
    (FetchRefused, "fetch"),
    (FetchFailed, "fetch"),
    (InputError, "unreadable"),
)


def notice(error: InputError) -> Notice:
    """What was set aside, as a notice of its kind."""
    kind = next(name for kind, name in _KINDS if isinstance(error, kind))
    return Notice(kind, error.where, error.what, error.next_step)


def _text_key(text: str) -> bytes:
    """The same for texts that differ in blanks and line ends alone."""
    return blake2b(" ".join(text.split()).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _outlet_key(draft: Draft) -> str:
    """Who published it, folded; "" where nothing says so."""
    found = draft.outlet or heads.find("", draft.text, file_name=draft.file).outlet
    if found is None:
        return ""
    name = found.value.casefold().removeprefix("www.")
    return "".join(c for c in name if c.isalnum())


def _without_twins(drafts: Sequence[Draft]) -> tuple[list[Draft], list[Notice]]:
    """The drafts without those that give the same text of the same outlet again."""
    keys = [_text_key(draft.text) for draft in drafts]
    often = Counter(keys)
    kept: list[Draft] = []
    notices: list[Notice] = []
    first: dict[tuple[bytes, str], Draft] = {}
    for draft, key in zip(drafts, keys, strict=True):
        # Most texts stand once: only the others need their outlet looked up.
        outlet = _outlet_key(draft) if often[key] > 1 else ""
        twin = first.setdefault((key, outlet), draft)
        if twin is draft:
            kept.append(draft)
            continue
        whose = "of the same outlet" if outlet else "and neither names its outlet"
        notices.append(Notice("twin", draft.where, f"the same text as {twin.where}, {whose}; it counts once"))
    return kept, notices


def _named_apart(drafts: Sequence[Draft]) -> tuple[list[Draft], list[Notice]]:
    """The drafts with ids that are all different, and what had to be changed."""
    names = Counter(draft.id for draft in drafts if not draft.named)
    first: list[Draft] = []
    for draft in drafts:
        folder = os.path.basename(os.path.dirname(draft.path))  # noqa: PTH119, PTH120  # a shown path, never opened
        if not draft.named and names[draft.id] > 1 and folder:
            first.append(replace(draft, id=clean_id(f"{folder}/{draft.id}")))
        else:
            first.append(draft)
    wanted = {draft.id for draft in first}
    owner: dict[str, Draft] = {}
    number: dict[str, int] = {}
    out: list[Draft] = []
    notices: list[Notice] = []
    for draft in first:
        before = owner.get(draft.id)
        if before is None:
            owner[draft.id] = draft
            out.append(draft)
            continue
        n = number.get(draft.id, 1) + 1
        while (new := f"{draft.id}-{n}") in owner or new in wanted:
            n += 1
        number[draft.id] = n
        owner[new] = draft
        out.append(replace(draft, id=new))
        what = f"its id {draft.id} is that of {before.where} too; it is called {new} here"
        notices.append(Notice("same_id", draft.where, what, "give each report an id of its own"))
    return out, notices


def _moved(found: Found | None, report: str) -> Found | None:
    """The same value, its span in the report of this id."""
    if found is None or found.span is None:
        return found
    return replace(found, span=Span(report, found.span.start, found.span.end))


def _report(draft: Draft) -> Report:
    """The report: what was given or the page says, completed by what its text says."""
    head = heads.find(
        draft.id,
        draft.text,
        file_name=draft.file,
        url=draft.url.value if draft.url else None,
        outlet=draft.outlet.value if draft.outlet else None,
        title=draft.title.value if draft.title else None,
    )
    old = draft.report
    credits_ = [found for c in draft.credits if (found := _moved(c, draft.id)) is not None]
    known = {c.value for c in credits_}
    return Report(
        id=draft.id,
        text=draft.text,
        outlet=_moved(draft.outlet, draft.id) or head.outlet,
        url=_moved(draft.url, draft.id) or head.url,
        title=_moved(draft.title, draft.id) or head.title,
        byline=_moved(draft.byline, draft.id) or head.byline,
        published=_moved(draft.published, draft.id) or head.published,
        language=languages.find(draft.text, draft.language),
        credits=(*credits_, *(c for c in head.credits if c.value not in known)),
        removed=tuple(replace(r, span=Span(draft.id, r.span.start, r.span.end)) for r in old.removed) if old else (),
        path=old.path if old is not None else draft.path if draft.digest is not None else None,
        digest=draft.digest,
    )


def _by_place(draft: Draft) -> tuple[str, int]:
    """Files in the order of their paths, rows in the order of their lines."""
    return draft.path, draft.line


def _by_content(draft: Draft) -> tuple[str, ...]:
    """Rows given in Python have no place: the same rows in another order come out the same."""
    fields = (draft.outlet, draft.url, draft.title, draft.published)
    return draft.id, *("" if found is None else found.value for found in fields), draft.text


def settle(
    drafts: Iterable[Draft], limits: Limits, *, by_place: bool = True
) -> tuple[tuple[Report, ...], list[Notice]]:
    """The reports, sorted by id, and what there is to say of them; `TooLarge` over a limit."""
    ordered = sorted(drafts, key=_by_place if by_place else _by_content)
    single, notices = _without_twins(ordered)
    if len(single) > limits.max_reports:
        raise TooLarge(
            f"these are {len(single)} reports, the limit is {limits.max_reports}",
            next_step=f"give fewer, or lift it with --max-reports {len(single)}",
        )
    size = sum(len(draft.text) for draft in single)
    if size > limits.characters:
        raise TooLarge(
            f"the reports hold {size / 1e6:.1f} MB of text, the limit is {limits.max_megabytes:g} MB",
            next_step=f"give fewer, or lift it with --max-megabytes {int(size / 1e6) + 1}",
        )
    apart, more = _named_apart(single)
    reports = tuple(sorted((_report(draft) for draft in apart), key=lambda r: r.id))
    places = {draft.id: draft.where for draft in apart}
    foreign = [
        Notice(
            "language",
            places[r.id],
            f"it is in {languages.name(r.language.value)}; only English is read so far",
            "give it in English",
        )
        for r in reports
        if r.language is not None and r.language.value != "en"
    ]
    return reports, [*notices, *more, *foreign]
