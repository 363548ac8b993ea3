"""A small knowledge base and embedder that tests build in a moment."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from corpus.annotate import annotate_all
from corpus.chunk import Chunk, Question
from corpus.embed import Vectors
from corpus.provision import ProvisionRef


class HashEmbedder:
    """Vectors from hashed words: the same text gives the same vector, shared words bring texts near."""

    def __init__(self, name: str = "hash", dimensions: int = 64) -> None:
        self.name = name
        self._dimensions = dimensions
        self.embedded = 0

    def passages(self, texts: Sequence[str]) -> Vectors:
        self.embedded += len(texts)
        rows = np.zeros((len(texts), self._dimensions), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in text.lower().split() or ["-"]:
                rows[row, int(hashlib.md5(word.encode()).hexdigest(), 16) % self._dimensions] += 1
        return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)

    def question(self, text: str) -> Vectors:
        row: Vectors = self.passages([text])[0]
        return row


def tiny_chunks(source: str = "lov/1999-07-02-64", count: int = 5) -> tuple[str, tuple[Chunk, ...]]:
    """A source text and its chunks, one a section."""
    text, chunks = "", []
    for number in range(1, count + 1):
        body = f"Paragraf {number} sier at helsepersonell skal gjøre ting nummer {number} innen {number} uker."
        start = len(text)
        text += body + "\n\n"
        chunks.append(
            Chunk(
                source=source,
                provision=ProvisionRef(source, f"§{number}"),
                heading=f"Overskrift {number}",
                path=("Kapittel", f"Del {number}"),
                start=start,
                end=start + len(body),
                text=body,
                embed_text=f"{body} søkeord{number}",
                sentences=annotate_all(text, start, start + len(body)),
            )
        )
    return text, tuple(chunks)


def tiny_questions(count: int = 3) -> tuple[Question, ...]:
    return tuple(Question(text=f"Hva med ting nummer {n}?", target=f"situasjon/kort-{n}") for n in range(1, count + 1))
