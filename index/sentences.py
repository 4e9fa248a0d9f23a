"""Where sentences begin and end, as spans of the text they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from index.calendar_names import months

Span = tuple[int, int]

ABBREVIATIONS = frozenset(
    """
    al approx art assoc aug ave ca cf ch co corp dec def dept dr ed eds e.g eg eq esp est et etc feb fig figs
    gen ie i.e inc jan jr ltd max min misc mr mrs ms mt no nos nov oct op p pp ph.d phd prof ref refs rev sec
    sect sen sep sept sr st supp suppl tab trans u.k u.s univ viz vol vols vs m.d b.sc m.sc d.c a.m p.m resp
    incl excl temp wt ht hr hrs mins dos doi sci med surg clin ther phys neurol rehabil biol biomol photomed
    photochem
    """.split()
)
"""Words after which a full stop does not end a sentence, in lower case and without their last full stop."""

NEEDS_MORE = frozenset(
    "e.g eg i.e ie cf vs al etc fig figs no nos ref refs eq approx ca vol vols pp p".split()
)
"""Abbreviations that run on even before a capital letter or a figure ("et al. Pain", "vol. 3")."""

_HALVES_OF_DAY = frozenset(("a.m", "p.m"))
_OF_A_TIME = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?)|January|February|March|April"
    r"|May|June|July|August|September|October|November|December|[A-Z]{2,5}|(?:[A-Z][a-z]+ ){1,3}Time)\b"
)
"""What goes on behind "10 p.m.": a day, a month, where it is that late ("GMT", "Eastern Time")."""

_ORDINAL = re.compile(r"\d{1,2}")
_GERMAN_BEFORE = frozenset("der das dem den des im zum zur beim vom".split())
"""Before "2. Stock": German nouns begin as sentences do."""

LONGEST_WORD = 60
_ELLIPSIS = 4
_YES_OR_NO = re.compile(
    r"(?:yes|no|never|ja|nein|nie|oui|non|jamais|s[ií]|sim|não|nee|nunca|mai)", re.IGNORECASE
)
"""An answer by itself, which says nothing without the sentence behind it."""

_RUN_IN_TITLE = re.compile(r"[*_]*(?:\d{1,2}[.)] )?(?=[A-Z])[^\W\d_][\w'’-]*(?: [\w'’-]+){0,2}[*_]*")
_NO_TITLE = re.compile(
    r"\b(?:i|you|he|she|it|we|they|this|that|there|is|are|was|were|has|have|had|do|does|did|not|never|can|must|will)\b",
    re.IGNORECASE,
)
"""A paragraph that begins with its title ("Animals. No dog shall be kept."), and words that none has."""

_TERMINATOR = re.compile(
    r"""
    # A full stop counts only before white space or a [1]; the mark of a footnote belongs to the sentence.
    (?P<latin>[.!?…]++(?:["'”’)\]»*_]+)?)(?:\[\^[^\]\s]{1,40}\])*(?=\s|$|\[\d)
    | (?P<other>[。！？｡︒؟۔।॥።]+[”’」』）]*)              # scripts that set no space between sentences
    | [.!?…]++                                        # ends nothing, and is looked at but once
    """,
    re.VERBOSE,
)
_WORD_BEFORE = re.compile(r"[^\s(\[“\"'‘]+$")
_INITIAL = re.compile(r"(?:[A-Z]\.-?)*[A-Z]$")
_BEFORE_NAMES = frozenset("and by for from of or the to with".split())
_NUMBERED = re.compile(r"(?:\d{1,3}|[a-zA-Z]|[ivxIVX]+)$")


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Spans of the sentences in `text[start:end]`, in order, without white space at either end.

    Together they cover every character of the range that is not white space. A line break alone
    ends no sentence; the caller splits paragraphs and list items first.
    """
    end = len(text) if end is None else end
    cuts = pairwise([start, *_stops(text, start, end), end])
    return [span for cut in cuts if (span := strip_span(text, *cut))]


def strip_span(text: str, start: int, end: int) -> Span | None:
    """The span without white space at its ends, or None where nothing else is in it."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def _stops(text: str, start: int, end: int) -> Iterator[int]:
    begin = start
    for match in _TERMINATOR.finditer(text, start, end):
        if match["other"] or (
            match["latin"]
            and _ends_sentence(text, begin, match, end)
            and not _YES_OR_NO.fullmatch(text[begin : match.start()].strip())
        ):
            yield match.end()
            begin = match.end()


def names_the_next(sentence: str) -> bool:
    """Whether the first sentence of a paragraph is a title of those behind it: "Animals."."""
    bare = sentence.rstrip("*_")
    return (
        bare.endswith(".")
        and _RUN_IN_TITLE.fullmatch(bare[:-1]) is not None
        and _NO_TITLE.search(bare) is None
    )


def _ends_sentence(text: str, begin: int, match: re.Match[str], end: int) -> bool:
    following = text[match.end() : min(end, match.end() + 40)].lstrip()
    if not following:
        return True
    marks = match["latin"]
    if following[0].islower():
        # "e.g. light", "approx. ten"; after "!" or "?" a quotation may run on ("Why?" they asked).
        return False
    if marks.startswith(("..", "…")) and (len(marks) > _ELLIPSIS or following[0] in "0123456789€£$¥"):
        return False  # dots that lead to a price
    if set(marks) & set("!?") or not marks.startswith(".") or marks.startswith(".."):
        return True
    # Looked for near by: in a sentence of a million words, looking through all of it takes hours.
    near = max(begin, match.start() - LONGEST_WORD)
    before = _WORD_BEFORE.search(text, near, match.start())
    word = before[0] if before else ""
    plain = word.lower().strip(",;:")
    if plain in NEEDS_MORE:
        return plain == "etc" or (plain in {"no", "p"} and not following[0].isdigit())
    if plain in _HALVES_OF_DAY and following[0].isupper():
        return not _OF_A_TIME.match(following)
    if plain in ABBREVIATIONS and len(marks) == 1:
        return False
    if _ORDINAL.fullmatch(word) and _goes_on_to_noun(text[near : match.start()], following):
        return False
    if _INITIAL.fullmatch(word) and len(marks) == 1:
        # "J. Smith" and "U.S. Medicare", but not "vitamin B. Then".
        return not (len(word) > 1 or _looks_like_name(text, begin, match.start()))
    # The number of an item opens it, and no sentence ends with it.
    return not (before and _NUMBERED.fullmatch(word) and not text[begin : before.start()].strip())


def _goes_on_to_noun(before: str, following: str) -> bool:
    """Whether a number with a full stop counts what follows: "am 1. Mai", "im 2. Stock"."""
    name = following.split(maxsplit=1)[0].rstrip(".,;:!?").casefold()
    article = before.split()[-2:-1]
    return name in months() or bool(article and article[0].casefold() in _GERMAN_BEFORE)


def _looks_like_name(text: str, begin: int, at: int) -> bool:
    """Whether the capital letter before `at` is an initial, and no letter of a noun ("vitamin B").

    It opens the sentence, or follows another name, a mark, or a joining word ("by D. Pryce", "to R. Holt").
    """
    words = text[max(begin, at - 60) : at].split()
    if len(words) < 2 or words[-2].endswith((".", ",", "(", ":", ";")):
        return True
    return words[-2][:1].isupper() or words[-2].lower() in _BEFORE_NAMES
