"""Cut a document into chunks: one a section, long sections at sentence borders."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.chunk import Chunk
from corpus.document import Document, Section
from corpus.law import LawRegistry
from corpus.sentence import Sentence

MAX_CHARACTERS = 1800
"""A section longer than this is cut; statutes restated by us stay whole up to twice the length."""


def chunk_document(document: Document, laws: LawRegistry, *, title: str) -> tuple[Chunk, ...]:
    """Return the chunks in order; together they hold every sentence of every section once.

    What is embedded is the passage with the names of its act, its headings and its search words; what is quoted
    is the passage alone.
    """
    chunks: list[Chunk] = []
    for section in document.sections:
        limit = 2 * MAX_CHARACTERS if section.provision.is_law else MAX_CHARACTERS
        for start, end, sentences in _pieces(section, limit):
            chunks.append(
                Chunk(
                    source=document.source,
                    provision=section.provision,
                    heading=section.heading,
                    path=section.path,
                    start=start,
                    end=end,
                    text=document.text[start:end],
                    embed_text=_embed_text(section, laws, title, document.text[start:end]),
                    sentences=sentences,
                )
            )
    return tuple(chunks)


def _pieces(section: Section, limit: int) -> Iterator[tuple[int, int, tuple[Sentence, ...]]]:
    if section.end - section.start <= limit or len(section.sentences) < 2:
        yield section.start, section.end, section.sentences
        return
    start = section.start
    held: list[Sentence] = []
    for sentence in section.sentences:
        if held and sentence.end - start > limit:
            yield start, held[-1].end, tuple(held)
            start, held = sentence.start, []
        held.append(sentence)
    yield start, held[-1].end, tuple(held)


def _embed_text(section: Section, laws: LawRegistry, title: str, text: str) -> str:
    law = laws.get(section.provision.law)
    name = f"{law.name} {law.short} {laws.label(section.provision)}" if law else title
    headings = " ".join((*section.path, section.heading))
    return f"{name}. {headings}. {headings}\n{text}\n{section.search_text}".strip()
