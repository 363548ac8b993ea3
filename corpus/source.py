"""Describe where a text comes from, and keep the register of all sources."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from pydantic import Field

from corpus.errors import ContentError
from corpus.toml_file import Entry, read_toml


class Kind(StrEnum):
    """What a source is, in the order of its weight: a law outranks a circular."""

    LOV = "lov"
    FORSKRIFT = "forskrift"
    RUNDSKRIV = "rundskriv"
    VEILEDER = "veileder"
    OPPLARING = "opplæring"
    DOKUMENT = "dokument"
    """A document that an operator added."""

    @property
    def rank(self) -> int:
        """0 for a law, growing as the weight falls."""
        return list(Kind).index(self)


class Binding(StrEnum):
    """Whether the source binds anyone."""

    BINDENDE = "bindende"
    VEILEDENDE = "veiledende"
    HISTORISK = "historisk"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One row of the register."""

    id: str
    title: str
    kind: Kind
    binding: Binding
    publisher: str
    year: int | None
    url: str
    state_of_law: date | None
    """The day the law was as the source tells it; None when the source does not say."""
    checked: date | None
    """The day somebody last compared our text with the law."""
    path: Path
    warnings: tuple[str, ...] = ()
    supersedes: tuple[str, ...] = ()


class _SourceRow(Entry):
    title: str
    kind: Kind
    binding: Binding
    publisher: str
    year: int | None = None
    url: str = ""
    state_of_law: date | None = None
    checked: date | None = None
    path: str
    warnings: tuple[str, ...] = ()
    supersedes: tuple[str, ...] = ()


class _RegisterFile(Entry):
    source: dict[str, _SourceRow] = Field(min_length=1)


def load_register(path: Path) -> tuple[Source, ...]:
    """Read ``register.toml``; the order of the file is kept, paths are resolved beside it.

    Raises ContentError when a row breaks the schema, or when its file is missing.
    """
    rows = read_toml(path, _RegisterFile).source
    sources = []
    for key, row in rows.items():
        file = path.parent / row.path
        if not file.is_file():
            raise ContentError(
                path, 1, f"source {key!r} names {row.path}, which is missing.", remedy="Add it, or drop the row."
            )
        sources.append(
            Source(
                id=key, title=row.title, kind=row.kind, binding=row.binding, publisher=row.publisher, year=row.year,
                url=row.url, state_of_law=row.state_of_law, checked=row.checked, path=file, warnings=row.warnings,
                supersedes=row.supersedes,
            )
        )  # fmt: skip
    return tuple(sources)
