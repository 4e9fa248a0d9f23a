"""The page's words: every one is in every language, and says the same things."""

from __future__ import annotations

import ast
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from index.plain import UNSTATED_KIND
from qa.conversation.small_talk import _table as small_talk_table
from qa.health.pack import HEALTH
from qa.health.personal import _table as personal_table
from qa.pack import NONE
from qa.said import a_source, fill
from qa.types import DISCLAIMER, NOTICE
from ui.texts import _MONTHS, parts_of

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


def said_in(folder: str) -> set[str]:
    """What the modules of a folder say: the first words of `t` and `say`, and what is counted."""
    found: set[str] = set()
    for path in (WEB.parent.parent / folder).rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name) or not call.args:
                continue
            *_, words = call.args[:1] if call.func.id in ("t", "say") else call.args
            if call.func.id not in ("t", "say", "counted") or not isinstance(words, ast.Constant):
                continue
            counted = call.func.id == "counted"
            found |= {f"{{count}} {words.value}{end}" for end in ("", "s")} if counted else {words.value}
    return found


def said_by_tables() -> set[str]:
    """What is said in the words of a table: the replies to small talk, and whom to ask for oneself."""
    found: set[str] = set()
    for pack in (HEALTH, NONE):
        table = small_talk_table(pack.small_talk)
        replies = (fill(talk.reply.strip(), table.words) for talk in table.talks)
        found |= {reply.removesuffix("{invitation}").strip() for reply in replies} - {""}
    personal = personal_table()
    asked = {personal.opening, personal.change, personal.declined, personal.takes}
    return found | asked | {row.ask for row in personal.rows}


def said_of_seeds() -> set[str]:
    """The kinds of source of the shipped documents, alone and with their article."""
    seeds = (WEB.parent.parent / "seeds").glob("*/*.md")
    kinds = {path.read_text("utf-8").split("kind: ")[1].split("\n")[0] for path in seeds} | {UNSTATED_KIND}
    return kinds | {a_source(kind).form for kind in kinds} | {kind.split()[-1] for kind in kinds}


def test_every_word_of_the_page_can_be_translated() -> None:
    assert sorted((words_of_the_page() | words_of_the_scripts()) - TEXTS["en"].keys()) == []


def test_every_word_of_the_replies_can_be_translated() -> None:
    replies = (
        said_in("index") | said_in("ui") | said_in("qa") | said_by_tables() | said_of_seeds() | set(_MONTHS)
    )
    replies |= {*parts_of(DISCLAIMER), NOTICE}
    assert sorted(replies - TEXTS["en"].keys()) == []


def test_nothing_is_translated_that_nobody_says() -> None:
    paths = [path for folder in ("ui", "qa", "index") for path in (WEB.parent.parent / folder).rglob("*")]
    code = "".join(path.read_text("utf-8") for path in paths if path.suffix in (".py", ".js", ".html"))
    # As one line, with the strings of Python joined that stand below each other.
    flat = " ".join(re.sub(r'"\s*\n\s*f?"', "", code).split())
    counted = re.compile(r"\{count\} \w+$")
    unsaid = {key for key in TEXTS["en"] if key not in flat and not counted.match(key)}
    assert sorted(unsaid - said_by_tables() - said_of_seeds() - {*parts_of(DISCLAIMER)}) == []


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
