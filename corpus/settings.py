"""Hold every setting in one frozen value, read once from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import UsageError

PROJECT = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What an operator may set. Field ``x`` is the environment variable ``HJEMMEL_X``."""

    index: Path = PROJECT / "var" / "index"
    """Folder of the search index; created on first ingest."""
    embedder: str = "bundled"
    """``bundled``, or ``sentence-transformers:NAME_OR_FOLDER``."""
    query_prefix: str | None = None
    """Put before each question by the embedding model; None takes the model's known prefix."""
    passage_prefix: str | None = None
    """Put before each passage by the embedding model; None takes the model's known prefix."""
    reranker: str = "none"
    """``none``, or ``sentence-transformers:NAME_OR_FOLDER`` of a cross-encoder that orders the first ten anew."""
    model: str = "none"
    """The language model; ``none`` answers without one."""
    host: str = "127.0.0.1"
    port: int = 7860

    def __post_init__(self) -> None:
        if not 1 <= self.port <= 65535:
            raise UsageError(f"HJEMMEL_PORT is {self.port}.", remedy="Use a port from 1 to 65535.")
        if self.model != "none":
            raise UsageError(
                f"HJEMMEL_MODEL is {self.model!r}, and answers are built without a language model in this version.",
                remedy="Unset HJEMMEL_MODEL.",
            )


def settings_from(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings. Raises UsageError for a value that cannot be used.

    >>> settings_from({"HJEMMEL_PORT": "9000"}).port
    9000
    """
    given: dict[str, object] = {}
    for name in Settings.__dataclass_fields__:
        value = environment.get(f"HJEMMEL_{name.upper()}")
        if value is None:
            continue
        if name == "index":
            given[name] = Path(value).expanduser()
        elif name == "port":
            try:
                given[name] = int(value)
            except ValueError:
                raise UsageError(f"HJEMMEL_PORT is {value!r}.", remedy="Use a number.") from None
        else:
            given[name] = value
    return Settings(**given)  # type: ignore[arg-type]
