"""The whole ingest on one screen: read, repair, segment, chunk, audit, embed, write, verify, switch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

import numpy as np

from corpus.chunk import Chunk, Question, content_id
from corpus.concepts import ConceptFinder
from corpus.document import Document
from corpus.embed import Embedder, Vectors
from corpus.errors import IndexProblem, SourceUnreadable
from corpus.field import fit_field
from corpus.generation import current_folder, writing
from corpus.guidance import load_guidance
from corpus.index import Index, in_order, open_index, questions_in_order, write_generation
from corpus.knowledge import Knowledge, fingerprint
from corpus.manifest import FORMAT, Manifest, SourceEntry, folders_in
from corpus.searched import Searched, searched_texts
from ingest.chunker import chunk_document
from ingest.folder import ReadFile, files_in, hash_of, passed_over, read_file, source_id
from ingest.report import LeftOut, Report

_EMBED_BATCH = 256


class Progress(Protocol):
    """Told how far each step is; ``total`` may be 0 when it is not known."""

    def __call__(self, step: str, done: int, total: int) -> None: ...


def silent(step: str, done: int, total: int) -> None:
    """A progress that nobody watches."""


@dataclass(kw_only=True)
class _Gathered:
    """What one ingest has collected so far."""

    documents: list[Document] = field(default_factory=list)
    chunks: list[Chunk] = field(default_factory=list)
    entries: list[SourceEntry] = field(default_factory=list)
    read: list[str] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


def ingest(
    home: Path, knowledge: Knowledge, embedder: Embedder, *, folders: Sequence[Path] = (), forget: Sequence[Path] = (),
    rebuild: bool = False, progress: Progress = silent,
) -> Report:  # fmt: skip
    """Bring the index up to date with the knowledge base and the operator's folders.

    Folders that were given before stay, until they are forgotten. Files whose content is unchanged are not read
    again, and vectors of unchanged passages are not computed again. Raises IndexBusy when another ingest runs.
    """
    with writing(home):
        before = _before(home)
        known = _known_folders(home)
        gone = {path.resolve() for path in forget}
        wanted = tuple(path for path in dict.fromkeys(p.resolve() for p in (*known, *folders)) if path not in gone)
        gathered = _Gathered()
        _gather_knowledge(gathered, knowledge, progress)
        for folder in wanted:
            _gather_folder(gathered, folder, knowledge, None if rebuild else before, progress)
        questions = knowledge.learned
        manifest = _manifest(gathered, questions, embedder, wanted)
        removed = _removed(before, gathered)
        if before is not None and not rebuild and before.manifest.generation == manifest.generation:
            return _report(manifest, gathered, changed=False, removed=(), embedded=0)
        vectors, embedded = _embed(gathered.chunks, questions, embedder, None if rebuild else before, progress)
        manifest = manifest.model_copy(update={"field": _field(questions, knowledge, embedder, vectors)})
        write_generation(
            home, manifest, documents=gathered.documents, chunks=gathered.chunks, questions=questions, vectors=vectors,
            searched=_searched(gathered.chunks, questions, knowledge),
            on_progress=lambda done, total: progress("skriver", done, total),
        )  # fmt: skip
        return _report(manifest, gathered, changed=True, removed=removed, embedded=embedded)


def knowledge_documents(knowledge: Knowledge) -> tuple[Document, ...]:
    """The documents that ship with the project, in the register's order."""
    statutes = {statute.document.source: statute.document for statute in knowledge.statutes}
    return tuple(
        statutes[source.id] if source.id in statutes else load_guidance(source.path, source=source.id)
        for source in knowledge.sources
    )


def _gather_knowledge(gathered: _Gathered, knowledge: Knowledge, progress: Progress) -> None:
    documents = knowledge_documents(knowledge)
    for done, (source, document) in enumerate(zip(knowledge.sources, documents, strict=True), start=1):
        chunks = chunk_document(document, knowledge.laws, title=source.title)
        gathered.documents.append(document)
        gathered.chunks += chunks
        relative = replace(source, path=Path(source.path.name))
        gathered.entries.append(SourceEntry.of(relative, file_hash=hash_of(source.path), chunks=len(chunks)))
        gathered.read.append(source.id)
        progress("leser kunnskapsbasen", done, len(documents))


def _gather_folder(
    gathered: _Gathered, folder: Path, knowledge: Knowledge, before: Index | None, progress: Progress
) -> None:
    if not folder.is_dir():
        _keep_what_was(gathered, folder, before)
        return
    gathered.left_out += passed_over(folder)
    files = files_in(folder)
    for done, path in enumerate(files, start=1):
        try:
            _gather_file(gathered, path, folder, knowledge, before)
        except SourceUnreadable as error:
            gathered.left_out.append(LeftOut(path=str(path), why=error.what, remedy=error.remedy))
        except OSError as error:
            why = f"filen kan ikke leses ({error.strerror or error})."
            gathered.left_out.append(LeftOut(path=str(path), why=why, remedy="Gi lesetilgang, eller ta den bort."))
        progress(f"leser {folder.name}", done, len(files))


def _gather_file(gathered: _Gathered, path: Path, folder: Path, knowledge: Knowledge, before: Index | None) -> None:
    old = before.manifest.source(source_id(path, folder)) if before is not None else None
    if before is not None and old is not None and old.file_hash == hash_of(path) and old.folder == str(folder):
        _take_over(gathered, before, old)
    else:
        _add(gathered, read_file(path, folder), folder, knowledge)


def _add(gathered: _Gathered, file: ReadFile, folder: Path, knowledge: Knowledge) -> None:
    chunks = chunk_document(file.document, knowledge.laws, title=file.source.title)
    gathered.documents.append(file.document)
    gathered.chunks += chunks
    gathered.entries.append(
        SourceEntry.of(
            file.source, file_hash=file.file_hash, chunks=len(chunks), repairs=file.repairs, findings=file.findings,
            folder=str(folder),
        )
    )  # fmt: skip
    gathered.read.append(file.source.id)


def _take_over(gathered: _Gathered, before: Index, entry: SourceEntry) -> None:
    """Carry a source over from the generation before, without reading its file."""
    gathered.documents.append(Document(source=entry.id, text=before.text(entry.id), sections=()))
    gathered.chunks += [chunk for chunk in before.chunks() if chunk.source == entry.id]
    gathered.entries.append(entry)


def _keep_what_was(gathered: _Gathered, folder: Path, before: Index | None) -> None:
    """A folder that cannot be reached now keeps what was read from it; nothing is lost in silence."""
    kept = [entry for entry in (before.manifest.sources if before is not None else ()) if entry.folder == str(folder)]
    if before is not None:
        for entry in kept:
            _take_over(gathered, before, entry)
    gathered.left_out.append(
        LeftOut(
            path=str(folder),
            why=f"mappen finnes ikke nå; {len(kept)} kilder derfra er beholdt slik de var.",
            remedy=f"Legg den tilbake, eller kjør: hjemmel ingest --forget {folder}",
        )
    )


def _manifest(
    gathered: _Gathered, questions: Sequence[Question], embedder: Embedder, folders: Sequence[Path]
) -> Manifest:
    corpus = fingerprint()
    name = content_id(
        str(FORMAT), corpus, embedder.name, *sorted(chunk.id for chunk in gathered.chunks),
        *sorted(question.id for question in questions),
        *(f"{entry.id}={entry.file_hash}" for entry in gathered.entries), *map(str, folders),
    )  # fmt: skip
    return Manifest(
        generation=name[:12], corpus=corpus, embedder=embedder.name, chunks=len(gathered.chunks),
        questions=len(questions), folders=tuple(map(str, folders)), sources=tuple(gathered.entries),
    )  # fmt: skip


def _embed(
    chunks: Sequence[Chunk], questions: Sequence[Question], embedder: Embedder, before: Index | None, progress: Progress
) -> tuple[dict[str, Vectors], int]:
    """Vectors by id; those the generation before already has, by the same model, are taken over."""
    texts = {chunk.id: chunk.embed_text for chunk in chunks} | {question.id: question.text for question in questions}
    old = before.vectors() if before is not None and before.manifest.embedder == embedder.name else {}
    vectors = {key: old[key] for key in texts if key in old}
    fresh = [key for key in texts if key not in vectors]
    for at in range(0, len(fresh), _EMBED_BATCH):
        batch = fresh[at : at + _EMBED_BATCH]
        rows = embedder.passages([texts[key] for key in batch])
        vectors.update({key: np.asarray(row, dtype=np.float32) for key, row in zip(batch, rows, strict=True)})
        progress("lager vektorer", at + len(batch), len(fresh))
    return vectors, len(fresh)


def _field(
    questions: Sequence[Question], knowledge: Knowledge, embedder: Embedder, vectors: dict[str, Vectors]
) -> tuple[float, ...]:
    outside = [question.text for question in knowledge.outside_questions]
    if not outside:
        return ()
    return fit_field(np.stack([vectors[question.id] for question in questions]), embedder.passages(outside)).weights


def _searched(chunks: Sequence[Chunk], questions: Sequence[Question], knowledge: Knowledge) -> Searched:
    texts = searched_texts(in_order(chunks), questions_in_order(questions), knowledge.situations)
    return Searched.of(texts, ConceptFinder(knowledge.glossary))


def _known_folders(home: Path) -> tuple[Path, ...]:
    """The folders given before, also when the index they are in cannot be opened any more."""
    try:
        return tuple(Path(name) for name in folders_in(current_folder(home)))
    except IndexProblem:
        return ()


def _before(home: Path) -> Index | None:
    try:
        return open_index(home)
    except IndexProblem:
        return None


def _removed(before: Index | None, gathered: _Gathered) -> tuple[str, ...]:
    now = {entry.id for entry in gathered.entries}
    return tuple(entry.id for entry in (before.manifest.sources if before else ()) if entry.id not in now)


def _report(manifest: Manifest, gathered: _Gathered, *, changed: bool, removed: Sequence[str], embedded: int) -> Report:
    return Report(
        generation=manifest.generation, changed=changed, sources=manifest.sources, read=tuple(gathered.read),
        removed=tuple(removed), left_out=tuple(gathered.left_out), chunks=manifest.chunks, embedded=embedded,
    )  # fmt: skip
