"""Rank the passages and the situation cards that a question is about, and say which arm found each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.search.evidence import Evidence, Kind, Vectors, shares, turned
from bot.search.library import Library, Places, Scores
from bot.search.weights import Weights, add_up, fitted_weights, weigh
from bot.understand import Understood
from corpus.chunk import Chunk
from corpus.concepts import ConceptFinder
from corpus.embed import Embedder
from corpus.field import FieldGate
from corpus.index import Index
from corpus.provision import ProvisionRef
from corpus.rerank import AT_MOST, Reranker, blended
from corpus.situation import Situation

ARMS = (
    "exact", "lexical", "dense", "told", "questions", "concepts", "role", "prior", "situations", "neighbours",
)  # fmt: skip
_ARM_OF = {
    "words": "lexical", "grams": "lexical", "dense": "dense", "told_words": "told", "told_grams": "told",
    "near_dense": "questions", "near_words": "questions", "near_grams": "questions", "near_dense_soft": "questions",
    "near_words_soft": "questions", "near_grams_soft": "questions", "dense_bare": "dense",
    "concepts": "concepts", "role": "role", "other_role": "role", "importance": "prior", "guidance": "prior",
    "cards": "situations", "neighbours": "neighbours", "exact": "exact",
}  # fmt: skip
_EXACT = 20.0
"""A section that the question names outweighs all else."""
_TOLD = 0.3
"""An arm that adds this much to a score is named as one that found the passage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage and its share of all scores, with what each arm added to its score."""

    chunk: Chunk
    score: float
    arms: Mapping[str, float]
    evidence: Mapping[str, float]
    """The bare evidence for the passage, before it is weighed."""

    @property
    def found_by(self) -> tuple[str, ...]:
        """The arms that contributed, the strongest first."""
        return tuple(sorted(self.arms, key=lambda arm: (-self.arms[arm], arm)))


@dataclass(frozen=True, slots=True, kw_only=True)
class NearCard:
    """A situation card, its share of all cards' scores, and how near its nearest question is; about 0 to 1 both."""

    situation: Situation
    share: float
    nearness: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """What retrieval found, best first. ``known_share`` is the share of the question's words the sources know."""

    hits: tuple[Hit, ...]
    cards: tuple[NearCard, ...]
    known_share: float
    field: float
    """How likely it is that the question belongs to this field at all, 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """All evidence of one question and the scores made of it; ``hjemmel eval fit`` learns from these."""

    first: Mapping[str, Scores]
    cards: Mapping[str, Scores]
    passages: Mapping[str, Scores]
    card_scores: Scores
    passage_scores: Scores
    exact: Scores
    parts: Mapping[str, Scores]


class Retriever:
    """Searches one index; everything it needs is read when it is made."""

    def __init__(
        self, index: Index, embedder: Embedder, situations: Sequence[Situation], finder: ConceptFinder,
        weights: Weights | None = None, reranker: Reranker | None = None,
    ) -> None:  # fmt: skip
        self.weights = weights or fitted_weights()
        self.library = Library(index, situations, finder)
        self.chunks = self.library.chunks
        self._embedder = embedder
        self._reranker = reranker
        self._evidence = Evidence(self.library)
        self._field = FieldGate(index.manifest.field)

    def rank(
        self, understood: Understood, *, without: frozenset[str] = frozenset(), hidden: frozenset[str] = frozenset(),
        count: int = 20,
    ) -> Ranking:  # fmt: skip
        """Rank passages and cards; ``without`` turns arms off, ``hidden`` stored questions are passed over."""
        weighed = self.weigh(understood, without=without, hidden=hidden)
        found = shares(weighed.passage_scores)
        order = np.lexsort((np.arange(len(found)), -weighed.passage_scores))[:count].astype(np.int32)
        if self._reranker is not None and not weighed.exact.any():
            order = self._reordered(understood.question, order, found, self._reranker)
        near = np.mean([weighed.cards[name] for name in ("near_dense", "near_words", "near_grams")], axis=0)
        among = shares(weighed.card_scores)
        nearest = np.lexsort((np.arange(len(among)), -weighed.card_scores))[:5] if "situations" not in without else ()
        return Ranking(
            hits=tuple(
                Hit(
                    chunk=self.chunks[at],
                    score=float(found[at]),
                    arms=_arms(weighed.parts, int(at)),
                    evidence={name: float(scores[at]) for name, scores in weighed.passages.items() if "@" not in name},
                )
                for at in order
            ),
            cards=tuple(
                NearCard(situation=self.library.cards[at], share=float(among[at]), nearness=float(near[at]))
                for at in nearest
            ),
            known_share=max(
                self.library.searched.lexical[name].known_share(understood.question)
                for name in ("passages", "told", "stories")
            ),
            field=self._field.inside(self._embedder.question(understood.question)),
        )

    def weigh(
        self, understood: Understood, *, without: frozenset[str] = frozenset(), hidden: frozenset[str] = frozenset()
    ) -> Weighed:
        """Collect and weigh all evidence: passages first, then cards, then passages with what the cards say."""
        arms, kind, size = frozenset(ARMS) - without, Kind.of(understood), len(self.chunks)
        vectors = Vectors(
            bare=self._embedder.question(understood.question), expanded=self._embedder.question(understood.expanded)
        )
        near = self._evidence.near(understood, vectors.bare, hidden)
        plain = self._evidence.passages(understood, vectors, near, arms=arms)
        first = turned(plain, kind)
        exact = self._exact(understood) if "exact" in arms else np.zeros(size, dtype=np.float32)
        before = shares(add_up(weigh(first, self.weights.first), size) + _EXACT * exact)
        cards = turned(self._evidence.cards(understood, near, before, arms=arms), kind)
        card_scores = add_up(weigh(cards, self.weights.cards), len(self.library.cards))
        if "situations" in arms:
            plain["cards"] = self.library.cites.total(shares(card_scores), size)
        if "neighbours" in arms:
            plain["neighbours"] = self.library.see_also.total(before, size)
        passages = turned(plain, kind)
        parts = weigh(passages, self.weights.passages) | {"exact": exact * np.float32(_EXACT)}
        return Weighed(
            first=first, cards=cards, passages=passages, card_scores=card_scores, exact=exact, parts=parts,
            passage_scores=add_up(parts, size),
        )  # fmt: skip

    def _reordered(self, question: str, order: Places, found: Scores, reranker: Reranker) -> Places:
        """The first ten in the order of ranking and reranker together."""
        first = order[:AT_MOST]
        scores = reranker.scores(question, [self.chunks[at].embed_text for at in first])
        again = first[np.argsort(-blended(found[first], scores), kind="stable")]
        return np.concatenate([again, order[AT_MOST:]])

    def of_provision(self, ref: ProvisionRef) -> tuple[Chunk, ...]:
        """The chunks that hold a provision, in order."""
        return tuple(self.chunks[at] for at in self.library.by_provision.get(ref.whole, ()))

    def _exact(self, understood: Understood) -> Scores:
        scores = np.zeros(len(self.chunks), dtype=np.float32)
        places = self.library.by_provision
        for reference in understood.references:
            if reference.provision is not None:
                scores[places.get(reference.provision.whole, [])] = 1.0
                continue
            named = [ref for ref in places if ref.section == reference.section and ref.is_law]
            among = [ref for ref in named if ref.law in understood.acts] or named
            scores[places[among[0]] if len(among) == 1 else []] = 1.0
        return scores


def _arms(parts: Mapping[str, Scores], at: int) -> dict[str, float]:
    found: dict[str, float] = {}
    for name, part in parts.items():
        arm = _ARM_OF.get(name.partition("@")[0])
        if arm is not None:
            found[arm] = found.get(arm, 0.0) + float(part[at])
    return {arm: value for arm, value in found.items() if value >= _TOLD}
