"""Tracks of a scheme, the part that is compared, and events cut to it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ssp_coder.agreement.protocol import USUAL_PROTOCOL, Lump, Window
from ssp_coder.agreement.track_build import ProtocolError, bouts_of, tracks_of
from ssp_coder.agreement.track_window import open_states, stretch_of
from ssp_coder.agreement.tracks import Stretch, Track, TrackKind
from ssp_coder.domain.coding import Coding, SessionEnd
from ssp_coder.domain.time import SECOND_US
from tests.builders import (
    CAREGIVER,
    STANDARD_END,
    add,
    after,
    coding,
    infant_scheme,
    mark,
    s,
    with_episodes,
)

EXPERIMENTER = "experimenter"
ALL = replace(USUAL_PROTOCOL, window=Window.CODED)


def track(*codings: Coding, named: str, lumps: tuple[Lump, ...] = ()) -> Track:
    return next(one for one in tracks_of(infant_scheme(), codings, lumps) if one.id == named)


def wide(*blind: tuple[float, float]) -> Stretch:
    spans = [(round(low * SECOND_US), round(high * SECOND_US)) for low, high in blind]
    return Stretch(
        start_us=0,
        end_us=STANDARD_END * SECOND_US,
        blind=np.array(spans, dtype=np.int64).reshape(-1, 2),
    )


def rows(made: Coding, own: Track, part: Stretch) -> list[tuple[float, float, str]]:
    found = bouts_of(made, own, part)
    return [
        (start / SECOND_US, end / SECOND_US, own.codes[code])
        for start, end, code in zip(
            found.starts.tolist(), found.ends.tolist(), found.codes.tolist(), strict=True
        )
    ]


def test_every_exclusive_group_is_a_track_of_each_of_its_persons() -> None:
    ids = [one.id for one in tracks_of(infant_scheme(), (coding(),))]
    assert "infant/gaze" in ids
    assert "caregiver/presence" in ids
    assert "stranger/presence" in ids
    assert all("seeking" not in one for one in ids)


def test_states_that_can_co_occur_each_have_a_track_once_used() -> None:
    made = after(coding(), add("play_explore.oral", 3, end=8))
    ids = [one.id for one in tracks_of(infant_scheme(), (coding(), made))]
    assert "infant/play_explore.oral" in ids
    assert "infant/play_explore.locomotion" not in ids


def test_points_of_a_group_share_a_track_with_all_declared_codes() -> None:
    own = track(after(coding(), add("seeking.reach", 3)), named="infant/seeking")
    group = infant_scheme().ethogram.group("seeking")
    assert own.kind is TrackKind.POINTS
    assert own.codes == tuple(code.id for code in group.codes)


def test_a_group_of_points_and_states_has_tracks_of_either_kind() -> None:
    made = after(coding(), add("resistance.hit", 3), add("resistance.tantrum", 5, end=9))
    kinds = {
        one.id: one.kind for one in tracks_of(infant_scheme(), (made,)) if one.group == "resistance"
    }
    assert kinds == {
        "infant/resistance.tantrum": TrackKind.STATES,
        "infant/resistance": TrackKind.POINTS,
    }


def test_what_means_that_nothing_is_seen_is_no_code_of_a_track() -> None:
    own = track(coding(), named="infant/gaze")
    assert "gaze.uncodable" not in own.codes
    made = after(coding(), add("procedure.view_lost", 3, subject=EXPERIMENTER, end=4))
    assert all(one.group != "procedure" for one in tracks_of(infant_scheme(), (made,)))


def test_tracks_of_the_procedure_are_told_apart() -> None:
    found = {one.id: one.is_setting for one in tracks_of(infant_scheme(), (coding(),))}
    assert found["caregiver/presence"]
    assert not found["infant/distress"]


LUMP = Lump(name="upset", codes=("distress.fuss", "distress.cry"))


def test_lumped_codes_are_one_code_in_the_place_of_the_first() -> None:
    own = track(coding(), named="infant/distress", lumps=(LUMP,))
    assert own.codes == ("distress.none", "upset", "distress.hard_cry")
    assert own.places["distress.fuss"] == own.places["distress.cry"] == 1


def test_lumped_states_that_follow_each_other_are_one_event() -> None:
    made = after(
        coding(), add("distress.fuss", 5), add("distress.cry", 8), add("distress.none", 12)
    )
    own = track(made, named="infant/distress", lumps=(LUMP,))
    assert rows(made, own, wide())[0] == (5.0, 12.0, "upset")


def test_lumped_states_apart_from_each_other_stay_two() -> None:
    made = after(
        coding(), add("distress.fuss", 5), add("distress.none", 8), add("distress.cry", 12)
    )
    own = track(made, named="infant/distress", lumps=(LUMP,))
    assert [name for _, _, name in rows(made, own, wide())] == ["upset", "distress.none", "upset"]


def test_lumped_states_that_co_occur_are_one_event() -> None:
    lump = Lump(name="play", codes=("play_explore.oral", "play_explore.manipulation"))
    made = after(
        coding(), add("play_explore.oral", 5, end=10), add("play_explore.manipulation", 8, end=15)
    )
    own = track(made, named="infant/play", lumps=(lump,))
    assert rows(made, own, wide()) == [(5.0, 15.0, "play")]


@pytest.mark.parametrize(
    ("lumps", "message"),
    [
        ((Lump(name="x", codes=("gaze.to_c", "gaze.nowhere")),), "gaze.nowhere is not a code"),
        ((Lump(name="x", codes=("gaze.to_c", "distress.cry")),), "two or more codes of one group"),
        ((Lump(name="x", codes=("resistance.hit", "resistance.tantrum")),), "states or points"),
        ((Lump(name="x", codes=("gaze.to_c",)),), "two or more codes"),
        ((LUMP, Lump(name="y", codes=("distress.cry", "distress.none"))), "another lump already"),
    ],
)
def test_lumps_that_make_no_sense_are_refused(lumps: tuple[Lump, ...], message: str) -> None:
    with pytest.raises(ProtocolError, match=message) as caught:
        tracks_of(infant_scheme(), (), lumps)
    assert caught.value.finding.place == f"lump {lumps[-1].name}"
    assert caught.value.finding.remedy


def test_a_state_left_open_lasts_to_the_end_of_the_window() -> None:
    made = after(with_episodes(), add("gaze.to_c", 40))
    assert open_states(made, infant_scheme()) == 1
    own = track(made, named="infant/gaze")
    part = stretch_of(made, made, infant_scheme(), USUAL_PROTOCOL, track=own)
    assert rows(made, own, part) == [(40.0, float(STANDARD_END), "gaze.to_c")]
    assert bouts_of(made, own, part).cut_ends.tolist() == [0]


def test_events_are_cut_to_the_window_and_say_where() -> None:
    made = after(coding(), add("gaze.to_c", 5, end=20), add("gaze.to_s", 25, end=40))
    own = track(made, named="infant/gaze")
    part = Stretch(start_us=s(10), end_us=s(30))
    found = bouts_of(made, own, part)
    assert rows(made, own, part) == [(10.0, 20.0, "gaze.to_c"), (25.0, 30.0, "gaze.to_s")]
    assert (found.cut_starts.tolist(), found.cut_ends.tolist()) == ([0], [1])


def test_an_event_that_only_touches_the_window_is_outside_of_it() -> None:
    made = after(
        coding(), add("gaze.to_c", 5, end=10), add("seeking.reach", 30), add("seeking.lean", 10)
    )
    part = Stretch(start_us=s(10), end_us=s(30))
    assert rows(made, track(made, named="infant/gaze"), part) == []
    assert rows(made, track(made, named="infant/seeking"), part) == [(10.0, 10.0, "seeking.lean")]


def test_a_state_over_a_gap_becomes_two_without_onset_or_end_of_their_own() -> None:
    made = after(coding(), add("gaze.to_c", 5, end=40))
    own = track(made, named="infant/gaze")
    found = bouts_of(made, own, wide((10, 12), (20, 21)))
    assert rows(made, own, wide((10, 12), (20, 21))) == [
        (5.0, 10.0, "gaze.to_c"),
        (12.0, 20.0, "gaze.to_c"),
        (21.0, 40.0, "gaze.to_c"),
    ]
    assert found.cut_starts.tolist() == [1, 2]
    assert found.cut_ends.tolist() == [0, 1]
    assert len(set(found.ids.tolist())) == 1


def test_an_event_that_begins_just_as_a_gap_ends_has_no_onset_either() -> None:
    made = after(coding(), add("gaze.to_c", 12, end=40))
    found = bouts_of(made, track(made, named="infant/gaze"), wide((10, 12)))
    assert found.cut_starts.tolist() == [0]


def test_points_within_a_gap_are_gone() -> None:
    made = after(
        coding(), add("seeking.reach", 9), add("seeking.lean", 11), add("seeking.reach", 12)
    )
    own = track(made, named="infant/seeking")
    assert [at for at, _, _ in rows(made, own, wide((10, 12)))] == [9.0, 12.0]


def test_what_either_could_not_see_is_removed_for_both() -> None:
    a = after(coding(), add("gaze.uncodable", 10, end=20), add("gaze.to_c", 30, end=40))
    b = after(coding(coder="c02"), add("gaze.uncodable", 15, end=25), add("gaze.to_c", 30, end=40))
    own = track(a, b, named="infant/gaze")
    part = stretch_of(a, b, infant_scheme(), ALL, track=own)
    assert part.blind.tolist() == [[s(10), s(25)]]
    assert part.removed_us == s(15)
    assert part.seen_us == s(25)


def test_what_is_unseen_of_one_lane_is_compared_in_the_others() -> None:
    a = after(coding(), add("gaze.uncodable", 10, end=20), add("distress.cry", 30, end=40))
    assert not len(stretch_of(a, a, infant_scheme(), ALL).blind)
    own = track(a, named="infant/distress")
    assert stretch_of(a, a, infant_scheme(), ALL, track=own).removed_us == 0


def test_a_lost_view_is_removed_from_every_lane() -> None:
    a = after(
        coding(),
        add("procedure.view_lost", 10, subject=EXPERIMENTER, end=20),
        add("distress.cry", 30, end=40),
    )
    for part in (
        stretch_of(a, a, infant_scheme(), ALL),
        stretch_of(a, a, infant_scheme(), ALL, track=track(a, named="infant/distress")),
    ):
        assert part.blind.tolist() == [[s(10), s(20)]]


def test_the_window_is_from_the_first_episode_to_the_end() -> None:
    made = with_episodes(after(coding(), add("gaze.to_c", 1, end=2)))
    late = after(made, mark(infant_scheme().procedure.episodes[0].id, 12))
    part = stretch_of(late, made, infant_scheme(), USUAL_PROTOCOL)
    assert (part.start_us, part.end_us) == (s(12), s(STANDARD_END))


def test_what_only_one_coder_took_for_the_session_is_left_out() -> None:
    long = with_episodes()
    short = replace(long, session_end=SessionEnd(at_us=s(1200)))
    for pair in ((long, short), (short, long)):
        assert stretch_of(*pair, infant_scheme(), USUAL_PROTOCOL).end_us == s(1200)


def test_one_coders_episodes_are_enough() -> None:
    made, bare = with_episodes(), after(coding(), add("gaze.to_c", 1, end=1390))
    for pair in ((made, bare), (bare, made)):
        assert stretch_of(*pair, infant_scheme(), USUAL_PROTOCOL).end_us == s(STANDARD_END)


def test_without_episodes_everything_that_was_coded_is_compared() -> None:
    a = after(coding(), add("gaze.to_c", 1, end=50))
    b = after(coding(), add("seeking.reach", 60))
    part = stretch_of(a, b, infant_scheme(), USUAL_PROTOCOL)
    assert (part.start_us, part.end_us) == (0, s(60) + 1)
    assert rows(b, track(b, named="infant/seeking"), part) == [(60.0, 60.0, "seeking.reach")]


def test_sessions_apart_from_each_other_have_nothing_in_common() -> None:
    made = with_episodes()
    later = replace(
        made,
        episodes=tuple(replace(one, start_us=one.start_us + s(5000)) for one in made.episodes),
        session_end=SessionEnd(at_us=s(9000)),
    )
    part = stretch_of(made, later, infant_scheme(), USUAL_PROTOCOL)
    assert part.seen_us == 0
    assert not len(part.seen())


def test_an_episode_still_running_lasts_to_the_last_event() -> None:
    made = after(
        coding(), mark(infant_scheme().procedure.episodes[0].id, 12), add("gaze.to_c", 13, end=80)
    )
    part = stretch_of(made, made, infant_scheme(), USUAL_PROTOCOL)
    assert (part.start_us, part.end_us) == (s(12), s(80))


def test_persons_are_never_mixed() -> None:
    made = after(
        coding(),
        add("presence.in_room", 5, subject=CAREGIVER, end=9),
        add("presence.in_room", 6, subject="stranger", end=7),
    )
    own = track(made, named="caregiver/presence")
    assert rows(made, own, wide()) == [(5.0, 9.0, "presence.in_room")]
