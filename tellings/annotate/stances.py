"""How a source holds what it says: denied or affirmed, as a fact, a possibility, a plan, a demand; and hedges.

The verb of the cue speaks first ("vowed to", "urged", "denied"), then the first verbs of what is
said ("may have", "must"), as far as no relative clause or condition holds them. What negates
inside of the content is the clause's matter, not the attribution's.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from tellings.annotate.cues import listed, verb
from tellings.annotate.frames import Frame, Tokens
from tellings.records import Modality, Polarity
from tellings.text import Span

__all__ = ["distancing", "hedges", "modality", "polarity"]

_OPENED = frozenset({"whether", "if", "how", "why", "what", "when", "where", "who", "which"})
_NOT = frozenset({"not", "n't", "never", "no", "cannot", "neither", "nor"})
_MARKS = frozenset({'"', "“", "”", "'", "‘", "’", "''", "``", ",", "—", "–", "…", "..."})
_SAYING = listed("saying")
_REFUSED = frozenset({"refuse", "decline"})
_FORESEEN = frozenset({"predict", "forecast", "foresee", "expect", "anticipate", "project", "schedule"})
_PLEDGED = frozenset({"vow", "pledge", "promise", "swear", "threaten", "plan", "intend", "aim", "undertake"})
_AGREED = frozenset({"agree", "offer", "volunteer", "commit", "guarantee", "decide", "want", "wish"})
_GUESSED = frozenset({"suspect", "fear", "guess", "assume", "speculate", "imagine", "worry", "hope", "believe", "hint"})
_QUERIED = frozenset({"ask", "wonder", "question", "inquire"})
_DISTANT = frozenset({"claim", "allege", "purport"})
"""Verbs by which a report leaves what is said to him who says it."""
_DENIED = frozenset({"doubt", "deny", "refute", "dispute"})
_LABELLING = frozenset({"dismiss", "reject", "discount"})
"""Verbs that deny a story, but call a person or a thing something: "dismissed him as a clown"."""
_KEPT_FROM = frozenset({"refuse", "decline", "fail", "failed", "fails"})
_UNTRUE = re.compile(
    r"[\"'“‘(]*(?:that )?(?:it (?:is|was|'s) (?:simply |just )?(?:not|n't) (?:true|so|correct|the case)\b"
    r"|there (?:is|was|'s) (?:no|not any|absolutely no) truth\b)"
)
_FALSE = re.compile(
    r"(?:is|are|was|were|be|been|as) (?:[a-z]+ly |all |just )?(?:not true|untrue|false|wrong|incorrect"
    r"|inaccurate|baseless|unfounded|groundless|fabricated|fabrications?|fake|bogus|invented"
    r"|a lie|lies|nonsense|a hoax|rubbish)[\W]*$"
)
_MODALS: dict[str, Modality] = {
    "may": "possible",
    "might": "possible",
    "could": "possible",
    "would": "future",
    "will": "future",
    "'ll": "future",
    "wo": "future",
    "'d": "future",
    "shall": "future",
    "should": "obliged",
    "must": "obliged",
    "ought": "obliged",
}
_LEADS: dict[str, Modality] = {
    **dict.fromkeys(
        ("plan", "plans", "planned", "planning", "intend", "intends", "intended", "aims", "aimed", "hopes", "hoped"),
        "future",
    ),
    **dict.fromkeys(("going", "expected", "due", "set", "about", "bound", "scheduled", "poised", "vowed"), "future"),
    **dict.fromkeys(("need", "needs", "needed", "has", "have", "had", "ought", "obliged", "required"), "obliged"),
    **dict.fromkeys(("seems", "seemed", "appears", "appeared", "believed", "thought", "likely"), "possible"),
}
"""What a verb before "to" makes of the verb after it."""
_MAYBE = frozenset({"perhaps", "maybe", "possibly", "probably", "likely", "presumably", "possible", "probable"})
_CHANCES = re.compile(r"\b(?:a|the|every|some) (?:[a-z]+ )?(?:chance|risk|possibility|likelihood|danger)\b")
_RELATIVE = frozenset({"who", "which", "whose", "whom", "where"})
_CONDITION = frozenset({"if", "unless"})
_FRONTED = frozenset({"when", "while", "although", "though", "because", "since", "after", "before", "once", "as"})
_COURTESY = frozenset({"thank", "thanks", "welcome", "bless", "look", "listen", "say", "see", "hope", "let"})
_SUBJECTS = frozenset({"i", "we", "you", "he", "she", "it", "they", "there"})
_LONG = 200
"""So many words of a stretch of content are looked at."""
_NAMING = frozenset({"called", "calls", "termed", "dubbed", "described"})
_FAR = 40
"""So many words of a content are read for its first verbs."""


def _words(t: Tokens, content: Sequence[Span]) -> list[int]:
    """The words of the contents in the order of the text."""
    out: list[int] = []
    for part in content:
        first = bisect_left(t.starts, part.start)
        out += range(first, min(bisect_left(t.starts, part.end), first + _LONG))
    return out


def _first(t: Tokens, words: Sequence[int]) -> list[int]:
    """The first statement's words: those of the first sentence, without marks of quotation and "that" at its head."""
    kept = [k for k in words[: _FAR * 3] if t.sentence[k] == t.sentence[words[0]]]
    while kept and (t.low[kept[0]] in _MARKS or (t.low[kept[0]] == "that" and len(kept) > 1 and not _pronoun(t, kept))):
        kept = kept[1:]
    return kept


def _pronoun(t: Tokens, kept: Sequence[int]) -> bool:
    """Whether a "that" at the head is a pronoun: a verb follows."""
    return t.pos[kept[1]] in ("AUX", "VERB")


def _lemma(t: Tokens, frame: Frame) -> str:
    if frame.cue is None:
        return ""
    for k in range(*frame.cue):
        known = verb(t.low[k])
        if known and known[0] == "deny" and t.pos[k] != "NOUN":  # "rejected claims"
            return known[1]
    for k in range(frame.cue[1] - 1, frame.cue[0] - 1, -1):
        known = verb(t.low[k])
        if known:
            return known[1]
    return frame.lemma


def _denies(frame: Frame, lemma: str) -> bool:
    return frame.kind == "deny" or (verb(lemma) or ("", ""))[0] == "deny"


def _negated(t: Tokens, frame: Frame) -> bool:
    """Whether the cue itself is negated: "did not say", "has never denied"."""
    if frame.cue is None:
        return False
    first, last = frame.cue
    lo = t.edges[t.sentence[first]]
    near = range(max(lo, first - 3), first) if t.pos[max(lo, first - 1)] in ("AUX", "PART", "ADV") else range(0)
    if any(t.low[k] in ("not", "n't", "never", "cannot") for k in (*near, *range(first, last))):
        return True
    if frame.lemma == "doubt" or "doubt" in t.low[first:last]:  # "has no doubt that", "there is little doubt"
        return any(
            t.low[k] in ("no", "little", "without") for k in (*range(max(lo, first - 2), first), *range(first, last))
        )
    refusals = [k for k in range(first, last) if (verb(t.low[k]) or ("", t.low[k]))[1] in _KEPT_FROM]
    return bool(refusals) and any(t.low[k] == "to" for k in range(refusals[0], min(last + 1, len(t.low))))


def polarity(t: Tokens, frame: Frame, content: Sequence[Span]) -> Polarity:
    """Denied where the source holds that the content is not so.

    "Denied", "rejected claims", "ruled out", "doubts that"; "it was not true that" and "reports
    ... were false" in the content. A denial that is itself negated is none.
    """
    lemma = _lemma(t, frame)
    negated = _negated(t, frame)
    if lemma in _LABELLING and _labelled(t, frame, content):
        return "affirmed"
    if _denies(frame, lemma) or lemma in _DENIED or (lemma == "rule" and _out(t, frame)):
        return "affirmed" if negated or _unsaid(t, frame, lemma, content) else "denied"
    words = _words(t, content)
    if lemma in _REFUSED and not _unsaid(t, frame, lemma, content):
        barred = [t.low[k] for k in words[:4]]
        twice = any((verb(w) or ("", ""))[0] == "deny" for w in barred) or "rule out" in " ".join(barred)
        return "affirmed" if twice else "denied"  # "refused to rule out"
    if not words:
        return "affirmed"
    head = _first(t, words)
    text = " ".join(t.low[k] for k in head).replace(" n't", "n't").replace("n't", " not")
    if _UNTRUE.match(text):
        return "denied"
    told = listed("told")
    return "denied" if _FALSE.search(text) and any(t.low[k] in told for k in head[:8]) else "affirmed"


def _labelled(t: Tokens, frame: Frame, content: Sequence[Span]) -> bool:
    """Whether the content calls somebody or something a name behind "as", and what is called so is no story told."""
    words = _words(t, content)
    at = next((i for i, k in enumerate(words) if t.low[k] == "as" and t.quote[k] < 0), None)
    if frame.cue is not None and at is None:
        after = t.low[frame.cue[1] - 1 : frame.cue[1] + 1]
        at = 0 if "as" in after else None
    if at is None or "that" in (t.low[k] for k in words[:at]):
        return False
    told = listed("told") | listed("noun") | {"it", "this", "them", "that"}
    named = [k for k in words[:at] if t.pos[k] in ("NOUN", "PROPN", "PRON")]
    return not any(t.low[k] in told for k in named)


def _out(t: Tokens, frame: Frame) -> bool:
    """Whether "out" belongs to the cue: "ruled out"."""
    return frame.cue is not None and "out" in t.low[frame.cue[0] : frame.cue[1] + 1]


def _unsaid(t: Tokens, frame: Frame, lemma: str, content: Sequence[Span]) -> bool:
    """Whether the source keeps back what the content asks: "would not say whether", "declined to comment"."""
    words = _words(t, content)
    head = t.low[words[0]] if words else ""
    if frame.cue is None:
        return False
    after = t.low[frame.cue[1] : frame.cue[1] + 3]
    cue = t.low[frame.cue[0] : frame.cue[1]]
    if any((verb(w) or ("", ""))[1] in _REFUSED for w in cue):
        return any(w in _SAYING for w in (*cue, *after, *(t.low[k] for k in words[:2])))
    speaks = frame.kind in ("say", "announce", "show") or lemma in ("know", "rule")
    return (
        speaks and _negated(t, frame) and (head in _OPENED or head in ("any", "the", "a", "his", "her", "its", "their"))
    )


def modality(t: Tokens, frame: Frame, content: Sequence[Span]) -> Modality:
    """How the source holds the first statement of the content; `Attribution.modality` tells the kinds."""
    lemma = _lemma(t, frame)
    words = _words(t, content)
    if _unsaid(t, frame, lemma, content):
        return "unsaid"
    head = _first(t, words) if words else []
    first = t.low[head[0]] if head else ""
    if lemma in _QUERIED and (first in _OPENED or _asks(t, words)):
        return "asked"
    if lemma == "doubt" or _denies(frame, lemma):
        return "asserted"
    if lemma == "rule" and frame.cue and _out(t, frame):
        return "possible" if _negated(t, frame) else "asserted"
    if _asks(t, words):
        return "asked"
    if lemma == "call":  # "called on them to", "called for"; not "called it a gift"
        after = t.low[frame.cue[1] - 1 : frame.cue[1] + 1] if frame.cue else ()
        return "obliged" if "on" in after or "for" in after or _told_to(t, frame, head) else _spoken(t, head)
    if frame.kind == "ask" or lemma in ("order", "demand", "appeal", "advise", "urge"):
        return "obliged"
    if lemma in ("warn", "tell", "instruct") and _told_to(t, frame, head):
        return "obliged"
    if lemma in _REFUSED or lemma in _PLEDGED or lemma in _FORESEEN:
        return "future"
    before = t.low[head[0] - 1] if head and head[0] else ""
    if lemma in _AGREED and ("to" in (first, before) or lemma in ("volunteer", "offer")):
        return "future"
    if lemma in _GUESSED:
        return "possible"
    return _spoken(t, head)


def _asks(t: Tokens, words: Sequence[int]) -> bool:
    """Whether what is said is a question: its first sentence ends with the mark."""
    if not words:
        return False
    own = [k for k in words if t.sentence[k] == t.sentence[words[0]]]
    for k in (*own, *((own[-1] + 1,) if own[-1] + 1 < len(t.low) else ())):
        if t.low[k] == "?":
            return True
        if t.low[k] in (".", "!"):
            return False
    return False


def _told_to(t: Tokens, frame: Frame, head: Sequence[int]) -> bool:
    """Whether somebody is told to do something: "told residents to leave"."""
    if not head:
        return False
    return any(t.low[k] == "to" and k + 1 < len(t.low) and t.pos[k + 1] == "VERB" for k in head[:1]) or bool(
        frame.cue and head[0] > frame.cue[1] and t.low[head[0] - 1] == "to" and t.pos[head[0]] == "VERB"
    )


def _spoken(t: Tokens, head: Sequence[int]) -> Modality:
    """What the first verbs of a statement make of it."""
    words = list(head[:_FAR])
    if not words:
        return "asserted"
    if t.low[words[0]] in _CONDITION:
        return "possible"
    if t.quote[words[0]] >= 0 and _commands(t, words):
        return "obliged"
    text = " ".join(t.low[k] for k in words[:12])
    if _CHANCES.search(text) and "no " not in text:
        return "possible"
    if t.low[words[0]] in _FRONTED:
        comma = next((i for i, k in enumerate(words) if t.low[k] == ","), None)
        words = words[comma + 1 :] if comma is not None else words
    skip = 0
    for i, k in enumerate(words):
        low = t.low[k]
        if low in _RELATIVE or (low == "that" and i and t.pos[k] == "PRON"):
            skip = 1  # the next group of verbs is the relative clause's
            continue
        if low in _CONDITION or low == ";":
            break
        found = _verbal(t, words, i)
        if found is None:
            if low in _MAYBE and not skip:
                return "possible"
            if t.pos[k] in ("VERB", "AUX") and not skip and not _open(t, words, i):
                # The group's own verb: nothing before it bent it. An adverb or "to" may follow.
                rest = [t.low[j] for j in words[i + 1 : i + 3]]
                if any(w in _MAYBE for w in rest):
                    return "possible"
                return "asserted"
            if t.pos[k] == "VERB" and skip:
                skip = 0
            continue
        if skip:
            continue
        return found
    # A headline's infinitive: "line to be tested in May", "star set for return"
    bare = [t.low[k] for k in words]
    if "to" in bare[1:] and not any(t.pos[k] == "AUX" for k in words[: bare.index("to", 1)]):
        at = words[bare.index("to", 1)]
        if at + 1 < len(t.pos) and (t.pos[at + 1] in ("VERB", "AUX")):
            return "future"
    return "future" if "set" in bare and "for" in bare[bare.index("set") :][:2] else "asserted"


def _open(t: Tokens, words: Sequence[int], i: int) -> bool:
    """Whether a form of "be" or "have", or a verb before "to", waits for what follows it."""
    low = t.low[words[i]]
    nxt = [t.low[j] for j in words[i + 1 : i + 4]]
    if t.pos[words[i]] == "AUX" or low in ("is", "are", "was", "were", "be", "been", "'s", "'re", "has", "have", "had"):
        return any(w in _LEADS or w in _MAYBE or w == "to" for w in nxt)
    return False


def _verbal(t: Tokens, words: Sequence[int], i: int) -> Modality | None:
    """What one word of a group of verbs makes of the statement; None where it leaves it open."""
    k = words[i]
    low, then, *_ = *(t.low[j] for j in words[i : i + 2]), ""
    more = {t.low[j] for j in words[i + 1 : i + 4]}
    if low in _MODALS and t.pos[k] not in ("PROPN", "NUM") and (low != "may" or t.forms[k][:1].islower() or i == 0):
        if low == "could" and ({"not", "n't"} & more):
            return None if then not in ("not", "n't") else "asserted"
        if low in ("would", "'d", "will") and "like" in more:
            return "asserted"
        if low == "'d" and then.endswith(("ed", "en", "wn", "ne")):  # "he'd seen": had
            return None
        if low in ("would", "'d") and "have" in more:
            return "possible"
        if low == "must" and then == "have":
            return "possible"
        return _MODALS[low]
    if then == "to" and low in _LEADS and i + 2 < len(words) and t.pos[words[i + 2]] in ("VERB", "AUX"):
        return _LEADS[low]
    ahead = t.pos[words[i + 2]] if i + 2 < len(words) else ""
    if low in ("is", "are", "was", "were") and then == "to" and ahead in ("VERB", "AUX"):
        return "future"
    return "future" if low == "set" and then == "for" else None


def _commands(t: Tokens, words: Sequence[int]) -> bool:
    """Whether quoted words begin with a command: "Leave now", "Do not wait", "Show us"."""
    k = words[0]
    low = t.low[k]
    if t.pos[k] not in ("VERB", "AUX") or low.endswith(("ing", "ed")) or low in _COURTESY:
        return False
    if low in ("do", "don") and len(words) > 1:
        return t.low[words[1]] in ("not", "n't", "'t")
    if t.pos[k] == "AUX":
        return False
    return not (low.endswith("s") and not low.endswith("ss")) and (len(words) < 2 or t.low[words[1]] not in _SUBJECTS)


def hedges(t: Tokens) -> list[tuple[int, Span]]:
    """Words that hedge, of the whole report: index of the first word, and the span.

    Adverbs and adjectives of the list; "alleged", "suspected" and the like where they stand before
    a noun; "claimed", "alleged" and "purported" as verbs; "so-called"; "what X called".
    """
    known = listed("hedge")
    verbs = {"alleged", "suspected", "supposed", "claimed", "purported", "rumoured", "rumored"}
    out: list[tuple[int, Span]] = []
    low = t.low
    for k, word in enumerate(low):
        if word in verbs:
            before = t.pos[k - 1] if k else ""
            after = t.pos[k + 1] if k + 1 < len(low) else ""
            if after in ("NOUN", "PROPN", "ADJ") and before not in ("PROPN", "NOUN", "PRON", "AUX", "PART"):
                out.append((k, t.spans[k]))
        elif word in known:
            out.append((k, t.spans[k]))
        elif word in ("so", "self") and k + 2 < len(low) and low[k + 1] in "-‐‑" and low[k + 2] in ("called", "styled"):
            out.append((k, t.spans[k].join(t.spans[k + 2])))
        elif word in _NAMING and "what" in low[max(0, k - 6) : k] and t.sentence[max(0, k - 2)] == t.sentence[k]:
            out.append((k, t.spans[k]))
    return out


def _ahead(frame: Frame, k: int) -> bool:
    """Whether a cue's word stands right behind its source: a verb, whatever the tagger says."""
    return frame.source is not None and frame.source[1] == k


def distancing(t: Tokens, frame: Frame) -> Span | None:
    """The verb of a cue that leaves what is said to the one who says it ("claimed"), or None."""
    if frame.cue is None:
        return None
    for k in range(frame.cue[1] - 1, frame.cue[0] - 1, -1):
        known = verb(t.low[k])
        if known and known[1] in _DISTANT and (t.pos[k] in ("VERB", "X", "ADJ") or _ahead(frame, k)):
            return t.spans[k]
    return None
