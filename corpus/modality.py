"""Tell whether a Norwegian sentence says must, may, must not, or only states a fact."""

from __future__ import annotations

import re
from enum import StrEnum


class Modality(StrEnum):
    """What a sentence does to the person it binds. The values are the words on the chip."""

    PLIKT = "plikt"
    """Somebody must do it."""
    RETT = "rett"
    """Somebody has a right to it, or may decide it."""
    KAN = "kan"
    """Somebody may do it, and need not."""
    FORBUD = "forbud"
    """Somebody must not do it."""
    UNNTAK = "unntak"
    """An exception from a rule."""
    BOR = "bør"
    """Recommended in guidance, not binding."""
    FAKTA = "fakta"
    """A definition, a limit or a fact."""


_EXCEPTION = re.compile(r"\b(?:med mindre|unntatt|unntak|likevel|unless|likevel ikkje)\b", re.I)
_FORBID = re.compile(
    r"\b(?:skal|må|kan|får|har)\s+(?:\w+\s+){0,2}?(?:ikke|ikkje|aldri|verken)\b|\bforbudt\b|\bikke\s+(?:lov|adgang|anledning)\b"
    r"|\b(?:ikke|ikkje)\s+(?:skal|må|kan)\b",
    re.I,
)
_DUTY = re.compile(
    r"\b(?:skal|må|plikter|pliktar|plikt|plikten|plikta|påbud|pålagt|pålegges|kreves|krevst|meldeplikt\w*"
    r"|opplysningsplikt\w*|avvergingsplikt\w*|taushetsplikt\w*|samarbeidsplikt\w*)\b",
    re.I,
)
_RIGHT = re.compile(
    r"\b(?:rett\s+(?:til|på)|har\s+(?:\w+\s+){0,2}rett|krav\s+på|rettskrav|retten\s+til|bestemmer selv)\b", re.I
)
_MAY = re.compile(r"\b(?:kan|får|adgang|høve|anledning|mulighet|tillatt|valgfritt)\b", re.I)
_SHOULD = re.compile(r"\b(?:bør|anbefales|anbefaler|tilrås|tilrår|hensiktsmessig)\b", re.I)


def detect_modality(sentence: str) -> Modality:
    """Classify one sentence by its legal verbs; the strongest limiting word wins.

    >>> detect_modality("Helsepersonell skal melde fra uten ugrunnet opphold.").value
    'plikt'
    >>> detect_modality("Barnevernet kan ikke kreve opplysninger i slike saker.").value
    'forbud'
    >>> detect_modality("Tjenesten kan orientere skolen.").value, detect_modality("Fristen er én uke.").value
    ('kan', 'fakta')
    """
    if _EXCEPTION.search(sentence):
        return Modality.UNNTAK
    if _FORBID.search(sentence):
        return Modality.FORBUD
    if _DUTY.search(sentence):
        return Modality.PLIKT
    if _RIGHT.search(sentence):
        return Modality.RETT
    if _MAY.search(sentence):
        return Modality.KAN
    if _SHOULD.search(sentence):
        return Modality.BOR
    return Modality.FAKTA


def has_duty_word(text: str) -> bool:
    """Whether the text holds a word that can carry a duty."""
    return bool(_DUTY.search(text))


def has_forbidding_word(text: str) -> bool:
    """Whether the text holds a construction that can carry a prohibition."""
    return bool(_FORBID.search(text))


def has_permission_word(text: str) -> bool:
    """Whether the text holds a word that can carry a right or a permission."""
    return bool(_RIGHT.search(text) or _MAY.search(text))
