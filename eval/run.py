"""Ask every case, score the replies, and keep the outcome with its provenance in a run file."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.machine import to_machine
from bot.question import Ask
from bot.reply import Provenance, Reply
from eval.case import Case
from eval.score import Score, score


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One case, its reply and its scores."""

    case: Case
    reply: Reply
    scores: tuple[Score, ...]
    ms: float

    def value(self, name: str) -> float | None:
        """A score's value, or None when it does not apply."""
        return next((item.value for item in self.scores if item.name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """The state of the code that produced a run; empty outside a git checkout."""

    commit: str
    dirty: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """All outcomes of one evaluation and what produced them."""

    split: str
    provenance: Provenance
    revision: Revision
    outcomes: tuple[Outcome, ...]


def run(
    cases: Sequence[Case], answer: Callable[[Ask], Reply], texts: Mapping[str, str], *, split: str, revision: Revision,
    clock: Callable[[], float] = time.perf_counter,
) -> Run:  # fmt: skip
    """Ask all cases in order. Raises ValueError when there are none: an empty run proves nothing."""
    if not cases:
        raise ValueError(f"there is no case in the split {split!r}; an empty run proves nothing")
    outcomes = []
    for case in cases:
        began = clock()
        # The patterns of a case are bokmål; the same claims are shown in nynorsk and English to those who ask so.
        reply = answer(Ask(question=case.question, language="nb"))
        ms = (clock() - began) * 1000
        outcomes.append(Outcome(case=case, reply=reply, scores=score(case, reply, texts), ms=ms))
    return Run(split=split, provenance=outcomes[0].reply.provenance, revision=revision, outcomes=tuple(outcomes))


def write_run(run: Run, path: Path) -> None:
    """Write a run as JSON: provenance, then each case with its scores and the whole reply."""
    path.parent.mkdir(parents=True, exist_ok=True)
    provenance = run.provenance
    data = {
        "split": run.split,
        "provenance": {
            "corpus": provenance.corpus, "generation": provenance.generation, "embedder": provenance.embedder,
            "model": provenance.model, "commit": run.revision.commit, "dirty": run.revision.dirty,
        },
        "outcomes": [
            {
                "case": outcome.case.id,
                "situation": outcome.case.situation,
                "scores": {item.name: item.value for item in outcome.scores},
                "not_applicable": {item.name: item.reason for item in outcome.scores if item.value is None},
                "reply": to_machine(outcome.reply, id=outcome.case.id, ms=outcome.ms),
            }
            for outcome in run.outcomes
        ],
    }  # fmt: skip
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
