"""References to law in running text, in every way staff write them."""

from __future__ import annotations

import bz2
import json
import re

import pytest

from corpus.knowledge import HOME
from corpus.law import LawRegistry, load_laws
from corpus.reference import ReferenceFinder
from tests.shared import shared

LAWS = load_laws(HOME / "laws.toml")
FINDER = ReferenceFinder(LAWS)

HPL, BVL, PBRL = "lov/1999-07-02-64", "lov/2021-06-18-97", "lov/1999-07-02-63"
FOUND = [
    ("hpl § 33", [(HPL, "§33", "", "")]),
    ("hpl 33", [(HPL, "§33", "", "")]),
    ("Hva sier hpl. § 33 andre ledd bokstav d?", [(HPL, "§33", "2", "d")]),
    ("lov om helsepersonell paragraf 33", [(HPL, "§33", "", "")]),
    ("helsepersonelloven § 10 a", [(HPL, "§10a", "", "")]),
    ("helsepersonellova § 10a", [(HPL, "§10a", "", "")]),
    ("§ 33 i helsepersonelloven", [(HPL, "§33", "", "")]),
    ("section 33 of the Health Personnel Act", [(HPL, "§33", "", "")]),
    ("bvl. § 13-2 annet ledd", [(BVL, "§13-2", "2", "")]),
    ("barnevernsloven §13-2, 2. ledd", [(BVL, "§13-2", "2", "")]),
    ("pbrl § 4-4 og bvl § 5-1", [(PBRL, "§4-4", "", ""), (BVL, "§5-1", "", "")]),
    ("jf. § 13-4", [("", "§13-4", "", "")]),
    ("helse- og omsorgstjenesteloven § 3-9 b", [("lov/2011-06-24-30", "§3-9b", "", "")]),
    ("straffeloven § 196", [("lov/2005-05-20-28", "§196", "", "")]),
    ("forvaltningslovens § 13", [("lov/1967-02-10", "§13", "", "")]),
    ("EMK art. 8", [("lov/1999-05-21-30", "emke/a8", "", "")]),
    ("barnekonvensjonen artikkel 12", [("lov/1999-05-21-30", "bkn/a12", "", "")]),
    ("GDPR article 9", [("lov/2018-06-15-38", "gdpr/a9", "", "")]),
    ("forvaltningsloven § 13 b", [("lov/1967-02-10", "§13b", "", "")]),
]
NOT_FOUND = [
    "ring 33 22 11 00", "hun er 13 år", "de har 3 uker", "barnevernet har vært her 2 ganger", "kapittel 5",
    "hol i tanna på en 9-åring",
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), FOUND)
def test_references_are_found_in_every_spelling(text: str, wanted: list[tuple[str, str, str, str]]) -> None:
    assert [(r.law, r.section, r.ledd, r.bokstav) for r in FINDER.find(text)] == wanted
    for reference in FINDER.find(text):
        assert reference.surface in text


@pytest.mark.parametrize("text", NOT_FOUND)
def test_other_numbers_are_not_references(text: str) -> None:
    assert FINDER.find(text) == ()


def test_of_two_acts_with_one_name_the_one_in_force_is_meant() -> None:
    law = LAWS.named("forvaltningsloven")
    assert law is not None
    assert law.id == "lov/1967-02-10"
    assert LAWS.get("lov/2025-06-20-81") is not None


def test_labels_are_what_people_write() -> None:
    reference = FINDER.find("hpl § 33 andre ledd")[0]
    assert reference.provision is not None
    assert LAWS.label(reference.provision) == "hpl § 33 andre ledd"
    assert isinstance(LAWS, LawRegistry)


def test_references_with_an_act_are_right_in_real_law_texts() -> None:
    """Where a labelled reference in real law text names one of our acts before the section, we read the same one."""
    path = shared("data/lovdata/citations_sample.jsonl.bz2")
    right = total = 0
    wrong = []
    with bz2.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            target = row["target"].split("/ledd/")[0]
            if "/§" not in target or LAWS.get("/".join(target.split("/")[:2])) is None:
                continue
            before = re.sub(r"<[^>]*>|<[^>]*$|^[^<]*>", "", row["before"])[-70:]
            text = before + row["anchor"]
            found = [r for r in FINDER.find(text) if r.end > len(before) and r.law]
            if not found:
                continue
            total += 1
            if str(found[-1].provision.whole) == target:  # type: ignore[union-attr]
                right += 1
            else:
                wrong.append((text, target, str(found[-1].provision)))
    assert total > 300
    assert right / total >= 0.95, f"{right} of {total}: {wrong[:5]}"
