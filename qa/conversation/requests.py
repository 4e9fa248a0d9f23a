"""What is asked to be done, not known: say it in plain words, sum it up, compare two things.

Such a request is told by how it is built, before anything is searched for; what it is about is handed on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

PLAIN, SUMMARY, COMPARISON = "plain words", "summary", "comparison"


@dataclass(frozen=True, slots=True)
class Request:
    """A request.

    Attributes:
        kind: PLAIN, SUMMARY or COMPARISON.
        about: What is to be explained or summed up, empty where it points at what was said; of a comparison
            what is compared of both ("the side effects of"), empty for everything.
        sides: The two things to compare.
        for_what: What both are compared for ("for back pain"), or empty.
    """

    kind: str
    about: str = ""
    sides: tuple[str, str] | None = None
    for_what: str = ""


_LEAD = r"""(?:(?:please|ok(?:ay)?|so|and|now|well|thanks|thank\ you|hi|hello)[\s,.!]+)*
    (?:(?:can|could|would|will)\ (?:you|u|someone|anyone)\ (?:please\ )?|
    i(?:'d|\ would)\ like\ (?:you\ )?to\ |
    i\ (?:need|want)\ (?:you\ to\ )?|give\ me\ |show\ me\ |tell\ me\ |let\ me\ have\ |help\ me\ |please\ )*"""
_PLAINLY = r"""(?:
    (?:in|into|with|using)\ (?:(?:more|much|very|really|some)\ )?(?:simple|simpler|plain|plainer|easy|easier
      |lay(?:man'?s?|person'?s?)?|everyday|normal|ordinary|non-?medical|non-?technical|less\ technical)
      \ (?:words?|terms?|english|language|speak|way)
    | (?:more\ )?(?:simply|plainly) | simpler | easier | plainer
    | (?:as\ if|like)\ i(?:'m|\ am|\ was|\ were)\ (?:five|ten|\d+|a\ child|stupid)
    | for\ (?:dummies|a\ child|children)
    )"""
_POINTS = re.compile(
    r"(?:it|this|that|these|those|them|me|us|you|all|so|"
    r"(?:all |any |a word )?(?:of )?(?:it|this|that|them)(?: (?:to|for) (?:me|us|my \w+))?|"
    r"(?:to|for) (?:me|us|my \w+)|"
    r"(?:me |us )?(?:the|your|this|that|these|those|last) (?:last |previous )?"
    r"(?:answers?|reply|replies|quotes?|quotations?|sentences?|results?|text|words?|numbers?|figures?)|"
    r"what (?:you|it|that) (?:just )?(?:said|says?|means?))?",
    re.IGNORECASE,
)
_SUMMARY = r"""(?:summari[sz]e | sum\ (?:(?:it|this|that|them|everything)\ )?up | boil\ down | recap
    | (?:an?\ |the\ |your\ )?(?:(?:short|brief|quick|one-line)\ )?
      (?:summary|overview|recap|gist|rundown|synopsis|summing-up)
    | (?:the\ )?(?:key|main)\ (?:points?|messages?|facts?|findings?|takeaways?|results?)
    | (?:the\ )?(?:bottom\ line|short\ version|take-?aways?|upshot) | tl;?\ ?dr)"""
_MANNERS = re.compile(r"(?:[\s,.!]+(?:please|thanks|thank you|then|for me|again))+$", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:an?|the|this|that|word|term|abbreviation) ", re.IGNORECASE)

_FLAGS = re.IGNORECASE | re.VERBOSE
_PLAIN_FORMS = (
    rf"""{_LEAD}(?:explain|say|put|tell|describe|translate|rephrase|reword|write|break\ down|repeat|give)
       (?P<about>.*?)\s*(?:again\ |down\ )?{_PLAINLY}""",
    rf"{_LEAD}(?:simplify|reword|rephrase|translate|paraphrase)\b\s*(?P<about>.*)",
    rf"(?:{_LEAD}|make\ it\ |and\ |once\ more\ |again\ )(?:make\ it\ )?{_PLAINLY}(?P<about>)",
    r"""i\ (?:do\ not|don'?t|did\ not|didn'?t|can'?t|cannot)\ (?:really\ |quite\ )?
       (?:understand|get|follow)\b\s*(?P<about>.*)""",
    rf"""(?:what|and\ what)\ (?:does|do|did)\ (?P<about>(?:all\ )?(?:of\ )?(?:that|this|it|these|those|you))
       \ (?:actually\ |really\ )?mean(?:\ {_PLAINLY})?""",
    r"""(?:that|this|it)(?:'s|\ is|\ was)\ (?:too|very|so|rather)
       \ (?:complicated|technical|difficult|hard)(?P<about>)
       (?:\ (?:for|to\ (?:follow|get|grasp|read|take\ in|understand))\b.*)?""",
)
_DEFINITIONS = (
    r"what\ (?:do|does)\ (?:you|it|they|that)\ mean\ by\ (?P<about>.+)",
    r"what(?:'s|\ is|\ are|\ does|\ do)?\ (?P<about>.+?)(?:\ (?:mean|means|stand\ for|stands\ for))?",
    rf"""{_LEAD}(?:explain|define|describe)\ (?:to\ me\ )?(?:what\ )?(?P<about>.+?)
       (?:\ (?:is|are|means?|stands?\ for))?""",
    r"(?:the\ |what\ is\ the\ )?(?:meaning|definition)\ of\ (?P<about>.+)",
    r"(?P<about>.+?)[\s,:-]+(?:meaning|definition)",
)
_SUMMARY_FORM = rf"""{_LEAD}(?:what(?:'s|\ is|\ are)\ )?{_SUMMARY}(?:\ (?:of|on|about|for|from|to))?
    (?:\ (?:what\ is\ (?:said|known)\ (?:about|on|of)))?\s*(?P<about>.*)"""
_SIDE = r"[^,;.?!]+?"
_PURPOSE = rf"\ (?:for|in|on|against|when\ it\ comes\ to|as\ to|regarding)\ {_SIDE}"
_FOR = rf"(?P<for>{_PURPOSE})?"
_BETTER = (
    r"(?:better|best|stronger|(?P<safety>safer|safest)|(?:more|most)\ (?:effective|useful|helpful)|worse)"
)
_WHICH = rf"""(?:which|what)(?:\ (?:one|of\ (?:them|the\ two|these)))?
    (?:'?s|\ (?:is|works|would\ be|are|helps|does|work|help))\ (?:the\ )?{_BETTER}
    (?:\ (?:one|choice|option))?"""
_COMPARISONS = (
    rf"""{_LEAD}compare\ (?:(?P<about>(?:the\ [\w\ -]+?\ for|(?:the\ )?[\w\ -]+?\ (?:of|between|on)))\ )?
       (?:both\ )?(?P<one>{_SIDE})\ (?:and|with|to|versus|vs\.?|against|or)\ (?P<two>{_SIDE}){_FOR}""",
    rf"""(?:{_LEAD}|what(?:'s|\ is|\ are)\ |is\ there\ )(?:explain\ )?(?:the\ |a\ |any\ )?(?:main\ )?
       (?:differences?|comparison)(?:\ in\ (?P<about>[\w\ -]+?))?\ between
       \ (?P<one>{_SIDE})\ and\ (?P<two>{_SIDE}){_FOR}""",
    rf"""(?:how|in\ what\ way)\ (?:do|does|is|are|would)\ (?P<one>{_SIDE})\ (?:differ|compare|different)
       \ (?:from|to|with|against)\ (?P<two>{_SIDE}){_FOR}""",
    rf"""(?:how|in\ what\ way)\ (?:do|does|are)\ (?P<one>{_SIDE})\ and\ (?P<two>{_SIDE})
       \ (?:differ|compare){_FOR}""",
    rf"(?P<one>{_SIDE})\ (?:versus|vs\.?|v\.|or)\ (?P<two>{_SIDE})[\s,:;.?–-]+{_WHICH}{_FOR}",
    rf"(?P<one>{_SIDE})\ (?:versus|vs\.?|v\.)\ (?P<two>{_SIDE}){_FOR}",
    rf"(?P<one>{_SIDE})\ (?:compared|in\ comparison)\ (?:to|with)\ (?P<two>{_SIDE}){_FOR}",
    rf"""(?:is|are)\ (?P<one>{_SIDE})\ or\ (?P<two>{_SIDE})\ (?:the\ )?{_BETTER}
       (?:\ (?:one|choice|option))?{_FOR}""",
    rf"{_WHICH}(?P<for>{_PURPOSE})[,:–-]+\ (?P<one>{_SIDE})\ or\ (?P<two>{_SIDE})",
    rf"{_WHICH}[\s,:–-]+(?!(?:for|in|on|at)\ )(?P<one>{_SIDE})\ or\ (?P<two>{_SIDE}){_FOR}",
    rf"(?:is|are|does|do)\ (?P<one>{_SIDE})\ (?:work\ |any\ )?{_BETTER}\ than\ (?P<two>{_SIDE}){_FOR}",
)


def request_of(question: str) -> Request | None:
    """The request that was typed; None for a question."""
    plain = _MANNERS.sub("", " ".join(question.replace("’", "'").split()).strip(" .!?"))
    for form in _COMPARISONS:
        if found := re.fullmatch(form, plain, _FLAGS):
            return _comparison(found.groupdict(default=""))
    if found := re.fullmatch(_SUMMARY_FORM, plain, _FLAGS):
        return Request(SUMMARY, _without_pointer(found["about"]))
    for form in _PLAIN_FORMS:
        if found := re.fullmatch(form, plain, _FLAGS):
            return Request(PLAIN, _without_pointer(found["about"]))
    for form in _DEFINITIONS:
        if found := re.fullmatch(form, plain, _FLAGS):
            return Request(PLAIN, _ARTICLE.sub("", found["about"]))
    return None


def points_back(turn: str) -> bool:
    """Whether a turn asks for something to be done with the reply before, and names nothing itself."""
    request = request_of(turn)
    return request is not None and request.sides is None and not request.about


def _comparison(parts: dict[str, str]) -> Request:
    one, two, for_what = (parts[name].strip() for name in ("one", "two", "for"))
    own = re.fullmatch(rf"(?P<side>{_SIDE})(?P<for>{_PURPOSE})", two, _FLAGS)
    if re.search(_PURPOSE, one, _FLAGS):
        # "laser for the neck and laser for the back": each is for something of its own.
        two, for_what = f"{two} {for_what}".strip(), ""
    elif own and not for_what:
        # "laser or infrared for the neck: which is better": both are for the same.
        two, for_what = own["side"], own["for"].strip()
    about = "is the safety of" if parts.get("safety") else parts.get("about", "")
    return Request(COMPARISON, about, (_ARTICLE.sub("", one), _ARTICLE.sub("", two)), for_what)


def _without_pointer(about: str) -> str:
    """What a request names itself; empty where it only points at what was said."""
    about = about.strip(" ,:")
    return "" if _POINTS.fullmatch(about) else re.sub(r"^(?:me|us|to me|to us) ", "", about)
