from __future__ import annotations

import shutil
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel

from ssp_coder.catalog import available_schemes
from ssp_coder.domain.coding import CodingRole
from ssp_coder.domain.finding import Finding
from ssp_coder.domain.naming import IdConcern, id_concern
from ssp_coder.formats.export import export_codings
from ssp_coder.formats.exportable import Exportable
from ssp_coder.media.probe import MediaWarning
from ssp_coder.ui.dialogs import import_events as importing
from ssp_coder.ui.dialogs.creation import PlaceConcern, place_concern
from ssp_coder.ui.dialogs.import_events import ImportEventsDialog
from ssp_coder.ui.dialogs.new_session import NewSessionDialog
from ssp_coder.ui.dialogs.video_list import VideoList
from ssp_coder.ui.dialogs.video_words import facts_words, rate_words, warning_words
from tests.builders import add, after, coding, infant_scheme, s
from tests.ui.pages import session_of


@pytest.fixture
def video(tmp_path, clip_factory):
    path = tmp_path / "S001.mp4"
    shutil.copy(clip_factory("h264").path, path)
    return path


@pytest.fixture
def dialog(theme, qtbot):
    made = NewSessionDialog(theme, available_schemes(), None)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.videos.stop()


def ready(dialog, video, qtbot):
    dialog.add_videos([video])
    qtbot.waitUntil(lambda: len(dialog.videos.seen) == 1, timeout=20_000)
    typed(dialog.session, "S001")
    typed(dialog.coder, "c01")


def typed(field, text):
    field.edit.setText(text)
    field.edit.textEdited.emit(text)


def test_what_is_missing_is_said_one_after_the_other(dialog, video, qtbot):
    said = [dialog._reason.text()]
    dialog.add_videos([video])
    said.append(dialog._reason.text())
    qtbot.waitUntil(lambda: len(dialog.videos.seen) == 1, timeout=20_000)
    said.append(dialog._reason.text())
    typed(dialog.session, "S001")
    said.append(dialog._reason.text())
    typed(dialog.coder, "c01")
    said.append(dialog._reason.text())
    assert said == [
        "Choose a video first",
        "The video is being looked at",
        "Give a session id",
        "Give a coder id",
        "",
    ]


def test_the_reason_is_on_the_button_too(dialog):
    assert dialog.make.toolTip() == dialog._reason.text()


def test_the_standard_scheme_is_chosen_at_first(dialog):
    assert dialog.scheme.currentData() == "infant"


def test_a_scheme_that_cannot_be_used_is_told_and_not_taken(theme, qtbot, video):
    good, *_ = [scheme for scheme in available_schemes() if scheme.usual]
    fault = Finding(code="x", message="two codes share a key", place="keymap.toml")
    dialog = NewSessionDialog(theme, [replace(good, problem=fault)])
    qtbot.addWidget(dialog)
    dialog.show()
    ready(dialog, video, qtbot)
    assert "two codes share a key" in dialog._scheme_problem.text()
    assert not dialog.make.isEnabled()
    assert dialog.result_value() is None


def test_without_any_scheme_it_says_so(theme, qtbot):
    dialog = NewSessionDialog(theme, [])
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog._scheme_problem.isVisible()
    assert not dialog.make.isEnabled()


@pytest.mark.parametrize("role", list(CodingRole))
def test_every_role_can_be_chosen(dialog, video, qtbot, role):
    ready(dialog, video, qtbot)
    dialog.role.setCurrentIndex(dialog.role.findData(role.value))
    assert dialog.result_value().role is role


@pytest.mark.parametrize(
    ("place", "word"),
    [("S001.txt", ".sspc"), ("nowhere/S001.sspc", "nowhere")],
)
def test_a_typed_place_is_checked_at_once(dialog, video, qtbot, place, word):
    ready(dialog, video, qtbot)
    typed(dialog.place, str(video.with_name(place)) if "/" not in place else place)
    assert word in dialog.place.error()
    assert not dialog.make.isEnabled()
    assert dialog._reason.text() == "Choose where the coding file goes"


def test_a_typed_place_is_kept_when_the_ids_change(dialog, video, qtbot):
    ready(dialog, video, qtbot)
    typed(dialog.place, str(video.with_name("mine.sspc")))
    typed(dialog.session, "S002")
    assert dialog.place.text().endswith("mine.sspc")


def test_the_proposed_place_follows_the_ids(dialog, video, qtbot):
    ready(dialog, video, qtbot)
    typed(dialog.session, "S002")
    assert dialog.place.text() == str(video.with_name("S002.c01.sspc"))
    typed(dialog.session, "S 2")
    assert dialog.place.text() == ""


def test_a_place_dialog_that_is_left_changes_nothing(dialog, video, qtbot, monkeypatch):
    ready(dialog, video, qtbot)
    before = dialog.place.text()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    dialog.browse.click()
    assert dialog.place.text() == before


def test_enter_creates_once_everything_is_there(dialog, video, qtbot):
    QTest.keyClick(dialog.session.edit, Qt.Key.Key_Return)
    assert dialog.isVisible()
    ready(dialog, video, qtbot)
    QTest.keyClick(dialog.coder.edit, Qt.Key.Key_Return)
    assert dialog.result_value() is not None
    assert not dialog.isVisible()


def test_every_label_belongs_to_its_field(dialog):
    labels = {label.text(): label.buddy() for label in dialog.findChildren(QLabel) if label.buddy()}
    assert labels["Session id"] is dialog.session
    assert labels["Coder id"] is dialog.coder
    assert labels["Scheme"] is dialog.scheme
    assert dialog.scheme.accessibleName() == "Scheme"


def test_a_video_that_cannot_be_used_can_be_taken_off_again(dialog, video, tmp_path, qtbot):
    wrong = tmp_path / "notes.mp4"
    wrong.write_text("no video")
    ready(dialog, video, qtbot)
    dialog.add_videos([wrong])
    qtbot.waitUntil(lambda: bool(dialog.videos.problem), timeout=10_000)
    assert not dialog.make.isEnabled()
    dialog.videos._rows[1].removed.emit()
    assert dialog.make.isEnabled()


def test_the_list_says_which_video_is_coded_on(theme, qtbot, video, clip_factory):
    shown = VideoList(theme)
    qtbot.addWidget(shown)
    shown.show()
    shown.add((video, clip_factory("vfr").path))
    qtbot.waitUntil(lambda: len(shown.seen) == 2, timeout=20_000)
    first, second = shown._rows
    assert (first._role.text(), second._role.text()) == ("coded on", "attached")
    assert not first._first.isVisible()
    second._first.click()
    assert (first._role.text(), second._role.text()) == ("attached", "coded on")
    assert [seen.path for seen in shown.seen] == list(shown.paths)


def test_a_video_tells_what_to_know_about_it(theme, qtbot, clip_factory):
    shown = VideoList(theme)
    qtbot.addWidget(shown)
    shown.show()
    shown.add((clip_factory("vfr").path,))
    qtbot.waitUntil(lambda: len(shown.seen) == 1, timeout=20_000)
    row = shown._rows[0]
    assert "changing rate" in row._facts.text()
    assert "stay exact" in row._notes.text()
    assert not row._progress.isVisible()


@pytest.fixture
def facts(video):
    from ssp_coder.ui.dialogs.creation import look_at_video

    return look_at_video(video, lambda _share: None, lambda: False).facts


def test_a_single_frame_has_no_rate(facts):
    assert rate_words(replace(facts, fps=None)) == "a single frame"


def test_facts_name_length_size_and_kind(facts):
    words = facts_words(facts)
    assert "0:05.0" in words
    assert "150 frames" in words
    assert f"{facts.width} \N{MULTIPLICATION SIGN} {facts.height}" in words


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("media.incomplete", "ends early"),
        ("media.damaged", "cannot be shown"),
        ("media.counted", "counted"),
        ("media.variable_rate", "exact"),
        ("media.interlaced", "interlaced"),
        ("media.silent", "no sound"),
    ],
)
def test_every_warning_has_words(code, word):
    assert word in warning_words(MediaWarning(code=code, fact="12 of 20"))


def test_a_warning_without_words_still_tells_its_fact():
    assert warning_words(MediaWarning(code="media.new", fact="12 of 20")) == "12 of 20"


@pytest.mark.parametrize("text", ["12-3-21", "2021_03_12", "S_3.2.2020", "x31121999", "1999.12.31"])
def test_more_dates_are_seen(text):
    assert id_concern(text) is IdConcern.DATE


@pytest.mark.parametrize("text", ["S-40-50-60", "12345678", "v1.2", "family7", "ABC", "P01_T2"])
def test_plain_pseudonyms_raise_no_concern(text):
    assert id_concern(text) is IdConcern.NONE


@pytest.mark.parametrize("concern", list(IdConcern))
def test_only_what_cannot_be_stored_forbids(concern):
    assert concern.forbids == (concern in (IdConcern.EMPTY, IdConcern.SIGNS))


def test_no_place_is_no_place():
    from pathlib import Path

    assert place_concern(Path()) is PlaceConcern.EMPTY


def test_a_folder_that_cannot_be_written_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr("os.access", lambda *_: False)
    assert place_concern(tmp_path / "a.sspc") is PlaceConcern.NOT_WRITABLE


@pytest.fixture
def source(tmp_path):
    value = after(coding(), add("distress.cry", 10, end=20), add("seeking.reach", 12))
    entry = Exportable(coding=value, scheme=infant_scheme())
    return next(p for p in export_codings((entry,), tmp_path) if p.name.endswith("_events.csv"))


@pytest.fixture
def shown(theme, qtbot):
    def show(session, path):
        dialog = ImportEventsDialog(theme, session, path)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitUntil(lambda: dialog.preview is not None, timeout=10_000)
        return dialog

    return show


def test_the_stretch_and_what_is_there_already_are_told(shown, source):
    session = session_of(after(coding(), add("seeking.lean", 40)))
    dialog = shown(session, source)
    words = dialog._about.text()
    assert "0:10.00" in words
    assert "0:12.00" in words
    assert "holds 1 event" in words


def test_another_coders_rows_are_noted_and_do_not_hinder(shown, source):
    dialog = shown(session_of(coding(coder="c02")), source)
    assert "c01" in dialog._notes.text()
    assert dialog.act.isEnabled()


def test_an_empty_timeline_brings_nothing(shown, tmp_path):
    entry = Exportable(coding=coding(), scheme=infant_scheme())
    written = export_codings((entry,), tmp_path / "empty")
    dialog = shown(session_of(), next(p for p in written if p.name.endswith("_events.csv")))
    assert not dialog.act.isEnabled()
    assert "no events" in dialog.act.toolTip()


def test_events_that_are_there_already_are_refused_with_their_lines(shown, source):
    held = after(coding(), add("distress.cry", 10, end=20))
    session = session_of(held)
    dialog = shown(session, source)
    assert "line 2" in dialog.table.item(0, 0).text()
    assert not dialog.act.isEnabled()
    dialog.accept()
    assert session.coding == held


def test_a_file_that_has_gone_is_told_in_place(shown, tmp_path):
    dialog = shown(session_of(), tmp_path / "gone.csv")
    assert dialog.preview.faults
    assert not dialog.act.isEnabled()


def test_what_nobody_expected_is_told_too(theme, qtbot, source, monkeypatch):
    def broken(*_):
        raise OSError("the disk is away")

    monkeypatch.setattr(importing, "preview_import", broken)
    dialog = ImportEventsDialog(theme, session_of(), source)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: bool(dialog._refusal.text()), timeout=10_000)
    assert "the disk is away" in dialog._refusal.text()
    dialog.accept()
    assert dialog.isVisible()


def test_a_refused_import_leaves_the_dialog_open_and_says_why(shown, source):
    session = session_of()
    dialog = shown(session, source)
    session.document.submit(add("distress.fuss", 15, end=16))
    dialog.act.click()
    assert dialog.isVisible()
    assert dialog._refusal.text()
    assert len(session.coding.events) == 1


def test_faults_are_shown_whole(shown, source):
    source.write_text(source.read_text().replace("reach", "wave"))
    dialog = shown(session_of(), source)
    tall = dialog.table.verticalHeader().sectionSize(0)
    assert tall >= dialog.table.sizeHintForRow(0)
    assert "wave" in dialog.table.item(0, 1).text()


def test_times_come_in_to_the_microsecond(shown, source):
    session = session_of()
    dialog = shown(session, source)
    dialog.act.click()
    assert session.coding.events[0].start_us == s(10)
    assert session.coding.events[0].end_us == s(20)
