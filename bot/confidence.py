"""Turn what retrieval found into one number: how likely it is that the sources answer the question."""

from __future__ import annotations

import math
from dataclasses import dataclass

from bot.retrieve import Ranking

_STRONG = 1.3
"""A fused score that few questions of other fields reach."""
_IN_FIELD = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Below ``answer`` a reply is partial, below ``refuse`` it is refused."""

    refuse: float = 0.35
    answer: float = 0.6
    card: float = 0.21
    """A situation card that cites what is ranked first carries the answer from this fit on."""
    card_alone: float = 0.3
    """A card that does not cite it has to be this near."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The figures the confidence is made of, each about 0 to 1."""

    card: float
    """Nearness of the nearest situation card."""
    words: float
    dense: float
    exact: bool
    """Whether a section was named that the sources hold."""
    known_share: float
    concepts: int
    field: float
    """How likely it is that the question belongs to this field at all."""
    top: float
    """The fused score of the first passage; about 1 for a fair hit, 2 for a very good one."""


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
        field=ranking.field,
        top=hits[0].score if hits else 0.0,
    )


def confidence(evidence: Evidence) -> float:
    """Combine the figures with a logistic: 0 to 1.

    The weights were fitted on drafted staff questions whose situations have no card here, on the dev cases, and on the
    questions of ``eval/calibration``; no test case was among them. A passage that all arms find together is worth
    showing, as a partial answer, even when the question names no known concept.
    """
    if evidence.exact:
        return 0.95
    gate = min(max(evidence.field, 0.01), 0.99)
    shared = evidence.words * evidence.dense
    score = (
        -4.05
        + 1.99 * evidence.card
        + 1.92 * shared
        + 1.73 * evidence.known_share
        + 2.27 * min(evidence.concepts, 3)
        + 0.96 * math.log(gate / (1 - gate))
    )
    likely = 1 / (1 + math.exp(-score))
    strong = evidence.top >= _STRONG and evidence.field >= _IN_FIELD
    return max(likely, 0.45) if strong else likely
