"""Read the question bank: how people ask about each provision. For searching only, never quoted or shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError, field_validator

from corpus.chunk import Question
from corpus.errors import ContentError
from corpus.provision import ProvisionRef
from corpus.toml_file import Entry


class _Line(Entry):
    provision: str
    language: Literal["nb", "nn", "en"]
    style: Literal["story", "short", "keywords"]
    role: str
    question: str = Field(min_length=8)

    @field_validator("provision")
    @classmethod
    def _is_provision_id(cls, value: str) -> str:
        return str(ProvisionRef.parse(value))


def load_questions(folder: Path) -> tuple[Question, ...]:
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


def _lines(path: Path) -> Iterator[Question]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            row = _Line.model_validate_json(line)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"])) or "the line"
            raise ContentError(path, number, f"{where}: {first['msg']}.", remedy="See corpus/README.md.") from error
        yield Question(text=row.question, target=row.provision)
