"""Conversations in this browser: kept, found, cleared, shared by tabs, and what becomes of one that fails."""

from __future__ import annotations

from driving import PHONE, Held, OpenPage, ask, menu
from playwright.sync_api import Page, expect
from test_display import violations_in_every_light

QUESTION = "How long does a cold laser session last?"
WORDS = "10 to 20 minutes"


def test_conversations_are_kept_named_switched_and_cleared(open_page: OpenPage, address: str) -> None:
    page = open_page(address)
    ask(page, QUESTION)
    menu(page)
    page.fill("#conversation-name", "For Dr. Okafor")
    page.get_by_role("button", name="Rename").click()
    page.locator("dialog.menu .begin").click()
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.locator(".examples button").first).to_be_visible()
    ask(page, "What is collagen for?")
    page.reload()
    expect(page.locator(".turn .question")).to_have_text(["What is collagen for?"])
    menu(page)
    titles = page.locator(".kept button span:first-child")
    expect(titles).to_have_text(["What is collagen for?", "For Dr. Okafor"])
    page.locator(".kept button", has_text="For Dr. Okafor").click()
    expect(page.locator(".turn .question")).to_have_text([QUESTION])
    menu(page)
    page.get_by_role("button", name="Clear this conversation").click()
    expect(page.locator(".turn")).to_have_count(0)
    menu(page)
    expect(titles).to_have_text(["What is collagen for?"])
    assert QUESTION not in page.evaluate("JSON.stringify(localStorage)")
    page.get_by_role("button", name="Clear all conversations").click()
    assert page.evaluate("Object.keys(localStorage).filter(key => key !== 'lightqa.open')") == []


def test_conversations_are_found_and_what_was_cleared_comes_back(open_page: OpenPage, address: str) -> None:
    page = open_page(address)
    ask(page, QUESTION)
    page.get_by_role("button", name="New conversation").first.click()
    expect(page.locator(".turn")).to_have_count(0)
    ask(page, "What is collagen for?")
    menu(page)
    page.get_by_role("searchbox").fill(WORDS)
    titles = page.locator(".kept button span:first-child")
    expect(titles).to_have_text([QUESTION])
    page.get_by_role("searchbox").fill("no such words")
    expect(page.get_by_text("No conversation fits.")).to_be_visible()
    page.get_by_role("searchbox").fill("")
    page.get_by_role("button", name="Clear this conversation").click()
    expect(page.locator(".turn")).to_have_count(0)
    assert "collagen" not in page.evaluate("JSON.stringify(localStorage)")
    assert violations_in_every_light(page) == []
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".turn .question")).to_have_text(["What is collagen for?"])
    expect(page.locator(".turn .quote").first).to_be_visible()
    menu(page)
    page.get_by_role("button", name="Clear all conversations").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".turn .question")).to_have_text(["What is collagen for?"])
    page.reload()
    menu(page)
    expect(titles).to_have_count(2)


def test_on_the_phone_every_button_has_its_word_and_a_new_conversation_is_one_tap(
    open_page: OpenPage, address: str
) -> None:
    page = open_page(address, size=PHONE, has_touch=True, is_mobile=True)
    ask(page, QUESTION)
    for word in ("Menu", "Chat", "Documents", "New"):
        expect(page.locator(".bar button span").get_by_text(word, exact=True)).to_be_in_viewport(ratio=1)
    below = set(page.locator(".acts button:visible").all_text_contents())
    assert below >= {"Copy", "Link", "Ask again", "Edit"}
    page.locator(".bar").get_by_role("button", name="New conversation").tap()
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.locator(".examples button").first).to_be_in_viewport()
    page.get_by_role("button", name="Menu", exact=True).tap()
    side = page.locator("dialog.menu:modal")
    expect(side.locator(".kept button")).to_contain_text([QUESTION])
    side.get_by_role("searchbox").fill("minutes")
    side.locator(".kept button").tap()
    expect(page.locator("dialog.menu")).to_be_hidden()
    expect(page.locator(".turn .quote").first).to_contain_text(WORDS)


def asked_and_held(page: Page) -> Held:
    """One question answered, and the next one whose answer is kept on its way."""
    ask(page, "What is collagen for?")
    held = Held(page, "**/gradio_api/call/ask/*")
    page.fill("#question", QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator(".turn .working")).to_be_visible()
    return held


def test_an_answer_on_its_way_brings_nothing_back_that_was_cleared_meanwhile(
    open_page: OpenPage, address: str
) -> None:
    page = open_page(address)
    held = asked_and_held(page)
    menu(page)
    page.get_by_role("button", name="Clear all conversations").click()
    expect(page.locator(".turn")).to_have_count(0)
    with page.expect_response("**/render"):
        held.let_go()
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_visible()
    assert page.evaluate("Object.keys(localStorage).filter(key => key !== 'lightqa.open')") == []
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".turn .question")).to_have_text(["What is collagen for?"])
    ask(page, QUESTION)
    page.reload()
    expect(page.locator(".turn .question")).to_have_text(["What is collagen for?", QUESTION])


def test_two_tabs_keep_each_others_conversations(open_page: OpenPage, address: str) -> None:
    page = open_page(address)
    other = page.context.new_page()
    other.goto(address)
    expect(other.locator(".examples button").first).to_be_visible()
    ask(page, QUESTION)
    ask(other, "What is collagen for?")
    ask(page, "And how many sessions?")
    menu(other)
    expect(other.locator(".kept button")).to_have_count(2)
    expect(other.locator(".kept li", has_text=QUESTION)).to_contain_text("2 questions")


def test_two_tabs_share_one_conversation_without_losing_a_turn(open_page: OpenPage, address: str) -> None:
    page = open_page(address)
    ask(page, QUESTION)
    other = page.context.new_page()
    other.goto(address)
    expect(other.locator(".turn .quote").first).to_contain_text(WORDS)
    ask(other, "What is collagen for?")
    expect(page.locator(".turn .question")).to_have_text([QUESTION, "What is collagen for?"])
    expect(page.locator(".turn .how")).to_have_count(2)
    ask(page, "Does it hurt?")
    menu(page)
    page.fill("#conversation-name", "For Dr. Okafor")
    page.get_by_role("button", name="Rename").click()
    expect(other.locator(".turn .question")).to_have_count(3)
    ask(other, "Who should not have laser therapy?")
    asked = [QUESTION, "What is collagen for?", "Does it hurt?", "Who should not have laser therapy?"]
    for tab in (page, other):
        expect(tab.locator(".turn .question")).to_have_text(asked)
    other.reload()
    expect(other.locator(".turn .question")).to_have_text(asked)
    menu(other)
    expect(other.locator(".kept button span:first-child")).to_have_text(["For Dr. Okafor"])
    other.get_by_role("button", name="Clear this conversation").click()
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.locator(".examples button").first).to_be_visible()


def test_an_answer_is_kept_where_it_was_asked_also_if_the_person_has_gone_elsewhere(
    open_page: OpenPage, address: str
) -> None:
    page = open_page(address)
    held = asked_and_held(page)
    page.fill("#question", "And does it hurt?")
    page.keyboard.press("Enter")
    expect(page.locator(".problem")).to_contain_text("your last question is still being answered")
    menu(page)
    page.locator("dialog.menu .begin").click()
    expect(page.locator(".turn")).to_have_count(0)
    menu(page)
    page.locator(".kept button").click()
    expect(page.locator(".turn .working")).to_be_visible()
    menu(page)
    page.locator("dialog.menu .begin").click()
    held.let_go()
    menu(page)
    expect(page.locator(".kept li")).to_contain_text("2 questions")
    page.locator(".kept button").click()
    expect(page.locator(".turn .question")).to_have_text(["What is collagen for?", QUESTION])
    expect(page.locator(".turn .quote").last).to_contain_text(WORDS)
    expect(page.locator("#question")).to_have_text("And does it hurt?")


def test_a_question_that_failed_meanwhile_is_there_when_its_conversation_is_opened_again(
    open_page: OpenPage, address: str
) -> None:
    page = open_page(address, refusals=True)
    held = asked_and_held(page)
    menu(page)
    page.locator("dialog.menu .begin").click()
    expect(page.locator(".turn")).to_have_count(0)
    held.lose()
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_visible()
    menu(page)
    page.locator(".kept button").click()
    expect(page.locator(".turn .question")).to_have_text(["What is collagen for?", QUESTION])
    expect(page.locator(".turn .failed")).to_contain_text("lightqa cannot be reached.")
    page.unroute("**/gradio_api/call/ask/*")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".turn .quote").last).to_contain_text(WORDS)


KEEP_OTHERS = """([count, padding]) => {
    const [mine] = Object.keys(localStorage).filter((key) => key.startsWith("lightqa.conversation."));
    const other = Object.values(localStorage).find((kept) => kept.includes('"reply"'));
    const day = new Date(Date.now() - 1000).toISOString();
    const began = new Date(0).toISOString();
    if (mine) localStorage[mine] = JSON.stringify({ ...JSON.parse(localStorage[mine]), started: began });
    for (let at = 0; at < count; at++) {
        const kept = { id: `other${at}`, name: `Other ${at}`, started: day };
        localStorage[`lightqa.conversation.other${at}`] = JSON.stringify(kept);
        const turn = { ...JSON.parse(other), asked: day, padding: "x".repeat(padding) };
        localStorage[`lightqa.turn.other${at}.turn`] = JSON.stringify(turn);
    }
}"""
"""Puts conversations beside the open one, which is made the one that was begun first."""


def test_the_thirty_conversations_in_use_are_kept(open_page: OpenPage, address: str) -> None:
    page = open_page(address)
    ask(page, "What is collagen for?")
    page.evaluate(KEEP_OTHERS, [30, 0])
    page.reload()
    ask(page, QUESTION)
    menu(page)
    expect(page.locator(".kept button")).to_have_count(30)
    expect(page.locator(".kept button").first).to_contain_text("What is collagen for?")
    expect(page.locator(".kept button").first).to_contain_text("2 questions")
    expect(page.locator("dialog.menu")).to_contain_text("the last 30, or as many as there is room for")


def test_the_oldest_conversation_makes_room_and_where_there_is_none_it_is_said(
    open_page: OpenPage, address: str
) -> None:
    fill = """() => {
        for (let size = 1 << 22, at = 0; size >= 1; at++) {
            try { localStorage[`filler.${at}`] = "x".repeat(size); } catch { size >>= 1; }
        }
    }"""
    page = open_page(address)
    ask(page, "What is collagen for?")
    page.evaluate(KEEP_OTHERS, [1, 1_000_000])
    page.evaluate(fill)
    ask(page, QUESTION)
    others = "Object.keys(localStorage).filter((key) => key.includes('.other')).length"
    assert page.evaluate(others) == 0
    expect(page.locator(".turn .failed")).to_have_count(0)
    page.reload()
    expect(page.locator(".turn .question")).to_have_text(["What is collagen for?", QUESTION])
    expect(page.locator(".turn .how")).to_have_count(2)
    # What fits nowhere costs no other conversation.
    page.evaluate(KEEP_OTHERS, [1, 0])
    page.evaluate(
        """() => {
            const { setItem } = Storage.prototype;
            Storage.prototype.setItem = function (key, value) {
                if (value.includes("Does it hurt")) throw new DOMException("full", "QuotaExceededError");
                setItem.call(this, key, value);
            };
        }"""
    )
    for _ in range(2):
        ask(page, "Does it hurt?")
        expect(page.locator(".turn .failed")).to_have_count(1)
    expect(page.locator(".turn .failed")).to_contain_text("gone when the page is closed")
    assert page.evaluate(others) == 2


def test_the_focus_stays_on_the_page_when_a_conversation_is_cleared(
    open_page: OpenPage, address: str
) -> None:
    page = open_page(address)
    ask(page, QUESTION)
    page.keyboard.press("Escape")
    menu(page)
    page.get_by_role("button", name="Clear this conversation").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#question")).to_be_focused()
    undo = page.get_by_role("button", name="Undo")
    undo.focus()
    style = "button => [getComputedStyle(button).color, getComputedStyle(button).outlineColor]"
    color, ring = undo.evaluate(style)
    assert color == ring
    page.keyboard.press("Enter")
    expect(page.locator(".turn .quote").first).to_contain_text(WORDS)
    expect(page.locator(".turns")).to_be_focused()
