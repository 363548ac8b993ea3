"""PDFs keep pages, headings and the letters their fonts do not name, or say why they cannot be read."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from fpdf import FPDF

from corpus.errors import SourceUnreadable
from ingest.edits import replay
from ingest.read import read
from ingest.read.raw import RawText
from ingest.read.tounicode import code_width, doubtful_codes, extend, parse
from ingest.repair import repair
from ingest.segment import segment
from tests.shared import shared

PAIRS = ("tti", "ti", "tt", "tf")


def glyphs(line: str) -> list[str]:
    """The characters of a line, with the letter pairs that a font draws as one."""
    return re.findall("|".join(PAIRS) + "|.", line)


def pdf_with_font(
    lines: Iterable[str], *, unnamed: Mapping[str, str | None], fixed: Mapping[str, int] | None = None
) -> bytes:
    """A PDF whose font numbers its glyphs in the order of first use.

    ``unnamed`` tells what the table says of a glyph instead of the truth: None leaves it out, "=" is the code itself.
    ``fixed`` gives a glyph a code of its own choice.
    """
    lines = list(lines)
    codes = dict(fixed or {})
    free = (code for code in range(0x21, 0x100) if code not in codes.values())
    for line in lines:
        for glyph in glyphs(line):
            if glyph not in codes:
                codes[glyph] = next(free)
    table = []
    for glyph, code in codes.items():
        said = unnamed.get(glyph, glyph)
        if said is not None:
            target = chr(code) if said == "=" else said
            table.append(f"<{code:02x}> <{target.encode('utf-16-be').hex()}>")
    cmap = "1 begincodespacerange\n<00> <ff>\nendcodespacerange\n"
    cmap += f"{len(table)} beginbfchar\n" + "\n".join(table) + "\nendbfchar\n"
    shown = "\n".join(
        f"BT /F1 12 Tf 1 0 0 1 50 {760 - 20 * n} Tm <{bytes(codes[g] for g in glyphs(line)).hex()}> Tj ET"
        for n, line in enumerate(lines)
    )
    last = max(codes.values())
    widths = " ".join("500" if code in codes.values() else "0" for code in range(0x21, last + 1))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R"
        " /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream",
        f"<< /Type /Font /Subtype /TrueType /BaseFont /AAAAAA+Calibri /FirstChar 33 /LastChar {last}"
        f" /Widths [{widths}] /FontDescriptor 6 0 R /ToUnicode 7 0 R >>",
        "<< /Type /FontDescriptor /FontName /AAAAAA+Calibri /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0"
        " /Ascent 750 /Descent -250 /CapHeight 700 /StemV 80 >>",
        f"<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream",
    ]
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    return out + f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF".encode()


def read_bytes(folder: Path, data: bytes) -> RawText:
    path = folder / "fil.pdf"
    path.write_bytes(data)
    return read(path)


LINES = (
    "Det er viktig at barn får rett til hjelp.",
    "Dette er tiltak, og tiltakene gir utfordringer: 56 saker i 2016.",
    "Mål: nytt tilbud, samtidig og tett på.",
)


@pytest.mark.parametrize("said", [None, "=", "\ufffd", "\ue123"], ids=["utelatt", "koden selv", "ukjent", "privat"])
def test_a_glyph_without_a_usable_name_is_read_from_its_words(tmp_path: Path, said: str | None) -> None:
    raw = read_bytes(tmp_path, pdf_with_font(LINES, unnamed=dict.fromkeys(("ti", "tt", "tf"), said)))
    assert raw.text == "\n".join(LINES)
    assert {each.name for each in raw.repairs} == {"unnamed-glyph"}
    assert all("kode 0x" in each.why for each in raw.repairs)
    assert raw.findings == ()


def test_a_correct_font_is_left_alone_also_where_a_code_is_its_own_character(tmp_path: Path) -> None:
    own = {",": ord(","), ":": ord(":"), "6": ord("6"), "a": ord("a"), "t": ord("t"), "&": ord("&")}
    raw = read_bytes(tmp_path, pdf_with_font([*LINES, "Barn & unge, a: 66"], unnamed={}, fixed=own))
    assert raw.text == "\n".join([*LINES, "Barn & unge, a: 66"])
    assert raw.repairs == ()


def test_a_glyph_that_no_word_explains_is_reported(tmp_path: Path) -> None:
    raw = read_bytes(tmp_path, pdf_with_font(["Barn og unge xq@zk hjelp fra barnevernet"], unnamed={"@": None}))
    assert raw.text == "Barn og unge xq\ufffdzk hjelp fra barnevernet"
    assert [found.kind for found in raw.findings] == ["tegn uten navn"]


def test_a_glyph_that_opens_lines_is_a_bullet(tmp_path: Path) -> None:
    raw = read_bytes(tmp_path, pdf_with_font(["@ Barn og unge", "@ Foreldre og skole"], unnamed={"@": None}))
    assert raw.text == "• Barn og unge\n• Foreldre og skole"


@pytest.mark.parametrize("name", ["quartz_identity.pdf", "quartz_missing.pdf"])
def test_the_broken_samples_read_as_the_correct_one(name: str) -> None:
    correct = read(shared("data/quartz/quartz_correct.pdf"))
    assert correct.repairs == ()
    assert "tilfelle" in correct.text
    assert "utfordringer" in correct.text
    assert "samarbeidet:\t56\tsaker" in correct.text
    broken = read(shared(f"data/quartz/{name}"))
    assert broken.text == correct.text
    assert len(broken.repairs) == 14
    assert repair(broken.text).text == repair(correct.text).text
    assert not [each for each in repair(correct.text).repairs if each.name == "broken-ligature"]


def test_the_repairs_of_a_reader_can_be_replayed(tmp_path: Path) -> None:
    raw = read_bytes(tmp_path, pdf_with_font(LINES, unnamed={"ti": "=", "tt": "="}))
    original = raw.text
    for each in reversed(raw.repairs):
        original = original[: each.start] + each.before + original[each.start + len(each.after) :]
    assert "viktig" not in original
    assert replay(original, raw.repairs) == raw.text


def made(*, orientation: str = "portrait") -> FPDF:
    pdf = FPDF(orientation=orientation)  # type: ignore[arg-type]
    pdf.set_auto_page_break(auto=False)
    pdf.set_font("helvetica", size=12)
    return pdf


def line(pdf: FPDF, text: str) -> None:
    pdf.cell(0, 8, text, new_x="LMARGIN", new_y="NEXT")


def test_bookmarks_become_headings_and_running_heads_go(tmp_path: Path) -> None:
    pdf = made()
    pdf.set_title("Rutine for samarbeid")
    for number, (heading, level) in enumerate([("Formål", 0), ("Meldeplikt", 1), ("Frister", 0)], start=1):
        pdf.add_page()
        line(pdf, "Eksempel kommune")
        pdf.start_section(heading, level=level)
        line(pdf, heading)
        line(pdf, f"Del {number} gjelder alle som arbeider i tjenesten, og som")
        line(pdf, f"melder fra. Den har nummer {number} i rutinen.")
        line(pdf, f"Side {number} av 3")
    raw = read_bytes(tmp_path, bytes(pdf.output()))
    assert raw.title == "Rutine for samarbeid"
    assert len(raw.pages) == 3
    assert raw.text[raw.pages[1] :].startswith("Eksempel kommune\n## Meldeplikt")
    mended = repair(raw.text)
    assert "Eksempel kommune" not in mended.text
    assert "Side 2" not in mended.text
    document = segment(mended.text, source="dokument/rutine", title=raw.title)
    assert [(section.heading, section.path) for section in document.sections] == [
        ("Formål", ()), ("Meldeplikt", ("Formål",)), ("Frister", ()),
    ]  # fmt: skip
    first = document.sections[0]
    assert mended.text[first.sentences[0].start : first.sentences[0].end] == (
        "Del 1 gjelder alle som arbeider i tjenesten, og som melder fra."
    )


def test_slides_stay_apart(tmp_path: Path) -> None:
    pdf = made(orientation="landscape")
    titles = ["Hvorfor samarbeide?", "Felles ansvar", "Flere tiltak"]
    for title in titles:
        pdf.add_page()
        line(pdf, title)
        line(pdf, "- Barn med tiltak har rett til helsehjelp")
        line(pdf, "- Tjenestene skal samarbeide")
    document = segment(repair(read_bytes(tmp_path, bytes(pdf.output())).text).text, source="dokument/lysbilder")
    assert [section.heading for section in document.sections] == [
        "Hvorfor samarbeide?",
        "Felles ansvar",
        "Flere tiltak",
    ]
    assert all(len(section.sentences) == 2 for section in document.sections)


def test_a_page_without_text_among_others_is_reported(tmp_path: Path) -> None:
    pdf = made()
    pdf.add_page()
    line(pdf, "Barnevernet skal melde fra til politiet.")
    pdf.add_page()
    raw = read_bytes(tmp_path, bytes(pdf.output()))
    assert [found.kind for found in raw.findings] == ["side uten tekst"]
    assert "Side 2" in raw.findings[0].what


def test_a_scan_is_refused_with_a_remedy(tmp_path: Path) -> None:
    pdf = made()
    pdf.add_page()
    with pytest.raises(SourceUnreadable, match=r"ikke noe tekstlag.*OCR"):
        read_bytes(tmp_path, bytes(pdf.output()))


@pytest.mark.parametrize("method", ["RC4", "AES_256"])
def test_a_locked_file_is_refused_with_a_remedy(tmp_path: Path, method: str) -> None:
    from fpdf.enums import EncryptionMethod

    if method != "RC4":
        pytest.importorskip("cryptography", reason="making such a file needs the package cryptography")
    pdf = made()
    pdf.set_encryption(
        owner_password="eier", user_password="leser", encryption_method=getattr(EncryptionMethod, method)
    )
    pdf.add_page()
    line(pdf, "Barnevernet skal melde fra til politiet.")
    with pytest.raises(SourceUnreadable, match="låst med passord"):
        read_bytes(tmp_path, bytes(pdf.output()))


def test_a_file_that_only_forbids_changes_is_read(tmp_path: Path) -> None:
    pdf = made()
    pdf.set_encryption(owner_password="eier")
    pdf.add_page()
    line(pdf, "Barnevernet skal melde fra til politiet.")
    assert read_bytes(tmp_path, bytes(pdf.output())).text == "Barnevernet skal melde fra til politiet."


def test_damage_never_gets_through_as_anything_but_our_error(tmp_path: Path) -> None:
    whole = pdf_with_font(LINES, unnamed={"ti": None})
    rng = random.Random(7)
    for _ in range(60):
        damaged = bytearray(whole[: rng.randrange(10, len(whole))])
        for _ in range(rng.randrange(1, 20)):
            damaged[rng.randrange(len(damaged))] = rng.randrange(256)
        try:
            read_bytes(tmp_path, bytes(damaged))
        except SourceUnreadable as error:
            assert error.remedy  # noqa: PT017 - both outcomes are right, a crash is not


def test_ranges_and_lists_of_a_table_are_read() -> None:
    table = b"2 beginbfrange\n<0003> <0005> <0041>\n<0010> <0011> [<0074 0069> <D83DDE00>]\nendbfrange"
    assert parse(table) == {3: "A", 4: "B", 5: "C", 16: "ti", 17: "😀"}
    assert code_width(table) == 2
    assert parse(extend(table, {4: "\U000f0000"}, width=2))[4] == "\U000f0000"


def test_a_font_of_plain_codes_is_trusted() -> None:
    plain = {code: chr(code) for code in range(0x41, 0x5B)}
    assert doubtful_codes(plain, range(0x41, 0x60), has_encoding=True) == {}
    assert doubtful_codes(plain, [0x2C], has_encoding=False) == {0x2C: ","}
