"""The list of what is indexed, as a fragment of the page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from html import escape
from pathlib import Path, PurePath

from index.account import FileAccount, account_of, unread_account
from index.kept import Kept
from index.search import PassageIndex
from qa.said import say
from ui.render import kind_badge
from ui.sources import dated
from ui.texts import counted, day, day_of, spoken, t


def html(index: PassageIndex, removable: list[str], *, with_kept: bool = False) -> str:
    """Every document with its kind, passages, date and file name: those added here first, then by title.

    Args:
        index: What is indexed.
        removable: Paths of the documents that may be removed here; some may not be indexed yet.
        with_kept: Whether to list the questions whose answers were kept, to be taken back.
    """
    titles = index.titles()
    added = {path: _added(path) for path in removable}
    paths = sorted(titles, key=lambda path: (-added.get(path, -1), titles[path].casefold()))
    built = datetime.fromisoformat(index.manifest["built"])
    items = []
    for path in paths:
        document = index.document(path)  # one at a time: all the texts together may be very long
        account = account_of(index, document)
        facts = [*_read(account), *dated(document)]
        told_facts = " · ".join(f"<span>{escape(fact)}</span>" for fact in facts)
        remove = _remove(path, document.title) if path in removable else ""
        items.append(
            f'<li><div><button type="button" class="title" data-document="{escape(path)}" dir="auto">'
            f"{escape(document.title)}</button><p>{kind_badge(document.kind)} {told_facts}</p>"
            f'<p class="path" dir="auto">{escape(PurePath(path).name)}</p>'
            f'{_unread(account)}</div><div class="row"><button type="button" class="only" '
            f'data-only="{escape(path)}">{t("Ask only this document")}</button>{remove}</div></li>'
        )
    waits = say("is not in the index; add it again, or remove it")
    not_indexed = dict(index.not_read) | {path: waits for path in removable if path not in titles}
    for path, reason in not_indexed.items():
        name = PurePath(path).name
        remove = f'<div class="row">{_remove(path, name)}</div>' if path in removable else ""
        items.append(
            f'<li><div><p class="title" dir="auto">{escape(name)}</p>'
            f"{_unread(unread_account(path, reason))}</div>{remove}</li>"
        )
    passages: int = index.manifest["counts"]["passages"]
    return (
        f'<p class="about">{counted(len(paths), "document")}, {counted(passages, "passage")} · '
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


def _remove(path: str, title: str) -> str:
    return (
        f'<button type="button" class="remove" aria-live="polite" data-remove="{escape(path)}" '
        f'aria-label="{t("Remove {title}", title=escape(title))}">{t("Remove")}</button>'
    )


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
