"""Works out what the red-flag layer ships beside its table: `python -m qa.train.fit_red_flags`.

Writes red_flags.npz, the vectors and votes of the example phrasings under the shipped encoder, and
lookalikes.txt, the English words that are close to a word of the table, both in qa/health/safety. To be run
after any change of red_flags.toml or scope.toml.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from index.encoder import Encoder
from index.export import export_encoder
from qa.health.safety.cues import Scope, load_scope
from qa.health.safety.likeness import SentenceEncoder, store
from qa.health.safety.lookalikes import COMMON, LOOKALIKES, words_digest
from qa.health.safety.red_flag_table import load_table
from qa.health.safety.wording import Vocabulary, targets

MOST_COMMON = 40_000
"""English words to compare with, all those at or above `qa.health.safety.lookalikes.COMMON` among them."""


def fit_red_flags(encoder: SentenceEncoder) -> None:
    """Write both files.

    Args:
        encoder: The shipped one.
    """
    from wordfreq import top_n_list, zipf_frequency

    table = load_table()
    scope = load_scope()
    store([text for _, text in table.examples()], table.calm, encoder)
    words = table.terms.words | Scope(scope["words"]).terms.words
    vocabulary = Vocabulary(words, scope["spelling"], lambda word: False)
    common = [word for word in top_n_list("en", MOST_COMMON) if zipf_frequency(word, "en") >= COMMON]
    lookalikes = sorted(word for word in common if len(vocabulary.stems(word)) > 1)
    LOOKALIKES.write_text("\n".join([words_digest(targets(words)), *lookalikes]) + "\n", encoding="utf-8")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        export_encoder(None, Path(folder))
        fit_red_flags(Encoder(Path(folder)))


if __name__ == "__main__":
    main()
