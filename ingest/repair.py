"""Repair the text of a document, and tell what was done: the plan of all steps, in order."""

from __future__ import annotations

from collections.abc import Callable

from ingest.characters import (
    accents,
    blanks,
    double_encoding,
    invisible,
    joined_letters,
    line_ends,
    odd_spaces,
    slide_bullets,
    soft_hyphens,
    tabs,
)
from ingest.edits import Repair, Repaired, replay
from ingest.ligature import mend_ligatures
from ingest.lines import line_end_hyphens, wrapped_lines
from ingest.page_edge import drop_edges, join_pages
from ingest.wordlist import WordList, wordlist

__all__ = ["Repair", "Repaired", "repair", "replay"]


def repair(text: str, *, words: WordList | None = None) -> Repaired:
    """Mend what extraction has broken, and list every change with its reason.

    A second time finds nothing to do. ``words`` is the evidence for repairs inside words; the shipped list when
    none is given.

    >>> repair("Barn har re6 ,l nød­vendig helsehjelp, og de6e er vik,g.").text
    'Barn har rett til nødvendig helsehjelp, og dette er viktig.'
    """
    known = words or wordlist()
    steps: tuple[Callable[[str], Repaired], ...] = (
        double_encoding,
        line_ends,
        soft_hyphens,
        invisible,
        accents,
        joined_letters,
        drop_edges,
        join_pages,
        odd_spaces,
        tabs,
        slide_bullets,
        blanks,
        lambda now: mend_ligatures(now, known),
        lambda now: line_end_hyphens(now, known),
        wrapped_lines,
    )
    done = Repaired(text=text)
    while True:
        before = done.text
        for step in steps:
            done = done.then(step)
        if done.text == before:
            return done
