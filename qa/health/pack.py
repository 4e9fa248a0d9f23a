"""The pack of health documents."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib.resources import files
from types import MappingProxyType

from index.encoder import Encoder
from qa.claims import Claims
from qa.guard import Card, Guard, Guarded, Hearing
from qa.health import claims
from qa.health.personal import is_about_changing, personal_note, which_medicine
from qa.health.safety.card import card
from qa.health.safety.emergency import emergency_reply, ended, folded, thanked
from qa.health.safety.help_lines import countries, country_named
from qa.health.safety.red_flags import Alarm, RedFlags, shipped_red_flags
from qa.health.safety.standing import standing
from qa.health.safety.triage import doubtful, spoken
from qa.health.safety.way_out import WayOut, questions_in
from qa.health.words import OTHER_TREATMENTS, conditions, lay_words
from qa.pack import Pack
from qa.said import say
from qa.types import DISCLAIMER, Emergency, Note
from qa.vocabulary import Vocabulary

EXAMPLES = (
    "Does cold laser work for back pain?",
    "Does infrared therapy help neuropathy?",
    "How long is one session of cold laser?",
    "Are there side effects of infrared therapy?",
    "Is laser for neck pain proven?",
    "When do I go straight to A&E with my back?",
)
"""Of those asked in advance, each answered surely, its first sentence at once; the tests hold them to that.
Any that the indexed documents do not answer is not offered."""


class RedFlagGuard:
    """Red flags first: in what was typed, or in what was meant by it.

    Args:
        red_flags: The table.
        way_out: How an alarm ends.
        country: ISO code for emergency and crisis numbers; None where it is not known.
        hearing: How what is typed is heard.
    """

    def __init__(self, red_flags: RedFlags, way_out: WayOut, country: str | None, hearing: Hearing) -> None:
        # The earlier turns of a conversation are looked at anew with every turn.
        self._check = functools.lru_cache(maxsize=256)(red_flags.check)
        self._way_out = way_out
        self._country = country
        self._hearing = hearing
        self.words = red_flags.words

    def look(self, question: str, earlier: Sequence[str]) -> Guarded:
        """As `qa.guard.Guard` says."""
        check, hearing = self._check, self._hearing

        @functools.cache
        def corrected(text: str) -> str:
            # Only English is corrected, so that no other language is read as misspelt English.
            return hearing.meant(text) if spoken(text)[0] == "en" else text

        def alarm(text: str) -> Alarm | None:
            """In what was typed, and by the rules in what was meant, where that is something else.

            What was meant is a guess, and weights hear misspelt words as they are; but rules tell what it is.
            """
            heard = check(text)
            if heard and heard.by != "weight":
                return heard
            by_rules = check(meant) if (meant := corrected(text)) != text else None
            return by_rules if by_rules and by_rules.by != "weight" else heard

        said = (country_named(text) for text in (question, *reversed(earlier)))
        told = next(filter(None, said), None)
        stands = standing(
            alarm,
            lambda text: self._way_out.turn_of(text, hearing.chats, hearing.language),
            earlier,
            question,
        )
        if stands.alarm is None:
            return Guarded(question, stands.calm)
        if stands.turn == "whole":
            reply = emergency_reply(question, stands.alarm, self._country, told)
            misspelt = stands.alarm != check(question) and stands.alarm == check(corrected(question))
            reply = replace(reply, understood_as=corrected(question) if misspelt else None)
            return Guarded(question, stands.calm, reply)
        if stands.turn == "over":
            asked = questions_in(question)
            return Guarded(asked, stands.calm, None if asked else ended(question))
        line = folded(stands.alarm, told or self._country)
        return Guarded(
            question, stands.calm, thanked(question, line) if stands.turn == "thanks" else None, line
        )


class _Health:
    """Health documents; what each part is, `qa.pack.Pack` says."""

    name = "health"
    notice = DISCLAIMER
    examples: Sequence[str] = EXAMPLES
    compared: Sequence[str] = ("Does {side} work{for_what}?", "Is {side} safe{for_what}?", "What is {side}?")
    others: Mapping[str, frozenset[str]] = MappingProxyType({"treatment": OTHER_TREATMENTS})
    claims: Claims = claims

    @property
    def conditions(self) -> Vocabulary:
        return conditions()

    @property
    def other_words(self) -> Vocabulary:
        return lay_words()

    @functools.cached_property
    def small_talk(self) -> str:
        return files("qa.health").joinpath("small_talk.toml").read_text(encoding="utf-8")

    def guard(self, encoder: Encoder, country: str | None, hearing: Hearing) -> Guard:
        return RedFlagGuard(shipped_red_flags(encoder.lower), WayOut(encoder), country, hearing)

    @property
    def countries(self) -> Sequence[str]:
        return countries()

    def card(self, reply: Emergency, country: str | None, language: str) -> Card:
        return card(reply, country, language)

    def declines(self, question: str) -> str | None:
        return which_medicine(question)

    def doubt(self, question: str) -> str | None:
        return doubtful(question)

    def note(self, question: str) -> Note | None:
        told = personal_note(question)
        if not told:
            return None
        return Note.of("change_nothing" if is_about_changing(told) else "personal", *map(say, told))


HEALTH: Pack = _Health()
