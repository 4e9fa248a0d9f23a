"""Terms in plain words, as a glossary among the documents has them.

A glossary is a document whose kind says so (`kind: glossary`). Each heading names a term, or several with
commas between them, and the text below it says what they mean.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.hidden import without_joiners
from index.search import PassageIndex
from index.types import Passage
from qa.evidence.references import named_sources
from qa.types import Gloss, Reply

_GLOSSARY = re.compile(r"\b(?:glossar\w*|dictionary|plain words|lexicon)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """A term: what it is called, and the passage that says what it means."""

    names: tuple[str, ...]
    passage: Passage


class Glossary:
    """The entries of all glossaries of an index; empty where there is none."""

    def __init__(self, index: PassageIndex) -> None:
        found: dict[tuple[str, str], Entry] = {}
        for path in (path for path, kind in index.kinds().items() if _GLOSSARY.search(kind)):
            for passage in index.passages(path):
                if passage.section and passage.section != passage.title:
                    names = tuple(name.strip() for name in passage.section.split(","))
                    found.setdefault((path, passage.section), Entry(names, passage))
        self.entries = tuple(found.values())
        named = [(name, entry) for entry in self.entries for name in entry.names if name]
        # The longest first: "standardised mean difference" is no "mean difference".
        self._by_length = sorted(named, key=lambda each: -len(each[0]))
        parts = [f"(?P<n{at}>{_pattern(name)})" for at, (name, _) in enumerate(self._by_length)]
        self._terms = re.compile("|".join(parts)) if parts else None

    def holds(self, path: str) -> bool:
        """Whether a document is one of the glossaries."""
        return any(entry.passage.document == path for entry in self.entries)

    def terms(self, text: str) -> list[tuple[str, Entry]]:
        """The terms that a text uses outside its references, as they stand there, in order."""
        if self._terms is None:
            return []
        blanked = text
        for start, end in named_sources(text):
            blanked = blanked[:start] + " " * (end - start) + blanked[end:]
        return [
            (found[0], self._by_length[int(str(found.lastgroup)[1:])][1])
            for found in self._terms.finditer(blanked)
        ]

    def entry(self, name: str) -> Entry | None:
        """The entry that a text is the name of, and nothing else."""
        plain = name.strip(" ?.!\"'“”")
        found = self.terms(plain)
        return found[0][1] if len(found) == 1 and len(found[0][0]) == len(plain) else None

    def glosses(self, reply: Reply) -> tuple[Gloss, ...]:
        """The terms of a reply's quotes in plain words, each where it is used first."""
        own = {citation.number for citation in reply.citations if self.holds(citation.document)}
        quotes = [sentence.text for sentence in reply.sentences if sentence.citation not in own]
        told: dict[str, Gloss] = {}
        for term, entry in (found for quote in quotes for found in self.terms(quote)):
            passage = entry.passage
            gloss = Gloss(
                term,
                without_joiners(passage.text),
                passage.document,
                passage.title,
                passage.start,
                passage.end,
            )
            told.setdefault(passage.section, gloss)
        return tuple(told.values())


def _pattern(name: str) -> str:
    """A name as a pattern: "95% CI" is also written "95 % CI", and "trial" also means "trials"."""
    words = r"[\s-]+".join(
        r"\s*".join(re.escape(part) for part in re.findall(r"\w+|[^\w\s]", word))
        for word in re.split(r"[\s-]+", name)
    )
    # "SMD" is no "smd"; but for capitals, a name may begin a sentence.
    shouted = name.split()[0].isupper() or not name[:1].isalpha()
    start = r"(?<!\w)" if name[:1].isalnum() else ""
    end = r"s?(?!\w)" if name[-1:].isalpha() else ""
    return f"{start}{words if shouted else f'(?i:{words})'}{end}"
