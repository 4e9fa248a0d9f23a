"""What is looked at and listened to: accessibility, sizes, and documents that try to do harm."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from driving import DESKTOP, PHONE, OpenPage, ask, at_rest, close_menu, menu, started
from playwright.sync_api import Page, expect
from serving import served

SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])

HOSTILE = "<img src=x onerror=\"window.harmed='image'\"><script>window.harmed='script'</script>"
HOSTILE_TEXT = f"""---
title: 'Zinc <script>window.harmed="title"</script> & <b>lozenges</b>'
kind: evidence note <img src=x onerror="window.harmed='kind'">
reviewed: 2026-11-21"><script>window.harmed='date'</script>
---

# Zinc lozenges {HOSTILE}

Zinc lozenges shorten a common cold in adults by about one day if the dose is < 100 mg & > 75 mg "a day".

Zinc lozenges shorten a common cold by about two days {HOSTILE} in adults.

A javascript:window.harmed='address' stands near https://zinc.example/"onmouseover="window.harmed='link'.

{{{{constructor.constructor("window.harmed='template'")()}}}} ${{window.harmed='literal'}}

אבץ עשוי לקצר הצטננות ביום אחד. מחקר קטן בדק מאה אנשים.
"""


@pytest.fixture(scope="module")
def hostile(shipped_index_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server over a document, and a file name, full of markup, scripts and templates."""
    from index.build import build
    from index.load import load_document
    from ui.library import Library

    folder = tmp_path_factory.mktemp("hostile")
    path = folder / "zinc <img src=x onerror=window.harmed=1>.md"
    path.write_text(HOSTILE_TEXT, encoding="utf-8")
    # Converted once for all tests: a copy brings the encoder along.
    index = shutil.copytree(shipped_index_folder, folder / "index")
    build([load_document(str(path))], index)
    with served(Library(str(index))) as address:
        yield address


def violations(page: Page, within: str = ":root") -> list[str]:
    """What axe-core finds wrong with what is shown now, of it all or within what a selector names."""
    at_rest(page)
    if not page.evaluate("'axe' in window"):
        page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
    # What moves is measured at rest.
    page.evaluate("Promise.all(document.getAnimations().map(animation => animation.finished.catch(() => 0)))")
    found: dict[str, Any] = page.evaluate("within => axe.run(within, {resultTypes: ['violations']})", within)
    return [
        f"{violation['id']}: {node['html'][:120]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


LAST = ".turn:last-of-type"
"""The last question with its reply; those before it were looked at when they came."""

ZOOMED = (640, 400)
"""A desktop of 1280 by 800 at 200 %."""


def violations_in_every_light(page: Page, within: str = ":root") -> list[str]:
    """What axe-core finds within a selector: desktop, phone and 200 %, in the light and in the dark."""
    found = []
    for size, scheme in ((PHONE, "dark"), (ZOOMED, "dark"), (ZOOMED, "light"), (DESKTOP, "dark")):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.set_viewport_size({"width": size[0], "height": size[1]})
        found += [f"{size}, {scheme}: {fault}" for fault in violations(page, within)]
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
    return found + violations(page, within)


@pytest.mark.parametrize(
    ("size", "scheme"),
    [(DESKTOP, "dark"), (PHONE, "dark"), (ZOOMED, "light")],
    ids=["desktop, dark", "phone, dark", "desktop at 200 %"],
)
def test_axe_finds_no_violation_in_any_view(
    open_page: OpenPage, address_with_everything: str, with_claim: str, size: tuple[int, int], scheme: str
) -> None:
    page = open_page(address_with_everything, size=size, scheme=scheme)
    expect(page.locator(".examples button").first).to_be_visible()
    found = {"start": violations(page)}
    ask(page, "Does cold laser therapy help chronic low back pain?")
    page.locator(".turn .how summary").click()
    expect(page.locator(".how .passages li").first).to_be_visible()
    found["disagreement"] = violations(page, LAST)
    page.locator('[data-citation="1"]').first.click()
    expect(page.locator("mark.current").first).to_be_in_viewport()
    found["source"] = violations(page, "dialog.source")
    page.keyboard.press("Escape")
    ask(page, f"By the way, {with_claim}")  # answered as it is alone
    page.locator("details.claimed summary").last.click()
    page.locator(".elided").last.click()
    page.locator(".turn").last.locator(".term").first.click()
    expect(page.get_by_role("tooltip")).to_be_visible()
    found["in short, claims, a reference and a term opened"] = violations(page)
    ask(page, "compare cold laser and infrared")
    found["comparison"] = violations(page, LAST)
    ask(page, "Does cold laser therapy raise collagen?")
    found["only claimed"] = violations(page, LAST)
    ask(page, "Which mountain is the highest in Bolivia?")
    found["refusal"] = violations(page, LAST)
    ask(page, "I have sudden crushing chest pain and cannot breathe")
    expect(page.locator(".turn .reply.emergency")).to_be_visible()
    found["emergency"] = violations(page, LAST)
    page.get_by_role("button", name="Something is wrong").last.click()
    found["judging"] = violations(page, "dialog[open]")
    page.keyboard.press("Escape")
    menu(page)
    found["menu"] = violations(page, "dialog.menu")
    close_menu(page)
    page.fill("#question", "does laser help")
    expect(page.locator(".offers [role=option]").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    found["offers"] = violations(page)
    page.fill("#question", "")
    page.click(".ask")
    found["problem"] = violations(page, ".composer")
    page.keyboard.press("ArrowUp")
    found["editing"] = violations(page, ".composer")
    page.keyboard.press("Escape")
    ask(page, "does laser help")
    line = page.locator(".note.alarm .line")
    expect(line).to_be_visible()
    found["folded"] = violations(page, LAST)
    line.click()
    expect(page.locator(".note.alarm .dealt")).to_be_visible()
    found["folded, opened"] = violations(page, LAST)
    page.get_by_role("button", name="Documents", exact=True).click()
    expect(page.locator(".documents .list li").first).to_be_visible()
    found["documents"] = violations(page, "section.documents")
    page.locator(".documents .title").first.click()
    expect(page.locator(".source-head")).to_be_visible()
    found["whole document"] = violations(page, "dialog.source")
    print(f"axe-core on {len(found)} views: {sum(map(len, found.values()))} violations")
    assert {view: faults for view, faults in found.items() if faults} == {}


@pytest.mark.parametrize("size", [DESKTOP, (640, 400)], ids=["desktop", "desktop at 200 %"])
def test_an_emergency_stands_alone(open_page: OpenPage, address: str, size: tuple[int, int]) -> None:
    page = open_page(address, size=size)
    ask(page, "How long does a cold laser session last?")
    ask(page, "I have sudden crushing chest pain and cannot breathe")
    emergency = page.locator(".turn").last
    expect(emergency.locator(".reply.emergency")).to_be_visible()
    expect(page.locator("dialog.source")).to_be_hidden()
    assert emergency.locator("[data-citation], .suggestions, .how, .quote").count() == 0
    expect(emergency.locator('.whole .tap[href="tel:999"]')).to_be_in_viewport()
    expect(page.locator('[data-live="alert"]')).not_to_be_empty()


@SIZES
def test_nothing_in_a_document_its_title_or_its_name_runs(
    open_page: OpenPage, hostile: str, size: tuple[int, int]
) -> None:
    page = open_page(hostile, size=size)
    ask(page, "By how much do zinc lozenges shorten a common cold in adults?")
    expect(page.locator(".turn .quote").first).to_be_visible()
    page.locator('[data-citation="1"]').first.click()
    expect(page.locator("mark.current").first).to_be_visible()
    assert "<img src=x onerror" in str(page.locator(".source-text").text_content())
    page.keyboard.press("Escape")
    # What indexing would have set aside as orders to a program, put into the kept reply by hand.
    page.evaluate(
        """hostile => {
            const [key] = Object.keys(localStorage).filter(key => key.startsWith("lightqa.turn."));
            const kept = JSON.parse(localStorage[key]);
            const { reply } = kept;
            for (const citation of reply.citations) {
                Object.assign(citation, { title: hostile, section: hostile, source_kind: hostile });
                citation.quote = hostile;
            }
            reply.sentences[0].text = reply.understood_as = hostile;
            reply.notes = [{ kind: `x" onclick="${hostile}`, text: hostile, citations: [1] }];
            reply.suggestions = [`" onfocus="window.harmed=1" autofocus x="${hostile}`];
            localStorage[key] = JSON.stringify(kept);
        }""",
        HOSTILE,
    )
    page.reload()
    expect(page.locator(".turn .quote").first).to_have_text(HOSTILE)
    page.locator(".turn .how summary").click()
    expect(page.locator(".how .passages li").first).to_contain_text("<script>")
    page.get_by_role("button", name="Documents", exact=True).click()
    expect(page.locator(".documents .list")).to_contain_text("<script>")
    page.get_by_role("button", name="Chat", exact=True).click()
    ask(page, f"{HOSTILE} {{{{7*7}}}} ${{window.harmed='question'}}")
    page.reload()
    expect(page.locator(".turn")).to_have_count(2)
    page.evaluate("fetch('welcome')")  # By then what loads at once would have run.
    assert page.evaluate("window.harmed") is None
    inside = ".turns :is(img, script, b), dialog :is(img, script, b), .documents :is(img, script, b)"
    assert page.locator(inside).count() == 0
    handlers = "[onmouseover], [onerror], [onclick], [onfocus], a[href^='javascript:']"
    assert page.locator(f"lightqa-page :is({handlers})").count() == 0


def test_a_script_that_did_get_into_the_page_is_not_run_by_the_browser(
    open_page: OpenPage, browser: Any, address: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    page.evaluate(
        """() => {
            document.body.insertAdjacentHTML('beforeend', `<img src="data:," onerror="window.harmed = 1">`);
            const script = document.createElement('script');
            script.textContent = 'window.harmed = 2';
            document.body.append(script);
            const image = document.querySelector('[onerror]');
            return new Promise(end => image.addEventListener('error', end));
        }"""
    )
    assert page.evaluate("window.harmed") is None
    context.close()


def test_the_browser_itself_lets_nothing_out(browser: Any, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    outside: list[str] = []
    page.on("request", lambda request: outside.append(request.url) if address not in request.url else None)
    page.goto(address)
    expect(page.locator(".examples button").first).to_be_visible()
    assert outside == []
    tried = page.evaluate(
        """async () => {
            const image = new Image();
            const shown = new Promise(end => {
                image.onload = () => end('loaded');
                image.onerror = () => end('no');
            });
            image.src = 'http://192.0.2.1/pixel.png';
            const fetched = await fetch('http://192.0.2.1/').then(() => 'fetched', () => 'no');
            return [await shown, fetched];
        }"""
    )
    assert tried == ["no", "no"]
    context.close()


def test_text_from_right_to_left_is_laid_out_so(open_page: OpenPage, hostile: str) -> None:
    page = open_page(hostile)
    page.get_by_role("button", name="Documents", exact=True).click()
    page.locator(".documents .title").first.click()
    line = page.locator(".source-text p", has_text="אבץ")
    expect(line).to_be_visible()
    assert line.evaluate("line => getComputedStyle(line).direction") == "rtl"
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Chat", exact=True).click()
    ask(page, "מה אומרים על אבץ?")
    question = page.locator(".turn .question").last
    assert question.evaluate("line => getComputedStyle(line).direction") == "rtl"


@pytest.mark.parametrize("size", [PHONE, (640, 400)], ids=["phone", "desktop at 200 %"])
def test_nothing_is_cut_off_or_needs_sideways_scrolling(
    open_page: OpenPage, address: str, size: tuple[int, int]
) -> None:
    page = open_page(address, size=size)
    ask(page, "Does cold laser therapy help chronic low back pain?")
    page.locator('[data-citation="1"]').first.click()
    expect(page.locator("mark.current").first).to_be_in_viewport()
    for part in ("html", ".turns", "dialog.source", ".source-text", ".source-bar", ".bar"):
        fits = page.locator(part).evaluate("part => part.scrollWidth <= part.clientWidth + 1")
        assert fits, f"{part} is wider than the screen"
    for button in page.locator(".source-bar button:visible").all():
        expect(button).to_be_in_viewport(ratio=1)
    page.keyboard.press("Escape")
    expect(page.locator("#question")).to_be_in_viewport()
    turns = page.locator(".turns").bounding_box()
    assert turns and turns["height"] >= 120


def test_what_moves_stands_still_where_people_ask_for_it(open_page: OpenPage, address: str) -> None:
    page = open_page(address, reduced_motion="reduce")
    ask(page, "How long does a cold laser session last?")
    assert page.locator(".turns").evaluate("turns => getComputedStyle(turns).scrollBehavior") == "auto"
    page.evaluate(
        "document.querySelector('.replied').insertAdjacentHTML('beforeend', '<p class=working>Looking</p>')"
    )
    assert page.locator(".working").evaluate("line => getComputedStyle(line).animationName") == "none"


def test_a_page_at_rest_asks_for_no_frame(open_page: OpenPage, address: str) -> None:
    page = open_page(address)
    page.add_init_script(
        "let frames = 0; const next = window.requestAnimationFrame.bind(window);"
        "window.requestAnimationFrame = (callback) => { frames += 1; return next(callback); };"
        "window.framesAskedFor = () => frames;"
    )
    page.reload()
    started(page)
    resting = """async () => {
        for (let turn = 0; turn < 20; turn++) {
            const before = framesAskedFor();
            await new Promise((go) => setTimeout(go, 500));
            if (framesAskedFor() === before) return before;
        }
        return -1;
    }"""
    assert page.evaluate(resting) > 0


def test_the_theme_follows_the_system_and_the_persons_choice(open_page: OpenPage, address: str) -> None:
    def paper(page: Page) -> str:
        return str(page.locator("lightqa-page").evaluate("page => getComputedStyle(page).backgroundColor"))

    dark, light = open_page(address, scheme="dark"), open_page(address, scheme="light")
    assert paper(dark) != paper(light)
    menu(light)
    light.get_by_role("button", name="Dark", exact=True).click()
    assert paper(light) == paper(dark)
    light.reload()
    menu(light)
    expect(light.get_by_role("button", name="Light", exact=True)).to_be_visible()
    assert paper(light) == paper(dark)


def test_the_whole_way_by_keyboard_alone(open_page: OpenPage, address: str) -> None:
    """From a question to its citation, to a page to take along, to a document; no mouse, and no script."""
    page = open_page(address)

    def reach(key: str, condition: str) -> None:
        for _ in range(60):
            page.keyboard.press(key)
            if page.evaluate(f"(({{ activeElement: it }}) => {condition})(document)"):
                return
        raise AssertionError(f"{condition} is not reached with {key}")

    def named(words: str) -> str:
        return f"it.textContent.trim().startsWith({words!r})"

    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to the question")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#question")).to_be_focused()
    page.keyboard.type("How long does a cold laser session last?")
    page.keyboard.press("Enter")
    expect(page.locator(".turn .quote").first).to_be_visible()
    expect(page.locator("#question")).to_be_focused()
    reach("Shift+Tab", "it.matches('[data-citation]')")
    page.keyboard.press("Enter")
    expect(page.locator(".source-text")).to_be_focused()
    expect(page.locator("mark.current").first).to_contain_text("10 to 20 minutes")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('[data-citation]')")
    reach("Shift+Tab", named("This conversation"))
    page.keyboard.press("Enter")
    reach("Tab", named("For my appointment"))
    with page.expect_popup() as opened:
        page.keyboard.press("Enter")
    expect(opened.value.locator("main")).to_contain_text("10 to 20 minutes")
    page.bring_to_front()
    reach("Shift+Tab", named("Documents"))
    page.keyboard.press("Enter")
    expect(page.locator(".documents .title").first).to_be_visible()
    reach("Tab", "it.matches('.documents .title')")
    page.keyboard.press("Enter")
    expect(page.locator(".source-text")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".documents .title").first).to_be_focused()
