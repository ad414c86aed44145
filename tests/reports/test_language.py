"""Plain English is told by its words; everything else is left to the identifier."""

from __future__ import annotations

import errno

import pytest

from jirga.errors import JirgaError
from jirga.reports import language
from jirga.reports.language import language_of, main_language

ENGLISH = "The two delegations met for the third time this week, but the mediators said that they had not agreed on the text."
OTHERS = [
    ("fr", "Le gouvernement a rejeté lundi la demande des rebelles, selon un porte-parole qui s'est exprimé dans la capitale."),
    ("fr", "Selon The New York Times, le projet of the century a été abandonné par les parties avant la fin des pourparlers."),
    ("de", "Die Regierung hat die Forderung der Rebellen abgelehnt, sagte ein Sprecher am Montag in der Hauptstadt des Landes."),
    ("es", "El gobierno rechazó el lunes la exigencia de los rebeldes, según dijo un portavoz en la capital del país vecino."),
    ("nl", "De regering heeft de eis van de rebellen afgewezen, zei een woordvoerder maandag in de hoofdstad van het land."),
    ("sw", "Serikali ya nchi hiyo imekataa madai ya waasi, alisema msemaji wa serikali siku ya Jumatatu katika mji mkuu."),
]  # fmt: skip


@pytest.fixture
def _no_identifier(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise AssertionError("the identifier was asked")

    monkeypatch.setattr(language, "_identifier", refuse)


@pytest.mark.usefixtures("_no_identifier")
def test_plain_english_asks_nobody() -> None:
    assert main_language([ENGLISH]) == "en"
    assert language_of(ENGLISH, "fr") == "en"


@pytest.mark.parametrize(("code", "text"), OTHERS)
def test_other_languages_stay_themselves(code: str, text: str) -> None:
    assert main_language([text]) == code
    assert language_of(text, "en") == code


def test_a_title_in_english_does_not_make_a_text_english() -> None:
    assert main_language([ENGLISH, *(text for _, text in OTHERS[:2])]) == "fr"


def test_a_full_temporary_folder_is_not_blamed_on_the_report(monkeypatch: pytest.MonkeyPatch) -> None:
    """The identifier unpacks its model into a temporary file."""
    from py3langid.langid import LanguageIdentifier

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(LanguageIdentifier, "from_model_file", full)
    language._identifier.cache_clear()
    with pytest.raises(JirgaError, match="Make room"):
        language._identifier()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Rubio met Lavrov in Riyadh on Tuesday.", "en"),
        ("Gunmen abducted 24 schoolgirls in northwest Nigeria.", "en"),
        ("Erdogan, Aliyev and Pashinyan met in Ankara.", "en"),
        ("Der Minister traf den Botschafter in Berlin.", "de"),
        ("Le ministre a rejeté la proposition.", "fr"),
        ("De minister wees het voorstel van de rebellen af.", "nl"),
    ],
)
def test_one_line_of_names_is_english_unless_its_words_say_otherwise(text: str, code: str) -> None:
    assert main_language([text]) == code
