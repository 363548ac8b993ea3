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
_NEAREST = 200

_NEAR = ("near_dense", "near_words", "near_grams")
PASSAGE_EVIDENCE = (
    "words", "grams", "dense", "dense_bare", "told_words", "told_grams", *_NEAR, *(f"{name}_soft" for name in _NEAR),
    "concepts", "role", "other_role", "importance", "guidance", "cards", "neighbours",
)  # fmt: skip
CARD_EVIDENCE = (
    "words", "grams", *_NEAR, "concepts", "role", "other_role", "age", "other_age", "passages",
)  # fmt: skip
TURNED = frozenset(PASSAGE_EVIDENCE + CARD_EVIDENCE) - {"role", "other_role", "age", "other_age", "importance"}
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Vectors:
    """The question as it was asked, and with the law's own terms for what it says; shape (dimensions,) both."""

    bare: npt.NDArray[np.float32]
    expanded: npt.NDArray[np.float32]


class Evidence:
    """Evidence over one library. Every array has one value a passage or one a card, about 0 to 1."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def near(
        self, understood: Understood, vector: npt.NDArray[np.float32], hidden: frozenset[str]
    ) -> dict[str, Scores]:
        """How near the question is to each stored one, by vector, words and pieces of words: shape (questions,).

        ``hidden`` are ids of stored questions to pass over, so that a stored question can be asked for measuring.
        """
        library = self._library
        dense = np.zeros(len(library.questions), dtype=np.float32)
        for question_id, cosine in library.index.nearest_questions(vector, _NEAREST):
            dense[library.question_place[question_id]] = max(0.0, cosine)
        found = {
            "near_dense": dense,
            "near_words": np.minimum(library.searched.lexical["questions"].by_words(understood.question), 1),
            "near_grams": np.minimum(library.searched.lexical["questions"].by_grams(understood.question), 1),
        }
        places = [library.question_place[key] for key in hidden if key in library.question_place]
        for scores in found.values():
            scores[places] = 0
        return found

    def passages(
        self, understood: Understood, vectors: Vectors, near: Mapping[str, Scores], *, arms: frozenset[str]
    ) -> dict[str, Scores]:
        """Evidence for passages, without what cards and neighbours say. Arms that are off give zeros."""
        library, size = self._library, len(self._library.chunks)
        nothing = np.zeros(size, dtype=np.float32)
        found = dict.fromkeys(PASSAGE_EVIDENCE, nothing)
        if "lexical" in arms:
            found["words"] = library.searched.lexical["passages"].by_words(understood.expanded)
            found["grams"] = library.searched.lexical["passages"].by_grams(understood.question)
        if "dense" in arms:
            found["dense"] = self._dense(vectors.expanded)
            found["dense_bare"] = self._dense(vectors.bare)
        if "told" in arms:
            found["told_words"] = library.searched.lexical["told"].by_words(understood.expanded)
            found["told_grams"] = library.searched.lexical["told"].by_grams(understood.question)
        if "questions" in arms:
            for name, scores in near.items():
                found[name] = library.asked.best(scores, size)
                found[f"{name}_soft"] = soft(library.asked.total(np.exp(_SHARP * scores) - 1, size))
        if "concepts" in arms:
            found["concepts"] = library.searched.concepts["passages"].scores(
                match.concept.id for match in understood.concepts
            )
        if "role" in arms and understood.role is not None and understood.role.acts:
            own = library.in_acts(understood.role.acts)
            found["role"] = own
            found["other_role"] = (1 - own) * (1 - library.is_guidance)
        if "prior" in arms:
            found["importance"] = library.importance / np.float32(3)
            found["guidance"] = library.is_guidance
        return found

    def cards(
        self, understood: Understood, near: Mapping[str, Scores], passages: Scores, *, arms: frozenset[str]
    ) -> dict[str, Scores]:
        """Evidence for cards; the passages' shares so far, ``passages``, speak for the cards that cite them."""
        library, size = self._library, len(self._library.cards)
        links = library.card_questions
        found = {
            "words": library.searched.lexical["stories"].by_words(understood.question),
            "grams": library.searched.lexical["stories"].by_grams(understood.question),
            **{name: links.best(scores, size) for name, scores in near.items()},
            "concepts": library.searched.concepts["stories"].scores(match.concept.id for match in understood.concepts),
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
