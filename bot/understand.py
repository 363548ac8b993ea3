"""Read a question: its language, the provisions it names, concepts, the asker's role and the child's age."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.question import Ask
from bot.reply import Language
from corpus.glossary import Concept
from corpus.law import LawRegistry
from corpus.lexical import words
from corpus.outside import Outside
from corpus.reference import Reference, ReferenceFinder

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
_AGE = (
    re.compile(r"\b(\d{1,2})[\s-]*(?:åring\w*|år(?:s)?(?:\s+gam\w+)?\b|years?[\s-]old|year[\s-]old)", re.I),
    re.compile(
        r"\b(?:på|is|er|blir|fyller|fylt|aged?)\s+(\d{1,2})\b(?!\s*(?:uker|dager|timer|måned|§|veker|weeks|days))", re.I
    ),
)
_AGE_WORDS = {
    "to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6, "sju": 7, "syv": 7, "åtte": 8, "ni": 9, "ti": 10, "elleve": 11,
    "tolv": 12, "tretten": 13, "fjorten": 14, "femten": 15, "seksten": 16, "sytten": 17, "atten": 18,
}  # fmt: skip
_AGE_WORD = re.compile(rf"\b({'|'.join(_AGE_WORDS)})\s?(?:-?åring\w*|år(?:s)?\s+gam\w+)", re.I)
_WORD = re.compile(r"[^\W_]+(?:[-–/][^\W_]+)*")
_THIN = 3
_NEWBORN = re.compile(r"\b(?:nyfødt\w*|spedbarn\w*|baby\w*|newborn|infant)\b", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """A concept and the words of the question that triggered it."""

    concept: Concept
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What a question says. ``None`` and empty mean not told."""

    question: str
    language: Language
    references: tuple[Reference, ...]
    acts: tuple[str, ...]
    concepts: tuple[Matched, ...]
    role: Concept | None
    age: int | None
    outside: tuple[Outside, ...]
    """Kinds of questions that the sources do not hold, of which this is one."""

    @property
    def thin(self) -> bool:
        """Whether too little is told to know which situation is meant: fewer than three words that carry meaning."""
        return not self.references and len(words(self.question)) < _THIN

    @property
    def topics(self) -> int:
        """How many concepts the question is about; a told role or age counts as one."""
        about = sum(match.concept.facet not in ("rolle", "alder") for match in self.concepts)
        return about + (self.role is not None or self.age is not None)

    @property
    def expanded(self) -> str:
        """The question followed by the law's own terms for what it says; for searching only."""
        terms = [match.concept.expands or match.concept.term for match in self.concepts]
        return " ".join([self.question, *dict.fromkeys(terms)])


class Understanding:
    """Understands questions with one glossary and one law registry."""

    def __init__(self, laws: LawRegistry, glossary: Sequence[Concept], outside: Sequence[Outside] = ()) -> None:
        self._outside = tuple(outside)
        self._references = ReferenceFinder(laws)
        self._roles = {concept.id: concept for concept in glossary if concept.facet == "rolle"}
        self._concepts: dict[tuple[str, ...], Concept] = {}
        for concept in glossary:
            for word in concept.words:
                self._concepts.setdefault(_tokens(word), concept)
        self._longest = max((len(key) for key in self._concepts), default=0)

    def read(self, ask: Ask) -> Understood:
        """Understand one question; what was told beside it wins over what is read from it."""
        text = ask.question
        concepts = self._match(text)
        return Understood(
            question=text,
            language=ask.language or detect_language(text),
            references=self._references.find(text),
            acts=self._references.acts(text),
            concepts=concepts,
            role=self.role_named(ask.role) if ask.role else _first_role(concepts),
            age=ask.age if ask.age is not None else detect_age(text),
            outside=tuple(kind for kind in self._outside if kind.matches(text)),
        )

    def role_named(self, name: str) -> Concept | None:
        """The role an id or a job title means, such as helsepersonell for «jordmor»; None when it is unknown."""
        found = self._roles.get(name.strip().lower()) or self._concepts.get(_tokens(name))
        return found if found is not None and found.facet == "rolle" else None

    def _match(self, text: str) -> tuple[Matched, ...]:
        """The concepts of a text, the longest phrase first at each word."""
        spans = [match.span() for match in _WORD.finditer(text)]
        tokens = _tokens(text)
        found: dict[str, Matched] = {}
        at = 0
        while at < len(tokens):
            for length in range(min(self._longest, len(tokens) - at), 0, -1):
                concept = self._concepts.get(tokens[at : at + length])
                if concept is not None:
                    words = text[spans[at][0] : spans[at + length - 1][1]]
                    found.setdefault(concept.id, Matched(concept=concept, words=words))
                    at += length - 1
                    break
            at += 1
        return tuple(found.values())


def _first_role(concepts: Sequence[Matched]) -> Concept | None:
    return next((match.concept for match in concepts if match.concept.facet == "rolle"), None)


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


def detect_age(text: str) -> int | None:
    """Read the child's age in years, the youngest that is told.

    >>> detect_age("Ei jente på 9 sier"), detect_age("en fjortenåring"), detect_age("innen 3 uker")
    (9, 14, None)
    """
    ages = [int(match[1]) for pattern in _AGE for match in pattern.finditer(text)]
    ages += [_AGE_WORDS[match[1].lower()] for match in _AGE_WORD.finditer(text)]
    if _NEWBORN.search(text):
        ages.append(0)
    young = [age for age in ages if age <= 25]
    return min(young) if young else None


def _tokens(text: str) -> tuple[str, ...]:
    return tuple(match[0].lower() for match in _WORD.finditer(text))
