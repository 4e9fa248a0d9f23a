"""A real server and a real Chromium, made once; a page that asks outside, or errs, fails its test."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from driving import DESKTOP, OpenPage, started
from serving import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from ui.library import Library

ROOT = Path(__file__).parent.parent.parent

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # Pages of one profile run in one process, in which the page's scripts are compiled once.
    "--process-per-site",
]

PATIENCE = 20_000
"""Milliseconds until what does not come is a failure. Three workers on two cores leave a page less than one
of them, and waiting costs nothing where it comes."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        reason = "needs Debian's chromium (apt-get install chromium)"
        if os.environ.get("LIGHTQA_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)


@pytest.fixture(scope="session")
def library(shipped_index_folder: Path) -> Library:
    from ui.library import Library

    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("LIGHTQA_COUNTRY", "GB")
        return Library(str(shipped_index_folder))


@pytest.fixture(scope="session")
def quoted_often(library: Library) -> str:
    """A question whose answer quotes at least two places of one document."""
    rows = (ROOT / "seeds" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    for question in (row["question"] for row in map(json.loads, rows) if row.get("question")):
        paths = [citation.document for citation in library.ask(question).citations]
        if len(paths) > len(set(paths)):
            return str(question)
    raise AssertionError("no question is answered with two quotes of one document")


@pytest.fixture(scope="session")
def with_claim(library: Library) -> str:
    """A question of effect that is answered in short, and on which an article claims something too."""
    things = ("infrared therapy", "cold laser", "light therapy")
    asked = (f"is {thing} {what}" for what in ("proven", "effective", "safe") for thing in things)
    for question in asked:
        places = [sentence.place for sentence in library.ask(question).sentences]
        if places and places[0] == "in short" and places[-1] == "claimed":
            return question
    raise AssertionError("no question of effect has a claim folded below its answer")


@pytest.fixture(scope="session")
def address(library: Library) -> Iterator[str]:
    """A server over the shipped documents."""
    with contextlib.chdir(ROOT), served(library) as address:
        yield address


@pytest.fixture(scope="session")
def address_with_everything(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server over the shipped documents with uploads and judgements switched on."""
    judged = str(tmp_path_factory.mktemp("judged") / "feedback.jsonl")
    with contextlib.chdir(ROOT), served(library, allow_uploads=True, feedback=judged) as address:
        yield address


class Profile:
    """A browser profile that tests use one after the other, each finding it empty but for cached files.

    What a page loads is some seventy files, and fetching them anew for every test took a third of the time. A
    page that no test sees stays open, so that the process stays as well, in which all others run.
    """

    def __init__(self, browser: Browser, options: dict[str, Any]) -> None:
        self.context = browser.new_context(**options)
        self.context.set_default_timeout(PATIENCE)
        self._standing = self.context.new_page()
        self._session = self.context.new_cdp_session(self._standing)
        self.address = ""
        self.refusals = False
        self.faults: list[str] = []
        self.context.on("request", self._on_request)
        self.context.on("console", self._on_message)
        self.context.on("weberror", lambda error: self.faults.append(f"script error: {error.error}"))

    def _on_request(self, request: Any) -> None:
        if not request.url.startswith((self.address, f"blob:{self.address}", "data:")):
            self.faults.append(f"outside request: {request.url}")

    def _on_message(self, message: Any) -> None:
        if message.type == "error" and not (self.refusals and "Failed to load resource" in message.text):
            self.faults.append(f"console: {message.text}")

    def opened(self, address: str, *, refusals: bool) -> Page:
        """A new page at an address; with `refusals`, what the server refuses is no fault."""
        if not self.address:
            self._standing.goto(f"{address}robots.txt")
        self.address, self.refusals = address, refusals
        page = self.context.new_page()
        page.goto(address)
        started(page)
        return page

    def emptied(self) -> list[str]:
        """Forgets all that a test left behind; what went wrong in it."""
        for page in self.context.pages:
            if page != self._standing:
                page.close()
        self.context.clear_cookies()
        everything = {"origin": self.address.rstrip("/"), "storageTypes": "all"}
        self._session.send("Storage.clearDataForOrigin", everything)
        faults, self.faults = self.faults, []
        return faults


@pytest.fixture(scope="session")
def profiles() -> dict[str, list[Profile]]:
    """Those that no test uses now, by what they were made with."""
    return {}


@pytest.fixture
def open_page(browser: Browser, profiles: dict[str, list[Profile]]) -> Iterator[OpenPage]:
    """Opens an address in an empty browser profile: `open_page(address, size=PHONE, scheme="dark")`.

    With `refusals=True`, a request that the server refuses on purpose is no fault of the page.
    """
    used: list[tuple[list[Profile], Profile]] = []

    def opened(
        address: str,
        *,
        size: tuple[int, int] = DESKTOP,
        scheme: Any = "light",
        refusals: bool = False,
        **options: Any,
    ) -> Page:
        options |= {"viewport": {"width": size[0], "height": size[1]}, "color_scheme": scheme}
        free = profiles.setdefault(json.dumps(options, sort_keys=True), [])
        profile = free.pop() if free else Profile(browser, options)
        used.append((free, profile))
        return profile.opened(address, refusals=refusals)

    yield opened
    faults = []
    for free, profile in used:
        faults += profile.emptied()
        free.append(profile)
    assert faults == []
