"""Read a circular or other guidance, restated by us in Markdown, as a document with citable sections."""

from __future__ import annotations

import re
from pathlib import Path

from corpus.annotate import annotate_all
from corpus.document import Document, Section
from corpus.errors import ContentError
from corpus.provision import ProvisionRef

_HEADING = re.compile(r"^(#{1,6})[ \t]+(.+?)[ \t]*(?:\{#([a-z0-9][a-z0-9-]*)\})?[ \t]*$", re.M)
_RULE = re.compile(r"^\|?[\s:|-]*-{3,}[\s:|-]*\|?$")


def load_guidance(path: Path, *, source: str) -> Document:
    """Read one Markdown file of ours; ``source`` is also the id its sections are cited by.

    Every heading below the title that has text of its own needs an anchor: ``## Frister {#frister}``.
    Raises ContentError with file, line and remedy.
    """
    text = path.read_text(encoding="utf-8")
    seen: dict[str, int] = {}
    sections: list[Section] = []
    trail: list[tuple[int, str]] = []
    headings = list(_HEADING.finditer(text))
    for here, after in zip(headings, [*headings[1:], None], strict=True):
        level, title, anchor = len(here[1]), here[2], here[3]
        trail = [(depth, name) for depth, name in trail if depth < level]
        body_end = after.start() if after else len(text)
        end = len(text[:body_end].rstrip())
        line = text.count("\n", 0, here.start()) + 1
        if end > here.end():
            if anchor is None:
                raise ContentError(
                    path, line, f"heading «{title}» has text but no anchor.", remedy="Add {#name} after it."
                )
            if anchor in seen:
                raise ContentError(
                    path,
                    line,
                    f"anchor {anchor!r} already stands on line {seen[anchor]}.",
                    remedy="Choose another name.",
                )
            seen[anchor] = line
            body_start = here.end() + len(text[here.end() : end]) - len(text[here.end() : end].lstrip())
            sections.append(
                Section(
                    provision=ProvisionRef(law=source, section=anchor),
                    heading=title,
                    path=tuple(name for _, name in trail),
                    start=body_start,
                    end=end,
                    sentences=tuple(
                        sentence
                        for sentence in annotate_all(text, body_start, end)
                        if not _RULE.match(text[sentence.start : sentence.end])
                    ),
                )
            )
        trail.append((level, title))
    if not sections:
        raise ContentError(
            path, 1, "has no section with text.", remedy="Write headings with anchors and text below them."
        )
    return Document(source=source, text=text, sections=tuple(sections))
