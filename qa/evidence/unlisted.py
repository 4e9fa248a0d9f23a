"""Words of a question that stand in no table and yet make it another: names, illnesses, rare words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from qa.evidence.vocabulary import phrase
from qa.words import content_words, rarity

_NAME = re.compile(r"\b(?:[A-Z][\w'’]*[a-z0-9]|[A-Z]{2,6}\d*|[a-z]+[A-Z]\w*)\b")
_SENTENCE_START = re.compile(r"(?:^|[.!?:\n])[\W_]*")
_NO_NAMES = frozenset(
    """
    i i'm i've i'd i'll i’m i’ve i’d i’ll im ive gp mr mrs ms dr ok tv pm am faq
    monday tuesday wednesday thursday friday saturday sunday
    january february march april may june july august september october november december
    """.split()
)
_SYNDROME = re.compile(
    r"\b(?P<of>[A-Za-z][\w’']+)[ -](?P<head>syndrome|disease|disorder|deficiency|fever|sclerosis|dystrophy"
    r"|atrophy|palsy|infection|malformation|ataxia|fibrosis|phobia)s?\b",
    re.IGNORECASE,
)
_NO_SYNDROMES = frozenset(
    "a an any the this that my your other some rare serious chronic skin what which common same".split()
)
_ENDINGS = {
    "illness": re.compile(
        r"(?:itis|osis|oses|emia|aemia|omas?|path(?:y|ies)|algia|plegia|paresis|cephaly|trophy|ectasia|uria|pn(?:o?e)a|lysis"
        r"|rrhages?|rrho?ea|penia|philia|megaly|dynia)$"
    ),
    "procedure": re.compile(r"(?:ectomy|otomy|ostomy|plasty|scopy|centesis)$"),
    "medicine": re.compile(
        r"(?:pril|sartan|statin|mab|[tf]inib|cillin|mycin|floxacin|cycline|azole|olol|dipine|triptan|gliptin|gliflozin|glutide"
        r"|[ao]vir|zepam|zolam|caine|profen|oxetine|triptyline|barbital|parin|xaban|thiazide|semide|solone|setron"
        r"|tidine|platin|taxel|rubicin|dronate|dronic|nafil|lukast|terol|tropium|codone|azepine|pramine|zosin|fibrate|oxicam)s?$"
    ),
}
_MEDICAL = 3.3
"""Least rarity of a word that its ending alone makes medical, so that "sympathy" and "analysis" stay out."""
_RARE, _RAREST = 3.2, 5.2
"""Rarity from which on a word counts at all, and from which on it counts in full. In answered questions of
SQuAD 2.0, SelQA and BioASQ one such word in five is not in the text that answers."""


class Unlisted(NamedTuple):
    """A word or name: its kind, where it stands, what meets it, and how much it weighs."""

    kind: str
    start: int
    end: int
    variants: frozenset[str]
    weight: float


def unlisted(question: str) -> Iterator[Unlisted]:
    """What may be a condition of a question though no table has it, the surest first; spans may overlap."""
    for match in _SYNDROME.finditer(question):
        if match["of"].lower() not in _NO_SYNDROMES:
            names = {phrase(match[0])} | ({phrase(match["of"])} if rarity(match["of"]) > 3 else set())
            yield Unlisted("illness", match.start(), match.end(), frozenset(names), 1.0)
    words = question.split()
    if sum(word[:1].isupper() for word in words) <= max(3, len(words) // 2):  # no headline
        starts = {match.end() for match in _SENTENCE_START.finditer(question)}
        for match in _NAME.finditer(question):
            if match.start() not in starts and match[0].lower() not in _NO_NAMES:
                yield Unlisted("name", match.start(), match.end(), frozenset({phrase(match[0])}), 1.0)
    for word in content_words(question):
        lower = word.text.lower()
        if word.rarity < _RARE or not any(character.isalpha() for character in lower):
            continue
        variants = frozenset({phrase(word.text)})
        kind = next((kind for kind, ending in _ENDINGS.items() if ending.search(lower)), None)
        if kind and word.rarity > _MEDICAL:
            yield Unlisted(kind, word.start, word.end, variants, 1.0)
            continue
        weight = min(1.0, (word.rarity - _RARE) / (_RAREST - _RARE))
        if lower.endswith(("ing", "ed", "ly")):  # what is done, and how, is told in other words more often
            weight /= 2
        yield Unlisted("word", word.start, word.end, variants, weight)
