"""Rules of the draft, one by one, on clauses about an invented conflict."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.record.fixtures import Told

from jirga.conflict.draft import draft
from jirga.conflict.draft_conditions import condition_label, wanted
from jirga.conflict.draft_labels import act_label, course_label, cut, deed, grant_label
from jirga.conflict.draft_names import slug, title_slug
from jirga.conflict.draft_trim import whose, without_tail
from jirga.conflict.types import Conflict
from jirga.reading.types import EventType, Modality
from jirga.record.build import build_record

E = EventType


def drafted(*clauses: tuple[str, EventType, dict]) -> Conflict:
    told = Told("a", "Veldland clashed with Ostmark. " + ". ".join(c[0] for c in clauses) + ".")
    told.tell("Veldland clashed with Ostmark", E.ASSAULT, "Veldland", "Ostmark")
    for quote, type_, more in clauses:
        told.tell(quote, type_, **more)
    return draft(build_record([told.reading]))


def wants(model: Conflict, ident: str) -> list[str]:
    (dm,) = [dm for dm in model.decision_makers if dm.id == ident]
    return [s for p in dm.preferences for s in p.statements]


PILOTS = ("Veldland demanded that Ostmark hand over the captured pilots", E.REQUEST,
          {"by": "Veldland", "to": "Ostmark", "content": "hand over the captured pilots"})  # fmt: skip
ROAD = ("Ostmark demanded that Veldland reopen the salt road", E.REQUEST,
        {"by": "Ostmark", "to": "Veldland", "content": "reopen the salt road"})  # fmt: skip


def test_a_running_action_stands_and_a_demand_to_stop_it_is_its_opposite() -> None:
    model = drafted(
        PILOTS,
        ("Veldland continues shelling the harbour of Ostmark", E.ASSAULT, {"by": "Veldland", "to": "Ostmark"}),
        ("Ostmark demanded that Veldland stop shelling the harbour", E.REQUEST,
         {"by": "Ostmark", "to": "Veldland", "content": "stop shelling the harbour"}),
    )  # fmt: skip
    option = model.options[0]
    assert [o.id for o in model.options[1:]] == ["hand_captured_pilots"]
    assert option.label.startswith("Continue shelling")
    assert model.status_quo == "YN"
    assert wants(model, "Ostmark")[0] == f"not {option.id}"
    assert wants(model, "Veldland") == ["hand_captured_pilots", option.id]
    assert model.status_quo_evidence.statements


def test_a_condition_that_is_an_option() -> None:
    model = drafted(
        PILOTS, ROAD,
        ("Ostmark would hand over the captured pilots if the salt road was reopened", E.AGREE,
         {"by": "Ostmark", "condition": "the salt road was reopened", "modality": Modality.CONDITIONAL}),
    )  # fmt: skip
    assert wants(model, "Ostmark")[0] == "hand_captured_pilots iff reopen_salt_road"


TRUCE = ("Veldland ruled out a new truce unless Ostmark stopped shelling the harbour", E.REJECT,
         {"by": "Veldland", "content": "a new truce", "condition": "unless Ostmark stopped shelling the harbour",
          "modality": Modality.CONDITIONAL})  # fmt: skip


def test_what_a_side_refuses_is_its_option_and_the_condition_the_others() -> None:
    model = drafted(
        ROAD, TRUCE,
        ("Ostmark refused to attend", E.REJECT, {"by": "Ostmark", "content": "attend", "mode": "meet"}),
    )  # fmt: skip
    labels = {o.label: o.dm for o in model.options}
    assert labels["Agree to a new truce"] == "Veldland"
    assert labels["Stop shelling the harbour"] == "Ostmark"
    assert labels["Attend the talks"] == "Ostmark"
    (truce,) = [o.id for o in model.options if o.label == "Agree to a new truce"]
    (stop,) = [o.id for o in model.options if o.label == "Stop shelling the harbour"]
    assert f"{truce} iff {stop}" in wants(model, "Veldland")
    assert stop in wants(model, "Veldland")
    assert f"not {stop}" in wants(model, "Ostmark")


def test_what_is_offered_is_an_option_that_the_other_is_wanted_to_take_too() -> None:
    model = drafted(
        ROAD, TRUCE,
        ("Ostmark said it was ready for a full truce", E.AGREE,
         {"by": "Ostmark", "content": "a full truce", "mode": "ceasefire"}),
    )  # fmt: skip
    by_label = {o.label: o.id for o in model.options}
    own, others = by_label["Agree to a full truce"], by_label["Agree to a new truce"]
    assert wants(model, "Ostmark")[1:3] == [others, f"{own} iff {others}"]


def test_a_condition_to_stop_an_action_is_met_by_leaving_it() -> None:
    clause = "Veldland ruled out a new truce unless Ostmark stops shelling the harbour"
    told = Told(
        "a", f"Veldland clashed with Ostmark. Ostmark continues shelling the harbour of Veldland. {clause}."
    )
    told.tell("Veldland clashed with Ostmark", E.ASSAULT, "Veldland", "Ostmark")
    told.tell("Ostmark continues shelling the harbour of Veldland", E.ASSAULT, "Ostmark", "Veldland")
    told.tell(clause, E.REJECT, "Veldland", content="a new truce", modality=Modality.CONDITIONAL,
              condition="unless Ostmark stops shelling the harbour")  # fmt: skip
    told.tell(clause, E.REQUEST, "Veldland", "Ostmark", content="Ostmark stops shelling the harbour")
    model = draft(build_record([told.reading]))
    by_label = {o.label: o.id for o in model.options}
    truce, act = by_label["Agree to a new truce"], by_label["Continue shelling the harbour of Veldland"]
    assert wants(model, "Veldland") == [f"{truce} iff (not {act})", f"not {act}"]


def test_what_one_offers_alone_is_no_option() -> None:
    model = drafted(
        PILOTS, ROAD,
        ("Ostmark said it was ready for a full truce", E.AGREE,
         {"by": "Ostmark", "content": "a full truce", "mode": "ceasefire"}),
    )  # fmt: skip
    assert len(model.options) == 2


def test_a_threat_says_what_would_avert_it() -> None:
    model = drafted(
        ROAD,
        ("Veldland will burn the fishing fleet if the raids on Karst do not stop", E.THREATEN,
         {"by": "Veldland", "to": "Ostmark", "content": "burn the fishing fleet",
          "condition": "if the raids on Karst do not stop"}),
    )  # fmt: skip
    (asked,) = [o for o in model.options if o.label == "Stop the raids on Karst"]
    assert asked.dm == "Ostmark"
    assert f"burn_fishing_fleet if not {asked.id}" in wants(model, "Veldland")


@pytest.mark.parametrize(
    ("quote", "more"),
    [
        ("Veldland failed to reach the dam", {"content": "reach the dam"}),
        ("Veldland refused to comment", {"content": "comment"}),
        ("Veldland rejected that they broke that agreement", {"content": "they broke that agreement"}),
        ("Veldland had points it refused to compromise on", {"content": "compromise on"}),
        ("Veldland rejected the accusation", {"content": "the accusation"}),
        ("Veldland objected to the presence of Sudmere", {"content": "the presence of Sudmere"}),
    ],
)
def test_what_is_no_course_of_action_is_no_option(quote: str, more: dict) -> None:
    model = drafted(PILOTS, ROAD, (quote, E.REJECT, {"by": "Veldland", **more}))
    assert len(model.options) == 2


@pytest.mark.parametrize(
    ("text", "before", "label"),
    [
        ("attend", "refused to", "Attend the talks"),
        ("no ceasefire", "there would be", "Agree to a ceasefire"),
        ("any talks with the rebels", "ruled out", "Agree to talks with the rebels"),
        ("to sign the pact", "declined", "Sign the pact"),
        ("a new truce", "ruled out", "Agree to a new truce"),
    ],
)
def test_labels_of_courses(text: str, before: str, label: str) -> None:
    assert course_label(text, before, talks=True) == label


def test_what_was_agreed_is_the_status_quo() -> None:
    model = drafted(
        PILOTS, ROAD, ("Ostmark agreed to hand over the captured pilots", E.AGREE, {"by": "Ostmark"})
    )
    taken = [o.id for o, sign in zip(model.options, model.status_quo or "", strict=True) if sign == "Y"]
    assert taken == ["hand_captured_pilots"]
    assert "hand_captured_pilots" in wants(model, "Ostmark")


def test_an_answer_that_is_not_told_is_an_assumption() -> None:
    model = drafted(PILOTS, ROAD)
    (dm,) = [dm for dm in model.decision_makers if dm.id == "Ostmark"]
    assert [(p.statements[0], p.evidence.assumption) for p in dm.preferences] == [
        ("reopen_salt_road", False),
        ("not hand_captured_pilots", True),
    ]


def test_a_threat_in_kind_waits_for_the_deed() -> None:
    model = drafted(
        PILOTS,
        ("Veldland will burn the fishing fleet", E.THREATEN,
         {"by": "Veldland", "to": "Ostmark", "content": "burn the fishing fleet"}),
        ("Ostmark will respond to any landing", E.THREATEN,
         {"by": "Ostmark", "to": "Veldland", "content": "respond to any landing"}),
    )  # fmt: skip
    assert "respond_any_landing iff burn_fishing_fleet" in wants(model, "Ostmark") or (
        "respond_landing iff burn_fishing_fleet" in wants(model, "Ostmark")
    )
    assert "burn_fishing_fleet if not hand_captured_pilots" in wants(model, "Veldland")


def test_a_mediator_that_urges_is_no_decision_maker() -> None:
    model = drafted(
        PILOTS, ROAD,
        ("Sudmere mediated", E.CONSULT, {"by": "Sudmere", "mode": "mediate"}),
        ("Sudmere urged Ostmark to free the crew", E.REQUEST, {"by": "Sudmere", "to": "Ostmark", "content": "free the crew"}),
    )  # fmt: skip
    assert {dm.label for dm in model.decision_makers} == {"Veldland", "Ostmark"}
    assert any("Sudmere" in note for note in model.notes)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a signed pledge on the dam", "signed_dam_pledge"),
        ("", "option"),
        ("if and not", "option"),
        ("N", "option"),
        ("крейсер", "option"),
        ("Élan 3 ñandú!", "elan_nandu"),
    ],
)
def test_slugs(text: str, expected: str) -> None:
    found = slug(text, frozenset(), set())
    assert set(found.split("_")) == set(expected.split("_"))
    assert slug(text, frozenset(), {found}) != found


def test_titles_and_labels() -> None:
    assert title_slug("Côte d'Ivoire", set()) == "Cote_Ivoire"
    assert title_slug("عربي", {"Party"}) == "Party_2"
    assert len(cut("word " * 60)) <= 95
    assert (
        cut(f"Leave the harbour and the port of Karst, {'a very cold place ' * 6}")
        == "Leave the harbour and the port of Karst…"
    )


@pytest.mark.parametrize(
    ("text", "before", "label"),
    [
        ("Ostmark has a right to fish", "demanded that", "Accept that Ostmark has a right to fish"),
        ("the rebels to withdraw from Karst", "It urged", "Withdraw from Karst"),
        ("Veldland stop letting boats in", "wants that", "Stop letting boats in"),
        ("  to “open”\n the gate, ", "asked Veldland", "Open the gate"),
        ("open the gate", "asked Veldland to", "Open the gate"),
        ("hand over the pilots", "demanded that Veldland", "Hand over the pilots"),
        ("written guarantees that boats stay away", "wants", "Grant written guarantees that boats stay away"),
        ("Veldland's release of the pilots", "wants", "Grant Veldland's release of the pilots"),
        ("that Veldland not shell the port", "insists", "Do not shell the port"),
        ("all the pilots be freed first", "insisted that", "Have all the pilots freed first"),
        ("on the neighbours to pull back", "called", "Get the neighbours to pull back"),
        ("foreign troops to leave the islands", "demanded", "Get foreign troops to leave the islands"),
        ("not let boats in", "asked it to", "Do not let boats in"),
        ("both to hold fire", "urged", "Hold fire"),
        ("a road to be built", "wants", "Grant a road to be built"),
        ("", "", "Grant "),
    ],
)
def test_labels_of_demands(text: str, before: str, label: str) -> None:
    assert grant_label(text, before, frozenset({"veldland", "rebels", "it"})) == label


@pytest.mark.parametrize(
    ("text", "before", "running", "label"),
    [
        ("“continue to shell” the port", "will", False, "Continue to shell the port"),
        ("continues shelling the port", "Veldland", True, "Continue shelling the port"),
        ("shelling the port", "is", True, "Keep shelling the port"),
        ("hunting raiders", "will go on", False, "Go on hunting raiders"),
        ("open war with Ostmark", "there will be", False, "Go to open war with Ostmark"),
        ("a blockade of the port", "threatened", False, "Impose a blockade of the port"),
        ("march on Karst", "would", False, "March on Karst"),
        ("not prolong the truce", "will", False, "Do not prolong the truce"),
        ("", "", False, ""),
        (
            "could designate the group as a terrorist organisation",
            "",
            False,
            "Designate the group as a terrorist organisation",
        ),
    ],
)
def test_labels_of_threats(text: str, before: str, running: bool, label: str) -> None:
    assert act_label(text, before, running) == label


@pytest.mark.parametrize(
    ("text", "label"),
    [
        (
            "The rebels, for their part, kept a toll post on the salt road",
            "Keep a toll post on the salt road",
        ),
        ("the rebels are still shelling the port", "Continue to shell the port"),
        ("rebels have blocked the salt road", "Continue to block the salt road"),
        ("the siege of Karst", "Keep on: the siege of Karst"),
    ],
)
def test_labels_of_what_goes_on_name_the_deed_and_not_the_doer(text: str, label: str) -> None:
    assert act_label(text, "", True, frozenset({"rebels"})) == label


def test_a_wish_that_something_not_be_done_stays_a_clause() -> None:
    assert grant_label("the wells not be closed again", "demanded that", frozenset()).startswith(
        "Accept that"
    )


def test_what_is_left_out_is_told_once_with_its_reason() -> None:
    model = drafted(
        PILOTS, ROAD,
        ("Sudmere mediated", E.CONSULT, {"by": "Sudmere", "mode": "mediate"}),
        ("Sudmere urged Ostmark to hold a census", E.REQUEST,
         {"by": "Sudmere", "to": "Ostmark", "content": "hold a census"}),
        ("Sudmere urged Veldland to widen the fishing zone", E.REQUEST,
         {"by": "Sudmere", "to": "Veldland", "content": "widen the fishing zone"}),
    )  # fmt: skip
    left = [note for note in model.notes if note.startswith("Left out")]
    assert len(left) == 1
    assert "no side of the model" in left[0]
    assert "census" in left[0]
    assert "fishing zone" in left[0]


def test_two_parties_of_one_name_are_one_side() -> None:
    told = Told("a", "Veldland clashed with Ostmark. " + PILOTS[0] + ". " + ROAD[0] + ".")
    told.tell("Veldland clashed with Ostmark", E.ASSAULT, "Veldland", "Ostmark")
    for quote, type_, more in (PILOTS, ROAD):
        told.tell(quote, type_, **more)
    record = build_record([told.reading])
    (veldland,) = [p for p in record.parties if p.name == "Veldland"]
    twice = replace(
        record,
        parties=(*record.parties, replace(veldland, id="person:veldland", kind="person", statements=0)),
        positions=tuple(
            replace(p, addressee="person:veldland") if p.addressee == veldland.id else p
            for p in record.positions
        ),
    )
    assert draft(twice) == draft(record)


@pytest.mark.parametrize(
    ("condition", "clause", "ends", "label"),
    [
        ("unless the rebels first left the town (again)", "the rebels first left the town", False, "Leave the town"),
        ("as long as the rebels occupied its port", "the rebels occupied its port", True, "No longer occupy its port"),
        ("if the raids do not stop", "the raids stop", False, "Stop the raids"),
        ("if the shelling continues", "the shelling continues", True, "End this: the shelling continues"),
        ("until all prisoners are freed", "all prisoners are freed", False, "Free all prisoners"),
        ("until a road through Karst was unblocked", "a road through Karst was unblocked", False,
         "Unblock a road through Karst"),
        ("if the rebels continued to bomb the port", "the rebels continued to bomb the port", True,
         "No longer bomb the port"),
        ("if the rebels continued bombing the port", "the rebels continued bombing the port", True,
         "Stop bombing the port"),
        ("unless sales of salt resumed", "sales of salt resumed", False, "Resume sales of salt"),
        ("until it rains in Karst", "it rains in Karst", False, "Meet the condition that it rains in Karst"),
        ("only if the rebels released the pilots", "the rebels released the pilots", False, "Release the pilots"),
        ("if there was no pact on water", "no pact on water", False, "Agree to a pact on water"),
        ("once the rebels left", "", False, None),
        ("unless it does not rain", "", False, None),
        ("", "", False, None),
    ],
)  # fmt: skip
def test_what_a_condition_asks_for(condition: str, clause: str, ends: bool, label: str | None) -> None:
    asked = wanted(condition)
    assert (asked.clause, asked.ends) == (clause, ends)
    assert label is None or condition_label(asked, {"rebels", "it", "its"}) == label


def test_what_a_promise_hangs_on_is_wanted_and_what_a_threat_warns_of_is_not() -> None:
    assert wanted("if the rebels left", promise=True).clause == "the rebels left"
    assert not wanted("if the rebels left", promise=True).deters
    assert wanted("once the rebels left", promise=True).clause == "the rebels left"
    assert wanted("if the rebels cross the river").deters
    assert wanted("if the rebels do not cross", promise=True).deters


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("strike the port", "strike the port"),
        ("the army would drive the raiders out", "drive the raiders out"),
        ("the army keeps shelling the port", "keeps shelling the port"),
        ("the gulf could see more fighting", ""),
        ("the gangs were armed", ""),
        ("be no easy walk", ""),
        ("not be silent", ""),
        ("not prolong the truce", "not prolong the truce"),
        ("open war with a force that is stronger", "open war with a force that is stronger"),
        ("", ""),
    ],
)
def test_what_a_threat_names_to_do(text: str, expected: str) -> None:
    assert deed(text, "said")[0] == expected


@pytest.mark.parametrize(
    ("quote", "reason"),
    [
        ("Veldland said it was ready for a full truce", "It said that it was ready for a ceasefire."),
        ("Veldland agreed to a full truce", "It agreed to a ceasefire."),
    ],
)
def test_readiness_is_no_agreement(quote: str, reason: str) -> None:
    model = drafted(
        PILOTS, ROAD,
        ("Veldland will attack the salt pans", E.THREATEN,
         {"by": "Veldland", "to": "Ostmark", "content": "attack the salt pans"}),
        (quote, E.AGREE, {"by": "Veldland", "content": "a full truce", "mode": "ceasefire"}),
    )  # fmt: skip
    reasons = [p.evidence.reason for dm in model.decision_makers for p in dm.preferences]
    assert [r for r in reasons if "ceasefire" in r] == [reason]


def test_a_threat_on_a_condition_outside_the_model_is_an_assumption_and_stands_last() -> None:
    model = drafted(
        PILOTS, ROAD,
        ("Veldland will burn the fishing fleet if the floods return", E.THREATEN,
         {"by": "Veldland", "to": "Ostmark", "content": "burn the fishing fleet",
          "condition": "if the floods return"}),
    )  # fmt: skip
    (dm,) = [dm for dm in model.decision_makers if dm.id == "Veldland"]
    last = dm.preferences[-1] if dm.preferences[-1].statements[0] == "not burn_fishing_fleet" else None
    assert "burn_fishing_fleet" not in wants(model, "Veldland")
    assert last is not None
    assert last.evidence.assumption
    assert "if the floods return" in last.evidence.reason


def test_a_threat_to_continue_is_not_told_as_going_on() -> None:
    model = drafted(
        PILOTS, ROAD,
        ("Veldland will continue to shell the harbour", E.THREATEN,
         {"by": "Veldland", "to": "Ostmark", "content": "continue to shell the harbour"}),
    )  # fmt: skip
    assert "Y" not in (model.status_quo or "")
    assert any("worded as going on" in note for note in model.notes)


def test_too_little_for_a_model() -> None:
    model = drafted(PILOTS)
    assert model.decision_makers == ()
    assert "captured pilots" in model.notes[-1]


def test_who_answers_a_demand_was_asked() -> None:
    model = drafted(
        ROAD,
        ("Sudmere attacked the River Guard", E.ASSAULT, {"by": "Sudmere", "to": "River Guard"}),
        ("Veldland demanded the release of the captured pilots", E.REQUEST,
         {"by": "Veldland", "content": "the release of the captured pilots"}),
        ("Ostmark ruled out the release of the captured pilots", E.REJECT, {"by": "Ostmark"}),
    )  # fmt: skip
    assert {o.id: o.dm for o in model.options}["release_captured_pilots"] == "Ostmark"


def test_a_warning_that_names_nothing_to_do_is_no_option() -> None:
    model = drafted(
        PILOTS, ROAD,
        ("Veldland warned that it will not be an easy walk", E.THREATEN,
         {"by": "Veldland", "to": "Ostmark", "content": "not be an easy walk"}),
    )  # fmt: skip
    assert len(model.options) == 2
    assert any("names nothing to do" in note for note in model.notes)


HARBOUR = "Veldland will not give up the harbour until Ostmark frees its fishermen"


def test_a_refusal_until_something_is_done_is_an_option_and_a_condition() -> None:
    model = drafted(
        PILOTS, ROAD,
        (HARBOUR, E.AGREE, {"by": "Veldland", "content": "the harbour", "condition": "Ostmark frees its fishermen",
                            "modality": Modality.CONDITIONAL}),
    )  # fmt: skip
    labels = {o.label: o for o in model.options}
    assert labels["Free its fishermen"].dm == "Ostmark"
    (kept, freed) = labels["Give up the harbour"].id, labels["Free its fishermen"].id
    assert wants(model, "Veldland")[0] == f"{kept} iff {freed}"
    assert freed in wants(model, "Veldland")
    assert f"not {freed}" in wants(model, "Ostmark")


def test_promises_on_each_others_deed_meet_in_one_bargain() -> None:
    model = drafted(
        ("Ostmark offered to halt its raids on the mills if Veldland ended its attacks on the dam", E.THREATEN,
         {"by": "Ostmark", "to": "Veldland", "content": "halt its raids on the mills",
          "condition": "if Veldland ended its attacks on the dam", "modality": Modality.CONDITIONAL}),
        ("Veldland would end its attacks on the dam only if Ostmark halted its raids on the mills", E.AGREE,
         {"by": "Veldland", "to": "Ostmark", "content": "its attacks on the dam",
          "condition": "if Ostmark halted its raids on the mills", "modality": Modality.CONDITIONAL}),
    )  # fmt: skip
    assert [o.label for o in model.options] == [
        "End its attacks on the dam", "Halt its raids on the mills",
    ]  # fmt: skip
    dam, mills = (o.id for o in model.options)
    assert wants(model, "Veldland") == [f"{dam} iff {mills}", mills]
    assert wants(model, "Ostmark") == [f"{mills} iff {dam}", dam]


def test_a_threat_in_case_of_a_deed_makes_the_deed_an_option_of_the_one_who_is_warned() -> None:
    model = drafted(
        PILOTS, ROAD,
        ("Veldland warned that it would shell the harbour if Ostmark crossed the river", E.THREATEN,
         {"by": "Veldland", "to": "Ostmark", "content": "shell the harbour",
          "condition": "if Ostmark crossed the river", "modality": Modality.CONDITIONAL}),
    )  # fmt: skip
    labels = {o.label: o for o in model.options}
    assert labels["Cross the river"].dm == "Ostmark"
    shell, cross = labels["Shell the harbour"].id, labels["Cross the river"].id
    assert {f"not {cross}", f"{shell} if {cross}"} <= set(wants(model, "Veldland"))
    assert not any(w in (cross, f"not {cross}") for w in wants(model, "Ostmark"))


def test_a_threat_against_nobody_weighs_on_those_set_against_its_maker_only() -> None:
    model = drafted(
        PILOTS, ROAD,
        ("Sudmere demanded that Veldland reopen the salt road", E.REQUEST,
         {"by": "Sudmere", "to": "Veldland", "content": "reopen the salt road"}),
        ("Ostmark demanded that Sudmere leave the quay", E.REQUEST,
         {"by": "Ostmark", "to": "Sudmere", "content": "leave the quay"}),
        ("Ostmark threatened a blockade of the straits", E.THREATEN,
         {"by": "Ostmark", "content": "a blockade of the straits"}),
        ("River Guard threatened to impose sanctions on commanders", E.THREATEN,
         {"by": "River Guard", "content": "impose sanctions on commanders"}),
    )  # fmt: skip
    (blockade,) = [o.id for o in model.options if "blockade" in o.label]
    assert f"not {blockade}" in wants(model, "Veldland")
    assert "River Guard" not in [dm.label for dm in model.decision_makers]
    assert any("River Guard" in note and "not told to be against a side" in note for note in model.notes)


def test_who_demands_together_does_not_demand_of_one_another() -> None:
    quote = "Veldland and Ostmark demanded a share of the catch"
    raid = "Veldland threatened Sudmere with a raid on the nets"
    told = Told("a", f"{quote}. {raid}. Sudmere threatened to close the port to Veldland.")
    told.tell(quote, E.REQUEST, "Veldland+Ostmark", content="a share of the catch")
    told.tell(raid, E.THREATEN, "Veldland", "Sudmere", content="a raid on the nets")
    told.tell("Sudmere threatened to close the port to Veldland", E.THREATEN, "Sudmere", "Veldland",
              content="close the port")  # fmt: skip
    record = build_record([told.reading])
    assert {p.demander for p in record.positions} == {"country:VEL", "country:OST"}
    model = draft(record)
    assert ("Sudmere", "Grant a share of the catch") in {(o.dm, o.label) for o in model.options}
    assert not any("share" in o.label for o in model.options if o.dm != "Sudmere")


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("withdraw from Karst before any talks can begin", "withdraw from Karst"),
        ("withdraw from Karst before 1 May", "withdraw from Karst before 1 May"),
        ("disband the guard, a militia of the north", "disband the guard"),
        ("grant guarantees, a share of the catch and free passage", "grant guarantees, a share of the catch and free passage"),
        ("amend its laws, which it says hold a claim", "amend its laws"),
        ("which it says", "which it says"),
    ],
)  # fmt: skip
def test_labels_leave_asides_out(text: str, plain: str) -> None:
    assert without_tail(text) == plain


def test_nobody_is_asked_to_spare_its_own() -> None:
    assert whose("Stop attacking its mills", "Veldland") == "Stop attacking Veldland's mills"
    assert whose("No longer bomb their posts", "Rebels") == "No longer bomb Rebels' posts"
    assert whose("Stop its raids on the mills", "Veldland") == "Stop its raids on the mills"
    assert whose("Withdraw its troops", "Veldland") == "Withdraw its troops"


def test_a_deed_that_is_only_named_is_the_one_that_was_told() -> None:
    model = drafted(
        PILOTS, ROAD,
        ("Veldland threatened an offensive", E.THREATEN, {"by": "Veldland", "to": "Ostmark", "content": "an offensive"}),
        ("Veldland would launch a new offensive on the salt hills", E.THREATEN,
         {"by": "Veldland", "to": "Ostmark", "content": "launch a new offensive on the salt hills"}),
    )  # fmt: skip
    told = [o.label for o in model.options if "offensive" in o.label]
    assert told == ["Launch a new offensive on the salt hills"]


def test_a_promise_read_as_a_threat_is_left_out_and_told() -> None:
    model = drafted(
        PILOTS, ROAD,
        ("Ostmark promised to tighten controls on the salt road", E.THREATEN,
         {"by": "Ostmark", "to": "Veldland", "content": "tighten controls on the salt road"}),
    )  # fmt: skip
    assert not any("controls" in o.label for o in model.options)
    assert any("promise as well as a threat" in note for note in model.notes)
