"""The references of the drawn cases: what they have in common with their films."""

from __future__ import annotations

from itertools import pairwise

import pytest
from demonstration_pack_cases import DRAWN, coded, drawn, of_group, plan, reference, scheme

from ssp_coder.demonstration.judging import reference_of
from ssp_coder.domain.coding import CodingRole, EventId
from ssp_coder.domain.ethogram import CodeKind
from ssp_coder.editing.completeness import open_work
from ssp_coder.rules.evaluate import evaluate
from ssp_coder.rules.facts import facts_from_coding

every_case = pytest.mark.parametrize("case_id", DRAWN)
TILED = ("distress", "contact", "distance", "gaze")
ADULTS = ("caregiver", "stranger", "experimenter")


@every_case
def test_a_reference_is_finished_but_for_its_video(case_id: str) -> None:
    lacking = [work.finding.code for work in open_work(reference(case_id), scheme())]
    assert lacking == ["prepare.no_video"]


@every_case
def test_a_reference_is_locked(case_id: str) -> None:
    assert reference(case_id).locked
    assert reference(case_id).role is CodingRole.REFERENCE


@every_case
def test_the_rules_come_to_the_same_class(case_id: str) -> None:
    coding = reference(case_id)
    verdict = evaluate(scheme().rules, facts_from_coding(coding, scheme()))
    own = coding.classification
    assert own is not None
    assert verdict.group == own.primary
    assert (verdict.subgroup or "") == own.subgroup
    assert (verdict.secondary or "") == own.secondary


@every_case
def test_a_reference_is_the_same_every_time(case_id: str) -> None:
    assert reference_of(drawn(case_id), scheme(), plan().read_off) == reference(case_id)


@every_case
@pytest.mark.parametrize("group", TILED)
def test_exclusive_states_tile_the_session(case_id: str, group: str) -> None:
    case, states = drawn(case_id), of_group(reference(case_id), group)
    assert states[0].start_us == dict(case.starts)["EP2"]
    assert states[-1].end_us == case.end_us
    for state, following in pairwise(states):
        assert state.end_us == following.start_us
        assert state.code != following.code


@every_case
@pytest.mark.parametrize("adult", ADULTS)
def test_presence_is_what_the_film_shows(case_id: str, adult: str) -> None:
    case = drawn(case_id)
    states = of_group(reference(case_id), "presence", adult)
    inside = plan().read_off.present[0]
    told = [(s.start_us, s.end_us) for s in states if s.code == inside]
    shown = [
        (stay.start_us, min(stay.end_us, case.end_us))
        for stay in case.story.presence(adult)
        if stay.start_us < case.end_us
    ]
    assert told == shown
    for state, following in pairwise(states):
        assert state.end_us == following.start_us


@every_case
def test_distress_is_what_the_film_shows_and_sounds(case_id: str) -> None:
    case = drawn(case_id)
    levels = plan().read_off.distress
    told = [
        (event.start_us, event.end_us, levels.index(event.code))
        for event in of_group(reference(case_id), "distress")
        if event.code != levels[0]
    ]
    shown: list[tuple[int, int, int]] = []
    for weeping in case.story.weeping():
        if weeping.span.start_us < case.end_us:
            start, end = weeping.span.start_us, min(weeping.span.end_us, case.end_us)
            if shown and shown[-1][1:] == (start, weeping.level):
                start = shown.pop()[0]
            shown.append((start, end, weeping.level))
    assert told == shown


@every_case
def test_the_child_is_held_while_it_is_carried(case_id: str) -> None:
    case = drawn(case_id)
    beats = [b for b in case.story.beats if b.does in ("carry", "set_down")]
    shown = [
        (take.at_us, min(down.end_us, case.end_us), take.who)
        for take, down in zip(beats[2::2], [*beats[3::2], beats[-1]], strict=False)
        if take.at_us < case.end_us and down.does == "set_down"
    ]
    bouts: list[tuple[int, int, str]] = []
    for event in of_group(reference(case_id), "contact"):
        who = {"c": "caregiver", "s": "stranger"}.get(event.code.rsplit("_", 1)[-1])
        assert event.end_us is not None
        if who is None or event.code.endswith("not_held"):
            continue
        if bouts and bouts[-1][1] == event.start_us:
            bouts[-1] = bouts[-1][0], event.end_us, who
        else:
            bouts.append((event.start_us, event.end_us, who))
    assert [bout for bout in bouts if bout[1] < case.end_us] == [
        bout for bout in shown if bout[1] < case.end_us
    ]


@every_case
def test_the_child_cannot_look_at_who_is_out(case_id: str) -> None:
    case, looks = drawn(case_id), plan().read_off.looks
    for person in ("caregiver", "stranger"):
        for event in of_group(reference(case_id), "gaze"):
            if event.code == looks[person]:
                assert any(stay.holds(event.start_us) for stay in case.story.presence(person))


@every_case
def test_distance_is_unseen_exactly_while_the_caregiver_is_out(case_id: str) -> None:
    coding, codes = reference(case_id), plan().read_off
    unseen = [e for e in of_group(coding, "distance") if e.code == codes.unseen]
    out = [e for e in of_group(coding, "presence", "caregiver") if e.code == codes.present[1]]
    assert [(e.start_us, e.end_us) for e in unseen] == [(e.start_us, e.end_us) for e in out]


@every_case
def test_contact_is_the_distance_while_the_caregiver_holds(case_id: str) -> None:
    coding, codes = reference(case_id), plan().read_off
    touching = sum(
        e.end_us - e.start_us
        for e in of_group(coding, "distance")
        if e.code == codes.touching and e.end_us is not None
    )
    held = sum(
        e.end_us - e.start_us
        for e in of_group(coding, "contact")
        if e.code in (codes.held["caregiver"], codes.clinging["caregiver"]) and e.end_us is not None
    )
    assert touching == held


@every_case
def test_a_distance_that_is_only_passed_through_is_not_coded(case_id: str) -> None:
    codes = plan().read_off
    states = of_group(reference(case_id), "distance")
    exact = (codes.touching, codes.unseen)
    for before, state in pairwise(states):
        if before.code not in exact and state.code not in exact:
            assert state.end_us is not None
            assert state.end_us - state.start_us >= 200_000


@every_case
def test_toys_are_handled_while_they_are_in_the_hand(case_id: str) -> None:
    case, code = drawn(case_id), plan().read_off.handling
    held = [e for e in reference(case_id).events if e.code == code]
    grasps = [b for b in case.story.beats if (b.who, b.does) == ("infant", "grasp")]
    for event in held:
        assert any(b.at_us == event.start_us and b.to for b in grasps)
        ends = [b.at_us for b in grasps if not b.to or b.at_us > event.start_us]
        assert event.end_us in (*ends, case.end_us)


def test_a_child_plays_in_every_case_but_the_passive_one() -> None:
    code = plan().read_off.handling
    idle = [case for case in DRAWN if all(e.code != code for e in reference(case).events)]
    assert [drawn(case).file.classification.sub for case in idle] == ["C2"]


@every_case
def test_every_time_falls_on_a_frame(case_id: str) -> None:
    frame = drawn(case_id).story.frame_us
    for event in reference(case_id).events:
        assert event.start_us % frame == 0
        assert event.end_us is not None
        assert event.end_us % frame == 0
        assert event.start_frame == event.start_us // frame


@every_case
def test_nothing_is_coded_after_the_session(case_id: str) -> None:
    case = drawn(case_id)
    for event in reference(case_id).events:
        assert event.start_us < case.end_us
        assert event.end_us is not None
        assert event.end_us <= case.end_us


@every_case
def test_points_have_no_length_and_states_have_one(case_id: str) -> None:
    for event in reference(case_id).events:
        kind = scheme().ethogram.code(event.code).kind
        assert event.end_us is not None
        assert (event.end_us > event.start_us) == (kind is CodeKind.STATE), event


@every_case
def test_each_group_is_coded_of_its_own_subjects(case_id: str) -> None:
    for event in reference(case_id).events:
        assert event.subject in scheme().ethogram.group_of(event.code).subjects


@every_case
def test_modifiers_are_given_where_the_ethogram_has_them(case_id: str) -> None:
    for event in reference(case_id).events:
        wanted = scheme().ethogram.code(event.code).modifiers
        assert tuple(key for key, _ in event.modifiers) == wanted, event


@every_case
def test_there_are_enough_events_to_learn_from_and_few_enough_to_code(case_id: str) -> None:
    assert 80 < len(reference(case_id).events) < 160


@every_case
def test_a_rating_carries_its_explanations_and_their_clips(case_id: str) -> None:
    for note in drawn(case_id).file.notes:
        rating = next(r for r in reference(case_id).ratings if r.slot == note.slot)
        assert note.words in rating.note
        start = drawn(case_id).at(note.episode, note.from_s)
        assert start in {clip.start_us for clip in rating.clips}


@every_case
def test_every_place_is_rated(case_id: str) -> None:
    assert {rating.slot for rating in reference(case_id).ratings} >= {
        slot.id for slot in scheme().slots if slot.required
    }


@every_case
def test_indices_lie_where_the_caregiver_is(case_id: str) -> None:
    case = drawn(case_id)
    for index in reference(case_id).d_indices:
        for person in index.present:
            stays = case.story.presence(person)
            assert any(s.start_us <= index.start_us < s.end_us for s in stays), index
        assert "caregiver" in index.present
        assert index.ruled_out


def test_only_a_disorganized_case_has_indices() -> None:
    groups = {
        drawn(case).file.classification.primary: len(reference(case).d_indices)
        for case in DRAWN
        if reference(case).d_indices
    }
    assert set(groups) == {"D"}
    assert groups["D"] >= 3


def test_a_disorganized_case_shows_fear_and_the_others_do_not() -> None:
    afraid = {case for case in DRAWN if any(b.does == "dread" for b in drawn(case).story.beats)}
    assert {drawn(case).file.classification.primary for case in afraid} == {"D"}


def test_an_avoidant_case_shows_no_crying_and_a_resistant_one_much() -> None:
    crying: dict[str, list[int]] = {}
    for case in DRAWN:
        end = drawn(case).end_us
        seconds = sum(
            min(w.span.end_us, end) - w.span.start_us for w in drawn(case).story.weeping()
        )
        crying.setdefault(drawn(case).file.classification.primary, []).append(seconds)
    assert max(crying["A"]) == 0
    assert min(crying["C"]) > 30_000_000


def test_ids_are_given_in_order_of_time() -> None:
    events = coded(DRAWN[0]).events
    assert sorted(event.id for event in events) == [EventId(n + 1) for n in range(len(events))]
