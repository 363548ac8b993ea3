"""Find the parts of a text: by its headings, its slides, its title lines, or its paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.lines import LIST_ITEM

_MARKED = re.compile(r"^(#{1,6})[ \t]+(.*\S)[ \t]*$", re.M)
_SLIDE_GAP = re.compile(r"\n(?:[ \t]*\n){3,}")
_FEWEST_SLIDES = 3
_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*")
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_NUMBERED = re.compile(
    r"(?:(?P<chapter>kapittel|kap\.|del|vedlegg)\s+[\dIVX]+[A-Z]?\b|(?P<section>§)\s*\d+|(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})\.?\s)"
    r".{0,90}",
    re.I,
)
_CONTENTS_LINE = re.compile(r"(?:\.{3,}|…|\s{3,}|\t)\s*\d+\s*$")
_LONGEST_TITLE = 90
_PROSE = 80
"""A paragraph of so many characters, or one that ends in a full stop, is what a title can stand above."""
_GROUP = 1200
"""Paragraphs without titles are gathered to about so many characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A stretch ``text[start:end]`` below a heading; ``heading`` is empty where the text has none."""

    heading: str
    level: int
    """Depth of the heading, 1 for the outermost."""
    start: int
    end: int
    """Equal to ``start`` for a heading that only has other headings below it."""


def parts(text: str) -> tuple[Part, ...]:
    """Return the parts in order, none overlapping; together they hold every line that is no heading.

    >>> [(part.heading, part.level) for part in parts("# Plikter\\n## Meldeplikt\\nDu skal melde.")]
    [('Plikter', 1), ('Meldeplikt', 2)]
    """
    if _MARKED.search(text):
        return tuple(_below_marks(text, [(len(m[1]), m[2], m.start(), m.end()) for m in _MARKED.finditer(text)]))
    slides = list(_slides(text))
    if len(slides) >= _FEWEST_SLIDES:
        return tuple(slides)
    units = [_trim(text, start, end) for start, end in _units(text)]
    levels = _title_levels([text[a:b].strip() for a, b in units])
    titles = [(level, text[a:b].strip(), a, b) for (a, b), level in zip(units, levels, strict=True) if level]
    first = titles[0][2] if titles else len(text)
    return (*_groups(text, [unit for unit in units if unit[1] <= first]), *_below_marks(text, titles, opening=False))


def whole_text(text: str) -> Part:
    """The text as one part, for one that is nothing but headings."""
    start, end = _trim(text, 0, len(text))
    return Part(heading="", level=1, start=start, end=end)


def _below_marks(text: str, marks: Sequence[tuple[int, str, int, int]], *, opening: bool = True) -> Iterator[Part]:
    if opening and text[: marks[0][2]].strip():
        start, end = _trim(text, 0, marks[0][2])
        yield Part(heading="", level=1, start=start, end=end)
    for (level, heading, _, body), after in pairwise([*marks, (0, "", len(text), len(text))]):
        start, end = _trim(text, body, after[2])
        yield Part(heading=heading, level=level, start=start, end=end)


def _slides(text: str) -> Iterator[Part]:
    """Stretches with three blank lines or more between them; the first line is the title."""
    borders = [(0, 0), *((m.start(), m.end()) for m in _SLIDE_GAP.finditer(text)), (len(text), len(text))]
    for (_, begin), (stop, _) in pairwise(borders):
        start, end = _trim(text, begin, stop)
        if start == end:
            continue
        line_end = start + len(text[start:end].split("\n", 1)[0])
        line = text[start:line_end].strip()
        titled = not LIST_ITEM.match(line) and not line.endswith((".", ":", ";", ",")) and "|" not in line
        body, _ = _trim(text, line_end, end)
        # A slide that is only a title says what it says: it is its own text.
        yield Part(heading=line if titled else "", level=1, start=body if titled and body < end else start, end=end)


def _units(text: str) -> Iterator[tuple[int, int]]:
    """Paragraphs; a numbered heading that stands on the line above its text is one of its own."""
    for block in _PARAGRAPH.finditer(text):
        start = block.start()
        for line in _LINE.finditer(text, block.start(), block.end()):
            if _number_level(line[0]):
                if start < line.start():
                    yield start, line.start() - 1
                yield line.start(), line.end()
                start = line.end() + 1
        if start < block.end():
            lines = list(_LINE.finditer(text, start, block.end()))
            if block.end() - start > _GROUP and len(lines) > 1:
                yield from ((line.start(), line.end()) for line in lines)
            else:
                yield start, block.end()


def _title_levels(units: Sequence[str]) -> Iterator[int]:
    """For each unit: the level of the title it is, or 0."""
    for here, after in pairwise([*units, ""]):
        numbered = _number_level(here)
        # Numbered lines that follow one another are a list.
        if numbered and after and _number_level(after) != numbered:
            yield numbered
        elif not numbered and _is_title(here) and _is_prose(after):
            yield 1
        else:
            yield 0


def _is_prose(unit: str) -> bool:
    return not _is_title(unit) and (unit.endswith(".") or len(unit) >= _PROSE)


def _is_title(unit: str) -> bool:
    if "\n" in unit or not unit or len(unit) > _LONGEST_TITLE or "|" in unit or LIST_ITEM.match(unit):
        return False
    return (unit[0].isupper() or unit[0].isdigit()) and unit[-1] not in ".:;,!?" and any(map(str.isalpha, unit))


def _number_level(line: str) -> int:
    shown = line.strip()
    found = _NUMBERED.fullmatch(shown)
    if found is None or shown.endswith((".", ":", ";", ",")) or _CONTENTS_LINE.search(shown):
        return 0
    if found["number"]:
        rest = shown[found.end("number") :].lstrip(". ")
        return found["number"].count(".") + 1 if rest[:1].isupper() else 0
    return 1 if found["chapter"] else 2


def _groups(text: str, units: Sequence[tuple[int, int]]) -> Iterator[Part]:
    """Paragraphs gathered to a readable size; a list or table stays with the line that opens it."""
    held: list[tuple[int, int]] = []
    for start, end in units:
        if held and end - held[0][0] > _GROUP and not _belongs(text, held[-1], start):
            yield Part(heading="", level=1, start=held[0][0], end=held[-1][1])
            held = []
        held.append((start, end))
    if held:
        yield Part(heading="", level=1, start=held[0][0], end=held[-1][1])


def _belongs(text: str, before: tuple[int, int], start: int) -> bool:
    last, line = text[before[0] : before[1]].rstrip(), text[start : start + 200].split("\n", 1)[0]
    return last.endswith(":") or LIST_ITEM.match(line) is not None or ("|" in line and "|" in last.rsplit("\n", 1)[-1])


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
