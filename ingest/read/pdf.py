"""Read a PDF page by page, and put back the letters its fonts do not name."""

from __future__ import annotations

import logging
import re
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import SourceUnreadable
from ingest.edits import Repaired, rewrite
from ingest.finding import Finding, Severity, excerpt
from ingest.page_edge import PAGE, edge_lines
from ingest.read.raw import RawText
from ingest.read.tounicode import code_width, doubtful_codes, extend, parse
from ingest.reading import decide
from ingest.wordlist import wordlist

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader
    from pypdf.generic import DictionaryObject

_FIRST_SENTINEL = 0xF0000
"""Sentinels come from a plane of Unicode that is for private use and that documents do not use."""
_MOST_SENTINELS = 0xFFFD
_PAGE, _SLIDE = "\n" + PAGE, "\n\n\n" + PAGE
"""Slides get blank lines between them, so that each stays a unit of its own."""
_TEXT_PER_PAGE = 12
"""A page with fewer letters than this has no text layer worth the name."""
_UNMAPPED = "\ufffd"
_BULLET = "•"
_DEEPEST_TREE = 20
_OCR = "Kjør tekstgjenkjenning (OCR) på filen i et annet program, og legg inn resultatet."


@dataclass(frozen=True, slots=True, kw_only=True)
class _Doubt:
    """A code of one font that cannot be trusted."""

    font: str
    code: int
    claim: str

    def __str__(self) -> str:
        return f"kode 0x{self.code:02X} i fonten {self.font}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Extracted:
    """What the library got out of the file: doubtful codes are still sentinels."""

    pages: tuple[str, ...]
    title: str
    doubts: Mapping[str, _Doubt]
    slides: bool


def read_pdf(path: Path, data: bytes) -> RawText:
    """Read the text layer of a PDF; bookmarks become headings, each page's start is kept.

    Raises SourceUnreadable for a locked file, a scan without text, and a file that is no whole PDF.
    """
    extracted = _extract(path, data)
    letters = [sum(char.isalnum() for char in page) for page in extracted.pages]
    if not any(count >= _TEXT_PER_PAGE for count in letters):
        raise SourceUnreadable(path, "har ikke noe tekstlag; den er trolig skannet.", remedy=_OCR)
    mended = _name_doubtful((_SLIDE if extracted.slides else _PAGE).join(extracted.pages), extracted.doubts)
    starts = (0, *(m.end() for m in re.finditer(PAGE, mended.text)))
    return RawText(
        text=mended.text,
        title=extracted.title,
        pages=starts,
        repairs=mended.repairs,
        findings=(*_empty_pages(letters, starts), *_unnamed(mended.text), *_repeated(mended.text)),
    )


def _extract(path: Path, data: bytes) -> _Extracted:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError, WrongPasswordError

    # What a damaged file makes the library raise, beside its own errors.
    broken = (
        PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError, AssertionError,
        RecursionError, NotImplementedError, zlib.error, OSError,
    )  # fmt: skip
    try:
        with _quiet_library():
            reader = PdfReader(BytesIO(data))
            if reader.is_encrypted and not reader.decrypt(""):
                raise _locked(path)
            doubts = _mark_doubtful_codes(reader)
            bookmarks = _bookmarks(reader)
            pages = [page.extract_text().replace(PAGE, "\n") for page in reader.pages]
            return _Extracted(
                pages=tuple(_with_headings(page, bookmarks[number]) for number, page in enumerate(pages)),
                title=_title(reader),
                doubts=doubts,
                slides=all(_is_wide(page) for page in reader.pages),
            )
    except (DependencyError, FileNotDecryptedError, WrongPasswordError) as error:
        raise _locked(path) from error
    except broken as error:
        raise SourceUnreadable(
            path, "er skadet eller ikke en hel PDF-fil.", remedy="Last den ned eller lagre den på nytt."
        ) from error


@contextmanager
def _quiet_library() -> Iterator[None]:
    """Keep the library's remarks on damaged files from the operator: the error or the finding tells what to do."""
    log = logging.getLogger("pypdf")
    before = log.level
    log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        log.setLevel(before)


def _locked(path: Path) -> SourceUnreadable:
    return SourceUnreadable(
        path, "er låst med passord eller kryptert.", remedy="Lagre en kopi uten passord, og legg inn den."
    )


def _mark_doubtful_codes(reader: PdfReader) -> dict[str, _Doubt]:
    """Make every doubtful code of every font come out as a sentinel of its own."""
    from pypdf.generic import DecodedStreamObject, NameObject, StreamObject

    doubts: dict[str, _Doubt] = {}
    for name, font in _fonts(reader):
        table = font.get("/ToUnicode")
        table = table.get_object() if table is not None else None
        if not isinstance(table, StreamObject):
            continue
        data = table.get_data()
        composite = font.get("/Subtype") == "/Type0"
        declared = () if composite else _declared(font)
        found = doubtful_codes(parse(data), declared, has_encoding=composite or "/Encoding" in font)
        marks: dict[int, str] = {}
        for code, claim in found.items():
            if len(doubts) < _MOST_SENTINELS:
                marks[code] = chr(_FIRST_SENTINEL + len(doubts))
                doubts[marks[code]] = _Doubt(font=name, code=code, claim=claim)
        if marks:
            extended = DecodedStreamObject()
            extended.set_data(extend(data, marks, width=code_width(data)))
            font[NameObject("/ToUnicode")] = extended
    return doubts


def _fonts(reader: PdfReader) -> Iterator[tuple[str, DictionaryObject]]:
    """Each font of the file once, also those of drawings inside pages."""
    from pypdf.generic import DictionaryObject

    seen: set[int] = set()
    waiting = []
    for page in reader.pages:
        node: Any = page
        for _ in range(_DEEPEST_TREE):
            waiting.append(node.get("/Resources"))
            node = node.get("/Parent")
            if node is None:
                break
            node = node.get_object()
    while waiting:
        resources = waiting.pop(0)
        resources = resources.get_object() if resources is not None else None
        if not isinstance(resources, DictionaryObject) or id(resources) in seen:
            continue
        seen.add(id(resources))
        for key, holder in (("/Font", "font"), ("/XObject", "form")):
            entries = resources.get(key)
            entries = entries.get_object() if entries is not None else {}
            for value in entries.values() if isinstance(entries, DictionaryObject) else ():
                entry = value.get_object()
                if not isinstance(entry, DictionaryObject):
                    continue
                if holder == "form":
                    waiting.append(entry.get("/Resources"))
                elif id(entry) not in seen:
                    seen.add(id(entry))
                    yield str(entry.get("/BaseFont", "uten navn")).lstrip("/"), entry


def _declared(font: DictionaryObject) -> Sequence[int]:
    first, widths = font.get("/FirstChar"), font.get("/Widths")
    widths = widths.get_object() if widths is not None else None
    if not isinstance(first, int) or not isinstance(widths, list):
        return ()
    return [code for code, width in enumerate(widths[:256], start=first) if width and 0 <= code < 256]


def _name_doubtful(text: str, doubts: Mapping[str, _Doubt]) -> Repaired:
    """Decide each doubtful code once, from all the words it occurs in, and write that.

    Where no ligature is proven the file's own claim stands, which is no repair. A code without any claim is a
    bullet when it opens lines, and a replacement character otherwise.
    """
    used = {mark: doubt for mark, doubt in doubts.items() if mark in text}
    if not used:
        return Repaired(text=text)
    readings = decide(text, {mark: doubt.claim for mark, doubt in used.items()}, wordlist())
    plain = {mark: doubt.claim or (_BULLET if _opens_lines(text, mark) else _UNMAPPED) for mark, doubt in used.items()}
    pieces: list[str] = []
    edits: list[tuple[int, int, str, str]] = []
    length = 0
    for piece in re.split("([" + "".join(used) + "])", text):
        claimed = plain.get(piece, piece)
        if piece in readings:
            why = f"{used[piece]} er «{readings[piece].letters}», etter {readings[piece].evidence}"
            edits.append((length, length + len(claimed), readings[piece].letters, why))
        pieces.append(claimed)
        length += len(claimed)
    return rewrite("".join(pieces), "unnamed-glyph", edits)


def _opens_lines(text: str, mark: str) -> bool:
    return len(re.findall(rf"^[ \t]*{mark}[ \t]", text, re.M)) == text.count(mark)


def _bookmarks(reader: PdfReader) -> dict[int, list[tuple[int, str]]]:
    """By page: level and title of the bookmarks that point to it."""
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    waiting: list[tuple[int, Any]] = [(1, entry) for entry in reader.outline]
    while waiting:
        level, entry = waiting.pop(0)
        if isinstance(entry, list):
            waiting = [(level + 1, inner) for inner in entry] + waiting
        elif entry.title and (page := reader.get_destination_page_number(entry)) is not None:
            found[page].append((min(level, 6), " ".join(entry.title.split())))
    return found


def _with_headings(text: str, bookmarks: Sequence[tuple[int, str]]) -> str:
    """Mark the lines that a bookmark names as headings.

    >>> _with_headings("Formål\\nRundskrivet gjelder.", [(1, "Formål")])
    '# Formål\\nRundskrivet gjelder.'
    """
    lines = text.split("\n")
    for level, title in bookmarks:
        wanted = title.casefold()
        for at, line in enumerate(lines):
            here = " ".join(line.split()).casefold()
            both = " ".join((line + " " + (lines[at + 1] if at + 1 < len(lines) else "")).split()).casefold()
            if here == wanted:
                lines[at] = f"{'#' * level} {line.strip()}"
                break
            if both == wanted:
                lines[at : at + 2] = [f"{'#' * level} {title}"]
                break
    return "\n".join(lines)


def _is_wide(page: PageObject) -> bool:
    return float(page.mediabox.width) > float(page.mediabox.height)


def _title(reader: PdfReader) -> str:
    title = reader.metadata.title if reader.metadata is not None else None
    shown = " ".join(str(title or "").split())
    # Programs fill in the name of the file or of themselves when nobody has given a title.
    filled_in = re.search(r"\.(?:docx?|pptx?|pdf|indd)$|^(?:microsoft|powerpoint|untitled)", shown, re.I)
    return "" if filled_in else shown[:200]


def _empty_pages(letters: list[int], starts: Sequence[int]) -> Iterator[Finding]:
    empty = [number for number, count in enumerate(letters, start=1) if count < _TEXT_PER_PAGE]
    if empty and len(empty) * 10 >= len(letters):
        yield Finding(
            kind="side uten tekst", severity=Severity.WARNING, start=starts[empty[0] - 1], excerpt="",
            what=f"Side {', '.join(map(str, empty[:20]))} har ikke tekst; de kan være bilder eller skannet.",
            remedy=_OCR,
        )  # fmt: skip


def _unnamed(text: str) -> Iterator[Finding]:
    at = text.find(_UNMAPPED)
    if at >= 0:
        yield Finding(
            kind="tegn uten navn", severity=Severity.WARNING, start=at,
            excerpt=excerpt(text[max(0, at - 40) : at + 40]),
            what=f"{text.count(_UNMAPPED)} tegn har ingen betydning i filens fonter, og ordene rundt avgjør det ikke.",
            remedy="Sammenlign stedet med PDF-en slik den vises, eller finn dokumentet som HTML eller Word.",
        )  # fmt: skip


def _repeated(text: str) -> Iterator[Finding]:
    for line in edge_lines(text):
        if not line.certain and line.text:
            yield Finding(
                kind="gjentatt linje", severity=Severity.NOTICE, start=line.places[0][0], excerpt=excerpt(line.text),
                what=f"Linjen står øverst eller nederst på {len(line.places)} sider, men ikke på alle, og er beholdt.",
                remedy="Er den en topptekst, kan du fjerne den i originalen.",
            )  # fmt: skip
