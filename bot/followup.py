"""Tell a follow-up from a new subject, and say a follow-up in full: the earlier question with the changed fact."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.ages import age_spans
from corpus.concepts import ConceptFinder
from corpus.lexical import words

_CUE = re.compile(
    r"^\W*(?:og\s+|men\s+|and\s+|but\s+)?"
    r"(?:hva (?:om|hvis|når|med)|hva så|enn (?:om|hvis)|hvis|dersom|om (?:hun|han|de|jeg|vi|barnet|foreldrene)\b|"
    r"kva (?:om|viss|når|med)|kva så|viss|gjelder det (?:også|samme)|gjeld det (?:også|same)|og hvis|og om|og når|"
    r"samme (?:sak|spørsmål)|i stedet|heller|what (?:if|about)|and if|if (?:she|he|they|the)|does (?:that|it) also|"
    r"(?:må|kan|skal|får) (?:jeg|vi|eg|me) (?:da|likevel|også|òg)\b)",
    re.I,
)
_ABOUT = frozenset({"hendelse", "ønske", "grunnlag"})
_SHORT = 5
MAX_BEFORE = 3
"""So many earlier questions are kept at most."""


def said_in_full(now: str, before: Sequence[str], finder: ConceptFinder) -> str:
    """The question as it stands alone: itself when it opens a new subject, else after what was asked before.

    A fact that is told anew takes the place of the old one: «hva om hun er 15?» after «Ei jente på 9 …» speaks of 15.
    """
    if not before or not is_follow_up(now, finder):
        return now
    subject = _last_subject(before, finder)
    if age_spans(now):
        for start, end in reversed(age_spans(subject)):
            subject = f"{subject[:start]} {subject[end:]}"
    return " ".join(f"{subject.strip()} {now.strip()}".split())


def is_follow_up(now: str, finder: ConceptFinder) -> bool:
    """Whether a question leans on the one before: it says so, or it is short and names no subject of its own."""
    if _CUE.match(now):
        return True
    own = [match for match in finder.find(now) if match.concept.facet in _ABOUT]
    return len(words(now)) <= _SHORT and not own and "§" not in now


def _last_subject(before: Sequence[str], finder: ConceptFinder) -> str:
    """The latest question that stood alone, with the follow-ups after it."""
    kept: list[str] = []
    for question in reversed(before[-MAX_BEFORE:]):
        kept.insert(0, question)
        if not is_follow_up(question, finder):
            break
    return " ".join(kept)
