"""Know which letter sequences are Norwegian words: the evidence for every repair inside a word."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

PATH = Path(__file__).parent / "data" / "wordlist.txt.gz"
_ONE_LETTER = frozenset("iå")
_SHORTEST_PART = 4
_LONGEST = 60
_JOINTS = ("", "s", "e")


@dataclass(frozen=True, slots=True, kw_only=True)
class WordList:
    """Word forms, each with a band: 0 for the most common, growing as words get rarer."""

    bands: Mapping[str, int]

    @classmethod
    def of(cls, words: Iterable[str]) -> WordList:
        """A list of equally common words.

        >>> WordList.of(["rett", "til"]).knows("Rett")
        True
        """
        return cls(bands=MappingProxyType({word.lower(): 0 for word in words}))

    def knows(self, word: str) -> bool:
        """Whether the form is in the list, small or capital letters alike; single letters only when they are words."""
        folded = word.lower()
        return folded in (_ONE_LETTER if len(folded) == 1 else self.bands)

    def knows_compound(self, word: str) -> bool:
        """Whether the form is in the list, or is put together from forms that are.

        Norwegian writes compounds in one word, so no list holds them all. Each part has four letters or more, which
        keeps chance readings out.

        >>> words = WordList.of(["barnevern", "institusjon", "tilbud"])
        >>> words.knows_compound("Barnevernsinstitusjonstilbud"), words.knows_compound("institusjonsti")
        (True, False)
        """
        folded = word.lower()
        return self.knows(folded) or (len(folded) <= _LONGEST and self._splits(folded))

    def _splits(self, word: str) -> bool:
        for at in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
            if word[:at] not in self.bands:
                continue
            for joint in _JOINTS:
                rest = word[at + len(joint) :]
                if len(rest) >= _SHORTEST_PART and word.startswith(joint, at) and self.knows_compound(rest):
                    return True
        return False

    def band(self, word: str) -> int | None:
        """How common the form is, 0 first; None when it is not in the list."""
        return self.bands.get(word.lower())


@cache
def wordlist() -> WordList:
    """Read the word list that ships with the project, once."""
    lines = gzip.decompress(PATH.read_bytes()).decode("utf-8").splitlines()
    return WordList(
        bands=MappingProxyType({word: band for band, line in enumerate(lines) for word in line.split(" ") if word})
    )
