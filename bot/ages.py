"""Read the child's age from a question, however it is written."""

from __future__ import annotations

import re

_AGE = (
    re.compile(r"\b(\d{1,2})[\s-]*(?:åring\w*|år(?:s)?(?:\s+gam\w+)?\b|years?[\s-]old|year[\s-]old)", re.I),
    re.compile(
        r"\b(?:på|is|er|blir|fyller|fylt|aged?)\s+(\d{1,2})\b(?!\s*(?:uker|dager|timer|måned|§|veker|weeks|days))", re.I
    ),
)
_AGE_WORDS = {
    "to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6, "sju": 7, "syv": 7, "åtte": 8, "ni": 9, "ti": 10, "elleve": 11,
    "tolv": 12, "tretten": 13, "fjorten": 14, "femten": 15, "seksten": 16, "sytten": 17, "atten": 18,
}  # fmt: skip
_AGE_WORD = re.compile(rf"\b({'|'.join(_AGE_WORDS)})\s?(?:-?åring\w*|år(?:s)?\s+gam\w+)", re.I)
_NEWBORN = re.compile(r"\b(?:nyfødt\w*|spedbarn\w*|baby\w*|newborn|infant)\b", re.I)


def detect_age(text: str) -> int | None:
    """Read the child's age in years, the youngest that is told.

    >>> detect_age("Ei jente på 9 sier"), detect_age("en fjortenåring"), detect_age("innen 3 uker")
    (9, 14, None)
    """
    ages = [int(match[1]) for pattern in _AGE for match in pattern.finditer(text)]
    ages += [_AGE_WORDS[match[1].lower()] for match in _AGE_WORD.finditer(text)]
    if _NEWBORN.search(text):
        ages.append(0)
    young = [age for age in ages if age <= 25]
    return min(young) if young else None


def age_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Where ages are told, in order: ``(start, end)`` of each.

    >>> age_spans("Ei jente på 9 sier"), age_spans("ingen alder")
    (((9, 13),), ())
    """
    found = {match.span() for pattern in (*_AGE, _AGE_WORD, _NEWBORN) for match in pattern.finditer(text)}
    return tuple(
        span for span in sorted(found) if not any(o != span and o[0] <= span[0] and span[1] <= o[1] for o in found)
    )
