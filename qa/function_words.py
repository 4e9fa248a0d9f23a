"""Words by what they do in a question: ask, point, join."""

from __future__ import annotations

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
