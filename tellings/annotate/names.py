"""What lists and the whole report show of a name: the evidence that readers of names share.

Lists of names say what a whole name or a single word may be; the report itself shows how a word
stands elsewhere in it (after a title, after "in", in small letters; Chieu and Ng 2002).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from tellings.annotate.words import case_of

__all__ = ["KINDS", "evidence", "listed", "single"]

KINDS = ("group", "organisation", "person", "place")
"""The kinds of names that a report is read for."""
_LONGEST = 5  # words of the longest name looked up in the lists
_IN = {"in", "at", "from", "near", "to", "across", "around", "outside", "northern", "southern", "eastern", "western"}
_SAID = {"said", "says", "told", "added", "tweeted", "wrote", "asked", "insisted", "argued", "claimed", "explained"}
_JOINS = {"of", "for", "and", "the", "de", "al", "bin", "van", "von", "del", "-", "&", "'s", "’s"}


# ---------------------------------------------------------------- lists of names


@dataclass(frozen=True, slots=True)
class _Names:
    """The lists: what a whole name or a single word speaks for, as written and in small letters."""

    whole: dict[str, str]
    whole_low: dict[str, str]
    single: dict[str, str]
    single_low: dict[str, str]


@cache
def _names() -> _Names:
    whole: dict[str, str] = {}
    single: dict[str, str] = defaultdict(str)
    folder = files("tellings.lexicons")
    section = ""
    for line in folder.joinpath("names.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line:
            continue
        if line.startswith("["):
            section = line.strip("[]")
        elif section in {"first", "title", "organisation_last", "place_last"}:
            single[line] += {"first": "F", "title": "T", "organisation_last": "O", "place_last": "P"}[section]
        else:
            whole[line] = whole.get(line, "") + section[0]
    for line in folder.joinpath("city_names.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            whole[line] = whole.get(line, "") + "c"
    return _Names(
        whole,
        {name.lower(): kinds for name, kinds in whole.items()},
        dict(single),
        {word.lower(): kinds for word, kinds in single.items()},
    )


def listed(words: Sequence[str], case: str) -> list[str]:
    """For each word, how it stands in a listed name ("Bp": begins a place), or "".

    The letters after B or I are c city, g group, o organisation, p place; `case` as for `single`.
    """
    names = _names()
    table = names.whole_low if case == "U" else names.whole
    out = [""] * len(words)
    at = 0
    while at < len(words):
        word = words[at]
        if not word[0].isupper() and word[:3] != "neo":
            at += 1
            continue
        name, best, kinds = "", 0, ""
        for n, part in enumerate(words[at : at + _LONGEST]):
            # Words of a name stand with one blank between them, or none around a hyphen.
            name = part if n == 0 else name + part if part == "-" or name.endswith("-") else f"{name} {part}"
            found = table.get(name.lower() if case == "U" else name)
            if not found and len(name) > 3 and name.isupper():  # datelines: "WASHINGTON (AP)"
                found = names.whole_low.get(name.lower())
            if found:
                best, kinds = n + 1, found
        if best:
            out[at] = "B" + kinds
            for n in range(1, best):
                out[at + n] = "I" + kinds
        at += best or 1
    return out


def single(word: str, case: str) -> str:
    """The letters of the lists that hold this word: F first name, T title, O organisation's or P place's last word.

    `case` is what `words.case_of` says of its sentence.
    """
    names = _names()
    return names.single_low.get(word.lower(), "") if case == "U" else names.single.get(word, "")


# ---------------------------------------------------------------- what the whole report shows of a word


@dataclass(slots=True)
class _Seen:
    """How often a capitalised word stands in the report, and in which company."""

    times: int = 0
    company: Counter[str] = field(default_factory=Counter[str])


def _runs(words: Sequence[str]) -> list[tuple[int, int]]:
    """Stretches of capitalised words, small joining words between two of them included."""
    out: list[tuple[int, int]] = []
    at, size = 0, len(words)
    while at < size:
        if not words[at][0].isupper():
            at += 1
            continue
        end = at + 1
        while end < size:
            if words[end][0].isupper():
                end += 1
            elif words[end].lower() in _JOINS and end + 1 < size and words[end + 1][0].isupper():
                end += 2
            else:
                break
        out.append((at, end))
        at = end
    return out


def evidence(sentences: Sequence[Sequence[str]]) -> dict[str, str]:
    """For each word that stands capitalised, the marks of what the report shows of it, blanks between."""
    names = _names()
    seen: defaultdict[str, _Seen] = defaultdict(_Seen)
    small: Counter[str] = Counter()
    for words in sentences:
        if case_of(words) != "n":
            continue
        small.update(word for word in words if word.islower())
        for start, end in _runs(words):
            last = names.single.get(words[end - 1], "")
            before = words[start - 1].lower() if start else ""
            after = words[end].lower() if end < len(words) else ""
            for at in range(start, end):
                record = seen[words[at]]
                record.times += 1
                company = record.company
                previous = words[at - 1] if at else ""
                if at == start and start:
                    company["inside"] += 1
                if before in _IN:
                    company["in"] += 1
                if at == end - 1 and after in _SAID:
                    company["said"] += 1
                kinds = names.single.get(previous, "")
                if "T" in kinds:
                    company["title"] += 1
                if "F" in kinds and at > start:
                    company["first"] += 1
                if end - start > 1:
                    company["last" if at == end - 1 else "front"] += 1
                    if "O" in last:
                        company["org"] += 1
                    if "P" in last:
                        company["plc"] += 1
                else:
                    company["alone"] += 1
                if previous == "(" and after == ")":
                    company["round"] += 1
    out: dict[str, str] = {}
    for word in sorted(seen):
        record = seen[word]
        marks = [mark for mark, n in sorted(record.company.items()) if 4 * n >= record.times]
        if small[word.lower()]:
            marks.append("small")
        if record.times > 2:
            marks.append("often")
        out[word] = " ".join(marks)
    return out
