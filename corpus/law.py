"""Know every act by all its names, and which act of two with one name is in force."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from corpus.provision import ProvisionRef
from corpus.statute import Status, name_of
from corpus.toml_file import Entry, read_toml


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """One act, regulation or guidance document that can be cited."""

    id: str
    title: str
    name: str
    """The everyday name, such as helsepersonelloven."""
    short: str
    """What is printed before the section sign, such as hpl."""
    names: tuple[str, ...]
    """Every other way the act is written."""
    status: Status
    in_force_since: date | None
    replaced_by: str
    predecessor: str
    note: str


class _LawRow(Entry):
    id: str
    title: str
    name: str
    short: str
    names: tuple[str, ...] = ()
    status: Status = Status.IN_FORCE
    in_force_since: date | None = None
    replaced_by: str = ""
    predecessor: str = ""
    note: str = ""

    @model_validator(mode="after")
    def _id_is_known_form(self) -> Self:
        ProvisionRef.parse(self.id)
        return self


class _LawFile(Entry):
    law: tuple[_LawRow, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _no_name_is_shared_by_two_acts_in_force(self) -> Self:
        owner: dict[str, str] = {}
        for row in self.law:
            if row.status in (Status.NOT_IN_FORCE, Status.REPEALED):
                continue
            for name in {row.name, row.short, *row.names}:
                other = owner.setdefault(name.lower(), row.id)
                if other != row.id:
                    raise ValueError(f"the name {name!r} belongs to both {other} and {row.id}")
        return self


class LawRegistry:
    """All acts, found by id or by any of their names."""

    def __init__(self, laws: tuple[Law, ...]) -> None:
        self._by_id = {law.id: law for law in laws}
        self._by_name: dict[str, Law] = {}
        for law in sorted(laws, key=lambda law: law.status in (Status.NOT_IN_FORCE, Status.REPEALED)):
            for name in (law.name, law.short, *law.names):
                self._by_name.setdefault(_fold(name), law)

    def __iter__(self) -> Iterator[Law]:
        return iter(self._by_id.values())

    def get(self, law_id: str) -> Law | None:
        """The act with this id, or None."""
        return self._by_id.get(law_id)

    def named(self, surface: str) -> Law | None:
        """The act meant by a name; of two acts with one name, the one in force."""
        return self._by_name.get(_fold(surface))

    @property
    def names(self) -> tuple[str, ...]:
        """Every known name, longest first, folded."""
        return tuple(sorted(self._by_name, key=len, reverse=True))

    def label(self, ref: ProvisionRef) -> str:
        """Name a provision for people: ``hpl § 33 andre ledd``."""
        law = self._by_id.get(ref.law)
        return name_of(ref, law.short if law else ref.law)

    def long_label(self, ref: ProvisionRef) -> str:
        """Name a provision with the act's everyday name: ``helsepersonelloven § 33``."""
        law = self._by_id.get(ref.law)
        return name_of(ref, law.name if law else ref.law)


def _fold(name: str) -> str:
    return re.sub(r"[\s.]+", " ", name.lower()).strip()


def load_laws(path: Path) -> LawRegistry:
    """Read ``laws.toml``. Raises ContentError with file, line and remedy."""
    return LawRegistry(tuple(Law(**row.model_dump()) for row in read_toml(path, _LawFile).law))
