"""Rank the passages and the situation cards that a question is about, and say which arm found each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.understand import Understood
from corpus.chunk import Chunk
from corpus.embed import Embedder
from corpus.field import FieldGate
from corpus.glossary import Concept
from corpus.index import Index
from corpus.lexical import LexicalIndex
from corpus.provision import ProvisionRef
from corpus.situation import Situation

Scores = npt.NDArray[np.float32]

ARMS = ("exact", "words", "grams", "dense", "situations", "questions")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fusion:
    """How much each arm weighs. Tuned on the dev cases with ``hjemmel eval``, never on test."""

    words: float = 0.8
    grams: float = 1.1
    dense: float = 0.6
    situations: float = 1.2
    questions: float = 1.0
    exact: float = 3.0
    role: float = 0.12
    """Added, as a share of its own score, to provisions of the acts that bind the asker."""
    cards: int = 5
    """How many situation cards vote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage and its fused score, with the score of each arm that found it."""

    chunk: Chunk
    score: float
    arms: Mapping[str, float]

    @property
    def found_by(self) -> tuple[str, ...]:
        """The arms that contributed, the strongest first."""
        return tuple(sorted(self.arms, key=lambda arm: (-self.arms[arm], arm)))


@dataclass(frozen=True, slots=True, kw_only=True)
class NearCard:
    """A situation card and how near the question is to it, about 0 to 1."""

    situation: Situation
    nearness: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """What retrieval found, best first. ``known_share`` is the share of the question's words the sources know."""

    hits: tuple[Hit, ...]
    cards: tuple[NearCard, ...]
    known_share: float
    field: float
    """How likely it is that the question belongs to this field at all, 0 to 1."""


def fit_of(cards: Sequence[NearCard]) -> float:
    """How well the nearest card fits: its nearness, and by how much it is nearer than the next; 0 without cards."""
    if not cards:
        return 0.0
    next_nearest = cards[1].nearness if len(cards) > 1 else 0.0
    return 2 * cards[0].nearness - next_nearest


class Retriever:
    """Searches one index; everything it needs is read when it is made."""

    def __init__(
        self, index: Index, embedder: Embedder, situations: Sequence[Situation], roles_of: Mapping[str, frozenset[str]],
        fusion: Fusion | None = None,
    ) -> None:  # fmt: skip
        """``roles_of`` gives the role concepts that each situation card is for."""
        self.fusion = fusion or Fusion()
        self._embedder = embedder
        self._index = index
        self._roles_of = roles_of
        self._field = FieldGate(index.manifest.field)
        self.chunks = index.chunks()
        self._place = {chunk.id: at for at, chunk in enumerate(self.chunks)}
        self._by_provision: dict[ProvisionRef, list[int]] = {}
        for at, chunk in enumerate(self.chunks):
            self._by_provision.setdefault(chunk.provision, []).append(at)
        self._lexical = LexicalIndex([chunk.embed_text for chunk in self.chunks])
        self._questions = index.questions()
        self._question_place = {question.id: at for at, question in enumerate(self._questions)}
        self._question_lexical = LexicalIndex([question.text for question in self._questions])
        cards = {f"situasjon/{situation.id}": situation for situation in situations}
        self._card_questions = [
            (cards[target], np.array(places, dtype=np.int32))
            for target, places in self._places_of_questions().items()
            if target in cards
        ]
        pairs = [
            (at, place)
            for target, places in self._places_of_questions().items()
            if target not in cards
            for at in places
            for place in self._by_provision.get(ProvisionRef.parse(target), ())
        ]
        self._asked = np.array(pairs, dtype=np.int32).reshape(-1, 2)
        """Pairs of a stored question and a passage it is about."""

    def _places_of_questions(self) -> dict[str, list[int]]:
        places: dict[str, list[int]] = {}
        for at, question in enumerate(self._questions):
            places.setdefault(question.target, []).append(at)
        return places

    def rank(self, understood: Understood, *, without: frozenset[str] = frozenset(), count: int = 20) -> Ranking:
        """Rank passages and cards; ``without`` turns arms off, for ablation."""
        vector = self._embedder.question(understood.expanded)
        near = self._nearness(understood, vector)
        cards = self._cards(near, understood.role)
        arms = {
            "exact": self._exact(understood),
            "words": self._lexical.by_words(understood.expanded),
            "grams": self._lexical.by_grams(understood.question),
            "dense": self._dense(vector),
            "situations": self._votes(cards),
            "questions": self._asked_before(near),
        }
        weights = {arm: float(getattr(self.fusion, arm)) for arm in ARMS if arm not in without}
        parts = {arm: weights[arm] * arms[arm] for arm in weights}
        total = np.sum(list(parts.values()), axis=0) if parts else np.zeros(len(self.chunks), dtype=np.float32)
        total = total * (1 + self.fusion.role * self._bound(understood.role))
        order = np.lexsort((np.arange(len(self.chunks)), -total))[:count]
        return Ranking(
            hits=tuple(
                Hit(
                    chunk=self.chunks[at],
                    score=float(total[at]),
                    arms={arm: float(part[at]) for arm, part in parts.items() if part[at] > 0.02},
                )
                for at in order
                if total[at] > 0
            ),
            cards=cards,
            known_share=self._lexical.known_share(understood.question),
            field=self._field.inside(self._embedder.question(understood.question)),
        )

    def of_provision(self, ref: ProvisionRef) -> tuple[Chunk, ...]:
        """The chunks that hold a provision, in order."""
        return tuple(self.chunks[at] for at in self._by_provision.get(ref.whole, ()))

    def _exact(self, understood: Understood) -> Scores:
        scores = np.zeros(len(self.chunks), dtype=np.float32)
        for reference in understood.references:
            if reference.provision is not None:
                places = self._by_provision.get(reference.provision.whole, [])
            else:
                named = [ref for ref in self._by_provision if ref.section == reference.section and ref.is_law]
                among = [ref for ref in named if ref.law in understood.acts] or named
                places = self._by_provision[among[0]] if len(among) == 1 else []
            scores[places] = 1.0
        return scores

    def _dense(self, vector: npt.NDArray[np.float32]) -> Scores:
        scores = np.zeros(len(self.chunks), dtype=np.float32)
        for chunk_id, cosine in self._index.nearest_chunks(vector, 60):
            scores[self._place[chunk_id]] = max(0.0, cosine)
        return scores

    def _nearness(self, understood: Understood, vector: npt.NDArray[np.float32]) -> Scores:
        """How near the question is to each stored question: shape (questions,), about 0 to 1."""
        dense = np.zeros(len(self._questions), dtype=np.float32)
        for question_id, cosine in self._index.nearest_questions(vector, 80):
            dense[self._question_place[question_id]] = max(0.0, cosine)
        lexical = self._question_lexical
        words, grams = lexical.by_words(understood.question), lexical.by_grams(understood.question)
        return np.asarray(0.4 * dense + 0.3 * np.minimum(words, 1) + 0.3 * np.minimum(grams, 1), dtype=np.float32)

    def _cards(self, near: Scores, role: Concept | None) -> tuple[NearCard, ...]:
        found = []
        for situation, places in self._card_questions:
            top = np.sort(near[places])[::-1][:3]
            nearness = float(0.8 * top[0] + 0.2 * top.mean())
            for_roles = self._roles_of.get(situation.id, frozenset())
            if role is not None and for_roles and role.id not in for_roles:
                nearness *= 0.85
            found.append(NearCard(situation=situation, nearness=nearness))
        return tuple(sorted(found, key=lambda card: (-card.nearness, card.situation.id))[: self.fusion.cards])

    def _votes(self, cards: Sequence[NearCard]) -> Scores:
        """Let the nearest cards vote for the provisions they cite, the first cited the most."""
        scores = np.zeros(len(self.chunks), dtype=np.float32)
        top = cards[0].nearness if cards else 0.0
        for rank, card in enumerate(cards):
            weight = card.nearness * (card.nearness / top) ** 3 / (1 + 0.3 * rank) if top > 0 else 0.0
            for position, ref in enumerate(card.situation.cited):
                for at in self._by_provision.get(ref, ()):
                    scores[at] += weight / (1 + 0.25 * position)
        return scores

    def _asked_before(self, near: Scores) -> Scores:
        """Give each passage the nearness of the nearest stored question that is about it."""
        scores = np.zeros(len(self.chunks), dtype=np.float32)
        np.maximum.at(scores, self._asked[:, 1], near[self._asked[:, 0]])
        return scores

    def _bound(self, role: Concept | None) -> Scores:
        acts = role.acts if role is not None else ()
        return np.array([chunk.provision.law in acts for chunk in self.chunks], dtype=np.float32)
