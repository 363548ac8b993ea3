"""Hold what a reader got out of a file, before anything is repaired."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.edits import Repair
from ingest.finding import Finding, Severity, excerpt


@dataclass(frozen=True, slots=True, kw_only=True)
class RawText:
    """The text of one file. Headings are lines that begin with «#», list items begin with «- », tables have «|»."""

    text: str
    title: str
    """The document's own title; empty when it has none."""
    pages: tuple[int, ...] = ()
    """Where each page starts in ``text``; empty for a format without pages."""
    repairs: tuple[Repair, ...] = ()
    """What the reader itself has mended, because only the file could tell how."""
    findings: tuple[Finding, ...] = ()

    def __post_init__(self) -> None:
        if any(not 0 <= page <= len(self.text) for page in self.pages) or list(self.pages) != sorted(self.pages):
            raise ValueError("page starts must grow and lie inside the text")


_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def raised(text: str) -> str:
    """Write the digits of a note or an exponent as raised digits, so that they do not join the number before.

    >>> "100 000" + raised("2")
    '100 000²'
    """
    return text.translate(_RAISED) if text.strip().isdecimal() else text


def hidden_text(hidden: str) -> Finding:
    """The finding for text that a reader of the document does not see."""
    return Finding(
        kind="skjult tekst",
        severity=Severity.WARNING,
        start=0,
        excerpt=excerpt(hidden),
        what=f"Filen har {len(hidden)} tegn som ikke vises for den som leser den; de er ikke tatt med.",
        remedy="Skal de være med, vis dem i originalen, for eksempel ved å åpne det som er foldet sammen.",
    )
