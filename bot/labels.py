"""The headings and chips of a card, in bokmål, nynorsk and English."""

from __future__ import annotations

from collections.abc import Mapping

from bot.reply import Language
from corpus.modality import Modality

HEADINGS: Mapping[str, Mapping[Language, str]] = {
    "short_answer": {"nb": "Kort svar", "nn": "Kort svar", "en": "Short answer"},
    "conditions": {"nb": "Vilkår", "nn": "Vilkår", "en": "Conditions"},
    "deadlines": {"nb": "Frister", "nn": "Fristar", "en": "Deadlines"},
    "ages": {"nb": "Aldersgrenser", "nn": "Aldersgrenser", "en": "Age limits"},
    "exceptions": {"nb": "Unntak", "nn": "Unntak", "en": "Exceptions"},
    "binds": {"nb": "Gjelder for", "nn": "Gjeld for", "en": "Binds"},
    "missing": {"nb": "Avgjørende å vite", "nn": "Avgjerande å vite", "en": "What decides"},
    "see_also": {"nb": "Se også", "nn": "Sjå òg", "en": "See also"},
    "mistake": {"nb": "Vanlig feil", "nn": "Vanleg feil", "en": "Common mistake"},
    "sources": {"nb": "Kilder", "nn": "Kjelder", "en": "Sources"},
    "nearest": {"nb": "Nærmest i kildene", "nn": "Nærast i kjeldene", "en": "Nearest in the sources"},
    "ask": {"nb": "Spør her", "nn": "Spør her", "en": "Ask here"},
}

CHIPS: Mapping[Modality, Mapping[Language, str]] = {
    Modality.PLIKT: {"nb": "PLIKT", "nn": "PLIKT", "en": "DUTY"},
    Modality.RETT: {"nb": "RETT", "nn": "RETT", "en": "RIGHT"},
    Modality.KAN: {"nb": "KAN", "nn": "KAN", "en": "MAY"},
    Modality.FORBUD: {"nb": "FORBUD", "nn": "FORBOD", "en": "MUST NOT"},
    Modality.UNNTAK: {"nb": "UNNTAK", "nn": "UNNTAK", "en": "EXCEPTION"},
    Modality.BOR: {"nb": "BØR", "nn": "BØR", "en": "SHOULD"},
    Modality.FAKTA: {"nb": "REGEL", "nn": "REGEL", "en": "RULE"},
}
