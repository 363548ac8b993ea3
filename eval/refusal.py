"""Measure refusal: what must be refused is, what can be answered is not, and what the confidence is worth."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.assistant import Assistant
from bot.question import Ask
from bot.reply import Refusal, Reply, Status
from corpus.held_out import HeldOut
from eval.score import wilson

COVERAGES = (0.5, 0.8, 0.9)
REFUSED = (Status.NOT_IN_SOURCES, Status.OUT_OF_SCOPE, Status.NEEDS_MORE, Status.PERSONAL_DATA)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One question: whether it was refused, how sure the reply was, and whether answering it would be wrong."""

    refused: bool
    confidence: float
    wrong: bool
    """The sources do not answer it, or no right provision is among the first five."""


def judge(
    assistant: Assistant, answerable: Sequence[HeldOut], unanswerable: Sequence[str]
) -> tuple[tuple[Judged, ...], tuple[Judged, ...]]:
    """Ask all; the answerable and the unanswerable ones, each in order."""
    inside = []
    for question in answerable:
        reply = assistant.ask(Ask(question=question.text, role=question.told_role))
        near = [passage.provision.whole for passage in reply.passages[:5]]
        inside.append(_judged(reply, wrong=not set(near) & set(question.right)))
    outside = [_judged(assistant.ask(Ask(question=text)), wrong=True) for text in unanswerable]
    return tuple(inside), tuple(outside)


def _judged(reply: Reply, *, wrong: bool) -> Judged:
    refused = isinstance(reply, Refusal) and reply.status in REFUSED
    return Judged(refused=refused, confidence=reply.trace.confidence, wrong=wrong)


def report(inside: Sequence[Judged], outside: Sequence[Judged]) -> Iterator[str]:
    """Shares with their intervals, and the risk at each coverage."""
    for name, rows in (("unanswerable, refused", outside), ("answerable, refused all the same", inside)):
        count = sum(row.refused for row in rows)
        low, high = wilson(count, len(rows))
        yield f"{name:<34}{count / len(rows):.3f} [{low:.3f}–{high:.3f}]  n = {len(rows)}"
    for coverage in COVERAGES:
        yield f"risk at {coverage:.0%} coverage{'':<15}{risk((*inside, *outside), coverage):.3f}"


def risk(rows: Sequence[Judged], coverage: float) -> float:
    """How many of the surest ``coverage`` of all questions would be answered wrongly.

    >>> row = lambda sure, wrong: Judged(refused=False, confidence=sure, wrong=wrong)
    >>> risk([row(0.9, False), row(0.8, True), row(0.1, True), row(0.05, True)], 0.5)
    0.5
    """
    surest = sorted(rows, key=lambda row: -row.confidence)[: max(1, round(coverage * len(rows)))]
    return statistics.fmean(row.wrong for row in surest)
