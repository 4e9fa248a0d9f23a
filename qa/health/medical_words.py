"""Names of illnesses, procedures and medicines that stand in no table, known by how they are made."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.pack import Named
from qa.vocabulary import phrase
from qa.words import rarity

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


def named_illnesses(question: str) -> Iterator[Named]:
    """Illnesses that a question names by two words, of which the second says so ("Marfan syndrome")."""
    for match in _SYNDROME.finditer(question):
        if match["of"].lower() not in _NO_SYNDROMES:
            names = {phrase(match[0])} | ({phrase(match["of"])} if rarity(match["of"]) > 3 else set())
            yield Named("illness", match.start(), match.end(), frozenset(names), 1.0)


def kind_by_form(word: str) -> str:
    """ "illness", "procedure" or "medicine" for a rare word with such an ending; empty for others."""
    if rarity(word) <= _MEDICAL:
        return ""
    return next((kind for kind, ending in _ENDINGS.items() if ending.search(word.lower())), "")
