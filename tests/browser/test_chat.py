"""Asking, quotes and their sources: what a person does, done in a real browser."""

from __future__ import annotations

import json

import pytest
from driving import DESKTOP, PHONE, Held, OpenPage, ask, kept_reply, meet
from playwright.sync_api import Page, Route, expect

QUESTION = "How long does a cold laser session last?"


def quotes(page: Page) -> list[str]:
    return page.locator(".turn").last.locator(".quote").all_text_contents()


def marked(page: Page, number: int) -> str:
    """The text of the source that is marked as a quote; what CSS adds in front does not count."""
    expect(page.locator("dialog.source")).to_have_attribute("aria-busy", "false")
    pieces = page.locator(f'dialog.source mark[data-quote~="{number}"]').all_text_contents()
    return "".join(pieces)


@pytest.mark.parametrize(
    ("size", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")], ids=["desktop", "phone, dark"]
)
def test_a_citation_opens_the_source_at_the_very_words(
    open_page: OpenPage, address: str, size: tuple[int, int], scheme: str
) -> None:
    page = open_page(address, size=size, scheme=scheme)
    ask(page, QUESTION)
    said = quotes(page)
    assert any("10 to 20 minutes" in quote for quote in said)
    for number, quote in enumerate(said, start=1):
        page.locator(f'.turn [data-citation="{number}"]').first.click()
        expect(page.locator(".position")).to_have_text(f"Quote {number} of {len(said)}")
        assert marked(page, number) == quote
        current = page.locator("dialog.source mark.current").first
        expect(current).to_be_in_viewport()
        assert str(number) in str(current.get_attribute("data-quote")).split()
        page.keyboard.press("Escape")
        expect(page.locator("dialog.source")).to_be_hidden()


def test_all_quotes_of_an_answer_are_marked_at_once_and_numbered(
    open_page: OpenPage, address: str, quoted_often: str
) -> None:
    page = open_page(address)
    ask(page, quoted_often)
    reply = kept_reply(page)
    opened = reply["citations"][0]["document"]
    here = [citation for citation in reply["citations"] if citation["document"] == opened]
    assert len(here) >= 2
    for citation in here:
        assert marked(page, citation["number"]) == citation["quote"]
        first = page.locator(f'mark[data-begins~="{citation["number"]}"]').first
        shown = first.evaluate("mark => getComputedStyle(mark, '::before').content")
        assert str(citation["number"]) in shown


def test_next_and_previous_quote_by_keyboard_and_back_to_the_citation(
    open_page: OpenPage, address: str, quoted_often: str
) -> None:
    page = open_page(address)
    ask(page, quoted_often)
    count = len(quotes(page))
    assert count >= 2
    expect(page.locator("dialog.source")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog.source")).to_be_hidden()
    page.locator('[data-citation="1"]').first.focus()
    page.keyboard.press("Enter")
    position = page.locator(".position")
    expect(page.locator(".source-text")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(position).to_have_text(f"Quote 2 of {count}")
    page.keyboard.press("ArrowLeft")
    expect(position).to_have_text(f"Quote 1 of {count}")
    page.keyboard.press("ArrowLeft")
    expect(position).to_have_text(f"Quote 1 of {count}")
    page.keyboard.press("Escape")
    expect(page.locator('[data-citation="1"]').first).to_be_focused()


def test_citations_open_after_ten_more_turns_and_after_a_reload(open_page: OpenPage, address: str) -> None:
    page = open_page(address)
    ask(page, QUESTION)
    first = quotes(page)
    for number in range(10):
        ask(page, f"What does the article say about collagen, part {number}?")
    for _ in range(2):
        turn = page.locator(".turn").first
        expect(page.locator(".turn")).to_have_count(11)
        assert turn.locator(".quote").all_text_contents() == first
        turn.locator('[data-citation="1"]').first.click()
        expect(page.locator("mark.current").first).to_be_in_viewport()
        assert marked(page, 1) == first[0]
        page.reload()
        expect(page.locator(".turn .how")).to_have_count(11)


def test_a_source_asked_for_later_is_the_one_shown_though_an_earlier_one_comes_after_it(
    open_page: OpenPage, address: str
) -> None:
    page = open_page(address)
    ask(page, QUESTION)
    ask(page, "What does the article say about collagen?")
    first = page.locator(".turn").first.locator(".quote").first.text_content()
    held: list[Route] = []
    meet(page, "**/source", lambda route: route.continue_() if held else held.append(route))
    page.locator(".turn").last.locator('[data-citation="1"]').first.click()
    page.locator(".turn").first.locator('[data-citation="1"]').first.click()
    assert marked(page, 1) == first
    with page.expect_response("**/source"):
        held[0].continue_()
    page.evaluate("fetch('welcome')")  # By then the late source would be shown, were it not left.
    assert marked(page, 1) == first


def test_two_presses_go_two_quotes_on_however_slow_the_source_is(
    open_page: OpenPage, address: str, quoted_often: str
) -> None:
    page = open_page(address)
    ask(page, quoted_often)
    count = len(quotes(page))
    page.locator('[data-citation="1"]').first.click()
    expect(page.locator(".source-text")).to_be_focused()
    held = Held(page, "**/source")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    held.let_go()
    expect(page.locator(".position")).to_have_text(f"Quote {min(3, count) - 1} of {count}")


def test_the_notice_is_in_sight_from_the_first_to_the_last(open_page: OpenPage, address: str) -> None:
    for size in (DESKTOP, PHONE):
        page = open_page(address, size=size)
        notice = page.get_by_text("This is not medical advice.")
        expect(notice).to_be_in_viewport()
        for _ in range(3):
            ask(page, QUESTION)
        expect(notice).to_be_in_viewport()


def test_examples_are_answered_and_a_refusal_offers_questions(open_page: OpenPage, address: str) -> None:
    page = open_page(address)
    examples = page.locator(".examples button")
    expect(examples.first).to_be_visible()
    assert examples.count() >= 4
    examples.first.click()
    expect(page.locator(".turn .quote").first).to_be_visible()
    ask(page, "Which mountain is the highest in Bolivia?")
    refusal = page.locator(".turn").last
    expect(refusal.locator(".note.refusal")).to_be_visible()
    assert refusal.locator("[data-citation]").count() == 0
    expect(page.locator("dialog.source")).to_be_hidden()
    refusal.locator(".suggestions button").first.click()
    expect(page.locator(".turn")).to_have_count(3)


def test_a_question_that_cannot_be_asked_is_explained(open_page: OpenPage, address: str) -> None:
    page = open_page(address)
    page.click(".ask")
    expect(page.locator(".problem")).to_have_text("Please type a question first.")
    page.fill("#question", "long " * 401)
    page.click(".ask")
    expect(page.locator(".problem")).to_contain_text("2,004 characters; at most 2,000 can be asked")
    assert page.locator(".turn").count() == 0
    assert str(page.locator("#question").text_content()).startswith("long long")


def test_an_answer_is_announced(open_page: OpenPage, address: str) -> None:
    page = open_page(address)
    ask(page, QUESTION)
    live = page.locator('[data-live="polite"]')
    expect(live).to_contain_text("Answer with")
    expect(live).to_contain_text(quotes(page)[0])
    assert live.get_attribute("aria-live") == "polite"


def test_what_the_page_keeps_is_the_reply_of_the_endpoint(open_page: OpenPage, address: str) -> None:
    from gradio_client import Client

    page = open_page(address)
    ask(page, QUESTION)
    kept = kept_reply(page)
    given = Client(address, verbose=False).predict(QUESTION, api_name="/ask")
    assert {**kept, "seconds": 0} == {**given, "seconds": 0}
    assert json.dumps(given["citations"][0]["quote"]) == json.dumps(quotes(page)[0])


def test_how_it_was_answered_is_told_in_words(open_page: OpenPage, address: str) -> None:
    page = open_page(address)
    ask(page, "how long does a cold lasr session last")
    how = page.locator(".turn .how")
    expect(how.locator("dl")).to_be_hidden()
    how.locator("summary").click()
    expect(how).to_contain_text("how long does a cold laser session last")
    expect(how).to_contain_text("documents, cut into")
    expect(how).to_contain_text("of 10 questions that people asked in their own words")
    passages = how.locator(".passages li")
    expect(how.locator(".near").first).to_contain_text("Very near in meaning")
    passages.first.locator("[data-citation]").first.click()
    expect(page.locator("mark.current").first).to_be_in_viewport()
    page.reload()
    how.locator("summary").click()
    expect(passages).to_have_count(8)
