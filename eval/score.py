"""Score one reply against one case. Pure: no clock, no file, no model."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.reply import Answer, Refusal, Reply, Status
from corpus.provision import ProvisionRef
from eval.case import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A figure, or None with the reason why it does not apply. Not applicable is not zero."""

    name: str
    value: float | None
    reason: str = ""


def score(case: Case, reply: Reply, texts: Mapping[str, str]) -> tuple[Score, ...]:
    """Every score of one reply. ``texts`` are the full texts of the sources by id."""
    return (
        *retrieval_scores(case, [passage.provision for passage in reply.passages]),
        *provision_scores(case, reply),
        fact_recall(case, reply),
        forbidden(case, reply),
        quote_fidelity(reply, texts),
        refusal_score(case, reply),
    )


def retrieval_scores(case: Case, ranked: Sequence[ProvisionRef]) -> tuple[Score, ...]:
    """hit@1, hit@5, recall@8 and reciprocal rank of the gold provisions; ledd is not asked for."""
    names = ("hit@1", "hit@5", "recall@8", "mrr")
    if not case.answerable:
        return tuple(Score(name=name, value=None, reason="nothing to find") for name in names)
    gold = dict.fromkeys(ref.whole for ref in case.gold)
    order = list(dict.fromkeys(_as_named(ref.whole, gold) for ref in ranked))
    first = next((place for place, ref in enumerate(order, start=1) if ref in gold), None)
    return (
        Score(name="hit@1", value=float(first == 1)),
        Score(name="hit@5", value=float(first is not None and first <= 5)),
        Score(name="recall@8", value=len([ref for ref in gold if ref in order[:8]]) / len(gold)),
        Score(name="mrr", value=1 / first if first else 0.0),
    )


def provision_scores(case: Case, reply: Reply) -> tuple[Score, ...]:
    """Precision, recall and F1 of the cited provisions; acceptable ones count neither for nor against."""
    names = ("provision_precision", "provision_recall", "provision_f1")
    if not case.answerable:
        return tuple(Score(name=name, value=None, reason="nothing to cite") for name in names)
    if isinstance(reply, Refusal):
        return (
            Score(name="provision_precision", value=None, reason="refused"),
            Score(name="provision_recall", value=0.0),
            Score(name="provision_f1", value=0.0),
        )
    gold = {ref.whole for ref in case.gold}
    acceptable = {ref.whole for ref in case.acceptable} - gold
    named = gold | acceptable
    cited = {_as_named(citation.provision.whole, named) for claim in reply.claims for citation in claim.citations}
    judged = cited - acceptable
    right = len(gold & judged)
    precision = right / len(judged) if judged else None
    recall = right / len(gold)
    f1 = 2 * right / (len(judged) + len(gold))
    return (
        Score(name="provision_precision", value=precision, reason="" if judged else "only acceptable ones cited"),
        Score(name="provision_recall", value=recall),
        Score(name="provision_f1", value=f1),
    )


def _as_named(ref: ProvisionRef, names: Iterable[ProvisionRef]) -> ProvisionRef:
    """The name a case uses for a place: a part of a circular counts as the circular when the case names it whole."""
    return next((name for name in names if name.covers(ref)), ref)


def fact_recall(case: Case, reply: Reply) -> Score:
    """The share of the vital facts found in the card's claims and notices."""
    if not case.vital:
        return Score(name="fact_recall", value=None, reason="no vital facts")
    text = said(reply)
    return Score(
        name="fact_recall", value=sum(bool(fact.pattern.search(text)) for fact in case.vital) / len(case.vital)
    )


def forbidden(case: Case, reply: Reply) -> Score:
    """1 when nothing was said that must not be said, 0 otherwise."""
    if not case.must_not:
        return Score(name="nothing_forbidden", value=None, reason="nothing is forbidden")
    text = said(reply)
    return Score(name="nothing_forbidden", value=float(not any(fact.pattern.search(text) for fact in case.must_not)))


def quote_fidelity(reply: Reply, texts: Mapping[str, str]) -> Score:
    """The share of quotes that equal ``source_text[start:end]``."""
    if not isinstance(reply, Answer):
        return Score(name="quote_fidelity", value=None, reason="nothing quoted")
    citations = [citation for claim in reply.claims for citation in claim.citations]
    exact = sum(texts.get(c.source, "")[c.start : c.end] == c.quote for c in citations)
    return Score(name="quote_fidelity", value=exact / len(citations))


def refusal_score(case: Case, reply: Reply) -> Score:
    """1 when the reply refused or answered as the case wants, 0 otherwise."""
    refused = isinstance(reply, Refusal) and reply.status in (
        Status.NOT_IN_SOURCES, Status.OUT_OF_SCOPE, Status.PERSONAL_DATA, Status.NEEDS_MORE,
    )  # fmt: skip
    if case.type == "pressure" and not case.answerable:
        return Score(name="refusal", value=None, reason="may be refused or answered")
    return Score(name="refusal", value=float(refused != case.answerable))


def said(reply: Reply) -> str:
    """What a reader is told, without the quotes."""
    if isinstance(reply, Refusal):
        return " ".join((*reply.notices, reply.message))
    return "\n".join((*reply.notices, *(claim.text for claim in reply.claims)))


def wilson(successes: float, total: int) -> tuple[float, float]:
    """The 95 % Wilson interval of a share.

    >>> tuple(round(x, 2) for x in wilson(9, 10))
    (0.6, 0.98)
    """
    if total == 0:
        return 0.0, 1.0
    z = 1.959964
    p = successes / total
    centre = (p + z * z / (2 * total)) / (1 + z * z / total)
    half = z * math.sqrt(p * (1 - p) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return max(0.0, centre - half), min(1.0, centre + half)
