"""The emergency card in the language of the person: beside English, by the cards in languages/."""

from __future__ import annotations

from dataclasses import replace

from qa.health.safety.emergency import opening_in, sentences_in
from qa.health.safety.help_lines import help_lines
from qa.health.safety.ideas import LANGUAGES, language
from qa.pack import Card, card_as_noted
from qa.types import Emergency


def card(reply: Emergency, country: str | None, page: str) -> Card:
    """The card of a reply, with the numbers of a country.

    Args:
        reply: The emergency; one that a browser kept from an older version names no lines, and is told
            with the call that it holds.
        country: ISO code of the person's country, or None.
        page: Language of the page. A person who has told it in another one than English is answered in
            that; a language that has no card is told in English.
    """
    lines = help_lines(country)
    spoken = reply.language if reply.language != "en" else page
    words = language(spoken).card if spoken in LANGUAGES and reply.lines else {}
    if reply.category not in words.get("title", {}):
        noted = card_as_noted(reply)
        title, _, advice = noted.advice.partition(". ")
        if not reply.category or reply.urgency == "crisis line":
            title, advice = "", noted.advice
        calls = tuple(lines.sentences(reply.lines)) or noted.calls
        return replace(noted, title=title, advice=advice, calls=calls)
    title, advice = words["title"][reply.category], words["advice"][reply.category]
    opening, _, rest = opening_in(words, reply.urgency, title).partition(". ")
    if reply.urgency == "crisis line":
        title, advice = "", f"{rest} {advice}"
    told = tuple(sentences_in(words, reply.lines, lines))
    return Card(spoken, opening.rstrip("."), title, advice, spoken, told)
