"""Run ``hjemmel eval``: load cases, ask, print the table, write the run file, decide the exit code."""

from __future__ import annotations

import subprocess
from pathlib import Path

from bot.assistant import Assistant
from corpus.held_out import held_out
from corpus.knowledge import load_knowledge
from corpus.settings import PROJECT
from corpus.split import Split
from eval.case import load_cases
from eval.report import failures, table
from eval.retrieval import ablation, fresh_questions, report, search_all
from eval.run import Revision, run, write_run
from eval.typos import with_typos


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


def measure_retrieval(assistant: Assistant, *, split: str, ablate: bool, typos: int) -> int:
    """Print how retrieval does on the held-out questions of a split; always 0."""
    questions = fresh_questions() if split == "fresh" else held_out(load_knowledge(), Split(split))
    assistant.warm_up()
    if ablate:
        print("\n".join(ablation(assistant, questions)))
        return 0
    print("\n".join(report(search_all(assistant, questions), f"held-out questions ({split})")))
    if typos:
        rows = search_all(assistant, questions, change=lambda text: with_typos(text, typos))
        print()
        print("\n".join(report(rows, f"the same with {typos} typos each")))
    return 0


def measure_refusal(assistant: Assistant, *, split: str) -> int:
    """Print how refusal does on questions that must be refused and on held-out ones that must not; always 0."""
    from eval.refusal import judge, report

    inside, outside = judge(assistant, held_out(load_knowledge(), Split(split)), unanswerable(split))
    print("\n".join(report(inside, outside)))
    return 0


def unanswerable(split: str) -> tuple[str, ...]:
    """Questions that must be refused, one a line of ``eval/unanswerable/``; those of test are never fitted on."""
    names = {"dev": ("calibration.txt", "dev.txt"), "test": ("test.txt",)}[split]
    folder = Path(__file__).parent / "unanswerable"
    lines = [line for name in names for line in (folder / name).read_text(encoding="utf-8").splitlines()]
    return tuple(dict.fromkeys(line.strip() for line in lines if line.strip()))


def _revision() -> Revision:
    def git(*arguments: str) -> str:
        try:
            done = subprocess.run(["git", "-C", str(PROJECT), *arguments], capture_output=True, text=True, check=True)
        except (OSError, subprocess.CalledProcessError):
            return ""
        return done.stdout.strip()

    return Revision(commit=git("rev-parse", "--short", "HEAD"), dirty=bool(git("status", "--porcelain")))
