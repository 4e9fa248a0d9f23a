"""The list of what is indexed, as a fragment of the page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from html import escape
from pathlib import Path, PurePath

from index.account import FileAccount, accounts
from index.kept import Kept
from index.search import PassageIndex
from ui.render import kind_badge
from ui.sources import dated
from ui.texts import counted, day, day_of, spoken, t


def html(index: PassageIndex, removable: list[str], *, with_kept: bool = False) -> str:
    """Every document with its kind, passages, date and file name: those added here first, then by title.

    Args:
        index: What is indexed.
        removable: Paths of the documents that may be removed here.
        with_kept: Whether to list the questions whose answers were kept, to be taken back.
    """
    documents = sorted((index.document(path) for path in index.paths()), key=lambda d: d.title.casefold())
    documents.sort(key=lambda document: -_added(document.path) if document.path in removable else 1)
    told = {account.path: account for account in accounts(index)}
    passages = sum(account.passages for account in told.values())
    built = datetime.fromisoformat(index.manifest["built"])
    items = []
    for document in documents:
        account = told.pop(document.path)
        facts = [*_read(account), *dated(document)]
        told_facts = " · ".join(f"<span>{escape(fact)}</span>" for fact in facts)
        path = escape(document.path)
        remove = ""
        if document.path in removable:
            remove = (
                f'<button type="button" class="remove" aria-live="polite" data-remove="{path}" '
                f'aria-label="{t("Remove {title}", title=escape(document.title))}">{t("Remove")}</button>'
            )
        items.append(
            f'<li><div><button type="button" class="title" data-document="{path}" dir="auto">'
            f"{escape(document.title)}</button><p>{kind_badge(document.kind)} {told_facts}</p>"
            f'<p class="path" dir="auto">{escape(PurePath(document.path).name)}</p>'
            f'{_unread(account)}</div><div class="row">{_only(document.path)}{remove}</div></li>'
        )
    for account in told.values():
        items.append(
            f'<li><div><p class="title" dir="auto">{escape(PurePath(account.path).name)}</p>'
            f"{_unread(account)}</div></li>"
        )
    return (
        f'<p class="about">{counted(len(documents), "document")}, {counted(passages, "passage")} · '
        f'{t("indexed on")} <time datetime="{built:%Y-%m-%d}">{day(built)}</time>. '
        f"{t('Every answer is quoted from these and from nothing else.')}</p>"
        f'<ul class="list">{"".join(items)}</ul>{_kept(index.kept.all()) if with_kept else ""}'
    )


def _added(path: str) -> float:
    """When a document was added, in seconds since 1970."""
    try:
        return Path(path).stat().st_mtime
    except OSError:
        return 0.0


def _only(path: str) -> str:
    words = t("Ask only this document")
    return f'<button type="button" class="only" data-only="{escape(path)}">{words}</button>'


def _kept(kept: Sequence[Kept]) -> str:
    """The questions that were kept, newest first; nothing where there are none."""
    items = [
        f'<li><div><p dir="auto">{escape(each.question)}</p>'
        f'<p class="path">{t("kept on")} <time datetime="{each.date}">{escape(day_of(each.date))}</time> · '
        f'<span dir="auto">“{escape(each.quote.words)}”</span></p></div>'
        f'<button type="button" class="remove" aria-live="polite" data-forget="{escape(each.id)}" '
        f'aria-label="{t("Take back {question}", question=escape(each.question))}">'
        f"{t('Take back')}</button></li>"
        for each in reversed(kept)
    ]
    if not items:
        return ""
    return (
        f'<h3>{t("Answers you kept")}</h3><p class="about">'
        f"{t('Questions like these are answered with these words first.')} "
        f"{t('They are kept on this machine alone.')}</p>"
        f'<ul class="list">{"".join(items)}</ul>'
    )


def _unread(account: FileAccount) -> str:
    """What of a file is not in the index, and why."""
    if not account.unread:
        return ""
    what = t("Not all read") if account.passages else t("Not read")
    why = escape("; ".join(map(spoken, account.unread)))
    return f'<p class="unread"><strong>{what}</strong>: <span dir="auto">{why}.</span></p>'


def _read(account: FileAccount) -> list[str]:
    """What was read of a file, by what can be counted in it."""
    found = ((account.pages, "page"), (account.passages, "passage"), (account.tables, "table"))
    told = [counted(count, noun) for count, noun in found if count]
    by_sight = t("by text recognition: p. {pages}", pages=account.recognised_pages)
    return [*told, by_sight] if account.recognised else told
