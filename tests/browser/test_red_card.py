"""The emergency card: the number to tap, what was understood, and how it stands until it is dealt with."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from driving import PHONE, OpenPage, ask, meet
from playwright.sync_api import expect
from serving import served

from ui.library import Library

IN_ONE_LINE = """(note) => {
  const words = document.createRange();
  words.selectNodeContents(note);
  const boxes = [...words.getClientRects()].filter((box) => box.height);
  return Math.max(...boxes.map((box) => box.top)) < Math.min(...boxes.map((box) => box.bottom));
}"""
"""Whether one straight line goes through everything that a note shows."""

RED = "I can't control my bladder and my legs are numb"


@pytest.fixture(scope="module")
def anywhere(shipped_index_folder: object) -> Iterator[str]:
    """A server whose operator has named no country."""
    with pytest.MonkeyPatch.context() as environment:
        environment.delenv("LIGHTQA_COUNTRY", raising=False)
        library = Library(str(shipped_index_folder))
    with served(library) as address:
        yield address


def test_the_card_is_folded_stays_in_force_and_is_dealt_with(open_page: OpenPage, address: str) -> None:
    page = open_page(address, size=PHONE)
    ask(page, RED)
    card = page.locator(".turn").first.locator(".reply.emergency")
    expect(card.locator(".whole")).to_be_visible()
    expect(card.locator(".whole .tap")).to_have_attribute("href", "tel:999")
    expect(card.locator(".whole .tap")).to_be_in_viewport()
    expect(card.locator(".heard li")).to_have_text(["I can't control my bladder", "my legs are numb"])
    expect(card.locator(".country")).to_be_hidden()  # the operator has named it
    ask(page, "How long does a cold laser session last?")
    # Folded to a line above the answer to something else, and again after a reload.
    for _ in range(2):
        line = page.locator(".turn").last.locator(".note.alarm")
        expect(line).to_contain_text("Signs of cauda equina syndrome")
        expect(line.locator(".tap")).to_have_attribute("href", "tel:999")
        expect(page.locator(".turn").last.locator(".quote").first).to_contain_text("10 to 20 minutes")
        assert line.evaluate(IN_ONE_LINE)
        expect(line.get_by_role("button")).to_have_count(1)  # what can be done comes when it is opened
        page.reload()
    line.get_by_role("button", name="Signs of cauda equina syndrome", expanded=False).press("Enter")
    expect(line.get_by_role("button", name="Signs of cauda equina syndrome", expanded=True)).to_be_focused()
    assert not line.evaluate(IN_ONE_LINE)
    line.get_by_role("button", name="Show what to do").click()
    expect(card.first.locator("h3")).to_be_in_viewport()
    line.get_by_role("button", name="This has been dealt with").click()
    expect(page.locator(".turn").last.locator(".note")).to_contain_text("I leave it there")
    ask(page, "Who should not have laser therapy?")
    expect(page.locator(".turn").last.locator(".quote").first).to_be_visible()
    expect(page.locator(".turn").last.locator(".note.alarm")).to_have_count(0)


def test_the_country_is_guessed_shown_as_a_guess_and_changed(open_page: OpenPage, anywhere: str) -> None:
    page = open_page(anywhere, locale="en-AU")
    ask(page, RED)
    ask(page, "How long does a cold laser session last?")
    tap, folded = page.locator(".reply.emergency .whole .tap"), page.locator(".note.alarm .tap")
    expect(tap).to_have_attribute("href", "tel:000")
    expect(page.locator(".country")).to_contain_text("guessed from your browser")
    choice = page.locator(".country select")
    choice.focus()
    page.keyboard.type("Ireland", delay=50)  # each key chooses a country
    for number in (tap, folded):
        expect(number).to_have_attribute("href", "tel:112")
    expect(page.locator(".country")).not_to_contain_text("guessed")
    expect(choice).to_be_focused()
    expect(choice).to_have_value("IE")
    page.reload()
    expect(tap).to_have_attribute("href", "tel:112")


def test_the_numbers_stay_where_those_of_another_country_do_not_come(
    open_page: OpenPage, anywhere: str
) -> None:
    page = open_page(anywhere, locale="en-AU", refusals=True)
    ask(page, RED)
    meet(page, "**/render", lambda route: route.abort())
    page.locator(".country select").select_option(label="Ireland")
    expect(page.locator(".country")).to_contain_text("lightqa cannot be reached.")
    expect(page.locator(".country select")).to_have_value("AU")
    expect(page.locator(".reply.emergency .whole .tap")).to_have_attribute("href", "tel:000")


@pytest.mark.parametrize(
    ("locale", "number", "opening", "flag", "dealt"),
    [
        (
            "de-CH",
            "112",
            "Das kann ein Notfall sein",
            "Anzeichen eines Cauda-equina-Syndroms",
            "Das ist erledigt",
        ),
        ("fr-CA", "911", "urgence", "queue de cheval", "C’est réglé"),
        ("es-ES", "112", "urgencia", "cola de caballo", "Esto ya está atendido"),
    ],
)
def test_the_card_speaks_the_language_of_the_page(
    open_page: OpenPage, anywhere: str, locale: str, number: str, opening: str, flag: str, dealt: str
) -> None:
    page = open_page(anywhere, locale=locale)
    ask(page, RED)
    card = page.locator(".reply.emergency")
    expect(card.locator("h3")).to_contain_text(opening)
    expect(card.locator("h3")).to_have_attribute("lang", locale[:2])
    expect(card.locator(".flag")).to_contain_text(flag)
    expect(card.locator(".whole .tap")).to_have_attribute("href", f"tel:{number}")
    expect(card.get_by_role("button", name=dealt)).to_be_visible()
