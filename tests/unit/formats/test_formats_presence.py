from __future__ import annotations

from dataclasses import replace

import pytest

from ssp_coder.domain.coding import Coding, EpisodeMark, Event
from ssp_coder.domain.procedure import EpisodeId
from ssp_coder.domain.session import episode_spans
from ssp_coder.formats.exportable import Exportable
from ssp_coder.formats.presence import PresenceTrack
from ssp_coder.formats.timeline import event_rows, media_names, presence_columns
from tests.fixtures.table_schemes import (
    CAREGIVER,
    STRANGER,
    bare_coding,
    event,
    full_coding,
    other_scheme,
    small_scheme,
    us,
)

SCHEME = small_scheme()


def coding(*events: Event) -> Coding:
    """S1 from 10 s, R2 from 70 s, the end not marked."""
    return replace(
        bare_coding(*events),
        episodes=(
            EpisodeMark(episode=EpisodeId("S1"), start_us=us(10)),
            EpisodeMark(episode=EpisodeId("R2"), start_us=us(70)),
        ),
    )


def caregiver_at(seconds: float, *events: Event) -> bool | None:
    made = coding(*events)
    track = PresenceTrack(made, SCHEME, CAREGIVER, episode_spans(made, SCHEME.procedure))
    return track.at(us(seconds))


@pytest.mark.parametrize(
    ("seconds", "present"), [(5, None), (10, False), (69.9, False), (70, True), (190, True)]
)
def test_without_coded_presence_the_plan_of_the_episode_says_who_is_there(
    seconds: float, present: bool | None
) -> None:
    assert caregiver_at(seconds) is present


@pytest.mark.parametrize(
    ("seconds", "present"), [(19.9, False), (20, True), (29.9, True), (30, False)]
)
def test_coded_presence_goes_before_the_plan_from_its_onset_to_its_end(
    seconds: float, present: bool
) -> None:
    inside = event("presence.in_room", 20, 30, subject=CAREGIVER)
    assert caregiver_at(seconds, inside) is present


def test_an_open_state_lasts() -> None:
    assert caregiver_at(199, event("presence.out", 80, subject=CAREGIVER)) is False


def test_the_presence_of_another_person_says_nothing() -> None:
    assert caregiver_at(80, event("presence.out", 75, 90, subject=STRANGER)) is True


def test_behaviour_is_no_presence() -> None:
    assert caregiver_at(20, event("distress.cry", 15, 30)) is False


def test_each_presence_column_is_there_once() -> None:
    assert presence_columns((SCHEME, other_scheme())) == ("c_present", "s_present")


def test_every_row_of_a_long_coding_says_who_was_there() -> None:
    events = [event("seeking.reach", 10 + place / 10) for place in range(1_000)]
    made = coding(*events, event("presence.in_room", 50, 60, subject=CAREGIVER))
    rows = list(event_rows(Exportable(coding=made, scheme=SCHEME)))
    inside = [row for row in rows if dict(row.present)["c_present"]]
    # 10 s coded, 40 s of the reunion as planned: 10 events a second, and the state itself.
    assert len(inside) == 100 + 400 + 1


def test_media_are_named_without_their_folders() -> None:
    assert media_names(full_coding()) == "S001.mp4"
    first = full_coding().media[0]
    two = replace(full_coding(), media=(first, replace(first, name="S001b.mp4")))
    assert media_names(two) == "S001.mp4; S001b.mp4"
    assert media_names(replace(full_coding(), media=())) == ""
