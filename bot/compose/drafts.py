"""Hold a card before the gate: drafts by the place they will have."""

from __future__ import annotations

from dataclasses import dataclass

from bot.verify import Draft
from corpus.provision import ProvisionRef


@dataclass(frozen=True, slots=True, kw_only=True)
class CardDraft:
    """Everything a composer proposes. Nothing here has been checked."""

    title: str
    short_answer: tuple[Draft, ...]
    conditions: tuple[Draft, ...] = ()
    deadlines: tuple[Draft, ...] = ()
    ages: tuple[Draft, ...] = ()
    exceptions: tuple[Draft, ...] = ()
    missing: tuple[str, ...] = ()
    see_also: tuple[ProvisionRef, ...] = ()
    common_mistake: str = ""
    situation: str = ""
    """The id of the situation card it was built from; empty for passages."""
