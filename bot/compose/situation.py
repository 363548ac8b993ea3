"""Draft a card from a situation card that fits the question."""

from __future__ import annotations

from collections.abc import Callable

from bot.compose.drafts import CardDraft
from bot.reply import Language
from bot.verify import Draft, Support, find_quote
from corpus.chunk import Chunk
from corpus.provision import ProvisionRef
from corpus.situation import Situation, SituationClaim

ChunksOf = Callable[[ProvisionRef], tuple[Chunk, ...]]


def from_situation(situation: Situation, chunks_of: ChunksOf, language: Language = "nb") -> CardDraft:
    """Carry over every claim of the card; each names the chunk in which its quote stands.

    Claims that somebody has written in nynorsk or English are shown so; the rest stay in bokmål.
    """

    def drafts(claims: tuple[SituationClaim, ...]) -> tuple[Draft, ...]:
        return tuple(_draft(claim, chunks_of, language) for claim in claims)

    return CardDraft(
        title=situation.title,
        short_answer=drafts(situation.answer),
        conditions=drafts(situation.conditions),
        deadlines=drafts(situation.deadlines),
        ages=drafts(situation.ages),
        exceptions=drafts(situation.exceptions),
        missing=situation.missing,
        see_also=situation.see_also,
        common_mistake=situation.common_mistake,
        situation=situation.id,
    )


def _draft(claim: SituationClaim, chunks_of: ChunksOf, language: Language) -> Draft:
    support = []
    for basis in claim.basis:
        candidates = chunks_of(basis.provision)
        holder = next((chunk for chunk in candidates if find_quote(chunk.text, basis.quote)), None)
        chunk = holder or (candidates[0] if candidates else None)
        support.append(Support(chunk=chunk.id if chunk else str(basis.provision), quote=basis.quote))
    translation = {"nb": "", "nn": claim.nn, "en": claim.en}[language]
    return Draft(text=claim.text, modality=claim.modality, support=tuple(support), translation=translation)
