"""What is said of a reply and of its citations, wherever it is shown: labels, places, how sure it is."""

from __future__ import annotations

from qa.types import Answer, Citation, Note, Reply
from ui.texts import note_text, t


def label_of(note: Note) -> str:
    """What a note is called on the page; empty for a kind that is shown without a label."""
    return {
        "disagreement": t("The sources disagree"),
        "unsupported": t("A claim without support"),
        "personal": t("For your own case"),
        "change_nothing": t("For your own case"),
        "warning": t("Please check"),
    }.get(note.kind, "")


def understood(reply: Reply) -> str:
    """What stands before the question as it was understood."""
    asked_back = any(note.kind == "sources" for note in reply.notes)
    return t("Whose words answered") if asked_back else t("Understood as")


def place(citation: Citation) -> str:
    """Where a quote stands, for people: title, section, page and kind of source."""
    return f"{', '.join(parts_of_place(citation))} ({t(citation.source_kind)})"


def parts_of_place(citation: Citation) -> list[str]:
    """Title, section and page, as far as a quote has them, and what else is to be known of its place."""
    parts = [citation.title, citation.section, page_of(citation), *_doubts(citation)]
    return [part for part in parts if part]


def page_of(citation: Citation) -> str:
    """The page of a quote as people look it up: by what is printed on it, where that is known."""
    if not citation.page:
        return ""
    label = citation.page_label
    if not label:
        return t("page {number}", number=str(citation.page))
    # "slide 3" and "chapter 2" say themselves what they are.
    if " " in label:
        return label
    return t("page {label} (number {number} of the file)", label=label, number=str(citation.page))


def _doubts(citation: Citation) -> list[str]:
    """That it was read from a picture, where else the words stand."""
    told = [t("read by text recognition")] if citation.recognised else []
    if citation.also:
        titles = ", ".join(source.title for source in citation.also)
        told.append(t("the same words in {titles}", titles=titles))
    return told


def sureness(reply: Reply, share: float) -> str:
    """How often replies as sure as this one were right, in words."""
    answered = isinstance(reply, Answer)
    count = t("about {count}", count=str(round(share * 10)))
    if not 0.05 <= share <= 0.95:
        count = t("fewer than 1") if share < 0.05 else t("more than 9")
    if answered:
        scale = (
            (0.95, t("Almost certainly right")),
            (0.85, t("Very likely right")),
            (0.7, t("Probably right")),
        )
        words = next((words for least, words in scale if share >= least), t("Perhaps right"))
        return t(
            "{sure}: of 10 questions that people asked in their own words and that were answered as surely, "
            "{count} began with a sentence that answers.",
            sure=words,
            count=count,
        )
    denied = (
        (0.5, t("The documents may well answer this in other words")),
        (0.15, t("Probably not answered")),
    )
    words = next((words for least, words in denied if share >= least), t("Almost certainly not answered"))
    return t(
        "{sure}: of 10 questions that people asked in their own words and that were declined as surely, "
        "the documents did answer {count}.",
        sure=words,
        count=count,
    )


def labelled(note: Note) -> str:
    """A note with what it is called in front."""
    label = label_of(note)
    return f"{label}: {note_text(note)}" if label else note_text(note)


def numbers(note: Note) -> str:
    """The numbers of the citations that a note is about and that its words do not name themselves."""
    return "".join(f" [{number}]" for number in note.citations if f"[{number}]" not in note.text)
