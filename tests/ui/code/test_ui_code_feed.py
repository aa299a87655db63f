from __future__ import annotations

from ssp_coder.editing.edits import MarkEpisodeMissing
from ssp_coder.ui.code.feed import blocks_of, cues_of, lanes_of, mark_of, marks_of
from ssp_coder.ui.kit.marks import MarkShape
from ssp_coder.ui.timeline.model import EpisodeState, LaneKind
from tests.builders import CAREGIVER, STRANGER, add, after, coding, infant_scheme, s, with_episodes

SCHEME = infant_scheme()


def lanes(value):
    return lanes_of(SCHEME, value.events, "{0} acts")


def test_the_infants_lanes_are_always_there_exclusive_groups_first():
    shown = lanes(coding())
    assert [lane.title for lane in shown] == [
        "Distress",
        "Contact",
        "Distance to C",
        "Gaze",
        "Infant acts",
        "Play and exploration",
    ]
    assert [lane.kind for lane in shown][-2:] == [LaneKind.POINT, LaneKind.STATE]


def test_adults_get_lanes_when_something_of_them_was_coded():
    value = after(
        coding(),
        add("adult_acts.greet", 1, subject=CAREGIVER),
        add("presence.in_room", 2, subject=STRANGER),
    )
    titles = [lane.title for lane in lanes(value)]
    assert "Presence, stranger" in titles
    assert "Caregiver acts" in titles
    assert "Stranger acts" not in titles
    assert titles[:4] == ["Distress", "Contact", "Distance to C", "Gaze"]


def test_every_mark_lies_in_a_lane_that_is_shown():
    value = after(
        coding(),
        *(
            add(code.id, 10 + place, subject=group.subjects[0])
            for place, group in enumerate(SCHEME.ethogram.groups)
            for code in group.codes[:1]
        ),
    )
    names = {lane.id for lane in lanes(value)}
    assert {mark.lane for mark in marks_of(value.events, SCHEME)} <= names


def test_a_point_has_the_shape_of_its_group_and_a_state_is_a_bar():
    value = after(coding(), add("seeking.reach", 5), add("distress.cry", 6))
    point, state = (mark_of(event, SCHEME) for event in value.events)
    assert (point.shape, point.end_us, point.open) == (MarkShape.TRIANGLE_UP, None, False)
    assert (state.shape, state.end_us, state.open) == (MarkShape.BAR, None, True)


def test_levels_and_hatches_come_from_the_ethogram():
    value = after(
        coding(), add("distress.fuss", 1), add("distress.hard_cry", 2), add("contact.clinging_c", 3)
    )
    fuss, hard, clinging = (mark_of(event, SCHEME) for event in value.events)
    assert fuss.level < hard.level
    assert clinging.hatched


def test_a_mark_says_toward_whom_and_the_comment():
    value = after(coding(), add("seeking.reach", 5, modifiers={"toward": "c"}, comment="both arms"))
    assert mark_of(value.events[0], SCHEME).detail == "toward caregiver, both arms"


def test_only_marked_and_missing_episodes_are_in_the_band():
    assert blocks_of(coding(), SCHEME) == ()
    value = after(with_episodes(), MarkEpisodeMissing(episode="EP7", reason="asleep"))
    blocks = {block.id: block for block in blocks_of(value, SCHEME)}
    assert blocks["EP7"].state is EpisodeState.MISSING
    assert blocks["EP7"].note == "asleep"
    assert blocks["EP6"].state is EpisodeState.EXTENDED
    assert blocks["EP2"].planned_us == s(180)


def test_each_start_is_a_cue_named_by_what_is_seen():
    cues = cues_of(with_episodes(), SCHEME)
    assert len(cues) == 8
    assert cues[3].time_us == s(390)
    assert cues[3].label.startswith("EP4")
