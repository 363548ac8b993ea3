"""Write a reply in the machine form that evaluators rely on; docs/reply.schema.json describes it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.reply import Answer, Citation, Claim, Passage, Reply


def to_machine(reply: Reply, *, id: str, ms: float) -> dict[str, Any]:
    """Return the reply as JSON-ready values. ``ms`` is the time the answer took, in milliseconds."""
    answer = reply if isinstance(reply, Answer) else None
    provenance = reply.provenance
    return {
        "id": id,
        "status": reply.status.value,
        "language": reply.language,
        "message": "" if isinstance(reply, Answer) else reply.message,
        "notices": list(reply.notices),
        "short_answer": _claims(answer.short_answer if answer else ()),
        "conditions": _claims(answer.conditions if answer else ()),
        "deadlines": _claims(answer.deadlines if answer else ()),
        "ages": _claims(answer.ages if answer else ()),
        "exceptions": _claims(answer.exceptions if answer else ()),
        "see_also": [str(ref) for ref in answer.see_also] if answer else [],
        "missing": list(answer.missing) if answer else [],
        "passages": [_passage(passage) for passage in reply.passages],
        "provenance": {
            "corpus": provenance.corpus,
            "generation": provenance.generation,
            "embedder": provenance.embedder,
            "model": provenance.model,
        },
        "ms": round(ms, 1),
    }


def _claims(claims: tuple[Claim, ...]) -> list[dict[str, Any]]:
    return [
        {"text": claim.text, "modality": claim.modality.value, "citations": [_citation(c) for c in claim.citations]}
        for claim in claims
    ]


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        "provision": str(replace(citation.provision, ledd="", bokstav="")),
        "ledd": citation.provision.ledd or None,
        "source": citation.source,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "url": citation.url,
    }


def _passage(passage: Passage) -> dict[str, Any]:
    return {
        "rank": passage.rank,
        "provision": str(passage.provision),
        "source": passage.source,
        "score": passage.score,
        "found_by": list(passage.found_by),
    }
