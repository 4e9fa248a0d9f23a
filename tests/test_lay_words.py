"""What people say and what documents write: sentences that speak of a question's words in other ones."""

from __future__ import annotations

import pytest

from qa.evidence.support import in_phrases, speak_of
from qa.words import content_words


@pytest.mark.parametrize(
    ("question", "sentence", "spoken_of"),
    [
        ("Will it bring the swelling down?", "It reduces inflammation.", {"swelling"}),
        ("do they stick needles in", "The treatment is noninvasive.", {"stick", "needles"}),
        ("Is infrared dear?", "It is a low-cost therapy.", {"dear"}),
        ("can I get hooked", "Drugs can lead to reliance.", {"hooked"}),
        ("is it all in my head", "It did no better than a sham device.", {"head", "my"}),
        ("Is infrared dear?", "A dear friend of the trees.", {"dear"}),
        ("Is the oedema gone?", "Less edema was seen.", {"oedema"}),
        ("Will it bring the swelling down?", "The sky is blue.", set()),
        ("", "It reduces inflammation.", set()),
    ],
)
def test_a_sentence_speaks_of_a_word_in_another(question: str, sentence: str, spoken_of: set[str]) -> None:
    words = content_words(question)
    found = speak_of(question, words, [sentence])
    assert found.shape == (len(words), 1)
    spoken = {word.text for word, row in zip(words, found, strict=True) if row[0] == 1}
    assert spoken == spoken_of


def test_each_sentence_is_judged_by_itself() -> None:
    words = content_words("is it cheap")
    found = speak_of("is it cheap", words, ["It costs little.", "It is warm.", "The price is high."])
    assert [word.text for word in words] == ["cheap"]
    assert found.tolist() == [[1, 0, 1]]


def test_words_that_mean_one_thing_together() -> None:
    question = "does laser help with a bad back"
    words = content_words(question)
    assert [words[row].text for row in in_phrases(question, words)] == ["bad", "back"]
    assert in_phrases("is it cheap", content_words("is it cheap")) == []


def test_no_sentences_give_no_columns() -> None:
    assert speak_of("is it cheap", content_words("is it cheap"), []).shape == (1, 0)
