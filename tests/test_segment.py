"""A text becomes sections that hold all of it, at places that are exact."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.outline import parts
from ingest.repair import repair
from ingest.segment import segment, slug
from tests.shared import shared

CASES = Path(__file__).parent / "cases"
LINES = st.sampled_from(
    [
        "# Plikter", "## Frister", "Frister", "1 Formål", "1.1 Mer", "§ 2 Rett", "Kapittel 3", "- punkt", "1. punkt",
        "| a | b |", "| --- | --- |", "Avtalen er:", "", " ", "Kort setning.", "  innrykket", "æøå", "###", "#", "\t",
        "Du skal melde fra til barnevernet når det er grunn til å tro at et barn lider.",
    ]
)  # fmt: skip


@pytest.mark.parametrize(
    "case", json.loads((CASES / "segment.json").read_text(encoding="utf-8")), ids=lambda case: case["label"]
)
def test_each_text_is_parted_as_written(case: dict[str, Any]) -> None:
    document = segment(case["text"], source="dokument/rutine", title="Rutine")
    assert [
        [section.provision.section, section.heading, list(section.path), document.text[section.start : section.end]]
        for section in document.sections
    ] == case["sections"]


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES, max_size=25).map("\n".join))
def test_nothing_is_lost_and_every_place_is_exact(text: str) -> None:
    document = segment(text, source="dokument/x", title="Tittel")
    assert document.text == text
    found = parts(text)
    kept = " ".join(text[part.start : part.end] for part in found)
    headings = " ".join(part.heading for part in found if part.heading)
    said = re.sub(r"^#+[ \t]+", "", text, flags=re.M)
    assert set(re.findall(r"\w+", said)) <= set(re.findall(r"\w+", kept + " " + headings))
    for section in document.sections:
        words = text[section.start : section.end]
        assert words == words.strip() != ""
        for sentence in section.sentences:
            assert text[sentence.start : sentence.end].strip() == text[sentence.start : sentence.end] != ""
    anchors = [section.provision.section for section in document.sections]
    assert len(set(anchors)) == len(anchors)


@given(st.text(max_size=80))
def test_every_anchor_can_be_cited(heading: str) -> None:
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]*", slug(heading))


def test_a_text_of_headings_alone_is_one_section() -> None:
    document = segment("# Plikter\n## Frister", source="dokument/x", title="Rutine")
    assert [(section.heading, section.start, section.end) for section in document.sections] == [("Rutine", 0, 20)]


def test_the_rule_of_a_table_is_no_sentence() -> None:
    document = segment("# Avtaler\n| a | b |\n| --- | --- |\n| c | d |", source="dokument/x")
    assert [document.text[s.start : s.end] for s in document.sections[0].sentences] == ["| a | b |", "| c | d |"]


def test_a_list_stays_with_the_line_that_opens_it() -> None:
    text = "\n".join(["En setning med en del ord i seg." * 40, "Avtaler er:", "- med RHF", "- med Bufetat"])
    document = segment(text, source="dokument/x")
    assert any("Avtaler er:\n- med RHF" in text[section.start : section.end] for section in document.sections)


def test_the_presentation_becomes_one_section_a_slide() -> None:
    text = repair(shared("seeds/000_9394401a6e9c71fe.txt").read_text(encoding="utf-8")).text
    document = segment(text, source="dokument/presentasjon")
    assert len(document.sections) == 16
    assert document.sections[0].heading == "Hvorfor er det viktig å samarbeide?"
    assert document.sections[-1].heading == "Nasjonale føringer for innhold i samarbeidsavtaler"
    assert document.sections[13].heading == "Nytt institusjonstilbud"


def test_the_circular_becomes_sections_of_readable_size() -> None:
    text = shared("seeds/002_907715a209a8bcaa.txt").read_text(encoding="utf-8")
    document = segment(text, source="dokument/rundskriv")
    assert 10 < len(document.sections) < 30
    assert max(section.end - section.start for section in document.sections) < 1800
    assert sum(section.end - section.start for section in document.sections) > 0.99 * len(text.strip())
