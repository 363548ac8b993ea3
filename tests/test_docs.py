"""What the documentation says exists, exists; and each room explains itself."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from app import _parser
from bot.pages.texts import NO_ROLE, ROLES
from corpus.knowledge import load_knowledge
from corpus.settings import Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
ROOMS = (
    "corpus", "corpus/model", "corpus/situations", "corpus/questions", "ingest", "ingest/train", "bot", "bot/compose",
    "bot/pages", "eval", "eval/cases", "eval/unanswerable", "eval/fresh", "tests", "docs/decisions",
)  # fmt: skip
PAGES = sorted({*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / room / "README.md" for room in ROOMS)})


def test_every_setting_is_documented() -> None:
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    for name in Settings.__dataclass_fields__:
        assert f"HJEMMEL_{name.upper()}" in page


def test_every_command_is_in_a_readme() -> None:
    pages = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    for name in ("serve", "ask", "ingest", "eval", "corpus check", "corpus status", "corpus train"):
        assert f"hjemmel {name}" in pages, name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere_and_nothing_is_left_to_fill_in(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert "@@" not in text
    assert "TODO" not in text
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
        if not target.startswith(("http", "mailto")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


@pytest.mark.parametrize("room", ROOMS)
def test_each_folder_explains_itself(room: str) -> None:
    assert (ROOT / room / "README.md").is_file()


def test_every_decision_is_listed() -> None:
    index = (ROOT / "docs" / "decisions" / "README.md").read_text(encoding="utf-8")
    for note in (ROOT / "docs" / "decisions").glob("0*.md"):
        assert note.name in index
        assert re.search(
            r"\*\*Context\.\*\*.*\*\*Decision\.\*\*.*\*\*Consequences\.\*\*", note.read_text("utf-8"), re.S
        )


def test_the_readme_counts_are_those_of_the_knowledge_base() -> None:
    knowledge = load_knowledge()
    for count, what in (
        (len(knowledge.provisions), "provisions"),
        (len(knowledge.situations), "situation cards"),
        (len(knowledge.glossary), "concepts"),
        (sum(len(situation.claims) for situation in knowledge.situations), "claims"),
        (len(knowledge.statutes), "acts and regulations"),
    ):
        assert re.search(rf"\b{count} {what}", README), f"README should say {count} {what}"


def test_the_page_offers_roles_that_are_understood() -> None:
    known = {concept.id for concept in load_knowledge().glossary if concept.facet == "rolle"}
    assert set(ROLES) - {NO_ROLE} <= known


def test_the_console_command_and_the_parser_agree() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["scripts"] == {"hjemmel": "app:main"}
    assert _parser().prog == "hjemmel"
