"""Read the glossary: concepts of the field and the everyday words that mean them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from corpus.toml_file import Entry, read_toml

Facet = Literal["rolle", "hendelse", "ønske", "alder", "grunnlag", "tjeneste", "begrep"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """One concept. ``words`` are all surface forms in any language, ``expands`` the law's own terms for it."""

    id: str
    facet: str
    term: str
    words: tuple[str, ...]
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
    expands: str = ""
    definition: str = ""
    broader: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()


class _GlossaryFile(Entry):
    concept: tuple[_Concept, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _references_exist(self) -> Self:
        ids = [concept.id for concept in self.concept]
        twice = {one for one in ids if ids.count(one) > 1}
        if twice:
            raise ValueError(f"concept {sorted(twice)[0]!r} stands twice")
        for concept in self.concept:
            for other in (*concept.broader, *concept.related):
                if other not in ids:
                    raise ValueError(f"concept {concept.id!r} points at {other!r}, which does not exist")
        return self


def load_glossary(path: Path) -> tuple[Concept, ...]:
    """Read ``glossary.toml``. Raises ContentError with file, line and remedy."""
    return tuple(
        Concept(
            id=row.id,
            facet=row.facet,
            term=row.term,
            words=tuple(dict.fromkeys((row.term, *row.nb, *row.nn, *row.en, *row.short))),
            expands=row.expands,
            definition=row.definition,
            broader=row.broader,
            related=row.related,
            acts=row.acts,
        )
        for row in read_toml(path, _GlossaryFile).concept
    )
