"""Find reference material that lies beside the project, or skip the test with the reason."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).parent.parent.parent / "shared"


def shared(name: str) -> Path:
    """The path of a file or folder of the reference material; skips the calling test where it is absent."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"reference material {name} is not beside this checkout (../shared/{name})")
    return path
