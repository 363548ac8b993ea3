"""Name a provision of Norwegian law the way Lovdata does.

Everything that cites, counts or compares provisions goes through ``ProvisionRef``,
so that ``§ 3-9 b``, ``§3-9b`` and ``§ 3‑9 B`` are one thing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

_LAW_ID = re.compile(r"^(?:lov|forskrift)/\d{4}-\d{2}-\d{2}(?:-\d+)?$")
_GUIDANCE_ID = re.compile(r"^(?:rundskriv|veileder|opplaring|dokument)/[a-z0-9][a-z0-9-]*$")
_SECTION = re.compile(r"^§\d+[A-Z]?(?:-\d+)?[a-zæøå]?$")
_ARTICLE = re.compile(r"^(?:bkn|gdpr|emke)/a\d+$")
_ANCHOR = re.compile(r"^[a-z0-9][a-z0-9-]*$")
_LEDD = re.compile(r"^(?:\d+|§\d+[A-Z]?(?:-\d+)?[a-zæøå]?)$")

ORDINALS = ("første", "andre", "tredje", "fjerde", "femte", "sjette", "sjuende", "åttende", "niende", "tiende")


def normalise_section(surface: str) -> str:
    """Return the one written form of a section name.

    >>> normalise_section("§ 3-9 b"), normalise_section("3‑9B"), normalise_section("§ 4 a-3")
    ('§3-9b', '§3-9b', '§4A-3')
    >>> normalise_section("gdpr/a9")
    'gdpr/a9'
    """
    text = surface.strip()
    if _ARTICLE.match(text.lower()):
        return text.lower()
    text = re.sub(r"[‐‑‒–—−]", "-", text)
    text = re.sub(r"[\s§.]+", "", text)
    match = re.match(r"^(\d+)([a-zæøåA-ZÆØÅ]?)(?:-(\d+)([a-zæøåA-ZÆØÅ]?))?$", text)
    if match is None:
        return surface.strip()
    chapter, chapter_letter, number, letter = match.groups()
    if number is None:
        return f"§{chapter}{chapter_letter.lower()}"
    return f"§{chapter}{chapter_letter.upper()}-{number}{letter.lower()}"


@dataclass(frozen=True, slots=True, order=True)
class ProvisionRef:
    """A place that can carry a claim: a law section, a treaty article or a part of a circular.

    ``law`` is Lovdata's id of the act (``lov/1999-07-02-64``) or the id of a guidance document
    (``rundskriv/samarbeid-2025``). ``section`` is ``§33``, ``gdpr/a9`` or an anchor of the document; empty means
    the whole act, which is how a regulation stands in the knowledge base. ``ledd`` is a number as text, or for a
    whole regulation the section inside it (``§46``). ``bokstav`` is one letter.
    """

    law: str
    section: str = ""
    ledd: str = ""
    bokstav: str = ""

    def __post_init__(self) -> None:
        guidance = bool(_GUIDANCE_ID.match(self.law))
        if not guidance and not _LAW_ID.match(self.law):
            raise ValueError(f"{self.law!r} is not the id of an act or a guidance document, such as lov/1999-07-02-64")
        known = _ANCHOR if guidance else _SECTION
        if self.section and not known.match(self.section) and not (not guidance and _ARTICLE.match(self.section)):
            raise ValueError(f"{self.section!r} is not a section of {self.law}, such as §33 or §3-9b")
        if self.ledd and not _LEDD.match(self.ledd):
            raise ValueError(f"{self.ledd!r} is not a ledd: write its number, or the section of a regulation (§46)")

    @classmethod
    def parse(cls, text: str) -> ProvisionRef:
        """Read an id as it is written in files and replies.

        >>> str(ProvisionRef.parse("lov/1999-07-02-64/§ 10 a"))
        'lov/1999-07-02-64/§10a'
        >>> str(ProvisionRef.parse("lov/1999-05-21-30/bkn/a12"))
        'lov/1999-05-21-30/bkn/a12'
        >>> ProvisionRef.parse("hpl 33")
        Traceback (most recent call last):
        ValueError: 'hpl 33' is not the id of a provision, such as lov/1999-07-02-64/§33
        """
        parts = text.strip().split("/", 2)
        if len(parts) < 2:
            raise ValueError(f"{text!r} is not the id of a provision, such as lov/1999-07-02-64/§33")
        law = "/".join(parts[:2])
        section = parts[2] if len(parts) == 3 else ""
        if section and law.startswith(("lov/", "forskrift/")):
            section = normalise_section(section)
        return cls(law=law, section=section)

    def __str__(self) -> str:
        return f"{self.law}/{self.section}" if self.section else self.law

    @property
    def whole(self) -> ProvisionRef:
        """The same provision without ledd and bokstav."""
        return replace(self, ledd="", bokstav="")

    @property
    def is_law(self) -> bool:
        """Whether the id names an act or a regulation, not guidance."""
        return self.law.startswith(("lov/", "forskrift/"))

    def covers(self, other: ProvisionRef) -> bool:
        """Tell whether ``other`` lies inside this place.

        >>> hpl33 = ProvisionRef.parse("lov/1999-07-02-64/§33")
        >>> hpl33.covers(replace(hpl33, ledd="2")), replace(hpl33, ledd="2").covers(hpl33)
        (True, False)
        """
        pairs = zip(
            (self.law, self.section, self.ledd, self.bokstav),
            (other.law, other.section, other.ledd, other.bokstav),
            strict=True,
        )
        return all(mine in ("", theirs) for mine, theirs in pairs)

    @property
    def url(self) -> str:
        """The publisher's address of the provision; empty for guidance, whose address is in the register."""
        if not self.is_law:
            return ""
        section = self.section or (self.ledd if self.ledd.startswith("§") else "")
        return f"https://lovdata.no/{self.law}" + (f"/{section}" if section else "")


def ledd_in_words(ledd: str) -> str:
    """Say a ledd as it is said in Norwegian.

    >>> ledd_in_words("2"), ledd_in_words("§46"), ledd_in_words("")
    ('andre ledd', '§ 46', '')
    """
    if not ledd:
        return ""
    if ledd.startswith("§"):
        return spaced_section(ledd)
    number = int(ledd)
    return f"{ORDINALS[number - 1]} ledd" if number <= len(ORDINALS) else f"{number}. ledd"


def spaced_section(section: str) -> str:
    """Write a section for people.

    >>> spaced_section("§3-9b"), spaced_section("gdpr/a9"), spaced_section("bkn/a12")
    ('§ 3-9 b', 'personvernforordningen art. 9', 'barnekonvensjonen art. 12')
    """
    article = re.match(r"^(bkn|gdpr|emke)/a(\d+)$", section)
    if article:
        names = {"bkn": "barnekonvensjonen", "gdpr": "personvernforordningen", "emke": "EMK"}
        return f"{names[article[1]]} art. {article[2]}"
    match = re.match(r"^§(\d+[A-Z]?(?:-\d+)?)([a-zæøå]?)$", section)
    if match is None:
        return section
    return f"§ {match[1]} {match[2]}".strip()
