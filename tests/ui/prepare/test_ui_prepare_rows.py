from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ssp_coder.domain.session import EpisodeStatus, episode_spans
from ssp_coder.editing.edits import ClearSessionEnd, LockCoding, MarkEpisodeMissing, UnlockCoding
from ssp_coder.ui.kit.chip import TagKind
from ssp_coder.ui.prepare.panel import END_ROW, PreparePanel
from ssp_coder.ui.prepare.row import EpisodeRow, RowFace
from ssp_coder.ui.text import length_words, status_words
from tests.builders import after, coding, infant_scheme, mark, s, with_episodes
from tests.ui.pages import session_of

PLANS = infant_scheme().procedure.episodes
NAMES = [plan.id for plan in PLANS]


def panel_of(theme, qtbot, value=None):
    made = PreparePanel(theme, session_of(value))
    made.session = made._session
    qtbot.addWidget(made)
    made.resize(620, 700)
    made.show()
    return made


@pytest.fixture
def panel(theme, qtbot):
    return panel_of(theme, qtbot)


@pytest.fixture
def marked(theme, qtbot):
    return panel_of(theme, qtbot, with_episodes())


def at(panel, seconds):
    panel.set_moment(s(seconds), round(seconds * 25))


def face(panel, name):
    row = panel._rows[name]
    return row._time.text(), row._detail.text(), row._tag.text()


def spans(value):
    return {span.plan.id: span for span in episode_spans(value, infant_scheme().procedure)}


STATES = {
    EpisodeStatus.UNMARKED: (coding(), "EP3"),
    EpisodeStatus.MISSING: (
        after(coding(), MarkEpisodeMissing(episode="EP3", reason="camera failed")),
        "EP3",
    ),
    EpisodeStatus.RUNNING: (after(coding(), mark("EP3", 10)), "EP3"),
    EpisodeStatus.AS_PLANNED: (with_episodes(), "EP3"),
    EpisodeStatus.CURTAILED: (after(coding(), mark("EP4", 10), mark("EP5", 70)), "EP4"),
    EpisodeStatus.EXTENDED: (after(coding(), mark("EP5", 10), mark("EP6", 310)), "EP5"),
}


@pytest.mark.parametrize("status", EpisodeStatus)
def test_every_state_of_an_episode_has_its_face(theme, qtbot, status):
    value, name = STATES[status]
    assert spans(value)[name].status is status
    shown = panel_of(theme, qtbot, value)
    row = shown._rows[name]
    silent = (EpisodeStatus.UNMARKED, EpisodeStatus.RUNNING, EpisodeStatus.AS_PLANNED)
    assert row._tag.isVisible() == (status not in silent)
    assert row._tag.text() == ("" if status in silent else status_words(status))
    placed = status not in (EpisodeStatus.UNMARKED, EpisodeStatus.MISSING)
    assert row._time.isVisible() == placed
    assert "planned 3:00" in row._detail.text()


@pytest.mark.parametrize(
    ("status", "detail"),
    [
        (EpisodeStatus.UNMARKED, "planned 3:00"),
        (EpisodeStatus.RUNNING, "planned 3:00"),
        (EpisodeStatus.AS_PLANNED, "3:00, planned 3:00"),
        (EpisodeStatus.CURTAILED, "1:00 \N{MINUS SIGN}2:00, planned 3:00"),
        (EpisodeStatus.EXTENDED, "5:00 +2:00, planned 3:00"),
    ],
)
def test_the_real_length_stands_before_the_planned_one(theme, qtbot, status, detail):
    value, name = STATES[status]
    assert face(panel_of(theme, qtbot, value), name)[1] == detail


def test_a_missing_episode_is_a_warning(theme, qtbot):
    value, name = STATES[EpisodeStatus.MISSING]
    assert panel_of(theme, qtbot, value)._rows[name]._tag.kind() is TagKind.WARN


def test_a_length_that_the_procedure_does_not_foresee_is_a_warning(theme, qtbot):
    for status in (EpisodeStatus.CURTAILED, EpisodeStatus.EXTENDED):
        value, name = STATES[status]
        expected = TagKind.WARN if spans(value)[name].deviates else TagKind.NEUTRAL
        assert panel_of(theme, qtbot, value)._rows[name]._tag.kind() is expected


def test_rows_follow_the_plan_and_end_with_the_session(panel):
    assert list(panel._rows) == [*NAMES, END_ROW]
    for plan in PLANS:
        row = panel._rows[plan.id]
        assert row._title.text() == f"{plan.id}  {plan.title}"
        assert row._cue.text() == str(plan.start_cue)
    assert panel._rows[END_ROW]._title.text() == "Session end"
    assert panel._rows[END_ROW]._cue.text()


def test_each_row_is_spoken_with_cue_time_and_state(marked):
    spoken = marked._rows["EP5"].accessibleName()
    assert spoken.startswith(marked._rows["EP5"]._title.text())
    assert "9:30.00" in spoken
    assert marked._rows["EP5"]._cue.text() in spoken


def test_buttons_of_a_row_say_which_episode_they_belong_to(marked):
    title = marked._rows["EP5"]._title.text()
    assert marked._rows["EP5"]._mark.accessibleName() == f"{title} starts here"
    assert marked._rows["EP5"]._time.accessibleName() == f"Show the start of {title}"


def highlighted(panel, theme):
    return [name for name, row in panel._rows.items() if theme.tokens.sel in row.styleSheet()]


@pytest.mark.parametrize("name", [*NAMES, END_ROW])
def test_only_the_chosen_row_is_highlighted(panel, theme, name):
    panel.choose(name)
    assert highlighted(panel, theme) == [name]
    assert panel.current == name


def test_a_click_on_a_row_chooses_it(panel, theme):
    QTest.mouseClick(panel._rows["EP6"]._cue, Qt.MouseButton.LeftButton)
    assert highlighted(panel, theme) == ["EP6"]


def test_the_keyboard_chooses_a_row_by_its_focus(panel, qtbot):
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    panel._rows["EP4"].setFocus()
    qtbot.waitUntil(lambda: panel.current == "EP4")


def test_tab_goes_through_the_rows_from_first_to_last(panel):
    order, widget = [], panel._rows[NAMES[0]]
    for _ in range(200):
        if isinstance(widget, EpisodeRow):
            order.append(widget.row_id)
        widget = widget.nextInFocusChain()
        if widget is panel._rows[NAMES[0]]:
            break
    assert order == [*NAMES, END_ROW]


def test_every_row_can_be_marked_from_the_keyboard(panel):
    for place, name in enumerate(NAMES):
        at(panel, 10 + 60 * place)
        QTest.keyClick(panel._rows[name], Qt.Key.Key_Enter)
        assert panel.session.coding.mark(name).start_us == s(10 + 60 * place)
    at(panel, 700)
    QTest.keyClick(panel._rows[END_ROW], Qt.Key.Key_Return)
    assert panel.session.coding.session_end.at_us == s(700)


def test_other_keys_on_a_row_mark_nothing(panel):
    at(panel, 10)
    QTest.keyClick(panel._rows["EP1"], Qt.Key.Key_X)
    assert panel.session.coding.episodes == ()


def test_the_here_button_marks_its_own_row_whatever_is_chosen(panel):
    at(panel, 40)
    panel.choose("EP7")
    panel._rows["EP2"]._mark.click()
    assert [one.episode for one in panel.session.coding.episodes] == ["EP2"]


def test_a_refused_mark_leaves_the_choice(marked, qtbot):
    marked.choose("EP3")
    at(marked, 900)
    with qtbot.waitSignal(marked.session.refused):
        marked.mark_current()
    assert marked.current == "EP3"


def test_a_panel_on_a_finished_coding_begins_at_the_end(marked):
    assert marked.current == END_ROW
    assert face(marked, END_ROW)[0] == "21:30.00"


def test_the_end_row_takes_no_reason_and_cannot_be_missing(marked):
    marked.choose(END_ROW)
    assert not marked._missing.isEnabled()
    assert marked._reason.edit.isReadOnly()
    assert "Nothing after the session end" in marked._about.text()
    marked.choose("EP1")
    assert marked._missing.isEnabled()
    assert not marked._reason.edit.isReadOnly()


@pytest.mark.parametrize("plan", PLANS, ids=NAMES)
def test_the_note_says_what_the_plan_allows(panel, plan):
    panel.choose(plan.id)
    words = panel._about.text()
    assert words.startswith(f"{plan.id}: planned ")
    allowed = words.split(". ")[0]
    assert ("cut short" in allowed) == plan.may_curtail
    assert ("prolonged" in allowed) == plan.may_extend
    assert ("keeps its length" in allowed) == (not plan.may_curtail and not plan.may_extend)


def test_the_reason_of_each_row_is_its_own(panel):
    at(panel, 30)
    panel.mark("EP2")
    panel.choose("EP2")
    panel._reason.edit.setText("long feed")
    QTest.keyClick(panel._reason.edit, Qt.Key.Key_Return)
    panel.choose("EP3")
    assert panel._reason.text() == ""
    panel.choose("EP2")
    assert panel._reason.text() == "long feed"


def test_the_reason_of_a_missing_episode_can_be_changed_but_not_emptied(panel):
    panel.session.submit(MarkEpisodeMissing(episode="EP7", reason="camera"))
    panel.choose("EP7")
    panel._reason.edit.setText("infant asleep")
    QTest.keyClick(panel._reason.edit, Qt.Key.Key_Return)
    assert panel.session.coding.mark("EP7").reason == "infant asleep"
    panel._reason.edit.setText("")
    QTest.keyClick(panel._reason.edit, Qt.Key.Key_Return)
    assert panel.session.coding.mark("EP7").reason == "infant asleep"


def test_a_missing_episode_that_is_marked_after_all_loses_its_excuse(panel):
    panel.session.submit(MarkEpisodeMissing(episode="EP7", reason="camera"))
    at(panel, 900)
    panel.mark("EP7")
    found = panel.session.coding.mark("EP7")
    assert (found.is_missing, found.reason, found.start_us) == (False, "", s(900))


def test_the_error_for_a_missing_reason_goes_with_the_next_row(panel):
    panel.choose("EP7")
    panel._missing.click()
    assert panel._reason.error()
    panel.choose("EP8")
    assert not panel._reason.error()


def test_clearing_and_undo_are_seen_in_the_row(marked):
    marked.choose("EP5")
    marked._clear.click()
    assert face(marked, "EP5") == ("", "planned 3:00", "")
    marked.session.undo()
    assert face(marked, "EP5")[0] == "9:30.00"


def test_the_row_of_the_end_follows_the_coding(marked):
    marked.session.submit(ClearSessionEnd())
    assert not marked._rows[END_ROW]._time.isVisible()


def test_a_lock_stops_every_way_to_change_and_an_unlock_gives_them_back(marked):
    marked.choose("EP5")
    marked.session.submit(LockCoding())
    before = marked.session.coding
    at(marked, 571)
    QTest.keyClick(marked._rows["EP5"], Qt.Key.Key_Return)
    marked._clear.click()
    marked._missing.click()
    assert marked.session.coding == before
    assert marked._reason.edit.isReadOnly()
    assert marked._rows["EP5"]._time.isEnabled()
    marked.session.submit(UnlockCoding(reason="second look"))
    assert marked._rows["EP5"]._mark.isEnabled()
    assert marked._clear.isEnabled()


def test_length_words_of_an_episode_near_its_plan_have_no_difference():
    value = after(coding(), mark("EP4", 10), mark("EP5", 191))
    assert length_words(spans(value)["EP4"]) == "3:01"


def test_a_row_alone_emits_its_own_name(theme, qtbot):
    row = EpisodeRow(theme, "EP9", RowFace(title="EP9", cue="door", time="1:00.00"))
    qtbot.addWidget(row)
    row.show()
    with qtbot.waitSignal(row.jump_requested) as asked:
        row._time.click()
    assert asked.args == ["EP9"]
    with qtbot.waitSignal(row.mark_requested) as asked:
        row._mark.click()
    assert asked.args == ["EP9"]


def test_a_time_that_is_not_marked_is_not_jumped_to(panel, qtbot):
    with qtbot.assertNotEmitted(panel.session.jump_requested):
        panel._jump("EP5")
        panel._jump(END_ROW)
    assert panel.current == END_ROW


def test_an_undone_mark_can_be_done_again_and_the_choice_stays(panel):
    at(panel, 5)
    panel.mark("EP1")
    panel.session.undo()
    assert face(panel, "EP1")[0] == ""
    panel.session.redo()
    assert face(panel, "EP1")[0] == "0:05.00"
    assert panel.current == "EP2"
