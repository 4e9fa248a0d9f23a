"""Words that are true though lists of English hardly have them: names of the field."""

from __future__ import annotations

import functools
import re

from qa.pack import pack_in_force
from qa.vocabulary import Vocabulary

RARE = 1.5
"""Zipf frequency below which a word may be any misspelling; from here to `spelling.COMMON` only letters that
changed places or sound alike are a slip ("poeple")."""

_NAMED_KINDS = ("illness", "symptom", "medicine", "body_part", "treatment", "procedure", "implant")
"""Kinds of conditions.toml whose names are seldom in a list of English words, and never misspellings."""

# What ends so is no slip for another word, but one of many names that no list has.
_MEDICAL_ENDING = re.compile(
    r"(?:a?emi[ac]s?|ases?|ectom(?:y|ies)|genic|gliptin|iasis|itis|ium|lysis|mabs?|nibs?|ocytes?|olol|omas?|"
    r"opath(?:y|ic|ies)|oses|osis|ostomy|otic|oxacin|plas(?:ia|ty)|pril|sartan|statins?|trophy|uria|xaban|"
    r"algia|azole|cillin|caine|zepam|yl|ides?|ines?|oids?|[aio]|is|us|ous|um|ar|al|phate|tional|atory|ations?)$"
)
_LETTERS = re.compile(r"[^\W\d_]+")


def has_medical_ending(word: str) -> bool:
    """Whether a word ends as names of illnesses and medicines do."""
    return _MEDICAL_ENDING.search(word) is not None


def field_words() -> frozenset[str]:
    """The names of illnesses, medicines and treatments that the pack in force knows, as they are written."""
    return _names_in(pack_in_force().conditions)


@functools.lru_cache(maxsize=2)
def _names_in(table: Vocabulary) -> frozenset[str]:
    names = (match[0].lower() for match in _LETTERS.finditer(table.written(_NAMED_KINDS)))
    return frozenset(name for name in names if len(name) > 3 and name.isalpha())
