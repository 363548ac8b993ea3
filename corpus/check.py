"""Find what is wrong in the knowledge base: dead references, unsupported numbers, misquotes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from corpus.agreement import modality_agrees, numbers_missing, sections_missing
from corpus.bank_check import check_bank
from corpus.coverage import check_coverage
from corpus.document import Document, Section
from corpus.finding import Finding
from corpus.knowledge import Knowledge
from corpus.provision import ProvisionRef
from corpus.sentence import Sentence
from corpus.situation import Basis, Situation, SituationClaim
from corpus.statute import Status

MakeFinding = Callable[[str, str, str], Finding]


def check(knowledge: Knowledge, documents: Sequence[Document]) -> Iterator[Finding]:
    """Check every card, every reference between provisions, the question bank, and what the cards cover."""
    sections = sections_by_provision(documents)
    for situation in knowledge.situations:
        yield from check_situation(situation, sections, knowledge)
    yield from check_references(knowledge, sections)
    cards = {situation.target for situation in knowledge.situations}
    restated = {str(ref) for ref in knowledge.provisions}
    yield from check_bank(
        knowledge.bank, documents, targets=restated | cards, known=cards | {str(ref) for ref in sections}
    )
    yield from check_coverage(knowledge.situations, knowledge.statutes, knowledge.glossary)


def check_references(knowledge: Knowledge, sections: dict[ProvisionRef, tuple[Document, Section]]) -> Iterator[Finding]:
    """Find references of provisions and cards that lead nowhere."""
    for statute in knowledge.statutes:
        source = knowledge.source(statute.document.source)
        path = source.path if source else Path(statute.law)
        for provision in statute.provisions:
            for ref in (*provision.see_also, *provision.replaced_by):
                if ref.whole not in sections:
                    yield Finding(path=path, where=str(provision.ref), what=f"points at {ref}.", remedy=_DEAD)
    for situation in knowledge.situations:
        for ref in situation.see_also:
            if ref.whole not in sections:
                yield Finding(path=situation.path, where="see_also", what=f"points at {ref}.", remedy=_DEAD)


_DEAD = "It is not in the knowledge base: restate it, or drop the reference."


def check_situation(
    situation: Situation, sections: dict[ProvisionRef, tuple[Document, Section]], knowledge: Knowledge
) -> Iterator[Finding]:
    """Check one card against the provisions it cites."""

    def finding(where: str, what: str, remedy: str) -> Finding:
        return Finding(path=situation.path, where=where, what=what, remedy=remedy)

    known = knowledge.provisions
    for claim in situation.claims:
        where = f"«{claim.text[:60]}»"
        quoted: list[str] = []
        for basis in claim.basis:
            found = sections.get(basis.provision.whole)
            if found is None:
                yield finding(where, f"{basis.provision} is not in the knowledge base.", "Cite one that is.")
                continue
            provision = known.get(basis.provision.whole)
            if provision is not None and provision.status in (Status.REPEALED,):
                yield finding(where, f"{basis.provision} is {provision.status}.", "Cite what replaced it.")
            yield from _check_quote(basis, *found, finding=finding, where=where)
            quoted.append(basis.quote)
        yield from _check_claim(claim, quoted, sections, finding=finding, where=where)


def _check_quote(
    basis: Basis, document: Document, section: Section, *, finding: MakeFinding, where: str
) -> Iterator[Finding]:
    text = document.text[section.start : section.end]
    at = text.find(basis.quote)
    if at < 0:
        yield finding(
            where, f"the quote does not stand in {basis.provision.whole}: «{basis.quote[:70]}».", "Copy it exactly."
        )
        return
    start, end = section.start + at, section.start + at + len(basis.quote)
    ledd = {sentence.ledd for sentence in overlapped(section, start, end)}
    if basis.provision.ledd and basis.provision.ledd not in ledd:
        yield finding(
            where, f"the quote stands in ledd {'/'.join(sorted(ledd))}, not {basis.provision.ledd}.", "Mend ledd."
        )


def _check_claim(
    claim: SituationClaim,
    quoted: list[str],
    sections: dict[ProvisionRef, tuple[Document, Section]],
    *,
    finding: MakeFinding,
    where: str,
) -> Iterator[Finding]:
    missing = numbers_missing(claim.text, quoted)
    if missing:
        yield finding(where, f"the numbers {sorted(missing)} stand in no quote.", "Quote the sentence that has them.")
    cited = {basis.provision.section for basis in claim.basis}
    for section in sections_missing(claim.text, quoted, cited):
        yield finding(
            where, f"names {section}, which is neither cited nor quoted.", "Cite it, or say it without the number."
        )
    authored = {
        sentence.modality
        for basis in claim.basis
        if (found := sections.get(basis.provision.whole)) is not None
        for sentence in _quoted_sentences(basis, *found)
    }
    if quoted and not modality_agrees(claim.text, claim.modality, " ".join(quoted), authored):
        yield finding(
            where,
            f"says {claim.modality}, but the quote says {', '.join(sorted(authored))}.",
            "Mend modality or quote.",
        )


def _quoted_sentences(basis: Basis, document: Document, section: Section) -> tuple[Sentence, ...]:
    at = document.text.find(basis.quote, section.start, section.end)
    return overlapped(section, at, at + len(basis.quote)) if at >= 0 else ()


def overlapped(section: Section, start: int, end: int) -> tuple[Sentence, ...]:
    """The sentences of a section that a span touches."""
    return tuple(sentence for sentence in section.sentences if sentence.start < end and sentence.end > start)


def sections_by_provision(documents: Iterable[Document]) -> dict[ProvisionRef, tuple[Document, Section]]:
    """Index the sections of all documents by the provision they hold."""
    return {section.provision: (document, section) for document in documents for section in document.sections}
