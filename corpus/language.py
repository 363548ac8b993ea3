"""Tell which written language a text is in."""

from __future__ import annotations

import re
from typing import Literal

Language = Literal["nb", "nn", "en"]

# Only words that the other written language does not have.
_NN = frozenset(
    """
    ikkje eg ein eit ei me dei ho kva kven kvar korleis kvifor kor nokon noko  vere vore frå dykk
    seier guten heime skulen meir berre sjølv gjer gjere veit høyrer fleire barnevernstenesta tenesta
    opplysningar bekymra born veka veker månad månader foreldra spørje samtykkje teieplikt teieplikta vert
    blei noka nokre kjem tek sidan åleine difor gje gjev kvarandre
    """.split()
)
_NB = frozenset(
    """
    ikke jeg hun hva hvem hvor hvordan hvorfor noen noe være vært fra sier hjemme skolen mer bare selv gjør gjøre vet
    hører flere tjenesten barnevernstjenesten opplysninger bekymret uke uker måned måneder foreldrene spørre samtykke
    taushetsplikt taushetsplikten ble kommer tar siden alene derfor gir gi hverandre hverken
    """.split()
)
_EN = frozenset(
    """
    the is are do does did i my we our you your and or it that this be must may with from he she they them his her has
    have what who when where which how if can should child children parents report consent an of in at without was were
    been not no yes about after before under up out get got need will would could there their any still long soon
    """.split()
)


def detect_language(text: str) -> Language:
    """Tell bokmål, nynorsk and English apart by their small words; bokmål when in doubt.

    >>> detect_language("Eg veit ikkje kva eg skal gjere"), detect_language("Do I have to report this?")
    ('nn', 'en')
    """
    words = re.findall(r"[^\W\d_]+", text.lower())
    counts = {
        "nb": sum(w in _NB for w in words),
        "nn": sum(w in _NN for w in words),
        "en": sum(w in _EN for w in words),
    }
    if counts["en"] > 2 * max(counts["nb"], counts["nn"]) and counts["en"] >= 2:
        return "en"
    return "nn" if counts["nn"] > counts["nb"] else "nb"
