"""A cross-encoder by setting: loaded from a folder, at most ten passages, and clear words when it cannot be had."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from bot.assistant import Assistant, assemble
from bot.question import Ask
from corpus.errors import EmbedderUnavailable
from corpus.rerank import AT_MOST, blended, open_reranker
from corpus.settings import Settings


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cross-encoder with a few random weights, saved as sentence-transformers saves one."""
    from sentence_transformers import CrossEncoder
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    path = tmp_path_factory.mktemp("reranker")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"abcdefghijklmnopqrstuvwxyzæøå", *[f"##{c}" for c in "abc"]]
    (path / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    config = BertConfig(
        vocab_size=len(words), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16,
        max_position_embeddings=64, num_labels=1,
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(path / "raw")
    BertTokenizerFast(vocab_file=str(path / "vocab.txt"), model_max_length=64).save_pretrained(path / "raw")
    CrossEncoder(str(path / "raw"), device="cpu").save_pretrained(str(path / "saved"))
    return path / "saved"


def test_a_cross_encoder_is_read_from_a_folder(folder: Path) -> None:
    reranker = open_reranker(Settings(reranker=f"sentence-transformers:{folder}"))
    assert reranker is not None
    scores = reranker.scores("må jeg melde", ["plikt til å melde", "taushetsplikt"])
    assert scores.shape == (2,)
    assert np.isfinite(scores).all()
    assert np.allclose(scores, reranker.scores("må jeg melde", ["plikt til å melde", "taushetsplikt"]))


def test_none_is_the_default() -> None:
    assert open_reranker(Settings()) is None


@pytest.mark.parametrize(
    ("setting", "what"), [("sentence-transformers:/finnes/ikke", "cannot be loaded"), ("openai", "Use 'none'")]
)
def test_a_model_that_cannot_be_had_says_what_to_do(setting: str, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(EmbedderUnavailable, match=what):
        open_reranker(Settings(reranker=setting))


class Backwards:
    """Prefers what came last, and remembers how many it was given."""

    def __init__(self) -> None:
        self.given: list[int] = []

    def scores(self, question: str, passages: Sequence[str]) -> npt.NDArray[np.float32]:
        self.given.append(len(passages))
        return np.arange(len(passages), dtype=np.float32) ** 4


def test_the_first_ten_are_ordered_anew_and_no_more(assistant: Assistant) -> None:
    backwards = Backwards()
    again = assemble(assistant.knowledge, assistant.steps.embedder, assistant.index, reranker=backwards)
    ask = Ask(question="Foreldrene vil se journalen til datteren sin, hva gjør jeg?")
    before, after = assistant.search(ask).hits, again.search(ask).hits
    assert backwards.given == [AT_MOST]
    ids = [hit.chunk.id for hit in before]
    assert sorted(ids[:AT_MOST]) == sorted(hit.chunk.id for hit in after[:AT_MOST])
    assert ids[:AT_MOST] != [hit.chunk.id for hit in after[:AT_MOST]]
    assert ids[AT_MOST:] == [hit.chunk.id for hit in after[AT_MOST:]]


def test_a_named_section_is_not_reordered(assistant: Assistant) -> None:
    backwards = Backwards()
    again = assemble(assistant.knowledge, assistant.steps.embedder, assistant.index, reranker=backwards)
    first = again.search(Ask(question="hpl § 33")).hits[0]
    assert str(first.chunk.provision) == "lov/1999-07-02-64/§33"
    assert backwards.given == []


def test_both_rankings_count_the_same() -> None:
    shares = np.array([0.6, 0.3, 0.1], dtype=np.float32)
    assert blended(shares, np.zeros(3, dtype=np.float32)).argmax() == 0
    assert blended(shares, np.array([0, 0, 5], dtype=np.float32)).argmax() in (0, 2)
