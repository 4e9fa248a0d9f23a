"""Whether a sentence means what it names: negated, long past, asked in general, told of others, ruled out.

Every excuse is a rule over the cues of scope.toml, so that it can be said which one was heard.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from qa.health.safety.cues import JOINING, Cues
from qa.health.safety.not_happening import at_work, device_might_harm, exaggerated, feared, of_an_animal
from qa.health.safety.terms import Span

_TURNING = frozenset("but however yet except".split())
_SAID = frozenset("say says said tell tells told found put puts confirmed".split())
_GUESSED = frozenset("probably maybe perhaps possibly likely might may".split())
_ASKING = frozenset("is are has have was were did".split())
_OF = frozenset("in of among for with by to".split())


def excuse(cues: Cues, spans: Sequence[Span], ignored: Collection[str] = ()) -> str | None:
    """The first of `EXCUSES` that takes back matched words, all of one sentence; None where none does."""
    return next((name for name, holds in _RULES.items() if name not in ignored and holds(cues, spans)), None)


def _negated(cues: Cues, spans: Sequence[Span]) -> bool:
    own = {at for span in spans for at in range(span.first, span.last + 1)}
    last, sentence = max(own), cues.sentence(spans)
    for cue in cues.of("NONE_OF_THAT"):
        if cue.first > last and cues.words[cue.first].sentence <= sentence + 1:
            return True
    after = cues.words[last + 1 : last + 3]
    answered = bool(after) and after[0].text in {"no", "none", "negative", "absent", "nil"}
    if answered and (len(after) == 1 or after[1].clause != after[0].clause):
        return True
    return any(cues.negation_of(span.first, own) is not None for span in spans)


def _dated(group: str) -> Callable[[Cues, Sequence[Span]], bool]:
    """A rule: dated by a cue of `group` in the same sentence, and not said to be so now.

    "My toe is dark, and I have had diabetes for years" dates the diabetes alone.
    """

    def holds(cues: Cues, spans: Sequence[Span]) -> bool:
        clauses = cues.clauses(spans)
        present = any(cues.words[other.first].clause in clauses for other in cues.of("PRESENT"))
        for cue in cues.within(group, cues.sentence(spans)):
            now = any(
                cues.words[other.first].clause in clauses
                and (other.last < cue.first or cue.last < other.first)
                for other in cues.of("NOW")
            )
            same_clause = cues.words[cue.first].clause in clauses
            aside = group == "LONG_STANDING" and cues.turns(spans[-1].last, cue.first)
            if not now and (same_clause or not (present or aside)):
                return True
        return False

    return holds


def _resolved(cues: Cues, spans: Sequence[Span]) -> bool:
    return any(cue.first > spans[-1].last and not _denied(cues, cue) for cue in cues.of("RESOLVED"))


def _denied(cues: Cues, cue: Span) -> bool:
    """Whether a cue is itself taken back, or asked: "has not cleared up", "is this healing?"."""
    before = cues.words[max(0, cue.first - 3) : cue.first]
    if cues.words[cue.first].text in _ASKING and cues.words[cue.first].sentence in cues.asked:
        return cue.first == 0 or cues.words[cue.first - 1].clause != cues.words[cue.first].clause
    return any(word.text in {"not", "never", "no", "until"} for word in before)


def _ruled_out(cues: Cues, spans: Sequence[Span]) -> bool:
    """Ruled out later on, or before in the same sentence, unless it has turned since or is so now."""
    sentence, clauses = cues.sentence(spans), cues.clauses(spans)
    now = any(cues.words[other.first].clause in clauses for other in cues.of("NOW"))
    for cue in _findings(cues):
        if _denied(cues, cue):
            continue
        if cue.first > spans[-1].last:
            return True
        between = cues.words[cue.last + 1 : spans[0].first]
        turned = any(word.text in _TURNING for word in between)
        if cues.words[cue.first].sentence == sentence and not now and not turned:
            return True
    return False


def _findings(cues: Cues) -> list[Span]:
    """What rules something out: "the scan was clear", "my GP says it is the ribs"; not "… is probably …"."""
    said = [*cues.of("SAYS_IT_IS"), *cues.of("NORMAL")]
    by_a_doctor = [
        cue
        for cue in said
        for doctor in cues.within("DOCTOR", cues.words[cue.first].sentence)
        if not _SAID.isdisjoint(word.text for word in cues.words[doctor.last : cue.last + 1])
        and doctor.last < cue.first
        and not cues.turns(doctor.last, cue.first)
    ]
    return [
        cue
        for cue in [*cues.of("RULED_OUT"), *by_a_doctor]
        if _GUESSED.isdisjoint(word.text for word in cues.words[cue.last + 1 : cue.last + 3])
    ]


def _general(cues: Cues, spans: Sequence[Span]) -> bool:
    """Asked about people, signs or causes, not about anybody. "Does it help …" may come from the ill."""
    sentence = cues.sentence(spans)
    if _asks_for_a_cause(cues, spans, sentence):
        return True
    if cues.personal(sentence):
        return False
    if any(cue.first < spans[0].first for cue in cues.within("ABOUT_SIGNS", sentence)):
        return True
    about_people = any(
        cue.first < spans[-1].last or cues.words[cue.first - 1].text in _OF
        for cue in cues.within("GENERIC_PEOPLE", sentence)
    )
    if about_people and not cues.within("NOW", sentence):
        return True
    return cues.asks(sentence, spans[-1].last) and not cues.within("HELPS", sentence)


def _asks_for_a_cause(cues: Cues, spans: Sequence[Span], sentence: int) -> bool:
    """ "Can the lamp make my legs go numb?" asks what could be, not what is."""
    if sentence not in cues.asked or cues.within("NOW", sentence):
        return False
    for cue in cues.within("MODAL_QUESTION", sentence):
        starts = cue.first == 0 or cues.words[cue.first - 1].clause != cues.words[cue.first].clause
        subject = cues.words[cue.first + 1].text if cue.first + 1 < len(cues.words) else ""
        if starts and subject not in {"i", "we", "he", "she", "my", "his", "her"}:
            return any(
                cue.first < cause.first <= spans[-1].first
                and cues.words[cause.first - 1].text != "have"
                and not cues.turns(cause.first, spans[-1].last)
                for cause in cues.within("CAUSES", sentence)
            )
    return False


def _hypothetical(cues: Cues, spans: Sequence[Span]) -> bool:
    sentence, first = cues.sentence(spans), spans[0].first
    if any(0 <= first - cue.last <= 8 for cue in cues.within("RISK", sentence)):
        return True
    if device_might_harm(cues, spans) or feared(cues, spans):
        return True
    for cue in _unreal_ifs(cues, sentence):
        between = cues.words[cue.last + 1 : first + 1]
        left = any(
            after.clause != before.clause and after.text not in JOINING
            for before, after in zip(cues.words[cue.last : first], between, strict=True)
        )
        told = any(cue.last < other.first for other in cues.within("PARTICULAR", sentence))
        if cue.first <= first and not left and not told:
            return True
    return False


def _unreal_ifs(cues: Cues, sentence: int) -> list[Span]:
    """Each "if I get", "if someone", "in case of": what follows is not so."""
    real = [range(cue.first, cue.last + 1) for cue in cues.within("NOT_IF", sentence)]
    unreal = [cue.first for cue in cues.within("UNREAL", sentence)]
    if not cues.within("PARTICULAR", sentence):
        unreal += [cue.first for cue in cues.within("HAVING", sentence)]
    return [
        cue
        for cue in cues.within("IF", sentence)
        if not any(cue.first in span for span in real) and any(0 <= at - cue.first <= 4 for at in unreal)
    ]


def _news(cues: Cues, spans: Sequence[Span]) -> bool:
    """Read, heard or studied, or asked for a text or of one, and not told of oneself."""
    if cues.within("ABOUT_TEXTS", cues.sentence(spans)) and not cues.within(
        "FIRST_PERSON", cues.sentence(spans)
    ):
        return True
    for cue in cues.within("NEWS", cues.sentence(spans)):
        between = range(cue.last + 1, spans[-1].last + 1)
        own = any(span.first in between for span in cues.of("FIRST_PERSON"))
        if cue.last < spans[0].first and not own:
            return True
    return False


_RULES: Mapping[str, Callable[[Cues, Sequence[Span]], bool]] = {
    "negated": _negated,
    "past": _dated("PAST"),
    "long standing": _dated("LONG_STANDING"),
    "resolved": _resolved,
    "ruled out": _ruled_out,
    "general": _general,
    "hypothetical": _hypothetical,
    "news": _news,
    "at work": at_work,
    "animal": of_an_animal,
    "exaggerated": exaggerated,
}

EXCUSES = tuple(_RULES)
"""What can take back an alarm, in the order in which it is looked for."""
