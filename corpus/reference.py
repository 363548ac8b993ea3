"""Find references to provisions in running text, in every way staff write them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.law import LawRegistry
from corpus.provision import ORDINALS, ProvisionRef, normalise_section

_SIGN = r"(?:§{1,2}|paragraf(?:en)?|par\.?|section|sec\.?)"
# A lone «i» after a space is the word «in», not the letter of a section.
_LETTER = r"(?:[a-z]|\s[a-hj-z])(?![\wæøå])"
_NUMBER = rf"\d+\s?[A-Za-z]?-\d+(?:{_LETTER})?|\d+(?:{_LETTER})?"
_LEDD = (
    r"(?:\s*,?\s*(?:(?P<word>første|fyrste|andre|annet|tredje|fjerde|femte|sjette|sjuende|syvende|åttende|niende)|(?P<digit>\d)\.?)"
    r"\s+ledd)?(?:\s*,?\s*(?:bokstav|litra)\s+(?P<bokstav>[a-z])\b)?"
)
_TREATIES = {
    "barnekonvensjonen": ("lov/1999-05-21-30", "bkn"),
    "fns barnekonvensjon": ("lov/1999-05-21-30", "bkn"),
    "crc": ("lov/1999-05-21-30", "bkn"),
    "emk": ("lov/1999-05-21-30", "emke"),
    "echr": ("lov/1999-05-21-30", "emke"),
    "personvernforordningen": ("lov/2018-06-15-38", "gdpr"),
    "personvernforordninga": ("lov/2018-06-15-38", "gdpr"),
    "gdpr": ("lov/2018-06-15-38", "gdpr"),
}
_ORDINAL_ALIASES = {"fyrste": "første", "annet": "andre", "syvende": "sjuende"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A reference found in text. ``law`` is empty when only a section was named."""

    law: str
    section: str
    ledd: str
    bokstav: str
    start: int
    end: int
    surface: str

    @property
    def provision(self) -> ProvisionRef | None:
        """The provision, or None when the act was not named."""
        if not self.law:
            return None
        return ProvisionRef(law=self.law, section=self.section, ledd=self.ledd, bokstav=self.bokstav)


class ReferenceFinder:
    """Finds references with the names of one registry."""

    def __init__(self, laws: LawRegistry) -> None:
        self._laws = laws
        names = "|".join(_pattern_of(name) for name in laws.names if not name.startswith(("§",)))
        named = rf"(?<![\wæøå])(?P<law>{names})(?:s|\.)?(?![\wæøå])"
        self._law_first = re.compile(rf"{named}[\s,]*{_SIGN}?\s*(?P<section>{_NUMBER}){_LEDD}", re.I)
        self._section_first = re.compile(
            rf"{_SIGN}\s*(?P<section>{_NUMBER}){_LEDD}\s*(?:i|av|etter|of|in|under|the|jf\.?|,)?\s*(?:the\s+)?{named}",
            re.I,
        )
        self._article = re.compile(
            rf"(?<![\wæøå])(?P<treaty>{'|'.join(_TREATIES)})(?:s|\.)?[\s,]*art(?:ikkel|icle|\.)?\s*(?P<article>\d+)",
            re.I,
        )
        self._bare = re.compile(rf"{_SIGN}\s*(?P<section>{_NUMBER}){_LEDD}", re.I)

    def find(self, text: str) -> tuple[Reference, ...]:
        """Return the references in order; a section without an act has ``law == ""``."""
        found = [_treaty_reference(match) for match in self._article.finditer(text)]
        for pattern in (self._section_first, self._law_first, self._bare):
            for match in pattern.finditer(text):
                if any(match.start() < other.end and match.end() > other.start for other in found):
                    continue
                reference = self._reference(match)
                if reference is not None:
                    found.append(reference)
        return tuple(sorted(found, key=lambda reference: reference.start))

    def acts(self, text: str) -> tuple[str, ...]:
        """The ids of the acts that are named, with or without a section, in order of first mention."""
        pattern = re.compile(r"(?<![\wæøå])(?:" + "|".join(map(_pattern_of, self._laws.names)) + r")(?![\wæøå])", re.I)
        named = (self._laws.named(match[0]) for match in pattern.finditer(text))
        return tuple(dict.fromkeys(law.id for law in named if law is not None))

    def _reference(self, match: re.Match[str]) -> Reference | None:
        groups = match.groupdict()
        law_id = ""
        if groups.get("law"):
            law = self._laws.named(groups["law"])
            if law is None or not law.id.startswith(("lov/", "forskrift/")):
                return None
            law_id = law.id
        if re.fullmatch(r"(?:19|20)\d\d", groups["section"]):
            return None  # «forvaltningsloven 2025» names a year, not a section
        section = normalise_section(groups["section"])
        if not section.startswith("§"):
            return None
        return Reference(
            law=law_id,
            section=section,
            ledd=_ledd(groups),
            bokstav=(groups.get("bokstav") or "").lower(),
            start=match.start(),
            end=match.end(),
            surface=match[0].strip(),
        )


def _treaty_reference(match: re.Match[str]) -> Reference:
    law, key = _TREATIES[match["treaty"].lower()]
    return Reference(
        law=law, section=f"{key}/a{match['article']}", ledd="", bokstav="", start=match.start(), end=match.end(),
        surface=match[0].strip(),
    )  # fmt: skip


def _ledd(groups: dict[str, str | None]) -> str:
    if groups.get("digit"):
        return str(groups["digit"])
    word = (groups.get("word") or "").lower()
    word = _ORDINAL_ALIASES.get(word, word)
    return str(ORDINALS.index(word) + 1) if word in ORDINALS else ""


def _pattern_of(name: str) -> str:
    return r"[\s.]+".join(re.escape(part) for part in name.split(" "))
