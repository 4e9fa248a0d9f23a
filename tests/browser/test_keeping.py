"""What is kept and taken along beside conversations: exports, documents, judgements, the installed page."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from driving import DESKTOP, PHONE, OpenPage, ask, meet, menu, read_all
from playwright.sync_api import expect
from serving import served
from test_display import violations, violations_in_every_light

from ui.library import Library

QUESTION = "How long does a cold laser session last?"
WORDS = "10 to 20 minutes"


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
        meet(page, "**/feedback", lambda route: route.abort())
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
        meet(page, "**/gradio_api/call/ask", lambda route: route.abort())
        ask(page, QUESTION)
        expect(page.locator(".turn .failed")).to_contain_text("lightqa cannot be reached.")
        page.unroute("**/gradio_api/call/ask")
        meet(page, "**/gradio_api/call/ask", lambda route: route.fulfill(status=503, body="{}"))
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
    meet(page, "**/kept", lambda route: route.abort())
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
