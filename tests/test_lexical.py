"""Lexical ranking: shared words, shared pieces of words, and figures that can be compared between questions."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from corpus.lexical import LexicalIndex, grams, stems

TEXTS = [
    "Helsepersonell skal melde fra til barnevernstjenesten om mishandling.",
    "Foreldre samtykker til helsehjelp for barn under 16 år.",
    "Kommunen skal tilby barnekoordinator til familier med alvorlig sykt barn.",
    "Taushetsplikten gjelder også etter at tjenesten er avsluttet.",
]
INDEX = LexicalIndex.of(TEXTS)


def test_inflected_words_are_found_by_their_stems() -> None:
    assert int(np.argmax(INDEX.by_words("meldte helsepersonellet om mishandlinga?"))) == 0


def test_compounds_and_typos_are_found_by_pieces_of_words() -> None:
    assert int(np.argmax(INDEX.by_grams("koordinator for barnet"))) == 2
    assert int(np.argmax(INDEX.by_grams("tausjetsplikten etter avslutet tjeneste"))) == 3


def test_a_question_with_no_known_word_scores_nothing() -> None:
    assert not INDEX.by_words("zzz qqq").any()
    assert INDEX.known_share("zzz qqq") == 0.0
    assert INDEX.known_share("melde mishandling") == 1.0
    assert INDEX.known_share("") == 0.0


def test_coverage_can_be_compared_between_questions() -> None:
    near = INDEX.by_words("melde mishandling").max()
    far = INDEX.by_words("melde kjøregodtgjørelse sats kilometer").max()
    assert near > 2 * far


@given(st.text(max_size=80))
def test_any_text_can_be_asked(text: str) -> None:
    for scores in (INDEX.by_words(text), INDEX.by_grams(text)):
        assert scores.shape == (len(TEXTS),)
        assert np.isfinite(scores).all()
        assert (scores >= 0).all()


@given(st.text(alphabet="abcdeæøå ", max_size=40))
def test_pieces_are_four_characters_and_stems_are_no_longer_than_words(text: str) -> None:
    assert all(len(gram) <= 4 for gram in grams(text) if len(gram) != 3)
    assert len(stems(text)) <= len(text.split())
