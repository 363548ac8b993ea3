"""Build the word list that ships with the project: ``python -m ingest.count_words DATA_FOLDER``.

Counts word forms in Lovdata's open data, NorQuAD and the NoReC sample, and keeps the frequent ones.
What is written holds single words and a coarse measure of how common each is; no sentence can be read out of it.
"""

from __future__ import annotations

import bz2
import gzip
import json
import re
import sys
import tarfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from ingest.wordlist import PATH

_WORD = re.compile(r"[^\W\d_]+")
_TAG = re.compile(r"<[^>]+>")
_NORWEGIAN = re.compile(r"[a-zæøåéèêóòôüöä]{2,30}")
_BANDS = (10_000, 1_000, 200, 50, 12, 0)
"""A word belongs to the first band whose count it reaches; band 0 is the most common."""
_SHORT, _SHORT_NEEDS = 3, 60
"""Words of so few letters are often abbreviations or half words, so they must be common."""


def count(data: Path) -> Counter[str]:
    """Count the word forms of the three collections under ``data``.

    Running text is full of names, so there only words written with a small letter count; in law every word does.
    """
    counts: Counter[str] = Counter()
    for text in _laws(data / "lovdata/gjeldende-lover.tar.bz2"):
        counts.update(_WORD.findall(text.lower()))
    for text in _running_text(data):
        counts.update(word for word in _WORD.findall(text) if word.islower())
    return counts


def write(counts: Counter[str], path: Path, *, at_least: int) -> int:
    """Write the words seen ``at_least`` times, one line a band, and return how many there are.

    The same counts give the same bytes.
    """
    bands: list[list[str]] = [[] for _ in _BANDS]
    for word, seen in sorted(counts.items()):
        needed = _SHORT_NEEDS if len(word) <= _SHORT else at_least
        if seen >= needed and _NORWEGIAN.fullmatch(word):
            bands[next(i for i, least in enumerate(_BANDS) if seen >= least)].append(word)
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = "\n".join(" ".join(band) for band in bands)
    path.write_bytes(gzip.compress(lines.encode("utf-8"), compresslevel=9, mtime=0))
    return sum(map(len, bands))


def _laws(path: Path) -> Iterator[str]:
    with tarfile.open(path, "r:bz2") as archive:
        for member in archive:
            file = archive.extractfile(member)
            if file is not None:
                yield _TAG.sub(" ", file.read().decode("utf-8"))


def _running_text(data: Path) -> Iterator[str]:
    with bz2.open(data / "general/norec_sample.txt.bz2", "rt", encoding="utf-8") as reviews:
        yield from reviews
    seen: set[str] = set()
    with bz2.open(data / "norquad/norquad_train.jsonl.bz2", "rt", encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            yield row["question"]
            if row["context_id"] not in seen:
                seen.add(row["context_id"])
                yield row["context"]


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m ingest.count_words DATA_FOLDER")
    written = write(count(Path(sys.argv[1])), PATH, at_least=4)
    print(f"{written} words, {PATH.stat().st_size} bytes in {PATH}")
