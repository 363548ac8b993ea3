"""Keep the index in generations on disk: one serves, one is written, and switching is one rename."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import IndexBusy, IndexMissing, IndexUnwritable

_CURRENT = "CURRENT"
_KEEP = 2


def current_folder(home: Path) -> Path:
    """The folder of the generation that serves. Raises IndexMissing when there is none."""
    try:
        name = (home / _CURRENT).read_text(encoding="utf-8").strip()
    except OSError:
        raise IndexMissing(f"there is no search index in {home}.", remedy="Run: hjemmel ingest") from None
    if not (home / name).is_dir():
        raise IndexMissing(f"the generation {name!r} named in {home / _CURRENT} is gone.", remedy="Run: hjemmel ingest")
    return home / name


@contextmanager
def writing(home: Path) -> Iterator[None]:
    """Hold the one writer's lock.

    Raises IndexBusy when another process holds it, and IndexUnwritable when the folder or the disk does not take what
    is written while it is held.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(home / "writer.lock", timeout=0)
    try:
        home.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        raise IndexBusy(
            f"another process is writing {home}.", remedy="Wait until it is done, then try again."
        ) from None
    except OSError as error:
        raise _unwritable(home, error) from error
    try:
        yield
    except OSError as error:
        raise _unwritable(home, error) from error
    finally:
        lock.release()


def _unwritable(home: Path, error: OSError) -> IndexUnwritable:
    return IndexUnwritable(
        f"the index in {home} cannot be written ({error.strerror or error}).",
        remedy="Make room or give another folder in HJEMMEL_INDEX; what served before still serves.",
    )


def scratch_folder(home: Path, generation: str) -> Path:
    """An empty folder to write a generation in; what an interrupted writer left is cleared away."""
    for leftover in home.glob("tmp-*"):
        shutil.rmtree(leftover, ignore_errors=True)
    scratch = home / f"tmp-{generation}-{os.getpid()}"
    scratch.mkdir(parents=True)
    return scratch


def switch_to(home: Path, scratch: Path, generation: str) -> Path:
    """Give a finished scratch folder its name and let it serve; return its folder.

    No folder that may be serving is touched: the same generation built again gets a number after its name.
    """
    target = home / f"gen-{generation}"
    number = 2
    while target.exists():
        target = home / f"gen-{generation}-{number}"
        number += 1
    scratch.rename(target)
    point_at(home, target.name)
    tidy(home, keep=target.name)
    return target


def point_at(home: Path, name: str) -> None:
    """Let the generation with this name serve from now on, in one step."""
    scratch = home / f"{_CURRENT}.{os.getpid()}"
    scratch.write_text(name + "\n", encoding="utf-8")
    os.replace(scratch, home / _CURRENT)


def tidy(home: Path, *, keep: str) -> None:
    """Drop all but the newest generations, the serving one always kept."""
    others = sorted((path for path in home.glob("gen-*") if path.name != keep), key=lambda path: path.stat().st_mtime)
    for path in others[: max(0, len(others) - (_KEEP - 1))]:
        shutil.rmtree(path, ignore_errors=True)
