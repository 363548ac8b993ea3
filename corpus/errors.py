"""Say what went wrong, where, and what the reader can do about it.

HjemmelError
├── UsageError             a command line or a setting that cannot be carried out
├── ContentError           a file of the knowledge base breaks its schema
├── SourceUnreadable       a document to ingest yields no usable text
├── EmbedderUnavailable    the chosen embedding model cannot be loaded
└── IndexProblem           the search index cannot serve
    ├── IndexMissing       nothing has been built yet
    ├── IndexStale         built from other content, or with another model
    ├── IndexDamaged       what is on disk does not match its manifest
    ├── IndexBusy          another process is writing
    └── IndexUnwritable    the folder or the disk does not take it
"""

from __future__ import annotations

from pathlib import Path


class HjemmelError(Exception):
    """Base of every error this project raises on purpose.

    ``remedy`` is one sentence in the imperative that the reader can act on.
    """

    def __init__(self, what: str, *, remedy: str) -> None:
        super().__init__(f"{what} {remedy}".strip())
        self.what = what
        self.remedy = remedy


class UsageError(HjemmelError):
    """A command line or a setting that cannot be carried out."""


class ContentError(HjemmelError):
    """A file of the knowledge base breaks its schema; names file, line and remedy."""

    def __init__(self, path: Path, line: int, what: str, *, remedy: str) -> None:
        super().__init__(f"{path}:{line}: {what}", remedy=remedy)
        self.path = path
        self.line = line


class SourceUnreadable(HjemmelError):
    """A document to ingest yields no usable text; the rest of the ingest goes on."""

    def __init__(self, path: Path, what: str, *, remedy: str) -> None:
        super().__init__(f"{path.name}: {what}", remedy=remedy)
        self.path = path


class EmbedderUnavailable(HjemmelError):
    """The chosen embedding model cannot be loaded."""


class IndexProblem(HjemmelError):
    """The search index cannot serve."""


class IndexMissing(IndexProblem):
    """Nothing has been built yet."""


class IndexStale(IndexProblem):
    """The index was built from other content, or with another embedding model."""


class IndexDamaged(IndexProblem):
    """What is on disk does not match the manifest of its generation."""


class IndexBusy(IndexProblem):
    """Another process is writing the index."""


class IndexUnwritable(IndexProblem):
    """The folder or the disk does not take the index."""
