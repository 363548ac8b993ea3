"""Take one turn of the conversation: a question in, a card with its sources out, and never a traceback."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TypedDict

from bot.followup import MAX_BEFORE
from bot.guard import MAX_CHARACTERS
from bot.pages.card import card, source_key
from bot.pages.copied import plain, rich
from bot.pages.icons import icon
from bot.pages.library import Answers, cited, found, neighbour, numbered
from bot.pages.markup import Html, el, join
from bot.pages.quiet import places
from bot.pages.source import Shown, source_panel
from bot.pages.texts import NO_ROLE, ROLES, STATUSES, ui
from bot.question import Ask
from bot.reply import Answer, Language, Refusal, Reply, Status

_log = logging.getLogger("hjemmel.pages")


class Turn(TypedDict):
    """What the browser gets for one question."""

    status: str
    card: str
    """The card's markup."""
    sources: str
    """A ``template`` for each source the card can open, named by ``data-source``."""
    plain: str
    rich: str
    """What the copy button copies; empty for a refusal."""
    said: str
    """What a screen reader is told when the answer is there."""
    shown: str
    """What the conversation shows as asked; empty for the question itself."""
    keep: bool
    """Whether the question stays in the field, to be mended."""
    anonymised: str


def take_turn(
    assistant: Answers, question: str, role: str | None, language: Language, *, before: Sequence[str] = ()
) -> Turn:
    """Answer one question, which may lean on those asked before.

    What fails is logged by place and kind, never with the question's words.
    """
    try:
        known = role in ROLES and role != NO_ROLE
        return as_turn(
            assistant.ask(Ask(question=question, role=role if known else None, before=_asked(before))), assistant
        )
    except Exception as error:  # the page's last line: whatever went wrong, the asker gets a sentence
        _log.error("a question failed with %s\n%s", type(error).__name__, places(error))
        return _failed(language)


def _asked(before: Sequence[str]) -> tuple[str, ...]:
    """The earlier questions as the browser told them: the last few, each cut to what a question may be."""
    return tuple(str(question)[:MAX_CHARACTERS] for question in before[-MAX_BEFORE:])


def as_turn(reply: Reply, library: Answers) -> Turn:
    """Render a reply for the browser."""
    answer = reply if isinstance(reply, Answer) else None
    anonymised = reply.anonymised if isinstance(reply, Refusal) else ""
    return Turn(
        status=reply.status.value,
        card=card(reply, library),
        sources=_templates(reply, library),
        plain=plain(answer, library) if answer else "",
        rich=rich(answer, library) if answer else "",
        said=_said(reply),
        shown=anonymised,
        keep=reply.status in (Status.PERSONAL_DATA, Status.NEEDS_MORE),
        anonymised=anonymised,
    )


def _templates(reply: Reply, library: Answers) -> Html:
    shown: dict[str, Shown | None] = {}
    if isinstance(reply, Answer):
        for citation, number in numbered(reply).items():
            shown[source_key(citation=number)] = cited(library, citation, number)
        for at, ref in enumerate(reply.see_also, start=1):
            shown[source_key(neighbour=at)] = neighbour(library, ref)
    else:
        for passage in reply.passages:
            shown[source_key(passage=passage.rank)] = found(library, passage)
    return join(
        el("template", source_panel(view, reply.language), data_source=key)
        for key, view in shown.items()
        if view is not None
    )


def _said(reply: Reply) -> str:
    status = STATUSES[reply.status][reply.language]
    if isinstance(reply, Answer):
        return " ".join((status + ".", *(claim.text for claim in reply.short_answer))).replace("..", ".")
    return f"{status}. {reply.message}"


def _failed(language: Language) -> Turn:
    text = ui("failed", language)
    body = el("p", icon("warning"), el("span", text), cls="hj-status")
    return Turn(
        status="failed",
        card=el("article", body, cls="hj-card hj-failed", lang=language),
        sources="",
        plain="",
        rich="",
        said=text,
        shown="",
        keep=True,
        anonymised="",
    )
