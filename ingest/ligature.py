"""Put back the letter pairs that a broken font map has turned into punctuation marks and digits.

Some PDF writers number the glyphs of a font in the order they are used and give ligatures (ti, tt, tf …) no
meaning, so that «viktig» is extracted as «vik,g» and «rett» as «re6». The number is arbitrary, so no fixed table
can be right: what a mark stands for is decided once per document, from the words it would mend.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from ingest.edits import Repaired, rewrite
from ingest.wordlist import WordList

LIGATURES = ("ti", "tt", "tf", "ft", "fi", "fl", "ff", "fj", "tti", "ffi", "ffl", "fti", "fft", "ttf", "ffj")
"""The joined letter pairs and triples of common text fonts."""

_LETTER = r"[^\W\d_]"
_CHUNK = re.compile(r"\S+")
_PROTECTED = re.compile(
    r"https?:|www\.|§|[\w.+-]+@[\w-]+\.[\w.]+|\w\.(?:no|com|org|net|eu|dk|se|pdf|docx?|html?)\b|\w/\w+/", re.I
)
_CLOSERS = ",.:;!?)]}»”\"'%-–…"
_OPENERS = "([{«“\"'-–#"
_MOST_MARKS = 6
"""A word with more doubtful marks than this is left alone."""
_ENOUGH_LETTERS = 0.6
"""A smaller share of letters means that the letters themselves are gone, and nothing can be inferred."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a mark stands for in one document, and the distinct words that say so."""

    mark: str
    letters: str
    words: tuple[str, ...]

    @property
    def why(self) -> str:
        """The evidence in one line."""
        shown = ", ".join(f"«{word}»" for word in self.words[:3])
        more = f" og {len(self.words) - 3} ord til" if len(self.words) > 3 else ""
        return f"«{self.mark}» står for «{self.letters}» i dette dokumentet, etter {shown}{more}"


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
        """The ligature with the most certain words; None when two are level or there is none."""
        ranked = sorted(((len(forms), letters) for letters, forms in self.certain.items() if forms), reverse=True)
        if not ranked or (len(ranked) > 1 and ranked[1][0] * 2 > ranked[0][0]):
            return None
        return ranked[0][1]


def mend_ligatures(text: str, words: WordList) -> Repaired:
    """Read broken ligatures wherever the document itself proves what they stand for.

    Needs at least two distinct words that are words only when mended. Numbers, section signs, addresses and marks
    at a word's end keep their meaning. A text that is whole, or that has lost most of its letters, comes back
    unchanged.

    >>> known = WordList.of(["viktig", "tiltak", "samtidig", "mål"])
    >>> mend_ligatures("Mål: vik,g ,ltak, sam,dig", known).text
    'Mål: viktig tiltak, samtidig'
    """
    done = Repaired(text=text)
    while True:
        readings = infer(done.text, words)
        after = done.then(lambda now, found=readings: _apply(now, found, words))  # type: ignore[misc]
        if after.text == done.text:
            return done
        done = after


def infer(text: str, words: WordList) -> tuple[Reading, ...]:
    """Decide what each mark of a document stands for; empty for a document that is whole or beyond reading."""
    if not _has_letters(text):
        return ()
    forms = _doubtful_forms(text)
    supports = {mark: weigh(found, mark, words) for mark, found in sorted(forms.items())}
    firm: dict[str, str] = {}
    lone: dict[str, str] = {}
    for mark, support in supports.items():
        letters = support.best()
        if letters is None or not _outweighs(support, letters):
            continue
        certain = support.certain[letters]
        if len(certain) >= 2:
            firm[mark] = letters
        elif all(len(_read(form, {mark: letters})) >= 5 for form in certain):
            lone[mark] = letters
    if not firm and len({form for mark, letters in lone.items() for form in supports[mark].certain[letters]}) < 2:
        return ()
    return tuple(
        Reading(mark=mark, letters=letters, words=tuple(sorted(supports[mark].certain[letters])))
        for mark, letters in sorted((firm | lone).items())
    )


def weigh(forms: Iterable[str], mark: str, words: WordList, *, others: Mapping[str, str] | None = None) -> Support:
    """Try every ligature for one mark on all the forms it occurs in. ``others`` are marks already decided."""
    certain: dict[str, set[str]] = {letters: set() for letters in LIGATURES}
    possible: dict[str, set[str]] = {letters: set() for letters in LIGATURES}
    unread: set[str] = set()
    for form in sorted({form.lower() for form in forms}):
        stands = _stands(form, mark, words)
        mended = False
        for letters in LIGATURES:
            read = _read(form, {**(others or {}), mark: letters})
            if len(read) >= 3 and words.knows(read):
                possible[letters].add(form)
                mended = True
                if not stands:
                    certain[letters].add(form)
            elif words.knows_compound(read):
                possible[letters].add(form)
                mended = True
        if not mended and not stands:
            unread.add(form)
    return Support(
        certain={letters: frozenset(found) for letters, found in certain.items()},
        possible={letters: frozenset(found) for letters, found in possible.items()},
        unread=frozenset(unread),
    )


def broken_words(text: str, words: WordList) -> Iterator[tuple[int, str]]:
    """Words that look broken: no words as they stand, and a word when one ligature is read into them."""
    for chunk in _CHUNK.finditer(text):
        for mark, form, at in _forms_in(chunk[0]):
            if _stands(form, mark, words):
                continue
            if any(len(read := _read(form, {mark: it})) >= 5 and words.knows(read) for it in LIGATURES):
                yield chunk.start() + at, form


def _has_letters(text: str) -> bool:
    shown = sum(1 for char in text if not char.isspace())
    return shown > 0 and sum(1 for char in text if char.isalpha()) >= _ENOUGH_LETTERS * shown


def _outweighs(support: Support, letters: str) -> bool:
    return len(support.possible[letters]) > len(support.unread)


def _read(form: str, readings: Mapping[str, str]) -> str:
    return "".join(readings.get(char, char) for char in form)


def _stands(form: str, mark: str, words: WordList) -> bool:
    """Whether the form makes sense with the mark as it is: words on both sides of it, or a word before a note digit."""
    pieces = [piece for piece in form.split(mark) if piece]
    if mark.isdigit() and not form.endswith(mark):
        return False
    return all(words.knows(piece) for piece in pieces)


def _doubtful_forms(text: str) -> dict[str, set[str]]:
    """By mark: the distinct letter sequences that hold it where a mark does not belong."""
    found: dict[str, set[str]] = {}
    for chunk in {match[0] for match in _CHUNK.finditer(text)}:
        for mark, form, _ in _forms_in(chunk):
            found.setdefault(mark, set()).add(form)
    return found


def _forms_in(chunk: str) -> Iterator[tuple[str, str, int]]:
    """Mark, form and place of each doubtful form in a stretch without spaces."""
    core = chunk.rstrip(_CLOSERS)
    core = core.lstrip(_OPENERS)
    if core.isalpha() or _PROTECTED.search(chunk):
        return
    begin = chunk.index(core)
    for mark in sorted(set(core)):
        if not "!" <= mark <= "~" or mark.isalpha():
            continue
        for match in re.finditer(rf"(?:{_LETTER}|{re.escape(mark)})+", core):
            form = match[0].rstrip(mark) if mark in _CLOSERS else match[0]
            around = core[match.start() - 1 : match.start()] + core[match.end() : match.end() + 1]
            if mark in form and not any(char.isdigit() for char in around) and _may_be_read(form, mark):
                yield mark, form, begin + match.start()


def _may_be_read(form: str, mark: str) -> bool:
    """Ligatures join small letters: each mark has one beside it, and no capital after it."""
    for at, char in enumerate(form):
        if char == mark:
            before, after = form[:at].rstrip(mark)[-1:], form[at + 1 :].lstrip(mark)[:1]
            if after.isupper() or not (before.islower() or after.islower()):
                return False
    return True


def _apply(text: str, readings: Iterable[Reading], words: WordList) -> Repaired:
    by_mark = {reading.mark: reading for reading in readings}
    if not by_mark:
        return Repaired(text=text)
    marks = "".join(map(re.escape, by_mark))
    run = re.compile(rf"(?:{_LETTER}|[{marks}])+")

    def edits() -> Iterator[tuple[int, int, str, str]]:
        for chunk in _CHUNK.finditer(text):
            if chunk[0].isalpha() or _PROTECTED.search(chunk[0]):
                continue
            for match in run.finditer(chunk[0]):
                around = chunk[0][match.start() - 1 : match.start()] + chunk[0][match.end() : match.end() + 1]
                if any(char.isdigit() for char in around):
                    continue
                after = _mend(match[0], by_mark, words)
                used = [by_mark[mark].why for mark in by_mark if match[0].count(mark) > after.count(mark)]
                start = chunk.start() + match.start()
                yield start, start + len(match[0]), after, "; ".join(used)

    return rewrite(text, "broken-ligature", edits())


def _mend(run: str, readings: Mapping[str, Reading], words: WordList) -> str:
    """Read the marks of one word, or keep them, whichever makes words of it at the least cost."""
    tail = len(run) - len(run.rstrip("".join(mark for mark in readings if mark in _CLOSERS)))
    word, end = (run[:-tail], run[-tail:]) if tail else (run, "")
    places = [at for at, char in enumerate(word) if char in readings]
    if not places or len(places) > _MOST_MARKS or not any(char.isalpha() for char in word):
        return run
    letters = {mark: reading.letters for mark, reading in readings.items()}
    best = (99, 0, run)
    for choice in product((True, False), repeat=len(places)):
        kept = {at for at, read in zip(places, choice, strict=True) if not read}
        if any(not _may_be_read(word, word[at]) for at in set(places) - kept):
            continue
        cost, read = _cost(word, kept, letters, words)
        if cost is not None:
            best = min(best, (cost, len(places) - len(kept), read + end))
    if best[2] != run or best[0] < 99:
        return best[2]
    single = re.sub("(.)\\1+", lambda twice: twice[1] if twice[1] in letters else twice[0], word)
    if single != word and words.knows_compound(_read(single, letters)):
        return _read(single, letters) + end
    return _guess(word, readings, words) + end


def _cost(word: str, kept: set[int], letters: Mapping[str, str], words: WordList) -> tuple[int | None, str]:
    """The cost of one choice, None when it leaves something that is no word."""
    cost = 0
    out = ""
    piece = ""
    for at, char in enumerate(word + "\0"):
        if at in kept or char == "\0":
            if piece and not words.knows(piece):
                if not words.knows_compound(piece):
                    return None, word
                cost += 1
            if at in kept and not (at == 0 and char in _OPENERS):
                cost += 1
            out += piece + (char if char != "\0" else "")
            piece = ""
        else:
            piece += letters.get(char, char)
    return cost, out


def _guess(word: str, readings: Mapping[str, Reading], words: WordList) -> str:
    """Read a mark in the middle of a word that is not in the list, when nothing else explains it."""
    pieces = re.split("[" + "".join(map(re.escape, readings)) + "]+", word)
    inside = all(pieces) and len(pieces) > 1 and all(piece[0].islower() for piece in pieces[1:])
    if not inside or any(len(piece) >= 3 and words.knows(piece) for piece in pieces):
        return word
    used = [readings[char] for char in word if char in readings]
    if any(len(reading.words) < 3 or reading.mark.isdigit() for reading in used):
        return word
    others = (_read(word, {reading.mark: letters for reading in used}) for letters in LIGATURES)
    if any(words.knows(other) for other in others):
        return word
    return _read(word, {reading.mark: reading.letters for reading in used})
