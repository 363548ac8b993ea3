"""Read evaluation cases: a question, the provisions that answer it, and what the card must and must not say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from corpus.errors import ContentError
from corpus.provision import ProvisionRef
from corpus.toml_file import Entry, read_toml

Split = Literal["dev", "test"]
Topic = Literal["plikt", "taushetsplikt", "samtykke", "samarbeid", "saksgang", "kilde"]
Type = Literal["control", "edge", "boundary", "unanswerable", "pressure"]
Style = Literal["story", "direct", "half"]

CASES = Path(__file__).parent / "cases"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something to look for in a card: what it is, and the pattern that finds it."""

    what: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case. An unanswerable case has no gold provision and must be refused."""

    id: str
    question: str
    language: str
    role: str
    topic: str
    type: str
    style: str
    split: str
    situation: str
    """Cases about the same situation share this name and lie in the same split."""
    gold: tuple[ProvisionRef, ...]
    acceptable: tuple[ProvisionRef, ...]
    """Provisions that may be cited without being wrong."""
    vital: tuple[Fact, ...]
    must_not: tuple[Fact, ...]
    basis: str
    checked: date

    @property
    def answerable(self) -> bool:
        """Whether the sources hold an answer."""
        return bool(self.gold)


class _Fact(Entry):
    what: str
    pattern: str

    @field_validator("pattern")
    @classmethod
    def _compiles(cls, value: str) -> str:
        try:
            re.compile(value, re.I)
        except re.error as error:
            raise ValueError(f"the pattern {value!r} is not a regular expression ({error})") from error
        return value


class _Gold(Entry):
    provision: str
    ledd: str = ""

    @field_validator("provision")
    @classmethod
    def _is_provision_id(cls, value: str) -> str:
        return str(ProvisionRef.parse(value))


class _Case(Entry):
    id: str = Field(pattern=r"^[a-z0-9-]+$")
    question: str = Field(min_length=3)
    language: Literal["nb", "nn", "en"]
    role: str = ""
    topic: Topic
    type: Type
    style: Style
    split: Split
    situation: str
    gold: tuple[_Gold, ...] = ()
    acceptable: tuple[str, ...] = ()
    vital: tuple[_Fact, ...] = ()
    must_not: tuple[_Fact, ...] = ()
    basis: str
    checked: date

    @model_validator(mode="after")
    def _gold_fits_the_type(self) -> Self:
        if self.type == "unanswerable" and (self.gold or self.vital):
            raise ValueError("an unanswerable case has neither gold nor vital facts")
        if self.type in ("control", "edge", "boundary") and not (self.gold and self.vital):
            raise ValueError("an answerable case needs gold provisions and vital facts")
        return self


class _CaseFile(Entry):
    case: tuple[_Case, ...] = Field(min_length=1)


def load_cases(folder: Path = CASES, *, split: str | None = None) -> tuple[Case, ...]:
    """Read every case file, in a fixed order, of one split or of both.

    Raises ContentError when a file breaks the schema, when an id stands twice, or when a situation lies in both splits.
    """
    cases: list[Case] = []
    where: dict[str, Path] = {}
    side: dict[str, str] = {}
    for path in sorted(folder.glob("*.toml")):
        for row in read_toml(path, _CaseFile).case:
            if row.id in where:
                raise ContentError(
                    path, 1, f"case {row.id!r} also stands in {where[row.id].name}.", remedy="Rename one."
                )
            if side.setdefault(row.situation, row.split) != row.split:
                raise ContentError(
                    path,
                    1,
                    f"situation {row.situation!r} lies in both splits (case {row.id!r}).",
                    remedy="Keep it in one.",
                )
            where[row.id] = path
            cases.append(_case(row))
    return tuple(case for case in cases if split is None or case.split == split)


def _case(row: _Case) -> Case:
    return Case(
        id=row.id, question=row.question, language=row.language, role=row.role, topic=row.topic, type=row.type,
        style=row.style, split=row.split, situation=row.situation,
        gold=tuple(_gold(gold) for gold in row.gold), acceptable=tuple(map(ProvisionRef.parse, row.acceptable)),
        vital=tuple(_fact(fact) for fact in row.vital), must_not=tuple(_fact(fact) for fact in row.must_not),
        basis=row.basis, checked=row.checked,
    )  # fmt: skip


def _gold(row: _Gold) -> ProvisionRef:
    whole = ProvisionRef.parse(row.provision)
    return ProvisionRef(law=whole.law, section=whole.section, ledd=row.ledd)


def _fact(row: _Fact) -> Fact:
    return Fact(what=row.what, pattern=re.compile(row.pattern, re.I))
