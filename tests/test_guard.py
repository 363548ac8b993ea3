"""Personal data, danger and size are seen before anything is searched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.guard import MAX_CHARACTERS, guard

IDENTITY = [
    "01019012345", "010190 12345", "01 01 90 12345", "010190-12345", "0 1 0 1 9 0 1 2 3 4 5", "41019012345",
    "01419012345", "01819012345", "01\u200b0190\u200b12345", "０１０１９０１２３４５", "010190.12345",
]  # fmt: skip
NOT_IDENTITY = [
    "hpl § 33 og bvl § 13-2", "LOV-2021-06-18-97", "lov/1999-07-02-64/§33", "sak 2024/123456-7", "IS-11/2015",
    "FOR-2026-05-29-941", "1. juli 2026", "01.07.2026", "99999999999", "barn 0-6 år", "Prop. 73 L (2016-2017)",
    "rundskriv 21/2015", "saksnummer 202412345678901",
]  # fmt: skip


@pytest.mark.parametrize("number", IDENTITY)
def test_identity_numbers_block_in_every_spelling(number: str) -> None:
    seen = guard(f"Hva kan jeg si om {number} til barnevernet?")
    assert seen.blocked
    assert seen.anonymised == "Hva kan jeg si om [fødselsnummer fjernet] til barnevernet?"
    assert not guard(seen.anonymised).found


@pytest.mark.parametrize("text", NOT_IDENTITY)
def test_law_and_case_numbers_are_not_personal_data(text: str) -> None:
    assert guard(text).found == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ring meg på 91 23 45 67", "telefon"),
        ("mobil +47 912 34 567", "telefon"),
        ("skriv til kari@kommune.no", "e-post"),
    ],
)
def test_phone_and_mail_warn_without_blocking(text: str, kind: str) -> None:
    seen = guard(text)
    assert [found.kind for found in seen.found] == [kind]
    assert not seen.blocked
    assert not guard(seen.anonymised).found


ACUTE = [
    "Faren sier at han skal drepe dem i kveld",
    "Gutten har kniv og truer moren akkurat nå",
    "barnet puster ikke hva gjør jeg",
    "Hun sier hun skal ta livet sitt i natt",
]
NOT_ACUTE = [
    "Jenta fortalte i fjor at hun tenkte på å ta livet sitt. Må foreldrene få vite det?",
    "Er det meldeplikt når noen har truet med kniv tidligere?",
    "Hvor lang frist har barnevernet?",
    "Han slår henne, sier hun. Skal jeg melde?",
]


@pytest.mark.parametrize("text", ACUTE)
def test_danger_now_is_seen(text: str) -> None:
    assert guard(text).acute


@pytest.mark.parametrize("text", NOT_ACUTE)
def test_danger_in_the_past_is_no_alarm(text: str) -> None:
    assert not guard(text).acute


def test_length_is_limited() -> None:
    assert not guard("a" * MAX_CHARACTERS).too_long
    assert guard("a" * (MAX_CHARACTERS + 1)).too_long


@given(st.text(max_size=200))
def test_replacements_leave_nothing_behind_and_never_fail(text: str) -> None:
    seen = guard(text)
    assert not guard(seen.anonymised).blocked
    if not seen.found:
        assert seen.anonymised == text
