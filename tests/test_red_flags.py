"""Every phrasing of seeds/red_flags.jsonl, what an alarm says, what stands in a conversation, what ships."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from shares import Share

from qa.evaluate.safety import load_phrasings
from qa.health.safety.cues import Scope, load_scope
from qa.health.safety.ideas import language
from qa.health.safety.lookalikes import LOOKALIKES, lookalike_test, words_digest
from qa.health.safety.patterns import occurrences, parse_pattern
from qa.health.safety.red_flag_table import TABLE, URGENCIES, Table, load_table
from qa.health.safety.red_flags import RedFlags
from qa.health.safety.scope import EXCUSES
from qa.health.safety.terms import TableError, Terms
from qa.health.safety.weighed import (
    BUCKETS,
    BUCKETS_OF_KINDS,
    SHIPPED,
    UNCLEAR,
    Weighed,
    bucket,
    shipped,
    store,
)
from qa.health.safety.wording import Vocabulary, near, targets
from qa.train.fit_red_flags import made_of

PHRASINGS = load_phrasings(Path(__file__).parent.parent / "seeds" / "red_flags.jsonl")


@pytest.fixture(scope="module")
def flags() -> RedFlags:
    return RedFlags(shipped())


@pytest.fixture(scope="module")
def table() -> Table:
    return load_table()


@pytest.mark.parametrize("fires", [True, False])
def test_every_phrasing_raises_an_alarm_or_is_left_alone(fires: bool, flags: RedFlags, share: Share) -> None:
    wrong = [
        (phrasing.id, phrasing.text, alarm)
        for phrasing in share([phrasing for phrasing in PHRASINGS if phrasing.fires == fires])
        if ((alarm := flags.check(phrasing.text)) is not None) != fires
    ]
    assert wrong == []


def test_the_phrasings_are_many_balanced_and_split(table: Table) -> None:
    assert len({phrasing.text for phrasing in PHRASINGS}) == len(PHRASINGS) >= 400
    for split in ("dev", "test"):
        fires = [phrasing.fires for phrasing in PHRASINGS if phrasing.split == split]
        assert 0.45 <= sum(fires) / len(fires) <= 0.55
    names = {category.name for category in table.categories}
    for split in ("dev", "test"):
        told = {each.category for each in PHRASINGS if each.fires and each.split == split}
        assert names - {UNCLEAR} == told


def test_an_alarm_names_the_very_words_it_was_raised_by(flags: RedFlags) -> None:
    question = "How long is a session? My dad's face is DROOPING on the left."
    alarm = flags.check(question)
    assert alarm is not None
    assert (alarm.category, alarm.by, alarm.matched) == ("stroke", "pattern", ("face", "DROOPING"))


def test_an_alarm_names_every_sign_that_was_told_also_those_of_another_alarm(flags: RedFlags) -> None:
    alarm = flags.check("I can't pee, and my bum is numb. How long is a session? I can't breathe.")
    assert alarm is not None
    assert alarm.category == "cauda_equina"
    assert alarm.matched == ("can't pee", "bum", "numb", "can't breathe")


def test_an_alarm_by_weight_names_the_sentence_that_weighs_most(flags: RedFlags) -> None:
    alarm = flags.check("Does the lamp help? Blood is soaking my sock and won't quit.")
    assert alarm is not None
    assert (alarm.by, alarm.category) == ("weight", "severe_bleeding")
    assert alarm.matched == ("Blood is soaking my sock and won't quit.",)


def test_without_weights_rules_still_raise_alarms() -> None:
    flags = RedFlags()
    assert flags.check("I took 20 paracetamol tablets.") is not None
    assert flags.parts("I took 20 paracetamol tablets.")["weights"] is None


def test_the_most_urgent_alarm_comes_first(flags: RedFlags) -> None:
    alarm = flags.check("My calf is swollen and hot since the flight and now I can't breathe.")
    assert alarm is not None
    assert (alarm.category, alarm.urgency) == ("breathing", "emergency now")


@pytest.mark.parametrize(
    ("question", "category"),
    [
        ("He pushed me down the stairs and my back hurts.", "harm_by_other"),
        ("I fell down the stairs and my back hurts.", "injury"),
        ("My boyfriend choked me.", "harm_by_other"),
        ("He is choking on a nut.", "breathing"),
        ("It hurts between the shoulder blades and I am sweating.", "chest_pain"),
        ("My spine hurts and I have night sweats.", "spinal_infection"),
    ],
)
def test_the_help_is_for_what_happened(question: str, category: str) -> None:
    alarm = RedFlags().check(question)
    assert alarm is not None
    assert alarm.category == category


@pytest.mark.parametrize("nothing", ["", " ", "?!…", "\n\n", "🙂", "—", "1", "=", "“”"])
def test_nothing_to_read_raises_no_alarm(nothing: str, flags: RedFlags) -> None:
    assert flags.check(nothing) is None


def test_long_questions_are_read_to_the_end(flags: RedFlags) -> None:
    padding = "I have used the lamp on my knee for some time. " * 60
    alarm = flags.check(f"{padding}And my mouth is drooping since this morning.")
    assert alarm is not None
    assert alarm.category == "stroke"


# The same words, taken back or not.


@pytest.mark.parametrize(
    ("question", "fires"),
    [
        ("I have numbness between my legs.", True),
        ("I have no numbness between my legs.", False),
        ("I have no feeling between my legs.", True),
        ("I have never had numbness between my legs like this.", True),
        ("I had no numbness between my legs until today.", True),
        ("Numbness between the legs: no.", False),
        ("I don't have a fever, my back is fine, and I can't feel when I wipe.", True),
        ("In 2015 my face drooped on one side.", False),
        ("In 2015 I moved house and now my face is drooping on one side.", True),
        ("The doctors ruled out a stroke, although my face was drooping.", False),
        ("The doctors ruled out a stroke, but today my face is drooping.", True),
        ("What causes a drooping face?", False),
        ("My face is drooping, what causes that?", True),
        ("What should I do if I ever get chest pain?", False),
        ("My chest pain goes into the left arm, what should I do?", True),
        ("I read about a man whose face was drooping.", False),
        ("I read about lasers and my face is drooping.", True),
        ("Can the lamp make my legs go numb between the thighs?", False),
        ("How many paracetamol would kill me?", True),
        ("I don't feel suicidal at all.", False),
        ("I don't want to kill myself.", False),
        ("I don't want to live.", True),
        ("I'm not coping and want to die.", True),
        ("He doesn't hit me.", False),
        ("He has not collapsed.", False),
        ("He's not breathing and has chest pain.", True),
        ("The headache isn't sudden or severe.", False),
        ("I have no feeling in my feet and burned them on the lamp.", True),
        ("No one knows that I took 30 tablets.", True),
        ("Took a double handful of paracetamol, so no need to do anything, right?", True),
        ("Numb between the legs since this morning, what should I do?", True),
        ("Crushing chest pain and sweating, has anyone else had that?", True),
        ("Do people with diabetes get black toes?", False),
        ("My feet burn at night, will infrared fix that?", False),
        ("My feet burned under the lamp and have blisters.", True),
        ("It feels as if my feet had been scalded. Does the lamp help?", False),
        ("I scalded my numb foot.", True),
        ("I worry that the laser might burn my skin.", False),
        ("The laser has burned my skin.", True),
        ("Could the lamp burn my foot?", False),
        ("Could the lamp have burned my foot?", True),
        ("May I go on if I have a fever and my back hurts?", False),
        ("May I go on if I have a fever of 39 and my back hurts?", True),
        ("I volunteer on a suicide helpline.", False),
        ("I rang a suicide helpline.", True),
        ("I am revising for an exam on overdose: which signs are there?", False),
        ("I look after our patients and one of them collapsed just now.", True),
        ("Our old dog drags his back leg.", False),
        ("The dog knocked me over and now my leg drags.", True),
        ("I nearly choked when I saw the price.", False),
        ("I nearly choked on a nut and can't breathe.", True),
        ("My GP listened and says it is not my heart that causes the chest pain.", False),
        ("My doctor says that my heart is fine, the chest pain is a muscle.", False),
        ("At the clinic I was fine, but now I have chest pain.", True),
        ("Seeing my doctor tomorrow as usual, and I have chest pain.", True),
        ("I looked into cold lasers.", False),
        ("I looked into the laser and now I see a black spot.", True),
        ("My calf is swollen and hot since I was laid up.", True),
        ("I've had a weak leg since I was twelve.", False),
        ("My toe is black and cold, and I have had diabetes for years.", True),
        ("In your notes it says chest pain is bad, and I have crushing chest pain right now.", True),
        ("I can't feel between my legs like in the article.", True),
        ("Does the note say what a drooping face means?", False),
        ("My husband hurts me.", True),
        ("Could one of these infrared pads hurt me?", False),
        ("Caring for my wife with fibromyalgia, hurts all over.", False),
        ("The lamp took the skin off my numb foot.", True),
        ("Would light treatment set my skin off?", False),
    ],
)
def test_scope(question: str, fires: bool) -> None:
    assert (RedFlags().check(question) is not None) == fires


@pytest.mark.parametrize(
    "misspelt", ["my fase is droopping", "MY FACE IS DROOPING!!!", "my face’s drooping", "mY fAcE drooops"]
)
def test_spelling_case_and_apostrophes_do_not_matter(misspelt: str) -> None:
    assert RedFlags().check(misspelt) is not None


# Terms, patterns and words.


def test_a_term_is_a_phrase_a_group_or_a_range() -> None:
    """Words: 0 I, 1 took, 2 my, 3 blue, 4 pills, 5 and, 6 20, 7 tablets, 8 or, 9 20, 10 mg."""
    terms = Terms({"PILL": "pill, tablets", "BLUE_PILL": "blue PILL"})
    names = [
        terms.term(text) for text in ("PILL", "BLUE_PILL", "[10..] PILL", "[10..]", "took blue", "=pill")
    ]
    reading = Vocabulary(terms.words, {}, lambda word: True).read(
        "I took my blue pills and 20 tablets or 20 mg"
    )
    found = terms.find(reading.words)
    assert [[(span.first, span.last) for span in found.spans(name)] for name in names] == [
        [(4, 4), (7, 7)],
        [(3, 4)],
        [(6, 7)],
        [(6, 6)],  # "20 mg" counts nothing
        [(1, 3)],  # "my" may stand between
        [],  # "pills" is not spelt "pill"
    ]


@pytest.mark.parametrize(
    ("pattern", "count"),
    [
        ("one + two", 2),
        ("one > two", 1),
        ("one >1 three", 0),
        ("one >2 three", 1),
        ("three + one", 1),
        ("one + six", 0),
    ],
)
def test_a_pattern_joins_terms_in_order_and_within_reach(pattern: str, count: int) -> None:
    """In "two one two x three. six" only the second "two" follows "one"; "three" does so after two words."""
    terms = Terms({})
    part = parse_pattern(pattern, terms).parts[0]
    reading = Vocabulary(terms.words, {}, lambda word: True).read("two one two x three. six")
    assert len(list(occurrences(part, terms.find(reading.words), reading.words))) == count


def test_a_misspelling_is_taken_for_the_nearest_word_unless_it_is_a_word() -> None:
    assert near("numness", ["numbness", "number", "face"]) == ["numbness"]
    assert near("fac", ["face"]) == ["face"]
    assert near("gace", ["face"]) == []
    vocabulary = Vocabulary({"spine", "bottom"}, {}, lambda word: word == "spice")
    assert vocabulary.stems("botom") == {"botom", "bottom"}
    assert vocabulary.stems("spice") == {"spice"}


def test_contractions_and_sentences_are_read() -> None:
    reading = Vocabulary((), {"cant": "can not"}, lambda word: True).read("I can’t, he's; cant? Done.")
    assert [word.text for word in reading.words] == ["i", "can", "not", "he", "is", "can", "not", "done"]
    assert [(word.sentence) for word in reading.words] == [0] * 7 + [1]
    assert reading.asked == {0}


# The table.


def test_the_table_can_be_reviewed(table: Table) -> None:
    assert len(table.categories) >= 18
    assert len({category.name for category in table.categories}) == len(table.categories)
    urgencies = [URGENCIES.index(category.urgency) for category in table.categories]
    assert urgencies == sorted(urgencies)
    for category in table.categories:
        assert category.title and category.looks_like and category.advice
        assert re.fullmatch(r"F[1-7]|S[1-8]|general first aid", category.source)
        assert category.patterns or category.name == UNCLEAR
        assert not re.search(r"\b(laser|infrared|light) therapy\b", category.advice)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (('urgency = "same day"', 'urgency = "soon"'), "has the urgency 'soon', expected one of"),
        (('ignores = ["resolved"]', 'ignores = ["denied"]'), r"ignores \['denied'\], expected some of"),
        (('"FACE + DROOP UNLESS', '"FACES + DROOP UNLESS'), "names the group FACES"),
        (("[[category]]", "[[category"), "is not valid TOML"),
        (('title = "', 'titel = "'), "lacks 'title'"),
        (('lines = ["urgent", ', 'lines = ["fax", '), "names the help lines"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused(
    change: tuple[str, str], message: str, tmp_path: Path
) -> None:
    text = TABLE.read_text(encoding="utf-8")
    assert change[0] in text
    path = tmp_path / "table.toml"
    path.write_text(text.replace(*change), encoding="utf-8")
    with pytest.raises(TableError, match=message) as error:
        load_table(path)
    assert str(path) in str(error.value)


def test_scope_cues_and_excuses_belong_together() -> None:
    assert set(EXCUSES) == {
        "negated",
        "past",
        "long standing",
        "resolved",
        "ruled out",
        "general",
        "hypothetical",
        "news",
        "at work",
        "animal",
        "exaggerated",
    }
    assert all(isinstance(terms, str) for terms in load_scope()["words"].values())


# What is shipped beside the table.


def test_shipped_weights_are_those_of_the_messages() -> None:
    """After a change of the messages or of how a language puts ideas: python -m qa.train.fit_red_flags."""
    with np.load(SHIPPED, allow_pickle=False) as kept:
        assert str(kept["made_of"]) == made_of()
    assert SHIPPED.stat().st_size < 300_000


def test_what_is_stored_weighs_as_what_was_fitted(tmp_path: Path) -> None:
    row = np.zeros(BUCKETS, np.float32)
    row[[bucket("w black"), bucket("i foot")]] = 1, 2
    of_kinds = np.zeros((BUCKETS_OF_KINDS, 2), np.float32)
    of_kinds[bucket("w black") % BUCKETS_OF_KINDS] = 0, 2
    fitted = Weighed(row, row, -1, ("cold", "sore"), of_kinds, np.array([1.0, 0.0]))
    store(fitted, "nothing", tmp_path / "weighed.npz")
    read = shipped(tmp_path / "weighed.npz")
    told = language("en").read("black foot")
    assert read.alarming("black foot", told) == pytest.approx(fitted.alarming("black foot", told), abs=0.05)
    assert (read.kind("black foot", told), read.kind("foot", told)) == ("sore", "cold")


def test_a_kind_that_is_hardly_likelier_than_others_is_not_named() -> None:
    of_kinds = np.zeros((BUCKETS_OF_KINDS, 2), np.float32)
    of_kinds[bucket("w black") % BUCKETS_OF_KINDS] = 0, 5
    nothing = np.zeros(BUCKETS, np.float32)
    weights = Weighed(nothing, nothing, 9, ("suicide", "stroke"), of_kinds, np.array([0.5, 0.0]))
    flags = RedFlags(weights)
    for message, category in [("so it is all black now", "stroke"), ("so it has come to this", UNCLEAR)]:
        alarm = flags.check(message)
        assert alarm is not None
        assert alarm.category == category
        assert alarm.lines[0] == "emergency"


def test_weights_alarm_where_no_rule_does_and_calm_one_that_misheard() -> None:
    """None of these is among the messages that the weights were fitted to."""
    weighed, rules = RedFlags(shipped()), RedFlags()
    for alarming in (
        "blood is soaking my sock and won't quit",
        "he has given away his records and says Sunday is the last day",
    ):
        assert rules.check(alarming) is None and weighed.check(alarming) is not None
    for calm in (
        "How long do I wait after a patch test before a full session?",
        "infrared neuropathy bottom line",
    ):
        assert rules.check(calm) is not None and weighed.check(calm) is None


def test_shipped_lookalikes_are_those_of_the_table(table: Table) -> None:
    """After a change of the table: python -m qa.train.fit_red_flags."""
    words = table.terms.words | Scope(load_scope()["words"]).terms.words
    digest, *lookalikes = LOOKALIKES.read_text(encoding="utf-8").split()
    assert digest == words_digest(targets(words))
    shipped, looked_up = lookalike_test(targets(words)), lookalike_test([])
    assert all(shipped(word) and looked_up(word) for word in lookalikes[::200])
    assert not shipped("numness") and not looked_up("numness")
