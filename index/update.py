"""Documents added to an index or taken out of it: only the segments that hold what changes are written."""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Sequence
from dataclasses import replace
from os.path import abspath, isabs, join
from pathlib import Path

from index.asked import files_there
from index.carried_models import carry_reader
from index.change_over import link_folder, new_generation
from index.embed import Progress
from index.embedded import EmbeddedIndex
from index.errors import StoreError
from index.generation import name_and_fingerprint
from index.new_generation import BuildReport, Changes, finish
from index.opened import ENCODER, not_indexed
from index.said import Said
from index.search import PassageIndex
from index.segment import HEADINGS, SEGMENTS, SMALL, Segment, asking_headings
from index.segment_writer import HOME, SegmentWriter
from index.sidecar import Entry, Quote, sidecar_of
from index.types import Asked, Document


def update(
    folder: str | Path,
    *,
    add: Sequence[Document] = (),
    remove: Collection[str] = (),
    not_read: Sequence[tuple[str, Said]] = (),
    progress: Progress = lambda doing, done, total: None,
) -> BuildReport:
    """Add documents to an index, or take some out, and put the new generation in force.

    Only the segments that hold what changes are written anew: what was removed is in no file any more, and
    the rest is neither copied nor read. Encoder, reader and settings stay.

    Args:
        folder: An index.
        add: Documents; one of a file that is in the index already takes the other's place, and its path.
        remove: Paths of documents, or of files that could not be read; LightqaError where the index knows no
            such file.
        not_read: Further files that could not be read, each with the reason.
        progress: Called as the work goes on.

    Raises:
        IndexMissing, IndexDamaged: There is no index that can be trusted. IndexBusy: another process builds
            here. IndexFolderError: Nothing would be left.
    """
    began = time.perf_counter()
    folder = Path(folder)
    name_and_fingerprint(folder)  # where there is no index, no folder is made for one
    with new_generation(folder) as generation:
        before = PassageIndex.open(folder)
        if not isinstance(before, EmbeddedIndex):
            raise StoreError(
                "An index whose passages lie in Milvus is built whole: lightqa index with all its files."
            )
        # However a path is written, and from wherever it is seen, it is of one file.
        paths = before.paths()
        home = _home(before, paths)
        files = {path: abspath(join(home, path)) for path in (*paths, *(path for path, _ in before.not_read))}
        held = set(files.values())
        # The file where we are goes before the one that the index has by this name.
        named = {own if (own := abspath(path)) in held else files.get(path, own): path for path in remove}
        if missing := sorted(named[file] for file in named.keys() - held):
            raise not_indexed(missing[0])
        removed = tuple(path for path, file in files.items() if file in named)
        known = {files[path]: path for path in paths}
        add = [replace(each, path=known.get(abspath(each.path)) or _seen(each.path, home)) for each in add]
        not_read = [(_seen(path, home), reason) for path, reason in not_read]
        linked = link_folder(before.generation, ENCODER, generation)
        reader = carry_reader(before, None, list, generation, progress)
        changed = tuple(document.path for document in add if before.holds(document.path))
        renewed = {*named, *(abspath(join(home, document.path)) for document in add)}
        gone = frozenset(path for path in paths if files[path] in renewed)
        size: int = before.manifest["settings"]["passage_characters"]
        writer = SegmentWriter(generation, before.encoder, before, size, progress)
        writer.linked |= linked
        writer.home = home
        writer.asked_before = _asked_before(before, set(paths) - gone, home)
        segments = list(before.segments)
        fresh = [(document, writer.split(document)) for document in add]
        count = sum(len(passages) for _, passages in fresh)
        # A last segment that is small, or no larger than twice what comes after it, is written with that: few
        # segments stay, and each passage is written again but a few times however much is added.
        tail: list[Segment] = []
        while segments and segments[-1].passages <= max(SMALL, 2 * count):
            tail.insert(0, segments.pop())
            count += tail[0].passages
        if not add and not any(segment.catalog.holds(path) for segment in tail for path in gone):
            segments, tail = [*segments, *tail], []
        for segment in segments:
            if any(segment.catalog.holds(path) for path in gone):
                writer.write_again(segment, gone)
            else:
                writer.link(before.generation, segment)
        for segment in tail:
            writer.take(*segment.contents(gone))
        for document, passages in fresh:
            if passages:
                writer.take([document], passages)
        told = renewed.union(abspath(join(home, path)) for path, _ in not_read)
        still_not_read = [(path, reason) for path, reason in before.not_read if files[path] not in told]
        writer.close()
        added = tuple(document.path for document in add if document.path not in changed)
        changes = Changes(added, changed, removed)
        return finish(folder, writer, before, reader, changes, [*still_not_read, *not_read], began)


def _home(before: EmbeddedIndex, paths: Sequence[str]) -> str:
    """The folder from which the relative paths of an index are seen; "" is where we are.

    That of the build, unless the documents were moved with all that is around them, and we are there.
    """
    told = before.manifest["segments"][0].get(HOME, "")
    relative = [path for path in paths if not isabs(path)]
    for home in (told, ""):
        if home != os.getcwd() and files_there(join(home, path) for path in relative):
            return str(home)
    return "" if told == os.getcwd() else str(told)


def _seen(path: str, home: str) -> str:
    """A path that is seen from where we are, as it is to be seen from `home`."""
    return abspath(path) if home else path


def _asked_before(before: EmbeddedIndex, staying: Collection[str], home: str) -> list[Entry]:
    """The questions of sidecars that cannot be read, because what they stand beside is not where it was.

    Where nobody can tell which sidecar a question without a quote is from, it counts as one of those.
    """
    there = set(files_there(join(home, path) for path in staying))
    away = {path for path in staying if join(home, path) not in there}
    if not away:
        return []
    of_headings = {
        asked
        for segment in before.segments
        for asked in asking_headings(before.folder / SEGMENTS / segment.name / HEADINGS, segment.base)
    }
    found = []
    for asked in before.asked.all():
        if asked not in of_headings:
            entry = _entry(before, asked, away)
            documents = {quote.document for quote in (*entry.quotes, entry.nearest) if quote}
            if not documents or documents & away:
                found.append(entry)
    return found


def _entry(before: EmbeddedIndex, asked: Asked, away: Collection[str]) -> Entry:
    """A question as it would stand in a sidecar, with whole sentences for its quotes."""
    quotes = []
    for place in asked.places:
        first, last = (before.passages_by_id([place[at][0]])[0] for at in (0, -1))
        start, end = first.sentences[place[0][1]].start, last.sentences[place[-1][1]].end
        quotes.append(Quote(first.document, before.document(first.document).text[start:end]))
    beside = next((quote.document for quote in quotes if quote.document in away), "")
    if asked.answered:
        return Entry(sidecar_of(beside), asked.question, tuple(quotes))
    return Entry(sidecar_of(beside), asked.question, (), quotes[0] if quotes else None)
