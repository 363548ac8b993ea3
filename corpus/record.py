"""Write a chunk as the flat metadata that Chroma stores, and read it back unchanged."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from corpus.chunk import Chunk
from corpus.modality import Modality
from corpus.provision import ProvisionRef
from corpus.sentence import Deadline, Part, Sentence


def metadata_of(chunk: Chunk) -> dict[str, str | int]:
    """Everything of a chunk but its text; lists become JSON, since Chroma holds flat values only."""
    return {
        "source": chunk.source,
        "law": chunk.provision.law,
        "section": chunk.provision.section,
        "heading": chunk.heading,
        "path": json.dumps(chunk.path, ensure_ascii=False),
        "start": chunk.start,
        "end": chunk.end,
        "embed_text": chunk.embed_text,
        "sentences": json.dumps([_row(sentence) for sentence in chunk.sentences], ensure_ascii=False),
    }


def chunk_of(text: str, metadata: Mapping[str, Any]) -> Chunk:
    """The chunk that was stored with this text and metadata."""
    return Chunk(
        source=metadata["source"],
        provision=ProvisionRef(law=metadata["law"], section=metadata["section"]),
        heading=metadata["heading"],
        path=tuple(json.loads(metadata["path"])),
        start=metadata["start"],
        end=metadata["end"],
        text=text,
        embed_text=metadata["embed_text"],
        sentences=tuple(_sentence(row) for row in json.loads(metadata["sentences"])),
    )


def _row(sentence: Sentence) -> list[Any]:
    deadline = [sentence.deadline.limit, sentence.deadline.start] if sentence.deadline else None
    facts = [sentence.modality.value, sentence.ledd, sentence.part.value, deadline, list(sentence.ages)]
    return [sentence.start, sentence.end, *facts]


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
