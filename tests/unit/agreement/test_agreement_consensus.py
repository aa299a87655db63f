"""What two codings have alike, what is to be settled, and what a settlement changes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ssp_coder.agreement.comparison import ClassLevel
from ssp_coder.agreement.consensus import answer_of, as_taken, choices_of
from ssp_coder.agreement.disagreement import DisagreementKind
from ssp_coder.domain.coding import Classification, DDecision, Event
from ssp_coder.domain.scale import Points
from ssp_coder.domain.settlement import SettledFor
from ssp_coder.editing import edits
from tests.builders import INFANT, add, answer, rate, s
from tests.consensus_pair import ALIKE, FIRST, SECOND, coded, drawn, settled


def spans(events):
    return [(one.code, one.start_us / 1e6, one.end_us / 1e6) for one in events]


def state(code: str, start: float, end: float) -> Event:
    return Event(id=0, code=code, subject=INFANT, start_us=s(start), end_us=s(end))


def keys(found):
    return [(one.key, one.kind) for one in found.items]


def test_what_both_have_alike_is_taken_with_the_times_of_the_first() -> None:
    second = (add("distress.none", 30.6, end=60.4),)
    found = drawn((add("distress.none", 30, end=60),), second)
    assert spans(found.agreed.events) == [("distress.none", 30.0, 60.0)]
    assert found.items == ()


def test_everything_that_differs_is_an_item_events_first_then_indices_ratings_and_class() -> None:
    kinds = DisagreementKind
    assert [one.kind for one in drawn().items] == [
        kinds.OTHER_CODE,  # the same reach, toward somebody else
        kinds.EXTRA,
        kinds.OTHER_CODE,
        kinds.TIMING,
        kinds.MISSED,
        kinds.OTHER_CODE,  # an index that one found strong
        kinds.RATING,
        kinds.CLASS,
    ]


def test_the_same_act_with_another_detail_is_no_agreement() -> None:
    found = drawn()
    assert "seeking.reach" not in [event.code for event in found.agreed.events]
    assert found.items[0].at_us == s(70)


def test_ratings_alike_are_taken_without_words_and_others_are_items() -> None:
    found = drawn()
    assert [(one.slot, one.score) for one in found.agreed.ratings] == [("pcs_c_5", Points(4.0))]
    assert "rating:avo_c_5" in [one.key for one in found.items]
    alike = drawn((rate("avo_c_5", 2, "mine"),), (rate("avo_c_5", 2),))
    assert [one.note for one in alike.agreed.ratings] == [""]


def test_a_place_that_neither_rated_is_no_item() -> None:
    assert drawn(ALIKE, ALIKE).items == ()


def test_indices_of_one_theme_and_strength_are_alike_though_their_words_differ() -> None:
    found = drawn()
    assert [(one.start_us, one.note) for one in found.agreed.d_indices] == [(s(40), "")]
    assert [one.key for one in found.items if one.indices] == ["index:2:2"]


def test_an_index_that_one_saw_alone_is_an_item_at_its_moment() -> None:
    from tests.unit.storage.storage_files import d_index

    found = drawn((edits.PutDIndex(index=d_index(40)),), ())
    assert [(one.kind, one.at_us) for one in found.items] == [(DisagreementKind.EXTRA, s(40))]


def test_marks_come_from_the_first_and_from_the_second_where_the_first_has_none() -> None:
    found = drawn(())
    assert [one.start_us for one in found.agreed.episodes] == [
        one.start_us for one in found.first.episodes
    ]
    assert found.agreed.session_end == found.first.session_end


def test_visit_answers_that_contradict_each_other_are_left_open() -> None:
    found = drawn(
        (answer("prior_visits", 1),),
        (answer("prior_visits", 2),),
    )
    assert found.agreed.visit == ()
    assert len(drawn((answer("prior_visits", 1),), ()).agreed.visit) == 1


@pytest.mark.parametrize(
    ("taken", "words"),
    [
        (SettledFor.FIRST, [("distress.fuss", 100.0, 120.0)]),
        (SettledFor.SECOND, [("distress.cry", 100.5, 119.0)]),
        (SettledFor.NEITHER, []),
    ],
)
def test_an_event_is_settled_for_either_or_neither(taken, words) -> None:
    found = drawn()
    item = found.items[2]
    assert spans(found.outcome({}, settled(found, item.key, taken)).added) == words


def test_a_state_that_was_settled_ends_the_one_that_runs_and_lets_it_go_on() -> None:
    found = drawn((add("distress.none", 0, end=60),), (add("distress.none", 0, end=60),))
    own = replace(
        settled(drawn(), drawn().items[2].key, SettledFor.OWN),
        item="event:x:",
        events=(state("distress.cry", 20, 30),),
    )
    outcome = found.outcome({}, own)
    assert spans(outcome.removed) == [("distress.none", 0.0, 60.0)]
    assert spans(outcome.added) == [
        ("distress.none", 0.0, 20.0),
        ("distress.cry", 20.0, 30.0),
        ("distress.none", 30.0, 60.0),
    ]


def test_what_would_be_left_for_less_than_the_tolerance_belongs_to_the_new_state() -> None:
    found = drawn((add("distress.none", 0, end=60),), (add("distress.none", 0, end=60),))
    own = replace(
        settled(drawn(), drawn().items[2].key, SettledFor.OWN),
        events=(state("distress.cry", 20, 59.5),),
    )
    assert spans(found.outcome({}, own).added) == [
        ("distress.none", 0.0, 20.0),
        ("distress.cry", 20.0, 60.0),
    ]


def test_the_order_in_which_items_are_settled_does_not_matter() -> None:
    found = drawn()
    one, other = (
        settled(
            found, found.items[2].key, SettledFor.OWN, events=(state("distress.cry", 100, 135),)
        ),
        settled(found, found.items[3].key, SettledFor.FIRST),
    )
    ways = []
    for first, then in ((one, other), (other, one)):
        begun = set(spans(found.outcome({}, first).added))
        last = found.outcome({first.item: first}, then)
        ways.append(begun - set(spans(last.removed)) | set(spans(last.added)))
    assert ways[0] == ways[1]
    assert ("distress.cry", 130.0, 140.0) in ways[0]


def test_settling_anew_takes_back_what_the_earlier_settlement_put() -> None:
    found = drawn()
    key = found.items[2].key
    earlier = settled(found, key, SettledFor.FIRST)
    outcome = found.outcome({key: earlier}, settled(found, key, SettledFor.SECOND))
    assert spans(outcome.removed) == [("distress.fuss", 100.0, 120.0)]
    assert spans(outcome.added) == [("distress.cry", 100.5, 119.0)]


def test_events_of_a_group_in_which_several_may_hold_stand_beside_each_other() -> None:
    found = drawn()
    added = found.outcome({}, settled(found, found.items[1].key, SettledFor.FIRST))
    assert spans(added.added) == [("seeking.reach", 90.0, 90.0)]
    assert added.removed == ()


def test_a_rating_is_settled_for_either_and_left_unrated_for_neither() -> None:
    found = drawn()
    first, second, neither = (
        settled(found, "rating:avo_c_5", taken)
        for taken in (SettledFor.FIRST, SettledFor.SECOND, SettledFor.NEITHER)
    )
    assert [first.rating.score, second.rating.score] == [Points(2.0), Points(4.0)]
    assert first.rating.note == ""
    assert neither.rating is None
    assert neither.slot == "avo_c_5"


def test_the_class_keeps_what_both_have_and_takes_what_was_settled() -> None:
    found = drawn()
    assert found.agreed.classification == Classification(primary="B")
    outcome = found.outcome({}, settled(found, "class:subgroup", SettledFor.SECOND))
    assert outcome.classification == Classification(primary="B", subgroup="B2")


def test_a_class_of_another_group_brings_its_subgroup() -> None:
    found = drawn(
        (edits.Classify(classification=Classification(primary="A", subgroup="A1")),),
        (edits.Classify(classification=Classification(primary="B", subgroup="B2")),),
    )
    assert [one.level for one in found.items] == [ClassLevel.PRIMARY]
    assert found.agreed.classification is None
    outcome = found.outcome({}, settled(found, "class:primary", SettledFor.FIRST))
    assert outcome.classification == Classification(primary="A", subgroup="A1")


def test_the_word_on_d_is_settled_by_itself() -> None:
    classes = [
        Classification(primary="B", subgroup="B3", d_decision=decision, d_reason="seen")
        for decision in (DDecision.YES, DDecision.NO)
    ]
    found = drawn(*((edits.Classify(classification=one),) for one in classes))
    outcome = found.outcome({}, settled(found, "class:d_decision", SettledFor.SECOND))
    assert outcome.classification is not None
    assert outcome.classification.d_decision is DDecision.NO
    assert outcome.classification.subgroup == "B3"


def test_a_class_is_never_settled_for_neither_nor_for_whom_gave_none() -> None:
    found = drawn((edits.Classify(classification=Classification(primary="B")),), ())
    assert choices_of(found, found.items[0]) == (SettledFor.FIRST, SettledFor.OWN)
    assert len(choices_of(drawn(), drawn().items[0])) == 4


def test_neither_the_codings_nor_their_words_are_taken_along() -> None:
    first, second = coded("K1", *FIRST), coded("K2", *SECOND)
    found = drawn()
    for item in found.items:
        for taken in choices_of(found, item):
            found.outcome({}, settled(found, item.key, taken))
    assert (found.first, found.second) == (first, second)
    assert as_taken(replace(first.events[0], comment="odd")).comment == ""
    index = answer_of(found, found.item("index:2:2"), SettledFor.SECOND).index
    assert index is not None
    assert index.note == ""
