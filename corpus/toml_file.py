"""Read a TOML file of the knowledge base into a model, or say which line is wrong."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.errors import ContentError


class Entry(BaseModel):
    """Base of everything read from a TOML file: unknown keys are errors, values are frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


ModelT = TypeVar("ModelT", bound=BaseModel)


def read_toml(path: Path, model: type[ModelT]) -> ModelT:
    """Parse and validate one file.

    Raises ContentError with the line of the table that is wrong.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise ContentError(path, 1, f"cannot be read ({error.strerror}).", remedy="Restore the file.") from error
    except UnicodeDecodeError as error:
        raise ContentError(path, 1, "is not UTF-8.", remedy="Save the file as UTF-8.") from error
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise ContentError(
            path, int(line[1]) if line else 1, f"is not valid TOML: {error}.", remedy="Mend the syntax on that line."
        ) from error
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the file"
        message = first["msg"].removeprefix("Value error, ")
        raise ContentError(
            path, line_of(text, first["loc"]), f"{where}: {message}.", remedy="See corpus/README.md for the format."
        ) from error


def line_of(text: str, location: Sequence[int | str]) -> int:
    """Find the line of the table, then of the key, that a validation error points at.

    >>> line_of('a = 1\\n[[ledd]]\\nnr = 1\\n[[ledd]]\\nnr = "x"\\n', ("ledd", 1, "nr"))
    5
    """
    lines = text.splitlines()
    at = 0
    names: list[str] = []
    for position, part in enumerate(location):
        if isinstance(part, int):
            header = f"[[{'.'.join(names)}]]"
            found = [i for i in range(at, len(lines)) if lines[i].strip().startswith(header)]
            if part < len(found):
                at = found[part]
            elif names:
                items = [i for i in range(at, len(lines)) if lines[i].lstrip().startswith("{")]
                at = items[part] if part < len(items) else at
            continue
        names.append(part)
        if position == len(location) - 1 or not isinstance(location[position + 1], int):
            key = re.compile(rf"(?:^|[\s{{,]){re.escape(part)}\s*=")
            for i in range(at, len(lines)):
                if i > at and lines[i].startswith("[[") and not isinstance(location[0], str):
                    break
                if key.search(lines[i]) or lines[i].strip() == f"[{'.'.join(names)}]":
                    at = i
                    break
        elif isinstance(location[position + 1], int):
            key = re.compile(rf"^\s*{re.escape(part)}\s*=\s*\[")
            if not any(line.strip() == f"[[{'.'.join(names)}]]" for line in lines):
                at = next((i for i in range(at, len(lines)) if key.search(lines[i])), at)
    return at + 1
