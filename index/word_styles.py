"""What the styles and lists of a Word file say of its text: its names, its numbers, whether it is seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document as WordFile

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SMALLEST_HALF_POINTS = 4
_NO_GROUND = {"AUTO", "FFFFFF"}


@dataclass(slots=True)
class Styles:
    """The styles and lists of a file, by identifier.

    Attributes:
        names: Of the styles, in lower case.
        hidden: Styles that hide their text or strike it out.
        numbered: Styles that make their paragraphs items of a list.
        ordered: (list, level) of the lists that are numbered.
        counts: How many items of each list and level were met.
    """

    names: dict[str, str]
    hidden: frozenset[str]
    numbered: frozenset[str]
    ordered: frozenset[tuple[str, str]]
    counts: dict[tuple[str, str], int] = field(default_factory=dict)

    @classmethod
    def of(cls, word: WordFile) -> Styles:
        elements = {style.style_id: style.element for style in word.styles}
        return cls(
            # Built-in styles have English names in every language of Word; only their identifiers differ.
            names={style.style_id: (style.name or "").lower() for style in word.styles},
            hidden=frozenset(name for name, each in elements.items() if _hides(each.find(WORD + "rPr"))),
            numbered=frozenset(
                name for name, each in elements.items() if told_of(each, "pPr/numPr") is not None
            ),
            ordered=frozenset(_ordered_levels(word)),
        )

    def item_mark(self, listed: str, level: str) -> str:
        """The mark of the next item of a list: its number, or a dash."""
        for other in list(self.counts):
            if other[0] == listed and int(other[1]) > int(level):
                del self.counts[other]
        self.counts[listed, level] = self.counts.get((listed, level), 0) + 1
        # The built-in style "List Number" is numbered without a list of its own.
        is_ordered = (listed, level) in self.ordered or "number" in listed
        return "  " * int(level) + (f"{self.counts[listed, level]}." if is_ordered else "-")

    def only_sets_in(self, style: str) -> bool:
        """Whether a style of lists marks no item, so that what has it goes on with the one above."""
        return style not in self.numbered and self.names[style].startswith(
            ("list paragraph", "list continue")
        )

    def hides(self, run: Any) -> bool:
        """Whether the reader does not see the text of a run, or sees it taken back."""
        if told_of(run, "rPr/rStyle") in self.hidden:
            return True
        around = (each.find(f"{each.tag}Pr") for each in run.iterancestors(WORD + "p", WORD + "tc"))
        return _hides(run.find(WORD + "rPr"), around)


def _ordered_levels(word: WordFile) -> Iterator[tuple[str, str]]:
    """(list, level) of everything that is numbered in figures or letters."""
    try:
        numbering = word.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return
    levels = {
        (abstract.get(WORD + "abstractNumId"), level.get(WORD + "ilvl"))
        for abstract in numbering.iter(WORD + "abstractNum")
        for level in abstract.iter(WORD + "lvl")
        if told_of(level, "numFmt") not in (None, "bullet", "none")
    }
    for listed in numbering.iter(WORD + "num"):
        for name, level in levels:
            if told_of(listed, "abstractNumId") == name:
                yield listed.get(WORD + "numId"), level


def is_of_contents(style: str) -> bool:
    """Whether a style is that of what Word itself makes of the headings: "toc 1", "toc heading"."""
    return style.startswith("toc ") or style == "table of figures"


def told_of(element: Any, place: str) -> str | None:
    """The value of what stands in an element at a place ("pPr/numPr/ilvl"); None where nothing does."""
    found = element.find("/".join(WORD + name for name in place.split("/")))
    return None if found is None else found.get(WORD + "val", "")


def is_bold(*elements: Any) -> bool:
    """Whether all the words in some elements are set in bold."""
    runs = [
        run
        for element in elements
        for run in element.iter(WORD + "r")
        if any((text.text or "").strip() for text in run.iter(WORD + "t"))
    ]
    return bool(runs) and all(_is_on(run, "rPr/b") for run in runs)


def _is_on(element: Any, place: str) -> bool:
    return told_of(element, place) not in (None, "0", "false", "off")


def _hides(properties: Any, around: Iterable[Any] = ()) -> bool:
    """Whether these properties make text hidden, struck out, white on no ground, or too small to be read.

    `around` are those of the paragraph and the cells that the text stands in, which may have a ground.
    """
    if properties is None:
        return False
    if any(_is_on(properties, switch) for switch in ("vanish", "strike", "dstrike")):
        return True
    white = (told_of(properties, "color") or "").upper() == "FFFFFF"
    if white and not any(map(_is_grounded, (properties, *around))):
        return True
    half_points = told_of(properties, "sz") or ""
    return half_points.isdigit() and int(half_points) <= _SMALLEST_HALF_POINTS


def _is_grounded(properties: Any) -> bool:
    """Whether text with these properties, or in what has them, stands on a colour."""
    if properties is None:
        return False
    shade = properties.find(WORD + "shd")
    shaded = shade is not None and (shade.get(WORD + "fill") or "auto").upper() not in _NO_GROUND
    return shaded or properties.find(WORD + "highlight") is not None
