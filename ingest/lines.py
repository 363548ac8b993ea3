"""Repair lines: words divided at a line's end, and sentences broken over several lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ingest.edits import Repaired, rewrite
from ingest.wordlist import WordList

LIST_ITEM = re.compile(r"[ \t]*(?:[-*+•▪●○◦‣·–—][ \t]|\(?(?:\d{1,2}|[a-zæøå])[.)][ \t])")
"""How a line begins that is an item of a list."""
HEADING = re.compile(r"#{1,6}[ \t]")
_HYPHEN = re.compile(r"(?<![\w-])((?:[\w]+-)*\w{2,})-[ \t]*\n[ \t]*([^\W\d_]+)(?![\w-])")
_SUSPENDED = frozenset("og eller samt men til eventuelt".split())
_ENDS = re.compile(r"[.!?:;…][)»\"”’\]]*$")
_SHORTENED = re.compile(
    r"(?:^|[\s(])(?:jfr?|bl\.a|f\.eks|nr|kap|art|pkt|dvs|ca|evt|inkl|mv|m\.m|st|prop|innst|s)\.$", re.I
)
ENDS_NOTHING = frozenset(
    "og eller å i på til av for med som at en et ei om fra ved den de er har kan skal må samt men hvis dersom under"
    " mellom mot hos uten gjennom blant både enten sin sitt sine denne disse bør vil ble blir".split()
)
_LONG_ENOUGH = 25
_PROSE_WIDTH = range(60, 140)
_NEARLY_FULL = 0.8


def line_end_hyphens(text: str, words: WordList) -> Repaired:
    r"""Join a word that was divided at a line's end, when the joined form is a word.

    A hyphen that belongs there stays: the suspended one of «barne- og ungdom», and the one after an abbreviation.

    >>> known = WordList.of(["barnevern", "tjenesten"])
    >>> line_end_hyphens("barnevern-\ntjenesten og barne-\nog ungdom", known).text
    'barneverntjenesten og barne-\nog ungdom'
    >>> line_end_hyphens("et FACT-\nteam", known).text
    'et FACT-team'
    """

    def edits() -> Iterator[tuple[int, int, str, str]]:
        for m in _HYPHEN.finditer(text):
            left, right = m[1], m[2]
            if not right.islower() or right in _SUSPENDED:
                continue
            hyphened = f"{left}-{right}"
            last = left.rsplit("-", 1)[-1]
            if last.isupper() or any(c.isdigit() for c in last) or re.search(rf"\b{re.escape(hyphened)}\b", text):
                yield m.end(1) + 1, m.start(2), "", "bindestreken hører til, linjeskiftet gjør ikke"
            elif words.knows_compound(last + right):
                yield m.end(1), m.start(2), "", f"ordet «{last}{right}» var delt ved linjeskift"

    return rewrite(text, "line-end-hyphen", edits())


def wrapped_lines(text: str) -> Repaired:
    r"""Join the lines of one sentence, so that it is found and quoted whole.

    Only where the next line cannot begin anything: it starts with a small letter, or the line before stops at a
    word or comma that ends nothing, or it is as full as its neighbours in running text. Lists, headings, tables
    and what follows a colon keep their lines. One blank line inside a sentence is bridged only before a small letter.

    >>> wrapped_lines("Barn har samme rett til nødvendig\nhelsehjelp.\n- Mål:\nførst").text
    'Barn har samme rett til nødvendig helsehjelp.\n- Mål:\nførst'
    """
    lines = list(re.finditer(r"[^\n]+", text))

    def edits() -> Iterator[tuple[int, int, str, str]]:
        for i, (here, after) in enumerate(pairwise(lines)):
            first, second = here[0].strip(), after[0].strip()
            gap = after.start() - here.end()
            if gap > 2 or not _may_join(first, second):
                continue
            if _bridges(here[0], second) if gap == 2 else _continues(first, second, _width(lines, i)):
                start = here.start() + len(here[0].rstrip())
                end = after.start() + len(after[0]) - len(after[0].lstrip())
                yield start, end, " ", "setningen fortsetter på neste linje"

    return rewrite(text, "wrapped-line", edits())


def _width(lines: list[re.Match[str]], at: int) -> int:
    """The longest of the lines around one, as far as no blank line parts them, at most ten each way."""
    longest = len(lines[at][0])
    for step in (-1, 1):
        i = at
        while 0 <= i + step < len(lines) and abs(i + step - at) <= 10:
            upper, lower = sorted((i, i + step))
            if lines[lower].start() - lines[upper].end() != 1:
                break
            i += step
            longest = max(longest, len(lines[i][0]))
    return longest


def _bridges(first: str, second: str) -> bool:
    open_end = LIST_ITEM.match(first) is not None or _unfinished(first.strip())
    return second[0].islower() and open_end and len(first) >= _LONG_ENOUGH


def _unfinished(line: str) -> bool:
    return line.endswith(",") or line.rsplit(None, 1)[-1].lower() in ENDS_NOTHING


def _may_join(first: str, second: str) -> bool:
    if not first or not second or HEADING.match(first) or HEADING.match(second) or LIST_ITEM.match(second):
        return False
    if first.count("|") > 1 or second.count("|") > 1 or second.startswith(("§", "```")) or first.startswith("```"):
        return False
    return not _ENDS.search(first) or bool(_SHORTENED.search(first))


def _continues(first: str, second: str, width: int) -> bool:
    if second[0].islower():
        return _unfinished(first) or len(first) >= _LONG_ENOUGH
    if _unfinished(first) or _SHORTENED.search(first):
        return not first.endswith(",") or len(first) >= _LONG_ENOUGH
    return width in _PROSE_WIDTH and len(first) >= _NEARLY_FULL * width and not first.endswith("-")
