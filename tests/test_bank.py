"""The question bank: each planted fault is named, scenes stay together, and what is held out is not searched."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.bank_check import PER_TARGET, BankFigures, check_bank, is_rough
from corpus.document import Document
from corpus.knowledge import load_knowledge
from corpus.question import BankQuestion, load_questions, placed, save_questions
from corpus.similar import similar_pairs
from corpus.split import Placed, Split, place, split_of
from ingest.pipeline import knowledge_documents

TARGET = "lov/2021-06-18-97/§2-1"
TOLD = "Jenta i tredje klasse forteller i gymgarderoben at stefaren låser henne inne i kjelleren hver helg."


def row(text: str, **changes: object) -> BankQuestion:
    plain = BankQuestion(
        text=text, target=TARGET, also=(), situation="s", split=Split.TRAIN, language="nb", style="story", role="lærer",
        path=Path("bank.jsonl"), line=3,
    )  # fmt: skip
    return replace(plain, **changes)  # type: ignore[arg-type]


def faults(*rows: BankQuestion, documents: tuple[Document, ...] = ()) -> list[str]:
    return [finding.what for finding in check_bank(rows, documents, targets=[TARGET], known=[TARGET])]


def test_near_identical_questions_are_found_and_different_ones_are_not() -> None:
    texts = [
        "Jenta på ni sier at far slår henne, må jeg melde fra i dag?",
        "Jenta på ni sier at faren slår henne, må jeg melde fra i dag?",
        "Hvor lenge kan barnevernet holde på med undersøkelsen?",
    ]
    assert [(i, j) for i, j, _ in similar_pairs(texts, 0.8)] == [(0, 1)]


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        ((row(f"{TOLD} Hva gjør jeg?"), row(f"{TOLD} Kva gjer eg?")), "says nearly the same"),
        ((row("Må jeg melde om jenta?", target="lov/1901-01-01-1/§1"),), "not in the knowledge base"),
        ((row("Må jeg melde om jenta?", also=("lov/1901-01-01-1/§1",)),), "not in the knowledge base"),
        ((row("Må jeg melde om jenta?", split=None),), "in no split"),
        ((row("Må jeg melde om jenta?"),), "has 1 questions"),
        ((row("Må jeg melde om jenta?"),), "nn is 0.0%"),
        ((row("Må jeg melde om jenta?"),), "rough is 0.0%"),
        ((row("Må jeg melde om jenta?"),), "1 questions."),
        (
            (
                row(f"{TOLD} Må jeg varsle kommunen i kveld?"),
                row(f"{TOLD} Hvem ringer jeg?", split=Split.TEST),
            ),
            "tells the scene",
        ),
    ],
)
def test_each_planted_fault_is_named(rows: tuple[BankQuestion, ...], what: str) -> None:
    assert any(what in fault for fault in faults(*rows)), faults(*rows)


def test_a_question_that_repeats_a_provision_is_found() -> None:
    text = "Barnevernstjenesten skal gå gjennom en bekymringsmelding snarest og senest innen én uke."
    document = Document(source="x", text=text, sections=())
    copied = row("Stemmer det at barnevernstjenesten skal gå gjennom en bekymringsmelding snarest og senest i dag?")
    assert any("repeats a source" in fault for fault in faults(copied, documents=(document,)))
    assert not any(
        "repeats" in fault for fault in faults(row("Hvor fort må de lese meldingen?"), documents=(document,))
    )


def test_enough_questions_of_a_provision_give_no_finding() -> None:
    words = "eple båt sky fjell stein elv gress mose bekk myr tre lyng".split()
    rows = [row(f"Hva med {word} og {word}kant i {word}skogen?") for word in words[:PER_TARGET]]
    assert not any("has" in fault for fault in faults(*rows))


def test_half_sentences_and_key_words_are_rough() -> None:
    assert is_rough(row("må jeg melde dette"))
    assert is_rough(row("Meldeplikt skole frist", style="keywords"))
    assert not is_rough(row("Må jeg melde dette?"))


def test_scenes_that_are_alike_go_to_the_same_split_and_decided_ones_stay() -> None:
    told = "Mor kom full for å hente gutten på fire i barnehagen og ville kjøre hjem."
    retold = "Mor kom full og ville hente gutten på fire i barnehagen med bilen."
    first, second, other = place(
        [Placed(text=told, situation="kort-1", split=Split.TEST), Placed(text=retold), Placed(text="Hva er et vedtak?")]
    )
    assert (second.situation, second.split) == (first.situation, first.split) == ("kort-1", Split.TEST)
    assert other.situation != first.situation
    assert other.split is split_of(other.situation)


def test_the_shares_of_the_splits_are_near_what_they_should_be() -> None:
    found = [split_of(f"situasjon-{n}") for n in range(4000)]
    assert 0.07 < found.count(Split.TEST) / 4000 < 0.11
    assert 0.07 < found.count(Split.DEV) / 4000 < 0.11


def test_a_bank_is_written_back_unchanged_but_for_what_was_placed(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    line = {"provision": TARGET, "language": "nn", "style": "short", "role": "lærar", "question": "Må eg melde frå?"}
    path.write_text(json.dumps(line, ensure_ascii=False) + "\n", encoding="utf-8")
    assert save_questions(placed(load_questions(tmp_path))) == 1
    once = path.read_text(encoding="utf-8")
    (again,) = load_questions(tmp_path)
    assert (again.language, again.role, again.text) == ("nn", "lærar", "Må eg melde frå?")
    assert again.split is not None
    assert save_questions(placed(load_questions(tmp_path))) == 0
    assert path.read_text(encoding="utf-8") == once


def test_nothing_held_out_is_searched_or_learned_from() -> None:
    knowledge = load_knowledge()
    learned = {question.text for question in knowledge.learned}
    held = [row for row in knowledge.bank if row.split in (Split.DEV, Split.TEST)]
    assert len(held) > 400
    assert not [row.text for row in held if row.text in learned]


def test_the_bank_that_ships_is_as_large_and_varied_as_promised() -> None:
    figures = BankFigures.of(load_knowledge().bank)
    assert figures.questions >= 4_000
    assert figures.shares["nn"] >= 0.15
    assert figures.shares["en"] >= 0.10
    assert figures.shares["rough"] >= 0.20


def test_no_situation_of_what_ships_stands_in_two_splits() -> None:
    splits: dict[str, set[Split | None]] = {}
    for found in load_knowledge().bank:
        splits.setdefault(found.situation, set()).add(found.split)
    assert [situation for situation, where in splits.items() if len(where) > 1] == []
    assert knowledge_documents(load_knowledge())
