"""A clip with faces is looked through before it is written: flags, covers, confirmation."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QDialog

from ssp_coder.domain.keyset import CommandKeys, KeySet
from ssp_coder.media.clips import write_clip
from ssp_coder.media.covering import Origin
from ssp_coder.media.errors import FrameMissing, MediaError
from ssp_coder.media.faces import FlagKind
from ssp_coder.media.faces_centerface import CENTERFACE, INSTALLATION
from ssp_coder.media.faces_model import YUNET
from ssp_coder.media.indexing import build_index
from ssp_coder.media.motion import Region
from ssp_coder.media.overlay import Overlay
from ssp_coder.media.reader import FrameReader
from ssp_coder.ui.faces.review import FaceReviewDialog
from ssp_coder.ui.faces.shelf import ModelShelf, user_shelf
from ssp_coder.ui.faces.words import Clock, cover_text, summary, why
from ssp_coder.ui.keys.live import live_keys
from ssp_coder.ui.theme.tokens import Scheme
from tests.fixtures.face_films import RedFinder, redness, without_package

FIRST, LAST = 5, 64
CORNER = Region(left=0.7, top=0.1, width=0.2, height=0.4)


class Shelf:
    """A shelf with a finder of red discs, or an empty one."""

    def __init__(self, finder=None, refusal: MediaError | None = None) -> None:
        self.is_filled = finder is not None
        self.finder_now = finder
        self.refusal = refusal
        self.adopted: list[Path] = []

    def finder(self):
        if isinstance(self.finder_now, Exception):
            raise self.finder_now
        return self.finder_now

    def adopt(self, file: Path) -> None:
        if self.refusal is not None:
            raise self.refusal
        self.adopted.append(file)
        self.finder_now, self.is_filled = RedFinder(), True


@pytest.fixture
def opened(theme, qtbot, faces_video, faces_plan):
    """Opens the review and waits until its first frame is painted."""

    def open_dialog(shelf) -> FaceReviewDialog:
        dialog = FaceReviewDialog(theme, faces_video, faces_plan, None, shelf)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitUntil(lambda: not dialog.searching, timeout=10_000)
        qtbot.waitUntil(lambda: dialog.bench.picture.ordinal is not None, timeout=10_000)
        dialogs.append(dialog)
        return dialog

    dialogs: list[FaceReviewDialog] = []
    yield open_dialog
    for dialog in dialogs:
        dialog.done(QDialog.DialogCode.Rejected)


def go_to(qtbot, dialog: FaceReviewDialog, ordinal: int) -> None:
    dialog.bench.frames.go_to(ordinal)
    qtbot.waitUntil(lambda: dialog.bench.picture.ordinal == ordinal, timeout=10_000)
    dialog.bench.picture.repaint()


def see(qtbot, dialog: FaceReviewDialog, first: int, last: int) -> None:
    """Step through a stretch, every fifth frame."""
    for ordinal in (*range(first, last, 5), last):
        go_to(qtbot, dialog, ordinal)


def look_at_everything(qtbot, dialog: FaceReviewDialog) -> None:
    while dialog.bench.review.open:
        flag = dialog.bench.review.open[0]
        dialog.bench.table.choose(flag)
        see(qtbot, dialog, flag.first, flag.last)
        dialog.bench.look_at()


def press(qtbot, dialog: FaceReviewDialog, key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    dialog.activateWindow()
    dialog.bench.picture.setFocus()
    qtbot.keyClick(dialog.bench.picture, key, modifier)


def test_damage_that_no_clip_shows_does_not_keep_a_stretch_from_being_looked_at(
    opened, qtbot, faces_video
) -> None:
    dialog = opened(Shelf())
    bench = dialog.bench
    see(qtbot, dialog, FIRST, 30)
    see(qtbot, dialog, 50, LAST)
    assert not bench.look_button.isEnabled()
    for ordinal in range(31, 50):
        bench.frames._complained.emit(FrameMissing(faces_video.path, ordinal))
    assert bench.look_button.isEnabled()
    assert bench.unseen_us == 0


def test_a_recording_that_cannot_be_read_was_not_seen(opened, faces_video) -> None:
    dialog = opened(Shelf())
    before = dialog.bench.unseen_us
    gone = MediaError("media.gone", faces_video.path, "is gone", "bring it back")
    dialog.bench.frames._complained.emit(gone)
    assert dialog.bench.unseen_us == before > 0
    assert not dialog.bench.look_button.isEnabled()


# ------------------------------------------------------------------------------ what is found


def test_faces_are_found_and_what_must_be_looked_at_is_listed(opened) -> None:
    dialog = opened(Shelf(RedFinder()))
    bench = dialog.bench
    assert len(bench.review.covering.patches) == 2
    assert bench.review.covering.frames == range(FIRST, LAST + 1)
    (flag,) = bench.review.flags
    assert flag.kind is FlagKind.FEWER
    assert bench.table.rowCount() == 1
    assert bench.table.item(0, 1).text() == "fewer faces"
    assert bench.table.item(0, 2).text().endswith("to see")
    assert not dialog.model_button.isVisible()
    assert "fewer faces" in bench.summary.text()


def test_without_a_model_the_whole_clip_must_be_looked_at(opened) -> None:
    dialog = opened(Shelf())
    (flag,) = dialog.bench.review.flags
    assert (flag.kind, flag.first, flag.last) == (FlagKind.NOT_SEARCHED, FIRST, LAST)
    assert dialog.model_button.isVisible()
    assert YUNET.file_name in dialog.model_line.text()
    assert YUNET.licence in dialog.model_line.text()
    assert INSTALLATION in dialog.model_line.text()
    assert "draw a cover" in dialog.bench.summary.text()


def test_a_model_given_later_is_used(opened, qtbot, tmp_path: Path) -> None:
    shelf = Shelf()
    dialog = opened(shelf)
    dialog.bench.draw(CORNER)
    dialog.use_model(tmp_path / "model.onnx")
    qtbot.waitUntil(lambda: not dialog.searching, timeout=10_000)
    assert shelf.adopted == [tmp_path / "model.onnx"]
    origins = [patch.origin for patch in dialog.bench.review.covering.patches]
    assert origins == [Origin.FOUND, Origin.FOUND, Origin.DRAWN]
    assert dialog.bench.review.covering.regions_at(FIRST)[-1] == CORNER
    assert not dialog.model_button.isVisible()


def test_a_wrong_model_is_refused_in_words(opened, tmp_path: Path) -> None:
    wrong = MediaError("media.model_other", tmp_path / "a.onnx", "is another one", "get the right")
    dialog = opened(Shelf(refusal=wrong))
    dialog.use_model(tmp_path / "a.onnx")
    assert "a.onnx is another one" in dialog.model_line.text()
    assert dialog.bench.review.flags[0].kind is FlagKind.NOT_SEARCHED


def test_a_search_that_fails_leaves_drawing_by_hand(opened, tmp_path: Path) -> None:
    broken = MediaError("media.model_refused", tmp_path / "m", "cannot be used", "draw by hand")
    dialog = opened(Shelf(broken))
    assert "cannot be used" in dialog.model_line.text()
    assert dialog.bench.review.flags[0].kind is FlagKind.NOT_SEARCHED
    assert not dialog.accept_button.isEnabled()


class _SlowFinder(RedFinder):
    """Never comes to an end by itself: progress is asked after each frame."""

    def find(self, rgb):
        import threading

        threading.Event().wait(0.02)
        return super().find(rgb)


def test_a_search_can_be_stopped(theme, qtbot, faces_video, faces_plan) -> None:
    dialog = FaceReviewDialog(theme, faces_video, faces_plan, None, Shelf(_SlowFinder()))
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.searching
    assert not dialog.confirmed.isEnabled()
    dialog.stop_button.click()
    assert not dialog.searching
    assert "stopped" in dialog.model_line.text()
    assert dialog.bench.review.covering.patches == ()
    dialog.reject()


def test_a_second_search_that_is_stopped_leaves_what_was_found(opened, tmp_path: Path) -> None:
    dialog = opened(Shelf(RedFinder()))
    found = dialog.bench.review.covering
    assert found.patches
    dialog.use_model(tmp_path / "model.onnx")
    dialog.stop_button.click()
    assert dialog.bench.review.covering == found
    assert "by hand" not in dialog.model_line.text()


def test_closing_while_searching_stops_it(theme, qtbot, faces_video, faces_plan) -> None:
    dialog = FaceReviewDialog(theme, faces_video, faces_plan, None, Shelf(_SlowFinder()))
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.reject()
    assert not dialog.searching
    assert dialog.covering is None


def test_the_model_of_a_person_lies_in_their_own_folder(
    settings_in_tmp: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_package(monkeypatch)
    shelf = user_shelf()
    assert isinstance(shelf, ModelShelf)
    assert not shelf.is_filled
    with pytest.raises(MediaError, match="is not there") as caught:
        shelf.finder()
    assert settings_in_tmp in caught.value.file.parents
    with pytest.raises(MediaError, match="is not there"):
        shelf.adopt(settings_in_tmp / "no.onnx")


def test_the_model_of_the_package_looks_until_a_person_puts_theirs(settings_in_tmp: Path) -> None:
    shelf = user_shelf()
    assert shelf.is_filled
    assert shelf.finder().name == CENTERFACE.name
    own = shelf._place
    own.parent.mkdir(parents=True)
    own.write_bytes(b"another file")
    with pytest.raises(MediaError, match=own.name):
        shelf.finder()


def test_the_model_of_the_package_is_named_and_another_one_offered(opened) -> None:
    finder = RedFinder()
    finder.name = CENTERFACE.name
    dialog = opened(Shelf(finder))
    assert dialog.model_line.text().startswith(f"{CENTERFACE.name} looked for faces")
    assert YUNET.source in dialog.model_line.text()
    assert dialog.model_button.isVisible()


def test_the_table_follows_the_theme(opened, theme) -> None:
    table = opened(Shelf()).bench.table
    before = table.item(0, 2).foreground().color().name()
    theme.set_scheme(Scheme.DARK)
    after = table.item(0, 2).foreground().color().name()
    assert after == theme.colour("warn").name() != before


# ------------------------------------------------------------------------------ looking


def test_a_stretch_that_was_never_shown_cannot_be_ticked_off(opened, qtbot) -> None:
    dialog = opened(Shelf())
    bench = dialog.bench
    assert not bench.look_button.isEnabled()
    assert "never on the screen" in bench.look_button.toolTip()
    bench.look_at()
    assert bench.review.looked == frozenset()
    see(qtbot, dialog, FIRST, LAST)
    assert bench.look_button.isEnabled()
    assert bench.table.item(0, 2).text() == "shown"
    bench.look_at()
    assert bench.review.open == ()
    assert bench.table.item(0, 2).text() == "looked at"


def test_what_was_looked_at_can_be_opened_again(opened, qtbot) -> None:
    dialog = opened(Shelf(RedFinder()))
    bench = dialog.bench
    look_at_everything(qtbot, dialog)
    assert bench.look_button.text() == "Look again"
    bench.look_button.click()
    assert bench.review.open == bench.review.flags
    assert bench.look_button.text() == "Looked at"
    assert not dialog.confirmed.isEnabled()


def test_times_are_those_of_the_session(theme, qtbot, faces_video, faces_plan) -> None:
    later = replace(faces_plan, overlay=Overlay(offset_us=60_000_000))
    dialog = FaceReviewDialog(theme, faces_video, later, None, Shelf())
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.bench.picture.ordinal == FIRST, timeout=10_000)
    assert dialog.bench.table.item(0, 0).text().startswith("1:00.20")
    qtbot.waitUntil(lambda: dialog.bench.controls.frame.text() == "frame 5", timeout=10_000)
    dialog.reject()


def test_playing_a_stretch_shows_it_and_stops_at_its_end(opened, qtbot) -> None:
    dialog = opened(Shelf(RedFinder()))
    bench = dialog.bench
    (flag,) = bench.review.flags
    bench.controls.rates.part("2").click()
    bench.play_stretch_button.click()
    assert bench.frames.playing
    qtbot.waitUntil(lambda: not bench.frames.playing, timeout=10_000)
    qtbot.waitUntil(lambda: bench.picture.ordinal == flag.last, timeout=10_000)
    qtbot.waitUntil(bench.look_button.isEnabled, timeout=10_000)


def test_after_one_stretch_the_next_open_one_is_chosen(opened, qtbot) -> None:
    dialog = opened(Shelf(RedFinder(blind=range(8, 24))))
    bench = dialog.bench
    first, second, *_ = bench.review.flags
    see(qtbot, dialog, first.first, first.last)
    bench.look_at()
    assert bench.table.flag == second
    assert bench.frames.at == second.first


def test_no_frame_outside_the_clip_is_shown(opened, qtbot) -> None:
    dialog = opened(Shelf())
    dialog.bench.frames.go_to(0)
    assert dialog.bench.frames.at == FIRST
    dialog.bench.frames.go_to(69)
    assert dialog.bench.frames.at == LAST
    dialog.bench.frames.step(5)
    assert dialog.bench.frames.at == LAST


def test_playing_from_the_end_begins_anew(opened, qtbot) -> None:
    dialog = opened(Shelf())
    go_to(qtbot, dialog, LAST)
    dialog.bench.toggle()
    assert dialog.bench.frames.playing
    assert dialog.bench.frames.at < LAST
    dialog.bench.toggle()
    assert not dialog.bench.frames.playing


def test_own_keys_go_through_the_clip_and_stand_in_the_line_of_keys(opened, qtbot) -> None:
    dialog = opened(Shelf())
    chosen = (("forward_frame", ("A",)), ("toggle", ("P",)), ("undo", ("F13",)))
    own = tuple(CommandKeys(command=name, keys=keys) for name, keys in chosen)
    live_keys().take(KeySet(commands=own))
    try:
        here = dialog.bench.frames.at
        press(qtbot, dialog, Qt.Key.Key_Right)
        assert dialog.bench.frames.at == here
        press(qtbot, dialog, Qt.Key.Key_A)
        assert dialog.bench.frames.at == here + 1
        press(qtbot, dialog, Qt.Key.Key_P)
        assert dialog.bench.frames.playing
        press(qtbot, dialog, Qt.Key.Key_P)
        assert not dialog.bench.frames.playing
        assert "P plays" in dialog.bench.keys_line.text()
    finally:
        live_keys().take(KeySet())
    assert "Space plays" in dialog.bench.keys_line.text()


def test_the_strip_leads_to_a_frame(opened, qtbot) -> None:
    dialog = opened(Shelf())
    strip = dialog.bench.strip
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=strip.rect().center())
    assert abs(dialog.bench.frames.at - (FIRST + LAST) // 2) <= 2
    qtbot.waitUntil(lambda: dialog.bench.picture.ordinal == dialog.bench.frames.at)
    dialog.bench.picture.repaint()
    here = dialog.bench.frames.at
    qtbot.keyClick(strip, Qt.Key.Key_Right)
    assert dialog.bench.frames.at == here + 1
    qtbot.keyClick(strip, Qt.Key.Key_End)
    assert dialog.bench.frames.at == LAST


# ------------------------------------------------------------------------------ covers


def test_a_cover_is_drawn_over_the_chosen_stretch(opened, qtbot) -> None:
    dialog = opened(Shelf(RedFinder()))
    (flag,) = dialog.bench.review.flags
    go_to(qtbot, dialog, flag.first + 3)
    dialog.bench.picture.box_drawn.emit(CORNER)
    fresh = dialog.bench.review.covering.patches[-1]
    assert (fresh.origin, fresh.first, fresh.last) == (Origin.DRAWN, flag.first + 3, flag.last)
    assert fresh.region_at(flag.last) == CORNER
    assert dialog.bench.chosen == fresh.number
    assert "drawn" in dialog.bench.cover_bar.words.text()


def test_a_cover_is_drawn_and_moved_with_the_pointer(opened, qtbot) -> None:
    dialog = opened(Shelf())
    picture, bench = dialog.bench.picture, dialog.bench
    middle = picture.rect().center()
    qtbot.mousePress(picture, Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseMove(picture, middle + QPoint(60, 40))
    qtbot.mouseRelease(picture, Qt.MouseButton.LeftButton, pos=middle + QPoint(60, 40))
    (drawn,) = bench.review.covering.patches
    assert bench.chosen == drawn.number
    inside = middle + QPoint(30, 20)
    qtbot.mousePress(picture, Qt.MouseButton.LeftButton, pos=inside)
    qtbot.mouseMove(picture, inside + QPoint(-50, 0))
    qtbot.mouseRelease(picture, Qt.MouseButton.LeftButton, pos=inside + QPoint(-50, 0))
    (moved,) = bench.review.covering.patches
    assert moved.region_at(FIRST).left < drawn.region_at(FIRST).left
    assert moved.region_at(FIRST).width == pytest.approx(drawn.region_at(FIRST).width)


def test_a_cover_follows_a_face_that_a_person_points_to(opened, qtbot) -> None:
    dialog = opened(Shelf())
    dialog.bench.draw(CORNER)
    number = dialog.bench.chosen
    go_to(qtbot, dialog, 25)
    moved = replace(CORNER, left=0.1)
    dialog.bench.picture.box_placed.emit(number, moved)
    patch = dialog.bench.review.covering.patch(number)
    half_way = patch.region_at(15)
    assert patch.region_at(FIRST) == CORNER
    assert patch.region_at(25) == moved
    assert half_way is not None
    assert half_way.left == pytest.approx(0.4)


def test_a_cover_lasts_from_here_to_there(opened, qtbot) -> None:
    dialog = opened(Shelf())
    bench = dialog.bench
    bench.draw(CORNER)
    go_to(qtbot, dialog, 20)
    bench.cover_bar.start.click()
    go_to(qtbot, dialog, 30)
    bench.cover_bar.end.click()
    (patch,) = bench.review.covering.patches
    assert (patch.first, patch.last) == (20, 30)
    bench.cover_bar.whole.click()
    (patch,) = bench.review.covering.patches
    assert (patch.first, patch.last) == (FIRST, LAST)


def test_a_found_cover_taken_away_becomes_a_stretch_to_look_at(opened) -> None:
    dialog = opened(Shelf(RedFinder()))
    bench = dialog.bench
    bench.choose_next()
    bench.cover_bar.remove.click()
    assert FlagKind.TAKEN_AWAY in {flag.kind for flag in bench.review.open}
    assert bench.table.rowCount() == 2
    assert bench.chosen is None


def test_a_change_is_taken_back(opened) -> None:
    dialog = opened(Shelf(RedFinder()))
    bench = dialog.bench
    before = bench.review
    assert not bench.undo_button.isEnabled()
    bench.choose_next()
    bench.remove()
    bench.draw(CORNER)
    bench.undo()
    bench.undo_button.click()
    assert bench.review == before
    bench.undo()
    assert not bench.undo_button.isEnabled()


def test_a_press_in_the_picture_stops_the_playing(opened) -> None:
    bench = opened(Shelf(RedFinder())).bench
    bench.toggle()
    bench.picture.box_chosen.emit(None)
    assert not bench.frames.playing


def test_covers_are_chosen_one_after_the_other(opened) -> None:
    bench = opened(Shelf(RedFinder())).bench
    chosen = []
    for _ in range(3):
        bench.choose_next()
        chosen.append(bench.chosen)
    assert chosen == [1, 2, 1]


def test_without_a_chosen_cover_its_buttons_say_why_they_are_off(opened) -> None:
    dialog = opened(Shelf())
    bar = dialog.bench.cover_bar
    for button in (bar.start, bar.end, bar.whole, bar.remove):
        assert not button.isEnabled()
        assert button.toolTip()
    dialog.bench.remove()
    dialog.bench.start_here()
    assert dialog.bench.review.covering.patches == ()


def test_everything_works_by_keys(opened, qtbot) -> None:
    dialog = opened(Shelf())
    bench = dialog.bench
    press(qtbot, dialog, Qt.Key.Key_N)
    (patch,) = bench.review.covering.patches
    press(qtbot, dialog, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    press(qtbot, dialog, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    both = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
    press(qtbot, dialog, Qt.Key.Key_Right, both)
    moved = bench.review.covering.patch(patch.number).region_at(FIRST)
    before = patch.region_at(FIRST)
    assert moved is not None
    assert before is not None
    assert moved.top == pytest.approx(before.top + 0.01)
    assert moved.width == pytest.approx(before.width + 0.01)
    press(qtbot, dialog, Qt.Key.Key_Right)
    assert bench.frames.at == FIRST + 1
    press(qtbot, dialog, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert bench.frames.at == FIRST + 26
    press(qtbot, dialog, Qt.Key.Key_B)
    assert not bench.controls.blurred.isChecked()
    press(qtbot, dialog, Qt.Key.Key_Space)
    assert bench.frames.playing
    press(qtbot, dialog, Qt.Key.Key_Space)
    assert not bench.frames.playing
    press(qtbot, dialog, Qt.Key.Key_Delete)
    assert bench.review.covering.patches == ()
    press(qtbot, dialog, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(bench.review.covering.patches) == 1


# ------------------------------------------------------------------------------ confirming


def test_nothing_is_used_before_all_was_looked_at_and_confirmed(opened, qtbot) -> None:
    dialog = opened(Shelf(RedFinder()))
    assert not dialog.confirmed.isEnabled()
    assert "nobody has looked at: 1" in dialog.accept_button.toolTip()
    dialog.accept()
    assert dialog.isVisible()
    look_at_everything(qtbot, dialog)
    assert dialog.confirmed.isEnabled()
    assert not dialog.accept_button.isEnabled()
    assert "Confirm first" in dialog.accept_button.toolTip()
    dialog.confirmed.click()
    dialog.accept_button.click()
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.covering == dialog.bench.review.covering


def test_how_much_was_never_on_the_screen_is_said(opened, qtbot) -> None:
    dialog = opened(Shelf(RedFinder()))
    assert dialog.left_words.text() == "1 left to look at"
    look_at_everything(qtbot, dialog)
    assert "of the clip was never on the screen" in dialog.left_words.text()
    see(qtbot, dialog, FIRST, LAST)
    assert dialog.left_words.text() == "The whole clip was on the screen"


def test_a_change_takes_the_confirmation_back(opened, qtbot) -> None:
    dialog = opened(Shelf(RedFinder()))
    look_at_everything(qtbot, dialog)
    dialog.confirmed.click()
    assert dialog.accept_button.isEnabled()
    dialog.bench.draw(CORNER)
    assert not dialog.confirmed.isChecked()
    assert not dialog.accept_button.isEnabled()


def test_cancelling_covers_nothing(opened, qtbot) -> None:
    dialog = opened(Shelf(RedFinder()))
    look_at_everything(qtbot, dialog)
    dialog.confirmed.click()
    dialog.cancel_button.click()
    dialog.cancel_button.click()
    assert not dialog.isVisible()
    assert dialog.covering is None


def test_one_press_of_escape_does_not_lose_what_was_drawn(opened, qtbot) -> None:
    dialog = opened(Shelf(RedFinder()))
    dialog.bench.draw(CORNER)
    press(qtbot, dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert "again" in dialog.left_words.text()
    dialog.bench.add()
    press(qtbot, dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()  # what was done since is not lost either
    press(qtbot, dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_what_nobody_touched_is_left_at_once(opened, qtbot) -> None:
    dialog = opened(Shelf(RedFinder()))
    press(qtbot, dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_the_clip_written_with_these_covers_shows_no_face(opened, qtbot, faces_plan) -> None:
    dialog = opened(Shelf(RedFinder()))
    look_at_everything(qtbot, dialog)
    dialog.confirmed.click()
    dialog.accept()
    clip = write_clip(replace(faces_plan, covering=dialog.covering))
    index = build_index(clip.file)
    with FrameReader(clip.file, index) as reader:
        sharp = [
            abs(
                redness(reader.frame(at).to_rgb())[:, 2:]
                - redness(reader.frame(at).to_rgb())[:, :-2]
            )
            for at in range(index.count)
        ]
    assert index.count == LAST - FIRST + 1
    assert max(int(lines.max()) for lines in sharp) < 60


# ------------------------------------------------------------------------------ words


def test_every_kind_of_flag_has_words() -> None:
    words = [why(kind) for kind in FlagKind]
    assert all(words)
    assert len(set(words)) == len(words)


def test_a_clip_with_faces_throughout_is_to_be_looked_at_all_the_same() -> None:
    assert "all the same" in summary((), "red discs")


def test_an_unsure_cover_is_called_so(opened, faces_plan) -> None:
    bench = opened(Shelf(RedFinder(score=0.4))).bench
    patch = bench.review.covering.patches[0]
    assert "unsure" in cover_text(patch, Clock(index=faces_plan.index))


def test_every_control_has_a_name(opened) -> None:
    dialog = opened(Shelf(RedFinder()))
    bench = dialog.bench
    named = (
        *(bench.picture, bench.strip, bench.table, bench.look_button, bench.undo_button),
        *(bench.controls.play, bench.controls.back, bench.controls.forward),
        *(bench.controls.rates, bench.controls.blurred, bench.cover_bar.remove),
        *(dialog.confirmed, dialog.accept_button, dialog.progress),
    )
    assert all(widget.accessibleName() for widget in named)
