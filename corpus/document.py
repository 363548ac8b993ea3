"""Hold one source as a text with sections; every offset refers to that text."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.provision import ProvisionRef
from corpus.sentence import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A stretch ``text[start:end]`` that can be cited on its own: a provision, or a part of a circular."""

    provision: ProvisionRef
    heading: str
    path: tuple[str, ...]
    """Headings above this one, outermost first."""
    start: int
    end: int
    sentences: tuple[Sentence, ...]
    search_text: str = ""
    """Words that help to find the section and are never quoted: whom it binds, themes, other names."""

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"section {self.heading!r} is empty")
        for sentence in self.sentences:
            if sentence.start < self.start or sentence.end > self.end:
                raise ValueError(f"a sentence of {self.heading!r} lies outside its section")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The text of one source and its sections, in order, none overlapping."""

    source: str
    text: str
    sections: tuple[Section, ...]

    def __post_init__(self) -> None:
        at = 0
        for section in self.sections:
            if section.start < at or section.end > len(self.text):
                raise ValueError(f"section {section.heading!r} of {self.source} overlaps its neighbour or the end")
            at = section.end
