"""Read acts in Lovdata's own XML: the archives of its open data, or single files."""

from __future__ import annotations

import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

_DOCTYPE = re.compile(r"^\s*<!DOCTYPE[^>]*>", re.I)
_SPACE = re.compile(r"\s+")
_CHANGING = re.compile(r"^(?:endringslov|lov om endring|endr\.|endringsforskrift|forskrift om endring)", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalSection:
    """One section: its name in Lovdata's form, its heading, and its ledd."""

    name: str
    heading: str
    ledd: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalAct:
    """One act or regulation."""

    id: str
    """Lovdata's id: ``lov/1999-07-02-64``."""
    title: str
    short: str
    in_force: str
    """The date of entry into force as written; empty when the act is not in force."""
    sections: tuple[LegalSection, ...]

    @property
    def is_changing(self) -> bool:
        """Whether the act only changes other acts."""
        return bool(_CHANGING.match(self.title))


def read_archive(path: Path) -> Iterator[LegalAct]:
    """Read every act of a ``.tar.bz2`` of Lovdata's open data, in the archive's order."""
    with tarfile.open(path, "r:*") as archive:
        for member in archive:
            file = archive.extractfile(member) if member.isfile() and member.name.endswith(".xml") else None
            if file is not None:
                yield parse_act(file.read().decode("utf-8"))


def parse_act(xml: str) -> LegalAct:
    """Parse one file. Section names come from ``data-name``, never from ``id``, which counts positions."""
    root = ElementTree.fromstring(_DOCTYPE.sub("", xml, count=1))
    keys = _keys(root)
    return LegalAct(
        id=keys.get("refid", ""),
        title=keys.get("title", ""),
        short=keys.get("titleShort", ""),
        in_force=keys.get("dateInForce", ""),
        sections=tuple(_sections(root)),
    )


def _keys(root: ElementTree.Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for block in root.iter("dl"):
        if "data-document-key-info" not in (block.get("class") or ""):
            continue
        for item in block.iter("dd"):
            name = item.get("class") or ""
            found.setdefault(name.split()[0] if name else "", _text(item))
    return found


def _sections(root: ElementTree.Element) -> Iterator[LegalSection]:
    for article in root.iter("article"):
        if "legalArticle" not in (article.get("class") or "").split():
            continue
        title = next(
            (_text(span) for span in article.iter("span") if "legalArticleTitle" in (span.get("class") or "")), ""
        )
        ledd = tuple(
            text
            for part in article
            if part.tag == "article" and (part.get("class") or "").split()[:1] in (["legalP"], ["numberedLegalP"])
            if (text := _text(part))
        )
        if ledd:
            yield LegalSection(name=(article.get("data-name") or "").replace(" ", ""), heading=title, ledd=ledd)


def _text(element: ElementTree.Element) -> str:
    """All text below an element; list items and articles are set apart by a space."""
    parts: list[str] = []

    def walk(node: ElementTree.Element) -> None:
        if node.tag in ("footer",) or "changesToParent" in (node.get("class") or ""):
            return
        if node.text:
            parts.append(node.text)
        for child in node:
            if child.tag in ("li", "article", "p", "ol", "ul", "td", "tr"):
                parts.append(" ")
            walk(child)
            if child.tag in ("li", "article", "p", "ol", "ul", "td", "tr"):
                parts.append(" ")
            if child.tail:
                parts.append(child.tail)

    walk(element)
    return _SPACE.sub(" ", "".join(parts)).strip()
