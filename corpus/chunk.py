"""Hold one stretch of a source that is searched, cited and quoted as a unit."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from corpus.provision import ProvisionRef
from corpus.sentence import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """``source_text[start:end] == text``; ``embed_text`` is what is searched and never quoted."""

    source: str
    provision: ProvisionRef
    heading: str
    path: tuple[str, ...]
    start: int
    end: int
    text: str
    embed_text: str
    sentences: tuple[Sentence, ...]

    def __post_init__(self) -> None:
        if len(self.text) != self.end - self.start:
            raise ValueError(
                f"chunk of {self.provision}: text has {len(self.text)} characters, its span {self.end - self.start}"
            )

    @property
    def id(self) -> str:
        """Stable id: the same text at the same place of the same source always gets the same one."""
        return content_id(self.source, str(self.provision), str(self.start), self.text, self.embed_text)

    def quote(self, sentence: Sentence) -> str:
        """The exact characters of one of the chunk's sentences."""
        return self.text[sentence.start - self.start : sentence.end - self.start]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question as somebody would ask it, and what answers it: a provision id or ``situasjon/<id>``."""

    text: str
    target: str

    @property
    def id(self) -> str:
        """Stable id from target and text."""
        return content_id(self.target, self.text)


def content_id(*parts: str) -> str:
    """Hash parts into 20 hexadecimal characters.

    >>> content_id("a", "b") == content_id("a", "b"), content_id("a", "b") == content_id("ab", "")
    (True, False)
    """
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:20]
