"""Show one source: what it is, how much it weighs, and its text with the quote marked."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.pages.icons import icon
from bot.pages.markup import NOTHING, Html, el, join, unbroken
from bot.pages.prose import Span, prose
from bot.pages.texts import BINDINGS, KINDS, LAW_STATUSES, ui
from bot.reply import Language
from corpus.chunk import Chunk
from corpus.provision import ProvisionRef
from corpus.source import Kind, Source
from corpus.statute import Provision, Status

_LADDER = (Kind.LOV, Kind.FORSKRIFT, Kind.RUNDSKRIV, Kind.VEILEDER, Kind.OPPLARING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a source panel shows."""

    name: str
    """The provision by its act's everyday name, such as helsepersonelloven § 33 andre ledd."""
    ref: ProvisionRef
    chunk: Chunk | None
    """None when the index no longer holds the passage."""
    source: Source | None
    provision: Provision | None
    """What is known of a restated provision; None for guidance."""
    url: str
    marked: Span | None = None
    number: int | None = None
    """The citation's number on the card."""


def source_panel(shown: Shown, language: Language) -> Html:
    """Return the panel of one source. The heading can take the focus; the text is in Norwegian whatever the card's."""
    chunk, source = shown.chunk, shown.source
    label = ui("source", language) + (f" [{shown.number}]" if shown.number is not None else "")
    heading = chunk.heading if chunk is not None and chunk.heading not in shown.name else ""
    return el(
        "article",
        el(
            "header",
            el("p", label, cls="hj-source-label"),
            el("h2", unbroken(shown.name), tabindex="-1", cls="hj-source-name"),
        ),
        el(
            "div",
            el("p", heading, cls="hj-source-heading", lang="nb") if heading else NOTHING,
            _path(chunk),
            _badges(shown, language),
            cls="hj-about",
        ),
        _warnings(shown),
        el("div", prose(chunk, shown.marked), cls="hj-prose", lang="nb")
        if chunk is not None
        else el("p", ui("gone", language)),
        el("p", icon("info"), el("span", _own_words(source.kind, language)), cls="hj-own")
        if source is not None and source.kind is not Kind.DOKUMENT
        else NOTHING,
        _original(shown.url, language),
        _remarks(shown, language),
        cls="hj-source",
        lang=language,
    )


def safe_url(url: str) -> str:
    """The address when a browser may follow it, else nothing.

    >>> safe_url("https://lovdata.no/lov/1999-07-02-64/§33"), safe_url("javascript:alert(1)")
    ('https://lovdata.no/lov/1999-07-02-64/§33', '')
    """
    parts = urlsplit(url)
    return url if parts.scheme in ("https", "http") and parts.hostname else ""


def _path(chunk: Chunk | None) -> Html:
    trail = [part for part in chunk.path if part] if chunk is not None else []
    return el("p", " › ".join(trail), cls="hj-source-path", lang="nb") if trail else NOTHING


def _badges(shown: Shown, language: Language) -> Html:
    source, provision = shown.source, shown.provision
    if source is None:
        return NOTHING
    badges = [el("span", BINDINGS[source.binding][language], cls=f"hj-badge hj-{source.binding.value}")]
    if source.kind not in _LADDER:
        badges.insert(0, el("span", KINDS[source.kind][language], cls="hj-badge"))
    if provision is not None and provision.status is not Status.IN_FORCE:
        badges.append(el("span", LAW_STATUSES[provision.status][language], cls="hj-badge hj-moved"))
    day = provision.state_of_law if provision is not None else source.state_of_law
    if day is not None:
        badges.append(el("span", ui("state_of_law", language, day=f"{day:%d.%m.%Y}"), cls="hj-badge hj-day"))
    return join([_ladder(source.kind, language), el("p", *badges, cls="hj-badges")])


def _ladder(kind: Kind, language: Language) -> Html:
    """The hierarchy of sources with this one's step marked."""
    if kind not in _LADDER:
        return NOTHING
    steps = [
        el("li", KINDS[step][language], cls="hj-here" if step is kind else "", aria_current=step is kind and "true")
        for step in _LADDER
    ]
    return el("ol", *steps, cls="hj-ladder", aria_label=ui("hierarchy", language))


def _warnings(shown: Shown) -> Html:
    if shown.source is None or not shown.source.warnings:
        return NOTHING
    items = (el("li", icon("warning"), el("span", text)) for text in shown.source.warnings)
    return el("ul", *items, cls="hj-warnings", lang="nb")


def _remarks(shown: Shown, language: Language) -> Html:
    """What the editors noted of a provision, folded: it explains the text and is not part of it."""
    if shown.provision is None or not shown.provision.notes:
        return NOTHING
    notes = el("ul", *(el("li", note) for note in shown.provision.notes), lang="nb")
    return el("details", el("summary", ui("remarks", language)), notes, cls="hj-remarks")


def _own_words(kind: Kind, language: Language) -> str:
    return ui("own_law" if kind in (Kind.LOV, Kind.FORSKRIFT) else "own_guidance", language)


def _original(url: str, language: Language) -> Html:
    url = safe_url(url)
    if not url:
        return NOTHING
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    return el(
        "p",
        el(
            "a",
            ui("original", language, host=host),
            el("span", f" ({ui('new_tab', language)})", cls="hj-hidden"),
            icon("out"),
            href=url,
            target="_blank",
            rel="noopener noreferrer",
        ),
        cls="hj-original",
    )
