"""Hold what a question gets back: an answer whose every claim is cited, or a refusal that helps."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from corpus.modality import Modality
from corpus.provision import ProvisionRef

Language = Literal["nb", "nn", "en"]


class Status(StrEnum):
    """How a reply stands to its question."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    """The rule is shown, but a fact that decides is missing or the fit is loose."""
    NEEDS_MORE = "needs_more"
    NOT_IN_SOURCES = "not_in_sources"
    OUT_OF_SCOPE = "out_of_scope"
    PERSONAL_DATA = "personal_data"
    ACUTE = "acute"
    """Somebody may be in danger now: the emergency numbers come first, the answer follows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A quote and its place: ``source_text[start:end] == quote``, found by matching, never told by a model."""

    chunk: str
    provision: ProvisionRef
    """With ledd when it is known."""
    source: str
    quote: str
    start: int
    end: int
    url: str

    def __post_init__(self) -> None:
        if not self.quote or self.end - self.start != len(self.quote):
            raise ValueError(f"the quote of {self.provision} does not fill its span {self.start}..{self.end}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One sentence of a card. It cannot be made without a citation."""

    text: str
    modality: Modality
    citations: tuple[Citation, ...]

    def __post_init__(self) -> None:
        if not self.citations:
            raise ValueError(f"the claim {self.text!r} has no citation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """A claim that did not pass the gate, kept for evaluators."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A ranked passage: what it is, how well it fits, and which arms found it."""

    rank: int
    chunk: str
    provision: ProvisionRef
    source: str
    heading: str
    score: float
    """0 to 1; comparable within one reply only."""
    found_by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """What produced the reply."""

    corpus: str
    generation: str
    embedder: str
    model: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What each step found, for evaluators."""

    language: Language
    in_full: str = ""
    """A follow-up as it was understood, with what was asked before; empty for a question that stands alone."""
    references: tuple[str, ...] = ()
    concepts: tuple[tuple[str, str], ...] = ()
    """``(concept id, the words that triggered it)``."""
    role: str = ""
    age: int | None = None
    situation: str = ""
    """The situation card the answer was built from; empty when it was built from passages."""
    confidence: float = 0.0
    dropped: tuple[Dropped, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer card."""

    status: Status
    language: Language
    title: str
    short_answer: tuple[Claim, ...]
    conditions: tuple[Claim, ...] = ()
    deadlines: tuple[Claim, ...] = ()
    ages: tuple[Claim, ...] = ()
    exceptions: tuple[Claim, ...] = ()
    binds: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    see_also: tuple[ProvisionRef, ...] = ()
    notices: tuple[str, ...] = ()
    """What must be read first: danger, a repealed section, guidance older than the law."""
    common_mistake: str = ""
    passages: tuple[Passage, ...] = ()
    provenance: Provenance
    trace: Trace

    def __post_init__(self) -> None:
        if not self.short_answer:
            raise ValueError("an answer needs at least one claim")
        if self.status not in (Status.ANSWERED, Status.PARTIAL, Status.NEEDS_MORE, Status.ACUTE):
            raise ValueError(f"an answer cannot have status {self.status}")

    @property
    def claims(self) -> tuple[Claim, ...]:
        """All claims, in the order they are shown."""
        return self.short_answer + self.conditions + self.deadlines + self.ages + self.exceptions


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """No answer: why, what is nearest, and whom to ask."""

    status: Status
    language: Language
    message: str
    ask: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    anonymised: str = ""
    """The question with personal data replaced; empty when nothing was found."""
    passages: tuple[Passage, ...] = ()
    provenance: Provenance
    trace: Trace = field(default_factory=lambda: Trace(language="nb"))

    def __post_init__(self) -> None:
        if self.status in (Status.ANSWERED, Status.PARTIAL):
            raise ValueError(f"a refusal cannot have status {self.status}")


Reply = Answer | Refusal
