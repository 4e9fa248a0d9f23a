"""Mail as it was saved (.eml, .msg), and web pages saved as mail is (.mhtml)."""

from __future__ import annotations

import email
import functools
import io
import itertools
from collections.abc import Callable, Sequence
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr
from mimetypes import guess_extension
from typing import Any

from index.encodings import decode
from index.errors import DocumentError
from index.markup import page_text
from index.said import Said, say
from index.types import Document
from index.web import decode_page, read_page_source, web_encoding

Read = Callable[[str, bytes], Document]
"""Reads what is attached, by its name and its bytes; raises DocumentError where that cannot be."""

Attachment = tuple[str, Callable[[], Document]]
"""Its name, and what reads it."""

_DEEPEST = 3
"""Mails that are attached to one another at most."""

_MUCH_MORE = 3
"""Times the words of a plain version from which the page beside it is the text that was sent."""


def read_mail(path: str, data: bytes, read: Read) -> Document:
    """A .eml file: the subject is the title; attachments of known kinds and mails come after its text.

    Args:
        path, data: The file.
        read: Reads attachments; one that cannot be read is named.

    Raises:
        DocumentError: It is no mail.
    """
    message = email.message_from_bytes(data, policy=default)
    if not isinstance(message, EmailMessage) or not message.keys():
        raise DocumentError(path, say("is damaged or no mail at all"))
    return _read_message(path, message, read, _DEEPEST)


def _read_message(path: str, message: EmailMessage, read: Read, deepest: int) -> Document:
    text, brought = _parts(path, message)
    attached = [_attachment(path, part, read, deepest) for part in brought]
    date = getattr(_header(path, message, "date"), "datetime", None)
    writer = parseaddr(str(_header(path, message, "from")))[0]
    return _document(path, str(_header(path, message, "subject")), writer, text, date, attached)


def _header(path: str, message: EmailMessage, name: str) -> Any:
    """A field of a mail, empty where there is none; as it was written where it is broken beyond parsing.

    Old programs write their letters into it as bytes, without a word about their encoding.
    """
    written = next((str(value) for key, value in message.raw_items() if key.lower() == name), "")
    source = b"".join(written.encode("utf-8", "surrogateescape").splitlines())
    try:
        return default.header_factory(name, decode(path, source))
    except Exception:  # the parser raises whatever a broken field leads it to
        return source.decode("utf-8", "replace")


def _parts(path: str, part: Any) -> tuple[str, list[Any]]:
    """What a part of a mail says itself, and the parts that it brings beside that."""
    kind = part.get_content_type()
    if kind in ("text/plain", "text/html"):
        source = _decoded(path, part)
        return (page_text(source) if kind == "text/html" else source).strip(), []
    if part.get_content_maintype() != "multipart":
        return "", [part]
    if kind == "multipart/alternative":
        return _first_version(path, part)
    texts: list[str] = []
    brought: list[Any] = []
    for each in part.iter_parts():
        named = not each.is_multipart() and (each.is_attachment() or each.get_filename())
        text, others = ("", [each]) if named else _parts(path, each)
        texts.append(text)
        brought += others
    if kind == "multipart/related":  # its page shows the pictures
        brought = [each for each in brought if each.get_content_maintype() != "image"]
    return "\n\n".join(filter(None, texts)), brought


def _first_version(path: str, part: Any) -> tuple[str, list[Any]]:
    """The plain one of several versions of a text, if it says what the others do; and what any brings."""
    versions = sorted(part.iter_parts(), key=lambda each: each.get_content_type() != "text/plain")
    told = [_parts(path, each) for each in versions]
    brought = [others for each, (_, others) in zip(versions, told, strict=True) if others != [each]]
    return _fullest([text for text, _ in told]), list(itertools.chain.from_iterable(brought))


def _fullest(versions: Sequence[str]) -> str:
    """The first version of a text but where another has much more: "Your program shows no HTML" is none."""
    chosen = ""
    for text in versions:
        if len(text.split()) >= _MUCH_MORE * max(1, len(chosen.split())) or not chosen:
            chosen = text
    return chosen


def read_outlook(path: str, data: bytes, read: Read) -> Document:
    """A .msg file, as Outlook saves mail; with what is attached as `read_mail` has it."""
    from oxmsg import Message
    from oxmsg.domain.constants import PID_HTML

    message = Message.load(io.BytesIO(data))
    # A page says itself which letters its bytes are; the message's own field for it is often missing.
    page = message.properties.binary_prop_value(PID_HTML)
    source = decode_page(path, page) if page else message.html_body
    text = _fullest([(message.body or "").strip(), page_text(source or "")])
    attached = [
        _named(each.file_name, each.mime_type or "", each.file_bytes or b"", read)
        for each in message.attachments
    ]
    writer = parseaddr(message.sender or "")[0]
    return _document(path, message.subject or "", writer, text, message.sent_date, attached)


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


def _attachment(path: str, part: Any, read: Read, deepest: int) -> Attachment:
    """The name of an attachment, and what reads it."""
    if part.get_content_type() != "message/rfc822":
        content = part.get_payload(decode=True) or b""
        return _named(part.get_filename(), part.get_content_type(), content, read)
    inner = part.get_payload(0)
    if not deepest or not isinstance(inner, EmailMessage):
        return part.get_content_type(), functools.partial(read, "", b"")
    name = " ".join(str(_header(path, inner, "subject") or part.get_content_type()).split())
    return name, functools.partial(_read_message, path, inner, read, deepest - 1)


def _named(name: str | None, kind: str, content: bytes, read: Read) -> Attachment:
    """An attachment by its name; one without is called by its kind, which tells its extension too."""
    return name or kind, functools.partial(read, name or kind + (guess_extension(kind) or ""), content)


def _document(
    path: str, subject: str, writer: str, text: str, date: Any, attached: Sequence[Attachment]
) -> Document:
    parts = ["\n".join(text.strip().splitlines())]  # mail ends its lines with two signs
    if parts[0] and (name := " ".join(writer.split())):
        # Who says "I" in it.
        parts.insert(0, f"## {name}")
    unread: list[Said] = []
    for name, read in attached:
        try:
            document = read()
        except Exception:  # libraries raise whatever a damaged mail inside this one leads them to
            document = None
        # What was read from a picture is cited so by its page, and a mail has none.
        if document is None or document.recognised or not document.text:
            unread.append(say("attachment {name} is not read", name=name))
        else:
            parts += [f"# {name}", document.text[document.body :].strip()]
            unread += document.unread
    text = "\n\n".join(filter(None, parts))
    metadata = {"date": date.date().isoformat()} if date else {}
    title = " ".join(subject.split())
    return Document(path=path, title=title, text=text, metadata=metadata, unread=tuple(unread))
