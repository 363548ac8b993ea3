"""Read the question bank: how people ask about each provision. For searching and measuring only, never shown."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError, field_validator

from corpus.chunk import Question
from corpus.errors import ContentError
from corpus.language import Language
from corpus.provision import ProvisionRef
from corpus.split import Placed, Split, place
from corpus.toml_file import Entry

Style = Literal["story", "short", "keywords"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BankQuestion:
    """One question of the bank: what it asks for, which scene it tells, and whether it may be learned from."""

    text: str
    target: str
    """A provision id, or ``situasjon/<id>``."""
    also: tuple[str, ...]
    """Other provisions that answer it as well."""
    situation: str
    split: Split | None
    """None until ``hjemmel corpus split`` has placed the question."""
    language: Language
    style: Style
    role: str
    path: Path
    line: int

    @property
    def as_question(self) -> Question:
        """The question as the index stores it."""
        return Question(text=self.text, target=self.target)


class _Line(Entry):
    provision: str
    also: tuple[str, ...] = ()
    situation: str = ""
    split: Split | None = None
    language: Language
    style: Style
    role: str
    question: str = Field(min_length=8)

    @field_validator("provision")
    @classmethod
    def _is_provision_id(cls, value: str) -> str:
        return str(ProvisionRef.parse(value))

    @field_validator("also")
    @classmethod
    def _are_provision_ids(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(str(ProvisionRef.parse(value)) for value in values)


def load_questions(folder: Path) -> tuple[BankQuestion, ...]:
    """Read every ``*.jsonl`` of the folder, one question a line.

    Raises ContentError with file, line and remedy.
    """
    return tuple(question for path in sorted(folder.glob("*.jsonl")) for question in _lines(path))


OUTSIDE = "utenfor"
"""The target of questions that the sources do not answer."""


def load_outside_questions(path: Path) -> tuple[Question, ...]:
    """Read questions of other fields, one a line."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(Question(text=line.strip(), target=OUTSIDE) for line in dict.fromkeys(lines) if line.strip())


def style_of(text: str) -> Style:
    """Read off how a question is put: key words, one short sentence, or a story.

    >>> [style_of(text) for text in ("meldeplikt lærer frist", "Må jeg melde?", "Far ringte. Han er sint. Må jeg?")]
    ['keywords', 'short', 'story']
    """
    stops = len(re.findall(r"[.!?](?:\s|$)", text))
    if not stops and not re.search(r"\b(?:må|kan|skal|er|har|vil|hva|hvem|kven|kva|får|do|can|is|må)\b", text.lower()):
        return "keywords"
    return "story" if stops > 1 or len(text.split()) > 22 else "short"


def placed(bank: Sequence[BankQuestion]) -> tuple[BankQuestion, ...]:
    """The bank with a situation and a split on every question; what is decided stays, and cards decide for theirs."""
    cards = {row.situation: row.split for row in bank if row.path.suffix == ".toml"}
    bank = [replace(row, split=cards.get(row.situation, row.split)) for row in bank]
    found = place([Placed(text=row.text, situation=row.situation, split=row.split) for row in bank])
    return tuple(
        replace(row, situation=where.situation, split=where.split) for row, where in zip(bank, found, strict=True)
    )


def save_questions(bank: Sequence[BankQuestion]) -> int:
    """Write the questions back to their ``*.jsonl`` files; return how many files changed."""
    files: dict[Path, list[str]] = {}
    for row in bank:
        if row.path.suffix == ".jsonl":
            files.setdefault(row.path, []).append(_as_line(row))
    changed = 0
    for path, lines in files.items():
        text = "\n".join(lines) + "\n"
        if path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            changed += 1
    return changed


def _as_line(row: BankQuestion) -> str:
    values: dict[str, object] = {"provision": row.target}
    if row.also:
        values["also"] = list(row.also)
    values |= {"situation": row.situation, "split": row.split, "language": row.language, "style": row.style}
    return json.dumps({**values, "role": row.role, "question": row.text}, ensure_ascii=False)


def _lines(path: Path) -> Iterator[BankQuestion]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            row = _Line.model_validate_json(line)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"])) or "the line"
            raise ContentError(path, number, f"{where}: {first['msg']}.", remedy="See corpus/README.md.") from error
        yield BankQuestion(
            text=row.question, target=row.provision, also=row.also, situation=row.situation, split=row.split,
            language=row.language, style=row.style, role=row.role, path=path, line=number,
        )  # fmt: skip
