"""Questions of the bank that search has never seen, with the provisions that answer them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeVar

from corpus.knowledge import Knowledge
from corpus.provision import ProvisionRef
from corpus.question import BankQuestion
from corpus.situation import Situation
from corpus.split import Split

RowT = TypeVar("RowT", BankQuestion, Situation)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldOut:
    """One question. Any of ``right`` first is a hit; recall is counted over ``gold``."""

    text: str
    language: str
    style: str
    role: str
    situation: str
    card: str
    """The card the question stands on, or empty when it was written for a provision."""
    gold: tuple[ProvisionRef, ...]
    right: tuple[ProvisionRef, ...]
    told_role: str | None = None
    """The asker's role as the page remembers it, when the bank tells one that the search knows."""
    hidden: frozenset[str] = frozenset()
    """Ids of stored questions that search must pass over while this one is asked."""


def for_fitting(knowledge: Knowledge) -> tuple[HeldOut, ...]:
    """The dev questions for an index that holds them: each once without itself, and once without its whole situation.

    The first is what a user meets, whose question is new and whose situation is known; the second is a new situation.
    """
    rows = held_out(knowledge, Split.DEV)
    ids: dict[str, set[str]] = {}
    own: list[str] = []
    for row in knowledge.bank:
        if row.split is Split.DEV:
            own.append(row.as_question.id)
            ids.setdefault(row.situation, set()).add(row.as_question.id)
    found = []
    for asked, question_id in zip(rows, own, strict=True):
        found.append(replace(asked, hidden=frozenset({question_id})))
        if len(ids[asked.situation]) > 1:
            found.append(replace(asked, hidden=frozenset(ids[asked.situation])))
    return tuple(found)


def with_dev(knowledge: Knowledge) -> Knowledge:
    """The knowledge base with the dev questions among those that are searched."""
    return replace(
        knowledge,
        questions=tuple(_learned(row) for row in knowledge.questions),
        situations=tuple(_learned(card) for card in knowledge.situations),
    )


def _learned(row: RowT) -> RowT:
    return replace(row, split=Split.TRAIN) if row.split is Split.DEV else row


def held_out(knowledge: Knowledge, split: Split) -> tuple[HeldOut, ...]:
    """The questions of one split, in the bank's order."""
    cards = {card.target: card for card in knowledge.situations}
    found = []
    for row in knowledge.bank:
        if row.split is not split:
            continue
        card = cards.get(row.target)
        gold = card.answers_from if card is not None else (ProvisionRef.parse(row.target),)
        found.append(
            HeldOut(
                text=row.text, language=row.language, style=row.style, role=row.role, situation=row.situation,
                card=card.id if card is not None else "", gold=gold,
                right=(*gold, *map(ProvisionRef.parse, row.also)), told_role=None if card is not None else row.role,
            )
        )  # fmt: skip
    return tuple(found)
