"""Names that a report shortens without brackets: who is meant, and who is not."""

from __future__ import annotations

import pytest
from tests.reading.actors.test_sentences import read

FRONT = "The Hill Liberation Front seized a bridge in Torvil. "


def ids(text: str, words: str, nlp) -> set[str]:
    """Return the ids, or the parties of parts, of what stands at the last place of some words."""
    at = text.rindex(words)
    here = [m for m in read(text, nlp) if m.begin <= at < m.end]
    return {m.of or m.id for m in here}


@pytest.mark.parametrize(
    ("after", "words"),
    [
        ("The HLF said that the road was closed.", "HLF"),
        ("The Front said that the road was closed.", "Front"),
        ("HLF fighters closed the road.", "HLF fighters"),
        ("Hill rebels closed the road.", "Hill rebels"),
    ],
)
def test_a_short_name_is_of_the_long_one(after: str, words: str, nlp) -> None:
    assert ids(FRONT + after, words, nlp) == {"actor:hill-liberation-front"}


def test_letters_that_spell_no_name_are_a_name_of_their_own(nlp) -> None:
    assert ids(FRONT + "The HLG said that the road was closed.", "HLG", nlp) == {"actor:hlg"}


def test_a_known_body_keeps_its_letters(nlp) -> None:
    text = "The Upper Nations Front seized a bridge. The UN said that the road was closed."
    assert ids(text, "UN", nlp) == {"body:un"}


def test_two_fronts_are_told_apart_by_who_was_named_last(nlp) -> None:
    text = FRONT + "The Coastal Freedom Front watched. The HLF denied that the Front had fired."
    assert ids(text, "HLF", nlp) == {"actor:hill-liberation-front"}
    assert ids(text, "Front had", nlp) == {"actor:coastal-freedom-front"}


def test_a_newspapers_word_in_a_name_owns_nothing(nlp) -> None:
    text = FRONT + "The HLF rejected the offer."
    assert all(m.of is None for m in read(text, nlp) if m.id == "actor:hill-liberation-front")


def test_a_civil_body_does_not_speak_for_its_country(nlp) -> None:
    text = "The Sudan Doctors Network said that five people were killed."
    assert ids(text, "Network", nlp) == {"actor:sudan-doctors-network"}


def test_what_a_minister_is_for_is_no_state(nlp) -> None:
    found = read("The Labour Minister, Dov Aran, resigned. The Labour Minister had met the army chief.", nlp)
    assert not [m for m in found if "labour" in (m.of or m.id)]


@pytest.mark.parametrize(
    ("text", "words", "party"),
    [
        (
            "The president of Kestria rejected the truce. Norway said it would send an envoy. The president refused to meet him.",
            "president refused",
            "country:kestria",
        ),
        (
            "Kestria rejected a truce. Swedish minister Lena Holm said that Sweden offered to mediate. The president refused.",
            "president refused",
            "actor:president",
        ),
        (
            "The ELN attacked a body led by the UN mission. The mission called for calm. Ann Holm met the guerrilla negotiators.",
            "guerrilla negotiators",
            "group:eln",
        ),
        ("Jorun Hask, the M23 commander, said that his men would not withdraw.", "men would", "group:m23"),
        ("Sister Ann Holm said that her men would not withdraw.", "men would", "actor:man"),
    ],
)
def test_whose_office_delegation_and_men_they_are(text: str, words: str, party: str, nlp) -> None:
    assert ids(text, words, nlp) == {party}


def test_a_full_name_told_again_is_the_same_though_a_newspaper_begins_it(nlp) -> None:
    text = "Fighters of the Hill League left. The Hill League dismissed the offer."
    assert ids(text, "League dismissed", nlp) >= {"actor:hill-league"}
    assert "actor:league" not in ids(text, "League dismissed", nlp)
