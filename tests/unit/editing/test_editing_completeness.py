from __future__ import annotations

from ssp_coder.domain.coding import Classification, DDecision
from ssp_coder.domain.time import Span
from ssp_coder.editing.completeness import Step, first_gap, is_complete, open_work
from ssp_coder.editing.edits import Classify, EndSession
from tests.builders import add, after, coding, infant_scheme, mark, rate, s, with_episodes

SCHEME = infant_scheme()


def missing(value, step=None):
    return [
        (work.finding.code, work.finding.message)
        for work in open_work(value, SCHEME)
        if step is None or work.step is step
    ]


def required():
    return [slot.id for slot in SCHEME.slots if slot.required]


def complete():
    own = Classification(primary="B", subgroup="B3", confidence=4, rationale="settles")
    return after(
        with_episodes(),
        *(rate(slot, 2) for slot in required()),
        Classify(classification=own),
    )


def test_an_empty_coding_lacks_every_episode_the_end_the_ratings_and_the_class():
    codes = [code for code, _ in missing(coding())]
    assert codes.count("prepare.unmarked") == 8
    assert "prepare.no_end" in codes
    assert codes.count("rate.not_rated") == len(required())
    assert codes[-1] == "class.none"


def test_a_coding_without_a_video_says_so_first():
    assert missing(coding(media=()))[0][0] == "prepare.no_video"


def test_a_complete_coding_lacks_nothing_that_keeps_it_open():
    assert is_complete(complete(), SCHEME)
    assert not is_complete(with_episodes(), SCHEME)


def test_a_length_outside_the_procedure_asks_for_a_reason():
    value = after(coding(), mark("EP2", 10), mark("EP3", 100))
    assert ("prepare.deviation", "EP2 is short, no reason") in missing(value, Step.PREPARE)
    explained = after(value, mark("EP2", 10, reason="late start"))
    assert "prepare.deviation" not in [code for code, _ in missing(explained)]


def test_a_curtailed_separation_needs_no_reason():
    value = after(coding(), mark("EP4", 10), mark("EP5", 60))
    assert "prepare.deviation" not in [code for code, _ in missing(value)]


def test_a_group_that_was_begun_is_missed_where_it_stops():
    value = after(
        with_episodes(), add("contact.not_held", 40, end=700), add("contact.held_by_c", 760)
    )
    gaps = [work for work in open_work(value, SCHEME) if work.finding.code == "code.gap"]
    assert [(gap.finding.place, gap.at_us) for gap in gaps] == [
        ("EP5", s(700)),
        ("EP6", s(750)),
    ]


def test_a_group_that_was_never_used_is_only_worth_a_note():
    value = after(complete(), add("contact.not_held", 40, end=1290))
    codes = [code for code, _ in missing(value, Step.CODE)]
    assert "code.group_unused" in codes
    assert is_complete(value, SCHEME)


def test_the_disorganization_scale_belongs_to_its_own_step():
    assert missing(coding(), Step.DISORGANIZATION) == [("rate.not_rated", "DORG")]
    assert missing(after(coding(), rate("dorg", "NA_view")), Step.DISORGANIZATION) == []


def test_the_decision_point_asks_for_a_decision_and_a_reason():
    at_point = after(complete(), rate("dorg", 5))
    assert missing(at_point, Step.CLASSIFY)
    own = Classification(
        primary="B", subgroup="B3", d_decision=DDecision.NO, d_reason="tired", confidence=3
    )
    decided = after(at_point, Classify(classification=own))
    assert [code for code, _ in missing(decided, Step.CLASSIFY) if "decision" in code] == []


def test_gaps_shorter_than_a_slip_of_the_hand_are_overlooked():
    states = after(
        coding(), add("distress.cry", 0, end=10), add("distress.none", 10.4, end=20)
    ).events
    whole = Span(start_us=s(0), end_us=s(20))
    assert first_gap(states, whole) is None
    longer = Span(start_us=s(0), end_us=s(21))
    assert first_gap(states, longer) == Span(start_us=s(20), end_us=s(21))
    assert first_gap((), whole) == whole


def test_an_open_state_is_missing_its_end_once_the_session_has_ended():
    value = after(coding(), add("distress.cry", 10))
    assert "code.open_state" not in [code for code, _ in missing(value)]
    ended = after(value, EndSession(at_us=s(20)))
    assert "code.open_state" not in [code for code, _ in missing(ended)]
