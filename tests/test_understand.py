"""What is read from a question: language, age, role, concepts, and what lies outside."""

from __future__ import annotations

import pytest

from bot.ages import detect_age
from bot.assistant import Assistant
from bot.question import Ask
from corpus.language import detect_language

LANGUAGES = [
    ("Hvor raskt må barnevernet gi tilbakemelding til meg som meldte?", "nb"),
    ("Må jeg spørre foreldrene før jeg sier fra?", "nb"),
    ("barnevernet vil ha journalen", "nb"),
    ("Eg veit ikkje om eg må melde frå", "nn"),
    ("Kva gjer eg når ein elev fortel om slag heime?", "nn"),
    ("Kor lenge kan barnevernet halde på?", "nn"),
    ("Do I need consent from the parents to report?", "en"),
    ("A pupil told me her dad hits her, what now?", "en"),
    ("When was Samarbeidsforum set up?", "en"),
    ("er i tvil, hva gjør jeg?", "nb"),
    ("", "nb"),
]


@pytest.mark.parametrize(("text", "language"), LANGUAGES)
def test_language(text: str, language: str) -> None:
    assert detect_language(text) == language


AGES = [
    ("Ei jente på 9 sier at pappa slår henne", 9),
    ("14-åring vil ha prevensjon", 14),
    ("en fjortenåring", 14),
    ("hun er 15 år gammel", 15),
    ("She is 12 and afraid", 12),
    ("the 7-year-old", 7),
    ("nyfødt med abstinenser", 0),
    ("to barn, 4 år gammel og 11 år gammel", 4),
    ("innen 3 uker", None),
    ("jeg er 45 år", None),
    ("§ 33 i loven", None),
]


@pytest.mark.parametrize(("text", "age"), AGES)
def test_age(text: str, age: int | None) -> None:
    assert detect_age(text) == age


ROLES = [
    ("Jeg er helsesykepleier og lurer på noe", "helsepersonell"),
    ("Jobber som tannpleier", "tannhelse"),
    ("Jeg er kontaktlærer på sjuende trinn", "skole"),
    ("I am a midwife", "helsepersonell"),
]


@pytest.mark.parametrize(("text", "role"), ROLES)
def test_role_is_read_from_the_story(assistant: Assistant, text: str, role: str) -> None:
    understood = assistant.steps.understanding.read(Ask(question=text))
    assert understood.role is not None
    assert understood.role.id == role


def test_a_told_role_and_age_win_over_what_is_read(assistant: Assistant) -> None:
    read = assistant.steps.understanding.read
    told = read(Ask(question="Jeg er lærer. Gutten er 9 år.", role="nav", age=11, language="nn"))
    assert told.role is not None
    assert (told.role.id, told.age, told.language) == ("nav", 11, "nn")
    assert read(Ask(question="Gutten er 9.", role="romskipskaptein")).role is None


def test_concepts_carry_the_words_that_triggered_them(assistant: Assistant) -> None:
    understood = assistant.steps.understanding.read(Ask(question="Jenta sier at far slår henne, må jeg si fra?"))
    words = {match.words.lower() for match in understood.concepts}
    assert any("slår" in word for word in words)
    assert "si fra" in words
    assert len(understood.expanded) > len(understood.question)


OUTSIDE = [
    ("Hvor mange mg paracetamol kan en femåring få?", "dosering"),
    ("Hva er satsen for kjøregodtgjørelse?", "penger"),
    ("Hvor mange meldinger kom i fjor?", "statistikk"),
    ("Kan utleier si meg opp?", "andre-felt"),
]
INSIDE = [
    "Jenta fikk medisin av mor. Må jeg melde?",
    "Hvor mange dager har barnevernet på seg?",
    "Legen vil starte medisin, hvem samtykker?",
]


@pytest.mark.parametrize(("text", "kind"), OUTSIDE)
def test_what_lies_outside_is_named(assistant: Assistant, text: str, kind: str) -> None:
    assert kind in [found.id for found in assistant.steps.understanding.read(Ask(question=text)).outside]


@pytest.mark.parametrize("text", INSIDE)
def test_what_lies_inside_is_left_alone(assistant: Assistant, text: str) -> None:
    assert assistant.steps.understanding.read(Ask(question=text)).outside == ()
