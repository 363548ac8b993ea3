"""Search weighs evidence by fitted weights, says what found a passage, and never learns from a test question."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from bot.assistant import ARMS, Assistant
from bot.question import Ask
from bot.search.evidence import PASSAGE_EVIDENCE, Kind, shares, soft, turned
from bot.search.fit import Example, fit_logistic, fit_weights
from bot.search.library import Links, ages_of
from bot.search.weights import FITTED, Weights, add_up, fitted_weights, read_weights, weigh, write_weights
from corpus.embed import StaticEmbedder
from corpus.held_out import for_fitting, held_out, with_dev
from corpus.knowledge import Knowledge, load_knowledge
from corpus.provision import ProvisionRef
from corpus.split import Split
from eval.retrieval import Found, paired, search_all
from eval.typos import with_typos

SCHEMA = json.loads((Path(__file__).parent.parent / "docs" / "reply.schema.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge()


def test_fitting_finds_the_evidence_that_tells_and_leaves_noise() -> None:
    rng = np.random.default_rng(1)
    examples = []
    for _ in range(200):
        right = rng.integers(0, 5)
        wanted = np.eye(5, dtype=np.float32)[right]
        telling = wanted + rng.normal(0, 0.3, 5).astype(np.float32)
        noise = rng.normal(0, 1, 5).astype(np.float32)
        examples.append(Example(evidence={"telling": telling, "noise": noise}, wanted=wanted))
    weights = fit_weights(examples)
    assert weights["telling"] > 3
    assert abs(weights["noise"]) < 0.5
    assert weights == fit_weights(examples)


def test_a_logistic_is_fitted_and_one_sided_answers_are_refused() -> None:
    rows = [{"one": 1.0, "x": float(n)} for n in range(-10, 11)]
    weights = fit_logistic(rows, [row["x"] > 0 for row in rows])
    assert weights["x"] > 0.5
    with pytest.raises(ValueError, match="both answers"):
        fit_logistic(rows, [True] * len(rows))
    with pytest.raises(ValueError, match="nothing to fit"):
        fit_weights([])


def test_what_ships_was_fitted_for_the_model_that_ships() -> None:
    about = json.loads(FITTED.read_text(encoding="utf-8"))["about"]
    assert about["embedder"] == StaticEmbedder().name
    assert about["split"] == "dev"
    assert set(PASSAGE_EVIDENCE) <= set(fitted_weights().passages)


def test_weights_survive_a_file(tmp_path: Path) -> None:
    weights = Weights(first={"a": 1.5}, cards={"b": -2.0}, passages={"a": 0.25}, sure={"one": 1.0}, fit={"one": -1.0})
    write_weights(weights, tmp_path / "w.json", {"split": "dev"})
    assert read_weights(tmp_path / "w.json") == weights


def test_the_sum_is_the_sum_of_its_parts() -> None:
    evidence = {"a": np.array([1, 0], dtype=np.float32), "b": np.array([0, 2], dtype=np.float32)}
    parts = weigh(evidence, {"a": 2.0, "b": 3.0, "gone": 9.0})
    assert add_up(parts, 2).tolist() == [2.0, 6.0]
    assert add_up({}, 2).tolist() == [0.0, 0.0]
    assert shares(np.array([1.0, 1.0], dtype=np.float32)).tolist() == [0.5, 0.5]
    assert soft(np.array([0.0], dtype=np.float32)).tolist() == [0.0]


def test_evidence_may_weigh_otherwise_in_english_and_in_stories() -> None:
    evidence = {"words": np.array([0.5], dtype=np.float32), "role": np.array([1.0], dtype=np.float32)}
    found = turned(evidence, Kind(english=1.0, nynorsk=0.0, story=0.0))
    assert found["words@en"].tolist() == [0.5]
    assert found["words@story"].tolist() == [0.0]
    assert "role@en" not in found


def test_links_carry_scores() -> None:
    links = Links.of([(0, 0, 1.0), (1, 0, 0.5), (1, 2, 1.0)])
    scores = np.array([0.2, 0.8], dtype=np.float32)
    assert np.allclose(links.best(scores, 3), [0.4, 0, 0.8])
    assert np.allclose(links.total(scores, 3), [0.6, 0, 0.8])
    assert ages_of("0-6") == range(7)


def test_a_hidden_question_is_passed_over(assistant: Assistant) -> None:
    stored = next(q for q in assistant.index.questions() if q.target.startswith("lov/"))
    retriever, understanding = assistant.steps.retriever, assistant.steps.understanding
    understood = understanding.read(Ask(question=stored.text))
    at = retriever.library.by_provision[ProvisionRef.parse(stored.target)][0]
    open_, hidden = (retriever.weigh(understood, hidden=h).passages for h in (frozenset[str](), frozenset({stored.id})))
    assert open_["near_dense"][at] > 0.99
    assert hidden["near_dense"][at] < 0.99
    assert hidden["near_words"][at] < open_["near_words"][at]
    assert open_["words"][at] == hidden["words"][at]


@pytest.mark.parametrize("arm", ARMS)
def test_an_arm_that_is_off_finds_nothing(assistant: Assistant, arm: str) -> None:
    ask = Ask(question="Jeg er lærer. Jenta på 9 sier at far slår. Må jeg melde etter opplæringslova § 24-3?")
    assert all(arm not in hit.arms for hit in assistant.search(ask, without=frozenset({arm})).hits)


def test_the_published_form_names_every_arm() -> None:
    named = SCHEMA["properties"]["passages"]["items"]["properties"]["found_by"]["items"]["enum"]
    assert sorted(named) == sorted(ARMS)


def test_fitting_sees_dev_with_itself_hidden_and_never_test(knowledge: Knowledge) -> None:
    rows = for_fitting(knowledge)
    test = {row.text for row in held_out(knowledge, Split.TEST)}
    assert len(rows) > 400
    assert all(row.hidden for row in rows)
    assert not [row for row in rows if row.text in test]
    learned = {question.text for question in with_dev(knowledge).learned}
    assert {row.text for row in rows} <= learned
    assert not test & learned


def test_the_stored_questions_of_the_index_are_those_that_are_not_held_out(
    assistant: Assistant, knowledge: Knowledge
) -> None:
    stored = {question.text for question in assistant.index.questions()}
    for split in (Split.DEV, Split.TEST):
        assert not stored & {row.text for row in held_out(knowledge, split)}


def test_figures_of_a_run_are_shares_and_pair_up(assistant: Assistant, knowledge: Knowledge) -> None:
    rows = search_all(assistant, held_out(knowledge, Split.DEV)[:12])
    assert all(row.hit1 <= row.hit5 and 0 <= row.recall8 <= 1 for row in rows)
    assert paired(rows, rows, "hit5") == (0.0, 0.0)
    worse = [Found(question=r.question, hit1=0.0, hit5=0.0, recall8=0.0, card1=None, ms=1.0) for r in rows]
    assert paired(rows, worse, "hit5")[1] <= 0


def test_typos_change_two_words_and_stay_the_same() -> None:
    text = "Barnevernet spør foreldrene om samtykke"
    once = with_typos(text, 2)
    assert once == with_typos(text, 2)
    assert sum(a != b for a, b in zip(text.split(), once.split(), strict=True)) == 2
