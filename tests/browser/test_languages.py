"""The page in the person's language, and its documents' words in their own."""

from __future__ import annotations

import re

import pytest
from driving import PHONE, OpenPage, ask, copied, started
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


WORDED = """
    () => {
        const said = [];
        const page = document.querySelector("lightqa-page");
        const walker = document.createTreeWalker(page, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const within = node.parentElement;
            const others = "[lang=en], .question, .menu .kept, .menu select, input, .kinds p, .path";
            if (within.checkVisibility() && !within.closest(others)) said.push(node.data.trim());
        }
        return said.filter(Boolean).join("\\n");
    }
"""
"""What stands on the page now in its own words: not those of documents or people, or names of languages."""

ENGLISH = re.compile(r"\b(?:the|and|of|is|not|this|you|your|answers?|nearest)\b", re.I)

LANGUAGES = {
    "de-DE": (
        "Das ist kein ärztlicher Rat.",
        "Die Dokumente beantworten diese Frage nicht",
        "Am nächsten komm",
        "Sie könnten fragen",
        "Die Quellen sind sich nicht einig",
        "sagen nicht dasselbe",
        "Wessen Worte antworteten",
        "Fragen Sie mit Herzschrittmacher",
        "Gern geschehen.",
        "Evidenznotiz",
        "Von 10 Fragen",
    ),
    "fr-FR": (
        "Ceci n’est pas un avis médical.",
        "Les documents ne répondent pas à cette question",
        "plus proche",
        "Vous pourriez demander",
        "Les sources ne sont pas d’accord",
        "ne disent pas la même chose",
        "De qui sont les mots",
        "Avec un stimulateur cardiaque",
        "Je vous en prie.",
        "note de preuves",
        "sur 10 questions",
    ),
    "es-ES": (
        "Esto no es un consejo médico.",
        "Los documentos no responden a esta pregunta",
        "Lo más cercano",
        "Podría preguntar",
        "Las fuentes no coinciden",
        "no dicen lo mismo",
        "De quién son las palabras",
        "Con un marcapasos",
        "De nada.",
        "nota de evidencia",
        "de 10 preguntas",
    ),
}


@pytest.mark.parametrize("locale", LANGUAGES)
def test_whatever_lightqa_says_itself_comes_in_the_language_of_the_page(
    open_page: OpenPage, address: str, locale: str
) -> None:
    notice, declined, nearest, instead, disagree, differ, whose, pacemaker, welcome, kind, sure = LANGUAGES[
        locale
    ]
    page = open_page(address, locale=locale)
    expect(page.locator(".notice summary")).to_have_text(notice)
    expect(page.locator("html")).to_have_attribute("lang", locale[:2])
    last = page.locator(".turn").last
    ask(page, "How much does a cold laser session cost in Berlin?")
    expect(last).to_contain_text(declined)
    expect(last).to_contain_text(nearest)
    expect(last.locator(".suggestions .label")).to_have_text(instead)
    expect(last.locator(".note [lang=en]").first).to_contain_text("“")
    heard = str(page.locator("[data-live=polite]").text_content())
    assert declined in heard
    ask(page, "Does infrared light therapy have side effects?")
    expect(last.locator(".note.disagreement .label")).to_have_text(disagree)
    expect(last.locator(".note.disagreement")).to_contain_text(differ)
    expect(last.locator(".kind").first).to_have_text(kind)
    last.locator(".how summary").click()
    expect(last.locator(".how .passages li").first).to_be_visible()
    expect(last.locator(".how")).to_contain_text(sure)
    ask(page, "Who says so?")
    expect(last.locator(".understood .label")).to_have_text(whose)
    ask(page, "Can I have cold laser with my pacemaker?")
    expect(last.locator(".note.personal")).to_contain_text(pacemaker)
    ask(page, "Thanks")
    expect(last).to_contain_text(welcome)
    assert ENGLISH.findall(str(page.evaluate(WORDED))) == []
    page.locator("[data-view=documents]").click()
    expect(page.locator(".documents .list li").first).to_be_visible()
    page.locator(".documents .title").first.click()
    expect(page.locator("dialog.source .document")).to_be_visible()
    assert ENGLISH.findall(str(page.evaluate(WORDED))) == []
    # What an older version kept in this browser is still shown, in English.
    page.evaluate(
        """() => {
            for (const key of Object.keys(localStorage).filter(key => key.startsWith("lightqa.turn."))) {
                const kept = JSON.parse(localStorage[key]);
                kept.reply.notes.forEach(note => delete note.said);
                localStorage[key] = JSON.stringify(kept);
            }
        }"""
    )
    page.reload()
    expect(page.locator(".turn").first.locator(".note [lang=en]")).to_contain_text(
        "The documents do not answer"
    )


def test_the_page_to_print_and_the_copied_answer_are_in_the_language_too(
    open_page: OpenPage, address: str
) -> None:
    page = open_page(address, locale="de-DE", permissions=["clipboard-read", "clipboard-write"])
    ask(page, "Does infrared light therapy have side effects?")
    page.get_by_role("button", name="Kopieren", exact=True).click()
    whole = copied(page, "Does infrared light therapy have side effects?")
    assert "sagen nicht dasselbe" in whole and "Das ist kein ärztlicher Rat." in whole
    assert "no side effects" in whole and "do not say the same" not in whole
    page.locator("dialog.menu .this summary").evaluate("summary => summary.click()")
    with page.expect_popup() as opened:
        page.locator(".export [value=page]").evaluate("button => button.click()")
    printed = opened.value
    expect(printed.locator("html")).to_have_attribute("lang", "de")
    expect(printed.get_by_role("button", name="Drucken")).to_be_visible()
    expect(printed.locator("main")).to_contain_text("sagen nicht dasselbe")
    expect(printed.locator(".notice")).to_contain_text("Das ist kein ärztlicher Rat.")
    assert "not medical advice" not in str(printed.locator("main").inner_text())


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
    started(page)
    assert size() == before * 1.25
    page.get_by_role("button", name="Smaller text").click()
    assert size() == before * 1.125
