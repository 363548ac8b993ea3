"""Dress the page that gradio writes: language, head, header and footer that are there before any script runs."""

from __future__ import annotations

import base64
import hashlib
import re

from bot.pages.markup import Html, el, join
from bot.pages.texts import ui
from bot.reply import Language

STYLE, SCRIPT, MARK = "/hjemmel/style.css", "/hjemmel/page.js", "/hjemmel/icon.svg"
"""Where the page's own files are served."""

_OUTSIDE_META = re.compile(r'[ \t]*<meta\s+(?:property="og:|name="twitter:)[^>]*>\s*')
_INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.S)


def dress(page: str, language: Language, version: str) -> str:
    """Return gradio's page as ours. ``version`` changes when the page's own files do, so that none is stale.

    Raises ValueError when the page lacks a head or a body: then gradio has changed, and so must this.
    """
    page = _OUTSIDE_META.sub("", page)
    page = re.sub(r'<html(\s+)lang="[^"]*"', rf'<html\1lang="{language}"', page, count=1)
    page = _before("</head>", page, _head(language, version))
    page = _after(r"<body[^>]*>", page, _header(language))
    return _before("</body>", page, _footer(language))


def script_hashes(page: str) -> tuple[str, ...]:
    """The CSP names of the scripts that stand in a page, so that no other inline script can run.

    >>> script_hashes("<script>alert(1)</script><script src='x'></script>")
    ("'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='",)
    """
    digests = (hashlib.sha256(match[1].encode()).digest() for match in _INLINE_SCRIPT.finditer(page))
    return tuple(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


def _head(language: Language, version: str) -> Html:
    return join(
        [
            el("meta", name="description", content=ui("tagline", language)),
            el("meta", name="color-scheme", content="light dark"),
            el("link", rel="stylesheet", href=f"{STYLE}?{version}"),
            el("link", rel="icon", href=MARK, type="image/svg+xml"),
            el("script", src=f"{SCRIPT}?{version}", defer=True),
        ],
        "\n",
    )


def _header(language: Language) -> Html:
    return join(
        [
            el("a", ui("skip", language), href="#hj-question", cls="hj-skip"),
            el(
                "header",
                el("div", el("h1", "Hjemmel"), el("p", ui("tagline", language)), cls="hj-top-words"),
                cls="hj-top",
            ),
            el("noscript", el("p", ui("noscript", language))),
        ]
    )


def _footer(language: Language) -> Html:
    return el("footer", el("p", ui("footer", language)), cls="hj-foot")


def _after(pattern: str, page: str, added: str) -> str:
    match = re.search(pattern, page)
    if match is None:
        raise ValueError(f"the page of gradio has no {pattern}")
    return page[: match.end()] + added + page[match.end() :]


def _before(marker: str, page: str, added: str) -> str:
    at = page.find(marker)
    if at < 0:
        raise ValueError(f"the page of gradio has no {marker}")
    return page[:at] + added + page[at:]
