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
       |(?:tags?|categories|keywords|topics)\s*:.{{1,120}}""",
    re.VERBOSE | re.IGNORECASE,
)
# What says who wrote it or when, or names by which way: "By Jane Doe" and "By Car", "3 May 2024".
_SIGNATURE = re.compile(rf"(?i:by)\s+{_NAME}(?:\s+{_NAME}){{0,4}}|(?i:(?:on\s+)?{_DATE})")
_LABEL = re.compile(
    r"""(?:blog|news|feature|guest|web)\s+(?:article|post|story)|article|news|press\s+release|uncategori[sz]ed
       |advertisement|sponsored(?:\s+(?:content|post))?|advertorial|table\s+of\s+contents|contents|in\s+this\s+article
       |on\s+this\s+page|(?:photo|image|picture)s?\s*(?:credit|source|by|:).{0,80}|(?:photo|image)\s+via\s.{1,60}
       |(?:continue|keep)\s+reading|related\s+(?:posts?|articles?|stories|topics|content|reading)
       |you\s+(?:may|might)\s+also\s+like|most\s+(?:read|popular)|recent\s+(?:posts?|comments?)|trending(?:\s+now)?""",
    re.VERBOSE | re.IGNORECASE,
)
_NETWORK = (
    r"(?:facebook|twitter|x|instagram|linkedin|youtube|pinterest|whatsapp|reddit|tiktok|telegram|e-?mail)"
)
_NETWORKS = rf"{_NETWORK}(?:(?:\s*[,/&|]\s*|\s+)(?:(?:and|or)\s+)?{_NETWORK})*"
_MENU_WORD = re.compile(
    rf"""home(?:page)?|about(?:\s+us)?|contact(?:\s+us)?|blog|log\s?in|sign\s?(?:in|up|out)|register|search|menu
       |privacy(?:\s+(?:policy|notice))?|terms(?:\s+(?:of\s+(?:use|service)|and\s+conditions|&\s+conditions))?
       |cookies?\s+(?:policy|settings|preferences)|cart|shop|store|my\s+account|account|faqs?|site\s?map|careers|press
       |newsletter|subscribe|{_NETWORK}
       |print|share|tweet|next|previous|prev|older|newer|skip|close|donate|accessibility|advertise|help|services
       |copy\s+link|back|more|toggle\s+navigation|go|submit|accept(?:\s+all)?|reject(?:\s+all)?""",
    re.VERBOSE | re.IGNORECASE,
)
_PUBLISHED = r"(?:article|post|page|story|recipe|video|blog|site|website)"
# What a page calls its reader to do with the page itself. Who is told to click a button, to print a form or
# to sign up at a desk is told how something is done.
_CALL = re.compile(
    rf"""(?:read|learn|see|view|show|load|discover|find\s+out)\s+more\b(?!\s+than\b)(?:\W+\w+){{0,10}}
       |(?:share|pin|tweet|print|e-?mail|like|save)\s+(?:this|it|us|on|via|with)(?:\s+{_PUBLISHED})?
        (?:\s*:|(?:\s+(?:on|via|by|to|with))?\s+(?:{_NETWORKS}|(?:(?:your|a)\s+)?(?:family\s+and\s+)?friends?))?
       |(?:please\s+)?(?:click|tap)\s+(?:here\b|below\b
        |(?:on\s+)?(?:the|this)\s+(?:link|image|picture|photo|banner)\s+(?:below|above|to\s+enlarge)\b)
        (?:\W+\w+){{0,12}}
       |(?:subscribe|sign\s+up)(?:\s+(?:here|now|today|below|(?:for\s+)?free))*
        (?:\s+(?:to|for)\s+(?:\w+\s+){{0,3}}(?:newsletters?|blog|channel|podcast|mailing\s+list)\b(?:\W+\w+){{0,8}})?
       |follow\s+(?:us|me|@\w+|(?:\w+\s+){{1,3}}?(?=on\s))(?:\s*on\s+{_NETWORKS}(?:\s+(?:for|to)(?:\W+\w+){{1,6}})?)?
       |(?:leave|post|write|add)\s+a\s+(?:comment|reply|review)
        (?:\s+(?:below|here|now|cancel\s+reply|(?:on|to)\s+(?:(?:this|the)\s+)?{_PUBLISHED}))*
       |(?:back\s+to|return\s+to)\s+(?:the\s+)?top|skip\s+to\s+(?:main\s+)?content
       |(?:jump\s+to(?:\s+(?:main\s+)?(?:content|navigation|search|section|comments|recipe|top|bottom))?\W*)+
       |(?:next|previous|older|newer)\s+(?:post|article|page|entry|story)s?
        (?:(?:\s*[:»›→–—-]|(?=\s(?-i:[A-Z])))(?:\W+\w+){{1,14}})?""",
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
_BAR = re.compile(r"\s(?:[|»›]+|>{2,})\s|\s*[›»|]\s*")
_PATH = re.compile(r"\s[>→/]\s")
_DOTS = re.compile(r"\s[•·*–-]\s")
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


def says_nothing(line: str) -> bool:
    """Whether a line has nothing to state, wherever it stands: no words, none but links, room to write in, a
    notice of copyright."""
    words = _words(line)
    stated = any(character.isalnum() for character in words) and _TO_FILL_IN not in words
    return not stated or is_links(words) or (len(words) < 250 and _COPYRIGHT.match(words) is not None)


def is_entry(line: str) -> bool:
    """Whether a line is a usual entry or label of pages ("Contact", "News")."""
    words = _words(line).rstrip(" .:!»›→>…|")
    return any(pattern.fullmatch(words) for pattern in (_LABEL, _MENU_WORD))


def page_led_to(line: str) -> str | None:
    """The number that the dots of a line lead to, as in a table of contents; None where they lead to none."""
    words = _words(line)
    leaders = [*_LEADERS.finditer(words)]
    page = words[leaders[-1].end() :].strip(" .…_") if leaders else ""
    return page if leaders and _PAGE.fullmatch(page) else None


def is_noise(line: str) -> bool:
    """Whether a line or short paragraph that stands alone is no statement: see the module."""
    words = _words(line)
    if says_nothing(words) or page_led_to(words) is not None:
        return True
    if len(words) > 400:
        return False
    if is_entry(words) or _CALL.fullmatch(words.rstrip(" .:!»›→>…|")):
        return True
    if _BYLINE.fullmatch(words) or _STAMP.fullmatch(words) or _COOKIES.search(words):
        return True
    return (len(words) < 160 and _COPYRIGHT.search(words) is not None) or _is_menu_bar(words)


def is_signature(line: str) -> bool:
    """Whether a line is a date, or "By" and a name, and nothing else: of the text, or of a part of it."""
    return _SIGNATURE.fullmatch(_words(line)) is not None


def may_be_title(line: str) -> bool:
    """Whether what is noise where it stands alone is a title above a text: "Help", "News", "3 May 2024"."""
    words = _words(line)
    return is_signature(words) or any(each.fullmatch(words.rstrip(" .:!")) for each in (_LABEL, _MENU_WORD))


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


def is_links(words: str) -> bool:
    """Whether there are no words but those of links, none of which is a sentence."""
    beside, links = _LINK.subn("", words)
    return links > 0 and not _WORD.search(beside) and not _LINK_ENDS_SENTENCE.search(words)


def _is_menu_bar(words: str) -> bool:
    """ "Home | About | Contact", "Home > Health > Pain", "Home · Blog".

    A path begins with a usual entry of menus, since manuals have paths too ("Open Settings > Sound"); words
    between dots are no menu unless two of them are usual ("Help - 112").
    """
    if words.startswith("|"):
        return False
    for separator in (_BAR, _PATH, _DOTS):
        entries = [entry.strip() for entry in separator.split(words) if entry.strip()]
        if len(entries) < 2 or any(len(entry.split()) > 4 or entry[-1] in ".!?;:" for entry in entries):
            continue
        usual = [_MENU_WORD.fullmatch(entry) is not None for entry in entries]
        if separator is _BAR and (any(usual) or len(entries) > 2):
            return True
        if usual[0] if separator is _PATH else sum(usual) >= 2:
            return True
    return False


def _words(line: str) -> str:
    """A line without the marks of Markdown around it."""
    return " ".join(line.split()).strip("*_#> ")
