"""Read the documents of an operator's folder: read, repair, segment, audit, each file on its own."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.document import Document
from corpus.errors import SourceUnreadable
from corpus.source import Binding, Kind, Source
from ingest.report import LeftOut

SUFFIXES = (".md", ".txt", ".pdf", ".html", ".htm", ".docx")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """A document that was read, and what was done to it."""

    source: Source
    document: Document
    file_hash: str
    repairs: tuple[str, ...]
    """One line for each kind of repair: its name, how many, and an example."""
    findings: tuple[str, ...]


def files_in(folder: Path) -> tuple[Path, ...]:
    """The files of a folder that can be ingested, in a fixed order; hidden files are passed over."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.suffix.lower() in SUFFIXES)
    return tuple(
        sorted(path for path in found if not any(part.startswith(".") for part in path.relative_to(folder).parts))
    )


def passed_over(folder: Path) -> Iterator[LeftOut]:
    """The files of a folder whose kind is not read."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix.lower() not in SUFFIXES and not path.name.startswith("."):
            yield LeftOut(
                path=str(path), why=f"filtypen {path.suffix or '(ingen)'} leses ikke.",
                remedy=f"Lagre som {', '.join(SUFFIXES)}.",
            )  # fmt: skip


def source_id(path: Path, folder: Path) -> str:
    """A stable id from the file's place in its folder.

    >>> source_id(Path("/docs/a/Rutine for BUP (2).pdf"), Path("/docs"))
    'dokument/a-rutine-for-bup-2-pdf'
    """
    name = path.relative_to(folder).as_posix().lower()
    for letter, plain in (("æ", "ae"), ("ø", "o"), ("å", "a")):
        name = name.replace(letter, plain)
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return "dokument/" + (re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "uten-navn")


def texts_of(paths: Iterable[Path]) -> Iterator[tuple[str, str]]:
    """``(name, text)`` of files, of every readable file of folders, and of every act in Lovdata's archives."""
    from ingest.read import read
    from ingest.read.lovdata import read_archive

    for path in paths:
        if path.name.endswith(".tar.bz2"):
            for act in read_archive(path):
                yield act.id, " ".join(ledd for section in act.sections for ledd in section.ledd)
        else:
            for file in files_in(path) if path.is_dir() else (path,):
                yield file.name, read(file).text


def hash_of(path: Path) -> str:
    """Hash of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def read_file(path: Path, folder: Path) -> ReadFile:
    """Read one file all the way to a document. Raises SourceUnreadable with what to do."""
    from ingest.audit import audit
    from ingest.edits import Repaired
    from ingest.read import read
    from ingest.repair import repair
    from ingest.segment import segment

    raw = read(path)
    mended = repair(raw.text)
    findings = audit(mended.text)
    errors = [finding for finding in findings if finding.severity == "error"]
    if errors:
        raise SourceUnreadable(path, errors[0].what, remedy=errors[0].remedy)
    key = source_id(path, folder)
    document = segment(mended.text, source=key, title=raw.title or path.stem)
    source = Source(
        id=key, title=raw.title or path.stem, kind=Kind.DOKUMENT, binding=Binding.VEILEDENDE, publisher="", year=None,
        url="", state_of_law=None, checked=None, path=path,
        warnings=("Lagt til av virksomheten. Innholdet er ikke kontrollert mot loven.",),
    )  # fmt: skip
    done = Repaired(text=mended.text, repairs=(*raw.repairs, *mended.repairs))
    return ReadFile(
        source=source,
        document=document,
        file_hash=hash_of(path),
        repairs=tuple(done.summary()),
        findings=tuple(str(finding) for finding in (*raw.findings, *findings)),
    )
