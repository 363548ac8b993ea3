"""Lay out every text that a question is compared with by its words, in the order the index keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus.chunk import Chunk, Question
from corpus.concepts import ConceptFinder, ConceptIndex
from corpus.lexical import LexicalIndex
from corpus.situation import Situation

SEARCHED = ("passages", "told", "stories", "questions")
"""The passages; how each passage is told on cards; the cards; the stored questions."""


def searched_texts(
    chunks: Sequence[Chunk], questions: Sequence[Question], situations: Sequence[Situation]
) -> dict[str, list[str]]:
    """The texts of each kind, one a passage, a card or a stored question. For searching, never quoted."""
    return {
        "passages": [chunk.embed_text for chunk in chunks],
        "told": told_texts(chunks, situations),
        "stories": [" ".join(story_of(card)) for card in situations],
        "questions": [question.text for question in questions],
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """The word indexes and the concept indexes of a generation, by what they are of."""

    lexical: Mapping[str, LexicalIndex]
    concepts: Mapping[str, ConceptIndex]

    @classmethod
    def of(cls, texts: Mapping[str, Sequence[str]], finder: ConceptFinder) -> Searched:
        """Index the texts of ``searched_texts``."""
        passages = [f"{text} {told}" for text, told in zip(texts["passages"], texts["told"], strict=True)]
        return cls(
            lexical={name: LexicalIndex.of(texts[name]) for name in SEARCHED},
            concepts={
                "passages": ConceptIndex.of(passages, finder),
                "stories": ConceptIndex.of(texts["stories"], finder),
            },
        )

    def save(self, folder: Path) -> None:
        """Write every index to a file of its own."""
        folder.mkdir()
        for name, lexical in self.lexical.items():
            _write(folder / f"words-{name}.npz", lexical.arrays)
        for name, concepts in self.concepts.items():
            _write(folder / f"concepts-{name}.npz", concepts.arrays)

    @classmethod
    def load(cls, folder: Path) -> Searched:
        """Read what ``save`` wrote. Raises OSError, KeyError or ValueError when a file is missing or is not that."""
        return cls(
            lexical={name: LexicalIndex.from_arrays(_read(folder / f"words-{name}.npz")) for name in SEARCHED},
            concepts={
                name: ConceptIndex.from_arrays(_read(folder / f"concepts-{name}.npz"))
                for name in ("passages", "stories")
            },
        )


def _write(path: Path, arrays: Mapping[str, npt.NDArray[Any]]) -> None:
    np.savez(path, allow_pickle=False, **arrays)


def _read(path: Path) -> dict[str, npt.NDArray[Any]]:
    with np.load(path, allow_pickle=False) as stored:
        return {key: stored[key] for key in stored.files}


def told_texts(chunks: Sequence[Chunk], situations: Sequence[Situation]) -> list[str]:
    """For each passage the claims of all cards that rest on its provision, in all languages."""
    places: dict[str, list[int]] = {}
    for at, chunk in enumerate(chunks):
        places.setdefault(str(chunk.provision), []).append(at)
    texts: list[list[str]] = [[] for _ in chunks]
    for card in situations:
        for claim in card.claims:
            for ref in dict.fromkeys(str(basis.provision.whole) for basis in claim.basis):
                for at in places.get(ref, ()):
                    texts[at] += [claim.text, claim.nn, claim.en]
    return [" ".join(found) for found in texts]


def story_of(card: Situation) -> Iterable[str]:
    """A card's title, its story and its claims in all languages."""
    yield card.title
    yield card.situation
    for claim in card.claims:
        yield from (claim.text, claim.nn, claim.en)
