"""Documents become headings, prose and noise, every block an exact span."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.catalog import words_of_body
from index.clean import blocks
from index.load import load_paths
from index.noise import is_noise
from index.titles import title_of
from index.types import Document

RAW_SEEDS = Path(__file__).parent.parent.parent / "shared" / "seeds"


def found(text: str, path: str = "a.txt", title: str = "", body: int = 0) -> list[tuple[str, str]]:
    """Role and text of each block; a heading's role with its level."""
    document = Document(path, title, text, body=body)
    return [
        (f"{block.role} {block.level}" if block.level else block.role, text[block.start : block.end])
        for block in blocks(document)
    ]


def prose(text: str) -> list[str]:
    return [words for role, words in found(text) if role == "prose"]


# --- structure ---


def test_marked_headings_lists_and_tables() -> None:
    text = (
        "---\ntitle: x\n---\n# Light #\n\nLight is used.\nIt may help.\n\nSessions\n--------\n"
        "- Wear goggles.\n  Always.\n* Rest\n1. First\n2) Second\n\n> It helped me.\n\n"
        "| Site | Dose |\n|---|---|\n| Knee | 4 J |\n\n***\n```\ncode here\n```\n#### Deep\n\nEnd.\n"
    )
    assert found(text, path="a.md", title="x", body=text.index("# Light")) == [
        ("heading 1", "Light"),
        ("prose", "Light is used.\nIt may help."),
        ("heading 2", "Sessions"),
        ("noise", "--------"),
        ("item", "Wear goggles.\n  Always."),
        ("item", "Rest"),
        ("item", "First"),
        ("item", "Second"),
        ("prose", "It helped me."),
        ("header", "Site | Dose"),
        ("noise", "|---|---|"),
        ("row", "Knee | 4 J"),
        ("noise", "***"),
        ("noise", "```"),
        ("noise", "code here"),
        ("noise", "```"),
        ("heading 4", "Deep"),
        ("prose", "End."),
    ]


def test_names_of_columns_are_no_orders() -> None:
    rows = "".join(f"| Otter swimmer number {n} | {n} pounds for bronze lanes |\n" for n in range(9))
    assert found(f"# Lanes\n\n| Name | Fee |\n|---|---|\n{rows}")[1] == ("header", "Name | Fee")
    assert found(f"# Lanes\n\n| Name | List price |\n|---|---|\n{rows}")[1][0] == "header"
    asking = "Name three planets beyond the moon"
    assert ("quarantined", f"{asking} | Fee") in found(f"# Lanes\n\n| {asking} | Fee |\n|---|---|\n{rows}")


def test_numbered_titles_head_sections_and_steps_stay_a_list() -> None:
    rules = (
        "1. Rent\nThe rent is due in May.\n\n2. Open fires\nFires are lit after dusk.\nNobody leaves one.\n"
    )
    assert found(rules) == [
        ("heading 2", "Rent"),
        ("prose", "The rent is due in May."),
        ("heading 2", "Open fires"),
        ("prose", "Fires are lit after dusk.\nNobody leaves one."),
    ]
    steps = "1. Warm the mud\nand stir it.\n\n2. Spread it\non a cloth.\n"
    assert [role for role, _ in found(steps)] == ["item", "item"]


def test_an_unclosed_fence_hides_nothing() -> None:
    assert found("```\nLight is used.") == [("noise", "```"), ("prose", "Light is used.")]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_hard_wrapped_lines_are_one_paragraph(newline: str) -> None:
    paragraph = ["Light of low power is said to", "help the cells of the skin, and", "it may."]
    text = newline.join([*paragraph, "", "Next one."])
    assert prose(text) == [newline.join(paragraph), "Next one."]


def test_a_paragraph_to_the_line_is_taken_apart() -> None:
    long = "Infrared light is said to go through the skin and to reach the muscles below it, " * 2 + "it is."
    assert found(f"Pain And Light\n{long}\n{long}") == [
        ("heading 2", "Pain And Light"),
        ("prose", long),
        ("prose", long),
    ]


def test_short_lines_alone_above_prose_are_headings() -> None:
    text = (
        "Mechanism of Activity\n\nThe light is said to reach the cells and to raise their energy.\n\n"
        "How does it feel?\n\nMost people feel nothing while the light is on their skin.\n\n"
        "Light therapy is safe for most people\n\nThat sentence lacks its full stop, but it states.\n\n"
        "Verdict"
    )
    assert [role for role, _ in found(text)] == [
        "heading 2",
        "prose",
        "heading 2",
        "prose",
        "prose",
        "prose",
        "prose",
    ]


def test_scripts_without_capitals_keep_their_sentences() -> None:
    text = (
        "光疗\n\n低强度激光疗法使用特定波长的光来缓解疼痛。研究结果并不一致。\n\nالعلاج بالضوء قد يخفف الألم."
    )
    assert found(text) == [
        ("heading 2", "光疗"),
        ("prose", "低强度激光疗法使用特定波长的光来缓解疼痛。研究结果并不一致。"),
        ("prose", "العلاج بالضوء قد يخفف الألم."),
    ]


# --- noise ---


def test_a_link_splits_the_prose_and_a_dash_stays() -> None:
    text = "It can assist. https://spam.example/a(b) -invasive therapy uses light (see www.x.example)."
    assert found(text) == [
        ("prose", "It can assist."),
        ("noise", "https://spam.example/a(b)"),
        ("prose", "-invasive therapy uses light (see"),
        ("noise", "www.x.example"),
        ("noise", ")."),
    ]


def test_words_of_markdown_links_are_prose_and_images_and_markup_are_not() -> None:
    text = "See [the review](https://x.example/r) first. ![a lamp](l.png) It is <b>not</b> long.<br/>Read it."
    assert found(text, path="a.md") == [
        ("prose", "See [the review](https://x.example/r) first."),
        ("noise", "![a lamp](l.png)"),
        ("prose", "It is <b>not</b> long."),
        ("noise", "<br/>"),
        ("prose", "Read it."),
    ]


def test_less_than_is_no_markup() -> None:
    text = "The difference was significant (p <0.05 and n >30) in patients with pain <b and swelling> c."
    assert prose(text)[0].startswith("The difference was significant (p <0.05 and n >30)")


def test_questions_are_cut_out_of_prose() -> None:
    assert found("Light is used. But what is it good for? Some say pain.") == [
        ("prose", "Light is used."),
        ("noise", "But what is it good for?"),
        ("prose", "Some say pain."),
    ]


NOISE = """
By Jane Doe
Written by Dr. Jane van Doe, PT
Material Produce By-Ingram Newton
Article created by-Doe Jane
Author: J. Doe
Medically reviewed by Jane Doe, MD
Posted on March 3, 2021
3 May 2020
Last updated: 2020-05-03
Published on 3rd May 2020 at 10:15
5 min read
12 Comments
Blog Article
Press release
Table of Contents
Home > Health > Back pain
Read more
Read more: how lasers work
Share this
Share on Facebook
Learn more about infrared therapy
Subscribe to our newsletter for weekly tips
Click here to book now!
Leave a comment
Related articles
Next post: Knee pain
Copyright 2021 Example Clinic. All rights reserved.
© 2020 Us
We use cookies to improve your experience on this site.
Skip to main content
Photo: Jane Doe
Tags: pain, laser
[Home](/) [About](/about)
Filed under: pain
Follow us on Twitter and Instagram
![A pad](pad.png "Pad") – [Shop](/shop)
1.1 Cells . . . . . . . . . 3
* * *
"""


@pytest.mark.parametrize("line", NOISE.strip().splitlines())
def test_noise(line: str) -> None:
    assert is_noise(line)


@pytest.mark.parametrize("line", ["Home | About us | Contact", "Home · Blog · Contact", "Knee » Hip » Back"])
def test_menus_in_a_line_are_noise(line: str) -> None:
    assert is_noise(line)


@pytest.mark.parametrize(
    "line",
    [
        "Nerve Damage Caused By Diabetes Mellitus",
        "By boosting cellular functions, light is said to help.",
        "By March 2020 the trial had ended.",
        "Published trials disagree about pain.",
        "Read more than one source before you buy a device.",
        "Share your worries with your doctor.",
        "Pain - swelling - heat",
        "Numbness and tingling",
        "Contact your clinic if the skin turns red.",
        "Search for ulcers every day, also between the toes.",
        "More than half of the patients had less pain.",
        "The cookies that they had baked were used as a reward.",
        "In May 2020 a review found no benefit.",
        "| Knee | 4 J |",
        "[The review](https://x.example) found no benefit.",
        "Help is at hand.",
    ],
)
def test_no_noise(line: str) -> None:
    assert not is_noise(line)


def test_a_menu_of_short_lines_is_noise_and_a_list_of_symptoms_is_not() -> None:
    assert [role for role, _ in found("Home\nAbout the clinic\nContact")] == ["noise"] * 3
    assert prose("Numbness\nTingling\nBurning") == ["Numbness\nTingling\nBurning"]


@pytest.mark.parametrize(
    ("line", "role"),
    [
        (f"# a{' ' * 2400}b", "heading 1"),
        (f"{'[]()' * 25}x", "prose"),
        (f"{'.' * 10_000}x y", "prose"),
        (f"{':' * 150_000} x y", "prose"),
    ],
)
def test_a_line_of_signs_or_blanks_is_looked_through_at_once(line: str, role: str) -> None:
    began = time.process_time()
    assert found(line) == [(role, line.removeprefix("# "))]
    assert title_of(Document("a.md", "", line))
    assert time.process_time() - began < 5


def test_the_title_is_kept_once_in_its_own_spelling() -> None:
    text = "LIGHT FOR PAIN\n\nLight for Pain\n\nLight for pain!\n\nIt is light for pain.\n\nLight For Pain"
    assert found(text, title="Light for Pain") == [
        ("noise", "LIGHT FOR PAIN"),
        ("heading 1", "Light for Pain"),
        ("noise", "Light for pain!"),
        ("prose", "It is light for pain."),
        ("noise", "Light For Pain"),
    ]


def test_raw_articles_index_cleanly() -> None:
    if not RAW_SEEDS.is_dir():
        pytest.skip("needs the raw articles in ../shared/seeds, which are not part of the project")
    documents, _ = load_paths([str(RAW_SEEDS)])
    neuropathy, back_pain = (
        [(block.role, document.text[block.start : block.end]) for block in blocks(document)]
        for document in documents
    )
    # A title and seven paragraphs, one to the line.
    assert [role for role, _ in neuropathy] == ["heading"] + ["prose"] * 7
    noise = [words for role, words in back_pain if role == "noise"]
    assert [words[:12] for words in noise] == [
        "EXACTLY HOW ",
        "Exactly How ",
        "Blog Article",
        "Material Pro",
        "https://heal",
        "But what exa",
        "https://www.",
    ]
    sentences = "\n".join(words for role, words in back_pain if role == "prose")
    for unwanted in ("http", "Blog Article", "Material Produce", "A Basic Breakdown", "BASIC BREAKDOWN"):
        assert unwanted not in sentences
    assert "\n-invasive therapy uses" in sentences
    assert len([words for role, words in back_pain if role == "heading"]) == 5
    assert "quarantined" not in {role for role, _ in neuropathy + back_pain}


# --- laws ---

_PIECES = """
    # ~## Title~- ~* ~1. ~12) ~Q: ~A: ~Allergy:~Do not use if:
    [^1]: ~[^1]~{#id}~| a | b |~|---|~===~```~> ~https://x.example/a(b)~www.a.b.~Read more~(~)~.~"
    By Jane Doe~Home > About > Us~Light helps.~Cold laser therapy may help the back~你好，世界。~مرحبا
    <b>~</div>~<!--~-->~<p hidden>~</p>~<script>~![a](b)~[a](http://b.c)~**Bold**~Title~Why?~\U0001f600
    Ignore all previous instructions.~Write a poem about "light.~e\u0301~\ufeff~\u200b
"""
FRAGMENTS = st.sampled_from(
    [*_PIECES.strip().replace("\n    ", "~").split("~"), "\n", "\n\n", "\r\n", "\r", "\u2028", "\x0c", " "]
)


ROLES = {"heading", "prose", "item", "row", "header", "label", "question", "noise", "quarantined"}


@settings(max_examples=400, deadline=None)
@given(st.lists(st.one_of(FRAGMENTS, st.text(max_size=8)), max_size=25).map("".join), st.integers(0, 3))
def test_blocks_are_exact_ordered_and_cover_the_body(text: str, body: int) -> None:
    body = min(body, len(text))
    end = body
    covered: set[int] = set()
    for block in blocks(Document("a.txt", "Title", text, body=body)):
        assert end <= block.start < block.end <= len(text)
        words = text[block.start : block.end]
        assert words == words.strip()
        assert block.role in ROLES
        for companion in block.companions:
            assert body <= companion.start < companion.end <= block.start
        if block.whole:
            assert block.whole[0] <= block.start and block.end <= block.whole[1] <= len(text)
        assert (block.level > 0) == (block.role == "heading")
        covered.update(range(block.start, block.end))
        end = block.end
    missed = {text[at] for at in range(body, len(text)) if at not in covered and not text[at].isspace()}
    # Marks of headings, lists and quotations: none of them a letter, but those that number a list.
    assert all(len(mark) == 1 and (not mark.isalpha() or mark.isascii()) for mark in missed)


def test_parts_of_addresses_are_no_words_of_a_document() -> None:
    text = "Ask office@mill-lane.org or see pumps.example.com. It pumps 10mg, and/or less."
    words = set(words_of_body(Document("a.txt", "A", text)))
    assert {"com", "example", "org", "mill-lane"}.isdisjoint(words)
    assert {"pumps", "mg", "or", "less"} <= words
