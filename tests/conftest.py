"""What all tests share: no network, and the real encoder, index and assistant, made once."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
GUARD = ROOT / "tests" / "guard"

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

import no_network  # noqa: E402

no_network.forbid()


@pytest.fixture(autouse=True)
def outside_attempts() -> Iterator[Path]:
    """Fails a test that tried to reach another machine, even where its code swallowed the refusal."""
    _attempts.write_text("", encoding="utf-8")
    yield _attempts
    attempts = _attempts.read_text(encoding="utf-8")
    assert not attempts, f"The test tried to reach another machine:\n{attempts}"


def pytest_unconfigure() -> None:
    shutil.rmtree(_attempts.parent, ignore_errors=True)
