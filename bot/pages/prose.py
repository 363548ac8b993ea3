"""Lay a source's text out as paragraphs, with its ledd in the margin and one quote marked."""

from __future__ import annotations

from collections.abc import Iterator

from bot.pages.markup import NOTHING, Html, el, join
from corpus.chunk import Chunk
from corpus.provision import ledd_in_words, spaced_section

Span = tuple[int, int]


def prose(chunk: Chunk, marked: Span | None = None) -> Html:
    """Return every character of the chunk's text, one paragraph a line; ``marked`` is a span of the source text.

    Only the line that repeats the provision's number and heading is left out: they stand above the text.
    """
    labels = dict(_ledd_starts(chunk))
    paragraphs = []
    for start, end in _lines(chunk):
        line = chunk.text[start - chunk.start : end - chunk.start]
        if line == title_line(chunk):
            continue
        label = labels.get(start, "")
        margin = el("span", label, cls="hj-ledd") if label else NOTHING
        kind = "hj-item" if line.startswith(("- ", "* ", "• ")) else ""
        paragraphs.append(el("p", margin, _marked(line, start, marked), cls=kind))
    return join(paragraphs)


def title_line(chunk: Chunk) -> str:
    """The first line of a restated provision: its number and heading."""
    return f"{spaced_section(chunk.provision.section)} {chunk.heading}".strip()


def _lines(chunk: Chunk) -> Iterator[Span]:
    start = chunk.start
    for line in chunk.text.split("\n"):
        if line.strip():
            yield start, start + len(line)
        start += len(line) + 1


def _ledd_starts(chunk: Chunk) -> Iterator[tuple[int, str]]:
    """Where each ledd begins, and its name."""
    if not chunk.provision.is_law:
        return
    before = ""
    for sentence in chunk.sentences:
        if sentence.ledd and sentence.ledd != before:
            yield sentence.start, ledd_in_words(sentence.ledd).capitalize()
        before = sentence.ledd


def _marked(line: str, at: int, marked: Span | None) -> Html:
    """Escape a line that begins at ``at``, with the part inside ``marked`` in a mark."""
    if marked is None:
        return join([line])
    start, end = max(marked[0] - at, 0), min(marked[1] - at, len(line))
    if start >= end:
        return join([line])
    return join([line[:start], el("mark", line[start:end]), line[end:]])
