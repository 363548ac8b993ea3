"""Type a question as a thumb in a hurry does: letters swapped, dropped, doubled, or the key beside it."""

from __future__ import annotations

import random
import re
import zlib

_ROWS = ("qwertyuiopå", "asdfghjkløæ", "zxcvbnm")
_WORD = re.compile(r"[^\W\d_]{5,}")


def with_typos(text: str, count: int = 2) -> str:
    """The text with so many typos, each in a word of its own of five letters or more; the same for the same text.

    >>> with_typos("barnevernet spør foreldrene", 2) != "barnevernet spør foreldrene"
    True
    """
    rng = random.Random(zlib.crc32(text.encode()))
    places = [match.span() for match in _WORD.finditer(text)]
    for start, end in sorted(rng.sample(places, min(count, len(places))), reverse=True):
        text = text[:start] + _mistyped(text[start:end], rng) + text[end:]
    return text


def _mistyped(word: str, rng: random.Random) -> str:
    at = rng.randrange(1, len(word) - 1)
    kind = rng.choice(("swap", "drop", "double", "beside"))
    if kind == "swap":
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == "drop":
        return word[:at] + word[at + 1 :]
    if kind == "double":
        return word[:at] + word[at] + word[at:]
    row = next((row for row in _ROWS if word[at].lower() in row), "")
    place = row.find(word[at].lower())
    near = row[max(0, place - 1) : place + 2].replace(word[at].lower(), "") or word[at]
    return word[:at] + rng.choice(near) + word[at + 1 :]
