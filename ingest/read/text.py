"""Read a plain text file."""

from __future__ import annotations

from pathlib import Path

from ingest.read.encoding import decode
from ingest.read.raw import RawText


def read_text(path: Path, data: bytes) -> RawText:
    """Return the text as it stands. Raises SourceUnreadable for what is no text."""
    text, findings = decode(path, data)
    return RawText(text=text, title="", findings=findings)
