"""Tell when a question or a card meets law that has moved: renumbered, repealed, not in force, historical."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.reply import Claim, Language
from bot.texts import say
from corpus.law import LawRegistry
from corpus.provision import ProvisionRef
from corpus.reference import Reference
from corpus.source import Binding, Kind, Source
from corpus.statute import Provision, Status


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """Leads an old name of a provision to those that took over."""

    now: Mapping[ProvisionRef, tuple[ProvisionRef, ...]]
    reused: Mapping[ProvisionRef, tuple[ProvisionRef, ...]]
    """Old numbers that belong to another rule today, and where the old rule went."""

    @classmethod
    def of(cls, provisions: Iterable[Provision]) -> Crosswalk:
        """Read ``formerly``, ``reused`` and ``replaced_by`` of every provision."""
        now: dict[ProvisionRef, list[ProvisionRef]] = {}
        reused: dict[ProvisionRef, list[ProvisionRef]] = {}
        for provision in provisions:
            for old in provision.formerly:
                now.setdefault(old, []).append(provision.ref)
            for old in provision.reused:
                reused.setdefault(old, []).append(provision.ref)
            if provision.status is Status.REPEALED:
                now.setdefault(provision.ref, []).extend(provision.replaced_by)
        return cls(
            now={old: tuple(new) for old, new in now.items()}, reused={old: tuple(new) for old, new in reused.items()}
        )

    def lead(self, ref: ProvisionRef) -> tuple[ProvisionRef, ...]:
        """The provisions that hold the rule now; the provision itself when it has not moved."""
        return self.now.get(ref.whole, (ref.whole,))


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
    claims: Iterable[Claim], *, sources: Mapping[str, Source], laws: LawRegistry,
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
