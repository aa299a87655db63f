"""Placing one camera: three ways to find out, and nothing changed before it is applied."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ssp_coder.domain.coding import OffsetSource
from ssp_coder.media.recording import media_of
from ssp_coder.ui.cameras.draft import PlaceDraft, Proposal
from ssp_coder.ui.cameras.place_panel import PanelSubject, PlacePanel, Way
from tests.builders import s
from tests.fixtures.cameras import EARLIER_S, FRAME_US


@pytest.fixture
def make(theme, qtbot, opened):
    """Makes a panel about the front camera and another; `placed` is what the coding says."""
    made: list[PlacePanel] = []

    def build(other="side", *, locked="", videos=True, why="", placed=None):
        pair = (opened["front"], opened[other])
        first, camera = (media_of(video.path, video.index) for video in pair)
        if placed is not None:
            camera = replace(camera, offset_us=placed, offset_source=OffsetSource.TYPED)
        subject = PanelSubject(place=1, videos=pair if videos else None, why=why, locked=locked)
        panel = PlacePanel(theme, subject, PlaceDraft(first, camera))
        qtbot.addWidget(panel)
        panel.resize(900, 600)
        panel.show()
        made.append(panel)
        return panel

    yield build
    for panel in made:
        panel.stop()


def type_into(panel, text):
    panel.typed.field.edit.setText("")
    panel.typed.field.edit.textEdited.emit("")
    panel.typed.field.set_text(text)
    panel.typed.field.edit.textEdited.emit(text)


def applied(panel, qtbot):
    with qtbot.waitSignal(panel.applied) as told:
        panel.apply.click()
    return told.args[0]


def settle(panel, qtbot):
    panel.show_way(Way.SAME_MOMENT)
    qtbot.waitUntil(panel.same.agree.isEnabled, timeout=10_000)


# ------------------------------------------------------------------------------ typed


def test_a_typed_offset_is_offered_and_told_on_apply(make, qtbot):
    panel = make()
    type_into(panel, "-0:00:03.96")
    assert panel.words.text() == (
        "Begins at 0:00:00.000 (assumed, not set yet). Proposed: \N{MINUS SIGN}0:00:03.960 (typed)"
    )
    assert applied(panel, qtbot) == Proposal(offset_us=s(-3.96), source=OffsetSource.TYPED)


def test_buttons_move_the_offset_by_one_frame(make, qtbot):
    panel = make(placed=s(3.2))
    panel.typed.later.click()
    panel.typed.later.click()
    panel.typed.earlier.click()
    assert panel.typed.field.text() == "+0:00:03.300"
    assert applied(panel, qtbot).offset_us == s(3.2) + FRAME_US


def test_moving_back_to_what_is_in_force_is_no_proposal(make):
    panel = make(placed=s(3.2))
    panel.typed.later.click()
    panel.typed.earlier.click()
    assert panel.draft.proposal is None
    assert not panel.apply.isEnabled()


@pytest.mark.parametrize("text", ["soon", "3:75", "--2", ""])
def test_what_is_no_time_is_told_and_not_proposed(make, text):
    panel = make()
    type_into(panel, text)
    assert panel.typed.field.error()
    assert panel.typed.field.text() == text
    assert panel.draft.proposal is None
    assert not panel.apply.isEnabled()


def test_a_mended_time_takes_the_complaint_away(make):
    panel = make()
    type_into(panel, "soon")
    type_into(panel, "3.2")
    assert panel.typed.field.error() == ""
    assert panel.draft.offset_us == s(3.2)


def test_nothing_is_applied_while_the_field_cannot_be_read(make, qtbot):
    panel = make()
    type_into(panel, "3.2")
    type_into(panel, "3.2 s")
    assert panel.apply.toolTip() == "The typed time cannot be read"
    with qtbot.assertNotEmitted(panel.applied):
        panel.apply.click()
    panel.discard.click()
    assert panel.typed.field.text() == "0:00:00.000"
    assert panel.typed.field.error() == ""


def test_discarding_what_is_in_force_cleans_the_field_too(make):
    panel = make()
    type_into(panel, "0")
    type_into(panel, "0 s")
    panel.discard.click()
    assert panel.typed.field.text() == "0:00:00.000"
    assert panel.words.text() == "Begins at 0:00:00.000 (assumed, not set yet)"


def test_typing_does_not_change_what_is_being_typed(make):
    panel = make()
    type_into(panel, "3.2")
    assert panel.typed.field.text() == "3.2"


def test_discarding_puts_the_field_back(make):
    panel = make(placed=s(1))
    type_into(panel, "3.2")
    panel.discard.click()
    assert panel.typed.field.text() == "+0:00:01.000"
    assert panel.words.text() == "Begins at +0:00:01.000 (typed)"
    assert not panel.apply.isEnabled()


# ------------------------------------------------------------------------------ same moment


def test_the_same_moment_is_proposed_to_the_frame(make, qtbot):
    panel = make("door")
    panel.same.first.go_to(s(12))
    panel.same.camera.go_to(s(10.5))
    settle(panel, qtbot)
    panel.same.agree.click()
    assert applied(panel, qtbot) == Proposal(offset_us=s(1.5), source=OffsetSource.SAME_MOMENT)


def test_after_the_first_place_both_pictures_move_together(make, qtbot):
    panel = make("door")
    panel.same.first.go_to(s(12))
    panel.same.camera.go_to(s(10.5))
    settle(panel, qtbot)
    panel.same.agree.click()
    assert panel.same.together.isChecked()
    panel.same.first.go_to(s(20))
    assert panel.same.camera.time_us == s(18.5)


def test_a_second_place_far_away_tells_the_drift(make, qtbot):
    panel = make("door")
    for first, camera in ((2, 1), (27, 25.7)):
        panel.same.set_together(False)
        panel.same.first.go_to(s(first))
        panel.same.camera.go_to(s(camera))
        settle(panel, qtbot)
        panel.same.agree.click()
    assert "Camera 2 drifts by 3 frames over 0:29" in panel.drift.sentence.text()
    assert panel.drift.table.rowCount() == 2
    assert panel.draft.proposal.source is OffsetSource.SAME_MOMENT


def test_a_place_that_was_no_good_is_removed_with_its_proposal(make, qtbot):
    panel = make("door")
    panel.same.first.go_to(s(12))
    settle(panel, qtbot)
    panel.same.agree.click()
    panel.drift.table.selectRow(0)
    panel.drift.remove.click()
    assert panel.draft.proposal is None
    assert panel.drift.sentence.text().startswith("Not checked")


def test_a_placed_camera_is_shown_together_with_the_first(make):
    panel = make("door", placed=s(5))
    assert panel.same.together.isChecked()
    assert (panel.same.first.time_us, panel.same.camera.time_us) == (s(5), s(0))


def test_a_camera_that_nobody_placed_moves_alone(make):
    assert not make("door").same.together.isChecked()


# ------------------------------------------------------------------------------ the sound


def hear(panel, qtbot):
    with qtbot.waitSignal(panel.hear.heard, timeout=20_000):
        panel.hear.start()


def test_the_sound_is_proposed_and_its_places_are_listed(make, qtbot):
    panel = make()
    hear(panel, qtbot)
    proposal = applied(panel, qtbot)
    assert proposal.source is OffsetSource.SOUND
    assert abs(proposal.offset_us + EARLIER_S * 1_000_000) < 2_000
    assert panel.drift.table.rowCount() >= 3
    assert not panel.drift.remove.isVisible()


def test_what_was_heard_can_be_looked_at_in_both_pictures(make, qtbot):
    panel = make()
    hear(panel, qtbot)
    panel.hear.look.click()
    assert panel.ways.chosen() == Way.SAME_MOMENT
    assert panel.same.together.isChecked()
    apart = panel.same.camera.time_us - panel.same.first.time_us
    assert abs(apart - EARLIER_S * 1_000_000) <= FRAME_US


def test_a_place_of_the_check_is_shown_in_both_pictures(make, qtbot):
    panel = make()
    hear(panel, qtbot)
    at_us = panel.draft.drift().sightings[2].at_us
    panel.drift.table.cellActivated.emit(panel.drift.table.rowCount(), 0)
    panel.drift.table.setCurrentCell(2, 0)
    panel.drift.table.cellActivated.emit(2, 0)
    assert abs(panel.same.first.time_us - at_us) <= FRAME_US


def test_two_rooms_propose_nothing(make, qtbot):
    panel = make("other")
    hear(panel, qtbot)
    assert panel.draft.proposal is None
    assert not panel.apply.isEnabled()


# ------------------------------------------------------------------------------ around them


def test_the_sound_comes_first_where_both_have_it(make):
    assert make().ways.chosen() == Way.SOUND


def test_the_ways_are_chosen_by_hand(make):
    panel = make()
    for way, page in ((Way.TYPED, panel.typed), (Way.SAME_MOMENT, panel.same)):
        panel.ways.part(way).click()
        assert page.isVisible()
    assert not panel.hear.isVisible()


def test_without_its_video_a_camera_can_still_be_placed_by_typing(make, qtbot):
    panel = make(videos=False, why="side.mkv is not found. Find it at the left.")
    assert panel.ways.chosen() == Way.TYPED
    type_into(panel, "3.2")
    assert applied(panel, qtbot).offset_us == s(3.2)
    panel.ways.part(Way.SOUND).click()
    assert panel.same is None
    assert "side.mkv is not found" in spoken(panel)


def spoken(panel):
    page = panel._stack.currentWidget()
    return page.accessibleDescription()


def test_a_locked_coding_shows_all_and_applies_nothing(make, qtbot):
    panel = make(locked="This coding is locked")
    hear(panel, qtbot)
    assert panel.drift.table.rowCount() >= 3
    for button in (panel.apply, panel.discard, panel.typed.later, panel.same.agree):
        assert not button.isEnabled()
        assert button.toolTip() == "This coding is locked"
    assert panel.typed.field.edit.isReadOnly()
    with qtbot.assertNotEmitted(panel.applied):
        panel._apply()


def test_findings_are_kept_for_a_panel_made_anew(make, theme, qtbot):
    panel = make()
    hear(panel, qtbot)
    panel.stop()
    again = PlacePanel(theme, panel._subject, panel.draft)
    qtbot.addWidget(again)
    again.show()
    assert again.hear.certainty.text() == "sure"
    assert again.apply.isEnabled()
    again.stop()
