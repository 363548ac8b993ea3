"""Write a card for the clipboard, as plain text and as simple markup, its sources numbered below."""

from __future__ import annotations

from collections.abc import Iterator

from bot.labels import CHIPS, HEADINGS
from bot.pages.card import PARTS
from bot.pages.library import Answers, name_of, numbered
from bot.pages.markup import Html, el, join
from bot.pages.source import safe_url
from bot.pages.texts import ui
from bot.reply import Answer, Citation, Claim


def plain(answer: Answer, library: Answers) -> str:
    """The card as text that can be pasted anywhere."""
    numbers = numbered(answer)
    lines = [answer.title, *(f"! {notice}" for notice in answer.notices)]
    for heading, claims in _parts(answer):
        lines += ["", heading]
        lines += [
            f"- {CHIPS[claim.modality][answer.language]}: {claim.text} {_marks(claim, numbers)}" for claim in claims
        ]
    for heading, values in _lists(answer, library):
        lines += ["", heading, *(f"- {value}" for value in values)]
    lines += ["", HEADINGS["sources"][answer.language]]
    for citation, number in numbers.items():
        lines += [f"[{number}] {_source(citation, library)}: «{citation.quote}»"]
        url = safe_url(citation.url)
        lines += [f"    {url}"] if url else []
    return "\n".join((*lines, "", ui("own_words", answer.language))) + "\n"


def rich(answer: Answer, library: Answers) -> Html:
    """The card as markup without classes, for word processors and e-mail."""
    numbers = numbered(answer)
    parts = [el("h2", answer.title), *(el("p", el("strong", notice)) for notice in answer.notices)]
    for heading, claims in _parts(answer):
        items = (
            el(
                "li",
                el("strong", CHIPS[claim.modality][answer.language]),
                f": {claim.text} {_marks(claim, numbers)}",
            )
            for claim in claims
        )
        parts += [el("h3", heading), el("ul", *items)]
    for heading, values in _lists(answer, library):
        parts += [el("h3", heading), el("ul", *(el("li", value) for value in values))]
    parts.append(el("h3", HEADINGS["sources"][answer.language]))
    parts += [_rich_source(citation, number, library) for citation, number in numbers.items()]
    parts.append(el("p", el("em", ui("own_words", answer.language))))
    return el("div", *parts, lang=answer.language)


def _parts(answer: Answer) -> Iterator[tuple[str, tuple[Claim, ...]]]:
    for name in PARTS:
        claims: tuple[Claim, ...] = getattr(answer, name)
        if claims:
            yield HEADINGS[name][answer.language], claims


def _lists(answer: Answer, library: Answers) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, values in (
        ("binds", answer.binds),
        ("missing", answer.missing),
        ("mistake", (answer.common_mistake,) if answer.common_mistake else ()),
        ("see_also", tuple(name_of(library, ref) for ref in answer.see_also)),
    ):
        if values:
            yield HEADINGS[name][answer.language], values


def _marks(claim: Claim, numbers: dict[Citation, int]) -> str:
    return "".join(f"[{numbers[citation]}]" for citation in claim.citations)


def _source(citation: Citation, library: Answers) -> str:
    name, chunk = name_of(library, citation.provision, citation.source), library.chunk(citation.chunk)
    if citation.provision.is_law or chunk is None:
        return name
    return f"{name}, {chunk.heading}"


def _rich_source(citation: Citation, number: int, library: Answers) -> Html:
    name, url = _source(citation, library), safe_url(citation.url)
    linked = el("a", name, href=url) if url else name
    return el("p", join([f"[{number}] ", linked, f": «{citation.quote}»"]))
