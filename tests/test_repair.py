"""Every repair is named, can be replayed, and is done once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.edits import replay, rewrite
from ingest.page_edge import edge_lines
from ingest.repair import repair
from tests.shared import shared

CASES = Path(__file__).parent / "cases"
PIECES = st.sampled_from(
    "barnevern- tjenesten Barn skal , . : § • - | \n \n\n \t \f \r\n \u00ad \u00a0 \u200b ﬁ a\u030a vik,g re6 :l 2016"
    " Side # \uf0b7 jf. og Å Ã¥ \ufffd".split(" ")
)


def rows() -> list[Any]:
    cases = json.loads((CASES / "repair.json").read_text(encoding="utf-8"))
    return [
        pytest.param(
            case,
            id=case["label"],
            marks=[pytest.mark.xfail(strict=True, reason=case["comment"])] if case.get("expect") == "fail" else [],
        )
        for case in cases
    ]


@pytest.mark.parametrize("case", rows())
def test_each_row_comes_out_as_written(case: dict[str, Any]) -> None:
    done = repair(case["before"])
    assert done.text == case["after"]
    assert sorted({each.name for each in done.repairs}) == case["repairs"]


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=30).map(" ".join) | st.text(max_size=60))
def test_repairing_twice_is_repairing_once_and_every_step_can_be_replayed(text: str) -> None:
    done = repair(text)
    assert repair(done.text).repairs == ()
    assert replay(text, done.repairs) == done.text


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES, max_size=20).map(" ".join))
def test_every_place_leads_back_to_the_original(text: str) -> None:
    done = repair(text)
    places = [done.original_offset(at) for at in range(len(done.text) + 1)]
    assert places == sorted(places)
    assert all(0 <= place <= len(text) for place in places)


def test_a_quote_is_found_again_in_the_original() -> None:
    text = "Bare\u00a0tull.\r\nHelsepersonell\tskal\tmelde\tfra."
    done = repair(text)
    start = done.text.index("melde")
    assert text[done.original_offset(start) :].startswith("melde")


def test_a_replay_on_another_text_is_refused() -> None:
    with pytest.raises(ValueError, match="does not stand"):
        replay("noe annet", repair("oﬀentlig").repairs)


def test_edits_that_change_nothing_are_not_listed() -> None:
    assert rewrite("abc", "none", [(0, 1, "a", ""), (2, 3, "", "")]).repairs[0].before == "c"


def test_the_summary_counts_each_kind() -> None:
    assert list(repair("§\u00a033 og §\u00a034").summary()) == ["odd-space: 2 (f.eks. '\\xa0' → ' ')"]


def test_a_line_on_some_pages_only_is_kept_and_uncertain() -> None:
    pages = [f"{'Utkast' if n < 3 else 'Vedtatt'}\nLinje {n} a.\nLinje {n} b.\nLinje {n} c." for n in range(6)]
    text = "\n\f".join(pages)
    assert [(line.text, line.certain) for line in edge_lines(text)] == [("Utkast", False), ("Vedtatt", False)]
    assert "Utkast" in repair(text).text


def test_numbered_headings_are_no_page_numbers() -> None:
    text = "\n\f".join(f"Kapittel {n}\nLinje {n} a.\nLinje {n} b.\nLinje {n} c." for n in range(1, 6))
    assert repair(text).text.count("Kapittel") == 5


def test_the_circular_needs_no_repair() -> None:
    text = shared("seeds/002_907715a209a8bcaa.txt").read_text(encoding="utf-8")
    assert repair(text).repairs == ()


def test_the_presentation_becomes_whole_sentences() -> None:
    text = shared("seeds/000_9394401a6e9c71fe.txt").read_text(encoding="utf-8")
    done = repair(text)
    assert replay(text, done.repairs) == done.text
    assert "\t" not in done.text
    assert "§" not in done.text
    assert sum(1 for each in done.repairs if each.name == "slide-bullet") == 48
    assert "mellom barneverntjenesten og psykiske helsetjenester for barn\n" in done.text
    assert "\n- RHFene har fått egne oppdrag i Oppdragsdokumentet for 2017\n" in done.text
