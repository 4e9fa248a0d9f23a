"""What stands on a page and is no statement of its text: links, by-lines, labels, navigation, notices."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.sentences import Span

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = rf"(?:{_DAY}\s+{_MONTH},?\s+\d{{4}}|{_MONTH}\s+(?:{_DAY},?\s+)?\d{{4}}|\d{{4}}-\d\d?-\d\d?"
_DATE += r"|\d{1,2}[./-]\d{1,2}[./-]\d{2,4})"
_CREDIT = r"""(?:written|posted|published|produced?|created|reviewed|edited|authored|compiled|contributed
    |submitted|provided|shared|article|content|material|story|text|post|blog|medically|fact|checked|and|author|writer
    |staff|photos?|image|words|updated)"""
_NAME = r"(?:(?:Dr|Prof|Mr|Mrs|Ms)\.?\s+)?[A-Z][\w'’.-]*(?:\s+(?:van|von|de|der|del|la|al|bin))?"

# "By Jane Doe", "Material Produce By-Ingram Newton", "Author: J. Doe, PT, June 2021". The name is
# capitalised, the words before it are few and speak of writing, so that no sentence on causes fits.
_BYLINE = re.compile(
    rf"""(?ix:(?:{_CREDIT}[\s,&-]+){{0,4}})
         (?:(?i:by)(?:\s*[-–—:]\s*|\s+)|(?i:author|writer|reviewer|editor)s?\s*[-–—:]\s*)
         {_NAME}(?:\s+{_NAME}){{0,4}}
         (?:\s*[,|·•–—-]\s*(?:[A-Z][\w.]{{0,8}}|(?i:{_DATE}|\d+\s+min(?:ute)?s?\s+read))){{0,5}}\s*\.?""",
    re.VERBOSE,
)
_STAMP = re.compile(
    rf"""(?:(?:first\s+|last\s+|medically\s+|date\s+)*(?:published|posted|updated|reviewed|modified|created|date)
         (?:\s+on|\s+at|\s+in)?\s*[:–-]?\s*)?{_DATE}(?:,?\s+(?:at\s+)?\d{{1,2}}[:.]\d\d.{{0,12}})?\.?
       |(?:posted|filed|published)\s+(?:in|under|on)\b(?:\W+\w+){{1,4}}
       |\d+\s*-?\s*(?:min(?:ute)?s?\s+read|comments?|shares?|views?|likes?|replies)|comments?
       |(?:tags?|categor(?:y|ies)|keywords|topics?)\s*:.{{1,120}}""",
    re.VERBOSE | re.IGNORECASE,
)
_LABEL = re.compile(
    r"""(?:blog|news|feature|guest|web)\s+(?:article|post|story)|article|news|press\s+release|uncategori[sz]ed
       |advertisement|sponsored(?:\s+(?:content|post))?|advertorial|table\s+of\s+contents|contents|in\s+this\s+article
       |on\s+this\s+page|(?:photo|image|picture)s?\s*(?:credit|source|by|:).{0,80}|(?:photo|image)\s+via\s.{1,60}
       |(?:continue|keep)\s+reading|related\s+(?:posts?|articles?|stories|topics|content|reading)
       |you\s+(?:may|might)\s+also\s+like|most\s+(?:read|popular)|recent\s+(?:posts?|comments?)|trending(?:\s+now)?""",
    re.VERBOSE | re.IGNORECASE,
)
_MENU_WORD = re.compile(
    r"""home(?:page)?|about(?:\s+us)?|contact(?:\s+us)?|blog|log\s?in|sign\s?(?:in|up|out)|register|search|menu
       |privacy(?:\s+(?:policy|notice))?|terms(?:\s+(?:of\s+(?:use|service)|and\s+conditions|&\s+conditions))?
       |cookies?\s+(?:policy|settings|preferences)|cart|shop|store|my\s+account|account|faqs?|site\s?map|careers|press
       |newsletter|subscribe|facebook|twitter|x|instagram|linkedin|youtube|pinterest|whatsapp|reddit|tiktok|e-?mail
       |print|share|tweet|next|previous|prev|older|newer|skip|close|donate|accessibility|advertise|help|services
       |copy\s+link|back|more|toggle\s+navigation|go|submit|accept(?:\s+all)?|reject(?:\s+all)?""",
    re.VERBOSE | re.IGNORECASE,
)
_CALL = re.compile(
    r"""(?:read|learn|see|view|show|load|discover|find\s+out)\s+more\b(?!\s+than\b)(?:\W+\w+){0,10}
       |(?:share|pin|tweet|print|e-?mail|like|save)\s+(?:this|on|via|with|us)\b(?:\W+\w+){0,7}
       |(?:please\s+)?(?:click|tap)\s+(?:here|on|the|below)\b(?:\W+\w+){0,12}
       |(?:subscribe|sign\s+up)\b(?:\W+\w+){0,14}|follow\s+(?:us\b|\w+\s+on\b)(?:\W+\w+){0,10}
       |(?:leave|post|write|add)\s+a\s+(?:comment|reply|review)(?:\W+\w+){0,8}
       |(?:back\s+to|return\s+to)\s+(?:the\s+)?top|skip\s+to\s+(?:main\s+)?content|jump\s+to\b(?:\W+\w+){0,6}
       |(?:next|previous|older|newer)\s+(?:post|article|page|entry|story)s?\b(?:\W+\w+){0,14}""",
    re.VERBOSE | re.IGNORECASE,
)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)\s|copyright\b(?=.{0,12}(?:©|\(c\)|\d{4}))|all\s+rights\s+reserved)", re.I
)
_COOKIES = re.compile(
    r"\b(?:we|site|website|page|our\s+partners)\s+(?:may\s+)?uses?\s+cookies\b|\baccept\s+(?:all\s+)?cookies\b"
    r"|\bcookies?\b.{0,80}\b(?:consent|preferences|browsing\s+experience|by\s+continuing)\b"
    r"|\bby\s+continuing\b.{0,60}\bcookies\b",
    re.IGNORECASE | re.DOTALL,
)
_BAR = re.compile(r"\s[|»›>→]+\s|\s*[›»|]\s*")
_DOTS = re.compile(r"\s[•·/*–-]\s")
_LINK = re.compile(r"\[[^\[\]\n]*\]\([^()\s]*(?:\s+\"[^\"]*\")?\)")
_WORD = re.compile(r"\w")
_LINK_ENDS_SENTENCE = re.compile(r"[.!?。！？]\W*\]\(")

_INLINE = re.compile(
    r"""
    (?P<image>\[?!\[[^\[\]]*\]\([^()]*\)(?:\]\([^()]*\))?)
    |(?P<link>\[[^\[\]]*\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)?(?:\s+"[^"]*")?\))   # its words are prose: kept
    |(?P<auto><(?:https?|ftp|mailto):[^<>\s]*>)
    |(?P<url>(?:(?:https?|ftp)://|(?<![\w@])www\.)[^\s<>"”“]+)
    |(?P<plain></?(?:b|i|em|strong|u|s|sub|sup|small|mark|q|cite|abbr|code|kbd)>)   # emphasis: stays
    |(?P<tag></?(?:a|address|article|aside|audio|blockquote|body|br|button|canvas|center|col(?:group)?|d[dlt]|del
        |details|dialog|div|embed|fieldset|fig(?:caption|ure)|font|footer|form|frame(?:set)?|h[1-6r]|head(?:er)?|html
        |iframe|img|input|ins|label|legend|li|link|main|map|meta|nav|noscript|object|ol|option|p|path|picture|pre
        |script|section|select|source|span|style|summary|svg|table|tbody|td|template|textarea|tfoot|th|thead|time
        |title|tr|track|ul|video|wbr|b|i|em|strong|u|s|sub|sup|small|mark|q|cite|abbr|code|kbd)
        (?:\s[^<>]*)?/?>|<!(?:doctype|\[)[^<>]*>)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PAGE = re.compile(r"(?:\d{1,4}|[ivxlc]{1,6})?", re.IGNORECASE)
_LEADERS = re.compile(r"(?:\. ?){6}|…{3}")
_TO_FILL_IN = "______"
_AFTER_URL = ".,;:!?'*_"

PAGE_NUMBER = re.compile(
    r"(?:page\s*)?[-–—]?\s*(?:\d{1,4}|[ivxlc]{1,6})\s*[-–—]?(?:\s*(?:of|/)\s*\d{1,4})?", re.IGNORECASE
)
"""The number of a page, as it stands alone at its edge."""


def is_noise(line: str) -> bool:
    """Whether a line or short paragraph that stands alone is no statement: see the module."""
    words = " ".join(line.split()).strip("*_#> ")
    if not any(character.isalnum() for character in words):
        return True
    if _TO_FILL_IN in words:
        return True
    leaders = [*_LEADERS.finditer(words)]
    if leaders and _PAGE.fullmatch(words[leaders[-1].end() :].strip(" .…_")):
        return True
    if len(words) > 400:
        return False
    if any(pattern.fullmatch(words.rstrip(" .:!»›→>…|")) for pattern in (_LABEL, _MENU_WORD, _CALL)):
        return True
    if _BYLINE.fullmatch(words) or _STAMP.fullmatch(words) or _COOKIES.search(words):
        return True
    if len(words) < 250 and (_COPYRIGHT.match(words) or (len(words) < 160 and _COPYRIGHT.search(words))):
        return True
    return _is_menu_bar(words) or _is_links(words)


def is_menu(lines: list[str]) -> bool:
    """Whether short lines under one another are a menu: three or more, one of them a usual entry of menus."""
    plain = [" ".join(line.split()) for line in lines]
    return (
        len(plain) >= 3
        and all(len(line) <= 40 and len(line.split()) <= 4 and line[-1:] not in ".!?;,:" for line in plain)
        and any(_MENU_WORD.fullmatch(line) for line in plain)
    )


def inline_noise(text: str, start: int, end: int) -> Iterator[Span]:
    """Spans of bare links, images and markup inside prose; the words of Markdown links are left in it."""
    for match in _INLINE.finditer(text, start, end):
        if match["link"] or match["plain"]:
            continue
        stop = match.end()
        if match["url"]:
            while text[stop - 1] in _AFTER_URL or (
                text[stop - 1] in ")]"
                and text.count("(", match.start(), stop) < text.count(")", match.start(), stop)
            ):
                stop -= 1
        if stop > match.start():
            yield match.start(), stop


def _is_links(words: str) -> bool:
    """Whether there are no words but those of links, none of which is a sentence."""
    beside, links = _LINK.subn("", words)
    return links > 0 and not _WORD.search(beside) and not _LINK_ENDS_SENTENCE.search(words)


def _is_menu_bar(words: str) -> bool:
    """ "Home | About | Contact", "Home > Health > Pain"; dots between words need a usual entry of menus."""
    if words.startswith("|"):
        return False
    for separator, needs_entry in ((_BAR, 2), (_DOTS, 0)):
        entries = [entry.strip() for entry in separator.split(words) if entry.strip()]
        short = all(len(entry.split()) <= 4 and entry[-1] not in ".!?;:" for entry in entries)
        usual = any(_MENU_WORD.fullmatch(entry) for entry in entries)
        if short and len(entries) >= 2 and (usual or len(entries) > needs_entry > 0):
            return True
    return False
