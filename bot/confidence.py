"""Turn what retrieval found into two numbers: whether the sources answer, and whether the nearest card is the one."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from bot.retrieve import Ranking


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Below ``answer`` a reply is partial, below ``refuse`` it is refused; a card answers from ``card`` on."""

    refuse: float = 0.35
    answer: float = 0.6
    card: float = 0.58


@dataclass(frozen=True, slots=True, kw_only=True)
class Signals:
    """The figures the confidence is made of, each about 0 to 1 unless told otherwise."""

    exact: bool
    """Whether a section was named that the sources hold."""
    sure: Mapping[str, float]
    """What speaks for or against that the sources answer at all."""
    fit: Mapping[str, float]
    """What speaks for or against the nearest card."""


def signals_of(ranking: Ranking, concepts: int) -> Signals:
    """Collect the figures of a ranking; ``concepts`` is how many of the glossary the question is about."""
    hits, cards = ranking.hits, ranking.cards
    gate = min(max(ranking.field, 0.005), 0.995)
    best = {name: max((hit.evidence.get(name, 0.0) for hit in hits[:5]), default=0.0) for name in _STRONGEST}
    first = hits[0] if hits else None
    nearest = cards[0] if cards else None
    cited = nearest.situation.answers_from if nearest else ()
    support = sum(hit.score for hit in hits[:5] if hit.chunk.provision in cited)
    sure = {
        "one": 1.0,
        "top": first.score if first else 0.0,
        "card": nearest.nearness if nearest else 0.0,
        "known": ranking.known_share,
        "concepts": min(concepts, 4) / 4,
        "field": math.log(gate / (1 - gate)) / 5,
        **best,
    }
    fit = {
        "one": 1.0,
        "share": nearest.share if nearest else 0.0,
        "lead": nearest.share - cards[1].share if nearest and len(cards) > 1 else 0.0,
        "near": nearest.nearness if nearest else 0.0,
        "support": support,
        "first": float(first is not None and first.chunk.provision in cited[:2]),
        "against": first.score if first and first.chunk.provision not in cited else 0.0,
        "guidance": float(first is not None and not first.chunk.provision.is_law),
    }
    return Signals(exact=any(hit.arms.get("exact") for hit in hits[:3]), sure=sure, fit=fit)


_STRONGEST = ("words", "grams", "dense_bare", "told_words", "near_dense", "near_grams", "concepts")


def logistic(signals: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The logistic of a weighed sum: 0 to 1; 0.5 without weights."""
    score = sum(weights.get(name, 0.0) * value for name, value in signals.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def confidence(signals: Signals, weights: Mapping[str, float]) -> float:
    """How likely it is that the sources answer the question, 0 to 1; a section named by its number is answered."""
    return 0.95 if signals.exact else logistic(signals.sure, weights)


def card_fits(signals: Signals, weights: Mapping[str, float]) -> float:
    """How likely it is that the nearest card is the one, 0 to 1."""
    return logistic(signals.fit, weights)
