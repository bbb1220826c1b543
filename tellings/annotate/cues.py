"""Words that introduce what somebody says: verbs, nouns and hedges by class.

The list is `lexicons/cues.txt`; here its lemmas become the forms that stand in text.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

__all__ = ["forms", "kind", "listed", "verb"]

_VOWELS = "aeiou"
_DOUBLED = frozenset(
    {"admit", "beg", "brag", "plan", "refer", "slam", "slap", "rip", "blog", "rebut", "dub", "commit", "quip"}
)


def forms(lemma: str, past: str = "", participle: str = "") -> tuple[str, ...]:
    """The forms of a verb: lemma, third person, past, participle, -ing form.

    >>> forms("deny")
    ('deny', 'denies', 'denied', 'denied', 'denying')
    >>> forms("write", "wrote", "written")
    ('write', 'writes', 'wrote', 'written', 'writing')
    """
    if lemma.endswith("y") and lemma[-2] not in _VOWELS:
        third, regular, gerund = lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"
    elif lemma.endswith("ee"):
        third, regular, gerund = lemma + "s", lemma + "d", lemma + "ing"
    elif lemma.endswith("e"):
        third, regular, gerund = lemma + "s", lemma + "d", lemma[:-1] + "ing"
    elif lemma in _DOUBLED:
        third, regular, gerund = lemma + "s", lemma + lemma[-1] + "ed", lemma + lemma[-1] + "ing"
    else:
        hiss = lemma.endswith(("s", "sh", "ch", "x", "z", "go"))
        third, regular, gerund = lemma + ("es" if hiss else "s"), lemma + "ed", lemma + "ing"
    if lemma in ("begin", "forget"):
        gerund = lemma + lemma[-1] + "ing"
    past = past or regular
    return lemma, third, past, participle or past, gerund


@cache
def _lines() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The lines of the list: name, with a point before it for a plain list, and entries."""
    text = files("tellings.lexicons").joinpath("cues.txt").read_text(encoding="utf-8")
    lines = [line.partition(":") for line in text.splitlines() if ":" in line and not line.startswith("#")]
    return tuple((name, tuple(rest.split())) for name, _, rest in lines)


@cache
def listed(name: str) -> frozenset[str]:
    """The words of a plain list, in lower case; KeyError if there is no such list.

    >>> "interview" in listed("medium")
    True
    """
    return frozenset(dict(_lines())["." + name])


@cache
def _verbs() -> dict[str, tuple[str, str]]:
    """Form to its class and lemma; a verb of two classes keeps the first that the list names."""
    out: dict[str, tuple[str, str]] = {}
    for name, entries in _lines():
        if not name.startswith("."):
            for entry in entries:
                lemma, *others = entry.split("=")
                for form in forms(lemma, *others):
                    out.setdefault(form, (name, lemma))
    return out


def verb(form: str) -> tuple[str, str] | None:
    """The class and the lemma of a form of a cue verb, in lower case; None if it is none.

    >>> verb("said"), verb("denying"), verb("walked")
    (('say', 'say'), ('deny', 'deny'), None)
    """
    return _verbs().get(form)


def kind(words: Sequence[str]) -> tuple[str, str]:
    """Class and lemma of a cue in lower case: of its last verb that the list has, else of its noun or hedge.

    "say" also for "according to" and a colon; ("other", "") where the list has none of its words.

    >>> kind(["also", "said"]), kind(["in", "a", "statement"]), kind(["frowned", "at"])
    (('say', 'say'), ('noun', 'statement'), ('other', ''))
    """
    for word in reversed(words):
        known = verb(word)
        if known:
            return ("say", known[1]) if word in ("citing", "quoting") else known
    for word in reversed(words):
        for name in ("noun", "hedge"):
            if word in listed(name):
                return name, word
        if word in ("according", ":"):
            return "say", word
    return "other", ""
