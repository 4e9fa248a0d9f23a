"""The box and what is below an answer: offers, stopping, editing, copying, links, one document alone."""

from __future__ import annotations

import re
from typing import Any

from driving import DESKTOP, PHONE, Held, OpenPage, ask, copied, kept_reply, meet, offered
from playwright.sync_api import expect

QUESTION = "How long does a cold laser session last?"
WORDS = "10 to 20 minutes"
CLIPBOARD = ["clipboard-read", "clipboard-write"]


def test_questions_that_are_answered_are_offered_while_one_types(open_page: OpenPage, address: str) -> None:
    page = open_page(address)
    box, options = page.get_by_role("combobox", name="Ask about the documents"), page.locator(".offers li")
    with page.expect_response("**/offered"):
        box.focus()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    page.keyboard.type("does laser hurt")
    expect(options.first).to_be_visible()
    assert 1 <= options.count() <= 5
    assert sent == []  # what is typed goes nowhere
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", str(options.first.get_attribute("id")))
    page.keyboard.press("ArrowUp")
    assert box.get_attribute("aria-activedescendant") is None
    page.keyboard.press("Escape")
    expect(options).to_have_count(0)
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_text("does laser hurt")
    page.keyboard.type("?")
    expect(options.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    chosen = str(options.first.text_content())
    page.keyboard.press("Enter")
    expect(page.locator(".turn .question")).to_have_text(chosen)
    expect(page.locator(".reply.answer")).to_be_visible()
    # By the mouse too; and none is offered for what nothing fits.
    page.keyboard.type("how many sessions")
    second = str(options.last.text_content())
    options.last.click()
    expect(page.locator(".turn .question").last).to_have_text(second)
    expect(page.locator(".reply.answer")).to_have_count(2)
    page.keyboard.type("zebra crossing rules")
    expect(options).to_have_count(0)


def test_a_source_that_opens_beside_the_chat_leaves_the_one_who_types_alone(
    open_page: OpenPage, address: str
) -> None:
    page = open_page(address)
    held = Held(page, "**/source")
    page.fill("#question", QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator(".reply.answer")).to_be_visible()
    page.locator("#question").focus()
    page.keyboard.type("how many sessions")
    expect(page.locator(".offers li").first).to_be_visible()
    held.let_go()
    expect(page.locator("mark.current").first).to_be_visible()
    expect(page.locator(".offers li").first).to_be_visible()
    expect(page.locator("#question")).to_be_focused()
    # The first Escape closes the offers, the next one the source.
    page.keyboard.press("Escape")
    expect(page.locator(".offers li")).to_have_count(0)
    expect(page.locator("dialog.source")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog.source")).to_be_hidden()


def test_a_question_is_stopped_edited_and_asked_again(open_page: OpenPage, address: str) -> None:
    page = open_page(address)
    box = page.locator("#question")
    expect(box).to_have_attribute("data-placeholder", "Ask in your own words")
    Held(page, "**/gradio_api/call/ask/*")
    page.fill("#question", "What is collagen for?")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(page.locator(".turn")).to_have_count(0)
    expect(box).to_have_text("What is collagen for?")
    page.unroute("**/gradio_api/call/ask/*")
    page.fill("#question", "")
    ask(page, "What is collagen for?")
    ask(page, "Does it hurt?")
    page.keyboard.press("ArrowUp")
    expect(box).to_have_text("Does it hurt?")
    page.keyboard.press("Escape")
    expect(box).to_have_text("")
    page.keyboard.press("ArrowUp")
    page.fill("#question", QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator(".turn .question")).to_have_text(["What is collagen for?", QUESTION])
    expect(page.locator(".turn .quote").last).to_contain_text(WORDS)
    page.get_by_role("button", name="Ask again").click()
    expect(page.locator(".turn .quote").last).to_contain_text(WORDS)
    page.reload()
    expect(page.locator(".turn .question")).to_have_text(["What is collagen for?", QUESTION])


def test_an_answer_stays_until_there_is_another_one_in_its_place(open_page: OpenPage, address: str) -> None:
    page = open_page(address, refusals=True)
    ask(page, QUESTION)
    questions = page.locator(".turn:visible .question")
    meet(page, "**/gradio_api/call/ask", lambda route: route.abort())
    page.get_by_role("button", name="Ask again").click()
    expect(page.locator(".turn .failed")).to_be_visible()
    expect(page.locator(".turn .quote").first).to_contain_text(WORDS)
    assert kept_reply(page)["question"] == QUESTION
    page.unroute("**/gradio_api/call/ask")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".turn")).to_have_count(1)
    expect(page.locator(".turn .quote").first).to_contain_text(WORDS)
    Held(page, "**/gradio_api/call/ask/*")
    page.locator("#question").focus()
    page.keyboard.press("ArrowUp")
    page.fill("#question", "What is collagen for?")
    page.keyboard.press("Enter")
    expect(questions).to_have_text(["What is collagen for?"])
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(questions).to_have_text([QUESTION])
    expect(page.locator("#question")).to_have_text("What is collagen for?")
    page.unroute("**/gradio_api/call/ask/*")
    page.keyboard.press("Enter")
    for _ in range(2):
        expect(page.locator(".turn .how")).to_have_count(1)
        expect(page.locator(".turn .question")).to_have_text(["What is collagen for?"])
        page.reload()


def test_what_is_no_reply_at_all_is_told_as_a_server_that_is_gone(open_page: OpenPage, address: str) -> None:
    page = open_page(address)
    meet(page, "**/render", lambda route: route.fulfill(body="<html>Please log in</html>"))
    ask(page, QUESTION)
    expect(page.locator(".turn .failed")).to_contain_text("lightqa cannot be reached.")
    expect(page.get_by_role("button", name="Try again")).to_be_visible()


def test_answers_and_quotes_are_copied_with_their_sources_and_linked_to(
    open_page: OpenPage, address: str
) -> None:
    page = open_page(address, permissions=CLIPBOARD)
    ask(page, "What is collagen for?")
    ask(page, QUESTION)
    quote = str(page.locator(".turn").last.locator(".quote").first.text_content())
    acts = page.locator(".turn").last.locator(".acts")
    acts.get_by_role("button", name="Copy", exact=True).click()
    whole = copied(page, QUESTION)
    assert whole.startswith(f"{QUESTION}\n\n“{quote}” [1]\n")
    assert "[1] Cold laser therapy for back pain" in whole and "This is not medical advice." in whole
    expect(page.locator("[data-live=polite]")).to_have_text("Copied")
    page.locator(".turn").last.get_by_role("button", name="Copy quote 1").click()
    alone = copied(page, "“")
    assert alone.startswith(f"“{quote}”\nCold laser therapy for back pain, ")
    acts.get_by_role("button", name="Link", exact=True).click()
    link = copied(page, address)
    asked: list[str] = []
    other = open_page(address)
    other.on("request", lambda request: asked.append(request.url))
    other.goto(link)
    expect(other.locator(".turn .question")).to_have_text(["What is collagen for?", QUESTION])
    expect(other.locator(".turn .quote").last).to_have_text(quote)
    assert not [url for url in asked if "collagen" in url]  # a fragment is sent nowhere
    assert other.url == address
    fresh = open_page(address)
    fresh.goto("about:blank")
    fresh.goto(link)
    expect(fresh.locator(".turn .quote").last).to_have_text(quote)
    # Where this browser has the answer, it is shown and not asked anew.
    page.goto(link)
    expect(page.locator(".turn")).to_have_count(2)


VOICES = """
window.said = [];
const voice = { lang: "en-GB", localService: true, name: "own" };
const speech = new EventTarget();
Object.assign(speech, {
  getVoices: () => [voice], cancel: () => { window.said = []; },
  speak: (one) => { window.said.push(one.text); window.last = one; },
});
Object.defineProperty(window, "speechSynthesis", { value: speech });
window.SpeechSynthesisUtterance = function (text) { this.text = text; };
"""


def test_an_answer_is_read_aloud_where_the_browser_has_a_voice(
    open_page: OpenPage, address: str, browser: Any
) -> None:
    page = open_page(address)
    ask(page, QUESTION)
    aloud = page.locator(".acts .aloud")
    if page.evaluate("speechSynthesis.getVoices().length") == 0:
        expect(aloud).to_be_hidden()
    page.add_init_script(VOICES)
    page.reload()
    aloud.click()
    expect(aloud).to_have_text("Stop reading")
    assert WORDS in page.evaluate("window.said[1]")
    page.evaluate("window.last.onend()")
    expect(aloud).to_have_text("Read aloud")
    # Nothing goes on to be read once its button is gone.
    aloud.click()
    page.get_by_role("button", name="New conversation").first.click()
    expect(page.locator(".turn")).to_have_count(0)
    assert page.evaluate("window.said") == []


def test_who_listens_or_copies_gets_an_answer_in_the_order_of_the_page(
    open_page: OpenPage, address: str
) -> None:
    page = open_page(address, permissions=CLIPBOARD)
    page.add_init_script(VOICES)
    page.reload()
    asked = "Does cold laser therapy work for back pain?"
    ask(page, asked)
    reply = kept_reply(page)
    [note] = reply["notes"]
    one, other = [sentence["text"] for sentence in reply["sentences"]]
    first = f"The sources disagree: {note['text']}"
    told = [first, "[1] evidence note:", one, "[2] promotional article:", other]
    expect(page.locator("[data-live=polite]")).to_have_text(f"Answer with 2 quotes. {' '.join(told)}")
    page.locator(".acts .aloud").click()
    assert page.evaluate("window.said") == told
    page.locator(".acts").get_by_role("button", name="Copy", exact=True).click()
    quotes = "\n".join(f"“{cited['quote']}” [{cited['number']}]" for cited in reply["citations"])
    assert copied(page, asked).startswith(f"{asked}\n\n{first}\n{quotes}\n\n[1] ")


def test_one_document_alone_is_asked(open_page: OpenPage, address: str) -> None:
    page = open_page(address)
    page.get_by_role("button", name="Documents", exact=True).click()
    article = page.locator(".documents .list li", has_text="Cold laser therapy for back pain")
    article.get_by_role("button", name="Ask only this document").click()
    scope = page.locator(".composer .scope")
    expect(scope).to_contain_text("Cold laser therapy for back pain")
    ask(page, "Does cold laser therapy help back pain?")
    sources = page.locator(".turn").last.locator(".from").all_text_contents()
    assert sources and all("Cold laser therapy for back pain" in source for source in sources)
    scope.get_by_role("button", name="Ask all documents").click()
    ask(page, "Does cold laser therapy really help back pain?")
    sources = page.locator(".turn").last.locator(".from").all_text_contents()
    assert any("Cold laser therapy for back pain" not in source for source in sources)


def test_what_to_ask_next_is_answered_too(open_page: OpenPage, address: str) -> None:
    page = open_page(address)
    ask(page, QUESTION)
    of_documents = offered(page)
    following = page.locator(".next button")
    expect(following.first).to_be_visible()
    for _ in range(2):
        chosen = str(following.first.text_content())
        assert chosen in of_documents
        following.first.click()
        expect(page.locator(".turn .question").last).to_have_text(chosen)
        expect(page.locator(".turn").last.locator(".reply.answer")).to_be_visible()
        expect(page.locator(".next")).to_have_count(1)


def test_every_button_is_large_enough_for_a_thumb(open_page: OpenPage, address_with_everything: str) -> None:
    small = """() => [...document.querySelectorAll("lightqa-page *")]
        .filter((one) => one.matches("button, a, summary, select, input, label"))
        .filter((one) => one.checkVisibility() && one.matches("label") === one.matches(".attach"))
        .filter((one) => !one.matches(".citation, .skip, .hidden, .emergency .call a"))
        .map((one) => [one.outerHTML.slice(0, 90), one.getBoundingClientRect()])
        .filter(([, box]) => box.width && (box.height < 43.9 || box.width < 43.9))
        .map(([html, box]) => `${html} ${box.width} x ${box.height}`)"""
    for size in (PHONE, DESKTOP):
        page = open_page(address_with_everything, size=size)
        assert page.evaluate(small) == []
        ask(page, QUESTION)
        page.keyboard.press("Escape")
        assert page.evaluate(small) == []
        # A citation stands inside a line; what takes the press reaches as far around it.
        reach = page.locator(".citation").first.evaluate("one => getComputedStyle(one, '::after').width")
        assert float(re.sub("px", "", reach)) >= 44
        ask(page, "I have sudden crushing chest pain and cannot breathe")
        assert page.evaluate(small) == []
        page.get_by_role("button", name="Documents", exact=True).click()
        expect(page.locator(".documents .list li").first).to_be_visible()
        assert page.evaluate(small) == []
