"""The interval panel: what it shows, how it follows the picture, the events and the lock."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QWidget

from ssp_coder.editing.edits import ClearSessionEnd, DeleteEvents, LockCoding
from ssp_coder.rules.interval_tally import IntervalTally
from ssp_coder.ui.intervals.sheet_model import BEFORE, SOURCE, TITLE
from tests.builders import add, mark
from tests.fixtures.interval_sheets import blind, coded, moving, seen_mark

MOVING, SMILING = "locomotion_explore", "smiling"
RAW, BASE, PRORATED = -3, -2, -1


# --------------------------------------------------------------------------- shown


def test_the_sheet_shows_the_episode_under_the_playhead(open_sheet):
    sheet = open_sheet(coded(moving(14, 31)))
    assert sheet.panel.episode == "EP5"
    assert sheet.panel.chooser.currentData() == "EP5"
    assert sheet.cells(MOVING) == "111000000000"


def test_scores_stand_at_the_right_of_their_row(open_sheet):
    sheet = open_sheet(coded(moving(0, 20), blind(165, 180)))
    assert sheet.shown(MOVING, TITLE) == "Exploratory locomotion"
    assert sheet.shown(MOVING, SOURCE) == "events"
    assert [sheet.shown(MOVING, at) for at in (RAW, BASE, PRORATED)] == ["2", "11/12", "2.2"]


def test_a_row_that_nobody_coded_has_no_score(open_sheet):
    sheet = open_sheet()
    assert [sheet.shown(MOVING, at) for at in (RAW, BASE, PRORATED)] == ["–", "0/12", "–"]


def test_the_label_of_prorating_says_how_far_to_trust_it(open_sheet):
    sheet = open_sheet()
    assert sheet.panel.foot.facts.text() == "Prorated to 12 intervals: literature, unverified"
    sheet.session.submit(mark("EP6", 755))
    assert "Last interval 20 s: project default, not published" in sheet.panel.foot.facts.text()


def test_columns_follow_the_length_of_the_episode(open_sheet):
    sheet = open_sheet()
    sheet.panel.show_episode("EP1")
    assert sheet.model.columnCount() == BEFORE + 2 + 3
    sheet.panel.show_episode("EP8")
    assert sheet.model.columnCount() == BEFORE + 12 + 3


def test_the_model_keeps_the_rules_of_qt(open_sheet, qtbot):
    sheet = open_sheet(coded(moving(0, 20)))
    tester = QAbstractItemModelTester(
        sheet.model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    resets = []
    sheet.model.modelReset.connect(lambda: resets.append(1))
    for episode in ("EP1", "EP5", "EP8", "EP1"):
        sheet.panel.show_episode(episode)
    sheet.session.submit(moving(40, 50))
    sheet.session.undo()
    assert resets == []
    assert tester.model() is sheet.model


def test_the_last_interval_is_drawn_by_its_length(open_sheet):
    sheet = open_sheet()
    sheet.panel.resize(1000, 430)
    sheet.session.submit(mark("EP6", 759))
    widths = [sheet.view.columnWidth(BEFORE + at) for at in range(13)]
    assert len({*widths[:12]}) == 1
    assert widths[12] < widths[0]


@pytest.mark.parametrize("width", [460, 520, 640, 1000])
def test_scores_are_in_view_at_every_usual_width(open_sheet, width):
    sheet = open_sheet()
    sheet.panel.resize(width, 430)
    sheet.panel.grab()
    assert not sheet.view.horizontalScrollBar().isVisible()


def test_an_episode_without_end_says_what_to_do(open_sheet):
    sheet = open_sheet()
    sheet.panel.show_episode("EP8")
    sheet.session.submit(ClearSessionEnd())
    assert sheet.panel.body().currentIndex() == 1
    assert "EP8" in sheet.panel.body().currentWidget().accessibleName()
    assert not sheet.panel.guided.isEnabled()
    sheet.panel.show_episode("EP5")
    assert sheet.panel.body().currentIndex() == 0


# --------------------------------------------------------------------------- following


def test_the_playhead_takes_the_sheet_along_when_it_enters_an_episode(open_sheet):
    sheet = open_sheet()
    sheet.at(760)
    assert sheet.panel.episode == "EP6"


def test_an_episode_chosen_stays_until_the_playhead_enters_another(open_sheet):
    sheet = open_sheet()
    sheet.panel.chooser.setCurrentIndex(sheet.panel.chooser.findData("EP8"))
    sheet.panel.chooser.activated.emit(7)
    sheet.at(610)
    assert sheet.panel.episode == "EP8"
    sheet.at(751)
    assert sheet.panel.episode == "EP6"


def test_the_interval_on_the_screen_is_underlined(open_sheet):
    sheet = open_sheet()
    header = sheet.view.horizontalHeader()
    before = header.grab().toImage()
    sheet.at(700)
    assert header.grab().toImage() != before
    after = header.grab().toImage()
    sheet.at(701)
    assert header.grab().toImage() == after


def test_a_new_event_is_in_the_sheet_at_once(open_sheet):
    sheet = open_sheet()
    sheet.session.submit(moving(0, 20))
    assert sheet.cells(MOVING) == "110000000000"
    sheet.session.submit(DeleteEvents(events=(sheet.coding.events[0].id,)))
    assert sheet.cells(MOVING) == "?" * 12


def test_an_event_is_followed_without_counting_anew(open_sheet, monkeypatch):
    sheet = open_sheet(coded(moving(0, 20)))
    made = []
    real = IntervalTally.__init__

    def counted(self, *arguments: object) -> None:
        made.append(1)
        real(self, *arguments)

    monkeypatch.setattr(IntervalTally, "__init__", counted)
    sheet.session.submit(add("play_explore.oral", 610, end=620))
    sheet.session.undo()
    sheet.at(760)
    assert made == []
    sheet.session.submit(mark("EP6", 752))
    assert made == [1]


def test_only_rows_that_an_event_is_about_are_shown_anew(open_sheet):
    sheet = open_sheet(coded(moving(0, 20)))
    told = []
    sheet.model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    sheet.session.submit(add("contact.held_by_c", 600))
    assert told == []
    sheet.session.submit(add("affect.smile", 600))
    lines = {sheet.line_of(SMILING), sheet.line_of("vocalisation")}
    assert {first for first, _ in told} == lines


def test_a_moved_episode_is_counted_anew(open_sheet):
    sheet = open_sheet(coded(moving(0, 20)))
    sheet.session.submit(mark("EP5", 560))
    assert sheet.cells(MOVING) == "1100000000000"


def test_hidden_the_panel_does_nothing_and_shows_all_when_it_comes_back(open_sheet):
    sheet = open_sheet()
    sheet.panel.hide()
    sheet.session.submit(moving(0, 20))
    sheet.at(800)
    assert sheet.panel.episode == "EP5"
    sheet.at(600)
    sheet.panel.show()
    assert sheet.cells(MOVING) == "110000000000"


def test_the_scroll_stays_where_it_is_while_events_come(open_sheet):
    sheet = open_sheet()
    sheet.panel.resize(640, 260)
    bar = sheet.view.verticalScrollBar()
    bar.setValue(bar.maximum())
    place = bar.value()
    assert place > 0
    sheet.session.submit(moving(0, 20))
    sheet.at(640)
    assert bar.value() == place


# --------------------------------------------------------------------------- locked


def test_a_locked_coding_is_shown_flat(open_sheet):
    value = replace(coded(moving(0, 20), seen_mark("oral_behaviour", 1)), locked=True)
    sheet = open_sheet(value)
    foot = sheet.panel.foot
    sheet.choose("oral_behaviour", 2)
    sheet.press(Qt.Key.Key_Space, Qt.Key.Key_Delete, Qt.Key.Key_F2)
    assert sheet.coding == value
    assert not any(button.isEnabled() for button in (foot.seen, foot.clear, foot.switch))
    assert not sheet.panel.guided.isEnabled()
    assert foot.seen.toolTip() == "This coding is closed against changes"
    sheet.press(Qt.Key.Key_Return)
    assert len(sheet.looped) == 1


def test_locking_takes_the_buttons_away(open_sheet):
    sheet = open_sheet(coded(seen_mark(MOVING, 1)))
    sheet.choose(MOVING, 1)
    assert sheet.panel.foot.seen.isEnabled()
    sheet.session.submit(LockCoding())
    assert not sheet.panel.foot.seen.isEnabled()


# --------------------------------------------------------------------------- spoken


def test_a_cell_is_spoken_with_measure_interval_time_and_what_it_says(open_sheet):
    sheet = open_sheet(coded(moving(30, 31), blind(45, 60), add("affect.smile", 571)))
    assert sheet.spoken(MOVING, 3) == "Exploratory locomotion, interval 3, 0:30–0:45, seen"
    assert sheet.spoken(MOVING, 4).endswith("0:45–1:00, no view")
    assert sheet.spoken(MOVING, 5).endswith("not seen")
    assert sheet.spoken(SMILING, 1) == "Smiling, interval 1, 0:00–0:15, once"
    assert sheet.spoken("crying", 1).endswith("not coded yet")


def test_a_direct_cell_also_speaks_what_the_events_say(open_sheet):
    sheet = open_sheet(coded(moving(0, 15), seen_mark(MOVING, 1, seen=False)))
    assert sheet.spoken(MOVING, 1).endswith("not seen; by the events seen")
    assert sheet.spoken(MOVING, 2).endswith("not coded yet; by the events not seen")


def test_scores_are_spoken_with_their_source(open_sheet):
    sheet = open_sheet(coded(moving(0, 20)))
    index = sheet.model.index(sheet.line_of(MOVING), sheet.model.columnCount() - 1)
    said = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Exploratory locomotion, from the events: 2 in 12 intervals, prorated 2"


def test_headings_say_number_and_time(open_sheet):
    sheet = open_sheet()
    across = Qt.Orientation.Horizontal
    spoken = Qt.ItemDataRole.AccessibleTextRole
    last = sheet.model.columnCount() - 1
    assert sheet.model.headerData(BEFORE + 2, across) == "3"
    assert sheet.model.headerData(BEFORE + 2, across, spoken) == "Interval 3, 0:30–0:45"
    assert sheet.model.headerData(last, across) == "per 12"
    assert "literature, unverified" in sheet.model.headerData(last, across, spoken)


def test_everything_that_takes_the_focus_has_a_name(open_sheet):
    sheet = open_sheet()
    focusable = [
        widget
        for widget in sheet.panel.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert len(focusable) >= 6
    assert all(widget.accessibleName() for widget in focusable)


def test_every_button_shows_its_key(open_sheet):
    sheet = open_sheet()
    foot = sheet.panel.foot
    spoken = {button.accessibleDescription() for button in (foot.play, foot.seen, foot.clear)}
    assert spoken == {"Key Enter", "Key Space", "Key Del"}


# --------------------------------------------------------------------------- painted


def painted(sheet, measure: str, number: int):
    index = sheet.model.index(sheet.line_of(measure), BEFORE + number - 1)
    sheet.view.clearFocus()
    sheet.view.setCurrentIndex(sheet.model.index(0, 0))
    return sheet.view.viewport().grab(sheet.view.visualRect(index)).toImage()


@pytest.mark.parametrize("scheme", ["theme", "dark_theme"])
def test_each_thing_that_a_cell_says_looks_otherwise(request, qtbot, scheme):
    from tests.ui.intervals.conftest import made_sheet

    value = coded(
        moving(15, 30),
        blind(30, 45),
        seen_mark("oral_behaviour", 2),
        seen_mark("oral_behaviour", 4, seen=False),
    )
    sheet = made_sheet(request.getfixturevalue(scheme), qtbot, value)
    looks = [
        painted(sheet, MOVING, 2),
        painted(sheet, MOVING, 3),
        painted(sheet, MOVING, 4),
        painted(sheet, "oral_behaviour", 2),
        painted(sheet, "oral_behaviour", 4),
        painted(sheet, "oral_behaviour", 5),
    ]
    for at, look in enumerate(looks):
        assert all(look != other for other in looks[at + 1 :]), at


def test_what_the_events_say_is_underlined_in_a_direct_row(open_sheet):
    value = coded(moving(15, 30), seen_mark(MOVING, 2), seen_mark(MOVING, 4))
    sheet = open_sheet(value)
    assert painted(sheet, MOVING, 2) != painted(sheet, MOVING, 4)


def test_a_click_shows_the_start_of_the_interval(open_sheet):
    sheet = open_sheet()
    index = sheet.model.index(2, BEFORE + 3)
    QTest.mouseClick(
        sheet.view.viewport(),
        Qt.MouseButton.LeftButton,
        pos=sheet.view.visualRect(index).center(),
    )
    assert sheet.jumped == [615_000_000]
    assert sheet.view.chosen() == (2, 3)


# --------------------------------------------------------------------------- room


def test_a_low_panel_gives_the_sheet_the_room_of_the_facts(open_sheet):
    sheet = open_sheet()
    foot = sheet.panel.foot
    sheet.panel.resize(600, 200)
    assert not foot.advice.isVisible()
    assert not foot.facts.isVisible()
    assert foot.seen.isVisible()
    sheet.panel.resize(600, 500)
    assert foot.advice.isVisible()
    assert foot.facts.isVisible()


def test_the_panel_fits_into_a_low_dock_without_scrolling_as_a_whole(open_sheet, qtbot):
    sheet = open_sheet()
    sheet.panel.resize(600, 160)
    qtbot.waitUntil(lambda: sheet.panel.minimumSizeHint().height() <= 160)
    assert sheet.panel.heightForWidth(600) <= 160


def test_starts_are_left_out_where_they_would_touch(open_sheet):
    sheet = open_sheet()
    header = sheet.view.horizontalHeader()
    wide, narrow = 80, 15
    for width in (wide, narrow):
        for at in range(12):
            sheet.view.setColumnWidth(BEFORE + at, width)
        every = header._every(30)
        assert every * width >= 30
        assert (every == 1) is (width == wide)


def test_titles_that_begin_alike_differ_when_they_are_cut(open_sheet):
    sheet = open_sheet()
    sheet.panel.resize(440, 430)
    looks = []
    for measure in ("looking_c", "looking_s", "looking_toys", "looking_door"):
        index = sheet.model.index(sheet.line_of(measure), TITLE)
        looks.append(sheet.view.viewport().grab(sheet.view.visualRect(index)).toImage())
    assert all(one != other for at, one in enumerate(looks) for other in looks[at + 1 :])


def test_german_wording_of_the_measures_is_shown(theme, qtbot):
    from ssp_coder.domain.speaking import spoken_in
    from ssp_coder.editing.document import Document
    from ssp_coder.ui.intervals.panel import IntervalPanel
    from ssp_coder.ui.session import OpenSession
    from tests.builders import infant_scheme

    scheme = infant_scheme()
    document = Document(coding=coded(), scheme=scheme)
    panel = IntervalPanel(theme, OpenSession(document, shown=spoken_in(scheme, "de")))
    qtbot.addWidget(panel)
    panel.show()
    assert panel.model.index(0, TITLE).data() == "Weinen"
    assert panel.chooser.itemText(4).startswith("EP5 ")


def test_a_long_word_for_where_a_row_comes_from_is_not_cut(open_sheet, monkeypatch):
    from ssp_coder.ui.intervals import sheet_view
    from ssp_coder.ui.kit.painting import text_width
    from ssp_coder.ui.theme.fonts import FontUse

    sheet = open_sheet()
    usual = sheet.view.columnWidth(1)
    monkeypatch.setattr(sheet_view, "source_words", lambda _source: "from the events")
    sheet.view.fit()
    font = sheet.view._theme.font(FontUse.CAPTION_STRONG)
    assert sheet.view.columnWidth(1) > max(usual, text_width(font, "from the events"))
