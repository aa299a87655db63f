"""Cameras in words: when each began, how that is known, whether it stays in step."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ssp_coder.domain.coding import OffsetSource
from ssp_coder.domain.time import Micros, Span
from ssp_coder.media.drift import Sighting, drift_heard, drift_seen
from ssp_coder.media.syncing import Certainty, SoundOffset, SyncWindow
from ssp_coder.reporting.cameras import (
    begins_words,
    drift_warning,
    drift_words,
    sound_lines,
    source_words,
)
from tests.builders import s, video

SESSION = Span(start_us=s(0), end_us=s(1200))


def seen(*places: tuple[float, float]):
    sightings = tuple(Sighting(at_us=s(at), offset_us=s(offset)) for at, offset in places)
    return drift_seen(sightings, SESSION, Micros(40_000))


def heard(certainty: Certainty, agreeing: int = 14) -> SoundOffset:
    windows = tuple(
        SyncWindow(at_us=s(number), offset_us=s(-3.2), worth=20.0, agrees=number < agreeing)
        for number in range(16)
    )
    return SoundOffset(
        offset_us=s(-3.2),
        middle_us=s(600),
        drift_ppm=0.0,
        certainty=certainty,
        common_us=s(1200),
        windows=windows,
    )


# ------------------------------------------------------------------------------ when it began


def test_the_first_camera_sets_the_time():
    assert begins_words(0, video()) == "sets the session's time"


@pytest.mark.parametrize("source", list(OffsetSource))
def test_every_way_to_know_an_offset_has_its_own_words(source):
    words = begins_words(1, replace(video(), offset_us=s(12.48), offset_source=source))
    assert words == f"begins at +0:00:12.480, {source_words(source)}"
    others = {source_words(other) for other in OffsetSource if other is not source}
    assert source_words(source) not in others


def test_an_offset_that_nobody_set_is_told_as_such():
    assert begins_words(1, video()) == "begins at 0:00:00.000, assumed, not set yet"


# ------------------------------------------------------------------------------ drift


def test_where_no_place_agrees_nothing_is_said_to_be_checked():
    drift = drift_heard(replace(heard(Certainty.UNSURE, agreeing=0), drift_ppm=None), 40_000)
    words = drift_words(drift, drift.offset_us, 1)
    assert words == "Not checked: the places that were compared do not agree."


def test_a_camera_in_step_is_told():
    words = drift_words(seen((0, 3.0), (1200, 3.04)), s(3.02), 1)
    assert words == "Camera 2 stays within one frame over 20:00."


def test_drift_is_told_with_what_follows_for_times_of_codes():
    drift = seen((0, 3.0), (1200, 3.4))
    assert drift_words(drift, drift.offset_us, 2) == (
        "Camera 3 drifts by 10 frames over 20:00: times of codings are those of camera 1, and the "
        "picture of camera 3 may lie up to 5 frames beside."
    )


def test_a_steady_camera_at_a_wrong_offset_is_told():
    words = drift_words(seen((0, 3.0), (1200, 3.0)), s(0), 1)
    assert "keeps its distance over 20:00" in words
    assert "up to 75 frames beside" in words


def test_one_place_asks_for_another():
    words = drift_words(seen((60, 3.0)), s(3.0), 1)
    assert words == ("Checked at 1 place. A place far away from it tells whether the clocks drift.")


def test_one_place_that_does_not_fit_is_told():
    words = drift_words(seen((60, 3.0)), s(3.2), 1)
    assert "there the picture lies 5 frames beside" in words


def test_places_near_each_other_are_counted():
    assert drift_words(seen((60, 3.0), (70, 3.0)), s(3.0), 1).startswith(
        "Checked at 2 places near each other. "
    )


def test_the_list_warns_of_drift_with_its_size():
    drift = seen((0, 3.0), (1200, 3.3))
    assert drift_warning(drift, drift.offset_us) == "drifts 0.30 s (8 frames) over 20:00"


def test_the_list_warns_of_a_place_that_does_not_fit():
    assert drift_warning(seen((60, 3.0)), s(3.2)) == "lies 5 frames beside"


@pytest.mark.parametrize("places", [((60, 3.0),), ((0, 3.0), (1200, 3.04))])
def test_the_list_is_silent_where_all_is_well(places):
    drift = seen(*places)
    assert drift_warning(drift, drift.offset_us) == ""


# ------------------------------------------------------------------------------ the sound


def test_a_sure_sound_can_be_used():
    first, second = sound_lines(heard(Certainty.SURE), 1)
    assert first == "By the sound, camera 2 begins at +0:00:03.200."
    assert second == "14 of 16 places agree, over 20:00 that both have. It can be used."


def test_an_unsure_sound_says_why_and_what_to_do():
    first, second, third = sound_lines(heard(Certainty.UNSURE, agreeing=2), 2)
    assert first.startswith("By the sound, camera 3 begins at")
    assert second.endswith(
        "2 of 16 places agree, over 20:00 that both have. That is too few to rely on."
    )
    assert third.startswith("Look at both pictures")


def test_no_common_sound_sends_to_the_pictures():
    first, second = sound_lines(heard(Certainty.NONE), 1)
    assert first == "No sound was found that camera 1 and camera 2 have in common."
    assert "set it by hand" in second
