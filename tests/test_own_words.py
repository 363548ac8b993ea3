"""Nothing in the project repeats a source word for word."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.shared import shared

ROOT = Path(__file__).parent.parent


def test_no_run_of_fourteen_words_is_shared_with_a_source() -> None:
    tool = shared("tools/own_words.py")
    shared("seeds")
    done = subprocess.run([sys.executable, tool, "--project", ROOT], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
