"""An assistant for the page's tests: a few sources written here, and a reply of each kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from bot.guard import guard
from bot.question import Ask
from bot.reply import (
    Answer,
    Citation,
    Claim,
    Language,
    Passage,
    Provenance,
    Refusal,
    Reply,
    Status,
    Trace,
)
from bot.texts import say
from corpus.annotate import annotate_all
from corpus.chunk import Chunk
from corpus.law import LawRegistry, load_laws
from corpus.modality import Modality
from corpus.provision import ProvisionRef
from corpus.sentence import Sentence
from corpus.source import Binding, Kind, Source
from corpus.statute import Provision
from corpus.statute import Status as LawStatus

HPL, BVL, STRL = "lov/1999-07-02-64", "lov/2021-06-18-97", "lov/2005-05-20-28"
CIRCULAR, TRAINING = "rundskriv/samarbeid-2025", "opplaring/presentasjon-2017"
HPL33, BVL21, STRL196 = ProvisionRef(HPL, "§33"), ProvisionRef(BVL, "§2-1"), ProvisionRef(STRL, "§196")
FEEDBACK, SLIDE = ProvisionRef(CIRCULAR, "tilbakemelding"), ProvisionRef(TRAINING, "taushetsplikt")

HPL33_LEDD = {
    "1": (
        "Helsepersonell skal i arbeidet sitt være oppmerksom på forhold som kan føre til tiltak fra "
        "barnevernstjenesten.",
    ),
    "2": (
        "Helsepersonell skal melde til barnevernstjenesten uten hinder av taushetsplikt når det er grunn til å tro at "
        "barnet mishandles eller lider annen alvorlig omsorgssvikt hjemme hos seg selv.",
        "Meldingen skal gis uten ugrunnet opphold.",
    ),
    "3": ("Pålegg om opplysninger kan gis etter barnevernsloven § 13-4.",),
}
BVL21_LEDD = {
    "1": (
        "Barnevernstjenesten skal gå gjennom en bekymringsmelding snarest og senest innen én uke.",
        "Er meldingen åpenbart grunnløs, kan den legges bort, med mindre den gjelder et barn under 12 år.",
    ),
}
STRL196_LEDD = {
    "1": ("Den som unnlater å avverge en alvorlig straffbar handling mens det ennå er mulig, kan straffes.",)
}
FEEDBACK_TEXT = """Barnevernstjenesten skal senest innen tre uker gi melderen tilbakemelding.
- Tilbakemeldingen bør si om det er åpnet undersøkelse.
- Menneskerettighetsorganisasjonssekretariatsmedarbeideropplæringsprogrammet omtales ikke."""
SLIDE_TEXT = "Taushetsplikten er ikke til hinder for å drøfte en sak uten navn."


def statute(ref: ProvisionRef, heading: str, ledd: Mapping[str, tuple[str, ...]], at: int = 0) -> Chunk:
    """A restated provision as the ingest lays it out: heading line, then one line a ledd."""
    lines, sentences = [f"§ {ref.section[1:]} {heading}"], []
    place = at + len(lines[0]) + 1
    for number, texts in ledd.items():
        lines.append(" ".join(texts))
        for text in texts:
            sentences.append(Sentence(start=place, end=place + len(text), modality=Modality.PLIKT, ledd=number))
            place += len(text) + 1
    text = "\n".join(lines)
    return Chunk(
        source=ref.law, provision=ref, heading=heading, path=(), start=at, end=at + len(text), text=text,
        embed_text=text, sentences=tuple(sentences),
    )  # fmt: skip


def guidance(ref: ProvisionRef, heading: str, path: tuple[str, ...], text: str, at: int = 40) -> Chunk:
    """A section of guidance that begins somewhere inside its source."""
    before = " " * at
    return Chunk(
        source=ref.law, provision=ref, heading=heading, path=path, start=at, end=at + len(text), text=text,
        embed_text=text, sentences=annotate_all(before + text, at, at + len(text)),
    )  # fmt: skip


CHUNKS = (
    statute(HPL33, "Opplysninger til barnevernstjenesten", HPL33_LEDD),
    statute(BVL21, "Gjennomgang av bekymringsmeldinger", BVL21_LEDD, at=120),
    statute(STRL196, "Plikt til å avverge et straffbart forhold", STRL196_LEDD),
    guidance(FEEDBACK, "Tilbakemelding til melderen", ("Samarbeid om det enkelte barn", "Melding"), FEEDBACK_TEXT),
    guidance(SLIDE, "Taushetsplikt", ("Hva kan vi si?",), SLIDE_TEXT),
)


def _source(id: str, title: str, kind: Kind, binding: Binding, url: str, warnings: tuple[str, ...] = ()) -> Source:
    return Source(
        id=id, title=title, kind=kind, binding=binding, publisher="", year=None, url=url,
        state_of_law=date(2026, 7, 28), checked=None, path=Path(f"{id}.toml"), warnings=warnings,
    )  # fmt: skip


SOURCES = {
    source.id: source
    for source in (
        _source(HPL, "Lov om helsepersonell m.v.", Kind.LOV, Binding.BINDENDE, f"https://lovdata.no/{HPL}"),
        _source(BVL, "Lov om barnevern", Kind.LOV, Binding.BINDENDE, f"https://lovdata.no/{BVL}"),
        _source(STRL, "Lov om straff", Kind.LOV, Binding.BINDENDE, f"https://lovdata.no/{STRL}"),
        _source(
            CIRCULAR, "Felles rundskriv om samarbeid mellom barnevern og helse- og omsorgstjenester (2025)",
            Kind.RUNDSKRIV, Binding.VEILEDENDE, "https://www.helsedirektoratet.no/rundskriv",
            ("Rundskrivet er eldre enn helsepersonelloven kapittel 5 slik det lyder fra 1. juli 2026.",),
        ),
        _source(
            TRAINING, "Presentasjon om samarbeid (2017)", Kind.OPPLARING, Binding.HISTORISK, "javascript:alert(1)",
            ("Opplæringsmateriale fra 2017. Det sier ikke hva som gjelder i dag.",),
        ),
    )
}  # fmt: skip


def cite(ref: ProvisionRef, quote: str, ledd: str = "") -> Citation:
    """A citation of a sentence that stands in one of the chunks above."""
    chunk = next(chunk for chunk in CHUNKS if chunk.provision == ref)
    start = chunk.start + chunk.text.index(quote)
    return Citation(
        chunk=chunk.id, provision=ProvisionRef(ref.law, ref.section, ledd), source=ref.law, quote=quote, start=start,
        end=start + len(quote), url=ref.url or SOURCES[ref.law].url,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class FakeKnowledge:
    """Only what the page asks of the knowledge base."""

    laws: LawRegistry


@cache
def _laws() -> LawRegistry:
    return load_laws(Path(__file__).parent.parent / "corpus" / "laws.toml")


class FakeAssistant:
    """Answers every question with the long card, unless a word in it asks for another kind of reply."""

    sources: Mapping[str, Source] = SOURCES

    @property
    def knowledge(self) -> FakeKnowledge:
        return FakeKnowledge(laws=_laws())

    def ask(self, ask: Ask) -> Reply:
        guarded = guard(ask.question)
        if guarded.blocked:
            return refused(Status.PERSONAL_DATA, anonymised=guarded.anonymised)
        if "krasj" in ask.question:
            raise RuntimeError(f"kan ikke svare på {ask.question}")
        if "vaffel" in ask.question:
            return refused(Status.OUT_OF_SCOPE, passages=True)
        if "haster" in ask.question:
            return answered(Status.ACUTE)
        return answered(Status.ANSWERED)

    def chunk(self, chunk_id: str) -> Chunk | None:
        return next((chunk for chunk in CHUNKS if chunk.id == chunk_id), None)

    def of_provision(self, ref: ProvisionRef) -> tuple[Chunk, ...]:
        return tuple(chunk for chunk in CHUNKS if chunk.provision == ref.whole)

    def provision(self, ref: ProvisionRef) -> Provision | None:
        if ref.whole != BVL21:
            return None
        return Provision(
            ref=BVL21, heading="", binds=("barnevernstjenesten",), themes=(), status=LawStatus.PENDING,
            state_of_law=date(2026, 11, 1), in_force_since=None, confidence="V", replaced_by=(), formerly=(), reused=(),
            see_also=(),
            notes=("Fristen løper fra mottaket.",), common_mistake="",
        )  # fmt: skip


PROVENANCE = Provenance(corpus="prøve", generation="1", embedder="ingen", model="none")


def answered(
    status: Status = Status.ANSWERED, *, language: Language = "nb", first: str = "", title: str = ""
) -> Answer:
    """The long card; ``first`` replaces the text of its first claim."""
    duty = cite(HPL33, HPL33_LEDD["2"][0], "2")
    quickly, week = cite(HPL33, HPL33_LEDD["2"][1], "2"), cite(BVL21, BVL21_LEDD["1"][0], "1")
    baseless, feedback = cite(BVL21, BVL21_LEDD["1"][1], "1"), cite(FEEDBACK, FEEDBACK_TEXT.split("\n")[0])
    advice, slide = cite(FEEDBACK, FEEDBACK_TEXT.split("\n")[1]), cite(SLIDE, SLIDE_TEXT)
    aware = cite(HPL33, HPL33_LEDD["1"][0], "1")
    return Answer(
        status=status,
        language=language,
        title=title or "Elev forteller om slag hjemme",
        short_answer=(
            Claim(
                text=first
                or "Du skal melde til barnevernstjenesten når du har grunn til å tro at barnet blir mishandlet eller "
                "utsatt for annen alvorlig omsorgssvikt.",
                modality=Modality.PLIKT,
                citations=(duty,),
            ),
            Claim(text="Du trenger ikke samtykke fra foreldrene.", modality=Modality.UNNTAK, citations=(duty, aware)),
            Claim(text="Du kan drøfte saken uten navn først.", modality=Modality.KAN, citations=(slide,)),
        ),
        conditions=(
            Claim(text="Dersom det er grunn til å tro: mer enn en vag mistanke, mindre enn sannsynlighetsovervekt.",
                  modality=Modality.FAKTA, citations=(duty,)),
            Claim(text="Dersom meldingen gjelder et barn under 12 år, skal den ikke legges bort.",
                  modality=Modality.FORBUD, citations=(baseless,)),
        ),
        deadlines=(
            Claim(text="Meldingen skal gis uten ugrunnet opphold.", modality=Modality.PLIKT, citations=(quickly,)),
            Claim(text="Barnevernstjenesten skal gå gjennom meldingen innen én uke etter at den er mottatt.",
                  modality=Modality.PLIKT, citations=(week,)),
            Claim(text="Melderen har rett til tilbakemelding innen tre uker.",
                  modality=Modality.RETT, citations=(feedback,)),
        ),
        ages=(Claim(text="12 år er grensen for åpenbart grunnløse meldinger.",
                    modality=Modality.FAKTA, citations=(baseless,)),),
        exceptions=(Claim(text="Tilbakemeldingen bør si om det er åpnet undersøkelse.",
                          modality=Modality.BOR, citations=(advice,)),),
        binds=("helsepersonell", "helsesykepleier"),
        missing=("Hva sa eleven, ordrett?", "Er eleven trygg i ettermiddag?"),
        see_also=(STRL196, BVL21, ProvisionRef("lov/1967-02-10", "§13b")),
        notices=(
            *((say("acute", language),) if status is Status.ACUTE else ()),
            "helsepersonelloven § 33 er endret fra 1. juli 2026.",
        ),
        common_mistake="Å spørre foreldrene først. Det kan sette barnet i fare.",
        passages=_passages(),
        provenance=PROVENANCE,
        trace=Trace(language=language),
    )  # fmt: skip


def refused(status: Status, *, anonymised: str = "", passages: bool = False, language: Language = "nb") -> Refusal:
    """A refusal of a kind, with the nearest passages or without."""
    return Refusal(
        status=status,
        language=language,
        message=say(status.value, language),
        ask=tuple(say(key, language) for key in ("ask_leader", "ask_barnevern", "ask_statsforvalter")),
        anonymised=anonymised,
        passages=_passages() if passages else (),
        provenance=PROVENANCE,
        trace=Trace(language=language),
    )


def _passages() -> tuple[Passage, ...]:
    return tuple(
        Passage(
            rank=rank,
            chunk=chunk.id,
            provision=chunk.provision,
            source=chunk.source,
            heading=chunk.heading,
            score=1 / rank,
            found_by=("words",),
        )
        for rank, chunk in enumerate(CHUNKS, start=1)
    )
