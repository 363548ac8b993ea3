"""Open everything once and answer questions: the only wiring of the bot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from bot.card import CardBase
from bot.chain import Steps, answer, build_chain
from bot.confidence import Thresholds
from bot.question import Ask
from bot.reply import Provenance, Reply
from bot.retrieve import ARMS, Ranking, Retriever
from bot.search.weights import Weights
from bot.understand import Understanding
from corpus.chunk import Chunk
from corpus.crosswalk import Crosswalk, Currency
from corpus.embed import Embedder, open_embedder
from corpus.index import Index, open_index
from corpus.knowledge import Knowledge, fingerprint, load_knowledge
from corpus.provision import ProvisionRef
from corpus.rerank import Reranker, open_reranker
from corpus.settings import Settings
from corpus.source import Source
from corpus.statute import Provision

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable


__all__ = ["ARMS", "Assistant", "assemble", "open_assistant"]


@dataclass(frozen=True)
class Assistant:
    """Answers questions over one generation of the index. Safe to share between threads."""

    knowledge: Knowledge
    index: Index
    steps: Steps

    def ask(self, ask: Ask) -> Reply:
        """Answer one question. The same question over the same corpus gives an equal reply."""
        return answer(self.steps, ask)

    def search(self, ask: Ask, *, without: frozenset[str] = frozenset()) -> Ranking:
        """Only rank, for measuring: what passages and cards are found, with some arms off."""
        return self.steps.retriever.rank(self.steps.understanding.read(ask), without=without)

    def warm_up(self) -> None:
        """Build what is built on first use, so that the first question is as quick as the next."""
        self.ask(Ask(question="meldeplikt"))

    @cached_property
    def chain(self) -> Runnable[Ask, Reply]:
        """The same steps as a LangChain runnable, for tracing, streaming and composing."""
        return build_chain(self.steps)

    @property
    def sources(self) -> Mapping[str, Source]:
        """Every source of the index by id."""
        return self.steps.base.sources

    def chunk(self, chunk_id: str) -> Chunk | None:
        """A chunk of the index by id, for the source panel."""
        return self._chunks.get(chunk_id)

    def of_provision(self, ref: ProvisionRef) -> tuple[Chunk, ...]:
        """The chunks that hold a provision, in order; empty when the index does not hold it."""
        return self.steps.retriever.of_provision(ref)

    def provision(self, ref: ProvisionRef) -> Provision | None:
        """What is known of a restated provision; None for guidance and for what is not restated."""
        return self.steps.base.provisions.get(ref.whole)

    @cached_property
    def _chunks(self) -> Mapping[str, Chunk]:
        return {chunk.id: chunk for chunk in self.steps.retriever.chunks}


def open_assistant(
    settings: Settings, *, weights: Weights | None = None, without: frozenset[str] = frozenset()
) -> Assistant:
    """Open knowledge base, embedder and index, and wire them.

    Raises ContentError, EmbedderUnavailable or an IndexProblem, each with what to do.
    """
    knowledge = load_knowledge(bank=False)
    embedder = open_embedder(settings)
    index = open_index(settings.index, embedder=embedder.name, corpus=fingerprint())
    return assemble(
        knowledge, embedder, index, weights=weights, without=without, model=settings.model,
        reranker=open_reranker(settings),
    )  # fmt: skip


def assemble(
    knowledge: Knowledge, embedder: Embedder, index: Index, *, weights: Weights | None = None,
    without: frozenset[str] = frozenset(), model: str = "none", thresholds: Thresholds | None = None,
    reranker: Reranker | None = None,
) -> Assistant:  # fmt: skip
    """Wire an assistant from parts that are already open."""
    understanding = Understanding(knowledge.laws, knowledge.glossary, knowledge.outside)
    manifest = index.manifest
    base = CardBase(
        knowledge=knowledge,
        provisions=knowledge.provisions,
        sources={entry.id: entry.as_source() for entry in manifest.sources},
        provenance=Provenance(
            corpus=manifest.corpus, generation=manifest.generation, embedder=manifest.embedder, model=model
        ),
        thresholds=thresholds or Thresholds(),
        currency=Currency(knowledge.laws, knowledge.provisions),
    )
    steps = Steps(
        base=base,
        understanding=understanding,
        retriever=Retriever(index, embedder, knowledge.situations, understanding.finder, weights, reranker),
        embedder=embedder,
        crosswalk=Crosswalk.of(knowledge.provisions.values()),
        without=without,
    )
    return Assistant(knowledge=knowledge, index=index, steps=steps)
