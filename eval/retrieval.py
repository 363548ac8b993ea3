"""Measure retrieval on held-out questions: hits, recall, latency, with each arm off in turn."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.assistant import ARMS, Assistant
from bot.question import Ask
from corpus.held_out import HeldOut
from corpus.provision import ProvisionRef
from eval.score import wilson

_DRAWS = 10_000
_SEED = 20261125


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """How one question fared: 0 or 1 for hits, a share for recall."""

    question: HeldOut
    hit1: float
    hit5: float
    recall8: float
    card1: float | None
    """Whether the question's own card came first; None for a question that stands on no card."""
    ms: float


FRESH = Path(__file__).parent / "fresh" / "questions.jsonl"


def fresh_questions(path: Path = FRESH) -> tuple[HeldOut, ...]:
    """The questions that were written apart from the bank, each a situation of its own."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        row = json.loads(line)
        gold = tuple(map(ProvisionRef.parse, row["gold"]))
        found.append(
            HeldOut(
                text=row["question"], language=row["language"], style=row["style"], role=row["role"],
                situation=f"fresh-{number}", card="", gold=gold, told_role=row["role"],
                right=(*gold, *map(ProvisionRef.parse, row["also"])),
            )
        )  # fmt: skip
    return tuple(found)


def search_all(
    assistant: Assistant, questions: Sequence[HeldOut], *, without: frozenset[str] = frozenset(),
    change: Callable[[str], str] = str,
) -> tuple[Found, ...]:  # fmt: skip
    """Ask every question; ``change`` may add typos first."""
    found = []
    for question in questions:
        began = time.perf_counter()
        ranking = assistant.search(Ask(question=change(question.text), role=question.told_role), without=without)
        ms = (time.perf_counter() - began) * 1000
        order = list(dict.fromkeys(hit.chunk.provision for hit in ranking.hits))
        found.append(_found(question, order, [card.situation.id for card in ranking.cards], ms))
    return tuple(found)


def _found(question: HeldOut, order: Sequence[ProvisionRef], cards: Sequence[str], ms: float) -> Found:
    first = next((at for at, ref in enumerate(order) if ref in question.right), 999)
    recalled = sum(ref in order[:8] for ref in question.gold) / len(question.gold)
    return Found(
        question=question, hit1=float(first == 0), hit5=float(first < 5), recall8=recalled, ms=ms,
        card1=float(bool(cards) and cards[0] == question.card) if question.card else None,
    )  # fmt: skip


def report(rows: Sequence[Found], title: str) -> Iterator[str]:
    """The figures over all questions, then by language, by style, and by what they were written for."""
    yield f"{title}: {len(rows)} questions"
    yield f"{'':<22}{'n':>5}{'hit@1':>9}{'':<14}{'hit@5':>7}{'':<14}{'recall@8':>9}{'card first':>12}"
    yield _line("all", rows)
    groups: tuple[tuple[str, Callable[[Found], str]], ...] = (
        ("language", lambda row: row.question.language),
        ("style", lambda row: row.question.style),
        ("written for", lambda row: "a card" if row.question.card else "a provision"),
    )
    for name, key in groups:
        yield f"by {name}"
        for value in sorted({key(row) for row in rows}):
            yield _line(f"  {value}", [row for row in rows if key(row) == value])
    times = sorted(row.ms for row in rows)
    yield f"ms, median / p95: {statistics.median(times):.1f} / {times[int(0.95 * (len(times) - 1))]:.1f}"


def _line(name: str, rows: Sequence[Found]) -> str:
    cells = f"{name:<22}{len(rows):>5}"
    for values in ([row.hit1 for row in rows], [row.hit5 for row in rows]):
        low, high = wilson(sum(values), len(values))
        cells += f"{statistics.fmean(values):>9.3f} [{low:.3f}–{high:.3f}]"
    cards = [row.card1 for row in rows if row.card1 is not None]
    cells += f"{statistics.fmean([row.recall8 for row in rows]):>9.3f}"
    return cells + (f"{statistics.fmean(cards):>12.3f}" if cards else "")


def ablation(assistant: Assistant, questions: Sequence[HeldOut]) -> Iterator[str]:
    """Each arm off in turn: the change of hit@1, hit@5 and recall, with paired bootstrap intervals over situations."""
    whole = search_all(assistant, questions)
    yield "| without | hit@1 | change [95 %] | hit@5 | change [95 %] | recall@8 | change [95 %] | ms |"
    yield "|---|---|---|---|---|---|---|---|"
    yield "| nothing | " + " | ".join(_cell(whole, name) for name in ("hit1", "hit5", "recall8")) + f" | {_ms(whole)} |"
    for arm in ARMS:
        rows = search_all(assistant, questions, without=frozenset({arm}))
        cells = [_cell(rows, name, whole) for name in ("hit1", "hit5", "recall8")]
        yield f"| {arm} | " + " | ".join(cells) + f" | {_ms(rows)} |"


def _cell(rows: Sequence[Found], name: str, before: Sequence[Found] | None = None) -> str:
    mean = statistics.fmean(getattr(row, name) for row in rows)
    if before is None:
        return f"{mean:.3f} | –"
    low, high = paired(before, rows, name)
    change = mean - statistics.fmean(getattr(row, name) for row in before)
    return f"{mean:.3f} | {change:+.3f} [{low:+.3f}, {high:+.3f}]"


def _ms(rows: Sequence[Found]) -> str:
    return f"{statistics.median(row.ms for row in rows):.1f}"


def paired(before: Sequence[Found], after: Sequence[Found], name: str) -> tuple[float, float]:
    """95 % interval of the mean difference, drawing whole situations 10 000 times with a fixed seed."""
    sums: dict[str, list[float]] = {}
    for old, new in zip(before, after, strict=True):
        entry = sums.setdefault(old.question.situation, [0.0, 0.0])
        entry[0] += getattr(new, name) - getattr(old, name)
        entry[1] += 1
    table = np.array(list(sums.values()))
    draws = np.random.default_rng(_SEED).integers(0, len(table), size=(_DRAWS, len(table)))
    totals = table[draws].sum(axis=1)
    low, high = np.percentile(totals[:, 0] / totals[:, 1], [2.5, 97.5])
    return float(low), float(high)
