"""Evaluation: cases that can be trusted, scores that mean what they say, and no green run that checked nothing."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.question import Ask
from bot.reply import Answer, Citation, Claim, Passage, Provenance, Refusal, Status, Trace
from corpus.errors import ContentError
from corpus.knowledge import load_knowledge
from corpus.modality import Modality
from corpus.provision import ProvisionRef
from eval.case import Case, Fact, load_cases
from eval.report import failures, interval, table
from eval.run import Revision, run, write_run
from eval.score import score

HPL33 = ProvisionRef("lov/1999-07-02-64", "§33")
BVL21 = ProvisionRef("lov/2021-06-18-97", "§2-1")
TEXT = "Helsepersonell skal melde fra uten ugrunnet opphold."
PROVENANCE = Provenance(corpus="c", generation="g", embedder="e", model="none")
CASE = Case(
    id="x",
    question="Må jeg melde?",
    language="nb",
    role="",
    topic="plikt",
    type="control",
    style="direct",
    split="dev",
    situation="s",
    gold=(HPL33,),
    acceptable=(BVL21,),
    vital=(Fact(what="plikt", pattern=re.compile("skal melde", re.I)),),
    must_not=(Fact(what="frist", pattern=re.compile("to uker", re.I)),),
    basis="P101",
    checked=date(2026, 11, 24),
)


def reply(text: str = TEXT, *, cited: ProvisionRef = HPL33, ranked: tuple[ProvisionRef, ...] = (HPL33,)) -> Answer:
    citation = Citation(chunk="k", provision=cited, source="s", quote=TEXT, start=0, end=len(TEXT), url="")
    return Answer(
        status=Status.ANSWERED, language="nb", title="T",
        short_answer=(Claim(text=text, modality=Modality.PLIKT, citations=(citation,)),),
        passages=tuple(
            Passage(rank=n, chunk="k", provision=ref, source="s", heading="", score=1.0, found_by=("words",))
            for n, ref in enumerate(ranked, start=1)
        ),
        provenance=PROVENANCE, trace=Trace(language="nb"),
    )  # fmt: skip


def values(case: Case, answer: Answer | Refusal, text: str = TEXT) -> dict[str, float | None]:
    return {item.name: item.value for item in score(case, answer, {"s": text})}


def test_a_right_reply_scores_one_everywhere() -> None:
    assert set(values(CASE, reply()).values()) == {1.0}


def test_each_fault_lowers_its_own_score() -> None:
    assert values(CASE, reply("Du kan vente."))["fact_recall"] == 0.0
    assert values(CASE, reply("Du skal melde innen to uker."))["nothing_forbidden"] == 0.0
    assert values(CASE, reply(), "en annen tekst som er lang nok til alt dette her")["quote_fidelity"] == 0.0
    other = ProvisionRef("lov/1999-07-02-64", "§21")
    assert values(CASE, reply(cited=other))["provision_f1"] == 0.0
    late = values(CASE, reply(ranked=(other, HPL33)))
    assert (late["hit@1"], late["hit@5"], late["mrr"]) == (0.0, 1.0, 0.5)


def test_acceptable_provisions_count_neither_way_and_a_part_counts_as_its_document() -> None:
    assert values(CASE, reply(cited=BVL21))["provision_precision"] is None
    document = ProvisionRef("rundskriv/samarbeid-2025")
    part = ProvisionRef("rundskriv/samarbeid-2025", "frister")
    about = replace(CASE, gold=(document,))
    assert values(about, reply(cited=part, ranked=(part,)))["provision_f1"] == 1.0
    assert values(about, reply(cited=part, ranked=(part,)))["hit@1"] == 1.0


def test_a_refusal_is_right_for_what_cannot_be_answered_and_wrong_otherwise() -> None:
    refused = Refusal(status=Status.NOT_IN_SOURCES, language="nb", message="Nei.", provenance=PROVENANCE)
    outside = replace(CASE, type="unanswerable", gold=(), vital=())
    assert values(outside, refused)["refusal"] == 1.0
    assert values(outside, reply())["refusal"] == 0.0
    assert values(CASE, refused)["refusal"] == 0.0
    assert values(CASE, refused)["provision_f1"] == 0.0
    assert values(outside, refused)["hit@1"] is None


def test_an_empty_run_is_an_error() -> None:
    with pytest.raises(ValueError, match="proves nothing"):
        run([], lambda ask: reply(), {}, split="dev", revision=Revision(commit="", dirty=False))


def test_a_run_keeps_its_provenance_and_names_what_failed(tmp_path: Path) -> None:
    done = run(
        [CASE, replace(CASE, id="y", vital=(Fact(what="z", pattern=re.compile("finnes ikke")),))], lambda ask: reply(),
        {"s": TEXT}, split="dev", revision=Revision(commit="abc", dirty=True),
    )  # fmt: skip
    assert "abc (dirty)" in next(iter(table(done)))
    assert [line.split(":")[0] for line in failures(done)] == ["y"]
    write_run(done, tmp_path / "deep" / "run.json")
    stored = json.loads((tmp_path / "deep" / "run.json").read_text(encoding="utf-8"))
    assert stored["provenance"]["commit"] == "abc"
    assert stored["outcomes"][1]["scores"]["fact_recall"] == 0.0


def test_intervals_hold_the_value() -> None:
    for name in ("hit@1", "recall@8"):
        low, high = interval(name, [1.0, 1.0, 0.0, 1.0, 0.5, 1.0])
        assert low <= 0.75 <= high


def test_cases_keep_what_they_promise(assistant: Assistant) -> None:
    cases = load_cases()
    assert len(cases) >= 80
    assert sum(not case.answerable for case in cases) / len(cases) >= 0.2
    assert {case.language for case in cases} == {"nb", "nn", "en"}
    known = {chunk.provision for chunk in assistant.steps.retriever.chunks}
    for case in cases:
        for ref in case.gold:
            assert any(ref.whole.covers(place) for place in known), f"{case.id}: {ref} is not in the sources"
    questions = {q.text.lower() for q in load_knowledge().questions}
    questions |= {q.lower() for s in assistant.knowledge.situations for q in s.questions}
    assert [case.id for case in cases if case.question.lower() in questions] == []


def test_a_situation_lies_in_one_split(tmp_path: Path) -> None:
    row = (
        '[[case]]\nid = "{id}"\nquestion = "Må jeg?"\nlanguage = "nb"\ntopic = "plikt"\ntype = "unanswerable"\n'
        'style = "half"\nsplit = "{split}"\nsituation = "s"\nbasis = "-"\nchecked = 2026-11-24\n'
    )
    (tmp_path / "a.toml").write_text(
        row.format(id="a", split="dev") + row.format(id="b", split="test"), encoding="utf-8"
    )
    with pytest.raises(ContentError, match="both splits"):
        load_cases(tmp_path)


def test_quotes_are_exact_and_nothing_forbidden_is_said_on_dev(assistant: Assistant) -> None:
    texts = {source: assistant.index.text(source) for source in assistant.sources}
    for case in load_cases(split="dev"):
        done = {item.name: item.value for item in score(case, assistant.ask(Ask(question=case.question)), texts)}
        assert done["quote_fidelity"] in (None, 1.0), case.id
        assert done["nothing_forbidden"] in (None, 1.0), case.id
