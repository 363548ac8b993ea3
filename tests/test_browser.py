"""The chat page in a real browser, over the real index and over replies that are made to be hard to lay out."""

from __future__ import annotations

import json
import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import pytest

from bot.assistant import Assistant
from bot.pages.library import Answers, numbered
from bot.pages.server import build_app
from bot.pages.texts import EXAMPLES
from bot.question import Ask
from bot.reply import Answer
from tests.fakes import FakeAssistant, answered

CHROMIUM = os.environ.get("HJEMMEL_CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = (
    "--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
)  # fmt: skip
DESK, PHONE, TINY = (1280, 900), (390, 844), (320, 640)
SHOTS = Path(__file__).parent.parent / "var" / "screenshots"
QUESTION = EXAMPLES[0]["nb"]


def serving(assistant: Answers) -> Iterator[str]:
    """Serve an assistant on a free port until the generator is closed; gives the address."""
    import uvicorn

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = uvicorn.Config(build_app(assistant), host="127.0.0.1", port=port, log_level="warning", access_log=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 30
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.05)
    assert server.started, "the server did not start in 30 seconds"
    try:
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A headless Chromium; without one the tests are skipped, unless they are required."""
    found = shutil.which(CHROMIUM) or shutil.which("chromium") or shutil.which("google-chrome")
    if found is None:
        reason = f"there is no browser at {CHROMIUM}; set HJEMMEL_CHROMIUM"
        if os.environ.get("HJEMMEL_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def real(assistant: Assistant, browser: Any) -> Iterator[str]:
    assistant.warm_up()
    yield from serving(assistant)


@pytest.fixture(scope="module")
def fake(browser: Any) -> Iterator[str]:
    yield from serving(FakeAssistant())


Open = Callable[..., Any]


@pytest.fixture
def opened(browser: Any) -> Iterator[Open]:
    """Opens the page; whatever it asks of another host, and whatever it complains of, fails the test."""
    outside: list[str] = []
    complaints: list[str] = []
    contexts: list[Any] = []

    def open_page(
        address: str, size: tuple[int, int] = DESK, scheme: Literal["light", "dark"] = "light", **options: Any
    ) -> Any:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, reduced_motion="reduce", **options
        )
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: outside.extend([request.url] if _is_outside(request.url) else []))
        page.on("console", lambda line: complaints.extend([line.text] if line.type in ("error", "warning") else []))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address)
        page.wait_for_selector("#hj-question textarea")
        page.wait_for_function("document.querySelector('#hj-role input').value !== ''")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert outside == []
    assert complaints == []


def _is_outside(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme not in ("data", "blob") and parts.hostname != "127.0.0.1"


def ask(page: Any, question: str) -> Any:
    """Ask with Enter and return the new turn."""
    before = page.locator(".hj-card").count()
    page.fill("#hj-question textarea", question)
    page.press("#hj-question textarea", "Enter")
    page.wait_for_function(f"document.querySelectorAll('.hj-card').length > {before}")
    return page.locator(".hj-turn").last


def shot(page: Any, name: str, *, whole: bool = False) -> None:
    """Keep a picture for whoever wants to look."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png", full_page=whole)


def sideways(page: Any) -> int:
    """How many pixels the page can be scrolled sideways."""
    width: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return width


# ---- over the real index ----


def test_the_example_question_gets_a_card_with_the_source_beside_it(
    opened: Open, real: str, assistant: Assistant
) -> None:
    reply = assistant.ask(Ask(question=QUESTION))
    assert isinstance(reply, Answer)
    page = opened(real)
    shot(page, "desk-start")
    turn = ask(page, QUESTION)
    assert turn.locator(".hj-asked").inner_text() == QUESTION
    assert turn.locator(".hj-chip").count() == len(reply.claims)
    first = next(iter(numbered(reply)))
    assert page.locator(".hj-panel mark").all_inner_texts() == [first.quote]
    shot(page, "desk-answer")


def test_each_number_opens_its_source_at_the_quote(opened: Open, real: str, assistant: Assistant) -> None:
    reply = assistant.ask(Ask(question=QUESTION))
    assert isinstance(reply, Answer)
    page = opened(real)
    turn = ask(page, QUESTION)
    for citation, number in numbered(reply).items():
        turn.locator(f'.hj-cite[data-source="{number}"]').first.click()
        quote = page.locator(".hj-panel mark")
        assert " ".join(quote.all_inner_texts()) == citation.quote
        box, panel = quote.first.bounding_box(), page.locator(".hj-panel").bounding_box()
        assert panel["y"] <= box["y"] < panel["y"] + panel["height"]
        assert page.evaluate("document.activeElement.className") == "hj-source-name"
    shot(page, "desk-source")


def test_a_neighbour_opens_in_the_panel(opened: Open, real: str) -> None:
    page = opened(real)
    turn = ask(page, QUESTION)
    neighbour = turn.locator(".hj-part-see-also .hj-open").first
    name = neighbour.inner_text()
    neighbour.click()
    assert name.lower() in page.locator(".hj-panel").inner_text().lower()


def test_an_example_is_asked_when_it_is_chosen(opened: Open, real: str) -> None:
    page = opened(real)
    page.locator("#hj-examples button").nth(2).click()
    page.wait_for_selector(".hj-card")
    assert page.locator(".hj-asked").inner_text() == EXAMPLES[2]["nb"]
    assert page.input_value("#hj-question textarea") == ""


def test_a_card_is_there_soon_after_enter(opened: Open, real: str) -> None:
    page = opened(real)
    ask(page, "Hvor raskt må barnevernet gå gjennom en bekymringsmelding?")
    measure = """() => new Promise((done) => {
      const before = document.querySelectorAll(".hj-card").length, began = performance.now();
      new MutationObserver(() => {
        if (document.querySelectorAll(".hj-card").length > before) done(performance.now() - began);
      }).observe(document.body, { childList: true, subtree: true });
      document.querySelector("#hj-send").click();
    })"""
    taken = []
    for question in (QUESTION, EXAMPLES[1]["nb"], EXAMPLES[3]["nb"]):
        page.fill("#hj-question textarea", question)
        taken.append(page.evaluate(measure))
        page.wait_for_function("document.querySelector('#hj-question textarea').value === ''")
    assert min(taken) < 300, f"milliseconds: {taken}"


def test_the_role_is_remembered_by_the_browser_and_told_by_nobody_else(opened: Open, real: str) -> None:
    page = opened(real)
    page.click("#hj-role input")
    page.locator("#hj-role li", has_text="ansatt i skolen").or_(
        page.get_by_role("option", name="ansatt i skolen")
    ).first.click()
    ask(page, "Må jeg melde fra?")
    page.reload()
    page.wait_for_function("document.querySelector('#hj-role input')?.value === 'ansatt i skolen'")
    assert page.locator(".hj-turn").count() == 0
    stored = page.evaluate("JSON.stringify({ ...localStorage, ...sessionStorage })")
    assert list(json.loads(stored)) == ["hjemmel-rolle"]
    assert page.context.cookies() == []


# ---- over replies that are made for it ----


def test_a_new_conversation_leaves_nothing_behind(opened: Open, fake: str) -> None:
    page = opened(fake)
    ask(page, "Må jeg melde fra?")
    page.click("#hj-new")
    page.wait_for_function("document.querySelectorAll('.hj-turn').length === 0")
    assert page.locator(".hj-panel").is_hidden()
    assert page.locator("#hj-examples").is_visible()
    page.wait_for_function("document.activeElement.tagName === 'TEXTAREA'")


def test_shift_enter_breaks_the_line(opened: Open, fake: str) -> None:
    page = opened(fake)
    page.locator("#hj-question textarea").press_sequentially("En")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("to")
    assert page.input_value("#hj-question textarea") == "En\nto"
    assert page.locator(".hj-turn").count() == 0


def test_the_keyboard_alone_opens_a_source_and_comes_back(opened: Open, fake: str) -> None:
    page = opened(fake)
    turn = ask(page, "Må jeg melde fra?")
    turn.locator('.hj-cite[data-source="7"]').first.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.className") == "hj-source-name"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.textContent") == "[7]"
    assert turn.locator('.hj-cite[data-source="7"]').first.get_attribute("aria-current") == "true"


def test_an_answer_is_announced(opened: Open, fake: str) -> None:
    page = opened(fake)
    ask(page, "Må jeg melde fra?")
    said = page.locator(".hj-said")
    assert said.get_attribute("role") == "status"
    assert said.inner_text().startswith("Svaret er klart. Svar med hjemmel. Du skal melde")


def test_the_card_is_copied_with_its_sources(opened: Open, fake: str) -> None:
    page = opened(fake, permissions=["clipboard-read", "clipboard-write"])
    turn = ask(page, "Må jeg melde fra?")
    turn.locator(".hj-copy").click()
    page.wait_for_function("document.querySelector('.hj-copied').textContent === 'Kopiert'")
    page.fill("#hj-question textarea", "")
    page.focus("#hj-question textarea")
    page.keyboard.press("Control+V")
    pasted = page.input_value("#hj-question textarea")
    assert all(claim.text in pasted for claim in answered().claims)
    assert all(citation.quote in pasted for citation in numbered(answered()))


def test_personal_data_stays_in_the_field_and_leaves_with_one_click(opened: Open, fake: str) -> None:
    page = opened(fake)
    turn = ask(page, "Hva gjelder for 010190 12345?")
    assert "010190" not in turn.inner_text()
    page.wait_for_function("document.querySelector('#hj-question textarea').value.includes('010190')")
    shot(page, "desk-personal-data")
    turn.locator(".hj-use").click()
    assert page.input_value("#hj-question textarea") == "Hva gjelder for [fødselsnummer fjernet]?"


def test_a_failure_is_one_plain_line(opened: Open, fake: str) -> None:
    page = opened(fake)
    turn = ask(page, "krasj")
    assert "Noe gikk galt hos oss" in turn.inner_text()
    assert "RuntimeError" not in page.content()
    page.wait_for_function("document.querySelector('#hj-question textarea').value === 'krasj'")


def test_a_refusal_opens_the_nearest_passages(opened: Open, fake: str) -> None:
    page = opened(fake)
    turn = ask(page, "oppskrift på vaffel")
    assert page.locator(".hj-panel").is_hidden()
    turn.locator(".hj-open").nth(1).click()
    assert "Barnevernsloven § 2-1" in page.locator(".hj-panel").inner_text().replace("\N{NO-BREAK SPACE}", " ").replace(
        "barnevernsloven", "Barnevernsloven"
    )
    shot(page, "desk-refusal")


@pytest.mark.parametrize("size", [PHONE, TINY], ids=["phone", "tiny"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_small_screen_is_never_scrolled_sideways(
    opened: Open, fake: str, size: tuple[int, int], scheme: Literal["light", "dark"]
) -> None:
    page = opened(fake, size, scheme)
    name = f"{'phone' if size == PHONE else 'tiny'}-{scheme}"
    assert sideways(page) == 0
    shot(page, f"{name}-start")
    turn = ask(page, "Det haster, og dette er en lang menneskerettighetsorganisasjonssekretariatsmedarbeiderhistorie")
    shot(page, f"{name}-acute")
    assert sideways(page) == 0
    turn.locator('.hj-cite[data-source="8"]').first.click()
    panel = page.locator(".hj-turn .hj-panel")
    assert panel.bounding_box()["y"] > turn.locator(".hj-card").bounding_box()["y"]
    assert sideways(page) == 0
    shot(page, f"{name}-source")
    page.locator(".hj-back").click()
    assert page.evaluate("document.activeElement.textContent") == "[8]"


def test_the_panel_stands_beside_the_card_on_a_wide_screen(opened: Open, fake: str) -> None:
    for scheme in ("light", "dark"):
        page = opened(fake, DESK, scheme)
        turn = ask(page, "Det haster")
        card, panel = turn.locator(".hj-card").bounding_box(), page.locator(".hj-panel").bounding_box()
        assert panel["x"] >= card["x"] + card["width"]
        assert sideways(page) == 0
        shot(page, f"desk-acute-{scheme}")


def test_text_is_never_smaller_than_it_should_be(opened: Open, fake: str) -> None:
    page = opened(fake)
    ask(page, "Må jeg melde fra?")
    small = page.evaluate("""() => [...document.querySelectorAll(".hj-claim, .hj-prose p, .hj-list li, .hj-own span,"
      + " .hj-notices span, textarea, button:not(.hj-cite), .hj-top p, .hj-foot p")]
      .filter((e) => e.offsetParent && parseFloat(getComputedStyle(e).fontSize) < 16).map((e) => e.className)""")
    assert small == []
