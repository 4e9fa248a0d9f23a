"""What an answer says first, what below, and what is only claimed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.types import Passage, Sentence
from qa.evidence.choose import Evidence
from qa.evidence.honesty import Caution
from qa.evidence.support import Candidate
from qa.health.pack import HEALTH
from qa.in_short import CLAIMED, IN_SHORT, MORE, lay_out, nearest_that_weighs, sides_as_read
from qa.pack import in_force

ADVERT, NOTE = "promotional article", "evidence note"
WORKS = "Does the lamp help sore knees?"


@pytest.fixture(autouse=True)
def _health() -> Iterator[None]:
    with in_force(HEALTH):
        yield


def candidate(text: str, kind: str, at: int = 0) -> Candidate:
    sentence = Sentence(at, at + len(text), text)
    passage = Passage(0, f"{kind}.md", "A", kind, "", None, 0, at + len(text), " " * at + text, (sentence,))
    return Candidate(passage, sentence, 0)


def places(question: str, *scored: tuple[Candidate, float], cautions: tuple[Caution, ...] = ()) -> list[str]:
    chosen = tuple(each for each, _ in scored)
    laid_out = lay_out(question, Evidence(chosen, tuple(scored), 0.9, ()), cautions)
    return [f"{each.place}: {each.candidate.sentence.text}" for each in laid_out]


CLAIM = candidate("The lamp is highly effective for sore knees.", ADVERT)
TRIAL = candidate("In trials the lamp was no better than a sham.", NOTE)
DETAIL = candidate("One trial of the lamp had 40 people.", NOTE, 100)
LACKS = candidate("The article gives no figures for the relief of sore knees.", ADVERT, 200)


def test_on_an_effect_what_weighs_it_is_read_first_and_the_claim_is_apart() -> None:
    assert places(WORKS, (CLAIM, 10.0), (TRIAL, 9.5), (DETAIL, 7.0)) == [
        f"{IN_SHORT}: {TRIAL.sentence.text}",
        f"{MORE}: {DETAIL.sentence.text}",
        f"{CLAIMED}: {CLAIM.sentence.text}",
    ]


def test_what_a_glossary_says_of_a_word_is_no_verdict() -> None:
    word = candidate("A sham looks like the real lamp and does nothing.", "glossary", 300)
    assert places("Is there proof that the lamp works?", (word, 10.0), (TRIAL, 9.8))[0] == (
        f"{IN_SHORT}: {TRIAL.sentence.text}"
    )


def test_a_second_sentence_that_answers_as_well_is_read_in_short_too() -> None:
    assert [place.partition(":")[0] for place in places(WORKS, (TRIAL, 10.0), (DETAIL, 9.9))] == [
        IN_SHORT
    ] * 2
    assert [place.partition(":")[0] for place in places(WORKS, (TRIAL, 10.0), (DETAIL, 9.0))] == [
        IN_SHORT,
        MORE,
    ]


def test_both_sides_of_a_disagreement_are_in_short() -> None:
    caution = Caution("disagreement", CLAIM, TRIAL, "")
    assert places(WORKS, (CLAIM, 10.0), (TRIAL, 8.5), (DETAIL, 7.0), cautions=(caution,)) == [
        f"{IN_SHORT}: {TRIAL.sentence.text}",
        f"{IN_SHORT}: {CLAIM.sentence.text}",
        f"{MORE}: {DETAIL.sentence.text}",
    ]


def test_where_only_a_claim_answers_it_is_called_one() -> None:
    assert places(WORKS, (CLAIM, 10.0), (DETAIL, 5.0))[0] == f"{CLAIMED}: {CLAIM.sentence.text}"


def test_what_a_source_says_that_it_lacks_is_no_claim_of_it() -> None:
    assert places(WORKS, (LACKS, 10.0)) == [f"{IN_SHORT}: {LACKS.sentence.text}"]


def test_what_a_source_lacks_gives_way_to_a_verdict_that_is_as_near() -> None:
    assert places(WORKS, (LACKS, 10.0), (TRIAL, 9.5))[0] == f"{IN_SHORT}: {TRIAL.sentence.text}"
    of_it = "Does the article prove that the lamp helps sore knees?"
    assert places(of_it, (LACKS, 10.0), (TRIAL, 9.5))[0] == f"{IN_SHORT}: {LACKS.sentence.text}"


def test_a_claim_without_support_is_one_however_the_question_is_put() -> None:
    unsupported = Caution("unsupported", CLAIM, TRIAL, "highly effective")
    question = "Is the knee lamp a scam or not?"
    assert places(question, (CLAIM, 10.0), (TRIAL, 9.5), cautions=(unsupported,)) == [
        f"{IN_SHORT}: {TRIAL.sentence.text}",
        f"{CLAIMED}: {CLAIM.sentence.text}",
    ]


def test_where_nothing_may_be_disputed_the_best_sentence_leads_whoever_says_it() -> None:
    session = candidate("A session with the lamp lasts 15 minutes.", ADVERT)
    assert places("How long is a session?", (session, 10.0), (TRIAL, 9.9))[0] == (
        f"{IN_SHORT}: {session.sentence.text}"
    )


def test_a_disagreement_names_the_two_sentences_that_are_read_beside_each_other() -> None:
    other = candidate("A review found no lasting benefit of the lamp for sore knees.", NOTE, 300)
    caution = Caution("disagreement", CLAIM, other, "")
    evidence = Evidence((TRIAL, CLAIM, other), ((TRIAL, 10.0), (CLAIM, 9.5), (other, 7.0)), 0.9, ())
    placed = lay_out(WORKS, evidence, (caution,))
    assert [each.candidate for each in placed if each.place == IN_SHORT] == [TRIAL, CLAIM]
    assert [each.other for each in sides_as_read(placed, [caution])] == [TRIAL]


def test_nearest_to_what_is_not_answered_is_what_weighs_most_of_what_is_about_as_near() -> None:
    evidence = Evidence((CLAIM,), ((CLAIM, 10.0), (DETAIL, 9.5), (TRIAL, 8.0)), 0.3, ())
    assert nearest_that_weighs("Does the lamp cure gout?", CLAIM, evidence) is DETAIL
    assert nearest_that_weighs("What does the article say of gout?", CLAIM, evidence) is CLAIM
    far = Evidence((CLAIM,), ((CLAIM, 10.0), (TRIAL, 8.0)), 0.3, ())
    assert nearest_that_weighs("Does the lamp cure gout?", CLAIM, far) is CLAIM


def test_a_verdict_on_something_else_is_no_side_and_stands_before_both() -> None:
    verdict = candidate("In trials the lamp did not work better than a sham for numb feet.", NOTE, 400)
    caution = Caution("disagreement", CLAIM, TRIAL, "")
    evidence = Evidence((verdict, CLAIM, TRIAL), ((verdict, 10.0), (CLAIM, 9.5), (TRIAL, 7.0)), 0.9, ())
    with in_force(HEALTH):
        placed = lay_out(WORKS, evidence, (caution,))
    in_short = [each.candidate for each in placed if each.place == IN_SHORT]
    assert in_short[0] is verdict and in_short[-1] is CLAIM


GENERAL = candidate("Reviews disagree about laser for a sore back.", NOTE, 300)
OF_FITS = candidate("One maker rules out laser in people with epilepsy.", NOTE, 400)
OF_EYES = candidate("Class 4 lasers can burn the eyes.", NOTE, 500)
CLASS_ONE = candidate("Class 1 lasers are safe for the eyes.", NOTE, 600)


def test_what_limits_for_an_illness_that_is_told_of_leads_though_all_else_is_nearer() -> None:
    told = "I have epilepsy and a sore back, laser was suggested. Should I say no?"
    assert places(told, (GENERAL, 10.0), (OF_FITS, 7.0))[0] == f"{IN_SHORT}: {OF_FITS.sentence.text}"
    assert places(told, (GENERAL, 10.0), (OF_FITS, 5.0))[0] == f"{IN_SHORT}: {GENERAL.sentence.text}"
    not_told = "I have a sore back, laser was suggested. Should I say no?"
    assert places(not_told, (GENERAL, 10.0), (OF_FITS, 7.0))[0] == f"{IN_SHORT}: {GENERAL.sentence.text}"


def test_what_limits_another_thing_is_not_read_first() -> None:
    asked = "Are class 1 lasers safe for the eyes?"
    assert places(asked, (CLASS_ONE, 10.0), (OF_EYES, 9.5))[0] == f"{IN_SHORT}: {CLASS_ONE.sentence.text}"
