"""Split text into sentences with offsets, and hold what is known about each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from corpus.modality import Modality

_ABBREVIATIONS = (
    "jf", "bl.a", "f.eks", "ev", "evt", "mv", "m.v", "m.m", "nr", "art", "kap", "pkt", "bokst", "flg", "ca", "dvs",
    "t.d", "mfl", "m.fl", "o.l", "e.l", "inkl", "osv", "st", "tlf", "pr", "par", "jfr", "sml", "bvl", "hpl", "pbrl",
    "hol", "sphl", "phvl", "fvl", "strl", "strpl", "avd", "red", "et al", "res", "forskr", "innst", "prop", "s.k",
)  # fmt: skip
_END = re.compile(r"[.!?…](?=[\s»\")\]]|$)[»\")\]]*|\n+")


class Part(StrEnum):
    """What a sentence is for on a card."""

    RULE = "regel"
    CONDITION = "vilkår"
    EXCEPTION = "unntak"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A time limit and the event that starts it, both in words."""

    limit: str
    start: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence of a source text: ``source_text[start:end]`` is what may be quoted."""

    start: int
    end: int
    modality: Modality
    ledd: str = ""
    part: Part = Part.RULE
    deadline: Deadline | None = None
    ages: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a sentence needs 0 <= start < end, not {self.start}..{self.end}")


def sentence_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return ``(start, end)`` of each sentence; surrounding white space is outside the spans.

    A full stop after an abbreviation, a number in a date or before a small letter ends nothing.

    >>> text = "Jf. hpl. § 33. Fristen er 1. juli.\\nNy linje"
    >>> [text[a:b] for a, b in sentence_spans(text)]
    ['Jf. hpl. § 33.', 'Fristen er 1. juli.', 'Ny linje']
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if not match[0].startswith("\n") and _continues(text, match):
            continue
        spans.append((start, match.start() if match[0].startswith("\n") else match.end()))
        start = match.end()
    spans.append((start, len(text)))
    return tuple(trimmed for a, b in spans if (trimmed := _trim(text, a, b)) is not None)


def _continues(text: str, match: re.Match[str]) -> bool:
    if match[0][0] != ".":
        return False
    before = text[max(0, match.start() - 8) : match.start()].lower()
    after = text[match.end() :].lstrip()
    if any(re.search(rf"(?<![\wæøå]){re.escape(short)}$", before) for short in _ABBREVIATIONS):
        return bool(after)
    if re.search(r"(?<![\d-])\d{1,2}$", before) and after[:1].islower():
        return True
    return after[:1].islower()


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
