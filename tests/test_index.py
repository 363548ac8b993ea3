"""Generations: what is written reads back, one writer at a time, and a crash leaves the old one serving."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpus import generation
from corpus.concepts import ConceptFinder
from corpus.document import Document
from corpus.errors import IndexBusy, IndexDamaged, IndexMissing, IndexStale, IndexUnwritable
from corpus.generation import writing
from corpus.index import Index, open_index, write_generation
from corpus.manifest import Manifest, SourceEntry
from corpus.searched import Searched, searched_texts
from corpus.source import Binding, Kind
from tests.tiny import HashEmbedder, tiny_chunks, tiny_questions

SOURCE = "lov/1999-07-02-64"


def build(home: Path, *, count: int = 5, generation: str = "g1") -> Path:
    embedder = HashEmbedder()
    text, chunks = tiny_chunks(SOURCE, count)
    questions = tiny_questions()
    texts = {chunk.id: chunk.embed_text for chunk in chunks} | {question.id: question.text for question in questions}
    vectors = dict(zip(texts, embedder.passages(list(texts.values())), strict=True))
    entry = SourceEntry(
        id=SOURCE, title="Prøvelov", kind=Kind.LOV, binding=Binding.BINDENDE, path="x.toml", file_hash="h", chunks=count
    )
    manifest = Manifest(
        generation=generation, corpus="c", embedder="hash", chunks=count, questions=len(questions), sources=(entry,)
    )
    with writing(home):
        return write_generation(
            home,
            manifest,
            documents=[Document(source=SOURCE, text=text, sections=())],
            chunks=chunks,
            questions=questions,
            vectors=vectors,
            searched=Searched.of(searched_texts(chunks, questions, ()), ConceptFinder(())),
            on_progress=lambda done, total: None,
        )


def test_what_is_written_reads_back_exactly(tmp_path: Path) -> None:
    build(tmp_path)
    text, chunks = tiny_chunks(SOURCE)
    opened = open_index(tmp_path, embedder="hash", corpus="c")
    assert opened.chunks() == chunks
    assert opened.questions() == tuple(sorted(tiny_questions(), key=lambda q: (q.target, q.text)))
    assert opened.text(SOURCE) == text
    for chunk in opened.chunks():
        assert opened.text(SOURCE)[chunk.start : chunk.end] == chunk.text
    vector = HashEmbedder().question(chunks[2].embed_text)
    assert opened.nearest_chunks(vector, 3)[0] == (chunks[2].id, pytest.approx(1.0, abs=1e-5))


def test_an_index_refuses_another_embedder_and_other_content(tmp_path: Path) -> None:
    build(tmp_path)
    with pytest.raises(IndexStale, match="embedded with other"):
        open_index(tmp_path, embedder="other")
    with pytest.raises(IndexStale, match="has changed"):
        open_index(tmp_path, corpus="d")


def test_no_index_and_a_lost_generation_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="hjemmel ingest"):
        open_index(tmp_path)
    (tmp_path / "CURRENT").write_text("gen-borte\n")
    with pytest.raises(IndexMissing, match="is gone"):
        open_index(tmp_path)


def test_a_reader_keeps_its_generation_when_a_new_one_is_switched_to(tmp_path: Path) -> None:
    build(tmp_path, count=3, generation="g1")
    old = open_index(tmp_path)
    build(tmp_path, count=5, generation="g2")
    assert (len(old.chunks()), len(open_index(tmp_path).chunks())) == (3, 5)


def test_older_generations_are_cleared_away(tmp_path: Path) -> None:
    for number in range(4):
        build(tmp_path, count=3 + number, generation=f"g{number}")
    assert len(list(tmp_path.glob("gen-*"))) == 2
    assert list(tmp_path.glob("tmp-*")) == []


def test_the_same_generation_built_again_never_touches_the_one_that_serves(tmp_path: Path) -> None:
    first = build(tmp_path)
    serving = open_index(tmp_path)
    second = build(tmp_path)
    assert first != second
    assert len(serving.chunks()) == len(open_index(tmp_path).chunks()) == 5
    third = build(tmp_path)
    assert {path.name for path in tmp_path.glob("gen-*")} == {second.name, third.name}


def test_a_damaged_index_is_named_as_such(tmp_path: Path) -> None:
    folder = build(tmp_path)
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["chunks"] = 99
    (folder / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(IndexDamaged, match="--rebuild"):
        open_index(tmp_path)
    (folder / "manifest.json").write_text("{")
    with pytest.raises(IndexDamaged, match="manifest"):
        open_index(tmp_path)


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            f"import time; from pathlib import Path; from corpus.generation import writing\n"
            f"with writing(Path({str(tmp_path)!r})): print('held', flush=True); time.sleep(30)",
        ],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parent.parent,
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(IndexBusy, match="another process"), writing(tmp_path):
            pass
    finally:
        holder.kill()
        holder.communicate()
    with writing(tmp_path):
        pass


def test_a_crash_before_the_switch_leaves_the_old_generation_serving(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tmp_path, count=3, generation="g1")

    def crash(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(generation, "point_at", crash)
    with pytest.raises(IndexUnwritable, match="disk full"):
        build(tmp_path, count=5, generation="g2")
    monkeypatch.undo()
    assert len(open_index(tmp_path).chunks()) == 3
    build(tmp_path, count=5, generation="g2")
    assert len(open_index(tmp_path).chunks()) == 5


@pytest.mark.parametrize("after", [0.2, 0.6, 1.2])
def test_a_killed_writer_leaves_the_old_generation_serving(tmp_path: Path, after: float) -> None:
    build(tmp_path, count=3, generation="g1")
    script = (
        "from pathlib import Path; from tests.test_index import build\n"
        "print('begun', flush=True)\n"
        f"for n in range(50): build(Path({str(tmp_path)!r}), count=40 + n, generation=f'k{{n}}')"
    )
    writer = subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parent.parent
    )
    assert writer.stdout is not None
    assert writer.stdout.readline() == "begun\n"
    time.sleep(after)
    os.kill(writer.pid, signal.SIGKILL)
    writer.communicate()
    opened = open_index(tmp_path)
    assert len(opened.chunks()) == opened.manifest.chunks
    build(tmp_path, count=5, generation="g2")
    assert len(open_index(tmp_path).chunks()) == 5
    assert list(tmp_path.glob("tmp-*")) == []


def test_an_index_that_lost_a_chunk_does_not_verify(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(tmp_path, count=3, generation="g1")
    monkeypatch.setattr(Index, "chunks", lambda self: ())
    with pytest.raises(IndexDamaged, match="lost chunks"):
        build(tmp_path, count=5, generation="g2")
    monkeypatch.undo()
    assert len(open_index(tmp_path).chunks()) == 3
