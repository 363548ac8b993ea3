"""Read a web page: its headings, paragraphs, lists and tables, without what is not shown."""

from __future__ import annotations

import re
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import SourceUnreadable
from ingest.finding import Finding, Severity
from ingest.read.encoding import decode
from ingest.read.raw import RawText, hidden_text, raised
from ingest.read.table import table_lines

if TYPE_CHECKING:
    from bs4 import Tag
    from bs4.element import PageElement

_NOT_TEXT = frozenset(
    "title script style noscript template head svg math iframe object embed canvas audio video map nav footer button"
    " select textarea input datalist".split()
)
_BLOCK = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure form header"
    " hgroup html legend main p pre search section summary hr".split()
)
_LISTS = frozenset(("ul", "ol", "menu"))
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_UNSEEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d]*[1-9])|opacity\s*:\s*0(?![.\d]*[1-9])"
    r"|(?:left|top|text-indent)\s*:\s*-\d{3,}",
    re.I,
)
_UNSEEN_CLASS = re.compile(r"\b(?:visually-?hidden|sr-only|screen-reader(?:-text)?)\b", re.I)
_DECLARED = re.compile(rb"<(?:meta[^>]{0,200}charset|\?xml[^>]{0,200}encoding)\s*=\s*[\"']?\s*([\w-]+)", re.I)
_BREAK = "\v"
_WORTH_TELLING = 20
_MANY = 100


def read_html(path: Path, data: bytes) -> RawText:
    """Read the page's main part. Headings become «#» lines, list items «- », tables rows with «|».

    Raises SourceUnreadable for a page without text and for one that is no text at all.
    """
    from bs4 import BeautifulSoup

    declared = _DECLARED.search(data[:4096])
    text, findings = decode(path, data, declared=declared[1].decode("ascii") if declared else "")
    try:
        with warnings.catch_warnings():
            # The parser guesses at the kind of file; the suffix has decided that already.
            warnings.simplefilter("ignore")
            soup = BeautifulSoup(_without_open_comments(text), "html.parser")
        left_out = Counter(tag.name for tag in soup.find_all(("script", "style", "nav", "footer")))
        title = _title(soup)
        hidden = _take_out_unseen(soup)
        body = "\n\n".join(_blocks(_main_part(soup)))
    except RecursionError as error:
        raise SourceUnreadable(
            path, "er bygd opp for dypt til å leses.", remedy="Åpne siden i nettleseren, og lagre den som PDF."
        ) from error
    if not any(char.isalnum() for char in body):
        raise SourceUnreadable(
            path,
            "har ingen tekst; siden fylles trolig av et skript.",
            remedy="Åpne siden i nettleseren, og lagre den som PDF.",
        )
    return RawText(text=body, title=title, findings=(*findings, *_left_out(left_out), *hidden))


def _without_open_comments(text: str) -> str:
    """Cut what follows a comment that is never closed, which no browser shows and the parser reads over and over."""
    opened = text.find("<!--", text.rfind("-->") + 1)
    return text[:opened] if opened >= 0 and text.count("<!--", opened) > _MANY else text


def _title(soup: Tag) -> str:
    heading = soup.find("h1") or soup.find("title")
    return " ".join(heading.get_text(" ").split())[:200] if heading else ""


def _main_part(soup: Tag) -> Tag:
    articles = soup.find_all("article")
    return soup.find("main") or soup.find(role="main") or (articles[0] if len(articles) == 1 else soup.body or soup)


def _take_out_unseen(soup: Tag) -> Iterable[Finding]:
    """Remove what a reader does not see, and report it when it says something."""
    from bs4 import Comment

    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    for tag in soup.find_all(list(_NOT_TEXT)):
        tag.extract()
    hidden: list[str] = []
    for tag in soup.find_all(_is_unseen):
        if not any(parent is not None and _is_unseen(parent) for parent in tag.parents):
            hidden.append(" ".join(tag.get_text(" ").split()))
        tag.extract()
    said = " ".join(text for text in hidden if len(text) >= _WORTH_TELLING)
    return (hidden_text(said),) if said else ()


def _is_unseen(tag: Tag) -> bool:
    style, names = str(tag.get("style") or ""), tag.get("class") or ""
    classes = names if isinstance(names, str) else " ".join(names)
    return tag.has_attr("hidden") or bool(_UNSEEN.search(style)) or bool(_UNSEEN_CLASS.search(classes))


def _left_out(counts: Counter[str]) -> Iterator[Finding]:
    if counts:
        yield Finding(
            kind="utelatt",
            severity=Severity.NOTICE,
            start=0,
            excerpt="",
            what="Ikke tatt med: " + ", ".join(f"{many} {name}" for name, many in sorted(counts.items())) + ".",
            remedy="Det er skript, utseende og navigasjon; ingenting trengs.",
        )


def _blocks(node: Tag) -> Iterator[str]:
    """The blocks of an element in order: paragraphs, headings, whole lists and whole tables."""
    inline: list[str] = []
    for block in _pieces(node, inline):
        yield from _flush(inline)
        if block:
            yield block
    yield from _flush(inline)


def _pieces(node: Tag, inline: list[str]) -> Iterator[str]:
    """Collect running text in ``inline``, and yield whenever a block begins or ends, "" for a mere border."""
    from bs4 import Tag
    from bs4.element import NavigableString

    for child in node.children:
        if type(child) is NavigableString:
            inline.append(str(child))
        elif not isinstance(child, Tag):
            continue
        elif child.name == "br":
            inline.append(_BREAK)
        elif child.name == "sup":
            inline.append(raised(child.get_text()))
        elif child.name in _HEADINGS:
            yield ""
            words = _one_line(child)
            yield f"{'#' * _HEADINGS[child.name]} {words}" if words else ""
        elif child.name in _LISTS:
            yield ""
            yield "\n".join(_items(child))
        elif child.name == "table":
            yield ""
            yield "\n\n".join(_table(child))
        elif child.name in _BLOCK:
            yield ""
            yield from _pieces(child, inline)
            yield ""
        else:
            yield from _pieces(child, inline)


def _flush(inline: list[str]) -> Iterator[str]:
    words = "".join(inline)
    inline.clear()
    lines = (" ".join(line.split(" ")).strip() for line in re.sub(r"[ \t\r\n\f]+", " ", words).split(_BREAK))
    text = "\n".join(lines).strip()
    if text:
        yield text


def _one_line(node: PageElement) -> str:
    from bs4 import Tag

    return " ".join(" ".join(_blocks(node)).split()) if isinstance(node, Tag) else ""


def _items(node: Tag) -> Iterator[str]:
    number = 0
    for child in node.find_all(True, recursive=False):
        if child.name in _LISTS:
            yield from ("  " + line for line in _items(child))
            continue
        number += 1
        first, *more = list(_blocks(child)) or [""]
        if first:
            yield (f"{number}. " if node.name == "ol" else "- ") + first.replace("\n", " ")
        yield from ("  " + line for block in more for line in block.split("\n"))


def _table(node: Tag) -> Iterator[str]:
    rows = [row for row in node.find_all("tr") if row.find_parent("table") is node]
    cells = [row.find_all(("th", "td"), recursive=False) for row in rows]
    if node.find("table") is not None or max((len(row) for row in cells), default=0) < 2:
        # A table of one column, or of tables, only places things on the page.
        for part in [node.find("caption"), *(cell for row in cells for cell in row)]:
            yield from _blocks(part) if part is not None else ()
        return
    caption = node.find("caption")
    if caption is not None and _one_line(caption):
        yield _one_line(caption)
    grid = [[(_one_line(cell), _span(cell, "colspan"), _span(cell, "rowspan")) for cell in row] for row in cells]
    yield "\n".join(table_lines(grid))


def _span(cell: Tag, name: str) -> int:
    value = str(cell.get(name) or "1")
    return min(int(value), 100) if value.isdecimal() and len(value) < 4 else 1
