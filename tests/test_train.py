"""Training: pairs from real law, the same model for the same seed, and a folder that loads."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from corpus.embed import StaticEmbedder
from corpus.errors import UsageError
from corpus.knowledge import load_knowledge
from ingest.read.lovdata import parse_act, read_archive
from ingest.train.command import train
from ingest.train.fit import Fitter
from ingest.train.measure import measure
from ingest.train.pairs import norquad, pairs_of_act, pairs_of_knowledge
from ingest.train.save import quantise, save_model
from ingest.train.vocabulary import train_tokenizer
from tests.shared import shared

TOPICS = ("melding", "samtykke", "journal", "fosterhjem", "tannlege", "politi", "skole", "rus")
PAIRS = [(f"spørsmål om {topic} nummer {n}", f"svaret om {topic} er regel {n}") for topic in TOPICS for n in range(12)]

ACT = """<!DOCTYPE html>
<html><header class="documentHeader"><dl class="data-document-key-info">
<dt class="refid">RefID</dt><dd class="refid">lov/2000-01-01-1</dd>
<dt class="title">Tittel</dt><dd class="title">Lov om prøver (prøveloven)</dd>
<dt class="dateInForce">I kraft</dt><dd class="dateInForce">2001-01-01</dd></dl></header>
<main id="dokument"><article class="legalArticle" data-name="§ 3-9 b" data-lovdata-URL="NL/lov/2000-01-01-1/§3-9b">
<h3 class="legalArticleHeader"><span class="legalArticleValue">§ 3-9 b</span>
<span class="legalArticleTitle">Prøver</span></h3>
<article class="legalP">Første ledd gjelder:<ol><li data-name="a."><article class="listArticle">en ting</article></li>
<li data-name="b."><article class="listArticle">en annen</article></li></ol></article>
<article class="changesToParent">Endret ved lov.</article></article></main></html>"""


def fitted(seed: int) -> np.ndarray:
    tokenizer = train_tokenizer((text for pair in PAIRS * 3 for text in pair), size=300)
    fitter = Fitter(tokenizer, dimensions=16, seed=seed)
    fitter.fit(PAIRS, epochs=8, batch=16, rate=0.02, on_progress=lambda done, total: None)
    return fitter.vectors


def test_the_same_seed_gives_the_same_vectors_and_another_does_not() -> None:
    assert np.array_equal(fitted(1), fitted(1))
    assert not np.array_equal(fitted(1), fitted(2))


def test_training_brings_the_two_texts_of_a_pair_together(tmp_path: Path) -> None:
    tokenizer = train_tokenizer((text for pair in PAIRS * 3 for text in pair), size=300)
    fitter = Fitter(tokenizer, dimensions=16, seed=1)
    save_model(tmp_path / "before", tokenizer, fitter.vectors)
    before = measure(StaticEmbedder(tmp_path / "before"), PAIRS)
    fitter.fit(PAIRS, epochs=30, batch=16, rate=0.02, on_progress=lambda done, total: None)
    save_model(tmp_path / "after", tokenizer, fitter.vectors)
    after = measure(StaticEmbedder(tmp_path / "after"), PAIRS)
    assert after.hit5 > before.hit5 + 0.1


def test_eight_bits_keep_the_direction() -> None:
    vectors = np.random.default_rng(1).normal(size=(50, 32)).astype(np.float32)
    rows, scales = quantise(vectors)
    restored = rows.astype(np.float32) * scales[:, None]
    cosine = (vectors * restored).sum(1) / np.linalg.norm(vectors, axis=1) / np.linalg.norm(restored, axis=1)
    assert cosine.min() > 0.999


def test_an_act_is_parsed_by_its_names_and_its_list_items_are_kept_apart() -> None:
    act = parse_act(ACT)
    assert (act.id, act.in_force, act.is_changing) == ("lov/2000-01-01-1", "2001-01-01", False)
    section = act.sections[0]
    assert (section.name, section.heading) == ("§3-9b", "Prøver")
    assert section.ledd == ("Første ledd gjelder: en ting en annen",)
    assert ("Prøver", "Første ledd gjelder: en ting en annen") in set(pairs_of_act(act))


def test_missing_data_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="gjeldende-lover"):
        train(tmp_path, tmp_path / "out", seed=1, progress=lambda step, done, total: None)


def test_the_knowledge_base_gives_pairs_and_none_is_an_evaluation_case() -> None:
    from eval.case import load_cases

    pairs = list(pairs_of_knowledge(load_knowledge()))
    assert len(pairs) > 5000
    texts = {text for pair in pairs for text in pair}
    assert [case.id for case in load_cases() if case.question in texts] == []


def test_real_archives_are_read() -> None:
    acts = list(read_archive(shared("data/lovdata/gjeldende-lover.tar.bz2")))
    assert len(acts) == 755
    act = next(act for act in acts if act.id == "lov/1999-07-02-64")
    assert any(section.name == "§33" and len(section.ledd) == 4 for section in act.sections)
    assert sum(not act.in_force for act in acts) >= 30


def test_held_out_questions_share_no_text_with_trained_ones() -> None:
    rows = list(norquad(shared("data")))
    held, kept = {p for _, p, out in rows if out}, {p for _, p, out in rows if not out}
    assert held
    assert not held & kept
    assert random.Random(1).sample(sorted(held), 2) == random.Random(1).sample(sorted(held), 2)
