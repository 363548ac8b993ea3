"""Find what the knowledge base repeats word for word from a source it should restate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from corpus.bank_check import runs_of
from corpus.document import Document
from corpus.finding import Finding
from corpus.knowledge import Knowledge

RUN = 14
"""So many words in a row are a copied sentence; shorter runs are terms and fixed thresholds."""


def check_copies(
    knowledge: Knowledge, documents: Sequence[Document], sources: Iterable[tuple[str, str]]
) -> Iterator[Finding]:
    """Compare all that is written here with texts of others, given as ``(name, text)``; one finding a text at most."""
    runs = [(path, where, frozenset(runs_of(text, RUN))) for path, where, text in own_texts(knowledge, documents)]
    ours = frozenset().union(*(found for _, _, found in runs))
    taken: dict[tuple[str, ...], str] = {}
    for name, text in sources:
        for run in runs_of(text, RUN):
            if run in ours:
                taken.setdefault(run, name)
    for path, where, found in runs:
        shared = sorted(run for run in found if run in taken)
        if shared:
            what = f"repeats {taken[shared[0]]}: «{' '.join(shared[0])}»."
            yield Finding(path=path, where=where, what=what, remedy="Say it in other words.")


def own_texts(knowledge: Knowledge, documents: Sequence[Document]) -> Iterator[tuple[Path, str, str]]:
    """``(file, place, text)`` of every provision, guidance section, claim, question and definition."""
    for document in documents:
        source = knowledge.source(document.source)
        for section in document.sections:
            path = source.path if source else Path(document.source)
            yield path, str(section.provision), document.text[section.start : section.end]
    for card in knowledge.situations:
        yield card.path, "situation", f"{card.title} {card.situation} {card.common_mistake}"
        for claim in card.claims:
            for text in (claim.text, claim.nn, claim.en):
                yield card.path, f"«{claim.text[:50]}»", text
    for row in knowledge.bank:
        yield row.path, f"«{row.text[:50]}»", row.text
    for concept in knowledge.glossary:
        yield Path("glossary"), concept.id, concept.definition
