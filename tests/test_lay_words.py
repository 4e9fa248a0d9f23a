"""What people say and what documents write: sentences that speak of a question's words in other ones."""

from __future__ import annotations

import pytest

from index.search import PassageIndex
from qa.evidence.lay_words import in_phrases, speak_of, words_of_documents
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


@pytest.mark.parametrize(
    ("question", "others"),
    [
        ("Is infrared dear?", "cost low-cost"),
        ("what is the cost", ""),  # the documents say it so themselves
        ("can i get hooked", ""),  # no other word of the group is in them
        ("", ""),
    ],
)
def test_words_that_documents_never_use_are_sought_by_theirs(question: str, others: str) -> None:
    assert words_of_documents(question, {"cost", "low", "infrared", "needle"}) == others


def test_a_passage_is_found_by_the_words_of_documents(shipped_index: PassageIndex) -> None:
    question = "Is infrared dear?"
    also = words_of_documents(question, shipped_index.vocabulary)
    without = [hit.passage.section for hit in shipped_index.search(question, 8)]
    found = [hit.passage.section for hit in shipped_index.search(question, 8, also=also)]
    about_cost = "Home use, cost, side effects and other treatments"
    assert about_cost in found
    assert about_cost not in without
