"""Make the reply from what was drafted and what passed the gate; statuses are decided here, by code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.compose.drafts import CardDraft
from bot.confidence import Thresholds
from bot.inforce import card_notices
from bot.reply import Answer, Dropped, Language, Passage, Provenance, Refusal, Reply, Status, Trace
from bot.retrieve import Hit
from bot.texts import say
from bot.verify import Verified, verify
from corpus.chunk import Chunk
from corpus.crosswalk import Currency
from corpus.knowledge import Knowledge
from corpus.provision import ProvisionRef
from corpus.source import Source
from corpus.statute import Provision
from corpus.statute import Status as LawStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class CardBase:
    """What cards are made with, the same for every question."""

    knowledge: Knowledge
    provisions: Mapping[ProvisionRef, Provision]
    sources: Mapping[str, Source]
    provenance: Provenance
    thresholds: Thresholds
    currency: Currency

    @property
    def idle(self) -> frozenset[ProvisionRef]:
        """The provisions that are not in force."""
        return frozenset(ref for ref, known in self.provisions.items() if known.status is LawStatus.NOT_IN_FORCE)


def passages_of(hits: Sequence[Hit], count: int = 8) -> tuple[Passage, ...]:
    """The ranked passages as they are reported; scores are shares of the best one's."""
    top = hits[0].score if hits else 1.0
    return tuple(
        Passage(
            rank=rank,
            chunk=hit.chunk.id,
            provision=hit.chunk.provision,
            source=hit.chunk.source,
            heading=hit.chunk.heading,
            score=round(hit.score / top, 4),
            found_by=hit.found_by,
        )
        for rank, hit in enumerate(hits[:count], start=1)
    )


def finish(
    base: CardBase,
    draft: CardDraft,
    chunks: Mapping[str, Chunk],
    *,
    language: Language,
    confidence: float,
    acute: bool,
    notices: Sequence[str],
    hits: Sequence[Hit],
    trace: Trace,
) -> Reply:
    """Verify a draft and make the card; a draft whose short answer does not survive becomes a refusal."""
    urls = {source.id: source.url for source in base.sources.values() if source.url}
    parts = {
        name: verify(getattr(draft, name), chunks, urls)
        for name in ("short_answer", "conditions", "deadlines", "ages", "exceptions")
    }
    dropped = tuple(item for part in parts.values() for item in part.dropped)
    trace = _with_dropped(trace, dropped)
    if not parts["short_answer"].claims:
        return refusal(base, Status.NOT_IN_SOURCES, language, hits=hits, notices=notices, trace=trace)
    claims = tuple(claim for part in parts.values() for claim in part.claims)
    all_notices = [
        *notices,
        *card_notices(
            parts["short_answer"].claims,
            sources=base.sources,
            laws=base.knowledge.laws,
            currency=base.currency,
            provisions=base.provisions,
            language=language,
        ),
    ]
    status = _status(parts["short_answer"], confidence, base.thresholds)
    if not draft.situation and (language == "en" or draft.missing):
        # The passages are Norwegian, and only the glossary joins them to an English question; or little was told.
        status = Status.PARTIAL
    if status is Status.PARTIAL:
        all_notices.append(say("loose_fit", language))
    if acute:
        status = Status.ACUTE
        all_notices.insert(0, say("acute", language))
    cited = dict.fromkeys(citation.provision.whole for claim in claims for citation in claim.citations)
    return Answer(
        status=status,
        language=language,
        title=draft.title,
        short_answer=parts["short_answer"].claims,
        conditions=parts["conditions"].claims,
        deadlines=parts["deadlines"].claims,
        ages=parts["ages"].claims,
        exceptions=parts["exceptions"].claims,
        binds=_bound(cited, base.provisions),
        missing=draft.missing,
        see_also=tuple(ref for ref in draft.see_also if ref not in cited),
        notices=tuple(dict.fromkeys(all_notices)),
        common_mistake=draft.common_mistake,
        passages=passages_of(hits),
        provenance=base.provenance,
        trace=trace,
    )


def refusal(
    base: CardBase,
    status: Status,
    language: Language,
    *,
    hits: Sequence[Hit] = (),
    notices: Sequence[str] = (),
    trace: Trace,
    message: str = "",
    anonymised: str = "",
    ask: Sequence[str] = (),
) -> Refusal:
    """Refuse, with the nearest passages and whom to ask."""
    return Refusal(
        status=status,
        language=language,
        message=message or say(status.value, language),
        ask=tuple(ask) or tuple(say(key, language) for key in ("ask_leader", "ask_barnevern", "ask_statsforvalter")),
        notices=tuple(notices),
        anonymised=anonymised,
        passages=passages_of(hits, 5),
        provenance=base.provenance,
        trace=trace,
    )


def _status(short: Verified, confidence: float, thresholds: Thresholds) -> Status:
    if confidence < thresholds.answer or short.dropped:
        return Status.PARTIAL
    return Status.ANSWERED


def _bound(cited: Mapping[ProvisionRef, None], provisions: Mapping[ProvisionRef, Provision]) -> tuple[str, ...]:
    bound = (who for ref in list(cited)[:2] if ref in provisions for who in provisions[ref].binds)
    return tuple(dict.fromkeys(bound))


def _with_dropped(trace: Trace, dropped: Sequence[Dropped]) -> Trace:
    return replace(trace, dropped=tuple(dropped))
