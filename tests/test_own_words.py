"""Nothing in the project repeats a source word for word."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from corpus.copies import check_copies
from corpus.knowledge import load_knowledge
from ingest.folder import texts_of
from ingest.pipeline import knowledge_documents
from tests.shared import shared

ROOT = Path(__file__).parent.parent


def test_no_run_of_fourteen_words_is_shared_with_a_source() -> None:
    tool = shared("tools/own_words.py")
    shared("seeds")
    done = subprocess.run([sys.executable, tool, "--project", ROOT], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_check_itself_finds_no_sentence_of_the_law_or_the_seeds() -> None:
    knowledge = load_knowledge()
    laws = shared("data/lovdata/gjeldende-lover.tar.bz2")
    sources = texts_of([laws, *sorted(shared("seeds").glob("*.txt")), *sorted(shared("seeds").glob("*.md"))])
    assert [str(found) for found in check_copies(knowledge, knowledge_documents(knowledge), sources)] == []
