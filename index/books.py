"""EPUB books: the chapters in the order of the spine, each a page with its number."""

from __future__ import annotations

import posixpath
import zipfile
from typing import Any
from urllib.parse import unquote

from index.archives import checked_archive
from index.errors import DocumentError
from index.markup import page_text
from index.said import Said, say
from index.types import Document
from index.web import decode_page

_CONTAINER = "META-INF/container.xml"


def read_book(path: str, data: bytes) -> Document:
    """A .epub file.

    Raises:
        DocumentError: It is damaged or protected.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    with zipfile.ZipFile(checked_archive(path, data, ".epub")) as parts:
        names = set(parts.namelist())
        if "META-INF/rights.xml" in names or "META-INF/sinf.xml" in names:
            raise DocumentError(path, say("is protected; only a book without protection can be read"))
        container = etree.fromstring(parts.read(_CONTAINER), parser)
        package_name = _first(container, "//*[local-name()='rootfile']/@full-path")
        package = etree.fromstring(parts.read(package_name), parser)
        folder = posixpath.dirname(package_name)
        files = {
            item.get("id"): posixpath.normpath(posixpath.join(folder, unquote(item.get("href") or "")))
            for item in package.xpath("//*[local-name()='manifest']/*[local-name()='item']")
        }
        contents = set(
            package.xpath("//*[local-name()='item'][contains(concat(' ', @properties, ' '), ' nav ')]/@id")
        )
        text = ""
        starts: list[int] = []
        unread: list[Said] = []
        for reference in package.xpath("//*[local-name()='spine']/*[local-name()='itemref']/@idref"):
            if reference in contents:
                continue  # the table of contents says nothing that its chapters do not
            name, number = files.get(reference, ""), str(len(starts) + 1)
            if name not in names:
                held = {"number": number, "name": name or reference}
                unread.append(say("chapter {number} ({name}) is not in the file", **held))
                continue
            chapter = page_text(decode_page(path, parts.read(name)))
            if not chapter:
                unread.append(say("chapter {number} has no text (a picture, or empty)", number=number))
            starts.append(len(text) + 2 if text and chapter else len(text))
            text += ("\n\n" if text and chapter else "") + chapter
    title = " ".join(_first(package, "//*[local-name()='metadata']/*[local-name()='title']/text()").split())
    date = _first(package, "//*[local-name()='metadata']/*[local-name()='date']/text()")[:10]
    return Document(
        path=path,
        title=title,
        text=text,
        pages=tuple(starts),
        labels=tuple(f"chapter {number}" for number in range(1, len(starts) + 1)),
        metadata={"date": date} if date else {},
        unread=tuple(unread),
    )


def _first(tree: Any, where: str) -> str:
    return next(iter(tree.xpath(where)), "")
