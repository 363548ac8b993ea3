"""Read a Word document: its headings, paragraphs, lists and tables, as they stand with all changes accepted."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from corpus.errors import SourceUnreadable
from ingest.finding import Finding, Severity
from ingest.read.raw import RawText, hidden_text, raised
from ingest.read.table import Cell, table_lines

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_GONE = frozenset((f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}delText", f"{_W}rPr", f"{_W}pPr", _FALLBACK))
_AS_TEXT = {f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-", f"{_W}softHyphen": "\u00ad"}
_HEADING = re.compile(r"(?:heading|overskrift)\s*([1-9])", re.I)
_TITLE = re.compile(r"title|tittel", re.I)
_LIST = re.compile(r"list|liste|punkt|bullet", re.I)
_LOCKED = b"\xd0\xcf\x11\xe0"
"""How the container begins in which Word keeps a document with a password."""
_MOST_UNPACKED = 300 * 2**20
_DEEPEST_STYLE = 10


def read_docx(path: Path, data: bytes) -> RawText:
    """Read the document's body. Headings become «#» lines, list items «- », tables rows with «|».

    Raises SourceUnreadable for a locked or damaged file.
    """
    from docx import Document
    from docx.opc.exceptions import OpcError

    # What a damaged file makes the libraries raise; the XML parser's own error is a SyntaxError.
    broken = (
        zipfile.BadZipFile, zlib.error, OpcError, SyntaxError, KeyError, ValueError, RecursionError, AttributeError,
        NotImplementedError, OSError, EOFError,
    )  # fmt: skip
    if data.startswith(_LOCKED):
        raise SourceUnreadable(
            path, "er låst med passord, eller lagret av en gammel Word.", remedy="Lagre en kopi som .docx uten passord."
        )
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > _MOST_UNPACKED:
                raise SourceUnreadable(path, "pakker ut til mer enn 300 MB.", remedy="Lagre den uten bilder.")
            notes = any(name in archive.namelist() for name in ("word/footnotes.xml", "word/endnotes.xml"))
        document = Document(BytesIO(data))
        hidden: list[str] = []
        blocks = list(_blocks(document.element.body, document.styles, hidden))
        title = str(document.core_properties.title or "")
    except broken as error:
        raise SourceUnreadable(
            path, "er skadet eller ikke et Word-dokument.", remedy="Åpne den i Word, og lagre den på nytt som .docx."
        ) from error
    titled = next((text for kind, text in blocks if kind == "title"), "")
    findings = [hidden_text(" ".join(hidden))] if hidden else []
    return RawText(
        text="".join(_laid_out(blocks)).strip(),
        title=" ".join((titled or title).split())[:200],
        findings=(*findings, *(_notes() if notes else ())),
    )


def _laid_out(blocks: list[tuple[str, str]]) -> Iterator[str]:
    """Blank lines between blocks, none between the items of a list."""
    before = ""
    for kind, text in blocks:
        shown = f"# {text}" if kind == "title" else text
        yield ("\n" if kind == before == "item" else "\n\n") + shown
        before = kind


def _blocks(parent: Any, styles: Any, hidden: list[str]) -> Iterator[tuple[str, str]]:
    """Kind and text of each block, also those inside content controls."""
    for child in parent:
        if child.tag == f"{_W}p":
            text = _text(child, hidden).strip()
            if text:
                yield _described(child, text, styles)
        elif child.tag == f"{_W}tbl":
            rows = [_cells(row, hidden) for row in child.iter(f"{_W}tr") if _owner(row, "tbl") is child]
            lines = "\n".join(table_lines(rows))
            if lines:
                yield "table", lines
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", f"{_W}ins", f"{_W}moveTo"):
            yield from _blocks(child, styles, hidden)


def _described(paragraph: Any, text: str, styles: Any) -> tuple[str, str]:
    properties = paragraph.find(f"{_W}pPr")
    names = list(_style_names(properties, styles))
    level = next((int(found[1]) for name in names if (found := _HEADING.match(name))), None)
    if level is not None:
        return "heading", f"{'#' * min(level, 6)} {' '.join(text.split())}"
    if names and _TITLE.fullmatch(names[0]):
        return "title", " ".join(text.split())
    numbering = properties.find(f"{_W}numPr") if properties is not None else None
    if numbering is not None or any(_LIST.search(name) for name in names[:1]):
        depth = numbering.find(f"{_W}ilvl") if numbering is not None else None
        indent = int(depth.get(f"{_W}val", "0")) if depth is not None else 0
        return "item", f"{'  ' * min(indent, 8)}- {' '.join(text.split())}"
    return "text", text


def _style_names(properties: Any, styles: Any) -> Iterator[str]:
    """The paragraph's style and those it is based on, nearest first."""
    own = properties.find(f"{_W}pStyle") if properties is not None else None
    key = own.get(f"{_W}val") if own is not None else None
    style = next((style for style in styles if style.style_id == key), None) if key else None
    for _ in range(_DEEPEST_STYLE):
        if style is None:
            return
        yield str(style.name or "")
        style = getattr(style, "base_style", None)


def _cells(row: Any, hidden: list[str]) -> list[Cell]:
    cells: list[Cell] = []
    for cell in row.iter(f"{_W}tc"):
        if _owner(cell, "tr") is not row:
            continue
        texts = (_text(paragraph, hidden) for paragraph in cell.iter(f"{_W}p"))
        span = cell.find(f"{_W}tcPr/{_W}gridSpan")
        wide = str(span.get(f"{_W}val")) if span is not None else "1"
        cells.append((" ".join(" ".join(texts).split()), int(wide) if wide.isdecimal() and len(wide) < 3 else 1, 1))
    return cells


def _owner(node: Any, name: str) -> Any:
    """The nearest element of one kind around a node."""
    return next(node.iterancestors(f"{_W}{name}"), None)


def _text(node: Any, hidden: list[str]) -> str:
    """The words of a paragraph, without what is deleted; hidden runs are set aside."""
    pieces: list[str] = []
    for child in node:
        if child.tag in _GONE:
            continue
        if child.tag == f"{_W}t":
            pieces.append(child.text or "")
        elif child.tag in _AS_TEXT:
            pieces.append(_AS_TEXT[child.tag])
        elif child.tag == f"{_W}r" and child.find(f"{_W}rPr/{_W}vanish") is not None:
            said = _text(child, []).strip()
            if said:
                hidden.append(said)
        elif child.tag == f"{_W}r" and _is_raised(child):
            pieces.append(raised(_text(child, hidden)))
        elif isinstance(child.tag, str):
            pieces.append(_text(child, hidden))
    return "".join(pieces)


def _is_raised(run: Any) -> bool:
    place = run.find(f"{_W}rPr/{_W}vertAlign")
    return place is not None and place.get(f"{_W}val") == "superscript"


def _notes() -> Iterator[Finding]:
    yield Finding(
        kind="fotnoter", severity=Severity.NOTICE, start=0, excerpt="",
        what="Fotnoter og sluttnoter i dokumentet er ikke tatt med.",
        remedy="Trengs de, lagre dokumentet som PDF og legg inn den.",
    )  # fmt: skip
