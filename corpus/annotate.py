"""Read modality, deadlines and ages off a sentence when nobody has recorded them by hand."""

from __future__ import annotations

import re

from corpus.modality import Modality, detect_modality
from corpus.sentence import Deadline, Part, Sentence, sentence_spans

_UNIT = r"(?:uker?|dager?|døgn|måneder?|timer?|år|virkedager?|veker?|månader?|dagar)"
_COUNT = r"(?:\d+|én|en|ett|et|to|tre|fire|fem|seks|sju|syv|åtte|ni|ti|elleve|tolv|tjuefire)"
_LIMIT = re.compile(
    rf"\b(?:(?:snarest\s+og\s+)?senest\s+(?:innen\s+)?|innen\s+|inntil\s+)(?:{_COUNT}\s+{_UNIT})\b"
    r"|\buten\s+ugrunnet\s+opphold\b|\buten\s+ugrunna\s+opphald\b|\bsnarest\s+mulig\b",
    re.I,
)
_START = re.compile(r"\b(?:etter(?:\s+at)?|fra|når)\s+([^.,;]{4,90})", re.I)
_AGE = re.compile(r"(?<!\d)(\d{1,2})(?=\s*(?:-?\s?åring|år\b|-årsgrens|-årsdag)|[–-]\d{1,2}\s*år\b)", re.I)
_CONDITION = re.compile(
    r"^\s*(?:dersom|hvis|når|forutsatt|vilkår)|\bbare\s+(?:når|hvis|dersom)\b|\bvilkår(?:et|ene)?\b", re.I
)


def annotate(text: str, start: int, end: int, *, ledd: str = "") -> Sentence:
    """Describe ``text[start:end]`` by rule: its modality, its part on a card, its deadline and ages.

    >>> s = annotate("Svaret skal gis senest innen tre uker etter at meldingen kom.", 0, 61)
    >>> s.modality.value, s.deadline.limit, s.deadline.start
    ('plikt', 'senest innen tre uker', 'meldingen kom')
    """
    sentence = text[start:end]
    modality = detect_modality(sentence)
    part = Part.RULE
    if modality is Modality.UNNTAK:
        part = Part.EXCEPTION
    elif _CONDITION.search(sentence):
        part = Part.CONDITION
    return Sentence(
        start=start,
        end=end,
        modality=modality,
        ledd=ledd,
        part=part,
        deadline=_deadline(sentence),
        ages=_ages(sentence),
    )


def annotate_all(text: str, start: int, end: int) -> tuple[Sentence, ...]:
    """Split ``text[start:end]`` into sentences and describe each."""
    return tuple(annotate(text, start + a, start + b) for a, b in sentence_spans(text[start:end]))


def _deadline(sentence: str) -> Deadline | None:
    limit = _LIMIT.search(sentence)
    if limit is None:
        return None
    started = _START.search(sentence, limit.end())
    return Deadline(limit=limit[0], start=started[1].strip() if started else "")


def _ages(sentence: str) -> tuple[int, ...]:
    return tuple(dict.fromkeys(int(match[1]) for match in _AGE.finditer(sentence) if int(match[1]) <= 25))
