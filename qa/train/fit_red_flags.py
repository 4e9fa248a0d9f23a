"""Fits what messages weigh, weighed.npz of `qa.health.safety.weighed`: `python -m qa.train.fit_red_flags`.

To be run after any change of the messages of seeds/ or of how a language puts ideas; then comes
`make train-message-reader`, which is taught with the same messages.
"""

from __future__ import annotations

import hashlib
import itertools
import tomllib
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from qa.evaluate.rows import SEEDS, json_rows
from qa.evaluate.safety import Phrasing, load_phrasings
from qa.health.safety import weighed
from qa.health.safety.ideas import LANGUAGES
from qa.health.safety.triage import doubtful, findings
from qa.health.safety.weighed import BUCKETS, BUCKETS_OF_KINDS, Weighed, Weights, kind_of
from qa.train.counted_messages import Counted, counted_in, rows_of
from qa.train.mistyped import MISTYPED, SLIPS, mistyped
from qa.train.reader_pairs import FIRST_TWINS, TWINS, twin_passages

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

MESSAGES = ("red_flags.jsonl", "red_flags_spoken.jsonl", "red_flags_told.jsonl")
"""Files of messages."""
WAYS_OUT = Path(weighed.__file__).with_name("way_out_examples.toml")
ABOUT_HELP = "when-to-get-help"
"""Document whose questions asked in advance may tell of emergencies."""
ORDINARY, EVERYDAY = 0.1, 0.3
"""What an ordinary question counts against a message that was written to sound alarming, and one on other
things than health, of which there are few."""
CLOSE = 2.0
"""What a message counts that was written close to the border: denied, in the past, in pairs."""
OF_MISTYPED = 0.3
"""What a message counts that is told once more, with slips of typing."""
_OF_VOICES = ("_voice", "_voices", "turn", "everyday", "example", "own")
"""Kinds of messages that were not."""
STRENGTH, STRENGTH_OF_IDEAS, STRENGTH_OF_KINDS = 14.0, 0.3, 1.0
"""Inverse of the regularisation (C)."""
UNSEEN = 0.1
"""How many messages of each kind everything is taken to be in beside those that it was met in."""


def messages() -> list[Phrasing]:
    """What is fitted to, beside ordinary questions."""
    return [one for name in MESSAGES for one in load_phrasings(SEEDS / name)]


def counts_of(told: Iterable[Phrasing]) -> list[float]:
    """What each message counts."""

    def counts(kind: str) -> float:
        return OF_MISTYPED if kind == MISTYPED else 1.0 if kind.endswith(_OF_VOICES) else CLOSE

    return [counts(one.kind) for one in told]


def ordinary() -> dict[str, float]:
    """Questions asked in advance, what ends an alarm, and everyday questions on other things than health, at
    which no rule of triage finds anything or has a doubt; with what each counts."""
    asked = (
        row["question"]
        for path in sorted(SEEDS.glob("*/*.asked.jsonl"))
        if ABOUT_HELP not in path.name
        for _, row in json_rows(path)
    )
    ended = tomllib.loads(WAYS_OUT.read_text(encoding="utf-8"))
    everyday = (
        row["question"]
        for passage in itertools.islice(twin_passages().values(), FIRST_TWINS)
        if not passage["health"]
        for row in passage["questions"]
    )
    calm = dict.fromkeys(everyday, EVERYDAY)
    calm |= dict.fromkeys([*asked, *ended["over"], *ended["thanks"]], ORDINARY)
    return {text: counts for text, counts in calm.items() if not any(findings(text)) and not doubtful(text)}


def texts_of(told: Sequence[Phrasing], ordinary: Collection[str]) -> list[str]:
    """All that is fitted to, in order."""
    return [*(one.text for one in told), *ordinary]


def made_of() -> str:
    """Fingerprint of what the weights depend on: the messages, the questions and how languages put ideas."""
    paths = [WAYS_OUT, *(SEEDS / name for name in MESSAGES), *sorted(SEEDS.glob("*/*.asked.jsonl")), TWINS]
    paths += [WAYS_OUT.with_name("languages") / f"{code}.toml" for code in LANGUAGES]
    constants = (
        weighed.WORDS,
        weighed.LETTERS,
        weighed.TOGETHER,
        weighed.OF_IDEAS,
        (BUCKETS, weighed.BUCKETS_OF_IDEAS),
        (ORDINARY, EVERYDAY, CLOSE, OF_MISTYPED, SLIPS),
        UNSEEN,
        STRENGTH,
        STRENGTH_OF_IDEAS,
    )
    texts = [*(path.read_bytes() for path in paths), repr(constants).encode()]
    return hashlib.sha256(b"\n".join(texts)).hexdigest()


def fitted(
    told: Sequence[Phrasing], ordinary: Iterable[float], counted: Counted, rows: Sequence[int]
) -> Weighed:
    """The weights, fitted to some of the messages.

    Args:
        told: What was told.
        ordinary: What each ordinary question counts.
        counted: What was told, and behind it the ordinary questions.
        rows: Which of them are fitted to.
    """
    from sklearn.linear_model import LogisticRegression

    counted = counted.only(rows)
    is_so = np.array([at < len(told) and told[at].fires for at in rows])
    kinds = [told[at].category if at < len(told) else None for at in rows]
    sure = np.array([*counts_of(told), *ordinary], np.float32)[list(rows)]
    sure = np.where(is_so, sure * sure[~is_so].sum() / sure[is_so].sum(), sure)
    sure = sure / sure.mean()
    wording, offset = fitted_row(counted.worded, is_so, sure, STRENGTH)
    ideas, offset_of_ideas = fitted_row(counted.ideas, is_so, sure, STRENGTH_OF_IDEAS)
    of_a_kind = [at for at, kind in enumerate(kinds) if kind]
    telling = rows_of((kind_of(counted.texts[at], counted.told[at]) for at in of_a_kind), BUCKETS_OF_KINDS)
    by_kind = LogisticRegression(C=STRENGTH_OF_KINDS, max_iter=1000)
    by_kind.fit(telling, [kinds[at] for at in of_a_kind])
    return Weighed(
        wording,
        ideas,
        offset + weighed.OF_IDEAS * offset_of_ideas,
        tuple(map(str, by_kind.classes_)),
        by_kind.coef_.T.astype(np.float32),
        by_kind.intercept_.astype(np.float32),
    )


def fitted_row(
    rows: csr_matrix, is_so: NDArray[np.bool_], sure: Weights, strength: float
) -> tuple[Weights, float]:
    """Weights and an offset by logistic regression, each bucket scaled before by how telling it is by itself:
    the logarithm of how much oftener it is met in emergencies (Wang and Manning, 2012); 0 in one message."""
    from scipy.sparse import diags
    from sklearn.linear_model import LogisticRegression

    met = (rows > 0).astype(np.float64)
    share = [UNSEEN + met.T @ (sure * which) for which in (is_so, ~is_so)]
    in_emergencies, in_calm = (each / each.sum() for each in share)
    often = np.asarray(met.sum(axis=0)).ravel() > 1
    telling = np.where(often, np.log(in_emergencies / in_calm), 0)
    model = LogisticRegression(C=strength, max_iter=1000).fit(
        rows @ diags(telling), is_so, sample_weight=sure
    )
    return (telling * model.coef_[0]).astype(np.float32), float(model.intercept_[0])


def main() -> None:
    """Fit to all of them, and write what was fitted."""
    told, questions = messages(), ordinary()
    told += [mistyped(one) for one in told]
    counted = counted_in(texts_of(told, questions))
    weighed.store(fitted(told, questions.values(), counted, range(len(counted.told))), made_of())


if __name__ == "__main__":
    main()
