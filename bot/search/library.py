"""Hold everything of one index that search compares a question with, laid out as arrays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from corpus.chunk import Chunk, Question
from corpus.concepts import ConceptFinder
from corpus.index import Index
from corpus.lexical import LexicalIndex
from corpus.provision import ProvisionRef
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

    @cached_property
    def passages(self) -> LexicalIndex:
        """The passages themselves."""
        return LexicalIndex([chunk.embed_text for chunk in self.chunks])

    @cached_property
    def told(self) -> LexicalIndex:
        """For each passage how it is told on cards, in all languages, and how people have asked about it."""
        texts: list[list[str]] = [[] for _ in self.chunks]
        for card in self.cards:
            for claim in card.claims:
                for ref in {basis.provision.whole for basis in claim.basis}:
                    for at in self.by_provision.get(ref, ()):
                        texts[at] += [claim.text, claim.nn, claim.en]
        for question, at in zip(self.asked.source, self.asked.target, strict=True):
            texts[at].append(self.questions[question].text)
        return LexicalIndex([" ".join(part) for part in texts])

    @cached_property
    def stories(self) -> LexicalIndex:
        """For each card its title, story, claims in all languages, and how people have asked about it."""
        asked: list[list[str]] = [[] for _ in self.cards]
        for question, at in zip(self.card_questions.source, self.card_questions.target, strict=True):
            asked[at].append(self.questions[question].text)
        return LexicalIndex([" ".join(_text_of(card, asked[at])) for at, card in enumerate(self.cards)])

    @cached_property
    def asked_before(self) -> LexicalIndex:
        """The stored questions."""
        return LexicalIndex([question.text for question in self.questions])

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
            places = [at for ref in answer_refs(card) for at in self.by_provision.get(ref, ())]
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
            for ref in answer_refs(card):
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

    @cached_property
    def chunk_concepts(self) -> Concepts:
        """The concepts of each passage, of how it is told, and of how it has been asked about."""
        bags: list[list[str]] = [[chunk.embed_text] for chunk in self.chunks]
        for question, at in zip(self.asked.source, self.asked.target, strict=True):
            bags[at].append(self.questions[question].text)
        return Concepts([self._concepts_of(texts) for texts in bags])

    @cached_property
    def card_concepts(self) -> Concepts:
        """The concepts of each card's title, story and questions."""
        bags = [[card.title, card.situation] for card in self.cards]
        for question, at in zip(self.card_questions.source, self.card_questions.target, strict=True):
            bags[at].append(self.questions[question].text)
        return Concepts([self._concepts_of(texts) for texts in bags])

    def _concepts_of(self, texts: Iterable[str]) -> dict[str, float]:
        counts: dict[str, float] = {}
        for text in texts:
            for match in self._finder.find(text):
                counts[match.concept.id] = counts.get(match.concept.id, 0.0) + 1.0
        return counts

    def _role_ids(self, card: Situation) -> frozenset[str]:
        found = (self._finder.role_named(name) for name in card.roles)
        return frozenset(role.id for role in found if role is not None)

    def _citations(self, at: int, card: Situation) -> Iterable[tuple[int, int, float]]:
        answer = answer_refs(card)
        for position, ref in enumerate(answer):
            for place in self.by_provision.get(ref, ()):
                yield at, place, 1 / (1 + 0.25 * position)
        for ref in card.cited:
            if ref not in answer:
                for place in self.by_provision.get(ref, ()):
                    yield at, place, 0.2


class Concepts:
    """How strongly each text is about each concept, compared by rarity-weighted cosine."""

    def __init__(self, bags: Sequence[Mapping[str, float]]) -> None:
        names = sorted({name for bag in bags for name in bag})
        self._column = {name: at for at, name in enumerate(names)}
        holders = np.zeros(len(names), dtype=np.float32)
        for bag in bags:
            for name in bag:
                holders[self._column[name]] += 1
        self._rarity = np.log1p(len(bags) / np.maximum(holders, 1)).astype(np.float32)
        matrix = np.zeros((len(bags), len(names)), dtype=np.float32)
        for row, bag in enumerate(bags):
            for name, count in bag.items():
                matrix[row, self._column[name]] = np.log1p(count) * self._rarity[self._column[name]]
        norms = np.linalg.norm(matrix, axis=1, keepdims=True)
        self._matrix = matrix / np.where(norms == 0, 1, norms)

    def scores(self, concepts: Iterable[str]) -> Scores:
        """The cosine of a question's concepts with those of every text: shape (texts,)."""
        columns = [self._column[name] for name in dict.fromkeys(concepts) if name in self._column]
        if not columns:
            return np.zeros(len(self._matrix), dtype=np.float32)
        weights = self._rarity[columns]
        return np.asarray(self._matrix[:, columns] @ weights / np.linalg.norm(weights), dtype=np.float32)


def answer_refs(card: Situation) -> tuple[ProvisionRef, ...]:
    """The provisions a card's short answer rests on, in order of first use."""
    return tuple(dict.fromkeys(basis.provision.whole for claim in card.answer for basis in claim.basis))


def ages_of(text: str) -> range | None:
    """The years a card's ``child_age`` covers, or None when the card is for any age.

    >>> ages_of("7-11"), ages_of("12-15|16-17"), ages_of("")
    (range(7, 12), range(12, 18), None)
    """
    numbers = [int(part) for part in text.replace("|", "-").split("-") if part.strip().isdigit()]
    return range(min(numbers), max(numbers) + 1) if numbers else None


def _text_of(card: Situation, asked: Sequence[str]) -> Iterable[str]:
    yield card.title
    yield card.situation
    yield from asked
    for claim in card.claims:
        yield from (claim.text, claim.nn, claim.en)
