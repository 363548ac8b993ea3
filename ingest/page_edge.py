"""Find what a document repeats at the top and bottom of its pages, and take it out of the running text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.edits import Repaired, rewrite
from ingest.lines import LIST_ITEM

PAGE = "\f"
"""Stands between two pages in a text that was read page by page."""
_LINE = re.compile(r"[^\n\f]*\S[^\n\f]*")
_BREAK = re.compile(r"(?<![ \t\n])([ \t\n]*)\f([ \t\n]*)")
_PAGE_NUMBER = re.compile(r"(?:side|s\.|page)?[\s–-]*(\d{1,5})(?:\s*(?:av|of|/)\s*\d+)?[\s–-]*", re.I)
_SET_APART = r"(?:\s{2,}|\t|\s*[|–]\s*|,?\s+(?:side|page)\s+)"
_AT_END = re.compile(rf"(\S.*?){_SET_APART}(\d{{1,5}})(?:\s*(?:av|of|/)\s*\d+)?\s*", re.I)
_AT_START = re.compile(rf"\s*(\d{{1,5}}){_SET_APART}(\S.*?)\s*", re.I)
_FEWEST_PAGES = 3
_CERTAIN = 0.8
_LONGEST = 200
"""A longer line is running text, not a running head."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeLine:
    """A line that several pages share at their edge, page numbers apart."""

    places: tuple[tuple[int, int], ...]
    """Start and end of each occurrence."""
    text: str
    """The words they share; empty when they are only page numbers."""
    certain: bool
    """Whether nearly every page has it and its number counts the pages, so that it is no part of what is said."""


def edge_lines(text: str) -> tuple[EdgeLine, ...]:
    """Return the lines that at least three pages share among their first two or last two lines."""
    pages = list(_pages(text))
    if len(pages) < _FEWEST_PAGES:
        return ()
    shared: dict[tuple[int, str], list[tuple[int, int | None, int, int]]] = defaultdict(list)
    for number, (start, end) in enumerate(pages):
        lines = [(m.start(), m.end()) for m in _LINE.finditer(text, start, end)]
        if len(lines) < 3:
            continue
        for rank in (0, 1, -1, -2) if len(lines) > 3 else (0, -1):
            a, b = lines[rank]
            if b - a > _LONGEST or LIST_ITEM.match(text[a:b]):
                continue
            words, counted = _without_number(text[a:b])
            shared[rank, words].append((number, counted, a, b))
    needed = max(_FEWEST_PAGES, round(_CERTAIN * (len(pages) - 1)))
    whole = {
        key for key, found in shared.items() if len(found) >= needed and _counts_pages([each[:2] for each in found])
    }
    outermost = {rank for rank, _ in whole if rank in (0, -1)}
    return tuple(
        EdgeLine(
            places=tuple((a, b) for _, _, a, b in found),
            text=words,
            # A second line is only a running head when the line outside it is one.
            certain=(rank, words) in whole and (0 if rank >= 0 else -1) in outermost,
        )
        for (rank, words), found in sorted(shared.items(), key=lambda item: item[1][0][2])
        if len(found) >= _FEWEST_PAGES
    )


def drop_edges(text: str) -> Repaired:
    r"""Drop the running heads and page numbers that are certain; the others stay and are for the auditor.

    >>> page = "Rundskriv om samarbeid\nTekst {0} a\nTekst {0} b\nTekst {0} c\nSide {0}\n"
    >>> drop_edges("\f".join(page.format(n) for n in (1, 2, 3))).text.replace("\n", "/").replace("\f", "//")
    'Tekst 1 a/Tekst 1 b/Tekst 1 c///Tekst 2 a/Tekst 2 b/Tekst 2 c///Tekst 3 a/Tekst 3 b/Tekst 3 c/'
    """
    dropped = sorted(
        (start, end, f"{'topp- eller bunntekst' if line.text else 'sidetall'}, gjentatt på {len(line.places)} sider")
        for line in edge_lines(text)
        if line.certain
        for start, end in line.places
    )
    edits = ((start, end + 1 if text[end : end + 1] == "\n" else end, "", why) for start, end, why in dropped)
    return rewrite(text, "page-edge", edits)


def join_pages(text: str) -> Repaired:
    r"""Let the text run on from page to page: a sentence goes on, a slide stays apart.

    >>> join_pages("Barn har rett til\n\fhjelp.\n\fNytt avsnitt").text
    'Barn har rett til\nhjelp.\n\nNytt avsnitt'
    """

    def edits() -> Iterator[tuple[int, int, str, str]]:
        for m in _BREAK.finditer(text):
            before, after = text[: m.start()][-1:], text[m.end() : m.end() + 1]
            if m[1].count("\n") >= 3:
                gap = "\n\n\n\n"
            elif after.islower() and before not in ".!?:;":
                gap = "\n"
            else:
                gap = "\n\n"
            yield m.start(), m.end(), gap, "sideskift"

    return rewrite(text, "page-break", edits())


def _pages(text: str) -> Iterator[tuple[int, int]]:
    borders = [0, *(m.end() for m in re.finditer(PAGE, text)), len(text) + 1]
    for start, after in pairwise(borders):
        yield start, after - 1


def _without_number(line: str) -> tuple[str, int | None]:
    """Part a line from the page number set apart at its start or end; «Kapittel 3» has none."""
    if alone := _PAGE_NUMBER.fullmatch(line.strip()):
        return "", int(alone[1])
    if last := _AT_END.fullmatch(line.strip()):
        return " ".join(last[1].split()), int(last[2])
    if first := _AT_START.fullmatch(line.strip()):
        return " ".join(first[2].split()), int(first[1])
    return " ".join(line.split()), None


def _counts_pages(found: Sequence[tuple[int, int | None]]) -> bool:
    """Whether every number is as far from its page as the first one, or there are none at all."""
    return len({counted - page if counted is not None else None for page, counted in found}) == 1
