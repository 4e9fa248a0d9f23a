"""Works out what the red-flag layer ships beside its tables: `python -m qa.train.fit_red_flags`.

Writes weighed.npz, the weights of `qa.health.safety.weighed`, fitted to the messages of seeds/, and
lookalikes.txt, the English words that are close to a word of the table, both in qa/health/safety. To be run
after any change of red_flags.toml, scope.toml, the messages, or how a language puts ideas. With `--left-out`
it writes nothing, and prints what is found of each voice by the rules and by weights fitted to all others.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from qa.evaluate.safety import Phrasing, load_phrasings
from qa.health.safety import weighed
from qa.health.safety.cues import Scope, load_scope
from qa.health.safety.ideas import LANGUAGES, Told, language
from qa.health.safety.lookalikes import COMMON, LOOKALIKES, words_digest
from qa.health.safety.red_flag_table import load_table
from qa.health.safety.red_flags import RedFlags
from qa.health.safety.triage import spoken
from qa.health.safety.weighed import (
    BUCKETS,
    BUCKETS_OF_KINDS,
    Counts,
    Weighed,
    Weights,
    ideas_of,
    kind_of,
    letters_of,
    words_of,
)
from qa.health.safety.wording import Vocabulary, targets

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

MOST_COMMON = 40_000
"""English words to compare with, all those at or above `qa.health.safety.lookalikes.COMMON` among them."""
SEEDS = Path(__file__).parent.parent.parent / "seeds"
MESSAGES = ("red_flags.jsonl", "red_flags_spoken.jsonl", "red_flags_told.jsonl")
"""Files of messages."""
WAYS_OUT = Path(weighed.__file__).with_name("way_out_examples.toml")
ABOUT_HELP = "when-to-get-help"
"""Document whose questions asked in advance may tell of emergencies."""
ORDINARY = 0.1
"""What an ordinary question counts against a message that was written to sound alarming."""
STRENGTH, STRENGTH_OF_IDEAS, STRENGTH_OF_KINDS = 10.0, 0.3, 1.0
"""Inverse of the regularisation (C)."""


def messages() -> list[Phrasing]:
    """What is fitted to, beside ordinary questions."""
    return [one for name in MESSAGES for one in load_phrasings(SEEDS / name)]


def ordinary() -> list[str]:
    """Questions asked in advance, and what ends an alarm, at which no rule raises one."""
    rules = RedFlags()
    asked = (
        json.loads(line)["question"]
        for path in sorted(SEEDS.glob("*/*.asked.jsonl"))
        if ABOUT_HELP not in path.name
        for line in path.read_text(encoding="utf-8").splitlines()
    )
    ended = tomllib.loads(WAYS_OUT.read_text(encoding="utf-8"))
    calm = [*asked, *ended["over"], *ended["thanks"]]
    return [text for text in dict.fromkeys(calm) if rules.check(text) is None]


def made_of() -> str:
    """Fingerprint of what the weights depend on: the messages, the questions and how languages put ideas."""
    paths = [WAYS_OUT, *(SEEDS / name for name in MESSAGES), *sorted(SEEDS.glob("*/*.asked.jsonl"))]
    texts = [path.read_bytes() for path in paths]
    folder = files("qa.health.safety.languages")
    texts += [folder.joinpath(f"{code}.toml").read_bytes() for code in LANGUAGES]
    constants = (
        weighed.WORDS,
        weighed.LETTERS,
        weighed.TOGETHER,
        BUCKETS,
        ORDINARY,
        STRENGTH,
        STRENGTH_OF_IDEAS,
    )
    return hashlib.sha256(b"\n".join([*texts, repr(constants).encode()])).hexdigest()


@dataclass(frozen=True, slots=True)
class Counted:
    """Messages as rows of counts.

    Attributes:
        texts: As typed.
        told: Each, read in its language.
        blocks: Of words, letters and ideas, (messages, buckets) each.
    """

    texts: Sequence[str]
    told: Sequence[Told]
    blocks: Sequence[csr_matrix]

    def only(self, rows: Sequence[int]) -> Counted:
        """Some of the messages."""
        texts, told = [self.texts[at] for at in rows], [self.told[at] for at in rows]
        return Counted(texts, told, [block[rows] for block in self.blocks])


def counted_in(texts: Sequence[str]) -> Counted:
    """Messages, counted."""
    told = [language(spoken(text)[0]).read(text) for text in texts]
    counts = (map(words_of, texts), map(letters_of, texts), map(ideas_of, told))
    return Counted(texts, told, list(map(_rows, counts)))


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
    from scipy.sparse import diags
    from sklearn.linear_model import LogisticRegression

    is_so = np.array(alarming)
    sure = np.where(is_so, sure * sure[~is_so].sum() / sure[is_so].sum(), sure)
    sure = sure / sure.mean()
    *texts, ideas = counted.blocks
    rarity = sum(map(_rarity, texts))
    worded = sum(_length_1(block @ diags(rarity)) for block in map(_logarithmic, texts))
    by_wording = LogisticRegression(C=STRENGTH, max_iter=1000).fit(worded, is_so, sample_weight=sure)
    by_ideas = LogisticRegression(C=STRENGTH_OF_IDEAS, max_iter=1000).fit(ideas, is_so, sample_weight=sure)
    of_a_kind = [at for at, kind in enumerate(kinds) if kind]
    telling = _rows((kind_of(counted.texts[at], counted.told[at]) for at in of_a_kind), BUCKETS_OF_KINDS)
    by_kind = LogisticRegression(C=STRENGTH_OF_KINDS, max_iter=1000)
    by_kind.fit(telling, [kinds[at] for at in of_a_kind])
    return Weighed(
        by_wording.coef_[0].astype(np.float32),
        np.asarray(rarity, np.float32),
        by_ideas.coef_[0].astype(np.float32),
        float(by_wording.intercept_[0] + weighed.OF_IDEAS * by_ideas.intercept_[0]),
        tuple(map(str, by_kind.classes_)),
        by_kind.coef_.T.astype(np.float32),
        by_kind.intercept_.astype(np.float32),
    )


def left_out() -> Iterator[str]:
    """For each voice, what is found of it by weights that were fitted to all the others."""
    told, questions = messages(), ordinary()
    counted = counted_in([*(one.text for one in told), *questions])
    for voice in sorted({one.kind for one in told if one.kind.endswith("_voice")}):
        out = [at for at, one in enumerate(told) if one.kind == voice]
        yield f"{voice}: {_found(told, counted, out)}"


def _found(told: Sequence[Phrasing], counted: Counted, out: Sequence[int]) -> str:
    """How many of the messages that are left out each part finds."""
    fitted = _fitted(told, counted, sorted(set(range(len(counted.told))) - set(out)))
    flags, rules = RedFlags(fitted), RedFlags()
    lines = []
    for english, fires in product((True, False), (True, False)):
        rows = [
            told[at].text for at in out if (told[at].language == "en", told[at].fires) == (english, fires)
        ]
        weights = sum(fitted.alarming(text, language(spoken(text)[0]).read(text)) > 0 for text in rows)
        both, by_rules = (sum(each.check(text) is not None for text in rows) for each in (flags, rules))
        what = f"{'English' if english else 'others'} {'alarming' if fires else 'calm'}"
        lines.append(f"{what} {len(rows)}: weights {weights}, rules {by_rules}, both {both}")
    return "; ".join(lines)


def _fitted(told: Sequence[Phrasing], counted: Counted, rows: Sequence[int]) -> Weighed:
    """Weights fitted to some rows; those behind what was told are ordinary questions."""
    alarming = [at < len(told) and told[at].fires for at in rows]
    kinds = [told[at].category if at < len(told) else None for at in rows]
    sure = np.array([1.0 if at < len(told) else ORDINARY for at in rows], np.float32)
    return fit_weights(counted.only(rows), alarming, sure, kinds)


def _rows(counts: Iterable[Counts], width: int = BUCKETS) -> csr_matrix:
    from scipy.sparse import csr_matrix

    found = list(counts)
    at = [bucket for row in found for bucket in row]
    values = [value for row in found for value in row.values()]
    ends = np.cumsum([0, *map(len, found)])
    return csr_matrix((np.array(values, np.float64), at, ends), shape=(len(found), width))


def _logarithmic(block: csr_matrix) -> csr_matrix:
    grown = block.copy()
    grown.data = 1 + np.log(grown.data)
    return grown


def _rarity(block: csr_matrix) -> Weights:
    """Inverse document frequency of each bucket that is in two messages at least; else 0."""
    met = np.asarray((block > 0).sum(axis=0)).ravel()
    return np.where(met >= 2, np.log((1 + block.shape[0]) / (1 + met)) + 1, 0)


def _length_1(block: Any) -> Any:
    from scipy.sparse import diags

    length = np.sqrt(np.asarray(block.multiply(block).sum(axis=1)).ravel())
    return (diags(1 / np.where(length > 0, length, 1)) @ block).tocsr()


def fit_red_flags() -> None:
    """Write both files."""
    from wordfreq import top_n_list, zipf_frequency

    told, questions = messages(), ordinary()
    counted = counted_in([*(one.text for one in told), *questions])
    weighed.store(_fitted(told, counted, range(len(counted.told))), made_of())
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
