"""Find the concepts of the glossary in a text, with the words that mean them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus.glossary import Concept

Scores = npt.NDArray[np.float32]

_WORD = re.compile(r"[^\W_]+(?:[-–/][^\W_]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """A concept and the words of the text that triggered it."""

    concept: Concept
    words: str


class ConceptFinder:
    """Matches the surface forms of one glossary, the longest phrase first at each word."""

    def __init__(self, glossary: Sequence[Concept]) -> None:
        self._roles = {concept.id: concept for concept in glossary if concept.facet == "rolle"}
        self._concepts: dict[tuple[str, ...], Concept] = {}
        self._longest: dict[str, int] = {}
        for concept in glossary:
            for word in concept.words:
                key = tokens(word)
                self._concepts.setdefault(key, concept)
                self._longest[key[0]] = max(self._longest.get(key[0], 0), len(key))

    def find(self, text: str) -> tuple[Matched, ...]:
        """The concepts of a text, each once, in the order of their first words."""
        spans = [match.span() for match in _WORD.finditer(text)]
        said = tokens(text)
        found: dict[str, Matched] = {}
        at = 0
        while at < len(said):
            for length in range(min(self._longest.get(said[at], 0), len(said) - at), 0, -1):
                concept = self._concepts.get(said[at : at + length])
                if concept is not None:
                    words = text[spans[at][0] : spans[at + length - 1][1]]
                    found.setdefault(concept.id, Matched(concept=concept, words=words))
                    at += length - 1
                    break
            at += 1
        return tuple(found.values())

    def role_named(self, name: str) -> Concept | None:
        """The role an id or a job title means, such as helsepersonell for «jordmor»; None when it is unknown."""
        found = self._roles.get(name.strip().lower()) or self._concepts.get(tokens(name))
        return found if found is not None and found.facet == "rolle" else None


class ConceptIndex:
    """How strongly each of some texts is about each concept, compared by rarity-weighted cosine."""

    def __init__(self, names: Sequence[str], rarity: Scores, matrix: Scores) -> None:
        self._names = tuple(names)
        self._column = {name: at for at, name in enumerate(names)}
        self._rarity = rarity
        self._matrix = matrix

    @classmethod
    def of(cls, texts: Sequence[str], finder: ConceptFinder) -> ConceptIndex:
        """Index texts, in their order."""
        bags = [frozenset(match.concept.id for match in finder.find(text)) for text in texts]
        names = sorted(frozenset[str]().union(*bags))
        column = {name: at for at, name in enumerate(names)}
        matrix = np.zeros((len(bags), len(names)), dtype=np.float32)
        for row, bag in enumerate(bags):
            matrix[row, [column[name] for name in bag]] = 1
        rarity = np.log1p(len(bags) / np.maximum(matrix.sum(axis=0), 1)).astype(np.float32)
        matrix *= rarity
        norms = np.linalg.norm(matrix, axis=1, keepdims=True)
        return cls(names, rarity, (matrix / np.where(norms == 0, 1, norms)).astype(np.float32))

    @property
    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """What the index is made of, to be stored."""
        names = np.frombuffer("\n".join(self._names).encode(), dtype=np.uint8)
        return {"names": names, "rarity": self._rarity, "matrix": self._matrix}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> ConceptIndex:
        """Take what ``arrays`` gave. Raises KeyError when a part is missing."""
        names = bytes(arrays["names"]).decode()
        return cls(names.split("\n") if names else (), arrays["rarity"], arrays["matrix"])

    def scores(self, concepts: Iterable[str]) -> Scores:
        """The cosine of a question's concepts with those of every text: shape (texts,)."""
        columns = [self._column[name] for name in dict.fromkeys(concepts) if name in self._column]
        if not columns:
            return np.zeros(len(self._matrix), dtype=np.float32)
        weights = self._rarity[columns]
        return np.asarray(self._matrix[:, columns] @ weights / np.linalg.norm(weights), dtype=np.float32)


def tokens(text: str) -> tuple[str, ...]:
    """The words of a text in lower case; hyphens and slashes join words."""
    return tuple(match[0].lower() for match in _WORD.finditer(text))
