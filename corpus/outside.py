"""Read what people also ask about and the sources do not hold, with whom to ask instead."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field, field_validator

from corpus.toml_file import Entry, read_toml


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """One kind of question that is refused."""

    id: str
    what: str
    ask: str
    patterns: tuple[re.Pattern[str], ...]

    def matches(self, question: str) -> bool:
        """Whether the question is of this kind."""
        return any(pattern.search(question) for pattern in self.patterns)


class _Outside(Entry):
    id: str
    what: str
    ask: str
    patterns: tuple[str, ...] = Field(min_length=1)

    @field_validator("patterns")
    @classmethod
    def _compile(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        for value in values:
            try:
                re.compile(value)
            except re.error as error:
                raise ValueError(f"the pattern {value!r} is not a regular expression ({error})") from error
        return values


class _OutsideFile(Entry):
    outside: tuple[_Outside, ...] = Field(min_length=1)


def load_outside(path: Path) -> tuple[Outside, ...]:
    """Read ``outside.toml``. Raises ContentError with file, line and remedy."""
    return tuple(
        Outside(id=row.id, what=row.what, ask=row.ask, patterns=tuple(re.compile(p, re.I) for p in row.patterns))
        for row in read_toml(path, _OutsideFile).outside
    )
