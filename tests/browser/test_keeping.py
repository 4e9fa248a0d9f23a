"""What is kept and taken along: conversations, exports, documents, judgements, the installed page."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from driving import DESKTOP, PHONE, Held, OpenPage, ask, menu, read_all
from playwright.sync_api import Page, expect
from serving import served
from test_display import violations, violations_in_every_light

from ui.library import Library

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
    held.routes[0].abort()
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


def test_a_page_for_the_appointment(open_page: OpenPage, address: str) -> None:
    page = open_page(address)
    ask(page, QUESTION)
    quote = str(page.locator(".turn .quote").first.text_content())
    menu(page)
    with page.expect_popup() as opened:
        page.get_by_role("button", name="For my appointment").click()
    printed = opened.value
    expect(printed.locator("h1")).to_have_text(QUESTION)
    expect(printed.locator(".notice")).to_contain_text("This is not medical advice.")
    expect(printed.locator("blockquote p").first).to_have_text(f"“{quote}” [1]")
    expect(printed.get_by_role("heading", name="Sources")).to_be_visible()
    button = printed.get_by_role("button", name="Print")
    expect(button).to_be_visible()
    assert violations(printed) == []
    printed.emulate_media(media="print")
    expect(button).to_be_hidden()
    assert printed.pdf(format="A4").startswith(b"%PDF")


def test_the_conversation_as_a_markdown_file(open_page: OpenPage, address: str, tmp_path: Path) -> None:
    page = open_page(address)
    ask(page, QUESTION)
    menu(page)
    with page.expect_download() as downloaded:
        page.get_by_role("button", name="As a Markdown file").click()
    assert downloaded.value.suggested_filename == "lightqa-how-long-does-a-cold-laser-session-last.md"
    downloaded.value.save_as(tmp_path / "taken.md")
    taken = (tmp_path / "taken.md").read_text(encoding="utf-8")
    assert taken.startswith(f"# {QUESTION}\n") and WORDS in taken and "This is not medical advice." in taken


@pytest.fixture
def adding(shipped_index_folder: Path, tmp_path: Path) -> Iterator[str]:
    index = shutil.copytree(shipped_index_folder, tmp_path / "index")
    with served(Library(str(index)), allow_uploads=True) as address:
        yield address


def test_documents_are_added_answered_from_and_removed(
    open_page: OpenPage, adding: str, tmp_path: Path
) -> None:
    zinc = tmp_path / "zinc.md"
    words = "A zinc lozenge taken every two hours shortened colds by a day in a small trial."
    zinc.write_text(f"# Zinc lozenges\n\n{words}\n", encoding="utf-8")
    hostile = tmp_path / "<img src=x onerror=window.harmed=1>.md"
    hostile.write_text("\n", encoding="utf-8")
    page = open_page(adding, refusals=True)
    page.get_by_role("button", name="Documents", exact=True).click()
    page.set_input_files("#files", [zinc, hostile])
    account = page.locator(".adding .account")
    read_all(account)
    expect(account).to_contain_text("1 of 2 files read. Questions are now answered from")
    expect(account.locator("tr.read")).to_contain_text("Zinc lozenges")
    expect(account.locator("tr.refused")).to_contain_text("<img src=x onerror=window.harmed=1>.md")
    assert page.evaluate("window.harmed") is None
    expect(page.locator(".list")).to_contain_text("Zinc lozenges")
    page.get_by_role("button", name="Chat", exact=True).click()
    ask(page, "How often was a zinc lozenge taken in the small trial?")
    expect(page.locator(".turn .quote").first).to_have_text(words)
    page.get_by_role("button", name="Documents", exact=True).click()
    remove = page.get_by_role("button", name="Remove Zinc lozenges")
    remove.click()
    page.get_by_role("button", name="Press again to remove Zinc lozenges").click()
    expect(page.locator(".list")).not_to_contain_text("Zinc lozenges", timeout=120_000)
    page.get_by_role("button", name="Chat", exact=True).click()
    page.locator('[data-citation="1"]').first.click()
    expect(page.locator(".source-text .lost")).to_contain_text("This document has been removed")
    expect(page.locator(".source-text blockquote")).to_contain_text(words)
    assert violations_in_every_light(page, "dialog.source") == []


def test_without_the_operators_leave_nothing_can_be_added_or_judged(
    open_page: OpenPage, address: str
) -> None:
    page = open_page(address)
    ask(page, QUESTION)
    page.get_by_role("button", name="Documents", exact=True).click()
    expect(page.locator(".list li").first).to_be_visible()
    assert page.locator("#files, #attachments, .attach, .remove, .judge, .judging").count() == 0


def test_a_judgement_is_kept_as_a_test_case(open_page: OpenPage, library: Library, tmp_path: Path) -> None:
    file = tmp_path / "judged.jsonl"
    with served(library, feedback=str(file)) as address:
        page = open_page(address, refusals=True)
        ask(page, "What is collagen for?")
        ask(page, QUESTION)
        page.get_by_role("button", name="Something is wrong").last.click()
        page.get_by_role("radio", name="The documents do not answer my question").check()
        page.fill("#remark", "not what I meant")
        page.route("**/feedback", lambda route: route.abort())
        page.get_by_role("button", name="Send").click()
        expect(page.locator(".judge .told")).to_contain_text("lightqa cannot be reached.")
        page.unroute("**/feedback")
        page.get_by_role("button", name="Something is wrong").last.click()
        expect(page.locator("#remark")).to_have_value("not what I meant")
        page.get_by_role("radio", name="The documents do not answer my question").check()
        page.get_by_role("button", name="Send").click()
        expect(page.locator(".judge").last).to_contain_text("Thank you")
        expect(page.locator(".judge .told")).to_be_focused()
        expect(page.locator("[data-live=polite]")).to_contain_text("Thank you")
        page.get_by_role("button", name="Something is wrong").first.click()
        page.get_by_role("button", name="Cancel").click()
    [row] = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert row["turns"] == ["What is collagen for?", QUESTION]
    assert (row["answerable"], row["gold"]) == (False, [])
    assert row["note"] == "the documents do not answer it; not what I meant"


def test_the_page_can_be_installed(open_page: OpenPage, address: str) -> None:
    page = open_page(address)
    assert page.evaluate("document.querySelector('link[rel=manifest]').href").endswith("/manifest.json")
    manifest = page.evaluate("fetch('manifest.json').then(response => response.json())")
    assert manifest["display"] == "standalone" and manifest["start_url"] == "./"
    for icon in manifest["icons"]:
        assert page.evaluate("path => fetch(path).then(response => response.ok)", icon["src"])
    sizes = {icon["sizes"] for icon in manifest["icons"]}
    assert {"192x192", "512x512"} <= sizes


def test_who_knows_the_password_asks_like_everybody(
    open_page: OpenPage, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIGHTQA_AUTH", "anna:secret")
    with served(library) as address:
        page = open_page(address, http_credentials={"username": "anna", "password": "secret"}, refusals=True)
        ask(page, QUESTION)
        expect(page.locator(".turn .quote").first).to_contain_text(WORDS)
        expect(page.locator("mark.current").first).to_be_visible()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_server_that_has_gone_is_told_and_asking_again_works(
    open_page: OpenPage, library: Library, size: tuple[int, int]
) -> None:
    with served(library) as address:
        page = open_page(address, size=size, refusals=True)
        page.route("**/gradio_api/call/ask", lambda route: route.abort())
        ask(page, QUESTION)
        expect(page.locator(".turn .failed")).to_contain_text("lightqa cannot be reached.")
        page.unroute("**/gradio_api/call/ask")
        page.route("**/gradio_api/call/ask", lambda route: route.fulfill(status=503, body="{}"))
        page.get_by_role("button", name="Try again").click()
        expect(page.locator(".turn .failed")).to_contain_text("Many people are asking just now.")
        page.unroute("**/gradio_api/call/ask")
        page.get_by_role("button", name="Try again").click()
        expect(page.locator(".turn .quote").first).to_contain_text(WORDS)


def test_an_answer_that_helped_is_kept_seen_and_taken_back(
    open_page: OpenPage, address: str, library: Library
) -> None:
    page = open_page(address, refusals=True)
    ask(page, QUESTION)
    page.route("**/kept", lambda route: route.abort())
    page.get_by_role("button", name="This answered my question").click()
    expect(page.locator(".keep .told")).to_contain_text("lightqa cannot be reached.")
    page.unroute("**/kept")
    page.get_by_role("button", name="This answered my question").click()
    expect(page.locator(".keep .told")).to_contain_text("Kept on this machine")
    expect(page.locator(".keep .told")).to_be_focused()
    assert [kept.question for kept in library.edition.index.kept.all()] == [QUESTION]
    page.get_by_role("button", name="Documents", exact=True).click()
    listed = page.locator("section.documents li").filter(has_text=QUESTION)
    expect(listed).to_contain_text(WORDS)
    assert violations_in_every_light(page, "section.documents") == []
    listed.get_by_role("button", name=f"Take back {QUESTION}").click()
    listed.get_by_role("button", name="Press again to remove").click()
    expect(page.get_by_text("Answers you kept")).to_have_count(0)
    assert library.edition.index.kept.all() == []


def test_a_refusal_is_not_kept(open_page: OpenPage, address: str) -> None:
    page = open_page(address)
    ask(page, "What is the best recipe for banana bread?")
    expect(page.locator(".reply.refusal")).to_be_visible()
    expect(page.get_by_role("button", name="This answered my question")).to_have_count(0)
