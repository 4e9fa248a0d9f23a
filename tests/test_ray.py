"""An index built on workers of a real Ray of this machine, one of which is killed on the way."""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from index import on_ray
from index.build import build
from index.errors import DocumentError, EncoderError, WorkersError
from index.load import each_document, each_file
from index.on_ray import RayWorkers, ray_workers
from index.ray_itself import STORE_BYTES
from index.search import PassageIndex

PARTS = "knee shoulder back hip neck elbow wrist ankle jaw foot".split()
SAID = "was looked at for {} weeks in {} people, of whom most slept better and some walked farther"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some documents, two files that cannot be read, and one in which nothing can be quoted."""
    folder = tmp_path_factory.mktemp("documents")
    for number in range(20):
        part = PARTS[number % len(PARTS)]
        sentences = [f"Pain in the {part} {SAID.format(week, number + 7)}." for week in range(2, 14)]
        (folder / f"{number:02}.md").write_text(f"# The {part} {number}\n\n{' '.join(sentences)}\n")
    (folder / "05-empty.txt").touch()
    (folder / "15-broken.pdf").write_bytes(b"%PDF-1.7 and no more")
    (folder / "40-heading.md").write_text("# Only a heading\n")
    return folder


@pytest.fixture(scope="module")
def workers() -> Iterator[RayWorkers]:
    needs_ray()
    with pytest.MonkeyPatch.context() as patch, ray_workers("ray", 2) as workers:
        # Small blocks, so that a few documents are many of them.
        patch.setattr(on_ray, "FILES", 6)
        patch.setattr(on_ray, "BATCHES", 1)
        yield workers


def needs_ray() -> None:
    if find_spec("ray") is None:  # not imported: Ray reads the environment when it is
        pytest.skip("needs Ray: pip install 'lightqa[ray]'")


def processes(name: str) -> dict[int, str]:
    """Processes that this one started, by number, whose command line has the name in it."""
    own = f"LIGHTQA_TEST_ATTEMPTS={os.environ['LIGHTQA_TEST_ATTEMPTS']}"
    found = {}
    for place in Path("/proc").glob("[0-9]*"):
        try:
            command = (place / "cmdline").read_text().replace("\0", " ")
            if name in command and own in (place / "environ").read_text(errors="replace").split("\0"):
                found[int(place.name)] = command
        except OSError:  # gone by now, or another user's
            continue
    return found


def contents(index: Path) -> dict[str, Any]:
    """What lies in an index, without the moment at which it was built."""
    found: dict[str, Any] = {
        str(file.relative_to(index)): file.read_bytes() for file in index.rglob("*") if file.is_file()
    }
    del found["CURRENT"]  # the digest of the manifest, which has that moment
    manifest = next(name for name in found if name.endswith("manifest.json"))
    found[manifest] = json.loads(found[manifest]) | {"built": ""}
    return found


def test_a_build_on_workers_of_which_one_is_killed_is_that_of_one_process(
    workers: RayWorkers, folder: Path, shipped_index: PassageIndex, tmp_path: Path
) -> None:
    errors: list[DocumentError] = []
    not_read = lambda: [(error.path, error.reason) for error in errors]  # noqa: E731
    here = build(
        list(each_document([str(folder)], errors)), tmp_path / "here", like=shipped_index, not_read=not_read()
    )

    killed: list[int] = []

    def kill_half_way(doing: str, done: int, total: int) -> None:
        # Ray calls an idle process otherwise: this one is in the midst of its work.
        if doing == "Embedding" and 2 * done > total and not killed and (busy := processes("ray::Map")):
            killed.append(min(busy))
            os.kill(killed[0], signal.SIGKILL)

    errors.clear()
    documents = list(workers.documents(each_file([str(folder)]), errors))
    there = build(
        documents,
        tmp_path / "there",
        like=shipped_index,
        workers=workers,
        not_read=not_read(),
        progress=kill_half_way,
    )
    assert killed
    assert there.encoded == here.encoded > 0
    assert contents(tmp_path / "there") == contents(tmp_path / "here")

    again = build(documents, tmp_path / "there", workers=workers, not_read=not_read())
    assert (again.encoded, again.reused) == (0, there.encoded)


def test_a_build_of_few_passages_is_that_of_one_process(
    workers: RayWorkers, shipped_index: PassageIndex, tmp_path: Path
) -> None:
    lines = ["# Few"]
    for part in range(6):
        said = [f"Light was warm for {week} weeks in {part} people." for week in range(2, 4 + 3 * part)]
        lines += [f"## Part {part}", " ".join(said)]
    (tmp_path / "few.md").write_text("\n\n".join(lines))
    documents = list(each_document([str(tmp_path / "few.md")], []))
    for folder, others in (("here", None), ("there", workers)):
        build(documents, tmp_path / folder, like=shipped_index, workers=others)
    assert contents(tmp_path / "there") == contents(tmp_path / "here")


def test_documents_come_in_their_order_though_a_process_is_killed_and_few_are_held(
    workers: RayWorkers, folder: Path
) -> None:
    expected_errors: list[DocumentError] = []
    expected = list(each_document([str(folder)], expected_errors))
    taken: list[str | DocumentError] = []
    errors: list[DocumentError] = []

    def files() -> Iterator[str | DocumentError]:
        for file in each_file([str(folder)]):
            taken.append(file)
            yield file

    found = workers.documents(files(), errors)
    first = next(found)
    assert len(taken) == on_ray.FILES < len(expected)
    os.kill(min(processes("ray::_Pipelines")), signal.SIGKILL)
    assert [each.document for each in (first, *found)] == expected
    assert [str(error) for error in errors] == [str(error) for error in expected_errors]
    assert len(errors) == 2


def test_a_pipeline_goes_on_where_it_was_though_the_process_that_runs_it_is_killed(
    workers: RayWorkers,
) -> None:
    doubled = workers.in_order(lambda number: 2 * number, range(50))
    first = next(doubled)
    os.kill(min(processes("ray::_Pipelines")), signal.SIGKILL)
    assert [first, *doubled] == list(range(0, 100, 2))


def test_results_that_nobody_takes_are_not_heaped_up(workers: RayWorkers, tmp_path: Path) -> None:
    def large(number: int) -> bytes:
        (tmp_path / str(number)).touch()
        return os.urandom(6_000_000)

    results = workers.in_order(large, range(50))
    next(results)
    made = -1
    while made < len(list(tmp_path.iterdir())):
        made = len(list(tmp_path.iterdir()))
        time.sleep(2)
    assert 6_000_000 * made < STORE_BYTES < 6_000_000 * 50
    assert sum(1 for _ in results) == 49


def test_what_work_raises_is_raised_here_as_it_was(workers: RayWorkers) -> None:
    def fails(number: int) -> int:
        if number == 3:
            raise EncoderError(f"{number} cannot be done.")
        return number

    results = workers.in_order(fails, range(5))
    assert [next(results) for _ in range(3)] == [0, 1, 2]
    with pytest.raises(EncoderError, match=r"^3 cannot be done\.$"):
        next(results)


def test_ray_listens_on_this_machine_alone_and_without_its_dashboard(workers: RayWorkers) -> None:
    listening = {}
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            _, local, _, state, *rest = line.split()
            if state == "0A":
                listening[f"socket:[{rest[5]}]"] = local.split(":")[0]
    loopback = {"0100007F", "0000000000000000FFFF00000100007F", "00000000000000000000000001000000"}
    started = processes("ray")
    assert any("gcs_server" in command for command in started.values())
    found = set()
    for number in started:
        for file in Path(f"/proc/{number}/fd").iterdir():
            try:
                link = os.readlink(file)
            except OSError:
                continue
            if link in listening:
                found.add(listening[link])
    assert found and found <= loopback
    assert os.environ["RAY_USAGE_STATS_ENABLED"] == "0"


def test_without_the_extra_the_command_that_installs_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(WorkersError, match=r"pip install 'lightqa\[ray\]'"), ray_workers("ray"):
        pass


@pytest.mark.parametrize("address", ["dask", "ray://", "ray://host", "http://127.0.0.1:10001"])
def test_what_is_no_address_of_workers_is_named(address: str) -> None:
    with (
        pytest.raises(WorkersError, match=f"^{address} names no workers; expected ray"),
        ray_workers(address),
    ):
        pass


def test_work_that_kills_every_worker_ends_the_build_in_one_sentence(workers: RayWorkers) -> None:
    def kills(number: int) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(WorkersError, match="The workers could not do their part, 4 times over"):
        list(workers.in_order(kills, [0]))
    assert list(workers.in_order(abs, [-1])) == [1]


def test_an_address_where_no_ray_answers_is_named() -> None:
    needs_ray()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"ray://127.0.0.1:{free.getsockname()[1]}"  # bound, and nobody listens
        with pytest.raises(WorkersError, match=f"No Ray answers at {address} "), ray_workers(address):
            pass
