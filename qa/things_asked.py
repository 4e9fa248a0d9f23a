"""What a question asks, one thing at a time, and what it only tells."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Sequence

from qa.question_text import (
    AUXILIARIES,
    BE,
    DETERMINERS,
    NEUTRAL,
    PERSONAL,
    PREPOSITIONS,
    QUESTION_WORDS,
    asks,
    sentences,
    tokens_of,
)

_JOINT = re.compile(
    r"\s*(?:[,;:]\s*(?:(?:and|but|also|plus|then|so)\b\s*)*|\s[-–—]+\s|"
    r"(?<=\s)(?:and|plus|also|&|n|but)\s+(?:also\s+|then\s+)?|"
    r"\s+(?=(?:what|why|when|where|how(?:\s+(?!is|do)\w+)?)(?:['’]?s|\s+(?:is|are|was|were|do|does|did|can|will|should))\b))",
    re.IGNORECASE,
)
"""Where one part may end and the next begin: "or" joins two answers to one question, and behind no joint at
all a question word with its verb begins one ("what is LLLT how does it work")."""
_NOT_ASKED_BEHIND = frozenset(
    "know see understand matter wonder tell say ask about of than exactly just then".split()
)
"""Words before a question word that goes on with what they begin ("I don't know what is wrong")."""
_REQUEST = re.compile(
    r"(?:(?:please|pls|and|also|just|can you|could you|i was|i['’]?m|"
    r"i(?:['’]?d| would)? (?:just )?(?:like|want|need) to)\s+)*"
    r"(?:tell me|let me know|know|hear|explain(?: to me)?|wondering|asking)\s+"
    r"(?=(?:what|which|who|whom|whose|when|where|why|how|whether|if|the|any|all|about)\b)",
    re.IGNORECASE,
)
"""What asks to be told the questions that it is followed by, or a thing and then a question."""
_TOLD_OF = frozenset("whether if the any all about".split())
_IMPERATIVES = frozenset("compare explain describe list name summarise summarize".split())
_ADDED = re.compile(r"[,;]\s*(?:and|but)\b", re.IGNORECASE)
"""A joint behind which a preposition alone begins another part ("…, and on the belly?")."""
_TELLS = re.compile(r"\s*(?:[,;:]|\s[-–—]+\s)\s*")
"""A joint before which something may be told and not asked ("he has epilepsy, can he have laser")."""


MOST_JOINTS = 60
"""Places that are looked at in one sentence, each with what stands before it: nobody asks so many things."""


def asks_several(question: str) -> bool:
    """Whether a question asks more than one thing, as it is written."""
    return len(told_and_asked(question)[1]) > 1


@functools.lru_cache(maxsize=4096)
def told_and_asked(question: str) -> tuple[Sequence[str], Sequence[str]]:
    """The sentences of a question that only tell, and what is asked, one thing each."""
    told: list[str] = []
    pieces: list[str] = []
    for sentence in sentences(question):
        before, asked = _pieces(sentence)
        if asked or not sentence.endswith("?"):
            told += before
            pieces += asked
        else:
            pieces.append(sentence.rstrip(" ?.!"))
    return told, pieces


def _pieces(sentence: str) -> tuple[list[str], list[str]]:
    """What a sentence tells before it asks, and its questions: cut where a question word, or an auxiliary
    with its subject, begins another one."""
    text = sentence.rstrip(" ?.!")
    request = _REQUEST.match(text)
    text = text[request.end() :] if request else text
    told: list[str] = []
    starts = [0]

    def begins(piece: str) -> bool:
        """As `_begins`; the first piece also with what is to be told, or done ("compare")."""
        opening = {token.plain for token in tokens_of(piece)[:1]}
        if not piece or not text.startswith(piece):
            return _begins(piece) or (request is not None and not opening.isdisjoint({"whether", "if"}))
        of_request = request is not None and not opening.isdisjoint(_TOLD_OF)
        return of_request or not opening.isdisjoint(_IMPERATIVES) or _begins(piece)

    for joint in itertools.islice(_JOINT.finditer(text), MOST_JOINTS):
        before, after = text[starts[-1] : joint.start()], text[joint.end() :]
        if joint[0].isspace() and any(token.plain in _NOT_ASKED_BEHIND for token in tokens_of(before)[-1:]):
            continue
        if begins(before) or (starts == [0] and _asks_behind_phrase(before)):
            added = _ADDED.match(joint[0].strip()) and _opens_with_preposition(after)
            if added or (begins(after) and not _goes_on(after)):
                starts.append(joint.end())
        elif _begins(after) and _TELLS.match(joint[0]) and not _tells_on(after, sentence.endswith("?")):
            told.append(before)
            starts = [joint.end()]
    ends = [*starts[1:], len(text)]
    cut = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    if not (begins(cut[0]) or _asks_behind_phrase(cut[0])):
        return [sentence], []
    return told, [
        re.sub(r"(?:[\s,;&–—-]|\b(?:and|but|also|plus|then)\b)+$", "", piece, flags=re.IGNORECASE)
        for piece in cut
    ]


def _begins(text: str) -> bool:
    """Whether a text opens as a question does, or with "for how long", or with "any side effects"; or whether
    it is "how long" and no more."""
    words = [token.plain for token in tokens_of(text)[:3]]
    if len(words) > 1 and words[0].endswith("ly"):
        return _begins(text[tokens_of(text)[1].start :])  # "roughly what does it cost"
    behind = len(words) > 1 and words[0] in PREPOSITIONS and words[1] in QUESTION_WORDS
    alone = len(words) == 2 and words[0] == "how" and not words[1].endswith("ly")
    done = len(words) > 1 and words[0] in _IMPERATIVES and words[1] in DETERMINERS | QUESTION_WORDS
    return asks(text) or behind or alone or done or words[:1] == ["any"]


def _asks_behind_phrase(text: str) -> bool:
    """Whether a question stands behind what it is asked of ("for sciatica does laser work")."""
    words = [token.plain for token in tokens_of(text)]
    if not words or words[0] not in PREPOSITIONS:
        return False
    verb = next((at for at, word in enumerate(words) if word in AUXILIARIES), 0)
    told_of = words[1:verb]
    if not 1 <= len(told_of) <= 4 or not _SUBJECTS.isdisjoint(told_of):
        return False
    behind = words[verb + 1 : verb + 2]
    return words[verb] not in BE | {"has", "have", "had"} or not (
        PERSONAL | NEUTRAL | DETERMINERS
    ).isdisjoint(behind)


def _goes_on(text: str) -> bool:
    """Whether a text goes on with what is asked before it ("can I stop my tablets and have the lamp")."""
    words = [token.plain for token in tokens_of(text)[:2]]
    return len(words) == 2 and words[0] == "have" and words[1] in DETERMINERS


def _tells_on(text: str, questioned: bool) -> bool:
    """Whether an auxiliary with no subject behind it goes on telling ("Mum, 82, has …", "…, can't sit")."""
    words = [token.plain for token in tokens_of(text)[:2]]
    verb = words[0] in _OF_ONE_TOLD or words[0].replace("'", "").endswith(("nt", "not"))
    return not questioned and verb and words[-1] not in PERSONAL | NEUTRAL - {"them"}


_SUBJECTS = frozenset("i he she we they you who that which it".split())
"""Words in front of a verb that tells, and asks nothing ("since I do yoga")."""
_OF_ONE_TOLD = frozenset("has have had".split())


def _opens_with_preposition(text: str) -> bool:
    words = tokens_of(text)
    return len(words) > 1 and words[0].plain in PREPOSITIONS
