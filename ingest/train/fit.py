"""Fit token vectors so that the two texts of a pair lie nearer each other than any others of the batch."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer

from ingest.train.pairs import Pair

_SCALE = 20.0
_MAX_TOKENS = 128


class Fitter:
    """Holds the vectors while they are fitted; the same seed and pairs give the same vectors on one machine."""

    def __init__(self, tokenizer: Tokenizer, *, dimensions: int = 256, seed: int) -> None:
        torch.manual_seed(seed)
        self._tokenizer = tokenizer
        self._generator = np.random.default_rng(seed)
        self._bag = torch.nn.EmbeddingBag(tokenizer.get_vocab_size(), dimensions, mode="mean", sparse=True)
        torch.nn.init.normal_(self._bag.weight, std=0.1)

    def fit(
        self, pairs: Sequence[Pair], *, epochs: int, batch: int, rate: float,
        on_progress: Callable[[int, int], None],
    ) -> None:  # fmt: skip
        """Run in-batch-negative training in both directions."""
        left = self._encode([pair[0] for pair in pairs])
        right = self._encode([pair[1] for pair in pairs])
        optimiser = torch.optim.SparseAdam(list(self._bag.parameters()), lr=rate)
        steps = epochs * max(1, len(pairs) // batch)
        done = 0
        for _ in range(epochs):
            order = self._generator.permutation(len(pairs))
            for at in range(0, max(1, len(pairs) - batch + 1), batch):
                rows = order[at : at + batch]
                for group in optimiser.param_groups:
                    group["lr"] = rate * max(0.05, 1 - done / steps)
                self._step(optimiser, [left[i] for i in rows], [right[i] for i in rows])
                done += 1
                on_progress(done, steps)

    def _step(self, optimiser: torch.optim.Optimizer, left: list[list[int]], right: list[list[int]]) -> None:
        a, b = self._embed(left), self._embed(right)
        scores = _SCALE * a @ b.T
        target = torch.arange(len(left))
        loss = (
            torch.nn.functional.cross_entropy(scores, target) + torch.nn.functional.cross_entropy(scores.T, target)
        ) / 2
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()

    def _embed(self, rows: list[list[int]]) -> torch.Tensor:
        flat = torch.tensor([token for row in rows for token in row], dtype=torch.long)
        offsets = torch.tensor([0, *np.cumsum([len(row) for row in rows])[:-1]], dtype=torch.long)
        return torch.nn.functional.normalize(self._bag(flat, offsets), dim=1)

    def _encode(self, texts: list[str]) -> list[list[int]]:
        return [e.ids[:_MAX_TOKENS] or [1] for e in self._tokenizer.encode_batch(texts, add_special_tokens=False)]

    @property
    def vectors(self) -> npt.NDArray[np.float32]:
        """The token vectors: shape (vocabulary, dimensions)."""
        return self._bag.weight.detach().numpy().copy()
