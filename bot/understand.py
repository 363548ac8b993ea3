"""Read a question: its language, the provisions it names, concepts, the asker's role and the child's age."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.ages import detect_age
from bot.question import Ask
from bot.reply import Language
from corpus.concepts import ConceptFinder, Matched
from corpus.glossary import Concept
from corpus.language import detect_language
from corpus.law import LawRegistry
from corpus.lexical import words
from corpus.outside import Outside
from corpus.reference import Reference, ReferenceFinder

_THIN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What a question says. ``None`` and empty mean not told."""

    question: str
    language: Language
    references: tuple[Reference, ...]
    acts: tuple[str, ...]
    concepts: tuple[Matched, ...]
    role: Concept | None
    age: int | None
    outside: tuple[Outside, ...]
    """Kinds of questions that the sources do not hold, of which this is one."""

    @property
    def thin(self) -> bool:
        """Whether too little is told to know which situation is meant: fewer than three words that carry meaning."""
        return not self.references and len(words(self.question)) < _THIN

    @property
    def topics(self) -> int:
        """How many concepts the question is about; a told role or age counts as one."""
        about = sum(match.concept.facet not in ("rolle", "alder") for match in self.concepts)
        return about + (self.role is not None or self.age is not None)

    @property
    def expanded(self) -> str:
        """The question followed by the law's own terms for what it says; for searching only."""
        terms = [match.concept.expands or match.concept.term for match in self.concepts]
        return " ".join([self.question, *dict.fromkeys(terms)])


class Understanding:
    """Understands questions with one glossary and one law registry."""

    def __init__(self, laws: LawRegistry, glossary: Sequence[Concept], outside: Sequence[Outside] = ()) -> None:
        self._outside = tuple(outside)
        self._references = ReferenceFinder(laws)
        self.finder = ConceptFinder(glossary)

    def read(self, ask: Ask) -> Understood:
        """Understand one question; what was told beside it wins over what is read from it."""
        text = ask.question
        concepts = self.finder.find(text)
        return Understood(
            question=text,
            language=ask.language or detect_language(text),
            references=self._references.find(text),
            acts=self._references.acts(text),
            concepts=concepts,
            role=(self.role_named(ask.role) if ask.role else None) or _first_role(concepts),
            age=ask.age if ask.age is not None else detect_age(text),
            outside=tuple(kind for kind in self._outside if kind.matches(text)),
        )

    def role_named(self, name: str) -> Concept | None:
        """The role an id or a job title means; None when it is unknown."""
        return self.finder.role_named(name)


def _first_role(concepts: Sequence[Matched]) -> Concept | None:
    return next((match.concept for match in concepts if match.concept.facet == "rolle"), None)
