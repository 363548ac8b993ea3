"""Hold what an asker tells: the question, and what is known about the asker and the child."""

from __future__ import annotations

from dataclasses import dataclass

from bot.reply import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One question. ``role``, ``age`` and ``language`` are what was told beside it; None is not told.

    ``before`` are the earlier questions of the same conversation, oldest first.
    """

    question: str
    role: str | None = None
    age: int | None = None
    language: Language | None = None
    before: tuple[str, ...] = ()
