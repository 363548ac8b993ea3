"""A file of the knowledge base that breaks its schema is refused with file, line and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import ContentError
from corpus.guidance import load_guidance
from corpus.modality import Modality
from corpus.provision import ProvisionRef
from corpus.situation import load_situation
from corpus.source import load_register
from corpus.statute import Status, load_statute

STATUTE = """law = "lov/2021-06-18-97"
state_of_law = 2026-07-28

[[provision]]
ref = "§2-1"
heading = "Gjennomgang av meldinger"
binds = ["barnevernstjenesten"]
themes = ["frist", "plikt"]

[[provision.ledd]]
nr = "1"
sentences = [
  { text = "Tjenesten skal gå gjennom meldingen senest innen én uke.", modality = "plikt", deadline = { limit = "senest innen én uke", start = "meldingen er mottatt" } },
  { text = "Barnet kan fra 12 år ha med en tillitsperson.", modality = "kan", ages = [12] },
]

[[provision.ledd]]
nr = 2
sentences = [
  { text = "Åpenbart grunnløse meldinger er unntatt.", modality = "unntak", part = "unntak" },
]

[[provision]]
ref = "§ 2-6"
heading = "Helsekartlegging"
binds = ["Bufetat"]
themes = ["kartlegging"]
status = "ikke i kraft"

[[provision.ledd]]
sentences = [{ text = "Bestemmelsen er ikke i kraft.", modality = "fakta" }]
"""  # noqa: E501


def write(tmp_path: Path, text: str, name: str = "lov.toml") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_statute_is_laid_out_with_exact_offsets(tmp_path: Path) -> None:
    statute = load_statute(write(tmp_path, STATUTE), source="lov/2021-06-18-97")
    text = statute.document.text
    first, second = statute.document.sections
    assert text[first.start : first.end].splitlines() == [
        "§ 2-1 Gjennomgang av meldinger",
        "Tjenesten skal gå gjennom meldingen senest innen én uke. Barnet kan fra 12 år ha med en tillitsperson.",
        "Åpenbart grunnløse meldinger er unntatt.",
    ]
    said = [(text[s.start : s.end], s.ledd, s.modality) for s in first.sentences]
    assert said[1] == ("Barnet kan fra 12 år ha med en tillitsperson.", "1", Modality.KAN)
    assert said[2][1] == "2"
    assert first.sentences[0].deadline is not None
    assert str(second.provision) == "lov/2021-06-18-97/§2-6"
    assert statute.provisions[1].status is Status.NOT_IN_FORCE


PLANTED = [
    ('limit = "senest innen én uke"', 'limit = "senest innen to uker"', 13, "must stand in the sentence"),
    ("ages = [12]", "ages = [15]", 14, "must stand in the sentence as a numeral"),
    ('themes = ["frist", "plikt"]', 'themes = ["frist", "plikten"]', 8, "themes"),
    ('modality = "kan"', 'modality = "maybe"', 14, "modality"),
    ('ref = "§ 2-6"', 'ref = "§ 2-1"', 1, "stands twice"),
    ('ref = "§2-1"', 'paragraf = "§2-1"', 4, "ref"),
    ("innen én uke.\"", "innen én uke\"", 13, "full stop"),
    ("state_of_law = 2026-07-28", "state_of_law = 2026-13-28", 2, "TOML"),
    ('heading = "Helsekartlegging"', 'heading = ""', 25, "heading"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line", "what"), PLANTED)
def test_each_planted_error_is_named_with_its_line(tmp_path: Path, old: str, new: str, line: int, what: str) -> None:
    assert old in STATUTE
    path = write(tmp_path, STATUTE.replace(old, new, 1))
    with pytest.raises(ContentError, match=what) as caught:
        load_statute(path, source="lov/2021-06-18-97")
    assert abs(caught.value.line - line) <= 1, f"{caught.value} should point near line {line}"
    assert str(path) in str(caught.value)
    assert caught.value.remedy


SITUATION = """title = "Melding er sendt"
situation = "Du har meldt og venter på svar."
roles = ["helsepersonell"]
themes = ["frist"]
questions = ["a en", "b to", "c tre", "d fire", "e fem", "f seks"]

[[answer]]
text = "Tjenesten skal gå gjennom meldingen innen én uke."
modality = "plikt"
basis = [{ provision = "lov/2021-06-18-97/§ 2-1", ledd = "1", quote = "Tjenesten skal gå gjennom meldingen" }]
"""


def test_a_situation_card_is_read(tmp_path: Path) -> None:
    card = load_situation(write(tmp_path, SITUATION, "kort-1.toml"))
    assert card.id == "kort-1"
    assert card.cited == (ProvisionRef("lov/2021-06-18-97", "§2-1"),)
    assert card.answer[0].basis[0].provision.ledd == "1"


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("basis = [{", "basis = [] # [{", "basis"),
        ("lov/2021-06-18-97/§ 2-1", "bvl 2-1", "not the id"),
        (', "f seks"', "", "questions"),
        ('themes = ["frist"]', "themes = []", "themes"),
    ],
)
def test_a_card_without_basis_or_questions_is_refused(tmp_path: Path, old: str, new: str, what: str) -> None:
    with pytest.raises(ContentError, match=what):
        load_situation(write(tmp_path, SITUATION.replace(old, new), "kort-1.toml"))


def test_guidance_needs_anchors(tmp_path: Path) -> None:
    good = "# Tittel\n\n## Frister {#frister}\nSvaret skal gis innen tre uker.\n\n## Tom {#tom}\n"
    document = load_guidance(write(tmp_path, good, "r.md"), source="rundskriv/prove")
    assert [str(section.provision) for section in document.sections] == ["rundskriv/prove/frister"]
    with pytest.raises(ContentError, match="no anchor") as caught:
        load_guidance(write(tmp_path, good.replace(" {#frister}", ""), "r.md"), source="rundskriv/prove")
    assert caught.value.line == 3
    with pytest.raises(ContentError, match="already stands on line 3"):
        load_guidance(write(tmp_path, good + "\n## To {#frister}\nMer tekst her.\n", "r.md"), source="rundskriv/prove")


def test_a_register_row_whose_file_is_missing_is_refused(tmp_path: Path) -> None:
    fields = ('title = "X"', 'kind = "rundskriv"', 'binding = "veiledende"', 'publisher = "Y"', 'path = "x.md"')
    row = "\n".join(('[source."rundskriv/x"]', *fields))
    with pytest.raises(ContentError, match="which is missing"):
        load_register(write(tmp_path, row, "register.toml"))
