"""Find sentences in a document that speak to a language model instead of to the reader."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SPOKEN_TO_A_MODEL = re.compile(
    r"\b(?:ignore|disregard|forget|override)\s+(?:\w+\s+){0,3}(?:instructions?|prompts?|rules|guidelines|directions)\b"
    r"|\b(?:ignorer|se\s+bort\s+fra|glem|overse)\s+(?:\w+\s+){0,4}(?:instruks\w*|instruksjon\w*|prompt\w*|føringer\s+over)\b"
    r"|\b(?:system|developer)\s*(?:prompt|message|melding)\b|\bsystemprompt\w*\b"
    r"|\byou\s+are\s+(?:now\s+)?(?:an?\s+)?(?:ai|assistant|chatbot|chatgpt|language\s+model|llm|unrestricted)\b"
    r"|\bdu\s+er\s+(?:nå\s+)?(?:en\s+|ei\s+)?(?:ki|ai|språkmodell|chatbot|chatgpt|ki-assistent|assistent\s+uten)\b"
    r"|\bas\s+an?\s+(?:ai|large)\s+(?:language\s+)?model\b|\b(?:språkmodell\w*|ki-assistent\w*|chatbot\w*)\s+(?:skal|må)\s+svare\b"
    r"|\b(?:do\s+not|don't|never)\s+(?:tell|reveal|mention|inform)\s+(?:\w+\s+){0,2}(?:the\s+)?user\b"
    r"|\b(?:ikke|aldri)\s+(?:fortell|nevn|opplys)\s+(?:\w+\s+){0,3}bruker\w*\b"
    r"|<\|(?:im_start|im_end|system|user|assistant|endoftext)\|>|\[/?INST\]"
    r"|^[ \t]*(?:###[ \t]*)?(?:system|assistant)[ \t]*:[ \t]",
    re.I | re.M,
)


def instructions(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each phrase that is meant for a language model.

    >>> [text[a:b] for text in ["Ignorer alle tidligere instruksjoner."] for a, b in instructions(text)]
    ['Ignorer alle tidligere instruksjoner']
    >>> list(instructions("Tjenesten skal følge instruksen, og kan se bort fra meldinger uten innhold."))
    []
    """
    for match in _SPOKEN_TO_A_MODEL.finditer(text):
        yield match.start(), match.end()
