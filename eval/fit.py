"""Fit the weights of search on the dev questions: deterministic, in a minute, never with a test question."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from bot.question import Ask
from bot.retrieve import Retriever, Weighed
from bot.search.library import Scores
from bot.search.weights import Weights
from bot.understand import Understanding
from corpus.embed import Embedder
from eval.held_out import HeldOut

_PENALTY = 2e-3
_STEPS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One question's evidence, and how the right passages or cards share the blame: shape (items,), sums to 1."""

    evidence: Mapping[str, Scores]
    wanted: Scores


def fit_search(
    retriever: Retriever, understanding: Understanding, embedder: Embedder, questions: Sequence[HeldOut],
    progress: Callable[[str], None],
) -> Weights:  # fmt: skip
    """Fit passages alone, then cards, then passages with what the cards say."""
    weights = retriever.weights

    def weighed() -> list[Weighed]:
        retriever.weights = weights
        found = []
        for question in questions:
            understood = understanding.read(Ask(question=question.text))
            found.append(retriever.weigh(understood, embedder.question(understood.expanded)))
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
