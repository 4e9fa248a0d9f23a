"""Bytes to text: the encoding that a file says it is in, else the one whose letters make words.

Between the code pages of Europe nothing but the words tells: the byte 0x96 is a dash in one and "ñ" in
another.
"""

from __future__ import annotations

import codecs
import re

from index.errors import DocumentError
from index.letters import like_words, usual_in_asia
from index.said import say

BYTE_ORDER_MARK = "\ufeff"

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKED = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CODE_PAGES = (
    "cp1252 iso8859-15 cp1250 iso8859-2 cp1251 koi8-u cp1253 iso8859-7 cp1254 cp1257 iso8859-4 mac_roman "
    "mac_latin2 mac_cyrillic cp850 cp852 cp866 cp437 iso8859-5 mac_greek mac_turkish"
).split()
"""In this order where two read a file alike well."""

_SURELY_WRITING, _MOSTLY_USUAL = 0.1, 0.9
"""How much like writing of Europe a text is at most that may be of Asia, and the share of letters usual there
from which it is: few rare words of Polish score -0.2, and a line of Japanese in a Cyrillic code page 0.02."""
_SAMPLE = 60_000
_MOST_WORDS = 500
_WORD = re.compile(r"\w+")
_USUAL_SIGNS = frozenset("€£–—‘’‚“”„…•·°§©®™«»‹›½¼¾±×²³¿¡ºªµ\u00a0\u00ad†‰№")
_DRAWN = frozenset(map(chr, range(0x2500, 0x25A0)))
_LINE_DRAWN = re.compile(r"([\u2500\u2501\u2550])\1{7}")
"""Signs that boxes are drawn with in the code pages of DOS, beside blanks and one another; a line of them."""
_DRAWN_AT_WORD = re.compile(r"(?<=[^\W\d_])[\u2500-\u259f]|[\u2500-\u259f](?=[^\W\d_])")
_CONTROL = re.compile("[\x80-\x84\x86-\x9f]")
_SIGN_IN_WORD = re.compile(r"[^\W\d_]([^\w\x00-\x7f’·–—-])[^\W\d_]")
_SIGN_AT_WORD = re.compile(r"(?<=[^\W\d_])[±×€£¼½¾]|[±×€](?=[^\W\d_])|(?<=[^\W\d_l])·(?=[^\W\d_])")
_LINE_WITH_OTHERS = re.compile(rb"[^\n]*[\x80-\xff][^\n]*")


def decode(path: str, data: bytes) -> str:
    """The text of a file's bytes; a byte order mark of UTF-8, -16 or -32 stays its first character.

    Raises:
        DocumentError: It is binary, or damaged text.
    """
    for mark, encoding in _MARKED:
        if data.startswith(mark):
            return _damaged_unless(path, data, encoding)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    if text and "\x00" not in text:
        return text
    if b"\x00" in data:
        zeros = [data[side:4000:2].count(0) for side in (0, 1)]
        # Of two bytes nothing can be told.
        if 1 < max(zeros) > 20 * min(zeros) and max(zeros) * 3 > len(data[:4000]):
            return _damaged_unless(path, data, "utf-16-le" if zeros[1] > zeros[0] else "utf-16-be")
        raise DocumentError(path, say("is binary, not text; save it as plain text in UTF-8"))
    # A UTF-8 file with a broken byte here and there stays UTF-8: every broken byte shows as U+FFFD.
    mended = data.decode("utf-8", "replace")
    foreign = sum(character > "\x7f" for character in mended)
    if mended.count("\ufffd") * 2 < foreign:
        return mended
    return _by_its_words(path, data)


def _damaged_unless(path: str, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        held = {"encoding": encoding[:6].upper(), "fault": error.reason}
        raise DocumentError(path, say("is damaged {encoding} text ({fault})", **held)) from error


def _by_its_words(path: str, data: bytes) -> str:
    """Decoded by the code page in which most of the words with other letters than ASCII's are words."""
    sample = b"\n".join(line[0] for line in _LINE_WITH_OTHERS.finditer(data))[:_SAMPLE]
    scores = {}
    for encoding in _CODE_PAGES:
        try:
            scores[encoding] = _plausibility(sample.decode(encoding))
        except UnicodeDecodeError:
            continue
    best = max(scores, key=lambda encoding: scores[encoding], default="")
    if not best or scores[best] < _SURELY_WRITING:
        # Perhaps no code page of Europe: the scripts of Asia take more bytes than one for a letter.
        from charset_normalizer import from_bytes

        guess = from_bytes(sample).best()
        if guess is not None and (not best or usual_in_asia(str(guess)) > _MOSTLY_USUAL):
            best = guess.encoding
    try:
        return data.decode(best or "cp1252")
    except (LookupError, UnicodeDecodeError) as error:
        reason = say("is in no known text encoding; save it as plain text in UTF-8")
        raise DocumentError(path, reason) from error


def _plausibility(text: str) -> float:
    """How much like writing a text is, -1 to 1, by its words and signs that are not ASCII."""
    if _CONTROL.search(text):
        return -1.0
    words = list(dict.fromkeys(word for word in _WORD.findall(text) if not word.isascii()))[:_MOST_WORDS]
    worth = like_words(words)
    signs = {character for character in text if character > "\x7f" and not character.isalnum()}
    usual = _USUAL_SIGNS | _DRAWN if _LINE_DRAWN.search(text) else _USUAL_SIGNS
    usual = usual - {match[1] for match in _SIGN_IN_WORD.finditer(text)}
    usual -= {*_SIGN_AT_WORD.findall(text), *_DRAWN_AT_WORD.findall(text)}
    worth += sum(0.9 if sign in usual else -1.0 for sign in signs)
    return worth / (len(words) + len(signs)) if words or signs else -1.0
