"""On Norwegian that is not this field's: all arms together are never worse than words alone."""

from __future__ import annotations

import bz2
import json
from pathlib import Path

from bot.question import Ask
from bot.retrieve import ARMS, Retriever
from bot.understand import Understanding
from corpus.annotate import annotate_all
from corpus.chunk import Chunk
from corpus.concepts import ConceptFinder
from corpus.document import Document
from corpus.embed import StaticEmbedder
from corpus.generation import writing
from corpus.index import in_order, open_index, write_generation
from corpus.knowledge import load_knowledge
from corpus.manifest import Manifest, SourceEntry
from corpus.provision import ProvisionRef
from corpus.searched import Searched, searched_texts
from corpus.source import Binding, Kind
from tests.shared import shared

_QUESTIONS = 600
_LENGTH = 600


def test_fused_is_never_below_its_lexical_arm(tmp_path: Path) -> None:
    rows = _rows(shared("data/norquad/norquad_train.jsonl.bz2"))
    passages = list(dict.fromkeys(passage for _, passage in rows))
    retriever = _retriever(tmp_path, passages)
    knowledge = load_knowledge(bank=False)
    understanding = Understanding(knowledge.laws, knowledge.glossary)
    others = frozenset(ARMS) - {"lexical"}
    hits = {"fused": [0, 0], "lexical": [0, 0]}
    for question, passage in rows:
        understood = understanding.read(Ask(question=question))
        for name, without in (("fused", frozenset[str]()), ("lexical", others)):
            found = [hit.chunk.text for hit in retriever.rank(understood, without=without).hits]
            hits[name][0] += found[:1] == [passage]
            hits[name][1] += passage in found[:5]
    print({name: [round(count / len(rows), 3) for count in counts] for name, counts in hits.items()})
    assert hits["fused"][0] >= hits["lexical"][0]
    assert hits["fused"][1] >= hits["lexical"][1]
    assert hits["fused"][1] / len(rows) > 0.7


def _rows(path: Path) -> list[tuple[str, str]]:
    """Question and the passage around its answer."""
    found = []
    with bz2.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            start = max(0, (row["answer_start"] or [0])[0] - _LENGTH // 2)
            found.append((row["question"], " ".join(row["context"][start : start + _LENGTH].split())))
    return found[:: max(1, len(found) // _QUESTIONS)][:_QUESTIONS]


def _retriever(home: Path, passages: list[str]) -> Retriever:
    text, chunks = "", []
    for number, passage in enumerate(passages):
        start = len(text)
        text += passage + "\n"
        chunks.append(
            Chunk(
                source="dokument/norquad", provision=ProvisionRef("dokument/norquad", f"del-{number}"), heading="",
                path=(), start=start, end=start + len(passage), text=passage, embed_text=passage,
                sentences=annotate_all(text, start, start + len(passage)),
            )
        )  # fmt: skip
    embedder = StaticEmbedder()
    vectors = dict(zip([c.id for c in chunks], embedder.passages(passages), strict=True))
    entry = SourceEntry(
        id="dokument/norquad", title="NorQuAD", kind=Kind.DOKUMENT, binding=Binding.VEILEDENDE, path="n", file_hash="0",
        chunks=len(chunks),
    )  # fmt: skip
    manifest = Manifest(
        generation="norquad", corpus="c", embedder=embedder.name, chunks=len(chunks), questions=0, sources=(entry,)
    )
    finder = ConceptFinder(())
    with writing(home):
        write_generation(
            home, manifest, documents=[Document(source="dokument/norquad", text=text, sections=())], chunks=chunks,
            questions=(), vectors=vectors, searched=Searched.of(searched_texts(in_order(chunks), (), ()), finder),
            on_progress=lambda done, total: None,
        )  # fmt: skip
    return Retriever(open_index(home), embedder, (), finder)
