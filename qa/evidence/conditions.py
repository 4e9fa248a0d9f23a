"""The words that make a question another question: whom, what illness, which medicine, where, how much.

"Can people with haemophilia have cold laser?" is not answered by "cold laser is generally safe".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from qa.evidence.ages import is_age
from qa.evidence.quantities import quantities
from qa.evidence.unlisted import unlisted
from qa.pack import pack_in_force
from qa.things_asked import told_and_asked
from qa.vocabulary import NOTHING, forms, phrase
from qa.words import ENGLISH, language_spoken

_WEIGHTS = {
    "general": 0.2,
    "symptom": 0.4,
    "comparison": 0.5,
    "setting": 0.4,
    "time": 0.7,
    "aspect": 0.6,
    "outcome": 0.7,
    "activity": 0.8,
    "device": 0.4,
}
"""How surely a question is another one without it; 1 for kinds that are not named. Set by hand after how
often each kind is unmet in near misses and in answered questions of `dev`, SQuAD 2.0, SelQA and BioASQ."""

_PERSONAL = frozenset({"person", "illness", "medicine", "procedure", "implant"})
"""Kinds that hold of the person who asks, and so count wherever in the question they stand."""
_OF_A_STORY = frozenset({"quantity", "year", "time", "age"})
"""Kinds that are only told where they stand before what the same sentence asks: how long it has hurt."""
_ASIDE = frozenset({"body_part", "symptom"})
"""Kinds that count by half in a sentence that only tells; other kinds do not count there."""

# "…, so I was wondering if …" begins a sentence too.
_SENTENCE = re.compile(
    r"(?:(?!(?<=[\s,;])(?:so |and )?i(?:'m|’m| am| was)? wonder)[^.!?\n]|[.!?](?=\w))+[.!?\n]*"
    r"|[^.!?\n]+[.!?\n]*",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\?|^\W*(?:and |but |so |please |also |then )*(?:what|which|who|whom|whose|when|where|why|how|is|are|was"
    r"|were|do|does|did|can|could|will|would|should|may|might|has|have|any)\b"
    r"|\b(?:wondering|wonder|tell me|want to know|like to know|explain)\b",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"\b(?:for|treat|help|helps|on|over|with|stop|ease|near|about|affect|do|try|use|heal|fix) "
    r"(?:it|that|this|there|them|these|those|here)\b",
    re.IGNORECASE,
)
_AGE = re.compile(
    r"\b(?P<years>\d{1,3}|[a-z]+)[\s-]?(?:years?|yrs?)[\s-]?olds?\b|\b[\w-]+[\s-](?P<months>month|week)s?[\s-]olds?\b"
    r"|\baged? (?P<aged>\d{1,3})\b"
    r"|\b(?:i am|i'm|i’m|im|is|he's|she's|turned|turning|nearly) (?P<bare>\d{2})(?=$|[.,;?!]| and\b| now\b)",
    re.IGNORECASE,
)
_NO_CONDITION = re.compile(
    r"\b\w+ (?:weeks?|months?) (?=pregnant|gone|along)"
    r"|\b(?:\w+ )?[\w.]+ (?:day|week|month|year|hour|minute)s? ago\b"
    # How it is to be said, not where.
    r"|\bin (?:\w+ )?english\b"
    # What it is likened to.
    r"|\blike (?:you|they|we|i)(?:['’]d| would| do| get)?\b[^.?!,]*"
    r"|\b(?:feels|felt|feeling|(?:my|our|his|her|their) \w+ feel) like"
    r"(?: (?!(?:since|when|whenever|after|with|because|and|but|so|from|though)\b)[\w'’-]+)+",
    re.IGNORECASE,
)
_NO_BODY = re.compile(
    r"\b(?:br(?:ings?|inging|ought)|c(?:omes?|oming|ame)|giv(?:es?|ing|en)|gave|go(?:es|ing|ne)?|went|sen(?:ds?|ding|t)"
    r"|tak(?:es?|ing|en)|took|pay(?:s|ing)?|paid|hand(?:s|ed|ing)?|sail(?:s|ed|ing)?|drives?|ring|call|report|write)"
    r"(?: (?!on|for|of|in|to|at|with|an?|sore|bad|lower|upper|my|his|her|their|your)[\w'’-]+){0,3}"
    r" (?<!the )(?P<back>back)\b(?! ?(?:pain|ache))|\bthere and (?P<there>back)\b"
    r"|(?<!\bmy )(?<!\bthe )(?<!\bhis )(?<!\bher )(?<!er )\b(?P<home>back)(?= (?:from|to) (?-i:[A-Z]))"
    r"|(?<!\bmy )(?<!\bthe )(?<!\bher )(?<!\bhis )\b(?P<hand>hand(?:s|ed|ing)?)(?: it| them)?"
    r" (?:in|over|out)\b",
    re.IGNORECASE,
)
"""Where "back" and "hand" are no parts of the body: "bring the boat back", "there and back", "hand it in"."""
_WHO_SPEAKS = re.compile(
    r"(?:[’']s| has| is| was| keeps?)?\s(?:says?|said|saying|tells?|told|thinks?|reckons?|reckoned|wants?"
    r"|wanted|offer(?:s|ed|ing)|suggest(?:s|ed|ing)|recommend(?:s|ed|ing)|advis(?:es|ed|ing)|swears|push(?:es|ed|ing))\b",
    re.IGNORECASE,
)
"""What stands behind somebody who gives a treatment and is named like it ("physio says …")."""
_WITH_CHILD = re.compile(
    r"(?:(?:\b(?:am|is|was|im|shes|she)|['’](?:m|s))(?: \w+)?,? \w+ |^\W*\d+ )"
    r"(?:weeks?|wks?|months?|mths?) (?P<gone>gone|along)\b",
    re.IGNORECASE,
)
"""Weeks that tell of pregnancy without the word."""
_NUMBERED = re.compile(
    r"\b(?i:(?:class|type|stage|grade|phase|level) (?:\d\w?|[IVX]+)"
    r"|(?:zone|room|gate|platform|floor|group|section|article|programme|program|building|line|route|court|plot|band"
    r"|category|annex|appendix|terminal|pier|tariff) (?:\d{1,3}[A-Z]?|(?-i:[A-Z])))\b"
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_COMPARISON = re.compile(
    r"\b(?:\w{3,}er|worse|more|less) than\b|\b(?:more|less|better|worse) (?:\w+ ){1,2}than\b"
    r"|\bvs?\b\.?|\bversus\b|\bcompar(?:ed?|ison|es|ing)\b"
    r"|\bas (?:good|well|effective|safe|strong|fast|cheap) as\b|\bthe same (?:thing )?as\b"
    r"|\bdifferen\w+ (?:between|from)\b"
    r"|\bwhich\b[^.?!]*\b(?:better|best|worse|stronger|safer|safest|cheaper|faster|quicker"
    r"|(?:more|less) \w+)\b[^.?!]*\bor\b",
    re.IGNORECASE,
)
_COMBINES = re.compile(
    r"\b(?:along(?:side)?|together|combin\w+|as well as|at the same time|while|whilst|on top of|both"
    r"|add(?:ed|ing)?|carry on|continue|keep|mix\w*|in addition|besides|go with|in between|same day)\b",
    re.IGNORECASE,
)
_UNDERGOING = frozenset({"procedure", "medicine", "general"})
_UNDERGONE = re.compile(
    r"\b(?:after|before|following|since|post|had|has|have|having|recent|from|with|on|take|takes|taking|while|using"
    r"|awaiting|waiting for|need)\W+(?!to\b)(?:\w+\W+){0,2}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Condition:
    """Something in a question that evidence must speak of.

    Attributes:
        kind: A section of conditions.toml; or "quantity", "year", "numbered" ("class 4"), "comparison",
            "name" (capitals inside a sentence), or "word" (a rare word that stands in no table).
        text: As typed.
        start, end: Span in the question.
        variants: Phrases any of which meets it, in the form of `qa.vocabulary.phrase`.
        weight: 0 to 1, how surely the question is another one without it.
        undergone: Whether the person had or takes it; then "without surgery" does not speak of it.
    """

    kind: str
    text: str
    start: int
    end: int
    variants: frozenset[str]
    weight: float = 1.0
    undergone: bool = False

    @property
    def of_the_person(self) -> bool:
        """Whether it holds of the person: an illness, a pregnancy, an implant, a medicine."""
        return self.kind in _PERSONAL


def find_conditions(question: str) -> tuple[Condition, ...]:
    """The conditions of a question, in order.

    Where a question tells a story first, only the sentences that ask count in full; of the others,
    what holds of the person does, and body parts and symptoms do by half unless the question points
    back to them ("my jaw aches. Can laser treat that?"). What a sentence tells before it asks counts less,
    too: how long it has hurt not at all, where it hurts and rare words by half.
    """
    asking, told = _parts(question)
    points_back = any(_POINTS_BACK.search(question, start, end) for start, end in asking)
    before = list(_told_before(question, asking))
    found = []
    for condition in _all(question):
        if any(start <= condition.start < end for start, end in before):
            if condition.kind in _OF_A_STORY:
                continue
            if condition.kind in _ASIDE or condition.kind == "word":
                condition = replace(condition, weight=condition.weight / 2)
        if condition.kind not in _PERSONAL and any(start <= condition.start < end for start, end in told):
            if condition.kind not in _ASIDE:
                continue
            if not points_back:
                condition = replace(condition, weight=condition.weight / 2)
        found.append(condition)
    return tuple(sorted(found, key=lambda condition: condition.start))


def _all(question: str) -> Iterator[Condition]:
    """Every condition; no two share a character, but for comparisons."""
    pack = pack_in_force()
    table = pack.conditions
    taken = [match.span() for match in _NO_CONDITION.finditer(question)]

    def take(
        kind: str, start: int, end: int, variants: frozenset[str] = frozenset(), weight: float | None = None
    ) -> Iterator[Condition]:
        if any(start < other_end and other_start < end for other_start, other_end in taken):
            return
        taken.append((start, end))
        if kind == NOTHING:
            return
        undergone = kind in _UNDERGOING and _UNDERGONE.search(question, 0, start) is not None
        weight = _WEIGHTS.get(kind, 1.0) if weight is None else weight
        yield Condition(kind, question[start:end], start, end, variants, weight, undergone)

    for match in _AGE.finditer(question):
        group = _group_of_age(match)
        if group:
            yield from take("person", *match.span(), table.met_by(group))
        elif group == "":
            yield from take(NOTHING, *match.span())
    for match in _WITH_CHILD.finditer(question):
        yield from take("person", *match.span("gone"), table.met_by(phrase("pregnant")))
    for match in _NUMBERED.finditer(question):
        # "Type 2" is an illness by itself.
        if not (phrase(match[0]) in table and table.kind(phrase(match[0])) == "illness"):
            yield from take("numbered", *match.span(), frozenset({phrase(match[0])}))
    for match in _YEAR.finditer(question):
        yield from take("year", *match.span(), frozenset({match[0]}))
    for quantity in quantities(question):
        if quantity.unit and not (quantity.low == 1 and question[quantity.start].isalpha()):
            kind = "age" if is_age(question, quantity) else "quantity"
            yield from take(kind, quantity.start, quantity.end)
    for match in _COMPARISON.finditer(question):
        yield Condition("comparison", match[0], *match.span(), frozenset(), _WEIGHTS["comparison"])

    combines = _COMBINES.search(question) is not None
    words = forms(question)
    of_no_body = {match.start(match.lastgroup or 0) for match in _NO_BODY.finditer(question)}
    # The table knows English: "man" is nobody in German.
    for first, end, name in table.find(words) if language_spoken() == ENGLISH else ():
        kind = table.kind(name)
        if kind == "treatment" and _WHO_SPEAKS.match(question, words[end - 1].end):
            kind = NOTHING
        if kind == "body_part" and words[first].start in of_no_body:
            kind = NOTHING
        other = pack.others.get(kind, frozenset()) if combines else frozenset()
        yield from take(kind, words[first].start, words[end - 1].end, table.met_by(name) | other)
    for found in unlisted(question):
        yield from take(*found)


def _parts(question: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Spans of the sentences that ask, and of those that only tell; where none asks, all do."""
    sentences = [match.span() for match in _SENTENCE.finditer(question)]
    asking = [span for span in sentences if _ASKS.search(question[slice(*span)].strip())]
    marked = [span for span in asking if "?" in question[slice(*span)]]
    asking = marked or asking or sentences
    return asking, [span for span in sentences if span not in asking]


def _told_before(question: str, asking: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Spans of what a sentence tells before it asks: "burning feet for two years, would a pad help"."""
    for start, end in asking:
        told, asked = told_and_asked(question[start:end])
        for piece in told if asked else ():
            begin = question.index(piece, start, end)
            yield begin, begin + len(piece)
            start = begin + len(piece)


def _group_of_age(match: re.Match[str]) -> str | None:
    """The group of persons of an age, "" for grown-ups of no special age, None where there is no number."""
    if match["months"]:
        return phrase("baby")
    said = quantities(match["years"] or match["aged"] or match["bare"])
    if not said:
        return None
    return phrase("child") if said[0].low < 18 else phrase("elderly") if said[0].low >= 65 else ""
