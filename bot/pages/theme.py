"""Let gradio's components take their colours and sizes from the page's own stylesheet."""

from __future__ import annotations

import gradio as gr

_FONT = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "Arial", "sans-serif")
_MONO = ("ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "monospace")

_VALUES = {
    "body_background_fill": "var(--hj-page)",
    "body_text_color": "var(--hj-ink)",
    "body_text_color_subdued": "var(--hj-quiet)",
    "body_text_size": "1.0625rem",
    "background_fill_primary": "var(--hj-surface)",
    "background_fill_secondary": "var(--hj-page)",
    "border_color_primary": "var(--hj-edge)",
    "border_color_accent": "var(--hj-accent)",
    "color_accent": "var(--hj-accent)",
    "color_accent_soft": "var(--hj-soft)",
    "link_text_color": "var(--hj-accent)",
    "block_background_fill": "transparent",
    "block_border_width": "0px",
    "block_shadow": "none",
    "block_padding": "0px",
    "block_label_text_color": "var(--hj-ink)",
    "block_title_text_color": "var(--hj-ink)",
    "block_title_text_size": "1rem",
    "block_title_text_weight": "600",
    "input_background_fill": "var(--hj-surface)",
    "input_border_color": "var(--hj-edge)",
    "input_border_color_focus": "var(--hj-accent)",
    "input_border_width": "1px",
    "input_placeholder_color": "var(--hj-quiet)",
    "input_text_size": "1.0625rem",
    "input_radius": "6px",
    "input_shadow": "none",
    "input_shadow_focus": "none",
    "button_primary_background_fill": "var(--hj-accent)",
    "button_primary_background_fill_hover": "var(--hj-accent-strong)",
    "button_primary_text_color": "var(--hj-on-accent)",
    "button_primary_border_color": "var(--hj-accent)",
    "button_secondary_background_fill": "transparent",
    "button_secondary_background_fill_hover": "var(--hj-soft)",
    "button_secondary_text_color": "var(--hj-accent)",
    "button_secondary_border_color": "var(--hj-edge)",
    "button_large_text_size": "1.0625rem",
    "button_large_radius": "6px",
    "button_medium_text_size": "1rem",
    "button_medium_radius": "6px",
    "button_transition": "none",
    "shadow_drop": "none",
}


def theme() -> gr.themes.Base:
    """The theme: system fonts, and every colour a variable of ``style.css``, which knows light and dark itself."""
    base = gr.themes.Base(font=_FONT, font_mono=_MONO)
    known = base.set.__code__.co_varnames
    dark = {f"{name}_dark": value for name, value in _VALUES.items() if f"{name}_dark" in known}
    return base.set(**_VALUES, **dark)
