"""Words by which `index.orders` tells orders to a program from advice to a patient: tables to be reviewed.

Each table is written as alternatives of a regular expression with white space between them; an underscore
stands for white space inside one. They are matched as whole words, in text in lower case.
"""

from __future__ import annotations

import re


def _one_of(words: str) -> re.Pattern[str]:
    alternatives = "|".join(words.split()).replace("_", r"\s+")
    return re.compile(rf"\b(?:{alternatives})\b")


VERBS = _one_of(r"""
    add adjust advertise advise advocate allude alter alternate anagram\w* answer appeal append apply
    argue ask assign attach augment avoid begin blend botch break bring build bury butcher call
    capitali[sz]e champion change choose chop cipher claim clip cloak close clump cluster code collapse
    combine come_up_with communicate compile compose compress conceal conclude condense construct convert
    convince correct corrupt craft cram create cut delete deliver demonstrate design_(?:an?|the|some)
    devise direct disguise display distort do double draft drive drop edit eliminate embed emphasi[sz]e
    employ encipher encode encourage encrypt end endorse enhance enrich entice erase exchange execute
    expand express extend fill finish fix flip follow format formulate frame fudge fuse garble generate
    give group guide have hide highlight hint implement imply include incorporate inform infuse inject
    insert inspire integrate interject intersperse introduce invent invite join jumble keep lace lead
    leave let limit link litter lure make map mask mention merge mess misspell mix modify motivate name
    nudge obfuscate obscure offer omit open optimi[sz]e outline pack paraphrase pen pepper perform
    persuade phrase pitch place plug point prefix prepare present pretend prevent print produce program
    promise promote prompt propose provide push quote rally randomi[sz]e rearrange recast recite recommend
    recount redirect refer reformat reformulate remind remove render reorder reorgani[sz]e rephrase
    repl(?:y|ace) report represent request respell respond restructure return reverse revise reword rework
    rewrite rhyme run say scatter scramble script season send separate set share shift show shuffle skip
    slip smuggle sneak solicit solve speak spell split spread sprinkle squeeze start state stress string
    strip structure style substitute suffix suggest supply swap swap_out switch tack tag take teach tease
    tell tempt throw tie transcribe transform translate transpose turn tweak twist urge use utili[sz]e
    warn weave withhold work wrap write
""")
"""Verbs that open an order about words. Many are a patient's business too: the object decides."""

TEXT_VERBS = _one_of(r"""
    alphabeti[sz]e append brainstorm compose conjugate debug decode decrypt draft encode encrypt
    impersonate jumble misspell narrate obfuscate paraphras(?:e|ing) pretend proofread recite refactor
    rephrase reword rewrite role-?play scramble summari[sz]e translat(?:e|ing) transliterate unscramble
""")
"""Verbs that want a text made, whatever their object."""

TELLING_VERBS = _one_of(r"""
    analy[sz]e break_down calculate clarify compute define delineate describe differentiate discuss
    distinguish elaborate_on enumerate explain give_(?:me|us) illustrate interpret outline recount
    shed_light show_(?:me|us) sum_up summari[sz]e teach_(?:me|us) tell_(?:me|us) trace unpack
    walk_(?:me|us)_through
""")
"""Verbs that want something explained."""

GIVING_VERBS = _one_of(r"""
    announce assess automate book categori[sz]e chat classify compare convert create demonstrate detail
    detect determine develop discover evaluate find_(?:me|\w+-reviewed|papers|articles|sources|research)
    forecast gauge give_(?:\w+_)?(?:references|examples|reasons|facts|ideas|tips) highlight identify
    introduce invest judge label list look_up name offer organi[sz]e plan play predict prepare present
    produce propose provide rate recommend request schedule_(?:a|the|my)_(?:meeting|call|event) search
    send set_an?_(?:reminder|alarm) simplify suggest teach write(?!_down)
""")
"""Verbs that want something named or made: orders only where the document speaks of other things."""

ANSWERS = _one_of(r"""
    (?:your|the|this|each|every|any|all|its|my|final)_(?:\w+_){0,2}?(?:answers?|repl(?:y|ies)|responses?)
    (?:your|the|this|each|every|any|all|its|my|final)_(?:\w+_){0,2}?(?:outputs?|messages?|completions?)
    (?:when|while|in|before|after|by|as)_(?:you_)?(?:answer|respond|repl|generat)\w*
    your_(?:\w+_)?(?:text|sentences?|paragraphs?|wording|words|writing)
    your_(?:\w+_)?(?:explanation|statement|summary|conclusion|content|language)
    the_(?:user|reader|questioner)s? users readers viewers subscribers followers audience
""")
"""What a program makes, and whom it makes it for."""

IN_ANSWER = _one_of(r"""
    (?:in|to|into|of|from|with|within|throughout)_your_(?:\w+_)?(?:answers?|repl(?:y|ies)|response|output|message)
    (?:inside|for|at_the_(?:end|start|beginning)_of)_your_(?:\w+_)?(?:answers?|repl(?:y|ies)|response|output|message)
    your_(?:\w+_)?(?:answer|reply|response|output|message)_(?:should|must|shall|needs?|has|ought|will|is_to)
""")
"""Ways to say where an order is to show."""

BODY_RESPONSES = _one_of(r"""
    (?:immune|inflammatory|stress|allergic|sexual|emotional|body['’]s|pain|healing|urine|cardiac|body)_(?:responses?|output)
    (?:responses?|answers?|responding)_(?:to|from|of)_(?:\w+_){0,3}?(?:treat|therap|medic|drug|dos|vaccin|exercis|stimul)\w*
    (?:responses?|answers?|responding)_(?:to|from|of)_(?:\w+_){0,3}?(?:stress|pain|light|injur|infect|doctor|nurse|chemo|radia|surg)\w*
""")
"""Responses and answers that are the body's or the patient's."""

LETTERS = _one_of(r"""
    letters vowels? consonants? syllables? alphabet\w* anagram\w* homophon\w* homonym\w* homograph\w*
    typos? mis-?spel\w* typographical typing_(?:error|mistake)s? spelling\w* alpha-?numeric\w* leet\w*
    cipher\w* punctuation white-?spac\w+ white_spac\w+
    (?:any|all|no|the|of|without|extra|blank|remove|delete|omit|drop|skip)_(?:spaces|blanks|spacing)
    upper-?case lower-?case all_caps capital_letters palindrom\w* pig_latin emojis? ascii unicode morse
    rhym\w* sound-?alikes? sounds?_alike sound_the_same phonetic\w* numerals?
    grammatical_(?:error|mistake)s? (?:numbers?|digits?|symbols?)_(?:for|instead|in_place)
    (?:key)?words?_(?:order|together|backwards?)
    (?:every|each|all|the|main|key|some|several|random|certain)_(?:\w+_)?(?:key)?words characters
    (?:every|each)_(?:\w+_)?(?:word|sentence|character|letter)
    (?:with|into|to|as|by|using)_(?:numbers|digits|symbols)
""")
"""What is changed by those who order odd spellings."""

TEXTS_AND_CODE = _one_of(r"""
    story stories tales? poem poetry haikus? limericks? sonnet verse ode essays? speech blog article novel
    screenplay scene plot movie song lyrics slogans? taglines? jingle dialogue monologue toast eulogy
    review paragraph introduction thesis headlines? caption tweet social_media advert\w* ad_copy
    press_release cover_letter r[ée]sum[ée] (?:love|formal|business|complaint)_letter e-?mail
    memo newsletter brochure presentation itinerary (?:business|lesson|marketing)_plan quiz riddles?
    jokes? puns? fun_facts? trivia biography backstory protagonist synopsis translation spanish french
    german italian japanese chinese mandarin latin russian arabic hindi korean portuguese swedish turkish
    polish dutch letter_(?:from|to) code coding snippets? pseudo-?code algorithm quer(?:y|ies) regex html
    css sql mysql python java javascript php ruby rust golang kotlin bash shell_script api
    (?:for|while)_loop arrays? recursi\w+ websites? web_?pages? web_app git data_structures? programming
    function_(?:to|that|in|which) (?:computer|simple)_program debug\w* compiler linked_list sort_an?
    sorting object-oriented
""")
"""Texts and programs that no patient is told to make."""

BAIT = _one_of(r"""
    petitions? votes? voting elections? celebrit\w+ scandal\w* sensational\w* cliffhangers? clickbait
    teasers? giveaways? affiliate promo_codes? coupons? sponsor\w* shocking secret_trick prizes? lottery
    gift_cards? bank_\w+ credit_card passwords? bitcoin crypto\w* investments?
""")
"""What readers are lured with."""

PATIENTS = _one_of(r"""
    caregivers? carers? child(?:ren)? clinicians? dentists? doctors? family famil(?:y|ies) gps? nurses?
    parents? patients? people pharmacists? physicians? professionals? providers? specialists? surgeons?
    therapists? you your yours yourself
""")
"""Words for the reader as a patient, and for the people about: advice, not an order."""

CLINICAL = _one_of(r"""
    arms? bab(?:y|ies) back blood body cancer care (?:care)?givers? carers? child(?:ren)? clinical
    clinicians? clinics? conditions? counsel(?:l)?ors? cur\w+ dentists? diabetes diagnos\w* diet
    dieti[ct]ians? diseases? disorders? doctors? doses? drugs? emergency exercises? eyes? family feet
    foods? foot gps? health healthcare hospitals? infants? inherit\w* legs? medical medications?
    medicines? midwi(?:fe|ves) muscles? nerves? nurses? pain patients? pharmacists? physicians? prevent\w*
    professionals? providers? risks? skin sleep smoking specialists? stress surgeons? surgery symptoms?
    syndrome tests? therapists? therap(?:y|ies) treatments? treat\w* weight
""")
"""Words of health documents."""
