"""The places of a story: one place under all its spellings, with every mention of it.

Mentions that stand for one entry of the gazetteer are one place, however they are spelled. A
spelling that one report leaves without an entry joins the place whose spellings elsewhere in the
story have the same consonants ("Khorramshahr", "Khurramchahr"). Where reports resolve one spelling to
different entries, the entry that twice as many mentions stand for is taken for all: a story tells
of one place by one name. A town and the province that is named after it, near each other, are one. What one report
reads as a place by a name of two words is one in the others too.

Still missed: two places of one name in one story that no report tells apart.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from tellings.records import Annotated, Collation, Place, PlaceMention
from tellings.text import Span, View, merge

__all__ = ["find"]

# Letters and pairs that transliterations write in several ways, made one; vowels then fall away.
_SAME = dict(item.split(">") for item in ["kh>k", "gh>g", "ch>sh", "dh>d", "th>t", "ph>f", "q>k", "ck>k", "v>w"])
_SOFT = re.compile(r"[aeiouyw'-]|(?<!s)h")
_WORD = re.compile(r"[^\W\d_]+")
_TWICE = re.compile(r"(.)\1+")

_Where = tuple[int | None, float, float, str, str]
"""What tells one resolved place from another: id of the gazetteer, point, precision, and the name of what has no id.

Two streets of one town have its point both, and stay two places.
"""


def _spelling(words: str) -> str:
    """A spelling without case, accents and marks."""
    return " ".join(word for word, _ in View("", words).words())


def _bones(spelling: str) -> str:
    """The consonants of a spelling; "" where fewer than three are left, too few to tell names apart.

    >>> _bones("khorramshahr"), _bones("khurramchahr"), _bones("ayn")
    ('krmshr', 'krmshr', '')
    """
    out: list[str] = []
    for word in spelling.split():
        plain = word
        for letters, letter in _SAME.items():
            plain = plain.replace(letters, letter)
        out.append(_TWICE.sub(r"\1", plain[:1] + _SOFT.sub("", plain[1:])))
    bones = " ".join(out)
    return bones if len(bones.replace(" ", "").replace("h", "")) >= 3 else ""


def _where(place: PlaceMention) -> _Where | None:
    """What a mention stands for; None where it has no point."""
    if place.lat is None or place.lon is None:
        return None
    # Towns and countries have an id, or a point that is theirs alone.
    name = _spelling(place.name) if place.geonameid is None and place.precision == "region" else ""
    return place.geonameid, place.lat, place.lon, place.precision, name


def _near(a: _Where, b: _Where) -> bool:
    """Whether two points lie within about a hundred kilometres: a town and the province named after it."""
    return abs(a[1] - b[1]) < 1 and abs(a[2] - b[2]) * math.cos(math.radians(a[1])) < 1


def _settled(told: dict[str, Counter[_Where]]) -> dict[str, dict[_Where, _Where]]:
    """For each spelling, the entries that give way to the one that twice as many mentions stand for."""
    out: dict[str, dict[_Where, _Where]] = {}
    for spelling, counts in told.items():
        ranked = sorted(counts.items(), key=lambda item: (-item[1], repr(item[0])))
        first, most = ranked[0]
        out[spelling] = {other: first for other, n in ranked[1:] if 2 * n <= most or _near(first, other)}
    return out


def _missed(reports: Sequence[Annotated], forms: Iterable[str]) -> Iterator[tuple[Span, str]]:
    """Where a report writes, unread, what is a place elsewhere in the story; names of two words or more only."""
    by_first: defaultdict[str, list[str]] = defaultdict(list)
    for form in sorted(forms, key=lambda form: (-len(form), form)):
        if (first := _WORD.match(form)) and len(first.group()) < len(form):
            by_first[first.group()].append(form)
    if not by_first:
        return
    for report in reports:
        text = report.report.text
        taken = merge([*(p.span for p in report.places), *(gone.span for gone in report.removed)])
        until = 0
        for match in _WORD.finditer(text):
            at = match.start()
            if at < until or match.group() not in by_first:
                continue
            form = next((f for f in by_first[match.group()] if text.startswith(f, at)), "")
            end = at + len(form)
            if form and not text[end : end + 1].isalnum():
                span = Span(report.id, at, end)
                near = bisect_left(taken, span)
                if not any(span.overlap(other) for other in taken[max(0, near - 1) : near + 1]):
                    yield span, form
                    until = end


_SEAT = re.compile(r"[\s(\[][RDI]-\Z")


def _standing(report: Annotated) -> Iterator[PlaceMention]:
    """The mentions of places, but for parts of names ("Jack London", "Arden-Weir College") and seats ("Hill, D-Ohio").

    A person's name and the state that a politician sits for say nothing of where.
    """
    persons = sorted(m.span for m in report.mentions if m.kind == "person")
    starts = [span.start for span in persons]
    text = report.report.text
    for place in report.places:
        span = place.span
        at = bisect_right(starts, span.start) - 1
        inside = at >= 0 and persons[at].end >= span.end and len(persons[at]) > len(span)
        before, after = text[max(0, span.start - 3) : span.start], text[span.end : span.end + 2]
        double = (before[-1:] == "-" and before[-2:-1].isalpha()) or (after[:1] == "-" and after[1:].isupper())
        double = double and any(m.span.overlap(span) == len(span) < len(m.span) for m in report.mentions)
        if not (inside or double or _SEAT.search(before)):
            yield place


def find(c: Collation) -> tuple[Place, ...]:
    """The places of the story, those with most mentions first, then by name; ids count from "place-1".

    `name` is the spelling used most often, as the reports write it. A place that no report could
    resolve has no point and precision "none".

    >>> find(Collation(()))
    ()
    """
    told: defaultdict[str, Counter[_Where]] = defaultdict(Counter)
    mentions: list[tuple[Span, str, str, _Where | None]] = []
    for report in c.reports:
        for place in _standing(report):
            words = report.quote(place.span)
            spelling = _spelling(words)
            where = _where(place)
            mentions.append((place.span, words, spelling, where))
            if where is not None:
                told[spelling][where] += 1
    for span, words in _missed(c.reports, {words for _, words, _, where in mentions if where is not None}):
        mentions.append((span, words, _spelling(words), None))
    settled = _settled(told)
    by_bones: defaultdict[str, Counter[_Where]] = defaultdict(Counter)
    for spelling, counts in told.items():
        if bones := _bones(spelling):
            by_bones[bones].update(counts)
    groups: defaultdict[_Where | str, list[tuple[Span, str]]] = defaultdict(list)
    for span, words, spelling, found in mentions:
        where = found
        if where is None:
            known = told.get(spelling) or by_bones.get(_bones(spelling))
            where = min(known.items(), key=lambda item: (-item[1], repr(item[0])))[0] if known else None
        if where is not None:
            where = settled.get(spelling, {}).get(where, where)
        groups[where or (_bones(spelling) or spelling)].append((span, words))
    drafts: list[tuple[int, str, str, Place]] = []
    for group, held in groups.items():
        forms = Counter(words for _, words in held)
        name = min(forms, key=lambda form: (-forms[form], form.isupper(), form))
        geonameid, lat, lon, precision = (None, None, None, "none") if isinstance(group, str) else group[:4]
        spans = tuple(sorted(span for span, _ in held))
        drafts.append((-len(spans), name, repr(group), Place("", name, geonameid, lat, lon, precision, spans)))
    drafts.sort(key=lambda draft: draft[:3])
    return tuple(
        Place(f"place-{n}", p.name, p.geonameid, p.lat, p.lon, p.precision, p.spans)
        for n, (_, _, _, p) in enumerate(drafts, 1)
    )
