"""What Gradio itself paints around the page: system fonts, and the page's own paper behind it.

The page's colours stand in web/page.css; these two are repeated here because Gradio paints the
background before any style sheet of ours has arrived.
"""

from __future__ import annotations

from typing import Any

PAPER_LIGHT = "#f6f4ef"
PAPER_DARK = "#131a1a"


def theme() -> Any:
    """A Gradio theme that loads no font, neither from the web nor from Gradio's own files."""
    import gradio as gr

    return gr.themes.Base(
        font=("system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "sans-serif"),
        font_mono=("ui-monospace", "Menlo", "Consolas", "monospace"),
    ).set(
        body_background_fill=PAPER_LIGHT,
        body_background_fill_dark=PAPER_DARK,
        block_background_fill="transparent",
        block_background_fill_dark="transparent",
    )
