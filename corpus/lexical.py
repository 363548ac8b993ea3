"""Rank texts by shared words and by shared pieces of words (BM25 over stems and character 4-grams)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
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

    def __init__(self, arrays: Mapping[str, npt.NDArray[Any]]) -> None:
        """Take arrays as ``of`` makes them: terms, where the postings of each end, documents, weights, size."""
        self._size = int(arrays["size"][0])
        self._ends = arrays["ends"]
        self._documents = arrays["documents"]
        self._weights = arrays["weights"]
        terms = bytes(arrays["terms"]).decode()
        self._place = {term: at for at, term in enumerate(terms.split("\n") if terms else ())}

    @classmethod
    def of(cls, bags: Sequence[Sequence[str]]) -> Bm25:
        """Index bags of terms, one a document."""
        lengths = np.array([len(bag) for bag in bags], dtype=np.float32)
        average = float(lengths.mean()) if len(bags) and lengths.mean() > 0 else 1.0
        postings: dict[str, list[tuple[int, int]]] = {}
        for document, bag in enumerate(bags):
            for term, count in Counter(bag).items():
                postings.setdefault(term, []).append((document, count))
        held = np.array([len(rows) for rows in postings.values()], dtype=np.int64)
        flat = np.array([row for rows in postings.values() for row in rows], dtype=np.int32).reshape(-1, 2)
        documents, counts = flat[:, 0], flat[:, 1].astype(np.float32)
        norm = _K1 * (1 - _B + _B * lengths / average)
        rarity = np.repeat([_rarity(len(bags), int(count)) for count in held], held) if len(held) else np.zeros(0)
        weights = rarity * counts * (_K1 + 1) / (counts + norm[documents]) if len(flat) else np.zeros(0)
        return cls(
            {
                "size": np.array([len(bags)]),
                "ends": np.cumsum(held),
                "documents": documents,
                "weights": weights.astype(np.float32),
                "terms": np.frombuffer("\n".join(postings).encode(), dtype=np.uint8),
            }
        )

    @property
    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """What the index is made of, to be stored."""
        terms = np.frombuffer("\n".join(self._place).encode(), dtype=np.uint8)
        return {
            "size": np.array([self._size]), "ends": self._ends, "documents": self._documents,
            "weights": self._weights, "terms": terms,
        }  # fmt: skip

    def scores(self, terms: Sequence[str]) -> Scores:
        """Score every document: shape (documents,), float32, 0 where no term is shared."""
        total = np.zeros(self._size, dtype=np.float32)
        for term, count in Counter(terms).items():
            at = self._place.get(term)
            if at is not None:
                span = self._span(at)
                total[self._documents[span]] += self._weights[span] * min(count, 2)
        return total

    def coverage(self, terms: Sequence[str]) -> Scores:
        """Score every document as a share of what a perfect match would score: shape (documents,), about 0 to 1.

        Unlike the bare score it can be compared between questions: terms that no document has count against it.
        """
        best = sum(_rarity(self._size, self._holders(term)) for term in set(terms))
        return self.scores(terms) / np.float32(best * (_K1 + 1)) if best else self.scores(terms)

    def known(self, terms: Sequence[str]) -> Iterator[str]:
        """The terms that occur in some document."""
        return (term for term in terms if term in self._place)

    def _span(self, at: int) -> slice:
        return slice(int(self._ends[at - 1]) if at else 0, int(self._ends[at]))

    def _holders(self, term: str) -> int:
        at = self._place.get(term)
        if at is None:
            return 0
        span = self._span(at)
        return int(span.stop - span.start)


def _rarity(size: int, holders: int) -> float:
    return float(np.log1p((size - holders + 0.5) / (holders + 0.5)))


class LexicalIndex:
    """Words and pieces of words over the same texts, as two arms that can be weighed apart."""

    def __init__(self, words: Bm25, grams: Bm25) -> None:
        self._words = words
        self._grams = grams

    @classmethod
    def of(cls, texts: Sequence[str]) -> LexicalIndex:
        """Index texts, in their order."""
        return cls(Bm25.of([stems(text) for text in texts]), Bm25.of([grams(text) for text in texts]))

    @property
    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """What the index is made of, to be stored."""
        parts = {"words": self._words.arrays, "grams": self._grams.arrays}
        return {f"{name}_{key}": array for name, part in parts.items() for key, array in part.items()}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> LexicalIndex:
        """Take what ``arrays`` gave. Raises KeyError when a part is missing."""
        parts = {
            name: Bm25({key: arrays[f"{name}_{key}"] for key in ("size", "ends", "documents", "weights", "terms")})
            for name in ("words", "grams")
        }
        return cls(parts["words"], parts["grams"])

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
