"""Mail as it was saved (.eml, .msg), and web pages saved as mail is (.mhtml)."""

from __future__ import annotations

import email
import io
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr
from typing import Any

from index.errors import DocumentError
from index.markup import stretches
from index.said import Said, say
from index.types import Document
from index.web import decode_page, read_page_source, web_encoding, without_hidden


def read_mail(path: str, data: bytes) -> Document:
    """A .eml file: the subject is the title; attachments are named as not read.

    Raises:
        DocumentError: It is no mail, or holds no text.
    """
    message = email.message_from_bytes(data, policy=default)
    if not isinstance(message, EmailMessage) or not message.keys():
        raise DocumentError(path, say("is damaged or no mail at all"))
    body = message.get_body(("plain", "html"))
    text = ""
    if body is not None:
        source = _decoded(path, body)
        text = _from_html(source) if body.get_content_type() == "text/html" else source
    unread = [
        say("attachment {name} is not read", name=part.get_filename() or part.get_content_type())
        for part in message.iter_attachments()
    ]
    date = getattr(message["date"], "datetime", None)
    writer = parseaddr(str(message["from"] or ""))[0]
    return _document(path, str(message["subject"] or ""), writer, text, date, unread)


def read_outlook(path: str, data: bytes) -> Document:
    """A .msg file, as Outlook saves mail.

    Raises:
        DocumentError: It is no mail, or holds no text.
    """
    from oxmsg import Message
    from oxmsg.domain.constants import PID_HTML

    message = Message.load(io.BytesIO(data))
    # A page says itself which letters its bytes are; the message's own field for it is often missing.
    page = message.properties.binary_prop_value(PID_HTML)
    source = decode_page(path, page) if page else message.html_body
    text = message.body or (_from_html(source) if source else "")
    names = (attachment.file_name or attachment.mime_type or "" for attachment in message.attachments)
    unread = [say("attachment {name} is not read", name=name) for name in names]
    writer = parseaddr(message.sender or "")[0]
    return _document(path, message.subject or "", writer, text, message.sent_date, unread)


def read_saved_page(path: str, data: bytes) -> Document:
    """A .mhtml file: the page that was saved, without its pictures.

    Raises:
        DocumentError: It holds no page, or no main text is found in it.
    """
    message = email.message_from_bytes(data, policy=default)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            return read_page_source(path, _decoded(path, part))
    raise DocumentError(path, say("is damaged or no saved web page at all"))


def _decoded(path: str, part: Any) -> str:
    """The text of a part, by its own declaration where it holds."""
    payload: bytes = part.get_payload(decode=True) or b""
    try:
        return payload.decode(web_encoding(part.get_content_charset() or "utf-8"))
    except (LookupError, UnicodeDecodeError):
        return decode_page(path, payload)


def _from_html(source: str) -> str:
    from lxml import html

    if not source.strip():
        return ""
    tree = html.document_fromstring(source.encode("utf-8", "replace"), html.HTMLParser(encoding="utf-8"))
    return "\n\n".join(stretch.text for stretch in stretches(without_hidden(tree)))


def _document(path: str, subject: str, writer: str, text: str, date: Any, unread: list[Said]) -> Document:
    if not text.strip():
        raise DocumentError(path, say("holds no text; nothing can be quoted from it"))
    if name := " ".join(writer.split()):
        # Who says "I" in it.
        text = f"## {name}\n\n{text}"
    metadata = {"date": date.date().isoformat()} if date else {}
    title = " ".join(subject.split())
    return Document(path=path, title=title, text=text, metadata=metadata, unread=tuple(unread))
