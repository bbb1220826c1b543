"""Bytes as given -> text, and what kind of thing the bytes are.

The text of a file is what its bytes decode to and nothing else: a byte order mark is not part
of it, line ends stay as they are, so that offsets hold for the file as decoded. Compressed
bytes are unpacked up to a limit, never whole on trust.
"""

from __future__ import annotations

import codecs
import re
import zlib
from dataclasses import dataclass

from tellings.errors import EmptyInput, TooLarge, Unreadable

__all__ = ["Decoded", "decode", "kind_of", "looks_like_page", "unpack"]

_MARKS = (
    # The mark of UTF-32 LE begins with that of UTF-16 LE, so the longer ones come first.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "a PDF", "convert it to text first, for example with pdftotext"),
    (b"{\\rtf", "a rich text file", "save it as plain text or HTML"),
    (b"PK\x03\x04", "a zip archive or an office document", "unpack it, or save the document as plain text or HTML"),
    (b"\xd0\xcf\x11\xe0", "an old office document", "save it as plain text or HTML"),
    (b"\x89PNG", "an image", "give the text that it shows"),
    (b"\xff\xd8\xff", "an image", "give the text that it shows"),
    (b"GIF8", "an image", "give the text that it shows"),
    (b"BM\x00\x00", "an image", "give the text that it shows"),
    (b"II*\x00", "an image", "give the text that it shows"),
    (b"MM\x00*", "an image", "give the text that it shows"),
    (b"RIFF", "sound, an image or a film", "give the text of it"),
    (b"ID3", "sound", "give the text of it"),
    (b"OggS", "sound or a film", "give the text of it"),
    (b"\x1aE\xdf\xa3", "a film", "give the text of it"),
    (b"\x7fELF", "a program", ""),
    (b"MZ\x90", "a program", ""),
    (b"SQLite format 3\x00", "a database", "export its rows as JSON Lines"),
    (b"BZh", "packed with bzip2", "unpack it, or pack it with gzip"),
    (b"\xfd7zXZ\x00", "packed with xz", "unpack it, or pack it with gzip"),
    (b"\x28\xb5\x2f\xfd", "packed with zstd", "unpack it, or pack it with gzip"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it"),
    (b"Rar!", "a rar archive", "unpack it"),
)

_GZIP = b"\x1f\x8b"
MOST_MEMBERS = 10_000
"""More gzip members than this, one after the other, are no file that was packed to be read."""
_ZEROS = re.compile(rb"\x00*")
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)*<(?:!doctype\s+html|html[\s>]|head[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MULTI = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
_UNDEFINED = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_TYPOGRAPHY = re.compile(rb"[\x85\x91-\x97\xa0\xa3\xa9\xab\xb0\xb7\xbb\xbd]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and how it was read; `remark` says what was uncertain about it, or ""."""

    text: str
    encoding: str
    remark: str = ""


def unpack(data: bytes, limit: int, where: str) -> bytes:
    """The bytes inside gzip, at most `limit` of them; bytes that are not packed come back as they are.

    Several members one after the other are read as one. Raises `Unreadable` where it is broken or
    cut off, or in more than `MOST_MEMBERS` pieces, and `TooLarge` where it would unpack to more
    than `limit` bytes. Packed twice stays packed once.
    """
    if not data.startswith(_GZIP):
        return data
    view = memoryview(data)
    out: list[bytes] = []
    at = size = members = 0
    while data.startswith(_GZIP, at):
        members += 1
        if members > MOST_MEMBERS:
            raise Unreadable("it is packed in too many pieces", where=where, next_step="unpack it and pack it as one")
        machine = zlib.decompressobj(wbits=31)
        # Read in growing steps: what lies behind a member is copied, and may be nearly all of the file.
        step, rest = 1 << 10, b""
        while not machine.eof:
            if not rest:
                rest = bytes(view[at : at + step])
                at += len(rest)
                step = min(2 * step, 1 << 20)
            try:
                piece = machine.decompress(rest, min(1 << 20, limit - size + 1))
            except zlib.error:
                raise Unreadable("its gzip packing is broken", where=where, next_step="pack it again") from None
            out.append(piece)
            size += len(piece)
            if size > limit:
                raise TooLarge(
                    f"it unpacks to more than {limit / 1e6:g} MB",
                    where=where,
                    next_step="--max-megabytes lifts the limit",
                )
            if not rest and not piece and not machine.eof:
                raise Unreadable("its gzip packing is cut off", where=where, next_step="fetch or pack it again")
            rest = machine.unconsumed_tail
        # Zeros may fill up the end.
        at -= len(machine.unused_data)
        zeros = _ZEROS.match(data, at)
        at = zeros.end() if zeros else at
    return b"".join(out)


def kind_of(data: bytes) -> tuple[str, str] | None:
    """What bytes are that are not text ("a PDF"), and what to do about it; None for what may be text.

    >>> kind_of(b"%PDF-1.7")[0]
    'a PDF'
    """
    for magic, name, step in _MAGIC:
        if data.startswith(magic):
            return name, step
    if data[4:8] == b"ftyp":
        return "a film or an image", "give the text of it"
    return None


def looks_like_page(text: str) -> bool:
    """Whether the text begins as an HTML page does."""
    return bool(_PAGE.match(text[:2000]))


def _marked(data: bytes) -> Decoded | None:
    """The text behind a byte order mark; None where there is no mark."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            body = data[len(mark) :]
            try:
                return Decoded(body.decode(encoding), encoding)
            except UnicodeDecodeError as error:
                text = body.decode(encoding, "replace")
                bad = text.count("\ufffd")
                return Decoded(text, encoding, f"{bad} places are broken {encoding} ({error.reason}) and read \ufffd")
    return None


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of Western text is zero."""
    sample = data[: 1 << 12]
    if len(sample) < 4 or len(data) % 2:
        return None
    half = len(sample) // 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.6 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.6 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _legacy(data: bytes, where: str) -> Decoded:
    """Text in an encoding of one byte a letter or the like, which can only be guessed."""
    high = len(_HIGH.findall(data))
    if not _UNDEFINED.search(data) and len(_TYPOGRAPHY.findall(data)) >= 0.6 * high:
        # English text of that time: nearly all that is not ASCII is quotes, dashes and fixed spaces.
        return Decoded(data.decode("cp1252"), "windows-1252", "it is not UTF-8 and was read as windows-1252")
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None:
        raise Unreadable("no encoding fits it", where=where, next_step="save it as UTF-8")
    name = best.encoding
    try:
        # Its own text is not taken: it drops a mark, and it need not be what a plain decode gives.
        text = data.decode(name)
    except (UnicodeDecodeError, LookupError):
        raise Unreadable("no encoding fits it", where=where, next_step="save it as UTF-8") from None
    return Decoded(text, name, f"it is not UTF-8 and was read as {name}, a guess")


def decode(data: bytes, where: str) -> Decoded:
    r"""The text of `data`: by its mark, else UTF-8, else UTF-16 without a mark, else a guess that is named.

    UTF-8 with a few broken bytes stays UTF-8: each broken place reads U+FFFD and the remark says
    so. Raises `EmptyInput` where there is nothing but blanks and `Unreadable` for what is no text.

    >>> decode(b"\xef\xbb\xbfone\r\ntwo", "a.txt").text
    'one\r\ntwo'
    """
    if not data:
        raise EmptyInput("it is empty", where=where, next_step="give a file with text")
    if (known := kind_of(data)) is not None:
        raise Unreadable(f"it is {known[0]}, not text", where=where, next_step=known[1])
    decoded = _marked(data)
    if decoded is None:
        try:
            decoded = Decoded(data.decode("utf-8"), "utf-8")
        except UnicodeDecodeError:
            whole = len(_MULTI.findall(data))
            broken = len(_HIGH.findall(_MULTI.sub(b"", data)))
            if whole >= 3 * broken:
                text = data.decode("utf-8", "replace")
                count = text.count("\ufffd")
                decoded = Decoded(text, "utf-8", f"{count} places are broken UTF-8 and read \ufffd")
        if decoded is None or "\x00" in decoded.text[: 1 << 16]:
            wide = _wide(data)
            if wide is not None:
                decoded = Decoded(data.decode(wide, "replace"), wide, f"it has no mark and was read as {wide}")
        if decoded is None:
            if b"\x00" in data:
                raise Unreadable("it is binary, not text", where=where, next_step="convert it to text first")
            decoded = _legacy(data, where)
    sample = decoded.text[: 1 << 16]
    if "\x00" in sample or len(_CONTROL.findall(sample)) > 0.02 * len(sample) + 2:
        raise Unreadable("it is binary, not text", where=where, next_step="convert it to text first")
    if not decoded.text.strip("\ufeff \t\r\n\f\v\u00a0\u200b") or decoded.text.isspace():
        raise EmptyInput("it holds nothing but blanks", where=where, next_step="give a file with text")
    return decoded
