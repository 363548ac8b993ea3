"""Find what a citation, a passage or a neighbouring provision points at, ready to be shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from bot.pages.source import Shown
from bot.question import Ask
from bot.reply import Answer, Citation, Passage, Reply
from corpus.chunk import Chunk
from corpus.law import LawRegistry
from corpus.provision import ProvisionRef
from corpus.source import Source
from corpus.statute import Provision


class Knows(Protocol):
    """The knowledge base, as far as the page needs it."""

    @property
    def laws(self) -> LawRegistry: ...


class Answers(Protocol):
    """The assistant, as far as the page needs it."""

    @property
    def knowledge(self) -> Knows: ...

    @property
    def sources(self) -> Mapping[str, Source]: ...

    def ask(self, ask: Ask) -> Reply: ...

    def chunk(self, chunk_id: str) -> Chunk | None: ...

    def of_provision(self, ref: ProvisionRef) -> tuple[Chunk, ...]: ...

    def provision(self, ref: ProvisionRef) -> Provision | None: ...


def numbered(answer: Answer) -> dict[Citation, int]:
    """The card's citations with their numbers, in the order a reader meets them."""
    numbers: dict[Citation, int] = {}
    for claim in answer.claims:
        for citation in claim.citations:
            numbers.setdefault(citation, len(numbers) + 1)
    return numbers


def cited(library: Answers, citation: Citation, number: int) -> Shown:
    """What the citation with this number shows: its passage, opened at the quote."""
    return _shown(
        library,
        citation.provision,
        citation.source,
        library.chunk(citation.chunk),
        url=citation.url,
        marked=(citation.start, citation.end),
        number=number,
    )


def found(library: Answers, passage: Passage) -> Shown:
    """What a ranked passage shows."""
    return _shown(library, passage.provision, passage.source, library.chunk(passage.chunk))


def neighbour(library: Answers, ref: ProvisionRef) -> Shown | None:
    """What a neighbouring provision shows; None when the index does not hold it."""
    chunks = library.of_provision(ref)
    return _shown(library, ref, chunks[0].source, chunks[0]) if chunks else None


def name_of(library: Answers, ref: ProvisionRef, source: str = "") -> str:
    """Name a provision for people; a passage of guidance by its source's title.

    Guidance is cited by an anchor that says nothing to a reader, so the anchor is left out.
    """
    if ref.is_law:
        return library.knowledge.laws.long_label(ref).replace("§ ", "§\N{NO-BREAK SPACE}")
    known = library.sources.get(source or ref.law)
    return known.title if known is not None else ref.law


def _shown(
    library: Answers, ref: ProvisionRef, source_id: str, chunk: Chunk | None, *, url: str = "",
    marked: tuple[int, int] | None = None, number: int | None = None,
) -> Shown:  # fmt: skip
    source = library.sources.get(source_id)
    return Shown(
        name=name_of(library, ref, source_id),
        ref=ref,
        chunk=chunk,
        source=source,
        provision=library.provision(ref),
        url=url or ref.url or (source.url if source is not None else ""),
        marked=marked,
        number=number,
    )
