"""Tell when a question or a card meets law that has moved: renumbered, repealed, not in force, historical."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.reply import Claim, Language
from bot.texts import say
from corpus.crosswalk import Crosswalk, Currency
from corpus.law import LawRegistry
from corpus.provision import ProvisionRef
from corpus.reference import Reference
from corpus.source import Binding, Kind, Source
from corpus.statute import Provision, Status


def question_notices(
    references: Iterable[Reference], acts: Iterable[str], *, crosswalk: Crosswalk, laws: LawRegistry,
    provisions: Mapping[ProvisionRef, Provision], language: Language,
) -> tuple[str, ...]:  # fmt: skip
    """Say what has moved of what the question names."""
    found: list[str] = []
    for reference in references:
        if reference.provision is None:
            continue
        whole = reference.provision.whole
        lead = crosswalk.lead(whole)
        if lead != (whole,):
            found.append(
                say("renumbered", language, old=laws.label(whole), new=" / ".join(laws.label(ref) for ref in lead))
            )
        moved = crosswalk.reused.get(whole, ())
        if moved:
            new = " / ".join(laws.label(ref) for ref in moved)
            found.append(say("reused", language, old=laws.label(whole), new=new))
        found += _status_notices(lead, laws, provisions, language)
    for act in acts:
        law = laws.get(act)
        if law is not None and law.status in (Status.NOT_IN_FORCE, Status.REPEALED) and law.note:
            found.append(law.note)
    return tuple(dict.fromkeys(found))


def card_notices(
    claims: Iterable[Claim], *, sources: Mapping[str, Source], laws: LawRegistry, currency: Currency,
    provisions: Mapping[ProvisionRef, Provision], language: Language,
) -> tuple[str, ...]:  # fmt: skip
    """Say what a reader must know of the sources that the claims rest on."""
    found: list[str] = []
    every = tuple(claims)
    cited = dict.fromkeys(citation.provision.whole for claim in every for citation in claim.citations)
    found += _status_notices(cited, laws, provisions, language)
    used = [sources[s] for s in dict.fromkeys(c.source for claim in every for c in claim.citations) if s in sources]
    for source in used:
        if source.binding is Binding.HISTORISK:
            found.append(say("historical", language, title=source.title))
        elif source.kind not in (Kind.LOV, Kind.FORSKRIFT):
            found += [f"{source.title}: {warning}" for warning in source.warnings]
    for citation in (citation for claim in every for citation in claim.citations):
        told = sources.get(citation.source)
        if told is None or told.kind in (Kind.LOV, Kind.FORSKRIFT):
            continue
        for overtaken in currency.overtaken(citation.quote, told.state_of_law):
            now = " / ".join(laws.label(ref) for ref in overtaken.now)
            found.append(say("overtaken", language, title=told.title, name=laws.label(overtaken.named), now=now))
    if used and all(source.kind not in (Kind.LOV, Kind.FORSKRIFT) for source in used):
        found.append(say("guidance_only", language))
    return tuple(dict.fromkeys(found))


def _status_notices(
    refs: Iterable[ProvisionRef], laws: LawRegistry, provisions: Mapping[ProvisionRef, Provision], language: Language
) -> list[str]:
    found = []
    for ref in refs:
        provision = provisions.get(ref)
        if provision is None:
            continue
        if provision.status is Status.NOT_IN_FORCE:
            found.append(say("not_in_force", language, name=laws.label(ref)))
        elif provision.status is Status.PENDING:
            found.append(say("pending", language, name=laws.label(ref)))
    return found
