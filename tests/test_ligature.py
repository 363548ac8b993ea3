"""Broken ligatures are read from the document's own evidence, and whole text is left alone."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.count_words import write
from ingest.ligature import infer, mend_ligatures
from ingest.repair import repair
from ingest.wordlist import WordList, wordlist
from tests.shared import shared

CASES = Path(__file__).parent / "cases"
PRESENTATION = "seeds/000_9394401a6e9c71fe.txt"
MARKS = ":,&65@"
NOT_SENTENCE_MARKS = "&*+<=>@^_~0123456789"
WHOLE = (
    "Barn med tiltak fra barnevernet har samme rett til nødvendig helsehjelp som andre barn. Det er viktig at dette"
    " faktisk blir fulgt opp i praksis, og at de ansatte samtidig får tid til utfordringer. Nytt nettverk, tett på"
    " familien, kan utfylle tilbudet. Fristen er satt til den sjette i måneden."
)


def rows() -> list[Any]:
    cases = json.loads((CASES / "ligature.json").read_text(encoding="utf-8"))
    return [
        pytest.param(
            case["text"],
            case["expected"],
            id=case["label"],
            marks=[pytest.mark.xfail(strict=True, reason=case["comment"])] if case.get("expect") == "fail" else [],
        )
        for case in cases
    ]


@pytest.mark.parametrize(("text", "expected"), rows())
def test_each_row_comes_out_as_written(text: str, expected: str) -> None:
    assert mend_ligatures(text, wordlist()).text == expected


def words_of(text: str) -> Counter[str]:
    """Words with their marks; what closes a sentence is not part of the word."""
    return Counter(word.rstrip(".,:)") for word in re.split(r"[\s/]+", text))


def test_the_presentation_is_mended_word_by_word_as_read_by_hand() -> None:
    text = shared(PRESENTATION).read_text(encoding="utf-8")
    truth = json.loads((CASES / "presentation_2017.json").read_text(encoding="utf-8"))
    assert sum(sum(map(broken.count, MARKS)) * many for broken, _, many in truth["broken"]) == 111
    assert sum(sum(map(word.count, MARKS)) for word in truth["genuine"]) == 49 == len(truth["genuine"])

    before, mended = words_of(text), mend_ligatures(text, wordlist())
    after = words_of(mended.text)
    assert {broken: before[broken] for broken, _, _ in truth["broken"]} == {
        broken: many for broken, _, many in truth["broken"]
    }
    assert {broken: after[broken] for broken, _, _ in truth["broken"]} == {
        broken: 0 for broken, _, _ in truth["broken"]
    }
    expected = before.copy()
    for broken, read, many in truth["broken"]:
        expected[broken] -= many
        expected[read] += many
    assert +expected == +after
    assert [word for word in mended.text.split() if set(word) & set(MARKS)] == truth["genuine"]
    assert sum(sum(map(text.count, mark)) - mended.text.count(mark) for mark in MARKS) == 111


def test_the_presentation_is_read_with_the_map_its_own_words_give() -> None:
    readings = infer(shared(PRESENTATION).read_text(encoding="utf-8"), wordlist())
    assert {reading.mark: reading.letters for reading in readings} == {
        ":": "ti", ",": "ti", "&": "ti", "6": "tt", "5": "tt", "@": "tf",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["seeds/002_907715a209a8bcaa.txt", "data/lovdata/domain_sections_2026-07-02.jsonl"])
def test_whole_documents_come_out_without_a_change(name: str) -> None:
    assert mend_ligatures(shared(name).read_text(encoding="utf-8"), wordlist()).repairs == ()


def test_real_law_comes_out_without_a_change() -> None:
    import tarfile

    with tarfile.open(shared("data/lovdata/gjeldende-lover.tar.bz2")) as archive:
        for number, member in enumerate(archive):
            file = archive.extractfile(member)
            if file is None or number % 5:
                continue
            if number > 200:
                break
            assert mend_ligatures(re.sub("<[^>]+>", " ", file.read().decode("utf-8")), wordlist()).repairs == ()


@settings(max_examples=60, deadline=None)
@given(st.permutations(NOT_SENTENCE_MARKS))
def test_any_map_is_found_again(marks: list[str]) -> None:
    table = dict(zip(("tt", "tf", "ti"), marks, strict=False))
    broken = re.sub("tt|tf|ti", lambda pair: table[pair[0]], WHOLE)
    assert mend_ligatures(broken, wordlist()).text == WHOLE


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([*WHOLE.split(), "re6", ":l", "vik,g", "sam:dig", "de6e", "10:30", "§", "33a", "x:y"])))
def test_mending_twice_is_mending_once(words: list[str]) -> None:
    once = mend_ligatures(" ".join(words), wordlist())
    assert mend_ligatures(once.text, wordlist()).repairs == ()


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=" \nabiteflrv:,&65@.§-/", max_size=80))
def test_noise_never_breaks_it(text: str) -> None:
    once = mend_ligatures(text, wordlist())
    assert mend_ligatures(once.text, wordlist()).text == once.text


def test_every_change_tells_its_evidence() -> None:
    repairs = mend_ligatures("Det er vik,g og fak,sk ,ltak.", wordlist()).repairs
    assert [(repair.before, repair.after) for repair in repairs] == [
        ("vik,g", "viktig"), ("fak,sk", "faktisk"), (",ltak", "tiltak"),
    ]  # fmt: skip
    assert all("«,» står for «ti»" in repair.why and "«vik,g»" in repair.why for repair in repairs)


def test_another_word_list_is_other_evidence() -> None:
    assert mend_ligatures("vik,g ,ltak", WordList.of(["viktig"])).repairs == ()


def test_the_shipped_list_is_small_and_holds_only_words() -> None:
    from ingest.wordlist import PATH

    known = wordlist()
    assert PATH.stat().st_size < 1_000_000
    assert len(known.bands) > 50_000
    assert all(word.isalpha() and word.islower() for word in known.bands)
    assert known.band("til") == 0
    assert known.band("tilsynssak") != 0
    assert not known.knows("lbud")


def test_the_list_is_built_the_same_twice_and_drops_the_rare(tmp_path: Path) -> None:
    counts = Counter({"tiltak": 900, "melding": 5, "sjelden": 3, "abc": 59, "til": 60, "x1": 99})
    paths = [tmp_path / "a.gz", tmp_path / "b.gz"]
    assert [write(counts, path, at_least=4) for path in paths] == [3, 3]
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert gzip.decompress(paths[0].read_bytes()).decode().split() == ["tiltak", "til", "melding"]


def test_the_whole_repair_mends_ligatures_too() -> None:
    mended = repair("§\tDet er vik,g.\n§\tBarn har re6 ,l de6e.")
    assert mended.text == "- Det er viktig.\n- Barn har rett til dette."
