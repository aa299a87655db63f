"""The open coding on the screen: pages, the shared picture, low windows, and what undo says."""

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ssp_coder.domain.time import SECOND_US
from ssp_coder.editing import edits
from ssp_coder.editing.completeness import Step
from ssp_coder.ui.code.keysigns import cap_text
from ssp_coder.ui.main.commands import COMMANDS, EPISODE_KEYS, Menu, Needs
from ssp_coder.ui.main.menus import key_list
from ssp_coder.ui.main.window import NARROW_BELOW_PX, SHOWN_GAPS
from ssp_coder.ui.main.workspace import COMPARE, LOW_PX, PAGES, WORK_DELAY_MS, Workspace
from tests.builders import add, coding, infant_scheme, rate, with_episodes
from tests.ui.pages import paint, session_of

WITH_STAGE = (Step.PREPARE, Step.CODE, Step.RATE, Step.DISORGANIZATION, COMPARE)


@pytest.fixture
def made(theme, qtbot):
    """Makes a shown workspace for a coding without a file."""

    def make(value=None, size=(1300, 860)):
        workspace = Workspace(theme, session_of(value))
        qtbot.addWidget(workspace)
        workspace.resize(*size)
        workspace.show()
        qtbot.waitExposed(workspace)
        opened.append(workspace)
        return workspace

    opened = []
    yield make
    for workspace in opened:
        workspace.close_session()


class TestPages:
    def test_a_new_coding_begins_with_the_episodes(self, made):
        assert made().current == Step.PREPARE

    def test_a_coding_with_all_episodes_begins_with_the_codes(self, made):
        assert made(with_episodes()).current == Step.CODE

    @pytest.mark.parametrize("page", PAGES)
    def test_every_page_can_be_shown_and_told(self, made, qtbot, page):
        workspace = made(with_episodes())
        with qtbot.waitSignal(workspace.page_changed) as told:
            workspace.show_page(page)
        assert told.args == [page]
        assert workspace.page(page).isVisible()
        assert workspace._title.text()
        assert workspace._note.text()

    def test_titles_and_notes_are_all_different(self, made):
        workspace = made()
        words = set()
        for page in PAGES:
            workspace.show_page(page)
            words.add((workspace._title.text(), workspace._note.text()))
        assert len(words) == len(PAGES)
        assert len({note for _, note in words}) == len(PAGES)

    def test_a_page_is_made_once(self, made):
        workspace = made()
        workspace.show_page(Step.RATE)
        first = workspace.page(Step.RATE)
        workspace.show_page(Step.CODE)
        workspace.show_page(Step.RATE)
        assert workspace.page(Step.RATE) is first

    def test_pages_that_nobody_looked_at_are_not_made(self, made):
        workspace = made()
        assert workspace._pages == {}
        workspace.show_page(Step.REVIEW)
        assert list(workspace._pages) == [Step.REVIEW]

    def test_prepare_and_code_share_one_page(self, made):
        workspace = made()
        assert workspace.page(Step.PREPARE) is workspace.page(Step.CODE)
        workspace.show_page(Step.PREPARE)
        assert workspace.work.prepare.isVisible()
        workspace.show_page(Step.CODE)
        assert not workspace.work.prepare.isVisible()
        assert workspace.work.table.isVisible()


class TestStage:
    @pytest.mark.parametrize("page", WITH_STAGE)
    def test_the_one_picture_moves_to_the_page_in_front(self, made, page):
        workspace = made(with_episodes())
        workspace.show_page(Step.EXPORT)
        workspace.show_page(page)
        assert workspace.page(page).isAncestorOf(workspace.stage)
        assert workspace.stage.isVisible()

    @pytest.mark.parametrize("first", WITH_STAGE)
    @pytest.mark.parametrize("second", [Step.CODE, Step.RATE])
    def test_it_leaves_the_page_that_it_was_on(self, made, first, second):
        workspace = made(with_episodes())
        workspace.show_page(first)
        workspace.show_page(second)
        assert workspace.page(second).stage_place().indexOf(workspace.stage) == 0
        if workspace.page(first) is not workspace.page(second):
            assert workspace.page(first).stage_place().count() == 0

    @pytest.mark.parametrize("page", [Step.CLASSIFY, Step.REVIEW, Step.EXPORT])
    def test_a_page_without_a_picture_pauses_it(self, made, monkeypatch, page):
        workspace = made(with_episodes())
        paused = []
        monkeypatch.setattr(workspace.player, "pause", lambda: paused.append(page))
        workspace.show_page(page)
        assert paused == [page]

    def test_a_page_with_a_picture_lets_it_play_on(self, made, monkeypatch):
        workspace = made(with_episodes())
        paused = []
        monkeypatch.setattr(workspace.player, "pause", lambda: paused.append(True))
        workspace.show_page(Step.RATE)
        workspace.show_page(Step.CODE)
        assert paused == []

    def test_a_page_is_told_the_frame_that_is_on_the_screen_when_it_comes(self, made, monkeypatch):
        workspace = made(with_episodes())
        paint(workspace.stage, 7)
        page = workspace.page(Step.DISORGANIZATION)
        heard = []
        monkeypatch.setattr(page, "set_moment", lambda *what: heard.append(what))
        workspace.show_page(Step.DISORGANIZATION)
        assert heard == [(7 * SECOND_US, 175)]

    def test_the_playhead_of_the_timeline_is_the_frame_on_the_screen(self, made):
        workspace = made(with_episodes())
        paint(workspace.stage, 12)
        assert workspace.work.timeline.playhead() == 12 * SECOND_US


class TestLowWindow:
    @pytest.mark.parametrize("page", [Step.PREPARE, Step.CODE])
    def test_the_work_page_goes_without_header(self, made, theme, page):
        workspace = made(with_episodes(), (1300, theme.px(LOW_PX) - 1))
        workspace.show_page(page)
        assert workspace._header.isHidden()
        workspace.resize(1300, theme.px(LOW_PX))
        assert not workspace._header.isHidden()

    @pytest.mark.parametrize("page", [page for page in PAGES if page not in ("prepare", "code")])
    def test_other_pages_keep_theirs(self, made, theme, page):
        workspace = made(with_episodes(), (1300, theme.px(LOW_PX) - 100))
        workspace.show_page(page)
        assert not workspace._header.isHidden()

    def test_going_back_to_the_codes_hides_it_again(self, made, theme):
        workspace = made(with_episodes(), (1300, theme.px(LOW_PX) - 100))
        workspace.show_page(Step.RATE)
        workspace.show_page(Step.CODE)
        assert workspace._header.isHidden()

    def test_the_table_and_the_form_go_without_heads_and_captions(self, made, theme):
        workspace = made(with_episodes(), (1300, theme.px(LOW_PX) - 100))
        work = workspace.work
        assert work.table.horizontalHeader().isHidden()
        assert all(caption.isHidden() for caption in work.events.form._captions)
        workspace.resize(1300, theme.px(LOW_PX) + 50)
        assert not work.table.horizontalHeader().isHidden()
        assert not any(caption.isHidden() for caption in work.events.form._captions)

    def test_its_acts_stay_in_the_menu(self):
        ids = {command.id for command in COMMANDS}
        assert {"undo", "act"} <= ids


class TestUndoButton:
    def test_it_is_off_while_there_is_nothing_to_undo(self, made):
        workspace = made()
        assert not workspace._undo.isEnabled()
        assert workspace._undo.toolTip() == "Nothing to undo"

    def test_it_names_what_it_takes_back(self, made):
        workspace = made(with_episodes())
        workspace.session.submit(add("seeking.reach", 1))
        assert workspace._undo.text() == "Undo reach"
        workspace.session.submit(rate("pcs_c_5", 3))
        assert workspace._undo.text() == "Undo PCS EP5"

    def test_a_click_takes_it_back(self, made):
        workspace = made(with_episodes())
        before = workspace.session.coding
        workspace.session.submit(add("seeking.reach", 1))
        workspace._undo.click()
        assert workspace.session.coding.events == before.events
        assert not workspace._undo.isEnabled()

    def test_a_locked_coding_offers_no_undo(self, made):
        workspace = made(with_episodes())
        workspace.session.submit(add("seeking.reach", 1))
        workspace.session.submit(edits.LockCoding())
        assert not workspace._undo.isEnabled()


class TestMainAct:
    def test_of_the_codes_it_is_to_go_on_to_rating(self, made):
        workspace = made(with_episodes())
        assert workspace._act.text() == "Go on to rating"
        workspace._act.click()
        assert workspace.current == Step.RATE

    @pytest.mark.parametrize("page", PAGES)
    def test_the_button_stands_exactly_where_the_page_has_one(self, made, page):
        workspace = made(with_episodes())
        workspace.show_page(page)
        shown = workspace.page(page)
        has_one = shown is workspace.work or getattr(shown, "main_action", lambda: None)()
        assert workspace._act.isHidden() is not bool(has_one)

    def test_of_the_episodes_it_is_the_panels_own(self, made):
        workspace = made()
        words, _ = workspace.work.prepare.main_action()
        assert workspace._act.text() == words


class TestWhatIsMissing:
    def test_it_is_listed_a_little_after_the_edit_and_not_with_it(self, made, qtbot):
        workspace = made(with_episodes())
        before = workspace.missing
        with qtbot.waitSignal(workspace.work_changed, timeout=20 * WORK_DELAY_MS):
            workspace.session.submit(rate("pcs_c_5", 3))
            assert workspace.missing == before
        assert workspace.missing != before

    def test_a_rating_that_is_missing_leads_to_its_slot(self, made, monkeypatch):
        workspace = made(with_episodes())
        page, shown = workspace.page(Step.RATE), []
        monkeypatch.setattr(page, "show_slot", shown.append)
        work = next(w for w in workspace.missing if w.step is Step.RATE and w.slot)
        workspace.show_work(work)
        assert workspace.current == Step.RATE
        assert shown == [work.slot]

    def test_an_episode_that_is_missing_is_chosen(self, made):
        workspace = made(coding())
        work = [w for w in workspace.missing if w.step is Step.PREPARE and w.finding.place][3]
        workspace.show_page(Step.EXPORT)
        workspace.show_work(work)
        assert workspace.current == Step.PREPARE
        assert workspace.work.prepare.current == work.finding.place

    def test_a_fact_of_the_verdict_leads_to_its_rating_even_when_it_is_rated(
        self, made, monkeypatch
    ):
        workspace = made(with_episodes())
        workspace.session.submit(rate("pcs_c_5", 3))
        page, shown = workspace.page(Step.RATE), []
        monkeypatch.setattr(page, "show_slot", shown.append)
        workspace.page(Step.CLASSIFY).place_requested.emit("pcs_c_5")
        assert (workspace.current, shown) == (Step.RATE, ["pcs_c_5"])


class TestMoving:
    @pytest.fixture
    def sought(self, made, monkeypatch):
        """A coding with events at 10, 20 and 30 s, and where the player is sent."""
        workspace = made(with_episodes())
        for at in (20, 10, 30):
            workspace.session.submit(add("seeking.reach", at))
        places = []
        monkeypatch.setattr(workspace.player, "seek", places.append)
        return workspace, places

    @pytest.mark.parametrize(
        ("now", "direction", "found"),
        [(15, 1, 20), (15, -1, 10), (20, 1, 30), (20, -1, 10), (30, 1, None), (10, -1, None)],
    )
    def test_the_next_event_is_strictly_before_or_after(self, sought, now, direction, found):
        workspace, places = sought
        paint(workspace.stage, now)
        workspace.go_to_event(direction)
        assert places == ([] if found is None else [found * SECOND_US])

    def test_before_the_first_frame_there_is_nowhere_to_go(self, sought):
        workspace, places = sought
        workspace.go_to_event(1)
        assert places == []

    def test_each_episode_is_reached_by_its_place(self, sought):
        workspace, places = sought
        starts = [mark.start_us for mark in workspace.session.coding.episodes]
        for place in range(len(starts)):
            workspace.go_to_episode(place)
        assert places == starts

    def test_a_place_beyond_the_procedure_is_no_place(self, sought):
        workspace, places = sought
        workspace.go_to_episode(99)
        assert places == []

    def test_an_episode_that_is_not_marked_is_no_place(self, made, monkeypatch):
        workspace, places = made(coding()), []
        monkeypatch.setattr(workspace.player, "seek", places.append)
        workspace.go_to_episode(0)
        assert places == []

    def test_replay_goes_back_two_seconds_and_plays(self, made, monkeypatch):
        workspace, done = made(), []
        monkeypatch.setattr(workspace.player, "jump", done.append)
        monkeypatch.setattr(workspace.player, "play", lambda: done.append("play"))
        workspace.replay()
        assert done == [-2 * SECOND_US, "play"]


class TestWindow:
    def test_the_rail_is_narrow_in_a_narrow_window(self, desk_window, coding_file, theme):
        desk_window.desk.open_path(coding_file())
        desk_window.setMinimumSize(1, 1)
        desk_window.resize(theme.px(NARROW_BELOW_PX) - 10, 800)
        narrow = desk_window.rail.width()
        desk_window.resize(theme.px(NARROW_BELOW_PX) + 10, 800)
        assert desk_window.rail.width() > 2 * narrow

    def test_more_gaps_than_fit_are_counted_and_lead_to_the_review(self, desk_window, coding_file):
        desk_window.desk.open_path(coding_file())
        rows = desk_window.rail.missing_rows()
        missing = [w for w in desk_window.workspace.missing if w.finding.severity != "note"]
        assert len(rows) == SHOWN_GAPS + 1
        assert rows[-1].text() == f"{len(missing) - SHOWN_GAPS} more"
        rows[-1].click()
        assert desk_window.workspace.current == Step.REVIEW

    def test_a_gap_that_is_no_longer_there_leads_nowhere(self, desk_window, coding_file):
        desk_window.desk.open_path(coding_file())
        before = desk_window.workspace.current
        desk_window.rail.missing_chosen.emit("999")
        assert desk_window.workspace.current == before

    @pytest.mark.parametrize("place", range(1, len(PAGES) + 1))
    def test_each_step_has_a_command_and_the_rail_follows(self, desk_window, coding_file, place):
        desk_window.desk.open_path(coding_file())
        desk_window.actions_by_id[f"step_{place}"].trigger()
        assert desk_window.workspace.current == PAGES[place - 1]
        assert desk_window.rail.current() == PAGES[place - 1]

    def test_jumps_to_episodes_belong_to_the_coding_that_is_open(self, desk_window, coding_file):
        desk_window.desk.open_path(coding_file("S100"))
        first = list(desk_window.actions_by_id._jumps)
        desk_window.desk.open_path(coding_file("S200"))
        second = desk_window.actions_by_id._jumps
        assert len(first) == len(second) == len(EPISODE_KEYS)
        held = desk_window.actions()
        assert not any(action in held for action in first)
        assert all(action in held for action in second)
        keys = [action.shortcut().toString() for action in held if action in second]
        assert keys == list(EPISODE_KEYS)

    def test_a_jump_goes_to_the_episode_of_its_place(self, desk_window, coding_file, monkeypatch):
        desk_window.desk.open_path(coding_file(start=with_episodes()))
        places = []
        monkeypatch.setattr(desk_window.workspace.player, "seek", places.append)
        desk_window.actions_by_id._jumps[4].trigger()
        assert places == []  # there is no video to go to
        desk_window.actions_by_id.allow(frozenset(Needs))
        desk_window.actions_by_id._jumps[4].trigger()
        assert places == [desk_window.workspace.session.coding.episodes[4].start_us]

    def test_escape_and_keys_without_a_coding_are_harmless(self, desk_window):
        desk_window._take_key("3")
        desk_window._take_escape()
        desk_window.show_page(Step.CODE)
        desk_window.rail.missing_chosen.emit("0")
        QTest.keyClick(desk_window, Qt.Key.Key_Escape)
        assert desk_window.workspace is None

    def test_the_title_names_the_session_and_forgets_it(self, desk_window, coding_file):
        desk_window.desk.open_path(coding_file("S321"))
        assert desk_window.windowTitle() == "S321 - ssp_coder"
        desk_window.close_coding()
        assert desk_window.windowTitle() == "ssp_coder"
        assert desk_window._status[0].text() == "No file open"

    def test_the_place_of_the_window_is_remembered(self, desk_window):
        desk_window.close()
        assert not desk_window.settings.geometry.isEmpty()


class TestMenus:
    @pytest.mark.parametrize("more", range(len(Needs)))
    def test_a_command_is_possible_exactly_when_what_it_needs_is_there(self, desk_window, more):
        there = frozenset(tuple(Needs)[: 1 + more])
        desk_window.actions_by_id.allow(there)
        for command in COMMANDS:
            assert desk_window.actions_by_id[command.id].isEnabled() is (command.needs in there)

    def test_holding_a_key_repeats_steps_and_nothing_else(self, desk_window):
        repeated = {c.id for c in COMMANDS if desk_window.actions_by_id[c.id].autoRepeat()}
        assert repeated == {
            "back_frame", "forward_frame", "back_frames", "forward_frames", "back_second",
            "forward_second", "back_five", "forward_five", "back_ten", "forward_ten",
        }  # fmt: skip

    def test_every_menu_holds_its_commands_in_the_order_of_the_table(self, desk_window):
        for menu, entry in zip(Menu, desk_window.menus.actions(), strict=True):
            assert words_in(entry.menu()) == [c.words for c in COMMANDS if c.menu is menu]

    def test_a_menu_within_a_menu_holds_what_is_said_to_stand_in_it(self, desk_window):
        inner = [
            (entry.menu().title(), c)
            for menu in desk_window.menus.actions()
            for entry in menu.menu().actions()
            if entry.menu() is not None
            for c in words_in(entry.menu())
        ]
        assert inner == [(c.under, c.words) for c in COMMANDS if c.under]

    def test_no_menu_begins_or_ends_with_a_line_or_has_two_together(self, desk_window):
        for entry in desk_window.menus.actions():
            lines = [action.isSeparator() for action in entry.menu().actions()]
            assert not lines[0]
            assert not lines[-1]
            assert (True, True) not in pairwise(lines)


def words_in(menu):
    """The words of a menu, those of menus within it in their place."""
    words = []
    for action in menu.actions():
        if action.menu() is not None:
            words += words_in(action.menu())
        elif action.text():
            words.append(action.text())
    return words


class TestKeyList:
    def test_every_shortcut_is_listed_once_under_its_menu(self):
        listed = [key for _, rows in key_list(None) for key, _ in rows]
        shown = [c.keys[0] for menu in Menu for c in COMMANDS if c.menu is menu and c.keys]
        assert listed == [key.replace("Return", "Enter") for key in shown]

    def test_with_a_scheme_every_code_that_has_a_key_is_listed(self):
        scheme = infant_scheme()
        rows = {row for _, group in key_list(scheme) for row in group}
        codes = [code for group in scheme.ethogram.groups for code in group.codes]
        assert any(scheme.keymap.key_for(code.id) for code in codes)
        for code in codes:
            key = scheme.keymap.key_for(code.id)
            if key:
                assert (cap_text(key), str(code.title)) in rows

    def test_no_head_stands_over_nothing(self):
        assert all(rows for _, rows in key_list(infant_scheme()))
