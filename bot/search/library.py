"""Hold everything of one index that search compares a question with, laid out as arrays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from corpus.concepts import ConceptFinder
from corpus.index import Index
from corpus.provision import ProvisionRef
from corpus.searched import Searched
from corpus.situation import Situation

Scores = npt.NDArray[np.float32]
Places = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Pairs ``(from, to)`` with a weight each; shape (pairs,) for all three."""

    source: Places
    target: Places
    weight: Scores

    @classmethod
    def of(cls, rows: Iterable[tuple[int, int, float]]) -> Links:
        """Lay rows out as arrays."""
        found = list(rows)
        return cls(
            source=np.array([row[0] for row in found], dtype=np.int32),
            target=np.array([row[1] for row in found], dtype=np.int32),
            weight=np.array([row[2] for row in found], dtype=np.float32),
        )

    def best(self, scores: Scores, size: int) -> Scores:
        """Give each target the highest score among its sources: shape (size,)."""
        found = np.zeros(size, dtype=np.float32)
        np.maximum.at(found, self.target, scores[self.source] * self.weight)
        return found

    def total(self, scores: Scores, size: int) -> Scores:
        """Give each target the sum of its sources' scores: shape (size,)."""
        found = np.zeros(size, dtype=np.float32)
        np.add.at(found, self.target, scores[self.source] * self.weight)
        return found


class Library:
    """Passages, cards and stored questions of one index, and how they hang together."""

    def __init__(self, index: Index, situations: Sequence[Situation], finder: ConceptFinder) -> None:
        self.index = index
        self.chunks = index.chunks()
        self.questions = index.questions()
        self.cards = tuple(situations)
        self.by_provision: dict[ProvisionRef, list[int]] = {}
        for at, chunk in enumerate(self.chunks):
            self.by_provision.setdefault(chunk.provision, []).append(at)
        self.chunk_place = {chunk.id: at for at, chunk in enumerate(self.chunks)}
        self.question_place = {question.id: at for at, question in enumerate(self.questions)}
        self.card_place = {card.target: at for at, card in enumerate(self.cards)}
        self._finder = finder
        self.roles = [self._role_ids(card) for card in self.cards]
        self.ages = [ages_of(card.child_age) for card in self.cards]

    @property
    def searched(self) -> Searched:
        """The word and concept indexes over passages, cards and stored questions."""
        return self.index.searched

    @cached_property
    def asked(self) -> Links:
        """From a stored question to the passages it is about."""
        return Links.of(
            (at, place, 1.0)
            for at, question in enumerate(self.questions)
            if question.target not in self.card_place
            for place in self.by_provision.get(ProvisionRef.parse(question.target), ())
        )

    @cached_property
    def card_questions(self) -> Links:
        """From a stored question to the card it stands on."""
        return Links.of(
            (at, self.card_place[question.target], 1.0)
            for at, question in enumerate(self.questions)
            if question.target in self.card_place
        )

    @cached_property
    def cites(self) -> Links:
        """From a card to the passages it rests on; what the answer rests on weighs more, the first the most."""
        return Links.of(row for at, card in enumerate(self.cards) for row in self._citations(at, card))

    @cached_property
    def see_also(self) -> Links:
        """From a passage to those it is usually read with: cited together on cards."""
        together: dict[tuple[int, int], float] = {}
        for card in self.cards:
            places = [at for ref in card.answers_from for at in self.by_provision.get(ref, ())]
            for first in places:
                for second in places:
                    if first != second:
                        together[first, second] = together.get((first, second), 0.0) + 1.0
        degree: dict[int, float] = {}
        for (first, _), count in together.items():
            degree[first] = degree.get(first, 0.0) + count
        return Links.of((a, b, count / (2.0 + degree[a])) for (a, b), count in together.items())

    @cached_property
    def importance(self) -> Scores:
        """How often a passage carries the answer of a card, as ``log(1 + times)``: shape (chunks,)."""
        times = np.zeros(len(self.chunks), dtype=np.float32)
        for card in self.cards:
            for ref in card.answers_from:
                times[self.by_provision.get(ref, [])] += 1
        return np.log1p(times).astype(np.float32)

    @cached_property
    def is_guidance(self) -> Scores:
        """1 for passages of circulars, guides and documents: shape (chunks,)."""
        return np.array([not chunk.provision.is_law for chunk in self.chunks], dtype=np.float32)

    def in_acts(self, acts: Iterable[str]) -> Scores:
        """1 for passages of the named acts: shape (chunks,)."""
        among = frozenset(acts)
        return np.array([chunk.provision.law in among for chunk in self.chunks], dtype=np.float32)

    def _role_ids(self, card: Situation) -> frozenset[str]:
        found = (self._finder.role_named(name) for name in card.roles)
        return frozenset(role.id for role in found if role is not None)

    def _citations(self, at: int, card: Situation) -> Iterable[tuple[int, int, float]]:
        answer = card.answers_from
        for position, ref in enumerate(answer):
            for place in self.by_provision.get(ref, ()):
                yield at, place, 1 / (1 + 0.25 * position)
        for ref in card.cited:
            if ref not in answer:
                for place in self.by_provision.get(ref, ()):
                    yield at, place, 0.2


def ages_of(text: str) -> range | None:
    """The years a card's ``child_age`` covers, or None when the card is for any age.

    >>> ages_of("7-11"), ages_of("12-15|16-17"), ages_of("")
    (range(7, 12), range(12, 18), None)
    """
    numbers = [int(part) for part in text.replace("|", "-").split("-") if part.strip().isdigit()]
    return range(min(numbers), max(numbers) + 1) if numbers else None
