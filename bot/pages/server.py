"""Serve the page: gradio inside FastAPI, behind the shield."""

from __future__ import annotations

import hashlib
import os
import socket
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bot.pages.shell import MARK, SCRIPT, STYLE, dress, script_hashes
from bot.reply import Language
from corpus.errors import UsageError

if TYPE_CHECKING:
    from fastapi import FastAPI

    from bot.pages.library import Answers
    from corpus.settings import Settings

_HOME = Path(__file__).parent
_FILES = {
    STYLE: ("style.css", "text/css"),
    SCRIPT: ("page.js", "text/javascript"),
    MARK: ("icon.svg", "image/svg+xml"),
}


def build_app(assistant: Answers, language: Language = "nb") -> FastAPI:
    """Return the web application: the page at ``/``, its question as the API endpoint ``ask``.

    It reaches no other host, stores no question, and shows no traceback.
    """
    # gradio reads this when it is imported, and would else call home.
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    import gradio as gr
    from fastapi import FastAPI
    from fastapi.responses import FileResponse

    from bot.pages.ask import AT_ONCE, ask_page
    from bot.pages.shield import Shield
    from bot.pages.theme import theme

    app = FastAPI(title="Hjemmel", docs_url=None, redoc_url=None, openapi_url=None)
    for address, (name, kind) in _FILES.items():

        def file(name: str = name, kind: str = kind) -> FileResponse:
            return FileResponse(_HOME / name, media_type=kind, headers={"cache-control": "public, max-age=3600"})

        app.add_api_route(address, file, methods=["GET"])

    version = _version()

    def dressed(page: str) -> tuple[str, Sequence[str]]:
        page = dress(page, language, version)
        return page, script_hashes(page)

    app.add_middleware(Shield, dress=dressed)
    page = ask_page(assistant, language).queue(default_concurrency_limit=AT_ONCE, max_size=None)
    return gr.mount_gradio_app(  # type: ignore[no-any-return]
        app, page, path="/", theme=theme(), show_error=False, footer_links=[], run_history=False, ssr_mode=False,
        enable_monitoring=False, mcp_server=False, pwa=False,
    )  # fmt: skip


def serve(assistant: Answers, settings: Settings) -> None:
    """Serve until interrupted, on the address of the settings; uvicorn prints it. Requests are not logged."""
    import uvicorn

    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise UsageError(
                f"{settings.host}:{settings.port} cannot be listened on ({error.strerror}).",
                remedy="Stop what uses it, or choose another with --port.",
            ) from error

    uvicorn.run(
        build_app(assistant), host=settings.host, port=settings.port, log_level="info", access_log=False,
        server_header=False,
    )  # fmt: skip


def _version() -> str:
    """Changes when one of the page's own files does."""
    digest = hashlib.sha256()
    for name, _ in _FILES.values():
        digest.update((_HOME / name).read_bytes())
    return digest.hexdigest()[:12]
