"""Find what a document has lost on its way here, and tell its owner how to get it back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ingest.finding import Finding, Severity, excerpt
from ingest.instruction import instructions
from ingest.ligature import broken_words
from ingest.lines import ENDS_NOTHING, HEADING, LIST_ITEM
from ingest.wordlist import WordList, wordlist

_LINE = re.compile(r"[^\n]*\S[^\n]*")
_TABLE = re.compile(r"(?:^[^\n|]*(?<!\\)\|[^\n]*(?<!\\)\|[^\n]*(?:\n|\Z))+", re.M)
_RULE_ROW = re.compile(r"\|?[\s:|-]*-{3,}[\s:|-]*\|?")
_CELL_BORDER = re.compile(r"(?<!\\)\|")
_OPENS_LIST = re.compile(r":\s*[»\"”)]?$")
_ENDS = re.compile(r"[.!?:;…–—][)»\"”’\]]*\s?[\d¹²³⁰-⁹]{0,2}$")
"""How a finished line ends; a footnote's number may follow."""
_WORD_LAST = re.compile(r"\s[a-zæøåéèêóòôüöä]{2,}$")
_SENTENCE_END = re.compile(r"[.!?…](?:\s|$)|\n")
_UNFINISHED = re.compile(
    rf",$|\b(?:og|eller|å|at|som|samt|men|hvis|dersom|både|enten|en|et)$|,\s(?:{'|'.join(sorted(ENDS_NOTHING))})$", re.I
)
"""How a line ends that goes on. «Hjelpen de har behov for» is whole, so most prepositions need a comma before them."""
_WHOLE = re.compile(r"[\W_]*(?:[^\W\d_]+(?:[-–/.’'][^\W\d_]+)*|[\d.,:/–-]+)[\W_]*")
_ONLY_LAYOUT = re.compile(r"[|•*#+_=:.–—-]+")
_SHORT_ITEM = 90
"""Lines shorter than this may be the items of a list that has lost its bullets."""
_LONG_SENTENCE = 60
"""A paragraph of so many characters is running text, where a missing full stop means something."""
_MOSTLY = 0.8
_READABLE = 0.5
_NORWEGIAN = 0.15
_ENOUGH_WORDS = 60
_LONGEST_WORD = 120
_LONGEST_SENTENCE = 2000
_TOO_MANY = 20
"""So many findings of one kind are told one by one; the rest only counted."""


def audit(text: str, *, words: WordList | None = None) -> tuple[Finding, ...]:
    """Look at a repaired text, and return what is wrong with it in the order it stands.

    An error means that the text cannot be used. ``words`` is the list of Norwegian words; the shipped one when none
    is given.

    >>> [found.kind for found in audit("Avtalen skal ha punkter om:\\n\\n# Taushetsplikt\\nDu har taushetsplikt.")]
    ['tapt liste']
    """
    known = words or wordlist()
    unreadable = tuple(_unreadable(text, known))
    if unreadable:
        return unreadable
    found = [
        *_lost_lists(text), *_broken_tables(text), *_broken_words(text, known), *_replacement_characters(text),
        *_endless_lines(text), *_instructions(text),
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda finding: finding.start))


def _unreadable(text: str, words: WordList) -> Iterator[Finding]:
    shown = [word for word in text.split() if not _ONLY_LAYOUT.fullmatch(word)]
    whole = [word for word in shown if len(word) <= _LONGEST_WORD and _WHOLE.fullmatch(word)]
    plain = [core for word in shown if (core := re.sub(r"[\W\d_]+", "", word))]
    norwegian = sum(1 for word in plain if words.knows_compound(word))
    what = ""
    if not plain or len(whole) < _READABLE * len(shown):
        what = "Det meste av teksten er ikke ord; fonten eller tegnsettet har gått tapt."
    elif len(plain) >= _ENOUGH_WORDS and norwegian < _NORWEGIAN * len(plain):
        what = "Nesten ingen av ordene er norske; bokstavene er trolig byttet om, eller språket er et annet."
    if what:
        yield Finding(
            kind="uleselig", severity=Severity.ERROR, start=0, excerpt=excerpt(text), what=what,
            remedy="Finn dokumentet i et annet format, eller kjør tekstgjenkjenning (OCR) på det først.",
        )  # fmt: skip


def _lost_lists(text: str) -> Iterator[Finding]:
    lines = list(_LINE.finditer(text))
    prose = [line[0].rstrip() for line in lines if _is_prose(line[0].strip())]
    # Slides and notes seldom end in full stops; there a missing one means nothing.
    stops = len(prose) > 3 and sum(1 for line in prose if _ENDS.search(line)) >= _MOSTLY * len(prose)
    for i, line in enumerate(lines):
        here = line[0].strip()
        if HEADING.match(here) or _is_row(here):
            continue
        rest = [after[0].strip() for after in lines[i + 1 : i + 3]]
        gap = text[line.end() : lines[i + 1].start()].count("\n") if rest else 0
        if _OPENS_LIST.search(here):
            if not _list_follows(rest) and not _is_label(here):
                yield _lost(line, "Setningen åpner en liste, men ingen liste følger.")
        elif not _ENDS.search(here) and len(here) >= _LONG_SENTENCE // 2 and not (gap == 1 and rest[0][0].islower()):
            if _UNFINISHED.search(here):
                if not (rest and LIST_ITEM.match(rest[0])) or gap > 2:
                    yield _lost(line, "Setningen stopper midt i; resten mangler.")
            elif stops and _is_prose(here) and _WORD_LAST.search(here) and not (rest and LIST_ITEM.match(rest[0])):
                yield _lost(line, "Setningen slutter uten punktum; en liste eller resten av den mangler.")


def _is_prose(line: str) -> bool:
    return len(line) >= _LONG_SENTENCE and not (HEADING.match(line) or LIST_ITEM.match(line) or _is_row(line))


def _is_label(line: str) -> bool:
    """Whether a line with a colon only names what comes, such as «Til § 4:»; then a paragraph may follow."""
    spoken = re.findall(r"[^\W\d_]+", line)
    return len(spoken) <= 3 and spoken[-1:] not in (["er"], ["om"], ["følgende"])


def _is_row(line: str) -> bool:
    return len(_CELL_BORDER.findall(line)) > 1


def _list_follows(rest: list[str]) -> bool:
    """Whether what comes next can be the list: marked items, a table, small letters, or short lines in a row."""
    if not rest or HEADING.match(rest[0]):
        return False
    first = rest[0]
    if LIST_ITEM.match(first) or _is_row(first) or first[0].islower() or first[0] in '«"“>`|':
        return True
    return len(first) < _SHORT_ITEM and not (first.endswith(".") and len(first) > _SHORT_ITEM // 2)


def _lost(line: re.Match[str], what: str) -> Finding:
    return Finding(
        kind="tapt liste", severity=Severity.WARNING, start=line.start() + len(line[0]) - len(line[0].lstrip()),
        excerpt=excerpt(line[0].strip(), from_end=True), what=what,
        remedy="Sammenlign med originalen, og legg inn den fulle teksten; svar som bygger på stedet kan mangle vilkår.",
    )  # fmt: skip


def _broken_tables(text: str) -> Iterator[Finding]:
    for table in _TABLE.finditer(text):
        lines = [line.strip() for line in table[0].strip().split("\n")]
        rows = [_cells(line) for line in lines if not _RULE_ROW.fullmatch(line)]
        faults = list(_faults(lines, rows))
        if faults:
            yield Finding(
                kind="ødelagt tabell", severity=Severity.WARNING, start=table.start(), excerpt=excerpt(lines[0]),
                what=f"Tabellen kan ikke leses rad for rad: {', og '.join(faults)}.",
                remedy="Sammenlign med originalen, og rett kolonnene eller skriv innholdet som setninger.",
            )  # fmt: skip


def _cells(line: str) -> list[str]:
    inner = line.removeprefix("|")
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    return [cell.strip() for cell in _CELL_BORDER.split(inner)]


def _faults(lines: list[str], rows: list[list[str]]) -> Iterator[str]:
    counts = {len(row) for row in rows}
    if len(counts) > 1:
        yield f"radene har fra {min(counts)} til {max(counts)} celler"
    if len({line.startswith("|") for line in lines}) > 1:
        yield "noen rader mangler kanten foran"
    if len(rows) > 1 and rows[0][0] and not rows[0][-1] and any(row[0] and row[-1] for row in rows[1:]):
        yield "overskriftene står én kolonne til venstre for innholdet"


def _broken_words(text: str, words: WordList) -> Iterator[Finding]:
    found = list(broken_words(text, words))
    for start, word in found[:_TOO_MANY]:
        more = f" ({len(found)} slike ord i alt.)" if start == found[0][0] and len(found) > 1 else ""
        yield Finding(
            kind="ødelagt ord", severity=Severity.WARNING, start=start, excerpt=word,
            what=f"Ordet ser ut til å mangle bokstaver, men dokumentet beviser ikke hvilke.{more}",
            remedy="Legg inn PDF-en i stedet for teksten, eller rett ordet i originalen.",
        )  # fmt: skip


def _replacement_characters(text: str) -> Iterator[Finding]:
    at = text.find("\ufffd")
    if at >= 0:
        yield Finding(
            kind="tapte tegn", severity=Severity.WARNING, start=at, excerpt=excerpt(text[max(0, at - 40) : at + 40]),
            what=f"{text.count(chr(0xFFFD))} tegn er gått tapt og står som «\ufffd».",
            remedy="Hent dokumentet på nytt fra kilden, og lagre det som UTF-8.",
        )  # fmt: skip


def _endless_lines(text: str) -> Iterator[Finding]:
    ends = [0, *(m.end() for m in _SENTENCE_END.finditer(text)), len(text)]
    for start, end in pairwise(ends):
        if end - start > _LONGEST_SENTENCE:
            yield Finding(
                kind="uten setninger", severity=Severity.WARNING, start=start, excerpt=excerpt(text[start:end]),
                what=f"{end - start} tegn uten punktum eller linjeskift; skilletegn eller linjer har gått tapt.",
                remedy="Hent dokumentet i et annet format, for eksempel PDF eller Word.",
            )  # fmt: skip


def _instructions(text: str) -> Iterator[Finding]:
    for start, end in list(instructions(text))[:_TOO_MANY]:
        yield Finding(
            kind="skjult instruks", severity=Severity.WARNING, start=start,
            excerpt=excerpt(text[max(0, start - 20) : end + 40]),
            what="Setningen taler til en språkmodell, ikke til leseren.",
            remedy="Spør den som har laget dokumentet, og fjern setningen. Den blir aldri fulgt.",
        )  # fmt: skip
