"""Guard every response: security headers, no way in that the page does not use, and gradio's page dressed as ours."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterable, MutableMapping, Sequence
from typing import Any

from bot.pages.quiet import places

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Dress = Callable[[str], tuple[str, Sequence[str]]]
"""Takes gradio's page; returns ours and the CSP names of the scripts in it."""

_log = logging.getLogger("hjemmel.pages")

CLOSED = (
    "/gradio_api/upload", "/gradio_api/proxy", "/gradio_api/file", "/gradio_api/stream", "/gradio_api/component_server",
    "/gradio_api/deep_link", "/gradio_api/custom_component", "/monitoring", "/docs", "/redoc", "/openapi.json",
)  # fmt: skip
"""Ways in that gradio and FastAPI open and this page never uses."""

MAX_BODY = 256 * 1024
"""More than any question; a larger body is refused before it is read."""


def policy(scripts: Iterable[str] = ()) -> str:
    """The content security policy: everything from this server only, inline scripts only those named.

    ``unsafe-eval`` stays because gradio compiles its HTML templates and the ``js`` of events; ``unsafe-inline`` for
    styles because its components write them. No script from outside can be loaded and no address outside reached.
    """
    return "; ".join(
        (
            "default-src 'self'",
            " ".join(("script-src 'self' 'unsafe-eval'", *scripts)),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-src 'none'",
            "frame-ancestors 'none'",
        )
    )


HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=(), "
    "clipboard-read=(), clipboard-write=(self)",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


class Shield:
    """ASGI middleware around the whole application."""

    def __init__(self, app: App, dress: Dress) -> None:
        self._app = app
        self._dress = dress

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif scope["path"].startswith(CLOSED):
            await _refuse(send, 404)
        elif _length(scope) > MAX_BODY:
            await _refuse(send, 413)
        else:
            await self._guarded(scope, receive, send)

    async def _guarded(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; what fails becomes an empty 500, logged by place and kind, never with its words."""
        began = False

        async def sending(message: Message) -> None:
            nonlocal began
            began = True
            await send(message)

        try:
            if scope["path"] == "/" and scope["method"] == "GET":
                await self._page(scope, receive, sending)
            else:
                kept = _is_asset(scope["path"])
                await self._app(scope, receive, _with_headers(sending, policy(), keep=kept))
        except Exception as error:
            _log.error("a request failed with %s\n%s", type(error).__name__, places(error))
            if not began:
                await _refuse(send, 500)

    async def _page(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Collect gradio's page, dress it, and name its scripts in the policy."""
        plain = {**scope, "headers": [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]}
        start: Message = {}
        body = bytearray()

        async def collect(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
            elif message["type"] == "http.response.body":
                body.extend(message.get("body", b""))

        await self._app(plain, receive, collect)
        scripts: Sequence[str] = ()
        if start["status"] == 200:
            page, scripts = self._dress(body.decode("utf-8"))
            body = bytearray(page.encode("utf-8"))
        kept = [pair for pair in start["headers"] if pair[0].lower() != b"content-length"]
        start["headers"] = [*kept, (b"content-length", str(len(body)).encode())]
        guarded = _with_headers(send, policy(scripts), keep=False)
        await guarded(start)
        await guarded({"type": "http.response.body", "body": bytes(body)})


def _with_headers(send: Send, csp: str, *, keep: bool) -> Send:
    """Send with our headers in place of the same ones; what is not ``keep`` is never stored by the browser."""
    ours = {**HEADERS, "content-security-policy": csp}
    if not keep:
        ours["cache-control"] = "no-store"
    names = {name.encode() for name in ours} | {b"server"}

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            others = [pair for pair in message.get("headers", ()) if pair[0].lower() not in names]
            added = [(name.encode(), value.encode("latin-1")) for name, value in ours.items()]
            message = {**message, "headers": [*others, *added]}
        await send(message)

    return sending


async def _refuse(send: Send, status: int) -> None:
    guarded = _with_headers(send, policy(), keep=False)
    await guarded({"type": "http.response.start", "status": status, "headers": [(b"content-length", b"0")]})
    await guarded({"type": "http.response.body", "body": b""})


def _length(scope: Scope) -> int:
    given = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    return int(given) if given.isdigit() else 0


def _is_asset(path: str) -> bool:
    return path.startswith(("/assets/", "/static/", "/hjemmel/", "/theme.css"))
