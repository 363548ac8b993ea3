"""Check the question bank: enough, varied, nobody's copy, and never the same scene on both sides of a split."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from corpus.document import Document
from corpus.finding import Finding
from corpus.question import BankQuestion
from corpus.similar import NEAR_IDENTICAL, similar_pairs
from corpus.split import Split

PER_TARGET = 10
LEAST = 4_000
SHARES = {"nn": 0.15, "en": 0.10, "rough": 0.20}
ACROSS_SPLITS = 0.7
"""Two questions above this must not stand on both sides of a split."""
COPIED_RUN = 8
"""So many words in a row as in a provision make a question a copy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BankFigures:
    """What the bank holds. ``shares`` gives nynorsk, English, and half sentences, key words or typos."""

    questions: int
    splits: dict[str, int]
    situations: int
    shares: dict[str, float]

    @classmethod
    def of(cls, bank: Sequence[BankQuestion]) -> BankFigures:
        """Count a bank."""
        total = max(1, len(bank))
        languages = Counter(row.language for row in bank)
        return cls(
            questions=len(bank),
            splits=dict(sorted(Counter(str(row.split or "none") for row in bank).items())),
            situations=len({row.situation for row in bank}),
            shares={
                "nn": languages["nn"] / total,
                "en": languages["en"] / total,
                "rough": sum(is_rough(row) for row in bank) / total,
            },
        )


def is_rough(row: BankQuestion) -> bool:
    """Whether a question is key words, or a half sentence typed in haste: no capital first or no mark at the end.

    Typos are not counted by themselves, since no rule tells them from rare words.
    """
    return row.style == "keywords" or not re.match(r"[^a-zæøå]", row.text) or not re.search(r"[.?!»\"]$", row.text)


def check_bank(
    bank: Sequence[BankQuestion], documents: Sequence[Document], targets: Collection[str], known: Collection[str]
) -> Iterator[Finding]:
    """Check all questions. ``targets`` need enough questions each; ``known`` are all ids a question may point at."""
    counts = Counter(target for row in bank for target in {row.target, *row.also})
    first = bank[0].path if bank else None
    for target in sorted(targets):
        if counts[target] < PER_TARGET and first is not None:
            owner = next((row.path for row in bank if row.target == target), first)
            yield Finding(
                path=owner, where=target, what=f"has {counts[target]} questions.", remedy=f"Write {PER_TARGET} or more."
            )
    yield from _each(bank, known)
    yield from _alike(bank)
    yield from _copied(bank, documents)
    unplaced = sum(row.split is None for row in bank)
    if first is not None and unplaced:
        yield Finding(
            path=first.parent, where="all", what=f"{unplaced} questions are in no split.", remedy="hjemmel corpus split"
        )
    figures = BankFigures.of(bank)
    if first is not None and figures.questions < LEAST:
        yield Finding(
            path=first.parent, where="all", what=f"{figures.questions} questions.", remedy=f"{LEAST} are wanted."
        )
    for kind, least in SHARES.items():
        if first is not None and figures.shares[kind] < least:
            share = figures.shares[kind]
            yield Finding(
                path=first.parent, where="all", what=f"{kind} is {share:.1%}.", remedy=f"{least:.0%} is wanted."
            )


def _each(bank: Sequence[BankQuestion], known: Collection[str]) -> Iterator[Finding]:
    for row in bank:
        for target in (row.target, *row.also):
            if target not in known:
                yield _finding(row, f"asks for {target}, which is not in the knowledge base.", "Point at one that is.")


def _alike(bank: Sequence[BankQuestion]) -> Iterator[Finding]:
    for i, j, likeness in similar_pairs([row.text for row in bank], ACROSS_SPLITS):
        first, second = bank[i], bank[j]
        if likeness >= NEAR_IDENTICAL:
            yield _finding(second, f"says nearly the same as «{first.text[:60]}» of {first.path.name}.", "Reword one.")
        elif first.split != second.split and Split.TRAIN in (first.split, second.split):
            yield _finding(
                second,
                f"({second.split}) tells the scene of «{first.text[:60]}» ({first.split}) of {first.path.name}.",
                "Put both in one situation.",
            )


def _copied(bank: Sequence[BankQuestion], documents: Sequence[Document]) -> Iterator[Finding]:
    runs = {run for document in documents for run in runs_of(document.text, COPIED_RUN)}
    for row in bank:
        shared = next((run for run in runs_of(row.text, COPIED_RUN) if run in runs), None)
        if shared is not None:
            yield _finding(row, f"repeats a source: «{' '.join(shared)}».", "Say it as staff would.")


def runs_of(text: str, length: int) -> Iterator[tuple[str, ...]]:
    """Every run of that many words, in lower case and without marks.

    >>> list(runs_of("Én, to og tre.", 3))
    [('én', 'to', 'og'), ('to', 'og', 'tre')]
    """
    words = re.findall(r"[^\W_]+", text.lower())
    return (tuple(words[at : at + length]) for at in range(len(words) - length + 1))


def _finding(row: BankQuestion, what: str, remedy: str) -> Finding:
    where = f"line {row.line}: «{row.text[:50]}»" if row.line else f"«{row.text[:50]}»"
    return Finding(path=row.path, where=where, what=what, remedy=remedy)
