"""Read a Markdown file: its words and headings, without the marks that only set type."""

from __future__ import annotations

import re
from pathlib import Path

from ingest.read.encoding import decode
from ingest.read.raw import RawText, hidden_text

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_FRONT_TITLE = re.compile(r"^title:[ \t]*[\"']?(.+?)[\"']?[ \t]*$", re.M)
_COMMENT = re.compile(r"<!--(.*?)(?:-->|\Z)", re.S)
_FENCE = re.compile(r"^(```|~~~).*?(?:^\1[ \t]*$|\Z)", re.S | re.M)
_UNDERLINED = re.compile(r"^([^\n#|>\-*+][^\n]*)\n(=+|-+)[ \t]*$", re.M)
_CLOSED_HEADING = re.compile(r"^(#{1,6}[ \t]+.*?)[ \t]*(?:#+)?[ \t]*(?:\{#[\w-]+\})?[ \t]*$", re.M)
_LINK = re.compile(r"!?\[([^\[\]\n]*)\]\((?:[^()\n]|\([^()\n]*\))*\)")
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^\n]+?)(?<=\S)\1")
_TITLE = re.compile(r"^#[ \t]+(.+)$", re.M)


def read_markdown(path: Path, data: bytes) -> RawText:
    """Return the text with «#» headings; links and emphasis become their words, comments are dropped and reported.

    Raises SourceUnreadable for what is no text.
    """
    text, findings = decode(path, data)
    text = text.replace("\r\n", "\n")
    front = _FRONT.match(text)
    title = _FRONT_TITLE.search(front[1]) if front else None
    text = text[front.end() :] if front else text
    # A «#» inside a code block opens no section.
    text = _FENCE.sub(lambda m: re.sub(r"^#", " #", m[0], flags=re.M), text)
    hidden = " ".join(" ".join(m[1].split()) for m in _COMMENT.finditer(text)).strip()
    text = _COMMENT.sub("", text)
    text = _UNDERLINED.sub(lambda m: f"{'#' if m[2][0] == '=' else '##'} {m[1].strip()}", text)
    text = _CLOSED_HEADING.sub(r"\1", text)
    text = _STRONG.sub(r"\2", _LINK.sub(r"\1", text))
    heading = title or _TITLE.search(text)
    return RawText(
        text=text,
        title=" ".join(heading[1].split()) if heading else "",
        findings=(*findings, *([hidden_text(hidden)] if hidden else [])),
    )
