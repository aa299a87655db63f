from __future__ import annotations

import gc
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from ssp_coder.domain.time import Micros
from ssp_coder.editing.edits import LockCoding, Rate
from ssp_coder.formats.errors import FormatError
from ssp_coder.formats.export import export_codings
from ssp_coder.formats.exportable import Exportable
from ssp_coder.ui.compare.page import ComparePage
from ssp_coder.ui.compare.reference import Reference, load_reference
from ssp_coder.ui.compare.work import Compared, CompareWork
from ssp_coder.ui.pairs.lanes import mark_ids
from ssp_coder.ui.pairs.review import AROUND_US
from tests.builders import add, after, coding, infant_scheme, rate
from tests.ui.demo_codings import demo_coding, demo_file, demo_scheme, demo_session
from tests.ui.pages import session_of


@pytest.fixture
def reference(tmp_path):
    return demo_file(tmp_path, "reference")


@pytest.fixture
def page(theme, qtbot):
    session = demo_session("trainee")
    session.submit(LockCoding())
    made = ComparePage(theme, session)
    made.session = session
    qtbot.addWidget(made)
    made.resize(1180, 760)
    made.show()
    return made


def idle(page, qtbot):
    qtbot.waitUntil(lambda: page._work._work is None, timeout=20_000)


@pytest.fixture
def compared(page, reference, qtbot):
    page.open_reference(reference)
    idle(page, qtbot)
    assert page.review.choice.list.items
    return page


def test_lanes_appear_with_the_first_comparison(page, reference, qtbot):
    assert not page.review.timeline.isVisible()
    page.open_reference(reference)
    idle(page, qtbot)
    assert page.review.timeline.isVisible()
    assert page.review.timeline.scene.duration_us == demo_coding("reference").media[0].duration_us


def test_a_reference_of_another_session_waits_for_a_yes(theme, qtbot, reference):
    session = session_of(coding(session="S999", locked=True))
    page = ComparePage(theme, session)
    qtbot.addWidget(page)
    page.show()
    page.open_reference(reference)
    idle(page, qtbot)
    assert "DEMO" in page.bar._concern.text()
    assert page.bar.anyway.isVisible()
    assert page.empty.isVisible()
    assert page.empty.accessibleName() == "Not compared yet"


def test_another_scheme_is_told_without_a_question(theme, qtbot, reference):
    session = session_of(coding(session="DEMO", locked=True))
    page = ComparePage(theme, session)
    qtbot.addWidget(page)
    page.show()
    page.open_reference(reference)
    idle(page, qtbot)
    assert "scheme" in page.bar._concern.text()
    assert not page.bar.anyway.isVisible()
    assert page.review.choice.list.items


def test_a_row_shows_its_surroundings_and_the_list_keeps_it(compared):
    row = compared.review.choice.list.items[3]
    compared.review.choose(row.id)
    view = compared.review.timeline.view()
    assert view.start_us <= row.at_us < view.end_us
    assert view.end_us - view.start_us <= 2 * AROUND_US + 1


def test_a_click_on_a_row_jumps(compared, qtbot):
    place = compared.review.choice.list.visualRect(
        compared.review.choice.list.model().index(2, 0)
    ).center()
    with qtbot.waitSignal(compared.session.clip_requested) as asked:
        QTest.mouseClick(
            compared.review.choice.list.viewport(), Qt.MouseButton.LeftButton, pos=place
        )
    assert asked.args[0].start_us == compared.review.choice.list.items[2].at_us - 2_000_000


def test_enter_without_a_row_does_nothing(page, qtbot):
    with qtbot.assertNotEmitted(page.session.clip_requested):
        QTest.keyClick(page.review.choice.list, Qt.Key.Key_Return)


def test_a_mark_in_the_lanes_finds_its_row(compared):
    row = compared.review.choice.list.items[1]
    mark = sorted(mark_ids(row))[0]
    compared.review.timeline.mark_selected.emit(mark)
    assert compared.review.choice.list.currentIndex().data(Qt.ItemDataRole.UserRole) == row
    assert compared.review.timeline.selected() == mark_ids(row)


def test_a_mark_that_agrees_selects_no_row(compared):
    known = {mark for row in compared.review.choice.list.items for mark in mark_ids(row)}
    same = next(f"own/{e.id}" for e in demo_coding("trainee").events if f"own/{e.id}" not in known)
    compared.review.choice.list.select(compared.review.choice.list.items[2].id)
    compared.review.timeline.mark_selected.emit(same)
    assert compared.review.choice.list.currentIndex().row() == 2


def test_enter_on_a_mark_jumps_to_it(compared, qtbot):
    row = compared.review.choice.list.items[1]
    with qtbot.waitSignal(compared.session.clip_requested) as asked:
        compared.review.timeline.mark_activated.emit(sorted(mark_ids(row))[0])
    assert asked.args[0].start_us == row.at_us - 2_000_000


def test_a_place_in_the_lanes_is_sought_to_the_microsecond(compared, qtbot):
    late = 2_900_000_001
    with qtbot.waitSignal(compared.session.jump_requested) as asked:
        compared.review.timeline.seek_requested.emit(late)
    assert asked.args == [late]


def test_the_playhead_follows_the_picture(compared):
    compared.set_moment(63_600_000, 1590)
    assert compared.review.timeline.playhead() == 63_600_000


def test_every_row_is_spoken_whole(compared):
    row = compared.review.choice.list.items[0]
    index = compared.review.choice.list.model().index(0, 0)
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    for words in (row.place, row.own, row.reference):
        assert words in spoken
    assert index.data(Qt.ItemDataRole.ToolTipRole) == spoken


def test_rows_are_painted_and_the_chosen_one_stands_out(compared, theme):
    viewport = compared.review.choice.list.viewport()
    compared.review.choice.list.select(compared.review.choice.list.items[1].id)
    QApplication.processEvents()
    image = viewport.grab().toImage()
    tall = compared.review.choice.list.visualRect(
        compared.review.choice.list.model().index(0, 0)
    ).height()
    right = viewport.width() - 3
    assert image.pixelColor(right, tall + tall // 2) == theme.colour("sel")
    assert image.pixelColor(right, tall // 2) != theme.colour("sel")


def test_an_edit_while_the_page_is_hidden_is_compared_when_it_is_shown(theme, qtbot, reference):
    page = ComparePage(theme, demo_session("trainee"))
    session = page._session
    qtbot.addWidget(page)
    page.show()
    page.open_reference(reference)
    idle(page, qtbot)
    page.compare_anyway()
    idle(page, qtbot)
    page.hide()
    before = page._compared
    session.submit(rate("cm_c_8", 1))
    assert page._compared is before
    page.show()
    idle(page, qtbot)
    assert page._compared is not before


def test_edits_before_a_reference_start_nothing(theme, qtbot):
    session = demo_session("trainee")
    page = ComparePage(theme, session)
    qtbot.addWidget(page)
    page.show()
    edit = rate("cm_c_8", 1)
    assert isinstance(edit, Rate)
    session.submit(edit)
    assert page._work._work is None


def test_two_empty_codings_are_said_to_be_empty(theme, qtbot, tmp_path):
    empty = coding(media=(), locked=True)
    page = ComparePage(theme, session_of(empty))
    qtbot.addWidget(page)
    page.show()
    page._take_reference(Reference(file="empty.csv", coding=coding(coder="c02", media=())))
    idle(page, qtbot)
    assert page.bar._overall.text() == "Neither coding has events"
    assert page.review.timeline.scene.duration_us > 0


def test_nothing_is_read_when_the_dialog_is_left(page, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    page.choose_reference()
    assert page._work._work is None


def test_the_picture_has_a_place(page):
    assert page.stage_place().parentWidget() is page.review.stage_box


@pytest.mark.parametrize(("text", "wanted"), [("0", 0), ("0,5", 500_000), (" 2.25 ", 2_250_000)])
def test_a_tolerance_is_taken_to_the_microsecond(page, text, wanted):
    page.bar.tolerance.edit.setText(text)
    QTest.keyClick(page.bar.tolerance.edit, Qt.Key.Key_Return)
    assert page.bar.tolerance_us == wanted
    assert "project default" not in page.bar._default.text()


def test_the_first_tolerance_is_named_the_projects_own(page):
    assert "project default" in page.bar._default.text()


def test_several_wishes_at_once_end_with_the_last(qtbot, theme):
    page = ComparePage(theme, demo_session("trainee"))
    qtbot.addWidget(page)
    work = CompareWork(demo_scheme(), page)
    told: list[Compared] = []
    work.compared.connect(told.append)
    other = Reference(file="r", coding=demo_coding("reference"))
    for tolerance in (1, 2, 3):
        work.compare(demo_coding("trainee"), other, Micros(tolerance))
    qtbot.waitUntil(lambda: work._work is None, timeout=20_000)
    assert [each.comparison.tolerance_us for each in told] == [3]


def test_a_file_that_cannot_be_read_is_told_although_a_comparison_follows(qtbot, theme, tmp_path):
    page = ComparePage(theme, demo_session("trainee"))
    qtbot.addWidget(page)
    work = CompareWork(demo_scheme(), page)
    told: list[object] = []
    failed: list[str] = []
    work.compared.connect(told.append)
    work.failed.connect(failed.append)
    work.load(tmp_path / "none.sspc", demo_coding("trainee"))
    other = Reference(file="r", coding=demo_coding("reference"))
    work.compare(demo_coding("trainee"), other, Micros(0))
    qtbot.waitUntil(lambda: work._work is None and bool(told), timeout=20_000)
    assert len(failed) == 1
    assert "no such file" in failed[0]


def test_a_page_thrown_away_while_it_works_ends_its_thread(theme, qtbot, reference):
    page = ComparePage(theme, demo_session("trainee"))
    page.show()
    page.open_reference(reference)
    page.deleteLater()
    del page
    QApplication.processEvents()
    gc.collect()
    qtbot.waitUntil(
        lambda: all(t.name != "background work" for t in threading.enumerate()), timeout=10_000
    )


def test_a_timeline_of_two_coders_is_refused(tmp_path):
    entries = tuple(
        Exportable(
            coding=after(coding(coder=who), add("seeking.reach", 12)), scheme=infant_scheme()
        )
        for who in ("c01", "c02")
    )
    events = next(p for p in export_codings(entries, tmp_path) if p.name.endswith("_events.csv"))
    with pytest.raises(FormatError, match="c01, c02"):
        load_reference(events, coding(), infant_scheme())
