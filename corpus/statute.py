"""Read an act restated in our own words, one TOML file per act, and lay it out as a document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from corpus.document import Document, Section
from corpus.modality import Modality
from corpus.provision import ProvisionRef, ledd_in_words, spaced_section
from corpus.sentence import Deadline, Part, Sentence
from corpus.toml_file import Entry, read_toml

THEMES = (
    "plikt", "rett", "meldeplikt", "taushetsplikt", "opplysningsplikt", "avverging", "samtykke", "informasjon",
    "medvirkning", "samarbeid", "plan", "frist", "pålegg", "undersøkelse", "hjelpetiltak", "akutt",
    "omsorgsovertakelse", "institusjon", "fosterhjem", "tvang", "helsehjelp", "psykisk helse", "rus", "gravid",
    "vold", "pårørende", "journal", "innsyn", "klage", "tilsyn", "straff", "skole", "barnehage", "nav",
    "tannhelse", "politi", "foreldreansvar", "barnets beste", "personvern", "formål", "kartlegging", "avtale",
    "ledelse", "menneskehandel", "ettervern", "asyl",
)  # fmt: skip
"""The closed list of themes; corpus/README.md says when to use which."""

Theme = Literal[THEMES]  # type: ignore[valid-type]


class Status(StrEnum):
    """Whether a provision can be relied on."""

    IN_FORCE = "i kraft"
    PENDING = "endring vedtatt"
    """In force, and an amendment is passed that has no date or a later one."""
    NOT_IN_FORCE = "ikke i kraft"
    REPEALED = "opphevet"


class _Deadline(Entry):
    limit: str = Field(min_length=2)
    start: str = Field(min_length=3)


class _Sentence(Entry):
    text: str = Field(min_length=8)
    modality: Modality
    part: Part = Part.RULE
    deadline: _Deadline | None = None
    ages: tuple[int, ...] = ()

    @model_validator(mode="after")
    def _facts_stand_in_the_text(self) -> Self:
        if self.deadline is not None and self.deadline.limit.lower() not in self.text.lower():
            raise ValueError(f"the deadline's limit {self.deadline.limit!r} must stand in the sentence as written")
        for age in self.ages:
            if not re.search(rf"(?<!\d){age}(?!\d)", self.text):
                raise ValueError(f"the age {age} must stand in the sentence as a numeral")
        if self.text[-1] not in ".:!?»)":
            raise ValueError(f"the sentence must end with a full stop: {self.text[-40:]!r}")
        return self


class _Ledd(Entry):
    nr: str = ""
    sentences: tuple[_Sentence, ...] = Field(min_length=1)

    @field_validator("nr", mode="before")
    @classmethod
    def _number_as_text(cls, value: object) -> object:
        return str(value) if isinstance(value, int) else value


class _Provision(Entry):
    ref: str
    heading: str = Field(min_length=3)
    binds: tuple[str, ...] = Field(min_length=1)
    themes: tuple[Theme, ...] = Field(min_length=1)
    status: Status = Status.IN_FORCE
    in_force_since: date | None = None
    state_of_law: date | None = None
    confidence: Literal["V", "E"] = "V"
    replaced_by: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()
    reused: tuple[str, ...] = ()
    see_also: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    common_mistake: str = ""
    ledd: tuple[_Ledd, ...] = Field(min_length=1)

    @field_validator("replaced_by", "formerly", "reused", "see_also")
    @classmethod
    def _are_provision_ids(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(str(ProvisionRef.parse(value)) for value in values)


class _StatuteFile(Entry):
    law: str
    state_of_law: date
    provision: tuple[_Provision, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _refs_are_unique(self) -> Self:
        seen: set[str] = set()
        for provision in self.provision:
            name = str(_ref(self.law, provision.ref))
            if name in seen:
                raise ValueError(f"{name} stands twice")
            seen.add(name)
        return self


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """What is known of one provision besides its sentences."""

    ref: ProvisionRef
    heading: str
    binds: tuple[str, ...]
    themes: tuple[str, ...]
    status: Status
    state_of_law: date
    in_force_since: date | None
    """The day the present wording came into force, when it is newer than the act's other sections."""
    confidence: str
    replaced_by: tuple[ProvisionRef, ...]
    formerly: tuple[ProvisionRef, ...]
    """Names this provision had before a renumbering."""
    reused: tuple[ProvisionRef, ...]
    """Such names that now belong to another rule: who uses one may mean either."""
    see_also: tuple[ProvisionRef, ...]
    notes: tuple[str, ...]
    common_mistake: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statute:
    """An act: its provisions in order and the document that is quoted from."""

    law: str
    provisions: tuple[Provision, ...]
    document: Document


def _ref(law: str, ref: str) -> ProvisionRef:
    return ProvisionRef.parse(f"{law}/{ref}" if ref else law)


def load_statute(path: Path, *, source: str) -> Statute:
    """Read one act and render its text.

    The rendered text is what citations quote: a heading line per provision, then one paragraph per ledd.
    Raises ContentError with file, line and remedy.
    """
    file = read_toml(path, _StatuteFile)
    text = ""
    sections: list[Section] = []
    for entry in file.provision:
        ref = _ref(file.law, entry.ref)
        start = len(text)
        text += f"{spaced_section(ref.section)} {entry.heading}".strip() + "\n"
        sentences: list[Sentence] = []
        for ledd in entry.ledd:
            for sentence, at in _laid_out(ledd, len(text)):
                sentences.append(
                    Sentence(
                        start=at,
                        end=at + len(sentence.text),
                        modality=sentence.modality,
                        ledd=ledd.nr,
                        part=sentence.part,
                        deadline=_deadline(sentence),
                        ages=sentence.ages,
                    )
                )
            text += " ".join(sentence.text for sentence in ledd.sentences) + "\n"
        sections.append(
            Section(
                provision=ref,
                heading=entry.heading,
                path=(),
                start=start,
                end=len(text) - 1,
                sentences=tuple(sentences),
                search_text=" ".join((*entry.binds, *entry.themes)),
            )
        )
        text += "\n"
    return Statute(
        law=file.law,
        provisions=tuple(_provision(file, entry) for entry in file.provision),
        document=Document(source=source, text=text, sections=tuple(sections)),
    )


def _laid_out(ledd: _Ledd, at: int) -> Iterator[tuple[_Sentence, int]]:
    for sentence in ledd.sentences:
        yield sentence, at
        at += len(sentence.text) + 1


def _deadline(sentence: _Sentence) -> Deadline | None:
    return None if sentence.deadline is None else Deadline(limit=sentence.deadline.limit, start=sentence.deadline.start)


def _provision(file: _StatuteFile, entry: _Provision) -> Provision:
    return Provision(
        ref=_ref(file.law, entry.ref),
        heading=entry.heading,
        binds=entry.binds,
        themes=entry.themes,
        status=entry.status,
        state_of_law=entry.state_of_law or file.state_of_law,
        in_force_since=entry.in_force_since,
        confidence=entry.confidence,
        replaced_by=tuple(map(ProvisionRef.parse, entry.replaced_by)),
        formerly=tuple(map(ProvisionRef.parse, entry.formerly)),
        reused=tuple(map(ProvisionRef.parse, entry.reused)),
        see_also=tuple(map(ProvisionRef.parse, entry.see_also)),
        notes=entry.notes,
        common_mistake=entry.common_mistake,
    )


def name_of(ref: ProvisionRef, short: str) -> str:
    """Name a provision for people, given the short form of its act.

    >>> name_of(ProvisionRef("lov/1999-07-02-64", "§33", "2"), "hpl")
    'hpl § 33 andre ledd'
    """
    section = "" if ref.ledd.startswith("§") else spaced_section(ref.section)
    return " ".join(part for part in (short, section, ledd_in_words(ref.ledd)) if part)
