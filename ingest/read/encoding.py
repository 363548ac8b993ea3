"""Get a file's bytes, and tell in which encoding they are text."""

from __future__ import annotations

import codecs
from pathlib import Path

from corpus.errors import SourceUnreadable
from ingest.finding import Finding, Severity

MOST_BYTES = 50 * 2**20
"""A larger file is hardly a document of rules; reading it would take the machine from everybody else."""
_MOST_CONTROL = 0.02
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def load(path: Path) -> bytes:
    """Return the bytes of a file that can be a document.

    Raises SourceUnreadable when it is missing, empty or too large.
    """
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise SourceUnreadable(
                path,
                f"er på {size / 2**20:.0f} MB, og grensen er {MOST_BYTES // 2**20} MB.",
                remedy="Del den opp, eller lagre den uten bilder.",
            )
        data = path.read_bytes()
    except OSError as error:
        raise SourceUnreadable(
            path, f"kan ikke åpnes ({error.strerror}).", remedy="Sjekk at filen finnes og at du har tilgang til den."
        ) from error
    if not data.strip(b"\x00 \t\r\n"):
        raise empty(path)
    return data


def empty(path: Path) -> SourceUnreadable:
    """The error for a file without any text."""
    return SourceUnreadable(path, "er tom.", remedy="Legg inn dokumentet på nytt, eller fjern filen fra mappen.")


def decode(path: Path, data: bytes, *, declared: str = "") -> tuple[str, tuple[Finding, ...]]:
    """Return the bytes as text: by their mark, as UTF-8, as the file declares, or as Windows-1252 with a finding.

    Raises SourceUnreadable for what is no text at all.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _checked(path, data.decode(name, "replace")), ()
    for name in ("utf-8", declared):
        text = _try(data, name)
        if text is not None:
            return _checked(path, text), ()
    text = _try(data, "cp1252")
    if text is None:
        raise _no_text(path)
    found = Finding(
        kind="tegnsett",
        severity=Severity.NOTICE,
        start=0,
        excerpt="",
        what="Filen er ikke lagret som UTF-8 og er lest som Windows-1252.",
        remedy="Sjekk at æ, ø og å er riktige; lagre den ellers på nytt som UTF-8.",
    )
    return _checked(path, text), (found,)


def _try(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name) if name else None
    except (UnicodeDecodeError, LookupError):
        return None


def _checked(path: Path, text: str) -> str:
    control = sum(1 for char in text if char < " " and char not in "\t\n\r\f\v")
    if "\0" in text or control > _MOST_CONTROL * len(text):
        raise _no_text(path)
    return text


def _no_text(path: Path) -> SourceUnreadable:
    return SourceUnreadable(
        path, "inneholder ikke tekst.", remedy="Åpne den i programmet den kommer fra, og lagre den som PDF eller Word."
    )
