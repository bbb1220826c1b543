"""Who a source is: pronouns, surnames and bare roles resolved to a name that the report writes.

"he" is the person who spoke last or whom the last sentence is about, "Brindle" the person whose
full name ends so, "the agency" the organisation that spoke last, "the spokesman" the last source
that was called so. Names are mentions of persons and organisations; where none were looked for,
runs of proper nouns stand in.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tellings.annotate.cues import listed
from tellings.annotate.frames import Range, Tokens
from tellings.records import Annotated, Speaker
from tellings.text import Span

__all__ = ["Cast", "compact"]

_MALE = {"he", "him", "his", "himself"}
_FEMALE = {"she", "her", "hers", "herself"}
_PLURAL = {"they", "them", "their", "both", "others", "some", "these", "those"}
_SELF = {"i", "we", "us", "you", "one", "me", "my", "our"}
_THING = {"it", "its"}
_WHO = {"who", "which", "that", "whom"}
_GENERIC = listed("generic")
"""Nouns that stand for any organisation; others ("the hospital") stand for one that is called so."""
_PAPERS = listed("paper")
"""What somebody issues and what then "says" it for him; a report, lawsuit or letter speaks for itself."""
_TITLES = listed("title")
_MEN = frozenset({"mr", "sir", "king", "prince", "lord", "congressman"})
_WOMEN = frozenset({"mrs", "ms", "miss", "queen", "princess", "lady", "congresswoman"})
_NOBODY = {"this", "that", "there", "what", "which"}
_AGAIN = {"add", "continue", "reiterate", "repeat"}
_PEOPLE = listed("role")
_SUFFIX = frozenset(["jr.", "jr", "sr.", "sr", "ii", "iii", "iv"])
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
_BACK = 6
"""How many sentences back a pronoun may look."""
_RECALL = 60
"""How many speakers back a description may look."""


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
class _Name:
    """A name in the report: where, its words in lower case without titles, and its kind."""

    span: Span
    words: tuple[str, ...]
    kind: str
    sentence: int
    at: int
    """Index of its first word."""


@dataclass(frozen=True, slots=True)
class _Spoken:
    """Who spoke: in which sentence, of what kind, called by which words."""

    sentence: int
    speaker: Speaker
    kind: str
    words: tuple[str, ...]


def _plain(text: str) -> tuple[str, ...]:
    words = [w.lower().replace("’", "'").removesuffix("'s") for w in _WORD.findall(text)]
    while words and words[0] in _TITLES:
        words = words[1:]
    while len(words) > 1 and words[-1] in _SUFFIX:
        words = words[:-1]
    return tuple(words)


def _before(names: Sequence[_Name], at: int) -> _Name | None:
    """The last of these names, sorted by place, that begins before word `at`."""
    k = bisect_left(names, at, key=lambda n: n.at)
    return names[k - 1] if k else None


def compact(t: Tokens, part: Range, most: int = 12) -> Range:
    """The head of a long source: up to its first comma or relative pronoun, `most` words at most."""
    start, end = part
    for k in range(start + 1, end):
        if t.low[k] in (",", "(", "—", "–", ";") or (t.low[k] in _WHO and k > start):
            end = k
            break
    return start, min(end, start + most)


class Cast:
    """The names of one report, and who spoke last; sources are resolved in the order of the text."""

    def __init__(self, a: Annotated, t: Tokens) -> None:
        """Collect the names of `a`, whose words are `t`."""
        self.a, self.t = a, t
        self.names = self._names()
        self.by_sentence: dict[int, list[_Name]] = {}
        self.fullest: dict[str, _Name] = {}
        self.by_first: dict[str, _Name] = {}
        self.initials: dict[str, _Name] = {}
        self.spoke: list[_Spoken] = []
        self.gender: dict[str, str] = {}
        self.organisations = [name for name in self.names if name.kind == "organisation"]
        self.called: dict[str, list[_Name]] = {}
        for name in self.organisations:
            for word in set(name.words) if len(name.words) > 1 else ():
                self.called.setdefault(word, []).append(name)
        for name in self.names:
            self.by_sentence.setdefault(name.sentence, []).append(name)
            if name.kind == "person" and name.words:
                best = self.fullest.get(name.words[-1])
                if best is None or len(best.words) < len(name.words) <= 4:
                    self.fullest[name.words[-1]] = name
                if len(name.words) > 1:
                    self.by_first.setdefault(name.words[0], name)
            elif name.kind == "organisation" and len(name.words) > 1:
                capitals = "".join(w[0] for w in _WORD.findall(a.quote(name.span)) if w[0].isupper())
                self.initials.setdefault(capitals.lower(), name)
        self._abbreviated()
        self._learn()

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
                self.initials[short.lower()] = _Name(
                    span, _plain(self.a.quote(span)), "organisation", t.sentence[k], first
                )

    def _names(self) -> list[_Name]:
        """The persons and organisations named, in the order of the text."""
        a, t = self.a, self.t
        starts = {span.start: k for k, span in enumerate(t.spans)}
        out: list[_Name] = []
        for m in a.mentions:
            k = starts.get(m.span.start)
            if k is not None:
                out.append(_Name(m.span, _plain(a.quote(m.span)), m.kind, t.sentence[k], k))
        return out

    def _learn(self) -> None:
        """Genders of names by title and first name."""
        for name in self.names:
            if name.kind != "person" or not name.words:
                continue
            here = self.t.low[name.at]
            title = (here if here in _TITLES else self.t.low[name.at - 1] if name.at else "").rstrip(".")
            gender = "m" if title in _MEN else "f" if title in _WOMEN else _genders().get(name.words[0])
            if gender:
                self.gender.setdefault(name.words[-1], gender)

    def _full(self, name: _Name) -> Speaker:
        """The fullest form of a name: a person's by last or only first name, an organisation's by its initials."""
        best = name
        if name.kind == "person" and name.words:
            found = self.fullest.get(name.words[-1])
            if found is not None and (len(name.words) == 1 or set(name.words) <= set(found.words)):
                best = found
            if len(best.words) == 1:
                best = self.by_first.get(best.words[0], best)
        elif len(name.words) == 1:
            best = self.initials.get(name.words[0].replace(".", ""), name)
        return Speaker(self.a.quote(best.span), best.span)

    def resolve(self, source: Range, content: Sequence[Span] = (), lemma: str = "") -> Speaker | None:
        """Who the words of `source` name; None where they say it best themselves or nobody is found.

        `content` is what the source says: names in it are not the speaker's. `lemma` is the cue's
        verb: who "added" something has spoken before. The answer is kept for what follows.
        """
        t = self.t
        speaker, kind = self._resolve(source, content, lemma)
        words = t.low[source[0] : source[1]]
        sentence = t.sentence[source[0]]
        if speaker is not None:
            self.spoke.append(_Spoken(sentence, speaker, kind, words))
            return speaker
        if t.pos[source[0]] == "PRON" or words[0] in _SELF or words[0] in _WHO:
            return None
        head = compact(t, source)
        own = self._speaker(head)
        self.spoke.append(_Spoken(sentence, own, "group" if t.low[head[1] - 1].endswith("s") else "other", words))
        return own if head != source and source[1] - source[0] > head[1] - head[0] + 1 else None

    def _speaker(self, part: Range) -> Speaker:
        span = Span(self.a.id, self.t.spans[part[0]].start, self.t.spans[part[1] - 1].end)
        return Speaker(self.a.quote(span), span)

    def _resolve(self, source: Range, content: Sequence[Span], lemma: str) -> tuple[Speaker | None, str]:
        t = self.t
        start, end = source
        words = t.low[start:end]
        if words[0] in _WHO:
            return self._antecedent(start)
        if len(words) == 1 or (
            t.pos[start] == "PRON" and words[1] in ("also", "himself", "herself", "both", "all", ",")
        ):
            low = words[0]
            if low in _MALE or low in _FEMALE:
                return self._person(source, "m" if low in _MALE else "f", content, again=lemma in _AGAIN)
            if low in _THING:
                return self._last(source, ("organisation", "other", "group"))
            if low in _PLURAL:
                return self._last(source, ("group", "organisation"))
            if low in _SELF or low in _NOBODY:
                return None, ""
        inside = [n for n in self.by_sentence.get(t.sentence[start], ()) if start <= n.at < end]
        people = [n for n in inside if n.kind == "person"]
        if people:
            first = people[0]
            after = next((k for k in range(first.at, end) if t.spans[k].start >= first.span.end), end)
            ahead = words[: first.at - start]
            whose = after < end and t.low[after] in ("'s", "'")
            other = bool({"for", "of", "to", "by", "from", "with", "against"} & set(ahead)) and "," not in ahead
            several = len(people) > 1 and "and" in words and "," not in words
            if not (whose or other or several):
                return self._full(first), "person"
            if len(words) <= 12:
                return None, ""
        organisations = [n for n in inside if n.kind == "organisation"]
        if organisations:
            first = organisations[0]
            if len(words) > 12 or (first.at <= start + 1 and first.span.end >= t.spans[end - 1].start):
                return self._full(first), "organisation"
        if any(n.kind in ("person", "organisation") for n in inside) or (inside and t.low[end - 1] not in _GENERIC):
            return None, ""
        return self._described(source, content)

    def _described(self, source: Range, content: Sequence[Span]) -> tuple[Speaker | None, str]:
        """Who a description without a name stands for: "the agency", "an open letter", "the spokesman"."""
        t = self.t
        start, end = source
        words = t.low[start:end]
        stop = next(
            (k for k in range(start + 1, end) if t.pos[k] in ("ADP", "PUNCT", "PART", "VERB") or t.low[k] in _WHO), end
        )
        head = t.low[stop - 1]
        if head in _PAPERS:
            before = [
                n
                for n in self.by_sentence.get(t.sentence[start], ())
                if n.at < start and n.kind in ("person", "organisation") and not self._quoted(n)
            ]
            if before and words[0] != "the":
                return self._full(before[0]), before[0].kind
            return self._last(source, ("organisation", "person", "other"))
        if words[-1] == "old" and "year" in words:  # "the 43-year-old"
            return self._person(source, None, content)
        if start > 1 and t.low[start - 1] == "," and t.sentence[start - 2] == t.sentence[start]:
            apposed = [n for n in self.by_sentence.get(t.sentence[start], ()) if n.span.end == t.spans[start - 2].end]
            if apposed and apposed[-1].kind == "person":
                return self._full(apposed[-1]), "person"
        if words[0] == "the" and stop < end and t.pos[stop] == "VERB" and head in _PEOPLE:
            return self._person(source, None, content)
        if words[0] not in ("the", "this", "that", "those", "these", "his", "her", "its", "their") or end != stop:
            return None, ""
        for spoken in reversed(self.spoke[-_RECALL:]):
            if head in spoken.words and len(spoken.words) > len(words):
                return spoken.speaker, spoken.kind
        named = _before(self.called.get(head, ()), start)
        if named is not None:
            return self._full(named), "organisation"
        if head in _GENERIC:
            return self._organisation(source)
        if head in _PEOPLE or head.endswith(("man", "woman", "ian", "ician", "ist", "tor", "ger", "ader", "dent")):
            return self._person(
                source,
                "f" if head.endswith("woman") else "m" if head in ("man", "spokesman", "congressman") else None,
                content,
            )
        return None, ""

    def _antecedent(self, at: int) -> tuple[Speaker | None, str]:
        """Whom "who" or "which" follows: the name right before, else the nouns there."""
        t = self.t
        end = at
        while (
            end > 0 and t.low[end - 1] in (",", "(", "—", "–", "and", "but") and t.sentence[end - 1] == t.sentence[at]
        ):
            end -= 1
        start = end
        while (
            start > 0
            and t.sentence[start - 1] == t.sentence[at]
            and end - start < 8
            and (
                t.pos[start - 1] in ("DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON")
                or t.low[start - 1] in ("of", "'s", "-", "for")
            )
        ):
            start -= 1
        while start < end and t.pos[start] in ("ADP", "PART", "PUNCT"):
            start += 1
        names = [
            n
            for n in self.by_sentence.get(t.sentence[at], ())
            if start <= n.at < end and n.kind in ("person", "organisation")
        ]
        if names:
            return self._full(names[-1]), names[-1].kind
        return (self._speaker((start, end)), "other") if start < end else (None, "")

    def _last(self, source: Range, kinds: Sequence[str]) -> tuple[Speaker | None, str]:
        """Who of these kinds spoke last, not too far back."""
        sentence = self.t.sentence[source[0]]
        for spoken in reversed(self.spoke[-_RECALL:]):
            if sentence - spoken.sentence > _BACK:
                break
            if spoken.kind in kinds:
                return spoken.speaker, spoken.kind
        return None, ""

    def _organisation(self, source: Range) -> tuple[Speaker | None, str]:
        """The organisation that spoke last, else the one named last."""
        spoken = self._last(source, ("organisation",))
        if spoken[0] is not None:
            return spoken
        before = _before(self.organisations, source[0])
        return (self._full(before), "organisation") if before is not None else (None, "")

    def _quoted(self, name: _Name) -> bool:
        quote = self.t.quote[name.at]
        return quote >= 0 and self.t.quotes[quote].words > 3

    def _fits(self, words: Sequence[str], gender: str | None, *, sure: bool) -> bool:
        known = self.gender.get(words[-1]) if words else None
        return gender is None or known == gender or (known is None and not sure)

    def _person(
        self, source: Range, gender: str | None, content: Sequence[Span], *, again: bool = False
    ) -> tuple[Speaker | None, str]:
        """The person meant by a pronoun or a description.

        In order: the first named in the same sentence before it; who spoke last, unless a
        sentence since then begins with another person; the first named in the sentences before.
        Names inside quotations and contents are passed over, and names with "'s". Those whose
        gender is known to fit go first where both stand in one sentence.
        """
        t = self.t
        sentence = t.sentence[source[0]]
        recent = self.spoke[-_RECALL:]
        for at in range(sentence, max(-1, sentence - _BACK - 1), -1):
            said = [
                s
                for s in recent
                if s.sentence == at and s.kind == "person" and s.speaker.span.start < t.spans[source[0]].start
            ]
            names = [
                n
                for n in self.by_sentence.get(at, ())
                if n.kind == "person"
                and n.at < source[0]
                and not self._quoted(n)
                and not any(c.overlap(n.span) for c in content)
            ]
            for sure in (True, False):
                for spoken in reversed(said):
                    if self._fits(_plain(spoken.speaker.name), gender, sure=sure):
                        return spoken.speaker, "person"
                if again and self.spoke and any(s.sentence >= sentence - 3 for s in recent):
                    continue
                for name in names:
                    if self._fits(name.words, gender, sure=sure) and not self._whose(name):
                        return self._full(name), "person"
        return None, ""

    def _whose(self, name: _Name) -> bool:
        k = name.at
        while k < len(self.t.spans) and self.t.spans[k].start < name.span.end:
            k += 1
        return k < len(self.t.spans) and self.t.low[k] in ("'s", "'")
