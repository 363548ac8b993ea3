"""Change a text so that every change is named, explained and can be replayed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """One change. ``start`` is its place in the text as all repairs before it in the list have left it."""

    name: str
    start: int
    before: str
    after: str
    why: str
    """For the operator, in Norwegian."""

    def __str__(self) -> str:
        return f"{self.name}: «{self.before}» → «{self.after}» ({self.why})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """A text and the repairs that led to it, in order."""

    text: str
    repairs: tuple[Repair, ...] = ()

    def then(self, step: Callable[[str], Repaired]) -> Repaired:
        """Apply one more step and keep the whole list."""
        done = step(self.text)
        return Repaired(text=done.text, repairs=self.repairs + done.repairs)

    def original_offset(self, offset: int) -> int:
        """Where the character at ``offset`` stood before any repair; the beginning of the change if it is new.

        >>> mended = rewrite("a:b c", "colon", [(1, 2, " og ", "")])
        >>> mended.text, mended.original_offset(mended.text.index("c"))
        ('a og b c', 4)
        """
        for repair in reversed(self.repairs):
            if offset >= repair.start + len(repair.after):
                offset += len(repair.before) - len(repair.after)
            elif offset > repair.start:
                offset = repair.start
        return offset

    def summary(self) -> Iterator[str]:
        """One line for each kind of repair: its name, how many, and the first as an example."""
        for name, many in Counter(repair.name for repair in self.repairs).items():
            first = next(repair for repair in self.repairs if repair.name == name)
            yield f"{name}: {many} (f.eks. {first.before!r} → {first.after!r})"


def rewrite(text: str, name: str, edits: Iterable[tuple[int, int, str, str]]) -> Repaired:
    """Replace ``text[start:end]`` by ``after`` for each ``(start, end, after, why)``, given in order of place.

    Edits that change nothing are left out of the list.

    >>> rewrite("ab cd", "swap", [(0, 1, "xyz", "a is bad"), (3, 4, "", "c too")]).repairs[1].start
    5
    """
    pieces: list[str] = []
    repairs: list[Repair] = []
    at = moved = 0
    for start, end, after, why in edits:
        before = text[start:end]
        if before == after:
            continue
        pieces += (text[at:start], after)
        repairs.append(Repair(name=name, start=start + moved, before=before, after=after, why=why))
        moved += len(after) - len(before)
        at = end
    pieces.append(text[at:])
    return Repaired(text="".join(pieces), repairs=tuple(repairs))


def replay(text: str, repairs: Iterable[Repair]) -> str:
    """Carry out a list of repairs on the text they were made from.

    Raises ValueError when the text is another one.
    """
    for repair in repairs:
        end = repair.start + len(repair.before)
        if text[repair.start : end] != repair.before:
            raise ValueError(f"{repair.before!r} does not stand at {repair.start}")
        text = text[: repair.start] + repair.after + text[end:]
    return text
