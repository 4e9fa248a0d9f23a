"""In which language a question is asked: English is never taken for another; the others are told apart."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.build import build
from index.load import load_paths
from index.search import PassageIndex
from qa.ask import Assistant
from qa.conversation.language import declined_in, is_written_in, language_of, languages
from qa.conversation.spelling import Corrector
from qa.types import Answer

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Hilft Kaltlaser?", "de"),
        ("was kostet das", "de"),
        ("mes jambes sont faibles", "fr"),
        ("combien ça coûte", "fr"),
        ("lo cubre el seguro?", "es"),
        ("quanto costa una seduta di laser freddo?", "it"),
        ("tem efeito colateral", "pt"),
        ("czy laser pomaga na plecy", "pl"),
        ("soguk lazer kac para", "tr"),
        ("ok", "en"),
        ("", "en"),
        ("LLLT", "en"),
        ("他说什么", "en"),
    ],
)
def test_languages_are_told_apart(question: str, language: str) -> None:
    assert language_of(question) == language


def test_no_english_question_is_taken_for_another_language() -> None:
    """Misspelt ones, short ones and single turns among them."""
    wrong = []
    for name, field in (("questions", "question"), ("red_flags", "text")):
        for line in (ROOT / "seeds" / f"{name}.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            said = row.get("turns") or [row[field]]
            wrong += [text for text in said if row["split"] == "dev" and language_of(text) != "en"]
    assert wrong == []


def test_documents_in_another_language_are_asked_in_it() -> None:
    german = (
        "der die das und ist nicht mit von sie für auf den ein eine auch als wie sich dem bei nach hat noch"
    )
    vocabulary = dict.fromkeys(
        [*german.split(), *"kann aus oder wenn nur war wird man mehr sind über".split()], 3
    )
    assert is_written_in("de", vocabulary)
    assert not is_written_in("fr", vocabulary)
    assert not is_written_in("de", {"laser": 4, "therapy": 9, "die": 1})
    few = (
        "Der Fahrradkeller ist im Hof. Räder ohne Namen werden im März entfernt. Den Schlüssel hat Frau Ott."
    )
    words = dict.fromkeys(few.lower().replace(".", "").split(), 1)
    assert is_written_in("de", words)
    assert not is_written_in("fr", words)
    assert Corrector(vocabulary).language("was kostet das für mich") == "en"
    assert Corrector({"laser": 4}).language("was kostet das für mich") == "de"


FENCE = """# Der Gartenzaun

Der Zaun ist zwölf Meter lang. Die Latten wurden für 1.480,90 Euro gekauft.

Räder dürfen nur im Keller stehen. Ein Waschgang kostet 1,20 Euro.
"""


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("Wie viel haben die Latten gekostet?", "Latten wurden für"),
        ("Wo dürfen Räder stehen?", "nur im Keller"),
        ("Wann wird der Müll abgeholt?", ""),
    ],
)
def test_a_question_is_weighed_by_the_words_of_its_language(
    question: str, quoted: str, tmp_path: Path, shipped_index: PassageIndex
) -> None:
    """In English "wie" and "wo" are rare names, which no sentence has."""
    (tmp_path / "zaun.md").write_text(FENCE, encoding="utf-8")
    documents, _ = load_paths([str(tmp_path / "zaun.md")])
    build(documents, tmp_path / "index", pack="none", like=shipped_index)
    reply = Assistant(PassageIndex.open(tmp_path / "index")).ask(question)
    assert isinstance(reply, Answer) == bool(quoted)
    assert not quoted or quoted in reply.sentences[0].text


def test_another_language_is_not_corrected_as_english() -> None:
    said = "meine beine sind taub"
    assert Corrector({"legs": 3, "taught": 2}).correct(said).text == said


def test_every_language_declines_in_its_own_words() -> None:
    told = {language: str(declined_in(language, ["A", "B"])) for language in languages()}
    assert len(set(told.values())) == len(told) == 7
    assert all("“A”, “B”" in text for text in told.values())
    assert all(language_of(text.split("“")[0]) == language for language, text in told.items())
