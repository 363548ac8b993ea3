"""Measure a static model on question and passage pairs it was not trained on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corpus.embed import Embedder
from ingest.train.pairs import Pair


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Share of questions whose passage is first, or among the first five, of all passages."""

    questions: int
    passages: int
    hit1: float
    hit5: float


def measure(embedder: Embedder, pairs: Sequence[Pair]) -> Figures:
    """Rank all distinct passages for each question by cosine. Raises ValueError without pairs."""
    if not pairs:
        raise ValueError("there is nothing to measure on")
    passages = list(dict.fromkeys(passage for _, passage in pairs))
    place = {passage: at for at, passage in enumerate(passages)}
    scores = embedder.passages([question for question, _ in pairs]) @ embedder.passages(passages).T
    wanted = np.array([place[passage] for _, passage in pairs])
    ranks = (scores > scores[np.arange(len(pairs)), wanted][:, None]).sum(axis=1)
    return Figures(
        questions=len(pairs), passages=len(passages), hit1=float((ranks < 1).mean()), hit5=float((ranks < 5).mean())
    )
