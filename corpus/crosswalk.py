"""Lead old names of provisions to those that hold the rule now, and find text that the law has overtaken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from corpus.law import LawRegistry
from corpus.provision import ProvisionRef
from corpus.reference import ReferenceFinder
from corpus.statute import Provision, Status


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """Leads an old name of a provision to those that took over."""

    now: Mapping[ProvisionRef, tuple[ProvisionRef, ...]]
    reused: Mapping[ProvisionRef, tuple[ProvisionRef, ...]]
    """Old numbers that belong to another rule today, and where the old rule went."""

    @classmethod
    def of(cls, provisions: Iterable[Provision]) -> Crosswalk:
        """Read ``formerly``, ``reused`` and ``replaced_by`` of every provision."""
        now: dict[ProvisionRef, list[ProvisionRef]] = {}
        reused: dict[ProvisionRef, list[ProvisionRef]] = {}
        for provision in provisions:
            for old in provision.formerly:
                now.setdefault(old, []).append(provision.ref)
            for old in provision.reused:
                reused.setdefault(old, []).append(provision.ref)
            if provision.status is Status.REPEALED:
                now.setdefault(provision.ref, []).extend(provision.replaced_by)
        return cls(
            now={old: tuple(new) for old, new in now.items()}, reused={old: tuple(new) for old, new in reused.items()}
        )

    def lead(self, ref: ProvisionRef) -> tuple[ProvisionRef, ...]:
        """The provisions that hold the rule now; the provision itself when it has not moved."""
        return self.now.get(ref.whole, (ref.whole,))


@dataclass(frozen=True, slots=True, kw_only=True)
class Overtaken:
    """A reference in an older text to a provision that has changed since."""

    named: ProvisionRef
    now: tuple[ProvisionRef, ...]
    """Where the rule stands now; the provision itself when it was changed in place."""
    since: date | None
    """The day of the change, when it is known."""


class Currency:
    """Tells what of a text is older than the sections it points at."""

    def __init__(self, laws: LawRegistry, provisions: Mapping[ProvisionRef, Provision]) -> None:
        self._finder = ReferenceFinder(laws)
        self._provisions = provisions
        self._crosswalk = Crosswalk.of(provisions.values())

    def overtaken(self, text: str, state_of_law: date | None) -> Iterator[Overtaken]:
        """References of a text that was right on ``state_of_law`` and are not any more, each once.

        Without a date nothing can be said of sections that were changed in place, only of those that moved.
        """
        seen: set[ProvisionRef] = set()
        for reference in self._finder.find(text):
            if reference.provision is None or reference.provision.whole in seen:
                continue
            named = reference.provision.whole
            seen.add(named)
            now = self._crosswalk.reused.get(named) or self._crosswalk.lead(named)
            changed = [ref for ref in now if self._changed_after(ref, state_of_law)]
            if now != (named,) or changed:
                dates = [day for ref in now if (day := self._since(ref)) is not None]
                if state_of_law is not None and dates and max(dates) <= state_of_law:
                    continue  # a text of today that tells of the old number
                yield Overtaken(named=named, now=now, since=max(dates, default=None))

    def _since(self, ref: ProvisionRef) -> date | None:
        provision = self._provisions.get(ref)
        return provision.in_force_since if provision is not None else None

    def _changed_after(self, ref: ProvisionRef, state_of_law: date | None) -> bool:
        since = self._since(ref)
        return since is not None and state_of_law is not None and since > state_of_law
