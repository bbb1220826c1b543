"""Who is named in a report, and what the report calls them.

A person's names are joined by surname, an organisation's by its initials; nouns beside a name
("goalkeeper Paolo Ferri", "Ruth Abbot, a nurse") are kept, so that "the keeper" can be told.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

from tellings.annotate.cues import listed
from tellings.annotate.frames import Range, Tokens
from tellings.records import Annotated, Speaker
from tellings.text import Span

__all__ = ["Name", "Roster", "gendered", "latest", "plain"]

_TITLES = listed("title")
_PEOPLE = listed("role")
_MEN = frozenset({"mr", "sir", "king", "prince", "lord", "congressman"})
_WOMEN = frozenset({"mrs", "ms", "miss", "queen", "princess", "lady", "congresswoman"})
_WHO = frozenset({"who", "which", "that", "whom"})
_SUFFIX = frozenset(["jr.", "jr", "sr.", "sr", "ii", "iii", "iv"])
_LINKED = frozenset({"of", "for", "in", "at", "'s", "'", "-", "his", "her", "its", "their"})
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
_BACK = 6
"""How many sentences back a noun may look."""
_ALIKE = 40
"""So many persons of one surname are kept apart."""
_RECALL = 60
"""How many speakers back a surname may look."""


@cache
def _genders() -> dict[str, str]:
    """First name in lower case to "m" or "f"."""
    out: dict[str, str] = {}
    text = files("tellings.lexicons").joinpath("first_names.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line.startswith("#") and ":" in line:
            gender, _, names = line.partition(":")
            out.update(dict.fromkeys(names.split(), gender))
    return out


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the report: where, its words in lower case without titles, and its kind."""

    span: Span
    words: tuple[str, ...]
    kind: str
    sentence: int
    at: int
    """Index of its first word."""


def gendered(noun: str) -> str | None:
    """The gender that a noun for a person tells, "m" or "f", or None."""
    if noun in listed("female") or noun.endswith("woman"):
        return "f"
    return "m" if noun in listed("male") or noun.endswith("man") else None


def plain(text: str) -> tuple[str, ...]:
    """The words of a name in lower case, without titles before it and "Jr." behind it."""
    words = [w.lower().replace("’", "'").removesuffix("'s") for w in _WORD.findall(text)]
    while words and words[0] in _TITLES:
        words = words[1:]
    while len(words) > 1 and words[-1] in _SUFFIX:
        words = words[:-1]
    return tuple(words)


def latest(names: Sequence[Name], at: int) -> Name | None:
    """The last of these names, sorted by place, that begins before word `at`."""
    k = bisect_left(names, at, key=lambda n: n.at)
    return names[k - 1] if k else None


class Roster:
    """The names of one report, and what it calls those who bear them."""

    def __init__(self, a: Annotated, t: Tokens) -> None:
        """Collect the names of `a`, whose words are `t`."""
        self.a, self.t = a, t
        self.names = self._names()
        self.by_sentence: dict[int, list[Name]] = {}
        self.surnames: dict[str, list[Name]] = {}
        self.by_first: dict[str, list[Name]] = {}
        self.initials: dict[str, Name] = {}
        self.heard: list[tuple[str, ...]] = []
        """The words of the names that spoke, the last at the end: a surname is rather theirs."""
        self.genders: dict[tuple[str, ...], str] = {}
        self.organisations = [name for name in self.names if name.kind == "organisation"]
        self.called: dict[str, list[Name]] = {}
        self.described: dict[str, list[Name]] = {}
        """Nouns that the report puts beside a name ("goalkeeper Paolo Ferri"), with these names."""
        self.abroad: set[int] = set()
        """The first words of names with an office and its country before them: "Norse President Berg"."""
        self.nouns: dict[str, list[int]] = {}
        """Nouns with their places, outside of quotations."""
        self.endings: dict[str, list[Name]] = {}
        """The names beside nouns that end so, of the endings asked for."""
        self.slips: dict[str, list[Name]] = {}
        """The persons whose surname differs in a letter, of the words asked for."""
        byline = a.report.byline
        self.author = frozenset(plain(byline.value)) if byline is not None else frozenset[str]()
        for name in self.organisations:
            for word in sorted(set(name.words)) if len(name.words) > 1 else ():
                self.called.setdefault(word, []).append(name)
        self.alone: dict[str, int] = {}
        """Surnames with the place where each first stands alone, behind a title or not in the first sentence."""
        self.often: dict[str, int] = {}
        """How often a person's name ends in a word."""
        for name in self.names:
            if name.kind == "person" and name.words:
                self.often[name.words[-1]] = self.often.get(name.words[-1], 0) + 1
                if len(name.words) == 1 and (name.sentence or self._before(name) in _TITLES):
                    self.alone.setdefault(name.words[0], name.at)
            self.by_sentence.setdefault(name.sentence, []).append(name)
            if name.kind == "person" and len(name.words) > 1:
                for table, word in ((self.surnames, name.words[-1]), (self.by_first, name.words[0])):
                    able = table.setdefault(word, [])
                    same = (n for n in able if n.words == name.words and self.junior(n) == self.junior(name))
                    if len(able) < _ALIKE and next(same, None) is None:
                        able.append(name)
            elif name.kind == "organisation" and len(name.words) > 1:
                capitals = "".join(w[0] for w in _WORD.findall(a.quote(name.span)) if w[0].isupper())
                self.initials.setdefault(capitals.lower(), name)
        for k, pos in enumerate(t.pos):
            if pos in ("NOUN", "PROPN") and t.quote[k] < 0:
                self.nouns.setdefault(t.low[k], []).append(k)
        self._abbreviated()
        self._learn()
        self._describe()

    def _abbreviated(self) -> None:
        """Abbreviations that the report explains: "the Harbour Pilots' Union (HPU)"."""
        t = self.t
        for k in range(2, len(t.low) - 1):
            short = t.forms[k]
            if t.low[k - 1] != "(" or t.low[k + 1] != ")" or not (1 < len(short) < 8 and short.isupper()):
                continue
            left, at = list(short.lower()), k - 2
            first = at
            while at >= 0 and k - at < 16 and left:
                if t.forms[at][:1].lower() == left[-1] and t.forms[at][:1].isupper():
                    left.pop()
                    first = at
                elif t.forms[at][:1].isupper():
                    break
                at -= 1
            if not left:
                span = Span(self.a.id, t.spans[first].start, t.spans[k - 2].end)
                self.initials[short.lower()] = Name(
                    span, plain(self.a.quote(span)), "organisation", t.sentence[k], first
                )

    def _names(self) -> list[Name]:
        """The persons and organisations named, in the order of the text; a person's without the office before it."""
        a, t = self.a, self.t
        starts = {span.start: k for k, span in enumerate(t.spans)}
        out: list[Name] = []
        for m in a.mentions:
            k = starts.get(m.span.start)
            if k is None:
                continue
            span, at = m.span, k
            if m.kind == "person":
                while at + 1 < len(t.spans) and t.spans[at + 1].end <= m.span.end and self._office(at):
                    at += 1
                span = Span(a.id, t.spans[at].start, m.span.end)
            out.append(Name(span, plain(a.quote(span)), m.kind, t.sentence[k], k))
        return out

    def _office(self, at: int) -> bool:
        """Whether a word at the head of a person's mention is no part of the name: "Ex-banker", "Judge"."""
        low = self.t.low[at]
        following = self.t.forms[at + 1][:1]
        return following.isupper() and (
            low in _TITLES or low in _PEOPLE or low in ("former", "late", "ex") or low.startswith("ex-")
        )

    def _learn(self) -> None:
        """Genders of names by title and first name."""
        for name in self.names:
            if name.kind != "person" or not name.words:
                continue
            gender = self._titled(name) or _genders().get(name.words[0])
            if gender:
                self.genders.setdefault(name.words, gender)

    def _before(self, name: Name) -> str:
        """The word before a name, or its own first word where that is a title."""
        here = self.t.low[name.at]
        return here if here in _TITLES else self.t.low[name.at - 1] if name.at else ""

    def _titled(self, name: Name) -> str | None:
        """The gender that the title before a name tells, or None."""
        here = self.t.low[name.at]
        title = (here if here in _TITLES else self.t.low[name.at - 1] if name.at else "").rstrip(".")
        return "m" if title in _MEN else "f" if title in _WOMEN else None

    def gender(self, words: tuple[str, ...]) -> str | None:
        """The gender of a name, where the report or its first name tells it; of a surname, where all agree."""
        found = self.genders.get(words)
        if found or not words:
            return found
        told = {self.genders.get(n.words) for n in self.surnames.get(words[-1], ()) if set(words) <= set(n.words)}
        told |= {self.genders.get(words[-1:])}
        told.discard(None)
        return next(iter(told)) if len(told) == 1 else None

    def _describe(self) -> None:
        """Nouns put beside names: "goalkeeper Paolo Ferri", "X, a doctor at ...", "its head, X", "the daily Y"."""
        t = self.t
        states = {n.span.start for n in self.names if n.kind in ("place", "group") and len(n.words) == 1}
        for name in self.names:
            if name.kind not in ("person", "organisation"):
                continue
            first = name.at
            last = first
            while last + 1 < len(t.spans) and t.spans[last + 1].start < name.span.end:
                last += 1
            found: list[str] = [t.low[k] for k in range(first, last) if t.spans[k].end <= name.span.start]
            before = first - 1
            same = before >= 0 and t.sentence[before] == t.sentence[first]
            if same and (t.pos[before] == "NOUN" or t.low[before] in _TITLES or t.low[before] in _PEOPLE):
                found.append(t.low[before])
                if before and t.sentence[before - 1] == t.sentence[first] and t.spans[before - 1].start in states:
                    self.abroad.add(first)
            elif same and t.low[before] == "," and before > 0 and t.pos[before - 1] in ("NOUN", "PROPN"):
                found += self._leading(before - 1)
            after = last + 1
            if after + 1 < len(t.low) and t.low[after] == "," and t.sentence[after] == t.sentence[first]:
                noun = self._apposed(after + 1)
                if noun:
                    found.append(noun)
            for word in found:
                self.described.setdefault(word.rstrip("."), []).append(name)
                gender = gendered(word) if name.kind == "person" and name.words else None
                if gender:
                    self.genders.setdefault(name.words, gender)

    def _leading(self, k: int) -> tuple[str, ...]:
        """The head noun of the phrase that ends at word `k`, before a comma and a name; empty where it is no such.

        The phrase has a determiner or an owner ("the head of the rescue service, X"), and nobody
        is cited and nothing placed by it ("citing the service, X", "in the city, X").
        """
        t = self.t
        start, known = k + 1, False
        while start > 0 and k - start < 14 and t.sentence[start - 1] == t.sentence[k]:
            low, pos = t.low[start - 1], t.pos[start - 1]
            if pos not in ("NOUN", "PROPN", "ADJ", "DET", "NUM") and low not in _LINKED:
                break
            known = known or pos in ("DET", "PRON") or low in ("'s", "'")
            start -= 1
        while start < k and t.pos[start] == "ADP":
            return ()
        before = t.low[start - 1] if start and t.sentence[start - 1] == t.sentence[k] else ""
        if not known or before in ("citing", "quoting") or (start and before and t.pos[start - 1] == "ADP"):
            return ()
        return self.heads((start, k + 1))[:1]

    def _apposed(self, k: int) -> str:
        """The head noun of a description that begins at word `k`, after the comma behind a name; "" if none does."""
        t = self.t
        if t.pos[k] not in ("DET", "NOUN", "ADJ", "NUM") and t.low[k] not in ("its", "his", "her", "their"):
            return ""
        noun = ""
        for j in range(k, min(len(t.low), k + 9)):
            if t.sentence[j] != t.sentence[k] or t.pos[j] in ("ADP", "VERB", "AUX", "SCONJ") or t.low[j] in _WHO:
                break
            if t.low[j] in (",", ";", ".", "(", "and"):
                break
            if t.low[j] in ("'s", "'"):
                noun = ""
            elif t.pos[j] == "NOUN":
                noun = t.low[j]
        return noun

    def beside(self, head: str, at: int) -> Name | None:
        """The last name before word `at` that stands beside this noun, or beside one that ends so ("goalkeeper").

        Of two who bear an office, the one whose country is not told ("the president" beside "Norse President Berg").
        """
        able = self.described.get(head, ())
        found = latest(able, at)
        if found is not None and found.at in self.abroad:
            found = (
                latest([n for n in able if n.at not in self.abroad and n.words[-1:] != found.words[-1:]], at) or found
            )
        if found is None and head in _TITLES:
            found = next(iter(self.described.get(head, ())), None)
        if found is None and len(head) > 4:
            if head not in self.endings:
                longer = [n for noun in sorted(self.described) if noun.endswith(head) for n in self.described[noun]]
                self.endings[head] = sorted(longer, key=lambda n: n.at)
            found = latest(self.endings[head], at)
        return found

    def phrase(self, head: str, at: int) -> Speaker | None:
        """The last phrase before word `at` with this noun and a word that tells which: "the water board"."""
        t = self.t
        places = self.nouns.get(head, [])
        for k in reversed(places[: bisect_left(places, at)]):
            if t.sentence[at] - t.sentence[k] > _BACK:
                break
            start = k
            while (
                start > 0
                and t.sentence[start - 1] == t.sentence[k]
                and (t.pos[start - 1] in ("ADJ", "NOUN", "PROPN") or t.low[start - 1] == "-")
                and k - start < 5
            ):
                start -= 1
            if start < k and not all(t.pos[j] == "NUM" for j in range(start, k)):
                if start > 0 and t.pos[start - 1] == "DET" and t.sentence[start - 1] == t.sentence[k]:
                    start -= 1
                return self.speaker((start, k + 1))
        return None

    def full(self, name: Name, gender: str | None = None) -> Speaker:
        """The fullest form of a name: a person's by last or only first name, an organisation's by its initials.

        `gender` is that of a pronoun which the name stands for.
        """
        best = self._person_of(name, gender) if name.kind == "person" and name.words else name
        if name.kind != "person" and len(name.words) == 1:
            best = self.initials.get(name.words[0].replace(".", ""), name)
        return Speaker(self.a.quote(best.span), best.span)

    def junior(self, name: Name) -> bool:
        """Whether "Jr.", "Sr." or a number ends a name: a second bearer of it."""
        words = self.a.quote(name.span).lower().split()
        return len(words) > 2 and words[-1] in _SUFFIX

    def _elder(self, name: Name, able: Sequence[Name]) -> Sequence[Name]:
        """Of those who bear a surname, those without "Jr."; nobody where only a junior has a full name.

        "President Tolmar" before "Mark Tolmar Jr." is somebody else; after him it is himself.
        """
        others = [n for n in able if not self.junior(n)]
        if others or not able or self.junior(name):
            return others or able
        first = min(n.at for n in able)
        alone = self.alone.get(name.words[-1])
        return [] if alone is not None and alone < first else able

    def _person_of(self, name: Name, meant: str | None = None) -> Name:
        """The name that tells best who it is.

        A surname is the one who spoke last by it, else the first in the report; a title's gender
        decides before. A surname that nobody has, but for one letter, is taken for that.
        """
        words = name.words
        able = self.surnames.get(words[-1], [])
        if len(words) == 1:
            if not able:
                first = self.by_first.get(words[0], [])
                able = first if len({n.words[-1] for n in first}) == 1 else []
            if not able and (len(words[0]) > 5 or (len(words[0]) > 3 and self.often.get(words[0]) == 1)):
                able = self._alike(words[0])
            gender = self._titled(name) or meant
            if gender is not None:  # "Mr. Holm" is George Holm III before Kay Holm
                sure = [n for n in able if self.gender(n.words) == gender]
                able = sure or [n for n in able if self.gender(n.words) is None]
            able = self._elder(name, able)
            if not able:
                return name
            told = {n.words for n in able}
            if len(told) > 1:
                heard = next((one for one in reversed(self.heard[-_RECALL:]) if one in told), None)
                able = [n for n in able if heard is None or n.words == heard]
            words = able[0].words
            name = able[0]
        longer = [
            n
            for n in self.surnames.get(words[-1], [])
            if set(words) <= set(n.words) and len(n.words) <= 4 and self.junior(n) == self.junior(name)
        ]
        return max(longer, key=lambda n: (len(n.words), -n.at), default=name)

    def _alike(self, word: str) -> list[Name]:
        """Full names whose surname differs from `word` in one letter: a slip of the pen."""
        if word not in self.slips:
            from rapidfuzz.distance import Levenshtein

            near = [
                w
                for w in sorted(self.surnames)
                if w[0] == word[0]
                and (len(word) > 5 or self.often.get(w, 0) > 2)  # a short one only beside a name that comes often
                and Levenshtein.distance(w, word, score_cutoff=1) < 2
            ]
            self.slips[word] = self.surnames[near[0]] if near else []
        return self.slips[word]

    def heads(self, part: Range) -> tuple[str, ...]:
        """The head nouns of a source: of each stretch between commas, before its first preposition, no owner."""
        t = self.t
        out: list[str] = []
        noun, closed = "", False
        for k in range(part[0], part[1] + 1):
            low = t.low[k] if k < part[1] else ","
            pos = t.pos[k] if k < part[1] else "PUNCT"
            if low in (",", ";", "(", ")", "—", "–"):
                if noun and not closed:
                    out.append(noun)
                noun, closed = "", False
            elif closed:
                continue
            elif low in ("'s", "'"):
                noun = ""
            elif pos in ("ADP", "VERB", "AUX", "SCONJ") or low in _WHO:
                if noun:
                    out.append(noun)
                noun, closed = "", True
            elif pos == "ADJ" and noun and k + 1 < part[1] and t.pos[k + 1] == "ADP":
                out.append(noun)  # "people familiar with the matter"
                noun, closed = "", True
            elif pos in ("NOUN", "PROPN", "ADJ", "NUM", "X"):
                if noun == "people":  # "people close to", whatever the tagger makes of it
                    out.append(noun)
                noun = low if pos != "ADJ" else ""
        return tuple(out)

    def speaker(self, part: Range) -> Speaker:
        """These words themselves as a speaker."""
        span = Span(self.a.id, self.t.spans[part[0]].start, self.t.spans[part[1] - 1].end)
        return Speaker(self.a.quote(span), span)

    def named(self, words: tuple[str, ...]) -> list[Name]:
        """The names of just these words, in the order of the text."""
        return self._worded.get(words, [])

    @cached_property
    def _worded(self) -> dict[tuple[str, ...], list[Name]]:
        """The names by their words."""
        out: dict[tuple[str, ...], list[Name]] = {}
        for name in self.names:
            out.setdefault(name.words, []).append(name)
        return out

    @cached_property
    def heroes(self) -> list[Name]:
        """The persons with the last word that comes most often; none if another comes more than half as often."""
        ranked = sorted(self.often.items(), key=lambda item: -item[1])[:2]
        if not ranked or (len(ranked) > 1 and ranked[0][1] < 2 * ranked[1][1]):
            return []
        return [n for n in self.names if n.kind == "person" and n.words and n.words[-1] == ranked[0][0]]

    def at(self, speaker: Speaker) -> Name | None:
        """The name at which a speaker is written; None where he is called by other words."""
        k = bisect_left(self.names, speaker.span.start, key=lambda n: n.span.start)
        return self.names[k] if k < len(self.names) and self.names[k].span == speaker.span else None

    def after(self, name: Name) -> int:
        """The word right behind a name."""
        k = name.at
        while k < len(self.t.spans) and self.t.spans[k].start < name.span.end:
            k += 1
        return k

    def owner(self, name: Name, end: int) -> bool:
        """Whether "'s" follows a name, before word `end`."""
        k = self.after(name)
        return k < end and self.t.low[k] in ("'s", "'")
