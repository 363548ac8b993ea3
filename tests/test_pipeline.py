"""Ingest: what is read, mended, left out and carried over; and that nothing is lost."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from corpus.errors import IndexBusy
from corpus.generation import current_folder, writing
from corpus.index import open_index
from corpus.knowledge import Knowledge, fingerprint, load_knowledge
from ingest.pipeline import ingest, knowledge_documents
from tests.shared import shared
from tests.tiny import HashEmbedder


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge()


def folder_with(path: Path, **files: str) -> Path:
    path.mkdir(exist_ok=True)
    for name, text in files.items():
        (path / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return path


ROUTINE = (
    "# Rutine for melding\n\n## Hvem melder\n\nDen som er bekymret, skal melde fra til barnevernstjenesten samme dag.\n"
)


def test_every_chunk_is_an_exact_piece_of_its_source(tmp_path: Path, knowledge: Knowledge) -> None:
    report = ingest(tmp_path, knowledge, HashEmbedder())
    opened = open_index(tmp_path, embedder="hash", corpus=fingerprint())
    chunks = opened.chunks()
    assert len(chunks) == report.chunks > len(knowledge.provisions)
    for chunk in chunks:
        text = opened.text(chunk.source)
        assert text[chunk.start : chunk.end] == chunk.text
        for sentence in chunk.sentences:
            assert text[sentence.start : sentence.end] == chunk.quote(sentence)
    assert {chunk.provision for chunk in chunks} >= set(knowledge.provisions)


def test_every_sentence_is_in_exactly_one_chunk(tmp_path: Path, knowledge: Knowledge) -> None:
    ingest(tmp_path, knowledge, HashEmbedder())
    stored = [(c.source, s.start) for c in open_index(tmp_path).chunks() for s in c.sentences]
    written = [(d.source, s.start) for d in knowledge_documents(knowledge) for sec in d.sections for s in sec.sentences]
    assert sorted(stored) == sorted(written)


def test_an_unchanged_ingest_changes_nothing_and_a_new_file_embeds_only_itself(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    folder = folder_with(tmp_path / "docs", rutine__md=ROUTINE)
    home, embedder = tmp_path / "index", HashEmbedder()
    first = ingest(home, knowledge, embedder, folders=[folder])
    assert first.changed
    assert first.embedded == first.chunks + len(open_index(home).questions())
    again = ingest(home, knowledge, embedder)
    assert not again.changed
    assert again.generation == first.generation
    assert again.embedded == 0
    folder_with(folder, ny__txt="Samarbeidsmøter holdes hver måned. Referat skal skrives samme dag.")
    third = ingest(home, knowledge, embedder)
    assert third.changed
    assert 1 <= third.embedded <= 3
    assert set(third.read) & {"dokument/ny-txt", "dokument/rutine-md"} == {"dokument/ny-txt"}


def test_a_removed_file_is_taken_out_and_reported(tmp_path: Path, knowledge: Knowledge) -> None:
    folder = folder_with(tmp_path / "docs", rutine__md=ROUTINE, to__md=ROUTINE.replace("samme dag", "straks"))
    home = tmp_path / "index"
    ingest(home, knowledge, HashEmbedder(), folders=[folder])
    (folder / "to.md").unlink()
    report = ingest(home, knowledge, HashEmbedder())
    assert report.removed == ("dokument/to-md",)
    assert "dokument/to-md" not in {chunk.source for chunk in open_index(home).chunks()}


def test_a_folder_that_is_away_keeps_what_was_read_and_one_that_is_forgotten_does_not(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    folder = folder_with(tmp_path / "docs", rutine__md=ROUTINE)
    home = tmp_path / "index"
    ingest(home, knowledge, HashEmbedder(), folders=[folder])
    folder.rename(tmp_path / "borte")
    away = ingest(home, knowledge, HashEmbedder())
    assert "dokument/rutine-md" in {entry.id for entry in away.sources}
    assert any("finnes ikke nå" in item.why for item in away.left_out)
    forgotten = ingest(home, knowledge, HashEmbedder(), forget=[folder])
    assert "dokument/rutine-md" not in {entry.id for entry in forgotten.sources}


def test_a_damaged_index_is_rebuilt_with_the_folders_it_knew(tmp_path: Path, knowledge: Knowledge) -> None:
    folder = folder_with(tmp_path / "docs", rutine__md=ROUTINE)
    home = tmp_path / "index"
    ingest(home, knowledge, HashEmbedder(), folders=[folder])
    shutil.rmtree(current_folder(home) / "chroma")
    report = ingest(home, knowledge, HashEmbedder())
    assert "dokument/rutine-md" in {entry.id for entry in report.sources}
    assert len(open_index(home).chunks()) == report.chunks


def test_files_that_cannot_be_read_are_listed_and_the_rest_goes_on(tmp_path: Path, knowledge: Knowledge) -> None:
    folder = folder_with(tmp_path / "docs", rutine__md=ROUTINE, tom__txt="", bilde__png="x", kladd__pdf="ikke en pdf")
    report = ingest(tmp_path / "index", knowledge, HashEmbedder(), folders=[folder])
    left = {Path(item.path).name: item for item in report.left_out}
    assert set(left) == {"tom.txt", "bilde.png", "kladd.pdf"}
    assert all(item.why and item.remedy for item in left.values())
    assert "dokument/rutine-md" in {entry.id for entry in report.sources}
    assert any("kladd.pdf" in line for line in report.lines())


def test_a_file_that_vanishes_or_is_closed_to_us_is_listed(
    tmp_path: Path, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = folder_with(tmp_path / "docs", rutine__md=ROUTINE)
    gone = folder / "borte.md"
    monkeypatch.setattr("ingest.pipeline.files_in", lambda _: (gone, folder / "rutine.md"))
    report = ingest(tmp_path / "index", knowledge, HashEmbedder(), folders=[folder])
    assert [Path(item.path).name for item in report.left_out] == ["borte.md"]
    assert "dokument/rutine-md" in {entry.id for entry in report.sources}


def test_a_second_ingest_waits_for_nobody(tmp_path: Path, knowledge: Knowledge) -> None:
    with writing(tmp_path), pytest.raises(IndexBusy):
        ingest(tmp_path, knowledge, HashEmbedder())


def test_progress_is_told_for_each_step(tmp_path: Path, knowledge: Knowledge) -> None:
    told: dict[str, list[tuple[int, int]]] = {}
    ingest(
        tmp_path,
        knowledge,
        HashEmbedder(),
        progress=lambda step, done, total: told.setdefault(step, []).append((done, total)),
    )
    assert set(told) == {"leser kunnskapsbasen", "lager vektorer", "skriver"}
    assert all(steps[-1][0] == steps[-1][1] for steps in told.values())


def test_the_two_seed_texts_are_repaired_and_their_losses_reported(tmp_path: Path, knowledge: Knowledge) -> None:
    report = ingest(tmp_path / "index", knowledge, HashEmbedder(), folders=[shared("seeds")])
    seeds = {entry.id: entry for entry in report.sources if entry.folder}
    presentation = next(entry for key, entry in seeds.items() if "000" in key)
    circular = next(entry for key, entry in seeds.items() if "002" in key)
    assert any(line.startswith("broken-ligature: 107 ") for line in presentation.repairs), presentation.repairs
    assert not any("ligature" in line for line in circular.repairs)
    assert not any("glyf" in finding.lower() for finding in presentation.findings)
    assert sum("liste" in finding.lower() for finding in circular.findings) >= 3
    assert sum("tabell" in finding.lower() for finding in circular.findings) == 1
    text = open_index(tmp_path / "index").text(presentation.id)
    assert "sammensatt behov" in text
    assert "tilrettelegg" in text.lower()
