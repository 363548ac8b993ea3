"""Read situation cards: what staff meet, with a direct answer whose every claim cites a provision."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import Field, field_validator

from corpus.modality import Modality
from corpus.provision import ProvisionRef
from corpus.split import Split
from corpus.statute import Theme
from corpus.toml_file import Entry, read_toml


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """The place a claim rests on, and the sentence there that carries it."""

    provision: ProvisionRef
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SituationClaim:
    """One sentence of a card. ``nn`` and ``en`` are empty until somebody has written them."""

    text: str
    modality: Modality
    basis: tuple[Basis, ...]
    nn: str = ""
    en: str = ""

    def __post_init__(self) -> None:
        if not self.basis:
            raise ValueError(f"the claim {self.text!r} has no basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """One card."""

    id: str
    title: str
    situation: str
    roles: tuple[str, ...]
    child_age: str
    themes: tuple[str, ...]
    answer: tuple[SituationClaim, ...]
    conditions: tuple[SituationClaim, ...]
    deadlines: tuple[SituationClaim, ...]
    ages: tuple[SituationClaim, ...]
    exceptions: tuple[SituationClaim, ...]
    missing: tuple[str, ...]
    see_also: tuple[ProvisionRef, ...]
    common_mistake: str
    questions: tuple[str, ...]
    split: Split | None
    """Whether the card's questions are learned from; its title and story always are. None until placed."""
    path: Path

    @property
    def claims(self) -> tuple[SituationClaim, ...]:
        """All claims of the card, in the order they are shown."""
        return self.answer + self.conditions + self.deadlines + self.ages + self.exceptions

    @property
    def target(self) -> str:
        """The id that a stored question about this card points at."""
        return f"situasjon/{self.id}"

    @property
    def answers_from(self) -> tuple[ProvisionRef, ...]:
        """The provisions the short answer rests on, each once, without ledd, in order of first use."""
        return tuple(dict.fromkeys(basis.provision.whole for claim in self.answer for basis in claim.basis))

    @property
    def cited(self) -> tuple[ProvisionRef, ...]:
        """The provisions the card rests on, each once, without ledd, in order of first use."""
        return tuple(dict.fromkeys(basis.provision.whole for claim in self.claims for basis in claim.basis))


class _Basis(Entry):
    provision: str
    ledd: str = ""
    quote: str = Field(min_length=8)

    @field_validator("provision")
    @classmethod
    def _is_provision_id(cls, value: str) -> str:
        return str(ProvisionRef.parse(value))


class _Claim(Entry):
    text: str = Field(min_length=8)
    modality: Modality
    nn: str = ""
    en: str = ""
    basis: tuple[_Basis, ...] = Field(min_length=1)


class _SituationFile(Entry):
    title: str
    situation: str
    roles: tuple[str, ...] = Field(min_length=1)
    child_age: str = ""
    split: Split | None = None
    themes: tuple[Theme, ...] = Field(min_length=1)
    answer: tuple[_Claim, ...] = Field(min_length=1, max_length=4)
    conditions: tuple[_Claim, ...] = ()
    deadlines: tuple[_Claim, ...] = ()
    ages: tuple[_Claim, ...] = ()
    exceptions: tuple[_Claim, ...] = ()
    missing: tuple[str, ...] = ()
    see_also: tuple[str, ...] = ()
    common_mistake: str = ""
    questions: tuple[str, ...] = Field(min_length=6)
    note: str = ""

    @field_validator("see_also")
    @classmethod
    def _are_provision_ids(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(str(ProvisionRef.parse(value)) for value in values)


def load_situation(path: Path) -> Situation:
    """Read one card; its id is the file's name. Raises ContentError with file, line and remedy."""
    file = read_toml(path, _SituationFile)
    return Situation(
        id=path.stem,
        title=file.title,
        situation=file.situation,
        roles=file.roles,
        child_age=file.child_age,
        themes=file.themes,
        answer=_claims(file.answer),
        conditions=_claims(file.conditions),
        deadlines=_claims(file.deadlines),
        ages=_claims(file.ages),
        exceptions=_claims(file.exceptions),
        missing=file.missing,
        see_also=tuple(map(ProvisionRef.parse, file.see_also)),
        common_mistake=file.common_mistake,
        questions=file.questions,
        split=file.split,
        path=path,
    )


def write_split(situation: Situation, split: Split) -> None:
    """Record in the card's file whether its questions may be learned from."""
    lines = situation.path.read_text(encoding="utf-8").splitlines(keepends=True)
    at = next(at for at, line in enumerate(lines) if line.startswith("themes"))
    lines.insert(at, f'split = "{split}"\n')
    situation.path.write_text("".join(lines), encoding="utf-8")


def _claims(rows: tuple[_Claim, ...]) -> tuple[SituationClaim, ...]:
    return tuple(
        SituationClaim(text=row.text, modality=row.modality, nn=row.nn, en=row.en, basis=tuple(map(_basis, row.basis)))
        for row in rows
    )


def _basis(row: _Basis) -> Basis:
    whole = ProvisionRef.parse(row.provision)
    return Basis(provision=ProvisionRef(law=whole.law, section=whole.section, ledd=row.ledd), quote=row.quote)
