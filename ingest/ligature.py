"""Put back the letter pairs that a broken font map has turned into punctuation marks and digits.

Some PDF writers number the glyphs of a font in the order they are used and give ligatures (ti, tt, tf …) no
meaning, so that «viktig» is extracted as «vik,g» and «rett» as «re6». The number is arbitrary, so no fixed table
can be right: what a mark stands for is decided once per document, from the words it would mend.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import product

from ingest.edits import Repaired, rewrite
from ingest.reading import CLOSERS, LIGATURES, OPENERS, Reading, Support, read_marks, stands, weigh
from ingest.wordlist import WordList

_LETTER = r"[^\W\d_]"
_CHUNK = re.compile(r"(?<!\S)\S{1,120}(?!\S)")
"""A stretch without spaces; a longer one is data, not words."""
_PROTECTED = re.compile(
    r"https?:|www\.|§|[\w.+-]+@[\w-]+\.[\w.]+|\w\.(?:no|com|org|net|eu|dk|se|pdf|docx?|html?)\b|\w/\w+/", re.I
)
_MOST_MARKS = 6
"""A word with more doubtful marks than this is left alone."""
_LONG_WORD = 6
"""A shorter word may be an abbreviation, and is not guessed at."""
_TELLING = 5
"""A word of fewer letters may be made by chance: «+l» is not «til» in a chemical formula."""
_ENOUGH_LETTERS = 0.6
"""A smaller share of letters means that the letters themselves are gone, and nothing can be inferred."""


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
        after = done.then(partial(_apply, readings=readings, words=words))
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
        longest = max(len(read_marks(form, {mark: letters})) for form in certain)
        if len(certain) >= 2 and longest >= _TELLING:
            firm[mark] = letters
        elif longest >= _TELLING:
            lone[mark] = letters
    if not firm and len({form for mark, letters in lone.items() for form in supports[mark].certain[letters]}) < 2:
        return ()
    return tuple(
        Reading(mark=mark, letters=letters, words=tuple(sorted(supports[mark].certain[letters])))
        for mark, letters in sorted((firm | lone).items())
    )


def broken_words(text: str, words: WordList) -> Iterator[tuple[int, str]]:
    """Words that look broken: no words as they stand, and a word when one ligature is read into them."""
    for chunk in _CHUNK.finditer(text):
        for mark, form, at in _forms_in(chunk[0]):
            if stands(form, mark, words):
                continue
            if any(len(read := read_marks(form, {mark: it})) >= 5 and words.knows(read) for it in LIGATURES):
                yield chunk.start() + at, form


def _has_letters(text: str) -> bool:
    shown = sum(1 for char in text if not char.isspace())
    return shown > 0 and sum(1 for char in text if char.isalpha()) >= _ENOUGH_LETTERS * shown


def _outweighs(support: Support, letters: str) -> bool:
    return len(support.possible[letters]) > len(support.unread)


def _doubtful_forms(text: str) -> dict[str, set[str]]:
    """By mark: the distinct letter sequences that hold it where a mark does not belong."""
    found: dict[str, set[str]] = {}
    for chunk in {match[0] for match in _CHUNK.finditer(text)}:
        for mark, form, _ in _forms_in(chunk):
            found.setdefault(mark, set()).add(form)
    return found


def _forms_in(chunk: str) -> Iterator[tuple[str, str, int]]:
    """Mark, form and place of each doubtful form in a stretch without spaces."""
    core = chunk.rstrip(CLOSERS)
    core = core.lstrip(OPENERS)
    if core.isalpha() or _PROTECTED.search(chunk):
        return
    begin = chunk.index(core)
    for mark in sorted(set(core)):
        if not "!" <= mark <= "~" or mark.isalpha() or _is_paired(chunk, mark):
            continue
        for match in re.finditer(rf"(?:{_LETTER}|{re.escape(mark)})+", core):
            form = match[0].rstrip(mark) if mark in CLOSERS else match[0]
            around = core[match.start() - 1 : match.start()] + core[match.end() : match.end() + 1]
            if mark in form and not any(char.isdigit() for char in around) and _is_readable(form, mark):
                yield mark, form, begin + match.start()


def _is_paired(chunk: str, mark: str) -> bool:
    """Whether a bracket has its other half beside it, as in «ny(e)»."""
    return any(mark in pair and all(half in chunk for half in pair) for pair in ("()", "[]", "{}", "<>"))


def _is_readable(form: str, mark: str) -> bool:
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
    tail = len(run) - len(run.rstrip("".join(mark for mark in readings if mark in CLOSERS)))
    word, end = (run[:-tail], run[-tail:]) if tail else (run, "")
    places = [at for at, char in enumerate(word) if char in readings]
    if not places or len(places) > _MOST_MARKS or not any(char.isalpha() for char in word):
        return run
    letters = {mark: reading.letters for mark, reading in readings.items()}
    best = (99, 0, run)
    for choice in product((True, False), repeat=len(places)):
        kept = {at for at, read in zip(places, choice, strict=True) if not read}
        if any(not _is_readable(word, word[at]) for at in set(places) - kept):
            continue
        cost, read = _cost(word, kept, letters, words)
        if cost is not None:
            best = min(best, (cost, len(places) - len(kept), read + end))
    if best[2] != run or best[0] < 99:
        return best[2]
    single = re.sub("(.)\\1+", lambda twice: twice[1] if twice[1] in letters else twice[0], word)
    if single != word and words.knows_compound(read_marks(single, letters)):
        return read_marks(single, letters) + end
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
            if at in kept and not (at == 0 and char in OPENERS):
                cost += 1
            out += piece + (char if char != "\0" else "")
            piece = ""
        else:
            piece += letters.get(char, char)
    return cost, out


def _guess(word: str, readings: Mapping[str, Reading], words: WordList) -> str:
    """Read a mark in the middle of a word that is not in the list, when nothing else explains it."""
    pieces = re.split("[" + "".join(map(re.escape, readings)) + "]+", word)
    inside = len(word) >= _LONG_WORD and all(pieces) and all(piece[0].islower() for piece in pieces[1:])
    if not inside or any(len(piece) >= 3 and words.knows(piece) for piece in pieces):
        return word
    used = [readings[char] for char in word if char in readings]
    if any(len(reading.words) < 3 or reading.mark.isdigit() for reading in used):
        return word
    others = (read_marks(word, {reading.mark: letters for reading in used}) for letters in LIGATURES)
    if any(words.knows(other) for other in others):
        return word
    return read_marks(word, {reading.mark: reading.letters for reading in used})
