"""Which organisation "it", "the airline" or "the paper" is.

The one that a sentence is about, else one that spoke or was named before and fits the noun: a paper
publishes, a company does not. Of several named ones the report's most frequent is meant.
"""

from __future__ import annotations

from bisect import bisect_left

from tellings.annotate.cues import listed
from tellings.annotate.frames import Range, Tokens
from tellings.annotate.rosters import Name, Roster
from tellings.records import Speaker

__all__ = ["Bodies"]

_GENERIC = listed("generic")
_NOUNS = _GENERIC | listed("civic")
_OUTLETS = listed("outlet")
_PUBLISHING = frozenset({"paper", "newspaper", "outlet", "broadcaster", "publication", "magazine", "daily", "network"})
"""Nouns that stand only for one who publishes; "agency" and "site" may stand for others."""
_OPEN = frozenset({"agency", "site", "website", "group", "organisation", "organization", "studio", "bureau"})
"""Nouns that may stand for one who publishes or for another."""
_KIN = {
    "airline": ("air", "airline", "airlines", "airways"),
    "carrier": ("air", "airline", "airlines", "airways"),
    "bank": ("bank", "bancorp"),
    "party": ("party",),
    "club": ("club", "fc"),
    "university": ("university",),
}
"""Words of names that tell what their bearer is."""
_TRADING = frozenset({"company", "firm", "airline", "corporation", "maker", "retailer", "startup", "studio", "carrier"})
_PUBLIC = (listed("civic") - {"company", "team", "club", "party", "union"}) | {
    *("department", "bureau", "agency", "office", "service", "administration", "force", "army", "navy", "council"),
    *("fbi", "cia", "nato", "eu", "un", "nasa"),
}
"""Words of names whose bearers do no trade."""
_BACK = 20
"""How many sentences back one may stand who is named but once or twice."""
_RECALL = 60
"""How many names back an organisation is looked for."""


class Bodies:
    """Finds the organisations of one report that a pronoun or a noun stands for."""

    def __init__(self, t: Tokens, roster: Roster, media: frozenset[str]) -> None:
        """Keep the names of a report, whose words are `t`; `media` are the names of those who carry on."""
        self.t, self.roster, self.media = t, roster, media

    def carries(self, name: Name) -> bool:
        """Whether an organisation is told something or reports it elsewhere in the report."""
        return self.roster.a.quote(name.span).lower() in self.media

    def able(self, name: str, head: str) -> bool:
        """Whether a speaker of this name can be meant by a noun: who carries on is a paper, and no company."""
        return head in _PUBLISHING or name.lower() not in self.media

    def publishes(self, name: Name) -> bool:
        """Whether an organisation is one who publishes: by a word of its name, or by what it does in the report."""
        return self.carries(name) or any(w in _OUTLETS for w in name.words)

    def fits(self, name: Name, head: str) -> bool:
        """Whether an organisation can be called by a noun: "the paper" publishes, "the firm" does not."""
        if head in _PUBLISHING:
            return any(w in _OUTLETS for w in name.words)
        if head in _TRADING and any(w in _PUBLIC for w in name.words):
            return False
        return head in _OPEN or not self.publishes(name)

    def quoted(self, name: Name) -> bool:
        """Whether a name stands in a quotation of some length."""
        quote = self.t.quote[name.at]
        return quote >= 0 and self.t.quotes[quote].words > 3

    def subject(self, source: Range, head: str = "") -> Name | Range | None:
        """The organisation that is the subject of this sentence, before the source, or of the one before; else None.

        A name with only a determiner or a description before it and a verb or a comma behind it; a
        country so; or a noun for an organisation ("the airline"), whose words are given back. With
        `head`, only a name that can be called so, wherever it stands before a verb.
        """
        t = self.t
        sentence = t.sentence[source[0]]
        for at in range(sentence, max(-1, sentence - 2), -1):
            lo = t.edges[at]
            for n in self.roster.by_sentence.get(at, ()):
                behind = self.roster.after(n)
                if behind >= source[0] or self.quoted(n):
                    continue
                state = n.kind == "place" and not head and t.pos[behind] in ("VERB", "AUX") and n.at - lo < 2
                if n.kind != "organisation" and not state:
                    continue
                follows = t.pos[behind] in ("VERB", "AUX", "ADV") or (not head and t.low[behind] in (",", "("))
                fits = follows and not self.carries(n) and (not head or self.fits(n, head))
                if head:
                    if fits and (n.at == lo or t.pos[n.at - 1] not in ("ADP", "CCONJ")):
                        return n
                    continue
                if any(t.pos[k] not in ("DET", "ADJ", "NOUN", "PROPN", "PUNCT", "ADV") for k in range(lo, n.at)):
                    break
                if fits:
                    return n
                break
            described = not head and lo + 2 < source[0] and t.low[lo] == "the" and t.low[lo + 1] in _NOUNS
            if described and t.pos[lo + 2] in ("VERB", "AUX"):
                return (lo, lo + 2)
        return None

    def spoken_for(self, source: Range, head: str) -> Name | None:
        """The organisation that a "spokesman for X" or "X's boss" speaks for, by its name in words of a source."""
        for n in self.roster.by_sentence.get(self.t.sentence[source[0]], ()):
            if source[0] <= n.at < source[1] and n.kind == "organisation" and self.fits(n, head):
                return n
        return None

    def named(self, source: Range, head: str) -> Name | None:
        """The organisation named before a source that a noun can stand for; None if none can.

        The subject of the sentence or of the one before; else of all that fit the one named most often
        so far, the last of equals. A word of that kind in a name ("Airways") counts double.
        """
        own = self.subject(source, head)
        if isinstance(own, Name):
            return own
        at = bisect_left(self.roster.organisations, source[0], key=lambda n: n.at)
        near = [n for n in self.roster.organisations[max(0, at - _RECALL) : at] if self.fits(n, head)]
        near = [n for n in near if self.t.pos[min(self.roster.after(n), len(self.t.pos) - 1)] != "NOUN"]  # "Varmo club"
        if head in _PUBLISHING:
            near = near or [n for n in self.roster.organisations[max(0, at - _RECALL) : at] if self.carries(n)]
        else:
            near = [n for n in near if not self.carries(n)]
        often: dict[str, int] = {}
        for n in near:
            full = self.roster.full(n).name
            kin = any(w in _KIN.get(head, ()) for w in full.lower().split())
            often[full] = often.get(full, 0) + 1 + kin
        sentence = self.t.sentence[source[0]]
        known = [n for n in near if sentence - n.sentence <= _BACK or often[self.roster.full(n).name] > 2]
        return max(known, key=lambda n: (often[self.roster.full(n).name], n.at), default=None)

    def speaker(self, name: Name | None) -> Speaker | None:
        """The fullest form of a name."""
        return None if name is None else self.roster.full(name)
