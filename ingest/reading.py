"""Decide from words what a doubtful character stands for: a broken ligature, or what the file says it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ingest.wordlist import WordList

LIGATURES = ("ti", "tt", "tf", "ft", "fi", "fl", "ff", "fj", "tti", "ffi", "ffl", "fti", "fft", "ttf", "ffj")
"""The joined letter pairs and triples of common text fonts."""
CLOSERS = ",.:;!?)]}»”\"'%-–…"
"""Marks that belong at a word's end."""
OPENERS = "([{«“\"'-–#"
"""Marks that belong at a word's beginning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a mark stands for in one document, and the distinct words that say so."""

    mark: str
    letters: str
    words: tuple[str, ...]

    @property
    def evidence(self) -> str:
        """The words that speak for it, the first three by name."""
        shown = ", ".join(f"«{word}»" for word in self.words[:3])
        return shown + (f" og {len(self.words) - 3} ord til" if len(self.words) > 3 else "")

    @property
    def why(self) -> str:
        """The decision and its grounds in one line."""
        return f"«{self.mark}» står for «{self.letters}» i dette dokumentet, etter {self.evidence}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """What speaks for and against one mark being a ligature."""

    certain: Mapping[str, frozenset[str]]
    """By ligature: the forms it makes a listed word of, and that are no words as they stand."""
    possible: Mapping[str, frozenset[str]]
    """By ligature: all forms it makes a word of, compounds too."""
    unread: frozenset[str]
    """Forms that no ligature mends and that are no words as they stand."""

    def best(self) -> str | None:
        """The ligature with the most certain words; None when there is none, or when others mend the same words."""
        ranked = sorted(((len(forms), letters) for letters, forms in self.certain.items() if forms), reverse=True)
        if len(ranked) < 2:
            return ranked[0][1] if ranked else None
        (most, letters), (next_most, _) = ranked[:2]
        rest = frozenset().union(*(forms for other, forms in self.certain.items() if other != letters))
        alone = len(self.certain[letters] - rest)
        clear = next_most * 2 <= most or (next_most < most and alone * 2 > most)
        return letters if clear else None


def weigh(forms: Iterable[str], mark: str, words: WordList) -> Support:
    """Try every ligature for one mark on all the forms it occurs in."""
    certain: dict[str, set[str]] = {letters: set() for letters in LIGATURES}
    possible: dict[str, set[str]] = {letters: set() for letters in LIGATURES}
    unread: set[str] = set()
    for form in sorted({form.lower() for form in forms}):
        whole = stands(form, mark, words)
        mended = False
        for letters in LIGATURES:
            read = read_marks(form, {mark: letters})
            if len(read) >= 3 and words.knows(read):
                possible[letters].add(form)
                mended = True
                if not whole:
                    certain[letters].add(form)
            elif words.knows_compound(read):
                possible[letters].add(form)
                mended = True
        if not mended and not whole:
            unread.add(form)
    return Support(
        certain={letters: frozenset(found) for letters, found in certain.items()},
        possible={letters: frozenset(found) for letters, found in possible.items()},
        unread=frozenset(unread),
    )


def decide(text: str, raw: Mapping[str, str], words: WordList) -> dict[str, Reading]:
    """Decide what each sentinel in a text stands for, when it is known *which* characters are doubtful.

    ``raw`` gives for each sentinel the character that the file claims, or "" when it claims none. A sentinel is
    left out of the answer when the claim explains its words as well as any ligature does. One word is enough.

    >>> known = WordList.of(["viktig", "samarbeid", "barn"])
    >>> found = decide("vik\ue000g samarbeid, barn\ue001 vik\ue000g", {"\ue000": ",", "\ue001": ","}, known)
    >>> {mark: reading.letters for mark, reading in found.items()}
    {'\ue000': 'ti'}
    """
    doubtful = "".join(map(re.escape, raw))
    forms: dict[str, set[str]] = {mark: set() for mark in raw}
    for match in re.finditer(rf"(?:[^\W_]|[{doubtful}])+", text) if raw else ():
        for mark in set(match[0]) & raw.keys():
            forms[mark].add(match[0].lower())
    claims = {mark: claim for mark, claim in raw.items() if claim}
    readings: dict[str, Reading] = {}
    while True:
        before = len(readings)
        for mark in sorted(raw.keys() - readings.keys()):
            others = claims | {other: reading.letters for other, reading in readings.items()}
            others.pop(mark, None)
            unclear = raw.keys() - others.keys() - {mark}
            clear = {form for form in forms[mark] if not unclear & set(form)}
            reading = _best_reading(clear, mark, others, raw[mark], words)
            if reading is not None:
                readings[mark] = reading
        if len(readings) == before:
            return readings


def _best_reading(forms: set[str], mark: str, others: Mapping[str, str], claim: str, words: WordList) -> Reading | None:
    mended: dict[str, list[str]] = {}
    for letters in LIGATURES:
        whole = {form: read_marks(form, {**others, mark: letters}) for form in sorted(forms)}
        known = [form for form, read in whole.items() if len(read) >= 3 and words.knows_compound(read)]
        if any(words.knows(whole[form]) for form in known):
            mended[letters] = known

    def rank(letters: str) -> tuple[int, int]:
        read = [read_marks(form, {**others, mark: letters}) for form in mended[letters]]
        return len(read), -sum(9 if (rarity := words.band(word)) is None else rarity for word in read)

    ranked = sorted(mended, key=rank, reverse=True)
    if not ranked or (len(ranked) > 1 and rank(ranked[0]) == rank(ranked[1])):
        return None
    best = ranked[0]
    if len(mended[best]) <= _explained(forms, mark, others, claim, words):
        return None
    shown = tuple(read_marks(form, {**others, mark: claim or "�"}) for form in mended[best])
    return Reading(mark=claim or "�", letters=best, words=shown)


def _explained(forms: set[str], mark: str, others: Mapping[str, str], claim: str, words: WordList) -> int:
    """How many forms make sense with the character the file claims."""
    if not claim:
        return 0
    many = 0
    for form in forms:
        read = read_marks(form, others)
        if claim.isalpha():
            many += words.knows_compound(read.replace(mark, claim))
        elif claim.isdigit():
            many += not any(char.isalpha() for char in read)
        else:
            inside = mark in read.strip(mark)
            many += not inside and (not read.startswith(mark) or claim in OPENERS or read == mark)
    return many


def read_marks(form: str, readings: Mapping[str, str]) -> str:
    """Write each mark as the letters it stands for.

    >>> read_marks("vik,g", {",": "ti"})
    'viktig'
    """
    return "".join(readings.get(char, char) for char in form)


def stands(form: str, mark: str, words: WordList) -> bool:
    """Whether the form makes sense with the mark as it is: words on both sides of it, or a word before a note digit."""
    pieces = [piece for piece in form.split(mark) if piece]
    if mark.isdigit() and not form.endswith(mark):
        return False
    return all(words.knows(piece) for piece in pieces)
