from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtWidgets import QApplication

from ssp_coder.domain.coding import Coding
from ssp_coder.domain.session import EpisodeStatus
from ssp_coder.editing import edits
from ssp_coder.editing.completeness import Step
from ssp_coder.storage.coding_file import create
from ssp_coder.ui import application as door
from ssp_coder.ui import journey as journeys
from ssp_coder.ui.journey import Journey, JourneyError
from ssp_coder.ui.main.settings import Settings, cache_folder
from ssp_coder.ui.main.window import MainWindow
from ssp_coder.ui.text import edit_words, status_words, step_title
from ssp_coder.ui.theme.tokens import Scheme
from tests.builders import add, infant_scheme, mark, rate, s


@pytest.fixture
def settings(tmp_path):
    return Settings(QSettings(str(tmp_path / "own.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def coding_path(tmp_path):
    path = tmp_path / "S001.c01.sspc"
    start = Coding(session="S001", coder="c01", media=())
    create(path, coding=start, scheme=infant_scheme(), who="c01").close()
    return path


@pytest.fixture
def look(qapp):
    """What the application looked like before; a window of these tests changes it for all."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    before = qapp.styleSheet(), qapp.palette(), qapp.font(), qapp.style().objectName()
    yield
    qapp.setStyle(before[3])
    qapp.setFont(before[2])
    qapp.setPalette(before[1])
    qapp.setStyleSheet(before[0])


def let_go(window):
    window.desk.stop_work()
    window.close()
    window.deleteLater()


def test_there_is_only_one_application(qapp):
    assert door.application() is qapp is QApplication.instance()


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_the_window_opens_in_the_colours_used_last(qapp, settings, look, scheme):
    settings.scheme = scheme
    window = door.make_window(qapp, settings)
    expected = qapp.palette().window().color().lightness()
    assert (expected > 128) == (scheme is Scheme.LIGHT)
    assert not window.isVisible()
    let_go(window)


def test_the_window_opens_where_it_was_closed(qapp, settings, look, monkeypatch):
    restored = []
    monkeypatch.setattr(MainWindow, "restoreGeometry", lambda _self, place: restored.append(place))
    first = door.make_window(qapp, settings)
    assert restored == []
    settings.geometry = first.saveGeometry()
    let_go(first)
    let_go(door.make_window(qapp, settings))
    assert restored == [settings.geometry]


def open_window():
    windows = QApplication.topLevelWidgets()
    return next(each for each in windows if isinstance(each, MainWindow) and each.isVisible())


def test_a_start_opens_the_coding_it_was_given(qapp, coding_path, look, monkeypatch):
    seen = []

    def at_the_loop(*_arguments):
        window = next(
            w for w in QApplication.topLevelWidgets() if hasattr(w, "desk") and w.isVisible()
        )
        seen.append((window.isVisible(), window.workspace.session.coding.session))
        window.close()
        window.deleteLater()
        return 7

    monkeypatch.setattr(QApplication, "exec", at_the_loop)
    assert door.run([coding_path]) == 7
    assert seen == [(True, "S001")]


def test_a_start_without_a_coding_shows_the_first_page(qapp, look, monkeypatch):
    seen = []

    def at_the_loop(*_arguments):
        window = next(
            w for w in QApplication.topLevelWidgets() if hasattr(w, "desk") and w.isVisible()
        )
        seen.append((window.start.isVisible(), window.workspace))
        window.close()
        window.deleteLater()
        return 0

    monkeypatch.setattr(QApplication, "exec", at_the_loop)
    assert door.run() == 0
    assert seen == [(True, None)]


def test_frame_indexes_lie_in_the_cache_of_this_person(settings_in_tmp):
    assert cache_folder().is_relative_to(settings_in_tmp)
    assert cache_folder().name == "ssp_coder"


@pytest.fixture
def journey(tmp_path, look, monkeypatch):
    monkeypatch.setattr(journeys, "PATIENCE_S", 0.05)
    made = Journey(tmp_path / "pictures")
    (tmp_path / "pictures").mkdir(exist_ok=True)
    yield made
    let_go(made.window)
    QCoreApplication.processEvents()


def test_a_journey_without_a_coding_says_so(journey):
    with pytest.raises(JourneyError, match="no coding is open in the window"):
        _ = journey.workspace


def test_a_wait_in_vain_names_what_was_waited_for(journey):
    with pytest.raises(JourneyError, match=r"waited 0.05 s for the last edit to be saved"):
        journey.wait(lambda: False, "the last edit to be saved")


def test_a_state_that_is_reached_is_not_waited_for(journey):
    asked = []
    journey.wait(lambda: asked.append(1) is None, "nothing")
    assert asked == [1]


def test_a_picture_that_cannot_be_written_is_named(journey, monkeypatch):
    monkeypatch.setattr(journeys, "SETTLED_S", 0.0)
    with pytest.raises(JourneyError, match=r"the picture start.png could not be written"):
        journey.picture("missing folder/start.png")
    assert journey.picture("start.png").stat().st_size > 0


def test_a_journey_keeps_its_settings_to_itself(journey, tmp_path, settings_in_tmp):
    journey.window.close()
    assert not list(settings_in_tmp.rglob("ssp_coder.ini"))


def test_going_somewhere_needs_a_video(journey, coding_path):
    journey.window.desk.open_path(coding_path)
    with pytest.raises(JourneyError, match="no video is open"):
        journey.go_to(1_000_000)


EDITS = [
    (add("seeking.reach", 1), "reach"),
    (mark("EP5", 1), "EP5"),
    (edits.MarkEpisodeMissing(episode="EP7", reason="asleep"), "EP7"),
    (edits.ClearEpisode(episode="EP3"), "clearing of EP3"),
    (edits.DeleteEvents(events=()), "deletion"),
    (edits.EndSession(at_us=s(9), frame=1), "session end"),
    (edits.ClearSessionEnd(), "clearing of session end"),
    (edits.LockCoding(), "lock"),
    (edits.UnlockCoding(reason="typing error"), "unlock"),
]


@pytest.mark.parametrize(("edit", "words"), EDITS, ids=[words for _, words in EDITS])
def test_undo_names_the_edit_in_words(edit, words):
    assert edit_words(edit, infant_scheme()) == words


def test_undo_names_a_rating_by_its_scale_and_episode():
    slot = next(slot for slot in infant_scheme().slots if slot.episode)
    sign = infant_scheme().scale_of(slot.id).abbreviation
    assert edit_words(rate(slot.id, 1), infant_scheme()) == f"{sign} {slot.episode}"


def test_every_step_and_every_state_has_words_of_its_own():
    assert len({step_title(step) for step in Step}) == len(Step)
    assert len({status_words(status) for status in EpisodeStatus}) == len(EpisodeStatus)
