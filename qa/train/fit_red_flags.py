"""Works out what the red-flag layer ships beside its tables: `python -m qa.train.fit_red_flags`.

Writes weighed.npz, the weights of `qa.health.safety.weighed`, fitted to the messages of seeds/, and
lookalikes.txt, the English words that are close to a word of the table, both in qa/health/safety. To be run
after any change of red_flags.toml, scope.toml, the messages, or how a language puts ideas. With `--left-out`
it writes nothing, and prints what of each voice raises an alarm: by the rules, and by the rules beside
weights that were fitted to all other voices.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from qa.evaluate.safety import Phrasing, load_phrasings
from qa.health.safety import weighed
from qa.health.safety.cues import Scope, load_scope
from qa.health.safety.ideas import LANGUAGES
from qa.health.safety.lookalikes import COMMON, LOOKALIKES, words_digest
from qa.health.safety.red_flag_table import load_table
from qa.health.safety.red_flags import RedFlags
from qa.health.safety.triage import doubtful
from qa.health.safety.weighed import BUCKETS, BUCKETS_OF_KINDS, Weighed, Weights, kind_of
from qa.health.safety.wording import Vocabulary, targets
from qa.train.counted_messages import Counted, counted_in, rows_of
from qa.train.reader_pairs import FIRST_TWINS, TWINS, twin_passages

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

MOST_COMMON = 40_000
"""English words to compare with, all those at or above `qa.health.safety.lookalikes.COMMON` among them."""
SEEDS = Path(__file__).parent.parent.parent / "seeds"
MESSAGES = ("red_flags.jsonl", "red_flags_spoken.jsonl", "red_flags_told.jsonl")
"""Files of messages."""
WAYS_OUT = Path(weighed.__file__).with_name("way_out_examples.toml")
ABOUT_HELP = "when-to-get-help"
"""Document whose questions asked in advance may tell of emergencies."""
ORDINARY, EVERYDAY = 0.1, 0.3
"""What an ordinary question counts against a message that was written to sound alarming, and one on other
things than health, of which there are few."""
STRENGTH, STRENGTH_OF_IDEAS, STRENGTH_OF_KINDS = 14.0, 0.3, 1.0
"""Inverse of the regularisation (C)."""
UNSEEN = 0.1
"""How many messages of each kind everything is taken to be in beside those that it was met in."""
SHORT = 9
"""Words that a short message has at most, as `--left-out` tells them apart."""


def messages() -> list[Phrasing]:
    """What is fitted to, beside ordinary questions."""
    return [one for name in MESSAGES for one in load_phrasings(SEEDS / name)]


def ordinary() -> dict[str, float]:
    """Questions asked in advance, what ends an alarm, and everyday questions on other things than health, at
    which no rule raises one or has a doubt; with what each counts."""
    rules = RedFlags()
    asked = (
        json.loads(line)["question"]
        for path in sorted(SEEDS.glob("*/*.asked.jsonl"))
        if ABOUT_HELP not in path.name
        for line in path.read_text(encoding="utf-8").splitlines()
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
    return {
        text: counts for text, counts in calm.items() if rules.check(text) is None and doubtful(text) is None
    }


def made_of() -> str:
    """Fingerprint of what the weights depend on: the messages, the questions and how languages put ideas."""
    paths = [WAYS_OUT, *(SEEDS / name for name in MESSAGES), *sorted(SEEDS.glob("*/*.asked.jsonl"))]
    texts = [path.read_bytes() for path in paths] + [files("qa.train").joinpath(TWINS).read_bytes()]
    folder = files("qa.health.safety.languages")
    texts += [folder.joinpath(f"{code}.toml").read_bytes() for code in LANGUAGES]
    constants = (
        weighed.WORDS,
        weighed.LETTERS,
        weighed.TOGETHER,
        weighed.OF_IDEAS,
        BUCKETS,
        (ORDINARY, EVERYDAY),
        UNSEEN,
        STRENGTH,
        STRENGTH_OF_IDEAS,
    )
    return hashlib.sha256(b"\n".join([*texts, repr(constants).encode()])).hexdigest()


def fit_weights(
    counted: Counted, alarming: Sequence[bool], sure: Weights, kinds: Sequence[str | None]
) -> Weighed:
    """The weights.

    Args:
        counted: The messages.
        alarming: Whether each is an emergency.
        sure: (messages,), what each counts.
        kinds: Of which kind each is; None where that is not known, or where it is none.
    """
    from sklearn.linear_model import LogisticRegression

    is_so = np.array(alarming)
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


def left_out() -> Iterator[str]:
    """For each voice, and then for all, what is found of it by weights that were fitted to all the others."""
    told, questions = messages(), ordinary()
    counted = counted_in([*(one.text for one in told), *questions])
    rules, every = RedFlags(), Counter[tuple[str, str]]()
    for voice in sorted({one.kind for one in told if one.kind.endswith("_voice")}):
        out = [at for at, one in enumerate(told) if one.kind == voice]
        both = RedFlags(
            _fitted(told, questions.values(), counted, sorted(set(range(len(counted.told))) - set(out)))
        )
        found = Counter[tuple[str, str]]()
        for one in (told[at] for at in out):
            length = "short" if len(one.text.split()) <= SHORT else "long"
            what = (
                f"{length} {'alarming' if one.fires else 'calm'} {'en' if one.language == 'en' else 'others'}"
            )
            found[what, ""] += 1
            found[what, "rules"] += rules.check(one.text) is not None
            found[what, "both"] += both.check(one.text) is not None
        every += found
        yield f"{voice}: {_told(found)}"
    yield f"all: {_told(every)}"


def _told(found: Counter[tuple[str, str]]) -> str:
    """What was found, in words."""
    return "; ".join(
        f"{what} {number}: rules {found[what, 'rules']}, both {found[what, 'both']}"
        for (what, by), number in sorted(found.items())
        if not by
    )


def _fitted(
    told: Sequence[Phrasing], ordinary: Iterable[float], counted: Counted, rows: Sequence[int]
) -> Weighed:
    """Weights fitted to some rows; those behind what was told are ordinary questions, and count so much."""
    alarming = [at < len(told) and told[at].fires for at in rows]
    kinds = [told[at].category if at < len(told) else None for at in rows]
    sure = np.array([*(1.0 for _ in told), *ordinary], np.float32)[list(rows)]
    return fit_weights(counted.only(rows), alarming, sure, kinds)


def fit_red_flags() -> None:
    """Write both files."""
    from wordfreq import top_n_list, zipf_frequency

    told, questions = messages(), ordinary()
    counted = counted_in([*(one.text for one in told), *questions])
    weighed.store(_fitted(told, questions.values(), counted, range(len(counted.told))), made_of())
    table = load_table()
    scope = load_scope()
    words = table.terms.words | Scope(scope["words"]).terms.words
    vocabulary = Vocabulary(words, scope["spelling"], lambda word: False)
    common = [word for word in top_n_list("en", MOST_COMMON) if zipf_frequency(word, "en") >= COMMON]
    lookalikes = sorted(word for word in common if len(vocabulary.stems(word)) > 1)
    LOOKALIKES.write_text("\n".join([words_digest(targets(words)), *lookalikes]) + "\n", encoding="utf-8")


def main() -> None:
    if "--left-out" in sys.argv[1:]:
        for line in left_out():
            print(line, flush=True)
    else:
        fit_red_flags()


if __name__ == "__main__":
    main()
