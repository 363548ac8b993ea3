"""Find questions that say nearly the same: weighted overlap of the pieces of their words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from corpus.lexical import grams

NEAR_IDENTICAL = 0.82
"""Two questions above this differ in a word or a typo at most."""
SAME_SCENE = 0.45
"""Two questions above this tell the same story in other words."""


def similar_pairs(texts: Sequence[str], at_least: float) -> Iterator[tuple[int, int, float]]:
    """Pairs ``(i, j, cosine)`` with ``i < j``, in order; rare pieces of words weigh more than common ones.

    >>> [(i, j) for i, j, _ in similar_pairs(["Må jeg melde?", "Må eg melde?", "Hvem har taushetsplikt?"], 0.8)]
    [(0, 1)]
    """
    bags = [frozenset(grams(text)) for text in texts]
    holders = Counter(gram for bag in bags for gram in bag)
    weight = {gram: float(np.log1p(len(texts) / count)) for gram, count in holders.items()}
    norms = np.array([sum(weight[gram] ** 2 for gram in bag) ** 0.5 or 1.0 for bag in bags])
    seen: dict[str, list[int]] = defaultdict(list)
    for at, bag in enumerate(bags):
        overlap = np.zeros(at)
        for gram in bag:
            if seen[gram]:
                overlap[seen[gram]] += weight[gram] ** 2
            seen[gram].append(at)
        cosine = overlap / (norms[:at] * norms[at])
        for other in np.flatnonzero(cosine >= at_least):
            yield int(other), at, float(cosine[other])
