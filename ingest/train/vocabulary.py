"""Learn the word pieces of the static model."""

from __future__ import annotations

from collections.abc import Iterable

from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers


def train_tokenizer(texts: Iterable[str], *, size: int = 32_000) -> Tokenizer:
    """Train a lower-casing WordPiece tokenizer; § and digits are tokens of their own."""
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]", max_input_chars_per_word=60))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.BertPreTokenizer(), pre_tokenizers.Digits(individual_digits=False)]
    )
    trainer = trainers.WordPieceTrainer(
        vocab_size=size, special_tokens=["[PAD]", "[UNK]"], min_frequency=3, show_progress=False, limit_alphabet=400
    )
    tokenizer.train_from_iterator(texts, trainer=trainer)
    return tokenizer
