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
        # Built-in styles have English names in every language of Word; only their identifiers differ.
        return cls(
            names={style.style_id: (style.name or "").lower() for style in word.styles},
            hidden=frozenset(
                style.style_id for style in word.styles if _hides(style.element.find(WORD + "rPr"))
            ),
            numbered=frozenset(
                style.style_id
                for style in word.styles
                if style.element.find(f"{WORD}pPr/{WORD}numPr") is not None
            ),
            ordered=frozenset(_ordered_levels(word)),
        )

    def item_mark(self, listed: str, level: str) -> str:
        """The mark of the next item of a list: its number, or a dash."""
        for other in list(self.counts):
            if other[0] == listed and int(other[1]) > int(level):
                del self.counts[other]
        self.counts[listed, level] = self.counts.get((listed, level), 0) + 1
        indent = "  " * int(level)
        return f"{indent}{self.counts[listed, level]}." if self._is_ordered(listed, level) else f"{indent}-"

    def _is_ordered(self, listed: str, level: str) -> bool:
        # The built-in style "List Number" is numbered without a list of its own.
        return (listed, level) in self.ordered or "number" in listed

    def only_sets_in(self, style: str) -> bool:
        """Whether a style of lists marks no item, so that what has it goes on with the one above."""
        return style not in self.numbered and self.names[style].startswith(
            ("list paragraph", "list continue")
        )

    def hides(self, run: Any) -> bool:
        """Whether the reader does not see the text of a run, or sees it taken back."""
        named = run.find(f"{WORD}rPr/{WORD}rStyle")
        if named is not None and named.get(WORD + "val") in self.hidden:
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
        if (kind := level.find(WORD + "numFmt")) is not None
        and kind.get(WORD + "val") not in ("bullet", "none")
    }
    for listed in numbering.iter(WORD + "num"):
        abstract = listed.find(WORD + "abstractNumId")
        for name, level in levels:
            if abstract is not None and abstract.get(WORD + "val") == name:
                yield listed.get(WORD + "numId"), level


def is_of_contents(style: str) -> bool:
    """Whether a style is that of what Word itself makes of the headings: "toc 1", "toc heading"."""
    return style.startswith("toc ") or style == "table of figures"


def told_of(paragraph: Any, name: str) -> str:
    """What the properties of a paragraph say of its style or its place in a list; empty where nothing."""
    place = "" if name == "pStyle" else f"{WORD}numPr/"
    found = paragraph.find(f"{WORD}pPr/{place}{WORD}{name}")
    return found.get(WORD + "val", "") if found is not None else ""


def is_bold(*elements: Any) -> bool:
    """Whether all the words in some elements are set in bold."""
    runs = [
        run
        for element in elements
        for run in element.iter(WORD + "r")
        if any((text.text or "").strip() for text in run.iter(WORD + "t"))
    ]
    return bool(runs) and all(_is_on(run.find(f"{WORD}rPr/{WORD}b")) for run in runs)


def _is_on(switch: Any) -> bool:
    return switch is not None and switch.get(WORD + "val") not in ("0", "false", "off")


def _hides(properties: Any, around: Iterable[Any] = ()) -> bool:
    """Whether these properties make text hidden, struck out, white on no ground, or too small to be read.

    Args:
        properties: None where there are none.
        around: Properties of the paragraph and the cells that the text stands in, which may have a ground.
    """
    if properties is None:
        return False
    vanish, color, size = (properties.find(WORD + name) for name in ("vanish", "color", "sz"))
    if _is_on(vanish) or any(_is_on(properties.find(WORD + name)) for name in ("strike", "dstrike")):
        return True
    white = color is not None and (color.get(WORD + "val") or "").upper() == "FFFFFF"
    if white and not any(map(_is_grounded, (properties, *around))):
        return True
    half_points = (size.get(WORD + "val") or "") if size is not None else ""
    return half_points.isdigit() and int(half_points) <= _SMALLEST_HALF_POINTS


def _is_grounded(properties: Any) -> bool:
    """Whether text with these properties, or in what has them, stands on a colour."""
    if properties is None:
        return False
    shade = properties.find(WORD + "shd")
    shaded = shade is not None and (shade.get(WORD + "fill") or "auto").upper() not in _NO_GROUND
    return shaded or properties.find(WORD + "highlight") is not None
