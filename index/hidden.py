"""What a document holds and its reader does not see: comments, scripts, hidden elements and characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from index.sentences import Span, strip_span

HIDING_STYLE = re.compile(
    r"""display\s*:\s*none | visibility\s*:\s*(?:hidden|collapse) | (?<![\w-])opacity\s*:\s*0(?:\.0+)?\s*(?:[;!"']|$)
    | font-size\s*:\s*(?:0(?:\.\d+)?|1)\s*(?:px|pt|em|rem|%)?\s*(?:[;!"']|$) | (?:left|top|text-indent)\s*:\s*-\d{3,}
    | (?<![\w-])(?:max-)?(?:height|width)\s*:\s*0(?:px)?\s*(?:[;!"']|$)""",
    re.IGNORECASE | re.VERBOSE,
)
"""Inline styles and declarations that take an element out of sight."""

_MARKUP = re.compile(
    r"""
    (?P<comment><!--.*?(?:-->|(?=\n\s*\n)|\Z))
    | <(?P<never>script|style|noscript|template|iframe|object|svg)\b[^<>]*> .*? (?:</(?P=never)\s*>|(?=\n\s*\n)|\Z)
    | <(?P<hidden>[a-z][\w-]*)\b(?=[^<>]*(?:\shidden[\s=>]|aria-hidden\s*=\s*["']?true|\sstyle\s*=))
      (?P<attributes>[^<>]*)> .*? (?:</(?P=hidden)\s*>|(?=\n\s*\n)|\Z)
    | (?P<note>^[ ]{0,3}\[[^\]\n]*\]:[ \t]*(?:\#|<>)[ \t]*["'(][^\n]*)        # a Markdown way to write a comment
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL | re.MULTILINE,
)
_IGNORABLE = "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
_INVISIBLE = re.compile(rf"[{_IGNORABLE}\ufe00-\ufe0f\U000e0000-\U000e0fff]+")
_FLAG = re.compile("\U0001f3f4[\U000e0020-\U000e007f]{1,8}")
_TAGS = re.compile("[\U000e0000-\U000e007f]|[\U000e0100-\U000e01ef]{2}")
_OVERRIDE = re.compile("[\u202d\u202e]")
_EMBEDDING = re.compile("[\u202a-\u202c\u2066-\u2069]")
_RUN = re.compile(
    "[\u200b\u2060-\u2064\ufeff\u180e\u3164\u115f\u1160]{2}|[\u200b-\u200f\u2060-\u2064\ufeff]{4}"
)
_INSIDE_WORD = re.compile("(?<=[A-Za-z])[\u200b-\u200d\u2060-\u2064\ufeff]+(?=[A-Za-z])")
_TWO_ALPHABETS = re.compile(r"[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z]")


def hidden_markup(text: str, start: int = 0) -> Iterator[tuple[Span, str]]:
    """Spans of markup in a text that no browser shows, each with the reason, in order.

    What is opened and never closed ends with its paragraph.
    """
    for match in _MARKUP.finditer(text, start):
        reason = ""
        if match["comment"] or match["note"]:
            reason = "a comment that readers do not see"
        elif match["never"]:
            reason = f"a <{match['never'].lower()}> element"
        elif "hidden" in re.sub(r"\"[^\"]*\"|'[^']*'", "", match["attributes"]) or (
            HIDING_STYLE.search(match["attributes"])
        ):
            reason = "an element that readers do not see"
        if reason and (span := strip_span(text, *match.span())):
            yield span, reason


def hidden_characters(text: str) -> str:
    """Why a sentence holds characters that hide something from its reader; empty where it does not.

    The joiners, marks and selectors that scripts and emoji need are no reason.
    """
    if text.isascii():
        return ""
    if _TAGS.search(_FLAG.sub("", text)):
        return "invisible tag characters"
    right_to_left = any(unicodedata.bidirectional(character) in ("R", "AL") for character in text)
    if _OVERRIDE.search(text) or (_EMBEDDING.search(text) and not right_to_left):
        return "characters that change the direction of reading"
    if _RUN.search(text) or len(_INSIDE_WORD.findall(text)) > 1:
        return "invisible characters"
    return "words of mixed alphabets" if _TWO_ALPHABETS.search(text) else ""


def visible(text: str) -> str:
    """The text as it looks: without invisible characters, with styled letters as plain ones."""
    return text if text.isascii() else unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))
