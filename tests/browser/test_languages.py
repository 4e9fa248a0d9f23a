"""The page in the person's language, and its documents' words in their own."""

from __future__ import annotations

import re

from driving import PHONE, OpenPage, ask
from playwright.sync_api import expect
from test_display import violations

QUESTION = "How long does a cold laser session last?"


def test_the_page_speaks_the_browsers_language_and_can_be_told_another(
    open_page: OpenPage, address: str
) -> None:
    page = open_page(address, locale="de-AT", size=PHONE)
    expect(page.locator("html")).to_have_attribute("lang", "de")
    expect(page.locator(".welcome h2")).to_have_text("Was möchten Sie wissen?")
    expect(page.locator(".notice summary")).to_have_text("Das ist kein ärztlicher Rat.")
    expect(page.get_by_role("combobox", name="Zu den Dokumenten fragen")).to_be_visible()
    expect(page.locator(".examples button").first).to_have_attribute("lang", "en")
    ask(page, QUESTION)
    quote = page.locator(".turn .quote").first
    expect(quote).to_contain_text("10 to 20 minutes")
    assert quote.evaluate("quote => quote.closest('[lang]').lang") == "en"
    expect(page.locator(".acts")).to_contain_text("Kopieren")
    expect(page.locator(".how summary")).to_have_text("Wie kam diese Antwort zustande?")
    page.locator('[data-citation="1"]').first.click()
    expect(page.locator(".position")).to_have_text("Zitat 1 von 1")
    assert page.locator("mark").first.evaluate("mark => mark.closest('[lang]').lang") == "en"
    page.keyboard.press("Escape")
    found = violations(page)
    page.get_by_role("button", name="Dokumente", exact=True).click()
    expect(page.locator(".documents .about").first).to_contain_text(re.compile(r"^\d+ Dokumente, "))
    found += violations(page)
    page.get_by_role("button", name="Menü", exact=True).click()
    found += violations(page)
    assert found == []
    page.get_by_label("Sprache der Seite").select_option("fr")
    expect(page.locator(".notice summary")).to_have_text("Ceci n’est pas un avis médical.")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.locator(".acts")).to_contain_text("Copier")
    page.reload()
    expect(page.locator(".acts")).to_contain_text("Copier")
    expect(page.locator("html")).to_have_attribute("lang", "fr")


def test_the_text_can_be_made_larger_and_stays_so(open_page: OpenPage, address: str) -> None:
    page = open_page(address)

    def size() -> float:
        return float(
            page.locator("lightqa-page").evaluate("page => parseFloat(getComputedStyle(page).fontSize)")
        )

    before = size()
    for _ in range(2):
        page.get_by_role("button", name="Larger text").click()
    assert size() == before * 1.25
    page.reload()
    assert size() == before * 1.25
    page.get_by_role("button", name="Smaller text").click()
    assert size() == before * 1.125
