"""Print a reply as a readable card with numbered sources."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

from bot.labels import CHIPS, HEADINGS
from bot.reply import Answer, Citation, Claim, Reply
from corpus.law import LawRegistry
from corpus.source import Source


def print_card(reply: Reply, laws: LawRegistry, sources: Mapping[str, Source], *, width: int = 88) -> str:
    """Lay a reply out as text: claims with [n], then the sources with quote and address."""
    lines = [_wrap(f"! {notice}", width) for notice in reply.notices]
    if lines:
        lines.append("")
    lines += _answer(reply, laws, sources, width) if isinstance(reply, Answer) else _refusal(reply, laws, width)
    return "\n".join(lines).rstrip() + "\n"


def _answer(reply: Answer, laws: LawRegistry, sources: Mapping[str, Source], width: int) -> list[str]:
    language = reply.language
    numbers: dict[Citation, int] = {}
    lines = [reply.title, "=" * min(len(reply.title), width)]
    for name in ("short_answer", "conditions", "deadlines", "ages", "exceptions"):
        claims: tuple[Claim, ...] = getattr(reply, name)
        if not claims:
            continue
        lines += ["", HEADINGS[name][language]]
        for claim in claims:
            marks = "".join(f"[{numbers.setdefault(c, len(numbers) + 1)}]" for c in claim.citations)
            lines.append(_wrap(f"{CHIPS[claim.modality][language]:<9} {claim.text} {marks}", width, indent=10))
    for name, values in (
        ("binds", reply.binds),
        ("missing", reply.missing),
        ("see_also", tuple(laws.label(ref) for ref in reply.see_also)),
    ):
        if values:
            lines += ["", HEADINGS[name][language]]
            lines += [_wrap(f"- {value}", width, indent=2) for value in values]
    if reply.common_mistake:
        lines += ["", HEADINGS["mistake"][language], _wrap(reply.common_mistake, width)]
    lines += ["", HEADINGS["sources"][language]]
    for citation, number in numbers.items():
        source = sources.get(citation.source)
        state = f", lovtilstand {source.state_of_law:%d.%m.%Y}" if source and source.state_of_law else ""
        lines.append(_wrap(f"[{number}] {laws.label(citation.provision)}{state}", width, indent=4))
        lines.append(_wrap(f"    «{citation.quote}»", width, indent=4))
        if citation.url:
            lines.append(f"    {citation.url}")
    return lines


def _refusal(reply: Reply, laws: LawRegistry, width: int) -> list[str]:
    assert not isinstance(reply, Answer)
    language = reply.language
    lines = [_wrap(reply.message, width)]
    if reply.anonymised:
        lines += ["", _wrap(reply.anonymised, width)]
    if reply.passages:
        lines += ["", HEADINGS["nearest"][language]]
        lines += [f"- {laws.label(p.provision)}: {p.heading}" for p in reply.passages]
    if reply.ask:
        lines += ["", HEADINGS["ask"][language]]
        lines += [_wrap(f"- {who}", width, indent=2) for who in reply.ask]
    return lines


def _wrap(text: str, width: int, *, indent: int = 0) -> str:
    return textwrap.fill(text, width, subsequent_indent=" " * indent, break_long_words=False)
