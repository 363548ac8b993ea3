"""Make training pairs: two texts that should lie near each other."""

from __future__ import annotations

import bz2
import json
import random
import zlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path

from corpus.knowledge import Knowledge
from corpus.language import detect_language
from corpus.provision import ProvisionRef
from corpus.sentence import sentence_spans
from corpus.situation import Situation
from corpus.split import Split
from ingest.read.lovdata import LegalAct, read_archive

Pair = tuple[str, str]
MAX_CHARACTERS = 700


def law_texts(data: Path) -> Iterator[LegalAct]:
    """Every act and central regulation in Lovdata's archives that answers by itself."""
    for name in ("gjeldende-lover.tar.bz2", "gjeldende-sentrale-forskrifter.tar.bz2"):
        for act in read_archive(data / "lovdata" / name):
            if act.in_force and not act.is_changing:
                yield act


def pairs_of_act(act: LegalAct) -> Iterator[Pair]:
    """Heading to sentence, act and heading to section, sentence to next sentence, sentence to the rest."""
    name = act.short.split(" – ")[0] or act.title
    for section in act.sections:
        body = " ".join(section.ledd)
        sentences = [body[a:b] for a, b in sentence_spans(body)]
        sentences = [sentence for sentence in sentences if len(sentence) > 25]
        if section.heading:
            yield f"{name} {section.heading}", body[:MAX_CHARACTERS]
            for sentence in sentences[:6]:
                yield section.heading, sentence[:MAX_CHARACTERS]
        for first, second in pairwise(sentences[:8]):
            yield first[:MAX_CHARACTERS], second[:MAX_CHARACTERS]
        if len(sentences) > 2:
            yield sentences[0][:MAX_CHARACTERS], " ".join(sentences[1:])[:MAX_CHARACTERS]


def norquad(data: Path) -> Iterator[tuple[str, str, bool]]:
    """Question, the passage around its answer, and whether the pair is held out for the model's figures.

    Every seventh text is held out, all its questions with it.
    """
    with bz2.open(data / "norquad" / "norquad_train.jsonl.bz2", "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            start = max(0, (row["answer_start"] or [0])[0] - 300)
            held_out = zlib.crc32(row["context_id"].encode()) % 7 == 0
            yield row["question"], row["context"][start : start + MAX_CHARACTERS], held_out


def general_sentences(data: Path, *, limit: int = 250_000) -> Iterator[str]:
    """Everyday Norwegian, for the vocabulary."""
    with bz2.open(data / "general" / "norec_sample.txt.bz2", "rt", encoding="utf-8") as file:
        for number, line in enumerate(file):
            if number >= limit:
                return
            if len(line) > 20:
                yield line.strip()


def pairs_of_general(data: Path, rng: random.Random, *, limit: int = 60_000) -> list[Pair]:
    """Sentence to next sentence in everyday prose, so that everyday words get a place too."""
    found: list[Pair] = []
    for text in general_sentences(data):
        sentences = [text[a:b] for a, b in sentence_spans(text)]
        sentences = [sentence for sentence in sentences if 30 < len(sentence) < 300]
        found += pairwise(sentences)
    rng.shuffle(found)
    return found[:limit]


def pairs_of_knowledge(knowledge: Knowledge) -> Iterator[Pair]:
    """Question to situation, claims, provision and another question about the same; claim to its translations.

    Questions that are held out for measuring are left out.
    """
    texts = {
        section.provision: (section.heading, statute.document.text[section.start : section.end])
        for statute in knowledge.statutes
        for section in statute.document.sections
    }
    for card in knowledge.situations:
        yield from _pairs_of_card(card, texts)
    asked: dict[str, list[str]] = {}
    for row in knowledge.questions:
        if row.split is Split.TRAIN:
            for target in (row.target, *row.also):
                asked.setdefault(target, []).append(row.text)
    for target, questions in asked.items():
        heading, body = texts.get(ProvisionRef.parse(target), ("", ""))
        for question, other in zip(questions, [*questions[1:], questions[0]], strict=True):
            yield question, other
            if body:
                yield question, f"{heading} {body}"[:MAX_CHARACTERS]
    for concept in knowledge.glossary:
        about = " ".join(filter(None, (concept.term, concept.expands, concept.definition)))
        for word in concept.words:
            yield word, about
    for heading, body in texts.values():
        for a, b in sentence_spans(body):
            if b - a > 25:
                yield heading, body[a:b]


def _pairs_of_card(card: Situation, texts: Mapping[ProvisionRef, tuple[str, str]]) -> Iterator[Pair]:
    about = f"{card.title}. {card.situation}"
    answers = {
        "nb": " ".join(claim.text for claim in card.answer)[:MAX_CHARACTERS],
        "nn": " ".join(claim.nn for claim in card.answer)[:MAX_CHARACTERS],
        "en": " ".join(claim.en for claim in card.answer)[:MAX_CHARACTERS],
    }
    yield about, answers["nb"]
    yield answers["en"], about
    yield answers["nn"], about
    if card.split is Split.TRAIN:
        for question, other in zip(card.questions, [*card.questions[1:], card.questions[0]], strict=True):
            yield question, about
            yield question, answers["nb"]
            yield question, answers[detect_language(question)]
            yield question, other
            for ref in card.cited[:3]:
                if ref in texts:
                    yield question, texts[ref][1][:MAX_CHARACTERS]
    for claim in card.claims:
        for told in (claim.nn, claim.en):
            if told:
                yield told, claim.text
        if claim.en:
            yield claim.en, claim.basis[0].quote


def general_pairs(data: Path, rng: random.Random) -> list[Pair]:
    """All pairs that do not come from this project's own knowledge base, shuffled."""
    pairs = [pair for act in law_texts(data) for pair in pairs_of_act(act)]
    pairs += pairs_of_general(data, rng)
    pairs += 3 * [(question, passage) for question, passage, held_out in norquad(data) if not held_out]
    rng.shuffle(pairs)
    return pairs


def vocabulary_texts(texts: Iterable[str], data: Path) -> Iterator[str]:
    """What the word pieces are learned from: the given texts and everyday Norwegian."""
    yield from texts
    yield from general_sentences(data)
