"""Share questions out by situation, so that what is measured was never learned from: train, dev or test."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from corpus.chunk import content_id
from corpus.similar import SAME_SCENE, similar_pairs


class Split(StrEnum):
    """``train`` is searched and learned from, ``dev`` is for tuning, ``test`` for telling how good it is."""

    TRAIN = "train"
    DEV = "dev"
    TEST = "test"


DEV_SHARE, TEST_SHARE = 0.09, 0.09


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A question, the situation it tells of, and where that situation belongs; empty until decided."""

    text: str
    situation: str = ""
    split: Split | None = None


def split_of(situation: str) -> Split:
    """Where a situation falls: the same for the same name, always.

    >>> split_of("melde-helse-01") is split_of("melde-helse-01")
    True
    """
    share = int(content_id(situation), 16) / 16**20
    if share < TEST_SHARE:
        return Split.TEST
    return Split.DEV if share < TEST_SHARE + DEV_SHARE else Split.TRAIN


def place(questions: Sequence[Placed]) -> tuple[Placed, ...]:
    """Give every question a situation and a split: what is decided stays, and alike scenes go together.

    >>> [q.situation for q in place([Placed(text="Må jeg melde?", situation="a", split=Split.DEV),
    ...                              Placed(text="Må eg melde?")])]
    ['a', 'a']
    """
    owner = list(range(len(questions)))

    def root(at: int) -> int:
        while owner[at] != at:
            owner[at] = owner[owner[at]]
            at = owner[at]
        return at

    for first, second, _ in similar_pairs([question.text for question in questions], SAME_SCENE):
        if not (questions[first].situation and questions[second].situation):
            owner[root(second)] = root(first)
    decided: dict[int, Placed] = {}
    for at, question in enumerate(questions):
        if question.situation:
            decided.setdefault(root(at), question)
    found = []
    for at, question in enumerate(questions):
        if question.situation:
            found.append(replace(question, split=question.split or split_of(question.situation)))
            continue
        leader = decided.get(root(at))
        situation = leader.situation if leader else f"q-{content_id(questions[root(at)].text)[:10]}"
        split = leader.split if leader and leader.split else split_of(situation)
        found.append(replace(question, situation=situation, split=split))
    return tuple(found)
