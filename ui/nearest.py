"""What was read for a reply: the nearest passages, and how near each is, in words."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby

from index.search import PassageIndex
from index.types import Hit, Passage
from qa.evidence.gather import PASSAGES_READ
from qa.types import Citation, Reply
from qa.words import content_words, stem_set
from ui.render import citation_button

_NEARNESS = ((0.65, "very near"), (0.5, "near"), (0.35, "not far off"))
"""Least cosine, and what it is called. Of the answerable questions that lightqa was developed with, half
have a passage at 0.64 or above and three quarters one at 0.52; of those off the subject, none at 0.3."""


def html(reply: Reply, index: PassageIndex) -> str:
    """A fragment of the page: the words that were looked for, and the passages that were read.

    Args:
        reply: An answer or a refusal. What it was made of is searched for again, which finds the same
            as long as the index is the same.
        index: The documents as they are now.
    """
    if any(note.kind == "sources" for note in reply.notes):
        return "<p>Nothing new was looked for: these are the sources of the answer before.</p>"
    question = reply.understood_as or reply.question
    words = {word.stem: word.text for word in content_words(question)}
    hits = index.search(question, PASSAGES_READ)
    told = ", ".join(f"“{escape(word)}”" for word in words.values())
    lists = "".join(
        _list(near, list(group), words, reply.citations)
        for near, group in groupby(hits, lambda hit: nearness(hit.similarity))
    )
    return f'<p dir="auto">Words looked for: {told or "none that carry a meaning of their own"}.</p>{lists}'


def _list(near: str, hits: Sequence[Hit], words: dict[str, str], citations: Sequence[Citation]) -> str:
    """The passages that are equally near; what they all have in common is said once, above them."""
    shares = [_share_of(hit.passage, words) for hit in hits]
    common = shares[0] if len(set(shares)) == 1 else ""
    heading = f"{near.capitalize()} in meaning" + (f", with {common} of your words" if common else "")
    items = "".join(
        _passage(hit.passage, "" if common else share, citations)
        for hit, share in zip(hits, shares, strict=True)
    )
    return f'<p class="near">{escape(heading)}:</p><ol class="passages">{items}</ol>'


def nearness(similarity: float) -> str:
    """A cosine between question and passage in words."""
    return next((words for least, words in _NEARNESS if similarity >= least), "far off")


def share(held: Sequence[str], missing: Sequence[str]) -> str:
    """How many of the sought words a passage holds, and which, or which not, in the fewest words."""
    if not held:
        return "none"
    if len(missing) < len(held):
        return "all" + (f" but {', '.join(missing)}" if missing else "")
    return f"{'one' if len(held) == 1 else 'some'} ({', '.join(held)})"


def _share_of(passage: Passage, words: dict[str, str]) -> str:
    stems = stem_set((passage.title, passage.section, passage.text))
    held = [word for stem, word in words.items() if stem in stems]
    return share(held, [word for stem, word in words.items() if stem not in stems])


def _passage(passage: Passage, share: str, citations: Sequence[Citation]) -> str:
    where = " · ".join(filter(None, (passage.title, passage.section)))
    buttons = "".join(f" {citation_button(c)}" for c in citations if _quotes(c, passage))
    told = f'<br><span class="how-near">Of your words: {escape(share)}</span>' if share else ""
    return f'<li><span dir="auto">{escape(where)}</span>{buttons}{told}</li>'


def _quotes(citation: Citation, passage: Passage) -> bool:
    inside = passage.start <= citation.start and citation.end <= passage.end
    return inside and citation.document == passage.document
