"""Statements in the round: attribution, conditions, content, lists, quotes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from jirga.reading.reader import DefaultReader
from jirga.reading.statements import statement_json
from jirga.reading.statements.frames import lexicon
from jirga.reading.types import EventType, Modality, Polarity, Reading, Statement
from jirga.reports.types import Block, BlockKind, Report

Read = Callable[[str], Reading]


def only(reading: Reading, kind: EventType) -> Statement:
    found = [s for s in reading.statements if s.type == kind]
    assert len(found) == 1, [(s.type, s.quote) for s in reading.statements]
    return found[0]


def test_a_demand_is_its_speakers_act_and_not_attributed(read: Read) -> None:
    text = "Uganda demanded that Rwanda withdraw its soldiers from the border."
    s = only(read(text), EventType.REQUEST)
    assert not s.attribution
    assert s.content is not None
    assert text[slice(*s.content)] == "Rwanda withdraw its soldiers from the border"
    assert len(read(text).statements) == 1


def test_a_duty_of_another_party_is_a_demand(read: Read) -> None:
    s = only(read("Sudan must end its support for the rebels, Chad said on Monday."), EventType.REQUEST)
    assert [a.name for a in s.actors] == ["Chad"]
    assert [a.name for a in s.recipients] == ["Sudan"]


def test_a_claim_is_attributed_to_the_one_who_makes_it(read: Read) -> None:
    reading = read("The Houthis said they sank two ships.")
    s = only(reading, EventType.ASSAULT)
    assert s.attribution
    assert s.attribution[-1].source is not None
    assert "Houthi" in s.attribution[-1].source.name
    assert s.quote == "they sank two ships"


def test_a_condition_is_kept_with_its_words(read: Read) -> None:
    text = "If the talks fail, Ethiopia will attack Eritrea, the prime minister said."
    s = only(read(text), EventType.THREATEN)
    assert s.modality == Modality.CONDITIONAL
    assert s.condition is not None
    assert text[slice(*s.condition)] == "If the talks fail"


def test_a_list_of_demands_is_several(read: Read) -> None:
    text = "Nigeria asked Benin to close the camps and to hand over the gunmen."
    contents = [text[slice(*s.content)] for s in read(text).statements if s.content]
    assert contents == ["close the camps", "hand over the gunmen"]


def test_a_repeated_threat_keeps_what_is_threatened(read: Read) -> None:
    text = "Ghana repeated its threat to use force if diplomacy fails."
    s = only(read(text), EventType.THREATEN)
    assert s.content is not None
    assert text[slice(*s.content)].startswith("use force")
    assert s.modality == Modality.CONDITIONAL


def test_an_infinitive_after_a_relative_clause_is_a_demand_too(read: Read) -> None:
    text = "Oman asked Yemen to disband groups that operate from its soil and to give written guarantees."
    contents = [text[slice(*s.content)] for s in read(text).statements if s.content]
    assert contents == ["disband groups that operate from its soil", "give written guarantees"]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("It began on 3 May, when Chad bombed a camp in Libya.", "Chad bombed a camp in Libya"),
        ("11:20 - Manila summons the Chinese ambassador.", "Manila summons the Chinese ambassador"),
        (
            "Peru suspended its talks with the Shining Path (SP), the ministry said.",
            "Peru suspended its talks with the Shining Path (SP)",
        ),
        ("Israel says it killed 60 militants, a figure Hamas disputes.", "it killed 60 militants"),
    ],
)
def test_a_quote_is_a_clause_that_can_be_read_alone(text: str, quote: str, read: Read) -> None:
    assert quote in [s.quote for s in read(text).statements]


@pytest.mark.parametrize(
    "text",
    [
        "A divide was seen during negotiations between Sudan and Chad in Doha.",
        "The talks, which were being held in Doha, were a surprise.",
        "What the army has committed in the valley is a crime, the mayor said.",
        "Neither Chad nor the people of Niger want a war, he said.",
        "The militia would defend itself if attacked, it said.",
    ],
)
def test_background_is_not_told(text: str, read: Read) -> None:
    assert not read(text).statements


def test_a_heading_that_is_a_clause_is_read_unless_the_text_repeats_it() -> None:
    def kinds(heading: str, body: str) -> list[EventType]:
        first = "Chad and Libya met in Tunis."
        text = f"{first}\n\n{heading}\n\n{body}"
        at = text.index(heading)
        after = at + len(heading) + 2
        blocks = (
            Block(0, len(first), BlockKind.BODY),
            Block(at, at + len(heading), BlockKind.HEADING),
            Block(after, len(text), BlockKind.BODY),
        )
        report = Report("0" * 16, "invented", "invented", text, text.encode(), blocks=blocks)
        return [s.type for s in DefaultReader().read(report).statements if s.end <= after]

    plain = "The envoys went home."
    assert EventType.REJECT in kinds("Both demands were rejected", plain)
    assert EventType.REJECT not in kinds("Both demands were rejected", "Chad rejected both demands.")
    assert EventType.REJECT not in kinds("Why both demands were rejected", plain)
    assert EventType.REJECT not in kinds("Both Demands Were Rejected Again", plain)


def test_casualties_are_counted(read: Read) -> None:
    s = only(read("Gunmen killed at least 14 soldiers in Mali."), EventType.ASSAULT)
    assert [(q.low, q.role) for q in s.quantities] == [(14, "killed")]


@pytest.mark.parametrize(
    "text",
    [
        "The army denied shelling the camp.",
        "The army did not shell the camp.",
        "The army has never shelled the camp.",
    ],
)
def test_what_is_denied_is_negative(text: str, read: Read) -> None:
    assert only(read(text), EventType.ASSAULT).polarity == Polarity.NEGATIVE


def test_what_is_only_wanted_or_feared_is_not_told_as_fact(read: Read) -> None:
    for text in (
        "The president wants to visit Oslo.",
        "Residents fear an attack on the town.",
        "The army tried to stop a protest.",
        "The general asked why the rebels attacked the post.",
    ):
        assert all(s.type not in (EventType.ASSAULT, EventType.PROTEST) for s in read(text).statements), text


def test_why_names_words_and_rules(read: Read) -> None:
    text = "Kenya refused to withdraw its troops from Somalia."
    s = only(read(text), EventType.REJECT)
    assert ("type", "refused") in {(w.aspect, text[w.begin : w.end]) for w in s.why}
    assert any("refuse" in w.rule for w in s.why)


def test_json_has_the_fields_that_other_programs_rely_on(read: Read) -> None:
    s = only(read("Kenya refused to withdraw its troops from Somalia."), EventType.REJECT)
    plain = statement_json(s)
    assert list(plain) == [
        "id", "report", "begin", "end", "quote", "type", "mode", "actors", "recipients", "attribution", "polarity",
        "modality", "hedges", "when", "where", "quantities",
    ]  # fmt: skip
    assert plain["type"] == "REJECT"
    assert set(plain["actors"][0]) == {"id", "name", "begin", "end", "text"}
    assert "why" in statement_json(s, why=True)


def test_the_lexicon_is_broad_and_whole() -> None:
    lex = lexicon()
    assert lex.size > 1500
    types = {f.type for table in (lex.verbs, lex.nouns) for frames in table.values() for f in frames}
    assert types >= set(EventType)
    for table in (lex.verbs, lex.nouns, lex.predicates):
        for frames in table.values():
            for frame in frames:
                assert frame.op is None or frame.op in lex.operators, frame.name
                classes = [p[1:] for p in frame.rest if p.startswith("@")]
                assert all(c in lex.classes for c in classes), frame.name
                for name in (frame.object, frame.subject):
                    assert (
                        name in (None, "any", "none", "party", "party-or-none", "visitor")
                        or name in lex.classes
                    ), frame.name


def test_operators_compose() -> None:
    lex = lexicon()
    assert lex.compose("stop", "ASSAULT") == "RETREAT"
    assert lex.compose("stop", "AID") == "SANCTION"
    assert lex.compose("will", "CONSULT") == "AGREE"
    assert lex.compose("will", "ASSAULT") == "THREATEN"
    assert lex.compose("ask", None) == "REQUEST"
    assert lex.compose("do", None) is None


@pytest.mark.parametrize(
    ("text", "source", "quote"),
    [
        (
            "Israeli strikes killed 20 people in Rafah on Monday, medics said on Tuesday, hours after talks ended in Doha.",
            "medics",
            "Israeli strikes killed 20 people in Rafah on Monday",
        ),
        (
            "The UN condemned the attack that killed 12 people in Goma.",
            None,
            "the attack that killed 12 people in Goma",
        ),
        (
            "The Ruvo army accused the rebels of theft on Monday, as shells killed 12 people in Goma.",
            None,
            "shells killed 12 people in Goma",
        ),
    ],
)
def test_who_tells_of_a_deed(text: str, source: str | None, quote: str, read: Read) -> None:
    s = only(read(text), EventType.ASSAULT)
    assert s.quote == quote
    assert [a.source.name for a in s.attribution if a.source] == ([source] if source else [])


def test_nobody_quotes_himself(read: Read) -> None:
    text = "While all this was going on, the envoy also wrote of the raids, stating, “Chad killed 20 men.”"
    s = only(read(text), EventType.ASSAULT)
    assert [a.source.name for a in s.attribution if a.source] == ["envoy"]


def test_a_quote_begins_with_a_whole_name(read: Read) -> None:
    text = "The World Health Organization (WHO), which condemned the attack, left Darfur."
    s = only(read(text), EventType.ACCUSE)
    assert s.quote.startswith("The World Health Organization")


def test_both_sides_and_the_army_of_a_war_across_a_border(read: Read) -> None:
    text = (
        "Israel shelled Gaza. Hamas rejected the plan, and Palestinian medics said 12 Palestinians were dead. "
        "Hamas will not go. Qatar, which hosts the talks, urged both sides to agree to a ceasefire. "
        "The Palestinian agency Wafa said settlers beat a man. The army arrested two men."
    )
    found = read(text).statements
    asked = next(s for s in found if s.type == EventType.REQUEST)
    assert {a.name for a in asked.recipients} == {"Israel", "Hamas"}
    arrest = next(s for s in found if s.mode == "arrest")
    assert [a.name for a in arrest.actors] == ["Israel Defense Forces"]


def test_a_day_of_a_funeral_is_no_day_of_death(read: Read) -> None:
    s = only(read("A soldier killed in Mali was buried on Monday."), EventType.ASSAULT)
    assert s.when is None


def test_the_city_is_the_one_named_last(read: Read) -> None:
    found = read("The governor lives in Homs. Gunmen killed two men in the city on Sunday.").statements
    assert [s.where.id for s in found if s.where] == ["place:169577"]


def test_who_denies_is_who_says_so(read: Read) -> None:
    s = only(read("Russia's defence ministry denied targeting civilians."), EventType.ASSAULT)
    assert s.polarity == Polarity.NEGATIVE
    assert [a.source.id for a in s.attribution if a.source] == ["part:RUS:defence-ministry"]


def test_an_accuser_does_not_report_his_own_accusation(read: Read) -> None:
    text = "Mali said its troops had been hit on Monday, and accused Chad of arming the rebels."
    s = only(read(text), EventType.ACCUSE)
    assert not s.attribution


def test_he_is_who_speaks(read: Read) -> None:
    text = (
        "General Omar Tesh rejected the plan, whereas his rival, General Ann Bara, said she would accept it."
    )
    s = only(read(text), EventType.AGREE)
    assert [a.name for a in s.actors] == ["Ann Bara"]
    assert [a.source.name for a in s.attribution if a.source] == ["Ann Bara"]


def test_where_a_truce_was_signed_is_not_where_it_is_spoken_of(read: Read) -> None:
    s = only(
        read("Chad accused Mali on Friday of breaking a truce signed in Qatar last month."), EventType.ACCUSE
    )
    assert s.where is None
    assert s.when is not None
    assert s.when.text == "on Friday"


def test_who_is_the_noun_before(read: Read) -> None:
    text = "The claim was denied by the envoy, who accused the rebels of killing two villagers."
    s = only(read(text), EventType.ASSAULT)
    assert [a.source.name for a in s.attribution if a.source] == ["envoy"]
    assert [a.name for a in s.actors] == ["rebels"]


def test_the_president_is_the_ruler_named_last(read: Read) -> None:
    text = "Zelensky has ruled out ceding Donetsk. “Russian troops killed two men,” the president said."
    s = only(read(text), EventType.ASSAULT)
    assert [a.source.name for a in s.attribution if a.source] == ["Volodymyr Zelenskyy"]


def test_who_attacks_does_not_tell_what_it_led_to(read: Read) -> None:
    text = "The Ruvo rebels attacked a carrier in the Red Sea, killing four crew members, medics said."
    killed = next(s for s in read(text).statements if s.quote.startswith("killing"))
    assert [a.source.name for a in killed.attribution if a.source] == ["medics"]


def test_a_noun_in_capitals_belongs_to_a_name(read: Read) -> None:
    text = "A strike killed 15 people on Sunday, according to the Emergency Lawyers, a rights group."
    s = only(read(text), EventType.ASSAULT)
    assert [a.source.id for a in s.attribution if a.source] == ["actor:emergency-lawyers"]


def test_a_day_is_nothing_that_somebody_is_attacked_on(read: Read) -> None:
    text = "Ruvo rebels attacked a carrier in the Red Sea on Monday, killing four men, medics said."
    killed = next(s for s in read(text).statements if s.quote.startswith("killing"))
    assert [a.source.name for a in killed.attribution if a.source] == ["medics"]


def test_what_went_on_meanwhile_is_no_accusation(read: Read) -> None:
    text = (
        "Mali and Chad accused each other of breaking a truce as fighting spread on Tuesday, killing two men."
    )
    s = only(read(text), EventType.ASSAULT)
    assert not s.attribution


def test_a_last_source_is_of_the_whole_sentence(read: Read) -> None:
    text = "Mali has told Chad that it will attack if the raids continue, according to two diplomats."
    s = only(read(text), EventType.THREATEN)
    assert [a.source.name for a in s.attribution if a.source] == ["diplomats", "Mali"]
