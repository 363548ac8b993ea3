"""What a document has lost is reported where it stood, and a whole document gets no remarks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.audit import audit
from ingest.finding import Finding, Severity, excerpt
from ingest.repair import repair
from tests.shared import shared

CASES = Path(__file__).parent / "cases"
CIRCULAR = "seeds/002_907715a209a8bcaa.txt"
PROSE = "Barnevernstjenesten skal gå gjennom meldingen innen en uke og vurdere om den skal følges opp videre. "


@pytest.mark.parametrize(
    "case", json.loads((CASES / "audit.json").read_text(encoding="utf-8")), ids=lambda case: case["label"]
)
def test_each_text_gets_the_findings_written(case: dict[str, Any]) -> None:
    found = audit(case["text"])
    assert [finding.kind for finding in found] == case["kinds"]
    for finding in found:
        assert finding.what.endswith((".", ".)"))
        assert finding.remedy.endswith(".")


def test_the_circular_has_lost_four_lists_and_has_one_broken_table() -> None:
    text = repair(shared(CIRCULAR).read_text(encoding="utf-8")).text
    found = audit(text)
    assert [(finding.kind, finding.severity) for finding in found] == [
        ("ødelagt tabell", Severity.WARNING), *[("tapt liste", Severity.WARNING)] * 4,
    ]  # fmt: skip
    lines = [text[finding.start :].split("\n", 1)[0] for finding in found]
    assert lines[0].startswith("| Bufetat |")
    assert lines[1] == "Avtaler på lavere nivå er:"
    assert lines[2] == "Samarbeidsavtalen kan eksempelvis inneholde punkter om:"
    assert lines[3].endswith("uten ugrunnet opphold")
    assert lines[4].endswith("relevant for dette området:")
    assert "kanten foran" in found[0].what
    assert "én kolonne til venstre" in found[0].what


def test_the_presentation_has_lost_one_ending() -> None:
    text = repair(shared("seeds/000_9394401a6e9c71fe.txt").read_text(encoding="utf-8")).text
    assert [(finding.kind, finding.excerpt[-12:]) for finding in audit(text)] == [("tapt liste", "oppdrag, med")]


def test_the_broken_presentation_without_repair_is_full_of_findings() -> None:
    text = shared("seeds/000_9394401a6e9c71fe.txt").read_text(encoding="utf-8")
    found = [finding for finding in audit(text) if finding.kind == "ødelagt ord"]
    assert len(found) == 20
    assert "ord i alt" in found[0].what


def test_swapped_letters_are_an_error_and_other_findings_are_left_out() -> None:
    swapped = (PROSE * 6).translate(str.maketrans("abcdefghijklmnopqrstuvwxyz", "defghijklmnopqrstuvwxyzabc"))
    assert [(finding.kind, finding.severity) for finding in audit(swapped)] == [("uleselig", Severity.ERROR)]


def test_english_is_readable() -> None:
    text = "The service shall take care of children who live under conditions that may harm their health. " * 6
    assert audit(text) == ()


def test_text_without_sentences_is_reported() -> None:
    assert [finding.kind for finding in audit("barnevern og skole " * 150)] == ["uten setninger"]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(["er:", "- punkt", "| a | b |", "Kort.", "", PROSE, "#", "vik,g", "\ufffd", ":"])))
def test_every_finding_stands_in_the_text(lines: list[str]) -> None:
    text = "\n".join(lines)
    found = audit(text)
    assert [finding.start for finding in found] == sorted(finding.start for finding in found)
    assert all(0 <= finding.start <= len(text) for finding in found)
    assert all(finding.excerpt or not text.strip() for finding in found)


def test_a_finding_reads_as_one_line() -> None:
    finding = Finding(kind="a", severity=Severity.NOTICE, start=0, excerpt="b", what="C.", remedy="D.")
    assert str(finding) == "a: «b»: C. D."


def test_long_excerpts_are_cut_at_the_end_that_matters() -> None:
    text = "ord " * 60 + "slutt"
    assert excerpt(text).endswith("…")
    assert excerpt(text, from_end=True).endswith("slutt")
