"""What a document holds and its reader does not see: comments, scripts, hidden elements and characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from index.sentences import Span, strip_span

_TINY = r"""(?<![\w-])font-size\s*:\s*(?: (?:0+(?:\.0*)?|\.0+)(?:px|pt|em|rem|%)?
    | (?:0?\.\d+|1(?:\.0+)?)(?:px|pt) | 0?\.[01]\d*(?:em|rem) | \d(?:\.\d+)?% )\s*(?:[;!"']|$)"""
"""Type of up to a pixel or a point, or of less than a fifth of the size around it; 0.9em is read by all."""

HIDING_STYLE = re.compile(
    rf"""display\s*:\s*none | visibility\s*:\s*(?:hidden|collapse)
    | (?<![\w-])opacity\s*:\s*0(?:\.0+)?\s*(?:[;!"']|$)
    | {_TINY}
    | (?<![\w-])(?:max-)?(?:height|width)\s*:\s*0(?:px)?\s*(?:[;!"']|$)
    | (?<![\w-])(?:left|top|text-indent)\s*:\s*-\d{{3,}}""",
    re.IGNORECASE | re.VERBOSE,
)
"""Inline styles and declarations that take an element out of sight."""

TINY_TYPE = re.compile(_TINY, re.IGNORECASE | re.VERBOSE)
NEVER_SHOWN = frozenset("script style noscript template iframe object embed svg canvas".split())
"""Elements whose content is no text of the page."""

_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
"""Elements that hold nothing and are never closed."""

_OPENER = re.compile(
    r"""<!-- | <(?P<tag>[a-z][\w-]*)(?P<attributes>\s[^<>]*)?>
    | (?P<note>^[ ]{0,3}\[[^\]\n]*\]:[ \t]*(?:\#|<>)[ \t]*["'(].*$)   # how Markdown writes a comment""",
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_HIDDEN_ATTRIBUTE = re.compile(r"\shidden(?![\w-])", re.IGNORECASE)
_ARIA_HIDDEN = re.compile(r"aria-hidden\s*=\s*[\"']?true", re.IGNORECASE)
_MARK = re.compile(r"<!--|-->|<(?P<closing>/?)(?P<tag>[a-z][\w-]*)(?:\s[^<>]*)?>", re.IGNORECASE)
_PARAGRAPH_END = re.compile(r"\n[ \t\r]*\n")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\U000e0000-\U000e0fff]+"
)
_FLAG = re.compile("\U0001f3f4[\U000e0020-\U000e007f]{1,8}")
_TAGS = re.compile("[\U000e0000-\U000e007f]|[\U000e0100-\U000e01ef]{2}")
_OVERRIDE = re.compile("[\u202d\u202e]")
_EMBEDDING = re.compile("[\u202a-\u202c\u2066-\u2069]")
_RUN = re.compile(
    "[\u200b\u2060-\u2064\ufeff\u180e\u3164\u115f\u1160]{2}|[\u200b-\u200f\u2060-\u2064\ufeff]{4}"
)
_JOINERS = re.compile(
    "[\u00ad\u200b\u2060-\u2064\ufeff]+"
    # These two shape the letters of some scripts and put emoji together.
    "|(?<=[\\x20-\\x7e\u00a0-\u024f\u0370-\u04ff\u2010-\u203f])[\u200c\u200d]+"
    "(?=[\\s\\x20-\\x7e\u00a0-\u024f\u0370-\u04ff\u2010-\u203f]|$)"
)
_TWO_ALPHABETS = re.compile("[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z]")


def hidden_markup(text: str, start: int = 0) -> Iterator[tuple[Span, str]]:
    """Spans of markup in a text that no browser shows, each with the reason, in order.

    What is opened and never closed ends with its paragraph.
    """
    ends = _element_ends(text, start)
    at = start
    while opener := _OPENER.search(text, at):
        at = opener.end()
        if not (reason := _reason(opener)):
            continue
        if not opener["note"]:
            at = ends.get(opener.start()) or _paragraph_end(text, at)
        if span := strip_span(text, opener.start(), at):
            yield span, reason


def blanked(text: str, hidden: Iterable[Span]) -> str:
    """The text, as long as before, with blanks for some spans of it, which are in order."""
    kept, at = [], 0
    for start, end in hidden:
        kept += [text[at:start], " " * (end - start)]
        at = end
    return "".join([*kept, text[at:]])


def _paragraph_end(text: str, start: int) -> int:
    end = _PARAGRAPH_END.search(text, start)
    return end.start() if end else len(text)


def _element_ends(text: str, start: int) -> dict[int, int]:
    """Where the elements and comments end that are closed or hold nothing, by where they begin."""
    ends: dict[int, int] = {}
    opened: dict[str, list[int]] = {}
    for mark in _MARK.finditer(text, start):
        waiting = opened.setdefault((mark["tag"] or "").lower(), [])
        if mark[0] == "<!--":
            # Comments do not nest: the first end ends all that were begun before it.
            waiting.append(mark.start())
        elif mark[0] == "-->":
            ends |= dict.fromkeys(waiting, mark.end())
            waiting.clear()
        elif mark["tag"].lower() in _VOID or mark[0].endswith("/>"):
            ends[mark.start()] = mark.end()
        elif not mark["closing"]:
            waiting.append(mark.start())
        elif waiting:
            ends[waiting.pop()] = mark.end()
    return ends


def _reason(opener: re.Match[str]) -> str:
    """Why what is opened is hidden; empty where it is not."""
    if not opener["tag"]:
        return "a comment that readers do not see"
    if opener["tag"].lower() in NEVER_SHOWN:
        return f"a <{opener['tag'].lower()}> element"
    attributes = opener["attributes"] or ""
    if (
        HIDING_STYLE.search(attributes)
        or _ARIA_HIDDEN.search(attributes)
        or _HIDDEN_ATTRIBUTE.search(_QUOTED.sub("", attributes))
    ):
        return "an element that readers do not see"
    return ""


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
    if _RUN.search(text):
        return "invisible characters"
    return "words of mixed alphabets" if _TWO_ALPHABETS.search(text) else ""


def without_joiners(text: str) -> str:
    """The text without the invisible characters that programs for setting type leave in it."""
    return text if text.isascii() else _JOINERS.sub("", text)


def visible(text: str) -> str:
    """The text as it looks: without invisible characters, with styled letters as plain ones."""
    return text if text.isascii() else unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))
