"""Content words: what is left of a question without what only shapes it."""

from __future__ import annotations

import pytest

from qa.words import NAME, content_words, rarity, spoken_in, stands_in, stem_set


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What's the dose of cold laser?", ["dose", "cold", "laser"]),
        ("Won't it burn, or isn't it hot?", ["burn", "hot"]),
        ("I’ve heard they’ll treat Parkinson's", ["heard", "treat", "Parkinson's"]),
        ("how does it work", ["work"]),
    ],
)
def test_content_words(question: str, words: list[str]) -> None:
    assert [word.text for word in content_words(question)] == words


@pytest.mark.parametrize(
    ("language", "question", "words"),
    [
        ("de", "Wie viel haben die Latten gekostet?", ["Latten", "gekostet"]),
        ("fr", "Combien d'abeilles compte la colonie ?", ["Combien", "abeilles", "compte", "colonie"]),
        ("it", "Quanto costa l’olio?", ["costa", "olio"]),
        ("fr", "La porte ferme-t-elle à clé ?", ["porte", "ferme", "clé"]),
    ],
)
def test_what_only_shapes_a_question_depends_on_its_language(
    language: str, question: str, words: list[str]
) -> None:
    with spoken_in(language):
        found = content_words(question)
    assert [word.text for word in found] == words
    assert [question[word.start : word.end] for word in found] == words


def test_a_word_is_as_rare_as_in_the_language_that_is_spoken() -> None:
    with spoken_in("fr"):
        french = rarity("combien")
    assert french < 3 < rarity("combien")
    assert "huil" in {stem[:4] for stem in stem_set(["Deux litres d'huile"])}


def test_a_compound_is_named_by_its_end_where_words_are_compounded() -> None:
    with spoken_in("de"):
        assert stands_in("komposthaufen", ["haufen"])
        assert not stands_in("komposthaufen", ["kompost", "hauf"])
    assert not stands_in("komposthaufen", ["haufen"])


def test_capitals_are_names_beside_each_other_unless_all_is_shouted() -> None:
    assert [word.rarity >= NAME for word in content_words("is it FDA WHO approved")] == [True, True, False]
    assert [word.text for word in content_words("WHO SAYS LASER HELPS") if word.text == "WHO"] == []
