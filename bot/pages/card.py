"""Show a reply as a card: status in words, what must be read first, claims with numbered sources."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.labels import CHIPS, HEADINGS
from bot.pages.icons import icon
from bot.pages.library import Answers, name_of, numbered
from bot.pages.markup import NOTHING, Html, el, join, unbroken
from bot.pages.texts import STATUSES, ui
from bot.reply import Answer, Citation, Claim, Language, Passage, Refusal, Reply
from bot.texts import say
from corpus.provision import ProvisionRef

PARTS = ("short_answer", "conditions", "deadlines", "ages", "exceptions")
"""The parts that hold claims, in the order they are shown."""

_LONG_WORD = 20
"""A word longer than this may have to be broken on a phone, so nothing is tied to it."""


def card(reply: Reply, library: Answers) -> Html:
    """Return the card. Buttons name the source they open in ``data-source``; see ``source_key`` for the names."""
    return _answer(reply, library) if isinstance(reply, Answer) else _refusal(reply, library)


def source_key(*, citation: int | None = None, passage: int | None = None, neighbour: int | None = None) -> str:
    """The name of a source within its turn.

    >>> source_key(citation=2), source_key(passage=1), source_key(neighbour=3)
    ('2', 'p1', 's3')
    """
    if citation is not None:
        return str(citation)
    return f"p{passage}" if passage is not None else f"s{neighbour}"


def _answer(answer: Answer, library: Answers) -> Html:
    language, numbers = answer.language, numbered(answer)
    return el(
        "article",
        _acute(answer.notices, language),
        el("header", _status(answer), el("h2", answer.title or HEADINGS["short_answer"][language], cls="hj-title")),
        _notices(answer.notices, language),
        *(_claims(name, getattr(answer, name), numbers, library, language) for name in PARTS),
        _words("missing", answer.missing, language),
        _mistake(answer.common_mistake, language),
        _words("binds", answer.binds, language, cls="hj-tags"),
        _see_also(answer.see_also, library, language),
        el(
            "footer",
            el("button", icon("copy"), el("span", ui("copy", language)), type="button", cls="hj-copy"),
            el("span", cls="hj-copied", role="status"),
        ),
        cls=f"hj-card hj-{answer.status.value}",
        lang=language,
    )


def _refusal(refusal: Refusal, library: Answers) -> Html:
    language = refusal.language
    urgent = refusal.message == say("acute", language)
    return el(
        "article",
        _acute((refusal.message,) if urgent else refusal.notices, language),
        el("header", _status(refusal), NOTHING if urgent else el("h2", refusal.message, cls="hj-title hj-message")),
        _notices(refusal.notices, language),
        _anonymised(refusal.anonymised, language),
        _nearest(refusal.passages, library, language),
        _words("ask", refusal.ask, language),
        cls=f"hj-card hj-refusal hj-{refusal.status.value}",
        lang=language,
    )


def _status(reply: Reply) -> Html:
    words = STATUSES[reply.status][reply.language]
    return el("p", icon(reply.status.value), el("span", words), cls="hj-status")


def _acute(notices: Sequence[str], language: Language) -> Html:
    """The emergency notice, its numbers ready to be called."""
    text = say("acute", language)
    if text not in notices:
        return NOTHING
    parts = re.split(r"\b(11[023])\b", text)
    called = [el("a", part, href=f"tel:{part}") if at % 2 else part for at, part in enumerate(parts)]
    return el("div", icon("acute"), el("p", *called), cls="hj-alarm", role="alert")


def _notices(notices: Sequence[str], language: Language) -> Html:
    others = [notice for notice in notices if notice != say("acute", language)]
    if not others:
        return NOTHING
    return el("ul", *(el("li", icon("info"), el("span", text)) for text in others), cls="hj-notices")


def _claims(
    name: str, claims: Sequence[Claim], numbers: Mapping[Citation, int], library: Answers, language: Language
) -> Html:
    if not claims:
        return NOTHING
    items = [
        el(
            "li",
            el(
                "span",
                icon(claim.modality.value),
                CHIPS[claim.modality][language],
                cls=f"hj-chip hj-chip-{_ascii(claim.modality.value)}",
            ),
            el("span", *_told(claim.text, _citations(claim, numbers, library, language)), cls="hj-claim"),
        )
        for claim in claims
    ]
    return _section(name, el("ul", *items, cls="hj-claims"), language)


def _citations(claim: Claim, numbers: Mapping[Citation, int], library: Answers, language: Language) -> tuple[Html, ...]:
    buttons = []
    for citation in claim.citations:
        number = numbers[citation]
        said = ui("open_source", language, n=number, name=name_of(library, citation.provision, citation.source))
        buttons.append(_opens(f"[{number}]", source_key(citation=number), said=said, cls="hj-cite"))
    return tuple(buttons)


def _told(text: str, buttons: tuple[Html, ...]) -> tuple[str, ...]:
    """A sentence and its numbers; the first number never stands alone at the beginning of a line."""
    before, space, last = text.rpartition(" ")
    if len(last) > _LONG_WORD:
        return (text, " ", *buttons)
    return (before + space, el("span", last, "\N{NO-BREAK SPACE}", buttons[0], cls="hj-together"), *buttons[1:])


def _opens(text: str, key: str, *, said: str | None = None, cls: str) -> Html:
    """A button that opens a source in the panel."""
    return el("button", text, type="button", data_source=key, aria_label=said, title=said, cls=cls)


def _words(name: str, values: Sequence[str], language: Language, *, cls: str = "hj-list") -> Html:
    if not values:
        return NOTHING
    return _section(name, el("ul", *(el("li", value) for value in values), cls=cls), language)


def _mistake(text: str, language: Language) -> Html:
    return _section("mistake", el("p", text), language) if text else NOTHING


def _see_also(refs: Sequence[ProvisionRef], library: Answers, language: Language) -> Html:
    """Neighbouring provisions; one that the index does not hold is named and cannot be opened."""
    items = []
    for at, ref in enumerate(refs, start=1):
        name, chunks = name_of(library, ref), library.of_provision(ref)
        heading = chunks[0].heading if chunks else ""
        key = source_key(neighbour=at) if chunks else ""
        items.append(_place(name, heading, key, guidance=not ref.is_law))
    return _section("see_also", el("ul", *items, cls="hj-sources"), language) if items else NOTHING


def _nearest(passages: Sequence[Passage], library: Answers, language: Language) -> Html:
    items = [
        _place(
            name_of(library, passage.provision, passage.source),
            passage.heading,
            source_key(passage=passage.rank),
            guidance=not passage.provision.is_law,
        )
        for passage in passages
    ]
    return _section("nearest", el("ul", *items, cls="hj-sources"), language) if items else NOTHING


def _place(name: str, heading: str, key: str, *, guidance: bool) -> Html:
    """A place in the sources; of guidance the heading comes first, since the name is the whole document's."""
    first, second = (heading, name) if guidance and heading else (name, heading)
    label = _opens(unbroken(first), key, cls="hj-open") if key else el("span", unbroken(first))
    return el("li", label, _aside(unbroken(second)))


def _aside(text: str) -> Html:
    return join([" ", el("span", text, cls="hj-aside", lang="nb")]) if text else NOTHING


def _anonymised(text: str, language: Language) -> Html:
    if not text:
        return NOTHING
    return el(
        "div",
        el("p", ui("anonymised", language)),
        el("blockquote", text, cls="hj-anonymised"),
        el("button", ui("use_anonymised", language), type="button", cls="hj-use"),
        cls="hj-draft",
    )


def _section(name: str, content: Html, language: Language) -> Html:
    return el("section", el("h3", HEADINGS[name][language]), content, cls=f"hj-part hj-part-{name.replace('_', '-')}")


def _ascii(modality: str) -> str:
    return modality.replace("ø", "o")
