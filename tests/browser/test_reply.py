"""How an answer is laid out and read: in short, sides, claims, references, terms; done in a real browser."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from driving import DESKTOP, PHONE, OpenPage, ask, at_rest, copied, kept_reply, offered
from playwright.sync_api import Locator, Page, expect

SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])

DISPUTED = "is infrared therapy proven"
WITH_STATISTICS = "Does infrared therapy for neuropathy have a lasting effect on sensation?"
COMPARED = "compare cold laser and infrared"

CARDS = Path(__file__).parent.parent / "data" / "welcome_cards.jsonl"
GOLD: dict[str, list[str]] = {
    row["question"]: row["gold"] for row in map(json.loads, CARDS.read_text(encoding="utf-8").splitlines())
}


def last(page: Page) -> Locator:
    return page.locator(".turn").last


def first_sentence(page: Page) -> str:
    return last(page).locator(".quote").first.text_content() or ""


def box(locator: Locator) -> dict[str, float]:
    found: Any = locator.bounding_box()
    assert found
    return dict(found)


def test_every_welcome_card_is_answered_by_the_first_sentence(open_page: OpenPage, address: str) -> None:
    page = open_page(address)
    expect(page.locator(".examples button").first).to_be_visible()
    cards = page.locator(".examples button").all_text_contents()
    assert len(cards) == 6
    assert set(cards) <= set(offered(page))
    wrong = {}
    for card in cards:
        assert card in GOLD, f"{card!r} has no gold in {CARDS.name}: look at its reply, and write it there"
        ask(page, card)
        if not first_sentence(page).startswith(tuple(GOLD[card])):
            wrong[card] = first_sentence(page)
    assert wrong == {}


def test_what_people_ask_first_is_answered_by_the_first_sentence(open_page: OpenPage, address: str) -> None:
    """Each as the first question of a conversation; no claim leads on effect, safety or proof."""
    page = open_page(address)
    wrong = {}
    for question in (each for each in GOLD if each[0].islower()):
        ask(page, question)
        if not first_sentence(page).startswith(tuple(GOLD[question])):
            wrong[question] = first_sentence(page)
        assert last(page).locator(".said").first.get_attribute("class") == "said in-short", question
        page.get_by_role("button", name="New conversation").first.click()
        expect(page.locator(".turn")).to_have_count(0)
    assert wrong == {}


@SIZES
def test_what_answers_is_large_and_the_rest_below(
    open_page: OpenPage, address: str, size: tuple[int, int]
) -> None:
    page = open_page(address, size=size)
    ask(page, "When is back pain an emergency?")
    in_short, more = last(page).locator(".in-short"), last(page).locator(".more")
    expect(in_short.locator("h3")).to_have_text("In short")
    quotes = {each["number"]: each["quote"] for each in kept_reply(page)["citations"]}
    answering = in_short.locator(".quotes > li")
    assert 1 <= answering.count() <= 2
    for each in answering.all():
        number = int(str(each.locator("[data-citation]").get_attribute("data-citation")))
        assert each.locator(".quote").text_content() == quotes[number]
    expect(more.locator("h3")).to_have_text("What else is said")
    below = more.evaluate(
        """more => {
            const above = more.parentElement.querySelector(".in-short").getBoundingClientRect();
            return more.getBoundingClientRect().top - above.bottom;
        }"""
    )
    assert below >= 0
    sizes = [
        float(
            place.locator(".quote").first.evaluate("quote => getComputedStyle(quote).fontSize").rstrip("px")
        )
        for place in (in_short, more)
    ]
    assert sizes[0] >= 1.1 * sizes[1]


def test_what_the_article_claims_is_folded_and_opens_by_keyboard(
    open_page: OpenPage, address: str, with_claim: str
) -> None:
    page = open_page(address)
    ask(page, with_claim)
    claimed = last(page).locator("details.claimed")
    summary = claimed.locator("summary")
    expect(summary).to_have_text("What the article claims")
    expect(claimed.locator(".quote").first).to_be_hidden()
    summary.focus()
    page.keyboard.press("Enter")
    expect(claimed.locator(".quote").first).to_be_visible()
    expect(claimed.locator(".kind").first).to_have_text("promotional article")


@SIZES
def test_where_sources_disagree_that_is_the_first_line_with_both_sides(
    open_page: OpenPage, address: str, size: tuple[int, int]
) -> None:
    page = open_page(address, size=size)
    ask(page, DISPUTED)
    reply = last(page).locator(".reply")
    assert reply.locator("> *").first.get_attribute("class") == "note disagreement"
    sides = reply.locator(".in-short li")
    expect(sides).to_have_count(2)
    assert sides.locator(".kind").all_text_contents() == ["evidence note", "promotional article"]
    one, other = box(sides.nth(0)), box(sides.nth(1))
    if size == PHONE:
        assert one["x"] == other["x"] and one["y"] < other["y"]
    else:
        assert one["y"] == other["y"] and one["x"] < other["x"]


def test_references_are_folded_open_and_are_copied(open_page: OpenPage, address: str) -> None:
    page = open_page(address, permissions=["clipboard-read", "clipboard-write"])
    ask(page, WITH_STATISTICS)
    quote = last(page).locator(".quote").first
    reference = quote.locator(".reference").first
    expect(reference).to_be_hidden()
    mark = quote.get_by_role("button", name="Show the reference")
    mark.focus()
    page.keyboard.press("Enter")
    expect(reference).to_be_visible()
    expect(reference).to_contain_text("Robinson et al.")
    quote.get_by_role("button", name="Hide the reference").click()
    expect(reference).to_be_hidden()
    whole = kept_reply(page)["citations"][0]["quote"]
    assert quote.text_content() == whole
    quote.evaluate("quote => getSelection().selectAllChildren(quote)")
    page.keyboard.press("ControlOrMeta+c")
    assert copied(page, whole) == whole
    # The citation still opens at all of it.
    last(page).locator('[data-citation="1"]').first.click()
    at_rest(page)
    marked = page.locator('dialog.source mark[data-quote~="1"]').all_text_contents()
    assert "".join(marked) == whole


def test_a_term_is_explained_by_mouse_and_keyboard(open_page: OpenPage, address: str) -> None:
    page = open_page(address)
    ask(page, WITH_STATISTICS)
    term = last(page).get_by_role("button", name="SMD", exact=True)
    tip = page.get_by_role("tooltip")
    term.hover()
    expect(tip).to_contain_text("standardised mean difference")
    page.mouse.move(0, 0)
    expect(tip).to_have_count(0)
    last(page).get_by_role("button", name="meta-analysis", exact=True).focus()
    page.keyboard.press("Tab")
    expect(term).to_be_focused()
    expect(tip).to_contain_text("standardised mean difference")
    assert term.get_attribute("aria-describedby") == tip.get_attribute("id")
    page.keyboard.press("Escape")
    expect(tip).to_have_count(0)
    page.keyboard.press("Enter")
    expect(tip).to_be_visible()
    expect(page.locator('[data-live="polite"]')).to_contain_text("standardised mean difference")


def test_a_term_is_explained_by_touch(open_page: OpenPage, address: str) -> None:
    page = open_page(address, size=PHONE, has_touch=True, is_mobile=True)
    ask(page, WITH_STATISTICS)
    tip = page.get_by_role("tooltip")
    last(page).get_by_role("button", name="SMD", exact=True).tap()
    expect(tip).to_be_in_viewport(ratio=1)
    last(page).locator(".question").tap()
    expect(tip).to_have_count(0)


@SIZES
def test_two_things_are_compared_in_two_columns(
    open_page: OpenPage, address: str, size: tuple[int, int]
) -> None:
    page = open_page(address, size=size)
    ask(page, COMPARED)
    sides = last(page).locator(".beside > section")
    assert sides.locator("h3").all_text_contents() == ["Cold laser", "Infrared"]
    one, other = box(sides.nth(0)), box(sides.nth(1))
    assert (one["y"] == other["y"]) == (size == DESKTOP)
    assert (one["x"] == other["x"]) == (size == PHONE)
    assert all(sides.nth(side).locator(".kind").first.text_content() == "evidence note" for side in (0, 1))
    ask(page, "Cold laser or ibuprofen, which is better?")
    expect(last(page).locator(".beside")).to_have_count(0)


def test_in_simple_words_brings_the_glossary_and_a_summary_what_documents_say_in_short(
    open_page: OpenPage, address: str
) -> None:
    page = open_page(address)
    ask(page, WITH_STATISTICS)
    ask(page, "Explain that in simple words")
    assert "SMD" in last(page).locator("h3").all_text_contents()
    assert set(last(page).locator(".kind").all_text_contents()) == {"glossary"}
    ask(page, "Summarise the evidence on back pain")
    expect(last(page).locator(".from").first).to_contain_text("In short")
    assert last(page).locator(".beside h3").count() >= 2


def test_a_quote_of_a_removed_document_stays_and_says_so(open_page: OpenPage, address: str) -> None:
    page = open_page(address)
    ask(page, "How long does a cold laser session last?")
    quote = first_sentence(page)
    expect(page.locator(".gone")).to_have_count(0)
    page.evaluate(
        """() => {
            const [key] = Object.keys(localStorage).filter(key => key.startsWith("lightqa.turn."));
            const kept = JSON.parse(localStorage[key]);
            for (const citation of kept.reply.citations) citation.document = "removed.md";
            localStorage[key] = JSON.stringify(kept);
        }"""
    )
    page.reload()
    expect(page.locator(".turn .gone").first).to_contain_text("no longer among those that are searched")
    assert first_sentence(page) == quote


def test_how_sure_is_said_once_and_nothing_is_said_again_for_every_passage(
    open_page: OpenPage, address: str
) -> None:
    page = open_page(address)
    ask(page, DISPUTED)
    last(page).locator(".how summary").click()
    how = last(page).locator(".how")
    expect(how.locator(".passages li").first).to_be_visible()
    told = how.inner_text()
    assert told.count("of 10 questions that people asked in their own words") == 1
    assert all(told.count(f"{near} in meaning") <= 1 for near in ("Very near", "Near", "Not far off"))
