"""Lay out what the knowledge base rests on: a table of sources with their state of law and warnings."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.bank_check import BankFigures
from corpus.crosswalk import Currency
from corpus.guidance import load_guidance
from corpus.knowledge import Knowledge
from corpus.source import Kind, Source
from corpus.statute import Status

_COLUMNS = ("kilde", "slag", "virkning", "rettstilstand", "kontrollert", "tittel")
_WIDTHS = (28, 10, 10, 13, 11, 0)


def counts(knowledge: Knowledge) -> str:
    """One line with how much there is of everything."""
    bank = BankFigures.of(knowledge.bank)
    splits = ", ".join(f"{count} {name}" for name, count in bank.splits.items())
    return (
        f"{len(knowledge.provisions)} bestemmelser, {len(knowledge.situations)} situasjonskort, "
        f"{sum(len(card.claims) for card in knowledge.situations)} påstander, {len(knowledge.glossary)} begreper, "
        f"{len(knowledge.sources)} kilder, {bank.questions} spørsmål ({splits}; nynorsk {bank.shares['nn']:.0%}, "
        f"engelsk {bank.shares['en']:.0%}, halve setninger {bank.shares['rough']:.0%})"
    )


def status_table(knowledge: Knowledge) -> Iterator[str]:
    """The lines of the table; a warning stands below its source, marked ``!``."""
    yield _row(_COLUMNS)
    yield "-" * 100
    currency = Currency(knowledge.laws, knowledge.provisions)
    for source in knowledge.sources:
        state = f"{source.state_of_law:%Y-%m-%d}" if source.state_of_law else "–"
        checked = f"{source.checked:%Y-%m-%d}" if source.checked else "–"
        yield _row((source.id, source.kind, source.binding, state, checked, source.title))
        for warning in (*source.warnings, *_warnings(source, knowledge, currency)):
            yield f"{'':<{_WIDTHS[0]}} ! {warning}"


def _warnings(source: Source, knowledge: Knowledge, currency: Currency) -> Iterator[str]:
    statute = next((found for found in knowledge.statutes if found.document.source == source.id), None)
    if statute is not None:
        for provision in statute.provisions:
            if provision.status is not Status.IN_FORCE:
                yield f"{knowledge.laws.label(provision.ref)}: {provision.status}"
            if provision.confidence == "E":
                yield f"{knowledge.laws.label(provision.ref)}: lest i en eldre kilde"
    elif source.kind not in (Kind.LOV, Kind.FORSKRIFT):
        text = load_guidance(source.path, source=source.id).text
        for found in currency.overtaken(text, source.state_of_law):
            now = " / ".join(knowledge.laws.label(ref) for ref in found.now)
            since = f" ({found.since:%d.%m.%Y})" if found.since else ""
            yield f"viser til {knowledge.laws.label(found.named)}, som er endret: nå {now}{since}"


def _row(cells: tuple[object, ...]) -> str:
    return " ".join(f"{cell!s:<{width}}" if width else str(cell) for cell, width in zip(cells, _WIDTHS, strict=True))
