"""Read the glossary: concepts of the field and the everyday words that mean them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field

from corpus.errors import ContentError
from corpus.toml_file import Entry, read_toml

Facet = Literal["rolle", "hendelse", "ønske", "alder", "grunnlag", "tjeneste", "begrep"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """One concept. ``words`` are all surface forms in any language, ``expands`` the law's own terms for it."""

    id: str
    facet: str
    term: str
    words: tuple[str, ...]
    former: tuple[str, ...]
    """Words that the law used before, and has given up."""
    expands: str
    definition: str
    broader: tuple[str, ...]
    related: tuple[str, ...]
    acts: tuple[str, ...]
    """For a role: the acts that bind it in particular, such as helsepersonelloven for a nurse."""


class _Concept(Entry):
    id: str = Field(pattern=r"^[a-z0-9æøå-]+$")
    facet: Facet
    term: str
    nb: tuple[str, ...] = ()
    nn: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    expands: str = ""
    definition: str = ""
    broader: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()


class _GlossaryFile(Entry):
    concept: tuple[_Concept, ...] = Field(min_length=1)


def load_glossary(folder: Path) -> tuple[Concept, ...]:
    """Read every ``*.toml`` of the glossary, one file a facet.

    Raises ContentError with file, line and remedy: for an id or a word that two concepts claim, and for a
    ``broader`` or ``related`` that leads nowhere.
    """
    rows = [(path, row) for path in sorted(folder.glob("*.toml")) for row in read_toml(path, _GlossaryFile).concept]
    owner: dict[str, str] = {}
    ids = {row.id for _, row in rows}
    for path, row in rows:
        for word in (row.term, *row.nb, *row.nn, *row.en, *row.short, *row.former):
            other = owner.setdefault(word.lower(), row.id)
            if other != row.id:
                raise _fault(path, row.id, f"the word {word!r} belongs to {other!r} already.")
        for other in (*row.broader, *row.related):
            if other not in ids:
                raise _fault(path, row.id, f"points at {other!r}, which does not exist.")
    if len(ids) != len(rows):
        twice = next(one for one in ids if sum(row.id == one for _, row in rows) > 1)
        path = next(path for path, row in reversed(rows) if row.id == twice)
        raise _fault(path, twice, "stands twice.")
    return tuple(_concept(row) for _, row in rows)


def _concept(row: _Concept) -> Concept:
    return Concept(
        id=row.id,
        facet=row.facet,
        term=row.term,
        words=tuple(dict.fromkeys((row.term, *row.nb, *row.nn, *row.en, *row.short, *row.former))),
        former=row.former,
        expands=row.expands,
        definition=row.definition,
        broader=row.broader,
        related=row.related,
        acts=row.acts,
    )


def _fault(path: Path, concept: str, what: str) -> ContentError:
    lines = path.read_text(encoding="utf-8").splitlines()
    line = next((at for at, text in enumerate(lines, start=1) if text == f'id = "{concept}"'), 1)
    return ContentError(path, line, f"concept {concept!r}: {what}", remedy="See corpus/README.md for the format.")
