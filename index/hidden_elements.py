"""Elements of a parsed page that its reader does not see: hidden, struck out, tiny, as white as the page."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from index.hidden import HIDING_STYLE, NEVER_SHOWN, TINY_TYPE

_STYLE_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SIMPLE_SELECTOR = re.compile(r"[.#][\w-]+")
_COMBINATOR, _NAME = re.compile(r"[\s>+~]+"), re.compile(r"[.#]?[\w-]+")
_SIZED = re.compile(
    r"(?<![\w-])font-size\s*:\s*(?:[\d.]+(?:px|pt|rem)|(?:x+-)?(?:small|large)|medium)", re.IGNORECASE
)
"""A size of type that is not one of that around it."""

_STRUCK_OUT = frozenset("del s strike".split())
_STRUCK_STYLE = re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", re.IGNORECASE)
"""Elements, and declarations, whose words hold no longer."""

_COLOR = re.compile(r"(?:^|;)\s*color\s*:\s*([^;!]+)", re.IGNORECASE)
_GROUND = re.compile(r"(?:^|;)\s*background(?:-color|-image)?\s*:\s*([^;!]+)", re.IGNORECASE)
_WHITE = {"white", "#fff", "#ffffff", "rgb(255,255,255)", "rgba(255,255,255,1)"}
_NO_GROUND = {"", "none", "transparent", "inherit", "initial", "unset"}
_BARE_COLOR = re.compile(r"[0-9a-f]{6}", re.IGNORECASE)


def without_hidden(tree: Any) -> Any:
    """The tree, from which is taken what a reader of the page does not see, and what is struck out."""
    gone: set[str] = set()
    grounds: defaultdict[frozenset[str], list[str]] = defaultdict(list)
    for selector, declarations in _style_rules(tree):
        if _takes_out(declarations) and _SIMPLE_SELECTOR.fullmatch(selector):
            gone.add(selector)
        # A ":" is of what is pointed at, or is drawn beside it.
        if (told := _grounds_in(declarations)) and ":" not in selector:
            grounds[frozenset(_NAME.findall(_COMBINATOR.split(selector)[-1]))] += told
    grounds.pop(frozenset(), None)

    @functools.cache
    def of_sheets(names: frozenset[str]) -> list[str]:
        return [ground for called, told in grounds.items() if called <= names for ground in told]

    for element in list(tree.iter()):
        if element.getparent() is None or element.tag in ("body", "head", "title", "main", "article"):
            continue
        if (
            not isinstance(element.tag, str)
            or element.tag in NEVER_SHOWN
            or element.tag in _STRUCK_OUT
            or _is_gone(element, gone)
            or _blends_in(element, of_sheets)
        ):
            element.drop_tree()
        elif TINY_TYPE.search(element.get("style", "")):
            _drop_tiny(element)
    return tree


def _style_rules(tree: Any) -> Iterator[tuple[str, str]]:
    """The selectors and declarations of the page's own style sheets that hold whatever the medium."""
    for sheet in tree.iter("style"):
        if sheet.get("media", "all").strip().lower() not in ("all", "screen", ""):
            continue
        # Rules inside @media and the like hold under conditions only: what follows a brace is skipped.
        source = re.sub(r"@[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", sheet.text or "")
        for selectors, declarations in _STYLE_RULE.findall(source):
            for selector in selectors.split(","):
                yield selector.strip(), declarations


def _takes_out(declarations: str) -> bool:
    return bool(HIDING_STYLE.search(declarations) or _STRUCK_STYLE.search(declarations))


def _is_gone(element: Any, names: set[str]) -> bool:
    if "hidden" in element.attrib or element.get("aria-hidden", "").strip().lower() == "true":
        return True
    # What is in tiny type may hold words that are not.
    return bool(_names_of(element) & names) or _takes_out(TINY_TYPE.sub("", element.get("style", "")))


def _drop_tiny(element: Any) -> None:
    """Take the words of an element of tiny type out of it; not those in it that have a size of their own.

    Programs that make mails set type to nothing around each block, against gaps between its pictures.
    """
    element.text = None
    for child in list(element):
        child.tail = None
        style = child.get("style") or ""
        if _SIZED.search(style):
            continue
        if not any(_SIZED.search(each.get("style") or "") for each in child.iter()):
            element.remove(child)
        elif not TINY_TYPE.search(style):  # else it is looked at by itself
            _drop_tiny(child)


def _blends_in(element: Any, of_sheets: Callable[[frozenset[str]], list[str]]) -> bool:
    """Whether an element's own colour is that of the nearest ground that is stated, else white.

    `of_sheets` tells the grounds that the page's style sheets give an element, by its names.
    """
    color = _COLOR.search(element.get("style", ""))
    if color is None:
        return False
    written = _plain_color(color[1])
    for each in (element, *element.iterancestors()):
        told = _grounds_in(each.get("style", "")) or of_sheets(_names_of(each))
        # Mails say it in attributes, as some programs read no style.
        told = told or [
            _plain_color(value) for name in ("bgcolor", "background") if (value := each.get(name, "").strip())
        ]
        if told:
            # Which of several holds is not told here: what would be seen on one of them is read.
            return all(ground == written for ground in told)
    return written in ("white", "transparent")


def _grounds_in(style: str) -> list[str]:
    """The colours and pictures that declarations put behind an element."""
    return [ground for ground in map(_plain_color, _GROUND.findall(style)) if ground not in _NO_GROUND]


def _names_of(element: Any) -> frozenset[str]:
    """What a style sheet may call an element: its tag, `.class` and `#id`."""
    classes = ("." + name for name in element.get("class", "").split())
    return frozenset((str(element.tag), "#" + element.get("id", ""), *classes))


def _plain_color(value: str) -> str:
    plain = re.sub(r"\s", "", value).lower()
    plain = f"#{plain}" if _BARE_COLOR.fullmatch(plain) else plain
    return "white" if plain in _WHITE else plain
