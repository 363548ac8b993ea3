"""Provision names: one written form, whatever was typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.provision import ProvisionRef, ledd_in_words, normalise_section, spaced_section

SPELLINGS = [
    ("§ 3-9 b", "§3-9b"), ("§3-9b", "§3-9b"), ("3-9b", "§3-9b"), ("§ 3‑9 b", "§3-9b"), ("§ 3–9 B", "§3-9b"),
    ("§ 4A-3", "§4A-3"), ("§4a-3", "§4A-3"), ("§13b", "§13b"), ("§ 13 b", "§13b"), ("33", "§33"), ("§ 10 a.", "§10a"),
    ("bkn/a12", "bkn/a12"), ("GDPR/a9", "gdpr/a9"),
]  # fmt: skip


@pytest.mark.parametrize(("surface", "wanted"), SPELLINGS)
def test_spellings_of_one_section_are_one_name(surface: str, wanted: str) -> None:
    assert normalise_section(surface) == wanted
    assert normalise_section(wanted) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hpl 33",
        "lov/33",
        "lov/1999-7-2-64/§33",
        "lov/1999-07-02-64/kapittel 5",
        "rundskriv/Ødelagt",
        "http://lovdata.no",
    ],
)
def test_what_is_not_a_provision_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not"):
        ProvisionRef.parse(text)


def written(chapter: int, letter: str, number: int | None, suffix: str) -> str:
    return f"§{chapter}{suffix}" if number is None else f"§{chapter}{letter}-{number}{suffix}"


sections = st.builds(
    written,
    st.integers(1, 40),
    st.sampled_from(["", "A", "B"]),
    st.one_of(st.none(), st.integers(1, 60)),
    st.sampled_from(["", "a", "b", "f"]),
)


@given(sections)
def test_a_name_survives_being_written_for_people_and_read_again(section: str) -> None:
    ref = ProvisionRef("lov/1999-07-02-64", section)
    assert ProvisionRef.parse(str(ref)) == ref
    assert normalise_section(spaced_section(section)) == section


@given(sections, st.sampled_from(["", "1", "2", "9"]), st.sampled_from(["", "a", "d"]))
def test_a_place_covers_itself_and_its_parts(section: str, ledd: str, bokstav: str) -> None:
    whole = ProvisionRef("lov/1999-07-02-64", section)
    part = ProvisionRef("lov/1999-07-02-64", section, ledd, bokstav)
    assert whole.covers(part)
    assert part.covers(part)
    assert part.whole == whole
    assert ProvisionRef("lov/1999-07-02-64").covers(part)
    assert not part.covers(ProvisionRef("lov/1999-07-02-63", section, ledd, bokstav))


def test_urls_point_at_the_publisher() -> None:
    assert ProvisionRef("lov/1999-07-02-64", "§10a").url == "https://lovdata.no/lov/1999-07-02-64/§10a"
    assert ProvisionRef("forskrift/2026-05-29-941", ledd="§46").url == "https://lovdata.no/forskrift/2026-05-29-941/§46"
    assert ProvisionRef("rundskriv/samarbeid-2025", "frister").url == ""


def test_ledd_are_said_in_words() -> None:
    assert [ledd_in_words(x) for x in ("1", "10", "11", "§46", "")] == [
        "første ledd",
        "tiende ledd",
        "11. ledd",
        "§ 46",
        "",
    ]
