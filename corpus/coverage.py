"""Check that the situation cards cover the field, and that each of them can be found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from corpus.finding import Finding
from corpus.glossary import Concept
from corpus.lexical import LexicalIndex
from corpus.situation import Situation
from corpus.statute import THEMES, Statute

AGE_BANDS = ((0, 6), (7, 11), (12, 15), (16, 17))


def check_coverage(
    situations: Sequence[Situation], statutes: Sequence[Statute], glossary: Sequence[Concept]
) -> Iterator[Finding]:
    """Find themes, roles and ages that no card is for, and cards whose own title leads elsewhere."""

    def missing(what: str, remedy: str) -> Finding:
        return Finding(path=Path("situations"), where="coverage", what=what, remedy=remedy)

    on_cards = {theme for card in situations for theme in card.themes}
    in_law = {theme for statute in statutes for provision in statute.provisions for theme in provision.themes}
    for theme in sorted(set(THEMES) - on_cards):
        yield missing(f"no card has the theme {theme!r}.", "Write one, or take the theme out.")
    for theme in sorted(set(THEMES) - in_law):
        yield missing(f"no provision has the theme {theme!r}.", "Mark one, or take the theme out.")
    named = {name.lower() for card in situations for name in card.roles}
    for concept in glossary:
        if concept.facet == "rolle" and not named & {word.lower() for word in (concept.id, *concept.words)}:
            yield missing(f"no card is for the role {concept.id!r}.", "Write one.")
    for low, high in AGE_BANDS:
        if not any(_ages(card.child_age) & set(range(low, high + 1)) for card in situations):
            yield missing(f"no card is about a child of {low}–{high}.", "Write one.")
    yield from check_reach(situations)


def check_reach(situations: Sequence[Situation]) -> Iterator[Finding]:
    """Find cards whose own title, asked as a question, is nearer another card."""
    index = LexicalIndex.of([" ".join((card.title, card.situation, *card.questions)) for card in situations])
    for at, card in enumerate(situations):
        scores = index.by_words(card.title) + index.by_grams(card.title)
        first = int(np.argmax(scores))
        if first != at and scores[first] > scores[at]:
            yield Finding(
                path=card.path,
                where="title",
                what=f"asks rather for {situations[first].id}; the card cannot be reached by its own title.",
                remedy="Say in the title what sets this situation apart.",
            )


def _ages(text: str) -> set[int]:
    """The years a card's ``child_age`` means.

    >>> sorted(_ages("7-9")), _ages("")
    ([7, 8, 9], set())
    """
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    return set(range(numbers[0], numbers[-1] + 1)) if numbers else set()
