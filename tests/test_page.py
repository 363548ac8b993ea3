"""The chat page without a browser: cards, sources, turns, and the shield around the application."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot.pages.ask import ask_page
from bot.pages.card import card
from bot.pages.copied import plain, rich
from bot.pages.library import cited, found, numbered
from bot.pages.prose import prose
from bot.pages.server import build_app
from bot.pages.shell import dress
from bot.pages.shield import MAX_BODY
from bot.pages.source import source_panel
from bot.pages.texts import BINDINGS, EXAMPLES, KINDS, LAW_STATUSES, ROLES, STATUSES, UI
from bot.pages.turn import take_turn
from bot.reply import Language, Status
from corpus.source import Binding, Kind
from tests.fakes import BVL21, CHUNKS, FEEDBACK, HPL33, SLIDE, FakeAssistant, answered, refused

EVIL = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>"
LANGUAGES: tuple[Language, ...] = ("nb", "nn", "en")
library = FakeAssistant()


def opened(html: str) -> list[str]:
    """The names of the sources that a card's buttons open."""
    return re.findall(r'<button[^>]* data-source="([^"]+)"', html)


def text_of(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html))


# ---- the card ----


def test_every_claim_has_a_button_for_each_of_its_citations() -> None:
    reply = answered()
    numbers = numbered(reply)
    items = re.findall(r'<li><span class="hj-chip.*?</li>', card(reply, library))
    assert len(items) == len(reply.claims)
    for item, claim in zip(items, reply.claims, strict=True):
        assert claim.text in text_of(item)
        assert opened(item) == [str(numbers[citation]) for citation in claim.citations]


def test_numbers_follow_the_order_in_which_a_reader_meets_the_sources() -> None:
    met = list(dict.fromkeys(n for n in opened(card(answered(), library)) if n.isdigit()))
    assert met == [str(n) for n in range(1, len(met) + 1)]


def test_every_button_of_a_turn_has_its_source() -> None:
    for question in ("meldeplikt", "vaffel", "haster"):
        turn = take_turn(library, question, None, "nb")
        held = set(re.findall(r'<template data-source="([^"]+)"', turn["sources"]))
        assert set(opened(turn["card"])) == held


def test_what_is_written_in_content_is_shown_and_never_run() -> None:
    reply = replace(
        answered(first=EVIL, title=EVIL), binds=(EVIL,), missing=(EVIL,), notices=(EVIL,), common_mistake=EVIL
    )
    for html in (card(reply, library), rich(reply, library)):
        assert "<script" not in html
        assert "<img" not in html
        assert EVIL in text_of(html)


def test_a_modality_is_told_in_words_and_by_a_sign() -> None:
    html = card(answered(), library)
    chips = re.findall(r'<span class="hj-chip hj-chip-(\w+)"><svg.*?</svg>(\w+)</span>', html)
    assert {("plikt", "PLIKT"), ("kan", "KAN"), ("forbud", "FORBUD"), ("rett", "RETT"), ("bor", "BØR")} <= set(chips)
    assert len(chips) == len(answered().claims)


def test_danger_comes_before_everything_else_with_numbers_to_call() -> None:
    html = card(answered(Status.ACUTE), library)
    assert re.match(r'<article[^>]*><div class="hj-alarm" role="alert">', html)
    assert ['href="tel:113"' in html, 'href="tel:112"' in html, 'href="tel:110"' in html] == [True] * 3
    assert html.count("Er noen i fare nå") == 1


def test_an_acute_refusal_says_it_once_in_the_alarm() -> None:
    html = card(refused(Status.ACUTE), library)
    assert html.count("Er noen i fare nå") == 1
    assert "hj-message" not in html


def test_a_neighbour_outside_the_index_is_named_and_cannot_be_opened() -> None:
    html = card(answered(), library)
    assert opened(html)[-2:] == ["s1", "s2"]
    assert "forvaltningsloven §\N{NO-BREAK SPACE}13 b" in text_of(html)


def test_a_refusal_says_why_shows_the_nearest_and_whom_to_ask() -> None:
    reply = refused(Status.NOT_IN_SOURCES, passages=True)
    html = card(reply, library)
    assert "Står ikke i kildene" in html
    assert reply.message in html
    assert opened(html) == [f"p{passage.rank}" for passage in reply.passages]
    assert all(who in html for who in reply.ask)


def test_personal_data_offers_the_question_without_it() -> None:
    turn = take_turn(library, "Hva gjelder for 010190 12345?", None, "nb")
    assert turn["status"] == "personal_data"
    assert turn["keep"] is True
    assert "010190" not in str(turn)
    assert turn["shown"] == turn["anonymised"] == "Hva gjelder for [fødselsnummer fjernet]?"
    assert "Bruk denne teksten" in turn["card"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_is_in_the_language_of_its_reply(language: Language) -> None:
    html = card(answered(language=language), library)
    assert html.startswith('<article class="hj-card hj-answered"')
    assert f'lang="{language}"' in html
    assert STATUSES[Status.ANSWERED][language] in html


# ---- the source ----


def test_the_mark_holds_exactly_the_quote() -> None:
    for citation, number in numbered(answered()).items():
        html = source_panel(cited(library, citation, number), "nb")
        marks = re.findall(r"<mark>(.*?)</mark>", html)
        assert unescape(" ".join(marks)) == citation.quote


def test_a_source_tells_its_weight_its_day_and_what_it_is() -> None:
    law = text_of(source_panel(cited(library, next(iter(numbered(answered()))), 1), "nb"))
    for words in (
        "Kilde [1]", "Opplysninger til barnevernstjenesten", "Bindende", "Lovtilstand 28.07.2026", "Første ledd",
        "vår egen gjengivelse av loven", "lovdata.no",
    ):  # fmt: skip
        assert words in law


def test_the_step_of_the_hierarchy_is_marked_for_those_who_do_not_see_it() -> None:
    passages = {passage.provision: passage for passage in answered().passages}
    for ref, step in ((HPL33, "Lov"), (FEEDBACK, "Rundskriv"), (SLIDE, "Opplæring")):
        html = source_panel(found(library, passages[ref]), "nb")
        assert f'aria-current="true">{step}</li>' in html


def test_historical_and_amended_sources_say_so() -> None:
    passages = {passage.provision: passage for passage in answered().passages}
    slide = text_of(source_panel(found(library, passages[SLIDE]), "nb"))
    assert "Historisk" in slide
    assert "Det sier ikke hva som gjelder i dag." in slide
    assert "vår egen gjengivelse av dokumentet" in slide
    amended = text_of(source_panel(found(library, passages[BVL21]), "nb"))
    assert "Endring vedtatt" in amended
    assert "Lovtilstand 01.11.2026" in amended
    assert "Fristen løper fra mottaket." in amended


def test_a_link_leads_to_the_exact_section_and_gives_nothing_away() -> None:
    html = source_panel(cited(library, next(iter(numbered(answered()))), 1), "nb")
    assert 'href="https://lovdata.no/lov/1999-07-02-64/§33" target="_blank" rel="noopener noreferrer"' in html


def test_an_address_that_is_not_of_the_web_is_no_link() -> None:
    reply = answered()
    assert all("javascript:" not in html for html in (card(reply, library), rich(reply, library)))
    assert "javascript:" not in plain(reply, library)
    for passage in reply.passages:
        assert "javascript:" not in source_panel(found(library, passage), "nb")


def test_the_whole_text_of_a_passage_is_shown() -> None:
    for chunk in CHUNKS:
        shown = " ".join(text_of(prose(chunk)).split())
        for sentence in chunk.sentences:
            assert " ".join(chunk.quote(sentence).split()) in shown


def test_a_passage_that_left_the_index_is_said_to_be_gone() -> None:
    gone = replace(answered().passages[0], chunk="finnes-ikke")
    assert "finnes ikke lenger" in source_panel(found(library, gone), "nb")


# ---- copying ----


def test_what_is_copied_holds_every_claim_and_its_source() -> None:
    reply = answered()
    text, markup = plain(reply, library), rich(reply, library)
    for citation, number in numbered(reply).items():
        assert f"[{number}]" in text
        assert citation.quote in text
        assert citation.quote in text_of(markup)
    assert all(claim.text in text for claim in reply.claims)
    assert "ikke den offisielle ordlyden" in text


# ---- texts ----


def test_every_text_is_there_in_three_languages() -> None:
    tables = (UI, STATUSES, KINDS, BINDINGS, LAW_STATUSES, ROLES)
    rows = [row for table in tables for row in table.values()] + list(EXAMPLES)
    assert all(set(row) == set(LANGUAGES) and all(row.values()) for row in rows)
    assert (set(STATUSES), set(KINDS), set(BINDINGS)) == (set(Status), set(Kind), set(Binding))


# ---- a turn that fails ----


def test_a_failure_becomes_one_plain_line_and_a_log_without_the_question(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        turn = take_turn(library, "krasj for Kari Nordmann", None, "nb")
    assert turn["status"] == "failed"
    assert turn["keep"] is True
    assert "Noe gikk galt hos oss" in turn["card"]
    assert "Traceback" not in str(turn)
    assert "RuntimeError" in caplog.text
    assert "fakes.py" in caplog.text
    assert "Nordmann" not in caplog.text


def test_a_role_that_is_not_on_the_list_is_not_told() -> None:
    roles: list[str | None] = []

    class Listening(FakeAssistant):
        def ask(self, ask):  # type: ignore[no-untyped-def]
            roles.append(ask.role)
            return super().ask(ask)

    for role in ("skole", "annen", "", None, "keiser"):
        take_turn(Listening(), "x", role, "nb")
    assert roles == ["skole", None, None, None, None]


# ---- the application ----


@pytest.fixture(scope="module")
def app() -> FastAPI:
    return build_app(FakeAssistant())


@pytest.fixture(scope="module")
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.mark.parametrize("path", ["/", "/hjemmel/style.css", "/config", "/finnes-ikke", "/docs", "/gradio_api/upload"])
def test_every_response_carries_the_security_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert "camera=()" in headers["permissions-policy"]
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "script-src 'self'" in policy
    assert "http" not in policy


def test_the_page_names_its_inline_scripts_and_allows_no_other(client: TestClient) -> None:
    answer = client.get("/")
    policy = next(part for part in answer.headers["content-security-policy"].split("; ") if part[:6] == "script")
    assert "unsafe-inline" not in policy
    assert policy.count("'sha256-") == len(re.findall(r"<script(?![^>]*src=)", answer.text))


def test_the_page_is_ours_before_any_script_runs(client: TestClient) -> None:
    page = client.get("/").text
    assert re.search(r'<html\s+lang="nb"', page)
    assert "<h1>Hjemmel</h1>" in page
    assert "og:image" not in page
    assert "githubusercontent" not in page
    assert client.get("/").headers["cache-control"] == "no-store"


def test_what_the_page_never_uses_is_closed(client: TestClient) -> None:
    assert client.post("/gradio_api/upload", files={"files": b"x"}).status_code == 404
    assert client.get("/gradio_api/file=/etc/passwd").status_code == 404
    assert client.get("/openapi.json").status_code == 404
    assert client.post("/gradio_api/call/ask", content=b"x" * (MAX_BODY + 1)).status_code == 413


def test_the_question_is_a_named_endpoint(client: TestClient) -> None:
    assert list(client.get("/gradio_api/info").json()["named_endpoints"]) == ["/ask"]
    begun = client.post("/gradio_api/call/ask", json={"data": ["Må jeg melde fra?", "skole", []]}).json()
    stream = client.get(f"/gradio_api/call/ask/{begun['event_id']}").text
    assert "event: complete" in stream
    assert '"status": "answered"' in stream


def test_many_questions_are_answered_at_once() -> None:
    blocks = ask_page(FakeAssistant(), "nb")
    asking = [fn for fn in blocks.fns.values() if fn.concurrency_id == "ask"]
    assert asking
    assert all(fn.concurrency_limit >= 20 and fn.queue for fn in asking)
    assert blocks.analytics_enabled is False


def test_a_page_that_gradio_has_changed_is_refused_loudly() -> None:
    with pytest.raises(ValueError, match="no </head>"):
        dress("<p>noe annet</p>", "nb", "1")
