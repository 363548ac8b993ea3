"""Read one file of any supported format as text with headings, lists and tables."""

from __future__ import annotations

from pathlib import Path

from corpus.errors import SourceUnreadable
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
    return raw
