"""The emergency card as a fragment of the page: what it may be, whom to call, and then all else.

Who is frightened reads only the first lines, so the number to tap stands above the advice. On the turns that
follow, the page folds the card to its first line; it stays in force until it has been dealt with.
"""

from __future__ import annotations

import re
from html import escape

from qa.guard import Card
from qa.types import Emergency
from ui.texts import t

DEALT_WITH = "It has been dealt with."
"""What the button says as a turn; `qa.health.safety.standing` knows it."""

_TELEPHONE = re.compile(r"(?<![\w.])\+?\d[\d \-]{1,14}\d(?![\w.]*\d)(?!\s*(?:hour|minute|year|day|%))")
_HEARD = re.compile(r"“([^”]+)”")


def html(reply: Emergency, told: Card) -> str:
    """The card of a reply, in the words that its pack has for it."""
    number = next((found[0] for call in told.calls[:1] if (found := _TELEPHONE.search(call))), "")
    tap = ""
    if number:
        tap = (
            f'<a class="tap" href="{_address(number)}"><span aria-hidden="true">☎</span> {escape(number)}</a>'
        )
    advised = f' lang="{told.advised_in}"'
    calls = "".join(f"<p>{_with_numbers(call)}</p>" for call in told.calls)
    flag = f'<p class="flag"{advised}>{escape(told.title)}</p>' if told.title else ""
    return (
        f'<div class="reply emergency" data-category="{escape(reply.category)}">'
        f'<div class="whole"><h3 lang="{told.language}">{escape(told.opening)}</h3>'
        f'{tap}{flag}<div class="call" lang="{told.language}">{calls}</div>'
        f'<p class="country"></p><p class="advice"{advised}>{escape(told.advice)}</p>{_heard(reply)}</div>'
        '<div class="row"><button type="button" class="dealt" '
        f'data-question="{DEALT_WITH}">{t("This has been dealt with")}</button></div></div>'
    )


def _heard(reply: Emergency) -> str:
    """What was understood, and that it may be wrong; each symptom by itself where the note marks them."""
    said = next((note.text for note in reply.notes if note.kind == "matched"), "")
    heard = _HEARD.findall(said)
    if not heard:
        return f'<p class="small" lang="en">{escape(said)}</p>' if said else ""
    items = "".join(f'<li dir="auto">{escape(words)}</li>' for words in heard)
    return (
        f'<div class="heard"><p>{t("What I understood")}</p><ul>{items}</ul></div><p class="small">'
        + t(
            "I cannot judge how ill anyone is, and would rather say it once too often. "
            "Once it has been dealt with, press the button below, and I will go on with your questions."
        )
        + "</p>"
    )


def _with_numbers(sentence: str) -> str:
    return _TELEPHONE.sub(lambda found: f'<a href="{_address(found[0])}">{found[0]}</a>', escape(sentence))


def _address(number: str) -> str:
    return f"tel:{re.sub('[ -]', '', number)}"
