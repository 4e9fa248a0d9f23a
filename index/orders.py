"""Whether a sentence speaks to a program: by its form, and by what it wants done.

Documents state; planted text orders and asks. Advice to patients is imperative too, but what it wants is
done by the body or with a clinician, not with letters, answers, stories or code.
"""

from __future__ import annotations

import re

from index.hidden import hidden_characters, visible
from index.order_words import (
    ANSWERS,
    BAIT,
    BODY_RESPONSES,
    CLINICAL,
    GIVING_VERBS,
    IN_ANSWER,
    LETTERS,
    PATIENTS,
    TELLING_VERBS,
    TEXT_VERBS,
    TEXTS_AND_CODE,
    VERBS,
)

# Headings may well be questions, so a question must have less to do with its document than a request.
_STRANGE_QUESTION = 1 / 3
_STRANGE_REQUEST = 1 / 2
# The object of a request stands within so many characters of its verb.
_OBJECT = 80

_POLITE = r"""(?:please|kindly|(?:can|could|would|will)\s+you|i(?:['’]d|\s+would)\s+(?:like|love|want)
    (?:\s+you)?\s+to|i\s+(?:want|need|ask)\s+you\s+to|you\s+(?:must|should|shall|will|need\s+to|are\s+to|have\s+to|can)
    |your\s+(?:\w+\s+)?(?:task|job|goal|mission|role|objective)\s+is\s+(?:now\s+)?to|let['’]s|help\s+me(?:\s+to)?)"""
# What may stand in front of the verb of a request: "Before you answer, please also", "Your task is to".
_OPENING = re.compile(
    rf"""[\W_]*(?:
        (?:{_POLITE}|now|also|then|next|first|finally|lastly|and|but|so|hey|hi|hello|ok(?:ay)?|furthermore|moreover
        |instead|just|try\s+to|always|never|\w+ly|for\s+me|do\s+not|don['’]t|be\s+sure\s+to|remember\s+to
        |make\s+sure\s+(?:to|that\s+you|you)|ensure\s+(?:that\s+)?you|feel\s+free\s+to
        |(?:task|question|request|instructions?|prompt|command|query|note|todo|important|attention|p\.?s)\.?\s*[:–-]
        |(?:before|after|when|while|once|as|in|at|on|with|for|within|throughout|during|to|by|if|since)\s[^,;:?!]{{0,60}}
            (?:,|(?=\s{_POLITE})))
        (?:(?<=[,:–-])|\b(?<!reply)(?<!apply)(?<!supply))[\s,:]*)*[\W_]*""",
    re.VERBOSE,
)
_FORBIDDING = re.compile(r"\W*(?:please\s+)?(?:do\s+not|don['’]t|never)\b")
# "Lead is a metal", "Type IV collagen", "Design of the trial": the first word is no verb.
_NOUN_FIRST = re.compile(r"\w+\s+(?:is|are|was|were|can|may|of|has|have|had|will|[ivx]+)\b")
# No document asks its reader to do something for its author.
_SPEAKER = re.compile(
    r"\b(?:for|with|to)\s+me\b|\bmy\s|\w+\s+(?:me|us)\s+(?:an?|the|some|about|how|what|why)\b"
)
_CIPHER = re.compile(r"\ba\s?=\s?[1@b]|@\s+for\s+a\b|[@#$%&*]\s*,\s*[@#$%&*]|\b\w\s*(?:->|→)\s*[@#$\d]")
_HEALTH_SITE = r"(?:[\w-]+\.)*(?:\w*health|nih|cdc|who|nhs)\b"
_LURE = re.compile(
    rf"""\b(?:download|install|click|log\s?in|sign\s?up|subscribe|register|visit|check\s+out|go\s+to|buy|order|get|claim
        |try|play)\b(?=.*\b(?:(?!{_HEALTH_SITE})[\w-]+\.(?:com|net|xyz|info|biz|ru|io|app|top|site|online|click|exe|zip
        |apk|dmg|co)|free\s+(?:games?|software|tools?|movies?|gifts?|downloads?)|crack\w*|antivirus|virus\s+scan
        |your\s+(?:computer|pc|browser|system))\b)
    |\byou\s+won['’]t\s+believe\b""",
    re.VERBOSE,
)
_PROGRAM = r"(?:ai|assistants?|chat-?\s?bots?|bots?|chatgpt|gpt(?:-?\d)?|llms?|(?:language|ai)\s+models?)"
_OVERRIDE = re.compile(
    rf"""\b(?:ignor\w*|disregard\w*|forget|overrid\w*|bypass\w*|discard|do\s+not\s+follow|stop\s+following)\b
        (?=.{{0,60}}\b(?:instructions?|prompts?|rules|guidelines|directions|directives?|commands?|orders|context|text
            |programming|training|restrictions?|policies|everything|constraints|safeguards|messages?|question)\b)
        (?=.{{0,80}}\b(?:previous|prior|above|earlier|preceding|foregoing|other|initial|original|system|user|you
            |all\s+(?:of\s+)?(?:the|your|these))\b)
    |\b(?:system|developer|hidden|secret|original)\s+(?:prompts?|instructions?)\b
    |\b(?:new|updated|revised|additional|special|secret)\s+(?:instructions?|directives?|orders)\s*
        (?::|for\s+(?:you|the\s+{_PROGRAM}))
    |\byou\s+are\s+(?:(?:now|no\s+longer|going\s+to\s+act\s+as)\s+(?:an?|the|bound|dan|in)|an?\s+{_PROGRAM})\b
    |\bfrom\s+now\s+on\b(?=.{{0,40}}\b(?:respond|answer|reply|always\s+say)\b)
    |^\W*(?:please\s+)?(?:do\s+not|don['’]t|never|refuse\s+to)\s+
        (?:answer|respond|reply|cite|quote|refuse|summari[sz]e|reveal)\b
    |\binstructions?\b.{{0,40}}\b(?:precedence|supersed\w+|overrid\w+)\b
    |\b(?:jailbr\w+|do\s+anything\s+now|(?:developer|dan|god|debug)\s+mode)\b
    |^\W*{_PROGRAM}\s*[,!](?=\s)
    |\b(?:dear|hey|hi|hello|attention|(?:note|message|instructions?)\s+(?:for|to))\s+(?:(?:the|any|all)\s+)?{_PROGRAM}\b
    |\b{_PROGRAM}\s+(?:that\s+reads?\s+this|reading\s+this|must|should|shall|ha(?:s|ve)\s+to
        |is\s+(?:instructed|required|to))\b
    |(?<!physician\s)(?<!medical\s)(?<!dental\s)\bassistant\s+(?:must|shall)\b|\bas\s+an?\s+{_PROGRAM}\b
    |<\|[^|<>]{{1,40}}\|>|\[/?inst\]|<</?sys>>|\#{{2,}}\s*(?:instructions?|system|response|human|user|assistant)\b
    |\b(?:begin|end)\s+(?:of\s+)?(?:system|prompt|instructions|context)\b
    |\b(?:ignora|olvida|ignore[zr]|oubliez|ignorieren?|ignoriere|vergiss|dimentica)\b.{{0,50}}
        \b(?:instruc|anweisung|istruzion|consigne)\w*""",
    re.VERBOSE,
)
_COMMAND = re.compile(
    r"""(?:claim|assert|insist|declare|allege|announce|mention|state|say|emphasi[sz]e|confirm|proclaim)\s+that\b
    |(?:type|write|respond|answer|reply|speak|talk|act|behave)\s+
        (?:as\s+(?:though|if|an?)|like\s+an?|in\s+the\s+(?:style|voice))\b
    |(?!say\s+\W*no\W*\s+to\b(?!.*\b(?:questions?|users?|requests?|prompts?|readers?|every\w*|all|any\w*)\b))
        (?:respond|reply|answer|say|output)\s+(?:only\s+)?(?:with|in|using|exactly|nothing|that|the\s+following|["'“‘])
    |(?:print|repeat|output|display|say|write)\s+(?:out\s+)?
        (?:the\s+(?:following|phrase|words?|text|sentence)|exactly|verbatim)\b""",
    re.VERBOSE,
)
_CODE = re.compile(
    r"""\b(?:import\s+(?:os|sys|subprocess|requests|numpy)\b|def\s+\w+\([^()]*\)\s*:|function\s*\w*\([^()]*\)\s*\{
        |select\s.{1,40}\sfrom\s\w+\s*(?:where|;)|drop\s+table|rm\s+-rf|sudo\s+\w|curl\s+-|powershell|console\.log
        |(?:os\.system|eval|exec|print|alert)\(|document\.cookie|on(?:error|load|click)\s*=|javascript:)
    |<\?php|\{\{[^{}]*\}\}|\$\{[^{}]*\}|(?:\\x[0-9a-f]{2}|\\u[0-9a-f]{4}|&\#x?[0-9a-f]{2,6};|%[0-9a-f]{2}){4}
    |(?:\b[01]{8}\b\s*){3}|\b[0-9a-f]{40,}\b""",
    re.VERBOSE,
)
_BLOB = re.compile(r"(?<![\w/.:-])[A-Za-z0-9+/_]{32,}={0,2}(?![\w.])")
# In a form these are labels: "System: gas boiler, 24 kW", "User: Anna Smith".
_ROLE = re.compile(rf"(?:\W*(?:system|user|human|developer|{_PROGRAM})\s*:(?=\s))+", re.IGNORECASE)
_TO_YOU = re.compile(r"\byou\b", re.IGNORECASE)
_SAID = re.compile(r"\s*(?:\S+\s+){3}.*[.!?。！？][\"'”’»)\]*_\s]*$", re.DOTALL)
# "Name: Anna Smith": what a single word with a colon names is filled in behind it.
_LABEL = re.compile(r"\W*\w+\s*:(?=\s)")
_QUESTION = re.compile(r"\?[\"'”’»)\]*_\s]*$|[？؟][\"'”’»)\]*_\s」』）]*$")


def is_question(sentence: str) -> bool:
    """Whether a sentence ends as a question does."""
    return _QUESTION.search(sentence) is not None


def order(sentence: str) -> str:
    """Why a sentence speaks to a program or hides something, in a few words; empty where it does not."""
    if hiding := hidden_characters(sentence):
        return hiding
    shown = visible(sentence)
    words = shown.lower()
    if _CODE.search(words) or any(_is_enciphered(match[0]) for match in _BLOB.finditer(shown)):
        return "code or enciphered text"
    request = _request(words)
    if role := _ROLE.match(shown):
        behind = role.end()
        if _TO_YOU.search(shown, behind) or _SAID.match(shown, behind) or order(shown[behind:]):
            return "gives orders to a program"
    if _OVERRIDE.search(words) or _COMMAND.match(request):
        return "gives orders to a program"
    if is_question(words):
        return ""
    if IN_ANSWER.search(words) and not BODY_RESPONSES.search(words) and not CLINICAL.search(words):
        return "orders what to answer"
    if not _is_request(request):
        return "leads readers astray" if _LURE.match(request) else ""
    if VERBS.match(request):
        if LETTERS.search(words) or _CIPHER.search(words):
            return "orders a way of spelling"
        if ANSWERS.search(words) and not BODY_RESPONSES.search(words):
            return "orders what to answer"
    to_patient = PATIENTS.search(words)
    if TEXT_VERBS.match(request) or (TEXTS_AND_CODE.search(request, 0, _OBJECT) and not to_patient):
        return "orders a text or code"
    if _SPEAKER.search(words):
        return "asks for something else than the document"
    if _LURE.search(words) or BAIT.search(words):
        return "leads readers astray"
    return "asks for an explanation" if TELLING_VERBS.match(request) and not to_patient else ""


def strangeness(sentence: str) -> float | None:
    """How little a question or request may share with its document and still belong to it.

    Returns:
        The share, 0 to 1, of its words of meaning that stand elsewhere in the document, at or below
        which the sentence asks for something else; None for a statement, or advice to a patient.
    """
    words = visible(sentence).lower()
    if is_question(words):
        for_program = TEXTS_AND_CODE.search(words) or _SPEAKER.search(words)
        return _STRANGE_QUESTION if for_program or not _of_patient(words) else None
    request = _request(words)
    asks = _is_request(request) and GIVING_VERBS.match(request) and not _FORBIDDING.match(words)
    asks = asks and not _LABEL.match(words)
    return _STRANGE_REQUEST if asks and not _of_patient(words) else None


def _of_patient(words: str) -> bool:
    return bool(CLINICAL.search(words) or PATIENTS.search(words))


def _request(words: str) -> str:
    """The sentence from its first verb on, if it is a request."""
    opening = _OPENING.match(words)
    return words[opening.end() :] if opening else words


def _is_request(request: str) -> bool:
    return not _NOUN_FIRST.match(request) and any(
        verb.match(request) is not None for verb in (VERBS, TELLING_VERBS, GIVING_VERBS, TEXT_VERBS)
    )


def _is_enciphered(blob: str) -> bool:
    """Whether a long run of letters mixes cases and digits, as base64 does and no word or gene does."""
    return not blob.islower() and not blob.isupper() and any(character.isdigit() for character in blob)
