"""Read questions from a JSON Lines file and write replies to another, in the machine form."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.machine import to_machine
from bot.question import Ask
from bot.reply import Language, Reply
from corpus.errors import UsageError


class _Line(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str | int
    question: str
    role: str | None = None
    age: int | None = Field(default=None, ge=0, le=120)
    language: Language | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """A question with the id that its reply will carry."""

    id: str
    ask: Ask


def read_batch(path: Path) -> tuple[Numbered, ...]:
    """Read every line ``{id, question, role?, age?, language?}``; other keys are passed over.

    Raises UsageError naming the first line that cannot be used; nothing is answered then.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read ({error}).", remedy="Give a UTF-8 JSON Lines file.") from error
    found = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = _Line.model_validate_json(line)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"])) or "the line"
            raise UsageError(
                f"{path}:{number}: {where}: {first['msg']}.", remedy='Each line is {"id": …, "question": …}.'
            ) from error
        found.append(
            Numbered(id=str(row.id), ask=Ask(question=row.question, role=row.role, age=row.age, language=row.language))
        )
    if not found:
        raise UsageError(f"{path} holds no question.", remedy='Each line is {"id": …, "question": …}.')
    return tuple(found)


def answer_batch(
    asks: tuple[Numbered, ...], answer: Callable[[Ask], Reply], *, clock: Callable[[], float] = time.perf_counter
) -> Iterator[str]:
    """Answer in order; yields one JSON line a question."""
    for item in asks:
        began = clock()
        reply = answer(item.ask)
        yield json.dumps(to_machine(reply, id=item.id, ms=(clock() - began) * 1000), ensure_ascii=False)
