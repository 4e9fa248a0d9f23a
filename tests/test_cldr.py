"""What is stored of Unicode's tables is what Babel says of them."""

from __future__ import annotations

import subprocess
import sys

import pytest

from qa.evidence.units import JOINTS, figures
from qa.train.write_cldr import of_babel


@pytest.mark.parametrize("language", JOINTS)
def test_what_is_stored_is_what_babel_says(language: str) -> None:
    """Also in its order: of two units of one name the later counts."""
    stored, told = figures(language), of_babel(language)
    assert list(stored.measures.items()) == list(told.measures.items())
    assert (stored.joined, stored.decimal_comma) == (told.joined, told.decimal_comma)


def test_reading_figures_needs_no_babel() -> None:
    code = (
        "import sys; from qa.evidence.quantities import quantities; found = quantities('zwanzig Gramm'); "
        "print(len(found), 'babel' in sys.modules)"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert shown.split() == ["1", "False"]
