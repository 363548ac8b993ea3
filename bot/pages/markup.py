"""Build HTML in which text is always escaped: only what was built here counts as markup."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

_SECTION = re.compile(r"(§\s\d+[A-Z]?(?:-\d+)?(?:\s[a-z](?![\wæøå]))?)")
_VOID = frozenset({"br", "hr", "img", "input", "link", "meta"})


class Html(str):
    """Markup that was built by ``el`` or ``join``; every other string is text."""

    __slots__ = ()


def el(name: str, /, *children: str, cls: str = "", **attributes: str | bool | None) -> Html:
    """Return an element; children that are not ``Html`` and all attribute values are escaped.

    An underscore in an attribute's name stands for a hyphen, one at its end for nothing.
    ``True`` writes the bare attribute; ``False`` and ``None`` leave it out.

    >>> el("p", "a < b", cls="note", data_n="1")
    '<p class="note" data-n="1">a &lt; b</p>'
    >>> el("button", el("b", "x"), disabled=True, title=None)
    '<button disabled><b>x</b></button>'
    """
    written = [f' class="{escape(cls)}"'] if cls else []
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        attribute = key.rstrip("_").replace("_", "-")
        written.append(f" {attribute}" if value is True else f' {attribute}="{escape(value)}"')
    start = f"<{name}{''.join(written)}>"
    return Html(start) if name in _VOID else Html(f"{start}{join(children)}</{name}>")


def join(parts: Iterable[str], between: str = "") -> Html:
    """Put parts after each other, escaping those that are text.

    >>> join(["a & b", el("br")])
    'a &amp; b<br>'
    """
    return Html(_text(between).join(map(_text, parts)))


def unbroken(name: str) -> Html:
    """A name in which no section number is divided between two lines; the characters stay as they are.

    >>> unbroken("barnevernsloven § 13-2")
    'barnevernsloven <span class="hj-keep">§ 13-2</span>'
    """
    parts = _SECTION.split(name)
    return join(el("span", part, cls="hj-keep") if _SECTION.fullmatch(part) else part for part in parts)


def _text(part: str) -> str:
    return part if isinstance(part, Html) else escape(part)


NOTHING = Html("")
