"""Describe one generation of the index in a JSON file: what is in it, from where, built with what."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.errors import IndexDamaged
from corpus.source import Binding, Kind, Source

FORMAT = 5
"""Raised whenever what is stored changes shape; older generations are rebuilt."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SourceEntry(_Frozen):
    """One source as it was ingested."""

    id: str
    title: str
    kind: Kind
    binding: Binding
    publisher: str = ""
    year: int | None = None
    url: str = ""
    state_of_law: date | None = None
    checked: date | None = None
    path: str
    warnings: tuple[str, ...] = ()
    file_hash: str
    chunks: int
    repairs: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    folder: str = ""
    """The operator's folder it came from; empty for what ships with the project."""

    @classmethod
    def of(
        cls,
        source: Source,
        *,
        file_hash: str,
        chunks: int,
        repairs: tuple[str, ...] = (),
        findings: tuple[str, ...] = (),
        folder: str = "",
    ) -> SourceEntry:
        """Describe a source that has been read."""
        return cls(
            id=source.id,
            title=source.title,
            kind=source.kind,
            binding=source.binding,
            publisher=source.publisher,
            year=source.year,
            url=source.url,
            state_of_law=source.state_of_law,
            checked=source.checked,
            path=str(source.path),
            warnings=source.warnings,
            file_hash=file_hash,
            chunks=chunks,
            repairs=repairs,
            findings=findings,
            folder=folder,
        )

    def as_source(self) -> Source:
        """The register's view of the entry."""
        return Source(
            id=self.id,
            title=self.title,
            kind=self.kind,
            binding=self.binding,
            publisher=self.publisher,
            year=self.year,
            url=self.url,
            state_of_law=self.state_of_law,
            checked=self.checked,
            path=Path(self.path),
            warnings=self.warnings,
        )


class Manifest(_Frozen):
    """What a generation holds. ``generation`` is derived from the rest, so equal content has an equal name."""

    format: int = FORMAT
    generation: str
    corpus: str
    """Fingerprint of the knowledge base that ships with the project."""
    embedder: str
    chunks: int
    questions: int
    field: tuple[float, ...] = ()
    """Weights of the gate that tells questions of this field from others (``corpus/field.py``)."""
    folders: tuple[str, ...] = ()
    sources: tuple[SourceEntry, ...]

    def source(self, source_id: str) -> SourceEntry | None:
        """The entry with this id, or None."""
        return next((entry for entry in self.sources if entry.id == source_id), None)


def read_manifest(folder: Path) -> Manifest:
    """Read ``manifest.json`` of a generation. Raises IndexDamaged when it is missing or does not parse."""
    try:
        return Manifest.model_validate_json((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValidationError) as error:
        raise IndexDamaged(f"the index in {folder} has no readable manifest.", remedy="Run: hjemmel ingest") from error


def folders_in(folder: Path) -> tuple[str, ...]:
    """The operator's folders that a generation knew; read leniently, so that a damaged index does not lose them."""
    try:
        known = json.loads((folder / "manifest.json").read_text(encoding="utf-8")).get("folders", [])
    except (OSError, ValueError, AttributeError):
        return ()
    return tuple(name for name in known if isinstance(name, str)) if isinstance(known, list) else ()


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write ``manifest.json``."""
    (folder / "manifest.json").write_text(manifest.model_dump_json(indent=1), encoding="utf-8")
