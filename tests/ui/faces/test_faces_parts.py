"""The parts of the review: strip, table, buttons, controls, words."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage

from ssp_coder.media.covering import Covering, Origin, Patch, Stand
from ssp_coder.media.faces import Flag, FlagKind
from ssp_coder.media.faces_review import Review, Shown
from ssp_coder.media.index import FrameIndex, KeyFrame
from ssp_coder.media.motion import Region
from ssp_coder.ui.faces.controls import ReviewControls
from ssp_coder.ui.faces.cover_bar import CoverBar
from ssp_coder.ui.faces.flag_table import FlagTable
from ssp_coder.ui.faces.strip import ClipStrip
from ssp_coder.ui.faces.words import Clock, cover_text, stretch_text, summary

FIRST, LAST = 100, 299
INDEX = FrameIndex(
    stamps=tuple(range(400)),
    time_base=Fraction(1, 25),
    last_ticks=1,
    keys=(KeyFrame(ordinal=0, pts=0, dts=0),),
)
CLOCK = Clock(index=INDEX)
BOX = Region(left=0.1, top=0.1, width=0.2, height=0.2)
NO_FACE = Flag(kind=FlagKind.NO_FACE, first=100, last=149)
FEWER = Flag(kind=FlagKind.FEWER, first=200, last=224)


def patch(number: int, first: int, last: int, **more: object) -> Patch:
    stands = (Stand(ordinal=first, region=BOX),)
    return Patch(number=number, first=first, last=last, stands=stands, **more)


def review(*patches: Patch, looked: frozenset[Flag] = frozenset()) -> Review:
    covering = Covering(first=FIRST, last=LAST, patches=patches)
    return Review(covering=covering, flags=(NO_FACE, FEWER), looked=looked, finder="red discs")


def heard(signal) -> list[object]:
    found: list[object] = []
    signal.connect(found.append)
    return found


def pixels(widget) -> np.ndarray:
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    flat = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return flat[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).astype(int)


# ------------------------------------------------------------------------------ the strip


@pytest.fixture
def strip(theme, qtbot):
    """Two points a frame, and an edge."""
    widget = ClipStrip(theme, range(FIRST, LAST + 1))
    qtbot.addWidget(widget)
    widget.resize(410, 46)
    widget.show()
    return widget


def differs(one: np.ndarray, other: np.ndarray, columns: slice) -> bool:
    return bool(np.abs(one[:, columns] - other[:, columns]).max() > 20)


def test_stretches_are_painted_where_they_are(strip) -> None:
    strip.show_frame(LAST)
    bare = pixels(strip)
    strip.show_review(review(), None)
    marked = pixels(strip)
    assert differs(bare, marked, slice(10, 100))
    assert not differs(bare, marked, slice(115, 195))
    assert differs(bare, marked, slice(210, 250))
    assert not differs(bare, marked, slice(265, 395))


def test_a_stretch_that_was_looked_at_looks_different(strip) -> None:
    strip.show_review(review(), None)
    before = pixels(strip)
    strip.show_review(review(looked=frozenset({NO_FACE})), None)
    after = pixels(strip)
    assert differs(before, after, slice(10, 100))
    assert not differs(before, after, slice(210, 250))


def test_covers_are_lines_and_the_chosen_one_stands_out(strip) -> None:
    strip.show_review(review(), None)
    bare = pixels(strip)
    strip.show_review(review(patch(1, 240, 290)), None)
    lined = pixels(strip)
    assert differs(bare, lined, slice(290, 380))
    strip.show_review(review(patch(1, 240, 290)), 1)
    assert differs(lined, pixels(strip), slice(290, 380))


def test_covers_at_the_same_time_lie_on_lines_of_their_own(strip) -> None:
    strip.show_frame(FIRST)
    strip.show_review(review(patch(1, 230, 299)), None)
    one = pixels(strip)[:, 350]
    strip.show_review(review(patch(1, 230, 299), patch(2, 230, 299)), None)
    two = pixels(strip)[:, 350]
    dark = [int((column.max(axis=1) < 140).sum()) for column in (one, two)]
    assert dark[1] > dark[0]


def test_the_frame_on_the_screen_is_marked_and_said(strip) -> None:
    strip.show_frame(FIRST)
    left = pixels(strip)
    strip.show_frame(LAST)
    assert differs(left, pixels(strip), slice(0, 12))
    assert strip.accessibleDescription() == "frame 200 of 200"


@pytest.mark.parametrize(("x", "ordinal"), [(0, FIRST), (205, 200), (409, LAST)])
def test_a_click_wishes_for_the_frame_there(strip, qtbot, x: int, ordinal: int) -> None:
    wished = heard(strip.frame_wished)
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(x, 20))
    (found,) = wished
    assert abs(found - ordinal) <= 1


def test_dragging_goes_on_wishing_and_stays_in_the_clip(strip, qtbot) -> None:
    wished = heard(strip.frame_wished)
    qtbot.mousePress(strip, Qt.MouseButton.LeftButton, pos=QPoint(100, 20))
    qtbot.mouseMove(strip, QPoint(150, 20))
    qtbot.mouseMove(strip, QPoint(900, 20))
    qtbot.mouseRelease(strip, Qt.MouseButton.LeftButton, pos=QPoint(900, 20))
    assert wished == sorted(wished)
    assert wished[-1] == LAST


@pytest.mark.parametrize(
    ("key", "ordinal"),
    [
        (Qt.Key.Key_Left, 149),
        (Qt.Key.Key_Right, 151),
        (Qt.Key.Key_PageUp, 125),
        (Qt.Key.Key_PageDown, 175),
        (Qt.Key.Key_Home, FIRST),
        (Qt.Key.Key_End, LAST),
    ],
)
def test_keys_move_along_the_clip(strip, qtbot, key, ordinal: int) -> None:
    strip.show_frame(150)
    wished = heard(strip.frame_wished)
    qtbot.keyClick(strip, key)
    assert wished == [ordinal]


def test_keys_stop_at_the_ends_of_the_clip(strip, qtbot) -> None:
    wished = heard(strip.frame_wished)
    strip.show_frame(FIRST)
    qtbot.keyClick(strip, Qt.Key.Key_Left)
    strip.show_frame(LAST - 3)
    qtbot.keyClick(strip, Qt.Key.Key_PageDown)
    qtbot.keyClick(strip, Qt.Key.Key_A)
    assert wished == [FIRST, LAST]


# ------------------------------------------------------------------------------ the table


@pytest.fixture
def table(theme, qtbot):
    widget = FlagTable(theme, CLOCK)
    qtbot.addWidget(widget)
    return widget


def cells(table: FlagTable) -> list[list[str]]:
    return [
        [table.item(row, column).text() for column in range(3)] for row in range(table.rowCount())
    ]


def test_a_row_tells_when_why_and_how_far(table) -> None:
    table.show_review(review(looked=frozenset({FEWER})), Shown(INDEX))
    assert cells(table) == [
        ["0:04.00 – 0:06.00", "no face found", "0:02.0 to see"],
        ["0:08.00 – 0:09.00", "fewer faces", "looked at"],
    ]


def test_a_row_counts_down_what_is_left_to_see(table) -> None:
    shown = Shown(INDEX)
    for ordinal in range(100, 125):
        shown.add(ordinal)
    table.show_review(review(), shown)
    assert cells(table)[0][2] == "0:01.0 to see"
    for ordinal in range(125, 150, 10):
        shown.add(ordinal)
    table.show_review(review(), shown)
    assert cells(table)[0][2] == "shown"


def test_the_current_stretch_stays_current_when_others_come(table) -> None:
    told = heard(table.flag_chosen)
    table.show_review(review(), Shown(INDEX))
    table.choose(FEWER)
    assert (table.flag, told) == (FEWER, [FEWER])
    taken = Flag(kind=FlagKind.TAKEN_AWAY, first=160, last=170)
    more = replace(review(), flags=(NO_FACE, taken, FEWER))
    table.show_review(more, Shown(INDEX))
    assert table.rowCount() == 3
    assert (table.flag, told) == (FEWER, [FEWER])


def test_without_a_current_row_there_is_no_stretch(table) -> None:
    assert table.flag is None
    table.show_review(replace(review(), flags=()), Shown(INDEX))
    assert table.rowCount() == 0
    assert table.flag is None


def test_cells_cannot_be_edited(table) -> None:
    table.show_review(review(), Shown(INDEX))
    assert table.editTriggers() == FlagTable.EditTrigger.NoEditTriggers


# ------------------------------------------------------------------------------ buttons


@pytest.fixture
def bar(theme, qtbot):
    widget = CoverBar(theme, CLOCK)
    qtbot.addWidget(widget)
    return widget


@pytest.mark.parametrize(
    ("button", "signal"),
    [
        ("add", "add_requested"),
        ("next", "next_requested"),
        ("start", "start_requested"),
        ("end", "end_requested"),
        ("whole", "whole_requested"),
        ("remove", "removal_requested"),
    ],
)
def test_each_button_asks_for_one_thing(bar, qtbot, button: str, signal: str) -> None:
    bar.show_patch(patch(1, 100, 120), 1)
    with qtbot.waitSignal(getattr(bar, signal), timeout=1_000):
        getattr(bar, button).click()


@pytest.mark.parametrize("button", ["add", "next", "start", "end", "whole", "remove"])
def test_each_button_shows_its_key(bar, button: str) -> None:
    assert getattr(bar, button).accessibleDescription().startswith("Key ")


def test_how_many_covers_there_are_is_said_while_none_is_chosen(bar) -> None:
    bar.show_patch(None, 1)
    assert bar.words.text().startswith("1 cover in this frame")
    bar.show_patch(None, 3)
    assert bar.words.text().startswith("3 covers in this frame")


def test_the_chosen_cover_is_named(bar) -> None:
    bar.show_patch(patch(4, 100, 124), 2)
    assert bar.words.text() == "Cover 4, drawn: 0:04.00 – 0:05.00"
    assert bar.remove.isEnabled()
    bar.show_patch(None, 2)
    assert not bar.remove.isEnabled()


# ------------------------------------------------------------------------------ controls


@pytest.fixture
def controls(theme, qtbot):
    widget = ReviewControls(theme)
    qtbot.addWidget(widget)
    return widget


def test_the_controls_ask_for_steps_playing_and_speed(controls) -> None:
    steps, rates = heard(controls.step_requested), heard(controls.rate_chosen)
    toggles = []
    controls.toggle_requested.connect(lambda: toggles.append(True))
    controls.back.click()
    controls.forward.click()
    controls.play.click()
    controls.rates.part("2").click()
    controls.rates.part("0.5").click()
    assert steps == [-1, 1]
    assert rates == [2.0, 0.5]
    assert toggles == [True]


def test_the_play_button_says_what_it_would_do(controls) -> None:
    assert controls.play.accessibleName() == "Play"
    controls.show_playing(True)
    assert controls.play.accessibleName() == "Pause"
    controls.show_playing(False)
    assert controls.play.accessibleName() == "Play"


def test_frames_are_numbered_with_thin_groups(controls) -> None:
    controls.show_moment(1_480_000_000, 37_000)
    assert controls.frame.text() == "frame 37 000"


# ------------------------------------------------------------------------------ words


def test_stretches_are_told_on_the_time_of_the_session() -> None:
    assert stretch_text(100, 124, CLOCK) == "0:04.00 – 0:05.00"
    later = Clock(index=INDEX, offset_us=3_600_000_000)
    assert stretch_text(100, 124, later) == "1:00:04.00 – 1:00:05.00"


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ({"origin": Origin.DRAWN}, "drawn"),
        ({"origin": Origin.FOUND, "score": 0.9}, "found"),
        ({"origin": Origin.FOUND, "score": 0.4}, "found, unsure"),
    ],
)
def test_a_cover_says_who_put_it_there(more: dict[str, object], kind: str) -> None:
    assert cover_text(patch(1, 100, 124, **more), CLOCK).startswith(f"Cover 1, {kind}: ")


def test_a_summary_counts_each_kind() -> None:
    flags = (NO_FACE, replace(NO_FACE, first=160, last=170), FEWER)
    assert summary(flags, "red discs") == (
        "Stretches to look at: 2 × no face found, 1 × fewer faces."
    )
