"""Read a TOML file of the knowledge base into a model, or say which line is wrong."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from itertools import takewhile, zip_longest
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
    """Find the line that a validation error points at: the nearest table, item or key that the file has.

    >>> line_of('a = 1\\n[[ledd]]\\nnr = 1\\n[[ledd]]\\nnr = "x"\\n', ("ledd", 1, "nr"))
    5
    """
    lines = text.splitlines()
    begin, end = 0, len(lines)
    names: list[str] = []
    for part, index in zip_longest(location, location[1:]):
        if isinstance(part, int):
            continue
        names.append(part)
        path = re.escape(".".join(names))
        headers = [i for i in range(begin, end) if re.match(rf"\s*\[\[?{path}\]\]?", lines[i])]
        if headers and isinstance(index, int) and index < len(headers):
            begin = headers[index]
            end = next((i for i in range(begin + 1, end) if _leaves(lines[i], names)), end)
            continue
        key = re.compile(rf"(?:^|[\s{{,]){re.escape(part)}\s*=")
        found = next((i for i in range(begin, end) if key.search(lines[i])), None)
        if found is None:
            break
        begin = found
        if isinstance(index, int):
            items = list(takewhile(lambda i: lines[i].lstrip().startswith("{"), range(begin + 1, end)))
            begin = items[index] if index < len(items) else begin
            end = begin + 1
    return begin + 1


def _leaves(line: str, names: list[str]) -> bool:
    """Whether a line opens a table that is not inside the named one."""
    header = re.match(r"\s*\[\[?([^\]]+)\]", line)
    return header is not None and not header[1].startswith(".".join(names) + ".")
