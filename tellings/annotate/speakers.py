"""Who a source is: pronouns, surnames and bare roles resolved to a name that the report writes.

"he" is the person who spoke last or whom the last sentence is about, "Brindle" the person whose
full name ends so, "the keeper" the one whom the report calls goalkeeper, "the agency" the
organisation that spoke last, "the spokesman" the last source that was called so, "a statement by
the union" the union. Names are mentions of persons and organisations.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tellings.annotate.bodies import Bodies
from tellings.annotate.credits import picture_credits
from tellings.annotate.cues import listed
from tellings.annotate.frames import Range, Tokens
from tellings.annotate.rosters import Name, Roster, gendered, latest, plain
from tellings.records import Annotated, Speaker
from tellings.text import Span

__all__ = ["Cast", "compact"]

_MALE = {"he", "him", "his", "himself"}
_FEMALE = {"she", "her", "hers", "herself"}
_PLURAL = {"they", "them", "their", "these", "those"}
_SELF = {"i", "we", "us", "you", "one", "me", "my", "our"}
_THING = {"it", "its"}
_WHO = {"who", "which", "that", "whom"}
_GENERIC = listed("generic")
"""Nouns that stand for any organisation; others ("the hospital") stand for one that is called so."""
_PAPERS = listed("paper")
"""What somebody issues and what then "says" it for him; a report, lawsuit or letter speaks for itself."""
_SAID = (listed("noun") | {"apology"}) - {"report", "reports"}
_NOBODY = {"this", "that", "there", "what", "which"}
_ASKING = {"ask", "question", "prompt", "press", "quiz"}
_AGAIN = {"add", "continue", "reiterate", "repeat"}
_PEOPLE = listed("role")
_FOLK = listed("folk")
_OUTLETS = listed("outlet")
_CARRIED = listed("carried")
_PRIVATE = listed("private")
"""Whom a report begins with as "a woman" and names only then."""
_MANY = listed("many")
_DAYS = frozenset({"today", "yesterday", "tomorrow", "tonight", "overnight"})
_BACK = 6
"""How many sentences back a pronoun may look."""
_FAR = 20
"""How many sentences back he may be who is quoted at length."""
_RECALL = 60
"""How many speakers back a description may look."""


@cache
def _demonyms() -> frozenset[str]:
    """Names of peoples in lower case."""
    text = files("tellings.lexicons").joinpath("demonyms.txt").read_text(encoding="utf-8")
    return frozenset(
        line.partition("|")[0].strip().lower() for line in text.splitlines() if line and not line.startswith("#")
    )


@dataclass(frozen=True, slots=True)
class _Spoken:
    """Who spoke: in which sentence, of what kind, called by which words."""

    sentence: int
    speaker: Speaker
    kind: str
    words: tuple[str, ...]
    part: Range
    """Where these words stand."""
    asks: bool
    """Whether he asked: then "he said" is rather who was asked."""
    inside: bool
    """Whether this is told by another: "Berg said that Holm had confirmed it"."""
    heads: tuple[str, ...] = ()
    """The nouns that say what he is: of "the firm's lawyer, a Dane", "lawyer" and "Dane"."""


def _gendered(heads: Sequence[str]) -> str | None:
    """The gender that nouns for a person tell, or None."""
    return next((g for g in map(gendered, heads) if g is not None), None)


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

    def __init__(self, a: Annotated, t: Tokens, media: frozenset[str] = frozenset()) -> None:
        """Collect the names of `a`, whose words are `t`; `media` are the names of those who carry on."""
        self.a, self.t = a, t
        self.roster = Roster(a, t)
        self.spoke: list[_Spoken] = []
        self.credits: dict[int, tuple[Span, ...]] = {}
        """The credits of pictures, of the sentences asked for."""
        self.told: list[Span] = []
        """What was said so far."""
        self.bodies = Bodies(t, self.roster, media)
        self.media = media
        """Names in lower case of those who are told or report: they are no company or airline that speaks."""

    def resolve(self, source: Range, content: Sequence[Span] = (), lemma: str = "") -> Speaker | None:
        """Who the words of `source` name; None where they say it best themselves or nobody is found.

        `content` is what the source says: names in it are not the speaker's. `lemma` is the cue's
        verb: who "added" something has spoken before. The answer is kept for what follows.
        """
        t = self.t
        while source[1] - source[0] > 1 and t.low[source[1] - 1] in ("'s", "'"):  # "Brindle's | comments on"
            source = (source[0], source[1] - 1)
        speaker, kind = self._resolve(source, content, lemma)
        inside = any(c.overlap(t.spans[source[0]]) for c in self.told[-_RECALL:])
        self.told += content
        words = t.low[source[0] : source[1]]
        sentence = t.sentence[source[0]]
        heads = self.roster.heads(source)
        if speaker is not None:
            self.roster.heard.append(plain(speaker.name))
            self.spoke.append(_Spoken(sentence, speaker, kind, words, source, lemma in _ASKING, inside, heads))
            return speaker
        if t.pos[source[0]] == "PRON" or words[0] in _SELF or words[0] in _WHO:
            return None
        head = compact(t, source)
        own = self.roster.speaker(head)
        self.spoke.append(
            _Spoken(
                sentence, own, "group" if self._many(head) else "other", words, source, lemma in _ASKING, inside, heads
            )
        )
        return own if head != source and source[1] - source[0] > head[1] - head[0] + 1 else None

    def _many(self, part: Range) -> bool:
        """Whether a noun phrase stands for several."""
        low = self.t.low[part[0] : part[1]]
        head = next((w for w in self.roster.heads(part)), low[-1])
        return head in _MANY or "and" in low or (head.endswith("s") and not head.endswith(("ss", "'s")))

    def named(self, part: Range) -> Speaker:
        """The words themselves as a speaker, up to their first comma or relative pronoun."""
        return self.roster.speaker(compact(self.t, part))

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
                return self._thing(source)
            if low in _PLURAL:
                return self._they(source, content)
            if low in _SELF or low in _NOBODY:
                return None, ""
        if len(words) > 1 and words[-1] in ("himself", "herself", "itself", "themselves"):
            return self._resolve((start, end - 1), content, lemma)
        inside = [n for n in self.roster.by_sentence.get(t.sentence[start], ()) if start <= n.at < end]
        issued = self._issued(source, inside)
        if issued is not None:
            return issued
        people = [n for n in inside if n.kind == "person" and not self._epithet(n, start)]
        if people:
            able = [n for n in people if not self.roster.owner(n, end) and not self._tied(n, start)]
            # "Molo police commander Grace Wanjiru": a name before a noun tells of whom, not who.
            found = next((n for n in able if not self._before_noun(n, end)), None)
            joined = found is not None and self._joined(found, end, people)
            if found is not None and not joined:
                return self.roster.full(found), "person"
            if joined or len(words) <= 12:
                return None, ""
        organisations = [n for n in inside if n.kind == "organisation"]
        for n in organisations:
            first, last = self._segment(n, source)
            own = all(pos in ("DET", "ADJ", "NOUN", "PROPN", "PUNCT", "NUM") for pos in t.pos[first : n.at])
            if (
                own
                and n.span.end >= t.spans[last - 1].start
                and not self._tied(n, start)
                and not self.roster.owner(n, end)
            ):
                return self.roster.full(n), "organisation"
        if len(words) > 12 and organisations and not self._tied(organisations[0], start):
            owns = self.roster.owner(organisations[0], end)
            return (None, "") if owns else (self.roster.full(organisations[0]), "organisation")
        if (beside := self._followed(source) or self._capitals(source)) is not None:
            return beside
        last = t.low[end - 1]
        employer = next((n for n in inside if n.kind in ("person", "organisation")), None)
        if employer is None and t.low[start] in ("a", "an") and last in _PRIVATE:  # "a Harrow woman"
            return self._described(source, content)
        ahead = bool(inside) and not people and all(self.roster.after(n) < end for n in inside)
        employed = employer is not None and last in _PEOPLE
        if employer is not None and employed and ahead and t.low[start] == "the":  # "the Daily Harrow host"
            known = self.roster.beside(last, start)
            if known is None or all(n.sentence != known.sentence for n in self.roster.named(employer.words)):
                return self._hero(start, _gendered([last]))
        if ahead and t.low[start] == "the" and (last in _FOLK or last in _GENERIC or employed):
            return self._described(source, content)
        named = any(n.kind == "organisation" or n in people for n in inside)
        if (named or (inside and t.low[end - 1] not in _GENERIC)) and not any(self._epithet(n, start) for n in inside):
            return None, ""
        return self._described(source, content)

    def _before_noun(self, name: Name, end: int) -> bool:
        """Whether a noun follows a name, before word `end`: "the Berg campaign" is not Berg."""
        k = self.roster.after(name)
        return k < end and self.t.pos[k] == "NOUN" and self.t.low[k] not in _DAYS

    def _joined(self, name: Name, end: int, people: Sequence[Name]) -> bool:
        """Whether another speaks with the one of this name, before word `end`: "Berg and his men"."""
        t = self.t
        for k in range(self.roster.after(name), end - 1):
            if t.low[k] in (",", "(", "—", "–", ";") or t.low[k] in _WHO or t.pos[k] in ("VERB", "AUX"):
                return False
            if t.low[k] in ("and", "&"):
                return k == self.roster.after(name) or any(k < n.at <= k + 4 for n in people)
        return False

    def _credited(self, name: Name) -> bool:
        """Whether a name stands in the credit of a picture."""
        if name.sentence not in self.credits:
            whole = self.a.sentences[name.sentence].span
            self.credits[name.sentence] = picture_credits(self.a.id, self.a.report.text, whole.start, whole.end)
        return any(credit.holds(name.span) for credit in self.credits[name.sentence])

    def _epithet(self, name: Name, start: int) -> bool:
        """Whether a "name" after "the" is a people's or an office: "the Welshman", "the Democrat"."""
        t = self.t
        if len(name.words) != 1 or name.at == 0 or t.low[name.at - 1] not in ("the", "this") or name.at - 1 < start:
            return False
        low = name.words[0]
        return low in _demonyms() or low in _FOLK or low in _PEOPLE or low.endswith(("man", "woman"))

    def _tied(self, name: Name, start: int) -> bool:
        """Whether a preposition stands between a name and the last comma before it: "a lawyer for X"."""
        t = self.t
        for k in range(name.at - 1, start - 1, -1):
            if t.low[k] in (",", "(", "—", "–"):
                return False
            if t.low[k] in ("for", "of", "to", "by", "from", "with", "against", "in", "at", "on"):
                # "Director of River Safety Ola Berg" is Berg, "friends of Mayor Berg" are not.
                office = t.low[k] == "of" and k + 1 < name.at and not self._many((start, k))
                office = office and all(t.forms[j][:1].isupper() for j in range(k + 1, name.at))
                return not office or any(t.low[j] in _PEOPLE for j in range(k + 1, name.at))
        return False

    def _segment(self, name: Name, source: Range) -> Range:
        """The stretch of a source between commas that holds a name."""
        t = self.t
        first, last = name.at, self.roster.after(name)
        while first > source[0] and t.low[first - 1] not in (",", "("):
            first -= 1
        while last < source[1] and t.low[last] not in (",", ")", "(") and t.low[last] not in _CARRIED:
            last += 1
        return first, last

    def _followed(self, source: Range) -> tuple[Speaker, str] | None:
        """The person named right after a description that the source stops short of: "the chief, Mara Oduya,"."""
        t = self.t
        k = source[1] if source[1] < len(t.low) and t.low[source[1]] == "," else source[1] - 1
        if t.low[k] != "," or k + 1 >= len(t.low) or t.sentence[k + 1] != t.sentence[source[0]]:
            return None
        named = [n for n in self.roster.by_sentence.get(t.sentence[k], ()) if n.at == k + 1 and n.kind == "person"]
        if not named or not self.roster.heads(source):
            return None
        after = self.roster.after(named[0])
        head = self.roster.heads(source)[-1]
        closed = after >= len(t.low) or t.low[after] in (",", ".", "(") or t.sentence[after] != t.sentence[k]
        return (
            (self.roster.full(named[0]), "person")
            if closed and not self._many(source) and head not in _OUTLETS
            else None
        )

    def _capitals(self, source: Range) -> tuple[Speaker, str] | None:
        """A name after the first comma of a description, where no mention was seen: "the company, Baltero Lines,"."""
        t = self.t
        start, end = source
        comma = next((k for k in range(start + 2, end) if t.low[k] == ","), None)
        if comma is None or t.forms[comma - 1][:1].isupper() or self._many((start, comma)):
            return None
        last = next((k for k in range(comma + 1, end) if t.low[k] in (",", "(") or t.low[k] in _WHO), end)
        first = last
        while (
            first > comma + 1 and t.forms[first - 1][:1].isupper() and t.pos[first - 1] in ("PROPN", "NOUN", "X", "ADJ")
        ):
            first -= 1
        if not 2 <= last - first <= 5 or any(t.pos[k] in ("ADP", "VERB") for k in range(comma + 1, first)):
            return None
        if any(t.low[k] in _demonyms() for k in range(first, last)):
            return None
        heads = self.roster.heads((start, comma))
        kind = "organisation" if heads and heads[0] in _GENERIC else "person"
        return self.roster.speaker((first, last)), kind

    def _issued(self, source: Range, inside: Sequence[Name]) -> tuple[Speaker, str] | None:
        """Whose paper speaks: "a statement by X", "X's statement"; None where the source is no such paper.

        What was only carried, published or seen by somebody is not his.
        """
        t = self.t
        start, end = source
        at = next((k for k in range(start, end) if t.low[k] in _PAPERS), None)
        if at is None:
            at = end - 1 if t.low[end - 1] in _SAID else None
            if at is None or not (inside and self.roster.owner(inside[0], end) and inside[0].at - start < 2):
                return None
        for n in inside:
            if (
                n.at < at
                and n.kind in ("person", "organisation")
                and self.roster.owner(n, end)
                and self.roster.after(n) >= at - 2
            ):
                return self.roster.full(n), n.kind
        by = next(
            (k for k in range(at + 1, end) if t.low[k] in ("by", "from", "of") and (t.low[k] == "by" or k <= at + 2)),
            None,
        )
        if by is None or by + 1 >= end or (t.low[by - 1] in _CARRIED and t.low[by - 1] not in ("released", "posted")):
            return None
        stop = next(
            (
                k
                for k in range(by + 1, end)
                if t.low[k] in (",", "(") or t.low[k] in _WHO or t.low[k] in _CARRIED or t.pos[k] == "VERB"
            ),
            end,
        )
        if stop == by + 1:
            return None
        first = by + 1
        own = [n for n in inside if first <= n.at < stop and n.kind in ("person", "organisation")]
        own = [n for n in own if not self._tied(n, first) and not self.roster.owner(n, stop)]
        whole = [n for n in own if n.kind == "person" or n.span.end >= t.spans[stop - 1].start]
        if whole and whole[0].span.end <= t.spans[stop - 1].end:
            return self.roster.full(whole[0]), whole[0].kind
        if whole:  # a mention that runs on over "carried by"
            return self.roster.speaker((whole[0].at, stop)), whole[0].kind
        named = self._followed((first, stop))
        if named is not None and "ADP" not in t.pos[first:stop]:
            return named
        found, kind = self._described((first, stop), ())
        return (found, kind) if found is not None else (self.roster.speaker((first, stop)), "other")

    def _thing(self, source: Range) -> tuple[Speaker | None, str]:
        """What "it" is: the organisation that its sentence or the one before begins with; else who spoke last.

        An organisation or group that spoke last, or who spoke right before, if of no gender.
        """
        subject = self._subject(source)
        if subject is not None:
            return subject, "organisation"
        found = self._last(source, ("organisation", "other", "group"))
        if found[0] is not None or not self.spoke:
            return found
        last = self.spoke[-1]
        near = self.t.sentence[source[0]] - last.sentence <= 1
        return (last.speaker, last.kind) if near and self.roster.gender(plain(last.speaker.name)) is None else found

    def _subject(self, source: Range) -> Speaker | None:
        """The organisation that this sentence, or the one before, is about, if any."""
        found = self.bodies.subject(source)
        if isinstance(found, tuple):
            return self._described(found, ())[0] or self.roster.speaker(found)
        return self.bodies.speaker(found)

    def _they(self, source: Range, content: Sequence[Span]) -> tuple[Speaker | None, str]:
        """Who "they" are: whom this sentence is about, else who spoke in the one before, else whom that is about.

        Else who spoke last. What they say names somebody else.
        """
        at = self.t.sentence[source[0]]
        own = self._several(at, source[0])
        if own is not None and not any(c.overlap(own.span) for c in content):
            return own, "group"
        found = self._last(source, ("group", "organisation"))
        if found[0] is not None and any(s.speaker == found[0] and at - s.sentence <= 1 for s in self.spoke[-_RECALL:]):
            return found
        before = self._several(at - 1, source[0]) if at > 0 else None
        return (before, "group") if before is not None else found

    def _several(self, sentence: int, end: int) -> Speaker | None:
        """The plural noun that a sentence begins with, before word `end`, as its subject; None if there is none."""
        t = self.t
        lo, hi = t.edges[sentence], min(t.edges[sentence + 1], end)
        for k in range(lo, min(hi, lo + 7)):
            if t.pos[k] in ("VERB", "AUX", "ADP", "PUNCT") or t.quote[k] >= 0:
                break
            then = t.pos[k + 1] if k + 1 < hi else ""
            plural = t.low[k].endswith("s") or t.low[k] in _MANY
            if t.pos[k] == "NOUN" and plural and then in ("VERB", "AUX", "ADP", "ADV", "PUNCT"):
                return self.roster.speaker((lo, k + 1))
        return None

    def _described(self, source: Range, content: Sequence[Span]) -> tuple[Speaker | None, str]:
        """Who a description without a name stands for: "the agency", "an open letter", "the spokesman"."""
        t = self.t
        start, end = source
        words = t.low[start:end]
        stop = next(
            (
                k
                for k in range(start + 1, end)
                if (t.pos[k] in ("ADP", "PUNCT", "PART") and t.low[k] != "-")
                or (t.pos[k] == "VERB" and k + 1 < end)
                or t.low[k] in _WHO
            ),
            end,
        )
        if stop < end and t.low[stop] == "," and all(t.pos[k] in ("NUM", "PUNCT") for k in range(stop, end)):
            end, words = stop, t.low[start:stop]  # "the comedian, 47,"
        head = t.low[stop - 1].removeprefix("ex-")
        if head in _PAPERS:
            before = [
                n
                for n in self.roster.by_sentence.get(t.sentence[start], ())
                if n.at < start and n.kind in ("person", "organisation") and not self._quoted(n)
            ]
            if before and words[0] != "the":
                return self.roster.full(before[0]), before[0].kind
            if end != stop:
                return None, ""
            if words[0] in ("a", "an"):
                return None, ""
            held = {t.sentence[k] for k in self.roster.nouns.get(head, ()) if k < start} - {t.sentence[start]}
            for spoken in reversed(self.spoke[-_RECALL:]):  # "Berg said in a statement. ... The statement said"
                if spoken.sentence in held and spoken.kind in ("person", "organisation"):
                    return spoken.speaker, spoken.kind
            return self._last(source, ("organisation", "person", "other"))
        if words[-1] == "old" and "year" in words:  # "the 43-year-old"
            return self._person(source, None, content)
        if words[-1].endswith("-year-old"):
            return self._person(source, None, content)
        owned = words[0] in ("whose", "his", "her", "its", "their")  # "Berg, whose lawyer said"
        inserted = (
            end + 1 < len(t.low) and t.pos[end] == "VERB" and t.low[end + 1] == ","
        )  # "Berg, the mayor said, left"
        if (
            not owned
            and not inserted
            and not self._many(source)
            and start > 1
            and t.low[start - 1] == ","
            and t.sentence[start - 2] == t.sentence[start]
        ):
            apposed = [
                n for n in self.roster.by_sentence.get(t.sentence[start], ()) if n.span.end == t.spans[start - 2].end
            ]
            if apposed and apposed[-1].kind == "person":
                return self.roster.full(apposed[-1]), "person"
        if words[0] == "the" and stop < end and t.pos[stop] == "VERB" and head in _PEOPLE:
            return self._person(source, None, content)
        if words[0] in ("a", "an") and end == stop and head in _PRIVATE and t.sentence[start] <= 2:
            return self._later(source, head)
        if words[0] not in ("the", "this", "that", "those", "these", "his", "her", "its", "their") or end != stop:
            return None, ""
        return self._definite((start, end), content, head)

    def _definite(self, source: Range, content: Sequence[Span], head: str) -> tuple[Speaker | None, str]:
        """Who "the agency" or "the doctor" is.

        In order: the name that stands beside this noun, or the source that was called so, whichever
        came last; an organisation whose name has the noun; a longer phrase with it; for a noun that
        fits any organisation or person, the last such.
        """
        t = self.t
        start, end = source
        words = t.low[start:end]
        whose = words[0] in ("his", "her", "its", "their")
        person = (
            head in _PEOPLE
            or head in _FOLK
            or head in _demonyms()
            or head.endswith(("man", "woman", "ian", "ician", "ist", "tor", "ger", "ader", "dent"))
        )
        beside = self.roster.beside(head, start) if not whose or len(words) < 3 else None
        for spoken in reversed(self.spoke[-_RECALL:]):
            again = (
                spoken.kind == "other"
                and spoken.words[1:] == words[1:]
                and ((person and spoken.words[0] in ("a", "an")) or spoken.speaker.name.lower() == " ".join(words))
            )
            if head in spoken.heads and (len(spoken.words) > len(words) or again):
                if beside is not None and beside.sentence > spoken.sentence:
                    break
                return spoken.speaker, spoken.kind
        if beside is not None and not self._many((start, end)):
            return self.roster.full(beside), beside.kind
        named = latest(self.roster.called.get(head, ()), start)
        if named is not None:
            return self.roster.full(named), "organisation"
        if not person or head in ("official", "source", "officer", "spokesman", "spokeswoman", "spokesperson"):
            longer = self.roster.phrase(head, start) if not whose and len(words) == 2 else None
            if longer is not None:
                return longer, "group" if self._many((start, end)) else "other"
        if head in _GENERIC and t.low[start] == "its":
            return self._thing(source)
        if head in _GENERIC:
            placed = {n.at for n in self.roster.by_sentence.get(t.sentence[start], ()) if n.kind in ("place", "group")}
            own = (t.forms[k][:1].isupper() and k not in placed for k in range(start + 1, end - 1))
            return (None, "") if any(own) else self._organisation(source, head)  # "the Day newspaper" is itself
        if person and not whose:
            return self._person(source, _gendered([head]), content, head=head)
        return None, ""

    def _hero(self, at: int, gender: str | None) -> tuple[Speaker | None, str]:
        """The person whom the report names most often, if one of the sentences before word `at` names him."""
        near = latest(self.roster.heroes, at)
        if near is None or not self._fits(near.words, gender, sure=False):
            return None, ""
        return (self.roster.full(near), "person") if self.t.sentence[at] - near.sentence <= _BACK else (None, "")

    def _later(self, source: Range, head: str) -> tuple[Speaker | None, str]:
        """The person whom a report begins with as "a woman" and names in one of the next sentences, first there."""
        t = self.t
        gender = _gendered([head])
        for at in range(t.sentence[source[0]] + 1, t.sentence[source[0]] + 4):
            names = [n for n in self.roster.by_sentence.get(at, ()) if n.kind == "person" and not self._quoted(n)]
            names = [n for n in names if not self._writes(n) and len(n.words) > 1]
            if names and at < len(t.edges) - 1:
                first = names[0]
                fits = self._fits(first.words, gender, sure=False) and not self._whose(first)
                if fits and first.at - t.edges[at] < 4:
                    return self.roster.full(first), "person"
                return None, ""
        return None, ""

    def _writes(self, name: Name) -> bool:
        """Whether a name is the author's, as the byline has it."""
        return bool(self.roster.author) and set(name.words) <= self.roster.author

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
        here = self.roster.by_sentence.get(t.sentence[at], ())
        if end - start < 3 and start > 1 and t.low[start - 1] == "," and t.sentence[start - 2] == t.sentence[at]:
            # "Berg of Harrow, Nor., who": the name before the place.
            first = start - 1
            while first > t.edges[t.sentence[at]] and (
                t.pos[first - 1] == "PROPN" or t.low[first - 1] in ("of", "from")
            ):
                first -= 1
            named = [n for n in here if first <= n.at < start and n.kind == "person"]
            if named and not any(start <= n.at < end and n.kind == "person" for n in here):
                return self.roster.full(named[-1]), "person"
        names = [n for n in here if start <= n.at < end and n.kind in ("person", "organisation")]
        names = [n for n in names if n.kind == "person" or not self._before_noun(n, end)]
        if names:
            return self.roster.full(names[-1]), names[-1].kind
        return (self.roster.speaker((start, end)), "other") if start < end else (None, "")

    def _last(self, source: Range, kinds: Sequence[str]) -> tuple[Speaker | None, str]:
        """Who of these kinds spoke last, not too far back."""
        sentence = self.t.sentence[source[0]]
        for spoken in reversed(self.spoke[-_RECALL:]):
            if sentence - spoken.sentence > _BACK:
                break
            if spoken.kind in kinds and spoken.speaker.name.lower() not in self.media:
                return spoken.speaker, spoken.kind
        return None, ""

    def _organisation(self, source: Range, head: str) -> tuple[Speaker | None, str]:
        """The organisation that spoke last and can be called so, else one named before."""
        sentence = self.t.sentence[source[0]]
        for spoken in reversed(self.spoke[-_RECALL:]):
            if sentence - spoken.sentence > _BACK:
                break
            if sentence - spoken.sentence <= 2 and any(h.startswith("spokes") for h in spoken.heads):
                behind = self.bodies.spoken_for(spoken.part, head)
                if behind is not None:
                    return self.roster.full(behind), "organisation"
            if spoken.kind == "organisation" and self.bodies.able(spoken.speaker.name, head):
                name = self.roster.at(spoken.speaker)
                if name is None or self.bodies.fits(name, head):
                    return spoken.speaker, spoken.kind
        named = self.bodies.named(source, head)
        return (self.roster.full(named), "organisation") if named is not None else (None, "")

    def _quoted(self, name: Name) -> bool:
        quote = self.t.quote[name.at]
        return quote >= 0 and self.t.quotes[quote].words > 3

    def _fits(self, words: Sequence[str], gender: str | None, *, sure: bool) -> bool:
        known = self.roster.gender(tuple(words))
        return gender is None or known == gender or (known is None and not sure)

    def _person(
        self, source: Range, gender: str | None, content: Sequence[Span], *, again: bool = False, head: str = ""
    ) -> tuple[Speaker | None, str]:
        """The person meant by a pronoun or a description with the noun `head`.

        In order: the first named in the same sentence before it; who spoke last, unless a
        sentence since then begins with another person; the first named in the sentences before.
        Names inside quotations and contents are passed over, those before a noun, and names with
        "'s" where another is there. Those whose gender is known to fit go first where both stand
        in one sentence, but nobody of whom the speaker spoke before the speaker.
        """
        t = self.t
        sentence = t.sentence[source[0]]
        recent = self.spoke[-_RECALL:]
        # "Berg told the judge": a sentence with both a name and the noun tells them apart.
        apart = {t.sentence[k] for k in self.roster.nouns.get(head, ()) if k < source[0]}
        other = bool(head) and any(c.overlap(t.spans[source[0]]) for c in self.told[-_RECALL:])  # by Berg: not he
        for at in range(sentence - other, max(-1, sentence - _BACK - 1), -1):
            if at in apart and at != sentence:
                continue
            said = [
                s
                for s in recent
                if s.sentence == at
                and (
                    s.kind == "person"
                    or (s.kind == "other" and any(h in _FOLK or h in _PEOPLE or h == "source" for h in s.heads))
                )
                and s.speaker.span.start < t.spans[source[0]].start
            ]
            names = [
                n
                for n in self.roster.by_sentence.get(at, ())
                if n.kind == "person"
                and n.at < source[0]
                and not self._quoted(n)
                and not self._writes(n)
                and not self._before_noun(n, len(t.pos))
                and not self._credited(n)
                and not any(c.overlap(n.span) for c in content)
            ]
            alone = not said and len(names) == 1 and self._whose(names[0])
            if alone and self._fits(names[0].words, gender, sure=False):
                # "Then came Berg's answer. He said": nobody else is there to be meant.
                return self.roster.full(names[0], gender), "person"
            talked_of = {n.at for n in names if any(c.overlap(n.span) for c in self.told[-_RECALL:])}
            if said and talked_of:
                # "Berg urged Holm to stop. He said": who spoke, before whom he spoke of.
                names = [n for n in names if n.at not in talked_of]
            said.sort(key=lambda s: not s.inside)  # who is told of by another comes after him
            for spoken in reversed(said):
                known = _gendered(spoken.heads)
                if gender is not None and known not in (None, gender):
                    continue
                asked = spoken.asks and any(self._fits(n.words, gender, sure=True) for n in names)
                if known or self._fits(plain(spoken.speaker.name), gender, sure=asked):
                    return spoken.speaker, spoken.kind
            for sure in (True, False):
                if again and self.spoke and any(s.sentence >= sentence - 3 for s in recent):
                    continue
                for name in names:
                    if self._fits(name.words, gender, sure=sure) and not self._whose(name):
                        return self.roster.full(name, gender), "person"
        if gender is not None:  # after a long quotation
            for spoken in reversed(recent):
                fits = spoken.kind == "person" and self._fits(plain(spoken.speaker.name), gender, sure=False)
                if fits and sentence - spoken.sentence <= _FAR and spoken.sentence <= sentence:
                    return spoken.speaker, "person"
        return None, ""

    def _whose(self, name: Name) -> bool:
        k = self.roster.after(name)
        return k < len(self.t.spans) and self.t.low[k] in ("'s", "'")
