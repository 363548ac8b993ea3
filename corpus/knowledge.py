"""Load the whole knowledge base that ships with the project."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.chunk import Question
from corpus.glossary import Concept, load_glossary
from corpus.language import detect_language
from corpus.law import LawRegistry, load_laws
from corpus.outside import Outside, load_outside
from corpus.provision import ProvisionRef
from corpus.question import BankQuestion, load_outside_questions, load_questions, style_of
from corpus.situation import Situation, load_situation
from corpus.source import Kind, Source, load_register
from corpus.split import Split
from corpus.statute import Provision, Statute, load_statute

HOME = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """Everything that is written down, parsed and cross-referenced; no index is needed to read it."""

    laws: LawRegistry
    sources: tuple[Source, ...]
    statutes: tuple[Statute, ...]
    situations: tuple[Situation, ...]
    glossary: tuple[Concept, ...]
    outside: tuple[Outside, ...]
    questions: tuple[BankQuestion, ...]
    """How people ask about provisions; the questions of situation cards stand on the cards."""
    outside_questions: tuple[Question, ...]
    """Questions that the sources do not answer."""

    @property
    def provisions(self) -> dict[ProvisionRef, Provision]:
        """Every restated provision by its id."""
        return {provision.ref: provision for statute in self.statutes for provision in statute.provisions}

    @property
    def bank(self) -> tuple[BankQuestion, ...]:
        """Every question of bank and cards, in all splits."""
        return self.questions + tuple(row for card in self.situations for row in questions_of(card))

    @property
    def learned(self) -> tuple[Question, ...]:
        """What a question may be near: every card's title and story, and the questions that are not held out."""
        told = [
            Question(text=text, target=card.target) for card in self.situations for text in (card.title, card.situation)
        ]
        asked = [row.as_question for row in self.bank if row.split in (Split.TRAIN, None)]
        return tuple({question.id: question for question in (*told, *asked)}.values())

    def source(self, source_id: str) -> Source | None:
        """The register's row, or None."""
        return next((source for source in self.sources if source.id == source_id), None)


def questions_of(card: Situation) -> tuple[BankQuestion, ...]:
    """The card's own questions as rows of the bank; language and style are read off the text."""
    return tuple(
        BankQuestion(
            text=text, target=card.target, also=(), situation=card.id, split=card.split,
            language=detect_language(text), style=style_of(text), role=card.roles[0], path=card.path, line=0,
        )
        for text in card.questions
    )  # fmt: skip


def load_knowledge(home: Path = HOME, *, bank: bool = True) -> Knowledge:
    """Read laws, register, statutes and situation cards below ``home``; the question bank only when asked for.

    Raises ContentError at the first file that breaks its schema.
    """
    sources = load_register(home / "register.toml")
    statutes = tuple(
        load_statute(source.path, source=source.id)
        for source in sources
        if source.kind in (Kind.LOV, Kind.FORSKRIFT) and source.path.suffix == ".toml"
    )
    return Knowledge(
        laws=load_laws(home / "laws.toml"),
        sources=sources,
        statutes=statutes,
        situations=tuple(load_situation(path) for path in sorted((home / "situations").glob("*.toml"))),
        glossary=load_glossary(home / "glossary"),
        outside=load_outside(home / "outside.toml"),
        questions=load_questions(home / "questions") if bank else (),
        outside_questions=load_outside_questions(home / "questions" / "outside.txt") if bank else (),
    )


def content_files(home: Path = HOME) -> Iterator[Path]:
    """The files whose content decides what is answered, in a fixed order."""
    yield home / "laws.toml"
    yield home / "register.toml"
    yield home / "outside.toml"
    for folder in ("glossary", "sources", "situations", "questions"):
        yield from sorted(path for path in (home / folder).rglob("*") if path.is_file() and path.suffix != ".pyc")


def fingerprint(home: Path = HOME) -> str:
    """A short hash over names and bytes of all content files; changes when any answer could."""
    digest = hashlib.sha256()
    for path in content_files(home):
        digest.update(path.relative_to(home).as_posix().encode())
        digest.update(b"\0")
        digest.update(path.read_bytes())
        digest.update(b"\0")
    return digest.hexdigest()[:16]
