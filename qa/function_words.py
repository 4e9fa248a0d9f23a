"""Words by what they do in a question: ask, point, join, tell how; and the verbs of everyday questions.

What stands in none of these lists counts as a noun, which most words of an unknown subject are.
"""

from __future__ import annotations

from index.lexical import stem

QUESTION_WORDS = frozenset(
    "what which who whom whose when where why how whats what's who's where's how's".split()
)

BE = frozenset("is are was were am be been isn't aren't wasn't weren't isnt arent wasnt werent".split())
AUXILIARIES = BE | frozenset(
    "do does did don't doesn't didn't dont doesnt didnt can could can't couldn't cant cannot will would "
    "won't "
    "wouldn't shall should shouldn't may might must has have had hasn't haven't hadn't".split()
)

PERSONAL = frozenset(
    "i you he she we me him us i'm i've i'd i'll you're he's she's we're we've he'd she'd im ive".split()
)
NEUTRAL = frozenset(
    "it its it's they them their theirs they're that this these those that's one ones both".split()
)
POSSESSIVES = frozenset("mine yours his hers ours theirs".split())
DETERMINERS = frozenset(
    "a an the my your his her our their its some any no each every another other such much many more "
    "most few "
    "both all either neither enough several".split()
)
PREPOSITIONS = frozenset(
    "of in on at for with from by to about after before during under over through between against into onto "
    "without like as per within near around across along alongside behind beyond except inside off out "
    "outside "
    "since than toward towards until till up down upon via versus vs instead".split()
)
LINKS = frozenset(
    "and or but so because if when while whether though although however then also plus nor".split()
)
ADVERBS = frozenset(
    "too also really actually just still even ever never always often again soon well very quite rather only "
    "already anyway maybe perhaps probably not there here now then yet else else's once twice instead "
    "together "
    "please part exactly truly likely usually sometimes afterwards later first alone alright ok okay yes no "
    "partly fully completely entirely permanently temporarily indeed anything something nothing "
    "everything thanks".split()
)
# Words that say something of what stands before them, and are not part of its name.
PREDICATES = frozenset(
    "able available bad better best cheap cheaper common covered dangerous different due effective "
    "expensive fine gentle legal licensed popular "
    "free good great harmful healthy helpful hot important involved less likely long low-cost more "
    "natural needed "
    "necessary normal possible proven recommended right risky risk-free safe same short similar suitable "
    "supposed sure "
    "true useful worse worst worth worthwhile wrong meant used done made painful painless non-invasive "
    "invasive".split()
)

_VERBS = """
absorb accept ache activate add affect agree aggravate aim allow answer apply approve ask attach avoid
become begin believe benefit block boost break bring build burn buy call cancel carry cause change check
choose claim clear combine come compare conclude conduct consider contain continue contradict contribute
control cook cope cover cure cut damage deal decide decrease define deliver depend describe destroy differ
do drive drop earn ease eat emit enable end endorse enhance enjoy enter evaluate exist expect explain
express face fail fall feed feel fight find fit fix follow forbid form gain generate get give go grow halt
handle happen harm heal hear help hit hold hurt imply improve increase inform inhibit interact interfere
involve irritate itch join justify keep kill know last lead learn leave lessen let lie lift limit live look
lose make manage matter mean measure mention mind mix move need note observe occur offer open overcome pay
penetrate perform permit persist place play please poison predict press prevent produce prohibit promise
promote protect prove provide publish pull push put quit raise reach react read receive recommend recover
redden reduce refer refund regenerate regrow regulate rejoin relax release relieve rely remain remove repair
repeat replace report require respond rest restore result return reverse rise ruin run say see seem sell
send shorten show shrink sleep slow soothe speed spread start stay stimulate stop strengthen stretch suffer
suggest suit supply support swell switch take talk tell tend think throw touch treat trigger try turn
understand use vary wait walk want warm warn wash wear widen withdraw work worsen write
"""
VERB_STEMS = frozenset(stem(verb) for verb in _VERBS.split())
IRREGULAR_VERBS = frozenset(
    "went gone came took taken gave given found got gotten said told felt kept left lost made meant paid "
    "put ran saw "
    "seen shown sold sent thought understood wore worn wrote written began begun did done had has having "
    "fed grew "
    "grown rose risen shrank shrunk spread hit cut read led held heard stood".split()
)
IRREGULAR_PLURALS = frozenset(
    "people mice children feet mitochondria women men teeth data bacteria fungi criteria".split()
)

FUNCTION_WORDS = (
    QUESTION_WORDS
    | AUXILIARIES
    | PERSONAL
    | NEUTRAL
    | DETERMINERS
    | PREPOSITIONS
    | LINKS
    | ADVERBS
    | PREDICATES
)
