"""What can be found: every command, code, place, coding and help page, with how it stands."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QSettings

from ssp_coder.catalog.handbooks import handbook_for
from ssp_coder.domain.ethogram import CodeId
from ssp_coder.domain.keyset import CodeKeys, CommandKeys, KeySet
from ssp_coder.editing import edits
from ssp_coder.editing.completeness import Step
from ssp_coder.storage.coding_file import create
from ssp_coder.ui.keys.live import live_keys
from ssp_coder.ui.kit.marks import MarkShape
from ssp_coder.ui.main.commands import COMMANDS, EPISODE_COMMANDS, Menu, Needs
from ssp_coder.ui.main.help import help_topics
from ssp_coder.ui.main.settings import Settings
from ssp_coder.ui.main.window import MainWindow
from ssp_coder.ui.palette.entry import EntryKind, fitting
from ssp_coder.ui.palette.sources import ITSELF, entries_of, further
from ssp_coder.ui.theme.theme import Theme
from ssp_coder.ui.theme.tokens import Scheme
from tests.builders import add, after, infant_scheme, with_episodes
from tests.ui.pages import paint


@pytest.fixture(autouse=True)
def keys_as_they_came(qapp):
    live_keys().take(KeySet())
    yield
    live_keys().take(KeySet())


@pytest.fixture(scope="module")
def standing(qapp, tmp_path_factory):
    """A window with a coding for every test here that changes nothing it cannot take back."""
    folder = tmp_path_factory.mktemp("standing")
    store = QSettings(str(folder / "desk.ini"), QSettings.Format.IniFormat)
    window = MainWindow(Theme(Scheme.LIGHT), Settings(store))
    window.show()
    path = folder / "S100.sspc"
    create(path, coding=with_episodes(), scheme=infant_scheme(), who="c01").close()
    window.desk.open_path(path)
    yield window
    window.desk.stop_work()
    window.workspace.session.file.abandon()
    window.workspace.session.file = None
    window.close()


@pytest.fixture
def coded(standing):
    standing.show_page(Step.CODE)
    paint(standing.workspace.stage, 12.0)
    return standing


def by_id(window):
    return {entry.id: entry for entry in entries_of(window)}


def of_kind(window, kind):
    return [entry for entry in entries_of(window) if entry.kind is kind]


def test_no_two_entries_have_one_id(coded):
    ids = [entry.id for entry in entries_of(coded)]
    assert len(ids) == len(set(ids))


def test_everything_has_a_title_and_a_sign(coded):
    for entry in entries_of(coded):
        assert entry.title
        assert bool(entry.icon) != (entry.mark is not None), entry.id


class TestCommands:
    def test_each_stands_with_its_menu_and_shown_key(self, coded):
        found = by_id(coded)
        for command in COMMANDS:
            if command.id == ITSELF:
                continue
            entry = found[f"command:{command.id}"]
            assert entry.detail.startswith(command.menu.value)
            assert bool(entry.keys) == bool(command.keys)
            assert entry.title == coded.actions_by_id[command.id].text().replace("&", "")

    def test_those_with_files_come_after_those_of_the_work(self, coded):
        order = [entry.id for entry in entries_of(coded) if entry.id.startswith("command:")]
        files = [order.index(f"command:{c.id}") for c in COMMANDS if c.menu is Menu.FILE]
        others = [order.index(f"command:{c.id}") for c in COMMANDS
                  if c.menu is not Menu.FILE and c.id != ITSELF]  # fmt: skip
        assert min(files) > max(others)

    def test_looks_language_and_sound_are_settings(self, coded):
        settings = {entry.id for entry in of_kind(coded, EntryKind.SETTING)}
        for command in ("scheme_dark", "language_de", "step_sound", "sound_delay", "own_keys"):
            assert f"command:{command}" in settings
        assert "command:undo" not in settings

    def test_a_setting_says_whether_it_is_on(self, coded):
        before = by_id(coded)["command:step_sound"].detail
        coded.actions_by_id["step_sound"].trigger()
        after = by_id(coded)["command:step_sound"].detail
        coded.actions_by_id["step_sound"].trigger()
        assert (before, after) == ("Video, off", "Video, on")

    def test_own_keys_stand_on_them(self, coded):
        coded.desk.keys.keep(KeySet(commands=(CommandKeys(command="undo", keys=("F13",)),)))
        assert by_id(coded)["command:undo"].keys == ("F13",)

    def test_what_needs_a_picture_says_where_to_go(self, coded):
        coded.show_page(Step.REVIEW)
        found = by_id(coded)
        reasons = {
            command.needs: found[f"command:{command.id}"].reason
            for command in COMMANDS
            if command.id != ITSELF
        }
        assert reasons[Needs.NOTHING] == ""
        assert reasons[Needs.CODING] == ""
        assert reasons[Needs.VIDEO] == "No video is open"
        assert reasons[Needs.PICTURE] == "No video is open"


class TestCodes:
    def test_every_code_is_there_with_group_kind_key_and_mark(self, coded):
        scheme = infant_scheme()
        found = by_id(coded)
        for code in scheme.ethogram.codes():
            entry = found[f"code:{code.id}"]
            assert entry.title == str(code.title)
            assert entry.detail.startswith(str(scheme.ethogram.group_of(code.id).title))
            assert bool(entry.keys) == bool(scheme.keymap.key_for(code.id))

    def test_states_and_points_are_told_apart(self, coded):
        found = by_id(coded)
        assert found["code:distress.cry"].mark[1] is MarkShape.BAR
        assert found["code:distress.cry"].detail.endswith("state")
        assert found["code:seeking.reach"].mark[1] is MarkShape.TRIANGLE_UP
        assert found["code:seeking.reach"].detail.endswith("point")

    def test_own_keys_stand_on_them(self, coded):
        own = CodeKeys(keymap="infant", code=CodeId("seeking.reach"), keys=("f14",))
        coded.desk.keys.keep(KeySet(codes=(own,)))
        assert by_id(coded)["code:seeking.reach"].keys == ("F14",)

    def test_on_other_steps_they_say_where_to_go(self, coded):
        for page in (Step.PREPARE, Step.RATE, Step.CLASSIFY):
            coded.show_page(page)
            reasons = {entry.reason for entry in of_kind(coded, EntryKind.CODE)}
            assert reasons == {"Go to the step Code first"}

    def test_in_a_locked_coding_they_say_so(self, desk_window, coding_file):
        desk_window.desk.open_path(coding_file(start=with_episodes()))
        desk_window.workspace.session.submit(edits.LockCoding())
        reasons = {entry.reason for entry in of_kind(desk_window, EntryKind.CODE)}
        assert reasons == {"The coding cannot be changed"}

    def test_without_a_coding_there_are_none(self, desk_window):
        assert of_kind(desk_window, EntryKind.CODE) == []


class TestPlaces:
    def test_every_episode_is_there_with_its_name_and_key(self, coded):
        places = of_kind(coded, EntryKind.PLACE)
        plans = infant_scheme().procedure.episodes
        assert [entry.detail for entry in places] == [str(plan.title) for plan in plans]
        assert [entry.id for entry in places] == [f"command:{one}" for one in EPISODE_COMMANDS]
        assert places[3].keys == ("Alt", "4")

    def test_marked_ones_need_only_a_picture(self, coded):
        reasons = {entry.reason for entry in of_kind(coded, EntryKind.PLACE)}
        assert reasons == {"No video is open"}

    def test_without_a_coding_there_are_none(self, desk_window):
        assert of_kind(desk_window, EntryKind.PLACE) == []


class TestCodingsAndHelp:
    def test_codings_opened_before_are_there_newest_first(self, desk_window, coding_file):
        paths = [coding_file(name) for name in ("S1", "S2")]
        for path in paths:
            desk_window.settings.note_opened(path)
        recent = of_kind(desk_window, EntryKind.RECENT)
        assert [entry.title for entry in recent] == ["S2.sspc", "S1.sspc"]
        assert recent[0].detail == str(paths[1].parent)

    def test_a_coding_that_is_gone_is_not(self, desk_window, coding_file):
        path = coding_file("S1")
        desk_window.settings.note_opened(path)
        path.unlink()
        assert of_kind(desk_window, EntryKind.RECENT) == []

    def test_every_chapter_and_every_page_with_help_is_there(self, coded):
        titles = [entry.title for entry in of_kind(coded, EntryKind.HELP)]
        chapters = handbook_for(coded.workspace.session.scheme.system).chapters
        alone = [title for page, title in help_topics() if page == "compare"]
        assert titles == [f"Help: {title}" for title in (*(c.title for c in chapters), *alone)]

    @pytest.mark.parametrize(
        ("typed", "chapter"),
        [
            ("fifteen usual", "mistakes"),
            ("best instance", "rate"),
            ("overstress", "disorganization"),
            ("help d pass", "disorganization"),
            ("taking crying resistance", "mistakes"),
        ],
    )
    def test_a_chapter_is_found_by_its_title_and_by_the_headings_in_it(self, coded, typed, chapter):
        found = [one.entry.id for one in fitting(typed, entries_of(coded))]
        assert found[0] == f"help:{chapter}"

    def test_without_a_coding_the_usual_handbook_is_found(self, desk_window):
        found = [entry.id for entry in of_kind(desk_window, EntryKind.HELP)]
        assert {"help:start", "help:mistakes", "help:help:compare"} <= set(found)

    def test_the_handbook_is_read_once_for_a_coding(self, coded, monkeypatch):
        of_kind(coded, EntryKind.HELP)
        monkeypatch.setattr(
            "ssp_coder.catalog.handbooks.handbook_for", lambda *_: pytest.fail("read again")
        )
        assert of_kind(coded, EntryKind.HELP)

    def test_a_coding_of_another_system_has_no_bundled_chapters(self, desk_window, monkeypatch):
        before = of_kind(desk_window, EntryKind.HELP)
        other = replace(infant_scheme(), system="preschool")
        workspace = SimpleNamespace(session=SimpleNamespace(scheme=other))
        with monkeypatch.context() as patch:
            patch.setattr(desk_window, "workspace", workspace)
            ids = [page.id for page in desk_window.desk.handbook.pages()]
        assert len(ids) < len(before)
        assert all(one.startswith("help:") for one in ids)


class TestWhatLettersName:
    def test_without_a_coding_a_word_names_nothing(self, desk_window):
        assert further(desk_window, "reach").first == ()
        assert further(desk_window, "reach").last == ()

    def test_a_time_goes_first_and_events_last(self, desk_window, coding_file):
        start = after(with_episodes(), add("seeking.reach", 40))
        desk_window.desk.open_path(coding_file(start=start))
        assert [entry.kind for entry in further(desk_window, "0:40").first] == [EntryKind.PLACE]
        assert [entry.kind for entry in further(desk_window, "reach").last] == [EntryKind.EVENT]
