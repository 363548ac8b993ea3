"""The gate: what is not carried by its quote is dropped, and the reason names the kind of fault."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reply import Claim
from bot.verify import Draft, Support, find_quote, verify
from corpus.annotate import annotate_all
from corpus.chunk import Chunk
from corpus.modality import Modality
from corpus.provision import ProvisionRef

DUTY = (
    "Helsepersonell skal uten ugrunnet opphold melde fra til barnevernstjenesten. Tjenesten skal svare innen tre uker."
)
MAY = "Barnevernstjenesten kan orientere skolen når det er nødvendig. Barnet kan ha med en tillitsperson fra 12 år."


def chunk(text: str, section: str, start: int = 100) -> Chunk:
    padded = " " * start + text
    return Chunk(
        source="lov/1999-07-02-64",
        provision=ProvisionRef("lov/1999-07-02-64", section),
        heading="Prøve",
        path=(),
        start=start,
        end=start + len(text),
        text=text,
        embed_text=text,
        sentences=annotate_all(padded, start, len(padded)),
    )


ONE, TWO = chunk(DUTY, "§33"), chunk(MAY, "§34")
CHUNKS = {ONE.id: ONE, TWO.id: TWO}


def outcome(text: str, modality: Modality, quote: str, of: Chunk = ONE) -> Claim | str:
    done = verify([Draft(text=text, modality=modality, support=(Support(chunk=of.id, quote=quote),))], CHUNKS, {})
    assert len(done.claims) + len(done.dropped) == 1
    return done.claims[0] if done.claims else done.dropped[0].reason


def test_a_carried_claim_gets_its_place_from_the_match() -> None:
    claim = outcome("Du skal melde fra.", Modality.PLIKT, "Helsepersonell skal uten ugrunnet opphold melde fra")
    assert isinstance(claim, Claim)
    citation = claim.citations[0]
    assert (" " * 100 + DUTY)[citation.start : citation.end] == citation.quote
    assert str(citation.provision) == "lov/1999-07-02-64/§33"
    assert citation.url == "https://lovdata.no/lov/1999-07-02-64/§33"


FAULTS = [
    ("Du skal melde.", Modality.PLIKT, "Helsepersonell skal alltid melde fra", "fabricated"),
    ("Du skal melde.", Modality.PLIKT, "Barnevernstjenesten kan orientere skolen", "misattributed"),
    ("Du skal melde.", Modality.PLIKT, "Helsepersonell skal … svare innen tre uker", "stitched"),
    ("Tjenesten skal svare innen to uker.", Modality.PLIKT, "Tjenesten skal svare innen tre uker.", "number 2"),
    ("Du kan melde.", Modality.KAN, "Helsepersonell skal uten ugrunnet opphold melde fra", "says kan"),
    ("Etter § 45 skal du melde.", Modality.PLIKT, "Helsepersonell skal uten ugrunnet opphold melde fra", "§45"),
]


@pytest.mark.parametrize(("text", "modality", "quote", "reason"), FAULTS)
def test_faults_are_dropped_and_named(text: str, modality: Modality, quote: str, reason: str) -> None:
    dropped = outcome(text, modality, quote)
    assert isinstance(dropped, str)
    assert reason in dropped


def test_a_translation_is_shown_when_its_numbers_are_carried_and_otherwise_not() -> None:
    def shown(translation: str) -> str:
        quote = "Tjenesten skal svare innen tre uker."
        draft = Draft(
            text="Svar skal gis innen tre uker.",
            modality=Modality.PLIKT,
            support=(Support(chunk=ONE.id, quote=quote),),
            translation=translation,
        )
        return verify([draft], CHUNKS, {}).claims[0].text

    assert shown("You are to get an answer within 3 weeks.") == "You are to get an answer within 3 weeks."
    assert shown("You are to get an answer within 4 weeks.") == "Svar skal gis innen tre uker."


def test_a_source_that_was_not_found_cannot_be_cited() -> None:
    draft = Draft(text="Du skal melde.", modality=Modality.PLIKT, support=(Support(chunk="borte", quote="x"),))
    assert "was not among" in verify([draft], CHUNKS, {}).dropped[0].reason


def test_a_claim_without_support_is_dropped_and_a_claim_without_citation_cannot_be_made() -> None:
    assert verify([Draft(text="Du skal.", modality=Modality.PLIKT, support=())], CHUNKS, {}).dropped
    with pytest.raises(ValueError, match="no citation"):
        Claim(text="Du skal.", modality=Modality.PLIKT, citations=())


words = st.lists(st.text(alphabet="abcæøå.", min_size=1, max_size=5), min_size=1, max_size=8)


@given(
    before=words,
    quote=words,
    after=words,
    gaps=st.lists(st.sampled_from([" ", "\n", "  ", "\t"]), min_size=8, max_size=8),
)
def test_a_quote_is_found_however_its_white_space_runs(
    before: list[str], quote: list[str], after: list[str], gaps: list[str]
) -> None:
    spread = "".join(word + gap for word, gap in zip(quote, gaps, strict=False)).strip()
    text = " ".join([*before, spread, *after])
    span = find_quote(text, " ".join(quote))
    assert span is not None
    assert text[span[0] : span[1]].split() == quote


@given(text=st.text(max_size=60), quote=st.text(max_size=20))
def test_what_is_found_is_what_was_asked_for(text: str, quote: str) -> None:
    span = find_quote(text, quote)
    if span is not None:
        assert text[span[0] : span[1]].split() == quote.split()
