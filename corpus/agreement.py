"""Decide whether a claim says no more than the quote it rests on.

Pure rules shared by the gate in front of every answer and by the check of the knowledge base.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.modality import (
    Modality,
    detect_modality,
    has_duty_word,
    has_forbidding_word,
    has_permission_word,
)

_WORDS = {
    "null": 0, "to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6, "sju": 7,
    "syv": 7, "åtte": 8, "ni": 9, "ti": 10, "elleve": 11, "tolv": 12, "tretten": 13, "fjorten": 14, "femten": 15,
    "seksten": 16, "sytten": 17, "atten": 18, "tjue": 20, "tjuefire": 24, "tretti": 30,
}  # fmt: skip
_UNIT = r"(?:ukes?|veker?|uker|dag(?:er|ar)?|døgn|måned(?:er|en)?|månad(?:er|ar)?|time[rn]?|timar|år|virkedag(?:er)?)"
# «En» counts as a number only before a unit of time: «én forelder» and «en forelder» say the same.
_ARTICLE_AS_ONE = re.compile(rf"\b(?:én|en|ei|ein|et|ett|eit|eitt)\s+{_UNIT}\b", re.I)
_NUMBER = re.compile(r"(?<![\w§])\d+(?:[.,]\d+)?(?![\w])|\b[a-zæøåé]+\b", re.I)
_SECTION = re.compile(r"§§?\s*(\d+[A-Z]?(?:-\d+)?(?:\s?[a-z](?![\wæøå]))?)")
_SEE = re.compile(r"§§?\s*\d[\w-]*(?:\s?[a-z](?![\wæøå]))?(?:\s*(?:,|og|eller|til|–|-)\s*\d[\w-]*)*")
_ORDINAL_LEDD = re.compile(r"\b\d+\.\s*ledd\b", re.I)
_HYPHENATED = re.compile(r"\b(\d+|[a-zæøåé]+)-?(?:åring\w*|ukersfrist\w*|ukesfrist\w*|års\w*)\b", re.I)


def numbers_in(text: str) -> frozenset[int]:
    """Return the numbers a text states, as digits or words; section numbers and ledd are left out.

    >>> sorted(numbers_in("Senest innen en uke, jf. § 2-1. Barn på 12 år og seksåringer."))
    [1, 6, 12]
    """
    found: set[int] = set()
    plain = _ORDINAL_LEDD.sub(" ", _SEE.sub(" ", text))
    if _ARTICLE_AS_ONE.search(plain):
        found.add(1)
    for match in _HYPHENATED.finditer(plain):
        value = _value(match[1])
        if value is not None:
            found.add(value)
    for match in _NUMBER.finditer(plain):
        value = _value(match[0])
        if value is not None:
            found.add(value)
    return frozenset(found)


def _value(token: str) -> int | None:
    if token[0].isdigit():
        return int(re.split(r"[.,]", token)[0])
    return _WORDS.get(token.lower())


def sections_in(text: str) -> frozenset[str]:
    """Return the section numbers a text names, in one written form.

    >>> sorted(sections_in("jf. § 3-9 b og § 33"))
    ['§3-9b', '§33']
    """
    return frozenset("§" + re.sub(r"\s", "", match[1]) for match in _SECTION.finditer(text))


def numbers_missing(claim: str, quotes: Iterable[str]) -> frozenset[int]:
    """Return the numbers of the claim that no quote holds."""
    known: set[int] = set()
    for quote in quotes:
        known |= numbers_in(quote)
    return frozenset(numbers_in(claim) - known)


def numerals_missing(text: str, quotes: Iterable[str]) -> frozenset[int]:
    """Return the numerals of a text in any language that no quote holds as numeral or word.

    >>> sorted(numerals_missing("From 12 to 16 years", ["Barn mellom 12 og 15 år"]))
    [16]
    """
    known: set[int] = set()
    for quote in quotes:
        known |= numbers_in(quote)
    plain = _SEE.sub(" ", re.sub(r"\bsections?\s+\d[\w-]*", " ", text))
    return frozenset({int(match) for match in re.findall(r"(?<![\w-])\d+(?![\w-])", plain)} - known)


def sections_missing(claim: str, quotes: Iterable[str], cited: Iterable[str]) -> frozenset[str]:
    """Return the sections the claim names that are neither cited nor named in a quote."""
    known = set(cited)
    for quote in quotes:
        known |= sections_in(quote)
    return frozenset(sections_in(claim) - known)


def modality_agrees(claim: str, modality: Modality, quote: str, authored: Iterable[Modality] = ()) -> bool:
    """Tell whether a claim of this modality may rest on the quote.

    ``authored`` are the modalities recorded for the quoted sentences; they count beside the quote's own words.

    >>> modality_agrees("Du må melde.", Modality.PLIKT, "Helsepersonell kan gi opplysninger.")
    False
    >>> modality_agrees("Du kan melde.", Modality.KAN, "Helsepersonell skal melde fra.")
    False
    >>> modality_agrees("Du skal melde.", Modality.PLIKT, "Helsepersonell skal melde fra.")
    True
    """
    basis = {detect_modality(quote), *authored}
    said = {modality, detect_modality(claim)} if modality is Modality.FAKTA else {modality}
    for wanted in said:
        if wanted is Modality.PLIKT and not (Modality.PLIKT in basis or has_duty_word(quote)):
            return False
        if wanted is Modality.FORBUD and not (
            Modality.FORBUD in basis or has_forbidding_word(quote) or _keeps_silent(quote) or _is_exclusive(quote)
        ):
            return False
        if wanted in (Modality.KAN, Modality.RETT) and not (
            basis & {Modality.KAN, Modality.RETT} or has_permission_word(quote)
        ):
            return False
        if wanted is Modality.BOR and not basis & {Modality.BOR, Modality.PLIKT}:
            return False
    return True


def _keeps_silent(quote: str) -> bool:
    return bool(re.search(r"\b(?:hindre|taushetsplikt\w*|tie|bevare taushet)\b", quote, re.I))


def _is_exclusive(quote: str) -> bool:
    return bool(re.search(r"\b(?:bare|kun|berre|krever|krev|må ha)\b", quote, re.I))


def fold_space(text: str) -> str:
    """Fold runs of white space into one space; nothing else is changed."""
    return " ".join(text.split())
