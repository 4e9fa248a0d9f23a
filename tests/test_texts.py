"""The page's words: every one is in every language, and says the same things."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

WEB = Path(__file__).parent.parent / "ui" / "web"
TEXTS = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in WEB.glob("texts/*.json")}
NAMES = {"lightqa"}


class Words(HTMLParser):
    """What people read of a fragment: its text, and the attributes that are read out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        read = ("aria-label", "title", "placeholder", "data-placeholder")
        self.found |= {value for name, value in attrs if name in read and value}

    def handle_data(self, data: str) -> None:
        self.found.add(" ".join(data.split()))


def words_of_the_page() -> set[str]:
    parser = Words()
    for path in WEB.glob("*.html"):
        parser.feed(path.read_text(encoding="utf-8"))
    return {words for words in parser.found if re.search(r"[A-Za-z]{2}", words) and "$" not in words} - NAMES


def words_of_the_scripts() -> set[str]:
    found: set[str] = set()
    for path in WEB.glob("*.js"):
        script = path.read_text(encoding="utf-8")
        found |= set(re.findall(r'\bt\(\s*"((?:[^"\\]|\\.)*)"', script))
        for noun in re.findall(r'\bcounted\([^"\n]*,\s*"(\w+)"', script):
            found |= {f"{{count}} {noun}", f"{{count}} {noun}s"}
    return found


def test_every_word_of_the_page_can_be_translated() -> None:
    assert sorted((words_of_the_page() | words_of_the_scripts()) - TEXTS["en"].keys()) == []


@pytest.mark.parametrize("language", sorted(TEXTS.keys() - {"en"}))
def test_every_language_says_all_of_it(language: str) -> None:
    assert sorted(TEXTS["en"].keys() ^ TEXTS[language].keys()) == []
    holes = {key: set(re.findall(r"\{\w+\}", key)) for key in TEXTS["en"]}
    said = {key: set(re.findall(r"\{\w+\}", value)) for key, value in TEXTS[language].items()}
    assert {key for key in holes if holes[key] != said[key]} == set()
    assert not [key for key, value in TEXTS[language].items() if not value.strip()]


def test_english_is_its_own_key() -> None:
    assert all(key == value for key, value in TEXTS["en"].items())
    assert sorted(TEXTS) == ["de", "en", "es", "fr"]
