"""Lay out the chat page: the conversation, the question with the asker's role, and the source beside it."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any

import gradio as gr
from gradio.components import Component

from bot.pages.icons import icon
from bot.pages.library import Answers
from bot.pages.markup import Html, el, join
from bot.pages.texts import EXAMPLES, ROLES, ui
from bot.pages.turn import Turn, take_turn
from bot.reply import Language

AT_ONCE = 20
"""How many questions are answered at the same time; more wait in the queue."""

_REMEMBERED = {"storage_key": "hjemmel-rolle", "secret": "rollen-er-ikke-hemmelig"}
"""Fixed, so that the browser still knows the role after the server has been started again."""


def ask_page(assistant: Answers, language: Language) -> gr.Blocks:
    """Build the page over an assistant. What was asked and answered lives in the browser's page and nowhere else."""

    def answer(question: str, role: str | None, before: list[str] | None = None) -> Turn:
        return take_turn(assistant, question or "", role, language, before=before or ())

    with gr.Blocks(title="Hjemmel", analytics_enabled=False, fill_width=True) as page:
        remembered = gr.BrowserState("", **_REMEMBERED)
        before = gr.JSON(visible=False, label="before")
        turn = gr.JSON(visible=False)
        with gr.Row(elem_id="hj-desk"):
            with gr.Column(elem_id="hj-main"):
                role = _role(language)
                _html(_conversation(language), elem_id="hj-talk")
                new = gr.Button(ui("new", language), size="md", elem_id="hj-new")
                with gr.Row(elem_id="hj-composer"):
                    question = _question(language)
                    send = gr.Button(ui("send", language), variant="primary", elem_id="hj-send", scale=0)
                with gr.Column(elem_id="hj-examples"):
                    _html(el("h2", ui("examples", language)))
                    examples = [gr.Button(example[language], size="md") for example in EXAMPLES]
            with gr.Column(elem_id="hj-side"):
                _html(_panel(language))

        _asking(partial(gr.on, [question.submit, send.click]), answer, [question, role, before], turn, api_name="ask")
        for button, example in zip(examples, EXAMPLES, strict=True):
            put = button.click(None, None, question, js=f"() => {json.dumps(example[language])}", queue=False)
            _asking(put.then, answer, [question, role, before], turn)
        new.click(None, None, question, js="() => window.hjemmel.reset()", queue=False)
        role.input(None, role, remembered, js="(role) => role", queue=False)
        page.load(None, remembered, role, js=f"(role) => {json.dumps(list(ROLES))}.includes(role) ? role : ''")
    return page


def _asking(
    when: Callable[..., Any], answer: Callable[..., Turn], told: list[Component], turn: gr.JSON, *,
    api_name: str | None = None,
) -> None:  # fmt: skip
    """Ask when something happens: show the question at once, then the card, or say that nobody answered.

    Only the event with an ``api_name`` is shown as an endpoint; the others do the same.
    """
    asked = when(
        fn=answer,
        inputs=told,
        outputs=turn,
        js="(question, role) => [question, role, window.hjemmel.asked(question)]",
        show_progress="hidden",
        concurrency_limit=AT_ONCE,
        concurrency_id="ask",
        api_name=api_name,
        api_description="Answer one question; role is one of the roles of the page, or empty; before are the earlier "
        "questions of the conversation, oldest first, for follow-ups.",
        api_visibility="public" if api_name else "private",
    )
    asked.success(None, turn, told[0], js="(turn) => window.hjemmel.answered(turn)", queue=False)
    asked.failure(None, None, None, js="() => window.hjemmel.failed()", queue=False)


def _html(content: Html, elem_id: str | None = None) -> gr.HTML:
    """Markup of our own, neither styled nor scripted by gradio."""
    return gr.HTML(content, elem_id=elem_id, apply_default_css=False, js_on_load=None)


def _question(language: Language) -> gr.Textbox:
    return gr.Textbox(
        label=ui("question", language), placeholder=ui("placeholder", language), info=ui("hint", language), lines=1,
        max_lines=8, elem_id="hj-question", scale=1, autofocus=True,
        # A browser may send what it checks the spelling of, or remembers, to somebody else.
        html_attributes=gr.InputHTMLAttributes(autocomplete="off", enterkeyhint="send", spellcheck=False),
    )  # fmt: skip


def _role(language: Language) -> gr.Dropdown:
    choices = [(ui("role_none", language), ""), *((names[language], key) for key, names in ROLES.items())]
    return gr.Dropdown(choices, value="", label=ui("role", language), filterable=False, elem_id="hj-role", scale=1)


def _conversation(language: Language) -> Html:
    """The empty conversation and the texts that the page's script needs."""
    keys = ("you_asked", "looking", "ready", "unreachable", "copied", "not_copied")
    texts = {f"data_{key}": ui(key, language) for key in keys}
    turns = el("section", cls="hj-turns", aria_label=ui("conversation", language), **texts)
    return join([turns, el("p", role="status", cls="hj-hidden hj-said")])


def _panel(language: Language) -> Html:
    """The source panel, filled by the page's script, in the place where it belongs on a wide screen."""
    panel = el(
        "aside",
        el("div", cls="hj-shown", tabindex="0"),
        el("button", icon("back"), el("span", ui("back", language)), type="button", cls="hj-back"),
        cls="hj-panel",
        aria_label=ui("source", language),
        hidden=True,
    )
    return el("div", panel, cls="hj-home")
