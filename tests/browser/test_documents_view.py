"""Documents in the browser: whole folders, what was read of them and what not, tables, adding in the chat."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from driving import OpenPage, ask, at_rest, drag, kept_reply, meet, read_all
from playwright.sync_api import expect
from serving import served
from test_display import violations_in_every_light

from tests import making
from ui.library import Library

TABLE = """# Zinc doses

| Form of zinc | Elemental zinc a day | Days taken |
|---|---|---|
| Zinc gluconate lozenge | 13 mg | 7 days |
| Zinc acetate lozenge | 80 mg | 5 days |
"""


@pytest.fixture(scope="module")
def adding(shipped_index_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server to whose documents each test adds its own."""
    index = shutil.copytree(shipped_index_folder, tmp_path_factory.mktemp("adding") / "index")
    with served(Library(str(index)), allow_uploads=True) as address:
        yield address


def test_a_folder_of_many_kinds_is_accounted_for_and_its_table_is_cited_as_one(
    open_page: OpenPage, adding: str, tmp_path: Path
) -> None:
    folder = tmp_path / "zinc"
    (folder / "more").mkdir(parents=True)
    (folder / "doses.md").write_text(TABLE, encoding="utf-8")
    (folder / "more" / "doses.md").write_text("# Copper\n\nCopper is lost with zinc.\n", encoding="utf-8")
    (folder / "program.xyz").write_bytes(b"\0")
    (folder / "empty.md").write_text("\n", encoding="utf-8")
    page = open_page(adding, refusals=True)
    page.get_by_role("button", name="Documents", exact=True).click()
    titles = page.locator(".documents .list .title")
    expect(titles.first).to_be_visible()
    before = titles.count()
    page.set_input_files("#folder", folder)
    read_all(page.locator(".account"))
    expect(page.locator(".account .sum")).to_contain_text("2 of 4 files read.")
    rows = page.locator(".account tbody tr")
    told = {str(row.locator("td").first.text_content()): str(row.text_content()) for row in rows.all()}
    assert set(told) == {"zinc/doses.md", "zinc/more/doses.md", "zinc/program.xyz", "zinc/empty.md"}
    assert "is of a kind that is not read" in told["zinc/program.xyz"]
    assert "Zinc doses" in told["zinc/doses.md"] and "yes" in told["zinc/more/doses.md"]
    # New ones on top, and nothing of where anything lies on the machine.
    expect(titles).to_have_count(before + 2)
    assert set(titles.all_text_contents()[:2]) == {"Zinc doses", "Copper"}
    seen = str(page.locator("section.documents").inner_text())
    assert str(tmp_path) not in seen and "seeds/" not in seen and "lightqa index" not in seen
    page.get_by_role("button", name="Chat", exact=True).click()
    ask(page, "How much elemental zinc a day has a zinc acetate lozenge?")
    reply = kept_reply(page)
    row = next(citation for citation in reply["citations"] if "80 mg" in citation["quote"])
    page.locator(f'[data-citation="{row["number"]}"]').first.click()
    at_rest(page)
    table = page.locator("dialog.source .document table")
    expect(table).to_be_visible()
    expect(table.locator("tr.cited")).to_have_count(1)
    expect(table.locator("tr.cited")).to_contain_text("80 mg")
    expect(table.locator("th")).to_have_count(3)
    expect(table.locator("tr.cited mark").first).to_be_in_viewport()
    marks = page.locator(f'dialog.source mark[data-quote~="{row["number"]}"]').all_text_contents()
    assert "".join(marks) == row["quote"]
    # Arrows move the table, and no quote, while it has the focus.
    page.evaluate("addEventListener('keydown', (event) => (window.taken = event.defaultPrevented))")
    page.get_by_role("group", name="Table").focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("window.taken") is False
    page.keyboard.press("Escape")
    expect(page.locator("dialog.source")).to_be_hidden()
    page.locator(f'[data-citation="{row["number"]}"]').first.click()
    at_rest(page)
    assert violations_in_every_light(page, "dialog.source") == []


def test_files_and_a_folder_with_one_of_everything_are_dropped(
    open_page: OpenPage, adding: str, tmp_path: Path
) -> None:
    folder = tmp_path / "herbs"
    (folder / "older").mkdir(parents=True)
    for kind, data in making.EVERY_KIND.items():
        (folder / f"nettle{kind}").write_bytes(data)
    (folder / "older" / "nettle.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    (folder / "older" / "nettle.md").write_text("# Nettle soup\n\nIt is cooked for ten minutes.\n", "utf-8")
    alone = tmp_path / "empty.txt"
    alone.write_text("\n", encoding="utf-8")
    page = open_page(adding, refusals=True)
    page.get_by_role("button", name="Documents", exact=True).click()
    expect(page.locator(".documents .list li").first).to_be_visible()
    drag(page, ".documents .drop", folder, alone, drop=False)
    expect(page.locator(".documents .drop.over")).to_be_visible()
    drag(page, ".documents .drop", folder, alone)
    kinds = len(making.EVERY_KIND)
    expect(page.locator(".documents .drop.over")).to_have_count(0)
    account = page.locator(".adding .account")
    read_all(account)
    expect(account.locator(".sum")).to_contain_text(f"{kinds + 1} of {kinds + 3} files read.")
    rows = {
        str(row.locator("td").first.text_content()): str(row.text_content())
        for row in account.locator("tbody tr").all()
    }
    inside = {f"herbs/nettle{kind}" for kind in making.EVERY_KIND}
    assert set(rows) == {*inside, "herbs/older/nettle.doc", "herbs/older/nettle.md", "empty.txt"}
    assert "is of a kind that is not read" in rows["herbs/older/nettle.doc"]
    assert "page 2 has no text" in rows["herbs/nettle.pdf"] and "in part" in rows["herbs/nettle.pdf"]
    assert "yes" in rows["herbs/nettle.docx"] and "is empty" in rows["empty.txt"]
    assert account.locator("tr.refused").count() == 2
    listed = page.locator(".documents .list li", has_text="nettle.xlsx")
    expect(listed).to_contain_text("1 table")
    expect(listed.locator(".unread")).to_contain_text("sheet “Notes” is hidden")
    assert violations_in_every_light(page, "section.documents") == []
    german = open_page(adding, locale="de-DE")
    german.locator("[data-view=documents]").click()
    listed = german.locator(".documents .list li", has_text="nettle.xlsx")
    expect(listed.locator(".unread")).to_contain_text("Blatt „Notes“ ist ausgeblendet")
    page.locator(".documents .list li", has_text="nettle.xlsx").locator(".only").click()
    ask(page, "What is the dose of nettle?")
    quoted = page.locator(".turn table.quoted")
    expect(quoted.locator("th")).to_have_text(["Herb", "Dose", "Cost"])
    expect(quoted.locator("td").first).to_have_text("Nettle")
    quoted.evaluate("table => table.closest('li').style.width = '8rem'")
    lines = (
        "words => words.map(word => { const all = new Range(); all.selectNodeContents(word); return all; })"
    )
    lines += ".map(all => new Set([...all.getClientRects()].map(line => line.top)).size)"
    assert quoted.locator("th").evaluate_all(lines) == [1, 1, 1]  # however narrow it is
    quoted.evaluate("table => table.closest('li').style.width = ''")
    quoted.locator("xpath=following-sibling::p").locator("[data-citation]").last.click()
    expect(page.locator("dialog.source .document tr.cited").last).to_contain_text("3 g")


def test_a_document_is_attached_in_the_chat_and_asked_alone(
    open_page: OpenPage, adding: str, tmp_path: Path
) -> None:
    tea = tmp_path / "tea.md"
    tea.write_text("# Green tea\n\nGreen tea held 30 mg of caffeine a cup in one test.\n", encoding="utf-8")
    iron = tmp_path / "iron.md"
    iron.write_text("# Iron tablets\n\nIron tablets held 14 mg of iron.\n", encoding="utf-8")
    page = open_page(adding)
    page.set_input_files("#attachments", [iron, tea])
    attached = page.locator(".composer .attached")
    read_all(attached)
    expect(attached.locator(".sum")).to_contain_text("2 of 2 files read.")
    attached.get_by_role("button", name="Ask only this document").last.click()
    expect(page.locator(".scope strong")).to_have_text("Green tea")
    ask(page, "How much caffeine did green tea hold?")
    expect(page.locator(".turn .quote").first).to_contain_text("30 mg of caffeine a cup")


def test_what_breaks_on_the_way_is_told_and_ends_the_account(
    open_page: OpenPage, adding: str, tmp_path: Path
) -> None:
    note = tmp_path / "note.md"
    note.write_text("# Zinc\n\nZinc is a metal.\n", encoding="utf-8")
    page = open_page(adding, refusals=True)
    meet(page, "**/documents/index?*", lambda route: route.fulfill(body="<html>\n"))
    page.set_input_files("#attachments", note)
    attached = page.locator(".composer .attached")
    read_all(attached)
    expect(attached.locator(".sum")).to_contain_text("1 of 1 file read. lightqa cannot be reached.")
    page.get_by_role("button", name="Documents", exact=True).click()
    remove = page.get_by_role("button", name="Remove note.md")
    meet(page, "**/documents?document=*", lambda route: route.abort())
    for _ in range(2):
        remove.click()
        page.get_by_role("button", name="Press again to remove note.md").click()
        item = page.locator(".documents .list li", has_text="note.md")
        expect(item.get_by_role("alert")).to_contain_text("lightqa cannot be reached.")
        expect(remove).to_be_enabled()
        expect(item.locator(".title")).to_have_text("note.md")


def test_what_cannot_be_read_is_named_among_what_was_dropped(open_page: OpenPage, adding: str) -> None:
    page = open_page(adding)
    walked = page.evaluate(
        """async () => {
            const { dropped } = await import(new URL("web/dropped.js", document.baseURI));
            const broken = (succeed, fail) => fail(new DOMException("no leave"));
            const file = (name, read) => ({ name, fullPath: `/all/${name}`, isFile: true, file: read });
            const whole = file("a.md", (take) => take(new File(["A"], "a.md")));
            const inside = [[whole, file("b.md", broken)], []];
            const createReader = () => ({ readEntries: (take) => take(inside.shift()) });
            const folder = { name: "all", fullPath: "/all", createReader };
            const files = await dropped({ items: [{ webkitGetAsEntry: () => folder }] });
            return files.map(({ shown, unreadable }) => [shown, Boolean(unreadable)]);
        }"""
    )
    assert walked == [["all/a.md", False], ["all/b.md", True]]


def test_text_that_is_dragged_is_left_to_the_browser(open_page: OpenPage, adding: str) -> None:
    page = open_page(adding)
    taken = page.evaluate(
        """() => ["text", "file"].map((what) => {
            const dataTransfer = new DataTransfer();
            if (what === "text") dataTransfer.setData("text/plain", "knee");
            else dataTransfer.items.add(new File(["knee"], "knee.md"));
            const drag = new DragEvent("dragover", { dataTransfer, bubbles: true, cancelable: true });
            return !document.querySelector("#question").dispatchEvent(drag);
        })"""
    )
    assert taken == [False, True]


def test_why_a_file_was_not_read_is_said_in_the_language_of_the_page(
    open_page: OpenPage, adding: str, tmp_path: Path
) -> None:
    empty, damaged = tmp_path / "leer.md", tmp_path / "kaputt.pdf"
    empty.write_text("\n", encoding="utf-8")
    damaged.write_bytes(b"%PDF-1.7 and no more")
    page = open_page(adding, locale="de-DE", refusals=True)
    page.locator("[data-view=documents]").click()
    page.set_input_files("#files", [empty, damaged])
    account = page.locator(".adding .account")
    expect(account.locator(".sum")).to_contain_text("0 von 2 Dateien gelesen.")
    rows = account.locator("tbody tr")
    expect(rows.nth(0)).to_contain_text("ist leer")
    expect(rows.nth(1)).to_contain_text("ist beschädigt oder gar kein PDF")
