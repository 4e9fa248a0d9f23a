"""What all tests share: no network, and the real encoder, index and assistant, made once."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock

if TYPE_CHECKING:
    from index.encoder import Encoder
    from index.search import PassageIndex
    from qa.ask import Assistant

ROOT = Path(__file__).parent.parent
GUARD = ROOT / "tests" / "guard"
WORKER = os.environ.get("PYTEST_XDIST_WORKER")
"""Name of this process among those that share the tests; None where one runs them all."""

# Before any test module is imported: some libraries read these once, when they are imported.
sys.path.insert(0, str(GUARD))
_attempts = Path(tempfile.mkdtemp(prefix="lightqa-tests-")) / "attempts"
os.environ.update(
    LIGHTQA_TEST_ATTEMPTS=str(_attempts),
    PYTHONPATH=os.pathsep.join(filter(None, [str(GUARD), os.environ.get("PYTHONPATH")])),
    HF_HUB_OFFLINE="1",
    TRANSFORMERS_OFFLINE="1",
    GRADIO_ANALYTICS_ENABLED="False",
)
if WORKER:
    # There are as many of them as cores at least; threads of several would only wait for each other.
    for threads in ("LIGHTQA_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(threads, "1")
_attempts.touch()
# Some libraries report to their makers everywhere but in CI; the tests must see them do it.
os.environ.pop("CI", None)

import no_network  # noqa: E402
from made_of import made_of  # noqa: E402
from shares import EveryNth, Share  # noqa: E402

no_network.forbid()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--whole", action="store_true", help="ask every row of the long question sets")


@pytest.fixture(scope="session")
def share(pytestconfig: pytest.Config) -> Share:
    """What is asked of a long question set: every sixth row; with `--whole`, as in `.ci/run`, every one."""
    return EveryNth(1 if pytestconfig.getoption("whole") else 6)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One file for which the shipped index is built, those that need none meanwhile, the others, the browser.

    That is last because playwright's event loop runs while it is open, and no other test can run its own.
    """

    def in_browser(item: pytest.Item) -> bool:
        return ROOT / "tests" / "browser" in item.path.parents

    with_index = [item for item in items if "shipped_index_folder" in getattr(item, "fixturenames", ())]
    needs = {item.path for item in with_index}
    first = next((item.path for item in with_index if not in_browser(item)), None)

    def turn(item: pytest.Item) -> int:
        return 3 if in_browser(item) else 0 if item.path == first else 1 + (item.path in needs)

    items.sort(key=turn)


@pytest.fixture(autouse=True)
def outside_attempts() -> Iterator[Path]:
    """Fails a test that tried to reach another machine, even where its code swallowed the refusal."""
    yield _attempts
    attempts = dict.fromkeys(_attempts.read_text(encoding="utf-8").splitlines())
    _attempts.write_text("", encoding="utf-8")
    if attempts:
        pytest.fail("The test tried to reach another machine:\n" + "\n".join(attempts), pytrace=False)


@pytest.fixture(autouse=True)
def health_in_force() -> Iterator[None]:
    """Most tests ask about health, many of them below the assistant, who puts the pack in force."""
    from qa.health.pack import HEALTH
    from qa.pack import in_force

    with in_force(HEALTH):
        yield


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Public data sets that lie beside the project, where there are any."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("needs the public data sets in ../shared/data, which are not part of the project")
    return folder


@pytest.fixture(scope="session")
def shipped_index_folder(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Path:
    """An index over the shipped documents, named as `lightqa index` in the project's root names them.

    Of several workers the first builds it for all, and it is kept for later runs by what it was made of;
    each worker has a copy of its own. `--cache-clear` forgets it.
    """
    from index.build import build
    from index.load import load_paths

    kept = pytestconfig.cache.mkdir("shipped-index")
    built = kept / made_of(["index", "seeds/articles", "seeds/evidence", "constraints.txt"])
    with FileLock(kept / "lock"):
        if not (built / "CURRENT").exists():
            for other in kept.glob("*/"):
                shutil.rmtree(other)
            with contextlib.chdir(ROOT):
                documents, errors = load_paths(["seeds/articles", "seeds/evidence"])
            assert errors == []
            build(documents, built)
        return shutil.copytree(built, tmp_path_factory.mktemp("shipped") / "index")


@pytest.fixture(scope="session")
def shipped_index(shipped_index_folder: Path) -> PassageIndex:
    from index.search import PassageIndex

    return PassageIndex.open(shipped_index_folder)


@pytest.fixture(scope="session")
def encoder(shipped_index: PassageIndex) -> Encoder:
    """The shipped encoder."""
    return shipped_index.encoder


@pytest.fixture(scope="session")
def assistant(shipped_index: PassageIndex) -> Assistant:
    from qa.ask import Assistant

    return Assistant(shipped_index)


@pytest.fixture
def index_folder(shipped_index_folder: Path, tmp_path: Path) -> Path:
    """A copy of the shipped index to build in: the encoder is there already, which saves converting it."""
    return shutil.copytree(shipped_index_folder, tmp_path / "index")


def pytest_unconfigure() -> None:
    shutil.rmtree(_attempts.parent, ignore_errors=True)
