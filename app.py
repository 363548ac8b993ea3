"""Compose the rooms: the command ``hjemmel`` and the web app. Running this file is ``hjemmel serve``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.assistant import Assistant
    from bot.question import Ask
    from bot.reply import Reply
    from corpus.settings import Settings
    from ingest.pipeline import Progress
    from ingest.report import Report

OK, FAILED, UNUSABLE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 findings or regression, 2 usage or installation."""
    from corpus.errors import HjemmelError

    parser = _parser()
    given = parser.parse_args(arguments)
    run: Callable[[argparse.Namespace], int] | None = getattr(given, "run", None)
    if run is None:
        parser.print_help()
        return UNUSABLE
    try:
        return run(given)
    except HjemmelError as error:
        print(f"hjemmel: {error}", file=sys.stderr)
        return UNUSABLE
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return OK


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hjemmel",
        description="Duties, confidentiality and consent where barnevern meets health services.",
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    serve = commands.add_parser("serve", help="serve the chat page; builds the index when it is missing or stale")
    serve.add_argument("--host", help="address to listen on (default 127.0.0.1)")
    serve.add_argument("--port", type=int, help="port to listen on (default 7860)")
    serve.set_defaults(run=_serve)

    ask = commands.add_parser("ask", help="answer one question, or a file of questions")
    ask.add_argument("question", nargs="?", help="the question, in bokmål, nynorsk or English")
    ask.add_argument("--json", action="store_true", help="print the reply as one JSON object")
    ask.add_argument("--batch", type=Path, metavar="IN.jsonl", help="answer every line of a file")
    ask.add_argument("--out", type=Path, metavar="OUT.jsonl", help="where the replies to --batch go")
    ask.add_argument("--role", help="who asks, such as helsesykepleier")
    ask.add_argument("--age", type=int, help="the child's age in years")
    ask.add_argument("--language", choices=("nb", "nn", "en"), help="language of the reply")
    ask.set_defaults(run=_ask)

    ingest = commands.add_parser(
        "ingest", help="bring the index up to date, with the documents of a folder if one is given"
    )
    ingest.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", help="folder with .md .txt .pdf .html .docx")
    ingest.add_argument("--index", type=Path, metavar="DIR", help="build in this folder instead (a scratch index)")
    ingest.add_argument(
        "--forget", action="append", type=Path, default=[], metavar="FOLDER", help="take a folder out again"
    )
    ingest.add_argument("--rebuild", action="store_true", help="read and embed everything anew")
    ingest.set_defaults(run=_ingest)

    corpus = commands.add_parser("corpus", help="check, list or train what the answers rest on")
    about = corpus.add_subparsers(title="corpus commands", metavar="COMMAND", required=True)
    check = about.add_parser("check", help="find dead references, misquotes and unsupported numbers")
    check.add_argument(
        "--against",
        nargs="+",
        type=Path,
        default=[],
        metavar="PATH",
        help="find also what repeats these texts of others",
    )
    check.set_defaults(run=_corpus_check)
    status = about.add_parser("status", help="list the sources with their state of law")
    status.set_defaults(run=_corpus_status)
    split = about.add_parser("split", help="place new questions in train, dev or test, by situation")
    split.set_defaults(run=_corpus_split)
    train = about.add_parser("train", help="train the bundled embedding model")
    train.add_argument(
        "--data", type=Path, required=True, metavar="DIR", help="folder with lovdata/, norquad/, general/"
    )
    train.add_argument("--out", type=Path, metavar="DIR", help="where the model goes (default corpus/model)")
    train.add_argument("--seed", type=int, default=7)
    train.set_defaults(run=_corpus_train)

    evaluate = commands.add_parser("eval", help="measure answers and retrieval, or fit the weights of search")
    evaluate.add_argument(
        "what", nargs="?", choices=("cases", "retrieval", "refusal", "fit"), default="cases",
        help="cases: answers to cases with known provisions (default); retrieval: held-out questions; "
        "refusal: what must be refused; fit: the weights",
    )  # fmt: skip
    evaluate.add_argument("--ablate", action="store_true", help="retrieval with each arm off in turn")
    evaluate.add_argument("--typos", type=int, default=0, metavar="N", help="retrieval also with N typos a question")
    evaluate.add_argument(
        "--split", choices=("dev", "test", "fresh"), default="dev", help="fresh is for retrieval only"
    )
    evaluate.add_argument("--out", type=Path, metavar="FILE", help="run file to write (default var/eval/)")
    evaluate.set_defaults(run=_eval)
    return parser


def _serve(given: argparse.Namespace) -> int:
    from dataclasses import replace

    settings = _settings()
    settings = replace(settings, host=given.host or settings.host, port=given.port or settings.port)
    from bot.pages.server import serve

    serve(_ready(settings), settings)
    return OK


def _ask(given: argparse.Namespace) -> int:
    from bot.question import Ask
    from corpus.errors import UsageError

    if given.batch is not None:
        if given.question is not None or given.out is None:
            raise UsageError("--batch IN needs --out OUT and no question.", remedy="See: hjemmel ask --help")
        return _ask_batch(given.batch, given.out)
    if given.question is None:
        raise UsageError("no question was given.", remedy='Try: hjemmel ask "Må jeg melde fra?"')
    if given.age is not None and not 0 <= given.age <= 120:
        raise UsageError(f"--age is {given.age}.", remedy="Give the child's age in years.")
    assistant = _opened()
    return _print_reply(
        assistant,
        Ask(question=given.question, role=given.role, age=given.age, language=given.language),
        as_json=given.json,
    )


def _print_reply(assistant: Assistant, ask: Ask, *, as_json: bool) -> int:
    import json
    import time

    from bot.machine import to_machine
    from bot.terminal import print_card

    began = time.perf_counter()
    reply: Reply = assistant.ask(ask)
    if as_json:
        print(json.dumps(to_machine(reply, id="1", ms=(time.perf_counter() - began) * 1000), ensure_ascii=False))
    else:
        print(print_card(reply, assistant.knowledge.laws, assistant.sources), end="")
    return OK


def _ask_batch(source: Path, target: Path) -> int:
    import os

    from bot.batch import answer_batch, read_batch
    from corpus.errors import UsageError

    asks = read_batch(source)
    if not target.parent.is_dir():
        raise UsageError(f"{target.parent} is not a folder.", remedy="Create it first.")
    assistant = _opened()
    scratch = target.with_name(f"{target.name}.{os.getpid()}")
    with scratch.open("w", encoding="utf-8") as file:
        for line in answer_batch(asks, assistant.ask):
            file.write(line + "\n")
    os.replace(scratch, target)
    print(f"{len(asks)} svar i {target}", file=sys.stderr)
    return OK


def _ingest(given: argparse.Namespace) -> int:
    from dataclasses import replace

    from corpus.errors import UsageError

    settings = _settings()
    if given.index is not None:
        settings = replace(settings, index=given.index)
    for folder in given.folders:
        if not folder.is_dir():
            raise UsageError(f"{folder} is not a folder.", remedy="Give a folder that holds documents.")
    report = _build(settings, folders=given.folders, forget=given.forget, rebuild=given.rebuild)
    for line in report.lines():
        print(line)
    return OK


def _corpus_check(given: argparse.Namespace) -> int:
    from corpus.check import check
    from corpus.copies import check_copies
    from corpus.knowledge import load_knowledge
    from corpus.status import counts
    from ingest.folder import texts_of
    from ingest.pipeline import knowledge_documents

    knowledge = load_knowledge()
    documents = knowledge_documents(knowledge)
    findings = [*check(knowledge, documents)]
    if given.against:
        findings += check_copies(knowledge, documents, texts_of(given.against))
    for finding in findings:
        print(finding)
    print(f"{counts(knowledge)}: {len(findings)} funn")
    return FAILED if findings else OK


def _corpus_status(_: argparse.Namespace) -> int:
    from corpus.knowledge import load_knowledge
    from corpus.status import counts, status_table

    knowledge = load_knowledge()
    print("\n".join(status_table(knowledge)))
    print(counts(knowledge))
    return OK


def _corpus_split(_: argparse.Namespace) -> int:
    from corpus.knowledge import load_knowledge
    from corpus.question import placed, save_questions
    from corpus.situation import write_split
    from corpus.split import split_of

    knowledge = load_knowledge()
    cards = [card for card in knowledge.situations if card.split is None]
    for card in cards:
        write_split(card, split_of(card.id))
    bank = placed(load_knowledge().bank)
    print(f"{len(cards)} kort og {save_questions(bank)} filer med spørsmål er fordelt på nytt")
    return OK


def _corpus_train(given: argparse.Namespace) -> int:
    from corpus.embed import BUNDLED
    from ingest.train.command import train

    with _progress() as progress:
        train(given.data, given.out or BUNDLED, seed=given.seed, progress=progress)
    return OK


def _eval(given: argparse.Namespace) -> int:
    from corpus.errors import UsageError
    from eval.command import evaluate, measure_refusal, measure_retrieval

    if given.what == "fit":
        return _fit(given.out)
    assistant = _opened()
    if given.what == "retrieval":
        return measure_retrieval(assistant, split=given.split, ablate=given.ablate, typos=given.typos)
    if given.what == "refusal" and given.split != "fresh":
        return measure_refusal(assistant, split=given.split)
    if given.split == "fresh":
        raise UsageError("the fresh questions are for retrieval.", remedy="Try: hjemmel eval retrieval --split fresh")
    return evaluate(assistant, split=given.split, out=given.out)


def _fit(out: Path | None) -> int:
    """Fit over a scratch index that holds the dev questions too; the index that serves never does."""
    from tempfile import TemporaryDirectory

    from bot.assistant import assemble
    from bot.search.fit import fit_all
    from bot.search.weights import FITTED, write_weights
    from corpus.embed import open_embedder
    from corpus.held_out import for_fitting, with_dev
    from corpus.index import open_index
    from corpus.knowledge import load_knowledge
    from eval.command import unanswerable
    from ingest.pipeline import ingest

    knowledge, embedder = load_knowledge(), open_embedder(_settings())
    questions = for_fitting(knowledge)
    with TemporaryDirectory() as scratch:
        with _progress() as progress:
            ingest(Path(scratch), with_dev(knowledge), embedder, progress=progress)
        assistant = assemble(with_dev(knowledge), embedder, open_index(Path(scratch)))
        weights = fit_all(assistant, questions, unanswerable("dev"), print)
    write_weights(weights, out or FITTED, {"split": "dev", "asked": len(questions), "embedder": embedder.name})
    print(f"{out or FITTED} is written")
    return OK


def _settings() -> Settings:
    from corpus.settings import settings_from

    return settings_from()


def _opened() -> Assistant:
    """The assistant over the index as it is; a missing or stale bundled index is built first."""
    return _ready(_settings())


def _ready(settings: Settings) -> Assistant:
    from bot.assistant import open_assistant
    from corpus.errors import IndexBusy, IndexProblem

    try:
        return open_assistant(settings)
    except IndexBusy:
        raise
    except IndexProblem as problem:
        print(f"hjemmel: {problem.what} Bygger den nå.", file=sys.stderr)
    _build(settings)
    return open_assistant(settings)


def _build(
    settings: Settings, *, folders: Sequence[Path] = (), forget: Sequence[Path] = (), rebuild: bool = False
) -> Report:
    from corpus.embed import open_embedder
    from corpus.knowledge import load_knowledge
    from ingest.pipeline import ingest

    knowledge, embedder = load_knowledge(), open_embedder(settings)
    with _progress() as progress:
        return ingest(
            settings.index, knowledge, embedder, folders=folders, forget=forget, rebuild=rebuild, progress=progress
        )


@contextmanager
def _progress() -> Iterator[Progress]:
    """A progress bar on standard error, one line a step."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description:<24}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    tasks = {}
    with Progress(*columns, console=Console(stderr=True)) as bar:

        def report(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bar.add_task(step, total=total)
            bar.update(tasks[step], completed=done, total=total)

        yield report


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or ["serve"]))
