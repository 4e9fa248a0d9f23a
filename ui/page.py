"""The page as a Gradio app: one HTML view, and the one public endpoint, `ask`.

The view is our own HTML and not `gr.Chatbot`, because the page needs what a chatbot component does
not give: citations that are real buttons, a source beside the chat, one live region, a composer that
works with every keyboard. It asks through the same queued endpoint as any outside program.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from index.errors import LightqaError
from index.load import KINDS
from qa.writer.client import Writer
from ui.library import Library
from ui.rows import is_whole
from ui.saved import LONGEST_QUESTION
from ui.texts import parts_of
from ui.uploads import LARGEST_FILE
from ui.waiting import wait_for_questions
from ui.writing import attributes

WEB = Path(__file__).parent / "web"

MOST_EARLIER = 20
"""Earlier questions that are taken along: a follow-up leans on the last few."""

WAITING = 64
"""Questions that may wait at once; the next person is asked to try again in a moment."""


def endpoint(library: Library) -> Callable[..., dict[str, Any]]:
    """What `/ask`, `/ask_within` and the MCP tool `ask` call; its docstring is their documentation."""

    def ask(question: str, earlier: list[str] | None = None, document: str | None = None) -> dict[str, Any]:
        """Answer a question only in sentences quoted word for word from the documents on this machine.

        The reply is an answer (quotes with citations: document, section, character offsets), a refusal
        (the documents do not answer), or an emergency (what to do now).

        Args:
            question: The question, in plain English, at most 2,000 characters.
            earlier: The earlier questions of the same conversation, oldest first, for follow-ups.
            document: The path of the only document to answer from, as citations name it; none for all.
        """
        import gradio as gr

        try:
            asked = [checked(turn) for turn in (earlier or [])[-MOST_EARLIER:]]
            if document and not library.edition.index.holds(str(document)):
                raise ValueError("This document is not among those that are indexed; ask all of them.")
            return library.ask(checked(question), asked, document or None).as_json()
        except (LightqaError, ValueError) as error:
            raise gr.Error(str(error), print_exception=False) from error

    return ask


def of_all(ask: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """The endpoint `/ask`, which answers from all documents: Gradio demands every argument of an endpoint."""

    def ask_all(question: str, earlier: list[str] | None = None) -> dict[str, Any]:
        return ask(question, earlier)

    ask_all.__doc__ = str(ask.__doc__).partition("\n            document:")[0]
    return ask_all


def build(ask: Callable[..., dict[str, Any]], view: str) -> Any:
    """The Gradio Blocks: the view, as `shell` gives it, and the API endpoints."""
    import gradio as gr
    from gradio.events import api

    with gr.Blocks(title="lightqa", analytics_enabled=False, fill_width=True) as blocks:
        gr.HTML(view, apply_default_css=False, js_on_load=None)
        api(of_all(ask), api_name="ask", concurrency_id="ask")
        api(ask, api_name="ask_within", concurrency_id="ask")
    blocks.queue(max_size=WAITING)
    wait_for_questions(blocks._queue)
    # Gradio copies the page's settings for each call and keeps 10,000 copies; there is no state to keep.
    blocks.state_session_capacity = 2 * WAITING
    return blocks


def forget_answered(blocks: Any) -> None:
    """Drops what Gradio's queue keeps of every call for ever; to be called in the server's event loop.

    It never removes the empty set of events of a session that has got all its replies, and searches all
    of them again on every call.
    """
    waiting = blocks._queue.pending_event_ids_session
    for session in [session for session, events in waiting.items() if not events]:
        del waiting[session]
        blocks._queue.pending_messages_per_session.pop(session, None)


def checked(question: str) -> str:
    """The question, if it can be asked.

    Raises:
        ValueError: It is no text, is empty, holds half a character, or is longer than `LONGEST_QUESTION`.
    """
    if not isinstance(question, str) or not question.strip():
        raise ValueError("The question is empty. Type a question in plain words.")
    if not is_whole(question):
        raise ValueError("The question holds half a character, which cannot be read. Please type it again.")
    if len(question) > LONGEST_QUESTION:
        raise ValueError(
            f"The question has {len(question):,} characters; at most {LONGEST_QUESTION:,} can be asked. "
            "Please shorten it to what you want to know."
        )
    return question


def shell(notice: str, *, allow_uploads: bool, feedback: bool, keeps: bool, writer: Writer | None) -> str:
    """The page without any content of a document, which only arrives through the routes, escaped.

    Args:
        notice: The standing notice.
        allow_uploads, feedback, keeps: Whether the page offers to add documents, to judge answers, and to
            keep a question with its answer.
        writer: Who puts answers into words, as the page says.
    """
    lead, rest = parts_of(notice)
    accept = ",".join(KINDS)
    adding = _template("adding.html").substitute(kinds=", ".join(KINDS), accept=accept)
    options = [f'data-kinds="{accept}" data-largest="{LARGEST_FILE}"'] if allow_uploads else []
    options += ["data-keeps"] if keeps else []
    return _template("page.html").substitute(
        options=" ".join([*options, attributes(writer)]),
        notice_lead=escape(lead),
        notice_rest=escape(rest),
        longest=LONGEST_QUESTION,
        adding=adding if allow_uploads else "",
        attach=_template("attach.html").substitute(accept=accept) if allow_uploads else "",
        judging=_template("judging.html").substitute() if feedback else "",
    )


def _template(name: str) -> Template:
    return Template((WEB / name).read_text(encoding="utf-8"))
