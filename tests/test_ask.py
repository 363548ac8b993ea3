"""From question to card over the real knowledge base: what must be said, what must be refused, and how."""

from __future__ import annotations

import json
import re
import socket
from dataclasses import asdict
from pathlib import Path

import jsonschema
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.assistant import Assistant, open_assistant
from bot.machine import to_machine
from bot.question import Ask
from bot.reply import Answer, Refusal, Reply, Status
from bot.terminal import print_card
from corpus.settings import Settings

SCHEMA = json.loads((Path(__file__).parent.parent / "docs" / "reply.schema.json").read_text(encoding="utf-8"))
HIT = "Ei jente på 9 sier at pappa slår henne. Må jeg spørre foreldrene før jeg sier fra? Jeg er helsesykepleier."
NUMBER = re.compile(r"\d{6} ?\d{5}")


def answered(assistant: Assistant, question: str) -> Answer:
    reply = assistant.ask(Ask(question=question))
    assert isinstance(reply, Answer), f"{question!r} was refused: {reply.status}"
    return reply


def said(reply: Answer) -> str:
    return "\n".join(claim.text for claim in reply.claims)


def test_the_girl_of_nine_is_answered_with_the_duty_to_report(assistant: Assistant) -> None:
    reply = answered(assistant, HIT)
    assert reply.status is Status.ANSWERED
    cited = [str(c.provision.whole) for claim in reply.short_answer for c in claim.citations]
    assert cited[0] == "lov/1999-07-02-64/§33"
    assert "lov/1999-07-02-64/§33" in [str(passage.provision) for passage in reply.passages[:3]]
    text = said(reply).lower()
    assert re.search(r"\b(?:skal|plikter)\b.*meld", text)
    assert "uten ugrunnet opphold" in text
    assert re.search(r"taushetsplikt", text)
    assert re.search(r"(?:trenger|kreves?) (?:\w+ ){0,3}ikke|ikke .{0,40}samtykke|uten samtykke", text)
    assert any(claim.modality == "plikt" for claim in reply.short_answer)


@pytest.mark.parametrize(
    "question",
    [
        "Hva er satsen for kjøregodtgjørelse?",
        "Hvor mye paracetamol kan en femåring få?",
        "Hva er hovedstaden i Australia?",
        "Hvor mange bekymringsmeldinger kom det i Bergen i fjor?",
        "Når går bussen til Drammen?",
        "Kan utleier si opp husleiekontrakten min uten grunn?",
        "What is the speed limit on the motorway?",
    ],
)
def test_what_the_sources_do_not_hold_is_refused_with_the_nearest(assistant: Assistant, question: str) -> None:
    reply = assistant.ask(Ask(question=question))
    assert isinstance(reply, Refusal)
    assert reply.status in (Status.NOT_IN_SOURCES, Status.OUT_OF_SCOPE)
    assert reply.message
    assert reply.ask


SEEDS = [
    ("Hvor lang tid har barnevernet på å se på en bekymringsmelding?", r"(?:én|en|1) uke"),
    ("Hvor raskt må barnevernet gi tilbakemelding til meg som meldte?", r"(?:tre|3) uker"),
    ("Når skal barnevernet gi tilbakemelding til helsetjenesten på en bekymringsmelding?", r"(?:tre|3) uker"),
    ("Hvilket nivå i barnevernet inngår avtale med et RHF?", r"Bufetat"),
    ("Når ble Samarbeidsforum for barnevern og psykisk helse etablert?", r"2014"),
    ("Hvor skulle de to første institusjonene etableres?", r"Bodø.*Søgne|Søgne.*Bodø"),
    ("Hvor skulle de to første institusjonene ligge?", r"Bodø.*Søgne|Søgne.*Bodø"),
    ("Når ble Samarbeidsforum opprettet?", r"2014"),
    ("Hvem signerer avtaler med et RHF?", r"Bufetat"),
    ("Innen når skal barnevernet ha gått gjennom meldingen?", r"(?:én|en|1) uke"),
    ("Når ble rundskrivet om samarbeid publisert første gang?", r"2015"),
    ("Hvem bestod Samarbeidsforumet av?", r"(?i)statsforvalter|fylkesmann|kommun"),
]


@pytest.mark.parametrize(("question", "wanted"), SEEDS)
def test_what_the_two_seed_texts_say_is_answered_from_our_restatement(
    assistant: Assistant, question: str, wanted: str
) -> None:
    reply = answered(assistant, question)
    assert re.search(wanted, said(reply), re.S), said(reply)


MOVED = [
    ("Hva sier hpl § 45?", "§ 25", "lov/1999-07-02-64/§25"),
    ("hpl § 21 a om snoking", "§ 21", "lov/1999-07-02-64/§21"),
    ("Kan vi bruke barnevernsloven § 2-6?", "ikke i kraft", "lov/2021-06-18-97/§2-6"),
    ("bvl 13-2", "", "lov/2021-06-18-97/§13-2"),
    ("Hvem har samtykkekompetanse?", "beslutningskompetanse", "lov/1999-07-02-63/§4-3"),
    ("hva står i helsepersonelloven paragraf 33 andre ledd", "", "lov/1999-07-02-64/§33"),
]


@pytest.mark.parametrize(("question", "notice", "provision"), MOVED)
def test_a_section_that_is_named_is_found_and_one_that_moved_is_said_to_have(
    assistant: Assistant, question: str, notice: str, provision: str
) -> None:
    reply = assistant.ask(Ask(question=question))
    assert str(reply.passages[0].provision) == provision
    assert isinstance(reply, Answer)
    if notice:
        assert any(notice in line for line in reply.notices), reply.notices


def test_what_is_not_in_force_is_said_first_to_be_so(assistant: Assistant) -> None:
    reply = answered(assistant, "Kan vi bruke barnevernsloven § 2-6?")
    assert "ikke i kraft" in reply.notices[0]
    assert "kraft" in reply.short_answer[0].text
    assert "§ 16-3" in said(reply)


def test_the_new_public_administration_act_is_said_not_to_be_in_force(assistant: Assistant) -> None:
    reply = answered(assistant, "Hva sier forvaltningsloven 2025 om taushetsplikt?")
    assert "ikke i kraft" in reply.notices[0]
    assert "1967" in reply.notices[0]


def test_an_older_circular_is_said_to_be_older_than_the_section_it_names(assistant: Assistant) -> None:
    chunk = next(
        c for c in assistant.steps.retriever.chunks if "§ 21 a" in c.text and c.source.endswith("samarbeid-2025")
    )
    currency = assistant.steps.base.currency
    source = assistant.sources[chunk.source]
    assert any(found.now for found in currency.overtaken(chunk.text, source.state_of_law))


@pytest.mark.parametrize("question", ["Hva sier bvl § 99-9?", "Hva står i barnevernsloven § 42-7 om møteplikt?"])
def test_a_section_that_is_not_held_is_said_not_to_be(assistant: Assistant, question: str) -> None:
    reply = assistant.ask(Ask(question=question))
    assert isinstance(reply, Refusal)
    assert "bvl §" in reply.message
    assert "kan ikke si om bestemmelsen finnes" in reply.message
    assert reply.passages


HEALTH = ("RHF", "helseforetak", "kommunal helse- og omsorgstjeneste", "fylkeskommunal tannhelsetjeneste")
CHILD_WELFARE = ("Bufetat", "kommunal barnevernstjeneste", "barnevernsinstitusjon")


@pytest.mark.parametrize("health", HEALTH)
@pytest.mark.parametrize("welfare", CHILD_WELFARE)
def test_the_agreement_matrix_is_answered_cell_by_cell(assistant: Assistant, health: str, welfare: str) -> None:
    reply = answered(assistant, f"Skal {health} ha samarbeidsavtale med {welfare}?")
    text = said(reply).lower()
    assert "rundskriv/samarbeid-2025" in {c.source for claim in reply.claims for c in claim.citations}, text
    if health == "RHF":
        assert "bufetat" in text


QUESTIONS = [HIT, *(question for question, _ in SEEDS), "Hva er satsen for kjøregodtgjørelse?", "", "12"]


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_reply_keeps_its_promises(assistant: Assistant, question: str) -> None:
    reply = assistant.ask(Ask(question=question))
    keeps_promises(assistant, reply)


def keeps_promises(assistant: Assistant, reply: Reply) -> None:
    jsonschema.validate(to_machine(reply, id="x", ms=1.0), SCHEMA)
    assert print_card(reply, assistant.knowledge.laws, assistant.sources)
    if isinstance(reply, Answer):
        assert len(reply.short_answer) <= 4
        for claim in reply.claims:
            for citation in claim.citations:
                text = assistant.index.text(citation.source)
                assert text[citation.start : citation.end] == citation.quote
                chunk = assistant.chunk(citation.chunk)
                assert chunk is not None
                assert chunk.provision == citation.provision.whole
                assert citation.quote in chunk.text
    else:
        assert reply.message


def test_the_same_question_gets_the_same_reply(assistant: Assistant) -> None:
    assert asdict(assistant.ask(Ask(question=HIT))) == asdict(assistant.ask(Ask(question=HIT)))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=300))
def test_any_text_gets_a_reply_that_keeps_its_promises(assistant: Assistant, question: str) -> None:
    keeps_promises(assistant, assistant.ask(Ask(question=question)))


def test_a_question_that_tells_little_gets_the_rule_and_is_asked_for_more(assistant: Assistant) -> None:
    reply = answered(assistant, "Må jeg melde?")
    assert reply.status is Status.PARTIAL
    assert reply.trace.situation == ""
    assert reply.missing


def test_an_identity_number_stops_everything_and_is_nowhere_in_the_reply(assistant: Assistant) -> None:
    reply = assistant.ask(Ask(question="Gutten 010190 12345 slår lillesøsteren sin. Må jeg melde?"))
    assert isinstance(reply, Refusal)
    assert reply.status is Status.PERSONAL_DATA
    assert reply.passages == ()
    assert "[fødselsnummer fjernet]" in reply.anonymised
    assert not NUMBER.search(json.dumps(to_machine(reply, id="x", ms=0.0)))


def test_danger_right_now_comes_first_and_the_answer_follows(assistant: Assistant) -> None:
    reply = assistant.ask(
        Ask(question="Far sier han skal drepe moren i kveld, jenta på 10 ringte meg. Hva må jeg gjøre?")
    )
    assert reply.status is Status.ACUTE
    assert "112" in reply.notices[0]


def test_historical_material_is_marked(assistant: Assistant) -> None:
    reply = answered(assistant, "Hvor skulle de to første institusjonene etableres, Bodø?")
    assert any("historisk" in notice for notice in reply.notices)


LANGUAGES = [
    ("Må eg melde frå når eg ikkje veit sikkert?", "nn"),
    ("Do I have to report when a child is being hit at home?", "en"),
    (HIT, "nb"),
]


@pytest.mark.parametrize(("question", "language"), LANGUAGES)
def test_the_language_of_the_question_is_the_language_of_the_reply(
    assistant: Assistant, question: str, language: str
) -> None:
    assert assistant.ask(Ask(question=question)).language == language


def test_nothing_is_sent_anywhere(built_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Opening everything and answering makes no connection and looks up no name."""

    def refuse(*arguments: object, **_: object) -> None:
        raise AssertionError(f"a connection was tried: {arguments[1:]}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    fresh = open_assistant(Settings(index=built_index))
    assert isinstance(fresh.ask(Ask(question=HIT)), Answer)


def test_no_question_is_logged(assistant: Assistant, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("DEBUG"):
        assistant.ask(Ask(question="Gutten med det sære ordet flaggermusvinge slår seg. Må jeg melde?"))
    assert "flaggermusvinge" not in caplog.text


def test_the_vector_graph_loses_no_neighbour(assistant: Assistant) -> None:
    """Every passage is found by its own vector, and the nearest 60 of sampled questions are exactly the nearest 60."""
    index = assistant.index
    vectors, chunks = index.vectors(), index.chunks()
    assert [c.id for c in chunks if not any(near > 0.99 for _, near in index.nearest_chunks(vectors[c.id], 10))] == []
    rows = np.stack([vectors[chunk.id] for chunk in chunks])
    for question in index.questions()[::40]:
        cosines = np.sort(rows @ vectors[question.id])[::-1][:60]
        found = np.array([near for _, near in index.nearest_chunks(vectors[question.id], 60)])
        assert np.allclose(found, cosines, atol=1e-4)
