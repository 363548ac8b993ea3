"""Rank texts by shared words and by shared pieces of words (BM25 over stems and character 4-grams)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]

_TOKEN = re.compile(r"§?\d+[\w-]*|[^\W\d_]+", re.UNICODE)
_K1, _B = 1.2, 0.75
_GRAM = 4

STOP_WORDS = frozenset(
    """
    og i jeg det at en et den til er som på de med han av ikke ikkje der så var meg seg men ett har om vi min mitt
    ha hadde hun nå over da ved fra du ut sin dem oss opp man kan hans hvor eller hva skal selv her alle vil bli ble
    blitt kunne inn når være kom noen noe ville dere deres kun ja etter ned skulle denne for deg si sine sitt mot å
    meget hvorfor dette disse uten hvordan ingen din ditt blir samme hvilken hvilke sånn inni mellom vår hver hvem
    vors hvis både bare enn fordi før mange også slik vært begge siden eg ein eit ei me dei ho kva kven kvar korleis
    kvifor ikkje nokon noko skulle vere vore blei då frå til mi mitt dykk the a an of to in is are do does i my we
    our you your and or it that this be can must may with for on at by from he she they them his her has have what
    who when if må kanskje
    """.split()
)


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    from snowballstemmer import stemmer

    return stemmer("norwegian")


@lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    return str(_stemmer().stemWord(word))


def words(text: str) -> list[str]:
    """Return the lower-case words of a text, stop words left out.

    >>> words("Må jeg spørre foreldrene først?")
    ['spørre', 'foreldrene', 'først']
    """
    return [token for token in _TOKEN.findall(text.lower()) if token not in STOP_WORDS]


def stems(text: str) -> list[str]:
    """Return the stems of the words of a text.

    >>> stems("foreldrene foreldre")
    ['foreldr', 'foreldr']
    """
    return [_stem(word) for word in words(text)]


def grams(text: str) -> list[str]:
    """Return the character 4-grams inside each word, its borders marked.

    >>> grams("melde")
    ['^mel', 'meld', 'elde', 'lde$']
    """
    found: list[str] = []
    for word in words(text):
        marked = f"^{word}$"
        found += [marked[i : i + _GRAM] for i in range(max(1, len(marked) - _GRAM + 1))]
    return found


class Bm25:
    """Okapi BM25 over bags of terms, with the postings in arrays."""

    def __init__(self, bags: Sequence[Sequence[str]]) -> None:
        self._size = len(bags)
        lengths = np.array([len(bag) for bag in bags], dtype=np.float32)
        average = float(lengths.mean()) if self._size and lengths.mean() > 0 else 1.0
        postings: dict[str, list[tuple[int, int]]] = {}
        for document, bag in enumerate(bags):
            for term, count in Counter(bag).items():
                postings.setdefault(term, []).append((document, count))
        norm = _K1 * (1 - _B + _B * lengths / average)
        self._postings: dict[str, tuple[npt.NDArray[np.int32], Scores]] = {}
        for term, rows in postings.items():
            documents = np.array([row[0] for row in rows], dtype=np.int32)
            counts = np.array([row[1] for row in rows], dtype=np.float32)
            rarity = self._rarity(len(rows))
            self._postings[term] = (
                documents,
                (rarity * counts * (_K1 + 1) / (counts + norm[documents])).astype(np.float32),
            )

    def scores(self, terms: Sequence[str]) -> Scores:
        """Score every document: shape (documents,), float32, 0 where no term is shared."""
        total = np.zeros(self._size, dtype=np.float32)
        for term, count in Counter(terms).items():
            found = self._postings.get(term)
            if found is not None:
                total[found[0]] += found[1] * min(count, 2)
        return total

    def coverage(self, terms: Sequence[str]) -> Scores:
        """Score every document as a share of what a perfect match would score: shape (documents,), about 0 to 1.

        Unlike the bare score it can be compared between questions: terms that no document has count against it.
        """
        best = sum(self._rarity(len(self._postings[term][0]) if term in self._postings else 0) for term in set(terms))
        return self.scores(terms) / np.float32(best * (_K1 + 1)) if best else self.scores(terms)

    def _rarity(self, holders: int) -> float:
        return float(np.log1p((self._size - holders + 0.5) / (holders + 0.5)))

    def known(self, terms: Sequence[str]) -> Iterator[str]:
        """The terms that occur in some document."""
        return (term for term in terms if term in self._postings)


class LexicalIndex:
    """Words and pieces of words over the same texts, as two arms that can be weighed apart."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._words = Bm25([stems(text) for text in texts])
        self._grams = Bm25([grams(text) for text in texts])

    def by_words(self, question: str) -> Scores:
        """Coverage by stems, about 0 to 1: shape (texts,)."""
        return self._words.coverage(stems(question))

    def by_grams(self, question: str) -> Scores:
        """Coverage by character 4-grams, about 0 to 1: shape (texts,)."""
        return self._grams.coverage(grams(question))

    def known_share(self, question: str) -> float:
        """The share of the question's content words whose stem occurs in the texts; 0 when it has none."""
        asked = stems(question)
        return len(list(self._words.known(asked))) / len(asked) if asked else 0.0
