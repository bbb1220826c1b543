"""What the stages hand to each other: frozen records, from a report as given to a dossier.

Every place in a text is a `Span`; every score is the sum of its `Evidence`. Tuples of records
are sorted (by span where they have one) unless the docstring says otherwise, so that the same
input gives the same output in any order of files.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from tellings.text import Span

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

__all__ = [
    "SURE",
    "Actor",
    "Annotated",
    "Attribution",
    "Brief",
    "Carried",
    "Claim",
    "Clause",
    "Collation",
    "Conflict",
    "Dossier",
    "Edge",
    "Edit",
    "Entry",
    "Event",
    "Evidence",
    "Form",
    "Found",
    "Grouped",
    "Member",
    "Mention",
    "Notice",
    "Origin",
    "Passage",
    "Place",
    "PlaceMention",
    "Quantity",
    "Reading",
    "Removed",
    "Report",
    "Said",
    "Sentence",
    "Speaker",
    "Story",
    "Support",
    "Tagged",
    "TimeMention",
    "Topic",
    "Word",
]

MentionKind = Literal["person", "organisation", "place", "group"]
ConflictKind = Literal["number", "time", "place", "actor", "cause", "outcome", "name"]
Nature = Literal["disagreement", "update", "scope"]
EditKind = Literal[
    "label_swap",
    "dropped",
    "added",
    "hedge_added",
    "attribution_changed",
    "number_changed",
    "date_changed",
    "negation_changed",
    "agent_removed",
    "reworded",
]
Polarity = Literal["affirmed", "denied"]
Modality = Literal["asserted", "possible", "future", "obliged", "asked", "unsaid"]


# ---------------------------------------------------------------- what was given


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that a user should know of: a report set aside, a twin left out, a date inferred.

    `where` is the path (with ":line") or the report's id; `what` says what is so; `next_step`
    what can be done about it, or "". `kind` is a short fixed word that a program can test.
    """

    kind: str
    where: str
    what: str
    next_step: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A value of a report's head, and where it was found.

    `where` is one of "given" (a field of the input), "page" (the page's own metadata), "text",
    "file name", "inferred" (from the other reports of the story). `span` quotes the text where
    it was found there, else None.
    """

    value: str
    where: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Removed:
    """A stretch of a text that is not the report: page furniture.

    `kind` is one of navigation, login, page_date, byline_line, share, caption_other, related,
    footer, comment, advertisement, notice, copyright.
    """

    span: Span
    kind: str


@dataclass(frozen=True, slots=True)
class Report:
    """One published article, as given; `text` never changes.

    `published` is an ISO date or date and time. `credits` are the agencies that the report
    names as its origin (in its credit line, byline, source line, or as "told AFP"), each once,
    in the order of the text. `language` is an ISO 639-1 code. `path` and `digest` (SHA-256 of
    the bytes given, hex) are of the file it came from; `removed` is furniture known from the
    page's markup. None means unknown.
    """

    id: str
    text: str
    outlet: Found | None = None
    url: Found | None = None
    title: Found | None = None
    byline: Found | None = None
    published: Found | None = None
    language: Found | None = None
    credits: tuple[Found, ...] = ()
    removed: tuple[Removed, ...] = ()
    path: str | None = None
    digest: str | None = None


# ---------------------------------------------------------------- what one report says


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence (or headline, caption, list item) of a report; `paragraph` counts from 0."""

    span: Span
    paragraph: int


@dataclass(frozen=True, slots=True)
class Word:
    """One token: word, number, clitic ("n't", "'s") or mark, with its universal part of speech."""

    span: Span
    pos: str


@dataclass(frozen=True, slots=True)
class Tagged:
    """What the encoder reads in one sentence: a label for each word, and the sentence's vector.

    `names` are "O", or "B-" or "I-" and a kind of name ("other" too, which makes no mention);
    `roles` the same with source, cue and content. `vector` holds 384 half-precision floats,
    little end first, of length 1 together: `Annotated.vectors` unpacks them. `words` holds 64 signed
    bytes for each word, where it lies on the main axes of words' vectors: `axes` unpacks them.
    """

    names: tuple[str, ...]
    roles: tuple[str, ...]
    vector: bytes
    words: bytes = b""

    @property
    def axes(self) -> npt.NDArray[np.int8]:
        """A row for each word; the sum of rows stands for a stretch of words. No rows where none were read."""
        import numpy as np

        return np.frombuffer(self.words, np.int8).reshape(-1, 64)


@dataclass(frozen=True, slots=True)
class Mention:
    """A named person, organisation, place or group (nationality, religion, party)."""

    span: Span
    kind: MentionKind


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who a source is, as the report writes the name elsewhere; `span` is that place."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Attribution:
    """Somebody is said to have said something: the words at the spot, and who it is.

    `source`, `cue` and `content` hold one span or more each, or none where there is none
    ("he", "told", "the town had fallen"). `speaker` resolves the source to a name ("she" to
    "Ingrid Solheim"), and to whose statement it is where the source carries it on ("AFP said,
    citing police"); None where it cannot be resolved. `through` are those who carry it on, the
    one nearest the speaker first: the agency told, the outlet that quotes, the person who
    relays ("AFP" in "X told AFP").

    `manner` is direct, indirect or mixed. `polarity` is denied where the source holds that the
    content is not so ("denied that", "said it was not true that"), not where the content itself
    negates. `modality` is how the source holds the content: asserted; possible ("may", "feared
    that"); future, still to come when it was said, planned, promised or foreseen ("would",
    "vowed to"); obliged, what ought to be done ("must", "urged"); asked; or unsaid ("declined to
    say whether"). Of several sentences it is that of the first statement. `hedges` are spans of
    words by which the report keeps its distance ("reportedly", "so-called", "alleged", "claimed").
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    speaker: Speaker | None = None
    through: tuple[Span, ...] = ()
    manner: Literal["direct", "indirect", "mixed"] = "indirect"
    polarity: Polarity = "affirmed"
    hedges: tuple[Span, ...] = ()
    modality: Modality = "asserted"


@dataclass(frozen=True, slots=True)
class Clause:
    """The part of a sentence that makes one statement: what a claim's support quotes.

    `sentence` is the index into `Annotated.sentences`; `attribution` the index into
    `Annotated.attributions` of the innermost attribution whose content holds the clause, or
    None. `polarity` is denied for a negated statement. Clauses of one sentence may not overlap.
    """

    span: Span
    sentence: int
    attribution: int | None = None
    polarity: Polarity = "affirmed"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number and what it counts.

    `span` covers bound, number and unit ("almost 880 civilians"); `number` the figure alone.
    `value` is the lower or only value, `high` the upper one of a range, else None. `bound` is
    exact, about, at_least, at_most, more_than, less_than or between. `unit` is a folded unit or
    counted noun ("civilian", "usd", "percent", "km", "year"), None where none stands there.
    `kind` is count, ordinal, money, percent, measure, age, duration or clock; a clock's value is in minutes
    after midnight, its unit "clock"; a fraction ("a third of") is a percentage.
    """

    span: Span
    number: Span
    value: float
    high: float | None
    bound: str
    unit: str | None
    kind: str


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time expression and the date it stands for.

    `value` is YYYY, YYYY-MM or YYYY-MM-DD, or None where it cannot be resolved; `end` closes a
    span of time or is None; `relation` is on, since, until, before or after; `clock` is HH:MM or
    None. `inferred_from` says how: "written in full", "weekday before 2019-08-20 (published)".
    """

    span: Span
    value: str | None
    inferred_from: str
    end: str | None = None
    relation: str = "on"
    clock: str | None = None


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A mention of a place and the gazetteer entry it stands for.

    `geonameid`, `lat`, `lon` are None where the place is not in the gazetteer; a street or building
    that is not has the point of its town and no `geonameid`. `precision` is town, region, country
    or none.
    """

    span: Span
    name: str
    geonameid: int | None = None
    lat: float | None = None
    lon: float | None = None
    precision: str = "none"


@dataclass(frozen=True, slots=True)
class Annotated:
    """One report and all that was read from it; what a step has not filled yet is empty.

    `words` and `tagged` hold one entry for each sentence, in the same order.
    """

    report: Report
    removed: tuple[Removed, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    words: tuple[tuple[Word, ...], ...] = ()
    tagged: tuple[Tagged, ...] = ()
    mentions: tuple[Mention, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    times: tuple[TimeMention, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    clauses: tuple[Clause, ...] = ()

    @property
    def id(self) -> str:
        """The report's id."""
        return self.report.id

    @property
    def vectors(self) -> npt.NDArray[np.float32]:
        """A row of 384 numbers for each sentence; the inner product of two rows is their likeness, -1 to 1.

        A sentence without words is a row of zeros.
        """
        import numpy as np

        packed = b"".join(sentence.vector for sentence in self.tagged)
        return np.frombuffer(packed, "<f2").reshape(len(self.tagged), 384).astype(np.float32)

    def quote(self, span: Span) -> str:
        """The words that a span of this report quotes."""
        return span.cut(self.report.text)


# ---------------------------------------------------------------- what a story's reports say together


@dataclass(frozen=True, slots=True)
class Evidence:
    """One named reason with its weight; a score is the sum of the weights of its evidence."""

    name: str
    weight: float
    note: str = ""
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """Whether a report is about the story, with the reasons. `reason` is "" where it is."""

    report: str
    on_topic: bool
    evidence: tuple[Evidence, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """Reports of one event, ids sorted, with the reasons why they stand together."""

    id: str
    reports: tuple[str, ...]
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """Why one report stands in its story: the weights add up to its mean likeness to the others."""

    report: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """A burst of a story's reports: ids sorted, first and last day (ISO; None where undated), words of its own."""

    reports: tuple[str, ...]
    first: str | None = None
    last: str | None = None
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grouped(Story):
    """A story with what speaks for each of its reports, sorted by report, and its events by date."""

    members: tuple[Member, ...] = ()
    events: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text that two reports or more share: one span for each report that has it.

    `similarity` is 0 to 1, the least between any two neighbours in the group; `manner` is
    copied, edited or reworded. A public figure's quoted words alone make no passage. `evidence`
    tells why the two of its reports that share least are taken to share text: its weights add up to above 0.
    """

    id: str
    spans: tuple[Span, ...]
    similarity: float
    manner: Literal["copied", "edited", "reworded"] = "copied"
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Edge:
    """Who took the text from whom: an arrow of the stemma.

    `source` is a report's id, or None for a text that is not in the set (an agency's, the
    origin's `source`). `share` is the part of `target`'s own text, 0 to 1, that stands in
    `source`. The sum of the evidence's weights speaks for this direction; below 1 it is a guess.
    """

    source: str | None
    target: str
    share: float
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """Reports whose body was written from the same copy, and the tree of who took from whom.

    `source` names the agency where the reports credit one, else None.
    """

    id: str
    reports: tuple[str, ...]
    source: str | None = None
    edges: tuple[Edge, ...] = ()


@dataclass(frozen=True, slots=True)
class Edit:
    """One change between a passage and its copy; `before` or `after` is None for added or dropped."""

    before: Span | None
    after: Span | None
    kind: EditKind
    note: str = ""
    passage: str | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """Who a support says said it: the resolved name, the cue's words, the words at the spot."""

    source_text: str
    cue_text: str
    source: Span | None
    through: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Support:
    """One telling of a claim: the clause that makes the statement.

    `polarity` is denied where somebody is said here to deny what the claim's title tells, or where a verb
    of both is negated in one alone. `copied_from` is the span in another report, of another origin, that
    the words were taken from; None where they were not. `chance`, 0 to 1, is how surely it tells what the
    title tells; from `SURE` on it is counted.
    """

    span: Span
    attribution: Said | None = None
    polarity: Polarity = "affirmed"
    copied_from: Span | None = None
    chance: float = 1.0


SURE = 2 / 3
"""From this chance on a support is counted: one counted wrongly is held twice as dear as one left out."""


@dataclass(frozen=True, slots=True)
class Carried:
    """How widely something is told: outlets, origins of the reports, and origins that the words come from."""

    outlets: int
    origins: int
    independent: int


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of fact in the words of every report that makes it.

    `outlets` counts outlets, `origins` the origins among the supporting reports, `independent`
    the same after a copied sentence is counted to the origin it came from; `sure` is the same of
    the supports whose chance is `SURE` or more, None where it was not reckoned. `sources` are the
    named sources behind it, sorted. `title` is the support that says it best, or the stretch around
    it that can stand alone. `rank` counts from 1, 1 is the most widely told.
    """

    id: str
    outlets: int
    origins: int
    independent: int
    sources: tuple[str, ...]
    title: Span
    rank: int
    support: tuple[Support, ...]
    sure: Carried | None = None

    @property
    def carried(self) -> Carried:
        """How widely it is surely told."""
        return self.sure or Carried(self.outlets, self.origins, self.independent)


@dataclass(frozen=True, slots=True)
class Reading:
    """One side of a conflict: the quoted value and where it stands."""

    value: str
    support: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A point on which reports cannot all be taken at face value.

    `slot` is a template of a closed list filled with quoted words, `rank` counts from 1.
    """

    id: str
    rank: int
    slot: str
    kind: ConflictKind
    nature: Nature
    readings: tuple[Reading, ...]
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """One surface form of an actor, exactly as written, with every place of it, in any report."""

    form: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, organisation, group or place with every form that each report uses for it."""

    id: str
    name: str
    kind: MentionKind
    forms: tuple[Form, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One date of the timeline with the clauses that tell what happened then.

    `date` is YYYY, YYYY-MM or YYYY-MM-DD.
    """

    date: str
    inferred_from: str
    support: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the story with every mention of it."""

    id: str
    name: str
    geonameid: int | None
    lat: float | None
    lon: float | None
    precision: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """A sentence of the brief, quoted as it stands, and the claim it tells."""

    span: Span
    claim: str


def _by_id(reports: tuple[Annotated, ...], name: str) -> Annotated:
    """The report of this id among reports sorted by id; KeyError if it is not there."""
    place = bisect_left(reports, name, key=lambda report: report.id)
    if place == len(reports) or reports[place].id != name:
        raise KeyError(name)
    return reports[place]


@dataclass(frozen=True, slots=True)
class Collation:
    """A story on its way to a dossier; what a step has not filled yet is empty.

    `reports` are those on topic, sorted by id, their dates of publication filled in where they
    could be inferred. `edits` stand in the order of what they change for a reader, then of place;
    `claims` and `conflicts` in the order of their ranks.
    """

    reports: tuple[Annotated, ...]
    passages: tuple[Passage, ...] = ()
    origins: tuple[Origin, ...] = ()
    edits: tuple[Edit, ...] = ()
    claims: tuple[Claim, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    actors: tuple[Actor, ...] = ()
    timeline: tuple[Entry, ...] = ()
    places: tuple[Place, ...] = ()
    brief: tuple[Brief, ...] = ()

    def report(self, name: str) -> Annotated:
        """The report of this id; KeyError if it is not on topic."""
        return _by_id(self.reports, name)

    def quote(self, span: Span) -> str:
        """The words that a span of one of the reports quotes."""
        return self.report(span.report).quote(span)


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that is known of one story: what `compare` gives back.

    `reports` are all reports that were read, sorted by id, those off topic included; `topics`
    stand in the same order. `notices` are what the user should know of.
    """

    reports: tuple[Annotated, ...]
    topics: tuple[Topic, ...]
    collation: Collation
    notices: tuple[Notice, ...] = ()
    version: str = field(default="1")

    def quote(self, span: Span) -> str:
        """The words that a span quotes; KeyError if there is no such report."""
        return _by_id(self.reports, span.report).quote(span)
