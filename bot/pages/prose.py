"""Lay a source's text out for reading: its ledd as headings, one quote marked."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from bot.pages.markup import Html, el, join
from corpus.chunk import Chunk
from corpus.provision import ledd_in_words, spaced_section

Span = tuple[int, int]


def prose(chunk: Chunk, marked: Span | None = None) -> Html:
    """Return the chunk's text word for word; ``marked`` is a span of the source text.

    Guidance stands in its own lines. A restated provision stands one sentence a line, since its ledd can be long;
    the line that repeats its number and heading is left out, because both stand above the text.
    """
    labels = dict(_ledd_starts(chunk))
    paragraphs = []
    for start, end in _units(chunk):
        text = chunk.text[start - chunk.start : end - chunk.start]
        if text == title_line(chunk):
            continue
        if start in labels:
            paragraphs.append(el("h3", labels[start], cls="hj-ledd"))
        kind = "hj-item" if text.startswith(("- ", "* ", "• ")) else ""
        paragraphs.append(el("p", _marked(text, start, marked), cls=kind))
    return join(paragraphs)


def title_line(chunk: Chunk) -> str:
    """The first line of a restated provision: its number and heading."""
    return f"{spaced_section(chunk.provision.section)} {chunk.heading}".strip()


def _units(chunk: Chunk) -> Iterator[Span]:
    """The lines of guidance, the sentences of a provision; white space between them is left out."""
    cuts = {sentence.start for sentence in chunk.sentences} if chunk.provision.is_law else set()
    start = chunk.start
    for line in chunk.text.split("\n"):
        end = start + len(line)
        borders = [start, *sorted(cut for cut in cuts if start < cut < end), end]
        for a, b in pairwise(borders):
            text = chunk.text[a - chunk.start : b - chunk.start].rstrip()
            if text:
                yield a, a + len(text)
        start = end + 1


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
