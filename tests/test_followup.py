"""Follow-ups keep the subject and change the fact; a new subject stands alone."""

from __future__ import annotations

import pytest

from bot.ages import age_spans, detect_age
from bot.followup import is_follow_up, said_in_full
from corpus.concepts import ConceptFinder
from corpus.knowledge import load_knowledge

GIRL = "Ei jente på 9 sier at far slår henne. Må jeg melde fra?"


@pytest.fixture(scope="module")
def finder() -> ConceptFinder:
    return ConceptFinder(load_knowledge(bank=False).glossary)


@pytest.mark.parametrize(
    "now",
    [
        "hva om hun er 15?", "og hvis foreldrene nekter?", "Kva om ho er 16?", "what if she is 15?",
        "Hva hvis jeg er lærer?", "men hvis mor ikke vil?", "Må jeg da skrive det i journalen?",
    ],
)  # fmt: skip
def test_follow_ups_are_recognised(finder: ConceptFinder, now: str) -> None:
    assert is_follow_up(now, finder)


@pytest.mark.parametrize(
    "now",
    [
        "Hvor lang frist har barnevernet på å gi tilbakemelding til den som meldte?",
        "Kan fosterforeldre samtykke til vaksine for en fireåring?",
        "hpl § 33",
    ],
)
def test_a_new_subject_stands_alone(finder: ConceptFinder, now: str) -> None:
    assert not is_follow_up(now, finder)
    assert said_in_full(now, [GIRL], finder) == now


def test_the_new_age_takes_the_place_of_the_old_one(finder: ConceptFinder) -> None:
    full = said_in_full("hva om hun er 15?", [GIRL], finder)
    assert "slår henne" in full
    assert "9" not in full
    assert detect_age(full) == 15


def test_a_follow_up_to_a_follow_up_keeps_the_first_subject_and_all_facts(finder: ConceptFinder) -> None:
    full = said_in_full("og hvis foreldrene nekter?", [GIRL, "hva om hun er 15?"], finder)
    assert "slår henne" in full
    assert "hva om hun er 15" in full
    assert full.endswith("og hvis foreldrene nekter?")


def test_only_the_latest_subject_is_kept(finder: ConceptFinder) -> None:
    other = "Kan fosterforeldre samtykke til vaksine for en fireåring?"
    full = said_in_full("hva om hun er 15?", [GIRL, other], finder)
    assert "fosterforeldre" in full
    assert "slår" not in full


def test_without_an_earlier_question_nothing_is_added(finder: ConceptFinder) -> None:
    assert said_in_full("hva om hun er 15?", [], finder) == "hva om hun er 15?"


def test_ages_are_found_where_they_stand() -> None:
    text = "Ei jente på 9 og en fjortenåring"
    assert [text[a:b] for a, b in age_spans(text)] == ["på 9", "fjortenåring"]
