"""Web pages: the main text, as the reader sees it, with headings, lists and tables as Markdown."""

from __future__ import annotations

import logging
import re
from typing import Any

from index.errors import DocumentError
from index.hidden import HIDING_STYLE, NEVER_SHOWN
from index.types import Document

_COLOR = re.compile(r"(?:^|;)\s*color\s*:\s*([^;!]+)", re.IGNORECASE)
_BACKGROUND = re.compile(r"(?:^|;)\s*background(?:-color)?\s*:\s*([^;!]+)", re.IGNORECASE)
_WHITE = {"white", "#fff", "#ffffff", "rgb(255,255,255)", "rgba(255,255,255,1)"}
_STYLE_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SIMPLE_SELECTOR = re.compile(r"[.#][\w-]+")
_INLINE = {"hi", "ref", "del", "code"}


def read_web_page(path: str, data: bytes) -> Document:
    """A .html file; hidden elements, scripts and comments are gone before the main text is looked for.

    Raises:
        DocumentError: The file is not HTML, or no main text is found in it.
    """
    import trafilatura
    from trafilatura.utils import load_html

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    try:
        tree = load_html(data)
        if tree is None:
            raise DocumentError(path, "is not HTML")
        _drop_hidden(tree)
        found: Any = trafilatura.bare_extraction(
            tree, favor_precision=True, include_comments=False, include_formatting=True, with_metadata=True
        )
        text = "" if found is None or found.body is None else "\n\n".join(_paragraphs(found.body))
    except DocumentError:
        raise
    except Exception as error:  # the parsers raise whatever broken markup leads them to
        raise DocumentError(path, f"is not readable HTML ({type(error).__name__})") from error
    if not text.strip():
        raise DocumentError(path, "has no main text that could be told from its navigation")
    metadata = {"date": found.date} if found.date else {}
    return Document(path=path, title=" ".join((found.title or "").split()), text=text, metadata=metadata)


def _drop_hidden(tree: Any) -> None:
    """Takes out of the tree what a reader of the page does not see."""
    hidden_names = _hidden_selectors(tree)
    for element in list(tree.iter()):
        if element.getparent() is None or element.tag in ("body", "head", "title", "main", "article"):
            continue
        if (
            not isinstance(element.tag, str)
            or element.tag in NEVER_SHOWN
            or _is_hidden(element, hidden_names)
        ):
            element.drop_tree()


def _hidden_selectors(tree: Any) -> set[str]:
    """The `.class` and `#id` that the page's own style sheets never show, whatever the medium."""
    names = set()
    for sheet in tree.iter("style"):
        if sheet.get("media", "all").strip().lower() not in ("all", "screen", ""):
            continue
        # Rules inside @media and the like hold under conditions only: what follows a brace is skipped.
        source = re.sub(r"@[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", sheet.text or "")
        for selectors, declarations in _STYLE_RULE.findall(source):
            if HIDING_STYLE.search(declarations):
                names |= {s.strip() for s in selectors.split(",") if _SIMPLE_SELECTOR.fullmatch(s.strip())}
    return names


def _is_hidden(element: Any, hidden_names: set[str]) -> bool:
    if "hidden" in element.attrib or element.get("aria-hidden", "").strip().lower() == "true":
        return True
    names = {"." + name for name in element.get("class", "").split()} | {"#" + element.get("id", "")}
    if names & hidden_names:
        return True
    style = element.get("style", "")
    return bool(HIDING_STYLE.search(style)) or _is_invisible_color(element, style)


def _is_invisible_color(element: Any, style: str) -> bool:
    """Whether the element's own colour is that of the nearest background stated inline, else white."""
    color = _COLOR.search(style)
    if color is None:
        return False
    written = _plain_color(color[1])
    for ancestor in (element, *element.iterancestors()):
        background = _BACKGROUND.search(ancestor.get("style", ""))
        if background is not None:
            return written == _plain_color(background[1])
    return written == "white" or written == "transparent"


def _plain_color(value: str) -> str:
    plain = re.sub(r"\s", "", value).lower()
    return "white" if plain in _WHITE else plain


def _paragraphs(parent: Any) -> list[str]:
    """Trafilatura's tree (head, p, list, quote, table, code …) as Markdown paragraphs."""
    paragraphs: list[str] = []
    loose: list[str] = [parent.text or ""]

    def flush() -> None:
        if words := " ".join("".join(loose).split()):
            paragraphs.append(words)
        loose.clear()

    for element in parent:
        if element.tag in _INLINE:
            loose.append("".join(element.itertext()))
        else:
            flush()
            paragraphs.extend(_paragraph(element))
        loose.append(element.tail or "")
    flush()
    return paragraphs


def _paragraph(element: Any) -> list[str]:
    words = " ".join("".join(element.itertext()).split())
    if not words or element.tag == "graphic":
        return []
    if element.tag == "head":
        level = (element.get("rend") or "h2")[1:]
        return ["#" * (int(level) if level.isdigit() else 2) + " " + words]
    if element.tag == "list":
        return [_list_item(item) for item in element.iter("item") if _list_item(item) != "-"]
    if element.tag == "table":
        rows = []
        for row in element.iter("row"):
            cells = [" ".join("".join(cell.itertext()).split()) for cell in row.iter("cell")]
            rows.append("| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |")
        return ["\n".join(rows)]
    if any(child.tag not in _INLINE for child in element):
        return _paragraphs(element)
    return [words]


def _list_item(item: Any) -> str:
    """The item's own words, without those of the lists inside it."""
    own = [item.text or ""]
    for child in item:
        if child.tag != "list":
            own.append("".join(child.itertext()))
        own.append(child.tail or "")
    return ("- " + " ".join("".join(own).split())).strip()
