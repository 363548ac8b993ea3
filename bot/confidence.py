"""Turn what retrieval found into one number: how likely it is that the sources answer the question."""

from __future__ import annotations

import math
from dataclasses import dataclass

from bot.retrieve import Ranking


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Below ``answer`` a reply is partial, below ``refuse`` it is refused. Set on the dev cases, never on test."""

    refuse: float = 0.35
    answer: float = 0.6
    card: float = 0.42
    """A situation card carries the answer from this nearness on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The figures the confidence is made of, each about 0 to 1."""

    card: float
    words: float
    dense: float
    exact: bool
    known_share: float
    concepts: int
    asked: float
    """Nearness to the nearest of all stored questions."""
    field: float
    """How likely it is that the question belongs to this field at all."""


def evidence_of(ranking: Ranking, concepts: int) -> Evidence:
    """Collect the figures of a ranking."""
    hits = ranking.hits[:3]
    return Evidence(
        card=ranking.cards[0].nearness if ranking.cards else 0.0,
        words=max((hit.arms.get("words", 0.0) for hit in hits), default=0.0),
        dense=max((hit.arms.get("dense", 0.0) for hit in hits), default=0.0),
        exact=any("exact" in hit.arms for hit in hits),
        known_share=ranking.known_share,
        concepts=concepts,
        asked=ranking.asked,
        field=ranking.field,
    )


def confidence(evidence: Evidence) -> float:
    """Combine the figures with a logistic: 0 to 1."""
    if evidence.exact:
        return 0.95
    score = (
        -4.2
        + 5.0 * evidence.card
        + 2.0 * evidence.words
        + 2.5 * evidence.dense
        + 1.0 * evidence.known_share
        + 0.5 * min(evidence.concepts, 3)
    )
    return 1 / (1 + math.exp(-score))
