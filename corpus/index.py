"""The only door to Chroma: fill a generation, verify it, and read it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from corpus.chunk import Chunk, Question
from corpus.document import Document
from corpus.embed import Vectors
from corpus.errors import IndexDamaged, IndexStale
from corpus.generation import current_folder, scratch_folder, switch_to
from corpus.manifest import FORMAT, Manifest, read_manifest, write_manifest
from corpus.record import chunk_of, metadata_of
from corpus.searched import Searched

_BATCH = 500
# A denser graph than Chroma's default: with some thousand vectors it costs little and loses no neighbour.
_SPACE = {"hnsw:space": "cosine", "hnsw:construction_ef": 200, "hnsw:search_ef": 200, "hnsw:M": 32}


class Index:
    """One generation, open for reading. It stays valid when a newer generation is switched to."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self._folder = folder
        self.manifest = manifest
        self._client = _client(folder)
        try:
            self._chunks = self._client.get_collection("chunks", embedding_function=None)
            self._questions = self._client.get_collection("questions", embedding_function=None)
            counted = (self._chunks.count(), self._questions.count())
        except Exception as error:  # Chroma raises several unrelated types for a store it cannot read
            raise _damaged(folder) from error
        if counted != (manifest.chunks, manifest.questions):
            raise _damaged(folder)

    def chunks(self) -> tuple[Chunk, ...]:
        """Every chunk, ordered by source and place."""
        rows = self._chunks.get(include=["documents", "metadatas"])
        found = [
            chunk_of(text, meta) for text, meta in zip(rows["documents"] or [], rows["metadatas"] or [], strict=True)
        ]
        return in_order(found)

    def questions(self) -> tuple[Question, ...]:
        """Every stored question, ordered by target and text."""
        rows = self._questions.get(include=["documents", "metadatas"])
        found = [
            Question(text=text, target=str(meta["target"]))
            for text, meta in zip(rows["documents"] or [], rows["metadatas"] or [], strict=True)
        ]
        return questions_in_order(found)

    def nearest_chunks(self, vector: Vectors, count: int) -> tuple[tuple[str, float], ...]:
        """``(chunk id, cosine)`` of the nearest chunks, nearest first."""
        return _nearest(self._chunks, vector, min(count, self.manifest.chunks))

    def nearest_questions(self, vector: Vectors, count: int) -> tuple[tuple[str, float], ...]:
        """``(question id, cosine)`` of the nearest questions, nearest first."""
        return _nearest(self._questions, vector, min(count, self.manifest.questions))

    def vectors(self) -> dict[str, Vectors]:
        """Stored vectors by chunk or question id, for reuse by the next ingest."""
        found: dict[str, Vectors] = {}
        for collection in (self._chunks, self._questions):
            rows = collection.get(include=["embeddings"])
            embeddings = rows["embeddings"]
            for row_id, vector in zip(rows["ids"], embeddings if embeddings is not None else [], strict=True):
                found[row_id] = np.asarray(vector, dtype=np.float32)
        return found

    @cached_property
    def searched(self) -> Searched:
        """The word and concept indexes. Raises IndexDamaged when they cannot be read."""
        try:
            return Searched.load(self._folder / "searched")
        except (OSError, KeyError, ValueError) as error:
            raise _damaged(self._folder) from error

    def text(self, source: str) -> str:
        """The full text of a source, to which all offsets refer."""
        with (self._folder / "texts" / f"{_file_name(source)}.txt").open(encoding="utf-8", newline="") as file:
            return file.read()


def in_order(chunks: Iterable[Chunk]) -> tuple[Chunk, ...]:
    """Chunks in the order the index gives them: by source and place."""
    return tuple(sorted(chunks, key=lambda chunk: (chunk.source, chunk.start, chunk.id)))


def questions_in_order(questions: Iterable[Question]) -> tuple[Question, ...]:
    """Questions in the order the index gives them: by target and text."""
    return tuple(sorted(questions, key=lambda question: (question.target, question.text)))


def open_index(home: Path, *, embedder: str | None = None, corpus: str | None = None) -> Index:
    """Open the serving generation; when given, embedder and corpus must be those it was built with.

    Raises IndexMissing, IndexStale or IndexDamaged, each with what to do.
    """
    folder = current_folder(home)
    manifest = read_manifest(folder)
    if manifest.format != FORMAT:
        raise IndexStale("the search index was built by another version.", remedy="Run: hjemmel ingest")
    if embedder is not None and manifest.embedder != embedder:
        raise IndexStale(
            f"the index was built with {manifest.embedder}, and questions would be embedded with {embedder}.",
            remedy="Run: hjemmel ingest",
        )
    if corpus is not None and manifest.corpus != corpus:
        raise IndexStale("the knowledge base has changed since the index was built.", remedy="Run: hjemmel ingest")
    return Index(folder, manifest)


def write_generation(
    home: Path,
    manifest: Manifest,
    *,
    documents: Sequence[Document],
    chunks: Sequence[Chunk],
    questions: Sequence[Question],
    vectors: dict[str, Vectors],
    searched: Searched,
    on_progress: Callable[[int, int], None],
) -> Path:
    """Write a complete generation beside the others, verify it, then switch to it atomically.

    The caller holds ``writing(home)``. Whatever happens before the switch, the old generation goes on serving.
    Raises IndexDamaged when what was written does not read back.
    """
    scratch = scratch_folder(home, manifest.generation)
    (scratch / "texts").mkdir()
    for document in documents:
        path = scratch / "texts" / f"{_file_name(document.source)}.txt"
        path.write_text(document.text, encoding="utf-8", newline="")
    searched.save(scratch / "searched")
    client = _client(scratch)
    total = len(chunks) + len(questions)
    rows = [(chunk.id, chunk.text, metadata_of(chunk)) for chunk in chunks]
    _fill(client, "chunks", rows, vectors, lambda done: on_progress(done, total))
    asked = [(question.id, question.text, {"target": question.target}) for question in questions]
    _fill(client, "questions", asked, vectors, lambda done: on_progress(len(chunks) + done, total))
    write_manifest(scratch, manifest)
    _close(client)
    _verify(scratch, manifest, chunks, vectors)
    return switch_to(home, scratch, manifest.generation)


def _fill(
    client: Any,
    name: str,
    rows: Sequence[tuple[str, str, dict[str, Any]]],
    vectors: dict[str, Vectors],
    on_progress: Callable[[int], None],
) -> None:
    collection = client.create_collection(name, embedding_function=None, metadata=_SPACE)
    for at in range(0, len(rows), _BATCH):
        batch = rows[at : at + _BATCH]
        collection.add(
            ids=[key for key, _, _ in batch],
            documents=[text for _, text, _ in batch],
            metadatas=[metadata for _, _, metadata in batch],
            embeddings=np.stack([vectors[key] for key, _, _ in batch]),
        )
        on_progress(at + len(batch))


def _verify(folder: Path, manifest: Manifest, chunks: Sequence[Chunk], vectors: dict[str, Vectors]) -> None:
    """Read everything back: counts, ids, vectors, and one query for each source."""
    index = Index(folder, manifest)
    try:
        stored = index.vectors()
        if not all(
            np.isfinite(vector).all() and abs(float(np.linalg.norm(vector)) - 1) < 1e-3 for vector in stored.values()
        ):
            raise IndexDamaged(
                "the new index holds vectors that are not of length 1.", remedy="Run: hjemmel ingest --rebuild"
            )
        if {chunk.id for chunk in index.chunks()} != {chunk.id for chunk in chunks}:
            raise IndexDamaged(
                "the new index lost chunks while it was written.", remedy="Run: hjemmel ingest --rebuild"
            )
        first: dict[str, Chunk] = {}
        for chunk in chunks:
            first.setdefault(chunk.source, chunk)
        for source, chunk in first.items():
            nearest = index.nearest_chunks(vectors[chunk.id], 10)
            if not any(cosine > 0.99 for _, cosine in nearest):
                raise IndexDamaged(
                    f"the new index does not find its own source {source}.", remedy="Run: hjemmel ingest --rebuild"
                )
    finally:
        _close(index._client)


def _client(folder: Path) -> Any:
    import chromadb
    from chromadb.config import Settings

    return chromadb.PersistentClient(
        path=str(folder / "chroma"), settings=Settings(anonymized_telemetry=False, allow_reset=False)
    )


def _close(client: Any) -> None:
    """Let go of the store's files, so that its folder can be renamed."""
    close = getattr(client, "close", None)
    if close is not None:
        close()


def _nearest(collection: Any, vector: Vectors, count: int) -> tuple[tuple[str, float], ...]:
    if count < 1:
        return ()
    rows = collection.query(query_embeddings=[vector.tolist()], n_results=count, include=["distances"])
    return tuple(
        (row_id, 1.0 - float(distance)) for row_id, distance in zip(rows["ids"][0], rows["distances"][0], strict=True)
    )


def _damaged(folder: Path) -> IndexDamaged:
    return IndexDamaged(
        f"the index in {folder} does not hold what its manifest says.", remedy="Run: hjemmel ingest --rebuild"
    )


def _file_name(source: str) -> str:
    return source.replace("/", "_")
