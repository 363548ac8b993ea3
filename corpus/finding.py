"""Say what is wrong in the knowledge base, where, and what would mend it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fault: where it is, what it is, and what would mend it."""

    path: Path
    where: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.path.name}: {self.where}: {self.what} {self.remedy}"
