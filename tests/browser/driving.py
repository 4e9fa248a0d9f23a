"""What a person does on the page, for the tests to say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, Route, expect

DESKTOP, PHONE = (1280, 800), (360, 740)

OpenPage = Callable[..., Page]


def started(page: Page) -> None:
    """Waits until the page's own script has put it together, the conversation that was open in it."""
    page.locator("lightqa-page .box[contenteditable]").wait_for()


def ask(page: Page, question: str) -> None:
    """Types a question and waits until it has its reply."""
    # A page that was just loaded does not show yet what was asked before.
    started(page)
    turns = page.locator(".turn").count()
    page.fill("#question", question)
    page.keyboard.press("Enter")
    expect(page.locator(".turn")).to_have_count(turns + 1)
    expect(page.locator(".turn").last).not_to_have_attribute("aria-busy", "true")
    at_rest(page)


def at_rest(page: Page) -> None:
    """Waits until the source that was asked for is there."""
    expect(page.locator("dialog.source[aria-busy=true]")).to_have_count(0)


def copied(page: Page, beginning: str) -> str:
    """What lies on the clipboard, once it begins so."""
    return str(
        page.evaluate(
            """async beginning => {
                const start = performance.now();
                for (;;) {
                    const words = await navigator.clipboard.readText();
                    if (words.startsWith(beginning) || performance.now() - start > 20_000) return words;
                    await new Promise(requestAnimationFrame);
                }
            }""",
            beginning,
        )
    )


def read_all(account: Locator) -> None:
    """Waits until the account of some files is closed: each is read or refused, and all is indexed."""
    expect(account).to_have_attribute("aria-busy", "false", timeout=240_000)


def meet(page: Page, address: str, how: Callable[[Route], object]) -> None:
    """Meets the page's requests to an address from now on, instead of the server.

    The page itself hears of it a little later than the browser says: until then its requests go past.
    """
    page.route(address, how)
    page.route("**/robots.txt", lambda route: route.fulfill(body="met"))
    page.wait_for_function(
        "async () => await (await fetch('robots.txt', { cache: 'no-store' })).text() === 'met'"
    )
    page.unroute("**/robots.txt")


class Held:
    """Requests that are kept waiting, as on a slow network, until the test lets them go."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.routes: list[Route] = []
        self.open = False
        meet(page, address, self._meet)

    def _meet(self, route: Route) -> None:
        if self.open:
            route.continue_()
        else:
            self.routes.append(route)

    def let_go(self) -> None:
        """Lets those go on that are kept, at least one, and all that come after them."""
        kept = self._kept()
        self.open = True
        for route in kept:
            route.continue_()

    def lose(self) -> None:
        """Loses those that are kept, at least one, as where the connection breaks."""
        for route in self._kept():
            route.abort()

    def _kept(self) -> list[Route]:
        for _ in range(2000):
            if self.routes:
                return self.routes
            self.page.wait_for_timeout(10)
        raise AssertionError("nothing was asked for")


def drag(page: Page, place: str, *paths: Path, drop: bool = True) -> None:
    """Drags files and folders of this machine over a place of the page, as its own file manager does."""
    box = page.locator(place).bounding_box()
    assert box is not None
    at = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    data = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
    browser = page.context.new_cdp_session(page)
    for step in ("dragEnter", "dragOver", "drop")[: 3 if drop else 2]:
        browser.send("Input.dispatchDragEvent", {"type": step, "data": data, **at})
    browser.detach()


def menu(page: Page) -> None:
    """Opens the side bar, where it does not stand beside the chat already, and "This conversation" in it."""
    # Only when the page is there does it stand where it belongs.
    started(page)
    if not page.locator("dialog.menu").is_visible():
        page.get_by_role("button", name="Menu", exact=True).click()
    this = page.locator("dialog.menu .this")
    if this.is_visible() and this.get_attribute("open") is None:
        this.locator("summary").click()


def close_menu(page: Page) -> None:
    """Closes the side bar where it lies over the chat."""
    if page.locator("dialog.menu:modal").count():
        page.keyboard.press("Escape")


def offered(page: Page) -> list[str]:
    """The questions asked in advance that the page may offer."""
    rows = page.evaluate("fetch('offered').then(response => response.json())")["questions"]
    return [question for question, _ in rows]


def kept_reply(page: Page) -> Any:
    """The first reply of the open conversation, as this browser keeps it."""
    return page.evaluate(
        """() => {
            const turns = Object.keys(localStorage).filter(key => key.startsWith("lightqa.turn."));
            const kept = turns.map(key => JSON.parse(localStorage[key]));
            return kept.sort((one, other) => one.asked < other.asked ? -1 : 1)[0].reply;
        }"""
    )
