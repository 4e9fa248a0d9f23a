"""What is named but has happened to nobody: at work, of a pet, with a laugh, of what a device might do.

Each is a rule over the cues of scope.toml, as those of qa/health/safety/scope.py are.
"""

from __future__ import annotations

from collections.abc import Sequence

from qa.health.safety.cues import Cues
from qa.health.safety.terms import Span

_PLACED = frozenset("in at on to from by with".split())
_PLACED_BY = frozenset("by off from over with on and because since after".split())
_SOMEBODY = frozenset("i you he she we they it".split())
_OWN = frozenset("i me my mine myself we us our".split())


def device_might_harm(cues: Cues, spans: Sequence[Span]) -> bool:
    """ "Could the lamp burn my skin?", "Could she scald herself?": nothing has happened."""
    sentence = cues.sentence(spans)
    modals = {cue.last for cue in cues.within("MODAL", sentence)}
    asking = {cue.last for cue in cues.within("MODAL_QUESTION", sentence)}
    devices = {cue.last for cue in cues.within("DEVICE", sentence)}
    for cue in cues.within("HARM", sentence):
        at = cue.first - 1
        said = at in modals and (at - 1 in devices or at - 2 in devices)
        asked = any(last in devices and {last - 1, last - 2, last - 3} & asking for last in (at, at - 1))
        # "Could she scald herself": of a person too, where the verb follows at once; "have burned" has been.
        asked = asked or (at - 1 in asking and cues.words[at].text in _SOMEBODY)
        if (said or asked) and cue.first <= spans[-1].last and not cues.turns(cue.first, spans[-1].last):
            return True
    return any(
        asked.last < spans[0].first <= asked.last + 4
        and any(span.first <= shines.first <= span.last for span in spans)
        and any(asked.last < device.first <= shines.last + 3 for device in cues.within("LAMP", sentence))
        for asked in cues.within("IS_IT_HARMFUL", sentence)
        for shines in cues.within("SHINES", sentence)
    ) and not cues.within("NOW", sentence)


def feared(cues: Cues, spans: Sequence[Span]) -> bool:
    """ "I worry that my feet will get infected": said of the future, and nothing is said to be so now."""
    sentence = cues.sentence(spans)
    return not cues.within("NOW", sentence) and any(
        fear.last < future.first < spans[-1].last and cues.clauses(spans) == cues.clauses([future])
        for fear in cues.within("FEAR", sentence)
        for future in cues.within("FUTURE", sentence)
    )


def at_work(cues: Cues, spans: Sequence[Span]) -> bool:
    """Part of a workplace's name, or told of work or study with nobody in the clause whom it happens to."""
    sentence, first, last = cues.sentence(spans), spans[0].first, spans[-1].last
    jobs = cues.within("JOB", sentence)
    if any(0 < first - job.last <= 6 for job in jobs):
        places = [cue.first for cue in cues.within("WORKPLACE", sentence)]
        if any(0 <= place - last <= 2 and cues.words[place - 1].text not in _PLACED for place in places):
            return True
    practising = cues.within("AT_WORK", sentence)
    working = practising and len(jobs) + len(practising) > 1
    if not (working or cues.within("STUDY", sentence)) or cues.within("ACTION", sentence):
        return False
    own = cues.covered(("JOB", "AT_WORK", "STUDY", "ASKER"), sentence)
    start = next((at for at in range(first, -1, -1) if cues.opens_anew(at)), 0)
    told = [*cues.within("PERSONAL", sentence), *cues.within("IN_CARE", sentence)]
    return not cues.within("NOW", sentence) and not any(
        start <= cue.first <= last and cue.first not in own for cue in told
    )


def of_an_animal(cues: Cues, spans: Sequence[Span]) -> bool:
    """ "Our old dog drags his back legs"; not "thrown off my horse", nor "the dog bit my face"."""
    first, last = spans[0].first, spans[-1].last
    for animal in cues.within("ANIMAL", cues.sentence(spans)):
        before = {word.text for word in cues.words[max(0, animal.first - 3) : animal.first]}
        own = {word.text for word in cues.words[animal.last + 1 : last + 1]} & _OWN
        if animal.last < first and not before & _PLACED_BY and not own and not cues.turns(animal.last, last):
            return True
    return False


def exaggerated(cues: Cues, spans: Sequence[Span]) -> bool:
    """ "I nearly choked when I saw the price": between the "nearly" and what was so surprising."""
    sentence, first, last = cues.sentence(spans), spans[0].first, spans[-1].last
    return any(
        nearly.first < surprise.first and first < surprise.first and nearly.last < last
        for nearly in cues.within("NEARLY", sentence)
        for surprise in cues.within("SURPRISE", sentence)
    )
