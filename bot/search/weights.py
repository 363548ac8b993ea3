"""Weigh evidence: a sum with one weight for each kind of it, fitted by ``hjemmel eval fit`` and kept in a file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from bot.search.library import Scores

FITTED = Path(__file__).parent / "weights.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What each kind of evidence weighs: for passages alone, for cards, and for passages with what cards say."""

    first: Mapping[str, float]
    cards: Mapping[str, float]
    passages: Mapping[str, float]
    sure: Mapping[str, float]
    """For the confidence that the sources answer, see ``bot/confidence.py``."""
    fit: Mapping[str, float]
    """For the confidence that the nearest card is the one."""


@cache
def fitted_weights() -> Weights:
    """The weights that ship with the project."""
    return read_weights(FITTED)


def read_weights(path: Path) -> Weights:
    """Read a file written by ``write_weights``."""
    data = json.loads(path.read_text(encoding="utf-8"))
    return Weights(**{name: data[name] for name in ("first", "cards", "passages", "sure", "fit")})


def write_weights(weights: Weights, path: Path, about: Mapping[str, object]) -> None:
    """Write weights with what they were fitted on."""
    data: dict[str, object] = {"about": dict(about)}
    for name in ("first", "cards", "passages", "sure", "fit"):
        data[name] = {key: float(f"{value:.4g}") for key, value in getattr(weights, name).items()}
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def weigh(evidence: Mapping[str, Scores], weights: Mapping[str, float]) -> dict[str, Scores]:
    """The weighed parts of a score, by the name of the evidence; their sum is the score."""
    return {name: evidence[name] * np.float32(weight) for name, weight in weights.items() if name in evidence}


def add_up(parts: Mapping[str, Scores], size: int) -> Scores:
    """The sum of parts: shape (size,)."""
    return np.sum(list(parts.values()), axis=0, dtype=np.float32) if parts else np.zeros(size, dtype=np.float32)
