"""What the cards cover, what they repeat of others, and what the law has overtaken."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from corpus.copies import check_copies
from corpus.coverage import check_coverage, check_reach
from corpus.crosswalk import Crosswalk, Currency
from corpus.knowledge import Knowledge, load_knowledge
from corpus.provision import ProvisionRef
from corpus.status import counts, status_table
from ingest.pipeline import knowledge_documents


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge()


def test_a_theme_a_role_and_an_age_that_no_card_has_are_found(knowledge: Knowledge) -> None:
    only = replace(knowledge.situations[0], themes=("frist",), roles=("barnevern",), child_age="4")
    faults = [finding.what for finding in check_coverage([only], knowledge.statutes, knowledge.glossary)]
    assert "no card has the theme 'samtykke'." in faults
    assert "no card is for the role 'helsepersonell'." in faults
    assert "no card is about a child of 16–17." in faults
    assert not any("0–6" in fault for fault in faults)


def test_a_card_whose_title_leads_to_another_is_found(knowledge: Knowledge) -> None:
    some = knowledge.situations[:12]
    astray = replace(some[1], title=some[0].title)
    assert [finding.path for finding in check_reach([some[0], astray, *some[2:]])] == [astray.path]
    assert list(check_reach(some)) == []


def test_a_sentence_of_a_source_is_found_on_a_card_and_in_a_provision(knowledge: Knowledge) -> None:
    documents = knowledge_documents(knowledge)
    said = knowledge.situations[3].answer[0].text
    long = f"{said} og så noe mer som gjør setningen lang nok til å være kopiert ord for ord fra et sted"
    card = replace(knowledge.situations[3], situation=long)
    planted = replace(knowledge, situations=(card,))
    found = list(check_copies(planted, documents, [("Rundskriv X", f"Innledning. {long}. Slutt.")]))
    assert found
    assert all("repeats Rundskriv X" in finding.what for finding in found)
    own = documents[0].text[documents[0].sections[0].start : documents[0].sections[0].end]
    assert any("lov/" in finding.where for finding in check_copies(planted, documents, [("Lov", own)]))
    assert list(check_copies(planted, documents, [("Annet", "Helt andre ord enn dem som står her i dag.")])) == []


@pytest.mark.parametrize(
    ("text", "state_of_law", "named", "now"),
    [
        ("Etter helsepersonelloven § 45 kan journalen deles.", date(2025, 1, 1), "§45", "§25"),
        ("Snokeforbudet står i helsepersonelloven § 21 a.", date(2025, 1, 1), "§21a", "§21"),
        ("Helsepersonelloven § 33 gir meldeplikt.", date(2025, 1, 1), "§33", "§33"),
    ],
)
def test_older_text_is_led_to_what_holds_now(
    knowledge: Knowledge, text: str, state_of_law: date, named: str, now: str
) -> None:
    currency = Currency(knowledge.laws, knowledge.provisions)
    (found,) = currency.overtaken(text, state_of_law)
    assert (found.named.section, [ref.section for ref in found.now]) == (named, [now])
    assert found.since == date(2026, 7, 1)
    assert list(currency.overtaken(text, date(2026, 9, 1))) == []


def test_a_text_without_overtaken_references_gives_nothing(knowledge: Knowledge) -> None:
    currency = Currency(knowledge.laws, knowledge.provisions)
    assert list(currency.overtaken("Forvaltningsloven § 13 gir taushetsplikt.", date(2025, 1, 1))) == []
    assert Crosswalk.of([]).lead(ProvisionRef("lov/1999-07-02-64", "§45")) == (
        ProvisionRef("lov/1999-07-02-64", "§45"),
    )


def test_the_status_table_tells_state_of_law_and_what_is_overtaken(knowledge: Knowledge) -> None:
    lines = list(status_table(knowledge))
    text = "\n".join(lines)
    assert lines[0].split() == ["kilde", "slag", "virkning", "rettstilstand", "kontrollert", "tittel"]
    assert all(any(line.startswith(source.id) for line in lines) for source in knowledge.sources)
    assert "bvl § 2-6: ikke i kraft" in text
    assert "viser til hpl § 21 a, som er endret: nå hpl § 21 (01.07.2026)" in text
    assert f"{len(knowledge.situations)} situasjonskort" in counts(knowledge)
