"""Stop before anything else: personal data, questions that are too long, and danger right now."""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_CHARACTERS = 4000
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_GAP = rf"[{_INVISIBLE}]*[ .\-/\u00a0]?[{_INVISIBLE}]*"
_ELEVEN = re.compile(rf"(?<![\d§-])\d(?:{_GAP}\d){{10}}(?!\d|-\d)")
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(
    r"(?<![\d§/.-])(?:(?:\+|00)47[ ]?)?(?:[2-9]\d(?:[ ]?\d{2}){3}|[489]\d{2}[ ]?\d{2}[ ]?\d{3})(?![\d/-])"
)
_ACUTE = (
    re.compile(
        r"\b(?:puster ikke|pustar ikkje|bevisstløs|medvitslaus|livløs|kveles|blør kraftig|overdose|hjertestans"
        r"|not breathing|unconscious|bleeding heavily)\b", re.I
    ),
    re.compile(
        r"(?:\b(?:akkurat nå|nå med en gang|her og nå|i kveld|i natt|akkurat no|right now|tonight)\b.{0,80}"
        r"\b(?:drepe|drep|kniv|våpen|pistol|ta livet|tar livet|skyte|kill|knife|gun|suicide)\b)"
        r"|(?:\b(?:drepe|drep|kniv|våpen|pistol|ta livet|tar livet|skyte|kill|knife|gun|suicide)\b.{0,80}"
        r"\b(?:akkurat nå|nå med en gang|her og nå|i kveld|i natt|akkurat no|right now|tonight)\b)", re.I | re.S
    ),
    re.compile(
        r"\b(?:slår|banker|mishandler|angriper|kveler) (?:henne|ham|han|barnet|sønnen|dattera) (?:akkurat )?nå\b", re.I
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Personal data in a question, and what to write instead."""

    kind: str
    start: int
    end: int
    replacement: str
    blocks: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarded:
    """What the guard saw. ``anonymised`` equals the question when nothing was found."""

    found: tuple[Found, ...]
    anonymised: str
    acute: bool
    too_long: bool

    @property
    def blocked(self) -> bool:
        """Whether the question must not be searched."""
        return any(item.blocks for item in self.found)


def guard(question: str) -> Guarded:
    """Look for personal data, danger and size; nothing is stored.

    >>> guard("Hva gjelder for 010190 12345?").anonymised
    'Hva gjelder for [fødselsnummer fjernet]?'
    >>> guard("Gjelder hpl § 33 og LOV-2021-06-18-97?").found
    ()
    """
    found = [*_identity_numbers(question)]
    for kind, pattern, replacement in (
        ("e-post", _EMAIL, "[e-post fjernet]"),
        ("telefon", _PHONE, "[telefon fjernet]"),
    ):
        for match in pattern.finditer(question):
            if not any(match.start() < item.end and match.end() > item.start for item in found):
                found.append(
                    Found(kind=kind, start=match.start(), end=match.end(), replacement=replacement, blocks=False)
                )
    found.sort(key=lambda item: item.start)
    return Guarded(
        found=tuple(found),
        anonymised=_replace(question, found),
        acute=any(pattern.search(question) for pattern in _ACUTE),
        too_long=len(question) > MAX_CHARACTERS,
    )


def _identity_numbers(text: str) -> list[Found]:
    found = []
    for match in _ELEVEN.finditer(text):
        digits = "".join(str(int(char)) for char in match[0] if char.isdigit())
        if _has_a_birth_date(digits):
            found.append(
                Found(
                    kind="fødselsnummer", start=match.start(), end=match.end(),
                    replacement="[fødselsnummer fjernet]", blocks=True,
                )
            )  # fmt: skip
    return found


def _has_a_birth_date(digits: str) -> bool:
    """Whether the first six digits are a date in an ordinary, D-, H- or synthetic number.

    The check digits are not asked: a mistyped number still identifies, and from 2032 they are issued differently.
    """
    day, month = int(digits[:2]), int(digits[2:4])
    day -= 40 if day > 40 else 0
    for shift in (80, 65, 40):
        if month > shift:
            month -= shift
            break
    return 1 <= day <= 31 and 1 <= month <= 12


def _replace(text: str, found: list[Found]) -> str:
    for item in reversed(found):
        text = text[: item.start] + item.replacement + text[item.end :]
    return text
