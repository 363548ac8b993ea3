"""Collect, for one question, the evidence for every passage and every situation card."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.search.library import Library, Scores
from bot.understand import Understood
from corpus.lexical import words

_STORY = 16
"""A question of more content words than this is told as a story."""
_SHARP = 12.0
"""How much the nearest of several stored questions outweighs the rest."""
_NEAREST = 120

PASSAGE_EVIDENCE = (
    "words", "grams", "dense", "told_words", "told_grams", "near", "near_soft", "concepts", "role", "other_role",
    "importance", "guidance", "cards", "neighbours",
)  # fmt: skip
CARD_EVIDENCE = (
    "words", "grams", "near", "near_soft", "near_dense", "concepts", "role", "other_role", "age", "other_age",
    "passages",
)  # fmt: skip
TURNED = ("words", "grams", "dense", "told_words", "told_grams", "near", "near_soft", "concepts", "cards", "passages")
"""Evidence whose worth depends on the kind of question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What kind of question it is; each is 0 or 1."""

    english: float
    nynorsk: float
    story: float

    @classmethod
    def of(cls, understood: Understood) -> Kind:
        """Read it off the question."""
        return cls(
            english=float(understood.language == "en"),
            nynorsk=float(understood.language == "nn"),
            story=float(len(words(understood.question)) > _STORY),
        )


def turned(evidence: Mapping[str, Scores], kind: Kind) -> dict[str, Scores]:
    """The evidence, and once more what of it may weigh differently in English and in stories."""
    found = dict(evidence)
    for name in TURNED:
        if name in evidence:
            found[f"{name}@en"] = evidence[name] * np.float32(kind.english)
            found[f"{name}@story"] = evidence[name] * np.float32(kind.story)
    return found


class Evidence:
    """Evidence over one library. Every array has one value a passage or one a card, about 0 to 1."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def near(self, understood: Understood, vector: npt.NDArray[np.float32]) -> tuple[Scores, Scores]:
        """How near the question is to each stored one, and how near by vector alone: shape (questions,) both."""
        library = self._library
        dense = np.zeros(len(library.questions), dtype=np.float32)
        for question_id, cosine in library.index.nearest_questions(vector, _NEAREST):
            dense[library.question_place[question_id]] = max(0.0, cosine)
        by_words = np.minimum(library.asked_before.by_words(understood.question), 1)
        by_grams = np.minimum(library.asked_before.by_grams(understood.question), 1)
        return np.asarray(0.4 * dense + 0.3 * by_words + 0.3 * by_grams, dtype=np.float32), dense

    def passages(
        self, understood: Understood, vector: npt.NDArray[np.float32], near: Scores, *, arms: frozenset[str]
    ) -> dict[str, Scores]:
        """Evidence for passages, without what cards and neighbours say. Arms that are off give zeros."""
        library, size = self._library, len(self._library.chunks)
        nothing = np.zeros(size, dtype=np.float32)
        found = {name: nothing for name in PASSAGE_EVIDENCE}
        if "lexical" in arms:
            found["words"] = library.passages.by_words(understood.expanded)
            found["grams"] = library.passages.by_grams(understood.question)
        if "dense" in arms:
            found["dense"] = self._dense(vector)
        if "told" in arms:
            found["told_words"] = library.told.by_words(understood.expanded)
            found["told_grams"] = library.told.by_grams(understood.question)
        if "questions" in arms:
            found["near"] = library.asked.best(near, size)
            found["near_soft"] = soft(library.asked.total(np.exp(_SHARP * near) - 1, size))
        if "concepts" in arms:
            found["concepts"] = library.chunk_concepts.scores(match.concept.id for match in understood.concepts)
        if "role" in arms and understood.role is not None and understood.role.acts:
            own = library.in_acts(understood.role.acts)
            found["role"] = own
            found["other_role"] = (1 - own) * (1 - library.is_guidance)
        if "prior" in arms:
            found["importance"] = library.importance / np.float32(3)
            found["guidance"] = library.is_guidance
        return found

    def cards(
        self, understood: Understood, near: Scores, dense: Scores, passages: Scores, *, arms: frozenset[str]
    ) -> dict[str, Scores]:
        """Evidence for cards; ``passages`` are the passages' shares so far, which speak for the cards that cite them."""
        library, size = self._library, len(self._library.cards)
        links = library.card_questions
        found = {
            "words": library.stories.by_words(understood.question),
            "grams": library.stories.by_grams(understood.question),
            "near": links.best(near, size),
            "near_soft": soft(links.total(np.exp(_SHARP * near) - 1, size)),
            "near_dense": links.best(dense, size),
            "concepts": library.card_concepts.scores(match.concept.id for match in understood.concepts),
            "role": np.zeros(size, dtype=np.float32),
            "other_role": np.zeros(size, dtype=np.float32),
            "age": np.zeros(size, dtype=np.float32),
            "other_age": np.zeros(size, dtype=np.float32),
            "passages": _cited(library, passages),
        }
        if "role" in arms and understood.role is not None:
            named = np.array([understood.role.id in roles for roles in library.roles], dtype=np.float32)
            found["role"], found["other_role"] = named, 1 - named
        if "role" in arms and understood.age is not None:
            told = [(ages is not None, ages is not None and understood.age in ages) for ages in library.ages]
            found["age"] = np.array([fits for _, fits in told], dtype=np.float32)
            found["other_age"] = np.array([has and not fits for has, fits in told], dtype=np.float32)
        return found

    def _dense(self, vector: npt.NDArray[np.float32]) -> Scores:
        library = self._library
        scores = np.zeros(len(library.chunks), dtype=np.float32)
        for chunk_id, cosine in library.index.nearest_chunks(vector, _NEAREST):
            scores[library.chunk_place[chunk_id]] = max(0.0, cosine)
        return scores


def soft(total: Scores) -> Scores:
    """Undo the exponential of a sum of exponentials: near the largest, and more when several are near."""
    return np.asarray(np.log1p(np.maximum(total, 0)) / _SHARP, dtype=np.float32)


def shares(scores: Scores) -> Scores:
    """Scores as shares that sum to 1; shape as given."""
    if not len(scores):
        return scores
    raised = np.exp(scores - scores.max())
    return np.asarray(raised / raised.sum(), dtype=np.float32)


def _cited(library: Library, passages: Scores) -> Scores:
    """For each card the shares of the passages that its answer rests on, summed."""
    links = library.cites
    found = np.zeros(len(library.cards), dtype=np.float32)
    np.add.at(found, links.source, passages[links.target] * links.weight)
    return found
