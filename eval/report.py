"""Print a run as a table: each figure with its count and interval, and the cases that failed."""

from __future__ import annotations

import random
import statistics
from collections.abc import Callable, Iterator, Sequence

from eval.run import Outcome, Run
from eval.score import wilson

ROWS = (
    ("hit@1", "gold provision ranked first"),
    ("hit@5", "gold provision among the first five"),
    ("recall@8", "gold provisions among the first eight"),
    ("mrr", "mean reciprocal rank"),
    ("provision_precision", "cited provisions that are right"),
    ("provision_recall", "gold provisions that are cited"),
    ("provision_f1", "both"),
    ("fact_recall", "vital facts said"),
    ("nothing_forbidden", "cards that say nothing forbidden"),
    ("quote_fidelity", "quotes equal to their source"),
    ("refusal", "refused or answered as it should be"),
)
_SHARES = frozenset({"hit@1", "hit@5", "nothing_forbidden", "refusal"})


def table(run: Run) -> Iterator[str]:
    """The figures over all cases, then by language, style and topic."""
    provenance = run.provenance
    yield (
        f"{len(run.outcomes)} cases ({run.split}) · corpus {provenance.corpus} · index {provenance.generation} · "
        f"{provenance.embedder} · model {provenance.model} · commit {run.revision.commit or '–'}"
        + (" (dirty)" if run.revision.dirty else "")
    )
    yield ""
    yield f"{'score':<22}{'value':>7}  {'95 % interval':<15}{'n':>4}  what it is"
    for name, what in ROWS:
        values = _values(run.outcomes, name)
        if not values:
            yield f"{name:<22}{'–':>7}  {'':<15}{0:>4}  {what}"
            continue
        low, high = interval(name, values)
        yield f"{name:<22}{statistics.fmean(values):>7.3f}  {low:.2f} – {high:.2f}    {len(values):>4}  {what}"
    times = sorted(outcome.ms for outcome in run.outcomes)
    yield f"{'ms, median / p95':<22}{statistics.median(times):>7.1f}  {times[int(0.95 * (len(times) - 1))]:.1f}"
    for title, key in (
        ("language", lambda outcome: outcome.case.language),
        ("style", lambda outcome: outcome.case.style),
        ("topic", lambda outcome: outcome.case.topic),
    ):
        yield ""
        yield from _breakdown(run.outcomes, title, key)


def failures(run: Run) -> Iterator[str]:
    """A line for every case that missed its first provision, a fact, or its refusal."""
    for outcome in run.outcomes:
        missed = [
            name for name in ("hit@1", "fact_recall", "nothing_forbidden", "refusal", "quote_fidelity")
            if (value := outcome.value(name)) is not None and value < 1
        ]  # fmt: skip
        if missed:
            first = outcome.reply.passages[0].provision if outcome.reply.passages else "–"
            gold = ", ".join(str(ref) for ref in outcome.case.gold) or "refusal"
            status = outcome.reply.status
            yield f"{outcome.case.id}: {', '.join(missed)} · {status} · first {first} · wanted {gold}"


def interval(name: str, values: Sequence[float]) -> tuple[float, float]:
    """Wilson for shares of cases; bootstrap (2 000 draws, fixed seed) for means of fractions."""
    if name in _SHARES:
        return wilson(sum(values), len(values))
    rng = random.Random(20261124)
    means = sorted(statistics.fmean(rng.choices(values, k=len(values))) for _ in range(2000))
    return means[49], means[1949]


def _values(outcomes: Sequence[Outcome], name: str) -> list[float]:
    return [value for outcome in outcomes if (value := outcome.value(name)) is not None]


def _breakdown(outcomes: Sequence[Outcome], title: str, key: Callable[[Outcome], str]) -> Iterator[str]:
    columns = ("hit@1", "hit@5", "recall@8", "provision_f1", "fact_recall", "refusal")
    yield f"{title:<16}{'n':>4}" + "".join(f"{name:>14}" for name in columns)
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        groups.setdefault(key(outcome), []).append(outcome)
    for name, group in sorted(groups.items()):
        cells = []
        for column in columns:
            values = _values(group, column)
            cells.append(f"{statistics.fmean(values):>14.3f}" if values else f"{'–':>14}")
        yield f"{name:<16}{len(group):>4}" + "".join(cells)
