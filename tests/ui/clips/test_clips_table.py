"""The list of clips by itself: planned, being written, written."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from ssp_coder.domain.time import Micros, Span
from ssp_coder.media.clip_batch import Outcome, Way
from ssp_coder.media.clips import Clip
from ssp_coder.reporting.clip_orders import Manner
from ssp_coder.reporting.clip_wishes import stretch_wish
from ssp_coder.ui.clips.material import Target, planned_clips
from ssp_coder.ui.clips.table import ClipTable, Column


@pytest.fixture
def table(theme, qtbot):
    made = ClipTable(theme)
    qtbot.addWidget(made)
    made.resize(700, 300)
    made.show()
    return made


@pytest.fixture
def planned(recording, tmp_path):
    """Plans stretches that begin at these seconds and last one."""

    def make(*starts, way=Way.EXACT, camera=None):
        wishes = tuple(
            stretch_wish(
                Span(start_us=Micros(start * 1_000_000), end_us=Micros((start + 1) * 1_000_000))
            )
            for start in starts
        )
        target = Target(folder=tmp_path, pattern="{time}")
        return planned_clips(wishes, camera or recording, Manner(way=way), target, "S1")

    return make


def row(table, number=0):
    cells = {column: table.item(number, column) for column in Column}
    return {column: item.text() for column, item in cells.items() if item is not None}


def written(plan, frames=25, lost=0):
    first = plan.frames()[0]
    clip = Clip(
        file=plan.place,
        start_us=plan.index.times_us[first],
        end_us=plan.index.end_of(first + frames - 1),
        first_ordinal=first,
        frame_count=frames - lost,
        lost=lost,
        exact=True,
        has_sound=False,
    )
    return Outcome(plan=plan, clip=clip)


class TestPlanned:
    def test_a_row_tells_name_start_length_and_size(self, table, planned):
        table.show_planned(planned(61), Way.EXACT)
        told = row(table)
        assert told[Column.NAME] == "00-01-01-000.mp4"
        assert told[Column.START] == "1:01.000"
        assert told[Column.LENGTH] == "0:01.00"
        assert told[Column.SIZE].endswith("kB")

    def test_what_does_not_fit_can_be_read_in_the_tip(self, table, planned):
        table.show_planned(planned(61), Way.EXACT)
        assert table.item(0, Column.NAME).toolTip() == "00-01-01-000.mp4"

    def test_a_list_that_becomes_shorter_forgets_the_rest(self, table, planned):
        table.show_planned(planned(1, 2, 3), Way.EXACT)
        table.show_planned(planned(2), Way.EXACT)
        assert table.rowCount() == 1
        assert [clip.wish.moment_us for clip in table.chosen()] == [2_000_000]

    def test_what_was_left_out_stays_out_when_it_comes_again(self, table, planned):
        table.show_planned(planned(1, 2, 3), Way.EXACT)
        table.item(1, Column.NAME).setCheckState(Qt.CheckState.Unchecked)
        table.show_planned(planned(3), Way.EXACT)
        assert len(table.chosen()) == 1
        table.show_planned(planned(2, 3), Way.EXACT)
        assert [clip.wish.moment_us for clip in table.chosen()] == [3_000_000]

    def test_showing_a_list_tells_nobody_of_a_choice(self, table, planned, qtbot):
        with qtbot.assertNotEmitted(table.choice_changed):
            table.show_planned(planned(1, 2), Way.EXACT)
            table.set_frozen(True)
            table.set_frozen(False)

    def test_taking_a_tick_away_tells_once(self, table, planned, qtbot):
        table.show_planned(planned(1, 2), Way.EXACT)
        told = []
        table.choice_changed.connect(lambda: told.append(True))
        table.item(0, Column.NAME).setCheckState(Qt.CheckState.Unchecked)
        assert told == [True]

    def test_a_copy_that_begins_on_a_key_frame_is_not_called_early(self, table, planned):
        key = next(clip for clip in planned(*range(1, 30), way=Way.COPY) if not clip.early_us)
        table.show_planned((key,), Way.COPY)
        assert row(table)[Column.REALLY] == row(table)[Column.START]
        assert not table.isColumnHidden(Column.REALLY)

    def test_the_column_of_copies_goes_with_them(self, table, planned):
        table.show_planned(planned(1, way=Way.COPY), Way.COPY)
        table.show_planned(planned(1), Way.EXACT)
        assert table.isColumnHidden(Column.REALLY)

    def test_a_row_with_trouble_says_why_and_keeps_its_column_narrow(self, table, planned, theme):
        table.show_planned(planned(1, 900), Way.EXACT)
        assert "has nothing from" in row(table, 1)[Column.STATE]
        assert row(table, 1)[Column.LENGTH] == ""
        assert table.columnWidth(Column.STATE) <= theme.px(220)
        assert len(table.chosen()) == 1

    @pytest.mark.parametrize("way", [Way.EXACT, Way.COPY])
    def test_a_stretch_that_begins_before_the_camera_begins_with_its_first_frame(
        self, table, planned, recording, way
    ):
        second = replace(recording, offset_us=Micros(60_500_000))
        table.show_planned(planned(60, way=way, camera=second), way)
        told = row(table)
        assert (told[Column.START], told[Column.LENGTH]) == ("1:00.500", "0:00.52")
        assert told[Column.REALLY] == "1:00.500"

    def test_trouble_that_is_over_is_not_said_any_more(self, table, planned):
        table.show_planned(planned(900), Way.EXACT)
        table.show_planned(planned(1), Way.EXACT)
        assert table.isColumnHidden(Column.STATE)
        assert row(table)[Column.STATE] == ""


class TestWritten:
    def test_frames_and_times_are_those_of_the_file(self, table, planned, recording):
        (clip,) = planned(61)
        table.show_writing((clip.plan.place.name,))
        table.show_outcomes((written(clip.plan),), recording)
        told = row(table)
        assert (told[Column.START], told[Column.LENGTH]) == ("1:01.000", "0:01.00")
        assert (told[Column.FRAMES], told[Column.STATE]) == ("1525 – 1549", "written")
        assert not table.isColumnHidden(Column.FRAMES)
        assert table.isColumnHidden(Column.SIZE)

    def test_a_single_frame_is_one_number(self, table, planned, recording):
        (clip,) = planned(61)
        table.show_writing((clip.plan.place.name,))
        table.show_outcomes((written(clip.plan, frames=1),), recording)
        assert row(table)[Column.FRAMES] == "1525"

    def test_frames_left_out_do_not_shorten_the_range(self, table, planned, recording):
        (clip,) = planned(61)
        table.show_writing((clip.plan.place.name,))
        table.show_outcomes((written(clip.plan, lost=4),), recording)
        assert row(table)[Column.FRAMES] == "1525 – 1549"
        assert row(table)[Column.STATE] == "written, 4 damaged frames left out"

    def test_another_camera_is_told_in_the_time_of_the_session(self, table, planned, recording):
        second = replace(recording, offset_us=Micros(60_000_000))
        (clip,) = planned(61, camera=second)
        assert clip.plan.frames()[0] == 25
        table.show_writing((clip.plan.place.name,))
        table.show_outcomes((written(clip.plan),), second)
        assert row(table)[Column.START] == "1:01.000"
        assert row(table)[Column.FRAMES] == "25 – 49"

    def test_a_failure_is_said_without_repeating_the_name(self, table, planned, recording, theme):
        (clip,) = planned(61)
        name = clip.plan.place.name
        outcome = Outcome(plan=clip.plan, trouble=f"{name} cannot be written; make room.")
        table.show_writing((name,))
        table.show_outcomes((outcome,), recording)
        state = table.item(0, Column.STATE)
        assert state.text() == "cannot be written; make room."
        assert state.foreground().color() == theme.colour("err")

    def test_a_second_export_counts_from_the_start(self, table):
        for _ in range(2):
            table.show_writing(("a.mp4", "b.mp4"))
            assert row(table)[Column.STATE] == "waiting"
            table.show_progress(1.0)
            assert [row(table, n)[Column.STATE] for n in (0, 1)] == ["done", "0 %"]

    def test_the_space_bar_leaves_nothing_out_of_the_next_list(self, table, planned, qtbot):
        clips = planned(1, 2)
        table.show_planned(clips, Way.EXACT)
        table.set_frozen(True)
        table.show_writing(("b.mp4",))
        table.setCurrentCell(0, Column.NAME)
        with qtbot.assertNotEmitted(table.choice_changed):
            qtbot.keyClick(table, Qt.Key.Key_Space)
        assert table.item(0, Column.NAME).data(Qt.ItemDataRole.CheckStateRole) is None
        assert table.chosen() == clips

    def test_names_have_no_boxes_while_they_are_written(self, table):
        table.show_writing((Path("a.mp4").name,))
        assert table.item(0, Column.NAME).data(Qt.ItemDataRole.CheckStateRole) is None
