"""Turn text into vectors: the bundled static model, or any sentence-transformers model."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from corpus.errors import EmbedderUnavailable
from corpus.settings import Settings

Vectors = npt.NDArray[np.float32]
BUNDLED = Path(__file__).parent / "model"

_PREFIXES = (
    ("e5", "query: ", "passage: "),
    ("nomic-embed", "search_query: ", "search_document: "),
)


class Embedder(Protocol):
    """Gives unit vectors; ``name`` changes whenever the vectors would."""

    @property
    def name(self) -> str: ...

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Embed stored texts: shape (n, dimensions), float32, each row of length 1."""
        ...

    def question(self, text: str) -> Vectors:
        """Embed one question: shape (dimensions,), float32, length 1."""
        ...


class StaticEmbedder:
    """Mean of token vectors, read from a sentence-transformers ``StaticEmbedding`` folder without torch.

    Gives the same vectors as sentence-transformers does for the same folder, to 1e-3.
    """

    def __init__(self, folder: Path = BUNDLED) -> None:
        try:
            from safetensors.numpy import load_file
            from tokenizers import Tokenizer

            stored = load_file(folder / "model.safetensors")
            weights = stored["embeddings"].astype(np.float32) * stored["weights"][:, None]
            tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        except Exception as error:  # tokenizers raises bare Exception for a file it cannot parse
            raise EmbedderUnavailable(
                f"the static model in {folder} cannot be read ({error}).",
                remedy="Restore the folder, or train it anew.",
            ) from error
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self._tokenizer = tokenizer
        self._weights = weights
        self.name = f"static:{_hash_of(folder / 'model.safetensors')}"

    def passages(self, texts: Sequence[str]) -> Vectors:
        """See ``Embedder``."""
        vectors = np.zeros((len(texts), self._weights.shape[1]), dtype=np.float32)
        for row, encoding in enumerate(self._tokenizer.encode_batch(list(texts), add_special_tokens=False)):
            if encoding.ids:
                vectors[row] = self._weights[encoding.ids].mean(axis=0)
        return _unit(vectors)

    def question(self, text: str) -> Vectors:
        """See ``Embedder``."""
        row: Vectors = self.passages([text])[0]
        return row


class TransformerEmbedder:
    """Any sentence-transformers model, by name on the hub or by folder."""

    def __init__(self, model: str, *, query_prefix: str | None = None, passage_prefix: str | None = None) -> None:
        from sentence_transformers import SentenceTransformer

        known = next(((q, p) for key, q, p in _PREFIXES if key in model.lower()), ("", ""))
        self._query_prefix = known[0] if query_prefix is None else query_prefix
        self._passage_prefix = known[1] if passage_prefix is None else passage_prefix
        try:
            self._model = SentenceTransformer(model, device="cpu")
        except (OSError, ValueError, RuntimeError, ImportError, KeyError) as error:
            first = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise EmbedderUnavailable(
                f"the embedding model {model!r} cannot be loaded ({first[:200]}).",
                remedy="Without network, download it elsewhere and give the folder: "
                "HJEMMEL_EMBEDDER=sentence-transformers:/path/to/model.",
            ) from error
        identity = json.dumps([model, self._query_prefix, self._passage_prefix, _model_identity(model)])
        self.name = f"sentence-transformers:{model}:{hashlib.sha256(identity.encode()).hexdigest()[:12]}"

    def passages(self, texts: Sequence[str]) -> Vectors:
        """See ``Embedder``."""
        return self._encode([self._passage_prefix + text for text in texts])

    def question(self, text: str) -> Vectors:
        """See ``Embedder``."""
        row: Vectors = self._encode([self._query_prefix + text])[0]
        return row

    def _encode(self, texts: list[str]) -> Vectors:
        vectors = self._model.encode(texts, convert_to_numpy=True, show_progress_bar=False)
        return _unit(np.asarray(vectors, dtype=np.float32))


def open_embedder(settings: Settings) -> Embedder:
    """Load the embedder that the settings name. Raises EmbedderUnavailable with what to do."""
    if settings.embedder == "bundled":
        return StaticEmbedder()
    scheme, _, model = settings.embedder.partition(":")
    if scheme != "sentence-transformers" or not model:
        raise EmbedderUnavailable(
            f"HJEMMEL_EMBEDDER is {settings.embedder!r}.",
            remedy="Use 'bundled' or 'sentence-transformers:NAME_OR_FOLDER'.",
        )
    return TransformerEmbedder(model, query_prefix=settings.query_prefix, passage_prefix=settings.passage_prefix)


def _unit(vectors: Vectors) -> Vectors:
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit = vectors / np.where(norms == 0, 1, norms)
    # A text without a single known token has no direction; any fixed one keeps the index total and ranks it last.
    unit[norms[:, 0] == 0, 0] = 1.0
    return unit.astype(np.float32)


def _hash_of(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12]


def _model_identity(model: str) -> str:
    folder = Path(model)
    if not folder.is_dir():
        return ""
    weights = sorted(folder.rglob("*.safetensors")) + sorted(folder.rglob("pytorch_model.bin"))
    return "+".join(_hash_of(file) for file in weights)
