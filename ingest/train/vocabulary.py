"""Choose the word pieces of the static model: frequent words whole, and the tails of the words built on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

_PAD, _UNKNOWN = "[PAD]", "[UNK]"
_SHARE_OF_WORDS = 0.65
_MIN_COUNT = 3
_MIN_HEAD = 3
_MIN_TAIL = 2


def train_tokenizer(texts: Iterable[str], *, size: int = 32_000) -> Tokenizer:
    """Build a lower-casing WordPiece tokenizer of at most ``size`` pieces.

    Norwegian builds words by joining them: a rare word is read as the longest frequent word it begins with and a
    tail («barnevern» + «##stjenesten»), so the frequent tails are pieces too. Every character is one, so that no word
    is unknown. Ties are broken by the alphabet: equal texts give equal pieces, which the trainers of the tokenizers
    library do not promise.
    """
    normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    splitter = pre_tokenizers.Sequence(
        [pre_tokenizers.BertPreTokenizer(), pre_tokenizers.Digits(individual_digits=False)]
    )
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(word for word, _ in splitter.pre_tokenize_str(normalizer.normalize_str(text)))
    pieces = _pieces(counts, size)
    tokenizer = Tokenizer(
        models.WordPiece(
            {piece: at for at, piece in enumerate(pieces)}, unk_token=_UNKNOWN, max_input_chars_per_word=60
        )
    )
    tokenizer.normalizer = normalizer
    tokenizer.pre_tokenizer = splitter
    return tokenizer


def _pieces(counts: Counter[str], size: int) -> list[str]:
    letters: Counter[str] = Counter()
    for word, count in counts.items():
        for letter in word:
            letters[letter] += count
    alphabet = [letter for letter, _ in _ranked(letters)][:400]
    pieces = [_PAD, _UNKNOWN, *alphabet, *(f"##{letter}" for letter in alphabet)]
    room = max(0, size - len(pieces))
    frequent = [word for word, count in _ranked(counts) if count >= _MIN_COUNT and len(word) > 1]
    words = frequent[: int(room * _SHARE_OF_WORDS)]
    tails = [f"##{tail}" for tail, _ in _ranked(_tails(counts, frozenset(words)))]
    return [*pieces, *words, *tails[: room - len(words)]]


def _tails(counts: Counter[str], words: frozenset[str]) -> Counter[str]:
    """What is left of each rarer word after the longest frequent word it begins with."""
    tails: Counter[str] = Counter()
    for word, count in counts.items():
        if word in words:
            continue
        for cut in range(len(word) - _MIN_TAIL, _MIN_HEAD - 1, -1):
            if word[:cut] in words:
                tails[word[cut:]] += count
                break
    return tails


def _ranked(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
