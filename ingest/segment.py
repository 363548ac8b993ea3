"""Turn a repaired text into a document whose sections can be cited, searched and quoted."""

from __future__ import annotations

import re
import unicodedata

from corpus.annotate import annotate_all
from corpus.document import Document, Section
from corpus.provision import ProvisionRef
from ingest.outline import parts, whole_text

_RULE_ROW = re.compile(r"\|?[\s:|-]*-{3,}[\s:|-]*\|?")
_LONGEST_ANCHOR = 60
_WORDS_OF_HEADING = 8


def segment(text: str, *, source: str, title: str = "") -> Document:
    """Return the text, unchanged, with its sections; every offset is into it.

    ``source`` is also the id that sections are cited by, such as ``dokument/rutine``. A part without a heading is
    called by its first words, and by ``title`` when it opens the document above other headings.

    >>> made = segment("# Meldeplikt\\nDu skal melde fra.", source="dokument/rutine")
    >>> [(str(section.provision), made.text[section.start : section.end]) for section in made.sections]
    [('dokument/rutine/meldeplikt', 'Du skal melde fra.')]
    """
    found = parts(text)
    if text.strip() and not any(part.start < part.end for part in found):
        found = (whole_text(text),)
    has_headings = any(part.heading for part in found)
    sections: list[Section] = []
    trail: list[tuple[int, str]] = []
    taken: set[str] = set()
    for part in found:
        trail = [(level, name) for level, name in trail if level < part.level]
        opens = title and not part.heading and (has_headings or text[part.start] == "#")
        heading = part.heading or (title if opens else _first_words(text[part.start : part.end]))
        if part.start < part.end:
            sections.append(
                Section(
                    provision=ProvisionRef(law=source, section=_unique(slug(heading), taken)),
                    heading=heading,
                    path=tuple(name for _, name in trail),
                    start=part.start,
                    end=part.end,
                    sentences=tuple(
                        sentence
                        for sentence in annotate_all(text, part.start, part.end)
                        if not _RULE_ROW.fullmatch(text[sentence.start : sentence.end])
                    ),
                )
            )
        if part.heading:
            trail.append((part.level, part.heading))
    return Document(source=source, text=text, sections=tuple(sections))


def slug(heading: str) -> str:
    """Write a heading as an anchor.

    >>> slug("Særlig om § 3-9 b"), slug("…"), slug("Ærlig å være")
    ('saerlig-om-3-9-b', 'del', 'aerlig-a-vaere')
    """
    plain = heading.lower().replace("æ", "ae").replace("ø", "o").replace("å", "a")
    plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode("ascii")
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if len(words) > _LONGEST_ANCHOR:
        words = words[:_LONGEST_ANCHOR].rsplit("-", 1)[0]
    return words or "del"


def _unique(anchor: str, taken: set[str]) -> str:
    name, number = anchor, 1
    while name in taken:
        number += 1
        name = f"{anchor}-{number}"
    taken.add(name)
    return name


def _first_words(text: str) -> str:
    words = re.sub(r"^[-*•§|\s]+", "", text).split()
    return " ".join(words[:_WORDS_OF_HEADING]).rstrip(".,:;") + ("…" if len(words) > _WORDS_OF_HEADING else "")
