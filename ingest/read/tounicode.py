"""Read and extend a PDF font's table from codes to characters, and tell which of its codes cannot be trusted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_BLOCK = re.compile(rb"beginbf(char|range)(.*?)endbf\1", re.S)
_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")
_MOST_CODES = 65_536
_PER_BLOCK = 100
"""The CMap format allows no more entries in one block."""


def parse(table: bytes) -> dict[int, str]:
    """Return what each code stands for; codes with an unreadable entry are left out.

    >>> parse(b"2 beginbfchar <21> <0048> <22> <00740069> endbfchar 1 beginbfrange <30> <31> <0061> endbfrange")
    {33: 'H', 34: 'ti', 48: 'a', 49: 'b'}
    """
    mapped: dict[int, str] = {}
    for kind, body in _BLOCK.findall(table):
        tokens = [b"[" if m[2] else b"]" if m[3] else b"".join(m[1].split()) for m in _HEX.finditer(body)]
        if kind == b"char":
            for code, target in zip(tokens[::2], tokens[1::2], strict=False):
                _put(mapped, _number(code), _characters(target))
        else:
            _ranges(tokens, mapped)
    return mapped


def doubtful_codes(mapped: Mapping[int, str], declared: Iterable[int], *, has_encoding: bool) -> dict[int, str]:
    """Return the codes that cannot be trusted, with the character the font claims ("" when it claims none).

    A code is doubtful when the table leaves it out although the font uses it and no encoding names it, when its
    target is no character, or when it stands for itself in a font that otherwise numbers its glyphs at random.

    >>> table = {0x21: "H", 0x22: "v", 0x23: "o", 0x24: "r", 0x2C: ","}
    >>> doubtful_codes(table, range(0x21, 0x2E), has_encoding=True)
    {44: ','}
    >>> sorted(doubtful_codes(table, [0x21, 0x2D], has_encoding=False))
    [44, 45]
    """
    found = {code: target for code, target in mapped.items() if not _usable(target)}
    same = {code: target for code, target in mapped.items() if target == chr(code) and _usable(target)}
    if len(mapped) > 3 and len(same) * 2 < len(mapped):
        found |= same
    if not has_encoding and mapped:
        # Where most codes stand for themselves, so may those that are left out.
        plain = len(same) * 2 >= len(mapped)
        found |= {
            code: chr(code) if plain and code < 0x7F else "" for code in declared if code not in mapped and code > 0x20
        }
    return dict(sorted(found.items()))


def extend(table: bytes, sentinels: Mapping[int, str], *, width: int) -> bytes:
    """Add entries to a table, which win over those before. ``width`` is the number of bytes of a code."""
    entries = [
        f"<{code:0{width * 2}x}> <{target.encode('utf-16-be').hex()}>" for code, target in sorted(sentinels.items())
    ]
    blocks = [entries[at : at + _PER_BLOCK] for at in range(0, len(entries), _PER_BLOCK)]
    added = "".join(f"\n{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks)
    return table + added.encode("ascii")


def code_width(table: bytes) -> int:
    """How many bytes a code of the table has, by its first entry."""
    block = _BLOCK.search(table)
    first = _HEX.search(block[2]) if block else None
    return max(1, len(b"".join(first[1].split())) // 2) if first and first[1] else 1


def _ranges(tokens: list[bytes], mapped: dict[int, str]) -> None:
    at = 0
    while at + 2 < len(tokens):
        low, high = _number(tokens[at]), _number(tokens[at + 1])
        at += 2
        if tokens[at] == b"[":
            end = tokens.index(b"]", at) if b"]" in tokens[at:] else len(tokens)
            for code, target in enumerate(tokens[at + 1 : end], start=low):
                _put(mapped, code, _characters(target))
            at = end + 1
            continue
        first = _characters(tokens[at])
        at += 1
        for step in range(min(high - low + 1, _MOST_CODES) if first else 0):
            last = ord(first[-1]) + step
            if last <= 0x10FFFF:
                _put(mapped, low + step, first[:-1] + chr(last))


def _put(mapped: dict[int, str], code: int, target: str) -> None:
    if 0 <= code < _MOST_CODES and len(mapped) < _MOST_CODES:
        mapped[code] = target


def _number(token: bytes) -> int:
    return int(token, 16) if token and token not in (b"[", b"]") else -1


def _characters(token: bytes) -> str:
    if token in (b"[", b"]") or len(token) % 2:
        return ""
    raw = bytes.fromhex(token.decode("ascii"))
    return raw.decode("latin-1") if len(raw) == 1 else raw.decode("utf-16-be", "replace")


def _usable(target: str) -> bool:
    return bool(target) and not any(
        char == "\ufffd" or (char < " " and char != "\t") or "\ue000" <= char <= "\uf8ff" for char in target
    )
