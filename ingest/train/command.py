"""Train the bundled embedding model: one command, the same result for the same seed and data."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from corpus.embed import StaticEmbedder
from corpus.errors import UsageError
from corpus.knowledge import Knowledge, load_knowledge

if TYPE_CHECKING:
    from ingest.train.measure import Figures

NEEDED = (
    "lovdata/gjeldende-lover.tar.bz2",
    "lovdata/gjeldende-sentrale-forskrifter.tar.bz2",
    "norquad/norquad_train.jsonl.bz2",
    "general/norec_sample.txt.bz2",
)
DIMENSIONS = 256
VOCABULARY = 32_000


class Progress(Protocol):
    """Told how far each step is."""

    def __call__(self, step: str, done: int, total: int) -> None: ...


def train(data: Path, out: Path, *, seed: int, progress: Progress) -> None:
    """Fit on general Norwegian and law first, then on the knowledge base's own pairs; write model and card.

    Raises UsageError when a data file is missing.
    """
    for name in NEEDED:
        if not (data / name).is_file():
            raise UsageError(
                f"{data / name} is missing.", remedy="See corpus/model/README.md for where the data come from."
            )
    from ingest.train.fit import Fitter
    from ingest.train.measure import measure
    from ingest.train.pairs import general_pairs, norquad, pairs_of_knowledge, vocabulary_texts
    from ingest.train.save import save_model
    from ingest.train.vocabulary import train_tokenizer

    rng = random.Random(seed)
    knowledge = load_knowledge()
    progress("leser data", 0, 1)
    pairs = general_pairs(data, rng)
    own = list(pairs_of_knowledge(knowledge))
    progress("leser data", 1, 1)
    # The knowledge base's own words come many times, so that every one of them gets a piece.
    texts = [text for pair in pairs[::3] for text in pair] + [text for pair in own for text in pair] * 5
    tokenizer = train_tokenizer(vocabulary_texts(texts, data), size=VOCABULARY)
    fitter = Fitter(tokenizer, dimensions=DIMENSIONS, seed=seed)
    fitter.fit(
        pairs,
        epochs=3,
        batch=2048,
        rate=0.01,
        on_progress=lambda done, total: progress("lov og språk", done, total),
    )
    # A share of general pairs keeps what was learned while the field's own questions are fitted.
    mixed = own + rng.sample(pairs, len(own) // 2)
    rng.shuffle(mixed)
    fitter.fit(
        mixed, epochs=8, batch=128, rate=0.005, on_progress=lambda done, total: progress("egne spørsmål", done, total)
    )
    save_model(out, tokenizer, fitter.vectors)
    held_out = [(question, passage) for question, passage, held in norquad(data) if held]
    figures = measure(StaticEmbedder(out), held_out)
    (out / "README.md").write_text(
        _card(knowledge, seed=seed, general=len(pairs), own=len(own), figures=figures, size=_size(out)),
        encoding="utf-8",
    )


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir() if path.suffix in (".safetensors", ".json"))


def _card(knowledge: Knowledge, *, seed: int, general: int, own: int, figures: Figures, size: int) -> str:
    return f"""# hjemmel-static-256: the bundled embedding model

A static embedding: each word piece has one vector of {DIMENSIONS} numbers, a text is the mean of its pieces.
It is made for Norwegian law and for the way staff ask about it, runs without torch in well under a millisecond a text,
and needs no network.
sentence-transformers loads this folder as it is (`SentenceTransformer("corpus/model")`).

## Data
| what | pairs | licence |
|---|---|---|
| Lovdata's open data (2025-11-08), everyday Norwegian (NoReC), NorQuAD | {general:,} | NLOD 2.0; CC BY-NC 4.0 for \
NoReC's texts, embeddings made from them are free; CC0 |
| this knowledge base: {len(knowledge.situations)} situation cards, {len(knowledge.provisions)} provisions, \
{len(knowledge.learned)} questions that are not held out, {len(knowledge.glossary)} concepts \
| {own:,} | this project's |

None of the evaluation cases under `eval/cases/` is among them, and none of the data themselves is shipped.

## How it was made
Word pieces: {VOCABULARY:,}, lower-cased: frequent words whole, and the tails of the words built on them.
Fit: in-batch negatives, both directions, scale 20; three passes over the general pairs (batch 2 048), then eight over
the knowledge base's own pairs with half as many general ones among them (batch 128).
Stored in 8 bits with one scale a piece: {size / 1e6:.1f} MB with the tokenizer.

Retrain with one command (about ten minutes on two cores):

    hjemmel corpus train --data DIR --seed {seed}

`DIR` holds {", ".join(f"`{name}`" for name in NEEDED)}.

## Figures
Printed by that command, on NorQuAD texts that were held out of training ({figures.questions} questions,
{figures.passages} passages): hit@1 {figures.hit1:.3f}, hit@5 {figures.hit5:.3f}.
How it does on questions of this field stands in the main README, as `hjemmel eval` prints it.

## Limits
It knows no word order and no negation, little English, and nothing of other fields.
It is one arm of several and is never the reason alone for an answer.

## Licence
MIT for the weights, as the code; attribution to Lovdata for the law texts (NLOD 2.0).
"""
