"""Embedding models: the bundled one read two ways, any other by setting, and clear words when it cannot be had."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.embed import BUNDLED, StaticEmbedder, TransformerEmbedder, open_embedder
from corpus.errors import EmbedderUnavailable
from corpus.settings import Settings

TEXTS = ["Må jeg melde fra til barnevernet?", "taushetsplikt", "§ 33 og 16 år", "👩‍⚕️", "", "x" * 5000]


def test_the_bundled_model_gives_the_vectors_that_sentence_transformers_gives() -> None:
    ours, theirs = StaticEmbedder().passages(TEXTS[:4]), TransformerEmbedder(str(BUNDLED)).passages(TEXTS[:4])
    assert np.abs(ours - theirs).max() < 1e-3


def test_vectors_have_length_one_whatever_the_text() -> None:
    vectors = StaticEmbedder().passages(TEXTS)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_related_words_lie_nearer_than_unrelated_ones() -> None:
    embed = StaticEmbedder()
    asked = embed.question("plikt til å melde fra til barnevernet")
    near, far = embed.passages(
        ["Helsepersonell skal gi opplysninger til barnevernstjenesten", "Fiskefartøy i nordsjøen"]
    )
    assert float(asked @ near) > float(asked @ far) + 0.1


def test_the_shipped_model_is_small() -> None:
    assert sum(path.stat().st_size for path in BUNDLED.iterdir()) < 25e6
    assert (BUNDLED / "README.md").is_file()


def test_another_model_is_one_setting_and_its_prefixes_are_part_of_its_name() -> None:
    plain = open_embedder(Settings(embedder=f"sentence-transformers:{BUNDLED}"))
    prefixed = open_embedder(Settings(embedder=f"sentence-transformers:{BUNDLED}", query_prefix="query: "))
    assert plain.name != prefixed.name
    assert not np.allclose(plain.question("melde"), prefixed.question("melde"))
    assert np.allclose(plain.passages(["melde"]), prefixed.passages(["melde"]))


@pytest.mark.parametrize(
    ("setting", "what"),
    [
        ("sentence-transformers:/finnes/ikke", "cannot be loaded"),
        ("openai", "Use 'bundled'"),
        ("sentence-transformers:", "Use 'bundled'"),
    ],
)
def test_a_model_that_cannot_be_had_says_what_to_do(setting: str, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(EmbedderUnavailable, match=what):
        open_embedder(Settings(embedder=setting))


def test_a_broken_folder_says_so(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"nothing")
    with pytest.raises(EmbedderUnavailable, match="Restore the folder"):
        StaticEmbedder(tmp_path)
