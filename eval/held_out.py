"""Questions of the bank that search has never seen, with the provisions that answer them."""

from __future__ import annotations

from dataclasses import dataclass

from bot.search.library import answer_refs
from corpus.knowledge import Knowledge
from corpus.provision import ProvisionRef
from corpus.split import Split


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


def held_out(knowledge: Knowledge, split: Split) -> tuple[HeldOut, ...]:
    """The questions of one split, in the bank's order."""
    cards = {card.target: card for card in knowledge.situations}
    found = []
    for row in knowledge.bank:
        if row.split is not split:
            continue
        card = cards.get(row.target)
        gold = answer_refs(card) if card is not None else (ProvisionRef.parse(row.target),)
        found.append(
            HeldOut(
                text=row.text, language=row.language, style=row.style, role=row.role, situation=row.situation,
                card=card.id if card is not None else "", gold=gold,
                right=(*gold, *map(ProvisionRef.parse, row.also)),
            )
        )  # fmt: skip
    return tuple(found)
