"""A claim may say no more than its quote: numbers, sections and modality."""

from __future__ import annotations

import pytest

from corpus.agreement import modality_agrees, numbers_in, numbers_missing, sections_in, sections_missing
from corpus.modality import Modality, detect_modality

NUMBERS = [
    ("senest innen én uke", {1}),
    ("senest innen en uke", {1}),
    ("en lege kan melde", set()),
    ("barn mellom 12 og 16 år", {12, 16}),
    ("en fjortenåring og en 9-åring", {14, 9}),
    ("jf. § 13-4 andre ledd og §§ 2-1 og 2-2", set()),
    ("i 2. ledd står tre uker", {3}),
    ("to foreldre", {2}),
    ("hpl § 33", set()),
]


@pytest.mark.parametrize(("text", "wanted"), NUMBERS)
def test_numbers_are_read_as_digits_and_words(text: str, wanted: set[int]) -> None:
    assert numbers_in(text) == wanted


def test_a_deadline_that_the_quote_does_not_hold_is_missing() -> None:
    assert numbers_missing("Svar skal gis innen to uker.", ["Svaret skal gis innen tre uker."]) == {2}
    assert numbers_missing("Svar skal gis innen 3 uker.", ["Svaret skal gis innen tre uker."]) == set()


def test_a_section_must_be_cited_or_quoted() -> None:
    assert sections_in("§ 3-9 b, § 33 og §§ 13-2") == {"§3-9b", "§33", "§13-2"}
    assert sections_missing("Etter § 45 kan du dele.", ["Etter § 25 kan helsepersonell dele."], ["§25"]) == {"§45"}


MODALITIES = [
    ("Du skal melde fra.", Modality.PLIKT, "Helsepersonell skal melde fra.", True),
    ("Du skal melde fra.", Modality.PLIKT, "Helsepersonell kan melde fra.", False),
    ("Du kan melde fra.", Modality.KAN, "Helsepersonell skal melde fra.", False),
    ("Du kan ikke dele.", Modality.FORBUD, "Helsepersonell kan dele.", False),
    ("Du kan ikke dele.", Modality.FORBUD, "Helsepersonell skal hindre at andre får vite det.", True),
    ("Du trenger ikke samtykke.", Modality.FAKTA, "Helsepersonell skal uten hinder av taushetsplikt melde fra.", True),
    ("Du skal vente.", Modality.FAKTA, "Fristen er tre uker.", False),
    ("Barnet har rett til å uttale seg.", Modality.RETT, "Barnet har rett til å medvirke.", True),
    ("Tjenesten bør inngå avtale.", Modality.BOR, "Samarbeidsavtaler bør inngås på alle nivåer.", True),
    ("Tjenesten skal inngå avtale.", Modality.PLIKT, "Samarbeidsavtaler bør inngås på alle nivåer.", False),
]


@pytest.mark.parametrize(("claim", "modality", "quote", "wanted"), MODALITIES)
def test_modality_of_claim_and_quote(claim: str, modality: Modality, quote: str, wanted: bool) -> None:
    assert modality_agrees(claim, modality, quote) is wanted


SENTENCES = [
    ("Helsepersonell skal melde fra.", Modality.PLIKT),
    ("Helsepersonell plikter å gi opplysninger.", Modality.PLIKT),
    ("Barnet har rett til medvirkning.", Modality.RETT),
    ("Tjenesten kan orientere skolen.", Modality.KAN),
    ("Helsepersonell skal ikke lese journalen uten grunn.", Modality.FORBUD),
    ("Foreldrene kan ikke motsette seg hjemmebesøk.", Modality.FORBUD),
    ("Foreldrene skal likevel ikke få vite det.", Modality.UNNTAK),
    ("Opplysningene kan deles, med mindre barnet motsetter seg det.", Modality.UNNTAK),
    ("Avtaler bør inngås på alle nivåer.", Modality.BOR),
    ("Fristen er tre uker.", Modality.FAKTA),
]


@pytest.mark.parametrize(("sentence", "wanted"), SENTENCES)
def test_modality_is_read_off_the_legal_verbs(sentence: str, wanted: Modality) -> None:
    assert detect_modality(sentence) is wanted
