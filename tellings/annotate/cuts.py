"""Where a sentence is cut into statements: each has a verb, and none ends on a word that asks for more.

A cut stands before a coordinated statement or verb phrase, before a relative clause, a participial
phrase or an apposition with a verb that a comma parts off, before a subordinate clause that tells
of a fact by itself ("after the bus had stopped"), and at semicolons, colons, dashes and brackets.
It never stands where the left part would end on a word that asks for more ("in", "of the", "was"),
nor before what bounds the statement: a condition, "until", a claim's "that". A subject that its
relative clause parts from its verb stays with the relative clause: a clause is one stretch of text.

Still missed: participles that look like pasts ("the man arrested on Monday"), and long lists.
"""

from __future__ import annotations

from collections.abc import Sequence

from tellings.annotate.cues import listed
from tellings.records import Annotated, Word

__all__ = ["RELATIVE", "VERBAL", "Cutter"]

VERBAL = frozenset({"VERB", "AUX"})
RELATIVE = frozenset({"who", "which", "whose", "whom", "where"})
_FREE = listed("factual")
"""Subordinators whose clause tells of a fact by itself."""
_SUBORDINATE = listed("subordinate")
_TIMED = listed("timed")
_PASTS = listed("past")
_DISCOURSE = listed("discourse")
"""Adverbs that only join a sentence to the one before it."""
_LEFT_OVER = frozenset({"when", "which", "who", "whose", "whom", "that", "while", "because", "if", "as", "where", "so"})
"""Words that lead on to a frame ("…, when X said that …"): they end no statement."""
_MARKS = frozenset({";", ":", "—", "–", "--", "―", "(", ")", "…", "..."})
"""Marks that part statements; square brackets hold a word that an editor put in."""
_LEADING = frozenset({"just", "even", "soon", "shortly", "ever", "immediately", "right", "moments"})
"""Words that go with the subordinator behind them."""
_CLAIMED = listed("noun") | listed("told") | {"evidence", "sign", "signs", "proof", "chance", "risk"}
"""Nouns whose "that" clause is no fact by itself: "allegations that the bridge was rotten"."""
_QUOTES = frozenset({'"', "“", "”", "„", "«", "»", "''", "``"})
_ASKING = frozenset({"ADP", "DET", "CCONJ", "SCONJ", "AUX"})
"""Kinds of words that end no statement unless a mark stands behind them."""
_OWNERS = frozenset({"his", "her", "its", "their", "my", "our", "your", "to", "not", "n't", "no", "than", "as"})
_BARE = frozenset({"be", "been", "being", "having"})
_NEAR = 14
"""So many words behind a subordinator its verb stands."""


class Cutter:
    """Cuts the words of one sentence at statement boundaries."""

    def __init__(self, a: Annotated, words: Sequence[Word]) -> None:
        """Keep the words, in small letters too."""
        self.words = words
        self.low = [a.quote(w.span).lower().replace("’", "'") for w in words]
        self.pos = [w.pos for w in words]

    # ------------------------------------------------------------ what words are

    def circumstance(self, lo: int, hi: int) -> bool:
        """Whether these words are no statement but tell where, when or in what something was said."""
        if self.verbs(lo, hi):
            return False
        size = sum(p != "PUNCT" for p in self.pos[lo:hi])
        return size < 4 or (size < 8 and any(word in listed("medium") for word in self.low[lo:hi]))

    def verbs(self, lo: int, hi: int) -> bool:
        """Whether any verb stands there, whatever its form."""
        return any(p in ("VERB", "AUX", "X") for p in self.pos[lo:hi])

    def finite(self, lo: int, hi: int) -> bool:
        """Whether a verb stands there that is no bare participle or infinitive."""
        return any(self.is_finite(k, lo) for k in range(lo, hi))

    def is_finite(self, k: int, lo: int) -> bool:
        """Whether word `k` is a finite verb, as far as its form and the words before it, from `lo` on, tell."""
        low, pos = self.low, self.pos
        if pos[k] not in VERBAL or low[k].endswith("ing") or low[k] in _BARE:
            return False
        j = k - 1
        while j > lo and pos[j] in ("ADV", "PART") and low[j] != "to":
            j -= 1
        return not (j >= lo and low[j] == "to")

    def open(self, lo: int, k: int) -> bool:
        """Whether the words before `k` end on one that asks for more: "in", "the", "was", "his"."""
        j = k - 1
        while j > lo and self.low[j] in _QUOTES:
            j -= 1
        if self.pos[j] == "PUNCT" or self.low[j] in _MARKS:
            while j > lo and (self.pos[j] == "PUNCT" or self.low[j] in _QUOTES):
                j -= 1
            return self.pos[j] in ("DET", "CCONJ", "SCONJ") and self.low[j] not in ("this", "that", "all", "so", "both")
        return self.pos[j] in _ASKING or self.low[j] in _OWNERS

    # ------------------------------------------------------------ where to cut

    def cuts(self, lo: int, hi: int) -> list[int]:
        """Indices of words before which a new statement begins, between `lo` and `hi`."""
        out: list[int] = []
        start = lo
        for k in range(lo + 1, hi):
            if k - start > 1 and self.verbs(start, k) and not self.open(start, k) and self.begins(start, k, hi):
                out.append(k)
                start = k
        return out

    def begins(self, start: int, k: int, hi: int) -> bool:
        """Whether a new statement begins at word `k`, the last one having begun at `start` with a verb in it."""
        low, pos = self.low, self.pos
        before = low[k - 1]
        if low[k] in _MARKS:
            return True
        if before in _MARKS and before != ")":
            return self.verbs(k, hi)
        comma = before == ","
        if comma and pos[k] in VERBAL:  # ", injuring one person", ", killed by a shell"
            return True
        if comma and pos[k] == "ADV" and k + 1 < hi and pos[k + 1] == "VERB" and low[k + 1].endswith("ing"):
            return True
        if self.relative(k, hi):
            return k - start > 2
        if low[k] == "that" and pos[k] in ("PRON", "SCONJ") and pos[k - 1] in ("NOUN", "PROPN"):
            if pos[k] == "SCONJ" and before in _CLAIMED:
                return False
            return self.verbs(k + 1, min(hi, k + 4)) and k - start > 3
        at = self.subordinator(k, hi)
        if at is not None:
            return self.subordinate(start, k, at, hi)
        if low[k] == ",":
            return False
        first = comma and "," not in low[start : k - 1] and pos[k] in ("DET", "NOUN", "PROPN", "PRON", "ADJ", "NUM")
        if first and (low[start] in _SUBORDINATE or self.subordinator(start, k) is not None):
            return self.fronted(start, k) and self.finite(k, hi)  # "when it rains, ..." bounds what follows
        if pos[k] == "CCONJ" or low[k] in ("and", "but", "or"):
            return self.joined(start, k, hi)
        subject = comma and pos[k] in ("PRON", "DET", "PROPN")
        return subject and self.finite(start, k) and self.subject_ahead(k, hi)

    def relative(self, k: int, hi: int) -> bool:
        """Whether a relative clause begins at word `k`: "who", "with whom", "many of whom"."""
        low, pos = self.low, self.pos
        at = k
        if pos[k] in ("ADP", "DET", "NUM", "PRON", "ADJ") and low[k] not in RELATIVE:
            at = next((j for j in (k + 1, k + 2) if j < hi and low[j] in ("whom", "which")), k)
            if at == k or pos[at - 1] != "ADP":
                return False
        return low[at] in RELATIVE and pos[at] in ("PRON", "SCONJ", "ADV", "DET", "X") and self.verbs(at + 1, hi)

    def subordinator(self, k: int, hi: int) -> int | None:
        """Where the subordinator stands that begins at word `k`, behind what goes with it, or None.

        "even | though", "two hours | after".
        """
        at = k
        if self.low[at] in _LEADING:
            at += 1
        else:
            while (
                at < hi and at < k + 4 and (self.pos[at] in ("NUM", "DET", "ADJ") or self.low[at] in ("about", "just"))
            ):
                at += 1
            at = at + 1 if at < hi and self.low[at] in listed("spell") else k
        found = at < hi and self.low[at] in _FREE and self.pos[at] in ("SCONJ", "ADV", "ADP", "X")
        return at if found else None

    def subordinate(self, start: int, k: int, at: int, hi: int) -> bool:
        """Whether the subordinator at `at`, with its modifiers from `k` on, opens a clause that tells of a fact.

        "Not because he left" stays whole.
        """
        before = self.low[k - 1]
        if before in ("not", "n't", "only", "long") or before in _LEADING:
            return False
        if self.low[at] == "because" and any(w in ("not", "n't", "never") for w in self.low[start:k]):
            return False
        for j in range(at + 1, min(hi, at + _NEAR)):
            if self.low[j] == ",":
                return False
            if self.pos[j] in VERBAL or self.pos[j] == "X":
                return self.low[at] not in ("as", "once") or self.pos[at] == "SCONJ"
        return False

    def factual(self, k: int, j: int) -> bool:
        """Whether the clause of the subordinator at `k`, whose verb is word `j`, tells of a fact: "when it rained".

        "When it rains" is a condition, and keeps its subordinator.
        """
        low = self.low
        if low[k] in ("as", "once") and self.pos[k] != "SCONJ":
            return False
        past = low[j] in _PASTS or low[j].endswith("ed") or low[j] in ("has", "have")
        return low[k] not in _TIMED or past or low[k] in ("while", "as")

    def statement(self, k: int, hi: int) -> bool:
        """Whether a noun phrase, with its prepositions, and a finite verb stand at word `k`, before any comma."""
        if k >= hi or self.pos[k] not in ("PRON", "DET", "PROPN", "NOUN", "ADJ", "NUM"):
            return False
        for j in range(k + 1, min(hi, k + _NEAR)):
            if self.is_finite(j, k):
                return True
            if self.low[j] == "," or self.low[j] in _MARKS or self.pos[j] in ("SCONJ", "CCONJ"):
                return False
        return False

    def subject_ahead(self, k: int, hi: int) -> bool:
        """Whether a short noun phrase and a finite verb follow at once."""
        for j in range(k + 1, min(hi, k + 7)):
            if self.is_finite(j, k):
                return True
            if self.pos[j] not in ("DET", "ADJ", "NOUN", "PROPN", "NUM", "ADV", "PART", "PRON"):
                return False
        return False

    def joined(self, start: int, k: int, hi: int) -> bool:
        """Whether a conjunction joins a verb phrase or a statement, not two nouns."""
        j = k + 1
        while j < hi and (self.pos[j] in ("ADV", "PART") or self.low[j] in ("then", "also", "later")):
            j += 1
        if j < hi and self.pos[j] in VERBAL:
            return not (self.pos[k - 1] == "VERB" and j == k + 1)
        if self.low[k - 1] == "," and self.low[k] in ("and", "but", "while") and self.finite(start, k):
            return self.statement(k + 1, hi)
        # "Said that Varmo and Harrow grew": two nouns, where no comma and no article parts them.
        nouns = ("NOUN", "PROPN")
        paired = self.pos[k - 1] in nouns and k + 1 < hi and self.pos[k + 1] in (*nouns, "ADJ", "NUM")
        return not paired and self.finite(start, k) and self.subject_ahead(k, hi)

    # ------------------------------------------------------------ the ends of a piece

    def trimmed(self, lo: int, hi: int, *, cut: bool = True) -> tuple[int, int]:
        """Without the word that only joins it to what stands before, and without its final point.

        `cut` is whether the piece is not the whole sentence: a subordinator is taken off that
        joined it to what was cut away.
        """
        low, pos = self.low, self.pos
        first, last = lo, hi
        while last > first and (
            pos[last - 1] in ("PUNCT", "CCONJ") or (last - first > 1 and low[last - 1] in _LEFT_OVER)
        ):
            last -= 1
        while first < last:
            if pos[first] in ("PUNCT", "CCONJ") or (low[first] == "that" and pos[first] == "SCONJ"):
                first += 1
            elif low[first] in _DISCOURSE and first + 2 < last and low[first + 1] == ",":
                first += 2
            elif cut and (at := self.subordinator(first, last)) is not None and self.alone(at, last):
                first = at + 1
            else:
                break
        return (first, last) if first < last else (lo, hi)

    def fronted(self, start: int, k: int) -> bool:
        """Whether the words up to the comma before `k` are a subordinate clause that tells of a fact."""
        at = self.subordinator(start, k)
        return at is not None and self.alone(at, k)

    def alone(self, first: int, last: int) -> bool:
        """Whether what follows the subordinator at `first` is one clause, and no main clause behind it."""
        if not self.clause_ahead(first, last):
            return False
        comma = next((j for j in range(first, last) if self.low[j] == ","), last)
        return not self.finite(comma, last) or (comma + 1 < last and self.low[comma + 1] in RELATIVE)

    def clause_ahead(self, k: int, hi: int) -> bool:
        """Whether a subject and a finite verb follow the subordinator at `k` before the next comma."""
        if k + 2 >= hi or self.pos[k + 1] not in ("DET", "NOUN", "PROPN", "PRON", "ADJ", "NUM"):
            return False
        for j in range(k + 2, min(hi, k + _NEAR)):
            if self.low[j] == "," or self.low[j] in _MARKS or self.low[j] in RELATIVE:
                return False
            if self.low[j] in ("could", "can", "might", "would") and self.low[k] == "before":
                return False
            if self.is_finite(j, k):
                return self.factual(k, j)
        return False

    def whole(self, parts: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """The pieces, those without a verb or of two words joined to their neighbour."""
        out: list[tuple[int, int]] = []
        wait: int | None = None
        for begin, hi in parts:
            lo = begin if wait is None else wait
            wait = None
            if hi - lo < 3 or not self.verbs(lo, hi):
                if out:
                    out[-1] = (out[-1][0], hi)
                else:
                    wait = lo
                continue
            out.append((lo, hi))
        return out if wait is None else [*out, (wait, parts[-1][1])]
