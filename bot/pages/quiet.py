"""Say where something failed without saying what was asked."""

from __future__ import annotations

import traceback


def places(error: BaseException) -> str:
    """Where an error passed through, one place a line, without its message: that may hold the question."""
    frames = traceback.extract_tb(error.__traceback__)
    return "\n".join(f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames)
