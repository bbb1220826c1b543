"""Word lists, tables and weights as data, each with its origin and licence in its first lines.

What stands here is read by every stage, so the reading of its two plain forms stands here too:
lines, and lines under "[section]" heads. Lines that begin with "#" are comments.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

__all__ = ["lines", "sections", "words"]


@cache
def lines(name: str) -> tuple[str, ...]:
    """The lines of a list in this folder, without comments and empty lines, in the order of the file.

    >>> lines("plans.txt")[0].startswith("#")
    False
    """
    text = resources.files(__name__).joinpath(name).read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line.strip() and not line.startswith("#"))


@cache
def words(name: str) -> frozenset[str]:
    """Every word of a list whose lines hold words between blanks.

    >>> "so-called" in words("loaded.txt")
    True
    """
    return frozenset(word for line in lines(name) for word in line.split())


@cache
def sections(name: str) -> dict[str, tuple[str, ...]]:
    """The lines of a list by the "[section]" that they stand under, in the order of the file.

    >>> sorted(sections("plans.txt"))[0].isalpha()
    True
    """
    out: dict[str, list[str]] = {}
    section: list[str] = []
    for line in lines(name):
        if re.fullmatch(r"\[[a-z]+\]", line):
            section = out.setdefault(line[1:-1], [])
        else:
            section.append(line)
    return {head: tuple(under) for head, under in out.items()}
