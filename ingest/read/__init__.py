"""Read one file of any supported format as text with headings, lists and tables."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from corpus.errors import SourceUnreadable
from ingest.finding import Finding, Severity, excerpt
from ingest.instruction import instructions
from ingest.read.docx import read_docx
from ingest.read.encoding import empty, load
from ingest.read.html import read_html
from ingest.read.markdown import read_markdown
from ingest.read.pdf import read_pdf
from ingest.read.raw import RawText
from ingest.read.text import read_text

_READERS = {
    ".txt": read_text,
    ".md": read_markdown,
    ".html": read_html,
    ".htm": read_html,
    ".docx": read_docx,
    ".pdf": read_pdf,
}
_OLD_FORMATS = {".doc": ".docx", ".rtf": ".docx", ".odt": ".docx", ".ppt": ".pdf", ".pptx": ".pdf", ".odp": ".pdf"}


def read(path: Path) -> RawText:
    """Read a file by its suffix.

    Raises SourceUnreadable, with what to do, when there is no text to be had.
    """
    suffix = path.suffix.lower()
    reader = _READERS.get(suffix)
    if reader is None:
        raise SourceUnreadable(
            path,
            f"har filtypen {suffix or '(ingen)'}, som ikke leses.",
            remedy=f"Lagre den som {_OLD_FORMATS.get(suffix, 'PDF, Word (.docx), HTML, Markdown eller tekst')}.",
        )
    raw = reader(path, load(path))
    if not any(char.isalnum() for char in raw.text):
        raise empty(path)
    return _with_safe_title(raw)


def _with_safe_title(raw: RawText) -> RawText:
    """Drop a title that speaks to a language model: it is shown with every passage, and comes from a hidden field."""
    if not any(instructions(raw.title)):
        return raw
    found = Finding(
        kind="skjult instruks",
        severity=Severity.WARNING,
        start=0,
        excerpt=excerpt(raw.title),
        what="Dokumentets tittel taler til en språkmodell, og er ikke brukt.",
        remedy="Spør den som har laget dokumentet, og rett tittelen i filens egenskaper.",
    )
    return replace(raw, title="", findings=(*raw.findings, found))
