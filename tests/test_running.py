"""A quote as running text: nothing is lost, references are folded, terms are explained."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

import pytest

from qa.evidence.references import named_sources
from qa.glossary import Glossary
from qa.types import Answer, Citation, Gloss, QuotedSentence
from ui.running import running

if TYPE_CHECKING:
    from index.search import PassageIndex

QUOTE = (
    "No gain (SMD 0.22, 95 % CI -0.07 to 0.51) <was> found (Doe et al., J Tests 2017, doi 10.1/x), nor harm."
)
SMD = Gloss("SMD", 'A "gap" <small>.', "g.md", "G", 0, 9)


def test_all_words_stay_in_their_order() -> None:
    shown = running(QUOTE, [SMD])
    assert unescape(re.sub(r"<[^>]+>", "", shown)) == QUOTE
    assert (
        '<span class="reference" hidden> (Doe et al., J Tests 2017, doi 10.1/x)</span>,</span> nor harm.'
        in shown
    )
    assert 'data-means="A &quot;gap&quot; &lt;small&gt;."' in shown


def test_a_term_is_marked_once_and_not_inside_a_reference() -> None:
    shown = running("The SMD was small (SMD et al., 2017), an SMD of 0.2.", [SMD])
    assert shown.count('class="term"') == 1
    assert shown.index('class="term"') < shown.index('class="elided"')


@pytest.mark.parametrize(
    "text",
    [
        "(Lavery et al., Diabetes Care 2008, doi 10.2337/dc07-1794)",
        "(Enraf-Nonius Endolaser 120 instructions, page 16)",
        "(21 CFR 890.5500)",
        "(NHS 111 Wales; Mayo Clinic)",
        "(CMS decision memo CAG-00291N, 24 October 2006)",
        "(warning-sign card by A, B and C, backes.org.uk)",
    ],
)
def test_what_only_names_a_source_is_a_reference(text: str) -> None:
    assert named_sources(f"So it is {text}.") == ((9, 9 + len(text)),)


@pytest.mark.parametrize(
    "text",
    [
        "(SMD 0.22, 95% CI -0.07 to 0.51)",
        "(168 people)",
        "(in the UK, A&E or 999)",
        "(P = 0.07)",
        "(up to 500 mW)",
    ],
)
def test_what_says_something_is_none(text: str) -> None:
    assert named_sources(f"So it is {text}.") == ()


def test_the_longest_term_is_found_however_it_is_spaced(shipped_index: PassageIndex) -> None:
    glossary = Glossary(shipped_index)
    said = "The standardised mean difference was 0.2 (95 % CI 0 to 0.4), double blind (a sham et al., 2017)."
    found = {term: entry.names[0] for term, entry in glossary.terms(said)}
    assert found == {
        "standardised mean difference": "SMD",
        "95 % CI": "95% CI",
        "double blind": "Double-blind",
    }
    citation = Citation(1, "a.md", "A", "", None, "note", 0, len(said), said)
    reply = Answer(question="?", sentences=(QuotedSentence(said, 1),), citations=(citation,))
    (gloss, *_) = glossary.glosses(reply)
    text = shipped_index.document(gloss.document).text
    assert text[gloss.start : gloss.end] == gloss.text
