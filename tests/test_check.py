"""The check of the knowledge base: each kind of planted fault is found and named, and what ships is clean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.check import check, check_references, check_situation, sections_by_provision
from corpus.finding import Finding
from corpus.knowledge import Knowledge, load_knowledge
from corpus.modality import Modality
from corpus.provision import ProvisionRef
from corpus.situation import Basis, Situation, SituationClaim
from corpus.split import Split
from corpus.statute import Status
from ingest.pipeline import knowledge_documents

BVL = "lov/2021-06-18-97"


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge()


def sentence(knowledge: Knowledge, section: str, word: str) -> tuple[str, str]:
    """A sentence of a provision of barnevernsloven that holds a word, and its ledd."""
    document, found = sections_by_provision(knowledge_documents(knowledge))[ProvisionRef(BVL, section)]
    for item in found.sentences:
        text = document.text[item.start : item.end]
        if word in text and item.ledd:
            return text, item.ledd
    raise AssertionError(f"{section} has no sentence with {word!r}")


def card(claim: SituationClaim, **changes: object) -> Situation:
    plain = Situation(
        id="prove", title="T", situation="S", roles=("lærer",), child_age="", themes=("frist",),
        split=Split.TRAIN, answer=(claim,), conditions=(), deadlines=(), ages=(), exceptions=(), missing=(),
        see_also=(), common_mistake="",
        questions=tuple(f"spørsmål {n}" for n in range(6)), path=Path("prove.toml"),
    )  # fmt: skip
    return replace(plain, **changes)  # type: ignore[arg-type]


def found(knowledge: Knowledge, situation: Situation) -> list[str]:
    sections = sections_by_provision(knowledge_documents(knowledge))
    findings: Iterator[Finding] = check_situation(situation, sections, knowledge)
    return [finding.what for finding in findings]


def claim_on(knowledge: Knowledge, text: str, modality: Modality, **changes: str) -> SituationClaim:
    quote, ledd = sentence(knowledge, "§2-1", "én uke")
    section, ledd = changes.get("section", "§2-1"), changes.get("ledd", ledd)
    basis = Basis(provision=ProvisionRef(BVL, section, ledd), quote=changes.get("quote", quote))
    return SituationClaim(text=text, modality=modality, basis=(basis,))


def test_a_carried_claim_gives_no_finding(knowledge: Knowledge) -> None:
    good = claim_on(knowledge, "Barnevernstjenesten skal gå gjennom meldingen innen én uke.", Modality.PLIKT)
    assert found(knowledge, card(good)) == []


PLANTED = [
    ("Barnevernstjenesten skal gå gjennom meldingen innen to uker.", Modality.PLIKT, {}, "numbers [2]"),
    ("Barnevernstjenesten kan gå gjennom meldingen innen én uke.", Modality.KAN, {}, "says kan"),
    ("Barnevernstjenesten skal etter § 9-9 gjøre det innen én uke.", Modality.PLIKT, {}, "names §9-9"),
    ("Barnevernstjenesten skal gjøre det innen én uke.", Modality.PLIKT, {"ledd": "7"}, "not 7"),
    ("Barnevernstjenesten skal gjøre det.", Modality.PLIKT, {"quote": "Dette sitatet finnes ikke."}, "does not stand"),
    ("Barnevernstjenesten skal gjøre det.", Modality.PLIKT, {"section": "§99-9"}, "not in the knowledge base"),
]


@pytest.mark.parametrize(("text", "modality", "changes", "what"), PLANTED)
def test_each_planted_fault_of_a_claim_is_named(
    knowledge: Knowledge, text: str, modality: Modality, changes: dict[str, str], what: str
) -> None:
    findings = found(knowledge, card(claim_on(knowledge, text, modality, **changes)))
    assert any(what in finding for finding in findings), findings


def test_a_repealed_provision_cannot_be_cited(knowledge: Knowledge) -> None:
    claim = claim_on(knowledge, "Barnevernstjenesten skal gå gjennom meldingen innen én uke.", Modality.PLIKT)
    statutes = tuple(
        replace(
            statute,
            provisions=tuple(
                replace(p, status=Status.REPEALED) if str(p.ref) == f"{BVL}/§2-1" else p for p in statute.provisions
            ),
        )
        for statute in knowledge.statutes
    )
    assert any("opphevet" in what for what in found(replace(knowledge, statutes=statutes), card(claim)))


def test_a_reference_that_leads_nowhere_is_found_on_cards_and_on_provisions(knowledge: Knowledge) -> None:
    claim = claim_on(knowledge, "Barnevernstjenesten skal gå gjennom meldingen innen én uke.", Modality.PLIKT)
    sections = sections_by_provision(knowledge_documents(knowledge))
    nowhere = ProvisionRef(BVL, "§99-9")
    lost = replace(knowledge, situations=(card(claim, see_also=(nowhere,)),))
    assert [finding.where for finding in check_references(lost, sections)] == ["see_also"]
    first = knowledge.statutes[0]
    pointing = replace(first, provisions=(replace(first.provisions[0], see_also=(nowhere,)), *first.provisions[1:]))
    astray = replace(knowledge, statutes=(pointing, *knowledge.statutes[1:]), situations=())
    assert [finding.where for finding in check_references(astray, sections)] == [str(first.provisions[0].ref)]


def test_what_ships_is_clean(knowledge: Knowledge) -> None:
    assert [str(finding) for finding in check(knowledge, knowledge_documents(knowledge))] == []
