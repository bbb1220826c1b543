"""The language of a text: a certain test for English first, a trained model for the rest.

Nearly every report is English and a count of its little words settles that in microseconds; only
the others load py3langid (a naive Bayes model on byte n-grams, after Lui and Baldwin 2012).
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from tellings.records import Found

__all__ = ["find", "name"]

_ENGLISH = frozenset(
    (  # noqa: SIM905  # words read best as words
        "the of and to that with from which have has had been were was are this they their would who not but his her "
        "its by for it on as at after said will when there what than about into could you your"
    ).split(" ")
)
"""Words that English text is full of: every fifth to third word of news, in lists of names every seventh.

Some are words of other languages too ("at", "for", "her" of Danish), but those stay under .07 there.
"""

_WORD = re.compile(r"[^\W\d_]+")
_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_].*)?$")
SAMPLE = 6000

_NAMES = {
    "ar": "Arabic", "bg": "Bulgarian", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "es": "Spanish",
    "et": "Estonian", "fa": "Persian", "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi",
    "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ko": "Korean",
    "lt": "Lithuanian", "lv": "Latvian", "nl": "Dutch", "no": "Norwegian", "nb": "Norwegian", "pl": "Polish",
    "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovenian", "sr": "Serbian",
    "sv": "Swedish", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese",
    "zh": "Chinese",
}  # fmt: skip


def name(code: str) -> str:
    """The language of an ISO 639-1 code in words; the code itself where it is a rare one."""
    return _NAMES.get(code, f'the language "{code}"')


@cache
def _model() -> Any:
    """The language model, loaded once; about a third of a second."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    # Creoles and dialects without a code of two letters are what it calls lists of English names.
    model.set_languages([code for code in model.labels if len(code) == 2])
    return model


def _sample(text: str) -> str:
    """Enough of the text to tell: its beginning and, of a long one, its middle (the head may be navigation)."""
    if len(text) <= SAMPLE:
        return text
    middle = len(text) // 2
    return text[: SAMPLE // 2] + " " + text[middle : middle + SAMPLE // 2]


def find(text: str, given: Found | None = None) -> Found | None:
    """The language of a text, `given` being what its page says; None where neither can tell.

    What the words themselves make certain goes before what a page says of itself: pages in every
    language call themselves English because their template does.

    >>> find("The ferry and its crew were at the pier when the storm came to the town.").value
    'en'
    >>> find("17:40") is None
    True
    """
    if given is not None and given.where == "given":
        return given
    words = [w.lower() for w in _WORD.findall(_sample(text))]
    share = sum(w in _ENGLISH for w in words) / len(words) if words else 0.0
    if len(words) >= 8 and share >= 0.14:
        return Found("en", "text")
    tag = _TAG.match(given.value) if given is not None else None
    says = tag.group(1).lower() if tag is not None else None
    if says is not None and says != "en" and len(says) == 2:
        return Found(says, given.where if given is not None else "page")
    if len(words) < 8 and len("".join(words)) < 40:
        return Found("en", "page") if says == "en" else None
    code, probability = _model().classify(_sample(text))
    if float(probability) < 0.9 or (code != "en" and share >= 0.12):
        return Found("en", "page") if says == "en" else None
    return Found(str(code), "text")
