"""Words are as frequent as wordfreq says, without its being imported."""

from __future__ import annotations

import subprocess
import sys

import wordfreq
from shares import Share

from qa.frequencies import words_from, zipf


def test_every_word_of_the_list_is_as_frequent_as_wordfreq_says(share: Share) -> None:
    for step in wordfreq.get_frequency_list("en", "best"):
        for word in share(step):
            if word.isascii() and word.isalpha() and word.islower():
                assert zipf.__wrapped__(word) == wordfreq.zipf_frequency(word, "en"), word


def test_what_is_no_plain_word_is_asked_of_wordfreq() -> None:
    for word in (
        *("low-level", "well-known-thing", "a-xqzzyt", "xqzzyt"),  # rows of letters and hyphens
        *("don't", "2024", "naïve", "Laser", "-", "a-", ""),
    ):
        assert zipf(word) == wordfreq.zipf_frequency(word, "en"), word


def test_words_come_from_the_commonest_on() -> None:
    """Zipf 6 and above are a hundred words or so; three letters are the least, so "of" and "to" are none."""
    words = words_from(6.0)
    assert words[:3] == ["the", "and", "for"]
    assert all(wordfreq.zipf_frequency(word, "en") >= 6 for word in words)
    assert len(words) == sum(
        len(word) > 2 and word.isascii() and word.isalpha() and wordfreq.zipf_frequency(word, "en") >= 6
        for word in wordfreq.top_n_list("en", 400)
    )


def test_plain_words_do_not_import_wordfreq() -> None:
    asking = "import sys; from qa.frequencies import words_from, zipf; zipf('low-level'); words_from(5.0)"
    code = f"{asking}; sys.exit('wordfreq' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
