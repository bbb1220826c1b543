"""Conflicts: points on which the reports of a story cannot all be taken at face value.

Pairs of statements that are likely about one thing (`statements.py`, `claims.py`) are laid against
each other (`contrasts.py`); two small models rank the pairs that part and the drafts that they make
(`rivals.py`). Counts of people whom one thing befell make a draft too (`tolls.py`), and words given
to two speakers always make a conflict. A draft is shown where editors would likely call it a
conflict: how many there are depends on the story, and on no fixed number.

Readings are quotations: the value at the spot, and the sentence that carries it, or the clause
where two readings stand in one sentence.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import combinations
from typing import Any

from tellings.collate.answers import lay, rounds
from tellings.collate.claims import chances, roots
from tellings.collate.contrasts import SLOTS, Contrast, Told, about, between, same_words, tell
from tellings.collate.pairs import Layout, lay_out
from tellings.collate.rivals import Draft, candidates, draft, marks, model, of_answers, signs, weigh
from tellings.collate.statements import Statement, function_words
from tellings.collate.tolls import Toll, tolls
from tellings.collate.values import values
from tellings.collate.wholes import telling
from tellings.records import Annotated, Collation, Conflict, Evidence, Nature, Reading
from tellings.text import Span, merge

__all__ = ["counted", "find", "leaders", "quoted", "shown", "widened"]


def find(c: Collation) -> tuple[Conflict, ...]:
    """The conflicts of a story: values before wording, the surest first."""
    origin = roots(c)
    layout = lay_out(c.reports, origin)
    told = leaders(layout, c.reports)
    pairs = layout.pairs
    chance = chances(pairs.values).tolist()
    near = dict(zip(zip(pairs.first.tolist(), pairs.second.tolist(), strict=True), chance, strict=True))
    heads = counted(tolls(told, near))
    taken = frozenset(k for one in heads for k in one.members())
    found = candidates(layout, told, origin, c.passages)
    valued = lay(values(told, c.reports, c.actors), layout, told, origin, near, reports=c.reports, passages=c.passages)
    of_values, of_pairs, of_drafts, bars = model()
    sharp = [*heads, *of_answers(valued, told, of_values.chances(valued.rows), bars, taken)]
    drafts = [*sharp, *draft(found, told, of_pairs.chances(found.values), bars, sharp)]
    weighed = marks(drafts, layout, told, origin)
    reports = {r.id: r for r in c.reports}
    published = {r.id: r.report.published.value for r in c.reports if r.report.published}
    sentences = {r.id: [s.span for s in r.sentences] for r in c.reports}
    finished: list[Conflict] = []
    for one, row, p in zip(drafts, weighed.tolist(), of_drafts.chances(weighed), strict=True):
        if shown(one, p, bars.show):
            evidence = _evidence(one, of_drafts.intercept, weigh(row, of_drafts))
            if (conflict := _finish(one, evidence, layout, told, published=published, reports=reports)) is not None:
                finished.append(conflict)
    rows: list[tuple[tuple[Any, ...], Conflict]] = []
    for conflict in _merged(_once([*_moved_words(c, layout.statements), *finished], sentences)):
        key = (
            _worded(conflict),
            -round(sum(e.weight for e in conflict.evidence), 4),
            conflict.readings[0].support[0],
        )
        wide = widened([reading.support for reading in conflict.readings], sentences)
        readings = [Reading(x.value, support) for x, support in zip(conflict.readings, wide, strict=True)]
        rows.append((key, replace(conflict, readings=tuple(sorted(readings, key=lambda x: (x.support, x.value))))))
    rows.sort(key=lambda row: row[0])
    return tuple(
        Conflict(f"conflict-{rank}", rank, x.slot, x.kind, x.nature, x.readings, x.evidence)
        for rank, (_, x) in enumerate(rows, start=1)
    )


def shown(one: Draft, chance: float, bar: float) -> bool:
    """Whether a draft is a conflict of the dossier: it is likely one, or counts people.

    One value against another is what a reader sees first and takes as a contradiction: it is shown only
    where it is one as likely as not.
    """
    return one.counted or chance >= (max(bar, _AS_LIKELY_AS_NOT) if one.valued else bar)


_AS_LIKELY_AS_NOT = 0.5


def _worded(conflict: Conflict) -> bool:
    """Whether a conflict is a matter of wording, and not of two values that exclude each other."""
    return conflict.slot.startswith(tuple(SLOTS[name].partition("{}")[0] for name in ("wording", "telling")))


def _once(found: Sequence[Conflict], sentences: Mapping[str, Sequence[Span]]) -> list[Conflict]:
    """The conflicts without those of wording whose sides stand against each other in one of values too.

    Two reports that part on a number part in their words as well; the number says it all.
    """

    def places(one: Conflict) -> list[set[tuple[str, int]]]:
        return [
            {(s.report, bisect_right(sentences.get(s.report, ()), s.start, key=lambda x: x.start)) for s in r.support}
            for r in one.readings
        ]

    sharp = [places(one) for one in found if not _worded(one)]
    out: list[Conflict] = []
    for one in found:
        if _worded(one):
            mine = places(one)
            if any(
                any(i != j and mine[x] & known[i] and mine[y] & known[j] for i in sides for j in sides)
                for known in sharp
                for sides in [range(len(known))]
                for x, y in combinations(range(len(mine)), 2)
            ):
                continue
        out.append(one)
    return out


def _merged(found: Sequence[Conflict]) -> list[Conflict]:
    """The conflicts, of those with one slot and a support in common only the first, with all readings."""
    out: list[Conflict] = []
    for one in found:
        mine = {span for reading in one.readings for span in reading.support}
        for k, known in enumerate(out):
            if known.slot.casefold() == one.slot.casefold() and known.kind == one.kind:
                theirs = {span for reading in known.readings for span in reading.support}
                if any(a.overlap(b) for a in mine for b in theirs):
                    values = {reading.value.casefold() for reading in known.readings}
                    added = [reading for reading in one.readings if reading.value.casefold() not in values]
                    readings = sorted((*known.readings, *added), key=lambda reading: reading.support)
                    out[k] = replace(known, readings=tuple(readings))
                    break
        else:
            out.append(one)
    return out


def counted(found: Sequence[Sequence[Sequence[Toll]]]) -> list[Draft]:
    """A draft for each toll: a reading for each count that cannot stand beside the others, its longest form first."""
    out: list[Draft] = []
    for toll in found:
        readings: list[tuple[Span, list[int]]] = []
        for many in toll:
            best = max(many, key=lambda t: len(t.quantity.span))
            leaders = dict.fromkeys([best.leader, *(t.leader for t in many)])
            readings.append((best.quantity.span, list(leaders)))
        slots = [t.slot for many in toll for t in many]
        slot = SLOTS["number"].format(max(slots, key=lambda s: (-s.count("…"), len(s), s)))
        point = Contrast("number", "number", slot, readings[0][0], readings[1][0])
        out.append(Draft(point, readings, counted=True))
    return out


def leaders(layout: Layout, reports: Sequence[Annotated]) -> list[Told]:
    """What stands in the leader of each group of near copies."""
    by_report: dict[str, list[int]] = {}
    for number in range(len(layout.copies)):
        by_report.setdefault(layout.leader(number).span.report, []).append(number)
    out: dict[int, Told] = {}
    for report in reports:
        numbers = by_report.get(report.id, [])
        out.update(zip(numbers, tell(report, [layout.leader(k) for k in numbers]), strict=True))
    return [out[number] for number in range(len(layout.copies))]


_MOST_SUPPORT = 6
"""A reading quotes at most this many near copies of one statement."""


def quoted(layout: Layout, members: Sequence[int], value: Span) -> tuple[Span, ...]:
    """The statements that a reading quotes, sorted: its leaders and a few of their near copies.

    The first leader holds the value, or has it just before it and is quoted with it.
    """
    first = layout.leader(members[0]).span
    spans = {layout.statements[k].span for m in members for k in layout.copies[m][:_MOST_SUPPORT]} - {first}
    return tuple(sorted({*spans, first.join(value)}))


_LONGEST_SUPPORT = 600
"""A sentence longer than this is not quoted whole."""


def widened(readings: Sequence[Sequence[Span]], sentences: Mapping[str, Sequence[Span]]) -> list[tuple[Span, ...]]:
    """The supports of each reading, whole sentences where they stand within one; sorted, each once.

    A reader needs the sentence to see what a value is said of. Where two readings stand in one
    sentence both keep their clauses, as does what stands in a sentence of a page's length.
    """
    whole: dict[Span, Span] = {}
    for span in {span for support in readings for span in support}:
        many = sentences.get(span.report, ())
        at = bisect_right(many, span.start, key=lambda s: s.start) - 1
        if at >= 0 and many[at].holds(span) and len(many[at]) <= _LONGEST_SUPPORT:
            whole[span] = many[at]
    shared = Counter(s for support in readings for s in {whole[x] for x in support if x in whole})
    return [
        tuple(sorted({whole[x] if x in whole and shared[whole[x]] == 1 else x for x in support}))
        for support in readings
    ]


def _finish(
    one: Draft,
    evidence: tuple[Evidence, ...],
    layout: Layout,
    told: Sequence[Told],
    *,
    published: Mapping[str, str],
    reports: Mapping[str, Annotated],
) -> Conflict | None:
    """The conflict of a draft: quoted values, supports with their near copies, and nature.

    Readings of one wording are one reading; None where a single one is left. Where a draft is a
    matter of wording, two phrases of one kind in one frame are quoted as they stand, else what each
    side tells; a side that cannot be told by itself is left out.
    """
    by_value: dict[str, Reading] = {}
    slot = one.point.slot
    phrased = one.point.certain or _two_phrases(one, told)
    if not phrased:
        slot = SLOTS["telling"].format(_topic(one, told))
    for value, members in one.readings:
        words, support = told[members[0]].quote(value), quoted(layout, members, value)
        if not phrased:
            own = told[members[0]].statement
            whole = telling(reports[own.span.report], own.span, own.sentence)
            if whole is None:
                continue
            words = " ".join(reports[own.span.report].quote(whole).rstrip(" .,;:").split())
        known = by_value.get(words.casefold())
        by_value[words.casefold()] = Reading(
            known.value if known else words, tuple(sorted({*(known.support if known else ()), *support}))
        )
    if len(by_value) < 2:
        return None
    readings = tuple(sorted(by_value.values(), key=lambda reading: reading.support))
    return Conflict("", 0, slot, one.point.kind, _nature(one, told, published), readings, evidence)


_FRAMED = 3


def _two_phrases(one: Draft, told: Sequence[Told]) -> bool:
    """Whether a draft of wording has two sides, each a phrase of two words and a noun or verb, in one frame."""
    point = one.point
    if point.name != "wording" or len(one.readings) != 2 or not point.alike or point.framed < _FRAMED:
        return False
    for value, members in one.readings:
        side = told[members[0]]
        held = [pos for (_, place), pos in zip(side.words, side.pos, strict=True) if value.holds(place)]
        if not {"NOUN", "PROPN"} & set(held) or len(held) < 2 or point.alike == "other":
            return False
    return True


def _topic(one: Draft, told: Sequence[Told]) -> str:
    """What the sides of a draft are about, in words of the first: of those that another side shares the rarest.

    Its own rarest where they share no more than a time.
    """
    members = one.members()
    first = told[members[0]]
    topic = max((about(first, told[m]) for m in members[1:]), key=lambda words: (len(words.split()), words))
    return topic or about(first, first) or first.quote(first.statement.span)


def _evidence(one: Draft, prior: float, parts: Sequence[tuple[str, float]]) -> tuple[Evidence, ...]:
    """What speaks for a draft: log-odds that sum to those of its being a conflict, its own point first."""
    sides = (one.point.left, one.point.right)
    if one.counted:
        return (Evidence("toll", 1.0, "counts of people whom one thing befell", sides),)
    out = [Evidence("prior", round(prior, 4), "log-odds before anything is known")]
    out += [Evidence(name, weight, spans=sides if name == one.point.name else ()) for name, weight in parts]
    return tuple(out)


def _nature(one: Draft, told: Sequence[Told], published: Mapping[str, str]) -> Nature:
    """Whether the readings disagree, the later one knows more, or they speak of less and more.

    The later one knows more where its number has grown. They speak of less and more where one
    report gives both (it does not contradict itself), one alone is hedged, the two count different
    things, or one is the other in fewer digits. What parts in
    wording alone may hold both ways. When something was to happen is no rival of when it did: the later
    one knows more.

    Still missed: the later one that knows more of anything but numbers and times.
    """
    (left, left_members), (right, right_members) = one.readings[:2]
    a, b = told[left_members[0]], told[right_members[0]]
    both = {told[m].statement.span.report for m in left_members} & {
        told[m].statement.span.report for m in right_members
    }
    if not one.point.certain or both:
        return "scope"
    when = [published.get(t.statement.span.report, "") for t in (a, b)]
    dated = _after(when[1], when[0]) - _after(when[0], when[1])
    ahead = signs(a, "ahead") - signs(b, "ahead")
    if one.point.kind == "time" and ahead and ahead * dated >= 0:
        return "update"
    if one.point.kind == "number":
        first, second = (next((q for q in t.quantities if q.span == span), None) for t, span in ((a, left), (b, right)))
        if first and second:
            if rounds(first, second) or rounds(second, first):
                return "scope"
            if (second.value - first.value) * dated > 0:
                return "update"
            if one.counted and first.unit != second.unit:
                return "scope"
    return "scope" if a.hedged != b.hedged else "disagreement"


def _after(one: str, other: str) -> bool:
    """Whether a report came out after another: on a later day, or later that day where both give the hour alike."""
    if one[:10] != other[:10]:
        return bool(one and other) and one[:10] > other[:10]
    if min(len(one), len(other)) <= len("2000-01-01"):
        return False
    try:
        return datetime.fromisoformat(one) > datetime.fromisoformat(other)
    except (ValueError, TypeError):  # an odd date, or one of the two without its zone
        return False


_ENOUGH_WORDS = 7


_MOST_SPEAKERS = 8
_LONGEST_SLOT = 200


def _moved_words(c: Collation, statements: Sequence[Statement]) -> list[Conflict]:
    """Words that one report gives to one named speaker and another report to another.

    What two reports move from one speaker to another makes one conflict, however many clauses it
    has; the slot quotes them from the first on.
    """
    told = _spoken(c, statements)
    moved: dict[tuple[str, str, str, str], list[tuple[Told, Told, Contrast]]] = {}
    for claim in c.claims:
        said = [told[s.span] for s in claim.support if s.span in told]
        first: dict[str, Told] = {}
        for one in said:
            first.setdefault(one.speaker or "", one)
        for one, other in combinations(list(first.values())[:_MOST_SPEAKERS], 2):
            reports = one.statement.span.report, other.statement.span.report
            point = next((p for p in between(one, other) if p.name == "speaker"), None)
            if point is None or reports[0] == reports[1]:
                continue
            if _one_name(one.speaker or "", other.speaker or "") or any(
                _named_there(c.report(t.statement.span.report), t.statement, u.speaker or "")
                for t, u in ((one, other), (other, one))
            ):
                continue
            key = (one.speaker or "", other.speaker or "", *reports)
            for mine in said:
                if mine.speaker == one.speaker and same_words(mine, one) >= _SAME:
                    for theirs in said:
                        if theirs.speaker == other.speaker and same_words(theirs, other) >= _SAME:
                            moved.setdefault(key, []).append((mine, theirs, point))
    out: list[Conflict] = []
    for (speaker, speaker2, *_), found in sorted(moved.items(), key=lambda item: item[0]):
        point = min((p for *_, p in found), key=lambda p: p.left)
        whole = point.left
        for piece in merge(p.left for *_, p in found):
            if whole.join(piece).end - whole.start <= _LONGEST_SLOT:
                whole = whole.join(piece)
        readings = (
            Reading(speaker, tuple(sorted({mine.statement.span for mine, _, _ in found}))),
            Reading(speaker2, tuple(sorted({theirs.statement.span for _, theirs, _ in found}))),
        )
        evidence = (Evidence("speaker", 1.0, "the same words, two speakers", (point.left, point.right)),)
        slot = SLOTS["speaker"].format(c.quote(whole))
        out.append(Conflict("", 0, slot, point.kind, "disagreement", readings, evidence))
    return out


_LIKE = 80
"""Names whose letters agree so far, of a hundred, may be one name with a slip."""


def _one_name(one: str, other: str) -> bool:
    """Whether two names share a part, or nearly: "Mrs Tveit" and "Jonas Tveit Jr.", "Solheim" and "Solhiem"."""
    from rapidfuzz.fuzz import ratio

    parts, parts2 = ([w for w in name.casefold().replace(".", " ").split() if len(w) > 3] for name in (one, other))
    return any(ratio(a, b) >= _LIKE for a in parts for b in parts2)


def _named_there(report: Annotated, statement: Statement, speaker: str) -> bool:
    """Whether a speaker's name stands near a statement: who says what is then a guess.

    Near is its sentence, the one before, and all from the one that tells who speaks: "Berg answered after
    Dahl had told voters that …" tells of two, and we may have taken the wrong one for the lines that follow.
    """
    names = [w for w in speaker.casefold().split() if len(w) > 3]
    first = max(0, statement.sentence - 1)
    if statement.attribution is not None:
        said = report.attributions[statement.attribution]
        at = min((span.start for span in said.source), default=statement.span.start)
        first = min(first, max(0, bisect_right(report.sentences, at, key=lambda x: x.span.start) - 1))
    near = " ".join(report.quote(s.span) for s in report.sentences[first : statement.sentence + 1])
    return bool(names) and names[-1] in near.casefold()


def _named_beside(report: Annotated, statement: Statement) -> bool:
    """Whether the words at the spot name the speaker of a statement, with a part of the resolved name."""
    spot = _spot(report, statement)
    if statement.attribution is None or not spot:
        return False
    speaker = report.attributions[statement.attribution].speaker
    return speaker is not None and any(len(w) > 2 and w in spot for w in speaker.name.casefold().split())


def _spot(report: Annotated, statement: Statement) -> frozenset[str]:
    """The words that tell at the spot who speaks; none where a pronoun does."""
    if statement.attribution is None:
        return frozenset()
    said = report.attributions[statement.attribution]
    return frozenset(w for span in said.source for w in report.quote(span).casefold().split()) - function_words()


def _alone_before(report: Annotated, statement: Statement) -> bool:
    """Whether the resolved speaker is the one person named in a statement's sentence and the one before it.

    Then "she" can hardly be anybody else.
    """
    if statement.attribution is None or (speaker := report.attributions[statement.attribution].speaker) is None:
        return False
    near = [s.span for s in report.sentences[max(0, statement.sentence - 1) : statement.sentence + 1]]
    named = [
        set(report.quote(m.span).casefold().split())
        for m in report.mentions
        if m.kind == "person" and any(span.overlap(m.span) for span in near)
    ]
    parts = {w for w in speaker.name.casefold().split() if len(w) > 2}
    return bool(named) and all(parts & words for words in named)


_SAME = 0.7
"""Supports that share this part of their words with the moved ones are quoted beside them."""


def _spoken(c: Collation, statements: Sequence[Statement]) -> dict[Span, Told]:
    """What stands in each statement of six words or more whose speaker is named beside it.

    Who "he" or "the minister" is may be taken wrongly: that is not enough to say that two gave the same words.
    It is where one text copies the other and the copy alters who speaks (a change that `edits` has found); of a
    pronoun only where nobody else is named near.
    """
    altered: dict[str, list[Span]] = {}
    for edit in c.edits:
        if edit.kind == "attribution_changed":
            for span in (edit.before, edit.after):
                if span is not None:
                    altered.setdefault(span.report, []).append(span)
    by_report: dict[str, list[Statement]] = {}
    for one in statements:
        report = c.report(one.span.report)
        if len(one.words) >= _ENOUGH_WORDS and (
            _named_beside(report, one)
            or (
                (_spot(report, one) or _alone_before(report, one))
                and any(span.overlap(one.span) for span in altered.get(one.span.report, ()))
            )
        ):
            by_report.setdefault(one.span.report, []).append(one)
    told = [t for r in c.reports for t in tell(r, by_report.get(r.id, []))]
    return {t.statement.span: t for t in told if t.speaker and t.person}
