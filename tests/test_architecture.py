"""The house rules: who may import whom, which library lives where, and that importing does nothing."""

from __future__ import annotations

import ast
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("corpus", "ingest", "bot", "eval")

MAY_IMPORT = {
    "corpus": {"corpus"},
    "ingest": {"corpus", "ingest"},
    "bot": {"corpus", "bot"},
    "eval": {"corpus", "bot", "eval"},
    "app": {"corpus", "ingest", "bot", "eval", "app"},
}

HOMES = {
    "chromadb": {"corpus/index.py"},
    "pypdf": {"ingest/read/pdf.py"},
    "bs4": {"ingest/read/html.py"},
    "docx": {"ingest/read/docx.py"},
    "gradio": {"app.py", "bot/pages/"},
    "fastapi": {"app.py", "bot/pages/"},
    "langchain": {"bot/chain.py", "bot/llm.py"},
    "langchain_core": {"bot/chain.py", "bot/llm.py", "bot/assistant.py"},
    "sentence_transformers": {"corpus/embed.py", "corpus/rerank.py", "ingest/train/"},
    "torch": {"corpus/embed.py", "bot/search/fit.py", "ingest/train/"},
    "tokenizers": {"corpus/embed.py", "ingest/train/"},
    "safetensors": {"corpus/embed.py", "ingest/train/"},
    "snowballstemmer": {"corpus/lexical.py"},
    "filelock": {"corpus/generation.py"},
    "rich": {"app.py"},
}

PURE = (
    "corpus/agreement.py", "corpus/annotate.py", "corpus/chunk.py", "corpus/document.py", "corpus/modality.py",
    "corpus/provision.py", "corpus/record.py", "corpus/reference.py", "corpus/sentence.py", "corpus/lexical.py",
    "bot/card.py", "bot/confidence.py", "bot/guard.py", "bot/inforce.py", "bot/machine.py", "bot/question.py",
    "bot/labels.py", "bot/reply.py", "bot/terminal.py", "bot/texts.py", "bot/understand.py", "bot/verify.py",
    "bot/pages/card.py", "bot/pages/source.py", "bot/pages/copied.py", "bot/pages/prose.py", "bot/pages/markup.py",
    "bot/pages/texts.py", "bot/compose/drafts.py", "bot/compose/passages.py", "bot/compose/situation.py",
    "eval/score.py", "corpus/field.py",
    "ingest/chunker.py", "ingest/repair.py", "ingest/segment.py", "ingest/audit.py", "ingest/report.py",
)  # fmt: skip
IMPURE = {"os", "pathlib", "time", "socket", "subprocess", "urllib", "requests", "httpx", "shutil", "tempfile"}

HEAVY = ("chromadb", "gradio", "torch", "sentence_transformers", "langchain", "langchain_core", "pypdf", "bs4", "docx")


def modules() -> Iterator[Path]:
    yield ROOT / "app.py"
    for room in ROOMS:
        yield from sorted((ROOT / room).rglob("*.py"))


def imports(path: Path) -> Iterator[tuple[str, int, bool]]:
    """Each imported module, its line, and whether it is imported when the module is (not inside a function)."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    late: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or (
            isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        ):
            late.update(ast.walk(node))
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}:{node.lineno}: relative import"
            names = [node.module or ""]
        for name in names:
            yield name, node.lineno, node not in late


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_rooms_import_only_what_they_may() -> None:
    wrong = [
        f"{name_of(path)}:{line} imports {name}"
        for path in modules()
        for name, line, _ in imports(path)
        if (top := name.split(".")[0]) in {*ROOMS, "app"}
        and top not in MAY_IMPORT[name_of(path).split("/")[0].removesuffix(".py")]
    ]
    assert wrong == []


def test_each_library_has_one_home() -> None:
    wrong = [
        f"{name_of(path)}:{line} imports {name}"
        for path in modules()
        for name, line, _ in imports(path)
        if (homes := HOMES.get(name.split(".")[0])) and not any(name_of(path).startswith(home) for home in homes)
    ]
    assert wrong == []


@pytest.mark.parametrize("name", PURE)
def test_pure_modules_touch_nothing(name: str) -> None:
    path = ROOT / name
    assert path.is_file(), f"{name} is listed as pure and is gone"
    assert [found for found, _, _ in imports(path) if found.split(".")[0] in IMPURE and found != "urllib.parse"] == []
    calls = {
        ast.unparse(n.func) for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Call)
    }
    assert not calls & {"open", "input", "print", "datetime.now", "date.today"}


def test_eval_sees_the_bot_only_through_the_assistant() -> None:
    allowed = {"bot.assistant", "bot.question", "bot.reply", "bot.machine"}
    wrong = [
        f"{name_of(path)}:{line} imports {name}"
        for path in sorted((ROOT / "eval").rglob("*.py"))
        for name, line, _ in imports(path)
        if name.startswith("bot") and name not in allowed
    ]
    assert wrong == []


def test_nothing_heavy_is_imported_with_the_modules() -> None:
    exempt = ("bot/pages/", "ingest/train/")
    wrong = [
        f"{name_of(path)}:{line} imports {name}"
        for path in modules()
        if not name_of(path).startswith(exempt)
        for name, line, early in imports(path)
        if early and name.split(".")[0] in HEAVY
    ]
    assert wrong == []


def test_help_answers_in_half_a_second() -> None:
    def timed() -> float:
        began = time.perf_counter()
        done = subprocess.run([sys.executable, ROOT / "app.py", "--help"], capture_output=True, text=True, check=True)
        assert "serve" in done.stdout
        return time.perf_counter() - began

    assert min(timed() for _ in range(3)) < 0.5
