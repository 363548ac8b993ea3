"""What tests share: one index over the real knowledge base, built once, and an assistant over it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.assistant import Assistant, open_assistant
from corpus.embed import open_embedder
from corpus.knowledge import load_knowledge
from corpus.settings import Settings
from ingest.pipeline import ingest


@pytest.fixture(scope="session")
def built_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an index of everything that ships, made with the bundled model."""
    home = tmp_path_factory.mktemp("index")
    ingest(home, load_knowledge(), open_embedder(Settings()))
    return home


@pytest.fixture(scope="session")
def assistant(built_index: Path) -> Assistant:
    """The real assistant."""
    return open_assistant(Settings(index=built_index))
