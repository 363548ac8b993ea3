"""Draw the few signs of the page; each stands beside words that say the same."""

from __future__ import annotations

from collections.abc import Mapping

from bot.pages.markup import Html

_PATHS: Mapping[str, str] = {
    "plikt": "M8 1.5v8M8 12.8v1.7",
    "rett": "M2.5 8.5l3.6 3.7 7.4-8.4",
    "kan": "M2 8h11M9 3.8L13.2 8 9 12.2",
    "forbud": "M3.2 3.2l9.6 9.6M12.8 3.2l-9.6 9.6",
    "unntak": "M8 14.5V9L3 3.5M8 9l5-5.5M3 7V3.5h3.6M13 7V3.5H9.4",
    "bør": "M8 14V2.5M3.5 7L8 2.5 12.5 7",
    "fakta": "M2.5 4h11M2.5 8h11M2.5 12h7",
    "answered": "M2.5 8.5l3.6 3.7 7.4-8.4",
    "partial": "M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8M8 4.8v3.8M8 11v.4",
    "needs_more": "M5.2 5.6A2.9 2.9 0 1 1 8.7 8.4c-.5.2-.7.6-.7 1.2v.6M8 13.2v.6",
    "not_in_sources": "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9M10.4 10.4L14 14",
    "out_of_scope": "M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8M3.7 3.7l8.6 8.6",
    "personal_data": "M3.5 7h9v6.5h-9zM5.3 7V5a2.7 2.7 0 0 1 5.4 0v2",
    "acute": "M8 2L14.6 13.6H1.4zM8 6.4v3.4M8 11.4v.6",
    "warning": "M8 2L14.6 13.6H1.4zM8 6.4v3.4M8 11.4v.6",
    "info": "M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8M8 7.2v4M8 4.6v.6",
    "copy": "M5.5 5.5h8v8.5h-8zM10.5 5.5V2h-8v8.5h3",
    "out": "M6.5 3H3v10h10V9.5M9.5 2.5h4v4M13.2 2.8L7.5 8.5",
    "back": "M13 8H3M7 4L3 8l4 4",
}


def icon(name: str) -> Html:
    """An icon in the colour of the text around it, hidden from screen readers."""
    return Html(
        '<svg class="hj-icon" viewBox="0 0 16 16" width="16" height="16" fill="none" stroke="currentColor" '
        'stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">'
        f'<path d="{_PATHS[name]}"/></svg>'
    )
