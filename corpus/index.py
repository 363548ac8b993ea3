"""The only door to Chroma: write a generation, verify it, switch to it, and read it."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from corpus.chunk import Chunk, Question
from corpus.document import Document
from corpus.embed import Vectors
from corpus.errors import IndexBusy, IndexDamaged, IndexMissing, IndexStale
from corpus.manifest import FORMAT, Manifest, read_manifest, write_manifest
from corpus.modality import Modality
from corpus.provision import ProvisionRef
from corpus.sentence import Deadline, Part, Sentence

_CURRENT = "CURRENT"
_BATCH = 500
_KEEP = 2


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
            _chunk(text, meta) for text, meta in zip(rows["documents"] or [], rows["metadatas"] or [], strict=True)
        ]
        return tuple(sorted(found, key=lambda chunk: (chunk.source, chunk.start, chunk.id)))

    def questions(self) -> tuple[Question, ...]:
        """Every stored question, ordered by target and text."""
        rows = self._questions.get(include=["documents", "metadatas"])
        found = [
            Question(text=text, target=str(meta["target"]))
            for text, meta in zip(rows["documents"] or [], rows["metadatas"] or [], strict=True)
        ]
        return tuple(sorted(found, key=lambda question: (question.target, question.text)))

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

    def text(self, source: str) -> str:
        """The full text of a source, to which all offsets refer."""
        with (self._folder / "texts" / f"{_file_name(source)}.txt").open(encoding="utf-8", newline="") as file:
            return file.read()


def current_folder(home: Path) -> Path:
    """The folder of the generation that serves. Raises IndexMissing when there is none."""
    try:
        name = (home / _CURRENT).read_text(encoding="utf-8").strip()
    except OSError:
        raise IndexMissing(f"there is no search index in {home}.", remedy="Run: hjemmel ingest") from None
    if not (home / name).is_dir():
        raise IndexMissing(f"the generation {name!r} named in {home / _CURRENT} is gone.", remedy="Run: hjemmel ingest")
    return home / name


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


@contextmanager
def writing(home: Path) -> Iterator[None]:
    """Hold the one writer's lock. Raises IndexBusy when another process holds it."""
    from filelock import FileLock, Timeout

    home.mkdir(parents=True, exist_ok=True)
    lock = FileLock(home / "writer.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise IndexBusy(
            f"another process is writing {home}.", remedy="Wait until it is done, then try again."
        ) from None
    try:
        yield
    finally:
        lock.release()


def write_generation(
    home: Path,
    manifest: Manifest,
    *,
    documents: Sequence[Document],
    chunks: Sequence[Chunk],
    questions: Sequence[Question],
    vectors: dict[str, Vectors],
    on_progress: Callable[[int, int], None],
) -> Path:
    """Write a complete generation beside the others, verify it, then switch to it atomically.

    The caller holds ``writing(home)``. Whatever happens before the switch, the old generation goes on serving.
    Raises IndexDamaged when what was written does not read back.
    """
    target = home / f"gen-{manifest.generation}"
    scratch = home / f"tmp-{manifest.generation}-{os.getpid()}"
    for leftover in home.glob("tmp-*"):
        shutil.rmtree(leftover, ignore_errors=True)
    (scratch / "texts").mkdir(parents=True)
    for document in documents:
        (scratch / "texts" / f"{_file_name(document.source)}.txt").write_text(
            document.text, encoding="utf-8", newline=""
        )
    client = _client(scratch)
    total = len(chunks) + len(questions)
    done = 0
    space = {"hnsw:space": "cosine"}
    collection = client.create_collection("chunks", embedding_function=None, metadata=space)
    for at in range(0, len(chunks), _BATCH):
        batch = chunks[at : at + _BATCH]
        collection.add(
            ids=[chunk.id for chunk in batch],
            documents=[chunk.text for chunk in batch],
            metadatas=[_metadata(chunk) for chunk in batch],
            embeddings=np.stack([vectors[chunk.id] for chunk in batch]),
        )
        done += len(batch)
        on_progress(done, total)
    collection = client.create_collection("questions", embedding_function=None, metadata=space)
    for at in range(0, len(questions), _BATCH):
        some = questions[at : at + _BATCH]
        collection.add(
            ids=[question.id for question in some],
            documents=[question.text for question in some],
            metadatas=[{"target": question.target} for question in some],
            embeddings=np.stack([vectors[question.id] for question in some]),
        )
        done += len(some)
        on_progress(done, total)
    write_manifest(scratch, manifest)
    _close(client)
    _verify(scratch, manifest, chunks, vectors)
    if target.exists():
        shutil.rmtree(target)
    scratch.rename(target)
    _switch(home, target.name)
    _tidy(home, keep=target.name)
    return target


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
            nearest = index.nearest_chunks(vectors[chunk.id], 1)
            if not nearest or nearest[0][1] < 0.99:
                raise IndexDamaged(
                    f"the new index does not find its own source {source}.", remedy="Run: hjemmel ingest --rebuild"
                )
    finally:
        _close(index._client)


def _switch(home: Path, name: str) -> None:
    scratch = home / f"{_CURRENT}.{os.getpid()}"
    scratch.write_text(name + "\n", encoding="utf-8")
    os.replace(scratch, home / _CURRENT)


def _tidy(home: Path, *, keep: str) -> None:
    """Drop all but the newest generations, the serving one always kept."""
    others = sorted((path for path in home.glob("gen-*") if path.name != keep), key=lambda path: path.stat().st_mtime)
    for path in others[: max(0, len(others) - (_KEEP - 1))]:
        shutil.rmtree(path, ignore_errors=True)


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


def _metadata(chunk: Chunk) -> dict[str, str | int]:
    return {
        "source": chunk.source,
        "law": chunk.provision.law,
        "section": chunk.provision.section,
        "heading": chunk.heading,
        "path": json.dumps(chunk.path, ensure_ascii=False),
        "start": chunk.start,
        "end": chunk.end,
        "embed_text": chunk.embed_text,
        "sentences": json.dumps([_sentence_row(sentence) for sentence in chunk.sentences], ensure_ascii=False),
    }


def _sentence_row(sentence: Sentence) -> list[Any]:
    deadline = [sentence.deadline.limit, sentence.deadline.start] if sentence.deadline else None
    return [
        sentence.start, sentence.end, sentence.modality.value, sentence.ledd, sentence.part.value, deadline,
        list(sentence.ages),
    ]  # fmt: skip


def _chunk(text: str, meta: Any) -> Chunk:
    return Chunk(
        source=meta["source"],
        provision=ProvisionRef(law=meta["law"], section=meta["section"]),
        heading=meta["heading"],
        path=tuple(json.loads(meta["path"])),
        start=meta["start"],
        end=meta["end"],
        text=text,
        embed_text=meta["embed_text"],
        sentences=tuple(_sentence(row) for row in json.loads(meta["sentences"])),
    )


def _sentence(row: list[Any]) -> Sentence:
    start, end, modality, ledd, part, deadline, ages = row
    return Sentence(
        start=start,
        end=end,
        modality=Modality(modality),
        ledd=ledd,
        part=Part(part),
        deadline=Deadline(limit=deadline[0], start=deadline[1]) if deadline else None,
        ages=tuple(ages),
    )
