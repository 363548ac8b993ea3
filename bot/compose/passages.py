"""Draft a card from passages alone: the rule in the sources' own sentences, never a yes or a no."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.compose.drafts import CardDraft
from bot.retrieve import Hit
from bot.understand import Understood
from bot.verify import Draft, Support
from corpus.chunk import Chunk
from corpus.embed import Embedder
from corpus.lexical import LexicalIndex
from corpus.modality import Modality
from corpus.provision import ProvisionRef
from corpus.sentence import Part, Sentence

MAX_SHORT = 3
MAX_SECTION = 4
_LEAD = 0.25
"""A passage below this share of the best one's share contributes no sentence."""
_SHARED = 0.35
"""How much the passages' shares count beside how near each sentence is."""
_OPENING = 6
"""Sentences of one ledd that begin with this many equal words are letters of one rule."""
_ALIKE = 0.75
_ASKS_TIME = re.compile(
    r"\b(?:frist\w*|hvor (?:lenge|lang tid|fort|raskt|snart)|når|kor (?:lenge|lang tid|fort)|how long|deadline|when)\b",
    re.I,
)
_ASKS_PLACE = re.compile(
    r"\b(?:hvor|kor|where)\b(?!\s+(?:lenge|lang\w*|mange|mye|mykje|raskt|fort|gam\w+|snart))", re.I
)
_ASKS_WHO = re.compile(r"\b(?:hvem|kven|who|hvilke[nt]?|kva for)\b", re.I)
_ASKS_AGE = re.compile(r"\b(?:hvor gam\w+|alder\w*|aldersgrens\w*|kor gam\w+|how old|age)\b", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scored:
    chunk: Chunk
    sentence: Sentence
    score: float


def from_passages(
    understood: Understood, hits: Sequence[Hit], embedder: Embedder, *, idle: frozenset[ProvisionRef] = frozenset()
) -> CardDraft:
    """Choose the sentences nearest the question among the leading passages.

    The short answer holds at most three; conditions, deadlines, ages and exceptions come from the same provisions.
    Of provisions that are not in force (``idle``) that fact is said first.
    """
    leading = [hit for hit in hits if hit.score >= _LEAD * hits[0].score][:6]
    scored = _score(understood, leading, embedder)
    if not scored:
        return CardDraft(title="", short_answer=())
    short = sorted(_short(scored), key=lambda item: not _says_idle(item, idle))
    used = {id(item.sentence) for item in short}
    main = dict.fromkeys(item.chunk.provision for item in short)
    rest = [item for item in scored if item.chunk.provision in main and id(item.sentence) not in used]
    conditions = _take(rest, used, lambda s: s.part is Part.CONDITION)
    exceptions = _take(rest, used, lambda s: s.part is Part.EXCEPTION or s.modality is Modality.UNNTAK)
    deadlines = _take(_one_a_limit([*short, *rest]), set(), lambda s: s.deadline is not None)
    ages = _take(rest, used, lambda s: bool(s.ages))
    return CardDraft(
        title=short[0].chunk.heading,
        short_answer=_drafts(short),
        conditions=_drafts(conditions),
        deadlines=_drafts(deadlines),
        ages=_drafts(ages),
        exceptions=_drafts(exceptions),
        see_also=_neighbours(hits, main),
    )


def _score(understood: Understood, hits: Sequence[Hit], embedder: Embedder) -> list[_Scored]:
    pairs = [(hit, sentence) for hit in hits for sentence in hit.chunk.sentences]
    if not pairs:
        return []
    texts = [f"{hit.chunk.heading}. {hit.chunk.quote(sentence)}" for hit, sentence in pairs]
    lexical = LexicalIndex.of(texts)
    words, grams = lexical.by_words(understood.expanded), lexical.by_grams(understood.question)
    dense = embedder.passages(texts) @ embedder.question(understood.expanded)
    top = hits[0].score or 1.0
    question = understood.question
    asked = (_ASKS_TIME, _ASKS_AGE, _ASKS_PLACE, _ASKS_WHO)
    asks_time, asks_age, asks_place, asks_who = (pattern.search(question) for pattern in asked)
    scored = []
    for at, (hit, sentence) in enumerate(pairs):
        score = float(0.35 * words[at] + 0.3 * grams[at] + 0.35 * max(0.0, float(dense[at])))
        score += 0.05 if sentence.modality is not Modality.FAKTA else 0.0
        score += 0.25 if asks_time and (sentence.deadline or _YEAR.search(texts[at])) else 0.0
        score += 0.15 if asks_age and sentence.ages else 0.0
        score += 0.15 if asks_place and _PROPER.search(hit.chunk.quote(sentence)) else 0.0
        score += 0.1 if asks_who and len(_PROPER.findall(hit.chunk.quote(sentence))) > 1 else 0.0
        scored.append(_Scored(chunk=hit.chunk, sentence=sentence, score=score * (hit.score / top) ** _SHARED))
    return sorted(_letters_in_order(scored), key=lambda item: (-item.score, item.chunk.source, item.sentence.start))


_PROPER = re.compile(r"(?<=[a-zæøå,] )[A-ZÆØÅ][a-zæøå]{2,}")
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")


def _says_idle(item: _Scored, idle: frozenset[ProvisionRef]) -> bool:
    return item.chunk.provision in idle and "kraft" in item.chunk.quote(item.sentence)


def _letters_in_order(scored: Sequence[_Scored]) -> Iterator[_Scored]:
    """Let the letters of one rule stand in the law's order unless one of them is clearly nearer the question.

    They begin with the same words, so small differences between their scores say little.
    """
    groups: dict[tuple[str, ...], list[_Scored]] = {}
    for item in scored:
        opening = item.chunk.quote(item.sentence).split()[:_OPENING]
        groups.setdefault((item.chunk.source, str(item.chunk.provision), item.sentence.ledd, *opening), []).append(item)
    for group in groups.values():
        best = max(item.score for item in group)
        near = [item for item in group if item.score >= _ALIKE * best]
        for place, item in enumerate(sorted(near, key=lambda item: item.sentence.start)):
            yield replace(item, score=best * (1 - 0.001 * place))
        yield from (item for item in group if item.score < _ALIKE * best)


def _short(scored: Sequence[_Scored]) -> list[_Scored]:
    best = scored[0].score
    chosen = [item for item in scored if item.score >= 0.6 * best][:MAX_SHORT]
    seen: set[str] = set()
    kept = []
    for item in chosen:
        text = item.chunk.quote(item.sentence)
        if text not in seen:
            seen.add(text)
            kept.append(item)
    return kept


def _one_a_limit(items: Iterable[_Scored]) -> Iterator[_Scored]:
    """The best sentence for each limit and start event; the letters of one duty often share them."""
    seen: set[tuple[str, str]] = set()
    for item in items:
        deadline = item.sentence.deadline
        key = (deadline.limit.lower(), deadline.start.lower()) if deadline else ("", "")
        if deadline and key not in seen:
            seen.add(key)
            yield item


def _take(items: Iterable[_Scored], used: set[int], wanted: Callable[[Sentence], bool]) -> list[_Scored]:
    found = []
    for item in items:
        if id(item.sentence) not in used and wanted(item.sentence):
            used.add(id(item.sentence))
            found.append(item)
    return found[:MAX_SECTION]


def _drafts(items: Iterable[_Scored]) -> tuple[Draft, ...]:
    return tuple(
        Draft(
            text=_spoken(item.chunk.quote(item.sentence)),
            modality=item.sentence.modality,
            support=(Support(chunk=item.chunk.id, quote=item.chunk.quote(item.sentence)),),
        )
        for item in items
    )


def _spoken(quote: str) -> str:
    """Read a list item or a table row as running text.

    >>> _spoken("| RHF | x | |"), _spoken("- **Mål**: samarbeid")
    ('RHF · x', 'Mål: samarbeid')
    """
    text = (
        " · ".join(cell.strip() for cell in quote.strip("| ").split("|") if cell.strip()) if quote[:1] == "|" else quote
    )
    return re.sub(r"\*\*|__|`|^[-*•]\s+", "", text).strip()


def _neighbours(hits: Sequence[Hit], main: Iterable[ProvisionRef]) -> tuple[ProvisionRef, ...]:
    taken = set(main)
    found = [hit.chunk.provision for hit in hits if hit.chunk.provision not in taken]
    return tuple(dict.fromkeys(found))[:5]
