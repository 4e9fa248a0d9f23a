"""Whether a sentence speaks to a program: by its form, and by what it wants done.

Documents state; planted text orders and asks. Advice to patients is imperative too, but what it wants is
done by the body or with a clinician, not with letters, answers, stories or code.
"""

from __future__ import annotations

import re

from index.hidden import hidden_characters, visible


def _one_of(words: str, ending: str = r"\b") -> re.Pattern[str]:
    """Any of the alternatives, written one beside the other with a space for a run of white space."""
    alternatives = (part.replace("_", r"\s+") for part in words.split())
    return re.compile(rf"\b(?:{'|'.join(alternatives)}){ending}", re.IGNORECASE)


_POLITE = r"""(?:please|kindly)|(?:can|could|would|will)\s+you|i(?:['’]d|\s+would)\s+(?:like|love|want)(?:\s+you)?\s+to
    |i\s+(?:want|need|ask)\s+you\s+to|you\s+(?:must|should|shall|will|need\s+to|are\s+to|have\s+to|can)
    |your\s+(?:\w+\s+)?(?:task|job|goal|mission|role|objective)\s+is\s+(?:now\s+)?to|let['’]s|help\s+me(?:\s+to)?"""
_OPENING = re.compile(
    rf"""[\W_]*(?:(?:{_POLITE}|now|also|then|next|first|finally|lastly|and|but|so|hey|hi|hello|ok(?:ay)?|additionally
        |furthermore|moreover|instead|simply|just|try\s+to|always|never|only|\w+ly|for\s+me|do\s+not|don['’]t|be\s+sure\s+to
        |make\s+sure\s+(?:to|that\s+you|you)|remember\s+to|ensure\s+(?:that\s+)?you|feel\s+free\s+to
        |(?:before|after|when|while|as|in|at|on|with|for|within|throughout|during|to|by|if)\s[^,;:?!]{{0,60}}(?:,|(?=\s{_POLITE})))
        (?:(?<=,)|\b(?<!reply)(?<!apply)(?<!supply))[\s,:]*)*[\W_]*""",
    re.VERBOSE | re.IGNORECASE,
)

# Verbs that open an order about words. Many are a patient's business too: the object decides.
_VERB = _one_of(
    """add adjust advertise advise allude alter alternate anagram\\w* append apply argue ask assign attach augment avoid
    begin blend break bring build bury capitali[sz]e change choose claim close cloak code combine come_up_with communicate
    compile compose compress conceal conclude condense construct convert convince craft create deliver demonstrate
    design devise direct disguise display distort do double draft drop edit embed emphasi[sz]e employ encode encourage
    encrypt end endorse enhance enrich exchange execute expand express extend fill finish flip follow format formulate frame
    garble generate get give group have help hide highlight hint implement imply include incorporate inform infuse inject
    insert integrate interject intersperse introduce invent invite join jumble keep lace leave let limit link make mask
    mention merge mess mix modify name obscure obfuscate offer omit open outline paraphrase pen perform persuade phrase pitch
    place plug point prefix prepare present pretend prevent print produce program promote prompt propose provide push put
    quote randomi[sz]e rearrange recast recite recommend recount redirect refer reformat reformulate remind remove render
    reorder reorgani[sz]e rephrase repl(?:y|ace) report represent request respell respond restructure return reverse revise
    reword rework rewrite rhyme run say scatter scramble script season send separate set share shift show shuffle skip slip
    smuggle sneak solicit speak spell split spread sprinkle squeeze start state stress string strip structure style substitute
    suffix suggest supply swap switch switch_up tack tag take talk teach tell throw transcribe transform translate transpose turn
    tweak twist type urge use utili[sz]e warn weave withhold word work wrap write answer misspell eliminate erase delete
    fuse collapse clump cluster tie cram pack lure entice tempt tease guide lead nudge motivate drive inspire appeal rally
    call champion advocate push pepper litter corrupt botch butcher fudge map swap_out cut chop clip cipher encipher"""
)
_ANSWER = _one_of(
    r"""(?:your|the|this|each|every|any|all|its|my|final)_(?:\w+_){0,2}?(?:answers?|repl(?:y|ies)|responses?|outputs?|messages?|completions?)
    (?:when|while|in|before|after|by|as)_(?:you_)?(?:answer|respond|repl|generat)\w*
    your_(?:\w+_)?(?:text|sentences?|paragraphs?|wording|words|writing|explanation|statement|summary|conclusion|content|language)
    the_(?:user|reader|questioner)s? users readers viewers subscribers followers audience"""
)
_BODY_RESPONSE = _one_of(
    r"""(?:immune|inflammatory|stress|allergic|sexual|emotional|body['’]s|pain|healing|urine|cardiac|body)_(?:responses?|output)
    (?:responses?|answers?|responding)_(?:to|from|of)_(?:\w+_){0,3}?(?:treat|therap|medic|drug|dos|vaccin|exercis|stimul|question|stress|pain|light
    |injur|infect|doctor|nurse|chemo|radia|surg)\w*""".replace("\n    |", "|")
)
_LETTERS = _one_of(
    r"""letters vowels? consonants? syllables? alphabet\w* anagram\w* homophon\w* homonym\w* homograph\w* typos? mis-?spel\w* typographical
    typing_(?:error|mistake)s? spelling\w* alpha-?numeric\w* leet\w* cipher\w* punctuation white-?spac\w+ white_spac\w+ spaces spacing upper-?case lower-?case
    all_caps capital_letters palindrom\w* pig_latin emojis? ascii unicode morse rhym\w* sound-?alikes? sounds?_alike sound_the_same
    phonetic\w* numerals? grammatical_(?:error|mistake)s? (?:numbers?|digits?|symbols?)_(?:for|instead|in_place) (?:key)?words?_(?:order|together|backwards?)
    (?:every|each|all|the|main|key|some|several|random|certain)_(?:\w+_)?(?:key)?words characters (?:every|each)_(?:\w+_)?(?:word|sentence|character)
    (?:with|into|to|as|by|using)_(?:numbers|digits|symbols)"""
)
_CIPHER = re.compile(r"\ba\s*=\s*\S|@\s+for\s+a\b|[@#$%&*]\s*,\s*[@#$%&*]|\b\w\s*(?:->|→|=)\s*[@#$\d]")
_ONLY_TEXT_VERB = _one_of(
    """translat(?:e|ing) paraphras(?:e|ing) rephrase rewrite reword summari[sz]e compose draft brainstorm proofread narrate recite
    conjugate transliterate unscramble scramble jumble misspell encode decode encrypt decrypt debug refactor impersonate
    obfuscate alphabeti[sz]e role-?play pretend print(?!_of) append code execute implement"""
)
_TEXT_OR_CODE = _one_of(
    r"""story stories tales? poem poetry haikus? limericks? sonnet verse ode essays? speech blog article novel screenplay scene plot movie song
    lyrics slogans? taglines? jingle dialogue monologue toast eulogy review paragraph introduction thesis headlines? caption tweet social_media
    advert\w* ad_copy commercial press_release cover_letter r[ée]sum[ée] (?:love|formal|business|complaint)_letter e-?mail memo newsletter
    brochure presentation itinerary (?:business|lesson|marketing)_plan quiz riddles? jokes? puns? biography backstory protagonist
    synopsis translation spanish french german italian japanese chinese mandarin latin russian arabic hindi korean portuguese swedish
    turkish polish dutch code coding snippets? pseudo-?code algorithm quer(?:y|ies) regex html css sql mysql python java javascript php ruby rust
    golang kotlin bash shell_script api (?:for|while)_loop arrays? recursi\w+ websites? web_?pages? web_app git data_structures? programming
    function_(?:to|that|in|which) (?:computer|simple)_program debug\w* compiler linked_list sort_an? sorting object-oriented"""
)
_TELLING = _one_of(
    """explain describe discuss define outline illustrate elaborate clarify break_down walk_(?:me|us)_through teach tell_(?:me|us)
    give_(?:me|us|an?) show_(?:me|us|how) analy[sz]e interpret compare contrast calculate compute solve list name enumerate identify
    state recommend suggest find determine convert provide present introduce detail simplify differentiate distinguish
    demonstrate highlight unpack sum_up shed_light offer propose recount trace delineate summari[sz]e provide discover
    create write develop design make plan produce prepare"""
)
_CLINICAL = _one_of(
    """doctors? physicians? clinicians? nurses? pharmacists? therapists? dentists? surgeons? specialists? providers? professionals? gps?
    midwi(?:fe|ves) dieti[ct]ians? counsel(?:l)?ors? (?:care)?givers? carers? patients? health healthcare care medical medicines?
    medications? treatments? therap(?:y|ies) symptoms? pain diseases? doses? hospitals? clinics? clinical emergency skin drugs?
    body blood diet surgery exercises? child(?:ren)? bab(?:y|ies) infants? muscles? nerves? foods? diabetes cancer family
    syndrome disorders? conditions? tests? risks? sleep stress feet foot back legs? arms? eyes? weight smoking"""
)
_LURE = re.compile(
    r"""\b(?:download|install|click|log\s?in|sign\s?up|subscribe|register|visit|check\s+out|go\s+to|buy|order|get|claim|try|play)\b(?=.*\b(?:
        (?!(?:[\w-]+\.)*(?:\w*health|nih|cdc|who|nhs)\b)[\w-]+\.(?:com|net|xyz|info|biz|ru|io|app|top|site|online|click|exe|zip|apk|dmg|co)
        |free\s+(?:games?|software|tools?|movies?|gifts?|downloads?)|crack\w*|antivirus|virus\s+scan|your\s+(?:computer|pc|browser|system)
        )\b)|\byou\s+won['’]t\s+believe\b""",
    re.VERBOSE | re.IGNORECASE,
)
_PROGRAM = r"(?:ai|assistants?|chat-?\s?bots?|bots?|chatgpt|gpt(?:-?\d)?|llms?|(?:language|ai)\s+models?)"
_OVERRIDE = re.compile(
    rf"""\b(?:ignor\w*|disregard\w*|forget|overrid\w*|bypass\w*|discard|do\s+not\s+follow|stop\s+following)\b
        (?=.{{0,60}}\b(?:instructions?|prompts?|rules|guidelines|directions|directives?|commands?|orders|context|programming
            |training|restrictions?|policies|everything|constraints|safeguards|messages?|text|question)\b)
        (?=.{{0,80}}\b(?:previous|prior|above|earlier|preceding|foregoing|other|initial|original|system|user|all\s+(?:of\s+)?(?:the|your|these)|you)\b)
    |\b(?:system|developer|hidden|secret|original)\s+(?:prompt|instructions?|message)s?\b
    |\b(?:new|updated|revised|additional|special|secret)\s+(?:instructions?|directives?|orders)\s*(?::|for\s+(?:you|the\s+{_PROGRAM}))
    |\byou\s+are\s+(?:now|no\s+longer|going\s+to\s+act\s+as)\s+(?:an?|the|bound|dan|in)\b
    |\b(?:act|behave|respond|reply|answer|speak|write)\s+(?:as\s+if\s+you|as\s+an?|like\s+an?|in\s+the\s+(?:style|voice))\b(?!\s+(?:barrier|precaution))
    |\bfrom\s+now\s+on\b(?=.{{0,40}}\b(?:respond|answer|reply|always\s+say)\b)
    |\b(?:jailbr\w+|do\s+anything\s+now|(?:developer|dan|god|debug)\s+mode)\b
    |^\W*{_PROGRAM}\s*[,:!](?=\s)|^\W*(?:system|user|human|assistant|developer)\s*:\s
    |\b(?:dear|hey|hi|hello|attention|note\s+to|message\s+(?:for|to)|instructions?\s+(?:for|to))\s+(?:the\s+|any\s+|all\s+)?{_PROGRAM}\b
    |\b{_PROGRAM}\s+(?:that\s+reads?\s+this|reading\s+this|must|should|shall|has\s+to|have\s+to|is\s+(?:instructed|required|to))\b
    |(?<!physician\s)(?<!medical\s)(?<!dental\s)\bassistant\s+(?:must|shall)\b|\bas\s+an?\s+{_PROGRAM}\b
    |<\|[^|<>]{{1,40}}\|>|\[/?INST\]|<</?SYS>>|\#{{2,}}\s*(?:instructions?|system|response|human|user|assistant)\b
    |\b(?:begin|end)\s+(?:of\s+)?(?:system|prompt|instructions|context)\b
    |\b(?:ignora|olvida|ignore[zr]|oubliez|ignorieren?|ignoriere|vergiss|dimentica)\b.{{0,50}}\b(?:instruc|anweisung|istruzion|consigne)\w*""",
    re.VERBOSE | re.IGNORECASE,
)
_COMMAND = re.compile(
    r"""(?:respond|reply|answer|say|output)\s+(?:only\s+)?(?:with|in|using|exactly|nothing|that|the\s+following|["'“‘])
    |(?:answer|respond|reply|cite|quote|refuse|summari[sz]e|reveal)\b(?=.*\b(?:question|user|anything|this|these|document|source))
    |(?:print|repeat|output|display|say|write)\s+(?:out\s+)?(?:the\s+(?:following|phrase|words?|text|sentence)|exactly|verbatim)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_CODE = re.compile(
    r"""\b(?:import\s+(?:os|sys|subprocess|requests|numpy)\b|def\s+\w+\(.*\)\s*:|function\s*\w*\(.*\)\s*\{|select\s.{1,40}\sfrom\s\w+\s*(?:where|;)
    |drop\s+table|rm\s+-rf|sudo\s+\w|curl\s+-|powershell|console\.log|(?:system|eval|exec|print|alert)\(|document\.cookie|on(?:error|load|click)\s*=
    |javascript:)|<\?php|\{\{.*\}\}|\$\{.*\}|(?:\\x[0-9a-f]{2}|\\u[0-9a-f]{4}|&\#x?[0-9a-f]{2,6};|%[0-9a-f]{2}){4}|(?:\b[01]{8}\b\s*){3}""",
    re.VERBOSE | re.IGNORECASE,
)
_BLOB = re.compile(r"(?<![\w/.:-])(?=[^\s]*[a-z])(?=[^\s]*[A-Z])(?=[^\s]*\d)[A-Za-z0-9+/_]{32,}={0,2}(?![\w.])|\b[0-9a-f]{40,}\b")
_QUESTION = re.compile(r"\?[\"'”’»)\]*_\s]*$")


def is_question(sentence: str) -> bool:
    """Whether a sentence ends as a question does."""
    return bool(_QUESTION.search(sentence)) or sentence.rstrip("\"'”’»)]*_ ").endswith(("？", "؟"))


def order(sentence: str, foreign: bool = False) -> str:
    """Why a sentence speaks to a program, in a few words; empty where it does not.

    Args:
        sentence: As it stands in the document.
        foreign: Whether the sentence's words have nothing to do with the rest of the document.
    """
    if hiding := hidden_characters(sentence):
        return hiding
    words = visible(sentence)
    if _CODE.search(words) or _BLOB.search(words):
        return "code or enciphered text"
    request = words[_opening_end(words) :]
    if _OVERRIDE.search(words) or _COMMAND.match(request):
        return "gives orders to a program"
    if is_question(words):
        if foreign and not _CLINICAL.search(words):
            return "asks about something else than the document"
    elif not (_VERB.match(request) or _TELLING.match(request) or _ONLY_TEXT_VERB.match(request)):
        return "leads readers astray" if _LURE.match(request) else ""
    if _LETTERS.search(words) or _CIPHER.search(words):
        return "orders a way of spelling" if _VERB.match(request) else ""
    if _ANSWER.search(words) and not _BODY_RESPONSE.search(words) and _VERB.match(request):
        return "orders what to answer"
    if _ONLY_TEXT_VERB.match(request) or (_TEXT_OR_CODE.search(words) and not _CLINICAL.search(words)):
        return "orders a text or code"
    if _LURE.search(words):
        return "leads readers astray"
    if _TELLING.match(request) and foreign:
        return "asks about something else than the document"
    return ""


def _opening_end(words: str) -> int:
    opening = _OPENING.match(words)
    return opening.end() if opening else 0
