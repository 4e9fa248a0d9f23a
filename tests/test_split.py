"""Passages and sentences are exact spans, in order, that never cross a heading or take in noise."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from index.clean import blocks
from index.load import load_paths
from index.split import PASSAGE_CHARACTERS, split
from index.types import Block, Document, Passage

ROOT = Path(__file__).parent.parent


def markdown(text: str) -> Document:
    return Document("notes.md", "Notes", text)


def check_laws(document: Document, passages: list[Passage], size: int) -> None:
    """What holds for every document: exact spans, rising, no longer than asked for."""
    text = document.text
    at = 0
    for number, passage in enumerate(passages):
        assert passage.id == number
        assert text[passage.start : passage.end] == passage.text
        assert at <= passage.start < passage.end <= len(text)
        assert len(passage.text) <= size
        assert passage.sentences
        assert (passage.sentences[0].start, passage.sentences[-1].end) == (passage.start, passage.end)
        for sentence in passage.sentences:
            assert text[sentence.start : sentence.end] == sentence.text == sentence.text.strip() != ""
            assert at <= sentence.start
            at = sentence.end


def test_every_shipped_passage_and_sentence_is_an_exact_span() -> None:
    documents, errors = load_paths([str(ROOT / "seeds" / "articles"), str(ROOT / "seeds" / "evidence")])
    assert errors == []
    for document in documents:
        passages = split(document, blocks(document))
        check_laws(document, passages, PASSAGE_CHARACTERS)
        prose = [block for block in blocks(document) if block.role == "prose"]
        in_prose = "".join("".join(document.text[b.start : b.end].split()) for b in prose)
        in_sentences = "".join("".join(s.text.split()) for p in passages for s in p.sentences)
        assert in_sentences == in_prose, "every word of prose is in a sentence, and nothing else is"


def test_a_passage_has_the_nearest_heading_above_and_never_crosses_it() -> None:
    document = markdown("# Notes\n\nOne. Two.\n\n## Doses\n\nThree.\n\n## Side effects\n\nFour.\n")
    found = [(p.section, p.text) for p in split(document, blocks(document))]
    # The heading that repeats the title is no section of its own.
    assert found == [("", "One. Two."), ("Doses", "Three."), ("Side effects", "Four.")]


def test_a_heading_that_comes_again_is_told_with_the_one_above() -> None:
    recipe = "## {0}\n\n### To buy\n\nA pound of {0} will do.\n\n"
    document = Document(
        "a.md", "Jams", recipe.format("Quince") + recipe.format("Sloe") + "### Jars\n\nBoil them."
    )
    sections = [passage.section for passage in split(document, blocks(document))]
    assert sections == ["Quince: To buy", "Sloe: To buy", "Jars"]


def test_paragraphs_are_kept_whole_where_they_fit() -> None:
    """Paragraphs of 10, 10 and 10 characters and two blank lines of 2: 10 + 2 + 10 = 22 fit into 25."""
    document = markdown("Aaaa aaaa.\n\nBbbb bbbb.\n\nCccc cccc.")
    passages = split(
        document, [Block(0, 10, "prose"), Block(12, 22, "prose"), Block(24, 34, "prose")], size=25
    )
    assert [p.text for p in passages] == ["Aaaa aaaa.\n\nBbbb bbbb.", "Cccc cccc."]


def test_a_sentence_longer_than_a_passage_is_cut_between_words() -> None:
    document = markdown("light " * 30 + "ends.")
    passages = split(document, [Block(0, len(document.text), "prose")], size=50)
    check_laws(document, passages, 50)
    assert " ".join(p.text for p in passages) == document.text
    assert all(word in {"light", "ends."} for p in passages for word in p.text.split())


def test_noise_inside_a_paragraph_is_in_no_sentence() -> None:
    text = "Light helps. https://spam.example/x -invasive therapy is popular."
    document = Document("a.txt", "A", text)
    passages = split(document, blocks(document))
    assert [s.text for p in passages for s in p.sentences] == [
        "Light helps.",
        "-invasive therapy is popular.",
    ]
    check_laws(document, passages, PASSAGE_CHARACTERS)


def test_the_page_is_that_of_the_first_word() -> None:
    """Pages start at 0, 11 and 22: the three sentences stand on pages 1, 2 and 3."""
    document = Document("a.pdf", "A", "Page one.\n\nPage two.\n\nPage three.", pages=(0, 11, 22))
    passages = split(
        document, [Block(0, 9, "prose"), Block(11, 20, "prose"), Block(22, 33, "prose")], size=15
    )
    assert [(p.page, p.text) for p in passages] == [(1, "Page one."), (2, "Page two."), (3, "Page three.")]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(["Ab cd. ", "Ab cd. ", "x" * 30 + " ", "\n\n", "Is it? ", "é🙂. ", "\x1e", "1.5 mm "])
    ),
    st.integers(20, 80),
)
def test_the_laws_hold_for_repetitive_and_odd_text(pieces: list[str], size: int) -> None:
    document = Document("a.txt", "A", "".join(pieces))
    check_laws(document, split(document, blocks(document), size=size), size)
