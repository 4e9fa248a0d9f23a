"""The replies: an answer, a refusal or an emergency. Frozen values that know nothing of any page.

Every quoted sentence has a citation, and every citation is an exact span of a document:
`document.text[citation.start:citation.end] == citation.quote`.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from qa.said import Said
from qa.written import Written, with_lists

NOTICE = "lightqa quotes the documents it was given; they may be wrong, one-sided or out of date."

DISCLAIMER = (
    f"This is not medical advice. {NOTICE} For a decision about your health, ask a doctor, a pharmacist or "
    "another health professional who knows you."
)

COMPANIONS = frozenset(("intro", "header", "label", "caption"))
"""Roles of quotes that are read with another one, and say nothing by themselves."""


@dataclass(frozen=True, slots=True)
class Source:
    """A place where the same words stand too.

    Attributes:
        document, title, section, page, source_kind, start, end: As in `Citation`.
    """

    document: str
    title: str
    section: str
    page: int | None
    source_kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a quote stands.

    Attributes:
        number: From 1, unique within a reply, in the order in which the reply shows them.
        document: Path of the document as given to `lightqa index`.
        title, section, source_kind: Of the document and of the place in it; section may be empty.
        page: From 1, or None for a document without pages.
        start, end: Character offsets into the document's text, half open.
        quote: The words of the span, verbatim.
        role: What the quote is in its document: "prose", "item" and "intro" (of a list), "list" (a whole
            one), "row", "header" and "caption" (of a table), "label".
        read_with: Numbers of the citations without which it means something else: the intro of its list,
            the header of its table.
        page_label: What is printed on the page, where that is not its number ("iv").
        recognised: Whether the words were read from a picture (OCR), and may be misread.
        also: Where else the same words stand.
    """

    number: int
    document: str
    title: str
    section: str
    page: int | None
    source_kind: str
    start: int
    end: int
    quote: str
    role: str = "prose"
    read_with: tuple[int, ...] = ()
    page_label: str = ""
    recognised: bool = False
    also: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class QuotedSentence:
    """A quote of an answer as people read it, and the number of its citation.

    Attributes:
        text: The words of the citation's quote, without the marks of its file ("**", "[^1]", "|").
        citation: Its number.
        place: "in short" (what answers), "more" (what else is said), "claimed" (what a source that sells
            something claims on effect, safety or proof).
        under: What it is read under, where an answer has several columns or parts: a side of a comparison,
            a document, a part of the question, a word that is explained. Else empty.
    """

    text: str
    citation: int
    place: str = "in short"
    under: str = ""


@dataclass(frozen=True, slots=True)
class Gloss:
    """A term of a quote in plain words: those of a glossary among the documents.

    Attributes:
        term: As it stands in the quote.
        text: What the glossary says of it, verbatim but for invisible characters.
        document, title, start, end: Where that stands.
    """

    term: str
    text: str
    document: str
    title: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Note:
    """Something that lightqa itself says beside the quotes.

    Attributes:
        kind: "refusal" (why nothing is quoted), "nearest" (what comes nearest to an answer), "unanswered" (a
            part that is not answered), "emergency" (what to do now), "call" (whom), "matched" (the words a
            red flag fired on), "alarm" (what was raised before and still stands, in one line), "warning"
            (when to get help), "unsupported" (a source's absolute claim), "only_claimed" (that only claims
            answer), "disagreement", "personal" (whom to ask), "change_nothing" (that no medicine is to be
            changed), "sources" (whose words they are), "requested" (what was brought on request),
            "smalltalk".
        text: Plain words, safe to show.
        citations: Numbers of the reply's citations that the note is about or quotes.
        said: The text by its sentences, to be said in other languages; empty for what is English alone.
    """

    kind: str
    text: str
    citations: tuple[int, ...] = ()
    said: tuple[Said, ...] = ()

    @classmethod
    def of(cls, kind: str, *said: Said, citations: tuple[int, ...] = ()) -> Note:
        """A note that says some sentences."""
        return cls(kind, " ".join(map(str, said)), citations, said)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reply:
    """What the three kinds of reply share.

    Attributes:
        question: The question as it was asked.
        understood_as: The question as it was searched for, where it was not searched for as asked.
        sentences: The quoted sentences, in the order to be read; empty unless an answer.
        citations: One for each quoted sentence, and for quotes that notes refer to.
        notes: What lightqa says beside the quotes, most important first.
        glosses: Terms of the quotes in plain words, each once.
        suggestions: Questions that the documents do answer, to ask next.
        confidence: Calibrated probability, 0 to 1, that the documents answer the question.
        how_often: Measured on questions in people's own words (`qa.evidence.confidence`): of answers as sure,
            how often the first sentence answered; of refusals, how often the documents did answer. None
            where nothing was measured: alarms, small talk, what is brought on request or always declined.
        seconds: Wall-clock time that the reply took.
        disclaimer: The standing notice. The medical one says too much where no pack chose another, and
            never too little.
        written: What a writer wrote of the quotes, where one was asked; each sentence checked.
    """

    kind: ClassVar[str]

    question: str
    understood_as: str | None = None
    sentences: tuple[QuotedSentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    notes: tuple[Note, ...] = ()
    glosses: tuple[Gloss, ...] = ()
    suggestions: tuple[str, ...] = ()
    confidence: float = 0.0
    how_often: float | None = None
    seconds: float = 0.0
    disclaimer: str = DISCLAIMER
    written: Written | None = None

    def as_json(self, id: str | None = None) -> dict[str, Any]:
        """The reply as outside programs read it; `id` is carried over from the asking row."""
        return {
            "id": id,
            "question": self.question,
            "understood_as": self.understood_as,
            "kind": self.kind,
            "sentences": [asdict(sentence) for sentence in self.sentences],
            "citations": [asdict(citation, dict_factory=with_lists) for citation in self.citations],
            "notes": [
                asdict(note, dict_factory=with_lists) | {"said": [each.as_json() for each in note.said]}
                for note in self.notes
            ],
            "glosses": [asdict(gloss) for gloss in self.glosses],
            "suggestions": list(self.suggestions),
            "confidence": round(self.confidence, 4),
            "how_often": self.how_often,
            "disclaimer": self.disclaimer,
            "seconds": round(self.seconds, 4),
            **({"written": self.written.as_json()} if self.written else {}),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(_Reply):
    """One to four sentences of the documents, each with its citation and what it cannot be read without."""

    kind: ClassVar[str] = "answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal(_Reply):
    """The documents do not answer; the first note says why. What a note quotes as nearest is cited."""

    kind: ClassVar[str] = "refusal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Emergency(_Reply):
    """The question describes an emergency. Says what to do and whom to call, and nothing else.

    Attributes:
        category, urgency: Of the red flag, as red_flags.toml has them.
        lines: The kinds of help line to call (`qa.health.safety.help_lines.LINES`), the most fitting first.
        language: ISO code of the language in which it was told, and is answered.
        country: ISO code of the country that the person said to be in; empty where they did not.
    """

    kind: ClassVar[str] = "emergency"

    category: str = ""
    urgency: str = ""
    lines: tuple[str, ...] = ()
    language: str = "en"
    country: str = ""

    def as_json(self, id: str | None = None) -> dict[str, Any]:
        # Named, because a dataclass with slots is another class than the one that `super()` means.
        told = {"category": self.category, "urgency": self.urgency, "lines": list(self.lines)}
        told |= {"language": self.language, "country": self.country}
        return {**_Reply.as_json(self, id), **told}


Reply = Answer | Refusal | Emergency
