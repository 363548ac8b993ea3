"""The command ``hjemmel``: machine form, batches, exit codes, one clear line when something is wrong."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

ROOT = Path(__file__).parent.parent
SCHEMA = json.loads((ROOT / "docs" / "reply.schema.json").read_text(encoding="utf-8"))


def hjemmel(index: Path, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, str(ROOT / "app.py"), *arguments], capture_output=True, text=True, timeout=120,
        env={**os.environ, "HJEMMEL_INDEX": str(index), "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    if check:
        assert done.returncode == 0, done.stderr
    return done


def test_ask_prints_a_card_with_sources(built_index: Path) -> None:
    out = hjemmel(built_index, "ask", "Hvor lang tid har barnevernet på å se på en bekymringsmelding?").stdout
    assert "Kort svar" in out
    assert "bvl § 2-1" in out
    assert "https://lovdata.no/lov/2021-06-18-97/§2-1" in out


def test_json_is_one_object_of_the_published_form(built_index: Path) -> None:
    out = hjemmel(built_index, "ask", "--json", "Må jeg melde fra om vold?").stdout
    assert out.count("\n") == 1
    jsonschema.validate(json.loads(out), SCHEMA)


def test_a_batch_gives_one_reply_a_line_in_order(built_index: Path, tmp_path: Path) -> None:
    rows = [
        {"id": "a", "question": "Må jeg melde?", "role": "lærer"},
        {"id": 2, "question": "Hva er satsen for kjøregodtgjørelse?", "age": None},
        {"id": "c", "question": "Kan fjortenåringen samtykke selv?", "age": 14, "language": "nn", "extra": True},
        {"id": "d", "question": ""},
    ]
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("\n".join(json.dumps(row) for row in rows) + "\n\n", encoding="utf-8")
    hjemmel(built_index, "ask", "--batch", str(source), "--out", str(target))
    replies = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert [reply["id"] for reply in replies] == ["a", "2", "c", "d"]
    for reply in replies:
        jsonschema.validate(reply, SCHEMA)
    assert replies[1]["status"] in ("not_in_sources", "out_of_scope")
    assert replies[2]["language"] == "nn"
    assert replies[3]["status"] == "needs_more"


WRONG = [
    (["ask"], "no question"),
    (["ask", "--batch", "nowhere.jsonl", "--out", "x.jsonl"], "cannot be read"),
    (["ask", "--batch", "in.jsonl"], "--out"),
    (["ingest", "/finnes/ikke"], "is not a folder"),
    (["ask", "--age", "200", "x"], "--age"),
]


@pytest.mark.parametrize(("arguments", "what"), WRONG)
def test_wrong_usage_exits_2_with_one_clear_line(built_index: Path, arguments: list[str], what: str) -> None:
    done = hjemmel(built_index, *arguments, check=False)
    assert done.returncode == 2
    assert what in done.stderr
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


def test_a_bad_line_in_a_batch_is_named_and_nothing_is_answered(built_index: Path, tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text('{"id": 1, "question": "ok"}\n{"id": 2}\n', encoding="utf-8")
    done = hjemmel(built_index, "ask", "--batch", str(source), "--out", str(target), check=False)
    assert done.returncode == 2
    assert "in.jsonl:2" in done.stderr
    assert not target.exists()


def test_a_broken_setting_exits_2(built_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HJEMMEL_PORT", "mange")
    done = hjemmel(built_index, "ask", "x", check=False)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)


def test_an_index_folder_that_cannot_be_written_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("")
    done = hjemmel(tmp_path / "fil" / "index", "ask", "x", check=False)
    assert done.returncode == 2
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_port_in_use_is_said_in_one_line(built_index: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = hjemmel(built_index, "serve", "--port", str(taken.getsockname()[1]), check=False)
    assert done.returncode == 2
    assert "--port" in done.stderr
    assert "Traceback" not in done.stderr


def test_corpus_check_is_clean(built_index: Path) -> None:
    assert "0 funn" in hjemmel(built_index, "corpus", "check").stdout


def test_ingest_reports_and_is_idempotent(built_index: Path, tmp_path: Path) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "rutine.md").write_text("# Rutine\n\n## Møter\n\nTjenesten skal holde møte hver uke.\n", encoding="utf-8")
    (folder / "tom.pdf").write_bytes(b"")
    first = hjemmel(built_index, "ingest", str(folder), "--index", str(tmp_path / "scratch")).stdout
    assert "tom.pdf" in first
    second = hjemmel(built_index, "ingest", "--index", str(tmp_path / "scratch")).stdout
    assert "uendret" in second
