"""Find the concepts of the glossary in a text, with the words that mean them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.glossary import Concept

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


def tokens(text: str) -> tuple[str, ...]:
    """The words of a text in lower case; hyphens and slashes join words."""
    return tuple(match[0].lower() for match in _WORD.finditer(text))
