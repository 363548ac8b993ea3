"""Say what is wrong with a document, where, and what its owner can do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

_LONGEST_EXCERPT = 90


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    """The text cannot be used; the source is left out."""
    WARNING = "warning"
    """Something is missing or doubtful; the rest can be used."""
    NOTICE = "notice"
    """Worth knowing; nothing is lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing a person should know about a document. ``what`` and ``remedy`` are full sentences in Norwegian."""

    kind: str
    severity: Severity
    start: int
    """Where in the text that was looked at; 0 when it concerns the whole."""
    excerpt: str
    what: str
    remedy: str

    def __str__(self) -> str:
        shown = f" «{self.excerpt}»:" if self.excerpt else ""
        return f"{self.kind}:{shown} {self.what} {self.remedy}"


def excerpt(text: str, *, from_end: bool = False) -> str:
    """Shorten a stretch of text to one line.

    >>> excerpt("Avtaler på\\nlavere nivå er:")
    'Avtaler på lavere nivå er:'
    """
    line = " ".join(text[-400:].split() if from_end else text[:400].split())
    if len(line) <= _LONGEST_EXCERPT:
        return line
    return "…" + line[-_LONGEST_EXCERPT:] if from_end else line[:_LONGEST_EXCERPT] + "…"
