"""Fit the weights of search on the dev questions: deterministic, in a minute, never with a test question."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from bot.assistant import Assistant
from bot.confidence import signals_of
from bot.question import Ask
from bot.retrieve import Retriever, Weighed
from bot.search.library import Scores
from bot.search.weights import Weights
from bot.understand import Understanding
from corpus.held_out import HeldOut

_PENALTY = 2e-3
_STEPS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One question's evidence, and how the right passages or cards share the blame: shape (items,), sums to 1."""

    evidence: Mapping[str, Scores]
    wanted: Scores


def fit_search(
    retriever: Retriever, understanding: Understanding, questions: Sequence[HeldOut], progress: Callable[[str], None]
) -> Weights:
    """Fit passages alone, then cards, then passages with what the cards say."""
    weights = retriever.weights

    def weighed() -> list[Weighed]:
        retriever.weights = weights
        found = []
        for question in questions:
            understood = understanding.read(ask_of(question))
            found.append(retriever.weigh(understood, hidden=question.hidden))
        return found

    wanted = [_wanted_passages(retriever, question) for question in questions]
    rows = weighed()
    first = fit_weights([Example(evidence=w.first, wanted=y) for w, y in zip(rows, wanted, strict=True)])
    weights = replace(weights, first=first)
    progress("passages alone are fitted")
    rows = weighed()
    cards = [_wanted_cards(retriever, question) for question in questions]
    told = [Example(evidence=w.cards, wanted=y) for w, y in zip(rows, cards, strict=True) if y.any()]
    weights = replace(weights, cards=fit_weights(told))
    progress("cards are fitted")
    rows = weighed()
    passages = fit_weights([Example(evidence=w.passages, wanted=y) for w, y in zip(rows, wanted, strict=True)])
    progress("passages with cards are fitted")
    return replace(weights, passages=passages)


def ask_of(question: HeldOut) -> Ask:
    """The question as it is put to the search."""
    return Ask(question=question.text, role=question.told_role)


def fit_weights(examples: Sequence[Example]) -> dict[str, float]:
    """One weight for each kind of evidence, so that what is wanted gets the largest share of all.

    Minimises the cross-entropy of the shares with a small penalty on the weights. Raises ValueError without examples.
    """
    import torch

    if not examples:
        raise ValueError("there is nothing to fit on")
    names = list(examples[0].evidence)
    values = torch.from_numpy(np.stack([np.stack([e.evidence[n] for n in names], axis=1) for e in examples]))
    wanted = torch.from_numpy(np.stack([example.wanted for example in examples]))
    weights = torch.zeros(len(names), requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=_STEPS, history_size=20, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        shares = torch.log_softmax(values @ weights, dim=1)
        found = -(wanted * shares).sum(dim=1).mean() + _PENALTY * (weights**2).sum() / len(names)
        found.backward()  # type: ignore[no-untyped-call]
        return found

    optimiser.step(loss)  # type: ignore[no-untyped-call]
    return {name: float(weight) for name, weight in zip(names, weights.detach(), strict=True)}


def _wanted_passages(retriever: Retriever, question: HeldOut) -> Scores:
    wanted = np.zeros(len(retriever.chunks), dtype=np.float32)
    for position, ref in enumerate(question.gold):
        wanted[retriever.library.by_provision.get(ref, [])] += 1 / (1 + 0.25 * position)
    for ref in question.right:
        if ref not in question.gold:
            wanted[retriever.library.by_provision.get(ref, [])] += 0.5
    return _share(wanted)


def _wanted_cards(retriever: Retriever, question: HeldOut) -> Scores:
    """The question's own card; for a question about a provision the cards whose answer rests on it."""
    library = retriever.library
    wanted = np.zeros(len(library.cards), dtype=np.float32)
    for at, card in enumerate(library.cards):
        if question.card:
            wanted[at] = float(card.id == question.card)
    return _share(wanted)


def _share(wanted: npt.NDArray[np.float32]) -> Scores:
    total = float(wanted.sum())
    return wanted / np.float32(total) if total else wanted


def fit_logistic(
    rows: Sequence[Mapping[str, float]], right: Sequence[bool], *, penalty: float = 0.02
) -> dict[str, float]:
    """Weights of a logistic, both answers counting the same however often they occur.

    Raises ValueError when one of the answers never occurs.
    """
    if not any(right) or all(right):
        raise ValueError("both answers must occur")
    names = list(rows[0])
    values = np.array([[row[name] for name in names] for row in rows])
    wanted = np.array(right, dtype=np.float64)
    share = np.where(wanted > 0, 0.5 / wanted.sum(), 0.5 / (1 - wanted).sum())
    held = np.array([0.0 if name == "one" else penalty for name in names]) + 1e-9
    weights = np.zeros(len(names))
    for _ in range(40):
        guess = 1 / (1 + np.exp(-(values @ weights)))
        slope = values.T @ (share * (guess - wanted)) + held * weights / len(names)
        bend = (values * (share * guess * (1 - guess))[:, None]).T @ values + np.diag(held / len(names) + 1e-9)
        weights -= np.linalg.solve(bend, slope)
    return dict(zip(names, map(float, weights), strict=True))


def fit_confidence(
    retriever: Retriever, understanding: Understanding, questions: Sequence[HeldOut], unanswerable: Sequence[str]
) -> Weights:
    """Fit whether the sources answer, and whether the nearest card is the one."""
    sure, answered, fit, fitting = [], [], [], []
    for question in questions:
        understood = understanding.read(ask_of(question))
        ranking = retriever.rank(understood, hidden=question.hidden)
        signals = signals_of(ranking, understood.topics)
        sure.append(signals.sure)
        answered.append(True)
        if ranking.cards:
            card = ranking.cards[0].situation
            fit.append(signals.fit)
            fitting.append(card.id == question.card or bool(set(question.right[:1]) & set(card.answers_from[:2])))
    for text in unanswerable:
        understood = understanding.read(Ask(question=text))
        sure.append(signals_of(retriever.rank(understood), understood.topics).sure)
        answered.append(False)
    return replace(retriever.weights, sure=fit_logistic(sure, answered), fit=fit_logistic(fit, fitting))


def fit_all(
    assistant: Assistant, questions: Sequence[HeldOut], unanswerable: Sequence[str], progress: Callable[[str], None]
) -> Weights:
    """Fit search, then confidence on top of it; the assistant's index must hold the questions to hide."""
    retriever, understanding = assistant.steps.retriever, assistant.steps.understanding
    retriever.weights = fit_search(retriever, understanding, questions, progress)
    return fit_confidence(retriever, understanding, questions, unanswerable)
