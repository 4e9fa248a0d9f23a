"""A text above the quotes: it grows sentence by sentence, can be stopped, and is kept."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from driving import OpenPage, ask, kept_reply, meet
from playwright.sync_api import expect
from serving import served
from test_display import LAST, violations_in_every_light
from writing_server import WritingServer, writing

from qa.writer.client import Writer
from ui.library import Library

ROOT = Path(__file__).parent.parent.parent
QUESTION = "How long does a cold laser session last?"


def repeats_the_first(messages: list[dict[str, str]]) -> str:
    first = messages[-1]["content"].split("[1] ")[1].split("\n")[0].rstrip(".")
    told = "The article says that one session usually takes about 10 to 20 minutes"
    return f"{first} [1]. A session takes 900 minutes <b>or so</b> [1]. {told} [1]."


@pytest.fixture(scope="module")
def model() -> Iterator[WritingServer]:
    with writing(repeats_the_first, pause=0.01) as server:
        yield server


@pytest.fixture(scope="module")
def address_with_writer(library: Library, model: WritingServer) -> Iterator[str]:
    library.ask(QUESTION)  # the first question of a process is the slow one
    with contextlib.chdir(ROOT), served(library, writer=Writer(model.url, "small")) as address:
        yield address


def test_the_text_grows_above_the_quotes_and_is_kept(
    open_page: OpenPage, address_with_writer: str, model: WritingServer
) -> None:
    page = open_page(address_with_writer)
    expect(page.locator(".writer")).to_contain_text(f"small at {model.url}")
    ask(page, QUESTION)
    expect(page.locator(".writing .doing")).to_have_count(0)
    expect(page.locator(".written .words span")).to_have_count(2)
    expect(page.locator(".written .by")).to_contain_text("not quoted")
    below = page.locator(".quotes").bounding_box()
    above = page.locator(".written .words").bounding_box()
    assert above and below and above["y"] < below["y"]
    expect(page.locator(".dropped li")).to_have_count(1)
    page.get_by_text("What was left out, and why").click()
    expect(page.locator(".dropped li")).to_contain_text("900 minutes <b>or so</b>")
    assert violations_in_every_light(page, LAST) == []
    page.locator(".written [data-citation='1']").first.click()
    expect(page.locator("dialog.source, .source")).to_be_visible()
    assert kept_reply(page)["written"]["model"] == "small"
    page.reload()
    expect(page.locator(".written .words span")).to_have_count(2)


def test_why_a_sentence_was_left_out_is_said_in_the_language_of_the_page(
    open_page: OpenPage, address_with_writer: str
) -> None:
    page = open_page(address_with_writer, locale="de-DE")
    ask(page, QUESTION)
    expect(page.locator(".writing .doing")).to_have_count(0)
    page.get_by_text("Was weggelassen wurde, und warum").click()
    for _ in range(2):
        expect(page.locator(".dropped li > span")).to_contain_text("ist eine Adresse oder Auszeichnung")
        page.reload()
    expect(page.locator(".dropped li > span [dir=auto]").first).to_have_attribute("lang", "en")


def test_writing_can_be_stopped_and_the_quotes_stay(
    open_page: OpenPage, address_with_writer: str, model: WritingServer
) -> None:
    page = open_page(address_with_writer)
    model.going.clear()
    try:
        ask(page, QUESTION)
        page.get_by_role("button", name="Stop writing").click()
        expect(page.get_by_role("button", name="Stop writing")).to_have_count(0)
        expect(page.locator(".writing")).to_contain_text("It was stopped.")
    finally:
        model.going.set()
    expect(page.locator(".quotes blockquote").first).to_be_visible()


def test_what_breaks_while_it_is_written_is_told(open_page: OpenPage, address_with_writer: str) -> None:
    page = open_page(address_with_writer)
    meet(page, "**/write", lambda route: route.fulfill(body="<html>\n"))
    ask(page, QUESTION)
    expect(page.locator(".writing")).to_contain_text("lightqa cannot be reached.")
    expect(page.locator(".writing .doing")).to_have_count(0)


def test_refusals_and_emergencies_are_written_by_nobody(
    open_page: OpenPage, address_with_writer: str, model: WritingServer
) -> None:
    page = open_page(address_with_writer)
    asked = len(model.asked)
    ask(page, "Who won the world cup in 1998?")
    ask(page, "I have crushing chest pain")
    expect(page.locator(".reply.emergency")).to_be_visible()
    expect(page.locator(".writing, .written")).to_have_count(0)
    assert len(model.asked) == asked


def test_a_page_without_a_writer_says_nothing_of_one(open_page: OpenPage, address: str) -> None:
    page = open_page(address)
    expect(page.locator(".writer")).to_have_count(0)
    assert page.request.post(f"{address}write", data={"reply": {}}).status == 404
