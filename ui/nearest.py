"""What was read for a reply: the nearest passages, and how near each is, in words."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from index.search import PassageIndex
from index.types import Hit, Passage
from qa.evidence.gather import PASSAGES_READ
from qa.types import Citation, Reply
from qa.words import content_words, stem_set
from ui.render import citation_button
from ui.texts import t

_FROM_NEAREST = ("very near", "near", "not far off", "far off")


def html(reply: Reply, index: PassageIndex) -> str:
    """A fragment of the page: the words that were looked for, and the passages that were read.

    Args:
        reply: An answer or a refusal. What it was made of is searched for again, which finds the same
            as long as the index is the same.
        index: The documents as they are now.
    """
    if any(note.kind == "sources" for note in reply.notes):
        return f"<p>{t('Nothing new was looked for: these are the sources of the answer before.')}</p>"
    question = reply.understood_as or reply.question
    words = {word.stem: word.text for word in content_words(question)}
    hits = index.search(question, PASSAGES_READ)
    told = t("none that carry a meaning of their own")
    if words:
        told = f'<span dir="auto">{", ".join(f"“{escape(word)}”" for word in words.values())}</span>'
    said = t("Words looked for: {words}.", words=told)
    # More than nearness ranks a passage: those that are as near stand together only when they are put so.
    lists = "".join(
        _list(near, group, words, reply.citations)
        for near in _FROM_NEAREST
        if (group := [hit for hit in hits if nearness(hit.similarity) == near])
    )
    return f"<p>{said}</p>{lists}"


def _list(near: str, hits: Sequence[Hit], words: dict[str, str], citations: Sequence[Citation]) -> str:
    """The passages that are equally near; what they all have in common is said once, above them."""
    shares = [_share_of(hit.passage, words) for hit in hits]
    common = shares[0] if len(set(shares)) == 1 else ""
    whole = t("all")
    heading = {
        "very near": t("Very near in meaning"),
        "near": t("Near in meaning"),
        "not far off": t("Not far off in meaning"),
    }.get(near, t("Far off in meaning"))
    if common:
        heading = t("{near}, with {share} of your words", near=heading, share=common)
    items = "".join(
        # Only what lacks some of them has it said.
        _passage(hit.passage, "" if common or own == whole else own, citations)
        for hit, own in zip(hits, shares, strict=True)
    )
    return f'<p class="near">{escape(heading)}:</p><ol class="passages">{items}</ol>'


def nearness(similarity: float) -> str:
    """A cosine between question and passage in words.

    Of the answerable questions that lightqa was developed with, half have a passage at 0.64 or above and
    three quarters one at 0.52; of those off the subject, none at 0.3.
    """
    steps = ((0.65, "very near"), (0.5, "near"), (0.35, "not far off"))
    return next((words for least, words in steps if similarity >= least), "far off")


def share(held: Sequence[str], missing: Sequence[str]) -> str:
    """How many of the sought words a passage holds, and which, or which not, in the fewest words."""
    if not held:
        return t("none")
    if not missing:
        return t("all")
    if len(missing) < len(held):
        return t("all but {words}", words=", ".join(missing))
    words = ", ".join(held)
    return t("one ({words})", words=words) if len(held) == 1 else t("some ({words})", words=words)


def _share_of(passage: Passage, words: dict[str, str]) -> str:
    stems = stem_set((passage.title, passage.section, passage.text))
    held = [word for stem, word in words.items() if stem in stems]
    return share(held, [word for stem, word in words.items() if stem not in stems])


def _passage(passage: Passage, words_held: str, citations: Sequence[Citation]) -> str:
    where = " · ".join(filter(None, (passage.title, passage.section)))
    buttons = "".join(f" {citation_button(c)}" for c in citations if _quotes(c, passage))
    told = (
        f'<br><span class="how-near">{escape(t("Of your words: {share}", share=words_held))}</span>'
        if words_held
        else ""
    )
    return f'<li><span dir="auto">{escape(where)}</span>{buttons}{told}</li>'


def _quotes(citation: Citation, passage: Passage) -> bool:
    inside = passage.start <= citation.start and citation.end <= passage.end
    return inside and citation.document == passage.document
