"""Who carries a statement on: the chain between a speaker and the reader.

"X told AFP", "AFP said, citing X", "X, quoted by state media", "a statement by X carried by SANA",
"in an interview with Y", and the one who relays what another told him. Carriers are those who
publish, known by their names or by nouns such as "radio", and persons whose words hold another's
frame. Who is told and does not publish ("reporters", "the court") carries nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

from tellings.annotate.cues import listed, verb
from tellings.annotate.frames import Frame, Range, Tokens, left_noun, noun
from tellings.lexicons import lines
from tellings.records import Annotated

__all__ = ["Chains"]

_TOLD = frozenset({"tell", "inform"})
_BE = frozenset({"was", "were", "is", "are", "been", "being"})
_FAR = 14
"""Further than this from a frame, in words, nobody belongs to it."""


@cache
def _agencies() -> frozenset[str]:
    """Spellings of news agencies that stand for nothing else and of wires that send out releases, in lower case."""
    out: set[str] = set()
    text = files("tellings.lexicons").joinpath("agencies.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            for form in line.partition("\t")[2].split("|"):
                out.add(form.rstrip("*").lower().removeprefix("the "))
    out.update(line.lower() for line in lines("release_wires.txt"))
    return frozenset(out)


class Chains:
    """Finds the carriers of the frames of one report."""

    def __init__(self, a: Annotated, t: Tokens) -> None:
        """Keep the report `a`, whose words are `t`, and the places of its names."""
        self.a, self.t = a, t
        self.outlets, self.civic = listed("outlet"), listed("civic")
        self.carried, self.given = listed("carried"), listed("given")
        self.kinds: dict[int, str] = {}
        for m in a.mentions:
            for k in range(bisect_left(t.starts, m.span.start), bisect_left(t.starts, m.span.end)):
                self.kinds[k] = m.kind
        self.known = frozenset(
            w.lower().removeprefix("the ")
            for f in (a.report.outlet, *a.report.credits)
            if f is not None
            for w in (f.value,)
        )

    def media(self) -> frozenset[str]:
        """Names of the report's organisations, in lower case, that are told something or "report" it."""
        t = self.t
        out: set[str] = set()
        for m in self.a.mentions:
            if m.kind != "organisation":
                continue
            first, last = bisect_left(t.starts, m.span.start), bisect_left(t.starts, m.span.end)
            before = {t.low[k] for k in range(max(0, first - 2), first)}
            after = t.low[last] if last < len(t.low) else ""
            name = " ".join(t.low[first:last])
            platform = first > 0 and t.low[first - 1] == "on"  # "wrote on Facebook"
            if (
                platform
                or "told" in before
                or after in ("reported", "reports")
                or name.removeprefix("the ") in _agencies()
            ):
                out.add(self.a.quote(m.span).lower())
        return frozenset(out)

    def medium(self, part: Range | None) -> bool:
        """Whether these words name or describe one who publishes.

        Its head is a noun of the list, a word of its name is one, or it is a known agency or
        the report's own outlet. `told` widens this to any organisation that is no public body.
        """
        if part is None:
            return False
        t = self.t
        words = [w for w in t.low[part[0] : part[1]] if w not in ("the", "'s")]
        name = " ".join(words)
        if name in _agencies() or name in self.known:
            return True
        person = next((k for k in range(*part) if self.kinds.get(k) == "person"), None)
        if not words or person is not None:  # "the newspaper Al-Nahar", taken for a person's name
            return person is not None and person > part[0] and t.low[person - 1] in self.outlets
        own = self._own(part)
        if not own:
            return False
        if any(w in _agencies() for w in words):
            return True
        # "the daily Norden", "the news agency", not "a daily briefing".
        last = part[0] + len(own)
        return own[-1] not in self.civic and any(
            t.low[k] in self.outlets and (k + 1 == last or t.pos[k + 1] != "NOUN" or t.low[k + 1] in self.outlets)
            for k in range(part[0], last)
        )

    def _own(self, part: Range) -> list[str]:
        """The words of a noun phrase that can be its head: up to its first preposition or comma."""
        out: list[str] = []
        for k in range(*part):
            if self.t.pos[k] in ("ADP", "VERB", "PUNCT", "SCONJ") and k > part[0]:
                break
            out.append(self.t.low[k])
        return out

    def listener(self, part: Range | None) -> bool:
        """Whether one who is told something is one who publishes: a medium, or a name that is no public body's."""
        if part is None:
            return False
        if self.medium(part):
            return True
        words = self._own(part)
        first = next((k for k in range(*part) if self.t.pos[k] != "DET"), part[0])
        if not words or self.kinds.get(first) in ("person", "place", "group"):
            return False
        named = any(
            self.kinds.get(k) == "organisation"
            or (self.t.pos[k] == "PROPN" and self.t.forms[k].isupper() and len(self.t.forms[k]) > 1)
            or (self.t.forms[k].isdigit() and k > part[0] and self.t.forms[k - 1][:1].isupper())
            for k in range(*part)
        )
        return named and not any(w in self.civic for w in words) and words[0] not in ("his", "her", "their", "its")

    # ------------------------------------------------------------ around one frame

    def through(self, f: Frame, sentence: int) -> tuple[Range, ...]:
        """Those who carry a frame's words on, found in its own sentence, in the order of the text."""
        t = self.t
        out: list[Range] = []
        lo, hi = t.edges[sentence], t.edges[sentence + 1]
        taken = [c for c in f.content if t.sentence[c[0]] == sentence]
        parts = [p for p in (f.source, f.cue) if p is not None]
        if not parts:
            return ()
        first, last = min(p[0] for p in parts), max(p[1] for p in parts)
        if f.cue is not None:
            told = self._told(f, hi)
            if told is not None:
                out.append(told)
        for k in range(max(lo, first - _FAR), min(hi - 1, last + _FAR)):
            if self._inside(k, taken) or (t.quote[k] >= 0 and t.quotes[t.quote[k]].words > 3):
                continue
            low, then = t.low[k], t.low[k + 1]
            found: Range | None = None
            if low in self.carried and then == "by":
                found = noun(t, sentence, k + 2)
            elif then in ("with", "to") and low in self.given:
                found = self._agency(k + 2, hi) or noun(t, sentence, k + 2)
                found = found if self.listener(found) else None
            elif low == "on" and f.source is not None and last <= k <= last + 3:
                found = noun(t, sentence, k + 1)
                found = found if found and any(w in ("radio", "television", "tv") for w in self._own(found)) else None
            elif low == "by" and f.cue is not None and self._quoted(f.cue):
                found = noun(t, sentence, k + 1)
            found = self._short(found)
            if found is None or found == f.source or not (low == "on" or self.listener(found)):
                continue
            if not self._inside(found[0], [*out, *taken]):
                out.append(found)
        return tuple(sorted(out))

    def _inside(self, k: int, contents: Sequence[Range]) -> bool:
        return any(a <= k < b for a, b in contents)

    def _quoted(self, cue: Range) -> bool:
        """Whether a cue is "was quoted ... as saying"."""
        low = self.t.low[max(0, cue[0] - 3) : cue[1] + 2]
        return "as" in low and any(w in ("quoted", "cited") for w in low)

    def _told(self, f: Frame, hi: int) -> Range | None:
        """Who is told, right of the verb: "told AFP"."""
        t = self.t
        cue = f.cue or (0, 0)
        at = next((k for k in range(cue[1] - 1, cue[0] - 1, -1) if (verb(t.low[k]) or ("", ""))[1] in _TOLD), None)
        if at is None:
            return None
        after = max(at + 1, cue[1])
        if f.source is not None and f.source[0] >= after:
            after = f.source[1]
        if after >= hi:
            return None
        part = self._agency(after, hi) or self._short(noun(t, t.sentence[at], after))
        return part if self.listener(part) else None

    def _agency(self, k: int, hi: int) -> Range | None:
        """The agency whose name begins at word `k`, whatever the tagger makes of it; None if there is none."""
        t = self.t
        first = k + (k < hi and t.low[k] == "the")
        for end in range(min(hi, first + 4), first, -1):
            if " ".join(t.low[first:end]) in _agencies():
                return (k, end)
        return None

    def _short(self, part: Range | None) -> Range | None:
        """A noun phrase without what follows its first comma or preposition of place and time."""
        if part is None:
            return None
        t = self.t
        end = part[1]
        for k in range(part[0] + 1, end):
            if t.low[k] in (",", "(", "that", "on", "in", "at", "by", "as", "from", "during") or t.pos[k] == "SCONJ":
                end = k
                break
        return (part[0], end)

    # ------------------------------------------------------------ "AFP said, citing X"

    def cited(self, frames: Sequence[Frame], sentence: int) -> tuple[list[Frame], dict[int, tuple[Range, Range]]]:
        """The frames of a sentence with a carrier and its source made one.

        Gives back the frames, and by the index of a frame who is cited and who carries it on:
        "AFP said, citing X", "citing X, AFP said", "the Post quoted X as saying".
        """
        t = self.t
        out = self._quoting(frames, sentence)
        links: dict[int, tuple[Range, Range]] = {}
        lo, hi = t.edges[sentence], t.edges[sentence + 1]
        k = lo
        while k < hi:
            if t.low[k] not in ("citing", "quoting") or (t.quote[k] >= 0 and t.quotes[t.quote[k]].words > 3):
                k += 1
                continue
            part = noun(t, sentence, k + 1)
            k += 1
            if part is None:
                continue
            carrier = self._carrier(out, k - 1)
            if carrier is None:
                own = next((i for i, f in enumerate(out) if f.cue and f.source and f.cue[0] <= k - 1 < f.cue[1]), None)
                before = left_noun(t, sentence, k - 1 - (k - 2 > lo and t.low[k - 2] == ","))
                if own is not None and before is not None and self.medium(before):
                    cuts = [before, (k - 1, part[1])]
                    same = [
                        f for f in out if f is not out[own] and f.cue and f.source and part[0] <= f.source[0] < part[1]
                    ]
                    # The verb behind was given to the one cited: it is the carrier's.
                    kept = replace(same[0], source=before) if same else out[own]
                    kept = replace(kept, content=_without(kept.content or out[own].content, cuts))
                    out = [f for i, f in enumerate(out) if i != own and f not in same[:1]]
                    out.insert(min(own, len(out)), kept)
                    links[out.index(kept)] = (part, before)
                continue
            kept = out[carrier]
            source = kept.source or part
            cuts = [(k - 1, part[1]), source, *((kept.cue,) if kept.cue else ())]
            merged = replace(kept, content=_without(kept.content, cuts))
            lost = [
                f
                for f in out
                if f is not kept and f.cue is not None and (f.cue[0] <= k - 1 < f.cue[1]) and f.kind != "other"
            ]
            if not merged.content:
                spare = [_without(f.content, cuts) for f in lost]
                merged = replace(merged, content=next((c for c in spare if c), ()))
            if not merged.content:
                continue
            out[carrier] = merged
            out = [f for f in out if f not in lost]
            links[out.index(merged)] = (part, source)
        for index, f in enumerate(out):
            if index not in links and f.cue and f.source and self.medium(f.source):
                low = t.low[f.cue[0] : f.cue[1]]
                if any(w in ("quoted", "quotes", "cited", "cites") for w in low) and not self._passive(f.cue):
                    part = noun(t, sentence, f.cue[1])
                    if part is not None and part[1] + 1 < hi and t.low[part[1]] == "as":
                        cut = (f.cue[1], part[1] + 2)
                        out[index] = replace(f, content=_without(f.content, [cut]) or f.content)
                        links[index] = (part, f.source)
        return out, links

    def _quoting(self, frames: Sequence[Frame], sentence: int) -> list[Frame]:
        """The frames with "X was quoted by Y as saying" and "X, quoted by Y, said" made X's."""
        t = self.t
        out = list(frames)
        lo, hi = t.edges[sentence], t.edges[sentence + 1]
        for k in range(lo + 1, hi - 1):
            if t.low[k] not in ("quoted", "cited") or t.quote[k] >= 0 or not out:
                continue
            be = next((j for j in range(k - 1, max(lo, k - 4), -1) if t.low[j] in _BE), None)
            saying = next((j for j in range(k + 1, min(hi, k + _FAR)) if t.low[j] in ("saying", "telling")), None)
            if be is not None and saying is not None and t.low[saying - 1] == "as":
                who = left_noun(t, sentence, be)
                mine = [f for f in out if f.cue and (be <= f.cue[0] <= saying or f.cue[0] <= be < f.cue[1])]
                if who is None or not mine:
                    continue
                by = next((j for j in range(k + 1, saying) if t.low[j] == "by"), None)
                told = tuple(sorted({c for f in mine for c in f.content}))
                told = _without(told, [who, (be, saying + 1)])
                cue = (be, saying + 1) if by is None else (be, k + 1)
                kept = replace(mine[-1], source=who, cue=cue, content=told, kind="say", lemma="say")
                out = [f for f in out if f not in mine]
                if told:
                    out.append(kept)
            elif be is None and t.low[k + 1] == "by" and t.low[k - 1] == ",":
                who = left_noun(t, sentence, k - 1)
                out = [
                    replace(f, source=who)
                    if who and f.cue and f.source and k + 2 <= f.source[0] <= k + 4 and f.source[1] <= f.cue[0]
                    else f
                    for f in out
                    if not (f.cue and f.cue[0] <= k < f.cue[1] and not f.content)
                ]
        return out

    def _passive(self, cue: Range) -> bool:
        t = self.t
        return any(t.low[k] in ("was", "were", "is", "are", "been") for k in range(max(0, cue[0] - 2), cue[1]))

    def _carrier(self, frames: Sequence[Frame], at: int) -> int | None:
        """The frame of a medium beside "citing" at word `at`: the nearest before it, else the first after."""
        able = [
            i
            for i, f in enumerate(frames)
            if f.cue
            and f.source
            and not (f.cue[0] <= at < f.cue[1])
            and not any(c[0] <= at < c[1] and self.t.quote[at] >= 0 for c in f.content)
            and self.medium(f.source)
        ]
        before = [i for i in able if all(p is None or p[1] <= at for p in (frames[i].cue, frames[i].source))]
        if before:
            return before[-1]
        return able[0] if able else None


def _without(content: Sequence[Range], cuts: Sequence[Range]) -> tuple[Range, ...]:
    """The contents without these ranges of words."""
    out = list(content)
    for lo, hi in cuts:
        out = [part for a, b in out for part in ((a, min(b, lo)), (max(a, hi), b)) if part[0] < part[1]]
    return tuple(out)
