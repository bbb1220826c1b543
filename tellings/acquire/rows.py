"""JSON and JSON Lines -> drafts: rows with the fields `id, outlet, url, title, published, text`.

A JSON file holds a list of rows, one row, or `{"reports": [...]}` (which a dossier is too). Other
fields are passed over. A row without a usable text is set aside; a field of the wrong type is
left out and named, and the row stays.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from tellings.acquire import dates
from tellings.acquire.drafts import Draft, clean_id
from tellings.errors import EmptyInput, InputError, Unreadable
from tellings.records import Found, Notice

__all__ = ["FIELDS", "Source", "from_json", "from_lines", "from_mapping", "is_json"]

FIELDS = ("id", "outlet", "url", "title", "published", "text")
MOST_MESSAGES = 20
"""So many broken rows of one file are named one by one; the rest are counted."""
MOST_BROKEN = 20_000
"""After so many broken rows the rest of the file is not looked at: it was hardly meant."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_BLANKS = re.compile(r"[\s\u200b\ufeff]*")
# Characters that have no place in one line of a name or headline: controls, line ends, and the marks that turn
# the direction of writing, with which a headline could be shown other than it reads.
_UNPRINTED = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")


@dataclass(frozen=True, slots=True)
class Source:
    """Where rows come from and whom to tell: of rows set aside (`problem`), of fields left out (`remark`)."""

    path: str
    stem: str
    problem: Callable[[InputError], None]
    remark: Callable[[Notice], None]
    digest: str | None = None


def _kind(value: object) -> str:
    """What JSON calls the type of a value."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, str):
        return "a string"
    return "an object" if isinstance(value, Mapping) else "a list"


def _short(value: str) -> str:
    """A value as it may be quoted in a message."""
    return clean_id(value[:200])[:60]


def from_mapping(row: Mapping[str, Any], line: int, source: Source, default_id: str | None = None) -> Draft:
    """The draft of one row; raises `InputError` where its text is missing, empty or cannot be written.

    Fields of the wrong type are left out and remarked on. Without an id it takes `default_id`, or
    the name of its file and its line.
    """
    where = f"{source.path}:{line}" if line else source.path
    remark = source.remark

    def text_of(field: str) -> str | None:
        value = row.get(field)
        if value is None:
            return None
        if field == "id" and isinstance(value, int) and not isinstance(value, bool) and value.bit_length() < 1000:
            return str(value)
        if not isinstance(value, str):
            what = f'the field "{field}" is {_kind(value)}, not a string; it is left out'
            remark(Notice("field", where, what, f'give "{field}" as a string or null'))
            return None
        if field != "id" and _SURROGATE.search(value):
            what = f'the field "{field}" holds half a surrogate pair; it is left out'
            remark(Notice("field", where, what, "write the file as UTF-8"))
            return None
        return value.strip() or None if field == "id" else _UNPRINTED.sub(" ", value).strip() or None

    if "text" not in row or row["text"] is None:
        raise Unreadable('it has no field "text"', where=where, next_step='give the report in "text"')
    text: object = row["text"]
    if not isinstance(text, str):
        raise Unreadable(
            f'the field "text" is {_kind(text)}, not a string', where=where, next_step='give "text" as a string'
        )
    if _BLANKS.fullmatch(text):
        raise EmptyInput("its text is empty", where=where, next_step="give a row with text")
    if _SURROGATE.search(text):
        # The text of a report never changes, and half a pair cannot be written as UTF-8.
        raise Unreadable(
            "its text holds half a surrogate pair, which is no character", where=where, next_step="write it as UTF-8"
        )
    given_id = text_of("id")
    fields = {field: text_of(field) for field in ("outlet", "url", "title", "published")}
    published: Found | None = None
    if fields["published"] is not None:
        iso = dates.normal(fields["published"])
        if iso is None:
            what = f'the date in "published" is not clear: {_short(fields["published"])}; it is left out'
            remark(Notice("field", where, what, "write it as YYYY-MM-DD"))
        else:
            published = Found(iso, "given")
    return Draft(
        source.path,
        line,
        clean_id(given_id) if given_id else default_id or (f"{source.stem}:{line}" if line else source.stem),
        text,
        named=given_id is not None,
        outlet=_given(fields["outlet"]),
        url=_given(fields["url"]),
        title=_given(fields["title"]),
        published=published,
        digest=source.digest,
    )


def _given(value: str | None) -> Found | None:
    """A field of the input."""
    return None if value is None else Found(value, "given")


class _Messages:
    """Passes on the first messages of one file and counts the others."""

    def __init__(self, source: Source) -> None:
        self.source, self.said, self.more = source, 0, 0

    @property
    def full(self) -> bool:
        """Whether so many rows were broken that the rest is not worth a look."""
        return self.more >= MOST_BROKEN

    def __call__(self, error: InputError) -> None:
        """Pass the message on, or count it."""
        self.said += 1
        if self.said <= MOST_MESSAGES:
            self.source.problem(error)
        else:
            self.more += 1

    def close(self) -> None:
        """Say how many were not passed on."""
        if self.more:
            rest = "; the rest of the file was not looked at" if self.full else ""
            self.source.problem(Unreadable(f"{self.more} more rows cannot be read{rest}", where=self.source.path))


def _loads(text: str) -> Any:
    """The JSON value; ValueError for whatever is wrong with it, nesting without end included."""
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def _from_value(value: Any, source: Source) -> Iterator[Draft]:
    """The drafts in one JSON value; rows are counted from 1 and the number stands for the line."""
    inner = value.get("reports") if isinstance(value, Mapping) and "text" not in value else value
    if isinstance(inner, Mapping):
        try:
            yield from_mapping(cast("Mapping[str, Any]", inner), 0, source)
        except InputError as error:
            source.problem(error)
        return
    if not isinstance(inner, list):
        source.problem(
            Unreadable(
                "it is JSON without reports",
                where=source.path,
                next_step='give a list of objects with "text", one of them, or {"reports": [...]}',
            )
        )
        return
    rows = cast("list[Any]", inner)
    if not rows:
        source.problem(EmptyInput("its list of reports is empty", where=source.path))
    messages = _Messages(source)
    for number, row in enumerate(rows, 1):
        if messages.full:
            break
        if not isinstance(row, Mapping):
            messages(Unreadable(f"row {number} is {_kind(row)}, not an object", where=f"{source.path}:{number}"))
            continue
        try:
            yield from_mapping(cast("Mapping[str, Any]", row), number, source)
        except InputError as error:
            messages(error)
    messages.close()


def from_lines(text: str, source: Source) -> Iterator[Draft]:
    r"""The drafts of JSON Lines, a row a line; a broken line is named and the others are kept.

    Lines end at "\n" alone: the other line ends of Unicode may stand inside a JSON string.
    """
    messages = _Messages(source)
    for number, line in enumerate(text.split("\n"), 1):
        if messages.full:
            break
        if not line.strip():
            continue
        try:
            row = _loads(line)
        except ValueError as error:
            if number == 1 and (whole := _whole(text)) is not None:
                yield from _from_value(whole, source)
                return
            what = (
                f"the line is not JSON ({error.msg}, column {error.colno})"
                if isinstance(error, json.JSONDecodeError)
                else f"the line is not JSON ({error})"
            )
            messages(Unreadable(what, where=f"{source.path}:{number}", next_step="give one object a line"))
            continue
        if not isinstance(row, Mapping):
            messages(Unreadable(f"the line is {_kind(row)}, not an object", where=f"{source.path}:{number}"))
            continue
        try:
            yield from_mapping(cast("Mapping[str, Any]", row), number, source)
        except InputError as error:
            messages(error)
    messages.close()


def _whole(text: str) -> Any:
    """The value where the whole file is one JSON text written over several lines; None if it is not."""
    try:
        return _loads(text)
    except ValueError:
        return None


def from_json(text: str, source: Source) -> Iterator[Draft]:
    """The drafts of a JSON file; one that holds JSON Lines is read as that."""
    try:
        value = _loads(text)
    except ValueError as error:
        lines = [line for line in text.split("\n", 3)[:2] if line.strip()]
        if len(lines) > 1 and _whole(lines[0]) is not None:
            yield from from_lines(text, source)
            return
        if isinstance(error, json.JSONDecodeError):
            what, where = f"it is not JSON ({error.msg}, column {error.colno})", f"{source.path}:{error.lineno}"
        else:
            what, where = f"it is not JSON ({error})", source.path
        source.problem(Unreadable(what, where=where))
        return
    yield from _from_value(value, source)


def is_json(text: str) -> bool:
    """Whether text of an unknown kind is JSON or JSON Lines."""
    return _whole(text) is not None or _whole(text.split("\n", 1)[0]) is not None
