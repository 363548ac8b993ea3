"""Read question and passage together and say how well they fit: any cross-encoder of sentence-transformers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from corpus.errors import EmbedderUnavailable
from corpus.settings import Settings

AT_MOST = 10
"""A cross-encoder reads every pair anew, so it gets the first few only."""


class Reranker(Protocol):
    """Scores passages for one question; only their order matters."""

    def scores(self, question: str, passages: Sequence[str]) -> npt.NDArray[np.float32]:
        """One score a passage: shape (passages,)."""
        ...


class CrossEncoderReranker:
    """A cross-encoder, by name on the hub or by folder."""

    def __init__(self, model: str) -> None:
        from sentence_transformers import CrossEncoder

        try:
            self._model = CrossEncoder(model, device="cpu")
        except (OSError, ValueError, RuntimeError, ImportError, KeyError) as error:
            first = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise EmbedderUnavailable(
                f"the reranking model {model!r} cannot be loaded ({first[:200]}).",
                remedy="Without network, download it elsewhere and give the folder: "
                "HJEMMEL_RERANKER=sentence-transformers:/path/to/model.",
            ) from error

    def scores(self, question: str, passages: Sequence[str]) -> npt.NDArray[np.float32]:
        """See ``Reranker``."""
        pairs = [(question, passage) for passage in passages]
        found = self._model.predict(pairs, show_progress_bar=False, convert_to_numpy=True)
        return np.asarray(found, dtype=np.float32).reshape(len(passages))


def open_reranker(settings: Settings) -> Reranker | None:
    """Load the reranker that the settings name; None when there is none. Raises EmbedderUnavailable."""
    if settings.reranker == "none":
        return None
    scheme, _, model = settings.reranker.partition(":")
    if scheme != "sentence-transformers" or not model:
        raise EmbedderUnavailable(
            f"HJEMMEL_RERANKER is {settings.reranker!r}.",
            remedy="Use 'none' or 'sentence-transformers:NAME_OR_FOLDER'.",
        )
    return CrossEncoderReranker(model)


def blended(shares: npt.NDArray[np.float32], scores: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Combine the shares of a first ranking with a reranker's scores, each counting the same: shape as given.

    >>> int(blended(np.array([0.5, 0.4, 0.1], dtype=np.float32), np.array([0, 9, 1], dtype=np.float32)).argmax())
    1
    """
    logs = np.log(np.maximum(shares, 1e-9))
    return np.asarray(sum((part - part.mean()) / (part.std() + 1e-6) for part in (logs, scores)), dtype=np.float32)
