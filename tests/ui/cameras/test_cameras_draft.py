"""What was found out about a camera before it is applied."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ssp_coder.domain.coding import OffsetSource
from ssp_coder.media.syncing import Certainty, SoundOffset, SyncWindow
from ssp_coder.ui.cameras.draft import PlaceDraft, Proposal
from tests.builders import s, video

HEARD = SoundOffset(
    offset_us=s(-3.2),
    middle_us=s(600),
    drift_ppm=0.0,
    certainty=Certainty.SURE,
    common_us=s(1200),
    windows=(SyncWindow(at_us=s(600), offset_us=s(-3.2), worth=20.0, agrees=True),),
)


@pytest.fixture
def draft():
    return PlaceDraft(video(1400), replace(video(1300), name="side.mp4", fingerprint="side"))


def test_nothing_is_proposed_at_first(draft):
    assert draft.proposal is None
    assert draft.offset_us == 0
    assert draft.drift() is None
    assert not draft.by_eye


def test_a_typed_offset_is_proposed(draft):
    draft.propose(s(3.2), OffsetSource.TYPED)
    assert draft.proposal == Proposal(offset_us=s(3.2), source=OffsetSource.TYPED)
    assert draft.offset_us == s(3.2)


def test_what_is_in_force_is_no_proposal(draft):
    draft.camera = replace(draft.camera, offset_us=s(3.2), offset_source=OffsetSource.TYPED)
    draft.propose(s(3.2), OffsetSource.TYPED)
    assert draft.proposal is None


def test_the_same_offset_known_in_a_better_way_is_a_proposal(draft):
    draft.propose(0, OffsetSource.SAME_MOMENT)
    assert draft.proposal == Proposal(offset_us=s(0), source=OffsetSource.SAME_MOMENT)


def test_a_discarded_proposal_leaves_what_is_in_force(draft):
    draft.propose(s(3.2), OffsetSource.TYPED)
    draft.discard()
    assert draft.proposal is None
    assert draft.offset_us == 0


def test_the_same_moment_in_both_pictures_is_their_distance(draft):
    draft.add_seen(s(12.48), s(9.28))
    assert draft.proposal == Proposal(offset_us=s(3.2), source=OffsetSource.SAME_MOMENT)
    assert draft.by_eye


def test_a_second_place_tells_the_drift_and_the_offset_in_the_middle(draft):
    draft.add_seen(s(3.2), s(0))
    draft.add_seen(s(1303.2), s(1299.6))
    assert [seen.offset_us for seen in draft.seen] == [s(3.2), s(3.6)]
    assert draft.drift().slope > 0
    assert draft.offset_us == pytest.approx(s(3.4), abs=200)


def test_a_place_seen_again_replaces_what_was_seen_there(draft):
    draft.add_seen(s(10), s(6))
    draft.add_seen(s(10), s(7))
    assert [seen.offset_us for seen in draft.seen] == [s(3)]
    assert draft.offset_us == s(3)


def test_a_place_that_was_no_good_can_be_forgotten(draft):
    draft.add_seen(s(10), s(6))
    draft.add_seen(s(900), s(897))
    draft.forget_seen(s(10))
    assert draft.offset_us == s(3)
    draft.forget_seen(s(900))
    assert draft.proposal is None
    assert draft.drift() is None


def test_the_sound_proposes_the_other_way_round(draft):
    draft.take_heard(HEARD)
    assert draft.proposal == Proposal(offset_us=s(3.2), source=OffsetSource.SOUND)
    assert draft.drift().offset_us == s(3.2)
    assert not draft.by_eye


def test_a_sound_that_found_nothing_proposes_nothing(draft):
    draft.take_heard(replace(HEARD, certainty=Certainty.NONE, offset_us=s(0)))
    assert draft.proposal is None
    assert draft.drift() is None


def test_a_sound_that_found_nothing_leaves_what_was_seen(draft):
    draft.add_seen(s(10), s(7))
    draft.take_heard(replace(HEARD, certainty=Certainty.NONE))
    assert draft.offset_us == s(3)
    assert draft.by_eye


def test_what_was_found_out_last_counts_for_the_drift(draft):
    draft.take_heard(HEARD)
    draft.add_seen(s(10), s(7))
    assert draft.by_eye
    assert draft.drift().offset_us == s(3)
    draft.take_heard(HEARD)
    assert not draft.by_eye
    assert draft.drift().offset_us == s(3.2)


def test_frames_are_as_long_as_the_camera_s_own(draft):
    assert draft.frame_us == 40_000
    draft.camera = replace(draft.camera, frame_count=1300 * 50)
    assert draft.frame_us == 20_000
