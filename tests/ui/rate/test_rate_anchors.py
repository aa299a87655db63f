from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from ssp_coder.domain.scale import SlotId
from ssp_coder.ui.kit.chip import Tag, TagKind
from ssp_coder.ui.rate.anchors import AnchorsPanel, ChosenPoint, ScaleView
from tests.ui.rate.judged import CONTACT, asked, open_window, scale

HERE = ChosenPoint(place="EP8", point=6, current=True)
THERE = ChosenPoint(place="EP5", point=5)
VIEW = ScaleView(scale=scale("cm"), slot=SlotId(CONTACT), chosen=(THERE, HERE), note="as before")


@pytest.fixture
def panel(theme, qtbot):
    panel = AnchorsPanel(theme)
    open_window(qtbot, panel, (380, 520))
    panel.show_scale(VIEW)
    return panel


def words(panel):
    return [label.text() for label in panel.findChildren(QLabel)]


class TestPoints:
    def test_all_anchors_stand_from_the_highest(self, panel):
        names = [line.accessibleName()[0] for line in panel.lines()]
        assert names == ["7", "6", "5", "4", "3", "2", "1"]

    def test_only_the_point_of_the_focused_place_is_current(self, panel):
        assert [line.current for line in panel.lines()].index(True) == 1
        assert sum(line.current for line in panel.lines()) == 1

    def test_points_carry_the_names_of_their_places(self, panel):
        tags = [[(t.text(), t.kind()) for t in line.findChildren(Tag)] for line in panel.lines()]
        assert tags[1] == [("EP8", TagKind.ACCENT)]
        assert tags[2] == [("EP5", TagKind.NEUTRAL)]
        assert tags[0] == []

    def test_the_current_line_looks_different(self, panel):
        before = panel.lines()[1].grab().toImage()
        panel.show_scale(replace(VIEW, chosen=(THERE, replace(HERE, current=False))))
        assert panel.lines()[1].grab().toImage() != before

    def test_a_point_between_anchors_marks_none(self, panel):
        point = ChosenPoint(place="", point=6, current=True)
        panel.show_scale(replace(VIEW, scale=scale("dorg"), chosen=(point,)))
        assert not any(line.current for line in panel.lines())


class TestWords:
    def test_the_title_is_the_scale(self, panel):
        assert panel.title() == "Contact maintaining"

    def test_what_it_is_confused_with_is_told(self, panel):
        shown = words(panel)
        assert "Often confused" in shown
        assert all(str(text) in shown for text in scale("cm").confusions)

    def test_timing_rules_are_told_where_there_are_any(self, panel):
        assert "Timing" not in words(panel)
        panel.show_scale(replace(VIEW, scale=scale("pcs")))
        shown = words(panel)
        assert "Timing" in shown
        assert all(str(hinge.text) in shown for hinge in scale("pcs").hinges)

    def test_where_the_wording_comes_from_is_told(self, panel):
        tags = {tag.text() for tag in panel.findChildren(Tag)}
        assert "literature, unverified" in tags

    def test_the_same_view_is_not_built_again(self, panel):
        before = panel.lines()
        panel.show_scale(VIEW)
        assert panel.lines() == before

    def test_another_note_does_not_build_the_points_again(self, panel):
        before = panel.lines()
        panel.show_scale(replace(VIEW, note="other"))
        assert panel.lines() == before


class TestNote:
    def test_the_note_of_the_place_is_shown(self, panel):
        assert panel.note_field.text() == "as before"

    def test_enter_commits_it(self, panel, qtbot):
        told = asked(panel.note_committed)
        panel.note_field.edit.selectAll()
        qtbot.keyClicks(panel.note_field.edit, "holds on at 18:50")
        qtbot.keyClick(panel.note_field.edit, Qt.Key.Key_Return)
        assert told == [(CONTACT, "holds on at 18:50")]

    def test_an_unchanged_note_is_not_committed(self, panel, qtbot):
        told = asked(panel.note_committed)
        qtbot.keyClick(panel.note_field.edit, Qt.Key.Key_Return)
        assert told == []

    def test_without_a_rating_there_is_no_note(self, panel):
        panel.show_scale(replace(VIEW, note=None))
        assert panel.note_field.edit.isReadOnly()
        assert panel.note_field.edit.placeholderText() == "Rate first: a note belongs to a rating"

    def test_a_locked_coding_takes_no_note(self, panel):
        panel.show_scale(replace(VIEW, locked=True))
        assert panel.note_field.edit.isReadOnly()
        assert panel.note_field.text() == "as before"


def test_timing_rules_say_where_they_come_from(panel):
    timed = scale("pcs")
    panel.show_scale(ScaleView(scale=timed, slot=SlotId("pcs_c_5")))
    inner = panel._area.widget()
    tips = {tag.toolTip() for tag in inner.findChildren(Tag)}
    assert {hinge.provenance.source for hinge in timed.hinges} <= tips
