"""Run ``hjemmel eval``: load cases, ask, print the table, write the run file, decide the exit code."""

from __future__ import annotations

import subprocess
from pathlib import Path

from bot.assistant import Assistant
from corpus.settings import PROJECT
from eval.case import load_cases
from eval.report import failures, table
from eval.run import Revision, run, write_run


def evaluate(assistant: Assistant, *, split: str, out: Path | None = None) -> int:
    """Return 0 when every quote is exact and nothing forbidden was said, 1 otherwise."""
    texts = {source: assistant.index.text(source) for source in assistant.sources}
    assistant.warm_up()
    outcome = run(load_cases(split=split), assistant.ask, texts, split=split, revision=_revision())
    for line in table(outcome):
        print(line)
    failed = list(failures(outcome))
    if failed:
        print(f"\n{len(failed)} cases with something missed")
        for line in failed:
            print(f"  {line}")
    path = out or PROJECT / "var" / "eval" / f"{split}-{outcome.provenance.generation}.json"
    write_run(outcome, path)
    print(f"\nrun file: {path}")
    musts = ("quote_fidelity", "nothing_forbidden")
    broken = [o.case.id for o in outcome.outcomes for name in musts if (v := o.value(name)) is not None and v < 1]
    if broken:
        print(f"FAILED: a quote is not exact or something forbidden was said in {', '.join(broken)}")
    return 1 if broken else 0


def _revision() -> Revision:
    def git(*arguments: str) -> str:
        try:
            done = subprocess.run(["git", "-C", str(PROJECT), *arguments], capture_output=True, text=True, check=True)
        except (OSError, subprocess.CalledProcessError):
            return ""
        return done.stdout.strip()

    return Revision(commit=git("rev-parse", "--short", "HEAD"), dirty=bool(git("status", "--porcelain")))
