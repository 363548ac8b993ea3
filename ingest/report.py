"""Tell what an ingest did: what was read, mended, found wrong and left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.manifest import SourceEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A file that is not in the index, why, and what to do."""

    path: str
    why: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The outcome of one ingest. ``changed`` is false when the serving generation already held everything."""

    generation: str
    changed: bool
    sources: tuple[SourceEntry, ...]
    read: tuple[str, ...]
    """Ids of the sources that were read anew."""
    removed: tuple[str, ...]
    left_out: tuple[LeftOut, ...]
    chunks: int
    embedded: int
    """How many vectors were computed; the rest were taken over from the generation before."""

    def lines(self) -> Iterator[str]:
        """The report as text, one fact a line."""
        yield (
            f"{len(self.sources)} kilder, {self.chunks} tekstbiter, {self.embedded} nye vektorer, "
            f"generasjon {self.generation}" + ("" if self.changed else " (uendret)")
        )
        if self.read and self.changed:
            yield f"Lest på nytt: {len(self.read)}."
        for entry in self.sources:
            if entry.id in self.read and (entry.repairs or entry.findings):
                yield f"{entry.title} ({entry.id}): {entry.chunks} tekstbiter"
                for repair in entry.repairs:
                    yield f"    reparert {repair}"
                for finding in entry.findings:
                    yield f"    - {finding}"
        for source in self.removed:
            yield f"Fjernet: {source}."
        for item in self.left_out:
            yield f"Utelatt: {item.path}: {item.why} {item.remedy}"
